//! Distances along roads and from given tables: small networks with known ways, and every way to get them wrong.

use std::fmt::Write;

use geo::Coord;
use serde_json::{Value, json};
use xuequ::language::Language;
use xuequ::model::settings::{DistanceMethod, DistanceSettings, DistanceUnit, Files, LayerSettings, Settings};
use xuequ::model::{BlockIndex, County, Finding, RoadNetwork, SchoolIndex};
use xuequ::read::read;
use xuequ::space::distance::NO_WAY_PENALTY;
use xuequ::space::roads::SEARCHED_SCHOOLS;
use xuequ::space::{Distances, Ground, SurveyOptions};

use crate::fixture::{Chance, Folder, Grid, grid_county};

type Place = (f64, f64);

/// A folder with blocks `B0` … and schools `S0` … at places in plain metres.
fn folder(blocks: &[Place], schools: &[Place]) -> Folder {
    let folder = Folder::new();
    let mut table = "block_id,x,y,pupils\n".to_owned();
    for (number, (x, y)) in blocks.iter().enumerate() {
        writeln!(table, "B{number},{x},{y},10").expect("text grows");
    }
    folder.write("blocks.csv", table);
    let mut table = "school_id,name,x,y,capacity\n".to_owned();
    for (number, (x, y)) in schools.iter().enumerate() {
        writeln!(table, "S{number},School {number},{x},{y},{}", 20 * blocks.len()).expect("text grows");
    }
    folder.write("schools.csv", table);
    folder
}

/// Lines with the properties of each, as `roads.geojson`.
fn write_roads(folder: &Folder, roads: &[(Value, &[Place])]) {
    let features: Vec<Value> = roads
        .iter()
        .map(|(properties, line)| {
            let geometry = json!({ "type": "LineString", "coordinates": line });
            json!({ "type": "Feature", "properties": properties, "geometry": geometry })
        })
        .collect();
    folder.write("roads.geojson", json!({ "type": "FeatureCollection", "features": features }).to_string());
}

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.project.crs = Some("local".to_owned());
    settings.schools.file = Files::One("schools.csv".to_owned());
    settings.blocks.file = Files::One("blocks.csv".to_owned());
    settings
}

fn with_roads() -> Settings {
    let file = Files::One("roads.geojson".to_owned());
    Settings { roads: Some(LayerSettings { file, ..LayerSettings::default() }), ..settings() }
}

fn with_table(unit: Option<DistanceUnit>) -> Settings {
    let file = Files::One("distances.csv".to_owned());
    Settings { distances: Some(DistanceSettings { file, unit, ..DistanceSettings::default() }), ..settings() }
}

struct Surveyed {
    ground: Ground,
    findings: Vec<Finding>,
}

impl Surveyed {
    fn of(folder: &Folder, settings: &Settings) -> Surveyed {
        let reading = read(settings, &folder.path("")).expect("the files can be read");
        let (ground, found) = Ground::survey(&reading.county, SurveyOptions::default());
        Surveyed { ground, findings: reading.findings.into_iter().chain(found).collect() }
    }

    fn metres(&self, block: usize, school: usize) -> f64 {
        self.ground.distances.metres(BlockIndex::new(block), SchoolIndex::new(school))
    }

    /// What is said under a code, in English; empty where nothing is.
    fn says(&self, code: &str) -> String {
        let about = self.findings.iter().filter(|finding| finding.code.slug() == code);
        about.map(|finding| finding.what(Language::English)).collect()
    }

    #[track_caller]
    fn goes(&self, block: usize, school: usize, metres: f64) {
        let found = self.metres(block, school);
        assert!((found - metres).abs() < 0.0011, "{found} instead of {metres}");
    }
}

fn survey_roads(blocks: &[Place], schools: &[Place], roads: &[(Value, &[Place])]) -> Surveyed {
    let folder = folder(blocks, schools);
    write_roads(&folder, roads);
    Surveyed::of(&folder, &with_roads())
}

