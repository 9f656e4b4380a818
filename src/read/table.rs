//! Tables as they stand in files: text cells and shapes, nothing interpreted yet.

use std::path::Path;

use geo::Coord;

use super::archive::{self, Archive};
use super::encoding::{Choice, How};
use super::remark::Remark;
use super::shapes::Shapes;
use super::source::{self, Format, Source, refused};
use super::{ReadError, csv, encoding, flatgeobuf, geojson, geoparquet, kml, osm, shapefile, workbook};
use crate::language::Message;
use crate::model::{Finding, FindingCode};

/// What the cells of a column are, as far as the format says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text, ids among it.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// True or false.
    Boolean,
}

impl CellKind {
    /// What cells are some of which are of one kind and some of another; `None` is anything.
    pub(super) fn of_both(one: Option<CellKind>, other: Option<CellKind>) -> Option<CellKind> {
        match (one, other) {
            (None, kind) | (kind, None) => kind,
            (Some(one), Some(other)) if one == other => Some(one),
            (Some(CellKind::Integer | CellKind::Real), Some(CellKind::Integer | CellKind::Real)) => {
                Some(CellKind::Real)
            }
            _ => Some(CellKind::Text),
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
    /// What the cells of each column are, in formats that say so; else empty.
    pub kinds: Vec<CellKind>,
    /// One shape per row in formats that have them, else empty.
    pub shapes: Shapes,
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
    /// The numbers of the rows where they do not follow each other: spreadsheets have blank rows.
    row_numbers: Vec<u32>,
    text: String,
    ends: Vec<u32>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(file: &str, columns: Vec<String>, first_row: u32) -> Table {
        Table { file: file.to_owned(), columns, first_row, ..Table::default() }
    }

    /// Makes room for so many bytes of text in so many rows.
    pub(super) fn reserve(&mut self, bytes: usize, rows: usize) {
        self.text.reserve_exact(bytes);
        self.ends.reserve_exact(rows * self.columns.len());
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

    /// Takes away the rows from `count` on. Of a table with rows that have numbers of their own there are none to be taken.
    pub(super) fn truncate(&mut self, count: usize) {
        self.ends.truncate(count * self.columns.len());
        self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
    }

    /// Puts coordinates that are written northing or latitude first in order: at once in shapes, on reading in cells.
    pub(super) fn exchange_axes(&mut self) {
        self.shapes.move_places(|place| Coord { x: place.y, y: place.x });
        self.is_northing_first = true;
    }

    /// Appends a row that has a number of its own. A table has either only such rows or none.
    ///
    /// # Panics
    /// As [`Table::push_row`].
    pub(super) fn push_numbered_row<'a>(&mut self, number: u32, cells: impl IntoIterator<Item = &'a str>) {
        self.row_numbers.push(number);
        self.push_row(cells);
    }

    /// Some rows of a table without shapes, as a table.
    #[must_use]
    pub fn part(&self, rows: impl IntoIterator<Item = usize>) -> Table {
        let mut part = Table::new(&self.file, self.columns.clone(), self.first_row);
        part.kinds.clone_from(&self.kinds);
        for row in rows {
            part.push_numbered_row(self.row_number(row), (0..self.columns.len()).map(|column| self.cell(row, column)));
        }
        part
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
        self.row_numbers.get(row).copied().unwrap_or(self.first_row + row as u32)
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

/// Reads a table. What it is, its bytes tell; its name counts where they are like those of any text.
///
/// `path` is where the file is, `file` what people call it; `-` is the standard input, and a sheet, a layer or a file of an
/// archive is named behind a `#`, as in `schools.xlsx#Sheet2`. `encoding` overrides what the file says of its text.
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
    let source = Source::find(path, file)?;
    open_source(&source.path, source.part.as_deref(), file, encoding, findings, MOST_WRAPPINGS)
}

/// Reads a table of an output folder, which is no office's: nothing in it is taken for a title, a remark or a sum.
///
/// # Errors
/// [`ReadError`] where the file cannot be opened or is malformed.
pub fn open_own_table(path: &Path, file: &str, findings: &mut Vec<Finding>) -> Result<Table, ReadError> {
    csv::read_own(path, file, findings)
}

/// How often a table may be packed: a `.csv.gz` in a `.zip` twice.
const MOST_WRAPPINGS: usize = 3;

fn open_source(
    path: &Path,
    part: Option<&str>,
    file: &str,
    encoding: Option<&'static encoding_rs::Encoding>,
    findings: &mut Vec<Finding>,
    wrappings: usize,
) -> Result<Table, ReadError> {
    let open = |source| ReadError::Open { file: file.to_owned(), source };
    let Some(format) = source::format(path, file)? else {
        return Err(ReadError::UnknownFormat { file: file.to_owned() });
    };
    // An empty text is an empty table, whatever encoding it is in.
    if format != Format::Text && std::fs::metadata(path).map_err(open)?.len() == 0 {
        return Err(refused(file, Message::new("refused-empty-file")));
    }
    let mut archive = if format == Format::Zip { Some(Archive::open(path, file)?) } else { None };
    let format = if archive.as_ref().is_some_and(Archive::is_workbook) { Format::Workbook } else { format };
    if let Some(named) = Format::of_name(path)
        && named != format
        && !matches!(format, Format::Refused(_))
    {
        let finding = Finding::new(FindingCode::FormatDiffers).in_file(file);
        findings.push(finding.text("named", named.name()).text("found", format.name()));
    }
    let has_parts =
        matches!(format, Format::Workbook | Format::OldWorkbook | Format::GeoPackage | Format::Zip | Format::Gzip);
    if let (Some(part), false) = (part, has_parts) {
        return Err(refused(file, Message::new("refused-no-parts").text("part", part).text("format", format.name())));
    }
    match format {
        Format::Text => csv::read(path, file, encoding, findings),
        Format::Json => geojson::read(path, file, encoding, findings),
        Format::OpenStreetMap => osm::read(path, file, findings),
        Format::Shapefile => shapefile::read(path, file, encoding, findings),
        Format::Attributes => shapefile::read_attributes(path, file, encoding, findings),
        Format::Kml => kml::read(path, file, encoding, findings),
        Format::FlatGeobuf => flatgeobuf::read(path, file),
        Format::GeoParquet => geoparquet::read(path, file, findings),
        #[cfg(feature = "geopackage")]
        Format::GeoPackage => super::geopackage::read(path, file, part, findings),
        #[cfg(not(feature = "geopackage"))]
        Format::GeoPackage => Err(refused(file, Message::new("refused-geopackage"))),
        Format::OldWorkbook => workbook::read_xls(path, file, part, findings),
        Format::Refused(why) => Err(refused(file, Message::new(why))),
        Format::Workbook | Format::Zip | Format::Gzip if wrappings == 0 => Err(archive::too_large(file)),
        Format::Workbook => {
            if let Some(archive) = &mut archive {
                archive.require_moderate(file)?;
            }
            workbook::read_xlsx(path, file, part, findings)
        }
        Format::Gzip => {
            let folder = tempfile::tempdir().map_err(open)?;
            let unpacked = archive::gunzip(path, folder.path(), file)?;
            open_source(&unpacked, part, file, encoding, findings, wrappings - 1)
        }
        Format::Zip => {
            let Some(mut archive) = archive else { return Err(ReadError::UnknownFormat { file: file.to_owned() }) };
            if let Some(why) = archive.refusal() {
                return Err(refused(file, Message::new(why)));
            }
            let tables = archive.tables();
            let names: Vec<&str> = tables.iter().map(|(_, name, _)| name.as_str()).collect();
            if names.is_empty() {
                return Err(refused(file, Message::new("refused-empty-archive")));
            }
            // A document of links to others has no placemarks of its own.
            let holds_rows = |chosen: usize| {
                let (position, _, format) = &tables[chosen];
                *format != Format::Kml || archive.holds(*position, b"<Placemark", file)
            };
            let chosen = choose(&names, part, holds_rows, file, findings)?;
            let folder = tempfile::tempdir().map_err(open)?;
            let unpacked = archive.unpack(tables[chosen].0, folder.path(), file)?;
            open_source(&unpacked, None, file, encoding, findings, wrappings - 1)
        }
    }
}

/// Names of parts that are listed before the rest is left out.
const LISTED_PARTS: usize = 12;

/// Which of the sheets, layers or files of `file` is read: the one that was asked for, else the first that holds
/// something. Where there are several, a finding says which was taken and how to take another.
///
/// # Errors
/// [`ReadError`] where there is none of the name that was asked for.
pub(super) fn choose(
    names: &[&str],
    part: Option<&str>,
    mut holds_something: impl FnMut(usize) -> bool,
    file: &str,
    findings: &mut Vec<Finding>,
) -> Result<usize, ReadError> {
    let base = file.split_once('#').map_or(file, |(base, _)| base);
    if let Some(part) = part {
        let same = |name: &str| name.trim().to_lowercase() == part.trim().to_lowercase();
        let plain = |name: &str| {
            let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
            same(last) || last.rsplit_once('.').is_some_and(|(stem, _)| same(stem))
        };
        let exact = names.iter().position(|name| same(name));
        return exact.or_else(|| names.iter().position(|name| plain(name))).ok_or_else(|| {
            let known: Vec<&str> = names.iter().take(LISTED_PARTS).copied().collect();
            refused(file, Message::new("refused-no-such-part").text("part", part).text("known", known.join("、")))
        });
    }
    let chosen = (0..names.len()).find(|position| holds_something(*position)).unwrap_or(0);
    if names.len() > 1 {
        let others = names.iter().enumerate().filter(|(position, _)| *position != chosen).map(|(_, name)| *name);
        let finding = Finding::new(FindingCode::PartChosen).in_file(file).text("part", names[chosen]);
        let finding = finding.list("others", others.take(LISTED_PARTS), "、").text("base", base);
        findings.push(finding);
    }
    Ok(chosen)
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
    let (text, is_broken) = encoding::decode(&bytes, choice.encoding);
    let broken = if is_broken { first_broken(&text) } else { None };
    report_encoding(file, &choice, broken.as_ref(), &sample(&text), findings);
    Ok(text)
}

/// A text with bytes that are not of its encoding, and the line or row it stands in.
pub(super) type Broken = (usize, String);

/// The first text of a file in which a byte could not be read.
fn first_broken(text: &str) -> Option<Broken> {
    let is_broken = |text: &&str| text.contains(char::REPLACEMENT_CHARACTER);
    let (number, line) = text.lines().enumerate().find(|(_, line)| is_broken(line))?;
    let piece = line.split(CELL_ENDS).find(is_broken)?;
    Some((number + 1, piece.trim().to_owned()))
}

/// Reports a guessed or ill-fitting encoding with a sample of what was read.
pub(super) fn report_encoding(
    file: &str,
    choice: &Choice,
    broken: Option<&Broken>,
    sample: &str,
    findings: &mut Vec<Finding>,
) {
    let finding =
        |code| Finding::new(code).in_file(file).text("encoding", choice.encoding.name()).text("sample", sample);
    match &choice.how {
        How::Stated => {}
        How::Recognised => findings.push(finding(FindingCode::EncodingGuessed)),
        How::Doubtful => findings.push(finding(FindingCode::EncodingDoubtful)),
        How::Unsupported(page) => {
            findings.push(finding(FindingCode::EncodingUnsupported).text("stated", page.to_string()));
        }
        How::Contradicted(stated) => {
            findings.push(finding(FindingCode::EncodingContradicted).text("stated", stated));
        }
    }
    if let Some((row, text)) = broken {
        findings.push(finding(FindingCode::EncodingBroken).count("row", *row).text("text", text));
    }
}

/// What may end a cell.
const CELL_ENDS: [char; 4] = [',', '\t', ';', '"'];

/// The first stretch of text that is not plain ASCII: it shows whether the encoding is right.
pub(super) fn sample(text: &str) -> String {
    text.lines()
        .flat_map(|line| line.split(CELL_ENDS))
        .find(|piece| !piece.is_ascii())
        .unwrap_or_default()
        .trim()
        .chars()
        .take(24)
        .collect()
}
