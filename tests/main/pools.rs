//! Pools of schools that share a catchment, and nine-year schools whose seats serve both stages.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};
use xuequ::catchment::{Outcome, Parameters, plan, plan_together, plan_within};
use xuequ::measure::DistrictLines;
use xuequ::model::Settings;
use xuequ::model::settings::Effort;
use xuequ::model::{
    Block, BlockIndex, County, District, Districts, Origin, PerStage, Pool, School, SchoolIndex, Stage,
};

use crate::command::{copy_folder, demo, folder, lasting_folder, read, read_json, write, xuequ};
use crate::fixture::{Chance, Grid, grid_county, survey};
use crate::tamper;

fn quick() -> Parameters {
    Parameters { effort: Some(Effort::Quick), ..Parameters::default() }
}

/// The least pupils above seats and pupil-metres that trying everything finds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Best {
    overload: u64,
    pupil_metres: f64,
}

impl Best {
    const NONE: Best = Best { overload: u64::MAX, pupil_metres: f64::INFINITY };

    fn or(self, other: Best) -> Best {
        let is_better = other.overload < self.overload
            || (other.overload == self.overload && other.pupil_metres < self.pupil_metres);
        if is_better { other } else { self }
    }
}

/// One stage of a tiny county, written out anew: owners of catchments with their gates, lots and homes.
struct Tiny<'a> {
    grid: Grid,
    county: &'a County,
    stage: Stage,
    /// For each owner its schools by position, and the cells they stand in.
    owners: Vec<(Vec<usize>, Vec<usize>)>,
}

impl Tiny<'_> {
    /// Every assignment in which each owner has its homes and each block reaches a home of its own, as owners by cell.
    fn schemes(&self) -> Vec<Vec<usize>> {
        let (cells, owners) = (self.grid.count(), self.owners.len());
        let own = |scheme: &[usize], cell: usize| scheme[cell];
        (0..owners.pow(cells as u32))
            .map(|code| (0..cells).map(|cell| code / owners.pow(cell as u32) % owners).collect::<Vec<usize>>())
            .filter(|scheme| {
                let at_home = |owner: usize| self.owners[owner].1.iter().all(|home| own(scheme, *home) == owner);
                (0..owners).all(at_home) && self.hangs_together(scheme)
            })
            .collect()
    }

    fn hangs_together(&self, scheme: &[usize]) -> bool {
        let mut reached = vec![false; self.grid.count()];
        let mut queue: Vec<usize> = self.owners.iter().flat_map(|(_, homes)| homes.iter().copied()).collect();
        while let Some(cell) = queue.pop() {
            if !std::mem::replace(&mut reached[cell], true) {
                queue.extend(self.grid.beside(cell).into_iter().filter(|next| scheme[*next] == scheme[cell]));
            }
        }
        reached.into_iter().all(|reached| reached)
    }

    /// Metres from a cell to an owner: the mean over its schools weighted by their seats.
    fn metres(&self, cell: usize, owner: usize) -> f64 {
        let point = self.county.blocks[cell].point;
        let schools = self.owners[owner].0.iter().map(|school| &self.county.schools[*school]);
        let (sum, seats) = schools.fold((0.0, 0.0), |(sum, all), school| {
            let seats = f64::from(school.seats[self.stage].expect("it serves the stage"));
            (sum + seats * (school.gate.x - point.x).hypot(school.gate.y - point.y), all + seats)
        });
        sum / seats
    }

    fn pupil_metres(&self, scheme: &[usize]) -> f64 {
        let pupils = |cell: usize| f64::from(self.county.blocks[cell].pupils[self.stage]);
        scheme.iter().enumerate().map(|(cell, owner)| pupils(cell) * self.metres(cell, *owner)).sum()
    }

    fn load(&self, scheme: &[usize], owner: usize) -> u64 {
        let of_owner = (0..scheme.len()).filter(|cell| scheme[*cell] == owner);
        of_owner.map(|cell| u64::from(self.county.blocks[cell].pupils[self.stage])).sum()
    }

    fn seats(&self, owner: usize) -> u64 {
        let of_school = |school: &usize| u64::from(self.county.schools[*school].seats[self.stage].expect("seats"));
        self.owners[owner].0.iter().map(of_school).sum()
    }

    /// The owners by cell that an outcome comes to.
    fn scheme(&self, outcome: &Outcome) -> Vec<usize> {
        let owner = |school: &Option<SchoolIndex>| {
            let school = school.expect("every block has a school").get();
            self.owners.iter().position(|(schools, _)| schools[0] == school).expect("blocks go to holders")
        };
        outcome.catchments.school_of.iter().map(owner).collect()
    }
}

