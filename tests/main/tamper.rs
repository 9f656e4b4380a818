//! Whoever changes a file of an output folder is found out: by the manifest where its fingerprints are old, and by what
//! the files say where they were made anew.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::command::{Run, copy_folder, demo, folder, lasting_folder, read, read_json, write, xuequ};

const ASSIGNMENT: &str = "out/assignment.csv";
const EVALUATION: &str = "out/evaluation.json";
const BOUND: &str = "out/bound-primary.json";
/// The proof of a stage with so many seats to spare that prices are enough.
const PRICES: &str = "out/bound-junior.json";
const CATCHMENTS: &str = "out/catchments.geojson";
const BLOCKS: &str = "out/blocks.geojson";
const ADJACENCY: &str = "out/adjacency.csv";
const DISTRICTS: &str = "out/districts.csv";

/// A planned county of nine by nine outlines with two stages, districts, a lock, and a river with a bridge. Never to be
/// written to.
fn county() -> &'static Path {
    static COUNTY: OnceLock<PathBuf> = OnceLock::new();
    COUNTY.get_or_init(|| {
        let home = lasting_folder("county-");
        write(&home, "blocks.geojson", blocks().to_string());
        write(&home, "schools.csv", schools());
        write(&home, "locks.csv", "kind,what,to,stage,reason\nblock,B13,S1,primary,agreed\n");
        write(&home, "river.geojson", river().to_string());
        write(&home, "bridges.csv", "name,x,y\nbridge,1000,900\n");
        let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\n\
                        file = \"blocks.geojson\"\n[locks]\nfile = \"locks.csv\"\n[barriers]\nfile = \"river.geojson\"\n\
                        [crossings]\nfile = \"bridges.csv\"\n[districts]\nlead_enrolment = 1\n";
        write(&home, "xuequ.toml", settings);
        xuequ(&home, &["plan", ".", "-o", "out", "--effort", "quick"]).ends(0);
        home
    })
}

pub(crate) fn blocks() -> Value {
    let features = (0..9).flat_map(|row| (0..9).map(move |column| (row, column))).map(|(row, column)| {
        let (left, low) = (200 * column, 200 * row);
        let (right, high) = (left + 200, low + 200);
        json!({
            "type": "Feature",
            "properties": {
                "block_id": format!("B{row}{column}"),
                "pupils_primary": 20 + (row * column) % 7,
                "pupils_junior": 9 + (row + column) % 5,
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[left, low], [right, low], [right, high], [left, high], [left, low]]],
            },
        })
    });
    json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() })
}

/// Nine schools, three of them nine-year schools.
fn schools() -> String {
    let header = "school_id,stage,x,y,capacity_primary,capacity_junior,strong,weak\n".to_owned();
    let places = (0..3).flat_map(|row| (0..3).map(move |column| (row, column)));
    let rows = places.enumerate().map(|(position, (row, column))| {
        let (stage, junior) = if row == column { ("nine-year", "400") } else { ("primary", "") };
        let mark = |set: &[usize]| if set.contains(&position) { "yes" } else { "no" };
        let (x, y) = (290 + 600 * column, 310 + 600 * row);
        let (strong, weak) = (mark(&[0, 4, 8]), mark(&[1, 3, 7]));
        format!("S{},{stage},{x},{y},260,{junior},{strong},{weak}\n", position + 1)
    });
    std::iter::once(header).chain(rows).collect()
}

fn river() -> Value {
    json!({ "type": "FeatureCollection", "features": [{
        "type": "Feature",
        "properties": { "name": "river", "kind": "river" },
        "geometry": { "type": "LineString", "coordinates": [[1000, -100], [1000, 1900]] },
    }] })
}

pub(crate) fn copy_of(project: &Path) -> TempDir {
    let copy = folder();
    copy_folder(project, copy.path());
    copy
}

/// Makes every fingerprint of the manifest anew, and drops those of files that are gone.
pub(crate) fn fingerprint_anew(project: &Path) {
    let fingerprint =
        |file: &Path| -> Option<String> { std::fs::read(file).ok().map(|bytes| xuequ::publish::fingerprint(&bytes)) };
    let mut manifest = read_json(project, "out/manifest.json");
    for input in manifest["inputs"].as_array_mut().expect("a list of inputs") {
        let file = project.join(input["file"].as_str().expect("a file name"));
        input["sha256"] = fingerprint(&file).into();
    }
    let outputs = manifest["outputs"].as_object_mut().expect("a table of outputs");
    outputs.retain(|name, hash| {
        let found = fingerprint(&project.join("out").join(name));
        *hash = found.clone().into();
        found.is_some()
    });
    write(project, "out/manifest.json", manifest.to_string());
}

