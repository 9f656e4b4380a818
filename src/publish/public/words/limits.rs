//! The four limits 四至 of a catchment: the roads, rivers and railways its border runs along, and the neighbours where none
//! does.

use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;
use rstar::primitives::{GeomWithData, Line};
use rstar::{PointDistance, RTree};

use super::super::super::Publication;
use crate::language::{Language, Message};
use crate::model::{Catchments, SchoolIndex};

/// A border runs along a line that is at most so far, in metres: half of a wide road with its verges.
const BESIDE: f64 = 25.0;

/// … and that makes at most this angle with it: the cosine of 45°.
const ALONG: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// Borders are looked at every so many metres.
const STEP: f64 = 20.0;

/// What bounds less than this share of a side is not named …
const LEAST_SHARE: f64 = 0.15;

/// … and a border between two blocks is closed by lines that run along at least this share of it.
const CLOSED: f64 = 0.8;

/// What a stretch of border runs along.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Limit {
    /// A named line, by its position.
    Line(usize),
    /// The catchment of another school.
    Neighbour(SchoolIndex),
    /// The edge of the ground that is planned.
    Edge,
}

/// The limits of a catchment, as they are said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Limits {
    /// East, south, west, north, as it is said in Chinese; what bounds each, in order along it.
    sides: [Vec<Said>; 4],
    /// Whether the lines named, with the edge of the county, enclose the very blocks of the catchment.
    pub(super) is_exact: bool,
}

/// What bounds a side, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Line(String),
    Neighbour(String),
    Edge,
}

impl Limits {
    /// Whether any side is bounded by a road, river or railway.
    pub(super) fn has_lines(&self) -> bool {
        self.sides.iter().flatten().any(|said| matches!(said, Said::Line(_)))
    }

    /// The four limits in words; without neighbours, where only the roads, rivers and railways are wanted.
    pub(super) fn say(&self, with_neighbours: bool, language: Language) -> String {
        let keys = ["words-east", "words-south", "words-west", "words-north"];
        let list = |names: Vec<String>| names.join(&language.text("words-and"));
        let said = keys.iter().zip(&self.sides).filter_map(|(key, side)| {
            let (mut to, mut beside) = (Vec::new(), Vec::new());
            for said in side {
                match said {
                    Said::Line(name) => to.push(name.clone()),
                    Said::Edge => to.push(language.text("words-edge")),
                    Said::Neighbour(name) if with_neighbours => beside.push(name.clone()),
                    Said::Neighbour(_) => {}
                }
            }
            let mut bounds = Vec::new();
            if !to.is_empty() {
                bounds.push(Message::new("words-to").text("names", list(to)).in_language(language));
            }
            if !beside.is_empty() {
                bounds.push(Message::new("words-beside").text("schools", list(beside)).in_language(language));
            }
            let limits = bounds.join(&language.text("words-side-and"));
            (!limits.is_empty()).then(|| Message::new(*key).text("limits", limits).in_language(language))
        });
        said.collect::<Vec<String>>().join(&language.text("words-side-next"))
    }
}

/// The lines that have names, in an index of their pieces.
struct Lines {
    names: Vec<String>,
    pieces: RTree<GeomWithData<Line<[f64; 2]>, usize>>,
}

impl Lines {
    fn of(publication: &Publication<'_>) -> Lines {
        let county = publication.county;
        let mut names: Vec<String> = Vec::new();
        let mut pieces = Vec::new();
        // What the input did not name was given the number of its row, by which nobody knows it.
        let barriers = county.barriers.iter().filter(|barrier| !barrier.name.starts_with("row-"));
        let barriers = barriers.map(|barrier| (&barrier.name, &barrier.course));
        let roads = county.roads.iter().flat_map(|roads| &roads.named).map(|road| (&road.name, &road.course));
        let mut known: BTreeMap<&String, usize> = BTreeMap::new();
        for (name, course) in barriers.chain(roads) {
            let position = *known.entry(name).or_insert_with(|| {
                names.push(name.clone());
                names.len() - 1
            });
            for line in course.0.iter().flat_map(geo::LineString::lines) {
                let ends = [line.start, line.end].map(|place| [place.x, place.y]);
                pieces.push(GeomWithData::new(Line::new(ends[0], ends[1]), position));
            }
        }
        Lines { names, pieces: RTree::bulk_load(pieces) }
    }

