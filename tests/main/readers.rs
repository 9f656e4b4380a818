//! The same small county in every format, coordinate system and encoding gives the same plan.

use std::sync::OnceLock;

use geo::Coord;
use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject, Position};
use serde_json::json;
use xuequ::model::settings::{Files, LayerSettings, Settings};
use xuequ::model::{Finding, FindingCode, SchoolIndex, Stage};
use xuequ::read::{Reading, read};
use xuequ::space::Projection;

use crate::fixture::{Chance, Folder, Grid, survey};

const GRID: Grid = Grid { columns: 6, rows: 5, side: 310.0 };
const HOMES: [usize; 3] = [7, 16, 26];
const SCHOOL_NAMES: [&str; 3] = ["云川镇中心小学", "白石村小学", "第一实验学校"];
const SEATS: [u32; 3] = [250, 260, 270];

/// The corner of the county in EPSG:4547.
const ORIGIN: Coord<f64> = Coord { x: 430_123.37, y: 3_398_765.41 };

fn pupils(block: usize) -> u32 {
    let mut chance = Chance::new(block as u64 + 400);
    if block % 9 == 4 { 0 } else { 6 + chance.below(35) as u32 }
}

fn block_name(block: usize) -> String {
    format!("{}{}号院", ["望江", "青山", "和平", "张黄"][block % 4], block + 1)
}

fn gate(school: usize) -> Coord<f64> {
    GRID.middle(HOMES[school]) + Coord { x: 21.3, y: -17.9 }
}

/// What coordinates are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    Wgs84,
    Cgcs2000,
    Zone,
    Local,
}

impl System {
    fn place(self, place: Coord<f64>) -> [f64; 2] {
        let place = place + ORIGIN;
        let name = match self {
            System::Wgs84 => "EPSG:4326",
            System::Cgcs2000 => "EPSG:4490",
            System::Zone | System::Local => return [place.x, place.y],
        };
        let zone = Projection::from_text("EPSG:4547").expect("the zone is known");
        let earth = zone.to_earth(place).expect("a place in the zone");
        let system = Projection::from_text(name).expect("the system is known");
        let image = system.from_earth(earth).expect("a place on the earth");
        [image.x, image.y]
    }

    const fn option(self) -> &'static str {
        match self {
            System::Wgs84 => "EPSG:4326",
            System::Cgcs2000 => "EPSG:4490",
            System::Zone => "EPSG:4547",
            System::Local => "local",
        }
    }
}

fn ring(system: System, block: usize) -> Vec<[f64; 2]> {
    GRID.outline(block).0[0].exterior().0.iter().map(|place| system.place(*place)).collect()
}

fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("a header");
    for row in rows {
        writer.write_record(row).expect("rows as long as the header");
    }
    String::from_utf8(writer.into_inner().expect("in memory")).expect("text")
}

fn schools_csv(header: [&str; 5], system: System) -> String {
    table(
        &header,
        (0..3).map(|school| {
            let [x, y] = system.place(gate(school));
            vec![
                format!("S{school}"),
                SCHOOL_NAMES[school].to_owned(),
                x.to_string(),
                y.to_string(),
                SEATS[school].to_string(),
            ]
        }),
    )
}

fn blocks_csv(header: [&str; 5], system: System) -> String {
    table(
        &header,
        (0..GRID.count()).map(|block| {
            let [x, y] = system.place(GRID.middle(block));
            vec![format!("B{block}"), block_name(block), x.to_string(), y.to_string(), pupils(block).to_string()]
        }),
    )
}

const PLANAR: [[&str; 5]; 2] = [["school_id", "name", "x", "y", "capacity"], ["block_id", "name", "x", "y", "pupils"]];
const DEGREES: [[&str; 5]; 2] =
    [["学校编号", "学校名称", "经度", "纬度", "学位"], ["小区编号", "小区名称", "经度", "纬度", "学生数"]];