/// The checks that fail.
pub(crate) fn failed(run: &Run) -> Vec<String> {
    let verdict = run.json();
    let checks = verdict["checks"].as_array().expect("a list of checks");
    let failed = checks.iter().filter(|check| check["passed"] == json!(false));
    failed.map(|check| check["id"].as_str().expect("an id").to_owned()).collect()
}

pub(crate) fn verify(project: &Path) -> Run {
    xuequ(project, &["verify", "out", "--json"])
}

#[track_caller]
fn found_out(file: &str, change: impl Fn(&str) -> String, check: &str) {
    found_out_in(county(), file, change, check);
}

/// Changes a file of a project, and asks that the fingerprints tell, and that `check` tells without them.
#[track_caller]
pub(crate) fn found_out_in(project: &Path, file: &str, change: impl Fn(&str) -> String, check: &str) {
    let copy = copy_of(project);
    let before = read(copy.path(), file);
    let after = change(&before);
    assert_ne!(before, after, "the change changes {file}");
    write(copy.path(), file, after);
    let by_manifest = if file.starts_with("out/") { "files" } else { "inputs" };
    let run = verify(copy.path()).ends(1);
    assert!(failed(&run).contains(&by_manifest.to_owned()), "{by_manifest} in {:?}", failed(&run));
    fingerprint_anew(copy.path());
    let run = verify(copy.path());
    assert!(failed(&run).contains(&check.to_owned()), "{check} in {:?}", failed(&run));
    assert_ne!(run.code, 0);
}

/// Changes the first row of a table that begins like this, ending included; an empty answer takes it away.
fn row(start: &str, change: impl Fn(&str) -> String) -> impl Fn(&str) -> String {
    move |text| {
        let mut changed = false;
        text.split_inclusive('\n')
            .map(|line| {
                let is_it = !changed && line.starts_with(start);
                changed |= is_it;
                if is_it { change(line) } else { line.to_owned() }
            })
            .collect()
    }
}

pub(crate) fn json_text(change: impl Fn(&mut Value)) -> impl Fn(&str) -> String {
    move |text| {
        let mut value: Value = serde_json::from_str(text).expect("valid JSON");
        change(&mut value);
        value.to_string()
    }
}

fn set(pointer: &'static str, to: impl Into<Value>) -> impl Fn(&str) -> String {
    let to = to.into();
    json_text(move |value| *value.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = to.clone())
}

/// Moves the second corner of the first outline.
fn moved_corner() -> impl Fn(&str) -> String {
    json_text(|layer| {
        let geometry = &mut layer["features"][0]["geometry"];
        let ring = if geometry["type"] == "Polygon" {
            &mut geometry["coordinates"][0]
        } else {
            &mut geometry["coordinates"][0][0]
        };
        let x = ring[1][0].as_f64().expect("a number");
        ring[1][0] = json!(x + 50.0);
    })
}

#[test]
fn an_untouched_folder_passes_every_check() {
    let verdict = verify(county()).ends(0).json();
    assert_eq!(verdict["claims_hold"], json!(true));
    assert_eq!(verdict["rules_hold"], json!(true));
    let checks = verdict["checks"].as_array().expect("a list of checks");
    assert!(checks.len() >= 12 && checks.iter().all(|check| check["passed"] == json!(true)), "{verdict}");
}

/// Fingerprints made anew must not be what the later tests find fault with.
#[test]
fn new_fingerprints_of_untouched_files_pass() {
    let copy = copy_of(county());
    fingerprint_anew(copy.path());
    verify(copy.path()).ends(0);
}

#[test]
fn a_block_on_the_border_given_to_the_neighbour_is_found_out() {
    let text = read(county(), ASSIGNMENT);
    let of = |block: &str| -> Vec<String> {
        let line = text.lines().find(|line| line.starts_with(&format!("primary,{block},"))).expect("its row");
        line.split(',').map(str::to_owned).collect()
    };
    // The first pair of neighbours in different catchments whose first block no school stands in.
    let table = read(county(), ADJACENCY);
    let pairs = table.lines().skip(1).map(|line| line.split(',').take(2).collect::<Vec<_>>());
    let (block, other) = pairs
        .map(|pair| (of(pair[0]), of(pair[1])))
        .find(|(first, second)| first[3] != second[3] && !["B11", "B14", "B17", "B13"].contains(&first[1].as_str()))
        .expect("catchments have borders");
    let start = format!("primary,{},", block[1]);
    let school = format!(",{},{},", block[3], block[4]);
    let neighbour = format!(",{},{},", other[3], other[4]);
    for check in ["rows", "sums", "layers"] {
        found_out(ASSIGNMENT, row(&start, |line| line.replacen(&school, &neighbour, 1)), check);
    }
}

