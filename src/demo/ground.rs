//! The land: the county line, the river, the railway, towns and villages, and the blocks between them.

use geo::{Coord, LineString, MultiLineString, MultiPolygon};

use super::chance::Chance;
use crate::space::Coverage;
use crate::space::cells;
use crate::space::topology::Tolerance;

/// A town or township: its middle in metres, how far its built-up part reaches, and whether it is one of the two towns.
pub(super) struct Town {
    pub(super) name: &'static str,
    pub(super) middle: Coord<f64>,
    pub(super) reach: f64,
    pub(super) urban: bool,
}

/// A bridge or underpass.
pub(super) struct Passage {
    pub(super) name: String,
    pub(super) place: Coord<f64>,
}

/// The land, in metres from its middle.
pub(super) struct Ground {
    pub(super) towns: Vec<Town>,
    pub(super) points: Vec<Coord<f64>>,
    pub(super) outlines: Vec<MultiPolygon<f64>>,
    /// The town each block belongs to.
    pub(super) town_of: Vec<usize>,
    /// Whether a block is built-up.
    pub(super) urban: Vec<bool>,
    pub(super) areas: Vec<MultiPolygon<f64>>,
    pub(super) river: MultiLineString<f64>,
    pub(super) railway: MultiLineString<f64>,
    pub(super) bridges: Vec<Passage>,
    pub(super) underpasses: Vec<Passage>,
}

/// Half the length and half the width of the county, in metres.
const HALF: (f64, f64) = (11_600.0, 8_400.0);

/// Names, rough places as shares of half the county, reach in metres, and whether it is one of the two towns.
const TOWNS: [(&str, f64, f64, f64, bool); 11] = [
    ("城关镇", -0.22, 0.02, 3_000.0, true),
    ("白沙镇", 0.52, -0.28, 1_900.0, true),
    ("河口镇", -0.76, 0.28, 700.0, false),
    ("青石镇", 0.12, 0.66, 650.0, false),
    ("双溪乡", 0.58, 0.46, 500.0, false),
    ("云岭乡", -0.42, 0.72, 450.0, false),
    ("南坪乡", -0.34, -0.70, 520.0, false),
    ("石桥镇", 0.14, -0.66, 600.0, false),
    ("竹园乡", -0.74, -0.34, 450.0, false),
    ("大湾乡", 0.86, 0.10, 480.0, false),
    ("柳林乡", 0.26, 0.22, 460.0, false),
];

impl Ground {
    pub(super) fn make(chance: &mut Chance) -> Ground {
        let rim: Vec<(f64, f64)> =
            (2..7).map(|_| (chance.between(0.01, 0.05), chance.between(0.0, std::f64::consts::TAU))).collect();
        let towns: Vec<Town> = TOWNS
            .iter()
            .map(|(name, x, y, reach, urban)| Town {
                name,
                middle: Coord {
                    x: x * HALF.0 + chance.between(-300.0, 300.0),
                    y: y * HALF.1 + chance.between(-300.0, 300.0),
                },
                reach: *reach,
                urban: *urban,
            })
            .collect();
        let lines = Lines { seat: towns[0].middle, second: towns[1].middle };
        let seeds = seeds(&towns, &lines, chance);
        let frame = cells::frame_around(&seeds);
        let cells = cells::voronoi(&seeds, &frame);
        let inside: Vec<usize> =
            (0..seeds.len()).filter(|seed| lies_inside(seeds[*seed], &rim) && cells[*seed].is_some()).collect();
        let points: Vec<Coord<f64>> = inside.iter().map(|seed| seeds[*seed]).collect();
        let outlines: Vec<MultiPolygon<f64>> = inside.iter().filter_map(|seed| cells[*seed].clone()).collect();
        let (coverage, _) = Coverage::build(&outlines.iter().map(Some).collect(), Tolerance::default());
        let outlines = coverage.outlines();
        let town_of: Vec<usize> = points.iter().map(|point| nearest_town(*point, &towns)).collect();
        let urban = points
            .iter()
            .map(|point| towns.iter().any(|town| town.urban && apart(*point, town.middle) < town.reach))
            .collect();
        let river = between_sides(&coverage, &points, |point| lines.above_river(point));
        let railway = between_sides(&coverage, &points, |point| lines.above_railway(point));
        let areas = coverage.dissolve(towns.len(), |block| Some(town_of[block]));
        let seat = towns[0].middle;
        let second = towns[1].middle;
        let along = |line: &MultiLineString<f64>, wanted: &[(f64, &str)]| -> Vec<Passage> {
            wanted
                .iter()
                .filter_map(|(x, name)| Some(Passage { name: (*name).to_owned(), place: nearest_on(line, *x)? }))
                .collect()
        };
        let bridges = along(
            &river,
            &[
                (-0.80 * HALF.0, "河口大桥"),
                (seat.x - 1_900.0, "云川一桥"),
                (seat.x - 200.0, "云川二桥"),
                (seat.x + 1_700.0, "城东大桥"),
                (0.22 * HALF.0, "柳林渡桥"),
                (second.x + 300.0, "白沙大桥"),
                (0.84 * HALF.0, "大湾桥"),
            ],
        );
        let underpasses = along(
            &railway,
            &[
                (-0.65 * HALF.0, "竹园涵洞"),
                (seat.x - 1_500.0, "站前地道"),
                (seat.x + 600.0, "城南立交"),
                (0.14 * HALF.0, "石桥道口"),
                (second.x - 900.0, "白沙地道"),
                (second.x + 700.0, "砖厂涵洞"),
                (0.78 * HALF.0, "大湾涵洞"),
            ],
        );
        Ground { towns, points, outlines, town_of, urban, areas, river, railway, bridges, underpasses }
    }
}

