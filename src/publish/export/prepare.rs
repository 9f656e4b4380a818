//! A table made ready for any format: typed columns, shapes in the system they are written in.

use geo::{Coord, Geometry, MapCoords};

use super::{ExportError, ExportFormat, ExportOptions};
use crate::language::Message;
use crate::model::{Finding, FindingCode};
use crate::read::{CellKind, Shape, Table};
use crate::space::{Projection, SystemDescription};

/// Digits that every program keeps of a number.
const SAFE_DIGITS: usize = 15;

/// A column with its place in the table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: CellKind,
    /// Decimals its cells have where all have the same number of them.
    pub(super) decimals: Option<usize>,
    position: usize,
}

/// What the coordinates are in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum System {
    /// Nobody said.
    Unknown,
    Described(SystemDescription),
    /// The text that came with the layer.
    Text(String),
}

/// A table ready to be written.
pub(super) struct Prepared<'a> {
    pub(super) name: &'a str,
    pub(super) table: &'a Table,
    pub(super) columns: Vec<Column>,
    /// One a row, or none at all.
    pub(super) shapes: Vec<Option<Geometry<f64>>>,
    pub(super) system: System,
}

impl<'a> Prepared<'a> {
    /// # Errors
    /// [`ExportError`] where its coordinates cannot be described or converted, or a shape is of no kind that is written.
    pub(super) fn of(
        name: &'a str,
        table: &'a Table,
        format: ExportFormat,
        options: &ExportOptions,
        findings: &mut Vec<Finding>,
    ) -> Result<Prepared<'a>, ExportError> {
        let columns = columns(table);
        if !format.holds_shapes() {
            if !table.shapes.is_empty() {
                findings.push(Finding::new(FindingCode::ShapesLeftOut).in_file(table.file.clone()));
            }
            return Ok(Prepared { name, table, columns, shapes: Vec::new(), system: System::Unknown });
        }
        // GeoJSON has no other system, whatever was asked for.
        let is_geojson = format == ExportFormat::GeoJson;
        let wanted = if is_geojson { Some(SystemDescription::WGS84) } else { options.crs };
        let source = source_of(table)?;
        let has_shapes = table.shapes.kinds().any();
        let (system, conversion) = match (wanted, source) {
            _ if !has_shapes => (System::Unknown, None),
            (None, None) => {
                findings.push(Finding::new(FindingCode::CrsNotWritten).in_file(table.file.clone()));
                (System::Unknown, None)
            }
            // Local metres stay what they are in the format the program itself writes them in.
            (Some(_), None) if is_geojson => (System::Unknown, None),
            (Some(_), None) => return Err(ExportError::of(table, Message::new("export-crs-unknown"))),
            (None, Some((projection, text))) => (system_of(table, &projection, text, format)?, None),
            (Some(wanted), Some((projection, _))) => {
                let target = Projection::from_epsg(wanted.code).map_err(|fault| ExportError::library(table, &fault))?;
                let same = target.definition() == projection.definition();
                if !same {
                    let finding = Finding::new(FindingCode::CrsConverted).in_file(table.file.clone());
                    findings.push(finding.text("from", projection.name()).text("to", target.name()));
                }
                (System::Described(wanted), (!same).then_some((projection, target)))
            }
        };
        let shapes = table.shapes.iter().enumerate().map(|(row, shape)| {
            let Some(shape) = shape else { return Ok(None) };
            let geometry = geometry(&shape).ok_or_else(|| {
                let message = Message::new("export-shape-kind").text("row", table.row_number(row).to_string());
                ExportError::of(table, message.text("found", shape.kind()))
            })?;
            let Some((from, to)) = &conversion else { return Ok(Some(geometry)) };
            let convert =
                |place: Coord<f64>| from.to_earth(place).and_then(|earth| to.from_earth(earth)).map(rounded(to));
            geometry.try_map_coords(convert).map(Some).map_err(|fault| ExportError::library(table, &fault))
        });
        let shapes = shapes.collect::<Result<Vec<_>, ExportError>>()?;
        Ok(Prepared { name, table, columns, shapes, system })
    }

    /// The name of its file in a format.
    pub(super) fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.name)
    }

    pub(super) fn rows(&self) -> std::ops::Range<usize> {
        0..self.table.row_count()
    }

    pub(super) fn cell(&self, row: usize, column: &Column) -> &'a str {
        self.table.cell(row, column.position)
    }

    pub(super) fn shape(&self, row: usize) -> Option<&Geometry<f64>> {
        self.shapes.get(row)?.as_ref()
    }
}

