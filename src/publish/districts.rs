//! `districts.csv`: who belongs together, a row for each school of each district.

use super::Publication;
use super::table::CsvTable;

/// Columns of the table.
const HEADER: [&str; 7] = ["district_id", "name", "kind", "school_id", "school_name", "role", "phase"];

/// Writes the table; only its header where no districts were made.
pub(super) fn write(publication: &Publication<'_>) -> Vec<u8> {
    let mut table = CsvTable::new(&HEADER);
    for districts in &publication.scheme.districts {
        for district in &districts.districts {
            for (school, role) in district.schools() {
                let school = publication.county.school(school);
                let kind = format!("{}-district", districts.stage);
                table.row([
                    district.id.as_str(),
                    &district.name,
                    &kind,
                    &school.id,
                    &school.name,
                    role.slug(),
                    publication.settings.project.year.as_deref().unwrap_or_default(),
                ]);
            }
        }
    }
    table.into_bytes()
}
