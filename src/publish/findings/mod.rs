//! Findings as a list for terminals, as JSON for programs, and as a folder with a table, a layer and a page.

mod explanation;
mod page;
mod report;
mod sketch;

pub use explanation::{Explanation, explanation};
pub use report::FindingsReport;

use comfy_table::{ContentArrangement, Table};
use geo::Coord;
use serde_json::{Value, json};

use crate::language::{Language, Message};
use crate::model::{Finding, FindingCode};
use crate::space::Ground;

/// Findings as JSON: an array of objects with `code`, `severity`, `file`, `row`, `name`, `place` (longitude and latitude, or
/// planar metres in a local county), `metres` (the place in working metres, where there is a ground), `what`, `remedy`.
#[must_use]
pub fn findings_json(findings: &[Finding], ground: Option<&Ground>, language: Language) -> Value {
    let rows: Vec<Value> = findings
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code.slug(),
                "severity": finding.severity(),
                "file": finding.file,
                "row": finding.row,
                "name": finding.name,
                "place": place_of(finding).map(|place| [rounded(place).x, rounded(place).y]),
                "metres": place_of(finding).and_then(|place| ground?.from_earth(place)).map(in_millimetres),
                "what": finding.what(language),
                "remedy": finding.remedy(language),
            })
        })
        .collect();
    Value::Array(rows)
}

/// The place of a finding, where it has one that can be shown.
fn place_of(finding: &Finding) -> Option<Coord<f64>> {
    finding.place.filter(|place| place.x.is_finite() && place.y.is_finite())
}

/// A place to a ten-millionth of a degree, a centimetre on the ground.
fn rounded(place: Coord<f64>) -> Coord<f64> {
    let round = |coordinate: f64| (coordinate * 1e7).round() / 1e7;
    Coord { x: round(place.x), y: round(place.y) }
}

fn in_millimetres(place: Coord<f64>) -> [f64; 2] {
    [place.x, place.y].map(|coordinate| (coordinate * 1e3).round() / 1e3)
}

/// Findings of one code listed in full before the rest are counted.
const LISTED: usize = 5;

/// Findings for the terminal, worst first, those of one code together, at most `width` columns wide. Of many with one
/// code the first few are listed and the rest counted.
#[must_use]
pub fn findings_list(findings: &[Finding], language: Language, width: u16) -> String {
    let mut groups: Vec<(FindingCode, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|(code, _)| *code == finding.code) {
            Some((_, group)) => group.push(finding),
            None => groups.push((finding.code, vec![finding])),
        }
    }
    groups.sort_by_key(|(code, _)| std::cmp::Reverse(code.severity()));
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.load_style(comfy_table::presets::NOTHING);
    for (code, group) in groups {
        let severity = code.severity().message().in_language(language);
        let times = if group.len() > 1 { format!(" × {}", group.len()) } else { String::new() };
        let mut lines = vec![format!("[{}]{times}", code.slug())];
        for (position, finding) in group.iter().take(LISTED).enumerate() {
            let place: Vec<String> =
                [finding.file.clone(), finding.row.map(|row| row.to_string())].into_iter().flatten().collect();
            let place = [place.join(":"), finding.name.clone().unwrap_or_default()].join(" ");
            if !place.trim().is_empty() {
                lines.push(place.trim().to_owned());
            }
            lines.push(finding.what(language));
            let remedy = finding.remedy(language);
            // Said once where all have the same.
            let next = group.get(position + 1).filter(|_| position + 1 < LISTED);
            if next.is_none_or(|next| next.remedy(language) != remedy) {
                lines.push(format!("→ {remedy}"));
            }
        }
        if group.len() > LISTED {
            lines.push(Message::new("finding-more").count("count", group.len() - LISTED).in_language(language));
        }
        lines.push(String::new());
        table.add_row([severity, lines.join("\n")]);
    }
    // Lines that end in blanks are a nuisance to copy.
    let text = table.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}
