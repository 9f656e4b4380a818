//! `GeoPackage`: a layer or a table of attributes in an `SQLite` file.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::ReadError;
use super::archive::too_large;
use super::shapes::Shape;
use super::source::refused;
use super::table::{CellKind, Table, choose};
use super::wkb;
use crate::language::Message;
use crate::model::Finding;

/// Cells a layer may hold: a view can give rows without end.
const MOST_CELLS: usize = 500_000_000;

/// Names of columns that only number the rows.
const FEATURE_IDS: [&str; 2] = ["fid", "ogc_fid"];

/// Reads `part`, else the first layer that has rows, else the first table that has.
pub(super) fn read(
    path: &Path,
    file: &str,
    part: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    let malformed = |fault: rusqlite::Error| ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(malformed)?;
    // What a stranger's file defines is not run.
    database.execute_batch("PRAGMA trusted_schema = OFF").map_err(malformed)?;
    let has = |table: &str| {
        let count = "SELECT count(*) FROM sqlite_master WHERE lower(name) = ?1";
        database.query_row(count, [table], |row| row.get::<_, i64>(0)).map(|count| count > 0)
    };
    if !has("gpkg_contents").map_err(malformed)? {
        return Err(refused(file, Message::new("refused-sqlite")));
    }
    let names = layers(&database).map_err(malformed)?;
    if names.is_empty() {
        return Err(refused(file, Message::new("refused-empty-archive")));
    }
    let plain: Vec<&str> = names.iter().map(String::as_str).collect();
    let has_rows = |position: usize| {
        let any = format!("SELECT 1 FROM {} LIMIT 1", quoted(&names[position]));
        database.query_row(&any, [], |_| Ok(())).is_ok()
    };
    let chosen = &names[choose(&plain, part, has_rows, file, findings)?];
    let geometry = if has("gpkg_geometry_columns").map_err(malformed)? {
        geometry(&database, chosen).map_err(malformed)?
    } else {
        None
    };
    let mut table = rows(&database, chosen, geometry.as_ref().map(|(column, _)| column.as_str()), file)?;
    if let Some((_, system)) = geometry {
        table.crs = crs(&database, system).map_err(malformed)?;
    }
    Ok(table)
}

/// The layers of the file, then its tables of attributes.
fn layers(database: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut listed = database.prepare(
        "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes', 'aspatial') \
         ORDER BY data_type <> 'features', rowid",
    )?;
    listed.query_map([], |row| row.get(0))?.collect()
}

