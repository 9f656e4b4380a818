//! Who belongs to which lead: annealing over moves, exchanges and chains of members, each weighed in constant time.
//!
//! A district is known by a few sums: metres to the lead, schools, those in town and country, and tilt; so that a move is weighed by what it changes in
//! them. Whether territories hang together is looked at only for moves that would be taken otherwise. Before, schools are
//! passed on along cheapest chains until the sizes of all districts are kept, where they can be.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use geo::Coord;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::task::Task;
use crate::space::index::PlaceIndex;

/// Costs are whole numbers of this many parts of a metre, so that sums are exact in any order.
const PARTS: f64 = 1_024.0;

/// Moves proposed for each school in a run at least and at most: small tasks are worth more of them.
const PROPOSALS_PER_SCHOOL: [u64; 2] = [600, 24_000];

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

/// Leads a school may be moved to: its nearest.
const NEAREST: usize = 16;

/// What a detached part of a territory costs, in typical ways; high enough to be broken only where the county leaves no
/// choice. A school too many or too few costs at least as much, and more than any member could save.
const BREACH: f64 = 50.0;

/// Where annealing begins and ends, in what a school costs on average.
const HEAT: [f64; 2] = [0.5, 0.02];

/// The share of the proposals, as a divisor, for what comes after sizes were mended.
const MENDING: u64 = 16;

/// What a school too many or too few costs at first, in typical ways, and when it costs all it does.
const SOFT: f64 = 1.5;
const HARD: f64 = 0.7;

