//! Catchments grown from the schools along price plus distance: the start of the search, and its fresh starts.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::price::Prices;
use super::problem::{IN_ZONES, NONE, Problem};

/// Grows the catchments of some schools at once over the blocks marked [`Growth::FREE`]: again and again the block and
/// school that are cheapest together by distance plus price, among blocks that border what the school already has.
/// Contiguous by construction.
///
/// Keeps its memory between growths, so that growing a few schools costs only their blocks.
pub(super) struct Growth {
    school_of: Vec<u16>,
    queue: BinaryHeap<Reverse<(i64, u32, u16)>>,
}

impl Growth {
    /// A block that may be given to a school.
    const FREE: u16 = NONE - 1;

    pub(super) fn new(blocks: usize) -> Growth {
        Growth { school_of: vec![NONE; blocks], queue: BinaryHeap::new() }
    }

    /// Grows `schools`, each with its price in millimetres, over `blocks` and their home blocks; then calls `give` with
    /// each block that got a school. Blocks no school reaches get none. The blocks of `corridors` go to the school that
    /// stands beside them, before anything else. Cost: O(E log E) over the edges among `blocks`.
    pub(super) fn grow(
        &mut self,
        problem: &Problem,
        schools: &[(u16, i64)],
        blocks: &[u32],
        corridors: &[(u32, u16)],
        mut give: impl FnMut(usize, u16),
    ) {
        for block in blocks {
            self.school_of[*block as usize] = Growth::FREE;
        }
        let mut price_of: rustc_hash::FxHashMap<u16, i64> = rustc_hash::FxHashMap::default();
        for (school, price) in schools {
            price_of.insert(*school, *price);
            for home in problem.homes(usize::from(*school)) {
                self.school_of[*home as usize] = Growth::FREE;
                self.queue.push(Reverse((i64::MIN, *home, *school)));
            }
        }
        self.queue.extend(corridors.iter().map(|(block, school)| Reverse((i64::MIN, *block, *school))));
        self.spread(problem, |school| price_of[&school]);
        let homes = schools.iter().flat_map(|(school, _)| problem.homes(usize::from(*school)).iter().copied());
        for block in blocks.iter().copied().chain(homes) {
            let school = std::mem::replace(&mut self.school_of[block as usize], NONE);
            if school < Growth::FREE {
                give(block as usize, school);
            }
        }
    }

    /// Takes from the queue what is cheapest, and puts in what borders it, until nothing free is left in reach.
    fn spread(&mut self, problem: &Problem, price_of: impl Fn(u16) -> i64) {
        while let Some(Reverse((_, block, school))) = self.queue.pop() {
            let block = block as usize;
            let tied = problem.tied[block];
            let is_others = tied != NONE && tied != school || problem.terms.part(block, usize::from(school));
            if self.school_of[block] != Growth::FREE || is_others {
                continue;
            }
            self.school_of[block] = school;
            let price = price_of(school);
            for neighbour in problem.neighbours(block) {
                if self.school_of[*neighbour as usize] == Growth::FREE {
                    let distance = problem.millimetres(*neighbour as usize, usize::from(school));
                    self.queue.push(Reverse((distance + price, *neighbour, school)));
                }
            }
        }
    }

    /// Gives every block to the school it finds `cheapest`, as far as such blocks hang together with a home of it or with
    /// the corridors of its locked blocks; the others, few of them, grow on along the prices. In large counties that is
    /// what growing from the homes alone comes to, in time linear in blocks.
    fn flood(&mut self, problem: &Problem, prices: &[i64], cheapest: &[u16], corridors: &[(u32, u16)]) {
        self.school_of.fill(Growth::FREE);
        let homes = (0..problem.school_count())
            .flat_map(|school| problem.homes(school).iter().map(move |home| (*home, school as u16)));
        let mut reached: Vec<u32> = Vec::new();
        for (block, school) in homes.chain(corridors.iter().copied()) {
            if self.school_of[block as usize] == Growth::FREE {
                self.school_of[block as usize] = school;
                reached.push(block);
            }
        }
        while let Some(block) = reached.pop() {
            let school = self.school_of[block as usize];
            for neighbour in problem.neighbours(block as usize) {
                let other = *neighbour as usize;
                if self.school_of[other] == Growth::FREE && cheapest[other] == school {
                    self.school_of[other] = school;
                    reached.push(*neighbour);
                }
            }
        }
        for block in 0..problem.block_count() {
            let school = self.school_of[block];
            if school == Growth::FREE {
                continue;
            }
            for neighbour in problem.neighbours(block) {
                if self.school_of[*neighbour as usize] == Growth::FREE {
                    let paid =
                        problem.millimetres(*neighbour as usize, usize::from(school)) + prices[usize::from(school)];
                    self.queue.push(Reverse((paid, *neighbour, school)));
                }
            }
        }
        self.spread(problem, |school| prices[usize::from(school)]);
    }
}

