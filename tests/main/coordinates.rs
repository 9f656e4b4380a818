//! Coordinates as they really come: systems by every name they have, axes the wrong way round, and layers beside each other.

use geo::Coord;
use serde_json::Value;
use xuequ::space::{MapShift, Projection};

use crate::fixture::Folder;
use crate::shared_data::shared;

fn at(x: f64, y: f64) -> Coord<f64> {
    Coord { x, y }
}

fn metres_between(first: Coord<f64>, second: Coord<f64>) -> f64 {
    let north = (first.y - second.y) * 111_132.0;
    let east = (first.x - second.x) * 111_320.0 * first.y.to_radians().cos();
    north.hypot(east)
}

/// The pair is published beside several implementations and reproduced by others to 1e-12 degrees.
#[test]
fn gcj_02_is_as_published_and_goes_back_within_a_micrometre() {
    let (wgs, gcj) =
        (at(111.438_777_802_689_87, 27.223_905_373_786_593), at(111.444_396_607_088_35, 27.220_718_937_598_154));
    let image = MapShift::Gcj02.from_wgs84(wgs);
    assert!(metres_between(image, gcj) < 1e-6, "{image:?}");
    assert!(metres_between(MapShift::Gcj02.to_wgs84(gcj), wgs) < 1e-6);
    for shift in [MapShift::Gcj02, MapShift::Bd09] {
        for step in 0..2_000 {
            let place = at(73.0 + f64::from(step % 61) * 1.01, 18.0 + f64::from(step % 37) * 0.97);
            let image = shift.from_wgs84(place);
            let off = metres_between(image, place);
            assert!((50.0..2_500.0).contains(&off), "{shift:?} {place:?}: {off} m");
            assert!(metres_between(shift.to_wgs84(image), place) < 1e-6, "{shift:?} {place:?}");
        }
    }
    // Outside China only BD-09's own shift is left.
    assert_eq!(MapShift::Gcj02.from_wgs84(at(-122.7, 38.4)), at(-122.7, 38.4));
}

