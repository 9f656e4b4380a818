//! Ways along roads: the network people walk on, places snapped to it, and the shortest ways from each school.
//!
//! A way is the straight leg from the block point to the nearest road, the shortest way along the roads, and the straight
//! leg from the road to the gate. Where the straight line is no longer than the two legs together it is the way: who
//! walks a leg across the fields walks straight across them as well.
//!
//! Lengths are whole micrometres, each leg, piece and part of a piece rounded by itself. Sums of whole numbers do not
//! depend on their order, so a way has one length whoever adds it up.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use geo::Coord;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, PointDistance, RTree};

use super::distance::straight;
use super::index::PlaceIndex;
use crate::model::{BlockIndex, County, DistanceTable, RoadNetwork, SchoolIndex};

/// Pairs up to which the ways of all of them are searched for.
pub const SEARCHED_PAIRS: usize = 1 << 23;

/// Beyond that many pairs: from each block the ways to so many schools of each stage, the nearest by the straight line.
pub const SEARCHED_SCHOOLS: usize = 32;

/// Places farther from the nearest road than this, in metres, are reported.
pub const FAR_FROM_ROADS: f64 = 500.0;

/// A road ends on another where its end lies within this many metres of it.
const TOUCH_METRES: f64 = 0.01;

type Piece = GeomWithData<Line<[f64; 2]>, u32>;

/// Where a place joins the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joint {
    /// The piece of road, by its position among those that are walked.
    pub piece: u32,
    /// Micrometres from the place to the road.
    pub leg: u64,
    /// Micrometres along the piece from its first node.
    pub along: u64,
}

/// The largest part of a road network, ready to be walked.
#[derive(Debug)]
pub struct Roads {
    nodes: Vec<Coord<f64>>,
    pieces: Vec<[u32; 2]>,
    /// Micrometres of each piece.
    lengths: Vec<u64>,
    /// For each node where its neighbours begin.
    first: Vec<u32>,
    /// The other end of each piece at a node, and its length.
    beside: Vec<(u32, u64)>,
    tree: RTree<Piece>,
    /// Parts the whole network lies in.
    parts: usize,
    /// Length of the whole network in metres.
    whole_m: f64,
}

fn micrometres(metres: f64) -> u64 {
    (metres * 1e6).round() as u64
}

fn segment(nodes: &[Coord<f64>], ends: [u32; 2]) -> Line<[f64; 2]> {
    let [from, to] = ends.map(|end| nodes[end as usize]);
    Line::new([from.x, from.y], [to.x, to.y])
}

impl Roads {
    /// Takes the part of a network with the greatest length; `None` where there is no road.
    ///
    /// Cost: O(n log n).
    #[must_use]
    pub fn new(network: &RoadNetwork) -> Option<Roads> {
        let part_of = parts(network);
        let mut length_of = vec![0.0; network.nodes.len()];
        for ends in &network.pieces {
            let [from, to] = ends.map(|end| network.nodes[end as usize]);
            length_of[part_of[ends[0] as usize] as usize] += straight(from, to);
        }
        let whole_m = length_of.iter().sum();
        let is_part = |node: &u32| part_of[*node as usize] == *node;
        let all_parts = (0..network.nodes.len() as u32).filter(is_part);
        let largest = all_parts.clone().max_by(|first, second| {
            length_of[*first as usize].total_cmp(&length_of[*second as usize]).then(second.cmp(first))
        })?;
        let mut position = vec![u32::MAX; network.nodes.len()];
        let mut nodes = Vec::new();
        for (node, place) in network.nodes.iter().enumerate().filter(|(node, _)| part_of[*node] == largest) {
            position[node] = nodes.len() as u32;
            nodes.push(*place);
        }
        let pieces: Vec<[u32; 2]> = network
            .pieces
            .iter()
            .filter(|ends| part_of[ends[0] as usize] == largest)
            .map(|ends| ends.map(|end| position[end as usize]))
            .collect();
        let lengths: Vec<u64> =
            pieces.iter().map(|ends| micrometres(straight(nodes[ends[0] as usize], nodes[ends[1] as usize]))).collect();
        let (first, beside) = neighbours(nodes.len(), &pieces, &lengths);
        let tree = RTree::bulk_load(
            pieces
                .iter()
                .enumerate()
                .map(|(piece, ends)| GeomWithData::new(segment(&nodes, *ends), piece as u32))
                .collect(),
        );
        let parts = all_parts.count();
        (!pieces.is_empty()).then_some(Roads { nodes, pieces, lengths, first, beside, tree, parts, whole_m })
    }

