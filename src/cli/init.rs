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
    let Looked { guesses, unreadable } = look(options, &folder)?;
    let choices = choices(&guesses, is_told(options));
    if choices.is_empty() {
        report(&guesses, &unreadable, &choices, terminal);
        let message = Message::new("init-nothing").text("path", folder.display().to_string());
        return Err(Failure { message, exit: Exit::InputUnusable });
    }
    let mut settings = Settings::default();
    settings.project.name.clone_from(&options.input.county);
    settings.project.crs.clone_from(&options.input.crs);
    settings.project.seed = Some(1);
    settings.project.language = Some(terminal.language.tag().to_owned());
    settings.schools.seats_from_existing = options.input.seats_from_existing;
    for choice in choices.iter().filter(|choice| !choice.is_open) {
        take(&mut settings, choice);
    }
    let text = settings_template(&settings, terminal.language);
    write_file(&target, text.as_bytes(), options.overwrite)?;
    report(&guesses, &unreadable, &choices, terminal);
    terminal.say(&Message::new("init-written").text("file", target.display().to_string()));
    for layer in [LayerKind::Schools, LayerKind::Blocks] {
        if !choices.iter().any(|choice| choice.layer == layer) {
            terminal.say(&named("init-missing", layer).text("layer", layer.section()));
        }
    }
    let is_open = !unreadable.is_empty() || choices.iter().any(|choice| choice.is_open);
    let shown = folder.display().to_string();
    let surveyed = Input { settings, folder, meter: Meter::default() }.read()?;
    let count = |severity: Severity| surveyed.findings.iter().filter(|finding| finding.severity() == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    terminal.say(&Message::new("init-next").count("errors", errors).count("warnings", warnings).text("folder", shown));
    Ok(if is_open || errors + warnings > 0 { Exit::WithFindings } else { Exit::Done })
}

/// What looking at the files gave.
struct Looked {
    guesses: Vec<Guess>,
    /// Files of the folder that are tables by their names and cannot be read.
    unreadable: Vec<Message>,
}

/// The files for a layer.
struct Choice<'a> {
    layer: LayerKind,
    files: Vec<&'a Guess>,
    /// Whether it is for a person to say which of the files it is: then none is taken.
    is_open: bool,
}

/// The files of each layer. Files somebody named are taken as they are.
fn choices(guesses: &[Guess], are_told: bool) -> Vec<Choice<'_>> {
    let mut by_layer: BTreeMap<LayerKind, Vec<&Guess>> = BTreeMap::new();
    for guess in guesses {
        if let Some(layer) = guess.layer {
            by_layer.entry(layer).or_default().push(guess);
        }
    }
    let mut choices = Vec::new();
    for (layer, files) in by_layer {
        let repeats = |at: usize| files[at + 1..].iter().any(|other| files[at].repeats(other));
        let are_versions = || (0..files.len()).any(repeats);
        let is_open = !are_told && files.len() > 1 && (!layer.may_be_several() || are_versions());
        choices.push(Choice { layer, files, is_open });
    }
    choices
}

/// The files the command line names, with their layers.
fn named_files(options: &InitOptions) -> Vec<(String, LayerKind)> {
    let input = &options.input;
    let mut named: Vec<(String, LayerKind)> = Vec::new();
    named.extend(input.schools.iter().map(|file| (file.clone(), LayerKind::Schools)));
    named.extend(input.blocks.iter().map(|file| (file.clone(), LayerKind::Blocks)));
    for (file, layer) in [
        (&input.adjacency, LayerKind::Adjacency),
        (&input.existing, LayerKind::Existing),
        (&input.locks, LayerKind::Locks),
        (&input.barriers, LayerKind::Barriers),
        (&input.crossings, LayerKind::Crossings),
        (&input.roads, LayerKind::Roads),
        (&input.distances, LayerKind::Distances),
        (&input.areas, LayerKind::Areas),
        (&input.groups, LayerKind::Groups),
    ] {
        named.extend(file.iter().map(|file| (file.clone(), layer)));
    }
    named
}

fn is_told(options: &InitOptions) -> bool {
    !named_files(options).is_empty()
}

/// Looks at the named files, or at all of the folder where none is named.
fn look(options: &InitOptions, folder: &Path) -> Result<Looked, Failure> {
    let named = named_files(options);
    if named.is_empty() {
        let mut looked = Looked { guesses: Vec::new(), unreadable: Vec::new() };
        for guess in guess_folder(folder, options.input.crs.as_deref())? {
            match guess {
                Ok(guess) => looked.guesses.push(guess),
                Err(fault) => looked.unreadable.push(fault.message()),
            }
        }
        return Ok(looked);
    }
    let guess = |(file, layer): (String, LayerKind)| {
        guess_file(&folder.join(&file), &file, Some(layer), options.input.crs.as_deref())
    };
    let guesses = named.into_iter().map(guess).collect::<Result<_, _>>()?;
    Ok(Looked { guesses, unreadable: Vec::new() })
}