const CELLS: Grid = Grid { columns: 3, rows: 3, side: 200.0 };

/// A county of nine blocks and four schools, of which the first two and no others share a catchment.
fn pooled(seed: u64, percent: [u32; 4]) -> (County, Vec<usize>) {
    let mut chance = Chance::new(seed);
    let pupils: Vec<u32> = (0..CELLS.count()).map(|_| 5 + chance.below(60) as u32).collect();
    let sum: u32 = pupils.iter().sum();
    let mut cells: Vec<usize> = (0..CELLS.count()).collect();
    let homes: Vec<usize> = (0..4).map(|_| cells.remove(chance.below(cells.len()))).collect();
    let schools: Vec<(usize, u32)> = homes.iter().zip(percent).map(|(home, of)| (*home, sum * of / 100)).collect();
    let mut county = grid_county(CELLS, &pupils, &schools);
    let schools = vec![SchoolIndex::new(0), SchoolIndex::new(1)];
    county.pools = vec![Pool { name: "both".into(), stage: Stage::All, schools, origin: Origin::default() }];
    (county, homes)
}

#[test]
fn tiny_counties_with_a_pool_are_planned_as_well_as_trying_everything() {
    for seed in 1..=8 {
        let (county, homes) = pooled(seed, [22, 34, 30, 32]);
        let owners = vec![(vec![0, 1], homes[..2].to_vec()), (vec![2], vec![homes[2]]), (vec![3], vec![homes[3]])];
        let tiny = Tiny { grid: CELLS, county: &county, stage: Stage::All, owners };
        let worth = |scheme: &[usize]| Best {
            overload: (0..3).map(|owner| tiny.load(scheme, owner).saturating_sub(tiny.seats(owner))).sum(),
            pupil_metres: tiny.pupil_metres(scheme),
        };
        let best = tiny.schemes().iter().map(|scheme| worth(scheme)).fold(Best::NONE, Best::or);
        let outcome = plan(&county, &survey(&county), Stage::All, &Settings::default(), &quick());
        let scheme = tiny.scheme(&outcome);
        assert!(tiny.hangs_together(&scheme), "seed {seed}: {scheme:?}");
        let found = worth(&scheme);
        assert_eq!(found.overload, best.overload, "seed {seed}");
        let tolerance = 0.002 * county.pupils(Stage::All) as f64;
        assert!((found.pupil_metres - best.pupil_metres).abs() <= tolerance, "seed {seed}: {found:?} {best:?}");
        if best.overload == 0 {
            let bound = outcome.bound.pupil_kilometres() * 1000.0;
            assert!(bound <= best.pupil_metres, "seed {seed}: {bound} is no bound on {best:?}");
        }
    }
}

const STRIP: Grid = Grid { columns: 4, rows: 2, side: 200.0 };

/// Eight blocks with pupils of two stages: a primary school, a junior school, and a nine-year school with shared seats.
fn nine_year(seed: u64, percent: u32) -> (County, [usize; 3]) {
    let mut chance = Chance::new(seed);
    let mut county = grid_county(STRIP, &[0; 8], &[]);
    county.stages = vec![Stage::Primary, Stage::Junior];
    for Block { pupils, .. } in &mut county.blocks {
        pupils[Stage::All] = 0;
        pupils[Stage::Primary] = 10 + chance.below(50) as u32;
        pupils[Stage::Junior] = 5 + chance.below(30) as u32;
    }
    let [primary, junior] = [Stage::Primary, Stage::Junior].map(|stage| county.pupils(stage) as u32);
    let shared = (primary + junior) * percent / 100;
    let homes = [3, 4 + chance.below(3), chance.below(3)];
    let school = |position: usize, seats: [Option<u32>; 2], shared_seats: Option<u32>| {
        let mut of_stage = PerStage::default();
        (of_stage[Stage::Primary], of_stage[Stage::Junior]) = (seats[0], seats[1]);
        let template: School = grid_county(STRIP, &[0; 8], &[(homes[position], 1)]).schools.remove(0);
        School { id: format!("S{position}"), seats: of_stage, shared_seats, ..template }
    };
    county.schools = vec![
        school(0, [Some(primary * 64 / 100), None], None),
        school(1, [None, Some(junior * 62 / 100)], None),
        school(2, [Some(shared), Some(shared)], Some(shared)),
    ];
    (county, homes)
}

