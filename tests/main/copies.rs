//! Copies of layers lie where the layers lie: mended ones, and those in other formats.

use std::fmt::Write as _;

use serde_json::{Value, json};

use tempfile::TempDir;

use crate::command::{files_below, folder, read, write, xuequ};
use crate::fixture::Folder;

/// Two villages side by side as a `GeoJSON` layer; `corner` gives what is written for a place in steps of about a kilometre.
fn villages(crs: Option<&str>, corner: impl Fn(f64, f64) -> [f64; 2]) -> String {
    let square = |x: f64| {
        let ring = [(x, 0.0), (x + 1.0, 0.0), (x + 1.0, 1.0), (x, 1.0), (x, 0.0)];
        json!([ring.map(|(x, y)| corner(x, y))])
    };
    let feature = |number: f64| {
        json!({"type": "Feature", "properties": {"id": format!("v{number}"), "pupils": 10},
            "geometry": {"type": "Polygon", "coordinates": square(number)}})
    };
    let mut layer = json!({"type": "FeatureCollection", "features": [feature(0.0), feature(1.0)]});
    if let Some(crs) = crs {
        layer["crs"] = json!({"type": "name", "properties": {"name": crs}});
    }
    layer.to_string()
}

/// The zone of Pubei, 108° E, in metres.
fn in_zone(x: f64, y: f64) -> [f64; 2] {
    [644_000.0 + 1_000.0 * x, 2_473_000.0 + 1_000.0 * y]
}

fn swapped(x: f64, y: f64) -> [f64; 2] {
    let [east, north] = in_zone(x, y);
    [north, east]
}

fn in_degrees(x: f64, y: f64) -> [f64; 2] {
    [109.4 + 0.01 * x, 22.3 + 0.01 * y]
}

/// All places of the features of a layer.
fn places(layer: &Value) -> Vec<(f64, f64)> {
    fn of(value: &Value, found: &mut Vec<(f64, f64)>) {
        match value.as_array().map(Vec::as_slice) {
            Some([Value::Number(x), Value::Number(y)]) => {
                found.push((x.as_f64().expect("a number"), y.as_f64().expect("a number")));
            }
            Some(items) => items.iter().for_each(|item| of(item, found)),
            None => {}
        }
    }
    let mut found = Vec::new();
    for feature in layer["features"].as_array().expect("features") {
        of(&feature["geometry"]["coordinates"], &mut found);
    }
    found
}

fn are_in_pubei(places: &[(f64, f64)]) -> bool {
    !places.is_empty() && places.iter().all(|(x, y)| (109.3..109.5).contains(x) && (22.2..22.5).contains(y))
}

