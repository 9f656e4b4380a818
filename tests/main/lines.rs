//! Catchments within the lines of districts: who is kept, what it costs, and who is found out.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::command::{Run, folder, read, read_json, write, xuequ};
use crate::fixture::Chance;
use crate::tamper::{failed, fingerprint_anew};

const SETTINGS: &str = "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\nfile = \"blocks.csv\"\n\
    [adjacency]\nfile = \"adjacency.csv\"\n[groups]\nfile = \"groups.csv\"\n[districts]\nschools = [1, 9]\n\
    lead_enrolment = 0\n[catchments]\nwithin_districts = true\n";

/// Twelve blocks in a row, 500 m apart, with ten pupils each; a school in each third, and two districts of neighbours. Today
/// everybody goes to the nearest school, but for whom `today` names.
fn row(seats: &str, today: &[(usize, &str)]) -> TempDir {
    let place = folder();
    let mut schools = String::from("school_id,name,x,y,capacity\n");
    let (mut blocks, mut adjacency) = (String::from("block_id,x,y,pupils\n"), String::from("block_a,block_b\n"));
    let mut existing = String::from("block_id,school_id\n");
    for position in 0..12 {
        writeln!(blocks, "B{position:02},{},0,10", 500 * position).expect("a line");
        if position > 0 {
            writeln!(adjacency, "B{:02},B{position:02}", position - 1).expect("a line");
        }
        if position % 3 == 1 {
            let school = position / 3;
            writeln!(schools, "S{school},第{school}小学,{},0,{seats}", 500 * position).expect("a line");
        }
        let known = today.iter().find(|(block, _)| *block == position);
        let school = known.map_or_else(|| format!("S{}", position / 3), |(_, school)| (*school).to_owned());
        writeln!(existing, "B{position:02},{school}").expect("a line");
    }
    write(place.path(), "schools.csv", schools);
    write(place.path(), "blocks.csv", blocks);
    write(place.path(), "adjacency.csv", adjacency);
    write(place.path(), "existing.csv", existing);
    write(place.path(), "groups.csv", "group,school,role\n东学区,S0,lead\n东学区,S1,\n西学区,S2,lead\n西学区,S3,\n");
    write(place.path(), "xuequ.toml", format!("{SETTINGS}[existing]\nfile = \"existing.csv\"\n"));
    place
}

fn plan(place: &Path, language: &str) -> Run {
    xuequ(place, &["plan", ".", "-o", "out", "--overwrite", "--lang", language])
}

fn stage(place: &Path) -> Value {
    read_json(place, "out/evaluation.json")["stages"][0].clone()
}

fn verdict(place: &Path) -> Value {
    let evaluation = read_json(place, "out/evaluation.json");
    let rules = evaluation["rules"].as_array().expect("rules").clone();
    rules.into_iter().find(|rule| rule["id"] == "district-lines").expect("the rule is judged")["verdict"].clone()
}

/// The school of each block.
fn assigned(place: &Path, file: &str, column: usize) -> Vec<(String, String)> {
    let text = read(place, file);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[1].to_owned(), row[column].to_owned())).collect()
}

