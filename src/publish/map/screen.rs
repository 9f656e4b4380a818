//! The map inside the page of answers: grounds of each stage as proposed and as today, a path for each block to be clicked.

use geo::{Coord, Rect};

use super::super::{GroupingPublication, Palette, Publication};
use super::groups::GroupSheets;
use super::label::{self, Placed, Wanted};
use super::layer::rectangle_of;
use super::page::Page;
use super::sheet::beside_symbol;
use super::svg::{Svg, ground_path, line_path, number};
use super::symbol::{BarrierLook, look_of};
use crate::model::{Catchments, County, SchoolIndex};

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
    let (mut svg, view) = begin(&page, extent, title);
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
    for Catchments { stage, .. } in &publication.scheme.catchments {
        let shown = |school| {
            let shown_as = county.holder(*stage, school);
            ScreenSchool { school, shown_as, district: None, leads: false }
        };
        let schools: Vec<ScreenSchool> = county.schools_of(*stage).map(shown).collect();
        named(&mut svg, county, [&format!("schools-{stage}"), "schools"], &schools, &page, view);
    }
    svg.close("svg");
    svg.into_parts().0
}

/// The map with its title, still open, and what of the page it shows.
fn begin(page: &Page, extent: Rect<f64>, title: &str) -> (Svg, Rect<f64>) {
    let mut svg = Svg::new();
    let corner = page.place(extent.min());
    let opposite = page.place(extent.max());
    // Names of schools at the edge stand beyond it.
    let (left, top) = (corner.x.min(opposite.x) - EDGE, corner.y.min(opposite.y) - EDGE);
    let (wide, high) = ((corner.x - opposite.x).abs() + 2.0 * EDGE, (corner.y - opposite.y).abs() + 2.0 * EDGE);
    let view = [left, top, wide, high].map(number).join(" ");
    svg.open("svg", &[("id", "map"), ("viewBox", &view), ("role", "img"), ("aria-labelledby", "maptitle")]);
    svg.text("title", &[("id", "maptitle")], title);
    (svg, Rect::new(Coord { x: left, y: top }, Coord { x: left + wide, y: top + high }))
}

/// Draws the map of a page of districts: a layer for each stage by its id, in it the lines of each district with `data-d`, its
/// position among all, and the schools with theirs in `data-s`. Same publication, same bytes.
pub(crate) fn screen_groups(publication: &GroupingPublication<'_>, sheets: &[GroupSheets<'_>], title: &str) -> String {
    let county = publication.county;
    let gates = county.schools.iter().map(|school| school.gate).collect::<Vec<_>>();
    let extent = rectangle_of(gates.into_iter()).unwrap_or_else(|| Rect::new((0.0, 0.0), (1.0, 1.0)));
    let page = Page::of_map(extent);
    let (mut svg, view) = begin(&page, extent, title);
    let mut before = 0;
    for (districts, sheets) in publication.grouped.iter().zip(sheets) {
        let stage = districts.stage.to_string();
        svg.open("g", &[("data-layer", &stage), ("class", "lines")]);
        svg.line();
        for (position, district) in districts.districts.iter().enumerate() {
            let place = |school: SchoolIndex| page.place(county.school(school).gate);
            let mut data = String::new();
            for (member, to) in district.ways(county) {
                line_path(&mut data, [place(member), place(to)].into_iter());
            }
            if !data.is_empty() {
                let (number, colour) = ((before + position).to_string(), sheets.colour(position));
                svg.empty("path", &[("data-d", &number), ("stroke", &colour), ("d", &data)]);
            }
        }
        svg.close("g");
        svg.line();
        let shown = |(school, district, leads): (SchoolIndex, Option<usize>, bool)| {
            let district = district.map(|district| (before + district, sheets.colour(district)));
            ScreenSchool { school, shown_as: school, district, leads }
        };
        let schools: Vec<ScreenSchool> = sheets.schools().into_iter().map(shown).collect();
        named(&mut svg, county, [&stage, "members"], &schools, &page, view);
        before += districts.districts.len();
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

/// A school on the screen.
struct ScreenSchool {
    school: SchoolIndex,
    /// The school a reader is told of who chooses it: the holder of its catchment.
    shown_as: SchoolIndex,
    /// Its district by position, and the colour of that.
    district: Option<(usize, String)>,
    leads: bool,
}

/// Half the width of the mark of a school, and of one that leads.
const MARK: f64 = 5.0;
const LEAD: f64 = 8.0;

/// Schools with their names; leads have theirs first, and names that find no room wait until the reader comes closer.
fn named(
    svg: &mut Svg,
    county: &County,
    [layer, class]: [&str; 2],
    schools: &[ScreenSchool],
    page: &Page,
    view: Rect<f64>,
) {
    let radius = |of: &ScreenSchool| if of.leads { LEAD } else { MARK };
    let label = |of: &ScreenSchool| {
        let school = county.school(of.school);
        let beside = beside_symbol(school.gate, radius(of), &school.name, 15.0, "name");
        Wanted { at: page.place(school.gate), rank: beside.rank + u8::from(of.leads), ..beside }
    };
    let wanted: Vec<Wanted> = schools.iter().map(label).collect();
    let placed = label::place(&wanted, view, &[], 0);
    svg.open("g", &[("data-layer", layer), ("class", class)]);
    svg.line();
    for ((of, wanted), placed) in schools.iter().zip(&wanted).zip(&placed) {
        let shown_as = of.shown_as.get().to_string();
        let (x, y, radius) = (number(wanted.at.x), number(wanted.at.y), number(radius(of)));
        let mut attributes = vec![("data-s", shown_as.as_str())];
        let (district, colour);
        if let Some((position, of_district)) = &of.district {
            (district, colour) = (position.to_string(), format!("--hue:{of_district}"));
            attributes.extend([("data-d", district.as_str()), ("style", colour.as_str())]);
        }
        let class = match (of.district.is_some(), of.leads) {
            (true, true) => "school grouped leads",
            (true, false) => "school grouped",
            _ => "school",
        };
        attributes.push(("class", class));
        svg.open("g", &attributes);
        svg.empty("circle", &[("cx", &x), ("cy", &y), ("r", &radius)]);
        let (left, top, class) = match placed {
            Placed::Beside { left, top, leader: None } => (*left, *top, "name"),
            // Nothing leads to a name that stands further off: it waits as well.
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
