//! From arguments to settings and a folder, and from those to a county that may be planned.

use std::path::{Path, PathBuf};

use super::arguments::InputOptions;
use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use crate::language::Message;
use crate::model::settings::{DistanceSettings, Files, LayerSettings};
use crate::model::{Finding, FindingCode, Settings, Severity};
use crate::read::{self, Meter, OutlineLayers, Reading, Role, most_similar};
use crate::space::{Ground, SurveyOptions, give_places};

/// The name of the settings file of a project.
pub(super) const SETTINGS_FILE: &str = "xuequ.toml";

/// Errors named one by one before the rest are counted.
const LISTED_ERRORS: usize = 20;

/// Settings in force, and the folder their files are relative to.
pub(super) struct Input {
    pub(super) settings: Settings,
    pub(super) folder: PathBuf,
    /// How far reading has come.
    pub(super) meter: Meter,
}

impl Input {
    /// The project's settings, with what the command line says on top. Files of the command line are relative to the
    /// working directory.
    pub(super) fn of(options: &InputOptions) -> Result<Input, Failure> {
        let (mut settings, folder) = project(options)?;
        let from_here = |file: &String| -> String {
            if file == "-" || folder.as_os_str().is_empty() || folder == Path::new(".") {
                return file.clone();
            }
            let absolute = std::path::absolute(file).unwrap_or_else(|_| PathBuf::from(file));
            absolute.to_string_lossy().into_owned()
        };
        let files = |names: &[String]| match names {
            [only] => Files::One(from_here(only)),
            several => Files::Several(several.iter().map(from_here).collect()),
        };
        if !options.schools.is_empty() {
            settings.schools.file = files(&options.schools);
        }
        if !options.blocks.is_empty() {
            settings.blocks.file = files(&options.blocks);
        }
        if !options.proposals.is_empty() {
            settings.proposals = Some(LayerSettings { file: files(&options.proposals), ..LayerSettings::default() });
        }
        for (file, layer) in [
            (&options.adjacency, &mut settings.adjacency),
            (&options.existing, &mut settings.existing),
            (&options.locks, &mut settings.locks),
            (&options.barriers, &mut settings.barriers),
            (&options.crossings, &mut settings.crossings),
            (&options.roads, &mut settings.roads),
            (&options.areas, &mut settings.areas),
            (&options.groups, &mut settings.groups),
        ] {
            if let Some(file) = file {
                *layer = Some(LayerSettings { file: Files::One(from_here(file)), ..LayerSettings::default() });
            }
        }
        if let Some(file) = &options.distances {
            settings.distances =
                Some(DistanceSettings { file: Files::One(from_here(file)), ..DistanceSettings::default() });
        }
        if options.crs.is_some() {
            settings.project.crs.clone_from(&options.crs);
        }
        if options.county.is_some() {
            settings.project.name.clone_from(&options.county);
        }
        if options.seats_from_existing.is_some() {
            settings.schools.seats_from_existing = options.seats_from_existing;
        }
        if let Some(label) = &options.encoding {
            settings.schools.encoding = Some(label.clone());
            settings.blocks.encoding = Some(label.clone());
        }
        for assignment in &options.column {
            set_column(&mut settings, assignment)?;
        }
        Ok(Input { settings, folder, meter: Meter::default() })
    }

    /// Reads the county and surveys its ground.
    pub(super) fn read(&self) -> Result<Surveyed, Failure> {
        Ok(self.survey(read::read_metered(&self.settings, &self.folder, &self.meter)?))
    }

    /// As [`Input::read`], with the outlines as they stand in their files.
    pub(super) fn read_outlines(&self) -> Result<(Surveyed, Option<OutlineLayers>), Failure> {
        let (reading, outlines) = read::read_outlines(&self.settings, &self.folder, &self.meter)?;
        Ok((self.survey(reading), outlines))
    }

