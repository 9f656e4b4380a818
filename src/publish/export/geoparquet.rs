//! `GeoParquet` 1.1: shapes as well-known binary, packed with snappy.

use std::sync::Arc;

use geo::{BoundingRect, Geometry};
use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use serde_json::{Value, json};

use super::ExportError;
use super::prepare::{Column, Prepared, System};
use crate::read::CellKind;

/// Rows that are packed together.
const GROUP_ROWS: usize = 65_536;

/// The column with the shapes.
const GEOMETRY: &str = "geometry";

pub(super) fn write(layer: &Prepared<'_>) -> Result<Vec<u8>, ExportError> {
    fill(layer).map_err(|fault| ExportError::library(layer.table, &fault))
}

fn fill(layer: &Prepared<'_>) -> Result<Vec<u8>, ParquetError> {
    let has_shapes = !layer.shapes.is_empty();
    let mut fields: Vec<Arc<Type>> = layer.columns.iter().map(field).collect::<Result<_, _>>()?;
    if has_shapes {
        let name = geometry_name(layer);
        let shape = Type::primitive_type_builder(&name, PhysicalType::BYTE_ARRAY);
        fields.push(Arc::new(shape.with_repetition(Repetition::OPTIONAL).build()?));
    }
    let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("xuequ ", env!("CARGO_PKG_VERSION")).to_owned());
    if has_shapes {
        let geo = KeyValue::new("geo".to_owned(), metadata(layer).to_string());
        properties = properties.set_key_value_metadata(Some(vec![geo]));
    }
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties.build()))?;
    let rows: Vec<usize> = layer.rows().collect();
    for rows in rows.chunks(GROUP_ROWS) {
        let mut group = writer.next_row_group()?;
        for column in &layer.columns {
            let cells = || rows.iter().map(|row| layer.cell(*row, column));
            let levels: Vec<i16> = cells().map(|cell| i16::from(!cell.is_empty())).collect();
            let cells = || cells().filter(|cell| !cell.is_empty());
            let Some(mut out) = group.next_column()? else { break };
            match column.kind {
                CellKind::Text => {
                    let values: Vec<ByteArray> = cells().map(ByteArray::from).collect();
                    out.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
                CellKind::Integer => {
                    let values: Vec<i64> = cells().map(|cell| cell.parse().unwrap_or_default()).collect();
                    out.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
                }
                CellKind::Real => {
                    let values: Vec<f64> = cells().map(|cell| cell.parse().unwrap_or_default()).collect();
                    out.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
                }
                CellKind::Boolean => {
                    let values: Vec<bool> = cells().map(|cell| cell == "true").collect();
                    out.typed::<BoolType>().write_batch(&values, Some(&levels), None)?;
                }
            }
            out.close()?;
        }
        if has_shapes && let Some(mut out) = group.next_column()? {
            let shapes: Vec<Option<&Geometry<f64>>> = rows.iter().map(|row| layer.shape(*row)).collect();
            let levels: Vec<i16> = shapes.iter().map(|shape| i16::from(shape.is_some())).collect();
            let values: Vec<ByteArray> = shapes
                .iter()
                .flatten()
                .map(|shape| well_known(shape).map(ByteArray::from))
                .collect::<Result<_, _>>()?;
            out.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            out.close()?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(bytes)
}

/// Little-endian, as the format recommends.
fn well_known(shape: &Geometry<f64>) -> Result<Vec<u8>, ParquetError> {
    let mut bytes = Vec::new();
    wkb::writer::write_geometry(&mut bytes, shape, &wkb::writer::WriteOptions::default())
        .map_err(|fault| ParquetError::General(fault.to_string()))?;
    Ok(bytes)
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.kind {
        CellKind::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
        CellKind::Integer => (PhysicalType::INT64, None),
        CellKind::Real => (PhysicalType::DOUBLE, None),
        CellKind::Boolean => (PhysicalType::BOOLEAN, None),
    };
    let builder = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(builder.with_logical_type(logical).build()?))
}

fn geometry_name(layer: &Prepared<'_>) -> String {
    let taken = |name: &str| layer.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name));
    if taken(GEOMETRY) { format!("{GEOMETRY}_shape") } else { GEOMETRY.to_owned() }
}

fn metadata(layer: &Prepared<'_>) -> Value {
    let mut kinds: Vec<&str> = layer.shapes.iter().flatten().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut column = json!({ "encoding": "WKB", "geometry_types": kinds });
    match &layer.system {
        // Longitude and latitude on WGS84 is what the format takes where nothing is said.
        System::Described(system) if system.code == 4326 => {}
        System::Described(system) => column["crs"] = system.projjson(),
        System::Unknown | System::Text(_) => column["crs"] = Value::Null,
    }
    let corners = layer.shapes.iter().flatten().filter_map(BoundingRect::bounding_rect).reduce(|one, other| {
        geo::Rect::new(
            (one.min().x.min(other.min().x), one.min().y.min(other.min().y)),
            (one.max().x.max(other.max().x), one.max().y.max(other.max().y)),
        )
    });
    if let Some(corners) = corners {
        column["bbox"] = json!([corners.min().x, corners.min().y, corners.max().x, corners.max().y]);
    }
    let name = geometry_name(layer);
    json!({ "version": "1.1.0", "primary_column": name, "columns": { name: column } })
}

fn kind(shape: &Geometry<f64>) -> &'static str {
    match shape {
        Geometry::Point(_) => "Point",
        Geometry::LineString(_) => "LineString",
        Geometry::MultiLineString(_) => "MultiLineString",
        Geometry::Polygon(_) => "Polygon",
        _ => "MultiPolygon",
    }
}
