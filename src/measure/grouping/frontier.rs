//! What groupings are worth by each objective by itself, which of them none beats, and where the bend is.

use serde::Serialize;

use super::{GroupMeasures, GroupingMeasures, round};
use crate::measure::district::rated;
use crate::measure::{Strengths, Tier};
use crate::model::{County, Districts};

/// The objectives of a grouping, each by itself; less is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Objectives {
    /// Straight metres from members to their leads on average 位置相近.
    pub near_m: f64,
    /// Σ over districts of (schools ÷ mean − 1)² 规模适度.
    pub size: f64,
    /// The coefficient of variation of mean strength between districts, weighted by pupils 强弱搭配; `None` where fewer than
    /// two districts have rated schools. Internal.
    pub equity: Option<f64>,
    /// The share of weak schools whose district has no strong lead, or that are in none.
    pub weak_without_lead: f64,
    /// The share of schools that are with another lead than in the groups that are given, where some are.
    pub change: Option<f64>,
}

/// A grouping on the frontier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrontierPoint {
    /// Its number, from 1, in the order of nearness.
    pub point: usize,
    /// Weights of nearness, size and pairing it was made with.
    pub weights: [f64; 3],
    /// The most imbalance there might be, in place of its weight.
    pub most_imbalance: Option<f64>,
    /// Its objectives.
    pub objectives: Objectives,
    /// Whether it is the bend: nearest to the best of each objective, each counted from 0 at its best to 1 at its worst here.
    pub is_knee: bool,
    /// Whether it is the grouping that was written.
    pub is_picked: bool,
}

impl Objectives {
    fn numbers(&self) -> [f64; 5] {
        [self.near_m, self.size, self.equity.unwrap_or(0.0), self.weak_without_lead, self.change.unwrap_or(0.0)]
    }

    /// Whether it is nowhere worse, and somewhere better.
    #[must_use]
    pub fn dominates(&self, other: &Objectives) -> bool {
        let pairs = || self.numbers().into_iter().zip(other.numbers());
        pairs().all(|(own, other)| own <= other) && pairs().any(|(own, other)| own < other)
    }
}

/// The objectives of a grouping that was measured.
#[must_use]
pub fn objectives(
    county: &County,
    districts: &Districts,
    measured: &GroupingMeasures,
    strengths: &Strengths,
) -> Objectives {
    let sizes: Vec<f64> = districts.districts.iter().map(|district| district.len() as f64).collect();
    let mean = sizes.iter().sum::<f64>() / sizes.len().max(1) as f64;
    let means: Vec<(f64, f64)> = districts.districts.iter().filter_map(|district| rated(district, strengths)).collect();
    let all_weak = county.schools_of(districts.stage).filter(|school| strengths.is(*school, Tier::Weak)).count();
    let led = |district: &&GroupMeasures| {
        let own = districts.districts.iter().find(|of| of.id == district.district_id);
        own.and_then(|of| of.lead).is_some_and(|lead| strengths.is(lead, Tier::Strong))
    };
    let with_lead: usize = measured.districts.iter().filter(led).map(|district| district.weak_schools).sum();
    Objectives {
        near_m: measured.mean_to_lead_m,
        size: round(sizes.iter().map(|size| (size / mean - 1.0).powi(2)).sum(), 6),
        equity: variation(&means).map(|value| round(value, 6)),
        weak_without_lead: if all_weak > 0 { round(1.0 - with_lead as f64 / all_weak as f64, 6) } else { 0.0 },
        change: change(county, districts),
    }
}

/// The coefficient of variation of values with weights; none of fewer than two.
fn variation(values: &[(f64, f64)]) -> Option<f64> {
    let whole: f64 = values.iter().map(|(weight, _)| weight).sum();
    let mean = values.iter().map(|(weight, value)| weight * value).sum::<f64>() / whole;
    let spread = values.iter().map(|(weight, value)| weight * (value - mean).powi(2)).sum::<f64>() / whole;
    (values.len() > 1 && mean > 0.0).then(|| spread.sqrt() / mean)
}

/// The share of the schools that are grouped before and after which have another lead than before.
fn change(county: &County, districts: &Districts) -> Option<f64> {
    let before = Districts { stage: districts.stage, districts: county.groups.clone() }.homes();
    let lead_before = |school| Some(county.groups[*before.get(&school)?].lead);
    let homes = districts.homes();
    let lead_after = |school| Some(districts.districts[*homes.get(&school)?].lead);
    let both: Vec<_> = county
        .schools_of(districts.stage)
        .filter_map(|school| Some((lead_before(school)?, lead_after(school)?)))
        .collect();
    let moved = both.iter().filter(|(before, after)| before != after).count();
    (!both.is_empty()).then(|| round(moved as f64 / both.len() as f64, 6))
}

/// Which of some groupings none other beats, as positions in the order of nearness, and which of these is the bend. Of
/// equals the first counts.
///
/// Cost: O(groupings²).
#[must_use]
pub fn frontier(all: &[Objectives]) -> (Vec<usize>, Option<usize>) {
    let is_kept = |position: &usize| {
        let own = &all[*position];
        let beaten = all.iter().any(|other| other.dominates(own));
        let repeated = all[..*position].iter().any(|other| other.numbers() == own.numbers());
        !beaten && !repeated
    };
    let mut kept: Vec<usize> = (0..all.len()).filter(is_kept).collect();
    kept.sort_by(|first, second| all[*first].near_m.total_cmp(&all[*second].near_m).then(first.cmp(second)));
    let numbers: Vec<[f64; 5]> = kept.iter().map(|position| all[*position].numbers()).collect();
    let away = |own: &[f64; 5]| -> f64 {
        let part = |objective: usize| {
            let of_all = || numbers.iter().map(move |numbers| numbers[objective]);
            let (best, worst) = (of_all().fold(f64::INFINITY, f64::min), of_all().fold(f64::NEG_INFINITY, f64::max));
            if worst > best { ((own[objective] - best) / (worst - best)).powi(2) } else { 0.0 }
        };
        (0..5).map(part).sum()
    };
    let knee = (0..kept.len())
        .min_by(|first, second| away(&numbers[*first]).total_cmp(&away(&numbers[*second])).then(first.cmp(second)));
    (kept, knee)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(near_m: f64, equity: f64) -> Objectives {
        Objectives { near_m, equity: Some(equity), ..Objectives::default() }
    }

    #[test]
    fn only_what_nothing_beats_is_kept_and_the_bend_lies_between() {
        let all = [of(1000.0, 0.1), of(500.0, 0.5), of(600.0, 0.15), of(700.0, 0.2), of(600.0, 0.15)];
        let (kept, knee) = frontier(&all);
        assert_eq!(kept, [1, 2, 0]);
        assert_eq!(knee, Some(1));
        assert_eq!(frontier(&[]), (Vec::new(), None));
    }
}
