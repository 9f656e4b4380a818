//! Shapefile: `.shp`, `.shx`, `.dbf`, `.prj`, `.cpg`, and a table that says which field is which column.
//!
//! Written byte by byte after ESRI's description: the library that reads Shapefiles writes no rows without a shape, no
//! Chinese names of fields, and the day of writing.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, GBK, UTF_8};
use geo::orient::{Direction, Orient};
use geo::{BoundingRect, Coord, Geometry, LineString};

use super::super::table::CsvTable;
use super::prepare::{Column, Prepared, System};
use super::{ExportError, Exported};
use crate::language::Message;
use crate::model::{Finding, FindingCode};
use crate::read::CellKind;

/// Bytes a name of a field may have.
const NAME_BYTES: usize = 10;

/// Bytes a cell of text may have.
const TEXT_BYTES: usize = 254;

/// Bytes a number may have.
const NUMBER_BYTES: usize = 19;

/// Fields a table may have.
const MOST_FIELDS: usize = 255;

/// Bytes one part of a Shapefile may have: lengths are whole numbers of 32 bits.
const MOST_BYTES: usize = i32::MAX as usize;

/// The day in the header of every table: the same input gives the same bytes.
const DAY: [u8; 3] = [100, 1, 1];

/// A file holds shapes of one kind only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Point = 1,
    Line = 3,
    Polygon = 5,
}

impl Kind {
    const fn of(shape: &Geometry<f64>) -> Kind {
        match shape {
            Geometry::Point(_) => Kind::Point,
            Geometry::LineString(_) | Geometry::MultiLineString(_) => Kind::Line,
            _ => Kind::Polygon,
        }
    }

    const fn suffix(self) -> &'static str {
        match self {
            Kind::Point => "-points",
            Kind::Line => "-lines",
            Kind::Polygon => "-outlines",
        }
    }
}

/// A field of the attribute table.
struct Field<'a> {
    column: &'a Column,
    name: Vec<u8>,
    /// `C` for text, `N` for numbers, `L` for marks.
    letter: u8,
    width: usize,
    decimals: usize,
}

/// Writes a layer, one Shapefile for each kind of shape in it. Rows without a shape go with the first kind.
pub(super) fn write(layer: &Prepared<'_>, gbk: bool, exported: &mut Exported) -> Result<(), ExportError> {
    if layer.shapes.is_empty() {
        return Err(ExportError::of(layer.table, Message::new("export-no-shapes")));
    }
    let encoding = if gbk { GBK } else { UTF_8 };
    let mut of_kind: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for row in layer.rows() {
        if let Some(shape) = layer.shape(row) {
            of_kind.entry(Kind::of(shape)).or_default().push(row);
        }
    }
    let first = of_kind.keys().next().copied().unwrap_or(Kind::Polygon);
    let without = layer.rows().filter(|row| layer.shape(*row).is_none());
    of_kind.entry(first).or_default().extend(without);
    let several = of_kind.len() > 1;
    let fields = fields(layer, encoding)?;
    let mut cut: Vec<(usize, String, String)> = Vec::new();
    for (kind, mut rows) in of_kind {
        rows.sort_unstable();
        let name = if several { format!("{}{}", layer.name, kind.suffix()) } else { layer.name.to_owned() };
        let (shp, shx) = shapes(layer, kind, &rows)?;
        let dbf = attributes(layer, &fields, &rows, encoding, &mut cut)?;
        exported.files.push((format!("{name}.shp"), shp));
        exported.files.push((format!("{name}.shx"), shx));
        exported.files.push((format!("{name}.dbf"), dbf));
        let label = if gbk { "GBK" } else { "UTF-8" };
        exported.files.push((format!("{name}.cpg"), label.as_bytes().to_vec()));
        match &layer.system {
            System::Unknown => {}
            System::Described(system) => exported.files.push((format!("{name}.prj"), system.esri_wkt().into_bytes())),
            System::Text(text) => exported.files.push((format!("{name}.prj"), text.clone().into_bytes())),
        }
    }
    exported.files.push((format!("{}-fields.csv", layer.name), field_table(&fields, encoding)));
    if let Some((row, column, _)) = cut.first() {
        let finding = Finding::new(FindingCode::TextShortened)
            .in_file(layer.table.file.clone())
            .at_row(layer.table.row_number(*row));
        let file = format!("{}-long-text.csv", layer.name);
        exported.findings.push(finding.text("column", column).count("cells", cut.len()).text("to", &file));
        let mut table = CsvTable::new(&["row", "column", "text"]);
        for (row, column, text) in &cut {
            table.row([&layer.table.row_number(*row).to_string(), column, text]);
        }
        exported.files.push((file, table.into_bytes()));
    }
    Ok(())
}

