//! Who shares a catchment with whom, put together from the pools of the input.

use std::collections::BTreeMap;

use super::distance::Ways;
use crate::model::settings::DistanceMethod;
use crate::model::{County, Stage};

/// Catchments in the order in which a place that looks east and west comes upon their gates.
pub(super) struct Outward {
    /// How far east each gate is, ascending, and whose it is: a catchment comes once for each of its gates.
    gates: Vec<(f64, usize)>,
    /// Whether no way is shorter than the straight line, so that the way is at least as long as the gate is east or west.
    is_straight: bool,
}

impl Outward {
    /// The least a way can be in metres, and the holder of the catchment it would lead to; the least never sinks, so that
    /// who has found something shorter need not look on.
    pub(super) fn from(&self, east: f64) -> impl Iterator<Item = (f64, usize)> + '_ {
        let mut after = self.gates.partition_point(|(gate, _)| *gate < east);
        let mut before = after;
        std::iter::from_fn(move || {
            let behind = before.checked_sub(1).map(|place| (east - self.gates[place].0, self.gates[place].1));
            let ahead = self.gates.get(after).map(|(gate, school)| (gate - east, *school));
            let (least, school) = match (behind, ahead) {
                (Some(behind), Some(ahead)) if behind.0 <= ahead.0 => behind,
                (Some(behind), None) => behind,
                (_, Some(ahead)) => ahead,
                (None, None) => return None,
            };
            if behind.is_some_and(|behind| behind == (least, school)) {
                before -= 1;
            } else {
                after += 1;
            }
            Some((if self.is_straight { least } else { 0.0 }, school))
        })
    }
}

/// For each stage and school the schools of its catchment.
pub(super) struct Sharing<'a> {
    county: &'a County,
    /// By stage and school; schools in input order, none for a school that does not serve the stage.
    schools: BTreeMap<Stage, Vec<Vec<usize>>>,
}

impl<'a> Sharing<'a> {
    pub(super) fn of(county: &'a County) -> Sharing<'a> {
        let mut schools = BTreeMap::new();
        for stage in &county.stages {
            let alone = |school: usize| if county.schools[school].serves(*stage) { vec![school] } else { Vec::new() };
            let mut of_school: Vec<Vec<usize>> = (0..county.schools.len()).map(alone).collect();
            for pool in county.pools.iter().filter(|pool| pool.stage == *stage) {
                let mut together: Vec<usize> = pool.schools.iter().map(|school| school.get()).collect();
                together.sort_unstable();
                for school in &together {
                    of_school[*school].clone_from(&together);
                }
            }
            schools.insert(*stage, of_school);
        }
        Sharing { county, schools }
    }

    /// The catchments of a stage as they are come upon.
    pub(super) fn outward(&self, ways: &Ways<'_>, stage: Stage) -> Outward {
        let gates = self.holders(stage).flat_map(|holder| {
            let schools = self.schools(stage, holder).iter();
            schools.map(move |school| (self.county.schools[*school].gate.x, holder))
        });
        let mut gates: Vec<(f64, usize)> = gates.collect();
        gates.sort_by(|first, second| first.0.total_cmp(&second.0).then(first.1.cmp(&second.1)));
        let is_straight = matches!(ways.method(), DistanceMethod::Straight | DistanceMethod::Barrier);
        Outward { gates, is_straight }
    }

    /// The schools of the catchment of a school; none where it does not serve the stage.
    pub(super) fn schools(&self, stage: Stage, school: usize) -> &[usize] {
        self.schools.get(&stage).and_then(|of_school| of_school.get(school)).map_or(&[], Vec::as_slice)
    }

    /// The schools that stand for a catchment each: the first of its schools.
    pub(super) fn holders(&self, stage: Stage) -> impl Iterator<Item = usize> + '_ {
        (0..self.county.schools.len()).filter(move |school| self.schools(stage, *school).first() == Some(school))
    }

    /// What tables and layers call the catchment of a school.
    pub(super) fn id(&self, stage: Stage, school: usize) -> String {
        let ids = self.schools(stage, school).iter().map(|school| self.county.schools[*school].id.as_str());
        ids.collect::<Vec<&str>>().join(";")
    }

    pub(super) fn name(&self, stage: Stage, school: usize) -> String {
        let names = self.schools(stage, school).iter().map(|school| self.county.schools[*school].name.as_str());
        names.collect::<Vec<&str>>().join(" / ")
    }

    /// The seats of the catchment of a school, over all its schools; seats shared between stages wholly.
    pub(super) fn seats(&self, stage: Stage, school: usize) -> u64 {
        self.schools(stage, school).iter().map(|school| self.own_seats(stage, *school)).sum()
    }

    fn own_seats(&self, stage: Stage, school: usize) -> u64 {
        u64::from(self.county.schools[school].seats[stage].unwrap_or(0))
    }

    /// The seats of each school of a catchment as weights; one each where there are none.
    fn weights(&self, stage: Stage, school: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        let none = self.seats(stage, school) == 0;
        let schools = self.schools(stage, school).iter();
        schools.map(move |school| (*school, if none { 1 } else { self.own_seats(stage, *school) }))
    }

    /// Metres from a block to a catchment's schools: the mean weighted by seats.
    pub(super) fn metres(&self, ways: &Ways<'_>, stage: Stage, block: usize, school: usize) -> f64 {
        if let [only] = self.schools(stage, school) {
            return ways.metres(block, *only);
        }
        let (mut sum, mut whole) = (0.0, 0.0);
        for (school, weight) in self.weights(stage, school) {
            sum += weight as f64 * ways.metres(block, school);
            whole += weight as f64;
        }
        sum / whole
    }

    /// The same in whole millimetres: the mean, rounded down, of distances rounded down.
    pub(super) fn millimetres(&self, ways: &Ways<'_>, stage: Stage, block: usize, school: usize) -> i128 {
        let (mut sum, mut whole) = (0, 0);
        for (school, weight) in self.weights(stage, school) {
            sum += i128::from(weight) * (ways.metres(block, school) * 1000.0).floor() as i128;
            whole += i128::from(weight);
        }
        sum / whole
    }

    /// Metres from a block to the nearest of a catchment's schools.
    pub(super) fn nearest_metres(&self, ways: &Ways<'_>, stage: Stage, block: usize, school: usize) -> f64 {
        self.schools(stage, school).iter().map(|school| ways.metres(block, *school)).fold(f64::INFINITY, f64::min)
    }
}
