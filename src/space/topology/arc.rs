//! Step 5: edges between the same two owners are chained into arcs.

use std::ops::Range;

use super::cover::Owners;
use super::edge::Edge;
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

/// An edge that separates two owners, seen from one of its ends: twice its position in the table, plus one from the higher
/// vertex.
type Way = u32;

/// Edges with the owners to the left and right of low → high.
struct Ways<'t> {
    edges: &'t [Edge],
    owners: &'t Owners,
    /// All ways by the vertex they start at.
    from: Vec<(u32, Way)>,
}

impl Ways<'_> {
    fn start(&self, way: Way) -> u32 {
        let edge = &self.edges[way as usize / 2];
        if way.is_multiple_of(2) { edge.low } else { edge.high }
    }

    fn end(&self, way: Way) -> u32 {
        self.start(way ^ 1)
    }

    /// The owners to the left and right of a way.
    fn sides(&self, way: Way) -> (Option<u32>, Option<u32>) {
        let (left, right) = self.owners[way as usize / 2];
        if way.is_multiple_of(2) { (left, right) } else { (right, left) }
    }

    fn fan_of(&self, vertex: u32) -> &[(u32, Way)] {
        let first = self.from.partition_point(|(from, _)| *from < vertex);
        let count = self.from[first..].partition_point(|(from, _)| *from == vertex);
        &self.from[first..first + count]
    }

    fn is_node(&self, fan: &[(u32, Way)]) -> bool {
        match fan {
            [(_, first), (_, second)] => self.sides(*first) != self.sides(*second ^ 1),
            _ => true,
        }
    }
}

/// Chains the edges that separate two owners, from node to node; a node is a vertex where not exactly two such edges
/// meet or where the owners change. Closed chains without a node start at their lowest edge.
pub(super) fn chain(vertices: &VertexTable, edges: &[Edge], owners: &Owners) -> (Vec<Arc>, Vec<u32>) {
    let apart = owners.iter().filter(|(left, right)| left != right).count();
    let mut ways = Ways { edges, owners, from: Vec::with_capacity(2 * apart) };
    for (position, edge) in edges.iter().enumerate().filter(|(position, _)| owners[*position].0 != owners[*position].1)
    {
        let way = u32::try_from(2 * position + 1).expect("a county has fewer than 2^31 edges");
        ways.from.extend([(edge.low, way - 1), (edge.high, way)]);
    }
    ways.from.sort_unstable();
    let mut used = vec![false; edges.len()];
    let (mut arcs, mut chain): (Vec<Arc>, Vec<u32>) = (Vec::new(), Vec::with_capacity(2 * apart));
    let mut follow = |first: Way, used: &mut [bool]| {
        let start = chain.len();
        let origin = ways.start(first);
        chain.push(origin);
        let mut way = first;
        let mut length = 0.0;
        loop {
            used[way as usize / 2] = true;
            let end = ways.end(way);
            let along = vertices.place(end) - vertices.place(ways.start(way));
            length += along.x.hypot(along.y);
            chain.push(end);
            let fan = ways.fan_of(end);
            if end == origin || ways.is_node(fan) {
                break;
            }
            way = if fan[0].1 / 2 == way / 2 { fan[1].1 } else { fan[0].1 };
        }
        let position = |length: usize| u32::try_from(length).expect("a county has fewer than 2^32 vertices");
        let (left, right) = ways.sides(first);
        arcs.push(Arc { start: position(start), end: position(chain.len()), left, right, length });
    };
    for fan in ways.from.chunk_by(|first, second| first.0 == second.0).filter(|fan| ways.is_node(fan)) {
        for (_, way) in fan {
            if !used[*way as usize / 2] {
                follow(*way, &mut used);
            }
        }
    }
    for (_, way) in &ways.from {
        if !used[*way as usize / 2] {
            follow(*way, &mut used);
        }
    }
    arcs.shrink_to_fit();
    chain.shrink_to_fit();
    (arcs, chain)
}
