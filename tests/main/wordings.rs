//! Tables in the words offices use, and reports that say what cannot be told, what to do, and by which line of which document.

use std::fmt::Write as _;
use std::path::Path;

use crate::command::{Run, folder, read, write, xuequ};
use crate::policies::{breaks, group, measures, rows, rule, verdict};

const CHINESE: [&str; 2] = ["--lang", "zh-CN"];

/// Twelve primary schools in each county, every fourth of them strong.
fn city(counties: &[&str]) -> String {
    let mut text = String::from("id,name,x,y,学段,县区,在校生,优质,薄弱\n");
    for (number, county) in counties.iter().enumerate() {
        for school in 0..12 {
            let (x, y) = (20_000 * number + 500 * (school % 4), 500 * (school / 4));
            let (strong, weak) = (u8::from(school % 4 == 0), u8::from(school % 4 == 2));
            writeln!(text, "{number}{school:02},{county}{school}校,{x},{y},小学,{county},500,{strong},{weak}")
                .expect("a line");
        }
    }
    text
}

#[test]
fn counties_are_known_by_their_short_names() {
    for (written, others) in [("湾里", "东湖"), ("湾里区", "东湖区"), ("湾里管理局", "东湖新区")] {
        let (place, run) = group("nanchang", &city(&[written, others, "进贤县"]), "", &["--pilot", "--lang", "zh-CN"]);
        assert!([0, 1].contains(&run.code), "{run:#?}");
        assert_eq!(verdict(place.path(), "pilots"), "kept", "{written}");
        let districts = measures(place.path())["districts"].as_array().expect("a list").clone();
        let of = |county: &str| districts.iter().filter(|of| of["counties"][0] == county).count();
        assert!((1..=2).contains(&of(written)) && (1..=2).contains(&of(others)), "{written}: {districts:#?}");
        assert_eq!(of("进贤县"), 0, "others do not begin");
        // The name is that of the table.
        assert!(read(place.path(), "out/report.md").contains(&format!("| {written} | 2023 |")), "{written}");
    }
    // A short name that two counties could have is nobody's.
    let (place, _) = group("nanchang", &city(&["东湖县", "东湖市", "西湖区"]), "", &CHINESE);
    assert!(breaks(place.path(), "pilot-counties").contains(&"东湖区".to_owned()));
}

#[test]
fn pilots_of_counties_nobody_has_are_an_explained_result() {
    let schools = city(&["甲区", "乙县"]);
    let (place, run) = group("nanchang", &schools, "", &["--pilot", "--lang", "zh-CN"]);
    run.ends(4);
    let pilots = rule(place.path(), "pilots");
    assert_eq!((&pilots["verdict"], &pilots["hard"]), (&"broken".into(), &true.into()));
    let mend = pilots["breaches"][0]["mend"].as_str().expect("words");
    assert!(mend.contains("甲区、乙县") && mend.contains("policy.pilot_counties"), "{mend}");
    assert!(read(place.path(), "out/report.md").contains("| pilots |"));
    // Of another city that is grouped as a whole nothing can be asked, which is said.
    let (place, run) = group("nanchang", &schools, "", &CHINESE);
    assert_eq!((run.code, verdict(place.path(), "pilots").as_str()), (1, "unknown"));
}

/// Groups of three: the first leads and is strong; the last school is in none.
fn suzhou(columns: &str, cells: &[&str]) -> (String, &'static str) {
    let mut schools = format!("id,name,x,y,学段,在校生,优质,{columns}\n");
    for (school, cells) in cells.iter().enumerate() {
        let strong = u8::from(school == 0);
        writeln!(schools, "S{school},第{school}小学,{},0,小学,400,{strong},{cells}", 500 * school).expect("a line");
    }
    (schools, "集团,学校,角色,办学模式\nG,S0,牵头校,校际联盟型\nG,S1,成员校,\nG,S2,成员校,\n")
}

