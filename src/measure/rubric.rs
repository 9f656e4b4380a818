//! The rubric education groups 教育集团 are scored by: 18 items of six sections, 100 points, as data.
//!
//! # Reference
//! Annex 4 of Ankang's plan for running schools in groups 集团化办学: how groups are reviewed and scored. See
//! `docs/review.md`.

use std::iter::Sum;

use serde::{Serialize, Serializer};

use crate::language::Message;
use crate::model::{Grade, Publicity, ReviewValue};

/// A part of the rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 制度.
    Institutions,
    /// 队伍.
    Staff,
    /// 教学.
    Teaching,
    /// 素养.
    Qualities,
    /// 创新.
    Innovation,
    /// 影响.
    Influence,
}

impl Section {
    /// All sections in the order of the rubric.
    pub const ALL: [Section; 6] = [
        Section::Institutions,
        Section::Staff,
        Section::Teaching,
        Section::Qualities,
        Section::Innovation,
        Section::Influence,
    ];

    /// The word for people.
    #[must_use]
    pub fn message(self) -> Message {
        Message::new(match self {
            Section::Institutions => "section-institutions",
            Section::Staff => "section-staff",
            Section::Teaching => "section-teaching",
            Section::Qualities => "section-qualities",
            Section::Innovation => "section-innovation",
            Section::Influence => "section-influence",
        })
    }
}

/// How the value of an item becomes points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calculation {
    /// The value is the points.
    Given,
    /// The value is the percentage of eligible teachers who were exchanged: full marks from 10 % on, a point less for each
    /// percentage point below.
    Exchange,
    /// The value is a grade, which stands for a share of the points.
    Grade,
    /// The value is a percentage of the points.
    Percent,
}

/// Percentage of eligible teachers from which on their exchange earns full marks.
const EXCHANGE_PERCENT: f64 = 10.0;

/// Points, in whole hundredths so that sums are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(i64);

impl Points {
    /// So many whole points.
    #[must_use]
    pub const fn whole(points: i64) -> Points {
        Points(points * 100)
    }

    /// The nearest hundredth.
    fn rounded(points: f64) -> Points {
        Points((points * 100.0).round() as i64)
    }

    /// The points as a number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(points: I) -> Points {
        Points(points.map(|points| points.0).sum())
    }
}

impl std::fmt::Display for Points {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.value())
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

/// An item of the rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RubricItem {
    /// Its number, from 1.
    pub number: u32,
    /// The section it belongs to.
    pub section: Section,
    /// The most points it can earn.
    pub maximum: u32,
    /// How its value becomes points.
    pub calculation: Calculation,
}

const fn item(number: u32, section: Section, maximum: u32, calculation: Calculation) -> RubricItem {
    RubricItem { number, section, maximum, calculation }
}

/// The rubric.
pub const ITEMS: [RubricItem; 18] = [
    item(1, Section::Institutions, 6, Calculation::Given),
    item(2, Section::Institutions, 4, Calculation::Given),
    item(3, Section::Institutions, 5, Calculation::Given),
    item(4, Section::Staff, 5, Calculation::Exchange),
    item(5, Section::Staff, 5, Calculation::Given),
    item(6, Section::Staff, 5, Calculation::Given),
    item(7, Section::Staff, 5, Calculation::Given),
    item(8, Section::Teaching, 5, Calculation::Given),
    item(9, Section::Teaching, 8, Calculation::Given),
    item(10, Section::Teaching, 7, Calculation::Given),
    item(11, Section::Teaching, 10, Calculation::Grade),
    item(12, Section::Qualities, 5, Calculation::Given),
    item(13, Section::Qualities, 5, Calculation::Given),
    item(14, Section::Qualities, 5, Calculation::Given),
    item(15, Section::Innovation, 4, Calculation::Given),
    item(16, Section::Innovation, 4, Calculation::Given),
    item(17, Section::Innovation, 4, Calculation::Given),
    item(18, Section::Influence, 8, Calculation::Percent),
];

