//! Barriers (阻隔) that pupils cannot walk across, and crossings (通道) where they can.

use geo::{Coord, MultiLineString};

/// A river, railway or trunk road: its line cannot be crossed but at a [`Crossing`].
#[derive(Clone, Debug)]
pub struct Barrier {
    /// Its name.
    pub name: String,
    /// What it is, in the words of the input (河流, railway …); used to draw it.
    pub kind: String,
    /// Its course in working metres.
    pub course: MultiLineString<f64>,
}

/// A bridge, underpass or level crossing.
#[derive(Clone, Debug)]
pub struct Crossing {
    /// Its name.
    pub name: String,
    /// Where it is, in working metres.
    pub place: Coord<f64>,
}
