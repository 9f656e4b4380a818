//! KML: placemarks with their names, their data and their shapes; styles are left out.

use std::path::Path;

use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::ReadError;
use super::archive::too_large;
use super::shapes::{Shape, Shapes};
use super::table::{Table, text};
use crate::model::Finding;

/// Reads every placemark, whatever folders it stands in. Its name, its description and its data become columns, in order of
/// first appearance. Coordinates are longitude and latitude (WGS84), as the format has no others.
pub(super) fn read(
    path: &Path,
    file: &str,
    encoding: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    let text = text(path, file, encoding, findings)?;
    parse(&text, file)
}

/// A placemark while it is read.
#[derive(Default)]
struct Placemark {
    cells: Vec<(usize, String)>,
    points: Vec<Coord<f64>>,
    lines: Vec<LineString<f64>>,
    polygons: Vec<Polygon<f64>>,
    other: Option<&'static str>,
}

impl Placemark {
    /// Of shapes of several kinds in one placemark those that cover ground count, and else lines before points: people
    /// put a label beside an outline.
    fn shape(self) -> Option<Shape> {
        if !self.polygons.is_empty() {
            return Some(Shape::Outline(MultiPolygon::new(self.polygons)));
        }
        if !self.lines.is_empty() {
            return Some(Shape::Lines(MultiLineString::new(self.lines)));
        }
        match self.points.as_slice() {
            [] => self.other.map(Shape::Other),
            [only] => Some(Shape::Point(*only)),
            _ => Some(Shape::Other("MultiPoint")),
        }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Document {
    columns: Vec<String>,
    position_of: FxHashMap<String, usize>,
    rows: Vec<Vec<(usize, String)>>,
    shapes: Shapes,
}

impl Document {
    fn column(&mut self, name: &str) -> usize {
        let name = name.trim();
        *self.position_of.entry(name.to_owned()).or_insert_with(|| {
            self.columns.push(name.to_owned());
            self.columns.len() - 1
        })
    }
}

/// Names of data a file may have: each is a cell in every row.
const MOST_COLUMNS: usize = 2_000;

fn parse(text: &str, file: &str) -> Result<Table, ReadError> {
    let mut reader = Reader::from_str(text);
    let malformed = |at: u64, detail: String| {
        let line = text.as_bytes().iter().take(at as usize).filter(|byte| **byte == b'\n').count() + 1;
        ReadError::Malformed { file: file.to_owned(), detail: format!("line {line}: {detail}") }
    };
    let mut document = Document::default();
    let mut current: Option<Placemark> = None;
    // The names of the elements around, and what the innermost one says.
    let mut path: Vec<String> = Vec::new();
    let mut said = String::new();
    let mut field: Option<usize> = None;
    let mut rings: Vec<LineString<f64>> = Vec::new();
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|fault| malformed(at, fault.to_string()))?;
        match event {
            Event::Start(element) => {
                let name = local_name(&element);
                match name.as_str() {
                    "Placemark" => current = Some(Placemark::default()),
                    "Polygon" => rings.clear(),
                    "Data" | "SimpleData" => {
                        field = named(&element).map(|name| document.column(&name));
                    }
                    _ => {}
                }
                said.clear();
                path.push(name);
            }
            Event::Empty(element) => {
                if local_name(&element) == "Model"
                    && let Some(placemark) = &mut current
                {
                    placemark.other = Some("Model");
                }
            }
            Event::Text(piece) => said.push_str(&piece),
            Event::CData(piece) => said.push_str(&piece),
            Event::GeneralRef(reference) => {
                let name = &*reference;
                match reference.resolve_char_ref() {
                    Ok(Some(character)) => said.push(character),
                    _ => match quick_xml::escape::resolve_predefined_entity(name) {
                        Some(character) => said.push_str(character),
                        None => return Err(malformed(at, format!("&{name};"))),
                    },
                }
            }
            Event::End(_) => {
                let Some(name) = path.pop() else { continue };
                let around = path.last().map(String::as_str).unwrap_or_default();
                let told = std::mem::take(&mut said);
                if name == "Placemark" {
                    if let Some(mut placemark) = current.take() {
                        document.rows.push(std::mem::take(&mut placemark.cells));
                        document.shapes.push(placemark.shape());
                    }
                    continue;
                }
                if document.columns.len() > MOST_COLUMNS {
                    return Err(too_large(file));
                }
                let Some(placemark) = &mut current else { continue };
                match (name.as_str(), around) {
                    ("name" | "description" | "address", "Placemark") => {
                        let column = document.column(&name);
                        placemark.cells.push((column, told));
                    }
                    ("value", "Data") | ("SimpleData", _) => {
                        if let Some(column) = field {
                            placemark.cells.push((column, told));
                        }
                    }
                    ("coordinates", "Point") => {
                        let places = places(&told).map_err(|detail| malformed(at, detail))?;
                        placemark.points.extend(places.0.first().copied());
                    }
                    ("coordinates", "LineString") => {
                        placemark.lines.push(places(&told).map_err(|detail| malformed(at, detail))?);
                    }
                    ("coordinates", "LinearRing") => {
                        let ring = places(&told).map_err(|detail| malformed(at, detail))?;
                        if path.iter().any(|name| name == "outerBoundaryIs") {
                            rings.insert(0, ring);
                        } else if path.iter().any(|name| name == "Polygon") {
                            rings.push(ring);
                        } else {
                            placemark.lines.push(ring);
                        }
                    }
                    ("Polygon", _) if !rings.is_empty() => {
                        let exterior = rings.remove(0);
                        placemark.polygons.push(Polygon::new(exterior, std::mem::take(&mut rings)));
                    }
                    ("Model" | "Track" | "MultiTrack", _) => placemark.other = Some("Model"),
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if let Some(open) = path.last() {
        return Err(malformed(text.len() as u64, format!("<{open}> is not closed")));
    }
    Ok(table(document, file))
}

fn table(mut document: Document, file: &str) -> Table {
    if document.columns.is_empty() {
        document.columns.push("feature".to_owned());
    }
    let mut table = Table::new(file, document.columns, 1);
    let mut row: Vec<String> = vec![String::new(); table.columns.len()];
    for cells in document.rows {
        row.iter_mut().for_each(String::clear);
        for (column, cell) in cells {
            row[column] = cell;
        }
        table.push_row(row.iter().map(String::as_str));
    }
    table.shapes = document.shapes;
    table.crs = Some("EPSG:4326".to_owned());
    table
}

fn local_name(element: &BytesStart<'_>) -> String {
    element.local_name().as_ref().to_owned()
}

/// The `name` of an element.
fn named(element: &BytesStart<'_>) -> Option<String> {
    let attribute = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "name")?;
    quick_xml::escape::unescape(&attribute.value).ok().map(std::borrow::Cow::into_owned)
}

/// Tuples of longitude, latitude and perhaps height, parted by blanks.
fn places(text: &str) -> Result<LineString<f64>, String> {
    let place = |tuple: &str| -> Result<Coord<f64>, String> {
        let mut numbers = tuple.split(',').map(str::parse::<f64>);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(x)), Some(Ok(y))) => Ok(Coord { x, y }),
            _ => Err(format!("“{tuple}”")),
        }
    };
    text.split_whitespace().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Style id="a"><name>x</name></Style>
        <Folder><Placemark><name>甲 &amp; 乙</name><ExtendedData><Data name="学生数"><value>12</value></Data>
        <SchemaData><SimpleData name="id"><![CDATA[007]]></SimpleData></SchemaData></ExtendedData>
        <MultiGeometry><Polygon><innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,1</coordinates></LinearRing></innerBoundaryIs>
        <outerBoundaryIs><LinearRing><coordinates>0,0,5 9,0,5
        9,9,5 0,0,5</coordinates></LinearRing></outerBoundaryIs></Polygon><Point><coordinates>5,5</coordinates></Point></MultiGeometry>
        </Placemark></Folder><Placemark><Point><coordinates> 109.5,22.1,0 </coordinates></Point></Placemark></Document></kml>"#;

    #[test]
    fn placemarks_become_rows_wherever_they_stand() {
        let table = parse(TWO, "t.kml").expect("valid KML");
        assert_eq!(table.columns, ["name", "学生数", "id"]);
        assert_eq!((table.cell(0, 0), table.cell(0, 1), table.cell(0, 2)), ("甲 & 乙", "12", "007"));
        let Some(Shape::Outline(outline)) = &table.shapes.get(0) else { panic!("an outline") };
        assert_eq!((outline.0[0].exterior().0.len(), outline.0[0].interiors().len()), (4, 1));
        assert_eq!(table.shapes.get(1), Some(Shape::Point(Coord { x: 109.5, y: 22.1 })));
    }

    #[test]
    fn a_fault_is_placed() {
        let broken = TWO.replace("9,0,5\n", "9;0;5\n");
        let fault = parse(&broken, "t.kml").expect_err("no coordinates").to_string();
        assert!(fault.contains("9;0;5"), "{fault}");
        assert!(parse("<kml><Document>", "t.kml").is_err());
    }
}
