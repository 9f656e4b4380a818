//! The map sheets of a bundle: each says what it must, nothing lies upon anything, nobody is forgotten, everyone can tell
//! the colours apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::json;
use xuequ::publish::{ALIKE, Colour, Vision, contrast, least_difference};

use super::command::{files_below, has_ending, lasting_folder, names_in, read, read_json, write, xuequ};
use super::tamper::copy_of;

/// An element of a drawing: its name, its attributes, the text in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Element {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("attributes are well-formed");
            let value = attribute.value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            (attribute.key.as_ref().to_owned(), value.replace("&amp;", "&"))
        });
        Element { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), text: String::new() }
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        let text = self.attributes.get(name).map(String::as_str).unwrap_or_default();
        text.split([' ', ',']).filter_map(|part| part.parse().ok()).collect()
    }
}

/// The elements of a drawing in order.
fn elements(svg: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(svg);
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("the drawing is well-formed") {
            Event::Start(start) => {
                open.push(all.len());
                all.push(Element::of(&start));
            }
            Event::Empty(start) => all.push(Element::of(&start)),
            Event::End(_) => _ = open.pop(),
            Event::Text(text) => {
                if let Some(inner) = open.last() {
                    all[*inner].text += &text;
                }
            }
            Event::GeneralRef(reference) => {
                let letter = match &*reference {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    _ => "'",
                };
                if let Some(inner) = open.last() {
                    all[*inner].text += letter;
                }
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

fn by_id<'a>(elements: &'a [Element], id: &str) -> Option<&'a Element> {
    elements.iter().find(|element| element.attributes.get("id").is_some_and(|own| own == id))
}

/// Everything a reader sees, without what broke it into lines.
fn shown(elements: &[Element]) -> String {
    elements.iter().filter(|element| element.name == "text").map(|element| element.text.replace(' ', "")).collect()
}

/// The boxes of labels: left, top, right, bottom.
fn boxes(elements: &[Element]) -> Vec<[f64; 4]> {
    let with_box = elements.iter().filter(|element| element.attributes.contains_key("data-box"));
    let corners = with_box.map(|element| {
        let numbers = element.numbers("data-box");
        let [left, top, width, height] = numbers[..] else { panic!("{element:?}") };
        [left, top, left + width, top + height]
    });
    corners.collect()
}

fn overlaps(boxes: &[[f64; 4]]) -> usize {
    // Boxes are written with one decimal.
    let apart = |one: &[f64; 4], other: &[f64; 4]| {
        one[2] <= other[0] + 0.11 || other[2] <= one[0] + 0.11 || one[3] <= other[1] + 0.11 || other[3] <= one[1] + 0.11
    };
    let pairs = boxes
        .iter()
        .enumerate()
        .flat_map(|(position, one)| boxes[position + 1..].iter().map(move |other| (one, other)));
    pairs.filter(|(one, other)| !apart(one, other)).count()
}

/// The demo county of a seed with its sheets on A4 and for phones in `maps`. Never to be written to.
fn county_of(seed: u64, papers: &str) -> PathBuf {
    let home = lasting_folder("sheets-");
    for (name, bytes) in xuequ::demo::county(seed) {
        write(&home, name, bytes);
    }
    xuequ(&home, &["plan", ".", "-o", "out", "--effort", "quick", "--lang", "zh-CN"]).ends(0);
    let run = xuequ(
        &home,
        &["publish", "out", "-o", "bundle", "--public", "--paper", papers, "--formats", "svg", "--lang", "zh-CN"],
    );
    assert_eq!(run.code, 1, "only words of the office lack: {run:?}");
    home
}

fn first() -> &'static Path {
    static COUNTY: OnceLock<PathBuf> = OnceLock::new();
    COUNTY.get_or_init(|| county_of(1, "a4,phone"))
}

fn second() -> &'static Path {
    static COUNTY: OnceLock<PathBuf> = OnceLock::new();
    COUNTY.get_or_init(|| county_of(7, "a3-portrait"))
}

