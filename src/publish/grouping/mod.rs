//! The outputs of a grouping: `grouping.json`, the table of districts, the tables a bureau attaches to its notice, the report.

mod annex;
mod report;
mod tables;

use super::{GroupingPublication, districts};

/// Every file with its name; those of which the input says nothing are left out.
pub(super) fn files(publication: &GroupingPublication<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let mut json = serde_json::to_vec_pretty(publication.measured).expect("measures are plain data");
    json.push(b'\n');
    let mut files = vec![
        ("annex.csv", annex::annex(publication)),
        ("plaques.csv", annex::plaques(publication)),
        ("districts.csv", districts::table(publication.county, publication.settings, publication.grouped)),
        ("grouping.json", json),
        ("report.md", report::write(publication).into_bytes()),
    ];
    files.extend(tables::tables(publication));
    files
}
