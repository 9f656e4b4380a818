//! CSV: the cells as they are.

use super::super::table::CsvTable;
use super::prepare::Prepared;

pub(super) fn write(layer: &Prepared<'_>) -> Vec<u8> {
    let header: Vec<&str> = layer.columns.iter().map(|column| column.name.as_str()).collect();
    let mut table = CsvTable::new(&header);
    for row in layer.rows() {
        table.row(layer.columns.iter().map(|column| layer.cell(row, column)));
    }
    table.into_bytes()
}
