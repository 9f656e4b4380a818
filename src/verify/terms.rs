//! What a bureau adds to its own case, judged and counted again: blocks together or apart, schools refused, longest ways,
//! fewest pupils, communities, change, borders, balance.

use std::collections::BTreeMap;

use serde_json::Value;

use super::borders::Borders;
use super::distance::Ways;
use super::lines::Lines;
use super::links::Links;
use super::output::Output;
use super::scheme::Table;
use super::{Check, Kind};
use crate::language::Message;
use crate::model::{LockKind, Stage};

/// Ways this near to their limit are too close to call, in metres.
const TIE: f64 = 1e-6;

/// Whether the evaluation says that a hard rule of this file is broken in a stage.
pub(super) fn is_broken(output: &Output, stage: Stage) -> bool {
    let rules = output.evaluation["rules"].as_array().map_or(&[][..], Vec::as_slice);
    let hard = ["together", "apart", "forbidden", "longest-distance", "least-use", "district-lines"];
    rules.iter().any(|rule| {
        let of_file = rule["id"].as_str().is_some_and(|id| hard.contains(&id));
        of_file && rule["stage"] == stage.slug() && rule["verdict"] == "broken"
    })
}

/// What a rule of this file comes to in a stage.
pub(super) struct Judged {
    pub(super) rule: &'static str,
    pub(super) hard: bool,
    /// Whoever breaks it, by id; as often as they do.
    pub(super) breaches: Vec<String>,
    /// The same in words, for hard rules.
    faults: Vec<Message>,
}

/// The hard rules of this file.
pub(super) fn check(output: &Output, table: &Table<'_>, links: &Links, ways: &Ways<'_>) -> Check {
    let judged = table.stages.iter().flat_map(|stage| judge(output, table, links, ways, *stage));
    Check::new("terms", Kind::Rule, judged.filter(|judged| judged.hard).flat_map(|judged| judged.faults).collect())
}

/// Judges the rules the input speaks of; one that is too close to call is left out.
pub(super) fn judge(output: &Output, table: &Table<'_>, links: &Links, ways: &Ways<'_>, stage: Stage) -> Vec<Judged> {
    let judge = Judge { output, table, ways, stage };
    let rules = [
        judge.pairs(true),
        judge.pairs(false),
        judge.forbidden(),
        judge.longest(),
        judge.least(),
        judge.lines(links),
        judge.locked(links),
        judge.communities(),
    ];
    rules.into_iter().flatten().collect()
}

struct Judge<'a> {
    output: &'a Output,
    table: &'a Table<'a>,
    ways: &'a Ways<'a>,
    stage: Stage,
}