/// The sheets of a bundle: its drawings by path.
fn sheets(home: &Path) -> BTreeMap<String, Vec<Element>> {
    let bundle = home.join("bundle");
    let drawings = files_below(&bundle).into_iter().filter(|file| has_ending(file, "svg"));
    drawings.map(|file| (file.clone(), elements(&read(&bundle, &file)))).collect()
}

/// No label upon another, none beyond the page, no name lost.
fn are_readable(home: &Path) {
    let sheets = sheets(home);
    let mut labels = 0;
    for (file, elements) in &sheets {
        let boxes = boxes(elements);
        labels += boxes.len();
        assert_eq!(overlaps(&boxes), 0, "{file}");
        let view = elements[0].numbers("viewBox");
        let inside =
            |label: &[f64; 4]| label[0] >= 0.0 && label[1] >= 0.0 && label[2] <= view[2] && label[3] <= view[3];
        assert!(boxes.iter().all(inside), "{file}");
        for text in elements.iter().filter(|element| element.name == "text") {
            let ys = text.numbers("y");
            // Those of the north arrow are relative to it.
            assert!(ys.iter().all(|y| (-40.0..=view[3]).contains(y)), "{file}: {text:?} of {view:?}");
        }
    }
    assert!(labels > 1000, "labels were found: {labels}");
    // Every block of a catchment is named on its sheet, by its place or in the index.
    let assignment = read(home, "out/assignment.csv");
    let mut table = csv::Reader::from_reader(assignment.trim_start_matches('\u{feff}').as_bytes());
    let mut of_school: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for row in table.records() {
        let row = row.expect("a row");
        of_school.entry((row[0].to_owned(), row[4].to_owned())).or_default().insert(row[2].replace(' ', ""));
    }
    for ((stage, school), blocks) in of_school {
        let of_it = |file: &&String| file.starts_with(&format!("maps/{stage}-school-")) && file.contains(&school);
        let files: Vec<&String> = sheets.keys().filter(of_it).collect();
        assert!(!files.is_empty(), "{stage} {school}");
        for file in files {
            let shown = shown(&sheets[file]);
            assert!(shown.contains(&school), "{file}");
            for block in &blocks {
                assert!(shown.contains(block), "{file} does not name {block}");
            }
        }
    }
}

#[test]
fn no_label_lies_upon_another_and_no_name_is_lost() {
    are_readable(first());
    are_readable(second());
}

#[test]
fn every_sheet_has_its_furniture() {
    for (file, elements) in sheets(first()) {
        for id in ["title", "status", "map", "legend", "scale-bar", "north-arrow", "source", "catchments", "labels"] {
            assert!(by_id(&elements, id).is_some(), "{file} has no {id}");
        }
        let shown = shown(&elements);
        for words in
            ["征求意见稿", "审图号（或免审依据）：____________", "以文字说明为准", "距离：", "数据来源：", "图例"]
        {
            assert!(shown.contains(words), "{file} does not say {words}");
        }
        assert!(!shown.contains("内部方案"), "{file} is no draft any more");
        let is_screen = file.ends_with("-phone.svg");
        assert_eq!(shown.contains("比例尺1:"), !is_screen, "{file}");
        let (width, height) = (&elements[0].attributes["width"], &elements[0].attributes["height"]);
        if is_screen {
            assert_eq!(width, "1080", "{file}");
        } else {
            let side =
                |text: &str| text.strip_suffix("mm").and_then(|text| text.parse::<f64>().ok()).expect("millimetres");
            // Whole pages one below the other, of which those after the first hold the rest of an index.
            let is_wide = (side(width) - 297.0).abs() < 0.2;
            let leaf = if is_wide { 210.0 } else { 297.0 };
            let leaves = (side(height) / leaf).round();
            assert!(is_wide || (side(width) - 210.0).abs() < 0.2, "{file}: {width} × {height}");
            assert!(leaves >= 1.0 && (side(height) - leaves * leaf).abs() < 0.2 * leaves, "{file}: {width} × {height}");
        }
    }
}

