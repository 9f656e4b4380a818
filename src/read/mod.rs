//! Files become a [`County`](crate::model::County) and a list of findings.
//!
//! One file per format (`csv`, `geojson`, `shapefile`, `osm`) turns bytes into a [`Table`]: text cells and shapes, nothing
//! interpreted. One file per layer (`schools`, `blocks` …) turns tables into nouns; `targets` and `review` read tables that
//! stand alone. Nothing is dropped in silence: a row that cannot be used is a finding with its file and row, and
//! [`Reading::can_be_planned`] says whether what remains is sound.

mod adjacency;
mod areas;
mod barriers;
mod blocks;
mod cause;
mod columns;
mod coordinates;
mod csv;
mod distances;
mod encoding;
mod error;
mod existing;
mod geojson;
mod groups;
mod guess;
mod layer;
mod locks;
mod made;
mod names;
mod osm;
mod pools;
mod project;
mod relations;
mod review;
mod roads;
mod schools;
mod settings_file;
mod shapefile;
mod stages;
mod table;
mod targets;
mod value;

pub use columns::Role;
pub use error::ReadError;
pub use guess::{Guess, LayerKind, guess_file, guess_folder};
pub use layer::TableSource;
pub use made::{Made, MadeError};
pub use project::{Reading, read};
pub use review::{ReviewReading, read_review};
pub use settings_file::{read_settings, settings_template};
pub use shapefile::companions;
pub use table::{Shape, Table, open_table};
pub use targets::{TargetReading, read_targets};