/// The courses of river and railway, as heights over the way east.
struct Lines {
    seat: Coord<f64>,
    second: Coord<f64>,
}

impl Lines {
    /// The river winds from the north-west through the county seat and past the second town to the south-east.
    fn river(&self, x: f64) -> f64 {
        let (from, to) = (self.seat, self.second);
        let share = (x - from.x) / (to.x - from.x);
        let straight = from.y + 300.0 + (to.y + 500.0 - from.y - 300.0) * share;
        straight + 900.0 * (x / 2_600.0).sin() + 380.0 * (x / 1_050.0 + 1.3).sin()
    }

    /// The railway runs nearly straight, south of the seat and through the edge of the second town.
    fn railway(&self, x: f64) -> f64 {
        let (from, to) = (self.seat, self.second);
        let share = (x - from.x) / (to.x - from.x);
        from.y - 1_500.0 + (to.y - 700.0 - from.y + 1_500.0) * share + 350.0 * (x / 7_000.0).sin()
    }

    fn above_river(&self, place: Coord<f64>) -> bool {
        place.y > self.river(place.x)
    }

    fn above_railway(&self, place: Coord<f64>) -> bool {
        place.y > self.railway(place.x)
    }
}

fn apart(first: Coord<f64>, second: Coord<f64>) -> f64 {
    let between = first - second;
    (between.x * between.x + between.y * between.y).sqrt()
}

/// Whether a place lies inside the county line: an ellipse with a few waves on it.
fn lies_inside(place: Coord<f64>, rim: &[(f64, f64)]) -> bool {
    let angle = (place.y / HALF.1).atan2(place.x / HALF.0);
    let waves: f64 =
        rim.iter().enumerate().map(|(wave, (height, phase))| height * ((wave + 2) as f64 * angle + phase).cos()).sum();
    (place.x / HALF.0).hypot(place.y / HALF.1) < 0.97 + waves
}

/// The spacing of blocks at a place: narrow in towns, wide between villages.
fn spacing(place: Coord<f64>, towns: &[Town]) -> f64 {
    let village: f64 = 840.0;
    towns.iter().fold(village, |spacing, town| {
        let away = apart(place, town.middle) / town.reach;
        let dense = if town.urban { 200.0 + 100.0 * away } else { 260.0 + 150.0 * away };
        let here = if away < 1.0 { dense } else { dense + (village - dense) * ((away - 1.0) / 1.1).min(1.0) };
        spacing.min(here)
    })
}