/// The first assignment: all schools grown along `prices` over all blocks.
///
/// A block locked to a school that stands elsewhere gets a corridor to it first. Where there is no way for one, the block
/// is given to its school all the same and marked as waived; blocks no school can reach (a graph without links to them)
/// keep [`NONE`].
pub(super) fn start(problem: &mut Problem, priced: &Prices) -> Vec<u16> {
    let prices = &priced.prices;
    let corridors = corridors(problem);
    let mut growth = Growth::new(problem.block_count());
    let mut school_of = if problem.block_count() > IN_ZONES && !problem.terms.has_bars() {
        growth.flood(problem, prices, &priced.cheapest, &corridors);
        growth.school_of.into_iter().map(|school| if school < Growth::FREE { school } else { NONE }).collect()
    } else {
        let mut school_of = vec![NONE; problem.block_count()];
        let schools: Vec<(u16, i64)> =
            prices.iter().enumerate().map(|(school, price)| (school as u16, *price)).collect();
        let blocks: Vec<u32> = (0..problem.block_count() as u32).collect();
        growth.grow(problem, &schools, &blocks, &corridors, |block, school| school_of[block] = school);
        school_of
    };
    fill(problem, &mut school_of);
    for (block, school) in school_of.iter_mut().enumerate() {
        if *school == NONE && problem.tied[block] != NONE {
            *school = problem.tied[block];
            problem.waived[block] = true;
        }
    }
    school_of
}

/// Gives free blocks that no school may have to the school beside them whose gate is nearest, layer by layer: a breach the
/// search can mend better than a hole.
fn fill(problem: &Problem, school_of: &mut [u16]) {
    let is_open = |school_of: &[u16], block: usize| school_of[block] == NONE && problem.tied[block] == NONE;
    let mut open: Vec<usize> = (0..school_of.len()).filter(|block| is_open(school_of, *block)).collect();
    while !open.is_empty() {
        let beside = |block: &usize| {
            let schools = problem.neighbours(*block).iter().map(|neighbour| school_of[*neighbour as usize]);
            schools
                .filter(|school| *school != NONE)
                .min_by_key(|school| (problem.millimetres(*block, usize::from(*school)), *school))
                .map(|school| (*block, school))
        };
        let layer: Vec<(usize, u16)> = open.iter().filter_map(beside).collect();
        if layer.is_empty() {
            return;
        }
        for (block, school) in layer {
            school_of[block] = school;
        }
        open.retain(|block| school_of[*block] == NONE);
    }
}

/// For each locked block the blocks on a way from its school to it, the nearest locked blocks first: of the ways with the
/// fewest blocks one whose blocks belong to nobody else. Blocks of a corridor with the school they go to.
fn corridors(problem: &Problem) -> Vec<(u32, u16)> {
    let mut owner: Vec<u16> = problem.tied.clone();
    let mut locked: Vec<(i64, u32, u16)> = Vec::new();
    for (block, school) in problem.tied.iter().copied().enumerate().filter(|(_, school)| *school != NONE) {
        if !problem.homes(usize::from(school)).contains(&(block as u32)) {
            locked.push((problem.millimetres(block, usize::from(school)), block as u32, school));
        }
    }
    locked.sort_unstable();
    let mut corridors = Vec::new();
    for (_, block, school) in locked {
        for step in way_home(problem, &owner, block, school) {
            owner[step as usize] = school;
            corridors.push((step, school));
        }
    }
    corridors
}

/// The blocks from a locked block to a home of its school, both included; empty where there is no way.
fn way_home(problem: &Problem, owner: &[u16], block: u32, school: u16) -> Vec<u32> {
    let homes = problem.homes(usize::from(school));
    let mut came_from: rustc_hash::FxHashMap<u32, u32> = homes.iter().map(|home| (*home, *home)).collect();
    let mut queue: std::collections::VecDeque<u32> = homes.iter().copied().collect();
    while let Some(from) = queue.pop_front() {
        if from == block {
            let mut way = vec![block];
            let mut step = block;
            while came_from[&step] != step {
                step = came_from[&step];
                way.push(step);
            }
            return way;
        }
        for neighbour in problem.neighbours(from as usize) {
            let may_pass = owner[*neighbour as usize] == NONE || owner[*neighbour as usize] == school;
            if may_pass && !came_from.contains_key(neighbour) {
                came_from.insert(*neighbour, from);
                queue.push_back(*neighbour);
            }
        }
    }
    Vec::new()
}