#[test]
fn schools_are_new_by_the_year_they_opened_where_nothing_else_says_it() {
    let (schools, groups) = suzhou("建校年份", &["1998", "1998", "2019", "2023"]);
    let (place, run) = group("suzhou", &schools, groups, &CHINESE);
    let run = run.ends(4);
    assert!(run.stderr.contains("2021 年及以后建校的 1 所学校按新建学校计"), "{run:#?}");
    assert_eq!(breaks(place.path(), "new-in-group"), ["第3小学"]);
    // A column of its own has the say.
    let (schools, groups) = suzhou("建校年份,新建", &["1998,否", "1998,否", "2019,否", "2023,否"]);
    let (place, _) = group("suzhou", &schools, groups, &CHINESE);
    assert_eq!(verdict(place.path(), "new-in-group"), "kept");
    // Where nothing says it and a school is in no group, nobody can tell; where all are in one, it does not matter.
    let (schools, groups) = suzhou("县区", &["甲区", "甲区", "甲区", "甲区"]);
    let (place, _) = group("suzhou", &schools, groups, &CHINESE);
    let untold = rule(place.path(), "new-in-group");
    assert_eq!(untold["verdict"], "unknown");
    assert!(untold["untold"].as_str().is_some_and(|words| words.contains("建校年份")), "{untold:#}");
    assert!(read(place.path(), "out/report.md").contains("无法判定"));
    let three: String = schools.lines().take(4).fold(String::new(), |text, line| text + line + "\n");
    let (place, _) = group("suzhou", &three, groups, &CHINESE);
    assert_eq!(verdict(place.path(), "new-in-group"), "kept");
}

