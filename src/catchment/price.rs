//! Prices for seats, and the bound they prove.
//!
//! If every school j charged `v_j` ≥ 0 metres for a seat and each block went where distance plus price is least, then for
//! any scheme that keeps the seats
//!
//! ```text
//! Σ pupils·distance  ≥  Σ_i pupils_i · min_j (d_ij + v_j)  −  Σ_j seats_j · v_j
//! ```
//!
//! because a scheme pays at most Σ seats·v in prices. The right-hand side holds for any prices at all, so it is evaluated
//! in whole numbers over all schools and needs no trust in how the prices were found. The best prices are the dual of
//! the transportation problem in which blocks may split.

use geo::Coord;

use super::problem::{NONE, Problem};
use crate::space::index::PlaceIndex;

/// How many nearest schools a block looks at while prices are sought; the proof looks at all.
const CANDIDATES: usize = 16;

/// Steps of the search for prices.
const STEPS: usize = 400;

/// Prices, and the bound they prove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prices {
    /// No scheme that keeps the seats and ties has fewer pupil-millimetres.
    pub(super) pupil_millimetres: i64,
    /// The price of each school in millimetres, in the order of the stage's schools.
    pub(super) prices: Vec<i64>,
}

/// Finds prices by subgradient ascent and proves the bound they give.
///
/// Deterministic. Cost: [`STEPS`] passes over blocks × [`CANDIDATES`], then one pass over blocks × schools. Where seats
/// do not suffice for all pupils the bound still holds for schemes that keep the seats, of which there are none; prices
/// are then those at which the ascent was stopped.
///
/// # Reference
/// M. Held, P. Wolfe, H. P. Crowder: Validation of subgradient optimization. Mathematical Programming 6, 1974.
/// doi:10.1007/BF01580223
pub(super) fn bound(problem: &Problem) -> Prices {
    let prices = ascend(problem, &candidates(problem));
    prove(problem, prices)
}

/// For each block the schools it may look at: the nearest ones, or only the one it is tied to.
fn candidates(problem: &Problem) -> Vec<(u32, Vec<(u16, f64)>)> {
    let gates = PlaceIndex::new((0..problem.school_count()).map(|school| {
        let [x, y] = problem.gate(school);
        Coord { x, y }
    }));
    (0..problem.block_count())
        .filter(|block| problem.pupils[*block] > 0)
        .map(|block| {
            let near: Vec<u16> = if problem.tied[block] == NONE {
                let [x, y] = problem.point(block);
                gates.nearest(Coord { x, y }, CANDIDATES).into_iter().map(|(school, _)| school as u16).collect()
            } else {
                vec![problem.tied[block]]
            };
            let with_distance =
                near.into_iter().map(|school| (school, problem.millimetres(block, usize::from(school)) as f64));
            (block as u32, with_distance.collect())
        })
        .collect()
}

fn ascend(problem: &Problem, candidates: &[(u32, Vec<(u16, f64)>)]) -> Vec<i64> {
    let schools = problem.school_count();
    let seats: Vec<f64> = problem.seats.iter().map(|seats| *seats as f64).collect();
    let mut price = vec![0.0_f64; schools];
    let mut best_price = price.clone();
    let mut best_value = f64::NEG_INFINITY;
    let mut direction = vec![0.0_f64; schools];
    // The step aims at a value a little above the best so far, and more modestly the longer nothing improves.
    let mut ambition = 0.02;
    let mut since_better = 0;
    for _ in 0..STEPS {
        let mut load = vec![0.0_f64; schools];
        let mut value = 0.0;
        for (block, near) in candidates {
            let pupils = problem.pupils[*block as usize] as f64;
            let (school, paid) = cheapest(near, &price);
            load[usize::from(school)] += pupils;
            value += pupils * paid;
        }
        value -= (0..schools).map(|school| seats[school] * price[school]).sum::<f64>();
        if value > best_value {
            best_value = value;
            best_price.clone_from(&price);
            since_better = 0;
        } else {
            since_better += 1;
            if since_better >= 8 {
                ambition *= 0.7;
                since_better = 0;
                price.clone_from(&best_price);
                direction.fill(0.0);
                if ambition < 1e-6 {
                    break;
                }
                continue;
            }
        }
        let mut square = 0.0;
        for school in 0..schools {
            let mut slope = load[school] - seats[school];
            if price[school] <= 0.0 && slope < 0.0 {
                slope = 0.0;
            }
            direction[school] = slope + 0.5 * direction[school];
            square += direction[school] * direction[school];
        }
        if square == 0.0 {
            break;
        }
        let target = best_value + ambition * best_value.abs();
        let step = (target - value).max(0.0) / square;
        for school in 0..schools {
            price[school] = (price[school] + step * direction[school]).max(0.0);
        }
    }
    best_price.into_iter().map(|price| price.round() as i64).collect()
}

fn cheapest(near: &[(u16, f64)], price: &[f64]) -> (u16, f64) {
    let mut best = (near[0].0, f64::INFINITY);
    for (school, distance) in near {
        let paid = distance + price[usize::from(*school)];
        if paid < best.1 {
            best = (*school, paid);
        }
    }
    best
}

/// Evaluates the bound of `prices` in whole numbers over all schools.
fn prove(problem: &Problem, prices: Vec<i64>) -> Prices {
    let mut total = 0_i64;
    for block in (0..problem.block_count()).filter(|block| problem.pupils[*block] > 0) {
        let paid = |school: usize| problem.millimetres(block, school) + prices[school];
        let least = if problem.tied[block] == NONE {
            (0..problem.school_count()).map(paid).min().unwrap_or(0)
        } else {
            paid(usize::from(problem.tied[block]))
        };
        total += problem.pupils[block] * least;
    }
    total -= prices.iter().zip(&problem.seats).map(|(price, seats)| price * seats).sum::<i64>();
    Prices { pupil_millimetres: total.max(0), prices }
}
