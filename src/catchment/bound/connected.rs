//! The connected knapsack of one school: the most profitable catchment within its seats that hangs together.

use std::collections::BinaryHeap;

use super::knapsack::sort_by_rate;
use super::site::Site;

/// What is known of the most profitable connected set.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// No connected set that fits has more profit.
    pub(super) most: i64,
    /// Whether some has as much.
    pub(super) is_exact: bool,
    /// The items of a set with that profit; where not exact, of what the last open branch would like to take, with shares.
    pub(super) chosen: Vec<(u32, f64)>,
}

/// Sets of nodes as bits.
type Bits = [u64];

/// Memory for the search, kept between calls, and the map of a site as bits.
pub(super) struct Connected {
    words: usize,
    beside: Vec<u64>,
    order: Vec<u32>,
    store: Vec<u64>,
    queue: BinaryHeap<(i64, std::cmp::Reverse<u32>, u32)>,
    taken: Vec<u64>,
    barred: Vec<u64>,
    reached: Vec<u64>,
    wanted: Vec<u64>,
    linked: Vec<u64>,
    fresh: Vec<u64>,
    after: Vec<u64>,
}

fn has(bits: &Bits, node: usize) -> bool {
    bits[node / 64] >> (node % 64) & 1 == 1
}

fn put(bits: &mut Bits, node: usize) {
    bits[node / 64] |= 1 << (node % 64);
}

fn each(bits: &Bits) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(word, bits)| {
        let mut rest = *bits;
        std::iter::from_fn(move || {
            (rest != 0).then(|| {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                64 * word + bit
            })
        })
    })
}

/// Adds to `found` what can be reached from `fresh`, all of which it has, through what `may` lets pass.
fn spread(beside: &Bits, found: &mut Bits, fresh: &mut Bits, after: &mut Bits, may: impl Fn(usize) -> u64) {
    let words = found.len();
    loop {
        after.fill(0);
        for node in each(fresh) {
            let beside = &beside[node * words..(node + 1) * words];
            for word in 0..words {
                after[word] |= beside[word];
            }
        }
        let mut any = 0;
        for word in 0..words {
            fresh[word] = after[word] & may(word) & !found[word];
            found[word] |= fresh[word];
            any |= fresh[word];
        }
        if any == 0 {
            return;
        }
    }
}

impl Connected {
    pub(super) fn new(site: &Site) -> Connected {
        let words = site.node_count().div_ceil(64);
        let mut beside = vec![0; words * site.node_count()];
        for node in 0..site.node_count() {
            for next in site.neighbours(node) {
                put(&mut beside[words * node..words * (node + 1)], *next as usize);
            }
        }
        let empty = || vec![0_u64; words];
        Connected {
            words,
            beside,
            order: Vec::new(),
            store: Vec::new(),
            queue: BinaryHeap::new(),
            taken: empty(),
            barred: empty(),
            reached: empty(),
            wanted: empty(),
            linked: empty(),
            fresh: empty(),
            after: empty(),
        }
    }

    /// The greatest sum of `profit` over connected sets that fit, or, where `limit` branches do not tell, what it cannot
    /// exceed. `relaxed` are profits whose sum over any connected set that fits is no less than that of `profit`.
    ///
    /// Best branch first. In each branch the items that can still be reached are filled in by relaxed profit per
    /// pupil, the last one in part; a block beside the set is decided on next.
    pub(super) fn solve(
        &mut self,
        site: &Site,
        profit: &[i64],
        relaxed: &[i64],
        known: &[u32],
        limit: usize,
    ) -> Answer {
        self.order.clear();
        self.order.extend(site.items().filter(|item| relaxed[*item] > 0).map(|item| item as u32));
        sort_by_rate(&mut self.order, relaxed, &site.pupils);
        self.store.clear();
        self.queue.clear();
        let mut best = known.iter().map(|item| profit[*item as usize]).sum::<i64>().max(0);
        let mut best_set: Vec<u32> = if best > 0 { known.to_vec() } else { Vec::new() };
        self.taken.fill(0);
        self.barred.fill(0);
        put(&mut self.taken, 0);
        self.open(site, profit, relaxed, i64::MAX, &mut best, &mut best_set);
        let mut opened = 1;
        while let Some((most, std::cmp::Reverse(place), next)) = self.queue.peek().copied() {
            if most <= best {
                break;
            }
            if opened >= limit {
                self.load(place);
                let chosen = self.wish(site);
                return Answer { most, is_exact: false, chosen };
            }
            self.queue.pop();
            for takes in [true, false] {
                self.load(place);
                put(if takes { &mut self.taken } else { &mut self.barred }, next as usize);
                self.open(site, profit, relaxed, most, &mut best, &mut best_set);
                opened += 1;
            }
        }
        let chosen = best_set.iter().map(|item| (*item, 1.0)).collect();
        Answer { most: best, is_exact: true, chosen }
    }

    fn load(&mut self, place: u32) {
        let (place, words) = (place as usize, self.words);
        self.taken.copy_from_slice(&self.store[place..place + words]);
        self.barred.copy_from_slice(&self.store[place + words..place + 2 * words]);
    }

