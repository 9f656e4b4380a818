//! School stages (学段), and values kept one per stage.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

use crate::language::Message;

/// A stage of compulsory school. Each stage is planned on its own pupils.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Primary school, 小学.
    Primary,
    /// Junior middle school, 初中.
    Junior,
    /// Tables that know no stages are planned as this single one.
    All,
}

impl Stage {
    /// Every stage, in the order of all outputs.
    pub const EACH: [Stage; 3] = [Stage::Primary, Stage::Junior, Stage::All];

    /// The word used in files: `primary`, `junior`, `all`.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Stage::Primary => "primary",
            Stage::Junior => "junior",
            Stage::All => "all",
        }
    }

    /// The stage of a [`Stage::slug`].
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Stage> {
        Stage::EACH.into_iter().find(|stage| stage.slug() == slug)
    }

    /// The name of the stage for people, where schools are spoken of and not pupils: schools of all stages together.
    #[must_use]
    pub fn of_schools(self) -> Message {
        match self {
            Stage::All => Message::new("stages-of-schools"),
            Stage::Primary | Stage::Junior => self.message(),
        }
    }

    /// The name of the stage for people.
    #[must_use]
    pub fn message(self) -> Message {
        Message::new(match self {
            Stage::Primary => "stage-primary",
            Stage::Junior => "stage-junior",
            Stage::All => "stage-all",
        })
    }
}

impl std::fmt::Display for Stage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.slug())
    }
}

/// One value for each stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PerStage<T>([T; 3]);

impl<T> PerStage<T> {
    /// The stages with their values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Stage, &T)> {
        Stage::EACH.into_iter().zip(&self.0)
    }
}

impl<T> Index<Stage> for PerStage<T> {
    type Output = T;
    fn index(&self, stage: Stage) -> &T {
        &self.0[stage as usize]
    }
}

impl<T> IndexMut<Stage> for PerStage<T> {
    fn index_mut(&mut self, stage: Stage) -> &mut T {
        &mut self.0[stage as usize]
    }
}
