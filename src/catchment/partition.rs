//! The best scheme that can be put together from catchments already seen: set partitioning, a few schools at a time.
//!
//! Every column is a catchment of one school that keeps its seats and hangs together. A choice of one column for each
//! school that covers each block once is a scheme. With a worth `u_i` for each block, of any sign,
//!
//! ```text
//! Σ chosen cost  ≥  Σ_i u_i  +  Σ_j min over columns of j (cost − Σ_{i in column} u_i)
//! ```
//!
//! so that columns whose reduced cost lies above the gap between this bound and the best known choice are left out, and
//! what remains is searched.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::Watch;
use super::pool::{Pool, each_block};
use super::problem::{NONE, Problem};
use super::search::Found;

/// Steps in which the worth of blocks is sought for all columns together, each time columns have come in, at most.
const STEPS: u64 = 60;

/// Words of columns that may be looked at for each move the searches proposed.
const WORDS_A_PROPOSAL: u64 = 1;

/// Steps for the columns of a few schools.
const CLUSTER_STEPS: usize = 40;

/// Words of columns looked at for a few schools before their best choice is left unproven.
const MOST_WORDS: u64 = 2_000_000;

/// The largest number of schools looked at together.
const LARGEST_CLUSTER: usize = 12;

/// Puts catchments of a pool together anew.
///
/// Deterministic. Cost of a round: [`STEPS`] passes over all columns, then for each of some clusters a pass over the
/// columns of its schools, [`CLUSTER_STEPS`] over those that fit, and at most [`MOST_WORDS`] for choices.
///
/// # Reference
/// E. Balas, M. W. Padberg: Set partitioning: a survey. SIAM Review 18, 1976. doi:10.1137/1018115. As the last step of a
/// search for catchments: Y. Kong: A hybrid algorithm for the service area problem (AFSAP).
pub(super) struct Partition<'a> {
    problem: &'a Problem,
    worth: Vec<f64>,
    random: Xoshiro256PlusPlus,
    /// Words of columns looked at in this round.
    spent: u64,
}

/// A column that fits into the ground of a cluster.
struct Candidate {
    cost: i64,
    reduced: f64,
    column: u32,
}

