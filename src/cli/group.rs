//! `xuequ group`: schools to districts without catchments, by the same engine as in a plan; or groups there are, judged.

use serde_json::json;

use super::arguments::GroupOptions;
use super::broken;
use super::exit::{Exit, Failure, Outcome};
use super::input::Input;
use super::plan::manifest;
use super::progress::Progress;
use super::terminal::Terminal;
use crate::district::{self, GroupingBound, Parameters};
use crate::language::{Language, Message};
use crate::measure::{
    self, FrontierPoint, GroupingBoundClaim, GroupingMeasures, Objectives, RuleReport, Tier, Verdict,
};
use crate::model::{County, DistrictKind, Districts, Finding, FindingCode, SchoolIndex, Settings, Severity, Stage};
use crate::publish::{self, GroupingPublication, OutputFolder};

pub(super) fn run(options: &GroupOptions, terminal: &Terminal) -> Outcome {
    let mut input = Input::of(&options.input)?;
    let settings = &mut input.settings;
    let pilot = options.policy.pilot;
    options.policy.take_into(settings).map_err(|message| Failure { message, exit: Exit::Usage })?;
    let wishes = &mut settings.districts;
    if let Some([fewest, most]) = options.members {
        wishes.schools = [fewest + 1, most + 1];
    }
    wishes.count = options.districts.or(wishes.count);
    wishes.metres_per_point = options.metres_per_point.or(wishes.metres_per_point);
    settings.project.seed = options.making.seed.or(settings.project.seed);
    let mut folder = OutputFolder::begin(&options.making.out, options.making.overwrite)?;
    let progress = Progress::new(terminal);
    let reading = progress.follow_reading(&input.meter);
    let mut surveyed = input.read()?;
    drop(reading);
    let settings = &input.settings;
    surveyed.require_groupable(settings, terminal)?;
    say_what_is_missed(&surveyed.findings, terminal);
    surveyed.county = surveyed.county.of_whole_schools();
    let of_stages = surveyed.county.clone();
    if settings.districts.across_stages {
        surveyed.county = surveyed.county.across_stages();
    }
    let county = &surveyed.county;
    let language = super::language_of_outputs(terminal, settings);
    let seed = settings.project.seed.unwrap_or(1);
    let parameters = Parameters { seed, language, exact: options.making.exact, most_imbalance: None, prove: !pilot };
    progress.step("districts");
    let made = Made { county, of_stages: &of_stages, settings, language };
    let mut grouped: Vec<Districts> = Vec::new();
    let mut measured: Vec<GroupingMeasures> = Vec::new();
    let mut bounds: Vec<(Stage, GroupingBound)> = Vec::new();
    let is_wanted = |stage: &&Stage| settings.policy.stage.is_none_or(|only| only == **stage);
    for stage in county.stages.iter().filter(is_wanted) {
        let none = || Failure { message: made.why_none(*stage), exit: Exit::InputUnusable };
        let (mut districts, frontier) = if options.frontier {
            let (districts, frontier) = made.sweep(*stage, parameters, options.pick, &progress)?;
            (districts.ok_or_else(none)?, frontier)
        } else if settings.groups.is_some() {
            let mut given = given(county, *stage, settings.policy.stage.is_some());
            district::tell_modes(county, settings, &mut given);
            (given, Vec::new())
        } else {
            let districts = if let Some(grouping) = district::group(county, *stage, None, settings, parameters) {
                bounds.extend(grouping.bound.map(|bound| (*stage, bound)));
                grouping.districts
            } else {
                // What a document asks for and nobody can lead is a result, which its rules explain.
                let empty = Districts { stage: *stage, districts: Vec::new() };
                if settings.policy.preset.is_none() || made.measure(&empty).hard_rules_kept() {
                    return Err(none());
                }
                terminal.say(&made.why_none(*stage));
                empty
            };
            (districts, Vec::new())
        };
        if pilot {
            districts.districts.retain(|district| district.year == settings.policy.start_year);
        }
        let bound = bounds.last().filter(|(of, _)| of == stage).map(|(_, bound)| claim(*stage, bound));
        measured.push(GroupingMeasures { bound, frontier, ..made.measure(&districts) });
        grouped.push(districts);
    }
    if measured.is_empty() {
        let stage = settings.policy.stage.unwrap_or(Stage::All);
        let message = Message::new("group-none").sentence("stage", stage.of_schools());
        return Err(Failure { message, exit: Exit::InputUnusable });
    }
    progress.step("write");
    let ground = &surveyed.ground;
    let publication = GroupingPublication {
        county,
        ground,
        settings,
        grouped: &grouped,
        measured: &measured,
        bounds: &bounds,
        language,
    };
    publish::write_grouping(&publication, &mut folder)?;
    let manifest = manifest("group", &input, &surveyed, &folder, language, false)?;
    folder.write("manifest.json", &manifest.to_bytes())?;
    folder.finish()?;
    progress.finish();
    summarise(&measured, settings.policy.noun(), options, terminal);
    let is_warning = |finding: &&Finding| finding.severity() == Severity::Warning;
    let warnings = surveyed.findings.iter().filter(is_warning).count();
    if warnings > 0 {
        terminal.say(&Message::new("plan-warnings").count("count", warnings));
    }
    let mut rules = measured.iter().flat_map(|measures| &measures.rules);
    // What must be so and nobody can tell has to be looked at.
    let is_open =
        |rule: &RuleReport| rule.verdict == Verdict::Broken || (rule.hard && rule.verdict == Verdict::Unknown);
    Ok(if !measured.iter().all(GroupingMeasures::hard_rules_kept) {
        Exit::RulesBroken
    } else if warnings > 0 || rules.any(is_open) {
        Exit::WithFindings
    } else {
        Exit::Done
    })
}

