//! Separators: why a block cannot be in a catchment without some block between it and the school.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::site::Site;

/// A school that takes `block` takes one of `separator` too, or its way there is longer than its seats: nodes of its site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Separator {
    pub(super) block: u32,
    /// Ascending.
    pub(super) between: Vec<u32>,
}

/// By how much shares must break a separator before it is worth stating.
const TOLERANCE: f64 = 0.05;

/// What a block nobody takes costs in a separator, so that separators have few blocks.
const EMPTY: f64 = 1e-4;

/// Separators that shares of blocks break: blocks taken to a greater share than all ways to them can carry.
///
/// For each block a maximal flow from the school to it, through nodes that carry their share; the cut that stops it is
/// a separator. Then blocks are taken out of it as long as every way round through them is heavier than the school's seats.
/// Most blocks need no flow, as a single way carries them. Cost: O(E log E), and per flow O(E) for each of its ways.
///
/// # Reference
/// R. Carvajal, M. Constantino, M. Goycoolea, J. P. Vielma, A. Weintraub: Imposing connectivity constraints in forest
/// planning models. Operations Research 61, 2013. doi:10.1287/opre.2013.1183. Length-bounded: H. Validi, A. Buchanan,
/// E. Lykhovyd: Imposing contiguity constraints in political districting models. Operations Research 70, 2022.
/// doi:10.1287/opre.2021.2141
pub(super) fn broken(site: &Site, share: &[f64]) -> Vec<Separator> {
    let width = widest(site, share);
    let mut flow = Flow::new(site);
    let mut found = Vec::new();
    for block in site.items() {
        if share[block] <= TOLERANCE || width[block] >= share[block] - TOLERANCE {
            continue;
        }
        let Some(mut between) = flow.cut(site, share, block) else { continue };
        // The fullest first: without them the separator is broken by more.
        between.sort_by(|one, other| share[*other as usize].total_cmp(&share[*one as usize]).then(one.cmp(other)));
        shrink(site, block, &mut between);
        between.sort_unstable();
        found.push(Separator { block: block as u32, between });
    }
    found
}

fn carries(site: &Site, share: &[f64], node: usize) -> f64 {
    if node < site.first_item { f64::INFINITY } else { share[node] + EMPTY }
}

/// For each node how much the one way to it that carries most carries, the node itself left out.
fn widest(site: &Site, share: &[f64]) -> Vec<f64> {
    let mut width = vec![0.0; site.node_count()];
    let mut done = vec![false; site.node_count()];
    width[0] = f64::INFINITY;
    let mut queue = BinaryHeap::from([(u64::MAX, 0_u32)]);
    while let Some((_, node)) = queue.pop() {
        let node = node as usize;
        if std::mem::replace(&mut done[node], true) {
            continue;
        }
        let through = f64::min(width[node], carries(site, share, node));
        for next in site.neighbours(node) {
            let next = *next as usize;
            if through > width[next] {
                width[next] = through;
                // What is passed on counts, not what arrives; positive numbers are in order as their bits are.
                queue.push((f64::min(through, carries(site, share, next)).to_bits(), next as u32));
            }
        }
    }
    width
}

/// Takes nodes out of a separator, in order, as long as every way round through them is heavier than the seats.
///
/// A way through one node and no other of the separator is the lightest from the school to it and the lightest from it to
/// the block; both change only where a node is taken out.
fn shrink(site: &Site, block: usize, between: &mut Vec<u32>) {
    let mut from_school = away(site, 0, between);
    let mut from_block = away(site, block, between);
    let mut position = 0;
    while position < between.len() {
        let node = between[position] as usize;
        let way = from_school[node].saturating_add(from_block[node]).saturating_sub(site.pupils[node]);
        if way > site.room {
            between.remove(position);
            from_school = away(site, 0, between);
            from_block = away(site, block, between);
        } else {
            position += 1;
        }
    }
}

/// Pupils on the lightest way between a node and each other, both included, through none of some nodes; they can be where
/// it ends. Ways heavier than the seats count as none.
fn away(site: &Site, from: usize, through_none_of: &[u32]) -> Vec<i64> {
    let mut away = vec![i64::MAX; site.node_count()];
    let mut queue = BinaryHeap::from([Reverse((site.pupils[from], from as u32))]);
    away[from] = site.pupils[from];
    while let Some(Reverse((far, node))) = queue.pop() {
        let here = node as usize;
        if far > away[here] || through_none_of.contains(&node) {
            continue;
        }
        for next in site.neighbours(here) {
            let there = far + site.pupils[*next as usize];
            if there <= site.room && there < away[*next as usize] {
                away[*next as usize] = there;
                queue.push(Reverse((there, *next)));
            }
        }
    }
    away
}

