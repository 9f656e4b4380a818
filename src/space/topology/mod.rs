//! Topology once: the outlines of all blocks turned into one table of shared borders.
//!
//! A [`Coverage`] is a planar partition: every stretch of border is stored once, as an [`Arc`] with the block on
//! its left and the block on its right. Adjacency, dissolved catchments, simplified drawings, perimeters and
//! exports all read the same arcs, so two neighbours always meet vertex for vertex.
//!
//! Built in five steps, each in its file:
//! 1. `vertex`: points closer than the tolerance become one vertex;
//! 2. `node`: edges are cut where a vertex lies on them or another edge crosses them;
//! 3. `arrangement`: faces between the edges, and which outlines cover each;
//! 4. `cover`: each face gets one owner; overlaps and slivers are settled, and every settlement is reported;
//! 5. `arc`: edges between the same two owners are chained.
//!
//! Outlines that already share their vertices exactly, without overlap, skip the costly half of steps 2–4: only
//! the edges that belong to one outline alone are examined.

mod arc;
mod arrangement;
mod cover;
mod dissolve;
mod edge;
mod node;
mod simplify;
mod vertex;

pub use arc::Arc;
pub use simplify::Drawing;

use std::sync::Arc as Shared;

use geo::Coord;
use rayon::prelude::*;

use edge::EdgeTable;
pub(super) use edge::ring_in_order;
use vertex::VertexTable;

use crate::model::Outlines;

/// Where two outlines covered the same ground, and who got it.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Position of the outline that keeps the ground: the smaller one.
    pub kept: usize,
    /// Position of the outline that gives it up.
    pub ceded: usize,
    /// Area in m².
    pub area: f64,
    /// A point inside the overlap.
    pub place: Coord<f64>,
}

/// Ground inside the county that no outline covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Area in m².
    pub area: f64,
    /// A point inside the gap.
    pub place: Coord<f64>,
    /// For a sliver the outline it was given to; `None` for a gap wide enough to be meant (a lake, an exclave of others).
    pub closed_by: Option<usize>,
}

/// What had to be settled to make the outlines a partition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settlement {
    /// Vertices that were moved onto a vertex nearer than the tolerance.
    pub joined_vertices: usize,
    /// Edges that were cut because a foreign vertex lay on them or a foreign edge crossed them.
    pub cut_edges: usize,
    /// Overlaps, by pair of outlines.
    pub overlaps: Vec<Overlap>,
    /// Gaps, closed and left open.
    pub gaps: Vec<Gap>,
}

/// How near is the same place, and how narrow is a sliver.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Points nearer than this many metres are one vertex.
    pub join: f64,
    /// Gaps whose mean width (twice the area over the perimeter) is below this many metres are slivers.
    pub sliver_width: f64,
}

impl Default for Tolerance {
    /// One centimetre, the last digit of seven decimals of a degree; slivers up to half a metre wide.
    fn default() -> Tolerance {
        Tolerance { join: 0.01, sliver_width: 0.5 }
    }
}

/// A planar partition of the county by its blocks, as arcs shared between neighbours.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    owners: usize,
    /// Those of the outlines are shared with these.
    vertices: Shared<Vec<Coord<f64>>>,
    arcs: Vec<Arc>,
    /// The vertices of all arcs, one after the other; [`Arc::span`] points in here.
    chain: Vec<u32>,
}

impl Coverage {
    /// Builds the partition from outlines in metres; a row without an outline owns no ground.
    ///
    /// Deterministic: depends on the order of the outlines only. Cost: O(E log E) for E edges where outlines share
    /// their vertices; noding of dirty outlines adds a constant factor of about five.
    ///
    /// Ground covered twice goes to the smaller outline, so that a small block drawn upon a large one survives;
    /// slivers go to the neighbour with the longest border. Both are listed in the [`Settlement`].
    #[must_use]
    pub fn build(outlines: &Outlines, tolerance: Tolerance) -> (Coverage, Settlement) {
        let mut settlement = Settlement::default();
        let mut vertices = VertexTable::of(outlines);
        settlement.joined_vertices = vertices.join(tolerance.join);
        let mut edges = EdgeTable::of(outlines, &vertices);

        // Two sheets of outlines can only overlap, gape or miss each other's vertices along edges that one side alone has.
        settlement.cut_edges += node::cut(&mut vertices, &mut edges, EdgeTable::is_one_sided, tolerance.join);
        let faces = arrangement::Arrangement::of(&vertices, &edges, EdgeTable::is_one_sided);
        let owners = if cover::is_partition(&faces, &edges) && !edges.crosses_itself(&vertices, outlines.len() as u32) {
            cover::settle_gaps(&faces, &edges, &vertices, tolerance, &mut settlement)
        } else {
            settlement.cut_edges += node::cut(&mut vertices, &mut edges, |_, _| true, tolerance.join);
            let faces = arrangement::Arrangement::of(&vertices, &edges, |_, _| true);
            cover::settle(&faces, &edges, &vertices, outlines, tolerance, &mut settlement)
        };
        let (edges, vertices) = (edges.into_edges(), vertices.into_places());
        let (arcs, chain) = arc::chain(vertices.len(), &edges, &owners);
        let coverage = Coverage { owners: outlines.len(), vertices, arcs, chain };
        (coverage, settlement)
    }

    /// All arcs, in a deterministic order.
    #[must_use]
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// The number of outlines the partition was built from.
    #[must_use]
    pub fn owner_count(&self) -> usize {
        self.owners
    }

    /// The places along `arc`, from its first to its last vertex; a closed arc repeats the first at the end.
    #[must_use]
    pub fn places(&self, arc: &Arc) -> impl DoubleEndedIterator<Item = Coord<f64>> + ExactSizeIterator + '_ {
        self.chain[arc.span()].iter().map(|vertex| self.vertices[*vertex as usize])
    }

    /// The metres of `arc`.
    #[must_use]
    pub fn length(&self, arc: &Arc) -> f64 {
        let pieces = self.places(arc).zip(self.places(arc).skip(1));
        pieces.map(|(start, end)| end - start).map(|along| along.x.hypot(along.y)).sum()
    }

    fn vertices_of(&self, arc: &Arc) -> &[u32] {
        &self.chain[arc.span()]
    }

    /// Pairs of neighbours with the length of their shared border in metres, smaller position first, sorted.
    #[must_use]
    pub fn borders(&self) -> Vec<(u32, u32, f64)> {
        // One for each arc, so that all threads fill one list; those beside nobody's ground go at once.
        let pair = |arc: &Arc| match (arc.left(), arc.right()) {
            (Some(left), Some(right)) => (left.min(right), left.max(right), self.length(arc)),
            _ => (0, 0, 0.0),
        };
        let mut pairs: Vec<(u32, u32, f64)> = self.arcs.par_iter().map(pair).collect();
        pairs.retain(|(first, second, _)| first != second);
        // Lengths too, so that sums do not depend on how the sort works.
        pairs
            .par_sort_unstable_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)).then(one.2.total_cmp(&other.2)));
        pairs.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        pairs
    }
}
