//! Large counties in zones: groups of neighbouring schools with the blocks of their catchments, each a small problem of its
//! own that fits into a processor's cache, searched at once by all threads.
//!
//! A catchment lies whole in a zone, and blocks outside it are simply not there, so whatever keeps catchments together in
//! a zone keeps them together in the county. What lies across the line between two zones is improved in the next round,
//! whose zones are cut elsewhere.

use rayon::prelude::*;

use super::chain;
use super::problem::{IN_ZONES, NONE, PUPIL_WEIGHT, Problem};
use super::search::{self, Found, Refining, Search};
use super::{Parameters, Watch};
use crate::model::settings::Effort;

/// Blocks of a zone at most, but for single schools that have more.
const ZONE: usize = 3_000;

/// With at least so many blocks a school, catchments that follow the prices are nearly the best.
const FINE: usize = 50;

/// Blocks of a zone at most in which ways are shortened along chains, few of which should end at its border.
const FOR_CHAINS: usize = 3 * ZONE;

/// No block moves in a chain that would cost more than this, with the prices of seats, as a share of what a block costs on
/// average: there are always cheaper ones.
const REACH: f64 = 0.15;

/// How often over-full schools are emptied along chains, each time but the first with more heat around those left.
const TRIES: u64 = 8;

/// Moves proposed for each block around them at least.
const SHAKES: u64 = 60;

/// Blocks of a zone at most that is shaken.
const RENEWED: usize = 2_000;

/// Counties of more blocks than this are looked at less closely at first: the more schools there are, the less one of them
/// weighs.
const VAST: usize = 400_000;

/// Rounds in any time.
const MOST_ROUNDS: u64 = 10_000;

/// How large counties are worked on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rounds {
    /// How often everything is looked at: first to keep the seats, then to shorten ways.
    pub(super) count: u64,
    /// Moves proposed in each round for each block.
    pub(super) proposals_per_block: u64,
    /// How often ways are shortened along chains in the first round. A chain ends at the border of a zone, so that once
    /// leaves some out.
    pub(super) shortenings: u64,
}

impl Rounds {
    /// How to work on a county in zones; `None` where it is searched as a whole instead. Small counties are searched as
    /// a whole but for a first look at such as have so many blocks a school that what follows the prices is nearly best.
    pub(super) fn of(problem: &Problem, parameters: &Parameters) -> Option<Rounds> {
        // What ties blocks of different zones together is not seen in zones.
        if !problem.terms.is_plain() {
            return None;
        }
        let effort = parameters.effort.unwrap_or_default();
        let is_fine = problem.block_count() >= FINE * problem.school_count();
        let is_small = problem.block_count() <= IN_ZONES;
        if is_small && !(effort == Effort::Quick && is_fine) {
            return None;
        }
        // Where only time is limited, the watch ends it.
        let is_endless = parameters.effort.is_none() && parameters.watch.has_deadline();
        let [count, proposals_per_block, shortenings] = match effort {
            _ if is_endless => [MOST_ROUNDS, 20, 2],
            // Where there are few schools, one that ends badly weighs more.
            Effort::Quick if is_small => [1, 40, 2],
            Effort::Quick if problem.block_count() > VAST => [1, 5, 1],
            Effort::Quick => [1, 10, 2],
            Effort::Standard => [12, 10, 2],
            Effort::Thorough => [60, 20, 2],
        };
        Some(Rounds { count, proposals_per_block, shortenings })
    }
}

