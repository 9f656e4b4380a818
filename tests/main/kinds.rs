//! Districts part the schools, education groups lie over them: told apart however an office writes its table; who helps, leads by
//! decision, is locked, and what groups cross.

use std::path::Path;

use serde_json::Value;

use crate::command::{Run, folder, read, write, xuequ};
use crate::policies::{breaks, group, measures, rows, rule, verdict};

/// Five primary schools, two of them strong.
const FIVE: &str = "id,name,x,y,stage,enrolment,strong\nA1,西一,0,0,小学,500,1\nA2,东一,2400,0,小学,500,0\n\
                    B1,中一,1300,0,小学,500,1\nB2,中二,1300,1600,小学,500,0\nB3,中三,1300,2500,小学,500,0\n";

/// `xuequ group` without a document, with districts of 2 to 4 schools.
fn judged(schools: &str, tables: &[(&str, &str)], more: &str) -> (tempfile::TempDir, Run) {
    let place = folder();
    write(place.path(), "schools.csv", schools);
    let names: Vec<String> = tables.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    for (name, text) in tables {
        write(place.path(), name, text);
    }
    let settings = format!(
        "[project]\ncrs = \"local\"\nlanguage = \"zh-CN\"\n[schools]\nfile = \"schools.csv\"\n[groups]\nfile = [{}]\n\
         [districts]\nschools = [2, 4]\n{more}",
        names.join(", ")
    );
    write(place.path(), "xuequ.toml", settings);
    let run = xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
    (place, run)
}

fn kinds(place: &Path) -> Vec<(String, String)> {
    let measures = measures(place);
    let districts = measures["districts"].as_array().expect("districts").iter();
    let text = |of: &Value| of.as_str().expect("a word").to_owned();
    districts.map(|of| (text(&of["name"]), text(&of["kind"]))).collect()
}

fn verified(place: &Path, code: i32) {
    xuequ(place, &["verify", "out", "--project", "."]).ends(code);
}

const DISTRICTS: &str = "甲学区,学区,A1,牵头校\n甲学区,学区,A2,成员校\n乙学区,学区,B1,牵头校\n乙学区,学区,B2,成员校\n乙学区,学区,B3,成员校\n";
const GROUPS: &str =
    "集团一,教育集团,B1,核心校\n集团一,教育集团,A2,成员校\n集团二,教育集团,A1,核心校\n集团二,教育集团,A2,成员校\n";

/// MOD-01: one school in one district and two groups.
#[test]
fn a_school_in_one_district_and_two_groups_is_right() {
    for heading in ["种类", "类型", "类别", "kind"] {
        let table = format!("名称,{heading},学校,角色\n{DISTRICTS}{GROUPS}").replace("名称,", "group,");
        let (place, run) = judged(FIVE, &[("groups.csv", &table)], "");
        run.ends(0).says(&["2 个学区、2 个教育集团"]);
        let told = kinds(place.path());
        assert_eq!(told.iter().filter(|(_, kind)| kind == "group").count(), 2, "{heading}: {told:?}");
        assert_eq!(verdict(place.path(), "one-district"), "kept", "{heading}");
        let several = &measures(place.path())["in_several"];
        assert_eq!(several[0]["school_id"], "A2");
        assert_eq!(several[0]["district_ids"], serde_json::json!(["集团一", "集团二"]));
        // Two districts of 2 and 3 schools keep 2 to 4; groups have no bounds here. Plaques are those of the districts: 2 and 3.
        assert_eq!(verdict(place.path(), "district-size"), "kept");
        assert_eq!(measures(place.path())["plaques"], serde_json::json!({ "lead": 2, "member": 3 }));
        let annex = read(place.path(), "out/annex.csv");
        assert!(annex.contains("种类") && annex.contains("教育集团") && annex.contains(",学区"), "{annex}");
        assert!(read(place.path(), "out/plaques.csv").lines().any(|row| row == "东一,集团一,成员校,1,教育集团"));
        assert!(read(place.path(), "out/report.md").contains("东一（集团一、集团二）"));
        // Every school is drawn once, and the lines of groups are told from those of districts.
        let sheet = read(place.path(), "out/map.svg");
        assert_eq!(sheet.matches("data-school=").count(), 5);
        assert!(sheet.contains("教育集团（覆盖在学区之上）"));
        verified(place.path(), 0);
        // What was written is read back as the same.
        write(place.path(), "groups.csv", read(place.path(), "out/districts.csv"));
        xuequ(place.path(), &["group", ".", "-o", "again", "--lang", "zh-CN"]).ends(0);
        assert_eq!(read(place.path(), "again/plaques.csv"), read(place.path(), "out/plaques.csv"));
    }
}

