//! Small maps for the page of findings: the neighbourhood of one, and where all of them lie.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use geo::{BoundingRect, Coord, LineString, MultiPolygon, Rect};

use super::super::map::{Svg, number, round_length, with_unit};
use crate::model::{County, Outlines, Severity};
use crate::space::index::{OutlineIndex, PlaceIndex};

/// Width and height of the map of a neighbourhood, in pixels.
const SMALL: (f64, f64) = (320.0, 220.0);

/// Width of the map of everything, and its greatest height.
const LARGE: (f64, f64) = (960.0, 640.0);

/// A neighbourhood reaches as far as the block points that are so many-th nearest …
const NEAR_BLOCKS: usize = 10;

/// … and at least so many metres.
const LEAST_REACH: f64 = 60.0;

/// Outlines drawn on one map; where there are more, points stand for them.
const MOST_OUTLINES: usize = 3_000;

/// Schools named on the map of a neighbourhood.
const NAMED_SCHOOLS: usize = 4;

/// Points for things that are too many to be drawn one by one stand on a grid of so many pixels.
const GRAIN: f64 = 4.0;

/// The way from working metres to the pixels of a map.
struct Sheet {
    width: f64,
    height: f64,
    scale: f64,
    middle: Coord<f64>,
}

impl Sheet {
    fn around(middle: Coord<f64>, reach: f64) -> Sheet {
        let (width, height) = SMALL;
        Sheet { width, height, scale: height / (2.0 * reach), middle }
    }

    fn of_extent(extent: Rect<f64>) -> Sheet {
        let room = 24.0;
        let (wide, high) = (extent.width().max(1.0), extent.height().max(1.0));
        let scale = ((LARGE.0 - 2.0 * room) / wide).min((LARGE.1 - 2.0 * room) / high);
        let height = (high * scale + 2.0 * room).max(160.0);
        Sheet { width: LARGE.0, height, scale, middle: extent.center() }
    }

    fn place(&self, place: Coord<f64>) -> Coord<f64> {
        let from_middle = (place - self.middle) * self.scale;
        Coord { x: self.width / 2.0 + from_middle.x, y: self.height / 2.0 - from_middle.y }
    }

    fn shown(&self) -> Rect<f64> {
        let half = Coord { x: self.width, y: self.height } / (2.0 * self.scale);
        Rect::new(self.middle - half, self.middle + half)
    }

    fn is_shown(&self, at: Coord<f64>) -> bool {
        (0.0..=self.width).contains(&at.x) && (0.0..=self.height).contains(&at.y)
    }

    /// Path data of an outline: what lies beyond an edge of the map is drawn by as few corners as keep the picture.
    fn path(&self, outline: &MultiPolygon<f64>) -> String {
        let mut data = String::new();
        for polygon in &outline.0 {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).for_each(|ring| self.ring(&mut data, ring));
        }
        data
    }

    fn ring(&self, data: &mut String, ring: &LineString<f64>) {
        let corners: Vec<Coord<f64>> = ring.0.iter().map(|corner| self.place(*corner)).collect();
        let beyond = |at: Coord<f64>| [at.x < 0.0, at.x > self.width, at.y < 0.0, at.y > self.height];
        let mut last: Option<Coord<f64>> = None;
        for (position, here) in corners.iter().enumerate() {
            if let Some(before) = last {
                let is_last = position + 1 == corners.len();
                let next = corners.get(position + 1).copied().unwrap_or(*here);
                let sides = [beyond(before), beyond(*here), beyond(next)];
                let is_away = (0..4).any(|side| sides.iter().all(|beyond| beyond[side]));
                let is_near = (here.x - before.x).abs() < 0.5 && (here.y - before.y).abs() < 0.5;
                if is_near || (is_away && !is_last) {
                    continue;
                }
            }
            let command = if last.is_none() { 'M' } else { 'L' };
            let _ = write!(data, "{command}{} {}", number(here.x), number(here.y));
            last = Some(*here);
        }
        data.push('Z');
    }

    fn open(&self, svg: &mut Svg, class: &str, label: &str) {
        let size = format!("0 0 {} {}", number(self.width), number(self.height));
        svg.open("svg", &[("class", class), ("viewBox", &size), ("role", "img"), ("aria-label", label)]);
        let (width, height) = (number(self.width), number(self.height));
        svg.empty("rect", &[("class", "ground"), ("width", &width), ("height", &height)]);
    }

    fn scale_bar(&self, svg: &mut Svg) {
        let metres = round_length(self.width / 3.5 / self.scale);
        let (left, low) = (10.0, self.height - 10.0);
        let data = format!("M{left} {}v4h{}v-4", number(low - 4.0), number(metres * self.scale));
        svg.empty("path", &[("class", "scale"), ("d", &data)]);
        let (x, y) = (number(left + 3.0), number(low - 3.0));
        svg.text("text", &[("class", "label"), ("x", &x), ("y", &y)], &with_unit(metres, metres));
    }
}