    /// The nearest line a border at `place` runs along in the direction `way`, a unit vector.
    fn beside(&self, place: Coord<f64>, way: Coord<f64>) -> Option<usize> {
        let at = [place.x, place.y];
        let mut near = self.pieces.locate_within_distance(at, BESIDE * BESIDE).filter_map(|piece| {
            let [from, to] = [piece.geom().from, piece.geom().to];
            let (right, up) = (to[0] - from[0], to[1] - from[1]);
            let length = right.hypot(up);
            let is_along = length > 0.0 && (right * way.x + up * way.y).abs() / length >= ALONG;
            is_along.then(|| (piece.geom().distance_2(&at), piece.data))
        });
        let first = near.next()?;
        let nearer = |best: (f64, usize), other: (f64, usize)| {
            // The index hands pieces over in no promised order; of two as near the first named is taken.
            if (other.0, other.1) < (best.0, best.1) { other } else { best }
        };
        Some(near.fold(first, nearer).1)
    }
}

/// For each pair of neighbouring blocks the metres of their border, and how many of them each line runs along.
type Along = BTreeMap<(u32, u32), (f64, BTreeMap<usize, f64>)>;

/// A stretch of border: where it is, which side of the catchment it is, and how long.
struct Stretch {
    place: Coord<f64>,
    side: usize,
    metres: f64,
}

/// The limits of every catchment of a stage, by school; none where there are no lines with names, and where outlines are
/// cells around points, whose borders nobody drew. Cost: O(border × log lines).
pub(super) fn limits(publication: &Publication<'_>, catchments: &Catchments) -> Vec<Option<Limits>> {
    let (county, ground) = (publication.county, publication.ground);
    let mut found: Vec<Option<Limits>> = vec![None; county.schools.len()];
    let lines = Lines::of(publication);
    if lines.names.is_empty() || ground.cells_around_points || !ground.has_outlines {
        return found;
    }
    let school_of = |block: Option<u32>| block.and_then(|block| catchments.school_of[block as usize]);
    let mut borders: BTreeMap<SchoolIndex, BTreeMap<Limit, Vec<Stretch>>> = BTreeMap::new();
    let mut along = Along::new();
    for arc in ground.coverage.arcs() {
        let (left, right) = (school_of(arc.left()), school_of(arc.right()));
        let pair = arc.left().zip(arc.right()).map(|(left, right)| (left.min(right), left.max(right)));
        let places: Vec<Coord<f64>> = ground.coverage.places(arc).collect();
        for ends in places.windows(2) {
            let span = ends[1] - ends[0];
            let length = span.x.hypot(span.y);
            if length == 0.0 {
                continue;
            }
            let way = span / length;
            let count = (length / STEP).ceil().max(1.0);
            for step in 0..count as usize {
                let place = ends[0] + span * ((step as f64 + 0.5) / count);
                let metres = length / count;
                let line = lines.beside(place, way);
                if let Some(pair) = pair {
                    let of_pair = along.entry(pair).or_default();
                    of_pair.0 += metres;
                    if let Some(line) = line {
                        *of_pair.1.entry(line).or_default() += metres;
                    }
                }
                if left == right {
                    continue;
                }
                // To the right of its direction a border faces (y, -x), to the left the other way.
                for (own, other, facing) in
                    [(left, right, Coord { x: way.y, y: -way.x }), (right, left, Coord { x: -way.y, y: way.x })]
                {
                    let Some(own) = own else { continue };
                    let limit = line.map_or_else(|| other.map_or(Limit::Edge, Limit::Neighbour), Limit::Line);
                    let stretch = Stretch { place, side: side_of(facing), metres };
                    borders.entry(own).or_default().entry(limit).or_default().push(stretch);
                }
            }
        }
    }
    for (school, border) in &borders {
        let sides: [Vec<Limit>; 4] = std::array::from_fn(|side| named(border, side));
        let of_lines: BTreeSet<usize> = sides
            .iter()
            .flatten()
            .filter_map(|limit| if let Limit::Line(line) = limit { Some(*line) } else { None })
            .collect();
        let has_neighbours = sides.iter().flatten().any(|limit| matches!(limit, Limit::Neighbour(_)));
        let is_exact = !has_neighbours && !of_lines.is_empty() && is_enclosed(catchments, *school, &along, &of_lines);
        let say = |limit: &Limit| match limit {
            Limit::Line(line) => Said::Line(lines.names[*line].clone()),
            Limit::Neighbour(other) => Said::Neighbour(county.catchment_name(catchments.stage, *other)),
            Limit::Edge => Said::Edge,
        };
        let sides = sides.map(|side| side.iter().map(say).collect());
        found[school.get()] = Some(Limits { sides, is_exact });
    }
    found
}

