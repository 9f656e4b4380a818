//! Layers and tables in other formats, from whatever `read` reads: one file here per format.
//!
//! Every format is written in memory, in the order of the rows, and holds neither the time nor the machine. What a format
//! cannot hold is a finding, or the export is refused; nothing is cut or converted in silence.

mod csv_file;
mod flatgeobuf;
mod geojson_file;
#[cfg(feature = "geopackage")]
mod geopackage;
mod geoparquet;
mod prepare;
mod shapefile;
#[cfg(feature = "geopackage")]
mod style;
mod workbook;

use thiserror::Error;

use crate::language::Message;
use crate::model::Finding;
use crate::read::Table;
use crate::space::SystemDescription;
use prepare::Prepared;

/// A format layers and tables can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// `.shp` with its parts, and a table of its fields.
    Shapefile,
    /// One `.gpkg` with all layers and tables, and styles for QGIS.
    GeoPackage,
    /// `.fgb`.
    FlatGeobuf,
    /// `.parquet`.
    GeoParquet,
    /// `.geojson`, in longitude and latitude.
    GeoJson,
    /// `.xlsx`.
    Xlsx,
    /// `.csv`.
    Csv,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [ExportFormat; 7] = [
        ExportFormat::Shapefile,
        ExportFormat::GeoPackage,
        ExportFormat::FlatGeobuf,
        ExportFormat::GeoParquet,
        ExportFormat::GeoJson,
        ExportFormat::Xlsx,
        ExportFormat::Csv,
    ];

    /// The word of the command line.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            ExportFormat::Shapefile => "shapefile",
            ExportFormat::GeoPackage => "geopackage",
            ExportFormat::FlatGeobuf => "flatgeobuf",
            ExportFormat::GeoParquet => "geoparquet",
            ExportFormat::GeoJson => "geojson",
            ExportFormat::Xlsx => "xlsx",
            ExportFormat::Csv => "csv",
        }
    }

    /// The format of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<ExportFormat> {
        ExportFormat::ALL.into_iter().find(|format| format.slug() == word)
    }

    /// Whether it is made for shapes.
    #[must_use]
    pub const fn holds_shapes(self) -> bool {
        !matches!(self, ExportFormat::Xlsx | ExportFormat::Csv)
    }

    /// Whether it is made for tables without shapes.
    #[must_use]
    pub const fn holds_tables(self) -> bool {
        matches!(self, ExportFormat::Xlsx | ExportFormat::Csv | ExportFormat::GeoPackage | ExportFormat::GeoParquet)
    }
}

/// How to export.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExportOptions {
    /// The coordinate system to write in; that of each layer where it is not given.
    pub crs: Option<SystemDescription>,
    /// Whether text of Shapefiles is written in GBK instead of UTF-8.
    pub gbk: bool,
}

/// Files that are to be written, and what there is to say about them.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// Names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// What a reader of the files should know.
    pub findings: Vec<Finding>,
}

/// Why layers cannot be exported.
#[derive(Debug, Error)]
pub enum ExportError {
    /// Something in a layer stands against it.
    #[error("{file}: {why}")]
    Layer {
        /// The file of the layer.
        file: String,
        /// The cause, and what to do.
        why: Box<Message>,
    },
    /// Its coordinates are not what they are said to be, or nobody says what they are.
    #[error("{}", .0.whole())]
    Finding(Box<Finding>),
    /// This build has no such format.
    #[error("this build writes no GeoPackage")]
    NotInThisBuild,
}

impl ExportError {
    fn of(table: &Table, why: Message) -> ExportError {
        ExportError::Layer { file: table.file.clone(), why: Box::new(why) }
    }

    /// A fault of the library that writes a format.
    fn library(table: &Table, fault: &impl std::fmt::Display) -> ExportError {
        ExportError::of(table, Message::new("export-library").text("detail", fault.to_string()))
    }

    /// The sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            ExportError::Layer { file, why } => {
                Message::new("error-file-refused").text("file", file).sentence("reason", (**why).clone())
            }
            ExportError::Finding(finding) => finding.whole(),
            ExportError::NotInThisBuild => Message::new("error-export-geopackage"),
        }
    }
}

