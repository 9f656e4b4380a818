//! The bundle for public comment: it says what the scheme says, nothing that must not be public, and fetches nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::command::{Run, files_below, has_ending, lasting_folder, read, read_json, write, xuequ};
use super::tamper::copy_of;

/// Columns and rows of blocks.
const SIDE: usize = 8;

/// What stands in the input and must be nowhere in a public bundle.
const PLANTED: [&str; 5] = ["planted-weakness", "planted-reason", "planted-author", "98765", "87654"];

/// A name that would run if it were not escaped.
const HOSTILE: &str = "</script><script>alert(1)</script>";

/// A planned county of eight by eight blocks in four communities, with today's scheme, a lock and marks of strength. Never
/// to be written to.
fn county() -> &'static Path {
    static COUNTY: OnceLock<PathBuf> = OnceLock::new();
    COUNTY.get_or_init(|| {
        let home = lasting_folder("bundle-");
        let features = (0..SIDE * SIDE).map(|block| {
            let (column, row) = (block % SIDE, block / SIDE);
            let (left, low) = (200 * column, 200 * row);
            let name = match block {
                9 => HOSTILE.to_owned(),
                // Two of one name.
                10 | 50 => "阳光花园".to_owned(),
                _ => format!("小区{block}"),
            };
            json!({
                "type": "Feature",
                "properties": {
                    "id": format!("B{block:02}"),
                    "name": name,
                    // The last row belongs to no community.
                    "community": (row + 1 < SIDE).then(|| format!("社区{}", 2 * (row / 4) + column / 4)),
                    "aliases": (block == 60).then_some("老机械厂宿舍、机械新村"),
                    "road": (block == 60).then_some("纬八路"),
                    "house_numbers": (block == 60).then_some("1-19号(单号)"),
                    "pupils": if block == 20 { 3 } else { 10 + block % 5 },
                    "school": format!("S{}", 1 + 2 * (row / 4) + (column + 1) / 5),
                },
                "geometry": { "type": "Polygon", "coordinates": [[
                    [left, low], [left + 200, low], [left + 200, low + 200], [left, low + 200], [left, low],
                ]] },
            })
        });
        let features: Vec<Value> = features.collect();
        let mut existing = String::from("block_id,school_id\n");
        for feature in &features {
            let of = |key: &str| feature["properties"][key].as_str().expect("text").to_owned();
            existing += &[of("id"), ",".to_owned(), of("school"), "\n".to_owned()].concat();
        }
        write(&home, "existing.csv", existing);
        let mut layer = json!({ "type": "FeatureCollection", "features": features });
        for feature in layer["features"].as_array_mut().expect("features") {
            feature["properties"].as_object_mut().expect("properties").remove("school");
        }
        write(&home, "blocks.geojson", layer.to_string());
        write(
            &home,
            "schools.csv",
            "id,name,x,y,capacity,strong,weak,weak_because,backbone_teachers,equipment_value\n\
             S1,东街小学,330,330,260,yes,no,,98765,87654\nS2,西街小学,1130,330,260,no,yes,planted-weakness,3,4\n\
             S3,北街小学,330,1130,260,no,no,,3,4\nS4,南街小学,1130,1130,260,no,no,,3,4\n",
        );
        write(&home, "locks.csv", "kind,what,to,reason,author\nblock,B12,S1,planted-reason,planted-author\n");
        write(
            &home,
            "xuequ.toml",
            "[project]\nname = \"云川县\"\nyear = \"2027\"\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\n\
             file = \"blocks.geojson\"\n[existing]\nfile = \"existing.csv\"\n[locks]\nfile = \"locks.csv\"\n[districts]\n\
             lead_enrolment = 1\n[catchments]\nchange = 50.0\n[map]\nsource = \"普查\"\ndate = \"2026\"\n",
        );
        let run = xuequ(&home, &["plan", ".", "-o", "out", "--effort", "quick", "--lang", "zh-CN"]);
        assert!(run.code <= 1, "{run:?}");
        home
    })
}

pub(crate) fn published(home: &Path, out: &str, more: &[&str]) -> Run {
    xuequ(home, &[&["publish", "out", "-o", out, "--lang", "zh-CN"], more].concat())
}

/// A project with what the office has to say.
pub(crate) fn complete() -> tempfile::TempDir {
    let home = copy_of(county());
    let settings = read(home.path(), "xuequ.toml")
        + "[publish]\noffice = \"云川县教育局\"\nbasis = [\"《中华人民共和国义务教育法》\"]\nfrom = \"2027-05-01\"\n\
           until = \"2027-05-30\"\nemail = \"jyj@example.cn\"\napplies = \"2027年秋季入学的一年级新生\"\nissued = \"2027-05-01\"\nagreed = \"2027-04-20\"\nmap_approval = \"无行政区域界线,免于送审\"\n";
    write(home.path(), "xuequ.toml", settings);
    home
}

