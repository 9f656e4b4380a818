//! `xuequ plan`: read, check, plan catchments, group districts, measure, publish.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use super::arguments::PlanOptions;
use super::broken;
use super::exit::{Exit, Failure, Outcome};
use super::input::{Input, Surveyed};
use super::progress::Progress;
use super::terminal::Terminal;
use crate::catchment::{self, Bound, Stop, Watch};
use crate::district::{self, Territory};
use crate::explain;
use crate::language::{Language, Message};
use crate::measure::{self, BoundClaim, DistrictLines, DrawnFrom, Evaluation, RuleReport};
use crate::model::{Catchments, Districts, Scheme, Settings, Severity, Stage, groups_of_stage};
use crate::publish::{self, InputFile, MANIFEST_SCHEMA, Manifest, OutputFolder, Parent, Publication, fingerprint};

pub(super) fn run(options: &PlanOptions, terminal: &Terminal) -> Outcome {
    let mut input = Input::of(&options.input)?;
    take_options(&mut input.settings, options);
    options.policy.take_into(&mut input.settings).map_err(|message| Failure { message, exit: Exit::Usage })?;
    // Asked before the work begins: nobody wants to hear it after.
    let folder = OutputFolder::begin(&options.making.out, options.making.overwrite)?;
    let asked =
        Asked { districts: !options.no_districts, only_pilots: options.policy.pilot, exact: options.making.exact };
    let planned = plan(&input, folder, asked, terminal)?;
    summarise(&planned, options, terminal);
    Ok(planned.exit)
}

fn take_options(settings: &mut Settings, options: &PlanOptions) {
    if options.making.seed.is_some() {
        settings.project.seed = options.making.seed;
    }
    if options.time_limit.is_some() {
        settings.catchments.time_limit = options.time_limit;
    }
    if let Some(effort) = options.effort {
        settings.catchments.effort = Some(effort.into());
    }
    settings.catchments.within_districts |= options.within_districts;
    options.terms.take_into(&mut settings.catchments);
    if let Some(distance) = options.distance {
        settings.catchments.distance = Some(distance.into());
    }
    settings.outputs.tables_only |= options.tables_only;
}

/// What planning came to.
pub(super) struct Planned {
    pub(super) evaluation: Evaluation,
    pub(super) surveyed: Surveyed,
    /// What the document calls its districts; see [`crate::model::settings::PolicySettings::noun`].
    pub(super) noun: Option<&'static str>,
    pub(super) exit: Exit,
}

/// What is asked of districts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// Whether schools are grouped at all.
    pub(super) districts: bool,
    /// Whether only the districts that begin are made 试点.
    pub(super) only_pilots: bool,
    /// Whether membership is solved exactly.
    pub(super) exact: bool,
}

