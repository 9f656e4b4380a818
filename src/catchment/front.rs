//! Where blocks may change hands: the pairs of a free block and a neighbour at another school, of which proposals are drawn.

use super::problem::Problem;
use super::state::State;

/// Not in the list.
const NOWHERE: u32 = u32::MAX;

/// Pairs of neighbours across which a block may go to the neighbour's school at present, each by its place in the lists
/// of neighbours.
pub(super) struct Fronts {
    open: Vec<u32>,
    place: Vec<u32>,
    /// The block each place belongs to.
    owner: Vec<u32>,
    /// The place of the same pair seen from the neighbour.
    reverse: Vec<u32>,
}

impl Fronts {
    /// None are open yet. Cost: neighbour pairs × log neighbours.
    pub(super) fn new(problem: &Problem) -> Fronts {
        let mut fronts = Fronts { open: Vec::new(), place: Vec::new(), owner: Vec::new(), reverse: Vec::new() };
        for block in 0..problem.block_count() {
            for neighbour in problem.neighbours(block) {
                let other = *neighbour as usize;
                let back = problem.neighbours(other).binary_search(&(block as u32)).map_or(NOWHERE, |back| back as u32);
                fronts.owner.push(block as u32);
                fronts.reverse.push(problem.first_neighbour(other) + back);
            }
        }
        fronts.place = vec![NOWHERE; fronts.owner.len()];
        fronts
    }

    /// Those that are open.
    pub(super) fn open(&self) -> &[u32] {
        &self.open
    }

    /// Those that are open, ascending.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut open = self.open.clone();
        open.sort_unstable();
        open
    }

    /// The block of a pair.
    pub(super) fn owner(&self, place: u32) -> usize {
        self.owner[place as usize] as usize
    }

    /// Closes all.
    pub(super) fn clear(&mut self) {
        for place in self.open.drain(..) {
            self.place[place as usize] = NOWHERE;
        }
    }

    fn set(&mut self, place: usize, is_open: bool) {
        let position = self.place[place];
        if is_open && position == NOWHERE {
            self.place[place] = self.open.len() as u32;
            self.open.push(place as u32);
        } else if !is_open && position != NOWHERE {
            self.open.swap_remove(position as usize);
            if let Some(moved) = self.open.get(position as usize) {
                self.place[*moved as usize] = position;
            }
            self.place[place] = NOWHERE;
        }
    }

    /// Opens and closes the pairs around a block that has come to its school, or into the arena: `may_move` says of a
    /// block whether it may move at all, `may_take` of a school whether it may take and give away.
    pub(super) fn renew(
        &mut self,
        problem: &Problem,
        state: &State<'_>,
        block: usize,
        may_move: impl Fn(usize) -> bool,
        may_take: impl Fn(u16) -> bool,
    ) {
        let own = state.school_of(block);
        let (is_free, is_inside) = (may_move(block) && may_take(own), may_take(own) && !problem.waived[block]);
        let first = problem.first_neighbour(block) as usize;
        for (step, neighbour) in problem.neighbours(block).iter().enumerate() {
            let other = *neighbour as usize;
            let theirs = state.school_of(other);
            let are_apart = theirs != own && may_take(theirs);
            self.set(first + step, are_apart && is_free && !problem.waived[other]);
            self.set(self.reverse[first + step] as usize, are_apart && is_inside && may_move(other));
        }
    }
}
