//! The bundle of a grouping for public comment: it says who works with whom as the folder does, nothing that must not be
//! public, and is not called adopted before somebody agreed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::browser::Browser;
use super::bundle::{INTERNAL, data_of, rows, text_in};
use super::command::{Run, files_below, folder, has_ending, read, read_json, write, xuequ};

/// What stands in the input and must be nowhere in a public bundle.
const PLANTED: [&str; 7] =
    ["planted-weakness", "planted-reason", "planted-author", "planted-head", "planted-waiver", "98765", "87654"];

/// A name that would run if it were not escaped.
const HOSTILE: &str = "</script><script>alert(1)</script>";

/// Twelve schools of two counties. One of the leads is the city's own, and has a second name.
fn schools() -> String {
    let mut text = String::from(
        "id,name,x,y,stage,county,town,superior,ownership,enrolment_primary,strong,weak,weak_because,backbone_teachers,\
         equipment_value,strength\n",
    );
    for position in 0..12 {
        let county = if position < 6 { "甲县" } else { "乙县" };
        let name = match position {
            0 => "阳光小学".to_owned(),
            4 => HOSTILE.to_owned(),
            _ => format!("第{position}小学"),
        };
        let (superior, ownership) =
            if position == 0 { ("市教体局", "市局属公办") } else { ("县教育局", "县区属公办") };
        let strong = if position % 3 == 0 { "是" } else { "否" };
        let (weak, because) = if position == 2 { ("是", "planted-weakness") } else { ("否", "") };
        let (backbone, equipment) = if position == 3 { (98_765, 87_654) } else { (3, 4) };
        let (x, y) = (1_000 * position, 700 * (position % 3));
        let who = format!("S{position:02},{name},{x},{y},小学,{county},中心镇,{superior},{ownership}");
        let how = format!("{},{strong},{weak},{because},{backbone},{equipment},{}", 300 + position, 50 + position);
        writeln!(text, "{who},{how}").expect("a line");
    }
    text
}

/// Four groups of three, the third across the line of the counties; the last is not approved yet and begins a year later.
const GROUPS: &str = "group,school,role,mode,year,status,approved,head,head_since,waiver\n\
    G1,S00,牵头校,托管型,2022,审定,甲教〔2022〕1号,planted-head,2022-03,planted-waiver\nG1,S01,成员校,,,,,,,\nG1,S02,成员校,,,,,,,\n\
    G2,S03,牵头校,一体型,2022,审定,,,,\nG2,S04,成员校,,,,,,,\nG2,S07,成员校,,,,,,,\n\
    G3,S06,牵头校,协作型,2022,审定,,,,\nG3,S05,成员校,,,,,,,\nG3,S08,成员校,,,,,,,\n\
    G4,S09,牵头校,协作型,2023,报审,,,,\nG4,S10,成员校,,,,,,,\nG4,S11,成员校,,,,,,,\n";

/// What the office has to say of its publication.
const PUBLISH: &str = "[publish]\noffice = \"云川市教育局\"\nbasis = [\"《集团化办学方案》\"]\nfrom = \"2022-05-01\"\n\
    until = \"2022-05-30\"\nemail = \"jyj@example.cn\"\nissued = \"2022-05-01\"\nagreed = \"2022-04-20\"\n\
    map_approval = \"无行政区域界线，免于送审\"\n[map]\nsource = \"普查\"\ndate = \"2022\"\n";

/// A project whose groups are given, grouped; its rules are not the matter here.
fn project() -> tempfile::TempDir {
    let home = folder();
    write(home.path(), "schools.csv", schools());
    write(home.path(), "groups.csv", GROUPS);
    write(home.path(), "locks.csv", "kind,what,to,reason,author\nlead,S00,,planted-reason,planted-author\n");
    let settings = "[project]\nname = \"云川市\"\nyear = \"2022\"\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n\
        aliases = { \"市小\" = \"阳光小学\" }\n[groups]\nfile = \"groups.csv\"\n[locks]\nfile = \"locks.csv\"\n\
        [policy]\npreset = \"ankang\"\n";
    write(home.path(), "xuequ.toml", settings.to_owned() + PUBLISH);
    xuequ(home.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]).ends(4);
    home
}