#[test]
fn a_changed_assignment_is_found_out() {
    let start = "primary,B02,";
    found_out(ASSIGNMENT, row(start, |_| String::new()), "complete");
    found_out(ASSIGNMENT, row(start, |line| line.repeat(2)), "complete");
    found_out(ASSIGNMENT, row(start, |line| line.replace(",20,", ",21,")), "rows");
    found_out(ASSIGNMENT, row(start, |line| line.replace(",20,", ",21,")), "layers");
    found_out(ASSIGNMENT, row(start, |line| line.replace(",P0", ",P9")), "districts");
    let farther = |line: &str| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        cells[7] = format!("{:.1}", cells[7].parse::<f64>().expect("metres") + 0.2);
        cells.join(",")
    };
    found_out(ASSIGNMENT, row(start, farther), "rows");
    found_out(ASSIGNMENT, row(start, |line| line.replacen(",S", ",X", 1)), "rows");
    found_out(ASSIGNMENT, row(start, |line| line.replacen("B02", "B99", 1)), "rows");
    found_out(ASSIGNMENT, row(start, |line| line.replacen("primary", "senior", 1)), "rows");
}

#[test]
fn changed_figures_are_found_out() {
    for figure in ["/stages/0/pupil_km", "/stages/1/mean_distance_m", "/stages/0/schools/0/pupils"] {
        found_out(EVALUATION, set(figure, 1.5), "sums");
    }
    for figure in ["/stages/0/overload", "/stages/0/detached", "/stages/1/unassigned"] {
        found_out(EVALUATION, set(figure, 1), "sums");
    }
}

#[test]
fn a_bound_that_is_not_proved_is_found_out() {
    let raise = |by: f64| {
        json_text(move |evaluation| {
            let stage = &mut evaluation["stages"][0];
            let bound = stage["lower_bound_pupil_km"].as_f64().expect("a bound") + by;
            stage["lower_bound_pupil_km"] = json!(bound);
            stage["gap_percent"] = json!(100.0 * (stage["pupil_km"].as_f64().expect("a value") / bound - 1.0));
        })
    };
    found_out(EVALUATION, raise(0.001), "bound");
    found_out(EVALUATION, raise(100.0), "bound");
    found_out(EVALUATION, set("/stages/0/gap_percent", 7.0), "bound");
    found_out(EVALUATION, set("/bounds", json!([])), "bound");
    found_out(EVALUATION, set("/bounds/0/file", "bound-junior.json"), "bound");
    found_out(EVALUATION, set("/bounds/0/covers", json!(["seats"])), "bound");
}

#[test]
fn a_certificate_that_proves_less_is_found_out() {
    found_out(PRICES, set("/prices_mm/S1", -1), "bound");
    found_out(PRICES, set("/prices_mm/S1", 5_000_000), "bound");
    found_out(BOUND, set("/pupil_mm", 9_999_000_000_000_u64), "bound");
    found_out(BOUND, set("/homes/S1", json!(["B88"])), "bound");
    found_out(BOUND, set("/homes/S1", json!([])), "bound");
    found_out(BOUND, set("/covers", json!([])), "bound");
    found_out(BOUND, set("/stage", "junior"), "bound");
}

#[test]
fn changed_layers_are_found_out() {
    found_out(BLOCKS, set("/features/0/properties/school_id_primary", "S9"), "layers");
    found_out(BLOCKS, set("/features/0/properties/pupils_junior", 1000), "layers");
    found_out(BLOCKS, set("/features/0/properties/district_id_primary", "P9"), "layers");
    for layer in [BLOCKS, CATCHMENTS, "out/schools.geojson"] {
        let without_last = json_text(|layer| _ = layer["features"].as_array_mut().expect("features").pop());
        found_out(layer, without_last, "layers");
    }
    let opened = json_text(|layer| {
        let geometry = &mut layer["features"][0]["geometry"];
        assert_eq!(geometry["type"], "Polygon");
        geometry["coordinates"][0].as_array_mut().expect("a ring").pop();
    });
    found_out(CATCHMENTS, opened, "layers");
}

