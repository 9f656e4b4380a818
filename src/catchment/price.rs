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
//! the transportation problem in which blocks may split; how they are found stands in [`super::demand`].

use geo::Coord;
use rayon::prelude::*;

use super::demand::Demand;
use super::problem::{NONE, Problem};
use crate::space::index::PlaceGrid;

/// How many nearest schools a place looks at while the first prices are sought, when nothing is known of prices yet.
const NEAREST: usize = 16;

/// Counties of more blocks than this are looked at from afar first: the blocks of a square count as one.
const AFAR: usize = 8_192;

/// Blocks in such a square on average: first in large ones, whose prices are where the search in small ones starts.
const BLOCKS_PER_SQUARE: [f64; 2] = [64.0, 8.0];

/// Between which softnesses prices are sought in large squares and in small ones, as shares of the mean way; without squares
/// between the first and the last.
const SOFTNESS: [[f64; 2]; 2] = [[1.0 / 4.0, 1.0 / 64.0], [1.0 / 32.0, 1.0 / 128.0]];

/// When prices are made exact, a block looks at every school that is dearer than its cheapest by at most this share of
/// what pupils pay on average, and prices move by at most half of it; once in the large, once in the small.
const MARGINS: [f64; 2] = [0.15, 0.05];

/// Prices, and the bound they prove.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the prices are what the rest is about")]
pub(super) struct Prices {
    /// No scheme that keeps the seats and ties has fewer pupil-millimetres.
    pub(super) pupil_millimetres: i64,
    /// The price of each school in millimetres, in the order of the stage's schools.
    pub(super) prices: Vec<i64>,
    /// The school each block finds cheapest at these prices, or is tied to.
    pub(super) cheapest: Vec<u16>,
}

impl Prices {
    /// Of no schools.
    pub(super) fn none() -> Prices {
        Prices { pupil_millimetres: 0, prices: Vec::new(), cheapest: Vec::new() }
    }
}

/// Finds prices and proves the bound they give.
///
/// Deterministic. In counties of many blocks prices are found on squares of blocks first, and then on the blocks for which
/// more than one school is in question. Where distances are no shorter than the straight line, the cost is about linear in
/// blocks: schools too far away for any price are never looked at. Else each block looks at all schools. Where seats do
/// not suffice for all pupils the bound still holds for schemes that keep the seats, of which there are none; prices are
/// then those at which the search for them was stopped.
pub(super) fn bound(problem: &Problem) -> Prices {
    let near = Near::of(problem);
    let seats: Vec<f64> = problem.seats.iter().map(|seats| *seats as f64).collect();
    let free = vec![0.0; seats.len()];
    let (scale, mut prices) = if problem.block_count() > AFAR && near.grid.is_some() {
        let [large, small] = BLOCKS_PER_SQUARE.map(|blocks| squares(problem, &near, blocks));
        let scale = small.mean_of_nearest().max(1.0);
        let [of_large, of_small] = SOFTNESS.map(|between| between.map(|share| scale * share));
        let prices = large.best_prices(&seats, free, of_large, f64::INFINITY);
        (scale, small.best_prices(&seats, prices, of_small, f64::INFINITY))
    } else {
        let first = nearest(problem, &near);
        let scale = first.mean_of_nearest().max(1.0);
        let between = [SOFTNESS[0][0], SOFTNESS[1][1]].map(|share| scale * share);
        (scale, first.best_prices(&seats, free, between, f64::INFINITY))
    };
    for margin in MARGINS.into_iter().filter(|_| problem.block_count() > AFAR) {
        let margin = margin * scale;
        let contested = contested(problem, &near, &prices, margin);
        prices = contested.best_prices(&seats, prices, [margin / 10.0, margin / 600.0], margin / 2.0);
    }
    prove(problem, &near, prices.into_iter().map(|price| price.round() as i64).collect())
}

/// The schools of a problem, to be visited from near to far.
pub(super) struct Near {
    /// Where schools stand, those of a pool at each of its gates, and whose gate each is. None where distances are not tied
    /// to the straight line, so that every school must be looked at.
    grid: Option<PlaceGrid>,
    school_at: Vec<u16>,
}

