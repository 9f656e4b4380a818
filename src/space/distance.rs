//! How far each block is from each school, and by which method that was measured.

use std::sync::Arc;

use geo::Coord;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

use super::roads::{Joint, Roads, Walked};
use crate::language::Message;
use crate::model::settings::{DistanceMethod, DistanceUnit};
use crate::model::{Barrier, BlockIndex, County, Crossing, DistanceTable, SchoolIndex};

/// Distances from block points to school gates.
#[derive(Clone, Debug)]
pub struct Distances {
    method: DistanceMethod,
    points: Vec<Coord<f64>>,
    gates: Vec<Coord<f64>>,
    lengths: Lengths,
    /// What is to be said of the roads, where they were walked.
    roads: Option<RoadFigures>,
    /// Metres a minute by which given minutes became metres.
    speed: Option<f64>,
}

/// The lengths of ways, where they are not the straight line.
#[derive(Clone, Debug)]
enum Lengths {
    Straight,
    /// Metres by block and school.
    Around(Arc<Vec<f64>>),
    /// Those of some pairs; the others are the straight line and [`NO_WAY_PENALTY`].
    Known(Arc<DistanceTable>),
}

/// How much longer than the straight line a way is taken to be where barriers cut it and no crossing is known, or where
/// neither the roads nor the table give a way, in metres.
pub const NO_WAY_PENALTY: f64 = 5_000.0;

/// What is to be said of roads that were walked.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadFigures {
    /// Length of the roads that hang together, in metres.
    pub length_m: f64,
    /// The share of all roads that does not hang together with them.
    pub left_out_share: f64,
    /// Parts the roads lie in.
    pub parts: usize,
    /// Metres from each block point to the nearest road.
    pub block_legs_m: Vec<f64>,
    /// Metres from each gate to the nearest road.
    pub school_legs_m: Vec<f64>,
}

/// The method of a county for which none is named: a given table counts for more than roads, and roads for more than
/// barriers.
#[must_use]
pub const fn usual_method(county: &County) -> DistanceMethod {
    match county {
        County { given_distances: Some(_), .. } => DistanceMethod::Given,
        County { roads: Some(_), .. } => DistanceMethod::Road,
        County { barriers, .. } if !barriers.is_empty() => DistanceMethod::Barrier,
        _ => DistanceMethod::Straight,
    }
}

