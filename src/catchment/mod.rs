//! Blocks to schools: each block whole to one school, seats hard, catchments contiguous, pupils' ways shortest.
//!
//! In order: prices and a bound (`price`), a contiguous start grown along them (`growth`), annealing on the borders
//! (`search`) over an assignment that answers moves in constant time (`state`). [`plan`] reads like this list.

mod bound;
mod growth;
mod price;
mod problem;
mod search;
mod state;
mod watch;

pub use bound::{Bound, Cut, Proof, Worths};
pub use watch::{Stop, Watch};

use rayon::prelude::*;

use crate::model::settings::Effort;
use crate::model::{Catchments, County, Stage};
use crate::space::Ground;
use price::Prices;
use problem::{NONE, Problem};
use search::{Found, Search};

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
    let nothing = Prices { pupil_millimetres: 0, prices: Vec::new() };
    let prices_of =
        |problem: &Problem| if problem.school_count() > 0 { price::bound(problem) } else { nothing.clone() };
    let priced = prices_of(&problem);
    let mut best = Found { overload: 0, cost: 0, school_of: vec![NONE; problem.block_count()] };
    if problem.school_count() > 0 {
        let start = growth::start(&mut problem, &priced.prices);
        let searching = Parameters { watch: parameters.watch.for_share(SHARE_OF_SEARCH), ..parameters.clone() };
        best = best_of_runs(&problem, &start, &priced.prices, &searching);
    }
    let blocks = county.blocks.len();
    let bound = |copy: usize, stage: Stage| {
        let kept = value_kept(&problem, &best, copy * blocks..(copy + 1) * blocks);
        let watch = parameters.watch.for_first_of(stages.len() - copy);
        if stages.len() == 1 {
            return bound::improve(&problem, stage, priced.clone(), kept, parameters.effort, &watch);
        }
        let alone = Problem::of(county, ground, &[stage]);
        let priced = prices_of(&alone);
        bound::improve(&alone, stage, priced, kept, parameters.effort, &watch)
    };
    stages
        .iter()
        .enumerate()
        .map(|(copy, stage)| Outcome {
            catchments: Catchments {
                stage: *stage,
                school_of: best.school_of[copy * blocks..(copy + 1) * blocks]
                    .iter()
                    .map(|school| (*school != NONE).then(|| problem.schools[usize::from(*school)]))
                    .collect(),
            },
            bound: bound(copy, *stage),
            stop: parameters.watch.stop(),
        })
        .collect()
}

/// The pupil-millimetres of some blocks of a scheme, where it keeps the seats and gives each of them a school.
fn value_kept(problem: &Problem, found: &Found, blocks: std::ops::Range<usize>) -> Option<i64> {
    let cost = |block: usize| match found.school_of[block] {
        NONE => None,
        school => problem.linear_cost(block, usize::from(school)),
    };
    if found.overload == 0 { blocks.map(cost).sum() } else { None }
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
