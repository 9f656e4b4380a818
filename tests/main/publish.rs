//! What is written: layers that fit together, a map that says what it shows, tables and reports.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use geo::Coord;
use geojson::{Feature, FeatureCollection, GeometryValue, Position};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;
use xuequ::space::Projection;

use crate::fixture::{Chance, Folder, Grid};

const GRID: Grid = Grid { columns: 12, rows: 9, side: 210.0 };
const ORIGIN: Coord<f64> = Coord { x: 530_200.0, y: 3_150_400.0 };

/// Id, name, stage, cell, primary seats, junior seats, strong, weak.
type SchoolRow = (&'static str, &'static str, &'static str, usize, u32, u32, bool, bool);

const SCHOOLS: [SchoolRow; 9] = [
    ("0101", "城关第一小学", "小学", 14, 500, 0, true, false),
    ("0102", "城关第二小学", "小学", 18, 420, 0, false, true),
    ("0103", "河东<实验>&小学", "小学", 22, 420, 0, false, false),
    ("0104", "=1+1小学", "小学", 62, 420, 0, true, false),
    ("0105", "白石小学", "小学", 66, 420, 0, false, true),
    ("0106", "青山小学", "小学", 70, 420, 0, false, false),
    ("0201", "城关初级中学", "初中", 28, 0, 560, true, false),
    ("0202", "河东初级中学", "初中", 80, 0, 520, false, true),
    ("0301", "云川九年制学校", "九年一贯制", 103, 420, 420, false, false),
];

fn earth(place: Coord<f64>) -> [f64; 2] {
    static ZONE: OnceLock<Projection> = OnceLock::new();
    let zone = ZONE.get_or_init(|| Projection::from_text("EPSG:4547").expect("a known zone"));
    let image = zone.to_earth(ORIGIN + place).expect("a place in the zone");
    [image.x, image.y]
}

/// Blocks with shaken corners, one of them with a pond and one around a compound.
fn outlines() -> Vec<Vec<Vec<Coord<f64>>>> {
    let mut chance = Chance::new(12);
    let corners: Vec<Coord<f64>> = (0..(GRID.columns + 1) * (GRID.rows + 1))
        .map(|corner| {
            let (column, row) = (corner % (GRID.columns + 1), corner / (GRID.columns + 1));
            let place = Coord { x: column as f64 * GRID.side, y: row as f64 * GRID.side };
            place + Coord { x: chance.between(-50.0, 50.0), y: chance.between(-50.0, 50.0) }
        })
        .collect();
    let mut outlines: Vec<Vec<Vec<Coord<f64>>>> = (0..GRID.count())
        .map(|cell| {
            let first = cell / GRID.columns * (GRID.columns + 1) + cell % GRID.columns;
            let around = [first, first + 1, first + GRID.columns + 2, first + GRID.columns + 1, first];
            vec![around.map(|corner| corners[corner]).to_vec()]
        })
        .collect();
    let square = |middle: Coord<f64>, half: f64| -> Vec<Coord<f64>> {
        [(-half, -half), (-half, half), (half, half), (half, -half), (-half, -half)]
            .map(|(x, y)| middle + Coord { x, y })
            .to_vec()
    };
    outlines[40].push(square(GRID.middle(40), 20.0));
    let compound = square(GRID.middle(55), 25.0);
    outlines[55].push(compound.clone());
    outlines.push(vec![compound.into_iter().rev().collect()]);
    outlines
}

fn write_county(folder: &Folder, with_strength: bool) {
    let mut chance = Chance::new(8);
    let mut schools =
        "学校编号,学校名称,学段,经度,纬度,小学学位,初中学位,小学在校生,初中在校生,优质,薄弱,管理水平,教育质量\n"
            .to_owned();
    for (id, name, stage, cell, primary, junior, strong, weak) in SCHOOLS {
        let [longitude, latitude] = earth(GRID.middle(cell) + Coord { x: 9.0, y: 4.0 });
        let seats = |seats: u32| if seats == 0 { String::new() } else { seats.to_string() };
        let mark = |mark: bool| if mark { "是" } else { "否" };
        let strength = if with_strength {
            let level = if strong {
                90
            } else if weak {
                55
            } else {
                72
            };
            format!(",{},{},良好,{level}", mark(strong), mark(weak))
        } else {
            ",,,,".to_owned()
        };
        let (primary, junior) = (seats(primary), seats(junior));
        let row =
            [id, name, stage, &longitude.to_string(), &latitude.to_string(), &primary, &junior, &primary, &junior];
        schools += &row.join(",");
        schools += &strength;
        schools.push('\n');
    }
    folder.write("schools.csv", schools);
    let features = outlines().into_iter().enumerate().map(|(number, rings)| {
        let coordinates: Vec<Vec<Position>> =
            rings.into_iter().map(|ring| ring.into_iter().map(|place| Position::from(earth(place))).collect()).collect();
        let primary = if number % 13 == 3 { 0 } else { 8 + chance.below(34) };
        let properties =
            json!({"编号": format!("B{number:03}"), "小区名称": format!("和平里{number}号"), "小学生数": primary, "初中生数": primary / 2});
        Feature {
            geometry: Some(geojson::Geometry::new(GeometryValue::Polygon { coordinates })),
            properties: properties.as_object().cloned(),
            ..Feature::default()
        }
    });
    let collection = FeatureCollection { bbox: None, features: features.collect(), foreign_members: None };
    folder.write("blocks.geojson", collection.to_string());
    let settings = "[project]\nname = \"云川县\"\nyear = \"2027\"\n[schools]\nfile = \"schools.csv\"\n\
        [blocks]\nfile = \"blocks.geojson\"\n[districts]\nschools = [2, 5]\n[map]\nsource = \"测试数据\"\n";
    folder.write("xuequ.toml", settings);
}

/// The county planned with districts: in English as `out`, in Chinese as `outzh`.
fn planned() -> &'static Folder {
    static PLANNED: OnceLock<Folder> = OnceLock::new();
    PLANNED.get_or_init(|| {
        let folder = Folder::new();
        write_county(&folder, true);
        folder.plan("out", &["."]);
        folder.plan("outzh", &[".", "--lang", "zh-CN"]);
        folder
    })
}

