//! The layer of administrative areas.

use super::columns::Role;
use super::coordinates::Working;
use super::faults;
use super::layer::Layer;
use super::shapes::Shape;
use crate::model::{Area, Finding, FindingCode};

/// Columns of the layer.
pub(super) const ROLES: &[Role] = &[Role::Place, Role::Name];

/// Reads the outlines of areas.
pub(super) fn read(layers: &[Layer], working: &Working, findings: &mut Vec<Finding>) -> Vec<Area> {
    let mut areas = Vec::new();
    for layer in layers {
        let Some(way) = layer.way(working) else { continue };
        for row in layer.rows() {
            let shape = layer.table.shapes.get(row);
            let Some(Shape::Outline(raw)) = &shape else {
                let found = shape.as_ref().map_or("-", Shape::kind);
                let finding = layer.table.finding(FindingCode::ShapeWrongKind, row);
                findings.push(layer.about_row(finding.text("found", found).text("wanted", "Polygon"), row));
                continue;
            };
            let first = raw.0.first().and_then(|polygon| polygon.exterior().0.first().copied()).unwrap_or_default();
            match way.outline(raw) {
                Ok(outline) => {
                    findings.extend(faults::of(layer, row, &way, raw));
                    let row_name = || format!("row-{}", layer.table.row_number(row));
                    areas.push(Area { name: layer.text(row, Role::Name).unwrap_or_else(row_name), outline });
                }
                Err(why) => findings.push(layer.misplaced(row, first, &why)),
            }
        }
    }
    areas
}
