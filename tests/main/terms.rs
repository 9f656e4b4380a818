//! What a bureau's own case adds: locks of two blocks, refusals, longest ways, fewest pupils, communities, weights. Schemes
//! drawn by hand, whose rules and sums are known.

use xuequ::catchment::{Parameters, plan};
use xuequ::language::Language;
use xuequ::measure::{Evaluation, RuleReport, Terms, evaluate, loads, objective};
use xuequ::model::settings::Settings;
use xuequ::model::{BlockIndex, Catchments, County, Lock, LockKind, Origin, Scheme, SchoolIndex, Stage};

use crate::fixture::{Chance, Folder, Grid, detached, grid_county, overload, survey};

const ROW: Grid = Grid { columns: 6, rows: 1, side: 100.0 };

/// Six blocks of ten pupils in a row, a school at either end.
fn row() -> County {
    grid_county(ROW, &[10; 6], &[(0, 40), (5, 100)])
}

fn lock(kind: LockKind) -> Lock {
    Lock { kind, reason: String::new(), author: String::new(), origin: Origin::default() }
}

fn at(schools: &[usize]) -> Catchments {
    let school_of = schools.iter().map(|school| Some(SchoolIndex::new(*school))).collect();
    Catchments { stage: Stage::All, school_of }
}

fn judged(county: &County, schools: &[usize], settings: &Settings) -> Evaluation {
    let scheme = Scheme { catchments: vec![at(schools)], ..Scheme::default() };
    evaluate(county, &survey(county), &scheme, &[], settings, Language::English)
}

fn rule<'a>(evaluation: &'a Evaluation, id: &str) -> &'a RuleReport {
    evaluation.rules.iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("no rule {id}"))
}

fn broken_by<'a>(evaluation: &'a Evaluation, id: &str) -> Vec<(&'a str, f64)> {
    rule(evaluation, id).breaches.iter().map(|breach| (breach.id.as_str(), breach.by)).collect()
}

#[test]
fn rules_the_input_does_not_speak_of_are_not_judged() {
    let evaluation = judged(&row(), &[0, 0, 0, 1, 1, 1], &Settings::default());
    for id in ["together", "apart", "forbidden", "longest-distance", "least-use", "locked-reached", "community"] {
        assert!(evaluation.rules.iter().all(|rule| rule.id != id), "{id}");
    }
}

#[test]
fn locks_of_two_blocks_and_refusals_name_who_breaks_them() {
    let mut county = row();
    let (first, second, stage) = (BlockIndex::new(1), BlockIndex::new(3), Stage::All);
    county.blocks[3].pupils[Stage::All] = 4;
    county.locks = vec![
        lock(LockKind::Together { first, second, stage }),
        lock(LockKind::Apart { first: BlockIndex::new(4), second, stage }),
        lock(LockKind::Forbidden { block: BlockIndex::new(4), school: SchoolIndex::new(1), stage }),
    ];
    let broken = judged(&county, &[0, 0, 0, 1, 1, 1], &Settings::default());
    assert_eq!(broken_by(&broken, "together"), [("B3", 4.0)], "the one with fewer pupils");
    assert_eq!(broken_by(&broken, "apart"), [("B3", 4.0)]);
    assert_eq!(broken_by(&broken, "forbidden"), [("B4", 10.0)]);
    assert!(!broken.hard_rules_kept);
    let kept = judged(&county, &[0, 0, 0, 0, 1, 1], &Settings::default());
    assert!(broken_by(&kept, "together").is_empty());
    assert!(broken_by(&kept, "apart").is_empty());
    assert_eq!(broken_by(&kept, "forbidden"), [("B4", 10.0)]);
}

