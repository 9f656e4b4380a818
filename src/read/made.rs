//! From what an output folder was made, by its manifest, and where those inputs are.

use std::path::{Path, PathBuf};

use serde_json::Value;
use thiserror::Error;

use crate::language::Message;
use crate::model::Settings;

/// Why it cannot be told from what a folder was made.
#[derive(Debug, Error)]
pub enum MadeError {
    /// A file of the folder is not there or not readable.
    #[error("{file}: {detail}")]
    Output {
        /// The file.
        file: String,
        /// What is wrong.
        detail: String,
    },
    /// The inputs are not where they were looked for.
    #[error("{file} not found")]
    InputMissing {
        /// The first input that is missing.
        file: String,
    },
}

impl MadeError {
    /// The sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            MadeError::Output { file, detail } => {
                Message::new("error-verify-output").text("file", file).text("detail", detail)
            }
            MadeError::InputMissing { file } => Message::new("error-verify-input").text("file", file),
        }
    }
}

/// From what a folder was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// The manifest as it stands.
    pub manifest: Value,
    /// The settings in force.
    pub settings: Settings,
    /// The inputs with their fingerprints.
    pub inputs: Vec<(String, String)>,
}

impl Made {
    /// Reads the manifest of `folder`.
    ///
    /// # Errors
    /// [`MadeError::Output`] where there is no such folder, no manifest, or one that does not say these things.
    pub fn read(folder: &Path) -> Result<Made, MadeError> {
        let output = |file: String, detail: String| MadeError::Output { file, detail };
        if let Err(wrong) = std::fs::read_dir(folder) {
            return Err(output(folder.display().to_string(), wrong.to_string()));
        }
        let path = folder.join("manifest.json");
        let file = path.display().to_string();
        let fault = |detail: &str| output(file.clone(), detail.to_owned());
        let bytes = std::fs::read(&path).map_err(|wrong| fault(&wrong.to_string()))?;
        let manifest: Value = serde_json::from_slice(&bytes).map_err(|wrong| fault(&wrong.to_string()))?;
        let settings = manifest.get("settings").cloned().ok_or_else(|| fault("settings"))?;
        let settings: Settings = serde_json::from_value(settings).map_err(|wrong| fault(&wrong.to_string()))?;
        let inputs = manifest
            .get("inputs")
            .and_then(Value::as_array)
            .ok_or_else(|| fault("inputs"))?
            .iter()
            .filter_map(|input| {
                Some((input.get("file")?.as_str()?.to_owned(), input.get("sha256")?.as_str()?.to_owned()))
            })
            .collect();
        Ok(Made { manifest, settings, inputs })
    }

    /// The folder the inputs are in: `project` where it is given, else the first of the working directory and the folders
    /// around `folder` that has them all.
    ///
    /// # Errors
    /// [`MadeError::InputMissing`] where none has; the input that is named is the first one missing from the folder that has
    /// the most.
    pub fn home(&self, folder: &Path, project: Option<&Path>) -> Result<PathBuf, MadeError> {
        let around = folder.ancestors().map(Path::to_path_buf);
        let candidates: Vec<PathBuf> = match project {
            Some(project) => vec![project.to_path_buf()],
            None => std::iter::once(PathBuf::from(".")).chain(around.take(4)).collect(),
        };
        let missing_from = |home: &Path| -> Vec<&str> {
            let files = self.inputs.iter().map(|(file, _)| file.as_str());
            files.filter(|file| !super::input_exists(&home.join(file))).collect()
        };
        let mut fewest: Option<Vec<&str>> = None;
        for home in &candidates {
            let missing = missing_from(home);
            if missing.is_empty() {
                return Ok(home.clone());
            }
            if fewest.as_ref().is_none_or(|fewest| missing.len() < fewest.len()) {
                fewest = Some(missing);
            }
        }
        let file = fewest.and_then(|missing| missing.first().copied().map(str::to_owned)).unwrap_or_default();
        Err(MadeError::InputMissing { file })
    }
}
