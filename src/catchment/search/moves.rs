//! The moves the search proposes, what each is charged, and which are made.

use rand_xoshiro::rand_core::Rng;

use super::super::problem::NONE;
use super::Search;

/// Draws from the border of a school until a block is found that may move.
const BORDER_TRIES: usize = 8;

impl Search<'_> {
    /// A free block with a foreign neighbour, and the school of one such neighbour.
    pub(super) fn random_move(&mut self) -> Option<(usize, u16)> {
        let count = self.fronts.open().len();
        if count == 0 {
            return None;
        }
        let pick = self.below(count);
        let place = self.fronts.open()[pick];
        Some((self.fronts.owner(place), self.state.school_of(self.problem.neighbour_at(place))))
    }

    pub(super) fn may_take(&self, school: u16) -> bool {
        school != NONE && self.inside[usize::from(school)]
    }

    /// What a school charges, and what balance costs, for `more` pupils.
    fn charge_of(&self, school: u16, more: i64) -> i64 {
        let (mut breach, cost) = self.state.change_of_load(school, more);
        if self.kept_free > 0 {
            let load = self.state.load(school);
            let seats = self.problem.seats[usize::from(school)] - self.kept_free;
            breach = (load + more - seats).max(0) - (load - seats).max(0);
        }
        breach * self.charge[usize::from(school)] + cost
    }

    /// What is charged for `block` at `school` beside loads.
    fn charge_of_move(&self, block: usize, school: u16) -> i64 {
        if self.problem.terms.is_plain() { 0 } else { self.charge_of_blocks * self.state.breach_of_move(block, school) }
    }

    fn accepts(&mut self, change: i64, temperature: f64) -> bool {
        change <= 0 || (change as f64) < temperature * self.thresholds[(self.random.next_u64() >> 52) as usize]
    }

    pub(super) fn propose(&mut self, count: u64, temperature: f64) {
        let adjustment = (self.arena.len() as u64 * 2 / 3).max(96);
        let mut left = count;
        while left > 0 {
            let stretch = left.min(adjustment);
            for _ in 0..stretch {
                self.propose_one(temperature);
            }
            left -= stretch;
            self.adjust_charges();
        }
    }

    /// Raises the charges of over-full schools by 1/1,000 and lowers the others by 1/10,000; ten times as fast while no
    /// scheme that keeps the seats is known.
    fn adjust_charges(&mut self) {
        let haste = if self.best_breach > 0 { 10 } else { 1 };
        if !self.problem.terms.is_plain() {
            let charge = self.charge_of_blocks;
            self.charge_of_blocks = if self.state.breach_of_blocks() > 0 {
                (charge + haste * charge / 1000 + 1).min(self.most_charge)
            } else {
                (charge - haste * charge / 10_000).max(self.least_charge)
            };
        }
        for school in &self.schools {
            let school = usize::from(*school);
            let charge = self.charge[school];
            self.charge[school] = if self.state.breach_of_school(school as u16) > 0 {
                (charge + haste * charge / 1000 + 1).min(self.most_charge)
            } else if self.never_lowers {
                charge
            } else {
                (charge - haste * charge / 10_000).max(self.least_charge)
            };
        }
    }

    fn propose_one(&mut self, temperature: f64) {
        let Some((block, to)) = self.random_move() else { return };
        match self.random.next_u64() >> 61 {
            0..=3 => self.propose_shift(block, to, temperature),
            4..=5 => self.propose_pair(block, to, true, temperature),
            _ => self.propose_pair(block, to, false, temperature),
        }
    }

    fn propose_shift(&mut self, block: usize, to: u16, temperature: f64) {
        // Now and then blocks that belong together part, since the way from one good place to another may lead through it.
        let has_to_go_along = self.problem.terms.partners(block).iter().any(|partner| partner.together);
        if has_to_go_along && self.random.next_u64() >> 62 > 0 {
            self.propose_group(block, to, temperature);
            return;
        }
        let from = self.state.school_of(block);
        let pupils = self.problem.pupils[block];
        let change = self.state.cost_of_move(block, to)
            + self.charge_of(from, -pupils)
            + self.charge_of(to, pupils)
            + self.charge_of_move(block, to);
        if self.accepts(change, temperature) && self.state.can_leave(block) {
            self.give(block, to);
            self.note_best();
        }
    }

    /// `block` and all blocks of its school that have to go with it go to `to`, in any order in which each of them can.
    fn propose_group(&mut self, block: usize, to: u16, temperature: f64) {
        let from = self.state.school_of(block);
        let mut group = vec![block];
        let mut position = 0;
        while position < group.len() {
            for partner in self.problem.terms.partners(group[position]) {
                let other = partner.block as usize;
                if partner.together && self.state.school_of(other) == from && !group.contains(&other) {
                    group.push(other);
                }
            }
            position += 1;
        }
        if group.iter().any(|block| self.problem.tied[*block] != NONE) {
            return;
        }
        let before = self.energy(&[from, to]);
        let mut moved: Vec<usize> = Vec::with_capacity(group.len());
        while !group.is_empty() {
            let next =
                group.iter().position(|block| self.state.borders(*block, to, *block) && self.state.can_leave(*block));
            let Some(next) = next else { break };
            let block = group.swap_remove(next);
            self.state.apply(block, to);
            moved.push(block);
        }
        if group.is_empty() && self.accepts(self.energy(&[from, to]) - before, temperature) {
            for block in moved {
                self.renew_fronts(block);
            }
            self.note_best();
        } else {
            for block in moved.into_iter().rev() {
                self.state.apply(block, from);
            }
        }
    }

    /// A block of a school that borders another one and may move; none where that is not found in a few tries.
    fn random_border_block(&mut self, school: u16) -> Option<usize> {
        let border = self.state.border_of(school).len();
        (0..BORDER_TRIES.min(border)).find_map(|_| {
            let pick = self.below(border);
            let block = self.state.border_of(school)[pick] as usize;
            (self.problem.tied[block] == NONE && !self.pinned[block]).then_some(block)
        })
    }

    /// What is made least, as far as some schools and all blocks are concerned; differences of it are changes.
    fn energy(&self, schools: &[u16]) -> i64 {
        let charges =
            schools.iter().map(|school| self.charge[usize::from(*school)] * self.state.breach_of_school(*school));
        self.state.cost() + charges.sum::<i64>() + self.charge_of_blocks * self.state.breach_of_blocks()
    }

    /// `block` goes to `to`, and a border block of `to` goes back to where `block` was, or on to a third school.
    fn propose_pair(&mut self, block: usize, to: u16, back: bool, temperature: f64) {
        let from = self.state.school_of(block);
        let Some(other) = self.random_border_block(to) else { return };
        let onward = if back {
            from
        } else {
            let neighbour = self.random_neighbour(other);
            self.state.school_of(neighbour)
        };
        if onward == to || !self.may_take(onward) || !self.state.borders(other, onward, block) {
            return;
        }
        if self.problem.terms.is_coupled() {
            self.try_pair([block, other], [from, to, onward], temperature);
            return;
        }
        let (pupils, others) = (self.problem.pupils[block], self.problem.pupils[other]);
        let mut change = self.state.cost_of_move(block, to)
            + self.state.cost_of_move(other, onward)
            + self.charge_of_move(block, to)
            + self.charge_of_move(other, onward)
            + self.charge_of(to, pupils - others);
        if onward == from {
            change += self.charge_of(from, others - pupils);
        } else {
            change += self.charge_of(from, -pupils) + self.charge_of(onward, others);
        }
        if !self.accepts(change, temperature) || !self.state.can_leave(block) {
            return;
        }
        // Either half may hold together where both do not, so the second is judged with the first in place.
        self.state.apply(block, to);
        if self.state.can_leave(other) && self.state.borders(other, onward, other) {
            self.state.apply(other, onward);
            self.renew_fronts(block);
            self.renew_fronts(other);
            self.note_best();
        } else {
            self.state.apply(block, from);
        }
    }

    /// The same where the two moves change what the other costs: they are made, and taken back where they do not please.
    fn try_pair(&mut self, [block, other]: [usize; 2], [from, to, onward]: [u16; 3], temperature: f64) {
        if !self.state.can_leave(block) {
            return;
        }
        let schools = if onward == from { vec![from, to] } else { vec![from, to, onward] };
        let before = self.energy(&schools);
        self.state.apply(block, to);
        let holds = self.state.can_leave(other) && self.state.borders(other, onward, other);
        if holds {
            self.state.apply(other, onward);
            if self.accepts(self.energy(&schools) - before, temperature) {
                self.renew_fronts(block);
                self.renew_fronts(other);
                self.note_best();
                return;
            }
            self.state.apply(other, to);
        }
        self.state.apply(block, from);
    }
}