/// The data in the page.
pub(crate) fn data_of(page: &str) -> Value {
    let start = page.find("type=\"application/json\">").expect("the data") + "type=\"application/json\">".len();
    let end = start + page[start..].find("</script>").expect("its end");
    serde_json::from_str(&page[start..end]).expect("JSON")
}

/// The rows of a table by its header.
pub(crate) fn rows(home: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = read(home, name);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    });
    rows.collect()
}

pub(crate) fn assignment(home: &Path) -> BTreeMap<String, String> {
    rows(home, "out/assignment.csv")
        .into_iter()
        .map(|row| (row["block_id"].clone(), row["school_id"].clone()))
        .collect()
}

/// Everything that is written in a file: of XLSX and DOCX what is in their parts.
pub(crate) fn text_in(file: &Path) -> String {
    let bytes = std::fs::read(file).expect("a file of the bundle");
    if !bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    for position in 0..archive.len() {
        let mut part = archive.by_index(position).expect("a part");
        part.read_to_string(&mut text).expect("text");
    }
    text
}

/// Names of what is internal: columns of the input, fields of the evaluation, words of the bureau.
pub(crate) const INTERNAL: [&str; 24] = [
    "strength",
    "strong",
    "weak",
    "薄弱",
    "优质",
    "实力",
    "backbone",
    "骨干",
    "equipment",
    "仪器设备",
    "teachers",
    "教师",
    "management",
    "管理水平",
    "quality",
    "教育质量",
    "enrolment",
    "在校生",
    "author",
    "经办人",
    "\"rank",
    "排名",
    "\"pupils",
    "overload",
];

#[test]
fn nothing_internal_is_in_a_public_bundle() {
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    published(home.path(), "internal", &[]).ends(0);
    let folder = home.path().join("public");
    let files = files_below(&folder);
    for wanted in
        ["index.html", "notice.docx", "notice.html", "notice.md", "comment-form.docx", "tables.xlsx", "version.json"]
    {
        assert!(files.contains(&wanted.to_owned()), "{wanted} in {files:?}");
    }
    for kept in ["checklist.md", "evaluation.json", "report.md"] {
        assert!(!files.contains(&kept.to_owned()), "{kept} in {files:?}");
    }
    // What a PDF says is what the drawing beside it says.
    for file in files.iter().filter(|file| !has_ending(file, "pdf")) {
        let text = text_in(&folder.join(file));
        for planted in PLANTED {
            assert!(!text.contains(planted), "{planted} in {file}");
        }
        // The rest of the script of the page is the program's own.
        let text = text.split("\"use strict\";").next().expect("a part");
        for word in INTERNAL {
            assert!(!text.contains(word), "{word} in {file}");
        }
    }
    let heads: BTreeSet<String> = rows(&folder, "blocks.csv")[0].keys().cloned().collect();
    assert!(!heads.contains("学生") && !heads.contains("理由"), "{heads:?}");
    assert!(heads.contains("别名") && heads.contains("门牌"), "{heads:?}");
    // What is internal is in the other bundle, so that the words looked for are those that are there.
    let inside = home.path().join("internal");
    let blocks = rows(&inside, "blocks.csv");
    assert_eq!(blocks.iter().find(|row| row["编号"] == "B20").expect("it is there")["学生"], "3");
    let all: String = files_below(&inside).iter().map(|file| text_in(&inside.join(file))).collect();
    for planted in PLANTED.iter().chain(&["strength", "pupils", "薄弱"]) {
        assert!(all.contains(planted), "{planted} is nowhere in the internal bundle");
    }
}