#[test]
fn there_is_a_sheet_for_everything_and_a_list_of_them() {
    let names: Vec<String> = sheets(first()).into_keys().collect();
    let evaluation = read_json(first(), "out/evaluation.json");
    let list = read(&first().join("bundle"), "maps/index.html");
    for stage in evaluation["stages"].as_array().expect("stages") {
        let slug = stage["stage"].as_str().expect("a name");
        let count = |kind: &str| {
            names
                .iter()
                .filter(|file| file.starts_with(&format!("maps/{slug}-{kind}")) && !file.ends_with("-phone.svg"))
                .count()
        };
        assert_eq!(count("school-"), stage["schools"].as_array().expect("schools").len());
        assert_eq!(count("district-"), stage["districts"].as_array().map_or(0, Vec::len));
        assert_eq!([count("changes"), count("seats"), count("distance")], [1, 1, 1], "{names:?}");
    }
    for file in &names {
        let link = file.strip_prefix("maps/").map_or_else(|| format!("../{file}"), str::to_owned);
        assert!(list.contains(&format!("href=\"{link}\"")), "{file} is not in the list");
    }
}

#[test]
fn numbers_on_the_sheets_are_those_of_the_evaluation() {
    let evaluation = read_json(first(), "out/evaluation.json");
    let sheets = sheets(first());
    for stage in evaluation["stages"].as_array().expect("stages") {
        let slug = stage["stage"].as_str().expect("a name");
        let seats = shown(&sheets[&format!("maps/{slug}-seats.svg")]);
        for school in stage["schools"].as_array().expect("schools") {
            let (pupils, seats_of) = (&school["pupils"], &school["seats"]);
            let label = format!("{pupils}/{seats_of}");
            assert!(seats.contains(&label), "{slug}: {label}");
        }
        let distance = shown(&sheets[&format!("maps/{slug}-distance.svg")]);
        let mean = format!("平均{:.0}米", stage["mean_distance_m"].as_f64().expect("a number"));
        assert!(distance.contains(&mean), "{slug}: {mean}");
        let changes = shown(&sheets[&format!("maps/{slug}-changes.svg")]);
        let moved =
            format!("{}个居住单元变动·涉及学生{}人", stage["change"]["moved_blocks"], stage["change"]["moved_pupils"]);
        assert!(changes.contains(&moved), "{slug}: {moved}");
    }
}

/// The colours of touching catchments of a stage, with the schools.
fn touching(home: &Path, stage: &str) -> Vec<(String, String, Colour, Colour)> {
    let layer = read_json(home, "out/catchments.geojson");
    let mut owner: BTreeMap<[i64; 4], usize> = BTreeMap::new();
    let features = layer["features"].as_array().expect("features");
    let of_stage: Vec<_> = features.iter().filter(|feature| feature["properties"]["stage"] == stage).collect();
    let mut pairs = BTreeSet::new();
    for (position, feature) in of_stage.iter().enumerate() {
        let geometry = &feature["geometry"];
        let one = vec![geometry["coordinates"].clone()];
        let parts =
            if geometry["type"] == "Polygon" { &one } else { geometry["coordinates"].as_array().expect("parts") };
        for ring in parts.iter().flat_map(|part| part.as_array().expect("rings")) {
            let at = |place: &serde_json::Value| {
                [0, 1].map(|axis| (place[axis].as_f64().expect("a number") * 1e8).round() as i64)
            };
            let places: Vec<[i64; 2]> = ring.as_array().expect("places").iter().map(at).collect();
            for edge in places.windows(2) {
                let [from, to] = [edge[0], edge[1]];
                if let Some(other) = owner.get(&[to[0], to[1], from[0], from[1]]) {
                    pairs.insert((position.min(*other), position.max(*other)));
                }
                owner.insert([from[0], from[1], to[0], to[1]], position);
            }
        }
    }
    let text = |position: usize, key: &str| of_stage[position]["properties"][key].as_str().expect("text").to_owned();
    let colour = |position: usize| Colour::from_text(&text(position, "fill")).expect("a colour");
    let name = |position: usize| text(position, "school_id");
    pairs.into_iter().map(|(one, other)| (name(one), name(other), colour(one), colour(other))).collect()
}