impl Distances {
    /// Measures by `method`.
    ///
    /// The straight line costs nothing in advance, and a given table is taken as it is. Around barriers, every pair is
    /// computed now, by all threads, in O(blocks × schools × (log segments + crossings)). Along roads there is one search a
    /// school, by all threads, in O(roads log roads); see [`Roads::walk`] for how far it goes. Where there are no roads, or
    /// no table, no way is known.
    #[must_use]
    pub fn measure(county: &County, method: DistanceMethod) -> Distances {
        let points: Vec<Coord<f64>> = county.blocks.iter().map(|block| block.point).collect();
        let gates: Vec<Coord<f64>> = county.schools.iter().map(|school| school.gate).collect();
        let (mut roads, mut speed) = (None, None);
        let none = || Arc::new(DistanceTable::new(gates.len(), &vec![Vec::new(); points.len()]));
        let lengths = match method {
            DistanceMethod::Straight => Lengths::Straight,
            DistanceMethod::Barrier => {
                Lengths::Around(Arc::new(Ways::new(&county.barriers, &county.crossings).table(&points, &gates)))
            }
            DistanceMethod::Road => match county.roads.as_ref().and_then(Roads::new) {
                Some(network) => {
                    let Walked { table, blocks, schools } = network.walk(county);
                    let metres = |joints: &[Joint]| joints.iter().map(|joint| joint.leg as f64 / 1e6).collect();
                    roads = Some(RoadFigures {
                        length_m: network.length_m(),
                        left_out_share: network.left_out_share(),
                        parts: network.parts(),
                        block_legs_m: metres(&blocks),
                        school_legs_m: metres(&schools),
                    });
                    Lengths::Known(Arc::new(table))
                }
                None => Lengths::Known(none()),
            },
            DistanceMethod::Given => match &county.given_distances {
                Some(given) => {
                    speed = (given.unit == DistanceUnit::Minutes).then_some(given.walking_speed_m_per_min);
                    Lengths::Known(Arc::clone(&given.table))
                }
                None => Lengths::Known(none()),
            },
        };
        Distances { method, points, gates, lengths, roads, speed }
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> DistanceMethod {
        self.method
    }

    /// The method in words, to stand beside every distance that is shown.
    #[must_use]
    pub fn note(&self) -> Message {
        let key = match (self.method, self.speed) {
            (DistanceMethod::Straight, _) => return Message::new("distance-note-straight"),
            (DistanceMethod::Barrier, _) => return Message::new("distance-note-barrier"),
            (DistanceMethod::Road, _) => "distance-note-road",
            (DistanceMethod::Given, None) => "distance-note-given",
            (DistanceMethod::Given, Some(_)) => "distance-note-given-minutes",
        };
        let others = match self.pairs_without_way() {
            0 => String::new(),
            pairs => pairs.to_string(),
        };
        let message = Message::new(key).clause("others", "clause-distance-others", &others);
        match self.speed {
            Some(speed) => message.decimal("speed", speed, 1),
            None => message,
        }
    }

    /// Pairs for which neither the roads nor the table give a way, so that they count as the straight line and
    /// [`NO_WAY_PENALTY`].
    #[must_use]
    pub fn pairs_without_way(&self) -> usize {
        match &self.lengths {
            Lengths::Known(table) => self.points.len() * self.gates.len() - table.known(),
            Lengths::Straight | Lengths::Around(_) => 0,
        }
    }

    /// What is to be said of the roads; `None` where they were not walked.
    #[must_use]
    pub const fn roads(&self) -> Option<&RoadFigures> {
        self.roads.as_ref()
    }

    /// Metres a minute by which given minutes became metres; `None` for other units and methods.
    #[must_use]
    pub const fn walking_speed(&self) -> Option<f64> {
        self.speed
    }

    /// Whether a way from `block` to `school` is known; else its length stands for one.
    #[must_use]
    pub fn has_way(&self, block: BlockIndex, school: SchoolIndex) -> bool {
        match &self.lengths {
            Lengths::Known(table) => table.millimetres(block, school).is_some(),
            Lengths::Straight | Lengths::Around(_) => true,
        }
    }

    /// Metres from `block` to `school`.
    #[must_use]
    pub fn metres(&self, block: BlockIndex, school: SchoolIndex) -> f64 {
        match &self.lengths {
            Lengths::Straight => self.straight_metres(block, school),
            Lengths::Around(table) => table[block.get() * self.gates.len() + school.get()],
            Lengths::Known(table) => match table.millimetres(block, school) {
                Some(millimetres) => f64::from(millimetres) / 1000.0,
                None => self.straight_metres(block, school) + NO_WAY_PENALTY,
            },
        }
    }

    /// Whether no distance is shorter than the straight line, so that what is far by it is far by this method too.
    #[must_use]
    pub const fn are_at_least_straight(&self) -> bool {
        !matches!(self.method, DistanceMethod::Given)
    }

    /// The point of a block that distances are measured from.
    #[must_use]
    pub fn point(&self, block: BlockIndex) -> Coord<f64> {
        self.points[block.get()]
    }

    /// Metres of the straight line, whatever the method.
    #[must_use]
    pub fn straight_metres(&self, block: BlockIndex, school: SchoolIndex) -> f64 {
        straight(self.points[block.get()], self.gates[school.get()])
    }
}

/// The root of the sum of squares: exactly rounded on every machine, which `hypot` is not.
pub(super) fn straight(first: Coord<f64>, second: Coord<f64>) -> f64 {
    let (x, y) = (first.x - second.x, first.y - second.y);
    (x * x + y * y).sqrt()
}

/// Ways around barriers: straight legs between crossings.
///
/// A leg is cut by a barrier where it crosses it an odd number of times, that is, where its ends lie on different
/// sides; a bend crossed twice is a detour along the bank, which the straight line stands for. A leg that ends at a
/// crossing is not cut by the barriers the crossing leads across.
#[derive(Debug)]
pub struct Ways {
    segments: RTree<GeomWithData<Line<[f64; 2]>, usize>>,
    crossings: Vec<Coord<f64>>,
    /// For each crossing the barriers it leads across.
    leads_across: Vec<Vec<usize>>,
}

/// A crossing leads across the barriers within this many metres of it.
pub const CROSSING_REACH: f64 = 60.0;

impl Ways {
    /// Indexes barriers and crossings.
    #[must_use]
    pub fn new(barriers: &[Barrier], crossings: &[Crossing]) -> Ways {
        let segments: Vec<GeomWithData<Line<[f64; 2]>, usize>> = barriers
            .iter()
            .enumerate()
            .flat_map(|(number, barrier)| {
                barrier.course.0.iter().flat_map(move |line| {
                    line.lines().map(move |segment| {
                        let line = Line::new([segment.start.x, segment.start.y], [segment.end.x, segment.end.y]);
                        GeomWithData::new(line, number)
                    })
                })
            })
            .collect();
        let segments = RTree::bulk_load(segments);
        let places: Vec<Coord<f64>> = crossings.iter().map(|crossing| crossing.place).collect();
        let leads_across = places
            .iter()
            .map(|place| {
                let mut near: Vec<usize> = segments
                    .locate_within_distance([place.x, place.y], CROSSING_REACH * CROSSING_REACH)
                    .map(|found| found.data)
                    .collect();
                near.sort_unstable();
                near.dedup();
                near
            })
            .collect();
        Ways { segments, crossings: places, leads_across }
    }

