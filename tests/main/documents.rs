//! What the five documents say in their own words, as somebody writes it who has only the documents: columns, kinds, and cases
//! that leave something open.

use std::fmt::Write as _;

use crate::command::{folder, read, write, xuequ};
use crate::policies::{breaks, group, measures, rows, rule, verdict};

#[test]
fn columns_are_known_by_the_words_offices_have_for_them_and_others_are_told() {
    let schools = "学校编号,学校名称,x,y,学段,县(市、区),学生数,是否优质,是否新建,办学性质,心情\n\
                   A,甲校,0,0,小学,甲区,500,是,否,公办,好\nB,乙校,100,0,小学,甲区,300,否,否,市管民办,\n\
                   C,丙校,200,0,小学,甲区,300,否,是,市局属,坏\n";
    let groups = "集团,学校,角色\nG,A,核心校\nG,B,成员校\n";
    let (place, run) = group("suzhou", schools, groups, &["--lang", "zh-CN"]);
    assert_eq!(run.code, 4, "{run:#?}");
    assert_eq!(breaks(place.path(), "new-in-group"), ["丙校"]);
    let measured = measures(place.path());
    assert_eq!(measured["coverage"]["pupils"].as_u64(), Some(1_100));
    assert_eq!(measured["districts"][0]["strong_schools"].as_u64(), Some(1));
    let said = run.stderr.lines().find(|line| line.contains("未使用的列")).expect("a line on the columns").to_owned();
    assert!(said.contains("心情") && !said.contains("是否新建"), "{said}");
    // A table of groups that does not say which group is refused; one with the heading of the program's own tables is not.
    for (heading, code) in [("共建组", 4), ("什么组", 3)] {
        let (_, run) = group("suzhou", schools, &groups.replace("集团", heading), &[]);
        run.ends(code);
    }
}

#[test]
fn words_of_the_documents_are_taken() {
    let schools = "id,name,x,y,stage,county,enrolment,strong,办学性质\n\
                   A,甲,0,0,初中,甲区,500,1,省属事业单位\nB,乙,100,0,初中,甲区,300,0,民办(市管)\n\
                   C,丙,200,0,初中,甲区,300,0,区属公办\n";
    // 轮值 is what the document of Nanchang says, and such a district needs a strong school but no lead.
    let by_turns = "group,school,role,治理方式\nG,A,成员校,轮值\nG,B,成员校,\nG,C,成员校,\n";
    let (place, _) = group("nanchang", schools, by_turns, &[]);
    assert_eq!(
        (verdict(place.path(), "led"), verdict(place.path(), "weak-with-strong")),
        ("kept".into(), "kept".into())
    );
    // 部分融合型 is what the document of Pubei says.
    let (place, _) =
        group("pubei", schools, "group,school,role,类型\nG,A,牵头校,部分融合型\nG,B,成员校,\nG,C,成员校,\n", &[]);
    assert_eq!(verdict(place.path(), "mode"), "kept");
    // 创建校 and 共建校 are kinds of locks as they are roles of groups.
    let place = folder();
    write(place.path(), "schools.csv", schools);
    write(
        place.path(),
        "locks.csv",
        "kind,what,to,reason\n创建校,A,,会议纪要\n共建校,B,A,会议纪要\n共建校,C,A,会议纪要\n",
    );
    let options =
        ["group", "--schools", "schools.csv", "--crs", "local", "--preset", "liucheng", "--locks", "locks.csv"];
    xuequ(place.path(), &[&options[..], &["-o", "out"]].concat()).ends(0);
    assert_eq!(verdict(place.path(), "district-locks"), "kept");
    assert_eq!(rows(place.path(), "out/pairs.csv").len(), 2);
}

