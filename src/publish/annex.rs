//! The tables a bureau attaches to its notice: `annex.csv`, the districts and how they are made up (学区划分及设置), and
//! `plaques.csv`, who hangs up which plaque (挂牌).

use super::table::CsvTable;
use crate::language::Language;
use crate::model::{County, District, DistrictKind, Districts, Role};

/// A row for each district: its name, its kind, its lead, its members and its plaques.
pub(super) fn annex(county: &County, grouped: &[Districts], language: Language) -> Vec<u8> {
    let words = ["annex-name", "annex-kind", "annex-lead", "annex-members", "annex-plaques"];
    let header = words.map(|word| language.text(word));
    let mut table = CsvTable::new(&header.each_ref().map(String::as_str));
    for district in grouped.iter().flat_map(|districts| &districts.districts) {
        let members: Vec<&str> = district.members.iter().map(|school| county.school(*school).name.as_str()).collect();
        table.row([
            district.name.clone(),
            kind(district.kind, language),
            county.school(district.lead).name.clone(),
            members.join(&language.text("annex-between")),
            (members.len() + 1).to_string(),
        ]);
    }
    table.into_bytes()
}

/// A row for each school: its district, what it is there, and how many plaques it hangs up.
pub(super) fn plaques(county: &County, grouped: &[Districts], language: Language) -> Vec<u8> {
    let words = ["plaques-school", "annex-name", "plaques-role", "plaques-count"];
    let header = words.map(|word| language.text(word));
    let mut table = CsvTable::new(&header.each_ref().map(String::as_str));
    for district in grouped.iter().flat_map(|districts| &districts.districts) {
        for (school, of_district) in district.schools() {
            let name = county.school(school).name.clone();
            table.row([name, district.name.clone(), role(district, of_district, language), "1".to_owned()]);
        }
    }
    table.into_bytes()
}

fn kind(kind: DistrictKind, language: Language) -> String {
    match kind {
        DistrictKind::Plain => String::new(),
        DistrictKind::Merging => language.text("district-kind-merging"),
        DistrictKind::Helping => language.text("district-kind-helping"),
    }
}

fn role(district: &District, role: Role, language: Language) -> String {
    language.text(match (district.kind, role) {
        (DistrictKind::Helping, Role::Lead) => "role-helps",
        (DistrictKind::Helping, Role::Member) => "role-is-helped",
        (_, Role::Lead) => "role-leads",
        (_, Role::Member) => "role-member",
    })
}
