//! Over-full schools emptied along chains: a school passes pupils on to a neighbour, that one to the next, until one has
//! seats left. Where all schools around are full, nothing that looks at a few schools at a time finds such a way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::problem::{NONE, Problem};

/// Chains tried for each school before it is left over-full.
const TRIES: usize = 64;

/// Schools looked at for a chain, each as often as it is reached with less to pass on.
const FARTHEST: usize = 6_000;

/// Passes looked at between two schools, the cheapest first.
const OFFERS: usize = 48;

/// No block.
const NOBODY: u32 = u32::MAX;

/// Whether the catchment of a block holds together without it, for the blocks that were asked about since it changed.
type Leaves = rustc_hash::FxHashMap<u32, bool>;

/// A school a chain comes to, the pupils it brings there, and the place and the pass it came by.
type Place = (u16, i64, Option<(usize, Pass)>);

/// A block that goes on, and one that comes back for it where that fits better.
#[derive(Clone, Copy, Debug)]
struct Pass {
    goes: u32,
    comes: Option<u32>,
}

/// Empties over-full schools along the chains that cost least, one after the other. Every step keeps catchments together
/// and no step makes another school over-full; schools for which no chain is found stay as they are.
///
/// Deterministic. Cost: for each over-full school the catchments up to the nearest school, by cost, that has seats left.
pub(super) fn repair(problem: &Problem, school_of: &mut [u16]) {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); problem.school_count()];
    let mut load = vec![0_i64; problem.school_count()];
    for (block, school) in school_of.iter().enumerate().filter(|(_, school)| **school != NONE) {
        members[usize::from(*school)].push(block as u32);
        load[usize::from(*school)] += problem.pupils[block];
    }
    let mut repair = Repair {
        problem,
        school_of,
        members,
        load,
        banned: rustc_hash::FxHashSet::default(),
        leaves: Leaves::default(),
    };
    for school in 0..problem.school_count() as u16 {
        repair.banned.clear();
        let mut portion = i64::MAX;
        for _ in 0..TRIES {
            portion = portion.min(repair.over(school));
            if portion <= 0 {
                break;
            }
            match repair.chain(school, portion) {
                Some(chain) => repair.carry_out(&chain),
                // What cannot go at once may go bit by bit.
                None => portion /= 2,
            }
        }
    }
}

struct Repair<'a> {
    problem: &'a Problem,
    school_of: &'a mut [u16],
    members: Vec<Vec<u32>>,
    load: Vec<i64>,
    /// Passes from a school to another that turned out to cut a catchment.
    banned: rustc_hash::FxHashSet<(u16, u16, u32, u32)>,
    leaves: Leaves,
}

