//! `GeoParquet`: columns of a Parquet file, one of them geometry in well-known binary.

use std::path::Path;

use parquet::basic::{Compression, ConvertedType, LogicalType, Type as PhysicalType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::Type;
use serde_json::Value;

use super::ReadError;
use super::archive::too_large;
use super::guard::guarded;
use super::source::refused;
use super::table::{CellKind, Table};
use super::wkb;
use crate::language::Message;
use crate::model::{Finding, FindingCode};

/// Cells a file may declare: a few bytes can stand for any number of equal ones.
const MOST_CELLS: u64 = 100_000_000;

/// Reads every row. Columns within columns are left out, with a finding unless they are the boxes around the shapes.
pub(super) fn read(path: &Path, file: &str, findings: &mut Vec<Finding>) -> Result<Table, ReadError> {
    guarded(file, || parse(path, file, findings))
}

fn parse(path: &Path, file: &str, findings: &mut Vec<Finding>) -> Result<Table, ReadError> {
    let malformed = |detail: String| ReadError::Malformed { file: file.to_owned(), detail };
    let stream = std::fs::File::open(path).map_err(|source| ReadError::Open { file: file.to_owned(), source })?;
    let reader = SerializedFileReader::new(stream).map_err(|fault| malformed(fault.to_string()))?;
    let metadata = reader.metadata();
    let is_zstd = |group: &parquet::file::metadata::RowGroupMetaData| {
        group.columns().iter().any(|column| matches!(column.compression(), Compression::ZSTD(_)))
    };
    if metadata.row_groups().iter().any(is_zstd) {
        return Err(refused(file, Message::new("refused-zstd")));
    }
    let fields = metadata.file_metadata().schema_descr().root_schema().get_fields().to_vec();
    let rows = u64::try_from(metadata.file_metadata().num_rows()).unwrap_or(u64::MAX);
    let declared: i64 = metadata.row_groups().iter().map(|group| group.num_rows().max(0)).fold(0, i64::saturating_add);
    if rows.max(declared as u64).saturating_mul(fields.len() as u64) > MOST_CELLS {
        return Err(too_large(file));
    }
    let key_values = metadata.file_metadata().key_value_metadata();
    let geo = key_values.into_iter().flatten().find(|pair| pair.key == "geo").and_then(|pair| pair.value.as_deref());
    let geo: Option<Value> = match geo {
        Some(text) => Some(serde_json::from_str(text).map_err(|fault| malformed(format!("“geo”: {fault}")))?),
        None => None,
    };
    let stated = geometry_column(geo.as_ref(), &fields);
    // Of bytes that nothing describes nobody knows the coordinate system either.
    let is_bare = stated.is_none();
    let geometry = stated.or_else(|| bare_geometry_column(&fields));
    let described = geo.as_ref().zip(geometry.as_ref()).and_then(|(geo, name)| geo.get("columns")?.get(name));
    if let Some(encoding) = described.and_then(|column| column.get("encoding")).and_then(Value::as_str)
        && encoding != "WKB"
    {
        return Err(refused(file, Message::new("refused-geometry-encoding").text("encoding", encoding)));
    }
    let boxes = described.and_then(|column| column.pointer("/covering/bbox/xmin/0")).and_then(Value::as_str);
    let is_cell = |field: &Type| field.is_primitive() && Some(field.name()) != geometry.as_deref();
    let nested = fields.iter().filter(|field| !field.is_primitive() && Some(field.name()) != boxes);
    let nested: Vec<&str> = nested.map(|field| field.name()).collect();
    if !nested.is_empty() {
        findings.push(Finding::new(FindingCode::ColumnNested).in_file(file).list("columns", nested, "、"));
    }
    let cells: Vec<&std::sync::Arc<Type>> = fields.iter().filter(|field| is_cell(field)).collect();
    let names: Vec<String> = cells.iter().map(|field| field.name().to_owned()).collect();
    let mut table = Table::new(file, if names.is_empty() { vec!["feature".to_owned()] } else { names }, 1);
    table.kinds = cells.iter().map(|field| cell_kind(field)).collect();
    table.crs = geometry.as_ref().filter(|_| !is_bare).and_then(|_| crs(described));
    let wanted: Vec<_> = fields.iter().filter(|field| field.is_primitive()).cloned().collect();
    let projection = Type::group_type_builder("schema").with_fields(wanted).build();
    let projection = projection.map_err(|fault| malformed(fault.to_string()))?;
    let mut row: Vec<String> = vec![String::new(); table.columns.len()];
    for record in reader.get_row_iter(Some(projection)).map_err(|fault| malformed(fault.to_string()))? {
        let number = table.row_count() + 1;
        let record = record.map_err(|fault| malformed(format!("row {number}: {fault}")))?;
        row.iter_mut().for_each(String::clear);
        let mut shape = None;
        let mut column = 0;
        for (name, field) in record.get_column_iter() {
            if Some(name) == geometry.as_ref() {
                if let Field::Bytes(bytes) = field {
                    shape = wkb::shape(bytes.data()).map_err(|fault| malformed(format!("row {number}: {fault}")))?;
                }
            } else {
                row[column] = cell(field);
                column += 1;
            }
        }
        table.push_row(row.iter().map(String::as_str));
        if geometry.is_some() {
            table.shapes.push(shape);
        }
    }
    Ok(table)
}

/// The column with the shapes: the primary one of the metadata, else the first that the schema calls geometry.
fn geometry_column(geo: Option<&Value>, fields: &[std::sync::Arc<Type>]) -> Option<String> {
    let primary = geo.and_then(|geo| geo.get("primary_column")).and_then(Value::as_str).map(str::to_owned);
    let is_geometry = |field: &&std::sync::Arc<Type>| {
        matches!(
            field.get_basic_info().logical_type_ref(),
            Some(LogicalType::Geometry { .. } | LogicalType::Geography { .. })
        )
    };
    let known = |name: &String| fields.iter().any(|field| field.name() == name);
    primary.filter(known).or_else(|| fields.iter().find(is_geometry).map(|field| field.name().to_owned()))
}

/// A column of bytes that is called as columns of shapes are, where the file says nothing of its shapes.
fn bare_geometry_column(fields: &[std::sync::Arc<Type>]) -> Option<String> {
    let names = ["geometry", "geom", "wkb_geometry", "the_geom", "wkb"];
    let is_bare = |field: &&std::sync::Arc<Type>| {
        let info = field.get_basic_info();
        field.is_primitive()
            && field.get_physical_type() == PhysicalType::BYTE_ARRAY
            && info.logical_type_ref().is_none()
            && info.converted_type() == ConvertedType::NONE
            && names.contains(&field.name().to_lowercase().as_str())
    };
    fields.iter().find(is_bare).map(|field| field.name().to_owned())
}

/// The coordinate system: longitude and latitude where nothing is said, unknown where null is said.
fn crs(column: Option<&Value>) -> Option<String> {
    let Some(crs) = column.and_then(|column| column.get("crs")) else { return Some("EPSG:4326".to_owned()) };
    let authority = crs.pointer("/id/authority").and_then(Value::as_str);
    let code = crs.pointer("/id/code").map(|code| code.as_str().map_or_else(|| code.to_string(), str::to_owned));
    match (authority, code) {
        (Some("OGC"), Some(code)) if code == "CRS84" => Some("EPSG:4326".to_owned()),
        (Some(authority), Some(code)) => Some(format!("{authority}:{code}")),
        _ => crs.get("name").and_then(Value::as_str).map(str::to_owned),
    }
}

fn cell_kind(field: &Type) -> CellKind {
    let is_date = matches!(
        field.get_basic_info().logical_type_ref(),
        Some(
            LogicalType::Date | LogicalType::Time { .. } | LogicalType::Timestamp { .. } | LogicalType::Decimal { .. }
        )
    );
    match field.get_physical_type() {
        _ if is_date => CellKind::Text,
        PhysicalType::BOOLEAN => CellKind::Boolean,
        PhysicalType::INT32 | PhysicalType::INT64 => CellKind::Integer,
        PhysicalType::FLOAT | PhysicalType::DOUBLE => CellKind::Real,
        _ => CellKind::Text,
    }
}

fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bool(flag) => flag.to_string(),
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        other => other.to_string(),
    }
}
