//! A look into XLS before it is read: the library lays out every sheet in full, from its first to its last cell.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::ReadError;
use super::archive::too_large;
use super::source::refused;
use crate::language::Message;

/// Cells all sheets may span together.
const MOST_CELLS: u64 = 20_000_000;

/// Records that hold cells: the row and the column stand first in each.
const CELLS: [u16; 11] = [0x0001, 0x0002, 0x0003, 0x0004, 0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E];

/// The beginning of a sheet.
const BEGINNING: [u16; 4] = [0x0009, 0x0209, 0x0409, 0x0809];

/// Refuses what is no workbook, what is locked, and what spans more cells than any table has.
pub(super) fn require_moderate(path: &Path, file: &str) -> Result<(), ReadError> {
    let malformed = |fault: std::io::Error| ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() };
    let stream = File::open(path).map_err(|source| ReadError::Open { file: file.to_owned(), source })?;
    let mut container = cfb::CompoundFile::open(BufReader::new(stream)).map_err(malformed)?;
    for (inside, why) in [("EncryptedPackage", "refused-password"), ("WordDocument", "refused-word")] {
        if container.exists(inside) {
            return Err(refused(file, Message::new(why)));
        }
    }
    let name = if container.exists("Workbook") { "Workbook" } else { "Book" };
    let mut records = Vec::new();
    container.open_stream(name).map_err(malformed)?.read_to_end(&mut records).map_err(malformed)?;
    if spanned(&records) > MOST_CELLS { Err(too_large(file)) } else { Ok(()) }
}

/// The cells all sheets span.
fn spanned(records: &[u8]) -> u64 {
    let two = |at: usize| Some(u16::from_le_bytes([*records.get(at)?, *records.get(at + 1)?]));
    let (mut total, mut at) = (0, 0);
    let mut sheet: Option<[u64; 4]> = None;
    let area =
        |sheet: Option<[u64; 4]>| sheet.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1));
    while let (Some(kind), Some(length)) = (two(at), two(at + 2)) {
        let body = at + 4;
        if BEGINNING.contains(&kind) {
            total += area(sheet.take());
        } else if CELLS.contains(&kind)
            && let (Some(row), Some(column)) = (two(body), two(body + 2))
        {
            // A record of several cells ends with the column of its last one.
            let last = if matches!(kind, 0x00BD) { two((body + usize::from(length)).saturating_sub(2)) } else { None };
            let (row, column) = (u64::from(row), u64::from(column));
            let right = last.map_or(column, u64::from).max(column);
            let [top, bottom, from, to] = sheet.unwrap_or([row, row, column, right]);
            sheet = Some([top.min(row), bottom.max(row), from.min(column), to.max(right)]);
        }
        at = body + usize::from(length);
    }
    total + area(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_cells_in_far_corners_span_everything_between() {
        let mut records = Vec::new();
        for (row, column) in [(0_u16, 0_u16), (65_535, 65_535)] {
            records.extend([0x03, 0x02, 14, 0]);
            records.extend(row.to_le_bytes().into_iter().chain(column.to_le_bytes()).chain([0; 10]));
        }
        assert_eq!(spanned(&records), 65_536 * 65_536);
    }
}
