//! The bound, proved again from its prices.

use serde_json::Value;

use super::distance::{Ways, number};
use super::output::Output;
use super::{Check, Kind};
use crate::language::Message;
use crate::model::{BlockIndex, County, LockKind, Stage};

/// Checks that the prices prove at least the bound that is claimed, and that the scheme does not undercut it.
///
/// With prices v ≥ 0 in millimetres and distances d in whole millimetres, rounded down, every scheme that keeps seats and
/// ties has at least Σ pupils · min (d + v) − Σ seats · v pupil-millimetres. Blocks a school stands in, where the input
/// states it, and locked blocks look at their own school only; the bound is allowed to use no other tie.
pub(super) fn check(output: &Output, county: &County, ways: &Ways<'_>) -> Check {
    let mut faults = Vec::new();
    let no_bounds = Vec::new();
    let bounds = output.evaluation.get("bounds").and_then(Value::as_array).unwrap_or(&no_bounds);
    for claimed in output.evaluated_stages() {
        let Some(stage) = claimed["stage"].as_str().and_then(Stage::from_slug) else { continue };
        let proof = bounds.iter().find(|proof| proof["stage"] == stage.slug());
        let bound = number(claimed, "lower_bound_pupil_km");
        let fault = |key: &str| Message::new(key).sentence("stage", stage.message()).text("bound", bound.to_string());
        if claimed["lower_bound_pupil_km"].is_null() && proof.is_none() {
            continue;
        }
        let Some(proof) = proof else {
            faults.push(fault("verify-bound-without-proof"));
            continue;
        };
        // One of them is rounded down at six decimals. A comparison that a missing number fails as well.
        let stated = number(proof, "pupil_km");
        if (stated - bound).abs() > 1.1e-6 + 1e-12 * bound || stated.is_nan() || bound.is_nan() {
            faults.push(fault("verify-bound-differs").text("other", stated.to_string()));
        }
        let Some(proved) = prove(county, stage, proof, ways) else {
            faults.push(fault("verify-bound-prices"));
            continue;
        };
        let proved = proved as f64 / 1e6;
        if bound > proved + 1e-6 {
            faults.push(fault("verify-bound-too-high").text("proved", format!("{proved:.6}")));
        }
        let pupil_km = number(claimed, "pupil_km");
        let kept = number(claimed, "overload") == 0.0 && number(claimed, "unassigned") == 0.0;
        if kept && pupil_km < bound - 1e-6 {
            faults.push(fault("verify-bound-undercut").text("value", pupil_km.to_string()));
        }
        let gap = &claimed["gap_percent"];
        let is_right = match gap.as_f64() {
            // The bound was rounded down at six decimals after the gap was taken.
            Some(gap) => (gap - 100.0 * (pupil_km / bound - 1.0)).abs() <= 1e-3 + 2e-4 * pupil_km / (bound * bound),
            None => gap.is_null() && (!kept || bound <= 0.0),
        };
        if !is_right {
            faults.push(fault("verify-bound-gap").text("gap", gap.to_string()));
        }
    }
    Check::new("bound", Kind::Claim, faults)
}

/// The bound the prices prove, in pupil-millimetres; `None` where prices are missing or below zero.
fn prove(county: &County, stage: Stage, proof: &Value, ways: &Ways<'_>) -> Option<i128> {
    let prices = proof.get("prices_mm")?.as_object()?;
    let mut schools: Vec<(usize, i128)> = Vec::new();
    for (position, school) in county.schools.iter().enumerate().filter(|(_, school)| school.serves(stage)) {
        let price = prices.get(&school.id)?.as_i64().filter(|price| *price >= 0)?;
        schools.push((position, i128::from(price)));
    }
    let mut total: i128 = 0;
    for (block, tied) in ties(county, stage, proof).into_iter().enumerate() {
        let pupils = i128::from(county.blocks[block].pupils[stage]);
        if pupils == 0 {
            continue;
        }
        let paid = |school: usize, price: i128| price + (ways.metres(block, school) * 1000.0).floor() as i128;
        let least = match tied {
            Some(own) => schools.iter().find(|(school, _)| *school == own).map(|(school, price)| paid(*school, *price)),
            None => schools.iter().map(|(school, price)| paid(*school, *price)).min(),
        };
        total += pupils * least?;
    }
    for (school, price) in &schools {
        total -= i128::from(county.schools[*school].seats[stage].unwrap_or(0)) * price;
    }
    Some(total)
}

/// A block the proof calls a school's home is believed where its point is among so many nearest to the gate.
const NEAREST_HOMES: usize = 16;

/// The school each block is tied to: by a lock, or because it stands there. The proof lists home blocks; one that the
/// input contradicts, or that is far from the gate, is not believed.
fn ties(county: &County, stage: Stage, proof: &Value) -> Vec<Option<usize>> {
    let mut tied = vec![None; county.blocks.len()];
    for lock in &county.locks {
        if let LockKind::BlockToSchool { block, school, stage: locked_in } = lock.kind
            && locked_in == stage
        {
            tied[block.get()] = Some(school.get());
        }
    }
    let homes = proof.get("homes").and_then(Value::as_object);
    for (position, school) in county.schools.iter().enumerate().filter(|(_, school)| school.serves(stage)) {
        let claimed = homes.and_then(|homes| homes.get(&school.id)).and_then(Value::as_str);
        let block = county.blocks.iter().position(|block| Some(block.id.as_str()) == claimed);
        let stated = school.home.map(BlockIndex::get);
        if let Some(home) = stated.or(block.filter(|block| may_be_home(county, position, *block))) {
            tied[home] = Some(position);
        }
    }
    tied
}

fn may_be_home(county: &County, school: usize, block: usize) -> bool {
    let gate = county.schools[school].gate;
    let square = |block: usize| {
        let point = county.blocks[block].point;
        (point.x - gate.x).powi(2) + (point.y - gate.y).powi(2)
    };
    let own = square(block);
    (0..county.blocks.len()).filter(|other| square(*other) < own).count() < NEAREST_HOMES
        || super::scheme::lies_in(county, gate, block)
}
