//! The ascent: worths of blocks and multipliers of separators that prove more and more.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::super::Watch;
use super::super::problem::{NONE, Problem};
use super::connected::{Answer, Connected};
use super::knapsack::Knapsack;
use super::separator::{Separator, broken};
use super::site::Site;
use super::{MOST_CONNECTED, Worths};

/// A separator with its multiplier.
struct Cut {
    school: usize,
    separator: Separator,
    multiplier: f64,
}

/// The most that was proved so far, with the multipliers that prove it in whole numbers.
#[derive(Default)]
struct Proved {
    value: i64,
    worths: Vec<i64>,
    /// School, separator, charge.
    cuts: Vec<(usize, Separator, i64)>,
    claims: Vec<Option<i64>>,
}

/// The subproblem of one school with its memory.
struct Part {
    site: Site,
    knapsack: Knapsack,
    connected: Option<Connected>,
    /// Branches the connected knapsack may open; 0 where it is not asked.
    limit: usize,
    profit: Vec<i64>,
    relaxed: Vec<i64>,
    /// The last connected set that was best.
    known: Vec<u32>,
    picked: Vec<u32>,
    answer: Answer,
    /// A running mean of what was chosen.
    share: Vec<f64>,
}

/// Worths stay below this, and charges below a share of it, so that no product with pupils overflows 64 bits. `None`
/// where that would keep them from growing as they must.
pub(super) fn largest_worth(problem: &Problem) -> Option<i64> {
    let least = |block: usize| {
        (0..problem.school_count()).filter_map(|school| problem.linear_cost(block, school)).min().unwrap_or(0)
    };
    let pupils: i64 = problem.pupils.iter().sum::<i64>().max(problem.seats.iter().copied().max().unwrap_or(0));
    let largest = (1 << 60) / pupils.max(1);
    (0..problem.block_count()).all(|block| least(block) < largest / 16).then_some(largest)
}

/// The weight of the latest choice in the running mean of choices.
const NEWEST: f64 = 0.03;

/// How much of the last direction goes on in the next.
const DEFLECTION: f64 = 0.6;

/// After so many steps without a better value they are halved.
const PATIENCE: usize = 20;

/// The subproblems are solved by all threads from so many nodes on; below, one is faster.
const MANY_NODES: usize = 4_000;

/// How to climb: at most so many steps, of lengths between two multiples of what would reach the target if the ground
/// were straight; separators are sought every so many steps.
pub(super) struct Climb {
    pub(super) steps: usize,
    pub(super) first: f64,
    pub(super) last: f64,
    pub(super) separate: usize,
}

/// Worths and charges on their way up, with everything a step needs.
pub(super) struct Ascent<'a> {
    problem: &'a Problem,
    target: i64,
    largest: f64,
    parts: Vec<Part>,
    worth: Vec<f64>,
    cuts: Vec<Cut>,
    stated: FxHashSet<(usize, Separator)>,
    best: Proved,
    direction: Vec<f64>,
    cut_direction: Vec<f64>,
}

