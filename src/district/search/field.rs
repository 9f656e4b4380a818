//! What does not change while members move: schools that move as one, the leads they may come to, what ways and sums cost.

use geo::Coord;
use rayon::prelude::*;

use super::state::State;
use crate::district::task::Task;
use crate::space::index::PlaceIndex;

/// Costs are whole numbers of this many parts of a metre, so that sums are exact in any order.
const PARTS: f64 = 1_024.0;

/// Leads a school may be moved to: its nearest.
const NEAREST: usize = 16;

/// What a detached part of a territory costs, in typical ways; high enough to be broken only where the county leaves no
/// choice. A school too many or too few costs at least as much, and more than any member could save.
const BREACH: f64 = 50.0;

/// What a school too many or too few costs at first, in typical ways.
const SOFT: f64 = 1.5;

/// What tilt beyond the most there may be costs, for each metre of it.
const STEEP: i64 = 20;

/// What does not change while members move.
pub(super) struct Field<'a> {
    pub(super) task: &'a Task,
    pub(super) units: Vec<Unit>,
    /// The schools of each unit.
    pub(super) pools: Vec<Vec<usize>>,
    /// Where the gates of leads are.
    pub(super) lead_at: Vec<[f64; 2]>,
    /// Where schools are that do not move: leads, those locked, and the pools of both.
    pub(super) fixed: Vec<Option<usize>>,
    /// How many leads are listed for each unit.
    pub(super) reach: usize,
    /// The nearest leads of each unit, nearest first, and what the ways to them cost.
    pub(super) nearest: Vec<(u32, i64)>,
    pub(super) size_weight: i64,
    /// The most tilt of all districts together, where that is bounded.
    pub(super) most_tilt: Option<i64>,
    /// What a district without town or without country schools costs.
    pub(super) mix_weight: i64,
    /// What a school too many or too few costs at first and in the end.
    pub(super) beyond: [i64; 2],
    /// The pupils of a school on average, by which those too many or too few are counted in schools.
    pub(super) mean_pupils: i64,
    /// What a detached part costs, and a school in need without a strong one.
    pub(super) part: i64,
    /// What each district has before any unit comes to it.
    pub(super) fixed_sums: Vec<Sums>,
}

/// What a lead counts among the strong schools of its district: for all of them, or for none.
const LEAD: i32 = 1 << 24;

/// Schools that move as one: those of a pool, or one by itself.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) at: [f64; 2],
    pub(super) sums: Sums,
}

impl<'a> Field<'a> {
    pub(super) fn new(task: &'a Task, leads: &[usize]) -> Field<'a> {
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
        let farthest =
            if count == 0 { 0.0 } else { 3.0 * task.near_weight * (1.0 + task.far) * extent(0).hypot(extent(1)) };
        let tilted = 3.0 * task.tilt.iter().fold(0.0, |most: f64, tilt| most.max(tilt.abs()));
        let mut fixed_sums: Vec<Sums> = leads
            .iter()
            .map(|lead| Sums {
                strong: match (task.leads(*lead), task.strong[*lead]) {
                    (true, true) => LEAD,
                    (true, false) => -LEAD,
                    (false, _) => 0,
                },
                ..Sums::default()
            })
            .collect();
        for (school, fixed) in fixed.iter().enumerate() {
            if let Some(district) = fixed {
                fixed_sums[*district] = fixed_sums[*district].and(1, Sums::of(&[school], task));
            }
        }
        let mut field = Field {
            task,
            fixed_sums,
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
            mean_pupils: (task.pupils.iter().sum::<i64>() / (count as i64).max(1)).max(1),
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
    pub(super) fn tilted(&self, tilt: i64) -> i64 {
        self.most_tilt.map_or(tilt, |most| STEEP * (tilt - most).max(0))
    }

    pub(super) fn nearest(&self, unit: usize) -> &[(u32, i64)] {
        &self.nearest[unit * self.reach..(unit + 1) * self.reach]
    }

    /// What the ways of a unit to a lead cost.
    pub(super) fn way(&self, unit: usize, district: usize) -> i64 {
        let [x, y] = self.lead_at[district];
        let from = |[u, v]: [f64; 2]| ((x - u) * (x - u) + (y - v) * (y - v)).sqrt();
        let cost = |school: usize, at: [f64; 2]| self.task.weighed(school, from(at)).iter().sum::<f64>();
        parts(match self.pools[unit][..] {
            [only] => cost(only, self.units[unit].at),
            ref pool => pool.iter().map(|school| cost(*school, self.task.places[*school])).sum(),
        })
    }

    /// What a district costs beside ways and tilt, with so much for each school too many or too few.
    pub(super) fn whole(&self, sums: Sums, cost_beyond: i64) -> i64 {
        let Sums { schools, urban, rural, strong, in_need, .. } = sums;
        let [fewest, most] = self.task.size.map(|size| size as i64);
        let beyond = (fewest - schools).max(schools - most).max(0);
        let apart = match self.size_weight {
            0 => 0,
            weight => (weight as f64 * (schools as f64 - self.task.wanted_size()).abs()) as i64,
        };
        let unmixed = if self.mix_weight > 0 && (urban == 0 || rural == 0) { self.mix_weight } else { 0 };
        let unpaired = if strong > 0 { 0 } else { self.part * i64::from(in_need) };
        let of_pupils = self.task.pupil_bounds.map_or(0, |[fewest, most]| {
            let beyond = (fewest - sums.pupils).max(sums.pupils - most).max(0);
            (cost_beyond as f64 * beyond as f64 / self.mean_pupils as f64) as i64
        });
        apart + unmixed + unpaired + of_pupils + cost_beyond * beyond
    }

    pub(super) fn of_schools(&self, district_of: &[u32]) -> Vec<usize> {
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
/// What a district consists of.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) schools: i64,
    pub(super) pupils: i64,
    pub(super) tilt: i64,
    /// Schools in towns and in the country.
    pub(super) urban: i32,
    pub(super) rural: i32,
    /// Strong schools, where those with the lead count, and schools that need one.
    pub(super) strong: i32,
    pub(super) in_need: i32,
}

impl Sums {
    pub(super) fn of(schools: &[usize], task: &Task) -> Sums {
        let counted = |is: &dyn Fn(usize) -> bool| schools.iter().filter(|school| is(**school)).count() as i32;
        Sums {
            schools: schools.len() as i64,
            pupils: schools.iter().map(|school| task.pupils[*school]).sum(),
            tilt: schools.iter().map(|school| parts(task.tilt[*school])).sum(),
            urban: counted(&|school| task.urban[school] == Some(true)),
            rural: counted(&|school| task.urban[school] == Some(false)),
            strong: counted(&|school| task.strong[school]),
            in_need: counted(&|school| task.in_need[school]),
        }
    }

    /// With `sign` times so many more.
    pub(super) fn and(self, sign: i64, more: Sums) -> Sums {
        Sums {
            schools: self.schools + sign * more.schools,
            pupils: self.pupils + sign * more.pupils,
            tilt: self.tilt + sign * more.tilt,
            urban: self.urban + sign as i32 * more.urban,
            rural: self.rural + sign as i32 * more.rural,
            strong: self.strong + sign as i32 * more.strong,
            in_need: self.in_need + sign as i32 * more.in_need,
        }
    }
}