fn published(home: &Path, out: &str, more: &[&str]) -> Run {
    xuequ(home, &[&["publish", "out", "-o", out, "--lang", "zh-CN"], more].concat())
}

#[test]
fn the_public_bundle_of_a_grouping_says_who_works_with_whom_and_nothing_internal() {
    let home = project();
    // The rules of the document are not kept, which is told; the bundle is there.
    published(home.path(), "public", &["--public"]).ends(4);
    published(home.path(), "internal", &[]).ends(4);
    let folder = home.path().join("public");
    let files = files_below(&folder);
    for wanted in ["index.html", "notice.docx", "notice.html", "comment-form.md", "tables.xlsx", "map.svg", "map.pdf"] {
        assert!(files.contains(&wanted.to_owned()), "{wanted} in {files:?}");
    }
    for kept in ["checklist.md", "evaluation.json", "report.md", "schools-internal.csv", "locks.csv"] {
        assert!(!files.contains(&kept.to_owned()), "{kept} in {files:?}");
        assert!(home.path().join("internal").join(kept).exists(), "{kept} is in the bundle of the office");
    }
    // What teachers do in a group is the document's own wording.
    let words = INTERNAL.iter().filter(|word| **word != "教师");
    let words: Vec<&str> = words.chain(&["planted", "牵头校实力"]).copied().collect();
    for file in files.iter().filter(|file| !has_ending(file, "pdf")) {
        let text = text_in(&folder.join(file));
        for planted in PLANTED {
            assert!(!text.contains(planted), "{planted} in {file}");
        }
        let text = text.split("\"use strict\";").next().expect("a part");
        for word in &words {
            assert!(!text.contains(word), "{word} in {file}");
        }
    }
    let all: String = files_below(&home.path().join("internal"))
        .iter()
        .map(|file| text_in(&home.path().join("internal").join(file)))
        .collect();
    for planted in PLANTED.iter().filter(|planted| **planted != "planted-waiver") {
        assert!(all.contains(planted), "{planted} is nowhere in the internal bundle");
    }
    // Neither file speaks of lines of administration.
    assert!(!read(&folder, "map.svg").contains("id=\"areas\""));
}

