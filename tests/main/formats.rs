//! Every format comes back equal, opens in GDAL, and gives the same plan; what is no table is refused by its name.

use std::io::Write;
use std::process::{Command, Stdio};

use geo::{Coord, MultiPolygon, Polygon};
use xuequ::model::{Finding, FindingCode};
use xuequ::publish::{ExportFormat, ExportOptions, export};
use xuequ::read::{Shape, Table, open_table};
use xuequ::space::SystemDescription;

use crate::fixture::{Folder, Grid};

const GRID: Grid = Grid { columns: 5, rows: 4, side: 0.003 };

fn is_here(format: ExportFormat) -> bool {
    format != ExportFormat::GeoPackage || cfg!(feature = "geopackage")
}

/// Formats that hold shapes, with the ending of the file that is opened.
fn layered() -> Vec<(ExportFormat, &'static str)> {
    let all = [
        (ExportFormat::GeoJson, "layer.geojson"),
        (ExportFormat::Shapefile, "layer.shp"),
        (ExportFormat::GeoPackage, "layer.gpkg"),
        (ExportFormat::FlatGeobuf, "layer.fgb"),
        (ExportFormat::GeoParquet, "layer.parquet"),
    ];
    all.into_iter().filter(|(format, _)| is_here(*format)).collect()
}

/// Two outlines, one with a hole and one in two parts, and a row without a shape; text, numbers and marks, some missing.
const LAYER: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"编号":"007","name":"张黄镇, “甲”","pupils":12,"ratio":0.25,"open":true},"geometry":{"type":"Polygon","coordinates":[[[109.5,22.2],[109.6,22.2],[109.6,22.3],[109.5,22.3],[109.5,22.2]],[[109.53,22.23],[109.53,22.26],[109.56,22.26],[109.56,22.23],[109.53,22.23]]]}},
{"type":"Feature","properties":{"编号":"1.10","name":null,"pupils":-3,"ratio":null,"open":false},"geometry":{"type":"MultiPolygon","coordinates":[[[[109.7,22.2],[109.8,22.2],[109.8,22.3],[109.7,22.2]]],[[[109.9,22.2],[110.0,22.2],[110.0,22.3],[109.9,22.2]]]]}},
{"type":"Feature","properties":{"编号":"3601000012","name":"丙","pupils":null,"ratio":-1234.5,"open":null},"geometry":null}]}"#;

fn open(folder: &Folder, name: &str) -> (Table, Vec<Finding>) {
    let mut findings = Vec::new();
    let table = open_table(&folder.path(name), name, None, &mut findings).unwrap_or_else(|fault| panic!("{fault}"));
    (table, findings)
}

fn layer(folder: &Folder) -> Table {
    folder.write("source.geojson", LAYER);
    open(folder, "source.geojson").0
}

fn write(folder: &Folder, table: &Table, format: ExportFormat, options: &ExportOptions) -> Vec<Finding> {
    let tables = [("layer".to_owned(), table.clone())];
    let exported = export(&tables, "layer", format, options).unwrap_or_else(|fault| panic!("{fault}"));
    let again = export(&tables, "layer", format, options).expect("what was written once");
    assert_eq!(exported.files, again.files, "{format:?}: the same bytes");
    for (name, bytes) in &exported.files {
        folder.write(name, bytes);
    }
    exported.findings
}

/// Rings as sets of places from the least one on, in one direction: formats turn rings as they like.
fn plain(shape: Option<&Shape>) -> Vec<Vec<(u64, u64)>> {
    let Some(Shape::Outline(outline)) = shape else { return Vec::new() };
    let ring = |line: &geo::LineString<f64>| {
        let mut places: Vec<(u64, u64)> =
            line.0[1..].iter().map(|place| (place.x.to_bits(), place.y.to_bits())).collect();
        places.sort_unstable();
        places
    };
    let rings = outline.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings.map(ring).collect()
}

fn is_same_number(one: &str, other: &str) -> bool {
    one.parse::<f64>().ok().zip(other.parse::<f64>().ok()).is_some_and(|(one, other)| one == other)
}

