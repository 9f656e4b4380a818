//! The demo county: what stands in `data/demo` and `maps` is what the program makes today, and it holds what it promises.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::fixture::Folder;

fn in_project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The demo county as files, from the library, which takes no time.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    xuequ::demo::county(1)
}

fn file(name: &str) -> Vec<u8> {
    files().into_iter().find(|(other, _)| *other == name).unwrap_or_else(|| panic!("the demo has no {name}")).1
}

fn table(name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let text = String::from_utf8(file(name)).expect("tables are UTF-8");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    (header, rows)
}

fn features(name: &str) -> Vec<geojson::Feature> {
    let text = String::from_utf8(file(name)).expect("layers are UTF-8");
    text.parse::<geojson::FeatureCollection>().expect("a layer").features
}

/// The demo as the command makes it: project and plan.
fn made() -> &'static Folder {
    static MADE: OnceLock<Folder> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Folder::new();
        folder.run(&["demo", "demo", "--lang", "zh-CN"]).planned();
        folder
    })
}

#[track_caller]
fn is_the_same(kept: &Path, made: &[u8]) {
    let name = kept.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let kept = std::fs::read(kept).unwrap_or_else(|fault| panic!("{name} is not kept in the project: {fault}"));
    let differs = kept.iter().zip(made).position(|(kept, made)| kept != made);
    assert!(
        kept == made,
        "{name} is not what `xuequ demo` makes today: {} bytes kept, {} made, first difference at {differs:?}",
        kept.len(),
        made.len()
    );
}

#[test]
fn the_kept_project_is_what_the_program_makes() {
    let folder = in_project("data/demo");
    let made = files();
    for (name, bytes) in &made {
        is_the_same(&folder.join(name), bytes);
    }
    let known: BTreeSet<&str> = made.iter().map(|(name, _)| *name).collect();
    for entry in std::fs::read_dir(&folder).expect("data/demo is there") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(known.contains(name.as_str()) || entry.path().is_dir(), "{name} is no file of the demo");
    }
}

#[test]
fn the_command_writes_the_files_of_the_library() {
    for (name, bytes) in files() {
        assert!(made().read(&format!("demo/{name}")) == bytes, "{name}");
    }
}

#[test]
fn the_kept_maps_are_what_the_program_draws() {
    for sheet in ["map.svg", "map-junior.svg"] {
        is_the_same(&in_project("maps").join(sheet), &made().read(&format!("demo/out/{sheet}")));
    }
}

/// The figures both READMEs show are those of the program.
#[test]
fn the_readmes_show_what_the_demo_comes_to() {
    let evaluation = made().json("demo/out/evaluation.json");
    for stage in evaluation["stages"].as_array().expect("a list") {
        let figure = |field: &str| format!("{:.3}", stage[field].as_f64().expect("a number"));
        for readme in ["README.md", "README.zh-CN.md"] {
            let text = std::fs::read_to_string(in_project(readme)).expect("a README");
            for field in ["pupil_km", "lower_bound_pupil_km"] {
                assert!(text.contains(&figure(field)), "{readme} shows another {field} than {}", figure(field));
            }
        }
    }
}

#[test]
fn the_plan_of_the_demo_passes_the_second_opinion() {
    let run = made().run(&["verify", "demo/out", "--project", "demo"]);
    assert_eq!(run.code, Some(0), "{}{}", run.output, run.errors);
    let evaluation = made().json("demo/out/evaluation.json");
    for stage in evaluation["stages"].as_array().expect("a list") {
        for field in ["overload", "detached", "unassigned"] {
            assert_eq!(stage[field], 0, "{}: {field}", stage["stage"]);
        }
        assert!(stage["change"]["compared_blocks"].as_u64() > Some(1_000), "the existing scheme is compared with");
        assert!(stage["districts"].as_array().is_some_and(|districts| districts.len() > 1));
    }
}

#[test]
fn another_seed_makes_another_county() {
    let other = xuequ::demo::county(2);
    let blocks = |files: &[(&str, Vec<u8>)]| -> Vec<u8> {
        files.iter().find(|(name, _)| *name == "blocks.geojson").expect("blocks").1.clone()
    };
    assert!(blocks(&other) != blocks(&files()));
    assert!(xuequ::demo::county(2) == other, "the same seed makes the same county");
}

#[test]
fn the_county_has_about_1200_blocks() {
    let blocks = features("blocks.geojson");
    assert!((1_150..=1_250).contains(&blocks.len()), "{}", blocks.len());
    let ids: BTreeSet<String> = blocks.iter().map(|block| block.property("编号").expect("an id").to_string()).collect();
    assert_eq!(ids.len(), blocks.len());
    let without_pupils =
        blocks.iter().filter(|block| block.property("小学生数") == Some(&serde_json::json!(0))).count();
    assert!(without_pupils > 5, "some blocks have no pupils");
}

#[test]
fn the_county_has_60_primary_and_20_junior_sites_of_every_kind() {
    let (header, rows) = table("schools.csv");
    let column = |name: &str| header.iter().position(|column| column == name).unwrap_or_else(|| panic!("{name}"));
    let kind = column("学段");
    let count = |kinds: &[&str]| rows.iter().filter(|row| kinds.contains(&row[kind].as_str())).count();
    assert_eq!(count(&["小学", "九年一贯制", "教学点"]), 60);
    assert_eq!(count(&["初中", "九年一贯制"]), 20);
    assert!(count(&["九年一贯制"]) >= 2 && count(&["教学点"]) >= 3);
    for mark in ["优质", "薄弱", "新建"] {
        let marked = rows.iter().filter(|row| row[column(mark)] == "是").count();
        assert!((2..rows.len() / 2).contains(&marked), "{mark}: {marked}");
    }
    for indicator in [
        "高于规定学历教师数",
        "县级以上骨干教师数",
        "体育艺术专任教师数",
        "教学及辅助用房面积",
        "体育运动场馆面积",
        "教学仪器设备值",
        "网络多媒体教室数",
    ] {
        let position = column(indicator);
        assert!(rows.iter().all(|row| row[position].parse::<f64>().is_ok_and(|value| value > 0.0)), "{indicator}");
    }
    let names: BTreeSet<&str> = rows.iter().map(|row| row[column("学校名称")].as_str()).collect();
    assert_eq!(names.len(), rows.len(), "names are distinct");
}

#[test]
fn the_county_has_a_river_with_bridges_a_railway_and_a_scheme_of_today() {
    let kinds: Vec<String> = features("barriers.geojson")
        .iter()
        .map(|barrier| barrier.property("种类").and_then(|kind| kind.as_str()).unwrap_or_default().to_owned())
        .collect();
    assert!(kinds.iter().any(|kind| kind == "河流") && kinds.iter().any(|kind| kind == "铁路"), "{kinds:?}");
    let (_, crossings) = table("crossings.csv");
    assert!(crossings.iter().filter(|row| row[0].contains('桥')).count() >= 2, "{crossings:?}");
    let blocks = features("blocks.geojson").len();
    let (_, existing) = table("existing.csv");
    for stage in ["小学", "初中"] {
        assert_eq!(existing.iter().filter(|row| row[1] == stage).count(), blocks, "{stage}");
    }
    let (_, locks) = table("locks.csv");
    assert!(!locks.is_empty());
    assert!(features("areas.geojson").len() > 2);
}

#[test]
fn the_county_says_that_it_is_fictional() {
    let readme = String::from_utf8(file("README.md")).expect("text");
    assert!(readme.contains("虚构") && readme.contains("fictional"));
    let settings = String::from_utf8(file("xuequ.toml")).expect("text");
    assert!(settings.contains("虚构"));
}
