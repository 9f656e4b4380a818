//! What a school may take, and what it can earn with it: the ground of certificates with worths.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// A school with the free blocks a way leads to that is not heavier than its seats.
///
/// Places number what the school knows: its home blocks, other blocks it has in any case, free blocks.
pub(super) struct Territory {
    /// The block of each place.
    blocks: Vec<usize>,
    place_of: BTreeMap<usize, usize>,
    neighbours: Vec<Vec<usize>>,
    is_home: Vec<bool>,
    /// Whether a place has to be taken, or not.
    is_own: Vec<bool>,
    /// Pupils of free blocks; nothing for others, as their seats are taken off.
    weight: Vec<i128>,
    /// Seats for free blocks.
    room: i128,
}

/// More branches than this are not followed to prove one claim.
const MOST_BRANCHES: usize = 2_000_000;

impl Territory {
    /// The territory of a school that stands in `homes` and has the blocks of which `is_own` is true in any case, may take
    /// those of which `may` is true, and has `seats`.
    pub(super) fn of(
        homes: &[usize],
        seats: i128,
        pupils: &[i128],
        is_own: impl Fn(usize) -> bool,
        may: impl Fn(usize) -> bool,
        links: &[Vec<usize>],
    ) -> Territory {
        let own: Vec<usize> = (0..pupils.len()).filter(|block| is_own(*block)).collect();
        // Where the blocks it has overfill it, no scheme keeps the seats.
        let room = (seats - own.iter().map(|block| pupils[*block]).sum::<i128>()).max(0);
        let weigh = |block: usize| if is_own(block) { 0 } else { pupils[block] };
        let mut away: BTreeMap<usize, i128> = BTreeMap::new();
        let mut queue: BinaryHeap<Reverse<(i128, usize)>> = homes.iter().map(|home| Reverse((0, *home))).collect();
        while let Some(Reverse((far, block))) = queue.pop() {
            if far > room || away.contains_key(&block) {
                continue;
            }
            away.insert(block, far);
            let next = links[block].iter().filter(|next| (may(**next) || is_own(**next)) && !away.contains_key(next));
            queue.extend(next.map(|next| Reverse((far + weigh(*next), *next))));
        }
        let blocks: Vec<usize> =
            own.iter().copied().chain(away.keys().copied().filter(|block| !is_own(*block))).collect();
        let place_of: BTreeMap<usize, usize> =
            blocks.iter().enumerate().map(|(place, block)| (*block, place)).collect();
        let beside = |block: &usize| links[*block].iter().filter_map(|next| place_of.get(next).copied()).collect();
        Territory {
            neighbours: blocks.iter().map(beside).collect(),
            is_home: blocks.iter().map(|block| homes.contains(block)).collect(),
            is_own: blocks.iter().map(|block| is_own(*block)).collect(),
            weight: blocks.iter().map(|block| weigh(*block)).collect(),
            room,
            place_of,
            blocks,
        }
    }

    pub(super) fn blocks(&self) -> &[usize] {
        &self.blocks
    }

    pub(super) fn is_free(&self, place: usize) -> bool {
        !self.is_own[place]
    }

    /// The place of a block, where it has one.
    pub(super) fn place(&self, block: usize) -> Option<usize> {
        self.place_of.get(&block).copied()
    }

    /// Whether every way from home to a place that keeps clear of some others is too heavy.
    pub(super) fn is_cut_off(&self, place: usize, clear_of: &[usize]) -> bool {
        let mut seen: Vec<bool> = vec![false; self.blocks.len()];
        for other in clear_of {
            seen[*other] = true;
        }
        let homes = (0..self.blocks.len()).filter(|home| self.is_home[*home]);
        let mut queue: BinaryHeap<Reverse<(i128, usize)>> = homes.map(|home| Reverse((0, home))).collect();
        while let Some(Reverse((far, here))) = queue.pop() {
            if far > self.room || std::mem::replace(&mut seen[here], true) {
                continue;
            }
            if here == place {
                return false;
            }
            let next = self.neighbours[here].iter().filter(|next| !seen[**next]);
            let next = next.map(|next| (far + self.weight[*next], *next)).filter(|(far, _)| *far <= self.room);
            queue.extend(next.map(Reverse));
        }
        true
    }

