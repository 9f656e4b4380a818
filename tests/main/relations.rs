//! What only shows when the layers are seen together: each fault planted, and clean data that stay silent.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::command::{Grid, demo, folder, on_grid, read, write, xuequ};

/// The findings of a code, in the grid with more options.
fn findings(home: &TempDir, more: &[&str], code: &str) -> Vec<Value> {
    let run = xuequ(home.path(), &on_grid("check", &[&["--json"], more].concat()));
    let all = run.json()["findings"].as_array().expect("a list of findings").clone();
    all.into_iter().filter(|finding| finding["code"] == code).collect()
}

/// The only finding of a code.
#[track_caller]
fn finding(home: &TempDir, more: &[&str], code: &str) -> Value {
    let found = findings(home, more, code);
    let [only] = &found[..] else { panic!("{code}: {found:#?}") };
    only.clone()
}

#[track_caller]
fn says(finding: &Value, parts: &[&str]) {
    let what = finding["what"].as_str().expect("a sentence");
    assert!(parts.iter().all(|part| what.contains(part)), "{parts:?} in {finding:#}");
}

/// The grid without neighbour pairs, so that blocks and schools may be changed at will.
fn grid() -> TempDir {
    Grid::default().written()
}

/// The tables of the grid with one of them changed.
fn changed(file: &str, from: &str, to: &str) -> TempDir {
    let home = grid();
    let before = read(home.path(), file);
    assert!(before.contains(from), "{from} in {before}");
    write(home.path(), file, before.replace(from, to));
    home
}

/// Two towns that cover the grid, 600 m by 600 m, between them.
fn towns() -> String {
    let town = |name: &str, left: u32, right: u32| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[[[{left},0],[{right},0],[{right},600],[{left},600],[{left},0]]]}}}}"
        )
    };
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}", town("张黄镇", 0, 300), town("寨圩镇", 300, 600))
}

const AREAS: [&str; 2] = ["--areas", "areas.geojson"];

#[test]
fn clean_data_stay_silent() {
    let home = grid();
    write(home.path(), "areas.geojson", towns());
    let run = xuequ(home.path(), &on_grid("check", &[&["--json"], &AREAS[..]].concat())).ends(0).json();
    assert_eq!((&run["errors"], &run["warnings"]), (&json!(0), &json!(0)), "{run:#}");
    let run = xuequ(demo(), &["check", ".", "--json"]).ends(0).json();
    assert_eq!((&run["errors"], &run["warnings"]), (&json!(0), &json!(0)), "{run:#}");
}

#[test]
fn a_school_and_a_block_outside_the_areas() {
    let home = changed("schools.csv", "350,450", "350,1450");
    write(home.path(), "areas.geojson", towns());
    let found = finding(&home, &AREAS, "school-outside-areas");
    assert_eq!((&found["name"], &found["row"], &found["place"]), (&json!("S3"), &json!(4), &json!([350.0, 1450.0])));
    says(&found, &["850 m north of"]);
    let home = changed("blocks.csv", "B50,50,550", "B50,-450,-550");
    write(home.path(), "areas.geojson", towns());
    let found = finding(&home, &AREAS, "block-outside-areas");
    assert_eq!(found["name"], "B50");
    says(&found, &["711 m south-west of"]);
    // A gate a few steps over the line is no matter: lines are drawn coarsely.
    let home = changed("schools.csv", "350,450", "350,640");
    write(home.path(), "areas.geojson", towns());
    assert!(findings(&home, &AREAS, "school-outside-areas").is_empty());
}

#[test]
fn areas_that_lie_elsewhere_are_one_finding() {
    let home = grid();
    write(home.path(), "areas.geojson", towns().replace("600", "9600").replace("300", "9300").replace("[0,", "[9000,"));
    let found = finding(&home, &AREAS, "areas-elsewhere");
    says(&found, &["36 of 36 blocks"]);
    assert!(findings(&home, &AREAS, "block-outside-areas").is_empty());
}

/// What a program that looks up addresses does with those it does not know.
#[test]
fn many_schools_in_one_place() {
    let home = grid();
    let more: Vec<String> = (4..8).map(|number| format!("S{number},150,150,80,B0{}\n", number - 3)).collect();
    write(home.path(), "schools.csv", Grid::default().schools() + &more.concat());
    let found = finding(&home, &[], "place-repeated");
    says(&found, &["5 schools", "S4"]);
    assert_eq!(found["name"], "S1");
    assert!(findings(&home, &[], "schools-same-place").is_empty(), "said once");
    // Two are a pair, which has a finding of its own.
    write(home.path(), "schools.csv", Grid::default().schools() + "S4,150,150,80,B00\n");
    assert!(findings(&home, &[], "place-repeated").is_empty());
    assert_eq!(findings(&home, &[], "schools-same-place").len(), 1);
}

