//! Why seats do not suffice: that the blocks of a tight cut can go to no other school, and that its numbers are right.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::distance::Ways;
use super::links::Links;
use super::output::Output;
use super::scheme::Table;
use crate::language::Message;
use crate::model::{LockKind, Stage};

/// Pairs of blocks and catchments up to which every school is walked from; beyond, only parts of the county that hang together
/// are told apart, as they are where cuts are looked for.
const MOST_PAIRS: usize = 100_000_000;

/// What is wrong with what the evaluation says of missing seats.
pub(super) fn faults(output: &Output, table: &Table<'_>, links: &Links, ways: &Ways<'_>) -> Vec<Message> {
    let mut faults = Vec::new();
    for stage in &table.stages {
        let Some(claimed) = output.evaluated(*stage).map(|claimed| &claimed["shortage"]) else { continue };
        let Some(cuts) = claimed["cuts"].as_array() else { continue };
        let county = Walked::of(output, table, links, ways, *stage, cuts);
        let mut taken = BTreeSet::new();
        let mut least = 0;
        for (number, cut) in cuts.iter().enumerate() {
            let fault =
                |key: &str| Message::new(key).sentence("stage", stage.message()).count("number", number as u64 + 1);
            match county.check(number, cut, &mut taken) {
                Ok(short) => least += short,
                Err(key) => faults.push(fault(key)),
            }
        }
        if claimed["least_without_seat"].as_u64() != Some(least) {
            let message = Message::new("verify-shortage-sum").sentence("stage", stage.message());
            faults.push(message.count("expected", least));
        }
    }
    faults
}

/// The ids in a list of a cut.
fn ids<'v>(cut: &'v Value, key: &str) -> Vec<&'v str> {
    cut[key].as_array().map_or_else(Vec::new, |ids| ids.iter().filter_map(Value::as_str).collect())
}

/// A stage of the county with all that keeps a block from a school.
struct Walked<'a> {
    table: &'a Table<'a>,
    stage: Stage,
    /// For each block the block that stands for all it is locked together with.
    group: Vec<usize>,
    /// The holder the block of a group has to go to.
    tied: BTreeMap<usize, usize>,
    /// Groups and holders that are kept apart.
    forbidden: BTreeSet<(usize, usize)>,
    /// Blocks by their ids.
    position_of: BTreeMap<&'a str, usize>,
    /// For each cut the holders that some block of it can reach.
    reached: Vec<BTreeSet<usize>>,
}

