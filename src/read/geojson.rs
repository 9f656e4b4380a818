//! `GeoJSON`: feature by feature, so that no second copy of a large file is held.

use std::path::Path;

use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use geojson::{Feature, GeometryValue, JsonValue, Position};
use rustc_hash::FxHashMap;
use serde::de::{Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::ReadError;
use super::table::{CellKind, Shape, Table, text};
use crate::model::Finding;

/// What stands beside the features.
#[derive(Deserialize)]
struct Head {
    r#type: String,
    crs: Option<JsonValue>,
    features: Option<IgnoredAny>,
}

/// The features of a collection, wherever in it they stand.
#[derive(Deserialize)]
struct Collection {
    features: Features,
}

/// Cells of one feature, each with the position of its column.
type Cells = Vec<(usize, String)>;

/// Features taken apart one by one as they are read.
#[derive(Default)]
struct Features {
    /// The id of each, and its cells.
    rows: Vec<(Option<String>, Cells)>,
    shapes: Vec<Option<Shape>>,
    /// Names of properties in order of first appearance.
    columns: Vec<String>,
    /// What the values of each are so far.
    kinds: Vec<Option<CellKind>>,
    position_of: FxHashMap<String, usize>,
}

impl Features {
    fn push(&mut self, feature: Feature) {
        let id = feature.id.as_ref().map(|id| match id {
            geojson::feature::Id::String(text) => text.clone(),
            geojson::feature::Id::Number(number) => number.to_string(),
        });
        let mut cells = Cells::new();
        for (name, value) in feature.properties.iter().flatten() {
            let column = *self.position_of.entry(name.clone()).or_insert_with(|| {
                self.columns.push(name.clone());
                self.kinds.push(None);
                self.columns.len() - 1
            });
            self.kinds[column] = CellKind::of_both(self.kinds[column], cell_kind(value));
            cells.push((column, cell_text(value)));
        }
        self.shapes.push(feature.geometry.map(|geometry| shape(geometry.value)));
        self.rows.push((id, cells));
    }
}

impl<'de> Deserialize<'de> for Features {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Features, D::Error> {
        struct OneByOne;
        impl<'de> Visitor<'de> for OneByOne {
            type Value = Features;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a list of features")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Features, A::Error> {
                let mut features = Features::default();
                let number = |features: &Features| features.rows.len() + 1;
                while let Some(feature) = list
                    .next_element()
                    .map_err(|fault| A::Error::custom(format!("feature {}: {fault}", number(&features))))?
                {
                    features.push(feature);
                }
                Ok(features)
            }
        }
        source.deserialize_seq(OneByOne)
    }
}

/// Reads a feature collection. Properties become columns in order of first appearance; feature ids become one more.
pub(super) fn read(
    path: &Path,
    file: &str,
    encoding: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    let text = text(path, file, encoding, findings)?;
    parse(&text, file)
}

