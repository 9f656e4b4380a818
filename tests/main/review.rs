//! The annual review: targets held against what was reached, and education groups scored by the rubric.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::command::{Run, folder, has_line, names_in, read, write, xuequ};

/// The targets of the Liucheng plan for 2024–2026, with `values` of what was reached, in order.
fn liucheng(values: [&str; 14]) -> String {
    let rows = [
        "县级核心骨干教师,≥,160,2026",
        "名校长,>=,4,2026",
        "名师,不少于,20,2026",
        "名班主任,不低于,20,2026",
        "补充教师,,30,2024",
        "补充教师,,50,2025",
        "补充教师,,45,2026",
        "团队、课程、案例,≥,10,2026",
        "教研骨干,≥,20,2026",
        "校本研修示范校,=,2,2026",
        "资源库,等于,2,2026",
        "课例,≥,30,2026",
        "教学成果,≥,5,2026",
        "每校专家,≥,3,",
    ];
    let mut table = "指标,比较,目标,年度,现值\n".to_owned();
    for (row, value) in rows.iter().zip(values) {
        writeln!(table, "{row},{value}").expect("text takes a line");
    }
    table
}

const REACHED: [&str; 14] = ["160", "4", "20", "20", "30", "50", "45", "10", "20", "2", "2", "30", "5", "3"];

/// The rows of a table that opens in Excel, the header first.
fn rows(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let text = read(folder, name);
    let text = text.strip_prefix('\u{feff}').expect("a byte-order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn on(folder: &Path, command: &str, table: &str, more: &[&str]) -> Run {
    write(folder, "table.csv", table);
    xuequ(folder, &[&[command, "table.csv"], more].concat())
}

#[track_caller]
fn shows(run: &Run, parts: &[&str]) {
    assert!(has_line(&run.stdout, parts), "no line with {parts:?} in {run:#?}");
}

#[test]
fn the_targets_of_liucheng_are_met_or_missed_by_so_much() {
    let home = folder();
    let run = on(home.path(), "targets", &liucheng(REACHED), &[]).ends(0).says(&["14 targets: 14 met, 0 not met, 0"]);
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("[met]")).count(), 14);
    let mut values = REACHED;
    (values[0], values[2], values[9], values[12]) = ("158", "17", "3", "");
    let table = liucheng(values);
    let run = on(home.path(), "targets", &table, &["--lang", "zh-CN"]).ends(1);
    let run = run.says(&["14 项指标", "达成 10 项", "未达成 3 项", "未填 1 项"]);
    shows(&run, &["[未达成]", "县级核心骨干教师", "2026 年", "158", "≥ 160", "差 2"]);
    shows(&run, &["[未达成]", "名师", "差 3"]);
    shows(&run, &["[未达成]", "校本研修示范校", "= 2", "相差 1"]);
    shows(&run, &["[未填]", "教学成果", "≥ 5"]);
    shows(&run, &["[达成]", "每校专家"]);
    let run = on(home.path(), "targets", &table, &["--lang", "en"]).ends(1).says(&["10 met, 3 not met, 1 without"]);
    shows(&run, &["[not met]", "县级核心骨干教师", "2026", "158", "≥ 160", "short by 2"]);
    shows(&run, &["[not met]", "校本研修示范校", "off by 1"]);
    shows(&run, &["[no value]", "教学成果"]);
    // A value that nobody has given is no failure of the table, but no success either.
    (values[0], values[2], values[9]) = ("160", "20", "2");
    on(home.path(), "targets", &liucheng(values), &[]).ends(1).says(&["13 met, 0 not met, 1 without"]);
}

