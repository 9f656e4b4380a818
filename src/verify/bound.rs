//! The bound: that its certificate proves it, and that what is said of it elsewhere is so.

use serde_json::Value;

use super::certificate::Certificate;
use super::distance::{Ways, number};
use super::links::Links;
use super::output::Output;
use super::terms;
use super::{Check, Kind};
use crate::language::Message;
use crate::model::{County, Stage};

/// Checks that the certificates prove at least the bounds that are claimed, and that no scheme undercuts its own.
pub(super) fn check(output: &Output, county: &County, ways: &Ways<'_>, links: &Links) -> Check {
    let mut faults = Vec::new();
    for claimed in output.evaluated_stages() {
        if let Some(stage) = claimed["stage"].as_str().and_then(Stage::from_slug) {
            faults.extend(check_stage(output, county, ways, links, stage, claimed));
        }
    }
    Check::new("bound", Kind::Claim, faults)
}

fn check_stage(
    output: &Output,
    county: &County,
    ways: &Ways<'_>,
    links: &Links,
    stage: Stage,
    claimed: &Value,
) -> Vec<Message> {
    let mut faults = Vec::new();
    let no_bounds = Vec::new();
    let bounds = output.evaluation.get("bounds").and_then(Value::as_array).unwrap_or(&no_bounds);
    let stated = bounds.iter().find(|stated| stated["stage"] == stage.slug());
    let file = format!("bound-{stage}.json");
    let certificate = output.certificates.get(&file);
    let bound = number(claimed, "lower_bound_pupil_km");
    let fault = |key: &str| {
        Message::new(key).sentence("stage", stage.message()).text("bound", bound.to_string()).text("file", &file)
    };
    if claimed["lower_bound_pupil_km"].is_null() && stated.is_none() && certificate.is_none() {
        return faults;
    }
    let (Some(stated), Some(certificate)) = (stated, certificate) else {
        faults.push(fault("verify-bound-without-proof"));
        return faults;
    };
    // One of them is rounded down at six decimals. A comparison that a missing number fails as well.
    let other = number(stated, "pupil_km");
    if (other - bound).abs() > 1.1e-6 + 1e-12 * bound || other.is_nan() || bound.is_nan() {
        faults.push(fault("verify-bound-differs").text("other", other.to_string()));
    }
    if stated["file"] != file || stated["covers"] != certificate["covers"] {
        faults.push(fault("verify-bound-entry"));
    }
    match Certificate::read(certificate, county, stage, &output.settings.catchments)
        .and_then(|certificate| certificate.prove(ways, links))
    {
        None => faults.push(fault("verify-bound-certificate")),
        Some(proved) => {
            if certificate["pupil_mm"].as_i64().is_none_or(|own| i128::from(own) > proved) || bound > kilometres(proved)
            {
                faults.push(fault("verify-bound-too-high").text("proved", format!("{:.6}", kilometres(proved))));
            }
        }
    }
    let pupil_km = number(claimed, "pupil_km");
    // The terms beside distance belong to the sum the gap is of.
    let objective = &claimed["objective"];
    let total_km = pupil_km + number(objective, "total_pupil_km") - number(objective, "distance_pupil_km");
    let kept = ["overload", "unassigned", "detached"].iter().all(|broken| number(claimed, broken) == 0.0)
        && !terms::is_broken(output, stage);
    if kept && total_km < bound - 1e-6 {
        faults.push(fault("verify-bound-undercut").text("value", pupil_km.to_string()));
    }
    let gap = &claimed["gap_percent"];
    let is_right = match gap.as_f64() {
        // The bound was rounded down at six decimals after the gap was taken.
        Some(gap) => (gap - 100.0 * (total_km / bound - 1.0)).abs() <= 1e-3 + 2e-4 * total_km / (bound * bound),
        None => gap.is_null() && (!kept || bound <= 0.0),
    };
    if !is_right {
        faults.push(fault("verify-bound-gap").text("gap", gap.to_string()));
    }
    faults
}

/// A bound in pupil-kilometres as people are told it; at least zero, as no scheme has less, and with a hair's breadth
/// for the conversion.
fn kilometres(proved: i128) -> f64 {
    (proved.max(0) as f64 / 1e6) * (1.0 + 1e-15) + 1e-9
}