/// One block goes across the middle today: within lines it stays on that side, for 500 m more than without.
#[test]
fn a_line_costs_what_its_block_walks_further() {
    let place = row("60", &[(6, "S1")]);
    let run = plan(place.path(), "zh-CN");
    assert!(matches!(run.code, 0 | 1), "{run:#?}");
    let lines = stage(place.path())["district_lines"].clone();
    let expected = serde_json::json!({
        "drawn_from": "existing", "unbound_blocks": [], "pupils": 120, "free_pupil_km": 40.0,
        "free_mean_distance_m": 333.3, "price_pupil_km": 5.0, "price_mean_m": 41.7, "moved_blocks": 1,
        "moved_pupils": 10, "price_mean_of_moved_m": 500.0,
    });
    assert_eq!(lines, expected);
    assert_eq!(verdict(place.path()), "kept");
    let within = assigned(place.path(), "out/assignment.csv", 3);
    let free = assigned(place.path(), "out/assignment-free.csv", 2);
    let differ: Vec<_> = within.iter().zip(&free).filter(|(within, free)| within != free).collect();
    let own = |school: &str| ("B06".to_owned(), school.to_owned());
    assert_eq!(differ, [(&own("S1"), &own("S2"))]);
    let reason = assigned(place.path(), "out/assignment.csv", 9)[6].1.clone();
    assert_eq!(reason, "更近的第2小学（500 米）属别的学区");
    assert!(run.stderr.contains("每人多 42 米") || run.stdout.contains("每人多 42 米"), "{run:#?}");
    // The price is no gap of the search.
    assert!(run.stderr.contains("守学区界线的代价"), "{run:#?}");
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("1 个居住单元、10 名学生") && report.contains("平均每人多 500 米"), "{report}");
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
}

/// Where nobody crosses today, lines cost nothing; and without an existing scheme they are those of the scheme itself.
#[test]
fn lines_that_nobody_crosses_cost_nothing() {
    let place = row("60", &[]);
    plan(place.path(), "en");
    let lines = stage(place.path())["district_lines"].clone();
    assert_eq!((&lines["price_pupil_km"], &lines["moved_blocks"]), (&0.0.into(), &0.into()));
    write(place.path(), "xuequ.toml", SETTINGS);
    plan(place.path(), "en");
    let lines = stage(place.path())["district_lines"].clone();
    assert_eq!((&lines["drawn_from"], &lines["price_pupil_km"]), (&"scheme".into(), &0.0.into()));
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
}

/// A block of the east amid the west reaches no school of its district: no line binds it, and it is named.
#[test]
fn an_exclave_is_named_and_not_bound() {
    let place = row("60", &[(9, "S0")]);
    plan(place.path(), "zh-CN");
    assert_eq!(stage(place.path())["district_lines"]["unbound_blocks"], serde_json::json!(["B09"]));
    assert_eq!(stage(place.path())["detached"], 0);
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("不受界线约束的居住单元 1 个") && report.contains("B09"), "{report}");
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
}

/// Seats that suffice in the county and not in a district: the line is kept, and the lack of seats is told.
#[test]
fn lines_are_kept_where_a_district_lacks_seats() {
    let place = row("30", &[(6, "S1")]);
    let run = plan(place.path(), "en");
    assert_eq!(run.code, 4, "{run:#?}");
    assert_eq!((verdict(place.path()), &stage(place.path())["overload"]), ("kept".into(), &10.into()));
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(4);
}

/// Whoever moves a block across a line, or makes the price smaller, is found out.
#[test]
fn a_crossed_line_and_a_false_price_are_found_out() {
    let place = row("60", &[(6, "S1")]);
    plan(place.path(), "en");
    let evaluation = read(place.path(), "out/evaluation.json");
    for (figure, changed) in
        [("\"price_pupil_km\": 5.0", "\"price_pupil_km\": 4.0"), ("\"moved_blocks\": 1", "\"moved_blocks\": 0")]
    {
        assert!(evaluation.contains(figure), "{evaluation}");
        write(place.path(), "out/evaluation.json", evaluation.replace(figure, changed));
        fingerprint_anew(place.path());
        let run = xuequ(place.path(), &["verify", "out", "--project", ".", "--json"]);
        assert_eq!(failed(&run), ["sums"], "{changed}");
    }
    write(place.path(), "out/evaluation.json", evaluation);
    let assignment = read(place.path(), "out/assignment.csv");
    let line = assignment.lines().find(|line| line.contains("B06")).expect("a row").to_owned();
    let across = line.replace("S1,第1小学,东学区", "S2,第2小学,西学区").replace("1000.0", "500.0");
    assert_ne!(line, across);
    write(place.path(), "out/assignment.csv", assignment.replace(&line, &across));
    fingerprint_anew(place.path());
    let run = xuequ(place.path(), &["verify", "out", "--project", ".", "--json"]);
    assert!(failed(&run).contains(&"terms".to_owned()), "{run:#?}");
}