fn collection(features: impl Iterator<Item = (GeometryValue, serde_json::Value)>) -> String {
    let features = features.map(|(geometry, properties)| {
        let properties: JsonObject = properties.as_object().expect("an object").clone();
        Feature { geometry: Some(Geometry::new(geometry)), properties: Some(properties), ..Feature::default() }
    });
    FeatureCollection { bbox: None, features: features.collect(), foreign_members: None }.to_string()
}

fn schools_geojson(system: System) -> String {
    collection((0..3).map(|school| {
        let coordinates = Position::from(system.place(gate(school)));
        let properties =
            json!({"school_id": format!("S{school}"), "name": SCHOOL_NAMES[school], "seats": SEATS[school]});
        (GeometryValue::Point { coordinates }, properties)
    }))
}

fn blocks_geojson(system: System) -> String {
    collection((0..GRID.count()).map(|block| {
        let ring: Vec<Position> = ring(system, block).into_iter().map(Position::from).collect();
        let properties = json!({"编号": format!("B{block}"), "小区名称": block_name(block), "学生数": pupils(block)});
        (GeometryValue::Polygon { coordinates: vec![ring] }, properties)
    }))
}

/// An attribute table as old programs write it: every column of characters, in the encoding and with the language byte
/// that are asked for.
pub(crate) fn dbf(
    columns: &[&str],
    rows: &[Vec<String>],
    encoding: &'static encoding_rs::Encoding,
    language_byte: u8,
) -> Vec<u8> {
    const WIDTH: usize = 40;
    let encode = |text: &str| encoding.encode(text).0.into_owned();
    let header_length = 32 + 32 * columns.len() + 1;
    let mut bytes = vec![0x03, 126, 1, 1];
    bytes.extend(u32::try_from(rows.len()).expect("few rows").to_le_bytes());
    bytes.extend(u16::try_from(header_length).expect("few columns").to_le_bytes());
    bytes.extend(u16::try_from(1 + WIDTH * columns.len()).expect("few columns").to_le_bytes());
    bytes.extend([0; 20]);
    bytes[29] = language_byte;
    for column in columns {
        let mut field = encode(column);
        assert!(field.len() <= 10, "{column} is too long for a column name");
        field.resize(11, 0);
        field.push(b'C');
        field.extend([0; 4]);
        field.push(u8::try_from(WIDTH).expect("narrow"));
        field.resize(32, 0);
        bytes.extend(field);
    }
    bytes.push(0x0D);
    for row in rows {
        bytes.push(b' ');
        for cell in row {
            let mut cell = encode(cell);
            cell.resize(WIDTH, b' ');
            bytes.extend(cell);
        }
    }
    bytes.push(0x1A);
    bytes
}

/// The text that says what a Shapefile's coordinates are, as Esri's programs write it.
fn prj(system: System) -> Option<&'static str> {
    match system {
        System::Wgs84 => Some(
            r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#,
        ),
        System::Zone => Some(
            r#"PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#,
        ),
        System::Cgcs2000 | System::Local => None,
    }
}

/// How the text of a Shapefile's table is written and whether it says so.
#[derive(Clone, Copy, Debug)]
enum Text {
    Utf8WithCpg,
    GbkWithLanguageByte,
    GbkUnstated,
}

