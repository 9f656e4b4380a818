//! Files that cannot be read as they were named: each is refused, or read, by what it is.

use std::io::{Read, Write};

use crate::fixture::{Folder, Run};
use crate::readers::dbf;

const SCHOOLS: &str = "id,x,y,capacity\nS1,100,100,90\n";

fn check(folder: &Folder, layer: &str, file: &str) -> Run {
    folder.run(&["check", "--json", layer, file, "--crs", "local"])
}

fn codes(run: &Run) -> Vec<String> {
    let found = run.json();
    let findings = found["findings"].as_array().expect("findings").clone();
    findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file begins");
        archive.write_all(bytes).expect("a file is written");
    }
    archive.finish().expect("an archive ends").into_inner()
}

fn points(count: usize) -> Vec<u8> {
    let folder = Folder::new();
    let mut writer = shapefile::ShapeWriter::from_path(folder.path("t.shp")).expect("a shape file");
    (0..count).for_each(|at| writer.write_shape(&shapefile::Point::new(at as f64, 2.0)).expect("a point"));
    drop(writer);
    folder.read("t.shp")
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_no_files() {
    let folder = Folder::new();
    std::os::unix::fs::symlink("/dev/zero", folder.path("z.csv")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(folder.path("p.csv")).status().expect("mkfifo");
    assert!(made.success());
    for file in ["z.csv", "p.csv"] {
        let run = check(&folder, "--schools", file);
        assert_eq!(run.code, Some(3), "{}", run.errors);
        assert!(run.errors.contains(file) && run.errors.contains("device or a pipe"), "{}", run.errors);
    }
    std::os::unix::fs::symlink("/dev/zero", folder.path("xuequ.toml")).expect("a link");
    assert!(folder.run(&["check", "xuequ.toml"]).errors.contains("device or a pipe"));
}

#[test]
fn settings_without_end_are_refused_and_their_faults_counted_out() {
    let folder = Folder::new();
    folder.write("xuequ.toml", "x=1\n".repeat(1_000_000));
    let run = folder.run(&["check"]);
    assert_eq!(run.code, Some(3), "{}", run.errors);
    assert!(run.errors.contains("xuequ.toml") && run.errors.contains("1 MB"), "{}", run.errors);
    let start = std::time::Instant::now();
    let lines: Vec<String> = (0..60_000).map(|at| format!("x{at}=1")).collect();
    for text in ["x=1\n".repeat(100_000), lines.join("\n")] {
        folder.write("xuequ.toml", text);
        let run = folder.run(&["check"]);
        assert_eq!(run.code, Some(3));
        assert!(run.errors.lines().count() < 200, "{} lines", run.errors.lines().count());
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_file_of_an_archive_is_named_with_its_folders() {
    let folder = Folder::new();
    let other = SCHOOLS.replace("S1", "S2");
    folder.write("two.zip", zip(&[("a/schools.csv", SCHOOLS.as_bytes()), ("b/schools.csv", other.as_bytes())]));
    for (file, id) in [("two.zip#a/schools.csv", "S1"), ("two.zip#b/schools.csv", "S2")] {
        let run = folder.run(&["export", file, "-f", "csv", "-o", "out", "--overwrite"]);
        assert_eq!(run.code, Some(0), "{}", run.errors);
        let name = std::fs::read_dir(folder.path("out")).expect("a folder").next().expect("a file").expect("a name");
        let text = std::fs::read_to_string(name.path()).expect("a table");
        assert!(text.contains(id), "{file}: {text}");
    }
}

#[test]
fn a_document_of_links_gives_way_to_the_one_with_placemarks() {
    let links = "<kml><Document><NetworkLink><Link><href>layers/a.kml</href></Link></NetworkLink></Document></kml>";
    let places = "<kml><Document><Placemark><name>S1</name><Point><coordinates>109.4,22.3</coordinates></Point>\
                  </Placemark></Document></kml>";
    let folder = Folder::new();
    folder.write("lib.kmz", zip(&[("doc.kml", links.as_bytes()), ("layers/a.kml", places.as_bytes())]));
    let run = folder.run(&["check", "--json", "--schools", "lib.kmz"]);
    assert_eq!(run.json()["schools"], 1, "{}", run.output);
    assert!(codes(&run).contains(&"part-chosen".to_owned()));
}

#[test]
fn parts_of_shapefiles_are_read_or_named_for_what_they_are() {
    let row = ["100", "100", "100", "S1"].map(str::to_owned).to_vec();
    let table = dbf(&["x", "y", "capacity", "id"], &[row], encoding_rs::UTF_8, 0);
    let folder = Folder::new();
    folder.write("学校.dbf", &table);
    let run = check(&folder, "--schools", "学校.dbf");
    assert_eq!(run.json()["schools"], 1, "{}", run.output);
    let guessed = folder.run(&["init", "--json", "--crs", "local"]);
    assert!(guessed.output.contains("学校.dbf"), "{}", guessed.output);
    // Beside its shapes it is only a part.
    folder.write("学校.shp", points(1));
    let run = check(&folder, "--schools", "学校.dbf");
    assert_eq!(run.code, Some(3));
    assert!(run.errors.contains(".shp beside it"), "{}", run.errors);
    let run = check(&folder, "--schools", "学校.shp");
    assert_eq!(run.json()["schools"], 1, "{}", run.output);
    folder.write("学校.shx", points(1));
    let run = check(&folder, "--schools", "学校.shx");
    assert!(run.code == Some(3) && run.errors.contains("one part of a Shapefile"), "{}", run.errors);
    // Without it, shapes have no numbers.
    folder.write("bare.shp", points(2));
    assert!(codes(&check(&folder, "--blocks", "bare.shp")).contains(&"attributes-missing".to_owned()));
    folder.write("both.zip", zip(&[("t.shp", &points(1)), ("t.dbf", &table)]));
    let run = check(&folder, "--schools", "both.zip");
    assert_eq!(run.json()["schools"], 1, "{}", run.output);
    assert!(!codes(&run).contains(&"part-chosen".to_owned()), "{:?}", codes(&run));
}

#[test]
fn a_place_in_another_part_of_the_world_is_an_error_of_its_row() {
    for (place, code) in [
        ("0,0", "place-zero"),
        ("109.41,-22.31", "place-far"),
        ("-109.41,22.31", "place-far"),
        ("121.4,31.2", "place-far"),
    ] {
        let folder = Folder::new();
        let near: Vec<String> = (1..6).map(|at| format!("S{at},109.4{at},22.3{at},90")).collect();
        folder.write("schools.csv", format!("id,lon,lat,capacity\n{}\nS6,{place},90\n", near.join("\n")));
        let run = folder.run(&["check", "--json", "--schools", "schools.csv"]);
        let found = run.json();
        let finding = found["findings"].as_array().expect("findings").iter().find(|one| one["code"] == code);
        let finding = finding.unwrap_or_else(|| panic!("{code}: {}", run.output));
        assert_eq!((finding["row"].as_u64(), finding["severity"].as_str()), (Some(7), Some("error")), "{finding}");
        assert_eq!(found["schools"], 5);
    }
    // The vertex that cannot be is named, not the first of its outline.
    let folder = Folder::new();
    let ring = "[[100,100],[1e15,100],[200,200],[100,200],[100,100]]";
    let feature = format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"id\":1,\"pupils\":1}},\
         \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[{ring}]}}}}"
    );
    folder.write("b.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature}]}}"));
    let run = check(&folder, "--blocks", "b.geojson");
    assert!(run.output.contains("1000000000000000"), "{}", run.output);
}

#[test]
fn formulas_that_nobody_calculated_are_said_to_be() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["id", "x", "y", "capacity"]).expect("a header");
    for row in 1..4_u32 {
        sheet.write_row(row, 0, [f64::from(row), 100.0 * f64::from(row), 5.0]).expect("numbers");
        let formula = rust_xlsxwriter::Formula::new("=45*2").set_result(if row == 1 { "90" } else { "77" });
        sheet.write_formula(row, 3, formula).expect("a formula");
    }
    // A program that does not calculate leaves no result behind.
    let bytes = book.save_to_buffer().expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("bytes");
        let name = file.name().expect("a name").into_owned();
        if name.ends_with("sheet1.xml") {
            bytes = String::from_utf8(bytes).expect("text").replace("<v>77</v>", "").into_bytes();
        }
        files.push((name, bytes));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let folder = Folder::new();
    folder.write("s.xlsx", zip(&files));
    let run = check(&folder, "--schools", "s.xlsx");
    let found = run.json();
    let finding =
        found["findings"].as_array().expect("findings").iter().find(|one| one["code"] == "formula-uncalculated");
    let finding = finding.unwrap_or_else(|| panic!("{}", run.output));
    let what = finding["what"].as_str().expect("a sentence");
    assert!(what.contains("2 formulas") && what.contains("3 D"), "{what}");
}
