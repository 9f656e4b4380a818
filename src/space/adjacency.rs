//! Which blocks are neighbours, and which can reach a school through neighbours.

use geo::Coord;

use super::index::PlaceIndex;

/// Why two blocks count as neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LinkKind {
    /// They share a border of so many metres.
    Border(f64),
    /// They face each other across a gap of so many metres, in a layer most of whose outlines touch nobody.
    Near(f64),
    /// The adjacency table lists them.
    Given,
    /// One of them had no way to a school, and the other is the nearest block that has, so many metres away.
    Nearest(f64),
}

impl LinkKind {
    /// The word used in files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            LinkKind::Border(_) => "border",
            LinkKind::Near(_) => "near",
            LinkKind::Given => "given",
            LinkKind::Nearest(_) => "nearest",
        }
    }
}

/// A pair of neighbouring blocks, smaller position first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The smaller position.
    pub first: u32,
    /// The larger position.
    pub second: u32,
    /// Why they are neighbours.
    pub kind: LinkKind,
}

impl Link {
    /// Links two blocks by their positions, in either order.
    ///
    /// # Panics
    /// From the 2³²nd block on.
    #[must_use]
    pub fn new(one: usize, other: usize, kind: LinkKind) -> Link {
        let position = |block: usize| u32::try_from(block).expect("a county lists fewer than 2^32 rows");
        Link { first: position(one.min(other)), second: position(one.max(other)), kind }
    }

    /// The positions of both.
    #[must_use]
    pub fn pair(&self) -> (usize, usize) {
        (self.first as usize, self.second as usize)
    }
}

/// The graph of neighbouring blocks, stored as one list of neighbours per block.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    links: Vec<Link>,
    first: Vec<u32>,
    neighbours: Vec<u32>,
}

impl Adjacency {
    /// Builds the graph over `count` blocks; links may come in any order but each pair at most once.
    ///
    /// # Panics
    /// Where a link names a block of `count` or more.
    #[must_use]
    pub fn new(count: usize, mut links: Vec<Link>) -> Adjacency {
        if !links.is_sorted_by_key(|link| (link.first, link.second)) {
            links.sort_by_key(|link| (link.first, link.second));
        }
        let mut first = vec![0_u32; count + 1];
        for link in &links {
            first[link.first as usize + 1] += 1;
            first[link.second as usize + 1] += 1;
        }
        for block in 0..count {
            first[block + 1] += first[block];
        }
        let mut neighbours = vec![0_u32; links.len() * 2];
        // Each list is filled from its beginning, so that what was its beginning is its end afterwards.
        let mut put = |block: u32, neighbour: u32| {
            let next = &mut first[block as usize];
            neighbours[*next as usize] = neighbour;
            *next += 1;
        };
        // Pairs sorted by their smaller block: first each block's smaller neighbours, then its larger ones, both ascending.
        for link in &links {
            put(link.second, link.first);
        }
        for link in &links {
            put(link.first, link.second);
        }
        first.rotate_right(1);
        first[0] = 0;
        Adjacency { links, first, neighbours }
    }

    /// The number of blocks.
    #[must_use]
    pub fn block_count(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// All links, sorted.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The neighbours of `block`, ascending.
    #[must_use]
    pub fn neighbours(&self, block: usize) -> &[u32] {
        &self.neighbours[self.first[block] as usize..self.first[block + 1] as usize]
    }

    /// Whether two blocks are neighbours.
    #[must_use]
    pub fn are_neighbours(&self, first: usize, second: usize) -> bool {
        u32::try_from(second).is_ok_and(|second| self.neighbours(first).binary_search(&second).is_ok())
    }

    /// The number of the connected component each block belongs to, and how many there are.
    #[must_use]
    pub fn components(&self) -> (Vec<usize>, usize) {
        const NONE: usize = usize::MAX;
        let mut component = vec![NONE; self.block_count()];
        let mut count = 0;
        for start in 0..component.len() {
            if component[start] != NONE {
                continue;
            }
            component[start] = count;
            let mut queue = vec![start];
            while let Some(block) = queue.pop() {
                for neighbour in self.neighbours(block) {
                    if component[*neighbour as usize] == NONE {
                        component[*neighbour as usize] = count;
                        queue.push(*neighbour as usize);
                    }
                }
            }
            count += 1;
        }
        (component, count)
    }
}

/// A link made where no neighbour leads to a school.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// The block without a way to a school.
    pub island: usize,
    /// The nearest block it was linked to.
    pub mainland: usize,
    /// How far apart they are.
    pub metres: f64,
    /// The blocks that hang together and had no way to a school, ascending; `island` is one of them.
    pub blocks: Vec<usize>,
}

impl Bridge {
    /// The link as part of the graph.
    #[must_use]
    pub fn link(&self) -> Link {
        Link::new(self.island, self.mainland, LinkKind::Nearest(self.metres))
    }
}

/// Links every component without an anchor (a block that must be reachable, such as a school's) to the nearest block
/// of another component, until each component has one; returns the graph with these bridges, and the bridges.
///
/// `anchors` is a list of sets of blocks, and a component needs one of each set. Components that cannot be linked
/// because there is no other one are left.
#[must_use]
pub fn link_islands(
    count: usize,
    links: Vec<Link>,
    point: impl Fn(usize) -> Coord<f64>,
    anchors: &[Vec<usize>],
) -> (Adjacency, Vec<Bridge>) {
    let mut made: Vec<Bridge> = Vec::new();
    let mut graph = Adjacency::new(count, links);
    loop {
        let (component, components) = graph.components();
        let mut anchored = vec![0; components];
        for set in anchors.iter().filter(|set| !set.is_empty()) {
            let mut seen = vec![false; components];
            for block in set {
                seen[component[*block]] = true;
            }
            for (component, seen) in seen.into_iter().enumerate() {
                anchored[component] += usize::from(seen);
            }
        }
        let wanted = anchors.iter().filter(|set| !set.is_empty()).count();
        let Some(island) = (0..components).find(|island| anchored[*island] < wanted) else { break };
        // The island is the smaller part, as a rule.
        let inside: Vec<usize> = (0..count).filter(|block| component[*block] == island).collect();
        let index = PlaceIndex::new(inside.iter().map(|block| point(*block)));
        let nearest = (0..count)
            .filter(|block| component[*block] != island)
            .filter_map(|block| {
                let (position, metres) = *index.nearest(point(block), 1).first()?;
                Some((metres, inside[position], block))
            })
            .min_by(|first, second| first.0.total_cmp(&second.0).then((first.1, first.2).cmp(&(second.1, second.2))));
        let Some((metres, island, mainland)) = nearest else { break };
        let bridge = Bridge { island, mainland, metres, blocks: inside };
        graph.links.push(bridge.link());
        graph = Adjacency::new(count, graph.links);
        made.push(bridge);
    }
    (graph, made)
}