impl<'a> Ascent<'a> {
    /// Starts where `prices` end: a block is worth what the cheapest school asks for it. `target` is a value that cannot
    /// be proved, or only just; `largest` what [`largest_worth`] allows.
    pub(super) fn new(problem: &'a Problem, prices: &[i64], target: i64, largest: i64) -> Ascent<'a> {
        let parts: Vec<Part> = (0..problem.school_count())
            .into_par_iter()
            .map(|school| {
                let site = Site::of(problem, school);
                let nodes = site.node_count();
                Part {
                    connected: None,
                    knapsack: Knapsack::default(),
                    limit: 0,
                    profit: vec![0; nodes],
                    relaxed: vec![0; nodes],
                    known: Vec::new(),
                    picked: Vec::new(),
                    answer: Answer::default(),
                    share: vec![0.0; nodes],
                    site,
                }
            })
            .collect();
        let mut worth = vec![f64::INFINITY; problem.block_count()];
        for (part, price) in parts.iter().zip(prices) {
            for item in part.site.items() {
                let block = part.site.blocks[item] as usize;
                let asks = (part.site.cost[item] + part.site.pupils[item] * price) as f64;
                worth[block] = worth[block].min(asks);
            }
        }
        // What no school can take bounds nothing.
        worth.iter_mut().filter(|worth| worth.is_infinite()).for_each(|worth| *worth = 0.0);
        Ascent {
            problem,
            target,
            largest: largest as f64,
            parts,
            direction: vec![0.0; worth.len()],
            worth,
            cuts: Vec::new(),
            stated: FxHashSet::default(),
            best: Proved::default(),
            cut_direction: Vec::new(),
        }
    }

    /// Solves the subproblems at the present multipliers and keeps what they prove where it is the most so far; returns
    /// what they prove.
    fn evaluate(&mut self) -> i64 {
        let worth: Vec<i64> = self.worth.iter().map(|worth| worth.round() as i64).collect();
        let mut cuts_of: Vec<Vec<(&Separator, i64)>> = vec![Vec::new(); self.parts.len()];
        for cut in &self.cuts {
            cuts_of[cut.school].push((&cut.separator, cut.multiplier.round() as i64));
        }
        let is_slow = self.parts.iter().any(|part| part.limit > 0)
            || self.parts.iter().map(|part| part.site.node_count()).sum::<usize>() > MANY_NODES;
        let solve = |(part, cuts): (&mut Part, &Vec<(&Separator, i64)>)| part.solve(&worth, cuts);
        if is_slow {
            self.parts.par_iter_mut().zip(cuts_of.par_iter()).for_each(solve);
        } else {
            self.parts.iter_mut().zip(&cuts_of).for_each(solve);
        }
        let mut value: i64 =
            (0..worth.len()).filter(|block| self.problem.tied[*block] == NONE).map(|block| worth[block]).sum();
        for part in &self.parts {
            value += part.site.fixed_cost - part.answer.most;
        }
        if value > self.best.value {
            self.best = Proved {
                value,
                cuts: self
                    .cuts
                    .iter()
                    .map(|cut| (cut.school, cut.separator.clone(), cut.multiplier.round() as i64))
                    .filter(|(.., multiplier)| *multiplier > 0)
                    .collect(),
                claims: self.parts.iter().map(|part| (part.limit > 0).then_some(part.answer.most)).collect(),
                worths: worth,
            };
        }
        value
    }

    /// How much each constraint is broken by what the schools chose: blocks taken by none or by several, separators
    /// ignored.
    fn slopes(&self) -> (Vec<f64>, Vec<f64>) {
        let mut slope: Vec<f64> = self.problem.tied.iter().map(|tied| if *tied == NONE { 1.0 } else { 0.0 }).collect();
        let mut taken: Vec<Vec<f64>> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let mut own = vec![0.0; part.site.node_count()];
            for (item, share) in &part.answer.chosen {
                own[*item as usize] = *share;
                slope[part.site.blocks[*item as usize] as usize] -= share;
            }
            taken.push(own);
        }
        let cut_slope = self
            .cuts
            .iter()
            .map(|cut| {
                let own = &taken[cut.school];
                let part = &self.parts[cut.school];
                let between: f64 = cut.separator.between.iter().map(|node| own[*node as usize]).sum();
                let slope = own[cut.separator.block as usize] - between;
                // Where catchments hang together, separators prove nothing more; they only help to find them.
                let is_idle = (part.limit > 0 && part.answer.is_exact) || (cut.multiplier <= 0.0 && slope < 0.0);
                if is_idle { 0.0 } else { slope }
            })
            .collect();
        (slope, cut_slope)
    }

    /// Climbs towards the target along deflected subgradients, until steps are small. Ends where it was highest.
    ///
    /// # Reference
    /// P. M. Camerini, L. Fratta, F. Maffioli: On improving relaxation methods by modified gradient techniques.
    /// Mathematical Programming Study 3, 1975. doi:10.1007/BFb0120697
    pub(super) fn climb(&mut self, plan: &Climb, watch: &Watch) {
        let mut theta = plan.first;
        let mut since_better = 0;
        let mut round_best = i64::MIN;
        let mut kept_worth = self.worth.clone();
        let mut kept_cuts: Vec<f64> = self.cuts.iter().map(|cut| cut.multiplier).collect();
        self.direction.fill(0.0);
        self.cut_direction.fill(0.0);
        // The longer no separator is found, the less often one is sought.
        let (mut pause, mut sought) = (plan.separate, 0);
        for step in 0..plan.steps {
            if watch.is_over() || self.best.value >= self.target {
                break;
            }
            let value = self.evaluate();
            for part in &mut self.parts {
                part.share.iter_mut().for_each(|share| *share *= 1.0 - NEWEST);
                for (item, share) in &part.answer.chosen {
                    part.share[*item as usize] += NEWEST * share;
                }
            }
            if value > round_best {
                round_best = value;
                since_better = 0;
                kept_worth.clone_from(&self.worth);
                kept_cuts.clear();
                kept_cuts.extend(self.cuts.iter().map(|cut| cut.multiplier));
            } else {
                since_better += 1;
                if since_better >= PATIENCE {
                    since_better = 0;
                    theta *= 0.5;
                    if theta < plan.last {
                        break;
                    }
                    self.go_back(&kept_worth, &kept_cuts);
                    self.direction.fill(0.0);
                    self.cut_direction.fill(0.0);
                    continue;
                }
            }
            if step == sought + pause {
                sought = step;
                pause = if self.separate() { plan.separate } else { 2 * pause };
            }
            let (slope, cut_slope) = self.slopes();
            let mut square = 0.0;
            for (direction, slope) in self.direction.iter_mut().zip(&slope) {
                *direction = slope + DEFLECTION * *direction;
                square += *direction * *direction;
            }
            self.cut_direction.resize(self.cuts.len(), 0.0);
            for (position, cut) in self.cuts.iter().enumerate() {
                let direction = &mut self.cut_direction[position];
                *direction = cut_slope[position] + DEFLECTION * *direction;
                if cut.multiplier <= 0.0 && *direction < 0.0 {
                    *direction = 0.0;
                }
                square += *direction * *direction;
            }
            if square == 0.0 {
                break;
            }
            let length = theta * (self.target - value).max(1) as f64 / square;
            for (worth, direction) in self.worth.iter_mut().zip(&self.direction) {
                *worth = (*worth + length * direction).clamp(-self.largest, self.largest);
            }
            for (cut, direction) in self.cuts.iter_mut().zip(&self.cut_direction) {
                cut.multiplier = (cut.multiplier + length * direction).clamp(0.0, self.largest / 64.0);
            }
        }
        self.go_back(&kept_worth, &kept_cuts);
    }

