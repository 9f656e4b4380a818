//! The command line: one file here per command.

mod arguments;
mod broken;
mod check;
mod demo;
mod evaluate;
mod exit;
mod export;
mod group;
mod init;
mod input;
mod localise;
mod map;
mod plan;
mod progress;
mod publish;
mod score;
mod table;
mod targets;
mod terminal;
mod verify;

pub use arguments::command;
pub use exit::Exit;
pub use localise::localised_command;

use std::ffi::OsString;

use clap::FromArgMatches;

use crate::language::Language;
use arguments::{Arguments, Command};
use terminal::Terminal;

/// Runs the program with these arguments (the first is its name) and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = localise::language_of(&arguments);
    let parsed = localise::localised_command(language)
        .try_get_matches_from(&arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(fault) => return localise::report(&fault, language),
    };
    let terminal = Terminal::new(language, &arguments.common);
    if let Some(threads) = arguments.common.threads {
        // Fails only where the pool was built before, as in tests that run commands in one process.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global();
    }
    let outcome = match &arguments.command {
        Command::Demo(options) => demo::run(options, &terminal),
        Command::Init(options) => init::run(options, &terminal),
        Command::Check(options) => check::run(options, &terminal),
        Command::Plan(options) => plan::run(options, &terminal),
        Command::Group(options) => group::run(options, &terminal),
        Command::Publish(options) => publish::run(options, &terminal),
        Command::Verify(options) => verify::run(options, &terminal),
        Command::Evaluate(options) => evaluate::run(options, &terminal),
        Command::Export(options) => export::run(options, &terminal),
        Command::Map(options) => map::run(options, &terminal),
        Command::Targets(options) => targets::run(options, &terminal),
        Command::Score(options) => score::run(options, &terminal),
    };
    outcome.unwrap_or_else(|failure| {
        terminal.failed(&failure);
        failure.exit
    })
}

/// The language the outputs of a project are in: asked for, else the project's, else the machine's.
fn language_of_outputs(terminal: &Terminal, settings: &crate::model::Settings) -> Language {
    terminal
        .asked_language
        .or_else(|| settings.project.language.as_deref().and_then(Language::from_tag))
        .unwrap_or(terminal.language)
}
