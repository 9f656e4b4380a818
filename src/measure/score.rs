//! Groups scored by the rubric: points, bonus, grade, and what two bad years lead to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rubric::{ITEMS, Points, RubricItem, Section, grade, publicity_points};
use crate::language::Message;
use crate::model::{Finding, FindingCode, Grade, ReviewEntry, ReviewItem, ReviewValue};

/// The most reports on a group at one level that a cell may mean; more is a slip of the pen.
const MOST_REPORTS: f64 = 1_000.0;

/// The review of a group in a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupReview {
    /// The group.
    pub group: String,
    /// The year; `None` in a table of a single year.
    pub year: Option<u16>,
    /// Points by section.
    pub sections: Vec<SectionScore>,
    /// Points by item.
    pub items: Vec<ItemScore>,
    /// Points for reports on the group, on top of the rubric's hundred.
    pub bonus: Points,
    /// Points of all items and the bonus; `None` where an item is missing. May exceed 100.
    pub total: Option<Points>,
    /// The grade; `None` where an item is missing, unless an event decides it.
    pub grade: Option<Grade>,
    /// Whether an event the group is to blame for decides the grade.
    pub veto: bool,
    /// Numbers of items without a value.
    pub missing: Vec<u32>,
    /// Whether the group is to be put together anew 优化组合: it was unqualified in this year and the one before.
    pub reorganise: bool,
}

/// The points of a section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionScore {
    /// The section.
    pub section: Section,
    /// Its points; `None` where an item is missing.
    pub points: Option<Points>,
    /// The most it can have.
    pub maximum: u32,
}

/// The points of an item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemScore {
    /// Its number.
    pub item: u32,
    /// Its points; `None` where it has no value.
    pub points: Option<Points>,
    /// The most it can have.
    pub maximum: u32,
}

/// What the rows about one group and year come to.
#[derive(Default)]
struct Sheet {
    points: BTreeMap<u32, Points>,
    bonus: Vec<Points>,
    veto: bool,
}

/// Scores every group and year, groups in the order of the table and years ascending, with findings of `file` for items
/// that do not exist and values they cannot have.
#[must_use]
pub fn score(file: &str, entries: &[ReviewEntry]) -> (Vec<GroupReview>, Vec<Finding>) {
    let mut groups: Vec<&str> = Vec::new();
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sheets: BTreeMap<(usize, Option<u16>), Sheet> = BTreeMap::new();
    let mut findings: Vec<Finding> = Vec::new();
    for entry in entries {
        let group = *order.entry(&entry.group).or_insert_with(|| {
            groups.push(&entry.group);
            groups.len() - 1
        });
        let sheet = sheets.entry((group, entry.year)).or_default();
        findings.extend(take(entry, sheet).map(|finding| finding.in_file(file).at_row(entry.row).about(&entry.group)));
    }
    let mut reviews: Vec<GroupReview> =
        sheets.into_iter().map(|((group, year), sheet)| sheet.review(groups[group], year)).collect();
    let is_unqualified = |review: &GroupReview| review.grade == Some(Grade::Unqualified);
    for later in 1..reviews.len() {
        let (before, after) = (&reviews[later - 1], &reviews[later]);
        let consecutive = before.group == after.group
            && before.year.zip(after.year).is_some_and(|(before, after)| before + 1 == after);
        reviews[later].reorganise = consecutive && is_unqualified(before) && is_unqualified(after);
    }
    (reviews, findings)
}

/// Takes a row into the sheet of its group and year; a finding where that is not possible.
fn take(entry: &ReviewEntry, sheet: &mut Sheet) -> Option<Finding> {
    let unfit = |name: Message, takes: Message| {
        let finding = Finding::new(FindingCode::ReviewValueUnfit).text("cell", entry.cell.clone());
        Some(finding.sentence("item", name).sentence("takes", takes))
    };
    match entry.item {
        ReviewItem::Numbered(number) => {
            let Some(item) = RubricItem::of(number) else {
                return Some(Finding::new(FindingCode::ReviewItemUnknown).text("item", number.to_string()));
            };
            let value = entry.value.as_ref()?;
            let Some(points) = item.points(value) else { return unfit(item.message(), item.takes()) };
            sheet.points.insert(number, points);
        }
        ReviewItem::Publicity(publicity) => match entry.value {
            None => {}
            Some(ReviewValue::Number(times)) if (0.0..=MOST_REPORTS).contains(&times) && times.fract() == 0.0 => {
                sheet.bonus.push(Points::whole(times as i64 * publicity_points(publicity)));
            }
            Some(_) => return unfit(Message::new("rubric-publicity"), Message::new("rubric-takes-times")),
        },
        ReviewItem::Veto => match entry.value {
            None | Some(ReviewValue::Number(0.0)) => {}
            Some(ReviewValue::Flag(veto)) => sheet.veto |= veto,
            Some(ReviewValue::Number(1.0)) => sheet.veto = true,
            Some(_) => return unfit(Message::new("rubric-veto"), Message::new("rubric-takes-flag")),
        },
    }
    None
}

