//! Bounds by worths: never above what can be had, proved again by `verify`, and worthless once altered.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};
use xuequ::catchment::{Parameters, Proof, plan};
use xuequ::model::Settings;
use xuequ::model::{SchoolIndex, Stage};

use super::command::{copy_folder, folder, lasting_folder, read_json, write, xuequ};
use crate::fixture::{Chance, Grid, detached, grid_county, pupil_metres, survey};

/// A county small enough to try every assignment, whose seats bind.
struct Small {
    grid: Grid,
    homes: Vec<usize>,
    pupils: Vec<u32>,
    seats: Vec<u32>,
}

impl Small {
    fn of(seed: u64, schools: usize) -> Small {
        let grid = if schools == 2 {
            Grid { columns: 4, rows: 3, side: 150.0 }
        } else {
            Grid { columns: 3, rows: 3, side: 200.0 }
        };
        let mut chance = Chance::new(seed);
        let pupils: Vec<u32> =
            (0..grid.count()).map(|_| if chance.below(7) == 0 { 0 } else { 10 + chance.below(60) as u32 }).collect();
        let mut cells: Vec<usize> = (0..grid.count()).collect();
        let homes: Vec<usize> = (0..schools).map(|_| cells.remove(chance.below(cells.len()))).collect();
        let sum: u32 = pupils.iter().sum();
        let seats = (0..schools).map(|_| sum / schools as u32 + 12 + chance.below(25) as u32).collect();
        Small { grid, homes, pupils, seats }
    }

    /// The least pupil-metres of any assignment that keeps the hard rules.
    fn least(&self) -> Option<f64> {
        let schools: Vec<(usize, u32)> = self.homes.iter().copied().zip(self.seats.iter().copied()).collect();
        let county = grid_county(self.grid, &self.pupils, &schools);
        let mut least: Option<f64> = None;
        for code in 0..self.homes.len().pow(self.grid.count() as u32) {
            let mut rest = code;
            let mut load = vec![0; self.homes.len()];
            let school_of: Vec<Option<SchoolIndex>> = (0..self.grid.count())
                .map(|cell| {
                    let school = rest % self.homes.len();
                    rest /= self.homes.len();
                    load[school] += self.pupils[cell];
                    Some(SchoolIndex::new(school))
                })
                .collect();
            let at_home = |school: usize| school_of[self.homes[school]] == Some(SchoolIndex::new(school));
            let fits = load.iter().zip(&self.seats).all(|(load, seats)| load <= seats);
            if fits && (0..load.len()).all(at_home) && detached(self.grid, &self.homes, &school_of).is_empty() {
                let value = pupil_metres(&county, &school_of);
                least = Some(least.map_or(value, |least| least.min(value)));
            }
        }
        least
    }

    fn write(&self, home: &Path) {
        let place = |cell: usize| self.grid.middle(cell);
        let table = |head: &str, rows: Vec<String>| format!("{head}\n{}\n", rows.join("\n"));
        let schools = self.homes.iter().zip(&self.seats).enumerate().map(|(school, (home, seats))| {
            format!("S{school},{},{},{seats},B{home}", place(*home).x + 7.0, place(*home).y - 11.0)
        });
        let cells = || 0..self.grid.count();
        let blocks = cells().map(|cell| format!("B{cell},{},{},{}", place(cell).x, place(cell).y, self.pupils[cell]));
        let pairs = cells().flat_map(|cell| self.grid.beside(cell).into_iter().map(move |next| (cell, next)));
        let pairs = pairs.filter(|(cell, next)| cell < next).map(|(cell, next)| format!("B{cell},B{next}"));
        let schools = table("school_id,x,y,capacity,home_block", schools.collect());
        let blocks = table("block_id,x,y,pupils", blocks.collect());
        let adjacency = table("block_a,block_b", pairs.collect());
        write(home, "schools.csv", schools);
        write(home, "blocks.csv", blocks);
        write(home, "adjacency.csv", adjacency);
    }
}

const PLAN: [&str; 11] = [
    "plan",
    "--crs",
    "local",
    "--schools",
    "schools.csv",
    "--blocks",
    "blocks.csv",
    "--adjacency",
    "adjacency.csv",
    "-o",
    "out",
];

#[test]
fn no_bound_is_above_the_best_of_all_schemes() {
    let (mut feasible, mut by_worths, mut tight) = (0, 0, 0);
    for seed in 0..40 {
        let case = Small::of(seed, 2 + seed as usize % 2);
        let Some(least) = case.least() else { continue };
        let schools: Vec<(usize, u32)> = case.homes.iter().copied().zip(case.seats.iter().copied()).collect();
        let county = grid_county(case.grid, &case.pupils, &schools);
        let bound = plan(&county, &survey(&county), Stage::All, &Settings::default(), &Parameters::default()).bound;
        let value = bound.pupil_kilometres() * 1000.0;
        assert!(value <= least, "seed {seed}: {value} is no bound on {least}");
        feasible += 1;
        by_worths += usize::from(matches!(bound.proof, Proof::Worths(_)));
        // A millimetre a pupil is what rounding takes.
        tight += usize::from(value >= least * 0.999 - 0.001 * county.pupils(Stage::All) as f64);
    }
    assert!(feasible >= 20, "{feasible} of the cases can be planned");
    assert!(by_worths >= feasible / 2, "{by_worths} of {feasible} by worths");
    assert!(tight >= feasible / 2, "{tight} of {feasible} are tight");
}

