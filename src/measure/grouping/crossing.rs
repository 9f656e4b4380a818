//! What a group crosses, each by itself: counties 跨县区, stages 跨学段, levels of the authorities its schools are under 跨层级; and
//! who decides that it is formed.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cover::common_level;
use crate::model::{Authority, County, District, SchoolIndex};

/// Who decides that a group is formed 审批.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// The bureau of the city: the lead is its own school.
    City,
    /// The bureau of the lead's county, which tells the city: the group crosses counties.
    CountyToldToCity,
    /// The bureau of the county.
    County,
    /// The lead is a school of the province, of which documents say nothing.
    Untold,
}

impl Approval {
    /// The word used in files and in the keys of the language files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Approval::City => "city",
            Approval::CountyToldToCity => "county-told-to-city",
            Approval::County => "county",
            Approval::Untold => "untold",
        }
    }
}

/// The counties its schools stand in, each once, in alphabetical order.
pub(super) fn counties<'a>(county: &'a County, district: &District) -> Vec<&'a str> {
    let of = |school: SchoolIndex| county.school(school).standing.county.as_deref();
    let names: BTreeSet<&str> = district.schools().filter_map(|(school, _)| of(school)).collect();
    names.into_iter().collect()
}

/// The levels of the authorities its schools are under, as far as that is told.
pub(super) fn authorities(county: &County, district: &District) -> BTreeSet<Authority> {
    district.schools().filter_map(|(school, _)| county.school(school).standing.authority()).collect()
}

/// Whether its schools are of several stages; nine-year schools count as primary schools among these.
pub(super) fn crosses_stages(county: &County, district: &District) -> bool {
    common_level(county, district).is_none()
}

/// Who decides: by whose school the lead is, and whether the group crosses counties.
pub(super) fn approval(county: &County, district: &District) -> Option<Approval> {
    let authority = district.lead.and_then(|lead| county.school(lead).standing.authority());
    match (authority, counties(county, district).len()) {
        (Some(Authority::City), _) => Some(Approval::City),
        (Some(Authority::Province), _) => Some(Approval::Untold),
        (None, 0) => None,
        (_, 0 | 1) => Some(Approval::County),
        _ => Some(Approval::CountyToldToCity),
    }
}