#[test]
fn touching_catchments_can_be_told_apart_by_everyone_and_in_grey() {
    let all = [first(), second()].map(|home| ["primary", "junior"].map(|stage| (home, stage)));
    for (home, stage) in all.into_iter().flatten() {
        let pairs = touching(home, stage);
        assert!(pairs.len() > 20, "{stage}: {}", pairs.len());
        for (one, other, first, second) in pairs {
            let least = least_difference(first, second);
            assert!(least >= ALIKE, "{stage}: {one} {first} and {other} {second} differ by {least:.1}");
            assert!(Vision::Grey.difference(first, second) >= ALIKE);
        }
    }
}

#[test]
fn text_and_borders_stand_out_from_every_fill_that_is_used() {
    let ink = ["#1b1b1b", "#222222"].map(|ink| Colour::from_text(ink).expect("a colour"));
    let border = Colour::from_text("#333333").expect("a colour");
    let mut fills = BTreeSet::new();
    for elements in sheets(first()).values() {
        let grounds =
            elements.iter().filter(|element| element.attributes.get("class").is_some_and(|class| class == "ground"));
        fills.extend(grounds.map(|ground| ground.attributes["fill"].clone()));
    }
    assert!(fills.len() > 20, "{fills:?}");
    for fill in fills.iter().filter_map(|fill| Colour::from_text(fill)) {
        assert!(ink.iter().all(|ink| contrast(*ink, fill) >= 4.5), "text on {fill}");
        assert!(contrast(border, fill) >= 3.0, "borders on {fill}");
    }
}

/// A small county in plain metres, with names no file should have, a pool, a lock, and a school of three pupils.
fn awkward() -> &'static Path {
    static COUNTY: OnceLock<PathBuf> = OnceLock::new();
    COUNTY.get_or_init(|| {
        let home = lasting_folder("awkward-");
        let side = 6;
        let features = (0..side * side).map(|block| {
            let (left, low) = (200 * (block % side), 200 * (block / side));
            let pupils = if block % side == 5 { i32::from(block < 18) } else { 12 };
            json!({
                "type": "Feature",
                "properties": { "id": format!("B{block:02}"), "name": format!("{}号院", "长".repeat(block)), "pupils": pupils },
                "geometry": { "type": "Polygon", "coordinates": [[
                    [left, low], [left + 200, low], [left + 200, low + 200], [left, low + 200], [left, low],
                ]] },
            })
        });
        let layer = json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() });
        write(&home, "blocks.geojson", layer.to_string());
        let long = "很长的校名".repeat(40);
        write(
            &home,
            "schools.csv",
            format!(
                "id,name,x,y,capacity,pool\nS1,../../逃/校,110,310,200,\nS2,{long},510,310,200,甲\nS3,{long},510,910,200,甲\n\
                 S4,<小>&校,1090,700,9,\n"
            ),
        );
        let columns: Vec<String> = (0..side).map(|row| format!("block,B{:02},S4,因为,某人\n", row * side + 5)).collect();
        write(&home, "locks.csv", format!("kind,what,to,reason,author\nblock,B00,S1,因为,某人\n{}", columns.concat()));
        write(
            &home,
            "xuequ.toml",
            "[project]\nname = \"云川县\"\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\nfile = \"blocks.geojson\"\n\
             [locks]\nfile = \"locks.csv\"\n[publish]\nmap_approval = \"黔S(2027)001号\"\n",
        );
        let run = xuequ(&home, &["plan", ".", "-o", "out", "--effort", "quick", "--lang", "zh-CN"]);
        assert!(run.code <= 1, "{run:?}");
        home
    })
}

