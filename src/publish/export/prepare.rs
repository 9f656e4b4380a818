//! A table made ready for any format: typed columns, shapes in the system they are written in.

use geo::{Coord, CoordsIter, Geometry, MapCoords};

use super::{ExportError, ExportFormat, ExportOptions};
use crate::language::Message;
use crate::model::{Finding, FindingCode};
use crate::read::{CellKind, Placed, Shape, Table};
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
    source: Source,
}

/// Where the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    /// In a column of the table.
    Cells(usize),
    /// Among the places: 0 for the first coordinate of each, 1 for the second.
    Places(usize),
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
    /// Where points stand in columns, the coordinates of each row.
    places: Vec<[String; 2]>,
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
        let plain = |columns: Vec<Column>| Prepared {
            name,
            table,
            columns,
            shapes: Vec::new(),
            system: System::Unknown,
            places: Vec::new(),
        };
        let mut said = Vec::new();
        let Some(placed) = Placed::of(table, &mut said) else {
            let shapes = if format.holds_shapes() { vec![None; table.shapes.len()] } else { Vec::new() };
            return Ok(Prepared { shapes, ..plain(columns) });
        };
        if !format.holds_shapes() && (placed.are_in_cells || !has_only_points(table)) {
            if !placed.are_in_cells {
                findings.push(Finding::new(FindingCode::ShapesLeftOut).in_file(table.file.clone()));
            }
            return Ok(plain(columns));
        }
        findings.append(&mut said);
        // GeoJSON and columns of longitude and latitude have no other system, whatever was asked for.
        let is_earthly = format == ExportFormat::GeoJson || !format.holds_shapes();
        let wanted = if is_earthly { Some(SystemDescription::WGS84) } else { options.crs };
        let (system, conversion) = match (wanted, source_of(table, &placed, wanted.is_some())) {
            (_, Err(why)) if why.code != FindingCode::CrsUnknown => return Err(ExportError::Finding(why)),
            (_, Ok(None) | Err(_)) if options.crs.is_some() => {
                return Err(ExportError::of(table, Message::new("export-crs-unknown")));
            }
            (_, Ok(None) | Err(_)) => {
                findings.push(Finding::new(FindingCode::CrsNotWritten).in_file(table.file.clone()));
                (System::Unknown, None)
            }
            (None, Ok(Some((projection, text)))) => (system_of(table, &projection, text, format)?, None),
            (Some(wanted), Ok(Some((projection, _)))) => {
                let target = Projection::from_epsg(wanted.code).map_err(|fault| ExportError::library(table, &fault))?;
                let same = target.definition() == projection.definition();
                if !same {
                    let finding = Finding::new(FindingCode::CrsConverted).in_file(table.file.clone());
                    findings.push(finding.text("from", projection.name()).text("to", target.name()));
                }
                (System::Described(wanted), (!same).then_some((projection, target)))
            }
        };
        let shapes = (0..table.row_count()).map(|row| {
            let Some(shape) = placed.shape(row).map_err(ExportError::Finding)? else { return Ok(None) };
            let geometry = geometry(&shape).ok_or_else(|| {
                let message = Message::new("export-shape-kind").text("row", table.row_number(row).to_string());
                ExportError::of(table, message.text("found", shape.kind()))
            })?;
            let geometry = geometry.map_coords(|place| placed.in_order(place));
            if let Some(place) = geometry.coords_iter().find(|place| !place.x.is_finite() || !place.y.is_finite()) {
                let message = Message::new("export-place").text("row", table.row_number(row).to_string());
                return Err(ExportError::of(table, message.text("detail", format!("{}, {}", place.x, place.y))));
            }
            let Some((from, to)) = &conversion else { return Ok(Some(geometry)) };
            let convert =
                |place: Coord<f64>| from.to_earth(place).and_then(|earth| to.from_earth(earth)).map(rounded(to));
            geometry.try_map_coords(convert).map(Some).map_err(|fault| {
                let message = Message::new("export-place").text("row", table.row_number(row).to_string());
                ExportError::of(table, message.text("detail", fault.to_string()))
            })
        });
        let shapes = shapes.collect::<Result<Vec<_>, ExportError>>()?;
        if format.holds_shapes() {
            return Ok(Prepared { shapes, system, ..plain(columns) });
        }
        let names = if system == System::Unknown { ["x", "y"] } else { ["longitude", "latitude"] };
        let with_places = with_places(columns, names);
        Ok(Prepared { places: shapes.iter().map(|shape| coordinates(shape.as_ref())).collect(), ..plain(with_places) })
    }

    /// The name of its file in a format.
    pub(super) fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.name)
    }

    pub(super) fn rows(&self) -> std::ops::Range<usize> {
        0..self.table.row_count()
    }

    pub(super) fn cell(&self, row: usize, column: &Column) -> &str {
        match column.source {
            Source::Cells(position) => self.table.cell(row, position),
            Source::Places(axis) => &self.places[row][axis],
        }
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

/// The system of a table, with the text it states it in where that is well-known text; `Ok(None)` for plain metres.
fn source_of(
    table: &Table,
    placed: &Placed<'_>,
    is_converted: bool,
) -> Result<Option<(Projection, Option<String>)>, Box<Finding>> {
    let text = table.crs.as_ref().filter(|text| text.contains('['));
    match (&placed.system, text) {
        (Ok(projection), _) => Ok(projection.clone().map(|projection| (projection, text.cloned()))),
        // What is not known of a datum matters only on the way to another one.
        (Err(why), Some(text)) if why.code == FindingCode::CrsDatumShift && !is_converted => {
            Ok(Projection::from_text(text).ok().map(|projection| (projection, Some(text.clone()))))
        }
        (Err(why), _) => Err(why.clone()),
    }
}

/// Whether every row that has a shape is a point.
fn has_only_points(table: &Table) -> bool {
    let kinds = table.shapes.kinds();
    kinds.points > 0 && kinds.lines + kinds.outlines + kinds.others == 0
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
        let name = free_name(&columns, base);
        columns.push(Column { name, kind, decimals, source: Source::Cells(position) });
    }
    columns
}

/// A name no column has yet.
fn free_name(columns: &[Column], base: String) -> String {
    let taken = |name: &str| columns.iter().any(|column| column.name.to_lowercase() == name.to_lowercase());
    let free = (2..).map(|number| format!("{base}_{number}"));
    std::iter::once(base.clone()).chain(free).find(|name| !taken(name)).unwrap_or(base)
}

/// Two more columns, for the coordinates of points.
fn with_places(mut columns: Vec<Column>, names: [&str; 2]) -> Vec<Column> {
    for (axis, name) in names.into_iter().enumerate() {
        let name = free_name(&columns, name.to_owned());
        columns.push(Column { name, kind: CellKind::Real, decimals: None, source: Source::Places(axis) });
    }
    columns
}

/// The coordinates of a point as text; empty where there is none.
fn coordinates(shape: Option<&Geometry<f64>>) -> [String; 2] {
    match shape {
        Some(Geometry::Point(point)) => [point.x().to_string(), point.y().to_string()],
        _ => Default::default(),
    }
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