/// The column of a layer with the shapes, and the number of its coordinate system.
fn geometry(database: &Connection, layer: &str) -> rusqlite::Result<Option<(String, i64)>> {
    let find = "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?1)";
    database.query_row(find, [layer], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// What the file says of a coordinate system; `None` where it says that it is not known.
fn crs(database: &Connection, system: i64) -> rusqlite::Result<Option<String>> {
    if system <= 0 {
        return Ok(None);
    }
    let find = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
    let found: Option<(String, i64, String)> =
        database.query_row(find, [system], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    Ok(found.and_then(|(organization, code, definition)| {
        if organization.eq_ignore_ascii_case("EPSG") {
            return Some(format!("EPSG:{code}"));
        }
        // Some write a local system where they know none.
        Some(definition).filter(|text| text.contains('[') && !text.starts_with("LOCAL_CS") && !text.starts_with("ENG"))
    }))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn rows(database: &Connection, layer: &str, geometry: Option<&str>, file: &str) -> Result<Table, ReadError> {
    let malformed = |fault: rusqlite::Error| ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() };
    let columns = columns(database, layer).map_err(malformed)?;
    let is_shape = |name: &str| geometry.is_some_and(|geometry| geometry.eq_ignore_ascii_case(name));
    let is_feature_id = |column: &Column| column.is_key && FEATURE_IDS.contains(&column.name.to_lowercase().as_str());
    let mut cells: Vec<&Column> =
        columns.iter().filter(|column| !is_shape(&column.name) && !is_feature_id(column)).collect();
    let feature_id = columns.iter().find(|column| is_feature_id(column));
    let feature_id_column = feature_id.map(|_| cells.len());
    cells.extend(feature_id);
    if cells.is_empty() {
        return Err(refused(file, Message::new("refused-empty-sheet").text("sheet", layer)));
    }
    let names = cells.iter().map(|column| match feature_id {
        Some(id) if id.name == column.name => "feature id".to_owned(),
        _ => column.name.clone(),
    });
    let mut table = Table::new(file, names.collect(), 1);
    table.kinds = cells.iter().map(|column| column.kind).collect();
    table.feature_id_column = feature_id_column;
    let mut wanted: Vec<String> = cells.iter().map(|column| quoted(&column.name)).collect();
    wanted.extend(geometry.map(quoted));
    let order = columns.iter().find(|column| column.is_key).map(|column| format!(" ORDER BY {}", quoted(&column.name)));
    let select = format!("SELECT {} FROM {}{}", wanted.join(", "), quoted(layer), order.unwrap_or_default());
    let mut statement = database.prepare(&select).map_err(malformed)?;
    let mut rows = statement.query([]).map_err(malformed)?;
    let mut row_cells: Vec<String> = vec![String::new(); cells.len()];
    while let Some(row) = rows.next().map_err(malformed)? {
        for (position, column) in cells.iter().enumerate() {
            row_cells[position] = cell(row.get_ref(position).map_err(malformed)?, column.kind);
        }
        table.push_row(row_cells.iter().map(String::as_str));
        if geometry.is_some() {
            let number = table.row_count();
            let broken = |detail: &str| ReadError::Malformed {
                file: file.to_owned(),
                detail: format!("row {number}: {detail}"),
            };
            let shape = match row.get_ref(cells.len()).map_err(malformed)? {
                ValueRef::Blob(bytes) => shape(bytes).map_err(|fault| broken(&fault))?,
                ValueRef::Null => None,
                _ => return Err(broken("no geometry")),
            };
            table.shapes.push(shape);
        }
        if table.row_count().saturating_mul(cells.len()) > MOST_CELLS {
            return Err(too_large(file));
        }
    }
    Ok(table)
}

struct Column {
    name: String,
    kind: CellKind,
    is_key: bool,
}

fn columns(database: &Connection, layer: &str) -> rusqlite::Result<Vec<Column>> {
    let mut listed = database.prepare("SELECT name, type, pk FROM pragma_table_info(?1)")?;
    let column = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Column> {
        let kind = kind(&row.get::<_, String>(1)?);
        Ok(Column { name: row.get(0)?, kind, is_key: row.get::<_, i64>(2)? > 0 && kind == CellKind::Integer })
    };
    listed.query_map([layer], column)?.collect()
}

fn kind(declared: &str) -> CellKind {
    let declared = declared.to_ascii_uppercase();
    let declared = declared.split('(').next().unwrap_or_default().trim();
    match declared {
        "BOOLEAN" => CellKind::Boolean,
        "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "INTEGER" | "BIGINT" => CellKind::Integer,
        "FLOAT" | "DOUBLE" | "REAL" | "NUMERIC" => CellKind::Real,
        _ => CellKind::Text,
    }
}

fn cell(value: ValueRef<'_>, kind: CellKind) -> String {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
        ValueRef::Integer(number) if kind == CellKind::Boolean => (number != 0).to_string(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
    }
}

/// The shape in a blob: a header with flags and an envelope of the length they say, then well-known binary.
fn shape(blob: &[u8]) -> Result<Option<Shape>, String> {
    let cut = || "the geometry is cut".to_owned();
    let [b'G', b'P', _, flags, ..] = blob else { return Err("no GeoPackage geometry".to_owned()) };
    let envelope = match flags >> 1 & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        other => return Err(format!("an envelope of kind {other}")),
    };
    if flags & 0b10_0000 != 0 {
        return Ok(Some(Shape::Other("Extended")));
    }
    if flags & 0b1_0000 != 0 {
        return Ok(None);
    }
    wkb::shape(blob.get(8 + envelope..).ok_or_else(cut)?)
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::*;

    #[test]
    fn envelopes_of_any_length_are_stepped_over() {
        let mut point = vec![1, 1, 0, 0, 0];
        point.extend(3.0_f64.to_le_bytes().into_iter().chain(4.0_f64.to_le_bytes()));
        for (kind, bytes) in [(0, 0), (1, 32), (2, 48), (3, 48), (4, 64)] {
            let mut blob = vec![b'G', b'P', 0, 1 | kind << 1, 0, 0, 0, 0];
            blob.extend(std::iter::repeat_n(7, bytes));
            blob.extend(&point);
            assert_eq!(shape(&blob), Ok(Some(Shape::Point(Coord { x: 3.0, y: 4.0 }))));
        }
        assert_eq!(shape(&[b'G', b'P', 0, 0b1_0001, 0, 0, 0, 0]), Ok(None));
        assert!(shape(b"GP\0\x01\0\0\0\0\x01").is_err());
    }
}
