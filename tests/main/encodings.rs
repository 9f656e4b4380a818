//! Text as it really comes: every label in use, labels that lie, text cut short, and the published files that show it.

use xuequ::language::Language;
use xuequ::model::{Finding, FindingCode};
use xuequ::read::{Table, open_table};

use crate::fixture::Folder;
use crate::readers::dbf;
use crate::shared_data::shared;

fn open(folder: &Folder, name: &str) -> (Table, Vec<Finding>) {
    let mut findings = Vec::new();
    let table =
        open_table(&folder.path(name), name, None, &mut findings).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    (table, findings)
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.slug()).collect()
}

/// A Shapefile of one point with one row of attributes.
fn one_point(folder: &Folder, table: &[u8], cpg: Option<&[u8]>) {
    let mut writer = shapefile::ShapeWriter::from_path(folder.path("t.shp")).expect("a shape file");
    writer.write_shape(&shapefile::Point::new(1.0, 2.0)).expect("a point");
    drop(writer);
    folder.write("t.dbf", table);
    match cpg {
        Some(cpg) => folder.write("t.cpg", cpg),
        None => drop(std::fs::remove_file(folder.path("t.cpg"))),
    }
}

#[test]
fn tables_of_shapefiles_say_their_encoding_in_many_ways_and_wrongly() {
    let row = [vec!["张黄镇中心小学校".to_owned()]];
    let of = |label: &str| encoding_rs::Encoding::for_label(label.as_bytes()).expect(label);
    let contradicted = "encoding-contradicted";
    for (encoding, byte, cpg, finding) in [
        ("gbk", 0, Some(&b"GBK"[..]), ""),
        ("gbk", 0, Some(b"GB2312\r\n"), ""),
        ("gbk", 0, Some(b"GB18030"), ""),
        ("gbk", 0, Some(b"936"), ""),
        ("gbk", 0, Some(b"CP936"), ""),
        ("gbk", 0, Some(b"ANSI 936\0"), ""),
        ("gbk", 0, Some(b"\xef\xbb\xbfGBK"), ""),
        ("gbk", 0, Some(b"C:\\codepages\\cp936"), ""),
        ("gbk", 0x4D, None, ""),
        ("gbk", 0x7A, None, ""),
        ("gbk", 0, None, "encoding-guessed"),
        ("gbk", 0, Some(b""), "encoding-guessed"),
        ("gbk", 0, Some(b"UTF-8"), contradicted),
        ("gbk", 0, Some(b"ISO-8859-1"), contradicted),
        ("gbk", 0, Some(b"no such thing"), contradicted),
        ("gbk", 0x57, None, contradicted),
        ("gbk", 0x03, None, contradicted),
        ("utf-8", 0, Some(b"UTF-8"), ""),
        ("utf-8", 0, Some(b"utf8"), ""),
        ("utf-8", 0, Some(b"65001"), ""),
        ("utf-8", 0, None, ""),
        ("utf-8", 0x4D, None, contradicted),
        ("utf-8", 0, Some(b"GBK"), contradicted),
        ("utf-8", 0, Some(b"ANSI 1252"), contradicted),
    ] {
        let folder = Folder::new();
        one_point(&folder, &dbf(&["学校"], &row, of(encoding), byte), cpg);
        let (table, findings) = open(&folder, "t.shp");
        let case = format!("{encoding} {byte:#x} {:?}", cpg.map(String::from_utf8_lossy));
        assert_eq!((table.columns[0].as_str(), table.cell(0, 0)), ("学校", "张黄镇中心小学校"), "{case}");
        assert_eq!(codes(&findings).join(" "), finding, "{case}");
        for finding in &findings {
            assert!(finding.what(Language::Chinese).contains("张黄镇"), "{case}: a sample is shown");
        }
    }
}

