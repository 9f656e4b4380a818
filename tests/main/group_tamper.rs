//! Whoever changes a table or a figure of a folder that `group` wrote is found out, also where the fingerprints were made anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::command::{files_below, lasting_folder, read, read_json, write, xuequ};
use super::tamper::{copy_of, failed, found_out_in, json_text, verify};

/// 24 schools of two counties, two of each four in the centre, grouped by the rules of years. Never to be written to.
fn project() -> &'static Path {
    static PROJECT: OnceLock<PathBuf> = OnceLock::new();
    PROJECT.get_or_init(|| {
        let home = lasting_folder("groups-");
        let mut text = String::from(
            "id,name,x,y,stage,county,town,centre,superior,enrolment_primary,strong,strength,eligible_teachers,\
             exchanged_teachers,exchanged_backbone\n",
        );
        for position in 0..24 {
            let county = if position < 12 { "甲县" } else { "乙县" };
            let yes = |is_so: bool| if is_so { "是" } else { "否" };
            let (strong, centre) = (yes(position % 4 == 0), yes(position % 4 < 2));
            let stage = if position % 6 == 5 { "初中" } else { "小学" };
            let (x, y) = (900 * position, 400 * (position % 5));
            let who = format!("S{position:02},学校{position},{x},{y},{stage},{county},镇{},{centre}", position / 3);
            writeln!(text, "{who},{county}教育局,{},{strong},{},20,3,1", 300 + position, 50 + position)
                .expect("a line");
        }
        write(&home, "schools.csv", text);
        write(
            &home,
            "xuequ.toml",
            "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[policy]\npreset = \"ankang\"\ngroups = 6\n\
             phases = [{ year = 2022, groups = 3, coverage = 0.4 }, { year = 2023, groups = 3, coverage = 0.8 }]\n",
        );
        let run = xuequ(&home, &["group", ".", "-o", "out", "--lang", "zh-CN"]);
        assert!([0, 1, 4].contains(&run.code), "{run:#?}");
        home
    })
}

/// The second line of a table with its last digit changed.
fn digit(text: &str) -> String {
    let start = text.find('\n').expect("a header") + 1;
    let end = start + text[start..].find('\r').expect("a row");
    let at = text[start..end].rfind(|letter: char| letter.is_ascii_digit()).expect("a digit") + start;
    let other = if &text[at..=at] == "7" { "8" } else { "7" };
    [&text[..at], other, &text[at + 1..]].concat()
}

#[test]
fn every_table_that_repeats_figures_is_reckoned_anew() {
    let home = project();
    let names = ["annex", "plaques", "levels", "coverage", "years", "ways", "distances", "exchange"];
    for name in names {
        let file = format!("out/{name}.csv");
        found_out_in(home, &file, digit, "grouping-tables");
        // A row that is taken away.
        let less = |text: &str| {
            let rows: Vec<&str> = text.split_inclusive('\n').collect();
            [&rows[..1], &rows[2..]].concat().concat()
        };
        found_out_in(home, &file, less, "grouping-tables");
    }
    found_out_in(home, "out/rules.csv", |text| text.replacen("做到", "未全做到", 1), "grouping-tables");
    found_out_in(home, "out/breaches.csv", digit, "grouping-tables");
    found_out_in(home, "out/superiors.csv", |text| text.replacen("学校1,", "学校7,", 1), "grouping-tables");
    found_out_in(home, "out/plaques.csv", |text| text.replacen("成员校", "牵头校", 1), "grouping-tables");
}

