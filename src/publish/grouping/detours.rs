//! Schools whose lead is not the nearest: as a table, and in the report.

use std::collections::BTreeMap;

use super::super::GroupingPublication;
use super::tables::table;
use crate::language::Message;
use crate::measure::{Detour, DetourReason, GroupMeasures};

/// The heads of both tables.
pub(super) const HEADS: [&str; 7] = [
    "plaques-school",
    "annex-name",
    "annex-lead",
    "column-km",
    "column-nearest-lead",
    "column-nearest-km",
    "column-detour-reason",
];

/// All of them, the longest ways round first.
pub(super) fn detours(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let mut table = table(publication, &HEADS);
    let rows = Rows::of(publication);
    for measures in publication.measured {
        let districts = measures.districts.iter().map(|district| (district.district_id.as_str(), district));
        let districts: BTreeMap<&str, &GroupMeasures> = districts.collect();
        for detour in &measures.detours {
            table.row(rows.cells(detour, districts.get(detour.district_id.as_str()).copied()));
        }
    }
    table.into_bytes()
}

/// What rows are written with.
pub(super) struct Rows<'a> {
    publication: &'a GroupingPublication<'a>,
    names: BTreeMap<&'a str, &'a str>,
    /// The key of the reason that is strength: the mean is that of the county where districts keep within one, else of all.
    strength: &'static str,
}

impl<'a> Rows<'a> {
    pub(super) fn of(publication: &'a GroupingPublication<'a>) -> Rows<'a> {
        let schools = publication.county.schools.iter();
        let strength = match publication.county.names_of_counties().len() {
            0 | 1 => "detour-strength",
            _ if publication.settings.policy.keeps_counties() => "detour-strength-own-county",
            _ => "detour-strength-city",
        };
        let names = schools.map(|school| (school.id.as_str(), school.name.as_str())).collect();
        Rows { publication, names, strength }
    }

    /// A row: the school, its district and lead with the way in kilometres, the nearest lead with the way there, the reason.
    pub(super) fn cells(&self, detour: &Detour, district: Option<&GroupMeasures>) -> [String; 7] {
        let name = |id: &str| self.names.get(id).copied().unwrap_or_default().to_owned();
        let km = |metres: f64| format!("{:.1}", metres / 1000.0);
        [
            name(&detour.school_id),
            district.map_or_else(String::new, |district| district.name.clone()),
            district.and_then(|district| district.lead_id.as_deref()).map(name).unwrap_or_default(),
            km(detour.to_lead_m),
            name(&detour.nearest_lead_id),
            km(detour.nearest_m),
            self.reason(&detour.reason),
        ]
    }

    fn reason(&self, reason: &DetourReason) -> String {
        let (language, policy) = (self.publication.language, &self.publication.settings.policy);
        let message = match reason {
            DetourReason::Locked => Message::new("detour-locked"),
            DetourReason::Full { most } => Message::new("detour-full").count("most", *most),
            DetourReason::Fewest { fewest } => Message::new("detour-fewest").count("fewest", *fewest),
            DetourReason::Mixture => Message::new("detour-mixture"),
            DetourReason::Strength { before, after } => {
                Message::new(self.strength).decimal("before", *before, 2).decimal("after", *after, 2)
            }
            DetourReason::Size => Message::new("detour-size"),
            DetourReason::Whole => Message::new("detour-whole"),
        };
        message.text("noun", language.noun(policy.noun())).in_language(language)
    }
}