fn claim(stage: Stage, bound: &GroupingBound) -> GroupingBoundClaim {
    let of = bound.objective;
    let file = publish::grouping_bound_file(stage);
    let terms = [of.near_m, of.far_m, of.size_m, of.pair_m, of.mix_m];
    GroupingBoundClaim::new(terms, bound.millimetres, bound.solver_m, bound.keeps_sizes, file)
}

/// What is said of the input though it stands against nothing.
const TOLD: [FindingCode; 11] = [
    FindingCode::ColumnUnused,
    FindingCode::EnrolmentMissing,
    FindingCode::SchoolSpecial,
    FindingCode::SchoolClosed,
    FindingCode::SchoolsNewByYear,
    FindingCode::GroupRowEmpty,
    FindingCode::GroupKinds,
    FindingCode::GroupKindByName,
    FindingCode::GroupCoreUntold,
    FindingCode::ModeOfOtherDocument,
    FindingCode::SuperiorContradicts,
];

/// Says which columns serve nothing and how many schools do not tell their pupils, as rules would be judged by what is not there;
/// what was taken for a district or a group; and what of the tables was not followed.
fn say_what_is_missed(findings: &[Finding], terminal: &Terminal) {
    let is_missed = |finding: &&Finding| TOLD.contains(&finding.code);
    for finding in findings.iter().filter(is_missed) {
        terminal.say(&finding.whole());
    }
}

/// What groupings are made from and measured by.
struct Made<'a> {
    county: &'a County,
    of_stages: &'a County,
    settings: &'a Settings,
    language: Language,
}

impl Made<'_> {
    fn measure(&self, districts: &Districts) -> GroupingMeasures {
        let strengths = measure::strengths(self.county, districts.stage, &self.settings.strength);
        measure::grouping(self.county, self.of_stages, districts, &strengths, self.settings, self.language)
    }

    /// Why nothing can be grouped: nobody is to be paired, strong schools are too small to lead, or none is known to be strong.
    fn why_none(&self, stage: Stage) -> Message {
        let Made { county, settings, .. } = self;
        let strengths = measure::strengths(county, stage, &settings.strength);
        let is_strong = |school: &SchoolIndex| strengths.is(*school, Tier::Strong);
        let strong: Vec<SchoolIndex> = county.schools_of(stage).filter(is_strong).collect();
        let is_partner = |school: SchoolIndex| county.school(school).standing.partner;
        let is_paired = county.schools_of(stage).any(is_partner) || county.locked_leads().next().is_some();
        let least = settings.districts.lead_enrolment;
        let pupils = |school: &SchoolIndex| strengths.of(*school).map_or(0, |strength| strength.pupils);
        let message = if settings.policy.pairs && !is_paired {
            Message::new("group-none-pairs")
        } else if settings.districts.marked_lead
            && !county.schools_of(stage).any(|school| county.school(school).marks.strong)
        {
            Message::new("group-none-marked")
        } else if !strong.is_empty() && strong.iter().all(|school| pupils(school) < least) {
            Message::new("group-none-small").count("least", least)
        } else {
            Message::new(self.language.key_with("group-none", settings.policy.noun()))
        };
        message.sentence("stage", stage.of_schools())
    }

    /// The frontier of a stage, and the grouping on it that is picked, or its bend. Where some groupings keep more of the hard
    /// rules than others, only these are on it.
    fn sweep(
        &self,
        stage: Stage,
        parameters: Parameters,
        pick: Option<usize>,
        progress: &Progress,
    ) -> Result<(Option<Districts>, Vec<FrontierPoint>), Failure> {
        let told = |done: usize, of: usize| progress.share("districts", done as f64 / of as f64);
        let candidates = district::sweep(self.county, stage, self.settings, parameters, told);
        let measured: Vec<GroupingMeasures> =
            candidates.iter().map(|candidate| self.measure(&candidate.districts)).collect();
        let broken = |measures: &GroupingMeasures| {
            measures.rules.iter().filter(|rule| rule.hard && rule.verdict == Verdict::Broken).count()
        };
        let Some(fewest) = measured.iter().map(broken).min() else { return Ok((None, Vec::new())) };
        let best: Vec<usize> = (0..measured.len()).filter(|of| broken(&measured[*of]) == fewest).collect();
        let strengths = measure::strengths(self.county, stage, &self.settings.strength);
        let objectives: Vec<Objectives> = best
            .iter()
            .map(|of| measure::objectives(self.county, &candidates[*of].districts, &measured[*of], &strengths))
            .collect();
        let (kept, knee) = measure::frontier(&objectives);
        let picked = match pick {
            Some(number) if number > kept.len() => {
                let message = Message::new("error-pick").count("number", number).count("count", kept.len());
                return Err(Failure { message, exit: Exit::Usage });
            }
            Some(number) => Some(number - 1),
            None => knee,
        };
        let point = |(position, of): (usize, &usize)| {
            let candidate = &candidates[best[*of]];
            FrontierPoint {
                point: position + 1,
                weights: candidate.weights,
                most_imbalance: candidate.most_imbalance,
                objectives: objectives[*of],
                is_knee: knee == Some(position),
                is_picked: picked == Some(position),
            }
        };
        let points: Vec<FrontierPoint> = kept.iter().enumerate().map(point).collect();
        Ok((picked.map(|position| candidates[best[kept[position]]].districts.clone()), points))
    }
}

