//! Which blocks count as neighbours: the list the scheme was made with, each pair confirmed against the inputs.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, MultiPolygon};

use super::borders::Borders;
use super::output::Output;
use super::shape::{Segment, is_inside, segments};
use super::{Check, Kind};
use crate::language::Message;
use crate::model::County;

/// Borders may be apart by this much where outlines are sloppy (slivers are closed up to half a metre), in metres.
const NEAR: f64 = 0.55;

/// Two outlines must run side by side for at least this long, in metres; a little less than the planner wants, for what
/// joining vertices may take away.
const SIDE_BY_SIDE: f64 = 0.9;

/// Lengths in the table are rounded to a centimetre.
const LISTED: f64 = 0.006;

/// Outlines farther apart than this are no neighbours across a gap, as the documentation of the adjacency states it, in metres.
const WIDEST_GAP: f64 = 500.0;

/// Sums of the same numbers may differ by this much, in metres.
const TIE: f64 = 1e-6;

/// The neighbour pairs of an output.
pub(super) struct Links {
    pub(super) neighbours: Vec<Vec<usize>>,
    pairs: Vec<(usize, usize, String)>,
    /// The length of the border of each pair, as the table has it; not a number where it has none.
    metres: Vec<f64>,
    unknown: Vec<String>,
}

impl Links {
    pub(super) fn read(output: &Output, county: &County) -> Links {
        let position: BTreeMap<&str, usize> =
            county.blocks.iter().enumerate().map(|(position, block)| (block.id.as_str(), position)).collect();
        let mut links = Links {
            neighbours: vec![Vec::new(); county.blocks.len()],
            pairs: Vec::new(),
            metres: Vec::new(),
            unknown: Vec::new(),
        };
        if !output.has_links {
            for (first, second) in county.adjacency.iter().flat_map(|given| &given.pairs) {
                links.neighbours[first.get()].push(second.get());
                links.neighbours[second.get()].push(first.get());
                links.pairs.push((first.get(), second.get(), "given".to_owned()));
                links.metres.push(f64::NAN);
            }
        }
        for row in &output.links {
            match (position.get(row.first.as_str()), position.get(row.second.as_str())) {
                (Some(first), Some(second)) => {
                    links.neighbours[*first].push(*second);
                    links.neighbours[*second].push(*first);
                    links.pairs.push((*first, *second, row.kind.clone()));
                    links.metres.push(row.metres.parse().unwrap_or(f64::NAN));
                }
                (None, _) => links.unknown.push(row.first.clone()),
                (_, None) => links.unknown.push(row.second.clone()),
            }
        }
        links
    }

    /// Whether each pair is what it says: in the given table, side by side on the map, or a bridge between islands. Where
    /// no table was given, the `borders` of the layer that certainly count must be listed. A border of the layer that the
    /// input does not show is believed, as closed slivers make such: the layer is checked against the input by itself.
    pub(super) fn check(&self, county: &County, borders: &Borders) -> Check {
        let mut faults: Vec<Message> =
            self.unknown.iter().map(|id| Message::new("verify-unknown-block").text("block", id)).collect();
        let given: Option<BTreeSet<(usize, usize)>> = county
            .adjacency
            .as_ref()
            .map(|given| given.pairs.iter().map(|(first, second)| (first.get(), second.get())).collect());
        let beside_borders = county.adjacency.as_ref().is_none_or(|given| given.beside_borders);
        if let Some(given) = &given {
            let listed: BTreeSet<(usize, usize)> = self
                .pairs
                .iter()
                .filter(|(.., kind)| kind == "given" || beside_borders)
                .map(|(first, second, _)| (*first.min(second), *first.max(second)))
                .collect();
            let missing = given.difference(&listed);
            faults.extend(missing.map(|(first, second)| fault("verify-link-missing", county, *first, *second)));
        }
        let mut listed: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (first, second, _) in &self.pairs {
            if first == second || !listed.insert((*first.min(second), *first.max(second))) {
                faults.push(fault("verify-link-twice", county, *first, *second));
            }
        }
        if beside_borders {
            let certain = borders.iter().filter(|(_, border)| border.must_count()).map(|(pair, _)| pair);
            let missing = certain.filter(|pair| !listed.contains(pair));
            faults.extend(missing.map(|(first, second)| fault("verify-border-missing", county, *first, *second)));
        }
        let mainland = self.components(|kind| kind != "nearest");
        for ((first, second, kind), metres) in self.pairs.iter().zip(&self.metres) {
            let confirmed = match kind.as_str() {
                "given" => {
                    let pair = (*first.min(second), *first.max(second));
                    given.as_ref().is_some_and(|given| given.contains(&pair))
                }
                "border" => {
                    let pair = (*first.min(second), *first.max(second));
                    let is_shown = || borders.get(&pair).is_some_and(|border| border.may_count());
                    beside_borders && (is_shown() || touch(county, *first, *second))
                }
                "near" => beside_borders && is_gap(county, *first, *second, *metres),
                "nearest" => mainland[*first] != mainland[*second],
                _ => false,
            };
            if !confirmed {
                faults.push(fault("verify-link-false", county, *first, *second));
            }
        }
        Check::new("neighbours", Kind::Claim, faults)
    }