#[test]
fn locks_that_cannot_hold_say_why() {
    let schools = "id,name,x,y,stage,county,enrolment,strong\nA,甲,0,0,初中,甲区,500,1\nD,丁,900,0,初中,乙区,500,1\n\
                   B,乙,100,0,初中,甲区,300,0\nC,丙,200,0,初中,甲区,300,0\nE,戊,800,0,初中,乙区,300,0\nP,小,0,100,小学,甲区,300,0\n";
    let locked = |preset: &str, locks: &str| {
        let place = folder();
        write(place.path(), "schools.csv", schools);
        write(place.path(), "locks.csv", format!("kind,what,to\n{locks}"));
        let inputs = ["group", "--schools", "schools.csv", "--crs", "local", "--locks", "locks.csv"];
        let options = ["--preset", preset, "-o", "out", "--lang", "zh-CN"];
        xuequ(place.path(), &[&inputs[..], &options].concat());
        let rule = rule(place.path(), "district-locks");
        let breaches = rule["breaches"].as_array().expect("a list").iter();
        breaches.map(|breach| breach["mend"].as_str().expect("words").to_owned()).collect::<Vec<String>>()
    };
    let twice = locked("liucheng", "member,B,A\nmember,B,D\nmember,C,A\nmember,E,D\n");
    assert!(twice.len() == 1 && twice[0].contains("甲") && twice[0].contains("丁"), "{twice:?}");
    let other_stage = locked("liucheng", "member,B,A\nmember,P,A\n");
    assert!(other_stage.len() == 1 && other_stage[0].contains("初中"), "{other_stage:?}");
    let across = locked("nanchang", "member,E,A\n");
    assert!(across.iter().any(|mend| mend.contains("甲区") && mend.contains("乙区")), "{across:?}");
}

#[test]
fn who_decided_on_a_lead_and_why_is_told() {
    let mut schools = String::from("id,name,x,y,stage,enrolment,strength\n");
    for school in 0..10 {
        let strength = if school > 7 { 80 } else { 30 };
        writeln!(schools, "S{school},第{school}小学,{school}00,0,小学,400,{strength}").expect("a line");
    }
    let place = folder();
    write(place.path(), "schools.csv", schools);
    write(place.path(), "locks.csv", "kind,what,to,reason,author\nlead,S0,,所在片区只有这所学校有寄宿条件,基教科\n");
    let inputs = ["group", "--schools", "schools.csv", "--crs", "local", "--locks", "locks.csv"];
    xuequ(place.path(), &[&inputs[..], &["--preset", "ankang", "-o", "out", "--lang", "zh-CN"]].concat());
    // As strong as most is not in the strongest quarter; a decision that is recorded is told, and breaks nothing.
    let rule = rule(place.path(), "lead-by-decision");
    assert_eq!((rule["verdict"].as_str(), rule["waived"][0]["name"].as_str()), (Some("kept"), Some("第0小学")));
    let mend = rule["waived"][0]["mend"].as_str().expect("words").to_owned();
    assert!(mend.contains("寄宿条件") && mend.contains("基教科"), "{mend}");
}

/// A county of 404 schools: the first `marked` by county and town, a third of the others in town.
fn county_of_404(marked: usize) -> String {
    let mut text = String::from("id,name,x,y,学段,enrolment,县直学校,镇优质学校,城乡\n");
    for school in 0..404 {
        let (x, y) = (1_000 * (school * 7 % 23), 1_000 * (school * 11 % 19));
        let (direct, town) = (school < marked / 2, (marked / 2..marked).contains(&school));
        let urban = if school % 3 == 0 { "城镇" } else { "乡村" };
        writeln!(text, "S{school},第{school}学校,{x},{y},小学,300,{},{},{urban}", u8::from(direct), u8::from(town))
            .expect("a line");
    }
    text
}

#[test]
fn pubei_has_22_districts_with_22_marked_schools_and_with_19() {
    for marked in [22, 19] {
        let (place, _) = group("pubei", &county_of_404(marked), "", &["--lang", "zh-CN"]);
        let path = place.path();
        assert_eq!(
            ["district-count", "district-kinds", "marked-lead"].map(|id| verdict(path, id)),
            ["kept"; 3],
            "{marked}"
        );
        let measured = measures(path);
        assert_eq!(
            (measured["plaques"]["lead"].as_u64(), measured["plaques"]["member"].as_u64()),
            (Some(19), Some(385))
        );
        // Where nobody may lead, who helps stands for all.
        assert!(measured["districts"].as_array().expect("a list").iter().all(|of| !of["lead_id"].is_null()));
        xuequ(path, &["verify", "out", "--project", "."]).ends(0);
    }
    // With 15 there are not enough even so, which is told with what would do.
    let (place, run) = group("pubei", &county_of_404(15), "", &["--lang", "zh-CN"]);
    run.ends(4);
    assert!(breaks(place.path(), "district-count").len() == 1);
    assert!(read(place.path(), "out/report.md").contains("18"), "15 that lead and 3 that help");
}

