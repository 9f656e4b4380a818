//! Tables on teachers and means: `transfers.csv`, backbone teachers who could move, and `standard.csv`, each school by the
//! national standard.

use std::collections::BTreeMap;

use super::super::GroupingPublication;
use super::annex::yes_or_no;
use super::tables::table;

/// The names of schools by id.
fn names<'a>(publication: &GroupingPublication<'a>) -> BTreeMap<&'a str, &'a str> {
    publication.county.schools.iter().map(|school| (school.id.as_str(), school.name.as_str())).collect()
}

/// A row for each pair of schools between which backbone teachers would move.
pub(super) fn transfers(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let heads = ["annex-name", "column-transfer-from", "column-transfer-to", "column-transfer-count"];
    let mut table = table(publication, &heads);
    let names = names(publication);
    let name = |id: &str| names.get(id).copied().unwrap_or_default().to_owned();
    for measures in publication.measured {
        let district = |id: &str| measures.districts.iter().find(|district| district.district_id == id);
        for of in &measures.transfers {
            let group = district(&of.district_id).map_or_else(String::new, |district| district.name.clone());
            table.row([group, name(&of.from_id), name(&of.to_id), of.backbone_teachers.to_string()]);
        }
    }
    table.into_bytes()
}

/// A row for each school and stage.
pub(super) fn standards(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let language = publication.language;
    let heads = [
        "column-school",
        "column-stage",
        "column-verdict",
        "column-standard-met",
        "column-standard-known",
        "column-standard-short",
    ];
    let mut table = table(publication, &heads);
    let names = names(publication);
    for of in publication.measured.iter().flat_map(|measures| &measures.standards) {
        let verdict = match of.is_met {
            Some(is_met) => yes_or_no(is_met, language),
            None => language.text("word-incomplete"),
        };
        table.row([
            names.get(of.school_id.as_str()).copied().unwrap_or_default().to_owned(),
            of.stage.message().in_language(language),
            verdict,
            of.met.to_string(),
            of.known.to_string(),
            of.shortfalls(language),
        ]);
    }
    table.into_bytes()
}