#[test]
fn kinds_are_told_by_headings_files_columns_and_names() {
    let without = |rows: &str| rows.replace(",学区,", ",").replace(",教育集团,", ",");
    let expected = [("甲学区", "district"), ("乙学区", "district"), ("集团一", "group"), ("集团二", "group")];
    let is_right = |place: &Path| {
        let told = kinds(place);
        let told: Vec<(&str, &str)> = told.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
        assert_eq!(told, expected);
        verified(place, 0);
    };
    // Two files with headings of their own; the names say nothing.
    let first = format!("学区,学校,角色\n{}", without(DISTRICTS)).replace("学区,A", ",A").replace("学区,B", ",B");
    let second = format!("教育集团,学校,角色\n{}", without(GROUPS)).replace("集团一", "一").replace("集团二", "二");
    let (place, run) = judged(FIVE, &[("first.csv", &first), ("second.csv", &second)], "");
    run.ends(0);
    let told = kinds(place.path());
    assert_eq!(
        told.iter().map(|(_, kind)| kind.as_str()).collect::<Vec<_>>(),
        ["district", "district", "group", "group"]
    );
    // One table of schools, with district and groups beside each other, and roles in both.
    let wide = "学校,学区,角色,集团,集团角色\nA1,甲学区,牵头校,集团二,核心校\nA2,甲学区,,集团一、集团二,\n\
                B1,乙学区,牵头校,集团一,核心校\nB2,乙学区,,,\nB3,乙学区,,,\n";
    let (place, run) = judged(FIVE, &[("groups.csv", wide)], "");
    run.ends(0);
    let told = kinds(place.path());
    let groups = told.iter().filter(|(_, kind)| kind == "group").count();
    assert_eq!((told.len(), groups), (4, 2), "{told:?}");
    let measures = measures(place.path());
    let lead = |name: &str| {
        let all = measures["districts"].as_array().expect("districts");
        all.iter().find(|of| of["name"] == name).expect("a district")["lead_id"].as_str().map(str::to_owned)
    };
    assert_eq!([lead("集团一"), lead("集团二"), lead("甲学区")], ["B1", "A1", "A1"].map(|id| Some(id.to_owned())));
    // Without a core school the group is told, and breaks no rule.
    let (place, run) = judged(FIVE, &[("groups.csv", &wide.replace("核心校", ""))], "");
    run.ends(1).says(&["group-core-untold"]);
    assert_eq!(verdict(place.path(), "led"), "kept");
    // Nothing but names, with groups that lie over districts; and a preset of groups takes all as groups.
    let named = format!("学区,学校,角色\n{}{}", without(DISTRICTS), without(GROUPS));
    let (place, run) = judged(FIVE, &[("groups.csv", &named)], "");
    run.ends(0).says(&["group-kind-by-name"]);
    is_right(place.path());
    let (place, _) = group("suzhou", FIVE, &named, &["--lang", "zh-CN"]);
    assert!(kinds(place.path()).iter().all(|(_, kind)| kind == "group"));
    // Districts called 集团 that part the schools with others stay districts.
    let parted = "学区,学校,角色\n甲学区,A1,牵头校\n甲学区,A2,\n乙教育集团,B1,牵头校\n乙教育集团,B2,\n乙教育集团,B3,\n";
    let (place, run) = judged(FIVE, &[("groups.csv", parted)], "");
    run.ends(0);
    assert!(kinds(place.path()).iter().all(|(_, kind)| kind == "district"));
}

#[test]
fn a_school_in_two_districts_is_named_with_both() {
    let twice = format!("group,种类,学校,角色\n{DISTRICTS}乙学区,学区,A2,成员校\n{GROUPS}");
    for more in ["", "[policy]\neveryone = false\n"] {
        let (place, run) = judged(FIVE, &[("groups.csv", &twice)], more);
        run.ends(4);
        let rule = rule(place.path(), "one-district");
        assert_eq!(breaks(place.path(), "one-district"), ["东一"]);
        let mend = rule["breaches"][0]["mend"].as_str().expect("words");
        assert!(mend.contains("甲学区、乙学区") && mend.contains("只保留一个"), "{mend}");
        verified(place.path(), 4);
    }
    // In no district, though in a group.
    let out = format!("group,种类,学校,角色\n{}{GROUPS}", DISTRICTS.replace("甲学区,学区,A2,成员校\n", ""));
    let (place, run) = judged(FIVE, &[("groups.csv", &out)], "[policy]\n");
    run.ends(4);
    assert_eq!(breaks(place.path(), "one-district"), ["东一"]);
    // A word that is neither is refused with those there are.
    let wrong = format!("group,种类,学校,角色\n{DISTRICTS}").replacen(",学区,", ",大队,", 1);
    judged(FIVE, &[("groups.csv", &wrong)], "").1.ends(3).says(&["大队", "学区、片区、教育集团"]);
}

