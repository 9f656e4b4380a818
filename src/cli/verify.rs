//! `xuequ verify`: a second opinion on a folder.

use serde_json::json;

use super::arguments::VerifyOptions;
use super::exit::{Exit, Outcome};
use super::terminal::Terminal;
use crate::language::Message;
use crate::verify::{Check, Kind, verify};

pub(super) fn run(options: &VerifyOptions, terminal: &Terminal) -> Outcome {
    let verdict = verify(&options.folder, options.project.as_deref())?;
    let language = terminal.language;
    if terminal.json {
        let checks: Vec<_> = verdict
            .checks
            .iter()
            .map(|check| {
                json!({
                    "id": check.id,
                    "kind": check.kind,
                    "passed": check.passed(),
                    "text": check.text(language),
                    "faults": check.fault_count,
                    "named": check.faults.iter().map(|fault| fault.in_language(language)).collect::<Vec<_>>(),
                })
            })
            .collect();
        terminal.data_json(&json!({
            "schema": "xuequ/verify/1",
            "claims_hold": verdict.claims_hold(),
            "rules_hold": verdict.rules_hold(),
            "checks": checks,
        }));
    } else {
        for check in &verdict.checks {
            show(check, terminal);
        }
    }
    let key = match (verdict.claims_hold(), verdict.rules_hold()) {
        // A grouping has no seats and no borders.
        (true, true) if verdict.checks.iter().any(|check| check.id == "grouping-rules") => "verify-good-grouping",
        (true, true) => "verify-good",
        (true, false) if verdict.checks.iter().any(|check| check.id == "grouping-rules") => "verify-grouping-broken",
        (true, false) => "verify-rules-broken",
        (false, _) => "verify-bad",
    };
    terminal.say(&Message::new(key));
    Ok(match (verdict.claims_hold(), verdict.rules_hold()) {
        (true, true) => Exit::Done,
        (true, false) => Exit::RulesBroken,
        (false, _) => Exit::WithFindings,
    })
}

fn show(check: &Check, terminal: &Terminal) {
    let language = terminal.language;
    let mark = match (check.passed(), check.kind) {
        (true, _) => "verify-mark-good",
        (false, Kind::Claim) => "verify-mark-bad",
        (false, Kind::Rule) => "verify-mark-rule",
    };
    terminal.data(&format!("{} {}", language.text(mark), check.text(language)));
    for fault in &check.faults {
        terminal.data(&format!("    {}", fault.in_language(language)));
    }
    if check.fault_count > check.faults.len() {
        let more = Message::new("verify-more").count("count", check.fault_count - check.faults.len());
        terminal.data(&format!("    {}", more.in_language(language)));
    }
}
