//! The files of an output folder, as they stand.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Check, Kind, VerifyError};
use crate::language::Message;
use crate::model::{Settings, Stage};
use crate::read::Made;

/// A row of `assignment.csv`.
pub(super) struct AssignmentRow {
    pub(super) line: u64,
    pub(super) stage: String,
    pub(super) block_id: String,
    pub(super) block_name: String,
    pub(super) school_id: String,
    pub(super) school_name: String,
    pub(super) district_id: String,
    pub(super) pupils: String,
    pub(super) distance_m: String,
    pub(super) locked: String,
    pub(super) reason: String,
}

/// A row of `assignment-free.csv`.
pub(super) struct FreeRow {
    pub(super) stage: String,
    pub(super) block_id: String,
    pub(super) school_id: String,
}

/// A row of `districts.csv`.
pub(super) struct DistrictRow {
    pub(super) line: u64,
    pub(super) district_id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) school_id: String,
    pub(super) school_name: String,
    pub(super) role: String,
    pub(super) phase: String,
    pub(super) mode: String,
    pub(super) governance: String,
}

/// A row of `adjacency.csv`.
pub(super) struct LinkRow {
    pub(super) first: String,
    pub(super) second: String,
    pub(super) kind: String,
    /// The length of the border, as the table has it.
    pub(super) metres: String,
}

/// The assignment without lines of districts.
const FREE: &str = "assignment-free.csv";

/// The table of neighbours.
const LINKS: &str = "adjacency.csv";

/// Everything an output folder says.
pub(super) struct Output {
    pub(super) settings: Settings,
    manifest: Value,
    outputs: BTreeMap<String, String>,
    pub(super) assignment: Vec<AssignmentRow>,
    pub(super) districts: Vec<DistrictRow>,
    /// Where blocks would go without the lines of districts; empty where there is no such table.
    pub(super) free: Vec<FreeRow>,
    /// The pairs of neighbours.
    pub(super) links: Vec<LinkRow>,
    /// Whether there is such a table; without it the given pairs are meant.
    pub(super) has_links: bool,
    pub(super) evaluation: Value,
    pub(super) layers: BTreeMap<&'static str, Value>,
    /// The certificates of bounds by file name, those that can be read.
    pub(super) certificates: BTreeMap<String, Value>,
}

impl Output {
    pub(super) fn read(folder: &Path, made: Made) -> Result<Output, VerifyError> {
        let Made { manifest, settings, .. } = made;
        let file = folder.join("manifest.json").display().to_string();
        let fault = |detail: &str| VerifyError::Output { file: file.clone(), detail: detail.to_owned() };
        let outputs: BTreeMap<String, String> = manifest
            .get("outputs")
            .and_then(Value::as_object)
            .ok_or_else(|| fault("outputs"))?
            .iter()
            .filter_map(|(file, hash)| Some((file.clone(), hash.as_str()?.to_owned())))
            .collect();
        let mut layers = BTreeMap::new();
        let has_layers = !settings.outputs.tables_only;
        for layer in ["blocks", "catchments", "districts", "schools"].into_iter().filter(|_| has_layers) {
            layers.insert(layer, json(folder, &format!("{layer}.geojson"))?);
        }
        let assignment = table(folder, "assignment.csv")?
            .into_iter()
            .map(|(line, mut row)| {
                let mut take = |name: &str| row.remove(name).unwrap_or_default();
                AssignmentRow {
                    line,
                    stage: take("stage"),
                    block_id: take("block_id"),
                    block_name: take("block_name"),
                    school_id: take("school_id"),
                    school_name: take("school_name"),
                    district_id: take("district_id"),
                    pupils: take("pupils"),
                    distance_m: take("distance_m"),
                    locked: take("locked"),
                    reason: take("reason"),
                }
            })
            .collect();
        let districts = table(folder, "districts.csv")?
            .into_iter()
            .map(|(line, mut row)| {
                let mut take = |name: &str| row.remove(name).unwrap_or_default();
                DistrictRow {
                    line,
                    district_id: take("district_id"),
                    name: take("name"),
                    // How the schools of a district work together stands between its stage and the word.
                    kind: take("kind").replace("-merging-", "-").replace("-helping-", "-"),
                    school_id: take("school_id"),
                    school_name: take("school_name"),
                    role: take("role"),
                    phase: take("phase"),
                    mode: take("mode"),
                    governance: take("governance"),
                }
            })
            .collect();
        let free = if outputs.contains_key(FREE) { table(folder, FREE)? } else { Vec::new() };
        let free = free
            .into_iter()
            .map(|(_, mut row)| {
                let mut take = |name: &str| row.remove(name).unwrap_or_default();
                FreeRow { stage: take("stage"), block_id: take("block_id"), school_id: take("school_id") }
            })
            .collect();
        // Left out only where tables alone were asked for, and then the given pairs are all there are.
        let has_links = !settings.outputs.tables_only || outputs.contains_key(LINKS);
        let links = if has_links { table(folder, LINKS)? } else { Vec::new() };
        let links = links
            .into_iter()
            .map(|(_, mut row)| {
                let mut take = |name: &str| row.remove(name).unwrap_or_default();
                LinkRow { first: take("block_a"), second: take("block_b"), kind: take("kind"), metres: take("metres") }
            })
            .collect();
        let evaluation = json(folder, "evaluation.json")?;
        let certificates = outputs
            .keys()
            .filter(|file| file.starts_with("bound-"))
            .filter_map(|file| Some((file.clone(), json(folder, file).ok()?)))
            .collect();
        Ok(Output {
            settings,
            manifest,
            outputs,
            assignment,
            districts,
            free,
            links,
            has_links,
            evaluation,
            layers,
            certificates,
        })
    }

