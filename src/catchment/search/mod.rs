//! The search: simulated annealing on catchment borders with seats priced per school, first over the whole county, then
//! again and again over a few neighbouring schools. The moves themselves stand in `moves`.

mod moves;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::Watch;
use super::chain;
use super::front::Fronts;
use super::growth::Growth;
use super::pool::Pool;
use super::problem::{NONE, PUPIL_WEIGHT, Problem};
use super::state::State;

/// What one run of the search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Pupils by which hard rules are broken: above seats, below the fewest, at schools not for them; and pairs.
    pub(super) breach: i64,
    /// Weighted distance.
    pub(super) cost: i64,
    /// The school of each block.
    pub(super) school_of: Vec<u16>,
}

impl Found {
    /// A scheme that was found elsewhere.
    pub(super) fn of(problem: &Problem, school_of: Vec<u16>) -> Found {
        let state = State::new(problem, school_of);
        Found { breach: state.breach(), cost: state.cost(), school_of: state.schools_of().to_vec() }
    }

    /// This scheme with its ways shortened along chains of schools, where that is possible.
    pub(super) fn shortened(&self, problem: &Problem, prices: &[i64]) -> Option<Found> {
        // Chains look at distance and seats alone.
        if self.breach > 0 || !problem.terms.is_plain() {
            return None;
        }
        let mut school_of = self.school_of.clone();
        chain::shorten(problem, prices, REACH, &mut school_of);
        let found = Found::of(problem, school_of);
        ((found.breach, found.cost) < (self.breach, self.cost)).then_some(found)
    }
}

/// No block moves in a chain that would cost more than this, with the prices of seats, as a share of what a block costs on
/// average. Catchments of few blocks must part with dear ones at times.
const REACH: f64 = 1.0;

/// From which temperature to which an annealing cools, as multiples of the typical change a move makes.
pub(super) struct Cooling {
    first: f64,
    last: f64,
}

/// Keeps much of the start along prices.
pub(super) static WARM: Cooling = Cooling { first: 0.3, last: 0.01 };
/// Forgets it, so that searches from one start end in different places.
pub(super) static HOT: Cooling = Cooling { first: 3.0, last: 0.02 };
const CLUSTER: Cooling = Cooling { first: 0.3, last: 0.005 };

/// The largest charge for a pupil above the seats, as a multiple of the mean way to school.
const MOST_CHARGE: i64 = 256;

/// A block is worth moving in a refinement where it costs at most this multiple of a typical change to give it to the
/// school that is cheapest but for its own, with the prices of seats.
const REFINED: f64 = 0.1;

/// How a scheme near the best is refined.
pub(super) struct Refining {
    cooling: Cooling,
    /// What a pupil above the seats costs beyond the price of a seat, at first and at last, as multiples of the mean way
    /// to school.
    above_price: [f64; 2],
    /// Seats of each school that are charged for as if they were not there, but for the last fifth of the steps; so that
    /// what is left over at the end finds room.
    kept_free: i64,
    /// Whether what was best is forgotten halfway, so that the search ends somewhere else.
    forgets: bool,
}

/// Following the prices, with schools a little over-full for a while.
pub(super) const SOFTLY: Refining =
    Refining { cooling: Cooling { first: 0.02, last: 0.001 }, above_price: [0.02, 2.0], kept_free: 2, forgets: false };

/// Keeping the seats.
const FIRMLY: Refining =
    Refining { cooling: Cooling { first: 0.01, last: 0.001 }, above_price: [2.0, 8.0], kept_free: 0, forgets: false };

impl Refining {
    /// Following the prices with more heat, to end somewhere else.
    pub(super) fn elsewhere() -> Refining {
        let cooling = Cooling { first: 2.0 * SOFTLY.cooling.first, last: SOFTLY.cooling.last };
        Refining { cooling, forgets: true, ..SOFTLY }
    }

    /// Keeping the seats, with more heat the more often it was tried.
    pub(super) fn firmly_with_heat(tries: u64) -> Refining {
        let first = 0.03 * (1.0 + 0.5 * tries as f64);
        Refining { cooling: Cooling { first, last: 0.003 }, ..FIRMLY }
    }
}

/// Steps in which the temperature falls.
const COOLING_STEPS: u64 = 128;

/// The most blocks of a county that is annealed as a whole first. In larger ones the start along prices is better than what
/// so much heat would leave, and all work goes to clusters.
pub(super) const SMALL_COUNTY: usize = 3000;

