//! CSV and its like: comma, tab, semicolon or bar, quoted or not.

use std::borrow::Cow;
use std::path::Path;

use super::ReadError;
use super::sheet::{Grid, HEADER_WITHIN, Value, closing_text, rows_below};
use super::table::{CellKind, Table, text};
use super::value;
use crate::language::Message;
use crate::model::{Finding, FindingCode};

/// Rows of another length than the header before the file is refused: it is no table, or has another delimiter.
const MOST_MISSHAPEN_ROWS: usize = 1_000;

/// What may part cells, the usual one first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Lines that are looked at for the delimiter.
const FIRST_LINES: usize = 10;

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

/// Reads a table this program has written: commas, the first row is the header, and every row below it is one of the table,
/// whatever its first word.
pub(super) fn read_own(path: &Path, file: &str, findings: &mut Vec<Finding>) -> Result<Table, ReadError> {
    let text = text(path, file, None, findings)?;
    let malformed = |fault: csv::Error| ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().map_err(malformed)?.iter().map(str::to_owned).collect();
    let mut table = Table::new(file, columns, 2);
    for record in reader.records() {
        let record = record.map_err(malformed)?;
        let cells: Vec<Cow<'_, str>> = record.iter().map(|cell| unmarked(cell, &mut 0)).collect();
        table.push_row(cells.iter().map(|cell| &**cell));
    }
    Ok(table)
}

fn parse(text: &str, file: &str, findings: &mut Vec<Finding>) -> Result<Table, ReadError> {
    let malformed = |fault: &csv::Error| ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() };
    let refused = |reason: Message| ReadError::Refused { file: file.to_owned(), reason };
    let (told, text) = told_delimiter(text);
    let delimiter = told.unwrap_or_else(|| delimiter(text));
    let lines_before = u32::from(told.is_some());
    if let Some(row) = unclosed_quote(text, delimiter) {
        return Err(refused(Message::new("reason-quote-open").count("row", row + lines_before)));
    }
    let builder = || {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
    };
    let mut head: Vec<csv::StringRecord> = Vec::new();
    for record in builder().into_records().take(HEADER_WITHIN) {
        head.push(record.map_err(|fault| malformed(&fault))?);
    }
    let mut marks = 0;
    let (columns, above) = columns(&head, lines_before, file, &mut marks, findings);
    if columns.iter().all(String::is_empty) {
        return Err(refused(Message::new("reason-table-empty")));
    }
    let mut table = Table::new(file, columns, 1 + above + lines_before);
    table.reserve(text.len(), 0);
    let mut record = csv::StringRecord::new();
    let mut misshapen = 0;
    let mut reader = builder();
    for _ in 0..above {
        reader.read_record(&mut record).map_err(|fault| malformed(&fault))?;
    }
    while reader.read_record(&mut record).map_err(|fault| malformed(&fault))? {
        let surplus = record.iter().skip(table.columns.len()).any(|cell| !cell.trim().is_empty());
        if surplus || record.len() < table.columns.len() {
            let finding = table
                .finding(FindingCode::RowLength, table.row_count())
                .count("cells", record.len())
                .count("columns", table.columns.len());
            findings.push(finding);
            misshapen += 1;
            if misshapen > MOST_MISSHAPEN_ROWS {
                let reason = Message::new("reason-rows-misshapen").count("count", MOST_MISSHAPEN_ROWS);
                return Err(refused(reason.count("columns", table.columns.len())));
            }
        }
        let cells: Vec<Cow<'_, str>> = record.iter().map(|cell| unmarked(cell, &mut marks)).collect();
        table.push_row(cells.iter().map(|cell| &**cell));
    }
    take_closing_rows(&mut table, findings);
    report_lost_digits(&table, findings);
    if marks > 0 {
        findings.push(table.file_finding(FindingCode::TextMarks).count("count", marks));
    }
    Ok(table)
}

/// The names of the columns, and how many rows they and the titles above them are.
fn columns(
    head: &[csv::StringRecord],
    lines_before: u32,
    file: &str,
    marks: &mut usize,
    findings: &mut Vec<Finding>,
) -> (Vec<String>, u32) {
    let mut grid = Grid::new(Vec::new());
    for (row, record) in head.iter().enumerate() {
        for (column, cell) in record.iter().enumerate() {
            let kind = if value::number(cell).is_some() { CellKind::Real } else { CellKind::Text };
            grid.put((row as u32 + lines_before, column as u32), Value::new(unmarked(cell, marks).into_owned(), kind));
        }
    }
    // Marks of rows are counted as the rows are read.
    *marks = 0;
    let header = grid.header_of_text().max(lines_before);
    grid.report_titles(header, file, findings);
    let (names, first) = grid.names(header);
    let (above, header) = (first - lines_before, (header - lines_before) as usize);
    let rows = &head[header.min(head.len())..(above as usize).min(head.len())];
    if let [only] = rows {
        return (only.iter().map(|name| unmarked(name, marks).into_owned()).collect(), above);
    }
    let width = rows.iter().map(csv::StringRecord::len).max().unwrap_or_default();
    ((0..width as u32).map(|column| names.get(&column).cloned().unwrap_or_default()).collect(), above)
}