/// The fields, with names short enough and each its own.
fn fields<'a>(layer: &'a Prepared<'_>, encoding: &'static Encoding) -> Result<Vec<Field<'a>>, ExportError> {
    if layer.columns.len() > MOST_FIELDS {
        return Err(ExportError::of(layer.table, Message::new("export-too-many-fields")));
    }
    let mut fields: Vec<Field<'a>> = Vec::new();
    for column in &layer.columns {
        let taken = |name: &[u8]| fields.iter().any(|field| field.name.eq_ignore_ascii_case(name));
        let whole = shortened(&column.name, NAME_BYTES, encoding);
        let numbered = (1..).map(|number| {
            let number = number.to_string();
            let mut name = shortened(&column.name, NAME_BYTES - number.len(), encoding);
            name.extend(number.bytes());
            name
        });
        let name = std::iter::once(whole).chain(numbered).find(|name| !name.is_empty() && !taken(name));
        let cells = || layer.rows().map(|row| layer.cell(row, column));
        let decimals =
            cells().map(|cell| cell.split_once('.').map_or(0, |(_, behind)| behind.len())).max().unwrap_or(0);
        // A number is as wide as its digits before the point and the most decimals any of them has.
        let point = usize::from(decimals > 0);
        let whole = cells().map(|cell| cell.split_once('.').map_or(cell, |(front, _)| front).len()).max().unwrap_or(1);
        let number = whole.max(1) + point + decimals;
        let (letter, width, decimals) = match column.kind {
            CellKind::Boolean => (b'L', 1, 0),
            CellKind::Integer | CellKind::Real if number <= NUMBER_BYTES => (b'N', number, decimals),
            _ => (b'C', cells().map(|cell| encoding.encode(cell).0.len()).max().unwrap_or(1).clamp(1, TEXT_BYTES), 0),
        };
        fields.push(Field { column, name: name.unwrap_or_default(), letter, width, decimals });
    }
    Ok(fields)
}

/// The front of a text, of whole letters and at most so many bytes in the encoding.
fn shortened(text: &str, most: usize, encoding: &'static Encoding) -> Vec<u8> {
    let mut bytes = Vec::new();
    for letter in text.chars() {
        let mut buffer = [0; 4];
        let (encoded, ..) = encoding.encode(letter.encode_utf8(&mut buffer));
        if bytes.len() + encoded.len() > most {
            break;
        }
        bytes.extend_from_slice(&encoded);
    }
    bytes
}