#[test]
fn stages_that_share_seats_are_planned_as_well_as_trying_everything() {
    let mut bound_by_shared_seats = 0;
    for seed in 1..=8 {
        let (county, homes) = nine_year(seed, 46);
        assert_eq!(county.stages_together(), [vec![Stage::Primary, Stage::Junior]]);
        let of_stage = |stage: Stage, own: usize| {
            let owners = vec![(vec![own], vec![homes[own]]), (vec![2], vec![homes[2]])];
            Tiny { grid: STRIP, county: &county, stage, owners }
        };
        let tinies = [of_stage(Stage::Primary, 0), of_stage(Stage::Junior, 1)];
        let shared = u64::from(county.schools[2].shared_seats.expect("it shares seats"));
        // For each scheme of a stage: pupils above the seats of its own school, pupils at the shared one, pupil-metres.
        let worth = |tiny: &Tiny<'_>, scheme: &[usize]| {
            let over = tiny.load(scheme, 0).saturating_sub(tiny.seats(0));
            (over, tiny.load(scheme, 1), tiny.pupil_metres(scheme))
        };
        let together = |first: (u64, u64, f64), second: (u64, u64, f64)| Best {
            overload: first.0 + second.0 + (first.1 + second.1).saturating_sub(shared),
            pupil_metres: first.2 + second.2,
        };
        let [firsts, seconds] = [0, 1].map(|stage: usize| -> Vec<(u64, u64, f64)> {
            tinies[stage].schemes().iter().map(|scheme| worth(&tinies[stage], scheme)).collect()
        });
        let pairs = firsts.iter().flat_map(|first| seconds.iter().map(|second| together(*first, *second)));
        let best = pairs.fold(Best::NONE, Best::or);
        let outcomes = plan_together(&county, &survey(&county), &county.stages, &Settings::default(), &quick());
        let schemes = [0, 1].map(|stage: usize| tinies[stage].scheme(&outcomes[stage]));
        let [first, second] = [0, 1].map(|stage: usize| worth(&tinies[stage], &schemes[stage]));
        let found = together(first, second);
        assert!((0..2).all(|stage| tinies[stage].hangs_together(&schemes[stage])), "seed {seed}");
        assert_eq!(found.overload, best.overload, "seed {seed}: {found:?} {best:?}");
        let tolerance = 0.002 * (county.pupils(Stage::Primary) + county.pupils(Stage::Junior)) as f64;
        assert!((found.pupil_metres - best.pupil_metres).abs() <= tolerance, "seed {seed}: {found:?} {best:?}");
        if best.overload == 0 {
            let bounds: f64 = outcomes.iter().map(|outcome| outcome.bound.pupil_kilometres() * 1000.0).sum();
            assert!(bounds <= best.pupil_metres, "seed {seed}: {bounds} is no bound on {best:?}");
        }
        let alone = [0, 1].map(|stage: usize| {
            let of_stage = tinies[stage].schemes();
            let kept = of_stage.iter().map(|scheme| worth(&tinies[stage], scheme)).filter(|found| found.0 == 0);
            kept.min_by(|first, second| first.2.total_cmp(&second.2)).expect("some scheme keeps the seats")
        });
        bound_by_shared_seats += u32::from(alone[0].1 + alone[1].1 > shared);
    }
    assert!(bound_by_shared_seats > 0, "in some of these the stages want more seats than there are to share");
}

