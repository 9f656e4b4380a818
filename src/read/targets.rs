//! A table of targets 指标, each with what has been reached.

use std::collections::BTreeMap;

use super::ReadError;
use super::columns::{Columns, Role, half_width};
use super::layer::{Layer, TableSource};
use super::value;
use crate::model::{Comparison, Finding, FindingCode, Target};

/// Columns of the table.
pub(super) const ROLES: &[Role] =
    &[Role::Indicator, Role::Comparison, Role::Goal, Role::Value, Role::Year, Role::Owner, Role::Unit];

/// Columns without which there is nothing to judge.
const WANTED: &[Role] = &[Role::Indicator, Role::Goal, Role::Value];

/// Comparisons, as suggestions name them.
const COMPARISONS: &str = "≥ / ≤ / = / 不少于 / 不低于 / 不超过 / 等于";

/// The unit of percentages.
const PERCENT: &str = "%";

/// What reading a table of targets gives.
#[derive(Clone, Debug, Default)]
pub struct TargetReading {
    /// The rows that can be judged, in the order of the table.
    pub targets: Vec<Target>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Reads a table of targets: an indicator, how it is compared (at least, where nothing is said), the target and the value
/// in each row. Where a number has a percent sign, its row is about percentages.
///
/// # Errors
/// [`ReadError`] where the file cannot be opened or is not what its name says. Everything else is a finding.
pub fn read_targets(source: &TableSource) -> Result<TargetReading, ReadError> {
    let mut reading = TargetReading::default();
    for layer in source.open(ROLES, WANTED, &mut reading.findings)? {
        of_layer(&layer, &mut reading.targets, &mut reading.findings);
    }
    Ok(reading)
}

/// Reads the targets of a project.
pub(super) fn read(layers: &[Layer], findings: &mut Vec<Finding>) -> Vec<Target> {
    let mut targets = Vec::new();
    for layer in layers {
        let missing = WANTED.iter().filter(|role| !layer.columns.has(**role));
        findings.extend(missing.map(|role| Columns::missing(&layer.table, &[*role])));
        of_layer(layer, &mut targets, findings);
    }
    targets
}

/// Adds the targets of a table that has the columns without which there is nothing to judge.
fn of_layer(layer: &Layer, targets: &mut Vec<Target>, findings: &mut Vec<Finding>) {
    if !WANTED.iter().all(|role| layer.columns.has(*role)) {
        return;
    }
    report_unread(layer, findings);
    for row in layer.rows().filter(|row| !layer.is_blank(*row, ROLES)) {
        targets.extend(target(layer, row, findings));
    }
    report_repeated(layer, targets, findings);
}

/// A row; `None`, with findings for all that is wrong with it, where it cannot be judged.
fn target(layer: &Layer, row: usize, findings: &mut Vec<Finding>) -> Option<Target> {
    let before = findings.len();
    let indicator = layer.name_on_one_line(row, Role::Indicator);
    let named = |code: FindingCode| {
        let finding = layer.table.finding(code, row);
        match &indicator {
            Some(name) => finding.about(name.clone()),
            None => finding,
        }
    };
    if indicator.is_none() {
        findings.push(named(FindingCode::TargetUnnamed));
    }
    let cell = layer.cell(row, Role::Comparison);
    let comparison = comparison(cell);
    if comparison.is_none() {
        findings.push(named(FindingCode::TargetComparison).text("cell", cell).text("known", COMPARISONS));
    }
    let mut number = |role: Role| {
        let cell = layer.text(row, role)?;
        let read = value::percent(&cell).map(|number| (number, true));
        let read = read.or_else(|| value::number(&cell).map(|number| (number, false)));
        if read.is_none() {
            let column = layer.columns.position(role).map_or("", |column| layer.table.columns[column].as_str());
            findings.push(named(FindingCode::NumberUnreadable).text("cell", cell).text("column", column));
        }
        read
    };
    let (goal, value) = (number(Role::Goal), number(Role::Value));
    if layer.text(row, Role::Goal).is_none() {
        findings.push(named(FindingCode::TargetMissing));
    }
    let mut unit = layer.name_on_one_line(row, Role::Unit);
    let of_percent = |unit: &str| unit.chars().map(half_width).eq(PERCENT.chars());
    let signs: Vec<bool> = [goal, value].into_iter().flatten().map(|(_, percent)| percent).collect();
    if unit.as_deref().is_some_and(of_percent) {
        unit = Some(PERCENT.to_owned());
    } else if signs.contains(&true) {
        // A number without the sign may be a share of the whole as well, and one in another unit is no percentage.
        if signs.contains(&false) || unit.is_some() {
            findings.push(named(FindingCode::TargetUnits));
        }
        unit = Some(PERCENT.to_owned());
    }
    let year = layer.year(row, findings);
    if findings.len() > before {
        return None;
    }
    Some(Target {
        row: layer.table.row_number(row),
        indicator: indicator?,
        comparison: comparison?,
        target: goal?.0,
        value: value.map(|(value, _)| value),
        year,
        owner: layer.name_on_one_line(row, Role::Owner),
        unit,
    })
}

/// The comparison a cell means, `AtLeast` where it is empty; `None` where it means none that is known.
fn comparison(cell: &str) -> Option<Comparison> {
    let plain = cell.chars().map(half_width).filter(|character| !character.is_whitespace());
    match plain.collect::<String>().to_lowercase().as_str() {
        "" | ">=" | "=>" | "≥" | "≧" | "⩾" | "不少于" | "不低于" | "不小于" | "至少" | "atleast" => {
            Some(Comparison::AtLeast)
        }
        "<=" | "=<" | "≤" | "≦" | "⩽" | "不超过" | "不多于" | "不高于" | "不大于" | "至多" | "atmost" => {
            Some(Comparison::AtMost)
        }
        "=" | "==" | "等于" | "equal" | "equals" | "equalto" => Some(Comparison::Equal),
        _ => None,
    }
}

/// Reports a column of comparisons that is not read: a ceiling would be judged as a floor.
fn report_unread(layer: &Layer, findings: &mut Vec<Finding>) {
    if layer.columns.has(Role::Comparison) {
        return;
    }
    let table = &layer.table;
    for name in layer.columns.unused(table) {
        let Some(column) = table.columns.iter().position(|other| other == name) else { continue };
        let mut cells = layer.rows().map(|row| table.cell(row, column)).filter(|cell| !cell.is_empty());
        if cells.any(|cell| comparison(cell).is_some()) {
            findings.push(table.file_finding(FindingCode::TargetComparisonUnread).text("column", name));
        }
    }
}

/// Reports what stands twice: one comparison of an indicator, or two values of it for one year. Which row counts would be a
/// guess. A floor and a ceiling of one value may stand side by side.
fn report_repeated(layer: &Layer, targets: &[Target], findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<_, Vec<&Target>> = BTreeMap::new();
    for target in targets {
        let earlier = first.entry((target.indicator.as_str(), target.owner.as_deref(), target.year)).or_default();
        let clash = earlier.iter().find(|other| {
            other.comparison == target.comparison || other.value != target.value || other.unit != target.unit
        });
        if let Some(other) = clash {
            let finding = layer.table.file_finding(FindingCode::TargetRepeated).at_row(target.row);
            findings.push(finding.about(target.indicator.clone()).count("other", other.row));
        }
        earlier.push(target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_in_the_ways_people_write_them() {
        for cell in ["", ">=", "＞＝", "≥", "不少于", "不低于", "at least"] {
            assert_eq!(comparison(cell), Some(Comparison::AtLeast), "{cell}");
        }
        for cell in ["<=", "≤", "不超过", "At most"] {
            assert_eq!(comparison(cell), Some(Comparison::AtMost), "{cell}");
        }
        for cell in ["=", "＝", "等于"] {
            assert_eq!(comparison(cell), Some(Comparison::Equal), "{cell}");
        }
        for cell in [">", "<", "约", "160"] {
            assert_eq!(comparison(cell), None, "{cell}");
        }
    }
}
