//! Stages of a county as plain numbers: what the search works on.
//!
//! A *school* here is whoever owns a catchment: a school with its own, the schools of a pool with the one they share, or a
//! nine-year school whose seats serve both stages and which has a catchment in each. A *block* is a block in a stage:
//! where stages are planned together, the county's blocks stand once for each, and copies of different stages never
//! touch. So the search knows neither pools nor stages: seats are added up per school, every block of a catchment must
//! reach a home of its school, and that is all.

use super::terms::{Asked, Terms};
use crate::measure::DistrictLines;
use crate::model::settings::Settings;
use crate::model::{BlockIndex, County, LockKind, SchoolIndex, Stage};
use crate::space::{Ground, Nearby};

/// No school.
pub(super) const NONE: u16 = u16::MAX;

/// The cost of one pupil walking one millimetre. Blocks without pupils cost 1 a millimetre, so that they are laid
/// near their school too, and weigh so little that no pupil ever walks further for them to speak of.
pub(super) const PUPIL_WEIGHT: i64 = 4096;

/// Distances are tabulated up to this many pairs; beyond, they are computed when asked for.
const TABULATED_PAIRS: usize = 1 << 23;

/// Counties of more blocks are searched in zones, so only their zones are made ready for it.
pub(super) const IN_ZONES: usize = 10_000;

/// The distance to a school that does not serve the stage of a block: farther than any other on earth.
const UNSERVED: i64 = u32::MAX as i64;

/// Stages as numbers: schools and blocks by position, distances in whole millimetres, neighbours as lists.
///
/// Distances are rounded down, so that a bound computed from them holds for the true ones as well. The distance to a
/// pool is the mean over its schools weighted by their seats: what the draw of lots 随机派位 makes of them.
pub(super) struct Problem {
    /// The stages planned together, in order.
    stages: Vec<Stage>,
    /// Blocks of the county; each stands once for each stage.
    county_blocks: usize,
    /// In a zone, which block of the whole each of its blocks is; empty in the whole.
    origin: Vec<u32>,
    /// The county's position of each school; of a pool the first.
    pub(super) schools: Vec<SchoolIndex>,
    /// The stages each school takes pupils of.
    serves: Vec<Vec<Stage>>,
    /// Seats per school, of all its stages and of the whole pool.
    pub(super) seats: Vec<i64>,
    /// Pupils per block.
    pub(super) pupils: Vec<i64>,
    /// The school a block is tied to, because it stands there or by a lock; [`NONE`] for free blocks.
    pub(super) tied: Vec<u16>,
    /// The blocks the schools stand in, school by school.
    homes: Vec<u32>,
    first_home: Vec<u32>,
    /// Whether blocks other than its homes are tied to a school.
    pub(super) has_locks: Vec<bool>,
    /// Blocks that are tied where their catchment cannot reach them count as attached, and nothing attaches to them.
    pub(super) waived: Vec<bool>,
    first_neighbour: Vec<u32>,
    neighbours: Vec<u32>,
    /// For each entry of `neighbours`, which other neighbours of the same block are its neighbours, as bits.
    ring: Vec<u64>,
    millimetres: Vec<u32>,
    at_least_straight: bool,
    blocks: Vec<[f64; 2]>,
    gates: Vec<[f64; 2]>,
    /// The gates of each school with their shares of the lots, where any school is a pool; else empty.
    lots: Vec<Vec<([f64; 2], i64)>>,
    /// What counts beside distance and seats.
    pub(super) terms: Terms,
}

/// Who owns a catchment, on the way into a problem.
struct Owner {
    /// The schools, in input order.
    schools: Vec<SchoolIndex>,
    stages: Vec<Stage>,
    seats: i64,
    homes: Vec<u32>,
}

/// Who owns a catchment in `stages`, those of the first stage first. Whoever has no home block (more schools than blocks)
/// is left out.
fn owners(county: &County, ground: &Ground, stages: &[Stage]) -> Vec<Owner> {
    let mut owners: Vec<Owner> = Vec::new();
    for (copy, stage) in stages.iter().copied().enumerate() {
        for holder in county.holders(stage) {
            let schools = county.sharing(stage, holder);
            let home = |school: &SchoolIndex| {
                ground.home(stage, *school).map(|block| (copy * county.blocks.len() + block.get()) as u32)
            };
            let homes: Vec<u32> = schools.iter().filter_map(home).collect();
            if homes.is_empty() {
                continue;
            }
            if county.school(holder).shared_seats.is_some()
                && let Some(owner) = owners.iter_mut().find(|owner| owner.schools == schools)
            {
                owner.stages.push(stage);
                owner.homes.extend(homes);
            } else {
                let seats = county.seats_of(stage, holder) as i64;
                owners.push(Owner { schools, stages: vec![stage], seats, homes });
            }
        }
    }
    owners
}