/// Codes of the findings `check` has for a layer of blocks.
fn codes(folder: &Folder, layer: &str) -> Vec<String> {
    let found = folder.run(&["check", "--json", "--blocks", layer]).json();
    let findings = found["findings"].as_array().expect("findings");
    findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn a_mended_copy_of_metres_is_in_degrees_and_reads_without_being_told() {
    let folder = Folder::new();
    folder.write("zone.geojson", villages(Some("EPSG:4545"), in_zone));
    let run = folder.run(&["check", "--json", "--fix", "-o", "out", "--blocks", "zone.geojson"]);
    assert_eq!(run.json()["mended"]["changed"], 0, "{}", run.output);
    assert!(are_in_pubei(&places(&folder.json("out/zone.geojson"))), "{}", folder.text("out/zone.geojson"));
    let codes = codes(&folder, "out/zone.geojson");
    assert!(!codes.iter().any(|code| code.starts_with("crs-unknown") || code.starts_with("outline")), "{codes:?}");
}

#[test]
fn an_export_refuses_places_that_the_check_refuses() {
    for (layer, code) in [
        (villages(Some("EPSG:4545"), swapped), "axes-swapped"),
        (villages(Some("EPSG:4545"), in_degrees), "crs-misfit"),
        (villages(Some("EPSG:4326"), in_zone), "crs-misfit"),
    ] {
        let folder = Folder::new();
        folder.write("layer.geojson", layer);
        assert!(codes(&folder, "layer.geojson").iter().any(|found| found == code), "{code}");
        for format in ["geojson", "shapefile", "flatgeobuf"] {
            let run = folder.run(&["export", "layer.geojson", "-f", format, "-o", "out"]);
            assert_eq!(run.code, Some(3), "{format}: {}", run.errors);
            assert!(run.errors.contains(code), "{format}: {}", run.errors);
            assert!(!folder.path("out").exists());
        }
    }
}

#[test]
fn metres_that_nobody_explains_are_converted_for_nobody() {
    let folder = Folder::new();
    folder.write("layer.geojson", villages(None, in_zone));
    let asked = folder.run(&["export", "layer.geojson", "-f", "geojson", "--crs", "EPSG:4326", "-o", "out"]);
    assert_eq!(asked.code, Some(3), "{}", asked.errors);
    assert!(asked.errors.contains("layer.geojson") && asked.errors.contains("cannot be converted"), "{}", asked.errors);
    let plain = folder.run(&["export", "layer.geojson", "-f", "geojson", "-o", "out"]);
    assert_eq!(plain.code, Some(0), "{}", plain.errors);
    assert!(plain.errors.contains("crs-not-written"), "{}", plain.errors);
}

#[test]
fn a_layer_with_its_northing_first_is_put_in_order() {
    let folder = Folder::new();
    folder.write("layer.geojson", villages(Some("EPSG:4545 +axis=neu"), swapped));
    let run = folder.run(&["export", "layer.geojson", "-f", "geojson", "-o", "out"]);
    assert!(run.errors.contains("axes-exchanged"), "{}", run.errors);
    assert!(are_in_pubei(&places(&folder.json("out/layer.geojson"))));
}

#[test]
fn tables_with_coordinates_become_points_and_points_columns() {
    let folder = Folder::new();
    folder.write("schools.csv", "编号,经度,纬度\n007,109.41,22.31\n008,109.42,22.32\n009,,\n");
    let run = folder.run(&["export", "schools.csv", "-f", "geojson", "-f", "shapefile", "-o", "layers"]);
    assert_eq!(run.code, Some(0), "{}", run.errors);
    let layer = folder.json("layers/schools.geojson");
    assert_eq!(layer["features"][0]["geometry"], json!({"type": "Point", "coordinates": [109.41, 22.31]}));
    assert_eq!(layer["features"][2]["geometry"], Value::Null);
    let run = folder.run(&["export", "layers/schools.shp", "-f", "csv", "-f", "xlsx", "-o", "tables"]);
    assert_eq!(run.code, Some(0), "{}", run.errors);
    let table = folder.table("tables/schools.csv");
    assert_eq!(table[0][3..], ["longitude", "latitude"]);
    assert_eq!(table[1][3..], ["109.41", "22.31"]);
    // Cells that say where a school is say it once.
    folder.run(&["export", "schools.csv", "-f", "csv", "-o", "same"]);
    assert_eq!(folder.table("same/schools.csv")[0], ["编号", "经度", "纬度"]);
    // Points in metres get their longitude and latitude.
    let run = folder.run(&["export", "schools.csv", "-f", "shapefile", "--crs", "EPSG:4545", "-o", "metres"]);
    assert_eq!(run.code, Some(0), "{}", run.errors);
    let run = folder.run(&["export", "metres/schools.shp", "-f", "csv", "-o", "degrees"]);
    assert!(run.errors.contains("crs-converted"), "{}", run.errors);
    assert_eq!(folder.table("degrees/schools.csv")[1][3..], ["109.41", "22.31"]);
}

#[test]
fn a_cell_that_is_no_coordinate_stops_an_export_by_its_name() {
    let folder = Folder::new();
    folder.write("schools.csv", "id,lon,lat\n1,109.41,22.31\n2,109.42,north\n");
    let run = folder.run(&["export", "schools.csv", "-f", "geojson", "-o", "out"]);
    assert_eq!(run.code, Some(3));
    for word in ["schools.csv: 3", "north", "lat"] {
        assert!(run.errors.contains(word), "{}", run.errors);
    }
}

/// Five times five hundred metres with a hole in the middle, in plain metres.
fn ring(low: f64, high: f64) -> Value {
    json!([[low, low], [high, low], [high, high], [low, high], [low, low]])
}

fn area(ring: &Value) -> f64 {
    let places: Vec<(f64, f64)> = ring
        .as_array()
        .expect("a ring")
        .iter()
        .map(|place| (place[0].as_f64().expect("x"), place[1].as_f64().expect("y")))
        .collect();
    places.windows(2).map(|edge| edge[0].0 * edge[1].1 - edge[1].0 * edge[0].1).sum::<f64>().abs() / 2.0
}

#[test]
fn a_ring_that_stands_twice_counts_once() {
    let (shell, hole) = (ring(0.0, 500.0), ring(200.0, 300.0));
    let mut turned = hole.clone();
    turned.as_array_mut().expect("a ring").reverse();
    for (rings, ground) in [
        (json!([shell, shell]), 250_000.0),
        (json!([shell, hole, hole]), 240_000.0),
        (json!([shell, hole, turned]), 240_000.0),
        (json!([shell, hole, hole, hole, shell]), 240_000.0),
    ] {
        let folder = Folder::new();
        let feature = json!({"type": "Feature", "properties": {"id": "b1", "pupils": 10},
            "geometry": {"type": "Polygon", "coordinates": rings}});
        folder.write("b.geojson", json!({"type": "FeatureCollection", "features": [feature]}).to_string());
        let input = ["--blocks", "b.geojson", "--crs", "local"];
        let run = folder.run(&[&["check", "--json", "--fix", "-o", "out"], &input[..]].concat());
        let found = run.json();
        let codes: Vec<&str> =
            found["findings"].as_array().expect("findings").iter().filter_map(|one| one["code"].as_str()).collect();
        assert!(codes.contains(&"outline-invalid") && !codes.contains(&"outline-empty"), "{codes:?}");
        assert_eq!(found["mended"]["left_out"], 0, "{rings}");
        let mended = folder.json("out/b.geojson");
        let coordinates = mended["features"][0]["geometry"]["coordinates"].as_array().expect("rings").clone();
        let kept = area(&coordinates[0]) - coordinates[1..].iter().map(area).sum::<f64>();
        assert!((kept - ground).abs() < 1.0, "{rings}: {kept}");
    }
}

#[test]
fn a_position_of_one_number_is_refused_by_its_feature() {
    let folder = Folder::new();
    let text = villages(Some("EPSG:4545"), in_zone).replacen("[646000.0,2473000.0]", "[646000.0]", 1);
    assert!(text.contains("[646000.0]"), "{text}");
    folder.write("b.geojson", text);
    for arguments in [
        &["check", "--blocks", "b.geojson"][..],
        &["export", "b.geojson", "-f", "geojson", "--crs", "EPSG:4545", "-o", "out"],
        &["export", "b.geojson", "-f", "shapefile", "-o", "out"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, Some(3), "{}", run.errors);
        assert!(run.errors.contains("b.geojson: feature 2") && run.errors.contains("one number"), "{}", run.errors);
    }
}

#[test]
fn a_place_that_is_no_number_stops_an_export() {
    let folder = Folder::new();
    folder.write("b.geojson", villages(None, in_zone).replacen("[644000.0", "[null", 1));
    let run = folder.run(&["export", "b.geojson", "-f", "geojson", "-o", "out"]);
    assert_eq!(run.code, Some(3), "{}", run.errors);
    assert!(run.errors.contains("row 1") && run.errors.contains("NaN"), "{}", run.errors);
}

#[test]
fn what_a_format_cannot_hold_is_said_without_a_hole() {
    let folder = Folder::new();
    folder.write("t.csv", "id,name\n1,a\n");
    for language in ["en", "zh-CN"] {
        let run = folder.run(&["export", "t.csv", "-f", "shapefile", "-o", "out", "--lang", language]);
        assert_eq!(run.code, Some(3), "{}", run.errors);
        assert!(run.errors.contains("t.csv") && !run.errors.contains("{$"), "{}", run.errors);
    }
}

/// A grouping of schools of three superiors, with names that are none for files.
fn grouped() -> TempDir {
    let place = folder();
    let mut schools = String::from("id,name,x,y,stage,county,superior,enrolment_primary,strong\n");
    for school in 0..12 {
        let superior = ["市教育局", "甲县/教育局", ""][school % 3];
        let strong = if school % 4 == 0 { "是" } else { "否" };
        writeln!(schools, "S{school:02},学校{school},{},0,小学,甲县,{superior},300,{strong}", 500 * school)
            .expect("a line");
    }
    write(place.path(), "schools.csv", schools);
    let run = xuequ(
        place.path(),
        &["group", "--schools", "schools.csv", "--crs", "local", "--preset", "suzhou", "-o", "out", "--lang", "zh-CN"],
    );
    assert!([0, 1, 4].contains(&run.code), "{run:#?}");
    place
}

/// The sums of the program's own tables are rows as any other, and no remark of an office.
#[test]
fn sums_of_own_tables_stay() {
    use calamine::Reader as _;
    let place = grouped();
    let run = xuequ(place.path(), &["export", "out", "--format", "xlsx", "--format", "csv", "-o", "exported"]);
    run.ends(0);
    assert!(read(place.path(), "out/levels.csv").contains("合计"));
    assert_eq!(read(place.path(), "exported/levels.csv"), read(place.path(), "out/levels.csv"));
    let path = place.path().join("exported/levels.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("cells");
    let last = sheet.rows().next_back().expect("a row");
    assert_eq!(last[0].to_string(), "合计");
    xuequ(place.path(), &["export", "out/levels.csv", "--format", "csv", "-o", "one"]).ends(0);
    assert!(read(place.path(), "one/levels.csv").contains("合计"));
}

/// N9: one table for each superior.
#[test]
fn a_table_is_parted_by_a_column() {
    use calamine::Reader as _;
    let place = grouped();
    let export = |more: &[&str]| xuequ(place.path(), &[&["export"][..], more].concat());
    export(&["out", "--by", "superior", "--format", "csv", "-o", "files"]).ends(0);
    let own = |superior: &str| read(place.path(), &format!("files/superiors/{superior}.csv"));
    let whole = read(place.path(), "out/superiors.csv");
    let header = whole.lines().next().expect("a header");
    for (file, superior) in [("市教育局", "市教育局"), ("甲县_教育局", "甲县/教育局")] {
        let rows: Vec<String> = own(file).lines().map(str::to_owned).collect();
        assert_eq!(rows[0], header);
        let expected: Vec<&str> = whole.lines().filter(|row| row.starts_with(superior)).collect();
        assert_eq!(expected.len(), 4);
        assert_eq!(rows[1..], expected);
    }
    // Schools without one are in a table of those.
    assert_eq!(files_below(&place.path().join("files")).len(), 3);
    export(&["schools.csv", "--by", "主管部门", "--format", "xlsx", "-o", "sheets"]).ends(0);
    let path = place.path().join("sheets/schools.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    assert_eq!(book.sheet_names(), ["市教育局", "甲县_教育局", "_"]);
    let sheet = book.worksheet_range("甲县_教育局").expect("a sheet");
    assert_eq!(sheet.height(), 5);
    export(&["out", "--by", "superior", "--format", "geojson", "-o", "none"]).ends(2);
    export(&["out", "--by", "nothing", "--format", "csv", "-o", "none"]).ends(3);
}
