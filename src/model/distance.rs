//! Tables of distances between blocks and schools.

use std::sync::Arc;

use super::settings::DistanceUnit;
use super::{BlockIndex, SchoolIndex};

/// No distance for a pair.
const NONE: u32 = u32::MAX;

/// Distances by block and school in whole millimetres, where they are known.
///
/// Four bytes a pair where at least half of the pairs are known, else eight bytes a known pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DistanceTable {
    schools: usize,
    /// Where the known pairs of each block begin; empty where every pair has its place.
    first: Vec<usize>,
    /// The school of each known pair, ascending within a block; empty where every pair has its place.
    school: Vec<u32>,
    millimetres: Vec<u32>,
}

impl DistanceTable {
    /// A table of the known pairs of each block in order: school and millimetres, ascending by school, each school once.
    /// Distances of 4,294 km and more count as 4,294 km.
    #[must_use]
    pub fn new(schools: usize, blocks: &[Vec<(SchoolIndex, u64)>]) -> DistanceTable {
        let whole = |millimetres: u64| u32::try_from(millimetres).unwrap_or(NONE).min(NONE - 1);
        let known: usize = blocks.iter().map(Vec::len).sum();
        if known * 2 >= blocks.len() * schools {
            let mut millimetres = vec![NONE; blocks.len() * schools];
            for (block, pairs) in blocks.iter().enumerate() {
                for (school, length) in pairs {
                    millimetres[block * schools + school.get()] = whole(*length);
                }
            }
            return DistanceTable::full(schools, millimetres);
        }
        let mut table = DistanceTable { schools, first: vec![0], ..DistanceTable::default() };
        for pairs in blocks {
            table.school.extend(pairs.iter().map(|(school, _)| school.get() as u32));
            table.millimetres.extend(pairs.iter().map(|(_, length)| whole(*length)));
            table.first.push(table.school.len());
        }
        table
    }

    /// A table with a place for every pair: millimetres block by block, `u32::MAX` where they are not known.
    ///
    /// # Panics
    /// Where the places do not fill whole blocks.
    #[must_use]
    pub fn full(schools: usize, millimetres: Vec<u32>) -> DistanceTable {
        assert!(millimetres.len().checked_rem(schools).unwrap_or_default() == 0, "every block has all schools");
        DistanceTable { schools, first: Vec::new(), school: Vec::new(), millimetres }
    }

    /// Millimetres of a pair, `None` where they are not known. O(1), or O(log known pairs of the block).
    #[must_use]
    pub fn millimetres(&self, block: BlockIndex, school: SchoolIndex) -> Option<u32> {
        if self.first.is_empty() {
            return Some(self.millimetres[block.get() * self.schools + school.get()]).filter(|known| *known != NONE);
        }
        let (start, end) = (self.first[block.get()], self.first[block.get() + 1]);
        let place = self.school[start..end].binary_search(&(school.get() as u32)).ok()?;
        Some(self.millimetres[start + place])
    }

    /// How many pairs are known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.millimetres.iter().filter(|known| **known != NONE).count()
    }
}

/// Distances the user gives, as metres.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenDistances {
    /// The pairs that are given.
    pub table: Arc<DistanceTable>,
    /// The unit they were given in.
    pub unit: DistanceUnit,
    /// Metres a minute, by which minutes became metres.
    pub walking_speed_m_per_min: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_pairs_are_found_in_full_and_in_sparse_tables() {
        for schools in [2, 9] {
            let pairs = vec![vec![(SchoolIndex::new(0), 5), (SchoolIndex::new(1), 7)], vec![(SchoolIndex::new(1), 0)]];
            let table = DistanceTable::new(schools, &pairs);
            let found = |block, school| table.millimetres(BlockIndex::new(block), SchoolIndex::new(school));
            assert_eq!([found(0, 0), found(0, 1), found(1, 0), found(1, 1)], [Some(5), Some(7), None, Some(0)]);
            assert_eq!(table.known(), 3);
        }
    }
}