/// Nine-year schools at both ends of a strip, whose junior pupils are of one district, and two primary schools between them: the
/// primary districts part what the junior district joins, and the first lacks seats.
#[test]
fn stages_that_share_seats_keep_the_lines_of_each_where_one_joins_what_the_other_parts() {
    let grid = Grid { columns: 10, rows: 1, side: 100.0 };
    let homes = [0, 3, 6, 9];
    let mut county = grid_county(grid, &[0; 10], &homes.map(|home| (home, 1)));
    county.stages = vec![Stage::Primary, Stage::Junior];
    for block in &mut county.blocks {
        (block.pupils[Stage::Primary], block.pupils[Stage::Junior]) = (10, 1);
    }
    let shares = [Some(22), None, Some(60), None];
    for (school, shared) in county.schools.iter_mut().zip(shares) {
        let mut seats = PerStage::default();
        seats[Stage::Primary] = Some(shared.unwrap_or(60));
        seats[Stage::Junior] = shared;
        (school.seats, school.shared_seats) = (seats, shared);
    }
    let index = |school: usize| Some(SchoolIndex::new(school));
    let today = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3];
    county.existing.school_of[Stage::Primary] = Some(today.map(index).to_vec());
    county.existing.school_of[Stage::Junior] = Some([0, 0, 0, 0, 2, 2, 2, 2, 2, 2].map(index).to_vec());
    let district = |schools: &[usize]| District {
        id: format!("D{}", schools[0]),
        name: format!("D{}", schools[0]),
        lead: index(schools[0]),
        members: schools[1..].iter().map(|school| SchoolIndex::new(*school)).collect(),
        ..District::default()
    };
    let ground = survey(&county);
    let free = plan_together(&county, &ground, &county.stages, &Settings::default(), &quick());
    let of_stage = [vec![district(&[0]), district(&[1, 2]), district(&[3])], vec![district(&[0, 2])]];
    let lines: Vec<DistrictLines> = of_stage
        .into_iter()
        .zip(&free)
        .map(|(districts, free)| {
            let stage = free.catchments.stage;
            DistrictLines::of(&county, &ground, &Districts { stage, districts }, &free.catchments)
        })
        .collect();
    let (planned, _) = plan_within(&county, &ground, &county.stages, &lines, &Settings::default(), &quick());
    for (catchments, lines) in planned.iter().zip(&lines) {
        for (block, school) in catchments.school_of.iter().enumerate() {
            let school = school.expect("every block has a school");
            let district = lines.of_block(BlockIndex::new(block)).expect("every block is bound");
            assert_eq!(district, lines.of_school(school), "{}: block {block}", catchments.stage.slug());
        }
    }
}

#[test]
fn a_pool_may_fall_into_as_many_parts_as_it_has_homes() {
    // A strip of one row: the pool's schools at its ends, another in the middle.
    let grid = Grid { columns: 9, rows: 1, side: 100.0 };
    let mut county = grid_county(grid, &[10; 9], &[(0, 30), (4, 30), (8, 30)]);
    let schools = vec![SchoolIndex::new(0), SchoolIndex::new(2)];
    county.pools = vec![Pool { name: "ends".into(), stage: Stage::All, schools, origin: Origin::default() }];
    let outcome = plan(&county, &survey(&county), Stage::All, &Settings::default(), &quick());
    let of_pool = |cell: usize| outcome.catchments.school_of[cell] == Some(SchoolIndex::new(0));
    assert_eq!((0..9).filter(|cell| of_pool(*cell)).collect::<Vec<usize>>(), [0, 1, 2, 6, 7, 8]);
}

/// The county of the tamper tests with two pools of primary schools, one of junior schools, and a nine-year school that
/// shares its seats between its stages; planned. Never to be written to.
fn mixed() -> &'static Path {
    static COUNTY: OnceLock<PathBuf> = OnceLock::new();
    COUNTY.get_or_init(|| {
        let home = lasting_folder("pools-");
        write(&home, "blocks.geojson", tamper::blocks().to_string());
        write(&home, "schools.csv", mixed_schools());
        let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\n\
                        file = \"blocks.geojson\"\n[districts]\nlead_enrolment = 1\n[locks]\nfile = \"locks.csv\"\n";
        write(&home, "locks.csv", "kind,what,to,stage,reason\nblock,B43,S3,primary,agreed\n");
        write(&home, "xuequ.toml", settings);
        xuequ(&home, &["plan", ".", "-o", "out", "--effort", "quick"]).ends(0);
        home
    })
}

