//! Findings as a table for terminals and reports, and as JSON for programs.

use comfy_table::{Cell, ContentArrangement, Table};
use serde_json::{Value, json};

use crate::language::Language;
use crate::model::Finding;

/// Findings as JSON: an array of objects with `code`, `severity`, `file`, `row`, `name`, `place`, `what`, `remedy`.
#[must_use]
pub fn findings_json(findings: &[Finding], language: Language) -> Value {
    let rows: Vec<Value> = findings
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code.slug(),
                "severity": finding.severity(),
                "file": finding.file,
                "row": finding.row,
                "name": finding.name,
                "place": finding.place.filter(|place| place.x.is_finite()).map(|place| [round(place.x), round(place.y)]),
                "what": finding.what(language),
                "remedy": finding.remedy(language),
            })
        })
        .collect();
    Value::Array(rows)
}

fn round(coordinate: f64) -> f64 {
    (coordinate * 1e7).round() / 1e7
}

/// Findings as a table for the terminal, worst first, at most `width` columns wide.
#[must_use]
pub fn findings_table(findings: &[Finding], language: Language, width: u16) -> String {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    let heads = ["finding-severity", "finding-code", "finding-where", "finding-name", "finding-what", "finding-remedy"];
    table.set_header(heads.map(|head| Cell::new(language.text(head))));
    for finding in sorted {
        let place = [finding.file.clone(), finding.row.map(|row| row.to_string())];
        let place: Vec<String> = place.into_iter().flatten().collect();
        table.add_row([
            finding.severity().message().in_language(language),
            finding.code.slug().to_owned(),
            place.join(":"),
            finding.name.clone().unwrap_or_default(),
            finding.what(language),
            finding.remedy(language),
        ]);
    }
    table.to_string()
}