fn write_shapefiles(folder: &Folder, system: System, text: Text) {
    use shapefile::record::polygon::PolygonRing;
    let point = |[x, y]: [f64; 2]| shapefile::Point::new(x, y);
    let gates: Vec<shapefile::Point> = (0..3).map(|school| point(system.place(gate(school)))).collect();
    let outlines: Vec<shapefile::Polygon> = (0..GRID.count())
        .map(|block| {
            let ring = ring(system, block).into_iter().map(point).collect();
            shapefile::Polygon::new(PolygonRing::Outer(ring))
        })
        .collect();
    let writer = |name: &str| shapefile::ShapeWriter::from_path(folder.path(name)).expect("a shape file");
    writer("schools.shp").write_shapes(&gates).expect("points are written");
    writer("blocks.shp").write_shapes(&outlines).expect("outlines are written");
    let (encoding, language_byte) = match text {
        Text::Utf8WithCpg => (encoding_rs::UTF_8, 0),
        Text::GbkWithLanguageByte => (encoding_rs::GBK, 0x4D),
        Text::GbkUnstated => (encoding_rs::GBK, 0),
    };
    let schools: Vec<Vec<String>> = (0..3)
        .map(|school| vec![format!("S{school}"), SCHOOL_NAMES[school].to_owned(), SEATS[school].to_string()])
        .collect();
    let blocks: Vec<Vec<String>> = (0..GRID.count())
        .map(|block| vec![format!("B{block}"), block_name(block), pupils(block).to_string()])
        .collect();
    folder.write("schools.dbf", dbf(&["编号", "校名", "学位"], &schools, encoding, language_byte));
    folder.write("blocks.dbf", dbf(&["编号", "小区", "学生数"], &blocks, encoding, language_byte));
    for layer in ["schools", "blocks"] {
        if let Text::Utf8WithCpg = text {
            folder.write(&format!("{layer}.cpg"), "UTF-8");
        }
        if let Some(prj) = prj(system) {
            folder.write(&format!("{layer}.prj"), prj);
        }
    }
}

/// Writes the layers as Shapefiles in a zone, with all the files beside them.
pub(crate) fn write_shapefiles_in_zone(folder: &Folder) {
    write_shapefiles(folder, System::Zone, Text::Utf8WithCpg);
}

/// The text of a `.prj` file of a zone.
pub(crate) fn prj_in_zone() -> &'static str {
    prj(System::Zone).expect("a zone has its text")
}

/// The plan of the county from plain tables in plain metres.
fn expected() -> &'static Vec<Vec<String>> {
    static EXPECTED: OnceLock<Vec<Vec<String>>> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let folder = Folder::new();
        folder.write("schools.csv", schools_csv(PLANAR[0], System::Local));
        folder.write("blocks.csv", blocks_csv(PLANAR[1], System::Local));
        folder.plan("out", &["--schools", "schools.csv", "--blocks", "blocks.csv", "--crs", "local"]);
        let rows = folder.table("out/assignment.csv");
        assert_eq!(rows.len(), 1 + GRID.count());
        let used: std::collections::BTreeSet<&str> = rows[1..].iter().map(|row| row[3].as_str()).collect();
        assert_eq!(used, ["S0", "S1", "S2"].into(), "each school has a catchment");
        rows
    })
}

#[track_caller]
fn same_plan(folder: &Folder, arguments: &[&str]) {
    folder.plan("out", arguments);
    let found = folder.table("out/assignment.csv");
    for (found, expected) in found.iter().zip(expected()) {
        assert_eq!(found, expected, "{arguments:?}");
    }
    assert_eq!(found.len(), expected().len());
}

#[test]
fn tables_in_degrees_or_in_a_zone_give_the_plan_of_plain_metres() {
    for system in [System::Wgs84, System::Cgcs2000, System::Zone] {
        let folder = Folder::new();
        let header = if system == System::Zone { PLANAR } else { DEGREES };
        folder.write("schools.csv", schools_csv(header[0], system));
        folder.write("blocks.csv", blocks_csv(header[1], system));
        same_plan(&folder, &["--schools", "schools.csv", "--blocks", "blocks.csv", "--crs", system.option()]);
    }
}

#[test]
fn geojson_gives_the_plan_of_plain_tables() {
    for (system, told) in [(System::Wgs84, false), (System::Zone, true), (System::Local, true)] {
        let folder = Folder::new();
        folder.write("schools.geojson", schools_geojson(system));
        folder.write("blocks.geojson", blocks_geojson(system));
        let mut arguments = vec!["--schools", "schools.geojson", "--blocks", "blocks.geojson"];
        if told {
            arguments.extend(["--crs", system.option()]);
        }
        same_plan(&folder, &arguments);
    }
}

