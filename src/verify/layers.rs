//! The properties of the layers against the tables and the inputs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::groups::lead_of;
use super::output::{DistrictRow, Output};
use super::scheme::{METRES, Table};
use super::shape::is_well_formed;
use crate::language::Message;
use crate::model::Stage;

/// A property and what it should be.
type Property = (String, Value);

/// The features a layer should have, by id, with their properties.
type Features = BTreeMap<String, Vec<Property>>;

/// Properties that are not those of the tables and the inputs, features that are missing or too many, and rings that do
/// not close.
pub(super) fn faults(output: &Output, table: &Table<'_>) -> Vec<Message> {
    let mut faults = Vec::new();
    for (layer, expected) in [
        ("blocks", blocks(table)),
        ("catchments", catchments(table)),
        ("districts", districts(table)),
        ("schools", schools(table)),
    ] {
        compare(output, layer, &expected, &mut faults);
    }
    for layer in ["blocks", "catchments", "districts"] {
        for feature in output.features(layer) {
            let is_point = layer == "blocks" && feature["geometry"]["type"] == "Point";
            if !is_point && !is_well_formed(&feature["geometry"]) {
                let id = feature["id"].to_string();
                faults.push(Message::new("verify-layer-ring").text("layer", layer).text("feature", id));
            }
            let fill = feature["properties"]["fill"].as_str().unwrap_or_default();
            let digits = fill.strip_prefix('#').filter(|digits| digits.len() == 6);
            let is_colour = digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
            if layer != "blocks" && !is_colour {
                let expected = Value::from("#rrggbb");
                faults.push(property_fault(layer, &feature["id"], "fill", &feature["properties"]["fill"], &expected));
            }
        }
    }
    faults
}

fn property_fault(layer: &'static str, id: &Value, name: &str, found: &Value, expected: &Value) -> Message {
    let message = Message::new("verify-layer-property").text("layer", layer).text("feature", id.to_string());
    message.text("property", name).text("found", found.to_string()).text("expected", expected.to_string())
}

fn compare(output: &Output, layer: &'static str, expected: &Features, faults: &mut Vec<Message>) {
    let features = output.features(layer);
    if features.len() != expected.len() {
        let message = Message::new("verify-layer-count").text("layer", layer).count("found", features.len());
        faults.push(message.count("expected", expected.len()));
    }
    let by_id = output.features_by_id(layer);
    for (id, properties) in expected {
        let Some(feature) = by_id.get(id.as_str()) else {
            faults.push(Message::new("verify-layer-feature").text("layer", layer).text("feature", id));
            continue;
        };
        for (name, expected) in properties {
            let found = &feature["properties"][name];
            let is_same = match (found.as_f64(), expected.as_f64()) {
                (Some(found), Some(expected)) if name.starts_with("distance_m") => (found - expected).abs() <= METRES,
                _ => found == expected,
            };
            if !is_same {
                faults.push(property_fault(layer, &feature["id"], name, found, expected));
            }
        }
    }
}

/// The name of a property that exists once per stage.
fn of_stage(name: &str, stage: Stage) -> String {
    if stage == Stage::All { name.to_owned() } else { format!("{name}_{stage}") }
}

fn text_or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

/// What a table has as text, as the number it is; itself where it is none, and nothing where it is empty.
fn number_or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)) }
}

fn property(name: &str, value: impl Into<Value>) -> Property {
    (name.to_owned(), value.into())
}

/// As the assignment says, word for word.
fn blocks(table: &Table<'_>) -> Features {
    let mut properties: Vec<Vec<Property>> = Vec::new();
    for block in &table.county.blocks {
        properties.push(vec![
            property("block_id", block.id.as_str()),
            property("name", block.name.as_str()),
            property("town", block.town()),
        ]);
    }
    for stage in &table.stages {
        for (block, row) in table.rows_of(*stage) {
            properties[block].extend([
                (of_stage("pupils", *stage), number_or_null(&row.pupils)),
                (of_stage("school_id", *stage), text_or_null(&row.school_id)),
                (of_stage("school_name", *stage), text_or_null(&row.school_name)),
                (of_stage("district_id", *stage), text_or_null(&row.district_id)),
                (of_stage("distance_m", *stage), number_or_null(&row.distance_m)),
            ]);
        }
    }
    table.county.blocks.iter().map(|block| block.id.to_string()).zip(properties).collect()
}