#[test]
fn years_are_judged_one_by_one_and_compared() {
    let home = folder();
    let mut values = REACHED;
    (values[4], values[5], values[6]) = ("32", "47", "47");
    let table = liucheng(values);
    let run = on(home.path(), "targets", &table, &["--lang", "en"]).ends(1);
    shows(&run, &["补充教师 (2025)", "short by 3", "+15 since 2024"]);
    shows(&run, &["补充教师 (2026)", "[met]", "; 0 since 2025"]);
    // Only 2025, and what is meant for all years.
    let run = on(home.path(), "targets", &table, &["--lang", "en", "--year", "2025", "-o", "judged.csv"]).ends(1);
    assert_eq!(run.stdout.lines().count(), 2, "{run:#?}");
    shows(&run, &["补充教师 (2025)", "+15 since 2024"]);
    shows(&run, &["每校专家", "[met]"]);
    let written = rows(home.path(), "judged.csv");
    let header = [
        "indicator",
        "comparison",
        "target",
        "value",
        "year",
        "owner",
        "unit",
        "standing",
        "short by",
        "change",
        "change from",
    ];
    assert_eq!(written[0], header);
    assert_eq!(written[1], ["补充教师", "≥", "50", "47", "2025", "", "", "not met", "3", "15", "2024"]);
    assert_eq!(written[2], ["每校专家", "≥", "3", "3", "", "", "", "met", "", "", ""]);
    on(home.path(), "targets", &table, &["--year", "2024"]).ends(0).says(&["2 targets: 2 met"]);
    // Nothing is meant for this year where every row has another.
    let dated = "indicator,target,value,year\n名师,20,20,2024\n";
    on(home.path(), "targets", dated, &["--year", "2030"]).ends(3).says(&["table.csv", "2030"]);
    for year in ["soon", "25", "2025.5", "99999"] {
        on(home.path(), "targets", &table, &["--year", year]).ends(2).says(&[year, "--year"]);
    }
}

/// Next year's table begins with this year's.
#[test]
fn what_is_written_can_be_read_again_in_either_language() {
    let home = folder();
    let table = "指标,比较,目标,现值,年度,责任单位,单位\n骨干教师,≥,160,\"1,600\",2026,县教育局,名\n\
                 校额达标率,不超过,95%,95.5％,2026,,\n优秀课例,等于,2,2,,,节\n\"教学\n成果\",,5,,2026,,\n";
    let mut outputs = Vec::new();
    for language in ["en", "zh-CN"] {
        let options = ["--lang", language, "-o", "first.csv", "--overwrite"];
        let run = on(home.path(), "targets", table, &options).ends(1).says(&["first.csv"]);
        shows(&run, &["校额达标率", "≤ 95 %", "0.5 %"]);
        shows(&run, &["教学 成果"]);
        let again = ["targets", "first.csv", "--lang", language, "-o", "second.csv", "--overwrite"];
        assert_eq!(xuequ(home.path(), &again).ends(1).stdout, run.stdout);
        assert_eq!(read(home.path(), "first.csv"), read(home.path(), "second.csv"));
        outputs.push(rows(home.path(), "first.csv"));
    }
    assert_eq!(outputs[0].len(), 5);
    assert_eq!(outputs[0][1], ["骨干教师", "≥", "160", "1600", "2026", "县教育局", "名", "met", "", "", ""]);
    assert_eq!((outputs[1][1][7].as_str(), outputs[1][0][9].as_str()), ("达成", "变化"));
    // Numbers do not depend on the language.
    assert!(outputs[0].iter().zip(&outputs[1]).skip(1).all(|(english, chinese)| english[..7] == chinese[..7]));
}

