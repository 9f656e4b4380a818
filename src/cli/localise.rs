//! The command line in the reader's language: help, usage and faults.

use std::ffi::OsString;
use std::io::Write;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Exit;
use crate::language::{Language, Message};

/// The language asked for by `--lang`, else the machine's. Looked for before parsing, since faults of parsing are to be
/// told in it.
pub(super) fn language_of(arguments: &[OsString]) -> Language {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let asked = match argument.split_once('=') {
            Some(("--lang", tag)) => Some(tag),
            _ if argument == "--lang" => arguments.next(),
            _ => None,
        };
        if let Some(language) = asked.and_then(Language::from_tag) {
            return language;
        }
    }
    Language::of_this_machine()
}

/// The command line with its help in `language`. Each command's text is `command-NAME`, each option's `option-ID`.
#[must_use]
pub fn localised_command(language: Language) -> Command {
    let mut command = super::command();
    command.build();
    localise(command, None, language)
}

/// `outer` is the command it is part of, where that is not the whole: its text is `command-OUTER-NAME` then.
fn localise(command: Command, outer: Option<&str>, language: Language) -> Command {
    let name = command.get_name().to_owned();
    let subcommands: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let text = |key: &str| language.text(key);
    let key = outer.map_or_else(|| format!("command-{name}"), |outer| format!("command-{outer}-{name}"));
    let is_whole = name == "xuequ";
    let usage = usage(&mut command.clone(), language);
    let mut command = command
        .about(text(&key))
        .override_usage(usage)
        .subcommand_help_heading(text("help-commands"))
        .help_template(format!(
            "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
            text("help-usage")
        ))
        .mut_args(|argument| {
            let id = argument.get_id().as_str().to_owned();
            let heading = if argument.is_positional() { "help-arguments" } else { "help-options" };
            argument
                .help(text(&format!("option-{id}")))
                .hide_possible_values(true)
                .hide_default_value(true)
                .help_heading(text(heading))
        });
    for inner in subcommands {
        let outer = (!is_whole && name != "help").then_some(name.as_str());
        command = command.mut_subcommand(inner, |inner| localise(inner, outer, language));
    }
    command
}

/// The usage line with its standing words in `language`.
fn usage(command: &mut Command, language: Language) -> String {
    let usage = command.render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    usage
        .replace("[OPTIONS]", &format!("[{}]", language.text("help-options")))
        .replace("<COMMAND>", &format!("<{}>", language.text("help-command")))
        .replace("[COMMAND]", &format!("[{}]", language.text("help-command")))
}

/// Shows what parsing came to instead of arguments: help, the version, or a fault.
pub(super) fn report(fault: &clap::Error, language: Language) -> Exit {
    match fault.kind() {
        // clap knows which stream is due, and whether it takes colours.
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = fault.print();
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = fault.print();
            Exit::Usage
        }
        _ => {
            let word = language.text("word-error");
            let hint = language.text("usage-hint");
            let _ = writeln!(std::io::stderr().lock(), "{word}: {}\n{hint}", message(fault).in_language(language));
            Exit::Usage
        }
    }
}

/// A fault of parsing as a sentence.
fn message(fault: &clap::Error) -> Message {
    let context = |kind: ContextKind| match fault.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let with_suggestion = |key: &str, kind: ContextKind| {
        let suggestion = context(kind);
        let key = if suggestion.is_empty() { key.to_owned() } else { format!("{key}-near") };
        Message::new(key).text("suggestion", suggestion)
    };
    match fault.kind() {
        ErrorKind::UnknownArgument => {
            with_suggestion("usage-unknown-option", ContextKind::SuggestedArg).text("option", argument)
        }
        ErrorKind::InvalidSubcommand => with_suggestion("usage-unknown-command", ContextKind::SuggestedSubcommand)
            .text("command", context(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue);
            let valid = match context(ContextKind::ValidValue) {
                none if none.is_empty() && argument.starts_with("--lang") => {
                    Language::ALL.map(Language::tag).join(", ")
                }
                valid => valid,
            };
            let key = match (value.is_empty(), valid.is_empty()) {
                (true, _) => "usage-value-missing",
                (false, true) => "usage-value",
                (false, false) => "usage-value-of",
            };
            Message::new(key).text("option", argument).text("value", value).text("valid", valid)
        }
        ErrorKind::MissingRequiredArgument => Message::new("usage-option-missing").text("option", argument),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            Message::new("usage-conflict").text("option", argument).text("other", other)
        }
        _ => Message::new("usage-other").text("option", argument),
    }
}
