//! Blocks to schools: each block whole to one school, seats hard, catchments contiguous, pupils' ways shortest.
//!
//! In order: prices and a bound (`price`), a contiguous start grown along them (`growth`), annealing on the borders
//! (`search`, its moves drawn from `front`) over an assignment that answers moves in constant time (`state`), catchments put
//! together anew (`partition`), and a better bound (`bound`). Large counties are searched zone by zone (`zone`, `chain`).
//! [`plan`] reads like this list.

mod apart;
mod bound;
mod chain;
mod demand;
mod front;
mod growth;
mod partition;
mod pool;
mod price;
mod problem;
mod search;
mod state;
mod terms;
mod watch;
mod zone;

pub use bound::{Bound, Cut, Proof, Worths};
pub use watch::{Standing, Stop, Watch};

use rayon::prelude::*;

use crate::measure::DistrictLines;
use crate::model::settings::{Effort, Settings};
use crate::model::{Catchments, County, Stage};
use crate::space::Ground;
use partition::Partition;
use pool::Pool;
use price::Prices;
use problem::{IN_ZONES, NONE, Problem};
use search::{Found, Search};
use zone::Rounds;

/// How to plan the catchments of one stage.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// The seed of all random choices.
    pub seed: u64,
    /// How much work to do; absent: the standard, or what a time limit allows.
    pub effort: Option<Effort>,
    /// When to stop early.
    pub watch: Watch,
}

impl Default for Parameters {
    fn default() -> Parameters {
        Parameters { seed: 1, effort: None, watch: Watch::default() }
    }
}

/// What planning one stage gives.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The catchments.
    pub catchments: Catchments,
    /// The bound with its proof; the gap to it is for [`crate::measure`] to compute.
    pub bound: Bound,
    /// Why the search ended early, if so.
    pub stop: Option<Stop>,
}

/// The share of a time limit that goes to the search; the rest is for the bound.
const SHARE_OF_SEARCH: f64 = 0.75;

/// Runs of the search from one start, with different seeds; even, so that two threads share them.
const RUNS: u64 = 4;

/// How many portions of work the searches get while their best scheme is over-full.
const PATIENCE: u64 = 8;

/// Plans the catchments of one stage.
///
/// Where no scheme keeps all seats, the one with the least overload found is returned; [`crate::measure`] says by how
/// much and where.
///
/// Deterministic: same county, ground, seed and effort give the same result for any number of threads, unless the
/// watch stops the search.
///
/// # Errors
/// None; a county without schools or blocks of this stage yields catchments without schools.
///
/// # Panics
/// Never: a stage has an outcome.
#[must_use]
pub fn plan(county: &County, ground: &Ground, stage: Stage, settings: &Settings, parameters: &Parameters) -> Outcome {
    plan_together(county, ground, &[stage], settings, parameters).pop().expect("one stage has one outcome")
}

/// Plans the catchments of stages at once, so that seats a school shares between them are filled from both as is best;
/// one outcome a stage, in their order. [`County::stages_together`] says which stages need it.
///
/// Each outcome has a bound of its own, which lets its stage have all shared seats. Otherwise as [`plan`].
///
/// # Errors
/// None; as [`plan`].
#[must_use]
pub fn plan_together(
    county: &County,
    ground: &Ground,
    stages: &[Stage],
    settings: &Settings,
    parameters: &Parameters,
) -> Vec<Outcome> {
    let mut problem = Problem::of(county, ground, stages, settings);
    let priced = prices_of(&problem);
    let searching = Parameters { watch: parameters.watch.for_share(SHARE_OF_SEARCH), ..parameters.clone() };
    searching.watch.report_bound(priced.pupil_millimetres);
    let best = best_scheme(&mut problem, &priced, &searching);
    let stop = searching.watch.stop();
    let blocks = county.blocks.len();
    let bound = |copy: usize, stage: Stage| {
        let kept = value_kept(&problem, &best, copy * blocks..(copy + 1) * blocks);
        let watch = parameters.watch.for_first_of(stages.len() - copy);
        if stages.len() == 1 {
            return bound::improve(&problem, stage, priced.clone(), kept, parameters.effort, &watch);
        }
        let alone = Problem::of(county, ground, &[stage], settings);
        let priced = prices_of(&alone);
        bound::improve(&alone, stage, priced, kept, parameters.effort, &watch)
    };
    stages
        .iter()
        .enumerate()
        .map(|(copy, stage)| Outcome {
            catchments: catchments_of(&problem, &best, *stage, copy * blocks..(copy + 1) * blocks),
            bound: bound(copy, *stage),
            stop,
        })
        .collect()
}

