//! The bound: what no scheme that keeps the hard rules can beat, and what proves it.
//!
//! A bound is a number and a proof. There are two forms of proof: prices of seats (`price`), and worths of blocks.
//! Either is a list of whole numbers from which anybody can compute the bound again, without knowing how they were
//! found; `xuequ verify` does.

use crate::model::{SchoolIndex, Stage};

/// A lower bound with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The stage.
    pub stage: Stage,
    /// No scheme that keeps what the proof covers has fewer pupil-millimetres.
    pub pupil_millimetres: i64,
    /// The schools the proof speaks of, in order.
    pub schools: Vec<SchoolIndex>,
    /// What proves it.
    pub proof: Proof,
}

/// What proves a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The price of a seat at each school in millimetres, none below zero; covers seats and ties. With d the distance in
    /// whole millimetres rounded down, the bound is Σ pupils · min over schools (d + price) − Σ seats · price.
    Prices(Vec<i64>),
}

impl Bound {
    /// The bound in pupil-kilometres.
    #[must_use]
    pub fn pupil_kilometres(&self) -> f64 {
        self.pupil_millimetres as f64 / 1e6
    }
}

impl Proof {
    /// The name of the form in files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Proof::Prices(_) => "prices",
        }
    }

    /// The hard rules a scheme must keep for the bound to hold for it, by their ids.
    #[must_use]
    pub const fn covers(&self) -> &'static [&'static str] {
        match self {
            Proof::Prices(_) => &["assigned", "seats", "locks"],
        }
    }
}
