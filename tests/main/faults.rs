//! Faults planted in the input, each answered with a line that says where it is and what it is.

use serde_json::Value;
use tempfile::TempDir;

use super::command::{Grid, Run, folder, on_grid, read, write, xuequ};

/// The tables of a sound county with one of them changed, and planned.
fn planned_with(file: &str, change: impl FnOnce(String) -> String) -> Run {
    let home = Grid::default().written();
    let before = read(home.path(), file);
    let after = change(before.clone());
    assert_ne!(before, after, "the change changes {file}");
    write(home.path(), file, after);
    plan(&home)
}

fn plan(home: &TempDir) -> Run {
    let run = xuequ(home.path(), &on_grid("plan", &["-o", "out", "--effort", "quick", "--lang", "en"]));
    assert_eq!(home.path().join("out").exists(), [0, 1, 4].contains(&run.code), "{run:#?}");
    run
}

/// The findings of `check` as their codes.
fn codes(home: &TempDir, more: &[&str]) -> Vec<String> {
    let run = xuequ(home.path(), &on_grid("check", &[&["--json"], more].concat()));
    let findings = run.json()["findings"].as_array().expect("a list of findings").clone();
    findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
}

fn with_settings(settings: &str) -> Run {
    let home = Grid::default().written();
    write(home.path(), "xuequ.toml", settings);
    xuequ(home.path(), &["plan", ".", "-o", "out", "--effort", "quick", "--lang", "en"])
}

const SETTINGS: &str = "[project]\nname = \"x\"\ncrs = \"local\"\n[schools]\nfile = \"schools.csv\"\n[blocks]\n\
                        file = \"blocks.csv\"\n[adjacency]\nfile = \"adjacency.csv\"\n";

#[test]
fn a_coordinate_system_that_is_not_one() {
    let home = Grid::default().written();
    for name in ["EPSG:999999", "nonsense"] {
        let plan = ["plan", "--schools", "schools.csv", "--blocks", "blocks.csv", "--crs", name, "-o", "out"];
        xuequ(home.path(), &plan).ends(3).says(&["schools.csv", "[crs-unsupported]", name]);
    }
    let plan = ["plan", "--schools", "schools.csv", "--blocks", "blocks.csv", "-o", "out"];
    xuequ(home.path(), &plan).ends(3).says(&["blocks.csv", "[crs-unknown]", "--crs"]);
}

#[test]
fn a_column_that_is_missing() {
    planned_with("schools.csv", |text| text.replace("capacity", "what")).ends(3).says(&[
        "schools.csv",
        "[column-missing]",
        "capacity",
        "what",
    ]);
    planned_with("blocks.csv", |text| text.replace("pupils", "what")).ends(3).says(&[
        "blocks.csv",
        "[column-missing]",
        "pupils",
        "what",
    ]);
    planned_with("blocks.csv", |text| text.replace(",x,", ",what,")).ends(3).says(&[
        "blocks.csv",
        "[column-missing]",
        "what",
    ]);
    planned_with("adjacency.csv", |text| text.replace("block_b", "what")).ends(3).says(&[
        "adjacency.csv",
        "[column-missing]",
        "what",
    ]);
}

#[test]
fn an_id_that_occurs_twice() {
    planned_with("blocks.csv", |text| text + "B00,1,1,3\n").ends(3).says(&[
        "blocks.csv: 2",
        "[id-duplicate]",
        "B00",
        "38",
    ]);
    planned_with("schools.csv", |text| text + "S1,1,1,3,B00\n").ends(3).says(&[
        "schools.csv: 2",
        "[id-duplicate]",
        "S1",
        "5",
    ]);
}

#[test]
fn an_id_that_is_missing() {
    planned_with("blocks.csv", |text| text.replace("\nB22,", "\n,")).ends(3).says(&["blocks.csv: 16", "[id-missing]"]);
}

#[test]
fn no_seats_anywhere() {
    planned_with("schools.csv", |text| text.replace(",80,", ",0,"))
        .ends(3)
        .says(&["schools.csv: 3: S2", "[seats-zero]"]);
    planned_with("schools.csv", |text| text.replacen(",80,", ",,", 1))
        .ends(3)
        .says(&["schools.csv: 2: S1", "[seats-missing]"]);
}

