//! Step 1: places become vertices, and places nearer than the tolerance become one vertex.

use std::hash::Hasher;
use std::sync::Arc;

use geo::Coord;
use rustc_hash::FxHasher;

use crate::model::Outlines;

/// All places, each once, with the vertex each was joined to.
pub(super) struct VertexTable {
    /// Shared with the outlines, until more are added.
    places: Arc<Vec<Coord<f64>>>,
    /// For each place the place it was joined to; itself for most.
    joined: Vec<u32>,
    /// Made when somebody asks for vertices by place.
    grid: Option<JoinGrid>,
}

impl VertexTable {
    /// The corners of outlines.
    pub(super) fn of(outlines: &Outlines) -> VertexTable {
        let places = outlines.shared_corners();
        let count = u32::try_from(places.len()).expect("a county has fewer than 2^32 vertices");
        VertexTable { places, joined: (0..count).collect(), grid: None }
    }

    /// Joins each place to the nearest earlier one within `distance` that was not joined itself; returns how many were moved.
    pub(super) fn join(&mut self, distance: f64) -> usize {
        let mut grid = JoinGrid::new(distance, self.places.len());
        let mut moved = 0;
        for number in 0..self.len() {
            let place = self.places[number as usize];
            if let Some(near) = grid.nearest(place, distance, &self.places) {
                self.joined[number as usize] = near;
                grid.chains.skip();
                moved += 1;
            } else {
                grid.insert(place);
            }
        }
        moved
    }

    /// The vertex at `place`: an existing one within `distance`, else a new one.
    pub(super) fn at(&mut self, place: Coord<f64>, distance: f64) -> u32 {
        let grid = self.grid.get_or_insert_with(|| {
            let mut grid = JoinGrid::new(distance, self.places.len());
            for (number, place) in self.places.iter().enumerate() {
                if self.joined[number] as usize == number {
                    grid.insert(*place);
                } else {
                    grid.chains.skip();
                }
            }
            grid
        });
        if let Some(near) = grid.nearest(place, distance, &self.places) {
            return near;
        }
        grid.insert(place);
        let number = self.len();
        Arc::make_mut(&mut self.places).push(place);
        self.joined.push(number);
        number
    }

    /// The vertex that place `number` was joined to.
    pub(super) fn joined(&self, number: u32) -> u32 {
        self.joined[number as usize]
    }

    pub(super) fn place(&self, vertex: u32) -> Coord<f64> {
        self.places[vertex as usize]
    }

    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.places.len()).expect("a county has fewer than 2^32 vertices")
    }

    pub(super) fn into_places(self) -> Arc<Vec<Coord<f64>>> {
        self.places
    }
}

/// The area a closed chain of places runs around, positive where it runs counter-clockwise.
///
/// Computed from the first place, so that coordinates of millions of metres lose no precision.
pub(super) fn signed_area(places: impl Iterator<Item = Coord<f64>>) -> f64 {
    let mut places = places;
    let Some(origin) = places.next() else { return 0.0 };
    let mut previous = Coord { x: 0.0, y: 0.0 };
    let mut twice = 0.0;
    for place in places {
        let place = place - origin;
        twice += previous.x * place.y - place.x * previous.y;
        previous = place;
    }
    twice / 2.0
}

/// Numbers from 0 on by a key each, in chains of equal hashes: four bytes a number and four to eight for the heads. Whoever asks
/// compares, as chains hold numbers of other keys, too.
#[derive(Default)]
struct Chains {
    /// The last number of each chain, plus one; 0 for none.
    heads: Vec<u32>,
    /// For each number the one before it in its chain, plus one.
    before: Vec<u32>,
}

impl Chains {
    fn for_places(count: usize) -> Chains {
        Chains { heads: vec![0; count.max(16).next_power_of_two()], before: Vec::new() }
    }

    fn chain(&self, key: (u64, u64)) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write_u64(key.0);
        hasher.write_u64(key.1);
        hasher.finish() as usize & (self.heads.len() - 1)
    }

    /// Gives the next number the key.
    fn push(&mut self, key: (u64, u64)) {
        let chain = self.chain(key);
        self.before.push(self.heads[chain]);
        self.heads[chain] = self.before.len() as u32;
    }

    /// Passes a number over: no key leads to it.
    fn skip(&mut self) {
        self.before.push(0);
    }

    /// The numbers that may have the key, the last first.
    fn at(&self, key: (u64, u64)) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.heads[self.chain(key)];
        std::iter::from_fn(move || {
            let number = next.checked_sub(1)?;
            next = self.before[number as usize];
            Some(number)
        })
    }
}

/// Cells are so many times as wide as what is looked for is far, so that one or two of them hold it as a rule.
const CELL_TIMES: f64 = 50.0;

/// Vertices by the grid cell they lie in, to find those near a place.
#[derive(Default)]
struct JoinGrid {
    cell: f64,
    chains: Chains,
}

impl JoinGrid {
    fn new(distance: f64, count: usize) -> JoinGrid {
        JoinGrid { cell: CELL_TIMES * distance, chains: Chains::for_places(count) }
    }

    fn cell_of(&self, place: Coord<f64>) -> (i64, i64) {
        ((place.x / self.cell).floor() as i64, (place.y / self.cell).floor() as i64)
    }

    /// Puts the next vertex into its cell.
    fn insert(&mut self, place: Coord<f64>) {
        let (column, row) = self.cell_of(place);
        self.chains.push((column as u64, row as u64));
    }

    /// The nearest vertex within `distance` of `place`; the lower number where two are as near.
    fn nearest(&self, place: Coord<f64>, distance: f64, places: &[Coord<f64>]) -> Option<u32> {
        if self.chains.heads.is_empty() {
            return None;
        }
        // A hair more than asked for, as cells are rounded.
        let reach = Coord { x: 1.01 * distance, y: 1.01 * distance };
        let ((west, south), (east, north)) = (self.cell_of(place - reach), self.cell_of(place + reach));
        let mut best: Option<(f64, u32)> = None;
        for column in west..=east {
            for row in south..=north {
                for vertex in self.chains.at((column as u64, row as u64)) {
                    let way = places[vertex as usize] - place;
                    // Chains hold much that is far, which costs no root.
                    if way.x.abs() > distance || way.y.abs() > distance {
                        continue;
                    }
                    let apart = way.x.hypot(way.y);
                    if apart <= distance && best.is_none_or(|best| (apart, vertex) < best) {
                        best = Some((apart, vertex));
                    }
                }
            }
        }
        best.map(|(_, vertex)| vertex)
    }
}