/// Plans a county and writes the folder.
pub(super) fn plan(
    input: &Input,
    mut folder: OutputFolder,
    asked: Asked,
    terminal: &Terminal,
) -> Result<Planned, Failure> {
    let progress = Progress::new(terminal);
    let reading = progress.follow_reading(&input.meter);
    let mut surveyed = input.read()?;
    drop(reading);
    surveyed.require_usable(terminal)?;
    let language = super::language_of_outputs(terminal, &input.settings);
    let watch = watch(&input.settings);

    let within = asked.districts && input.settings.catchments.within_districts;
    let (mut scheme, bounds, mut stop) = plan_catchments(&surveyed, &input.settings, &watch, &progress, within);
    if asked.districts {
        progress.step("districts");
        group_districts(&surveyed, &input.settings, &mut scheme, asked.exact, language);
    }
    if asked.only_pilots {
        let start = input.settings.policy.start_year;
        scheme.districts.iter_mut().for_each(|of| of.districts.retain(|district| district.year == start));
    }
    if within {
        stop = stop.or(plan_within_districts(&surveyed, &input.settings, &watch, &progress, &mut scheme));
    }
    if asked.districts && input.settings.policy.unified_admission && input.settings.groups.is_none() {
        terminal.say(&Message::new("plan-pools-need-groups"));
    }
    if asked.districts {
        let waivers = measure::unknown_waivers(&surveyed.county, &scheme.districts, &input.settings.districts);
        for finding in &waivers {
            terminal.say(&finding.whole());
        }
        surveyed.findings.extend(waivers);
    }
    progress.step("measure");
    let (county, ground) = (&surveyed.county, &surveyed.ground);
    let claims: Vec<BoundClaim> = bounds.iter().map(claim).collect();
    let reasons_of = |catchments| explain::reasons(county, ground, &scheme, catchments, &input.settings);
    let (evaluation, reasons): (Evaluation, Vec<Vec<explain::Reason>>) = rayon::join(
        || measure::evaluate(county, ground, &scheme, &claims, &input.settings, language),
        || scheme.catchments.iter().map(reasons_of).collect(),
    );

    progress.step("write");
    let early_end = stop.map(|stop| language.text(stop_key(stop)));
    let publication = Publication {
        county,
        ground,
        scheme: &scheme,
        evaluation: &evaluation,
        bounds: &bounds,
        reasons: &reasons,
        findings: &surveyed.findings,
        settings: &input.settings,
        language,
        early_end: early_end.as_deref(),
        status: None,
    };
    publish::write_all(&publication, &mut folder)?;
    let manifest = manifest("plan", input, &surveyed, &folder, language, stop.is_some())?;
    folder.write("manifest.json", &manifest.to_bytes())?;
    folder.finish()?;
    progress.finish();
    let exit = exit(&evaluation, &surveyed, stop);
    let noun = input.settings.policy.noun();
    Ok(Planned { evaluation, surveyed, noun, exit })
}

/// A watch with the time limit of the settings that Ctrl-C stops. The search ends within a moment then, and the best so
/// far is written; to end at once and leave half a folder is not offered.
fn watch(settings: &Settings) -> Watch {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    // Fails only where a handler was set before, as in tests that run commands in one process.
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    // A limit too long for a clock is none.
    let limit = settings.catchments.time_limit.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    Watch::new(limit, interrupted)
}

fn plan_catchments(
    surveyed: &Surveyed,
    settings: &Settings,
    watch: &Watch,
    progress: &Progress,
    within: bool,
) -> (Scheme, Vec<Bound>, Option<Stop>) {
    let (county, ground) = (&surveyed.county, &surveyed.ground);
    let mut scheme = Scheme::default();
    let mut bounds = Vec::new();
    let mut stop = None;
    let groups = county.stages_together();
    for (position, stages) in groups.iter().enumerate() {
        let parameters = catchment::Parameters {
            seed: settings.project.seed.unwrap_or(1),
            effort: settings.catchments.effort,
            // Within districts everything is planned once more.
            watch: watch.for_first_of(groups.len() - position + if within { groups.len() } else { 0 }),
        };
        let follower = progress.follow("catchments", &of_stages(stages), &parameters.watch);
        let outcomes = catchment::plan_together(county, ground, stages, settings, &parameters);
        drop(follower);
        for outcome in outcomes {
            // A school no block is left for is not in the proof, and a bound without it would not hold for all schemes.
            if outcome.bound.schools.len() == county.holders(outcome.catchments.stage).count() {
                bounds.push(outcome.bound);
            }
            scheme.catchments.push(outcome.catchments);
            stop = stop.or(outcome.stop);
        }
    }
    (scheme, bounds, stop)
}