/// Plans stages anew so that every block stays within the lines of its district, in those that have any; no bound is sought
/// for it, since that of the plan without lines holds for it as well. One list a stage, in their order, and why the search
/// ended early, if so.
///
/// Lines are a hard rule like seats: where a district has too few of them, the scheme found breaks the rules by the fewest
/// pupils. Otherwise as [`plan_together`].
///
/// # Errors
/// None; as [`plan`].
#[must_use]
pub fn plan_within(
    county: &County,
    ground: &Ground,
    stages: &[Stage],
    lines: &[DistrictLines],
    settings: &Settings,
    parameters: &Parameters,
) -> (Vec<Catchments>, Option<Stop>) {
    let mut problem = Problem::within(county, ground, stages, settings, lines);
    let priced = prices_of(&problem);
    let best = best_within(&mut problem, &priced, parameters);
    let blocks = county.blocks.len();
    let copies = stages.iter().enumerate();
    let of_stage =
        copies.map(|(copy, stage)| catchments_of(&problem, &best, *stage, copy * blocks..(copy + 1) * blocks));
    (of_stage.collect(), parameters.watch.stop())
}

fn prices_of(problem: &Problem) -> Prices {
    if problem.school_count() > 0 { price::bound(problem) } else { Prices::none() }
}

/// The best scheme found by what suits the size of a problem.
fn best_scheme(problem: &mut Problem, priced: &Prices, parameters: &Parameters) -> Found {
    if problem.school_count() == 0 {
        return Found { breach: 0, cost: 0, school_of: vec![NONE; problem.block_count()] };
    }
    let start = growth::start(problem, priced);
    improved(problem, start, priced, parameters, 1.0)
}

/// The best scheme found from a start, with a `share` of the work a whole county gets.
fn improved(problem: &Problem, start: Vec<u16>, priced: &Prices, parameters: &Parameters, share: f64) -> Found {
    match Rounds::of(problem, parameters) {
        Some(rounds) => {
            let watch = &parameters.watch;
            Found::of(problem, zone::improve(problem, start, &priced.prices, rounds, parameters.seed, watch))
        }
        None => best_of_runs(problem, &start, &priced.prices, parameters, share),
    }
}

/// The best scheme found within lines of districts: of each part that they cut out by itself, where they do. Blocks that no line
/// binds are then moved over the lines of others where that is better, in counties that are searched as a whole.
fn best_within(problem: &mut Problem, priced: &Prices, parameters: &Parameters) -> Found {
    let start = growth::start(problem, priced);
    let Some(parts) = apart::parts(problem, &start) else {
        return improved(problem, start, priced, parameters, 1.0);
    };
    let places = apart::places(&parts, problem.block_count());
    let mut school_of = start.clone();
    parameters.watch.plan_work(problem.block_count() as u64);
    for (position, part) in parts.iter().enumerate() {
        let mut own = problem.zone(&part.schools, &part.blocks, &places, &start);
        let watch = parameters.watch.for_part(parts.len() - position);
        let within = Parameters { watch, ..parameters.clone() };
        let priced = prices_of(&own);
        let start = growth::start(&mut own, &priced);
        let share = part.blocks.len() as f64 / problem.block_count() as f64;
        let found = improved(&own, start, &priced, &within, share);
        for (block, school) in part.blocks.iter().zip(found.school_of) {
            school_of[*block as usize] = if school == NONE { NONE } else { part.schools[usize::from(school)] };
        }
        parameters.watch.count_work(part.blocks.len() as u64);
    }
    if problem.terms.has_unbound_blocks() && problem.block_count() <= IN_ZONES {
        return best_of_runs(problem, &school_of, &priced.prices, parameters, 1.0);
    }
    Found::of(problem, school_of)
}

/// The catchments of one stage: the schools of its copy of the blocks.
fn catchments_of(problem: &Problem, found: &Found, stage: Stage, copy: std::ops::Range<usize>) -> Catchments {
    let school = |school: &u16| (*school != NONE).then(|| problem.schools[usize::from(*school)]);
    Catchments { stage, school_of: found.school_of[copy].iter().map(school).collect() }
}

/// The pupil-millimetres of some blocks of a scheme, where it keeps the seats and gives each of them a school.
fn value_kept(problem: &Problem, found: &Found, blocks: std::ops::Range<usize>) -> Option<i64> {
    let cost = |block: usize| match found.school_of[block] {
        NONE => None,
        school => problem.linear_cost(block, usize::from(school)),
    };
    if found.breach == 0 { blocks.map(cost).sum() } else { None }
}

