//! Edges between vertices, each stored once, with the outlines that run along it.

use std::sync::atomic::{AtomicBool, Ordering};

use geo::Coord;
use rustc_hash::FxHashSet;

use super::arrangement::by_angle;
use super::vertex::{VertexTable, signed_area};
use crate::model::Outlines;

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

/// A run before the runs along one edge are gathered, by its lower vertex: the higher one, and the owner times two, plus one
/// where it runs back. Who runs along an edge repeatedly has as many.
type LooseRun = (u32, u32);

impl EdgeTable {
    /// The edges of all rings; outer rings run counter-clockwise, holes clockwise, whatever the input did.
    pub(super) fn of(outlines: &Outlines, vertices: &VertexTable) -> EdgeTable {
        EdgeTable::gather(Buckets::of(vertices.len(), |put| {
            for owner in 0..outlines.len() {
                for (ring, is_hole) in each_ring_once(outlines, owner) {
                    let is_left = signed_area(ring.iter().map(|corner| vertices.place(*corner))) > 0.0;
                    let turns = if is_left == is_hole { -1 } else { 1 };
                    let nexts = ring.iter().cycle().skip(1);
                    for (start, end) in ring.iter().zip(nexts) {
                        put_run(put, vertices.joined(*start), vertices.joined(*end), owner as u32, turns);
                    }
                }
            }
        }))
    }

    /// Adds up the runs of one outline along one edge; runs there and back cancel. What comes of loose runs is kept in their
    /// own room, from the first on: it is never more.
    fn gather(mut loose: Buckets) -> EdgeTable {
        loose.visit(<[(u32, u32)]>::sort_unstable);
        let Buckets { ends, mut items } = loose;
        // Twice what neighbours need; room nobody fills costs nothing, and so large a piece is given back as a whole.
        let mut edges: Vec<Edge> = Vec::with_capacity(items.len());
        let (mut next, mut kept) = (0, 0);
        for (low, end) in ends.iter().enumerate() {
            while next < *end as usize {
                let (high, first_run) = (items[next].0, kept);
                while next < *end as usize && items[next].0 == high {
                    let (loose, owner) = (&items[next..*end as usize], items[next].1 / 2);
                    let along = loose.iter().take_while(|run| run.0 == high && run.1 / 2 == owner);
                    let (count, back) = along.fold((0, 0), |(count, back), run| (count + 1, back + run.1 % 2));
                    let turns = count as i32 - 2 * back as i32;
                    next += count;
                    if turns != 0 {
                        items[kept] = (owner, turns.cast_unsigned());
                        kept += 1;
                    }
                }
                if kept > first_run {
                    edges.push(Edge {
                        low: low as u32,
                        high,
                        first_run: u32::try_from(first_run).expect("a county has fewer than 2^32 edges"),
                        run_count: u32::try_from(kept - first_run).expect("few outlines share an edge"),
                    });
                }
            }
        }
        items.truncate(kept);
        let run = |(owner, turns): (u32, u32)| Run { owner, turns: turns.cast_signed() };
        EdgeTable { edges, runs: items.into_iter().map(run).collect() }
    }

    pub(super) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edges alone, when nobody asks for runs any more.
    pub(super) fn into_edges(self) -> Vec<Edge> {
        self.edges
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

    /// Replaces edges by the chains of vertices they were cut into, given as (edge position, vertices in between); `vertices` is
    /// how many there are by now.
    pub(super) fn cut(&mut self, cuts: &[(usize, Vec<u32>)], vertices: u32) {
        let loose = Buckets::of(vertices, |put| {
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
                        put_run(put, start, end, run.owner, run.turns);
                    }
                }
            }
        });
        *self = EdgeTable::gather(loose);
    }

    /// Whether some outline runs around negative ground, as bow-ties do, or more than once around the same.
    ///
    /// Outlines whose shared borders cross themselves keep the sum of turns right, so the faces of one-sided edges
    /// cannot show them; the sign of the area each outline encloses at a crossing does. It is enough to look for
    /// vertices an outline passes more than once and for crossings of its own edges.
    pub(super) fn crosses_itself(&self, vertices: &VertexTable, outlines: u32) -> bool {
        let mut by_owner = Buckets::of(outlines, |put| {
            for edge in &self.edges {
                for run in self.runs(edge) {
                    put(run.owner, if run.turns > 0 { (edge.low, edge.high) } else { (edge.high, edge.low) });
                }
            }
        });
        let crosses = AtomicBool::new(false);
        by_owner.visit(|outline| {
            if !crosses.load(Ordering::Relaxed) {
                outline.sort_unstable();
                crosses.fetch_or(outline_crosses_itself(outline, vertices), Ordering::Relaxed);
            }
        });
        crosses.into_inner()
    }
}