/// Fewer than five pupils are nobody's business: not where they move, not in what is left of seats, not by taking away.
#[test]
fn fewer_than_five_pupils_are_hidden() {
    let home = copy_of(county());
    // Only the block with three pupils changes.
    let now = assignment(home.path());
    let mut existing = String::from("block_id,school_id\n");
    for (block, school) in &now {
        let other = if school == "S1" { "S2" } else { "S1" };
        existing += &[block.as_str(), ",", if block == "B20" { other } else { school.as_str() }, "\n"].concat();
    }
    write(home.path(), "existing.csv", existing);
    let run = xuequ(home.path(), &["plan", ".", "-o", "out", "--overwrite", "--effort", "quick", "--lang", "zh-CN"]);
    assert!(run.code <= 1, "{run:?}");
    let replanned = assignment(home.path());
    assert_eq!(replanned, now, "the plan is the same");
    published(home.path(), "public", &["--public"]).ends(1);
    published(home.path(), "internal", &[]).ends(1);
    let said = |folder: &str| {
        let notice = read(home.path(), &format!("{folder}/notice.md"));
        notice.lines().find(|line| line.contains("变动，涉及")).expect("the sum of changes").to_owned()
    };
    assert!(said("public").contains("1 个小区") && said("public").contains("\\<5 人"), "{}", said("public"));
    assert!(said("internal").contains("3 人"), "{}", said("internal"));
    let data = data_of(&read(home.path(), "public/index.html")).to_string();
    assert!(!data.contains("只余"), "how many seats are left says how many pupils there are");
}

#[test]
fn the_workbook_holds_the_tables_and_ids_stay_text() {
    use calamine::{Data, Reader};
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    let folder = home.path().join("public");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join("tables.xlsx")).expect("a workbook");
    let sheets = [
        ("招生范围一览表", "schools"),
        ("小区查询表", "blocks"),
        ("学区划分及设置", "districts"),
        ("变动清单", "changes"),
    ];
    assert_eq!(book.sheet_names(), sheets.map(|(name, _)| name));
    for (name, file) in sheets {
        let sheet = book.worksheet_range(name).expect("a sheet");
        let table = rows(&folder, &format!("{file}.csv"));
        let mut lines = sheet.rows();
        let title = lines.next().expect("a title")[0].to_string();
        assert!(title.starts_with("云川县2027学年") && title.contains(name) && title.contains("征求意见稿"), "{title}");
        let heads: Vec<String> = lines.next().expect("heads").iter().map(Data::to_string).collect();
        assert_eq!(heads.len(), table[0].len());
        for (line, row) in lines.zip(&table) {
            for (head, cell) in heads.iter().zip(line) {
                assert_eq!(cell.to_string(), row[head], "{name} {head}");
                let is_number = head.contains("米") || head == "学位";
                assert_eq!(matches!(cell, Data::Float(_)), is_number, "{name} {head} {cell:?}");
            }
        }
        assert_eq!(sheet.height(), table.len() + 2);
    }
}

#[test]
fn the_papers_say_the_same_in_every_format() {
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    let folder = home.path().join("public");
    for paper in ["notice", "comment-form"] {
        let plain = |text: String| -> String {
            let mut depth = 0;
            let bare: String = text
                .chars()
                .filter(|letter| {
                    depth += i32::from(*letter == '<');
                    let is_text = depth == 0;
                    depth -= i32::from(*letter == '>');
                    is_text
                })
                .collect();
            // What formats put around the text: marks of Markdown, the counts of lists, blanks.
            bare.chars().filter(|letter| !letter.is_whitespace() && !"\\|#-*".contains(*letter)).collect()
        };
        let body = |text: &str, from: &str| text[text.find(from).expect("its beginning")..].to_owned();
        let markdown = plain(read(&folder, &format!("{paper}.md")).replace("\\<", "〈").replace("\\>", "〉"));
        let html = body(&read(&folder, &format!("{paper}.html")), "<main>");
        let html =
            plain(html.replace("&lt;", "〈").replace("&gt;", "〉").replace("&amp;", "&").replace("&quot;", "\""));
        let docx = body(&text_in(&folder.join(format!("{paper}.docx"))), "<w:body>");
        let docx = body(docx.split("</w:body>").next().expect("a body"), "<w:p>");
        let docx =
            plain(docx.replace("&lt;", "〈").replace("&gt;", "〉").replace("&amp;", "&").replace("&quot;", "\""));
        let uncounted = |text: &str| -> String {
            let mut text = text.to_owned();
            for count in 1..20 {
                text = text.replace(&format!("{count}."), "");
            }
            text
        };
        assert_eq!(uncounted(&docx), uncounted(&markdown), "{paper}");
        assert_eq!(uncounted(&html), uncounted(&markdown), "{paper}");
    }
}

