//! Catchments in words: each form, read back by a reader of its own, names the very blocks the scheme does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::bundle::{assignment, blocks_named, published, rows};
use super::command::{demo, folder, read, read_json, write, xuequ};

/// Columns and rows of blocks, 200 m each, and the blocks in the middle of the quarters, where the schools stand.
const SIDE: usize = 8;
const CELL: usize = 200;

/// What a block of the county has beside its outline.
type Extra = fn(usize, usize) -> Value;

/// A county of eight by eight blocks with a school in each quarter, planned. `settings` follow those that all have.
fn planned(extra: Extra, files: &[(&str, String)], settings: &str) -> tempfile::TempDir {
    let home = folder();
    let features = (0..SIDE * SIDE).map(|block| {
        let (column, row) = (block % SIDE, block / SIDE);
        let (left, low) = (CELL * column, CELL * row);
        let mut properties = json!({ "id": format!("B{block:02}"), "name": format!("小区{block}"), "pupils": 10 });
        let own = properties.as_object_mut().expect("an object");
        for (key, value) in extra(column, row).as_object().expect("an object") {
            own.insert(key.clone(), value.clone());
        }
        json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Polygon", "coordinates": [[
            [left, low], [left + CELL, low], [left + CELL, low + CELL], [left, low + CELL], [left, low],
        ]] } })
    });
    let layer = json!({ "type": "FeatureCollection", "features": features.collect::<Vec<Value>>() });
    write(home.path(), "blocks.geojson", layer.to_string());
    for (name, text) in files {
        write(home.path(), name, text);
    }
    if !files.iter().any(|(name, _)| *name == "schools.csv") {
        let schools = "id,name,x,y,capacity\nS1,东街小学,410,410,170\nS2,西街小学,1190,410,170\n\
                       S3,北街小学,410,1190,170\nS4,南街小学,1190,1190,170\n";
        write(home.path(), "schools.csv", schools);
    }
    let project = "[project]\nname = \"云川县\"\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\n\
                   file = \"blocks.geojson\"\n[districts]\nlead_enrolment = 1\n[catchments]\ndistance = \"straight\"\n";
    write(home.path(), "xuequ.toml", format!("{project}{settings}"));
    let run = xuequ(home.path(), &["plan", ".", "-o", "out", "--effort", "quick", "--lang", "zh-CN"]);
    assert!(run.code <= 1, "{run:?}");
    home
}

/// The words of each catchment by the id of its school, of one stage where there are several.
fn words(home: &Path, stage: Option<&str>) -> BTreeMap<String, String> {
    let run = published(home, "public", &["--public", "--overwrite"]);
    assert!(run.code <= 1, "{run:?}");
    let of_stage = |row: &BTreeMap<String, String>| stage.is_none_or(|stage| row["学段"] == stage);
    let rows = rows(home, "public/schools.csv").into_iter().filter(of_stage);
    rows.map(|row| (row["编号"].clone(), row["招生范围"].clone())).collect()
}

fn with_words(home: &Path, forms: &str) {
    let settings = read(home, "xuequ.toml");
    let before = settings.split("[publish]").next().expect("some settings").to_owned();
    write(home, "xuequ.toml", format!("{before}[publish]\nwords = {forms}\n"));
}

/// The blocks of each school.
fn blocks_of(home: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut blocks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (block, school) in assignment(home) {
        blocks.entry(school).or_default().insert(block);
    }
    blocks
}

fn line(properties: &Value, places: [[usize; 2]; 2]) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": { "type": "LineString", "coordinates": places } })
}

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

const WHOLE: usize = SIDE * CELL;
/// Roads by name: where each runs, from north to south or from west to east.
const ROADS: [(&str, [[usize; 2]; 2]); 6] = [
    ("西环路", [[0, 0], [0, WHOLE]]),
    ("中山路", [[WHOLE / 2, 0], [WHOLE / 2, WHOLE]]),
    ("东环路", [[WHOLE, 0], [WHOLE, WHOLE]]),
    ("南环路", [[0, 0], [WHOLE, 0]]),
    ("人民路", [[0, WHOLE / 2], [WHOLE, WHOLE / 2]]),
    ("北环路", [[0, WHOLE], [WHOLE, WHOLE]]),
];

