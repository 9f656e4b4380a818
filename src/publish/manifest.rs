//! `manifest.json`: from what a folder was made, and what it holds.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::settings::Settings;

/// The version of the layout of `manifest.json`.
pub const MANIFEST_SCHEMA: &str = "xuequ/manifest/1";

/// An input with its fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// The file as the settings or the command line name it.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal; of the `.shp` part for Shapefiles.
    pub sha256: String,
}

/// A scheme another one goes on from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// The layer it was given as: `existing` or `groups`.
    pub layer: String,
    /// Its file as the settings or the command line name it.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// SHA-256 of the `manifest.json` beside it, where it is a file of an output folder: which scheme it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
}

/// From what a folder was made, and what it holds. Neither the time nor the machine is in it, so that the same plan gives
/// the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this layout.
    pub schema: String,
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The command.
    pub command: String,
    /// The seed.
    pub seed: u64,
    /// The language of what people read.
    pub language: String,
    /// Whether the search ended before its work was done; a repetition may then differ.
    pub ended_early: bool,
    /// Who made it, where the settings say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The schemes it goes on from: where an existing scheme or groups there are were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<Parent>,
    /// All settings in force.
    pub settings: Settings,
    /// The inputs.
    pub inputs: Vec<InputFile>,
    /// SHA-256 of every other file of the folder, by name.
    pub outputs: BTreeMap<String, String>,
}

impl Manifest {
    /// The file as it is written.
    ///
    /// # Panics
    /// Never: a manifest always serialises.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a manifest is plain data");
        bytes.push(b'\n');
        bytes
    }

    /// The outputs the manifest in `folder` lists, or the version file of a bundle; none where it has neither that can be
    /// read. Names that lead out of the folder are left out, so that a doctored list cannot point elsewhere.
    #[must_use]
    pub fn outputs_listed_in(folder: &Path) -> Vec<String> {
        let list = |file: &str, key: &str| {
            let read = std::fs::read(folder.join(file)).ok();
            let value = read.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
            let listed = value.and_then(|value| value[key].as_object().cloned()).unwrap_or_default();
            listed.into_iter().map(|(name, _)| name).collect::<Vec<String>>()
        };
        let stays_inside = |name: &String| {
            let mut parts = Path::new(name).components().peekable();
            parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
        };
        let all = list("manifest.json", "outputs").into_iter().chain(list("version.json", "files"));
        all.filter(stays_inside).collect()
    }
}

/// The SHA-256 of some bytes in hexadecimal.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fingerprint_of_nothing_is_the_known_one() {
        assert_eq!(super::fingerprint(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
