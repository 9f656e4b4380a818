//! What `init` makes of files as offices write them: every guess is shown, none is silent.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::command::{Grid, Run, folder, has_line, names_in, read, write, xuequ};

/// The tables of a grid in a folder to be looked at.
fn grid() -> TempDir {
    Grid::default().written()
}

fn init(home: &TempDir, more: &[&str]) -> Run {
    xuequ(home.path(), &[&["init", "--lang", "en"], more].concat())
}

/// What `init` says of a file.
fn guess(home: &TempDir, file: &str) -> Value {
    let all = init(home, &["--json", "--overwrite", "--crs", "local"]).json();
    let files = all["files"].as_array().expect("a list of files").clone();
    files.into_iter().find(|guess| guess["file"] == file).unwrap_or_else(|| panic!("{file} in {all:#}"))
}

/// A table as an education bureau exports it.
const OFFICIAL: &str = "学校(机构)标识码,学校名称(全称),学校办学类型,所在乡镇,核定学位数（个）,小学在校学生数,教学班（个）,经 度,纬 度,联系电话\n\
                        2145001234,城关镇中心小学,小学,城关镇,900,812,20,110.70123,28.30456,0777-1\n\
                        2145001235,寨圩镇中心小学,小学,寨圩镇,700,655,15,110.72123,28.31456,0777-2\n";

#[test]
fn official_headers_in_gbk_are_recognised() {
    let home = folder();
    let (gbk, ..) = encoding_rs::GBK.encode(OFFICIAL);
    write(home.path(), "学校.csv", gbk);
    let blocks = "小区编号,小区名称,小学适龄儿童数（人）,所属社区,经度,纬度\n\
                  001,锦绣家园,700,城关社区,110.70223,28.30556\n002,桃源居,720,城关社区,110.72223,28.31556\n";
    write(home.path(), "小区.csv", format!("\u{feff}{blocks}"));
    let run = init(&home, &[]).ends(0);
    for (role, name) in [
        ("id", "学校(机构)标识码"),
        ("name", "学校名称(全称)"),
        ("stage", "学校办学类型"),
        ("town", "所在乡镇"),
        ("capacity", "核定学位数（个）"),
        ("enrolment_primary", "小学在校学生数"),
        ("classes", "教学班（个）"),
        ("longitude", "经 度"),
    ] {
        assert!(has_line(&run.stdout, &["学校.csv", "schools", &format!("{role} = {name}")]), "{role}: {run:#?}");
    }
    for (role, name) in [("id", "小区编号"), ("pupils_primary", "小学适龄儿童数（人）"), ("community", "所属社区")]
    {
        assert!(has_line(&run.stdout, &["小区.csv", "blocks", &format!("{role} = {name}")]), "{role}: {run:#?}");
    }
    for said in [
        &["not used", "联系电话"],
        &["text was recognised", "学校"],
        &["coordinates", "EPSG:4326"],
        &["because", "核定学位数"],
    ] {
        assert!(has_line(&run.stdout, said), "{said:?}: {run:#?}");
    }
    let check = xuequ(home.path(), &["check", "--json"]).ends(0).json();
    assert_eq!((&check["schools"], &check["blocks"], &check["stages"]), (&json!(2), &json!(2), &json!(["primary"])));
}

/// Two tables for what can be one: none is taken, both are named.
#[test]
fn of_two_existing_schemes_none_is_taken() {
    let home = grid();
    write(home.path(), "scheme2024.csv", "block,school\nB00,S1\n");
    let run = init(&home, &["--crs", "local"]);
    assert!(has_line(&read(home.path(), "xuequ.toml"), &["scheme2024.csv"]), "one is taken");
    assert!(!run.stdout.contains("none of them"), "{run:#?}");
    write(home.path(), "scheme2025.csv", "block,school\nB00,S2\n");
    let run = init(&home, &["--crs", "local", "--overwrite"]).ends(1);
    assert!(has_line(&run.stdout, &["existing", "scheme2024.csv", "scheme2025.csv", "none"]), "{run:#?}");
    assert!(!read(home.path(), "xuequ.toml").contains("scheme202"));
    // Whoever names one has decided.
    let files = ["--schools", "schools.csv", "--blocks", "blocks.csv", "--existing", "scheme2025.csv"];
    init(&home, &[&files[..], &["--crs", "local", "--overwrite"]].concat());
    assert!(read(home.path(), "xuequ.toml").contains("file = \"scheme2025.csv\""));
}

