//! The table of locks.

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
    pub(super) school_names: &'a Names<'a>,
    pub(super) block_names: &'a Names<'a>,
}

/// The kinds of locks, as suggestions name them.
const KINDS: &str =
    "block 小区 / together 同校 / apart 不同校 / forbidden 禁止 / lead 牵头校、创建校 / member 成员校、共建校";

/// Reads all locks. `kind` is `block` (goes to a school), `together` (with another block), `apart` (never with another
/// block), `forbidden` (never to a school), `lead` (a school leads) or `member` (of the district another leads).
///
/// Whether they can hold at once is for the survey to say, which knows where the schools stand.
pub(super) fn read(layers: &[Layer], known: &Known<'_>, findings: &mut Vec<Finding>) -> Vec<Lock> {
    let mut locks: Vec<Lock> = Vec::new();
    for layer in layers {
        let is_of_pairs = is_of_pairs(layer);
        if !(is_of_pairs || layer.columns.has(Role::Kind)) || !layer.columns.has(Role::What) {
            findings.push(Columns::missing(&layer.table, &[Role::Kind, Role::What]));
            continue;
        }
        for row in layer.rows() {
            for kind in kinds(layer, row, is_of_pairs, known, findings) {
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

/// Whether a table without a column of kinds is a list of pairs by its heads: who is led, and who leads.
fn is_of_pairs(layer: &Layer) -> bool {
    let is_headed =
        |role: Role, heads: &[&str]| layer.column_name(role).is_some_and(|head| heads.contains(&head.trim()));
    !layer.columns.has(Role::Kind)
        && is_headed(Role::What, &["共建校", "成员校"])
        && is_headed(Role::Target, &["创建校", "牵头校", "核心校"])
}

/// What a row locks: for a block one lock in each stage it speaks of; nothing, with a finding, where it cannot be told.
fn kinds(
    layer: &Layer,
    row: usize,
    is_of_pairs: bool,
    known: &Known<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<LockKind> {
    let (blocks, schools) = (known.block_names, known.school_names);
    let mut find = |names: &Names<'_>, name: &str| {
        let found = names.find(name);
        if found.is_none() && !names.excuses(name) {
            let finding = layer.table.finding(FindingCode::LockUnknown, row).about(name);
            findings.push(names.hint(finding.text("name", name), name));
        }
        found
    };
    let (what, target) = (layer.cell(row, Role::What), layer.cell(row, Role::Target));
    let kind = if is_of_pairs { "member" } else { layer.cell(row, Role::Kind) };
    match kind.to_lowercase().as_str() {
        "block" | "小区" | "居住单元" => {
            let (Some(block), Some(school)) = (find(blocks, what), find(schools, target)) else { return Vec::new() };
            let (block, school) = (BlockIndex::new(block), SchoolIndex::new(school));
            let lock = |stage| LockKind::BlockToSchool { block, school, stage };
            served_stages(layer, row, known, school, findings).into_iter().map(lock).collect()
        }
        "forbidden" | "不得" | "禁止" => {
            let (Some(block), Some(school)) = (find(blocks, what), find(schools, target)) else { return Vec::new() };
            let (block, school) = (BlockIndex::new(block), SchoolIndex::new(school));
            let lock = |stage| LockKind::Forbidden { block, school, stage };
            served_stages(layer, row, known, school, findings).into_iter().map(lock).collect()
        }
        kind @ ("together" | "同校" | "apart" | "不同校") => {
            let (Some(first), Some(second)) = (find(blocks, what), find(blocks, target)) else { return Vec::new() };
            if first == second {
                findings.push(layer.table.finding(FindingCode::LockItself, row).about(what));
                return Vec::new();
            }
            let (first, second) = (BlockIndex::new(first), BlockIndex::new(second));
            let stages = told_stages(layer, row, known).collect::<Vec<Stage>>();
            if stages.is_empty() {
                let finding = layer.table.finding(FindingCode::LockStageUnplanned, row).about(what);
                findings.push(finding.text("cell", layer.cell(row, Role::Stage)));
            }
            let is_together = matches!(kind, "together" | "同校");
            let lock = |stage| {
                if is_together {
                    LockKind::Together { first, second, stage }
                } else {
                    LockKind::Apart { first, second, stage }
                }
            };
            stages.into_iter().map(lock).collect()
        }
        "lead" | "牵头" | "牵头校" | "核心校" | "创建校" | "帮扶校" | "领办校" => {
            find(schools, what).map(|school| LockKind::Lead { school: SchoolIndex::new(school) }).into_iter().collect()
        }
        "member" | "成员" | "成员校" | "共建校" | "被帮扶校" => {
            let (Some(member), Some(lead)) = (find(schools, what), find(schools, target)) else { return Vec::new() };
            if member == lead {
                findings.push(layer.table.finding(FindingCode::LockSchoolItself, row).about(what));
                return Vec::new();
            }
            vec![LockKind::MemberOf { member: SchoolIndex::new(member), lead: SchoolIndex::new(lead) }]
        }
        other => {
            let finding = layer.table.finding(FindingCode::LockUnknown, row).about(what);
            findings.push(finding.text("name", other).clause("suggestion", "clause-did-you-mean", KINDS));
            Vec::new()
        }
    }
}

/// The planned stages a row speaks of: all where it names none.
fn told_stages<'a>(layer: &Layer, row: usize, known: &Known<'a>) -> impl Iterator<Item = Stage> + use<'a> {
    let cell = layer.cell(row, Role::Stage);
    let told = Stage::from_slug(cell).map(|stage| vec![stage]).or_else(|| value::stages(cell));
    known.stages.iter().copied().filter(move |stage| told.as_ref().is_none_or(|told| told.contains(stage)))
}

/// The planned stages a row speaks of that `school` serves; where there is none, a finding says so.
fn served_stages(
    layer: &Layer,
    row: usize,
    known: &Known<'_>,
    school: SchoolIndex,
    findings: &mut Vec<Finding>,
) -> Vec<Stage> {
    let school = &known.schools[school.get()];
    let stages: Vec<Stage> = told_stages(layer, row, known).filter(|stage| school.serves(*stage)).collect();
    if stages.is_empty() {
        let finding = layer.table.finding(FindingCode::LockStageUnserved, row).about(layer.cell(row, Role::What));
        findings.push(finding.text("school", school.name.clone()).text("cell", layer.cell(row, Role::Stage)));
    }
    stages
}
