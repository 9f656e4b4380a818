//! Chains through several schools: a school passes pupils on to a neighbour, that one to the next, until one has seats
//! left; or a school with seats left takes pupils from a neighbour, that one from the next, and all ways together become
//! shorter. Where schools are full, nothing that looks at a few of them at a time finds such a way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::Watch;
use super::problem::{NONE, PUPIL_WEIGHT, Problem};

/// Chains that turn out to cut a catchment, for each school, before it is left as it is.
const TRIES: usize = 64;

/// Schools looked at for a chain, each as often as it is reached with less to pass on.
const FARTHEST: usize = 60_000;

/// Schools that take from one another in a chain at most.
const LONGEST: usize = 6;

/// Schools looked at for such a chain.
const WIDEST: usize = 60;

/// No block.
const NOBODY: u32 = u32::MAX;

/// A school a chain comes to, the pupils it brings there, and the place and the pass it came by.
type Place = (u16, i64, Option<(usize, Pass)>);

/// A block that goes on, and one that comes back for it where that fits better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Pass {
    goes: u32,
    comes: Option<u32>,
}

/// A pass with the school that gives and the one that takes.
type Step = (u16, u16, Pass);

/// The cheapest pass between two schools for a number of pupils, of any sign.
#[derive(Clone, Copy, Debug)]
struct Offer {
    pupils: i64,
    cost: i64,
    pass: Pass,
}

/// What a school can give to each of its neighbours, or take from it, by number of pupils, ascending.
type Offers = Rc<Vec<(u16, Rc<Vec<Offer>>)>>;

/// The offers between two schools, with the changes of both until then.
type Since = ([u32; 2], Rc<Vec<Offer>>);

/// Whose offers are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Gives,
    Takes,
}

/// Whether the catchment of a block holds together without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaves {
    Unasked,
    May,
    MayNot,
}

/// Empties over-full schools along the chains that cost least, one after the other. Every step keeps catchments together
/// and none makes another school over-full or fuller; schools for which no chain is found stay as they are.
///
/// Deterministic while the watch does not end it between two chains. Cost: for each over-full school the catchments up to
/// the nearest school, by cost, that has seats left.
pub(super) fn empty_over_full(problem: &Problem, school_of: &mut [u16], watch: &Watch) {
    let mut chains = Chains::new(problem, &[], f64::INFINITY, school_of, Side::Gives);
    let schools = 0..problem.school_count() as u16;
    for school in schools.clone() {
        let mut portion = i64::MAX;
        let mut failed = 0;
        while failed < TRIES && !watch.is_over() && schools.clone().any(|other| chains.seats_left(other) > 0) {
            portion = portion.min(-chains.seats_left(school));
            if portion <= 0 {
                break;
            }
            match chains.chain(school, portion) {
                Some(chain) => failed += usize::from(!chains.carry_out(&chain)),
                // What cannot go at once may go bit by bit.
                None => portion /= 2,
            }
        }
    }
}

/// Shortens the ways of a scheme in which no school is over-full, and keeps it so: schools take from one another along
/// chains and rings of up to [`LONGEST`], until none is found that helps. The price of seats, in millimetres, says which
/// chain may still come to something: what it has gained so far, with the seats it has free by their price, must be more
/// than nothing. No block moves that would cost more than `reach` times what a block costs on average, prices included.
///
/// Deterministic. Cost: [`WIDEST`] schools for each school at most, once more for those in a chain.
///
/// # Reference
/// Multi-exchange neighbourhoods: R. K. Ahuja, J. B. Orlin, D. Sharma: Multi-exchange neighborhood structures for the
/// capacitated minimum spanning tree problem. Mathematical Programming 91, 2001. doi:10.1007/s101070100234. Only gains so far
/// are followed: S. Lin, B. W. Kernighan: An effective heuristic algorithm for the traveling-salesman problem. Operations
/// Research 21, 1973. doi:10.1287/opre.21.2.498
pub(super) fn shorten(problem: &Problem, prices: &[i64], reach: f64, school_of: &mut [u16]) {
    let mut chains = Chains::new(problem, prices, reach, school_of, Side::Takes);
    let mut waiting: std::collections::VecDeque<u16> = (0..problem.school_count() as u16).collect();
    let mut waits = vec![true; problem.school_count()];
    while let Some(school) = waiting.pop_front() {
        waits[usize::from(school)] = false;
        for _ in 0..TRIES {
            let Some(chain) = chains.taking(school) else { break };
            if chains.carry_out(&chain) {
                for near in chain.iter().flat_map(|(from, to, _)| [*from, *to]) {
                    if !std::mem::replace(&mut waits[usize::from(near)], true) {
                        waiting.push_back(near);
                    }
                }
            }
        }
    }
}

