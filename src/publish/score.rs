//! Reviews of groups as a table.

use super::table::CsvTable;
use crate::language::{Language, Message};
use crate::measure::{GroupReview, Points, Section};
use crate::model::Grade;

/// A row for each group and year: points by section, bonus, total, grade, veto, items without a value, advice. Cells of
/// what cannot be told while an item is missing are empty.
#[must_use]
pub fn score_table(reviews: &[GroupReview], language: Language) -> Vec<u8> {
    let text = |key: &str| language.text(key);
    let mut header = vec![text("score-group"), text("score-year")];
    header.extend(Section::ALL.map(|section| section.message().in_language(language)));
    header
        .extend(["score-bonus", "score-total", "score-grade", "score-veto", "score-missing", "score-advice"].map(text));
    let mut table = CsvTable::new(&header.iter().map(String::as_str).collect::<Vec<&str>>());
    let points = |points: Option<Points>| points.map(|points| points.to_string()).unwrap_or_default();
    for review in reviews {
        let mut row = vec![review.group.clone(), review.year.map(|year| year.to_string()).unwrap_or_default()];
        row.extend(review.sections.iter().map(|section| points(section.points)));
        let grade = review.grade.map_or_else(|| Message::new("score-ungraded"), Grade::message);
        let missing: Vec<String> = review.missing.iter().map(u32::to_string).collect();
        row.extend([
            review.bonus.to_string(),
            points(review.total),
            grade.in_language(language),
            text(if review.veto { "score-yes" } else { "score-no" }),
            missing.join(" "),
            if review.reorganise { text("score-reorganise") } else { String::new() },
        ]);
        table.row(row);
    }
    table.into_bytes()
}