fn catchments(table: &Table<'_>) -> Features {
    let county = table.county;
    let mut features = Features::new();
    for stage in &table.stages {
        let loads = table.loads(*stage);
        let mut blocks = vec![0; county.schools.len()];
        for school in (0..county.blocks.len()).filter_map(|block| table.school_of(*stage, block)) {
            blocks[school] += 1;
        }
        for position in table.sharing.holders(*stage) {
            let school = &county.schools[position];
            let seats = table.seats(*stage, position);
            let group = table.groups.of(*stage, &school.id);
            let (id, name) = (table.sharing.id(*stage, position), table.sharing.name(*stage, position));
            let pools = county.pools.iter().filter(|pool| pool.stage == *stage);
            let mut pools = pools.filter(|pool| pool.schools.iter().any(|school| school.get() == position));
            let properties = vec![
                property("stage", stage.slug()),
                property("school_id", id.as_str()),
                property("school_name", name),
                property("pool", pools.next().map(|pool| pool.name.as_str())),
                property("district_id", group.map(|group| group.district_id.as_str())),
                property("district_name", group.map(|group| group.name.as_str())),
                property("blocks", blocks[position]),
                property("pupils", loads[position]),
                property("seats", seats),
                property("overload", loads[position].saturating_sub(seats)),
            ];
            features.insert(format!("{stage}:{id}"), properties);
        }
    }
    features
}

fn districts(table: &Table<'_>) -> Features {
    let county = table.county;
    let mut features = Features::new();
    for stage in &table.stages {
        let loads = table.loads(*stage);
        for (id, rows) in table.groups.of_stage(*stage) {
            let is_member = |school_id: &str| rows.iter().any(|row| row.school_id == school_id);
            let members: Vec<usize> =
                (0..county.schools.len()).filter(|school| is_member(&county.schools[*school].id)).collect();
            let seats = members.iter().map(|school| table.seats(*stage, *school));
            let lead = lead_of(&rows);
            let of_lead = |cell: fn(&DistrictRow) -> &str| lead.map(cell);
            let properties = vec![
                property("stage", stage.slug()),
                property("district_id", id),
                property("name", rows.first().map(|row| row.name.as_str())),
                property("lead_id", of_lead(|row| &row.school_id)),
                property("lead_name", of_lead(|row| &row.school_name)),
                property("schools", rows.len()),
                property("pupils", members.iter().map(|school| loads[*school]).sum::<u64>()),
                property("seats", seats.sum::<u64>()),
            ];
            features.insert(id.to_owned(), properties);
        }
    }
    features
}

fn schools(table: &Table<'_>) -> Features {
    let loads: Vec<(Stage, Vec<u64>)> = table.stages.iter().map(|stage| (*stage, table.loads(*stage))).collect();
    let of_school = |(position, school): (usize, &crate::model::School)| {
        let served: Vec<&str> =
            table.stages.iter().filter(|stage| school.serves(**stage)).map(|stage| stage.slug()).collect();
        let mut properties = vec![
            property("school_id", school.id.as_str()),
            property("name", school.name.as_str()),
            property("town", school.town.clone()),
            property("stages", served.join(" ")),
            property("shared_seats", school.shared_seats),
        ];
        for (stage, loads) in &loads {
            let group = table.groups.of(*stage, &school.id);
            let sharing = table.sharing.schools(*stage, position);
            let pools = table.county.pools.iter().filter(|pool| pool.stage == *stage);
            let mut own = pools.filter(|pool| pool.schools.iter().any(|school| school.get() == position));
            let pool = own.next().map(|pool| pool.name.as_str());
            properties.extend([
                (of_stage("seats", *stage), json!(school.seats[*stage])),
                (of_stage("pupils", *stage), json!((sharing.len() == 1).then(|| loads[position]))),
                (of_stage("pool", *stage), json!(pool)),
                (of_stage("district_id", *stage), json!(group.map(|group| &group.district_id))),
                (of_stage("role", *stage), json!(group.map(|group| &group.role))),
            ]);
        }
        (school.id.clone(), properties)
    };
    table.county.schools.iter().enumerate().map(of_school).collect()
}