#[test]
fn the_limit_of_a_block_wins_over_that_of_the_settings() {
    let mut county = row();
    let mut settings = Settings::default();
    settings.catchments.longest_distance_m = Some(250.0);
    // The gates are 7 m to the right of the middle of their block and 11 m below it.
    let evaluation = judged(&county, &[0, 0, 0, 0, 1, 1], &settings);
    let way = f64::hypot(293.0, 11.0);
    assert_eq!(broken_by(&evaluation, "longest-distance"), [("B3", ((way - 250.0) * 10.0).round() / 10.0)]);
    county.blocks[3].particulars_mut().longest_m = Some(300.0);
    county.blocks[4].particulars_mut().longest_m = Some(50.0);
    let evaluation = judged(&county, &[0, 0, 0, 0, 1, 1], &settings);
    let way = f64::hypot(107.0, 11.0);
    assert_eq!(broken_by(&evaluation, "longest-distance"), [("B4", ((way - 50.0) * 10.0).round() / 10.0)]);
    county.blocks[4].pupils[Stage::All] = 0;
    let evaluation = judged(&county, &[0, 0, 0, 0, 1, 1], &settings);
    assert!(broken_by(&evaluation, "longest-distance").is_empty(), "nobody has the way");
}

#[test]
fn the_number_of_a_school_wins_over_the_share_of_the_settings() {
    let mut county = row();
    let mut settings = Settings::default();
    settings.catchments.least_seat_use = Some(0.501);
    let evaluation = judged(&county, &[0, 0, 1, 1, 1, 1], &settings);
    assert_eq!(broken_by(&evaluation, "least-use"), [("S1", 11.0), ("S0", 1.0)], "51 and 21, rounded up");
    county.schools[1].least_pupils[Stage::All] = Some(40);
    let evaluation = judged(&county, &[0, 0, 1, 1, 1, 1], &settings);
    assert_eq!(broken_by(&evaluation, "least-use"), [("S0", 1.0)]);
}

#[test]
fn a_locked_block_that_is_not_reached_is_named_by_a_rule() {
    let mut county = row();
    let kind = LockKind::BlockToSchool { block: BlockIndex::new(4), school: SchoolIndex::new(0), stage: Stage::All };
    county.locks = vec![lock(kind)];
    let enclave = judged(&county, &[0, 0, 1, 1, 0, 1], &Settings::default());
    assert_eq!(broken_by(&enclave, "locked-reached"), [("B4", 10.0)]);
    assert_eq!(broken_by(&enclave, "contiguous"), [("B2", 10.0), ("B3", 10.0)], "cut off by it, and not locked");
    let whole = judged(&county, &[0, 0, 0, 0, 0, 1], &Settings::default());
    assert!(broken_by(&whole, "locked-reached").is_empty());
}

#[test]
fn the_sum_is_that_of_its_definition() {
    let mut county = row();
    for position in 0..4 {
        county.blocks[position].particulars_mut().community = Some("A".into());
    }
    county.blocks[5].particulars_mut().community = Some("B".into());
    county.existing.school_of[Stage::All] = Some(vec![Some(SchoolIndex::new(0)); 6]);
    county.existing.school_of[Stage::All].as_mut().expect("set above")[5] = None;
    let catchments = at(&[0, 0, 0, 1, 1, 1]);
    let mut settings = Settings::default();
    let ground = survey(&county);
    let scheme = Scheme { catchments: vec![catchments.clone()], ..Scheme::default() };
    let loads = loads(&county, &scheme, Stage::All);
    let plain = objective(&county, &ground, &catchments, &loads, &settings);
    let ways = [7.0, 93.0, 193.0, 207.0, 107.0, 7.0].map(|along| (f64::hypot(along, 11.0) * 1000.0).floor() as i64);
    assert_eq!(plain, Terms { distance: 10 * ways.iter().sum::<i64>(), ..Terms::default() });
    settings.catchments.change = 50.0;
    settings.catchments.community = 100.0;
    settings.catchments.compactness = 2.0;
    settings.catchments.balance = 10.0;
    let terms = objective(&county, &ground, &catchments, &loads, &settings);
    assert_eq!(terms.distance, plain.distance);
    assert_eq!(terms.change, 20 * 50_000, "the last block is not compared");
    // 40 pupils, 30 and 10 of them together: 40 − (900 + 100) ÷ 40 = 15.
    assert_eq!(terms.community, 15 * 100_000);
    assert_eq!(terms.compactness, 2 * 100_000, "one border of 100 m");
    // 30 of 40 seats are within 70 to 100 %, and 30 of 100 miss 40 pupils.
    assert_eq!(terms.balance, 40 * 10_000);
    let evaluation = judged(&county, &[0, 0, 0, 1, 1, 1], &settings);
    let sum = evaluation.stages[0].objective;
    assert!((sum.total_pupil_km - terms.total() as f64 / 1e6).abs() < 1e-9);
    assert_eq!(broken_by(&evaluation, "community"), [("A", 10.0)]);
    let parted = evaluation.stages[0].parted_communities.as_ref().expect("there are communities");
    let parts: Vec<(&str, u64)> = parted[0].schools.iter().map(|part| (part.school_id.as_str(), part.pupils)).collect();
    assert_eq!((parted.len(), parts), (1, vec![("S0", 30), ("S1", 10)]));
}

