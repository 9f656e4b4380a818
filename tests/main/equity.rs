//! How even schools are: the strength index, the national standard, and what moving teachers would change, on planted figures.

use std::fmt::Write as _;

use serde_json::Value;

use crate::command::{read, write, xuequ};
use crate::policies::{breaks, group, measures, rows, rule, verdict};

/// What a school of 2,000 pupils needs to meet the standard of primary schools exactly, in the order of the indicators.
const EXACT: [f64; 7] = [84.0, 20.0, 18.0, 9_000.0, 15_000.0, 4_000_000.0, 46.0];

const INDICATORS: &str = "qualified_teachers,backbone_teachers,arts_sport_teachers,teaching_area,sports_area,\
                          equipment_value,multimedia_rooms";

/// Ten schools about the standard: each with what it has, empty where it says nothing.
fn ten_schools() -> String {
    let with = |changes: &[(usize, Option<f64>)]| {
        let mut has = EXACT.map(Some);
        for (indicator, value) in changes {
            has[*indicator] = *value;
        }
        has
    };
    let schools = [
        ("足额", "小学", with(&[])),
        ("一项到八五", "小学", with(&[(1, Some(17.0))])),
        ("一项到八成", "小学", with(&[(1, Some(16.0))])),
        ("两项差一点", "小学", with(&[(3, Some(8_900.0)), (4, Some(14_900.0))])),
        ("一项没说", "小学", with(&[(6, None)])),
        ("一项没说一项差", "小学", with(&[(6, None), (3, Some(8_900.0))])),
        ("一项没说一项差远", "小学", with(&[(6, None), (3, Some(900.0))])),
        ("什么都没说", "小学", [None; 7]),
        ("教学点", "教学点", with(&[(1, Some(1.0))])),
        ("初中", "初中", with(&[])),
    ];
    let mut text = format!("id,name,x,y,stage,county,enrolment,{INDICATORS}\n");
    for (position, (name, stage, has)) in schools.iter().enumerate() {
        let has: Vec<String> =
            has.iter().map(|value| value.map_or_else(String::new, |value| value.to_string())).collect();
        writeln!(text, "S{position},{name},{position}00,0,{stage},东湖区,2000,{}", has.join(",")).expect("a line");
    }
    text
}

#[test]
fn schools_meet_the_national_standard_or_are_named_with_what_they_lack() {
    let mut groups = "group,school,role\nG,S0,lead\n".to_owned();
    for school in 1..10 {
        writeln!(groups, "G,S{school},member").expect("a line");
    }
    let (place, _) = group("nanchang", &ten_schools(), &groups, &["--lang", "zh-CN"]);
    let standards = measures(place.path())["standards"].as_array().expect("a list").clone();
    let of = |id: &str| standards.iter().find(|of| of["school_id"] == id).map(|of| of["is_met"].clone());
    let expected = [Some(Value::Bool(true)), Some(Value::Bool(false)), Some(Value::Null), None];
    let [met, failing, unknown, absent] = expected;
    let all = ["S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9"].map(of);
    let wanted = [&met, &met, &failing, &failing, &unknown, &unknown, &failing, &absent, &absent, &failing];
    assert_eq!(all.iter().collect::<Vec<_>>(), wanted);
    let mut failing = breaks(place.path(), "school-standard");
    failing.sort_unstable();
    assert_eq!(failing, ["一项到八成", "一项没说一项差远", "两项差一点", "初中"]);
    let rule = rule(place.path(), "school-standard");
    assert_eq!((rule["value"].as_f64(), rule["limit"].as_f64()), (Some(2.0), Some(6.0)));
    let breach = rule["breaches"].as_array().expect("a list").iter().find(|of| of["id"] == "S2").expect("the school");
    assert!(breach["mend"].as_str().expect("words").contains("0.80（标准 1.0）"), "{breach}");
    let table = rows(place.path(), "out/standard.csv");
    assert_eq!(table.iter().map(|row| row[2].as_str()).filter(|verdict| *verdict == "否").count(), 4, "{table:?}");
    xuequ(place.path(), &["verify", "out", "--project", "."]);
}

#[test]
fn the_published_example_of_the_spread_is_more_than_primary_schools_may_have() {
    // Pupils and means of the worked example of the review: 0.515257, beyond the 0.50 of primary schools.
    let figures = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)];
    let table = |more: u32| {
        let mut text = String::from("id,name,x,y,stage,county,enrolment,equipment_value\n");
        for (school, (pupils, means)) in figures.iter().enumerate() {
            let means = means + more * pupils;
            writeln!(text, "S{school},第{school}小学,{school}00,0,小学,西湖区,{pupils},{means}").expect("a line");
        }
        text
    };
    let groups = "group,school,role\nG,S0,lead\nG,S1,member\nG,S2,member\nG,S3,member\nG,S4,member\n";
    let (place, _) = group("nanchang", &table(0), groups, &[]);
    assert_eq!(breaks(place.path(), "school-spread"), ["西湖区"].map(|_| "all".to_owned()));
    let by = rule(place.path(), "school-spread")["breaches"][0]["by"].as_f64().expect("a number");
    assert!((by - 0.0153).abs() < 1e-9, "{by}");
    // As much more for every pupil makes them more alike.
    let (place, _) = group("nanchang", &table(10), groups, &[]);
    // Nothing is known of the other six, so that nobody can say that all are.
    assert_eq!(verdict(place.path(), "school-spread"), "unknown");
    let untold = rule(place.path(), "school-spread")["untold"].as_str().expect("words").to_owned();
    assert!(untold.contains("the others are within the limit"), "{untold}");
}