#[test]
fn shapefiles_give_the_plan_of_plain_tables() {
    let cases = [
        (System::Wgs84, Text::Utf8WithCpg, false),
        (System::Zone, Text::GbkWithLanguageByte, false),
        (System::Cgcs2000, Text::GbkUnstated, true),
        (System::Local, Text::Utf8WithCpg, true),
    ];
    for (system, text, told) in cases {
        let folder = Folder::new();
        write_shapefiles(&folder, system, text);
        let mut arguments = vec!["--schools", "schools.shp", "--blocks", "blocks.shp"];
        if told {
            arguments.extend(["--crs", system.option()]);
        }
        same_plan(&folder, &arguments);
    }
}

#[test]
fn layers_of_different_formats_and_systems_go_together() {
    let folder = Folder::new();
    folder.write("schools.csv", schools_csv(DEGREES[0], System::Wgs84));
    write_shapefiles(&folder, System::Zone, Text::Utf8WithCpg);
    same_plan(&folder, &["--schools", "schools.csv", "--blocks", "blocks.shp"]);
}

#[test]
fn columns_with_names_of_their_own_are_told_with_an_option() {
    let folder = Folder::new();
    folder.write("schools.csv", schools_csv(["key", "title", "right", "up", "rooms"], System::Local));
    folder.write("blocks.csv", blocks_csv(["key", "title", "right", "up", "kids"], System::Local));
    let columns = [
        "schools.id=key",
        "schools.name=title",
        "schools.x=right",
        "schools.y=up",
        "schools.capacity=rooms",
        "blocks.id=key",
        "blocks.name=title",
        "blocks.x=right",
        "blocks.y=up",
        "blocks.pupils=kids",
    ];
    let mut arguments = vec!["--schools", "schools.csv", "--blocks", "blocks.csv", "--crs", "local"];
    let without = folder.run(&[&["check"], arguments.as_slice()].concat());
    assert_eq!(without.code, Some(3), "nobody can know these columns: {}", without.output);
    for column in columns {
        arguments.extend(["--column", column]);
    }
    same_plan(&folder, &arguments);
}

/// Reads two tables with the settings as they are by default.
fn read_tables(folder: &Folder, schools: &str, blocks: &str, change: impl FnOnce(&mut Settings)) -> Reading {
    let mut settings = Settings::default();
    settings.schools.file = Files::One(schools.to_owned());
    settings.blocks.file = Files::One(blocks.to_owned());
    settings.project.crs = Some("local".to_owned());
    change(&mut settings);
    read(&settings, &folder.path("")).expect("the files can be read")
}

fn has(findings: &[Finding], code: FindingCode) -> bool {
    findings.iter().any(|finding| finding.code == code)
}

#[track_caller]
fn same_names(reading: &Reading) {
    assert!(reading.can_be_planned(), "{:?}", reading.findings);
    let schools: Vec<&str> = reading.county.schools.iter().map(|school| school.name.as_str()).collect();
    assert_eq!(schools, SCHOOL_NAMES);
    for (number, block) in reading.county.blocks.iter().enumerate() {
        assert_eq!(
            (block.id.as_str(), block.name.as_str()),
            (format!("B{number}").as_str(), block_name(number).as_str())
        );
        assert_eq!(block.pupils[Stage::All], pupils(number));
    }
    assert_eq!(reading.county.blocks.len(), GRID.count());
}

type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;

