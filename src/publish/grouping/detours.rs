//! Schools whose lead is not the nearest: as a table, and in the report.

use super::super::GroupingPublication;
use super::tables::table;
use crate::language::Message;
use crate::measure::{Detour, DetourReason};

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
    for (measures, detour) in
        publication.measured.iter().flat_map(|measures| measures.detours.iter().map(move |detour| (measures, detour)))
    {
        let district = measures.districts.iter().find(|district| district.district_id == detour.district_id);
        let district = district.map(|district| (district.name.as_str(), district.lead_id.as_deref()));
        table.row(cells(publication, detour, district));
    }
    table.into_bytes()
}

/// A row: the school, its district and lead with the way in kilometres, the nearest lead with the way there, the reason.
pub(super) fn cells(
    publication: &GroupingPublication<'_>,
    detour: &Detour,
    district: Option<(&str, Option<&str>)>,
) -> [String; 7] {
    let name = |id: &str| {
        let school = publication.county.schools.iter().find(|school| school.id == id);
        school.map(|school| school.name.clone()).unwrap_or_default()
    };
    let km = |metres: f64| format!("{:.1}", metres / 1000.0);
    let (district, lead) = district.unwrap_or_default();
    [
        name(&detour.school_id),
        district.to_owned(),
        lead.map(name).unwrap_or_default(),
        km(detour.to_lead_m),
        name(&detour.nearest_lead_id),
        km(detour.nearest_m),
        reason(publication, &detour.reason),
    ]
}

fn reason(publication: &GroupingPublication<'_>, reason: &DetourReason) -> String {
    let (language, policy) = (publication.language, &publication.settings.policy);
    // The mean is that of the county where districts keep within one, else of all.
    let strength = match publication.county.names_of_counties().len() {
        0 | 1 => "detour-strength",
        _ if policy.keeps_counties() => "detour-strength-own-county",
        _ => "detour-strength-city",
    };
    let message = match reason {
        DetourReason::Locked => Message::new("detour-locked"),
        DetourReason::Full { most } => Message::new("detour-full").count("most", *most),
        DetourReason::Fewest { fewest } => Message::new("detour-fewest").count("fewest", *fewest),
        DetourReason::Mixture => Message::new("detour-mixture"),
        DetourReason::Strength { before, after } => {
            Message::new(strength).decimal("before", *before, 2).decimal("after", *after, 2)
        }
        DetourReason::Size => Message::new("detour-size"),
        DetourReason::Whole => Message::new("detour-whole"),
    };
    message.text("noun", language.noun(policy.noun())).in_language(language)
}
