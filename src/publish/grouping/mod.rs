//! The outputs of a grouping: `evaluation.json`, the table of districts, the tables a bureau attaches to its notice, the report.

pub(super) mod annex;
mod bound;
mod detours;
mod frontier;
mod layers;
mod report;
mod spread;
mod staff;
pub(super) mod tables;
mod yearly;

pub(super) use annex::role_word;

use super::map::groups_map;
use super::{Audience, GroupingPublication, districts, sheet_name, targets_table};
use crate::measure::{GroupingEvaluation, targets};
use crate::model::Stage;

/// Schools of which a sheet is drawn at most: of more no line could be followed.
const MOST_ON_A_MAP: usize = 2_000;

/// The name of the chart of a stage's frontier.
fn chart_name(stage: Stage) -> String {
    format!("frontier-{stage}.svg")
}

/// The name of the certificate of the bound of a stage.
#[must_use]
pub fn grouping_bound_file(stage: Stage) -> String {
    format!("grouping-bound-{stage}.json")
}

/// Every file with its name; those of which the input says nothing are left out.
pub(super) fn files(publication: &GroupingPublication<'_>) -> Vec<(String, Vec<u8>)> {
    let evaluation = GroupingEvaluation::new(publication.county, publication.settings, publication.measured);
    let mut json = serde_json::to_vec_pretty(&evaluation).expect("measures are plain data");
    json.push(b'\n');
    let mut tables = vec![
        ("annex", annex::annex(publication, Audience::Planners).csv(publication.language)),
        ("plaques", annex::plaques(publication)),
        (
            "districts",
            districts::table(publication.county, publication.settings, publication.grouped, Some(publication.language)),
        ),
    ];
    tables.extend(tables::tables(publication));
    if publication.measured.iter().any(|measures| !measures.frontier.is_empty()) {
        tables.push(("frontier", frontier::table(publication)));
    }
    let judged = targets(&publication.county.targets, None);
    if !judged.is_empty() {
        tables.push(("targets", targets_table(&judged, publication.language)));
    }
    let names: Vec<&str> = tables.iter().map(|(name, _)| *name).collect();
    let mut files = vec![
        ("evaluation.json".to_owned(), json),
        ("report.md".to_owned(), report::write(publication, &names).into_bytes()),
    ];
    files.extend(tables.into_iter().map(|(name, bytes)| (format!("{name}.csv"), bytes)));
    for measures in publication.measured.iter().filter(|measures| !measures.frontier.is_empty()) {
        files.push((chart_name(measures.stage), frontier::chart(publication, measures).into_bytes()));
    }
    for (stage, bound) in publication.bounds {
        files.push((grouping_bound_file(*stage), bound::write(publication.county, *stage, bound)));
    }
    if publication.settings.outputs.tables_only {
        return files;
    }
    files.push(("groups.geojson".to_owned(), layers::schools(publication)));
    files.push(("group-lines.geojson".to_owned(), layers::lines(publication)));
    for (position, districts) in publication.grouped.iter().enumerate() {
        if publication.county.schools_of(districts.stage).count() <= MOST_ON_A_MAP {
            let sheet = groups_map(publication, districts);
            files.push((sheet_name("map", position, districts.stage), sheet.into_bytes()));
        }
    }
    files
}
