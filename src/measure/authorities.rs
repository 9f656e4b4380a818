//! Catchments that several authorities propose (属地管理,各自提案): where they overlap, and what none of them takes.

use geo::{Area, BooleanOps, BoundingRect, Contains, Intersects, MultiPolygon, Point};

use crate::model::{Block, County, Finding, FindingCode, Proposal, Stage};

/// Overlaps and gaps smaller than this are what drawing leaves along a border, in square metres.
const SLIVER: f64 = 1.0;

/// Blocks named in a finding.
const NAMED: usize = 5;

/// Overlaps of two authorities, and what of the county lies in no proposal, in square metres and pupils; a block counts where
/// its point lies. The county is its administrative areas, else its blocks; where blocks are points and there are no areas,
/// what nobody takes has pupils and no area.
///
/// Cost: that of cutting each pair of authorities' outlines, and blocks × overlaps.
#[must_use]
pub fn authorities(county: &County) -> Vec<Finding> {
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
                    let finding = told(FindingCode::AuthoritiesOverlap, stage, &inside)
                        .text("first", names[first])
                        .text("second", names[second]);
                    findings.push(finding.decimal("area", overlap.unsigned_area(), 0));
                }
            }
        }
        let all = geo::unary_union(&grounds);
        let missing = blocks_where(county, |point| !all.intersects(&point));
        let whole = territory(county);
        let gap = whole.map_or(0.0, |whole| whole.difference(&all).unsigned_area());
        if gap >= SLIVER || pupils(&missing, stage) > 0 {
            findings.push(told(FindingCode::AuthoritiesGap, stage, &missing).decimal("area", gap, 0));
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

/// A finding on some blocks: how many pupils, and the blocks with most of them by name.
fn told(code: FindingCode, stage: Stage, blocks: &[&Block]) -> Finding {
    let mut by_pupils: Vec<&&Block> = blocks.iter().filter(|block| block.pupils[stage] > 0).collect();
    by_pupils.sort_by_key(|block| std::cmp::Reverse(block.pupils[stage]));
    let names: Vec<&str> = by_pupils.iter().take(NAMED).map(|block| block.name.as_str()).collect();
    Finding::new(code)
        .sentence("stage", stage.message())
        .count("pupils", pupils(blocks, stage))
        .count("blocks", by_pupils.len())
        .clause("names", "clause-example", &names.join("、"))
}
