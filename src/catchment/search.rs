//! The search: simulated annealing on catchment borders with seats priced per school.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::Watch;
use super::problem::{NONE, PUPIL_WEIGHT, Problem};
use super::state::State;

/// What one run of the search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Pupils above seats.
    pub(super) overload: i64,
    /// Weighted distance.
    pub(super) cost: i64,
    /// The school of each block.
    pub(super) school_of: Vec<u16>,
}

/// Temperatures as multiples of the typical change a move makes.
const FIRST_TEMPERATURE: f64 = 0.5;
const LAST_TEMPERATURE: f64 = 0.002;

/// Steps in which the temperature falls.
const COOLING_STEPS: u64 = 512;

/// Anneals from `start` for `proposals` proposed moves, or until the watch says stop.
///
/// Moves: a block to a neighbouring school; two blocks exchanged between neighbouring schools; a block to a neighbour
/// that passes another block on to a third. Every move keeps catchments contiguous. A pupil above the seats of a school
/// costs what the school charges, which rises while the school is over-full and sinks while it is not, so that the
/// search may pass through over-full schemes on its way. The best scheme seen is returned: least overload, then least
/// distance.
///
/// Deterministic in `seed` while the watch does not stop it.
///
/// # Reference
/// S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by simulated annealing. Science 220, 1983.
/// doi:10.1126/science.220.4598.671
pub(super) fn anneal(problem: &Problem, start: Vec<u16>, seed: u64, proposals: u64, watch: &Watch) -> Found {
    let mut search = Search::new(problem, start, seed);
    let typical = search.typical_change();
    let per_step = (proposals / COOLING_STEPS).max(1);
    let cooling = (LAST_TEMPERATURE / FIRST_TEMPERATURE).powf(1.0 / COOLING_STEPS as f64);
    search.temperature = FIRST_TEMPERATURE * typical;
    for _ in 0..COOLING_STEPS {
        if !search.propose(per_step, watch) {
            break;
        }
        search.temperature *= cooling;
    }
    // Seats are hard: a run that ends over-full goes on, cold, while the charges rise.
    for _ in 0..COOLING_STEPS {
        if search.record.best_overload == 0 || !search.propose(per_step.min(1 << 16), watch) {
            break;
        }
    }
    search.record.into_found()
}

struct Search<'a> {
    problem: &'a Problem,
    state: State<'a>,
    /// What each school charges for a pupil above its seats.
    charge: Vec<i64>,
    overload: i64,
    temperature: f64,
    random: Xoshiro256PlusPlus,
    /// −ln of evenly spread numbers in (0, 1): thresholds of acceptance without a logarithm per proposal.
    thresholds: Vec<f64>,
    record: Record,
    least_charge: i64,
    most_charge: i64,
}

