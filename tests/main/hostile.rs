//! Bytes that nobody wrote on purpose, or somebody did: every reader answers with a table or a fault, soon and in bounds.
//!
//! Sound files are broken in thousands of ways from a seed, the same on every machine. A format is added by a line in
//! [`FORMATS`].

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use xuequ::read::{open_table, read_settings};
use xuequ::space::Projection;

use crate::command::{folder, write};
use crate::fixture::{Chance, Folder};
use crate::{distances, readers};

/// A file that is opened, with the files beside it that are read with it.
struct Format {
    name: &'static str,
    /// Names and bytes; the first is the one that is opened.
    files: fn() -> Vec<(&'static str, Vec<u8>)>,
    /// What tends to upset readers of this format.
    words: &'static [&'static [u8]],
}

const FORMATS: &[Format] = &[
    Format {
        name: "csv",
        files: csv,
        words: &[b"\"", b",", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"=\"", b"'1"],
    },
    Format { name: "tsv in GBK", files: tsv, words: &[b"\"", b"\t", b"\x80", b"\xff", b"\xfe\xff", b"|"] },
    Format {
        name: "geojson",
        files: geojson,
        words: &[b"1e999", b"[[[[[[", b"null", b"{\"", b"-0", b"\"crs\":", b"\\ud800", b"9e307"],
    },
    Format { name: "shapefile of points", files: points, words: NUMBERS },
    Format { name: "shapefile of outlines", files: outlines, words: NUMBERS },
    Format { name: "attributes alone", files: attributes, words: NUMBERS },
    Format { name: "osm.pbf", files: pbf, words: NUMBERS },
];

/// Numbers of headers that are beyond all measure, or below zero.
const NUMBERS: &[&[u8]] = &[
    b"\xff\xff\xff\x7f",
    b"\x7f\xff\xff\xff",
    b"\x00\x00\x00\x80",
    b"\xff\xff\xff\xff",
    b"\x00\xca\x9a\x3b",
    b"\x00\x00\x00\x00",
    b"\x00\x00\x00\x00\x00\x00\xf8\x7f",
];

