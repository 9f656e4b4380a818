//! Whether the schools of a county lie beside their blocks on the whole, and which wrong coordinate system explains it.
//!
//! Each school is compared with its own block: the one it names as its home, else those the existing scheme gives it, else
//! the nearest. A cause is believed only if, with it undone, most schools that lay outside lie inside: schools that stand
//! outside here and there, in any direction, are explained by none.

use geo::{Contains, Coord, MultiPolygon, Point};
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{PointDistance, RTree};

use super::{MapShift, Projection};
use crate::model::{Block, County, Outlines};

/// Schools that are looked at, evenly spread over the list.
const MOST_SCHOOLS: usize = 300;

/// Metres a gate may lie beside its block: on the other side of the street.
const BESIDE: f64 = 30.0;

/// Fewest schools outside their blocks that are more than chance.
const FEWEST_OUTSIDE: usize = 4;

/// Metres by which schools must be off on average where their blocks have gaps between them, so that all stand outside.
const FAR_ON_AVERAGE: f64 = 200.0;

/// Metres beyond which schools are in another place altogether, however small the county.
const APART: f64 = 5_000.0;

/// What explains that schools lie beside their blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// Coordinates of map services were taken for WGS84.
    Map {
        /// What the schools look like; `None` where they need not be anything else.
        schools: Option<MapShift>,
        /// What the blocks look like.
        blocks: Option<MapShift>,
    },
    /// The zones of the layers differ by so many degrees of longitude; schools lie too far east where above zero.
    Meridian(i32),
    /// Longitude and latitude of one of them are exchanged.
    Exchanged,
    /// None that is known.
    Unknown,
}

/// Schools beside their blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// From the blocks to the schools, in metres.
    pub offset: Coord<f64>,
    /// Schools that were looked at.
    pub count: usize,
    /// Those of them that lie outside their blocks.
    pub outside: usize,
    /// Whether most schools are farther from the blocks than these extend.
    pub is_apart: bool,
    /// What explains it.
    pub cause: Cause,
}

/// Compares schools and blocks; `None` where nothing is the matter on the whole. `frame` is how working metres relate to the
/// earth, `None` in a local county.
///
/// Deterministic. O(n log n) for n blocks, and some thousand look-ups where something is the matter.
#[must_use]
pub fn drift(county: &County, frame: Option<&Projection>) -> Option<Drift> {
    let compared = Compared::of(county)?;
    let found = compared.measure(Some);
    let outside = found.outside();
    let is_many = outside >= FEWEST_OUTSIDE.max(compared.schools.len().div_ceil(10));
    let is_apart = found.median() > compared.extent.max(APART);
    if !is_many && !is_apart {
        return None;
    }
    let best = frame
        .into_iter()
        .flat_map(|frame| causes().into_iter().map(move |cause| (frame, cause)))
        .filter_map(|(frame, cause)| {
            let after = compared.measure(|place| undo(frame, cause, place));
            compared.explains(&found, &after).then_some((after.sum(), cause, after))
        })
        .min_by(|first, second| first.0.total_cmp(&second.0));
    let drift = |offset, cause| Drift { offset, count: compared.schools.len(), outside, is_apart, cause };
    if let Some((_, cause, after)) = best {
        let moved: Vec<Coord<f64>> = compared
            .schools
            .iter()
            .zip(&after.places)
            .filter_map(|(school, place)| Some(school.gate - (*place)?))
            .collect();
        return Some(drift(middle(&moved), cause));
    }
    // Where nothing known explains it, a shift as a whole does if it brings the schools to blocks that are theirs.
    let outside_ways: Vec<Coord<f64>> = found.ways.iter().copied().filter(|way| length(*way) > BESIDE).collect();
    let offset = middle(&outside_ways);
    let is_stated = compared.schools.iter().filter(|school| school.own.is_some()).count() * 2 > compared.schools.len();
    let after = compared.measure(|place| Some(place - offset));
    let is_shifted = is_stated && outside * 2 > compared.schools.len() && compared.explains(&found, &after);
    (is_apart || is_shifted).then(|| drift(offset, Cause::Unknown))
}

/// What is tried, the likelier and the smaller first.
fn causes() -> Vec<Cause> {
    let systems = [None, Some(MapShift::Gcj02), Some(MapShift::Bd09)];
    let mut causes: Vec<Cause> = Vec::new();
    for schools in systems {
        causes.extend(
            systems.into_iter().filter(|blocks| *blocks != schools).map(|blocks| Cause::Map { schools, blocks }),
        );
    }
    causes.extend((1..=10).flat_map(|zones| [Cause::Meridian(3 * zones), Cause::Meridian(-3 * zones)]));
    causes.push(Cause::Exchanged);
    causes
}