impl RubricItem {
    /// The item of this number, where there is one.
    #[must_use]
    pub fn of(number: u32) -> Option<&'static RubricItem> {
        ITEMS.iter().find(|item| item.number == number)
    }

    /// Its name for people: its number and its section.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::new("rubric-item").count("number", self.number).sentence("section", self.section.message())
    }

    /// What its value may be, for people.
    #[must_use]
    pub fn takes(&self) -> Message {
        match self.calculation {
            Calculation::Given => Message::new("rubric-takes-points").count("maximum", self.maximum),
            Calculation::Exchange | Calculation::Percent => Message::new("rubric-takes-percent"),
            Calculation::Grade => Message::new("rubric-takes-grade"),
        }
    }

    /// The points a value earns, to the nearest hundredth; `None` where the item cannot have this value.
    #[must_use]
    pub fn points(&self, value: &ReviewValue) -> Option<Points> {
        let maximum = f64::from(self.maximum);
        match (self.calculation, value) {
            (Calculation::Given, ReviewValue::Number(points)) => {
                (0.0..=maximum).contains(points).then(|| Points::rounded(*points))
            }
            (Calculation::Exchange, value) => percentage(value)
                .map(|percent| Points::rounded((maximum + percent - EXCHANGE_PERCENT).clamp(0.0, maximum))),
            (Calculation::Percent, value) => {
                percentage(value).map(|percent| Points::rounded(percent * maximum / 100.0))
            }
            (Calculation::Grade, ReviewValue::Grade(grade)) => {
                let tenths = match grade {
                    Grade::Excellent => 10,
                    Grade::Good => 8,
                    Grade::Qualified => 6,
                    Grade::Unqualified => 0,
                };
                Some(Points(i64::from(self.maximum) * tenths * 10))
            }
            (Calculation::Given | Calculation::Grade, _) => None,
        }
    }
}

/// A percentage from 0 to 100. One up to 1 without its sign is none: it may as well be a share of the whole.
fn percentage(value: &ReviewValue) -> Option<f64> {
    let percent = match value {
        ReviewValue::Percent(percent) => *percent,
        ReviewValue::Number(number) if *number <= 0.0 || *number > 1.0 => *number,
        _ => return None,
    };
    (0.0..=100.0).contains(&percent).then_some(percent)
}

/// Points for each report on a group, on top of the rubric's.
#[must_use]
pub(super) const fn publicity_points(publicity: Publicity) -> i64 {
    match publicity {
        Publicity::National => 3,
        Publicity::Provincial => 2,
        Publicity::Municipal => 1,
    }
}

/// Grades with the fewest points they need, the best first.
const GRADES: [(Grade, Points); 3] =
    [(Grade::Excellent, Points::whole(90)), (Grade::Good, Points::whole(80)), (Grade::Qualified, Points::whole(60))];

/// The grade of a total.
#[must_use]
pub(super) fn grade(total: Points) -> Grade {
    GRADES.iter().find(|(_, least)| total >= *least).map_or(Grade::Unqualified, |(grade, _)| *grade)
}

/// Who reviews a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reviewer {
    /// The group itself 自评.
    Group,
    /// Its district 区评.
    District,
    /// Its city 市评.
    City,
}

/// A day of the year by which a part of the review is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// Who reviews.
    pub reviewer: Reviewer,
    /// The month.
    pub month: u32,
    /// The day of the month.
    pub day: u32,
}

impl Deadline {
    /// The day with the part of the review that ends on it, for people.
    #[must_use]
    pub fn message(self) -> Message {
        let message = Message::new(match self.reviewer {
            Reviewer::Group => "score-deadline-group",
            Reviewer::District => "score-deadline-district",
            Reviewer::City => "score-deadline-city",
        });
        message.sentence("day", Message::new("score-day").count("month", self.month).count("day", self.day))
    }
}