/// Degrees with nine decimals and metres with four: a tenth of a millimetre, which hides the last bits of the engine.
fn rounded(to: &Projection) -> impl Fn(Coord<f64>) -> Coord<f64> {
    let scale = if to.is_geographic() { 1e9 } else { 1e4 };
    move |place| Coord { x: (place.x * scale).round() / scale, y: (place.y * scale).round() / scale }
}

/// The system a table states, with its text where it has one; `GeoJSON` in degrees is WGS84.
fn source_of(table: &Table) -> Result<Option<(Projection, Option<String>)>, ExportError> {
    if let Some(text) = &table.crs {
        let projection = Projection::from_text(text).map_err(|fault| ExportError::library(table, &fault))?;
        return Ok(Some((projection, text.contains('[').then(|| text.clone()))));
    }
    let in_degrees = |shape: &Shape| {
        let fits = |place: &Coord<f64>| place.x.abs() <= 180.0 && place.y.abs() <= 90.0;
        match shape {
            Shape::Point(place) => fits(place),
            Shape::Lines(lines) => lines.0.iter().flat_map(|line| &line.0).all(fits),
            Shape::Outline(outline) => outline.0.iter().flat_map(|polygon| &polygon.exterior().0).all(fits),
            Shape::Other(_) => true,
        }
    };
    let is_earth = table.is_geographic
        || table.geographic_by_default && table.shapes.iter().flatten().all(|shape| in_degrees(&shape));
    Ok(is_earth.then(|| (Projection::wgs84(), None)))
}

/// How the system of a layer is written where it stays what it is.
fn system_of(
    table: &Table,
    projection: &Projection,
    text: Option<String>,
    format: ExportFormat,
) -> Result<System, ExportError> {
    let code = projection.name().rsplit("EPSG:").next().and_then(|code| code.trim_end_matches(')').parse().ok());
    match (code.and_then(SystemDescription::of_epsg), text) {
        (Some(described), _) => Ok(System::Described(described)),
        (None, Some(text)) if format != ExportFormat::GeoParquet => Ok(System::Text(text)),
        _ => Err(ExportError::of(table, Message::new("export-crs-undescribed").text("crs", projection.name()))),
    }
}

/// A polygon or a line in one part, else several.
fn geometry(shape: &Shape) -> Option<Geometry<f64>> {
    Some(match shape {
        Shape::Point(place) => Geometry::Point((*place).into()),
        Shape::Lines(lines) => match lines.0.as_slice() {
            [only] => Geometry::LineString(only.clone()),
            _ => Geometry::MultiLineString(lines.clone()),
        },
        Shape::Outline(outline) => match outline.0.as_slice() {
            [only] => Geometry::Polygon(only.clone()),
            _ => Geometry::MultiPolygon(outline.clone()),
        },
        Shape::Other(_) => return None,
    })
}