impl Sheet {
    fn review(self, group: &str, year: Option<u16>) -> GroupReview {
        let of = |item: &RubricItem| self.points.get(&item.number).copied();
        let sections = Section::ALL.map(|section| {
            let items = || ITEMS.iter().filter(move |item| item.section == section);
            SectionScore { section, points: items().map(of).sum(), maximum: items().map(|item| item.maximum).sum() }
        });
        let items = ITEMS.map(|item| ItemScore { item: item.number, points: of(&item), maximum: item.maximum });
        let bonus: Points = self.bonus.iter().copied().sum();
        let points: Option<Points> = ITEMS.iter().map(of).sum();
        let total: Option<Points> = points.map(|points| [points, bonus].into_iter().sum());
        GroupReview {
            group: group.to_owned(),
            year,
            sections: sections.to_vec(),
            missing: items.iter().filter(|item| item.points.is_none()).map(|item| item.item).collect(),
            items: items.to_vec(),
            bonus,
            total,
            grade: if self.veto { Some(Grade::Unqualified) } else { total.map(grade) },
            veto: self.veto,
            reorganise: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Publicity;

    fn entry(year: u16, item: ReviewItem, value: ReviewValue) -> ReviewEntry {
        ReviewEntry { row: 2, group: "甲".to_owned(), year: Some(year), item, value: Some(value), cell: String::new() }
    }

    /// Rows for every item: full marks, less `off` points of item 9.
    fn sheet(year: u16, off: f64) -> Vec<ReviewEntry> {
        let value = |item: &RubricItem| match item.number {
            4 => ReviewValue::Percent(10.0),
            9 => ReviewValue::Number(8.0 - off),
            11 => ReviewValue::Grade(Grade::Excellent),
            18 => ReviewValue::Percent(100.0),
            _ => ReviewValue::Number(f64::from(item.maximum)),
        };
        ITEMS.iter().map(|item| entry(year, ReviewItem::Numbered(item.number), value(item))).collect()
    }

    fn review(entries: &[ReviewEntry]) -> GroupReview {
        let (mut reviews, findings) = score("t.csv", entries);
        assert!(findings.is_empty(), "{findings:?}");
        reviews.remove(0)
    }

    #[test]
    fn a_full_sheet_has_a_hundred_points_and_the_bonus_comes_on_top() {
        let mut entries = sheet(2024, 0.0);
        let full = review(&entries);
        assert_eq!((full.total, full.grade), (Some(Points::whole(100)), Some(Grade::Excellent)));
        for (publicity, times) in
            [(Publicity::National, 1.0), (Publicity::Provincial, 2.0), (Publicity::Municipal, 3.0)]
        {
            entries.push(entry(2024, ReviewItem::Publicity(publicity), ReviewValue::Number(times)));
        }
        let more = review(&entries);
        assert_eq!((more.bonus, more.total), (Points::whole(10), Some(Points::whole(110))));
    }

    #[test]
    fn an_event_decides_the_grade_whatever_the_points() {
        let mut entries = sheet(2024, 8.0);
        entries.push(entry(2024, ReviewItem::Veto, ReviewValue::Flag(true)));
        let review = review(&entries);
        assert_eq!((review.total, review.grade), (Some(Points::whole(92)), Some(Grade::Unqualified)));
    }

    #[test]
    fn without_an_item_there_is_no_grade() {
        let mut entries = sheet(2024, 0.0);
        entries.remove(2);
        let review = review(&entries);
        assert_eq!((review.total, review.grade, review.missing), (None, None, vec![3]));
        assert_eq!(review.sections[0].points, None);
        assert_eq!(review.sections[1].points, Some(Points::whole(20)));
    }

    #[test]
    fn two_consecutive_unqualified_years_lead_to_a_new_group() {
        let with_veto = |years: &[u16]| {
            let mut entries: Vec<ReviewEntry> = Vec::new();
            for year in years {
                entries.extend(sheet(*year, 0.0));
                entries.push(entry(*year, ReviewItem::Veto, ReviewValue::Number(1.0)));
            }
            score("t.csv", &entries).0.iter().map(|review| review.reorganise).collect::<Vec<bool>>()
        };
        // Whatever order the rows have.
        assert_eq!(with_veto(&[2025, 2024]), [false, true]);
        assert_eq!(with_veto(&[2023, 2025]), [false, false]);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let entries = [
            entry(2024, ReviewItem::Numbered(19), ReviewValue::Number(1.0)),
            entry(2024, ReviewItem::Numbered(1), ReviewValue::Number(7.0)),
            entry(2024, ReviewItem::Publicity(Publicity::National), ReviewValue::Number(1.5)),
            entry(2024, ReviewItem::Veto, ReviewValue::Unreadable),
        ];
        let codes: Vec<FindingCode> = score("t.csv", &entries).1.iter().map(|finding| finding.code).collect();
        assert_eq!(codes[0], FindingCode::ReviewItemUnknown);
        assert_eq!(codes[1..], [FindingCode::ReviewValueUnfit; 3]);
    }
}