/// Proposals between two adjustments of the charges, per block.
const PROPOSALS_PER_ADJUSTMENT: u64 = 2;

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, start: Vec<u16>, seed: u64) -> Search<'a> {
        let state = State::new(problem, start);
        let overload = state.overload();
        let pupils: i64 = problem.pupils.iter().sum::<i64>().max(1);
        // A pupil above the seats costs about as much as the mean way to school, to begin with.
        let mean = (state.cost() / pupils).max(PUPIL_WEIGHT);
        let record = Record::new(state.schools_of().to_vec(), overload, state.cost());
        Search {
            problem,
            charge: vec![mean; problem.school_count()],
            overload,
            temperature: 0.0,
            random: Xoshiro256PlusPlus::seed_from_u64(seed),
            thresholds: (0..4096).map(|step| -((f64::from(step) + 0.5) / 4096.0).ln()).collect(),
            record,
            least_charge: (mean / 64).max(1),
            most_charge: mean.saturating_mul(256),
            state,
        }
    }

    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.random.next_u64()) * bound as u128) >> 64) as usize
    }

    /// The mean change of weighted distance over moves of random border blocks to a random neighbour.
    fn typical_change(&mut self) -> f64 {
        let (mut sum, mut count) = (0.0, 0);
        for _ in 0..4096 {
            if let Some((block, school)) = self.random_move() {
                sum += self.state.cost_of_move(block, school).abs() as f64;
                count += 1;
            }
        }
        if count == 0 { 1.0 } else { sum / f64::from(count) }
    }

    /// A free block with a foreign neighbour, and the school of one such neighbour.
    fn random_move(&mut self) -> Option<(usize, u16)> {
        let block = self.below(self.problem.block_count());
        if !self.state.is_border(block) || self.problem.tied[block] != NONE {
            return None;
        }
        let neighbours = self.problem.neighbours(block);
        let neighbour = neighbours[self.below(neighbours.len())] as usize;
        let school = self.state.school_of(neighbour);
        let foreign = school != self.state.school_of(block) && !self.problem.waived[neighbour] && school != NONE;
        foreign.then_some((block, school))
    }

    /// What the school charges for its overload after `change` more pupils, less what it charges now; and by how much
    /// its overload grows.
    fn charge_of(&self, school: u16, change: i64) -> (i64, i64) {
        let load = self.state.load(school);
        let seats = self.problem.seats[usize::from(school)];
        let grows = (load + change - seats).max(0) - (load - seats).max(0);
        (grows * self.charge[usize::from(school)], grows)
    }

    fn accepts(&mut self, change: i64) -> bool {
        change <= 0 || (change as f64) < self.temperature * self.thresholds[(self.random.next_u64() >> 52) as usize]
    }

    /// Proposes `count` moves; `false` where the watch said stop.
    fn propose(&mut self, count: u64, watch: &Watch) -> bool {
        let adjustment = (self.problem.block_count() as u64 * PROPOSALS_PER_ADJUSTMENT).max(256);
        let mut left = count;
        while left > 0 {
            let stretch = left.min(adjustment);
            for _ in 0..stretch {
                self.propose_one();
            }
            left -= stretch;
            self.adjust_charges();
            if watch.is_over() {
                return false;
            }
        }
        true
    }

    fn adjust_charges(&mut self) {
        for school in 0..self.charge.len() {
            let over = self.state.load(school as u16) > self.problem.seats[school];
            let charge = self.charge[school];
            self.charge[school] = if over {
                (charge + charge / 64 + 1).min(self.most_charge)
            } else {
                (charge - charge / 1024).max(self.least_charge)
            };
        }
    }

    fn propose_one(&mut self) {
        let Some((block, to)) = self.random_move() else { return };
        match self.random.next_u64() >> 61 {
            0..=3 => self.propose_shift(block, to),
            4..=5 => self.propose_pair(block, to, true),
            _ => self.propose_pair(block, to, false),
        }
    }

    fn propose_shift(&mut self, block: usize, to: u16) {
        let from = self.state.school_of(block);
        let pupils = self.problem.pupils[block];
        let (leaving, fewer) = self.charge_of(from, -pupils);
        let (arriving, more) = self.charge_of(to, pupils);
        let change = self.state.cost_of_move(block, to) + leaving + arriving;
        if self.accepts(change) && self.state.can_leave(block) {
            self.state.apply(block, to);
            self.overload += fewer + more;
            self.record.moved(&[(block as u32, to)], self.overload, &self.state);
        }
    }

    /// `block` goes to `to`, and a border block of `to` goes back to where `block` was, or on to a third school.
    fn propose_pair(&mut self, block: usize, to: u16, back: bool) {
        let from = self.state.school_of(block);
        let candidates = self.state.border_of(to);
        if candidates.is_empty() {
            return;
        }
        let count = candidates.len();
        let pick = self.below(count);
        let other = self.state.border_of(to)[pick] as usize;
        if other == block || self.problem.tied[other] != NONE {
            return;
        }
        let onward = if back {
            from
        } else {
            let neighbours = self.problem.neighbours(other);
            let neighbour = neighbours[self.below(neighbours.len())] as usize;
            let school = self.state.school_of(neighbour);
            if school == to || school == NONE || self.problem.waived[neighbour] {
                return;
            }
            school
        };
        if !self.state.borders(other, onward, block) {
            return;
        }
        let (pupils, others) = (self.problem.pupils[block], self.problem.pupils[other]);
        let mut change = self.state.cost_of_move(block, to) + self.state.cost_of_move(other, onward);
        let mut grows = 0;
        let mut add = |charge: (i64, i64)| {
            change += charge.0;
            grows += charge.1;
        };
        add(self.charge_of(to, pupils - others));
        if onward == from {
            add(self.charge_of(from, others - pupils));
        } else {
            add(self.charge_of(from, -pupils));
            add(self.charge_of(onward, others));
        }
        if !self.accepts(change) || !self.state.can_leave(block) {
            return;
        }
        self.state.apply(block, to);
        if self.state.can_leave(other) && self.state.borders(other, onward, other) {
            self.state.apply(other, onward);
            self.overload += grows;
            self.record.moved(&[(block as u32, to), (other as u32, onward)], self.overload, &self.state);
        } else {
            self.state.apply(block, from);
        }
    }
}

/// The best assignment seen, without copying it each time it is bettered: a copy from some time ago and the moves since.
struct Record {
    base: Vec<u16>,
    moves: Vec<(u32, u16)>,
    /// How many of `moves` lead from `base` to the best; `None` where `best` holds it.
    best_after: Option<usize>,
    best: Vec<u16>,
    best_overload: i64,
    best_cost: i64,
}

impl Record {
    fn new(start: Vec<u16>, overload: i64, cost: i64) -> Record {
        Record {
            best: start.clone(),
            base: start,
            moves: Vec::new(),
            best_after: None,
            best_overload: overload,
            best_cost: cost,
        }
    }

    fn moved(&mut self, moves: &[(u32, u16)], overload: i64, state: &State<'_>) {
        self.moves.extend_from_slice(moves);
        if (overload, state.cost()) < (self.best_overload, self.best_cost) {
            (self.best_overload, self.best_cost) = (overload, state.cost());
            self.best_after = Some(self.moves.len());
        }
        if self.moves.len() >= 4 * self.base.len().max(64) {
            self.settle();
            self.base.copy_from_slice(state.schools_of());
            self.moves.clear();
        }
    }

    /// Writes the best out of the moves into its own copy.
    fn settle(&mut self) {
        if let Some(count) = self.best_after.take() {
            self.best.clone_from(&self.base);
            for (block, school) in &self.moves[..count] {
                self.best[*block as usize] = *school;
            }
        }
    }

    fn into_found(mut self) -> Found {
        self.settle();
        Found { overload: self.best_overload, cost: self.best_cost, school_of: self.best }
    }
}
