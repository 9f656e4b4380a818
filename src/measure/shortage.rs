//! Why seats do not suffice where they do not: which blocks can reach only which schools, and what would help.
//!
//! A school can be reached from a block over blocks that may go to it: none that another school stands in or a lock
//! holds elsewhere, none for which it is forbidden or too far. If pupils could be divided freely, so many would have a
//! seat at a school they can reach as flow through a network from pupils to seats; in no scheme are there more. The
//! smallest cut of that network is the cause.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::Load;
use super::flow::Flow;
use crate::language::{Language, Message};
use crate::model::settings::Settings;
use crate::model::{BlockIndex, County, Lock, LockKind, SchoolIndex, Stage};
use crate::space::{Ground, Nearby, Ties};

/// Pairs of a block and a catchment beyond which blocks are only told apart by what hangs together.
const MOST_PAIRS: usize = 100_000_000;

/// The same for what would help but more seats, which is tried many times.
const MOST_PAIRS_RELAXED: usize = 10_000_000;

/// Causes for which it is said what would help; the first ones are those that lack most.
const RELAXED_CUTS: usize = 8;

/// Locks tried one by one.
const MOST_LOCKS: usize = 64;

/// Names in a sentence before the rest is counted.
const NAMED: usize = 8;

/// Why no scheme of a stage gives every pupil a seat, as far as that can be proved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shortage {
    /// Pupils without a seat at a school that is for them, in any scheme, at least. Zero where that is not proved.
    pub least_without_seat: u64,
    /// What it says, in words.
    pub text: String,
    /// What causes it, those that lack most first.
    pub cuts: Vec<TightCut>,
}

/// Blocks that together have more pupils than the schools they can reach have seats.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TightCut {
    /// The ids of the blocks, in input order; blocks without pupils are left out.
    pub blocks: Vec<String>,
    /// Their pupils.
    pub pupils: u64,
    /// The ids of the schools they can reach, in input order; none where there is none.
    pub schools: Vec<String>,
    /// Their seats.
    pub seats: u64,
    /// Pupils above the seats.
    pub short: u64,
    /// The same in words.
    pub text: String,
    /// What would help, each by itself; what concerns fewest pupils first.
    pub relaxations: Vec<Relaxation>,
}

/// What would give all pupils of a [`TightCut`] a seat, as far as divided blocks can tell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relaxation {
    /// Which rule gives way: `seats`, `longest-distance`, `locks`, `forbidden` or `contiguous`.
    pub rule: &'static str,
    /// By how much: seats, metres of the new longest distance, locks, or blocks.
    pub amount: f64,
    /// The unit of the amount.
    pub unit: &'static str,
    /// Pupils it concerns.
    pub pupils: u64,
    /// Ids of the schools or blocks it concerns.
    pub concerns: Vec<String>,
    /// The same in words.
    pub text: String,
}

/// A rule that gives way.
enum Relaxed<'a> {
    Nothing,
    /// These blocks may go so many metres.
    Longest(&'a FxHashSet<BlockIndex>, f64),
    /// These blocks need not hang together with their school.
    Contiguity(&'a FxHashSet<BlockIndex>),
}

/// Blocks that can reach the same schools.
struct Alike {
    blocks: Vec<BlockIndex>,
    pupils: u64,
    /// Positions among the holders.
    reaches: Vec<u32>,
}

/// A cut with its blocks and the positions of its schools among the holders.
struct Cause {
    blocks: FxHashSet<BlockIndex>,
    schools: Vec<usize>,
    cut: TightCut,
}

/// What is asked of one stage.
struct Asked<'a> {
    ground: &'a Ground,
    settings: &'a Settings,
    stage: Stage,
    holders: Vec<SchoolIndex>,
    seats: Vec<u64>,
    language: Language,
    /// Pairs of a block and a catchment.
    pairs: usize,
}

