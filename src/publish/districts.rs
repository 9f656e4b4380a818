//! `districts.csv`: who belongs together, a row for each school of each district.

use super::Publication;
use super::table::CsvTable;
use crate::model::settings::Settings;
use crate::model::{County, Districts, Governance, Mode};

/// Columns of the table.
const HEADER: [&str; 10] =
    ["district_id", "name", "kind", "school_id", "school_name", "role", "phase", "mode", "governance", "year"];

/// Writes the table of a plan.
pub(super) fn write(publication: &Publication<'_>) -> Vec<u8> {
    table(publication.county, publication.settings, &publication.scheme.districts)
}

/// The table; only its header where no districts were made.
pub(super) fn table(county: &County, settings: &Settings, grouped: &[Districts]) -> Vec<u8> {
    let mut table = CsvTable::new(&HEADER);
    for districts in grouped {
        for district in &districts.districts {
            for (school, role) in district.schools() {
                let school = county.school(school);
                let kind = match district.mode {
                    Some(mode @ (Mode::Merging | Mode::Helping)) => {
                        format!("{}-{}-district", districts.stage, mode.slug())
                    }
                    _ => format!("{}-district", districts.stage),
                };
                let year = district.year.map(|year| year.to_string());
                table.row([
                    district.id.as_str(),
                    &district.name,
                    &kind,
                    &school.id,
                    &school.name,
                    role.slug(),
                    settings.project.year.as_deref().unwrap_or_default(),
                    district.mode.map(Mode::slug).unwrap_or_default(),
                    district.governance.map(Governance::slug).unwrap_or_default(),
                    year.as_deref().unwrap_or_default(),
                ]);
            }
        }
    }
    table.into_bytes()
}