#[test]
fn special_schools_and_words_of_the_statistics_are_taken() {
    let schools = "id,name,x,y,学段,在校生,优质,城乡分类,举办者类型,场馆设施\n\
                   A,甲校,0,0,小学,500,是,主城区,教育部门,图书馆；实验室，操场 礼堂\n\
                   B,乙校,100,0,教学点,300,否,村庄,县级教育部门,图书馆/操场\n\
                   C,丙校,200,0,完全小学,300,否,450722001201220,地级教育部门,\n\
                   D,启智学校,300,0,特殊教育,60,否,122,其他部门,\n\
                   E,职教中心,400,0,中等职业学校,900,否,110101001001,民办,\n\
                   F,己校,500,0,小学,300,否,镇中心区,地方企业,\n";
    let (place, run) = group("pubei", schools, "", &["--lang", "zh-CN", "--members", "1-8", "--districts", "1"]);
    assert!([0, 1, 4].contains(&run.code), "{run:#?}");
    assert!(run.stderr.contains("启智学校") && run.stderr.contains("特殊教育"), "{run:#?}");
    let measured = measures(place.path());
    assert_eq!(measured["coverage"]["schools"].as_u64(), Some(4));
    let district = &measured["districts"][0];
    assert_eq!((district["urban_schools"].as_u64(), district["rural_schools"].as_u64()), (Some(2), Some(2)));
    let places = rows(place.path(), "out/facilities.csv");
    let of = |place: &str| places.iter().find(|row| row[1] == place).map(|row| row[2].clone());
    assert_eq!(of("图书馆").as_deref(), Some("甲校、乙校"));
    assert_eq!((of("实验室").as_deref(), of("操场").as_deref()), (Some("甲校"), Some("甲校、乙校")));
    assert_eq!(of("礼堂").as_deref(), Some("甲校"));
    // A word that is none is told by the heading of the table, with those there are.
    let (_, run) = group("pubei", &schools.replace("镇中心区", "郊外"), "", &CHINESE);
    let said = run.ends(3).stderr.clone();
    assert!(said.contains("“郊外”不是“城乡分类”列可用的词") && said.contains("镇乡结合区"), "{said}");
    let (_, run) = group("pubei", &schools.replace("完全小学", "杂校"), "", &CHINESE);
    let said = run.ends(3).stderr.clone();
    for word in ["教学点", "完全中学", "幼儿园", "高中", "特殊教育"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn closed_schools_and_rows_without_a_group_are_told() {
    let schools = "id,name,x,y,学段,在校生,优质,停办年份\nA,甲校,0,0,小学,500,是,\nB,乙校,100,0,小学,300,否,\n\
                   C,丙校,200,0,小学,300,否,2020\nD,丁校,300,0,小学,300,否,2030\n";
    let settings = "[project]\ncrs = \"local\"\nyear = \"2024\"\n[schools]\nfile = \"schools.csv\"\n[groups]\n\
                    file = \"groups.csv\"\n[districts]\nschools = [1, 5]\n";
    let place = folder();
    write(place.path(), "schools.csv", schools);
    write(place.path(), "groups.csv", "学区,学校,角色\nG,A,牵头校\nG,B,成员校\n,D,成员校\nG,C,成员校\n");
    write(place.path(), "xuequ.toml", settings);
    let run = xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
    assert!(run.stderr.contains("丙校") && run.stderr.contains("2020 年停办"), "{run:#?}");
    assert!(run.stderr.contains("没有写明属于哪个学区"), "{run:#?}");
    assert_eq!(measures(place.path())["coverage"]["schools"].as_u64(), Some(3), "丁校 closes later");
    assert_eq!(breaks(place.path(), "one-district"), ["丁校"]);
}

/// 20 exchanged, of them 4 backbone teachers: 20 %, though 24 should have been exchanged, which is the other rule.
#[test]
fn the_share_of_backbone_teachers_is_of_those_who_moved() {
    let staff = |backbone: u32| {
        let (schools, groups) =
            suzhou("符合交流条件教师数,交流教师数,交流骨干教师数", &[&format!("60,10,{backbone}"), "40,6,2", "20,4,0"]);
        let (place, _) = group("suzhou", &schools, groups, &CHINESE);
        (verdict(place.path(), "exchange"), verdict(place.path(), "exchange-backbone"))
    };
    assert_eq!(staff(2), ("broken".to_owned(), "kept".to_owned()));
    assert_eq!(staff(1), ("broken".to_owned(), "broken".to_owned()));
}

#[test]
fn rules_on_nothing_are_not_kept() {
    let (schools, groups) = suzhou("县区", &["甲区", "甲区", "甲区"]);
    let (place, run) = group("suzhou", &schools, groups, &CHINESE);
    run.ends(0);
    for id in ["exchange", "exchange-backbone"] {
        assert_eq!(verdict(place.path(), id), "unknown", "{id}");
    }
    // Groups of several levels are only advised.
    let across = schools.replace("S1,第1小学,500,0,小学", "S1,第1中学,500,0,初中");
    let across = across.replace("县区", "符合交流条件教师数").replace("甲区", "10");
    let (place, _) = group("suzhou", &across, groups, &CHINESE);
    let said = rule(place.path(), "exchange")["untold"].as_str().expect("words").to_owned();
    assert!(said.contains("柔性"), "{said}");
    // Town and country, classes and heads are asked for by Pubei.
    let (place, _) = group("pubei", &schools, groups, &["--lang", "zh-CN", "--members", "1-5", "--districts", "1"]);
    for id in ["town-with-country", "class-size", "head-in-office"] {
        assert_eq!(verdict(place.path(), id), "unknown", "{id}");
    }
    // Whoever is weak has a strong lead where all leads are strong; where one is not, it matters who is weak.
    assert_eq!(verdict(place.path(), "weak-with-strong"), "kept");
    let (place, _) = group(
        "suzhou",
        &schools,
        &groups.replace("S0,牵头校", "S0,成员校").replace("S1,成员校", "S1,牵头校"),
        &CHINESE,
    );
    assert_eq!(verdict(place.path(), "weak-with-strong"), "unknown");
}

#[test]
fn rules_cite_their_document_or_the_setting_that_was_changed() {
    let (schools, groups) = suzhou("县区", &["甲区", "甲区", "甲区"]);
    let source = |preset: &str, id: &str, more: &[&str]| {
        let (place, _) = group(preset, &schools, groups, &[&CHINESE[..], more].concat());
        rule(place.path(), id)["source"].as_str().expect("words").to_owned()
    };
    assert!(source("suzhou", "district-size", &[]).contains("苏州"));
    assert_eq!(source("suzhou", "district-size", &["--members", "1-9"]), "设置 districts.schools");
    assert!(source("pubei", "district-count", &[]).contains("22 个学区"));
    assert_eq!(source("pubei", "district-count", &["--districts", "2"]), "设置 districts.count");
    let (of_suzhou, of_ankang) =
        (source("suzhou", "exchange-backbone", &[]), source("ankang", "exchange-backbone", &[]));
    assert!(of_suzhou.contains("苏州") && !of_suzhou.contains("三年百集团"), "{of_suzhou}");
    assert!(of_ankang.contains("三年百集团") && !of_ankang.contains("苏州"), "{of_ankang}");
}

/// What is to be done says how many schools there are and how many there should be, and where a school stands twice.
#[test]
fn remedies_say_what_to_do() {
    let schools =
        "id,name,x,y,学段,在校生,优质\nA,甲校,0,0,小学,500,是\nB,乙校,100,0,小学,300,否\nC,丙校,200,0,小学,300,是\n";
    let groups = "学区,学校,角色\n东片,A,牵头校\n东片,B,成员校\n西片,C,牵头校\n西片,B,成员校\n";
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[groups]\nfile = \"groups.csv\"\n\
                    [districts]\nschools = [3, 5]\n";
    let place = folder();
    write(place.path(), "schools.csv", schools);
    write(place.path(), "groups.csv", groups);
    write(place.path(), "xuequ.toml", settings);
    xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]).ends(4);
    let mend = |id: &str| rule(place.path(), id)["breaches"][0]["mend"].as_str().expect("words").to_owned();
    assert!(mend("district-size").contains("2 个学区每个至少 3 所，共要 6 所，现有 4 所"), "{}", mend("district-size"));
    assert!(mend("one-district").contains("该校同时在东片、西片：只保留一个"), "{}", mend("one-district"));
    // The same stand in tables, a row a rule and a row a breach.
    let rules = rows(place.path(), "out/rules.csv");
    let size = rules.iter().find(|row| row[0] == "district-size").expect("the rule");
    assert_eq!((size[5].as_str(), size[10].as_str()), ("未全做到", "2"));
    let breaches = rows(place.path(), "out/breaches.csv");
    assert!(breaches.iter().any(|row| row[0] == "one-district" && row[4] == "乙校" && row[7].contains("只保留一个")));
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("| district-size | ") && report.contains("不符 2 个学区 / 0"), "{report}");
}

