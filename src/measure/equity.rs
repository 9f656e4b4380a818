//! Equity (均衡): how unlike schools and districts are.

use serde::Serialize;

use super::strength::{LEAST_PUPILS, per_pupil};
use crate::model::{County, Indicator, School, SchoolIndex, Stage};

/// The official coefficient of variation 差异系数: deviations from the county's value per pupil, weighted by pupils.
///
/// With pupils `n_i` and resources `r_i`: `x_i = r_i / n_i`, `X̄ = Σr / Σn`, `S = √(Σ n_i/N · (x_i − X̄)²)`,
/// result `S / X̄`. `None` where there are no pupils or no resources. Schools without pupils are left out.
///
/// # Reference
/// 教督〔2017〕6号, with the worked example n = 45, 37, 89, 76, 55; r = 279, 137, 935, 160, 402, which gives 0.515257
/// (the plain coefficient of variation of the same figures is 0.488771).
#[must_use]
pub fn weighted_variation(schools: &[(f64, f64)]) -> Option<f64> {
    let schools = || schools.iter().filter(|(pupils, _)| *pupils > 0.0);
    let pupils: f64 = schools().map(|(pupils, _)| pupils).sum();
    let resources: f64 = schools().map(|(_, resources)| resources).sum();
    if pupils <= 0.0 || resources <= 0.0 {
        return None;
    }
    let mean = resources / pupils;
    let variance: f64 = schools().map(|(count, total)| count / pupils * (total / count - mean).powi(2)).sum();
    Some(variance.sqrt() / mean)
}

/// The spread of one indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorSpread {
    /// The indicator, as in files.
    pub indicator: &'static str,
    /// Between schools.
    pub between_schools: Option<f64>,
    /// Between districts, where there are any.
    pub between_districts: Option<f64>,
}

/// Whether the review counts a school: all but teaching points with fewer than 50 pupils.
pub(super) fn counts_in_review(school: &School) -> bool {
    !school.marks.teaching_point || school.pupils() >= LEAST_PUPILS
}

/// The coefficients of variation of the seven indicators in one stage, between some of its `schools` and between groups of schools.
///
/// A school of two stages counts in each with its pupils of that stage and its resources in proportion. Teaching points
/// with fewer than 50 pupils are left out, as in the review. `group_of` says which district a school belongs to.
pub fn indicator_spread(
    county: &County,
    stage: Stage,
    schools: &[SchoolIndex],
    group_count: usize,
    group_of: impl Fn(SchoolIndex) -> Option<usize>,
) -> Vec<IndicatorSpread> {
    let pupils = |school: SchoolIndex| {
        let school = county.school(school);
        f64::from(school.enrolment[stage].or(school.seats[stage]).unwrap_or(0))
    };
    Indicator::ALL
        .into_iter()
        .enumerate()
        .map(|(position, indicator)| {
            let mut of_schools: Vec<(f64, f64)> = Vec::new();
            let mut groups = vec![(0.0, 0.0); group_count];
            let counts = |school: &SchoolIndex| counts_in_review(county.school(*school));
            for school in schools.iter().copied().filter(counts) {
                let Some(value) = per_pupil(county.school(school), position) else { continue };
                let count = pupils(school);
                of_schools.push((count, value * count));
                if let Some(group) = group_of(school) {
                    groups[group].0 += count;
                    groups[group].1 += value * count;
                }
            }
            IndicatorSpread {
                indicator: indicator.slug(),
                between_schools: weighted_variation(&of_schools),
                between_districts: weighted_variation(&groups).filter(|_| group_count > 0),
            }
        })
        .collect()
}

/// Theil's measure of inequality, split into what lies between groups and what lies within them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Theil {
    /// In all.
    pub total: f64,
    /// Between the groups' means.
    pub between: f64,
    /// Within the groups.
    pub within: f64,
}

/// Theil's T of values with weights in groups: (weight, value, group) each. Regrouping moves inequality between the two
/// parts and never changes the total, so pairing strong with weak is the same as making `between` small.
///
/// # Reference
/// H. Theil: Economics and information theory. North-Holland, 1967.
#[must_use]
pub fn theil(members: &[(f64, f64, usize)], group_count: usize) -> Theil {
    let weight: f64 = members.iter().map(|(weight, ..)| weight).sum();
    let mean = members.iter().map(|(weight, value, _)| weight * value).sum::<f64>() / weight;
    if weight <= 0.0 || mean <= 0.0 {
        return Theil::default();
    }
    let term = |weight_share: f64, ratio: f64| if ratio > 0.0 { weight_share * ratio * ratio.ln() } else { 0.0 };
    let mut groups = vec![(0.0, 0.0); group_count];
    for (count, value, group) in members {
        groups[*group].0 += count;
        groups[*group].1 += count * value;
    }
    let total = members.iter().map(|(count, value, _)| term(count / weight, value / mean)).sum();
    let between = groups
        .iter()
        .filter(|(count, _)| *count > 0.0)
        .map(|(count, sum)| term(count / weight, sum / count / mean))
        .sum();
    let within = members
        .iter()
        .map(|(count, value, group)| {
            let (group_weight, sum) = groups[*group];
            let group_mean = sum / group_weight;
            if group_mean > 0.0 {
                group_weight / weight * (group_mean / mean) * term(count / group_weight, value / group_mean)
            } else {
                0.0
            }
        })
        .sum();
    Theil { total, between, within }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUPILS: [f64; 5] = [45.0, 37.0, 89.0, 76.0, 55.0];
    const RESOURCES: [f64; 5] = [279.0, 137.0, 935.0, 160.0, 402.0];

    #[test]
    fn the_published_example_of_the_coefficient_of_variation() {
        let schools: Vec<(f64, f64)> = PUPILS.into_iter().zip(RESOURCES).collect();
        let found = weighted_variation(&schools).expect("there are pupils and resources");
        assert!((found - 0.515_257).abs() < 1e-6, "{found}");
    }

    #[test]
    fn the_theil_measure_of_the_same_figures() {
        let members: Vec<(f64, f64, usize)> =
            PUPILS.into_iter().zip(RESOURCES).map(|(pupils, total)| (pupils, total / pupils, 0)).collect();
        assert!((theil(&members, 1).total - 0.143_630).abs() < 1e-6);
    }

    #[test]
    fn between_and_within_add_up_whatever_the_groups() {
        for split in 1..31_usize {
            let members: Vec<(f64, f64, usize)> = PUPILS
                .into_iter()
                .zip(RESOURCES)
                .enumerate()
                .map(|(position, (pupils, total))| (pupils, total / pupils, split >> position & 1))
                .collect();
            let found = theil(&members, 2);
            assert!((found.between + found.within - found.total).abs() < 1e-9, "{split}: {found:?}");
        }
    }

    #[test]
    fn schools_without_pupils_or_resources_make_no_sense_of_it() {
        assert_eq!(weighted_variation(&[]), None);
        assert_eq!(weighted_variation(&[(10.0, 0.0)]), None);
        assert_eq!(weighted_variation(&[(0.0, 5.0), (10.0, 20.0)]), Some(0.0));
    }
}
