//! The rules of the evaluation, judged again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::distance::{Ways, number};
use super::figures::radius;
use super::groups::lead_of;
use super::links::Links;
use super::output::{DistrictRow, Output};
use super::scheme::Table;
use super::terms;
use super::{Check, Kind};
use crate::language::Message;
use crate::model::{LockKind, SchoolIndex, Stage};

/// Breaches of a rule the evaluation lists at most.
const LISTED_BREACHES: usize = 1_000;

/// Distances this near to the radius are too close to call.
const TIE: f64 = 1e-6;

/// What a rule comes to in a stage.
struct Judgement {
    rule: &'static str,
    hard: bool,
    /// Whoever breaks it, by id; as often as they do.
    breaches: Vec<String>,
}

/// Rules whose verdict is not what the assignment comes to, and a summary that is not that of the rules.
pub(super) fn faults(output: &Output, table: &Table<'_>, links: &Links, ways: &Ways<'_>) -> Vec<Message> {
    let mut faults = Vec::new();
    let rules = output.evaluation["rules"].as_array().map_or(&[][..], Vec::as_slice);
    let mut hard_rules_kept = true;
    for stage in &table.stages {
        for judgement in judge(output, table, links, ways, *stage) {
            let Judgement { rule, hard, mut breaches } = judgement;
            let verdict = if breaches.is_empty() { "kept" } else { "broken" };
            hard_rules_kept &= !hard || breaches.is_empty();
            let found = rules.iter().find(|found| found["id"] == rule && found["stage"] == stage.slug());
            let found = found.unwrap_or(&Value::Null);
            let named = found["breaches"].as_array().map_or(&[][..], Vec::as_slice);
            let mut named: Vec<&str> = named.iter().map(|breach| breach["id"].as_str().unwrap_or_default()).collect();
            named.sort_unstable();
            breaches.sort_unstable();
            // Of very many only the first are listed.
            let is_named = if breaches.len() > LISTED_BREACHES {
                let mut others = breaches.iter();
                named.len() == LISTED_BREACHES && named.iter().all(|id| others.any(|breach| breach == id))
            } else {
                named == breaches
            };
            let is_counted = found["breach_count"] == breaches.len();
            if found["verdict"] != verdict || found["hard"] != hard || !is_named || !is_counted {
                let message = Message::new("verify-rule").sentence("stage", stage.message()).text("rule", rule);
                let verdict = format!("{} ({})", found["verdict"].as_str().unwrap_or("null"), found["breach_count"]);
                let expected = Message::new(if breaches.is_empty() { "verdict-kept" } else { "verdict-broken" });
                let message = message.text("found", verdict).sentence("expected", expected);
                faults.push(message.count("count", breaches.len()));
            }
        }
    }
    // Rules of documents are taken from the evaluation: most of them speak of strengths, which stand in no table.
    let is_broken = |rule: &&Value| rule["hard"] == true && rule["verdict"] == "broken";
    hard_rules_kept &= !rules.iter().any(|rule| is_broken(&rule));
    if output.evaluation["hard_rules_kept"] != hard_rules_kept {
        let found = output.evaluation["hard_rules_kept"].to_string();
        faults.push(Message::new("verify-rules-summary").text("found", found));
    }
    faults
}

/// What hard rules on districts are said to be broken, whoever judged them: most of them speak of strengths, which stand in no
/// table.
pub(super) fn of_districts(output: &Output) -> Check {
    let is_broken = |rule: &&Value| rule["hard"] == true && rule["verdict"] == "broken";
    let is_of_catchments = |rule: &&Value| OF_CATCHMENTS.iter().any(|id| rule["id"] == *id);
    let rules = output.evaluation["rules"].as_array().map_or(&[][..], Vec::as_slice);
    let broken = rules.iter().filter(is_broken).filter(|rule| !is_of_catchments(rule));
    let message = |rule: &Value| {
        let message = Message::new("verify-rule-broken").text("rule", rule["text"].as_str().unwrap_or_default());
        message.count("count", rule["breach_count"].as_u64().unwrap_or(0))
    };
    Check::new("district-rules", Kind::Rule, broken.map(message).collect())
}

/// Rules on catchments, which have checks of their own.
const OF_CATCHMENTS: [&str; 10] = [
    "assigned",
    "seats",
    "contiguous",
    "locks",
    "together",
    "apart",
    "forbidden",
    "longest-distance",
    "least-use",
    "district-lines",
];

fn judge(output: &Output, table: &Table<'_>, links: &Links, ways: &Ways<'_>, stage: Stage) -> Vec<Judgement> {
    let county = table.county;
    let blocks = || 0..county.blocks.len();
    let id = |block: usize| county.blocks[block].id.to_string();
    let load_of = table.loads(stage);
    let loads: Vec<(String, u64, u64)> = table
        .sharing
        .holders(stage)
        .map(|school| (table.sharing.id(stage, school), load_of[school], table.seats(stage, school)))
        .collect();
    let [low, high] = output.settings.measure.seat_use;
    let out_of_band = |load: u64, seats: u64| seats > 0 && !(low..=high).contains(&(load as f64 / seats as f64));
    let schools = |is_breach: &dyn Fn(u64, u64) -> bool| -> Vec<String> {
        let breaches = loads.iter().filter(|(_, load, seats)| is_breach(*load, *seats));
        breaches.map(|(id, ..)| id.clone()).collect()
    };
    let of_rule = |rule, hard, breaches| Judgement { rule, hard, breaches };
    let mut judgements = vec![
        of_rule("assigned", true, blocks().filter(|block| table.school_of(stage, *block).is_none()).map(id).collect()),
        of_rule("seats", true, schools(&|load, seats| load > seats)),
        of_rule("contiguous", true, table.detached(stage, links).into_iter().map(id).collect()),
        of_rule("locks", true, broken_locks(table, stage)),
        of_rule("seat-band", false, schools(&out_of_band)),
    ];
    let of_bureau = terms::judge(output, table, links, ways, stage);
    judgements.extend(of_bureau.into_iter().map(|judged| of_rule(judged.rule, judged.hard, judged.breaches)));
    let limit = radius(output, stage);
    let way = |block: usize| Some(table.sharing.metres(ways, stage, block, table.school_of(stage, block)?));
    let going: Vec<(usize, f64)> = blocks()
        .filter(|block| table.pupils(stage, *block) > 0)
        .filter_map(|block| Some((block, way(block)?)))
        .collect();
    if going.iter().all(|(_, way)| (way - limit).abs() > TIE) {
        let beyond = going.into_iter().filter(|(_, way)| *way > limit).map(|(block, _)| id(block)).collect();
        judgements.push(of_rule("radius", false, beyond));
    }
    judgements.extend(judge_pools(output, stage));
    judgements.extend(judge_districts(output, table, links, stage));
    judgements
}

