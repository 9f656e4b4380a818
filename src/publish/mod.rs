//! Outputs: one file here per file written, and a folder that appears whole or not at all.

mod adjacency;
mod assignment;
mod audience;
mod bound;
mod chart;
mod colour;
mod districts;
mod evaluation;
mod export;
mod findings;
mod folder;
mod font;
mod free;
mod geojson;
mod grouping;
mod manifest;
pub mod map;
mod mended;
mod paper;
mod press;
mod public;
mod report;
mod score;
mod table;
mod targets;
mod vision;

pub use audience::Audience;
pub use colour::{ALIKE, Colour, Palette};
pub use export::{ExportError, ExportFormat, ExportOptions, Exported, export, export_parts};
pub use findings::{Explanation, FindingsReport, explanation, findings_json, findings_list};
pub use folder::{FolderError, OutputFolder, write_file};
pub use geojson::collection;
pub use grouping::grouping_bound_file;
pub use manifest::{InputFile, MANIFEST_SCHEMA, Manifest, Parent, fingerprint};
pub use mended::{CHANGES, MendedFiles, mended};
pub use press::{SheetError, Typeface};
pub use public::{
    Bundle, BundleError, Edition, GroupingBundle, SheetOptions, decided_by, is_agreed, unapproved, write_bundle,
    write_grouping_bundle,
};
pub use report::price_of_lines;
pub use score::score_table;
pub use targets::targets_table;
pub use vision::{Vision, contrast, least_difference};

use crate::catchment::Bound;
use crate::district::GroupingBound;
use crate::explain::Reason;
use crate::language::Language;
use crate::measure::{Evaluation, GroupingMeasures};
use crate::model::settings::Settings;
use crate::model::{County, Districts, Finding, Scheme, Stage};
use crate::space::Ground;
use folder::Writing;

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
    /// The stage of the procedure that stands beside titles, as a key of the language files.
    pub status: Option<&'a str>,
}

/// Writes every output of a plan but the manifest, which needs the fingerprints of all the others.
///
/// Where the settings ask for tables only, no layers, maps, charts and report are written, and the neighbours only where
/// they are not simply the given ones. Same publication, same bytes; all threads write at
/// once. One sheet of the map for each stage: `map.svg` for the first, `map-STAGE.svg` beside it.
///
/// # Errors
/// [`FolderError`] where a file cannot be written.
pub fn write_all(publication: &Publication<'_>, folder: &mut OutputFolder) -> Result<(), FolderError> {
    let one = |name: &str, write: fn(&Publication<'_>) -> Vec<u8>| -> Writing<'_> {
        let name = name.to_owned();
        Box::new(move || vec![(name.clone(), write(publication))])
    };
    let tables_only = publication.settings.outputs.tables_only;
    let palettes: Vec<Palette> = if tables_only {
        Vec::new()
    } else {
        publication.scheme.catchments.iter().map(|catchments| Palette::of(publication, catchments)).collect()
    };
    let mut files = vec![
        one("assignment.csv", assignment::write),
        one("evaluation.json", evaluation::write),
        one("districts.csv", districts::write),
    ];
    for bound in publication.bounds {
        files.push(Box::new(|| vec![(bound_file(bound.stage), bound::write(publication, bound))]));
    }
    if !publication.scheme.free.is_empty() {
        files.push(one("assignment-free.csv", free::write));
    }
    if !tables_only || !adjacency::is_as_given(publication) {
        files.push(one("adjacency.csv", adjacency::write));
    }
    if tables_only {
        return folder.write_together(&files);
    }
    files.push(one("blocks.geojson", geojson::blocks));
    files.push(Box::new(|| vec![("catchments.geojson".to_owned(), geojson::catchments(publication, &palettes))]));
    files.push(Box::new(|| vec![("districts.geojson".to_owned(), geojson::districts(publication, &palettes))]));
    files.push(one("schools.geojson", geojson::schools));
    for (position, palette) in palettes.iter().enumerate() {
        let stage = publication.scheme.catchments[position].stage;
        files.push(Box::new(move || {
            let svg = map::scheme_map(publication, position, palette);
            vec![(sheet_name("map", position, stage), svg.into_bytes())]
        }));
        files.push(Box::new(move || {
            let charts = chart::charts(publication, position);
            vec![
                (format!("chart-distance-{stage}.svg"), charts.distance.into_bytes()),
                (format!("chart-seats-{stage}.svg"), charts.seats.into_bytes()),
            ]
        }));
    }
    files.push(one("report.md", |publication| report::write(publication).into_bytes()));
    folder.write_together(&files)
}

/// Everything the outputs of a grouping are written from.
#[derive(Clone, Copy, Debug)]
pub struct GroupingPublication<'a> {
    /// The county, its stages joined where the settings ask for that.
    pub county: &'a County,
    /// Its ground.
    pub ground: &'a Ground,
    /// The settings.
    pub settings: &'a Settings,
    /// The districts, one list per stage.
    pub grouped: &'a [Districts],
    /// What they are worth, in the same order.
    pub measured: &'a [GroupingMeasures],
    /// The bounds with their proofs, for the stages that have one.
    pub bounds: &'a [(Stage, GroupingBound)],
    /// The language of everything people read.
    pub language: Language,
}

/// Writes districts that were made without catchments, what they are worth, the tables to attach to a notice, and the
/// report. Tables of which the input says nothing are left out.
///
/// # Errors
/// [`FolderError`] where a file cannot be written.
pub fn write_grouping(publication: &GroupingPublication<'_>, folder: &mut OutputFolder) -> Result<(), FolderError> {
    for (name, bytes) in grouping::files(publication) {
        folder.write(&name, &bytes)?;
    }
    Ok(())
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
