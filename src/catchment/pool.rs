//! Catchments the search has come by, kept to be put together anew.

use rustc_hash::FxHashSet;

use super::problem::Problem;

/// How many machine words a pool may fill with blocks before it forgets the columns that promise least.
const MOST_WORDS: usize = 600_000;

/// The catchments of one school: what each costs, and its blocks as bits.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    pub(super) costs: Vec<i64>,
    blocks: Vec<u64>,
}

impl Columns {
    /// The blocks of a column.
    pub(super) fn blocks(&self, column: usize, words: usize) -> &[u64] {
        &self.blocks[column * words..(column + 1) * words]
    }

    pub(super) fn len(&self) -> usize {
        self.costs.len()
    }

    fn push(&mut self, cost: i64, blocks: &[u64]) {
        self.costs.push(cost);
        self.blocks.extend_from_slice(blocks);
    }

    fn keep(&mut self, words: usize, keeps: impl Fn(usize) -> bool) {
        let old = std::mem::take(self);
        for column in (0..old.len()).filter(|column| keeps(*column)) {
            self.push(old.costs[column], old.blocks(column, words));
        }
    }
}

/// Catchments that keep the seats, each once: columns of a set partitioning problem with one row for each block and one
/// for each school.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    words: usize,
    of_school: Vec<Columns>,
    seen: FxHashSet<u64>,
}

impl Pool {
    pub(super) fn new(problem: &Problem) -> Pool {
        Pool {
            words: problem.block_count().div_ceil(64),
            of_school: vec![Columns::default(); problem.school_count()],
            seen: FxHashSet::default(),
        }
    }

    /// Machine words a set of blocks takes.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    pub(super) fn of(&self, school: u16) -> &Columns {
        &self.of_school[usize::from(school)]
    }

    /// Columns in all.
    pub(super) fn len(&self) -> usize {
        self.of_school.iter().map(Columns::len).sum()
    }

    /// Whether a catchment with this signature would be new; it counts as seen from now on.
    pub(super) fn is_new(&mut self, school: u16, signature: u64) -> bool {
        self.seen.insert(signature ^ key(usize::MAX - usize::from(school)))
    }

    /// Keeps a catchment that [`Pool::is_new`].
    pub(super) fn keep(&mut self, school: u16, cost: i64, members: &[u32]) {
        let columns = &mut self.of_school[usize::from(school)];
        let start = columns.blocks.len();
        columns.costs.push(cost);
        columns.blocks.resize(start + self.words, 0);
        for block in members {
            columns.blocks[start + *block as usize / 64] |= 1 << (block % 64);
        }
    }

    /// Takes over what another pool has and this one has not, and leaves that one without columns.
    pub(super) fn take_over(&mut self, other: &mut Pool) {
        for school in 0..self.of_school.len() {
            let theirs = std::mem::take(&mut other.of_school[school]);
            for column in 0..theirs.len() {
                let blocks = theirs.blocks(column, self.words);
                let signature = each_block(blocks).fold(0, |signature, block| signature ^ key(block));
                if self.is_new(school as u16, signature) {
                    self.of_school[school].push(theirs.costs[column], blocks);
                }
            }
        }
    }

    /// Forgets the less promising half of each school's columns when there are too many; `reduced` says what a column
    /// costs beyond the worth of what it covers. A column that was forgotten is not taken again.
    pub(super) fn make_room(&mut self, reduced: impl Fn(usize, i64, &[u64]) -> f64) {
        if self.len() * self.words <= MOST_WORDS {
            return;
        }
        let words = self.words;
        for (school, columns) in self.of_school.iter_mut().enumerate() {
            let worth: Vec<f64> = (0..columns.len())
                .map(|column| reduced(school, columns.costs[column], columns.blocks(column, words)))
                .collect();
            let mut order: Vec<usize> = (0..worth.len()).collect();
            order.sort_by(|first, second| worth[*first].total_cmp(&worth[*second]).then(first.cmp(second)));
            let mut stays = vec![false; worth.len()];
            for column in &order[..order.len() / 2] {
                stays[*column] = true;
            }
            columns.keep(words, |column| stays[column]);
        }
    }
}

/// The number a block stands for in signatures of sets of blocks: the finaliser of `SplitMix64`.
///
/// # Reference
/// G. L. Steele, D. Lea, C. H. Flood: Fast splittable pseudorandom number generators. OOPSLA 2014.
/// doi:10.1145/2660193.2660195
pub(super) fn key(block: usize) -> u64 {
    let mut mixed = (block as u64).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The blocks of a set, ascending.
pub(super) fn each_block(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(word, bits)| {
        let mut left = *bits;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                word * 64 + bit
            })
        })
    })
}
