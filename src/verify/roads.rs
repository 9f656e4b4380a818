//! Ways along roads, walked the plain way: from every gate, one node after the other.

use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;
use rayon::prelude::*;

use super::distance::straight;
use crate::model::{County, RoadNetwork};

/// Pairs up to which all ways are known, and beyond them the number of schools of each stage, nearest by the straight
/// line, to which they are. Both as the documentation of distances states them.
const ALL_PAIRS: usize = 1 << 23;
const NEAREST: usize = 32;

/// Side of the squares pieces of road are looked for in, in metres.
const SQUARE: f64 = 200.0;

/// A place on the network: the piece, the micrometres to it and those along it from its first node.
#[derive(Clone, Copy)]
struct Spot {
    piece: usize,
    to_road: u64,
    offset: u64,
}

/// The ways of a county along its roads, and what is to be said of the roads.
pub(super) struct Walk {
    /// For each block the schools with a way and its millimetres, ascending by school.
    ways: Vec<Vec<(usize, u64)>>,
    pub(super) length_m: f64,
    pub(super) left_out_share: f64,
    pub(super) block_legs_m: Vec<f64>,
    pub(super) school_legs_m: Vec<f64>,
}

/// The part of the roads that is walked on.
struct Graph<'a> {
    places: &'a [Coord<f64>],
    pieces: Vec<[usize; 2]>,
    lengths: Vec<u64>,
    beside: Vec<Vec<usize>>,
    squares: BTreeMap<(i64, i64), Vec<usize>>,
}

impl Walk {
    /// Walks from all gates; `None` where there is no road.
    pub(super) fn of(county: &County) -> Option<Walk> {
        let network = county.roads.as_ref()?;
        let total: f64 = network.pieces.iter().map(|ends| length(network, *ends)).sum();
        let graph = Graph::largest(network)?;
        let blocks: Vec<Spot> = county.blocks.par_iter().map(|block| graph.spot(block.point)).collect();
        let gates: Vec<Spot> = county.schools.par_iter().map(|school| graph.spot(school.gate)).collect();
        let mut blocks_of: Vec<Vec<usize>> = vec![Vec::new(); gates.len()];
        for block in 0..blocks.len() {
            for school in wanted(county, block) {
                blocks_of[school].push(block);
            }
        }
        let walked: Vec<Vec<Option<u64>>> = blocks_of
            .par_iter()
            .enumerate()
            .map(|(school, of_school)| {
                let targets = of_school.iter().flat_map(|block| graph.pieces[blocks[*block].piece]).collect();
                let nodes = graph.spread(gates[school], targets);
                let way = |block: &usize| {
                    let direct = straight(county.blocks[*block].point, county.schools[school].gate);
                    graph.millimetres(blocks[*block], gates[school], &nodes, direct)
                };
                of_school.iter().map(way).collect()
            })
            .collect();
        let mut ways: Vec<Vec<(usize, u64)>> = vec![Vec::new(); blocks.len()];
        for (school, (of_school, found)) in blocks_of.iter().zip(walked).enumerate() {
            for (block, way) in of_school.iter().zip(found) {
                ways[*block].extend(way.map(|way| (school, way)));
            }
        }
        let length_m = graph.lengths.iter().sum::<u64>() as f64 / 1e6;
        let metres = |spots: &[Spot]| spots.iter().map(|spot| spot.to_road as f64 / 1e6).collect();
        Some(Walk {
            ways,
            length_m,
            left_out_share: (1.0 - length_m / total).max(0.0),
            block_legs_m: metres(&blocks),
            school_legs_m: metres(&gates),
        })
    }

    /// Metres of a pair, where a way is known.
    pub(super) fn metres(&self, block: usize, school: usize) -> Option<f64> {
        let place = self.ways[block].binary_search_by_key(&school, |(school, _)| *school).ok()?;
        Some(self.ways[block][place].1 as f64 / 1000.0)
    }