    /// Metres of the roads that are walked.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.lengths.iter().sum::<u64>() as f64 / 1e6
    }

    /// The share of the length of all roads that does not hang together with these.
    #[must_use]
    pub fn left_out_share(&self) -> f64 {
        (1.0 - self.length_m() / self.whole_m).max(0.0)
    }

    /// How many parts all roads lie in, these included.
    #[must_use]
    pub const fn parts(&self) -> usize {
        self.parts
    }

    /// The nearest point of the nearest piece; of pieces as near as each other, the first. O(log n).
    ///
    /// # Panics
    /// Where the place is not finite.
    #[must_use]
    pub fn join(&self, place: Coord<f64>) -> Joint {
        let origin = [place.x, place.y];
        let nearest = self.tree.nearest_neighbor(&origin);
        // The tree measures by a formula of its own: what it finds as near but for rounding is compared again.
        let reach = nearest.map_or(0.0, |nearest| nearest.distance_2(&origin) * (1.0 + 1e-9) + 1e-9);
        let mut best: Option<(f64, u32, Joint)> = None;
        for found in self.tree.locate_within_distance(origin, reach) {
            let ends = self.pieces[found.data as usize];
            let [from, to] = ends.map(|end| self.nodes[end as usize]);
            let (share, foot) = foot(place, from, to);
            let metres = straight(place, foot);
            if best.is_none_or(|(least, first, _)| (metres, found.data) < (least, first)) {
                let length = self.lengths[found.data as usize];
                let along = ((length as f64 * share).round() as u64).min(length);
                best = Some((metres, found.data, Joint { piece: found.data, leg: micrometres(metres), along }));
            }
        }
        best.expect("the nearest piece is within its own distance").2
    }

    /// Micrometres of the way between two places that join the network, given the least ways of the nodes from the
    /// second; `None` where neither end of the first one's piece was reached.
    fn way(&self, from: Joint, to: Joint, least: &[u64]) -> Option<u64> {
        let [first, second] = self.pieces[from.piece as usize].map(|node| least[node as usize]);
        let rest = self.lengths[from.piece as usize] - from.along;
        let mut along = first.saturating_add(from.along).min(second.saturating_add(rest));
        if from.piece == to.piece {
            along = along.min(from.along.abs_diff(to.along));
        }
        (along != u64::MAX).then(|| along + from.leg + to.leg)
    }

    /// Fills `search` with the least ways from `start` to nodes, nearest first, until all `wanted` nodes are reached.
    fn spread(&self, start: Joint, wanted: impl Iterator<Item = u32>, search: &mut Search) {
        search.clear(self.nodes.len());
        for node in wanted {
            search.open += usize::from(!std::mem::replace(&mut search.wanted[node as usize], true));
        }
        let [first, second] = self.pieces[start.piece as usize];
        search.reach(first, start.along);
        search.reach(second, self.lengths[start.piece as usize] - start.along);
        while let Some(Reverse((way, node))) = search.queue.pop() {
            if way > search.least[node as usize] {
                continue;
            }
            if std::mem::replace(&mut search.wanted[node as usize], false) {
                search.open -= 1;
                if search.open == 0 {
                    break;
                }
            }
            let (start, end) = (self.first[node as usize] as usize, self.first[node as usize + 1] as usize);
            for (next, length) in &self.beside[start..end] {
                search.reach(*next, way + length);
            }
        }
    }

    /// The ways from all block points to the gates, as a table, and where blocks and schools join the roads.
    ///
    /// Up to [`SEARCHED_PAIRS`] pairs all ways are searched for; beyond, those to the [`SEARCHED_SCHOOLS`] schools of each
    /// stage that are nearest to a block by the straight line. One search a school, ended when its blocks are reached.
    /// Lengths are rounded up to millimetres, and never below the straight line. Deterministic for any number of threads.
    #[must_use]
    pub fn walk(&self, county: &County) -> Walked {
        let blocks: Vec<Joint> = county.blocks.par_iter().map(|block| self.join(block.point)).collect();
        let schools: Vec<Joint> = county.schools.par_iter().map(|school| self.join(school.gate)).collect();
        let ends = |block: usize| self.pieces[blocks[block].piece as usize];
        let length = |block: usize, school: usize, least: &[u64]| -> Option<u64> {
            let way = self.way(blocks[block], schools[school], least)?;
            let direct = straight(county.blocks[block].point, county.schools[school].gate);
            let legs = blocks[block].leg + schools[school].leg;
            let way = if micrometres(direct) <= legs { micrometres(direct) } else { way };
            Some(way.div_ceil(1000).max((direct * 1000.0).ceil() as u64))
        };
        let (block_count, school_count) = (blocks.len(), schools.len());
        let table = if block_count * school_count <= SEARCHED_PAIRS {
            let columns: Vec<Vec<u32>> = (0..school_count)
                .into_par_iter()
                .map_init(Search::default, |search, school| {
                    self.spread(schools[school], (0..block_count).flat_map(ends), search);
                    let whole = |length: u64| u32::try_from(length).unwrap_or(u32::MAX).min(u32::MAX - 1);
                    (0..block_count).map(|block| length(block, school, &search.least).map_or(u32::MAX, whole)).collect()
                })
                .collect();
            let by_block = (0..block_count).flat_map(|block| columns.iter().map(move |column| column[block]));
            DistanceTable::full(school_count, by_block.collect())
        } else {
            let wanted = nearest_schools(county);
            let mut blocks_of: Vec<Vec<u32>> = vec![Vec::new(); school_count];
            for (block, schools) in wanted.iter().enumerate() {
                for school in schools {
                    blocks_of[school.get()].push(block as u32);
                }
            }
            let found: Vec<Vec<Option<u64>>> = blocks_of
                .par_iter()
                .enumerate()
                .map_init(Search::default, |search, (school, blocks)| {
                    self.spread(schools[school], blocks.iter().flat_map(|block| ends(*block as usize)), search);
                    let way = |block: &u32| length(*block as usize, school, &search.least);
                    blocks.iter().map(way).collect()
                })
                .collect();
            let mut taken = vec![0; school_count];
            let pairs: Vec<Vec<(SchoolIndex, u64)>> = wanted
                .into_iter()
                .map(|schools| {
                    schools
                        .into_iter()
                        .filter_map(|school| {
                            let place = &mut taken[school.get()];
                            *place += 1;
                            Some((school, found[school.get()][*place - 1]?))
                        })
                        .collect()
                })
                .collect();
            DistanceTable::new(school_count, &pairs)
        };
        Walked { table, blocks, schools }
    }
}