fn published(home: &Path, out: &str, more: &[&str]) -> PathBuf {
    let run = xuequ(home, &[&["publish", "out", "-o", out, "--lang", "zh-CN"], more].concat());
    assert_eq!(run.code, 1, "{run:?}");
    home.join(out)
}

#[test]
fn scale_bars_are_true() {
    let home = copy_of(awkward());
    let folder = published(home.path(), "sheets", &["--public", "--formats", "svg", "--paper", "a3,a4-portrait,phone"]);
    let gates = BTreeMap::from([("S1", [110.0, 310.0]), ("S4", [1090.0, 700.0])]);
    for file in ["map.svg", "map-a4-portrait.svg", "map-phone.svg"] {
        let elements = elements(&read(&folder, file));
        let bar = by_id(&elements, "scale-bar").expect("a scale bar");
        let [metres, pixels] = ["data-metres", "data-pixels"].map(|name| bar.numbers(name)[0]);
        let at = |id: &str| {
            let school = elements
                .iter()
                .position(|e| e.attributes.get("data-school").is_some_and(|own| own == id) && e.name == "g");
            let circle =
                elements[school.expect("the school")..].iter().find(|e| e.name == "circle").expect("its symbol");
            [circle.numbers("cx")[0], circle.numbers("cy")[0]]
        };
        let away = |one: [f64; 2], other: [f64; 2]| (one[0] - other[0]).hypot(one[1] - other[1]);
        let (drawn, real) = (away(at("S1"), at("S4")), away(gates["S1"], gates["S4"]));
        assert!((drawn / real / (pixels / metres) - 1.0).abs() < 0.01, "{file}: {drawn} for {real}");
        if file == "map.svg" {
            // 420 mm for the width of the view.
            let millimetre = elements[0].numbers("viewBox")[2].max(elements[0].numbers("viewBox")[3]) / 420.0;
            let ratio = 1000.0 * metres / (pixels / millimetre);
            let shown = shown(&elements);
            let told = shown.split("比例尺1:").nth(1).expect("a ratio").split('(').next().expect("its digits");
            let told: f64 = told.replace('\u{a0}', "").parse().expect("a number");
            assert!((told / ratio - 1.0).abs() < 0.01, "{told} for {ratio}");
        }
    }
}

#[test]
fn names_of_schools_lead_to_no_other_place_and_hide_nobody() {
    let home = copy_of(awkward());
    let before = names_in(home.path());
    let folder = published(home.path(), "sheets", &["--public", "--formats", "svg"]);
    let files = files_below(&folder);
    let of_schools: Vec<&String> = files.iter().filter(|file| file.starts_with("maps/all-school-")).collect();
    assert_eq!(of_schools.len(), 3, "one a catchment: {files:?}");
    assert!(files.iter().all(|file| file.len() < 160 && file.matches('/').count() <= 1), "{files:?}");
    assert_eq!(names_in(home.path()).len(), before.len() + 1, "nothing was written beside the bundle");
    let overview = elements(&read(&folder, "map.svg"));
    assert!(shown(&overview).contains("黔S(2027)001号"));
    for hatch in ["hatch-shared", "hatch-locked"] {
        assert!(by_id(&overview, hatch).is_some(), "{hatch}");
    }
    assert!(shown(&overview).contains("多校划片") && shown(&overview).contains("已锁定"));
}

#[test]
fn fewer_than_five_pupils_stay_hidden_on_every_public_sheet() {
    let home = copy_of(awkward());
    let public = published(home.path(), "public", &["--public", "--formats", "svg"]);
    let office = published(home.path(), "office", &["--formats", "svg"]);
    let mut seen = 0;
    for file in files_below(&public).into_iter().filter(|file| has_ending(file, "svg")) {
        let (text, inside) = (read(&public, &file), read(&office, &file));
        seen += usize::from(inside.contains("3/9"));
        assert!(!text.contains("3/9") && !text.contains("3 名学生"), "{file}");
        // From the sum they could be worked out.
        assert!(!text.contains("363 名学生"), "{file}");
    }
    assert!(seen >= 2, "the office sees them");
    assert!(read(&public, "maps/all-seats.svg").contains("学生不足 5 人"));
}

