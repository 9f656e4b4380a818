//! Distances, computed the plain way: every segment of every barrier is looked at.

use serde_json::Value;

use super::output::Output;
use crate::model::County;
use crate::model::settings::DistanceMethod;

/// A crossing leads across the barriers within this many metres; a way no crossing leads across is this much longer.
/// Both as the documentation of distances states them.
const REACH: f64 = 60.0;
const PENALTY: f64 = 5_000.0;

/// Ways from blocks to schools by the method of the scheme.
pub(super) struct Ways<'a> {
    county: &'a County,
    around_barriers: bool,
    /// For each crossing the barriers it leads across.
    across: Vec<Vec<usize>>,
    /// For each block the legs to all crossings.
    from_block: Vec<Vec<f64>>,
    /// For each crossing of each school the shortest way to the gate.
    to_gate: Vec<Vec<f64>>,
}

type Place = (f64, f64);

impl<'a> Ways<'a> {
    pub(super) fn of(county: &'a County, output: &Output) -> Ways<'a> {
        let around_barriers = match output.settings.catchments.distance {
            Some(method) => method == DistanceMethod::Barrier,
            None => !county.barriers.is_empty(),
        };
        let mut ways =
            Ways { county, around_barriers, across: Vec::new(), from_block: Vec::new(), to_gate: Vec::new() };
        if around_barriers {
            ways.link_crossings();
        }
        ways
    }

    fn link_crossings(&mut self) {
        let places: Vec<Place> =
            self.county.crossings.iter().map(|crossing| (crossing.place.x, crossing.place.y)).collect();
        self.across = places
            .iter()
            .map(|place| {
                (0..self.county.barriers.len())
                    .filter(|barrier| {
                        self.segments(*barrier).any(|(start, end)| to_segment(*place, start, end) <= REACH)
                    })
                    .collect()
            })
            .collect();
        let count = places.len();
        let mut between = vec![vec![f64::INFINITY; count]; count];
        for first in 0..count {
            for second in 0..count {
                between[first][second] = self.leg(places[first], places[second], &[first, second]);
            }
        }
        for via in 0..count {
            for first in 0..count {
                for second in 0..count {
                    let detour = between[first][via] + between[via][second];
                    if detour < between[first][second] {
                        between[first][second] = detour;
                    }
                }
            }
        }
        let legs = |place: Place| -> Vec<f64> {
            (0..count).map(|crossing| self.leg(place, places[crossing], &[crossing])).collect()
        };
        let from_block = self.county.blocks.iter().map(|block| legs((block.point.x, block.point.y))).collect();
        let to_gate = self
            .county
            .schools
            .iter()
            .map(|school| {
                let last = legs((school.gate.x, school.gate.y));
                let home = |first: usize| {
                    (0..count).map(|crossing| between[first][crossing] + last[crossing]).fold(f64::INFINITY, f64::min)
                };
                (0..count).map(home).collect()
            })
            .collect();
        (self.from_block, self.to_gate) = (from_block, to_gate);
    }

    /// Metres from a block to a school, both by position.
    pub(super) fn metres(&self, block: usize, school: usize) -> f64 {
        let (point, gate) = (self.county.blocks[block].point, self.county.schools[school].gate);
        let (from, to) = ((point.x, point.y), (gate.x, gate.y));
        let direct = apart(from, to);
        if !self.around_barriers || self.leg(from, to, &[]).is_finite() {
            return direct;
        }
        let legs = self.from_block[block].iter().zip(&self.to_gate[school]);
        legs.map(|(out, home)| out + home).fold(direct + PENALTY, f64::min).max(direct)
    }

    /// The straight way, infinite where a barrier lies between that none of the `crossings` at its ends leads across.
    fn leg(&self, from: Place, to: Place, crossings: &[usize]) -> f64 {
        for barrier in 0..self.county.barriers.len() {
            let times = self.segments(barrier).filter(|(start, end)| cross(from, to, *start, *end)).count();
            let led_across = crossings.iter().any(|crossing| self.across[*crossing].contains(&barrier));
            if times % 2 == 1 && !led_across {
                return f64::INFINITY;
            }
        }
        apart(from, to)
    }

    fn segments(&self, barrier: usize) -> impl Iterator<Item = (Place, Place)> + '_ {
        self.county.barriers[barrier]
            .course
            .0
            .iter()
            .flat_map(|line| line.0.windows(2).map(|pair| ((pair[0].x, pair[0].y), (pair[1].x, pair[1].y))))
    }
}

fn apart(first: Place, second: Place) -> f64 {
    let (x, y) = (first.0 - second.0, first.1 - second.1);
    (x * x + y * y).sqrt()
}

fn to_segment(place: Place, start: Place, end: Place) -> f64 {
    let (along, to) = ((end.0 - start.0, end.1 - start.1), (place.0 - start.0, place.1 - start.1));
    let length = along.0 * along.0 + along.1 * along.1;
    let share = if length > 0.0 { ((along.0 * to.0 + along.1 * to.1) / length).clamp(0.0, 1.0) } else { 0.0 };
    apart(place, (start.0 + share * along.0, start.1 + share * along.1))
}

fn cross(from: Place, to: Place, start: Place, end: Place) -> bool {
    let left = |a: Place, b: Place, c: Place| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0) > 0.0;
    left(from, to, start) != left(from, to, end) && left(start, end, from) != left(start, end, to)
}

/// A number of a JSON object; NaN where it has none of that name, which equals nothing.
pub(super) fn number(object: &Value, name: &str) -> f64 {
    object.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN)
}
