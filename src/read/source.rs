//! From the name somebody gave to a file that can be read: `-` for the standard input, `book.xlsx#Sheet2` for a part of a
//! file, and what the bytes really are, whatever the name says.

use std::borrow::Cow;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::ReadError;
use crate::language::Message;

/// What stands for the standard input.
const STANDARD_INPUT: &str = "-";

/// Bytes of the standard input that are taken: it is held as a whole, and may have no end.
const MOST_STREAMED: u64 = 1 << 30;

/// Bytes of a file that are looked at to tell what it is.
const HEAD_BYTES: u64 = 4096;

/// What the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
    Shapefile,
    Attributes,
    OpenStreetMap,
    Workbook,
    OldWorkbook,
    GeoPackage,
    Kml,
    FlatGeobuf,
    GeoParquet,
    Gzip,
    Zip,
    /// Something known that is no table, by the key of the sentence that says so.
    Refused(&'static str),
}

impl Format {
    /// The name people know it by.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Format::Text => "CSV",
            Format::Json => "GeoJSON",
            Format::Shapefile => "Shapefile",
            Format::Attributes => "DBF",
            Format::OpenStreetMap => "OpenStreetMap",
            Format::Workbook => "XLSX",
            Format::OldWorkbook => "XLS",
            Format::GeoPackage => "GeoPackage",
            Format::Kml => "KML",
            Format::FlatGeobuf => "FlatGeobuf",
            Format::GeoParquet => "GeoParquet",
            Format::Gzip => "gzip",
            Format::Zip => "ZIP",
            Format::Refused(_) => "?",
        }
    }

    /// The format a name promises.
    pub(super) fn of_name(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "csv" | "tsv" | "txt" | "tab" => Format::Text,
            "geojson" | "json" | "geojsonl" | "geojsons" | "ndjson" | "jsonl" => Format::Json,
            "shp" => Format::Shapefile,
            "pbf" => Format::OpenStreetMap,
            "xlsx" | "xlsm" => Format::Workbook,
            "xls" | "et" => Format::OldWorkbook,
            "gpkg" => Format::GeoPackage,
            "kml" => Format::Kml,
            "fgb" => Format::FlatGeobuf,
            "parquet" | "geoparquet" => Format::GeoParquet,
            "gz" => Format::Gzip,
            "zip" | "kmz" => Format::Zip,
            "dbf" => Format::Attributes,
            "shx" | "prj" | "cpg" => Format::Refused("refused-shapefile-part"),
            _ => return None,
        })
    }

    /// The format the first bytes show; `None` where they are like those of any text.
    fn of_head(head: &[u8]) -> Option<Format> {
        const MAGIC: [(&[u8], Format); 12] = [
            (b"PK\x03\x04", Format::Zip),
            (b"PK\x05\x06", Format::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::OldWorkbook),
            (b"SQLite format 3\0", Format::GeoPackage),
            (b"fgb\x03fgb", Format::FlatGeobuf),
            (b"PAR1", Format::GeoParquet),
            (b"\x1F\x8B", Format::Gzip),
            (b"\x00\x00\x27\x0A", Format::Shapefile),
            (b"%PDF", Format::Refused("refused-pdf")),
            (b"Rar!", Format::Refused("refused-archive")),
            (b"7z\xBC\xAF\x27\x1C", Format::Refused("refused-archive")),
            (b"\x28\xB5\x2F\xFD", Format::Refused("refused-archive")),
        ];
        if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Some(*format);
        }
        if head.get(6..15) == Some(b"OSMHeader") {
            return Some(Format::OpenStreetMap);
        }
        // What is written for machines is written in ASCII, in one byte a letter or in two.
        let letters: String = head
            .iter()
            .filter(|byte| byte.is_ascii() && **byte != 0)
            .map(|byte| byte.to_ascii_lowercase() as char)
            .collect();
        let start = letters.trim_start();
        let has = |word: &str| start.contains(word);
        if start.starts_with('<') {
            return Some(if has("<kml") {
                Format::Kml
            } else if has("office:spreadsheet") || has("excel.sheet") || has("<workbook") {
                Format::Refused("refused-xml-workbook")
            } else if has("<html") || has("<!doctype html") || has("<table") || has("<meta") {
                Format::Refused("refused-html")
            } else {
                Format::Refused("refused-xml")
            });
        }
        if start.starts_with("!table") || start.starts_with("version") && has("coordsys") {
            return Some(Format::Refused("refused-mapinfo"));
        }
        if start.starts_with('{') && !has("\"featurecollection\"") {
            if has("\"topology\"") {
                return Some(Format::Refused("refused-topojson"));
            }
            if has("\"esrigeometry") || has("\"attributes\"") && has("\"geometry\"") && !has("\"feature\"") {
                return Some(Format::Refused("refused-esri-json"));
            }
        }
        let is_json = start.starts_with(['{', '[']) && has("\"type\"") || start.starts_with('\u{1e}');
        is_json.then_some(Format::Json)
    }
}