/// The same county without data of strength.
fn without_districts() -> &'static Folder {
    static PLANNED: OnceLock<Folder> = OnceLock::new();
    PLANNED.get_or_init(|| {
        let folder = Folder::new();
        write_county(&folder, false);
        folder.plan("out", &["."]);
        folder
    })
}

fn layer(folder: &Folder, name: &str) -> Vec<Feature> {
    let text = folder.text(&format!("out/{name}.geojson"));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    assert_eq!(value["type"], "FeatureCollection", "{name}");
    assert!(value.get("crs").is_none(), "{name}: RFC 7946 knows no crs");
    text.parse::<FeatureCollection>().unwrap_or_else(|fault| panic!("{name}: {fault}")).features
}

fn property(feature: &Feature, name: &str) -> String {
    let value = feature.property(name).unwrap_or_else(|| panic!("no property {name}"));
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn polygons(feature: &Feature) -> Vec<Vec<Vec<Position>>> {
    match &feature.geometry.as_ref().expect("features have a geometry").value {
        GeometryValue::Polygon { coordinates } => vec![coordinates.clone()],
        GeometryValue::MultiPolygon { coordinates } => coordinates.clone(),
        other => panic!("not an outline: {other:?}"),
    }
}

fn ring_area(ring: &[Position]) -> f64 {
    let origin = &ring[0];
    ring.windows(2)
        .map(|pair| {
            let (x, y) = (pair[0][0] - origin[0], pair[0][1] - origin[1]);
            let (next_x, next_y) = (pair[1][0] - origin[0], pair[1][1] - origin[1]);
            (x * next_y - next_x * y) / 2.0
        })
        .sum()
}

fn area(feature: &Feature) -> f64 {
    polygons(feature).iter().flatten().map(|ring| ring_area(ring)).sum()
}

fn is_rounded(coordinate: f64) -> bool {
    let scaled = coordinate * 1e8;
    (scaled - scaled.round()).abs() < 1e-4
}

const OUTLINE_LAYERS: [&str; 3] = ["blocks", "catchments", "districts"];

#[test]
fn outlines_are_written_as_rfc_7946_asks() {
    for name in OUTLINE_LAYERS {
        let features = layer(planned(), name);
        assert!(!features.is_empty(), "{name}");
        for feature in &features {
            for polygon in polygons(feature) {
                for (number, ring) in polygon.iter().enumerate() {
                    assert!(ring.len() >= 4 && ring.first() == ring.last(), "{name}: rings are closed");
                    let area = ring_area(ring);
                    assert!(
                        if number == 0 { area > 0.0 } else { area < 0.0 },
                        "{name}: ring {number} runs the wrong way"
                    );
                    for position in ring {
                        let (x, y) = (position[0], position[1]);
                        assert!((114.2..114.5).contains(&x) && (28.4..28.6).contains(&y), "{name}: {x} {y}");
                        assert!(is_rounded(x) && is_rounded(y), "{name}: {x} {y} has more than eight decimals");
                    }
                }
            }
        }
    }
    for school in layer(planned(), "schools") {
        let geometry = school.geometry.expect("schools have a place").value;
        let GeometryValue::Point { coordinates } = geometry else { panic!("schools are points") };
        assert!(is_rounded(coordinates[0]) && is_rounded(coordinates[1]));
    }
}

#[test]
fn ids_are_unique_in_each_layer() {
    let expected = [("blocks", 109), ("catchments", 10), ("schools", 9)];
    for (name, count) in expected {
        let ids: BTreeSet<String> =
            layer(planned(), name).iter().map(|feature| format!("{:?}", feature.id.as_ref().expect("an id"))).collect();
        assert_eq!(ids.len(), count, "{name}: {ids:?}");
    }
    let districts = layer(planned(), "districts");
    let ids: BTreeSet<String> = districts.iter().map(|feature| format!("{:?}", feature.id)).collect();
    assert_eq!(ids.len(), districts.len());
    assert!(districts.len() >= 3, "two stages have districts");
}

#[test]
fn a_county_without_strength_has_an_empty_layer_of_districts() {
    assert_eq!(layer(without_districts(), "districts"), []);
    assert_eq!(without_districts().table("out/districts.csv").len(), 1, "only the header");
    let evaluation = without_districts().json("out/evaluation.json");
    assert!(evaluation["stages"][0]["districts"].is_null());
}

type Corner = (i64, i64);

fn corner(position: &Position) -> Corner {
    ((position[0] * 1e8).round() as i64, (position[1] * 1e8).round() as i64)
}

/// The directed edges of outlines by what they belong to.
fn edges<'a>(features: impl Iterator<Item = (String, &'a Feature)>) -> BTreeMap<(Corner, Corner), String> {
    let mut edges = BTreeMap::new();
    for (label, feature) in features {
        for ring in polygons(feature).iter().flatten() {
            for pair in ring.windows(2) {
                let other = edges.insert((corner(&pair[0]), corner(&pair[1])), label.clone());
                assert_eq!(other, None, "{label}: an edge bounds one ground on its left");
            }
        }
    }
    edges
}

