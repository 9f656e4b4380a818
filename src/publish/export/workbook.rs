//! XLSX: one sheet, the header frozen and bold, columns as wide as their text; ids stay text.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::ExportError;
use super::prepare::Prepared;
use crate::language::Message;
use crate::read::CellKind;

/// Rows and columns a sheet has.
const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;

/// Letters a cell holds.
const MOST_LETTERS: usize = 32_767;

/// Letters a name of a sheet may have.
pub(super) const NAME_LETTERS: usize = 31;

/// Rows that are measured for the width of a column, and the widest there is, in letters.
const MEASURED_ROWS: usize = 1_000;
const WIDEST: usize = 60;

/// Writes a sheet for each layer.
pub(super) fn write(layers: &[Prepared<'_>]) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    for layer in layers {
        if layer.table.row_count() >= MOST_ROWS || layer.columns.len() > MOST_COLUMNS {
            return Err(ExportError::of(layer.table, Message::new("export-sheet-full")));
        }
        for row in layer.rows() {
            let long = layer.columns.iter().find(|column| layer.cell(row, column).chars().count() > MOST_LETTERS);
            if let Some(column) = long {
                let message = Message::new("export-cell-long").text("row", layer.table.row_number(row).to_string());
                return Err(ExportError::of(layer.table, message.text("column", &column.name)));
            }
        }
        fill(&mut book, layer).map_err(|fault| ExportError::library(layer.table, &fault))?;
    }
    let Some(first) = layers.first() else { return Ok(Vec::new()) };
    save(&mut book).map_err(|fault| ExportError::library(first.table, &fault))
}

fn save(book: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    // The same table gives the same bytes: the time of writing is not in them.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    book.save_to_buffer()
}

fn fill(book: &mut Workbook, layer: &Prepared<'_>) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(layer.name))?;
    sheet.set_freeze_panes(1, 0)?;
    let (head, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    for (position, column) in layer.columns.iter().enumerate() {
        let at = position as u16;
        sheet.write_string_with_format(0, at, &column.name, &head)?;
        let cells = layer.rows().take(MEASURED_ROWS).map(|row| layer.cell(row, column).width());
        let widest = cells.chain([column.name.width()]).max().unwrap_or(0);
        sheet.set_column_width(at, (widest.min(WIDEST) + 2) as f64)?;
        let number = column.decimals.map(|places| Format::new().set_num_format(format!("0.{}", "0".repeat(places))));
        for row in layer.rows() {
            let (line, cell) = (row as u32 + 1, layer.cell(row, column));
            match column.kind {
                _ if cell.is_empty() => {}
                CellKind::Integer | CellKind::Real => match (cell.parse::<f64>(), &number) {
                    (Ok(value), Some(format)) => _ = sheet.write_number_with_format(line, at, value, format)?,
                    (Ok(value), None) => _ = sheet.write_number(line, at, value)?,
                    (Err(_), _) => _ = sheet.write_string_with_format(line, at, cell, &text)?,
                },
                CellKind::Boolean => _ = sheet.write_boolean(line, at, cell == "true")?,
                CellKind::Text => _ = sheet.write_string_with_format(line, at, cell, &text)?,
            }
        }
    }
    if !layer.columns.is_empty() && layer.table.row_count() > 0 {
        sheet.autofilter(0, 0, layer.table.row_count() as u32, layer.columns.len() as u16 - 1)?;
    }
    Ok(())
}

/// The name without what a sheet may not be called by.
fn sheet_name(name: &str) -> String {
    let plain: String =
        name.chars().map(|letter| if "[]:*?/\\'".contains(letter) { '_' } else { letter }).take(NAME_LETTERS).collect();
    if plain.trim().is_empty() { "table".to_owned() } else { plain }
}
