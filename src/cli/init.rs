//! `xuequ init`: a commented settings file from the user's files, with what was guessed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::arguments::InitOptions;
use super::exit::{Exit, Failure, Outcome};
use super::input::{Input, SETTINGS_FILE};
use super::terminal::Terminal;
use crate::language::Message;
use crate::model::settings::{DistanceSettings, Files, LayerSettings};
use crate::model::{Settings, Severity};
use crate::publish::write_file;
use crate::read::{Guess, LayerKind, Meter, guess_file, guess_folder, settings_template};

pub(super) fn run(options: &InitOptions, terminal: &Terminal) -> Outcome {
    let folder = options.input.project.clone().unwrap_or_else(|| PathBuf::from("."));
    if !folder.is_dir() {
        let message = Message::new("error-not-a-folder").text("path", folder.display().to_string());
        return Err(Failure { message, exit: Exit::Usage });
    }
    let target = folder.join(SETTINGS_FILE);
    if target.exists() && !options.overwrite {
        let message = Message::new("error-output-exists").text("path", target.display().to_string());
        return Err(Failure { message, exit: Exit::Io });
    }
    let guesses = guesses(options, &folder)?;
    let mut settings = Settings::default();
    settings.project.name.clone_from(&options.input.county);
    settings.project.crs.clone_from(&options.input.crs);
    settings.project.seed = Some(1);
    settings.project.language = Some(terminal.language.tag().to_owned());
    settings.schools.seats_from_existing = options.input.seats_from_existing;
    for guess in &guesses {
        take(&mut settings, guess);
    }
    let text = settings_template(&settings, terminal.language);
    write_file(&target, text.as_bytes(), options.overwrite)?;
    report(&guesses, terminal);
    terminal.say(&Message::new("init-written").text("file", target.display().to_string()));
    let surveyed = Input { settings, folder, meter: Meter::default() }.read()?;
    let count = |severity: Severity| surveyed.findings.iter().filter(|finding| finding.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    terminal.say(&Message::new("init-next").count("errors", errors).count("warnings", warnings));
    Ok(if errors + warnings > 0 { Exit::WithFindings } else { Exit::Done })
}

/// What the named files are; all of the folder where none is named.
fn guesses(options: &InitOptions, folder: &Path) -> Result<Vec<Guess>, Failure> {
    let input = &options.input;
    let single =
        |file: &Option<String>, layer: LayerKind| file.iter().map(|file| (file.clone(), layer)).collect::<Vec<_>>();
    let mut named: Vec<(String, LayerKind)> = Vec::new();
    named.extend(input.schools.iter().map(|file| (file.clone(), LayerKind::Schools)));
    named.extend(input.blocks.iter().map(|file| (file.clone(), LayerKind::Blocks)));
    named.extend(single(&input.adjacency, LayerKind::Adjacency));
    named.extend(single(&input.existing, LayerKind::Existing));
    named.extend(single(&input.locks, LayerKind::Locks));
    named.extend(single(&input.barriers, LayerKind::Barriers));
    named.extend(single(&input.crossings, LayerKind::Crossings));
    named.extend(single(&input.roads, LayerKind::Roads));
    named.extend(single(&input.distances, LayerKind::Distances));
    named.extend(single(&input.areas, LayerKind::Areas));
    if named.is_empty() {
        return Ok(guess_folder(folder)?);
    }
    named
        .into_iter()
        .map(|(file, layer)| {
            let guess = guess_file(&folder.join(&file), &file)?;
            // What the user says it is counts for more than what it looks like.
            Ok(Guess {
                layer: Some(layer),
                columns: if guess.layer == Some(layer) { guess.columns } else { BTreeMap::new() },
                ..guess
            })
        })
        .collect()
}

fn take(settings: &mut Settings, guess: &Guess) {
    let add = |files: &mut Files| {
        let mut names = files.names().to_vec();
        names.push(guess.file.clone());
        *files = if let [only] = names.as_slice() { Files::One(only.clone()) } else { Files::Several(names) };
    };
    let layer = || {
        Some(LayerSettings {
            file: Files::One(guess.file.clone()),
            columns: guess.columns.clone(),
            ..LayerSettings::default()
        })
    };
    match guess.layer {
        Some(LayerKind::Schools) => {
            add(&mut settings.schools.file);
            settings.schools.columns.extend(guess.columns.clone());
        }
        Some(LayerKind::Blocks) => {
            add(&mut settings.blocks.file);
            settings.blocks.columns.extend(guess.columns.clone());
        }
        Some(LayerKind::Adjacency) => settings.adjacency = settings.adjacency.take().or_else(layer),
        Some(LayerKind::Existing) => settings.existing = settings.existing.take().or_else(layer),
        Some(LayerKind::Locks) => settings.locks = settings.locks.take().or_else(layer),
        Some(LayerKind::Barriers) => settings.barriers = settings.barriers.take().or_else(layer),
        Some(LayerKind::Crossings) => settings.crossings = settings.crossings.take().or_else(layer),
        Some(LayerKind::Roads) => settings.roads = settings.roads.take().or_else(layer),
        Some(LayerKind::Distances) => {
            settings.distances.get_or_insert_with(|| DistanceSettings {
                file: Files::One(guess.file.clone()),
                columns: guess.columns.clone(),
                ..DistanceSettings::default()
            });
        }
        Some(LayerKind::Areas) => settings.areas = settings.areas.take().or_else(layer),
        None => {}
    }
}

fn report(guesses: &[Guess], terminal: &Terminal) {
    if terminal.json {
        let files: Vec<_> = guesses
            .iter()
            .map(|guess| {
                json!({
                    "file": guess.file,
                    "layer": guess.layer.map(LayerKind::section),
                    "rows": guess.rows,
                    "columns": guess.columns,
                })
            })
            .collect();
        terminal.data_json(&json!({ "schema": "xuequ/init/1", "files": files }));
        return;
    }
    for guess in guesses {
        let columns: Vec<String> = guess.columns.iter().map(|(role, name)| format!("{role} = {name}")).collect();
        let message = match guess.layer {
            Some(layer) => {
                Message::new("init-guess").text("layer", layer.section()).text("columns", columns.join(", "))
            }
            None => Message::new("init-unused"),
        };
        let message = message.text("file", &guess.file).count("rows", guess.rows);
        terminal.data(&message.in_language(terminal.language));
        for finding in &guess.findings {
            terminal.data(&format!("    {}", finding.what(terminal.language)));
        }
    }
}