/// The fewest pupils an owner must be given: of all its schools, in all its stages.
fn least_pupils(county: &County, owner: &Owner, settings: &Settings) -> i64 {
    let each = owner.stages.iter().flat_map(|stage| owner.schools.iter().map(move |school| (*stage, *school)));
    each.map(|(stage, school)| settings.catchments.least_pupils(county.school(school), stage) as i64).sum()
}

impl Problem {
    /// Takes the numbers of `stages` out of a county. Seats a school shares between two of them are filled from both;
    /// where only one of the two is asked for, it may fill them all.
    pub(super) fn of(county: &County, ground: &Ground, stages: &[Stage], settings: &Settings) -> Problem {
        Problem::within(county, ground, stages, settings, &[])
    }

    /// The same where catchments keep to the lines of districts, of those stages that have any.
    pub(super) fn within(
        county: &County,
        ground: &Ground,
        stages: &[Stage],
        settings: &Settings,
        lines: &[DistrictLines],
    ) -> Problem {
        let owners = owners(county, ground, stages);
        assert!(owners.len() < usize::from(NONE), "fewer than 65,535 schools are planned together");
        let county_blocks = county.blocks.len();
        let copies = || stages.iter().flat_map(|stage| county.blocks.iter().map(move |block| (*stage, block)));
        let mut tied = vec![NONE; stages.len() * county_blocks];
        let (mut homes, mut first_home) = (Vec::new(), vec![0]);
        let mut owner_of = rustc_hash::FxHashMap::default();
        for (school, owner) in owners.iter().enumerate() {
            for block in &owner.homes {
                tied[*block as usize] = school as u16;
            }
            homes.extend_from_slice(&owner.homes);
            first_home.push(homes.len() as u32);
            for stage in &owner.stages {
                owner_of.extend(owner.schools.iter().map(|of| ((*stage, *of), school as u16)));
            }
        }
        let is_home: Vec<bool> = tied.iter().map(|school| *school != NONE).collect();
        for lock in &county.locks {
            if let LockKind::BlockToSchool { block, school, stage } = lock.kind
                && let Some(copy) = stages.iter().position(|planned| *planned == stage)
                && let Some(owner) = owner_of.get(&(stage, school))
                && !is_home[copy * county_blocks + block.get()]
            {
                tied[copy * county_blocks + block.get()] = *owner;
            }
        }
        let mut has_locks = vec![false; owners.len()];
        for (block, school) in tied.iter().enumerate().filter(|(_, school)| **school != NONE) {
            has_locks[usize::from(*school)] |= !is_home[block];
        }
        let gate = |school: SchoolIndex| [county.school(school).gate.x, county.school(school).gate.y];
        let lots: Vec<Vec<([f64; 2], i64)>> = owners
            .iter()
            .map(|owner| {
                let lots = county.lots(owner.stages[0], owner.schools[0]);
                lots.map(|(school, lots)| (gate(school), lots as i64)).collect()
            })
            .collect();
        let least = owners.iter().map(|owner| least_pupils(county, owner, settings)).collect();
        let mut problem = Problem {
            terms: Terms::default(),
            stages: stages.to_vec(),
            county_blocks,
            origin: Vec::new(),
            has_locks,
            seats: owners.iter().map(|owner| owner.seats).collect(),
            pupils: copies().map(|(stage, block)| i64::from(block.pupils[stage])).collect(),
            waived: vec![false; tied.len()],
            first_neighbour: Vec::with_capacity(tied.len() + 1),
            neighbours: Vec::new(),
            ring: Vec::new(),
            millimetres: Vec::new(),
            at_least_straight: ground.distances.are_at_least_straight(),
            blocks: copies().map(|(_, block)| [block.point.x, block.point.y]).collect(),
            gates: lots.iter().map(|lots| middle(lots)).collect(),
            lots: if lots.iter().any(|lots| lots.len() > 1) { lots } else { Vec::new() },
            tied,
            homes,
            first_home,
            schools: owners.iter().map(|owner| owner.schools[0]).collect(),
            serves: owners.into_iter().map(|owner| owner.stages).collect(),
        };
        problem.take_neighbours(ground);
        problem.take_distances(county, ground);
        problem.terms = Terms::of(Asked {
            county,
            ground,
            settings,
            stages,
            lines,
            owner_of: &|stage, school| owner_of.get(&(stage, school)).copied(),
            seats: &problem.seats,
            least,
            neighbours: &|block| problem.neighbours(block),
        });
        problem
    }