    /// The greatest sum of earnings of any free blocks that fit: the table of all fillings.
    pub(super) fn most(&self, earns: &[i128]) -> i128 {
        let mut table = vec![0_i128; self.room as usize + 1];
        let mut sum = 0;
        let mut full = 0;
        for place in (0..self.blocks.len()).filter(|place| self.is_free(*place) && earns[*place] > 0) {
            let weight = self.weight[place];
            if weight == 0 {
                sum += earns[place];
            } else if weight <= self.room {
                // Above the sum of all weights so far the table is level.
                let weight = weight as usize;
                let reached = (full + weight).min(self.room as usize);
                for filled in full + 1..=reached {
                    table[filled] = table[full];
                }
                for filled in (weight..=reached).rev() {
                    table[filled] = table[filled].max(table[filled - weight] + earns[place]);
                }
                full = reached;
            }
        }
        sum + table[full]
    }

    /// Whether no set of free blocks that hangs together with home within the seats earns more than `claim`.
    ///
    /// Sets are built from home outwards, a block beside the set taken or left out at a time. A branch ends where filling
    /// its room with whatever it can still reach earns no more than the claim, the last block in part. `relaxed` are
    /// earnings whose sum over a set that hangs together is no less than that of `earns`.
    pub(super) fn no_set_beats(&self, claim: i128, earns: &[i128], relaxed: &[i128]) -> bool {
        let mut order: Vec<usize> =
            (0..self.blocks.len()).filter(|place| self.is_free(*place) && relaxed[*place] > 0).collect();
        order.sort_by(|one, other| {
            (relaxed[*other] * self.weight[*one]).cmp(&(relaxed[*one] * self.weight[*other])).then(one.cmp(other))
        });
        let mut left = MOST_BRANCHES;
        let mut mark: Vec<Mark> = vec![Mark::Open; self.blocks.len()];
        let mut set: Vec<usize> = (0..self.blocks.len()).filter(|place| self.is_home[*place]).collect();
        for home in &set {
            mark[*home] = Mark::Taken;
        }
        let question = Question { claim, earns, relaxed, order: &order };
        self.branch(&question, &mut mark, &mut set, &mut left)
    }

    fn branch(&self, question: &Question<'_>, mark: &mut [Mark], set: &mut Vec<usize>, left: &mut usize) -> bool {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        let size = set.len();
        let mut position = 0;
        // What it has in any case and stands beside the set is in it.
        while position < set.len() {
            for next in &self.neighbours[set[position]] {
                if self.is_own[*next] && mark[*next] == Mark::Open {
                    mark[*next] = Mark::Taken;
                    set.push(*next);
                }
            }
            position += 1;
        }
        let holds = self.look(question, mark, set, left);
        for place in set.drain(size..) {
            mark[place] = Mark::Open;
        }
        holds
    }

    fn look(&self, question: &Question<'_>, mark: &mut [Mark], set: &mut Vec<usize>, left: &mut usize) -> bool {
        let free = || set.iter().copied().filter(|place| self.is_free(*place));
        let room = self.room - free().map(|place| self.weight[place]).sum::<i128>();
        if room < 0 {
            return true;
        }
        if free().map(|place| question.earns[place]).sum::<i128>() > question.claim {
            return false;
        }
        let mut reached = vec![false; self.blocks.len()];
        let mut stack = set.clone();
        for place in &stack {
            reached[*place] = true;
        }
        while let Some(here) = stack.pop() {
            for next in &self.neighbours[here] {
                if !reached[*next] && mark[*next] != Mark::LeftOut {
                    reached[*next] = true;
                    stack.push(*next);
                }
            }
        }
        let mut most: i128 = free().map(|place| question.relaxed[place]).sum();
        let mut rest = room;
        let mut wished = vec![false; self.blocks.len()];
        for place in question.order.iter().copied() {
            if !reached[place] || mark[place] != Mark::Open || self.weight[place] > room {
                continue;
            }
            if self.weight[place] > rest {
                most += rest * question.relaxed[place] / self.weight[place];
                break;
            }
            rest -= self.weight[place];
            most += question.relaxed[place];
            wished[place] = true;
        }
        if most <= question.claim {
            return true;
        }
        let beside = set.iter().flat_map(|place| &self.neighbours[*place]).copied();
        let beside = beside.filter(|place| mark[*place] == Mark::Open);
        // Without a block beside it the set is all there is, and it was looked at.
        let Some(next) = beside.max_by_key(|place| (wished[*place], question.relaxed[*place], Reverse(*place))) else {
            return true;
        };
        mark[next] = Mark::Taken;
        set.push(next);
        let with = self.branch(question, mark, set, left);
        set.pop();
        mark[next] = Mark::LeftOut;
        let holds = with && self.branch(question, mark, set, left);
        mark[next] = Mark::Open;
        holds
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Taken,
    LeftOut,
}

/// What is asked of sets that hang together.
struct Question<'a> {
    claim: i128,
    earns: &'a [i128],
    relaxed: &'a [i128],
    /// Places by relaxed earnings per pupil, greatest first.
    order: &'a [usize],
}

