//! CSV as offices open it: UTF-8 with a byte-order mark, so that Excel shows Chinese.

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
        self.writer.write_record(cells).expect("a table in memory takes rows of equal length");
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().expect("a table in memory can be flushed")
    }
}
