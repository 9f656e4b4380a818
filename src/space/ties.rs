//! What homes and locks decide of a stage before anything is searched: who goes together, who goes where, who may not.

use std::collections::BTreeMap;

use crate::model::{BlockIndex, County, LockKind, SchoolIndex, Stage};

/// What homes and locks decide of one stage.
///
/// Schools that share a catchment are named by its holder. Blocks that must go together form a group, named by its smallest block; most blocks are a group of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// The group of each block.
    pub group: Vec<BlockIndex>,
    /// The school each block must go to (of a pool its holder): because it stands there, by a lock, or with another block of its group.
    pub school: Vec<Option<SchoolIndex>>,
    /// Pairs of groups that never go to one school; smaller first, sorted, each once.
    pub apart: Vec<(BlockIndex, BlockIndex)>,
    /// Schools a group never goes to; sorted, each once.
    pub forbidden: Vec<(BlockIndex, SchoolIndex)>,
    /// The blocks of each group of two or more, by its name.
    members: BTreeMap<BlockIndex, Vec<BlockIndex>>,
}

/// Locks that cannot hold together with the homes and the locks before them; they are left out of the [`Ties`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Position of the lock in [`County::locks`].
    pub lock: usize,
    /// What it is up against.
    pub kind: ContradictionKind,
}

/// What a lock is up against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContradictionKind {
    /// The block must go to this other school.
    OtherSchool(SchoolIndex),
    /// The two blocks should go together and must go to these two schools.
    TwoSchools(SchoolIndex, SchoolIndex),
    /// The two blocks should never go to one school and must go together.
    Together,
    /// The two blocks should never go to one school and both must go to this one.
    SameSchool(SchoolIndex),
    /// The block should not go to the school it must go to.
    Needed,
    /// No school of the stage is left for the block.
    NoneLeft,
}

impl Ties {
    /// What the homes (for each school of the county the block it stands in) and the locks decide of `stage`.
    ///
    /// Cost: O(blocks + locks log locks).
    #[must_use]
    pub fn of(county: &County, homes: &[Option<BlockIndex>], stage: Stage) -> (Ties, Vec<Contradiction>) {
        let mut ties = Ties {
            group: county.block_indices().collect(),
            school: vec![None; county.blocks.len()],
            ..Ties::default()
        };
        let mut found = Vec::new();
        for school in county.schools_of(stage) {
            if let Some(home) = homes.get(school.get()).copied().flatten() {
                ties.school[home.get()] = Some(county.holder(stage, school));
            }
        }
        let locks = || county.locks.iter().map(|lock| lock.kind).enumerate();
        for (lock, kind) in locks() {
            let LockKind::BlockToSchool { block, school, stage: locked_in } = kind else { continue };
            if locked_in != stage {
                continue;
            }
            let school = county.holder(stage, school);
            match ties.school[block.get()] {
                Some(other) if other != school => {
                    found.push(Contradiction { lock, kind: ContradictionKind::OtherSchool(other) });
                }
                _ => ties.school[block.get()] = Some(school),
            }
        }
        for (lock, kind) in locks() {
            let LockKind::Together { first, second, stage: locked_in } = kind else { continue };
            if locked_in == stage
                && let Err(kind) = ties.join(first, second)
            {
                found.push(Contradiction { lock, kind });
            }
        }
        for block in county.block_indices() {
            let group = ties.group_of(block);
            ties.group[block.get()] = group;
            ties.school[block.get()] = ties.school[group.get()];
            if group != block {
                ties.members.entry(group).or_insert_with(|| vec![group]).push(block);
            }
        }
        ties.take_refusals(county, stage, &mut found);
        (ties, found)
    }

    /// The blocks that go to one school with `block`, itself among them, ascending; none where it is on its own.
    #[must_use]
    pub fn fellows(&self, block: BlockIndex) -> &[BlockIndex] {
        self.members.get(&self.group[block.get()]).map_or(&[], Vec::as_slice)
    }

    /// Lets two groups go together, and to the school either must go to.
    fn join(&mut self, first: BlockIndex, second: BlockIndex) -> Result<(), ContradictionKind> {
        let (first, second) = (self.group_of(first), self.group_of(second));
        let (leader, follower) = (first.min(second), first.max(second));
        let school = match (self.school[first.get()], self.school[second.get()]) {
            (Some(one), Some(other)) if one != other => return Err(ContradictionKind::TwoSchools(one, other)),
            (one, other) => one.or(other),
        };
        self.school[leader.get()] = school;
        self.group[follower.get()] = leader;
        Ok(())
    }

    /// The group of a block while groups are still joined: each block points towards its leader.
    fn group_of(&mut self, block: BlockIndex) -> BlockIndex {
        let mut leader = block;
        while self.group[leader.get()] != leader {
            leader = self.group[leader.get()];
        }
        self.group[block.get()] = leader;
        leader
    }

    /// Takes what locks refuse, once groups and schools are known.
    fn take_refusals(&mut self, county: &County, stage: Stage, found: &mut Vec<Contradiction>) {
        let served = county.holders(stage).count();
        let mut refused: BTreeMap<BlockIndex, Vec<SchoolIndex>> = BTreeMap::new();
        for (lock, kind) in county.locks.iter().map(|lock| lock.kind).enumerate() {
            match kind {
                LockKind::Apart { first, second, stage: locked_in } if locked_in == stage => {
                    let (one, other) = (self.group[first.get()], self.group[second.get()]);
                    let schools = (self.school[one.get()], self.school[other.get()]);
                    match schools {
                        _ if one == other => found.push(Contradiction { lock, kind: ContradictionKind::Together }),
                        (Some(school), Some(same)) if school == same => {
                            found.push(Contradiction { lock, kind: ContradictionKind::SameSchool(school) });
                        }
                        _ => self.apart.push((one.min(other), one.max(other))),
                    }
                }
                LockKind::Forbidden { block, school, stage: locked_in } if locked_in == stage => {
                    let (group, school) = (self.group[block.get()], county.holder(stage, school));
                    let refused = refused.entry(group).or_default();
                    let is_new = !refused.contains(&school);
                    if self.school[group.get()] == Some(school) {
                        found.push(Contradiction { lock, kind: ContradictionKind::Needed });
                    } else if is_new && refused.len() + 1 == served {
                        found.push(Contradiction { lock, kind: ContradictionKind::NoneLeft });
                    } else if is_new {
                        refused.push(school);
                        self.forbidden.push((group, school));
                    }
                }
                _ => {}
            }
        }
        self.apart.sort_unstable();
        self.apart.dedup();
        self.forbidden.sort_unstable();
    }
}