/// The ways of a county along its roads.
#[derive(Debug)]
pub struct Walked {
    /// The ways that were searched for.
    pub table: DistanceTable,
    /// Where each block joins the roads.
    pub blocks: Vec<Joint>,
    /// Where each school joins the roads.
    pub schools: Vec<Joint>,
}

/// For each block the schools nearest by the straight line, [`SEARCHED_SCHOOLS`] of each stage, ascending.
fn nearest_schools(county: &County) -> Vec<Vec<SchoolIndex>> {
    let of_stage: Vec<(Vec<SchoolIndex>, PlaceIndex)> = county
        .stages
        .iter()
        .map(|stage| {
            let schools: Vec<SchoolIndex> = county.schools_of(*stage).collect();
            let index = PlaceIndex::new(schools.iter().map(|school| county.school(*school).gate));
            (schools, index)
        })
        .collect();
    let near = |block: BlockIndex| {
        let mut near: Vec<SchoolIndex> = of_stage
            .iter()
            .flat_map(|(schools, index)| {
                let found = index.nearest(county.block(block).point, SEARCHED_SCHOOLS);
                found.into_iter().map(|(position, _)| schools[position])
            })
            .collect();
        near.sort_unstable();
        near.dedup();
        near
    };
    (0..county.blocks.len()).into_par_iter().map(|block| near(BlockIndex::new(block))).collect()
}