/// Coverage, modes and new schools are of groups, sizes of what the document is about.
#[test]
fn rules_of_groups_hold_of_groups() {
    let schools = FIVE.replace(",strong\n", ",strong,new,ownership\n").replace(",1\n", ",1,0,县区属公办\n");
    let schools = schools
        .replace(",0\n", ",0,0,县区属公办\n")
        .replace("B3,中三,1300,2500,小学,500,0,0", "B3,中三,1300,2500,小学,500,0,1");
    let table = format!("group,种类,学校,角色,办学模式\n{DISTRICTS}{GROUPS}").replace("校\n", "校,\n");
    let table = table.replace("核心校,", "核心校,校际联盟型");
    let (place, run) = group("suzhou", &schools, &table, &["--lang", "zh-CN"]);
    run.ends(4);
    // A1, A2 and B1 are in groups: 3 of 5; B3 is new and in none, though in a district.
    assert_eq!(measures(place.path())["coverage"]["covered_schools"], 3);
    assert_eq!(breaks(place.path(), "new-in-group"), ["中三"]);
    // Districts need no mode of Suzhou; groups of 2 are below its 3 to 6.
    assert_eq!(verdict(place.path(), "mode"), "kept");
    assert_eq!(breaks(place.path(), "district-size"), ["集团一", "集团二"]);
    assert_eq!(verdict(place.path(), "one-district"), "kept");
    verified(place.path(), 4);
}

/// Pubei's helping districts: all who help are kept, with whom they help; a base is one beside what else it is.
#[test]
fn helping_schools_and_bases_keep_their_roles() {
    let schools = "id,name,x,y,stage,enrolment,strength,town\nH1,城一,0,0,小学,900,90,城\nH2,城二,10000,0,小学,900,80,城\n\
                   V1,村一,1000,0,小学,100,30,村\nV2,村二,9000,0,小学,100,40,村\nV3,村三,4000,0,小学,100,35,城\n";
    let table = |second: &str| {
        format!(
            "学区,学校,角色,模式\nD,H1,帮扶校,城乡帮扶型\nD,H2,{second},\nD,V1,被帮扶校,\nD,V2,被帮扶校、教研基地,\nD,V3,被帮扶校,\nD,V3,小学教研基地,\n"
        )
    };
    let (place, _) = group("pubei", schools, &table("帮扶校"), &["--lang", "zh-CN"]);
    let arcs: Vec<Vec<String>> = rows(place.path(), "out/arcs.csv").into_iter().map(|row| row[..5].to_vec()).collect();
    let row = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
    assert_eq!(
        arcs,
        [
            row(["城一", "村一", "1.0", "60.0", "否"]),
            row(["城二", "村二", "1.0", "40.0", "否"]),
            row(["城一", "村三", "4.0", "55.0", "是"])
        ]
    );
    let roles: Vec<String> = rows(place.path(), "out/plaques.csv").into_iter().map(|row| row[2].clone()).collect();
    assert_eq!(roles, ["帮扶校", "帮扶校", "被帮扶校", "被帮扶校、教研基地", "被帮扶校、教研基地（小学）"]);
    assert_eq!(measures(place.path())["plaques"], serde_json::json!({ "lead": 0, "member": 5 }));
    let annex = &rows(place.path(), "out/annex.csv")[0];
    assert_eq!((annex[2].as_str(), annex[3].as_str()), ("城一（帮扶校）、城二（帮扶校）", "村一、村二、村三"));
    assert_eq!(annex[5], "村二、村三（小学）");
    verified(place.path(), 4);
    // An altered arc is found out.
    let json = read(place.path(), "out/evaluation.json").replace("\"metres\": 4000.0", "\"metres\": 400.0");
    write(place.path(), "out/evaluation.json", json);
    let run = xuequ(place.path(), &["verify", "out", "--project", "."]);
    assert!(run.code == 1 && run.stdout.contains("arcs"), "{run:#?}");
    // Nobody who helps breaks the rule; a word that is none is refused with all there are.
    let (place, run) = group("pubei", schools, &table("").replace("H1,帮扶校", "H1,"), &["--lang", "zh-CN"]);
    run.ends(4);
    assert_eq!(breaks(place.path(), "led"), ["D"]);
    let (_, run) = group("pubei", schools, &table("观察员"), &["--lang", "zh-CN"]);
    run.ends(3).says(&["观察员", "总校", "教研基地", "被帮扶校"]);
}

