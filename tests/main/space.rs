//! Geometry: shared borders, neighbours, look-ups, coordinate systems, ways around barriers.

use std::collections::{BTreeMap, BTreeSet};

use geo::orient::{Direction, Orient};
use geo::{
    Area, Contains, Coord, Intersects, LineString, MultiLineString, MultiPolygon, Point, Polygon, Rect, Validation,
};
use xuequ::model::settings::DistanceMethod;
use xuequ::model::{Barrier, BlockIndex, Crossing, Outlines, SchoolIndex};
use xuequ::space::index::{OutlineIndex, PlaceIndex};
use xuequ::space::topology::{Settlement, Tolerance};
use xuequ::space::{Coverage, Projection};

use crate::fixture::{Chance, Grid, grid_county, survey};

/// What is wrong with the outlines of a jittered grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dirt {
    /// Neighbours share their vertices exactly.
    None,
    /// Every vertex is some millimetres off in each outline.
    Millimetres,
    /// Every fifth border has a kink of some decimetres on one side only: slivers and narrow overlaps.
    Slivers,
    /// Every other border has a vertex on one side only.
    OneSidedVertices,
    /// A pond without owner, a compound inside another block, and a block in two parts.
    HolesAndParts,
    /// Small blocks drawn upon large ones.
    Overlaps,
}

const EVERY_DIRT: [Dirt; 6] =
    [Dirt::None, Dirt::Millimetres, Dirt::Slivers, Dirt::OneSidedVertices, Dirt::HolesAndParts, Dirt::Overlaps];

const GRID: Grid = Grid { columns: 9, rows: 7, side: 100.0 };

