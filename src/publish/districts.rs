//! `districts.csv`: who belongs together, a row for each school of each district.

use super::Publication;
use super::table::CsvTable;
use crate::model::settings::Settings;
use crate::model::{County, DistrictKind, Districts, Governance, HeadBy, Mode, Record, Stage, Status};

/// What else an office keeps of its groups: columns of the table where any group has any of it.
const RECORD: [&str; 8] = ["status", "approved", "waiver", "head", "head_since", "head_by", "reason", "author"];

/// Columns of the table.
const HEADER: [&str; 10] =
    ["district_id", "name", "kind", "school_id", "school_name", "role", "phase", "mode", "governance", "year"];

/// Writes the table of a plan, in which all are districts: the catchments of their schools are their territory.
pub(super) fn write(publication: &Publication<'_>) -> Vec<u8> {
    let mut grouped = publication.scheme.districts.clone();
    for district in grouped.iter_mut().flat_map(|of| &mut of.districts) {
        district.kind = DistrictKind::District;
    }
    table(publication.county, publication.settings, &grouped)
}

/// The table; only its header where no districts were made.
pub(super) fn table(county: &County, settings: &Settings, grouped: &[Districts]) -> Vec<u8> {
    let all = || grouped.iter().flat_map(|of| &of.districts);
    let has_records = all().any(|of| of.record != Record::default());
    let has_bases = all().any(|of| !of.bases.is_empty());
    let header = HEADER.into_iter().chain(RECORD.into_iter().filter(|_| has_records));
    let header: Vec<&str> = header.chain(has_bases.then_some("research_base")).collect();
    let mut table = CsvTable::new(&header);
    for districts in grouped {
        for district in &districts.districts {
            for (school, role) in district.schools() {
                let bases = district.bases.iter().filter(|(base, _)| *base == school);
                let bases: Vec<&str> = bases.map(|(_, stage)| stage.map_or("yes", Stage::slug)).collect();
                let bases = bases.join("/");
                let school = county.school(school);
                let kind = match district.mode {
                    Some(mode @ (Mode::Merging | Mode::Helping)) => {
                        format!("{}-{}-{}", districts.stage, mode.slug(), district.kind.slug())
                    }
                    _ => format!("{}-{}", districts.stage, district.kind.slug()),
                };
                let year = district.year.map(|year| year.to_string());
                let mut row = vec![
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
                ];
                let of = &district.record;
                let since = of.head_since.map(|(year, month)| format!("{year}-{month:02}"));
                let record = [
                    of.status.map(Status::slug),
                    of.approved.as_deref(),
                    of.waiver.as_deref(),
                    of.head.as_deref(),
                    since.as_deref(),
                    of.head_by.map(HeadBy::slug),
                    of.reason.as_deref(),
                    of.author.as_deref(),
                ];
                row.extend(record.into_iter().filter(|_| has_records).map(Option::unwrap_or_default));
                row.extend(has_bases.then_some(bases.as_str()));
                table.row(row);
            }
        }
    }
    table.into_bytes()
}