#[test]
fn text_cut_in_the_middle_of_a_character_spoils_nothing_else() {
    let folder = Folder::new();
    let name = "广西壮族自治区钦州市浦北县张黄镇第三中心小学校";
    for encoding in [encoding_rs::GBK, encoding_rs::UTF_8] {
        // An odd number of bytes cuts a character of either encoding in two.
        let mut table = dbf(&["校名"], &[vec![name.to_owned()]], encoding, 0);
        let (bytes, ..) = encoding.encode(name);
        let at = table.len() - 1 - 40;
        table[at..at + 40].copy_from_slice(&[b" ", &bytes[..39]].concat());
        one_point(&folder, &table, None);
        let (table, findings) = open(&folder, "t.shp");
        assert_eq!(table.columns, ["校名"]);
        let read = table.cell(0, 0);
        assert!(name.starts_with(read) && !read.contains('\u{fffd}'), "{read}");
        let cut = findings.iter().any(|finding| finding.code == FindingCode::TextCut);
        assert_eq!(cut, encoding == encoding_rs::GBK || 39 % 3 != 0, "{findings:?}");
    }
}

#[test]
fn tables_of_text_are_read_in_every_encoding() {
    let text = "编号,学校名称\n007,张黄镇中心小学\n1.10,寨圩镇初级中学\n";
    let wide = |to_bytes: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(to_bytes).collect()
    };
    let label =
        |label: &str| encoding_rs::Encoding::for_label(label.as_bytes()).expect(label).encode(text).0.into_owned();
    for (bytes, is_guess) in [
        (text.as_bytes().to_vec(), false),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), false),
        (label("gbk"), true),
        (label("gb18030"), true),
        (wide(u16::to_le_bytes, "\u{feff}"), false),
        (wide(u16::to_be_bytes, "\u{feff}"), false),
        (wide(u16::to_le_bytes, ""), true),
        (wide(u16::to_be_bytes, ""), true),
    ] {
        let folder = Folder::new();
        folder.write("t.csv", &bytes);
        let (table, findings) = open(&folder, "t.csv");
        assert_eq!(table.columns, ["编号", "学校名称"]);
        let cells = [table.cell(0, 0), table.cell(0, 1), table.cell(1, 0), table.cell(1, 1)];
        assert_eq!(cells, ["007", "张黄镇中心小学", "1.10", "寨圩镇初级中学"]);
        assert_eq!(codes(&findings), if is_guess { &["encoding-guessed"][..] } else { &[] });
    }
    let folder = Folder::new();
    folder.write("t.csv", text.chars().flat_map(|letter| (letter as u32).to_be_bytes()).collect::<Vec<u8>>());
    let run = folder.run(&["check", "--schools", "t.csv", "--blocks", "t.csv"]);
    assert_eq!(run.code, Some(3));
    assert!(run.errors.contains("t.csv") && run.errors.contains("UTF-32"), "{}", run.errors);
}

#[test]
fn a_fault_in_a_text_is_shown_where_it_stands() {
    let text = "编号,学校名称\n007,张黄镇中心小学\n008,寨圩镇初级中学\n009,安石镇中心小学\n010,石埇镇中心小学\n";
    let at = text.find('寨').expect("a character") + 1;
    let folder = Folder::new();
    let mut spoilt = text.repeat(2).into_bytes();
    spoilt[at] = b'?';
    folder.write("t.csv", spoilt);
    let (table, findings) = open(&folder, "t.csv");
    assert_eq!((table.cell(0, 1), codes(&findings)), ("张黄镇中心小学", vec!["encoding-broken"]));
    let said = findings[0].what(Language::English);
    assert!(said.contains("UTF-8") && said.contains("row 3") && said.contains("圩镇"), "{said}");
    // A file that was cut off is cut off, and no other encoding.
    folder.write("cut.csv", &text.as_bytes()[..text.len() - 2]);
    let (table, findings) = open(&folder, "cut.csv");
    assert_eq!((table.cell(0, 1), codes(&findings)), ("张黄镇中心小学", vec!["encoding-broken"]));
}

