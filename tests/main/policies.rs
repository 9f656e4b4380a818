//! The rules of five governments, each on schools and groups that were planted to keep or to break it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::command::{Run, folder, read, read_json, write, xuequ};

/// Runs `group` with a preset on a table of schools, and on a table of groups where there is one.
pub(crate) fn group(preset: &str, schools: &str, groups: &str, more: &[&str]) -> (tempfile::TempDir, Run) {
    let place = folder();
    write(place.path(), "schools.csv", schools);
    let mut options = vec!["group", "--schools", "schools.csv", "--crs", "local", "--preset", preset, "-o", "out"];
    if !groups.is_empty() {
        write(place.path(), "groups.csv", groups);
        options.extend(["--groups", "groups.csv"]);
    }
    options.extend(more);
    let run = xuequ(place.path(), &options);
    (place, run)
}

pub(crate) fn measures(place: &Path) -> Value {
    read_json(place, "out/evaluation.json")["stages"][0].clone()
}

pub(crate) fn rule(place: &Path, id: &str) -> Value {
    let evaluation = read_json(place, "out/evaluation.json");
    let rules = evaluation["rules"].as_array().expect("rules");
    rules.iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("{id} in {rules:#?}")).clone()
}

pub(crate) fn verdict(place: &Path, id: &str) -> String {
    rule(place, id)["verdict"].as_str().expect("a verdict").to_owned()
}

/// Who breaks a rule, by name.
pub(crate) fn breaks(place: &Path, id: &str) -> Vec<String> {
    let rule = rule(place, id);
    let breaches = rule["breaches"].as_array().expect("breaches").iter();
    breaches.map(|breach| breach["name"].as_str().expect("a name").to_owned()).collect()
}

