//! Why input cannot be read at all. What can be read but not planned is a finding, not an error.

use thiserror::Error;

use super::damage;
use super::settings_fault::SettingsFault;
use crate::language::Message;

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
    /// The file breaks a rule of its kind, or a limit of this program, that has a sentence of its own.
    #[error("{file}: {reason}")]
    Refused {
        /// The file as it was named.
        file: String,
        /// What is wrong and what to do.
        reason: Message,
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
    /// The settings file has faults.
    #[error("{}", settings_message(file, faults))]
    Settings {
        /// The settings file.
        file: String,
        /// Its faults, in the order of the file; at least one.
        faults: Vec<SettingsFault>,
    },
    /// The settings file is not UTF-8.
    #[error("{file}: not UTF-8, but {encoding}")]
    SettingsEncoding {
        /// The settings file.
        file: String,
        /// What it seems to be.
        encoding: String,
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
            ReadError::Malformed { file, detail } => damage::message(file, detail),
            ReadError::Refused { file, reason } => {
                Message::new("error-file-refused").text("file", file).sentence("reason", reason.clone())
            }
            ReadError::UnknownFormat { file } => Message::new("error-file-format").text("file", file),
            ReadError::UnknownEncoding { file, label } => {
                Message::new("error-encoding-unknown").text("file", file).text("label", label)
            }
            ReadError::Settings { file, faults } => settings_message(file, faults),
            ReadError::SettingsEncoding { file, encoding } => {
                Message::new("error-settings-encoding").text("file", file).text("encoding", encoding)
            }
        }
    }

    /// Whether the file could not be reached, as opposed to being wrong inside.
    #[must_use]
    pub const fn is_about_access(&self) -> bool {
        matches!(self, ReadError::Open { .. })
    }
}

/// The faults of a settings file, one below the other.
fn settings_message(file: &str, faults: &[SettingsFault]) -> Message {
    let below = |rest: Message, fault: &SettingsFault| {
        Message::new("error-settings-more").sentence("first", fault.message(file)).sentence("rest", rest)
    };
    let mut from_last = faults.iter().rev();
    let last = from_last.next().map_or_else(|| Message::new("error-settings"), |fault| fault.message(file));
    from_last.fold(last, below)
}
