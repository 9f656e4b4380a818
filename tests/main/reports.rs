//! Findings as files for people and programs, and codes explained.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::command::{Grid, folder, names_in, on_grid, read, read_json, write, xuequ};

/// A county with a fault in a name that would like to be code.
fn hostile() -> TempDir {
    let home = Grid::default().written();
    let schools = Grid::default().schools().replace("school_id", "school_id,name");
    let schools = schools
        .replace("S1,", "S1,\"<script>alert(1)</script>\"\"&'\",")
        .replace("S2,", "S2,../../etc/passwd,")
        .replace("S3,", "007,</style><img src=x onerror=alert(2)>,");
    write(home.path(), "schools.csv", schools.replace(",80,B43", ",0,B43").replace("350,450", "99350,450"));
    home
}

/// A table of the report, with its header.
fn table(home: &TempDir, file: &str) -> Vec<Vec<String>> {
    let text = read(home.path(), file);
    let body = text.strip_prefix('\u{feff}').expect("a byte-order mark, for Excel");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(body.as_bytes());
    reader.records().map(|row| row.expect("rows of equal length").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_report_holds_every_finding() {
    let home = hostile();
    let check = on_grid("check", &["-o", "report", "--json"]);
    let run = xuequ(home.path(), &check).ends(3);
    assert_eq!(names_in(&home.path().join("report")), ["findings.csv", "findings.geojson", "findings.html"]);
    let findings = run.json()["findings"].as_array().expect("a list of findings").clone();
    let rows = table(&home, "report/findings.csv");
    let header = ["number", "code", "severity", "file", "row", "name", "x", "y", "what", "remedy"];
    assert_eq!(rows[0], header);
    assert_eq!(rows.len(), findings.len() + 1);
    for finding in &findings {
        let cell = |key: &str| finding[key].as_str().map_or_else(|| finding[key].to_string(), str::to_owned);
        let row = rows.iter().find(|row| row[1] == cell("code") && row[8] == cell("what"));
        let row = row.unwrap_or_else(|| panic!("{finding:#} in {rows:#?}"));
        assert_eq!((&row[2], &row[9]), (&cell("severity"), &cell("remedy")));
    }
    // Worst first, and numbered so.
    let severities: Vec<&str> = rows[1..].iter().map(|row| row[2].as_str()).collect();
    let rank = |severity: &str| ["error", "warning", "note"].iter().position(|known| *known == severity);
    assert!(severities.windows(2).all(|pair| rank(pair[0]) <= rank(pair[1])), "{severities:?}");
    assert!(rows[1..].iter().enumerate().all(|(position, row)| row[0] == (position + 1).to_string()));
    // The layer has those with a place, under the same numbers.
    let layer = read_json(home.path(), "report/findings.geojson");
    let features = layer["features"].as_array().expect("a list of features");
    let placed: Vec<&Vec<String>> = rows[1..].iter().filter(|row| !row[6].is_empty()).collect();
    assert!(placed.len() >= 2, "{rows:#?}");
    assert_eq!(features.len(), placed.len());
    for (feature, row) in features.iter().zip(placed) {
        let (properties, place) = (&feature["properties"], &feature["geometry"]["coordinates"]);
        assert_eq!((properties["number"].to_string(), &properties["code"]), (row[0].clone(), &json!(row[1])));
        assert_eq!((place[0].as_f64(), place[1].as_f64()), (row[6].parse().ok(), row[7].parse().ok()));
        assert_eq!(feature["geometry"]["type"], "Point");
    }
}

/// A finding about a row that was read has the place of what was read there.
#[test]
fn findings_about_a_row_have_its_place() {
    let home = hostile();
    let found = xuequ(home.path(), &on_grid("check", &["--json"])).ends(3).json();
    let findings = found["findings"].as_array().expect("a list of findings").clone();
    let seats = findings.iter().find(|finding| finding["code"] == "seats-zero").expect("a school without seats");
    assert_eq!((&seats["place"], &seats["metres"]), (&json!([99350.0, 450.0]), &json!([99350.0, 450.0])));
}

#[test]
fn places_are_degrees_and_metres_on_the_earth() {
    let home = folder();
    write(home.path(), "schools.csv", "id,lon,lat,capacity\nS1,110.70123,28.30456,0\nS2,110.72123,28.31456,90\n");
    write(home.path(), "blocks.csv", "id,lon,lat,pupils\nB1,110.70223,28.30556,9\nB2,110.72223,28.31556,9\n");
    let files = ["check", "--schools", "schools.csv", "--blocks", "blocks.csv"];
    let run = xuequ(home.path(), &[&files[..], &["--json", "-o", "report"]].concat()).ends(3).json();
    let findings = run["findings"].as_array().expect("a list of findings");
    let seats = findings.iter().find(|finding| finding["code"] == "seats-zero").expect("a school without seats");
    assert_eq!(seats["place"], json!([110.70123, 28.30456]));
    let metres = seats["metres"].as_array().expect("a place in working metres");
    assert!(metres[1].as_f64().is_some_and(|north| (3_130_000.0..3_140_000.0).contains(&north)), "{metres:?}");
    assert_eq!(table(&home, "report/findings.csv")[0][6..8], ["longitude", "latitude"]);
    let layer = read_json(home.path(), "report/findings.geojson");
    assert!(layer.get("crs").is_none(), "RFC 7946 knows no crs");
}

#[test]
fn the_page_stands_alone_and_escapes_what_it_shows() {
    let home = hostile();
    for language in ["en", "zh-CN"] {
        xuequ(home.path(), &on_grid("check", &["-o", "report", "--overwrite", "--lang", language])).ends(3);
        let page = read(home.path(), "report/findings.html");
        assert!(page.starts_with("<!DOCTYPE html>"));
        assert!(page.contains(&format!("<html lang=\"{language}\">")), "{language}");
        for foreign in ["<script>alert", "<img", "http://", "https://", "url("] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert!(page.contains("&lt;img src=x onerror=alert(2)&gt;"));
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("<style>").count(), 1);
        assert!(page.contains("Content-Security-Policy") && page.contains("default-src"));
        assert!(page.contains("class=\"sketch\"") && page.contains("class=\"overview\""));
        // Every card is there once, under its number, and the map leads to cards that exist.
        let cards = page.matches("<article").count();
        assert_eq!(cards + 1, table(&home, "report/findings.csv").len());
        for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
        }
    }
}

