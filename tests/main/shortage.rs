//! Why seats do not suffice: causes known by drawing, least numbers known by trying every scheme.

use xuequ::catchment::{Parameters, plan};
use xuequ::language::Language;
use xuequ::measure::{Shortage, StageMeasures, evaluate};
use xuequ::model::settings::Settings;
use xuequ::model::{BlockIndex, Catchments, County, Lock, LockKind, Origin, Scheme, SchoolIndex, Stage};

use crate::fixture::{Chance, Folder, Grid, detached, grid_county, overload, survey};

const ROW: Grid = Grid { columns: 6, rows: 1, side: 100.0 };

fn lock(kind: LockKind) -> Lock {
    Lock { kind, reason: String::new(), author: String::new(), origin: Origin::default() }
}

fn measured(county: &County, settings: &Settings) -> StageMeasures {
    let ground = survey(county);
    let planned = plan(county, &ground, Stage::All, settings, &Parameters::default());
    let scheme = Scheme { catchments: vec![planned.catchments], ..Scheme::default() };
    evaluate(county, &ground, &scheme, &[], settings, Language::English).stages.remove(0)
}

fn shortage(county: &County, settings: &Settings) -> Shortage {
    measured(county, settings).shortage.expect("seats are short")
}

/// What would help with the only cause: the rule, by how much, and whom it concerns.
fn relaxations(shortage: &Shortage) -> Vec<(&str, f64, String)> {
    assert_eq!(shortage.cuts.len(), 1);
    let relaxations = shortage.cuts[0].relaxations.iter();
    relaxations.map(|relaxation| (relaxation.rule, relaxation.amount, relaxation.concerns.join(" "))).collect()
}

#[test]
fn a_scheme_that_keeps_the_seats_has_no_shortage() {
    let county = grid_county(ROW, &[10; 6], &[(0, 40), (5, 30)]);
    assert_eq!(measured(&county, &Settings::default()).shortage, None);
}

#[test]
fn ways_that_are_too_long_are_named_with_the_least_that_would_do() {
    let county = grid_county(ROW, &[10; 6], &[(0, 20), (5, 100)]);
    let mut settings = Settings::default();
    settings.catchments.longest_distance_m = Some(250.0);
    let shortage = shortage(&county, &settings);
    assert_eq!(shortage.least_without_seat, 10);
    let cut = &shortage.cuts[0];
    assert_eq!((cut.blocks.join(" "), cut.pupils), ("B0 B1 B2".to_owned(), 30));
    assert_eq!((cut.schools.join(" "), cut.seats, cut.short), ("S0".to_owned(), 20, 10));
    assert_eq!(
        cut.text,
        "3 blocks with 30 pupils (Block 0 · Block 1 · Block 2) can reach only one school with 20 seats (School 0): 10 too few."
    );
    // Block 2 is 307 m across and 11 m down from the gate of school 1.
    let longer = f64::hypot(307.0, 11.0).ceil();
    assert_eq!(
        relaxations(&shortage),
        [("seats", 10.0, "S0".to_owned()), ("longest-distance", longer, "B0 B1 B2".to_owned())]
    );
    settings.catchments.longest_distance_m = Some(longer);
    assert_eq!(measured(&county, &settings).shortage, None, "what would be enough is enough");
}

#[test]
fn locks_are_released_as_few_as_will_do() {
    let mut county = grid_county(ROW, &[10; 6], &[(0, 20), (5, 100)]);
    let to_west = |block| LockKind::BlockToSchool {
        block: BlockIndex::new(block),
        school: SchoolIndex::new(0),
        stage: Stage::All,
    };
    county.locks = [1, 2, 3].into_iter().map(|block| lock(to_west(block))).collect();
    let shortage = shortage(&county, &Settings::default());
    assert_eq!(shortage.least_without_seat, 20);
    // Block 1 alone could not be reached from the east.
    assert_eq!(relaxations(&shortage), [("seats", 20.0, "S0".to_owned()), ("locks", 2.0, "B2 B3".to_owned())]);
    county.locks.truncate(1);
    assert_eq!(measured(&county, &Settings::default()).shortage, None, "what would be enough is enough");
}

#[test]
fn schools_behind_the_ground_of_another_are_out_of_reach() {
    let county = grid_county(ROW, &[10; 6], &[(0, 100), (2, 30)]);
    let shortage = shortage(&county, &Settings::default());
    assert_eq!(shortage.least_without_seat, 10);
    let by_rule: Vec<&str> = shortage.cuts[0].relaxations.iter().map(|relaxation| relaxation.rule).collect();
    assert_eq!(shortage.cuts[0].blocks, ["B2", "B3", "B4", "B5"]);
    assert_eq!(by_rule, ["seats", "contiguous"]);
}