/// Random rows of blocks in which every scheme within lines can be looked at: none has shorter ways.
#[test]
fn within_lines_no_scheme_is_better() {
    let mut chance = Chance::new(11);
    for _ in 0..6 {
        let border = 5 + chance.below(3);
        let crossing: Vec<(usize, &str)> = (0..12)
            .filter(|block| block % 3 != 1)
            .filter(|block| (*block < 6) != (*block < border))
            .map(|block| (block, if block < border { "S1" } else { "S2" }))
            .collect();
        let place = row(["40", "50"][chance.below(2)], &crossing);
        let run = plan(place.path(), "en");
        let seats: usize = read(place.path(), "schools.csv")
            .lines()
            .nth(1)
            .expect("a school")
            .rsplit(',')
            .next()
            .expect("seats")
            .parse()
            .expect("a number");
        // A catchment is a stretch of the row; it is told by where each ends.
        let mut least = None;
        for first in 1..border {
            for last in border + 1..12 {
                let ends = [0, first, border, last, 12];
                let holds_school = (0..4).all(|school| (ends[school]..ends[school + 1]).contains(&(3 * school + 1)));
                let is_full = (0..4).any(|school| 10 * (ends[school + 1] - ends[school]) > seats);
                if holds_school && !is_full {
                    let way = |block: usize| {
                        let school = (0..4).find(|school| block < ends[school + 1]).expect("a stretch");
                        block.abs_diff(3 * school + 1) * 500 * 10
                    };
                    let sum: usize = (0..12).map(way).sum();
                    least = Some(least.map_or(sum, |least: usize| least.min(sum)));
                }
            }
        }
        match least {
            Some(least) => {
                assert!(
                    (stage(place.path())["pupil_km"].as_f64().expect("a sum") - least as f64 / 1000.0).abs() < 1e-6,
                    "{border}"
                );
                assert_eq!(verdict(place.path()), "kept");
            }
            None => assert_eq!(run.code, 4, "{border} {seats}"),
        }
        let checked = xuequ(place.path(), &["verify", "out", "--project", "."]);
        assert_eq!(checked.code, if least.is_some() { 0 } else { 4 });
    }
}

/// Districts of every other school: each falls apart into two parts, which are named; whoever has a reason is excused, and
/// printed as such.
#[test]
fn territories_that_fall_apart_are_named_with_their_parts_or_excused() {
    let place = row("60", &[]);
    let settings = SETTINGS.replace("within_districts = true", "");
    write(place.path(), "xuequ.toml", &settings);
    let groups = "group,school,role,飞地说明\n甲学区,S0,lead,\n甲学区,S2,,\n乙学区,S1,lead,\n乙学区,S3,,\n";
    write(place.path(), "groups.csv", groups);
    let rule = || {
        let rules = read_json(place.path(), "out/evaluation.json")["rules"].as_array().expect("rules").clone();
        rules.into_iter().find(|rule| rule["id"] == "district-in-one-part").expect("the rule is judged")
    };
    plan(place.path(), "zh-CN");
    let told = rule();
    let breaches = told["breaches"].as_array().expect("districts");
    assert_eq!(breaches.len(), 2);
    let mend = breaches[0]["mend"].as_str().expect("words");
    assert!(mend.starts_with("分成 2 片：第0小学（3 个单元、30 人）；第2小学（3 个单元、30 人）"), "{mend}");
    let territory = stage(place.path())["districts"][0]["territory"].clone();
    assert_eq!(territory[0]["block_ids"], serde_json::json!(["B00", "B01", "B02"]));
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
    // A part that is left out is found out.
    let evaluation = read(place.path(), "out/evaluation.json");
    let mut changed: Value = serde_json::from_str(&evaluation).expect("it is JSON");
    changed["stages"][0]["districts"][0]["territory"][1]["block_ids"].as_array_mut().expect("blocks").pop();
    write(place.path(), "out/evaluation.json", changed.to_string());
    fingerprint_anew(place.path());
    assert_eq!(failed(&xuequ(place.path(), &["verify", "out", "--project", ".", "--json"])), ["sums"]);
    // One is excused by the settings under the name of its lead, the other by its own table.
    let waived = settings.replace("lead_enrolment", "waivers = { \"第0小学\" = \"过江有桥\" }\nlead_enrolment");
    write(place.path(), "xuequ.toml", waived);
    plan(place.path(), "zh-CN");
    let told = rule();
    assert_eq!(
        (told["breaches"].as_array().map(Vec::len), told["waived"].as_array().map(Vec::len)),
        (Some(1), Some(1))
    );
    write(place.path(), "groups.csv", groups.replace("乙学区,S1,lead,", "乙学区,S1,lead,历史沿革"));
    plan(place.path(), "zh-CN");
    let told = rule();
    assert_eq!((&told["verdict"], told["waived"].as_array().map(Vec::len)), (&"kept".into(), Some(2)));
    let report = read(place.path(), "out/report.md");
    assert!(report.contains("准予例外：学区地域连成一片") && report.contains("理由：过江有桥"), "{report}");
    assert!(report.contains("理由：历史沿革"), "{report}");
    assert!(read(place.path(), "out/districts.csv").contains("历史沿革"));
    xuequ(place.path(), &["verify", "out", "--project", "."]).ends(0);
}