impl Repair<'_> {
    fn over(&self, school: u16) -> i64 {
        self.load[usize::from(school)] - self.problem.seats[usize::from(school)]
    }

    /// The cheapest chain of passes that takes at least `portion` pupils from a school, and ends at one with seats left:
    /// every other school passes on what would be too many.
    fn chain(&mut self, from: u16, portion: i64) -> Option<Vec<(u16, u16, Pass)>> {
        // Each place in a chain: the school, what it must pass on, and the step that led there.
        let mut places: Vec<Place> = vec![(from, portion, None)];
        let mut least_need: rustc_hash::FxHashMap<u16, i64> = rustc_hash::FxHashMap::default();
        let mut leaves = std::mem::take(&mut self.leaves);
        let mut queue = BinaryHeap::from([Reverse((0_i64, 0_usize))]);
        let mut looked_at = 0;
        while let Some(Reverse((cost, place))) = queue.pop() {
            let (school, need, _) = places[place];
            // A school that was reached at less cost with less to pass on has been looked at.
            if least_need.get(&school).is_some_and(|least| *least <= need) || looked_at > FARTHEST {
                continue;
            }
            looked_at += 1;
            least_need.insert(school, need);
            let before = |mut place: usize| {
                let mut schools = vec![places[place].0];
                while let Some((earlier, _)) = places[place].2 {
                    place = earlier;
                    schools.push(places[place].0);
                }
                schools
            };
            if need <= 0 {
                let mut chain = Vec::new();
                let mut place = place;
                while let Some((earlier, pass)) = places[place].2 {
                    // The last school makes room first, so that nobody is over-full on the way.
                    chain.push((places[earlier].0, places[place].0, pass));
                    place = earlier;
                }
                self.leaves = leaves;
                return Some(chain);
            }
            let passed = before(place);
            for (onward, more, pupils, pass) in self.passes(school, need, &mut leaves) {
                if !passed.contains(&onward) {
                    queue.push(Reverse((cost + more, places.len())));
                    places.push((onward, self.over(onward) + pupils, Some((place, pass))));
                }
            }
        }
        self.leaves = leaves;
        None
    }

    /// For each neighbouring school the cheapest way to pass on at least `need` pupils, and the one with fewest pupils: what
    /// it costs and how many go.
    fn passes(&self, school: u16, need: i64, leaves: &mut Leaves) -> Vec<(u16, i64, i64, Pass)> {
        let problem = self.problem;
        let mut offers: Vec<(u16, u32)> = Vec::new();
        for block in &self.members[usize::from(school)] {
            if problem.tied[*block as usize] == NONE {
                let beside = problem.neighbours(*block as usize).iter().map(|other| self.school_of[*other as usize]);
                offers.extend(beside.filter(|other| *other != school && *other != NONE).map(|other| (other, *block)));
            }
        }
        offers.sort_unstable();
        offers.dedup();
        let mut passes = Vec::new();
        for same in offers.chunk_by(|first, second| first.0 == second.0) {
            let onward = same[0].0;
            let change = |block: u32, from: u16, to: u16| {
                problem.cost(block as usize, usize::from(to)) - problem.cost(block as usize, usize::from(from))
            };
            let back: Vec<u32> = self.members[usize::from(onward)]
                .iter()
                .copied()
                .filter(|block| problem.tied[*block as usize] == NONE)
                .filter(|block| {
                    problem.neighbours(*block as usize).iter().any(|other| self.school_of[*other as usize] == school)
                })
                .collect();
            let mut offers: Vec<(i64, i64, u32, u32)> = Vec::new();
            for (_, goes) in same {
                let pupils = problem.pupils[*goes as usize];
                let cost = change(*goes, school, onward);
                if pupils >= need {
                    offers.push((cost, pupils, *goes, NOBODY));
                }
                for comes in &back {
                    let fewer = pupils - problem.pupils[*comes as usize];
                    if fewer >= need {
                        offers.push((cost + change(*comes, onward, school), fewer, *goes, *comes));
                    }
                }
            }
            // What would cut a catchment by itself is no offer.
            let mut may_leave = |block: u32, own: u16| {
                block == NOBODY || *leaves.entry(block).or_insert_with(|| self.holds_without(own, block))
            };
            let mut first_that_holds = |offers: &[(i64, i64, u32, u32)]| {
                offers
                    .iter()
                    .filter(|(_, _, goes, comes)| !self.banned.contains(&(school, onward, *goes, *comes)))
                    .take(OFFERS)
                    .find(|(_, _, goes, comes)| may_leave(*goes, school) && may_leave(*comes, onward))
                    .copied()
            };
            offers.sort_unstable();
            let cheapest = first_that_holds(&offers);
            // What is cheapest may be too many for all who come after.
            offers.sort_unstable_by_key(|(cost, pupils, goes, comes)| (*pupils, *cost, *goes, *comes));
            let fewest = first_that_holds(&offers).filter(|fewest| Some(*fewest) != cheapest);
            passes.extend(cheapest.into_iter().chain(fewest).map(|(cost, pupils, goes, comes)| {
                (onward, cost.max(0), pupils, Pass { goes, comes: (comes != NOBODY).then_some(comes) })
            }));
        }
        passes
    }

    /// Carries out a chain, from its end; takes it back and bans the pass where one would cut a catchment.
    fn carry_out(&mut self, chain: &[(u16, u16, Pass)]) {
        for (done, (from, to, pass)) in chain.iter().enumerate() {
            let went = self.shift(pass.goes, *from, *to);
            let came = went && pass.comes.is_none_or(|block| self.shift(block, *to, *from));
            if came {
                continue;
            }
            if went {
                self.give(pass.goes, *to, *from);
            }
            self.banned.insert((*from, *to, pass.goes, pass.comes.unwrap_or(NOBODY)));
            for (from, to, pass) in chain[..done].iter().rev() {
                if let Some(block) = pass.comes {
                    self.give(block, *from, *to);
                }
                self.give(pass.goes, *to, *from);
            }
            return;
        }
    }

    /// Moves a block where it borders the other catchment and its own holds together without it; says whether it did.
    fn shift(&mut self, block: u32, from: u16, to: u16) -> bool {
        let borders = self.beside(to, block).next().is_some();
        if self.school_of[block as usize] != from || !borders {
            return false;
        }
        self.give(block, from, to);
        if self.holds_together(from) {
            return true;
        }
        self.give(block, to, from);
        false
    }

    fn give(&mut self, block: u32, from: u16, to: u16) {
        let pupils = self.problem.pupils[block as usize];
        self.school_of[block as usize] = to;
        self.load[usize::from(from)] -= pupils;
        self.load[usize::from(to)] += pupils;
        self.members[usize::from(from)].retain(|member| *member != block);
        self.members[usize::from(to)].push(block);
        for school in [from, to] {
            for member in &self.members[usize::from(school)] {
                self.leaves.remove(member);
            }
        }
    }

    /// Whether every block of a school that ever can reaches one of its homes.
    fn holds_together(&self, school: u16) -> bool {
        let homes = self.problem.homes(usize::from(school));
        let wanted = self.members[usize::from(school)].iter().filter(|block| !self.problem.waived[**block as usize]);
        self.reached(school, homes, NOBODY, |_| false) >= wanted.count()
    }

    /// Whether the same holds without one of its blocks. Where the blocks beside it find each other, it does.
    fn holds_without(&self, school: u16, block: u32) -> bool {
        let beside: Vec<u32> = self.beside(school, block).collect();
        let Some(first) = beside.first() else { return true };
        let mut wanted = beside.len() - 1;
        self.reached(school, &[*first], block, |other| {
            wanted -= usize::from(other != *first && beside.contains(&other));
            wanted == 0
        });
        if wanted == 0 {
            return true;
        }
        let homes = self.problem.homes(usize::from(school));
        let members = self.members[usize::from(school)].iter().filter(|block| !self.problem.waived[**block as usize]);
        homes.len() > 1 && self.reached(school, homes, block, |_| false) + 1 >= members.count()
    }

    /// The neighbours of a block that are with a school and count for what hangs together.
    fn beside(&self, school: u16, block: u32) -> impl Iterator<Item = u32> + '_ {
        self.problem
            .neighbours(block as usize)
            .iter()
            .copied()
            .filter(move |other| self.school_of[*other as usize] == school && !self.problem.waived[*other as usize])
    }

    /// How many blocks of a school are reached from some, not through `without`; until `is_enough` says so.
    fn reached(&self, school: u16, from: &[u32], without: u32, mut is_enough: impl FnMut(u32) -> bool) -> usize {
        let mut reached: rustc_hash::FxHashSet<u32> = from.iter().copied().collect();
        let mut queue: Vec<u32> = from.to_vec();
        let mut position = 0;
        while position < queue.len() && !is_enough(queue[position]) {
            let fresh =
                self.beside(school, queue[position]).filter(|other| *other != without && reached.insert(*other));
            queue.extend(fresh);
            position += 1;
        }
        queue.len()
    }
}