    /// Takes up multipliers again; cuts that have come since get none.
    fn go_back(&mut self, worth: &[f64], charges: &[f64]) {
        self.worth.copy_from_slice(worth);
        for (position, cut) in self.cuts.iter_mut().enumerate() {
            cut.multiplier = charges.get(position).copied().unwrap_or(0.0);
        }
    }

    /// States separators that the running mean of choices breaks; whether many are new, one in a hundred at least.
    fn separate(&mut self) -> bool {
        let before = self.cuts.len();
        let found: Vec<Vec<Separator>> = self.parts.par_iter().map(|part| broken(&part.site, &part.share)).collect();
        for (school, separators) in found.into_iter().enumerate() {
            for separator in separators {
                if self.stated.insert((school, separator.clone())) {
                    self.cuts.push(Cut { school, separator, multiplier: 0.0 });
                }
            }
        }
        100 * (self.cuts.len() - before) > before
    }

    /// From now on catchments must hang together, as far as so many `branches` can tell; `false` where no school is small
    /// enough.
    pub(super) fn require_connected(&mut self, branches: usize) -> bool {
        for part in self.parts.iter_mut().filter(|part| part.site.node_count() <= MOST_CONNECTED) {
            part.limit = branches;
            part.connected.get_or_insert_with(|| Connected::new(&part.site));
        }
        self.parts.iter().any(|part| part.limit > 0)
    }

    /// The most that was proved so far.
    pub(super) fn proved(&self) -> i64 {
        self.best.value
    }

    /// The most that was proved, and what proves it.
    pub(super) fn into_proof(self) -> (i64, Worths) {
        let best = self.best;
        let block =
            |school: usize, node: u32| self.problem.place(self.parts[school].site.blocks[node as usize] as usize).1;
        let cuts = best.cuts.iter().map(|(school, separator, charge)| super::Cut {
            school: *school,
            block: block(*school, separator.block),
            between: separator.between.iter().map(|node| block(*school, *node)).collect(),
            charge: *charge,
        });
        (best.value, Worths { cuts: cuts.collect(), blocks: best.worths, claims: best.claims })
    }
}

impl Part {
    /// What the school would choose at these worths and charges.
    fn solve(&mut self, worth: &[i64], cuts: &[(&Separator, i64)]) {
        let site = &self.site;
        for item in site.items() {
            self.profit[item] = worth[site.blocks[item] as usize] - site.cost[item];
        }
        self.relaxed.clone_from(&self.profit);
        for (separator, multiplier) in cuts {
            self.relaxed[separator.block as usize] -= multiplier;
            for node in &separator.between {
                self.relaxed[*node as usize] += multiplier;
            }
        }
        if let Some(connected) = &mut self.connected {
            self.answer = connected.solve(site, &self.profit, &self.relaxed, &self.known, self.limit);
            if self.answer.is_exact {
                self.known.clear();
                self.known.extend(self.answer.chosen.iter().map(|(item, _)| *item));
            }
        } else {
            self.answer.most =
                self.knapsack.solve(site.items(), &self.relaxed, &site.pupils, site.room, &mut self.picked);
            self.answer.is_exact = true;
            self.answer.chosen.clear();
            self.answer.chosen.extend(self.picked.iter().map(|item| (*item, 1.0)));
        }
    }
}
