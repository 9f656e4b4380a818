//! The roads people walk on (路网).

use geo::{Coord, MultiLineString};

/// A network of roads: nodes in working metres, joined by straight pieces that may be walked both ways.
///
/// Invariants: pieces name nodes that are there, never the same one at both ends; coordinates are finite. The network
/// may lie in several parts; which of them serves is the business of whoever walks on it.
#[derive(Clone, Debug, Default)]
pub struct RoadNetwork {
    /// Ends, bends and crossings of roads.
    pub nodes: Vec<Coord<f64>>,
    /// The pieces between them, by the positions of their nodes.
    pub pieces: Vec<[u32; 2]>,
    /// The roads that have names, by name, whether people walk on them or not: they are what people tell places by.
    pub named: Vec<NamedRoad>,
}

/// A road with its name.
#[derive(Clone, Debug)]
pub struct NamedRoad {
    /// Its name.
    pub name: String,
    /// Its course in working metres.
    pub course: MultiLineString<f64>,
}