/// Two lists of schools under different headers are read together, each by its own.
#[test]
fn lists_of_primary_and_junior_schools_are_joined() {
    let home = folder();
    write(home.path(), "小学.csv", "编号,学校名称,学段,学位数,x,y\nP1,一小,小学,80,150,150\nP2,二小,小学,80,450,150\n");
    write(home.path(), "初中.csv", "代码,校名,学段,核定学位,x,y\nJ1,一中,初中,90,350,450\n");
    let blocks = Grid::default().blocks().replace("pupils", "小学生数,初中生数").replace(",5\n", ",2,1\n");
    write(home.path(), "blocks.csv", blocks);
    write(home.path(), "adjacency.csv", Grid::adjacency());
    let run = init(&home, &["--crs", "local"]).ends(0);
    assert!(has_line(&run.stdout, &["schools", "初中.csv, 小学.csv", "together"]), "{run:#?}");
    let check = xuequ(home.path(), &["check", "--json"]).ends(0).json();
    assert_eq!((&check["schools"], &check["stages"]), (&json!(3), &json!(["primary", "junior"])));
}

#[test]
fn two_versions_of_one_list_are_not_joined() {
    let home = grid();
    write(home.path(), "schools-new.csv", Grid::default().schools().replace(",80,", ",90,"));
    let run = init(&home, &["--crs", "local"]).ends(1);
    assert!(has_line(&run.stdout, &["schools-new.csv, schools.csv", "none"]), "{run:#?}");
    assert!(!read(home.path(), "xuequ.toml").lines().any(|line| line.starts_with("file = \"schools")));
}

/// The same ids under other names are a table of another year.
#[test]
fn lists_with_the_same_ids_are_not_joined() {
    let home = grid();
    let named =
        |first: &str| format!("school_id,name,x,y,capacity\nS1,{first}一,150,150,80\nS2,{first}二,450,150,80\n");
    write(home.path(), "schools.csv", named("城"));
    write(home.path(), "schools-2026.csv", named("乡"));
    let run = init(&home, &["--crs", "local"]).ends(1);
    assert!(has_line(&run.stdout, &["schools-2026.csv, schools.csv", "none"]), "{run:#?}");
}

#[test]
fn columns_that_could_as_well_be_meant_are_named() {
    let home = grid();
    let schools = Grid::default().schools().replace("capacity", "学位数,核定学位").replace(",80,", ",80,100,");
    write(home.path(), "schools.csv", schools);
    let run = init(&home, &["--crs", "local"]);
    assert!(has_line(&run.stdout, &["capacity", "学位数", "核定学位", "instead"]), "{run:#?}");
    assert_eq!(guess(&home, "schools.csv")["alternatives"], json!([["capacity", "学位数", "核定学位"]]));
    assert_eq!(guess(&home, "blocks.csv")["alternatives"], json!([]));
}

#[test]
fn a_layer_that_could_be_another_says_so() {
    let home = grid();
    let outline = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"甲\"},\
                   \"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[600,0],[600,600],[0,600],[0,0]]]}}]}";
    write(home.path(), "towns.geojson", outline);
    let towns = guess(&home, "towns.geojson");
    assert_eq!((&towns["layer"], &towns["also"]), (&json!("areas"), &json!("blocks")));
    assert_eq!(guess(&home, "adjacency.csv")["also"], Value::Null);
}

#[test]
fn groups_are_recognised() {
    let home = grid();
    write(home.path(), "集团.csv", "集团名称,学校,角色\n一,S1,核心校\n一,S2,成员校\n");
    assert_eq!(guess(&home, "集团.csv")["layer"], json!("groups"));
    assert!(read(home.path(), "xuequ.toml").contains("file = \"集团.csv\""));
}

/// One file that cannot be read is named, and the others are looked at all the same.
#[test]
fn a_broken_file_does_not_hide_the_others() {
    let home = grid();
    write(home.path(), "broken.geojson", "{\"type\":");
    let run = init(&home, &["--crs", "local"]).ends(1);
    assert!(has_line(&run.stdout, &["broken.geojson", "cut off"]), "{run:#?}");
    assert!(read(home.path(), "xuequ.toml").contains("file = \"schools.csv\""));
}

#[test]
fn a_folder_with_nothing_of_use() {
    let home = folder();
    let says = |run: &Run| run.stderr.contains("nothing in") && run.stderr.contains("--schools");
    assert!(says(&init(&home, &[]).ends(3)));
    write(home.path(), "holidays.csv", "date,what\n2027-01-01,new year\n");
    write(home.path(), "letter.docx", "a letter");
    let run = init(&home, &[]).ends(3);
    assert!(says(&run) && has_line(&run.stdout, &["holidays.csv", "not recognised", "date, what"]), "{run:#?}");
    assert_eq!(names_in(home.path()), ["holidays.csv", "letter.docx"]);
}

#[test]
fn a_layer_that_is_missing_is_asked_for() {
    let home = folder();
    write(home.path(), "schools.csv", Grid::default().schools());
    init(&home, &["--crs", "local"]).ends(1).says(&["blocks", "--blocks"]);
}

#[test]
fn settings_that_are_there_stay() {
    let home = grid();
    write(home.path(), "xuequ.toml", "# mine\n");
    init(&home, &["--crs", "local"]).ends(5).says(&["xuequ.toml", "--overwrite"]);
    assert_eq!(read(home.path(), "xuequ.toml"), "# mine\n");
}
