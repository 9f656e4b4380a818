//! `xuequ check`: what there is to say about the input.

use std::path::Path;

use serde_json::json;

use super::arguments::CheckOptions;
use super::exit::{Exit, Failure, Outcome};
use super::input::Input;
use super::progress::Progress;
use super::terminal::Terminal;
use crate::language::{Language, Message};
use crate::model::Severity;
use crate::publish::{CHANGES, MendedFiles, OutputFolder, findings_json, findings_list, mended};
use crate::read::Outlines;

pub(super) fn run(options: &CheckOptions, terminal: &Terminal) -> Outcome {
    let progress = Progress::new(terminal);
    let input = Input::of(&options.input)?;
    let reading = progress.follow_reading(&input.meter);
    let (surveyed, mended) = if let Some(target) = &options.out {
        let folder = OutputFolder::begin(target, options.overwrite)?;
        let (surveyed, outlines) = input.read_outlines()?;
        drop(reading);
        progress.step("mend");
        let language = super::language_of_outputs(terminal, &input.settings);
        (surveyed, Some(write_mended(folder, target, outlines.as_ref(), language)?))
    } else {
        let surveyed = input.read()?;
        drop(reading);
        (surveyed, None)
    };
    progress.finish();
    let county = &surveyed.county;
    let count = |severity: Severity| surveyed.findings.iter().filter(|finding| finding.severity() == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    if terminal.json {
        let mut data = json!({
            "schema": "xuequ/check/1",
            "schools": county.schools.len(),
            "blocks": county.blocks.len(),
            "stages": county.stages,
            "errors": errors,
            "warnings": warnings,
            "notes": notes,
            "findings": findings_json(&surveyed.findings, terminal.language),
        });
        if let Some(mended) = &mended {
            data["mended"] = json!({
                "files": mended.files.iter().map(|(name, _)| name).collect::<Vec<_>>(),
                "changed": mended.changed,
                "unmended": mended.unmended,
                "left_out": mended.left_out,
                "area_m2": (mended.area_m2 * 1e3).round() / 1e3,
            });
        }
        terminal.data_json(&data);
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
    if let (Some(mended), Some(target)) = (&mended, &options.out) {
        say_mended(mended, target, terminal);
    }
    Ok(match surveyed.worst() {
        Some(Severity::Error) => Exit::InputUnusable,
        Some(Severity::Warning) => Exit::WithFindings,
        Some(Severity::Note) | None => Exit::Done,
    })
}

/// Writes the mended copies and the list of changes.
fn write_mended(
    mut folder: OutputFolder,
    target: &Path,
    outlines: Option<&Outlines>,
    language: Language,
) -> Result<MendedFiles, Failure> {
    let Some(outlines) = outlines else {
        let message = Message::new("error-nothing-to-mend").text("path", target.display().to_string());
        return Err(Failure { message, exit: Exit::InputUnusable });
    };
    let mended = mended(outlines, language);
    for (name, bytes) in &mended.files {
        folder.write(name, bytes)?;
    }
    folder.finish()?;
    Ok(mended)
}

fn say_mended(mended: &MendedFiles, target: &Path, terminal: &Terminal) {
    let copies: Vec<String> = mended
        .files
        .iter()
        .filter(|(name, _)| name != CHANGES)
        .map(|(name, _)| target.join(name).display().to_string())
        .collect();
    let message = Message::new("check-mended").text("files", copies.join(", ")).count("changed", mended.changed);
    let message = message.decimal("area", mended.area_m2, 1);
    terminal.say(&message.text("list", target.join(CHANGES).display().to_string()));
    if mended.unmended + mended.left_out > 0 {
        let message = Message::new("check-not-mended").count("unmended", mended.unmended);
        terminal.say(&message.count("left_out", mended.left_out));
    }
}