/// Proposals an annealing of a cluster gets per block in it.
const PROPOSALS_PER_BLOCK: u64 = 40;

/// What an annealing costs however few blocks are free, in proposals; without it villages would never come to an end.
const LEAST_WORK: u64 = 2_000;

/// From which step of the cooling on catchments are collected; those of hotter steps are of no use.
const COLLECT_FROM: u64 = COOLING_STEPS / 4;

/// The largest number of schools in a cluster.
const LARGEST_CLUSTER: usize = 7;

/// In how many of 256 clusters the catchments are grown afresh along disturbed prices before they are annealed. A fresh
/// growth reaches arrangements that no chain of small moves does, because all of them would cut a catchment in between.
const FRESH_OF_256: u64 = 180;

/// Debug builds count everything afresh once in so many returns to the best.
const CHECKED: u64 = 16;

/// How far prices are disturbed at most, as a share of the mean way to school.
const DISTURBANCE: f64 = 0.25;

/// A search from one start with one seed, to be worked on in portions.
///
/// Moves: a block to a neighbouring school; two blocks exchanged between neighbouring schools; a block to a neighbour
/// that passes another block on to a third. Every move keeps catchments contiguous. A pupil above the seats of a school
/// costs what the school charges, which rises while the school is over-full and sinks while it is not, so that the
/// search may pass through over-full schemes on its way. The best scheme is kept: least overload, then least distance.
///
/// Deterministic in its seed while the watch does not stop it.
///
/// # Reference
/// S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by simulated annealing. Science 220, 1983.
/// doi:10.1126/science.220.4598.671. Destroying a part and rebuilding it: P. Shaw: Using constraint programming and
/// local search methods to solve vehicle routing problems. CP 1998. doi:10.1007/3-540-49481-2_30
pub(super) struct Search<'a> {
    problem: &'a Problem,
    state: State<'a>,
    prices: &'a [i64],
    growth: Growth,
    /// Whether it has not worked yet.
    is_fresh: bool,
    /// Proposals to the whole county before it turns to clusters.
    whole: u64,
    /// How these cool down.
    first_cooling: &'static Cooling,
    /// Whether charges are never lowered.
    never_lowers: bool,
    /// Seats of each school that are charged for as if they were not there.
    kept_free: i64,
    /// What each school charges for a pupil above its seats.
    charge: Vec<i64>,
    least_charge: i64,
    most_charge: i64,
    /// What a broken pair, and a pupil at a school not for it, is charged.
    charge_of_blocks: i64,
    random: Xoshiro256PlusPlus,
    /// −ln of evenly spread numbers in (0, 1): thresholds of acceptance without a logarithm per proposal.
    thresholds: Vec<f64>,
    /// The blocks that may move at present, and the schools they may move between.
    arena: Vec<u32>,
    /// Free blocks that are not to move at present although they lie in the arena.
    pinned: Vec<bool>,
    schools: Vec<u16>,
    inside: Vec<bool>,
    fronts: Fronts,
    /// The best scheme so far, for the blocks of the arena; the others are where it has them.
    best: Vec<u16>,
    best_breach: i64,
    best_cost: i64,
    /// Times the arena was put back to its best.
    returns: u64,
    /// Catchments come by since they were last taken.
    pub(super) pool: Pool,
    collects: bool,
}

