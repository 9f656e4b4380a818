//! A paper as DOCX, laid out as official papers are: 《党政机关公文格式》 GB/T 9704-2012 for the page, the fonts and the lines.
//!
//! ECMA-376 asks for few parts: the list of types, two lists of relations, the text, its styles and a footer.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::super::super::map::Svg as Markup;
use super::{Document, Part, Table, tidy};

/// Namespaces of the text and of references to other parts.
const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const REFERENCES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Twentieths of a point in a millimetre.
const TWIPS: f64 = 1440.0 / 25.4;

/// Width of the text on A4, in millimetres: GB/T 9704-2012, 5.2.1.
const TEXT_WIDTH: f64 = 156.0;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>
"#;

const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="text" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="styles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="footer" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer.xml"/></Relationships>
"#;

/// A style of paragraphs: what it is called, its font, its size in half points, and the rest of its marks.
struct Style {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    half_points: u32,
    is_bold: bool,
    /// Marks of the paragraph: `w:pPr`.
    paragraph: &'static str,
}

/// The styles. Text of the third size (16 pt) 仿宋, its lines 28 pt apart, two letters in; heads of the first level 黑体, of
/// the second 楷体; the title of the second size (22 pt), in the middle.
const STYLES: [Style; 9] = [
    Style {
        id: "Normal",
        name: "Normal",
        font: "仿宋",
        half_points: 32,
        is_bold: false,
        paragraph: r#"<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>"#,
    },
    Style {
        id: "Title",
        name: "Title",
        font: "宋体",
        half_points: 44,
        is_bold: true,
        paragraph: r#"<w:spacing w:before="280" w:after="560" w:line="640" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#,
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        font: "黑体",
        half_points: 32,
        is_bold: false,
        paragraph: r#"<w:keepNext/><w:outlineLvl w:val="0"/>"#,
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        font: "楷体",
        half_points: 32,
        is_bold: false,
        paragraph: r#"<w:keepNext/><w:outlineLvl w:val="1"/>"#,
    },
    Style {
        id: "Signature",
        name: "Signature",
        font: "仿宋",
        half_points: 32,
        is_bold: false,
        paragraph: r#"<w:keepNext/><w:spacing w:before="0" w:line="560" w:lineRule="exact"/><w:ind w:right="1280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>"#,
    },
    Style {
        id: "Note",
        name: "Note",
        font: "仿宋",
        half_points: 24,
        is_bold: false,
        paragraph: r#"<w:spacing w:line="400" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>"#,
    },
    Style {
        id: "TableHead",
        name: "Table Head",
        font: "黑体",
        half_points: 24,
        is_bold: false,
        paragraph: r#"<w:keepNext/><w:spacing w:line="360" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#,
    },
    Style {
        id: "TableText",
        name: "Table Text",
        font: "仿宋",
        half_points: 24,
        is_bold: false,
        paragraph: r#"<w:spacing w:line="360" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>"#,
    },
    Style {
        id: "Footer",
        name: "footer",
        font: "宋体",
        half_points: 28,
        is_bold: false,
        paragraph: r#"<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>"#,
    },
];

impl Document {
    /// The paper as DOCX. Same paper, same bytes: the time of writing is not in it.
    ///
    /// # Panics
    /// Never: an archive in memory takes its parts.
    pub(in crate::publish::public) fn docx(&self) -> Vec<u8> {
        let parts = [
            ("[Content_Types].xml", TYPES.to_owned()),
            ("_rels/.rels", PACKAGE.to_owned()),
            ("word/document.xml", self.text_part()),
            ("word/styles.xml", self.styles_part()),
            ("word/footer.xml", footer_part()),
            ("word/_rels/document.xml.rels", RELATIONS.to_owned()),
        ];
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (name, text) in parts {
            archive.start_file(name, options).expect("an archive in memory takes a part");
            archive.write_all(text.as_bytes()).expect("an archive in memory takes bytes");
        }
        archive.finish().expect("an archive in memory can be closed").into_inner()
    }

    fn text_part(&self) -> String {
        let mut xml = begin("w:document");
        xml.open("w:body", &[]);
        for part in &self.parts {
            match part {
                Part::Title(text) => paragraph(&mut xml, "Title", text),
                Part::Head(text) => paragraph(&mut xml, "Heading1", text),
                Part::Subhead(text) => paragraph(&mut xml, "Heading2", text),
                Part::Paragraph(text) => paragraph(&mut xml, "Normal", text),
                Part::Note(text) => paragraph(&mut xml, "Note", text),
                Part::Items(items) => {
                    for (place, item) in items.iter().enumerate() {
                        paragraph(&mut xml, "Normal", &format!("{}. {item}", place + 1));
                    }
                }
                Part::Signature(lines) => {
                    paragraph(&mut xml, "Normal", "");
                    for line in lines {
                        paragraph(&mut xml, "Signature", line);
                    }
                }
                Part::Table(of) => table(&mut xml, of),
            }
        }
        xml.raw(&format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
             <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"851\" w:footer=\"{}\" w:gutter=\"0\"/></w:sectPr>",
            twips(37.0),
            twips(26.0),
            twips(35.0),
            twips(28.0),
            twips(28.0),
        ));
        xml.close("w:body");
        xml.close("w:document");
        xml.into_parts().0
    }

    fn styles_part(&self) -> String {
        let mut xml = begin("w:styles");
        let tag = self.language.tag();
        xml.raw(&format!(
            "<w:docDefaults><w:rPrDefault><w:rPr>{}<w:lang w:val=\"en-GB\" w:eastAsia=\"{}\"/></w:rPr></w:rPrDefault></w:docDefaults>",
            fonts("仿宋"),
            if tag.starts_with("zh") { tag } else { "zh-CN" },
        ));
        for style in &STYLES {
            let is_normal = style.id == "Normal";
            xml.raw(&format!(
                "<w:style w:type=\"paragraph\"{} w:styleId=\"{}\"><w:name w:val=\"{}\"/>{}<w:qFormat/><w:pPr>{}</w:pPr>\
                 <w:rPr>{}{}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
                if is_normal { " w:default=\"1\"" } else { "" },
                style.id,
                style.name,
                if is_normal { "" } else { "<w:basedOn w:val=\"Normal\"/>" },
                style.paragraph,
                fonts(style.font),
                if style.is_bold { "<w:b/>" } else { "" },
                size = style.half_points,
            ));
        }
        xml.close("w:styles");
        xml.into_parts().0
    }
}