#[test]
fn targets_as_data() {
    let home = folder();
    let table = "indicator,operator,target,value,year,owner\n覆盖率,at least,99.73,99.4,2023,教育局\n\
                 覆盖率,,98,98,2024,教育局\n大班额,<=,5,7,2024,\n\n,,,,,\n";
    let judged = on(home.path(), "targets", table, &["--json", "--lang", "en"]).ends(1).json();
    assert_eq!(judged["schema"], "xuequ/targets/1");
    assert_eq!((&judged["met"], &judged["not_met"], &judged["no_value"]), (&json!(1), &json!(2), &json!(0)));
    let expected = json!({
        "row": 2, "indicator": "覆盖率", "comparison": "at_least", "target": 99.73, "value": 99.4, "year": 2023,
        "owner": "教育局", "unit": null, "standing": "not_met", "short_by": 0.33, "change": null, "change_from": null,
    });
    assert_eq!(judged["targets"][0], expected);
    assert_eq!((&judged["targets"][1]["change"], &judged["targets"][1]["change_from"]), (&json!(-1.4), &json!(2023)));
    assert_eq!(judged["targets"][2]["comparison"], "at_most");
    assert_eq!(judged["targets"][2]["short_by"], json!(2.0));
    assert_eq!(judged["findings"][0]["code"], "column-recognised");
}

#[test]
fn rows_that_cannot_be_judged_are_named() {
    let home = folder();
    let header = "指标,比较,目标,现值,年度,单位,责任单位\n名校长,≥,4,4,2025,名,教育局\n";
    for (row, code, parts) in [
        ("名师,≥,二十,20,2025,,", "number-unreadable", ["名师", "二十", "目标"]),
        ("名师,≥,20多名,20,2025,,", "number-unreadable", ["名师", "20多名", "目标"]),
        ("名师,≥,20,约20,2025,,", "number-unreadable", ["名师", "约20", "现值"]),
        ("名师,≥,,20,2025,,", "target-missing", ["名师", "", ""]),
        ("名师,大约,20,20,2025,,", "target-comparison", ["名师", "大约", "≥"]),
        ("名师,>,20,20,2025,,", "target-comparison", ["名师", ">", "≤"]),
        (",≥,20,20,2025,,", "target-unnamed", ["", "", ""]),
        ("名师,≥,20,20,25,,", "year-unreadable", ["25", "2025", ""]),
        ("名师,≥,20,20,2024-2026,,", "year-unreadable", ["2024-2026", "", ""]),
        ("覆盖率,≥,95%,0.96,2025,,", "target-units", ["覆盖率", "%", ""]),
        ("覆盖率,≥,95%,96%,2025,所,", "target-units", ["覆盖率", "%", ""]),
        ("名校长,≥,5,4,2025,名,教育局", "target-repeated", ["名校长", "2", ""]),
        ("名校长,≤,9,5,2025,名,教育局", "target-repeated", ["名校长", "2", ""]),
        ("名师,≥,20", "row-length", ["3", "7", ""]),
    ] {
        for language in ["en", "zh-CN"] {
            let options = ["--lang", language, "-o", "out.csv"];
            let run = on(home.path(), "targets", &format!("{header}{row}\n"), &options).ends(3);
            let run = run.says(&[&["table.csv: 3", code][..], &parts[..]].concat());
            assert!(run.stdout.is_empty(), "{run:#?}");
        }
    }
    // Each fault is named, and all at once.
    let run = on(home.path(), "targets", &format!("{header},约,x,y,z,,\n"), &["--lang", "en"]).ends(3);
    run.says(&["5 errors", "nothing was judged"]);
    // A floor and a ceiling may stand side by side, as may owners and years.
    let more = "名校长,≤,9,4,2025,名,教育局\n名校长,≥,4,4,2025,名,\n名校长,≥,4,4,2024,名,教育局\n";
    on(home.path(), "targets", &format!("{header}{more}"), &[]).ends(0).says(&["4 targets: 4 met"]);
    assert_eq!(names_in(home.path()), ["table.csv"]);
}