#[test]
fn bounds_of_small_counties_are_proved_again() {
    for seed in [3, 8, 12, 17] {
        let home = folder();
        Small::of(seed, 2 + seed as usize % 2).write(home.path());
        let run = xuequ(home.path(), &PLAN);
        assert!(matches!(run.code, 0 | 1 | 4), "{run:#?}");
        let verdict = xuequ(home.path(), &["verify", "out", "--json"]).json();
        assert_eq!(verdict["claims_hold"], json!(true), "seed {seed}: {verdict}");
    }
}

/// A planned county whose bound is proved by worths, with cuts and claims. Never to be written to.
fn county() -> &'static Path {
    static COUNTY: OnceLock<PathBuf> = OnceLock::new();
    COUNTY.get_or_init(|| {
        let home = lasting_folder("bound-");
        let grid = Grid { columns: 7, rows: 5, side: 150.0 };
        let mut chance = Chance::new(1);
        let pupils: Vec<u32> = (0..grid.count()).map(|_| 8 + 60 * u32::from(chance.below(5) == 0)).collect();
        let homes = vec![0, 2, 17, 28];
        let sum: u32 = pupils.iter().sum();
        let seats = homes.iter().map(|_| sum / 4 + 5).collect();
        Small { grid, homes, pupils, seats }.write(&home);
        xuequ(&home, &PLAN).ends(0);
        home
    })
}

/// Changes the certificate, with the fingerprint made anew, and says whether the bound still stands.
fn stands(change: impl Fn(&mut Value)) -> bool {
    let copy = folder();
    copy_folder(county(), copy.path());
    let mut certificate = read_json(copy.path(), "out/bound-all.json");
    change(&mut certificate);
    let text = certificate.to_string();
    let mut manifest = read_json(copy.path(), "out/manifest.json");
    manifest["outputs"]["bound-all.json"] = json!(xuequ::publish::fingerprint(text.as_bytes()));
    write(copy.path(), "out/bound-all.json", text);
    write(copy.path(), "out/manifest.json", manifest.to_string());
    let verdict = xuequ(copy.path(), &["verify", "out", "--json"]).json();
    let checks = verdict["checks"].as_array().expect("a list of checks").clone();
    let failed: Vec<&Value> = checks.iter().filter(|check| check["passed"] == json!(false)).collect();
    assert!(failed.iter().all(|check| check["id"] == "bound"), "{failed:?}");
    failed.is_empty()
}

#[test]
fn an_altered_proof_by_worths_is_found_out() {
    let certificate = read_json(county(), "out/bound-all.json");
    assert_eq!(certificate["form"], "worths");
    let cuts = certificate["cuts"].as_array().expect("a list of cuts");
    assert!(!cuts.is_empty(), "there are cuts to alter");
    let claims = certificate["connected_pupil_mm"].as_object().expect("claims by school");
    assert!(!claims.is_empty(), "there are claims to alter");
    assert!(stands(|_| {}), "an unaltered proof stands");
    for cut in 0..cuts.len() {
        let forget = |certificate: &mut Value| {
            certificate["cuts"][cut]["between"].as_array_mut().expect("a list").remove(0);
        };
        assert!(!stands(forget), "cut {cut} with a way through");
    }
    assert!(!stands(|certificate| certificate["cuts"][0]["charge_pupil_mm"] = json!(-1)));
    assert!(!stands(|certificate| certificate["cuts"][0]["between"] = json!(["B0"])));
    assert!(!stands(|certificate| certificate["cuts"][0]["block"] = json!("elsewhere")));
    let lowered = |school: &str, by: i64| {
        stands(|certificate| {
            let claim = &mut certificate["connected_pupil_mm"][school];
            *claim = json!(claim.as_i64().expect("a number") - by);
        })
    };
    // Where the search was stopped, the claim is not the least that holds.
    let exact = claims.keys().filter(|school| !lowered(school, 1)).count();
    assert!(exact > 0, "some claim is the least that holds");
    for (school, most) in claims {
        let most = most.as_i64().expect("a number");
        assert!(!lowered(school, most / 4 + 1), "{school}");
    }
    let worths = certificate["worths_pupil_mm"].as_object().expect("worths by block");
    let (dearest, worth) = worths.iter().max_by_key(|(_, worth)| worth.as_i64()).expect("a block with a worth");
    let worth = worth.as_i64().expect("a number");
    for by in [1_000_000_000, -1_000_000] {
        assert!(!stands(|certificate| certificate["worths_pupil_mm"][dearest] = json!(worth + by)), "{by}");
    }
    assert!(!stands(|certificate| certificate["pupil_mm"] = json!(certificate["pupil_mm"].as_i64().unwrap_or(0) + 1)));
    assert!(!stands(|certificate| certificate["form"] = json!("prices")));
    assert!(!stands(|certificate| certificate["covers"] = json!(["seats"])));
    assert!(!stands(|certificate| certificate["homes"]["S0"] = json!(["B34"])));
}
