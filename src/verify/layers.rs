//! The layers against the tables: same ids, same schools, same pupils.

use std::collections::BTreeMap;

use serde_json::Value;

use super::output::Output;
use super::{Check, Kind};
use crate::language::Message;
use crate::model::{County, Stage};

/// Checks that the blocks layer says what the assignment says, that every school has its catchment, and that rings close.
pub(super) fn check(output: &Output, county: &County) -> Check {
    let mut faults = Vec::new();
    let blocks = features(output, "blocks");
    if blocks.len() != county.blocks.len() {
        faults.push(count_fault("blocks", blocks.len(), county.blocks.len()));
    }
    let by_id: BTreeMap<&str, &Value> =
        blocks.iter().filter_map(|feature| Some((feature["properties"]["block_id"].as_str()?, *feature))).collect();
    for row in &output.assignment {
        let suffix = if row.stage == Stage::All.slug() { String::new() } else { format!("_{}", row.stage) };
        let Some(feature) = by_id.get(row.block_id.as_str()) else {
            faults.push(Message::new("verify-layer-block").text("block", &row.block_id));
            continue;
        };
        let properties = &feature["properties"];
        let school = properties[format!("school_id{suffix}")].as_str().unwrap_or_default();
        let district = properties[format!("district_id{suffix}")].as_str().unwrap_or_default();
        let pupils = properties[format!("pupils{suffix}")].to_string();
        if school != row.school_id || district != row.district_id || pupils != row.pupils {
            faults.push(Message::new("verify-layer-differs").text("block", &row.block_id));
        }
    }
    let served = |stage: &Stage| county.schools.iter().filter(|school| school.serves(*stage)).count();
    let expected: usize = county.stages.iter().map(served).sum();
    let catchments = features(output, "catchments").len();
    if catchments != expected {
        faults.push(count_fault("catchments", catchments, expected));
    }
    let schools = features(output, "schools").len();
    if schools != county.schools.len() {
        faults.push(count_fault("schools", schools, county.schools.len()));
    }
    for layer in ["blocks", "catchments", "districts"] {
        for feature in features(output, layer) {
            if !rings_close(&feature["geometry"]) {
                let id = feature["id"].to_string();
                faults.push(Message::new("verify-layer-ring").text("layer", layer).text("feature", id));
            }
        }
    }
    Check::new("layers", Kind::Claim, faults)
}

fn features<'a>(output: &'a Output, layer: &str) -> Vec<&'a Value> {
    output
        .layers
        .get(layer)
        .and_then(|layer| layer["features"].as_array())
        .map_or_else(Vec::new, |list| list.iter().collect())
}

fn count_fault(layer: &str, found: usize, expected: usize) -> Message {
    Message::new("verify-layer-count").text("layer", layer).count("found", found).count("expected", expected)
}

/// Whether every ring of a polygon ends where it starts and has at least four positions.
fn rings_close(geometry: &Value) -> bool {
    let no_rings = Vec::new();
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![&geometry["coordinates"]],
        Some("MultiPolygon") => geometry["coordinates"].as_array().unwrap_or(&no_rings).iter().collect(),
        _ => Vec::new(),
    };
    polygons.iter().flat_map(|polygon| polygon.as_array().unwrap_or(&no_rings)).all(|ring| {
        let ring = ring.as_array().unwrap_or(&no_rings);
        ring.len() >= 4 && ring.first() == ring.last()
    })
}
