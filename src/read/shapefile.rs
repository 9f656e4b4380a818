//! Shapefiles: outlines and points with their attribute table, in whatever encoding.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use geo::{Coord, LineString, MultiLineString};
use shapefile::{PolygonRing, Shape as FileShape, ShapeReader};

use super::remark::{Act, Remark};
use super::shapes::Shape;
use super::source::refused;
use super::table::{Table, bytes};
use super::{ReadError, dbf, encoding};
use crate::language::Message;
use crate::model::{Finding, FindingCode};
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
    let side_text = |ending: &str| sidecar(ending).map(|bytes| side_text(&bytes));
    let mut shapes: Vec<(Option<Shape>, Vec<Act>)> = shapes.into_iter().map(taken).collect();
    let mut table = if let Some(path) = beside("dbf") {
        let attributes = dbf::read(&path, file, side_text("cpg").as_deref(), asked, findings)?;
        let rows = attributes.table.row_count() + attributes.deleted.len();
        if rows != shapes.len() {
            let reason = Message::new("reason-shape-rows").count("shapes", shapes.len()).count("rows", rows);
            return Err(ReadError::Refused { file: file.to_owned(), reason });
        }
        let mut position = 0;
        shapes.retain(|_| {
            position += 1;
            attributes.deleted.binary_search(&(position - 1)).is_err()
        });
        attributes.table
    } else {
        findings.push(Finding::new(FindingCode::AttributesMissing).in_file(file));
        let mut table = Table::new(file, vec!["feature".to_owned()], 1);
        (0..shapes.len()).for_each(|_| table.push_row(std::iter::empty()));
        table
    };
    for (row, (shape, acts)) in shapes.into_iter().enumerate() {
        table.shapes.push(shape);
        table.remarks.extend(acts.into_iter().map(|act| Remark { row: row as u32, act }));
    }
    table.crs = side_text("prj").filter(|text| !text.trim().is_empty());
    Ok(table)
}

/// Reads a `.dbf` that stands alone, with the `.cpg` beside it.
pub(super) fn read_attributes(
    path: &Path,
    file: &str,
    asked: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    if beside(path, "shp").is_some() {
        return Err(refused(file, Message::new("refused-shapefile-part")));
    }
    let cpg = beside(path, "cpg").and_then(|path| std::fs::read(path).ok()).map(|bytes| side_text(&bytes));
    Ok(dbf::read(path, file, cpg.as_deref(), asked, findings)?.table)
}

/// The text of a small file beside, in whatever encoding.
fn side_text(bytes: &[u8]) -> String {
    match encoding::recognise(bytes, "") {
        Ok(choice) => encoding::decode(bytes, choice.encoding).0,
        Err(_) => String::new(),
    }
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

/// A shape with what was done to get it.
fn taken(file_shape: FileShape) -> (Option<Shape>, Vec<Act>) {
    let mut acts = Vec::new();
    let told_holes = match &file_shape {
        FileShape::Polygon(polygon) => Some(inner_rings(polygon.rings())),
        FileShape::PolygonM(polygon) => Some(inner_rings(polygon.rings())),
        FileShape::PolygonZ(polygon) => Some(inner_rings(polygon.rings())),
        _ => None,
    };
    let is_flat = matches!(
        file_shape,
        FileShape::NullShape
            | FileShape::Point(_)
            | FileShape::Polyline(_)
            | FileShape::Polygon(_)
            | FileShape::Multipoint(_)
    );
    if !is_flat {
        acts.push(Act::HeightsLeftOut);
    }
    let shape = shape(file_shape);
    if let (Some(told), Some(Shape::Outline(outline))) = (told_holes, &shape)
        && outline.0.iter().map(|polygon| polygon.interiors().len()).sum::<usize>() != told
    {
        acts.push(Act::RingsSorted);
    }
    (shape, acts)
}

/// How many rings say by their direction that they are holes.
fn inner_rings<P>(rings: &[PolygonRing<P>]) -> usize {
    rings.iter().filter(|ring| matches!(ring, PolygonRing::Inner(_))).count()
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