    fn survey(&self, reading: Reading) -> Surveyed {
        let options = SurveyOptions {
            distance: self.settings.catchments.distance,
            points_stay_points: self.settings.outputs.tables_only,
        };
        let (ground, found) = Ground::survey(&reading.county, options);
        let Reading { county, mut findings } = reading;
        findings.extend(found);
        for stage in &county.stages {
            findings.extend(crate::measure::strengths(&county, *stage, &self.settings.strength).findings);
        }
        findings.extend(crate::measure::authorities(&county, &ground));
        findings.extend(crate::measure::limits(&county, &ground, &self.settings));
        give_places(&county, &ground, &mut findings);
        Surveyed { county, ground, findings }
    }
}

/// A county with its ground and everything there is to say about the input.
pub(super) struct Surveyed {
    pub(super) county: crate::model::County,
    pub(super) ground: Ground,
    pub(super) findings: Vec<Finding>,
}

impl Surveyed {
    /// The worst there is to say.
    pub(super) fn worst(&self) -> Option<Severity> {
        crate::model::worst_severity(&self.findings)
    }

    /// Without what does not matter to a project that has a document or groups and no blocks: it can only be one of schools
    /// that work together.
    pub(super) fn of_purpose(mut self, settings: &Settings) -> Surveyed {
        let is_of_groups = settings.policy.preset.is_some() || settings.groups.is_some();
        if is_of_groups && settings.blocks.layer().file.names().is_empty() {
            self.findings.retain(|finding| matters_to_groups(finding, settings));
        }
        self
    }

    /// Refuses input that cannot be planned, naming each reason.
    pub(super) fn require_usable(&self, terminal: &Terminal) -> Result<(), Failure> {
        self.refuse(|_| true, terminal)
    }

    /// Refuses input of which schools had to be left out, naming each reason. What else is missing for a plan does not
    /// matter to a map.
    pub(super) fn require_all_schools(&self, terminal: &Terminal) -> Result<(), Failure> {
        self.refuse(
            |finding| {
                matches!(
                    finding.code,
                    FindingCode::SchoolsNone
                        | FindingCode::IdDuplicate
                        | FindingCode::IdMissing
                        | FindingCode::CrsUnknown
                        | FindingCode::CrsUnsupported
                        | FindingCode::CrsMixed
                        | FindingCode::PlaceMissing
                        | FindingCode::PlaceImpossible
                        | FindingCode::PlaceSwapped
                        | FindingCode::ShapeWrongKind
                        | FindingCode::StageUnknown
                )
            },
            terminal,
        )
    }

    /// Refuses input whose schools cannot be grouped, naming each reason. Blocks and seats do not matter to a grouping.
    pub(super) fn require_groupable(&self, settings: &Settings, terminal: &Terminal) -> Result<(), Failure> {
        self.refuse(|finding| matters_to_groups(finding, settings), terminal)
    }

    fn refuse(&self, matters: impl Fn(&Finding) -> bool, terminal: &Terminal) -> Result<(), Failure> {
        let errors: Vec<&Finding> =
            self.findings.iter().filter(|finding| finding.severity() == Severity::Error && matters(finding)).collect();
        if errors.is_empty() {
            return Ok(());
        }
        for finding in errors.iter().take(LISTED_ERRORS) {
            terminal.error(&finding.whole());
        }
        if errors.len() > LISTED_ERRORS {
            terminal.say(&Message::new("finding-more").count("count", errors.len() - LISTED_ERRORS));
        }
        Err(Failure { message: Message::new("error-input").count("count", errors.len()), exit: Exit::InputUnusable })
    }
}

/// Whether a finding stands against a grouping of schools: blocks and seats do not matter to it.
fn matters_to_groups(finding: &Finding, settings: &Settings) -> bool {
    let is_of_schools =
        |file: &String| settings.schools.layer().file.names().iter().any(|name| file.starts_with(name.as_str()));
    match finding.code {
        FindingCode::BlocksNone | FindingCode::SeatsMissing => false,
        // Of the columns of schools only that of seats is asked for.
        FindingCode::ColumnMissing => !finding.file.as_ref().is_some_and(is_of_schools),
        _ => true,
    }
}