fn parse(text: &str, file: &str) -> Result<Table, ReadError> {
    let malformed = |detail: String| ReadError::Malformed { file: file.to_owned(), detail };
    // A sequence has a feature a line, so that what follows the first value is no fault.
    let first = text.trim_start_matches(RECORD_SEPARATOR);
    let head = serde_json::Deserializer::from_str(first).into_iter().next();
    let head: Head =
        head.unwrap_or_else(|| serde_json::from_str(first)).map_err(|fault| malformed(fault.to_string()))?;
    if head.r#type == "Feature" {
        return Ok(table(sequence(text).map_err(malformed)?, None, file));
    }
    if head.r#type != "FeatureCollection" || head.features.is_none() {
        return Err(malformed(format!("a {} where a FeatureCollection is due", head.r#type)));
    }
    let collection: Collection = serde_json::from_str(text).map_err(|fault| malformed(fault.to_string()))?;
    Ok(table(collection.features, head.crs.as_ref(), file))
}

/// What may stand in front of each feature of a sequence.
const RECORD_SEPARATOR: char = '\u{1e}';

/// The features of a sequence (RFC 8142, or a feature a line).
fn sequence(text: &str) -> Result<Features, String> {
    let mut features = Features::default();
    for record in text.split(RECORD_SEPARATOR) {
        for feature in serde_json::Deserializer::from_str(record).into_iter::<Feature>() {
            let number = features.rows.len() + 1;
            features.push(feature.map_err(|fault| format!("feature {number}: {fault}"))?);
        }
    }
    Ok(features)
}

fn table(features: Features, crs: Option<&JsonValue>, file: &str) -> Table {
    let Features { rows: features, shapes, mut columns, mut kinds, .. } = features;
    let has_ids = features.iter().any(|(id, _)| id.is_some());
    let feature_id_column = has_ids.then_some(columns.len());
    if has_ids {
        columns.push("feature id".to_owned());
        kinds.push(Some(CellKind::Text));
    }
    if columns.is_empty() {
        columns.push("feature".to_owned());
        kinds.push(None);
    }
    let mut table = Table::new(file, columns, 1);
    let mut row: Vec<String> = vec![String::new(); table.columns.len()];
    for (id, cells) in features {
        row.iter_mut().for_each(String::clear);
        for (column, cell) in cells {
            row[column] = cell;
        }
        if let (Some(column), Some(id)) = (feature_id_column, id) {
            row[column] = id;
        }
        table.push_row(row.iter().map(String::as_str));
    }
    table.shapes = shapes;
    table.kinds = kinds.into_iter().map(|kind| kind.unwrap_or(CellKind::Text)).collect();
    table.crs = crs.and_then(crs_name);
    table.geographic_by_default = true;
    table.feature_id_column = feature_id_column;
    table
}

/// What a value is; `None` for null, which is anything.
fn cell_kind(value: &JsonValue) -> Option<CellKind> {
    match value {
        JsonValue::Null => None,
        JsonValue::Bool(_) => Some(CellKind::Boolean),
        JsonValue::Number(number) if number.is_f64() => Some(CellKind::Real),
        JsonValue::Number(_) => Some(CellKind::Integer),
        JsonValue::String(_) | JsonValue::Array(_) | JsonValue::Object(_) => Some(CellKind::Text),
    }
}

fn cell_text(value: &JsonValue) -> String {
    match value {
        JsonValue::Null => String::new(),
        JsonValue::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The name in a `crs` member of the 2008 specification.
fn crs_name(crs: &JsonValue) -> Option<String> {
    let properties = crs.get("properties")?;
    let name = properties.get("name").or_else(|| properties.get("code"))?;
    Some(cell_text(name))
}

fn shape(value: GeometryValue) -> Shape {
    let place = |position: &Position| {
        let numbers = position.as_slice();
        Coord { x: numbers.first().copied().unwrap_or(f64::NAN), y: numbers.get(1).copied().unwrap_or(f64::NAN) }
    };
    let line = |positions: &[Position]| LineString::new(positions.iter().map(place).collect());
    let polygon = |rings: &[Vec<Position>]| {
        let mut rings = rings.iter().map(|ring| line(ring));
        Polygon::new(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), rings.collect())
    };
    match value {
        GeometryValue::Point { coordinates } => Shape::Point(place(&coordinates)),
        GeometryValue::MultiPoint { coordinates } => match coordinates.as_slice() {
            [only] => Shape::Point(place(only)),
            _ => Shape::Other("MultiPoint"),
        },
        GeometryValue::LineString { coordinates } => Shape::Lines(MultiLineString::new(vec![line(&coordinates)])),
        GeometryValue::MultiLineString { coordinates } => {
            Shape::Lines(MultiLineString::new(coordinates.iter().map(|part| line(part)).collect()))
        }
        GeometryValue::Polygon { coordinates } => Shape::Outline(MultiPolygon::new(vec![polygon(&coordinates)])),
        GeometryValue::MultiPolygon { coordinates } => {
            Shape::Outline(MultiPolygon::new(coordinates.iter().map(|part| polygon(part)).collect()))
        }
        GeometryValue::GeometryCollection { .. } => Shape::Other("GeometryCollection"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4545"}},
        "features":[{"type":"Feature","id":7,"properties":{"name":"甲","pupils":12},
        "geometry":{"type":"Point","coordinates":[1,2]}},
        {"type":"Feature","id":"8","properties":{"pupils":null,"note":"x"},"geometry":null}]}"#;

    #[test]
    fn properties_and_ids_become_columns() {
        let table = parse(TWO, "t.geojson").expect("valid GeoJSON");
        assert_eq!(table.columns, ["name", "pupils", "note", "feature id"]);
        assert_eq!((table.cell(0, 1), table.cell(0, 3), table.cell(1, 1), table.cell(1, 2)), ("12", "7", "", "x"));
        assert_eq!(table.shapes, [Some(Shape::Point(Coord { x: 1.0, y: 2.0 })), None]);
        assert_eq!(table.crs.as_deref(), Some("EPSG:4545"));
    }

    #[test]
    fn features_may_be_none_or_stand_behind_other_lists() {
        let none = parse("{\"type\":\"FeatureCollection\",\"features\":[]}", "t.geojson").expect("valid GeoJSON");
        assert_eq!(none.row_count(), 0);
        let boxed = TWO.replacen('{', "{\"bbox\":[1,2,1,2],\"name\":\"[x]\",", 1);
        assert_eq!(parse(&boxed, "t.geojson").expect("valid GeoJSON").row_count(), 2);
    }

    #[test]
    fn sequences_are_read_feature_by_feature() {
        let one = r#"{"type":"Feature","properties":{"id":"007","n":1},"geometry":null}"#;
        for text in [format!("{one}\n{one}\n"), format!("\u{1e}{one}\n\u{1e}{one}\n"), format!("{one}{one}")] {
            let table = parse(&text, "t.geojsonl").expect("a sequence");
            assert_eq!((table.row_count(), table.cell(1, 0)), (2, "007"));
            assert_eq!(table.kinds, [CellKind::Text, CellKind::Integer]);
        }
        assert!(parse(&format!("{one}\n{{\"type\":"), "t.geojsonl").is_err());
    }

    #[test]
    fn a_fault_is_placed() {
        let fault = parse("{\"type\":\"FeatureCollection\",\n\"features\":[}", "t.geojson").expect_err("broken JSON");
        assert!(fault.to_string().contains("line 2"), "{fault}");
    }
}
