//! An assignment under change: loads, cost, borders, and whether a block may leave its catchment.

use rustc_hash::FxHashMap;

use super::pool::key;
use super::problem::{NONE, PUPIL_WEIGHT, Problem};
use super::terms::NOWHERE;

/// An assignment of all blocks with everything a move must know, kept up to date move by move.
pub(super) struct State<'a> {
    problem: &'a Problem,
    school_of: Vec<u16>,
    load: Vec<i64>,
    /// Weighted distance in all, without penalties.
    cost: i64,
    /// Pupils by which hard rules are broken: above seats, below the fewest; and what [`State::breach_of_block`] counts.
    breach_of_loads: i64,
    breach_of_blocks: i64,
    /// Pupils of each community at each school, and the sums of their squares.
    at_school: FxHashMap<(u32, u16), i64>,
    squares: Vec<i64>,
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
            breach_of_loads: 0,
            breach_of_blocks: 0,
            at_school: FxHashMap::default(),
            squares: vec![0; problem.terms.community_count()],
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
        state.count_terms();
        state
    }

    /// Counts what is not a sum over blocks.
    fn count_terms(&mut self) {
        let problem = self.problem;
        let terms = &problem.terms;
        for (school, seats) in problem.seats.iter().enumerate() {
            self.breach_of_loads += terms.breach_of_load(school, self.load[school], *seats);
            self.cost += PUPIL_WEIGHT * terms.cost_of_load(school, self.load[school]);
        }
        for block in 0..problem.block_count() {
            let school = self.school_of[block];
            if school == NONE {
                continue;
            }
            self.breach_of_blocks += self.breach_of_bar(block, school);
            if terms.has_communities() && terms.community(block) != NOWHERE {
                *self.at_school.entry((terms.community(block), school)).or_default() += problem.pupils[block];
            }
            if terms.has_borders() {
                let cut = problem.borders(block).filter(|(other, _)| self.school_of[*other as usize] != school);
                let metres: i64 = cut.filter(|(other, _)| (*other as usize) > block).map(|(_, border)| border).sum();
                self.cost += PUPIL_WEIGHT * metres;
            }
        }
        for (first, partner) in terms.pairs() {
            let same = self.school_of[first as usize] == self.school_of[partner.block as usize];
            self.breach_of_blocks += i64::from(same != partner.together);
        }
        let mut squares = vec![0; terms.community_count()];
        for block in 0..problem.block_count() {
            // Each community and school once: at the block the entry is taken with.
            if terms.has_communities() && terms.community(block) != NOWHERE && self.school_of[block] != NONE {
                let community = terms.community(block);
                let pupils = self.at_school[&(community, self.school_of[block])];
                // Σ over blocks of p·n is the same as the sum of n².
                squares[community as usize] += problem.pupils[block] * pupils;
            }
        }
        for (community, squares) in squares.iter().enumerate() {
            self.cost += PUPIL_WEIGHT * terms.cost_of_community(community as u32, *squares);
        }
        self.squares = squares;
    }

    /// Pupils of a block at a school that is not for it, at least one; blocks that are tied have no choice.
    fn breach_of_bar(&self, block: usize, school: u16) -> i64 {
        if self.problem.tied[block] == NONE && self.problem.is_barred(block, school) {
            self.problem.pupils[block].max(1)
        } else {
            0
        }
    }

    /// How the breaches that do not come of loads change when `block` goes to `school`: pairs of partners that are
    /// parted or joined against the rule count one each, schools that are not for the block its pupils.
    pub(super) fn breach_of_move(&self, block: usize, school: u16) -> i64 {
        let own = self.school_of[block];
        let mut change = 0;
        if self.problem.terms.has_bars() {
            change += self.breach_of_bar(block, school) - self.breach_of_bar(block, own);
        }
        if self.problem.terms.has_partners() {
            for partner in self.problem.terms.partners(block) {
                let theirs = self.school_of[partner.block as usize];
                let (before, after) = (i64::from(theirs == own), i64::from(theirs == school));
                change += if partner.together { before - after } else { after - before };
            }
        }
        change
    }

    /// Pupils by which hard rules are broken, in all.
    pub(super) fn breach(&self) -> i64 {
        self.breach_of_loads + self.breach_of_blocks
    }

    /// The part of it that does not come of loads.
    pub(super) fn breach_of_blocks(&self) -> i64 {
        self.breach_of_blocks
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

    /// How the cost changes when `block` goes to `school`, but for the balance of loads.
    pub(super) fn cost_of_move(&self, block: usize, school: u16) -> i64 {
        let own = usize::from(self.school_of[block]);
        let distance = self.problem.weight(block)
            * (self.problem.millimetres(block, usize::from(school)) - self.problem.millimetres(block, own));
        if self.problem.terms.is_coupled() { distance + self.coupled_cost_of_move(block, school) } else { distance }
    }

    /// How the cost of communities and borders changes when `block` goes to `school`.
    fn coupled_cost_of_move(&self, block: usize, school: u16) -> i64 {
        let (terms, own) = (&self.problem.terms, self.school_of[block]);
        let mut change = 0;
        if terms.has_communities() && terms.community(block) != NOWHERE {
            let community = terms.community(block);
            let squares = self.squares[community as usize];
            let after = squares + self.change_of_squares(block, community, school);
            change += terms.cost_of_community(community, after) - terms.cost_of_community(community, squares);
        }
        if terms.has_borders() {
            for (other, border) in self.problem.borders(block) {
                let theirs = self.school_of[other as usize];
                change += border * (i64::from(theirs == own) - i64::from(theirs == school));
            }
        }
        PUPIL_WEIGHT * change
    }

    /// How the sum of squares of a community changes when its `block` goes to `school`.
    fn change_of_squares(&self, block: usize, community: u32, school: u16) -> i64 {
        let pupils = self.problem.pupils[block];
        let at = |school: u16| self.at_school.get(&(community, school)).copied().unwrap_or(0);
        // (n_to + p)² − n_to² + (n_from − p)² − n_from²
        2 * pupils * (at(school) - at(self.school_of[block]) + pupils)
    }

    /// How the breach and the cost change when a school gets so many pupils more.
    pub(super) fn change_of_load(&self, school: u16, more: i64) -> (i64, i64) {
        let school = usize::from(school);
        let (terms, seats, load) = (&self.problem.terms, self.problem.seats[school], self.load[school]);
        if terms.is_plain() {
            return ((load + more - seats).max(0) - (load - seats).max(0), 0);
        }
        let breach = terms.breach_of_load(school, load + more, seats) - terms.breach_of_load(school, load, seats);
        (breach, PUPIL_WEIGHT * (terms.cost_of_load(school, load + more) - terms.cost_of_load(school, load)))
    }

    /// Pupils above the seats of a school or below its fewest.
    pub(super) fn breach_of_school(&self, school: u16) -> i64 {
        let school = usize::from(school);
        self.problem.terms.breach_of_load(school, self.load[school], self.problem.seats[school])
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
        if neighbours.len() <= 64 && self.problem.has_rings() {
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
        let problem = self.problem;
        let (from, to) = (usize::from(own), usize::from(school));
        if !problem.terms.is_plain() {
            self.breach_of_blocks += self.breach_of_move(block, school);
            self.cost += self.coupled_cost_of_move(block, school);
            if problem.terms.has_communities() && problem.terms.community(block) != NOWHERE {
                let community = problem.terms.community(block);
                self.squares[community as usize] += self.change_of_squares(block, community, school);
                *self.at_school.entry((community, own)).or_default() -= problem.pupils[block];
                *self.at_school.entry((community, school)).or_default() += problem.pupils[block];
            }
        }
        let (leaves, enters) = (problem.cost(block, from), problem.cost(block, to));
        self.cost += enters - leaves;
        self.cost_of[from] -= leaves;
        self.cost_of[to] += enters;
        self.signature[from] ^= key(block);
        self.signature[to] ^= key(block);
        for (at, pupils) in [(from, -problem.pupils[block]), (to, problem.pupils[block])] {
            let (breach, cost) = self.change_of_load(at as u16, pupils);
            self.breach_of_loads += breach;
            self.cost += cost;
            self.load[at] += pupils;
        }
        if self.foreign[block] > 0 {
            self.border.leave(block, own);
        }
        self.members.leave(block, own);
        self.members.enter(block, school);
        self.school_of[block] = school;
        let mut foreign = 0;
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
            && fresh.breach() == self.breach()
            && fresh.squares == self.squares
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