/// Writes tables in a format, each under its name. `container` names the one file of formats that hold all of them.
///
/// Cost: a few times the size of the tables in memory. Same tables, same bytes.
///
/// # Errors
/// [`ExportError`] where a format cannot hold a table, or its coordinates cannot be described or converted.
pub fn export(
    tables: &[(String, Table)],
    container: &str,
    format: ExportFormat,
    options: &ExportOptions,
) -> Result<Exported, ExportError> {
    let mut exported = Exported::default();
    let mut prepared = Vec::new();
    for (name, table) in tables {
        prepared.push(Prepared::of(name, table, format, options, &mut exported.findings)?);
    }
    if format == ExportFormat::GeoPackage {
        #[cfg(feature = "geopackage")]
        exported.files.push((format!("{container}.gpkg"), geopackage::write(&prepared)?));
        #[cfg(not(feature = "geopackage"))]
        {
            let _ = container;
            return Err(ExportError::NotInThisBuild);
        }
        #[cfg(feature = "geopackage")]
        return Ok(exported);
    }
    for layer in &prepared {
        match format {
            ExportFormat::Shapefile => shapefile::write(layer, options.gbk, &mut exported)?,
            ExportFormat::FlatGeobuf => exported.files.push((layer.file("fgb"), flatgeobuf::write(layer)?)),
            ExportFormat::GeoParquet => exported.files.push((layer.file("parquet"), geoparquet::write(layer)?)),
            ExportFormat::GeoJson => exported.files.push((layer.file("geojson"), geojson_file::write(layer))),
            ExportFormat::Xlsx => {
                exported.files.push((layer.file("xlsx"), workbook::write(std::slice::from_ref(layer))?));
            }
            ExportFormat::Csv => exported.files.push((layer.file("csv"), csv_file::write(layer))),
            ExportFormat::GeoPackage => {}
        }
    }
    Ok(exported)
}

/// Writes the parts of one table, each under its name: as sheets of one workbook, or as files in a folder called as the table
/// is. Names become what sheets and files may be called, each another one.
///
/// # Errors
/// As [`export`]; formats other than XLSX and CSV hold no parts, and nothing is written.
pub fn export_parts(
    name: &str,
    parts: &[(String, Table)],
    format: ExportFormat,
    options: &ExportOptions,
) -> Result<Exported, ExportError> {
    let mut exported = Exported::default();
    let longest = if format == ExportFormat::Xlsx { workbook::NAME_LETTERS } else { LONGEST_NAME };
    let mut names: Vec<String> = Vec::new();
    for (value, _) in parts {
        let free = distinct(&safe(value, longest), &names, longest);
        names.push(if format == ExportFormat::Csv { format!("{name}/{free}") } else { free });
    }
    let mut prepared = Vec::new();
    for (name, (_, table)) in names.iter().zip(parts) {
        prepared.push(Prepared::of(name, table, format, options, &mut exported.findings)?);
    }
    match format {
        ExportFormat::Xlsx => exported.files.push((format!("{name}.xlsx"), workbook::write(&prepared)?)),
        ExportFormat::Csv => {
            exported.files.extend(prepared.iter().map(|layer| (layer.file("csv"), csv_file::write(layer))));
        }
        _ => {}
    }
    Ok(exported)
}

/// Letters of a value that a file's name keeps.
const LONGEST_NAME: usize = 60;

/// A value as part of a name: letters and digits of any script and what stands between words, nothing that a system, a path or a
/// sheet takes for something else.
fn safe(value: &str, longest: usize) -> String {
    let kept = |letter: char| letter.is_alphanumeric() || "-_（）()".contains(letter);
    let joined: String = value.trim().chars().map(|letter| if kept(letter) { letter } else { '_' }).collect();
    let short: String = joined.trim_matches('_').chars().take(longest).collect();
    // Names that some systems keep for themselves.
    let is_kept = ["con", "prn", "aux", "nul", "history"].contains(&short.to_lowercase().as_str());
    if short.is_empty() || is_kept { format!("_{short}") } else { short }
}

/// A name none of the others has, whatever case: with a number behind it where it is taken.
fn distinct(name: &str, others: &[String], longest: usize) -> String {
    let is_free = |free: &str| {
        let last = |other: &String| other.rsplit('/').next().unwrap_or_default().to_lowercase();
        others.iter().all(|other| last(other) != free.to_lowercase())
    };
    let numbered = (2..).map(|number| {
        let ending = format!("-{number}");
        let kept: String = name.chars().take(longest - ending.len()).collect();
        kept + &ending
    });
    std::iter::once(name.to_owned()).chain(numbered).find(|name| is_free(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_names_of_files_and_sheets() {
        assert_eq!(safe("县教育局", 31), "县教育局");
        assert_eq!(safe("../../etc/passwd", 31), "etc_passwd");
        assert_eq!(safe("甲:乙*[丙]?", 31), "甲_乙__丙");
        assert_eq!(safe("  ", 31), "_");
        assert_eq!(safe("CON", 31), "_CON");
        assert_eq!(safe(&"长".repeat(50), 31).chars().count(), 31);
        let taken = [String::from("superiors/ab"), String::from("AB-2")];
        assert_eq!(distinct("Ab", &taken, 31), "Ab-3");
        assert_eq!(distinct(&"长".repeat(31), &["长".repeat(31)], 31), format!("{}-2", "长".repeat(29)));
    }
}