/// A grid whose corners and borders are shaken, far from the origin as projected coordinates are.
fn jittered(dirt: Dirt, seed: u64, shake: f64) -> Vec<MultiPolygon<f64>> {
    let origin = Coord { x: 38_512_345.25, y: 3_412_345.5 };
    let mut chance = Chance::new(seed);
    let corners: Vec<Coord<f64>> = (0..(GRID.columns + 1) * (GRID.rows + 1))
        .map(|corner| {
            let (column, row) = (corner % (GRID.columns + 1), corner / (GRID.columns + 1));
            let place = Coord { x: column as f64 * GRID.side, y: row as f64 * GRID.side };
            origin + place + Coord { x: chance.between(-shake, shake), y: chance.between(-shake, shake) }
        })
        .collect();
    // Borders are known by their two corners; each bends at a place of its own.
    let mut bends: BTreeMap<(usize, usize), Coord<f64>> = BTreeMap::new();
    let mut bend = |first: usize, second: usize| {
        *bends.entry((first.min(second), first.max(second))).or_insert_with(|| {
            let middle = (corners[first] + corners[second]) / 2.0;
            match dirt {
                Dirt::OneSidedVertices => middle,
                _ => middle + Coord { x: chance.between(-shake, shake), y: chance.between(-shake, shake) } / 3.0,
            }
        })
    };
    let mut outlines: Vec<MultiPolygon<f64>> = Vec::new();
    for cell in 0..GRID.count() {
        let south_west = cell / GRID.columns * (GRID.columns + 1) + cell % GRID.columns;
        let around = [south_west, south_west + 1, south_west + GRID.columns + 2, south_west + GRID.columns + 1];
        let mut ring: Vec<Coord<f64>> = Vec::new();
        for side in 0..4 {
            let (first, second) = (around[side], around[(side + 1) % 4]);
            ring.push(corners[first]);
            let mut middle = bend(first, second);
            // The lower side of a border is the one of the cell that runs along it from the lower corner.
            let lower_side = first < second;
            match dirt {
                Dirt::Slivers if lower_side && (first + second) % 5 == 0 => middle = middle + Coord { x: 0.2, y: 0.3 },
                Dirt::OneSidedVertices if lower_side == ((first + second) % 2 == 0) => continue,
                _ => {}
            }
            ring.push(middle);
        }
        outlines.push(MultiPolygon::new(vec![Polygon::new(LineString::new(ring), Vec::new())]));
    }
    let mut chance = Chance::new(seed + 1000);
    match dirt {
        Dirt::None | Dirt::Slivers | Dirt::OneSidedVertices => {}
        Dirt::Millimetres => {
            for outline in &mut outlines {
                for polygon in &mut outline.0 {
                    let mut ring = polygon.exterior().0.clone();
                    ring.pop();
                    for place in &mut ring {
                        place.x += chance.between(-0.003, 0.003);
                        place.y += chance.between(-0.003, 0.003);
                    }
                    *polygon = Polygon::new(LineString::new(ring), Vec::new());
                }
            }
        }
        Dirt::HolesAndParts => {
            let square = |middle: Coord<f64>, half: f64| -> LineString<f64> {
                [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
                    .map(|(x, y)| middle + Coord { x, y })
                    .to_vec()
                    .into()
            };
            let middle = |cell: usize| origin + GRID.middle(cell);
            let (pond, compound) = (square(middle(20), 9.0), square(middle(33), 12.0));
            outlines[20].0[0].interiors_push(pond);
            outlines[33].0[0].interiors_push(compound.clone());
            // The first two rows hold a block in two parts.
            let part = outlines[5].0.remove(0);
            outlines[11].0.push(part);
            outlines[5] = MultiPolygon::new(vec![Polygon::new(compound, Vec::new())]);
        }
        Dirt::Overlaps => {
            for cell in [12, 31, 50] {
                let middle = origin + GRID.middle(cell) + Coord { x: chance.between(-8.0, 8.0), y: 3.0 };
                let half = 11.0;
                let ring = vec![
                    middle + Coord { x: -half, y: -half },
                    middle + Coord { x: half, y: -half },
                    middle + Coord { x: half, y: half },
                    middle + Coord { x: -half, y: half },
                ];
                outlines.push(MultiPolygon::new(vec![Polygon::new(ring.into(), Vec::new())]));
            }
        }
    }
    outlines
}

fn build(outlines: &[MultiPolygon<f64>]) -> (Coverage, Settlement) {
    Coverage::build(&outlines.iter().map(Some).collect(), Tolerance::default())
}

fn united(outlines: &[MultiPolygon<f64>]) -> f64 {
    geo::unary_union(outlines).unsigned_area()
}

fn each_dirt(mut check: impl FnMut(Dirt, &str, &[MultiPolygon<f64>], &Coverage, &Settlement)) {
    for dirt in EVERY_DIRT {
        for seed in 1..=3 {
            let outlines = jittered(dirt, seed, 24.0);
            let (coverage, settlement) = build(&outlines);
            check(dirt, &format!("{dirt:?}, seed {seed}"), &outlines, &coverage, &settlement);
        }
    }
}

type Bits = (u64, u64);

fn bits(place: Coord<f64>) -> Bits {
    (place.x.to_bits(), place.y.to_bits())
}

/// The directed edges of each outline: the ground lies on their left.
fn edges(outlines: &[MultiPolygon<f64>]) -> BTreeMap<(Bits, Bits), usize> {
    let mut edges = BTreeMap::new();
    for (label, outline) in outlines.iter().enumerate() {
        for polygon in &outline.0 {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                for pair in ring.0.windows(2) {
                    let other = edges.insert((bits(pair[0]), bits(pair[1])), label);
                    assert_eq!(other, None, "an edge bounds one ground on its left");
                }
            }
        }
    }
    edges
}

/// Every edge is used once in each direction, by two grounds, or once in all, where it bounds the whole.
#[track_caller]
fn meet_vertex_for_vertex(about: &str, grounds: &[MultiPolygon<f64>], whole: &[MultiPolygon<f64>]) {
    let edges = edges(grounds);
    let mut rim = BTreeSet::new();
    for ((from, to), label) in &edges {
        match edges.get(&(*to, *from)) {
            Some(other) => assert_ne!(label, other, "{about}: a ground borders itself"),
            None => {
                rim.insert((*from, *to));
            }
        }
    }
    let expected: BTreeSet<(Bits, Bits)> = self::edges(whole).into_keys().collect();
    assert_eq!(rim, expected, "{about}: edges used once are those of the rim");
}

