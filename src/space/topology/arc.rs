//! Step 5: edges between the same two owners are chained into arcs.

use std::ops::Range;

use super::cover::Owners;
use super::edge::EdgeTable;
use super::vertex::VertexTable;

/// A stretch of border between two blocks, or between a block and the outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Arc {
    start: u32,
    end: u32,
    /// The block to the left of its direction; `None` for ground of nobody.
    pub left: Option<u32>,
    /// The block to the right of its direction.
    pub right: Option<u32>,
    /// Its length in metres.
    pub length: f64,
}

impl Arc {
    /// Where its vertices stand in the chain of the coverage.
    pub(super) fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// An edge that separates two owners, from one end: `toward` is its other vertex, and left and right are as seen
/// walking that way.
#[derive(Clone, Copy)]
struct Way {
    from: u32,
    toward: u32,
    left: Option<u32>,
    right: Option<u32>,
    edge: usize,
}

/// Chains the edges that separate two owners, from node to node; a node is a vertex where not exactly two such edges
/// meet or where the owners change. Closed chains without a node start at their lowest edge.
pub(super) fn chain(vertices: &VertexTable, table: &EdgeTable, owners: &Owners) -> (Vec<Arc>, Vec<u32>) {
    let mut ways: Vec<Way> = Vec::new();
    for (position, edge) in table.edges().iter().enumerate() {
        let (left, right) = owners[position];
        if left != right {
            ways.push(Way { from: edge.low, toward: edge.high, left, right, edge: position });
            ways.push(Way { from: edge.high, toward: edge.low, left: right, right: left, edge: position });
        }
    }
    ways.sort_unstable_by_key(|way| (way.from, way.edge));
    let fan_of = |vertex: u32| -> &[Way] {
        let first = ways.partition_point(|way| way.from < vertex);
        let count = ways[first..].partition_point(|way| way.from == vertex);
        &ways[first..first + count]
    };
    let is_node = |fan: &[Way]| match fan {
        [first, second] => (first.left, first.right) != (second.right, second.left),
        _ => true,
    };

    let mut used = vec![false; table.edges().len()];
    let (mut arcs, mut chain): (Vec<Arc>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut follow = |first: Way, used: &mut [bool]| {
        let start = chain.len();
        chain.push(first.from);
        let mut way = first;
        let mut length = 0.0;
        loop {
            used[way.edge] = true;
            let along = vertices.place(way.toward) - vertices.place(way.from);
            length += along.x.hypot(along.y);
            chain.push(way.toward);
            let fan = fan_of(way.toward);
            if way.toward == first.from || is_node(fan) {
                break;
            }
            way = if fan[0].edge == way.edge { fan[1] } else { fan[0] };
        }
        let position = |length: usize| u32::try_from(length).expect("a county has fewer than 2^32 vertices");
        arcs.push(Arc {
            start: position(start),
            end: position(chain.len()),
            left: first.left,
            right: first.right,
            length,
        });
    };
    for fan in ways.chunk_by(|first, second| first.from == second.from).filter(|fan| is_node(fan)) {
        for way in fan {
            if !used[way.edge] {
                follow(*way, &mut used);
            }
        }
    }
    for way in &ways {
        if !used[way.edge] {
            follow(*way, &mut used);
        }
    }
    (arcs, chain)
}
