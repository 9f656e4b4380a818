//! Change against the existing scheme (现行方案).

use serde::Serialize;

use crate::model::{Catchments, County};

/// Who would go elsewhere than today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Change {
    /// Blocks the existing scheme gives a school.
    pub compared_blocks: usize,
    /// Those of them that get another school.
    pub moved_blocks: usize,
    /// Pupils in compared blocks.
    pub compared_pupils: u64,
    /// Pupils in moved blocks.
    pub moved_pupils: u64,
    /// Moved pupils as a share of compared ones.
    pub moved_share: f64,
}

/// Compares catchments with the existing scheme; `None` where there is none for the stage.
#[must_use]
pub fn change(county: &County, catchments: &Catchments) -> Option<Change> {
    let existing = county.existing.school_of[catchments.stage].as_ref()?;
    let mut change = Change::default();
    for (block, before) in existing.iter().enumerate() {
        let Some(before) = before else { continue };
        let pupils = u64::from(county.blocks[block].pupils[catchments.stage]);
        change.compared_blocks += 1;
        change.compared_pupils += pupils;
        if catchments.school_of[block] != Some(*before) {
            change.moved_blocks += 1;
            change.moved_pupils += pupils;
        }
    }
    if change.compared_pupils > 0 {
        change.moved_share = change.moved_pupils as f64 / change.compared_pupils as f64;
    }
    Some(change)
}