#[test]
fn systems_are_known_by_every_name() {
    let in_zone = Projection::from_epsg(4545).expect("a zone").from_earth(at(108.4, 22.3)).expect("in the zone");
    for (text, place) in [
        ("EPSG:4545", in_zone),
        ("epsg:4545", in_zone),
        ("4545", in_zone),
        ("urn:ogc:def:crs:EPSG::4545", in_zone),
        ("urn:ogc:def:crs:EPSG:6.9:4545", in_zone),
        ("http://www.opengis.net/def/crs/EPSG/0/4545", in_zone),
        ("CGCS2000_3_Degree_GK_CM_108E", in_zone),
        ("CGCS2000 / 3-degree Gauss-Kruger CM 108E", in_zone),
        ("CGCS2000 3度带 中央经线108", in_zone),
        ("CGCS2000_3_Degree_GK_Zone_36", in_zone + at(36_000_000.0, 0.0)),
        (r#"{"type":"ProjectedCRS","name":"x","id":{"authority":"EPSG","code":4545}}"#, in_zone),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", at(108.4, 22.3)),
        ("EPSG::4490", at(108.4, 22.3)),
        ("urn:ogc:def:crs:EPSG::4326", at(108.4, 22.3)),
        ("CGCS2000", at(108.4, 22.3)),
        ("2000国家大地坐标系", at(108.4, 22.3)),
        ("gcj02", MapShift::Gcj02.from_wgs84(at(108.4, 22.3))),
        ("GCJ-02", MapShift::Gcj02.from_wgs84(at(108.4, 22.3))),
        ("火星坐标", MapShift::Gcj02.from_wgs84(at(108.4, 22.3))),
        ("bd-09", MapShift::Bd09.from_wgs84(at(108.4, 22.3))),
        ("BD09LL", MapShift::Bd09.from_wgs84(at(108.4, 22.3))),
    ] {
        let system = Projection::from_text(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        let earth = system.to_earth(place).expect(text);
        assert!(metres_between(earth, at(108.4, 22.3)) < 1e-3, "{text}: {earth:?}");
    }
    for text in [
        "",
        "EPSG:",
        "EPSG:4545 +towgs84=1,2",
        "GCJ-02 +towgs84=1,2,3",
        "EPSG:4545 +zone=3",
        "CGCS2000 3 degree",
        "local",
        "{}",
    ] {
        assert!(Projection::from_text(text).is_err(), "{text}");
    }
}

/// Expected eastings and northings are PROJ's.
#[test]
fn texts_of_prj_files_are_read_by_their_parameters() {
    const DATUM: &str = r#"DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    let of = |name: &str, projection: &str, easting: &str, meridian: &str| {
        format!(
            r#"PROJCS["{name}",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",{DATUM},PROJECTION["{projection}"],PARAMETER["False_Easting",{easting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
        )
    };
    let place = at(109.2, 22.3);
    for (text, x) in [
        (of("CGCS2000_3_Degree_GK_CM_108E", "Gauss_Kruger", "500000.0", "108.0"), 623_658.74),
        (of("浦北县坐标", "Transverse_Mercator", "500000.0", "108.0"), 623_658.74),
        (of("CGCS2000_3_Degree_GK_Zone_36", "Gauss_Kruger", "36500000.0", "108.0"), 36_623_658.74),
        (of("某工程坐标系", "Gauss_Kruger", "500000.0", "109.5"), 469_086.83),
    ] {
        let system = Projection::from_text(&text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        let image = system.from_earth(place).expect("in the zone");
        assert!((image.x - x).abs() < 0.02, "{text}: {image:?}");
        assert!(system.is_true_to_length());
    }
    let wkt2 = r#"PROJCRS["CGCS2000 / 3-degree Gauss-Kruger CM 108E",BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],CONVERSION["CM 108E",METHOD["Transverse Mercator"],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",108,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",1,SCALEUNIT["unity",1]],PARAMETER["False easting",500000,LENGTHUNIT["metre",1]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["northing (X)",north,ORDER[1]],AXIS["easting (Y)",east,ORDER[2]],LENGTHUNIT["metre",1]]"#;
    let image = Projection::from_text(wkt2).expect("WKT2").from_earth(place).expect("in the zone");
    assert!((image.x - 623_658.74).abs() < 0.02, "{image:?}");
}

/// A county of four schools in plain metres around a place, written as somebody would in `system`.
struct County {
    system: Projection,
    is_northing_first: bool,
    names: [&'static str; 2],
}

impl County {
    fn of(system: &str, names: [&'static str; 2]) -> County {
        County { system: Projection::from_text(system).expect(system), is_northing_first: false, names }
    }

    fn cells(&self, east: f64, north: f64) -> String {
        let zone = Projection::from_epsg(4545).expect("a zone");
        let earth = zone.to_earth(at(560_000.0 + east, 2_470_000.0 + north)).expect("in the zone");
        let place = self.system.from_earth(earth).expect("in the system");
        if self.is_northing_first { format!("{},{}", place.y, place.x) } else { format!("{},{}", place.x, place.y) }
    }

    fn schools(&self) -> String {
        let [x, y] = self.names;
        let rows = (0..4).map(|school| {
            let (east, north) = (507.0 + 2_000.0 * f64::from(school % 2), 489.0 + 2_000.0 * f64::from(school / 2));
            format!("S{school},{},40\n", self.cells(east, north))
        });
        format!("school_id,{x},{y},capacity\n") + &rows.collect::<String>()
    }

    fn blocks(&self) -> String {
        let [x, y] = self.names;
        let rows = (0..16).map(|block| {
            let (east, north) = (500.0 + 1_000.0 * f64::from(block % 4), 500.0 + 1_000.0 * f64::from(block / 4));
            format!("B{block},{},7\n", self.cells(east, north))
        });
        format!("block_id,{x},{y},pupils\n") + &rows.collect::<String>()
    }
}

fn findings(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let run = folder.run(&[&["check", "--json"], arguments].concat());
    run.json()["findings"].as_array().expect("a list").clone()
}

fn find<'a>(findings: &'a [Value], code: &str) -> Option<&'a str> {
    findings.iter().find(|finding| finding["code"] == code)?["what"].as_str()
}

#[track_caller]
fn says(findings: &[Value], code: &str, parts: &[&str]) {
    let is_it = |finding: &Value| {
        let text = format!("{} {}", finding["what"], finding["remedy"]);
        finding["code"] == code && parts.iter().all(|part| text.contains(part))
    };
    assert!(findings.iter().any(is_it), "{code} {parts:?} in {findings:#?}");
}

const TABLES: [&str; 4] = ["--schools", "schools.csv", "--blocks", "blocks.csv"];

fn written(schools: &County, blocks: &County) -> Folder {
    let folder = Folder::new();
    folder.write("schools.csv", schools.schools());
    folder.write("blocks.csv", blocks.blocks());
    folder
}

fn assignment(folder: &Folder, more: &[&str]) -> Vec<Vec<String>> {
    folder.plan("out", &[&TABLES[..], more].concat());
    let rows = folder.table("out/assignment.csv");
    std::fs::remove_dir_all(folder.path("out")).expect("the plan can be removed");
    rows.into_iter().map(|row| row[..3].to_vec()).collect()
}

#[test]
fn any_stated_system_gives_the_same_plan() {
    let planar = ["x", "y"];
    let degrees = ["longitude", "latitude"];
    let county = County::of("EPSG:4545", planar);
    let expected = assignment(&written(&county, &county), &["--crs", "EPSG:4545"]);
    for (system, names) in [
        ("EPSG:4490", degrees),
        ("GCJ-02", degrees),
        ("BD-09", degrees),
        ("EPSG:4524", planar),
        ("EPSG:3857", planar),
        ("+proj=tmerc +lat_0=0 +lon_0=109.5 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m", planar),
        ("EPSG:2381 +towgs84=10,20,30", planar),
    ] {
        let county = County::of(system, names);
        let folder = written(&county, &county);
        assert_eq!(assignment(&folder, &["--crs", system]), expected, "{system}");
    }
    // Both layers from one map app, in degrees that nobody states, lie together; converted they are said to be.
    let county = County::of("GCJ-02", degrees);
    let found = findings(&written(&county, &county), &[&TABLES[..], &["--crs", "gcj02"]].concat());
    says(&found, "crs-converted", &["GCJ-02"]);
    assert_eq!(find(&found, "layers-shifted"), None);
}

#[test]
fn columns_may_say_their_system_and_be_degrees_minutes_and_seconds() {
    let (gcj, wgs) = (County::of("GCJ-02", ["lng_gcj02", "lat_gcj02"]), County::of("EPSG:4326", ["经度", "纬度"]));
    let folder = written(&gcj, &wgs);
    let found = findings(&folder, &TABLES);
    says(&found, "crs-converted", &["GCJ-02"]);
    assert_eq!(find(&found, "layers-shifted"), None, "{found:#?}");
    let in_brackets = written(&County::of("BD-09", ["经度(BD-09)", "纬度(BD-09)"]), &wgs);
    says(&findings(&in_brackets, &TABLES), "crs-converted", &["BD-09"]);
    folder.write("schools.csv", "id,lon,lat,capacity\nS1,109°33′12″E,22°18′N,200\nS2,E109.56,N22.31,200\n");
    let found = findings(&folder, &TABLES);
    assert_eq!((find(&found, "number-unreadable"), find(&found, "place-missing")), (None, None), "{found:#?}");
}

#[test]
fn axes_the_wrong_way_round_are_named_and_put_right_when_told() {
    let planar = ["x", "y"];
    let right = County::of("EPSG:4545", planar);
    let expected = assignment(&written(&right, &right), &["--crs", "EPSG:4545"]);
    for (system, names) in [("EPSG:4545", planar), ("EPSG:4524", planar), ("EPSG:4490", planar)] {
        let swapped = County { is_northing_first: true, ..County::of(system, names) };
        let folder = written(&swapped, &swapped);
        let found = findings(&folder, &[&TABLES[..], &["--crs", system]].concat());
        let code = if system == "EPSG:4490" { "place-swapped" } else { "axes-swapped" };
        says(&found, code, &["+axis=neu"]);
        let told = format!("{system} +axis=neu");
        assert_eq!(assignment(&folder, &["--crs", &told]), expected, "{system}");
        says(&findings(&folder, &[&TABLES[..], &["--crs", &told]].concat()), "axes-exchanged", &[]);
        says(&findings(&folder, &TABLES), if system == "EPSG:4490" { code } else { "crs-unknown" }, &[]);
    }
}

#[test]
fn numbers_that_are_not_of_the_stated_system_are_refused_with_a_guess() {
    let planar = ["x", "y"];
    for (system, stated, guess) in [
        ("EPSG:4545", "EPSG:4524", "EPSG:4534–4554"),
        ("EPSG:4524", "EPSG:4545", "EPSG:4524"),
        ("EPSG:4525", "EPSG:4524", "EPSG:4525"),
        ("EPSG:4490", "EPSG:4545", "EPSG:4490"),
        ("EPSG:4545", "EPSG:4490", "EPSG:4534–4554"),
        ("EPSG:3857", "EPSG:4545", "EPSG:3857"),
    ] {
        let county = County::of(system, planar);
        let folder = written(&county, &county);
        let found = findings(&folder, &[&TABLES[..], &["--crs", stated]].concat());
        says(&found, "crs-misfit", &[stated, guess]);
    }
    let county = County::of("EPSG:3857", planar);
    says(&findings(&written(&county, &county), &TABLES), "crs-unknown", &["EPSG:3857"]);
    let county = County::of("EPSG:4524", planar);
    says(&findings(&written(&county, &county), &TABLES), "crs-unknown", &["EPSG:4524"]);
}

#[test]
fn old_datums_are_refused_until_somebody_gives_their_parameters() {
    let planar = ["x", "y"];
    for code in ["EPSG:2381", "EPSG:2434", "EPSG:2333"] {
        let county = County::of(code, planar);
        let folder = written(&county, &county);
        let found = findings(&folder, &[&TABLES[..], &["--crs", code]].concat());
        says(&found, "crs-datum-shift", &[&format!("{code} +towgs84=dx"), "CGCS2000"]);
        let told = format!("{code} +towgs84=-84.2,-31.5,12.1,0.1,0.2,0.3,1.5");
        let found = findings(&folder, &[&TABLES[..], &["--crs", &told]].concat());
        assert_eq!((find(&found, "crs-datum-shift"), find(&found, "crs-misfit")), (None, None), "{found:#?}");
    }
    // Three parameters move a place by about their length.
    let plain = Projection::from_text("EPSG:2381 +towgs84=0,0,0").expect("accepted");
    let moved = Projection::from_text("EPSG:2381 +towgs84=0,0,100").expect("accepted");
    let place = at(560_000.0, 2_470_000.0);
    let off = metres_between(plain.to_earth(place).expect("there"), moved.to_earth(place).expect("there"));
    assert!((80.0..100.0).contains(&off), "{off} m");
}

/// Pubei lies 0.056° east of the border between two zones, and part of it west of that.
#[test]
fn the_zone_is_that_of_the_middle_of_the_county() {
    let folder = Folder::new();
    let blocks = (0..9).map(|block| format!("B{block},{},{},5\n", 109.40 + 0.04 * f64::from(block), 22.2));
    folder.write("blocks.csv", "block_id,longitude,latitude,pupils\n".to_owned() + &blocks.collect::<String>());
    folder.write("schools.csv", "school_id,longitude,latitude,capacity\nS1,109.41,22.2,90\n");
    says(&findings(&folder, &TABLES), "crs-converted", &["EPSG:4546"]);
}

/// What reading finds, without the survey of the ground that `check` adds.
fn read_findings(folder: &Folder) -> Vec<Value> {
    let settings = xuequ::read::read_settings(&folder.path("xuequ.toml"), "xuequ.toml").expect("settings");
    let reading = xuequ::read::read(&settings, &folder.path("")).expect("files of the demo");
    let value = |finding: &xuequ::model::Finding| {
        let english = xuequ::language::Language::English;
        serde_json::json!({
            "code": finding.code.slug(), "what": finding.what(english), "remedy": finding.remedy(english),
        })
    };
    reading.findings.iter().map(value).collect()
}

/// The demo county with the coordinates of its schools changed.
fn demo_with_schools(change: impl Fn(Coord<f64>) -> Coord<f64>) -> Folder {
    let folder = Folder::new();
    for (name, bytes) in xuequ::demo::county(1) {
        folder.write(name, bytes);
    }
    let rows = folder.table("schools.csv");
    let position = |names: &[&str]| rows[0].iter().position(|name| names.contains(&name.as_str())).expect("a column");
    let (x, y) = (position(&["longitude", "lon", "经度"]), position(&["latitude", "lat", "纬度"]));
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (number, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        if number > 0 {
            let moved = change(at(row[x].parse().expect("a number"), row[y].parse().expect("a number")));
            (row[x], row[y]) = (moved.x.to_string(), moved.y.to_string());
        }
        writer.write_record(&row).expect("a row");
    }
    folder.write("schools.csv", writer.into_inner().expect("in memory"));
    folder
}

#[test]
fn schools_from_map_apps_beside_blocks_from_surveys_are_recognised() {
    for (shift, name) in [(MapShift::Gcj02, "GCJ-02"), (MapShift::Bd09, "BD-09")] {
        let folder = demo_with_schools(|place| shift.from_wgs84(place));
        let place = Projection::from_epsg(4326).expect("WGS84").to_earth(at(110.7, 28.3)).expect("a place");
        let metres = metres_between(shift.from_wgs84(place), place);
        let found = read_findings(&folder);
        says(&found, "layers-shifted", &["schools lie", " m ", name]);
        let what = find(&found, "layers-shifted").expect("found");
        let said: f64 = what.split_whitespace().nth(2).and_then(|word| word.parse().ok()).expect("metres");
        assert!((said - metres).abs() < 0.25 * metres, "{what}: {metres}");
    }
    let folder = demo_with_schools(|place| MapShift::Gcj02.to_wgs84(place));
    says(&read_findings(&folder), "layers-shifted", &["the blocks look like GCJ-02"]);
}

#[test]
fn schools_in_another_place_are_named_with_distance_and_direction() {
    let found = read_findings(&demo_with_schools(|place| at(place.x + 3.0, place.y)));
    says(&found, "layers-apart", &[" km east", "3°", "zones"]);
    let found = read_findings(&demo_with_schools(|place| at(place.x - 1.3, place.y - 1.3)));
    says(&found, "layers-apart", &[" km south-west", "no usual cause"]);
}

#[test]
fn sound_counties_are_not_suspected() {
    let found = read_findings(&demo_with_schools(|place| place));
    assert!(
        found.iter().all(|finding| !finding["code"].as_str().expect("a code").starts_with("layers-")),
        "{found:#?}"
    );
    for shift in [at(0.0004, 0.0003), at(0.0, -0.0005)] {
        let found = read_findings(&demo_with_schools(|place| place + shift));
        assert_eq!(find(&found, "layers-shifted"), None, "some tens of metres are nothing");
    }
}

#[test]
fn published_counties_are_not_suspected() {
    let (Some(afsap), Some(zhongyuan), Some(gongyi), Some(santa_rosa)) =
        (shared("afsap"), shared("zhongyuan"), shared("gongyi"), shared("santa_rosa"))
    else {
        return;
    };
    let folder = Folder::new();
    let text = |path: std::path::PathBuf| path.to_str().expect("text").to_owned();
    let files = |folder: &std::path::Path, ending: &str| -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| text(entry.path()));
        let mut found: Vec<String> = entries.filter(|name| name.ends_with(ending)).collect();
        found.sort();
        found
    };
    let with = |blocks: &str, schools: &str, crs: &str| {
        findings(&folder, &["--blocks", blocks, "--schools", schools, "--crs", crs])
    };
    for found in [
        with(&files(&zhongyuan, ".shp")[0], &text(afsap.join("zy/zy_13a/schools.csv")), "local"),
        with(
            &text(gongyi.join("gy2_polyon.shp")),
            &text(afsap.join("gy2/gy2_20c/schools.csv")),
            "EPSG:2333 +towgs84=0,0,0",
        ),
        with(&text(afsap.join("gy/gy_38a/blocks.csv")), &text(afsap.join("gy/gy_38a/schools.csv")), "local"),
        with(
            &text(santa_rosa.join("Elementary-Blocks.geojson")),
            &text(santa_rosa.join("School_Locations_Elementary.geojson")),
            "EPSG:4326",
        ),
    ] {
        assert_eq!((find(&found, "layers-shifted"), find(&found, "layers-apart")), (None, None), "{found:#?}");
    }
}
