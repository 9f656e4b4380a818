//! How far each block is from each school, and by which method that was measured.

use geo::Coord;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

use crate::language::Message;
use crate::model::settings::DistanceMethod;
use crate::model::{Barrier, BlockIndex, County, Crossing, SchoolIndex};

/// Distances from block points to school gates.
#[derive(Clone, Debug)]
pub struct Distances {
    method: DistanceMethod,
    points: Vec<Coord<f64>>,
    gates: Vec<Coord<f64>>,
    /// Metres by block and school, where they are not the straight line.
    table: Option<Vec<f64>>,
}

/// How much longer a way is taken to be where barriers cut it and no crossing is known, in metres.
pub const NO_CROSSING_PENALTY: f64 = 5_000.0;

impl Distances {
    /// Measures by `method`.
    ///
    /// The straight line costs nothing in advance. Around barriers, every pair is computed now, by all threads, in
    /// O(blocks × schools × (log segments + crossings)).
    #[must_use]
    pub fn measure(county: &County, method: DistanceMethod) -> Distances {
        let points: Vec<Coord<f64>> = county.blocks.iter().map(|block| block.point).collect();
        let gates: Vec<Coord<f64>> = county.schools.iter().map(|school| school.gate).collect();
        let table = (method == DistanceMethod::Barrier)
            .then(|| Ways::new(&county.barriers, &county.crossings).table(&points, &gates));
        Distances { method, points, gates, table }
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> DistanceMethod {
        self.method
    }

    /// The method in words, to stand beside every distance that is shown.
    #[must_use]
    pub fn note(&self) -> Message {
        Message::new(match self.method {
            DistanceMethod::Straight => "distance-note-straight",
            DistanceMethod::Barrier => "distance-note-barrier",
        })
    }

    /// Metres from `block` to `school`.
    #[must_use]
    pub fn metres(&self, block: BlockIndex, school: SchoolIndex) -> f64 {
        match &self.table {
            Some(table) => table[block.get() * self.gates.len() + school.get()],
            None => straight(self.points[block.get()], self.gates[school.get()]),
        }
    }

    /// Whether no distance is shorter than the straight line, so that what is far by it is far by this method too.
    #[must_use]
    pub const fn are_at_least_straight(&self) -> bool {
        matches!(self.method, DistanceMethod::Straight | DistanceMethod::Barrier)
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
                    around.min(direct + NO_CROSSING_PENALTY).max(direct)
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
        assert!((table[0] - (100.0 + NO_CROSSING_PENALTY)).abs() < 1e-9);
    }
}