/// Which field is which column.
fn field_table(fields: &[Field<'_>], encoding: &'static Encoding) -> Vec<u8> {
    let mut table = CsvTable::new(&["field", "column", "type", "width", "decimals"]);
    for field in fields {
        let kind = match field.letter {
            b'N' if field.decimals > 0 => "real",
            b'N' => "integer",
            b'L' => "boolean",
            _ => "text",
        };
        let (width, decimals) = (field.width.to_string(), field.decimals.to_string());
        table.row([&*encoding.decode(&field.name).0, &field.column.name, kind, &width, &decimals]);
    }
    table.into_bytes()
}

fn attributes(
    layer: &Prepared<'_>,
    fields: &[Field<'_>],
    rows: &[usize],
    encoding: &'static Encoding,
    cut: &mut Vec<(usize, String, String)>,
) -> Result<Vec<u8>, ExportError> {
    // A table must have a field; one that only numbers the rows says nothing new.
    let numbered = fields.is_empty();
    let widths: usize = if numbered { 10 } else { fields.iter().map(|field| field.width).sum() };
    let header_length = 32 + 32 * fields.len().max(1) + 1;
    let mut bytes = vec![0_u8; 32];
    bytes[0] = 3;
    bytes[1..4].copy_from_slice(&DAY);
    bytes[4..8].copy_from_slice(&(rows.len() as u32).to_le_bytes());
    bytes[8..10].copy_from_slice(&(header_length as u16).to_le_bytes());
    bytes[10..12].copy_from_slice(&(widths as u16 + 1).to_le_bytes());
    bytes[29] = if encoding == GBK { 0x4D } else { 0 };
    let mut describe = |name: &[u8], letter: u8, width: usize, decimals: usize| {
        let mut field = [0_u8; 32];
        field[..name.len()].copy_from_slice(name);
        (field[11], field[16], field[17]) = (letter, width as u8, decimals as u8);
        bytes.extend_from_slice(&field);
    };
    if numbered {
        describe(b"row", b'N', 10, 0);
    }
    for field in fields {
        describe(&field.name, field.letter, field.width, field.decimals);
    }
    bytes.push(0x0D);
    for row in rows {
        bytes.push(b' ');
        if numbered {
            bytes.extend(format!("{:>10}", row + 1).bytes());
        }
        for field in fields {
            let cell = layer.cell(*row, field.column);
            match field.letter {
                b'N' if cell.is_empty() => bytes.extend(std::iter::repeat_n(b' ', field.width)),
                b'N' => {
                    let number = match cell.split_once('.') {
                        Some((front, behind)) => format!("{front}.{behind:0<width$}", width = field.decimals),
                        None if field.decimals > 0 => format!("{cell}.{}", "0".repeat(field.decimals)),
                        None => cell.to_owned(),
                    };
                    bytes.extend(format!("{number:>width$}", width = field.width).bytes());
                }
                b'L' => bytes.push(match cell {
                    "true" => b'T',
                    "false" => b'F',
                    _ => b'?',
                }),
                _ => {
                    let (encoded, _, unmappable) = encoding.encode(cell);
                    if unmappable {
                        let message = Message::new("export-not-in-gbk").text("column", &field.column.name);
                        let message = message.text("row", layer.table.row_number(*row).to_string());
                        return Err(ExportError::of(layer.table, message.text("cell", cell)));
                    }
                    let kept = if encoded.len() > field.width {
                        cut.push((*row, field.column.name.clone(), cell.to_owned()));
                        shortened(cell, field.width, encoding)
                    } else {
                        encoded.into_owned()
                    };
                    bytes.extend_from_slice(&kept);
                    bytes.extend(std::iter::repeat_n(b' ', field.width - kept.len()));
                }
            }
        }
        if bytes.len() > MOST_BYTES {
            return Err(ExportError::of(layer.table, Message::new("export-shapefile-full")));
        }
    }
    bytes.push(0x1A);
    Ok(bytes)
}

/// The shapes and their index.
fn shapes(layer: &Prepared<'_>, kind: Kind, rows: &[usize]) -> Result<(Vec<u8>, Vec<u8>), ExportError> {
    let mut records = Vec::new();
    let mut index = Vec::new();
    let mut box_of_all: Option<[f64; 4]> = None;
    for (number, row) in rows.iter().enumerate() {
        let mut content = Vec::new();
        match layer.shape(*row) {
            None => content.extend(0_i32.to_le_bytes()),
            Some(shape) => {
                content.extend((kind as i32).to_le_bytes());
                let own = corners(shape);
                let all = box_of_all.get_or_insert(own);
                *all = [all[0].min(own[0]), all[1].min(own[1]), all[2].max(own[2]), all[3].max(own[3])];
                match shape {
                    Geometry::Point(point) => put_places(&mut content, &[point.0]),
                    _ => put_parts(&mut content, own, &parts(shape)),
                }
            }
        }
        // Lengths and places are counted in words of two bytes.
        let words = (content.len() / 2) as i32;
        let at = 50 + records.len() / 2;
        index.extend((at as i32).to_be_bytes());
        index.extend(words.to_be_bytes());
        records.extend((number as i32 + 1).to_be_bytes());
        records.extend(words.to_be_bytes());
        records.extend(content);
        if records.len() > MOST_BYTES {
            return Err(ExportError::of(layer.table, Message::new("export-shapefile-full")));
        }
    }
    let header = |length: usize| {
        let mut bytes = Vec::with_capacity(100 + length);
        bytes.extend(9994_i32.to_be_bytes());
        bytes.extend([0; 20]);
        bytes.extend(((50 + length / 2) as i32).to_be_bytes());
        bytes.extend(1000_i32.to_le_bytes());
        bytes.extend((kind as i32).to_le_bytes());
        bytes.extend(box_of_all.unwrap_or_default().iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend([0; 32]);
        bytes
    };
    Ok(([header(records.len()), records].concat(), [header(index.len()), index].concat()))
}

fn corners(shape: &Geometry<f64>) -> [f64; 4] {
    shape.bounding_rect().map_or([0.0; 4], |own| [own.min().x, own.min().y, own.max().x, own.max().y])
}

/// The lines of a shape, or its rings: outer ones clockwise, holes the other way.
fn parts(shape: &Geometry<f64>) -> Vec<LineString<f64>> {
    let rings = |polygon: &geo::Polygon<f64>| {
        let (exterior, interiors) = polygon.orient(Direction::Reversed).into_inner();
        std::iter::once(exterior).chain(interiors)
    };
    let parts: Vec<LineString<f64>> = match shape {
        Geometry::LineString(line) => vec![line.clone()],
        Geometry::MultiLineString(lines) => lines.0.clone(),
        Geometry::Polygon(polygon) => rings(polygon).collect(),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().flat_map(rings).collect(),
        _ => Vec::new(),
    };
    parts.into_iter().filter(|part| !part.0.is_empty()).collect()
}

fn put_parts(content: &mut Vec<u8>, own: [f64; 4], parts: &[LineString<f64>]) {
    content.extend(own.iter().flat_map(|number| number.to_le_bytes()));
    content.extend((parts.len() as i32).to_le_bytes());
    content.extend((parts.iter().map(|part| part.0.len()).sum::<usize>() as i32).to_le_bytes());
    let mut start = 0;
    for part in parts {
        content.extend((start as i32).to_le_bytes());
        start += part.0.len();
    }
    for part in parts {
        put_places(content, &part.0);
    }
}

fn put_places(content: &mut Vec<u8>, places: &[Coord<f64>]) {
    content.extend(places.iter().flat_map(|place| place.x.to_le_bytes().into_iter().chain(place.y.to_le_bytes())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_between_letters() {
        assert_eq!(shortened("学校标识码", NAME_BYTES, UTF_8), "学校标".as_bytes());
        assert_eq!(shortened("学校标识码", NAME_BYTES, GBK).len(), 10);
        assert_eq!(shortened("distance_m_primary", NAME_BYTES, UTF_8), b"distance_m");
    }
}