#[test]
fn tables_that_are_none_are_refused() {
    let home = folder();
    for (command, header) in [("targets", "指标,目标,现值\n"), ("score", "集团,项目,得分\n")] {
        on(home.path(), command, header, &[]).ends(3).says(&["table.csv", "no row"]);
        on(home.path(), command, "a,b\n1,2\n", &[]).ends(3).says(&["column-missing"]).says(&["3 errors"]);
        xuequ(home.path(), &[command, "no.csv"]).ends(5).says(&["no.csv"]);
        write(home.path(), "table.doc", "");
        xuequ(home.path(), &[command, "table.doc"]).ends(3).says(&["table.doc"]);
        xuequ(home.path(), &[command]).ends(2).says(&["FILE"]);
    }
    // What is not recognised can be named.
    let odd = "考核内容,应达到,已达到\n名师,20,20\n";
    let named = ["--column", "targets.indicator=考核内容", "--column", "targets.target=应达到"];
    let run = on(home.path(), "targets", odd, &[&named[..], &["--column", "targets.value=已达到"]].concat());
    run.ends(0);
    on(home.path(), "targets", odd, &["--column", "review.indicator=考核内容"]).ends(2).says(&["--column"]);
    on(home.path(), "targets", odd, &["--column", "targets.value=未达到"]).ends(3).says(&["未达到", "已达到"]);
    // Any table the readers open, in any encoding they know.
    write(home.path(), "table.tsv", encoding_rs::GB18030.encode("指标\t目标\t现值\n名师\t２０\t20\n").0);
    xuequ(home.path(), &["targets", "table.tsv", "--encoding", "GB18030"]).ends(0).says(&["one target: 1 met"]);
}

#[test]
fn nothing_is_replaced_unasked_and_the_input_never() {
    let home = folder();
    for (command, table) in [("targets", liucheng(REACHED)), ("score", sheet("甲", "2024", &[]))] {
        write(home.path(), "kept.csv", "mine");
        let run = on(home.path(), command, &table, &["-o", "kept.csv"]).ends(5).says(&["kept.csv", "--overwrite"]);
        assert!(run.stdout.is_empty(), "{run:#?}");
        assert_eq!(read(home.path(), "kept.csv"), "mine");
        on(home.path(), command, &table, &["-o", "kept.csv", "--overwrite"]).ends(0);
        assert!(read(home.path(), "kept.csv").starts_with('\u{feff}'));
        on(home.path(), command, &table, &["-o", "./table.csv", "--overwrite"]).ends(5).says(&["table.csv"]);
        assert_eq!(read(home.path(), "table.csv"), table);
        assert_eq!(names_in(home.path()), ["kept.csv", "table.csv"]);
    }
}

/// Values of the 18 items that make 92 points: 15, 18, 27, 14, 11 and 7.
const WORKED: [&str; 18] =
    ["6", "4", "5", "8%", "5", "5", "5", "5", "8", "6", "良好", "5", "5", "4", "4", "3", "4", "87.5%"];

/// A sheet of the worked values, with other rows in place of those of the same item, or added.
fn sheet(group: &str, year: &str, changes: &[(&str, &str)]) -> String {
    let mut rows: Vec<(String, &str)> =
        WORKED.iter().enumerate().map(|(position, value)| ((position + 1).to_string(), *value)).collect();
    for (item, value) in changes {
        match rows.iter_mut().find(|(known, _)| known == item) {
            Some(row) => row.1 = value,
            None => rows.push(((*item).to_owned(), value)),
        }
    }
    let rows = rows.iter().map(|(item, value)| format!("{group},{year},{item},{value}\n"));
    std::iter::once("集团,年度,项目,得分\n".to_owned()).chain(rows).collect()
}

fn body(sheet: &str) -> &str {
    sheet.split_once('\n').expect("a header").1
}

fn reviewed(home: &Path, table: &str, code: i32) -> Value {
    on(home, "score", table, &["--json"]).ends(code).json()
}

