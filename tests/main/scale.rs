//! Large counties: tables only, zones, prices, seats kept where they are tight.

use std::fmt::Write;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use crate::command::Run;
use crate::command::program;
use crate::fixture::Chance;
use crate::tamper::{found_out_in, json_text};

/// A made-up county as plain tables: a lattice of blocks of about 100 m, schools spread over it, seats a little more than
/// pupils in all.
pub(crate) fn write_lattice(folder: &Path, side: usize, schools: usize, seats_per_pupil: f64, seed: u64) {
    let mut chance = Chance::new(seed);
    let mut blocks = String::from("block_id,x,y,pupils\n");
    let mut links = String::from("block_a,block_b\n");
    let mut pupils = Vec::new();
    for block in 0..side * side {
        let (column, row) = (block % side, block / side);
        let place = |step: usize, chance: &mut Chance| step * 100 + chance.below(60);
        let count = if chance.below(5) == 0 { 0 } else { chance.below(30) };
        pupils.push(count);
        let (x, y) = (place(column, &mut chance), place(row, &mut chance));
        writeln!(blocks, "{block},{x},{y},{count}").expect("text takes text");
        if column + 1 < side {
            writeln!(links, "{block},{}", block + 1).expect("text takes text");
        }
        if row + 1 < side {
            writeln!(links, "{block},{}", block + side).expect("text takes text");
        }
    }
    let mut homes: Vec<usize> = Vec::new();
    while homes.len() < schools {
        let block = chance.below(side * side);
        if !homes.contains(&block) {
            homes.push(block);
        }
    }
    let mean = pupils.iter().sum::<usize>() as f64 * seats_per_pupil / schools as f64;
    let mut table = String::from("school_id,x,y,capacity,home_block\n");
    for (school, home) in homes.iter().enumerate() {
        // Every other school has more seats than the mean, its neighbour in the list as many fewer.
        let share = if school % 2 == 0 { 1.25 } else { 0.75 };
        let seats = (mean * share).ceil();
        let (x, y) = (home % side * 100 + 30, home / side * 100 + 30);
        writeln!(table, "S{school},{x},{y},{seats},{home}").expect("text takes text");
    }
    for (name, text) in [("blocks.csv", blocks), ("schools.csv", table), ("adjacency.csv", links)] {
        std::fs::write(folder.join(name), text).expect("a folder takes files");
    }
}

fn plan(folder: &Path, out: &str, more: &[&str]) -> Run {
    let tables = ["--schools", "schools.csv", "--blocks", "blocks.csv", "--adjacency", "adjacency.csv"];
    let mut command = program(folder);
    command.arg("plan").args(tables).args(["--crs", "local", "--effort", "quick", "-o", out]).args(more);
    Run::of(command.output().expect("the program can be run"))
}

#[test]
fn tables_alone_are_written_and_verified() {
    let folder = TempDir::new().expect("a temporary folder");
    write_lattice(folder.path(), 14, 4, 1.1, 3);
    plan(folder.path(), "tables", &["--tables-only"]).ends(0);
    plan(folder.path(), "whole", &[]).ends(0);
    let names = |out: &str| -> Vec<String> {
        let entries = std::fs::read_dir(folder.path().join(out)).expect("the output is there");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let tables = names("tables");
    assert!(
        tables
            .iter()
            .all(|name| [Some("csv"), Some("json")].contains(&name.rsplit_once('.').map(|(_, ending)| ending))),
        "{tables:?}"
    );
    assert!(!tables.contains(&"adjacency.csv".to_owned()), "the given pairs say it all: {tables:?}");
    let whole = names("whole");
    assert!(whole.contains(&"map.svg".to_owned()) && whole.contains(&"adjacency.csv".to_owned()), "{whole:?}");
    let read = |out: &str| std::fs::read(folder.path().join(out).join("assignment.csv")).expect("it was written");
    assert!(read("tables") == read("whole"), "the scheme does not depend on what is drawn of it");
    let verify = |out: &str| Run::of(program(folder.path()).args(["verify", out]).output().expect("it runs"));
    verify("tables").ends(0);
    // A row that is not true is found without layers as well.
    let path = folder.path().join("tables/assignment.csv");
    let text = std::fs::read_to_string(&path).expect("it was written");
    let other = text.replacen(",S0,", ",S1,", 1);
    std::fs::write(&path, other).expect("it can be written");
    assert_ne!(verify("tables").code, 0);
}

/// What the evaluation in `out` says of the only stage.
fn evaluated(folder: &Path, out: &str) -> serde_json::Value {
    let text = std::fs::read(folder.join(out).join("evaluation.json")).expect("it was written");
    let evaluation: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    evaluation["stages"][0].clone()
}

#[test]
fn a_large_county_is_planned_in_zones_alike_by_one_and_two_threads() {
    let folder = TempDir::new().expect("a temporary folder");
    write_lattice(folder.path(), 110, 60, 1.1, 5);
    for (out, threads) in [("one", "1"), ("two", "2")] {
        plan(folder.path(), out, &["--tables-only", "--threads", threads]).ends(0);
    }
    let read = |out: &str| std::fs::read(folder.path().join(out).join("assignment.csv")).expect("it was written");
    assert!(read("one") == read("two"), "the same bytes for any number of threads");
    let stage = evaluated(folder.path(), "one");
    assert_eq!((stage["overload"].as_u64(), stage["detached"].as_u64()), (Some(0), Some(0)), "{stage}");
    let gap = stage["gap_percent"].as_f64().expect("seats are kept, so there is a gap");
    assert!((0.0..0.5).contains(&gap), "{gap} %");
    Run::of(program(folder.path()).args(["verify", "one"]).output().expect("it runs")).ends(0);
}

#[test]
fn of_very_many_breaches_the_worst_are_listed_and_all_are_counted() {
    let folder = TempDir::new().expect("a temporary folder");
    write_lattice(folder.path(), 60, 6, 1.1, 3);
    plan(folder.path(), "out", &["--tables-only"]).ends(0);
    let text = std::fs::read(folder.path().join("out/evaluation.json")).expect("it was written");
    let evaluation: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    let rules = evaluation["rules"].as_array().expect("a list");
    let at = rules.iter().position(|rule| rule["id"] == "radius").expect("judged");
    let by = |place: usize| rules[at]["breaches"][place]["by"].as_f64();
    let assignment = std::fs::read_to_string(folder.path().join("out/assignment.csv")).expect("it was written");
    let beyond = |line: &&str| {
        let cells: Vec<&str> = line.split(',').collect();
        cells[6] != "0" && cells[7].parse::<f64>().expect("metres") > 1000.0
    };
    let count = assignment.lines().skip(1).filter(beyond).count();
    assert!(count > 1_000, "{count}");
    assert_eq!(rules[at]["breach_count"].as_u64(), Some(count as u64));
    assert_eq!(rules[at]["breaches"].as_array().map(Vec::len), Some(1_000));
    assert!(by(0) >= by(999) && by(999) > Some(0.0), "the worst come first");
    for (pointer, to) in [("breach_count", json!(count + 1)), ("breaches/7/id", json!("nobody"))] {
        let place = format!("/rules/{at}/{pointer}");
        let change = json_text(|value| *value.pointer_mut(&place).expect("it is there") = to.clone());
        found_out_in(folder.path(), "out/evaluation.json", change, "sums");
    }
}