/// A file as it was named, and where its bytes are.
pub(super) struct Source {
    pub(super) path: PathBuf,
    /// The sheet, layer or file in it that was asked for.
    pub(super) part: Option<String>,
    /// What holds the bytes of the standard input while they are read.
    _folder: Option<tempfile::TempDir>,
}

impl Source {
    /// The source behind a name. The standard input is put into a file that goes with the source.
    pub(super) fn find(path: &Path, file: &str) -> Result<Source, ReadError> {
        let open = |source| ReadError::Open { file: file.to_owned(), source };
        let (path, part) = split_part(path);
        if !is_standard_input(&path) {
            return Ok(Source { path, part, _folder: None });
        }
        let folder = tempfile::tempdir().map_err(open)?;
        let path = folder.path().join("standard-input");
        let bytes = standard_input().map_err(open)?;
        if bytes.len() as u64 > MOST_STREAMED {
            return Err(refused(file, Message::new("refused-stream").count("most", MOST_STREAMED >> 30)));
        }
        std::fs::write(&path, bytes).map_err(open)?;
        Ok(Source { path, part, _folder: Some(folder) })
    }
}

/// What the file is: by its first bytes, and where they are like those of any text, by its name. `None` where neither
/// tells.
pub(super) fn format(path: &Path, file: &str) -> Result<Option<Format>, ReadError> {
    let open = |source| ReadError::Open { file: file.to_owned(), source };
    require_file(path, file)?;
    let mut head = Vec::new();
    let stream = std::fs::File::open(path).map_err(open)?;
    stream.take(HEAD_BYTES).read_to_end(&mut head).map_err(open)?;
    let named = Format::of_name(path);
    if let Some(found) = Format::of_head(&head) {
        // The index of a Shapefile begins as its shapes do.
        let is_part = matches!(named, Some(Format::Refused(_))) && found == Format::Shapefile;
        return Ok(if is_part { named } else { Some(found) });
    }
    let is_text = !head.contains(&0) || encoding_rs::Encoding::for_bom(&head).is_some();
    Ok(match named {
        // Offices call any table a workbook.
        Some(Format::Workbook | Format::OldWorkbook) if is_text && !head.is_empty() => Some(Format::Text),
        None if file == STANDARD_INPUT && is_text => Some(Format::Text),
        _ => named,
    })
}

/// Refuses devices, which have no end, and pipes, which may never begin.
pub(super) fn require_file(path: &Path, file: &str) -> Result<(), ReadError> {
    let open = |source| ReadError::Open { file: file.to_owned(), source };
    let kind = std::fs::metadata(path).map_err(open)?.file_type();
    // A folder is refused by whoever opens it.
    if kind.is_file() || kind.is_dir() { Ok(()) } else { Err(refused(file, Message::new("refused-no-file"))) }
}

/// Whether what was named where settings are due is another known kind of file, a table most often.
///
/// # Errors
/// [`ReadError`] where it is there and cannot be opened.
pub fn is_no_settings(path: &Path, file: &str) -> Result<bool, ReadError> {
    let (path, _) = split_part(path);
    if !path.is_file() || path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        return Ok(false);
    }
    Ok(match format(&path, file)? {
        // Editors that hide endings save settings as xuequ.toml.txt; sections are what no table has.
        Some(Format::Text) => {
            let open = |source| ReadError::Open { file: file.to_owned(), source };
            let mut head = Vec::new();
            std::fs::File::open(&path).map_err(open)?.take(HEAD_BYTES).read_to_end(&mut head).map_err(open)?;
            !head.split(|byte| *byte == b'\n').any(|line| line.trim_ascii_start().starts_with(b"["))
        }
        Some(_) => true,
        None => false,
    })
}