/// The days by which a group has reviewed itself, its district and its city.
pub const DEADLINES: [Deadline; 3] = [
    Deadline { reviewer: Reviewer::Group, month: 8, day: 31 },
    Deadline { reviewer: Reviewer::District, month: 9, day: 30 },
    Deadline { reviewer: Reviewer::City, month: 10, day: 31 },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn points(number: u32, value: &ReviewValue) -> Option<f64> {
        RubricItem::of(number).expect("an item").points(value).map(Points::value)
    }

    #[test]
    fn the_items_make_a_hundred_points() {
        assert_eq!(ITEMS.iter().map(|item| item.maximum).sum::<u32>(), 100);
        let of = |section: Section| -> u32 {
            ITEMS.iter().filter(|item| item.section == section).map(|item| item.maximum).sum()
        };
        assert_eq!(Section::ALL.map(of), [15, 20, 30, 15, 12, 8]);
        let numbers: Vec<u32> = ITEMS.iter().map(|item| item.number).collect();
        assert_eq!(numbers, (1..=18).collect::<Vec<u32>>());
        assert!(ITEMS.is_sorted_by_key(|item| item.section));
    }

    #[test]
    fn exchange_loses_a_point_for_each_percentage_point() {
        for (percent, expected) in [(10.0, 5.0), (34.0, 5.0), (8.0, 3.0), (9.5, 4.5), (5.0, 0.0), (2.0, 0.0)] {
            assert_eq!(points(4, &ReviewValue::Percent(percent)), Some(expected), "{percent}");
            assert_eq!(points(4, &ReviewValue::Number(percent)), Some(expected), "{percent}");
        }
        assert_eq!(points(4, &ReviewValue::Number(0.0)), Some(0.0));
        assert_eq!(points(4, &ReviewValue::Percent(0.5)), Some(0.0));
        // A tenth of all, or a tenth of a percent?
        assert_eq!(points(4, &ReviewValue::Number(0.1)), None);
        assert_eq!(points(4, &ReviewValue::Percent(101.0)), None);
    }

    #[test]
    fn grades_and_percentages_are_shares_of_the_maximum() {
        for (grade, expected) in
            [(Grade::Excellent, 10.0), (Grade::Good, 8.0), (Grade::Qualified, 6.0), (Grade::Unqualified, 0.0)]
        {
            assert_eq!(points(11, &ReviewValue::Grade(grade)), Some(expected));
        }
        assert_eq!(points(11, &ReviewValue::Number(8.0)), None);
        assert_eq!(points(18, &ReviewValue::Percent(87.5)), Some(7.0));
        assert_eq!(points(18, &ReviewValue::Number(87.5)), Some(7.0));
        assert_eq!(points(18, &ReviewValue::Number(1.0)), None);
        assert_eq!(points(18, &ReviewValue::Grade(Grade::Good)), None);
    }

    #[test]
    fn points_that_are_given_stay_within_the_maximum() {
        assert_eq!(points(1, &ReviewValue::Number(6.0)), Some(6.0));
        assert_eq!(points(1, &ReviewValue::Number(5.125)), Some(5.13));
        for value in [6.004, -0.5, f64::NAN] {
            assert_eq!(points(1, &ReviewValue::Number(value)), None, "{value}");
        }
        assert_eq!(points(1, &ReviewValue::Percent(5.0)), None);
        assert_eq!(points(1, &ReviewValue::Flag(true)), None);
    }

    #[test]
    fn grades_begin_at_their_very_number() {
        let grades = [9_000, 8_999, 8_000, 7_999, 6_000, 5_999, 10_300].map(|hundredths| grade(Points(hundredths)));
        let expected = [
            Grade::Excellent,
            Grade::Good,
            Grade::Good,
            Grade::Qualified,
            Grade::Qualified,
            Grade::Unqualified,
            Grade::Excellent,
        ];
        assert_eq!(grades, expected);
    }
}