#[test]
fn blocks_that_are_too_large_for_any_school_are_named() {
    let county = grid_county(ROW, &[5, 5, 30, 5, 5, 5], &[(0, 40), (5, 25)]);
    let county = County {
        schools: county
            .schools
            .iter()
            .cloned()
            .map(|mut school| {
                school.seats[Stage::All] = Some(28);
                school
            })
            .collect(),
        ..county
    };
    let shortage = shortage(&county, &Settings::default());
    assert_eq!(shortage.least_without_seat, 2);
    assert_eq!(shortage.cuts[0].blocks, ["B2"]);
    assert!(shortage.cuts[0].text.contains("as long as it goes whole"), "{}", shortage.cuts[0].text);
}

#[test]
fn what_is_not_proved_is_not_claimed() {
    let grid = Grid { columns: 3, rows: 1, side: 100.0 };
    let shortage = shortage(&grid_county(grid, &[6, 6, 6], &[(0, 9), (2, 9)]), &Settings::default());
    assert_eq!((shortage.least_without_seat, shortage.cuts.len()), (0, 0));
    assert!(shortage.text.contains("is not proved"), "{}", shortage.text);
}

/// The least pupils above seats over all schemes whose catchments hang together and that keep locks and refusals.
fn least_overload(county: &County, grid: Grid, homes: &[usize]) -> Option<u64> {
    let (schools, blocks) = (county.schools.len(), county.blocks.len());
    let mut least = None;
    for code in 0..schools.pow(blocks as u32) {
        let school_of: Vec<Option<SchoolIndex>> =
            (0..blocks).map(|block| Some(SchoolIndex::new(code / schools.pow(block as u32) % schools))).collect();
        let keeps = |lock: &Lock| match lock.kind {
            LockKind::BlockToSchool { block, school, .. } => school_of[block.get()] == Some(school),
            LockKind::Forbidden { block, school, .. } => school_of[block.get()] != Some(school),
            _ => true,
        };
        let stands = homes.iter().enumerate().all(|(school, home)| school_of[*home] == Some(SchoolIndex::new(school)));
        if !stands || !county.locks.iter().all(keeps) || !detached(grid, homes, &school_of).is_empty() {
            continue;
        }
        let over = overload(county, &Catchments { stage: Stage::All, school_of });
        least = Some(least.map_or(over, |least: u64| least.min(over)));
    }
    least
}

#[test]
fn no_scheme_at_all_has_fewer_without_a_seat_than_is_claimed() {
    let grid = Grid { columns: 3, rows: 3, side: 100.0 };
    let mut chance = Chance::new(11);
    let (mut proved, mut exact, mut seen) = (0, 0, 0);
    for _ in 0..60 {
        let pupils: Vec<u32> = (0..9).map(|_| 1 + chance.below(9) as u32).collect();
        let homes = [0, 5, 6];
        let total: u32 = pupils.iter().sum();
        let schools: Vec<(usize, u32)> =
            homes.iter().map(|home| (*home, 1 + chance.below(total as usize / 2) as u32)).collect();
        let mut county = grid_county(grid, &pupils, &schools);
        for _ in 0..4 {
            let (block, school) = (BlockIndex::new(chance.below(9)), SchoolIndex::new(chance.below(3)));
            if !homes.contains(&block.get())
                && !county
                    .locks
                    .iter()
                    .any(|lock| matches!(lock.kind, LockKind::Forbidden { block: other, .. } if other == block))
            {
                county.locks.push(lock(LockKind::Forbidden { block, school, stage: Stage::All }));
            }
        }
        let (measures, least) = (measured(&county, &Settings::default()), least_overload(&county, grid, &homes));
        let (Some(shortage), Some(least)) = (measures.shortage, least) else { continue };
        seen += 1;
        assert!(shortage.least_without_seat <= least, "{} claimed, {least} is possible", shortage.least_without_seat);
        assert_eq!(shortage.least_without_seat, shortage.cuts.iter().map(|cut| cut.short).sum::<u64>());
        proved += usize::from(shortage.least_without_seat > 0);
        exact += usize::from(shortage.least_without_seat == least);
    }
    assert!(
        seen >= 30 && proved * 10 >= seen * 8 && exact * 2 >= seen,
        "{seen} short, {proved} proved, {exact} exactly"
    );
}