#[test]
fn seats_that_are_no_number() {
    for (cell, code) in [
        ("many", "[number-unreadable]"),
        ("-3", "[number-negative]"),
        ("2.5", "[number-unreadable]"),
        ("99999999999", "[number-large]"),
        ("1e308", "[number-large]"),
    ] {
        planned_with("schools.csv", |text| text.replacen(",80,", &format!(",{cell},"), 1)).ends(3).says(&[
            "schools.csv: 2: S1",
            code,
            cell,
            "capacity",
        ]);
    }
}

#[test]
fn no_schools_and_no_blocks() {
    let first = |text: String| text.split_inclusive('\n').take(1).collect::<String>();
    planned_with("schools.csv", first).ends(3).says(&["[schools-none]"]);
    planned_with("blocks.csv", |_| String::new()).ends(3).says(&["blocks.csv", "empty"]);
    planned_with("schools.csv", |_| String::new()).ends(3).says(&["schools.csv", "empty"]);
    let home = Grid::default().written();
    write(home.path(), "blocks.csv", "block_id,x,y,pupils\n");
    assert!(codes(&home, &[]).contains(&"blocks-none".to_owned()));
}

#[test]
fn pupils_that_are_no_number() {
    let with =
        |cell: &str| planned_with("blocks.csv", |text| text.replace("B22,250,250,5", &format!("B22,250,250,{cell}")));
    for cell in ["abc", "inf", "0x10"] {
        with(cell).ends(3).says(&["blocks.csv: 16: B22", "[number-unreadable]", cell, "pupils"]);
    }
    with("-3").ends(3).says(&["blocks.csv: 16: B22", "[number-negative]", "-3", "pupils"]);
    for cell in ["1e30", "99999999999"] {
        with(cell).ends(3).says(&["blocks.csv: 16: B22", "[number-large]", cell, "pupils"]);
    }
    for cell in ["", "NaN", "无"] {
        with(cell).ends(3).says(&["blocks.csv: 16: B22", "[pupils-missing]", "pupils"]);
    }
    with("2.5").ends(3).says(&["blocks.csv: 16: B22", "[pupils-fractional]", "2.5"]);
    // Full-width digits and thousands are numbers as people write them.
    with("１２").ends(0);
}

#[test]
fn coordinates_that_are_no_number() {
    let with = |cell: &str| planned_with("blocks.csv", |text| text.replace("B22,250,", &format!("B22,{cell},")));
    for cell in ["abc", "inf", "1e400"] {
        with(cell).ends(3).says(&["blocks.csv: 16: B22", "[number-unreadable]", cell]);
    }
    for cell in ["", "NaN"] {
        with(cell).ends(3).says(&["blocks.csv: 16: B22", "[place-missing]"]);
    }
}

#[test]
fn no_pupils_anywhere() {
    planned_with("blocks.csv", |text| text.replace(",5\n", ",0\n")).ends(3).says(&["[pupils-none]"]);
}

/// Degrees on the earth, with the columns the wrong way round.
#[test]
fn longitude_and_latitude_exchanged() {
    let home = folder();
    write(home.path(), "schools.csv", "id,lon,lat,capacity\nS1,28.30,110.70,90\nS2,28.31,110.72,90\n");
    write(home.path(), "blocks.csv", "id,lon,lat,pupils\nB1,28.30,110.70,9\nB2,28.31,110.72,9\nB3,28.32,110.71,9\n");
    let plan = ["plan", "--schools", "schools.csv", "--blocks", "blocks.csv", "-o", "out"];
    let run = xuequ(home.path(), &plan).ends(3);
    run.says(&["blocks.csv", "[place-swapped]", "28.3"]).says(&["schools.csv", "[place-swapped]"]);
}

fn outlines() -> String {
    let cells = (0..6).flat_map(|row| (0..6).map(move |column| (row, column)));
    let features = cells.map(|(row, column)| {
        let (left, low) = (100 * column, 100 * row);
        let (right, high) = (left + 100, low + 100);
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"block_id\":\"B{row}{column}\",\"pupils\":5}},\"geometry\":\
             {{\"type\":\"Polygon\",\"coordinates\":\
             [[[{left},{low}],[{right},{low}],[{right},{high}],[{left},{high}],[{left},{low}]]]}}}}"
        )
    });
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.collect::<Vec<_>>().join(","))
}