pub(crate) fn rows(place: &Path, file: &str) -> Vec<Vec<String>> {
    let text = read(place, file);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// Two counties side by side: a strong school in each every 4 km, and common ones between; at the line stand twins 200 m apart.
fn two_counties() -> String {
    let mut text = String::from("id,name,x,y,stage,county,enrolment_primary,strong,weak,superior,ownership,strength\n");
    for (county, start) in [("甲县", -20_100), ("乙县", 100)] {
        for position in 0..20 {
            let x = start + 1_000 * position + if county == "甲县" { 1_000 } else { 0 };
            let strong = position % 4 == 1;
            let (ownership, superior) = match position {
                3 => ("市局属公办", "市教育局"),
                7 => ("省属事业单位办", "省属事业单位"),
                9 => ("民办", "县教育局"),
                _ => ("县区属公办", "县教育局"),
            };
            let (strong_mark, weak) = (if strong { "是" } else { "否" }, if position % 5 == 2 { "是" } else { "否" });
            let strength = if strong { 80 } else { 40 + position % 7 };
            let name = format!("{county}第{position}小学");
            let who = format!("{county}{position:02},{name},{x},{}", 10 * position);
            let marks = format!("{strong_mark},{weak},{superior},{ownership},{strength}");
            writeln!(text, "{who},小学,{county},400,{marks}").expect("a line");
        }
    }
    text
}

#[test]
fn nanchang_keeps_districts_inside_a_county_and_takes_all_owners() {
    let (place, run) = group("nanchang", &two_counties(), "", &[]);
    // Neither county is one of the five that begin, which is told; the rules themselves are kept.
    run.ends(1);
    assert_eq!(breaks(place.path(), "pilot-counties").len(), 5);
    assert_eq!(verdict(place.path(), "within-county"), "kept");
    assert_eq!(verdict(place.path(), "one-district"), "kept");
    let annex = rows(place.path(), "out/annex.csv");
    assert!(annex.iter().all(|row| ["甲县", "乙县"].contains(&row[4].as_str())), "{annex:?}");
    // The schools of the city, of the province and private ones are in districts of the county they stand in.
    let superiors = rows(place.path(), "out/superiors.csv");
    assert_eq!(superiors.iter().filter(|row| row[0] == "省属事业单位" && !row[2].is_empty()).count(), 2);
    assert_eq!(superiors.len(), 40);
    // The twins: the last school of the one and the first of the other.
    let district = |name: &str| annex.iter().position(|row| row[1] == name || row[2].contains(name));
    assert_ne!(district("甲县第19小学"), district("乙县第0小学"));
    let verify = xuequ(place.path(), &["verify", "out", "--project", "."]);
    assert_eq!(verify.code, 0, "{verify:#?}");
    // Who puts them together is found out, by both.
    let groups = "group,school,role\nA,甲县01,lead\nA,甲县19,member\nA,乙县00,member\n";
    let (place, run) = group("nanchang", &two_counties(), groups, &[]);
    run.ends(4);
    assert_eq!(breaks(place.path(), "within-county"), ["A"]);
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(4);
}

#[test]
fn nanchang_begins_with_one_or_two_districts_in_each_county_that_begins() {
    let place = folder();
    write(place.path(), "schools.csv", two_counties());
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n\
                    [policy]\npreset = \"nanchang\"\npilot_counties = [\"甲县\"]\n";
    write(place.path(), "xuequ.toml", settings);
    xuequ(place.path(), &["group", ".", "--pilot", "-o", "out"]).ends(0);
    let annex = rows(place.path(), "out/annex.csv");
    assert!(
        (1..=2).contains(&annex.len()) && annex.iter().all(|row| row[4] == "甲县" && row[5] == "2023"),
        "{annex:?}"
    );
    assert!(annex.iter().all(|row| row[6] == "管委会" || row[6] == "management committee"));
    // Without --pilot all schools are in a district, the others a year later.
    xuequ(place.path(), &["group", ".", "-o", "all"]).ends(0);
    let annex = rows(place.path(), "all/annex.csv");
    assert!(annex.iter().filter(|row| row[4] == "乙县").all(|row| row[5] == "2024"));
    assert_eq!(annex.iter().filter(|row| row[5] == "2023").count(), 2);
    // The spread between schools and between districts stands in the report of both languages; here nobody gave means.
    for language in ["zh-CN", "en"] {
        let run = xuequ(place.path(), &["group", ".", "-o", "all", "--overwrite", "--lang", language]);
        run.ends(0);
        assert!(read(place.path(), "all/report.md").contains("2023"));
    }
}

#[test]
fn where_no_school_is_strong_schools_of_nanchang_lead_by_turns() {
    let mut weak_county = two_counties();
    for line in two_counties().lines().filter(|line| line.contains("乙县") && line.contains(",是,否,")) {
        weak_county = weak_county.replace(line, &line.replace(",是,否,", ",否,否,").replace(",80", ",41"));
    }
    let (place, _) = group("nanchang", &weak_county, "", &[]);
    let annex = rows(place.path(), "out/annex.csv");
    let by_turns: Vec<&Vec<String>> = annex.iter().filter(|row| row[1].is_empty()).collect();
    assert!(!by_turns.is_empty() && by_turns.iter().all(|row| row[4] == "乙县" && row[6] == "by turns"), "{annex:?}");
    assert_eq!(verdict(place.path(), "led"), "kept");
    assert_eq!(verdict(place.path(), "one-district"), "kept");
    // Who needs a strong school has one in its district.
    assert_eq!(verdict(place.path(), "weak-with-strong"), "kept");
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
    // A given district without a lead is fine where it says that schools take turns, and is named where it does not.
    let groups = "group,school,role,governance\nA,甲县01,,轮值牵头\nA,甲县02,,\nA,甲县03,,\nB,乙县01,,\nB,乙县02,,\nB,乙县03,,\n";
    let (place, _) = group("nanchang", &two_counties(), groups, &[]);
    assert_eq!(breaks(place.path(), "led"), ["B"]);
}

#[test]
fn words_that_are_none_are_refused_with_the_list() {
    let owners = two_counties().replacen("民办", "集体", 1);
    let (place, run) = group("nanchang", &owners, "", &["--lang", "zh-CN"]);
    run.ends(3).says(&["集体", "市局属公办、省属事业单位办、民办"]);
    assert!(!place.path().join("out").exists());
    let groups = "集团,学校,角色,模式\nA,甲县01,核心校,松散型\nA,甲县02,成员校,\n";
    let (_, run) = group("suzhou", &two_counties(), groups, &["--lang", "zh-CN"]);
    run.ends(3).says(&[
        "groups.csv",
        "2",
        "松散型",
        "一体管理型、一体多区型、城乡一体型、委托管理型、校际联盟型、学段衔接型",
    ]);
    let groups = "集团,学校,角色\nA,甲县01,核心校\nA,甲县99,成员校\n";
    let (_, run) = group("suzhou", &two_counties(), groups, &["--lang", "zh-CN"]);
    run.ends(3).says(&["groups.csv", "3", "甲县99"]);
    let groups = "集团,学校,角色\nA,甲县01,核心校\nA,甲县02,核心校\n";
    group("suzhou", &two_counties(), groups, &[]).1.ends(3).says(&["two leads"]);
}

#[test]
fn liucheng_reproduces_its_pairs_and_touches_nothing_else() {
    let place = folder();
    let schools = "id,name,x,y,stage,town,enrolment,strength\n\
                   1,实验中学,0,0,初中,大埔镇,1200,85\n2,民族中学,800,0,初中,大埔镇,1100,80\n\
                   3,东泉中学,30000,0,初中,东泉镇,600,40\n4,太平中学,0,12000,初中,太平镇,500,42\n\
                   5,文昌中学,900,500,初中,大埔镇,700,45\n6,城中小学,100,100,小学,大埔镇,900,60\n7,古砦中学,9000,9000,初中,古砦乡,300,50\n";
    write(place.path(), "schools.csv", schools);
    write(
        place.path(),
        "locks.csv",
        "kind,what,to\nmember,东泉中学,实验中学\nmember,太平中学,实验中学\nmember,文昌中学,民族中学\n",
    );
    let options =
        ["group", "--schools", "schools.csv", "--locks", "locks.csv", "--crs", "local", "--preset", "liucheng"];
    xuequ(place.path(), &[&options[..], &["-o", "out", "--lang", "zh-CN"]].concat()).ends(0);
    let pairs: Vec<[String; 2]> =
        rows(place.path(), "out/pairs.csv").into_iter().map(|row| [row[0].clone(), row[1].clone()]).collect();
    let expected = [["实验中学", "东泉中学"], ["实验中学", "太平中学"], ["民族中学", "文昌中学"]];
    assert_eq!(pairs, expected.map(|pair| pair.map(str::to_owned)));
    let districts = read(place.path(), "out/districts.csv");
    assert!(!districts.contains("城中小学") && !districts.contains("古砦中学"), "{districts}");
    for id in ["district-locks", "of-stage", "district-size", "led"] {
        assert_eq!(verdict(place.path(), id), "kept", "{id}");
    }
    let measures = measures(place.path());
    let pair = |of: usize| measures["pairs"][of].clone();
    assert_eq!((pair(0)["metres"].as_f64(), pair(0)["remote"].as_bool()), (Some(30_000.0), Some(true)));
    assert_eq!((pair(2)["remote"].as_bool(), pair(2)["same_town"].as_bool()), (Some(false), Some(true)));
    assert_eq!(pair(0)["points_between"].as_f64(), Some(45.0));
    assert!(read(place.path(), "out/report.md").contains("远程结对"));
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
    // Another seed changes no pair.
    xuequ(place.path(), &[&options[..], &["-o", "again", "--seed", "9"]].concat()).ends(0);
    assert_eq!(rows(place.path(), "again/pairs.csv").len(), 3);
    // Somebody else's list that breaks a lock is named.
    write(
        place.path(),
        "groups.csv",
        "group,school,role\nA,实验中学,创建校\nA,文昌中学,共建校\nB,民族中学,创建校\nB,东泉中学,共建校\n",
    );
    xuequ(place.path(), &[&options[..], &["-o", "out", "--overwrite", "--groups", "groups.csv"]].concat()).ends(4);
    assert_eq!(breaks(place.path(), "district-locks"), ["东泉中学", "太平中学", "文昌中学"]);
}

/// So many schools in groups of four, the last ones in none.
fn covered(schools: usize, inside: usize) -> (String, String) {
    let mut table = String::from("id,x,y,stage,enrolment,strong,new,ownership\n");
    let mut groups = String::from("group,school,role,mode\n");
    for school in 0..schools {
        let (strong, new) = (u8::from(school % 4 == 0), u8::from(school == 1));
        writeln!(table, "S{school},{},{},小学,300,{strong},{new},县区属公办", school % 100, school / 100)
            .expect("a line");
        if school < inside {
            let role = if school % 4 == 0 { "lead" } else { "member" };
            writeln!(groups, "G{},S{school},{role},alliance", school / 4).expect("a line");
        }
    }
    (table, groups)
}

#[test]
fn suzhou_counts_coverage_to_the_last_school() {
    for (inside, kept) in [(980, true), (979, false)] {
        let (schools, groups) = covered(1_000, inside);
        let (place, run) = group("suzhou", &schools, &groups, &[]);
        assert_eq!(run.code == 4, !kept || verdict(place.path(), "district-size") != "kept", "{run:#?}");
        assert_eq!(verdict(place.path(), "coverage") == "kept", kept);
        let breaches = breaks(place.path(), "coverage");
        assert_eq!(breaches.len(), if kept { 0 } else { 21 }, "the schools in none are named");
        assert_eq!(verdict(place.path(), "coverage-goal"), "broken");
        assert_eq!(rows(place.path(), "out/uncovered.csv").len(), 1_000 - inside);
    }
    let (schools, groups) = covered(10_000, 9_973);
    let (place, _) = group("suzhou", &schools, &groups, &[]);
    assert_eq!(rule(place.path(), "coverage")["value"].as_f64(), Some(0.9973));
}

#[test]
fn suzhou_takes_in_new_schools_and_finds_their_mode() {
    let (schools, _) = covered(40, 0);
    let (place, run) = group("suzhou", &schools, "", &["--lang", "zh-CN"]);
    assert!([0, 1].contains(&run.code), "{run:#?}");
    assert_eq!(verdict(place.path(), "new-in-group"), "kept");
    let annex = rows(place.path(), "out/annex.csv");
    let of_new = annex.iter().find(|row| row[2] == "S1" || row[3].split('、').any(|name| name == "S1"));
    assert_eq!(of_new.expect("the new school is in a group")[1], "委托管理型");
    // Taken out of its group, it is named.
    let groups = "group,school,role,mode\nG,S0,lead,校际联盟型\nG,S2,member,\nG,S3,member,\n";
    let (place, run) = group("suzhou", &schools, groups, &[]);
    run.ends(4);
    assert_eq!(breaks(place.path(), "new-in-group"), ["S1"]);
    // A group that says nothing of its mode is named with the six, where nothing speaks for one of them.
    let groups = "group,school,role\nG,S0,lead\nG,S2,member\nG,S3,member\n";
    let (place, _) = group("suzhou", &schools, groups, &["--lang", "zh-CN"]);
    assert_eq!(breaks(place.path(), "mode"), ["G"]);
}

#[test]
fn summaries_by_level_add_up_with_kindergartens_and_senior_schools() {
    let schools = "id,x,y,stage,enrolment,strong\nK1,0,0,幼儿园,100,1\nK2,1,0,幼儿园,90,0\nP1,2,0,小学,300,1\nP2,3,0,小学,200,0\n\
                   J1,4,0,初中,400,1\nJ2,5,0,初中,300,0\nH1,6,0,高中,900,1\nH2,7,0,高中,800,0\nP3,8,0,小学,250,0\n";
    let groups = "group,school,role,mode\nK,K1,lead,alliance\nK,K2,member,\nP,P1,lead,alliance\nP,P2,member,\n\
                  X,J1,lead,successive\nX,J2,member,\nX,P3,member,\nH,H1,lead,alliance\nH,H2,member,\n";
    let (place, _) = group("suzhou", schools, groups, &["--members", "1-5"]);
    let levels = measures(place.path())["levels"].clone();
    let counts: Vec<(String, u64, u64)> = levels
        .as_array()
        .expect("levels")
        .iter()
        .map(|of| {
            let number = |field: &str| of[field].as_u64().expect("a count");
            (of["level"].as_str().expect("a level").to_owned(), number("groups"), number("schools"))
        })
        .collect();
    let expected = [("kindergarten", 1, 2), ("primary", 1, 2), ("senior", 1, 2), ("across", 1, 3), ("sum", 4, 9)];
    assert_eq!(counts, expected.map(|(level, groups, schools)| (level.to_owned(), groups, schools)));
    // Only compulsory schools count for coverage.
    assert_eq!(measures(place.path())["coverage"]["schools"], 5);
    assert_eq!(rule(place.path(), "coverage")["verdict"], "kept");
}

#[test]
fn one_exchange_passes_in_ankang_and_fails_in_suzhou() {
    let schools = "id,x,y,stage,enrolment,strong,符合交流条件教师数,交流教师数,交流骨干教师数,县区\n\
                   A,0,0,小学,300,1,60,8,2,甲区\nB,1,0,小学,300,0,40,4,1,甲区\nC,2,0,小学,300,0,20,3,0,甲区\n";
    let groups = "group,school,role,mode,year\nG,A,lead,校际联盟型,2022\nG,B,member,,\nG,C,member,,\n";
    let (place, _) = group("suzhou", schools, groups, &[]);
    let exchange = measures(place.path())["districts"][0]["exchange"].clone();
    let number = |field: &str| exchange[field].as_u64().expect("a count");
    assert_eq!(
        [number("eligible"), number("needed"), number("needed_backbone"), number("exchanged")],
        [120, 24, 5, 15]
    );
    assert_eq!(verdict(place.path(), "exchange"), "broken");
    let (place, _) = group("ankang", schools, &groups.replace("校际联盟型", "托管型"), &[]);
    assert_eq!(verdict(place.path(), "exchange"), "kept");
    assert_eq!(verdict(place.path(), "exchange-backbone"), "kept");
}

/// A city of two counties, one with a centre: a strong school for every two others, all in groups of three, of which the first
/// `early` begin in 2022 and 25 each in the two years after.
fn city(groups: usize) -> String {
    let mut text = String::from("id,name,x,y,stage,county,centre,enrolment_primary,strong,weak,town,superior\n");
    for school in 0..3 * groups {
        let group = school / 3;
        let in_centre = group < 14;
        let county = if group < groups / 2 { "汉江区" } else { "山阳县" };
        let (strong, weak) = (u8::from(school % 3 == 0), u8::from(school % 3 == 1));
        let (x, y) = (5_000 * (group % 10) + 40 * (school % 3), 5_000 * (group / 10));
        let superior = if school == 0 { "市教体局" } else { "区教体局" };
        let place = format!("{x},{y},小学,{county},{}", if in_centre { "是" } else { "否" });
        writeln!(text, "S{school:03},第{school}小学,{place},300,{strong},{weak},镇{group},{superior}").expect("a line");
    }
    text
}

/// Groups of three with their years and modes: the first `trusted` of each year in trust.
fn years(groups: usize, counts: [usize; 3], trusted: [usize; 3]) -> String {
    let mut text = String::from("group,school,role,mode,year\n");
    let mut group = 0;
    for (year, (count, trusted)) in counts.into_iter().zip(trusted).enumerate() {
        for position in 0..count.min(groups - group) {
            let mode = if position < trusted { "托管型" } else { "协作型" };
            for school in 3 * group..3 * group + 3 {
                let role = if school % 3 == 0 { "核心校" } else { "成员校" };
                writeln!(text, "G{group:03},S{school:03},{role},{mode},{}", 2022 + year).expect("a line");
            }
            group += 1;
        }
    }
    text
}

#[test]
fn ankang_counts_years_modes_and_counties() {
    let schools = city(100);
    let (place, run) = group("ankang", &schools, &years(100, [50, 25, 25], [30, 15, 15]), &[]);
    // The second county is not covered in 2022, whatever the city as a whole is.
    run.ends(4);
    for id in
        ["phase-groups", "phase-integrated", "phase-centre", "group-total-new", "weak-in-centre", "centre-size", "mode"]
    {
        assert_eq!(verdict(place.path(), id), "kept", "{id}");
    }
    assert_eq!(breaks(place.path(), "phase-coverage"), ["2022 山阳县", "2023 山阳县"]);
    assert_eq!(rule(place.path(), "group-total-all")["value"].as_f64(), Some(146.0));
    let run = xuequ(place.path(), &["verify", "out", "--project", "."]).ends(4);
    assert!(run.stdout.contains("each county is covered far enough each year"), "{run:#?}");
    // 29 of 50 is not enough, though 61 of all 100 are.
    let (place, _) = group("ankang", &schools, &years(100, [50, 25, 25], [29, 16, 16]), &["--lang", "en"]);
    let breach = rule(place.path(), "phase-integrated");
    assert_eq!(breaks(place.path(), "phase-integrated"), ["2022"]);
    assert!(breach["breaches"][0]["mend"].as_str().expect("words").contains("58%<60%"), "{breach:#?}");
    // 24 in the last year are one short, and so are 99 in all; with the 46 before there are enough.
    let (place, _) = group("ankang", &schools, &years(99, [50, 25, 25], [30, 15, 15]), &[]);
    assert_eq!(breaks(place.path(), "phase-groups"), ["2024"]);
    assert_eq!(
        (verdict(place.path(), "group-total-new"), verdict(place.path(), "group-total-all")),
        ("broken".to_owned(), "kept".to_owned())
    );
    // What is told wrong in the table is found out.
    let table = read(place.path(), "out/districts.csv");
    write(place.path(), "out/districts.csv", table.replacen("trusteeship,,2022", "cooperative,,2022", 3));
    let run = xuequ(place.path(), &["verify", "out", "--project", "."]).ends(1);
    assert!(run.stdout.contains("2022 integrated_groups"), "{run:#?}");
}

#[test]
fn ankang_plans_what_its_own_rules_ask() {
    let (place, run) = group("ankang", &city(104), "", &["--lang", "zh-CN"]);
    run.ends(0);
    let measures = measures(place.path());
    let phases = measures["phases"].as_array().expect("phases");
    let least: Vec<f64> = phases
        .iter()
        .map(|phase| {
            let shares = phase["coverage"].as_array().expect("counties").iter();
            shares.map(|county| county["share"].as_f64().expect("a share")).fold(1.0, f64::min)
        })
        .collect();
    assert!(least[0] >= 0.5 && least[1] >= 0.7 && least[2] >= 0.8, "{least:?}");
    for (phase, wanted) in phases.iter().zip([50, 25, 25]) {
        assert!(phase["groups"].as_u64() >= Some(wanted), "{phase:#?}");
    }
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
}

#[test]
fn core_schools_of_the_centre_take_two_or_three() {
    let schools = city(20);
    let with = |members: std::ops::RangeInclusive<usize>| {
        let mut groups = String::from("group,school,role,mode,year\nG,S000,核心校,托管型,2022\n");
        members.for_each(|school| writeln!(groups, "G,S{school:03},成员校,,").expect("a line"));
        let (place, _) = group("ankang", &schools, &groups, &[]);
        (verdict(place.path(), "centre-size"), verdict(place.path(), "district-size"))
    };
    let kept = || "kept".to_owned();
    let broken = || "broken".to_owned();
    assert_eq!(with(1..=1), (broken(), kept()));
    assert_eq!(with(1..=2), (kept(), kept()));
    assert_eq!(with(1..=3), (kept(), kept()));
    assert_eq!(with(1..=4), (broken(), kept()));
    // Elsewhere one is enough, and four are too many.
    let groups = "group,school,role,mode\nG,S057,核心校,托管型\nG,S058,成员校,\n";
    let (place, _) = group("ankang", &schools, groups, &[]);
    assert_eq!((verdict(place.path(), "centre-size"), verdict(place.path(), "district-size")), (kept(), kept()));
    // The weak schools of the centre that no group takes are named, and the command does not end well.
    let (place, run) = group("ankang", &schools, groups, &[]);
    run.ends(4);
    assert_eq!(breaks(place.path(), "weak-in-centre").len(), 14);
}

#[test]
fn approval_follows_from_the_core_school_and_the_counties() {
    let groups = "group,school,role,mode\nA,S000,核心校,托管型\nA,S001,成员校,\nA,S002,成员校,\n\
                  B,S003,核心校,托管型\nB,S004,成员校,\nB,S055,成员校,\nC,S006,核心校,托管型\nC,S007,成员校,\nC,S008,成员校,\n";
    let (place, _) = group("ankang", &city(20), groups, &["--lang", "zh-CN"]);
    let measures = measures(place.path());
    let routes: Vec<&str> = measures["districts"]
        .as_array()
        .expect("districts")
        .iter()
        .map(|district| district["approval"].as_str().expect("a route"))
        .collect();
    assert_eq!(routes, ["city", "county-told-to-city", "county"]);
    let annex = rows(place.path(), "out/annex.csv");
    assert_eq!(annex.iter().map(|row| row[8].as_str()).collect::<Vec<_>>(), ["否", "是", "否"]);
}

#[test]
fn teaching_points_stay_with_the_central_school_of_their_town() {
    let mut schools = String::from("id,x,y,stage,enrolment,strong,town,central,county\n");
    for town in 0..4 {
        let x = 8_000 * town;
        writeln!(schools, "C{town},{x},0,小学,400,1,镇{town},是,甲县").expect("a line");
        writeln!(schools, "M{town},{x},500,小学,300,0,镇{town},否,甲县").expect("a line");
        for point in 0..5 {
            writeln!(schools, "T{town}{point},{},{},教学点,20,0,镇{town},否,甲县", x + 3_900, 900 * point)
                .expect("a line");
        }
    }
    let (place, _) = group("ankang", &schools, "", &["--lang", "zh-CN"]);
    for id in ["central-school", "district-size"] {
        assert_eq!(verdict(place.path(), id), "kept", "{id}");
    }
    for row in rows(place.path(), "out/annex.csv") {
        let town = &row[2][1..];
        assert!((0..5).all(|point| row[3].contains(&format!("T{town}{point}"))), "{row:?}");
        assert_eq!(row[1], "一体型");
    }
    let groups = "group,school,role,mode\nA,C0,核心校,一体型\nA,M0,成员校,\nA,T10,成员校,\n";
    let (place, _) = group("ankang", &schools, groups, &[]);
    assert!(breaks(place.path(), "central-school").contains(&"T10".to_owned()));
}

#[test]
fn every_document_has_a_county_it_is_shown_on() {
    for preset in ["pubei", "nanchang", "liucheng", "suzhou", "ankang"] {
        let place = folder();
        let run = xuequ(place.path(), &["demo", "--preset", preset, "city", "--lang", "zh-CN"]);
        assert!([0, 1].contains(&run.code), "{preset}: {run:#?}");
        let evaluation = read_json(place.path(), "city/out/evaluation.json");
        for rule in evaluation["rules"].as_array().expect("rules") {
            assert!(rule["hard"] == false || rule["verdict"] == "kept", "{preset}: {rule:#?}");
            let words = ["text", "source"].map(|field| rule[field].as_str().expect("words").to_owned());
            assert!(
                words.iter().all(|words| words.chars().any(|of| ('\u{4e00}'..='\u{9fff}').contains(&of))),
                "{words:?}"
            );
        }
        xuequ(&place.path().join("city"), &["verify", "out"]).ends(0);
        // What stands in the folder is taken in again as it is, and judged alike.
        let again = ["group", ".", "--groups", "out/districts.csv", "-o", "again", "--lang", "zh-CN"];
        xuequ(&place.path().join("city"), &again).ends(run.code);
        let judged = read_json(place.path(), "city/again/evaluation.json");
        assert_eq!(judged["rules"], evaluation["rules"], "{preset}");
    }
}

/// What a tester of a bureau would try next: a core school over several groups, real names of bureaus, ties, blanks, overlays.
#[test]
fn planted_faults_are_found_where_they_hide() {
    let kept = "kept";
    // A core school that leads two groups has the members of both.
    let groups = "group,school,role,mode\nA,S000,核心校,托管型\nA,S001,成员校,\nA,S002,成员校,\n\
                  B,S000,核心校,托管型\nB,S004,成员校,\nB,S005,成员校,\n";
    let (place, _) = group("ankang", &city(20), groups, &[]);
    assert_eq!(breaks(place.path(), "centre-size"), ["第0小学"]);
    // A bureau's name tells whose it is by what stands before 教.
    for (superior, route) in
        [("安康市教育体育局", "city"), ("市教体局", "city"), ("市中区教育局", "county"), ("汉滨区教体局", "county")]
    {
        let schools = city(20).replace("市教体局", superior);
        let (place, _) =
            group("ankang", &schools, "group,school,role,mode\nA,S000,核心校,托管型\nA,S001,成员校,\n", &[]);
        assert_eq!(measures(place.path())["districts"][0]["approval"], route, "{superior}");
    }
    // Of many that are rated alike none is strong.
    let mut schools = String::from("id,x,y,stage,enrolment,ownership,strength\n");
    for school in 0..10 {
        let strength = if school < 2 { 95 } else { 50 };
        writeln!(schools, "S{school},{},0,小学,400,县区属公办,{strength}", 300 * school).expect("a line");
    }
    let (place, _) = group("suzhou", &schools, "", &[]);
    let leads: Vec<String> = rows(place.path(), "out/annex.csv").into_iter().map(|row| row[2].clone()).collect();
    assert_eq!(leads, ["S0", "S1"]);
    // Schools that say nothing of their county are named where counties count.
    let (schools, groups) = (city(100), years(100, [50, 25, 25], [30, 15, 15]));
    let blank = schools.replacen(",山阳县,", ",,", 1);
    let (place, _) = group("ankang", &blank, &groups, &[]);
    assert_eq!(breaks(place.path(), "phase-coverage").iter().filter(|name| name.contains("小学")).count(), 1);
    // The order of groups changes nothing where a school is in several.
    let table = "id,x,y,stage,enrolment,strong,town,central,county\nK,0,0,小学,400,1,镇,是,甲县\nT,100,0,教学点,20,0,镇,否,甲县\nL,200,0,小学,500,1,镇,否,甲县\n";
    for order in [["A", "B"], ["B", "A"]] {
        let of = |name: &str| match name {
            "A" => "A,K,核心校,一体型\nA,T,成员校,\n",
            _ => "B,L,核心校,协作型\nB,K,成员校,\n",
        };
        let groups = format!("group,school,role,mode\n{}{}", of(order[0]), of(order[1]));
        let (place, _) = group("ankang", table, &groups, &[]);
        assert_eq!(verdict(place.path(), "central-school"), kept, "{order:?}");
    }
    // A blank cell does not hide that nobody moved.
    let schools = "id,x,y,stage,enrolment,strong,符合交流条件教师数,交流教师数\nA,0,0,小学,300,1,60,0\nB,1,0,小学,300,0,60,0\nC,2,0,小学,300,0,60,\n";
    let (place, _) =
        group("suzhou", schools, "group,school,role,mode\nG,A,lead,alliance\nG,B,member,\nG,C,member,\n", &[]);
    assert_eq!(breaks(place.path(), "exchange"), ["G"]);
    // A name with a number behind it is no campus.
    let schools = "id,name,x,y,stage,enrolment,strong,new,ownership\n1,学校1,0,0,小学,300,1,0,县区属公办\n10,学校10,1,0,小学,300,0,1,县区属公办\n2,学校1(东校区),2,0,小学,300,0,0,县区属公办\n";
    let (place, _) = group("suzhou", &schools.replace("(东校区)", "1"), "", &[]);
    assert_eq!(measures(place.path())["districts"][0]["mode"], "on-behalf");
    let (place, _) = group("suzhou", schools, "", &[]);
    assert_eq!(measures(place.path())["districts"][0]["mode"], "several-sites");
    // Rows of a group that contradict each other are refused.
    let groups = "group,school,role,mode\nG,A,lead,alliance\nG,B,member,on-behalf\n";
    group("suzhou", "id,x,y,stage,enrolment,strong\nA,0,0,小学,300,1\nB,1,0,小学,300,0\n", groups, &[])
        .1
        .ends(3)
        .says(&["groups.csv", "3"]);
    // Liucheng speaks of junior schools: groups of others are told, and without any junior school there is nothing to group.
    let schools = "id,x,y,stage,enrolment,strength\nJ1,0,0,初中,900,80\nJ2,1,0,初中,500,40\nP1,2,0,小学,500,70\nP2,3,0,小学,500,40\n";
    let groups = "group,school,role,mode\nA,J1,创建校,创建共建型\nA,J2,共建校,\nB,P1,创建校,创建共建型\nB,P2,共建校,\n";
    let (place, run) = group("liucheng", schools, groups, &[]);
    run.ends(4);
    assert_eq!(breaks(place.path(), "of-stage"), ["P1", "P2"]);
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(4);
    let primary = schools.replace("初中", "小学");
    group("liucheng", &primary, "", &[]).1.ends(3);
    // Only a document with a first year has pilots.
    group("suzhou", schools, "", &["--pilot"]).1.ends(2);
}

/// What an office may choose between: nothing on the list is beaten by another, nearness alone is nearest, and what is
/// picked is what is written.
#[test]
fn the_frontier_lists_only_what_nothing_beats() {
    let place = folder();
    write(place.path(), "schools.csv", two_counties());
    let options = ["group", "--schools", "schools.csv", "--crs", "local", "--frontier", "-o", "out", "--overwrite"];
    let run = xuequ(place.path(), &options);
    assert!([0, 1].contains(&run.code), "{run:#?}");
    let points = measures(place.path())["frontier"].as_array().expect("a frontier").clone();
    assert!(points.len() > 2, "{points:#?}");
    let numbers = |point: &Value| {
        ["near_m", "size", "equity", "weak_without_lead"]
            .map(|field| point["objectives"][field].as_f64().unwrap_or(0.0))
    };
    for own in &points {
        for other in &points {
            let pairs = || numbers(other).into_iter().zip(numbers(own));
            let beats = pairs().all(|(other, own)| other <= own) && pairs().any(|(other, own)| other < own);
            assert!(!beats, "{other:#?} beats {own:#?}");
        }
    }
    // The points stand in the order of nearness, and equity is dear.
    let near: Vec<f64> = points.iter().map(|point| numbers(point)[0]).collect();
    assert!(near.windows(2).all(|pair| pair[0] <= pair[1]));
    // With nearness alone nothing is nearer than its first.
    let settings =
        "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[districts]\nnear = 1.0\nsize = 0\npair = 0\n";
    write(place.path(), "near.toml", settings);
    xuequ(place.path(), &["group", "near.toml", "-o", "near"]);
    let nearest =
        read_json(place.path(), "near/evaluation.json")["stages"][0]["mean_to_lead_m"].as_f64().expect("metres");
    assert!((nearest - near[0]).abs() < 1e-9, "{nearest} {near:?}");
    let equity = |point: &Value| numbers(point)[2];
    assert!(points.iter().map(equity).fold(f64::INFINITY, f64::min) < equity(&points[0]));
    assert_eq!(points.iter().filter(|point| point["is_knee"] == true).count(), 1);
    assert_eq!(points.iter().filter(|point| point["is_picked"] == true).count(), 1);
    assert!(read(place.path(), "out/frontier-primary.svg").contains("</svg>"));
    assert_eq!(rows(place.path(), "out/frontier.csv").len(), points.len());
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
    // Another one is written where it is picked, with the bend where it was.
    xuequ(place.path(), &[&options[..], &["--pick", "1"]].concat());
    let picked = measures(place.path());
    assert_eq!(picked["frontier"][0]["is_picked"], true);
    assert_eq!(picked["mean_to_lead_m"], points[0]["objectives"]["near_m"]);
    // A list that was altered is found out.
    let json = read(place.path(), "out/evaluation.json");
    let beaten = json.replacen(&format!("\"near_m\": {}", points[1]["objectives"]["near_m"]), "\"near_m\": 1.0", 1);
    assert_ne!(json, beaten);
    write(place.path(), "out/evaluation.json", beaten);
    let run = xuequ(place.path(), &["verify", "out", "--project", "."]).ends(1);
    assert!(run.stdout.contains("does not stand"), "{run:#?}");
    // There are not so many.
    xuequ(place.path(), &[&options[..], &["--pick", "99"]].concat()).ends(2).says(&["99"]);
    xuequ(place.path(), &["group", "--schools", "schools.csv", "--pick", "2", "-o", "other"]).ends(2);
}

/// With groups that are given, the frontier says how many schools would have another lead.
#[test]
fn the_frontier_tells_the_change_from_groups_there_are() {
    let place = folder();
    write(place.path(), "schools.csv", two_counties());
    let options = ["group", "--schools", "schools.csv", "--crs", "local", "-o", "now", "--overwrite"];
    xuequ(place.path(), &options);
    let again = [
        "group",
        "--schools",
        "schools.csv",
        "--crs",
        "local",
        "--groups",
        "now/districts.csv",
        "--frontier",
        "-o",
        "out",
    ];
    xuequ(place.path(), &again);
    let points = measures(place.path())["frontier"].as_array().expect("a frontier").clone();
    let changes: Vec<f64> =
        points.iter().map(|point| point["objectives"]["change"].as_f64().expect("a share")).collect();
    // The weights of the first run are among those of the frontier, so that one of its groupings changes nothing.
    assert!(changes.contains(&0.0) && changes.iter().any(|change| *change > 0.0), "{changes:?}");
}

/// 学校招生统一: the schools of a district share one catchment, drawn as one, and the districts of the plan are those given.
#[test]
fn schools_of_a_district_share_a_catchment_where_admission_is_unified() {
    let place = folder();
    let mut schools = String::from("school_id,name,x,y,capacity,lead,strength\n");
    let (mut blocks, mut adjacency) = (String::from("block_id,x,y,pupils\n"), String::from("block_a,block_b\n"));
    for position in 0..12 {
        writeln!(blocks, "B{position:02},{},0,10", 500 * position).expect("a line");
        if position > 0 {
            writeln!(adjacency, "B{:02},B{position:02}", position - 1).expect("a line");
        }
        if position % 3 == 1 {
            let school = position / 3;
            let lead = u8::from(school % 2 == 0);
            writeln!(schools, "S{school},第{school}小学,{},5,40,{lead},{}", 500 * position, 80 - 10 * school)
                .expect("a line");
        }
    }
    write(place.path(), "schools.csv", schools);
    write(place.path(), "blocks.csv", blocks);
    write(place.path(), "adjacency.csv", adjacency);
    write(
        place.path(),
        "groups.csv",
        "group,school,role,mode\n东学区,S0,牵头校,集团融合型\n东学区,S1,成员校,\n西学区,S2,帮扶校,城乡帮扶型\n西学区,S3,被帮扶校,\n",
    );
    let plan = |unified: bool| {
        let settings = format!(
            "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\nfile = \"blocks.csv\"\n[adjacency]\n\
             file = \"adjacency.csv\"\n[groups]\nfile = \"groups.csv\"\n[districts]\nschools = [2, 3]\n\
             [policy]\nunified_admission = {unified}\n"
        );
        write(place.path(), "xuequ.toml", settings);
        let run = xuequ(place.path(), &["plan", ".", "-o", "out", "--overwrite"]);
        assert!([0, 1].contains(&run.code), "{run:#?}");
        xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
        let catchments = read_json(place.path(), "out/catchments.geojson");
        let catchments = catchments["features"].as_array().expect("features").clone();
        let districts = rows(place.path(), "out/districts.csv");
        let of_school: Vec<(String, String)> =
            districts.into_iter().map(|row| (row[3].clone(), row[0].clone())).collect();
        let expected = [("S0", "东学区"), ("S1", "东学区"), ("S2", "西学区"), ("S3", "西学区")];
        assert_eq!(of_school, expected.map(|(school, district)| (school.to_owned(), district.to_owned())));
        catchments
    };
    assert_eq!(plan(false).len(), 4);
    let shared = plan(true);
    let pools: Vec<&str> =
        shared.iter().map(|catchment| catchment["properties"]["school_id"].as_str().expect("ids")).collect();
    assert_eq!(pools, ["S0;S1", "S2;S3"]);
    // Each block is drawn lots for between both schools of its district: nothing lies in the other one.
    let assignment = rows(place.path(), "out/assignment.csv");
    assert!(assignment.iter().all(|row| (row[3] == "S0;S1") == (row[1].as_str() < "B06")), "{assignment:?}");
}

/// Where leads are too few for the share that must be covered, the answer names how many more it takes, and who.
#[test]
fn too_few_leads_for_the_coverage_are_named_with_the_smallest_ways_out() {
    let mut schools = String::from("id,name,x,y,stage,enrolment,strong,ownership,strength\n");
    for school in 0..60 {
        let strong = u8::from(school < 5);
        writeln!(
            schools,
            "S{school:02},第{school}小学,{},0,小学,400,{strong},县区属公办,{}",
            300 * school,
            90 - school
        )
        .expect("a line");
    }
    // Every strong school is marked; the quarter that is strong by its index leads as well, so that it is taken away here.
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n\
                    [districts]\nmarked_lead = true\n[policy]\npreset = \"suzhou\"\n";
    let place = folder();
    write(place.path(), "schools.csv", schools);
    write(place.path(), "xuequ.toml", settings);
    xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]).ends(4);
    let coverage = rule(place.path(), "coverage");
    // Five leads take six schools each; 59 of 60 are 98 %, so that 29 are missing: five more leads.
    let mend = coverage["breaches"][0]["mend"].as_str().expect("a remedy");
    assert!(
        mend.contains("再认定 5 所") && mend.contains("第15小学、第16小学、第17小学、第18小学、第19小学"),
        "{mend}"
    );
    assert!(mend.contains("放宽到 12 所"), "{mend}");
    assert_eq!(coverage["breaches"].as_array().expect("schools").len(), 30);
}