impl Near {
    pub(super) fn of(problem: &Problem) -> Near {
        let mut school_at = Vec::new();
        let mut places = Vec::new();
        for school in 0..problem.school_count() {
            for [x, y] in problem.gates_of(school) {
                places.push(Coord { x, y });
                school_at.push(school as u16);
            }
        }
        let grid = problem.is_at_least_straight().then(|| PlaceGrid::new(&places));
        Near { grid, school_at }
    }

    /// Calls `visit` for every school that may be within `millimetres` of a block, and for some that are not; what it
    /// returns is the radius in force from then on. The schools of a pool come once for each gate.
    pub(super) fn visit(
        &self,
        problem: &Problem,
        block: usize,
        millimetres: f64,
        mut visit: impl FnMut(usize, i64) -> f64,
    ) {
        let mut look = |school: u16| visit(usize::from(school), problem.millimetres(block, usize::from(school)));
        let Some(grid) = &self.grid else {
            for school in &self.school_at {
                look(*school);
            }
            return;
        };
        let [x, y] = problem.point(block);
        grid.visit(Coord { x, y }, millimetres / 1000.0, |place, _| look(self.school_at[place]) / 1000.0);
    }
}

/// Blocks looked at by one thread at a time.
const STRETCH: usize = 4_096;

/// Every block with pupils and the schools in question for it: for one that is tied its own, for others what `find` puts
/// into the list. All threads find at once; the demand has the blocks in their order.
fn demand_of(problem: &Problem, find: impl Fn(usize, &mut Vec<(i64, u16)>) + Sync) -> Demand {
    let mut demand = Demand::new(problem.school_count());
    let stretches: Vec<Demand> = (0..problem.block_count().div_ceil(STRETCH))
        .into_par_iter()
        .map(|stretch| {
            let mut demand = Demand::new(problem.school_count());
            let mut found: Vec<(i64, u16)> = Vec::new();
            let blocks = stretch * STRETCH..((stretch + 1) * STRETCH).min(problem.block_count());
            for block in blocks.filter(|block| problem.pupils[*block] > 0) {
                let (pupils, school) = (problem.pupils[block] as f64, problem.tied[block]);
                found.clear();
                if school == NONE {
                    find(block, &mut found);
                } else {
                    found.push((problem.millimetres(block, usize::from(school)), school));
                }
                demand.add(pupils, &found);
            }
            demand
        })
        .collect();
    for stretch in stretches {
        demand.append(stretch);
    }
    demand
}

/// Every block with pupils and its nearest schools.
fn nearest(problem: &Problem, near: &Near) -> Demand {
    demand_of(problem, |block, found| {
        near.visit(problem, block, f64::INFINITY, |school, millimetres| keep_nearest(found, millimetres, school));
    })
}

/// Puts a school among the [`NEAREST`], and says how far to look on.
fn keep_nearest(found: &mut Vec<(i64, u16)>, millimetres: i64, school: usize) -> f64 {
    let entry = (millimetres, school as u16);
    if found.len() < NEAREST || entry < found[found.len() - 1] {
        // A pool is met at each of its gates.
        if !found.contains(&entry) {
            let place = found.partition_point(|other| *other < entry);
            found.insert(place, entry);
            found.truncate(NEAREST);
        }
    }
    if found.len() < NEAREST { f64::INFINITY } else { found[NEAREST - 1].0 as f64 }
}