#[test]
fn a_way_is_a_leg_to_the_road_the_road_and_a_leg_from_it() {
    let road = [(0.0, 0.0), (1000.0, 0.0)];
    let surveyed =
        survey_roads(&[(200.0, 30.0), (900.0, 0.0)], &[(700.0, -40.0), (205.0, 60.0)], &[(json!({}), &road)]);
    assert_eq!(surveyed.ground.distances.method(), DistanceMethod::Road);
    // All on one piece of road.
    surveyed.goes(0, 0, 30.0 + 500.0 + 40.0);
    surveyed.goes(1, 0, 200.0 + 40.0);
    // The straight line is no longer than the two legs, so nobody walks to the road and back.
    surveyed.goes(0, 1, 5.0_f64.hypot(30.0));
    surveyed.goes(1, 1, 695.0 + 60.0);
    assert_eq!(surveyed.says("roads-crossing"), "");
    assert_eq!(surveyed.says("roads-apart"), "");
}

#[test]
fn a_dead_end_is_walked_back_and_bends_are_followed() {
    let (street, lane) = ([(0.0, 0.0), (500.0, 0.0), (1000.0, 0.0)], [(500.0, 0.0), (500.0, 300.0)]);
    let bend = [(1000.0, 0.0), (1000.0, 400.0), (700.0, 400.0)];
    let surveyed = survey_roads(
        &[(520.0, 300.0), (700.0, 410.0)],
        &[(900.0, 10.0), (480.0, 280.0)],
        &[(json!({}), &street), (json!({}), &lane), (json!({}), &bend)],
    );
    surveyed.goes(0, 0, 20.0 + 300.0 + 400.0 + 10.0);
    surveyed.goes(1, 0, 10.0 + 300.0 + 400.0 + 100.0 + 10.0);
    surveyed.goes(1, 1, 10.0 + 300.0 + 400.0 + 500.0 + 280.0 + 20.0);
}

#[test]
fn only_the_largest_part_is_walked_and_places_far_from_it_are_named() {
    let (long, short) = ([(0.0, 0.0), (1000.0, 0.0)], [(0.0, 1000.0), (80.0, 1000.0)]);
    let surveyed =
        survey_roads(&[(50.0, 990.0), (300.0, 0.0)], &[(500.0, -700.0)], &[(json!({}), &short), (json!({}), &long)]);
    surveyed.goes(0, 0, 990.0 + 450.0 + 700.0);
    assert!(surveyed.says("roads-apart").contains("1 pieces") && surveyed.says("roads-apart").contains("7.4 %"));
    assert!(surveyed.says("road-far-blocks").contains("990 m"), "{}", surveyed.says("road-far-blocks"));
    assert!(surveyed.says("road-far-school").contains("700 m"), "{}", surveyed.says("road-far-school"));
    let half = [(0.0, 1000.0), (800.0, 1000.0)];
    let torn = survey_roads(&[(50.0, 990.0)], &[(500.0, -7.0)], &[(json!({}), &half), (json!({}), &long)]);
    assert!(torn.says("roads-torn").contains("44.4 %"), "{}", torn.says("roads-torn"));
}

#[test]
fn roads_meet_at_vertices_and_not_where_they_cross() {
    let (street, bridge) = ([(0.0, 0.0), (1000.0, 0.0)], [(500.0, -300.0), (500.0, 300.0)]);
    let (ramp, stub) = ([(500.0, 300.0), (1000.0, 300.0), (1000.0, 0.0)], [(200.0, 100.0), (200.0, 0.0)]);
    let roads = [(json!({}), &street[..]), (json!({}), &bridge), (json!({}), &ramp), (json!({}), &stub)];
    let surveyed = survey_roads(&[(500.0, -310.0)], &[(100.0, 0.0)], &roads);
    surveyed.goes(0, 0, 10.0 + 600.0 + 500.0 + 300.0 + 900.0);
    let said = surveyed.says("roads-crossing");
    assert!(said.starts_with("1 times roads cross, and 1 times a dead end"), "{said}");
    // The same with a vertex where they cross.
    let joined = [(0.0, 0.0), (500.0, 0.0), (1000.0, 0.0)];
    let crossing = [(500.0, -300.0), (500.0, 0.0), (500.0, 300.0)];
    let surveyed = survey_roads(&[(500.0, -310.0)], &[(100.0, 0.0)], &[(json!({}), &joined), (json!({}), &crossing)]);
    surveyed.goes(0, 0, 10.0 + 300.0 + 400.0);
    assert_eq!(surveyed.says("roads-crossing"), "");
}

