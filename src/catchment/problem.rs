//! One stage of a county as plain numbers: what the search works on.

use crate::model::{BlockIndex, County, LockKind, SchoolIndex, Stage};
use crate::space::Ground;

/// No school.
pub(super) const NONE: u16 = u16::MAX;

/// The cost of one pupil walking one millimetre. Blocks without pupils cost 1 a millimetre, so that they are laid
/// near their school too, and weigh so little that no pupil ever walks further for them to speak of.
pub(super) const PUPIL_WEIGHT: i64 = 4096;

/// Distances are tabulated up to this many pairs; beyond, they are computed when asked for.
const TABULATED_PAIRS: usize = 1 << 23;

/// One stage as numbers: schools and blocks by position, distances in whole millimetres, neighbours as lists.
///
/// Distances are rounded down, so that a bound computed from them holds for the true ones as well.
pub(super) struct Problem {
    /// The county's position of each school.
    pub(super) schools: Vec<SchoolIndex>,
    /// Seats per school.
    pub(super) seats: Vec<i64>,
    /// Pupils per block.
    pub(super) pupils: Vec<i64>,
    /// The school a block is tied to, because it stands there or by a lock; [`NONE`] for free blocks.
    pub(super) tied: Vec<u16>,
    /// The block each school stands in.
    pub(super) home: Vec<u32>,
    /// Whether blocks other than its home are tied to a school.
    pub(super) has_locks: Vec<bool>,
    /// Blocks that are tied where their catchment cannot reach them count as attached, and nothing attaches to them.
    pub(super) waived: Vec<bool>,
    first_neighbour: Vec<u32>,
    neighbours: Vec<u32>,
    /// For each entry of `neighbours`, which other neighbours of the same block are its neighbours, as bits.
    ring: Vec<u64>,
    millimetres: Vec<u32>,
    blocks: Vec<[f64; 2]>,
    gates: Vec<[f64; 2]>,
}

impl Problem {
    /// Takes the numbers of `stage` out of a county. Schools without a home block (more schools than blocks) are left out.
    pub(super) fn of(county: &County, ground: &Ground, stage: Stage) -> Problem {
        let schools: Vec<SchoolIndex> =
            county.schools_of(stage).filter(|school| ground.home(stage, *school).is_some()).collect();
        assert!(schools.len() < usize::from(NONE), "a stage has fewer than 65,535 schools");
        let position = |school: SchoolIndex| schools.binary_search(&school).ok().map(|position| position as u16);
        let home: Vec<u32> =
            schools.iter().map(|school| ground.home(stage, *school).map_or(0, |block| block.get() as u32)).collect();
        let mut tied = vec![NONE; county.blocks.len()];
        for (school, block) in home.iter().enumerate() {
            tied[*block as usize] = school as u16;
        }
        for lock in &county.locks {
            if let LockKind::BlockToSchool { block, school, stage: locked_in } = lock.kind
                && locked_in == stage
                && let Some(school) = position(school)
                && !home.contains(&(block.get() as u32))
            {
                tied[block.get()] = school;
            }
        }
        let has_locks = (0..schools.len())
            .map(|school| tied.iter().filter(|tied| usize::from(**tied) == school).count() > 1)
            .collect();
        let mut problem = Problem {
            has_locks,
            seats: schools.iter().map(|school| i64::from(county.school(*school).seats[stage].unwrap_or(0))).collect(),
            pupils: county.blocks.iter().map(|block| i64::from(block.pupils[stage])).collect(),
            waived: vec![false; county.blocks.len()],
            first_neighbour: Vec::with_capacity(county.blocks.len() + 1),
            neighbours: Vec::new(),
            ring: Vec::new(),
            millimetres: Vec::new(),
            blocks: county.blocks.iter().map(|block| [block.point.x, block.point.y]).collect(),
            gates: schools
                .iter()
                .map(|school| [county.school(*school).gate.x, county.school(*school).gate.y])
                .collect(),
            tied,
            home,
            schools,
        };
        problem.take_neighbours(ground);
        problem.take_distances(ground);
        problem
    }

    fn take_neighbours(&mut self, ground: &Ground) {
        self.first_neighbour.push(0);
        for block in 0..self.block_count() {
            self.neighbours.extend_from_slice(ground.adjacency.neighbours(block));
            self.first_neighbour.push(self.neighbours.len() as u32);
        }
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

    fn take_distances(&mut self, ground: &Ground) {
        let straight = ground.distances.method() == crate::model::settings::DistanceMethod::Straight;
        if straight && self.block_count() * self.school_count() > TABULATED_PAIRS {
            return;
        }
        self.millimetres = (0..self.block_count())
            .flat_map(|block| self.schools.iter().map(move |school| (block, *school)))
            .map(|(block, school)| (ground.distances.metres(BlockIndex::new(block), school) * 1000.0).floor() as u32)
            .collect();
    }

    pub(super) fn block_count(&self) -> usize {
        self.pupils.len()
    }

    pub(super) fn school_count(&self) -> usize {
        self.schools.len()
    }

    /// The distance from a block to a school in whole millimetres, rounded down.
    pub(super) fn millimetres(&self, block: usize, school: usize) -> i64 {
        if self.millimetres.is_empty() {
            let ([x, y], [gate_x, gate_y]) = (self.blocks[block], self.gates[school]);
            let (x, y) = (x - gate_x, y - gate_y);
            ((x * x + y * y).sqrt() * 1000.0).floor() as i64
        } else {
            i64::from(self.millimetres[block * self.schools.len() + school])
        }
    }

    /// The blocks a school stands in. Its catchment hangs together where each block reaches one of them.
    pub(super) fn homes(&self, school: usize) -> &[u32] {
        &self.home[school..=school]
    }

    /// What it costs in pupil-millimetres that a block goes to a school: the part of the objective that is a sum over
    /// blocks, and that a bound can speak of. `None` where the block may not go there.
    pub(super) fn linear_cost(&self, block: usize, school: usize) -> Option<i64> {
        let tied = self.tied[block];
        (tied == NONE || usize::from(tied) == school).then(|| self.pupils[block] * self.millimetres(block, school))
    }

    /// What a millimetre costs for all pupils of a block.
    pub(super) fn weight(&self, block: usize) -> i64 {
        (self.pupils[block] * PUPIL_WEIGHT).max(1)
    }

    pub(super) fn cost(&self, block: usize, school: usize) -> i64 {
        self.weight(block) * self.millimetres(block, school)
    }

    pub(super) fn neighbours(&self, block: usize) -> &[u32] {
        &self.neighbours[self.first_neighbour[block] as usize..self.first_neighbour[block + 1] as usize]
    }

    /// For each neighbour of a block, which other neighbours of the block it borders, as bits by position.
    pub(super) fn ring(&self, block: usize) -> &[u64] {
        &self.ring[self.first_neighbour[block] as usize..self.first_neighbour[block + 1] as usize]
    }

    /// Whether there are as many seats as pupils; if not, no scheme keeps them all.
    pub(super) fn seats_may_suffice(&self) -> bool {
        self.seats.iter().sum::<i64>() >= self.pupils.iter().sum::<i64>()
    }

    pub(super) fn gate(&self, school: usize) -> [f64; 2] {
        self.gates[school]
    }

    pub(super) fn point(&self, block: usize) -> [f64; 2] {
        self.blocks[block]
    }
}