#[test]
fn outlines_of_a_coverage_are_valid_whatever_the_input() {
    each_dirt(|_, about, outlines, coverage, _| {
        assert_eq!(coverage.owner_count(), outlines.len());
        for (position, outline) in coverage.outlines().iter().enumerate() {
            assert!(!outline.0.is_empty(), "{about}: block {position} lost its ground");
            assert!(outline.is_valid(), "{about}: block {position}: {:?}", outline.check_validation());
            for polygon in &outline.0 {
                assert!(Polygon::new(polygon.exterior().clone(), Vec::new()).signed_area() > 0.0, "{about}");
            }
        }
    });
}

#[test]
fn ground_is_neither_lost_nor_owned_twice() {
    each_dirt(|dirt, about, outlines, coverage, settlement| {
        let grounds = coverage.outlines();
        let sum: f64 = grounds.iter().map(Area::unsigned_area).sum();
        assert!((sum - united(&grounds)).abs() < 1e-3, "{about}: {sum} owned, {} covered", united(&grounds));
        // The union needs to be told which side of a ring is the ground.
        let oriented: Vec<MultiPolygon<f64>> =
            outlines.iter().map(|outline| outline.orient(Direction::Default)).collect();
        let before = united(&oriented);
        let closed: f64 = settlement.gaps.iter().filter(|gap| gap.closed_by.is_some()).map(|gap| gap.area).sum();
        // Joining moves a vertex by at most a centimetre, which moves as much ground as borders are long.
        let tolerance = match dirt {
            Dirt::Millimetres => 0.01 * 200.0 * GRID.count() as f64,
            Dirt::Slivers => 1.0,
            _ => 0.05,
        };
        assert!((sum - before - closed).abs() < tolerance, "{about}: {before} m² came to {sum} m², {closed} closed");
    });
}

#[test]
fn settlements_say_what_was_done() {
    each_dirt(|dirt, about, _, _, settlement| {
        let open = settlement.gaps.iter().filter(|gap| gap.closed_by.is_none()).count();
        match dirt {
            Dirt::None => assert_eq!(*settlement, Settlement::default(), "{about}"),
            Dirt::Millimetres => assert!(settlement.joined_vertices > 100, "{about}: {settlement:?}"),
            Dirt::OneSidedVertices => assert!(settlement.cut_edges > 50, "{about}: {settlement:?}"),
            Dirt::Slivers => {
                assert!(!settlement.overlaps.is_empty(), "{about}: {settlement:?}");
                assert!(settlement.gaps.iter().any(|gap| gap.closed_by.is_some()), "{about}: {settlement:?}");
                assert_eq!(open, 0, "{about}: {settlement:?}");
            }
            Dirt::HolesAndParts => {
                assert_eq!(settlement.gaps.len(), 1, "{about}: {settlement:?}");
                let gap = &settlement.gaps[0];
                assert_eq!(gap.closed_by, None, "{about}: a pond is not a sliver");
                assert!((gap.area - 18.0 * 18.0).abs() < 1e-3, "{about}: {gap:?}");
            }
            Dirt::Overlaps => {
                let pairs: Vec<(usize, usize)> =
                    settlement.overlaps.iter().map(|overlap| (overlap.kept, overlap.ceded)).collect();
                let sorted: BTreeSet<(usize, usize)> = pairs.into_iter().collect();
                assert_eq!(
                    sorted,
                    [(63, 12), (64, 31), (65, 50)].into(),
                    "{about}: the smaller block keeps the ground"
                );
                for overlap in &settlement.overlaps {
                    assert!((overlap.area - 22.0 * 22.0).abs() < 1e-3, "{about}: {overlap:?}");
                }
            }
        }
    });
}

#[test]
fn dissolved_grounds_meet_vertex_for_vertex() {
    each_dirt(|_, about, outlines, coverage, _| {
        for seed in 0..4 {
            let mut chance = Chance::new(seed);
            // One label in six is none: blocks without a school.
            let label: Vec<Option<usize>> =
                outlines.iter().map(|_| Some(chance.below(6)).filter(|label| *label < 5)).collect();
            let grounds = coverage.dissolve(5, |block| label[block]);
            let whole = coverage.dissolve(1, |block| label[block].map(|_| 0));
            meet_vertex_for_vertex(about, &grounds, &whole);
            for ground in grounds.iter().chain(&whole) {
                assert!(ground.is_valid(), "{about}: {:?}", ground.check_validation());
            }
            let sum: f64 = grounds.iter().map(Area::unsigned_area).sum();
            assert!((sum - whole[0].unsigned_area()).abs() < 1e-3, "{about}");
        }
    });
}