/// East, south, west or north, as 0 to 3.
fn side_of(facing: Coord<f64>) -> usize {
    match (facing.x.abs() >= facing.y.abs(), facing.x > 0.0, facing.y > 0.0) {
        (true, true, _) => 0,
        (false, _, false) => 1,
        (true, false, _) => 2,
        (false, _, true) => 3,
    }
}

/// What bounds a side, of each a fair share, in order along it: from north to south, and from west to east.
fn named(border: &BTreeMap<Limit, Vec<Stretch>>, side: usize) -> Vec<Limit> {
    let mut of_side: Vec<(f64, f64, &Limit)> = Vec::new();
    for (limit, stretches) in border {
        let (mut metres, mut moment) = (0.0, 0.0);
        for stretch in stretches.iter().filter(|stretch| stretch.side == side) {
            metres += stretch.metres;
            let along = if side.is_multiple_of(2) { -stretch.place.y } else { stretch.place.x };
            moment += stretch.metres * along;
        }
        if metres > 0.0 {
            of_side.push((metres, moment / metres, limit));
        }
    }
    let whole: f64 = of_side.iter().map(|(metres, ..)| metres).sum();
    of_side.retain(|(metres, ..)| *metres >= LEAST_SHARE * whole);
    of_side.sort_by(|first, second| first.1.total_cmp(&second.1).then(first.2.cmp(second.2)));
    of_side.into_iter().map(|(.., limit)| limit.clone()).collect()
}

/// Whether walking from block to block without crossing the lines reaches the very blocks of a catchment from any of them.
fn is_enclosed(catchments: &Catchments, school: SchoolIndex, along: &Along, lines: &BTreeSet<usize>) -> bool {
    let is_own = |block: u32| catchments.school_of[block as usize] == Some(school);
    let mut beside: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for ((first, second), (metres, of_line)) in along {
        if !is_own(*first) && !is_own(*second) {
            continue;
        }
        let closed: f64 = of_line.iter().filter(|(line, _)| lines.contains(line)).map(|(_, metres)| metres).sum();
        if closed >= CLOSED * metres {
            continue;
        }
        if is_own(*first) != is_own(*second) {
            return false;
        }
        beside.entry(*first).or_default().push(*second);
        beside.entry(*second).or_default().push(*first);
    }
    let own: Vec<u32> = (0..catchments.school_of.len() as u32).filter(|block| is_own(*block)).collect();
    let mut reached: BTreeSet<u32> = own.first().copied().into_iter().collect();
    let mut open: Vec<u32> = reached.iter().copied().collect();
    while let Some(block) = open.pop() {
        for next in beside.get(&block).into_iter().flatten() {
            if reached.insert(*next) {
                open.push(*next);
            }
        }
    }
    reached.len() == own.len()
}