/// Takes away the rows at the end that sum up or remark, and what was said of their length.
fn take_closing_rows(table: &mut Table, findings: &mut Vec<Finding>) {
    let closing = |row: usize| {
        let mut cells = (0..table.columns.len()).map(|column| table.cell(row, column));
        closing_text(cells.find(|cell| !cell.is_empty())?)
    };
    let mut kept = table.row_count();
    let mut example = None;
    // The first row is one, whatever it is called.
    while kept > 1
        && let Some(text) = closing(kept - 1)
    {
        example = Some(text);
        kept -= 1;
    }
    let Some(example) = example else { return };
    let (row, rows) = (table.row_number(kept), table.row_count() - kept);
    findings.retain(|finding| finding.code != FindingCode::RowLength || finding.row.is_none_or(|at| at < row));
    findings.push(rows_below(&table.file, row, rows, &example));
    table.truncate(kept);
}

/// Reports columns of numbers as spreadsheets write those they have no room for (`1.23457E+17`): digits of an id are gone.
fn report_lost_digits(table: &Table, findings: &mut Vec<Finding>) {
    for column in 0..table.columns.len() {
        let is_cut = |row: &usize| is_shortened(table.cell(*row, column));
        let mut cut = (0..table.row_count()).filter(is_cut);
        if let Some(first) = cut.next() {
            let finding = table.finding(FindingCode::DigitsLost, first).count("cells", 1 + cut.count());
            findings.push(finding.text("column", &table.columns[column]).text("cell", table.cell(first, column)));
        }
    }
}

/// Whether a cell is a whole number that a spreadsheet wrote with a power of ten, having more than nine digits.
fn is_shortened(cell: &str) -> bool {
    let Some((digits, power)) = cell.split_once("E+") else { return false };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    whole.len() == 1
        && are_digits(whole)
        && are_digits(decimals)
        && power.len() == 2
        && power.parse().is_ok_and(|power: u8| power >= 9)
}

/// The cell without what spreadsheets put around digits that are text, `="007"` or an apostrophe in front, and without the
/// apostrophe that keeps a text from being a formula.
fn unmarked<'a>(cell: &'a str, marks: &mut usize) -> Cow<'a, str> {
    let cell = cell.trim();
    let formula = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let text = cell
        .strip_prefix('\'')
        .filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit() || "=+-@".contains(letter)));
    match (formula, text) {
        (Some(inside), _) => {
            *marks += 1;
            inside.replace("\"\"", "\"").into()
        }
        (None, Some(text)) => {
            *marks += 1;
            text.into()
        }
        (None, None) => cell.into(),
    }
}

/// The delimiter that the first line tells, as spreadsheets write it (`sep=;`), and the text below that line.
fn told_delimiter(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end_matches('\r').as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if DELIMITERS.contains(delimiter) => {
            (Some(*delimiter), rest)
        }
        _ => (None, text),
    }
}

/// The delimiter that parts the first lines into the same number of cells, most of them; else the one that stands most often
/// in the header.
fn delimiter(text: &str) -> u8 {
    let count = |line: &str, delimiter: u8| {
        let mut is_quoted = false;
        let parts = line.bytes().filter(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == delimiter && !is_quoted
        });
        parts.count()
    };
    let is_title = |line: &&str| DELIMITERS.iter().all(|delimiter| count(line, *delimiter) == 0);
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(FIRST_LINES);
    let mut lines = lines.skip_while(is_title);
    let header = lines.next().unwrap_or_default();
    let rest: Vec<&str> = lines.collect();
    let worth = |delimiter: u8| {
        let in_header = count(header, delimiter);
        (in_header > 0 && rest.iter().all(|line| count(line, delimiter) == in_header), in_header)
    };
    // The first of equals, so the comma where there is no delimiter at all.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| worth(*delimiter)).unwrap_or(b',')
}