impl Judge<'_> {
    fn say(&self, key: &str) -> Message {
        Message::new(key).sentence("stage", self.stage.message())
    }

    fn name(&self, block: usize) -> String {
        self.table.county.blocks[block].name.to_string()
    }

    fn pupils(&self, block: usize) -> u64 {
        self.table.pupils(self.stage, block)
    }

    /// Blocks that should go together, or never.
    fn pairs(&self, together: bool) -> Option<Judged> {
        let (rule, key) = if together { ("together", "verify-together") } else { ("apart", "verify-apart") };
        let mut judged = Judged { rule, hard: true, breaches: Vec::new(), faults: Vec::new() };
        let mut speaks = false;
        for lock in &self.table.county.locks {
            let (first, second, stage) = match lock.kind {
                LockKind::Together { first, second, stage } if together => (first.get(), second.get(), stage),
                LockKind::Apart { first, second, stage } if !together => (first.get(), second.get(), stage),
                _ => continue,
            };
            if stage != self.stage {
                continue;
            }
            speaks = true;
            let schools = [first, second].map(|block| self.table.school_of(stage, block));
            let is_broken = match schools {
                [Some(one), Some(other)] => (one == other) != together,
                [one, other] => together && one != other,
            };
            if is_broken {
                let fewer = if self.pupils(second) < self.pupils(first) { second } else { first };
                judged.breaches.push(self.table.county.blocks[fewer].id.to_string());
                judged.faults.push(self.say(key).text("block", self.name(first)).text("other", self.name(second)));
            }
        }
        speaks.then_some(judged)
    }

    fn forbidden(&self) -> Option<Judged> {
        let county = self.table.county;
        let mut judged = Judged { rule: "forbidden", hard: true, breaches: Vec::new(), faults: Vec::new() };
        let mut speaks = false;
        for lock in &county.locks {
            let LockKind::Forbidden { block, school, stage } = lock.kind else { continue };
            if stage != self.stage {
                continue;
            }
            speaks = true;
            if self.table.school_of(stage, block.get()) == Some(county.holder(stage, school).get()) {
                judged.breaches.push(county.block(block).id.to_string());
                let message = self.say("verify-forbidden").text("block", self.name(block.get()));
                judged.faults.push(message.text("school", &county.school(school).name));
            }
        }
        speaks.then_some(judged)
    }

    fn longest(&self) -> Option<Judged> {
        let county = self.table.county;
        let mut judged = Judged { rule: "longest-distance", hard: true, breaches: Vec::new(), faults: Vec::new() };
        let mut speaks = false;
        for (position, block) in county.blocks.iter().enumerate() {
            let Some(limit) = block.longest_m().or(self.output.settings.catchments.longest_distance_m) else {
                continue;
            };
            speaks = true;
            let Some(school) = self.table.school_of(self.stage, position) else { continue };
            let way = self.table.sharing.metres(self.ways, self.stage, position, school);
            if self.pupils(position) == 0 {
                continue;
            }
            if (way - limit).abs() <= TIE {
                return None;
            }
            if way > limit {
                judged.breaches.push(block.id.to_string());
                let message = self.say("verify-longest").text("block", self.name(position));
                judged.faults.push(message.decimal("metres", way, 1).decimal("limit", limit, 1));
            }
        }
        speaks.then_some(judged)
    }

    fn least(&self) -> Option<Judged> {
        let mut judged = Judged { rule: "least-use", hard: true, breaches: Vec::new(), faults: Vec::new() };
        let mut speaks = false;
        let share = self.output.settings.catchments.least_seat_use.unwrap_or(0.0);
        let of_school = |school: &usize| {
            let school = &self.table.county.schools[*school];
            // A share that comes to a whole number of pupils but for the rounding of decimals is that number.
            let of_share = |seats: u32| (share * f64::from(seats) - 1e-6).ceil() as u64;
            let seats = school.seats[self.stage].filter(|_| school.shared_seats.is_none()).unwrap_or(0);
            school.least_pupils[self.stage].map_or_else(|| of_share(seats), u64::from)
        };
        let (sharing, loads) = (&self.table.sharing, self.table.loads(self.stage));
        for school in sharing.holders(self.stage) {
            let load = loads[school];
            let least: u64 = sharing.schools(self.stage, school).iter().map(of_school).sum();
            speaks |= least > 0;
            if load < least {
                judged.breaches.push(sharing.id(self.stage, school));
                let message = self.say("verify-least").text("school", sharing.name(self.stage, school));
                judged.faults.push(message.count("pupils", load).count("least", least));
            }
        }
        speaks.then_some(judged)
    }

    fn lines(&self, links: &Links) -> Option<Judged> {
        let lines = Lines::of(self.output, self.table, links, self.stage)?;
        let mut judged = Judged { rule: "district-lines", hard: true, breaches: Vec::new(), faults: Vec::new() };
        for block in lines.crossed(self.table, self.stage) {
            judged.breaches.push(self.table.county.blocks[block].id.to_string());
            judged.faults.push(self.say("verify-district-lines").text("block", self.name(block)));
        }
        Some(judged)
    }

    fn locked(&self, links: &Links) -> Option<Judged> {
        let county = self.table.county;
        let locked: Vec<usize> =
            (0..county.blocks.len()).filter(|block| self.table.is_locked(self.stage, *block)).collect();
        let unreached = self.table.unreached(self.stage, links);
        let breaches = locked.iter().filter(|block| unreached.contains(block));
        let breaches = breaches.map(|block| county.blocks[*block].id.to_string()).collect();
        let judged = Judged { rule: "locked-reached", hard: false, breaches, faults: Vec::new() };
        (!locked.is_empty()).then_some(judged)
    }

    fn communities(&self) -> Option<Judged> {
        let communities = communities(self.table, self.stage);
        let parted = communities.iter().filter(|(_, (all, at))| !at.values().any(|pupils| pupils == all));
        let breaches = parted.map(|(name, _)| (*name).to_owned()).collect();
        let judged = Judged { rule: "community", hard: false, breaches, faults: Vec::new() };
        (!communities.is_empty()).then_some(judged)
    }
}

/// Pupils of a community, and those at each school.
type Parts = (u64, BTreeMap<usize, u64>);