    /// Whether every file is as the manifest says, and the manifest lists every file a plan of these stages writes.
    pub(super) fn check_files(&self, folder: &Path, stages: &[Stage]) -> Check {
        let mut faults: Vec<Message> = self
            .outputs
            .iter()
            .filter(|(file, expected)| {
                std::fs::read(folder.join(file)).map_or(true, |bytes| sha256(&bytes) != **expected)
            })
            .map(|(file, _)| Message::new("verify-output-changed").text("file", file))
            .collect();
        let unlisted =
            names_of_outputs(stages, &self.settings).into_iter().filter(|file| !self.outputs.contains_key(file));
        faults.extend(unlisted.map(|file| Message::new("verify-output-unlisted").text("file", file)));
        let seed = &self.manifest["seed"];
        let stated_seed = self.settings.project.seed;
        let is_right = [
            ("schema", self.manifest["schema"] == "xuequ/manifest/1"),
            ("seed", seed.as_u64().is_some_and(|seed| stated_seed.is_none_or(|stated| stated == seed))),
            ("ended_early", self.manifest["ended_early"].is_boolean()),
        ];
        let wrong = is_right.into_iter().filter(|(_, right)| !right).map(|(field, _)| {
            Message::new("verify-manifest-field").text("field", field).text("found", self.manifest[field].to_string())
        });
        faults.extend(wrong);
        Check::new("files", Kind::Claim, faults)
    }

    /// The features of a layer.
    pub(super) fn features(&self, layer: &str) -> &[Value] {
        let features = self.layers.get(layer).and_then(|layer| layer["features"].as_array());
        features.map_or(&[], Vec::as_slice)
    }

    /// The features of a layer by their id.
    pub(super) fn features_by_id(&self, layer: &str) -> BTreeMap<&str, &Value> {
        self.features(layer).iter().filter_map(|feature| Some((feature["id"].as_str()?, feature))).collect()
    }

    /// What the evaluation says of a stage.
    pub(super) fn evaluated(&self, stage: Stage) -> Option<&Value> {
        self.evaluated_stages().iter().find(|claimed| claimed["stage"] == stage.slug())
    }

    /// The stages the evaluation speaks of.
    pub(super) fn evaluated_stages(&self) -> &[Value] {
        self.evaluation.get("stages").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

/// The files a plan of some stages writes, but for the manifest.
fn names_of_outputs(stages: &[Stage], settings: &Settings) -> Vec<String> {
    if settings.outputs.tables_only {
        // The table of neighbours is wanted where the input lists none.
        let links = settings.adjacency.is_none().then_some(LINKS);
        let tables = ["assignment.csv", "districts.csv", "evaluation.json"].into_iter().chain(links);
        return tables.map(str::to_owned).collect();
    }
    let fixed = [
        "assignment.csv",
        "districts.csv",
        LINKS,
        "blocks.geojson",
        "catchments.geojson",
        "districts.geojson",
        "schools.geojson",
        "evaluation.json",
        "report.md",
    ];
    let mut names: Vec<String> = fixed.map(str::to_owned).to_vec();
    for (position, stage) in stages.iter().enumerate() {
        names.push(if position == 0 { "map.svg".to_owned() } else { format!("map-{stage}.svg") });
        names.extend([format!("chart-distance-{stage}.svg"), format!("chart-seats-{stage}.svg")]);
    }
    names
}

/// The SHA-256 of some bytes in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

pub(super) fn json(folder: &Path, file: &str) -> Result<Value, VerifyError> {
    let fault = |detail: String| VerifyError::Output { file: folder.join(file).display().to_string(), detail };
    let bytes = std::fs::read(folder.join(file)).map_err(|wrong| fault(wrong.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|wrong| fault(wrong.to_string()))
}

/// A row of a table: its line number, and its cells by column.
pub(super) type Row = (u64, BTreeMap<String, String>);

/// What a cell says, without the apostrophe that keeps spreadsheets from computing it.
fn said(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// The rows of a CSV file cell by cell, each with its line; the header is the first.
pub(super) fn cells(folder: &Path, file: &str) -> Result<Vec<(u64, Vec<String>)>, VerifyError> {
    let fault = |detail: String| VerifyError::Output { file: folder.join(file).display().to_string(), detail };
    let text = std::fs::read_to_string(folder.join(file)).map_err(|wrong| fault(wrong.to_string()))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.map_err(|wrong| fault(wrong.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        Ok((line, record.iter().map(|cell| said(cell).to_owned()).collect()))
    });
    rows.collect()
}

/// The rows of a CSV file.
pub(super) fn table(folder: &Path, file: &str) -> Result<Vec<Row>, VerifyError> {
    let fault = |detail: String| VerifyError::Output { file: folder.join(file).display().to_string(), detail };
    let text = std::fs::read_to_string(folder.join(file)).map_err(|wrong| fault(wrong.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|wrong| fault(wrong.to_string()))?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|wrong| fault(wrong.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = header.iter().map(str::to_owned).zip(record.iter().map(|cell| said(cell).to_owned())).collect();
        rows.push((line, cells));
    }
    Ok(rows)
}