#[test]
fn thinned_drawings_keep_neighbours_and_borders() {
    for dirt in EVERY_DIRT {
        let outlines = jittered(dirt, 7, 9.0);
        let (coverage, _) = build(&outlines);
        let drawing = coverage.drawing(60.0);
        let count = outlines.len();
        let grounds = drawing.dissolve(count, Some);
        let whole = drawing.dissolve(1, |_| Some(0));
        let about = format!("{dirt:?}");
        meet_vertex_for_vertex(&about, &grounds, &whole);
        for ground in &grounds {
            assert!(ground.is_valid() && !ground.0.is_empty(), "{about}: {:?}", ground.check_validation());
        }
        let corners = |grounds: &[MultiPolygon<f64>]| edges(grounds).len();
        assert!(corners(&grounds) < corners(&coverage.outlines()), "{about}: nothing was thinned");
        let edges = edges(&grounds);
        let beside: BTreeSet<(usize, usize)> = edges
            .iter()
            .filter_map(|((from, to), label)| {
                let other = edges.get(&(*to, *from))?;
                Some((*label.min(other), *label.max(other)))
            })
            .collect();
        let expected: BTreeSet<(usize, usize)> =
            coverage.borders().into_iter().map(|(first, second, _)| (first as usize, second as usize)).collect();
        assert_eq!(beside, expected, "{about}");
    }
}

/// The length two rings run along each other, to within a few centimetres: every edge against every other.
fn shared_length(first: &MultiPolygon<f64>, second: &MultiPolygon<f64>) -> f64 {
    let sides = |outline: &MultiPolygon<f64>| -> Vec<(Coord<f64>, Coord<f64>)> {
        let rings = outline.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        rings.flat_map(|ring| ring.0.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()).collect()
    };
    let mut length = 0.0;
    for (from, to) in sides(first) {
        let along = to - from;
        let reach = along.x.hypot(along.y);
        if reach == 0.0 {
            continue;
        }
        let (x, y) = (along.x / reach, along.y / reach);
        for (start, end) in sides(second) {
            let aside = |place: Coord<f64>| ((place.x - from.x) * y - (place.y - from.y) * x).abs();
            let share = |place: Coord<f64>| (place.x - from.x) * x + (place.y - from.y) * y;
            if aside(start) < 0.02 && aside(end) < 0.02 {
                let (low, high) = (share(start).min(share(end)), share(start).max(share(end)));
                length += (high.min(reach) - low.max(0.0)).max(0.0);
            }
        }
    }
    length
}

#[test]
fn neighbours_are_those_that_every_pair_of_edges_gives() {
    for dirt in [Dirt::None, Dirt::Millimetres, Dirt::OneSidedVertices, Dirt::HolesAndParts] {
        let outlines = jittered(dirt, 11, 20.0);
        let (coverage, _) = build(&outlines);
        let found: BTreeMap<(usize, usize), f64> = coverage
            .borders()
            .into_iter()
            .filter(|(_, _, length)| *length >= 1.0)
            .map(|(first, second, length)| ((first as usize, second as usize), length))
            .collect();
        let mut expected = BTreeMap::new();
        for first in 0..outlines.len() {
            for second in first + 1..outlines.len() {
                let length = shared_length(&outlines[first], &outlines[second]);
                if length >= 1.0 {
                    expected.insert((first, second), length);
                }
            }
        }
        assert_eq!(
            found.keys().collect::<Vec<_>>(),
            expected.keys().collect::<Vec<_>>(),
            "{dirt:?}: pairs of neighbours"
        );
        for (pair, length) in &found {
            assert!((length - expected[pair]).abs() < 0.1, "{dirt:?}: {pair:?} {length} {}", expected[pair]);
        }
    }
}