/// What is written in Chinese is read again, and verified.
#[test]
fn tables_of_districts_come_back_in_the_words_they_were_written() {
    for (preset, words) in [("ankang", ["核心校", "托管型"]), ("pubei", ["帮扶校", "城乡帮扶型"])] {
        let schools = city(&["甲区"]);
        let options = ["--lang", "zh-CN", "--members", "1-3", "--districts", "3"];
        let (place, _) = group(preset, &schools, "", &options);
        let table = read(place.path(), "out/districts.csv");
        assert!(words.iter().all(|word| table.contains(word)), "{preset}: {table}");
        assert!(!table.contains(",lead,") && !table.contains(",member,"), "{preset}: {table}");
        let run: Run = xuequ(place.path(), &["verify", "out", "--project", ".", "--lang", "zh-CN"]);
        assert!(run.stdout.contains("[通过] 学区表自洽"), "{preset}: {run:#?}");
        let (again, _) = group(preset, &schools, &table, &options[..4]);
        assert_eq!(read(again.path(), "out/districts.csv"), table, "{preset}");
    }
}

/// Each document calls its plan, its districts and their leads as it does, and says nothing it does not ask for.
#[test]
fn reports_are_called_what_their_documents_are() {
    let schools = city(&["甲区"]);
    let report = |preset: &str| {
        let (place, _) = group(preset, &schools, "", &CHINESE);
        (read(place.path(), "out/report.md"), read(place.path(), "out/annex.csv"))
    };
    let (nanchang, annex) = report("nanchang");
    assert!(nanchang.contains("片区组建方案") && !nanchang.contains("挂牌") && !nanchang.contains("六项因素"));
    assert!(!annex.contains("类型") && !annex.contains("挂牌"), "{annex}");
    let (ankang, annex) = report("ankang");
    assert!(ankang.contains("集团组建方案") && !ankang.contains("牵头校"), "{ankang}");
    assert!(annex.starts_with("\u{feff}集团名称,类型,核心校,"), "{annex}");
    let (pubei, annex) = report("pubei");
    assert!(pubei.contains("学区划分方案") && pubei.contains("挂牌"), "{pubei}");
    assert!(annex.contains("挂牌"), "{annex}");
    // How it is reckoned stands at the end.
    let at = |words: &str| nanchang.find(words).unwrap_or_else(|| panic!("{words} in {nanchang}"));
    assert!(at("附：计算说明") > at("## 附表") && at("目标值合计") > at("附：计算说明"));
}