/// Growth counts as much as the settings say: nothing where its part is zero, all where it is one.
#[test]
fn growth_tempers_the_level_by_its_part() {
    let mut schools = String::from("id,name,x,y,stage,enrolment,lead,management,quality,增值\n");
    for school in 0..8 {
        // The better the level, the smaller the growth.
        let lead = u8::from(school == 0);
        writeln!(
            schools,
            "S{school},第{school}小学,{},0,小学,300,{lead},良好,{},{}",
            500 * school,
            90 - 5 * school,
            2 * school
        )
        .expect("a line");
    }
    let strength = |growth: &str| {
        let place = folder();
        write(place.path(), "schools.csv", &schools);
        let settings = format!(
            "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[groups]\nfile = \"groups.csv\"\n\
             [districts]\nschools = [1, 8]\n[strength]\nconditions = 0\nteachers = 0\n{growth}\n"
        );
        write(place.path(), "groups.csv", "group,school,role\nA,S0,lead\nB,S7,member\n");
        write(place.path(), "xuequ.toml", settings);
        xuequ(place.path(), &["group", ".", "-o", "out"]);
        let districts = measures(place.path())["districts"].clone();
        [0, 1].map(|district: usize| districts[district]["mean_strength"].as_f64().expect("a strength"))
    };
    let level = strength("");
    assert_eq!(strength("growth = 0.0"), level);
    assert!(level[0] > level[1], "{level:?}");
    let grown = strength("growth = 1.0");
    assert_eq!(grown, [0.0, 100.0]);
    let mixed = strength("growth = 0.5");
    assert!((mixed[0] - f64::midpoint(level[0], grown[0])).abs() < 0.011, "{mixed:?} {level:?}");
}

