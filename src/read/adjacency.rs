//! The table of neighbour pairs.

use super::columns::{Columns, Role};
use super::layer::Layer;
use super::names::Names;
use crate::model::{BlockIndex, Finding, FindingCode, GivenAdjacency};

/// Columns of the layer.
pub(super) const ROLES: &[Role] = &[Role::BlockA, Role::BlockB];

/// Reads all pairs; a pair listed twice, or once each way, counts once, and a block is no neighbour of itself.
pub(super) fn read(layers: &[Layer], blocks: &Names, findings: &mut Vec<Finding>) -> GivenAdjacency {
    let mut pairs: Vec<(BlockIndex, BlockIndex)> = Vec::new();
    for layer in layers {
        if !layer.columns.has(Role::BlockA) || !layer.columns.has(Role::BlockB) {
            findings.push(Columns::missing(&layer.table, &[Role::BlockA, Role::BlockB]));
            continue;
        }
        for row in 0..layer.table.row_count() {
            let mut block = |role: Role| {
                let name = layer.cell(row, role);
                let found = blocks.find(name);
                if found.is_none() {
                    let finding =
                        layer.table.finding(FindingCode::AdjacencyUnknown, row).about(name).text("block", name);
                    findings.push(finding);
                }
                found
            };
            let (first, second) = (block(Role::BlockA), block(Role::BlockB));
            if let (Some(first), Some(second)) = (first, second)
                && first != second
            {
                pairs.push((BlockIndex::new(first.min(second)), BlockIndex::new(first.max(second))));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    GivenAdjacency { pairs }
}