/// Why seats do not suffice in a stage.
///
/// The seats of a nine-year school all count here, whatever its other stage takes. In very large counties every school of a
/// part that hangs together counts as reached from all of it, so that fewer pupils may be proved to lack a seat.
/// Deterministic. Cost: blocks × catchments, at most [`MOST_PAIRS`], and a flow.
pub(super) fn shortage(
    county: &County,
    ground: &Ground,
    stage: Stage,
    loads: &[Load],
    settings: &Settings,
    language: Language,
) -> Shortage {
    let holders: Vec<SchoolIndex> = county.holders(stage).collect();
    let pairs = holders.len().saturating_mul(county.blocks.len());
    let seats = holders.iter().map(|holder| county.seats_of(stage, *holder)).collect();
    let asked = Asked { ground, settings, stage, holders, seats, language, pairs };
    let alike = if pairs > MOST_PAIRS { asked.alike_by_part(county) } else { asked.alike(county, &Relaxed::Nothing) };
    let (flow, _) = asked.flow(&alike);
    let mut cuts = asked.cuts(county, &alike, &flow);
    if cuts.is_empty() {
        cuts = asked.large_blocks(county, &alike);
    } else {
        let all: u64 = cuts.iter().map(|cause| cause.cut.short).sum();
        for cause in cuts.iter_mut().take(RELAXED_CUTS) {
            cause.cut.relaxations = asked.relaxations(county, &alike, cause, loads, all - cause.cut.short);
        }
    }
    let least: u64 = cuts.iter().map(|cause| cause.cut.short).sum();
    let found: u64 = loads.iter().map(Load::overload).sum();
    let key = if least > 0 { "shortage-proved" } else { "shortage-not-proved" };
    let text = Message::new(key).count("least", least).count("found", found).in_language(language);
    Shortage { least_without_seat: least, text, cuts: cuts.into_iter().map(|cause| cause.cut).collect() }
}

