//! The table of locks.

use std::collections::BTreeMap;

use super::columns::{Columns, Role};
use super::layer::Layer;
use super::names::Names;
use super::value;
use crate::model::{BlockIndex, Finding, FindingCode, Lock, LockKind, School, SchoolIndex, Stage};

/// Columns of the table.
pub(super) const ROLES: &[Role] = &[Role::Kind, Role::What, Role::Target, Role::Stage, Role::Reason, Role::Author];

/// What locks are read against.
pub(super) struct Known<'a> {
    pub(super) stages: &'a [Stage],
    pub(super) schools: &'a [School],
    pub(super) school_names: &'a Names,
    pub(super) block_names: &'a Names,
}

/// Reads all locks: `kind` is `block` (to a school), `lead` (a school leads) or `member` (of the district another leads).
pub(super) fn read(layers: &[Layer], known: &Known<'_>, findings: &mut Vec<Finding>) -> Vec<Lock> {
    let mut locks: Vec<Lock> = Vec::new();
    let mut locked_blocks: BTreeMap<(BlockIndex, Stage), SchoolIndex> = BTreeMap::new();
    for layer in layers {
        if !layer.columns.has(Role::Kind) || !layer.columns.has(Role::What) {
            findings.push(Columns::missing(&layer.table, &[Role::Kind, Role::What]));
            continue;
        }
        for row in layer.rows() {
            let (what, target) = (layer.cell(row, Role::What), layer.cell(row, Role::Target));
            for kind in kinds(layer, row, known, findings) {
                if let LockKind::BlockToSchool { block, school, stage } = kind
                    && let Some(other) = locked_blocks.insert((block, stage), school)
                    && other != school
                {
                    let finding = layer.table.finding(FindingCode::LockConflict, row).about(what);
                    let first = known.school_names.name(other.get());
                    findings.push(finding.text("first", first).text("second", target));
                }
                locks.push(Lock {
                    kind,
                    reason: layer.text(row, Role::Reason).unwrap_or_default(),
                    author: layer.text(row, Role::Author).unwrap_or_default(),
                    origin: layer.origin(row),
                });
            }
        }
    }
    locks
}

/// What a row locks: for a block one lock in each stage it speaks of; nothing, with a finding, where it cannot be told.
fn kinds(layer: &Layer, row: usize, known: &Known<'_>, findings: &mut Vec<Finding>) -> Vec<LockKind> {
    let (blocks, schools) = (known.block_names, known.school_names);
    let mut find = |names: &Names, name: &str| {
        let found = names.find(name);
        if found.is_none() && !names.excuses(name) {
            let suggestion = names.suggestion(name).unwrap_or_default();
            let finding = layer.table.finding(FindingCode::LockUnknown, row).about(name);
            findings.push(finding.text("name", name).clause("suggestion", "clause-did-you-mean", suggestion));
        }
        found
    };
    let (what, target) = (layer.cell(row, Role::What), layer.cell(row, Role::Target));
    match layer.cell(row, Role::Kind).to_lowercase().as_str() {
        "block" | "小区" | "居住单元" => {
            let (Some(block), Some(school)) = (find(blocks, what), find(schools, target)) else { return Vec::new() };
            let cell = layer.cell(row, Role::Stage);
            let told = Stage::from_slug(cell).map(|stage| vec![stage]).or_else(|| value::stages(cell));
            let stages: Vec<Stage> = known
                .stages
                .iter()
                .copied()
                .filter(|stage| known.schools[school].serves(*stage))
                .filter(|stage| told.as_ref().is_none_or(|told| told.contains(stage)))
                .collect();
            if stages.is_empty() {
                let finding = layer.table.finding(FindingCode::LockStageUnserved, row).about(what);
                findings.push(finding.text("school", schools.name(school)).text("cell", cell));
            }
            let lock = |stage| LockKind::BlockToSchool {
                block: BlockIndex::new(block),
                school: SchoolIndex::new(school),
                stage,
            };
            stages.into_iter().map(lock).collect()
        }
        "lead" | "牵头" | "牵头校" | "核心校" => {
            find(schools, what).map(|school| LockKind::Lead { school: SchoolIndex::new(school) }).into_iter().collect()
        }
        "member" | "成员" | "成员校" => {
            let (Some(member), Some(lead)) = (find(schools, what), find(schools, target)) else { return Vec::new() };
            vec![LockKind::MemberOf { member: SchoolIndex::new(member), lead: SchoolIndex::new(lead) }]
        }
        other => {
            let finding = layer.table.finding(FindingCode::LockUnknown, row).about(what);
            findings.push(finding.text("name", other).clause(
                "suggestion",
                "clause-did-you-mean",
                "block / lead / member",
            ));
            Vec::new()
        }
    }
}