/// The pupils of the blocks in each square of a grid, at the middle of them, and the schools nearest to it.
fn squares(problem: &Problem, near: &Near, blocks_per_square: f64) -> Demand {
    let mut demand = Demand::new(problem.school_count());
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for block in 0..problem.block_count() {
        for (axis, value) in problem.point(block).into_iter().enumerate() {
            (low[axis], high[axis]) = (low[axis].min(value), high[axis].max(value));
        }
    }
    let (width, height) = ((high[0] - low[0]).max(1.0), (high[1] - low[1]).max(1.0));
    let side = (width * height * blocks_per_square / problem.block_count() as f64).sqrt();
    let columns = (width / side) as usize + 1;
    let rows = (height / side) as usize + 1;
    // Pupils, and the sum of their places, in each square; on narrow ground there are never more squares than blocks.
    let mut of_square: Vec<[f64; 3]> = vec![[0.0; 3]; columns * rows];
    for block in (0..problem.block_count()).filter(|block| problem.pupils[*block] > 0) {
        let (pupils, school) = (problem.pupils[block] as f64, problem.tied[block]);
        if school == NONE {
            let [x, y] = problem.point(block);
            let sums = &mut of_square[((y - low[1]) / side) as usize * columns + ((x - low[0]) / side) as usize];
            *sums = [sums[0] + pupils, sums[1] + pupils * x, sums[2] + pupils * y];
        } else {
            demand.add(pupils, &[(problem.millimetres(block, usize::from(school)), school)]);
        }
    }
    let grid = near.grid.as_ref().expect("squares are made where there is a grid");
    let of_stretch = |squares: &[[f64; 3]]| {
        let mut demand = Demand::new(problem.school_count());
        let mut found: Vec<(i64, u16)> = Vec::new();
        for [pupils, x, y] in squares.iter().filter(|[pupils, ..]| *pupils > 0.0) {
            found.clear();
            grid.visit(Coord { x: x / pupils, y: y / pupils }, f64::INFINITY, |place, square| {
                let millimetres = (square.sqrt() * 1000.0) as i64;
                keep_nearest(&mut found, millimetres, usize::from(near.school_at[place])) / 1000.0
            });
            demand.add(*pupils, &found);
        }
        demand
    };
    let stretches: Vec<Demand> = of_square.par_chunks(STRETCH).map(of_stretch).collect();
    for stretch in stretches {
        demand.append(stretch);
    }
    demand
}

/// Every block with pupils, and every school that is at most `margin` dearer for it at `prices` than the cheapest one.
fn contested(problem: &Problem, near: &Near, prices: &[f64], margin: f64) -> Demand {
    demand_of(problem, |block, found| {
        let mut least = f64::INFINITY;
        near.visit(problem, block, f64::INFINITY, |school, millimetres| {
            let paid = millimetres as f64 + prices[school];
            if paid <= least + margin && !found.contains(&(millimetres, school as u16)) {
                found.push((millimetres, school as u16));
                least = least.min(paid);
            }
            least + margin
        });
        found.retain(|(millimetres, school)| *millimetres as f64 + prices[usize::from(*school)] <= least + margin);
    })
}

/// Evaluates the bound of `prices` in whole numbers over all schools.
fn prove(problem: &Problem, near: &Near, prices: Vec<i64>) -> Prices {
    let paid_at_least = |block: usize| -> (i64, u16) {
        let tied = problem.tied[block];
        if tied != NONE {
            return (problem.millimetres(block, usize::from(tied)) + prices[usize::from(tied)], tied);
        }
        let (mut least, mut cheapest) = (i64::MAX, NONE);
        // No price is below zero, so a school farther away than the cheapest way so far cannot be cheaper.
        near.visit(problem, block, f64::INFINITY, |school, millimetres| {
            (least, cheapest) = (least, cheapest).min((millimetres + prices[school], school as u16));
            // Distances are rounded down to a millimetre.
            (least + 1) as f64
        });
        (least, cheapest)
    };
    let (paid, cheapest): (Vec<i64>, Vec<u16>) =
        (0..problem.block_count()).into_par_iter().with_min_len(STRETCH).map(paid_at_least).unzip();
    let mut total: i64 = paid.iter().zip(&problem.pupils).map(|(paid, pupils)| paid * pupils).sum();
    total -= prices.iter().zip(&problem.seats).map(|(price, seats)| price * seats).sum::<i64>();
    Prices { pupil_millimetres: total.max(0), prices, cheapest }
}