#[test]
fn roads_nobody_may_walk_on_are_left_out() {
    let (round, straight) = ([(0.0, 0.0), (0.0, 400.0), (1000.0, 400.0), (1000.0, 0.0)], [(0.0, 0.0), (1000.0, 0.0)]);
    let ways = |properties: Value| {
        survey_roads(
            &[(-10.0, 0.0)],
            &[(1010.0, 0.0)],
            &[(json!({ "fclass": "residential" }), &round), (properties, &straight)],
        )
    };
    let closed = ways(json!({ "fclass": "motorway" }));
    closed.goes(0, 0, 1820.0);
    assert!(closed.says("roads-taken").contains("motorway × 1"), "{}", closed.says("roads-taken"));
    ways(json!({ "fclass": "motorway", "foot": "yes" })).goes(0, 0, 1020.0);
    ways(json!({ "fclass": "primary" })).goes(0, 0, 1020.0);
    ways(json!({ "fclass": "primary", "foot": "no" })).goes(0, 0, 1820.0);
    ways(json!({ "fclass": "service", "access": "private" })).goes(0, 0, 1820.0);
    let none = survey_roads(&[(0.0, 0.0)], &[(9.0, 0.0)], &[(json!({ "fclass": "motorway" }), &straight)]);
    assert!(!none.says("roads-none").is_empty());
}

/// A street grid whose crossings lie a little off, so that no two ways are alike.
fn streets(columns: usize, rows: usize, side: f64, seed: u64) -> RoadNetwork {
    let mut chance = Chance::new(seed);
    let mut network = RoadNetwork::default();
    for node in 0..columns * rows {
        let (x, y) = ((node % columns) as f64 * side, (node / columns) as f64 * side);
        network.nodes.push(Coord { x: x + chance.between(-0.2, 0.2) * side, y: y + chance.between(-0.2, 0.2) * side });
        let mut join = |other: usize| {
            // Some streets are missing.
            if chance.below(5) > 0 {
                network.pieces.push([other as u32, node as u32]);
            }
        };
        if node % columns > 0 {
            join(node - 1);
        }
        if node >= columns {
            join(node - columns);
        }
    }
    network
}

#[test]
fn a_plan_along_roads_is_verified_and_its_figures_are_found_out() {
    let mut chance = Chance::new(5);
    let places = |count: usize, chance: &mut Chance| -> Vec<Place> {
        (0..count).map(|_| (chance.between(0.0, 1900.0), chance.between(0.0, 1900.0))).collect()
    };
    let (blocks, schools) = (places(150, &mut chance), places(6, &mut chance));
    let folder = folder(&blocks, &schools);
    let network = streets(20, 20, 100.0, 3);
    let lines: Vec<Vec<Place>> = network
        .pieces
        .iter()
        .map(|ends| ends.iter().map(|end| network.nodes[*end as usize]).map(|place| (place.x, place.y)).collect())
        .collect();
    let roads: Vec<(Value, &[Place])> = lines.iter().map(|line| (json!({}), line.as_slice())).collect();
    write_roads(&folder, &roads);
    let input = ["--schools", "schools.csv", "--blocks", "blocks.csv", "--roads", "roads.geojson", "--crs", "local"];
    folder.plan("out", &input);
    let run = folder.run(&["verify", "out"]);
    assert_eq!(run.code, Some(0), "{}{}", run.output, run.errors);
    let evaluation = folder.json("out/evaluation.json");
    assert_eq!(evaluation["distances"]["method"], "road");
    assert_eq!(evaluation["distances"]["pairs_without_way"], 0);
    let note = evaluation["distance_method"].as_str().expect("a sentence");
    assert!(note.contains("along the roads"), "{note}");
    for file in ["report.md", "map.svg"] {
        assert!(folder.text(&format!("out/{file}")).contains("along the roads"), "{file} says how it measured");
    }
    for row in &folder.table("out/assignment.csv")[1..] {
        let number = |cell: &str| -> usize { cell[1..].parse().expect("a number") };
        let ((x, y), (gate_x, gate_y)) = (blocks[number(&row[1])], schools[number(&row[3])]);
        let metres: f64 = row[7].parse().expect("a number");
        assert!(metres > (x - gate_x).hypot(y - gate_y) - 0.051, "{row:?}");
    }
    let plain = folder.text("out/evaluation.json");
    for (from, to) in [
        ("\"method\": \"road\"", "\"method\": \"straight\""),
        ("\"pairs_without_way\": 0", "\"pairs_without_way\": 1"),
        ("\"mean_block_leg_m\": ", "\"mean_block_leg_m\": 1"),
        ("\"length_km\": ", "\"length_km\": 1"),
    ] {
        assert!(plain.contains(from), "{from}");
        folder.write("out/evaluation.json", plain.replacen(from, to, 1));
        let run = folder.run(&["verify", "out", "--json"]);
        let sums = run.json()["checks"].as_array().expect("a list").iter().find(|check| check["id"] == "sums").cloned();
        assert_eq!(sums.expect("a check")["passed"], false, "{to}");
    }
}