    /// The least and the most metres of border between the pairs `counted` picks: by the `borders` of the layer, which
    /// are checked against the input, else by the table. Given pairs of points all count as far as such points usually
    /// are from each other.
    pub(super) fn border_metres(
        &self,
        county: &County,
        borders: &Borders,
        counted: impl Fn(usize, usize) -> bool,
    ) -> [f64; 2] {
        let points_only = !county.outlines.has_any();
        let given = || self.pairs.iter().filter(|(.., kind)| kind == "given");
        let mut apart: Vec<f64> = given()
            .map(|(first, second, _)| {
                let between = county.blocks[*first].point - county.blocks[*second].point;
                (between.x * between.x + between.y * between.y).sqrt()
            })
            .collect();
        apart.sort_by(f64::total_cmp);
        let usual = apart.get(apart.len() / 2).copied().unwrap_or(0.0);
        let mut sum = [0.0; 2];
        for ((first, second, kind), listed) in self.pairs.iter().zip(&self.metres) {
            if kind == "nearest" || kind == "near" || !counted(*first, *second) {
                continue;
            }
            let of_layer = borders.get(&(*first.min(second), *first.max(second))).map(|border| border.metres());
            let metres = match (kind.as_str(), of_layer) {
                ("given", _) if points_only => [usual - TIE, usual + TIE],
                (_, Some(metres)) => metres,
                ("given", None) if !borders.is_empty() => [0.0; 2],
                // Neither the layers nor the table tell the border of given neighbours.
                ("given", None) => [0.0, f64::INFINITY],
                (_, None) => [listed - LISTED, listed + LISTED],
            };
            sum = [sum[0] + metres[0], sum[1] + metres[1]];
        }
        sum
    }

    /// Into how many connected parts the blocks `belongs` picks fall.
    pub(super) fn parts(&self, belongs: impl Fn(usize) -> bool) -> usize {
        let picked: Vec<bool> = (0..self.neighbours.len()).map(belongs).collect();
        let mut component: Vec<usize> = (0..picked.len()).collect();
        for (first, second, _) in self.pairs.iter().filter(|(first, second, _)| picked[*first] && picked[*second]) {
            let (first, second) = (root(&mut component, *first), root(&mut component, *second));
            component[first.max(second)] = first.min(second);
        }
        (0..picked.len()).filter(|block| picked[*block] && component[*block] == *block).count()
    }

    /// The component of each block by the links whose kind `counts`.
    pub(super) fn components(&self, counts: impl Fn(&str) -> bool) -> Vec<usize> {
        let mut component: Vec<usize> = (0..self.neighbours.len()).collect();
        for (first, second, kind) in &self.pairs {
            if counts(kind) {
                let (first, second) = (root(&mut component, *first), root(&mut component, *second));
                component[first.max(second)] = first.min(second);
            }
        }
        (0..component.len()).map(|block| root(&mut component, block)).collect()
    }
}

fn fault(key: &str, county: &County, first: usize, second: usize) -> Message {
    let name = |block: usize| county.blocks[block].name.clone();
    Message::new(key).text("first", name(first)).text("second", name(second))
}

/// The block that stands for the component of `block`; shortens the way to it (union-find).
fn root(component: &mut [usize], mut block: usize) -> usize {
    while component[block] != block {
        component[block] = component[component[block]];
        block = component[block];
    }
    block
}

/// Whether two blocks share a border: by their outlines, or, where the input has points only, by the cells around them.
fn touch(county: &County, first: usize, second: usize) -> bool {
    match (&county.outlines.get(first), &county.outlines.get(second)) {
        (Some(first), Some(second)) => side_by_side(first, second) >= SIDE_BY_SIDE || overlap(first, second),
        _ => cells_touch(county, first, second),
    }
}

