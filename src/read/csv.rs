//! CSV and its like: comma, tab or semicolon, quoted or not.

use std::path::Path;

use super::ReadError;
use super::table::{Table, text};
use crate::model::{Finding, FindingCode};

/// Reads a delimited table; the first row is the header.
pub(super) fn read(
    path: &Path,
    file: &str,
    encoding: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    let text = text(path, file, encoding, findings)?;
    parse(&text, file, findings)
}

fn parse(text: &str, file: &str, findings: &mut Vec<Finding>) -> Result<Table, ReadError> {
    let malformed = |fault: &csv::Error| ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|fault| malformed(&fault))?;
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    if columns.iter().all(String::is_empty) {
        return Err(ReadError::Malformed { file: file.to_owned(), detail: "empty table".to_owned() });
    }
    let mut table = Table::new(file, columns, 2);
    table.reserve(text.len());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|fault| malformed(&fault))? {
        let surplus = record.iter().skip(table.columns.len()).any(|cell| !cell.trim().is_empty());
        if surplus || record.len() < table.columns.len() {
            let finding = table
                .finding(FindingCode::RowLength, table.row_count())
                .count("cells", record.len())
                .count("columns", table.columns.len());
            findings.push(finding);
        }
        table.push_row(record.iter());
    }
    Ok(table)
}

/// The delimiter that stands most often in the header.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    // The first of equals, so the comma where there is no delimiter at all.
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_text_and_rows_count_as_in_a_spreadsheet() {
        let table = parse("id,name\n007,\"a,b\"\n1.10, c \n", "t.csv", &mut Vec::new()).expect("a plain table");
        assert_eq!((table.cell(0, 0), table.cell(0, 1)), ("007", "a,b"));
        assert_eq!((table.cell(1, 0), table.cell(1, 1)), ("1.10", "c"));
        assert_eq!(table.row_number(1), 3);
    }

    #[test]
    fn tabs_and_semicolons_are_recognised() {
        for text in ["a\tb\n1\t2", "a;b\n1;2"] {
            let table = parse(text, "t", &mut Vec::new()).expect("a plain table");
            assert_eq!((table.columns.len(), table.cell(0, 1)), (2, "2"));
        }
    }

    #[test]
    fn a_short_row_is_named() {
        let mut findings = Vec::new();
        parse("a,b,c\n1,2,3\n4,5\n", "t.csv", &mut findings).expect("the table is still read");
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].code, findings[0].row), (FindingCode::RowLength, Some(3)));
    }
}
