//! `GeoJSON`: cut into features as it is read, and these taken apart by all threads, so that no copy of a large file is held.

mod feature;
mod geometry;
mod places;
mod rows;
mod split;

use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::ReadError;
use super::in_order::in_order;
use super::meter::FileMeter;
use super::shapes::Shape;
use super::source::refused;
use super::table::{Table, text};
use crate::language::Message;
use crate::model::Finding;
use feature::IntoRows;
use geometry::Geometry;
use rows::Rows;
use split::{Batch, Stop, split};

/// Batches that wait to be taken apart, for each thread.
const BATCHES_A_THREAD: usize = 2;

/// Reads a feature collection, a single feature or a bare shape. Properties become columns in order of first appearance;
/// feature ids become one more.
pub(super) fn read(
    path: &Path,
    file: &str,
    encoding: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    let open = |source| ReadError::Open { file: file.to_owned(), source };
    if encoding.is_none_or(|encoding| encoding == encoding_rs::UTF_8) {
        let mut source = BufReader::new(File::open(path).map_err(open)?);
        let mut start = [0_u8; 3];
        let known = fill(&mut source, &mut start).map_err(open)?;
        let start = start[..known].strip_prefix("\u{feff}".as_bytes()).unwrap_or(&start[..known]);
        match stream(Metered { source: Cursor::new(start).chain(source), meter: FileMeter::current() }, file) {
            Ok(table) => return Ok(table),
            Err(Stop::System(fault)) => return Err(open(fault)),
            Err(Stop::Refused(refused)) => return Err(refused),
            Err(Stop::NotThis) => {}
        }
    }
    // Another encoding, another kind, or a fault to be named: these need the text as a whole.
    let text = text(path, file, encoding, findings)?;
    parse(&text, file)
}

/// Counts what is read.
struct Metered<R> {
    source: R,
    meter: Option<FileMeter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(buffer)?;
        if let Some(meter) = &self.meter {
            meter.count(count as u64);
        }
        Ok(count)
    }
}

/// Reads until `buffer` is full or the source ends; how many bytes there were.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// The shape of a geometry that stands in a cell; `None` where it is empty.
///
/// # Errors
/// What the library says where the text is no geometry.
pub(super) fn written(text: &str) -> serde_json::Result<Option<Shape>> {
    serde_json::from_str::<Geometry>(text).map(|geometry| geometry.shape)
}

fn parse(text: &str, file: &str) -> Result<Table, ReadError> {
    let malformed = |detail: String| ReadError::Malformed { file: file.to_owned(), detail };
    match stream(text.as_bytes(), file) {
        Ok(table) => return Ok(table),
        Err(Stop::System(source)) => return Err(ReadError::Open { file: file.to_owned(), source }),
        Err(Stop::Refused(refused)) => return Err(refused),
        Err(Stop::NotThis) => {}
    }
    // A sequence has a feature a line, so that what follows the first value is no fault.
    let first = text.trim_start_matches(RECORD_SEPARATOR);
    if first.trim_start().starts_with('[') {
        return Err(refused(file, Message::new("refused-json-list")));
    }
    let outline = serde_json::Deserializer::from_str(first).into_iter().next();
    let outline: Outline =
        outline.unwrap_or_else(|| serde_json::from_str(first)).map_err(|fault| malformed(fault.to_string()))?;
    let mut rows = Rows::default();
    match outline.r#type.as_str() {
        "FeatureCollection" => {
            let fault = serde_json::from_str::<Collection>(text).err();
            let detail =
                fault.map_or_else(|| "a FeatureCollection without features".to_owned(), |fault| fault.to_string());
            return Err(malformed(detail));
        }
        "Feature" => sequence(text, &mut rows).map_err(malformed)?,
        "GeometryCollection" => {
            let collection: Geometries = serde_json::from_str(text).map_err(|fault| malformed(fault.to_string()))?;
            for geometry in collection.geometries {
                rows.push(geometry);
            }
        }
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon" => {
            let geometry: Geometry = serde_json::from_str(text).map_err(|fault| malformed(fault.to_string()))?;
            rows.push(geometry);
        }
        other => return Err(malformed(format!("a {other} where a FeatureCollection is due"))),
    }
    rows.into_table(outline.crs.as_ref(), file)
}

