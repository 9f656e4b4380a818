//! Input that is nearly right: what is read all the same, and what is advised where it cannot be.

use tempfile::TempDir;

use super::command::{Grid, Run, folder, has_line, on_grid, read, write, xuequ};

const SCHOOLS: &str = "编号,学校名称,经度,纬度,学位\n001,一小,109.50,22.30,900\n002,二小,109.52,22.31,900\n";
const BLOCKS: &str = "小区编号,小区名称,经度,纬度,学生数\nB1,甲,109.501,22.301,300\nB2,乙,109.519,22.309,300\n";

/// Two schools and two blocks as an office has them.
fn office() -> TempDir {
    let home = folder();
    write(home.path(), "学校.csv", SCHOOLS);
    write(home.path(), "小区.csv", BLOCKS);
    home
}

fn check(home: &TempDir, more: &[&str]) -> Run {
    let files = ["check", "--schools", "学校.csv", "--blocks", "小区.csv"];
    xuequ(home.path(), &[&files[..], more].concat())
}

/// What is found, a line for each finding: its code, file, row, what and remedy.
fn found(run: &Run) -> String {
    let json = run.json();
    let findings = json["findings"].as_array().expect("a list of findings");
    let line = |finding: &serde_json::Value| {
        let of = |key: &str| finding[key].as_str().map_or_else(|| finding[key].to_string(), str::to_owned);
        ["code", "file", "row", "name", "what", "remedy"].map(of).join(" | ")
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The office with one of its tables changed, and what is found then.
fn found_with(file: &str, from: &str, to: &str) -> String {
    let home = office();
    let text = read(home.path(), file);
    assert!(text.contains(from), "{from} in {text}");
    write(home.path(), file, text.replace(from, to));
    found(&check(&home, &["--json"]))
}

#[test]
fn a_table_in_the_place_of_settings_is_sent_to_its_option() {
    let home = office();
    for command in [&["check", "学校.csv"][..], &["plan", "学校.csv", "-o", "out"]] {
        let run = xuequ(home.path(), command).ends(2);
        assert!(has_line(&run.stderr, &["学校.csv is a table", "--schools 学校.csv", "xuequ init"]), "{run:#?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:#?}");
    }
    xuequ(home.path(), &["check", "小区.csv"]).ends(2).says(&["--blocks 小区.csv"]);
    write(home.path(), "holidays.csv", "date,what\n2027-01-01,new year\n");
    xuequ(home.path(), &["check", "holidays.csv"]).ends(2).says(&["--schools or --blocks"]);
    // Settings under another ending are settings, sound or not.
    write(home.path(), "xuequ.toml.txt", "[schools]\nfile = \"学校.csv\"\n[blocks]\nfile = \"小区.csv\"\n");
    assert!(xuequ(home.path(), &["check", "xuequ.toml.txt", "--json"]).json()["schools"] == 2);
    write(home.path(), "broken.txt", "[schools]\nfile = 7\n");
    xuequ(home.path(), &["check", "broken.txt"]).ends(3).says(&["line 2"]);
}

#[test]
fn a_table_without_rows_is_told_from_one_that_was_not_given() {
    let home = office();
    write(home.path(), "小区.csv", "小区编号,学生数,经度,纬度\n");
    let lines = found(&check(&home, &["--json"]));
    assert!(has_line(&lines, &["blocks-none | 小区.csv", "no rows", "学生数", "--blocks"]), "{lines}");
    write(home.path(), "小区.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    let run = xuequ(home.path(), &["check", "--schools", "学校.csv", "--blocks", "小区.geojson", "--json"]);
    assert!(has_line(&found(&run), &["blocks-none | 小区.geojson", "no rows"]), "{run:#?}");
    let run = xuequ(home.path(), &["check", "--schools", "学校.csv", "--json"]);
    assert!(has_line(&found(&run), &["blocks-none | null", "there are no blocks | give them"]), "{run:#?}");
}

#[test]
fn the_coordinate_that_is_missing_or_wrong_is_the_one_that_is_named() {
    let lines = found_with("学校.csv", "纬度", "备注");
    assert!(has_line(&lines, &["column-missing", "学校.csv", "no column for latitude"]), "{lines}");
    let lines = found_with("学校.csv", "经度", "备注");
    assert!(has_line(&lines, &["column-missing", "学校.csv", "no column for longitude"]), "{lines}");
    let lines = found_with("学校.csv", "22.30,", "22:18:00,");
    assert!(has_line(&lines, &["number-unreadable", "22:18:00", "column 纬度"]), "{lines}");
    // Blanks that part no thousands are no part of a number.
    let lines = found_with("学校.csv", "109.50,", "109 30 00,");
    assert!(has_line(&lines, &["number-unreadable", "109 30 00", "column 经度"]), "{lines}");
}

#[test]
fn titles_sums_and_headers_in_two_rows_of_text_are_no_rows() {
    for (schools, code) in [
        (format!("浦北县学校一览表\n{SCHOOLS}"), "title-above"),
        (format!("{SCHOOLS}合计,,,,1800\n注:截至2026年\n"), "rows-below"),
        (SCHOOLS.replacen("经度,纬度,学位\n", "位置,,学位\n,,经度,纬度,\n", 1), "column-recognised"),
        (format!("浦北县学校一览表\n{SCHOOLS}").replace(',', "\t"), "title-above"),
    ] {
        let home = office();
        write(home.path(), "学校.csv", schools);
        let run = check(&home, &["--json"]);
        assert_eq!(run.json()["schools"], 2, "{run:#?}");
        let lines = found(&run);
        assert!(has_line(&lines, &[code, "学校.csv"]) && !lines.contains("row-length"), "{lines}");
    }
}

#[test]
fn places_in_one_cell_are_read() {
    let in_one = |cells: [&str; 2], column: &str| {
        format!("编号\t学校名称\t{column}\t学位\n001\t一小\t{}\t900\n002\t二小\t{}\t900\n", cells[0], cells[1])
    };
    let home = office();
    let plain = check(&home, &["--json"]).json();
    for cells in [
        ["109.50,22.30", "109.52,22.31"],
        ["109.50，22.30", "109.52；22.31"],
        ["(109.50 22.30)", "109.52 22.31"],
        ["22.30N,109.50E", "北纬22°18′36″ 东经109°31′12″"],
        ["POINT (109.50 22.30)", "SRID=4326;POINT(109.52 22.31)"],
        ["{\"type\":\"Point\",\"coordinates\":[109.5,22.3]}", "109.52,22.31"],
    ] {
        write(home.path(), "学校.csv", in_one(cells, "坐标"));
        let run = check(&home, &["--json"]);
        let json = run.json();
        assert_eq!((&json["schools"], &json["errors"]), (&plain["schools"], &plain["errors"]), "{cells:?}: {run:#?}");
    }
    write(home.path(), "学校.csv", in_one(["109.50,22.30", "人民路"], "坐标"));
    let lines = found(&check(&home, &["--json"]));
    assert!(has_line(&lines, &["place-unreadable", "| 3 |", "二小", "人民路", "坐标"]), "{lines}");
    assert!(!lines.contains("place-missing"), "{lines}");
    // A column of addresses is none of places.
    write(home.path(), "学校.csv", in_one(["人民路1号", "人民路2号"], "位置"));
    let lines = found(&check(&home, &["--json"]));
    assert!(lines.contains("column-missing") && !lines.contains("place-unreadable"), "{lines}");
    // As GDAL writes layers as text.
    let outline = |west: f64| {
        let east = west + 0.01;
        format!("\"POLYGON (({west} 22.3,{east} 22.3,{east} 22.31,{west} 22.31,{west} 22.3))\"")
    };
    let blocks = format!("WKT,小区编号,学生数\n{},B1,300\n{},B2,300\n", outline(109.5), outline(109.51));
    write(home.path(), "学校.csv", SCHOOLS.replace("109.52", "109.515").replace("22.30", "22.305"));
    write(home.path(), "小区.csv", blocks);
    let run = check(&home, &["--json"]);
    assert_eq!((&run.json()["blocks"], &run.json()["errors"]), (&2.into(), &0.into()), "{run:#?}");
    assert!(!found(&run).contains("outline-from-point"), "{run:#?}");
}

#[test]
fn columns_under_other_names_are_known_or_offered() {
    for (from, to) in [
        ("编号,学校名称,经度,纬度,学位", "編號,學校名稱,經度,緯度,學位"),
        ("经度,纬度", "经度_wgs84,纬度_wgs84"),
        ("经度,纬度", "学校经度,学校纬度"),
        ("经度,纬度", "location_lng,location_lat"),
        ("学位", "办学规模"),
    ] {
        let lines = found_with("学校.csv", from, to);
        assert!(!lines.contains("column-missing"), "{to}: {lines}");
    }
    let lines = found_with("学校.csv", "学位", "规划学位");
    assert!(has_line(&lines, &["column-missing", "--column schools.capacity=规划学位"]), "{lines}");
    let lines = found_with("小区.csv", "学生数", "户籍学生数");
    assert!(has_line(&lines, &["column-missing", "--column blocks.pupils=户籍学生数"]), "{lines}");
    let home = office();
    check(&home, &["--column", "schools.capacity=学味"]).ends(3);
    let lines = found(&check(&home, &["--column", "schools.capacity=学味", "--json"]));
    assert!(has_line(&lines, &["column-unknown", "学味", "Did you mean “学位”"]), "{lines}");
    check(&home, &["--column", "blocks.pupil=学生数"]).ends(2).says(&["“pupil”", "Did you mean “pupils”"]);
    let lines = found(&check(&home, &["--column", "schools.pupils=学位", "--json"]));
    assert!(has_line(&lines, &["role-unknown", "“pupils”"]), "{lines}");
}

#[test]
fn seats_may_come_from_the_existing_scheme() {
    let home = office();
    write(home.path(), "学校.csv", SCHOOLS.replace("学位", "层高"));
    write(home.path(), "existing.csv", "block,school\nB1,001\nB2,002\n");
    let lines = found(&check(&home, &["--existing", "existing.csv", "--json"]));
    assert!(has_line(&lines, &["column-missing", "--seats-from-existing 1.05"]), "{lines}");
    assert!(!found(&check(&home, &["--json"])).contains("--seats-from-existing"), "there is no scheme");
    let lines = found(&check(&home, &["--existing", "existing.csv", "--seats-from-existing", "1.05", "--json"]));
    assert!(!lines.contains("column-missing"), "{lines}");
}

#[test]
fn schools_that_are_senior_by_their_names_are_named() {
    let home = office();
    let schools = "编号,学校名称,经度,纬度,学位,type\n1,卢湾高级中学,109.50,22.30,900,学校;中学\n\
                   2,一中,109.52,22.31,900,学校;中学\n3,高中附属初中,109.51,22.31,900,学校;中学\n";
    write(home.path(), "学校.csv", schools);
    let lines = found(&check(&home, &["--json"]));
    assert!(has_line(&lines, &["stage-doubtful", "卢湾高级中学", "senior"]), "{lines}");
    assert_eq!(lines.matches("stage-doubtful").count(), 1, "{lines}");
    assert!(!has_line(&lines, &["stage-doubtful", "schools"]), "the others are junior schools: {lines}");
}

#[test]
fn notes_of_spreadsheets_are_no_tables() {
    let home = office();
    write(home.path(), "~$学校.xlsx", "a");
    let run = xuequ(home.path(), &["init", "--lang", "en"]);
    assert!(!run.stdout.contains("~$"), "{run:#?}");
}

#[test]
fn files_that_are_cut_off_or_of_another_kind_are_named_in_plain_words() {
    let home = office();
    let with = |name: &str, bytes: &[u8], language: &str| {
        write(home.path(), name, bytes);
        xuequ(home.path(), &["check", "--schools", name, "--lang", language]).ends(3)
    };
    let collection = b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"proper";
    let cfb = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 200]].concat();
    for (name, bytes) in [
        ("a.geojson", &collection[..]),
        ("a.xlsx", b"PK\x03\x04\x14\0\0\0"),
        ("a.gz", b"\x1f\x8b\x08\0\0\0\0\0"),
        ("a.parquet", b"PAR1abcd"),
        ("a.shp", b"\0\0\x27\x0a\0\0"),
        ("a.xls", &cfb),
    ] {
        let run = with(name, bytes, "en");
        let is_plain = ["cut off", "damaged"].iter().any(|word| run.stderr.contains(word));
        assert!(is_plain && run.stderr.contains(name), "{run:#?}");
        let run = with(name, bytes, "zh-CN");
        let line = run.stderr.replace(name, "");
        assert!(!line.chars().any(|letter| letter.is_ascii_alphabetic()), "{run:#?}");
    }
    for (name, bytes, said) in [
        ("b.geojson", &b"{\"type\":\"Topology\",\"objects\":{},\"arcs\":[]}"[..], "TopoJSON"),
        ("b.json", b"{\"geometryType\":\"esriGeometryPolygon\",\"features\":[]}", "Esri JSON"),
        ("b.tab", b"!table\n!version 300\n", "MapInfo"),
        ("b.xls", b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table></Table></Worksheet></Workbook>", ".xlsx"),
        ("c.geojson", b"[]", "FeatureCollection"),
        ("b.csv", &[0; 5000], "null bytes"),
        ("b.shp", b"", "empty"),
        ("d.geojson", b"{\"type\":\"FeatureCollection\",\n\"features\":[{]}", "line 2"),
    ] {
        let run = with(name, bytes, "en");
        assert!(has_line(&run.stderr, &[name, said]), "{said}: {run:#?}");
    }
}

#[test]
fn one_is_not_many() {
    let home = Grid::default().written();
    write(home.path(), "blocks.csv", Grid::default().blocks().replace("B22,250,250,5", "B22,250,250,abc"));
    let run = xuequ(home.path(), &on_grid("check", &["--lang", "en"]));
    let all = run.stdout.clone() + &run.stderr;
    assert!(all.contains("1 error, "), "{run:#?}");
    for wrong in ["1 errors", "1 warnings", "1 notes", "1 rows", "1 blocks"] {
        assert!(
            !all.split_whitespace().collect::<Vec<_>>().join(" ").contains(&format!(" {wrong}")),
            "{wrong}: {run:#?}"
        );
    }
}

#[test]
fn stray_bytes_and_paths_of_windows_in_settings_are_placed() {
    let home = office();
    let with = |bytes: &[u8]| {
        write(home.path(), "xuequ.toml", bytes);
        xuequ(home.path(), &["check", "."]).ends(3)
    };
    with(b"[project]\nname = \"a\xff\"\n").says(&["xuequ.toml", "line 2", "UTF-8"]);
    with(b"[schools]\nfile = \"C:\\Users\\x.csv\"\n").says(&["line 2", "backslash"]);
    with(b"[schools]\nfile = \"a.csv\"\ncolumns = { capasity = \"b\" }\n").says(&["line 3", "capasity", "“capacity”"]);
}

#[test]
fn a_program_that_waits_for_json_hears_of_failures() {
    let home = office();
    let run = xuequ(home.path(), &["check", "--schools", "none.csv", "--json"]).ends(5);
    let json = run.json();
    assert_eq!((&json["schema"], &json["exit_code"]), (&"xuequ/error/1".into(), &5.into()));
    assert!(json["error"].as_str().is_some_and(|error| error.contains("none.csv")), "{run:#?}");
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named() {
    let home = office();
    write(home.path(), "afile", "x");
    check(&home, &["-o", "afile/x"]).ends(5).says(&["afile/x", "afile is a file"]);
}

#[test]
fn ids_that_look_alike_are_told() {
    for id in ["００１", "001\u{200b}"] {
        let lines = found_with("学校.csv", "002", id);
        assert!(has_line(&lines, &["id-alike", "| 3 |", "二小", "“001” of row 2"]), "{lines}");
    }
    let lines = found_with("学校.csv", "001,", "3.6E+09,");
    assert!(has_line(&lines, &["digits-lost", "3.6E+09", "编号"]), "{lines}");
}

#[test]
fn systems_that_cannot_be_used_are_told_in_plain_words() {
    let home = office();
    let with = |crs: &str| found(&check(&home, &["--crs", crs, "--json"]));
    assert!(has_line(&with("EPSG:900913"), &["crs-unsupported", "EPSG:3857"]));
    assert!(has_line(&with("LOCAL_CS[\"office\",UNIT[\"metre\",1]]"), &["crs-unsupported", "local system"]));
    // Kilometres are stated, and metres stand there.
    write(home.path(), "学校.csv", "编号,x,y,学位\n001,550000,2470000,900\n002,551000,2471000,900\n");
    write(home.path(), "小区.csv", "编号,x,y,学生数\nB1,550100,2470100,300\nB2,551100,2471100,300\n");
    let lines = with("+proj=tmerc +lon_0=108 +x_0=500000 +ellps=GRS80 +units=km");
    assert!(has_line(&lines, &["crs-misfit", "学校.csv"]) && !lines.contains("place-impossible"), "{lines}");
}

/// A name that a spreadsheet would compute is written as text, and comes back as it was.
#[test]
fn formulas_in_names_stay_text() {
    let home = Grid::default().written();
    let schools = Grid::default().schools().replace("school_id,x", "school_id,name,x");
    let schools =
        schools.replace("S1,", "S1,\"=HYPERLINK(\"\"x\"\")\",").replace("S2,", "S2,二小,").replace("S3,", "S3,三小,");
    write(home.path(), "schools.csv", schools);
    xuequ(home.path(), &on_grid("plan", &["-o", "out", "--effort", "quick"])).ends(0);
    let text = read(home.path(), "out/assignment.csv");
    assert!(text.contains("'=HYPERLINK") && !text.contains(",=HYPERLINK") && !text.contains(",\"=HYPERLINK"), "{text}");
    xuequ(home.path(), &["verify", "out"]).ends(0);
}