fn road_layer() -> String {
    let roads = ROADS.map(|(name, places)| line(&json!({ "道路名称": name, "class": "residential" }), places));
    // One that crosses a catchment, and one without a name.
    let mut all = roads.to_vec();
    all.push(line(&json!({ "道路名称": "小巷", "class": "residential" }), [[300, 0], [300, WHOLE]]));
    all.push(line(&json!({ "class": "residential" }), [[WHOLE / 2, 0], [WHOLE / 2, WHOLE]]));
    collection(&all)
}

/// The blocks inside four limits, by the middle of each block against the course of each road.
fn inside(limits: &str) -> BTreeSet<String> {
    let course = |name: &str| ROADS.iter().find(|(road, _)| *road == name).expect("a known road").1[0];
    let mut blocks = BTreeSet::new();
    for block in 0..SIDE * SIDE {
        let [x, y] = [block % SIDE, block / SIDE].map(|at| CELL * at + CELL / 2);
        let is_inside = limits.split('，').all(|limit| match limit.split_once('至').expect("a limit") {
            ("东", road) => x < course(road)[0],
            ("西", road) => x > course(road)[0],
            ("南", road) => y > course(road)[1],
            ("北", road) => y < course(road)[1],
            (side, _) => panic!("{side}"),
        });
        if is_inside {
            blocks.insert(format!("B{block:02}"));
        }
    }
    blocks
}

#[test]
fn four_limits_by_roads_enclose_the_very_blocks() {
    let roads = [("roads.geojson", road_layer())];
    let home =
        planned(|_, _| json!({}), &roads, "[roads]\nfile = \"roads.geojson\"\n[publish]\nwords = [\"limits\"]\n");
    let of_school = blocks_of(home.path());
    for (school, words) in words(home.path(), None) {
        let limits = words.strip_suffix("所围成的区域").unwrap_or_else(|| panic!("{words}"));
        assert_eq!(limits.split('，').count(), 4, "{words}");
        assert_eq!(inside(limits), of_school[&school], "{words}");
    }
    // By themselves the data give both: the limits, and the names one looks for.
    with_words(home.path(), "[]");
    for (school, words) in words(home.path(), None) {
        let (limits, list) = words.split_once("所围成的区域，包括：").unwrap_or_else(|| panic!("{words}"));
        assert_eq!(inside(limits), of_school[&school], "{words}");
        let named: BTreeSet<String> = list.split('；').map(|name| name.replace("小区", "")).collect();
        let named: BTreeSet<String> =
            named.iter().map(|number| format!("B{:02}", number.parse::<usize>().expect("a number"))).collect();
        assert_eq!(named, of_school[&school], "{words}");
    }
}

/// A block across the road that goes to the near side by decree: the limits no longer tell the blocks, and must not say so.
#[test]
fn limits_that_do_not_enclose_the_catchment_do_not_claim_to() {
    let river = line(&json!({ "name": "云川河", "kind": "河流" }), [[WHOLE / 2, 0], [WHOLE / 2, WHOLE]]);
    let files = [
        ("barriers.geojson", collection(&[river])),
        ("crossings.csv", "name,x,y\n一桥,800,500\n二桥,800,1100\n".to_owned()),
        ("locks.csv", "kind,what,to,reason,author\nblock,B04,S1,r,a\n".to_owned()),
    ];
    let settings = "[barriers]\nfile = \"barriers.geojson\"\n[crossings]\nfile = \"crossings.csv\"\n[locks]\n\
                    file = \"locks.csv\"\n[publish]\nwords = [\"limits\"]\n";
    let home = planned(|_, _| json!({}), &files, settings);
    let of_school = blocks_of(home.path());
    assert!(of_school["S1"].contains("B04"));
    for (school, words) in words(home.path(), None) {
        assert!(!words.contains("所围成"), "{words}");
        let (limits, list) =
            words.split_once("（供对照，相邻处以小区边界为准）。范围：").unwrap_or_else(|| panic!("{words}"));
        assert!(limits.contains("云川河"), "{words}");
        // Where no river runs, the neighbour is named, and compounds decide.
        assert!(limits.contains("邻"), "{words}");
        assert!(limits.contains("县区边缘"), "{words}");
        assert_eq!(list.split('；').count(), of_school[&school].len(), "{words}");
    }
}

