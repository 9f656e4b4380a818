//! Neighbours across gaps: compounds drawn without the streets between them touch nobody, and yet have neighbours.

use std::collections::BTreeSet;

use geo::{Coord, Distance, Euclidean, MultiPolygon};
use rustc_hash::FxHashMap;
use spade::{DelaunayTriangulation, Point2, Triangulation};

use crate::model::Outlines;

/// Gaps wider than this many metres make no neighbours.
pub const WIDEST_GAP: f64 = 500.0;

/// Borders are looked at every so many metres.
const STEP: f64 = 25.0;

/// Two outlines with the width of the gap between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearPair {
    /// The smaller position.
    pub first: usize,
    /// The larger position.
    pub second: usize,
    /// Metres between their borders.
    pub gap: f64,
}

/// The pairs of outlines that face each other across a gap of at most [`WIDEST_GAP`] with no other in between, where
/// at least one of the two is picked by `is_alone`. Sorted.
///
/// Two outlines face each other where points of their borders are joined in the Delaunay triangulation of all such
/// points. Deterministic. Cost: O(P log P) for P points, one at each vertex and every few metres.
#[must_use]
pub fn near_pairs(outlines: &Outlines, is_alone: impl Fn(usize) -> bool) -> Vec<NearPair> {
    let mut triangulation: DelaunayTriangulation<Point2<f64>> = DelaunayTriangulation::new();
    let mut owner: FxHashMap<usize, usize> = FxHashMap::default();
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (position, outline) in outlines.iter().enumerate() {
        for place in outline.iter().flat_map(along_border) {
            let Ok(vertex) = triangulation.insert(Point2::new(place.x, place.y)) else { continue };
            match owner.entry(vertex.index()) {
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert(position);
                }
                // They touch in a point.
                std::collections::hash_map::Entry::Occupied(taken) if *taken.get() != position => {
                    pairs.insert((*taken.get(), position));
                }
                std::collections::hash_map::Entry::Occupied(_) => {}
            }
        }
    }
    for edge in triangulation.undirected_edges() {
        let [start, end] = edge.vertices();
        let (Some(first), Some(second)) = (owner.get(&start.index()), owner.get(&end.index())) else { continue };
        let (here, there) = (start.position(), end.position());
        // The ends of an edge are at most a step farther apart than the borders they lie on.
        if first != second && (here.x - there.x).hypot(here.y - there.y) <= WIDEST_GAP + STEP {
            pairs.insert((*first.min(second), *first.max(second)));
        }
    }
    pairs
        .into_iter()
        .filter(|(first, second)| is_alone(*first) || is_alone(*second))
        .filter_map(|(first, second)| {
            let gap = Euclidean.distance(&outlines.get(first)?, &outlines.get(second)?);
            (gap <= WIDEST_GAP).then_some(NearPair { first, second, gap })
        })
        .collect()
}

/// The vertices of a border and points between them.
fn along_border(outline: &MultiPolygon<f64>) -> Vec<Coord<f64>> {
    let mut places = Vec::new();
    for polygon in &outline.0 {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            for edge in ring.lines() {
                let along = edge.end - edge.start;
                let pieces = (along.x.hypot(along.y) / STEP).ceil().max(1.0) as usize;
                places.extend((0..pieces).map(|piece| edge.start + along * (piece as f64 / pieces as f64)));
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use geo::Rect;

    use super::*;

    fn square(x: f64, y: f64) -> MultiPolygon<f64> {
        MultiPolygon::from(Rect::new(Coord { x, y }, Coord { x: x + 100.0, y: y + 100.0 }).to_polygon())
    }

    #[test]
    fn outlines_face_each_other_across_streets_and_not_across_others() {
        let row: Vec<MultiPolygon<f64>> = [0.0, 120.0, 250.0, 900.0].map(|x| square(x, 0.0)).to_vec();
        let outlines: Outlines = row.iter().map(Some).collect();
        let found: Vec<(usize, usize, f64)> =
            near_pairs(&outlines, |_| true).iter().map(|pair| (pair.first, pair.second, pair.gap)).collect();
        assert_eq!(
            found,
            [(0, 1, 20.0), (1, 2, 30.0)],
            "the last is too far, and the first and third have one between"
        );
        assert!(near_pairs(&outlines, |position| position == 3).is_empty());
    }
}