#[track_caller]
fn assert_equal(found: &Table, expected: &Table, name: &str) {
    assert_eq!(found.row_count(), expected.row_count(), "{name}");
    for (position, column) in expected.columns.iter().enumerate() {
        let own = found.columns.iter().position(|own| own == column || column.starts_with(own.as_str()));
        let own = own.unwrap_or_else(|| panic!("{name}: no column {column} in {:?}", found.columns));
        let is_text = position < 2;
        for row in 0..expected.row_count() {
            let (one, other) = (found.cell(row, own), expected.cell(row, position));
            assert!(one == other || !is_text && is_same_number(one, other), "{name}: {column}: {one} for {other}");
        }
    }
    for (found, expected) in found.shapes.iter().zip(expected.shapes.iter()) {
        assert_eq!(plain(found.as_ref()), plain(expected.as_ref()), "{name}");
    }
}

/// What `ogrinfo` says of a file; `None` where there is none. It must be there where the shared data must.
fn ogrinfo(folder: &Folder, name: &str) -> Option<String> {
    let output = Command::new("ogrinfo").args(["-so", "-al"]).arg(folder.path(name)).output();
    let Ok(output) = output else {
        let required = std::env::var("XUEQU_REQUIRE_SHARED").is_ok_and(|value| value == "1");
        assert!(!required, "ogrinfo is absent, and it is required");
        writeln!(std::io::stderr(), "ogrinfo absent: {name} not opened").expect("messages can be written");
        return None;
    };
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn every_format_of_layers_comes_back_equal() {
    let folder = Folder::new();
    let table = layer(&folder);
    for (format, name) in layered() {
        write(&folder, &table, format, &ExportOptions::default());
        let (found, findings) = open(&folder, name);
        assert_equal(&found, &table, name);
        assert!(!findings.iter().any(|finding| finding.code == FindingCode::EncodingGuessed), "{name}");
    }
}

#[test]
fn every_format_of_layers_opens_in_gdal() {
    let folder = Folder::new();
    let table = layer(&folder);
    for (format, name) in layered() {
        // Debian's GDAL is built without Parquet.
        if format == ExportFormat::GeoParquet {
            continue;
        }
        for crs in [None, SystemDescription::of_epsg(4545)] {
            if crs.is_some() && format == ExportFormat::GeoJson {
                continue;
            }
            write(&folder, &table, format, &ExportOptions { crs, ..ExportOptions::default() });
            let Some(said) = ogrinfo(&folder, name) else { return };
            assert!(said.contains("Feature Count: 3"), "{name}: {said}");
            // GeoJSON has no kind for a layer, and this one has two.
            assert!(said.contains("Polygon") || format == ExportFormat::GeoJson, "{name}: {said}");
            let code = if crs.is_some() { "ID[\"EPSG\",4545]" } else { "ID[\"EPSG\",4326]" };
            assert!(said.contains(code), "{name}: {said}");
        }
    }
    write(&folder, &table, ExportFormat::Xlsx, &ExportOptions::default());
    if let Some(said) = ogrinfo(&folder, "layer.xlsx") {
        assert!(said.contains("Feature Count: 3") && said.contains("编号: String"), "{said}");
    }
}

#[test]
fn coordinates_in_a_zone_are_those_of_the_zone() {
    let folder = Folder::new();
    let table = layer(&folder);
    let zone = xuequ::space::Projection::from_epsg(4545).expect("a known zone");
    let expected = zone.from_earth(Coord { x: 109.5, y: 22.2 }).expect("a place in it");
    for (format, name) in layered().into_iter().filter(|(format, _)| *format != ExportFormat::GeoJson) {
        let options = ExportOptions { crs: SystemDescription::of_epsg(4545), gbk: false };
        let findings = write(&folder, &table, format, &options);
        assert!(findings.iter().any(|finding| finding.code == FindingCode::CrsConverted), "{name}");
        let (found, _) = open(&folder, name);
        let Some(Shape::Outline(outline)) = found.shapes.get(0) else { panic!("{name}: an outline") };
        let near =
            outline.0[0].exterior().0.iter().any(|place| (*place - expected).x.hypot((*place - expected).y) < 1e-3);
        assert!(near, "{name}: {outline:?}");
        let stated = found.crs.expect("the system is stated");
        let read = xuequ::space::Projection::from_text(&stated).expect("the system is known");
        let again = read.from_earth(Coord { x: 109.5, y: 22.2 }).expect("a place in it");
        assert!((again - expected).x.hypot((again - expected).y) < 1e-3, "{name}: {stated}");
    }
}

#[test]
fn tables_come_back_from_xlsx_and_csv() {
    let folder = Folder::new();
    let text = "\u{feff}school_id,name,pupils,metres,note\n007,甲校,12,123.0,\n3601000012,乙校,7,0.5,\"a\nb\"\n";
    folder.write("source.csv", text);
    let (table, _) = open(&folder, "source.csv");
    for (format, name) in [(ExportFormat::Xlsx, "layer.xlsx"), (ExportFormat::Csv, "layer.csv")] {
        write(&folder, &table, format, &ExportOptions::default());
        assert_equal(&open(&folder, name).0, &table, name);
    }
}

#[test]
fn shapefiles_say_what_they_shorten() {
    let folder = Folder::new();
    let long = "很长的说明".repeat(60);
    let columns =
        format!("{{\"学校标识码\":\"1\",\"distance_m_primary\":1.5,\"distance_m_junior\":2.5,\"说明\":\"{long}\"}}");
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{columns},\
         \"geometry\":{{\"type\":\"Point\",\"coordinates\":[109.5,22.2]}}}}]}}"
    );
    folder.write("source.geojson", text);
    let (table, _) = open(&folder, "source.geojson");
    for gbk in [false, true] {
        let findings = write(&folder, &table, ExportFormat::Shapefile, &ExportOptions { crs: None, gbk });
        assert!(findings.iter().any(|finding| finding.code == FindingCode::TextShortened));
        let (found, told) = open(&folder, "layer.shp");
        let first = if gbk { "学校标识码" } else { "学校标" };
        assert_eq!(found.columns, [first, "distance_m", "distance_1", "说明"]);
        assert!(!told.iter().any(|finding| finding.code == FindingCode::EncodingBroken));
        assert!(long.starts_with(found.cell(0, 3)) && found.cell(0, 3).len() > 200);
        assert!(folder.text("layer-long-text.csv").contains(&long), "nothing is lost");
        assert!(folder.text("layer-fields.csv").contains("distance_1,distance_m_junior,real"));
    }
}