    /// Pairs with a way.
    pub(super) fn count(&self) -> usize {
        self.ways.iter().map(Vec::len).sum()
    }
}

/// The schools the way to which is wanted from a block, ascending.
fn wanted(county: &County, block: usize) -> Vec<usize> {
    if county.blocks.len() * county.schools.len() <= ALL_PAIRS {
        return (0..county.schools.len()).collect();
    }
    let mut wanted: BTreeSet<usize> = BTreeSet::new();
    for stage in &county.stages {
        let mut near: Vec<(f64, usize)> = Vec::new();
        for (position, school) in county.schools.iter().enumerate().filter(|(_, school)| school.serves(*stage)) {
            let (x, y) = (school.gate.x - county.blocks[block].point.x, school.gate.y - county.blocks[block].point.y);
            near.push((x * x + y * y, position));
        }
        near.sort_by(|first, second| first.0.total_cmp(&second.0).then(first.1.cmp(&second.1)));
        wanted.extend(near.iter().take(NEAREST).map(|(_, school)| *school));
    }
    wanted.into_iter().collect()
}

fn length(network: &RoadNetwork, ends: [u32; 2]) -> f64 {
    straight(network.nodes[ends[0] as usize], network.nodes[ends[1] as usize])
}

impl<'a> Graph<'a> {
    /// The part with the greatest length; of parts as long as each other, the one with the first node.
    fn largest(network: &'a RoadNetwork) -> Option<Graph<'a>> {
        let mut at_node: Vec<Vec<usize>> = vec![Vec::new(); network.nodes.len()];
        for (piece, ends) in network.pieces.iter().enumerate() {
            for end in ends {
                at_node[*end as usize].push(piece);
            }
        }
        let mut seen = vec![false; network.nodes.len()];
        let mut best: Option<(f64, BTreeSet<usize>)> = None;
        for start in 0..network.nodes.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let (mut part, mut open) = (BTreeSet::new(), vec![start]);
            while let Some(node) = open.pop() {
                for piece in &at_node[node] {
                    part.insert(*piece);
                    for end in network.pieces[*piece] {
                        if !std::mem::replace(&mut seen[end as usize], true) {
                            open.push(end as usize);
                        }
                    }
                }
            }
            let metres: f64 = part.iter().map(|piece| length(network, network.pieces[*piece])).sum();
            if best.as_ref().is_none_or(|(most, _)| metres > *most) {
                best = Some((metres, part));
            }
        }
        let (_, part) = best.filter(|(_, part)| !part.is_empty())?;
        let mut graph = Graph {
            places: &network.nodes,
            pieces: Vec::new(),
            lengths: Vec::new(),
            beside: vec![Vec::new(); network.nodes.len()],
            squares: BTreeMap::new(),
        };
        for (piece, ends) in part.into_iter().map(|piece| network.pieces[piece]).enumerate() {
            let ends = ends.map(|end| end as usize);
            graph.lengths.push((straight(graph.places[ends[0]], graph.places[ends[1]]) * 1e6).round() as u64);
            graph.pieces.push(ends);
            let squares = ends.map(|end| square(graph.places[end]));
            for column in squares[0].0.min(squares[1].0)..=squares[0].0.max(squares[1].0) {
                for row in squares[0].1.min(squares[1].1)..=squares[0].1.max(squares[1].1) {
                    graph.squares.entry((column, row)).or_default().push(piece);
                }
            }
            for end in ends {
                graph.beside[end].push(piece);
            }
        }
        Some(graph)
    }

