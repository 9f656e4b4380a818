//! What groups of a grouping are said to cross, and who is said to help whom, reckoned anew from the tables.

use std::collections::BTreeSet;

use serde_json::Value;

use super::grouping::{Grouped, Placed};
use crate::language::Message;
use crate::model::{Level, School};

/// Metres are written to a tenth.
const ROUNDED: f64 = 0.06;

/// Compares what `evaluation.json` says of a stage with the tables.
pub(super) fn check(grouped: &Grouped<'_>, claim: &Value, faults: &mut Vec<Message>) {
    let mut wrong = |field: String, found: &Value, expected: f64| {
        let message = Message::new("verify-grouping-sum").text("field", field).text("found", found.to_string());
        faults.push(message.decimal("expected", expected, 1));
    };
    for of in claim["districts"].as_array().into_iter().flatten() {
        let id = of["district_id"].as_str().unwrap_or_default();
        let Some(schools) = grouped.districts.get(id) else { continue };
        let crossings = [
            ("crosses_counties", crosses(schools, |school| school.standing.county.clone())),
            ("crosses_stages", crosses_stages(schools)),
            ("crosses_levels", crosses(schools, |school| school.standing.authority())),
        ];
        for (field, expected) in crossings {
            if of[field].as_bool() != Some(expected) {
                wrong(format!("{id} {field}"), &of[field], f64::from(u8::from(expected)));
            }
        }
    }
    let helping: Vec<&Vec<Placed<'_>>> =
        grouped.districts.values().filter(|schools| schools.iter().any(Placed::is_in_helping_district)).collect();
    let arcs = claim["arcs"].as_array().map_or(&[][..], Vec::as_slice);
    let mut due = 0;
    for schools in helping {
        let helpers: Vec<&School> = schools.iter().filter(|placed| placed.helps).map(|placed| placed.school).collect();
        for helped in schools.iter().filter(|placed| !placed.helps && !helpers.is_empty()) {
            due += 1;
            let way = |helper: &School| {
                let between = helper.gate - helped.school.gate;
                between.x.hypot(between.y)
            };
            let nearest = helpers.iter().map(|helper| way(helper)).fold(f64::INFINITY, f64::min);
            let own = arcs.iter().filter(|arc| arc["member_id"] == helped.school.id);
            let is_right = own.clone().any(|arc| {
                let helper = helpers.iter().find(|helper| arc["lead_id"] == helper.id);
                let metres = arc["metres"].as_f64().unwrap_or(f64::INFINITY);
                helper
                    .is_some_and(|helper| (way(helper) - nearest).abs() < ROUNDED && (metres - nearest).abs() < ROUNDED)
            });
            if !is_right {
                wrong(format!("arcs {}", helped.school.name), &own.map(|arc| arc["metres"].clone()).collect(), nearest);
            }
        }
    }
    if arcs.len() != due {
        wrong("arcs".to_owned(), &Value::from(arcs.len()), f64::from(u32::try_from(due).unwrap_or(u32::MAX)));
    }
}

/// Whether what is told of schools differs.
pub(super) fn crosses<Told: Ord>(schools: &[Placed<'_>], of: impl Fn(&School) -> Option<Told>) -> bool {
    schools.iter().filter_map(|placed| of(placed.school)).collect::<BTreeSet<Told>>().len() > 1
}

/// Whether schools are of several stages, nine-year schools being of the primary ones; those that say nothing are primary schools.
pub(super) fn crosses_stages(schools: &[Placed<'_>]) -> bool {
    let level = |placed: &Placed<'_>| match placed.school.standing.level {
        None | Some(Level::Primary) => Level::Primary,
        Some(level) => level,
    };
    let levels: BTreeSet<Level> = schools.iter().map(level).collect();
    levels.len() > 1 && !levels.iter().all(|level| matches!(level, Level::Primary | Level::NineYear))
}