/// Puts the files of a layer into the settings. Of the columns those stand there that all its files have.
fn take(settings: &mut Settings, choice: &Choice<'_>) {
    let Some((first, others)) = choice.files.split_first() else { return };
    let file = match others {
        [] => Files::One(first.file.clone()),
        _ => Files::Several(choice.files.iter().map(|guess| guess.file.clone()).collect()),
    };
    let mut columns = first.columns.clone();
    columns.retain(|role, name| others.iter().all(|guess| guess.columns.get(role) == Some(name)));
    let (schools, blocks) = (&mut settings.schools, &mut settings.blocks);
    let slot = match choice.layer {
        LayerKind::Schools => {
            (schools.file, schools.columns) = (file, columns);
            return;
        }
        LayerKind::Blocks => {
            (blocks.file, blocks.columns) = (file, columns);
            return;
        }
        LayerKind::Distances => {
            settings.distances = Some(DistanceSettings { file, columns, ..DistanceSettings::default() });
            return;
        }
        LayerKind::Adjacency => &mut settings.adjacency,
        LayerKind::Existing => &mut settings.existing,
        LayerKind::Locks => &mut settings.locks,
        LayerKind::Barriers => &mut settings.barriers,
        LayerKind::Crossings => &mut settings.crossings,
        LayerKind::Roads => &mut settings.roads,
        LayerKind::Areas => &mut settings.areas,
        LayerKind::Groups => &mut settings.groups,
    };
    *slot = Some(LayerSettings { file, columns, ..LayerSettings::default() });
}

/// Shows every guess with its reason, what was left out, and what is for a person to say.
fn report(guesses: &[Guess], unreadable: &[Message], choices: &[Choice<'_>], terminal: &Terminal) {
    let words = |message: &Message| message.in_language(terminal.language);
    let files_of = |choice: &Choice<'_>| choice.files.iter().map(|guess| guess.file.clone()).collect::<Vec<_>>();
    if terminal.json {
        let files: Vec<_> = guesses
            .iter()
            .map(|guess| {
                json!({
                    "file": guess.file,
                    "layer": guess.layer.map(LayerKind::section),
                    "why": words(&guess.why),
                    "also": guess.also.map(LayerKind::section),
                    "rows": guess.rows,
                    "columns": guess.columns,
                    "alternatives": guess.alternatives,
                    "unused": guess.unused,
                    "crs": guess.system,
                    "notes": guess.findings.iter().map(|finding| finding.what(terminal.language)).collect::<Vec<_>>(),
                })
            })
            .collect();
        let open: Vec<_> = choices
            .iter()
            .filter(|choice| choice.is_open)
            .map(|choice| json!({ "layer": choice.layer.section(), "files": files_of(choice) }))
            .collect();
        let unreadable: Vec<String> = unreadable.iter().map(words).collect();
        let all = json!({ "schema": "xuequ/init/1", "files": files, "open": open, "unreadable": unreadable });
        terminal.data_json(&all);
        return;
    }
    for guess in guesses {
        for line in lines(guess) {
            terminal.data(&words(&line));
        }
        for finding in &guess.findings {
            let remedy = match finding.severity() {
                Severity::Note => String::new(),
                _ => format!(" → {}", finding.remedy(terminal.language)),
            };
            terminal.data(&format!("    {}{remedy}", finding.what(terminal.language)));
        }
    }
    for fault in unreadable {
        terminal.data(&words(fault));
    }
    for choice in choices.iter().filter(|choice| choice.files.len() > 1) {
        let key = if choice.is_open { "init-open" } else { "init-joined" };
        let message =
            named(key, choice.layer).text("layer", choice.layer.section()).text("files", files_of(choice).join(", "));
        terminal.data(&words(&message));
    }
}

/// A sentence about a layer, which it calls by its `name`.
fn named(key: &str, layer: LayerKind) -> Message {
    Message::new(key).sentence("name", Message::new(format!("layer-{}", layer.section())))
}

/// What there is to say of a file: what it is taken for, why, and what else it could be.
fn lines(guess: &Guess) -> Vec<Message> {
    let Some(layer) = guess.layer else {
        let columns = guess.unused.iter().take(20).cloned().collect::<Vec<_>>().join(", ");
        let message = Message::new("init-unused").text("file", &guess.file).count("rows", guess.rows);
        return vec![message.text("columns", columns)];
    };
    let columns: Vec<String> = guess.columns.iter().map(|(role, name)| format!("{role} = {name}")).collect();
    let taken = named("init-guess", layer).text("columns", columns.join(", "));
    let mut lines = vec![taken.text("file", &guess.file).count("rows", guess.rows), guess.why.clone()];
    if let Some(also) = guess.also {
        lines.push(named("init-also", also));
    }
    for (role, taken, other) in &guess.alternatives {
        lines.push(Message::new("init-alternative").text("role", role).text("taken", taken).text("other", other));
    }
    if !guess.unused.is_empty() {
        let shown = guess.unused.iter().take(20).cloned().collect::<Vec<_>>().join(", ");
        lines.push(Message::new("init-columns-unused").text("columns", shown).count("count", guess.unused.len()));
    }
    if let Some(system) = &guess.system {
        lines.push(Message::new("init-system").text("crs", system));
    }
    lines
}