#[test]
fn the_notice_the_tables_and_the_page_of_a_grouping_say_the_same() {
    let home = project();
    published(home.path(), "public", &["--public"]).ends(4);
    let folder = home.path().join("public");
    let districts = rows(&folder, "districts.csv");
    assert_eq!(districts.len(), 4);
    let routes: Vec<&str> = districts.iter().map(|row| row["审批"].as_str()).collect();
    let told = "核心校属地审批，报市教育主管部门备案";
    assert_eq!(routes, ["市教育主管部门审批", told, told, "属地审批"]);
    let notice = read(&folder, "notice.md");
    for said in [
        "# 关于公开征求《云川市集团化办学组建方案（征求意见稿）》意见的公告",
        "| G1 | 托管型 | 阳光小学 | 第1小学、第2小学 | 2022 |",
        "共 4 个集团，12 所学校",
        "不改变隶属关系，人事、经费、教学、考核由核心校统一管理（四统一） | 1 |",
        "一个法人、一套班子、一校多址 | 1 |",
        "市教育主管部门审批的集团：1 个。",
        "2022年5月1日至2022年5月30日，共 30 日",
        "采纳情况",
    ] {
        assert!(notice.contains(said), "{said} in {notice}");
    }
    assert!(!notice.contains("2022-0"), "dates are written as people write them");
    // Who is where is the same in the table of schools, the page and the folder.
    let mut homes: BTreeMap<String, String> = BTreeMap::new();
    for row in rows(home.path(), "out/districts.csv") {
        homes.insert(row["school_id"].clone(), row["name"].clone());
    }
    let table = rows(&folder, "schools.csv");
    assert_eq!(table.len(), 12);
    for row in &table {
        assert_eq!(row["集团名称"], homes[&row["编号"]]);
    }
    let page = read(&folder, "index.html");
    assert!(page.contains("default-src 'none'") && !page.contains(HOSTILE));
    for fetched in [" src=", "<link", "@import", "url(", "fetch(", "XMLHttpRequest"] {
        assert!(!page.contains(fetched), "{fetched}");
    }
    let data = data_of(&page);
    for school in data["schools"].as_array().expect("schools") {
        let district = school["d"][0].as_u64().expect("a district") as usize;
        assert_eq!(data["districts"][district]["n"], homes[school["i"].as_str().expect("an id")].as_str());
    }
    assert_eq!(data["schools"][0]["p"], serde_json::json!(["sx", "ygxx"]));
    let version = read_json(&folder, "version.json");
    let number = &version["scheme"].as_str().expect("a fingerprint")[..16];
    for paper in ["notice.md", "comment-form.md", "index.html", "map.svg"] {
        assert!(read(&folder, paper).contains(number), "{paper}");
    }
    // The same scheme gives the same bytes.
    published(home.path(), "again", &["--public", "--threads", "1"]).ends(4);
    for file in &files_below(&folder) {
        let bytes = |of: &str| std::fs::read(home.path().join(of).join(file)).expect("a file of both");
        assert!(bytes("public") == bytes("again"), "{file}");
    }
}

/// A12, A11: nothing is called adopted before the joint meeting agreed and whoever decides on each group approved it.
#[test]
fn a_grouping_is_adopted_only_after_the_joint_meeting_and_the_approvals() {
    let home = project();
    published(home.path(), "final", &["--public", "--adopted"]).ends(4);
    let folder = home.path().join("final");
    let notice = read(&folder, "notice.md");
    assert!(notice.contains("# 关于公布云川市集团化办学组建方案的公告"), "{notice}");
    assert!(notice.contains("联席会议于 2022年4月20日 同意") && !notice.contains("征求意见"), "{notice}");
    for file in files_below(&folder).iter().filter(|file| !has_ending(file, "pdf")) {
        let text = text_in(&folder.join(file));
        assert!(!text.split("\"use strict\";").next().expect("a part").contains("征求意见"), "{file}");
    }
    let settings = read(home.path(), "xuequ.toml");
    for later in ["agreed = \"2022-05-02\"", ""] {
        write(home.path(), "xuequ.toml", settings.replace("agreed = \"2022-04-20\"", later));
        published(home.path(), "early", &["--public", "--adopted"]).ends(3).says(&["联席会议"]);
    }
    // A group of this year that nobody approved; that of the next year may wait.
    write(home.path(), "xuequ.toml", &settings);
    write(
        home.path(),
        "groups.csv",
        GROUPS.replace("G3,S06,牵头校,协作型,2022,审定", "G3,S06,牵头校,协作型,2022,报审"),
    );
    xuequ(home.path(), &["group", ".", "-o", "out", "--overwrite", "--lang", "zh-CN"]).ends(4);
    published(home.path(), "early", &["--public", "--adopted"]).ends(3).says(&["还有 1 个", "G3"]);
    assert!(!home.path().join("early").exists());
    published(home.path(), "draft", &["--public"]).ends(4);
    // What contradicts itself is not published at all.
    let table = read(home.path(), "out/districts.csv").replacen("S01", "S02", 1);
    write(home.path(), "out/districts.csv", table);
    published(home.path(), "lie", &["--public"]).ends(3).says(&["verify"]);
    assert!(!home.path().join("lie").exists());
}

