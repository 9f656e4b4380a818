//! Targets 指标: what a plan promises, and what has been reached of it.

use std::ops::RangeInclusive;

use serde::Serialize;

/// Years that a cell or an option may mean; others are slips of the pen.
pub const YEARS: RangeInclusive<u16> = 1900..=2199;

/// How a value is held against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The value must reach the target.
    AtLeast,
    /// The value must not exceed the target.
    AtMost,
    /// The value must be the target.
    Equal,
}

impl Comparison {
    /// The sign of it, the same in every language.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Comparison::AtLeast => "≥",
            Comparison::AtMost => "≤",
            Comparison::Equal => "=",
        }
    }
}

/// A row of a table of targets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Target {
    /// The row it stands in.
    pub row: u32,
    /// What is counted.
    pub indicator: String,
    /// How the value is held against the target.
    pub comparison: Comparison,
    /// The target itself.
    pub target: f64,
    /// What has been reached; `None` where nobody has said yet.
    pub value: Option<f64>,
    /// The year it is meant for; `None` where it is meant for all.
    pub year: Option<u16>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The unit of target and value; `%` where they are percentages.
    pub unit: Option<String>,
}