    /// The nearest point of the network, in squares further and further away.
    fn spot(&self, place: Coord<f64>) -> Spot {
        let (column, row) = square(place);
        let mut best: Option<(f64, usize, f64)> = None;
        let mut ring = 0;
        // Everything not looked at yet is at least the width of the rings away.
        while best.is_none_or(|(least, ..)| least >= (ring - 1) as f64 * SQUARE) {
            for (x, y) in edge(column, row, ring, &self.squares) {
                for piece in self.squares.get(&(x, y)).into_iter().flatten() {
                    let [from, to] = self.pieces[*piece].map(|end| self.places[end]);
                    let (metres, share) = to_piece(place, from, to);
                    if best.is_none_or(|(least, first, _)| metres < least || metres == least && *piece < first) {
                        best = Some((metres, *piece, share));
                    }
                }
            }
            ring += 1;
        }
        let (metres, piece, share) = best.unwrap_or_default();
        let length = self.lengths[piece];
        let offset = ((length as f64 * share).round() as u64).min(length);
        Spot { piece, to_road: (metres * 1e6).round() as u64, offset }
    }

    /// The shortest ways from a gate to nodes, as far as the `targets`.
    fn spread(&self, gate: Spot, mut targets: BTreeSet<usize>) -> BTreeMap<usize, u64> {
        let [first, second] = self.pieces[gate.piece];
        let mut open: BTreeSet<(u64, usize)> = BTreeSet::new();
        open.insert((gate.offset, first));
        open.insert((self.lengths[gate.piece] - gate.offset, second));
        let mut done: BTreeMap<usize, u64> = BTreeMap::new();
        while let Some((way, node)) = open.pop_first() {
            if done.contains_key(&node) {
                continue;
            }
            done.insert(node, way);
            if targets.remove(&node) && targets.is_empty() {
                break;
            }
            for piece in &self.beside[node] {
                let [first, second] = self.pieces[*piece];
                let next = if first == node { second } else { first };
                if !done.contains_key(&next) {
                    open.insert((way + self.lengths[*piece], next));
                }
            }
        }
        done
    }

    /// Millimetres of the way from a block to a gate: straight to the road, along it, straight from it; or all straight
    /// where that is no longer than both straight legs. Rounded up, and never below the straight line.
    fn millimetres(&self, block: Spot, gate: Spot, nodes: &BTreeMap<usize, u64>, direct: f64) -> Option<u64> {
        let [first, second] = self.pieces[block.piece];
        let by_first = nodes.get(&first).map(|way| way + block.offset);
        let by_second = nodes.get(&second).map(|way| way + self.lengths[block.piece] - block.offset);
        let on_piece = (block.piece == gate.piece).then(|| block.offset.abs_diff(gate.offset));
        let along = [by_first, by_second, on_piece].into_iter().flatten().min()?;
        let across = (direct * 1e6).round() as u64;
        let legs = block.to_road + gate.to_road;
        let way = if across <= legs { across } else { legs + along };
        Some(way.div_ceil(1000).max((direct * 1000.0).ceil() as u64))
    }
}

fn square(place: Coord<f64>) -> (i64, i64) {
    ((place.x / SQUARE).floor() as i64, (place.y / SQUARE).floor() as i64)
}

/// The squares at the edge of a ring that hold something. A ring wide enough to have more squares than there are in all is
/// the last: it stands for everything beyond.
fn edge(column: i64, row: i64, ring: i64, squares: &BTreeMap<(i64, i64), Vec<usize>>) -> Vec<(i64, i64)> {
    let away = |square: &(i64, i64)| (square.0 - column).abs().max((square.1 - row).abs());
    if 8 * ring as usize > squares.len() {
        return squares.keys().filter(|square| away(square) >= ring).copied().collect();
    }
    let mut edge: Vec<(i64, i64)> = Vec::new();
    for x in column - ring..=column + ring {
        let is_side = (x - column).abs() == ring;
        edge.extend((row - ring..=row + ring).step_by(if is_side { 1 } else { 2 * ring as usize }).map(|y| (x, y)));
    }
    edge
}

/// Metres to a piece, and how far along it the nearest point is, as a share of its length.
fn to_piece(place: Coord<f64>, from: Coord<f64>, to: Coord<f64>) -> (f64, f64) {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let share = ((place.x - from.x) * x + (place.y - from.y) * y) / (x * x + y * y);
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    (straight(place, Coord { x: from.x + share * x, y: from.y + share * y }), share)
}