/// The page number between dashes, as official papers have it.
fn footer_part() -> String {
    let mut xml = begin("w:ftr");
    xml.raw(
        "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>\
         <w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p>",
    );
    xml.close("w:ftr");
    xml.into_parts().0
}

/// A part with its outermost element open.
fn begin(name: &str) -> Markup {
    let mut xml = Markup::new();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    xml.open(name, &[("xmlns:w", WORDS), ("xmlns:r", REFERENCES)]);
    xml
}

/// Chinese in `font`, other letters in Times New Roman, which the standard leaves open and offices use.
fn fonts(font: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{font}\" w:cs=\"Times New Roman\"/>"
    )
}

fn twips(millimetres: f64) -> u32 {
    (millimetres * TWIPS).round() as u32
}

fn paragraph(xml: &mut Markup, style: &str, text: &str) {
    xml.open("w:p", &[]);
    xml.raw(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"));
    xml.open("w:r", &[]);
    xml.text("w:t", &[("xml:space", "preserve")], &tidy(text));
    xml.close("w:r");
    xml.close("w:p");
    xml.line();
}

/// A table with lines around every cell; its head stands on every page, and short rows are not cut at the end of one.
fn table(xml: &mut Markup, table: &Table) {
    let sum = f64::from(table.widths.iter().sum::<u32>().max(1));
    let whole = f64::from(twips(TEXT_WIDTH));
    let widths: Vec<u32> = table.widths.iter().map(|width| (whole * f64::from(*width) / sum).round() as u32).collect();
    xml.open("w:tbl", &[]);
    xml.open("w:tblPr", &[]);
    xml.raw(&format!("<w:tblW w:w=\"{}\" w:type=\"dxa\"/>", widths.iter().sum::<u32>()));
    xml.open("w:tblBorders", &[]);
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.raw(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"));
    }
    xml.close("w:tblBorders");
    xml.raw("<w:tblLayout w:type=\"fixed\"/>");
    xml.close("w:tblPr");
    xml.open("w:tblGrid", &[]);
    for width in &widths {
        xml.raw(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    xml.close("w:tblGrid");
    row(xml, &table.heads, &widths, "TableHead", "<w:cantSplit/><w:tblHeader/>");
    for cells in &table.rows {
        row(xml, cells, &widths, "TableText", "");
    }
    xml.close("w:tbl");
    // Between two tables there has to be a paragraph, or they become one.
    paragraph(xml, "Note", "");
}

fn row(xml: &mut Markup, cells: &[String], widths: &[u32], style: &str, marks: &str) {
    xml.open("w:tr", &[]);
    // What is to be filled in by hand needs room.
    let marks = if cells.iter().any(String::is_empty) { "<w:trHeight w:val=\"740\"/>" } else { marks };
    if !marks.is_empty() {
        xml.raw(&format!("<w:trPr>{marks}</w:trPr>"));
    }
    for (cell, width) in cells.iter().zip(widths) {
        xml.open("w:tc", &[]);
        xml.raw(&format!("<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
        paragraph(xml, style, cell);
        xml.close("w:tc");
    }
    xml.close("w:tr");
    xml.line();
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::sample;
    use super::*;

    #[test]
    fn it_is_an_archive_of_well_formed_parts_that_say_the_text() {
        let bytes = sample().docx();
        assert_eq!(bytes, sample().docx());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        for position in 0..archive.len() {
            let mut part = archive.by_index(position).expect("a part");
            let mut xml = String::new();
            part.read_to_string(&mut xml).expect("text");
            let mut reader = quick_xml::Reader::from_str(&xml);
            while !matches!(reader.read_event().expect("well formed"), quick_xml::events::Event::Eof) {}
            if position == 2 {
                text = xml;
            }
        }
        assert!(text.contains("&lt;b&gt;甲&lt;/b&gt; &amp; *乙* _丙_ [丁] | 戊<"), "{text}");
        assert!(text.contains("2. &lt;i&gt;二条<"), "{text}");
        assert!(text.contains("<w:tblHeader/>"), "{text}");
    }
}
