//! Whole communities (社区): which are parted between schools, and how.

use std::collections::BTreeMap;

use crate::model::{Catchments, County, SchoolIndex};

/// A community in one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Community<'a> {
    /// Its name.
    pub name: &'a str,
    /// All its pupils, those in blocks without a school included.
    pub pupils: u64,
    /// Its pupils at each school that has any, in school order.
    pub at: Vec<(SchoolIndex, u64)>,
}

impl Community<'_> {
    /// Whether its pupils go to several schools, or some of them to none.
    #[must_use]
    pub fn is_parted(&self) -> bool {
        self.at.first().is_none_or(|(_, pupils)| *pupils < self.pupils)
    }

    /// The sum of the squares of its pupils at each school.
    #[must_use]
    pub fn squares(&self) -> u64 {
        self.at.iter().map(|(_, pupils)| pupils * pupils).sum()
    }
}

/// The communities that have pupils of the stage, by name.
///
/// Cost: O(blocks log blocks).
#[must_use]
pub fn communities<'a>(county: &'a County, catchments: &Catchments) -> Vec<Community<'a>> {
    let mut by_name: BTreeMap<&str, (u64, BTreeMap<SchoolIndex, u64>)> = BTreeMap::new();
    for (block, school) in county.blocks.iter().zip(&catchments.school_of) {
        let pupils = u64::from(block.pupils[catchments.stage]);
        let Some(name) = block.community().filter(|_| pupils > 0) else { continue };
        let (all, at) = by_name.entry(name).or_default();
        *all += pupils;
        if let Some(school) = school {
            *at.entry(*school).or_default() += pupils;
        }
    }
    by_name.into_iter().map(|(name, (pupils, at))| Community { name, pupils, at: at.into_iter().collect() }).collect()
}
