//! The borders of the layer of blocks: edges two of them have in common.

use std::collections::BTreeMap;

use super::frame::Frame;
use super::output::Output;
use super::shape::{Position, apart, rings};
use crate::model::County;

/// Blocks are neighbours where they share at least this many metres, as the documentation of the adjacency states it.
const LEAST_BORDER: f64 = 1.0;

/// An edge may be shorter or longer than the layer shows it by this much, in metres: its ends are rounded to a centimetre.
const ROUNDED: f64 = 0.04;

/// The length of a border in metres, as far as a layer of rounded positions tells.
#[derive(Clone, Copy, Default)]
pub(super) struct Border {
    least: f64,
    most: f64,
}

impl Border {
    /// Whether it certainly makes neighbours of two blocks.
    pub(super) fn must_count(self) -> bool {
        self.least >= LEAST_BORDER
    }

    /// The least and the most metres it may be.
    pub(super) fn metres(self) -> [f64; 2] {
        [self.least, self.most]
    }

    /// Whether it may make neighbours of two blocks.
    pub(super) fn may_count(self) -> bool {
        self.most >= LEAST_BORDER
    }
}

/// The borders pairs of blocks share, smaller position first.
pub(super) type Borders = BTreeMap<(usize, usize), Border>;

/// A pair of ends, smaller end first.
type Edge = ((i64, i64), (i64, i64));

/// The borders of the layer of blocks. None where lengths cannot be told.
pub(super) fn of_layer(output: &Output, county: &County, frame: Option<&Frame>) -> Borders {
    let mut shared = Borders::new();
    let Some(frame) = frame else { return shared };
    let features = output.features_by_id("blocks");
    let place = |(x, y): Position| ((x * 1e8).round() as i64, (y * 1e8).round() as i64);
    let mut edges: Vec<(Edge, usize, (Position, Position))> = Vec::new();
    for (block, known) in county.blocks.iter().enumerate() {
        let Some(feature) = features.get(known.id.as_str()) else { continue };
        for ring in rings(&feature["geometry"]) {
            edges.extend(ring.windows(2).map(|pair| {
                let (start, end) = (place(pair[0]), place(pair[1]));
                ((start.min(end), start.max(end)), block, (pair[0], pair[1]))
            }));
        }
    }
    edges.sort_unstable_by_key(|(edge, block, _)| (*edge, *block));
    for same in edges.chunk_by(|first, second| first.0 == second.0) {
        let [(_, first, (start, end)), (_, second, _)] = same else { continue };
        let length = apart(frame.metres(*start), frame.metres(*end));
        if first != second && length.is_finite() {
            let border = shared.entry((*first, *second)).or_default();
            border.least += (length - ROUNDED).max(0.0);
            border.most += length + ROUNDED;
        }
    }
    shared
}
