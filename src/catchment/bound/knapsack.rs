//! The knapsack of one school: which blocks it would take within its seats, if all that counted were their profits.

/// A partial solution: the break solution with some decisions undone.
#[derive(Clone, Copy)]
struct State {
    weight: i64,
    profit: i64,
    /// The last decision that was undone, as a position in the trace; zero for none.
    trace: u32,
}

/// Memory for solving knapsacks, kept between them.
///
/// The order by profit per pupil hardly changes from one call to the next and is kept too.
#[derive(Default)]
pub(super) struct Knapsack {
    order: Vec<u32>,
    states: Vec<State>,
    merged: Vec<State>,
    /// Undone decisions: the one before, and the position in the order.
    trace: Vec<(u32, u32)>,
}

impl Knapsack {
    /// The greatest profit of any set of `items` that weighs at most `room`, and in `chosen` such a set.
    ///
    /// No profit times the sum of weights, or times the room, may overflow 64 bits.
    ///
    /// Starts from the break solution, the best items by profit per weight until one does not fit, and considers items
    /// from there outwards, alternately adding one behind the break and removing one before it. A state is kept only
    /// where no lighter one has as much profit, and where filling its room at the rate of the next item would beat the
    /// best. Cost: mostly O(items) after sorting; at worst O(items × room).
    ///
    /// # Reference
    /// D. Pisinger: A minimal algorithm for the 0-1 knapsack problem. Operations Research 45, 1997.
    /// doi:10.1287/opre.45.5.758
    pub(super) fn solve(
        &mut self,
        items: std::ops::Range<usize>,
        profit: &[i64],
        weight: &[i64],
        room: i64,
        chosen: &mut Vec<u32>,
    ) -> i64 {
        chosen.clear();
        let free = self.sort(items, profit, weight, room, chosen);
        let order = &self.order;
        let (weight_at, profit_at) =
            (|place: usize| weight[order[place] as usize], |place: usize| profit[order[place] as usize]);
        let (mut sum, mut gain, mut fit) = (0, 0, 0);
        while fit < order.len() && sum + weight_at(fit) <= room {
            sum += weight_at(fit);
            gain += profit_at(fit);
            fit += 1;
        }
        if fit == order.len() {
            chosen.extend(order);
            return free + gain;
        }
        let (rate_profit, rate_weight) = (profit_at(fit), weight_at(fit));
        // A second start: whatever of the items behind the break still fits.
        let (mut filled, mut best) = (sum, gain);
        let mut fillers: Vec<u32> = Vec::new();
        for place in fit..order.len() {
            if filled + weight_at(place) <= room {
                filled += weight_at(place);
                best += profit_at(place);
                fillers.push(place as u32);
            }
        }
        let mut best_trace = None;
        self.trace.clear();
        self.trace.push((0, u32::MAX));
        self.states.clear();
        self.states.push(State { weight: sum, profit: gain, trace: 0 });
        let (mut left, mut right) = (fit, fit);
        while !self.states.is_empty() && (left > 0 || right < order.len()) {
            for side in [true, false] {
                let place = match side {
                    true if right < order.len() => right,
                    false if left > 0 => left - 1,
                    _ => continue,
                };
                let (by, change) =
                    if side { (weight_at(place), profit_at(place)) } else { (-weight_at(place), -profit_at(place)) };
                if side {
                    right += 1;
                } else {
                    left -= 1;
                }
                // Whether anything with this decision undone can beat the best.
                if beats(gain + change, room - sum - by, (rate_profit, rate_weight), best) {
                    merge(&self.states, &mut self.merged, &mut self.trace, by, change, place as u32);
                    std::mem::swap(&mut self.states, &mut self.merged);
                }
                let behind = (right < order.len()).then(|| (profit_at(right), weight_at(right)));
                let before = (left > 0).then(|| (profit_at(left - 1), weight_at(left - 1)));
                for state in &self.states {
                    if state.weight <= room && state.profit > best {
                        best = state.profit;
                        best_trace = Some(state.trace);
                    }
                }
                self.states.retain(|state| {
                    let rate = if state.weight <= room { behind } else { before };
                    rate.is_some_and(|rate| beats(state.profit, room - state.weight, rate, best))
                });
            }
        }
        let taken = chosen.len();
        chosen.extend(&order[..fit]);
        match best_trace {
            None => chosen.extend(fillers.iter().map(|place| order[*place as usize])),
            Some(mut at) => {
                let mut undone: Vec<u32> = Vec::new();
                while at != 0 {
                    let (before, place) = self.trace[at as usize];
                    undone.push(place);
                    at = before;
                }
                undone.sort_unstable();
                let mut place = 0;
                chosen.truncate(taken);
                chosen.extend(order[..fit].iter().filter(|_| {
                    place += 1;
                    undone.binary_search(&(place - 1)).is_err()
                }));
                chosen.extend(undone.iter().filter(|place| **place >= fit as u32).map(|place| order[*place as usize]));
            }
        }
        free + best
    }

