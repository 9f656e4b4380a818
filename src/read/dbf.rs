//! Attribute tables of Shapefiles (dBASE III and its like), cell by cell as they are written.
//!
//! The reader is our own because libraries turn numbers into floating point, so that `007` becomes 7, keep only one of two
//! columns of a name, and stop at the first cell that is not what its field says.

use std::borrow::Cow;
use std::path::Path;

use super::ReadError;
use super::encoding::{self, Damage};
use super::table::{Broken, CellKind, Table, bytes, report_encoding, sample};
use crate::language::Message;
use crate::model::{Finding, FindingCode};

/// Bytes of the header before the fields, and of each field.
const UNIT: usize = 32;

/// The byte that ends the list of fields.
const END_OF_FIELDS: u8 = 0x0D;

/// The mark of a deleted row.
const DELETED: u8 = b'*';

/// Decimal places from which a field is a dump of floating point rather than a number somebody wrote.
const DECIMALS_OF_DUMPS: u8 = 6;

/// A table, and the positions of the rows that were left out as deleted, ascending.
pub(super) struct Attributes {
    pub(super) table: Table,
    pub(super) deleted: Vec<usize>,
}

struct Field<'a> {
    name: &'a [u8],
    kind: u8,
    start: usize,
    length: usize,
    decimals: u8,
}

struct Layout<'a> {
    fields: Vec<Field<'a>>,
    /// Fields whose values stand elsewhere, or are no text.
    unread: Vec<&'a [u8]>,
    records: &'a [u8],
    record_length: usize,
    said: usize,
    version: u8,
    language_byte: u8,
}

