//! Tables as they stand in files: text cells and shapes, nothing interpreted yet.

use std::path::Path;

use geo::{Coord, MapCoordsInPlace, MultiLineString, MultiPolygon};

use super::encoding::{Choice, How};
use super::remark::Remark;
use super::{ReadError, csv, encoding, geojson, osm, shapefile};
use crate::model::{Finding, FindingCode};

/// The geometry of a row, in the coordinates of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A point.
    Point(Coord<f64>),
    /// Lines.
    Lines(MultiLineString<f64>),
    /// An outline.
    Outline(MultiPolygon<f64>),
    /// A kind of geometry no layer has a use for, by its name.
    Other(&'static str),
}

impl Shape {
    /// The name of the kind, for findings.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Shape::Point(_) => "Point",
            Shape::Lines(_) => "LineString",
            Shape::Outline(_) => "Polygon",
            Shape::Other(kind) => kind,
        }
    }
}

/// A table: columns, rows of text cells, and a shape per row where the format has shapes.
///
/// Cells lie in one string, so a million rows cost their text and four bytes a cell.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The file as the settings or the command line name it.
    pub file: String,
    /// Column names in file order.
    pub columns: Vec<String>,
    /// One shape per row in formats that have them, else empty.
    pub shapes: Vec<Option<Shape>>,
    /// What the file itself says of its coordinate system: WKT, an EPSG code, a URN.
    pub crs: Option<String>,
    /// Whether coordinates are longitude and latitude unless something says otherwise (`GeoJSON`).
    pub geographic_by_default: bool,
    /// Whether coordinates are longitude and latitude (WGS84) whatever anybody says (`OpenStreetMap`).
    pub is_geographic: bool,
    /// Whether the coordinates in its cells are written northing or latitude first.
    pub is_northing_first: bool,
    /// In formats whose lines share numbered vertices, the numbers of the vertices of each row's lines, one line after
    /// the other; else empty. Lines meet where they share a vertex, not where two vertices lie in one place.
    pub vertex_numbers: Vec<Vec<i64>>,
    /// What the reader did to shapes, in the order of rows.
    pub remarks: Vec<Remark>,
    /// The number of the first row: 2 below a header, 1 for features.
    pub first_row: u32,
    /// Position of the column that holds feature ids, which no column name stands for.
    pub feature_id_column: Option<usize>,
    text: String,
    ends: Vec<u32>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(file: &str, columns: Vec<String>, first_row: u32) -> Table {
        Table { file: file.to_owned(), columns, first_row, ..Table::default() }
    }

    /// Makes room for so many bytes of text.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
    }

    /// Appends a row; missing cells are empty and surplus ones are cut off.
    ///
    /// # Panics
    /// Where the text of the whole table exceeds 4 GiB.
    pub fn push_row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        let mut cells = cells.into_iter();
        for _ in 0..self.columns.len() {
            self.text.push_str(cells.next().unwrap_or_default().trim());
            self.ends.push(u32::try_from(self.text.len()).expect("a table holds less than 4 GiB of text"));
        }
    }

    /// Puts coordinates that are written northing or latitude first in order: at once in shapes, on reading in cells.
    pub(super) fn exchange_axes(&mut self) {
        let exchange = |place: Coord<f64>| Coord { x: place.y, y: place.x };
        for shape in self.shapes.iter_mut().flatten() {
            match shape {
                Shape::Point(place) => *place = exchange(*place),
                Shape::Lines(lines) => lines.map_coords_in_place(exchange),
                Shape::Outline(outline) => outline.map_coords_in_place(exchange),
                Shape::Other(_) => {}
            }
        }
        self.is_northing_first = true;
    }

    /// The number of rows.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.ends.len().checked_div(self.columns.len()).unwrap_or(self.shapes.len())
    }

    /// The text of a cell, without surrounding blanks.
    ///
    /// # Panics
    /// Where the row or the column does not exist.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let position = row * self.columns.len() + column;
        let start = if position == 0 { 0 } else { self.ends[position - 1] as usize };
        &self.text[start..self.ends[position] as usize]
    }

    /// The row number people see.
    #[must_use]
    pub fn row_number(&self, row: usize) -> u32 {
        self.first_row + row as u32
    }

    /// A finding about a row of this table.
    #[must_use]
    pub fn finding(&self, code: FindingCode, row: usize) -> Finding {
        self.file_finding(code).at_row(self.row_number(row))
    }

    /// A finding about this table as a whole.
    #[must_use]
    pub fn file_finding(&self, code: FindingCode) -> Finding {
        Finding::new(code).in_file(self.file.clone())
    }
}

/// Reads a table by the ending of its name: `.csv`, `.tsv`, `.txt`, `.geojson`, `.json`, `.shp`,
/// `.pbf`.
///
/// `path` is where the file is, `file` what people call it. `encoding` overrides what the file says of its text.
///
/// # Errors
/// [`ReadError`] where the file cannot be opened, is malformed or of an unknown kind.
pub fn open_table(
    path: &Path,
    file: &str,
    encoding: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Result<Table, ReadError> {
    let encoding = encoding::asked(encoding, file)?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "csv" | "tsv" | "txt" => csv::read(path, file, encoding, findings),
        "geojson" | "json" => geojson::read(path, file, encoding, findings),
        "pbf" => osm::read(path, file, findings),
        "shp" => shapefile::read(path, file, encoding, findings),
        _ => {
            // A missing file is a plainer answer than an unknown kind of file.
            std::fs::metadata(path).map_err(|source| ReadError::Open { file: file.to_owned(), source })?;
            Err(ReadError::UnknownFormat { file: file.to_owned() })
        }
    }
}

/// The bytes of a file.
pub(super) fn bytes(path: &Path, file: &str) -> Result<Vec<u8>, ReadError> {
    std::fs::read(path).map_err(|source| ReadError::Open { file: file.to_owned(), source })
}

/// The text of a file, with findings where its encoding had to be guessed or does not fit.
pub(super) fn text(
    path: &Path,
    file: &str,
    asked: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
) -> Result<String, ReadError> {
    let bytes = bytes(path, file)?;
    let choice = match asked {
        Some(encoding) => Choice { encoding, how: How::Stated },
        None => encoding::recognise(&bytes, file)?,
    };
    let bytes = if choice.encoding == encoding_rs::UTF_8 {
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.remove(0);
                }
                return Ok(text);
            }
            Err(broken) => broken.into_bytes(),
        }
    } else {
        bytes
    };
    let (text, broken) = encoding::decode(&bytes, choice.encoding);
    report_encoding(file, &choice, broken, &sample(&text), findings);
    Ok(text)
}

/// Reports a guessed or ill-fitting encoding with a sample of what was read.
pub(super) fn report_encoding(file: &str, choice: &Choice, broken: bool, sample: &str, findings: &mut Vec<Finding>) {
    let finding =
        |code| Finding::new(code).in_file(file).text("encoding", choice.encoding.name()).text("sample", sample);
    match &choice.how {
        How::Stated => {}
        How::Recognised => findings.push(finding(FindingCode::EncodingGuessed)),
        How::Contradicted(stated) => {
            findings.push(finding(FindingCode::EncodingContradicted).text("stated", stated));
        }
    }
    if broken {
        findings.push(finding(FindingCode::EncodingBroken));
    }
}

/// The first stretch of text that is not plain ASCII: it shows whether the encoding is right.
pub(super) fn sample(text: &str) -> String {
    text.lines()
        .flat_map(|line| line.split([',', '\t', ';', '"']))
        .find(|piece| !piece.is_ascii())
        .unwrap_or_default()
        .trim()
        .chars()
        .take(24)
        .collect()
}