/// S4: the mode of a group that has none follows from its schools.
#[test]
fn modes_of_given_groups_follow_from_their_schools() {
    let mode = |member: &str| {
        let head =
            "id,name,x,y,stage,enrolment,strong,weak,new,urban,ownership\nL,强,0,0,小学,500,1,0,0,城镇,县区属公办\n";
        let plain = "P,平,100,0,小学,500,0,0,0,城镇,县区属公办\n";
        let schools = format!("{head}{plain}M,员,200,0,{member},县区属公办\n");
        let (place, _) = group("suzhou", &schools, "集团,学校,角色\nG,L,核心校\nG,P,\nG,M,\n", &["--lang", "zh-CN"]);
        let found = measures(place.path())["districts"][0]["mode"].as_str().map(str::to_owned);
        (found, verdict(place.path(), "same-level"))
    };
    let is = |word: &str| (Some(word.to_owned()), "kept".to_owned());
    assert_eq!(mode("小学,500,0,0,0,乡村"), is("alliance"));
    assert_eq!(mode("小学,500,0,1,0,乡村"), is("town-and-country"));
    assert_eq!(mode("小学,500,0,1,0,城镇"), is("one-management"));
    assert_eq!(mode("小学,500,0,0,1,乡村"), is("on-behalf"));
    assert_eq!(mode("初中,500,0,0,1,城镇"), is("successive"));
    // Nothing speaks for a mode: none, and the rule asks for one.
    assert_eq!(mode("小学,500,0,0,0,城镇"), (None, "kept".to_owned()));
    // Ankang's word in the row of a lead under Suzhou is told.
    let schools =
        "id,x,y,stage,enrolment,strong,办学模式\nA,0,0,小学,500,1,托管型\nB,1,0,小学,500,0,\nC,2,0,小学,500,0,\n";
    let (_, run) = group("suzhou", schools, "", &["--lang", "zh-CN"]);
    run.says(&["mode-of-other-document", "托管型", "校际联盟型"]);
    let (_, run) = group("suzhou", schools, "集团,学校,角色,模式\nG,A,核心校,联合体\nG,B,,\n", &["--lang", "zh-CN"]);
    assert!(run.ends(3).stderr.contains("一体管理型、一体多区型、城乡一体型、委托管理型、校际联盟型、学段衔接型\n"));
}

/// Locks that contradict each other are named with their rows; locks that settings part say which.
#[test]
fn locks_name_their_rows_and_the_setting_that_parts_them() {
    let schools = "id,name,x,y,stage,county,enrolment,strong\nA,甲,0,0,初中,甲区,500,1\nD,丁,900,0,初中,甲区,500,1\n\
                   B,乙,100,0,初中,甲区,300,0\nC,丙,200,0,初中,甲区,300,0\nE,戊,800,0,初中,乙区,300,0\nP,小,0,100,小学,甲区,300,1\n\
                   Q,童,0,200,小学,甲区,300,0\n";
    let locked = |preset: &str, locks: &str| {
        let place = folder();
        write(place.path(), "schools.csv", schools);
        write(place.path(), "locks.csv", format!("kind,what,to\n{locks}"));
        let inputs = ["group", "--schools", "schools.csv", "--crs", "local", "--locks", "locks.csv"];
        let options = ["--preset", preset, "-o", "out", "--lang", "zh-CN"];
        let run = xuequ(place.path(), &[&inputs[..], &options].concat());
        let text = if run.code == 3 { String::new() } else { rule(place.path(), "district-locks").to_string() };
        (run, text)
    };
    let says = |(run, text): &(Run, String), parts: &[&str]| {
        assert!(parts.iter().all(|part| text.contains(part)), "{parts:?}: {text} {run:?}");
    };
    says(
        &locked("liucheng", "member,B,A\nmember,B,D\nmember,C,A\n"),
        &["第 2 行（乙归甲）", "第 3 行（乙归丁）", "只保留一条"],
    );
    says(&locked("liucheng", "lead,D,\nmember,D,A\nmember,B,A\n"), &["丁牵头", "丁归甲", "矛盾"]);
    says(&locked("liucheng", "member,B,D\nmember,D,A\n"), &["第 2 行（乙归丁）", "第 3 行（丁归甲）"]);
    says(&locked("suzhou", "member,B,P\n"), &["学段不同", "same_level"]);
    says(&locked("ankang", "member,E,A\n"), &["甲区", "乙区", "across_counties = true"]);
    let (run, _) = locked("liucheng", "member,B,B\n");
    run.ends(3).says(&["locks.csv", "2", "lock-school-itself"]);
}

