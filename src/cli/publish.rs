//! `xuequ publish`: an output folder becomes the bundle for public comment.

use std::path::Path;
use std::sync::Arc;

use super::arguments::PublishOptions;
use super::exit::{Exit, Failure, Outcome};
use super::input::{Input, SETTINGS_FILE};
use super::progress::Progress;
use super::terminal::Terminal;
use crate::explain;
use crate::language::Message;
use crate::measure;
use crate::model::settings::{Files, LayerSettings};
use crate::model::{Catchments, Districts, Scheme, Stage, groups_of_stage};
use crate::publish::{Bundle, OutputFolder, Publication, SheetOptions, Typeface, fingerprint, is_agreed, write_bundle};
use crate::read::{self, Made, Meter, ReadError};
use crate::verify::verify;

pub(super) fn run(options: &PublishOptions, terminal: &Terminal) -> Outcome {
    let made = Made::read(&options.folder).map_err(crate::verify::VerifyError::from)?;
    if made.manifest["command"] != "plan" && made.manifest["command"] != "demo" {
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
        return Err(Failure { message: Message::new("error-publish-not-agreed"), exit: Exit::InputUnusable });
    }
    let input = Input { settings, folder: home, meter: Meter::default() };
    let surveyed = input.read()?;
    let (county, ground) = (&surveyed.county, &surveyed.ground);
    let scheme = scheme_of(&options.folder, &input, &county.stages)?;
    let language = super::language_of_outputs(terminal, &input.settings);
    let evaluation = measure::evaluate(county, ground, &scheme, &[], &input.settings, language);
    let reasons_of = |catchments| explain::reasons(county, ground, &scheme, catchments, &input.settings);
    let reasons: Vec<Vec<explain::Reason>> = scheme.catchments.iter().map(reasons_of).collect();
    let manifest = options.folder.join("manifest.json");
    let bytes =
        std::fs::read(&manifest).map_err(|source| ReadError::Open { file: manifest.display().to_string(), source })?;
    let making = &input.settings.publish;
    let typeface = typeface(options, making.font.as_deref(), &input.folder)?;
    progress.step("write");
    let bundle = Bundle {
        publication: Publication {
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
            status: (!options.adopted).then_some("draft-for-comment"),
        },
        details: &input.settings.publish,
        scheme: &fingerprint(&bytes),
        inputs: &fingerprint(made.manifest["inputs"].to_string().as_bytes()),
        is_public: options.public,
        sheets: SheetOptions {
            papers: if options.paper.is_empty() { &making.paper } else { &options.paper },
            formats: if options.formats.is_empty() { &making.formats } else { &options.formats },
            text_as_paths: options.text_as_paths,
            typeface: typeface.as_ref(),
        },
    };
    let lacking = write_bundle(&bundle, &mut folder)?;
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
    let table = |name: &str| {
        let path = std::path::absolute(folder.join(name)).unwrap_or_else(|_| folder.join(name));
        Some(LayerSettings { file: Files::One(path.to_string_lossy().into_owned()), ..LayerSettings::default() })
    };
    let mut settings = input.settings.clone();
    settings.existing = table("assignment.csv");
    settings.groups = table("districts.csv");
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