/// 市直、县区各自提案: what two authorities both take, and what neither does, in square metres and pupils.
#[test]
fn overlaps_and_gaps_of_authorities_are_told_in_square_metres_and_pupils() {
    let place = folder();
    let square = |left: i32, right: i32, low: i32, high: i32, properties: Value| {
        serde_json::json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Polygon",
            "coordinates": [[[left, low], [right, low], [right, high], [left, high], [left, low]]] } })
    };
    let layer =
        |features: Vec<Value>| serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
    let block = |number: i32| {
        let properties = serde_json::json!({ "block_id": format!("B{number}"), "pupils": 10 + number });
        square(100 * number, 100 * (number + 1), 0, 100, properties)
    };
    write(place.path(), "blocks.geojson", layer((0..10).map(block).collect()));
    write(place.path(), "schools.csv", "school_id,x,y,capacity\nS1,150,50,90\nS2,750,50,90\n");
    // The first reaches to 420 m, the second from 330 m to 850 m, in two pieces that overlap each other; 150 m are nobody's.
    let of = |name: &str| serde_json::json!({ "提案单位": name });
    write(place.path(), "first.geojson", layer(vec![square(0, 420, 0, 100, of("汉滨区"))]));
    let pieces = vec![square(330, 600, 0, 100, serde_json::json!({})), square(500, 850, 0, 100, serde_json::json!({}))];
    write(place.path(), "高新区.geojson", layer(pieces));
    let check = |second: &str, language: &str| {
        let options = ["check", "--schools", "schools.csv", "--blocks", "blocks.geojson", "--crs", "local"];
        let proposals = ["--proposals", "first.geojson", "--proposals", second, "--lang", language];
        xuequ(place.path(), &[&options[..], &proposals].concat())
    };
    let told = check("高新区.geojson", "zh-CN");
    // Of the blocks only that from 300 to 400 m has its point in both; its neighbour from 400 m on has not.
    assert_eq!(told.code, 1, "{told:#?}");
    let text = told.stdout.replace(['\n', ' '], "");
    assert!(text.contains("汉滨区与高新区的招生范围重叠9000平方米，涉及1个居住单元、13名学生"), "{text}");
    assert!(text.contains("有15000平方米、1个居住单元、19名学生不在任何单位的招生范围内"), "{text}");
    assert!(text.contains("：B3") && text.contains("：B9"), "{text}");
    // What is crossed is told where no block has its point inside, and where it is.
    write(place.path(), "strip.geojson", layer(vec![square(0, 1000, 0, 20, of("高新区"))]));
    let told = check("strip.geojson", "zh-CN");
    let text = told.stdout.replace(['\n', ' '], "");
    assert!(
        text.contains("重叠8400平方米，穿过5个居住单元（60人）") && text.contains("：B4、B3、B2、B1、B0"),
        "{text}"
    );
    // Where they meet at a line, a hair's breadth is nothing.
    write(place.path(), "rest.geojson", layer(vec![square(420, 1000, 0, 100, of("高新区"))]));
    let told = check("rest.geojson", "en");
    assert!(!told.stdout.contains("authorities"), "{told:#?}");
}