/// Every number of the notice is one of the evaluation, the settings or the words.
#[test]
fn each_number_of_the_notice_is_in_the_evaluation() {
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    let evaluation = read_json(home.path(), "out/evaluation.json");
    let stage = &evaluation["stages"][0];
    let said = rows(home.path(), "public/schools.csv");
    for school in stage["schools"].as_array().expect("schools") {
        let row = said.iter().find(|row| row["编号"] == school["school_id"]).expect("its row");
        assert_eq!(row["学位"], school["seats"].to_string());
    }
    let notice = read(home.path(), "public/notice.md");
    for row in &said {
        assert!(notice.contains(&format!("| {} | {} |", row["学校"], row["学位"])), "{row:?}");
    }
    let change = &stage["change"];
    let sentence =
        format!("有 {} 个小区（居住单元）变动，涉及学生 {} 人", change["moved_blocks"], change["moved_pupils"]);
    assert!(notice.contains(&sentence), "{sentence} in {notice}");
    // Distances are those of the table of the scheme.
    let metres: BTreeMap<String, String> = rows(home.path(), "out/assignment.csv")
        .into_iter()
        .map(|row| (row["block_id"].clone(), format!("{:.0}", row["distance_m"].parse::<f64>().expect("metres"))))
        .collect();
    for row in rows(home.path(), "public/blocks.csv") {
        assert_eq!(row["距离（米）"], metres[&row["编号"]]);
    }
    let version = read_json(home.path(), "public/version.json");
    assert_eq!(version["date"], "2027-05-01");
    let number = &version["scheme"].as_str().expect("a fingerprint")[..16];
    for paper in ["notice.md", "comment-form.md", "index.html"] {
        assert!(read(home.path(), &format!("public/{paper}")).contains(number), "{paper}");
    }
    assert!(text_in(&home.path().join("public/tables.xlsx")).contains(number));
}

#[test]
fn the_page_says_what_the_scheme_says_and_fetches_nothing() {
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    let page = read(home.path(), "public/index.html");
    assert!(page.contains("default-src 'none'"));
    for fetched in [" src=", "<link", "@import", "url(", "fetch(", "XMLHttpRequest", HOSTILE] {
        assert!(!page.contains(fetched), "{fetched}");
    }
    let data = data_of(&page);
    let assignment = assignment(home.path());
    let blocks = data["blocks"].as_array().expect("blocks");
    assert_eq!(blocks.len(), SIDE * SIDE);
    for block in blocks {
        let school = block["s"][0][0].as_u64().expect("a school");
        assert_eq!(format!("S{}", school + 1), assignment[block["i"].as_str().expect("an id")]);
    }
    assert_eq!(blocks[10]["p"][0], "yghy");
    assert_eq!(blocks[9]["n"], HOSTILE);
    let looked_up = rows(home.path(), "public/blocks.csv");
    assert_eq!(looked_up.len(), SIDE * SIDE);
    for row in looked_up {
        let school = assignment[&row["编号"]][1..].parse::<usize>().expect("a number") - 1;
        assert_eq!(row["学校"], data["schools"][school]["n"].as_str().expect("a name"));
    }
}

/// The blocks a description names.
pub(crate) fn blocks_named(
    words: &str,
    names: &BTreeMap<String, String>,
    communities: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let list = |text: &str| -> BTreeSet<String> { text.split('、').map(|name| names[name].clone()).collect() };
    for piece in words.split('；') {
        if let Some((community, rest)) = piece.split_once("（不含：") {
            let without = list(rest.strip_suffix('）').expect("closed"));
            found.extend(communities[community].difference(&without).cloned());
        } else if let Some((community, rest)) = piece.split_once("（仅含：") {
            let only = list(rest.strip_suffix('）').expect("closed"));
            assert!(only.is_subset(&communities[community]), "{piece}");
            found.extend(only);
        } else if let Some(all) = communities.get(piece) {
            found.extend(all.iter().cloned());
        } else {
            found.insert(names[piece].clone());
        }
    }
    found
}