/// A10: a core school that is not strong is told, unless a reason is recorded; whose strength nobody knows is as well.
#[test]
fn core_schools_that_are_not_strong_need_a_reason() {
    let schools = "id,name,x,y,stage,enrolment,strong,strength,county\nA,甲,0,0,小学,500,1,90,县\nB,乙,100,0,小学,500,0,40,县\n\
                   C,丙,200,0,小学,500,0,30,县\nD,丁,300,0,小学,80,0,,县\n";
    let groups = |core: &str, reason: &str| {
        let member = |id: &str| {
            if id == core { format!("G,{id},核心校,协作型,2022,{reason}\n") } else { format!("G,{id},,,,,\n") }
        };
        format!("集团,学校,角色,模式,年度,理由,决定人\n{}", ["A", "B", "C"].map(member).concat())
    };
    let judge = |core: &str, reason: &str, schools: &str| {
        let (place, _) = group("ankang", schools, &groups(core, reason), &["--lang", "zh-CN"]);
        (rule(place.path(), "lead-by-decision"), place)
    };
    assert_eq!(judge("A", ",", schools).0["verdict"], "kept");
    let (broken, _) = judge("B", ",", schools);
    assert_eq!((broken["verdict"].as_str(), broken["breaches"][0]["name"].as_str()), (Some("broken"), Some("乙")));
    let (logged, place) = judge("B", "唯一寄宿制学校,市教体局", schools);
    assert_eq!(logged["verdict"], "kept");
    let words = logged["waived"][0]["mend"].as_str().expect("words");
    assert!(words.contains("唯一寄宿制学校（市教体局）"), "{words}");
    assert!(read(place.path(), "out/districts.csv").contains("唯一寄宿制学校"));
    let unknown = schools.replace(",1,90,", ",0,,").replace(",40,", ",,").replace(",30,", ",,");
    let (untold, _) = judge("B", ",", &unknown);
    assert_eq!(untold["verdict"], "unknown", "{untold}");
    let partly = schools.replace(",40,", ",,");
    let (broken, _) = judge("B", ",", &partly);
    assert!(broken["breaches"][0]["mend"].as_str().expect("words").contains("没有数据"), "{broken}");
    // The ranking says who leads and why the others do not.
    let (_, place) = judge("A", ",", schools);
    let candidates = rows(place.path(), "out/candidates.csv");
    let told = |name: &str| candidates.iter().find(|row| row[2] == name).expect("a row").clone();
    assert_eq!((told("甲")[0].as_str(), told("甲")[11].as_str()), ("1", "是"));
    assert_eq!((told("乙")[0].as_str(), told("丙")[12].as_str()), ("2", "薄弱学校"));
}