/// Whether two outlines are as far apart as the table says, and not too far to be neighbours.
fn is_gap(county: &County, first: usize, second: usize, listed: f64) -> bool {
    let (Some(first), Some(second)) = (&county.outlines.get(first), &county.outlines.get(second)) else {
        return false;
    };
    let (first, second) = (segments(first), segments(second));
    let ends_to = |from: &[Segment], to: &[Segment]| {
        let of_end = |end: Coord<f64>| to.iter().map(|segment| distance(end, segment)).fold(f64::INFINITY, f64::min);
        from.iter().map(|segment| of_end(segment.0)).fold(f64::INFINITY, f64::min)
    };
    // Outlines that do not cross are nearest to each other at an end of some segment.
    let gap = ends_to(&first, &second).min(ends_to(&second, &first));
    (gap - listed).abs() <= LISTED && gap <= WIDEST_GAP + LISTED
}

fn distance(place: Coord<f64>, (start, end): &Segment) -> f64 {
    let (along, to) = (*end - *start, place - *start);
    let square = along.x * along.x + along.y * along.y;
    let share = if square > 0.0 { ((along.x * to.x + along.y * to.y) / square).clamp(0.0, 1.0) } else { 0.0 };
    let apart = to - along * share;
    (apart.x * apart.x + apart.y * apart.y).sqrt()
}

/// For how many metres two outlines run within [`NEAR`] of each other: the longer of what either sees.
fn side_by_side(first: &MultiPolygon<f64>, second: &MultiPolygon<f64>) -> f64 {
    let (first, second) = (segments(first), segments(second));
    let seen = |from: &[Segment], by: &[Segment]| -> f64 {
        from.iter()
            .map(|segment| {
                let mut spans: Vec<(f64, f64)> = by.iter().filter_map(|other| span_beside(segment, other)).collect();
                spans.sort_by(|one, other| one.0.total_cmp(&other.0));
                let (mut covered, mut reached) = (0.0, 0.0_f64);
                for (start, end) in spans {
                    covered += (end - start.max(reached)).max(0.0);
                    reached = reached.max(end);
                }
                covered
            })
            .sum()
    };
    seen(&first, &second).max(seen(&second, &first))
}

/// The stretch of `segment`, in metres from its start, along which `other` runs within [`NEAR`].
fn span_beside(segment: &Segment, other: &Segment) -> Option<(f64, f64)> {
    let along = segment.1 - segment.0;
    let length = (along.x * along.x + along.y * along.y).sqrt();
    if length == 0.0 {
        return None;
    }
    let coordinates = |place: Coord<f64>| {
        let to = place - segment.0;
        ((to.x * along.x + to.y * along.y) / length, (along.x * to.y - along.y * to.x) / length)
    };
    let (mut start, mut end) = (coordinates(other.0), coordinates(other.1));
    if start.0 > end.0 {
        std::mem::swap(&mut start, &mut end);
    }
    // Cut the other segment to where it lies within the band.
    let cut = |from: (f64, f64), to: (f64, f64), at: f64| from.0 + (at - from.1) / (to.1 - from.1) * (to.0 - from.0);
    let (mut left, mut right) = (start.0, end.0);
    for band in [NEAR, -NEAR] {
        let outside = |across: f64| if band > 0.0 { across > band } else { across < band };
        match (outside(start.1), outside(end.1)) {
            (true, true) => return None,
            (true, false) => left = left.max(cut(start, end, band)),
            (false, true) => right = right.min(cut(start, end, band)),
            (false, false) => {}
        }
    }
    let (left, right) = (left.max(0.0), right.min(length));
    (right > left).then_some((left, right))
}

/// Whether some corner of one outline lies inside the other: outlines drawn upon each other share a border once the
/// smaller has kept its ground.
fn overlap(first: &MultiPolygon<f64>, second: &MultiPolygon<f64>) -> bool {
    let inside =
        |corners: &[Segment], outline: &[Segment]| corners.iter().any(|(corner, _)| is_inside(*corner, outline));
    let (first, second) = (segments(first), segments(second));
    inside(&first, &second) || inside(&second, &first)
}

/// Whether the cells around two points touch: some stretch of the line midway between them is nearer to no third point.
fn cells_touch(county: &County, first: usize, second: usize) -> bool {
    let (here, there) = (county.blocks[first].point, county.blocks[second].point);
    let middle = (here + there) / 2.0;
    let along = Coord { x: -(there.y - here.y), y: there.x - here.x };
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for (position, block) in county.blocks.iter().enumerate() {
        if position == first || position == second {
            continue;
        }
        // Nearer to `here` than to the third point: a linear condition on the way along the middle line.
        let third = block.point;
        let to = third - here;
        let slope = 2.0 * (along.x * to.x + along.y * to.y);
        let square = |place: Coord<f64>| place.x * place.x + place.y * place.y;
        let room = square(middle - third) - square(middle - here);
        if slope > 0.0 {
            high = high.min(room / slope);
        } else if slope < 0.0 {
            low = low.max(room / slope);
        } else if room < 0.0 {
            return false;
        }
    }
    high > low
}
