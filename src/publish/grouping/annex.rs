//! The tables a bureau attaches to its notice: `annex.csv`, the districts and how they are made up (学区划分及设置), and
//! `plaques.csv`, who hangs up which plaque (挂牌).

use super::super::table::CsvTable;
use super::super::{Audience, GroupingPublication};
use crate::language::{Language, Message};
use crate::measure::GroupMeasures;
use crate::model::{District, Districts, Mode, Role, SchoolIndex};

/// A column that not every document asks for: its name, and what it says of a district.
type Column = (&'static str, fn(&GroupMeasures, Language) -> String);

/// A table as the keys of its heads and its cells.
pub(in crate::publish) struct Cells {
    pub(in crate::publish) heads: Vec<String>,
    pub(in crate::publish) rows: Vec<Vec<String>>,
}

impl Cells {
    /// The table as CSV.
    pub(super) fn csv(&self, language: Language) -> Vec<u8> {
        let heads: Vec<String> = self.heads.iter().map(|head| language.text(head)).collect();
        let mut table = CsvTable::new(&heads.iter().map(String::as_str).collect::<Vec<&str>>());
        for row in &self.rows {
            table.row(row);
        }
        table.into_bytes()
    }
}

/// A row for each district: its name, its kind, its lead, its members and its plaques, and as far as the settings speak of
/// them the county, the year, who steers it and who decides on it, and what it crosses. Who heads it is not for the public.
pub(in crate::publish) fn annex(publication: &GroupingPublication<'_>, audience: Audience) -> Cells {
    let GroupingPublication { county, settings, grouped, measured, language, .. } = *publication;
    let policy = &settings.policy;
    let by_year = !policy.phases.is_empty() || !policy.pilot_counties.is_empty();
    let by_county = policy.within_county || !policy.phases.is_empty();
    let any = |says: fn(&GroupMeasures) -> bool| measured.iter().flat_map(|of| &of.districts).any(says);
    let columns: [(bool, Column); 11] = [
        (
            has_both_kinds(grouped),
            ("annex-part-or-group", |district, language| language.text(&format!("kind-{}", district.kind))),
        ),
        (by_county, ("annex-county", |district, language| district.counties.join(&language.text("annex-between")))),
        (by_year, ("annex-year", |district, _| district.year.map_or_else(String::new, |year| year.to_string()))),
        (
            policy.governance.is_some(),
            ("annex-governance", |district, language| {
                district.governance.map_or_else(String::new, |slug| language.text(&format!("governance-{slug}")))
            }),
        ),
        (
            !policy.phases.is_empty(),
            ("annex-approval", |district, language| {
                let key = |approval: crate::measure::Approval| format!("approval-{}", approval.slug());
                district.approval.map_or_else(String::new, |approval| language.text(&key(approval)))
            }),
        ),
        (
            any(|district| district.status.is_some()),
            ("annex-status", |district, language| {
                district.status.map_or_else(String::new, |slug| language.text(&format!("status-{slug}")))
            }),
        ),
        (
            any(|district| district.approved.is_some()),
            ("annex-approved", |district, _| district.approved.clone().unwrap_or_default()),
        ),
        (
            audience != Audience::Public && any(|district| district.head.is_some()),
            ("annex-head", |district, _| district.head.clone().unwrap_or_default()),
        ),
        (
            policy.coverage.is_some() || !policy.phases.is_empty(),
            ("annex-crosses-counties", |district, language| yes_or_no(district.crosses_counties, language)),
        ),
        (
            policy.coverage.is_some() || !policy.phases.is_empty(),
            ("annex-crosses-stages", |district, language| yes_or_no(district.crosses_stages, language)),
        ),
        (
            policy.coverage.is_some() || !policy.phases.is_empty(),
            ("annex-crosses-levels", |district, language| yes_or_no(district.crosses_levels, language)),
        ),
    ];
    let has_bases = grouped.iter().flat_map(|of| &of.districts).any(|district| !district.bases.is_empty());
    let columns: Vec<Column> = columns.into_iter().filter(|(wanted, _)| *wanted).map(|(_, column)| column).collect();
    let has_kinds = !policy.modes.is_empty() || any(|district| district.mode.is_some());
    let words = ["annex-name", "annex-kind", "annex-lead", "annex-members", "annex-plaques"];
    let words = words.into_iter().filter(|word| has_kinds || *word != "annex-kind");
    let heads = words.chain(columns.iter().map(|(key, _)| *key)).chain(has_bases.then_some("role-base"));
    let heads = heads.map(|word| language.key_with(word, policy.noun())).collect();
    let mut rows = Vec::new();
    let of_measures = measured.iter().flat_map(|measures| &measures.districts);
    for (district, measures) in grouped.iter().flat_map(|districts| &districts.districts).zip(of_measures) {
        let between = language.text("annex-between");
        let name = |school: SchoolIndex| county.school(school).name.as_str();
        let (first, others): (Vec<_>, Vec<_>) = district.schools().partition(|(_, role)| *role != Role::Member);
        let first: Vec<String> = first.iter().map(|(school, _)| lead(name(*school), district.mode, language)).collect();
        let members: Vec<&str> = others.iter().map(|(school, _)| name(*school)).collect();
        let mut row = vec![district.name.clone()];
        row.extend(has_kinds.then(|| mode(district.mode, language)));
        row.extend([first.join(&between), members.join(&between), district.len().to_string()]);
        row.extend(columns.iter().map(|(_, cell)| cell(measures, language)));
        if has_bases {
            let mut bases: Vec<SchoolIndex> = district.bases.iter().map(|(school, _)| *school).collect();
            bases.dedup();
            let of = |school: &SchoolIndex| {
                named_with(name(*school), &stages_of_base(district, *school, language), language)
            };
            row.push(bases.iter().map(of).collect::<Vec<String>>().join(&between));
        }
        rows.push(row);
    }
    Cells { heads, rows }
}

/// A row for each school of each district: what it is there, and how many plaques it hangs up; schools in none are rows without
/// one. A base of teaching research hangs up the plaque it has anyway.
pub(super) fn plaques(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let GroupingPublication { county, grouped, language, .. } = *publication;
    let has_both = has_both_kinds(grouped);
    let words = ["plaques-school", "annex-name", "plaques-role", "plaques-count"];
    let noun = publication.settings.policy.noun();
    let words = words.into_iter().chain(has_both.then_some("annex-part-or-group"));
    let header: Vec<String> = words.map(|word| language.text(&language.key_with(word, noun))).collect();
    let mut table = CsvTable::new(&header.iter().map(String::as_str).collect::<Vec<&str>>());
    let kind = |district: &District| has_both.then(|| language.text(&format!("kind-{}", district.kind.slug())));
    for district in grouped.iter().flat_map(|districts| &districts.districts) {
        for (school, of_district) in district.schools() {
            let name = county.school(school).name.clone();
            let role = role(district, school, of_district, language, noun);
            table.row([name, district.name.clone(), role, "1".to_owned()].into_iter().chain(kind(district)));
        }
    }
    for districts in grouped {
        let homes = districts.homes();
        for school in county.schools_of(districts.stage).filter(|school| !homes.contains_key(school)) {
            let row = [county.school(school).name.as_str(), "", "", "0"];
            table.row(row.into_iter().chain(has_both.then_some("")));
        }
    }
    table.into_bytes()
}

/// Whether there are districts and groups that lie over them.
pub(super) fn has_both_kinds(grouped: &[Districts]) -> bool {
    grouped.iter().any(Districts::has_both_kinds)
}

/// That a school is a base of teaching research, with the stages it is one of where they are told; empty where it is none.
pub(super) fn base(district: &District, school: SchoolIndex, language: Language) -> String {
    if district.bases.iter().all(|(base, _)| *base != school) {
        return String::new();
    }
    named_with(&language.text("role-base"), &stages_of_base(district, school, language), language)
}

/// The stages a school is a base of, where they are told.
fn stages_of_base(district: &District, school: SchoolIndex, language: Language) -> String {
    let own = district.bases.iter().filter(|(base, _)| *base == school);
    let stages = own.filter_map(|(_, stage)| Some((*stage)?.message().in_language(language)));
    stages.collect::<Vec<String>>().join(&language.text("annex-between"))
}

/// A name with a remark in brackets behind it, where there is one.
fn named_with(name: &str, remark: &str, language: Language) -> String {
    if remark.is_empty() {
        return name.to_owned();
    }
    Message::new("annex-remark").text("name", name).text("remark", remark).in_language(language)
}

pub(in crate::publish) fn yes_or_no(is_so: bool, language: Language) -> String {
    language.text(if is_so { "word-yes" } else { "word-no" })
}

/// The name of a lead; who helps is said to help, since it has no plaque of a lead.
pub(in crate::publish) fn lead(name: &str, mode: Option<Mode>, language: Language) -> String {
    match mode {
        Some(Mode::Helping) => Message::new("annex-helps").text("school", name).in_language(language),
        _ => name.to_owned(),
    }
}

pub(in crate::publish) fn mode(mode: Option<Mode>, language: Language) -> String {
    mode.map_or_else(String::new, |mode| language.text(&format!("mode-{}", mode.slug())))
}

/// What a school is in its district, as the kind of the district calls it.
pub(in crate::publish) fn role_word(district: &District, role: Role, language: Language, noun: Option<&str>) -> String {
    let key = match (district.mode, role) {
        (Some(Mode::Helping), Role::Lead) | (_, Role::Helper) => "role-helps",
        (Some(Mode::Helping), Role::Member) => "role-is-helped",
        (Some(Mode::Founding), Role::Lead) => "role-founds",
        (Some(Mode::Founding), Role::Member) => "role-is-founded-with",
        (_, Role::Lead) => "role-leads",
        (_, Role::Member) => "role-member",
    };
    language.text(&language.key_with(key, noun))
}

/// What it is there, and whether it is a base beside.
pub(in crate::publish) fn role(
    district: &District,
    school: SchoolIndex,
    role: Role,
    language: Language,
    noun: Option<&str>,
) -> String {
    let word = role_word(district, role, language, noun);
    let base = base(district, school, language);
    if base.is_empty() { word } else { [word, base].join(&language.text("annex-between")) }
}