#[test]
fn a_corner_makes_no_neighbours() {
    let grid = Grid { columns: 6, rows: 5, side: 80.0 };
    let county = grid_county(grid, &vec![10; grid.count()], &[(0, 400), (29, 400)]);
    let ground = survey(&county);
    for cell in 0..grid.count() {
        let mut beside = grid.beside(cell);
        beside.sort_unstable();
        let found: Vec<usize> = ground.adjacency.neighbours(cell).iter().map(|other| *other as usize).collect();
        assert_eq!(found, beside, "block {cell}");
    }
}

#[test]
fn the_nearest_places_are_those_of_a_full_search() {
    let mut chance = Chance::new(5);
    // Whole coordinates in a small square, so that many places are equally far and some fall together.
    let whole = |chance: &mut Chance| Coord { x: chance.below(12) as f64, y: chance.below(12) as f64 };
    let places: Vec<Coord<f64>> = (0..140).map(|_| whole(&mut chance)).collect();
    let index = PlaceIndex::new(places.iter().copied());
    for _ in 0..60 {
        let place = whole(&mut chance);
        let mut all: Vec<(usize, f64)> = places
            .iter()
            .enumerate()
            .map(|(position, other)| {
                let (x, y) = (other.x - place.x, other.y - place.y);
                (position, (x * x + y * y).sqrt())
            })
            .collect();
        all.sort_by(|first, second| first.1.total_cmp(&second.1).then(first.0.cmp(&second.0)));
        for count in [0, 1, 2, 7, 30, 140, 200] {
            assert_eq!(index.nearest(place, count), all[..count.min(all.len())], "{count} nearest to {place:?}");
        }
        for radius in [0.0, 1.0, 2.5, 5.0] {
            let mut within: Vec<usize> =
                all.iter().filter(|(_, metres)| *metres <= radius).map(|(position, _)| *position).collect();
            within.sort_unstable();
            assert_eq!(index.within(place, radius), within, "within {radius} m of {place:?}");
        }
    }
    assert_eq!(PlaceIndex::new([]).nearest(Coord { x: 0.0, y: 0.0 }, 3), []);
}

#[test]
fn the_block_at_a_place_is_that_of_a_full_search() {
    let mut outlines = jittered(Dirt::HolesAndParts, 3, 20.0);
    outlines.extend(jittered(Dirt::Overlaps, 3, 20.0).split_off(GRID.count()));
    let optional: Vec<Option<&MultiPolygon<f64>>> =
        outlines.iter().enumerate().map(|(position, outline)| (position != 40).then_some(outline)).collect();
    let together: Outlines = optional.iter().copied().collect();
    let index = OutlineIndex::new(&together);
    let mut chance = Chance::new(9);
    let corners: Vec<Coord<f64>> =
        outlines.iter().flat_map(|outline| outline.0[0].exterior().0.clone()).step_by(3).collect();
    let scattered = (0..600).map(|_| {
        let (x, y) = (chance.between(-60.0, 960.0), chance.between(-60.0, 760.0));
        Coord { x: 38_512_345.25 + x, y: 3_412_345.5 + y }
    });
    let mut outside = 0;
    for place in scattered.collect::<Vec<_>>().into_iter().chain(corners) {
        let point = Point::from(place);
        let first =
            |holds: &dyn Fn(&MultiPolygon<f64>) -> bool| optional.iter().position(|outline| outline.is_some_and(holds));
        let expected =
            first(&|outline| outline.contains(&point)).or_else(|| first(&|outline| outline.intersects(&point)));
        outside += usize::from(expected.is_none());
        assert_eq!(index.at(place), expected, "{place:?}");
    }
    assert!(outside > 20, "some places lie outside every block");
}

