//! An assignment under change: loads, cost, borders, and whether a block may leave its catchment.

use super::pool::key;
use super::problem::{NONE, Problem};

/// An assignment of all blocks with everything a move must know, kept up to date move by move.
pub(super) struct State<'a> {
    problem: &'a Problem,
    school_of: Vec<u16>,
    load: Vec<i64>,
    /// Weighted distance in all, without penalties.
    cost: i64,
    /// The blocks of each school, in no order, and where in its list each block stands.
    members: Lists,
    /// For each school a number its set of blocks stands for: the keys of the blocks, combined.
    signature: Vec<u64>,
    /// What the catchment of each school costs.
    cost_of: Vec<i64>,
    /// For each block how many of its neighbours belong to another school.
    foreign: Vec<u16>,
    /// The blocks of each school with a foreign neighbour.
    border: Lists,
    /// Marks of the search for ways around a block, by search number.
    seen: Vec<u32>,
    searches: u32,
    queue: Vec<u32>,
}

impl<'a> State<'a> {
    /// Takes over an assignment. Cost: linear in blocks and neighbour pairs.
    pub(super) fn new(problem: &'a Problem, school_of: Vec<u16>) -> State<'a> {
        let blocks = problem.block_count();
        let mut state = State {
            load: vec![0; problem.school_count()],
            cost: 0,
            signature: vec![0; problem.school_count()],
            cost_of: vec![0; problem.school_count()],
            foreign: vec![0; blocks],
            members: Lists::new(problem.school_count(), blocks),
            border: Lists::new(problem.school_count(), blocks),
            seen: vec![0; blocks],
            searches: 0,
            queue: Vec::new(),
            problem,
            school_of,
        };
        for block in 0..blocks {
            let school = usize::from(state.school_of[block]);
            if state.school_of[block] == NONE {
                continue;
            }
            state.load[school] += problem.pupils[block];
            state.cost += problem.cost(block, school);
            state.cost_of[school] += problem.cost(block, school);
            state.signature[school] ^= key(block);
            state.members.enter(block, state.school_of[block]);
            let own = state.school_of[block];
            let foreign = problem
                .neighbours(block)
                .iter()
                .filter(|neighbour| state.school_of[**neighbour as usize] != own)
                .count();
            state.foreign[block] = foreign as u16;
            if foreign > 0 {
                state.border.enter(block, own);
            }
        }
        state
    }

    pub(super) fn school_of(&self, block: usize) -> u16 {
        self.school_of[block]
    }

    pub(super) fn schools_of(&self) -> &[u16] {
        &self.school_of
    }

    pub(super) fn load(&self, school: u16) -> i64 {
        self.load[usize::from(school)]
    }

    pub(super) fn cost(&self) -> i64 {
        self.cost
    }

    /// Whether any neighbour of the block belongs to another school.
    pub(super) fn is_border(&self, block: usize) -> bool {
        self.foreign[block] > 0
    }

    /// The blocks of a school that have a foreign neighbour.
    pub(super) fn border_of(&self, school: u16) -> &[u32] {
        self.border.of(school)
    }

    /// The blocks of a school.
    pub(super) fn members_of(&self, school: u16) -> &[u32] {
        self.members.of(school)
    }

    /// A number the set of a school's blocks stands for, and what the catchment costs.
    pub(super) fn catchment(&self, school: u16) -> (u64, i64) {
        (self.signature[usize::from(school)], self.cost_of[usize::from(school)])
    }

    /// Pupils above seats in all schools together.
    pub(super) fn overload(&self) -> i64 {
        self.load.iter().zip(&self.problem.seats).map(|(load, seats)| (load - seats).max(0)).sum()
    }

    /// How the weighted distance changes when `block` goes to `school`.
    pub(super) fn cost_of_move(&self, block: usize, school: u16) -> i64 {
        let own = usize::from(self.school_of[block]);
        self.problem.weight(block)
            * (self.problem.millimetres(block, usize::from(school)) - self.problem.millimetres(block, own))
    }

    /// Whether `block` borders the catchment of `school` by a block other than `except`.
    pub(super) fn borders(&self, block: usize, school: u16, except: usize) -> bool {
        self.problem.neighbours(block).iter().any(|neighbour| {
            let neighbour = *neighbour as usize;
            self.school_of[neighbour] == school && neighbour != except && !self.problem.waived[neighbour]
        })
    }

    /// Whether the catchment of `block` holds together without it.
    ///
    /// First by the neighbours alone: where those of the same school touch each other around the block, it does. Else
    /// by a search from one of them for the others. Cost: O(neighbours) mostly, O(catchment) at worst.
    pub(super) fn can_leave(&mut self, block: usize) -> bool {
        let own = self.school_of[block];
        let neighbours = self.problem.neighbours(block);
        if neighbours.len() <= 64 {
            let mut mine = 0_u64;
            for (place, neighbour) in neighbours.iter().enumerate() {
                let neighbour = *neighbour as usize;
                mine |= u64::from(self.school_of[neighbour] == own && !self.problem.waived[neighbour]) << place;
            }
            if mine & mine.wrapping_sub(1) == 0 {
                return true;
            }
            let ring = self.problem.ring(block);
            let mut reached = mine & mine.wrapping_neg();
            let mut fresh = reached;
            while fresh != 0 {
                let mut next = 0;
                while fresh != 0 {
                    next |= ring[fresh.trailing_zeros() as usize];
                    fresh &= fresh - 1;
                }
                fresh = next & mine & !reached;
                reached |= fresh;
            }
            if reached == mine {
                return true;
            }
        }
        self.holds_together_without(block, own)
    }

    /// Searches the catchment of `own` for a way between all neighbours of `block` in it, not through `block`.
    fn holds_together_without(&mut self, block: usize, own: u16) -> bool {
        self.searches += 1;
        let mark = self.searches;
        let belongs = |state: &Self, other: usize| {
            state.school_of[other] == own && !state.problem.waived[other] && other != block
        };
        let mut wanted = 0;
        let mut first = None;
        for neighbour in self.problem.neighbours(block) {
            if belongs(self, *neighbour as usize) {
                wanted += 1;
                first.get_or_insert(*neighbour);
            }
        }
        let Some(first) = first else { return true };
        // Blocks beside the one that leaves are counted off as the search comes upon them.
        let problem = self.problem;
        let beside = problem.neighbours(block);
        self.queue.clear();
        self.queue.push(first);
        self.seen[first as usize] = mark;
        let mut found = 1;
        let mut position = 0;
        while found < wanted && position < self.queue.len() {
            let here = self.queue[position] as usize;
            position += 1;
            for neighbour in problem.neighbours(here) {
                let other = *neighbour as usize;
                if self.seen[other] != mark && belongs(self, other) {
                    self.seen[other] = mark;
                    self.queue.push(*neighbour);
                    found += usize::from(beside.binary_search(neighbour).is_ok());
                }
            }
        }
        // A catchment with several homes may fall apart, as long as each part keeps one.
        found == wanted || (problem.homes(usize::from(own)).len() > 1 && self.parts_keep_homes_without(block, own))
    }

    /// Whether every part the catchment of `own` falls into without `block` has a home of its school.
    fn parts_keep_homes_without(&mut self, block: usize, own: u16) -> bool {
        self.searches += 1;
        let (problem, mark) = (self.problem, self.searches);
        let homes = problem.homes(usize::from(own));
        for neighbour in problem.neighbours(block) {
            let start = *neighbour as usize;
            if self.school_of[start] != own || problem.waived[start] || self.seen[start] == mark {
                continue;
            }
            self.queue.clear();
            self.queue.push(*neighbour);
            self.seen[start] = mark;
            let mut position = 0;
            while position < self.queue.len() {
                for next in problem.neighbours(self.queue[position] as usize) {
                    let other = *next as usize;
                    let belongs = self.school_of[other] == own && !problem.waived[other] && other != block;
                    if belongs && self.seen[other] != mark {
                        self.seen[other] = mark;
                        self.queue.push(*next);
                    }
                }
                position += 1;
            }
            if !self.queue.iter().any(|here| homes.contains(here)) {
                return false;
            }
        }
        true
    }

    /// Gives `block` to `school`; the caller has seen to it that both catchments hold together.
    pub(super) fn apply(&mut self, block: usize, school: u16) {
        let own = self.school_of[block];
        let (leaves, enters) = (self.problem.cost(block, usize::from(own)), self.problem.cost(block, usize::from(school)));
        self.cost += enters - leaves;
        self.cost_of[usize::from(own)] -= leaves;
        self.cost_of[usize::from(school)] += enters;
        self.signature[usize::from(own)] ^= key(block);
        self.signature[usize::from(school)] ^= key(block);
        self.load[usize::from(own)] -= self.problem.pupils[block];
        self.load[usize::from(school)] += self.problem.pupils[block];
        if self.foreign[block] > 0 {
            self.border.leave(block, own);
        }
        self.members.leave(block, own);
        self.members.enter(block, school);
        self.school_of[block] = school;
        let mut foreign = 0;
        let problem = self.problem;
        for neighbour in problem.neighbours(block) {
            let other = *neighbour as usize;
            let theirs = self.school_of[other];
            if theirs == school {
                self.foreign[other] -= 1;
                if self.foreign[other] == 0 {
                    self.border.leave(other, theirs);
                }
            } else {
                foreign += 1;
                if theirs == own {
                    if self.foreign[other] == 0 {
                        self.border.enter(other, theirs);
                    }
                    self.foreign[other] += 1;
                }
            }
        }
        self.foreign[block] = foreign;
        if foreign > 0 {
            self.border.enter(block, school);
        }
    }

    /// Recomputes everything from the assignment and compares; debug builds ask after each arena.
    pub(super) fn agrees_with_itself(&self) -> bool {
        let fresh = State::new(self.problem, self.school_of.clone());
        let sorted = |state: &State<'_>| (state.border.sorted(), state.members.sorted());
        fresh.load == self.load
            && fresh.cost == self.cost
            && fresh.cost_of == self.cost_of
            && fresh.signature == self.signature
            && fresh.foreign == self.foreign
            && sorted(&fresh) == sorted(self)
    }
}

/// One list of blocks per school, with constant-time entry and leave.
struct Lists {
    of_school: Vec<Vec<u32>>,
    position: Vec<u32>,
}

impl Lists {
    fn new(schools: usize, blocks: usize) -> Lists {
        Lists { of_school: vec![Vec::new(); schools], position: vec![0; blocks] }
    }

    fn of(&self, school: u16) -> &[u32] {
        &self.of_school[usize::from(school)]
    }

    fn enter(&mut self, block: usize, school: u16) {
        let list = &mut self.of_school[usize::from(school)];
        self.position[block] = list.len() as u32;
        list.push(block as u32);
    }

    fn leave(&mut self, block: usize, school: u16) {
        let list = &mut self.of_school[usize::from(school)];
        let position = self.position[block] as usize;
        list.swap_remove(position);
        if let Some(moved) = list.get(position) {
            self.position[*moved as usize] = position as u32;
        }
    }

    fn sorted(&self) -> Vec<Vec<u32>> {
        let mut lists = self.of_school.clone();
        for list in &mut lists {
            list.sort_unstable();
        }
        lists
    }
}