/// The groups of the input that have a school of the stage, to be judged as they are.
fn given(county: &County, stage: Stage, only: bool) -> Districts {
    let serves = |school| county.school(school).serves(stage) || !county.school(school).is_compulsory();
    let mut districts = county.groups.clone();
    // Where only one stage may be grouped, groups of others are what has to be told.
    districts.retain(|district| only || district.schools().any(|(school, _)| serves(school)));
    // Where stages are judged each for itself, its schools are, and the leads of their groups, whatever they serve.
    if stage != Stage::All && !only {
        for district in &mut districts {
            district.members.retain(|school| serves(*school));
        }
    }
    Districts { stage, districts }
}

fn summarise(measured: &[GroupingMeasures], noun: Option<&str>, options: &GroupOptions, terminal: &Terminal) {
    let language = terminal.language;
    for measures in measured {
        let of_kind = |kind: DistrictKind| measures.districts.iter().filter(move |of| of.kind == kind.slug()).count();
        let counts = [DistrictKind::District, DistrictKind::Group].map(of_kind);
        let key = if counts.contains(&0) { language.key_with("group-stage", noun) } else { "group-stage-both".into() };
        let message = Message::new(key).sentence("stage", measures.stage.of_schools()).count("groups", counts[1]);
        let message = message.count("schools", measures.grouped_schools).count("others", measures.other_schools);
        let districts = if counts.contains(&0) { measures.districts.len() } else { counts[0] };
        let message = message.count("districts", districts);
        terminal.say(&message.decimal("mean", measures.mean_to_lead_m, 0));
        if let Some((bound, gap)) = measures.bound.as_ref().and_then(|bound| Some((bound, bound.gap_percent?))) {
            let message =
                Message::new(language.key_with("group-gap", noun)).decimal("value", bound.total_m / 1000.0, 3);
            terminal.say(&message.decimal("bound", bound.lower_bound_m / 1000.0, 3).decimal("gap", gap, 2));
            if let Some((solver, gap)) = bound.solver.as_ref().and_then(|solver| Some((solver, solver.gap_percent?))) {
                let message = Message::new("group-gap-solver").text("solver", solver.name);
                terminal.say(&message.decimal("bound", solver.lower_bound_m / 1000.0, 3).decimal("gap", gap, 2));
            }
        }
        let open = measures.rules.iter().filter(|rule| !rule.hard && rule.untold.is_some()).count();
        if open > 0 {
            terminal.say(&Message::new("group-rules-untold").count("count", open));
        }
        for rule in measures.rules.iter().filter(|rule| rule.hard) {
            let Some(why) = rule.untold.as_deref() else { continue };
            let message = Message::new("group-rule-untold").text("rule", &rule.text).text("why", why);
            terminal.say(&message.sentence("stage", rule.stage.of_schools()));
        }
        for rule in measures.rules.iter().filter(|rule| rule.verdict == Verdict::Broken) {
            broken::tell(rule, rule.stage.of_schools(), "breaches.csv", terminal);
        }
    }
    if terminal.json {
        terminal.data_json(&json!(measured));
    }
    terminal.say(&Message::new("plan-written").text("folder", options.making.out.display().to_string()));
}
