//! The outputs of a grouping: `grouping.json`, the table of districts, the tables a bureau attaches to its notice, the report.

mod annex;
mod frontier;
mod report;
mod tables;

use super::{GroupingPublication, districts};
use crate::model::Stage;

/// The name of the chart of a stage's frontier.
fn chart_name(stage: Stage) -> String {
    format!("frontier-{stage}.svg")
}

/// Every file with its name; those of which the input says nothing are left out.
pub(super) fn files(publication: &GroupingPublication<'_>) -> Vec<(String, Vec<u8>)> {
    let mut json = serde_json::to_vec_pretty(publication.measured).expect("measures are plain data");
    json.push(b'\n');
    let files = [
        ("annex.csv", annex::annex(publication)),
        ("plaques.csv", annex::plaques(publication)),
        ("districts.csv", districts::table(publication.county, publication.settings, publication.grouped)),
        ("grouping.json", json),
        ("report.md", report::write(publication).into_bytes()),
    ];
    let tables = files.into_iter().chain(tables::tables(publication));
    let mut files: Vec<(String, Vec<u8>)> = tables.map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    if publication.measured.iter().any(|measures| !measures.frontier.is_empty()) {
        files.push(("frontier.csv".to_owned(), frontier::table(publication)));
    }
    for measures in publication.measured.iter().filter(|measures| !measures.frontier.is_empty()) {
        files.push((chart_name(measures.stage), frontier::chart(publication, measures).into_bytes()));
    }
    files
}
