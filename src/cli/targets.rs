//! `xuequ targets`: which targets are met, and by how much the others are missed.

use serde_json::json;

use super::arguments::{TableOptions, TargetsCommand, TargetsOptions};
use super::exit::{Exit, Failure, Outcome};
use super::table;
use super::terminal::Terminal;
use crate::language::Message;
use crate::measure::{self, JudgedTarget, Standing};
use crate::model::Comparison;
use crate::publish::{findings_json, targets_table};
use crate::read::read_targets;

pub(super) fn run(options: &TargetsOptions, terminal: &Terminal) -> Outcome {
    match (&options.command, &options.table) {
        (Some(TargetsCommand::Check(options)), _) => check(&options.table, options.year, terminal),
        (None, Some(table)) => check(table, options.year, terminal),
        (None, None) => {
            let message = Message::new("usage-option-missing").text("option", "<FILE>");
            Err(Failure { message, exit: Exit::Usage })
        }
    }
}

fn check(of_table: &TableOptions, year: Option<u16>, terminal: &Terminal) -> Outcome {
    let file = &of_table.file;
    let reading = read_targets(&table::source(of_table, "targets")?)?;
    table::require_sound(&reading.findings, terminal)?;
    let judged = measure::targets(&reading.targets, year);
    if judged.is_empty() {
        return Err(match year.filter(|_| !reading.targets.is_empty()) {
            Some(year) => {
                let message = Message::new("targets-none-of-year").text("file", file).text("year", year.to_string());
                Failure { message, exit: Exit::InputUnusable }
            }
            None => table::empty(file),
        });
    }
    let count = |standing: Standing| judged.iter().filter(|judged| judged.standing == standing).count();
    let (met, not_met, no_value) = (count(Standing::Met), count(Standing::NotMet), count(Standing::NoValue));
    table::write(of_table, &targets_table(&judged, terminal.language), terminal)?;
    if terminal.json {
        terminal.data_json(&json!({
            "schema": "xuequ/targets/1",
            "file": file,
            "year": year,
            "met": met,
            "not_met": not_met,
            "no_value": no_value,
            "targets": judged,
            "findings": findings_json(&reading.findings, None, terminal.language),
        }));
    } else {
        for judged in &judged {
            terminal.data(&line(judged).in_language(terminal.language));
        }
    }
    let message = Message::new("targets-summary").count("count", judged.len());
    terminal.say(&message.count("met", met).count("missed", not_met).count("empty", no_value));
    Ok(if met == judged.len() { Exit::Done } else { Exit::WithFindings })
}

/// A target on one line.
fn line(judged: &JudgedTarget) -> Message {
    let target = &judged.target;
    let quantity = |number: f64| match &target.unit {
        Some(unit) => format!("{number} {unit}"),
        None => number.to_string(),
    };
    let year = target.year.map(|year| year.to_string()).unwrap_or_default();
    let message = Message::new("targets-line").sentence("standing", judged.standing.message());
    let message = message.text("indicator", &target.indicator).clause("year", "clause-of-year", &year);
    let message = message.clause("owner", "clause-of-owner", target.owner.as_deref().unwrap_or_default());
    let message = message.text("value", target.value.map_or_else(|| "–".to_owned(), quantity));
    let message = message.text("target", format!("{} {}", target.comparison.sign(), quantity(target.target)));
    let gap = match target.comparison {
        Comparison::AtLeast => "clause-gap-below",
        Comparison::AtMost => "clause-gap-above",
        Comparison::Equal => "clause-gap-beside",
    };
    let message = message.clause("gap", gap, &judged.short_by.map(quantity).unwrap_or_default());
    match judged.change.zip(judged.change_from) {
        Some((change, from)) => {
            // A change of nothing has no sign.
            let change = if change > 0.0 { format!("+{change}") } else { change.to_string() };
            let change = Message::new("targets-changed").text("change", change).text("year", from.to_string());
            message.sentence("change", change)
        }
        None => message.text("change", ""),
    }
}