/// The row in which a quote is opened that nothing closes; all below it would be one cell.
fn unclosed_quote(text: &str, delimiter: u8) -> Option<u32> {
    let bytes = text.as_bytes();
    let (mut row, mut opened_in) = (1, None);
    let mut begins_cell = true;
    let mut position = 0;
    while position < bytes.len() {
        let byte = bytes[position];
        match (byte, opened_in) {
            (b'"', Some(_)) if bytes.get(position + 1) == Some(&b'"') => position += 1,
            (b'"', Some(_)) => opened_in = None,
            (b'"', None) if begins_cell => opened_in = Some(row),
            (b'\n', None) => row += 1,
            _ => {}
        }
        begins_cell = opened_in.is_none() && (byte == delimiter || matches!(byte, b'\n' | b'\r'));
        position += 1;
    }
    opened_in
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
    fn the_delimiter_is_found_by_the_rows_and_told_by_the_first_line() {
        for (text, cell) in [
            ("name|note\n甲|a,b\n乙|c,d,e\n", "a,b"),
            ("name;x,y;z\n甲;1,5;2\n", "1,5"),
            ("\"a;b;c\",d\n1,2\n", "2"),
            ("sep=;\na;b\n1;x,y\n", "x,y"),
        ] {
            let table = parse(text, "t", &mut Vec::new()).expect("a plain table");
            assert_eq!(table.cell(0, 1), cell, "{text}");
        }
        let table = parse("sep=;\r\na;b\r\n1;2\r\n", "t", &mut Vec::new()).expect("a plain table");
        assert_eq!(table.row_number(0), 3);
    }

    #[test]
    fn marks_of_spreadsheets_are_taken_off_and_counted() {
        let mut findings = Vec::new();
        let text = "id,name\n=\"007\",'12\n\"=\"\"1.10\"\"\",'t Hart\n";
        let table = parse(text, "t", &mut findings).expect("a plain table");
        assert_eq!(
            [table.cell(0, 0), table.cell(0, 1), table.cell(1, 0), table.cell(1, 1)],
            ["007", "12", "1.10", "'t Hart"]
        );
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [FindingCode::TextMarks]);
    }

    #[test]
    fn numbers_that_lost_digits_are_named() {
        let mut findings = Vec::new();
        parse("id,area\n3.6E+09,1.2E+05\n1.23457E+17,7\n4E-3,E+10\n", "t", &mut findings).expect("a plain table");
        let lost: Vec<_> = findings.iter().map(|finding| (finding.code, finding.row)).collect();
        assert_eq!(lost, [(FindingCode::DigitsLost, Some(2))]);
    }

    #[test]
    fn titles_headers_in_two_rows_and_sums_are_told_apart() {
        let read = |text: &str| {
            let mut findings = Vec::new();
            let table = parse(text, "t", &mut findings).expect("a plain table");
            let codes: Vec<&str> = findings.iter().map(|finding| finding.code.slug()).collect();
            (table.columns.join(" "), table.row_count(), table.row_number(0), codes.join(" "))
        };
        let of =
            |columns: &str, rows: usize, first: u32, codes: &str| (columns.to_owned(), rows, first, codes.to_owned());
        let plain = "编号,校名,学位\n1,甲,900\n2,乙,800\n";
        let columns = "编号 校名 学位";
        assert_eq!(read(plain), of(columns, 2, 2, ""));
        assert_eq!(read(&format!("浦北县学校一览表\n{plain}")), of(columns, 2, 3, "title-above"));
        assert_eq!(read(&format!("一览表,,\n2026年,,\n{plain}")), of(columns, 2, 4, "title-above"));
        assert_eq!(read(&format!("{plain}合计,,1700\n")), of(columns, 2, 2, "rows-below"));
        assert_eq!(read(&format!("{plain}注:截至2026年\n")), of(columns, 2, 2, "rows-below"));
        assert_eq!(read("编号,位置,\n,经度,纬度\n1,109.5,22.1\n"), of("编号 经度 纬度", 1, 3, ""));
        assert_eq!(read("浦北县学校一览表\n编号\t校名\n1\t甲\n"), of("编号 校名", 1, 3, "title-above"));
        // Rows that are longer than the header are faults, not headers.
        assert_eq!(read("id,name\n1,甲,2,3,4\n"), of("id name", 1, 2, "row-length"));
        assert_eq!(read("id\n合计\n"), of("id", 1, 2, ""));
    }

    #[test]
    fn an_open_quote_is_placed() {
        for (text, row) in [("a,b\n1,\"x\n2,y\n", 2), ("a,b\n1,\"x\ny\"\n\"2,3\n", 3), ("\"a,b\n", 1)] {
            let Err(ReadError::Refused { reason, .. }) = parse(text, "t", &mut Vec::new()) else { panic!("{text}") };
            assert_eq!(reason, Message::new("reason-quote-open").count("row", row), "{text}");
        }
        for text in ["a,b\n5\" pipe,2\n", "a,b\n\"x \"\"y\"\"\",2\n", "a,b\n\"\",\"\"\n"] {
            assert!(parse(text, "t", &mut Vec::new()).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let ragged = format!("{}\n{}", "a,".repeat(5_000), "1\n".repeat(200_000));
        for text in ["", "\n\n", ",,\n", &ragged] {
            assert!(matches!(parse(text, "t", &mut Vec::new()), Err(ReadError::Refused { .. })));
        }
        let table = parse("学校名称,学位\n", "t", &mut Vec::new()).expect("a header alone");
        assert_eq!((table.columns.len(), table.row_count()), (2, 0));
    }

    #[test]
    fn a_short_row_is_named() {
        let mut findings = Vec::new();
        parse("a,b,c\n1,2,3\n4,5\n", "t.csv", &mut findings).expect("the table is still read");
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].code, findings[0].row), (FindingCode::RowLength, Some(3)));
    }
}