/// The rings of an outline, but for those of a part that stand there already: a hole is no deeper for being given again.
fn each_ring_once(outlines: &Outlines, owner: usize) -> impl Iterator<Item = (&[u32], bool)> {
    let mut shell = None;
    let mut known: FxHashSet<Vec<u32>> = FxHashSet::default();
    outlines.rings_of(owner).filter(move |(ring, is_hole)| {
        if !is_hole {
            shell = Some(*ring);
            known.clear();
            return true;
        }
        // Most parts have no hole, so a shell is looked at when the first one comes.
        if let Some(shell) = shell.take() {
            known.insert(ring_in_order(shell.to_vec()));
        }
        known.insert(ring_in_order(ring.to_vec()))
    })
}

/// A ring without repetitions, from its lowest corner on towards the lower of its neighbours: the same for each way of writing it.
pub(in crate::space) fn ring_in_order<Corner: Copy + Ord>(mut ring: Vec<Corner>) -> Vec<Corner> {
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let lowest = (0..ring.len()).min_by_key(|position| ring[*position]).unwrap_or(0);
    ring.rotate_left(lowest);
    if ring.len() > 2 && ring[1] > ring[ring.len() - 1] {
        ring[1..].reverse();
    }
    ring
}

/// Pairs in buckets, one after the other: counted first, so that no more room is taken than there are.
struct Buckets {
    /// Where each bucket ends.
    ends: Vec<u32>,
    items: Vec<(u32, u32)>,
}

impl Buckets {
    /// Puts all pairs into their buckets; `each` is asked twice for all of them, and gives them in the same order.
    fn of(count: u32, each: impl Fn(&mut dyn FnMut(u32, (u32, u32)))) -> Buckets {
        let mut ends = vec![0_u32; count as usize + 1];
        each(&mut |bucket, _| ends[bucket as usize + 1] += 1);
        for bucket in 1..ends.len() {
            ends[bucket] += ends[bucket - 1];
        }
        let mut items = vec![(0, 0); ends.last().map_or(0, |all| *all as usize)];
        // Each bucket is filled from its beginning, so that what was its beginning is its end afterwards.
        each(&mut |bucket, item| {
            let next = &mut ends[bucket as usize];
            items[*next as usize] = item;
            *next += 1;
        });
        ends.pop();
        Buckets { ends, items }
    }

    /// Visits all buckets by all threads, in no order.
    fn visit(&mut self, visit: impl Fn(&mut [(u32, u32)]) + Sync) {
        visit_between(0, &self.ends, &mut self.items, &visit);
    }
}

/// Buckets visited by one thread at a time.
const BUCKETS: usize = 1 << 13;

/// Visits the buckets with these `ends`, of which the first begins at `start`; `items` are theirs alone.
fn visit_between(start: u32, ends: &[u32], items: &mut [(u32, u32)], visit: &(impl Fn(&mut [(u32, u32)]) + Sync)) {
    if ends.len() > BUCKETS {
        let (first, second) = ends.split_at(ends.len() / 2);
        let between = first[first.len() - 1];
        let (own, others) = items.split_at_mut((between - start) as usize);
        rayon::join(|| visit_between(start, first, own, visit), || visit_between(between, second, others, visit));
        return;
    }
    let (mut start, mut items) = (start, items);
    for end in ends {
        let (bucket, others) = items.split_at_mut((end - start) as usize);
        visit(bucket);
        (start, items) = (*end, others);
    }
}

fn put_run(put: &mut dyn FnMut(u32, LooseRun), start: u32, end: u32, owner: u32, turns: i32) {
    let (low, high, turns) = match start.cmp(&end) {
        std::cmp::Ordering::Less => (start, end, turns),
        std::cmp::Ordering::Greater => (end, start, -turns),
        std::cmp::Ordering::Equal => return,
    };
    for _ in 0..turns.unsigned_abs() {
        put(low, (high, 2 * owner + u32::from(turns < 0)));
    }
}

/// Whether an outline crosses itself at a vertex it passes more than once: around it, edges that lead away and edges that
/// lead there must take turns, as ground begins at the ones and ends at the others.
fn crosses_at(vertex: u32, outline: &[(u32, u32)], vertices: &VertexTable) -> bool {
    let here = vertices.place(vertex);
    let mut around: Vec<(Coord<f64>, bool)> = outline
        .iter()
        .filter(|(start, end)| *start == vertex || *end == vertex)
        .map(|(start, end)| {
            let leads_away = *start == vertex;
            (vertices.place(if leads_away { *end } else { *start }) - here, leads_away)
        })
        .collect();
    around.sort_by(|first, second| by_angle(first.0, second.0));
    (0..around.len()).any(|position| around[position].1 == around[(position + 1) % around.len()].1)
}

/// Whether two edges of one outline cross. Pairs are found by a sweep over x; outlines have tens of edges, so the
/// sweep costs little more than the sort.
fn outline_crosses_itself(outline: &[(u32, u32)], vertices: &VertexTable) -> bool {
    if outline.len() < 4 {
        return false;
    }
    if outline.windows(2).any(|pair| pair[0].0 == pair[1].0 && crosses_at(pair[0].0, outline, vertices)) {
        return true;
    }
    let mut spans: Vec<(f64, f64, u32, u32)> = outline
        .iter()
        .map(|(start, end)| {
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
