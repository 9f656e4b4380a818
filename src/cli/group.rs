//! `xuequ group`: schools to districts without catchments, by the same engine as in a plan; or groups there are, judged.

use serde_json::json;

use super::arguments::GroupOptions;
use super::exit::{Exit, Failure, Outcome};
use super::input::Input;
use super::plan::manifest;
use super::progress::Progress;
use super::terminal::Terminal;
use crate::district::{self, Parameters};
use crate::language::Message;
use crate::measure::{self, GroupingMeasures, Verdict};
use crate::model::settings::Preset;
use crate::model::{County, Districts, Finding, Severity, Stage};
use crate::publish::{self, GroupingPublication, OutputFolder};

pub(super) fn run(options: &GroupOptions, terminal: &Terminal) -> Outcome {
    let mut input = Input::of(&options.input)?;
    let settings = &mut input.settings;
    // Where the project has the preset, what else it says of it stays.
    let preset = options.preset.map(Preset::from).filter(|preset| settings.policy.preset != Some(*preset));
    if let Some(preset) = preset {
        preset.put_into(settings);
    }
    settings.policy.everyone &= !options.pilot;
    let wishes = &mut settings.districts;
    if let Some([fewest, most]) = options.members {
        wishes.schools = [fewest + 1, most + 1];
    }
    wishes.count = options.districts.or(wishes.count);
    wishes.metres_per_point = options.metres_per_point.or(wishes.metres_per_point);
    settings.project.seed = options.seed.or(settings.project.seed);
    let mut folder = OutputFolder::begin(&options.out, options.overwrite)?;
    let progress = Progress::new(terminal);
    progress.step("read");
    let mut surveyed = input.read()?;
    surveyed.require_groupable(terminal)?;
    let settings = &input.settings;
    let of_stages = surveyed.county.clone();
    if settings.districts.across_stages {
        surveyed.county = surveyed.county.across_stages();
    }
    let county = &surveyed.county;
    let language = super::language_of_outputs(terminal, settings);
    let parameters = Parameters { seed: settings.project.seed.unwrap_or(1), language, exact: options.exact };
    progress.step("districts");
    let mut grouped: Vec<Districts> = Vec::new();
    let mut measured: Vec<GroupingMeasures> = Vec::new();
    let is_wanted = |stage: &&Stage| settings.policy.stage.is_none_or(|only| only == **stage);
    for stage in county.stages.iter().filter(is_wanted) {
        let mut districts = if settings.groups.is_some() {
            given(county, *stage)
        } else {
            let Some(grouping) = district::group(county, *stage, None, settings, parameters) else {
                let message = Message::new("group-none").sentence("stage", stage.message());
                return Err(Failure { message, exit: Exit::InputUnusable });
            };
            grouping.districts
        };
        if options.pilot {
            districts.districts.retain(|district| district.year == settings.policy.start_year);
        }
        let strengths = measure::strengths(county, *stage, &settings.strength);
        measured.push(measure::grouping(county, &of_stages, &districts, &strengths, settings, language));
        grouped.push(districts);
    }
    progress.step("write");
    let publication = GroupingPublication { county, settings, grouped: &grouped, measured: &measured, language };
    publish::write_grouping(&publication, &mut folder)?;
    let manifest = manifest("group", &input, &surveyed, &folder, language, false)?;
    folder.write("manifest.json", &manifest.to_bytes())?;
    folder.finish()?;
    progress.finish();
    summarise(&measured, options, terminal);
    let is_warning = |finding: &&Finding| finding.severity() == Severity::Warning;
    let warnings = surveyed.findings.iter().filter(is_warning).count();
    if warnings > 0 {
        terminal.say(&Message::new("plan-warnings").count("count", warnings));
    }
    let mut rules = measured.iter().flat_map(|measures| &measures.rules);
    Ok(if !measured.iter().all(GroupingMeasures::hard_rules_kept) {
        Exit::RulesBroken
    } else if warnings > 0 || rules.any(|rule| rule.verdict == Verdict::Broken) {
        Exit::WithFindings
    } else {
        Exit::Done
    })
}

/// The groups of the input that have a school of the stage, to be judged as they are.
fn given(county: &County, stage: Stage) -> Districts {
    let serves = |school| county.school(school).serves(stage) || !county.school(school).is_compulsory();
    let mut districts = county.groups.clone();
    districts.retain(|district| district.schools().any(|(school, _)| serves(school)));
    Districts { stage, districts }
}

fn summarise(measured: &[GroupingMeasures], options: &GroupOptions, terminal: &Terminal) {
    for measures in measured {
        let message = Message::new("group-stage").sentence("stage", measures.stage.message());
        let message = message.count("schools", measures.schools).count("districts", measures.districts.len());
        terminal.say(&message.decimal("mean", measures.mean_to_lead_m, 0));
        for rule in measures.rules.iter().filter(|rule| rule.verdict == Verdict::Broken) {
            let key = if rule.hard { "plan-rule-broken" } else { "group-rule-missed" };
            let message = Message::new(key).text("rule", &rule.text).count("count", rule.breaches.len());
            terminal.say(&message.sentence("stage", rule.stage.message()));
            // What is wrong with the whole grouping has one remedy, which is worth a line.
            if let [only] = rule.breaches.as_slice() {
                terminal.say(&Message::new("group-remedy").text("mend", &only.mend));
            }
        }
    }
    if terminal.json {
        terminal.data_json(&json!(measured));
    }
    terminal.say(&Message::new("plan-written").text("folder", options.out.display().to_string()));
}