#[test]
fn a_worked_sheet_comes_to_what_was_counted_by_hand() {
    let home = folder();
    let table = sheet("城关集团", "2023", &[]);
    let scored = reviewed(home.path(), &table, 0);
    assert_eq!(scored["schema"], "xuequ/score/1");
    let review = &scored["reviews"][0];
    let item = |number: usize| review["items"][number - 1]["points"].as_f64().expect("points");
    assert_eq!((item(4), item(11), item(18)), (3.0, 8.0, 7.0));
    let sections: Vec<f64> = review["sections"]
        .as_array()
        .expect("sections")
        .iter()
        .map(|section| section["points"].as_f64().expect("points"))
        .collect();
    assert_eq!(sections, [15.0, 18.0, 27.0, 14.0, 11.0, 7.0]);
    assert_eq!(
        (&review["total"], &review["grade"], &review["veto"]),
        (&json!(92.0), &json!("excellent"), &json!(false))
    );
    let deadline = |position: usize| {
        let deadline = &scored["deadlines"][position];
        (deadline["reviewer"].as_str(), deadline["month"].as_u64(), deadline["day"].as_u64())
    };
    assert_eq!(deadline(0), (Some("group"), Some(8), Some(31)));
    assert_eq!(deadline(1), (Some("district"), Some(9), Some(30)));
    assert_eq!(deadline(2), (Some("city"), Some(10), Some(31)));
    let run = on(home.path(), "score", &table, &["--lang", "zh-CN", "-o", "out.csv"]).ends(0);
    shows(&run, &["城关集团", "2023 年", "优秀", "总分 92"]);
    shows(&run, &["制度 15/15", "队伍 18/20", "教学 27/30", "素养 14/15", "创新 11/12", "影响 7/8"]);
    shows(&run, &["自评", "8 月 31 日"]);
    shows(&run, &["区级", "9 月 30 日"]);
    shows(&run, &["市级", "10 月 31 日"]);
    let written = rows(home.path(), "out.csv");
    let header = [
        "集团",
        "年度",
        "制度",
        "队伍",
        "教学",
        "素养",
        "创新",
        "影响",
        "宣传加分",
        "总分",
        "等级",
        "重大责任事件",
        "缺项",
        "建议",
    ];
    assert_eq!(written[0], header);
    assert_eq!(written[1], ["城关集团", "2023", "15", "18", "27", "14", "11", "7", "0", "92", "优秀", "否", "", ""]);
    let run = on(home.path(), "score", &table, &["--lang", "en"]).ends(0);
    shows(&run, &["城关集团 (2023)", "excellent", "total 92"]);
    shows(&run, &["institutions 15/15", "influence 7/8"]);
    shows(&run, &["31 August"]);
    shows(&run, &["30 September"]);
    shows(&run, &["31 October"]);
}

#[test]
fn an_event_outweighs_92_points() {
    let home = folder();
    for (item, value) in [("veto", "yes"), ("重大责任事件", "是"), ("veto", "1")] {
        let table = sheet("甲", "2023", &[(item, value)]);
        let scored = reviewed(home.path(), &table, 1);
        let review = &scored["reviews"][0];
        assert_eq!((&review["total"], &review["grade"]), (&json!(92.0), &json!("unqualified")));
        let run = on(home.path(), "score", &table, &["--lang", "zh-CN"]).ends(1).says(&["不合格 1 份"]);
        shows(&run, &["不合格", "总分 92"]);
        shows(&run, &["重大责任事件"]);
        let run = on(home.path(), "score", &table, &["--lang", "en"]).ends(1).says(&["1 unqualified"]);
        shows(&run, &["unqualified, whatever the points"]);
    }
    for value in ["no", "否", "0", ""] {
        assert_eq!(
            reviewed(home.path(), &sheet("甲", "2023", &[("veto", value)]), 0)["reviews"][0]["grade"],
            "excellent"
        );
    }
}