#[test]
fn all_blocks_in_one_place() {
    let home = grid();
    let text: String = Grid::default()
        .blocks()
        .lines()
        .map(|line| match line.split(',').collect::<Vec<_>>()[..] {
            [id, x, _, pupils] if x != "x" => format!("{id},50,50,{pupils}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    write(home.path(), "blocks.csv", text);
    says(&finding(&home, &[], "place-repeated"), &["all 36 blocks"]);
}

#[test]
fn degrees_with_few_decimals() {
    let home = super::command::folder();
    let check = |decimals: usize| {
        let rows = (0..12).map(|row| {
            let (east, north) = (110.701_23 + 0.013_57 * f64::from(row), 28.301_19 + 0.011_13 * f64::from(row));
            format!("S{row},{east:.decimals$},{north:.decimals$},90\n")
        });
        let text: String = std::iter::once("id,lon,lat,capacity\n".to_owned()).chain(rows).collect();
        write(home.path(), "schools.csv", text);
        write(home.path(), "blocks.csv", "id,lon,lat,pupils\nB1,110.70123,28.30456,9\nB2,110.72123,28.31456,9\n");
        let run = xuequ(home.path(), &["check", "--schools", "schools.csv", "--blocks", "blocks.csv", "--json"]).json();
        let all = run["findings"].as_array().expect("a list of findings").clone();
        all.into_iter().find(|finding| finding["code"] == "place-coarse")
    };
    says(&check(2).expect("a finding"), &["2 decimals", "555 m"]);
    says(&check(3).expect("a finding"), &["3 decimals", "56 m"]);
    assert_eq!(check(5), None);
}

#[test]
fn a_community_in_two_places() {
    let home = grid();
    let with = |far: &str| -> String {
        let text = Grid::default().blocks().replace("pupils", "pupils,community").replace(",5\n", ",5,城关社区\n");
        text.replace("B55,550,550", far)
    };
    write(home.path(), "blocks.csv", with("B55,550,550"));
    assert!(findings(&home, &[], "community-apart").is_empty());
    write(home.path(), "blocks.csv", with("B55,9550,550"));
    let found = finding(&home, &[], "community-apart");
    assert_eq!(found["name"], "B55");
    says(&found, &["城关社区", "2 places", "east of"]);
}

#[test]
fn towns_that_are_spelt_nearly_alike() {
    let home = grid();
    let with = |town: &str| {
        let schools = Grid::default().schools().replace("home_block", "home_block,town");
        let schools = schools.replace(",B11\n", &format!(",B11,{town}\n"));
        write(
            home.path(),
            "schools.csv",
            schools.replace(",B14\n", ",B14,寨圩镇\n").replace(",B43\n", ",B43,寨圩镇\n"),
        );
        write(home.path(), "areas.geojson", towns());
        findings(&home, &AREAS, "town-near")
    };
    assert!(with("张黄镇").is_empty());
    assert!(with("海渊镇").is_empty(), "another town is another town");
    let found = with("张璜镇");
    assert_eq!(found.len(), 1);
    says(&found[0], &["张璜镇", "张黄镇"]);
}

#[test]
fn seats_that_do_not_fit_the_classes() {
    let home = grid();
    let with = |classes: &str| {
        let schools = Grid::default().schools().replace("home_block", "home_block,classes");
        let schools = schools.replace(",B11\n", &format!(",B11,{classes}\n"));
        write(home.path(), "schools.csv", schools.replace(",B14\n", ",B14,2\n").replace(",B43\n", ",B43,2\n"));
        findings(&home, &[], "seats-classes")
    };
    for fitting in ["2", "3", ""] {
        assert!(with(fitting).is_empty(), "{fitting}");
    }
    let found = with("1");
    assert_eq!((found.len(), &found[0]["name"]), (1, &json!("S1")));
    says(&found[0], &["80 seats in 1 classes"]);
    assert_eq!(with("40").len(), 1);
}

#[test]
fn pupils_far_from_enrolment() {
    let home = grid();
    let with = |enrolment: u32| {
        let schools = Grid::default().schools().replace("home_block", "home_block,enrolment");
        let schools: String = schools
            .lines()
            .map(|line| if line.contains("home") { format!("{line}\n") } else { format!("{line},{enrolment}\n") })
            .collect();
        write(home.path(), "schools.csv", schools);
        findings(&home, &[], "pupils-enrolment")
    };
    // 180 pupils.
    assert!(with(60).is_empty());
    assert!(with(75).is_empty());
    let found = with(300);
    assert_eq!(found.len(), 1);
    says(&found[0], &["180 pupils", "900", "20 %"]);
}

/// An island with a school of its own, too small for its pupils: no scheme can help there.
#[test]
fn pupils_without_a_seat_they_can_reach() {
    let home = grid();
    let cut = |line: &&str| {
        let ends: Vec<char> = line.split(',').filter_map(|id| id.chars().nth(1)).collect();
        !(ends.contains(&'2') && ends.contains(&'3'))
    };
    let pairs: String = Grid::adjacency().split_inclusive('\n').filter(cut).collect();
    write(home.path(), "adjacency.csv", pairs);
    // 18 blocks of 5 pupils above the cut, with 80 seats; 160 seats below it.
    let found = finding(&home, &[], "seats-short-apart");
    says(&found, &["18 in all", "90 pupils", "80 seats", "10 short"]);
    write(home.path(), "schools.csv", Grid { seats: [80, 80, 90], pupils: 5 }.schools());
    assert!(findings(&home, &[], "seats-short-apart").is_empty());
}

#[test]
fn an_island_says_how_many_blocks_and_pupils() {
    let home = grid();
    let cut = |line: &&str| {
        let is_inside = |id: &str| matches!(id, "B54" | "B55");
        line.trim_end().split(',').map(is_inside).collect::<Vec<_>>().windows(2).all(|pair| pair[0] == pair[1])
    };
    let pairs: String = Grid::adjacency().split_inclusive('\n').filter(cut).collect();
    write(home.path(), "adjacency.csv", pairs);
    let found = finding(&home, &[], "block-island");
    says(&found, &["2 blocks with 10 pupils", "100 m"]);
    assert!(found["remedy"].as_str().is_some_and(|remedy| remedy.contains("adjacency table")), "{found:#}");
    assert!(findings(&grid(), &[], "block-island").is_empty());
}

#[test]
fn one_id_with_two_names_in_two_files() {
    let home = grid();
    let header = "school_id,name,x,y,capacity,home_block\n";
    write(home.path(), "schools.csv", format!("{header}S1,城关小学,150,150,80,B11\nS2,二小,450,150,80,B14\n"));
    write(home.path(), "more.csv", format!("{header}S1,实验小学,350,450,80,B43\nS3,三小,350,450,80,B43\n"));
    let found = finding(&home, &["--schools", "more.csv"], "id-duplicate");
    says(&found, &["S1", "2 (more.csv)", "实验小学"]);
    assert_eq!((&found["file"], &found["name"]), (&json!("schools.csv"), &json!("城关小学")));
}

/// A name that is not found comes with what was probably meant, wherever it stands.
#[test]
fn near_names_are_suggested_in_every_layer() {
    let named = |line: &str| line.replace("S1,", "S1,城关镇中心小学,").replace("S2,", "S2,寨圩镇中心小学,");
    let home = grid();
    let schools = Grid::default().schools().replace("school_id", "school_id,name").replace("S3,", "S3,福旺镇中心小学,");
    write(home.path(), "schools.csv", named(&schools));
    write(home.path(), "existing.csv", "block,school\nB00,城关镇中心小校\n");
    write(home.path(), "locks.csv", "kind,what,to\nblock,B00,城关镇中小学\n");
    write(home.path(), "groups.csv", "group,school,role\n一,城关中心小学,lead\n");
    for (option, file, code) in [
        ("--existing", "existing.csv", "existing-school-unknown"),
        ("--locks", "locks.csv", "lock-unknown"),
        ("--groups", "groups.csv", "group-school-unknown"),
    ] {
        says(&finding(&home, &[option, file], code), &["Did you mean “城关镇中心小学”"]);
    }
    let home = changed("adjacency.csv", "B44,B45", "B44,B455");
    says(&finding(&home, &[], "adjacency-unknown"), &["B455", "Did you mean “B45”"]);
    let home = changed("schools.csv", "B43", "B43号");
    says(&finding(&home, &[], "home-unknown"), &["B43号", "Did you mean “B43”"]);
}

#[test]
fn a_name_that_several_have_is_said_to_be_that() {
    let home = grid();
    let schools = Grid::default().schools().replace("school_id", "school_id,name");
    let schools = schools.replace("S1,", "S1,中心小学,").replace("S2,", "S2,中心小学,").replace("S3,", "S3,三小,");
    write(home.path(), "schools.csv", schools);
    write(home.path(), "existing.csv", "block,school\nB00,中心小学\n");
    let found = finding(&home, &["--existing", "existing.csv"], "existing-school-unknown");
    says(&found, &["several have this name", "S1, S2"]);
}

/// Twelve faults planted in one county, and all twelve are found where they are.
#[test]
fn twelve_planted_faults_are_all_listed() {
    let home = super::command::folder();
    let schools = "school_id,name,x,y,capacity,enrolment\n\
                   S1,城关小学,150,150,80,\n\
                   S2,寨圩小学,450,150,,\n\
                   S3,福旺小学,350,450,0,\n\
                   S4,福旺小学,250,350,-20,\n\
                   S1,江城小学,550,550,80,\n\
                   S6,张黄小学,,,80,\n\
                   S7,远方小学,9350,450,80,\n\
                   S8,城关二小,150,150,80,\n";
    let cells = (0..6).flat_map(|row| (0..6).map(move |column| (row, column)));
    let features: Vec<String> = cells
        .map(|(row, column)| {
            let (left, low) = (100 * column, 100 * row);
            let (right, high) = (left + 100, low + 100);
            let ring = match (row, column) {
                // A bow-tie.
                (5, 0) => format!("[{left},{low}],[{right},{high}],[{right},{low}],[{left},570],[{left},{low}]"),
                _ => format!("[{left},{low}],[{right},{low}],[{right},{high}],[{left},{high}],[{left},{low}]"),
            };
            let pupils = match (row, column) {
                (0, 0) => "\"\"",
                (0, 1) => "\"many\"",
                (0, 2) => "0",
                (0, 3) => "2.5",
                _ => "5",
            };
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"block_id\":\"B{row}{column}\",\"pupils\":{pupils}}},\
                 \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{ring}]]}}}}"
            )
        })
        .collect();
    write(home.path(), "schools.csv", schools);
    let collection = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","));
    write(home.path(), "blocks.geojson", collection);
    write(home.path(), "areas.geojson", towns());
    let files = ["--schools", "schools.csv", "--blocks", "blocks.geojson", "--areas", "areas.geojson"];
    let check = [&["check"], &files[..], &["--crs", "local", "--json"]].concat();
    let run = xuequ(home.path(), &check).ends(3).json();
    let found: Vec<(&str, &str, u64)> = run["findings"]
        .as_array()
        .expect("a list of findings")
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or_default();
            (text("code"), text("file"), finding["row"].as_u64().unwrap_or_default())
        })
        .collect();
    for planted in [
        ("seats-missing", "schools.csv", 3),
        ("seats-zero", "schools.csv", 4),
        ("number-negative", "schools.csv", 5),
        ("name-duplicate", "schools.csv", 4),
        ("id-duplicate", "schools.csv", 2),
        ("place-missing", "schools.csv", 7),
        ("school-outside-areas", "schools.csv", 8),
        ("schools-same-place", "schools.csv", 2),
        ("pupils-missing", "blocks.geojson", 1),
        ("number-unreadable", "blocks.geojson", 2),
        ("pupils-fractional", "blocks.geojson", 4),
        ("outline-invalid", "blocks.geojson", 31),
    ] {
        assert!(found.contains(&planted), "{planted:?} in {found:#?}");
    }
    assert!(found.iter().any(|(code, ..)| *code == "pupils-zero"));
}