/// A county of points for schools and outlines for blocks, as `GeoJSON` in degrees.
fn county(folder: &Folder) {
    let corner = |cell: usize| GRID.corner(cell) + Coord { x: 109.5, y: 22.2 };
    let feature = |properties: String, geometry: String| {
        format!("{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{geometry}}}")
    };
    let blocks = (0..GRID.count()).map(|cell| {
        let (low, side) = (corner(cell), GRID.side);
        let ring = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
            .map(|(x, y)| format!("[{:.6},{:.6}]", low.x + x, low.y + y));
        let properties = format!("\"block_id\":\"{cell:03}\",\"name\":\"小区{cell}\",\"pupils\":{}", 5 + cell % 4);
        feature(properties, format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", ring.join(",")))
    });
    let schools = [3, 11, 17].map(|cell| {
        let place = corner(cell) + Coord { x: 0.001, y: 0.0013 };
        let properties = format!("\"school_id\":\"0{cell}\",\"name\":\"学校{cell}\",\"capacity\":60");
        feature(properties, format!("{{\"type\":\"Point\",\"coordinates\":[{:.6},{:.6}]}}", place.x, place.y))
    });
    let collection =
        |features: Vec<String>| format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(",\n"));
    folder.write("blocks.geojson", collection(blocks.collect()));
    folder.write("schools.geojson", collection(schools.to_vec()));
}

#[test]
fn the_same_blocks_in_every_format_give_the_same_plan() {
    let folder = Folder::new();
    county(&folder);
    folder.plan("out", &["--schools", "schools.geojson", "--blocks", "blocks.geojson"]);
    let expected = folder.table("out/assignment.csv");
    assert_eq!(expected.len(), 1 + GRID.count());
    let formats = [("shapefile", "shp"), ("flatgeobuf", "fgb"), ("geoparquet", "parquet"), ("geopackage", "gpkg")];
    for (format, ending) in formats {
        if format == "geopackage" && !cfg!(feature = "geopackage") {
            continue;
        }
        let run = folder.run(&["export", "blocks.geojson", "schools.geojson", "--format", format, "-o", format]);
        assert_eq!(run.code, Some(0), "{}", run.errors);
        let file = |layer: &str| match ending {
            "gpkg" => format!("{format}/layers.gpkg#{layer}"),
            _ => format!("{format}/{layer}.{ending}"),
        };
        let out = format!("out-{format}");
        folder.plan(&out, &["--schools", &file("schools"), "--blocks", &file("blocks")]);
        assert_eq!(folder.table(&format!("{out}/assignment.csv")), expected, "{format}");
        let verified = folder.run(&["verify", &out]);
        assert_eq!(verified.code, Some(0), "{format}: {}{}", verified.output, verified.errors);
    }
}

