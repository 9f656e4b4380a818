//! Sizes of districts kept along cheapest chains of single schools.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::state::State;

/// The leads a unit may be passed to: those listed for it, or in the first step of a chain any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Among {
    Listed,
    All,
}

impl State<'_> {
    /// Passes units on along the chains whose ways cost least until no district has too many or too few schools, where
    /// there are such chains: first among the leads listed for each unit, and where these do not suffice, with a first step
    /// between any two.
    pub(super) fn keep_sizes(&mut self) {
        let [fewest, most] = self.field.task.size.map(|size| size as i64);
        let districts = 0..self.sums.len();
        let mut wanted_by: Vec<Vec<u32>> = vec![Vec::new(); districts.len()];
        for unit in 0..self.field.units.len() {
            for (district, _) in self.field.nearest(unit) {
                wanted_by[*district as usize].push(unit as u32);
            }
        }
        for among in [Among::Listed, Among::All] {
            for district in districts.clone() {
                while self.sums[district].schools > most && self.pass_on(district, most, among) {}
            }
            for district in districts.clone() {
                while self.sums[district].schools < fewest && self.fetch(district, fewest, among, &wanted_by) {}
            }
        }
        self.count_parts();
    }

    /// Passes one unit out of a district, on and on, until one comes to a district with less than `most`.
    fn pass_on(&mut self, district: usize, most: i64, among: Among) -> bool {
        let mut paths = Paths::from(district);
        while let Some((cost, at)) = paths.next() {
            if self.sums[at].schools < most {
                self.follow(&paths.back_from(at));
                return true;
            }
            for unit in self.members[at].iter().map(|unit| *unit as usize) {
                if self.field.units[unit].sums.schools > 1 {
                    continue;
                }
                let mut offer = |to: usize, way: i64| {
                    paths.offer(cost + (way - self.way[unit]).max(0), to, (unit, at, to));
                };
                if among == Among::All && at == district {
                    (0..self.sums.len()).for_each(|to| offer(to, self.field.way(unit, to)));
                } else {
                    self.field.nearest(unit).iter().for_each(|(to, way)| offer(*to as usize, *way));
                }
            }
        }
        false
    }

    /// Fetches one unit into a district, from one that fetches another, until one comes from a district with more than
    /// `fewest`.
    fn fetch(&mut self, district: usize, fewest: i64, among: Among, wanted_by: &[Vec<u32>]) -> bool {
        let mut paths = Paths::from(district);
        let all: Vec<u32> = match among {
            Among::Listed => Vec::new(),
            Among::All => (0..self.field.units.len() as u32).collect(),
        };
        while let Some((cost, at)) = paths.next() {
            if self.sums[at].schools > fewest {
                self.follow(&paths.back_from(at));
                return true;
            }
            let units = if among == Among::All && at == district { &all } else { &wanted_by[at] };
            for unit in units.iter().map(|unit| *unit as usize) {
                let from = self.district_of[unit] as usize;
                if from != at && self.field.units[unit].sums.schools == 1 {
                    let more = (self.field.way(unit, at) - self.way[unit]).max(0);
                    paths.offer(cost + more, from, (unit, from, at));
                }
            }
        }
        false
    }

    fn follow(&mut self, steps: &[Step]) {
        for (unit, from, to) in steps {
            self.shift((*unit, *from, *to, self.field.way(*unit, *to)));
        }
    }
}

/// Cheapest ways from a district to others, each by a unit that changes its district.
struct Paths {
    queue: BinaryHeap<Reverse<(i64, usize)>>,
    /// What the way to a district costs, and its last step; `None` for the first one.
    reached: rustc_hash::FxHashMap<usize, (i64, Option<Step>)>,
    start: usize,
}

/// A unit with the district it leaves and the one it comes to.
type Step = (usize, usize, usize);

impl Paths {
    fn from(district: usize) -> Paths {
        let reached = std::iter::once((district, (0, None))).collect();
        Paths { queue: BinaryHeap::from([Reverse((0, district))]), reached, start: district }
    }

    /// The cheapest district not looked at yet.
    fn next(&mut self) -> Option<(i64, usize)> {
        while let Some(Reverse((cost, district))) = self.queue.pop() {
            if self.reached[&district].0 == cost {
                return Some((cost, district));
            }
        }
        None
    }

    fn offer(&mut self, cost: i64, district: usize, step: Step) {
        let known = self.reached.get(&district).map_or(i64::MAX, |(cost, _)| *cost);
        if cost < known {
            self.reached.insert(district, (cost, Some(step)));
            self.queue.push(Reverse((cost, district)));
        }
    }

    /// The steps by which a district was reached, the last one first.
    fn back_from(&self, district: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = district;
        while let Some((_, Some(step))) = self.reached.get(&at) {
            steps.push(*step);
            at = if step.1 == at { step.2 } else { step.1 };
            if at == self.start {
                break;
            }
        }
        steps
    }
}