impl<'a> Search<'a> {
    /// A search from `start`, with the prices of seats in millimetres.
    pub(super) fn new(
        problem: &'a Problem,
        start: Vec<u16>,
        prices: &'a [i64],
        seed: u64,
        whole: u64,
        first_cooling: &'static Cooling,
    ) -> Search<'a> {
        let state = State::new(problem, start);
        let pupils: i64 = problem.pupils.iter().sum::<i64>().max(1);
        let mean = (state.cost() / pupils).max(PUPIL_WEIGHT);
        let breach = state.breach();
        Search {
            problem,
            growth: Growth::new(problem.block_count()),
            // What a seat is worth by its price, and half the mean way to school on top.
            charge: prices.iter().map(|price| price * PUPIL_WEIGHT + mean / 2).collect(),
            least_charge: (mean / 64).max(1),
            most_charge: mean.saturating_mul(MOST_CHARGE),
            charge_of_blocks: mean,
            random: Xoshiro256PlusPlus::seed_from_u64(seed),
            thresholds: (0..4096).map(|step| -((f64::from(step) + 0.5) / 4096.0).ln()).collect(),
            arena: Vec::new(),
            pinned: vec![false; problem.block_count()],
            schools: Vec::new(),
            inside: vec![false; problem.school_count()],
            fronts: Fronts::new(problem),
            best: Vec::new(),
            best_breach: breach,
            best_cost: state.cost(),
            prices,
            is_fresh: true,
            whole,
            first_cooling,
            returns: 0,
            pool: Pool::new(problem),
            collects: problem.block_count() <= SMALL_COUNTY && problem.terms.is_plain(),
            never_lowers: false,
            kept_free: 0,
            state,
        }
    }

    /// Goes on from another scheme; with heat for the whole county first, where `afresh`.
    pub(super) fn turn_to(&mut self, school_of: Vec<u16>, afresh: bool) {
        self.state = State::new(self.problem, school_of);
        (self.best_breach, self.best_cost) = (self.state.breach(), self.state.cost());
        self.is_fresh = afresh;
        if afresh {
            self.first_cooling = &HOT;
        }
    }

    /// Shortens the ways of the best scheme so far along chains of schools.
    pub(super) fn shorten(&mut self) {
        if let Some(found) = self.found().shortened(self.problem, self.prices) {
            self.turn_to(found.school_of, false);
        }
    }

    /// Puts the catchments of the arena that keep their seats into the pool.
    fn collect(&mut self) {
        let Search { problem, state, schools, pool, .. } = self;
        for school in schools.iter().copied() {
            if state.load(school) <= problem.seats[usize::from(school)] {
                let (signature, cost) = state.catchment(school);
                if pool.is_new(school, signature) {
                    pool.keep(school, cost, state.members_of(school));
                }
            }
        }
    }

    /// Proposes about `proposals` moves, or until the watch says stop.
    pub(super) fn work(&mut self, proposals: u64, watch: &Watch) {
        let mut left = proposals;
        if self.is_fresh && self.problem.block_count() <= SMALL_COUNTY {
            let whole = self.whole;
            let every_school: Vec<u16> = (0..self.problem.school_count() as u16).collect();
            self.open_arena(&every_school);
            self.anneal(self.first_cooling, whole, watch);
            self.return_to_best();
            left = left.saturating_sub(whole);
            watch.count_work(whole);
        }
        self.is_fresh = false;
        while left > 0 && !watch.is_over() {
            let cluster = self.random_cluster();
            self.open_arena(&cluster);
            // A fresh growth knows nothing of locked blocks it might cut off, and may leave out blocks no school may have.
            let may_grow = !self.problem.terms.has_bars()
                && cluster.iter().all(|school| !self.problem.has_locks[usize::from(*school)]);
            if self.random.next_u64() >> 56 < FRESH_OF_256 && may_grow {
                self.grow_afresh(&cluster);
            }
            let work = (self.arena.len() as u64 * PROPOSALS_PER_BLOCK).max(LEAST_WORK).min(left);
            if !self.arena.is_empty() {
                self.anneal(&CLUSTER, work, watch);
                self.return_to_best();
            }
            left -= work;
            watch.count_work(work);
        }
    }

    /// The breach and the cost of the best scheme so far.
    pub(super) fn value(&self) -> (i64, i64) {
        (self.best_breach, self.best_cost)
    }

    /// Proposes about `proposals` moves to a scheme that follows the prices and so is near the best. Only blocks for which
    /// another school is hardly dearer may move, at temperatures at which little is given away.
    ///
    /// Pupils above the seats cost what a seat is worth by its price, and a little more from step to step, in the same
    /// measure for all schools: where all are full, a block can only move if some school may be over-full for a while.
    pub(super) fn refine(&mut self, proposals: u64, refining: &Refining, watch: &Watch) {
        let every_school: Vec<u16> = (0..self.problem.school_count() as u16).collect();
        self.open_arena(&every_school);
        let typical = self.typical_change();
        self.pin_all_but_contested((10.0 * refining.cooling.first).max(REFINED) * typical);
        self.kept_free = refining.kept_free;
        self.never_lowers = true;
        let mean = (self.most_charge / MOST_CHARGE) as f64;
        let [first, last] = refining.above_price;
        let cooling = (refining.cooling.last / refining.cooling.first).powf(1.0 / COOLING_STEPS as f64);
        let mut temperature = refining.cooling.first * typical;
        for step in 0..COOLING_STEPS {
            if self.arena.is_empty() || watch.is_over() {
                break;
            }
            let above = mean * first * (last / first).powf(step as f64 / COOLING_STEPS as f64);
            for (charge, price) in self.charge.iter_mut().zip(self.prices) {
                *charge = price * PUPIL_WEIGHT + above as i64;
            }
            if step * 5 >= COOLING_STEPS * 4 {
                self.kept_free = 0;
            }
            if refining.forgets && step * 2 == COOLING_STEPS {
                (self.best_breach, self.best_cost) = (i64::MAX, i64::MAX);
                self.note_best();
            }
            self.propose((proposals / COOLING_STEPS).max(1), temperature);
            temperature *= cooling;
        }
        self.return_to_best();
        self.pinned.fill(false);
        (self.never_lowers, self.kept_free, self.is_fresh) = (false, 0, false);
    }

    /// Leaves in the arena the blocks that it costs at most `reach` to give to the school that is cheapest but for their
    /// own, prices of seats included.
    fn pin_all_but_contested(&mut self, reach: f64) {
        let Search { problem, state, prices, arena, pinned, .. } = self;
        pinned.fill(true);
        arena.retain(|block| {
            let block = *block as usize;
            let paid = |school: usize| problem.millimetres(block, school) + prices[school];
            let own = usize::from(state.school_of(block));
            let others = (0..problem.school_count()).filter(|school| *school != own);
            let dearer = others.map(paid).min().map_or(f64::INFINITY, |least| (least - paid(own)).max(0) as f64);
            pinned[block] = dearer * (problem.pupils[block].max(1) * PUPIL_WEIGHT) as f64 > reach;
            !pinned[block]
        });
        self.best.clear();
        self.best.extend(self.arena.iter().map(|block| self.state.school_of(*block as usize)));
        self.open_fronts();
    }

    /// The best scheme so far.
    pub(super) fn found(&self) -> Found {
        Found { breach: self.best_breach, cost: self.best_cost, school_of: self.state.schools_of().to_vec() }
    }

    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.random.next_u64()) * bound as u128) >> 64) as usize
    }

    /// A neighbour of a block that has any.
    fn random_neighbour(&mut self, block: usize) -> usize {
        let problem = self.problem;
        let neighbours = problem.neighbours(block);
        neighbours[self.below(neighbours.len())] as usize
    }

    /// Lets only the free blocks of `schools` move, and only between them.
    fn open_arena(&mut self, schools: &[u16]) {
        for school in std::mem::take(&mut self.schools) {
            self.inside[usize::from(school)] = false;
        }
        self.arena.clear();
        for school in schools {
            self.inside[usize::from(*school)] = true;
            let free =
                self.state.members_of(*school).iter().filter(|block| self.problem.tied[**block as usize] == NONE);
            self.arena.extend(free);
        }
        self.schools.extend_from_slice(schools);
        self.best.clear();
        self.best.extend(self.arena.iter().map(|block| self.state.school_of(*block as usize)));
        self.open_fronts();
    }

    fn open_fronts(&mut self) {
        self.fronts.clear();
        for position in 0..self.arena.len() {
            self.renew_fronts(self.arena[position] as usize);
        }
    }

    /// To be called when a block has moved, or may move from now on.
    fn renew_fronts(&mut self, block: usize) {
        let Search { problem, state, inside, pinned, fronts, .. } = self;
        let may_move = |block: usize| problem.tied[block] == NONE && !pinned[block];
        fronts.renew(problem, state, block, may_move, |school| school != NONE && inside[usize::from(school)]);
    }

    /// The fronts as a count from nothing finds them, ascending.
    fn fronts_afresh(&self) -> Vec<u32> {
        let mut fronts = Vec::new();
        for block in self.arena.iter().map(|block| *block as usize).filter(|block| !self.pinned[*block]) {
            let own = self.state.school_of(block);
            for (step, other) in self.problem.neighbours(block).iter().enumerate() {
                let theirs = self.state.school_of(*other as usize);
                if theirs != own && self.may_take(theirs) && !self.problem.waived[*other as usize] {
                    fronts.push(self.problem.first_neighbour(block) + step as u32);
                }
            }
        }
        fronts.sort_unstable();
        fronts
    }

    /// Gives a block to a school for good.
    fn give(&mut self, block: usize, school: u16) {
        self.state.apply(block, school);
        self.renew_fronts(block);
    }

    /// A few schools whose catchments hang together, around a random one; around an over-full one while there is any.
    fn random_cluster(&mut self) -> Vec<u16> {
        let mut seed = self.below(self.problem.school_count());
        if self.best_breach > 0 {
            let count = self.problem.school_count();
            let is_over = |school: &usize| self.state.breach_of_school(*school as u16) > 0;
            seed = (0..count).map(|step| (seed + step) % count).find(is_over).unwrap_or(seed);
        }
        let wanted = 2 + self.below(LARGEST_CLUSTER - 1);
        let mut cluster = vec![seed as u16];
        for _ in 0..8 * LARGEST_CLUSTER {
            if cluster.len() == wanted {
                break;
            }
            let from = cluster[self.below(cluster.len())];
            let border = self.state.border_of(from).len();
            if border == 0 {
                continue;
            }
            let position = self.below(border);
            let block = self.state.border_of(from)[position] as usize;
            let neighbour = self.random_neighbour(block);
            let school = self.state.school_of(neighbour);
            if school != NONE && !cluster.contains(&school) {
                cluster.push(school);
            }
        }
        cluster
    }

    /// Grows the catchments of the arena afresh from their homes, along disturbed prices.
    fn grow_afresh(&mut self, cluster: &[u16]) {
        let pupils: i64 = self.problem.pupils.iter().sum::<i64>().max(1);
        let mean = self.state.cost() / (pupils * PUPIL_WEIGHT);
        let share = |random: &mut Xoshiro256PlusPlus| (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let reach = DISTURBANCE * share(&mut self.random) * mean as f64;
        let disturbed: Vec<(u16, i64)> = cluster
            .iter()
            .map(|school| {
                let by = reach * (2.0 * share(&mut self.random) - 1.0);
                (*school, self.prices[usize::from(*school)] + by as i64)
            })
            .collect();
        let Search { problem, growth, state, arena, .. } = self;
        growth.grow(problem, &disturbed, arena, &[], |block, school| {
            if state.school_of(block) != school {
                state.apply(block, school);
            }
        });
        self.open_fronts();
    }

    /// Cools the arena down in steps.
    fn anneal(&mut self, cooling: &Cooling, proposals: u64, watch: &Watch) {
        let typical = self.typical_change();
        let per_step = (proposals / COOLING_STEPS).max(1);
        let factor = (cooling.last / cooling.first).powf(1.0 / COOLING_STEPS as f64);
        let mut temperature = cooling.first * typical;
        for step in 0..COOLING_STEPS {
            self.propose(per_step, temperature);
            temperature *= factor;
            if self.collects && step >= COLLECT_FROM {
                self.collect();
            }
            if watch.is_over() {
                break;
            }
        }
    }

    /// The mean change of weighted distance over random moves.
    fn typical_change(&mut self) -> f64 {
        let (mut sum, mut count) = (0.0, 0);
        for _ in 0..512 {
            if let Some((block, school)) = self.random_move() {
                sum += self.state.cost_of_move(block, school).abs() as f64;
                count += 1;
            }
        }
        if count == 0 { 1.0 } else { sum / f64::from(count) }
    }

    /// Puts the arena's blocks back to where the best scheme has them.
    fn return_to_best(&mut self) {
        for position in 0..self.arena.len() {
            let block = self.arena[position] as usize;
            if self.state.school_of(block) != self.best[position] {
                self.give(block, self.best[position]);
            }
        }
        self.returns += 1;
        if cfg!(debug_assertions) && self.returns % CHECKED == 1 {
            assert!(self.state.agrees_with_itself(), "moves and their deltas agree with a fresh count");
            assert_eq!(self.fronts.sorted(), self.fronts_afresh(), "fronts are kept up to date");
            assert_eq!((self.state.breach(), self.state.cost()), (self.best_breach, self.best_cost));
        }
    }

    fn note_best(&mut self) {
        if (self.state.breach(), self.state.cost()) < (self.best_breach, self.best_cost) {
            (self.best_breach, self.best_cost) = (self.state.breach(), self.state.cost());
            for (slot, block) in self.best.iter_mut().zip(&self.arena) {
                *slot = self.state.school_of(*block as usize);
            }
        }
    }
}
