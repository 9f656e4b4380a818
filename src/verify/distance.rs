//! Distances, computed the plain way: every segment of every barrier is looked at, every road walked.

use geo::Coord;
use serde_json::Value;

use super::output::Output;
use super::roads::Walk;
use crate::model::settings::{DistanceMethod, DistanceUnit};
use crate::model::{BlockIndex, County, SchoolIndex};

/// A crossing leads across the barriers within this many metres; a way no crossing leads across, or that neither roads nor
/// table know, is this much longer.
/// Both as the documentation of distances states them.
const REACH: f64 = 60.0;
const PENALTY: f64 = 5_000.0;

/// Ways from blocks to schools by the method of the scheme.
pub(super) struct Ways<'a> {
    county: &'a County,
    method: DistanceMethod,
    /// The ways along roads, by that method.
    walk: Option<Walk>,
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
        let method = output.settings.catchments.distance.unwrap_or({
            if county.given_distances.is_some() {
                DistanceMethod::Given
            } else if county.roads.is_some() {
                DistanceMethod::Road
            } else if county.barriers.is_empty() {
                DistanceMethod::Straight
            } else {
                DistanceMethod::Barrier
            }
        });
        let walk = if method == DistanceMethod::Road { Walk::of(county) } else { None };
        let mut ways = Ways { county, method, walk, across: Vec::new(), from_block: Vec::new(), to_gate: Vec::new() };
        if method == DistanceMethod::Barrier {
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

    /// The method of the scheme.
    pub(super) const fn method(&self) -> DistanceMethod {
        self.method
    }

    /// The ways along roads, where that is the method and there are roads.
    pub(super) const fn walk(&self) -> Option<&Walk> {
        self.walk.as_ref()
    }

    /// Metres from a block to a school, both by position.
    pub(super) fn metres(&self, block: usize, school: usize) -> f64 {
        let (point, gate) = (self.county.blocks[block].point, self.county.schools[school].gate);
        let direct = straight(point, gate);
        match self.method {
            DistanceMethod::Straight => direct,
            DistanceMethod::Barrier => self.around_barriers(block, school, direct),
            DistanceMethod::Road => {
                self.walk.as_ref().and_then(|walk| walk.metres(block, school)).unwrap_or(direct + PENALTY)
            }
            DistanceMethod::Given => self.given(block, school).unwrap_or(direct + PENALTY),
        }
    }

    /// Metres a minute by which the input's minutes became metres, where that is the method.
    pub(super) fn walking_speed(&self) -> Option<f64> {
        let given = self.county.given_distances.as_ref().filter(|_| self.method == DistanceMethod::Given)?;
        (given.unit == DistanceUnit::Minutes).then_some(given.walking_speed_m_per_min)
    }

    /// The metres the input gives for a pair.
    fn given(&self, block: usize, school: usize) -> Option<f64> {
        let given = self.county.given_distances.as_ref()?;
        let millimetres = given.table.millimetres(BlockIndex::new(block), SchoolIndex::new(school))?;
        Some(f64::from(millimetres) / 1000.0)
    }

    /// Pairs of blocks and schools no way is known for.
    pub(super) fn pairs_without_way(&self) -> usize {
        let (blocks, schools) = (self.county.blocks.len(), self.county.schools.len());
        match self.method {
            DistanceMethod::Straight | DistanceMethod::Barrier => 0,
            DistanceMethod::Road => blocks * schools - self.walk.as_ref().map_or(0, Walk::count),
            DistanceMethod::Given => {
                let pairs = (0..blocks).flat_map(|block| (0..schools).map(move |school| (block, school)));
                pairs.filter(|(block, school)| self.given(*block, *school).is_none()).count()
            }
        }
    }

    fn around_barriers(&self, block: usize, school: usize, direct: f64) -> f64 {
        let (point, gate) = (self.county.blocks[block].point, self.county.schools[school].gate);
        if self.leg((point.x, point.y), (gate.x, gate.y), &[]).is_finite() {
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

/// The root of the sum of squares, which is rounded alike on every machine.
pub(super) fn straight(first: Coord<f64>, second: Coord<f64>) -> f64 {
    apart((first.x, first.y), (second.x, second.y))
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