/// Broken files of each format; a release build is asked for more with `XUEQU_HOSTILE_CASES`.
fn cases() -> usize {
    std::env::var("XUEQU_HOSTILE_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

/// The longest any file of a few kilobytes may take, on a machine that does other work as well.
const LONGEST: Duration = Duration::from_secs(5);

fn csv() -> Vec<(&'static str, Vec<u8>)> {
    let text = "学校编号,学校名称,经度,纬度,学位\n007,\"北街小学, 东校区\",109°33′12″,22.5,\"1,200\"\n1.10,'8,109.55,22.51,90人\n";
    vec![("t.csv", text.repeat(3).into_bytes())]
}

fn tsv() -> Vec<(&'static str, Vec<u8>)> {
    let text =
        "编号\t小区名称\tx\ty\t学生数\nB1\t张黄镇一区\t430123.37\t3398765.41\t１２\nB2\t寨圩二区\t430223\t3398765\t9\n";
    vec![("t.tsv", encoding_rs::GBK.encode(text).0.into_owned())]
}

fn geojson() -> Vec<(&'static str, Vec<u8>)> {
    let text = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},
        "features":[{"type":"Feature","id":7,"properties":{"name":"甲","pupils":12},"geometry":{"type":"Point","coordinates":[109.5,22.3,1]}},
        {"type":"Feature","properties":{"note":null,"a":[1,{"b":2}]},"geometry":{"type":"MultiPolygon","coordinates":[[[[1,2],[3,2],[3,4],[1,2]]]]}},
        {"type":"Feature","properties":null,"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}"#;
    vec![("t.geojson", text.as_bytes().to_vec())]
}

fn points() -> Vec<(&'static str, Vec<u8>)> {
    shapefile("schools", ["t.shp", "t.dbf", "t.prj", "t.cpg"])
}

fn attributes() -> Vec<(&'static str, Vec<u8>)> {
    let parts = shapefile("schools", ["t.shp", "t.dbf", "t.prj", "t.cpg"]);
    parts.into_iter().filter(|(name, _)| *name == "t.dbf" || *name == "t.cpg").collect()
}

fn outlines() -> Vec<(&'static str, Vec<u8>)> {
    shapefile("blocks", ["t.shp", "t.dbf", "t.prj", "t.cpg"])
}

fn shapefile(layer: &str, names: [&'static str; 4]) -> Vec<(&'static str, Vec<u8>)> {
    let folder = Folder::new();
    readers::write_shapefiles_in_zone(&folder);
    let read = |name: &'static str| {
        let ending = name.rsplit('.').next().expect("an ending");
        (name, folder.read(&format!("{layer}.{ending}")))
    };
    names.map(read).to_vec()
}

fn pbf() -> Vec<(&'static str, Vec<u8>)> {
    vec![("t.osm.pbf", distances::small_extract())]
}

/// Breaks `bytes` in one to four places.
fn broken(bytes: &[u8], words: &[&[u8]], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        // Headers come first, and are where most harm is done.
        let reach = if chance.below(2) == 0 { bytes.len().min(120) } else { bytes.len() };
        let at = chance.below(reach.max(1)).min(bytes.len());
        let end = (at + 1 + chance.below(24)).min(bytes.len());
        match chance.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 if at < bytes.len() => bytes[at] = [0, 0xFF, 0x7F, 0x80, b'"', b'['][chance.below(6)],
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let part: Vec<u8> = bytes[at..end].to_vec();
                let copies = 1 + chance.below(40);
                (0..copies).for_each(|_| drop(bytes.splice(at..at, part.iter().copied())));
            }
            5 => {
                let word = words[chance.below(words.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            6 => {
                let word = words[chance.below(words.len())];
                let end = (at + word.len()).min(bytes.len());
                bytes.splice(at..end, word.iter().copied());
            }
            _ => {
                let noise: Vec<u8> = (0..chance.below(16)).map(|_| chance.next() as u8).collect();
                bytes.splice(at..at, noise);
            }
        }
    }
    bytes
}

/// Opens the file; says which case it is if that panics or takes too long.
#[track_caller]
fn survives(case: &str, open: impl FnOnce()) {
    let start = Instant::now();
    let ended = catch_unwind(AssertUnwindSafe(open));
    assert!(ended.is_ok(), "{case}: panicked");
    assert!(start.elapsed() < LONGEST, "{case}: {:?}", start.elapsed());
}

fn open(folder: &Path, name: &str) {
    let mut findings = Vec::new();
    if let Ok(table) = open_table(&folder.join(name), name, None, &mut findings) {
        let cells = table.row_count() * table.columns.len();
        assert!(cells < 1 << 26, "{cells} cells");
        (0..table.row_count()).for_each(|row| drop(table.finding(xuequ::model::FindingCode::RowLength, row)));
    }
    for language in xuequ::language::Language::ALL {
        for finding in &findings {
            drop(finding.what(language));
        }
    }
}

fn break_format(format: &Format) {
    let home = folder();
    let files = (format.files)();
    for (name, bytes) in &files {
        write(home.path(), name, bytes);
    }
    let mut findings = Vec::new();
    let sound = open_table(&home.path().join(files[0].0), files[0].0, None, &mut findings);
    assert!(sound.is_ok_and(|table| table.row_count() > 1), "{}: the sound file is read", format.name);
    for case in 0..cases() {
        let mut chance = Chance::new(case as u64 + 77_000);
        let (name, bytes) = &files[chance.below(files.len())];
        let changed = broken(bytes, format.words, &mut chance);
        write(home.path(), name, changed);
        survives(&format!("{} case {case} ({name})", format.name), || open(home.path(), files[0].0));
        write(home.path(), name, bytes);
    }
}

#[test]
fn broken_files_of_every_format_are_survived() {
    FORMATS.iter().for_each(break_format);
}

#[test]
fn broken_settings_are_survived() {
    let home = folder();
    let sound = xuequ::demo::county(1).into_iter().find(|(name, _)| *name == "xuequ.toml").expect("settings").1;
    for case in 0..cases() {
        let mut chance = Chance::new(case as u64 + 88_000);
        let words: &[&[u8]] = &[b"[", b"]]", b"=", b"\"\"\"", b"1e999", b"\xff", b"{", b"inf"];
        write(home.path(), "xuequ.toml", broken(sound.as_ref(), words, &mut chance));
        survives(&format!("settings case {case}"), || {
            drop(read_settings(&home.path().join("xuequ.toml"), "xuequ.toml"));
        });
    }
}

#[test]
fn broken_texts_of_coordinate_systems_are_survived() {
    let sound = [
        readers::prj_in_zone(),
        "+proj=tmerc +lat_0=0 +lon_0=108 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs",
        "EPSG:2333 +towgs84=1,2,3,0,0,0,0 +axis=neu",
        r#"{"name":"x","id":{"authority":"EPSG","code":4490}}"#,
    ];
    let words: &[&[u8]] = &[b"[", b"\"", b"]", b"1e999", b"-", b"NaN", b"+lat_0=90", b"AUTHORITY[\"EPSG\",\"4545\"]"];
    for case in 0..4 * cases() {
        let mut chance = Chance::new(case as u64 + 99_000);
        let text = broken(sound[case % sound.len()].as_bytes(), words, &mut chance);
        let text = String::from_utf8_lossy(&text).into_owned();
        survives(&format!("system case {case}: {text}"), || {
            if let Ok(system) = Projection::from_text(&text) {
                for place in [(0.0, 0.0), (109.5, 22.3), (36_500_000.0, 2_400_000.0), (-1e300, 1e300), (f64::NAN, 1.0)]
                {
                    let place = geo::Coord { x: place.0, y: place.1 };
                    drop((system.to_earth(place), system.from_earth(place)));
                }
            }
        });
    }
}

/// Opens one file with a gigabyte of memory and half a minute, as a process of its own.
fn refused(name: &str, bytes: &[u8], parts: &[&str]) {
    let home = folder();
    write(home.path(), name, bytes);
    let xuequ = env!("CARGO_BIN_EXE_xuequ");
    let script = format!("ulimit -v 1500000; exec '{xuequ}' check --lang en --schools {name} --blocks {name}");
    let start = Instant::now();
    let output = std::process::Command::new("sh").arg("-c").arg(script).current_dir(home.path()).output();
    let run = crate::command::Run::of(output.expect("a shell"));
    assert!(start.elapsed() < Duration::from_secs(60), "{name}: {:?}", start.elapsed());
    let said = run.stdout.clone() + &run.stderr;
    assert!(crate::command::has_line(&said, parts), "no line with {parts:?} in {run:#?}");
    assert_eq!(run.code, 3, "{run:#?}");
}

#[test]
fn files_made_to_harm_are_refused_by_name() {
    let deep = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}", "[".repeat(1_000_000));
    refused("deep.geojson", deep.as_bytes(), &["deep.geojson"]);
    let nested = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":{}}},"properties":null}}]}}"#,
        "[".repeat(200_000) + &"]".repeat(200_000)
    );
    refused("nested.geojson", nested.as_bytes(), &["nested.geojson"]);
    let infinite = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,2]},"properties":null}]}"#;
    refused("infinite.geojson", infinite.as_bytes(), &["infinite.geojson", "out of range"]);
    let wide: Vec<String> =
        (0..10_000).map(|at| format!(r#"{{"type":"Feature","geometry":null,"properties":{{"p{at}":1}}}}"#)).collect();
    let wide = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, wide.join(","));
    refused("wide.geojson", wide.as_bytes(), &["wide.geojson", "10000", "properties"]);
    let ragged = format!("{}\n{}", "a,".repeat(20_000), "1\n".repeat(200_000));
    refused("ragged.csv", ragged.as_bytes(), &["ragged.csv", "1000", "header"]);
    let long = format!("id,lon,lat,capacity\n1,2,3,{}\n", "9".repeat(5_000_000));
    refused("long.csv", long.as_bytes(), &["long.csv"]);
    refused("binary.csv", &[0; 4096], &["binary.csv"]);
}