/// Where stages are grouped each for itself, a stage says nothing of the schools of another.
#[test]
fn stages_are_told_apart() {
    let schools = "id,name,x,y,学段,在校生,优质,高于规定学历教师数\nA,甲小,0,0,小学,500,是,30\nB,乙小,100,0,小学,300,否,10\n\
                   C,丙中,200,0,初中,500,是,30\nD,丁中,300,0,初中,300,否,12\n";
    let place = folder();
    write(place.path(), "schools.csv", schools);
    write(place.path(), "groups.csv", "学区,学校,角色\nG,A,牵头校\nG,B,成员校\nH,C,牵头校\nH,D,成员校\n");
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[groups]\nfile = \"groups.csv\"\n\
                    [districts]\nschools = [1, 5]\n[policy]\nnational_standard = true\n";
    write(place.path(), "xuequ.toml", settings);
    xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
    assert_eq!(rows(place.path(), "out/standard.csv").len(), 4, "each school once");
    let spreads = rows(place.path(), "out/spreads.csv");
    let of_all = spreads.iter().filter(|row| row[0] == "全部" && row[1].is_empty()).count();
    assert_eq!(of_all, 2, "{spreads:#?}");
}

/// Only teaching points with fewer than 50 pupils are left out of the coefficient.
#[test]
fn larger_teaching_points_count_in_the_spread() {
    let spread = |pupils: u32| {
        let schools = format!(
            "id,name,x,y,学段,在校生,优质,县级以上骨干教师数\nA,甲小,0,0,小学,500,是,10\n\
             B,乙教学点,100,0,教学点,{pupils},否,0\nC,丙小,200,0,小学,500,否,10\n"
        );
        let (place, _) = group("nanchang", &schools, "学区,学校,角色\nG,A,牵头校\nG,B,\nG,C,\n", &CHINESE);
        let spreads = measures(place.path())["spreads"].as_array().expect("a list").clone();
        let all = spreads.iter().find(|of| of["district_id"].is_null()).expect("of all");
        all["indicators"][1]["between_schools"].as_f64().expect("a number")
    };
    assert!(spread(49) < 1e-9);
    // 20 teachers over 1,060 pupils; two schools of 0.02, one of nothing: S/X̄ = √(60 / 1,000).
    assert!((spread(60) - 0.06_f64.sqrt()).abs() < 1e-4, "{}", spread(60));
}

/// Weights are shown as shares of one.
#[test]
fn weights_add_up_to_one() {
    let place = folder();
    let mut schools = city(&["甲区"]).replace("薄弱\n", "薄弱,教育质量,管理水平\n");
    schools = schools
        .lines()
        .map(|line| {
            if line.contains("教育质量") {
                format!("{line}\n")
            } else {
                format!("{line},{},良好\n", 60 + line.len() % 7)
            }
        })
        .collect();
    write(place.path(), "schools.csv", schools);
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[districts]\nschools = [1, 6]\n\
                    [strength]\nconditions = 1\nteachers = 2\nmanagement = 1\nquality = 1\n";
    write(place.path(), "xuequ.toml", settings);
    xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("办学条件 0.20、师资配置 0.40、管理水平 0.20、教育质量 0.20"), "{report}");
}