    /// For each crossing the positions of the barriers it leads across, ascending; empty where it lies on none.
    #[must_use]
    pub fn leads_across(&self) -> &[Vec<usize>] {
        &self.leads_across
    }

    /// The barriers that have the two places on different sides, ascending.
    #[must_use]
    pub fn barriers_between(&self, from: Coord<f64>, to: Coord<f64>) -> Vec<usize> {
        let envelope = AABB::from_corners([from.x, from.y], [to.x, to.y]);
        let mut crossed: Vec<usize> = self
            .segments
            .locate_in_envelope_intersecting(&envelope)
            .filter(|found| {
                let line = found.geom();
                let (start, end) = (Coord::from((line.from[0], line.from[1])), Coord::from((line.to[0], line.to[1])));
                is_left(from, to, start) != is_left(from, to, end)
                    && is_left(start, end, from) != is_left(start, end, to)
            })
            .map(|found| found.data)
            .collect();
        crossed.sort_unstable();
        crossed
            .chunk_by(|first, second| first == second)
            .filter(|chunk| chunk.len() % 2 == 1)
            .map(|chunk| chunk[0])
            .collect()
    }

    /// The length of a leg, infinite where a barrier cuts it that neither end leads across.
    fn leg(&self, from: Coord<f64>, to: Coord<f64>, across: [&[usize]; 2]) -> f64 {
        let cut = self
            .barriers_between(from, to)
            .into_iter()
            .any(|barrier| across.iter().all(|crossing| !crossing.contains(&barrier)));
        if cut { f64::INFINITY } else { straight(from, to) }
    }

    /// Shortest ways from `gate` to every crossing (Dijkstra over the crossings).
    fn ways_from_gate(&self, gate: Coord<f64>, between: &[Vec<f64>]) -> Vec<f64> {
        let count = self.crossings.len();
        let mut best: Vec<f64> = (0..count)
            .map(|crossing| self.leg(gate, self.crossings[crossing], [&[], &self.leads_across[crossing]]))
            .collect();
        let mut done = vec![false; count];
        for _ in 0..count {
            let next = (0..count)
                .filter(|crossing| !done[*crossing] && best[*crossing].is_finite())
                .min_by(|first, second| best[*first].total_cmp(&best[*second]).then(first.cmp(second)));
            let Some(next) = next else { break };
            done[next] = true;
            for other in 0..count {
                best[other] = best[other].min(best[next] + between[next][other]);
            }
        }
        best
    }