impl Asked<'_> {
    /// Blocks with pupils by the schools they can reach, in the order of their first blocks.
    fn alike(&self, county: &County, relaxed: &Relaxed<'_>) -> Vec<Alike> {
        let (ties, _) = Ties::of(county, &self.ground.homes[self.stage], self.stage);
        let nearby = Nearby::new(county, &self.ground.distances, self.stage);
        let forbidden: FxHashSet<(BlockIndex, SchoolIndex)> = ties.forbidden.iter().copied().collect();
        let pupils = |block: BlockIndex| county.block(block).pupils[self.stage];
        let words = self.holders.len().div_ceil(64);
        let mut reached = vec![0_u64; county.blocks.len() * words];
        for (position, holder) in self.holders.iter().enumerate() {
            let may_go = |block: BlockIndex| {
                if let Some(tied) = ties.school[block.get()] {
                    return tied == *holder;
                }
                let limit = match relaxed {
                    Relaxed::Longest(blocks, metres) if blocks.contains(&block) => Some(*metres),
                    _ => self.settings.catchments.longest_m(county.block(block)),
                };
                !forbidden.contains(&(ties.group[block.get()], *holder))
                    && limit.is_none_or(|limit| pupils(block) == 0 || nearby.metres(block, *holder) <= limit)
            };
            let mut mark = |block: BlockIndex| {
                let word = &mut reached[block.get() * words + position / 64];
                let is_new = *word >> (position % 64) & 1 == 0;
                *word |= 1 << (position % 64);
                is_new
            };
            let mut queue: Vec<BlockIndex> = Vec::new();
            for school in county.sharing(self.stage, *holder) {
                let home = self.ground.home(self.stage, school);
                queue.extend(home.filter(|home| may_go(*home) && mark(*home)));
            }
            while let Some(block) = queue.pop() {
                for neighbour in self.ground.adjacency.neighbours(block.get()) {
                    let neighbour = BlockIndex::new(*neighbour as usize);
                    if may_go(neighbour) && mark(neighbour) {
                        queue.push(neighbour);
                    }
                }
            }
            // A lock holds wherever the block lies.
            for block in county.block_indices() {
                let is_free = matches!(relaxed, Relaxed::Contiguity(blocks) if blocks.contains(&block));
                if (is_free || ties.school[block.get()] == Some(*holder)) && may_go(block) {
                    mark(block);
                }
            }
        }
        let mut alike: Vec<Alike> = Vec::new();
        let mut places: FxHashMap<&[u64], usize> = FxHashMap::default();
        for block in county.block_indices().filter(|block| pupils(*block) > 0) {
            let row = &reached[block.get() * words..(block.get() + 1) * words];
            let place = *places.entry(row).or_insert_with(|| {
                let reaches = (0..self.holders.len() as u32)
                    .filter(|holder| row[*holder as usize / 64] >> (holder % 64) & 1 == 1);
                alike.push(Alike { blocks: Vec::new(), pupils: 0, reaches: reaches.collect() });
                alike.len() - 1
            });
            alike[place].blocks.push(block);
            alike[place].pupils += u64::from(pupils(block));
        }
        alike
    }

    /// Blocks with pupils by the part of the county they lie in, with every school that stands there or that a block of it
    /// is locked to: no block reaches more.
    fn alike_by_part(&self, county: &County) -> Vec<Alike> {
        let (ties, _) = Ties::of(county, &self.ground.homes[self.stage], self.stage);
        let (part_of, parts) = self.ground.adjacency.components();
        let mut alike: Vec<Alike> =
            (0..parts).map(|_| Alike { blocks: Vec::new(), pupils: 0, reaches: Vec::new() }).collect();
        let place_of: FxHashMap<SchoolIndex, u32> = self.holders.iter().copied().zip(0..).collect();
        for (holder, place) in self.holders.iter().zip(0..) {
            let homes =
                county.sharing(self.stage, *holder).into_iter().filter_map(|of| self.ground.home(self.stage, of));
            homes.for_each(|home| alike[part_of[home.get()]].reaches.push(place));
        }
        for block in county.block_indices() {
            let part = &mut alike[part_of[block.get()]];
            part.reaches.extend(ties.school[block.get()].and_then(|tied| place_of.get(&tied)));
            let pupils = county.block(block).pupils[self.stage];
            if pupils > 0 {
                part.blocks.push(block);
                part.pupils += u64::from(pupils);
            }
        }
        for part in &mut alike {
            part.reaches.sort_unstable();
            part.reaches.dedup();
        }
        alike.retain(|part| part.pupils > 0);
        alike
    }

    /// As many pupils as can have a seat, and how many cannot.
    fn flow(&self, alike: &[Alike]) -> (Flow, u64) {
        let pupils: Vec<u64> = alike.iter().map(|alike| alike.pupils).collect();
        let mut flow = Flow::new(&pupils, &self.seats, alike.iter().map(|alike| alike.reaches.as_slice()));
        let seated = flow.fill();
        (flow, pupils.iter().sum::<u64>() - seated)
    }

    /// Pupils without a seat, at least.
    fn short(&self, county: &County, relaxed: &Relaxed<'_>) -> u64 {
        self.flow(&self.alike(county, relaxed)).1
    }

    /// The cut in parts that have nothing to do with each other; those that lack most first.
    fn cuts(&self, county: &County, alike: &[Alike], flow: &Flow) -> Vec<Cause> {
        let is_tight = flow.tight();
        let mut parts: Vec<(Vec<usize>, FxHashSet<u32>)> = Vec::new();
        for place in (0..alike.len()).filter(|place| is_tight[*place]) {
            let mut joined = (vec![place], alike[place].reaches.iter().copied().collect::<FxHashSet<u32>>());
            parts.retain_mut(|(places, schools)| {
                let is_apart = schools.is_disjoint(&joined.1);
                if !is_apart {
                    joined.0.append(places);
                    joined.1.extend(schools.iter());
                }
                is_apart
            });
            parts.push(joined);
        }
        let mut cuts: Vec<Cause> = parts
            .into_iter()
            .map(|(places, schools)| {
                let mut blocks: Vec<BlockIndex> =
                    places.iter().flat_map(|place| alike[*place].blocks.iter().copied()).collect();
                blocks.sort_unstable();
                let schools: Vec<usize> =
                    (0..self.holders.len()).filter(|place| schools.contains(&(*place as u32))).collect();
                let seats = schools.iter().map(|school| self.seats[*school]).sum();
                self.cause(county, blocks, &schools, seats, "cut-seats")
            })
            .collect();
        cuts.sort_by_key(|cause| std::cmp::Reverse(cause.cut.short));
        cuts
    }

    /// Blocks that have more pupils than any school they can reach has seats; those that lack most first.
    fn large_blocks(&self, county: &County, alike: &[Alike]) -> Vec<Cause> {
        let mut cuts: Vec<Cause> = Vec::new();
        for alike in alike {
            let seats = |school: &usize| self.seats[*school];
            let most = alike.reaches.iter().map(|school| *school as usize).max_by_key(seats);
            let Some(most) = most else { continue };
            for block in &alike.blocks {
                if u64::from(county.block(*block).pupils[self.stage]) > seats(&most) {
                    cuts.push(self.cause(county, vec![*block], &[most], seats(&most), "cut-block"));
                }
            }
        }
        cuts.sort_by_key(|cause| std::cmp::Reverse(cause.cut.short));
        cuts
    }

    fn cause(&self, county: &County, blocks: Vec<BlockIndex>, schools: &[usize], seats: u64, key: &str) -> Cause {
        let pupils = blocks.iter().map(|block| u64::from(county.block(*block).pupils[self.stage])).sum();
        let text = Message::new(if schools.is_empty() { "cut-unreached" } else { key })
            .count("count", blocks.len())
            .text("blocks", self.named(blocks.iter().map(|block| county.block(*block).name.to_string())))
            .count("pupils", pupils)
            .count("schoolCount", schools.len())
            .text("schools", self.named(schools.iter().map(|place| self.name(county, *place))))
            .count("seats", seats)
            .count("short", pupils - seats)
            .in_language(self.language);
        let cut = TightCut {
            blocks: blocks.iter().map(|block| county.block(*block).id.to_string()).collect(),
            pupils,
            schools: schools.iter().map(|place| county.catchment_id(self.stage, self.holders[*place])).collect(),
            seats,
            short: pupils - seats,
            text,
            relaxations: Vec::new(),
        };
        Cause { blocks: blocks.into_iter().collect(), schools: schools.to_vec(), cut }
    }

    fn name(&self, county: &County, place: usize) -> String {
        county.catchment_name(self.stage, self.holders[place])
    }

    /// Names in a row, the rest counted.
    fn named(&self, names: impl ExactSizeIterator<Item = String>) -> String {
        let count = names.len();
        let named = names.take(NAMED).collect::<Vec<_>>().join(" · ");
        match count.saturating_sub(NAMED) {
            0 => named,
            more => Message::new("list-more").text("names", named).count("more", more).in_language(self.language),
        }
    }

    /// What would help with one cause, where `others` pupils would still have no seat for other causes.
    fn relaxations(
        &self,
        county: &County,
        alike: &[Alike],
        cause: &Cause,
        loads: &[Load],
        others: u64,
    ) -> Vec<Relaxation> {
        let mut found = Vec::new();
        found.extend(self.more_seats(county, alike, cause, loads));
        if self.pairs > MOST_PAIRS_RELAXED {
            return found;
        }
        found.extend(self.longer_ways(county, cause, others));
        for rule in ["locks", "forbidden"] {
            found.extend(self.fewer_locks(county, cause, others, rule));
        }
        if self.short(county, &Relaxed::Contiguity(&cause.blocks)) <= others {
            let mut blocks: Vec<BlockIndex> = cause.blocks.iter().copied().collect();
            blocks.sort_unstable();
            let text = Message::new("relax-contiguous").text("blocks", self.block_names(county, blocks));
            found.push(self.relaxation(
                "contiguous",
                cause.blocks.len() as f64,
                cause.cut.short,
                cause.cut.blocks.clone(),
                &text,
            ));
        }
        found.sort_by_key(|relaxation| relaxation.pupils);
        found
    }

    fn relaxation(
        &self,
        rule: &'static str,
        amount: f64,
        pupils: u64,
        concerns: Vec<String>,
        text: &Message,
    ) -> Relaxation {
        let unit = match rule {
            "seats" => "seats",
            "longest-distance" => "metres",
            "contiguous" => "blocks",
            _ => "locks",
        };
        Relaxation { rule, amount, unit, pupils, concerns, text: text.in_language(self.language) }
    }

    /// Seats at few schools: those that are fullest in the scheme get them first.
    fn more_seats(&self, county: &County, alike: &[Alike], cause: &Cause, loads: &[Load]) -> Option<Relaxation> {
        let (mut flow, _) = self.flow(alike);
        let overload = |place: &usize| loads[self.holders[*place].get()].overload();
        let mut schools = cause.schools.clone();
        schools.sort_by_key(|place| (std::cmp::Reverse(overload(place)), *place));
        let mut given: Vec<(usize, u64)> = Vec::new();
        for place in schools {
            flow.open(place);
            let seats = flow.fill();
            if seats > 0 {
                given.push((place, seats));
            }
        }
        let seats: u64 = given.iter().map(|(_, seats)| *seats).sum();
        let names = given.iter().map(|(place, seats)| format!("{} +{seats}", self.name(county, *place)));
        let text = Message::new("relax-seats").count("seats", seats).text("schools", self.named(names));
        let ids = given.iter().map(|(place, _)| county.catchment_id(self.stage, self.holders[*place])).collect();
        (seats == cause.cut.short).then(|| self.relaxation("seats", seats as f64, seats, ids, &text))
    }

    /// The least longest distance for the blocks of a cause that is enough, in whole metres.
    fn longer_ways(&self, county: &County, cause: &Cause, others: u64) -> Option<Relaxation> {
        let limit = |block: &BlockIndex| self.settings.catchments.longest_m(county.block(*block));
        let limited: FxHashSet<BlockIndex> =
            cause.blocks.iter().copied().filter(|block| limit(block).is_some()).collect();
        let is_enough = |metres: f64| self.short(county, &Relaxed::Longest(&limited, metres)) <= others;
        if limited.is_empty() || !is_enough(f64::INFINITY) {
            return None;
        }
        let nearby = Nearby::new(county, &self.ground.distances, self.stage);
        let mut metres: Vec<u64> = limited
            .iter()
            .flat_map(|block| self.holders.iter().map(|holder| nearby.metres(*block, *holder).ceil() as u64))
            .collect();
        metres.sort_unstable();
        metres.dedup();
        let enough = metres[metres.partition_point(|metres| !is_enough(*metres as f64)).min(metres.len() - 1)];
        let mut blocks: Vec<BlockIndex> = limited.into_iter().collect();
        blocks.sort_unstable();
        let ids = blocks.iter().map(|block| county.block(*block).id.to_string()).collect();
        let text =
            Message::new("relax-longest").count("metres", enough).text("blocks", self.block_names(county, blocks));
        Some(self.relaxation("longest-distance", enough as f64, cause.cut.short, ids, &text))
    }

    /// Locks of the blocks of a cause without which there are seats; one by one those with most pupils are kept where
    /// the others are enough.
    fn fewer_locks(&self, county: &County, cause: &Cause, others: u64, rule: &'static str) -> Option<Relaxation> {
        let locked = |lock: &Lock| match lock.kind {
            LockKind::BlockToSchool { block, stage, .. } if rule == "locks" => Some((block, stage)),
            LockKind::Forbidden { block, stage, .. } if rule == "forbidden" => Some((block, stage)),
            _ => None,
        };
        let concerned =
            |lock: &Lock| locked(lock).filter(|(block, stage)| *stage == self.stage && cause.blocks.contains(block));
        let pupils =
            |lock: usize| concerned(&county.locks[lock]).map_or(0, |(block, _)| county.block(block).pupils[self.stage]);
        let mut released: Vec<usize> =
            (0..county.locks.len()).filter(|lock| concerned(&county.locks[*lock]).is_some()).collect();
        let mut relaxed = county.clone();
        let mut is_enough = |released: &[usize]| {
            relaxed.locks = (0..county.locks.len())
                .filter(|lock| !released.contains(lock))
                .map(|lock| county.locks[lock].clone())
                .collect();
            self.short(&relaxed, &Relaxed::Nothing) <= others
        };
        if released.is_empty() || !is_enough(&released) {
            return None;
        }
        released.sort_by_key(|lock| (pupils(*lock), *lock));
        for _ in 0..released.len().min(MOST_LOCKS) {
            let kept = released.pop().expect("as many as are counted");
            if !is_enough(&released) {
                released.insert(0, kept);
            }
        }
        let mut blocks: Vec<BlockIndex> =
            released.iter().filter_map(|lock| concerned(&county.locks[*lock])).map(|(block, _)| block).collect();
        blocks.sort_unstable();
        blocks.dedup();
        let ids = blocks.iter().map(|block| county.block(*block).id.to_string()).collect();
        let all = blocks.iter().map(|block| u64::from(county.block(*block).pupils[self.stage])).sum();
        let text = Message::new(format!("relax-{rule}"))
            .count("locks", released.len())
            .text("blocks", self.block_names(county, blocks));
        Some(self.relaxation(rule, released.len() as f64, all, ids, &text))
    }

    fn block_names(&self, county: &County, blocks: Vec<BlockIndex>) -> String {
        self.named(blocks.into_iter().map(|block| county.block(block).name.to_string()))
    }
}