/// Plans the catchments anew within the lines of the districts of a scheme, and keeps those planned before as what it would be
/// without. Where the lines are those of the scheme itself, it keeps to them as it is.
fn plan_within_districts(
    surveyed: &Surveyed,
    settings: &Settings,
    watch: &Watch,
    progress: &Progress,
    scheme: &mut Scheme,
) -> Option<Stop> {
    let (county, ground) = (&surveyed.county, &surveyed.ground);
    scheme.free.clone_from(&scheme.catchments);
    let lines_of = |free: &Catchments| {
        let districts = scheme.districts_of(free.stage)?;
        let lines = DistrictLines::of(county, ground, districts, free);
        (lines.drawn_from == DrawnFrom::Existing).then_some(lines)
    };
    let lines: Vec<DistrictLines> = scheme.free.iter().filter_map(lines_of).collect();
    let has_lines = |stages: &Vec<Stage>| lines.iter().any(|lines| stages.contains(&lines.stage));
    let groups: Vec<Vec<Stage>> = county.stages_together().into_iter().filter(has_lines).collect();
    let mut stop = None;
    for (position, stages) in groups.iter().enumerate() {
        let parameters = catchment::Parameters {
            seed: settings.project.seed.unwrap_or(1),
            effort: settings.catchments.effort,
            watch: watch.for_first_of(groups.len() - position),
        };
        let detail = Message::new("stages-within-districts").sentence("stage", of_stages(stages));
        let follower = progress.follow("catchments", &detail, &parameters.watch);
        let (planned, stopped) = catchment::plan_within(county, ground, stages, &lines, settings, &parameters);
        drop(follower);
        let free = scheme.free.iter().filter(|free| stages.contains(&free.stage)).cloned().collect();
        // A scheme within lines is one without as well: where chance made it the better one, it is both.
        let is_better = value(surveyed, settings, planned.clone()) < value(surveyed, settings, free);
        let take = |into: &mut Vec<Catchments>| {
            for before in into {
                if let Some(after) = planned.iter().find(|after| after.stage == before.stage) {
                    before.clone_from(after);
                }
            }
        };
        if is_better {
            take(&mut scheme.free);
        }
        take(&mut scheme.catchments);
        stop = stop.or(stopped);
    }
    stop
}

/// What the catchments of stages that are planned at once come to: pupils and blocks by which hard rules are broken, and the sum
/// that is made least.
fn value(surveyed: &Surveyed, settings: &Settings, catchments: Vec<Catchments>) -> (u64, i64) {
    let (county, ground) = (&surveyed.county, &surveyed.ground);
    let scheme = Scheme { catchments, ..Scheme::default() };
    let of_stage = |catchments: &Catchments| {
        let loads = measure::loads(county, &scheme, catchments.stage);
        let detached = measure::detached(county, ground, catchments).len() as u64;
        let breach = loads.iter().map(measure::Load::overload).sum::<u64>() + detached;
        (breach, measure::objective(county, ground, catchments, &loads, settings).total())
    };
    let add = |sum: (u64, i64), next: (u64, i64)| (sum.0 + next.0, sum.1 + next.1);
    scheme.catchments.iter().map(of_stage).fold((0, 0), add)
}

/// The name of stages that are planned at once.
fn of_stages(stages: &[Stage]) -> Message {
    match stages {
        [only] => only.message(),
        _ => Message::new("stages-together"),
    }
}

fn claim(bound: &Bound) -> BoundClaim {
    BoundClaim {
        stage: bound.stage,
        pupil_km: bound.pupil_kilometres(),
        covers: bound.proof.covers().to_vec(),
        file: publish::bound_file(bound.stage),
    }
}

fn group_districts(surveyed: &Surveyed, settings: &Settings, scheme: &mut Scheme, exact: bool, language: Language) {
    let seed = settings.project.seed.unwrap_or(1);
    let parameters = district::Parameters { seed, language, exact, most_imbalance: None, prove: false };
    if settings.groups.is_some() {
        let of_stage = |stage: Stage| {
            let serves = |school| surveyed.county.school(school).serves(stage);
            Districts { stage, districts: groups_of_stage(&surveyed.county.groups, serves) }
        };
        scheme.districts = scheme.catchments.iter().map(|catchments| of_stage(catchments.stage)).collect();
        return;
    }
    let schools_of = |catchments: &Catchments| surveyed.county.schools_of(catchments.stage).count();
    let all = scheme.catchments.iter().map(schools_of).sum();
    let mut before = 0;
    for catchments in &scheme.catchments {
        let territory = Territory { ground: &surveyed.ground, catchments };
        // What the document says of numbers is about all stages: each has its part.
        let until = before + schools_of(catchments);
        let of_part = settings.districts.across_stages.then(|| settings.with_numbers_of([before, until], all));
        before = until;
        let own = of_part.as_ref().unwrap_or(settings);
        let grouping = district::group(&surveyed.county, catchments.stage, Some(territory), own, parameters);
        scheme.districts.extend(grouping.map(|grouping| grouping.districts));
    }
}