/// The steps of a chain to a place, the last first: it makes room, so that nobody is over-full on the way.
fn steps_to(places: &[Place], place: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = place;
    while let Some((earlier, pass)) = places[at].2 {
        steps.push((places[earlier].0, places[at].0, pass));
        at = earlier;
    }
    steps
}

/// Numbers of pupils that lie this close together are sorted by counting.
const NARROW: usize = 1_024;

/// The cheapest offer for each number of pupils, ascending.
fn cheapest_of_each(mut offers: Vec<Offer>, slots: &mut Vec<u32>) -> Vec<Offer> {
    let key = |offer: &Offer| (offer.cost, offer.pass);
    let pupils = || offers.iter().map(|offer| offer.pupils);
    let (Some(low), Some(high)) = (pupils().min(), pupils().max()) else { return offers };
    let span = (high - low) as usize + 1;
    if span > NARROW {
        offers.sort_unstable_by_key(|offer| (offer.pupils, key(offer)));
        offers.dedup_by_key(|offer| offer.pupils);
        return offers;
    }
    slots.clear();
    slots.resize(span, NOBODY);
    for (position, offer) in offers.iter().enumerate() {
        let slot = &mut slots[(offer.pupils - low) as usize];
        if *slot == NOBODY || key(offer) < key(&offers[*slot as usize]) {
            *slot = position as u32;
        }
    }
    slots.iter().filter(|slot| **slot != NOBODY).map(|slot| offers[*slot as usize]).collect()
}

/// Catchments with what can be passed between them.
struct Chains<'a> {
    problem: &'a Problem,
    prices: &'a [i64],
    /// No block moves that would cost more than this, with the prices of seats.
    reach: i64,
    school_of: &'a mut [u16],
    members: Vec<Vec<u32>>,
    load: Vec<i64>,
    /// Whether there are as many seats as pupils.
    seats_suffice: bool,
    /// Passes from a school to another that turned out to cut a catchment, as the two are.
    banned: rustc_hash::FxHashSet<Step>,
    leaves: Vec<Leaves>,
    side: Side,
    /// The offers of each school, where it was asked since it or a neighbour of it changed.
    offers: Vec<Option<Offers>>,
    /// Those between a school that gives and one that takes, with the changes of both until then.
    between: rustc_hash::FxHashMap<(u16, u16), Since>,
    /// How often each school has changed.
    changes: Vec<u32>,
    /// The blocks that were reached in the walk of this number, and those it goes on from.
    mark: Vec<u32>,
    walk: u32,
    queue: Vec<u32>,
    slots: Vec<u32>,
}

/// A chain under way in which schools take from one another.
struct Taking {
    first: u16,
    /// Pupils the first school must still give away.
    debt: i64,
    steps: Vec<Step>,
    best: i64,
    best_steps: Vec<Step>,
    looked_at: usize,
}

