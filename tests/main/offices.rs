//! What an office reads of a grouping: who breaks a rule and what mends it, numbers that agree with verdicts, names of its own.

use std::fmt::Write as _;

use crate::command::{folder, names_in, read, write, xuequ};
use crate::policies::{group, measures, rows, rule, verdict};

/// Kindergartens and senior schools have pupils, and are told apart from those that have to be covered.
#[test]
fn kindergartens_and_senior_schools_have_their_pupils() {
    let schools = "id,x,y,stage,enrolment,strong\nK1,0,0,幼儿园,100,1\nK2,1,0,幼儿园,90,0\nN1,2,0,九年一贯制,700,1\n\
                   N2,3,0,九年一贯制,500,0\nH1,6,0,高中,900,1\nH2,7,0,高中,800,0\n";
    let groups = "group,school,role,mode\nK,K1,lead,alliance\nK,K2,member,\nN,N1,lead,alliance\nN,N2,member,\n\
                  H,H1,lead,alliance\nH,H2,member,\n";
    let (place, run) = group("suzhou", schools, groups, &["--members", "1-5", "--lang", "zh-CN"]);
    let measures = measures(place.path());
    let of = |level: &str| {
        let levels = measures["levels"].as_array().expect("levels");
        levels.iter().find(|of| of["level"] == level).expect("a level")["pupils"].as_u64()
    };
    assert_eq!(
        ["kindergarten", "nine-year", "senior", "sum"].map(of),
        [Some(190), Some(1_200), Some(1_700), Some(3_090)]
    );
    assert_eq!((measures["grouped_schools"].as_u64(), measures["other_schools"].as_u64()), (Some(2), Some(4)));
    assert!(run.stderr.contains("和 4 所其他学校"), "{run:#?}");
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("和 4 所其他学校") && report.contains("1030 名学生"), "{report}");
}

/// Groups of three in a county, each with a lead that is marked as strong; nobody says how strong schools are.
fn unrated(groups: usize, more: usize) -> (String, String) {
    let mut schools = String::from("id,name,x,y,stage,county,centre,enrolment_primary,strong,weak\n");
    let mut table = String::from("group,school,role,mode,year\n");
    for school in 0..3 * groups {
        let (lead, weak) = (school % 3 == 0, school % 3 == 1);
        let marks = format!("{},{}", u8::from(lead), u8::from(weak));
        writeln!(schools, "S{school:03},第{school}小学,{},0,小学,甲县,是,300,{marks}", 500 * school).expect("a line");
        let role = if lead { "核心校" } else { "成员校" };
        writeln!(table, "G{0:03},S{school:03},{role},托管型,2022", school / 3).expect("a line");
    }
    for school in 0..more {
        let (pupils, weak) = (500 - school, u8::from(school % 2 == 1));
        writeln!(schools, "T{school:03},新{school}小学,{},900,小学,甲县,是,{pupils},0,{weak}", 500 * school)
            .expect("a line");
    }
    (schools, table)
}