#[test]
fn a_school_of_two_sites_has_a_catchment_for_each() {
    let place = folder();
    let schools = "学校编码,学校名称,校区,x,y,学位\n3101,实验小学,东校区,50,50,60\n3101,实验小学,西校区,950,50,60\n3102,第二小学,,500,50,60\n";
    write(place.path(), "schools.csv", schools);
    let mut blocks = String::from("block_id,x,y,pupils\n");
    for block in 0..10 {
        writeln!(blocks, "B{block},{},50,10", 100 * block + 50).expect("a line");
    }
    write(place.path(), "blocks.csv", blocks);
    let options = ["plan", "--schools", "schools.csv", "--blocks", "blocks.csv", "--crs", "local", "-o", "out"];
    assert!(xuequ(place.path(), &options).code < 2);
    let assignment = read(place.path(), "out/assignment.csv");
    for id in ["3101-东校区", "3101-西校区", "3102"] {
        assert!(assignment.contains(&format!(",{id},")), "{id}: {assignment}");
    }
    let schools = read(place.path(), "out/schools.geojson");
    assert!(schools.contains("实验小学(东校区)"), "{schools}");
    // Where a site is not told, or told twice, one id for two rows is a fault as ever.
    write(place.path(), "schools.csv", schools_with_the_same_site());
    let mut check = options;
    check[0] = "check";
    xuequ(place.path(), &check[..7]).ends(3);
}

fn schools_with_the_same_site() -> &'static str {
    "学校编码,学校名称,校区,x,y,学位\n3101,实验小学,东校区,50,50,60\n3101,实验小学,东校区,950,50,60\n"
}
