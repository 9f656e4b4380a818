//! Catchments that several authorities propose (属地管理,各自提案): where they overlap, and what none of them takes.

use geo::{Area, BooleanOps, BoundingRect, Contains, Coord, InteriorPoint, Intersects, MultiPolygon, Point};

use crate::model::{Block, County, Finding, FindingCode, Proposal, Stage};
use crate::space::Ground;

/// Overlaps and gaps smaller than this are what drawing leaves along a border, in square metres.
const SLIVER: f64 = 1.0;

/// Blocks named in a finding.
const NAMED: usize = 5;

/// Overlaps of two authorities, and what of the county lies in no proposal, in square metres and pupils; a block counts where
/// its point lies, and those that are crossed without it are told beside. The county is its administrative areas, else its blocks; where blocks are points and there are no areas,
/// what nobody takes has pupils and no area.
///
/// Cost: that of cutting each pair of authorities' outlines, and blocks × overlaps.
#[must_use]
pub fn authorities(county: &County, ground_of: &Ground) -> Vec<Finding> {
    let mut findings = Vec::new();
    if county.proposals.is_empty() {
        return findings;
    }
    for stage in county.stages.iter().copied() {
        let of_stage: Vec<&Proposal> = county.proposals.iter().filter(|of| of.stages.contains(&stage)).collect();
        if of_stage.is_empty() {
            continue;
        }
        let mut names: Vec<&str> = of_stage.iter().map(|proposal| proposal.authority.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let together = |name: &&str| {
            let own = of_stage.iter().filter(|proposal| proposal.authority == *name);
            geo::unary_union(own.map(|proposal| &proposal.outline))
        };
        let grounds: Vec<MultiPolygon<f64>> = names.iter().map(together).collect();
        for (first, ground) in grounds.iter().enumerate() {
            for (second, other) in grounds.iter().enumerate().skip(first + 1) {
                let is_near = ground.bounding_rect().zip(other.bounding_rect()).is_some_and(|(a, b)| a.intersects(&b));
                let overlap = if is_near { ground.intersection(other) } else { MultiPolygon::new(Vec::new()) };
                let inside = blocks_where(county, |point| ground.contains(&point) && other.contains(&point));
                if overlap.unsigned_area() >= SLIVER || pupils(&inside, stage) > 0 {
                    let found = Found { inside: &inside, crossed: &crossed(county, &overlap, &inside), area: &overlap };
                    let finding = told(FindingCode::AuthoritiesOverlap, stage, &found, ground_of)
                        .text("first", names[first])
                        .text("second", names[second]);
                    findings.push(finding.decimal("area", overlap.unsigned_area(), 0));
                }
            }
        }
        let all = geo::unary_union(&grounds);
        let missing = blocks_where(county, |point| !all.intersects(&point));
        let whole = territory(county);
        let gap = whole.map_or_else(|| MultiPolygon::new(Vec::new()), |whole| whole.difference(&all));
        if gap.unsigned_area() >= SLIVER || pupils(&missing, stage) > 0 {
            let found = Found { inside: &missing, crossed: &crossed(county, &gap, &missing), area: &gap };
            let finding = told(FindingCode::AuthoritiesGap, stage, &found, ground_of);
            findings.push(finding.decimal("area", gap.unsigned_area(), 0));
        }
    }
    findings
}

/// The ground of the county, where anything is an outline.
fn territory(county: &County) -> Option<MultiPolygon<f64>> {
    if !county.areas.is_empty() {
        return Some(geo::unary_union(county.areas.iter().map(|area| &area.outline)));
    }
    let outlines: Vec<MultiPolygon<f64>> = county.outlines.iter().flatten().collect();
    (!outlines.is_empty()).then(|| geo::unary_union(&outlines))
}

fn blocks_where(county: &County, is_there: impl Fn(Point<f64>) -> bool) -> Vec<&Block> {
    county.blocks.iter().filter(|block| is_there(Point::from(block.point))).collect()
}

fn pupils(blocks: &[&Block], stage: Stage) -> u64 {
    blocks.iter().map(|block| u64::from(block.pupils[stage])).sum()
}

/// Blocks of which a part of more than a sliver lies in `area`, but not their point.
fn crossed<'a>(county: &'a County, area: &MultiPolygon<f64>, inside: &[&Block]) -> Vec<&'a Block> {
    let Some(around) = area.bounding_rect().filter(|_| area.unsigned_area() >= SLIVER) else { return Vec::new() };
    let is_crossed = |position: usize| {
        let is_near = county.outlines.rectangle(position).is_some_and(|rectangle| rectangle.intersects(&around));
        let outline = if is_near { county.outlines.get(position) } else { None };
        outline.is_some_and(|outline| outline.intersection(area).unsigned_area() >= SLIVER)
    };
    let blocks = county.blocks.iter().enumerate();
    let others = blocks.filter(|(_, block)| !inside.iter().any(|known| std::ptr::eq(*known, *block)));
    others.filter(|(position, _)| is_crossed(*position)).map(|(_, block)| block).collect()
}

/// What lies in an overlap or a gap.
struct Found<'a> {
    /// Blocks with their point in it.
    inside: &'a [&'a Block],
    /// Blocks of which only a part lies in it.
    crossed: &'a [&'a Block],
    area: &'a MultiPolygon<f64>,
}

/// A finding on some blocks: how many pupils, the blocks with most of them by name, and where on the map.
fn told(code: FindingCode, stage: Stage, found: &Found<'_>, ground: &Ground) -> Finding {
    let by_pupils = |blocks: &[&'_ Block]| -> Vec<(u32, String)> {
        let with_pupils = blocks.iter().filter(|block| block.pupils[stage] > 0);
        let mut with_pupils: Vec<(u32, String)> =
            with_pupils.map(|block| (block.pupils[stage], block.name.to_string())).collect();
        with_pupils.sort_by_key(|(pupils, _)| std::cmp::Reverse(*pupils));
        with_pupils
    };
    let (inside, crossed) = (by_pupils(found.inside), by_pupils(found.crossed));
    let names: Vec<&str> = inside.iter().chain(&crossed).map(|(_, name)| name.as_str()).collect();
    let (count, listed) = (names.len(), names[..names.len().min(NAMED)].join("、"));
    let finding = Finding::new(code)
        .sentence("stage", stage.message())
        .count("pupils", pupils(found.inside, stage))
        .count("blocks", inside.len())
        .count("crossed", crossed.len())
        .count("crossed_pupils", pupils(found.crossed, stage))
        .clause("names", "clause-example", &listed)
        .count("more", count.saturating_sub(NAMED))
        .count("all", count);
    let largest = found.area.0.iter().max_by(|one, other| one.unsigned_area().total_cmp(&other.unsigned_area()));
    let within = largest.and_then(InteriorPoint::interior_point).map(Coord::from);
    let place = within.or_else(|| found.inside.first().map(|block| block.point));
    place.map_or(finding.clone(), |place| finding.at_place(ground.to_earth(place)))
}
