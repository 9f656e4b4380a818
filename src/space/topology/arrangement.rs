//! Step 3: the faces between edges.

use std::cmp::Ordering;

use geo::Coord;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

use super::edge::{Edge, EdgeTable};
use super::vertex::VertexTable;

/// The face outside everything.
pub(super) const OUTSIDE: u32 = 0;

/// The faces of the plane cut up by some edges of a table.
///
/// Edges must meet at vertices only; [`super::node::cut`] sees to that.
pub(super) struct Arrangement {
    /// Positions of the edges in the table, ascending.
    pub(super) edges: Vec<usize>,
    /// For each of them the face to the left of low → high.
    pub(super) left: Vec<u32>,
    /// For each of them the face to the right of low → high.
    pub(super) right: Vec<u32>,
    /// Number of faces, [`OUTSIDE`] included.
    pub(super) face_count: usize,
}

/// One of the two directions of an edge: twice its position among the chosen edges, plus one for high → low.
type Half = usize;

impl Arrangement {
    /// Cost: O(E log E). Deterministic.
    pub(super) fn of(
        vertices: &VertexTable,
        table: &EdgeTable,
        chosen: impl Fn(&EdgeTable, &Edge) -> bool,
    ) -> Arrangement {
        let positions: Vec<usize> =
            (0..table.edges().len()).filter(|position| chosen(table, &table.edges()[*position])).collect();
        let ends: Vec<(u32, u32)> = positions
            .iter()
            .map(|position| {
                let edge = table.edges()[*position];
                (edge.low, edge.high)
            })
            .collect();
        let next = next_halves(&ends, vertices);
        let cycles = Cycles::trace(&next, &ends, vertices);
        let (face_of_cycle, face_count) = cycles.faces(&ends, vertices);
        let face = |half: Half| face_of_cycle[cycles.of_half[half]];
        Arrangement {
            left: (0..ends.len()).map(|edge| face(2 * edge)).collect(),
            right: (0..ends.len()).map(|edge| face(2 * edge + 1)).collect(),
            edges: positions,
            face_count,
        }
    }
}

fn start_of(half: Half, ends: &[(u32, u32)]) -> u32 {
    let (low, high) = ends[half / 2];
    if half.is_multiple_of(2) { low } else { high }
}

/// For each half edge the next one around the face on its left.
fn next_halves(ends: &[(u32, u32)], vertices: &VertexTable) -> Vec<Half> {
    let direction =
        |half: Half| -> Coord<f64> { vertices.place(start_of(half ^ 1, ends)) - vertices.place(start_of(half, ends)) };
    let mut outgoing: Vec<(u32, Half)> = (0..2 * ends.len()).map(|half| (start_of(half, ends), half)).collect();
    outgoing.sort_unstable_by(|first, second| {
        first
            .0
            .cmp(&second.0)
            .then_with(|| by_angle(direction(first.1), direction(second.1)))
            .then(first.1.cmp(&second.1))
    });
    let mut next = vec![0; 2 * ends.len()];
    for fan in outgoing.chunk_by(|first, second| first.0 == second.0) {
        for (position, (_, half)) in fan.iter().enumerate() {
            // Arriving against `half`, the face on the left is left along the next edge clockwise.
            let clockwise = fan[(position + fan.len() - 1) % fan.len()].1;
            next[half ^ 1] = clockwise;
        }
    }
    next
}

/// Orders directions counter-clockwise from east, by half-plane and cross product (no trigonometry, no rounding ties).
pub(super) fn by_angle(first: Coord<f64>, second: Coord<f64>) -> Ordering {
    let below = |direction: Coord<f64>| direction.y < 0.0 || (direction.y == 0.0 && direction.x < 0.0);
    below(first).cmp(&below(second)).then_with(|| {
        let cross = first.x * second.y - first.y * second.x;
        0.0_f64.total_cmp(&cross)
    })
}

/// The closed walks around faces. A walk with positive area is the outer rim of a face; any other is the rim of a
/// hole in a face that lies around it.
struct Cycles {
    of_half: Vec<usize>,
    area: Vec<f64>,
    /// For each cycle its westernmost start of a half edge, southernmost of those.
    west: Vec<Coord<f64>>,
    first_half: Vec<Half>,
}