#[test]
fn headers_beyond_their_files_are_named() {
    let files = points();
    let with_dbf = |change: &dyn Fn(&mut Vec<u8>)| {
        let home = folder();
        for (name, bytes) in &files {
            let mut bytes = bytes.clone();
            if *name == "t.dbf" {
                change(&mut bytes);
            }
            write(home.path(), name, bytes);
        }
        let mut findings = Vec::new();
        let table = open_table(&home.path().join("t.shp"), "t.shp", None, &mut findings);
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.slug()).collect();
        (table.err().map(|fault| fault.message().in_language(xuequ::language::Language::English)), codes.join(" "))
    };
    let (fault, codes) = with_dbf(&|bytes| bytes[4..8].copy_from_slice(&1_000_000_000_u32.to_le_bytes()));
    assert!(fault.is_none() && codes.contains("rows-uncounted"), "{fault:?} {codes}");
    let (fault, _) = with_dbf(&|bytes| bytes[8..10].copy_from_slice(&60_000_u16.to_le_bytes()));
    assert!(fault.as_ref().is_some_and(|fault| fault.contains("60000")), "{fault:?}");
    let (fault, _) = with_dbf(&|bytes| bytes.truncate(bytes.len() - 100));
    assert!(fault.as_ref().is_some_and(|fault| fault.contains("3 shapes but 2 rows")), "{fault:?}");
}
