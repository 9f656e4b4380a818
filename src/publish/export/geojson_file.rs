//! `GeoJSON` (RFC 7946).

use geo::orient::{Direction, Orient};
use geo::{Geometry as Shape, Polygon};
use geojson::{Feature, Geometry, GeometryValue, JsonObject, JsonValue};
use serde_json::json;

use super::super::geojson::collection;
use super::prepare::{Column, Prepared};
use crate::read::CellKind;

/// Outer rings counter-clockwise, a feature a line.
pub(super) fn write(layer: &Prepared<'_>) -> Vec<u8> {
    let features = layer.rows().map(|row| {
        let mut properties = JsonObject::new();
        for column in &layer.columns {
            properties.insert(column.name.clone(), value(column, layer.cell(row, column)));
        }
        let geometry = layer.shape(row).map(|shape| Geometry::new(GeometryValue::from(&oriented(shape))));
        Feature { geometry, properties: Some(properties), ..Feature::default() }
    });
    collection(layer.name, features)
}

fn oriented(shape: &Shape<f64>) -> Shape<f64> {
    match shape {
        Shape::Polygon(polygon) => Shape::Polygon(polygon.orient(Direction::Default)),
        Shape::MultiPolygon(polygons) => Shape::MultiPolygon(
            polygons.iter().map(|polygon: &Polygon<f64>| polygon.orient(Direction::Default)).collect(),
        ),
        other => other.clone(),
    }
}

fn value(column: &Column, cell: &str) -> JsonValue {
    match column.kind {
        _ if cell.is_empty() => JsonValue::Null,
        CellKind::Integer => cell.parse::<i64>().map_or(JsonValue::Null, |number| json!(number)),
        CellKind::Real => cell.parse::<f64>().map_or(JsonValue::Null, |number| json!(number)),
        CellKind::Boolean => json!(cell == "true"),
        CellKind::Text => json!(cell),
    }
}