impl<'a> Partition<'a> {
    /// Begins with the worth of blocks that distances and seat prices in `start` suggest.
    pub(super) fn new(problem: &'a Problem, start: &[u16], prices: &[i64], seed: u64) -> Partition<'a> {
        let worth = (0..problem.block_count())
            .map(|block| match start[block] {
                NONE => 0.0,
                school => {
                    let school = usize::from(school);
                    let seats = problem.pupils[block] * prices[school] * super::problem::PUPIL_WEIGHT;
                    (problem.cost(block, school) + seats) as f64
                }
            })
            .collect();
        Partition { problem, worth, random: Xoshiro256PlusPlus::seed_from_u64(seed), spent: 0 }
    }

    /// Improves a scheme by other choices of columns, as long as that helps.
    ///
    /// About as much work as `proposals` moves of the search are a fifth of: words of columns looked at, which are counted.
    pub(super) fn improve(&mut self, pool: &mut Pool, best: &mut Found, proposals: u64, watch: &Watch) {
        if best.breach > 0 || pool.len() == 0 {
            return;
        }
        let allowance = WORDS_A_PROPOSAL * proposals;
        self.spent = 0;
        self.reprice(pool, best.cost, allowance / 4);
        let schools = self.problem.school_count();
        let mut misses = 0;
        while misses < 2 * schools && self.spent < allowance && !watch.is_over() {
            let size = 3 + self.below(LARGEST_CLUSTER.min(schools).saturating_sub(2).max(1));
            let seed = self.below(schools) as u16;
            let cluster = self.cluster(&best.school_of, seed, size);
            if self.improve_cluster(pool, best, &cluster) {
                misses = 0;
            } else {
                misses += 1;
            }
        }
        let worth = &self.worth;
        pool.make_room(|_, cost, blocks| cost as f64 - each_block(blocks).map(|block| worth[block]).sum::<f64>());
    }

    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.random.next_u64()) * bound as u128) >> 64) as usize
    }

    /// Schools whose catchments hang together around `seed`.
    fn cluster(&mut self, school_of: &[u16], seed: u16, size: usize) -> Vec<u16> {
        let mut cluster = vec![seed];
        let mut frontier: Vec<u16> = Vec::new();
        let extend = |frontier: &mut Vec<u16>, school: u16| {
            for (block, own) in school_of.iter().enumerate() {
                if *own == school {
                    frontier.extend(self.problem.neighbours(block).iter().map(|other| school_of[*other as usize]));
                }
            }
        };
        extend(&mut frontier, seed);
        while cluster.len() < size {
            frontier.retain(|school| *school != NONE && !cluster.contains(school));
            frontier.sort_unstable();
            frontier.dedup();
            if frontier.is_empty() {
                break;
            }
            let next = frontier[((u128::from(self.random.next_u64()) * frontier.len() as u128) >> 64) as usize];
            cluster.push(next);
            extend(&mut frontier, next);
        }
        cluster
    }

    /// Subgradient ascent of the bound over all columns.
    fn reprice(&mut self, pool: &Pool, upper: i64, allowance: u64) {
        let schools: Vec<u16> = (0..self.problem.school_count() as u16).collect();
        let lists: Vec<Vec<Candidate>> = schools
            .iter()
            .map(|school| {
                let columns = pool.of(*school);
                (0..columns.len())
                    .map(|column| Candidate { cost: columns.costs[column], reduced: 0.0, column: column as u32 })
                    .collect()
            })
            .collect();
        if lists.iter().any(Vec::is_empty) {
            return;
        }
        // A pass adds up the worth of each block of each column, and each block is in as many columns as schools have.
        let pass = (pool.len() * (pool.words() + self.problem.block_count() / self.problem.school_count())) as u64;
        let steps = (allowance / pass.max(1)).min(STEPS);
        self.spent += steps * pass;
        let mut worth = std::mem::take(&mut self.worth);
        let ground: Vec<usize> = (0..self.problem.block_count()).collect();
        ascend(pool, &schools, &lists, &ground, &mut worth, upper as f64, steps as usize);
        self.worth = worth;
    }

    fn improve_cluster(&mut self, pool: &Pool, best: &mut Found, cluster: &[u16]) -> bool {
        let words = pool.words();
        let mut ground = vec![0_u64; words];
        let mut current = vec![0_i64; cluster.len()];
        let mut place = vec![usize::MAX; self.problem.school_count()];
        for (position, school) in cluster.iter().enumerate() {
            place[usize::from(*school)] = position;
        }
        for (block, school) in best.school_of.iter().enumerate() {
            if *school != NONE && place[usize::from(*school)] != usize::MAX {
                ground[block / 64] |= 1 << (block % 64);
                current[place[usize::from(*school)]] += self.problem.cost(block, usize::from(*school));
            }
        }
        let mut lists: Vec<Vec<Candidate>> = cluster
            .iter()
            .map(|school| {
                let columns = pool.of(*school);
                (0..columns.len())
                    .filter(|column| {
                        columns.blocks(*column, words).iter().zip(&ground).all(|(blocks, ground)| blocks & !ground == 0)
                    })
                    .map(|column| Candidate { cost: columns.costs[column], reduced: 0.0, column: column as u32 })
                    .collect()
            })
            .collect();
        let upper: i64 = current.iter().sum();
        let (seen, fit): (usize, usize) = cluster
            .iter()
            .zip(&lists)
            .map(|(school, list)| (pool.of(*school).len(), list.len()))
            .fold((0, 0), |(seen, fit), (columns, list)| (seen + columns, fit + list));
        let blocks_a_school = self.problem.block_count() / self.problem.school_count();
        self.spent += (seen + fit * CLUSTER_STEPS * (words + blocks_a_school)) as u64;
        if lists.iter().any(Vec::is_empty) {
            return false;
        }
        let blocks: Vec<usize> = each_block(&ground).collect();
        let mut worth = self.worth.clone();
        ascend(pool, cluster, &lists, &blocks, &mut worth, upper as f64, CLUSTER_STEPS);
        let total: f64 = blocks.iter().map(|block| worth[*block]).sum();
        let mut least = vec![0.0; cluster.len()];
        for (position, school) in cluster.iter().enumerate() {
            let columns = pool.of(*school);
            for candidate in &mut lists[position] {
                let set = columns.blocks(candidate.column as usize, words);
                candidate.reduced = candidate.cost as f64 - each_block(set).map(|block| worth[block]).sum::<f64>();
            }
            lists[position].sort_by(|first, second| {
                first.reduced.total_cmp(&second.reduced).then(first.column.cmp(&second.column))
            });
            least[position] = lists[position][0].reduced;
        }
        let bound = total + least.iter().sum::<f64>();
        let gap = upper as f64 - bound;
        for (list, least) in lists.iter_mut().zip(&least) {
            let within = list.partition_point(|candidate| candidate.reduced - least < gap);
            list.truncate(within);
        }
        if lists.iter().any(Vec::is_empty) {
            return false;
        }
        let mut choice = Choice {
            pool,
            schools: cluster,
            lists: &lists,
            words,
            upper,
            worth: &worth,
            picked: vec![u32::MAX; cluster.len()],
            found: None,
            words_seen: 0,
        };
        let open: Vec<Vec<u32>> = lists.iter().map(|list| (0..list.len() as u32).collect()).collect();
        choice.descend(&ground, total, 0, &open);
        self.spent += choice.words_seen;
        let Some(found) = choice.found else { return false };
        let gain = upper - choice.upper;
        debug_assert!(gain > 0);
        for (position, candidate) in found.iter().enumerate() {
            let school = cluster[position];
            let column = lists[position][*candidate as usize].column as usize;
            for block in each_block(pool.of(school).blocks(column, words)) {
                best.school_of[block] = school;
            }
        }
        best.cost -= gain;
        true
    }
}

