//! `FlatGeobuf`. The library checks the buffers; features are walked here, as their sizes are whatever the file says.

use std::path::Path;

use flatgeobuf::packed_r_tree::PackedRTree;
use flatgeobuf::{
    ColumnType, Geometry, GeometryType, Header, size_prefixed_root_as_feature, size_prefixed_root_as_header,
};
use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};

use super::ReadError;
use super::guard::guarded;
use super::shapes::Shape;
use super::table::{CellKind, Table, bytes};

/// Bytes in front of the header.
const MAGIC_BYTES: usize = 8;

/// Reads every feature in the order of the file.
pub(super) fn read(path: &Path, file: &str) -> Result<Table, ReadError> {
    let bytes = bytes(path, file)?;
    guarded(file, || parse(&bytes, file).map_err(|detail| ReadError::Malformed { file: file.to_owned(), detail }))
}

/// The stretch of `bytes` at `at` that begins with its own length in four bytes.
fn sized(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
    bytes.get(at..at.checked_add(length)?.checked_add(4)?)
}

fn parse(bytes: &[u8], file: &str) -> Result<Table, String> {
    let cut = || "the file ends too early".to_owned();
    let header_bytes = sized(bytes, MAGIC_BYTES).ok_or_else(cut)?;
    let header = size_prefixed_root_as_header(header_bytes).map_err(|fault| fault.to_string())?;
    let columns: Vec<(String, ColumnType)> =
        header.columns().into_iter().flatten().map(|column| (column.name().to_owned(), column.type_())).collect();
    let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    let mut table = Table::new(file, if names.is_empty() { vec!["feature".to_owned()] } else { names }, 1);
    table.kinds = columns.iter().map(|(_, kind)| cell_kind(*kind)).collect();
    table.crs = crs(&header);
    let mut at = MAGIC_BYTES + header_bytes.len();
    let (features, node) = (header.features_count() as usize, header.index_node_size());
    if node > 1 && features > 0 {
        // Each feature has a node of forty bytes, so a larger number is no number of features.
        if features > bytes.len() / 40 {
            return Err(cut());
        }
        at += PackedRTree::index_size(features, node);
    }
    let mut row: Vec<String> = vec![String::new(); table.columns.len()];
    while at < bytes.len() {
        let feature_bytes = sized(bytes, at).ok_or_else(cut)?;
        at += feature_bytes.len();
        let number = table.row_count() + 1;
        let feature =
            size_prefixed_root_as_feature(feature_bytes).map_err(|fault| format!("feature {number}: {fault}"))?;
        row.iter_mut().for_each(String::clear);
        if let Some(properties) = feature.properties() {
            take_cells(properties.bytes(), &columns, &mut row)
                .ok_or_else(|| format!("feature {number}: broken properties"))?;
        }
        table.push_row(row.iter().map(String::as_str));
        let shape = match feature.geometry() {
            Some(geometry) => {
                let kind = if header.geometry_type() == GeometryType::Unknown {
                    geometry.type_()
                } else {
                    header.geometry_type()
                };
                shape(&geometry, kind).ok_or_else(|| format!("feature {number}: broken geometry"))?
            }
            None => None,
        };
        table.shapes.push(shape);
    }
    Ok(table)
}

fn crs(header: &Header<'_>) -> Option<String> {
    let crs = header.crs()?;
    let epsg = crs.code() > 0 && crs.org().is_none_or(|organisation| organisation.eq_ignore_ascii_case("EPSG"));
    if epsg { Some(format!("EPSG:{}", crs.code())) } else { crs.wkt().filter(|wkt| !wkt.is_empty()).map(str::to_owned) }
}

fn cell_kind(kind: ColumnType) -> CellKind {
    match kind {
        ColumnType::Bool => CellKind::Boolean,
        ColumnType::Float | ColumnType::Double => CellKind::Real,
        ColumnType::Byte
        | ColumnType::UByte
        | ColumnType::Short
        | ColumnType::UShort
        | ColumnType::Int
        | ColumnType::UInt
        | ColumnType::Long
        | ColumnType::ULong => CellKind::Integer,
        _ => CellKind::Text,
    }
}