/// The best of several searches: least breach of hard rules, then least cost, then the earliest seed.
///
/// The searches work in rounds. After each, ways are shortened along chains of schools (`chain`), and the catchments they
/// have come by are put together anew (`partition`); the
/// first search goes on from the best scheme known, the others from their own, so that they stay different, and from the
/// start again when they have long found nothing better. A scheme that keeps the hard rules is worth more than the time:
/// where there may be one and none is found, the searches go on for it, up to [`PATIENCE`] times their work.
fn best_of_runs(problem: &Problem, start: &[u16], prices: &[i64], parameters: &Parameters, share: f64) -> Found {
    let work = Work::of(problem, parameters, share);
    let mut searches: Vec<Search<'_>> = (0..RUNS)
        .map(|run| {
            let seed = parameters.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(run);
            Search::new(
                problem,
                start.to_vec(),
                prices,
                seed,
                work.whole,
                [&search::WARM, &search::HOT][run as usize % 2],
            )
        })
        .collect();
    let mut pool = Pool::new(problem);
    let mut partition = Partition::new(problem, start, prices, parameters.seed);
    let mut best = searches[0].found();
    let mut stale = [0; RUNS as usize];
    let mut round = 0;
    parameters.watch.plan_work(work.of_round * RUNS * work.rounds);
    loop {
        let before: Vec<(i64, i64)> = searches.iter().map(Search::value).collect();
        searches.par_iter_mut().for_each(|search| {
            search.work(work.of_round, &parameters.watch);
            search.shorten();
        });
        for search in &mut searches {
            if search.value() < (best.breach, best.cost) {
                best = search.found();
            }
            pool.take_over(&mut search.pool);
        }
        partition.improve(&mut pool, &mut best, work.of_round * RUNS, &parameters.watch);
        best = best.shortened(problem, prices).unwrap_or(best);
        parameters.watch.report(best.breach, best.cost / problem::PUPIL_WEIGHT);
        round += 1;
        let is_patient = best.breach > 0 && problem.seats_may_suffice() && round < PATIENCE * work.rounds;
        if parameters.watch.is_over() || (round >= work.rounds && !is_patient) {
            return best;
        }
        for (run, search) in searches.iter_mut().enumerate() {
            stale[run] = if search.value() < before[run] { 0 } else { stale[run] + 1 };
            if (best.breach, best.cost) < search.value() && run == 0 {
                search.turn_to(best.school_of.clone(), false);
            } else if run > 0 && stale[run] >= STALE {
                search.turn_to(start.to_vec(), true);
                stale[run] = 0;
            }
        }
    }
}

/// Rounds without anything better after which a search begins again.
const STALE: u32 = 4;

/// What the searches have to do.
struct Work {
    /// Moves each search proposes in a round.
    of_round: u64,
    rounds: u64,
    /// Moves each search proposes to the whole county before it turns to a few schools at a time.
    whole: u64,
}

/// Rounds of the standard effort.
const ROUNDS: u64 = 8;

/// How many times the standard work is done at most where only a time limit is given.
const MOST_TIMES: u64 = 40;

/// Moves all searches propose in a second on a slow machine: how a time limit is divided.
const PROPOSALS_A_SECOND: f64 = 8e6;

/// Moves proposed however few blocks there are: a moment's work.
const LEAST_PROPOSALS: u64 = 160_000;

/// The share of the standard work that goes to the whole county at most.
const SHARE_OF_WHOLE: f64 = 0.3;

/// Moves a search proposes at most in a round, and to the whole county, for each block: where there are few, it is soon
/// at an end of its own and begins again.
const MOST_A_ROUND: u64 = 4_000;
const MOST_WHOLE: u64 = 30_000;

impl Work {
    /// Counties get enough to anneal thoroughly, large ones at least a share per block; villages, whose schemes are few,
    /// what grows with the square of their blocks.
    /// A part of a county gets its `share` of what the whole gets.
    fn of(problem: &Problem, parameters: &Parameters, share: f64) -> Work {
        let blocks = problem.block_count() as u64;
        let whole = (blocks as f64 / share) as u64;
        let county = (48_000_000_000 / whole.max(1)).clamp(5_000_000, 60_000_000).max(10 * whole);
        let county = (county as f64 * share) as u64;
        let standard = county.min(1_200 * blocks * blocks).max(LEAST_PROPOSALS);
        let seconds = parameters.watch.seconds_left();
        let all = match (parameters.effort, seconds) {
            (Some(Effort::Quick), _) => (standard / 10).max(LEAST_PROPOSALS),
            (Some(Effort::Thorough), _) => standard * 10,
            (Some(Effort::Standard), _) | (None, None) => standard,
            (None, Some(_)) => standard * MOST_TIMES,
        };
        let within = seconds.map_or(u64::MAX, |seconds| (seconds * PROPOSALS_A_SECOND) as u64);
        let first = all.min(standard).min(within);
        let of_round = (first / ROUNDS / RUNS).min(MOST_A_ROUND * blocks).max(1);
        let whole = ((first as f64 * SHARE_OF_WHOLE) as u64 / RUNS).min(MOST_WHOLE * blocks);
        Work { of_round, rounds: (all / RUNS / of_round).max(1), whole }
    }
}