#[test]
fn changed_neighbours_are_found_out() {
    found_out(ADJACENCY, |text| format!("{text}B00,B88,border,200.00\r\n"), "neighbours");
    found_out(ADJACENCY, |text| format!("{text}B00,B88,nearest,200.00\r\n"), "neighbours");
    found_out(ADJACENCY, |text| format!("{text}B00,B88,given,\r\n"), "neighbours");
    found_out(ADJACENCY, |text| format!("{text}B00,B99,border,200.00\r\n"), "neighbours");
    // Without its neighbours a corner is cut off.
    let without =
        |text: &str| -> String { text.split_inclusive('\n').filter(|line| !line.starts_with("B00,")).collect() };
    found_out(ADJACENCY, without, "contiguity");
}

/// A table of neighbours that was given is the law; nothing of it may be left out.
#[test]
fn a_given_pair_left_out_is_found_out() {
    let home = super::command::Grid::default().written();
    let plan = super::command::on_grid("plan", &["-o", "out", "--effort", "quick"]);
    xuequ(home.path(), &plan).ends(0);
    let table = read(home.path(), ADJACENCY);
    assert!(table.contains("B00,B01,given"));
    write(home.path(), ADJACENCY, row("B00,B01,", |_| String::new())(&table));
    fingerprint_anew(home.path());
    let run = verify(home.path()).ends(1);
    assert!(failed(&run).contains(&"neighbours".to_owned()), "{run:#?}");
}

#[test]
fn changed_districts_are_found_out() {
    let table = read(county(), DISTRICTS);
    let member = table.lines().find(|line| line.contains(",member,")).expect("a member").to_owned();
    let elsewhere = table
        .lines()
        .find(|line| line.contains(",primary-district,") && line[..3] != member[..3])
        .expect("a second district");
    let moved = format!("{}{}", &elsewhere[..3], &member[3..]);
    found_out(DISTRICTS, |text| text.replace(&member, &moved), "districts");
    found_out(DISTRICTS, |text| text.replace(&member, &member.replace(",member,", ",lead,")), "districts");
    found_out(DISTRICTS, row(&member, |_| String::new()), "districts");
    found_out(DISTRICTS, row(&member, |line| line.repeat(2)), "districts");
}

#[test]
fn changed_inputs_are_found_out() {
    let fewer = |text: &str| text.replacen("\"pupils_primary\":20", "\"pupils_primary\":19", 1);
    found_out("blocks.geojson", fewer, "rows");
    found_out("blocks.geojson", fewer, "sums");
    found_out("locks.csv", |text| text.replace("B13,S1", "B13,S2"), "locks");
    found_out("schools.csv", |text| text.replacen(",260,", ",20,", 1), "seats");
    found_out("schools.csv", |text| text.replacen("S1,nine-year,290", "S1,nine-year,250", 1), "rows");
    found_out("bridges.csv", |text| text.replace("1000,900", "1000,1700"), "rows");
}

#[test]
fn a_file_that_is_gone_is_found_out() {
    for file in ["assignment.csv", "evaluation.json", "adjacency.csv", "catchments.geojson", "manifest.json"] {
        let copy = copy_of(county());
        std::fs::remove_file(copy.path().join("out").join(file)).expect("a file to remove");
        xuequ(copy.path(), &["verify", "out"]).ends(5).says(&[file]);
    }
    let copy = copy_of(county());
    std::fs::remove_file(copy.path().join("out/report.md")).expect("a file to remove");
    let run = xuequ(copy.path(), &["verify", "out"]).ends(1);
    assert!(run.stdout.contains("report.md"), "{run:#?}");
    let copy = copy_of(county());
    std::fs::remove_file(copy.path().join("schools.csv")).expect("a file to remove");
    xuequ(copy.path(), &["verify", "out"]).ends(5).says(&["schools.csv"]);
}

/// The checks hold at county size and with borders as they are in nature.
#[test]
fn the_demo_county_is_verified_and_its_changes_are_found_out() {
    let copy = copy_of(demo());
    let first = read(copy.path(), ASSIGNMENT).lines().nth(1).expect("a row").to_owned();
    let table = read(copy.path(), ASSIGNMENT);
    write(copy.path(), ASSIGNMENT, table.replacen(&format!("{first}\r\n"), "", 1));
    let evaluation = read(copy.path(), EVALUATION);
    write(copy.path(), EVALUATION, set("/stages/1/lower_bound_pupil_km", 1e6)(&evaluation));
    let adjacency = read(copy.path(), ADJACENCY);
    let ends: Vec<&str> = [1, 2000].map(|row| adjacency.lines().nth(row).expect("a row")).to_vec();
    let pair: Vec<&str> = ends.iter().map(|row| row.split(',').next().expect("an id")).collect();
    write(copy.path(), ADJACENCY, format!("{adjacency}{},{},border,9.00\r\n", pair[0], pair[1]));
    fingerprint_anew(copy.path());
    assert_ne!(table, read(copy.path(), ASSIGNMENT));
    let run = verify(copy.path()).ends(1);
    for check in ["complete", "bound", "neighbours"] {
        assert!(failed(&run).contains(&check.to_owned()), "{check} in {:?}", failed(&run));
    }
    assert!(!failed(&run).contains(&"inputs".to_owned()));
    xuequ(demo(), &["verify", "out"]).ends(0);
}

