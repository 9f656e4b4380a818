//! `grouping-bound-STAGE.json`: what proves the bound of a grouping.

use serde_json::{Map, Value, json};

use crate::district::{GroupingBound, PARTS, PartProof};
use crate::model::{County, SchoolIndex, Stage};

/// The version of the layout.
const SCHEMA: &str = "xuequ/grouping-bound/1";

/// Writes the certificate: whole numbers by the ids of schools and leads. Internal: how a school tilts its district tells its
/// strength.
pub(super) fn write(county: &County, stage: Stage, bound: &GroupingBound) -> Vec<u8> {
    let id = |school: SchoolIndex| county.school(school).id.clone();
    let part = |part: &PartProof| {
        let schools = part
            .schools
            .iter()
            .map(|(school, worth, tilt)| (id(*school), json!({ "worth_mm": worth, "tilt_mm": tilt })));
        let leads = part
            .leads
            .iter()
            .map(|of| (id(of.lead), json!({ "turn": of.turn, "charge": of.charge, "least_mm": of.least })));
        json!({
            "size": part.size,
            "typical_m": part.typical_m,
            "leads": leads.collect::<Map<String, Value>>(),
            "schools": schools.collect::<Map<String, Value>>(),
        })
    };
    let certificate = json!({
        "schema": SCHEMA,
        "stage": stage,
        "millimetres": bound.millimetres,
        "parts_of_a_millimetre": PARTS,
        "parts": bound.parts.iter().map(part).collect::<Vec<Value>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&certificate).expect("a certificate is plain data");
    bytes.push(b'\n');
    bytes
}
