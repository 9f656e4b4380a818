//! The second opinion: re-checks a scheme from files alone.
//!
//! Slow and plain on purpose. It reads the inputs again and recomputes distances, loads, contiguity, sums and the bound
//! with code of its own: nothing of [`crate::space`], [`crate::measure`], [`crate::catchment`], [`crate::district`] or
//! [`crate::publish`] is used, and a test holds it to that.

mod bound;
mod distance;
mod layers;
mod links;
mod output;
mod scheme;

use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;

use crate::language::{Language, Message};
use crate::model::County;
use crate::read::{self, ReadError};
use output::{Output, sha256};

/// Why a folder cannot be verified at all.
#[derive(Debug, Error)]
pub enum VerifyError {
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
    /// The inputs cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl VerifyError {
    /// The sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            VerifyError::Output { file, detail } => {
                Message::new("error-verify-output").text("file", file).text("detail", detail)
            }
            VerifyError::InputMissing { file } => Message::new("error-verify-input").text("file", file),
            VerifyError::Read(fault) => fault.message(),
        }
    }
}

/// What a check is about: whether the folder says the truth, or whether the scheme keeps the hard rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The folder says the truth.
    Claim,
    /// The scheme keeps a hard rule.
    Rule,
}

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Stable name.
    pub id: &'static str,
    /// What it is about.
    pub kind: Kind,
    /// What is wrong, a sentence each, the first few; empty where nothing is.
    pub faults: Vec<Message>,
    /// How many things are wrong in all.
    pub fault_count: usize,
}

/// Faults named per check before the rest is only counted.
const NAMED_FAULTS: usize = 10;

impl Check {
    fn new(id: &'static str, kind: Kind, mut faults: Vec<Message>) -> Check {
        let fault_count = faults.len();
        faults.truncate(NAMED_FAULTS);
        Check { id, kind, faults, fault_count }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.fault_count == 0
    }

    /// What was checked, in words.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        language.text(&format!("verify-{}", self.id))
    }
}

/// All checks of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The checks in order.
    pub checks: Vec<Check>,
}

impl Verdict {
    /// Whether the folder says the truth in everything.
    #[must_use]
    pub fn claims_hold(&self) -> bool {
        self.checks.iter().all(|check| check.kind != Kind::Claim || check.passed())
    }

    /// Whether the scheme keeps every hard rule.
    #[must_use]
    pub fn rules_hold(&self) -> bool {
        self.checks.iter().all(|check| check.kind != Kind::Rule || check.passed())
    }
}

/// Verifies the folder a plan was written to. The inputs are looked for in `project` where it is given, else from the
/// working directory and from the folders around `folder`.
///
/// Cost: O(blocks × schools) for the bound, O(links × vertices of an outline squared) for the links.
///
/// # Errors
/// [`VerifyError`] where the folder or the inputs cannot be read. Anything else wrong is a failed check.
pub fn verify(folder: &Path, project: Option<&Path>) -> Result<Verdict, VerifyError> {
    let output = Output::read(folder)?;
    let home = find_inputs(&output, folder, project)?;
    let county: County = read::read(&output.settings, &home)?.county;
    let mut checks = vec![output.check_files(folder), check_inputs(&output, &home)];
    let links = links::Links::read(&output, &county);
    checks.push(links.check(&county));
    let ways = distance::Ways::of(&county, &output);
    checks.extend(scheme::check(&output, &county, &links, &ways));
    checks.push(bound::check(&output, &county, &ways));
    checks.push(layers::check(&output, &county));
    Ok(Verdict { checks })
}

fn find_inputs(output: &Output, folder: &Path, project: Option<&Path>) -> Result<PathBuf, VerifyError> {
    let around = folder.ancestors().map(Path::to_path_buf);
    let candidates: Vec<PathBuf> = match project {
        Some(project) => vec![project.to_path_buf()],
        None => std::iter::once(PathBuf::from(".")).chain(around.take(4)).collect(),
    };
    let complete = |home: &&PathBuf| output.inputs.iter().all(|(file, _)| home.join(file).exists());
    candidates.iter().find(complete).cloned().ok_or_else(|| VerifyError::InputMissing {
        file: output.inputs.first().map_or_else(String::new, |(file, _)| file.clone()),
    })
}

fn check_inputs(output: &Output, home: &Path) -> Check {
    let faults = output
        .inputs
        .iter()
        .filter(|(file, expected)| std::fs::read(home.join(file)).map_or(true, |bytes| sha256(&bytes) != *expected))
        .map(|(file, _)| Message::new("verify-input-changed").text("file", file))
        .collect();
    Check::new("inputs", Kind::Claim, faults)
}
