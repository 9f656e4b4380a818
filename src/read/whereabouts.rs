//! Whether schools and blocks are where they should be: inside the areas, each in a place of its own, a community together.

use std::collections::BTreeMap;

use geo::{Closest, ClosestPoint, Coord, Distance, Euclidean, Point};
use rayon::prelude::*;

use super::coordinates::{System, cell_place};
use super::layer::Layer;
use super::names::most_similar;
use super::relations::Facts;
use crate::model::{Block, County, Finding, FindingCode, Origin, School};
use crate::space::direction;
use crate::space::index::{OutlineIndex, PlaceIndex};

/// Places up to so many metres outside count as inside: lines of areas are drawn coarsely.
const OUTSIDE_METRES: f64 = 50.0;

/// So many rows with the very same coordinates are no coincidence.
const REPEATED: usize = 3;

/// Fewest rows that show to how many decimals coordinates were rounded.
const ROWS_THAT_SHOW: usize = 10;

/// With so many decimals of a degree or fewer, places are off by more than the width of a street block.
const COARSE_DECIMALS: i32 = 3;

/// Blocks of a community are in two places where more than so many metres lie between them …
const APART_METRES: f64 = 2_000.0;

/// … and more than so many times as far as blocks usually are from one another.
const APART_TIMES: f64 = 10.0;

/// Blocks asked how far blocks usually are from one another.
const ASKED: usize = 1_000;

/// A school or a block as far as its place matters.
struct Thing<'a> {
    name: &'a str,
    place: Coord<f64>,
    origin: Origin,
}

impl<'a> Thing<'a> {
    fn school(school: &'a School) -> Thing<'a> {
        Thing { name: &school.name, place: school.gate, origin: school.origin }
    }

    fn block(block: &'a Block) -> Thing<'a> {
        Thing { name: &block.name, place: block.point, origin: block.origin }
    }
}

/// Checks the places of a county.
pub(super) fn check(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let county = facts.county;
    let (school, block) =
        (|at: usize| Thing::school(&county.schools[at]), |at: usize| Thing::block(&county.blocks[at]));
    if !county.areas.is_empty() {
        check_outside(facts, county.schools.len(), school, "schools", findings);
        check_outside(facts, county.blocks.len(), block, "blocks", findings);
    }
    check_repeated(facts, county.schools.len(), school, "schools", findings);
    if !county.outlines.has_any() {
        check_repeated(facts, county.blocks.len(), block, "blocks", findings);
    }
    for layer in facts.layers {
        findings.extend(coarse(layer));
    }
    check_communities(facts, findings);
    check_towns(facts, findings);
}

/// Whether so many schools stand in the place of one that they have been reported as such.
pub(super) fn is_repeated(index: &PlaceIndex, place: Coord<f64>) -> bool {
    index.within(place, 0.0).len() >= REPEATED
}

/// Reports what lies outside the areas; one by one where these are exceptions, else all at once.
fn check_outside<'a>(
    facts: &Facts<'_>,
    all: usize,
    thing: impl Fn(usize) -> Thing<'a> + Sync,
    kind: &'static str,
    findings: &mut Vec<Finding>,
) {
    let areas = &facts.county.areas;
    let index = OutlineIndex::new(areas.as_slice());
    let outside: Vec<(Thing<'a>, f64, Coord<f64>)> = (0..all)
        .into_par_iter()
        .map(&thing)
        .filter(|thing| index.at(thing.place).is_none())
        .filter_map(|thing| {
            let point = Point::from(thing.place);
            let (metres, nearest) = areas
                .iter()
                .map(|area| (Euclidean.distance(&point, &area.outline), area))
                .min_by(|first, second| first.0.total_cmp(&second.0))?;
            let edge = match nearest.outline.closest_point(&point) {
                Closest::Intersection(edge) | Closest::SinglePoint(edge) => edge.0,
                Closest::Indeterminate => return None,
            };
            (metres > OUTSIDE_METRES).then_some((thing, metres, edge))
        })
        .collect();
    let about = |code: FindingCode, (thing, metres, edge): &(Thing<'a>, f64, Coord<f64>)| {
        let finding = facts.about(code, thing.origin).about(thing.name).at_place((facts.to_earth)(thing.place));
        finding.decimal("metres", *metres, 0).sentence("direction", direction(*edge, thing.place))
    };
    if outside.len() > REPEATED && 2 * outside.len() > all {
        let finding = about(FindingCode::AreasElsewhere, &outside[0]).text("kind", kind);
        findings.push(finding.count("count", outside.len()).count("all", all));
        return;
    }
    let code = if kind == "schools" { FindingCode::SchoolOutsideAreas } else { FindingCode::BlockOutsideAreas };
    findings.extend(outside.iter().map(|found| about(code, found)));
}

/// Reports places that many rows have.
fn check_repeated<'a>(
    facts: &Facts<'_>,
    all: usize,
    thing: impl Fn(usize) -> Thing<'a>,
    kind: &'static str,
    findings: &mut Vec<Finding>,
) {
    let mut places: Vec<(u64, u64, usize)> = (0..all)
        .map(|at| {
            let place = thing(at).place;
            (place.x.to_bits(), place.y.to_bits(), at)
        })
        .collect();
    places.par_sort_unstable();
    let same_place = |one: &(u64, u64, usize), other: &(u64, u64, usize)| (one.0, one.1) == (other.0, other.1);
    let mut repeated: Vec<&[(u64, u64, usize)]> =
        places.chunk_by(same_place).filter(|same| same.len() >= REPEATED).collect();
    repeated.sort_by_key(|same| same[0].2);
    for same in repeated {
        let first = thing(same[0].2);
        let finding = facts.about(FindingCode::PlaceRepeated, first.origin).about(first.name);
        let finding = finding.at_place((facts.to_earth)(first.place)).text("kind", kind);
        let others = same.iter().skip(1).take(4).map(|(.., at)| thing(*at).name);
        let which = if same.len() == all { "all" } else { "some" };
        findings.push(finding.count("count", same.len()).text("which", which).list("others", others, ", "));
    }
}

/// A layer whose degrees have so few decimals that its places are off by a street block or more.
fn coarse(layer: &Layer) -> Option<Finding> {
    let is_in_degrees = matches!(&layer.system, Some(System::Earth(projection)) if projection.is_geographic());
    if !is_in_degrees {
        return None;
    }
    let place = |row: usize| {
        if layer.table.shapes.is_empty() {
            cell_place(&layer.table, &layer.columns, row).ok().flatten()
        } else {
            layer.table.shapes.point(row)
        }
    };
    // Most layers are known not to be so by their first row.
    let (mut decimals, mut rows) = (0, 0);
    for place in layer.rows().filter_map(place) {
        let are_whole = |decimals: i32| {
            [place.x, place.y].into_iter().all(|degrees| {
                let scaled = degrees * 10_f64.powi(decimals);
                (scaled - scaled.round()).abs() < 1e-6
            })
        };
        decimals = (decimals..=COARSE_DECIMALS).find(|decimals| are_whole(*decimals))?;
        rows += 1;
    }
    if rows < ROWS_THAT_SHOW {
        return None;
    }
    // Half of the last decimal, in degrees of latitude.
    let metres = 111_000.0 / 2.0 / 10_f64.powi(decimals);
    let finding = layer.table.file_finding(FindingCode::PlaceCoarse).count("decimals", decimals);
    Some(finding.decimal("metres", metres, 0))
}

/// Reports communities whose blocks lie in places far from one another.
fn check_communities(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let county = facts.county;
    let mut communities: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, block) in county.blocks.iter().enumerate() {
        if let Some(community) = block.community() {
            communities.entry(community).or_default().push(position);
        }
    }
    let point = |block: &usize| county.blocks[*block].point;
    communities.retain(|_, members| {
        let spread = |axis: fn(Coord<f64>) -> f64| {
            let values = members.iter().map(|block| axis(point(block)));
            values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
        };
        spread(|place| place.x).max(spread(|place| place.y)) > APART_METRES
    });
    if communities.is_empty() {
        return;
    }
    let reach = APART_METRES.max(APART_TIMES * usual_metres(county));
    for (name, members) in communities {
        let parts = parts(&members.iter().map(point).collect::<Vec<_>>(), reach);
        let Some(smallest) = parts.iter().min_by_key(|part| part.len()).filter(|_| parts.len() > 1) else { continue };
        let first = &county.blocks[members[smallest[0]]];
        let others = members.iter().enumerate().filter(|(position, _)| !smallest.contains(position));
        let away = |block: &usize| (point(block) - first.point).x.hypot((point(block) - first.point).y);
        let Some((nearest, metres)) =
            others.map(|(_, block)| (*block, away(block))).min_by(|one, other| one.1.total_cmp(&other.1))
        else {
            continue;
        };
        let finding = facts.about(FindingCode::CommunityApart, first.origin).about(first.name.clone());
        let finding = finding.at_place((facts.to_earth)(first.point)).text("community", name);
        let finding = finding.count("parts", parts.len()).count("count", smallest.len());
        let finding = finding.text("other", county.blocks[nearest].name.clone()).decimal("metres", metres, 0);
        findings.push(finding.sentence("direction", direction(county.blocks[nearest].point, first.point)));
    }
}

