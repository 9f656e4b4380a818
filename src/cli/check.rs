//! `xuequ check`: what there is to say about the input.

use serde_json::json;

use super::arguments::CheckOptions;
use super::exit::{Exit, Outcome};
use super::input::Input;
use super::progress::Progress;
use super::terminal::Terminal;
use crate::language::Message;
use crate::model::Severity;
use crate::publish::{findings_json, findings_list};

pub(super) fn run(options: &CheckOptions, terminal: &Terminal) -> Outcome {
    let progress = Progress::new(terminal);
    progress.step("read");
    let surveyed = Input::of(&options.input)?.read()?;
    progress.finish();
    let county = &surveyed.county;
    let count = |severity: Severity| surveyed.findings.iter().filter(|finding| finding.severity() == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    if terminal.json {
        terminal.data_json(&json!({
            "schema": "xuequ/check/1",
            "schools": county.schools.len(),
            "blocks": county.blocks.len(),
            "stages": county.stages,
            "errors": errors,
            "warnings": warnings,
            "notes": notes,
            "findings": findings_json(&surveyed.findings, terminal.language),
        }));
    } else if surveyed.findings.is_empty() {
        terminal.data(&terminal.language.text("check-no-findings"));
    } else {
        terminal.data(&findings_list(&surveyed.findings, terminal.language, terminal.width()));
    }
    terminal.say(
        &Message::new("check-summary")
            .count("schools", county.schools.len())
            .count("blocks", county.blocks.len())
            .count("errors", errors)
            .count("warnings", warnings)
            .count("notes", notes),
    );
    Ok(match surveyed.worst() {
        Some(Severity::Error) => Exit::InputUnusable,
        Some(Severity::Warning) => Exit::WithFindings,
        Some(Severity::Note) | None => Exit::Done,
    })
}
