//! The layers of barriers and crossings.

use super::columns::Role;
use super::coordinates::Working;
use super::layer::Layer;
use super::shapes::Shape;
use crate::model::{Barrier, Crossing, Finding, FindingCode};

/// Columns of the layer of barriers.
pub(super) const BARRIER_ROLES: &[Role] = &[Role::Place, Role::Name, Role::Kind];

/// Columns of the layer of crossings.
pub(super) const CROSSING_ROLES: &[Role] =
    &[Role::Place, Role::Name, Role::Longitude, Role::Latitude, Role::X, Role::Y];

/// Reads the lines of barriers; an outline (a wide river) stands for its rim.
pub(super) fn read_barriers(layers: &[Layer], working: &Working, findings: &mut Vec<Finding>) -> Vec<Barrier> {
    let mut barriers = Vec::new();
    for layer in layers {
        let Some(way) = layer.way(working) else { continue };
        for row in layer.rows() {
            let raw = match layer.table.shapes.get(row) {
                Some(Shape::Lines(lines)) => lines,
                Some(Shape::Outline(outline)) => outline.0.iter().map(|polygon| polygon.exterior().clone()).collect(),
                other => {
                    let found = other.as_ref().map_or("-", Shape::kind);
                    let finding = layer.table.finding(FindingCode::ShapeWrongKind, row);
                    findings.push(layer.about_row(finding.text("found", found).text("wanted", "LineString"), row));
                    continue;
                }
            };
            let first = raw.0.first().and_then(|line| line.0.first().copied()).unwrap_or_default();
            match way.lines(&raw) {
                Ok(course) => barriers.push(Barrier {
                    name: layer.text(row, Role::Name).unwrap_or_else(|| format!("row-{}", layer.table.row_number(row))),
                    kind: layer.text(row, Role::Kind).unwrap_or_default(),
                    course,
                }),
                Err(why) => findings.push(layer.misplaced(row, first, &why)),
            }
        }
    }
    barriers
}

/// Reads the points of crossings.
pub(super) fn read_crossings(layers: &[Layer], working: &Working, findings: &mut Vec<Finding>) -> Vec<Crossing> {
    let mut crossings = Vec::new();
    for layer in layers {
        let Some(way) = layer.way(working) else { continue };
        for row in layer.rows() {
            if let Some(place) = layer.point(row, &way, findings) {
                let name =
                    layer.text(row, Role::Name).unwrap_or_else(|| format!("row-{}", layer.table.row_number(row)));
                crossings.push(Crossing { name, place });
            }
        }
    }
    crossings
}