/// What tilt beyond the most there may be costs, for each metre of it.
const STEEP: i64 = 20;

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
    let runs = RUNS[rank(units)];
    let ends: Vec<(i64, Vec<u32>)> = (0..runs)
        .into_par_iter()
        .map(|run| {
            let mut state = State::new(&field);
            state.keep_sizes();
            state.anneal(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(run));
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

/// What does not change while members move.
struct Field<'a> {
    task: &'a Task,
    units: Vec<Unit>,
    /// The schools of each unit.
    pools: Vec<Vec<usize>>,
    /// Where the gates of leads are.
    lead_at: Vec<[f64; 2]>,
    /// Where schools are that do not move: leads, those locked, and the pools of both.
    fixed: Vec<Option<usize>>,
    /// How many leads are listed for each unit.
    reach: usize,
    /// The nearest leads of each unit, nearest first, and what the ways to them cost.
    nearest: Vec<(u32, i64)>,
    size_weight: i64,
    /// The most tilt of all districts together, where that is bounded.
    most_tilt: Option<i64>,
    /// What a district without town or without country schools costs.
    mix_weight: i64,
    /// What a school too many or too few costs at first and in the end.
    beyond: [i64; 2],
    /// What a detached part costs.
    part: i64,
}

/// Schools that move as one: those of a pool, or one by itself.
#[derive(Clone, Copy)]
struct Unit {
    at: [f64; 2],
    sums: Sums,
}

impl<'a> Field<'a> {
    fn new(task: &'a Task, leads: &[usize]) -> Field<'a> {
        let count = task.schools.len();
        let mut district_led = vec![None; count];
        for (position, lead) in leads.iter().enumerate() {
            district_led[*lead] = Some(position);
        }
        let fixed: Vec<Option<usize>> = (0..count)
            .map(|school| {
                let pool = || task.pool[school].iter();
                let led = || pool().find_map(|of| district_led[*of]);
                let locked = || pool().find_map(|of| task.locked_to[*of].and_then(|lead| district_led[lead]));
                district_led[school].or_else(led).or_else(locked)
            })
            .collect();
        let first_of_pool = |school: &usize| task.pool[*school][0] == *school;
        let moving: Vec<usize> =
            (0..count).filter(|school| fixed[*school].is_none() && first_of_pool(school)).collect();
        let units =
            moving.iter().map(|school| Unit { at: task.places[*school], sums: Sums::of(&task.pool[*school], task) });
        let extent = |axis: usize| {
            let along = || task.places.iter().map(move |place| place[axis]);
            along().fold(f64::NEG_INFINITY, f64::max) - along().fold(f64::INFINITY, f64::min)
        };
        let farthest = if count == 0 { 0.0 } else { 3.0 * task.near_weight * extent(0).hypot(extent(1)) };
        let tilted = 3.0 * task.tilt.iter().fold(0.0, |most: f64, tilt| most.max(tilt.abs()));
        let mut field = Field {
            task,
            units: units.collect(),
            pools: moving.iter().map(|school| task.pool[*school].clone()).collect(),
            lead_at: leads.iter().map(|lead| task.places[*lead]).collect(),
            fixed,
            reach: NEAREST.min(leads.len()),
            nearest: Vec::new(),
            size_weight: parts(task.size_weight),
            most_tilt: None,
            mix_weight: if [true, false].iter().all(|urban| task.urban.contains(&Some(*urban))) {
                parts(task.mix_weight)
            } else {
                0
            },
            beyond: [parts(SOFT * task.typical), parts((BREACH * task.typical).max(farthest + tilted))],
            part: parts(BREACH * task.typical),
        };
        let place = |[x, y]: &[f64; 2]| Coord { x: *x, y: *y };
        let index = PlaceIndex::new(field.lead_at.iter().map(place));
        field.nearest = (0..field.units.len())
            .into_par_iter()
            .flat_map_iter(|unit| {
                let near = index.nearest(place(&field.units[unit].at), field.reach);
                let field = &field;
                near.into_iter().map(move |(lead, _)| (lead as u32, field.way(unit, lead)))
            })
            .collect();
        field.most_tilt = task.tilt_share.map(|share| {
            let at_nearest: i64 = State::new(&field).sums.iter().map(|sums| sums.tilt.abs()).sum();
            (share * at_nearest as f64) as i64
        });
        field
    }

    /// What the tilt of all districts together costs.
    fn tilted(&self, tilt: i64) -> i64 {
        self.most_tilt.map_or(tilt, |most| STEEP * (tilt - most).max(0))
    }

    fn nearest(&self, unit: usize) -> &[(u32, i64)] {
        &self.nearest[unit * self.reach..(unit + 1) * self.reach]
    }

    /// What the ways of a unit to a lead cost.
    fn way(&self, unit: usize, district: usize) -> i64 {
        let [x, y] = self.lead_at[district];
        let from = |[u, v]: [f64; 2]| ((x - u) * (x - u) + (y - v) * (y - v)).sqrt();
        let metres: f64 = match self.units[unit].sums.schools {
            1 => from(self.units[unit].at),
            _ => self.pools[unit].iter().map(|school| from(self.task.places[*school])).sum(),
        };
        parts(self.task.near_weight * metres)
    }

    /// What a district costs beside ways and tilt, with so much for each school too many or too few.
    fn whole(&self, sums: Sums, cost_beyond: i64) -> i64 {
        let Sums { schools, urban, rural, .. } = sums;
        let [fewest, most] = self.task.size.map(|size| size as i64);
        let beyond = (fewest - schools).max(schools - most).max(0);
        let apart = match self.size_weight {
            0 => 0,
            weight => (weight as f64 * (schools as f64 - self.task.wanted_size()).abs()) as i64,
        };
        let unmixed = if self.mix_weight > 0 && (urban == 0 || rural == 0) { self.mix_weight } else { 0 };
        apart + unmixed + cost_beyond * beyond
    }

    fn of_schools(&self, district_of: &[u32]) -> Vec<usize> {
        let mut of_schools: Vec<usize> = self.fixed.iter().map(|fixed| fixed.unwrap_or(0)).collect();
        for (pool, district) in self.pools.iter().zip(district_of) {
            for school in pool {
                of_schools[*school] = *district as usize;
            }
        }
        of_schools
    }
}

fn parts(metres: f64) -> i64 {
    (metres * PARTS).round() as i64
}

/// A unit, the district it leaves and the one it comes to, and what its ways cost there.
type Shift = (usize, usize, usize, i64);

/// The leads a unit may be passed to: those listed for it, or in the first step of a chain any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Among {
    Listed,
    All,
}

/// What a district consists of.
#[derive(Clone, Copy, Default)]
struct Sums {
    schools: i64,
    tilt: i64,
    /// Schools in towns and in the country.
    urban: i64,
    rural: i64,
}

impl Sums {
    fn of(schools: &[usize], task: &Task) -> Sums {
        let counted = |urban: bool| schools.iter().filter(|school| task.urban[**school] == Some(urban)).count() as i64;
        Sums {
            schools: schools.len() as i64,
            tilt: schools.iter().map(|school| parts(task.tilt[*school])).sum(),
            urban: counted(true),
            rural: counted(false),
        }
    }

    /// With `sign` times so many more.
    fn and(self, sign: i64, more: Sums) -> Sums {
        Sums {
            schools: self.schools + sign * more.schools,
            tilt: self.tilt + sign * more.tilt,
            urban: self.urban + sign * more.urban,
            rural: self.rural + sign * more.rural,
        }
    }
}

struct State<'a> {
    field: &'a Field<'a>,
    district_of: Vec<u32>,
    /// What the ways of each unit cost where it is.
    way: Vec<i64>,
    /// The units of each district, and where each unit stands among them.
    members: Vec<Vec<u32>>,
    position: Vec<u32>,
    sums: Vec<Sums>,
    /// The tilts of all districts together, signs dropped.
    tilt: i64,
    /// Into how many parts the territory of each district falls, where that matters.
    parts: Vec<i64>,
    /// What a school too many or too few costs at present.
    beyond: i64,
}

