//! The layer of catchments that several authorities propose, each its own 各主管单位提案.

use super::columns::Role;
use super::coordinates::Working;
use super::layer::Layer;
use super::shapes::Shape;
use super::value;
use crate::model::{Finding, FindingCode, Proposal, Stage};

/// Columns of the layer.
pub(super) const ROLES: &[Role] = &[Role::Place, Role::Authority, Role::Stage];

/// Reads the outlines. An outline that names no authority is of the one its file is called after; one that names no stage is
/// for all stages.
pub(super) fn read(
    layers: &[Layer],
    working: &Working,
    stages: &[Stage],
    findings: &mut Vec<Finding>,
) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for layer in layers {
        let Some(way) = layer.way(working) else { continue };
        let file = std::path::Path::new(&layer.table.file).file_stem();
        let of_file = file.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for row in layer.rows() {
            let shape = layer.table.shapes.get(row);
            let Some(Shape::Outline(raw)) = &shape else {
                let found = shape.as_ref().map_or("-", Shape::kind);
                let finding = layer.table.finding(FindingCode::ShapeWrongKind, row);
                findings.push(layer.about_row(finding.text("found", found).text("wanted", "Polygon"), row));
                continue;
            };
            let said = value::stages(layer.cell(row, Role::Stage)).unwrap_or_default();
            let planned: Vec<Stage> = said.into_iter().filter(|stage| stages.contains(stage)).collect();
            let first = raw.0.first().and_then(|polygon| polygon.exterior().0.first().copied()).unwrap_or_default();
            match way.outline(raw) {
                Ok(outline) => proposals.push(Proposal {
                    authority: layer.name_on_one_line(row, Role::Authority).unwrap_or_else(|| of_file.clone()),
                    stages: if planned.is_empty() { stages.to_vec() } else { planned },
                    outline,
                }),
                Err(why) => findings.push(layer.misplaced(row, first, &why)),
            }
        }
    }
    proposals
}
