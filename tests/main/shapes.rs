//! Outlines with every fault there is: what is said of them, and the mended copy.

use std::collections::BTreeMap;
use std::path::Path;

use geo::{Area, BooleanOps, Coord, LineString, MultiPolygon, Polygon};
use serde_json::{Value, json};
use xuequ::space::validity::{Fault, FaultKind, faults};

use crate::fixture::{Folder, argument};
use crate::shared_data::{files_under, shared};

/// Rings in brackets, as well-known text has them, as parts; a part is a list of rings.
fn parts(text: &str) -> Vec<Vec<Vec<Coord<f64>>>> {
    let mut parts: Vec<Vec<Vec<Coord<f64>>>> = Vec::new();
    let depth_of_rings = if text.trim_start().starts_with("(((") || text.contains(")),") { 3 } else { 2 };
    let (mut depth, mut word) = (0, String::new());
    let mut numbers: Vec<f64> = Vec::new();
    for character in text.chars() {
        match character {
            '(' => {
                depth += 1;
                if depth == depth_of_rings - 1 {
                    parts.push(Vec::new());
                }
                if depth == depth_of_rings {
                    parts.last_mut().expect("a part is open").push(Vec::new());
                }
            }
            ')' | ',' | ' ' | '\n' | '\t' | '\r' => {
                if let Ok(number) = word.parse() {
                    numbers.push(number);
                }
                word.clear();
                if (character == ')' || character == ',') && !numbers.is_empty() {
                    let ring = parts.last_mut().and_then(|part| part.last_mut()).expect("a ring is open");
                    ring.push(Coord { x: numbers[0], y: numbers[1] });
                    numbers.clear();
                }
                depth -= usize::from(character == ')');
            }
            other => word.push(other),
        }
    }
    parts
}

/// An outline from well-known text, its rings as they stand there; `None` for other kinds.
fn outline_of(text: &str) -> Option<MultiPolygon<f64>> {
    let text = text.trim();
    let body = text.strip_prefix("MULTIPOLYGON").or_else(|| text.strip_prefix("POLYGON"))?.trim();
    let body = body.strip_prefix('Z').unwrap_or(body).trim();
    if body == "EMPTY" {
        return Some(MultiPolygon::new(Vec::new()));
    }
    let body = if text.starts_with('P') { format!("({body})") } else { body.to_owned() };
    let polygon = |rings: Vec<Vec<Coord<f64>>>| {
        let mut rings = rings.into_iter().map(LineString::new);
        Polygon::new(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), rings.collect())
    };
    Some(MultiPolygon::new(parts(&body).into_iter().map(polygon).collect()))
}

fn kinds(text: &str) -> Vec<FaultKind> {
    faults(&outline_of(text).expect("an outline")).into_iter().map(|fault| fault.kind).collect()
}

#[test]
fn each_fault_of_an_outline_has_its_name() {
    let cases = [
        ("POLYGON((0 0,9 0,9 9,0 9,0 0))", &[][..]),
        ("POLYGON((0 0,9 9,9 0,0 9,0 0))", &[FaultKind::SelfCrossing]),
        ("POLYGON((0 0,5 0,5 -3,5 0,9 0,9 9,0 9,0 0))", &[FaultKind::Spike]),
        ("POLYGON((0 0,9 0,5 5,9 9,0 9,5 5,0 0))", &[FaultKind::SelfTouch]),
        ("POLYGON((0 0,9 9,0 0))", &[FaultKind::TooFewPoints]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(20 20,21 20,21 21,20 20))", &[FaultKind::HoleOutside]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(8 2,12 2,12 4,8 4,8 2))", &[FaultKind::RingsCross]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(2 2,3 2,3 3,2 2))", &[FaultKind::HoleNested]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1),(2 2,1 1,2 1,2 2))", &[FaultKind::RepeatedRing]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,5 0,4 4,0 5))", &[FaultKind::GroundCut]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 2,4 2,4 4,0 4,0 2))", &[FaultKind::RingsOverlap]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,4 4,4 6,0 5))", &[]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((8 8,12 8,12 12,8 12,8 8)))", &[FaultKind::PartsOverlap]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((9 0,12 0,12 9,9 9,9 0)))", &[FaultKind::PartsAdjoin]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((2 2,4 2,4 4,2 4,2 2)))", &[FaultKind::PartsNested]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((9 9,12 9,12 12,9 9)))", &[]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((0 0,9 0,9 9,0 9,0 0)))", &[FaultKind::RepeatedRing]),
    ];
    for (text, expected) in cases {
        assert_eq!(kinds(text), expected, "{text}");
    }
    let [Fault { kind, place, count }] = faults(&outline_of("POLYGON((0 0,8 8,8 0,0 8,0 0))").expect("an outline"))[..]
    else {
        panic!("one fault");
    };
    assert_eq!((kind, place, count), (FaultKind::SelfCrossing, Coord { x: 4.0, y: 4.0 }, 1));
}

