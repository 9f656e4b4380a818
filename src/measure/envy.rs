//! Leapfrogs: a block passed over by a nearer school that takes blocks from further away.

use rayon::prelude::*;
use serde::Serialize;

use crate::model::{BlockIndex, Catchments, County};
use crate::space::Nearby;

/// How many are passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Envy {
    /// Blocks with pupils for which some school s is nearer than their own, while s takes a block that is further from s.
    pub blocks: usize,
    /// Pupils in them.
    pub pupils: u64,
    /// Their share of all pupils of the stage.
    pub share: f64,
}

/// Counts the blocks that are passed over in one stage.
///
/// `nearby` are the schools of that stage. Cost: linear in blocks and in the schools that are nearer than their own.
#[must_use]
pub fn envy(county: &County, nearby: &Nearby<'_>, catchments: &Catchments) -> Envy {
    let stage = catchments.stage;
    let has_pupils = |block: &BlockIndex| county.block(*block).pupils[stage] > 0;
    // A school that takes somebody from further away than its farthest block passes over nobody: the reach decides.
    let mut reach = vec![0.0_f64; county.schools.len()];
    for block in county.block_indices().filter(has_pupils) {
        if let Some(school) = catchments.school_of(block) {
            let way = nearby.metres(block, school);
            reach[school.get()] = reach[school.get()].max(way);
        }
    }
    let mut envy = Envy::default();
    let is_passed_over = |block: &BlockIndex| {
        let mut passed_over = false;
        if let Some(own) = catchments.school_of(*block) {
            nearby.nearer(*block, nearby.metres(*block, own), |school, other| {
                passed_over |= other < reach[school.get()];
            });
        }
        passed_over
    };
    let blocks: Vec<BlockIndex> = county.block_indices().filter(has_pupils).collect();
    let passed_over = blocks.into_par_iter().with_min_len(1_024).filter(is_passed_over);
    (envy.blocks, envy.pupils) = passed_over
        .map(|block| (1, u64::from(county.block(block).pupils[stage])))
        .reduce(|| (0, 0), |(blocks, pupils), (more, further)| (blocks + more, pupils + further));
    let pupils = county.pupils(stage);
    if pupils > 0 {
        envy.share = envy.pupils as f64 / pupils as f64;
    }
    envy
}
