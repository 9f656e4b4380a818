//! Shapefiles: outlines and points with their attribute table, in whatever encoding.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use dbase::FieldValue;
use geo::{Coord, LineString, MultiLineString};
use shapefile::{Shape as FileShape, ShapeReader};

use super::table::{CellKind, Shape, Table, bytes, report_encoding, sample};
use super::{ReadError, encoding};
use crate::model::Finding;
use crate::space::outline;

/// Reads `.shp` with the `.dbf`, `.cpg` and `.prj` beside it. A missing `.dbf` leaves a table without columns.
pub(super) fn read(
    path: &Path,
    file: &str,
    asked: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    let malformed = |detail: String| ReadError::Malformed { file: file.to_owned(), detail };
    let shape_bytes = bytes(path, file)?;
    let reader = ShapeReader::new(Cursor::new(shape_bytes)).map_err(|fault| malformed(fault.to_string()))?;
    let shapes: Vec<FileShape> = reader.read().map_err(|fault| malformed(fault.to_string()))?;
    let beside = |ending: &str| beside(path, ending);
    let sidecar = |ending: &str| beside(ending).and_then(|path| std::fs::read(path).ok());
    let mut table = match beside("dbf") {
        Some(dbf) => attributes(&dbf, file, sidecar("cpg"), asked, findings)?,
        None => Table::new(file, vec!["feature".to_owned()], 1),
    };
    while table.row_count() < shapes.len() {
        table.push_row(std::iter::empty());
    }
    if table.row_count() > shapes.len() {
        return Err(malformed(format!("{} shapes but {} rows of attributes", shapes.len(), table.row_count())));
    }
    table.crs = sidecar("prj").map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    table.shapes = shapes.into_iter().map(shape).collect();
    Ok(table)
}

/// The file of the same name with another ending, in small letters or capitals.
fn beside(path: &Path, ending: &str) -> Option<PathBuf> {
    let mut named =
        [ending.to_owned(), ending.to_ascii_uppercase()].into_iter().map(|ending| path.with_extension(ending));
    named.find(|path| path.exists())
}

/// The files that are read with a file: the attributes, their encoding and the coordinate system of a Shapefile.
#[must_use]
pub fn companions(path: &Path) -> Vec<PathBuf> {
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp")) {
        return Vec::new();
    }
    ["dbf", "cpg", "prj"].into_iter().filter_map(|ending| beside(path, ending)).collect()
}

fn attributes(
    path: &Path,
    file: &str,
    cpg: Option<Vec<u8>>,
    asked: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    let malformed = |detail: String| ReadError::Malformed { file: file.to_owned(), detail };
    let bytes = bytes(path, file)?;
    let cpg = cpg.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let choice = encoding::of_dbf(&bytes, cpg.as_deref(), asked);
    // A field takes 32 bytes behind a header of 32; the seventeenth says how many decimals its numbers have.
    let decimals: Vec<u8> =
        bytes.get(32..).unwrap_or_default().chunks(32).map(|field| field.get(17).copied().unwrap_or(0)).collect();
    let mut reader = dbase::ReaderBuilder::new()
        .with_encoding(dbase::encoding::EncodingRs::from(choice.encoding))
        .build(Cursor::new(bytes))
        .map_err(|fault| malformed(fault.to_string()))?;
    let columns: Vec<String> = reader.fields().iter().map(|field| field.name().trim().to_owned()).collect();
    let mut table = Table::new(file, columns.clone(), 1);
    table.kinds = reader.fields().iter().zip(decimals).map(|(field, decimals)| cell_kind(field, decimals)).collect();
    let mut seen = String::new();
    for (number, record) in reader.iter_records().enumerate() {
        let record = record.map_err(|fault| malformed(format!("row {}: {fault}", number + 1)))?;
        let cells: Vec<String> =
            columns.iter().map(|column| record.get(column).map_or_else(String::new, cell)).collect();
        if seen.is_empty()
            && let Some(telling) = cells.iter().find(|cell| !cell.is_ascii())
        {
            seen.clone_from(telling);
        }
        table.push_row(cells.iter().map(String::as_str));
    }
    let broken = columns.iter().any(|name| name.contains('\u{fffd}')) || seen.contains('\u{fffd}');
    report_encoding(file, choice, broken, &sample(&seen), findings);
    Ok(table)
}

fn cell_kind(field: &dbase::FieldInfo, decimals: u8) -> CellKind {
    match field.field_type() {
        dbase::FieldType::Integer => CellKind::Integer,
        dbase::FieldType::Numeric if decimals == 0 => CellKind::Integer,
        dbase::FieldType::Numeric | dbase::FieldType::Float | dbase::FieldType::Double | dbase::FieldType::Currency => {
            CellKind::Real
        }
        dbase::FieldType::Logical => CellKind::Boolean,
        _ => CellKind::Text,
    }
}

fn cell(value: &FieldValue) -> String {
    match value {
        FieldValue::Character(text) => text.clone().unwrap_or_default(),
        FieldValue::Numeric(number) => number.map_or_else(String::new, |number| number.to_string()),
        FieldValue::Float(number) => number.map_or_else(String::new, |number| number.to_string()),
        FieldValue::Logical(flag) => flag.map_or_else(String::new, |flag| flag.to_string()),
        FieldValue::Integer(number) => number.to_string(),
        FieldValue::Double(number) | FieldValue::Currency(number) => number.to_string(),
        FieldValue::Date(date) => date.map_or_else(String::new, |date| date.to_string()),
        FieldValue::Memo(text) => text.clone(),
        FieldValue::DateTime(_) => String::new(),
    }
}

fn shape(shape: FileShape) -> Option<Shape> {
    let ring = |points: Vec<(f64, f64)>| LineString::new(points.into_iter().map(|(x, y)| Coord { x, y }).collect());
    macro_rules! outline {
        ($polygon:expr) => {
            Shape::Outline(outline::from_rings(
                $polygon.rings().iter().map(|part| ring(part.points().iter().map(|p| (p.x, p.y)).collect())).collect(),
            ))
        };
    }
    macro_rules! lines {
        ($lines:expr) => {
            Shape::Lines(MultiLineString::new(
                $lines.parts().iter().map(|part| ring(part.iter().map(|p| (p.x, p.y)).collect())).collect(),
            ))
        };
    }
    macro_rules! several_points {
        ($points:expr) => {
            match $points.points() {
                [only] => Shape::Point(Coord { x: only.x, y: only.y }),
                _ => Shape::Other("MultiPoint"),
            }
        };
    }
    Some(match shape {
        FileShape::NullShape => return None,
        FileShape::Point(point) => Shape::Point(Coord { x: point.x, y: point.y }),
        FileShape::PointM(point) => Shape::Point(Coord { x: point.x, y: point.y }),
        FileShape::PointZ(point) => Shape::Point(Coord { x: point.x, y: point.y }),
        FileShape::Polygon(polygon) => outline!(polygon),
        FileShape::PolygonM(polygon) => outline!(polygon),
        FileShape::PolygonZ(polygon) => outline!(polygon),
        FileShape::Polyline(line) => lines!(line),
        FileShape::PolylineM(line) => lines!(line),
        FileShape::PolylineZ(line) => lines!(line),
        FileShape::Multipoint(points) => several_points!(points),
        FileShape::MultipointM(points) => several_points!(points),
        FileShape::MultipointZ(points) => several_points!(points),
        FileShape::Multipatch(_) => Shape::Other("MultiPatch"),
    })
}