fn mixed_schools() -> String {
    let header =
        "school_id,stage,x,y,capacity_primary,capacity_junior,shared_seats,pool_primary,pool_junior,strong,weak\n";
    let row = |position: usize| {
        let (row, column) = (position / 3, position % 3);
        let (x, y) = (290 + 600 * column, 310 + 600 * row);
        let stage = if row == column { "nine-year" } else { "primary" };
        let seats = match position {
            0 => ",,520",
            4 | 8 => "260,400,",
            _ => "260,,",
        };
        let pools = match position {
            1 | 2 => "east,",
            3 | 6 => "west,",
            4 | 8 => ",middle",
            _ => ",",
        };
        let mark = |set: &[usize]| if set.contains(&position) { "yes" } else { "no" };
        let (strong, weak) = (mark(&[0, 4, 8]), mark(&[1, 3, 7]));
        format!("S{},{stage},{x},{y},{seats},{pools},{strong},{weak}\n", position + 1)
    };
    std::iter::once(header.to_owned()).chain((0..9).map(row)).collect()
}

#[test]
fn a_mixed_county_is_planned_and_verified() {
    let run = tamper::verify(mixed()).ends(0);
    assert_eq!(tamper::failed(&run), [""; 0]);
    let evaluation = read_json(mixed(), "out/evaluation.json");
    let pools = |stage: usize| evaluation["stages"][stage]["pools"].as_array().expect("a list of pools").clone();
    let names = |stage: usize| pools(stage).iter().map(|pool| pool["pool"].clone()).collect::<Vec<Value>>();
    assert_eq!((names(0), names(1)), (vec![json!("east"), json!("west")], vec![json!("middle")]));
    assert_eq!(pools(0)[0]["school_ids"], json!(["S2", "S3"]));
    assert_eq!(pools(0)[0]["seats"], 520);
    let shared = &evaluation["shared_seats"][0];
    assert_eq!((&shared["school_id"], &shared["seats"], &shared["overload"]), (&json!("S1"), &json!(520), &json!(0)));
    let both = shared["pupils_primary"].as_u64().zip(shared["pupils_junior"].as_u64());
    let (primary, junior) = both.expect("numbers of pupils");
    // What a stage may fill of the shared seats is what the other leaves.
    let seats = |stage: usize| evaluation["stages"][stage]["schools"][0]["seats"].as_u64();
    assert_eq!((seats(0), seats(1)), (Some(520 - junior), Some(520 - primary)));
}

#[test]
fn tables_and_layers_name_all_schools_of_a_pool() {
    let assignment = read(mixed(), "out/assignment.csv");
    let locked = assignment.lines().find(|line| line.starts_with("primary,B43,")).expect("its row");
    assert!(locked.contains(",S2;S3,S2 / S3,") && locked.contains(",yes,"), "{locked}");
    assert!(!assignment.contains(",S2,") && !assignment.contains(",S3,"));
    let catchments = read_json(mixed(), "out/catchments.geojson");
    let features = catchments["features"].as_array().expect("features");
    let ids: Vec<&str> = features.iter().filter_map(|feature| feature["id"].as_str()).collect();
    let expected = ["S1", "S2;S3", "S4;S7", "S5", "S6", "S8", "S9"].map(|id| format!("primary:{id}"));
    assert_eq!(ids[..7], expected);
    assert_eq!(ids[7..], ["junior:S1", "junior:S5;S9"]);
    assert_eq!(features[1]["properties"]["pool"], "east");
    for (sheet, pools) in [("out/map.svg", 2), ("out/map-junior.svg", 1)] {
        assert_eq!(read(mixed(), sheet).matches("data-pool=").count(), pools, "{sheet}");
    }
    let report = read(mixed(), "out/report.md");
    assert!(report.contains("S2;S3") && report.contains("| east |"), "{report}");
}

#[test]
fn schools_of_a_pool_are_in_one_district() {
    let districts = read(mixed(), "out/districts.csv");
    let of = |kind: &str, school: &str| -> String {
        let line = districts.lines().find(|line| line.contains(&format!(",{kind}-district,{school},")));
        line.and_then(|line| line.split(',').next()).unwrap_or_else(|| panic!("{school} in {districts}")).to_owned()
    };
    assert_eq!(of("primary", "S2"), of("primary", "S3"));
    assert_eq!(of("primary", "S4"), of("primary", "S7"));
    assert_eq!(of("junior", "S5"), of("junior", "S9"));
}