fn project(options: &InputOptions) -> Result<(Settings, PathBuf), Failure> {
    let named = options.project.clone();
    let has_files = !options.schools.is_empty() || !options.blocks.is_empty();
    let path = match named {
        Some(path) if path.is_dir() => path.join(SETTINGS_FILE),
        Some(path) => path,
        None if !has_files && Path::new(SETTINGS_FILE).exists() => PathBuf::from(SETTINGS_FILE),
        None if has_files => return Ok((Settings::default(), PathBuf::new())),
        None => return Err(Failure { message: Message::new("error-no-input"), exit: Exit::Usage }),
    };
    refuse_table(&path, options.crs.as_deref())?;
    let settings = read::read_settings(&path, &path.display().to_string())?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok((settings, folder))
}

/// Refuses a table in the place of settings, which is what people try first, with the option that is meant.
fn refuse_table(path: &Path, crs: Option<&str>) -> Result<(), Failure> {
    let file = path.display().to_string();
    if !read::is_no_settings(path, &file)? {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let message = match read::guess_file(path, &file, None, crs)?.layer {
        Some(layer) => Message::new("error-table-as-settings").text("layer", layer.section()),
        None => Message::new("error-table-as-settings-open"),
    };
    let message = message.text("file", file).text("folder", folder.display().to_string());
    Err(Failure { message, exit: Exit::Usage })
}

/// Takes a `LAYER.ROLE=NAME` into the settings.
fn set_column(settings: &mut Settings, assignment: &str) -> Result<(), Failure> {
    let fault = || column_fault(assignment);
    let (layer, role, name) = split_column(assignment)?;
    let columns = match layer {
        "schools" => &mut settings.schools.columns,
        "blocks" => &mut settings.blocks.columns,
        "adjacency" => &mut settings.adjacency.as_mut().ok_or_else(fault)?.columns,
        "existing" => &mut settings.existing.as_mut().ok_or_else(fault)?.columns,
        "locks" => &mut settings.locks.as_mut().ok_or_else(fault)?.columns,
        "barriers" => &mut settings.barriers.as_mut().ok_or_else(fault)?.columns,
        "crossings" => &mut settings.crossings.as_mut().ok_or_else(fault)?.columns,
        "roads" => &mut settings.roads.as_mut().ok_or_else(fault)?.columns,
        "distances" => &mut settings.distances.as_mut().ok_or_else(fault)?.columns,
        "groups" => &mut settings.groups.as_mut().ok_or_else(fault)?.columns,
        "targets" => &mut settings.targets.as_mut().ok_or_else(fault)?.columns,
        "proposals" => &mut settings.proposals.as_mut().ok_or_else(fault)?.columns,
        "areas" => &mut settings.areas.as_mut().ok_or_else(fault)?.columns,
        _ => return Err(fault()),
    };
    columns.insert(role.to_owned(), name.to_owned());
    Ok(())
}

/// The layer, the role and the name in a `LAYER.ROLE=NAME`.
pub(super) fn split_column(assignment: &str) -> Result<(&str, &str, &str), Failure> {
    let fault = || column_fault(assignment);
    let (target, name) = assignment.split_once('=').ok_or_else(fault)?;
    let (layer, role) = target.split_once('.').ok_or_else(fault)?;
    if Role::from_slug(role).is_none() {
        let nearest = most_similar(role, Role::ALL.iter().map(|role| role.slug())).unwrap_or_default();
        let message = Message::new("error-column-role").text("option", assignment).text("role", role);
        let message = message.clause("nearest", "clause-did-you-mean", nearest);
        return Err(Failure { message, exit: Exit::Usage });
    }
    Ok((layer, role, name))
}

pub(super) fn column_fault(assignment: &str) -> Failure {
    Failure { message: Message::new("error-column-option").text("option", assignment), exit: Exit::Usage }
}
