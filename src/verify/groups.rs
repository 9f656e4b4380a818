//! The table of districts against the inputs, the assignment and the evaluation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::output::{DistrictRow, Output};
use super::scheme::{Table, cell_fault};
use super::{Check, Kind};
use crate::language::Message;
use crate::model::{School, Stage};

/// The table of districts by kind and school.
pub(super) struct Groups<'a> {
    rows: &'a [DistrictRow],
    by_school: BTreeMap<(&'a str, &'a str), &'a DistrictRow>,
}

impl<'a> Groups<'a> {
    pub(super) fn read(output: &'a Output) -> Groups<'a> {
        let mut by_school = BTreeMap::new();
        for row in &output.districts {
            by_school.entry((row.kind.as_str(), row.school_id.as_str())).or_insert(row);
        }
        Groups { rows: &output.districts, by_school }
    }

    /// The row of a school in a stage.
    pub(super) fn of(&self, stage: Stage, school_id: &str) -> Option<&'a DistrictRow> {
        self.by_school.get(&(kind(stage), school_id)).copied()
    }

    /// The rows of a stage by district, in the order of the table.
    pub(super) fn of_stage(&self, stage: Stage) -> BTreeMap<&'a str, Vec<&'a DistrictRow>> {
        let mut districts: BTreeMap<&str, Vec<&DistrictRow>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.kind == kind(stage)) {
            districts.entry(&row.district_id).or_default().push(row);
        }
        districts
    }

    /// The districts of a school that `lead_id` does not lead.
    pub(super) fn broken_leads(&self, school_id: &str, lead_id: &str) -> Vec<&'a str> {
        let of_school = self.rows.iter().filter(|row| row.school_id == school_id);
        of_school
            .filter(|row| {
                let own = |other: &&DistrictRow| (&other.kind, &other.district_id) == (&row.kind, &row.district_id);
                !self.rows.iter().filter(own).any(|other| other.role == "lead" && other.school_id == lead_id)
            })
            .map(|row| row.district_id.as_str())
            .collect()
    }
}

/// The word the table has for districts of a stage.
const fn kind(stage: Stage) -> &'static str {
    match stage {
        Stage::Primary => "primary-district",
        Stage::Junior => "junior-district",
        Stage::All => "all-district",
    }
}

/// The lead of a district, where it has one.
pub(super) fn lead_of<'a>(rows: &[&'a DistrictRow]) -> Option<&'a DistrictRow> {
    rows.iter().copied().find(|row| row.role == "lead")
}

/// Each school of a grouped stage in one district, each district with one lead, and all files agree.
pub(super) fn check(output: &Output, table: &Table<'_>) -> Check {
    let mut faults = Vec::new();
    check_cells(output, table, &mut faults);
    for stage in &table.stages {
        let districts = table.groups.of_stage(*stage);
        for (block, row) in table.rows_of(*stage) {
            // The schools of a pool are in one district.
            let schools = table.school_of(*stage, block).map_or(&[][..], |own| table.sharing.schools(*stage, own));
            let ids = schools.iter().map(|school| table.county.schools[*school].id.as_str());
            let own: BTreeSet<&str> = ids
                .map(|school| table.groups.of(*stage, school).map_or("", |group| group.district_id.as_str()))
                .collect();
            let expected = own.into_iter().collect::<Vec<&str>>().join(";");
            if expected != row.district_id {
                faults.push(cell_fault(row.line, "district_id", &row.district_id, expected.as_str()));
            }
        }
        check_evaluated(output, *stage, &districts, &mut faults);
        if districts.is_empty() {
            continue;
        }
        for school in table.county.schools.iter().filter(|school| school.serves(*stage)) {
            let times = districts.values().flatten().filter(|row| row.school_id == school.id).count();
            // Given groups may leave schools out.
            let may_be_out = output.settings.groups.is_some() || !output.settings.policy.everyone;
            if times != 1 && !(times == 0 && may_be_out) {
                let message = Message::new("verify-school-districts").text("school", &school.name);
                faults.push(message.count("times", times));
            }
        }
        for (district, rows) in districts {
            let count = rows.iter().filter(|row| row.role == "lead").count();
            // Given groups may have no lead, which is for the rules to tell; those led by turns and where town helps country need none.
            let may_lack = output.settings.groups.is_some()
                || rows.iter().any(|row| row.governance == "rotating" || row.mode == "helping");
            if count != 1 && !(count == 0 && may_lack) {
                faults.push(Message::new("verify-district-leads").text("district", district).count("count", count));
            }
        }
    }
    Check::new("districts", Kind::Claim, faults)
}