/// Well-formed throughout: every element is closed in its turn.
#[test]
fn the_page_is_well_formed() {
    let home = hostile();
    xuequ(home.path(), &on_grid("check", &["-o", "report"])).ends(3);
    let page = read(home.path(), "report/findings.html");
    let start = page.find("<script>").expect("a script");
    let end = page.find("</script>").expect("its end");
    // Scripts are not markup.
    let markup = page[..start].to_owned() + &page[end + "</script>".len()..];
    let mut reader = quick_xml::Reader::from_str(&markup);
    let mut depth = 0_i64;
    loop {
        match reader.read_event().expect("well-formed markup") {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}

#[test]
fn a_long_list_is_cut_on_the_page_alone_and_says_so() {
    let home = Grid::default().written();
    let pairs: Vec<String> = (0..3_000).map(|number| format!("B00,Z{number}\n")).collect();
    write(home.path(), "adjacency.csv", Grid::adjacency() + &pairs.concat());
    xuequ(home.path(), &on_grid("check", &["-o", "report", "--lang", "en"])).ends(3);
    let rows = table(&home, "report/findings.csv");
    assert_eq!(rows.iter().filter(|row| row[1] == "adjacency-unknown").count(), 3_000);
    let page = read(home.path(), "report/findings.html");
    assert!(page.contains("The first 100 of 3000 are on this page; findings.csv has all"), "{}", &page[..2_000]);
    assert!(page.matches("<article").count() < 200);
}

#[test]
fn nothing_is_overwritten_and_plans_are_left_alone() {
    let home = Grid::default().written();
    xuequ(home.path(), &on_grid("check", &["-o", "report"])).ends(0);
    let before = read(home.path(), "report/findings.html");
    write(home.path(), "report/note.txt", "mine");
    xuequ(home.path(), &on_grid("check", &["-o", "report"])).ends(5).says(&["report", "--overwrite"]);
    xuequ(home.path(), &on_grid("check", &["-o", "report", "--overwrite"])).ends(0);
    assert_eq!(read(home.path(), "report/findings.html"), before, "same input, same bytes");
    assert_eq!(read(home.path(), "report/note.txt"), "mine");
    xuequ(home.path(), &on_grid("plan", &["-o", "out", "--effort", "quick"])).ends(0);
    let files = names_in(&home.path().join("out"));
    xuequ(home.path(), &on_grid("check", &["-o", "out", "--overwrite"])).ends(5).says(&["out", "plan"]);
    assert_eq!(names_in(&home.path().join("out")), files);
}

#[test]
fn without_findings_the_report_says_that() {
    let county = xuequ::model::County {
        name: Some("云川县".to_owned()),
        ..super::fixture::grid_county(super::fixture::Grid { columns: 2, rows: 2, side: 100.0 }, &[1; 4], &[(0, 9)])
    };
    let ground = super::fixture::survey(&county);
    let report = xuequ::publish::FindingsReport::new(&county, &ground, &[], xuequ::language::Language::Chinese);
    let home = folder();
    let path = home.path().join("report");
    let mut folder = xuequ::publish::OutputFolder::begin(&path, false).expect("a new folder");
    report.write(&mut folder).expect("files can be written");
    folder.finish().expect("a folder can be moved");
    let page = read(&path, "findings.html");
    assert!(page.contains("云川县") && page.contains("没有发现问题"), "{page}");
}

#[test]
fn a_code_is_explained() {
    let home = folder();
    let run = xuequ(home.path(), &["check", "--explain", "seats-zero"]).ends(0);
    assert!(run.stdout.starts_with("error [seats-zero]") && run.stdout.contains("→"), "{run:#?}");
    let chinese = xuequ(home.path(), &["check", "--explain", "[SEATS-ZERO]", "--lang", "zh-CN"]).ends(0);
    assert!(chinese.stdout.contains("错误 [seats-zero]") && chinese.stdout.contains("学位"), "{chinese:#?}");
    let data: Value = xuequ(home.path(), &["check", "--explain", "seats-zero", "--json"]).ends(0).json();
    assert_eq!((&data["code"], &data["severity"]), (&json!("seats-zero"), &json!("error")));
    xuequ(home.path(), &["check", "--explain", "seat-zero"]).ends(2).says(&["seat-zero", "Did you mean “seats-zero”"]);
}