/// Targets of a project stand in the report of its pairs, year by year.
#[test]
fn targets_of_a_project_are_told_in_its_report() {
    let place = folder();
    xuequ(place.path(), &["demo", "--preset", "liucheng", "city", "--lang", "zh-CN"]);
    let report = read(&place.path().join("city"), "out/report.md");
    assert!(
        report.contains("## 指标达成")
            && report.contains("| 县级核心骨干教师 | 2025 | ≥ 135 | 131 | 名 | 未达成 | 4 | +13 |"),
        "{report}"
    );
    assert!(report.contains("17 项指标：达成 7 项，未达成 8 项，未填 2 项"), "{report}");
    let table = read(&place.path().join("city"), "out/targets.csv");
    assert!(table.contains("补充教师,≥,45,,2026"), "{table}");
    // A table that cannot be judged is refused as it is by itself.
    write(&place.path().join("city"), "targets.csv", "指标,目标,现值\n名师,二十,21\n");
    let run = xuequ(place.path(), &["group", "city", "-o", "again", "--lang", "zh-CN"]).ends(3);
    assert!(run.stderr.contains("targets.csv") && run.stderr.contains("二十"), "{run:#?}");
}

/// All that a folder of outputs says, file by file, without what the tables were read from.
fn said(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                files.push((path.display().to_string(), text));
            }
        }
    }
    files
}

#[test]
fn no_document_is_told_in_the_words_of_another() {
    // Pubei and Suzhou make the same files; their demos take long.
    let others: [(&str, &[&str]); 3] = [
        ("ankang", &["牵头校", "片区", "创建校", "共建", "学区"]),
        (
            "liucheng",
            &["牵头校", "牵头，", "成员校", "学区", "片区", "集团", "核心校", "联席会议", "编组图", "未编入的学校"],
        ),
        ("nanchang", &["学区", "集团", "核心校", "创建校", "共建校", "联席会议", "编组图"]),
    ];
    for (preset, words) in others {
        let place = folder();
        let demo = xuequ(place.path(), &["demo", "d", "--preset", preset, "--lang", "zh-CN"]);
        let published = xuequ(place.path(), &["publish", "d/out", "--public", "--lang", "zh-CN", "-o", "d/pub"]);
        let mut files = said(&place.path().join("d"));
        files.push(("demo".into(), format!("{}{}", demo.stdout, demo.stderr)));
        files.push(("publish".into(), format!("{}{}", published.stdout, published.stderr)));
        for (file, text) in files.iter().filter(|(file, _)| !file.ends_with("index.html") || !file.contains("schools"))
        {
            for line in text.lines() {
                // The document of groups has 学区划分 by the joint meeting in it as well.
                let line = line.replace("学区划分方案经联席会议同意", "");
                let found = words.iter().find(|word| line.contains(**word));
                assert!(found.is_none(), "{preset} {file}: {found:?} in {line}");
            }
        }
    }
}

