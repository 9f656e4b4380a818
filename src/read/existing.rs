//! Today's assignment, from a table of its own or from columns beside the blocks.

use std::collections::BTreeMap;

use super::columns::{Columns, Role};
use super::layer::Layer;
use super::names::Names;
use super::{pools, value};
use crate::model::{ExistingScheme, Finding, FindingCode, PerStage, Pool, School, SchoolIndex, Stage};

/// Columns of the table.
pub(super) const ROLES: &[Role] = &[Role::Block, Role::School, Role::Stage];

/// What the existing scheme is read against.
pub(super) struct Known<'a> {
    pub(super) stages: &'a [Stage],
    pub(super) schools: &'a [School],
    pub(super) pools: &'a [Pool],
    pub(super) school_names: &'a Names<'a>,
    pub(super) block_names: &'a Names<'a>,
    pub(super) block_count: usize,
}

/// Reads the existing scheme from `layers`, else from the columns beside the blocks.
pub(super) fn read(
    layers: &[Layer],
    beside_blocks: &PerStage<Option<Vec<String>>>,
    block_file: Option<&str>,
    known: &Known<'_>,
    findings: &mut Vec<Finding>,
) -> ExistingScheme {
    let mut scheme = ExistingScheme::default();
    let mut unknown: BTreeMap<(String, String), usize> = BTreeMap::new();
    if layers.is_empty() {
        for stage in known.stages.iter().copied() {
            let Some(names) = &beside_blocks[stage] else { continue };
            let file = block_file.unwrap_or_default();
            let school_of = names.iter().map(|name| school(name, file, known, &mut unknown)).collect();
            scheme.school_of[stage] = Some(school_of);
        }
    }
    for layer in layers {
        from_table(layer, known, &mut scheme, &mut unknown, findings);
    }
    for ((file, name), count) in unknown {
        if let Some(known_as) = known.school_names.respelt(&name) {
            let finding = Finding::new(FindingCode::ExistingSchoolRespelt)
                .in_file(file)
                .about(name.clone())
                .text("name", name)
                .text("known", known.school_names.name(known_as))
                .count("count", count);
            findings.push(finding);
            continue;
        }
        let finding = Finding::new(FindingCode::ExistingSchoolUnknown)
            .in_file(file)
            .about(name.clone())
            .text("name", name.clone())
            .count("count", count);
        findings.push(known.school_names.hint(finding, &name));
    }
    for stage in known.stages.iter().copied() {
        keep_serving_schools(&mut scheme, stage, known);
        if let Some(school_of) = &scheme.school_of[stage] {
            let left_out = school_of.iter().filter(|school| school.is_none()).count();
            if left_out > 0 {
                let finding = Finding::new(FindingCode::ExistingIncomplete);
                findings.push(finding.sentence("stage", stage.message()).count("count", left_out));
            }
        }
    }
    scheme
}

fn school(
    name: &str,
    file: &str,
    known: &Known<'_>,
    unknown: &mut BTreeMap<(String, String), usize>,
) -> Option<SchoolIndex> {
    if value::is_missing(name) {
        return None;
    }
    let together = || pools::named_together(name, known.pools, |name| known.school_names.find(name));
    let found = known.school_names.find(name).or_else(|| together().map(SchoolIndex::get));
    if found.is_none() && !known.school_names.excuses(name) {
        *unknown.entry((file.to_owned(), name.to_owned())).or_default() += 1;
    }
    found.or_else(|| known.school_names.respelt(name)).map(SchoolIndex::new)
}

fn from_table(
    layer: &Layer,
    known: &Known<'_>,
    scheme: &mut ExistingScheme,
    unknown: &mut BTreeMap<(String, String), usize>,
    findings: &mut Vec<Finding>,
) {
    for role in [Role::Block, Role::School] {
        if !layer.columns.has(role) {
            findings.push(Columns::missing(&layer.table, &[role]));
            return;
        }
    }
    for row in layer.rows() {
        let name = layer.cell(row, Role::Block);
        let Some(block) = known.block_names.find(name) else {
            if known.block_names.excuses(name) {
                continue;
            }
            let finding = layer.table.finding(FindingCode::ExistingBlockUnknown, row).about(name);
            findings.push(known.block_names.hint(finding.text("name", name), name));
            continue;
        };
        let Some(school) = school(layer.cell(row, Role::School), &layer.table.file, known, unknown) else { continue };
        let cell = layer.cell(row, Role::Stage);
        let stages: Vec<Stage> = match Stage::from_slug(cell) {
            Some(stage) => vec![stage],
            None => value::stages(cell).unwrap_or_else(|| known.stages.to_vec()),
        };
        let mut replaced: Option<SchoolIndex> = None;
        for stage in stages {
            if known.stages.contains(&stage) && known.schools[school.get()].serves(stage) {
                let slots = scheme.school_of[stage].get_or_insert_with(|| vec![None; known.block_count]);
                replaced = slots[block].replace(school).filter(|other| *other != school).or(replaced);
            }
        }
        if let Some(other) = replaced {
            let finding = layer.table.finding(FindingCode::ExistingTwice, row).about(name);
            let (first, second) = (&known.schools[other.get()], &known.schools[school.get()]);
            findings.push(finding.text("first", first.name.clone()).text("second", second.name.clone()));
        }
    }
}

/// A school named for a stage it does not serve is no assignment in that stage.
fn keep_serving_schools(scheme: &mut ExistingScheme, stage: Stage, known: &Known<'_>) {
    for slot in scheme.school_of[stage].iter_mut().flatten() {
        *slot = slot.filter(|school| known.schools[school.get()].serves(stage));
    }
}
