//! Who belongs to which lead: annealing over moves and exchanges of members.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::task::Task;

/// Proposed moves per school.
const PROPOSALS_PER_SCHOOL: usize = 4_000;

/// Runs with different seeds; the best is kept.
const RUNS: u64 = 4;

/// What a breach of the size bounds or a detached part costs, in typical ways; high enough to be broken only where the
/// county leaves no choice.
const BREACH: f64 = 50.0;

/// Gives every school to a lead: the district of each school, as a position in `leads`.
///
/// Deterministic in `seed`. Cost: [`PROPOSALS_PER_SCHOOL`] × schools × the size of a district.
pub(super) fn search(task: &Task, leads: &[usize], seed: u64) -> Vec<usize> {
    (0..RUNS)
        .map(|run| {
            let mut state = State::new(task, leads);
            state.anneal(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(run));
            (state.best_cost, state.best)
        })
        .min_by(|first, second| first.0.total_cmp(&second.0))
        .map(|(_, best)| best)
        .unwrap_or_default()
}

struct State<'a> {
    task: &'a Task,
    leads: &'a [usize],
    district_of: Vec<usize>,
    members: Vec<Vec<usize>>,
    cost_of: Vec<f64>,
    breach: f64,
    best: Vec<usize>,
    best_cost: f64,
}

impl<'a> State<'a> {
    /// Starts with every school at its nearest lead, or the one it is locked to.
    fn new(task: &'a Task, leads: &'a [usize]) -> State<'a> {
        let nearest = |school: usize| {
            let to = |position: &usize| task.metres[school][leads[*position]];
            (0..leads.len()).min_by(|first, second| to(first).total_cmp(&to(second))).unwrap_or(0)
        };
        let district_of: Vec<usize> = (0..task.schools.len())
            .map(|school| {
                let pool = || task.pool[school].iter();
                let own = || pool().find_map(|of| leads.iter().position(|lead| lead == of));
                let locked = || pool().find_map(|of| leads.iter().position(|lead| Some(*lead) == task.locked_to[*of]));
                leads
                    .iter()
                    .position(|lead| *lead == school)
                    .or_else(own)
                    .or_else(locked)
                    .unwrap_or_else(|| nearest(task.pool[school][0]))
            })
            .collect();
        let mut members = vec![Vec::new(); leads.len()];
        for (school, district) in district_of.iter().enumerate() {
            members[*district].push(school);
        }
        let typical = task.metres.iter().flatten().sum::<f64>() / (task.schools.len().pow(2)).max(1) as f64;
        let mut state = State {
            task,
            leads,
            best: district_of.clone(),
            district_of,
            members,
            cost_of: Vec::new(),
            breach: BREACH * typical.max(1.0),
            best_cost: 0.0,
        };
        state.cost_of = (0..leads.len()).map(|district| state.cost(district)).collect();
        state.best_cost = state.cost_of.iter().sum();
        state
    }

    /// The cost of one district as it stands, in metres.
    fn cost(&self, district: usize) -> f64 {
        let task = self.task;
        let (members, lead) = (&self.members[district], self.leads[district]);
        let size = members.len();
        let near: f64 = members.iter().map(|school| task.metres[*school][lead]).sum();
        let tilt: f64 = members.iter().map(|school| task.tilt[*school]).sum();
        let out_of_bounds = task.size[0].saturating_sub(size) + size.saturating_sub(task.size[1]);
        let parts = if task.contiguous { self.parts(district) - 1 } else { 0 };
        task.near_weight * near
            + tilt.abs()
            + task.size_weight * (size as f64 - task.wanted_size()).abs()
            + self.breach * (out_of_bounds + parts) as f64
    }

    /// Into how many parts the catchments of a district fall.
    fn parts(&self, district: usize) -> usize {
        let members = &self.members[district];
        let mut left: Vec<usize> = members.clone();
        let mut parts = 0;
        while let Some(start) = left.pop() {
            parts += 1;
            let mut queue = vec![start];
            while let Some(school) = queue.pop() {
                left.retain(|other| {
                    let touches = self.task.beside[school].binary_search(other).is_ok();
                    if touches {
                        queue.push(*other);
                    }
                    !touches
                });
            }
        }
        parts.max(1)
    }

    fn anneal(&mut self, seed: u64) {
        let count = self.task.schools.len();
        if self.leads.len() < 2 {
            return;
        }
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut below = |bound: usize| ((u128::from(random.next_u64()) * bound as u128) >> 64) as usize;
        let proposals = PROPOSALS_PER_SCHOOL * count;
        let first = self.best_cost / count as f64;
        let mut total = self.best_cost;
        for proposal in 0..proposals {
            let done = proposal as f64 / proposals as f64;
            let temperature = first * (1.0 - done).powi(3).max(1e-6);
            let school = below(count);
            let to = below(self.leads.len());
            let partner = if below(2) == 0 { None } else { Some(below(count)) };
            let luck = -((below(1 << 20) as f64 + 0.5) / f64::from(1_u32 << 20)).ln();
            let whole = |school: usize, to: usize| self.task.pool[school].iter().map(move |of| (*of, to));
            let moves: Vec<(usize, usize)> = match partner {
                None => whole(school, to).collect(),
                Some(partner) => {
                    let back = whole(partner, self.district_of[school]);
                    whole(school, self.district_of[partner]).chain(back).collect()
                }
            };
            if moves.iter().any(|(school, to)| !self.may_move(*school, *to)) {
                continue;
            }
            let change = self.try_moves(&moves);
            if change.1 <= temperature * luck {
                total += change.1;
                if total < self.best_cost - 1e-9 {
                    self.best_cost = total;
                    self.best.clone_from(&self.district_of);
                }
            } else {
                self.undo(&change.0);
            }
        }
    }

    fn may_move(&self, school: usize, to: usize) -> bool {
        self.district_of[school] != to && !self.leads.contains(&school) && self.task.locked_to[school].is_none()
    }

    /// Makes the moves; returns what undoes them and the change of cost.
    fn try_moves(&mut self, moves: &[(usize, usize)]) -> (Vec<(usize, usize)>, f64) {
        let undo: Vec<(usize, usize)> = moves.iter().map(|(school, _)| (*school, self.district_of[*school])).collect();
        let mut touched: Vec<usize> =
            moves.iter().map(|(_, to)| *to).chain(undo.iter().map(|(_, from)| *from)).collect();
        touched.sort_unstable();
        touched.dedup();
        let before: f64 = touched.iter().map(|district| self.cost_of[*district]).sum();
        self.place(moves);
        for district in &touched {
            self.cost_of[*district] = self.cost(*district);
        }
        let after: f64 = touched.iter().map(|district| self.cost_of[*district]).sum();
        (undo, after - before)
    }

    fn undo(&mut self, moves: &[(usize, usize)]) {
        self.try_moves(moves);
    }

    fn place(&mut self, moves: &[(usize, usize)]) {
        for (school, to) in moves {
            let from = std::mem::replace(&mut self.district_of[*school], *to);
            self.members[from].retain(|member| member != school);
            self.members[*to].push(*school);
        }
    }
}
