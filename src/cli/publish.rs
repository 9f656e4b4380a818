//! `xuequ publish`: an output folder becomes the bundle for public comment.

use std::path::Path;
use std::sync::Arc;

use super::arguments::PublishOptions;
use super::exit::{Exit, Failure, Outcome};
use super::input::{Input, SETTINGS_FILE, Surveyed};
use super::progress::Progress;
use super::terminal::Terminal;
use crate::explain;
use crate::language::Message;
use crate::measure::{self, GroupingMeasures};
use crate::model::settings::{Files, LayerSettings};
use crate::model::{Catchments, Districts, Scheme, Stage, groups_of_stage};
use crate::publish::{
    Bundle, Edition, GroupingBundle, GroupingPublication, OutputFolder, Publication, SheetOptions, Typeface,
    decided_by, fingerprint, is_agreed, unapproved, write_bundle, write_grouping_bundle,
};
use crate::read::{self, Made, Meter, ReadError};
use crate::verify::verify;

/// What a grouping is worth, as its folder has it.
const EVALUATION: &str = "evaluation.json";

/// Districts that are named where a bundle is refused.
const NAMED: usize = 3;

pub(super) fn run(options: &PublishOptions, terminal: &Terminal) -> Outcome {
    let made = Made::read(&options.folder).map_err(crate::verify::VerifyError::from)?;
    let is_grouping = made.manifest["command"] == "group";
    if !is_grouping && made.manifest["command"] != "plan" && made.manifest["command"] != "demo" {
        let message = Message::new("error-publish-not-a-plan").text("folder", options.folder.display().to_string());
        return Err(Failure { message, exit: Exit::InputUnusable });
    }
    let home = made.home(&options.folder, options.project.as_deref()).map_err(crate::verify::VerifyError::from)?;
    let mut folder = OutputFolder::begin(&options.out, options.overwrite)?;
    let progress = Progress::new(terminal);
    // What families are told must be what was decided: a folder that contradicts itself or its inputs is not published.
    progress.step("verify");
    let verdict = verify(&options.folder, options.project.as_deref())?;
    if !verdict.claims_hold() {
        let message = Message::new("error-publish-not-true").text("folder", options.folder.display().to_string());
        return Err(Failure { message, exit: Exit::InputUnusable });
    }
    progress.step("read");
    let mut settings = made.settings.clone();
    settings.outputs.tables_only = false;
    // What concerns publication may be filled in after planning.
    let settings_file = home.join(SETTINGS_FILE);
    if settings_file.exists() {
        let today = read::read_settings(&settings_file, &settings_file.display().to_string())?;
        settings.publish = today.publish;
        settings.map = today.map;
    }
    if options.adopted && !is_agreed(&settings.publish) {
        return Err(Failure {
            message: Message::new(decided_by(&settings, "error-publish-not-agreed", terminal.language)),
            exit: Exit::InputUnusable,
        });
    }
    let input = Input { settings, folder: home, meter: Meter::default() };
    let surveyed = input.read()?;
    let manifest = bytes_of(&options.folder, "manifest.json")?;
    let making = &input.settings.publish;
    let typeface = typeface(options, making.font.as_deref(), &input.folder)?;
    let edition = Edition {
        county: surveyed.county.name.as_deref(),
        settings: &input.settings,
        language: super::language_of_outputs(terminal, &input.settings),
        status: (!options.adopted).then_some("draft-for-comment"),
        scheme: &fingerprint(&manifest),
        inputs: &fingerprint(made.manifest["inputs"].to_string().as_bytes()),
        is_public: options.public,
        sheets: SheetOptions {
            papers: if options.paper.is_empty() { &making.paper } else { &options.paper },
            formats: if options.formats.is_empty() { &making.formats } else { &options.formats },
            text_as_paths: options.text_as_paths,
            typeface: typeface.as_ref(),
        },
    };
    progress.step("write");
    let written = if is_grouping { districts_of_folder } else { catchments_of_folder };
    let lacking = written(options, &input, &surveyed, edition, &mut folder)?;
    if options.public && lacking.contains(&"lacks-days-at-all") {
        return Err(Failure { message: Message::new("error-publish-days"), exit: Exit::InputUnusable });
    }
    folder.finish()?;
    progress.finish();
    for key in &lacking {
        terminal.say(&Message::new("publish-lacks").sentence("what", Message::new(*key)));
    }
    terminal.say(&Message::new("publish-written").text("folder", options.out.display().to_string()));
    Ok(if !verdict.rules_hold() {
        Exit::RulesBroken
    } else if lacking.is_empty() {
        Exit::Done
    } else {
        Exit::WithFindings
    })
}

/// Writes the bundle of what `xuequ plan` has written; what it lacks is returned.
fn catchments_of_folder(
    options: &PublishOptions,
    input: &Input,
    surveyed: &Surveyed,
    edition: Edition<'_>,
    folder: &mut OutputFolder,
) -> Result<Vec<&'static str>, Failure> {
    let (county, ground, language) = (&surveyed.county, &surveyed.ground, edition.language);
    let scheme = scheme_of(&options.folder, input, &county.stages)?;
    let evaluation = measure::evaluate(county, ground, &scheme, &[], &input.settings, language);
    let reasons_of = |catchments| explain::reasons(county, ground, &scheme, catchments, &input.settings);
    let reasons: Vec<Vec<explain::Reason>> = scheme.catchments.iter().map(reasons_of).collect();
    let publication = Publication {
        county,
        ground,
        scheme: &scheme,
        evaluation: &evaluation,
        bounds: &[],
        reasons: &reasons,
        findings: &[],
        settings: &input.settings,
        language,
        early_end: None,
        status: edition.status,
    };
    Ok(write_bundle(&Bundle { publication, edition }, folder)?)
}