/// Roads that run between rows, so that catchments part them by side; numbers begin anew in the other town; two blocks have the
/// same numbers.
fn addressed(column: usize, row: usize) -> Value {
    let road = ["一路", "二路", "三路", "四路", "五路"][row.div_ceil(2)];
    let at = 20 * (column % 4);
    let numbers = match (column, row) {
        (0, 3 | 4) => "100-120号".to_owned(),
        _ if row.is_multiple_of(2) => format!("{}号—{}号（双号）", at + 2, at + 20),
        _ => format!("{}-{}号(单号)", at + 1, at + 19),
    };
    json!({ "town": if column < 4 { "甲镇" } else { "乙镇" }, "road": road, "house_numbers": numbers })
}

/// Houses: town, road, number.
type House = (String, String, u32);

fn houses(town: &str, road: &str, numbers: &str) -> BTreeSet<House> {
    let plain = |text: &str| text.replace(['（', '('], " ").replace(['）', ')', '号'], "").replace('—', "-");
    let numbers_of = plain(numbers);
    let odd_or_even = if numbers.contains("单号") { Some(1) } else { numbers.contains("双号").then_some(0) };
    let range = numbers_of.split(' ').next().expect("numbers").replace(['单', '双'], "");
    let ends: Vec<u32> = range.split('-').map(|end| end.parse().unwrap_or_else(|_| panic!("{numbers}"))).collect();
    (ends[0]..=*ends.last().expect("an end"))
        .filter(|number| odd_or_even.is_none_or(|rest| number % 2 == rest))
        .map(|number| (town.to_owned(), road.to_owned(), number))
        .collect()
}

#[test]
fn house_numbers_name_the_very_blocks() {
    let home = planned(addressed, &[], "");
    let of_school = blocks_of(home.path());
    let mut of_block: BTreeMap<String, BTreeSet<House>> = BTreeMap::new();
    for block in 0..SIDE * SIDE {
        let said = addressed(block % SIDE, block / SIDE);
        let of = |key: &str| said[key].as_str().expect("text").to_owned();
        of_block.insert(format!("B{block:02}"), houses(&of("town"), &of("road"), &of("house_numbers")));
    }
    let (mut all, mut named_in_all) = (String::new(), 0);
    for (school, words) in words(home.path(), None) {
        let _ = writeln!(all, "{words}");
        let (mut told, mut named) = (BTreeSet::new(), BTreeSet::new());
        for piece in words.split('；') {
            if let Some(number) = piece.strip_prefix("小区") {
                named.insert(format!("B{:02}", number.parse::<usize>().expect("a number")));
                continue;
            }
            let (town, rest) = (&piece[.."甲镇".len()], &piece["甲镇".len()..]);
            let (road, numbers) = rest.split_at("一路".len());
            told.extend(houses(town, road, numbers));
        }
        named_in_all += named.len();
        let by_number = of_block.iter().filter(|(block, houses)| !named.contains(*block) && houses.is_subset(&told));
        let found: BTreeSet<String> = by_number.map(|(block, _)| block.clone()).chain(named.clone()).collect();
        assert_eq!(found, of_school[&school], "{words}");
        // No house is promised that nobody has.
        let own: BTreeSet<House> = of_school[&school].iter().flat_map(|block| of_block[block].clone()).collect();
        assert!(told.is_subset(&own), "{words}");
    }
    assert_eq!(named_in_all, 2, "where numbers do not tell them apart, blocks have their names: {all}");
    for form in ["（单号）", "（双号）", "-80号；"] {
        assert!(all.contains(form), "{form} in {all}");
    }
}

/// An address nobody can read is said to be one, and the compound has its name.
#[test]
fn addresses_that_cannot_be_read_are_found_and_not_told() {
    fn odd(column: usize, row: usize) -> Value {
        json!({ "house_numbers": if (column, row) == (2, 2) { "9-1号" } else { "" }, "road": "一路" })
    }
    let home = planned(odd, &[], "");
    let check = xuequ(home.path(), &["check", ".", "--lang", "zh-CN"]);
    assert!(check.stdout.contains("address-unread") || check.stderr.contains("address-unread"), "{check:?}");
    let of_school = blocks_of(home.path());
    for (school, words) in words(home.path(), None) {
        assert!(!words.contains("一路"), "{words}");
        assert_eq!(words.split('；').count(), of_school[&school].len());
    }
}