#[test]
fn every_figure_of_a_grouping_is_reckoned_anew() {
    let home = project();
    let grouping = read_json(home, "out/evaluation.json");
    let more = |pointer: &'static str| {
        move |text: &str| {
            json_text(|grouping: &mut Value| {
                let found = grouping.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}"));
                *found = json!(found.as_f64().expect("a number") + 1.0);
            })(text)
        }
    };
    for pointer in [
        "/stages/0/levels/0/groups",
        "/stages/0/levels/0/pupils",
        "/stages/0/coverage/pupils",
        "/stages/0/coverage/share",
        "/stages/0/coverage/counties/1/covered_schools",
        "/stages/0/phases/1/groups_so_far",
        "/stages/0/phases/0/centre_groups",
        "/stages/0/phases/0/covered_schools",
        "/stages/0/districts/0/pupils",
        "/stages/0/districts/0/diameter_m",
        "/stages/0/districts/1/max_to_lead_m",
    ] {
        found_out_in(home, "out/evaluation.json", more(pointer), "grouping-sums");
    }
    for id in ["phase-integrated", "phase-groups", "group-total-new"] {
        let rules = grouping["rules"].as_array().expect("rules");
        let at = rules.iter().position(|rule| rule["id"] == id).unwrap_or_else(|| panic!("{id}"));
        let change = |text: &str| json_text(|grouping: &mut Value| grouping["rules"][at]["value"] = json!(0.123))(text);
        found_out_in(home, "out/evaluation.json", change, "grouping-sums");
    }
    let kept = grouping["hard_rules_kept"].as_bool().expect("a truth");
    let change = |text: &str| json_text(|grouping: &mut Value| grouping["hard_rules_kept"] = json!(!kept))(text);
    found_out_in(home, "out/evaluation.json", change, "grouping-sums");
    // The manifest tells its seed twice.
    let copy = copy_of(home);
    write(
        copy.path(),
        "out/manifest.json",
        read(copy.path(), "out/manifest.json").replacen("\"seed\": 1", "\"seed\": 2", 1),
    );
    assert!(failed(&verify(copy.path()).ends(1)).contains(&"inputs".to_owned()));
}

/// The sums of the levels add up, and what nobody claims is not said to hold.
#[test]
fn a_bound_is_proved_only_where_there_is_one() {
    let copy = copy_of(project());
    let groups = "group,school,role\nA,S00,lead\nA,S01,member\nB,S04,lead\nB,S05,member\n";
    write(copy.path(), "groups.csv", groups);
    let run = xuequ(copy.path(), &["group", ".", "--groups", "groups.csv", "-o", "given"]);
    assert!([0, 1, 4].contains(&run.code), "{run:#?}");
    let run = xuequ(copy.path(), &["verify", "given", "--lang", "zh-CN"]);
    assert!(!run.stdout.contains("下界"), "{run:#?}");
    assert!(run.stdout.contains("[通过] 各附表"), "{run:#?}");
    let run = xuequ(copy.path(), &["verify", "out", "--lang", "zh-CN"]);
    assert!(run.stdout.contains("下界成立"), "{run:#?}");
    let levels = &read_json(copy.path(), "out/evaluation.json")["stages"][0]["levels"];
    let levels = levels.as_array().expect("levels");
    let (sum, each) = levels.split_last().expect("a sum");
    let groups: u64 = each.iter().map(|of| of["groups"].as_u64().expect("a count")).sum();
    assert_eq!(sum["groups"], groups);
}

/// Who made a scheme and which one it goes on from stand in its manifest, and nowhere in public.
#[test]
fn a_scheme_says_who_made_it_and_what_it_goes_on_from() {
    let copy = copy_of(project());
    let settings = read(copy.path(), "xuequ.toml").replacen("[project]", "[project]\nauthor = \"planted-maker\"", 1);
    write(copy.path(), "xuequ.toml", settings);
    let run = xuequ(copy.path(), &["group", ".", "--groups", "out/districts.csv", "-o", "next"]);
    assert!([0, 1, 4].contains(&run.code), "{run:#?}");
    let manifest = read_json(copy.path(), "next/manifest.json");
    assert_eq!(manifest["author"], "planted-maker");
    let fingerprint = |file: &str| xuequ::publish::fingerprint(&std::fs::read(copy.path().join(file)).expect("a file"));
    let parent = json!({
        "layer": "groups",
        "file": "out/districts.csv",
        "sha256": fingerprint("out/districts.csv"),
        "scheme": fingerprint("out/manifest.json"),
    });
    assert_eq!(manifest["parents"], json!([parent]));
    let first = read_json(copy.path(), "out/manifest.json");
    assert!(first.get("author").is_none() && first.get("parents").is_none());
    let verify = || xuequ(copy.path(), &["verify", "next", "--json"]);
    assert!([0, 4].contains(&verify().code), "{:#?}", verify());
    let run = xuequ(copy.path(), &["publish", "next", "--public", "-o", "public"]);
    assert!([1, 4].contains(&run.code), "{run:#?}");
    for file in files_below(&copy.path().join("public")) {
        let bytes = std::fs::read(copy.path().join("public").join(&file)).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("planted-maker"), "{file}");
    }
    let text = read(copy.path(), "next/manifest.json");
    write(
        copy.path(),
        "next/manifest.json",
        text.replacen("\"file\": \"out/districts.csv\"", "\"file\": \"other.csv\"", 1),
    );
    assert!(failed(&verify().ends(1)).contains(&"inputs".to_owned()));
}
