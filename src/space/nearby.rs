//! Which schools are nearer to a block than a given distance, without looking at all of them.

use geo::Coord;

use super::distance::Distances;
use super::index::PlaceGrid;
use crate::model::{BlockIndex, County, SchoolIndex, Stage};

/// The schools of a stage, to be asked which of them are near a block.
#[derive(Clone, Debug)]
pub struct Nearby<'a> {
    distances: &'a Distances,
    schools: Vec<SchoolIndex>,
    /// The gates on a grid, where no distance is shorter than the straight line; else every school must be looked at.
    grid: Option<PlaceGrid>,
}

impl<'a> Nearby<'a> {
    /// The schools of `stage`.
    #[must_use]
    pub fn new(county: &County, distances: &'a Distances, stage: Stage) -> Nearby<'a> {
        let schools: Vec<SchoolIndex> = county.schools_of(stage).collect();
        let gates: Vec<Coord<f64>> = schools.iter().map(|school| county.school(*school).gate).collect();
        let grid = distances.are_at_least_straight().then(|| PlaceGrid::new(&gates));
        Nearby { distances, schools, grid }
    }

    /// Calls `tell` with every school nearer to `block` than `metres`, and how near it is, in no particular order.
    ///
    /// Cost: the schools within so many metres on the straight line; all schools where distances are not tied to it.
    pub fn nearer(&self, block: BlockIndex, metres: f64, mut tell: impl FnMut(SchoolIndex, f64)) {
        let mut look = |school: SchoolIndex| {
            let away = self.distances.metres(block, school);
            if away < metres {
                tell(school, away);
            }
        };
        let Some(grid) = &self.grid else {
            self.schools.iter().copied().for_each(look);
            return;
        };
        // The square may be rounded; a little more is looked at than is needed.
        let square = metres * metres * (1.0 + 1e-9);
        grid.visit(self.distances.point(block), metres, |position, away| {
            if away <= square {
                look(self.schools[position]);
            }
            metres
        });
    }
}
