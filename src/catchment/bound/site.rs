//! One school's part of the relaxation: the blocks it may take, and how they hang together around it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::problem::{NONE, Problem};

/// A school with the free blocks it may take within its seats.
///
/// Nodes are numbered: 0 is the school, all its home blocks in one; then blocks locked to it, which it has in any case
/// and which need no way to it; then the items, from [`Site::first_item`] on, ascending by block.
pub(super) struct Site {
    /// Seats that are left for items.
    pub(super) room: i64,
    /// What the home and locked blocks cost.
    pub(super) fixed_cost: i64,
    pub(super) first_item: usize,
    /// The block of each node; of the first one [`u32::MAX`].
    pub(super) blocks: Vec<u32>,
    /// Pupils of each node; none for those that are not items, as their seats are taken off.
    pub(super) pupils: Vec<i64>,
    /// What each item costs.
    pub(super) cost: Vec<i64>,
    first: Vec<u32>,
    neighbours: Vec<u32>,
}

impl Site {
    /// The site of a school. A block it cannot reach within its seats, however light the way, is not an item.
    ///
    /// Cost: O(E log E) over what it reaches.
    pub(super) fn of(problem: &Problem, school: usize) -> Site {
        let homes = problem.homes(school);
        let own = |block: usize| usize::from(problem.tied[block]) == school;
        let is_home = |block: u32| homes.contains(&block);
        let locked: Vec<u32> = if problem.has_locks[school] {
            (0..problem.block_count()).filter(|block| own(*block)).map(|block| block as u32).collect()
        } else {
            homes.to_vec()
        };
        let fixed_cost = locked.iter().filter_map(|block| problem.linear_cost(*block as usize, school)).sum();
        let taken: i64 = locked.iter().map(|block| problem.pupils[*block as usize]).sum();
        // Where locks alone overfill a school, no scheme keeps the seats, and any bound holds for all that do.
        let room = (problem.seats[school] - taken).max(0);
        let weight = |block: usize| if own(block) { 0 } else { problem.pupils[block] };
        let passable =
            |block: usize| (problem.tied[block] == NONE || own(block)) && problem.linear_cost(block, school).is_some();
        let mut away: rustc_hash::FxHashMap<u32, i64> = rustc_hash::FxHashMap::default();
        let mut queue: BinaryHeap<Reverse<(i64, u32)>> = homes.iter().map(|home| Reverse((0, *home))).collect();
        let mut items: Vec<u32> = Vec::new();
        while let Some(Reverse((far, block))) = queue.pop() {
            if away.contains_key(&block) {
                continue;
            }
            away.insert(block, far);
            if !own(block as usize) {
                items.push(block);
            }
            for next in problem.neighbours(block as usize) {
                let there = far + weight(*next as usize);
                if there <= room && passable(*next as usize) && !away.contains_key(next) {
                    queue.push(Reverse((there, *next)));
                }
            }
        }
        items.sort_unstable();
        let mut blocks = vec![u32::MAX];
        blocks.extend(locked.iter().filter(|block| !is_home(**block)));
        let first_item = blocks.len();
        blocks.extend(&items);
        let mut node_of: rustc_hash::FxHashMap<u32, u32> =
            blocks.iter().enumerate().skip(1).map(|(node, block)| (*block, node as u32)).collect();
        node_of.extend(homes.iter().map(|home| (*home, 0)));
        let mut first = vec![0];
        let mut neighbours: Vec<u32> = Vec::new();
        for node in 0..blocks.len() {
            let stands_for = if node == 0 { homes } else { &blocks[node..=node] };
            let mut beside: Vec<u32> = stands_for
                .iter()
                .flat_map(|block| problem.neighbours(*block as usize))
                .filter_map(|next| node_of.get(next).copied())
                .filter(|next| *next as usize != node)
                .collect();
            beside.sort_unstable();
            beside.dedup();
            neighbours.extend(beside);
            first.push(neighbours.len() as u32);
        }
        let number =
            |node: usize, of: &dyn Fn(usize) -> i64| if node < first_item { 0 } else { of(blocks[node] as usize) };
        Site {
            room,
            fixed_cost,
            first_item,
            pupils: (0..blocks.len()).map(|node| number(node, &|block| problem.pupils[block])).collect(),
            cost: (0..blocks.len())
                .map(|node| number(node, &|block| problem.linear_cost(block, school).unwrap_or(0)))
                .collect(),
            blocks,
            first,
            neighbours,
        }
    }

    pub(super) fn node_count(&self) -> usize {
        self.blocks.len()
    }

    pub(super) fn items(&self) -> std::ops::Range<usize> {
        self.first_item..self.blocks.len()
    }

    pub(super) fn neighbours(&self, node: usize) -> &[u32] {
        &self.neighbours[self.first[node] as usize..self.first[node + 1] as usize]
    }
}