/// A flow through nodes that carry so much.
struct Flow {
    /// For each arc, in the order of the site's neighbours, its opposite.
    opposite: Vec<u32>,
    /// Where the arcs of each node begin.
    first: Vec<u32>,
    head: Vec<u32>,
    on_arc: Vec<f64>,
    through: Vec<f64>,
    /// From which state a state was reached; states are node × (arrived, passed through).
    came_from: Vec<u32>,
    queue: VecDeque<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Flow {
    fn new(site: &Site) -> Flow {
        let mut first = vec![0];
        let mut head = Vec::new();
        for node in 0..site.node_count() {
            head.extend_from_slice(site.neighbours(node));
            first.push(head.len() as u32);
        }
        let opposite = (0..site.node_count())
            .flat_map(|node| site.neighbours(node).iter().map(move |next| (node, *next as usize)))
            .map(|(node, next)| {
                let place = site.neighbours(next).binary_search(&(node as u32)).unwrap_or(0);
                first[next] + place as u32
            })
            .collect();
        Flow {
            on_arc: vec![0.0; head.len()],
            through: vec![0.0; site.node_count()],
            came_from: vec![NOWHERE; 2 * site.node_count()],
            queue: VecDeque::new(),
            opposite,
            first,
            head,
        }
    }

    /// The nodes that part `block` from the school where less than its share can flow to it; the cut nearest to the block.
    fn cut(&mut self, site: &Site, share: &[f64], block: usize) -> Option<Vec<u32>> {
        self.on_arc.fill(0.0);
        self.through.fill(0.0);
        let wanted = share[block] - TOLERANCE;
        let mut sum = 0.0;
        while sum < wanted {
            if !self.reaches_school(site, share, block) {
                let cut = site
                    .items()
                    .filter(|node| self.came_from[2 * node] != NOWHERE && self.came_from[2 * node + 1] == NOWHERE)
                    .map(|node| node as u32);
                return Some(cut.collect());
            }
            sum += self.push(site, share, block, wanted - sum);
        }
        None
    }

    /// Searches a way from the block to the school with room for more. Even states: arrived at a node; odd ones: passed
    /// through it.
    fn reaches_school(&mut self, site: &Site, share: &[f64], block: usize) -> bool {
        self.came_from.fill(NOWHERE);
        self.queue.clear();
        let start = 2 * block as u32 + 1;
        self.came_from[start as usize] = start;
        // Nothing arrives at the source.
        self.came_from[2 * block] = start;
        self.queue.push_back(start);
        while let Some(state) = self.queue.pop_front() {
            let (node, passed) = ((state / 2) as usize, state % 2 == 1);
            if passed {
                for arc in self.first[node]..self.first[node + 1] {
                    let next = 2 * self.head[arc as usize];
                    if self.came_from[next as usize] == NOWHERE {
                        self.came_from[next as usize] = state;
                        if next == 0 {
                            return true;
                        }
                        self.queue.push_back(next);
                    }
                }
                if self.through[node] > 0.0 && self.came_from[2 * node] == NOWHERE {
                    self.came_from[2 * node] = state;
                    self.queue.push_back(2 * node as u32);
                }
            } else {
                if self.through[node] < carries(site, share, node) && self.came_from[2 * node + 1] == NOWHERE {
                    self.came_from[2 * node + 1] = state;
                    self.queue.push_back(2 * node as u32 + 1);
                }
                for arc in self.first[node]..self.first[node + 1] {
                    let back = 2 * self.head[arc as usize] + 1;
                    if self.on_arc[self.opposite[arc as usize] as usize] > 0.0
                        && self.came_from[back as usize] == NOWHERE
                    {
                        self.came_from[back as usize] = state;
                        self.queue.push_back(back);
                    }
                }
            }
        }
        false
    }

    /// Sends along the way that was found what it has room for, at most `most`.
    fn push(&mut self, site: &Site, share: &[f64], block: usize, most: f64) -> f64 {
        let start = 2 * block as u32 + 1;
        let mut amount = most;
        let mut state = 0_u32;
        while state != start {
            let before = self.came_from[state as usize];
            amount = amount.min(self.room(site, share, before, state));
            state = before;
        }
        state = 0;
        while state != start {
            let before = self.came_from[state as usize];
            let (from, to) = ((before / 2) as usize, (state / 2) as usize);
            if from == to {
                self.through[from] += if before.is_multiple_of(2) { amount } else { -amount };
                self.through[from] = self.through[from].max(0.0);
            } else if before % 2 == 1 {
                let arc = self.arc(from, to);
                self.on_arc[arc] += amount;
            } else {
                let arc = self.arc(to, from);
                self.on_arc[arc] = (self.on_arc[arc] - amount).max(0.0);
            }
            state = before;
        }
        amount
    }

    fn room(&self, site: &Site, share: &[f64], before: u32, state: u32) -> f64 {
        let (from, to) = ((before / 2) as usize, (state / 2) as usize);
        match (from == to, before % 2) {
            (true, 0) => carries(site, share, from) - self.through[from],
            (true, _) => self.through[from],
            (false, 1) => f64::INFINITY,
            (false, _) => self.on_arc[self.arc(to, from)],
        }
    }

    fn arc(&self, from: usize, to: usize) -> usize {
        let arcs = &self.head[self.first[from] as usize..self.first[from + 1] as usize];
        self.first[from] as usize + arcs.binary_search(&(to as u32)).unwrap_or(0)
    }
}