#[test]
fn feeders_name_the_very_blocks() {
    let schools = "id,name,stage,x,y,capacity\nP1,东街小学,小学,410,410,170\nP2,西街小学,小学,1190,410,170\n\
                   P3,北街小学,小学,410,1190,170\nP4,南街小学,小学,1190,1190,170\nJ1,一中,初中,410,790,400\n\
                   J2,二中,初中,1190,790,400\n";
    let files = [
        ("schools.csv", schools.to_owned()),
        ("locks.csv", "kind,what,to,stage,reason,author\nblock,B03,J2,初中,r,a\n".to_owned()),
    ];
    let settings = "[locks]\nfile = \"locks.csv\"\n[publish]\nwords = [\"feeders\"]\n";
    let home = planned(|_, _| json!({ "pupils_primary": 10, "pupils_junior": 5 }), &files, settings);
    let assigned = rows(home.path(), "out/assignment.csv");
    let mut of_school: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in &assigned {
        of_school.entry(row["school_id"].clone()).or_default().insert(row["block_id"].clone());
    }
    let names: BTreeMap<String, String> =
        (0..SIDE * SIDE).map(|block| (format!("小区{block}"), format!("B{block:02}"))).collect();
    let primary = [("东街小学", "P1"), ("西街小学", "P2"), ("北街小学", "P3"), ("南街小学", "P4")];
    let groups: BTreeMap<String, BTreeSet<String>> =
        primary.into_iter().map(|(name, id)| (format!("{name}招生范围"), of_school[id].clone())).collect();
    let junior = words(home.path(), Some("初中"));
    for (school, words) in &junior {
        assert_eq!(blocks_named(words, &names, &groups), of_school[school], "{words}");
    }
    assert!(junior["J1"].contains("招生范围（不含：小区3）"), "{junior:?}");
    assert!(junior["J2"].contains("招生范围（仅含：小区3）"), "{junior:?}");
    let feeds = rows(home.path(), "public/schools.csv");
    assert_eq!(feeds.iter().find(|row| row["编号"] == "P2").expect("a row")["对口初中"], "二中");
    assert_eq!(feeds.iter().find(|row| row["编号"] == "P1").expect("a row")["对口初中"], "一中、二中");
}

/// Every catchment of the demo county, as it is told by itself.
#[test]
fn the_words_of_the_demo_name_its_blocks() {
    let home = demo();
    let layer = read_json(home, "blocks.geojson");
    let mut names = BTreeMap::new();
    let features = layer["features"].as_array().expect("features");
    let of = |feature: &Value, key: &str| feature["properties"][key].as_str().map(str::to_owned);
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for feature in features {
        *count.entry(of(feature, "小区名称").expect("a name")).or_default() += 1;
    }
    for feature in features {
        let (id, name) = (of(feature, "编号").expect("an id"), of(feature, "小区名称").expect("a name"));
        names.insert(if count[&name] > 1 { format!("{name} [{id}]") } else { name }, id);
    }
    let bundle = folder();
    let to = bundle.path().join("public").display().to_string();
    let run = xuequ(home, &["publish", "out", "-o", &to, "--public", "--lang", "zh-CN"]);
    assert!(run.code <= 1, "{run:?}");
    let said = rows(bundle.path(), "public/schools.csv");
    let assigned = rows(home, "out/assignment.csv");
    let mut with_limits = 0;
    for row in &said {
        let (words, stage) = (&row["招生范围"], if row["学段"] == "小学" { "primary" } else { "junior" });
        let own = assigned.iter().filter(|of| of["stage"] == stage && of["school_id"] == row["编号"]);
        let own: BTreeSet<String> = own.map(|of| of["block_id"].clone()).collect();
        let list = words.split_once("。范围：").or(words.split_once("区域，包括："));
        with_limits += usize::from(list.is_some());
        let list = list.map_or(words.as_str(), |(_, list)| list);
        assert_eq!(blocks_named(list, &names, &BTreeMap::new()), own, "{words}");
    }
    assert_eq!(said.len(), 80);
    assert!(with_limits > 5, "the rivers and railways of the demo bound some: {with_limits}");
}
