//! Why a block goes to its school and not to a nearer one.

use crate::language::Message;
use crate::measure::{Load, loads};
use crate::model::{BlockIndex, Catchments, County, LockKind, Scheme, SchoolIndex, Stage};
use crate::space::{Ground, Nearby};

/// Why a block goes to its school.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The school stands in the block.
    Home,
    /// A lock says so.
    Locked {
        /// Why it was set.
        why: String,
    },
    /// No school of the stage is nearer.
    Nearest,
    /// A nearer school has no seats left for the block.
    Full {
        /// The nearest of them.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
        /// The seats it has left.
        left: u64,
    },
    /// The catchment of the nearer school does not border the block.
    Apart {
        /// The nearer school.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
    },
    /// Without the block its catchment would fall apart.
    Bridge {
        /// The nearer school.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
    },
    /// The nearer school could take it, and the scheme does not let it: a hand-drawn scheme, or a search cut short.
    Unforced {
        /// The nearer school.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
    },
    /// The block has no school.
    Unassigned,
}

impl Reason {
    /// The reason as a sentence.
    #[must_use]
    pub fn message(&self, county: &County, stage: Stage) -> Message {
        let nearer = |key: &str, school: SchoolIndex, metres: f64| {
            Message::new(key).text("school", county.catchment_name(stage, school)).decimal("metres", metres, 0)
        };
        match self {
            Reason::Home => Message::new("reason-home"),
            Reason::Locked { why } if why.is_empty() => Message::new("reason-locked"),
            Reason::Locked { why } => Message::new("reason-locked-why").text("why", why),
            Reason::Nearest => Message::new("reason-nearest"),
            Reason::Full { nearer: school, metres, left } => {
                nearer("reason-full", *school, *metres).count("left", *left)
            }
            Reason::Apart { nearer: school, metres } => nearer("reason-apart", *school, *metres),
            Reason::Bridge { nearer: school, metres } => nearer("reason-bridge", *school, *metres),
            Reason::Unforced { nearer: school, metres } => nearer("reason-unforced", *school, *metres),
            Reason::Unassigned => Message::new("reason-unassigned"),
        }
    }
}

/// The reason for each block of the catchments of a scheme, in block order.
///
/// A *school* here may be a pool, as far as [`Nearby::metres`] has it. Looks at the nearest school that the block does not
/// go to although it is nearer; the first obstacle in the order seats, border, bridge is named. Cost: linear in blocks and
/// in the schools nearer than their own, and O(catchment) where a bridge must be looked for.
#[must_use]
pub fn reasons(county: &County, ground: &Ground, scheme: &Scheme, catchments: &Catchments) -> Vec<Reason> {
    let stage = catchments.stage;
    let evidence = Evidence { county, ground, catchments, loads: loads(county, scheme, stage) };
    let nearby = Nearby::new(county, &ground.distances, stage);
    let mut is_home = vec![false; county.blocks.len()];
    for school in county.schools_of(stage) {
        if let Some(home) = ground.home(stage, school)
            && catchments.school_of(home) == Some(county.holder(stage, school))
        {
            is_home[home.get()] = true;
        }
    }
    let mut locked: Vec<Option<&str>> = vec![None; county.blocks.len()];
    for lock in &county.locks {
        if let LockKind::BlockToSchool { block, school, stage: locked_in } = lock.kind
            && locked_in == stage
            && catchments.school_of(block) == Some(school)
        {
            locked[block.get()] = Some(&lock.reason);
        }
    }
    county
        .block_indices()
        .map(|block| {
            let Some(own) = catchments.school_of(block) else { return Reason::Unassigned };
            if let Some(why) = locked[block.get()] {
                return Reason::Locked { why: why.to_owned() };
            }
            if is_home[block.get()] {
                return Reason::Home;
            }
            let way = nearby.metres(block, own);
            let mut nearest: Option<(f64, SchoolIndex)> = None;
            nearby.nearer(block, way, |school, metres| {
                // Of schools as near as each other, the first.
                if nearest.is_none_or(|(least, first)| metres < least || (metres == least && school < first)) {
                    nearest = Some((metres, school));
                }
            });
            match nearest {
                None => Reason::Nearest,
                Some((metres, nearer)) => evidence.obstacle(block, nearer, metres),
            }
        })
        .collect()
}

/// What speaks for or against a school: the catchments of one stage on their ground, and how full they make the schools.
struct Evidence<'a> {
    county: &'a County,
    ground: &'a Ground,
    catchments: &'a Catchments,
    loads: Vec<Load>,
}

impl Evidence<'_> {
    /// What keeps `block` from the school `nearer`, which is `metres` away.
    fn obstacle(&self, block: BlockIndex, nearer: SchoolIndex, metres: f64) -> Reason {
        let load = self.loads[nearer.get()];
        let left = load.seats.saturating_sub(load.pupils);
        if u64::from(self.county.block(block).pupils[self.catchments.stage]) > left {
            return Reason::Full { nearer, metres, left };
        }
        let borders = self
            .ground
            .adjacency
            .neighbours(block.get())
            .iter()
            .any(|neighbour| self.catchments.school_of[*neighbour as usize] == Some(nearer));
        if !borders {
            return Reason::Apart { nearer, metres };
        }
        if is_bridge(self.ground, self.catchments, block) {
            Reason::Bridge { nearer, metres }
        } else {
            Reason::Unforced { nearer, metres }
        }
    }
}

/// Whether some neighbours of `block` in its own catchment reach each other only through it.
fn is_bridge(ground: &Ground, catchments: &Catchments, block: BlockIndex) -> bool {
    let own = catchments.school_of(block);
    let mine = |other: usize| catchments.school_of[other] == own && other != block.get();
    let beside: Vec<usize> = ground
        .adjacency
        .neighbours(block.get())
        .iter()
        .map(|other| *other as usize)
        .filter(|other| mine(*other))
        .collect();
    let Some(first) = beside.first() else { return false };
    let mut seen = rustc_hash::FxHashSet::default();
    seen.insert(*first);
    let mut queue = vec![*first];
    while let Some(here) = queue.pop() {
        for other in ground.adjacency.neighbours(here) {
            let other = *other as usize;
            if mine(other) && seen.insert(other) {
                queue.push(other);
            }
        }
    }
    beside.iter().any(|other| !seen.contains(other))
}