#[test]
fn given_pairs_of_points_all_count_the_median_of_their_distances() {
    let mut county = row();
    county.outlines = county.blocks.iter().map(|_| None).collect();
    county.blocks[5].point.x += 300.0;
    let pairs = (0..5).map(|first| (BlockIndex::new(first), BlockIndex::new(first + 1))).collect();
    county.adjacency = Some(xuequ::model::GivenAdjacency { pairs, beside_borders: false });
    let mut settings = Settings::default();
    settings.catchments.compactness = 1.0;
    let terms = objective(&county, &survey(&county), &at(&[0, 0, 0, 0, 0, 1]), &[], &settings);
    assert_eq!(terms.compactness, 100_000);
}

/// The row as tables, with the locks of `locks`.
fn tables(locks: &str) -> Folder {
    let folder = Folder::new();
    folder.write("schools.csv", "school_id,name,x,y,capacity,least_pupils\nS0,West,50,50,40,10\nS1,East,550,50,100,\n");
    let row = |position: usize| {
        let community = if position < 4 { "A" } else { "B" };
        let existing = if position < 2 { "S0" } else { "S1" };
        format!("B{position},Block {position},{},50,10,{community},{existing}\n", 100 * position + 50)
    };
    let rows = (0..6).map(row).collect::<Vec<String>>().concat();
    folder.write("blocks.csv", format!("block_id,name,x,y,pupils,社区,existing\n{rows}"));
    let pair = |first: usize| format!("B{first},B{}\n", first + 1);
    let pairs = (0..5).map(pair).collect::<Vec<String>>().concat();
    folder.write("adjacency.csv", format!("block_a,block_b\n{pairs}"));
    folder.write("locks.csv", format!("kind,what,to,stage,reason,author\n{locks}"));
    folder
}

const INPUT: [&str; 10] = [
    "--schools",
    "schools.csv",
    "--blocks",
    "blocks.csv",
    "--adjacency",
    "adjacency.csv",
    "--locks",
    "locks.csv",
    "--crs",
    "local",
];

fn findings(folder: &Folder) -> Vec<(String, u64)> {
    let run = folder.run(&[&["check", "--json"], &INPUT[..]].concat());
    let json = run.json();
    let findings = json["findings"].as_array().expect("a list of findings");
    let about = |finding: &serde_json::Value| {
        Some((finding["code"].as_str()?.to_owned(), finding["row"].as_u64().unwrap_or(0)))
    };
    findings.iter().filter(|finding| finding["severity"] != "note").filter_map(about).collect()
}