/// What a search keeps from one school to the next, so that it is made once a thread.
#[derive(Default)]
struct Search {
    /// Least way to each node so far, `u64::MAX` where none is known.
    least: Vec<u64>,
    /// Nodes with a way.
    touched: Vec<u32>,
    wanted: Vec<bool>,
    /// Wanted nodes not reached yet.
    open: usize,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Search {
    fn clear(&mut self, nodes: usize) {
        self.queue.clear();
        if self.least.len() != nodes || self.open > 0 {
            (self.least, self.wanted, self.open) = (vec![u64::MAX; nodes], vec![false; nodes], 0);
            self.touched.clear();
        }
        for node in self.touched.drain(..) {
            self.least[node as usize] = u64::MAX;
        }
    }

    fn reach(&mut self, node: u32, way: u64) {
        let least = &mut self.least[node as usize];
        if way < *least {
            if *least == u64::MAX {
                self.touched.push(node);
            }
            *least = way;
            self.queue.push(Reverse((way, node)));
        }
    }
}

/// How far along a segment the point nearest to `place` lies, as a share of its length, and that point.
fn foot(place: Coord<f64>, from: Coord<f64>, to: Coord<f64>) -> (f64, Coord<f64>) {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let square = x * x + y * y;
    let share = ((place.x - from.x) * x + (place.y - from.y) * y) / square;
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    (share, Coord { x: from.x + share * x, y: from.y + share * y })
}

/// For each node the first node of the part of the network it is in.
fn parts(network: &RoadNetwork) -> Vec<u32> {
    let find = |leader: &mut [u32], mut node: u32| {
        while leader[node as usize] != node {
            leader[node as usize] = leader[leader[node as usize] as usize];
            node = leader[node as usize];
        }
        node
    };
    let mut leader: Vec<u32> = (0..network.nodes.len() as u32).collect();
    for [first, second] in &network.pieces {
        let (first, second) = (find(&mut leader, *first), find(&mut leader, *second));
        leader[first.max(second) as usize] = first.min(second);
    }
    (0..network.nodes.len() as u32).map(|node| find(&mut leader, node)).collect()
}

/// The neighbours of each node as one list, and where those of each begin.
fn neighbours(nodes: usize, pieces: &[[u32; 2]], lengths: &[u64]) -> (Vec<u32>, Vec<(u32, u64)>) {
    let mut first = vec![0_u32; nodes + 1];
    for end in pieces.iter().flatten() {
        first[*end as usize + 1] += 1;
    }
    for node in 0..nodes {
        first[node + 1] += first[node];
    }
    let mut next = first.clone();
    let mut beside = vec![(0, 0); pieces.len() * 2];
    for (ends, length) in pieces.iter().zip(lengths) {
        for [from, to] in [*ends, [ends[1], ends[0]]] {
            let place = &mut next[from as usize];
            beside[*place as usize] = (to, *length);
            *place += 1;
        }
    }
    (first, beside)
}

/// Places where roads come together without a vertex in common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unjoined {
    /// Pairs of pieces that cross.
    pub crossings: usize,
    /// Dead ends that lie on another road.
    pub ends: usize,
    /// The first of these places.
    pub place: Option<Coord<f64>>,
}

/// Counts the places where roads cross, or end on one another, without a vertex in common. O(n log n).
#[must_use]
pub fn unjoined(network: &RoadNetwork) -> Unjoined {
    let pieces: Vec<Piece> = network
        .pieces
        .iter()
        .enumerate()
        .map(|(piece, ends)| GeomWithData::new(segment(&network.nodes, *ends), piece as u32))
        .collect();
    let tree = RTree::bulk_load(pieces);
    let place = |node: u32| network.nodes[node as usize];
    let crossed = |(piece, ends): (usize, &[u32; 2])| -> usize {
        let [from, to] = ends.map(place);
        let box_around = AABB::from_corners([from.x, from.y], [to.x, to.y]);
        tree.locate_in_envelope_intersecting(&box_around)
            .filter(|found| found.data as usize > piece)
            .filter(|found| {
                let others = network.pieces[found.data as usize];
                let [start, end] = others.map(place);
                !others.iter().any(|node| ends.contains(node)) && cross(from, to, start, end)
            })
            .count()
    };
    let counts: Vec<usize> = network.pieces.par_iter().enumerate().map(crossed).collect();
    let mut degree = vec![0_u8; network.nodes.len()];
    for node in network.pieces.iter().flatten() {
        degree[*node as usize] = degree[*node as usize].saturating_add(1);
    }
    let ends_on_another = |node: &u32| {
        let Coord { x, y } = place(*node);
        tree.locate_within_distance([x, y], TOUCH_METRES * TOUCH_METRES)
            .any(|found| !network.pieces[found.data as usize].contains(node))
    };
    let loose: Vec<u32> =
        (0..network.nodes.len() as u32).filter(|node| degree[*node as usize] == 1).filter(ends_on_another).collect();
    let first = counts.iter().position(|count| *count > 0).map(|piece| place(network.pieces[piece][0]));
    Unjoined {
        crossings: counts.iter().sum(),
        ends: loose.len(),
        place: first.or_else(|| loose.first().map(|node| place(*node))),
    }
}

/// Whether two segments cross, each having the ends of the other on either side.
fn cross(from: Coord<f64>, to: Coord<f64>, start: Coord<f64>, end: Coord<f64>) -> bool {
    let side = |a: Coord<f64>, b: Coord<f64>, c: Coord<f64>| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    side(from, to, start) * side(from, to, end) < 0.0 && side(start, end, from) * side(start, end, to) < 0.0
}