const OUTLINED: [&str; 6] = ["--schools", "schools.csv", "--blocks", "blocks.geojson", "--crs", "local"];

fn planned_with_outlines(schools: &str, blocks: &str) -> Run {
    let home = folder();
    write(home.path(), "schools.csv", schools);
    write(home.path(), "blocks.geojson", blocks);
    let plan = [&["plan"], &OUTLINED[..], &["-o", "out", "--effort", "quick", "--lang", "en"]].concat();
    xuequ(home.path(), &plan)
}

const GATES: &str = "school_id,x,y,capacity\nS1,150,150,80\nS2,450,150,80\nS3,350,450,80\n";

#[test]
fn a_school_outside_every_outline() {
    planned_with_outlines(GATES, &outlines()).ends(0);
    let home = folder();
    write(home.path(), "schools.csv", GATES.replace("350,450", "950,450"));
    write(home.path(), "blocks.geojson", outlines());
    let check = [&["check"], &OUTLINED[..], &["--json"]].concat();
    let found = xuequ(home.path(), &check).ends(1).json();
    let findings = found["findings"].as_array().expect("a list of findings");
    let finding = findings.iter().find(|finding| finding["code"] == "school-outside").expect("the finding");
    assert_eq!((&finding["file"], &finding["row"], &finding["name"]), (&"schools.csv".into(), &4.into(), &"S3".into()));
    assert!(finding["what"].as_str().is_some_and(|what| what.contains("B45")), "{finding}");
}

#[test]
fn geojson_that_is_broken() {
    let whole = outlines();
    planned_with_outlines(GATES, &whole[..900]).ends(3).says(&["blocks.geojson", "cut off"]);
    planned_with_outlines(GATES, "{\"type\":\"Topology\"}").ends(3).says(&["blocks.geojson", "TopoJSON"]);
    planned_with_outlines(GATES, "").ends(3).says(&["blocks.geojson"]);
    planned_with_outlines(GATES, "[1, 2]").ends(3).says(&["blocks.geojson"]);
    let ring = "[[[0,0],[100,0],[100,100],[0,100],[0,0]]]";
    assert!(whole.contains(ring));
    let with = |shape: &str| planned_with_outlines(GATES, &whole.replacen(ring, shape, 1)).ends(3);
    with("[[[\"a\",0],[100,0],[100,100],[0,0]]]").says(&["blocks.geojson", "feature 1"]);
    with("[[[0,0],[100,0]]]").says(&["blocks.geojson: 1: B00", "[outline-empty]"]);
    with("[]").says(&["blocks.geojson: 1: B00", "[outline-empty]"]);
    let line = whole.replacen(
        &format!("\"Polygon\",\"coordinates\":{ring}"),
        "\"LineString\",\"coordinates\":[[0,0],[9,9]]",
        1,
    );
    planned_with_outlines(GATES, &line).ends(3).says(&["blocks.geojson: 1: B00", "[shape-wrong-kind]", "LineString"]);
    let none = whole.replacen("\"geometry\":{", "\"geometry\":null,\"was\":{", 1);
    planned_with_outlines(GATES, &none).ends(3).says(&["blocks.geojson: 1: B00", "[outline-missing]"]);
}

#[test]
fn a_shapefile_that_is_cut_off() {
    let home = folder();
    write(home.path(), "schools.csv", GATES);
    let plan = ["plan", "--schools", "schools.csv", "--blocks", "blocks.shp", "--crs", "local", "-o", "out"];
    xuequ(home.path(), &plan).ends(5).says(&["blocks.shp"]);
    let header = [&[0, 0, 0x27, 0x0a][..], &[0; 20], &[0, 0, 1, 0], &[0xe8, 3, 0, 0], &[5, 0, 0, 0], &[0; 64]].concat();
    for length in [0, 40, 100] {
        write(home.path(), "blocks.shp", &header[..length]);
        let run = xuequ(home.path(), &plan);
        assert!([3, 5].contains(&run.code), "{run:#?}");
        run.says(&["blocks."]);
    }
}

