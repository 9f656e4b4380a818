//! Large counties in zones: groups of neighbouring schools with the blocks of their catchments, each a small problem of its
//! own that fits into a processor's cache, searched at once by all threads.
//!
//! A catchment lies whole in a zone, and blocks outside it are simply not there, so whatever keeps catchments together in
//! a zone keeps them together in the county. What lies across the line between two zones is improved in the next round,
//! whose zones are cut elsewhere.

use rayon::prelude::*;

use super::Watch;
use super::problem::{IN_ZONES, NONE, Problem};
use super::repair;
use super::search::{self, Refining, Search};
use crate::model::settings::Effort;

/// Blocks of a zone at most, but for single schools that have more.
const ZONE: usize = 3_000;

/// With at least so many blocks a school, catchments that follow the prices are nearly the best.
const FINE: usize = 50;

/// Rounds beyond those asked for, while schools are over-full.
const EXTRA_ROUNDS: u64 = 1;

/// How often chains and a refinement that keeps the seats take turns at most.
const CHAIN_ROUNDS: u64 = 8;

/// How large counties are worked on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rounds {
    /// How often the county is cut into zones.
    pub(super) rounds: u64,
    /// Moves proposed in each round for each block.
    pub(super) proposals_per_block: u64,
}

impl Rounds {
    /// How to work on a county in zones; `None` where it is searched as a whole instead. Small counties are searched as
    /// a whole but for a first look at such as have so many blocks a school that what follows the prices is nearly best.
    pub(super) fn of(problem: &Problem, effort: Option<Effort>) -> Option<Rounds> {
        // What ties blocks of different zones together is not seen in zones.
        if !problem.terms.is_plain() {
            return None;
        }
        let effort = effort.unwrap_or_default();
        let is_fine = problem.block_count() >= FINE * problem.school_count();
        if problem.block_count() <= IN_ZONES && !(effort == Effort::Quick && is_fine) {
            return None;
        }
        Some(match effort {
            Effort::Quick => Rounds { rounds: 2, proposals_per_block: 60 },
            Effort::Standard => Rounds { rounds: 3, proposals_per_block: 200 },
            Effort::Thorough => Rounds { rounds: 6, proposals_per_block: 800 },
        })
    }
}

/// Improves an assignment zone by zone.
///
/// First the rounds asked for, in which schools may be over-full for a while. Then, while some are, up to
/// [`EXTRA_ROUNDS`] on the zones they are in; then chains through several schools; last a round that keeps the seats and
/// shortens ways where it can.
/// Deterministic for any number of threads while the watch does not stop it. Cost: linear in blocks and proposals.
pub(super) fn improve(
    problem: &Problem,
    school_of: Vec<u16>,
    prices: &[i64],
    rounds: Rounds,
    seed: u64,
    watch: &Watch,
) -> Vec<u16> {
    watch.plan_work((rounds.rounds + 1) * rounds.proposals_per_block * problem.block_count() as u64);
    let mut county = InZones { problem, prices, seed, watch, school_of, round: 0 };
    for _ in 0..rounds.rounds {
        county.work(ZONE, rounds.proposals_per_block, &search::SOFTLY, |_| true);
    }
    for extra in 1..=EXTRA_ROUNDS {
        let over_full = county.over_full();
        if !over_full.contains(&true) || !problem.seats_may_suffice() {
            break;
        }
        let is_concerned = |schools: &[u16]| schools.iter().any(|school| over_full[usize::from(*school)]);
        let largest = ZONE * (1 + extra as usize % 4);
        county.work(largest, 2 * rounds.proposals_per_block, &Refining::firmly_with_heat(extra), is_concerned);
    }
    // Each finds ways for the other: a chain may fail on a catchment that a refinement changes.
    for time in 0..CHAIN_ROUNDS {
        let over_full = county.over_full();
        let is_over_full = over_full.contains(&true) && problem.seats_may_suffice();
        if time > 0 && !is_over_full {
            break;
        }
        if is_over_full {
            repair::repair(problem, &mut county.school_of);
        }
        let is_concerned = |schools: &[u16]| time == 0 || schools.iter().any(|school| over_full[usize::from(*school)]);
        // Where chains have failed, what is around is shaken first.
        let refining = if time == 0 { search::FIRMLY } else { Refining::firmly_with_heat(time) };
        let largest = ZONE * (1 + time as usize % 4);
        county.work(largest, rounds.proposals_per_block, &refining, is_concerned);
    }
    county.school_of
}

/// A county under work.
struct InZones<'a> {
    problem: &'a Problem,
    prices: &'a [i64],
    seed: u64,
    watch: &'a Watch,
    school_of: Vec<u16>,
    round: u64,
}

