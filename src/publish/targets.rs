//! Targets with their verdicts as a table. It can be read again: its columns are those of the table it came from, and more.

use super::table::CsvTable;
use crate::language::Language;
use crate::measure::JudgedTarget;

/// A row for each target: what was read, how it stands, how far it is missed, and what changed since which year.
#[must_use]
pub fn targets_table(judged: &[JudgedTarget], language: Language) -> Vec<u8> {
    let words = [
        "targets-indicator",
        "targets-comparison",
        "targets-target",
        "targets-value",
        "targets-year",
        "targets-owner",
        "targets-unit",
        "targets-standing",
        "targets-short-by",
        "targets-change",
        "targets-change-from",
    ];
    let header = words.map(|word| language.text(word));
    let mut table = CsvTable::new(&header.each_ref().map(String::as_str));
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
    for JudgedTarget { target, standing, short_by, change, change_from } in judged {
        table.row([
            target.indicator.clone(),
            target.comparison.sign().to_owned(),
            target.target.to_string(),
            number(target.value),
            year(target.year),
            target.owner.clone().unwrap_or_default(),
            target.unit.clone().unwrap_or_default(),
            standing.message().in_language(language),
            number(*short_by),
            number(*change),
            year(*change_from),
        ]);
    }
    table.into_bytes()
}
