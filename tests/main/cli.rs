//! Commands as people and scripts use them: exit codes, streams, files left and not left.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use xuequ::language::Language;

use super::command::{Grid, Run, copy_folder, demo, folder, names_in, on_grid, program, read, read_json, write, xuequ};

/// Nothing half-written lies about.
#[track_caller]
fn is_tidy(folder: &Path) {
    let left: Vec<String> = names_in(folder).into_iter().filter(|name| name.starts_with(".xuequ-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

fn json_lines(text: &str) -> Vec<Value> {
    let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {line}"));
    text.lines().map(parse).collect()
}

#[test]
fn exit_0_where_all_is_well() {
    let home = Grid::default().written();
    xuequ(home.path(), &on_grid("plan", &["-o", "out"])).ends(0);
    xuequ(home.path(), &on_grid("check", &[])).ends(0);
    xuequ(home.path(), &["verify", "out"]).ends(0);
    is_tidy(home.path());
}

#[test]
fn exit_1_where_a_person_should_look() {
    let home = Grid::default().written();
    // A column that counts all residents may not be what is meant.
    write(home.path(), "blocks.csv", Grid::default().blocks().replace("pupils", "population"));
    xuequ(home.path(), &on_grid("check", &[])).ends(1);
    xuequ(home.path(), &on_grid("plan", &["-o", "out"])).ends(1).says(&["one warning"]);
    xuequ(home.path(), &["verify", "out"]).ends(0);
}

#[test]
fn exit_2_where_the_usage_is_wrong() {
    let home = Grid::default().written();
    xuequ(home.path(), &on_grid("plan", &[])).ends(2).says(&["--out"]);
    xuequ(home.path(), &on_grid("plan", &["-o", "out", "--effrt", "quick"])).ends(2).says(&["--effrt", "--effort"]);
    xuequ(home.path(), &on_grid("plan", &["-o", "out", "--effort", "fast"])).ends(2).says(&["fast", "thorough"]);
    xuequ(home.path(), &on_grid("plan", &["-o", "out", "--time-limit", "soon"])).ends(2).says(&["soon"]);
    xuequ(home.path(), &on_grid("plan", &["-o", "out", "--column", "pupils"])).ends(2).says(&["pupils", "LAYER"]);
    xuequ(home.path(), &["plam"]).ends(2).says(&["plam", "plan"]);
    xuequ(home.path(), &["plan", "-o", "out"]).ends(2).says(&["--schools"]);
    xuequ(home.path(), &[]).ends(2);
    assert_eq!(names_in(home.path()), ["adjacency.csv", "blocks.csv", "schools.csv"]);
}

#[test]
fn exit_3_where_the_input_cannot_be_used() {
    let home = Grid::default().written();
    write(home.path(), "blocks.csv", Grid::default().blocks().replacen(",5\n", ",many\n", 1));
    for command in ["check", "plan", "evaluate"] {
        let more: &[&str] = if command == "plan" { &["-o", "out"] } else { &[] };
        xuequ(home.path(), &on_grid(command, more)).ends(3);
    }
    assert!(!home.path().join("out").exists());
    is_tidy(home.path());
}

/// Too few seats is an answer, not a failure: the scheme is written, and every output says what it is.
#[test]
fn exit_4_where_seats_do_not_suffice() {
    let home = Grid { seats: [40, 40, 40], pupils: 5 }.written();
    let run = xuequ(home.path(), &on_grid("plan", &["-o", "out", "--lang", "en"])).ends(4);
    assert!(run.stderr.contains("not feasible"), "{run:#?}");
    let evaluation = read_json(home.path(), "out/evaluation.json");
    assert_eq!(evaluation["hard_rules_kept"], json!(false));
    assert_eq!(evaluation["stages"][0]["overload"], json!(60));
    assert_eq!(evaluation["stages"][0]["gap_percent"], Value::Null);
    assert!(read(home.path(), "out/report.md").contains("not a feasible one"));
    assert!(read(home.path(), "out/map.svg").contains("not feasible"));
    assert_eq!(read(home.path(), "out/assignment.csv").lines().count(), 37);
    let run = xuequ(home.path(), &["verify", "out"]).ends(4);
    assert!(run.stdout.contains("40 seats"), "{run:#?}");
}

#[test]
fn exit_5_where_files_cannot_be_read_or_written() {
    let home = Grid::default().written();
    xuequ(home.path(), &["plan", "--schools", "no.csv", "--blocks", "blocks.csv", "-o", "out"])
        .ends(5)
        .says(&["no.csv"]);
    xuequ(home.path(), &["verify", "nowhere"]).ends(5);
    xuequ(home.path(), &["check", "nowhere"]).ends(5).says(&["nowhere"]);
    write(home.path(), "file", "");
    xuequ(home.path(), &on_grid("plan", &["-o", "file/out"])).ends(5).says(&["file/out"]);
    is_tidy(home.path());
}

#[test]
fn nothing_is_overwritten_unasked() {
    let home = Grid::default().written();
    write(home.path(), "kept.svg", "mine");
    std::fs::create_dir(home.path().join("out")).expect("a new folder");
    write(&home.path().join("out"), "mine.txt", "mine");
    xuequ(home.path(), &on_grid("plan", &["-o", "out"])).ends(5).says(&["out", "--overwrite"]);
    xuequ(home.path(), &["map", "--schools", "schools.csv", "--crs", "local", "-o", "kept.svg"]).ends(5);
    assert_eq!(read(home.path(), "kept.svg"), "mine");
    assert_eq!(names_in(&home.path().join("out")), ["mine.txt"]);
    // Files of others stay where a plan is written over.
    xuequ(home.path(), &on_grid("plan", &["-o", "out", "--overwrite"])).ends(0);
    assert_eq!(read(home.path(), "out/mine.txt"), "mine");
    xuequ(home.path(), &["verify", "out"]).ends(0);
    write(home.path(), "xuequ.toml", "# mine\n");
    xuequ(home.path(), &["init"]).ends(5).says(&["xuequ.toml", "--overwrite"]);
    xuequ(home.path(), &["demo", ".", "--quiet"]).ends(5);
    assert_eq!(read(home.path(), "xuequ.toml"), "# mine\n");
    is_tidy(home.path());
}

#[test]
fn exit_6_where_the_time_is_up_and_what_is_written_holds() {
    let home = folder();
    copy_folder(demo(), home.path());
    let plan = ["plan", ".", "-o", "early", "--time-limit", "0.01", "--effort", "thorough", "--lang", "en"];
    xuequ(home.path(), &plan).ends(6);
    assert_eq!(read_json(home.path(), "early/manifest.json")["ended_early"], json!(true));
    assert!(read(home.path(), "early/report.md").contains("time limit"));
    says_the_truth(home.path());
    is_tidy(home.path());
}

/// A search that was cut short may not have kept every rule yet; what it says of that must be true.
fn says_the_truth(home: &Path) {
    let run = xuequ(home, &["verify", "early", "--json"]);
    let verdict = run.json();
    assert_eq!(verdict["claims_hold"], json!(true), "{run:#?}");
    assert_eq!(verdict["rules_hold"], read_json(home, "early/evaluation.json")["hard_rules_kept"]);
    assert_eq!(run.code, if verdict["rules_hold"] == json!(true) { 0 } else { 4 });
}

/// The signal is sent as soon as the search says that it runs.
#[cfg(unix)]
#[test]
fn exit_130_where_it_is_interrupted_and_what_is_written_holds() {
    let home = folder();
    copy_folder(demo(), home.path());
    let mut planning = program(home.path())
        .args(["plan", ".", "-o", "early", "--effort", "thorough", "--progress", "json"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let errors = BufReader::new(planning.stderr.take().expect("a pipe"));
    let mut interrupted = false;
    for line in errors.lines() {
        let line = line.expect("a line");
        if !interrupted && line.contains("\"catchments\"") {
            let id = planning.id().to_string();
            let sent = std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill runs");
            assert!(sent.success());
            interrupted = true;
        }
    }
    assert!(interrupted, "the search was seen");
    assert_eq!(planning.wait().expect("the program ends").code(), Some(130));
    assert_eq!(read_json(home.path(), "early/manifest.json")["ended_early"], json!(true));
    says_the_truth(home.path());
    is_tidy(home.path());
}

#[test]
fn help_is_whole_in_both_languages() {
    let home = folder();
    let commands: Vec<String> =
        xuequ::cli::command().get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    assert!(commands.len() >= 7);
    for (language, usage) in [(Language::Chinese, "用法"), (Language::English, "Usage")] {
        let tag = language.tag();
        let whole = xuequ(home.path(), &["--lang", tag, "--help"]).ends(0);
        assert!(whole.stdout.contains(usage) && whole.stderr.is_empty(), "{whole:#?}");
        for command in &commands {
            let about = language.text(&format!("command-{command}"));
            assert!(whole.stdout.contains(&about), "{about} in {whole:#?}");
            let help = xuequ(home.path(), &[command, "--help", "--lang", tag]).ends(0).stdout;
            assert!(help.contains(usage) && help.contains(&about), "{help}");
            for key in ["option-", "command-", "help-"] {
                assert!(!help.contains(key), "{key} in {help}");
            }
            let has_han = help.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
            assert_eq!(has_han, language == Language::Chinese, "{help}");
        }
    }
    let run = xuequ(home.path(), &["--lang", "zh-CN", "--no-such"]).ends(2);
    assert!(run.stderr.contains("没有选项"), "{run:#?}");
}

#[test]
fn the_version_is_that_of_the_package() {
    let run = xuequ(folder().path(), &["--version"]).ends(0);
    assert_eq!(run.stdout.trim(), concat!("xuequ ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn json_is_all_that_stands_on_the_standard_output() {
    let home = Grid::default().written();
    let plan = xuequ(home.path(), &on_grid("plan", &["-o", "out", "--json"])).ends(0).json();
    assert_eq!(plan["schema"], "xuequ/plan/1");
    assert_eq!(plan["exit_code"], json!(0));
    let check = xuequ(home.path(), &on_grid("check", &["--json"])).ends(0).json();
    assert_eq!(check["schema"], "xuequ/check/1");
    assert_eq!((&check["blocks"], &check["errors"]), (&json!(36), &json!(0)));
    let verify = xuequ(home.path(), &["verify", "out", "--json"]).ends(0).json();
    assert_eq!(verify["schema"], "xuequ/verify/1");
    let evaluate = xuequ(home.path(), &on_grid("evaluate", &["--assignment", "out/assignment.csv", "--json"]));
    assert_eq!(evaluate.ends(0).json()["schema"], "xuequ/evaluation/1");
    let init = xuequ(home.path(), &["init", "--crs", "local", "--json"]).ends(0).json();
    assert_eq!(init["schema"], "xuequ/init/1");
    // Findings in the language asked for, under the same codes.
    let codes = |run: Run| -> Vec<Value> {
        let findings = run.json()["findings"].as_array().expect("a list of findings").clone();
        findings.into_iter().map(|finding| finding["code"].clone()).collect()
    };
    let chinese = xuequ(home.path(), &on_grid("check", &["--json", "--lang", "zh-CN"]));
    assert!(chinese.stdout.contains("按列名识别"), "{chinese:#?}");
    assert_eq!(codes(chinese), codes(xuequ(home.path(), &on_grid("check", &["--json", "--lang", "en"]))));
}

#[test]
fn progress_is_told_in_json_lines() {
    let home = Grid::default().written();
    let run = xuequ(home.path(), &on_grid("plan", &["-o", "out", "--progress", "json", "--json"])).ends(0);
    let lines: Vec<Value> =
        json_lines(&run.stderr.lines().filter(|line| line.starts_with('{')).collect::<Vec<_>>().join("\n"));
    let steps: Vec<&str> = lines.iter().filter_map(|line| line["step"].as_str()).collect();
    for step in ["read", "catchments", "districts", "measure", "write", "done"] {
        assert!(steps.contains(&step), "{step} in {steps:?}");
    }
    assert!(lines.iter().all(|line| (0.0..=1.0).contains(&line["share"].as_f64().expect("a share"))));
    // Nothing of it in a pipe that did not ask.
    let plain = xuequ(home.path(), &on_grid("plan", &["-o", "again"])).ends(0);
    assert!(!plain.stderr.contains("\"step\"") && !plain.stderr.contains('\u{1b}'), "{plain:#?}");
}

#[test]
fn quiet_is_silent() {
    let home = Grid::default().written();
    let run = xuequ(home.path(), &on_grid("plan", &["-o", "out", "--quiet"])).ends(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let run = xuequ(home.path(), &on_grid("plan", &["-o", "out", "--quiet"])).ends(5);
    assert!(run.stderr.contains("--overwrite"), "faults are always told");
}

#[test]
fn init_writes_settings_that_plan_takes() {
    let home = Grid::default().written();
    let inner = home.path().join("county");
    std::fs::create_dir(&inner).expect("a new folder");
    for file in ["schools.csv", "blocks.csv", "adjacency.csv"] {
        std::fs::rename(home.path().join(file), inner.join(file)).expect("a file to move");
    }
    xuequ(home.path(), &["init", "county", "--crs", "local", "--lang", "en"]).ends(0);
    let settings = read(&inner, "xuequ.toml");
    for file in ["schools.csv", "blocks.csv", "adjacency.csv"] {
        assert!(settings.contains(&format!("file = \"{file}\"")), "{settings}");
    }
    xuequ(home.path(), &["plan", "county", "-o", "out"]).ends(0);
    xuequ(home.path(), &["verify", "out", "--project", "county"]).ends(0);
    xuequ(&inner, &["check"]).ends(0);
    // In either language it is the same settings.
    xuequ(home.path(), &["init", "county", "--crs", "local", "--lang", "zh-CN", "--overwrite"]).ends(0);
    assert!(read(&inner, "xuequ.toml").contains("学校"));
    xuequ(home.path(), &["plan", "county", "-o", "again", "--lang", "en"]).ends(0);
    assert_eq!(read(home.path(), "out/assignment.csv"), read(home.path(), "again/assignment.csv"));
}

#[test]
fn evaluate_gives_the_figures_of_the_plan() {
    let measured = xuequ(demo(), &["evaluate", ".", "--assignment", "out/assignment.csv", "--json"]).ends(0).json();
    let planned = read_json(demo(), "out/evaluation.json");
    for stage in 0..2 {
        let (measured, planned) = (&measured["stages"][stage], &planned["stages"][stage]);
        for figure in [
            "stage",
            "blocks",
            "school_count",
            "pupils",
            "seats",
            "pupil_km",
            "overload",
            "detached",
            "unassigned",
            "mean_distance_m",
            "median_distance_m",
            "p95_distance_m",
            "max_distance_m",
            "within_radius_share",
            "nearest_share",
            "p95_detour_factor",
            "envy",
            "schools",
        ] {
            assert!(!planned[figure].is_null(), "{figure}");
            assert_eq!(measured[figure], planned[figure], "{figure}");
        }
    }
}

#[test]
fn map_draws_the_schools_of_all_tables() {
    let home = folder();
    write(
        home.path(),
        "primary.csv",
        "id,name,lon,lat,stage\nP1,城关小学,110.70,28.30,小学\nP2,河口小学,110.72,28.31,小学\n",
    );
    write(home.path(), "junior.csv", "id,name,lon,lat,stage\nJ1,第一初中,110.71,28.32,初中\n");
    let map = ["map", "--schools", "primary.csv", "--schools", "junior.csv", "-o", "map.svg", "--lang", "en"];
    xuequ(home.path(), &map).ends(0).says(&["3 schools"]);
    let svg = read(home.path(), "map.svg");
    assert!(svg.starts_with("<?xml") && svg.trim_end().ends_with("</svg>"));
    for id in ["P1", "P2", "J1"] {
        assert!(svg.contains(&format!("data-school=\"{id}\"")), "{id}");
    }
    assert_eq!(names_in(home.path()), ["junior.csv", "map.svg", "primary.csv"]);
}

/// The demo was planned by two threads.
#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let home = folder();
    copy_folder(demo(), home.path());
    xuequ(home.path(), &["plan", ".", "-o", "single", "--effort", "quick", "--threads", "1"]).ends(0);
    let (first, second) = (home.path().join("out"), home.path().join("single"));
    assert_eq!(names_in(&first), names_in(&second));
    assert!(names_in(&first).len() >= 12);
    for name in names_in(&first) {
        let bytes = |folder: &Path| std::fs::read(folder.join(&name)).expect("an output");
        assert!(bytes(&first) == bytes(&second), "{name} differs");
    }
}

#[test]
fn time_limits_that_are_none_are_refused() {
    let home = Grid::default().written();
    for limit in ["inf", "nan", "1e30", "-1"] {
        xuequ(home.path(), &on_grid("plan", &["-o", "out", &format!("--time-limit={limit}")])).ends(2).says(&[limit]);
    }
}

#[test]
fn a_language_that_is_not_there_is_refused() {
    let home = Grid::default().written();
    xuequ(home.path(), &on_grid("check", &["--lang", "fr"])).ends(2).says(&["fr", "zh-CN"]);
}

/// A scheme drawn by hand is not “the scheme with the least overload”, and blocks without a school are not missing seats.
#[test]
fn evaluate_claims_nothing_of_a_scheme_it_did_not_make() {
    let home = Grid::default().written();
    write(home.path(), "part.csv", "block_id,school_id\nB11,S1\n");
    let run = xuequ(home.path(), &on_grid("evaluate", &["--assignment", "part.csv", "--lang", "en"])).ends(1);
    assert!(!run.stderr.contains("seats do not suffice"), "{run:#?}");
}

#[test]
fn evaluate_names_the_school_it_does_not_know() {
    let home = Grid::default().written();
    write(home.path(), "wrong.csv", "block_id,school_id\nB11,S9\n");
    xuequ(home.path(), &on_grid("evaluate", &["--assignment", "wrong.csv"])).ends(3).says(&["wrong.csv", "S9"]);
}

#[test]
fn a_block_given_to_two_schools_is_a_finding() {
    let home = Grid::default().written();
    xuequ(home.path(), &on_grid("plan", &["-o", "out"])).ends(0);
    write(home.path(), "twice.csv", "block_id,school_id\nB00,S1\nB00,S2\n");
    let run = xuequ(home.path(), &on_grid("check", &["--existing", "twice.csv", "--json"]));
    assert!(run.stdout.contains("twice.csv") && run.stdout.contains("B00"), "{run:#?}");
}

#[test]
fn map_refuses_schools_with_one_id() {
    let home = folder();
    write(home.path(), "first.csv", "id,name,lon,lat\n1,甲,110.70,28.30\n2,乙,110.72,28.31\n");
    write(home.path(), "second.csv", "id,name,lon,lat\n1,丙,110.71,28.32\n2,丁,110.73,28.33\n");
    let run = xuequ(home.path(), &["map", "--schools", "first.csv", "--schools", "second.csv", "-o", "map.svg"]);
    assert_ne!(run.code, 0, "two schools of four are missing: {run:#?}");
}

/// `cargo test` builds the examples beside the program; they are short, and each must still do what it says.
#[test]
fn the_examples_run() {
    let folder =
        Path::new(env!("CARGO_BIN_EXE_xuequ")).parent().expect("the program lies in a folder").join("examples");
    for (name, says) in [
        ("plan_a_county", "no scheme within the seats has less than"),
        ("judge_todays_scheme", "pupils too many"),
        ("dissolve_without_slivers", "1 part, 10000.0 m²"),
    ] {
        let output = std::process::Command::new(folder.join(name)).output().unwrap_or_else(|fault| {
            panic!("{name}: {fault}; build it with `cargo build --examples`");
        });
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains(says), "{name}: {output:?}");
    }
}