#[test]
fn a_plan_calls_districts_and_leads_as_the_document_does() {
    let place = folder();
    write(
        place.path(),
        "schools.csv",
        "id,name,x,y,学段,学位,在校生,优质,薄弱,县区\n\
        A,甲小学,0,0,小学,400,300,1,0,东县\nB,乙小学,400,0,小学,400,300,0,1,东县\n\
        C,丙小学,800,0,小学,400,300,0,0,东县\nD,丁小学,1200,0,小学,400,300,0,0,东县\n",
    );
    let mut blocks = "id,name,x,y,小学生数\n".to_owned();
    for block in 0..8 {
        writeln!(blocks, "b{block},{block}号院,{},50,40", 170 * block).expect("a line");
    }
    write(place.path(), "blocks.csv", &blocks);
    let plan = |preset: &str, more: &str| {
        write(
            place.path(),
            "xuequ.toml",
            format!(
                "[project]\nname = \"东县\"\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\nfile = \"blocks.csv\"\n\
             [policy]\npreset = \"{preset}\"\n{more}\n[districts]\nlead_enrolment = 0\n"
            ),
        );
        let run = xuequ(place.path(), &["plan", ".", "-o", preset, "--lang", "zh-CN"]);
        (format!("{}{}", run.stdout, run.stderr), read(place.path(), &format!("{preset}/report.md")))
    };
    let (terminal, report) = plan("nanchang", "");
    assert!(terminal.contains("个片区") && !terminal.contains("个学区"), "{terminal}");
    assert!(report.contains("东县片区组建方案报告") && !report.contains("学区"), "{report}");
    let (terminal, report) = plan("ankang", "within_county = true");
    assert!(terminal.contains("个集团"), "{terminal}");
    for words in ["到核心校平均", "薄弱学校、新建学校有优质核心校", "先选优质核心校", "集团不跨县区"]
    {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert!(!report.contains("牵头校") && !report.contains("学区"), "{report}");
}

/// A project of schools that is grouped by a document, and the notice of it.
fn noticed(preset: &str, schools: &str, settings: &str) -> (tempfile::TempDir, String) {
    let place = folder();
    write(place.path(), "schools.csv", schools);
    let head = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n";
    write(place.path(), "xuequ.toml", format!("{head}[policy]\npreset = \"{preset}\"\n{settings}"));
    let grouped = xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
    assert!([0, 1, 4].contains(&grouped.code), "{grouped:#?}");
    let published = xuequ(place.path(), &["publish", "out", "--public", "--lang", "zh-CN", "-o", "pub"]);
    assert!([0, 1, 4].contains(&published.code), "{published:#?}");
    let notice = read(place.path(), "pub/notice.md");
    (place, notice)
}

#[test]
fn notices_name_who_decides() {
    let schools = city(&["甲区", "乙县"]);
    for (preset, decides) in
        [("nanchang", "报市教育局审核"), ("suzhou", "按规定程序审定"), ("ankang", "提请联席会议审定")]
    {
        let (_, notice) = noticed(preset, &schools, "");
        assert!(notice.contains(decides), "{preset}: {notice}");
        assert_eq!(notice.contains("联席会议"), preset == "ankang", "{notice}");
        assert_eq!(notice.contains("2023 年 4 月 17 日前"), preset == "nanchang", "{notice}");
        assert_eq!(notice.contains("不计在内"), preset == "ankang", "{notice}");
    }
    let (_, notice) = noticed("pubei", &schools, "[districts]\nschools = [4, 12]\ncount = 2\nhelping = 0\n");
    for words in ["城乡统筹：", "强弱搭配：", "相对就近："] {
        assert!(notice.contains(words), "{words}: {notice}");
    }
}

#[test]
fn large_classes_say_how_many_classes_or_pupils_mend_them() {
    // 600 pupils in 10 classes: 60 each. To 45: 14 classes, or 450 pupils.
    let schools = "id,name,x,y,学段,在校生,优质,班数\nA,甲小学,0,0,小学,600,1,10\nB,乙小学,400,0,小学,400,0,10\n";
    let settings = "[districts]\nschools = [2, 4]\ncount = 1\nhelping = 0\nlead_enrolment = 0\n";
    let (place, _) = noticed("pubei", schools, settings);
    let large = rule(place.path(), "class-size");
    let mend = large["breaches"][0]["mend"].as_str().expect("words");
    assert!(mend.contains("增加 4 个班，或转出 150 名学生"), "{mend}");
}

#[test]
fn a_waiver_that_names_no_district_is_told() {
    let place = folder();
    let run = xuequ(place.path(), &["demo", "d", "--lang", "zh-CN"]);
    assert!(run.code <= 1, "{run:#?}");
    let settings = read(place.path(), "d/xuequ.toml");
    let settings = settings.replace("[districts]\n", "[districts]\nwaivers = { \"P99\" = \"渡口相连\" }\n");
    write(place.path(), "d/xuequ.toml", &settings);
    let run = xuequ(place.path(), &["plan", "d", "-o", "out", "--lang", "zh-CN", "--effort", "quick"]);
    assert!(format!("{}{}", run.stdout, run.stderr).contains("“P99”不是任何学区"), "{run:#?}");
    assert!(read(place.path(), "out/report.md").contains("waiver-unknown"));
}

/// Backbone teachers 3 of 60, qualities 90 and 70 after 92 and 66, and a laboratory at one of two schools 3 km apart.
#[test]
fn a_report_has_what_the_document_watches() {
    let schools = "id,name,x,y,学段,县区,在校生,优质,专任教师数,骨干教师数,教育质量,上年教育质量,场馆设施\n\
        A,甲小学,0,0,小学,东湖区,500,1,40,2,90,92,实验室\nB,乙小学,3000,0,小学,东湖区,300,0,20,1,70,66,图书馆\n";
    let (place, _) = noticed("nanchang", schools, "[districts]\nschools = [2, 3]\nlead_enrolment = 0\n");
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("| 5.0% | 20.0 | -6.0 | 3.0 |"), "{report}");
}

