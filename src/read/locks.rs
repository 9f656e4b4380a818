//! The table of locks.

use std::collections::BTreeMap;

use super::columns::{Columns, Role};
use super::layer::Layer;
use super::names::Names;
use super::value;
use crate::model::{BlockIndex, Finding, FindingCode, Lock, LockKind, SchoolIndex, Stage};

/// Columns of the table.
pub(super) const ROLES: &[Role] = &[Role::Kind, Role::What, Role::Target, Role::Stage, Role::Reason, Role::Author];

/// Reads all locks: `kind` is `block` (to a school), `lead` (a school leads) or `member` (of the district another leads).
pub(super) fn read(layers: &[Layer], blocks: &Names, schools: &Names, findings: &mut Vec<Finding>) -> Vec<Lock> {
    let mut locks: Vec<Lock> = Vec::new();
    let mut locked_blocks: BTreeMap<(BlockIndex, Option<Stage>), SchoolIndex> = BTreeMap::new();
    for layer in layers {
        if !layer.columns.has(Role::Kind) || !layer.columns.has(Role::What) {
            findings.push(Columns::missing(&layer.table, &[Role::Kind, Role::What]));
            continue;
        }
        for row in 0..layer.table.row_count() {
            let (what, target) = (layer.cell(row, Role::What), layer.cell(row, Role::Target));
            let Some(kind) = kind(layer, row, blocks, schools, findings) else { continue };
            if let LockKind::BlockToSchool { block, school, stage } = kind
                && let Some(other) = locked_blocks.insert((block, stage), school)
                && other != school
            {
                let finding = layer.table.finding(FindingCode::LockConflict, row).about(what);
                findings.push(finding.text("first", schools.name(other.get())).text("second", target));
            }
            locks.push(Lock {
                kind,
                reason: layer.text(row, Role::Reason).unwrap_or_default(),
                author: layer.text(row, Role::Author).unwrap_or_default(),
            });
        }
    }
    locks
}

fn kind(layer: &Layer, row: usize, blocks: &Names, schools: &Names, findings: &mut Vec<Finding>) -> Option<LockKind> {
    let mut find = |names: &Names, name: &str| {
        let found = names.find(name);
        if found.is_none() {
            let suggestion = names.suggestion(name).unwrap_or_default();
            let finding = layer.table.finding(FindingCode::LockUnknown, row).about(name);
            findings.push(finding.text("name", name).text("suggestion", suggestion));
        }
        found
    };
    let (what, target) = (layer.cell(row, Role::What), layer.cell(row, Role::Target));
    match layer.cell(row, Role::Kind).to_lowercase().as_str() {
        "block" | "小区" | "居住单元" => {
            let (block, school) = (find(blocks, what), find(schools, target));
            let cell = layer.cell(row, Role::Stage);
            let stage = Stage::from_slug(cell).or_else(|| match value::stages(cell).as_deref() {
                Some([only]) => Some(*only),
                _ => None,
            });
            Some(LockKind::BlockToSchool { block: BlockIndex::new(block?), school: SchoolIndex::new(school?), stage })
        }
        "lead" | "牵头" | "牵头校" | "核心校" => {
            Some(LockKind::Lead { school: SchoolIndex::new(find(schools, what)?) })
        }
        "member" | "成员" | "成员校" => {
            let (member, lead) = (find(schools, what), find(schools, target));
            Some(LockKind::MemberOf { member: SchoolIndex::new(member?), lead: SchoolIndex::new(lead?) })
        }
        other => {
            let finding = layer.table.finding(FindingCode::LockUnknown, row).about(what);
            findings.push(finding.text("name", other).text("suggestion", "block / lead / member"));
            None
        }
    }
}