#[test]
fn pdf_and_png_hold_what_the_drawing_says() {
    let home = copy_of(awkward());
    let [one, two] =
        ["one", "two"].map(|out| published(home.path(), out, &["--public", "--formats", "pdf,png", "--paper", "a4"]));
    let pdf = std::fs::read(one.join("map.pdf")).expect("a PDF");
    let png = std::fs::read(one.join("map.png")).expect("a PNG");
    assert!(pdf.starts_with(b"%PDF-") && png.starts_with(b"\x89PNG"));
    for file in ["map.pdf", "map.png"] {
        assert!(std::fs::read(one.join(file)).expect("it") == std::fs::read(two.join(file)).expect("it"), "{file}");
    }
    let raw = String::from_utf8_lossy(&pdf);
    let page: Vec<f64> = raw.split("/MediaBox").nth(1).expect("a page")[..60]
        .split(['[', ']', ' '])
        .filter_map(|part| part.parse().ok())
        .collect();
    let (long, short) = (page[2].max(page[3]), page[2].min(page[3]));
    assert!((long - 841.89).abs() < 0.6 && (short - 595.28).abs() < 0.6, "A4 in points: {page:?}");
    assert!(raw.contains("/FontFile"), "glyphs are embedded");
    // The letters can be searched for and copied: the font says which character each glyph is.
    for letter in ['图', '例', '县'] {
        let code = format!("<{:04X}>", letter as u32);
        assert!(raw.contains("beginbfchar") && raw.contains(&code), "{letter} cannot be selected");
    }
    let (wide, high) = (be(&png[16..20]), be(&png[20..24]));
    assert!(wide.max(high) > 1700 && wide.min(high) > 1200, "{wide} × {high}");
}

fn be(bytes: &[u8]) -> u32 {
    u32::from_be_bytes(bytes.try_into().expect("four bytes"))
}

#[test]
fn characters_without_a_glyph_are_named_and_not_left_out() {
    let home = copy_of(awkward());
    // A character of the second plane, as names of people and places have.
    let schools = read(home.path(), "schools.csv").replace("<小>&校", "\u{2cb4e}塘小学");
    write(home.path(), "schools.csv", schools);
    xuequ(home.path(), &["plan", ".", "-o", "out", "--overwrite", "--effort", "quick", "--lang", "zh-CN"]);
    xuequ(home.path(), &["publish", "out", "-o", "pdf", "--lang", "zh-CN"]).ends(3).says(&["\u{2cb4e}", "--font"]);
    assert!(!home.path().join("pdf").exists());
    published(home.path(), "svg", &["--formats", "svg"]);
    xuequ(home.path(), &["publish", "out", "-o", "paths", "--formats", "svg", "--text-as-paths"]).ends(3);
    write(home.path(), "no.ttf", "no font");
    let run = xuequ(home.path(), &["publish", "out", "-o", "font", "--font", "no.ttf", "--lang", "zh-CN"]);
    run.ends(3).says(&["no.ttf"]);
}

#[test]
fn letters_may_become_paths_and_stale_sheets_go() {
    let home = copy_of(awkward());
    let folder = published(home.path(), "sheets", &["--formats", "svg", "--paper", "a4,phone"]);
    assert!(folder.join("maps/all-seats-phone.svg").exists());
    write(&folder, "maps/own.txt", "not ours");
    published(home.path(), "sheets", &["--formats", "svg", "--paper", "a4", "--text-as-paths", "--overwrite"]);
    assert!(!folder.join("maps/all-seats-phone.svg").exists(), "a sheet of the earlier bundle");
    assert_eq!(read(&folder, "maps/own.txt"), "not ours");
    let svg = read(&folder, "maps/all-seats.svg");
    assert!(!svg.contains("<text") && svg.matches("<path").count() > 40);
}
