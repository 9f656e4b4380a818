//! The most that can flow from demands to supplies, and what stands in its way.

/// No node.
const NOBODY: u32 = u32::MAX;

/// A network from a source over demands and supplies to a sink. What flows from a demand to a supply is not limited.
///
/// # Reference
/// E. A. Dinic: Algorithm for solution of a problem of maximum flow in a network with power estimation. Soviet Math.
/// Doklady 11, 1970. The cut: L. R. Ford, D. R. Fulkerson: Maximal flow through a network. Canad. J. Math. 8, 1956.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    demands: usize,
    supplies: usize,
    /// Each arc is followed by its reverse: head and what may still flow.
    heads: Vec<u32>,
    left: Vec<u64>,
    /// The arcs of each node.
    arcs: Vec<Vec<u32>>,
}

impl Flow {
    /// Nothing flows yet; `reaches` names the supplies of each demand.
    pub(super) fn new<'a>(demands: &[u64], supplies: &[u64], reaches: impl Iterator<Item = &'a [u32]>) -> Flow {
        let nodes = demands.len() + supplies.len() + 2;
        let mut flow = Flow {
            demands: demands.len(),
            supplies: supplies.len(),
            heads: Vec::new(),
            left: Vec::new(),
            arcs: vec![Vec::new(); nodes],
        };
        for (demand, amount) in demands.iter().enumerate() {
            flow.add_arc(flow.source(), demand, *amount);
        }
        for (supply, amount) in supplies.iter().enumerate() {
            flow.add_arc(flow.supply(supply), flow.sink(), *amount);
        }
        for (demand, supplies) in reaches.enumerate() {
            for supply in supplies {
                flow.add_arc(demand, flow.supply(*supply as usize), u64::MAX / 4);
            }
        }
        flow
    }

    fn source(&self) -> usize {
        self.demands + self.supplies
    }

    fn sink(&self) -> usize {
        self.demands + self.supplies + 1
    }

    fn supply(&self, supply: usize) -> usize {
        self.demands + supply
    }

    fn add_arc(&mut self, from: usize, to: usize, most: u64) {
        for (from, to, most) in [(from, to, most), (to, from, 0)] {
            self.arcs[from].push(self.heads.len() as u32);
            self.heads.push(to as u32);
            self.left.push(most);
        }
    }

    /// Lets as much more flow as can; how much that was.
    ///
    /// Cost: O(√nodes × arcs) in networks like these.
    pub(super) fn fill(&mut self) -> u64 {
        let mut more = 0;
        loop {
            let level = self.levels();
            if level[self.sink()] == NOBODY {
                return more;
            }
            let mut next = vec![0_u32; self.arcs.len()];
            loop {
                let pushed = self.push(&level, &mut next);
                if pushed == 0 {
                    break;
                }
                more += pushed;
            }
        }
    }

    /// In how many steps each node is reached from the source by arcs that let more flow.
    fn levels(&self) -> Vec<u32> {
        let mut level = vec![NOBODY; self.arcs.len()];
        level[self.source()] = 0;
        let mut queue = vec![self.source()];
        let mut position = 0;
        while position < queue.len() {
            let node = queue[position];
            position += 1;
            for arc in &self.arcs[node] {
                let head = self.heads[*arc as usize] as usize;
                if self.left[*arc as usize] > 0 && level[head] == NOBODY {
                    level[head] = level[node] + 1;
                    queue.push(head);
                }
            }
        }
        level
    }

    /// Pushes along one way that goes a level further with each arc.
    fn push(&mut self, level: &[u32], next: &mut [u32]) -> u64 {
        let mut way: Vec<u32> = Vec::new();
        let mut node = self.source();
        while node != self.sink() {
            let onward = self.arcs[node][next[node] as usize..].iter().position(|arc| {
                let head = self.heads[*arc as usize] as usize;
                self.left[*arc as usize] > 0 && level[head] == level[node] + 1
            });
            if let Some(step) = onward {
                next[node] += step as u32;
                let arc = self.arcs[node][next[node] as usize];
                way.push(arc);
                node = self.heads[arc as usize] as usize;
            } else {
                let Some(arc) = way.pop() else { return 0 };
                node = self.heads[arc as usize ^ 1] as usize;
                next[node] += 1;
            }
        }
        let most = way.iter().map(|arc| self.left[*arc as usize]).min().unwrap_or(0);
        for arc in way {
            self.left[arc as usize] -= most;
            self.left[arc as usize ^ 1] += most;
        }
        most
    }

    /// The demands on the source's side of the smallest least cut: all that the supplies they reach can take is taken.
    pub(super) fn tight(&self) -> Vec<bool> {
        self.levels()[..self.demands].iter().map(|level| *level != NOBODY).collect()
    }

    /// Lets a supply take as much as flows to it.
    pub(super) fn open(&mut self, supply: usize) {
        self.left[2 * (self.demands + supply)] = u64::MAX / 4;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_flow_is_what_the_cut_says() {
        // Two demands share a supply of 5, a third has 10 of its own.
        let mut flow = Flow::new(&[4, 3, 6], &[5, 10], [&[0][..], &[0], &[0, 1]].into_iter());
        assert_eq!(flow.fill(), 11);
        assert_eq!(flow.tight(), [true, true, false]);
        flow.open(0);
        assert_eq!(flow.fill(), 2);
    }

    #[test]
    fn flow_is_as_much_as_the_least_cut_over_all_sets_of_demands() {
        // Hall: the most that flows is the least over sets D of demands of (all not in D) + what D's supplies can take.
        let mut number = 7_u64;
        let mut next = |bound: u64| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (number >> 33) % bound
        };
        for _ in 0..300 {
            let demands: Vec<u64> = (0..5).map(|_| next(9)).collect();
            let supplies: Vec<u64> = (0..4).map(|_| next(12)).collect();
            let reaches: Vec<Vec<u32>> = (0..5).map(|_| (0..4).filter(|_| next(3) == 0).collect()).collect();
            let least = (0..32_u32).map(|set| {
                let inside = |demand: usize| set >> demand & 1 == 1;
                let others: u64 = (0..5).filter(|demand| !inside(*demand)).map(|demand| demands[demand]).sum();
                let reached =
                    |supply: &usize| (0..5).any(|demand| inside(demand) && reaches[demand].contains(&(*supply as u32)));
                others + (0..4).filter(reached).map(|supply| supplies[supply]).sum::<u64>()
            });
            assert_eq!(Some(Flow::new(&demands, &supplies, reaches.iter().map(Vec::as_slice)).fill()), least.min());
        }
    }
}