/// A fault of a file whose cause is known by a sentence.
pub(super) fn refused(file: &str, why: Message) -> ReadError {
    ReadError::Refused { file: file.to_owned(), reason: why }
}

/// The file a name stands for, and the part of it: `book.xlsx#Sheet2` is `Sheet2` of `book.xlsx`, unless there is a file
/// of that whole name.
fn split_part(path: &Path) -> (PathBuf, Option<String>) {
    let whole = || (path.to_path_buf(), None);
    if path.exists() {
        return whole();
    }
    let Some(name) = path.to_str() else { return whole() };
    // A name of a sheet may itself have the sign in it, and that of a file in an archive has its folders.
    for (at, _) in name.match_indices('#') {
        let file = PathBuf::from(&name[..at]);
        if file.is_file() || is_standard_input(&file) {
            return (file, Some(name[at + 1..].to_owned()));
        }
    }
    whole()
}

fn is_standard_input(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == STANDARD_INPUT) && !path.exists()
}

/// The bytes of the standard input. It can be read only once, so they are kept for whoever asks again.
fn standard_input() -> std::io::Result<&'static [u8]> {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(bytes) = BYTES.get() {
        return Ok(bytes);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MOST_STREAMED + 1).read_to_end(&mut bytes)?;
    Ok(BYTES.get_or_init(|| bytes))
}

/// Whether there is something to read under a name as settings and the command line write names.
#[must_use]
pub fn input_exists(path: &Path) -> bool {
    let (path, _) = split_part(path);
    path.exists() || is_standard_input(&path)
}

/// The bytes of an input, for its fingerprint: of the whole file where a part of it was named.
///
/// # Errors
/// What the system says where it cannot be read.
pub fn input_bytes(path: &Path) -> std::io::Result<Cow<'static, [u8]>> {
    let (path, _) = split_part(path);
    if is_standard_input(&path) {
        return standard_input().map(Cow::Borrowed);
    }
    std::fs::read(path).map(Cow::Owned)
}

/// The first format a name promises, for those who only want to know whether it may be a table at all.
pub(super) fn may_be_a_table(name: &str) -> bool {
    Format::of_name(Path::new(name)).is_some_and(|format| !matches!(format, Format::Refused(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_a_file_is() {
        for (head, expected) in [
            (&b"PK\x03\x04rest"[..], Some(Format::Zip)),
            (b"\xEF\xBB\xBF<?xml version=\"1.0\"?><kml>", Some(Format::Kml)),
            (b"\r\n<html><table>", Some(Format::Refused("refused-html"))),
            (b"{\"type\":\"FeatureCollection\"", Some(Format::Json)),
            (b"\x1e{\"type\":\"Feature\"", Some(Format::Json)),
            (b"\xFF\xFE{\0\"\0t\0y\0p\0e\0\"\0", Some(Format::Json)),
            (b"id,name\n1,2", None),
            (b"!table\n!version 300", Some(Format::Refused("refused-mapinfo"))),
            (b"{\"type\": \"Topology\", \"objects\": {}}", Some(Format::Refused("refused-topojson"))),
            (b"{\"geometryType\":\"esriGeometryPolygon\"", Some(Format::Refused("refused-esri-json"))),
            (
                b"<?xml?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Table>",
                Some(Format::Refused("refused-xml-workbook")),
            ),
        ] {
            assert_eq!(Format::of_head(head), expected, "{head:?}");
        }
    }

    #[test]
    fn a_part_is_named_behind_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let book = folder.path().join("a.xlsx");
        std::fs::write(&book, "x").expect("a file");
        assert_eq!(split_part(&folder.path().join("a.xlsx#表#1")), (book.clone(), Some("表#1".to_owned())));
        assert_eq!(split_part(&book), (book.clone(), None));
        let odd = folder.path().join("b#c.csv");
        std::fs::write(&odd, "x").expect("a file");
        assert_eq!(split_part(&odd), (odd, None));
        let missing = folder.path().join("none.xlsx#1");
        assert_eq!(split_part(&missing), (missing, None));
        let inside = folder.path().join("a.xlsx#other/学校.shp");
        assert_eq!(split_part(&inside), (book, Some("other/学校.shp".to_owned())));
    }
}