#[test]
fn tables_in_any_chinese_encoding_read_the_same() {
    let header = [["编号", "校名", "x", "y", "学位数"], ["编号", "小区名称", "x", "y", "适龄儿童数"]];
    let texts = [schools_csv(header[0], System::Local), blocks_csv(header[1], System::Local)];
    let utf16 = |text: &str| {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let cases: [(&str, Encode<'_>, bool); 4] = [
        ("UTF-8", &|text| text.as_bytes().to_vec(), false),
        ("UTF-8 with a byte-order mark", &|text| format!("\u{feff}{text}").into_bytes(), false),
        ("GBK", &|text| encoding_rs::GBK.encode(text).0.into_owned(), true),
        ("UTF-16 with a byte-order mark", &utf16, false),
    ];
    for (name, encode, guessed) in cases {
        let folder = Folder::new();
        folder.write("schools.csv", encode(&texts[0]));
        folder.write("blocks.csv", encode(&texts[1]));
        let reading = read_tables(&folder, "schools.csv", "blocks.csv", |_| {});
        same_names(&reading);
        assert_eq!(has(&reading.findings, FindingCode::EncodingGuessed), guessed, "{name}: guesses are said");
    }
}

#[test]
fn a_stated_encoding_is_no_guess() {
    let folder = Folder::new();
    let encode = |text: String| encoding_rs::GBK.encode(&text).0.into_owned();
    folder.write("schools.csv", encode(schools_csv(PLANAR[0], System::Local)));
    folder.write("blocks.csv", encode(blocks_csv(PLANAR[1], System::Local)));
    let reading = read_tables(&folder, "schools.csv", "blocks.csv", |settings| {
        settings.schools.encoding = Some("GBK".to_owned());
        settings.blocks.encoding = Some("cp936".to_owned());
    });
    same_names(&reading);
    assert!(!has(&reading.findings, FindingCode::EncodingGuessed));
}

#[test]
fn tables_of_shapefiles_read_the_same_in_any_encoding() {
    for (text, guessed) in [(Text::Utf8WithCpg, false), (Text::GbkWithLanguageByte, false), (Text::GbkUnstated, true)] {
        let folder = Folder::new();
        write_shapefiles(&folder, System::Local, text);
        let reading = read_tables(&folder, "schools.shp", "blocks.shp", |_| {});
        same_names(&reading);
        assert_eq!(has(&reading.findings, FindingCode::EncodingGuessed), guessed, "{text:?}: guesses are said");
    }
}

fn write_local_tables(folder: &Folder) {
    folder.write("schools.csv", schools_csv(PLANAR[0], System::Local));
    folder.write("blocks.csv", blocks_csv(PLANAR[1], System::Local));
}

/// Today's schools by name: each block the nearest in a row, one spelt wrongly.
fn existing_csv() -> String {
    table(
        &["小区", "学校名称"],
        (0..GRID.count()).map(|block| {
            let school = block * 3 / GRID.count();
            let name = if school == 1 { "白石村小学校" } else { SCHOOL_NAMES[school] };
            vec![block_name(block), name.to_owned()]
        }),
    )
}

#[test]
fn an_existing_scheme_by_names_is_compared_with() {
    let folder = Folder::new();
    write_local_tables(&folder);
    folder.write("existing.csv", existing_csv());
    let reading = read_tables(&folder, "schools.csv", "blocks.csv", |settings| {
        settings.existing =
            Some(LayerSettings { file: Files::One("existing.csv".to_owned()), ..LayerSettings::default() });
        settings.schools.aliases.insert("白石村小学校".to_owned(), SCHOOL_NAMES[1].to_owned());
    });
    let today = reading.county.existing.school_of[Stage::All].as_ref().expect("there is a scheme");
    let expected: Vec<usize> = (0..GRID.count()).map(|block| block * 3 / GRID.count()).collect();
    assert_eq!(today.iter().map(|school| school.map_or(9, SchoolIndex::get)).collect::<Vec<_>>(), expected);
    assert!(!has(&reading.findings, FindingCode::ExistingSchoolUnknown), "the other spelling is told");
}

#[test]
fn a_misspelt_school_of_the_existing_scheme_comes_with_a_suggestion() {
    let folder = Folder::new();
    write_local_tables(&folder);
    folder.write("existing.csv", existing_csv());
    let arguments =
        ["--schools", "schools.csv", "--blocks", "blocks.csv", "--existing", "existing.csv", "--crs", "local"];
    for language in ["en", "zh-CN"] {
        let run = folder.run(&[&["check", "--json", "--lang", language], arguments.as_slice()].concat());
        assert_eq!(run.code, Some(1), "{}", run.errors);
        let findings = run.json();
        let findings = findings["findings"].as_array().expect("a list").clone();
        let unknown: Vec<_> = findings.iter().filter(|finding| finding["code"] == "existing-school-unknown").collect();
        assert_eq!(unknown.len(), 1, "one for the name, not one a block: {unknown:?}");
        let what = unknown[0]["what"].as_str().expect("a text");
        assert!(what.contains("白石村小学校") && what.contains("“白石村小学”"), "{what}");
        assert!(what.contains("10"), "ten blocks name it: {what}");
    }
}

const STAGE_SCHOOLS: [(&str, &str, usize, &str, &str); 4] = [
    ("P1", "小学", 7, "260", ""),
    ("P2", "小学", 16, "260", ""),
    ("J1", "初中", 8, "", "210"),
    ("N1", "九年一贯制", 26, "280", "210"),
];

fn write_stage_tables(folder: &Folder) {
    let schools = STAGE_SCHOOLS.map(|(id, stage, cell, primary, junior)| {
        let [x, y] = System::Local.place(GRID.middle(cell) + Coord { x: 20.0, y: 10.0 });
        [id, &format!("{id}学校"), stage, &x.to_string(), &y.to_string(), primary, junior].map(str::to_owned).to_vec()
    });
    folder.write("schools.csv", table(&["学校编号", "学校名称", "学段", "x", "y", "小学学位", "初中学位"], schools));
    let blocks = (0..GRID.count()).map(|block| {
        let [x, y] = System::Local.place(GRID.middle(block));
        vec![
            format!("B{block}"),
            block_name(block),
            x.to_string(),
            y.to_string(),
            pupils(block).to_string(),
            (pupils(block) / 2).to_string(),
        ]
    });
    folder.write("blocks.csv", table(&["小区编号", "小区名称", "x", "y", "小学生数", "初中生数"], blocks));
}

#[test]
fn each_stage_is_planned_on_its_own_and_locks_hold_in_theirs() {
    let folder = Folder::new();
    write_stage_tables(&folder);
    // Block 6 stands beside the school P1, yet is promised to the nine-year school further off, in the primary stage only.
    folder.write("locks.csv", "类型,对象,目标,学段,理由\n小区,B20,N1,小学,配建协议\n");
    folder
        .plan("out", &["--schools", "schools.csv", "--blocks", "blocks.csv", "--locks", "locks.csv", "--crs", "local"]);
    let rows = folder.table("out/assignment.csv");
    for (stage, serving) in [("primary", ["P1", "P2", "N1"].as_slice()), ("junior", &["J1", "N1"])] {
        let of_stage: Vec<&Vec<String>> = rows[1..].iter().filter(|row| row[0] == stage).collect();
        assert_eq!(of_stage.len(), GRID.count(), "every block once in {stage}");
        let schools: std::collections::BTreeSet<&str> = of_stage.iter().map(|row| row[3].as_str()).collect();
        assert_eq!(schools, serving.iter().copied().collect(), "{stage}");
        let locked: Vec<(&str, &str)> =
            of_stage.iter().filter(|row| row[8] == "yes").map(|row| (row[1].as_str(), row[3].as_str())).collect();
        let expected: &[(&str, &str)] = if stage == "primary" { &[("B20", "N1")] } else { &[] };
        assert_eq!(locked, expected, "{stage}");
    }
    let evaluation = folder.json("out/evaluation.json");
    let pupils_of = |stage: usize| evaluation["stages"][stage]["pupils"].as_u64();
    assert_eq!(pupils_of(0), Some((0..GRID.count()).map(|block| u64::from(pupils(block))).sum()));
    assert_eq!(pupils_of(1), Some((0..GRID.count()).map(|block| u64::from(pupils(block) / 2)).sum()));
    assert!(folder.path("out/map-junior.svg").exists(), "a sheet for each stage");
}

#[test]
fn seats_from_the_existing_scheme_are_rounded_up_and_said() {
    let folder = Folder::new();
    folder.write("blocks.csv", blocks_csv(PLANAR[1], System::Local));
    let without_seats = table(
        &["school_id", "name", "x", "y"],
        (0..3).map(|school| {
            let [x, y] = System::Local.place(gate(school));
            vec![format!("S{school}"), SCHOOL_NAMES[school].to_owned(), x.to_string(), y.to_string()]
        }),
    );
    folder.write("schools.csv", without_seats);
    folder.write("existing.csv", existing_csv().replace("白石村小学校", SCHOOL_NAMES[1]));
    let settings = |settings: &mut Settings| {
        settings.existing =
            Some(LayerSettings { file: Files::One("existing.csv".to_owned()), ..LayerSettings::default() });
    };
    let refused = read_tables(&folder, "schools.csv", "blocks.csv", settings);
    assert!(!refused.can_be_planned(), "schools without seats cannot be planned");
    let reading = read_tables(&folder, "schools.csv", "blocks.csv", |chosen| {
        settings(chosen);
        chosen.schools.seats_from_existing = Some(1.2);
    });
    assert!(reading.can_be_planned(), "{:?}", reading.findings);
    assert!(has(&reading.findings, FindingCode::SeatsFromExisting));
    for (school, found) in reading.county.schools.iter().enumerate() {
        let today: u32 = (0..GRID.count()).filter(|block| block * 3 / GRID.count() == school).map(pupils).sum();
        let expected = (f64::from(today) * 1.2).ceil() as u32;
        assert_eq!(found.seats[Stage::All], Some(expected), "{}", found.name);
    }
}

#[test]
fn cells_around_points_fill_the_area_whichever_way_its_rings_run() {
    let low = Coord { x: 0.0, y: 0.0 };
    let high = Coord { x: GRID.columns as f64 * GRID.side, y: GRID.rows as f64 * GRID.side };
    let outside = Coord { x: 150.0, y: 150.0 };
    let corner = |x: f64, y: f64| Coord { x, y } + ORIGIN;
    let ring = |low: Coord<f64>, high: Coord<f64>| {
        vec![
            corner(low.x, low.y),
            corner(high.x, low.y),
            corner(high.x, high.y),
            corner(low.x, high.y),
            corner(low.x, low.y),
        ]
    };
    let middle = Coord { x: high.x / 2.0, y: high.y };
    // Two towns side by side, with the country around as far as 150 m beyond the outermost points.
    let towns = [ring(low - outside, middle + outside), ring(Coord { x: middle.x + 150.0, y: -150.0 }, high + outside)];
    let area = (high.x + 300.0) * (high.y + 300.0);
    for reversed in [false, true] {
        let folder = Folder::new();
        write_local_tables(&folder);
        folder.write(
            "areas.geojson",
            collection(towns.iter().cloned().enumerate().map(|(number, mut ring)| {
                if reversed {
                    ring.reverse();
                }
                let ring = ring.into_iter().map(|place| Position::from([place.x, place.y])).collect();
                (GeometryValue::Polygon { coordinates: vec![ring] }, json!({"name": format!("Town {number}")}))
            })),
        );
        let reading = read_tables(&folder, "schools.csv", "blocks.csv", |settings| {
            settings.areas =
                Some(LayerSettings { file: Files::One("areas.geojson".to_owned()), ..LayerSettings::default() });
        });
        assert!(reading.can_be_planned(), "{:?}", reading.findings);
        let ground = survey(&reading.county);
        let cells: f64 = ground.coverage.outlines().iter().map(geo::Area::unsigned_area).sum();
        assert!((cells / area - 1.0).abs() < 1e-6, "rings reversed: {reversed}; {cells} m² of {area} m²");
        assert!((0..GRID.count()).all(|block| !ground.adjacency.neighbours(block).is_empty()));
    }
}

#[test]
fn an_existing_scheme_may_call_its_columns_as_the_layers_do() {
    let folder = Folder::new();
    write_local_tables(&folder);
    // A layer of blocks with this header is understood, so a table of today's schools with it should be as well.
    folder.write("existing.csv", existing_csv().replace("小区,", "小区名称,").replace("白石村小学校", SCHOOL_NAMES[1]));
    let reading = read_tables(&folder, "schools.csv", "blocks.csv", |settings| {
        settings.existing =
            Some(LayerSettings { file: Files::One("existing.csv".to_owned()), ..LayerSettings::default() });
    });
    assert!(!has(&reading.findings, FindingCode::ColumnMissing), "{:?}", reading.findings);
    assert!(reading.county.existing.school_of[Stage::All].is_some());
}