/// The points of the blocks: pairs along river and railway, so that no block lies on both banks, then points at random
/// with the spacing of their place.
fn seeds(towns: &[Town], lines: &Lines, chance: &mut Chance) -> Vec<Coord<f64>> {
    let mut seeds: Vec<Coord<f64>> = Vec::new();
    let courses: [&dyn Fn(f64) -> f64; 2] = [&|x| lines.river(x), &|x| lines.railway(x)];
    for (number, course) in courses.iter().enumerate() {
        let mut x = -1.25 * HALF.0;
        while x < 1.25 * HALF.0 {
            let place = Coord { x, y: course(x) };
            let step = spacing(place, towns) * 0.9;
            let slope = (course(x + 1.0) - course(x - 1.0)) / 2.0;
            let length = (1.0 + slope * slope).sqrt();
            let normal = Coord { x: -slope / length, y: 1.0 / length };
            let pair = [place + normal * (0.42 * step), place - normal * (0.42 * step)];
            let clear = |seed: Coord<f64>| seeds.iter().all(|other| apart(seed, *other) > 0.6 * step);
            let same_side = number == 0 || lines.above_river(pair[0]) == lines.above_river(pair[1]);
            if clear(pair[0]) && clear(pair[1]) && same_side {
                seeds.extend(pair);
            }
            x += step / length;
        }
    }
    let along = seeds.len();
    // How much room each seed asks for, next to its place.
    let mut room: Vec<f64> = seeds.iter().map(|seed| spacing(*seed, towns)).collect();
    for _ in 0..60_000 {
        let place = if chance.share() < 0.5 {
            Coord { x: chance.between(-1.2, 1.2) * HALF.0, y: chance.between(-1.2, 1.2) * HALF.1 }
        } else {
            let town = &towns[chance.below(towns.len()).min(chance.below(towns.len()))];
            town.middle + Coord { x: chance.bell(), y: chance.bell() } * (0.75 * town.reach)
        };
        let wanted = spacing(place, towns);
        let from_lines = courses.iter().map(|course| {
            let slope = (course(place.x + 1.0) - course(place.x - 1.0)) / 2.0;
            (place.y - course(place.x)).abs() / (1.0 + slope * slope).sqrt()
        });
        let off_lines = from_lines.fold(f64::INFINITY, f64::min) > 0.62 * wanted;
        let clear = || {
            seeds.iter().zip(&room).enumerate().all(|(position, (other, room))| {
                let factor = if position < along { 0.72 } else { 0.86 };
                apart(place, *other) > factor * wanted.min(*room)
            })
        };
        if off_lines && clear() {
            seeds.push(place);
            room.push(wanted);
        }
    }
    seeds
}

fn nearest_town(place: Coord<f64>, towns: &[Town]) -> usize {
    let away = |town: &Town| apart(place, town.middle) - town.reach;
    (0..towns.len()).min_by(|first, second| away(&towns[*first]).total_cmp(&away(&towns[*second]))).unwrap_or(0)
}

/// The borders between blocks on different sides of a line: the line itself, along the blocks.
fn between_sides(
    coverage: &Coverage,
    points: &[Coord<f64>],
    side: impl Fn(Coord<f64>) -> bool,
) -> MultiLineString<f64> {
    let mut pieces: Vec<Vec<Coord<f64>>> = coverage
        .arcs()
        .iter()
        .filter(|arc| match (arc.left(), arc.right()) {
            (Some(left), Some(right)) => side(points[left as usize]) != side(points[right as usize]),
            _ => false,
        })
        .map(|arc| coverage.places(arc).collect())
        .collect();
    // Arcs end at every node; end to end they make the line.
    let mut lines: Vec<LineString<f64>> = Vec::new();
    while let Some(mut line) = pieces.pop() {
        loop {
            let (first, last) = (line[0], line[line.len() - 1]);
            let joint = pieces
                .iter()
                .position(|piece| [piece[0], piece[piece.len() - 1]].iter().any(|end| *end == first || *end == last));
            let Some(joint) = joint else { break };
            let mut piece = pieces.swap_remove(joint);
            if piece[0] == first || piece[piece.len() - 1] == last {
                piece.reverse();
            }
            if piece[0] == last {
                line.extend(piece.into_iter().skip(1));
            } else {
                piece.pop();
                piece.extend(line);
                line = piece;
            }
        }
        lines.push(LineString::new(line));
    }
    MultiLineString::new(lines)
}

/// The middle of the edge of a line that is nearest to a way east.
fn nearest_on(line: &MultiLineString<f64>, x: f64) -> Option<Coord<f64>> {
    line.0
        .iter()
        .flat_map(|part| part.0.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0))
        .min_by(|first, second| (first.x - x).abs().total_cmp(&(second.x - x).abs()))
}
