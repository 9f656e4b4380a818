//! Faults of single outlines as findings, judged in the coordinates of the file.

use geo::{Coord, MultiPolygon};

use super::coordinates::Way;
use super::layer::Layer;
use crate::language::Message;
use crate::model::{Finding, FindingCode};
use crate::space::validity::{self, Fault, FaultKind};

/// Degrees of longitude no edge of a block spans, unless the border of the dates lies between its ends.
const HALF_AROUND: f64 = 180.0;

/// What is wrong with the outline of a row, a finding for each kind of fault.
pub(super) fn of(layer: &Layer, row: usize, way: &Way<'_>, raw: &MultiPolygon<f64>) -> Vec<Finding> {
    let about = |code: FindingCode, place: Coord<f64>| {
        let finding = layer.about_row(layer.table.finding(code, row), row);
        match way.place(place) {
            Ok(place) => finding.at_place(way.to_earth(place)),
            Err(_) => finding,
        }
    };
    let fault = |fault: Fault| {
        let finding = about(FindingCode::OutlineInvalid, fault.place);
        finding.sentence("fault", Message::new(fault.kind.key())).count("count", fault.count)
    };
    let mut findings: Vec<Finding> = validity::faults(raw).into_iter().map(fault).collect();
    if way.is_from_degrees()
        && let Some(place) = leap(raw)
    {
        findings.push(about(FindingCode::OutlineAntimeridian, place));
    }
    findings
}

/// Where an edge leads half around the earth.
fn leap(outline: &MultiPolygon<f64>) -> Option<Coord<f64>> {
    rings(outline)
        .flat_map(|ring| ring.0.windows(2))
        .find(|edge| (edge[0].x - edge[1].x).abs() > HALF_AROUND)
        .map(|edge| edge[0])
}

fn rings(outline: &MultiPolygon<f64>) -> impl Iterator<Item = &geo::LineString<f64>> {
    outline.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

/// Why an outline has no ground.
pub(super) fn why_empty(outline: &MultiPolygon<f64>) -> Message {
    let key = if rings(outline).all(|ring| ring.0.is_empty()) {
        "empty-without-points"
    } else if validity::faults(outline).iter().any(|fault| fault.kind == FaultKind::TooFewPoints) {
        "empty-few-points"
    } else {
        "empty-line"
    };
    Message::new(key)
}

/// Points that only repeat the one before, counted over a layer: no fault, but people who draw like to know.
#[derive(Clone, Copy, Default)]
pub(super) struct RepeatedPoints {
    outlines: usize,
    points: usize,
}

impl RepeatedPoints {
    pub(super) fn count(&mut self, outline: &MultiPolygon<f64>) {
        let points = validity::repeated_points(outline);
        self.outlines += usize::from(points > 0);
        self.points += points;
    }

    pub(super) fn add(&mut self, other: RepeatedPoints) {
        self.outlines += other.outlines;
        self.points += other.points;
    }

    pub(super) fn report(self, layer: &Layer, findings: &mut Vec<Finding>) {
        if self.points > 0 {
            let finding = layer.table.file_finding(FindingCode::OutlineRepeatedPoints);
            findings.push(finding.count("outlines", self.outlines).count("points", self.points));
        }
    }
}
