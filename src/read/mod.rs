//! Files become a [`County`](crate::model::County) and a list of findings.
//!
//! `source` tells what a file is and `archive` unpacks it. One file per format (`csv`, `workbook`, `geojson`, `shapefile` with `dbf` …)
//! turns bytes into a [`Table`]: text cells and shapes, nothing interpreted. One file per layer (`schools`, `blocks` …) turns tables into nouns; `targets` and `review` read tables that
//! stand alone. Nothing is dropped in silence: a row that cannot be used is a finding with its file and row, and
//! [`Reading::can_be_planned`] says whether what remains is sound.

mod addresses;
mod adjacency;
mod archive;
mod areas;
mod barriers;
mod biff;
mod blocks;
mod cause;
mod column_advice;
mod columns;
mod coordinates;
mod csv;
mod damage;
mod dbf;
mod distances;
mod encoding;
mod error;
mod existing;
mod faults;
mod fit;
mod flatgeobuf;
mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
mod geoparquet;
mod group_words;
mod groups;
mod guard;
mod guess;
mod identity;
mod in_order;
mod kml;
mod layer;
mod locks;
mod made;
mod meter;
mod names;
mod osm;
mod outlines;
mod placed;
mod placement;
mod plausible;
mod pools;
mod project;
mod proposals;
mod relations;
mod remark;
mod review;
mod roads;
mod schools;
mod settings_fault;
mod settings_file;
mod shapefile;
mod shapes;
mod sheet;
mod source;
mod stages;
mod table;
mod targets;
mod value;
mod whereabouts;
mod wkb;
mod workbook;
mod written_place;

pub use columns::{Role, column_called};
pub use error::ReadError;
pub use guess::{Guess, LayerKind, guess_file, guess_folder};
pub use layer::TableSource;
pub use made::{Made, MadeError};
pub use meter::Meter;
pub(crate) use names::most_similar;
pub use outlines::{OutlineLayer, OutlineLayers, OutlineRow, Places, read_outlines};
pub use placed::Placed;
pub use project::{Reading, read, read_metered};
pub use remark::{Act, Remark};
pub use review::{ReviewReading, read_review};
pub use settings_fault::SettingsFault;
pub use settings_file::{read_settings, settings_template};
pub use shapefile::companions;
pub use shapes::{Kinds, Shape, Shapes};
pub use source::{input_bytes, input_exists, is_no_settings};
pub use table::{CellKind, Table, open_own_table, open_table};
pub use targets::{TargetReading, read_targets};