/// The manifest of a folder that `command` made.
pub(super) fn manifest(
    command: &str,
    input: &Input,
    surveyed: &Surveyed,
    folder: &OutputFolder,
    language: Language,
    ended_early: bool,
) -> Result<Manifest, Failure> {
    let fault = |file: &str, source| crate::read::ReadError::Open { file: file.to_owned(), source };
    let mut inputs = Vec::new();
    for file in &surveyed.county.files {
        let path = input.folder.join(file);
        let names = crate::read::companions(&path).into_iter().filter_map(|companion| {
            let ending = companion.extension()?.to_str()?.to_owned();
            Some(Path::new(file).with_extension(ending).to_string_lossy().into_owned())
        });
        for name in std::iter::once(file.clone()).chain(names) {
            let bytes = crate::read::input_bytes(&input.folder.join(&name)).map_err(|source| fault(&name, source))?;
            inputs.push(InputFile { file: name, sha256: fingerprint(&bytes) });
        }
    }
    Ok(Manifest {
        schema: MANIFEST_SCHEMA.to_owned(),
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: command.to_owned(),
        seed: input.settings.project.seed.unwrap_or(1),
        language: language.tag().to_owned(),
        ended_early,
        author: input.settings.project.author.clone(),
        parents: parents(input, &inputs),
        settings: input.settings.clone(),
        inputs,
        outputs: folder.fingerprints().clone(),
    })
}

/// The schemes the input goes on from: files of an existing scheme and of groups there are, and the folders these come from.
fn parents(input: &Input, inputs: &[InputFile]) -> Vec<Parent> {
    let layers = [("existing", &input.settings.existing), ("groups", &input.settings.groups)];
    let given = layers.into_iter().filter_map(|(layer, settings)| Some((layer, settings.as_ref()?.file.names())));
    let mut parents = Vec::new();
    for (layer, names) in given {
        for of in inputs.iter().filter(|of| names.contains(&of.file)) {
            let beside = input.folder.join(&of.file).with_file_name("manifest.json");
            let lists = |bytes: &Vec<u8>| {
                let manifest: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
                let name = Path::new(&of.file).file_name().and_then(|name| name.to_str()).unwrap_or_default();
                manifest.is_some_and(|manifest| manifest["outputs"].get(name).is_some())
            };
            let scheme = std::fs::read(beside).ok().filter(lists).map(|bytes| fingerprint(&bytes));
            parents.push(Parent { layer: layer.to_owned(), file: of.file.clone(), sha256: of.sha256.clone(), scheme });
        }
    }
    parents
}

const fn stop_key(stop: Stop) -> &'static str {
    match stop {
        Stop::TimeLimit => "stop-time-limit",
        Stop::Interrupted => "stop-interrupted",
    }
}

fn exit(evaluation: &Evaluation, surveyed: &Surveyed, stop: Option<Stop>) -> Exit {
    let hard_broken = !evaluation.hard_rules_kept
        || evaluation.stages.iter().any(|stage| stage.overload + (stage.detached + stage.unassigned) as u64 > 0);
    // A territory in parts is for somebody to decide on.
    let is_parted = |rule: &RuleReport| rule.id == "district-in-one-part" && !rule.breaches.is_empty();
    if let Some(stop) = stop {
        Exit::of_stop(stop)
    } else if hard_broken {
        Exit::RulesBroken
    } else if surveyed.worst() >= Some(Severity::Warning) || evaluation.rules.iter().any(is_parted) {
        Exit::WithFindings
    } else {
        Exit::Done
    }
}

/// Says in a few lines what was planned.
pub(super) fn summarise(planned: &Planned, options: &PlanOptions, terminal: &Terminal) {
    say_json(planned, terminal);
    say_stages(planned, terminal);
    if planned.evaluation.stages.iter().any(|stage| stage.overload > 0) {
        terminal.say(&Message::new("plan-least-overload"));
    }
    terminal.say(&Message::new("plan-written").text("folder", options.making.out.display().to_string()));
}

/// Causes of a shortage that are said on the terminal; the report has all.
const CUTS_SAID: usize = 4;