#[test]
fn words_name_the_very_blocks_of_each_catchment() {
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    let layer = read_json(home.path(), "blocks.geojson");
    let (mut names, mut communities) = (BTreeMap::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for feature in layer["features"].as_array().expect("features") {
        let of = |key: &str| feature["properties"][key].as_str().map(str::to_owned);
        let (id, name) = (of("id").expect("an id"), of("name").expect("a name"));
        if name == "小区60" {
            names.insert("纬八路1-19号（单号）".to_owned(), id.clone());
        }
        names.insert(if name == "阳光花园" { format!("{name} [{id}]") } else { name }, id.clone());
        if let Some(community) = of("community") {
            communities.entry(community).or_default().insert(id);
        }
    }
    let mut kinds = [0; 3];
    let mut of_school: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (block, school) in assignment(home.path()) {
        of_school.entry(school).or_default().insert(block);
    }
    let said = rows(home.path(), "public/schools.csv");
    assert_eq!(said.len(), 4);
    for row in said {
        let words = &row["招生范围"];
        for (kind, mark) in ["（不含：", "（仅含：", "社区"].iter().enumerate() {
            kinds[kind] += usize::from(words.contains(mark));
        }
        assert_eq!(blocks_named(words, &names, &communities), of_school[&row["编号"]], "{words}");
    }
    assert!(kinds.iter().all(|count| *count > 0), "communities are named whole and in part: {kinds:?}");
}

#[test]
fn what_lacks_is_named_and_a_folder_that_lies_is_refused() {
    let home = copy_of(county());
    published(home.path(), "bare", &[]).ends(1).says(&["发布单位"]).says(&["审图号"]);
    assert!(read(home.path(), "bare/checklist.md").contains("□"));
    assert!(!read(home.path(), "bare/notice.md").contains("审图号:G"), "a number is never made up");
    let changed = read(home.path(), "out/assignment.csv").replacen("S1", "S2", 1);
    write(home.path(), "out/assignment.csv", changed);
    published(home.path(), "lie", &["--public"]).ends(3);
    assert!(!home.path().join("lie").exists());
}

/// PUB-03: 29 days need a reason, six are none.
#[test]
fn a_short_time_for_comments_needs_a_reason_and_six_days_are_refused() {
    let home = complete();
    let settings = read(home.path(), "xuequ.toml");
    let until = |day: &str, more: &str| {
        write(
            home.path(),
            "xuequ.toml",
            settings.replace("until = \"2027-05-30\"", &format!("until = \"{day}\"\n{more}")),
        );
    };
    until("2027-05-29", "");
    published(home.path(), "short", &["--public"]).ends(1).says(&["30 日", "理由"]);
    until("2027-05-29", "short_because = \"新校九月开学\"");
    published(home.path(), "reason", &["--public"]).ends(0);
    assert!(read(home.path(), "reason/notice.md").contains("新校九月开学"));
    until("2027-05-06", "short_because = \"新校九月开学\"");
    published(home.path(), "six", &["--public"]).ends(3).says(&["7 日"]);
    assert!(!home.path().join("six").exists());
    // What was adopted asks for no comments, and says when the joint meeting agreed.
    published(home.path(), "final", &["--public", "--adopted"]).ends(0);
    let notice = read(home.path(), "final/notice.md");
    assert!(!notice.contains("征求意见") && notice.contains("联席会议于 2027年4月20日 同意"));
    // Before that day, and where nobody says that there was one, nothing is published as adopted.
    let agreed = read(home.path(), "xuequ.toml");
    for later in ["agreed = \"2027-05-02\"", ""] {
        write(home.path(), "xuequ.toml", agreed.replace("agreed = \"2027-04-20\"", later));
        published(home.path(), "early", &["--public", "--adopted"]).ends(3).says(&["联席会议"]);
        assert!(!home.path().join("early").exists());
    }
}

#[test]
fn the_same_scheme_gives_the_same_bytes_and_changes_are_listed() {
    let home = complete();
    published(home.path(), "one", &["--public", "--threads", "1"]).ends(0);
    published(home.path(), "two", &["--public", "--threads", "2"]).ends(0);
    for file in files_below(&home.path().join("one")) {
        let bytes = |folder: &str| std::fs::read(home.path().join(folder).join(&file)).expect("a file of both");
        let [one, two] = ["one", "two"].map(bytes);
        assert!(one == two, "{file}");
    }
    let today: BTreeMap<String, String> = rows(home.path(), "existing.csv")
        .into_iter()
        .map(|row| (row["block_id"].clone(), row["school_id"].clone()))
        .collect();
    let now = assignment(home.path());
    let moved: BTreeSet<&String> = now.keys().filter(|block| now[*block] != today[*block]).collect();
    let listed = rows(home.path(), "one/changes.csv");
    let listed: BTreeSet<&String> = listed.iter().map(|row| &row["编号"]).collect();
    assert!(!moved.is_empty());
    assert_eq!(listed, moved);
    published(home.path(), "final", &["--public", "--adopted"]).ends(0);
    assert!(read(home.path(), "one/notice.md").contains("征求意见稿"));
    assert!(!read(home.path(), "final/notice.md").contains("征求意见稿"));
    assert!(!read(home.path(), "final/map.svg").contains("征求意见稿"));
    for file in files_below(&home.path().join("final")).iter().filter(|file| !file.contains('/')) {
        let text = text_in(&home.path().join("final").join(file));
        assert!(!text.contains("征求意见") && !text.contains("拟定"), "{file} still speaks of a draft");
    }
}
