//! The layers of a grouping: `groups.geojson`, its schools, and `group-lines.geojson`, a line from each member to its lead.

use geojson::JsonObject;
use serde_json::json;

use super::super::GroupingPublication;
use super::super::geojson::{collection, feature, line, point};
use crate::model::{DistrictKind, Governance, Mode};

/// The schools with what they are in their districts; those in none have nulls.
pub(super) fn schools(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let GroupingPublication { county, ground, grouped, .. } = *publication;
    let mut features = Vec::new();
    for districts in grouped {
        let homes = districts.homes();
        for school in county.schools_of(districts.stage) {
            let of = county.school(school);
            let district = homes.get(&school).map(|position| &districts.districts[*position]);
            let role = district.and_then(|district| district.schools().find(|(own, _)| *own == school));
            let mut properties = JsonObject::new();
            properties.insert("stage".into(), json!(districts.stage.slug()));
            properties.insert("school_id".into(), json!(of.id));
            properties.insert("name".into(), json!(of.name));
            properties.insert("county".into(), json!(of.standing.county));
            properties.insert("town".into(), json!(of.town));
            properties.insert("district_id".into(), json!(district.map(|district| &district.id)));
            properties.insert("district_name".into(), json!(district.map(|district| &district.name)));
            properties.insert("role".into(), json!(role.map(|(_, role)| role.slug())));
            if districts.has_both_kinds() {
                let over = districts.districts.iter().filter(|district| district.kind == DistrictKind::Group);
                let own = over.filter(|district| district.schools().any(|(own, _)| own == school));
                properties.insert("group_ids".into(), json!(own.map(|district| &district.id).collect::<Vec<_>>()));
            }
            properties.insert("mode".into(), json!(district.and_then(|district| district.mode).map(Mode::slug)));
            let governance = district.and_then(|district| district.governance).map(Governance::slug);
            properties.insert("governance".into(), json!(governance));
            properties.insert("year".into(), json!(district.and_then(|district| district.year)));
            let id = format!("{}:{}", districts.stage, of.id);
            features.push(feature(&id, point(county, ground, of.gate), properties));
        }
    }
    collection("groups", features.into_iter())
}

/// A straight line from each member to its lead, to the school that helps it, or to the school in the middle of its district, with
/// its metres.
pub(super) fn lines(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let GroupingPublication { county, ground, grouped, .. } = *publication;
    let mut features = Vec::new();
    for districts in grouped {
        for district in &districts.districts {
            for (member, to) in district.ways(county) {
                let metres = (county.metres_apart(member, to) * 10.0).round() / 10.0;
                let (from, to) = (county.school(member), county.school(to));
                let mut properties = JsonObject::new();
                properties.insert("stage".into(), json!(districts.stage.slug()));
                properties.insert("district_id".into(), json!(district.id));
                properties.insert("kind".into(), json!(district.kind.slug()));
                properties.insert("member_id".into(), json!(from.id));
                properties.insert("lead_id".into(), json!(district.lead.map(|lead| &county.school(lead).id)));
                properties.insert("helper_id".into(), json!((district.mode == Some(Mode::Helping)).then_some(&to.id)));
                properties.insert("metres".into(), json!(metres));
                let id = format!("{}:{}:{}", districts.stage, district.id, from.id);
                features.push(feature(&id, line(county, ground, [from.gate, to.gate]), properties));
            }
        }
    }
    collection("group-lines", features.into_iter())
}
