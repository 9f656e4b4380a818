//! What commands on a single table share: which table, whether it can be used, and the file they write.

use std::collections::BTreeMap;

use super::arguments::TableOptions;
use super::exit::{Exit, Failure};
use super::input::{column_fault, split_column};
use super::terminal::Terminal;
use crate::language::Message;
use crate::model::{Finding, Severity};
use crate::publish::write_file;
use crate::read::TableSource;

/// Errors named one by one before the rest are counted.
const LISTED_ERRORS: usize = 20;

/// The table the options name; columns are named as those of `layer`.
pub(super) fn source(options: &TableOptions, layer: &str) -> Result<TableSource, Failure> {
    let mut source =
        TableSource { file: options.file.clone(), encoding: options.encoding.clone(), columns: BTreeMap::new() };
    for assignment in &options.column {
        let (named, role, name) = split_column(assignment)?;
        if named != layer {
            return Err(column_fault(assignment));
        }
        source.columns.insert(role.to_owned(), name.to_owned());
    }
    Ok(source)
}

/// Says everything there is to say about a table, and refuses it where any of that is an error.
pub(super) fn require_sound(findings: &[Finding], terminal: &Terminal) -> Result<(), Failure> {
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.severity() == Severity::Error);
    for finding in others {
        terminal.say(&finding.whole());
    }
    if errors.is_empty() {
        return Ok(());
    }
    for finding in errors.iter().take(LISTED_ERRORS) {
        terminal.error(&finding.whole());
    }
    if errors.len() > LISTED_ERRORS {
        terminal.say(&Message::new("error-table-more").count("count", errors.len() - LISTED_ERRORS));
    }
    Err(Failure { message: Message::new("error-table").count("count", errors.len()), exit: Exit::InputUnusable })
}

/// The fault of a table without a row to judge.
pub(super) fn empty(file: &str) -> Failure {
    Failure { message: Message::new("error-table-empty").text("file", file), exit: Exit::InputUnusable }
}

/// Writes the outcome where the options ask for it, never over the table it was made from.
pub(super) fn write(options: &TableOptions, bytes: &[u8], terminal: &Terminal) -> Result<(), Failure> {
    let Some(out) = &options.out else { return Ok(()) };
    let file = out.display().to_string();
    let is_input = std::fs::canonicalize(out).ok().zip(std::fs::canonicalize(&options.file).ok());
    if is_input.is_some_and(|(out, input)| out == input) {
        return Err(Failure { message: Message::new("error-output-is-input").text("path", file), exit: Exit::Io });
    }
    write_file(out, bytes, options.overwrite)?;
    terminal.say(&Message::new("table-written").text("file", file));
    Ok(())
}
