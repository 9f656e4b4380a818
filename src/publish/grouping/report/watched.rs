//! The part of the report on what a document has watched in each district 动态监测、一体化评价: backbone teachers, how far schools are
//! apart in quality and what became of that, and the way to a laboratory.

use super::Report;
use crate::model::{District, Indicator, School, SchoolIndex};
use crate::publish::grouping::yearly::share;

/// The word for a laboratory among facilities.
const LABORATORY: &str = "实验";

/// The largest less the least of some numbers; none of fewer than two.
fn gap(numbers: &[f64]) -> Option<f64> {
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    (numbers.len() > 1).then_some(most - least)
}

impl Report<'_> {
    /// A row for each district, where schools tell their teachers or how good they were last year.
    pub(super) fn watched(&mut self) {
        let publication = self.publication;
        let county = publication.county;
        let is_told =
            |school: &School| school.standing.staff.teachers.is_some() || school.standing.quality_before.is_some();
        if !county.schools.iter().any(is_told) {
            return;
        }
        self.title("##", "grouping-watched");
        let note = self.with_noun("grouping-watched-note");
        self.paragraph(&note);
        let points = |gap: Option<f64>| gap.map_or_else(|| "—".to_owned(), |gap| format!("{gap:.1}"));
        let row = |district: &District| {
            let members: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
            let schools: Vec<&School> = members.iter().map(|school| county.school(*school)).collect();
            let backbone = share(&schools, |school| school.resource(Indicator::BackboneTeachers));
            // Both years of the same schools: else a school that is missing in one would pass for a change.
            let both = schools.iter().filter_map(|school| Some((school.standing.quality_before?, school.quality?)));
            let (before, now): (Vec<f64>, Vec<f64>) = both.unzip();
            let change = gap(&now).zip(gap(&before)).map(|(now, before)| now - before);
            let has = |school: &&SchoolIndex| {
                county.school(**school).standing.facilities.iter().any(|own| own.contains(LABORATORY))
            };
            let owners: Vec<SchoolIndex> = members.iter().filter(has).copied().collect();
            let nearest = |school: &SchoolIndex| {
                owners.iter().map(|owner| county.metres_apart(*school, *owner)).fold(f64::INFINITY, f64::min)
            };
            let farthest = members.iter().map(nearest).fold(0.0, f64::max);
            vec![
                district.name.clone(),
                backbone.map_or_else(|| "—".to_owned(), |share| format!("{:.1}%", 100.0 * share)),
                points(gap(&now)),
                change.map_or_else(|| "—".to_owned(), |change| format!("{change:+.1}")),
                if owners.is_empty() { self.paper.word("word-none") } else { format!("{:.1}", farthest / 1000.0) },
            ]
        };
        let rows: Vec<Vec<String>> = publication.grouped.iter().flat_map(|of| &of.districts).map(row).collect();
        let heads = [
            "column-district",
            "column-backbone-share",
            "column-quality-gap",
            "column-quality-gap-change",
            "column-laboratory-km",
        ];
        self.columns_that_speak(&heads, &rows);
    }
}
