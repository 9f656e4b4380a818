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
        let county = Walked::of(output, table, links, ways, *stage);
        let mut taken = BTreeSet::new();
        let mut least = 0;
        for (number, cut) in cuts.iter().enumerate() {
            let fault =
                |key: &str| Message::new(key).sentence("stage", stage.message()).count("number", number as u64 + 1);
            match county.check(cut, &mut taken) {
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
    /// For each holder the blocks it can be reached from; for large counties the parts of the county it stands in.
    reached: BTreeMap<usize, BTreeSet<usize>>,
    /// For each block what stands for it in `reached`.
    part: Vec<usize>,
}

impl<'a> Walked<'a> {
    fn of(output: &Output, table: &'a Table<'a>, links: &Links, ways: &Ways<'_>, stage: Stage) -> Walked<'a> {
        let count = table.county.blocks.len();
        let holders: Vec<usize> = table.sharing.holders(stage).collect();
        let homes = |holder: usize| -> Vec<usize> {
            let of_each = table.sharing.schools(stage, holder).iter().map(|of| table.homes(stage, *of, holder));
            of_each.flatten().collect()
        };
        let mut walked = Walked {
            table,
            stage,
            group: (0..count).collect(),
            tied: BTreeMap::new(),
            forbidden: BTreeSet::new(),
            reached: BTreeMap::new(),
            part: (0..count).collect(),
        };
        walked.take_locks(&holders);
        for holder in &holders {
            for home in homes(*holder) {
                walked.tied.insert(walked.group[home], *holder);
            }
        }
        if holders.len().saturating_mul(count) > MOST_PAIRS {
            walked.part = links.components(|_| true);
            for holder in &holders {
                walked.reached.insert(*holder, homes(*holder).into_iter().map(|home| walked.part[home]).collect());
            }
            return walked;
        }
        for holder in &holders {
            let may_go = |block: &usize| {
                if let Some(tied) = walked.tied.get(&walked.group[*block]) {
                    return tied == holder;
                }
                let known = &table.county.blocks[*block];
                let limit = known.longest_m().or(output.settings.catchments.longest_distance_m);
                let limit = limit.filter(|_| known.pupils[stage] > 0);
                !walked.forbidden.contains(&(walked.group[*block], *holder))
                    && limit.is_none_or(|limit| table.sharing.metres(ways, stage, *block, *holder) <= limit)
            };
            let mut queue: Vec<usize> = homes(*holder).into_iter().filter(|home| may_go(home)).collect();
            let mut reached: BTreeSet<usize> = queue.iter().copied().collect();
            while let Some(block) = queue.pop() {
                queue.extend(
                    links.neighbours[block].iter().copied().filter(|next| may_go(next) && reached.insert(*next)),
                );
            }
            walked.reached.insert(*holder, reached);
        }
        walked
    }

    /// Blocks that go together have all locks of each other.
    fn take_locks(&mut self, holders: &[usize]) {
        let (sharing, stage) = (&self.table.sharing, self.stage);
        let holder_of =
            |school: usize| holders.iter().copied().find(|holder| sharing.schools(stage, *holder).contains(&school));
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
    }

    fn may_reach(&self, block: usize, holder: usize) -> bool {
        // A lock holds wherever the block lies.
        self.tied.get(&self.group[block]) == Some(&holder)
            || self.reached.get(&holder).is_some_and(|reached| reached.contains(&self.part[block]))
    }

    /// The pupils a cut proves to have no seat; the key of what is wrong where it proves none. No block and no school may be in
    /// two cuts, so that what they prove adds up; a school may where each cut is a block too large for any.
    fn check(&self, cut: &Value, taken: &mut BTreeSet<String>) -> Result<u64, &'static str> {
        let ids = |key: &str| -> Vec<&str> {
            cut[key].as_array().map_or_else(Vec::new, |ids| ids.iter().filter_map(Value::as_str).collect())
        };
        let county = self.table.county;
        let named: BTreeSet<&str> = ids("blocks").into_iter().collect();
        let blocks: Vec<usize> =
            (0..county.blocks.len()).filter(|block| named.contains(county.blocks[*block].id.as_str())).collect();
        let holders: Vec<usize> = self.table.sharing.holders(self.stage).collect();
        let id = |holder: &usize| self.table.sharing.id(self.stage, *holder);
        let listed: BTreeSet<&str> = ids("schools").into_iter().collect();
        let (own, others): (Vec<usize>, Vec<usize>) =
            holders.iter().copied().partition(|holder| listed.contains(id(holder).as_str()));
        let pupils: u64 = blocks.iter().map(|block| u64::from(county.blocks[*block].pupils[self.stage])).sum();
        let seats: u64 = own.iter().map(|holder| self.table.sharing.seats(self.stage, *holder)).sum();
        let is_said = |key: &str, value: u64| cut[key].as_u64() == Some(value);
        let are_known = blocks.len() == ids("blocks").len() && own.len() == ids("schools").len();
        if !are_known || pupils <= seats || !is_said("pupils", pupils) || !is_said("seats", seats) {
            return Err("verify-shortage-numbers");
        }
        if !is_said("short", pupils - seats) {
            return Err("verify-shortage-numbers");
        }
        let reachable = others.iter().filter(|holder| blocks.iter().any(|block| self.may_reach(*block, **holder)));
        let most = reachable.map(|holder| self.table.sharing.seats(self.stage, *holder)).max();
        // One block goes to one school, so that it is enough if none it can reach has seats for it.
        let is_large = blocks.len() == 1 && own.len() == 1 && most.is_some_and(|most| most <= seats);
        if most.is_some() && !is_large {
            return Err("verify-shortage-reach");
        }
        let mut things: Vec<String> = named.iter().map(|block| format!("block {block}")).collect();
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
