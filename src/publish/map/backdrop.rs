//! What lies below the districts on a sheet for the office: about where each county is, where there is no layer of
//! administrative areas, and how many children live where.

use std::collections::BTreeMap;

use geo::{BoundingRect, ConvexHull, Coord, MultiPoint, Polygon, Rect};

use super::super::colour::Colour;
use super::label::{Owner, Wanted};
use super::legend::Item;
use super::page::Page;
use super::sheet::beside_symbol;
use super::svg::{Svg, line_path, number};
use super::symbol;
use crate::language::{Language, Message};
use crate::model::County;

/// Hues of counties, which need not differ but from their neighbours': they are named.
const HUES: [f64; 6] = [90.0, 240.0, 20.0, 170.0, 310.0, 130.0];

/// Squares of the density of children along the longer side of the ground.
const SQUARES: f64 = 48.0;

/// Parts into which squares are classed, by how densely children live there, and their lightness.
const LIGHTNESSES: [f64; 4] = [94.0, 88.0, 81.0, 73.0];

/// About where a county is: what its schools stand around.
pub(super) struct Surroundings {
    name: String,
    hull: Polygon<f64>,
    fill: String,
}

/// Where the counties are by their schools: none where areas are given, or there is one.
pub(super) fn counties(county: &County) -> Vec<Surroundings> {
    let names = county.names_of_counties();
    if !county.areas.is_empty() || names.len() < 2 {
        return Vec::new();
    }
    let hull = |(position, name): (usize, &str)| {
        let own = county.schools.iter().filter(|school| school.standing.county.as_deref() == Some(name));
        let gates: MultiPoint<f64> = own.map(|school| school.gate).collect();
        let fill = Colour::of_lightness(95.0, 0.035, HUES[position % HUES.len()]).to_string();
        Surroundings { name: name.to_owned(), hull: gates.convex_hull(), fill }
    };
    names.into_iter().enumerate().map(hull).collect()
}

/// Draws where counties are, with room around the outermost schools.
pub(super) fn draw_counties(counties: &[Surroundings], svg: &mut Svg, page: &Page) {
    svg.open("g", &[("id", &page.id("counties")), ("stroke-width", "22"), ("stroke-linejoin", "round")]);
    svg.line();
    for Surroundings { hull, fill, .. } in counties {
        let mut data = String::new();
        line_path(&mut data, hull.exterior().0.iter().map(|corner| page.place(*corner)));
        data.push('Z');
        svg.empty("path", &[("d", &data), ("fill", fill), ("stroke", fill)]);
    }
    svg.close("g");
    svg.line();
}

/// The names of counties, of areas where these are given: left out where there is no room.
pub(super) fn names(county: &County, surroundings: &[Surroundings]) -> Vec<Wanted> {
    let of_areas = county.areas.iter().filter_map(|area| Some((&area.name, area.outline.bounding_rect()?)));
    let of_schools = surroundings.iter().filter_map(|of| Some((&of.name, of.hull.bounding_rect()?)));
    let label = |(name, around): (&String, Rect<f64>)| {
        let corners = [(0.5, 0.5), (0.5, 0.95), (0.5, 0.05), (0.1, 0.5), (0.9, 0.5)];
        let mut places = corners
            .into_iter()
            .map(|(right, up)| around.min() + Coord { x: right * around.width(), y: up * around.height() });
        let at = places.next().unwrap_or_else(|| around.center());
        let beside = beside_symbol(at, 0.0, name, 16.0, "region");
        Wanted { owner: Owner::Spare, elsewhere: places.collect(), rank: 0, ..beside }
    };
    of_areas.chain(of_schools).map(label).collect()
}

/// How densely children live: squares of the ground with their class, and where classes begin, in children to the km².
pub(super) struct Density {
    side: f64,
    squares: Vec<(Coord<f64>, usize)>,
    begins: [f64; LIGHTNESSES.len()],
}

/// The density of children by the blocks that are given; none where there is none with children.
pub(super) fn density(county: &County, ground: Rect<f64>) -> Option<Density> {
    let side = (ground.width().max(ground.height()) / SQUARES).max(1.0);
    let mut children: BTreeMap<(i64, i64), u64> = BTreeMap::new();
    for block in &county.blocks {
        let at = (block.point - ground.min()) / side;
        let own: u64 = crate::model::Stage::EACH
            .iter()
            .chain([&crate::model::Stage::All])
            .map(|stage| u64::from(block.pupils[*stage]))
            .sum();
        *children.entry((at.x.floor() as i64, at.y.floor() as i64)).or_default() += own;
    }
    let mut sorted: Vec<u64> = children.values().copied().filter(|count| *count > 0).collect();
    sorted.sort_unstable();
    let most = sorted.len().checked_sub(1)?;
    // Classes of as many squares each.
    let limits: [u64; LIGHTNESSES.len()] =
        std::array::from_fn(
            |class| if class == 0 { 1 } else { sorted[(class * sorted.len() / LIGHTNESSES.len()).min(most)] },
        );
    let class = |count: u64| limits.iter().rposition(|limit| count >= *limit);
    let place = |(column, row): (i64, i64)| ground.min() + Coord { x: column as f64, y: row as f64 } * side;
    let squares = children.into_iter().filter_map(|(at, count)| Some((place(at), class(count)?))).collect();
    let km2 = side * side / 1e6;
    Some(Density { side, squares, begins: limits.map(|limit| limit as f64 / km2) })
}

fn fill(class: usize) -> String {
    Colour::of_lightness(LIGHTNESSES[class], 0.06, 60.0).to_string()
}

/// Draws the squares.
pub(super) fn draw_density(density: &Density, svg: &mut Svg, page: &Page) {
    svg.open("g", &[("id", &page.id("population"))]);
    svg.line();
    for class in 0..LIGHTNESSES.len() {
        let mut data = String::new();
        for (low, _) in density.squares.iter().filter(|(_, of)| *of == class) {
            let side = density.side;
            let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
            line_path(&mut data, corners.into_iter().map(|(x, y)| page.place(*low + Coord { x, y })));
            data.push('Z');
        }
        if !data.is_empty() {
            svg.empty("path", &[("d", &data), ("fill", &fill(class))]);
        }
    }
    svg.close("g");
    svg.line();
}

/// What the legend says of both.
pub(super) fn legend<'a>(
    surroundings: &[Surroundings],
    density: Option<&Density>,
    language: Language,
) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    if let Some(density) = density {
        items.push(Item::Note(language.text("legend-population")));
        for (class, begins) in density.begins.iter().enumerate() {
            let rounded = |value: f64| number(if value < 10.0 { value } else { value.round() });
            let said = match density.begins.get(class + 1) {
                // Classes of the same limits are one.
                Some(ends) if ends == begins => continue,
                Some(ends) => {
                    Message::new("legend-population-between").text("low", rounded(*begins)).text("high", rounded(*ends))
                }
                None => Message::new("legend-population-above").text("low", rounded(*begins)),
            };
            items.push(Item::Entry(said.in_language(language), symbol::swatch(vec![fill(class)], Vec::new())));
        }
    }
    if let Some(first) = surroundings.first() {
        items.push(Item::Entry(language.text("legend-county"), symbol::swatch(vec![first.fill.clone()], Vec::new())));
    }
    items
}