#[test]
fn threads_change_no_way() {
    let mut county = grid_county(Grid { columns: 12, rows: 12, side: 90.0 }, &[5; 144], &[(13, 400), (77, 400)]);
    county.roads = Some(streets(14, 14, 80.0, 9));
    let table = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let distances = pool.install(|| Distances::measure(&county, DistanceMethod::Road));
        let pairs = (0..144).flat_map(|block| (0..2).map(move |school| (block, school)));
        let metres =
            pairs.map(|(block, school)| distances.metres(BlockIndex::new(block), SchoolIndex::new(school)).to_bits());
        metres.collect::<Vec<u64>>()
    };
    assert_eq!(table(1), table(3));
}

#[test]
fn of_many_pairs_those_of_the_nearest_schools_are_searched_for() {
    let grid = Grid { columns: 96, rows: 96, side: 50.0 };
    let schools: Vec<(usize, u32)> = (0..grid.count()).step_by(10).map(|cell| (cell, 200)).collect();
    let mut county = grid_county(grid, &vec![5; grid.count()], &schools);
    county.roads = Some(streets(50, 50, 100.0, 4));
    assert!(county.blocks.len() * county.schools.len() > xuequ::space::roads::SEARCHED_PAIRS);
    let distances = Distances::measure(&county, DistanceMethod::Road);
    assert_eq!(distances.pairs_without_way(), county.blocks.len() * (county.schools.len() - SEARCHED_SCHOOLS));
    // The same schools without the others: all pairs are searched for.
    let kept = [0, 461, 700];
    let few = County { schools: kept.map(|school| county.schools[school].clone()).to_vec(), ..county.clone() };
    let all = Distances::measure(&few, DistanceMethod::Road);
    assert_eq!(all.pairs_without_way(), 0);
    let mut known = 0;
    for block in county.block_indices() {
        for (position, school) in kept.into_iter().map(SchoolIndex::new).enumerate() {
            if distances.has_way(block, school) {
                known += 1;
                assert_eq!(distances.metres(block, school), all.metres(block, SchoolIndex::new(position)));
            } else {
                let straight = distances.straight_metres(block, school);
                assert_eq!(distances.metres(block, school), straight + NO_WAY_PENALTY);
            }
        }
    }
    assert!(known > 50, "{known}");
}

/// An extract of two streets.
pub(crate) fn small_extract() -> Vec<u8> {
    let nodes = [(1, 24.9, 60.2), (2, 24.905, 60.2), (3, 24.905, 60.205)];
    extract(&nodes, &[(&[("highway", "residential"), ("name", "x")], &[1, 2]), (&[("highway", "footway")], &[2, 3, 9])])
}

/// Bytes of a message in the encoding of protocol buffers.
#[derive(Default)]
struct Encoded(Vec<u8>);

impl Encoded {
    fn number(mut self, field: u64, number: u64) -> Encoded {
        self.varint(field << 3);
        self.varint(number);
        self
    }