/// Improves an assignment zone by zone.
///
/// First every zone is refined, in which schools may be over-full for a while; over-full schools are emptied along chains,
/// and ways shortened along chains. In each further round zones, cut elsewhere, are shaken and mended along chains again,
/// and keep what became better.
/// Deterministic for any number of threads while the watch does not stop it. Cost: linear in blocks and proposals.
pub(super) fn improve(
    problem: &Problem,
    school_of: Vec<u16>,
    prices: &[i64],
    rounds: Rounds,
    seed: u64,
    watch: &Watch,
) -> Vec<u16> {
    let Rounds { count: rounds, proposals_per_block, shortenings } = rounds;
    watch.plan_work(rounds * proposals_per_block * problem.block_count() as u64);
    let mut county = InZones { problem, prices, seed, watch, school_of, cuts: 0 };
    for round in 0..rounds {
        if round > 0 {
            county.renew(proposals_per_block);
        } else {
            county.refine(ZONE, proposals_per_block, &search::SOFTLY, |_| true);
            county.empty_over_full(proposals_per_block);
            county.shorten(shortenings);
        }
        if watch.is_over() {
            break;
        }
        let found = Found::of(problem, county.school_of.clone());
        watch.report(found.breach, found.cost / PUPIL_WEIGHT);
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
    /// How often it was cut into zones.
    cuts: u64,
}

/// A zone as a problem of its own, with the prices of its schools and where its blocks go at present.
struct Zone {
    number: usize,
    problem: Problem,
    prices: Vec<i64>,
    school_of: Vec<u16>,
}

impl Zone {
    /// Where the blocks go after a refinement; its seed is one of the cut and of the zone.
    fn refined(&self, proposals_per_block: u64, refining: &Refining, seed_of_cut: u64, watch: &Watch) -> Vec<u16> {
        let Zone { number, problem, prices, school_of } = self;
        let proposals = proposals_per_block * problem.block_count() as u64;
        let seed = seed_of_cut ^ *number as u64;
        let mut search = Search::new(problem, school_of.clone(), prices, seed, 0, &search::WARM);
        search.refine(proposals, refining, watch);
        watch.count_work(proposals);
        search.found().school_of
    }
}

impl InZones<'_> {
    fn seed_of_cut(&self) -> u64 {
        self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (self.cuts << 32)
    }

    /// Refines the zones that are `concerned`.
    fn refine(
        &mut self,
        largest: usize,
        proposals_per_block: u64,
        refining: &Refining,
        concerned: impl Fn(&[u16]) -> bool + Sync,
    ) {
        let (watch, seed) = (self.watch, self.seed_of_cut());
        self.in_zones(largest, concerned, |zone| zone.refined(proposals_per_block, refining, seed, watch));
    }

    /// Empties over-full schools along chains. Where chains fail, what is around is shaken: each finds ways for the other.
    fn empty_over_full(&mut self, proposals_per_block: u64) {
        for tries in 1..=TRIES {
            if !self.over_full().contains(&true) || self.watch.is_over() {
                return;
            }
            chain::empty_over_full(self.problem, &mut self.school_of, self.watch);
            let over_full = self.over_full();
            if !over_full.contains(&true) || !self.problem.seats_may_suffice() {
                return;
            }
            let is_concerned = |schools: &[u16]| schools.iter().any(|school| over_full[usize::from(*school)]);
            let largest = ZONE * (1 + tries as usize % 4);
            self.refine(largest, proposals_per_block.max(SHAKES), &Refining::firmly_with_heat(tries), is_concerned);
        }
    }

    /// Shakes every zone, mends it along chains, and keeps what became better.
    fn renew(&mut self, proposals_per_block: u64) {
        let (watch, seed) = (self.watch, self.seed_of_cut());
        self.in_zones(
            RENEWED,
            |_| true,
            |zone| {
                let Zone { problem, prices, school_of, .. } = zone;
                let mut shaken = zone.refined(proposals_per_block, &Refining::elsewhere(), seed, watch);
                chain::empty_over_full(problem, &mut shaken, watch);
                chain::shorten(problem, prices, REACH, &mut shaken);
                let [before, after] = [school_of.clone(), shaken].map(|school_of| Found::of(problem, school_of));
                if (after.breach, after.cost) < (before.breach, before.cost) {
                    after.school_of
                } else {
                    before.school_of
                }
            },
        );
    }

    /// Shortens ways along chains within zones, by all threads, so many times with other borders.
    fn shorten(&mut self, times: u64) {
        for _ in 0..times {
            if self.watch.is_over() {
                return;
            }
            self.in_zones(
                FOR_CHAINS,
                |_| true,
                |zone| {
                    let mut school_of = zone.school_of.clone();
                    chain::shorten(&zone.problem, &zone.prices, REACH, &mut school_of);
                    school_of
                },
            );
        }
    }

    /// Cuts the county into zones of so many blocks, and lets `work` find new schools for the blocks of those that are
    /// `concerned`.
    fn in_zones(
        &mut self,
        largest: usize,
        concerned: impl Fn(&[u16]) -> bool + Sync,
        work: impl Fn(&Zone) -> Vec<u16> + Sync,
    ) {
        let InZones { problem, prices, school_of, cuts, .. } = self;
        let members = Members::of(problem, school_of);
        let zones = cut(problem, &members, *cuts, largest);
        let place = members.places_in(&zones, problem.block_count());
        let found: Vec<(Vec<u32>, Vec<u16>)> = zones
            .par_iter()
            .enumerate()
            .filter(|(_, schools)| concerned(schools))
            .map(|(number, schools)| {
                let blocks: Vec<u32> = schools.iter().flat_map(|school| members.of_school(*school)).copied().collect();
                let positions = positions(schools);
                let zone = Zone {
                    number,
                    problem: problem.zone(schools, &blocks, &place, school_of),
                    prices: schools.iter().map(|school| prices[usize::from(*school)]).collect(),
                    school_of: blocks.iter().map(|block| position_in(&positions, school_of[*block as usize])).collect(),
                };
                (blocks, work(&zone).into_iter().map(|school| schools[usize::from(school)]).collect())
            })
            .collect();
        for (blocks, found) in found {
            for (block, school) in blocks.into_iter().zip(found) {
                school_of[block as usize] = school;
            }
        }
        *cuts += 1;
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
