//! `bound-STAGE.json`: what proves a bound.

use serde_json::{Map, Value, json};

use super::Publication;
use crate::catchment::{Bound, Proof, Worths};
use crate::model::{BlockIndex, SchoolIndex};

/// The version of the layout of `bound-STAGE.json`.
const SCHEMA: &str = "xuequ/bound/1";

/// Writes the certificate of a bound: whole numbers by the ids of schools and blocks, and the home blocks they rest on.
pub(super) fn write(publication: &Publication<'_>, bound: &Bound) -> Vec<u8> {
    let (county, ground) = (publication.county, publication.ground);
    let id = |position: usize| county.school(bound.schools[position]).id.clone();
    let by_school = |numbers: &[i64]| -> Map<String, Value> {
        numbers.iter().enumerate().map(|(position, number)| (id(position), json!(number))).collect()
    };
    let homes_of = |school: &SchoolIndex| -> Vec<&str> {
        let schools = county.sharing(bound.stage, *school);
        let homes = schools.iter().filter_map(|school| ground.home(bound.stage, *school));
        homes.map(|home| county.block(home).id.as_str()).collect()
    };
    let homes: Map<String, Value> =
        bound.schools.iter().map(|school| (county.school(*school).id.clone(), json!(homes_of(school)))).collect();
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
        Proof::Worths(Worths { blocks, cuts, claims }) => {
            let block = |index: BlockIndex| county.block(index).id.as_str();
            let worths = county.block_indices().zip(blocks).filter(|(_, worth)| **worth != 0);
            let worths: Map<String, Value> =
                worths.map(|(index, worth)| (block(index).to_owned(), json!(worth))).collect();
            certificate["worths_pupil_mm"] = json!(worths);
            let cuts = cuts.iter().map(|cut| {
                json!({
                    "school": id(cut.school),
                    "block": block(cut.block),
                    "between": cut.between.iter().copied().map(block).collect::<Vec<_>>(),
                    "charge_pupil_mm": cut.charge,
                })
            });
            certificate["cuts"] = cuts.collect();
            let claims = claims.iter().enumerate().filter_map(|(position, most)| Some((id(position), json!((*most)?))));
            certificate["connected_pupil_mm"] = json!(claims.collect::<Map<_, _>>());
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&certificate).expect("a certificate is plain data");
    bytes.push(b'\n');
    bytes
}
