//! Places written in one cell: a pair of coordinates, well-known text, a geometry of `GeoJSON`.

use geo::Coord;

use super::columns::{Columns, Role, half_width};
use super::coordinates::system_named_by;
use super::shapes::{Shape, Shapes};
use super::table::Table;
use super::{geojson, value, wkb};
use crate::model::{Finding, FindingCode};

/// How deep brackets may stand in each other; a collection of outlines needs five.
const DEEPEST: usize = 8;

/// The first words of shapes in well-known text.
const SHAPE_WORDS: [&str; 7] =
    ["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

/// Gives the rows of a table the shapes that stand in their cells, where it has a column for them and no other places. A cell
/// that is no place is a finding, unless none is: then the column holds something else.
pub(super) fn take(table: &mut Table, columns: &Columns, findings: &mut Vec<Finding>) {
    let Some(column) = columns.position(Role::Place).filter(|_| table.shapes.is_empty()) else { return };
    if columns.has_coordinates() {
        return;
    }
    let mut shapes = Shapes::default();
    let mut stated = system_named_by(&table.columns[column]).map(str::to_owned);
    let mut unreadable = Vec::new();
    for row in 0..table.row_count() {
        let cell = table.cell(row, column);
        let (system, written) = without_system(cell);
        stated = stated.or(system);
        let shape = if value::is_missing(written) { Ok(None) } else { shape(written) };
        if shape.is_err() {
            let finding = table.finding(FindingCode::PlaceUnreadable, row).text("cell", cell);
            let name = columns.cell(table, row, Role::Name);
            let finding = if name.is_empty() { finding } else { finding.about(name) };
            unreadable.push(finding.text("column", &table.columns[column]));
        }
        shapes.push(shape.unwrap_or_default());
    }
    if !shapes.kinds().any() {
        return;
    }
    shapes.settle();
    findings.append(&mut unreadable);
    table.shapes = shapes;
    table.crs = table.crs.take().or(stated);
}

/// The system that databases write in front of well-known text (`SRID=4490;`), and the text behind it.
fn without_system(cell: &str) -> (Option<String>, &str) {
    let Some((head, rest)) = cell.split_once(';') else { return (None, cell) };
    match head.trim().to_ascii_uppercase().strip_prefix("SRID=").map(str::parse::<u32>) {
        Some(Ok(code)) => (Some(format!("EPSG:{code}")), rest),
        _ => (None, cell),
    }
}

/// That a cell holds something else than a place.
#[derive(Debug)]
struct NoPlace;

/// The shape in a cell; `None` where it is an empty one.
fn shape(cell: &str) -> Result<Option<Shape>, NoPlace> {
    let text = cell.trim();
    let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    if SHAPE_WORDS.contains(&word.to_ascii_uppercase().as_str()) {
        let parsed = is_shallow(text).then(|| text.parse::<wkt::Wkt<f64>>().ok()).flatten();
        return parsed.map(|wkt| wkb::shape_of(&wkt)).ok_or(NoPlace);
    }
    if text.starts_with('{') {
        return geojson::written(text).map_err(|_| NoPlace);
    }
    pair(text).map(|place| Some(Shape::Point(place))).ok_or(NoPlace)
}

/// Whether brackets stand so few in each other that the library, which goes down into them, comes back.
fn is_shallow(text: &str) -> bool {
    let mut depth = 0_usize;
    text.bytes().all(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth <= DEEPEST
    })
}

/// Longitude and latitude, or x and y, in this order, unless letters beside them say otherwise.
fn pair(cell: &str) -> Option<Coord<f64>> {
    let text: String = cell.chars().map(half_width).collect();
    let text = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    let halves = text.split_once([',', ';', '/', '|', '、']).or_else(|| {
        let mut words = text.split_whitespace();
        Some((words.next()?, words.next()?)).filter(|_| words.next().is_none())
    });
    let (first, second) = halves?;
    let number = |half: &str| value::number(half).or_else(|| value::angle(half));
    let has = |half: &str, letters: &str| half.to_uppercase().contains(|letter: char| letters.contains(letter));
    let place = Coord { x: number(first)?, y: number(second)? };
    let is_latitude_first = has(first, "NS北南") || has(second, "EW东西");
    Some(if is_latitude_first { Coord { x: place.y, y: place.x } } else { place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_as_people_write_them() {
        for cell in [
            "116.3915,39.9075",
            "116.3915，39.9075",
            "(116.3915, 39.9075)",
            "[116.3915;39.9075]",
            "116.3915 39.9075",
            "39.9075N 116.3915E",
            "北纬39.9075°，东经116.3915°",
            "POINT (116.3915 39.9075)",
            "point z(116.3915 39.9075 12)",
            "{\"type\":\"Point\",\"coordinates\":[116.3915,39.9075]}",
        ] {
            let Ok(Some(Shape::Point(place))) = shape(cell) else { panic!("{cell}") };
            assert!((place.x - 116.3915).abs() < 1e-9 && (place.y - 39.9075).abs() < 1e-9, "{cell}: {place:?}");
        }
        let Ok(Some(Shape::Point(place))) = shape("E116°23′29″ N39°54′27″") else { panic!("an angle") };
        assert!((place.x - 116.391_389).abs() < 1e-5 && (place.y - 39.9075).abs() < 1e-5, "{place:?}");
        for cell in ["人民路12号", "116.39", "1,2,3", "POINT (1", "{\"type\":\"Point\"", "116 23 29"] {
            assert!(shape(cell).is_err(), "{cell}");
        }
        assert!(matches!(shape("POLYGON((0 0,1 0,1 1,0 0))"), Ok(Some(Shape::Outline(_)))));
        assert!(matches!(shape("POLYGON EMPTY"), Ok(None)));
        assert!(shape(&"GEOMETRYCOLLECTION(".repeat(100_000)).is_err());
        assert_eq!(without_system("SRID=4490;POINT(1 2)"), (Some("EPSG:4490".to_owned()), "POINT(1 2)"));
    }
}