#[test]
fn the_lock_column_is_found_out() {
    found_out(ASSIGNMENT, row("primary,B13,", |line| line.replace(",yes,", ",no,")), "rows");
}

#[test]
fn every_figure_of_the_evaluation_is_found_out() {
    for figure in ["seats", "pupils", "blocks", "school_count", "max_distance_m", "p95_distance_m", "median_distance_m"]
    {
        let change = json_text(move |evaluation| evaluation["stages"][0][figure] = json!(7));
        found_out(EVALUATION, change, "sums");
    }
    for share in ["within_radius_share", "nearest_share"] {
        let change = json_text(move |evaluation| evaluation["stages"][0][share] = json!(0.25));
        found_out(EVALUATION, change, "sums");
    }
    for figure in ["seats", "blocks", "overload", "mean_distance_m", "seat_use"] {
        let change = json_text(move |evaluation| evaluation["stages"][0]["schools"][0][figure] = json!(7));
        found_out(EVALUATION, change, "sums");
    }
}

#[test]
fn a_verdict_turned_round_is_found_out() {
    found_out(EVALUATION, set("/hard_rules_kept", false), "sums");
    found_out(EVALUATION, set("/rules/1/verdict", "broken"), "sums");
    found_out(EVALUATION, set("/bounds/0/pupil_km", 9999.0), "bound");
}

#[test]
fn a_changed_catchment_is_found_out() {
    found_out(CATCHMENTS, moved_corner(), "layers");
    found_out(CATCHMENTS, set("/features/0/properties/school_id", "S2"), "layers");
    found_out(CATCHMENTS, set("/features/0/properties/pupils", 3), "layers");
    found_out(CATCHMENTS, set("/features/0/properties/seats", 3), "layers");
    let swapped = json_text(|layer| layer["features"][0]["geometry"] = layer["features"][1]["geometry"].clone());
    found_out(CATCHMENTS, swapped, "layers");
}

#[test]
fn every_other_layer_is_found_out() {
    found_out(BLOCKS, moved_corner(), "layers");
    found_out(BLOCKS, set("/features/0/properties/distance_m_primary", 2.0), "layers");
    found_out("out/schools.geojson", set("/features/0/geometry/coordinates", json!([0, 0])), "layers");
    found_out("out/schools.geojson", set("/features/0/properties/seats_primary", 1), "layers");
    found_out("out/districts.geojson", set("/features/0/properties/lead_id", "S9"), "layers");
    found_out("out/districts.geojson", set("/features", json!([])), "layers");
}

#[test]
fn a_border_left_out_is_found_out() {
    found_out(ADJACENCY, row("B00,B01,", |_| String::new()), "neighbours");
    found_out(ADJACENCY, |text| format!("{text}B00,B00,border,200.00\r\n"), "neighbours");
}

#[test]
fn districts_that_contradict_the_other_files_are_found_out() {
    let header = |text: &str| text.split_inclusive('\n').take(1).collect::<String>();
    found_out(DISTRICTS, header, "districts");
    let table = read(county(), DISTRICTS);
    let lead = table.lines().find(|line| line.contains(",lead,")).expect("a lead").to_owned();
    let same = |line: &&str| line.starts_with(&lead[..3]) && line.contains(",member,");
    let member = table.lines().find(same).expect("a member of its district").to_owned();
    let changed = |text: &str| {
        let text = text.replace(&lead, &lead.replace(",lead,", ",member,"));
        text.replace(&member, &member.replace(",member,", ",lead,"))
    };
    found_out(DISTRICTS, changed, "districts");
}

#[test]
fn a_file_taken_off_the_manifest_is_found_out() {
    let copy = copy_of(county());
    std::fs::remove_file(copy.path().join("out/report.md")).expect("a file to remove");
    std::fs::remove_file(copy.path().join("out/map.svg")).expect("a file to remove");
    fingerprint_anew(copy.path());
    assert_ne!(verify(copy.path()).code, 0);
}

#[test]
fn the_input_that_is_gone_is_the_one_that_is_named() {
    let copy = copy_of(county());
    std::fs::remove_file(copy.path().join("locks.csv")).expect("a file to remove");
    xuequ(copy.path(), &["verify", "out"]).ends(5).says(&["locks.csv"]);
}