#[test]
fn publicity_comes_on_top_and_counts_for_the_grade() {
    let home = folder();
    let reports = [("publicity_national", "2"), ("省级宣传", "1"), ("publicity_municipal", "3")];
    let review = &reviewed(home.path(), &sheet("甲", "2023", &reports), 0)["reviews"][0];
    assert_eq!((&review["bonus"], &review["total"]), (&json!(11.0), &json!(103.0)));
    // 89 points and one report in the city: 90.
    let review = &reviewed(home.path(), &sheet("甲", "2023", &[("9", "5")]), 0)["reviews"][0];
    assert_eq!((&review["total"], &review["grade"]), (&json!(89.0), &json!("good")));
    let review = &reviewed(home.path(), &sheet("甲", "2023", &[("9", "5"), ("市级宣传", "1")]), 0)["reviews"][0];
    assert_eq!((&review["total"], &review["grade"]), (&json!(90.0), &json!("excellent")));
    // Hundredths of points are exact.
    let review = &reviewed(home.path(), &sheet("甲", "2023", &[("9", "5.99")]), 0)["reviews"][0];
    assert_eq!((&review["total"], &review["grade"]), (&json!(89.99), &json!("good")));
}

#[test]
fn two_unqualified_years_in_a_row_call_for_another_group() {
    let home = folder();
    let bad = |year: &str| sheet("甲", year, &[("veto", "yes")]);
    let table = format!("{}{}{}", bad("2023"), body(&bad("2022")), body(&sheet("乙", "2023", &[])));
    let run = on(home.path(), "score", &table, &["--lang", "zh-CN", "-o", "out.csv"]).ends(1);
    shows(&run, &["连续两年不合格", "优化组合"]);
    let advice: Vec<[String; 3]> = rows(home.path(), "out.csv")
        .into_iter()
        .skip(1)
        .map(|row| [row[0].clone(), row[1].clone(), row[13].clone()])
        .collect();
    assert_eq!(advice, [["甲", "2022", ""], ["甲", "2023", "优化组合"], ["乙", "2023", ""]]);
    let run = on(home.path(), "score", &table, &["--lang", "en"]).ends(1);
    shows(&run, &["two consecutive years", "reorganise"]);
    // Not with a year between, and not of two groups.
    for table in [
        format!("{}{}", bad("2021"), body(&bad("2023"))),
        format!("{}{}", bad("2022"), body(&sheet("乙", "2023", &[("veto", "yes")]))),
    ] {
        let scored = reviewed(home.path(), &table, 1);
        let reviews = scored["reviews"].as_array().expect("reviews");
        assert!(reviews.iter().all(|review| review["reorganise"] == json!(false)), "{scored:#}");
    }
}

#[test]
fn a_sheet_with_holes_gets_no_grade() {
    let home = folder();
    let table = sheet("甲", "2023", &[("3", ""), ("11", "/")]).replace("甲,2023,18,87.5%\n", "");
    let review = &reviewed(home.path(), &table, 1)["reviews"][0];
    assert_eq!(review["missing"], json!([3, 11, 18]));
    assert_eq!((&review["grade"], &review["total"]), (&Value::Null, &Value::Null));
    let points: Vec<&Value> = (0..6).map(|section| &review["sections"][section]["points"]).collect();
    assert_eq!(points, [&Value::Null, &json!(18.0), &Value::Null, &json!(14.0), &json!(11.0), &Value::Null]);
    let run = on(home.path(), "score", &table, &["--lang", "zh-CN"]).ends(1).says(&["未定级 1 份"]);
    shows(&run, &["缺项", "第 3 项（制度）", "第 11 项（教学）", "第 18 项（影响）"]);
    let run = on(home.path(), "score", &table, &["--lang", "en"]).ends(1).says(&["1 without a grade"]);
    shows(&run, &["item 3 (institutions)", "item 18 (influence)"]);
}

