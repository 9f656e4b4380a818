//! Why a block goes to its school and not to a nearer one.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::language::Message;
use crate::measure::{DistrictLines, Load, Weights, loads};
use crate::model::{BlockIndex, Catchments, County, LockKind, Scheme, SchoolIndex, Settings, Stage};
use crate::space::{Ground, Nearby, Ties};

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
    /// No other school of the stage is within its longest distance.
    OnlyWithin {
        /// The longest distance, in metres.
        limit: f64,
    },
    /// A lock says that it never goes to the nearer school.
    Forbidden {
        /// The nearer school.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
    },
    /// The nearer school is in another district, and catchments keep to the lines of districts.
    BeyondLine {
        /// The nearer school.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
    },
    /// It goes to one school with another block.
    Together {
        /// The other block.
        with: BlockIndex,
    },
    /// It never goes to one school with a block that goes to the nearer one.
    KeptApart {
        /// The other block.
        from: BlockIndex,
        /// The nearer school.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
    },
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
    /// The nearer school could take it, and it stays where it is today: change has a weight.
    AsToday {
        /// The nearer school.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
    },
    /// The nearer school could take it, and it stays with others of its community: communities have a weight.
    WithCommunity {
        /// The nearer school.
        nearer: SchoolIndex,
        /// How far it is, in metres.
        metres: f64,
    },
    /// The nearer school could take it, and fewer pupils' ways are not all that counts: borders or balance have a weight.
    Weighed {
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
            Reason::OnlyWithin { limit } => Message::new("reason-only-within").decimal("metres", *limit, 0),
            Reason::Forbidden { nearer: school, metres } => nearer("reason-forbidden", *school, *metres),
            Reason::BeyondLine { nearer: school, metres } => nearer("reason-beyond-line", *school, *metres),
            Reason::Together { with } => Message::new("reason-together").text("block", &county.block(*with).name),
            Reason::KeptApart { from, nearer: school, metres } => {
                nearer("reason-kept-apart", *school, *metres).text("block", &county.block(*from).name)
            }
            Reason::AsToday { nearer: school, metres } => nearer("reason-as-today", *school, *metres),
            Reason::WithCommunity { nearer: school, metres } => nearer("reason-with-community", *school, *metres),
            Reason::Weighed { nearer: school, metres } => nearer("reason-weighed", *school, *metres),
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
/// go to although it is nearer; the first obstacle in the order locks, seats, border, bridge is named; where nothing stands
/// in the way, what has a weight beside distance. Cost: linear in blocks and in the schools nearer than their own, and
/// O(catchment) where a bridge must be looked for.
#[must_use]
pub fn reasons(
    county: &County,
    ground: &Ground,
    scheme: &Scheme,
    catchments: &Catchments,
    settings: &Settings,
) -> Vec<Reason> {
    let stage = catchments.stage;
    let (ties, _) = Ties::of(county, &ground.homes[stage], stage);
    let mut of_community = BTreeMap::new();
    for (block, school) in county.blocks.iter().zip(&catchments.school_of) {
        if let (Some(community), Some(school)) = (block.community(), school) {
            *of_community.entry((community, *school)).or_default() += 1;
        }
    }
    let loads = loads(county, scheme, stage);
    let free = scheme.free.iter().find(|free| free.stage == stage);
    let lines = free.zip(scheme.districts_of(stage)).map(|(free, of)| DistrictLines::of(county, ground, of, free));
    let evidence = Evidence { county, ground, catchments, settings, loads, lines, ties, of_community };
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
        .collect::<Vec<BlockIndex>>()
        .into_par_iter()
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
                None => {
                    let limit = settings.catchments.longest_m(county.block(block));
                    let is_only = |limit: &f64| {
                        let mut others = 0;
                        nearby.nearer(block, limit.next_up(), |school, _| others += usize::from(school != own));
                        others == 0
                    };
                    limit.filter(is_only).map_or(Reason::Nearest, |limit| Reason::OnlyWithin { limit })
                }
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
    settings: &'a Settings,
    loads: Vec<Load>,
    /// Lines of districts, where catchments keep to them.
    lines: Option<DistrictLines>,
    ties: Ties,
    /// Blocks of each community at each school.
    of_community: BTreeMap<(&'a str, SchoolIndex), usize>,
}

impl Evidence<'_> {
    /// What keeps `block` from the school `nearer`, which is `metres` away.
    fn obstacle(&self, block: BlockIndex, nearer: SchoolIndex, metres: f64) -> Reason {
        if let Some(reason) = self.lock_against(block, nearer, metres) {
            return reason;
        }
        if self.lines.as_ref().is_some_and(|lines| lines.part(block, nearer)) {
            return Reason::BeyondLine { nearer, metres };
        }
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
            self.weighed(block, nearer, metres)
        }
    }

    /// The lock that keeps `block` from the school `nearer`.
    fn lock_against(&self, block: BlockIndex, nearer: SchoolIndex, metres: f64) -> Option<Reason> {
        let (ties, group) = (&self.ties, self.ties.group[block.get()]);
        if ties.forbidden.binary_search(&(group, nearer)).is_ok() {
            return Some(Reason::Forbidden { nearer, metres });
        }
        for (first, second) in &ties.apart {
            let other = if *first == group { *second } else { *first };
            if (*first == group || *second == group) && self.catchments.school_of(other) == Some(nearer) {
                return Some(Reason::KeptApart { from: other, nearer, metres });
            }
        }
        // Of those it goes together with, the one with the most pupils has the most say.
        let pupils = |other: &BlockIndex| self.county.block(*other).pupils[self.catchments.stage];
        let fellows = ties.fellows(block).iter().copied().filter(|other| *other != block);
        fellows.max_by_key(|other| (pupils(other), std::cmp::Reverse(*other))).map(|with| Reason::Together { with })
    }

    /// What has a weight beside distance, where nothing stands between `block` and the school `nearer`.
    fn weighed(&self, block: BlockIndex, nearer: SchoolIndex, metres: f64) -> Reason {
        let (own, stage) = (self.catchments.school_of(block), self.catchments.stage);
        let weights = Weights::of(self.settings);
        let today = self.county.existing.school_of[stage].as_ref().and_then(|school_of| school_of[block.get()]);
        if weights.change > 0 && today.is_some() && today == own {
            return Reason::AsToday { nearer, metres };
        }
        let community = self.county.block(block).community();
        let of_community = community.and_then(|community| self.of_community.get(&(community, own?)));
        if weights.community > 0 && of_community.is_some_and(|blocks| *blocks > 1) {
            return Reason::WithCommunity { nearer, metres };
        }
        if weights.border > 0 || weights.balance > 0 {
            return Reason::Weighed { nearer, metres };
        }
        Reason::Unforced { nearer, metres }
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