/// Leads that were decided on against what is known of them are named, and so are large classes.
#[test]
fn decisions_and_large_classes_are_named() {
    let mut schools = String::from("id,x,y,stage,enrolment,lead,strength,班数\n");
    for school in 0..12 {
        let (lead, classes) = (u8::from(school % 6 == 0), [6, 8, 5][school % 3]);
        writeln!(schools, "S{school:02},{},0,小学,300,{lead},{},{classes}", 300 * school, 40 + school).expect("a line");
    }
    let (place, _) = group(
        "pubei",
        &schools,
        "group,school,role,mode\nA,S00,牵头校,集团融合型\nA,S01,成员校,\n",
        &["--lang", "zh-CN"],
    );
    assert_eq!(breaks(place.path(), "lead-by-decision"), ["S00"]);
    // 50 and 60 pupils a class; 37.5 are fine, and 60 are large.
    let breaches = rule(place.path(), "class-size")["breaches"].as_array().expect("schools").clone();
    assert_eq!(breaches.len(), 8);
    let large = breaches.iter().filter(|breach| breach["mend"].as_str().expect("words").starts_with("大班额")).count();
    assert_eq!(large, 4);
    assert_eq!(breaches[0]["by"].as_f64(), Some(15.0));
}

/// The sheet and the layers of a grouping show every school of it.
#[test]
fn a_grouping_has_a_sheet_and_layers() {
    let (place, _) = group("nanchang", &two_counties(), "", &["--lang", "en"]);
    let sheet = read(place.path(), "out/map.svg");
    assert!(sheet.contains("Communities of schools") && sheet.contains("Internal"));
    assert_eq!(sheet.matches("data-school=").count(), 40);
    let annex = rows(place.path(), "out/annex.csv");
    assert_eq!(sheet.matches("data-district=").count(), annex.len());
    let layer = read_json(place.path(), "out/groups.geojson");
    let schools = layer["features"].as_array().expect("features");
    assert_eq!(schools.len(), 40);
    assert!(schools.iter().all(|school| school["properties"]["district_id"].is_string()));
    let lines = read_json(place.path(), "out/group-lines.geojson");
    let metres: f64 = lines["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|line| line["properties"]["metres"].as_f64().expect("metres"))
        .sum();
    let told = measures(place.path())["to_lead_m"].as_f64().expect("metres");
    assert!((metres - told).abs() < 0.1 * 40.0, "{metres} {told}");
}

/// 联席会议、审批: a group that is said to be carried out before it was approved breaks a rule, with who decides on it; each of the
/// three routes in words.
#[test]
fn groups_are_approved_before_they_are_carried_out() {
    let mut schools = String::from("id,name,x,y,stage,county,superior,lead,strength\n");
    for school in 0..12 {
        let county = if school < 6 { "汉滨区" } else { "恒口区" };
        let superior = if school == 0 { "市教体局".to_owned() } else { format!("{county}教体局") };
        let lead = u8::from(school % 3 == 0);
        writeln!(
            schools,
            "S{school:02},第{school}小学,{},0,小学,{county},{superior},{lead},{}",
            300 * school,
            90 - school
        )
        .expect("a line");
    }
    let groups = "集团,学校,角色,模式,年度,状态,审批文号\n\
        甲,S00,核心校,协作型,2022,实施,\n甲,S01,成员校,,,,\n\
        乙,S03,核心校,一体型,2022,实施,\n乙,S07,成员校,,,,\n\
        丙,S06,核心校,托管型,2022,实施,\n丙,S08,成员校,,,,\n\
        丁,S09,核心校,托管型,2022,实施,安教函〔2022〕5号\n丁,S10,成员校,,,,\n";
    let (place, run) = group("ankang", &schools, groups, &["--lang", "zh-CN"]);
    assert_eq!(run.code, 4);
    let told = rule(place.path(), "approved-first");
    assert_eq!((&told["hard"], &told["value"], &told["limit"]), (&true.into(), &1.0.into(), &4.0.into()));
    let mends: Vec<&str> = told["breaches"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|breach| breach["mend"].as_str().expect("words"))
        .collect();
    let routes = ["市教育主管部门审批", "核心校属地审批，报市教育主管部门备案", "属地审批"];
    for (mend, route) in mends.iter().zip(routes) {
        assert!(mend.starts_with(&format!("先完成审批（{route}）")), "{mend}");
    }
    assert_eq!(mends.len(), 3);
    let annex = read(place.path(), "out/annex.csv");
    assert!(annex.contains("状态,审批文号") && annex.contains("实施,安教函〔2022〕5号"), "{annex}");
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("| 审批 | 状态 | 审批文号 |"), "{report}");
    // What was written is a table of groups again, with its record.
    let again = read(place.path(), "out/districts.csv");
    let (place, _) = group("ankang", &schools, &again, &[]);
    assert_eq!(rule(place.path(), "approved-first")["breaches"].as_array().map(Vec::len), Some(3));
    // An approval that is made up is found out.
    let forged = read(place.path(), "out/evaluation.json").replace("\"approved-first\"", "\"approved-last\"");
    write(place.path(), "out/evaluation.json", forged);
    crate::tamper::fingerprint_anew(place.path());
    let run = xuequ(place.path(), &["verify", "out", "--project", ".", "--json"]);
    assert!(crate::tamper::failed(&run).contains(&"grouping-sums".to_owned()), "{run:#?}");
    // Nobody is asked where all is done.
    let approved = groups.replace("2022,实施,\n", "2022,实施,2022-08-30\n");
    let (place, _) = group("ankang", &schools, &approved, &[]);
    assert_eq!(verdict(place.path(), "approved-first"), "kept");
}