    fn take_neighbours(&mut self, ground: &Ground) {
        self.first_neighbour.push(0);
        for block in 0..self.block_count() {
            let first_of_copy = block - block % self.county_blocks;
            let beside = ground.adjacency.neighbours(block - first_of_copy);
            self.neighbours.extend(beside.iter().map(|neighbour| first_of_copy as u32 + neighbour));
            self.first_neighbour.push(self.neighbours.len() as u32);
        }
        if self.block_count() <= IN_ZONES {
            self.take_rings();
        }
    }

    fn take_rings(&mut self) {
        let bits_of = |block: usize, neighbour: u32| {
            let beside = self.neighbours(neighbour as usize);
            self.neighbours(block)
                .iter()
                .take(64)
                .enumerate()
                .filter(|(_, other)| beside.binary_search(other).is_ok())
                .fold(0_u64, |bits, (place, _)| bits | 1 << place)
        };
        self.ring = (0..self.block_count())
            .flat_map(|block| self.neighbours(block).iter().map(move |neighbour| (block, *neighbour)))
            .map(|(block, neighbour)| bits_of(block, neighbour))
            .collect();
    }

    fn take_distances(&mut self, county: &County, ground: &Ground) {
        let straight = ground.distances.method() == crate::model::settings::DistanceMethod::Straight;
        let pairs = self.block_count() * self.school_count();
        if straight && (pairs > TABULATED_PAIRS || self.block_count() > IN_ZONES) {
            return;
        }
        let nearby: Vec<Nearby<'_>> =
            self.stages.iter().map(|stage| Nearby::new(county, &ground.distances, *stage)).collect();
        self.millimetres = (0..self.block_count())
            .flat_map(|block| (0..self.schools.len()).map(move |school| (block, school)))
            .map(|(block, school)| {
                let (stage, place) = self.place(block);
                if self.serves[school].contains(&stage) {
                    nearby[block / self.county_blocks].millimetres(place, self.schools[school]) as u32
                } else {
                    UNSERVED as u32
                }
            })
            .collect();
    }

    /// The stage and the county's block that a block stands for.
    pub(super) fn place(&self, block: usize) -> (Stage, BlockIndex) {
        let block = self.origin.get(block).map_or(block, |block| *block as usize);
        (self.stages[block / self.county_blocks], BlockIndex::new(block % self.county_blocks))
    }

    /// The part of this problem that some schools and the blocks they have are, as a problem of its own: `blocks` are
    /// those blocks, and `place` says for each block of this problem which of them it is, or anything for the others,
    /// which `school_of` gives to other schools. Every field is carried over: whoever adds one sees to it here.
    pub(super) fn zone(&self, schools: &[u16], blocks: &[u32], place: &[u32], school_of: &[u16]) -> Problem {
        let whole = |school: &u16| usize::from(*school);
        let of_blocks = || blocks.iter().map(|block| *block as usize);
        let mut position = vec![NONE; self.school_count()];
        for (number, school) in schools.iter().enumerate() {
            position[usize::from(*school)] = number as u16;
        }
        let is_inside = |block: u32| {
            let school = school_of[block as usize];
            school != NONE && position[usize::from(school)] != NONE
        };
        let tied = |block: usize| match self.tied[block] {
            NONE => NONE,
            school => position[usize::from(school)],
        };
        let (mut homes, mut first_home) = (Vec::new(), vec![0]);
        for school in schools {
            homes.extend(
                self.homes(whole(school)).iter().filter(|home| is_inside(**home)).map(|home| place[*home as usize]),
            );
            first_home.push(homes.len() as u32);
        }
        let (mut neighbours, mut first_neighbour) = (Vec::with_capacity(blocks.len() * 6), vec![0]);
        for block in of_blocks() {
            let from = neighbours.len();
            let inside = self.neighbours(block).iter().filter(|neighbour| is_inside(**neighbour));
            neighbours.extend(inside.map(|neighbour| place[*neighbour as usize]));
            // Positions in a zone follow its schools, and are not in the order of the whole.
            neighbours[from..].sort_unstable();
            first_neighbour.push(neighbours.len() as u32);
        }
        let mut zone = Problem {
            // Only counties without such terms are cut into zones; moves from the existing scheme are in the table.
            terms: Terms::default(),
            stages: self.stages.clone(),
            county_blocks: self.county_blocks,
            origin: of_blocks().map(|block| self.origin.get(block).copied().unwrap_or(block as u32)).collect(),
            schools: schools.iter().map(|school| self.schools[whole(school)]).collect(),
            serves: schools.iter().map(|school| self.serves[whole(school)].clone()).collect(),
            seats: schools.iter().map(|school| self.seats[whole(school)]).collect(),
            pupils: of_blocks().map(|block| self.pupils[block]).collect(),
            tied: of_blocks().map(tied).collect(),
            homes,
            first_home,
            has_locks: schools.iter().map(|school| self.has_locks[whole(school)]).collect(),
            waived: of_blocks().map(|block| self.waived[block]).collect(),
            first_neighbour,
            neighbours,
            ring: Vec::new(),
            millimetres: of_blocks()
                .flat_map(|block| schools.iter().map(move |school| (block, usize::from(*school))))
                .map(|(block, school)| self.millimetres(block, school) as u32)
                .collect(),
            at_least_straight: self.at_least_straight,
            blocks: of_blocks().map(|block| self.blocks[block]).collect(),
            gates: schools.iter().map(|school| self.gates[whole(school)]).collect(),
            lots: if self.lots.is_empty() {
                Vec::new()
            } else {
                schools.iter().map(|school| self.lots[whole(school)].clone()).collect()
            },
        };
        zone.take_rings();
        zone
    }