/// The edges left of unions of blocks: those whose other side is not of the same union.
fn rims(blocks: &BTreeMap<(Corner, Corner), String>) -> BTreeMap<(Corner, Corner), String> {
    blocks
        .iter()
        .filter(|((from, to), label)| blocks.get(&(*to, *from)) != Some(label))
        .map(|(edge, label)| (*edge, label.clone()))
        .collect()
}

#[test]
fn catchments_and_districts_are_their_blocks_vertex_for_vertex() {
    let blocks = layer(planned(), "blocks");
    for (layer_name, key, stages) in
        [("catchments", "school_id", ["primary", "junior"]), ("districts", "district_id", ["primary", "junior"])]
    {
        let features = layer(planned(), layer_name);
        for stage in stages {
            let of_stage = || features.iter().filter(|feature| property(feature, "stage") == stage);
            let by_block = |block: &Feature| property(block, &format!("{key}_{stage}"));
            let expected = rims(&edges(blocks.iter().map(|block| (by_block(block), block))));
            let found = edges(of_stage().map(|feature| (property(feature, key), feature)));
            assert_eq!(found, expected, "{layer_name} of {stage}");
            let (sum, whole): (f64, f64) = (of_stage().map(area).sum(), blocks.iter().map(area).sum());
            assert!((sum / whole - 1.0).abs() < 1e-9, "{layer_name} of {stage}: {sum} of {whole}");
        }
    }
}

#[test]
fn touching_grounds_never_have_the_same_fill() {
    for (layer_name, key) in [("catchments", "school_id"), ("districts", "district_id")] {
        let features = layer(planned(), layer_name);
        for stage in ["primary", "junior"] {
            let of_stage = || features.iter().filter(|feature| property(feature, "stage") == stage);
            let fill: BTreeMap<String, String> =
                of_stage().map(|feature| (property(feature, key), property(feature, "fill"))).collect();
            let edges = edges(of_stage().map(|feature| (property(feature, key), feature)));
            let mut touching = BTreeSet::new();
            for ((from, to), label) in &edges {
                if let Some(other) = edges.get(&(*to, *from)) {
                    touching.insert((label, other));
                }
            }
            assert_eq!(touching.is_empty(), fill.len() < 2, "{layer_name} of {stage}: all hang together");
            for (first, second) in touching {
                assert_ne!(fill[first], fill[second], "{layer_name} of {stage}: {first} and {second}");
            }
            for colour in fill.values() {
                assert!(colour.len() == 7 && colour.starts_with('#'), "{colour} is no colour");
            }
        }
    }
}