/// 学区长: who holds office for three years is in office until these are over; districts without one are named.
#[test]
fn heads_hold_office_for_their_term() {
    let mut schools = String::from("id,name,x,y,stage,lead,strength\n");
    for school in 0..24 {
        writeln!(
            schools,
            "S{school:02},第{school}小学,{},0,小学,{},{}",
            300 * school,
            u8::from(school % 8 == 0),
            90 - school
        )
        .expect("a line");
    }
    let mut groups = String::from("学区,学校,角色,学区长,任职年月,产生方式\n");
    for school in 0..24 {
        let role = if school % 8 == 0 { "牵头校" } else { "成员校" };
        let head = ["张明,2020年9月,推选", "李华,2021-09,轮值", ",,"][school / 8];
        let head = if school % 8 == 0 { head } else { ",," };
        writeln!(groups, "{},S{school:02},{role},{head}", ["甲", "乙", "丙"][school / 8]).expect("a line");
    }
    let heads = |year: &str| {
        let place = folder();
        write(place.path(), "schools.csv", &schools);
        write(place.path(), "groups.csv", &groups);
        let settings = format!(
            "[project]\ncrs = \"local\"\nyear = \"{year}\"\n[schools]\nfile = \"schools.csv\"\n[groups]\n\
             file = \"groups.csv\"\n[policy]\npreset = \"pubei\"\n"
        );
        write(place.path(), "xuequ.toml", settings);
        xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
        let breaches = rule(place.path(), "head-in-office")["breaches"].as_array().expect("districts").clone();
        let ends = measures(place.path())["districts"][0]["head_until"].clone();
        assert_eq!(ends, "2023-09");
        assert!(read(place.path(), "out/report.md").contains("| 学区长 | 任期至 |"));
        let mends = breaches.iter().map(|breach| breach["mend"].as_str().expect("words").to_owned());
        mends.collect::<Vec<String>>()
    };
    assert_eq!(heads("2022-2023 学年"), ["确定学区长"]);
    assert_eq!(heads("2023—2024 学年"), ["张明的任期到 2023-09 已满：换届或续任", "确定学区长"]);
    assert_eq!(
        heads("2024"),
        ["张明的任期到 2023-09 已满：换届或续任", "李华的任期到 2024-09 已满：换届或续任", "确定学区长"]
    );
}