/// Each row names a school of its stage as the input names it.
fn check_cells(output: &Output, table: &Table<'_>, faults: &mut Vec<Message>) {
    let schools: BTreeMap<&str, &School> =
        table.county.schools.iter().map(|school| (school.id.as_str(), school)).collect();
    let phase = output.settings.project.year.as_deref().unwrap_or_default();
    for row in &output.districts {
        let mut wrong = |column: &str, found: &str, expected: &str| {
            faults.push(cell_fault(row.line, column, found, expected));
        };
        let stage = table.stages.iter().find(|stage| kind(**stage) == row.kind);
        if stage.is_none() {
            wrong("kind", &row.kind, &table.stages.iter().map(|stage| kind(*stage)).collect::<Vec<_>>().join(" / "));
        }
        match schools.get(row.school_id.as_str()) {
            Some(school) if stage.is_none_or(|stage| school.serves(*stage)) => {
                if row.school_name != school.name {
                    wrong("school_name", &row.school_name, &school.name);
                }
            }
            _ => faults.push(Message::new("verify-row-school").text("name", &row.school_id).count("row", row.line)),
        }
        let mut wrong = |column: &str, found: &str, expected: &str| {
            faults.push(cell_fault(row.line, column, found, expected));
        };
        if !["lead", "helper", "member"].contains(&row.role.as_str()) {
            wrong("role", &row.role, "lead / helper / member");
        }
        if row.phase != phase {
            wrong("phase", &row.phase, phase);
        }
    }
}

/// The evaluation and the layer have the same districts with the same names and leads.
fn check_evaluated(
    output: &Output,
    stage: Stage,
    districts: &BTreeMap<&str, Vec<&DistrictRow>>,
    faults: &mut Vec<Message>,
) {
    let evaluated = output.evaluated(stage).and_then(|claimed| claimed["districts"].as_array());
    let layer = output.features("districts").iter().map(|feature| &feature["properties"]);
    let layer: Vec<&Value> = layer.filter(|properties| properties["stage"] == stage.slug()).collect();
    let of_id = |list: &[&Value], id: &str| -> Vec<Value> {
        let mut found: Vec<&Value> = list.iter().copied().filter(|district| district["district_id"] == id).collect();
        let only = if found.len() == 1 { found.pop() } else { None };
        ["name", "lead_id"].map(|name| only.map_or(Value::Null, |district| district[name].clone())).to_vec()
    };
    let evaluated: Vec<&Value> = evaluated.into_iter().flatten().collect();
    // With tables alone there is no layer.
    let has_layer = !output.layers.is_empty();
    let lists = [("evaluation.json", &evaluated, true), ("districts.geojson", &layer, has_layer)];
    for (file, list, _) in lists.into_iter().filter(|(.., is_there)| *is_there) {
        if list.len() != districts.len() {
            let message = Message::new("verify-district-count").text("file", file).sentence("stage", stage.message());
            faults.push(message.count("found", list.len()).count("expected", districts.len()));
        }
        for (id, rows) in districts {
            let lead = lead_of(rows).map(|row| &row.school_id);
            let is_same = rows.iter().all(|row| of_id(list, id) == [json!(row.name), json!(lead)]);
            if !is_same {
                let message = Message::new("verify-district-differs").text("district", *id);
                faults.push(message.text("file", file));
            }
        }
    }
}