#[test]
fn locks_that_cannot_hold_together_are_findings() {
    for (locks, expected) in [
        ("together,B1,B2,,,\n同校,B2,B3,,,\napart,B1,B4,,,\n不得,B4,S0,,,\n", vec![]),
        ("block,B1,S0,,,\nblock,B1,S1,,,\n", vec![("lock-conflict", 3)]),
        ("block,B0,S1,,,\n", vec![("lock-conflict", 2)]),
        ("together,B0,B5,,,\n", vec![("lock-together-conflict", 2)]),
        ("block,B1,S0,,,\nblock,B3,S1,,,\ntogether,B1,B2,,,\ntogether,B3,B2,,,\n", vec![("lock-together-conflict", 5)]),
        ("together,B1,B2,,,\napart,B2,B1,,,\n", vec![("lock-together-apart", 3)]),
        ("block,B1,S0,,,\napart,B1,B0,,,\n", vec![("lock-apart-conflict", 3)]),
        ("forbidden,B0,S0,,,\n", vec![("lock-forbidden-needed", 2)]),
        ("together,B0,B1,,,\nforbidden,B1,S0,,,\n", vec![("lock-forbidden-needed", 3)]),
        ("forbidden,B2,S0,,,\n不得,B2,S1,,,\n", vec![("lock-forbidden-all", 3)]),
        ("together,B2,B2,,,\n", vec![("lock-itself", 2)]),
        ("together,B2,B9,,,\n", vec![("lock-unknown", 2)]),
        ("apart,B1,B2,初中,,\n", vec![("lock-stage-unplanned", 2)]),
    ] {
        let expected: Vec<(String, u64)> = expected.into_iter().map(|(code, row)| (code.to_owned(), row)).collect();
        assert_eq!(findings(&tables(locks)), expected, "{locks}");
    }
}

#[test]
fn limits_nobody_can_keep_are_findings() {
    let folder = tables("block,B4,S0,,,\n");
    folder.write(
        "blocks.csv",
        "block_id,x,y,pupils,最远距离\nB0,50,50,10,1\nB1,150,50,10,\nB2,250,50,10,150\nB3,350,50,10,\nB4,450,50,10,300\nB5,550,50,10,0\n",
    );
    folder.write("schools.csv", "school_id,name,x,y,capacity,最少学生\nS0,West,50,50,40,41\nS1,East,550,50,100,90\n");
    let codes: Vec<(String, u64)> = findings(&folder);
    let has = |code: &str, row: u64| codes.contains(&(code.to_owned(), row));
    assert!(has("number-unreadable", 7), "a way of 0 m is none: {codes:?}");
    assert!(has("block-too-far", 4) && !has("block-too-far", 2), "{codes:?}");
    assert!(has("lock-too-far", 2), "{codes:?}");
    assert!(has("least-above-seats", 2) && has("least-short", 0), "{codes:?}");
}

/// A change of an evaluation.
type Change<'a> = &'a dyn Fn(&mut serde_json::Value);