#[test]
fn a_table_may_come_from_the_standard_input() {
    let folder = Folder::new();
    county(&folder);
    folder.plan("out", &["--schools", "schools.geojson", "--blocks", "blocks.geojson"]);
    let piped = |arguments: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xuequ"))
            .args(arguments)
            .current_dir(folder.path("."))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let bytes = folder.read("blocks.geojson");
        child.stdin.take().expect("a pipe").write_all(&bytes).expect("the program reads");
        child.wait().expect("the program ends").code()
    };
    let code = piped(&["plan", "--schools", "schools.geojson", "--blocks", "-", "-o", "piped"]);
    assert!(matches!(code, Some(0 | 1)), "{code:?}");
    assert_eq!(folder.table("piped/assignment.csv"), folder.table("out/assignment.csv"));
    assert_eq!(piped(&["verify", "piped"]), Some(0), "the second opinion reads it again");
}

/// A ZIP file of some files, with their names in GBK and no mark that says so.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file begins");
        writer.write_all(bytes).expect("a file is packed");
    }
    writer.finish().expect("an archive ends").into_inner()
}

#[test]
fn packed_files_are_read_by_what_is_in_them() {
    let folder = Folder::new();
    let table = layer(&folder);
    write(&folder, &table, ExportFormat::Shapefile, &ExportOptions::default());
    let parts: Vec<(String, Vec<u8>)> = ["shp", "dbf", "cpg", "prj"]
        .map(|ending| (format!("数据/layer.{ending}"), folder.read(&format!("layer.{ending}"))))
        .to_vec();
    let mut files: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    folder.write("layer.zip", zip(&files));
    // A name that says something else is said.
    folder.write("layer.json", zip(&files));
    for name in ["layer.zip", "layer.json"] {
        let (found, findings) = open(&folder, name);
        assert_equal(&found, &table, name);
        assert_eq!(findings.iter().any(|finding| finding.code == FindingCode::FormatDiffers), name == "layer.json");
    }
    files.push(("数据/other.csv", b"a,b\n1,2\n"));
    folder.write("two.zip", zip(&files));
    let (_, findings) = open(&folder, "two.zip");
    assert!(findings.iter().any(|finding| finding.code == FindingCode::PartChosen), "two tables are in it");
    assert_eq!(open(&folder, "two.zip#other").0.columns, ["a", "b"]);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(LAYER.as_bytes()).expect("bytes are packed");
    folder.write("layer.geojson.gz", packed.finish().expect("the end"));
    assert_equal(&open(&folder, "layer.geojson.gz").0, &table, "layer.geojson.gz");
}

#[test]
fn files_that_unpack_without_end_are_refused() {
    let folder = Folder::new();
    let zeros = vec![b'0'; 80 << 20];
    folder.write("bomb.zip", zip(&[("a.csv", &zeros)]));
    folder.write("bomb.xlsx", zip(&[("xl/workbook.xml", &zeros)]));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&zeros).expect("bytes are packed");
    folder.write("bomb.csv.gz", packed.finish().expect("the end"));
    for name in ["bomb.zip", "bomb.xlsx", "bomb.csv.gz"] {
        let fault = open_table(&folder.path(name), name, None, &mut Vec::new()).expect_err("too large");
        assert_eq!(fault.message().key(), "error-file-refused", "{fault}");
        assert!(fault.to_string().contains("unpacks to more"), "{fault}");
    }
}

#[test]
fn what_is_no_table_is_refused_by_its_name() {
    let folder = Folder::new();
    let cases: [(&str, &[u8], &str); 7] = [
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("b.xlsx", b"%PDF-1.7", "PDF"),
        ("c.csv", b"Rar!\x1a\x07", "archive"),
        ("d.xls", b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>", "2003"),
        ("e.zip", &zip(&[("read me.md", b"x")]), "no table"),
        ("f.shx", b"\x00\x00\x27\x0a", "one part of a Shapefile"),
        ("g.docx", &zip(&[("word/document.xml", b"x")]), "text document"),
    ];
    for (name, bytes, cause) in cases {
        folder.write(name, bytes);
        let fault = open_table(&folder.path(name), name, None, &mut Vec::new()).expect_err("no table").to_string();
        assert!(fault.contains(cause), "{name}: {fault}");
    }
}

#[test]
fn broken_bytes_of_any_format_are_faults_and_never_panics() {
    let folder = Folder::new();
    let table = layer(&folder);
    let mut files: Vec<&str> = layered().iter().map(|(_, name)| *name).collect();
    for (format, _) in layered() {
        write(&folder, &table, format, &ExportOptions::default());
    }
    write(&folder, &table, ExportFormat::Xlsx, &ExportOptions::default());
    files.push("layer.xlsx");
    let mut chance = crate::fixture::Chance::new(5);
    for name in files {
        let whole = folder.read(name);
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..=chance.below(4) {
                let at = chance.below(bytes.len());
                bytes[at] = chance.next() as u8;
            }
            bytes.truncate(bytes.len() - if chance.below(3) == 0 { chance.below(bytes.len()) } else { 0 });
            folder.write(name, &bytes);
            // Read right, or refused with a cause.
            if let Err(fault) = open_table(&folder.path(name), name, None, &mut Vec::new()) {
                assert!(!fault.to_string().is_empty());
            }
        }
    }
}