/// 跨区域: Ankang's groups stay in their county unless they may cross, and then the leads of one take schools of the next.
#[test]
fn groups_of_a_hundred_cross_counties_where_they_may() {
    let mut schools = String::from("id,name,x,y,stage,county,superior,enrolment,lead,strength\n");
    // All leads stand in the first county; the second begins 300 m behind the last of them.
    for school in 0..12 {
        let county = if school < 6 { "甲县" } else { "乙县" };
        let lead = u8::from(matches!(school, 1 | 3 | 5));
        writeln!(
            schools,
            "S{school:02},第{school}小学,{},0,小学,{county},{county}教育局,400,{lead},{}",
            300 * school,
            90 - school
        )
        .expect("a line");
    }
    let crossing = |across: bool| {
        let place = folder();
        write(place.path(), "schools.csv", &schools);
        let settings = format!(
            "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[districts]\nmarked_lead = true\n\
             [policy]\npreset = \"ankang\"\nacross_counties = {across}\ngroups = 3\nphases = [{{ year = 2022, groups = 3, \
             coverage = 0.5, centre_groups = 0 }}]\n"
        );
        write(place.path(), "xuequ.toml", settings);
        xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
        xuequ(place.path(), &["verify", "out", "--project", ".", "--json"]).json();
        let districts = measures(place.path())["districts"].as_array().expect("groups").clone();
        let across: Vec<Value> =
            districts.iter().filter(|of| of["counties"].as_array().is_some_and(|of| of.len() > 1)).cloned().collect();
        across.iter().map(|of| of["approval"].as_str().expect("a route").to_owned()).collect::<Vec<String>>()
    };
    assert!(crossing(false).is_empty());
    let routes = crossing(true);
    assert!(!routes.is_empty() && routes.iter().all(|route| route == "county-told-to-city"), "{routes:?}");
}

