//! The words in tables of groups: what a school is there, and what is a district and what a group.

use super::columns::Role;
use super::layer::Layer;
use super::value;
use crate::model::{DistrictKind, Finding, FindingCode, Mode, Stage};

/// The words for roles that are offered where another stands.
const ROLE_WORDS: [&str; 15] = [
    "牵头校",
    "核心校",
    "总校",
    "领盟学校",
    "创建校",
    "帮扶校",
    "成员校",
    "分校",
    "共建校",
    "被帮扶校",
    "教研基地",
    "lead",
    "member",
    "helper",
    "base",
];

/// What a school is said to be.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) leads: bool,
    /// Whether it leads by a word that is used of groups only 核心校.
    pub(super) is_core: bool,
    pub(super) helps: bool,
    pub(super) base: Option<Base>,
}

/// A base of teaching research 教研基地.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Base {
    /// The stage it is one of, where that is told.
    pub(super) stage: Option<Stage>,
}

/// Whether a cell tells a kind, or a mode in a column of kinds.
pub(super) fn is_kind_or_mode(cell: &str) -> bool {
    kind_of(cell).is_some() || Mode::from_word(cell).is_some()
}

/// What a word in a column of kinds stands for; tables of ours have it behind the stage, `primary-district`.
pub(super) fn kind_of(cell: &str) -> Option<DistrictKind> {
    let last = cell.rsplit('-').next().unwrap_or_default();
    DistrictKind::from_word(cell).or_else(|| DistrictKind::from_word(last).filter(|_| cell.contains('-')))
}

/// What a heading or a name says: the last of the words in it counts, 学区教育集团 is a group.
pub(super) fn kind_in_heading(heading: &str) -> Option<DistrictKind> {
    let last = |words: &[&str]| words.iter().filter_map(|word| heading.rfind(word)).max();
    let (district, group) = (last(&["学区", "片区", "共同体"]), last(&["集团"]));
    match (district, group) {
        (None, None) => None,
        (district, group) if district > group => Some(DistrictKind::District),
        _ => Some(DistrictKind::Group),
    }
}

/// What a school is in its group: one word or several, 成员校、教研基地.
pub(super) fn place(layer: &Layer, row: usize, role: Role, findings: &mut Vec<Finding>) -> Place {
    let cell = layer.cell(row, role);
    let mut place = Place::default();
    if value::is_missing(cell) {
        return place;
    }
    for word in cell.split(['、', ',', '，', ';', '；', '/', '+', '兼']).map(str::trim).filter(|word| !word.is_empty())
    {
        match word.to_lowercase().as_str() {
            "lead" | "牵头校" | "牵头" | "牵头学校" | "创建校" => place.leads = true,
            "核心校" | "核心" | "核心学校" | "总校" | "领盟学校" => {
                (place.leads, place.is_core) = (true, true);
            }
            "helper" | "帮扶校" => place.helps = true,
            "member" | "成员校" | "成员" | "成员学校" | "分校" | "共建校" | "被帮扶校" => {}
            other if other == "base" || other.contains("教研基地") => place.base = base_in(other),
            _ => {
                let finding = layer.table.finding(FindingCode::WordUnknown, row).text("cell", word);
                let finding = finding.text("column", layer.column_name(role).unwrap_or(role.slug()));
                findings.push(layer.about_row(finding.list("known", ROLE_WORDS, "、"), row));
            }
        }
    }
    place
}

/// Whether a school is a base of teaching research, and of which stage where that is said.
pub(super) fn base_in(cell: &str) -> Option<Base> {
    let stages =
        [("小学", Stage::Primary), ("primary", Stage::Primary), ("初中", Stage::Junior), ("junior", Stage::Junior)];
    let told = stages.into_iter().find(|(word, _)| cell.contains(word)).map(|(_, stage)| stage);
    let is_base = told.is_some() || cell == "base" || cell.contains("教研基地") || value::flag(cell) == Some(true);
    is_base.then_some(Base { stage: told })
}