#[test]
fn moving_three_backbone_teachers_changes_the_spread_as_reckoned_by_hand() {
    // 75 who could: 15 have to move, three of them backbone teachers.
    let schools = "id,name,x,y,stage,county,enrolment,strong,eligible_teachers,backbone_teachers\n\
                   A,甲,0,0,小学,吴中区,100,1,25,7\nB,乙,100,0,小学,吴中区,100,0,25,1\nC,丙,200,0,小学,吴中区,100,0,25,1\n";
    let groups = "group,school,role,mode\nG,A,lead,校际联盟型\nG,B,member,\nG,C,member,\n";
    let (place, _) = group("suzhou", schools, groups, &["--lang", "zh-CN"]);
    let measured = measures(place.path());
    let of = |of: &Value, field: &str| of[field].as_str().expect("an id").to_owned();
    let moves: Vec<(String, String, u64)> = measured["transfers"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (of(row, "from_id"), of(row, "to_id"), row["backbone_teachers"].as_u64().expect("a count")))
        .collect();
    let to = |school: &str, count: u64| ("A".to_owned(), school.to_owned(), count);
    assert_eq!(moves, [to("B", 2), to("C", 1)]);
    // 7, 1, 1 of a hundred pupils each become 4, 3, 2: √8 ÷ 3 and √(2 ÷ 3) ÷ 3.
    let spread = &measured["transfer_spreads"][0];
    let number = |field: &str| spread[field].as_f64().expect("a number");
    assert!((number("before") - 8_f64.sqrt() / 3.0).abs() < 1e-6, "{spread}");
    assert!((number("after") - (2.0_f64 / 3.0).sqrt() / 3.0).abs() < 1e-6, "{spread}");
    assert_eq!(rows(place.path(), "out/transfers.csv").len(), 2);
    assert!(read(place.path(), "out/report.md").contains("| 0.943 | 0.272 |"));
    // A group whose schools are even has nobody to move.
    let (place, _) = group("suzhou", &schools.replace(",25,7\n", ",25,1\n"), groups, &[]);
    assert_eq!(measures(place.path())["transfers"], Value::Array(Vec::new()));
}

#[test]
fn a_site_of_forty_pupils_is_not_strong_however_much_it_has_for_each() {
    let table = |pupils: u32| {
        let mut text = format!("id,name,x,y,stage,enrolment,quality,{INDICATORS}\n");
        for school in 0..8 {
            let (pupils, each) = if school == 0 { (pupils, 10.0) } else { (400, 1.0 + 0.1 * f64::from(school)) };
            let has = EXACT.map(|value| (each * value * f64::from(pupils) / 2_000.0).to_string()).join(",");
            writeln!(text, "S{school},第{school}小学,{school}00,0,小学,{pupils},60,{has}").expect("a line");
        }
        text
    };
    let groups = "group,school,role\nG,S0,lead\nG,S1,member\nH,S7,lead\nH,S2,member\nH,S3,member\nH,S4,member\nH,S5,member\nH,S6,member\n";
    for (pupils, strong) in [(40, 0), (400, 1)] {
        let (place, _) = group("nanchang", &table(pupils), groups, &[]);
        let districts = measures(place.path())["districts"].as_array().expect("a list").clone();
        let own = districts.iter().find(|of| of["district_id"] == "G").expect("the group");
        assert_eq!(own["strong_schools"].as_u64(), Some(strong), "{pupils}: {own}");
    }
}

#[test]
fn more_than_half_of_the_managers_of_a_core_school_are_too_many() {
    let table = |sent: u32, share: &str, years: f64| {
        format!(
            "id,name,x,y,stage,县区,enrolment,strong,管理人员数,派出管理人员数,绩效占比,首站培养年限\n\
             A,甲,0,0,小学,甲区,300,1,100,{sent},{share},\nB,乙,100,0,小学,甲区,300,0,,,62%,{years}\n"
        )
    };
    let groups = |mode: &str| format!("group,school,role,mode,year\nG,A,lead,{mode},2022\nG,B,member,,\n");
    let ids = ["managers-sent", "performance-share", "first-post"];
    let (place, _) = group("ankang", &table(51, "59%", 3.0), &groups("托管型"), &[]);
    assert_eq!(ids.map(|id| breaks(place.path(), id)), [vec!["G"], vec!["甲"], vec!["乙"]]);
    assert!(ids.iter().all(|id| rule(place.path(), id)["hard"] == Value::Bool(false)));
    let (place, _) = group("ankang", &table(50, "0.6", 1.5), &groups("托管型"), &[]);
    assert_eq!(ids.map(|id| verdict(place.path(), id)), ["kept"; 3]);
    // Asked only of groups that cross levels or counties, it is not judged of this one, and judged once it crosses.
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[groups]\nfile = \"groups.csv\"\n\
                    [policy]\npreset = \"ankang\"\nstaff_advice = { only_crossing = true }\n";
    let judged = |schools: &str| {
        let (place, _) = group("ankang", schools, &groups("托管型"), &[]);
        write(place.path(), "xuequ.toml", settings);
        xuequ(place.path(), &["group", ".", "-o", "again"]);
        let evaluation = crate::command::read_json(place.path(), "again/evaluation.json");
        evaluation["rules"]
            .as_array()
            .expect("rules")
            .iter()
            .any(|rule| rule["id"] == "managers-sent" && rule["verdict"] != "unknown")
    };
    assert!(!judged(&table(51, "60", 1.0)));
    assert!(judged(&table(51, "60", 1.0).replace("100,0,小学,甲区", "100,0,小学,乙区")));
}