    /// The blocks a school stands in: one, but for pools and for nine-year schools planned in both stages at once. Its
    /// catchment hangs together where each block reaches one of them.
    pub(super) fn homes(&self, school: usize) -> &[u32] {
        &self.homes[self.first_home[school] as usize..self.first_home[school + 1] as usize]
    }

    pub(super) fn block_count(&self) -> usize {
        self.pupils.len()
    }

    pub(super) fn school_count(&self) -> usize {
        self.schools.len()
    }

    /// What a pupil of a block counts at a school, in whole millimetres: the distance rounded down, and what a move from
    /// the existing school counts.
    pub(super) fn millimetres(&self, block: usize, school: usize) -> i64 {
        self.way(block, school) + self.terms.beside_the_way(block, school)
    }

    /// Whether a school is not for a block: by a lock, because it is too far, or beyond the line of a district.
    pub(super) fn is_barred(&self, block: usize, school: u16) -> bool {
        self.terms.has_bars() && self.terms.bars(block, school, self.way(block, usize::from(school)))
    }

    /// The distance from a block to a school in whole millimetres, rounded down.
    pub(super) fn way(&self, block: usize, school: usize) -> i64 {
        if !self.millimetres.is_empty() {
            return i64::from(self.millimetres[block * self.schools.len() + school]);
        }
        if self.stages.len() > 1 && !self.serves[school].contains(&self.place(block).0) {
            return UNSERVED;
        }
        match self.lots.get(school) {
            None => straight(self.blocks[block], self.gates[school]),
            Some(lots) => mean(lots.iter().map(|(gate, lots)| (straight(self.blocks[block], *gate), *lots))),
        }
    }

    /// What it costs in pupil-millimetres that a block goes to a school: the part of the objective that is a sum over
    /// blocks, and that a bound can speak of. `None` where the block may not go there.
    pub(super) fn linear_cost(&self, block: usize, school: usize) -> Option<i64> {
        let tied = self.tied[block];
        let serves = self.serves[school].contains(&self.place(block).0);
        (serves && (tied == NONE && !self.is_barred(block, school as u16) || usize::from(tied) == school))
            .then(|| self.pupils[block] * self.millimetres(block, school))
    }

    /// What a millimetre costs for all pupils of a block.
    pub(super) fn weight(&self, block: usize) -> i64 {
        (self.pupils[block] * PUPIL_WEIGHT).max(1)
    }

    pub(super) fn cost(&self, block: usize, school: usize) -> i64 {
        self.weight(block) * self.millimetres(block, school)
    }

    /// Where the neighbours of a block begin in the lists of neighbours.
    pub(super) fn first_neighbour(&self, block: usize) -> u32 {
        self.first_neighbour[block]
    }

    /// The neighbour at a place in the lists of neighbours.
    pub(super) fn neighbour_at(&self, place: u32) -> usize {
        self.neighbours[place as usize] as usize
    }

    pub(super) fn neighbours(&self, block: usize) -> &[u32] {
        &self.neighbours[self.first_neighbour[block] as usize..self.first_neighbour[block + 1] as usize]
    }

