//! The bound: what no scheme that keeps the hard rules can beat, and what proves it.
//!
//! A bound is a number and a proof. There are two forms of proof: prices of seats (`price`), and worths of blocks.
//! Either is a list of whole numbers from which anybody can compute the bound again, without knowing how they were
//! found; `xuequ verify` does.
//!
//! Prices let blocks be split, and know nothing of contiguity. Worths do not split: if every school were paid `u_i` for
//! taking block i, and could take whatever it liked within its seats, then for any scheme at all
//!
//! ```text
//! Σ cost  ≥  Σ_i u_i  −  Σ_j (the most school j could earn, payments less cost)
//! ```
//!
//! because in a scheme every block is paid for once, and no school earns more than the most. The most is a knapsack
//! (`knapsack`). Separators (`separator`) charge a school for a block it could not reach without others, and where
//! catchments are small the most is taken over connected sets only (`connected`). Worths and charges are found by
//! subgradient ascent (`ascent`).

mod ascent;
mod connected;
mod knapsack;
mod separator;
mod site;

use super::Watch;
use super::price::Prices;
use super::problem::Problem;
use crate::model::settings::Effort;
use crate::model::{BlockIndex, SchoolIndex, Stage};
use ascent::{Ascent, Climb};

/// A lower bound on the pupil-millimetres of schemes, with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The stage.
    pub stage: Stage,
    /// No scheme that keeps what the proof covers has fewer pupil-millimetres.
    pub pupil_millimetres: i64,
    /// The schools the proof speaks of, in order: the holders of the stage's catchments.
    pub schools: Vec<SchoolIndex>,
    /// What proves it.
    pub proof: Proof,
}

/// What proves a bound. Distances d are in whole millimetres, rounded down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The price of a seat at each school in millimetres, none below zero; covers seats and ties. The bound is
    /// Σ pupils · min over schools (d + price) − Σ seats · price.
    Prices(Vec<i64>),
    /// The worth of each block; covers contiguity as well.
    Worths(Worths),
}

/// Worths of blocks, and what schools cannot do. In pupil-millimetres.
///
/// With F the blocks a school has in any case (where it stands, and those locked to it), R the free blocks a way leads to
/// that is not heavier than its seats, and w = worth − pupils · d − charges on cuts of the block + charges on cuts it
/// stands between, the bound is Σ worths of free blocks + Σ over schools (cost of F − the greatest Σ w over subsets of R
/// that fit into the seats F leaves); for a school with a claim the claim stands in place of that greatest sum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worths {
    /// The worth of each block of the county, of any sign; what is said of tied blocks does not count.
    pub blocks: Vec<i64>,
    /// Blocks that cannot be reached without others, with charges.
    pub cuts: Vec<Cut>,
    /// For schools that have one, by position, a claim: no catchment of the school that hangs together within its seats
    /// has a greater Σ (worth − pupils · d) over its free blocks.
    pub claims: Vec<Option<i64>>,
}

/// A school that takes `block` takes one of `between` as well, or its way to it is heavier than its seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The position of the school in the bound's list.
    pub school: usize,
    /// The block.
    pub block: BlockIndex,
    /// The blocks that stand between, ascending.
    pub between: Vec<BlockIndex>,
    /// What the school is charged for the block and paid for each of those between; not below zero.
    pub charge: i64,
}

impl Bound {
    /// The bound in pupil-kilometres.
    #[must_use]
    pub fn pupil_kilometres(&self) -> f64 {
        self.pupil_millimetres as f64 / 1e6
    }
}

impl Proof {
    /// The name of the form in files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Proof::Prices(_) => "prices",
            Proof::Worths(_) => "worths",
        }
    }

    /// The hard rules a scheme must keep for the bound to hold for it, by their ids.
    #[must_use]
    pub const fn covers(&self) -> &'static [&'static str] {
        match self {
            Proof::Prices(_) => &["assigned", "seats", "locks"],
            Proof::Worths(_) => &["assigned", "seats", "contiguous", "locks"],
        }
    }
}

/// Counties of more pairs of blocks and schools keep the bound of their prices, which is tight where schools have
/// hundreds of blocks.
const MOST_PAIRS: usize = 4_000_000;

/// Schools that can reach more blocks are not asked for connected sets: the search would not come to an end.
const MOST_CONNECTED: usize = 640;

