//! Edges between vertices, each stored once, with the outlines that run along it.

use geo::Coord;

use super::arrangement::by_angle;
use super::vertex::{Rings, VertexTable, signed_area};

/// That an outline runs along an edge: `turns` is +1 where it runs from the lower to the higher vertex (its ground
/// lies to the left of that direction), −1 where it runs back, and further from zero where it does so repeatedly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) owner: u32,
    pub(super) turns: i32,
}

/// One edge: two vertices, lower number first, and a span of runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) low: u32,
    pub(super) high: u32,
    first_run: u32,
    run_count: u32,
}

/// All edges, sorted by their vertices.
pub(super) struct EdgeTable {
    edges: Vec<Edge>,
    runs: Vec<Run>,
}

/// A run before the runs along one edge are gathered.
type LooseRun = (u32, u32, u32, i32);

impl EdgeTable {
    pub(super) fn from_rings(rings: &Rings, vertices: &VertexTable) -> EdgeTable {
        let mut loose: Vec<LooseRun> = Vec::with_capacity(rings.edge_count());
        for (owner, ring) in rings.iter() {
            for (position, start) in ring.iter().enumerate() {
                let end = ring[(position + 1) % ring.len()];
                push_run(&mut loose, vertices.joined(*start), vertices.joined(end), owner, 1);
            }
        }
        EdgeTable::gather(loose)
    }

    /// Sorts loose runs and adds up those of one outline along one edge; runs there and back cancel.
    fn gather(mut loose: Vec<LooseRun>) -> EdgeTable {
        loose.sort_unstable();
        let mut edges: Vec<Edge> = Vec::with_capacity(loose.len() / 2);
        let mut runs: Vec<Run> = Vec::with_capacity(loose.len());
        let mut position = 0;
        while position < loose.len() {
            let (low, high, ..) = loose[position];
            let first_run = runs.len();
            while position < loose.len() && (loose[position].0, loose[position].1) == (low, high) {
                let owner = loose[position].2;
                let mut turns = 0;
                while position < loose.len()
                    && (loose[position].0, loose[position].1, loose[position].2) == (low, high, owner)
                {
                    turns += loose[position].3;
                    position += 1;
                }
                if turns != 0 {
                    runs.push(Run { owner, turns });
                }
            }
            if runs.len() > first_run {
                edges.push(Edge {
                    low,
                    high,
                    first_run: u32::try_from(first_run).expect("a county has fewer than 2^32 edges"),
                    run_count: u32::try_from(runs.len() - first_run).expect("few outlines share an edge"),
                });
            }
        }
        EdgeTable { edges, runs }
    }

    pub(super) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    pub(super) fn runs(&self, edge: &Edge) -> &[Run] {
        let first = edge.first_run as usize;
        &self.runs[first..first + edge.run_count as usize]
    }

    /// The turns of all outlines along `edge` together: zero where ground lies on both sides, once each.
    pub(super) fn net_turns(&self, edge: &Edge) -> i32 {
        self.runs(edge).iter().map(|run| run.turns).sum()
    }

    /// Whether `edge` is anything but a border between exactly two outlines.
    pub(super) fn is_one_sided(&self, edge: &Edge) -> bool {
        !matches!(self.runs(edge), [first, second] if first.turns + second.turns == 0 && first.turns.abs() == 1)
    }

    /// Replaces edges by the chains of vertices they were cut into, given as (edge position, vertices in between).
    pub(super) fn cut(&mut self, cuts: &[(usize, Vec<u32>)]) {
        let mut loose: Vec<LooseRun> = Vec::with_capacity(self.runs.len() + cuts.len() * 2);
        let mut cuts = cuts.iter().peekable();
        for (position, edge) in self.edges.iter().enumerate() {
            let between: &[u32] = match cuts.peek() {
                Some((cut, between)) if *cut == position => {
                    cuts.next();
                    between
                }
                _ => &[],
            };
            let chain = std::iter::once(edge.low).chain(between.iter().copied()).chain(std::iter::once(edge.high));
            for (start, end) in chain.clone().zip(chain.skip(1)) {
                for run in self.runs(edge) {
                    push_run(&mut loose, start, end, run.owner, run.turns);
                }
            }
        }
        *self = EdgeTable::gather(loose);
    }

