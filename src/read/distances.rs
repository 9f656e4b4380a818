//! The table of given distances: a row a pair, or a row a block with a column a school.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{Columns, Role};
use super::layer::Layer;
use super::names::Names;
use super::value;
use crate::model::settings::{DistanceSettings, DistanceUnit};
use crate::model::{DistanceTable, Finding, FindingCode, GivenDistances, SchoolIndex};

/// Columns of the table.
pub(super) const ROLES: &[Role] = &[Role::Block, Role::School, Role::Metres, Role::Minutes];

/// What distances are read against.
pub(super) struct Known<'a> {
    pub(super) schools: &'a Names<'a>,
    pub(super) blocks: &'a Names<'a>,
}

/// The columns of a table of one shape or the other.
enum Form {
    /// A row a pair: the column of the number.
    Long(usize),
    /// A row a block: the column of its id, and the columns of schools.
    Wide(usize, Vec<(usize, SchoolIndex)>),
}

/// Reads all pairs. The unit is what the settings say, else that of the column, else metres; tables of several files have
/// one unit.
pub(super) fn read(
    layers: &[Layer],
    said: &DistanceSettings,
    known: &Known<'_>,
    findings: &mut Vec<Finding>,
) -> GivenDistances {
    let unit = said.unit.unwrap_or_else(|| {
        let minutes = |layer: &Layer| layer.columns.has(Role::Minutes) && !layer.columns.has(Role::Metres);
        if layers.iter().any(minutes) { DistanceUnit::Minutes } else { DistanceUnit::Metres }
    });
    let millimetres_each = match unit {
        DistanceUnit::Metres => 1000.0,
        DistanceUnit::Minutes => 1000.0 * said.walking_speed_m_per_min,
    };
    let mut pairs: Vec<Vec<(SchoolIndex, u64)>> = vec![Vec::new(); known.blocks.count()];
    for layer in layers {
        let Some(form) = form_of(layer, unit, known, findings) else { continue };
        let mut reading = Reading { layer, known, unknown: BTreeMap::new(), negative: Vec::new(), findings };
        reading.rows(&form, &mut |block, school, length| {
            pairs[block].push((school, (length * millimetres_each).round() as u64));
        });
        reading.report();
        if unit == DistanceUnit::Minutes {
            let finding = layer.table.file_finding(FindingCode::DistanceConverted);
            findings.push(finding.decimal("speed", said.walking_speed_m_per_min, 1));
        }
    }
    settle(&mut pairs, layers, known, findings);
    GivenDistances {
        table: Arc::new(DistanceTable::new(known.schools.count(), &pairs)),
        unit,
        walking_speed_m_per_min: said.walking_speed_m_per_min,
    }
}

fn form_of(layer: &Layer, unit: DistanceUnit, known: &Known<'_>, findings: &mut Vec<Finding>) -> Option<Form> {
    let table = &layer.table;
    let number = match unit {
        DistanceUnit::Metres => Role::Metres,
        DistanceUnit::Minutes => Role::Minutes,
    };
    if layer.columns.has(Role::Block) && layer.columns.has(Role::School) {
        if let Some(column) = layer.columns.position(number) {
            return Some(Form::Long(column));
        }
        findings.push(Columns::missing(table, &[number]));
        return None;
    }
    let block = layer.columns.position(Role::Block).unwrap_or(0);
    let mut schools: Vec<(usize, SchoolIndex)> = Vec::new();
    let mut unknown: Vec<usize> = Vec::new();
    for column in (0..table.columns.len()).filter(|column| *column != block) {
        match known.schools.find(&table.columns[column]) {
            Some(school) => schools.push((column, SchoolIndex::new(school))),
            None => unknown.push(column),
        }
    }
    if schools.is_empty() {
        findings.push(Columns::missing(table, &[Role::School, number]));
        return None;
    }
    for column in unknown.into_iter().filter(|column| !known.schools.excuses(&table.columns[*column])) {
        let name = &table.columns[column];
        findings.push(unknown_name(table.file_finding(FindingCode::DistanceUnknown), name, known.schools, 1));
    }
    Some(Form::Wide(block, schools))
}

