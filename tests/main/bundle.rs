//! The bundle for public comment: it says what the scheme says, nothing that must not be public, and fetches nothing.

use std::collections::{BTreeMap, BTreeSet};
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

fn published(home: &Path, out: &str, more: &[&str]) -> Run {
    xuequ(home, &[&["publish", "out", "-o", out, "--lang", "zh-CN"], more].concat())
}

/// A project with what the office has to say.
fn complete() -> tempfile::TempDir {
    let home = copy_of(county());
    let settings = read(home.path(), "xuequ.toml")
        + "[publish]\noffice = \"云川县教育局\"\nbasis = [\"《中华人民共和国义务教育法》\"]\nfrom = \"2027-05-01\"\n\
           until = \"2027-05-30\"\nemail = \"jyj@example.cn\"\nmap_approval = \"无行政区域界线,免于送审\"\n";
    write(home.path(), "xuequ.toml", settings);
    home
}

/// The data in the page.
fn data_of(page: &str) -> Value {
    let start = page.find("type=\"application/json\">").expect("the data") + "type=\"application/json\">".len();
    let end = start + page[start..].find("</script>").expect("its end");
    serde_json::from_str(&page[start..end]).expect("JSON")
}

/// The rows of a table by its header.
fn rows(home: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = read(home, name);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    });
    rows.collect()
}

fn assignment(home: &Path) -> BTreeMap<String, String> {
    rows(home, "out/assignment.csv")
        .into_iter()
        .map(|row| (row["block_id"].clone(), row["school_id"].clone()))
        .collect()
}

#[test]
fn nothing_internal_is_in_a_public_bundle() {
    let home = complete();
    published(home.path(), "public", &["--public"]).ends(0);
    published(home.path(), "internal", &[]).ends(0);
    let folder = home.path().join("public");
    let files = files_below(&folder);
    assert!(files.contains(&"index.html".to_owned()) && !files.contains(&"checklist.md".to_owned()), "{files:?}");
    // What a PDF says is what the drawing beside it says.
    for file in files.iter().filter(|file| !has_ending(file, "pdf")) {
        let text = read(&folder, file);
        for planted in PLANTED {
            assert!(!text.contains(planted), "{planted} in {file}");
        }
        for word in ["strength", "weak", "薄弱", "实力", "backbone", "骨干"] {
            assert!(!text.contains(word), "{word} in {file}");
        }
    }
    let heads: BTreeSet<String> = rows(&folder, "blocks.csv")[0].keys().cloned().collect();
    assert!(!heads.contains("学生") && !heads.contains("理由"), "{heads:?}");
    let inside = rows(&home.path().join("internal"), "blocks.csv");
    assert_eq!(inside.iter().find(|row| row["编号"] == "B20").expect("it is there")["学生"], "3");
    assert!(read(&home.path().join("internal"), "index.html").contains("planted-reason"));
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
    assert_eq!(blocks[10]["p"], "yghy");
    assert_eq!(blocks[9]["n"], HOSTILE);
    let looked_up = rows(home.path(), "public/blocks.csv");
    assert_eq!(looked_up.len(), SIDE * SIDE);
    for row in looked_up {
        let school = assignment[&row["编号"]][1..].parse::<usize>().expect("a number") - 1;
        assert_eq!(row["学校"], data["schools"][school]["n"].as_str().expect("a name"));
    }
}

/// The blocks a description names.
fn blocks_named(
    words: &str,
    names: &BTreeMap<String, String>,
    communities: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let list = |text: &str| -> BTreeSet<String> { text.split('、').map(|name| names[name].clone()).collect() };
    for piece in words.split(';') {
        if let Some((community, rest)) = piece.split_once("(不含:") {
            let without = list(rest.strip_suffix(')').expect("closed"));
            found.extend(communities[community].difference(&without).cloned());
        } else if let Some((community, rest)) = piece.split_once("(仅含:") {
            let only = list(rest.strip_suffix(')').expect("closed"));
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
        for (kind, mark) in ["(不含:", "(仅含:", "社区"].iter().enumerate() {
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
    assert!(read(home.path(), "bare/checklist.md").contains("- [ ] "));
    assert!(!read(home.path(), "bare/notice.md").contains("审图号:G"), "a number is never made up");
    let changed = read(home.path(), "out/assignment.csv").replacen("S1", "S2", 1);
    write(home.path(), "out/assignment.csv", changed);
    published(home.path(), "lie", &["--public"]).ends(3);
    assert!(!home.path().join("lie").exists());
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
}