#[test]
fn the_cause_stands_in_the_report_the_evaluation_and_on_the_terminal() {
    let folder = Folder::new();
    folder.write("schools.csv", "school_id,name,x,y,capacity\nS0,West,50,50,20\nS1,East,550,50,100\n");
    let rows = (0..6).map(|position| format!("B{position},Block {position},{},50,10\n", 100 * position + 50));
    folder.write("blocks.csv", format!("block_id,name,x,y,pupils\n{}", rows.collect::<String>()));
    let pairs = (0..5).map(|first| format!("B{first},B{}\n", first + 1));
    folder.write("adjacency.csv", format!("block_a,block_b\n{}", pairs.collect::<String>()));
    let input =
        ["--schools", "schools.csv", "--blocks", "blocks.csv", "--adjacency", "adjacency.csv", "--crs", "local"];
    let run = folder.run(&[&["plan", "-o", "out", "--longest-distance", "250", "--lang", "en"], &input[..]].concat());
    assert_eq!(run.code, Some(4), "{}", run.errors);
    let said = format!("{}{}", run.output, run.errors);
    assert!(said.contains("can reach only one school with 20 seats (West): 10 too few"), "{said}");
    assert!(said.contains("10 seats more: West +10"), "{said}");
    let report = folder.text("out/report.md");
    assert!(report.contains("can reach only one school with 20 seats (West): 10 too few"), "{report}");
    assert_eq!(folder.json("out/evaluation.json")["stages"][0]["shortage"]["least_without_seat"], 10);
    // The cause is proved again, and one that was altered is not believed.
    let failed = |cuts: &dyn Fn(&mut serde_json::Value)| {
        let mut evaluation = folder.json("out/evaluation.json");
        cuts(&mut evaluation["stages"][0]["shortage"]);
        folder.write("altered/evaluation.json", serde_json::to_vec_pretty(&evaluation).expect("it is JSON"));
        let run = folder.run(&["verify", "altered", "--lang", "en"]);
        run.output + &run.errors
    };
    let out = folder.path("out");
    crate::command::copy_folder(&out, &folder.path("altered"));
    let untouched = failed(&|_| {});
    assert!(!untouched.contains("missing seats"), "{untouched}");
    let with = |key: &str, value: serde_json::Value| failed(&|shortage| shortage["cuts"][0][key] = value.clone());
    assert!(with("seats", 10.into()).contains("are not those of the input"));
    assert!(with("schools", serde_json::json!([])).contains("are not those of the input"));
    assert!(failed(&|shortage| shortage["least_without_seat"] = 20.into()).contains("which is not what is said"));
    // The fourth block reaches the other school.
    let said = failed(&|shortage| {
        shortage["cuts"][0]["blocks"] = serde_json::json!(["B0", "B1", "B3"]);
    });
    assert!(said.contains("can reach a school it does not list"), "{said}");
    let chinese =
        folder.run(&[&["plan", "-o", "aus", "--longest-distance", "250", "--lang", "zh-CN"], &input[..]].concat());
    assert_eq!(chinese.code, Some(4));
    assert!(folder.text("aus/report.md").contains("只能到达 1 所学校（West），共 20 个学位：缺 10 个"));
}

#[test]
fn a_county_too_large_to_ask_block_by_block_is_told_what_it_lacks_as_a_whole() {
    let grid = Grid { columns: 110, rows: 110, side: 100.0 };
    let blocks = grid.columns * grid.rows;
    // More than a hundred million pairs.
    let schools: Vec<(usize, u32)> = (0..8_400).map(|home| (home, 3)).collect();
    let county = grid_county(grid, &vec![3; blocks], &schools);
    let school_of = (0..blocks).map(|block| Some(SchoolIndex::new(block.min(8_399)))).collect();
    let catchments = Catchments { stage: Stage::All, school_of };
    let scheme = Scheme { catchments: vec![catchments], ..Scheme::default() };
    let ground = survey(&county);
    let mut stages = evaluate(&county, &ground, &scheme, &[], &Settings::default(), Language::English).stages;
    let shortage = stages.remove(0).shortage.expect("seats are short");
    let lacking = 3 * (blocks as u64 - 8_400);
    assert_eq!((shortage.least_without_seat, shortage.cuts.len()), (lacking, 1));
    assert_eq!((shortage.cuts[0].blocks.len(), shortage.cuts[0].schools.len()), (blocks, 8_400));
    let relaxations: Vec<(&str, f64)> =
        shortage.cuts[0].relaxations.iter().map(|relaxation| (relaxation.rule, relaxation.amount)).collect();
    assert_eq!(relaxations, [("seats", lacking as f64)]);
}
