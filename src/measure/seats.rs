//! Right size (规模适度): how full schools are.

use crate::model::{Catchments, County};

/// How full a school is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Pupils of its catchment.
    pub pupils: u64,
    /// Its seats.
    pub seats: u64,
    /// Blocks of its catchment.
    pub blocks: usize,
}

impl Load {
    /// Pupils per seat; zero for a school without seats.
    #[must_use]
    pub fn seat_use(&self) -> f64 {
        if self.seats == 0 { 0.0 } else { self.pupils as f64 / self.seats as f64 }
    }

    /// Pupils above the seats.
    #[must_use]
    pub const fn overload(&self) -> u64 {
        self.pupils.saturating_sub(self.seats)
    }
}

/// The load of every school of the county in one stage, in school order; empty loads for schools that do not serve it.
#[must_use]
pub fn loads(county: &County, catchments: &Catchments) -> Vec<Load> {
    let stage = catchments.stage;
    let mut loads: Vec<Load> = county
        .schools
        .iter()
        .map(|school| Load { seats: u64::from(school.seats[stage].unwrap_or(0)), ..Load::default() })
        .collect();
    for block in county.block_indices() {
        if let Some(school) = catchments.school_of(block) {
            let load = &mut loads[school.get()];
            load.pupils += u64::from(county.block(block).pupils[stage]);
            load.blocks += 1;
        }
    }
    loads
}