/// Puts the properties of a feature into their cells; `None` where they end in the middle of one.
fn take_cells(bytes: &[u8], columns: &[(String, ColumnType)], row: &mut [String]) -> Option<()> {
    let mut rest = bytes;
    // A column of bytes may leave one too many at the end.
    while rest.len() > 1 {
        let column = usize::from(u16::from_le_bytes(take(&mut rest)?));
        let (_, kind) = columns.get(column)?;
        row[column] = match *kind {
            ColumnType::Byte => i8::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::UByte => u8::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::Bool => (take::<1>(&mut rest)? != [0]).to_string(),
            ColumnType::Short => i16::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::UShort => u16::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::Int => i32::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::UInt => u32::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::Long => i64::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::ULong => u64::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::Float => f32::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::Double => f64::from_le_bytes(take(&mut rest)?).to_string(),
            ColumnType::String | ColumnType::Json | ColumnType::DateTime => {
                String::from_utf8_lossy(take_sized(&mut rest)?).into_owned()
            }
            ColumnType::Binary => {
                take_sized(&mut rest)?;
                String::new()
            }
            _ => return None,
        };
    }
    Some(())
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (front, behind) = rest.split_at_checked(N)?;
    *rest = behind;
    front.try_into().ok()
}

fn take_sized<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = u32::from_le_bytes(take(rest)?) as usize;
    let (front, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(front)
}

/// The shape of a geometry, `None` in it where it is empty; `None` where it is broken.
#[allow(clippy::option_option)]
fn shape(geometry: &Geometry<'_>, kind: GeometryType) -> Option<Option<Shape>> {
    Some(match kind {
        GeometryType::Point => all_places(geometry)?.first().copied().map(Shape::Point),
        GeometryType::MultiPoint => match all_places(geometry)?.as_slice() {
            [] => None,
            [only] => Some(Shape::Point(*only)),
            _ => Some(Shape::Other("MultiPoint")),
        },
        GeometryType::LineString | GeometryType::MultiLineString => {
            let lines = lines(geometry)?;
            (!lines.is_empty()).then(|| Shape::Lines(MultiLineString::new(lines)))
        }
        GeometryType::Polygon => {
            let polygon = polygon(geometry)?;
            polygon.map(|polygon| Shape::Outline(MultiPolygon::new(vec![polygon])))
        }
        GeometryType::MultiPolygon => {
            let mut polygons = Vec::new();
            for part in geometry.parts().into_iter().flatten() {
                polygons.extend(polygon(&part)?);
            }
            (!polygons.is_empty()).then(|| Shape::Outline(MultiPolygon::new(polygons)))
        }
        _ => Some(Shape::Other("GeometryCollection")),
    })
}

fn all_places(geometry: &Geometry<'_>) -> Option<Vec<Coord<f64>>> {
    let Some(numbers) = geometry.xy() else { return Some(Vec::new()) };
    let numbers: Vec<f64> = numbers.iter().collect();
    if numbers.len() % 2 == 1 {
        return None;
    }
    Some(numbers.chunks_exact(2).map(|pair| Coord { x: pair[0], y: pair[1] }).collect())
}

/// The lines or rings of a geometry: its places, parted where it says.
fn lines(geometry: &Geometry<'_>) -> Option<Vec<LineString<f64>>> {
    let places = all_places(geometry)?;
    let mut ends: Vec<usize> = geometry.ends().into_iter().flatten().map(|end| end as usize).collect();
    if ends.is_empty() && !places.is_empty() {
        ends.push(places.len());
    }
    let mut start = 0;
    let mut lines = Vec::new();
    for end in ends {
        lines.push(LineString::new(places.get(start..end)?.to_vec()));
        start = end;
    }
    Some(lines)
}

#[allow(clippy::option_option)]
fn polygon(geometry: &Geometry<'_>) -> Option<Option<Polygon<f64>>> {
    let mut rings = lines(geometry)?.into_iter();
    Some(rings.next().map(|exterior| Polygon::new(exterior, rings.collect())))
}
