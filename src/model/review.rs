//! The review of education groups 集团考核 as a table states it, before it is scored.

use serde::Serialize;

use crate::language::Message;

/// A grade: of a group under review, or of a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 优秀.
    Excellent,
    /// 良好.
    Good,
    /// 合格.
    Qualified,
    /// 不合格.
    Unqualified,
}

impl Grade {
    /// The word for people.
    #[must_use]
    pub fn message(self) -> Message {
        Message::new(match self {
            Grade::Excellent => "grade-excellent",
            Grade::Good => "grade-good",
            Grade::Qualified => "grade-qualified",
            Grade::Unqualified => "grade-unqualified",
        })
    }
}

/// Where a group was reported on 宣传.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Publicity {
    /// In the whole country.
    National,
    /// In the province.
    Provincial,
    /// In the city.
    Municipal,
}

/// What a row of the review speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewItem {
    /// An item of the rubric by its number, which need not exist.
    Numbered(u32),
    /// Reports on the group, which earn a bonus.
    Publicity(Publicity),
    /// An event the group is to blame for, which decides the grade.
    Veto,
}

/// A cell as far as it can be read without the item it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub enum ReviewValue {
    /// A number without a sign behind it.
    Number(f64),
    /// A number with a percent sign.
    Percent(f64),
    /// A word for a grade.
    Grade(Grade),
    /// Yes or no.
    Flag(bool),
    /// Nothing of these.
    Unreadable,
}

/// A row of the review that holds a value.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewEntry {
    /// The row it stands in.
    pub row: u32,
    /// The education group 集团.
    pub group: String,
    /// The year under review; `None` in a table of a single year.
    pub year: Option<u16>,
    /// What it speaks of.
    pub item: ReviewItem,
    /// What it says; `None` where the cell is empty.
    pub value: Option<ReviewValue>,
    /// The cell as it was written, for findings.
    pub cell: String,
}