#[test]
fn several_schools_may_help_in_one_district() {
    let schools = county_of_404(22);
    let groups = "group,school,role,类型\nG,S0,帮扶校,城乡帮扶型\nG,S3,帮扶校,\nG,S1,被帮扶校,\n";
    let (place, run) = group("pubei", &schools, groups, &[]);
    assert_ne!(run.code, 3, "{run:#?}");
    assert_eq!(measures(place.path())["districts"][0]["schools"].as_u64(), Some(3));
}

#[test]
fn small_schools_go_with_the_central_school_of_their_town() {
    let mut schools = String::from("id,name,x,y,stage,county,town,enrolment,strong,中心校\n");
    for town in 0..4 {
        for school in 0..5 {
            let (pupils, marks) = if school == 0 { (500, "1,1") } else { (60 + 20 * school, "0,0") };
            let x = 20_000 * town + 2_000 * school;
            writeln!(schools, "T{town}S{school},第{town}{school}小学,{x},0,小学,甲县,镇{town},{pupils},{marks}")
                .expect("a line");
        }
    }
    let (place, _) = group("ankang", &schools, "", &[]);
    assert_eq!(verdict(place.path(), "central-school"), "kept");
    // 80 pupils are few; a hundred and more are not.
    let groups = "group,school,role,mode,year\nG,T0S0,lead,一体型,2022\nG,T1S1,member,,\nG,T1S2,member,,\nH,T1S0,lead,一体型,2022\nH,T0S2,member,,\n";
    let (place, _) = group("ankang", &schools, groups, &[]);
    let mut left = breaks(place.path(), "central-school");
    left.sort_unstable();
    assert_eq!(left, ["第01小学", "第11小学"]);
}

#[test]
fn given_groups_get_the_mode_their_document_has_for_them() {
    let schools = "id,name,x,y,stage,enrolment,strong,new\nA,甲,0,0,小学,500,1,0\nB,乙,100,0,小学,300,0,1\nC,丙,200,0,小学,300,0,0\n";
    let (place, _) = group("suzhou", schools, "group,school,role\nG,A,lead\nG,B,member\nG,C,member\n", &[]);
    assert_eq!(measures(place.path())["districts"][0]["mode"], "on-behalf");
    assert_eq!(verdict(place.path(), "mode"), "kept");
    // Nothing speaks for one of the modes: which it is has to be said.
    let (place, _) = group(
        "suzhou",
        &schools.replace(",0,1\n", ",0,0\n"),
        "group,school,role\nG,A,lead\nG,B,member\nG,C,member\n",
        &[],
    );
    assert_eq!(breaks(place.path(), "mode"), ["G"]);
    // A group across levels that does not say that it joins successive stages is told.
    let across = schools.replace("C,丙,200,0,小学", "C,丙,200,0,初中");
    let (place, _) =
        group("suzhou", &across, "group,school,role,mode\nG,A,lead,校际联盟型\nG,B,member,\nG,C,member,\n", &[]);
    assert_eq!(breaks(place.path(), "same-level"), ["G"]);
}

#[test]
fn a_project_of_groups_alone_can_be_checked() {
    let place = folder();
    write(
        place.path(),
        "schools.csv",
        "id,name,x,y,stage,enrolment,strong\nA,甲,0,0,小学,500,1\nB,乙,100,0,小学,300,0\n",
    );
    write(
        place.path(),
        "xuequ.toml",
        "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[policy]\npreset = \"suzhou\"\n",
    );
    let run = xuequ(place.path(), &["check", "."]);
    assert!(run.code < 3, "{run:#?}");
    // Without a document, blocks are missing for a plan.
    write(place.path(), "xuequ.toml", "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n");
    xuequ(place.path(), &["check", "."]).ends(3);
}