/// Subgradient ascent on the worth of the blocks of `ground`, keeping the best.
fn ascend(
    pool: &Pool,
    schools: &[u16],
    lists: &[Vec<Candidate>],
    ground: &[usize],
    worth: &mut [f64],
    upper: f64,
    steps: usize,
) {
    let words = pool.words();
    let mut best = worth.to_vec();
    let mut best_value = f64::NEG_INFINITY;
    let mut covered = vec![0_i32; worth.len()];
    let mut direction = vec![0.0_f64; worth.len()];
    let mut boldness = 1.0;
    let mut since_better = 0;
    for _ in 0..steps {
        for block in ground {
            covered[*block] = 1;
        }
        let mut value: f64 = ground.iter().map(|block| worth[*block]).sum();
        for (school, list) in schools.iter().zip(lists) {
            let columns = pool.of(*school);
            let mut least = (f64::INFINITY, 0);
            for candidate in list {
                let set = columns.blocks(candidate.column as usize, words);
                let reduced = candidate.cost as f64 - each_block(set).map(|block| worth[block]).sum::<f64>();
                if reduced < least.0 {
                    least = (reduced, candidate.column);
                }
            }
            value += least.0;
            for block in each_block(columns.blocks(least.1 as usize, words)) {
                covered[block] -= 1;
            }
        }
        if value > best_value {
            best_value = value;
            best.copy_from_slice(worth);
            since_better = 0;
        } else {
            since_better += 1;
            if since_better >= 4 {
                since_better = 0;
                boldness *= 0.6;
                worth.copy_from_slice(&best);
                direction.fill(0.0);
            }
        }
        let mut square = 0.0;
        for block in ground {
            direction[*block] = f64::from(covered[*block]) + 0.5 * direction[*block];
            square += direction[*block] * direction[*block];
        }
        let missing = upper - value;
        if square == 0.0 || missing <= 0.0 {
            break;
        }
        let step = boldness * missing / square;
        for block in ground {
            worth[*block] += step * direction[*block];
        }
    }
    worth.copy_from_slice(&best);
}