impl InZones<'_> {
    /// One round: cuts the county into zones and refines those that are `concerned`.
    fn work(
        &mut self,
        largest: usize,
        proposals_per_block: u64,
        refining: &Refining,
        concerned: impl Fn(&[u16]) -> bool + Sync,
    ) {
        if self.watch.is_over() {
            return;
        }
        let InZones { problem, prices, seed, watch, school_of, round } = self;
        let members = Members::of(problem, school_of);
        let zones = cut(problem, &members, *round, largest);
        let place = members.places_in(&zones, problem.block_count());
        let found: Vec<(Vec<u32>, Vec<u16>)> = zones
            .par_iter()
            .enumerate()
            .filter(|(_, schools)| concerned(schools))
            .map(|(number, schools)| {
                let blocks: Vec<u32> = schools.iter().flat_map(|school| members.of_school(*school)).copied().collect();
                let zone = problem.zone(schools, &blocks, &place, school_of);
                let positions = positions(schools);
                let start = blocks.iter().map(|block| position_in(&positions, school_of[*block as usize])).collect();
                let of_zone: Vec<i64> = schools.iter().map(|school| prices[usize::from(*school)]).collect();
                let of_zone_seed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (*round << 32) ^ number as u64;
                let mut search = Search::new(&zone, start, &of_zone, of_zone_seed, 0, &search::WARM);
                let proposals = proposals_per_block * blocks.len() as u64;
                search.refine(proposals, refining, watch);
                watch.count_work(proposals);
                let found = search.found().school_of.into_iter().map(|school| schools[usize::from(school)]).collect();
                (blocks, found)
            })
            .collect();
        for (blocks, found) in found {
            for (block, school) in blocks.into_iter().zip(found) {
                school_of[block as usize] = school;
            }
        }
        *round += 1;
    }

    /// Which schools have more pupils than seats.
    fn over_full(&self) -> Vec<bool> {
        let mut load = vec![0; self.problem.school_count()];
        for (block, school) in self.school_of.iter().enumerate().filter(|(_, school)| **school != NONE) {
            load[usize::from(*school)] += self.problem.pupils[block];
        }
        load.iter().zip(&self.problem.seats).map(|(load, seats)| load > seats).collect()
    }
}

/// Schools with their positions in a zone, to be searched.
fn positions(schools: &[u16]) -> Vec<(u16, u16)> {
    let mut positions: Vec<(u16, u16)> =
        schools.iter().enumerate().map(|(position, school)| (*school, position as u16)).collect();
    positions.sort_unstable();
    positions
}

fn position_in(positions: &[(u16, u16)], school: u16) -> u16 {
    let found = positions.binary_search_by_key(&school, |(school, _)| *school);
    positions[found.expect("blocks of a zone belong to its schools")].1
}

/// The blocks of each school, ascending.
struct Members {
    first: Vec<u32>,
    blocks: Vec<u32>,
}

impl Members {
    fn of(problem: &Problem, school_of: &[u16]) -> Members {
        let mut first = vec![0_u32; problem.school_count() + 1];
        let assigned = || school_of.iter().enumerate().filter(|(_, school)| **school != NONE);
        for (_, school) in assigned() {
            first[usize::from(*school) + 1] += 1;
        }
        for school in 1..first.len() {
            first[school] += first[school - 1];
        }
        let mut fill = first.clone();
        let mut blocks = vec![0; *first.last().unwrap_or(&0) as usize];
        for (block, school) in assigned() {
            let slot = &mut fill[usize::from(*school)];
            blocks[*slot as usize] = block as u32;
            *slot += 1;
        }
        Members { first, blocks }
    }

    fn of_school(&self, school: u16) -> &[u32] {
        let school = usize::from(school);
        &self.blocks[self.first[school] as usize..self.first[school + 1] as usize]
    }

    /// The position of each block in its zone.
    fn places_in(&self, zones: &[Vec<u16>], count: usize) -> Vec<u32> {
        let mut place = vec![u32::MAX; count];
        for schools in zones {
            for (position, block) in schools.iter().flat_map(|school| self.of_school(*school)).enumerate() {
                place[*block as usize] = position as u32;
            }
        }
        place
    }
}

/// Cuts the schools into zones: in two where they have too many blocks, across the longer side, and so on. Each round
/// looks at the county from another angle and cuts at another share, so that no line stays where it was.
fn cut(problem: &Problem, members: &Members, round: u64, largest: usize) -> Vec<Vec<u16>> {
    let turn = round as f64 * 0.7;
    let (sine, cosine) = turn.sin_cos();
    let seen = |school: u16| -> [f64; 2] {
        let [x, y] = problem.gates_of(usize::from(school)).next().unwrap_or_default();
        [x * cosine - y * sine, x * sine + y * cosine]
    };
    let share = [0.5, 0.37, 0.6, 0.45][(round % 4) as usize];
    let size = |schools: &[u16]| schools.iter().map(|school| members.of_school(*school).len()).sum::<usize>();
    let mut zones = Vec::new();
    let mut pieces: Vec<Vec<u16>> = vec![(0..problem.school_count() as u16).collect()];
    while let Some(mut piece) = pieces.pop() {
        let blocks = size(&piece);
        if blocks <= largest || piece.len() == 1 {
            zones.push(piece);
            continue;
        }
        let extent = |axis: usize| {
            let along = || piece.iter().map(|school| seen(*school)[axis]);
            along().fold(f64::NEG_INFINITY, f64::max) - along().fold(f64::INFINITY, f64::min)
        };
        let axis = usize::from(extent(1) > extent(0));
        piece.sort_by(|first, second| seen(*first)[axis].total_cmp(&seen(*second)[axis]).then(first.cmp(second)));
        let wanted = (blocks as f64 * share) as usize;
        let mut before = 0;
        let at = piece
            .iter()
            .position(|school| {
                before += members.of_school(*school).len();
                before > wanted
            })
            .unwrap_or(0)
            .clamp(1, piece.len() - 1);
        let rest = piece.split_off(at);
        pieces.push(rest);
        pieces.push(piece);
    }
    zones
}
