//! Right size (规模适度): how full schools are.

use serde::Serialize;

use crate::model::{County, Scheme, Stage};

/// How full a school is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Pupils of its catchment.
    pub pupils: u64,
    /// Its seats; of a pool those of all its schools, and of seats shared between stages those the other stages leave.
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

/// The load of every catchment of one stage, at the position of the school that holds it; empty loads for the other
/// schools of pools and for schools that do not serve the stage.
///
/// # Panics
/// Never for a scheme of this county.
#[must_use]
pub fn loads(county: &County, scheme: &Scheme, stage: Stage) -> Vec<Load> {
    let mut loads = vec![Load::default(); county.schools.len()];
    for school in county.holders(stage) {
        loads[school.get()].seats = county.seats_of(stage, school);
    }
    for catchments in &scheme.catchments {
        for (block, school) in catchments.school_of.iter().enumerate() {
            let Some(school) = *school else { continue };
            let pupils = u64::from(county.blocks[block].pupils[catchments.stage]);
            let load = &mut loads[school.get()];
            if catchments.stage == stage {
                load.pupils += pupils;
                load.blocks += 1;
            } else if county.school(school).shared_seats.is_some() {
                load.seats = load.seats.saturating_sub(pupils);
            }
        }
    }
    loads
}

/// How full the seats are that a nine-year school shares between its stages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SharedSeats {
    /// The school's id.
    pub school_id: String,
    /// Its name.
    pub name: String,
    /// The seats it shares.
    pub seats: u64,
    /// Its primary pupils.
    pub pupils_primary: u64,
    /// Its junior pupils.
    pub pupils_junior: u64,
    /// Pupils of both stages above the seats.
    pub overload: u64,
}

/// The schools that share seats between stages, in input order.
#[must_use]
pub fn shared_seats(county: &County, scheme: &Scheme) -> Vec<SharedSeats> {
    let pupils = |stage: Stage| -> Vec<u64> { loads(county, scheme, stage).iter().map(|load| load.pupils).collect() };
    let of_stage = [Stage::Primary, Stage::Junior].map(pupils);
    let schools = county.schools.iter().enumerate();
    schools
        .filter_map(|(position, school)| {
            let seats = u64::from(school.shared_seats?);
            let [pupils_primary, pupils_junior] = [of_stage[0][position], of_stage[1][position]];
            Some(SharedSeats {
                school_id: school.id.clone(),
                name: school.name.clone(),
                seats,
                pupils_primary,
                pupils_junior,
                overload: (pupils_primary + pupils_junior).saturating_sub(seats),
            })
        })
        .collect()
}
