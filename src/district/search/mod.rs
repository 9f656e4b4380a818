//! Who belongs to which lead: annealing over moves, exchanges and chains of members, each weighed in constant time.
//!
//! A district is known by a few sums: metres to the lead, schools, those in town and country, and tilt; so that a move is weighed by what it changes in
//! them. Whether territories hang together is looked at only for moves that would be taken otherwise. Before, schools are
//! passed on along cheapest chains until the sizes of all districts are kept, where they can be.

mod chain;
mod field;
mod state;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::task::Task;
use field::Field;
use state::State;

/// Moves proposed for each school in a run at least and at most: small tasks are worth more of them.
const PROPOSALS_PER_SCHOOL: [u64; 2] = [600, 24_000];

/// Moves proposed for each school in a short run.
const SHORT: u64 = 1_000;

/// Moves proposed in a run where that is between the two: for at most [`HANDFUL`] schools that move, for at most [`MANY`], and
/// for more.
const PROPOSALS: [u64; 3] = [27_000_000, 27_000_000, 13_000_000];

/// Runs with different seeds, the best of which is kept: for at most [`HANDFUL`] schools that move, for at most [`MANY`],
/// and for more. Where schools are many, chance evens out, and one run is as good.
const RUNS: [u64; 3] = [8, 2, 1];

/// Schools for which more runs cost next to nothing.
const HANDFUL: usize = 200;

/// Schools for which one run is enough.
const MANY: usize = 10_000;

/// Where annealing begins and ends, in what a school costs on average.
const HEAT: [f64; 2] = [0.5, 0.02];

/// The share of the proposals, as a divisor, for what comes after sizes were mended.
const MENDING: u64 = 16;

/// When a school too many or too few costs all it does, as a share of the proposals.
const HARD: f64 = 0.7;

/// The share of the proposals after which nothing worse is taken any more.
const DOWNHILL: f64 = 0.97;

/// Gives every school to a lead: the district of each school, as a position in `leads`.
///
/// Deterministic in `seed` for any number of threads. Cost: O(1) a proposal, and the size of a district where territories
/// must hang together; proposals are linear in schools.
///
/// # Reference
/// S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by simulated annealing. Science 220, 1983.
/// doi:10.1126/science.220.4598.671
pub(super) fn search(task: &Task, leads: &[usize], seed: u64) -> Vec<usize> {
    let field = Field::new(task, leads);
    let units = field.units.len();
    let [least, most] = PROPOSALS_PER_SCHOOL;
    let proposals = (PROPOSALS[rank(units)] / units.max(1) as u64).clamp(least, most) * units as u64;
    run(&field, seed, RUNS[rank(units)], proposals)
}

/// The same with one run of few proposals.
pub(super) fn short(task: &Task, leads: &[usize], seed: u64) -> Vec<usize> {
    let field = Field::new(task, leads);
    run(&field, seed, 1, SHORT * field.units.len() as u64)
}

/// Whether schools are few.
pub(super) fn is_handful(task: &Task) -> bool {
    task.schools.len() <= HANDFUL
}

fn run(field: &Field<'_>, seed: u64, runs: u64, proposals: u64) -> Vec<usize> {
    let ends: Vec<(i64, Vec<u32>)> = (0..runs)
        .into_par_iter()
        .map(|run| {
            let mut state = State::new(field);
            state.keep_sizes();
            state.anneal(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(run), proposals);
            (state.cost(), state.district_of)
        })
        .collect();
    let best = ends.into_iter().min_by_key(|(cost, _)| *cost).map(|(_, best)| best).unwrap_or_default();
    field.of_schools(&best)
}

/// Whether so many schools move that they are a handful, some, or many.
fn rank(units: usize) -> usize {
    usize::from(units > HANDFUL) + usize::from(units > MANY)
}

impl State<'_> {
    /// Anneals from hot to cold; sizes broken on the way are mended, and what that spoilt goes downhill.
    fn anneal(&mut self, seed: u64, proposals: u64) {
        let field = self.field;
        let units = field.units.len();
        if self.sums.len() < 2 || units == 0 {
            return;
        }
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        self.cool(proposals, HEAT, field.beyond, &mut random);
        self.keep_sizes();
        self.cool(proposals / MENDING, [HEAT[1]; 2], [field.beyond[1]; 2], &mut random);
    }

    /// Proposes moves, and takes worse ones the less the colder it is. What a school too many
    /// or too few costs goes from the first of `beyond` to the second: where districts are full, most ways to a better scheme
    /// lead through broken sizes.
    fn cool(&mut self, proposals: u64, heat: [f64; 2], [soft, hard]: [i64; 2], random: &mut Xoshiro256PlusPlus) {
        let field = self.field;
        let units = field.units.len();
        let mut below = |bound: usize| ((u128::from(random.next_u64()) * bound as u128) >> 64) as usize;
        let near: i64 = (0..units).map(|unit| field.nearest(unit)[0].1).sum();
        let [hot, cold] = heat.map(|heat| heat * near as f64 / units as f64);
        let mut temperature = hot;
        for proposal in 0..proposals {
            if proposal % 256 == 0 {
                let done = proposal as f64 / proposals as f64;
                // What is left at the end goes downhill only, so that the last scheme is the best.
                let hardness = (done / HARD).min(1.0);
                self.beyond = (soft as f64 * (hard as f64 / soft.max(1) as f64).powf(hardness)) as i64;
                temperature = if done < DOWNHILL { hot * (cold / hot).powf(done / DOWNHILL) } else { 0.0 };
            }
            let unit = below(units);
            let from = self.district_of[unit] as usize;
            // Nearer leads are proposed more often.
            let (to, way) = field.nearest(unit)[below(field.reach).min(below(field.reach))];
            let to = to as usize;
            if to == from {
                continue;
            }
            let mut shifts = [(unit, from, to, way); 3];
            let mut length = 1;
            let kind = below(4);
            if kind > 0 && !self.members[to].is_empty() {
                let partner = self.members[to][below(self.members[to].len())] as usize;
                let (third, way) = if kind == 1 {
                    let (third, way) = field.nearest(partner)[below(field.reach)];
                    (third as usize, way)
                } else {
                    (from, field.way(partner, from))
                };
                if third != to {
                    shifts[1] = (partner, to, third, way);
                    length = 2;
                    if third != from && !self.members[third].is_empty() && below(2) == 0 {
                        let last = self.members[third][below(self.members[third].len())] as usize;
                        shifts[2] = (last, third, from, field.way(last, from));
                        length = 3;
                    }
                }
            }
            let luck = -((below(1 << 20) as f64 + 0.5) / f64::from(1_u32 << 20)).ln();
            let allowed = (temperature * luck) as i64;
            let change = self.change(&shifts[..length]);
            if change > allowed {
                continue;
            }
            let back = shifts.map(|(unit, from, to, _)| (unit, to, from, self.way[unit]));
            let (of_parts, before) = self.carry_out(&shifts[..length]);
            if change + of_parts > allowed {
                for shift in back[..length].iter().rev() {
                    self.shift(*shift);
                }
                for (district, parts) in before {
                    self.parts[district] = parts;
                }
            }
        }
    }
}
