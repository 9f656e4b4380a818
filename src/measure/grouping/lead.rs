//! Who leads: leads that were decided on, and the ranking of those that could be core schools 核心校遴选.

use super::rules::Judged;
use crate::language::Message;
use crate::measure::rule::RuleReport;
use crate::measure::{Strengths, Tier, percentile};
use crate::model::settings::Settings;
use crate::model::{County, District, Districts, Lock, LockKind, Mode, SchoolIndex};

/// What is known of a lead.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Strong,
    NotStrong,
    Nothing,
}

/// A school that could lead, as it stands among the others.
#[derive(Clone, Debug)]
pub struct CoreCandidate {
    /// The school.
    pub school: SchoolIndex,
    /// Its place by strength among the rated schools, from 1; none where it is not rated. Equals have the same.
    pub rank: Option<usize>,
    /// Its strength, 0–100. Internal.
    pub index: Option<f64>,
    /// Where it stands.
    pub tier: Tier,
    /// Conditions, teachers, management and quality, each 0–1, where known.
    pub factors: [Option<f64>; 4],
    /// Pupils it counts for.
    pub pupils: u32,
    /// Whether it leads.
    pub leads: bool,
    /// Why it does not.
    pub why_not: Option<Message>,
}

/// The schools of a stage by strength, those that are not rated behind them by their pupils, with who leads and why the others
/// do not. Cost: O(schools log schools).
#[must_use]
pub fn core_candidates(
    county: &County,
    districts: &Districts,
    strengths: &Strengths,
    settings: &Settings,
) -> Vec<CoreCandidate> {
    let leads: Vec<SchoolIndex> = districts.districts.iter().filter_map(|district| district.lead).collect();
    let least = settings.districts.lead_enrolment;
    let mut candidates: Vec<CoreCandidate> = county
        .schools_of(districts.stage)
        .filter_map(|school| {
            let strength = strengths.of(school)?;
            let held = county.locks.iter().find_map(|lock| match lock.kind {
                LockKind::MemberOf { member, lead } if member == school => Some(lead),
                _ => None,
            });
            let marks = county.school(school).marks;
            let is_strong = if settings.districts.marked_lead { marks.strong } else { strength.tier == Tier::Strong };
            let why_not = match (marks.teaching_point, held) {
                (true, _) => Message::new("candidate-teaching-point"),
                (_, Some(lead)) => Message::new("candidate-locked").text("lead", &county.school(lead).name),
                _ if strength.tier == Tier::Weak => Message::new("candidate-weak"),
                _ if !is_strong && strength.index.is_none() => Message::new("candidate-unrated"),
                _ if !is_strong => Message::new("candidate-not-strong"),
                _ if strength.pupils < least => Message::new("candidate-small").count("least", least),
                _ => Message::new("candidate-not-needed"),
            };
            let leads = leads.contains(&school);
            Some(CoreCandidate {
                school,
                rank: None,
                index: strength.index,
                tier: strength.tier,
                factors: strength.factors,
                pupils: strength.pupils,
                leads,
                why_not: (!leads).then_some(why_not),
            })
        })
        .collect();
    candidates.sort_by(|first, second| {
        let index = |of: &CoreCandidate| of.index.unwrap_or(f64::NEG_INFINITY);
        let by_index = index(second).total_cmp(&index(first));
        by_index.then(second.tier.cmp(&first.tier)).then(second.pupils.cmp(&first.pupils))
    });
    // The rated ones come first, the strongest before all.
    let mut known: Option<(f64, usize)> = None;
    for (position, candidate) in candidates.iter_mut().enumerate() {
        let Some(own) = candidate.index else { break };
        let rank = known.filter(|(index, _)| index.total_cmp(&own).is_eq()).map_or(position + 1, |(_, rank)| rank);
        (candidate.rank, known) = (Some(rank), Some((own, rank)));
    }
    candidates
}

impl Judged<'_> {
    /// Leads are strong by themselves, or somebody decided on them: those that are not are named, and excused where a reason is
    /// recorded; whose strength nobody knows is among them. Nothing where nobody leads.
    pub(super) fn leads_by_decision(&self) -> Option<RuleReport> {
        let index = |school: SchoolIndex| self.strengths.of(school).and_then(|strength| strength.index);
        let all: Vec<f64> = self.county.schools_of(self.districts.stage).filter_map(index).collect();
        let (best, low) = (percentile(&all, 0.75), percentile(&all, 0.25));
        let mut leads: Vec<(SchoolIndex, &District)> = Vec::new();
        for district in self.districts.districts.iter().filter(|district| district.mode != Some(Mode::Helping)) {
            let Some(lead) = district.lead else { continue };
            if leads.iter().all(|(known, _)| *known != lead) {
                leads.push((lead, district));
            }
        }
        let known = |lead: SchoolIndex| {
            // Where many are rated alike, a quarter is no quarter.
            let is_above = |index: f64| low.is_none_or(|low| index > low);
            match index(lead).zip(best) {
                _ if self.county.school(lead).marks.strong => Known::Strong,
                Some((index, best)) if index >= best && is_above(index) => Known::Strong,
                Some(_) => Known::NotStrong,
                None => Known::Nothing,
            }
        };
        let (mut breaches, mut excused) = (Vec::new(), Vec::new());
        for (lead, district) in &leads {
            let known = known(*lead);
            if known == Known::Strong {
                continue;
            }
            let (is_excused, words) = self.decision_on(*lead, district, known);
            let breach = self.of_school(*lead, 1.0, &words);
            if is_excused { excused.push(breach) } else { breaches.push(breach) }
        }
        let marked = |school: SchoolIndex| self.county.school(school).marks.strong;
        let nothing_is_known = all.is_empty() && !self.county.schools_of(self.districts.stage).any(marked);
        if !leads.is_empty() && excused.is_empty() && nothing_is_known {
            return Some(self.untold("lead-by-decision", false, "schools", &Message::new("untold-strength")));
        }
        let count = breaches.len() as f64;
        let report = self.report("lead-by-decision", false, count, 0.0, "schools", breaches);
        (!leads.is_empty()).then_some(RuleReport { waived: excused, ..report })
    }

    /// Why a school leads by decision, and by whose, as the table of groups or a lock says, that on the lead itself first; else
    /// that it should be said.
    fn decision_on(&self, lead: SchoolIndex, district: &District, known: Known) -> (bool, Message) {
        let lock_of = |names_it: &dyn Fn(&LockKind) -> bool| {
            let told = |lock: &&Lock| names_it(&lock.kind) && !lock.reason.is_empty();
            self.county.locks.iter().find(told).map(|lock| (lock.reason.clone(), lock.author.clone()))
        };
        let by_table = district.record.reason.clone();
        let by_table = by_table.map(|reason| (reason, district.record.author.clone().unwrap_or_default()));
        let told = by_table
            .or_else(|| lock_of(&|kind| matches!(kind, LockKind::Lead { school } if *school == lead)))
            .or_else(|| lock_of(&|kind| matches!(kind, LockKind::MemberOf { lead: of, .. } if *of == lead)));
        let what = Message::new(if known == Known::Nothing { "lead-strength-unknown" } else { "lead-not-strong" });
        match told {
            None => (false, self.with_noun("mend-lead-by-decision").sentence("what", what)),
            Some((reason, author)) if author.is_empty() => {
                (true, Message::new("mend-lead-by-decision-reason").sentence("what", what).text("reason", reason))
            }
            Some((reason, author)) => {
                let message = Message::new("mend-lead-by-decision-author").sentence("what", what);
                (true, message.text("reason", reason).text("author", author))
            }
        }
    }
}