#[test]
fn full_width_forms_and_units_are_numbers_and_ids_stay_text() {
    let folder = Folder::new();
    folder.write(
        "schools.csv",
        "编号，,学校\u{3000}名称,x,y,\"学位\n(个)\"\n007,北街小学,100,100,\"１，２００\"\n=\"1.10\",南街小学,900,100,90个\n'010,东街小学,500,500,80 人\n",
    );
    folder.write("blocks.csv", "block_id,x,y,pupils\n1,100,100,12人\n2,900,100,\u{3000}１０\u{3000}\n3,500,500,7\n");
    folder.write("existing.csv", "block,school\n１,００７\n2,1.10\n3,010\n");
    let input = ["--schools", "schools.csv", "--blocks", "blocks.csv", "--existing", "existing.csv", "--crs", "local"];
    let columns = ["--column", "schools.id=编号，"];
    folder.plan("out", &[&input[..], &columns].concat());
    let run = folder.run(&[&["check", "--json"], &input[..], &columns].concat());
    let findings = run.json()["findings"].as_array().expect("a list").clone();
    let has = |code: &str| findings.iter().any(|finding| finding["code"] == code);
    assert!(has("text-marks") && !has("existing-school-unknown") && !has("existing-block-unknown"), "{findings:#?}");
    let rows = folder.table("out/assignment.csv");
    let text = format!("{rows:?}");
    assert!(text.contains("\"007\"") && text.contains("\"1.10\"") && text.contains("\"010\""), "{text}");
}

/// The first cell of the first row, and the codes of what was found.
fn published(part: &std::path::Path, name: &str) -> (String, String) {
    let folder = Folder::new();
    let source = part.join(name);
    // Most of these tables come without shapes; a point for each row goes with them.
    let bytes = std::fs::read(&source).expect(name);
    let rows = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
    let mut writer = shapefile::ShapeWriter::from_path(folder.path("t.shp")).expect("a shape file");
    (0..rows).for_each(|_| writer.write_shape(&shapefile::Point::new(1.0, 2.0)).expect("a point"));
    drop(writer);
    folder.write("t.dbf", bytes);
    if let Ok(cpg) = std::fs::read(source.with_extension("cpg")) {
        folder.write("t.cpg", cpg);
    }
    let (table, findings) = open(&folder, "t.shp");
    let first = if rows > 0 { table.cell(0, 0).to_owned() } else { table.columns.join(" ") };
    (first, codes(&findings).join(" "))
}

#[test]
fn published_tables_read_as_their_words() {
    let Some(part) = shared("messy/mapshaper/test/data/dbf") else { return };
    for (name, word) in [
        ("cpg/big5.dbf", "國語"),
        ("cpg/euckr.dbf", "한국말"),
        ("cpg/koi8r.dbf", "русский"),
        ("cpg/latin2.dbf", "čeština"),
        ("cpg/shiftjis.dbf", "カタカナひらがな"),
        ("cpg/win1251.dbf", "РУССКИЙ"),
        ("cpg/win874.dbf", "ภาษาไทย"),
        ("ldid/chinese.dbf", "简体"),
        ("comma_separated.dbf", "68,500"),
    ] {
        assert_eq!(published(&part, name), (word.to_owned(), String::new()), "{name}");
    }
    let guessed = |word: &str| (word.to_owned(), "encoding-guessed".to_owned());
    assert_eq!(published(&part, "gb2312.dbf"), guessed("简体国语"));
    assert_eq!(published(&part, "gbk.dbf"), guessed("简体国语"));
    assert_eq!(published(&part, "big5.dbf"), guessed("繁體國語"));
    assert_eq!(published(&part, "utf8.dbf"), ("国语國語".to_owned(), String::new()));
    assert_eq!(published(&part, "cpg/utf16.dbf").0, "i N");
    assert_eq!(published(&part, "duplicate_fields.dbf").1, "");
}
