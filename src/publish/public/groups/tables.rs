//! The tables of a grouping for the public: its districts, each school with its district, and whom groups cover.

use std::borrow::Cow;

use super::super::super::grouping::annex::{self, Cells, annex};
use super::super::super::grouping::tables::coverage;
use super::super::page;
use super::super::tables::{Kind, Sheet};
use super::GroupingBundle;
use crate::model::SchoolIndex;

/// All tables there are, in the order of the notice.
pub(super) fn sheets(bundle: &GroupingBundle<'_>) -> Vec<Sheet> {
    let publication = &bundle.publication;
    let policy = &publication.settings.policy;
    let mut sheets = vec![districts(bundle), schools(bundle)];
    if policy.coverage.is_some() || !policy.phases.is_empty() {
        let columns = [Kind::Text, Kind::Text, Kind::Number, Kind::Number, Kind::Text];
        let (file, annex) = ("coverage.csv", "notice-attached-coverage");
        sheets.push(sheet("tables-coverage", annex, file, coverage(publication), |column| columns[column]));
    }
    sheets
}

fn sheet(
    title: impl Into<Cow<'static, str>>,
    annex: &'static str,
    file: &'static str,
    cells: Cells,
    kind: impl Fn(usize) -> Kind,
) -> Sheet {
    let Cells { heads, rows } = cells;
    // What no row tells is no column.
    let told: Vec<usize> = (0..heads.len()).filter(|column| rows.iter().any(|row| !row[*column].is_empty())).collect();
    let columns = told.iter().map(|column| (Cow::Owned(heads[*column].clone()), kind(*column))).collect();
    let rows = rows.iter().map(|row| told.iter().map(|column| row[*column].clone()).collect()).collect();
    Sheet { title: title.into(), annex: Some(annex), file, columns, rows }
}

/// 学区划分及设置: each district with its schools, its kind, its plaques, and what else the document asks of it.
fn districts(bundle: &GroupingBundle<'_>) -> Sheet {
    let cells = annex(&bundle.publication, bundle.edition.audience());
    let members = cells.heads.iter().position(|head| head.starts_with("annex-members"));
    let plaques = cells.heads.iter().position(|head| head.starts_with("annex-plaques"));
    let kind = |column: usize| match Some(column) {
        column if column == members => Kind::Long,
        column if column == plaques => Kind::Number,
        _ => Kind::Text,
    };
    sheet(bundle.key("tables-groups"), "notice-attached-groups", "districts.csv", cells, kind)
}

/// 学校查询表: each school with its district, in the order in which names are spoken.
fn schools(bundle: &GroupingBundle<'_>) -> Sheet {
    let publication = &bundle.publication;
    let (county, language) = (publication.county, publication.language);
    let mut rows: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let mut add = |school: SchoolIndex, district: [String; 5]| {
        let of = county.school(school);
        let place = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut row = vec![of.name.clone(), of.id.clone(), place(&of.standing.county), place(&of.town)];
        row.extend(district);
        rows.push((page::spoken(&of.name), row));
    };
    for districts in publication.grouped {
        for district in &districts.districts {
            for (school, role) in district.schools() {
                add(
                    school,
                    [
                        district.name.clone(),
                        annex::role(district, school, role, language, publication.settings.policy.noun()),
                        district.lead.map_or_else(String::new, |lead| bundle.name(lead).to_owned()),
                        annex::mode(district.mode, language),
                        district.year.map_or_else(String::new, |year| year.to_string()),
                    ],
                );
            }
        }
        let homes = districts.homes();
        for school in county.schools_of(districts.stage).filter(|school| !homes.contains_key(school)) {
            add(
                school,
                [
                    language.text(&bundle.key("word-outside")),
                    String::new(),
                    String::new(),
                    String::new(),
                    String::new(),
                ],
            );
        }
    }
    rows.sort();
    let heads = [
        "plaques-school",
        "column-id",
        "annex-county",
        "column-town",
        "annex-name",
        "plaques-role",
        "annex-lead",
        "annex-kind",
        "annex-year",
    ];
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(_, row)| row).collect();
    let cells = Cells { heads: heads.map(|head| bundle.key(head)).into(), rows };
    sheet("tables-group-schools", "notice-attached-group-schools", "schools.csv", cells, |_| Kind::Text)
}
