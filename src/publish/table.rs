//! CSV as offices open it: UTF-8 with a byte-order mark, so that Excel shows Chinese.

use std::borrow::Cow;

/// A CSV table under construction, in memory.
pub(super) struct CsvTable {
    writer: csv::Writer<Vec<u8>>,
}

impl CsvTable {
    pub(super) fn new(header: &[&str]) -> CsvTable {
        let mut table = CsvTable::after("\u{feff}".as_bytes().to_vec());
        table.row(header);
        table
    }

    /// Rows that go on where `before` ends.
    pub(super) fn after(before: Vec<u8>) -> CsvTable {
        CsvTable { writer: csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(before) }
    }

    pub(super) fn row<T: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for cell in cells {
            let cell = cell.as_ref();
            let field = if is_formula(cell) { [b"'", cell].concat().into() } else { Cow::Borrowed(cell) };
            self.writer.write_field(&field).expect("a table in memory takes any cell");
        }
        self.writer.write_record(None::<&[u8]>).expect("a table in memory takes rows of equal length");
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().expect("a table in memory can be flushed")
    }
}

/// Whether a spreadsheet would take a text for a formula and compute it, names of schools among them. An apostrophe in front
/// keeps it text; readers of tables take it off.
fn is_formula(cell: &[u8]) -> bool {
    let begins = matches!(cell, [b'=' | b'+' | b'-' | b'@', _, ..]);
    begins && !std::str::from_utf8(cell).is_ok_and(|text| text.parse::<f64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_as_text() {
        let mut table = CsvTable::new(&["a", "b"]);
        table.row(["=HYPERLINK(1)", "-5.5"]);
        table.row(["@x", "-"]);
        let text = String::from_utf8(table.into_bytes()).expect("text");
        assert_eq!(text, "\u{feff}a,b\r\n'=HYPERLINK(1),-5.5\r\n'@x,-\r\n");
    }
}
