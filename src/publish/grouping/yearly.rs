//! Tables an office keeps year by year: `staff.csv`, how teachers of a district are made up (师资结构动态监测), and `yearly.csv`,
//! what became of the quality of each school and district since last year (增值、捆绑评价).

use std::collections::BTreeSet;

use super::super::GroupingPublication;
use super::super::table::CsvTable;
use super::tables::table;
use crate::model::{Indicator, School, SchoolIndex};

/// Teachers of some schools by kind; schools that do not give a number are left out of it and of what it is a share of.
pub(super) fn share(schools: &[&School], part: impl Fn(&School) -> Option<f64>) -> Option<f64> {
    let known = schools.iter().filter_map(|school| Some((part(school)?, f64::from(school.standing.staff.teachers?))));
    let (parts, all) = known.fold((0.0, 0.0), |sum, (part, all)| (sum.0 + part, sum.1 + all));
    (all > 0.0).then(|| parts / all)
}

/// A row for each district, one for each county whose schools it is compared with, and one for all.
pub(super) fn staff(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let county = publication.county;
    let backbone = |school: &School| school.resource(Indicator::BackboneTeachers);
    let heads = [
        "annex-name",
        "column-teachers",
        "column-backbone-share",
        "column-young-share",
        "column-senior-share",
        "column-backbone-gap",
        "column-backbone-against-county",
    ];
    let mut table = table(publication, &heads);
    let percent = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{:.1}%", 100.0 * share));
    let points = |between: Option<f64>| between.map_or_else(String::new, |share| format!("{:+.1}", 100.0 * share));
    let all: Vec<&School> = county.schools.iter().collect();
    // Of a table that says nothing of counties, all schools are those of one.
    let beside = |schools: &[&School]| -> Vec<&School> {
        let told: BTreeSet<&str> = schools.iter().filter_map(|school| school.standing.county.as_deref()).collect();
        let stands = |school: &&School| school.standing.county.as_deref().is_some_and(|name| told.contains(name));
        if told.is_empty() { all.clone() } else { all.iter().copied().filter(stands).collect() }
    };
    let row = |table: &mut CsvTable, name: String, schools: &[&School]| {
        let of_county = share(&beside(schools), backbone);
        let teachers: u32 = schools.iter().filter_map(|school| school.standing.staff.teachers).sum();
        let own = share(schools, backbone);
        let each: Vec<f64> = schools.iter().filter_map(|school| share(&[school], backbone)).collect();
        let most = each.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = each.iter().copied().fold(f64::INFINITY, f64::min);
        table.row([
            name,
            teachers.to_string(),
            percent(own),
            percent(share(schools, |school| school.standing.staff.young.map(f64::from))),
            percent(share(schools, |school| school.standing.staff.senior.map(f64::from))),
            points((each.len() > 1).then_some(most - least)),
            points(own.zip(of_county).map(|(own, of_county)| own - of_county)),
        ]);
    };
    for district in publication.grouped.iter().flat_map(|districts| &districts.districts) {
        let schools: Vec<&School> = district.schools().map(|(school, _)| county.school(school)).collect();
        row(&mut table, district.name.clone(), &schools);
    }
    let names = county.names_of_counties();
    for name in names.iter().filter(|_| names.len() > 1) {
        let stands = |school: &&&School| school.standing.county.as_deref() == Some(*name);
        let schools: Vec<&School> = all.iter().filter(stands).copied().collect();
        row(&mut table, (*name).to_owned(), &schools);
    }
    row(&mut table, publication.language.text("word-all"), &all);
    table.into_bytes()
}

/// A row for each school that has two years, and one for each district: the mean weighted by pupils.
pub(super) fn yearly(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let county = publication.county;
    let heads = ["annex-name", "plaques-school", "column-last-year", "column-this-year", "column-gained"];
    let mut table = table(publication, &heads);
    for district in publication.grouped.iter().flat_map(|districts| &districts.districts) {
        let years = |school: SchoolIndex| {
            let of = county.school(school);
            Some((of.name.as_str(), f64::from(of.pupils().max(1)), of.standing.quality_before?, of.quality?))
        };
        let known: Vec<(&str, f64, f64, f64)> = district.schools().filter_map(|(school, _)| years(school)).collect();
        let mut row = |name: &str, before: f64, now: f64| {
            let cells = [format!("{before:.2}"), format!("{now:.2}"), format!("{:+.2}", now - before)];
            let [before, now, gained] = cells;
            table.row([district.name.clone(), name.to_owned(), before, now, gained]);
        };
        for (name, _, before, now) in &known {
            row(name, *before, *now);
        }
        let pupils: f64 = known.iter().map(|(_, pupils, ..)| pupils).sum();
        let mean = |of: fn(&(&str, f64, f64, f64)) -> f64| known.iter().map(of).sum::<f64>() / pupils;
        if pupils > 0.0 {
            let (before, now) = (mean(|of| of.1 * of.2), mean(|of| of.1 * of.3));
            row(&publication.language.text("word-weighted-mean"), before, now);
        }
    }
    table.into_bytes()
}