#[test]
fn what_a_plan_says_of_its_terms_is_verified_and_changes_of_it_are_found_out() {
    let folder = tables("together,B1,B2,,,\napart,B2,B4,,,\nforbidden,B3,S1,,,\n");
    let weights = ["--change", "10", "--community", "20", "--compactness", "3", "--balance", "5"];
    let limits = ["--longest-distance", "400", "--least-seat-use", "0.1"];
    let plan = ["plan", "-o", "out", "--effort", "quick"];
    folder.run(&[&plan[..], &INPUT, &weights, &limits].concat());
    let verified = folder.run(&["verify", "out", "--json"]).json();
    let failed = |json: &serde_json::Value, kind: &str| -> Vec<String> {
        let checks = json["checks"].as_array().expect("a list of checks");
        let failed = checks.iter().filter(|check| check["kind"] == kind && check["passed"] == false);
        failed.map(|check| check["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert!(failed(&verified, "claim").is_empty(), "{verified:#}");
    let written = folder.json("out/evaluation.json");
    let tampered: [(&str, Change<'_>); 5] = [
        ("the total", &|json| json["stages"][0]["objective"]["total_pupil_km"] = 1.0.into()),
        ("a term", &|json| json["stages"][0]["objective"]["balance_pupil_km"] = 9.0.into()),
        ("what the bound covers", &|json| json["stages"][0]["bound_covers"] = serde_json::json!(["distance"])),
        ("parted communities", &|json| json["stages"][0]["parted_communities"] = serde_json::json!([{}])),
        ("a verdict", &|json| {
            let rules = json["rules"].as_array_mut().expect("a list of rules");
            let rule = rules.iter_mut().find(|rule| rule["id"] == "least-use").expect("the rule is judged");
            rule["verdict"] = "broken".into();
        }),
    ];
    for (what, change) in tampered {
        let mut json = written.clone();
        change(&mut json);
        folder.write("out/evaluation.json", serde_json::to_vec(&json).expect("it was JSON"));
        let verified = folder.run(&["verify", "out", "--json"]).json();
        assert!(failed(&verified, "claim").contains(&"sums".to_owned()), "{what}: {verified:#}");
    }
}

const SQUARE: Grid = Grid { columns: 3, rows: 3, side: 200.0 };

/// Nine blocks in communities, two schools, a scheme of today, and a rule of each kind.
fn square(seed: u64) -> County {
    let mut chance = Chance::new(seed);
    let pupils: Vec<u32> = (0..9).map(|_| 5 + chance.below(40) as u32).collect();
    let all: u32 = pupils.iter().sum();
    let mut county = grid_county(SQUARE, &pupils, &[(0, all * 7 / 10), (8, all * 7 / 10)]);
    for block in &mut county.blocks {
        block.particulars_mut().community = Some(format!("C{}", chance.below(3)).into());
    }
    county.existing.school_of[Stage::All] = Some((0..9).map(|_| Some(SchoolIndex::new(chance.below(2)))).collect());
    let (stage, block) = (Stage::All, BlockIndex::new);
    county.locks = match seed % 4 {
        0 => vec![lock(LockKind::Together { first: block(1), second: block(5), stage })],
        1 => vec![lock(LockKind::Apart { first: block(2), second: block(4), stage })],
        2 => vec![lock(LockKind::Forbidden { block: block(4), school: SchoolIndex::new(0), stage })],
        _ => Vec::new(),
    };
    county
}

fn total(county: &County, catchments: &Catchments, settings: &Settings) -> i64 {
    let scheme = Scheme { catchments: vec![catchments.clone()], ..Scheme::default() };
    objective(county, &survey(county), catchments, &loads(county, &scheme, Stage::All), settings).total()
}

/// Every scheme is tried: none that keeps the rules has a smaller sum than the one that is planned.
#[test]
fn the_sum_is_made_as_small_as_trying_everything_makes_it() {
    let mut weighed = 0;
    for seed in 0..12 {
        let county = square(seed);
        let mut settings = Settings::default();
        let catchments = &mut settings.catchments;
        match seed % 6 {
            0 => catchments.change = 300.0,
            1 => catchments.community = 400.0,
            2 => catchments.compactness = 20.0,
            3 => catchments.balance = 500.0,
            4 => catchments.least_seat_use = Some(0.7),
            _ => (catchments.community, catchments.compactness, catchments.change) = (150.0, 5.0, 100.0),
        }
        let keeps = |catchments: &Catchments| {
            let scheme = Scheme { catchments: vec![catchments.clone()], ..Scheme::default() };
            let evaluation = evaluate(&county, &survey(&county), &scheme, &[], &settings, Language::English);
            overload(&county, catchments) == 0
                && detached(SQUARE, &[0, 8], &catchments.school_of).is_empty()
                && evaluation.hard_rules_kept
        };
        let schemes = (0..1 << 7).map(|code: usize| {
            let school = |cell: usize| if cell == 8 { 1 } else { (code << 1 >> cell) & 1 };
            at(&(0..9).map(school).collect::<Vec<_>>())
        });
        let least = schemes.filter(|scheme| keeps(scheme)).map(|scheme| total(&county, &scheme, &settings)).min();
        let Some(least) = least else { continue };
        weighed += 1;
        let planned = plan(&county, &survey(&county), Stage::All, &settings, &Parameters::default());
        assert!(keeps(&planned.catchments), "seed {seed} breaks a rule");
        assert_eq!(total(&county, &planned.catchments, &settings), least, "seed {seed}");
        assert!(planned.bound.pupil_millimetres <= least, "seed {seed}: the bound is above the best");
    }
    assert!(weighed >= 8, "most of these counties have a scheme: {weighed}");
}
