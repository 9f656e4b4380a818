//! The table of groups as they are, or as somebody proposes them: a row for each school of each group.

use std::collections::BTreeMap;

use super::columns::{Columns, Role};
use super::layer::Layer;
use super::names::Names;
use super::value;
use crate::model::{District, Finding, FindingCode, Governance, HeadBy, Mode, Record, SchoolIndex, Status};

/// Columns of the table.
pub(super) const ROLES: &[Role] = &[
    Role::Group,
    Role::School,
    Role::GroupRole,
    Role::Mode,
    Role::Governance,
    Role::Year,
    Role::GroupName,
    Role::Status,
    Role::Approved,
    Role::Waiver,
    Role::Head,
    Role::HeadSince,
    Role::HeadBy,
];

/// Reads all groups, in the order in which they are named first. What a group is as a whole (its name, mode, governance and
/// year) may stand in any of its rows.
pub(super) fn read(layers: &[Layer], schools: &Names<'_>, findings: &mut Vec<Finding>) -> Vec<District> {
    let mut groups: Vec<District> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for layer in layers {
        if let Some(missing) = [Role::Group, Role::School].into_iter().find(|role| !layer.columns.has(*role)) {
            findings.push(Columns::missing(&layer.table, &[missing]));
            continue;
        }
        for row in layer.rows() {
            let (key, name) = match (layer.text(row, Role::Group), layer.text(row, Role::School)) {
                (Some(key), Some(name)) => (key, name),
                (None, None) => continue,
                (key, name) => {
                    let missing = if key.is_none() { "group" } else { "school" };
                    let finding = layer.table.finding(FindingCode::GroupRowEmpty, row).text("missing", missing);
                    findings.push(finding.about(name.or(key).unwrap_or_default()));
                    continue;
                }
            };
            let Some(school) = schools.find(&name) else {
                if !schools.excuses(&name) {
                    let finding = layer.table.finding(FindingCode::GroupSchoolUnknown, row).about(name.clone());
                    findings.push(schools.hint(finding.text("name", name.clone()), &name));
                }
                continue;
            };
            let school = SchoolIndex::new(school);
            let position = *known.entry(key.clone()).or_insert(groups.len());
            if position == groups.len() {
                let name = layer.text(row, Role::GroupName).unwrap_or_else(|| key.clone());
                groups.push(District {
                    id: key,
                    name,
                    mode: None,
                    governance: None,
                    year: None,
                    record: Record::default(),
                    lead: None,
                    members: Vec::new(),
                });
            }
            let group = &mut groups[position];
            let mode = layer.word(row, Role::Mode, Mode::from_word, Mode::ALL, Mode::chinese, findings);
            let steered = Governance::from_word;
            let governance = layer.word(row, Role::Governance, steered, Governance::ALL, Governance::chinese, findings);
            let year = layer.year(row, findings);
            let record = record(layer, row, findings);
            let differ = [
                take(&mut group.mode, mode),
                take(&mut group.governance, governance),
                take(&mut group.year, year),
                take(&mut group.record.status, record.status),
                take(&mut group.record.approved, record.approved),
                take(&mut group.record.waiver, record.waiver),
                take(&mut group.record.head, record.head),
                take(&mut group.record.head_since, record.head_since),
                take(&mut group.record.head_by, record.head_by),
            ];
            if differ.contains(&true) {
                let finding = layer.table.finding(FindingCode::GroupConflict, row).about(name.clone());
                findings.push(finding.text("group", group.name.clone()));
            }
            // Of several schools that help, the first leads and the others are beside it.
            let helps_beside = layer.cell(row, Role::GroupRole) == "帮扶校" && group.lead.is_some();
            let leads = leads(layer, row, findings) && !helps_beside;
            if group.schools().any(|(of_group, _)| of_group == school) || (leads && group.lead.is_some()) {
                let finding = layer.table.finding(FindingCode::GroupTwice, row).about(name);
                findings.push(finding.text("group", group.name.clone()));
            } else if leads {
                group.lead = Some(school);
            } else {
                group.members.push(school);
            }
        }
    }
    groups
}

/// Takes what a row says of its group as a whole, where no row before did; whether it says something else than they.
fn take<Value: PartialEq>(known: &mut Option<Value>, said: Option<Value>) -> bool {
    let differs = said.is_some() && known.is_some() && *known != said;
    if known.is_none() {
        *known = said;
    }
    differs
}

/// What a row says of its group beside who is in it.
fn record(layer: &Layer, row: usize, findings: &mut Vec<Finding>) -> Record {
    Record {
        status: layer.word(row, Role::Status, Status::from_word, Status::ALL, Status::chinese, findings),
        approved: layer.name_on_one_line(row, Role::Approved),
        waiver: layer.name_on_one_line(row, Role::Waiver),
        head: layer.name_on_one_line(row, Role::Head),
        head_since: layer.month(row, Role::HeadSince, findings),
        head_by: layer.word(row, Role::HeadBy, HeadBy::from_word, HeadBy::ALL, HeadBy::chinese, findings),
    }
}

/// Whether a row is that of the lead.
fn leads(layer: &Layer, row: usize, findings: &mut Vec<Finding>) -> bool {
    let cell = layer.cell(row, Role::GroupRole);
    match cell.to_lowercase().as_str() {
        "lead" | "牵头校" | "牵头" | "核心校" | "核心" | "总校" | "领盟学校" | "创建校" | "帮扶校" => {
            true
        }
        "member" | "成员校" | "成员" | "分校" | "共建校" | "被帮扶校" | "教研基地" => false,
        _ if value::is_missing(cell) => false,
        _ => {
            let known = ["牵头校", "核心校", "创建校", "帮扶校", "成员校", "共建校", "被帮扶校", "lead", "member"];
            findings.push(layer.unknown_word(row, Role::GroupRole, known));
            false
        }
    }
}
