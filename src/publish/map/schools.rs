//! The sheet of schools alone: where they are, before anything is planned.

use geo::{Coord, Rect};

use super::Page;
use super::furniture::{self, Legend};
use super::label::{self, Wanted};
use super::scheme::write_label;
use super::svg::{Svg, number};
use crate::language::{Language, Message};
use crate::model::settings::Settings;
use crate::model::{County, School, Stage};
use crate::space::Ground;

/// Names beyond this many that find no room on the sheet are counted instead of listed.
pub(super) const LONGEST_INDEX: usize = 400;

/// Draws all schools of a county by stage, over the outlines of its areas where it has any.
#[must_use]
pub fn schools_map(county: &County, ground: &Ground, settings: &Settings, language: Language) -> String {
    let extent = extent(county);
    let page = Page::new(extent);
    let mut svg = Svg::new();
    let name = county.name.clone().unwrap_or_else(|| language.text("county-unnamed"));
    let title = settings
        .map
        .title
        .clone()
        .unwrap_or_else(|| Message::new("map-title-schools").text("county", name).in_language(language));
    let subtitle = Message::new("map-subtitle-schools").count("schools", county.schools.len()).in_language(language);
    furniture::title(&mut svg, &page, &title, &subtitle, None);
    svg.open("g", &[("id", "map")]);
    svg.line();
    furniture::areas(&mut svg, &page, county);
    let numbered = draw_schools(&mut svg, county, &page);
    svg.close("g");
    svg.line();
    furniture::around(&mut svg, &page, county, ground, extent.center(), language);
    let listed = numbered.len() <= LONGEST_INDEX;
    legend(&mut svg, county, &page, language, numbered.len(), listed);
    furniture::source_of(&mut svg, &page, county, settings, language);
    let extra = if listed { furniture::index(&mut svg, &page, &numbered, language) } else { 0.0 };
    page.document(svg, extra)
}

pub(super) fn extent(county: &County) -> Rect<f64> {
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

fn draw_schools(svg: &mut Svg, county: &County, page: &Page) -> Vec<(usize, String)> {
    let wanted: Vec<Wanted> = county
        .schools
        .iter()
        .map(|school| Wanted {
            elsewhere: Vec::new(),
            at: page.place(school.gate),
            radius: 4.0,
            name: school.name.clone(),
            figure: String::new(),
            size: 11.0,
            rank: 0,
        })
        .collect();
    svg.open("g", &[("id", "schools")]);
    svg.line();
    for (school, label) in county.schools.iter().zip(&wanted) {
        svg.open("g", &[("data-school", &school.id)]);
        svg.text("title", &[], &school.name);
        Kind::of(school).draw(svg, label.at);
        svg.close("g");
        svg.line();
    }
    svg.close("g");
    svg.line();
    label_all(svg, page, &wanted, |_| "figure halo")
}

/// Writes the names of schools, each in its class by position. Gives back the names that found no room, with their numbers;
/// where they are too many to be listed, these are none.
pub(super) fn label_all(
    svg: &mut Svg,
    page: &Page,
    wanted: &[Wanted],
    class: impl Fn(usize) -> &'static str,
) -> Vec<(usize, String)> {
    svg.open("g", &[("id", "labels")]);
    svg.line();
    let placed = label::place(wanted, page.frame, &furniture::corner_boxes(page));
    let without = placed.iter().filter(|placed| matches!(placed, label::Placed::Numbered { .. })).count();
    let mut numbered = Vec::new();
    for (position, (label, placed)) in wanted.iter().zip(&placed).enumerate() {
        if matches!(placed, label::Placed::Numbered { .. }) && without > LONGEST_INDEX {
            numbered.push((0, label.name.clone()));
        } else if let Some(number) = write_label(svg, label, placed, class(position)) {
            numbered.push((number, label.name.clone()));
        }
    }
    svg.close("g");
    svg.line();
    numbered
}

fn legend(svg: &mut Svg, county: &County, page: &Page, language: Language, numbered: usize, listed: bool) {
    let mut legend = Legend::begin(svg, page, language);
    for kind in Kind::ALL {
        let count = county.schools.iter().filter(|school| Kind::of(school) == kind).count();
        if count > 0 {
            let text = Message::new("legend-kind").text("kind", language.text(kind.key())).count("count", count);
            legend.entry(svg, &text.in_language(language), |svg, at| kind.draw(svg, at));
        }
    }
    legend.areas(svg, county, language);
    if numbered > 0 {
        let key = if listed { "legend-numbered" } else { "legend-unnamed" };
        legend.note(svg, &Message::new(key).count("count", numbered).in_language(language));
    }
    Legend::end(svg);
}