    /// Looks at the branch with `taken` and `barred`: improves the best set by what it offers, and queues it where more
    /// may be in it.
    fn open(
        &mut self,
        site: &Site,
        profit: &[i64],
        relaxed: &[i64],
        parent: i64,
        best: &mut i64,
        best_set: &mut Vec<u32>,
    ) {
        let mut weight = 0;
        let (mut value, mut relaxed_value) = (0, 0);
        for node in each(&self.taken) {
            if node >= site.first_item {
                weight += site.pupils[node];
                value += profit[node];
                relaxed_value += relaxed[node];
            }
        }
        if weight > site.room {
            return;
        }
        if value > *best {
            *best = value;
            *best_set = each(&self.taken).filter(|node| *node >= site.first_item).map(|node| node as u32).collect();
        }
        self.reach(site);
        let filled = self.fill(site, relaxed, site.room - weight);
        let most = parent.min(relaxed_value + filled);
        if most <= *best {
            return;
        }
        // What hangs together of the wish is a set, too.
        self.link();
        let linked = || each(&self.linked).filter(|node| *node >= site.first_item);
        let value: i64 = linked().map(|node| profit[node]).sum();
        if value > *best {
            *best = value;
            *best_set = linked().map(|node| node as u32).collect();
            if most <= *best {
                return;
            }
        }
        let Some(next) = self.choose(site, relaxed) else { return };
        let place = self.store.len() as u32;
        self.store.extend_from_slice(&self.taken);
        self.store.extend_from_slice(&self.barred);
        self.queue.push((most, std::cmp::Reverse(place), next));
    }

    /// Marks what can be reached from the set without barred nodes; nodes that need no decision join the set.
    fn reach(&mut self, site: &Site) {
        let words = self.words;
        self.reached.copy_from_slice(&self.taken);
        self.fresh.copy_from_slice(&self.taken);
        spread(&self.beside, &mut self.reached, &mut self.fresh, &mut self.after, |word| !self.barred[word]);
        // Locked blocks beside the set are in it.
        let mut again = site.first_item > 1;
        while again {
            again = false;
            for node in 1..site.first_item {
                let own = &self.beside[node * words..(node + 1) * words];
                if !has(&self.taken, node) && own.iter().zip(&self.taken).any(|(one, other)| one & other != 0) {
                    put(&mut self.taken, node);
                    again = true;
                }
            }
        }
    }

    /// Fills the room with reachable items by relaxed profit per pupil, the last in part, and returns the profit. The whole
    /// ones are `wanted`.
    fn fill(&mut self, site: &Site, relaxed: &[i64], room: i64) -> i64 {
        let mut rest = room;
        let mut sum = 0;
        self.wanted.copy_from_slice(&self.taken);
        for item in &self.order {
            let item = *item as usize;
            if !has(&self.reached, item) || has(&self.taken, item) || site.pupils[item] > room {
                continue;
            }
            if site.pupils[item] <= rest {
                rest -= site.pupils[item];
                sum += relaxed[item];
                put(&mut self.wanted, item);
            } else {
                return sum + rest * relaxed[item] / site.pupils[item];
            }
        }
        sum
    }

    /// Marks what of the wanted nodes hangs together with the school.
    fn link(&mut self) {
        self.linked.copy_from_slice(&self.taken);
        self.fresh.copy_from_slice(&self.taken);
        spread(&self.beside, &mut self.linked, &mut self.fresh, &mut self.after, |word| self.wanted[word]);
    }

    /// The block beside the set to decide on.
    fn choose(&self, site: &Site, relaxed: &[i64]) -> Option<u32> {
        let words = self.words;
        let mut border = vec![0_u64; words];
        for node in each(&self.taken) {
            for (border, beside) in border.iter_mut().zip(&self.beside[node * words..(node + 1) * words]) {
                *border |= beside;
            }
        }
        for (border, (taken, barred)) in border.iter_mut().zip(self.taken.iter().zip(&self.barred)) {
            *border &= !taken & !barred;
        }
        each(&border)
            .filter(|node| *node >= site.first_item)
            .max_by_key(|node| (has(&self.wanted, *node), relaxed[*node], std::cmp::Reverse(*node)))
            .map(|node| node as u32)
    }

    /// The items the loaded branch would like to take, with shares.
    fn wish(&mut self, site: &Site) -> Vec<(u32, f64)> {
        self.reach(site);
        let weight: i64 = each(&self.taken).map(|node| site.pupils[node]).sum();
        let mut rest = site.room - weight;
        let room = rest;
        let mut chosen: Vec<(u32, f64)> =
            each(&self.taken).filter(|node| *node >= site.first_item).map(|node| (node as u32, 1.0)).collect();
        for item in &self.order {
            let node = *item as usize;
            if !has(&self.reached, node) || has(&self.taken, node) || site.pupils[node] > room {
                continue;
            }
            if site.pupils[node] <= rest {
                rest -= site.pupils[node];
                chosen.push((*item, 1.0));
            } else {
                chosen.push((*item, rest as f64 / site.pupils[node] as f64));
                break;
            }
        }
        chosen
    }
}