/// The search for the best choice of one column for each school.
struct Choice<'a> {
    pool: &'a Pool,
    schools: &'a [u16],
    lists: &'a [Vec<Candidate>],
    words: usize,
    /// What a choice must cost less than.
    upper: i64,
    worth: &'a [f64],
    picked: Vec<u32>,
    found: Option<Vec<u32>>,
    words_seen: u64,
}

impl Choice<'_> {
    /// Picks a column for the school that has fewest left, each in turn, cheapest first.
    ///
    /// `open` holds for each school the candidates that fit into what is still uncovered, in order of reduced cost;
    /// nothing for schools that have theirs. `total` is the worth of what is uncovered.
    fn descend(&mut self, uncovered: &[u64], total: f64, spent: i64, open: &[Vec<u32>]) {
        let waiting = |position: &usize| self.picked[*position] == u32::MAX;
        let Some(position) = (0..open.len()).filter(waiting).min_by_key(|position| open[*position].len()) else {
            if uncovered.iter().all(|word| *word == 0) && spent < self.upper {
                self.upper = spent;
                self.found = Some(self.picked.clone());
            }
            return;
        };
        let columns = self.pool.of(self.schools[position]);
        let others: f64 = (0..open.len())
            .filter(|other| *other != position && self.picked[*other] == u32::MAX)
            .map(|other| self.lists[other][open[other][0] as usize].reduced)
            .sum();
        for candidate in &open[position] {
            let chosen = &self.lists[position][*candidate as usize];
            if spent as f64 + total + others + chosen.reduced >= self.upper as f64 - 0.5 || self.words_seen > MOST_WORDS
            {
                return;
            }
            let set = columns.blocks(chosen.column as usize, self.words);
            let left: Vec<u64> = uncovered.iter().zip(set).map(|(left, taken)| left & !taken).collect();
            let worth_left = total - each_block(set).map(|block| self.worth[block]).sum::<f64>();
            self.picked[position] = *candidate;
            self.words_seen += (open.iter().map(Vec::len).sum::<usize>() * self.words) as u64;
            if let Some(open) = self.narrow(&left, worth_left, spent + chosen.cost, open) {
                self.descend(&left, worth_left, spent + chosen.cost, &open);
            }
            self.picked[position] = u32::MAX;
        }
    }

    /// What still fits, school by school; nothing where a school is left without, or a block cannot be covered, or the
    /// bound says that no choice can be better than the best.
    fn narrow(&self, uncovered: &[u64], total: f64, spent: i64, open: &[Vec<u32>]) -> Option<Vec<Vec<u32>>> {
        let mut narrowed: Vec<Vec<u32>> = Vec::with_capacity(open.len());
        let mut bound = spent as f64 + total;
        for (position, list) in open.iter().enumerate() {
            if self.picked[position] != u32::MAX {
                narrowed.push(Vec::new());
                continue;
            }
            let columns = self.pool.of(self.schools[position]);
            let fits: Vec<u32> = list
                .iter()
                .copied()
                .filter(|candidate| {
                    let column = self.lists[position][*candidate as usize].column as usize;
                    columns.blocks(column, self.words).iter().zip(uncovered).all(|(blocks, left)| blocks & !left == 0)
                })
                .collect();
            bound += self.lists[position][*fits.first()? as usize].reduced;
            narrowed.push(fits);
        }
        let slack = self.upper as f64 - 0.5 - bound;
        if slack <= 0.0 {
            return None;
        }
        let mut reachable = vec![0_u64; self.words];
        for (position, list) in narrowed.iter_mut().enumerate() {
            let Some(first) = list.first() else { continue };
            let reduced = |candidate: u32| self.lists[position][candidate as usize].reduced;
            let limit = reduced(*first) + slack;
            let within = list.partition_point(|candidate| reduced(*candidate) < limit);
            list.truncate(within);
            let columns = self.pool.of(self.schools[position]);
            for candidate in list.iter() {
                let column = self.lists[position][*candidate as usize].column as usize;
                for (word, blocks) in reachable.iter_mut().zip(columns.blocks(column, self.words)) {
                    *word |= blocks;
                }
            }
        }
        uncovered.iter().zip(&reachable).all(|(left, reachable)| left & !reachable == 0).then_some(narrowed)
    }
}
