//! Whether schools and blocks lie where they should in relation to each other.

use geo::Coord;

use super::coordinates::System;
use super::layer::Layer;
use crate::language::Message;
use crate::model::{County, Finding, FindingCode, Reference};
use crate::space::{Cause, Drift, MapShift, Projection, drift};

/// Reports schools that lie beside their blocks on the whole. Nothing is moved.
pub(super) fn check(county: &County, schools: &[Layer], blocks: &[Layer], findings: &mut Vec<Finding>) {
    let frame = match &county.reference {
        Reference::Projected { name, definition } => Projection::from_definition(name, definition).ok(),
        Reference::Local => None,
    };
    let Some(found) = drift(county, frame.as_ref()) else { return };
    let code = if found.is_apart { FindingCode::LayersApart } else { FindingCode::LayersShifted };
    let finding = match schools.first() {
        Some(layer) => layer.table.file_finding(code),
        None => Finding::new(code),
    };
    let finding = finding
        .text("distance", distance(found.offset.x.hypot(found.offset.y)))
        .sentence("direction", Message::new(direction(found.offset)))
        .count("outside", found.outside)
        .count("count", found.count)
        .sentence("cause", cause(&found, stated(schools), stated(blocks)));
    findings.push(finding);
}

fn distance(metres: f64) -> String {
    if metres < 10_000.0 { format!("{metres:.0} m") } else { format!("{:.0} km", metres / 1000.0) }
}

/// The point of the compass a way leads to.
fn direction(way: Coord<f64>) -> &'static str {
    const POINTS: [&str; 8] = [
        "direction-east",
        "direction-northeast",
        "direction-north",
        "direction-northwest",
        "direction-west",
        "direction-southwest",
        "direction-south",
        "direction-southeast",
    ];
    let eighths = (way.y.atan2(way.x).to_degrees() / 45.0).round().rem_euclid(8.0) as usize;
    POINTS[eighths % POINTS.len()]
}

/// The map service that a layer is stated to come from.
fn stated(layers: &[Layer]) -> Option<MapShift> {
    let System::Earth(projection) = layers.first()?.system.as_ref()? else { return None };
    [MapShift::Gcj02, MapShift::Bd09].into_iter().find(|shift| projection.name() == shift.name())
}

fn cause(found: &Drift, schools_stated: Option<MapShift>, blocks_stated: Option<MapShift>) -> Message {
    let of = |key: &str, system: &str| Message::new(key).text("system", system);
    match found.cause {
        // What is stated was undone already: to do it again says that it should not have been.
        Cause::Map { schools: None, blocks: Some(shift) } if schools_stated == Some(shift) => {
            of("shift-schools", "WGS84")
        }
        Cause::Map { schools: Some(shift), blocks: None } if blocks_stated == Some(shift) => {
            of("shift-blocks", "WGS84")
        }
        Cause::Map { schools: Some(shift), blocks: None } => of("shift-schools", shift.name()),
        Cause::Map { schools: None, blocks: Some(shift) } => of("shift-blocks", shift.name()),
        Cause::Map { schools: Some(shift), blocks: Some(other) } => {
            of("shift-both", shift.name()).text("other", other.name())
        }
        Cause::Meridian(degrees) => Message::new("shift-meridian").count("degrees", degrees.unsigned_abs()),
        Cause::Exchanged => Message::new("shift-exchanged"),
        Cause::Map { schools: None, blocks: None } | Cause::Unknown => Message::new("shift-unknown"),
    }
}