/// Where a school would lie among the blocks without the cause.
fn undo(frame: &Projection, cause: Cause, gate: Coord<f64>) -> Option<Coord<f64>> {
    let place = frame.to_earth(gate).ok()?;
    let place = match cause {
        Cause::Map { schools, blocks } => {
            let truly = schools.map_or(place, |shift| shift.to_wgs84(place));
            blocks.map_or(truly, |shift| shift.from_wgs84(truly))
        }
        Cause::Meridian(degrees) => Coord { x: place.x - f64::from(degrees), y: place.y },
        Cause::Exchanged => Coord { x: place.y, y: place.x },
        Cause::Unknown => return None,
    };
    let is_on_earth = place.x.abs() <= 180.0 && place.y.abs() < 90.0;
    frame.from_earth(place).ok().filter(|image| is_on_earth && image.x.is_finite() && image.y.is_finite())
}

struct OfSchool {
    gate: Coord<f64>,
    /// Its own blocks, where the input tells them.
    own: Option<Vec<usize>>,
}

/// Schools, and the blocks they are compared with.
struct Compared<'a> {
    schools: Vec<OfSchool>,
    blocks: &'a [Block],
    outlines: &'a Outlines,
    boxes: Vec<Rectangle<[f64; 2]>>,
    tree: Option<RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>>,
    /// Metres around a block that is a point which count as the block.
    around_points: f64,
    /// Metres across all blocks.
    extent: f64,
}

/// Where schools lie.
struct Measured {
    places: Vec<Option<Coord<f64>>>,
    /// From the nearest point of its own block to each school, zero inside; far where it has no place.
    ways: Vec<Coord<f64>>,
}

