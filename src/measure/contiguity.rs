//! Whether grounds hang together.

use crate::model::{BlockIndex, Catchments, County, LockKind};
use crate::space::{Adjacency, Ground};

/// The blocks that cannot reach their school's home block through blocks of the same catchment, ascending. In a pool the
/// home block of any of its schools will do.
///
/// Cost: linear in neighbour pairs.
#[must_use]
pub fn unreached(county: &County, ground: &Ground, catchments: &Catchments) -> Vec<BlockIndex> {
    let stage = catchments.stage;
    let mut reached = vec![false; county.blocks.len()];
    let mut queue: Vec<usize> = Vec::new();
    for school in county.schools_of(stage) {
        if let Some(home) = ground.home(stage, school)
            && catchments.school_of(home) == Some(county.holder(stage, school))
        {
            reached[home.get()] = true;
            queue.push(home.get());
        }
    }
    while let Some(block) = queue.pop() {
        for neighbour in ground.adjacency.neighbours(block) {
            let neighbour = *neighbour as usize;
            if !reached[neighbour] && catchments.school_of[neighbour] == catchments.school_of[block] {
                reached[neighbour] = true;
                queue.push(neighbour);
            }
        }
    }
    county.block_indices().filter(|block| catchments.school_of(*block).is_some() && !reached[block.get()]).collect()
}

/// The [`unreached`] blocks that no lock holds where they are: the lock is somebody's decision, and a rule of its own
/// names them.
///
/// Cost: linear in neighbour pairs.
#[must_use]
pub fn detached(county: &County, ground: &Ground, catchments: &Catchments) -> Vec<BlockIndex> {
    let stage = catchments.stage;
    let is_locked = |block: BlockIndex| {
        county.locks.iter().any(|lock| match lock.kind {
            LockKind::BlockToSchool { block: locked, school, stage: locked_in } => {
                locked == block && locked_in == stage && catchments.school_of(block) == Some(school)
            }
            _ => false,
        })
    };
    let mut unreached = unreached(county, ground, catchments);
    unreached.retain(|block| !is_locked(*block));
    unreached
}

/// The connected parts the blocks `belongs` picks fall into, in the order of their first blocks; each ascending.
///
/// Cost: linear in blocks and neighbour pairs, and sorting a part.
pub fn parts(adjacency: &Adjacency, belongs: impl Fn(usize) -> bool) -> Vec<Vec<BlockIndex>> {
    let mut seen = vec![false; adjacency.block_count()];
    let mut parts = Vec::new();
    for start in 0..seen.len() {
        if seen[start] || !belongs(start) {
            continue;
        }
        seen[start] = true;
        let mut part = vec![BlockIndex::new(start)];
        let mut next = 0;
        while let Some(block) = part.get(next) {
            for neighbour in adjacency.neighbours(block.get()) {
                let neighbour = *neighbour as usize;
                if !seen[neighbour] && belongs(neighbour) {
                    seen[neighbour] = true;
                    part.push(BlockIndex::new(neighbour));
                }
            }
            next += 1;
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}
