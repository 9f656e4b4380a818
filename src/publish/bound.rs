//! `bound-STAGE.json`: what proves a bound.

use serde_json::{Map, Value, json};

use super::Publication;
use crate::catchment::{Bound, Proof};

/// The version of the layout of `bound-STAGE.json`.
const SCHEMA: &str = "xuequ/bound/1";

/// Writes the certificate of a bound: whole numbers by the ids of schools and blocks, and the home blocks they rest on.
pub(super) fn write(publication: &Publication<'_>, bound: &Bound) -> Vec<u8> {
    let (county, ground) = (publication.county, publication.ground);
    let id = |position: usize| county.school(bound.schools[position]).id.clone();
    let by_school = |numbers: &[i64]| -> Map<String, Value> {
        numbers.iter().enumerate().map(|(position, number)| (id(position), json!(number))).collect()
    };
    let homes: Map<String, Value> = bound
        .schools
        .iter()
        .map(|school| {
            let schools = county.sharing(bound.stage, *school).into_iter();
            let homes: Vec<&str> = schools
                .filter_map(|of| ground.home(bound.stage, of))
                .map(|home| county.block(home).id.as_str())
                .collect();
            (county.school(*school).id.clone(), json!(homes))
        })
        .collect();
    let mut certificate = json!({
        "schema": SCHEMA,
        "stage": bound.stage,
        "form": bound.proof.name(),
        "covers": bound.proof.covers(),
        "pupil_mm": bound.pupil_millimetres,
        "homes": homes,
    });
    match &bound.proof {
        Proof::Prices(prices) => certificate["prices_mm"] = json!(by_school(prices)),
    }
    let mut bytes = serde_json::to_vec_pretty(&certificate).expect("a certificate is plain data");
    bytes.push(b'\n');
    bytes
}