/// Groups of two stages: a nine-year school is in one of each, and is told so.
#[test]
fn districts_of_several_stages_keep_their_schools() {
    let home = folder();
    let mut text = String::from("id,name,x,y,stage,enrolment_primary,enrolment_junior,strong,capacity\n");
    for position in 0..12 {
        let stage = ["小学", "初中", "九年一贯制"][position % 3];
        let strong = if position < 6 { "是" } else { "否" };
        writeln!(
            text,
            "S{position:02},学校{position},{},{},{stage},300,300,{strong},",
            900 * position,
            400 * (position % 4)
        )
        .expect("a line");
    }
    write(home.path(), "schools.csv", text);
    write(
        home.path(),
        "xuequ.toml",
        "[project]\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[districts]\nlead_enrolment = 1\n",
    );
    let run = xuequ(home.path(), &["group", ".", "-o", "out", "--lang", "zh-CN"]);
    assert!([0, 1, 4].contains(&run.code), "{run:#?}");
    let run = published(home.path(), "public", &["--public"]);
    assert!([1, 4].contains(&run.code), "{run:#?}");
    let data = data_of(&read(home.path(), "public/index.html"));
    assert_eq!(data["stages"].as_array().expect("stages").len(), 2);
    let mut said: BTreeSet<(String, String)> = BTreeSet::new();
    for district in data["districts"].as_array().expect("districts") {
        let schools = district["m"].as_array().expect("members").iter().chain([&district["l"]]);
        for school in schools.filter_map(Value::as_u64) {
            let school = &data["schools"][school as usize];
            let text = |of: &Value| of.as_str().expect("text").to_owned();
            said.insert((text(&district["i"]), text(&school["i"])));
        }
    }
    let there = rows(home.path(), "out/districts.csv");
    let there: BTreeSet<(String, String)> =
        there.iter().map(|row| (row["district_id"].clone(), row["school_id"].clone())).collect();
    assert_eq!(said, there);
}

#[test]
fn a_school_is_found_on_the_page_of_a_grouping_offline() {
    let Some(mut browser) = Browser::start() else { return };
    let home = project();
    published(home.path(), "public", &["--public"]).ends(4);
    let file = home.path().join("public/index.html").canonicalize().expect("the page");
    for screen in [[1280, 900], [390, 844]] {
        browser.open(&file, screen);
        assert_eq!(browser.run("document.documentElement.scrollWidth <= window.innerWidth"), true, "{screen:?}");
        for (asked, first) in [("ygxx", "阳光小学"), ("市小", "阳光小学"), ("G2", "G2"), ("第5", "第5小学")]
        {
            browser.run("query.focus(); query.value = ''; query.dispatchEvent(new Event('input'))");
            browser.write(asked);
            let found = browser.run("document.querySelector('#results button').textContent");
            assert!(found.as_str().expect("text").starts_with(first), "{asked}: {found}");
        }
        browser.run("document.querySelector('#results button').click()");
        let card = browser.run("card.innerText");
        let card = card.as_str().expect("text");
        for said in ["第5小学", "G3", "成员校", "第6小学", "协作型", "核心校属地审批", "jyj@example.cn"]
        {
            assert!(card.contains(said), "{said} in {card}");
        }
        let shown = browser.run("[...document.querySelectorAll('.members .school:not(.dim)')].length");
        assert_eq!(shown, 3, "its own group stands out");
        browser.run("document.querySelector('#all details').open = true");
        browser.run("county.value = '乙县'; county.dispatchEvent(new Event('change'))");
        assert_eq!(browser.run("rows.children.length"), 3, "those with a school there");
        browser.run("document.getElementById('language').click()");
        let title = browser.run("document.title");
        assert!(title.as_str().expect("text").contains("draft for comment"), "{title}");
        browser.picture(&format!("groups-{}", screen[0]));
        assert_eq!(browser.faults, Vec::<String>::new());
    }
}

