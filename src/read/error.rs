//! Why input cannot be read at all. What can be read but not planned is a finding, not an error.

use thiserror::Error;

use crate::language::Message;
use crate::model::settings::SenselessSetting;

/// A file that cannot be used.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file cannot be opened.
    #[error("{file}: {source}")]
    Open {
        /// The file as it was named.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not what its name says.
    #[error("{file}: {detail}")]
    Malformed {
        /// The file as it was named.
        file: String,
        /// What is wrong, with line and column where the format has them.
        detail: String,
    },
    /// The file is known to be something that cannot be read.
    #[error("{file}: {why}")]
    Refused {
        /// The file as it was named.
        file: String,
        /// The cause, and what to do.
        why: Box<Message>,
    },
    /// No reader knows this kind of file.
    #[error("{file}: unknown kind of file")]
    UnknownFormat {
        /// The file as it was named.
        file: String,
    },
    /// The asked-for encoding does not exist.
    #[error("{file}: unknown encoding {label}")]
    UnknownEncoding {
        /// The file as it was named.
        file: String,
        /// The label that was asked for.
        label: String,
    },
    /// The settings file has a fault.
    #[error("{file}:{line}:{column}: {detail}")]
    Settings {
        /// The settings file.
        file: String,
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault, from 1.
        column: usize,
        /// What the parser says.
        detail: String,
        /// The nearest name that would have been right.
        suggestion: Option<String>,
    },
    /// A setting has a value that makes no sense.
    #[error("{file}:{line}: {}.{} makes no sense", setting.section, setting.key)]
    SenselessSetting {
        /// The settings file.
        file: String,
        /// Line of the setting, from 1.
        line: usize,
        /// The setting, and what it needs.
        setting: SenselessSetting,
    },
}

impl ReadError {
    /// The sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            ReadError::Open { file, source } => {
                let key = match source.kind() {
                    std::io::ErrorKind::NotFound => "error-file-missing",
                    std::io::ErrorKind::PermissionDenied => "error-file-forbidden",
                    _ => "error-file-unreadable",
                };
                Message::new(key).text("file", file).text("detail", source.to_string())
            }
            ReadError::Malformed { file, detail } => {
                Message::new("error-file-malformed").text("file", file).text("detail", detail)
            }
            ReadError::Refused { file, why } => {
                Message::new("error-file-refused").text("file", file).sentence("why", (**why).clone())
            }
            ReadError::UnknownFormat { file } => Message::new("error-file-format").text("file", file),
            ReadError::UnknownEncoding { file, label } => {
                Message::new("error-encoding-unknown").text("file", file).text("label", label)
            }
            ReadError::Settings { file, line, column, detail, suggestion } => {
                let message = Message::new(if suggestion.is_some() { "error-settings-near" } else { "error-settings" });
                message
                    .text("file", file)
                    .count("line", *line)
                    .count("column", *column)
                    .text("detail", detail)
                    .text("suggestion", suggestion.clone().unwrap_or_default())
            }
            ReadError::SenselessSetting { file, line, setting } => Message::new("error-setting-senseless")
                .text("file", file)
                .count("line", *line)
                .text("key", format!("{}.{}", setting.section, setting.key))
                .sentence("needs", Message::new(setting.needs)),
        }
    }

    /// Whether the file could not be reached, as opposed to being wrong inside.
    #[must_use]
    pub const fn is_about_access(&self) -> bool {
        matches!(self, ReadError::Open { .. })
    }
}