/// How much work is put into a bound.
struct Work {
    /// The gap to the found scheme, as a share of the bound, from which on the work is worth while.
    from_gap: f64,
    /// The gap from which on connected sets are, which cost more.
    connected_from_gap: f64,
    /// Steps of the first ascent, over knapsacks.
    steps: usize,
    /// Ascents over connected sets, and the steps of each.
    rounds: usize,
    connected_steps: usize,
    /// How many branches the search for a connected set may open in the first of them.
    branches: usize,
}

impl Work {
    /// With a time limit there is more to do than there is time, and the watch ends it.
    const fn of(effort: Effort, is_limited: bool) -> Work {
        match effort {
            _ if is_limited => Work {
                from_gap: 1e-4,
                connected_from_gap: 1e-4,
                steps: 3000,
                rounds: 12,
                connected_steps: 120,
                branches: 300,
            },
            Effort::Quick => {
                Work { from_gap: 5e-3, connected_from_gap: 1.0, steps: 300, rounds: 0, connected_steps: 0, branches: 0 }
            }
            Effort::Standard => Work {
                from_gap: 1e-3,
                connected_from_gap: 2e-3,
                steps: 1500,
                rounds: 1,
                connected_steps: 100,
                branches: 300,
            },
            Effort::Thorough => Work {
                from_gap: 1e-4,
                connected_from_gap: 1e-4,
                steps: 3000,
                rounds: 4,
                connected_steps: 200,
                branches: 300,
            },
        }
    }
}

/// The best bound that can be had for the work: that of the prices, or a better one of worths. `found` are the
/// pupil-millimetres of a scheme that keeps the hard rules, where there is one; the ascent aims at them.
///
/// Deterministic for any number of threads unless the watch stops it. Cost: steps × items of knapsacks, some
/// hundreds of steps per blocks × schools that can reach them; with connected sets, steps × schools × branches.
///
/// # Reference
/// Lagrangian relaxation: M. L. Fisher: The Lagrangian relaxation method for solving integer programming problems.
/// Management Science 27, 1981. doi:10.1287/mnsc.27.1.1. With cuts as they are found: A. Lucena: Non delayed
/// relax-and-cut algorithms. Annals of Operations Research 140, 2005. doi:10.1007/s10479-005-3977-1
pub(super) fn improve(
    problem: &Problem,
    stage: Stage,
    priced: Prices,
    found: Option<i64>,
    effort: Option<Effort>,
    watch: &Watch,
) -> Bound {
    let value = priced.pupil_millimetres;
    let bound = |value, proof| Bound { stage, pupil_millimetres: value, schools: problem.schools.clone(), proof };
    let work = Work::of(effort.unwrap_or_default(), watch.has_deadline());
    // Without a scheme the aim is a guess.
    let target = found.unwrap_or(value + value / 32);
    let gap_of = |proved: i64| (target - proved) as f64 / proved.max(1) as f64;
    // Where seats do not suffice, any bound holds for the schemes that keep them.
    let is_worth_while = gap_of(value) > work.from_gap && problem.seats_may_suffice();
    let is_small = problem.school_count() > 0 && problem.block_count() * problem.school_count() <= MOST_PAIRS;
    let largest = if is_worth_while && is_small { ascent::largest_worth(problem) } else { None };
    let Some(largest) = largest else { return bound(value, Proof::Prices(priced.prices)) };
    let mut ascent = Ascent::new(problem, &priced.prices, target, largest);
    ascent.climb(&Climb { steps: work.steps, first: 1.0, last: 1e-3, separate: 25 }, watch);
    let mut branches = work.branches;
    for _ in 0..work.rounds {
        if watch.is_over() || gap_of(ascent.proved()) <= work.connected_from_gap {
            break;
        }
        if !ascent.require_connected(branches) {
            ascent.climb(&Climb { steps: work.steps, first: 0.1, last: 1e-3, separate: 25 }, watch);
            break;
        }
        ascent.climb(&Climb { steps: work.connected_steps, first: 0.3, last: 1e-3, separate: 25 }, watch);
        branches = (3 * branches).min(MOST_BRANCHES);
    }
    let (proved, worths) = ascent.into_proof();
    if proved > value { bound(proved, Proof::Worths(worths)) } else { bound(value, Proof::Prices(priced.prices)) }
}

/// More branches than this a search for a connected set never opens, so that it can be repeated in a moment.
const MOST_BRANCHES: usize = 8_100;
