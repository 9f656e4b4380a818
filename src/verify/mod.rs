//! The second opinion: re-checks a scheme from files alone.
//!
//! Slow and plain on purpose. It reads the inputs again and recomputes distances, loads, contiguity, figures, verdicts,
//! the ground of catchments and the bound with code of its own: nothing of [`crate::space`], [`crate::measure`],
//! [`crate::catchment`], [`crate::district`] or [`crate::publish`] is used, and a test holds it to that.

mod borders;
mod bound;
mod certificate;
mod distance;
mod figures;
mod frame;
mod ground;
mod grouping;
mod grouping_bound;
mod grouping_crossing;
mod grouping_figures;
mod grouping_tables;
mod groups;
mod layers;
mod lines;
mod links;
mod outlines;
mod output;
mod roads;
mod scheme;
mod shape;
mod sharing;
mod shortage;
mod terms;
mod territory;
mod verdicts;

use std::path::Path;

use serde::Serialize;
use thiserror::Error;

use crate::language::{Language, Message};
use crate::model::County;
use crate::read::{self, Made, MadeError, ReadError};
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
    /// It cannot be told from what the folder was made.
    #[error(transparent)]
    Made(#[from] MadeError),
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
            VerifyError::Made(fault) => fault.message(),
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

/// Verifies the folder a plan or a grouping was written to. The inputs are looked for in `project` where it is given, else
/// from the working directory and from the folders around `folder`.
///
/// Cost: O(blocks × schools) for the bound, O(links × vertices of an outline squared) for the links.
///
/// # Errors
/// [`VerifyError`] where the folder or the inputs cannot be read. Anything else wrong is a failed check.
pub fn verify(folder: &Path, project: Option<&Path>) -> Result<Verdict, VerifyError> {
    let made = Made::read(folder)?;
    let home = made.home(folder, project)?;
    let county: County = read::read(&made.settings, &home)?.county;
    let inputs = check_inputs(&made, &county, &home);
    if made.manifest["command"] == "group" {
        return grouping::check(folder, &made.manifest, &made.settings, inputs, &county);
    }
    let output = Output::read(folder, made)?;
    let mut checks = vec![output.check_files(folder, &county.stages), inputs];
    let frame = frame::Frame::of(&county);
    let links = links::Links::read(&output, &county);
    let borders = borders::of_layer(&output, &county, frame.as_ref());
    checks.push(links.check(&county, &borders));
    let ways = distance::Ways::of(&county, &output);
    let table = scheme::Table::read(&output, &county);
    checks.extend(table.check(&links, &ways));
    checks.push(terms::check(&output, &table, &links, &ways));
    checks.push(groups::check(&output, &table));
    if !output.districts.is_empty() {
        checks.push(verdicts::of_districts(&output));
    }
    let mut figures = figures::faults(&output, &table, &links, &borders, &ways, frame.as_ref());
    figures.extend(verdicts::faults(&output, &table, &links, &ways));
    figures.extend(shortage::faults(&output, &table, &links, &ways));
    checks.push(Check::new("sums", Kind::Claim, figures));
    checks.push(bound::check(&output, &county, &ways, &links));
    if !output.layers.is_empty() {
        let mut layers = layers::faults(&output, &table);
        layers.extend(ground::faults(&output, &table));
        if let Some(frame) = &frame {
            layers.extend(outlines::faults(&output, &table, frame));
        }
        checks.push(Check::new("layers", Kind::Claim, layers));
    }
    Ok(Verdict { checks })
}

fn check_inputs(made: &Made, county: &County, home: &Path) -> Check {
    let inputs = &made.inputs;
    let unlisted = county.files.iter().filter(|file| !inputs.iter().any(|(listed, _)| listed == *file));
    let mut faults: Vec<Message> =
        unlisted.map(|file| Message::new("verify-input-unlisted").text("file", file)).collect();
    let changed = inputs
        .iter()
        .filter(|(file, expected)| {
            read::input_bytes(&home.join(file)).map_or(true, |bytes| sha256(&bytes) != *expected)
        })
        .map(|(file, _)| Message::new("verify-input-changed").text("file", file));
    faults.extend(changed);
    // A scheme it goes on from is one of the inputs, as that was.
    for parent in made.manifest["parents"].as_array().into_iter().flatten() {
        let [file, hash] = ["file", "sha256"].map(|field| parent[field].as_str().unwrap_or_default());
        if !inputs.iter().any(|(listed, expected)| listed == file && expected == hash) {
            faults.push(Message::new("verify-parent").text("file", file));
        }
    }
    // Chance is drawn from the seed of the settings, and the manifest says it twice.
    let seed = made.settings.project.seed.unwrap_or(1);
    if made.manifest["seed"].as_u64() != Some(seed) {
        let message = Message::new("verify-seed").text("found", made.manifest["seed"].to_string());
        faults.push(message.text("expected", seed.to_string()));
    }
    Check::new("inputs", Kind::Claim, faults)
}