#[test]
fn the_nearest_zone_of_gauss_and_kruger_there_and_back() {
    let mut chance = Chance::new(2);
    for _ in 0..200 {
        let place = Coord { x: chance.between(74.0, 136.0), y: chance.between(18.0, 53.0) };
        let zone = Projection::gauss_kruger(place.x);
        let metres = zone.from_earth(place).expect("China lies in a zone");
        assert!((metres.x - 500_000.0).abs() < 170_000.0, "{place:?} lies within a degree and a half: {metres:?}");
        assert!(zone.is_true_to_length());
        let back = zone.to_earth(metres).expect("and back");
        assert!((back.x - place.x).abs() < 1e-9 && (back.y - place.y).abs() < 1e-9, "{place:?} {back:?}");
        let named = Projection::from_text(zone.name()).expect("the zone has an EPSG code");
        let again = named.from_earth(place).expect("China lies in a zone");
        assert!((again.x - metres.x).hypot(again.y - metres.y) < 1e-6, "{}: {again:?} {metres:?}", zone.name());
    }
}

#[test]
fn coordinate_systems_of_china_give_what_proj_gives() {
    // PROJ 9.5.1, always_xy, from EPSG:4326.
    let known = [
        ("EPSG:4490", (113.02, 34.71), (113.02, 34.71)),
        ("EPSG:4547", (113.02, 34.71), (410_221.557_728, 3_842_858.129_658)),
        ("EPSG:4547", (109.55, 22.27), (41_027.224_555, 2_470_462.112_313)),
        ("EPSG:2333", (113.02, 34.71), (19_685_064.001_367, 3_844_280.767_013)),
        ("EPSG:2333", (110.72, 28.36), (19_472_550.676_210, 3_138_371.119_398)),
        ("EPSG:4546", (110.72, 28.36), (472_550.689_136, 3_138_369.657_144)),
        ("EPSG:4525", (109.55, 22.27), (37_350_543.523_594, 2_464_414.949_081)),
        ("EPSG:4527", (113.02, 34.71), (39_135_292.034_440, 3_849_640.707_477)),
        ("EPSG:3857", (110.72, 28.36), (12_325_294.020_631, 3_294_437.838_884)),
        ("EPSG:32649", (109.55, 22.27), (350_603.306_185, 2_463_429.183_177)),
    ];
    for (name, (longitude, latitude), (x, y)) in known {
        let system = Projection::from_text(name).expect("a known system");
        let found = system.from_earth(Coord { x: longitude, y: latitude }).expect("a place in China");
        assert!((found.x - x).hypot(found.y - y) < 1e-3, "{name}: {found:?} instead of {x}, {y}");
        let back = system.to_earth(Coord { x, y }).expect("and back");
        assert!((back.x - longitude).abs() < 1e-8 && (back.y - latitude).abs() < 1e-8, "{name}: {back:?}");
    }
}

#[cfg(feature = "proj")]
#[test]
fn every_zone_agrees_with_proj_within_a_millimetre() {
    let zones = (4513..=4554).map(|code| {
        let meridian = if code <= 4533 { 75 + 3 * (code - 4513) } else { 75 + 3 * (code - 4534) };
        (code, f64::from(meridian))
    });
    let mut chance = Chance::new(4);
    for (code, meridian) in zones.chain([(2333, 111.0), (3857, 110.0), (32649, 111.0)]) {
        let name = format!("EPSG:{code}");
        let reference = proj::Proj::new_known_crs("EPSG:4326", &name, None).expect("PROJ knows the system");
        let own = Projection::from_text(&name).expect("a known system");
        for _ in 0..40 {
            let place = Coord { x: meridian + chance.between(-2.5, 2.5), y: chance.between(16.0, 54.0) };
            let expected = reference.convert((place.x, place.y)).expect("PROJ has an image");
            let found = own.from_earth(place).expect("a place in the zone");
            let apart = (found.x - expected.0).hypot(found.y - expected.1);
            assert!(apart < 1e-3, "{name} at {place:?}: {found:?} instead of {expected:?}");
        }
    }
}

#[test]
fn text_that_names_no_system_is_refused() {
    for text in ["", "EPSG:0", "EPSG:999999", "北京地方独立坐标系", "EPSG:4547x", "+proj=nonsense"] {
        assert!(Projection::from_text(text).is_err(), "{text:?}");
    }
}

fn barrier(name: &str, places: &[(f64, f64)]) -> Barrier {
    let course = MultiLineString::new(vec![places.to_vec().into()]);
    Barrier { name: name.to_owned(), kind: "river".to_owned(), course }
}

