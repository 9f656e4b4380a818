//! What counts beside distance and seats, as plain numbers: hard rules on pairs of blocks, on blocks with schools and on
//! the fewest pupils; and the terms of the objective. [`crate::measure::objective`] defines them; here stands what the
//! search needs to know of them move by move.

use rustc_hash::{FxHashMap, FxHashSet};

use super::problem::NONE;
use crate::measure::{DistrictLines, Weights, borders};
use crate::model::settings::Settings;
use crate::model::{Block, BlockIndex, County, LockKind, SchoolIndex, Stage};
use crate::space::Ground;

/// No community.
pub(super) const NOWHERE: u32 = u32::MAX;

/// A block that another has to go with, or may not go with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Partner {
    pub(super) block: u32,
    /// Whether the two have to be together; else they have to be apart.
    pub(super) together: bool,
}

/// Rules and terms; lists are empty where there is nothing of their kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    /// Whether the cost of one move depends on where other blocks are.
    is_coupled: bool,
    /// Whether there is anything but ways, changes, seats and ties.
    is_special: bool,
    /// Millimetres a pupil moved from the existing scheme counts as.
    change: i64,
    /// The school each block has in the existing scheme.
    existing: Vec<u16>,
    /// The longest way of each block in millimetres.
    longest: Vec<i64>,
    /// Blocks with schools that are not for them.
    forbidden: FxHashSet<(u32, u16)>,
    /// For each stage the lines of districts, where catchments keep to any.
    lines: Vec<Lines>,
    /// For each block with partners who they are.
    partners: FxHashMap<u32, Vec<Partner>>,
    /// Fewest pupils of each school.
    least: Vec<i64>,
    /// Millimetres a pupil outside the band counts as, and the band of each school in pupils.
    balance: i64,
    band: Vec<(i64, i64)>,
    /// The community of each block, and the pupils of each community.
    community: Vec<u32>,
    community_pupils: Vec<i64>,
    weights: Weights,
    /// Pupil-millimetres of the border with each neighbour, in the order of the lists of neighbours.
    border: Vec<i64>,
}

/// What a pupil across the line of a district counts beside being a breach, in millimetres: so far that prices and starts
/// keep to the lines by themselves.
const ACROSS: i64 = 100_000_000;

/// The lines of districts in one stage.
#[derive(Clone, Debug)]
struct Lines {
    /// The district of each block; none where no line binds it.
    of_block: Vec<Option<usize>>,
    /// The district of each school.
    of_owner: Vec<usize>,
}

/// What terms are asked of: blocks by copy of the county for each stage, and who owns which catchment.
pub(super) struct Asked<'a> {
    pub(super) county: &'a County,
    pub(super) ground: &'a Ground,
    pub(super) settings: &'a Settings,
    pub(super) stages: &'a [Stage],
    /// Lines of districts that catchments keep to, of those stages that have any.
    pub(super) lines: &'a [DistrictLines],
    /// The position of whoever owns the catchment a school has in a stage.
    pub(super) owner_of: &'a dyn Fn(Stage, SchoolIndex) -> Option<u16>,
    /// Seats of each owner.
    pub(super) seats: &'a [i64],
    /// Fewest pupils of each owner.
    pub(super) least: Vec<i64>,
    /// Neighbours of each block.
    pub(super) neighbours: &'a dyn Fn(usize) -> &'a [u32],
}

impl Terms {
    /// Takes them out of a county and its settings.
    pub(super) fn of(asked: Asked<'_>) -> Terms {
        let catchments = &asked.settings.catchments;
        let weights = Weights::of(asked.settings);
        let mut terms = Terms { weights, ..Terms::default() };
        if weights.change > 0 {
            terms.take_existing(&asked);
        }
        let blocks = || asked.stages.iter().flat_map(|_| asked.county.blocks.iter());
        if blocks().any(|block| catchments.longest_m(block).is_some()) {
            // Nobody goes the way from a block without pupils.
            let longest = |stage: Stage, block: &Block| match catchments.longest_m(block) {
                Some(metres) if block.pupils[stage] > 0 => (metres * 1000.0).floor() as i64,
                _ => i64::MAX,
            };
            let of_stage = |stage: &Stage| asked.county.blocks.iter().map(|block| longest(*stage, block)).collect();
            terms.longest = asked.stages.iter().flat_map(|stage| -> Vec<i64> { of_stage(stage) }).collect();
        }
        terms.take_locks(&asked);
        terms.take_lines(&asked);
        if weights.balance > 0 {
            terms.balance = weights.balance;
            let band = |seats: &i64| {
                let (low, high) = asked.settings.measure.band_in_pupils(*seats as u64);
                (low as i64, high as i64)
            };
            terms.band = asked.seats.iter().map(band).collect();
        }
        if weights.community > 0 {
            terms.take_communities(&asked);
        }
        if weights.border > 0 {
            terms.take_borders(&asked);
        }
        if asked.least.iter().any(|least| *least > 0) {
            terms.least = asked.least;
        }
        terms.is_coupled = terms.has_partners() || terms.has_communities() || terms.has_borders();
        terms.is_special = terms.is_coupled || terms.has_bars() || !(terms.band.is_empty() && terms.least.is_empty());
        terms
    }