#[test]
fn neighbours_that_are_unknown() {
    planned_with("adjacency.csv", |text| text + "B00,ZZ9\n").ends(3).says(&[
        "adjacency.csv: 62",
        "ZZ9",
        "[adjacency-unknown]",
    ]);
}

#[test]
fn home_blocks_that_cannot_be() {
    planned_with("schools.csv", |text| text.replace("B43", "ZZ9")).ends(3).says(&[
        "schools.csv: 4: S3",
        "[home-unknown]",
        "ZZ9",
    ]);
    planned_with("schools.csv", |text| text.replace("B43", "B11")).ends(3).says(&[
        "schools.csv: 4: S3",
        "[home-twice]",
        "S1",
    ]);
}

/// What cannot be reached is joined to the nearest block, and said.
#[test]
fn a_block_no_neighbour_leads_to() {
    let home = Grid::default().written();
    let without: String = Grid::adjacency().split_inclusive('\n').filter(|line| !line.contains("B55")).collect();
    write(home.path(), "adjacency.csv", without);
    plan(&home).ends(1);
    let run = xuequ(home.path(), &on_grid("check", &["--json"])).ends(1);
    let islands: Vec<Value> = run.json()["findings"]
        .as_array()
        .expect("a list of findings")
        .iter()
        .filter(|finding| finding["code"] == "block-island")
        .cloned()
        .collect();
    assert_eq!(islands.len(), 1);
    assert!(islands[0].to_string().contains("B55"), "{}", islands[0]);
    xuequ(home.path(), &["verify", "out"]).ends(0);
    assert!(
        read(home.path(), "out/adjacency.csv").lines().any(|line| line.contains("B55") && line.contains("nearest"))
    );
}

fn chinese_schools() -> String {
    "学校编号,学校名称,x,y,学位,所在小区\nS1,城关中心小学,150,150,80,B11\nS2,张黄镇中心小学,450,150,80,B14\n\
     S3,寨圩镇初级小学,350,450,80,B43\n"
        .to_owned()
}

#[test]
fn chinese_text_in_other_encodings_is_read_right() {
    let schools = chinese_schools();
    let (gbk, ..) = encoding_rs::GBK.encode(&schools);
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(schools.encode_utf16()).flat_map(order).collect()
    };
    let encodings =
        [("gbk", gbk.into_owned()), ("utf-16le", wide(u16::to_le_bytes)), ("utf-16be", wide(u16::to_be_bytes))];
    for (name, bytes) in encodings {
        let home = Grid::default().written();
        write(home.path(), "schools.csv", bytes);
        // A byte-order mark says what the text is; without one it is a guess, and that is said.
        assert_eq!(codes(&home, &[]).contains(&"encoding-guessed".to_owned()), name == "gbk", "{name}");
        plan(&home).ends(0);
        let assignment = read(home.path(), "out/assignment.csv");
        for school in ["城关中心小学", "张黄镇中心小学", "寨圩镇初级小学"] {
            assert!(assignment.contains(school), "{name}: {school}");
        }
    }
    let home = Grid::default().written();
    xuequ(home.path(), &on_grid("check", &["--encoding", "klingon"])).ends(3).says(&["schools.csv", "klingon", "GBK"]);
}

#[test]
fn text_that_contradicts_the_stated_encoding_is_said() {
    let home = Grid::default().written();
    let (gbk, ..) = encoding_rs::GBK
        .encode("school_id,name,x,y,capacity,home_block\nS1,城关,150,150,80,B11\nS2,乙,450,150,80,B14\n");
    write(home.path(), "schools.csv", gbk);
    assert!(codes(&home, &["--encoding", "utf-8"]).contains(&"encoding-broken".to_owned()));
}