impl Cycles {
    fn trace(next: &[Half], ends: &[(u32, u32)], vertices: &VertexTable) -> Cycles {
        const NONE: usize = usize::MAX;
        let mut cycles =
            Cycles { of_half: vec![NONE; next.len()], area: Vec::new(), west: Vec::new(), first_half: Vec::new() };
        for first in 0..next.len() {
            if cycles.of_half[first] != NONE {
                continue;
            }
            let number = cycles.area.len();
            let origin = vertices.place(start_of(first, ends));
            let (mut twice_area, mut west, mut half) = (0.0, origin, first);
            while cycles.of_half[half] == NONE {
                cycles.of_half[half] = number;
                let start = vertices.place(start_of(half, ends));
                let end = vertices.place(start_of(half ^ 1, ends));
                let (from, to) = (start - origin, end - origin);
                twice_area += from.x * to.y - to.x * from.y;
                if (start.x, start.y) < (west.x, west.y) {
                    west = start;
                }
                half = next[half];
            }
            cycles.area.push(twice_area / 2.0);
            cycles.west.push(west);
            cycles.first_half.push(first);
        }
        cycles
    }

    /// Numbers the faces and says which face each cycle is a rim of.
    fn faces(&self, ends: &[(u32, u32)], vertices: &VertexTable) -> (Vec<u32>, usize) {
        const UNKNOWN: u32 = u32::MAX;
        let mut face = vec![UNKNOWN; self.area.len()];
        let mut count = 1;
        for (cycle, area) in self.area.iter().enumerate() {
            if *area > 0.0 {
                face[cycle] = count;
                count += 1;
            }
        }
        let mut rims: Vec<usize> = (0..face.len()).filter(|cycle| face[*cycle] == UNKNOWN).collect();
        // The rim of a piece of the drawing; only one piece means it lies in the outside.
        if let [only] = rims[..] {
            face[only] = OUTSIDE;
            return (face, count as usize);
        }
        // Looking west from its westernmost vertex, a piece sees an edge of the face it lies in, and the piece that
        // edge belongs to reaches further west, so it has been settled before.
        rims.sort_unstable_by(|first, second| {
            let (first_west, second_west) = (self.west[*first], self.west[*second]);
            first_west.x.total_cmp(&second_west.x).then(first_west.y.total_cmp(&second_west.y)).then(first.cmp(second))
        });
        let tree = RTree::bulk_load(
            (0..ends.len())
                .map(|edge| {
                    let (low, high) = (vertices.place(ends[edge].0), vertices.place(ends[edge].1));
                    GeomWithData::new(Line::new([low.x, low.y], [high.x, high.y]), edge)
                })
                .collect(),
        );
        let far_west = rims.first().map_or(0.0, |cycle| self.west[*cycle].x) - 1.0;
        for cycle in rims {
            let eye = self.west[cycle];
            let ray = AABB::from_corners([far_west, eye.y], [eye.x, eye.y]);
            let mut nearest: Option<(f64, usize, Half)> = None;
            for found in tree.locate_in_envelope_intersecting(&ray) {
                let edge = found.data;
                let (low, high) = (vertices.place(ends[edge].0), vertices.place(ends[edge].1));
                // Half-open in y, so that a vertex on the ray counts for exactly one of its edges. An edge that ends at the
                // eye is the piece's own: rounding may put it a hair to the west, and the piece into itself.
                if (low.y <= eye.y) == (high.y <= eye.y) || low == eye || high == eye {
                    continue;
                }
                let x = low.x + (eye.y - low.y) / (high.y - low.y) * (high.x - low.x);
                // The half edge that runs south has the ground east of it on its left.
                let southward = if low.y > high.y { 2 * edge } else { 2 * edge + 1 };
                if x < eye.x && nearest.is_none_or(|(best, best_edge, _)| (x, edge) > (best, best_edge)) {
                    nearest = Some((x, edge, southward));
                }
            }
            face[cycle] = nearest.map_or(OUTSIDE, |(_, _, half)| face[self.of_half[half]]);
        }
        (face, count as usize)
    }
}
