//! The start: catchments grown from the schools along price plus distance.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::problem::{NONE, Problem};

/// Grows all catchments at once: again and again the block and school that are cheapest together by distance plus
/// price, among blocks that border what the school already has. Contiguous by construction.
///
/// Blocks no school can reach (a graph without links to them) keep [`NONE`]. Marks tied blocks that their catchment
/// does not reach as waived. Cost: O(E log E).
pub(super) fn grow(problem: &mut Problem, prices: &[i64]) -> Vec<u16> {
    let mut school_of = vec![NONE; problem.block_count()];
    let mut queue: BinaryHeap<Reverse<(i64, u32, u16)>> = BinaryHeap::new();
    for (school, home) in problem.home.iter().enumerate() {
        queue.push(Reverse((i64::MIN, *home, school as u16)));
    }
    while let Some(Reverse((_, block, school))) = queue.pop() {
        let block = block as usize;
        let tied = problem.tied[block];
        if school_of[block] != NONE || (tied != NONE && tied != school) {
            continue;
        }
        school_of[block] = school;
        for neighbour in problem.neighbours(block) {
            if school_of[*neighbour as usize] == NONE {
                let price = problem.millimetres(*neighbour as usize, usize::from(school)) + prices[usize::from(school)];
                queue.push(Reverse((price, *neighbour, school)));
            }
        }
    }
    for block in 0..school_of.len() {
        if school_of[block] == NONE && problem.tied[block] != NONE {
            school_of[block] = problem.tied[block];
            problem.waived[block] = true;
        }
    }
    school_of
}