    /// Whether some outline runs around negative ground, as bow-ties do, or more than once around the same.
    ///
    /// Outlines whose shared borders cross themselves keep the sum of turns right, so the faces of one-sided edges
    /// cannot show them; the sign of the area each outline encloses at a crossing does. It is enough to look for
    /// vertices an outline passes more than once and for crossings of its own edges.
    pub(super) fn crosses_itself(&self, vertices: &VertexTable) -> bool {
        let mut by_owner: Vec<(u32, u32, u32)> = Vec::with_capacity(self.runs.len());
        for edge in &self.edges {
            for run in self.runs(edge) {
                let (start, end) = if run.turns > 0 { (edge.low, edge.high) } else { (edge.high, edge.low) };
                by_owner.push((run.owner, start, end));
            }
        }
        by_owner.sort_unstable();
        by_owner.chunk_by(|first, second| first.0 == second.0).any(|outline| outline_crosses_itself(outline, vertices))
    }
}

fn push_run(loose: &mut Vec<LooseRun>, start: u32, end: u32, owner: u32, turns: i32) {
    match start.cmp(&end) {
        std::cmp::Ordering::Less => loose.push((start, end, owner, turns)),
        std::cmp::Ordering::Greater => loose.push((end, start, owner, -turns)),
        std::cmp::Ordering::Equal => {}
    }
}

/// Whether an outline crosses itself at a vertex it passes more than once: around it, edges that lead away and edges that
/// lead there must take turns, as ground begins at the ones and ends at the others.
fn crosses_at(vertex: u32, outline: &[(u32, u32, u32)], vertices: &VertexTable) -> bool {
    let here = vertices.place(vertex);
    let mut around: Vec<(Coord<f64>, bool)> = outline
        .iter()
        .filter(|(_, start, end)| *start == vertex || *end == vertex)
        .map(|(_, start, end)| {
            let leads_away = *start == vertex;
            (vertices.place(if leads_away { *end } else { *start }) - here, leads_away)
        })
        .collect();
    around.sort_by(|first, second| by_angle(first.0, second.0));
    (0..around.len()).any(|position| around[position].1 == around[(position + 1) % around.len()].1)
}

/// Whether two edges of one outline cross. Pairs are found by a sweep over x; outlines have tens of edges, so the
/// sweep costs little more than the sort.
fn outline_crosses_itself(outline: &[(u32, u32, u32)], vertices: &VertexTable) -> bool {
    if outline.len() < 4 {
        return false;
    }
    if outline.windows(2).any(|pair| pair[0].1 == pair[1].1 && crosses_at(pair[0].1, outline, vertices)) {
        return true;
    }
    let mut spans: Vec<(f64, f64, u32, u32)> = outline
        .iter()
        .map(|(_, start, end)| {
            let (start_x, end_x) = (vertices.place(*start).x, vertices.place(*end).x);
            (start_x.min(end_x), start_x.max(end_x), *start, *end)
        })
        .collect();
    spans.sort_unstable_by(|first, second| first.0.total_cmp(&second.0));
    for (position, (_, right, start, end)) in spans.iter().enumerate() {
        for (left, _, other_start, other_end) in &spans[position + 1..] {
            if left > right {
                break;
            }
            if start == other_start || end == other_end || start == other_end || end == other_start {
                continue;
            }
            let side = |first: &u32, second: &u32, third: &u32| {
                signed_area([*first, *second, *third].into_iter().map(|vertex| vertices.place(vertex)))
            };
            let crosses = side(start, end, other_start) * side(start, end, other_end) < 0.0
                && side(other_start, other_end, start) * side(other_start, other_end, end) < 0.0;
            if crosses {
                return true;
            }
        }
    }
    false
}
