//! Workbooks of spreadsheet programs: XLSX and XLS. One sheet becomes a table.
//!
//! Offices write titles above the header, headers in two rows, one cell over many rows, and sums and remarks below. What
//! was taken for which is a finding.

use std::path::Path;

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, Xlsx, open_workbook};

use super::ReadError;
use super::guard::guarded;
use super::sheet::{Grid, Value};
use super::source::refused;
use super::table::{CellKind, Table, choose};
use crate::language::Message;
use crate::model::Finding;

/// Numbers from here on have more digits than a spreadsheet keeps.
const FIRST_CUT: f64 = 1e15;

/// Reads a sheet of an XLSX workbook: `part`, else the first that holds a table. Cells of other sheets are not looked at
/// unless no sheet was named.
pub(super) fn read_xlsx(
    path: &Path,
    file: &str,
    part: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    guarded(file, || {
        let mut book: Xlsx<_> = open_workbook(path).map_err(|fault| fault_of(file, &fault))?;
        let (names, visible) = sheets(&book);
        read(file, part, &names, &visible, findings, |name| xlsx_grid(&mut book, name, file))
    })
}

/// Reads a sheet of an XLS workbook, as [`read_xlsx`].
pub(super) fn read_xls(
    path: &Path,
    file: &str,
    part: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    super::biff::require_moderate(path, file)?;
    guarded(file, || {
        let mut book: Xls<_> = open_workbook(path).map_err(|fault| fault_of(file, &fault))?;
        let (names, visible) = sheets(&book);
        read(file, part, &names, &visible, findings, |name| xls_grid(&mut book, name, file))
    })
}

fn sheets<RS: std::io::Read + std::io::Seek, R: Reader<RS>>(book: &R) -> (Vec<String>, Vec<bool>) {
    let sheets = book.sheets_metadata();
    let visible = sheets.iter().map(|sheet| sheet.visible == SheetVisible::Visible).collect();
    (sheets.iter().map(|sheet| sheet.name.clone()).collect(), visible)
}

fn read(
    file: &str,
    part: Option<&str>,
    names: &[String],
    visible: &[bool],
    findings: &mut Vec<Finding>,
    mut grid_of: impl FnMut(&str) -> Result<Grid, ReadError>,
) -> Result<Table, ReadError> {
    if names.is_empty() {
        return Err(refused(file, Message::new("refused-empty-sheet").text("sheet", "")));
    }
    let mut read: Option<(usize, Grid)> = None;
    let plain: Vec<&str> = names.iter().map(String::as_str).collect();
    let holds_table = |position: usize| {
        // A sheet of drawings has no cells.
        let Ok(grid) = grid_of(&names[position]) else { return false };
        let holds = visible[position] && grid.is_a_table();
        if holds {
            read = Some((position, grid));
        }
        holds
    };
    let chosen = choose(&plain, part, holds_table, file, findings)?;
    let grid = match read {
        Some((position, grid)) if position == chosen => grid,
        _ => grid_of(&names[chosen])?,
    };
    grid.into_table(file, &names[chosen], findings)
}

fn fault_of(file: &str, fault: &impl std::fmt::Display) -> ReadError {
    let detail = fault.to_string();
    if detail.to_lowercase().contains("password") {
        return refused(file, Message::new("refused-password"));
    }
    ReadError::Malformed { file: file.to_owned(), detail }
}