    /// Puts items with a profit that fit at all in order of profit per weight; those that weigh nothing are chosen at
    /// once, and their profit is returned.
    fn sort(
        &mut self,
        items: std::ops::Range<usize>,
        profit: &[i64],
        weight: &[i64],
        room: i64,
        chosen: &mut Vec<u32>,
    ) -> i64 {
        let mut free = 0;
        self.order.clear();
        for item in items {
            if profit[item] <= 0 || weight[item] > room {
                continue;
            }
            if weight[item] == 0 {
                free += profit[item];
                chosen.push(item as u32);
            } else {
                self.order.push(item as u32);
            }
        }
        sort_by_rate(&mut self.order, profit, weight);
        free
    }
}

/// Whether a profit, with `rest` of the room filled at a rate of profit per weight, is more than `best`; the room is
/// overdrawn where `rest` is below zero.
fn beats(profit: i64, rest: i64, (rate_profit, rate_weight): (i64, i64), best: i64) -> bool {
    rest * rate_profit >= (best + 1 - profit) * rate_weight
}

/// Sorts items by profit per weight, greatest first, exactly; the lower number first where they are equal.
pub(super) fn sort_by_rate(order: &mut [u32], profit: &[i64], weight: &[i64]) {
    order.sort_unstable_by(|first, second| {
        let (one, other) = (*first as usize, *second as usize);
        (profit[other] * weight[one]).cmp(&(profit[one] * weight[other])).then(first.cmp(second))
    });
}

/// Merges states with the same states where one more decision is undone; of equal weight the more profitable, and none
/// that a lighter one dominates.
fn merge(states: &[State], merged: &mut Vec<State>, trace: &mut Vec<(u32, u32)>, by: i64, change: i64, place: u32) {
    merged.clear();
    let (mut kept, mut moved) = (0, 0);
    let mut greatest = i64::MIN;
    while kept < states.len() || moved < states.len() {
        let takes_kept = moved >= states.len()
            || (kept < states.len() && {
                let (one, other) = (states[kept], states[moved]);
                (one.weight, -one.profit) <= (other.weight + by, -(other.profit + change))
            });
        if takes_kept {
            let state = states[kept];
            kept += 1;
            if state.profit > greatest {
                greatest = state.profit;
                merged.push(state);
            }
        } else {
            let state = states[moved];
            moved += 1;
            if state.profit + change > greatest {
                greatest = state.profit + change;
                trace.push((state.trace, place));
                merged.push(State {
                    weight: state.weight + by,
                    profit: state.profit + change,
                    trace: trace.len() as u32 - 1,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::{Rng, SeedableRng};

    use super::Knapsack;

    #[test]
    fn knapsacks_are_solved_as_well_as_by_a_table() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        let mut below = |limit: u64| (random.next_u64() % limit) as i64;
        let mut knapsack = Knapsack::default();
        let mut chosen = Vec::new();
        for round in 0..3000_u64 {
            let count = 1 + below(30) as usize;
            let weight: Vec<i64> = (0..count).map(|_| below(1 + round % 40)).collect();
            let profit: Vec<i64> = weight.iter().map(|weight| weight * 5 * below(2) + below(60) - 20).collect();
            let room = below(weight.iter().sum::<i64>() as u64 + 3);
            let mut table = vec![0; room as usize + 1];
            for item in (0..count).filter(|item| profit[*item] > 0) {
                for sum in (weight[item]..=room).rev() {
                    table[sum as usize] = table[sum as usize].max(table[(sum - weight[item]) as usize] + profit[item]);
                }
            }
            let found = knapsack.solve(0..count, &profit, &weight, room, &mut chosen);
            assert_eq!(found, table[room as usize], "{profit:?} {weight:?} {room}");
            let sum = |of: &[i64]| chosen.iter().map(|item| of[*item as usize]).sum::<i64>();
            assert_eq!(sum(&profit), found, "the set has the profit");
            assert!(sum(&weight) <= room, "the set fits");
            chosen.sort_unstable();
            assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]), "no item twice");
        }
    }
}