impl<'a> State<'a> {
    /// Starts with every unit at its nearest lead.
    fn new(field: &'a Field<'a>) -> State<'a> {
        let districts = field.lead_at.len();
        let units = field.units.len();
        let mut state = State {
            field,
            members: vec![Vec::new(); districts],
            position: vec![0; units],
            district_of: vec![0; units],
            way: vec![0; units],
            sums: vec![Sums::default(); districts],
            tilt: 0,
            parts: vec![0; districts],
            beyond: field.beyond[1],
        };
        for (school, fixed) in field.fixed.iter().enumerate() {
            if let Some(district) = fixed {
                state.sums[*district] = state.sums[*district].and(1, Sums::of(&[school], field.task));
            }
        }
        for unit in 0..units {
            let (district, way) = field.nearest(unit)[0];
            state.put(unit, district as usize, way);
        }
        state.tilt = state.sums.iter().map(|sums| sums.tilt.abs()).sum();
        state.count_parts();
        state
    }

    fn count_parts(&mut self) {
        if self.field.task.contiguous {
            self.parts = (0..self.sums.len()).map(|district| self.parts_of(district)).collect();
        }
    }

    fn cost(&self) -> i64 {
        let wholes: i64 = self.sums.iter().map(|sums| self.field.whole(*sums, self.field.beyond[1])).sum();
        let parts: i64 = self.parts.iter().map(|parts| (parts - 1).max(0)).sum();
        self.way.iter().sum::<i64>() + wholes + self.field.tilted(self.tilt) + self.field.part * parts
    }

    fn put(&mut self, unit: usize, district: usize, way: i64) {
        self.district_of[unit] = district as u32;
        self.way[unit] = way;
        self.position[unit] = self.members[district].len() as u32;
        self.members[district].push(unit as u32);
        self.sums[district] = self.sums[district].and(1, self.field.units[unit].sums);
    }

    fn shift(&mut self, (unit, from, to, way): Shift) {
        let position = self.position[unit] as usize;
        self.members[from].swap_remove(position);
        if let Some(moved) = self.members[from].get(position) {
            self.position[*moved as usize] = position as u32;
        }
        let tilt = |state: &State<'_>| state.sums[from].tilt.abs() + state.sums[to].tilt.abs();
        let before = tilt(self);
        self.sums[from] = self.sums[from].and(-1, self.field.units[unit].sums);
        self.put(unit, to, way);
        self.tilt += tilt(self) - before;
    }

    /// What some shifts change in the cost, territories aside.
    fn change(&self, shifts: &[Shift]) -> i64 {
        let field = self.field;
        let mut change = 0;
        // Every district gives as often as it takes but for the ends, so that there are at most four.
        let mut touched = [(usize::MAX, Sums::default()); 4];
        let mut count = 0;
        for (unit, from, to, way) in shifts {
            change += way - self.way[*unit];
            for (district, sign) in [(*from, -1), (*to, 1)] {
                let known = touched[..count].iter().position(|(known, _)| *known == district);
                let at = known.unwrap_or(count);
                count += usize::from(known.is_none());
                touched[at].0 = district;
                touched[at].1 = touched[at].1.and(sign, field.units[*unit].sums);
            }
        }
        let mut tilt = self.tilt;
        for (district, more) in &touched[..count] {
            let before = self.sums[*district];
            let after = before.and(1, *more);
            tilt += after.tilt.abs() - before.tilt.abs();
            change += field.whole(after, self.beyond) - field.whole(before, self.beyond);
        }
        change + field.tilted(tilt) - field.tilted(self.tilt)
    }

    /// Passes units on along the chains whose ways cost least until no district has too many or too few schools, where
    /// there are such chains: first among the leads listed for each unit, and where these do not suffice, with a first step
    /// between any two.
    fn keep_sizes(&mut self) {
        let [fewest, most] = self.field.task.size.map(|size| size as i64);
        let districts = 0..self.sums.len();
        let mut wanted_by: Vec<Vec<u32>> = vec![Vec::new(); districts.len()];
        for unit in 0..self.field.units.len() {
            for (district, _) in self.field.nearest(unit) {
                wanted_by[*district as usize].push(unit as u32);
            }
        }
        for among in [Among::Listed, Among::All] {
            for district in districts.clone() {
                while self.sums[district].schools > most && self.pass_on(district, most, among) {}
            }
            for district in districts.clone() {
                while self.sums[district].schools < fewest && self.fetch(district, fewest, among, &wanted_by) {}
            }
        }
        self.count_parts();
    }

    /// Passes one unit out of a district, on and on, until one comes to a district with less than `most`.
    fn pass_on(&mut self, district: usize, most: i64, among: Among) -> bool {
        let mut paths = Paths::from(district);
        while let Some((cost, at)) = paths.next() {
            if self.sums[at].schools < most {
                self.follow(&paths.back_from(at));
                return true;
            }
            for unit in self.members[at].iter().map(|unit| *unit as usize) {
                if self.field.units[unit].sums.schools > 1 {
                    continue;
                }
                let mut offer = |to: usize, way: i64| {
                    paths.offer(cost + (way - self.way[unit]).max(0), to, (unit, at, to));
                };
                if among == Among::All && at == district {
                    (0..self.sums.len()).for_each(|to| offer(to, self.field.way(unit, to)));
                } else {
                    self.field.nearest(unit).iter().for_each(|(to, way)| offer(*to as usize, *way));
                }
            }
        }
        false
    }

    /// Fetches one unit into a district, from one that fetches another, until one comes from a district with more than
    /// `fewest`.
    fn fetch(&mut self, district: usize, fewest: i64, among: Among, wanted_by: &[Vec<u32>]) -> bool {
        let mut paths = Paths::from(district);
        let all: Vec<u32> = match among {
            Among::Listed => Vec::new(),
            Among::All => (0..self.field.units.len() as u32).collect(),
        };
        while let Some((cost, at)) = paths.next() {
            if self.sums[at].schools > fewest {
                self.follow(&paths.back_from(at));
                return true;
            }
            let units = if among == Among::All && at == district { &all } else { &wanted_by[at] };
            for unit in units.iter().map(|unit| *unit as usize) {
                let from = self.district_of[unit] as usize;
                if from != at && self.field.units[unit].sums.schools == 1 {
                    let more = (self.field.way(unit, at) - self.way[unit]).max(0);
                    paths.offer(cost + more, from, (unit, from, at));
                }
            }
        }
        false
    }

    fn follow(&mut self, steps: &[Step]) {
        for (unit, from, to) in steps {
            self.shift((*unit, *from, *to, self.field.way(*unit, *to)));
        }
    }

    /// Carries out shifts and gives what they change in the parts of territories, with the parts before.
    fn carry_out(&mut self, shifts: &[Shift]) -> (i64, Vec<(usize, i64)>) {
        for shift in shifts {
            self.shift(*shift);
        }
        if !self.field.task.contiguous {
            return (0, Vec::new());
        }
        let mut touched: Vec<usize> = shifts.iter().flat_map(|(_, from, to, _)| [*from, *to]).collect();
        touched.sort_unstable();
        touched.dedup();
        let before: Vec<(usize, i64)> = touched.iter().map(|district| (*district, self.parts[*district])).collect();
        let mut change = 0;
        for district in touched {
            let parts = self.parts_of(district);
            change += (parts - 1).max(0) - (self.parts[district] - 1).max(0);
            self.parts[district] = parts;
        }
        (change * self.field.part, before)
    }

    /// Into how many parts the catchments of a district fall.
    fn parts_of(&self, district: usize) -> i64 {
        let field = self.field;
        let own = (0..field.fixed.len()).filter(|school| field.fixed[*school] == Some(district));
        let moving = self.members[district].iter().flat_map(|unit| &field.pools[*unit as usize]);
        let mut left: Vec<usize> = own.chain(moving.copied()).collect();
        let mut parts = 0;
        while let Some(start) = left.pop() {
            parts += 1;
            let mut queue = vec![start];
            while let Some(school) = queue.pop() {
                left.retain(|other| {
                    let touches = field.task.beside[school].binary_search(other).is_ok();
                    if touches {
                        queue.push(*other);
                    }
                    !touches
                });
            }
        }
        parts
    }

    /// Anneals from hot to cold; sizes broken on the way are mended, and what that spoilt goes downhill.
    fn anneal(&mut self, seed: u64) {
        let field = self.field;
        let units = field.units.len();
        if self.sums.len() < 2 || units == 0 {
            return;
        }
        let [least, most] = PROPOSALS_PER_SCHOOL;
        let proposals = (PROPOSALS[rank(units)] / units as u64).clamp(least, most) * units as u64;
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

/// Cheapest ways from a district to others, each by a unit that changes its district.
struct Paths {
    queue: BinaryHeap<Reverse<(i64, usize)>>,
    /// What the way to a district costs, and its last step; `None` for the first one.
    reached: rustc_hash::FxHashMap<usize, (i64, Option<Step>)>,
    start: usize,
}

/// A unit with the district it leaves and the one it comes to.
type Step = (usize, usize, usize);

impl Paths {
    fn from(district: usize) -> Paths {
        let reached = std::iter::once((district, (0, None))).collect();
        Paths { queue: BinaryHeap::from([Reverse((0, district))]), reached, start: district }
    }

    /// The cheapest district not looked at yet.
    fn next(&mut self) -> Option<(i64, usize)> {
        while let Some(Reverse((cost, district))) = self.queue.pop() {
            if self.reached[&district].0 == cost {
                return Some((cost, district));
            }
        }
        None
    }

    fn offer(&mut self, cost: i64, district: usize, step: Step) {
        let known = self.reached.get(&district).map_or(i64::MAX, |(cost, _)| *cost);
        if cost < known {
            self.reached.insert(district, (cost, Some(step)));
            self.queue.push(Reverse((cost, district)));
        }
    }

    /// The steps by which a district was reached, the last one first.
    fn back_from(&self, district: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = district;
        while let Some((_, Some(step))) = self.reached.get(&at) {
            steps.push(*step);
            at = if step.1 == at { step.2 } else { step.1 };
            if at == self.start {
                break;
            }
        }
        steps
    }
}