/// What may stand in front of each feature of a sequence.
const RECORD_SEPARATOR: char = '\u{1e}';

/// The features of a sequence (RFC 8142, or a feature a line), or a feature that stands alone.
fn sequence(text: &str, rows: &mut Rows) -> Result<(), String> {
    let mut number = 0;
    for record in text.split(RECORD_SEPARATOR) {
        let mut source = serde_json::Deserializer::from_str(record);
        while source.end().is_err() {
            number += 1;
            rows.read(&mut source).map_err(|fault| format!("feature {number}: {fault}"))?;
        }
    }
    Ok(())
}

/// What a file says of itself.
#[derive(Deserialize)]
struct Outline {
    r#type: String,
    crs: Option<Value>,
}

#[derive(Deserialize)]
struct Geometries {
    geometries: Vec<Geometry>,
}

/// Reads a feature collection feature by feature, only to say which of them has a fault and where.
#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "features")]
    _features: Checked,
}

struct Checked;

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Checked, D::Error> {
        struct OneByOne;
        impl<'de> Visitor<'de> for OneByOne {
            type Value = Checked;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a list of features")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Checked, A::Error> {
                let mut number = 1;
                while list
                    .next_element_seed(IntoRows(&mut Rows::default()))
                    .map_err(|fault| A::Error::custom(format!("feature {number}: {fault}")))?
                    .is_some()
                {
                    number += 1;
                }
                Ok(Checked)
            }
        }
        source.deserialize_seq(OneByOne)
    }
}

/// Reads a feature collection as a stream: one thread cuts it into features, the others take these apart meanwhile.
fn stream(source: impl Read + Send, file: &str) -> Result<Table, Stop> {
    let most = BATCHES_A_THREAD * rayon::current_num_threads();
    let (cut, waiting) = mpsc::sync_channel::<Batch>(most);
    let (head, all) = thread::scope(|scope| {
        // Whoever takes features apart hangs up at the first fault.
        let cutter = scope.spawn(move || split(source, &mut |batch| cut.send(batch).is_ok()));
        let all = take_apart(waiting);
        (cutter.join(), all)
    });
    let head = head.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let (Some(all), head) = (all, head?) else { return Err(Stop::NotThis) };
    if !head.has_features || head.kind.as_deref() != Some(b"\"FeatureCollection\"") {
        return Err(Stop::NotThis);
    }
    let crs: Option<Value> = match &head.crs {
        Some(bytes) => Some(serde_json::from_slice(bytes).map_err(|_| Stop::NotThis)?),
        None => None,
    };
    Ok(all.into_table(crs.as_ref(), file)?)
}

/// Takes batches apart by all threads as they come; `None` where one of their features has a fault.
fn take_apart(waiting: mpsc::Receiver<Batch>) -> Option<Rows> {
    let mut all = Rows::default();
    in_order(waiting.into_iter(), |batch| Rows::of(&batch), |rows| all.append(rows))?;
    Some(all)
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::*;
    use crate::read::shapes::Shape;
    use crate::read::table::CellKind;

    const TWO: &str = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4545"}},
        "features":[{"type":"Feature","id":7,"properties":{"name":"甲","pupils":12},
        "geometry":{"type":"Point","coordinates":[1,2]}},
        {"type":"Feature","id":"8","properties":{"pupils":null,"note":"x"},"geometry":null}]}"#;

    #[test]
    fn properties_and_ids_become_columns() {
        let table = parse(TWO, "t.geojson").expect("valid GeoJSON");
        assert_eq!(table.columns, ["name", "pupils", "note", "feature id"]);
        assert_eq!((table.cell(0, 1), table.cell(0, 3), table.cell(1, 1), table.cell(1, 2)), ("12", "7", "", "x"));
        let shapes: Vec<Option<Shape>> = table.shapes.iter().collect();
        assert_eq!(shapes, [Some(Shape::Point(Coord { x: 1.0, y: 2.0 })), None]);
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
