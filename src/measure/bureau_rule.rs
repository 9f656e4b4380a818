//! Rules a bureau adds to its own case: blocks together or apart, schools refused, longest ways, fewest pupils, whole
//! communities. Each is judged only where the input speaks of it.

use super::rule::{Breach, Judged, RuleReport, round};
use super::{DistrictLines, communities, unreached};
use crate::language::Message;
use crate::model::{BlockIndex, LockKind, Stage};
use crate::space::Nearby;

/// The hard rules of this file. A scheme that breaks one may be below the bound of those that keep them all.
pub const HARD_BUREAU_RULES: [&str; 6] =
    ["together", "apart", "forbidden", "longest-distance", "least-use", "district-lines"];

impl Judged<'_> {
    /// The rules of this file that the input speaks of, hard ones first.
    pub(super) fn judge_bureau(&self) -> (Vec<RuleReport>, Vec<RuleReport>) {
        let hard = [
            self.together(),
            self.apart(),
            self.forbidden(),
            self.longest_distance(),
            self.least_use(),
            self.district_lines(),
        ];
        let soft = [self.locked_reached(), self.community()];
        (hard.into_iter().flatten().collect(), soft.into_iter().flatten().collect())
    }

    fn pupils(&self, block: BlockIndex) -> u32 {
        self.county.block(block).pupils[self.catchments.stage]
    }

    /// The breach of a block, by some of its pupils or metres.
    fn of_block(&self, block: BlockIndex, by: f64, mend: &Message) -> Breach {
        let block = self.county.block(block);
        Breach { id: block.id.to_string(), name: block.name.to_string(), by, mend: self.mend(mend) }
    }

    /// The breach of two blocks: it goes by the one with fewer pupils, the first where they have as many.
    fn of_pair(&self, first: BlockIndex, second: BlockIndex, key: &str) -> Breach {
        let (fewer, other) = if self.pupils(first) <= self.pupils(second) { (first, second) } else { (second, first) };
        let school = self.catchments.school_of(other);
        let school =
            school.map_or_else(String::new, |school| self.county.catchment_name(self.catchments.stage, school));
        let mend = Message::new(key).text("other", &self.county.block(other).name).text("school", school);
        self.of_block(fewer, f64::from(self.pupils(fewer)), &mend)
    }

    /// Pairs of blocks the locks `pick` speaks of, in this stage.
    fn pairs(
        &self,
        pick: impl Fn(LockKind) -> Option<(BlockIndex, BlockIndex, Stage)>,
    ) -> Vec<(BlockIndex, BlockIndex)> {
        let locks = self.county.locks.iter().filter_map(|lock| pick(lock.kind));
        let of_stage = locks.filter(|(.., stage)| *stage == self.catchments.stage);
        of_stage.map(|(first, second, _)| (first, second)).collect()
    }

    fn are_together(&self, first: BlockIndex, second: BlockIndex) -> bool {
        self.catchments.school_of(first) == self.catchments.school_of(second)
    }

    /// A rule in pupils: its value is all those of its breaches.
    fn in_pupils(&self, id: &'static str, hard: bool, breaches: Vec<Breach>) -> RuleReport {
        let total = breaches.iter().map(|breach| breach.by).sum();
        self.report(id, hard, total, 0.0, "pupils", breaches)
    }

    /// Blocks that go to one school.
    fn together(&self) -> Option<RuleReport> {
        let pairs = self.pairs(|kind| match kind {
            LockKind::Together { first, second, stage } => Some((first, second, stage)),
            _ => None,
        });
        let parted = pairs.iter().filter(|(first, second)| !self.are_together(*first, *second));
        let breaches = parted.map(|(first, second)| self.of_pair(*first, *second, "mend-together")).collect();
        (!pairs.is_empty()).then(|| self.in_pupils("together", true, breaches))
    }

    /// Blocks that never go to one school.
    fn apart(&self) -> Option<RuleReport> {
        let pairs = self.pairs(|kind| match kind {
            LockKind::Apart { first, second, stage } => Some((first, second, stage)),
            _ => None,
        });
        let assigned = |block: &BlockIndex| self.catchments.school_of(*block).is_some();
        let joined = pairs.iter().filter(|(first, second)| assigned(first) && self.are_together(*first, *second));
        let breaches = joined.map(|(first, second)| self.of_pair(*first, *second, "mend-apart")).collect();
        (!pairs.is_empty()).then(|| self.in_pupils("apart", true, breaches))
    }

    /// Schools that are not for a block.
    fn forbidden(&self) -> Option<RuleReport> {
        let stage = self.catchments.stage;
        let refusals: Vec<_> = self
            .county
            .locks
            .iter()
            .filter_map(|lock| match lock.kind {
                LockKind::Forbidden { block, school, stage: locked_in } if locked_in == stage => Some((block, school)),
                _ => None,
            })
            .collect();
        let breaches = refusals
            .iter()
            .filter(|(block, school)| self.catchments.school_of(*block) == Some(self.county.holder(stage, *school)))
            .map(|(block, school)| {
                let mend = Message::new("mend-forbidden").text("school", &self.county.school(*school).name);
                self.of_block(*block, f64::from(self.pupils(*block)), &mend)
            })
            .collect();
        (!refusals.is_empty()).then(|| self.in_pupils("forbidden", true, breaches))
    }

    /// No way is longer than the pupils of a block may be given.
    fn longest_distance(&self) -> Option<RuleReport> {
        let limited: Vec<(BlockIndex, f64)> = self
            .county
            .block_indices()
            .filter_map(|block| Some((block, self.settings.catchments.longest_m(self.county.block(block))?)))
            .collect();
        let nearby = Nearby::new(self.county, &self.ground.distances, self.catchments.stage);
        let breaches: Vec<Breach> = limited
            .iter()
            .filter(|(block, _)| self.pupils(*block) > 0)
            .filter_map(|(block, limit)| {
                let way = nearby.metres(*block, self.catchments.school_of(*block)?);
                let by = round(way - limit, 1);
                (way > *limit).then(|| self.of_block(*block, by, &Message::new("mend-longest-distance")))
            })
            .collect();
        let most = breaches.iter().map(|breach| breach.by).fold(0.0, f64::max);
        (!limited.is_empty()).then(|| self.report("longest-distance", true, most, 0.0, "metres", breaches))
    }

    /// Schools have the pupils they must be given.
    fn least_use(&self) -> Option<RuleReport> {
        let stage = self.catchments.stage;
        let floor = |holder| self.settings.catchments.least_pupils_of(self.county, stage, holder);
        let floors = self.county.holders(stage).map(|holder| (holder, floor(holder), self.loads[holder.get()].pupils));
        let wanting: Vec<_> = floors.filter(|(_, least, _)| *least > 0).collect();
        let breaches = wanting
            .iter()
            .filter(|(_, least, pupils)| pupils < least)
            .map(|(school, least, pupils)| Breach {
                id: self.county.catchment_id(stage, *school),
                name: self.county.catchment_name(stage, *school),
                by: (least - pupils) as f64,
                mend: self.mend(&Message::new("mend-least-use").count("pupils", least - pupils)),
            })
            .collect();
        (!wanting.is_empty()).then(|| self.in_pupils("least-use", true, breaches))
    }

    /// Blocks go to schools of their district, where catchments are to keep to its lines.
    fn district_lines(&self) -> Option<RuleReport> {
        let districts = self.districts.filter(|_| self.settings.catchments.within_districts)?;
        let lines = DistrictLines::of(self.county, self.ground, districts, self.catchments);
        let crosses =
            |block: &BlockIndex| self.catchments.school_of(*block).is_some_and(|school| lines.part(*block, school));
        let mend = self.with_noun("mend-district-lines");
        let across = self.county.block_indices().filter(crosses);
        let breaches = across.map(|block| self.of_block(block, f64::from(self.pupils(block)), &mend)).collect();
        Some(self.in_pupils("district-lines", true, breaches))
    }

    /// The catchment of a school reaches the blocks that are locked to it.
    fn locked_reached(&self) -> Option<RuleReport> {
        let stage = self.catchments.stage;
        let locked: Vec<BlockIndex> = self
            .county
            .locks
            .iter()
            .filter_map(|lock| match lock.kind {
                LockKind::BlockToSchool { block, school, stage: locked_in }
                    if locked_in == stage
                        && self.catchments.school_of(block) == Some(self.county.holder(stage, school)) =>
                {
                    Some(block)
                }
                _ => None,
            })
            .collect();
        let breaches: Vec<Breach> = unreached(self.county, self.ground, self.catchments)
            .into_iter()
            .filter(|block| locked.contains(block))
            .map(|block| self.of_block(block, f64::from(self.pupils(block)), &Message::new("mend-locked-reached")))
            .collect();
        (!locked.is_empty()).then(|| self.in_pupils("locked-reached", false, breaches))
    }

    /// Communities go whole to one school.
    fn community(&self) -> Option<RuleReport> {
        let communities = communities(self.county, self.catchments);
        let breaches = communities
            .iter()
            .filter(|community| community.is_parted())
            .map(|community| {
                let most = community.at.iter().map(|(_, pupils)| *pupils).max().unwrap_or(0);
                let name = |school| self.county.catchment_name(self.catchments.stage, school);
                let parts: Vec<String> =
                    community.at.iter().map(|(school, pupils)| format!("{} {pupils}", name(*school))).collect();
                Breach {
                    id: community.name.to_owned(),
                    name: community.name.to_owned(),
                    by: (community.pupils - most) as f64,
                    mend: self.mend(&Message::new("mend-community").text("parts", parts.join(" · "))),
                }
            })
            .collect();
        (!communities.is_empty()).then(|| self.in_pupils("community", false, breaches))
    }
}
