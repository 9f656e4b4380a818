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
            ExportFormat::Xlsx => exported.files.push((layer.file("xlsx"), workbook::write(layer)?)),
            ExportFormat::Csv => exported.files.push((layer.file("csv"), csv_file::write(layer))),
            ExportFormat::GeoPackage => {}
        }
    }
    Ok(exported)
}