    fn take_existing(&mut self, asked: &Asked<'_>) {
        self.change = self.weights.change;
        self.existing = asked
            .stages
            .iter()
            .flat_map(|stage| {
                let existing = asked.county.existing.school_of[*stage].as_ref();
                (0..asked.county.blocks.len()).map(move |block| {
                    let school = existing.and_then(|existing| existing[block]);
                    school.map_or(NONE, |school| (asked.owner_of)(*stage, school).unwrap_or(NONE - 1))
                })
            })
            .collect();
    }

    fn take_locks(&mut self, asked: &Asked<'_>) {
        let copy = |block: BlockIndex, stage: Stage| {
            let copy = asked.stages.iter().position(|planned| *planned == stage)?;
            Some((copy * asked.county.blocks.len() + block.get()) as u32)
        };
        for lock in &asked.county.locks {
            let (first, second, stage, together) = match lock.kind {
                LockKind::Together { first, second, stage } => (first, second, stage, true),
                LockKind::Apart { first, second, stage } => (first, second, stage, false),
                LockKind::Forbidden { block, school, stage } => {
                    if let (Some(block), Some(owner)) = (copy(block, stage), (asked.owner_of)(stage, school)) {
                        self.forbidden.insert((block, owner));
                    }
                    continue;
                }
                LockKind::BlockToSchool { .. } | LockKind::Lead { .. } | LockKind::MemberOf { .. } => continue,
            };
            let (Some(first), Some(second)) = (copy(first, stage), copy(second, stage)) else { continue };
            for (block, other) in [(first, second), (second, first)] {
                let partners = self.partners.entry(block).or_default();
                let partner = Partner { block: other, together };
                if other != block && !partners.contains(&partner) {
                    partners.push(partner);
                }
            }
        }
    }

    fn take_lines(&mut self, asked: &Asked<'_>) {
        let of_stage = |stage: &Stage| {
            let mut kept =
                Lines { of_block: vec![None; asked.county.blocks.len()], of_owner: vec![0; asked.seats.len()] };
            if let Some(lines) = asked.lines.iter().find(|lines| lines.stage == *stage) {
                kept.of_block = asked.county.block_indices().map(|block| lines.of_block(block)).collect();
                for school in asked.county.schools_of(*stage) {
                    if let Some(owner) = (asked.owner_of)(*stage, school) {
                        kept.of_owner[usize::from(owner)] = lines.of_school(school);
                    }
                }
            }
            kept
        };
        if !asked.lines.is_empty() {
            self.lines = asked.stages.iter().map(of_stage).collect();
        }
    }

    fn take_communities(&mut self, asked: &Asked<'_>) {
        let mut numbers: FxHashMap<(Stage, &str), u32> = FxHashMap::default();
        for stage in asked.stages {
            for block in &asked.county.blocks {
                let Some(name) = block.community() else {
                    self.community.push(NOWHERE);
                    continue;
                };
                let next = numbers.len() as u32;
                let number = *numbers.entry((*stage, name)).or_insert(next);
                if number == next {
                    self.community_pupils.push(0);
                }
                self.community_pupils[number as usize] += i64::from(block.pupils[*stage]);
                self.community.push(number);
            }
        }
    }

    fn take_borders(&mut self, asked: &Asked<'_>) {
        let borders = borders(asked.county, asked.ground);
        let count = asked.county.blocks.len();
        for block in 0..asked.stages.len() * count {
            for neighbour in (asked.neighbours)(block) {
                let (here, there) = (block % count, *neighbour as usize % count);
                let pair = (here.min(there), here.max(there));
                let found = borders.binary_search_by_key(&pair, |(first, second, _)| (*first, *second));
                self.border.push(found.map_or(0, |position| self.weights.of_border(borders[position].2)));
            }
        }
    }