#[test]
fn settings_with_a_fault_are_placed() {
    with_settings(SETTINGS).ends(0);
    let fault = |from: &str, to: &str| {
        assert!(SETTINGS.contains(from));
        with_settings(&SETTINGS.replacen(from, to, 1)).ends(3)
    };
    fault("crs", "csr").says(&["xuequ.toml", "line 3 column 1", "csr", "Did you mean “crs”"]);
    fault("[blocks]", "[blokcs]").says(&["xuequ.toml", "line 6 column 2", "Did you mean “blocks”"]);
    fault("\"x\"", "7").says(&["xuequ.toml", "line 2 column 8", "number 7", "name = "]);
    fault("\"x\"", "\"x").says(&["xuequ.toml", "line 2"]);
    let more = |text: &str| with_settings(&format!("{SETTINGS}{text}")).ends(3);
    more("[catchments]\neffort = \"fast\"\n").says(&["xuequ.toml", "line 11 column 10", "fast", "quick"]);
    more("[catchments]\ntime_limit = \"soon\"\n").says(&["xuequ.toml", "line 11 column 14"]);
    fault("file = \"blocks.csv\"", "file = \"blocks.csv\"\ncolumns = { pupils = \"pupil\" }").says(&[
        "blocks.csv",
        "[column-unknown]",
        "pupil",
        "Did you mean “pupils”",
    ]);
    // All of them at once, each with its line and a mark below the fault.
    let both = SETTINGS.replacen("crs", "csr", 1).replacen("[blocks]", "[blokcs]", 1);
    let run = with_settings(&both).ends(3).says(&["line 3 column 1"]).says(&["line 6 column 2"]);
    assert!(run.stderr.contains("    csr = \"local\"\n    ^\n"), "{run:#?}");
    assert!(run.stderr.contains("    [blokcs]\n     ^\n"), "{run:#?}");
    let elsewhere = SETTINGS.replacen("blocks.csv", "blokcs.csv", 1);
    with_settings(&elsewhere).ends(5).says(&["blokcs.csv"]);
}