/// How far a block usually is from the nearest other one, in metres.
fn usual_metres(county: &County) -> f64 {
    let index = PlaceIndex::new(county.blocks.iter().map(|block| block.point));
    let step = county.blocks.len().div_ceil(ASKED).max(1);
    let asked = county.blocks.iter().step_by(step);
    let mut apart: Vec<f64> = asked.filter_map(|block| Some(index.nearest(block.point, 2).get(1)?.1)).collect();
    apart.sort_by(f64::total_cmp);
    apart.get(apart.len() / 2).copied().unwrap_or_default()
}

/// Places in groups: within one, each is at most `reach` from another. Positions, ascending in each.
fn parts(places: &[Coord<f64>], reach: f64) -> Vec<Vec<usize>> {
    let index = PlaceIndex::new(places.iter().copied());
    let mut seen = vec![false; places.len()];
    let mut parts = Vec::new();
    for start in 0..places.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let (mut part, mut queue) = (vec![start], vec![start]);
        while let Some(here) = queue.pop() {
            for near in index.within(places[here], reach) {
                if !std::mem::replace(&mut seen[near], true) {
                    part.push(near);
                    queue.push(near);
                }
            }
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}

/// Reports towns of schools that no block or area has, where one that no school has is spelt nearly so.
fn check_towns(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let county = facts.county;
    let mut of_schools: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, school) in county.schools.iter().enumerate() {
        if let Some(town) = &school.town {
            of_schools.entry(town).or_default().push(position);
        }
    }
    let of_blocks = county.blocks.iter().filter_map(|block| block.town());
    let others: std::collections::BTreeSet<&str> =
        of_blocks.chain(county.areas.iter().map(|area| area.name.as_str())).collect();
    for (town, schools) in of_schools.iter().filter(|(town, _)| !others.contains(*town)) {
        let free = others.iter().copied().filter(|other| !of_schools.contains_key(other));
        let Some(other) = most_similar(town, free) else { continue };
        let first = &county.schools[schools[0]];
        let finding = facts.about(FindingCode::TownNear, first.origin).about(first.name.clone());
        findings.push(finding.text("town", *town).text("other", other).count("count", schools.len()));
    }
}