/// N3: `plan --pilot` makes one or two districts in each of the five counties that begin, and none elsewhere. Counties lie side
/// by side, so that their catchments touch.
#[test]
fn pilots_of_a_plan_are_in_the_counties_that_begin() {
    let place = folder();
    let counties = ["东湖区", "西湖区", "青山湖区", "湾里管理局", "红谷滩区", "南昌县", "新建区"];
    let mut schools = String::from("id,name,x,y,stage,county,capacity_primary,enrolment_primary,strong,weak\n");
    let mut features = Vec::new();
    for (number, county) in counties.iter().enumerate() {
        let yes = |is_so: bool| if is_so { "是" } else { "否" };
        for school in 0..9 {
            let (x, y) = (number * 3_000 + school % 3 * 900 + 450, school / 3 * 900 + 450);
            let marks = format!("{},{}", yes(school < 2), yes(school == 7));
            writeln!(schools, "{number}{school},{county}{school}校,{x},{y},小学,{county},400,380,{marks}")
                .expect("a line");
        }
        for cell in 0..81 {
            let (left, low) = (number * 3_000 + cell % 9 * 300, cell / 9 * 300);
            features.push(serde_json::json!({
                "type": "Feature",
                "properties": { "id": format!("{number}-{cell}"), "pupils_primary": 30 },
                "geometry": { "type": "Polygon", "coordinates": [[
                    [left, low], [left + 300, low], [left + 300, low + 300], [left, low + 300], [left, low],
                ]] },
            }));
        }
    }
    write(place.path(), "schools.csv", schools);
    let layer = serde_json::json!({ "type": "FeatureCollection", "features": features });
    write(place.path(), "blocks.geojson", layer.to_string());
    let inputs =
        ["plan", "--schools", "schools.csv", "--blocks", "blocks.geojson", "--crs", "local", "--effort", "quick"];
    let plan = |more: &[&str]| xuequ(place.path(), &[&inputs[..], more].concat());
    plan(&["--preset", "nanchang", "--pilot", "-o", "out"]).ends(0);
    let text = read(place.path(), "out/districts.csv");
    for (number, county) in counties.iter().enumerate() {
        let own = text.lines().filter(|row| row.contains(&format!(",{number}")) && row.contains(county));
        let names: std::collections::BTreeSet<&str> = own.map(|row| row.split(',').next().expect("an id")).collect();
        assert_eq!((1..=2).contains(&names.len()), number < 5, "{county}: {names:?}");
        assert!(number < 5 || names.is_empty(), "{county}: {names:?}");
    }
    assert!(text.lines().skip(1).all(|row| row.ends_with(",2023")), "{text}");
    xuequ(place.path(), &["verify", "out"]).ends(0);
    // Without it every school is in a district, the others a year later.
    plan(&["--preset", "nanchang", "-o", "all"]).ends(0);
    assert_eq!(read(place.path(), "all/districts.csv").lines().count(), 1 + 63);
    // Only a document with a first year has pilots, and there are none without districts.
    plan(&["--preset", "suzhou", "--pilot", "-o", "none"]).ends(2);
    plan(&["--preset", "nanchang", "--pilot", "--no-districts", "-o", "none"]).ends(2);
}