    fn bytes(mut self, field: u64, bytes: &[u8]) -> Encoded {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }

    fn varint(&mut self, mut number: u64) {
        while number > 127 {
            self.0.push(number as u8 | 128);
            number >>= 7;
        }
        self.0.push(number as u8);
    }
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

/// A way of an extract: its tags and its nodes.
type Way<'a> = (&'a [(&'a str, &'a str)], &'a [i64]);

/// An `OpenStreetMap` extract with nodes (number, longitude, latitude) and ways (tags, nodes).
fn extract(nodes: &[(i64, f64, f64)], ways: &[Way<'_>]) -> Vec<u8> {
    let mut strings = vec![String::new()];
    let mut string = |text: &str| {
        strings.push(text.to_owned());
        strings.len() as u64 - 1
    };
    let mut group = Encoded::default();
    for (number, longitude, latitude) in nodes {
        let units = |degrees: f64| zigzag((degrees * 1e7).round() as i64);
        let node =
            Encoded::default().number(1, zigzag(*number)).number(8, units(*latitude)).number(9, units(*longitude));
        group = group.bytes(1, &node.0);
    }
    for (number, (tags, nodes)) in ways.iter().enumerate() {
        let (mut keys, mut values, mut refs) = (Encoded::default(), Encoded::default(), Encoded::default());
        for (key, value) in *tags {
            keys.varint(string(key));
            values.varint(string(value));
        }
        let mut before = 0;
        for node in *nodes {
            refs.varint(zigzag(node - before));
            before = *node;
        }
        let way = Encoded::default().number(1, number as u64 + 1).bytes(2, &keys.0).bytes(3, &values.0);
        group = group.bytes(3, &way.bytes(8, &refs.0).0);
    }
    let table = strings.iter().fold(Encoded::default(), |table, text| table.bytes(1, text.as_bytes()));
    let block = Encoded::default().bytes(1, &table.0).bytes(2, &group.0);
    let blob = Encoded::default().bytes(1, &block.0);
    let header = Encoded::default().bytes(1, b"OSMData").number(3, blob.0.len() as u64);
    [&(header.0.len() as u32).to_be_bytes()[..], &header.0, &blob.0].concat()
}

#[test]
fn ways_of_an_extract_meet_at_their_nodes_and_end_where_it_is_cut() {
    let folder = Folder::new();
    folder.write("blocks.csv", "block_id,longitude,latitude,pupils\nB0,24.9000,60.2000,10\n");
    folder.write("schools.csv", "school_id,longitude,latitude,capacity\nS0,24.9100,60.2000,10\n");
    // Two nodes lie in one place, one of a bridge and one of the road below it; node 9 is not in the file.
    let nodes = [
        (1, 24.9000, 60.2000),
        (2, 24.9050, 60.2000),
        (3, 24.9050, 60.2000),
        (4, 24.9100, 60.2000),
        (5, 24.9050, 60.2050),
        (6, 24.9100, 60.2050),
    ];
    let street: &[(&str, &str)] = &[("highway", "residential")];
    let ways: [Way<'_>; 6] = [
        (street, &[1, 2, 5]),
        (street, &[3, 4]),
        (street, &[5, 6, 9]),
        (&[("highway", "footway"), ("name", "x")], &[6, 4]),
        (&[("highway", "motorway")], &[1, 4]),
        (&[("building", "yes")], &[1, 4, 9]),
    ];
    folder.write("roads.osm.pbf", extract(&nodes, &ways));
    let input = ["--schools", "schools.csv", "--blocks", "blocks.csv", "--roads", "roads.osm.pbf"];
    folder.plan("out", &input);
    let run = folder.run(&["verify", "out"]);
    assert_eq!(run.code, Some(0), "{}{}", run.output, run.errors);
    let metres: f64 = folder.table("out/assignment.csv")[1][7].parse().expect("a number");
    // Round by the north: 2 × 0.005° of latitude and 0.01° of longitude at 60.2°, on an ellipsoid.
    let (latitude, longitude) = (111_414.0, 55_468.0);
    let expected = 0.010 * latitude + 0.010 * longitude;
    assert!((metres / expected - 1.0).abs() < 0.001, "{metres} instead of {expected}");
    let run = folder.run(&[&["check", "--json"], &input[..]].concat());
    let findings = run.json()["findings"].as_array().expect("a list").clone();
    let what = |code: &str| {
        let finding = findings.iter().find(|finding| finding["code"] == code).unwrap_or_else(|| panic!("{code}"));
        finding["what"].as_str().expect("a text").to_owned()
    };
    assert!(what("roads-cut").starts_with("1 nodes of 1 ways"), "{}", what("roads-cut"));
    assert!(what("roads-taken").contains("motorway × 1"), "{}", what("roads-taken"));
    folder.write("roads.osm.pbf", &extract(&nodes, &ways)[..60]);
    let run = folder.run(&[&["check"], &input[..]].concat());
    assert_eq!(run.code, Some(3), "{}", run.errors);
    assert!(run.errors.contains("roads.osm.pbf"), "{}", run.errors);
    // Degrees are never planar metres.
    folder.write("roads.osm.pbf", extract(&nodes, &ways));
    let run = folder.run(&[&["check", "--crs", "local"], &input[..]].concat());
    assert!(run.output.contains("crs-mixed") || run.errors.contains("crs-mixed"), "{}{}", run.output, run.errors);
}

/// Two blocks and two schools a kilometre apart.
fn four_places() -> Folder {
    folder(&[(0.0, 0.0), (1000.0, 0.0)], &[(0.0, 50.0), (1000.0, 50.0)])
}

fn given(table: &str, unit: Option<DistanceUnit>) -> Surveyed {
    let folder = four_places();
    folder.write("distances.csv", table);
    Surveyed::of(&folder, &with_table(unit))
}

const LONG: &str = "block,school,metres\nB0,S0,60.5\nB0,School 1,1300\nB1,S0,1250\nB1,S1,70\n";

#[test]
fn a_row_a_pair_and_a_row_a_block_say_the_same() {
    let long = given(LONG, None);
    assert_eq!(long.ground.distances.method(), DistanceMethod::Given);
    let wide = given("block_id,S0,School 1\nB1,1250,70\nB0,60.5,\"1,300\"\n", None);
    let minutes = given("block,school,minutes\nB0,S0,0.75625\nB0,S1,16.25\nB1,S0,15.625\nB1,S1,0.875\n", None);
    let wide_minutes = given(",S0,S1\nB0,0.75625,16.25\nB1,15.625,0.875\n", Some(DistanceUnit::Minutes));
    for surveyed in [&long, &wide, &minutes, &wide_minutes] {
        let metres = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(block, school)| surveyed.metres(block, school));
        assert_eq!(metres, [60.5, 1300.0, 1250.0, 70.0]);
        assert_eq!(surveyed.says("distance-missing"), "");
    }
    assert!(minutes.says("distance-converted").contains("80.0 m a minute"));
    let note = minutes.ground.distances.note().in_language(Language::English);
    assert!(note.contains("in minutes, at 80.0 m a minute"), "{note}");
    let note = long.ground.distances.note().in_language(Language::Chinese);
    assert!(note.contains("给定的距离表（米）"), "{note}");
}

#[test]
fn what_is_wrong_with_a_table_is_found() {
    let missing = given("block,school,metres\nB0,S0,60\nB0,S1,1300\nB1,S1,\n", None);
    assert!(missing.says("distance-missing").starts_with("2 of 4 pairs"), "{}", missing.says("distance-missing"));
    assert!(missing.says("distance-missing").ends_with("1 blocks have none at all"));
    missing.goes(1, 0, 1000.0_f64.hypot(50.0) + 5000.0);
    let note = missing.ground.distances.note().in_language(Language::English);
    assert!(note.ends_with("; 2 pairs of block and school without a way there count as the straight line plus 5 km"));

    let unknown = given(&(LONG.to_owned() + "B2,S0,7\nB2,S1,7\nB0,School 9,7\n"), None);
    let said = unknown.says("distance-unknown");
    assert!(said.contains("“B2” in the distances (2 times)") && said.contains("“School 9”"), "{said}");
    assert!(said.contains("did you mean") || said.contains("Did you mean"), "{said}");
    let header = given("block_id,S0,S1,S9\nB0,60.5,1300,1\nB1,1250,70,1\n", None);
    assert!(header.says("distance-unknown").contains("“S9”"), "{}", header.says("distance-unknown"));

    let negative = given(&LONG.replace("60.5", "-1"), None);
    assert!(negative.says("distance-negative").starts_with("1 distances"), "{}", negative.says("distance-negative"));
    assert!(given(&LONG.replace("60.5", "near"), None).says("number-unreadable").contains("near"));

    let repeated = given(&(LONG.to_owned() + "B0,S0,61\nB1,S1,70\n"), None);
    let said = repeated.says("distance-repeated");
    assert!(said.starts_with("1 pairs are given twice") && said.ends_with("“B0” to “School 0”"), "{said}");
    assert_eq!(given(&(LONG.to_owned() + "B0,S0,60.5\n"), None).says("distance-repeated"), "");

    // Kilometres, taken for metres.
    let short = given("block,school,距离(公里)\nB0,S0,0.06\nB0,S1,1.3\nB1,S0,1.25\nB1,S1,0.07\n", None);
    assert!(short.says("distance-short").starts_with("4 given distances"), "{}", short.says("distance-short"));
    assert!(!given("block,school,what\nB0,S0,1\n", None).says("column-missing").is_empty());
    assert!(!given("block,what\nB0,1\n", None).says("column-missing").is_empty());
    assert!(!given(LONG, Some(DistanceUnit::Minutes)).says("column-missing").is_empty());
}

#[test]
fn a_method_without_its_data_is_refused() {
    let folder = four_places();
    let input = ["plan", "--schools", "schools.csv", "--blocks", "blocks.csv", "--crs", "local", "-o", "out"];
    for (method, code) in [("road", "roads-none"), ("given", "distance-none")] {
        let run = folder.run(&[&input[..], &["--distance", method]].concat());
        assert_eq!(run.code, Some(3), "{}", run.errors);
        assert!(run.errors.contains(code), "{}", run.errors);
    }
}

#[test]
fn a_given_table_is_planned_by_verified_and_counts_for_more_than_roads() {
    let folder = four_places();
    // The first way is 60.25 m: halfway between two numbers of one decimal.
    folder.write("distances.csv", "block,school,minutes\nB0,S0,0.753125\nB0,S1,20.3\nB1,S0,15.6\nB1,S1,40\n");
    write_roads(&folder, &[(json!({}), &[(0.0, 0.0), (1000.0, 0.0)])]);
    let input = ["--schools", "schools.csv", "--blocks", "blocks.csv", "--crs", "local", "--roads", "roads.geojson"];
    let input = [&input[..], &["--distances", "distances.csv"]].concat();
    folder.plan("out", &input);
    let run = folder.run(&["verify", "out"]);
    assert_eq!(run.code, Some(0), "{}{}", run.output, run.errors);
    let evaluation = folder.json("out/evaluation.json");
    assert_eq!(evaluation["distances"]["method"], "given");
    assert_eq!(evaluation["distances"]["walking_speed_m_per_min"], 80.0);
    assert_eq!(evaluation["distances"]["roads"], Value::Null);
    folder.plan("by_road", &[&input[..], &["--distance", "road"]].concat());
    assert_eq!(folder.json("by_road/evaluation.json")["distances"]["method"], "road");
}

#[test]
fn init_recognises_roads_and_tables_of_distances() {
    let folder = four_places();
    write_roads(&folder, &[(json!({ "highway": "residential" }), &[(0.0, 0.0), (1000.0, 0.0)])]);
    folder.write("distances.csv", "block_id,S0,S1\nB0,60.5,1300\nB1,1250,70\n");
    let run = folder.run(&["init", "--crs", "local"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}{}", run.output, run.errors);
    let written: Settings = toml::from_str(&folder.text("xuequ.toml")).expect("settings");
    assert_eq!(written.roads.expect("roads").file, Files::One("roads.geojson".to_owned()));
    assert_eq!(written.distances.expect("distances").file, Files::One("distances.csv".to_owned()));
    assert_eq!(written.barriers, None);
}