/// Each document's own word for its districts, stages of schools and not pupils, and dates that are said to be the document's.
#[test]
fn a_report_calls_things_as_its_document_does() {
    for (preset, noun, others) in [
        ("nanchang", "片区", "个集团"),
        ("ankang", "集团", "个学区"),
        ("suzhou", "集团", "个学区"),
        ("pubei", "学区", "个集团"),
    ] {
        let (place, run) = group(preset, &two_counties(), "", &["--lang", "zh-CN"]);
        let report = read(place.path(), "out/report.md");
        assert!(report.contains(&format!("\n### {noun}\n")), "{preset}: {report}");
        assert!(report.contains("\n## 各学段\n") && !report.contains("全部学生"), "{preset}: {report}");
        assert!(!run.stdout.contains(others) && !run.stderr.contains(others), "{preset}: {run:#?}");
        let annex = read(place.path(), "out/annex.csv");
        assert!(annex.starts_with(&format!("\u{feff}{}", if noun == "学区" { "学区名称" } else { noun })), "{annex}");
        assert!(!report.contains("文件原文的日期"), "{preset}");
    }
    // Pairs are neither districts nor groups, and who is in them has names of its own.
    let schools =
        "id,name,x,y,stage,enrolment_junior,lead,partner\nA,甲中学,0,0,初中,900,是,\nB,乙中学,5000,0,初中,300,,是\n";
    let (place, _) = group("liucheng", schools, "", &["--lang", "zh-CN"]);
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("\n### 共建组\n") && report.contains("创建校 1 所，共建校 1 所"), "{report}");
    assert!(!report.contains("个学区") && !report.contains("个集团"), "{report}");
    assert!(read(place.path(), "out/annex.csv").starts_with("\u{feff}共建组,类型,创建校,共建校,学校数"));
    let place = folder();
    write(place.path(), "schools.csv", two_counties());
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[policy]\npreset = \"nanchang\"\n\
                    start_year = 2026\n";
    write(place.path(), "xuequ.toml", settings);
    xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("文件首年为 2023 年，本次设为 2026 年：各项相应推后 3 年"), "{report}");
}