#[test]
fn who_breaks_a_rule_is_named_at_the_terminal_with_what_mends_it() {
    let (schools, groups) = unrated(3, 14);
    let (place, run) = group("ankang", &schools, &groups, &["--lang", "zh-CN"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    let at = lines.iter().position(|line| line.contains("中心城区薄弱学校")).expect("the rule");
    assert!(lines[at + 1].contains("新1小学（T001）、新3小学（T003）"), "{run:#?}");
    assert!(lines[at + 2].contains("另有 2 处") && lines[at + 2].contains("breaches.csv"), "{run:#?}");
    // There is room for one more in each group; where there is none, that is what is said.
    let mend =
        |place: &std::path::Path, id: &str| rule(place, id)["breaches"][0]["mend"].as_str().expect("words").to_owned();
    assert!(mend(place.path(), "weak-in-centre").contains("划入有优质核心校"));
    let mut full = groups.clone();
    (0..3).for_each(|of| writeln!(full, "G{of:03},T{:03},成员校,,", 2 * of).expect("a line"));
    let (place, _) = group("ankang", &schools, &full, &["--lang", "zh-CN"]);
    let said = mend(place.path(), "weak-in-centre");
    assert!(said.contains("都已满") && said.contains("放宽"), "{said}");
    // Nobody knows how strong the others are, and they are named all the same, by their pupils; but not those that are weak.
    let said = mend(place.path(), "group-total-new");
    assert!(said.contains("再组建 97 个") && said.contains("实力未知") && said.contains("新0小学、新2小学"), "{said}");
}

/// What was measured and what was asked for belong together, and say what the verdict says.
#[test]
fn value_and_limit_agree_with_the_verdict() {
    let (schools, mut groups) = unrated(20, 0);
    for (from, to) in [("G000", "2023"), ("G001", "2024"), ("G002", "2024")] {
        groups = groups
            .lines()
            .map(|line| if line.starts_with(from) { line.replace("2022", to) } else { line.to_owned() })
            .collect::<Vec<String>>()
            .join("\n");
    }
    let (place, _) = group("ankang", &schools, &(groups + "\n"), &["--lang", "zh-CN"]);
    for id in ["phase-groups", "phase-coverage", "phase-centre", "phase-integrated", "group-total-new"] {
        let rule = rule(place.path(), id);
        let (value, limit) = (rule["value"].as_f64().expect("a value"), rule["limit"].as_f64().expect("a limit"));
        assert_eq!(value < limit, rule["verdict"] == "broken", "{rule:#}");
    }
    let groups_of_a_year = rule(place.path(), "phase-groups");
    assert_eq!(groups_of_a_year["worst"], "2022");
    assert_eq!((&groups_of_a_year["value"], &groups_of_a_year["limit"]), (&17.0.into(), &50.0.into()));
    // The city as a whole has a row for each year.
    let coverage = rows(place.path(), "out/coverage.csv");
    let all: Vec<&str> = coverage.iter().filter(|row| row[1] == "全部").map(|row| row[3].as_str()).collect();
    assert_eq!(all, ["51", "54", "60"]);
}

#[test]
fn pairs_that_nobody_names_are_asked_for() {
    let schools =
        "id,name,x,y,stage,enrolment,strong,strength\nA,甲中学,0,0,初中,900,1,80\nB,乙中学,900,0,初中,300,,40\n";
    let (_, run) = group("liucheng", schools, "", &["--lang", "zh-CN"]);
    assert!(run.ends(3).stderr.contains("锁定表"));
    let small = schools.replace("900,1", "90,1");
    let (_, run) = group("pubei", &small.replace("初中", "小学"), "", &["--lang", "zh-CN"]);
    assert!(run.stderr.contains("不足 200 人"), "{run:#?}");
}

/// A report names every table beside it, and calls schools and districts what its document calls them.
#[test]
fn each_document_has_its_words_and_its_tables() {
    for preset in ["pubei", "liucheng", "nanchang"] {
        let place = folder();
        xuequ(place.path(), &["demo", "--preset", preset, "city", "--lang", "zh-CN"]);
        let city = place.path().join("city");
        let report = read(&city, "out/report.md");
        for file in names_in(&city.join("out")).iter().filter(|name| name.strip_suffix(".csv").is_some()) {
            assert!(report.contains(&format!("`{file}`")), "{preset}: {file}");
        }
        assert_eq!(report.contains("学区"), preset == "pubei", "{preset}: {report}");
        let map = read(&city, "out/map.svg");
        assert_eq!(map.contains("远程结对"), preset == "liucheng", "{preset}");
        assert_eq!(map.contains("stroke-dasharray=\"7 4\""), preset == "liucheng", "{preset}");
        assert!(!map.contains("fictional"), "{preset}");
        // What a school is stands in both tables alike.
        let roles = |file: &str, school: usize, role: usize| -> Vec<(String, String)> {
            let rows = rows(&city, file).into_iter().map(|row| (row[school].clone(), row[role].clone()));
            let mut roles: Vec<(String, String)> = rows.filter(|(_, role)| !role.is_empty()).collect();
            roles.sort_unstable();
            roles
        };
        let last = rows(&city, "out/superiors.csv")[0].len() - 1;
        assert_eq!(roles("out/plaques.csv", 0, 2), roles("out/superiors.csv", 1, last), "{preset}");
        // Each lead has its name on the map, or a number.
        let drawn = &map[map.find("id=\"labels\"").expect("labels")..];
        for row in rows(&city, "out/districts.csv")
            .iter()
            .filter(|row| ["牵头校", "创建校", "帮扶校"].contains(&row[5].as_str()))
        {
            assert!(drawn.contains(&format!(">{}<", row[4])), "{preset}: {}", row[4]);
        }
    }
}

/// All six grounds are shown, also those of which the table says nothing.
#[test]
fn grounds_without_data_are_shown_as_such() {
    let mut schools =
        String::from("id,name,x,y,stage,enrolment,strong,教育质量,骨干教师数,高于规定学历教师数,体艺教师数\n");
    for school in 0..12 {
        let strong = u8::from(school % 4 == 0);
        let teachers = format!("{},{},{}", 60 + school, 3 + school, 20 + school);
        writeln!(schools, "S{school},第{school}小学,{},0,小学,400,{strong},{teachers},6", 500 * school)
            .expect("a line");
    }
    let (place, _) = group("pubei", &schools, "", &["--lang", "zh-CN", "--members", "1-8", "--districts", "3"]);
    let report = read(place.path(), "out/report.md");
    let heads = report.lines().find(|line| line.contains("师资配置 |")).expect("the table");
    assert!(heads.contains("办学条件") && heads.contains("管理水平"), "{heads}");
    assert!(report.contains("“—”是学校表没有填的因素"), "{report}");
}

/// A ceiling that is read as a floor would be met by what is too much.
#[test]
fn comparisons_that_are_not_read_are_told() {
    let home = folder();
    write(home.path(), "table.csv", "指标,怎么比,目标,现值\n大班额,≤,0,3\n名师,≥,20,21\n");
    let run = xuequ(home.path(), &["targets", "table.csv", "--lang", "zh-CN"]);
    assert!(run.stderr.contains("怎么比") && run.stderr.contains("按 ≥ 判定"), "{run:#?}");
    write(home.path(), "table.csv", "指标,运算符,目标,现值\n大班额,≤,0,3\n名师,≥,20,21\n");
    let run = xuequ(home.path(), &["targets", "table.csv", "--lang", "zh-CN"]).ends(1);
    assert!(run.stdout.contains("≤ 0"), "{run:#?}");
}

/// Where only pairing counts, nothing may be left to count, and a bound of that is not below zero.
#[test]
fn no_bound_is_below_zero() {
    let place = folder();
    let mut schools = String::from("school_id,x,y,strength,lead\n");
    for school in 0..12 {
        let strength = 50.0 + f64::from(school % 3) / 7.0;
        writeln!(schools, "S{school},{},0,{strength},{}", 1_000 * school, u8::from(school % 3 == 0)).expect("a line");
    }
    write(place.path(), "schools.csv", schools);
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n\
                    [districts]\nschools = [1, 6]\nnear = 0.0\nsize = 0.0\npair = 1.0\nmix = 0.0\n";
    write(place.path(), "xuequ.toml", settings);
    xuequ(place.path(), &["group", ".", "-o", "out"]);
    let bound = measures(place.path())["bound"]["lower_bound_m"].as_f64().expect("a bound");
    assert!(bound >= 0.0, "{bound}");
    assert_eq!(xuequ(place.path(), &["verify", "out", "--project", "."]).code, 0);
    assert_eq!(verdict(place.path(), "district-size"), "kept");
}