/// The columns with what they hold. Ids of features are left out where another column has them.
fn columns(table: &Table) -> Vec<Column> {
    let rows = table.row_count();
    let repeats = |position: usize| {
        (0..table.columns.len())
            .filter(|other| *other != position)
            .any(|other| (0..rows).all(|row| table.cell(row, other) == table.cell(row, position)))
    };
    let numbers_rows = |position: usize| (0..rows).all(|row| table.cell(row, position) == (row + 1).to_string());
    let mut columns: Vec<Column> = Vec::new();
    for (position, name) in table.columns.iter().enumerate() {
        if Some(position) == table.feature_id_column && (repeats(position) || numbers_rows(position)) {
            continue;
        }
        let cells = || (0..rows).map(|row| table.cell(row, position)).filter(|cell| !cell.is_empty());
        let (inferred, decimals) = inferred(cells);
        let kind = match table.kinds.get(position) {
            Some(CellKind::Text) => CellKind::Text,
            Some(stated) if cells().all(|cell| fits(cell, *stated)) => *stated,
            Some(_) => CellKind::Text,
            None if is_id(name) => CellKind::Text,
            None => inferred,
        };
        let decimals = if kind == CellKind::Real { decimals } else { None };
        // No format has two columns of one name, and some do not tell capitals apart.
        let base = match name.as_str() {
            "" => "column".to_owned(),
            // The name that reading gave it has a blank in it.
            name if Some(position) == table.feature_id_column => name.replace(' ', "_"),
            name => name.to_owned(),
        };
        let taken = |name: &str| columns.iter().any(|column| column.name.to_lowercase() == name.to_lowercase());
        let free = (2..).map(|number| format!("{base}_{number}"));
        let name = std::iter::once(base.clone()).chain(free).find(|name| !taken(name)).unwrap_or(base);
        columns.push(Column { name, kind, decimals, position });
    }
    columns
}

fn fits(cell: &str, kind: CellKind) -> bool {
    match kind {
        CellKind::Text => true,
        CellKind::Integer => cell.parse::<i64>().is_ok(),
        CellKind::Real => cell.parse::<f64>().is_ok_and(f64::is_finite),
        CellKind::Boolean => matches!(cell, "true" | "false"),
    }
}

/// Whether a column by its name holds ids or the like, which stay text however they look.
fn is_id(name: &str) -> bool {
    let name = name.to_lowercase();
    let words = ["编号", "编码", "代码", "标识", "学籍号", "身份证", "电话", "手机", "邮编", "code", "phone"];
    name == "id" || name.ends_with("_id") || name.ends_with("_ids") || words.iter().any(|word| name.contains(word))
}

/// What cells that only are text seem to be: numbers where writing the number gives every cell again. Also the decimals all
/// of them have.
fn inferred<'a, I: Iterator<Item = &'a str>>(cells: impl Fn() -> I) -> (CellKind, Option<usize>) {
    let decimals = |cell: &str| cell.split_once('.').map_or(0, |(_, behind)| behind.len());
    let Some(places) = cells().next().map(decimals) else { return (CellKind::Text, None) };
    let even = cells().all(|cell| decimals(cell) == places);
    let digits = |cell: &str| cell.bytes().filter(u8::is_ascii_digit).count();
    let again = |cell: &str| cell.parse::<f64>().is_ok_and(|number| format!("{number:.places$}") == cell);
    let is_number = even && cells().all(|cell| digits(cell) <= SAFE_DIGITS && again(cell));
    match (is_number, places) {
        (true, 0) => (CellKind::Integer, None),
        (true, places) => (CellKind::Real, Some(places)),
        (false, _) => (CellKind::Text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_text_that_looks_like_them() {
        let kind = |cells: &[&'static str]| inferred(|| cells.iter().copied()).0;
        assert_eq!(kind(&["1", "20", "-3"]), CellKind::Integer);
        assert_eq!(kind(&["1.5", "20.0"]), CellKind::Real);
        assert_eq!(kind(&["007", "8"]), CellKind::Text);
        assert_eq!(kind(&["1.9", "1.10"]), CellKind::Text);
        assert_eq!(kind(&["450721198001011234"]), CellKind::Text);
        assert_eq!(kind(&["1e5"]), CellKind::Text);
        assert!(is_id("school_id") && is_id("学校标识码") && !is_id("width"));
    }
}