#[test]
fn a_build_without_sqlite_says_how_to_go_on() {
    if cfg!(feature = "geopackage") {
        return;
    }
    let folder = Folder::new();
    folder.write("a.gpkg", b"SQLite format 3\0");
    let run = folder.run(&["export", "a.gpkg", "--format", "csv", "-o", "out"]);
    assert_eq!(run.code, Some(3));
    assert!(run.errors.contains("--features geopackage") && run.errors.contains("ogr2ogr"), "{}", run.errors);
}

#[test]
fn an_export_stands_alone_and_whole() {
    let folder = Folder::new();
    county(&folder);
    folder.plan("out", &["--schools", "schools.geojson", "--blocks", "blocks.geojson"]);
    let into = folder.run(&["export", "out", "--format", "xlsx", "-o", "out", "--overwrite"]);
    assert_eq!(into.code, Some(5), "never into the plan itself: {}", into.errors);
    let done = folder.run(&["export", "out", "--format", "xlsx", "--format", "shapefile", "-o", "other", "--json"]);
    assert_eq!(done.code, Some(0), "{}", done.errors);
    let listed = done.json();
    let files: Vec<&str> =
        listed["files"].as_array().expect("a list").iter().filter_map(|file| file.as_str()).collect();
    for wanted in ["assignment.xlsx", "districts.xlsx", "blocks.shp", "blocks.cpg", "blocks.prj", "catchments.dbf"] {
        assert!(files.contains(&wanted), "{files:?}");
    }
    let failed = folder.run(&["export", "schools.geojson", "nothing.csv", "--format", "csv", "-o", "none"]);
    assert_eq!(failed.code, Some(5));
    assert!(!folder.path("none").exists(), "nothing half-written");
}

/// A sheet as an office makes it: tables in two orders of rows, sums at the end. What is written for it stands in the unit
/// tests; here the rows keep the numbers people see.
#[test]
fn rows_of_a_sheet_keep_their_numbers() {
    let folder = Folder::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 2, "学校一览表", &rust_xlsxwriter::Format::new()).expect("a title");
    let zeros = rust_xlsxwriter::Format::new().set_num_format("0000");
    for (column, name) in ["编号", "名称", "学位"].into_iter().enumerate() {
        sheet.write_string(2, column as u16, name).expect("a header");
    }
    sheet.write_number_with_format(3, 0, 7, &zeros).expect("an id");
    sheet.write_string(3, 1, "甲校").expect("a name");
    sheet.write_number(6, 0, 3_601_000_012.0).expect("an id");
    sheet.write_string(6, 1, "乙校").expect("a name");
    sheet.write_number(6, 2, 450_721_198_001_011_234.0).expect("a number");
    folder.write("a.xlsx", book.save_to_buffer().expect("a workbook"));
    let (table, findings) = open(&folder, "a.xlsx");
    assert_eq!((table.cell(0, 0), table.cell(1, 0)), ("0007", "3601000012"));
    assert_eq!((table.row_number(0), table.row_number(1)), (4, 7));
    let codes: Vec<FindingCode> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [FindingCode::TitleAbove, FindingCode::DigitsLost]);
}

/// Rings of a polygon that no file holds, so that the comparison of shapes itself is not blind.
#[test]
fn shapes_that_differ_are_told_apart() {
    let square = |side: f64| {
        let ring = vec![(0.0, 0.0), (side, 0.0), (side, side), (0.0, 0.0)];
        Shape::Outline(MultiPolygon::new(vec![Polygon::new(ring.into(), Vec::new())]))
    };
    assert_ne!(plain(Some(&square(1.0))), plain(Some(&square(2.0))));
    assert_eq!(plain(Some(&square(1.0))), plain(Some(&square(1.0))));
}