/// Sixty schools, crowded in three towns, with blocks, of two counties.
fn crowded() -> tempfile::TempDir {
    let home = folder();
    let mut text = String::from("id,name,x,y,stage,county,enrolment_primary,strong,weak,strength\n");
    for position in 0..90 {
        let (town, at) = (position % 3, position / 3);
        let (x, y) = (30_000 * town + 260 * (at % 6), 18_000 * (town % 2) + 260 * (at / 6));
        let strong = if at % 5 == 0 { "是" } else { "否" };
        let county = ["甲县", "乙县", "乙县"][town];
        writeln!(text, "S{position:02},{county}第{position}中心小学,{x},{y},小学,{county},300,{strong},否,{}", 40 + at)
            .expect("a line");
    }
    write(home.path(), "schools.csv", text);
    let blocks =
        (0..40).fold(String::new(), |rows, at| format!("{rows}B{at},{},{},{}\n", 1_500 * at, 400 * at, 10 + at));
    write(home.path(), "blocks.csv", format!("id,x,y,pupils_primary\n{blocks}"));
    home
}

/// The sheet of districts for the office shows counties, where children live and strong schools, that for the public does not; where names find no room,
/// the place is drawn larger, and every school is named somewhere.
#[test]
fn crowded_places_are_drawn_larger_and_what_is_internal_stays_with_the_office() {
    let home = crowded();
    let options = ["group", "--schools", "schools.csv", "--blocks", "blocks.csv", "--crs", "local", "--members", "1-5"];
    let run = xuequ(home.path(), &[&options[..], &["-o", "out", "--lang", "zh-CN"]].concat());
    assert!([0, 1, 4].contains(&run.code), "{run:#?}");
    let svg = read(home.path(), "out/map.svg");
    let values = |before: &str, after: &str| -> Vec<String> {
        let parts = svg.split(before).skip(1).map(|part| part.split(after).next().expect("an end").to_owned());
        parts.collect()
    };
    let ids = values(" id=\"", "\"");
    for wanted in ["counties", "population", "lines", "schools", "map-a", "inset-a", "schools-a", "labels-a"] {
        assert!(ids.iter().any(|id| id == wanted), "{wanted} in {ids:?}");
    }
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids stand once");
    let texts: Vec<String> =
        values("<text", "</text>").iter().map(|text| text.split_once('>').expect("text").1.to_owned()).collect();
    for said in ["优质校", "学生密度（人/平方公里，按居住单元）", "放大图 A"] {
        assert!(texts.iter().any(|text| text.contains(said)), "{said}");
    }
    assert!(svg.contains("class=\"strong\""));
    let all = texts.concat();
    for school in 0..90 {
        let county = ["甲县", "乙县", "乙县"][school % 3];
        assert!(all.contains(&format!("{county}第{school}中心小学")), "{school} is named");
    }
    // No name lies upon another, in the insets neither, and none is cut off.
    let rectangle = |text: &String| {
        let numbers: Vec<f64> = text.split(' ').map(|number| number.parse().expect("a number")).collect();
        [numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]]
    };
    let boxes: Vec<[f64; 4]> = values("data-box=\"", "\"").iter().map(rectangle).collect();
    assert!(boxes.len() > 60, "{}", boxes.len());
    for (at, one) in boxes.iter().enumerate() {
        let meets =
            |other: &&[f64; 4]| one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
        assert_eq!(boxes[at + 1..].iter().find(meets), None, "{one:?}");
    }
    let run = published(home.path(), "public", &["--public", "--project", "."]);
    assert!([1, 4].contains(&run.code), "{run:#?}");
    for file in files_below(&home.path().join("public")).iter().filter(|file| has_ending(file, "svg")) {
        let svg = read(&home.path().join("public"), file);
        for internal in ["优质", "population", "counties", "areas", "学生密度", "class=\"strong\""] {
            assert!(!svg.contains(internal), "{internal} in {file}");
        }
    }
}