/// What editors on Chinese machines make of a settings file.
#[test]
fn settings_in_another_encoding_are_named() {
    let home = Grid::default().written();
    let chinese = SETTINGS.replacen("\"x\"", "\"云川县\"", 1);
    let plan = ["plan", ".", "-o", "out", "--effort", "quick", "--lang", "en"];
    let (gbk, ..) = encoding_rs::GBK.encode(&chinese);
    write(home.path(), "xuequ.toml", gbk);
    xuequ(home.path(), &plan).ends(3).says(&["xuequ.toml", "GBK", "UTF-8"]);
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(chinese.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    write(home.path(), "xuequ.toml", wide);
    xuequ(home.path(), &plan).ends(3).says(&["xuequ.toml", "UTF-16", "UTF-8"]);
    write(home.path(), "xuequ.toml", format!("\u{feff}{chinese}"));
    xuequ(home.path(), &plan).ends(0);
    write(home.path(), "xuequ.toml", format!("\u{feff}{}", chinese.replacen("crs", "csr", 1)));
    xuequ(home.path(), &plan).ends(3).says(&["line 3 column 1"]);
}

#[test]
fn names_may_be_empty_quoted_and_over_several_lines() {
    let home = Grid::default().written();
    let schools = "school_id,name,x,y,capacity,home_block\nS1,,150,150,80,B11\nS2,\"two\nlines\",450,150,80,B14\n\
                   S3,\"甲, \"\"乙\"\" <&>\",350,450,80,B43\n";
    write(home.path(), "schools.csv", schools);
    plan(&home).ends(0);
    let table = read(home.path(), "out/assignment.csv");
    assert!(table.contains("\"甲, \"\"乙\"\" <&>\"") && table.contains("two\nlines"), "{table}");
    let svg = read(home.path(), "out/map.svg");
    assert!(svg.contains("&lt;&amp;") && !svg.contains("<&>"), "names are escaped");
    xuequ(home.path(), &["verify", "out"]).ends(0);
}

#[test]
fn rows_that_do_not_fit_the_header() {
    planned_with("blocks.csv", |text| text.replace("B22,250,250,5\n", "B22,250,250\n")).ends(3).says(&[
        "blocks.csv: 16",
        "[row-length]",
        "3",
    ]);
    planned_with("blocks.csv", |text| text.replace("B22,250,250,5\n", "B22,250,250,5,6\n")).ends(3).says(&[
        "blocks.csv: 16",
        "[row-length]",
        "5",
    ]);
    planned_with("blocks.csv", |text| text.replace("B22,", "\"B22,")).ends(3).says(&["blocks.csv", "quote", "row 16"]);
}

#[test]
fn files_of_no_known_kind() {
    let home = Grid::default().written();
    write(home.path(), "schools.dwg", "AC1032\0\u{1}");
    let plan = ["plan", "--schools", "schools.dwg", "--blocks", "blocks.csv", "-o", "out"];
    xuequ(home.path(), &plan).ends(3).says(&["schools.dwg", ".csv"]);
    write(home.path(), "schools.csv", [0, 159, 146, 150, 10, 255, 254, 0, 0]);
    let run = xuequ(home.path(), &on_grid("check", &[]));
    assert_eq!(run.code, 3, "{run:#?}");
}

#[test]
fn locks_that_cannot_hold() {
    let with = |rows: &str| {
        let home = Grid::default().written();
        write(home.path(), "locks.csv", format!("kind,what,to\n{rows}"));
        xuequ(home.path(), &on_grid("plan", &["-o", "out", "--locks", "locks.csv"])).ends(3)
    };
    with("block,B00,S9\n").says(&["locks.csv: 2", "[lock-unknown]", "S9"]);
    with("block,B99,S1\n").says(&["locks.csv: 2", "[lock-unknown]", "B99"]);
    with("block,B00,S1\nblock,B00,S2\n").says(&["locks.csv: 3: B00", "[lock-conflict]", "S1", "S2"]);
    with("block,B11,S2\n").says(&["locks.csv: 2: B11", "[lock-conflict]", "S1", "S2"]);
}

/// Two columns of one name that differ: to take either is a guess.
#[test]
fn a_column_that_stands_twice() {
    let home = Grid::default().written();
    let twice = Grid::default().blocks().replace("pupils", "pupils,pupils").replace(",5\n", ",5,7\n");
    write(home.path(), "blocks.csv", twice);
    let run = xuequ(home.path(), &on_grid("check", &["--json"]));
    assert_ne!(run.code, 0, "{run:#?}");
}

#[test]
fn no_blocks_is_said_before_what_follows_from_it() {
    planned_with("blocks.csv", |text| text.split_inclusive('\n').take(1).collect()).ends(3).says(&["[blocks-none]"]);
}

/// A row that cannot be used is in the table all the same: nobody should be sent to correct its id elsewhere.
#[test]
fn one_fault_is_one_error() {
    let run = planned_with("blocks.csv", |text| text.replace("B22,250,250,5", "B22,250,250,abc")).ends(3);
    assert!(!run.stderr.contains("is not in the table of blocks"), "{run:#?}");
}

#[test]
fn one_row_with_exchanged_coordinates_is_named() {
    let home = folder();
    write(home.path(), "schools.csv", "id,lon,lat,capacity\nS1,110.70,28.30,90\nS2,110.72,28.31,90\n");
    write(home.path(), "blocks.csv", "id,lon,lat,pupils\nB1,110.70,28.30,9\nB2,28.31,110.72,9\nB3,110.71,28.32,9\n");
    let plan = ["plan", "--schools", "schools.csv", "--blocks", "blocks.csv", "-o", "out"];
    xuequ(home.path(), &plan).ends(3).says(&["blocks.csv", "B2"]);
}

/// In the west of China a longitude can be a latitude, so that only the other rows tell.
#[test]
fn one_row_with_exchanged_coordinates_is_named_where_both_are_in_range() {
    let home = folder();
    write(home.path(), "schools.csv", "id,lon,lat,capacity\nS1,76.00,39.30,90\n");
    write(home.path(), "blocks.csv", "id,lon,lat,pupils\nB1,76.00,39.30,9\nB2,39.31,76.02,9\nB3,76.01,39.32,9\n");
    let check = ["check", "--schools", "schools.csv", "--blocks", "blocks.csv", "--json"];
    let found = xuequ(home.path(), &check).ends(3).json();
    let errors: Vec<&Value> = found["findings"]
        .as_array()
        .expect("a list of findings")
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!((&errors[0]["code"], &errors[0]["name"]), (&"place-swapped".into(), &"B2".into()));
}

#[test]
fn a_block_that_is_its_own_neighbour() {
    let home = Grid::default().written();
    write(home.path(), "adjacency.csv", Grid::adjacency() + "B00,B00\nB01,B01\n");
    let found = xuequ(home.path(), &on_grid("check", &["--json"])).ends(0).json();
    let findings = found["findings"].as_array().expect("a list of findings");
    let finding = findings.iter().find(|finding| finding["code"] == "adjacency-itself").expect("the finding");
    assert_eq!((&finding["row"], &finding["name"]), (&62.into(), &"B00".into()));
}

/// Columns that say the same are no guess, and neither are columns that nothing is read from.
#[test]
fn a_column_that_stands_twice_without_harm() {
    let home = Grid::default().written();
    let twice = Grid::default().blocks().replace("pupils", "pupils,pupils,note,note").replace(",5\n", ",5,5,a,b\n");
    write(home.path(), "blocks.csv", twice);
    xuequ(home.path(), &on_grid("check", &[])).ends(0);
}

/// A hundred kilometres away, where blocks are points.
#[test]
fn a_school_far_from_every_point() {
    let home = Grid::default().written();
    write(home.path(), "schools.csv", Grid::default().schools().replace("350,450", "99999,450"));
    assert!(codes(&home, &[]).contains(&"school-outside".to_owned()));
}

#[test]
fn a_collection_without_features() {
    planned_with_outlines(GATES, "{\"type\":\"FeatureCollection\",\"features\":[]}").ends(3).says(&["[blocks-none]"]);
}

/// Asked of `check`, since planning with it would never end.
#[test]
fn a_coordinate_beyond_all_measure() {
    let home = Grid::default().written();
    write(home.path(), "blocks.csv", Grid::default().blocks().replace("B22,250,", "B22,1e300,"));
    xuequ(home.path(), &on_grid("check", &[])).ends(3);
}

#[test]
fn a_coordinate_beyond_the_earth() {
    planned_with("blocks.csv", |text| text.replace("B22,250,", "B22,1e12,")).ends(3).says(&["blocks.csv: 16: B22"]);
}

#[test]
fn settings_that_make_no_sense() {
    for (text, key) in [
        ("[catchments]\ntime_limit = -1\n", "time_limit"),
        ("[catchments]\ntime_limit = nan\n", "time_limit"),
        ("[districts]\nnear = -5\n", "near"),
        ("[districts]\nschools = [8, 3]\n", "schools"),
        ("[measure]\nseat_use = [1.0, 0.5]\n", "seat_use"),
        ("[measure]\nradius_all_m = -5\n", "radius_all_m"),
    ] {
        with_settings(&format!("{SETTINGS}{text}")).ends(3).says(&["xuequ.toml", key]);
    }
}

#[test]
fn a_finding_is_one_line() {
    let run = planned_with("blocks.csv", |text| text.replace("B22,", "\"B22,")).ends(3);
    assert!(run.stderr.lines().all(|line| line.starts_with("error: ") || line.starts_with('…')), "{run:#?}");
    // The quote swallowed all rows below, and none of the names in them is reported as unknown elsewhere.
    assert!(!run.stderr.contains("is not in the table of blocks"), "{run:#?}");
}

/// Seats suffice, but no catchment can hang together so that they do: to say that seats are too few sends people astray.
#[test]
fn seats_are_not_blamed_for_neighbours() {
    let run = planned_with("adjacency.csv", |_| "block_a,block_b\n".to_owned());
    assert!(!run.stderr.contains("seats do not suffice"), "{run:#?}");
}

#[test]
fn seats_are_not_blamed_for_neighbours_in_print() {
    let home = Grid::default().written();
    write(home.path(), "adjacency.csv", "block_a,block_b\n");
    plan(&home);
    for file in ["out/report.md", "out/map.svg"] {
        assert!(!read(home.path(), file).contains("Seats do not suffice"), "{file}");
    }
}

/// The block that is cut off is named, not the one it is joined to.
#[test]
fn the_island_is_the_block_that_is_named() {
    let home = Grid::default().written();
    let without: String = Grid::adjacency().split_inclusive('\n').filter(|line| !line.contains("B55")).collect();
    write(home.path(), "adjacency.csv", without);
    let run = xuequ(home.path(), &on_grid("check", &["--json"])).ends(1);
    let found = run.json();
    let findings = found["findings"].as_array().expect("a list of findings");
    let island = findings.iter().find(|finding| finding["code"] == "block-island").expect("the finding");
    assert_eq!(island["name"], "B55", "{island}");
}