fn xlsx_grid<RS: std::io::Read + std::io::Seek>(
    book: &mut Xlsx<RS>,
    name: &str,
    file: &str,
) -> Result<Grid, ReadError> {
    let merged: Vec<Dimensions> = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut grid = Grid::new(merged.into_iter().map(|region| (region.start, region.end)).collect());
    let mut cells = book.worksheet_cells_reader(name).map_err(|fault| fault_of(file, &fault))?;
    // One string for each format, asked for by its number.
    let codes: Vec<Option<String>> = cells
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map(|format| format.format_code.clone()))
        .collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|fault| fault_of(file, &fault))? {
        let code = codes.get(style).and_then(Option::as_deref);
        let value = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::Int(number) => Value::new(number.to_string(), CellKind::Integer),
            DataRef::Float(number) => self::number(*number, code),
            DataRef::String(text) | DataRef::DurationIso(text) => Value::new(text.clone(), CellKind::Text),
            DataRef::SharedString(text) => Value::new((*text).to_owned(), CellKind::Text),
            DataRef::Bool(flag) => Value::new(flag.to_string(), CellKind::Boolean),
            DataRef::DateTime(time) => Value::new(moment(*time), CellKind::Text),
            DataRef::DateTimeIso(text) => Value::new(text.trim_end_matches("T00:00:00").to_owned(), CellKind::Text),
            DataRef::Error(fault) => Value::error(fault.to_string()),
        };
        grid.put(cell.get_position(), value);
    }
    drop(cells);
    // A formula without a result shows nothing; where no cell is missing there is none.
    if grid.has_blanks() {
        let mut cells = book.worksheet_cells_reader(name).map_err(|fault| fault_of(file, &fault))?;
        while let Some(cell) = cells.next_formula().map_err(|fault| fault_of(file, &fault))? {
            if !cell.get_value().is_empty() {
                grid.note_formula(cell.get_position());
            }
        }
    }
    Ok(grid)
}

fn xls_grid<RS: std::io::Read + std::io::Seek>(book: &mut Xls<RS>, name: &str, file: &str) -> Result<Grid, ReadError> {
    let merged: Vec<Dimensions> = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let range = book.worksheet_range(name).map_err(|fault| fault_of(file, &fault))?;
    let mut grid = Grid::new(merged.into_iter().map(|region| (region.start, region.end)).collect());
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        let value = match cell {
            Data::Empty => continue,
            Data::Int(number) => Value::new(number.to_string(), CellKind::Integer),
            Data::Float(number) => self::number(*number, None),
            Data::String(text) | Data::DurationIso(text) | Data::DateTimeIso(text) => {
                Value::new(text.clone(), CellKind::Text)
            }
            Data::Bool(flag) => Value::new(flag.to_string(), CellKind::Boolean),
            Data::DateTime(time) => Value::new(moment(*time), CellKind::Text),
            Data::Error(fault) => Value::error(fault.to_string()),
        };
        grid.put((top + row as u32, left + column as u32), value);
    }
    Ok(grid)
}

/// A number as the sheet shows it, as far as ids need that: whole ones without a point, with the zeros in front that a
/// format such as `000000` shows, others with the 15 digits a spreadsheet keeps.
fn number(number: f64, code: Option<&str>) -> Value {
    if number.fract() != 0.0 || !number.is_finite() {
        let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
        return Value::new(kept.to_string(), CellKind::Real);
    }
    let text = format!("{number:.0}");
    let zeros = code.filter(|code| code.len() > text.len() && code.bytes().all(|byte| byte == b'0'));
    match zeros {
        Some(code) if number >= 0.0 => Value::new(format!("{text:0>width$}", width = code.len()), CellKind::Text),
        _ => Value::whole(text, number.abs() >= FIRST_CUT),
    }
}

fn moment(time: calamine::ExcelDateTime) -> String {
    if time.is_duration() {
        let seconds = (time.as_f64() * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_sheet_shows_them() {
        for (value, code, text) in [
            (3_601_000_012.0, None, "3601000012"),
            (7.0, Some("000"), "007"),
            (7.0, Some("0"), "7"),
            (0.1 + 0.2, None, "0.3"),
            (-12.5, None, "-12.5"),
            (1_234_567.0, Some("#,##0"), "1234567"),
        ] {
            assert_eq!(number(value, code).text, text, "{value} as {code:?}");
        }
        assert!(number(450_721_198_001_011_200.0, None).cut);
        assert!(!number(123_456_789_012_345.0, None).cut);
    }
}