#[test]
fn values_no_item_can_have_are_named() {
    let home = folder();
    for (item, value, row, code, part) in [
        ("1", "7", 2, "review-value-unfit", "6"),
        ("2", "4.01", 3, "review-value-unfit", "4"),
        ("9", "-1", 10, "review-value-unfit", "8"),
        ("5", "优秀", 6, "review-value-unfit", "5"),
        ("5", "50%", 6, "review-value-unfit", "5"),
        ("4", "101%", 5, "review-value-unfit", "100"),
        ("4", "0.08", 5, "review-value-unfit", "0.5"),
        ("18", "0.875", 19, "review-value-unfit", "0.5"),
        ("11", "8", 12, "review-value-unfit", "“8”"),
        ("11", "很好", 12, "review-value-unfit", "很好"),
        ("publicity_national", "1.5", 20, "review-value-unfit", "1.5"),
        ("publicity_municipal", "-1", 20, "review-value-unfit", "-1"),
        ("veto", "perhaps", 20, "review-value-unfit", "perhaps"),
        ("19", "1", 20, "review-item-unknown", "19"),
        ("0", "1", 20, "review-item-unknown", "18"),
        ("教师交流", "1", 20, "review-item-unknown", "教师交流"),
        ("宣传", "1", 20, "review-item-unknown", "宣传"),
    ] {
        for language in ["en", "zh-CN"] {
            let run = on(home.path(), "score", &sheet("甲", "2023", &[(item, value)]), &["--lang", language]).ends(3);
            let run = run.says(&[&format!("table.csv: {row}: 甲"), code, part]);
            assert!(run.stdout.is_empty(), "{run:#?}");
        }
    }
    let table = sheet("甲", "2023", &[]);
    for (more, code, part) in [
        ("甲,2023,4,9%\n", "review-repeated", "5"),
        ("甲,,veto,no\n", "review-year-missing", "甲"),
        (",2023,4,9%\n", "review-group-missing", "20"),
        ("甲,23,4,9%\n", "year-unreadable", "23"),
    ] {
        let run = on(home.path(), "score", &format!("{table}{more}"), &["-o", "out.csv"]).ends(3);
        run.says(&["table.csv: 20", code, part]);
    }
    assert_eq!(names_in(home.path()), ["table.csv"]);
}

/// A table of one year needs no column for it.
#[test]
fn years_may_be_left_out() {
    let home = folder();
    let table = sheet("甲", "", &[]).replace(",,", ",").replace("集团,年度", "集团");
    let review = &reviewed(home.path(), &table, 0)["reviews"][0];
    assert_eq!((&review["year"], &review["total"]), (&Value::Null, &json!(92.0)));
}

#[test]
fn the_examples_are_what_the_documents_say() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/review");
    xuequ(&home, &["targets", "targets.csv"]).ends(1).says(&["14 targets: 10 met, 3 not met, 1 without a value"]);
    let run = xuequ(&home, &["score", "score.csv"]).ends(1).says(&["3 reviews: 2 unqualified, 0 without"]);
    shows(&run, &["城关教育集团 (2023)", "excellent", "total 96", "bonus 4"]);
    shows(&run, &["two consecutive years"]);
}

#[test]
fn targets_check_is_targets() {
    let place = folder();
    write(place.path(), "targets.csv", liucheng(REACHED));
    let plain = xuequ(place.path(), &["targets", "targets.csv", "--year", "2026", "--lang", "zh-CN"]);
    let named = xuequ(place.path(), &["targets", "check", "targets.csv", "--year", "2026", "--lang", "zh-CN"]);
    assert_eq!((plain.code, &plain.stdout), (named.code, &named.stdout));
    assert!(named.stdout.contains("达成"), "{named:#?}");
    xuequ(place.path(), &["targets"]).ends(2);
    xuequ(place.path(), &["targets", "check"]).ends(2);
    let help = xuequ(place.path(), &["targets", "check", "--help", "--lang", "zh-CN"]).ends(0).stdout;
    assert!(help.contains("跟踪指标") && help.contains("--year"), "{help}");
}