    /// For each neighbour of a block with its border in pupil-millimetres; borders are known where they count.
    pub(super) fn borders(&self, block: usize) -> impl Iterator<Item = (u32, i64)> {
        let first = self.first_neighbour[block] as usize;
        self.neighbours(block)
            .iter()
            .enumerate()
            .map(move |(at, neighbour)| (*neighbour, self.terms.border(first + at)))
    }

    /// Whether [`Problem::ring`] is known: in large counties only zones have it.
    pub(super) fn has_rings(&self) -> bool {
        !self.ring.is_empty()
    }

    /// For each neighbour of a block, which other neighbours of the block it borders, as bits by position.
    pub(super) fn ring(&self, block: usize) -> &[u64] {
        &self.ring[self.first_neighbour[block] as usize..self.first_neighbour[block + 1] as usize]
    }

    /// The number of the part each school is in: schools of one district in some stage they serve are in one part.
    pub(super) fn parts_of_schools(&self) -> Vec<usize> {
        let mut part: Vec<usize> = (0..self.school_count()).collect();
        // Districts of several stages overlap in schools that serve them all: numbers sink until they are the same.
        let mut is_settled = false;
        while !is_settled {
            is_settled = true;
            for (stage, districts) in self.stages.iter().zip(self.terms.districts_of_owners()) {
                let serving = || (0..part.len()).filter(|school| self.serves[*school].contains(stage));
                let mut lowest: rustc_hash::FxHashMap<usize, usize> = rustc_hash::FxHashMap::default();
                for school in serving() {
                    let of_district = lowest.entry(districts[school]).or_insert(part[school]);
                    *of_district = part[school].min(*of_district);
                }
                let sunk: Vec<(usize, usize)> = serving().map(|school| (school, lowest[&districts[school]])).collect();
                for (school, lowest) in sunk {
                    is_settled &= part[school] == lowest;
                    part[school] = lowest;
                }
            }
        }
        part
    }

    /// Whether no line runs through any of the parts that schools are in: what one stage parts, another may have joined.
    pub(super) fn are_parts_without_lines(&self, part_of: &[usize]) -> bool {
        let mut districts_of_part: rustc_hash::FxHashMap<(usize, usize), usize> = rustc_hash::FxHashMap::default();
        self.stages.iter().zip(self.terms.districts_of_owners()).enumerate().all(|(copy, (stage, districts))| {
            (0..part_of.len()).filter(|school| self.serves[*school].contains(stage)).all(|school| {
                let district = districts_of_part.entry((copy, part_of[school])).or_insert(districts[school]);
                *district == districts[school]
            })
        })
    }

    /// Whether there are as many seats as pupils; if not, no scheme keeps them all.
    pub(super) fn seats_may_suffice(&self) -> bool {
        self.seats.iter().sum::<i64>() >= self.pupils.iter().sum::<i64>()
    }

    /// The gates of a school: one, or those of a pool.
    pub(super) fn gates_of(&self, school: usize) -> impl Iterator<Item = [f64; 2]> + '_ {
        let pool = self.lots.get(school).into_iter().flatten().map(|(gate, _)| *gate);
        pool.chain(self.lots.is_empty().then(|| self.gates[school]))
    }

    /// Whether no school is nearer than the nearest of its gates on the straight line.
    pub(super) fn is_at_least_straight(&self) -> bool {
        self.at_least_straight
    }

    pub(super) fn point(&self, block: usize) -> [f64; 2] {
        self.blocks[block]
    }
}

/// The straight way in whole millimetres, rounded down.
fn straight(from: [f64; 2], to: [f64; 2]) -> i64 {
    let (x, y) = (from[0] - to[0], from[1] - to[1]);
    // A conversion drops what is behind the point.
    ((x * x + y * y).sqrt() * 1000.0) as i64
}

/// The mean of numbers with weights, rounded down: at most the mean of what they were rounded down from.
fn mean(weighted: impl Iterator<Item = (i64, i64)>) -> i64 {
    let (sum, weights) =
        weighted.fold((0, 0), |(sum, weights), (value, weight)| (sum + value * weight, weights + weight));
    sum / weights
}

/// The middle of some gates.
fn middle(lots: &[([f64; 2], i64)]) -> [f64; 2] {
    let sum = lots.iter().fold([0.0; 2], |sum, (gate, _)| [sum[0] + gate[0], sum[1] + gate[1]]);
    sum.map(|sum| sum / lots.len() as f64)
}
