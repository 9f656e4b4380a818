//! Blocks to schools: each block whole to one school, seats hard, catchments contiguous, pupils' ways shortest.
//!
//! In order: prices and a bound (`price`), a contiguous start grown along them (`growth`), annealing on the borders
//! (`search`) over an assignment that answers moves in constant time (`state`). [`plan`] reads like this list.

mod bound;
mod demand;
mod growth;
mod price;
mod problem;
mod repair;
mod search;
mod state;
mod watch;
mod zone;

pub use bound::{Bound, Proof};
pub use watch::{Stop, Watch};

use rayon::prelude::*;

use crate::model::settings::Effort;
use crate::model::{Catchments, County, Stage};
use crate::space::Ground;
use price::Prices;
use problem::{NONE, Problem};
use search::{Found, Search};
use zone::Rounds;

/// How to plan the catchments of one stage.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// The seed of all random choices.
    pub seed: u64,
    /// How much work to do.
    pub effort: Effort,
    /// When to stop early.
    pub watch: Watch,
}

impl Default for Parameters {
    fn default() -> Parameters {
        Parameters { seed: 1, effort: Effort::Standard, watch: Watch::default() }
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
pub fn plan(county: &County, ground: &Ground, stage: Stage, parameters: &Parameters) -> Outcome {
    plan_together(county, ground, &[stage], parameters).pop().expect("one stage has one outcome")
}

/// Plans the catchments of stages at once, so that seats a school shares between them are filled from both as is best;
/// one outcome a stage, in their order. [`County::stages_together`] says which stages need it.
///
/// Each outcome has a bound of its own, which lets its stage have all shared seats. Otherwise as [`plan`].
///
/// # Errors
/// None; as [`plan`].
#[must_use]
pub fn plan_together(county: &County, ground: &Ground, stages: &[Stage], parameters: &Parameters) -> Vec<Outcome> {
    let mut problem = Problem::of(county, ground, stages);
    let mut school_of = vec![NONE; problem.block_count()];
    let mut priced = Prices::none();
    if problem.school_count() > 0 {
        priced = price::bound(&problem);
        let start = growth::start(&mut problem, &priced);
        school_of = match Rounds::of(&problem, parameters.effort) {
            Some(rounds) => zone::improve(&problem, start, &priced.prices, rounds, parameters.seed, &parameters.watch),
            None => best_of_runs(&problem, &start, &priced.prices, parameters).school_of,
        };
    }
    let bound = |stage: Stage| {
        let (priced, schools) = if let [_] = stages {
            (priced.clone(), problem.schools.clone())
        } else {
            let alone = Problem::of(county, ground, &[stage]);
            let priced = if alone.school_count() == 0 { Prices::none() } else { price::bound(&alone) };
            (priced, alone.schools)
        };
        let Prices { pupil_millimetres, prices, .. } = priced;
        Bound { stage, pupil_millimetres, schools, proof: Proof::Prices(prices) }
    };
    let blocks = county.blocks.len();
    stages
        .iter()
        .enumerate()
        .map(|(copy, stage)| Outcome {
            catchments: Catchments {
                stage: *stage,
                school_of: school_of[copy * blocks..(copy + 1) * blocks]
                    .iter()
                    .map(|school| (*school != NONE).then(|| problem.schools[usize::from(*school)]))
                    .collect(),
            },
            bound: bound(*stage),
            stop: parameters.watch.stop(),
        })
        .collect()
}

/// The best of several searches: least overload, then least cost, then the earliest seed.
///
/// A scheme that keeps the seats is worth more than the time: where there may be one and none is found, the searches go
/// on for it, up to [`PATIENCE`] times their work.
fn best_of_runs(problem: &Problem, start: &[u16], prices: &[i64], parameters: &Parameters) -> Found {
    let proposals = proposals(problem.block_count() as u64, parameters.effort) / RUNS;
    let mut searches: Vec<Search<'_>> = (0..RUNS)
        .map(|run| {
            let seed = parameters.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(run);
            Search::new(problem, start.to_vec(), prices, seed)
        })
        .collect();
    let mut portions = if problem.seats_may_suffice() { PATIENCE } else { 1 };
    loop {
        parameters.watch.plan_work(proposals * RUNS);
        searches.par_iter_mut().for_each(|search| search.work(proposals, &parameters.watch));
        let best = searches
            .iter()
            .map(Search::found)
            .min_by_key(|found| (found.overload, found.cost))
            .expect("there is at least one run");
        portions -= 1;
        if best.overload == 0 || portions == 0 || parameters.watch.is_over() {
            return best;
        }
    }
}

/// Moves proposed however few blocks there are: a moment's work.
const LEAST_PROPOSALS: u64 = 400_000;

/// Moves to propose in all runs together.
///
/// Counties get enough to anneal thoroughly, large ones at least a share per block; villages, whose schemes are few, what
/// grows with the square of their blocks.
fn proposals(blocks: u64, effort: Effort) -> u64 {
    let county = (120_000_000_000 / blocks.max(1)).clamp(12_000_000, 150_000_000).max(24 * blocks);
    let standard = county.min(3_000 * blocks * blocks);
    let work = match effort {
        Effort::Quick => standard / 10,
        Effort::Standard => standard,
        Effort::Thorough => standard * 10,
    };
    work.max(LEAST_PROPOSALS)
}
