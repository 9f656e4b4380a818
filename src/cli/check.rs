//! `xuequ check`: what there is to say about the input.

use std::path::Path;

use serde_json::json;

use super::arguments::CheckOptions;
use super::exit::{Exit, Failure, Outcome};
use super::input::Input;
use super::progress::Progress;
use super::terminal::Terminal;
use crate::language::{Language, Message};
use crate::model::{FindingCode, Severity};
use crate::publish::{
    CHANGES, FindingsReport, MendedFiles, OutputFolder, explanation, findings_json, findings_list, mended,
};
use crate::read::{OutlineLayers, most_similar};

pub(super) fn run(options: &CheckOptions, terminal: &Terminal) -> Outcome {
    if let Some(code) = &options.explain {
        return explain(code, terminal);
    }
    let target = options.out.as_deref();
    let out = target.map(|path| begin(path, options.overwrite).map(|folder| (folder, path))).transpose()?;
    let progress = Progress::new(terminal);
    let input = Input::of(&options.input)?;
    let reading = progress.follow_reading(&input.meter);
    let (surveyed, outlines) = if options.fix { input.read_outlines()? } else { (input.read()?, None) };
    drop(reading);
    let surveyed = surveyed.of_purpose(&input.settings);
    let language = super::language_of_outputs(terminal, &input.settings);
    let mended = match (&out, options.fix) {
        (Some((_, target)), true) => {
            progress.step("mend");
            Some(mend(outlines.as_ref(), target, language)?)
        }
        _ => None,
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
            "findings": findings_json(&surveyed.findings, Some(&surveyed.ground), terminal.language),
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
    if let Some((mut folder, path)) = out {
        FindingsReport::new(county, &surveyed.ground, &surveyed.findings, language).write(&mut folder)?;
        for (name, bytes) in mended.iter().flat_map(|mended| &mended.files) {
            folder.write(name, bytes)?;
        }
        folder.finish()?;
        let page = path.join("findings.html").display().to_string();
        terminal.say(&Message::new("check-written").text("folder", path.display().to_string()).text("page", page));
        if let Some(mended) = &mended {
            say_mended(mended, path, terminal);
        }
    } else if let Some(worst) = surveyed.worst()
        && let Some(finding) = surveyed.findings.iter().find(|finding| finding.severity() == worst)
    {
        terminal.say(&Message::new("check-next").text("code", finding.code.slug()));
    }
    let worst = surveyed.worst();
    // The program ends with this command; a large county is sooner given back as a whole then.
    std::mem::forget(surveyed);
    Ok(match worst {
        Some(Severity::Error) => Exit::InputUnusable,
        Some(Severity::Warning) => Exit::WithFindings,
        Some(Severity::Note) | None => Exit::Done,
    })
}

/// Begins the folder of the report; never in the place of a plan, whose outputs would go.
fn begin(path: &Path, overwrite: bool) -> Result<OutputFolder, Failure> {
    if path.join("manifest.json").exists() {
        let message = Message::new("error-output-is-plan").text("path", path.display().to_string());
        return Err(Failure { message, exit: Exit::Io });
    }
    Ok(OutputFolder::begin(path, overwrite)?)
}

/// Says what a code means, whatever the county.
fn explain(asked: &str, terminal: &Terminal) -> Outcome {
    let asked = asked.trim().trim_matches(['[', ']', '`']).to_lowercase();
    let found = FindingCode::ALL.iter().copied().find(|code| code.slug() == asked);
    let Some((code, told)) = found.and_then(|code| Some((code, explanation(code, terminal.language)?))) else {
        let nearest = most_similar(&asked, FindingCode::ALL.iter().map(|code| code.slug())).unwrap_or_default();
        let message = Message::new("error-code-unknown").text("code", asked.as_str());
        return Err(Failure { message: message.clause("nearest", "clause-did-you-mean", nearest), exit: Exit::Usage });
    };
    let severity = code.severity();
    if terminal.json {
        terminal.data_json(&json!({
            "schema": "xuequ/explanation/1",
            "code": code.slug(),
            "severity": severity.slug(),
            "meaning": told.meaning,
            "remedy": told.remedy,
        }));
    } else {
        let head = format!("{} [{}]", severity.message().in_language(terminal.language), code.slug());
        terminal.data(&format!("{head}\n    {}\n    → {}", told.meaning, told.remedy));
    }
    Ok(Exit::Done)
}

/// The mended copies and the list of changes.
fn mend(outlines: Option<&OutlineLayers>, target: &Path, language: Language) -> Result<MendedFiles, Failure> {
    let Some(outlines) = outlines else {
        let message = Message::new("error-nothing-to-mend").text("path", target.display().to_string());
        return Err(Failure { message, exit: Exit::InputUnusable });
    };
    Ok(mended(outlines, language))
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