#[test]
fn an_assignment_with_pools_reads_back() {
    let measured = xuequ(mixed(), &["evaluate", ".", "--assignment", "out/assignment.csv", "--json"]).ends(0).json();
    let planned = read_json(mixed(), "out/evaluation.json");
    for stage in 0..2 {
        for figure in ["pupil_km", "seats", "overload", "detached", "nearest_share", "envy", "pools"] {
            assert_eq!(measured["stages"][stage][figure], planned["stages"][stage][figure], "{stage} {figure}");
        }
    }
    assert_eq!(measured["shared_seats"], planned["shared_seats"]);
}

/// Gives all rows of a stage that name the catchment `from` to the catchment `to`.
fn given(stage: &'static str, from: &'static str, to: &'static str) -> impl Fn(&str) -> String {
    let cells = |ids: &str| format!(",{ids},{},", ids.replace(';', " / "));
    move |text| {
        let lines = text.split_inclusive('\n');
        let change = |line: &str| {
            if line.starts_with(stage) { line.replacen(&cells(from), &cells(to), 1) } else { line.to_owned() }
        };
        lines.map(change).collect()
    }
}

#[test]
fn a_pool_over_its_seats_is_found_out() {
    tamper::found_out_in(mixed(), "out/assignment.csv", given("primary", "S6", "S2;S3"), "seats");
}

#[test]
fn shared_seats_that_are_overfilled_are_found_out() {
    tamper::found_out_in(mixed(), "out/assignment.csv", given("junior", "S5;S9", "S1"), "seats");
    // A stage that would fit alone, and does not beside the other.
    let copy = tamper::copy_of(mixed());
    let changed = read(copy.path(), "schools.csv").replace(",,520,", ",,300,");
    write(copy.path(), "schools.csv", changed);
    tamper::fingerprint_anew(copy.path());
    let evaluation = read_json(mixed(), "out/evaluation.json");
    let shared = &evaluation["shared_seats"][0];
    assert!(shared["pupils_primary"].as_u64() <= Some(300) && shared["pupils_junior"].as_u64() <= Some(300));
    let failed = tamper::failed(&tamper::verify(copy.path()));
    assert!(failed.contains(&"seats".to_owned()), "{failed:?}");
}

#[test]
fn half_a_pool_and_changed_figures_of_pools_are_found_out() {
    let evaluation = "out/evaluation.json";
    tamper::found_out_in(mixed(), "out/assignment.csv", |text| text.replacen(",S2;S3,", ",S2,", 1), "rows");
    tamper::found_out_in(mixed(), "out/assignment.csv", |text| text.replacen(",S2 / S3,", ",S2,", 1), "rows");
    for figure in ["blocks", "pupils", "seats", "overload", "mean_distance_m", "mean_nearest_m", "strong_schools"] {
        let change = tamper::json_text(|value| value["stages"][0]["pools"][1][figure] = json!(77));
        tamper::found_out_in(mixed(), evaluation, change, "sums");
    }
    for figure in ["seats", "pupils_primary", "pupils_junior", "overload"] {
        let change = tamper::json_text(|value| value["shared_seats"][0][figure] = json!(77));
        tamper::found_out_in(mixed(), evaluation, change, "sums");
    }
    for property in ["pool", "school_id", "seats"] {
        let change = tamper::json_text(|layer| layer["features"][1]["properties"][property] = json!("x"));
        tamper::found_out_in(mixed(), "out/catchments.geojson", change, "layers");
    }
}