/// The communities with pupils, by name.
fn communities<'a>(table: &Table<'a>, stage: Stage) -> BTreeMap<&'a str, Parts> {
    let mut communities: BTreeMap<&str, Parts> = BTreeMap::new();
    for (position, block) in table.county.blocks.iter().enumerate() {
        let pupils = table.pupils(stage, position);
        let (Some(name), true) = (block.community(), pupils > 0) else { continue };
        let (all, at) = communities.entry(name).or_default();
        *all += pupils;
        if let Some(school) = table.school_of(stage, position) {
            *at.entry(school).or_default() += pupils;
        }
    }
    communities
}

/// Figures of the sum that is made least, each with the least and the most it may come to.
pub(super) fn figures(
    output: &Output,
    table: &Table<'_>,
    links: &Links,
    borders: &Borders,
    ways: &Ways<'_>,
    stage: Stage,
) -> Vec<(&'static str, [f64; 2])> {
    let (county, settings) = (table.county, &output.settings.catchments);
    let blocks = || 0..county.blocks.len();
    let exactly = |pupil_metres: f64| [pupil_metres / 1000.0; 2];
    let mut distance = [0_i128; 2];
    for block in blocks() {
        if let Some(school) = table.school_of(stage, block) {
            // A way that is a whole number of millimetres but for a hair may be rounded down to either.
            let millimetres = table.sharing.millimetres(ways, stage, block, school);
            let exactly = table.sharing.metres(ways, stage, block, school) * 1000.0;
            let pupils = i128::from(table.pupils(stage, block));
            let is_close = (exactly - exactly.round()).abs() < 1e-3;
            for (sum, hair) in distance.iter_mut().zip([-1, 1]) {
                *sum += pupils * (millimetres + if is_close { hair } else { 0 });
            }
        }
    }
    let moved: u64 = county.existing.school_of[stage].as_ref().map_or(0, |existing| {
        let has_moved = |block: &usize| {
            existing[*block]
                .is_some_and(|before| table.school_of(stage, *block) != Some(county.holder(stage, before).get()))
        };
        blocks().filter(has_moved).map(|block| table.pupils(stage, block)).sum()
    });
    let parted: f64 = communities(table, stage)
        .values()
        .map(|(all, at)| *all as f64 - at.values().map(|pupils| (pupils * pupils) as f64).sum::<f64>() / *all as f64)
        .sum();
    let [low, high] = output.settings.measure.seat_use;
    let loads = table.loads(stage);
    let outside: u64 = table
        .sharing
        .holders(stage)
        .map(|school| {
            let (load, seats) = (loads[school], table.seats(stage, school) as f64);
            let (low, high) = ((low * seats - 1e-6).ceil() as u64, (high * seats + 1e-6).floor() as u64);
            low.saturating_sub(load) + load.saturating_sub(high)
        })
        .sum();
    let mut figures = vec![
        ("distance_pupil_km", distance.map(|millimetres| millimetres as f64 / 1e6)),
        ("change_pupil_km", exactly(settings.change * moved as f64)),
        ("community_pupil_km", exactly(settings.community * parted)),
        ("balance_pupil_km", exactly(settings.balance * outside as f64)),
    ];
    let between = |first: usize, second: usize| table.school_of(stage, first) != table.school_of(stage, second);
    let metres = links.border_metres(county, borders, between);
    figures.push(("compactness_pupil_km", metres.map(|metres| settings.compactness * metres / 1000.0)));
    let total = [0, 1].map(|end| figures.iter().map(|(_, ends)| ends[end]).sum());
    figures.push(("total_pupil_km", total));
    figures
}

/// Communities that are said to be parted, and are not so.
pub(super) fn parted_faults(table: &Table<'_>, stage: Stage, claimed: &Value) -> bool {
    let communities = communities(table, stage);
    let expected: Vec<Value> = communities
        .iter()
        .filter(|(_, (all, at))| !at.values().any(|pupils| pupils == all))
        .map(|(name, (all, at))| {
            let school = |(school, pupils): (&usize, &u64)| {
                let (id, name) = (table.sharing.id(stage, *school), table.sharing.name(stage, *school));
                serde_json::json!({ "school_id": id, "name": name, "pupils": pupils })
            };
            serde_json::json!({ "name": name, "pupils": all, "schools": at.iter().map(school).collect::<Vec<_>>() })
        })
        .collect();
    let claimed = &claimed["parted_communities"];
    if communities.is_empty() { !claimed.is_null() } else { *claimed != Value::Array(expected) }
}