    /// What a pupil of `block` counts beside the way to `school`, in millimetres: a move from the existing school, and what
    /// keeps it from crossing the line of its district.
    pub(super) fn beside_the_way(&self, block: usize, school: usize) -> i64 {
        let across = if self.part(block, school) { ACROSS } else { 0 };
        if self.change == 0 {
            return across;
        }
        let existing = self.existing[block];
        across + if existing == NONE || usize::from(existing) == school { 0 } else { self.change }
    }

    /// Whether the line of a district is between a block and a school.
    pub(super) fn part(&self, block: usize, school: usize) -> bool {
        let Some(first) = self.lines.first() else { return false };
        let lines = &self.lines[block / first.of_block.len()];
        lines.of_block[block % first.of_block.len()].is_some_and(|district| district != lines.of_owner[school])
    }

    /// Whether nothing but lines of districts is asked beside what plain terms ask.
    pub(super) fn are_lines_alone(&self) -> bool {
        let has_loads = !(self.band.is_empty() && self.least.is_empty());
        !self.lines.is_empty() && self.longest.is_empty() && self.forbidden.is_empty() && !self.is_coupled && !has_loads
    }

    /// Whether some block is bound by no line.
    pub(super) fn has_unbound_blocks(&self) -> bool {
        self.lines.iter().any(|lines| lines.of_block.contains(&None))
    }

    /// For each stage, the district of each school.
    pub(super) fn districts_of_owners(&self) -> impl Iterator<Item = &[usize]> {
        self.lines.iter().map(|lines| lines.of_owner.as_slice())
    }

    /// Whether there are blocks with schools that are not for them.
    pub(super) fn has_bars(&self) -> bool {
        !self.longest.is_empty() || !self.forbidden.is_empty() || !self.lines.is_empty()
    }

    /// Whether a school with so long a way is not for a block.
    pub(super) fn bars(&self, block: usize, school: u16, millimetres: i64) -> bool {
        self.longest.get(block).is_some_and(|longest| millimetres > *longest)
            || (!self.forbidden.is_empty() && self.forbidden.contains(&(block as u32, school)))
            || self.part(block, usize::from(school))
    }

    /// Whether any block has partners.
    pub(super) fn has_partners(&self) -> bool {
        !self.partners.is_empty()
    }

    /// The blocks a block has to go with, or may not go with.
    pub(super) fn partners(&self, block: usize) -> &[Partner] {
        self.partners.get(&(block as u32)).map_or(&[], Vec::as_slice)
    }

    /// Each pair of partners once.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, Partner)> {
        let mut blocks: Vec<u32> = self.partners.keys().copied().collect();
        blocks.sort_unstable();
        blocks.into_iter().flat_map(|block| {
            self.partners[&block]
                .iter()
                .filter(move |partner| partner.block > block)
                .map(move |partner| (block, *partner))
        })
    }

    /// Pupils that `school` is above its seats or below its fewest.
    pub(super) fn breach_of_load(&self, school: usize, load: i64, seats: i64) -> i64 {
        let least = self.least.get(school).copied().unwrap_or(0);
        (load - seats).max(0) + (least - load).max(0)
    }

    /// What the load of a school costs for the balance of use, in pupil-millimetres.
    pub(super) fn cost_of_load(&self, school: usize, load: i64) -> i64 {
        match self.band.get(school) {
            Some((low, high)) => self.balance * ((low - load).max(0) + (load - high).max(0)),
            None => 0,
        }
    }

    /// Whether the cost of one move depends on where other blocks are.
    pub(super) fn is_coupled(&self) -> bool {
        self.is_coupled
    }

    /// Whether a scheme costs a sum over its blocks, and nothing is hard but seats, ties and contiguity.
    pub(super) fn is_plain(&self) -> bool {
        !self.is_special
    }

    pub(super) fn has_communities(&self) -> bool {
        !self.community.is_empty()
    }

    pub(super) fn community(&self, block: usize) -> u32 {
        self.community[block]
    }

    pub(super) fn community_count(&self) -> usize {
        self.community_pupils.len()
    }

    /// What a community costs in pupil-millimetres when its pupils at each school have this sum of squares.
    pub(super) fn cost_of_community(&self, community: u32, squares: i64) -> i64 {
        self.weights.of_community(self.community_pupils[community as usize], squares)
    }

    pub(super) fn has_borders(&self) -> bool {
        !self.border.is_empty()
    }

    /// Pupil-millimetres of the border at a position of the lists of neighbours.
    pub(super) fn border(&self, position: usize) -> i64 {
        self.border[position]
    }
}