/// Reads the table at `path`; `cpg` is what the file beside it says of its encoding.
pub(super) fn read(
    path: &Path,
    file: &str,
    cpg: Option<&str>,
    asked: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Attributes, ReadError> {
    parse(&bytes(path, file)?, file, cpg, asked, findings)
}

fn parse(
    bytes: &[u8],
    file: &str,
    cpg: Option<&str>,
    asked: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Attributes, ReadError> {
    let layout = layout(bytes).map_err(|reason| ReadError::Refused { file: file.to_owned(), reason })?;
    let records = || layout.records.chunks_exact(layout.record_length).take(layout.said);
    let texts: Vec<_> = layout
        .fields
        .iter()
        .filter(|field| is_text(field.kind))
        .map(|field| field.start..field.start + field.length)
        .collect();
    let cells = layout
        .fields
        .iter()
        .map(|field| field.name)
        .chain(records().flat_map(|record| texts.iter().map(move |range| trimmed(&record[range.clone()]))));
    let choice = encoding::of_cells(cells, cpg, layout.language_byte, asked, file)?;
    let is_wide = choice.encoding == encoding_rs::UTF_16LE || choice.encoding == encoding_rs::UTF_16BE;
    let mut damage = Damages::default();
    let mut text_of = |bytes: &[u8], place: (usize, &str)| -> String {
        let (text, damaged) = encoding::decode_cell(if is_wide { bytes } else { trimmed(bytes) }, choice.encoding);
        damage.note(damaged, &text, place);
        let text = if is_wide { text.trim_matches(['\0', '\u{feff}', ' ']).to_owned() } else { text };
        // A zero ends a text, whatever an earlier one left behind it.
        text.split('\0').next().unwrap_or_default().trim().to_owned()
    };
    let mut columns: Vec<String> = Vec::with_capacity(layout.fields.len());
    for field in &layout.fields {
        columns.push(text_of(field.name, (1, "")));
    }
    let has_columns = !columns.is_empty();
    let mut table = Table::new(file, if has_columns { columns.clone() } else { vec!["feature".to_owned()] }, 1);
    if has_columns {
        table.kinds = layout.fields.iter().map(cell_kind).collect();
    }
    let mut deleted = Vec::new();
    let mut row: Vec<String> = Vec::with_capacity(columns.len());
    let mut seen = String::new();
    for (position, record) in records().enumerate() {
        if record[0] == DELETED {
            deleted.push(position);
            continue;
        }
        row.clear();
        for (field, column) in layout.fields.iter().zip(&columns) {
            let cell = &record[field.start..field.start + field.length];
            row.push(if is_text(field.kind) {
                text_of(cell, (position + 1, column))
            } else {
                plain_cell(cell, field, layout.version).into_owned()
            });
        }
        if seen.is_empty()
            && let Some(telling) = row.iter().find(|cell| !cell.is_ascii())
        {
            seen.clone_from(telling);
        }
        table.push_row(row.iter().map(String::as_str));
    }
    if seen.is_empty() {
        seen = columns.iter().find(|column| !column.is_ascii()).cloned().unwrap_or_default();
    }
    report_encoding(file, &choice, damage.broken.as_ref(), &sample(&seen), findings);
    let finding = |code: FindingCode| Finding::new(code).in_file(file);
    if let Some((place, text)) = damage.cut {
        findings
            .push(finding(FindingCode::TextCut).count("count", damage.cuts).text("place", place).text("text", text));
    }
    if !layout.unread.is_empty() {
        let names = layout.unread.iter().map(|name| String::from_utf8_lossy(name).into_owned());
        findings.push(finding(FindingCode::ColumnUnread).list("columns", names, ", "));
    }
    if let Some(first) = deleted.first() {
        let finding = finding(FindingCode::RowsDeleted).at_row(*first as u32 + 1);
        findings.push(finding.count("count", deleted.len()));
    }
    let held = layout.records.len() / layout.record_length;
    // A table may end with one byte that says so.
    let rest = layout.records.get(held.min(layout.said) * layout.record_length..).unwrap_or_default();
    if held < layout.said || rest.len() >= layout.record_length {
        findings.push(finding(FindingCode::RowsUncounted).count("said", layout.said).count("held", held));
    }
    Ok(Attributes { table, deleted })
}

/// What was the matter with texts.
#[derive(Default)]
struct Damages {
    broken: Option<Broken>,
    cuts: usize,
    /// Where the first cut text stands, and what is left of it.
    cut: Option<(String, String)>,
}

impl Damages {
    fn note(&mut self, damage: Damage, text: &str, (row, column): (usize, &str)) {
        match damage {
            Damage::None => {}
            Damage::Broken => {
                self.broken.get_or_insert_with(|| (row, text.trim().to_owned()));
            }
            Damage::Cut => {
                self.cuts += 1;
                self.cut.get_or_insert_with(|| (format!("{row} {column}").trim_end().to_owned(), text.to_owned()));
            }
        }
    }
}

/// What the cells of a field are: number fields without decimals are whole.
const fn cell_kind(field: &Field<'_>) -> CellKind {
    match field.kind {
        b'I' | b'+' => CellKind::Integer,
        b'N' if field.decimals == 0 => CellKind::Integer,
        b'N' | b'F' | b'O' | b'B' | b'Y' => CellKind::Real,
        b'L' => CellKind::Boolean,
        _ => CellKind::Text,
    }
}

const fn is_text(kind: u8) -> bool {
    matches!(kind, b'C' | b'V')
}

/// A text without the blanks and zeros that fill its field.
fn trimmed(cell: &[u8]) -> &[u8] {
    let end = cell.iter().rposition(|byte| !matches!(byte, 0 | b' ')).map_or(0, |last| last + 1);
    &cell[..end]
}

/// A cell that is no text in the encoding of the table: digits, marks, or a number in binary.
fn plain_cell<'a>(cell: &'a [u8], field: &Field<'_>, version: u8) -> Cow<'a, str> {
    let text = String::from_utf8_lossy(cell);
    let integer = || cell.try_into().ok().map(i32::from_le_bytes);
    let double = || cell.try_into().ok().map(f64::from_le_bytes);
    match field.kind {
        b'I' | b'+' => integer().map_or_else(String::new, |number| number.to_string()).into(),
        b'B' if is_foxpro(version) => double().map_or_else(String::new, |number| number.to_string()).into(),
        b'L' => match cell.first() {
            Some(b'T' | b't' | b'Y' | b'y') => "true".into(),
            Some(b'F' | b'f' | b'N' | b'n') => "false".into(),
            _ => "".into(),
        },
        _ => {
            let digits = text.trim_matches(|letter: char| letter == '\0' || letter.is_whitespace());
            let is_dump = field.decimals >= DECIMALS_OF_DUMPS || digits.contains(['e', 'E']);
            match digits.parse::<f64>() {
                Ok(number) if is_dump && number.is_finite() => number.to_string().into(),
                _ => digits.to_owned().into(),
            }
        }
    }
}

const fn is_foxpro(version: u8) -> bool {
    matches!(version, 0x30..=0x32)
}

/// Takes the header apart; the reason where it cannot be one.
fn layout(bytes: &[u8]) -> Result<Layout<'_>, Message> {
    let number = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    if bytes.len() <= UNIT {
        return Err(Message::new("reason-dbf-short").count("bytes", bytes.len()));
    }
    let version = bytes[0];
    if version & 7 == 4 {
        return Err(Message::new("reason-dbf-7"));
    }
    let (header_length, record_length) = (number(8), number(10));
    if header_length <= UNIT || header_length > bytes.len() || record_length == 0 {
        let reason = Message::new("reason-dbf-header").count("header", header_length).count("record", record_length);
        return Err(reason.count("bytes", bytes.len()));
    }
    let (mut fields, mut unread) = (Vec::new(), Vec::new());
    // The first byte of a row says whether it is deleted.
    let mut start = 1;
    for descriptor in bytes[UNIT..header_length].chunks_exact(UNIT) {
        if descriptor[0] == END_OF_FIELDS {
            break;
        }
        let (kind, decimals) = (descriptor[11].to_ascii_uppercase(), descriptor[17]);
        let is_wide_name = descriptor[..2] == [0xFF, 0xFE] || descriptor[..2] == [0xFE, 0xFF];
        let end = if is_wide_name { 10 } else { descriptor[..11].iter().position(|byte| *byte == 0).unwrap_or(11) };
        let name = &descriptor[..end];
        // Texts longer than 255 bytes keep the rest of their length where numbers keep their decimals.
        let long = if kind == b'C' { usize::from(decimals) * 256 } else { 0 };
        let length = usize::from(descriptor[16]) + long;
        let length = if start + length > record_length { usize::from(descriptor[16]) } else { length };
        if start + length > record_length {
            let name = String::from_utf8_lossy(name).into_owned();
            return Err(Message::new("reason-dbf-field").text("field", name).count("record", record_length));
        }
        let is_read = match kind {
            b'C' | b'V' | b'N' | b'F' | b'D' | b'L' => length > 0,
            b'I' | b'+' => length == 4,
            b'B' => is_foxpro(version) && length == 8,
            _ => false,
        };
        if is_read {
            fields.push(Field { name, kind, start, length, decimals });
        } else {
            unread.push(name);
        }
        start += length;
    }
    let said = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
    Ok(Layout {
        fields,
        unread,
        records: &bytes[header_length..],
        record_length,
        said,
        version,
        language_byte: bytes[29],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of fields (name, kind, length, decimals) and rows of bytes, blank where they are short.
    fn dbf(fields: &[(&[u8], u8, u8, u8)], rows: &[&[&[u8]]]) -> Vec<u8> {
        let record: usize = 1 + fields.iter().map(|field| usize::from(field.2)).sum::<usize>();
        let header = UNIT + UNIT * fields.len() + 1;
        let mut bytes = vec![0; UNIT];
        bytes[0] = 3;
        bytes[4..8].copy_from_slice(&(rows.len() as u32).to_le_bytes());
        bytes[8..10].copy_from_slice(&(header as u16).to_le_bytes());
        bytes[10..12].copy_from_slice(&(record as u16).to_le_bytes());
        for (name, kind, length, decimals) in fields {
            let mut descriptor = [0; UNIT];
            descriptor[..name.len()].copy_from_slice(name);
            (descriptor[11], descriptor[16], descriptor[17]) = (*kind, *length, *decimals);
            bytes.extend(descriptor);
        }
        bytes.push(END_OF_FIELDS);
        for row in rows {
            bytes.push(b' ');
            for (cell, field) in row.iter().zip(fields) {
                bytes.extend(*cell);
                bytes.extend(vec![b' '; usize::from(field.2) - cell.len()]);
            }
        }
        bytes.push(0x1A);
        bytes
    }

    fn read(bytes: &[u8]) -> (Attributes, Vec<Finding>) {
        let mut findings = Vec::new();
        let read = parse(bytes, "t.dbf", None, None, &mut findings).unwrap_or_else(|fault| panic!("{fault}"));
        (read, findings)
    }

    fn cells(table: &Table) -> Vec<&str> {
        (0..table.row_count())
            .flat_map(|row| (0..table.columns.len()).map(move |column| table.cell(row, column)))
            .collect()
    }

    #[test]
    fn cells_say_what_is_written() {
        let fields: &[(&[u8], u8, u8, u8)] = &[
            (b"ID", b'N', 5, 0),
            (b"ID", b'N', 6, 2),
            (b"SUM", b'N', 19, 11),
            (b"F", b'F', 13, 11),
            (b"DAY", b'D', 8, 0),
            (b"OK", b'L', 1, 0),
            (b"COUNT", b'I', 4, 0),
        ];
        let rows: &[&[&[u8]]] = &[
            &[b"  007", b"  1.10", b"  12.00000000000", b"1.5000e+003", b"20240101", b"T", &[1, 1, 0, 0]],
            &[b"\0\0", b"******", b"", b"", b"", b"?", &[0xFF, 0xFF, 0xFF, 0xFF]],
        ];
        let (read, findings) = read(&dbf(fields, rows));
        assert_eq!(read.table.columns, ["ID", "ID", "SUM", "F", "DAY", "OK", "COUNT"]);
        let expected = ["007", "1.10", "12", "1500", "20240101", "true", "257", "", "******", "", "", "", "", "-1"];
        assert_eq!(cells(&read.table), expected);
        assert!(findings.is_empty(), "{findings:?}");
    }

    #[test]
    fn cut_texts_and_zeros_spoil_nothing_else() {
        let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
        let (whole, zeros) = (gbk("张黄镇中心小学寨圩"), [gbk("浦北"), b"\0\0old\0".to_vec()].concat());
        let rows: &[&[&[u8]]] = &[&[&whole[..9], b"1"], &[&zeros[..9], b"2"], &[&gbk("寨圩"), b"3"]];
        let (read, findings) = read(&dbf(&[(&gbk("名称"), b'C', 9, 0), (b"N", b'N', 3, 0)], rows));
        assert_eq!(read.table.columns, ["名称", "N"]);
        assert_eq!(cells(&read.table), ["张黄镇中", "1", "浦北", "2", "寨圩", "3"]);
        let codes: Vec<FindingCode> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [FindingCode::EncodingGuessed, FindingCode::TextCut]);
    }

    #[test]
    fn deleted_rows_and_wrong_counts_are_named() {
        let mut bytes = dbf(&[(b"A", b'C', 2, 0), (b"M", b'M', 10, 0)], &[&[b"a", b""], &[b"b", b""], &[b"c", b""]]);
        let first = bytes.len() - 1 - 3 * 13;
        bytes[first + 13] = DELETED;
        let (read_back, findings) = read(&bytes);
        assert_eq!((cells(&read_back.table), read_back.deleted), (vec!["a", "c"], vec![1]));
        let codes: Vec<FindingCode> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [FindingCode::ColumnUnread, FindingCode::RowsDeleted]);
        for said in [2_u32, 4, 1_000_000_000] {
            bytes[4..8].copy_from_slice(&said.to_le_bytes());
            let (_, findings) = read(&bytes);
            assert_eq!(findings.last().map(|finding| finding.code), Some(FindingCode::RowsUncounted), "{said}");
        }
    }

    #[test]
    fn headers_that_cannot_be_are_refused() {
        let sound = dbf(&[(b"A", b'C', 2, 0)], &[&[b"a"]]);
        for (at, value) in [(0, 4_u8), (9, 0xFF), (8, 31), (10, 0), (48, 3)] {
            let mut bytes = sound.clone();
            bytes[at] = value;
            assert!(parse(&bytes, "t.dbf", None, None, &mut Vec::new()).is_err(), "{at}");
        }
        assert!(parse(&sound[..20], "t.dbf", None, None, &mut Vec::new()).is_err());
    }
}