/// The demo county with two pools of primary schools, one of junior schools, and a nine-year school that shares its seats.
#[test]
fn the_demo_county_with_pools_is_planned_and_verified() {
    let home = folder();
    copy_folder(demo(), home.path());
    std::fs::remove_dir_all(home.path().join("out")).expect("the plan of the plain demo");
    let schools = read(home.path(), "schools.csv");
    let mut lines = schools.lines();
    let mut changed = format!("{},小学划片组,初中划片组,共用学位\n", lines.next().expect("a header"));
    for line in lines {
        let mut cells: Vec<&str> = line.split(',').collect();
        let (primary, junior) = match cells[0] {
            "2199000003" | "2199000004" | "2199000005" => ("东城片", ""),
            "2199000010" | "2199000018" => ("南城片", ""),
            "3199000030" | "3199000032" | "3199000033" => ("", "中城片"),
            _ => ("", ""),
        };
        let mut shared = "";
        if cells[0] == "2199000043" {
            (cells[6], cells[7], shared) = ("", "", "2295");
        }
        cells.extend([primary, junior, shared]);
        changed.push_str(&cells.join(","));
        changed.push('\n');
    }
    write(home.path(), "schools.csv", changed);
    // A pool keeps its schools together: one territory falls in two parts, which is told.
    let run = xuequ(home.path(), &["plan", ".", "-o", "out", "--effort", "quick"]).ends(1);
    assert!(home.path().join("out/bound-junior.json").exists(), "{run:?}");
    assert_eq!(tamper::failed(&tamper::verify(home.path()).ends(0)), [""; 0]);
    let evaluation = read_json(home.path(), "out/evaluation.json");
    assert_eq!(evaluation["stages"][0]["pools"].as_array().map(Vec::len), Some(2));
    assert_eq!(evaluation["shared_seats"][0]["seats"], 2295);
    let rule = |id: &str| evaluation["rules"].as_array().expect("rules").iter().any(|rule| rule["id"] == id);
    assert!(rule("strong-in-pools"));
}

#[test]
fn strong_schools_crowded_in_one_pool_are_named() {
    let copy = tamper::copy_of(mixed());
    let schools = mixed_schools();
    let crowded: String = schools
        .split_inclusive('\n')
        .map(|line| match line.split(',').next() {
            Some("S2" | "S3") => line.replace(",no,", ",yes,").replace(",yes\n", ",no\n"),
            _ => line.to_owned(),
        })
        .collect();
    write(copy.path(), "schools.csv", crowded);
    xuequ(copy.path(), &["plan", ".", "-o", "out", "--effort", "quick", "--overwrite"]).says(&["Wrote"]);
    let evaluation = read_json(copy.path(), "out/evaluation.json");
    let rules = evaluation["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "strong-in-pools").expect("there are pools");
    assert_eq!((&rule["verdict"], &rule["breaches"][0]["id"]), (&json!("broken"), &json!("east")));
    let failed = tamper::failed(&tamper::verify(copy.path()));
    assert!(!failed.contains(&"sums".to_owned()), "{failed:?}");
}

#[test]
fn what_is_wrong_with_pools_and_shared_seats_is_said() {
    let home = folder();
    write(home.path(), "blocks.geojson", tamper::blocks().to_string());
    let found = |schools: &str| -> Vec<String> {
        write(home.path(), "schools.csv", schools);
        let arguments = ["check", "--schools", "schools.csv", "--blocks", "blocks.geojson", "--crs", "local", "--json"];
        let run = xuequ(home.path(), &arguments);
        let findings = run.json()["findings"].as_array().expect("findings").clone();
        findings.iter().filter_map(|finding| finding["code"].as_str().map(str::to_owned)).collect()
    };
    let has = |schools: &str, code: &str| {
        let found = found(schools);
        assert!(found.contains(&code.to_owned()), "{code} in {found:?}");
    };
    let mixed = mixed_schools();
    let ours = ["shared-seats-beside", "shared-seats-one-stage", "pool-shared-seats", "pool-single", "pool-unserved"];
    assert!(found(&mixed).iter().all(|code| !ours.contains(&code.as_str())));
    has(&mixed.replacen(",east,", ",eats,", 1), "pool-single");
    has(&mixed.replacen(",,520,,,", ",,520,west,,", 1), "pool-shared-seats");
    has(&mixed.replacen(",,520,,,", ",300,520,,,", 1), "shared-seats-beside");
    has(&mixed.replacen("S6,primary,1490,910,260,,,,,", "S6,primary,1490,910,,,260,,,", 1), "shared-seats-one-stage");
    has(&mixed.replacen("S6,primary,1490,910,260,,,,,", "S6,primary,1490,910,260,,,,middle,", 1), "pool-unserved");
    has(&mixed.replacen(",,520,", ",,100,", 1).replace(",260,400,", ",100,200,"), "seats-short");
}
