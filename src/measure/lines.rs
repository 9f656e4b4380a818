//! Lines of districts: which district each block belongs to where catchments are to be kept within them, and what that
//! costs in ways.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rule::round;
use crate::model::{BlockIndex, Catchments, County, Districts, LockKind, SchoolIndex, Stage};
use crate::space::{Ground, Nearby};

/// Where the lines of districts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DrawnFrom {
    /// The existing scheme: a block belongs to the district of the school it has today.
    Existing,
    /// The scheme itself, where there is none to keep to: no scheme crosses its own lines.
    Scheme,
}

/// The lines of the districts of one stage.
///
/// A block belongs to the district of the school that stands in it, else of the one it is locked to, else of the one it has
/// by the existing scheme. Schools that are in no district count as one together. Blocks without such a school have no line,
/// nor have those that reach no school of their district through blocks of it: they are an exclave, which no catchment
/// could take in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictLines {
    /// The stage.
    pub stage: Stage,
    /// Where the lines come from.
    pub drawn_from: DrawnFrom,
    of_school: Vec<usize>,
    of_block: Vec<Option<usize>>,
}

impl DistrictLines {
    /// The lines of `districts`, by the existing scheme where it speaks of their stage, else by `catchments`.
    ///
    /// Cost: linear in blocks, neighbour pairs and schools.
    #[must_use]
    pub fn of(county: &County, ground: &Ground, districts: &Districts, catchments: &Catchments) -> DistrictLines {
        let stage = districts.stage;
        let homes: BTreeMap<SchoolIndex, usize> = districts.homes();
        let outside = districts.districts.len();
        let of_school: Vec<usize> = (0..county.schools.len())
            .map(|school| homes.get(&county.holder(stage, SchoolIndex::new(school))).copied().unwrap_or(outside))
            .collect();
        let existing = county.existing.school_of[stage].as_ref();
        let (drawn_from, school_of) = match existing {
            Some(existing) => (DrawnFrom::Existing, existing),
            None => (DrawnFrom::Scheme, &catchments.school_of),
        };
        let of = |school: SchoolIndex| of_school[school.get()];
        let mut of_block: Vec<Option<usize>> = school_of.iter().map(|school| school.map(of)).collect();
        for lock in &county.locks {
            if let LockKind::BlockToSchool { block, school, stage: locked_in } = lock.kind
                && locked_in == stage
            {
                of_block[block.get()] = Some(of(school));
            }
        }
        let mut reached: Vec<usize> = Vec::new();
        let mut is_reached = vec![false; of_block.len()];
        for school in county.schools_of(stage) {
            if let Some(home) = ground.home(stage, school) {
                of_block[home.get()] = Some(of(school));
                is_reached[home.get()] = true;
                reached.push(home.get());
            }
        }
        while let Some(block) = reached.pop() {
            for neighbour in ground.adjacency.neighbours(block) {
                let neighbour = *neighbour as usize;
                if !is_reached[neighbour] && of_block[neighbour] == of_block[block] {
                    is_reached[neighbour] = true;
                    reached.push(neighbour);
                }
            }
        }
        for (block, is_reached) in is_reached.into_iter().enumerate() {
            if !is_reached {
                of_block[block] = None;
            }
        }
        DistrictLines { stage, drawn_from, of_school, of_block }
    }

    /// The number of the district a block belongs to; none where no line binds it.
    #[must_use]
    pub fn of_block(&self, block: BlockIndex) -> Option<usize> {
        self.of_block[block.get()]
    }

    /// The number of the district of a school; all that are in none have the same.
    #[must_use]
    pub fn of_school(&self, school: SchoolIndex) -> usize {
        self.of_school[school.get()]
    }

    /// Whether a block would cross the line of its district on its way to `school`.
    #[must_use]
    pub fn part(&self, block: BlockIndex, school: SchoolIndex) -> bool {
        self.of_block(block).is_some_and(|district| district != self.of_school(school))
    }

    /// The blocks that no line binds.
    pub fn unbound(&self) -> impl Iterator<Item = BlockIndex> + '_ {
        let unbound = self.of_block.iter().enumerate().filter(|(_, district)| district.is_none());
        unbound.map(|(block, _)| BlockIndex::new(block))
    }
}

/// What it costs that catchments keep to the lines of districts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriceOfLines {
    /// Where the lines come from.
    pub drawn_from: DrawnFrom,
    /// The ids of the blocks that no line binds.
    pub unbound_blocks: Vec<String>,
    /// Pupils over whom ways are measured: those of the stage with a school in both schemes.
    pub pupils: u64,
    /// Sum over them of the distance without lines, in kilometres.
    pub free_pupil_km: f64,
    /// Mean over them of the distance without lines, in metres.
    pub free_mean_distance_m: f64,
    /// How much more it is within the lines, in pupil-kilometres.
    pub price_pupil_km: f64,
    /// How much longer the way is within the lines, as the mean over those pupils, in metres.
    pub price_mean_m: f64,
    /// Blocks that would have another school without lines.
    pub moved_blocks: usize,
    /// Their pupils.
    pub moved_pupils: u64,
    /// How much longer the way of these is within the lines, as the mean over them, in metres.
    pub price_mean_of_moved_m: f64,
}

/// Compares catchments within lines with `free` ones.
pub(super) fn price_of_lines(
    county: &County,
    nearby: &Nearby<'_>,
    lines: &DistrictLines,
    catchments: &Catchments,
    free: &Catchments,
) -> PriceOfLines {
    let (mut pupils, mut within_m, mut free_m) = (0, 0.0, 0.0);
    let (mut moved_blocks, mut moved_pupils) = (0, 0);
    for block in county.block_indices() {
        let (Some(school), Some(other)) = (catchments.school_of(block), free.school_of(block)) else { continue };
        let of_block = u64::from(county.block(block).pupils[lines.stage]);
        pupils += of_block;
        within_m += of_block as f64 * nearby.metres(block, school);
        free_m += of_block as f64 * nearby.metres(block, other);
        if school != other {
            moved_blocks += 1;
            moved_pupils += of_block;
        }
    }
    let mean = |metres: f64, over: u64| round(metres / over.max(1) as f64, 1);
    PriceOfLines {
        drawn_from: lines.drawn_from,
        unbound_blocks: lines.unbound().map(|block| county.block(block).id.to_string()).collect(),
        pupils,
        free_pupil_km: round(free_m / 1000.0, 6),
        free_mean_distance_m: mean(free_m, pupils),
        price_pupil_km: round((within_m - free_m) / 1000.0, 6),
        price_mean_m: mean(within_m - free_m, pupils),
        moved_blocks,
        moved_pupils,
        price_mean_of_moved_m: mean(within_m - free_m, moved_pupils),
    }
}
