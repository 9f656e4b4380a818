//! The table of neighbour pairs.

use super::columns::{Columns, Role, plain};
use super::layer::Layer;
use super::names::Names;
use crate::model::{BlockIndex, Finding, FindingCode, GivenAdjacency};

/// Columns of the layer.
pub(super) const ROLES: &[Role] = &[Role::BlockA, Role::BlockB, Role::Kind];

/// Kinds of pairs that are ways over water or the like, as [`plain`] leaves them.
const WAYS: &[&str] = &[
    "link", "bridge", "ferry", "tunnel", "causeway", "连接", "桥", "桥梁", "大桥", "渡", "渡口", "渡船", "轮渡",
    "隧道", "海堤",
];

/// Reads all pairs; a pair listed twice, or once each way, counts once. A block is no neighbour of itself: such pairs are
/// left out and counted in a finding, since one of the two may be a slip of the pen. A table of bridges, ferries and the like
/// alone stands beside the borders.
pub(super) fn read(layers: &[Layer], blocks: &Names<'_>, findings: &mut Vec<Finding>) -> GivenAdjacency {
    let mut pairs: Vec<(BlockIndex, BlockIndex)> = Vec::new();
    let (mut rows, mut ways) = (0, 0);
    for layer in layers {
        if !layer.columns.has(Role::BlockA) || !layer.columns.has(Role::BlockB) {
            findings.push(Columns::missing(&layer.table, &[Role::BlockA, Role::BlockB]));
            continue;
        }
        let mut itself: Vec<usize> = Vec::new();
        let mut before = [0; 2];
        for row in layer.rows() {
            rows += 1;
            ways += usize::from(WAYS.contains(&plain(layer.cell(row, Role::Kind)).as_str()));
            let mut block = |role: Role, near: [usize; 2]| {
                let name = layer.cell(row, role);
                let found = blocks.find_near(name, near);
                if found.is_none() && !blocks.excuses(name) {
                    let finding =
                        layer.table.finding(FindingCode::AdjacencyUnknown, row).about(name).text("block", name);
                    findings.push(blocks.hint(finding, name));
                }
                found
            };
            let first = block(Role::BlockA, [before[0], before[0] + 1]);
            before[0] = first.unwrap_or(before[0]);
            let second = block(Role::BlockB, [before[0] + 1, before[1] + 1]);
            before[1] = second.unwrap_or(before[1]);
            match (first, second) {
                (Some(first), Some(second)) if first == second => itself.push(row),
                (Some(first), Some(second)) => {
                    pairs.push((BlockIndex::new(first.min(second)), BlockIndex::new(first.max(second))));
                }
                _ => {}
            }
        }
        if let Some(row) = itself.first() {
            let finding = layer.table.finding(FindingCode::AdjacencyItself, *row);
            findings.push(finding.about(layer.cell(*row, Role::BlockA)).count("count", itself.len()));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let beside_borders = rows > 0 && ways == rows;
    if let Some(layer) = layers.first().filter(|_| beside_borders) {
        findings.push(layer.table.file_finding(FindingCode::AdjacencyLinks).count("count", pairs.len()));
    }
    GivenAdjacency { pairs, beside_borders }
}
