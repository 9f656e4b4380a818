//! `xuequ evaluate`: what a given assignment is worth, by the same measures as a planned one.

use super::arguments::EvaluateOptions;
use super::exit::{Exit, Failure, Outcome};
use super::input::Input;
use super::plan::{Planned, say_stages};
use super::terminal::Terminal;
use crate::language::Message;
use crate::measure;
use crate::model::settings::{Files, LayerSettings};
use crate::model::{Catchments, FindingCode, Scheme};

pub(super) fn run(options: &EvaluateOptions, terminal: &Terminal) -> Outcome {
    let mut input = Input::of(&options.input)?;
    if let Some(file) = &options.assignment {
        let absolute =
            std::path::absolute(file).map_or_else(|_| file.clone(), |path| path.to_string_lossy().into_owned());
        input.settings.existing = Some(LayerSettings { file: Files::One(absolute), ..LayerSettings::default() });
    }
    let surveyed = input.read()?;
    surveyed.require_usable(terminal)?;
    let county = &surveyed.county;
    let catchments: Vec<Catchments> = county
        .stages
        .iter()
        .filter_map(|stage| {
            let school_of = county.existing.school_of[*stage].clone()?;
            Some(Catchments { stage: *stage, school_of })
        })
        .collect();
    // Whoever gives an assignment to be judged needs to know which of its rows were not understood.
    for finding in surveyed.findings.iter().filter(|finding| is_about_assignment(finding.code)) {
        terminal.say(&finding.whole());
    }
    if catchments.is_empty() {
        return Err(Failure { message: Message::new("error-nothing-to-evaluate"), exit: Exit::InputUnusable });
    }
    let scheme = Scheme { catchments, ..Scheme::default() };
    let language = super::language_of_outputs(terminal, &input.settings);
    let evaluation = measure::evaluate(county, &surveyed.ground, &scheme, &[], &input.settings, language);
    let exit = if evaluation.hard_rules_kept { Exit::Done } else { Exit::WithFindings };
    if terminal.json {
        terminal.data(&serde_json::to_string_pretty(&evaluation).unwrap_or_default());
    }
    say_stages(&Planned { evaluation, surveyed, noun: input.settings.policy.noun(), exit }, terminal);
    Ok(exit)
}

/// Whether a finding says that part of the assignment could not be taken as it stands.
const fn is_about_assignment(code: FindingCode) -> bool {
    matches!(
        code,
        FindingCode::ExistingSchoolUnknown
            | FindingCode::ExistingSchoolRespelt
            | FindingCode::ExistingBlockUnknown
            | FindingCode::ExistingTwice
    )
}
