//! Step 5: edges between the same two owners are chained into arcs.

use std::ops::Range;

use super::cover::{Owner, Owners};
use super::edge::Edge;

/// A stretch of border between two blocks, or between a block and the outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arc {
    start: u32,
    vertices: u32,
    left: Owner,
    right: Owner,
}

impl Arc {
    /// Where its vertices stand in the chain of the coverage.
    pub(super) fn span(&self) -> Range<usize> {
        self.start as usize..(self.start + self.vertices) as usize
    }

    /// The block to the left of its direction; `None` for ground of nobody.
    #[must_use]
    pub fn left(&self) -> Option<u32> {
        self.left.get()
    }

    /// The block to the right of its direction.
    #[must_use]
    pub fn right(&self) -> Option<u32> {
        self.right.get()
    }
}

/// An edge that separates two owners, seen from one of its ends: twice its position in the table, plus one from the higher
/// vertex.
type Way = u32;

/// Edges with the owners to the left and right of low → high.
struct Ways<'t> {
    edges: &'t [Edge],
    owners: &'t Owners,
    /// All ways by the vertex they start at, and for each vertex where its ways begin in there.
    from: Vec<Way>,
    first: Vec<u32>,
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
    fn sides(&self, way: Way) -> (Owner, Owner) {
        let (left, right) = self.owners[way as usize / 2];
        if way.is_multiple_of(2) { (left, right) } else { (right, left) }
    }

    fn fan_of(&self, vertex: u32) -> &[Way] {
        &self.from[self.first[vertex as usize] as usize..self.first[vertex as usize + 1] as usize]
    }

    fn is_node(&self, fan: &[Way]) -> bool {
        match fan {
            [first, second] => self.sides(*first) != self.sides(*second ^ 1),
            _ => true,
        }
    }
}

/// Chains the edges that separate two owners, from node to node; a node is a vertex where not exactly two such edges
/// meet or where the owners change. Closed chains without a node start at their lowest edge.
pub(super) fn chain(vertices: usize, edges: &[Edge], owners: &Owners) -> (Vec<Arc>, Vec<u32>) {
    let apart = || edges.iter().enumerate().filter(|(position, _)| owners[*position].0 != owners[*position].1);
    let mut first = vec![0_u32; vertices + 1];
    for (_, edge) in apart() {
        first[edge.low as usize + 1] += 1;
        first[edge.high as usize + 1] += 1;
    }
    for vertex in 1..first.len() {
        first[vertex] += first[vertex - 1];
    }
    let count = first.last().map_or(0, |count| *count as usize);
    // Edges come in their order, so that the ways from a vertex are ascending.
    let mut fill = first.clone();
    let mut from: Vec<Way> = vec![0; count];
    for (position, edge) in apart() {
        let way = u32::try_from(2 * position + 1).expect("a county has fewer than 2^31 edges");
        for (vertex, way) in [(edge.low, way - 1), (edge.high, way)] {
            from[fill[vertex as usize] as usize] = way;
            fill[vertex as usize] += 1;
        }
    }
    drop(fill);
    let ways = Ways { edges, owners, from, first };
    let mut used = vec![false; edges.len()];
    // No arc is without an edge, and each edge has two ways.
    let (mut arcs, mut chain): (Vec<Arc>, Vec<u32>) = (Vec::with_capacity(count / 2), Vec::with_capacity(count));
    let mut follow = |first: Way, used: &mut [bool]| {
        let start = chain.len();
        let origin = ways.start(first);
        chain.push(origin);
        let mut way = first;
        loop {
            used[way as usize / 2] = true;
            let end = ways.end(way);
            chain.push(end);
            let fan = ways.fan_of(end);
            if end == origin || ways.is_node(fan) {
                break;
            }
            way = if fan[0] / 2 == way / 2 { fan[1] } else { fan[0] };
        }
        let position = |length: usize| u32::try_from(length).expect("a county has fewer than 2^32 vertices");
        let (left, right) = ways.sides(first);
        let vertices = position(chain.len() - start);
        arcs.push(Arc { start: position(start), vertices, left, right });
    };
    for fan in (0..vertices).map(|vertex| ways.fan_of(vertex as u32)).filter(|fan| ways.is_node(fan)) {
        for way in fan {
            if !used[*way as usize / 2] {
                follow(*way, &mut used);
            }
        }
    }
    for way in &ways.from {
        if !used[*way as usize / 2] {
            follow(*way, &mut used);
        }
    }
    arcs.shrink_to_fit();
    chain.shrink_to_fit();
    (arcs, chain)
}