/// The county as small maps need it, looked up quickly.
pub(super) struct Sketches<'a> {
    county: &'a County,
    outlines: OutlineIndex<'a, Outlines>,
    points: PlaceIndex,
    gates: PlaceIndex,
}

impl<'a> Sketches<'a> {
    pub(super) fn new(county: &'a County) -> Sketches<'a> {
        Sketches {
            county,
            outlines: OutlineIndex::new(&county.outlines),
            points: PlaceIndex::new(county.blocks.iter().map(|block| block.point)),
            gates: PlaceIndex::new(county.schools.iter().map(|school| school.gate)),
        }
    }

    /// The neighbourhood of a place in working metres, with the spot marked.
    pub(super) fn neighbourhood(&self, spot: Coord<f64>, severity: Severity, label: &str) -> String {
        let county = self.county;
        let near = self.points.nearest(spot, NEAR_BLOCKS);
        let gates = self.gates.nearest(spot, NAMED_SCHOOLS);
        // Without blocks, the schools around.
        let reach = near.last().or(gates.last()).map_or(1_000.0, |(_, metres)| *metres);
        let sheet = Sheet::around(spot, (1.15 * reach).max(LEAST_REACH));
        let mut svg = Svg::new();
        sheet.open(&mut svg, "sketch", label);
        let own = near.first().filter(|(_, metres)| *metres < 0.05).map(|(block, _)| *block);
        self.draw_blocks(&mut svg, &sheet, own);
        self.draw_areas(&mut svg, &sheet);
        let schools = self.gates.nearest(spot, 60);
        for (school, _) in &schools {
            let at = sheet.place(county.schools[*school].gate);
            if sheet.is_shown(at) {
                svg.empty("circle", &[("class", "school"), ("cx", &number(at.x)), ("cy", &number(at.y)), ("r", "4")]);
            }
        }
        let mark = sheet.place(spot);
        let (x, y) = (number(mark.x), number(mark.y));
        let class = format!("spot {}", severity.slug());
        svg.empty("circle", &[("class", &class), ("cx", &x), ("cy", &y), ("r", "11")]);
        let cross = format!("M{x} {y}m-17 0h10m14 0h10m-17-17v10m0 14v10");
        svg.empty("path", &[("class", &class), ("d", &cross)]);
        let mut taken: Vec<f64> = Vec::new();
        for (school, _) in &gates {
            let school = &county.schools[*school];
            let at = sheet.place(school.gate);
            if !sheet.is_shown(at) || taken.iter().any(|line| (line - at.y).abs() < 13.0) {
                continue;
            }
            taken.push(at.y);
            // Beside the mark, where the school stands in it.
            let room = if (at.x - mark.x).hypot(at.y - mark.y) < 12.0 { 20.0 } else { 8.0 };
            let (anchor, x) = if at.x > sheet.width * 0.55 { ("end", at.x - room) } else { ("start", at.x + room) };
            let (x, y) = (number(x), number(at.y + 4.0));
            let name: String = school.name.chars().take(18).collect();
            svg.text("text", &[("class", "label"), ("x", &x), ("y", &y), ("text-anchor", anchor)], &name);
        }
        sheet.scale_bar(&mut svg);
        svg.close("svg");
        svg.into_parts().0
    }

    /// Everything, with a mark for each of `marks`: where it is in working metres, how bad, and the number of the finding
    /// where the page has it.
    pub(super) fn overview(&self, marks: &[(Coord<f64>, Severity, Option<usize>)], label: &str) -> Option<String> {
        let areas = self.county.areas.iter().filter_map(|area| area.outline.bounding_rect());
        let of_county = self.county.extent().into_iter().chain(areas);
        let of_marks = marks.iter().map(|(place, ..)| Rect::new(*place, *place));
        let extent = of_county.chain(of_marks).reduce(|one, other| {
            let low = Coord { x: one.min().x.min(other.min().x), y: one.min().y.min(other.min().y) };
            let high = Coord { x: one.max().x.max(other.max().x), y: one.max().y.max(other.max().y) };
            Rect::new(low, high)
        })?;
        let sheet = Sheet::of_extent(extent);
        let mut svg = Svg::new();
        sheet.open(&mut svg, "overview", label);
        self.draw_blocks(&mut svg, &sheet, None);
        self.draw_areas(&mut svg, &sheet);
        let gates = self.county.schools.iter().map(|school| school.gate);
        draw_grains(&mut svg, &sheet, "gates", gates);
        let unlisted = marks.iter().filter(|(.., number)| number.is_none()).map(|(place, ..)| *place);
        draw_grains(&mut svg, &sheet, "unlisted", unlisted);
        // The worst last, so that they lie on top.
        for (place, severity, finding) in marks.iter().rev() {
            let Some(finding) = finding else { continue };
            let at = sheet.place(*place);
            let (x, y) = (number(at.x), number(at.y));
            let class = format!("mark {}", severity.slug());
            svg.open("a", &[("href", &format!("#f{finding}")), ("aria-label", &finding.to_string())]);
            svg.empty("circle", &[("class", &class), ("cx", &x), ("cy", &y), ("r", "6")]);
            svg.close("a");
        }
        sheet.scale_bar(&mut svg);
        svg.close("svg");
        Some(svg.into_parts().0)
    }

    fn draw_blocks(&self, svg: &mut Svg, sheet: &Sheet, own: Option<usize>) {
        let county = self.county;
        let shown = sheet.shown();
        let outlines = self.outlines.meeting(shown);
        if outlines.len() <= MOST_OUTLINES {
            for block in &outlines {
                let Some(outline) = &county.outlines.get(*block) else { continue };
                let class = if own == Some(*block) { "block own" } else { "block" };
                svg.empty("path", &[("class", class), ("d", &sheet.path(outline))]);
            }
        }
        let are_too_many = outlines.len() > MOST_OUTLINES;
        let points = county.block_indices().filter(|block| are_too_many || !county.outlines.has(block.get()));
        draw_grains(svg, sheet, "points", points.map(|block| county.block(block).point));
    }

    fn draw_areas(&self, svg: &mut Svg, sheet: &Sheet) {
        for area in &self.county.areas {
            svg.empty("path", &[("class", "area"), ("d", &sheet.path(&area.outline))]);
        }
    }
}

/// Small squares for places, of which those in one place on paper are drawn once.
fn draw_grains(svg: &mut Svg, sheet: &Sheet, class: &str, places: impl Iterator<Item = Coord<f64>>) {
    let grain = |at: Coord<f64>| ((at.x / GRAIN).round() as i64, (at.y / GRAIN).round() as i64);
    let grains: BTreeSet<(i64, i64)> =
        places.map(|place| sheet.place(place)).filter(|at| sheet.is_shown(*at)).map(grain).collect();
    if grains.is_empty() {
        return;
    }
    let mut data = String::new();
    for (column, row) in grains {
        let _ = write!(data, "M{} {}h0", number(column as f64 * GRAIN), number(row as f64 * GRAIN));
    }
    svg.empty("path", &[("class", class), ("d", &data)]);
}