#[cfg(test)]
mod tests {
    use super::Territory;

    /// Numbers from a seed (`SplitMix64`).
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            (mixed ^ (mixed >> 31)) % limit
        }
    }

    /// A map of ten blocks: the school stands in the first, and the second is locked to it.
    struct Map {
        links: Vec<Vec<usize>>,
        pupils: Vec<i128>,
        seats: i128,
    }

    const BLOCKS: usize = 10;

    impl Map {
        fn of(seed: u64) -> Map {
            let mut chance = Chance(seed);
            let mut links = vec![Vec::new(); BLOCKS];
            for (first, second) in (0..BLOCKS).flat_map(|first| (0..first).map(move |second| (first, second))) {
                if chance.below(4) == 0 {
                    links[first].push(second);
                    links[second].push(first);
                }
            }
            let pupils: Vec<i128> = (0..BLOCKS).map(|_| i128::from(chance.below(20))).collect();
            let seats = pupils[0] + pupils[1] + i128::from(chance.below(50));
            Map { links, pupils, seats }
        }

        fn territory(&self) -> Territory {
            Territory::of(&[0], self.seats, &self.pupils, |block| block < 2, |block| block >= 2, &self.links)
        }

        /// Every set of free blocks within the seats, and whether it hangs together with the school.
        fn sets(&self) -> Vec<(Vec<usize>, bool)> {
            let room = self.seats - self.pupils[0] - self.pupils[1];
            let sets =
                (0..1_usize << (BLOCKS - 2)).map(|code| (2..BLOCKS).filter(move |block| code >> (block - 2) & 1 == 1));
            let sets = sets.map(Iterator::collect::<Vec<usize>>);
            sets.filter(|set| set.iter().map(|block| self.pupils[*block]).sum::<i128>() <= room)
                .map(|set| {
                    let mut found = vec![0];
                    let mut position = 0;
                    while position < found.len() {
                        for next in &self.links[found[position]] {
                            if (*next == 1 || set.contains(next)) && !found.contains(next) {
                                found.push(*next);
                            }
                        }
                        position += 1;
                    }
                    let hangs = set.iter().all(|block| found.contains(block));
                    (set, hangs)
                })
                .collect()
        }
    }

    #[test]
    fn the_most_of_any_set_and_of_connected_sets_is_what_trying_all_of_them_gives() {
        for seed in 0..300 {
            let map = Map::of(seed);
            let territory = map.territory();
            let mut chance = Chance(1000 + seed);
            let by_block: Vec<i128> = (0..BLOCKS).map(|_| i128::from(chance.below(60)) - 20).collect();
            let earns: Vec<i128> = territory.blocks().iter().map(|block| by_block[*block]).collect();
            let sum = |set: &[usize]| set.iter().map(|block| by_block[*block]).sum::<i128>();
            let is_known = |set: &[usize]| set.iter().all(|block| territory.place(*block).is_some());
            let sets = map.sets();
            let most = sets.iter().filter(|(set, _)| is_known(set)).map(|(set, _)| sum(set)).max();
            assert_eq!(Some(territory.most(&earns)), most, "seed {seed}");
            let most = sets.iter().filter(|(_, hangs)| *hangs).map(|(set, _)| sum(set)).max().unwrap_or(0);
            assert!(territory.no_set_beats(most, &earns, &earns), "seed {seed}");
            assert!(!territory.no_set_beats(most - 1, &earns, &earns), "seed {seed}");
        }
    }

    #[test]
    fn a_place_is_cut_off_where_no_connected_set_has_it_without_what_stands_between() {
        let (mut cut_off, mut reached) = (0, 0);
        for seed in 0..300 {
            let map = Map::of(seed);
            let territory = map.territory();
            let mut chance = Chance(2000 + seed);
            let between: Vec<usize> = (2..BLOCKS).filter(|_| chance.below(3) == 0).collect();
            let block = 2 + chance.below(BLOCKS as u64 - 2) as usize;
            let Some(place) = territory.place(block).filter(|_| !between.contains(&block)) else { continue };
            let clear_of: Vec<usize> = between.iter().filter_map(|block| territory.place(*block)).collect();
            let has_way = map
                .sets()
                .iter()
                .any(|(set, hangs)| *hangs && set.contains(&block) && set.iter().all(|other| !between.contains(other)));
            assert_eq!(territory.is_cut_off(place, &clear_of), !has_way, "seed {seed}");
            if has_way { reached += 1 } else { cut_off += 1 }
        }
        assert!(cut_off > 10 && reached > 50, "{cut_off} cut off, {reached} reached");
    }
}