impl<'a> Walked<'a> {
    fn of(
        output: &Output,
        table: &'a Table<'a>,
        links: &Links,
        ways: &Ways<'_>,
        stage: Stage,
        cuts: &[Value],
    ) -> Walked<'a> {
        let county = table.county;
        let count = county.blocks.len();
        let homes: Vec<(usize, Vec<usize>)> = table
            .sharing
            .holders(stage)
            .map(|holder| {
                let of_each = table.sharing.schools(stage, holder).iter().map(|of| table.homes(stage, *of, holder));
                (holder, of_each.flatten().collect())
            })
            .collect();
        let mut walked = Walked {
            table,
            stage,
            group: (0..count).collect(),
            tied: BTreeMap::new(),
            forbidden: BTreeSet::new(),
            position_of: county.blocks.iter().enumerate().map(|(at, block)| (block.id.as_str(), at)).collect(),
            reached: vec![BTreeSet::new(); cuts.len()],
        };
        walked.take_locks(&homes);
        let mut cuts_of: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (number, cut) in cuts.iter().enumerate() {
            for block in walked.blocks_of(cut) {
                cuts_of[block].push(number);
                // A lock holds wherever the block lies.
                walked.reached[number].extend(walked.tied.get(&walked.group[block]));
            }
        }
        if homes.len().saturating_mul(count) > MOST_PAIRS {
            let part = links.components(|_| true);
            let mut holders_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (holder, homes) in &homes {
                for home in homes {
                    holders_of.entry(part[*home]).or_default().push(*holder);
                }
            }
            for (block, cuts) in cuts_of.iter().enumerate() {
                for cut in cuts {
                    walked.reached[*cut].extend(holders_of.get(&part[block]).into_iter().flatten());
                }
            }
            return walked;
        }
        for (holder, homes) in &homes {
            let may_go = |block: &usize| {
                if let Some(tied) = walked.tied.get(&walked.group[*block]) {
                    return tied == holder;
                }
                let known = &county.blocks[*block];
                let limit = known.longest_m().or(output.settings.catchments.longest_distance_m);
                let limit = limit.filter(|_| known.pupils[stage] > 0);
                !walked.forbidden.contains(&(walked.group[*block], *holder))
                    && limit.is_none_or(|limit| table.sharing.metres(ways, stage, *block, *holder) <= limit)
            };
            let mut was_met = vec![false; count];
            let mut queue: Vec<usize> = homes.iter().copied().filter(may_go).collect();
            for home in &queue {
                was_met[*home] = true;
            }
            let mut cuts: BTreeSet<usize> = BTreeSet::new();
            while let Some(block) = queue.pop() {
                cuts.extend(&cuts_of[block]);
                for next in links.neighbours[block].iter().copied().filter(may_go) {
                    if !std::mem::replace(&mut was_met[next], true) {
                        queue.push(next);
                    }
                }
            }
            for cut in cuts {
                walked.reached[cut].insert(*holder);
            }
        }
        walked
    }

    /// Blocks that go together have all locks of each other.
    fn take_locks(&mut self, homes: &[(usize, Vec<usize>)]) {
        let (sharing, stage) = (&self.table.sharing, self.stage);
        let holder_of = |school: usize| sharing.schools(stage, school).first().copied();
        let locks = || self.table.county.locks.iter().map(|lock| lock.kind);
        for kind in locks() {
            if let LockKind::Together { first, second, stage } = kind
                && stage == self.stage
            {
                let (kept, joined) = (self.group[first.get()], self.group[second.get()]);
                self.group.iter_mut().filter(|group| **group == joined).for_each(|group| *group = kept);
            }
        }
        for kind in locks() {
            match kind {
                LockKind::BlockToSchool { block, school, stage } if stage == self.stage => {
                    if let Some(holder) = holder_of(school.get()) {
                        self.tied.insert(self.group[block.get()], holder);
                    }
                }
                LockKind::Forbidden { block, school, stage } if stage == self.stage => {
                    self.forbidden.insert((self.group[block.get()], school.get()));
                }
                _ => {}
            }
        }
        for (holder, homes) in homes {
            for home in homes {
                self.tied.insert(self.group[*home], *holder);
            }
        }
    }

    /// The blocks a cut names, each once.
    fn blocks_of(&self, cut: &Value) -> BTreeSet<usize> {
        ids(cut, "blocks").into_iter().filter_map(|id| self.position_of.get(id).copied()).collect()
    }

    /// The pupils a cut proves to have no seat; the key of what is wrong where it proves none. No block and no school may be in
    /// two cuts, so that what they prove adds up; a school may where each cut is a block too large for any.
    fn check(&self, number: usize, cut: &Value, taken: &mut BTreeSet<String>) -> Result<u64, &'static str> {
        let county = self.table.county;
        let blocks = self.blocks_of(cut);
        let holders: Vec<usize> = self.table.sharing.holders(self.stage).collect();
        let id = |holder: &usize| self.table.sharing.id(self.stage, *holder);
        let listed: BTreeSet<&str> = ids(cut, "schools").into_iter().collect();
        let (own, others): (Vec<usize>, Vec<usize>) =
            holders.iter().copied().partition(|holder| listed.contains(id(holder).as_str()));
        let pupils: u64 = blocks.iter().map(|block| u64::from(county.blocks[*block].pupils[self.stage])).sum();
        let seats: u64 = own.iter().map(|holder| self.table.sharing.seats(self.stage, *holder)).sum();
        let is_said = |key: &str, value: u64| cut[key].as_u64() == Some(value);
        let are_known = blocks.len() == ids(cut, "blocks").len() && own.len() == ids(cut, "schools").len();
        if !are_known || pupils <= seats || !is_said("pupils", pupils) || !is_said("seats", seats) {
            return Err("verify-shortage-numbers");
        }
        if !is_said("short", pupils - seats) {
            return Err("verify-shortage-numbers");
        }
        let reachable = others.iter().filter(|holder| self.reached[number].contains(holder));
        let most = reachable.map(|holder| self.table.sharing.seats(self.stage, *holder)).max();
        // One block goes to one school, so that it is enough if none it can reach has seats for it.
        let is_large = blocks.len() == 1 && own.len() == 1 && most.is_some_and(|most| most <= seats);
        if most.is_some() && !is_large {
            return Err("verify-shortage-reach");
        }
        let mut things: Vec<String> = blocks.iter().map(|block| format!("block {block}")).collect();
        if most.is_none() {
            things.extend(listed.iter().map(|school| format!("school {school}")));
        }
        if things.into_iter().all(|thing| taken.insert(thing)) {
            Ok(pupils - seats)
        } else {
            Err("verify-shortage-twice")
        }
    }
}
