//! Step 1: places become vertices, and places nearer than the tolerance become one vertex.

use std::collections::hash_map::Entry;

use geo::{Coord, LineString, MultiPolygon};
use rustc_hash::FxHashMap;

/// A ring of an outline as vertex numbers, not closed, with the outline it belongs to.
pub(super) struct Ring {
    pub(super) owner: u32,
    pub(super) vertices: Vec<u32>,
}

/// All places, each once, with the vertex each was joined to.
#[derive(Default)]
pub(super) struct VertexTable {
    places: Vec<Coord<f64>>,
    /// For each place the place it was joined to; itself for most.
    joined: Vec<u32>,
    grid: JoinGrid,
}

impl VertexTable {
    /// Numbers the places of all rings; outer rings run counter-clockwise, holes clockwise, whatever the input did.
    pub(super) fn collect(&mut self, outlines: &[Option<&MultiPolygon<f64>>]) -> Vec<Ring> {
        let mut numbers: FxHashMap<(u64, u64), u32> = FxHashMap::default();
        let mut rings = Vec::new();
        for (owner, outline) in outlines.iter().enumerate() {
            let Some(outline) = outline else { continue };
            let owner = u32::try_from(owner).expect("a county lists fewer than 2^32 rows");
            for polygon in &outline.0 {
                rings.push(self.ring(owner, polygon.exterior(), true, &mut numbers));
                for hole in polygon.interiors() {
                    rings.push(self.ring(owner, hole, false, &mut numbers));
                }
            }
        }
        self.joined = (0..self.len()).collect();
        rings
    }

    fn ring(
        &mut self,
        owner: u32,
        line: &LineString<f64>,
        counter_clockwise: bool,
        numbers: &mut FxHashMap<(u64, u64), u32>,
    ) -> Ring {
        let mut vertices: Vec<u32> = Vec::with_capacity(line.0.len());
        for place in &line.0 {
            // Adding zero turns -0.0 into 0.0, so that both have the same bits.
            let key = ((place.x + 0.0).to_bits(), (place.y + 0.0).to_bits());
            let number = match numbers.entry(key) {
                Entry::Occupied(entry) => *entry.get(),
                Entry::Vacant(entry) => {
                    let number = self.len();
                    self.places.push(*place);
                    *entry.insert(number)
                }
            };
            if vertices.last() != Some(&number) {
                vertices.push(number);
            }
        }
        if vertices.len() > 1 && vertices.first() == vertices.last() {
            vertices.pop();
        }
        if (self.signed_area(&vertices) > 0.0) != counter_clockwise {
            vertices.reverse();
        }
        Ring { owner, vertices }
    }

    /// Joins each place to the first earlier one within `distance`; returns how many were moved.
    pub(super) fn join(&mut self, distance: f64) -> usize {
        self.grid = JoinGrid::with_cell(distance);
        let mut moved = 0;
        for number in 0..self.len() {
            let place = self.places[number as usize];
            if let Some(near) = self.grid.nearest(place, distance, &self.places) {
                self.joined[number as usize] = near;
                moved += 1;
            } else {
                self.grid.insert(place, number);
            }
        }
        moved
    }

    /// The vertex at `place`: an existing one within `distance`, else a new one.
    pub(super) fn at(&mut self, place: Coord<f64>, distance: f64) -> u32 {
        if let Some(near) = self.grid.nearest(place, distance, &self.places) {
            return near;
        }
        let number = self.len();
        self.places.push(place);
        self.joined.push(number);
        self.grid.insert(place, number);
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

    pub(super) fn into_places(self) -> Vec<Coord<f64>> {
        self.places
    }

    fn signed_area(&self, ring: &[u32]) -> f64 {
        signed_area(ring.iter().map(|vertex| self.places[*vertex as usize]))
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

/// Vertices by the grid cell they lie in, to find those within one cell's width.
#[derive(Default)]
struct JoinGrid {
    cell: f64,
    cells: FxHashMap<(i64, i64), Vec<u32>>,
}

impl JoinGrid {
    fn with_cell(cell: f64) -> JoinGrid {
        JoinGrid { cell, cells: FxHashMap::default() }
    }

    fn cell_of(&self, place: Coord<f64>) -> (i64, i64) {
        ((place.x / self.cell).floor() as i64, (place.y / self.cell).floor() as i64)
    }

    fn insert(&mut self, place: Coord<f64>, vertex: u32) {
        self.cells.entry(self.cell_of(place)).or_default().push(vertex);
    }

    /// The nearest vertex within `distance` (at most one cell's width) of `place`; the lower number where two are as near.
    fn nearest(&self, place: Coord<f64>, distance: f64, places: &[Coord<f64>]) -> Option<u32> {
        let (column, row) = self.cell_of(place);
        let mut best: Option<(f64, u32)> = None;
        for neighbour_column in column - 1..=column + 1 {
            for neighbour_row in row - 1..=row + 1 {
                for vertex in self.cells.get(&(neighbour_column, neighbour_row)).into_iter().flatten() {
                    let other = places[*vertex as usize];
                    let apart = (other.x - place.x).hypot(other.y - place.y);
                    if apart <= distance && best.is_none_or(|best| (apart, *vertex) < best) {
                        best = Some((apart, *vertex));
                    }
                }
            }
        }
        best.map(|(_, vertex)| vertex)
    }
}
