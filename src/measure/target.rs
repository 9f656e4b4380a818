//! Whether targets are met, by how much they are missed, and what changed since the year before.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::language::Message;
use crate::model::{Comparison, Target};

/// How a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 达成.
    Met,
    /// 未达成.
    NotMet,
    /// 未填: nobody has said what was reached.
    NoValue,
}

impl Standing {
    /// The word for people.
    #[must_use]
    pub fn message(self) -> Message {
        Message::new(match self {
            Standing::Met => "standing-met",
            Standing::NotMet => "standing-not-met",
            Standing::NoValue => "standing-no-value",
        })
    }
}

/// A target with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgedTarget {
    /// The row as it was read.
    #[serde(flatten)]
    pub target: Target,
    /// How it stands.
    pub standing: Standing,
    /// How far the value lies from a target that is not met, in its unit: below a floor, above a ceiling, to either side of
    /// an exact number.
    pub short_by: Option<f64>,
    /// What changed since the year before: the value less that of `change_from`.
    pub change: Option<f64>,
    /// The latest earlier year for which the same indicator has a value.
    pub change_from: Option<u16>,
}

/// Judges targets; where a year is named, those of that year and those of none. Changes look at rows of all years.
///
/// An indicator of two years is the same where its name, its owner and its unit are. Cost: O(n log n).
#[must_use]
pub fn targets(targets: &[Target], year: Option<u16>) -> Vec<JudgedTarget> {
    let mut history: BTreeMap<_, BTreeMap<u16, f64>> = BTreeMap::new();
    for target in targets {
        if let (Some(year), Some(value)) = (target.year, target.value) {
            history.entry(identity(target)).or_default().insert(year, value);
        }
    }
    let is_asked = |target: &&Target| year.is_none() || target.year.is_none() || target.year == year;
    let judge = |target: &Target| {
        let before = target.year.and_then(|year| history.get(&identity(target))?.range(..year).next_back());
        let change = before.zip(target.value);
        JudgedTarget {
            target: target.clone(),
            standing: standing(target),
            short_by: target
                .value
                .filter(|_| standing(target) == Standing::NotMet)
                .map(|value| difference(target.target, value).abs()),
            change: change.map(|((_, before), value)| difference(value, *before)),
            change_from: change.map(|((year, _), _)| *year),
        }
    };
    targets.iter().filter(is_asked).map(judge).collect()
}

fn identity(target: &Target) -> (&str, Option<&str>, Option<&str>) {
    (&target.indicator, target.owner.as_deref(), target.unit.as_deref())
}

fn standing(target: &Target) -> Standing {
    let Some(value) = target.value else { return Standing::NoValue };
    // Both numbers are as they were written, so that equal ones are equal to the last bit.
    let is_met = match target.comparison {
        Comparison::AtLeast => value >= target.target,
        Comparison::AtMost => value <= target.target,
        Comparison::Equal => value == target.target,
    };
    if is_met { Standing::Met } else { Standing::NotMet }
}

/// The difference of two decimal numbers, which has no more decimals than they have: 160.3 less 160 is 0.3.
fn difference(first: f64, second: f64) -> f64 {
    let decimals = |number: f64| number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let places = decimals(first).max(decimals(second));
    let difference = first - second;
    format!("{difference:.places$}").parse().unwrap_or(difference)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(comparison: Comparison, goal: f64, value: Option<f64>, year: Option<u16>) -> Target {
        Target {
            row: 2, indicator: "名师".to_owned(), comparison, target: goal, value, year, owner: None, unit: None
        }
    }

    fn judged(comparison: Comparison, goal: f64, value: f64) -> (Standing, Option<f64>) {
        let judged = &targets(&[target(comparison, goal, Some(value), None)], None)[0];
        (judged.standing, judged.short_by)
    }

    #[test]
    fn a_target_is_met_at_its_very_number() {
        for comparison in [Comparison::AtLeast, Comparison::AtMost, Comparison::Equal] {
            assert_eq!(judged(comparison, 20.0, 20.0), (Standing::Met, None));
        }
        assert_eq!(judged(Comparison::AtLeast, 20.0, 19.0), (Standing::NotMet, Some(1.0)));
        assert_eq!(judged(Comparison::AtMost, 20.0, 20.5), (Standing::NotMet, Some(0.5)));
        assert_eq!(judged(Comparison::Equal, 2.0, 3.0), (Standing::NotMet, Some(1.0)));
        assert_eq!(judged(Comparison::Equal, 2.0, 1.0), (Standing::NotMet, Some(1.0)));
        assert_eq!(judged(Comparison::Equal, 0.0, -0.0), (Standing::Met, None));
    }

    #[test]
    fn differences_are_as_exact_as_their_numbers() {
        assert_eq!(judged(Comparison::AtLeast, 99.73, 99.4), (Standing::NotMet, Some(0.33)));
        assert_eq!(difference(0.3, 0.1), 0.2);
        assert_eq!(difference(160.0, 158.0), 2.0);
    }

    #[test]
    fn changes_are_from_the_latest_earlier_year_with_a_value() {
        let at = |year: u16, value: Option<f64>| target(Comparison::AtLeast, 20.0, value, Some(year));
        let rows = [at(2026, Some(23.0)), at(2024, Some(12.0)), at(2025, None)];
        let judged = targets(&rows, None);
        assert_eq!((judged[0].change, judged[0].change_from), (Some(11.0), Some(2024)));
        assert_eq!((judged[1].change, judged[1].change_from), (None, None));
        assert_eq!((judged[2].change, judged[2].change_from), (None, None));
        // The year before counts even if only one year is judged.
        let asked = targets(&rows, Some(2026));
        assert_eq!((asked.len(), asked[0].change), (1, Some(11.0)));
    }

    #[test]
    fn an_indicator_of_another_owner_is_another_one() {
        let mut rows =
            [2024, 2025].map(|year| target(Comparison::AtLeast, 20.0, Some(f64::from(year) - 2000.0), Some(year)));
        rows[1].owner = Some("民族中学".to_owned());
        assert_eq!(targets(&rows, None)[1].change, None);
    }

    #[test]
    fn rows_without_a_year_are_always_judged() {
        let rows = [Some(2024), None, Some(2025)].map(|year| target(Comparison::AtLeast, 1.0, None, year));
        let years: Vec<_> = targets(&rows, Some(2025)).iter().map(|judged| judged.target.year).collect();
        assert_eq!(years, [None, Some(2025)]);
    }
}
