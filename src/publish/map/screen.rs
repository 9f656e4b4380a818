//! The map inside the page of answers: grounds of each stage as proposed and as today, a path for each block to be clicked.

use geo::{Coord, Rect};

use super::super::{Palette, Publication};
use super::label::{self, Placed, Wanted};
use super::page::Page;
use super::sheet::beside_symbol;
use super::svg::{Svg, ground_path, line_path, number};
use super::symbol::{BarrierLook, look_of};
use crate::model::{Catchments, SchoolIndex};

/// Room around the county.
const EDGE: f64 = 24.0;

/// Draws the map of the page. Blocks carry `data-b`, their position in the county; layers carry `data-layer`, `proposed-STAGE`
/// or `existing-STAGE`. Same publication, same bytes.
#[must_use]
pub(crate) fn screen_map(publication: &Publication<'_>, palettes: &[Palette], title: &str) -> String {
    let county = publication.county;
    let extent = county.extent().unwrap_or_else(|| Rect::new((0.0, 0.0), (1.0, 1.0)));
    let page = Page::of_map(extent);
    let drawing = publication.ground.coverage.drawing(page.invisible_area());
    let place = |place: Coord<f64>| page.place(place);
    let mut svg = Svg::new();
    let frame = page.frame;
    let corner = page.place(extent.min());
    let opposite = page.place(extent.max());
    // Names of schools at the edge stand beyond it.
    let (left, top) = (corner.x.min(opposite.x) - EDGE, corner.y.min(opposite.y) - EDGE);
    let (wide, high) = ((corner.x - opposite.x).abs() + 2.0 * EDGE, (corner.y - opposite.y).abs() + 2.0 * EDGE);
    let view = [left, top, wide, high].map(number).join(" ");
    svg.open("svg", &[("id", "map"), ("viewBox", &view), ("role", "img"), ("aria-labelledby", "maptitle")]);
    svg.text("title", &[("id", "maptitle")], title);
    let layer = |svg: &mut Svg, name: &str, school_of: &[Option<SchoolIndex>], palette: &Palette| {
        let grounds = drawing.dissolve(county.schools.len(), |block| school_of[block].map(SchoolIndex::get));
        svg.open("g", &[("data-layer", name), ("class", "grounds")]);
        svg.line();
        for (school, ground) in grounds.iter().enumerate().filter(|(_, ground)| !ground.0.is_empty()) {
            let fill = palette.of_school(SchoolIndex::new(school)).to_string();
            let data = ground_path(ground, &place);
            svg.empty("path", &[("data-s", &school.to_string()), ("fill", &fill), ("d", &data)]);
        }
        svg.close("g");
        svg.line();
    };
    for (catchments, palette) in publication.scheme.catchments.iter().zip(palettes) {
        let Catchments { stage, school_of } = catchments;
        layer(&mut svg, &format!("proposed-{stage}"), school_of, palette);
        if let Some(existing) = &county.existing.school_of[*stage] {
            layer(&mut svg, &format!("existing-{stage}"), existing, palette);
        }
    }
    barriers(&mut svg, publication, &page);
    svg.open("g", &[("id", "blocks")]);
    svg.line();
    let outlines = drawing.dissolve(county.blocks.len(), Some);
    for (block, outline) in outlines.iter().enumerate().filter(|(_, outline)| !outline.0.is_empty()) {
        svg.empty("path", &[("data-b", &block.to_string()), ("d", &ground_path(outline, &place))]);
    }
    svg.close("g");
    svg.line();
    for catchments in &publication.scheme.catchments {
        schools(&mut svg, publication, catchments, &page, frame);
    }
    svg.close("svg");
    svg.into_parts().0
}

fn barriers(svg: &mut Svg, publication: &Publication<'_>, page: &Page) {
    svg.open("g", &[("id", "barriers")]);
    svg.line();
    for barrier in &publication.county.barriers {
        let mut data = String::new();
        for line in &barrier.course.0 {
            line_path(&mut data, line.0.iter().map(|corner| page.place(*corner)));
        }
        let class = match look_of(barrier) {
            BarrierLook::Water => "water",
            BarrierLook::Rail => "rail",
            BarrierLook::Road => "road",
        };
        svg.open("path", &[("class", class), ("d", &data)]);
        svg.text("title", &[], &barrier.name);
        svg.close("path");
        svg.line();
    }
    svg.close("g");
    svg.line();
}

/// The schools of a stage with their names; names that find no room wait until the reader comes closer.
fn schools(svg: &mut Svg, publication: &Publication<'_>, catchments: &Catchments, page: &Page, frame: Rect<f64>) {
    let county = publication.county;
    let stage = catchments.stage;
    let schools: Vec<SchoolIndex> = county.schools_of(stage).collect();
    let label = |school: &SchoolIndex| {
        let school = county.school(*school);
        Wanted { at: page.place(school.gate), ..beside_symbol(school.gate, 5.0, &school.name, 15.0, "name") }
    };
    let wanted: Vec<Wanted> = schools.iter().map(label).collect();
    let placed = label::place(&wanted, frame, &[]);
    let layer = format!("schools-{stage}");
    svg.open("g", &[("data-layer", &layer), ("class", "schools")]);
    svg.line();
    for ((school, wanted), placed) in schools.iter().zip(&wanted).zip(&placed) {
        let holder = county.holder(stage, *school).get().to_string();
        let (x, y) = (number(wanted.at.x), number(wanted.at.y));
        svg.open("g", &[("data-s", &holder), ("class", "school")]);
        svg.empty("circle", &[("cx", &x), ("cy", &y), ("r", "5")]);
        let (left, top, class) = match placed {
            Placed::Beside { left, top, .. } => (*left, *top, "name"),
            _ => (wanted.at.x + 8.0, wanted.at.y - 8.0, "name late"),
        };
        let (left, base) = (number(left), number(top + 15.0));
        svg.text("text", &[("class", class), ("x", &left), ("y", &base)], &wanted.name);
        svg.close("g");
        svg.line();
    }
    svg.close("g");
    svg.line();
}