impl Chains<'_> {
    fn new<'a>(
        problem: &'a Problem,
        prices: &'a [i64],
        reach: f64,
        school_of: &'a mut [u16],
        side: Side,
    ) -> Chains<'a> {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); problem.school_count()];
        let mut load = vec![0_i64; problem.school_count()];
        let mut cost = 0_i64;
        for (block, school) in school_of.iter().enumerate().filter(|(_, school)| **school != NONE) {
            members[usize::from(*school)].push(block as u32);
            load[usize::from(*school)] += problem.pupils[block];
            cost += problem.cost(block, usize::from(*school));
        }
        let mean = cost as f64 / school_of.len().max(1) as f64;
        Chains {
            problem,
            prices,
            reach: (reach * mean) as i64,
            mark: vec![0; school_of.len()],
            walk: 0,
            queue: Vec::new(),
            slots: Vec::new(),
            leaves: vec![Leaves::Unasked; school_of.len()],
            school_of,
            members,
            load,
            seats_suffice: problem.seats_may_suffice(),
            banned: rustc_hash::FxHashSet::default(),
            side,
            offers: vec![None; problem.school_count()],
            between: rustc_hash::FxHashMap::default(),
            changes: vec![0; problem.school_count()],
        }
    }

    /// Below zero where a school is over-full.
    fn seats_left(&self, school: u16) -> i64 {
        self.problem.seats[usize::from(school)] - self.load[usize::from(school)]
    }

    /// The cheapest chain of passes that takes at least `portion` pupils from a school, and ends at one with seats left:
    /// every other school passes on what would be too many.
    fn chain(&mut self, from: u16, portion: i64) -> Option<Vec<Step>> {
        // Each place in a chain: the school, what it must pass on, and the step that led there.
        let mut places: Vec<Place> = vec![(from, portion, None)];
        let mut least_need = vec![i64::MAX; self.problem.school_count()];
        let mut queue = BinaryHeap::from([Reverse((0_i64, 0_usize))]);
        let mut passed: Vec<u16> = Vec::new();
        let mut looked_at = 0;
        // One that is over-full itself passes that on as well, unless there is nowhere to pass it to.
        let least_left = if self.seats_suffice { i64::MIN } else { 0 };
        while let Some(Reverse((cost, place))) = queue.pop() {
            let (school, need, _) = places[place];
            // A school that was reached at less cost with less to pass on has been looked at.
            if least_need[usize::from(school)] <= need || looked_at > FARTHEST {
                continue;
            }
            if need <= 0 {
                return Some(steps_to(&places, place));
            }
            looked_at += 1;
            least_need[usize::from(school)] = need;
            passed.clear();
            let mut at = Some(place);
            while let Some(step) = at {
                passed.push(places[step].0);
                at = places[step].2.map(|(earlier, _)| earlier);
            }
            for (onward, offers) in self.offers(school).iter().filter(|(onward, _)| !passed.contains(onward)) {
                let (left_there, least) = (self.seats_left(*onward).max(least_left), least_need[usize::from(*onward)]);
                // More pupils than needed burden all who come after, so they must go for less.
                let mut cheapest = i64::MAX;
                for offer in &offers[offers.partition_point(|offer| offer.pupils < need)..] {
                    let left = offer.pupils - left_there;
                    if left >= least {
                        // The rest have more pupils still.
                        break;
                    }
                    // Nothing is cheaper than free, so that no chain gains by going round.
                    let more = offer.cost.max(0);
                    if more < cheapest {
                        queue.push(Reverse((cost + more, places.len())));
                        places.push((*onward, left, Some((place, offer.pass))));
                        cheapest = more;
                    }
                    if more == 0 {
                        break;
                    }
                }
            }
        }
        None
    }

    /// The chain or ring found that shortens the ways most, in which a school takes from a neighbour, that one from the next.
    fn taking(&mut self, first: u16) -> Option<Vec<Step>> {
        let mut taking = Taking { first, debt: 0, steps: Vec::new(), best: 0, best_steps: Vec::new(), looked_at: 0 };
        self.take(first, self.seats_left(first), 0, &mut taking);
        (taking.best < 0).then_some(taking.best_steps)
    }

    /// Lets a school with `room` for pupils take some, at the end of a chain that has cost `spent` so far.
    fn take(&mut self, school: u16, room: i64, spent: i64, taking: &mut Taking) {
        taking.looked_at += 1;
        if taking.looked_at > WIDEST {
            return;
        }
        let prices = self.prices;
        let price = |school: u16| prices[usize::from(school)] * PUPIL_WEIGHT;
        let is_first = taking.steps.is_empty();
        // What may come of each step at best, the step, what it costs, and the room and debt it leaves.
        let mut onward: Vec<(i64, Step, i64, i64, i64)> = Vec::new();
        let mut closed: Option<(i64, Step)> = None;
        for (giver, offers) in self.offers(school).iter() {
            let left = self.seats_left(*giver);
            let closes = *giver == taking.first;
            if !closes && taking.steps.iter().any(|(from, ..)| from == giver) {
                continue;
            }
            for offer in offers.iter() {
                let spent = spent + offer.cost;
                let step = (*giver, school, offer.pass);
                if closes {
                    if offer.pupils <= room
                        && offer.pupils >= taking.debt
                        && spent < taking.best.min(closed.map_or(0, |(spent, _)| spent))
                    {
                        closed = Some((spent, step));
                    }
                    continue;
                }
                let debt = if is_first { (offer.pupils - room).max(0) } else { taking.debt };
                if (!is_first && offer.pupils > room) || left + offer.pupils < 0 {
                    continue;
                }
                let at_best = spent - (left + offer.pupils) * price(*giver) + debt * price(taking.first);
                if at_best < taking.best {
                    onward.push((at_best, step, spent, left + offer.pupils, debt));
                }
            }
        }
        if let Some((spent, step)) = closed {
            taking.best = spent;
            taking.best_steps.clone_from(&taking.steps);
            taking.best_steps.push(step);
        }
        onward.sort_unstable();
        for (at_best, step, spent, room, debt) in onward {
            if at_best >= taking.best {
                break;
            }
            taking.debt = debt;
            taking.steps.push(step);
            if debt == 0 && spent < taking.best {
                taking.best = spent;
                taking.best_steps.clone_from(&taking.steps);
            }
            if taking.steps.len() < LONGEST {
                self.take(step.0, room, spent, taking);
            }
            taking.steps.pop();
        }
    }

    /// What a school can give to its neighbours, or take from them.
    fn offers(&mut self, school: u16) -> Offers {
        if let Some(offers) = &self.offers[usize::from(school)] {
            return Rc::clone(offers);
        }
        let offers = Rc::new(self.offers_of(school));
        self.offers[usize::from(school)] = Some(Rc::clone(&offers));
        offers
    }

    /// For each neighbouring school and each number of pupils the cheapest way to pass on so many.
    fn offers_of(&mut self, school: u16) -> Vec<(u16, Rc<Vec<Offer>>)> {
        let problem = self.problem;
        let mut borders: Vec<(u16, u32, u32)> = Vec::new();
        for block in &self.members[usize::from(school)] {
            let beside = problem.neighbours(*block as usize).iter();
            let others = beside.map(|other| (self.school_of[*other as usize], *block, *other));
            borders.extend(others.filter(|(other, ..)| *other != school && *other != NONE));
        }
        borders.sort_unstable();
        let mut offers_of = Vec::new();
        for same in borders.chunk_by(|first, second| first.0 == second.0) {
            let other = same[0].0;
            let (from, to) = match self.side {
                Side::Gives => (school, other),
                Side::Takes => (other, school),
            };
            let changes = [from, to].map(|school| self.changes[usize::from(school)]);
            let offers = match self.between.get(&(from, to)) {
                Some((since, offers)) if *since == changes => Rc::clone(offers),
                _ => {
                    let own = same.iter().map(|(_, block, _)| *block).collect();
                    let others = same.iter().map(|(_, _, block)| *block).collect();
                    let (going, coming) = if self.side == Side::Gives { (own, others) } else { (others, own) };
                    Rc::new(self.offers_between(from, to, going, coming))
                }
            };
            self.between.insert((from, to), (changes, Rc::clone(&offers)));
            offers_of.push((other, offers));
        }
        offers_of
    }

    /// The cheapest pass from a school to another for each number of pupils, by the blocks of both along their border.
    fn offers_between(&mut self, from: u16, to: u16, going: Vec<u32>, coming: Vec<u32>) -> Vec<Offer> {
        let going = self.movable(going, from, to);
        let coming = self.movable(coming, to, from);
        let mut offers: Vec<Offer> = Vec::with_capacity(going.len() * (coming.len() + 1));
        for (goes, pupils, cost) in going {
            let alone = std::iter::once((None, pupils, cost));
            let exchanged = coming.iter().map(|(comes, fewer, back)| (Some(*comes), pupils - fewer, cost + back));
            for (comes, pupils, cost) in alone.chain(exchanged) {
                let pass = Pass { goes, comes };
                if self.banned.is_empty() || !self.banned.contains(&(from, to, pass)) {
                    offers.push(Offer { pupils, cost, pass });
                }
            }
        }
        cheapest_of_each(offers, &mut self.slots)
    }

    /// Which of some blocks can go from a school to another, their pupils, and what it costs. What would cut a catchment by
    /// itself, or is too dear to come to anything, cannot.
    fn movable(&mut self, mut blocks: Vec<u32>, from: u16, to: u16) -> Vec<(u32, i64, i64)> {
        let problem = self.problem;
        let price = |school: u16| self.prices.get(usize::from(school)).map_or(0, |price| price * PUPIL_WEIGHT);
        let dearer = price(to) - price(from);
        blocks.sort_unstable();
        blocks.dedup();
        let cost = |block: usize| problem.cost(block, usize::from(to)) - problem.cost(block, usize::from(from));
        let moved = |block: u32| (block, problem.pupils[block as usize], cost(block as usize));
        let mut movable: Vec<(u32, i64, i64)> = blocks.into_iter().map(moved).collect();
        movable.retain(|(block, pupils, cost)| {
            problem.tied[*block as usize] == NONE
                && cost + pupils * dearer <= self.reach
                && self.may_leave(*block, from)
        });
        movable
    }

    /// Whether the catchment of a block holds together without it.
    fn may_leave(&mut self, block: u32, own: u16) -> bool {
        if self.leaves[block as usize] == Leaves::Unasked {
            let may = self.holds_without(own, block);
            self.leaves[block as usize] = if may { Leaves::May } else { Leaves::MayNot };
        }
        self.leaves[block as usize] == Leaves::May
    }

    /// Carries out a chain, and says whether it did; where a pass would cut a catchment, takes back what was done and bans
    /// the pass.
    fn carry_out(&mut self, chain: &[Step]) -> bool {
        let mut moved: Vec<(u32, u16, u16)> = Vec::new();
        let fails = chain.iter().find(|(from, to, pass)| {
            let goes = std::iter::once((pass.goes, *from, *to));
            !goes.chain(pass.comes.map(|block| (block, *to, *from))).all(|(block, from, to)| {
                let shifted = self.shift(block, from, to);
                if shifted {
                    moved.push((block, from, to));
                }
                shifted
            })
        });
        let Some(fails) = fails else {
            self.forget_around(&moved);
            return true;
        };
        for (block, from, to) in moved.into_iter().rev() {
            self.give(block, to, from);
        }
        self.banned.insert(*fails);
        self.between.remove(&(fails.0, fails.1));
        (self.offers[usize::from(fails.0)], self.offers[usize::from(fails.1)]) = (None, None);
        false
    }

    /// Forgets what was known of the schools between which blocks moved, and of their neighbours.
    fn forget_around(&mut self, moved: &[(u32, u16, u16)]) {
        let mut schools: Vec<u16> = moved.iter().flat_map(|(_, from, to)| [*from, *to]).collect();
        schools.sort_unstable();
        schools.dedup();
        for school in &schools {
            self.changes[usize::from(*school)] += 1;
            for member in &self.members[usize::from(*school)] {
                self.leaves[*member as usize] = Leaves::Unasked;
                for beside in self.problem.neighbours(*member as usize) {
                    if let Some(offers) = self.offers.get_mut(usize::from(self.school_of[*beside as usize])) {
                        *offers = None;
                    }
                }
            }
        }
        self.banned.retain(|(from, to, _)| !schools.contains(from) && !schools.contains(to));
    }

    /// Moves a block where it borders the other catchment and its own holds together without it; says whether it did.
    fn shift(&mut self, block: u32, from: u16, to: u16) -> bool {
        if self.school_of[block as usize] != from || self.beside(to, block).next().is_none() {
            return false;
        }
        let may_go = self.holds_without(from, block);
        if may_go {
            self.give(block, from, to);
        }
        may_go
    }

    fn give(&mut self, block: u32, from: u16, to: u16) {
        let pupils = self.problem.pupils[block as usize];
        self.school_of[block as usize] = to;
        self.load[usize::from(from)] -= pupils;
        self.load[usize::from(to)] += pupils;
        let members = &mut self.members[usize::from(from)];
        let place = members.iter().position(|member| *member == block).expect("a block is a member of its school");
        members.swap_remove(place);
        self.members[usize::from(to)].push(block);
    }

    /// Whether the catchment of a school, which hangs together, does so without one of its blocks. Where the blocks beside it
    /// find each other, it does.
    fn holds_without(&mut self, school: u16, block: u32) -> bool {
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
        let problem = self.problem;
        let homes = problem.homes(usize::from(school));
        let members =
            self.members[usize::from(school)].iter().filter(|block| !problem.waived[**block as usize]).count();
        homes.len() > 1 && self.reached(school, homes, block, |_| false) + 1 >= members
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
    fn reached(&mut self, school: u16, from: &[u32], without: u32, mut is_enough: impl FnMut(u32) -> bool) -> usize {
        let Chains { problem, school_of, mark, queue, .. } = self;
        self.walk += 1;
        queue.clear();
        let mut reach = |block: u32, queue: &mut Vec<u32>| {
            if std::mem::replace(&mut mark[block as usize], self.walk) != self.walk {
                queue.push(block);
            }
        };
        for block in from {
            reach(*block, queue);
        }
        let mut position = 0;
        while position < queue.len() && !is_enough(queue[position]) {
            for other in problem.neighbours(queue[position] as usize) {
                let counts = school_of[*other as usize] == school && !problem.waived[*other as usize];
                if counts && *other != without {
                    reach(*other, queue);
                }
            }
            position += 1;
        }
        queue.len()
    }
}
