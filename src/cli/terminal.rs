//! What the program says: data to the standard output, everything else to the standard error.

use std::cell::Cell;
use std::io::{IsTerminal, Stderr, Stdout, Write};

use serde_json::{Value, json};

use super::arguments::{Common, ProgressKind};
use super::exit::Failure;
use crate::language::{Language, Message};

/// Where and how to speak.
pub(super) struct Terminal {
    pub(super) language: Language,
    /// The language asked for on the command line.
    pub(super) asked_language: Option<Language>,
    /// Whether data are wanted as JSON.
    pub(super) json: bool,
    quiet: bool,
    pub(super) progress: ProgressKind,
    output: Stdout,
    errors: Stderr,
    /// Whether any data were written.
    has_data: Cell<bool>,
}

impl Terminal {
    pub(super) fn new(language: Language, common: &Common) -> Terminal {
        Terminal {
            language,
            asked_language: common.lang,
            json: common.json,
            quiet: common.quiet,
            progress: if common.quiet { ProgressKind::None } else { common.progress.unwrap_or(ProgressKind::Auto) },
            output: std::io::stdout(),
            errors: std::io::stderr(),
            has_data: Cell::new(false),
        }
    }

    /// Writes data. A reader that has gone away (a closed pipe) is no fault.
    pub(super) fn data(&self, text: &str) {
        self.has_data.set(true);
        let _ = writeln!(self.output.lock(), "{text}");
    }

    /// Says why a command could not do its work: to the person, and to a program that waits for JSON and has none.
    pub(super) fn failed(&self, failure: &Failure) {
        self.error(&failure.message);
        if self.json && !self.has_data.get() {
            let error = failure.message.in_language(self.language);
            self.data_json(&json!({ "schema": "xuequ/error/1", "error": error, "exit_code": failure.exit.code() }));
        }
    }

    /// Writes data as JSON.
    pub(super) fn data_json(&self, value: &Value) {
        self.data(&serde_json::to_string_pretty(value).unwrap_or_default());
    }

    /// Says something to the person at the terminal, unless asked to be quiet.
    pub(super) fn say(&self, message: &Message) {
        if !self.quiet {
            self.line(&message.in_language(self.language));
        }
    }

    /// Says why the work could not be done.
    pub(super) fn error(&self, message: &Message) {
        let word = self.language.text("word-error");
        self.line(&format!("{word}: {}", message.in_language(self.language)));
    }

    fn line(&self, text: &str) {
        let _ = writeln!(self.errors.lock(), "{text}");
    }

    /// The width to lay tables out for.
    pub(super) fn width(&self) -> u16 {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let measured = if self.output.is_terminal() {
            // comfy-table measures the terminal by itself where no width is given; 0 asks it to.
            comfy_table::Table::new().width()
        } else {
            None
        };
        columns.or(measured).unwrap_or(160)
    }
}
