//! `FlatGeobuf`, without the index: an index sorts the features by place, and a layer keeps the order of its rows.

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo::Geometry;
use geozero::{ColumnValue, PropertyProcessor};

use super::ExportError;
use super::prepare::{Prepared, System};
use crate::language::Message;
use crate::read::CellKind;

pub(super) fn write(layer: &Prepared<'_>) -> Result<Vec<u8>, ExportError> {
    if layer.shapes.is_empty() {
        return Err(ExportError::of(layer.table, Message::new("export-no-shapes")));
    }
    let fault = |fault: &dyn std::fmt::Display| ExportError::library(layer.table, &fault.to_string());
    let (name, wkt);
    let crs = match &layer.system {
        System::Unknown => FgbCrs::default(),
        System::Described(system) => {
            (name, wkt) = (system.name(), system.wkt());
            FgbCrs {
                org: Some("EPSG"),
                code: system.code as i32,
                name: Some(&name),
                wkt: Some(&wkt),
                ..FgbCrs::default()
            }
        }
        System::Text(text) => FgbCrs { wkt: Some(text), ..FgbCrs::default() },
    };
    let options = FgbWriterOptions {
        write_index: false,
        detect_type: false,
        promote_to_multi: true,
        crs,
        ..FgbWriterOptions::default()
    };
    let kind = kind(layer);
    let mut writer = FgbWriter::create_with_options(layer.name, kind, options).map_err(|error| fault(&error))?;
    for column in &layer.columns {
        let kind = match column.kind {
            CellKind::Text => ColumnType::String,
            CellKind::Integer => ColumnType::Long,
            CellKind::Real => ColumnType::Double,
            CellKind::Boolean => ColumnType::Bool,
        };
        writer.add_column(&column.name, kind, |_, _| {});
    }
    for row in layer.rows() {
        let shape = layer.shape(row).map(|shape| multiple(shape, kind)).or_else(|| empty(kind)).ok_or_else(|| {
            let message = Message::new("export-shape-missing").text("row", layer.table.row_number(row).to_string());
            ExportError::of(layer.table, message)
        })?;
        let mut broken = None;
        let outcome = writer.add_feature_geom(shape, |feature| {
            for (position, column) in layer.columns.iter().enumerate() {
                let cell = layer.cell(row, column);
                if cell.is_empty() {
                    continue;
                }
                let value = match column.kind {
                    CellKind::Text => ColumnValue::String(cell),
                    CellKind::Integer => ColumnValue::Long(cell.parse().unwrap_or_default()),
                    CellKind::Real => ColumnValue::Double(cell.parse().unwrap_or_default()),
                    CellKind::Boolean => ColumnValue::Bool(cell == "true"),
                };
                broken = feature.property(position, &column.name, &value).err().or(broken.take());
            }
        });
        outcome.map_err(|error| fault(&error))?;
        if let Some(error) = broken {
            return Err(fault(&error));
        }
    }
    let mut bytes = Vec::new();
    writer.write(&mut bytes).map_err(|error| fault(&error))?;
    Ok(bytes)
}

/// The one kind of the layer, in as many parts as there are; `Unknown` where there are several.
fn kind(layer: &Prepared<'_>) -> GeometryType {
    let of_one = |shape: &Geometry<f64>| match shape {
        Geometry::Point(_) => GeometryType::Point,
        Geometry::LineString(_) | Geometry::MultiLineString(_) => GeometryType::MultiLineString,
        _ => GeometryType::MultiPolygon,
    };
    let mut kinds = layer.shapes.iter().flatten().map(of_one);
    match kinds.next() {
        Some(first) if kinds.all(|kind| kind == first) => first,
        _ => GeometryType::Unknown,
    }
}

/// A shape of nothing; there is none among points.
fn empty(kind: GeometryType) -> Option<Geometry<f64>> {
    match kind {
        GeometryType::MultiLineString => Some(Geometry::MultiLineString(geo::MultiLineString::new(Vec::new()))),
        GeometryType::MultiPolygon => Some(Geometry::MultiPolygon(geo::MultiPolygon::new(Vec::new()))),
        _ => None,
    }
}

/// The shape in the kind of the layer.
fn multiple(shape: &Geometry<f64>, kind: GeometryType) -> Geometry<f64> {
    match (shape, kind) {
        (Geometry::LineString(line), GeometryType::MultiLineString) => {
            Geometry::MultiLineString(geo::MultiLineString::new(vec![line.clone()]))
        }
        (Geometry::Polygon(polygon), GeometryType::MultiPolygon) => {
            Geometry::MultiPolygon(geo::MultiPolygon::new(vec![polygon.clone()]))
        }
        _ => shape.clone(),
    }
}
