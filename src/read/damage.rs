//! What libraries say of files that are cut off or damaged, in plain words.

use crate::language::Message;

/// What is said where the end of a file is missing: copying was broken off most often.
const CUT_OFF: [&str; 18] = [
    "before end of input",
    "beyond file boundary",
    "corrupt footer",
    "could not find eocd",
    "difat refers to sector",
    "ends too early",
    "eof while parsing",
    "eof: ",
    "expected eof",
    "failed to fill whole buffer",
    "file too small",
    "incomplete deflate stream",
    "is not closed",
    "is too small)",
    "tag not closed",
    "unexpected end",
    "unexpected eof",
    "unterminated",
];

/// What is said where bytes in the middle are wrong.
const DAMAGED: [&str; 11] = [
    "cfb file",
    "checksum",
    "corrupt deflate",
    "database disk image is malformed",
    "declared uncompressed size",
    "file is not a database",
    "invalid utf-8 sequence",
    "invalid zip archive",
    "malformed fat",
    "not a shapefile",
    "out of bounds",
];

/// The sentence for what a library says of a file; the words of the library where they are the only thing known.
pub(super) fn message(file: &str, detail: &str) -> Message {
    let said = detail.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let key = if says(&CUT_OFF) {
        "error-file-cut"
    } else if says(&DAMAGED) {
        "error-file-damaged"
    } else {
        return match (json_place(detail), xml_line(detail)) {
            (Some((line, column)), _) => {
                Message::new("error-file-json").text("line", line).text("column", column).text("file", file)
            }
            (None, Some(line)) => Message::new("error-file-xml").text("line", line).text("file", file),
            (None, None) => Message::new("error-file-malformed").text("detail", detail).text("file", file),
        };
    };
    Message::new(key).text("file", file)
}

/// Line and column of a fault of writing in JSON.
fn json_place(detail: &str) -> Option<(String, String)> {
    let is_of_writing =
        ["expected `", "key must be a string", "expected value", "trailing comma", "invalid escape", "expected ident"]
            .iter()
            .any(|word| detail.contains(word));
    let (_, place) = detail.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (is_of_writing && digits(line) && digits(column)).then(|| (line.to_owned(), column.to_owned()))
}

/// The line of a fault of writing in XML.
fn xml_line(detail: &str) -> Option<&str> {
    let (line, fault) = detail.strip_prefix("line ")?.split_once(": ")?;
    ["ill-formed", "syntax error"].iter().any(|word| fault.starts_with(word)).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn libraries_do_not_speak_to_people() {
        for (detail, key) in [
            ("failed to fill whole buffer", "error-file-cut"),
            ("invalid Zip archive: Could not find EOCD", "error-file-cut"),
            ("DIFAT refers to sector 8, but sector count is only 5", "error-file-cut"),
            ("EOF while parsing a string at line 1 column 10291", "error-file-cut"),
            ("line 15: <SchemaData> is not closed", "error-file-cut"),
            ("Invalid checksum", "error-file-damaged"),
            ("expected `,` or `]` at line 1 column 4211", "error-file-json"),
            ("line 7: ill-formed document: expected `</a>`", "error-file-xml"),
            ("feature 1: a Topology", "error-file-malformed"),
        ] {
            let message = message("a.kml", detail);
            assert_eq!(message.key(), key, "{detail}");
            assert!(message.in_language(Language::Chinese).contains("a.kml"));
        }
        assert_eq!(json_place("expected value at line 3 column 7"), Some(("3".to_owned(), "7".to_owned())));
    }
}