/// Writes the bundle of what `xuequ group` has written; what it lacks is returned. Nothing is grouped anew.
fn districts_of_folder(
    options: &PublishOptions,
    input: &Input,
    surveyed: &Surveyed,
    edition: Edition<'_>,
    folder: &mut OutputFolder,
) -> Result<Vec<&'static str>, Failure> {
    let (settings, language) = (&input.settings, edition.language);
    let of_stages = &surveyed.county;
    let joined = settings.districts.across_stages.then(|| of_stages.clone().across_stages());
    let county = joined.as_ref().unwrap_or(of_stages);
    let grouped = grouped_of(&options.folder, input)?;
    let measure = |districts: &Districts| {
        let strengths = measure::strengths(county, districts.stage, &settings.strength);
        measure::grouping(county, of_stages, districts, &strengths, settings, language)
    };
    let measured: Vec<GroupingMeasures> = grouped.iter().map(measure).collect();
    let publication = GroupingPublication {
        county,
        ground: &surveyed.ground,
        settings,
        grouped: &grouped,
        measured: &measured,
        bounds: &[],
        language,
    };
    let unapproved = unapproved(&publication, settings.project.school_year());
    if edition.status.is_none() && !unapproved.is_empty() {
        let named = unapproved.iter().take(NAMED).copied().collect::<Vec<&str>>();
        let message = Message::new("error-publish-not-approved").count("count", unapproved.len());
        let message = message.text("names", named.join(&language.text("annex-between")));
        let noun = language.noun(settings.policy.noun());
        return Err(Failure { message: message.text("noun", noun), exit: Exit::InputUnusable });
    }
    let taken = |name| Ok::<_, Failure>((name, bytes_of(&options.folder, name)?));
    let taken_over = [taken(EVALUATION)?, taken("report.md")?];
    Ok(write_grouping_bundle(&GroupingBundle { publication, edition, taken_over: &taken_over }, folder)?)
}

/// The districts of a folder, stage by stage, as `evaluation.json` lists them and `districts.csv` has their schools.
fn grouped_of(folder: &Path, input: &Input) -> Result<Vec<Districts>, Failure> {
    let mut settings = input.settings.clone();
    settings.groups = Some(table_of(folder, "districts.csv"));
    let groups = read::read(&settings, &input.folder)?.county.groups;
    let unreadable = |detail: String| {
        let file = folder.join(EVALUATION).display().to_string();
        Failure::from(crate::verify::VerifyError::Output { file, detail })
    };
    let listed: serde_json::Value =
        serde_json::from_slice(&bytes_of(folder, EVALUATION)?).map_err(|fault| unreadable(fault.to_string()))?;
    let stage_of = |of: &serde_json::Value| {
        let slug = of["stage"].as_str()?;
        [Stage::All, Stage::Primary, Stage::Junior].into_iter().find(|stage| stage.slug() == slug)
    };
    let stages = listed["stages"].as_array().into_iter().flatten().map(|of| {
        let stage = stage_of(of).ok_or_else(|| unreadable("stage".to_owned()))?;
        let ids = of["districts"].as_array().into_iter().flatten().filter_map(|of| of["district_id"].as_str());
        let districts = ids.filter_map(|id| groups.iter().find(|group| group.id == id)).cloned().collect();
        Ok(Districts { stage, districts })
    });
    stages.collect()
}

/// The bytes of a file of an output folder.
fn bytes_of(folder: &Path, name: &str) -> Result<Vec<u8>, ReadError> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|source| ReadError::Open { file: path.display().to_string(), source })
}

/// A table of an output folder as a layer to be read.
fn table_of(folder: &Path, name: &str) -> LayerSettings {
    let path = std::path::absolute(folder.join(name)).unwrap_or_else(|_| folder.join(name));
    LayerSettings { file: Files::One(path.to_string_lossy().into_owned()), ..LayerSettings::default() }
}

/// The font the maps are to be printed in, from the command line or, relative to the project, from the settings.
fn typeface(options: &PublishOptions, font: Option<&str>, home: &Path) -> Result<Option<Typeface>, Failure> {
    let told = font.filter(|font| !font.trim().is_empty());
    let path = options.font.clone().or_else(|| told.map(|font| home.join(font)));
    let read = |path: std::path::PathBuf| {
        let file = path.display().to_string();
        let bytes = std::fs::read(&path).map_err(|source| ReadError::Open { file: file.clone(), source })?;
        Ok(Typeface { file, bytes: Arc::new(bytes) })
    };
    path.map(read).transpose()
}

/// The scheme an output folder holds: its tables are read like an existing scheme and existing groups.
fn scheme_of(folder: &Path, input: &Input, stages: &[Stage]) -> Result<Scheme, Failure> {
    let mut settings = input.settings.clone();
    settings.existing = Some(table_of(folder, "assignment.csv"));
    settings.groups = Some(table_of(folder, "districts.csv"));
    let read = read::read(&settings, &input.folder)?.county;
    let catchments = stages.iter().filter_map(|stage| {
        let school_of = read.existing.school_of[*stage].clone()?;
        Some(Catchments { stage: *stage, school_of })
    });
    let districts = stages.iter().map(|stage| Districts {
        stage: *stage,
        districts: groups_of_stage(&read.groups, |school| read.school(school).serves(*stage)),
    });
    Ok(Scheme {
        catchments: catchments.collect(),
        districts: districts.filter(|districts| !districts.districts.is_empty()).collect(),
        ..Scheme::default()
    })
}
