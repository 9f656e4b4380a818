//! The sheet of schools alone: where they are, before anything is planned.

use std::collections::BTreeMap;

use geo::{Coord, Rect};

use super::legend::Item;
use super::page::Page;
use super::sheet::{Drawn, Sheet, beside_symbol};
use super::svg::{Svg, ground_path, number};
use super::symbol;
use crate::language::{Language, Message};
use crate::model::settings::{PaperSize, Settings};
use crate::model::{County, School, Stage};
use crate::space::Ground;

/// Draws all schools of a county by stage, over the outlines of its areas where it has any.
#[must_use]
pub fn schools_map(county: &County, ground: &Ground, settings: &Settings, language: Language) -> String {
    let name = county.name.clone().unwrap_or_else(|| language.text("county-unnamed"));
    let title = Message::new("map-title-schools").text("county", name).in_language(language);
    let subtitle = Message::new("map-subtitle-schools").count("schools", county.schools.len()).in_language(language);
    let mut sheet = sheet_of_schools(county, ground, settings, language, title, subtitle);
    sheet.layers.push(Box::new(|svg, page| draw_schools(svg, county, page)));
    sheet.labels =
        county.schools.iter().map(|school| beside_symbol(school.gate, 4.0, &school.name, 11.0, "figure")).collect();
    sheet.legend = Box::new(move |_| {
        let mut items = Vec::new();
        for kind in Kind::ALL {
            let count = county.schools.iter().filter(|school| Kind::of(school) == kind).count();
            if count > 0 {
                let text = Message::new("legend-kind").text("kind", language.text(kind.key())).count("count", count);
                items.push(Item::Entry(text.in_language(language), Box::new(move |svg, at| kind.draw(svg, at))));
            }
        }
        items.extend(area_item(county, language));
        items
    });
    let Drawn { svg, .. } = sheet.draw(PaperSize::A3);
    svg
}

/// A sheet without catchments: the outlines of areas, where there are any, and what the settings say of the source.
pub(super) fn sheet_of_schools<'a>(
    county: &'a County,
    ground: &'a Ground,
    settings: &Settings,
    language: Language,
    title: String,
    subtitle: String,
) -> Sheet<'a> {
    let source = settings.map.source.clone().unwrap_or_else(|| county.file_names().join(", "));
    Sheet {
        county,
        ground,
        language,
        title: settings.map.title.clone().unwrap_or(title),
        subtitle,
        status: None,
        warning: None,
        extent: extent(county),
        layers: vec![Box::new(|svg, page| draw_areas(svg, page, county))],
        labels: Vec::new(),
        with_insets: false,
        listed_under: BTreeMap::new(),
        legend: Box::new(|_| Vec::new()),
        foot: vec![Message::new("map-source").text("source", source).in_language(language)],
    }
}

/// The outlines of areas.
fn draw_areas(svg: &mut Svg, page: &Page, county: &County) {
    svg.open("g", &[("id", &page.id("areas"))]);
    svg.line();
    for area in &county.areas {
        let data = ground_path(&area.outline, &|place| page.place(place));
        svg.empty("path", &[("class", "area-border"), ("d", &data)]);
    }
    svg.close("g");
    svg.line();
}

/// The entry of areas in the legend, where there are any.
pub(super) fn area_item<'a>(county: &County, language: Language) -> Option<Item<'a>> {
    let item = || Item::Entry(language.text("legend-area"), symbol::line("area-border"));
    (!county.areas.is_empty()).then(item)
}

fn extent(county: &County) -> Rect<f64> {
    use geo::BoundingRect;
    let areas: Option<Rect<f64>> = county.areas.iter().filter_map(|area| area.outline.bounding_rect()).reduce(join);
    let whole = match (county.extent(), areas) {
        (Some(first), Some(second)) => Some(join(first, second)),
        (first, second) => first.or(second),
    };
    whole.unwrap_or_else(|| Rect::new((0.0, 0.0), (1.0, 1.0)))
}

fn join(first: Rect<f64>, second: Rect<f64>) -> Rect<f64> {
    let low = Coord { x: first.min().x.min(second.min().x), y: first.min().y.min(second.min().y) };
    let high = Coord { x: first.max().x.max(second.max().x), y: first.max().y.max(second.max().y) };
    Rect::new(low, high)
}

/// How schools of a kind are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Junior,
    NineYear,
    Other,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Primary, Kind::Junior, Kind::NineYear, Kind::Other];

    fn of(school: &School) -> Kind {
        match (school.serves(Stage::Primary), school.serves(Stage::Junior)) {
            (true, true) => Kind::NineYear,
            (true, false) => Kind::Primary,
            (false, true) => Kind::Junior,
            (false, false) => Kind::Other,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Kind::Primary => "stage-primary",
            Kind::Junior => "stage-junior",
            Kind::NineYear => "legend-nine-year",
            Kind::Other => "legend-school",
        }
    }

    fn draw(self, svg: &mut Svg, at: Coord<f64>) {
        let (x, y) = (at.x, at.y);
        match self {
            Kind::Primary | Kind::Other => svg.empty(
                "circle",
                &[("cx", &number(x)), ("cy", &number(y)), ("r", "3.6"), ("fill", "#1f6fb2"), ("stroke", "#fff")],
            ),
            Kind::Junior => {
                let data = format!("M{:.1} {:.1}l4.4 7.6h-8.8Z", x, y - 4.8);
                svg.empty("path", &[("d", &data), ("fill", "#c2261c"), ("stroke", "#fff")]);
            }
            Kind::NineYear => {
                let (left, top) = (number(x - 3.8), number(y - 3.8));
                let size = [("width", "7.6"), ("height", "7.6"), ("fill", "#6a3d9a"), ("stroke", "#fff")];
                svg.empty("rect", &[&[("x", left.as_str()), ("y", top.as_str())][..], &size].concat());
            }
        }
    }
}

fn draw_schools(svg: &mut Svg, county: &County, page: &Page) {
    svg.open("g", &[("id", "schools")]);
    svg.line();
    for school in &county.schools {
        svg.open("g", &[("data-school", &school.id)]);
        svg.text("title", &[], &school.name);
        Kind::of(school).draw(svg, page.place(school.gate));
        svg.close("g");
        svg.line();
    }
    svg.close("g");
    svg.line();
}