/// The same for programs.
pub(super) fn say_json(planned: &Planned, terminal: &Terminal) {
    let evaluation = &planned.evaluation;
    if terminal.json {
        terminal.data_json(&json!({
            "schema": "xuequ/plan/1",
            "hard_rules_kept": evaluation.hard_rules_kept,
            "exit_code": planned.exit.code(),
            "stages": evaluation.stages.iter().map(|stage| json!({
                "stage": stage.stage,
                "pupil_km": stage.pupil_km,
                "lower_bound_pupil_km": stage.lower_bound_pupil_km,
                "gap_percent": stage.gap_percent,
                "overload": stage.overload,
                "detached": stage.detached,
                "unassigned": stage.unassigned,
                "shortage": stage.shortage,
                "district_lines": stage.district_lines,
                "mean_distance_m": stage.mean_distance_m,
                "districts": stage.districts.as_ref().map(Vec::len),
            })).collect::<Vec<_>>(),
        }));
    }
}

/// A few lines for each stage, and what stands in the way of a clean result.
pub(super) fn say_stages(planned: &Planned, terminal: &Terminal) {
    for stage in &planned.evaluation.stages {
        let message = Message::new("plan-stage")
            .sentence("stage", stage.stage.message())
            .count("blocks", stage.blocks)
            .count("schools", stage.school_count)
            .count("pupils", stage.pupils)
            .decimal("mean", stage.mean_distance_m, 0)
            .decimal("within", 100.0 * stage.within_radius_share, 1)
            .decimal("radius", stage.radius_m, 0);
        terminal.say(&message);
        match stage.gap_percent {
            Some(gap) => {
                let bound = stage.lower_bound_pupil_km.unwrap_or(0.0);
                // The bound knows nothing of lines, so that their price would pass for what the search left.
                let price = stage.district_lines.as_ref().map_or(0.0, |lines| 100.0 * lines.price_pupil_km / bound);
                let message = Message::new(if price > 0.0 { "plan-gap-lines" } else { "plan-gap" });
                let message = message.decimal("value", stage.pupil_km, 3).decimal("bound", bound, 3);
                terminal.say(&message.decimal("price", price, 2).decimal("gap", (gap - price.max(0.0)).max(0.0), 2));
            }
            None => terminal.say(&Message::new("plan-value").decimal("value", stage.pupil_km, 3)),
        }
        if stage.overload > 0 {
            let key = if stage.pupils > stage.seats { "plan-seats-short" } else { "plan-overloaded" };
            let message = Message::new(key).count("overload", stage.overload);
            terminal.say(&message.count("pupils", stage.pupils).count("seats", stage.seats));
        }
        if let Some(shortage) = &stage.shortage {
            for cut in shortage.cuts.iter().take(CUTS_SAID) {
                terminal.say(&Message::new("plan-cut").text("text", &cut.text));
                for relaxation in &cut.relaxations {
                    terminal.say(&Message::new("plan-relaxation").text("text", &relaxation.text));
                }
            }
        }
        if stage.detached + stage.unassigned > 0 {
            let message = Message::new("plan-detached").count("detached", stage.detached);
            terminal.say(&message.count("unassigned", stage.unassigned));
        }
        for message in stage.district_lines.iter().flat_map(publish::price_of_lines) {
            terminal.say(&message);
        }
        let key = |key: &str| terminal.language.key_with(key, planned.noun);
        match &stage.districts {
            Some(districts) => terminal.say(&Message::new(key("plan-districts")).count("districts", districts.len())),
            None => terminal.say(&Message::new(key("plan-no-districts"))),
        }
    }
    let warnings = planned.surveyed.findings.iter().filter(|finding| finding.severity() == Severity::Warning).count();
    if warnings > 0 {
        terminal.say(&Message::new("plan-warnings").count("count", warnings));
    }
    let is_told = |rule: &&RuleReport| rule.hard || rule.id == "district-in-one-part";
    for rule in planned.evaluation.rules.iter().filter(is_told).filter(|rule| !rule.breaches.is_empty()) {
        broken::tell(rule, rule.stage.of_schools(), "evaluation.json", terminal);
    }
}