/// Locks of a stage that the assignment or the table of districts does not keep.
fn broken_locks(table: &Table<'_>, stage: Stage) -> Vec<String> {
    let county = table.county;
    let districts = table.groups.of_stage(stage);
    let led_otherwise = |school: SchoolIndex, lead: SchoolIndex| {
        let district = &table.groups.of(stage, &county.school(school).id)?.district_id;
        let own_lead = districts.get(district.as_str()).and_then(|rows| lead_of(rows));
        let is_led = own_lead.is_some_and(|row| row.school_id == county.school(lead).id);
        (!is_led).then(|| county.school(school).id.clone())
    };
    let broken = county.locks.iter().filter_map(|lock| match lock.kind {
        LockKind::BlockToSchool { block, school, stage: locked_in } => {
            let is_broken = locked_in == stage && table.school_of(stage, block.get()) != Some(school.get());
            is_broken.then(|| county.block(block).id.to_string())
        }
        LockKind::Lead { school } => led_otherwise(school, school),
        LockKind::MemberOf { member, lead } => led_otherwise(member, lead),
        LockKind::Together { .. } | LockKind::Apart { .. } | LockKind::Forbidden { .. } => None,
    });
    broken.collect()
}

/// The rule of pools, where there are any. How many schools are strong is taken from the evaluation.
fn judge_pools(output: &Output, stage: Stage) -> Option<Judgement> {
    let pools = output.evaluated(stage).and_then(|claimed| claimed["pools"].as_array())?;
    let strong = |pool: &Value| number(pool, "strong_schools");
    let least = pools.iter().map(strong).fold(f64::INFINITY, f64::min);
    let crowded = pools.iter().filter(|pool| strong(pool) >= least + 2.0);
    let breaches = crowded.map(|pool| pool["pool"].as_str().unwrap_or_default().to_owned()).collect();
    (!pools.is_empty()).then_some(Judgement { rule: "strong-in-pools", hard: false, breaches })
}

/// Why the territory of a district may fall apart: by the table of groups, else by the settings under its id or name or under
/// those of its lead.
pub(super) fn waiver(output: &Output, table: &Table<'_>, rows: &[&DistrictRow]) -> Option<String> {
    let first = rows.first()?;
    let of_table = table.county.groups.iter().find(|group| group.id == first.district_id);
    let of_table = of_table.filter(|_| output.settings.groups.is_some()).and_then(|group| group.record.waiver.clone());
    let lead = lead_of(rows).into_iter().flat_map(|lead| [&lead.school_id, &lead.school_name]);
    let mut names = [&first.district_id, &first.name].into_iter().chain(lead);
    of_table.or_else(|| names.find_map(|name| output.settings.districts.waivers.get(name).cloned()))
}

/// The rules of districts, where there are any. Which schools are weak is taken from the evaluation.
fn judge_districts(output: &Output, table: &Table<'_>, links: &Links, stage: Stage) -> Vec<Judgement> {
    let districts = table.groups.of_stage(stage);
    if districts.is_empty() {
        return Vec::new();
    }
    let evaluated = output.evaluated(stage).and_then(|claimed| claimed["districts"].as_array());
    let without_strong_lead = evaluated.into_iter().flatten().filter(|district| {
        let count = number(district, "weak_without_strong_lead");
        count > 0.0
    });
    let weak = without_strong_lead.map(|district| district["district_id"].as_str().unwrap_or_default().to_owned());
    let [fewest, most] = output.settings.districts.schools;
    let ids = |picked: &dyn Fn(&str) -> bool| -> Vec<String> {
        districts.keys().filter(|id| picked(id)).map(|id| (*id).to_owned()).collect()
    };
    let mut district_of: BTreeMap<usize, &str> = BTreeMap::new();
    for (position, school) in table.county.schools.iter().enumerate() {
        if let Some(row) = table.groups.of(stage, &school.id) {
            district_of.insert(position, &row.district_id);
        }
    }
    let in_parts: BTreeSet<&str> = districts
        .keys()
        .copied()
        .filter(|id| {
            let own = |block| table.school_of(stage, block).and_then(|school| district_of.get(&school).copied());
            links.parts(|block| own(block) == Some(*id)) > 1
                && waiver(output, table, districts[*id].as_slice()).is_none()
        })
        .collect();
    vec![
        Judgement {
            rule: "district-size",
            hard: true,
            breaches: ids(&|id| !(fewest..=most).contains(&districts[id].len())),
        },
        Judgement { rule: "weak-with-strong", hard: true, breaches: weak.collect() },
        Judgement { rule: "district-in-one-part", hard: false, breaches: ids(&|id| in_parts.contains(id)) },
    ]
}