    /// Metres by block and school.
    fn table(&self, points: &[Coord<f64>], gates: &[Coord<f64>]) -> Vec<f64> {
        let count = self.crossings.len();
        let between: Vec<Vec<f64>> = (0..count)
            .map(|first| {
                (0..count)
                    .map(|second| {
                        let across = [self.leads_across[first].as_slice(), self.leads_across[second].as_slice()];
                        self.leg(self.crossings[first], self.crossings[second], across)
                    })
                    .collect()
            })
            .collect();
        let gate_ways: Vec<Vec<f64>> = gates.par_iter().map(|gate| self.ways_from_gate(*gate, &between)).collect();
        points
            .par_iter()
            .flat_map_iter(|point| {
                let legs: Vec<f64> = (0..count)
                    .map(|crossing| self.leg(*point, self.crossings[crossing], [&[], &self.leads_across[crossing]]))
                    .collect();
                let gate_ways = &gate_ways;
                gates.iter().enumerate().map(move |(school, gate)| {
                    let direct = straight(*point, *gate);
                    if self.barriers_between(*point, *gate).is_empty() {
                        return direct;
                    }
                    let around = (0..count)
                        .map(|crossing| legs[crossing] + gate_ways[school][crossing])
                        .fold(f64::INFINITY, f64::min);
                    around.min(direct + NO_WAY_PENALTY).max(direct)
                })
            })
            .collect()
    }
}

fn is_left(from: Coord<f64>, to: Coord<f64>, place: Coord<f64>) -> bool {
    (to.x - from.x) * (place.y - from.y) - (to.y - from.y) * (place.x - from.x) > 0.0
}

#[cfg(test)]
mod tests {
    use geo::{MultiLineString, line_string};

    use super::*;

    fn river_with_bridge() -> Ways {
        let course = MultiLineString::new(vec![line_string![(x: 0.0, y: -2000.0), (x: 0.0, y: 2000.0)]]);
        let river = Barrier { name: "river".into(), kind: "river".into(), course };
        let bridge = Crossing { name: "bridge".into(), place: Coord { x: 0.0, y: 500.0 } };
        Ways::new(&[river], &[bridge])
    }

    #[test]
    fn the_way_across_a_river_goes_over_its_bridge() {
        let ways = river_with_bridge();
        let table =
            ways.table(&[Coord { x: -90.0, y: 0.0 }], &[Coord { x: 90.0, y: 0.0 }, Coord { x: -90.0, y: 100.0 }]);
        assert!((table[0] - 2.0 * 90.0_f64.hypot(500.0)).abs() < 1e-9, "{table:?}");
        assert!((table[1] - 100.0).abs() < 1e-9, "the same bank is reached directly: {table:?}");
    }

    #[test]
    fn a_bend_crossed_twice_does_not_cut() {
        let bend = MultiLineString::new(vec![line_string![(x: 0.0, y: 0.0), (x: 50.0, y: 100.0), (x: 100.0, y: 0.0)]]);
        let ways = Ways::new(&[Barrier { name: "bend".into(), kind: "river".into(), course: bend }], &[]);
        assert_eq!(ways.barriers_between(Coord { x: 0.0, y: 50.0 }, Coord { x: 100.0, y: 50.0 }), [0_usize; 0]);
        assert_eq!(ways.barriers_between(Coord { x: 50.0, y: 50.0 }, Coord { x: 100.0, y: 50.0 }), [0]);
    }

    #[test]
    fn without_a_crossing_the_way_is_longer_by_the_penalty() {
        let course = MultiLineString::new(vec![line_string![(x: 0.0, y: -2000.0), (x: 0.0, y: 2000.0)]]);
        let ways = Ways::new(&[Barrier { name: "rail".into(), kind: "railway".into(), course }], &[]);
        let table = ways.table(&[Coord { x: -50.0, y: 0.0 }], &[Coord { x: 50.0, y: 0.0 }]);
        assert!((table[0] - (100.0 + NO_WAY_PENALTY)).abs() < 1e-9);
    }
}