/// What a drawing says: texts that are shown, and ids of elements. Refuses text that is not well-formed XML.
fn drawing(svg: &str) -> (String, BTreeSet<String>) {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let (mut shown, mut ids, mut open) = (String::new(), BTreeSet::new(), Vec::<String>::new());
    loop {
        match reader.read_event().expect("the drawing is well-formed") {
            Event::Start(start) => {
                open.push(start.name().as_ref().to_owned());
                ids.extend(id(&start));
            }
            Event::Empty(start) => ids.extend(id(&start)),
            Event::End(_) => {
                open.pop();
                shown.push('\n');
            }
            Event::Text(text) if open.iter().any(|name| name == "text") => {
                shown += &text;
            }
            Event::GeneralRef(reference) if open.iter().any(|name| name == "text") => {
                shown += match &*reference {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("unknown reference {other}"),
                };
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, [""; 0], "every element is closed");
    (shown, ids)
}

fn id(start: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    start
        .attributes()
        .map(|attribute| attribute.expect("attributes are well-formed"))
        .find(|attribute| attribute.key.as_ref() == "id")
        .map(|attribute| attribute.value.into_owned())
}

#[test]
fn each_sheet_of_the_map_says_what_it_shows() {
    for out in ["out", "outzh"] {
        for (sheet, stage) in [("map.svg", "小学"), ("map-junior.svg", "初中")] {
            let (shown, ids) = drawing(&planned().text(&format!("{out}/{sheet}")));
            for wanted in ["title", "legend", "scale-bar", "north-arrow", "source", "catchments", "schools"] {
                assert!(ids.contains(wanted), "{out}/{sheet} has no {wanted}");
            }
            assert!(shown.contains("云川县"), "{out}/{sheet}: the title names the county");
            assert!(shown.contains("测试数据"), "{out}/{sheet}: the source is named");
            for (_, name, serves, ..) in SCHOOLS {
                if serves == stage || serves == "九年一贯制" {
                    assert!(shown.contains(name), "{out}/{sheet} does not name {name}");
                }
            }
        }
    }
}

#[test]
fn charts_are_well_formed() {
    for stage in ["primary", "junior"] {
        for chart in ["distance", "seats"] {
            let (shown, _) = drawing(&planned().text(&format!("out/chart-{chart}-{stage}.svg")));
            assert!(!shown.trim().is_empty(), "{chart} of {stage} has texts");
        }
    }
}

#[test]
fn a_drawing_with_an_open_element_is_found_out() {
    let broken = std::panic::catch_unwind(|| drawing("<svg><g></svg>"));
    assert!(broken.is_err(), "the tests of drawings can fail");
}

#[test]
fn the_assignment_has_the_columns_that_were_agreed() {
    let rows = planned().table("out/assignment.csv");
    let header = [
        "stage",
        "block_id",
        "block_name",
        "school_id",
        "school_name",
        "district_id",
        "pupils",
        "distance_m",
        "locked",
        "reason",
    ];
    assert_eq!(rows[0], header);
    assert_eq!(rows.len(), 1 + 2 * 109);
    for row in &rows[1..] {
        // What a spreadsheet would compute has an apostrophe in front.
        let name = row[4].strip_prefix('\'').unwrap_or(&row[4]);
        assert!(SCHOOLS.iter().any(|school| school.0 == row[3] && school.1 == name), "{row:?}");
        assert!(!row[5].is_empty() && !row[9].is_empty(), "district and reason are given: {row:?}");
        assert!(row[7].parse::<f64>().is_ok_and(|metres| metres >= 0.0), "{row:?}");
        assert!(["yes", "no"].contains(&row[8].as_str()), "{row:?}");
    }
    let districts = planned().table("out/districts.csv");
    assert_eq!(
        districts[0],
        ["district_id", "name", "kind", "school_id", "school_name", "role", "phase", "mode", "governance", "year"]
    );
    let leads = districts[1..].iter().filter(|row| row[5] == "lead").count();
    let ids: BTreeSet<&str> = districts[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(leads, ids.len(), "one lead for each district");
    assert_eq!(districts.len(), 1 + 7 + 3, "each school once in each stage it serves");
}

#[test]
fn ids_with_leading_zeros_stay_text() {
    let text = planned().text("out/assignment.csv");
    assert!(text.contains(",0101,"));
    let schools = layer(planned(), "schools");
    let first = schools.iter().find(|school| property(school, "name") == "城关第一小学").expect("it is listed");
    assert_eq!(first.property("school_id"), Some(&json!("0101")));
}

#[test]
fn the_evaluation_has_the_fields_that_were_agreed() {
    let evaluation = planned().json("out/evaluation.json");
    assert_eq!(evaluation["schema"], "xuequ/evaluation/1");
    let stages = evaluation["stages"].as_array().expect("a list");
    assert_eq!(
        stages.iter().map(|stage| stage["stage"].as_str()).collect::<Vec<_>>(),
        [Some("primary"), Some("junior")]
    );
    for stage in stages {
        for field in [
            "pupil_km",
            "lower_bound_pupil_km",
            "gap_percent",
            "overload",
            "detached",
            "unassigned",
            "mean_distance_m",
            "p95_distance_m",
            "within_radius_share",
        ] {
            assert!(stage[field].is_number(), "{field}: {}", stage[field]);
        }
        let number = |field: &str| stage[field].as_f64().expect("a number");
        assert!(number("lower_bound_pupil_km") <= number("pupil_km"));
        let gap = 100.0 * (number("pupil_km") / number("lower_bound_pupil_km") - 1.0);
        assert!((gap - number("gap_percent")).abs() < 1e-3, "{gap}");
        assert!((0.0..=1.0).contains(&number("within_radius_share")));
    }
    let rules = evaluation["rules"].as_array().expect("a list");
    assert!(rules.iter().any(|rule| rule["hard"] == true && rule["verdict"].is_string()), "{rules:?}");
}

#[test]
fn sums_of_the_evaluation_are_those_of_the_assignment() {
    let evaluation = planned().json("out/evaluation.json");
    let rows = planned().table("out/assignment.csv");
    for stage in evaluation["stages"].as_array().expect("a list") {
        let name = stage["stage"].as_str().expect("a name");
        let of_stage = || rows[1..].iter().filter(|row| row[0] == name);
        let number = |cell: &String| cell.parse::<f64>().expect("a number");
        let pupil_km: f64 = of_stage().map(|row| number(&row[6]) * number(&row[7]) / 1000.0).sum();
        let pupils: f64 = of_stage().map(|row| number(&row[6])).sum();
        let claimed = stage["pupil_km"].as_f64().expect("a number");
        // Distances are written with one decimal.
        assert!((pupil_km - claimed).abs() <= 0.05 * pupils / 1000.0 + 1e-6, "{name}: {pupil_km} {claimed}");
        let mean = stage["mean_distance_m"].as_f64().expect("a number");
        assert!((1000.0 * pupil_km / pupils - mean).abs() < 0.11, "{name}: {mean}");
    }
}

#[test]
fn reports_are_written_in_both_languages() {
    let english = planned().text("out/report.md");
    let chinese = planned().text("outzh/report.md");
    assert!(english.starts_with("# ") && chinese.starts_with("# "));
    for name in ["城关第一小学", "云川九年制学校"] {
        assert!(english.contains(name) && chinese.contains(name), "{name}");
    }
    for (english_word, chinese_word) in [("pupils", "学生"), ("seats", "学位"), ("distance", "距离")] {
        assert!(english.contains(english_word), "{english_word}");
        assert!(chinese.contains(chinese_word), "{chinese_word}");
    }
    // Names of columns and schools stay as they are; the sentences around them do not.
    assert!(!english.contains("距离"), "{english}");
    assert!(!chinese.contains("distance "), "{chinese}");
    for report in [&english, &chinese] {
        for line in report.lines() {
            assert!(!line.contains("{ $") && !line.contains("-rule ") && !line.contains("finding-"), "{line}");
        }
    }
}

#[test]
fn the_scheme_does_not_depend_on_the_language() {
    let without_words = |out: &str| -> Vec<Vec<String>> {
        planned().table(&format!("{out}/assignment.csv")).into_iter().map(|row| row[..9].to_vec()).collect()
    };
    assert_eq!(without_words("out"), without_words("outzh"));
}

#[test]
fn public_layers_hold_nothing_of_strength() {
    for name in ["blocks", "catchments", "districts", "schools"] {
        let text = planned().text(&format!("out/{name}.geojson"));
        for word in ["strength", "weak", "strong", "薄弱", "优质", "quality", "management"] {
            assert!(!text.contains(word), "{name} says {word}");
        }
    }
    let (shown, _) = drawing(&planned().text("outzh/map.svg"));
    assert!(!shown.contains("薄弱"), "the map marks weak schools");
}

#[test]
fn a_second_opinion_agrees() {
    for folder in [planned(), without_districts()] {
        let run = folder.run(&["verify", "out", "--project", "."]);
        assert_eq!(run.code, Some(0), "{}{}", run.output, run.errors);
    }
}