/// 师资结构 and 增值: two years and the make-up of teachers, by school and by district, against numbers reckoned by hand.
#[test]
fn staff_and_two_years_are_told_by_district() {
    let mut schools =
        String::from("id,name,x,y,stage,enrolment,lead,专任教师数,骨干教师数,35岁及以下教师数,教育质量,上年教育质量\n");
    for school in 0..6 {
        let (lead, pupils) = (u8::from(school % 3 == 0), 100 * (school + 1));
        let (teachers, able) = (20 + 10 * school, 2 + 2 * school);
        writeln!(
            schools,
            "S{school},第{school}小学,{},0,小学,{pupils},{lead},{teachers},{able},5,{},{}",
            300 * school,
            80 + school,
            78 + 2 * school
        )
        .expect("a line");
    }
    let groups = "学区,学校,角色\n甲,S0,牵头校\n甲,S1,成员校\n甲,S2,成员校\n乙,S3,牵头校\n乙,S4,成员校\n乙,S5,成员校\n";
    let (place, _) = group("pubei", &schools, groups, &["--lang", "zh-CN"]);
    let staff = rows(place.path(), "out/staff.csv");
    // 20 + 30 + 40 teachers, 2 + 4 + 6 of them backbone: 13.3 %; by school 10, 13.3 and 15 %. Of all 270 these are 42: 15.6 %.
    assert_eq!(staff[0], ["甲", "90", "13.3%", "16.7%", "", "+5.0", "-2.2"]);
    assert_eq!(staff[2][..3], ["全部", "270", "15.6%"]);
    let yearly = rows(place.path(), "out/yearly.csv");
    assert_eq!(yearly[0], ["甲", "第0小学", "78.00", "80.00", "+2.00"]);
    // (100·2 + 200·1 + 300·0) ÷ 600 pupils.
    assert_eq!((yearly[3][1].as_str(), yearly[3][4].as_str()), ("按学生数加权平均", "+0.67"));
    assert_eq!(yearly.len(), 8);
}

/// 设施共享 and 补助按距离: who has a place and how far the farthest school is from one; each member's way with its band.
#[test]
fn ways_and_places_are_told_school_by_school() {
    let schools = "id,name,x,y,stage,county,enrolment_primary,strong,facilities\n\
                   S0,甲小学,0,0,小学,甲县,400,是,实验室;图书馆\n\
                   S1,乙小学,2900,0,小学,甲县,300,,\n\
                   S2,丙小学,12000,0,小学,甲县,200,,图书馆\n";
    let groups = "group,school,role,governance\n东片区,S0,牵头校,管委会\n东片区,S1,成员校,\n东片区,S2,成员校,\n";
    let (place, _) = group("nanchang", schools, groups, &["--lang", "zh-CN"]);
    let ways = rows(place.path(), "out/ways.csv");
    let expected = [["乙小学", "东片区", "甲小学", "2.9", "<3"], ["丙小学", "东片区", "甲小学", "12.0", "10–20"]];
    assert_eq!(ways, expected.map(|row| row.map(str::to_owned).to_vec()));
    let facilities = rows(place.path(), "out/facilities.csv");
    let told = |what: &str| facilities.iter().find(|row| row[1] == what).unwrap_or_else(|| panic!("{facilities:?}"));
    assert_eq!(told("图书馆")[2..], ["甲小学、丙小学", "2.9"]);
    assert_eq!(told("实验室")[2..], ["甲小学", "12.0"]);
    // What is given is judged and not made, so that no bound is claimed.
    assert!(measures(place.path())["bound"].is_null());
    assert!(!place.path().join("out/grouping-bound-all.json").exists());
}
