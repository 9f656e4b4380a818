//! Which schools are nearer to a block than a given distance, without looking at all of them.

use geo::Coord;

use super::distance::Distances;
use super::index::PlaceGrid;
use crate::model::{BlockIndex, County, SchoolIndex, Stage};

/// The schools of a stage, to be asked how far they are from a block and which of them are near. Schools of a pool are one,
/// called by their holder.
#[derive(Clone, Debug)]
pub struct Nearby<'a> {
    distances: &'a Distances,
    schools: Vec<SchoolIndex>,
    /// For each school of the county its pool's schools with their lots; empty where it is in none, and wholly where there
    /// is no pool.
    lots: Vec<Vec<(SchoolIndex, f64)>>,
    /// The gates on a grid, where no distance is shorter than the straight line; else every school must be looked at. A
    /// pool stands in the middle of its gates, weighted by lots: it is never nearer than that place on the straight line.
    grid: Option<PlaceGrid>,
}

impl<'a> Nearby<'a> {
    /// The schools of `stage`.
    #[must_use]
    pub fn new(county: &County, distances: &'a Distances, stage: Stage) -> Nearby<'a> {
        let schools: Vec<SchoolIndex> = county.holders(stage).collect();
        let mut lots = Vec::new();
        for pool in county.pools.iter().filter(|pool| pool.stage == stage) {
            lots.resize(county.schools.len(), Vec::new());
            let own: Vec<(SchoolIndex, f64)> =
                county.lots(stage, pool.schools[0]).map(|(school, lots)| (school, lots as f64)).collect();
            for school in &pool.schools {
                lots[school.get()].clone_from(&own);
            }
        }
        let gates: Vec<Coord<f64>> = schools
            .iter()
            .map(|school| match lots.get(school.get()).map(Vec::as_slice) {
                None | Some([]) => county.school(*school).gate,
                Some(lots) => {
                    let sum = lots
                        .iter()
                        .fold(Coord { x: 0.0, y: 0.0 }, |sum, (of, lots)| sum + county.school(*of).gate * *lots);
                    sum / lots.iter().map(|(_, lots)| lots).sum::<f64>()
                }
            })
            .collect();
        let grid = distances.are_at_least_straight().then(|| PlaceGrid::new(&gates));
        Nearby { distances, schools, lots, grid }
    }

    /// The schools, in input order; of each pool the holder.
    #[must_use]
    pub fn schools(&self) -> &[SchoolIndex] {
        &self.schools
    }

    /// Metres from `block` to `school`. To a school of a pool it is the mean over the pool's schools weighted by their
    /// seats: what a pupil can expect of the draw of lots.
    #[must_use]
    pub fn metres(&self, block: BlockIndex, school: SchoolIndex) -> f64 {
        match self.lots.get(school.get()).map(Vec::as_slice) {
            None | Some([]) => self.distances.metres(block, school),
            Some(lots) => {
                let sum: f64 = lots.iter().map(|(of, lots)| lots * self.distances.metres(block, *of)).sum();
                sum / lots.iter().map(|(_, lots)| lots).sum::<f64>()
            }
        }
    }

    /// The same in whole millimetres, rounded down; for a pool the mean of distances rounded down, so that it is a matter
    /// of whole numbers.
    #[must_use]
    pub fn millimetres(&self, block: BlockIndex, school: SchoolIndex) -> i64 {
        let of_school = |school: SchoolIndex| (self.distances.metres(block, school) * 1000.0).floor() as i64;
        match self.lots.get(school.get()).map(Vec::as_slice) {
            None | Some([]) => of_school(school),
            Some(lots) => {
                let sum: i64 = lots.iter().map(|(of, lots)| *lots as i64 * of_school(*of)).sum();
                sum / lots.iter().map(|(_, lots)| *lots as i64).sum::<i64>()
            }
        }
    }

    /// Metres from `block` to `school`, or to the nearest school of its pool.
    #[must_use]
    pub fn nearest_metres(&self, block: BlockIndex, school: SchoolIndex) -> f64 {
        let pool = self.lots.get(school.get()).into_iter().flatten();
        let own = self.distances.metres(block, school);
        pool.map(|(of, _)| self.distances.metres(block, *of)).fold(own, f64::min)
    }

    /// Calls `tell` with every school nearer to `block` than `metres`, and how near it is, in no particular order.
    ///
    /// Cost: the schools within so many metres on the straight line; all schools where distances are not tied to it.
    pub fn nearer(&self, block: BlockIndex, metres: f64, mut tell: impl FnMut(SchoolIndex, f64)) {
        let mut look = |school: SchoolIndex| {
            let away = self.metres(block, school);
            if away < metres {
                tell(school, away);
            }
        };
        let Some(grid) = &self.grid else {
            self.schools.iter().copied().for_each(look);
            return;
        };
        // The square may be rounded; a little more is looked at than is needed.
        let square = metres * metres * (1.0 + 4e-9);
        let radius = metres * (1.0 + 1e-9);
        grid.visit(self.distances.point(block), radius, |position, away| {
            if away <= square {
                look(self.schools[position]);
            }
            radius
        });
    }
}