/// A list of pairs needs no column of kinds.
#[test]
fn locks_are_read_from_a_list_of_pairs() {
    for heads in ["创建校,共建校", "牵头校,成员校", "核心校,成员校"] {
        let place = folder();
        let schools = "id,name,x,y,学段,在校生,优质\nA,甲中学,0,0,初中,600,1\nB,乙中学,9000,0,初中,300,0\n";
        write(place.path(), "schools.csv", schools);
        write(place.path(), "locks.csv", format!("{heads}\n甲中学,乙中学\n"));
        write(
            place.path(),
            "xuequ.toml",
            "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[locks]\nfile = \"locks.csv\"\n\
             [policy]\npreset = \"liucheng\"\n",
        );
        let run = xuequ(place.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
        assert!(run.code <= 1, "{heads}: {run:#?}");
        assert!(read(place.path(), "out/pairs.csv").contains("甲中学"), "{heads}");
        assert_eq!(verdict(place.path(), "district-locks"), "kept", "{heads}");
    }
}

#[test]
fn groups_are_known_by_other_headings() {
    for head in ["编组", "名称", "组名", "编组名称", "共同体", "学区/集团"] {
        let groups = format!("{head},学校,角色\n东片,000,牵头校\n东片,001,成员校\n");
        let (place, run) = group("suzhou", &city(&["甲区"]), &groups, &CHINESE);
        assert!([1, 4].contains(&run.code), "{head}: {run:#?}");
        assert_eq!(measures(place.path())["districts"][0]["name"], "东片", "{head}");
    }
}

#[test]
fn notices_of_plans_say_how_places_are_given_in_pools() {
    let place = folder();
    let schools = "id,name,x,y,学段,学位,pool\nA,甲小学,0,0,小学,400,东片\nB,乙小学,400,0,小学,400,东片\n\
                   C,丙小学,1500,0,小学,400,\n";
    write(place.path(), "schools.csv", schools);
    let mut blocks = "id,name,x,y,小学生数\n".to_owned();
    for block in 0..8 {
        writeln!(blocks, "b{block},{block}号院,{},50,40", 200 * block).expect("a line");
    }
    write(place.path(), "blocks.csv", &blocks);
    let settings = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\nfile = \"blocks.csv\"\n\
                    [policy]\nunified_admission = true\n";
    write(place.path(), "xuequ.toml", settings);
    let planned = xuequ(place.path(), &["plan", ".", "-o", "out", "--lang", "zh-CN"]);
    assert!([0, 1, 4].contains(&planned.code), "{planned:#?}");
    xuequ(place.path(), &["publish", "out", "--public", "--lang", "zh-CN", "-o", "pub"]);
    let notice = read(place.path(), "pub/notice.md");
    for words in ["多校划片（", "东片：甲小学、乙小学共用一个招生范围", "随机派位", "“六统一”"]
    {
        assert!(notice.contains(words), "{words}: {notice}");
    }
    assert!(read(place.path(), "pub/index.html").contains("名称并列的学校实行多校划片"));
}
