//! Outputs: one file here per file written, and a folder that appears whole or not at all.

mod adjacency;
mod assignment;
mod bound;
mod chart;
mod colour;
mod districts;
mod evaluation;
mod findings;
mod folder;
mod font;
mod geojson;
mod manifest;
pub mod map;
mod report;
mod table;

pub use colour::{Colour, Palette};
pub use findings::{findings_json, findings_list};
pub use folder::{FolderError, OutputFolder, write_file};
pub use geojson::collection;
pub use manifest::{InputFile, MANIFEST_SCHEMA, Manifest, fingerprint};

use crate::catchment::Bound;
use crate::explain::Reason;
use crate::language::Language;
use crate::measure::Evaluation;
use crate::model::settings::Settings;
use crate::model::{County, Finding, Scheme, Stage};
use crate::space::Ground;

/// Everything the outputs of a plan are written from.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'a> {
    /// The county.
    pub county: &'a County,
    /// Its ground.
    pub ground: &'a Ground,
    /// The scheme.
    pub scheme: &'a Scheme,
    /// What the scheme is worth.
    pub evaluation: &'a Evaluation,
    /// The bounds with their proofs, for the stages that have one.
    pub bounds: &'a [Bound],
    /// Why each block goes where it goes, one list per stage of the scheme.
    pub reasons: &'a [Vec<Reason>],
    /// What there was to say about the input.
    pub findings: &'a [Finding],
    /// The settings.
    pub settings: &'a Settings,
    /// The language of everything people read.
    pub language: Language,
    /// Why the search ended early, if so.
    pub early_end: Option<&'a str>,
}

/// Writes every output of a plan but the manifest, which needs the fingerprints of all the others.
///
/// Where the settings ask for tables only, no layers, maps, charts and report are written, and the neighbours only where
/// they are not simply the given ones. Same publication, same bytes. One sheet of the map for each stage: `map.svg` for the first, `map-STAGE.svg` beside it.
///
/// # Errors
/// [`FolderError`] where a file cannot be written.
pub fn write_all(publication: &Publication<'_>, folder: &mut OutputFolder) -> Result<(), FolderError> {
    folder.write("assignment.csv", &assignment::write(publication))?;
    folder.write("districts.csv", &districts::write(publication))?;
    folder.write("evaluation.json", &evaluation::write(publication))?;
    for bound in publication.bounds {
        folder.write(&bound_file(bound.stage), &bound::write(publication, bound))?;
    }
    let tables_only = publication.settings.outputs.tables_only;
    if !tables_only || !adjacency::is_as_given(publication) {
        folder.write("adjacency.csv", &adjacency::write(publication))?;
    }
    if tables_only {
        return Ok(());
    }
    let palettes: Vec<Palette> =
        publication.scheme.catchments.iter().map(|catchments| Palette::of(publication, catchments)).collect();
    folder.write("blocks.geojson", &geojson::blocks(publication))?;
    folder.write("catchments.geojson", &geojson::catchments(publication, &palettes))?;
    folder.write("districts.geojson", &geojson::districts(publication, &palettes))?;
    folder.write("schools.geojson", &geojson::schools(publication))?;
    for (position, palette) in palettes.iter().enumerate() {
        let stage = publication.scheme.catchments[position].stage;
        let svg = map::scheme_map(publication, position, palette);
        folder.write(&sheet_name("map", position, stage), svg.as_bytes())?;
        let charts = chart::charts(publication, position);
        folder.write(&format!("chart-distance-{stage}.svg"), charts.distance.as_bytes())?;
        folder.write(&format!("chart-seats-{stage}.svg"), charts.seats.as_bytes())?;
    }
    folder.write("report.md", report::write(publication).as_bytes())
}

/// The name of the file that proves the bound of a stage.
#[must_use]
pub fn bound_file(stage: Stage) -> String {
    format!("bound-{stage}.json")
}

/// The name of a sheet: plain for the first stage, with the stage for the others.
fn sheet_name(base: &str, position: usize, stage: Stage) -> String {
    if position == 0 { format!("{base}.svg") } else { format!("{base}-{stage}.svg") }
}