/// A11, A14: what is crossed is told each by itself, and each may be forbidden.
#[test]
fn crossings_are_told_and_forbidden_each_by_itself() {
    let schools = "id,name,x,y,stage,county,enrolment,strong,ownership,superior,管理人员数,派出管理人员数\n\
                   A,市直一小,0,0,小学,汉滨区,500,1,市局属公办,市教体局,100,51\nB,汉滨甲,100,0,小学,汉滨区,500,0,县区属公办,汉滨区教体局,,\n\
                   C,汉滨核,0,900,小学,汉滨区,500,1,县区属公办,汉滨区教体局,100,51\nD,汉滨丁,100,900,小学,汉滨区,500,0,县区属公办,汉滨区教体局,,\n\
                   E,高新核,0,1800,小学,高新区,500,1,县区属公办,高新区教体局,100,50\nF,汉滨己,0,2000,初中,汉滨区,500,0,县区属公办,汉滨区教体局,,\n\
                   P,省直一小,0,2700,小学,汉滨区,500,1,省属事业单位办,省教育厅,,\nQ,汉滨庚,0,2800,小学,汉滨区,500,0,县区属公办,安康市教育体育局,,\n";
    let groups = "集团,学校,角色,模式,年度\n一,A,核心校,一体型,2022\n一,B,,,\n二,C,核心校,托管型,2022\n二,D,,,\n三,E,核心校,托管型,2022\n三,F,,,\n四,P,核心校,协作型,2022\n四,Q,,,\n";
    let run = |policy: &str| {
        let (place, run) =
            judged(schools, &[("groups.csv", groups)], &format!("[policy]\npreset = \"ankang\"\n{policy}"));
        (place, run)
    };
    let (place, told) = run("staff_advice = { managers_sent = 0.5, only_crossing = true }\n");
    told.says(&["superior-contradicts", "安康市教育体育局"]);
    let measures = measures(place.path());
    let crossed = |name: &str| {
        let own =
            measures["districts"].as_array().expect("districts").iter().find(|of| of["name"] == name).expect("one");
        ["crosses_counties", "crosses_stages", "crosses_levels"].map(|field| own[field].as_bool().expect("yes or no"))
    };
    assert_eq!(crossed("一"), [false, false, true]);
    assert_eq!(crossed("二"), [false, false, false]);
    assert_eq!(crossed("三"), [true, true, false]);
    assert_eq!(crossed("四"), [false, false, true]);
    let routes: Vec<&str> = measures["districts"]
        .as_array()
        .expect("districts")
        .iter()
        .map(|of| of["approval"].as_str().expect("a word"))
        .collect();
    assert_eq!(routes, ["city", "county", "county-told-to-city", "untold"]);
    // 51 of 100 managers: the first crosses levels and is judged, the second crosses nothing and is not.
    assert_eq!(breaks(place.path(), "managers-sent"), ["一"]);
    assert!(read(place.path(), "out/report.md").contains("总体方案由联席会议审定"));
    verified(place.path(), 4);
    // Each crossing is forbidden by itself, and softly, since groups may cross.
    for (setting, id, expected) in [
        ("same_authority = true\n", "same-authority", &["一", "四"][..]),
        ("same_level = true\n", "same-level", &["三"]),
        ("within_county = true\n", "within-county", &["三"]),
    ] {
        let (place, _) = run(setting);
        assert_eq!(
            (breaks(place.path(), id), rule(place.path(), id)["hard"].as_bool()),
            (expected.iter().map(|&name| name.to_owned()).collect(), Some(false))
        );
    }
}

/// A6: a group that begins after the last year of the document covers no weak school of the centre.
#[test]
fn a_group_that_begins_too_late_covers_nobody() {
    let schools = "id,name,x,y,stage,county,enrolment,strong,centre,薄弱类别\nA,核,0,0,小学,县,500,1,1,\nB,弱,100,0,小学,县,500,0,1,城郊\nC,员,200,0,小学,县,500,0,1,\n";
    for (year, broken) in [("2024", vec![]), ("2025", vec!["弱".to_owned()])] {
        let groups = format!("集团,学校,角色,模式,年度\nx,A,核心校,一体型,{year}\nx,B,,,\nx,C,,,\n");
        let (place, _) = group("ankang", schools, &groups, &["--lang", "zh-CN"]);
        assert_eq!(breaks(place.path(), "weak-in-centre"), broken, "{year}");
    }
}

/// MOD-02: a school with two sites is one school of a group, found by its own id.
#[test]
fn sites_of_a_school_are_one_school_of_a_group() {
    let schools = "id,name,x,y,stage,enrolment,strong,campus\nA,甲,0,0,小学,500,1,\nB,乙,100,0,小学,300,0,本部\nB,乙,900,0,小学,200,0,北校区\nC,丙,200,0,小学,500,0,\n";
    let (place, _) =
        group("suzhou", schools, "集团,学校,角色,模式\nG,A,核心校,校际联盟型\nG,B,,\nG,C,,\n", &["--lang", "zh-CN"]);
    let measures = measures(place.path());
    assert_eq!((measures["schools"].as_u64(), measures["coverage"]["schools"].as_u64()), (Some(3), Some(3)));
    assert_eq!(
        (measures["coverage"]["covered_schools"].as_u64(), measures["coverage"]["pupils"].as_u64()),
        (Some(3), Some(1500))
    );
    assert_eq!(measures["districts"][0]["schools"], 3);
    verified(place.path(), 0);
    let (place, _) = group("suzhou", schools, "", &["--lang", "zh-CN"]);
    assert_eq!(rows(place.path(), "out/plaques.csv").len(), 3);
    verified(place.path(), 0);
}
