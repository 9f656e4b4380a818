//! `districts.csv`: who belongs together, a row for each school of each district.

use super::Publication;
use super::grouping::role_word;
use super::table::CsvTable;
use crate::language::Language;
use crate::model::settings::Settings;
use crate::model::{County, DistrictKind, Districts, Mode, Record, Stage};

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
    table(publication.county, publication.settings, &grouped, None)
}

/// The table; only its header where no districts were made. Roles, modes and what an office keeps are said in the words of the
/// documents where the language is Chinese, else in those of files; both are read again.
pub(super) fn table(
    county: &County,
    settings: &Settings,
    grouped: &[Districts],
    language: Option<Language>,
) -> Vec<u8> {
    let chinese = language.filter(|language| *language == Language::Chinese);
    macro_rules! word {
        ($word:expr) => {
            $word.map(|word| if chinese.is_some() { word.chinese() } else { word.slug() })
        };
    }
    let all = || grouped.iter().flat_map(|of| &of.districts);
    let has_records = all().any(|of| of.record != Record::default());
    let has_bases = all().any(|of| !of.bases.is_empty());
    let header = HEADER.into_iter().chain(RECORD.into_iter().filter(|_| has_records));
    let header: Vec<&str> = header.chain(has_bases.then_some("research_base")).collect();
    let mut table = CsvTable::new(&header);
    for districts in grouped {
        for district in &districts.districts {
            for (school, of_district) in district.schools() {
                let role = chinese.map_or_else(
                    || of_district.slug().to_owned(),
                    |language| role_word(district, of_district, language, settings.policy.noun()),
                );
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
                    &role,
                    settings.project.year.as_deref().unwrap_or_default(),
                    word!(district.mode).unwrap_or_default(),
                    word!(district.governance).unwrap_or_default(),
                    year.as_deref().unwrap_or_default(),
                ];
                let of = &district.record;
                let since = of.head_since.map(|(year, month)| format!("{year}-{month:02}"));
                let record = [
                    word!(of.status),
                    of.approved.as_deref(),
                    of.waiver.as_deref(),
                    of.head.as_deref(),
                    since.as_deref(),
                    word!(of.head_by),
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