impl<'a> Compared<'a> {
    fn of(county: &'a County) -> Option<Compared<'a>> {
        let blocks = &county.blocks[..];
        if blocks.is_empty() || county.schools.len() < 3 {
            return None;
        }
        let boxes: Vec<Rectangle<[f64; 2]>> =
            (0..blocks.len()).into_par_iter().map(|block| rectangle(county, block)).collect();
        let step = county.schools.len().div_ceil(MOST_SCHOOLS);
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); county.schools.len()];
        for stage in &county.stages {
            for (block, school) in county.existing.school_of[*stage].iter().flatten().enumerate() {
                if let Some(school) = school {
                    own[school.get()].push(block);
                }
            }
        }
        let schools: Vec<OfSchool> = county
            .schools
            .iter()
            .zip(own)
            .step_by(step)
            .map(|(school, existing)| {
                let own = school.home.map(|home| vec![home.get()]).or(Some(existing).filter(|own| !own.is_empty()));
                OfSchool { gate: school.gate, own }
            })
            .collect();
        let needs_tree = schools.iter().any(|school| school.own.is_none());
        let tree = needs_tree.then(|| {
            let entries = boxes.iter().enumerate().map(|(position, shape)| GeomWithData::new(*shape, position));
            RTree::bulk_load(entries.collect())
        });
        let (low, high) = boxes.iter().fold(([f64::MAX; 2], [f64::MIN; 2]), |(low, high), shape| {
            let (from, to) = (shape.lower(), shape.upper());
            ([low[0].min(from[0]), low[1].min(from[1])], [high[0].max(to[0]), high[1].max(to[1])])
        });
        let area = (high[0] - low[0]) * (high[1] - low[1]);
        let outlines = &county.outlines;
        let has_points = (0..blocks.len()).any(|block| !outlines.has(block));
        let around_points = if has_points { (area / blocks.len() as f64).sqrt() } else { 0.0 };
        let extent = (high[0] - low[0]).hypot(high[1] - low[1]);
        Some(Compared { schools, blocks, outlines, boxes, tree, around_points, extent })
    }

    /// Where the schools lie once each has been moved.
    fn measure(&self, moved: impl Fn(Coord<f64>) -> Option<Coord<f64>>) -> Measured {
        let places: Vec<Option<Coord<f64>>> = self.schools.iter().map(|school| moved(school.gate)).collect();
        let nowhere = Coord { x: 1e9, y: 1e9 };
        let way = |(school, place): (&OfSchool, &Option<Coord<f64>>)| {
            place.map_or(nowhere, |place| self.way(place, school.own.as_deref()))
        };
        let ways = self.schools.iter().zip(&places).map(way).collect();
        Measured { places, ways }
    }

    /// From the nearest point of some blocks, or of any, to a place.
    fn way(&self, place: Coord<f64>, own: Option<&[usize]>) -> Coord<f64> {
        let mut best = Coord { x: 1e9, y: 1e9 };
        let at = [place.x, place.y];
        let mut look = |block: usize| {
            let way = self.way_from(block, place);
            if length(way) < length(best) {
                best = way;
            }
            length(best)
        };
        match (own, &self.tree) {
            (Some(own), _) => {
                let mut nearest = f64::MAX;
                for block in own {
                    if self.boxes[*block].distance_2(&at).sqrt() < nearest + self.around_points {
                        nearest = look(*block);
                    }
                }
            }
            (None, Some(tree)) => {
                let mut nearest = f64::MAX;
                for (entry, squared) in tree.nearest_neighbor_iter_with_distance_2(&at) {
                    if squared.sqrt() > nearest + self.around_points {
                        break;
                    }
                    nearest = look(entry.data);
                }
            }
            (None, None) => {}
        }
        best
    }

    fn way_from(&self, block: usize, place: Coord<f64>) -> Coord<f64> {
        let outline = self.outlines.get(block);
        let block = &self.blocks[block];
        let Some(outline) = outline else {
            let way = place - block.point;
            let beyond = length(way) - self.around_points;
            return if beyond <= 0.0 { Coord { x: 0.0, y: 0.0 } } else { way * (beyond / length(way)) };
        };
        if outline.contains(&Point::from(place)) {
            return Coord { x: 0.0, y: 0.0 };
        }
        place - nearest_on(&outline, place).unwrap_or(block.point)
    }

    /// Whether what was `found` is explained by a change `after` which it is gone.
    fn explains(&self, found: &Measured, after: &Measured) -> bool {
        let count = self.schools.len() as f64;
        let are_inside = after.outside() * 3 <= found.outside() && after.sum() * 4.0 <= found.sum();
        // Where blocks have gaps between them every school is outside, but a wrong system moves all in one direction.
        let is_stated = self.schools.iter().filter(|school| school.own.is_some()).count() as f64 > count / 2.0;
        let together = length(found.ways.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, way| sum + *way));
        let are_nearer =
            after.sum() * 2.5 <= found.sum() && found.sum() >= FAR_ON_AVERAGE * count && together >= 0.7 * found.sum();
        are_inside || is_stated && are_nearer
    }
}

impl Measured {
    fn outside(&self) -> usize {
        self.ways.iter().filter(|way| length(**way) > BESIDE).count()
    }

    fn sum(&self) -> f64 {
        self.ways.iter().map(|way| length(*way)).sum()
    }

    fn median(&self) -> f64 {
        let mut lengths: Vec<f64> = self.ways.iter().map(|way| length(*way)).collect();
        lengths.sort_by(f64::total_cmp);
        lengths[lengths.len() / 2]
    }
}

fn length(way: Coord<f64>) -> f64 {
    way.x.hypot(way.y)
}

/// The middle in each direction.
fn middle(ways: &[Coord<f64>]) -> Coord<f64> {
    let of = |part: fn(&Coord<f64>) -> f64| {
        let mut values: Vec<f64> = ways.iter().map(part).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    Coord { x: of(|way| way.x), y: of(|way| way.y) }
}

fn rectangle(county: &County, position: usize) -> Rectangle<[f64; 2]> {
    let point = county.blocks[position].point;
    let around = county.outlines.rectangle(position);
    let (low, high) = around.map_or((point, point), |around| (around.min(), around.max()));
    Rectangle::from_corners([low.x, low.y], [high.x, high.y])
}

/// The point of the borders of an outline that is nearest to a place.
fn nearest_on(outline: &MultiPolygon<f64>, place: Coord<f64>) -> Option<Coord<f64>> {
    let rings = outline.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let points = rings.flat_map(geo::LineString::lines).map(|line| {
        let way = line.delta();
        let squared = way.x * way.x + way.y * way.y;
        let from_start = place - line.start;
        let share =
            if squared > 0.0 { ((from_start.x * way.x + from_start.y * way.y) / squared).clamp(0.0, 1.0) } else { 0.0 };
        line.start + way * share
    });
    points.min_by(|first, second| length(*first - place).total_cmp(&length(*second - place)))
}