fn unknown_name(finding: Finding, name: &str, names: &Names<'_>, count: usize) -> Finding {
    names.hint(finding.about(name).text("name", name).count("count", count), name)
}

/// One file as it is read.
struct Reading<'a> {
    layer: &'a Layer,
    known: &'a Known<'a>,
    /// For each name that is not known: whether it is a school's, the row it stands in first, and in how many.
    unknown: BTreeMap<(bool, String), (usize, usize)>,
    /// Rows with numbers below zero.
    negative: Vec<usize>,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    /// Hands each number over with the positions of its block and school.
    fn rows(&mut self, form: &Form, take: &mut impl FnMut(usize, SchoolIndex, f64)) {
        let layer = self.layer;
        for row in layer.rows() {
            match form {
                Form::Long(column) => {
                    let block = self.find(layer.cell(row, Role::Block), false, row);
                    let school = self.find(layer.cell(row, Role::School), true, row);
                    let (Some(block), Some(school)) = (block, school) else { continue };
                    if let Some(length) = self.length(row, *column) {
                        take(block, SchoolIndex::new(school), length);
                    }
                }
                Form::Wide(name, schools) => {
                    let Some(block) = self.find(layer.table.cell(row, *name), false, row) else { continue };
                    for (column, school) in schools {
                        if let Some(length) = self.length(row, *column) {
                            take(block, *school, length);
                        }
                    }
                }
            }
        }
    }

    fn find(&mut self, name: &str, is_school: bool, row: usize) -> Option<usize> {
        let names = if is_school { self.known.schools } else { self.known.blocks };
        let found = names.find(name);
        if found.is_none() && !names.excuses(name) {
            self.unknown.entry((is_school, name.to_owned())).or_insert((row, 0)).1 += 1;
        }
        found
    }

    /// The number in a cell; `None` where there is none, and with a finding where it cannot be a distance.
    fn length(&mut self, row: usize, column: usize) -> Option<f64> {
        let cell = self.layer.table.cell(row, column);
        if value::is_missing(cell) {
            return None;
        }
        let Some(length) = value::number(cell) else {
            self.findings.push(self.layer.unreadable(row, cell, &self.layer.table.columns[column]));
            return None;
        };
        if length < 0.0 {
            self.negative.push(row);
            return None;
        }
        Some(length)
    }

    fn report(self) {
        let table = &self.layer.table;
        for ((is_school, name), (row, count)) in &self.unknown {
            let names = if *is_school { self.known.schools } else { self.known.blocks };
            let finding = table.finding(FindingCode::DistanceUnknown, *row);
            self.findings.push(unknown_name(finding, name, names, *count));
        }
        if let Some(row) = self.negative.first() {
            let finding = table.finding(FindingCode::DistanceNegative, *row);
            self.findings.push(finding.count("count", self.negative.len()));
        }
    }
}

/// Puts the pairs of each block in the order of schools. A pair given twice alike counts once; where the two differ, the
/// first is kept and a finding says so.
fn settle(pairs: &mut [Vec<(SchoolIndex, u64)>], layers: &[Layer], known: &Known<'_>, findings: &mut Vec<Finding>) {
    let mut differing: Option<(usize, SchoolIndex)> = None;
    let mut count = 0;
    for (block, pairs) in pairs.iter_mut().enumerate() {
        pairs.sort_by_key(|(school, _)| *school);
        pairs.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same && later.1 != earlier.1 {
                differing = differing.or(Some((block, later.0)));
                count += 1;
            }
            same
        });
    }
    if let (Some((block, school)), Some(layer)) = (differing, layers.first()) {
        let finding = layer.table.file_finding(FindingCode::DistanceRepeated).count("count", count);
        let finding = finding.text("school", known.schools.name(school.get()));
        findings.push(finding.text("block", known.blocks.name(block)));
    }
}