/// The text between two marks, for each time they occur.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

#[test]
fn outlines_are_judged_as_the_validity_cases_of_geos_expect() {
    let Some(part) = shared("messy/geos/tests/xmltester/tests") else { return };
    let mut files = Vec::new();
    files_under(&part, &mut files);
    let (mut judged, mut wrong) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a file of cases");
        for case in between(&text, "<case>", "</case>") {
            let Some(answer) = between(case, "name=\"isValid\" arg1=\"A\">", "</op>").next() else { continue };
            let shape = between(case, "<a>", "</a>").next().expect("a case has a shape");
            let Some(outline) = outline_of(shape) else { continue };
            judged += 1;
            let found = faults(&outline);
            if found.is_empty() != (answer.trim() == "true") {
                let about = between(case, "<desc>", "</desc>").next().unwrap_or_default();
                wrong.push(format!("{}: {about}: {found:?}\n{}", file.display(), shape.trim()));
            }
        }
    }
    assert!(judged > 40, "cases were found: {judged}");
    assert!(wrong.is_empty(), "{} of {judged}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A ring around a rectangle, closed.
fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Value {
    json!([[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]])
}

fn polygon(rings: &[Value]) -> Value {
    json!({ "type": "Polygon", "coordinates": rings })
}

/// A layer of blocks, one a shape, each with its id, a name and text that looks like a number.
fn layer(shapes: &[(&str, Value)]) -> String {
    let feature = |(id, shape): &(&str, Value)| {
        let properties = json!({ "block_id": id, "name": format!("The {id}"), "pupils": 5, "code": "007" });
        json!({ "type": "Feature", "properties": properties, "geometry": shape })
    };
    json!({ "type": "FeatureCollection", "features": shapes.iter().map(feature).collect::<Vec<_>>() }).to_string()
}

const GATES: &str = "school_id,x,y,capacity\nS1,50,50,80\nS2,250,250,80\n";

const INPUT: [&str; 6] = ["--schools", "schools.csv", "--blocks", "blocks.geojson", "--crs", "local"];

/// Twenty blocks of 100 m, most of them with a fault.
fn faulty() -> Vec<(&'static str, Value)> {
    let square = |x: f64, y: f64| polygon(&[rectangle(x, y, 100.0, 100.0)]);
    vec![
        ("sound", square(0.0, 0.0)),
        ("open", polygon(&[json!([[100, 0], [200, 0], [200, 100], [100, 100]])])),
        ("bow-tie", polygon(&[json!([[200, 0], [300, 100], [300, 0], [200, 100], [200, 0]])])),
        (
            "spike",
            polygon(&[json!([[0, 100], [50, 100], [50, 80], [50, 100], [100, 100], [100, 200], [0, 200], [0, 100]])]),
        ),
        ("overlapping", polygon(&[rectangle(95.0, 100.0, 110.0, 100.0)])),
        ("inside", polygon(&[rectangle(120.0, 120.0, 20.0, 20.0)])),
        ("hole-outside", polygon(&[rectangle(200.0, 100.0, 100.0, 100.0), rectangle(320.0, 120.0, 10.0, 10.0)])),
        ("first", square(0.0, 200.0)),
        ("second", square(0.0, 200.0)),
        (
            "parts",
            json!({ "type": "MultiPolygon", "coordinates":
            [[rectangle(200.0, 200.0, 100.0, 100.0)], [rectangle(400.0, 200.0, 100.0, 100.0)]] }),
        ),
        ("without", Value::Null),
        ("closed-line", json!({ "type": "LineString", "coordinates": rectangle(300.0, 0.0, 100.0, 100.0) })),
        ("open-line", json!({ "type": "LineString", "coordinates": [[0, 0], [9, 9]] })),
        (
            "collected",
            json!({ "type": "GeometryCollection", "geometries":
            [{ "type": "Point", "coordinates": [1, 1] }, square(300.0, 100.0)] }),
        ),
        ("high", polygon(&[json!([[300, 200, 7], [400, 200, 7], [400, 300, 7], [300, 300, 7], [300, 200, 7]])])),
        ("few", polygon(&[json!([[0, 0], [1, 1], [0, 0]])])),
        ("flat", polygon(&[json!([[0, 0], [1, 1], [2, 2], [0, 0]])])),
        ("empty", polygon(&[])),
        ("repeating", polygon(&[json!([[400, 0], [400, 0], [500, 0], [500, 100], [400, 100], [400, 0]])])),
        ("point", json!({ "type": "Point", "coordinates": [450, 150] })),
        ("below", square(100.0, 200.4)),
        ("above", polygon(&[rectangle(0.0, 300.0, 200.0, 100.0)])),
    ]
}

fn faulty_folder() -> Folder {
    let folder = Folder::new();
    folder.write("schools.csv", GATES);
    folder.write("blocks.geojson", layer(&faulty()));
    folder
}

/// The findings of a check, as code, row and name.
fn findings(folder: &Folder, input: &[&str]) -> Vec<Value> {
    let run = folder.run(&[&["check", "--json"], input].concat());
    run.json()["findings"].as_array().expect("a list of findings").clone()
}

#[test]
fn each_faulty_row_is_named_with_its_fault_and_place() {
    let folder = faulty_folder();
    let found = findings(&folder, &INPUT);
    let rows: Vec<(&str, &str)> = faulty().iter().map(|(id, _)| *id).zip([""].into_iter().cycle()).collect();
    let row_of = |id: &str| 1 + rows.iter().position(|(known, _)| *known == id).expect("a row");
    let has = |code: &str, id: &str| {
        found.iter().any(|finding| {
            finding["code"] == code && finding["row"] == row_of(id) && finding["name"] == format!("The {id}").as_str()
        })
    };
    for (code, id) in [
        ("outline-unclosed", "open"),
        ("outline-invalid", "bow-tie"),
        ("outline-invalid", "spike"),
        ("outline-invalid", "hole-outside"),
        ("outline-invalid", "few"),
        ("outline-overlap", "overlapping"),
        ("outline-inside", "inside"),
        ("outline-duplicate", "second"),
        ("outline-multipart", "parts"),
        ("outline-missing", "without"),
        ("shape-wrong-kind", "closed-line"),
        ("shape-wrong-kind", "open-line"),
        ("shape-from-collection", "collected"),
        ("shape-heights", "high"),
        ("outline-empty", "few"),
        ("outline-empty", "flat"),
        ("outline-empty", "empty"),
        ("outline-mixed", "point"),
    ] {
        assert!(has(code, id), "{code} {id}: {found:#?}");
    }
    let place =
        |id: &str| found.iter().find(|finding| finding["row"] == row_of(id)).map(|finding| finding["place"].clone());
    assert_eq!(place("bow-tie"), Some(json!([250.0, 50.0])));
    assert_eq!(place("spike"), Some(json!([50.0, 80.0])));
    assert_eq!(place("open"), Some(json!([100.0, 100.0])));
    assert!(!found.iter().any(|finding| finding["code"] == "outline-invalid" && finding["row"] == row_of("sound")));
}

/// Twice the area of a ring, by the trapezoid rule: nothing of the program's.
fn twice_area(ring: &Value) -> f64 {
    let places: Vec<(f64, f64)> = ring
        .as_array()
        .expect("a ring")
        .iter()
        .map(|place| (place[0].as_f64().expect("a number"), place[1].as_f64().expect("a number")))
        .collect();
    let next = |position: usize| places[(position + 1) % places.len()];
    (0..places.len()).map(|at| (next(at).0 - places[at].0) * (places[at].1 + next(at).1)).sum::<f64>().abs()
}

/// The area of a shape: its outer rings without its holes.
fn area(shape: &Value) -> f64 {
    let of_part = |part: &Value| {
        let rings = part.as_array().expect("rings");
        let holes: f64 = rings.iter().skip(1).map(twice_area).sum();
        (rings.first().map_or(0.0, twice_area) - holes) / 2.0
    };
    match shape["type"].as_str() {
        Some("Polygon") => of_part(&shape["coordinates"]),
        Some("MultiPolygon") => shape["coordinates"].as_array().expect("parts").iter().map(of_part).sum(),
        Some("GeometryCollection") => shape["geometries"].as_array().expect("members").iter().map(area).sum(),
        Some("LineString") => twice_area(&shape["coordinates"]) / 2.0,
        _ => 0.0,
    }
}

/// The shapes of a layer by id.
fn shapes(folder: &Folder, file: &str) -> BTreeMap<String, Value> {
    let features = folder.json(file)["features"].as_array().expect("features").clone();
    features
        .into_iter()
        .map(|feature| {
            (feature["properties"]["block_id"].as_str().expect("an id").to_owned(), feature["geometry"].clone())
        })
        .collect()
}

fn outline(shape: &Value) -> MultiPolygon<f64> {
    let line = |ring: &Value| {
        let place = |place: &Value| Coord { x: place[0].as_f64().expect("x"), y: place[1].as_f64().expect("y") };
        LineString::new(ring.as_array().expect("a ring").iter().map(place).collect())
    };
    let part = |part: &Value| {
        let mut rings = part.as_array().expect("rings").iter().map(line);
        Polygon::new(rings.next().expect("a shell"), rings.collect())
    };
    match shape["type"].as_str() {
        Some("Polygon") => MultiPolygon::new(vec![part(&shape["coordinates"])]),
        Some("MultiPolygon") => shape["coordinates"].as_array().expect("parts").iter().map(part).collect(),
        other => panic!("{other:?} is no outline"),
    }
}

/// Refuses a list of changes that does not agree with the layers before and after it.
fn list_is_truthful(
    folder: &Folder,
    list: &str,
    before: &BTreeMap<String, f64>,
    after: &BTreeMap<String, f64>,
    tolerance: f64,
) {
    let rows = folder.table(list);
    let column = |name: &str| rows[0].iter().position(|column| column == name).expect("a column");
    let number = |row: &[String], name: &str| row[column(name)].parse::<f64>().ok();
    let mut listed: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &rows[1..] {
        let id = row[column("id")].as_str();
        if row[column("change")] == "left-out" {
            assert!(!after.contains_key(id), "{id} is not in the copy");
            continue;
        }
        *listed.entry(id).or_default() += number(row, "area_changed_m2").expect("a number");
        let close = |named: &str, known: f64| {
            let said = number(row, named).expect("a number");
            assert!((said - known).abs() <= tolerance, "{id}: {named} {said}, and it is {known}");
        };
        close("area_before_m2", before[id]);
        close("area_after_m2", after[id]);
        assert!(number(row, "moved_m").is_some_and(|moved| moved >= 0.0));
    }
    for (id, area) in after {
        let change = listed.get(id.as_str()).copied().unwrap_or(0.0);
        assert!((area - before[id] - change).abs() <= tolerance, "{id}: {} to {area}, listed {change}", before[id]);
    }
}

#[test]
fn a_mended_copy_passes_the_check_and_its_list_is_truthful() {
    let folder = faulty_folder();
    let before = folder.read("blocks.geojson");
    let fix = [&["check", "--json", "--fix", "-o", "mended"], &INPUT[..]].concat();
    let run = folder.run(&fix);
    assert_eq!(run.code, Some(3), "{}", run.errors);
    assert_eq!(run.json()["mended"]["left_out"], 6);
    assert_eq!(run.json()["mended"]["unmended"], 1);
    assert_eq!(before, folder.read("blocks.geojson"), "the input stays as it is");

    let areas = |file: &str| shapes(&folder, file).iter().map(|(id, shape)| (id.clone(), area(shape))).collect();
    let (old, new): (BTreeMap<String, f64>, BTreeMap<String, f64>) =
        (areas("blocks.geojson"), areas("mended/blocks.geojson"));
    list_is_truthful(&folder, "mended/changes.csv", &old, &new, 0.002);
    for (id, expected) in [
        ("sound", 10_000.0),
        ("open", 10_000.0),
        ("bow-tie", 5_000.0),
        ("spike", 10_000.0),
        ("overlapping", 11_000.0 - 500.0 - 500.0 - 400.0 + 40.0),
        ("hole-outside", 10_100.0),
        ("closed-line", 10_000.0),
        ("below", 9_960.0),
    ] {
        let tolerance = if id == "overlapping" || id == "below" { 60.0 } else { 1e-6 };
        assert!((new[id] - expected).abs() <= tolerance, "{id}: {}", new[id]);
    }

    let copies: Vec<(String, MultiPolygon<f64>)> =
        shapes(&folder, "mended/blocks.geojson").iter().map(|(id, shape)| (id.clone(), outline(shape))).collect();
    for (position, (id, copy)) in copies.iter().enumerate() {
        assert_eq!(faults(copy), [], "{id}");
        for (other, second) in &copies[position + 1..] {
            let shared = copy.intersection(second).unsigned_area();
            assert!(shared < 1e-3 || (id == "first" && other == "second"), "{id} and {other} share {shared} m²");
        }
    }
    let feature = &folder.json("mended/blocks.geojson")["features"][0];
    assert_eq!(feature["properties"], json!({ "block_id": "sound", "name": "The sound", "pupils": 5, "code": "007" }));

    let again = ["--schools", "schools.csv", "--blocks", "mended/blocks.geojson", "--crs", "local"];
    let left = findings(&folder, &again);
    assert!(left.iter().all(|finding| finding["severity"] != "error"), "{left:#?}");
    assert!(!left.iter().any(|finding| finding["code"] == "outline-invalid"), "{left:#?}");
    folder.plan("out", &again);
}

#[test]
fn mending_needs_a_place_to_write_and_replaces_nothing_unasked() {
    let folder = faulty_folder();
    assert_eq!(folder.run(&[&["check", "--fix"], &INPUT[..]].concat()).code, Some(2));
    folder.write("taken", "mine");
    let run = folder.run(&[&["check", "--fix", "-o", "taken"], &INPUT[..]].concat());
    assert_eq!(run.code, Some(5), "{}", run.errors);
    assert_eq!(folder.text("taken"), "mine");
    folder.write("points.csv", "block_id,x,y,pupils\nA,1,1,5\nB,9,9,5\n");
    let points =
        ["check", "--fix", "-o", "out", "--schools", "schools.csv", "--blocks", "points.csv", "--crs", "local"];
    let run = folder.run(&points);
    assert_eq!((run.code, folder.path("out").exists()), (Some(3), false), "{}", run.errors);
}

/// Mends a file as blocks, and refuses a copy that has a fault left.
fn mended_without_fault(file: &Path) -> usize {
    let folder = Folder::new();
    let run = folder.run(&["check", "--json", "--fix", "-o", "out", "--blocks", argument(file)]);
    if run.code == Some(3) && !folder.path("out").exists() {
        return 0;
    }
    let stem = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
    let copy = folder.json(&format!("out/{stem}.geojson"));
    let features = copy["features"].as_array().expect("features");
    for feature in features {
        assert_eq!(faults(&outline(&feature["geometry"])), [], "{}: {feature}", file.display());
    }
    features.len()
}

#[test]
fn what_mapshaper_cleans_is_mended_without_a_fault_left() {
    let Some(part) = shared("messy/mapshaper/test/data") else { return };
    let mut files = Vec::new();
    for folder in ["features/clean", "features/explode", "issues/125"] {
        files_under(&part.join(folder), &mut files);
    }
    let mended: usize = files.iter().map(|file| mended_without_fault(file)).sum();
    assert!(mended >= 36, "{mended} outlines");
}

#[test]
fn villages_of_gongyi_are_mended_from_a_shapefile() {
    let Some(part) = shared("gongyi") else { return };
    let mut files = Vec::new();
    files_under(&part, &mut files);
    let file = files.iter().find(|file| file.extension().is_some_and(|ending| ending == "shp")).expect("a Shapefile");
    let folder = Folder::new();
    let run = folder.run(&["check", "--json", "--fix", "-o", "out", "--crs", "EPSG:2333", "--blocks", argument(file)]);
    assert!(folder.path("out/changes.csv").exists(), "{}", run.errors);
    let stem = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
    let copy = folder.json(&format!("out/{stem}.geojson"));
    let features = copy["features"].as_array().expect("features");
    assert_eq!(features.len(), 1_276);
    for feature in features {
        assert_eq!(faults(&outline(&feature["geometry"])), [], "{}", feature["properties"]);
    }
}

#[test]
fn rings_of_a_shapefile_in_any_order_find_their_shells() {
    use shapefile::{Point, Polygon as FilePolygon, PolygonRing, Writer};
    let ring = |low: f64, side: f64, clockwise: bool| {
        let mut places = vec![
            Point::new(low, low),
            Point::new(low, low + side),
            Point::new(low + side, low + side),
            Point::new(low + side, low),
            Point::new(low, low),
        ];
        if !clockwise {
            places.reverse();
        }
        places
    };
    // The hole before its shell, the island in the hole first of all, and all of them in one direction.
    let folder = Folder::new();
    let table = dbase::TableWriterBuilder::new().add_character_field("block_id".try_into().expect("a name"), 10);
    let table = table.add_numeric_field("pupils".try_into().expect("a name"), 5, 0);
    let mut writer = Writer::from_path(folder.path("blocks.shp"), table).expect("a Shapefile");
    let shape = FilePolygon::with_rings(vec![
        PolygonRing::Outer(ring(40.0, 20.0, true)),
        PolygonRing::Outer(ring(20.0, 60.0, true)),
        PolygonRing::Outer(ring(0.0, 100.0, true)),
        PolygonRing::Outer(ring(200.0, 50.0, true)),
    ]);
    let mut record = dbase::Record::default();
    record.insert("block_id".to_owned(), dbase::FieldValue::Character(Some("A".to_owned())));
    record.insert("pupils".to_owned(), dbase::FieldValue::Numeric(Some(5.0)));
    writer.write_shape_and_record(&shape, &record).expect("a row");
    drop(writer);
    folder.write("schools.csv", "school_id,x,y,capacity\nS1,10,10,80\n");
    let input = ["--schools", "schools.csv", "--blocks", "blocks.shp", "--crs", "local"];
    let found = findings(&folder, &input);
    assert!(found.iter().any(|finding| finding["code"] == "outline-rings-sorted"), "{found:#?}");
    assert!(!found.iter().any(|finding| finding["code"] == "outline-invalid"), "{found:#?}");
    folder.run(&[&["check", "--fix", "-o", "out"], &input[..]].concat());
    let copy = &folder.json("out/blocks.geojson")["features"][0]["geometry"];
    assert!((area(copy) - (10_000.0 - 3_600.0 + 400.0 + 2_500.0)).abs() < 1e-9, "{copy}");
    assert_eq!(outline(copy).0.len(), 3);
}

#[test]
fn compounds_with_streets_between_them_have_neighbours_across_the_gaps() {
    let folder = Folder::new();
    folder.write("schools.csv", "school_id,x,y,capacity\nS1,50,50,100\nS2,650,650,100\n");
    let cells = (0..6).flat_map(|row| (0..6).map(move |column| (row, column)));
    let ids: Vec<String> = cells.clone().map(|(row, column)| format!("{row}{column}")).collect();
    let compounds: Vec<(&str, Value)> = cells
        .zip(&ids)
        .map(|((row, column), id)| {
            let at = |step: i32| 130.0 * f64::from(step);
            (id.as_str(), polygon(&[rectangle(at(column), at(row), 100.0, 100.0)]))
        })
        .collect();
    folder.write("blocks.geojson", layer(&compounds));
    let found = findings(&folder, &INPUT);
    let near = found.iter().find(|finding| finding["code"] == "adjacency-nearness").expect("the finding");
    let what = near["what"].as_str().expect("text");
    assert!(what.contains("36 of 36"), "{what}");
    assert!(!found.iter().any(|finding| finding["code"] == "block-island"), "{found:#?}");
    folder.plan("out", &INPUT);
    let links = folder.table("out/adjacency.csv");
    let sides = links[1..].iter().filter(|row| row[2] == "near" && row[3] == "30.00").count();
    assert_eq!(sides, 2 * 6 * 5, "each faces the four around it across 30 m");
    let verify = folder.run(&["verify", "out"]);
    assert_eq!(verify.code, Some(0), "{}\n{}", verify.output, verify.errors);
    let told = folder.text("out/adjacency.csv").replacen(",30.00", ",31.00", 1);
    folder.write("out/adjacency.csv", told);
    assert_ne!(folder.run(&["verify", "out"]).code, Some(0), "another gap is told");
}

#[test]
fn bridges_and_ferries_stand_beside_the_borders() {
    let folder = Folder::new();
    folder.write("schools.csv", "school_id,x,y,capacity\nS1,50,50,80\nS2,250,50,80\n");
    let mut blocks: Vec<(&str, Value)> = ["A", "B", "C", "D"]
        .into_iter()
        .zip([0.0, 100.0, 200.0, 300.0])
        .map(|(id, x)| (id, polygon(&[rectangle(x, 0.0, 100.0, 100.0)])))
        .collect();
    blocks.push(("island", polygon(&[rectangle(310.0, 400.0, 100.0, 100.0)])));
    folder.write("blocks.geojson", layer(&blocks));
    let islands = |found: &[Value]| found.iter().filter(|finding| finding["code"] == "block-island").count();
    assert_eq!(islands(&findings(&folder, &INPUT)), 1);
    folder.write("ferries.csv", "block_a,block_b,kind\nisland,A,轮渡\nA,B,bridge\n");
    let input = [&INPUT[..], &["--adjacency", "ferries.csv"]].concat();
    let found = findings(&folder, &input);
    assert_eq!(islands(&found), 0);
    assert!(found.iter().any(|finding| finding["code"] == "adjacency-links"), "{found:#?}");
    folder.plan("out", &input);
    let mut links: Vec<String> = folder.table("out/adjacency.csv")[1..].iter().map(|row| row[..3].join(" ")).collect();
    links.sort();
    assert_eq!(links, ["A B border", "A island given", "B C border", "C D border"]);
    let verify = folder.run(&["verify", "out"]);
    assert_eq!(verify.code, Some(0), "{}\n{}", verify.output, verify.errors);
    // Other pairs are all neighbours there are.
    folder.write("ferries.csv", "block_a,block_b,kind\nisland,A,轮渡\nA,B,border\n");
    assert!(!findings(&folder, &input).iter().any(|finding| finding["code"] == "adjacency-links"));
}

#[test]
fn points_get_cells_clipped_to_the_areas() {
    let folder = Folder::new();
    folder.write("schools.csv", "school_id,x,y,capacity\nS1,50,50,80\n");
    folder.write("blocks.csv", "block_id,x,y,pupils\nA,50,50,5\nB,150,50,5\nC,150,150,5\n");
    // The county is an L: the corner in the north-west is not of it.
    let county = polygon(&[json!([[0, 0], [200, 0], [200, 200], [100, 200], [100, 100], [0, 100], [0, 0]])]);
    folder.write("county.geojson", layer(&[("county", county)]));
    let input = ["--schools", "schools.csv", "--blocks", "blocks.csv", "--areas", "county.geojson", "--crs", "local"];
    folder.plan("out", &input);
    let ground = &folder.json("out/catchments.geojson")["features"][0]["geometry"];
    assert!((area(ground) - 30_000.0).abs() < 0.1, "{ground}");
}

#[test]
fn an_outline_over_the_border_of_the_dates_is_named() {
    let folder = Folder::new();
    folder.write("schools.csv", "school_id,lon,lat,capacity\nS1,179.95,-16.45,80\n");
    let across = polygon(&[json!([[179.9, -16.5], [-179.9, -16.5], [-179.9, -16.4], [179.9, -16.4], [179.9, -16.5]])]);
    let beside = polygon(&[rectangle(179.8, -16.5, 0.1, 0.1)]);
    folder.write("blocks.geojson", layer(&[("beside", beside), ("across", across)]));
    let found = findings(&folder, &["--schools", "schools.csv", "--blocks", "blocks.geojson"]);
    let named: Vec<&Value> = found.iter().filter(|finding| finding["code"] == "outline-antimeridian").collect();
    assert_eq!(named.len(), 1, "{found:#?}");
    assert_eq!(named[0]["name"], "The across");
    assert!(found.iter().all(|finding| finding["code"] != "outline-overlap"), "{found:#?}");
}

#[test]
fn bare_shapes_and_single_features_are_layers_too() {
    let folder = Folder::new();
    folder.write("schools.csv", GATES);
    let square = polygon(&[rectangle(0.0, 0.0, 100.0, 100.0)]);
    let feature = json!({ "geometry": { "coordinates": square["coordinates"], "type": "Polygon" },
        "type": "Feature", "properties": { "block_id": "A", "pupils": 5 } });
    folder.write("blocks.geojson", feature.to_string());
    let run = folder.run(&[&["check", "--json"], &INPUT[..]].concat());
    assert_eq!(run.json()["blocks"], 1, "{}", run.errors);
    let collection = json!({ "type": "GeometryCollection", "geometries": [square, square] });
    folder.write("blocks.geojson", collection.to_string());
    let run = folder.run(&[&["check", "--json"], &INPUT[..]].concat());
    let codes: Vec<Value> =
        run.json()["findings"].as_array().expect("findings").iter().map(|finding| finding["code"].clone()).collect();
    assert!(codes.contains(&json!("column-missing")) && !codes.contains(&json!("outline-empty")), "{codes:?}");
}