#[test]
fn the_way_over_the_one_bridge_is_the_sum_of_its_legs() {
    let grid = Grid { columns: 10, rows: 4, side: 100.0 };
    // Gates stand at the middle of the cell, 7 m east and 11 m south: (957, 39) and (57, 39).
    let mut county = grid_county(grid, &vec![5; grid.count()], &[(9, 200), (0, 200)]);
    county.barriers = vec![barrier("river", &[(500.0, -500.0), (500.0, 2_000.0)])];
    county.crossings = vec![Crossing { name: "bridge".to_owned(), place: Coord { x: 500.0, y: 350.0 } }];
    let ground = survey(&county);
    assert_eq!(ground.distances.method(), DistanceMethod::Barrier);
    let (east, west) = (SchoolIndex::new(0), SchoolIndex::new(1));
    // Block 2 is at (250, 50) on the western bank.
    let block = BlockIndex::new(2);
    let over = 250.0_f64.hypot(300.0) + 457.0_f64.hypot(311.0);
    assert!((ground.distances.metres(block, east) - over).abs() < 1e-9, "{}", ground.distances.metres(block, east));
    assert!((ground.distances.straight_metres(block, east) - 707.0_f64.hypot(11.0)).abs() < 1e-9);
    assert!((ground.distances.metres(block, west) - 193.0_f64.hypot(11.0)).abs() < 1e-9, "the same bank");
}

#[test]
fn two_barriers_take_two_crossings() {
    let grid = Grid { columns: 10, rows: 4, side: 100.0 };
    let mut county = grid_county(grid, &vec![5; grid.count()], &[(9, 200), (0, 200)]);
    county.barriers = vec![
        barrier("river", &[(300.0, -500.0), (300.0, 2_000.0)]),
        barrier("railway", &[(700.0, -500.0), (700.0, 2_000.0)]),
    ];
    let crossing = |name: &str, x: f64, y: f64| Crossing { name: name.to_owned(), place: Coord { x, y } };
    county.crossings =
        vec![crossing("bridge", 300.0, 350.0), crossing("underpass", 700.0, 350.0), crossing("far", 700.0, 1_900.0)];
    let ground = survey(&county);
    // Block 1 is at (150, 50), the gate at (957, 39).
    let legs = 150.0_f64.hypot(300.0) + 400.0 + 257.0_f64.hypot(311.0);
    let found = ground.distances.metres(BlockIndex::new(1), SchoolIndex::new(0));
    assert!((found - legs).abs() < 1e-9, "{found} instead of {legs}");
    // Between the two, one is enough: block 5 is at (550, 50).
    let legs = 150.0_f64.hypot(300.0) + 257.0_f64.hypot(311.0);
    let found = ground.distances.metres(BlockIndex::new(5), SchoolIndex::new(0));
    assert!((found - legs).abs() < 1e-9, "{found} instead of {legs}");
}

/// A piece that touches nothing looks for the ground it lies in; wherever it lies, it must not find itself.
#[test]
fn a_block_upon_another_keeps_its_ground_wherever_it_lies() {
    let mut chance = Chance::new(11);
    let corner = |x: f64, y: f64| Coord { x, y };
    let field: MultiPolygon<f64> = Rect::new(corner(-1000.0, -1000.0), corner(1000.0, 1000.0)).to_polygon().into();
    for _ in 0..2_000 {
        let (x, y) = (chance.between(-900.0, 900.0), chance.between(-900.0, 900.0));
        let tip = corner(x - chance.between(1.0, 60.0), y + chance.between(-40.0, 40.0));
        let small =
            Polygon::new(LineString::new(vec![tip, corner(x, y - 45.0), corner(x + 3.0, y + 45.0), tip]), vec![]);
        let small = MultiPolygon::from(small);
        let (coverage, _) = Coverage::build(&[Some(&field), Some(&small)].into_iter().collect(), Tolerance::default());
        let outlines = coverage.outlines();
        let (whole, own) = (field.unsigned_area(), small.unsigned_area());
        assert!((outlines[1].unsigned_area() - own).abs() < 1e-3, "{small:?}");
        assert!((outlines[0].unsigned_area() - (whole - own)).abs() < 1e-3, "{small:?}");
    }
}
