//! Outlines of many rows in little space.

use std::hash::BuildHasher;
use std::sync::Arc;

use geo::{Coord, LineString, MultiPolygon, Polygon};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

use super::county::rectangle_around;

/// Outlines in a row, each corner stored once: neighbours share their corners, so that a block of four corners takes some
/// forty bytes. What is taken out is what was put in, to the bit, but for −0, which becomes 0.
#[derive(Clone, Debug, Default)]
pub struct Outlines {
    corners: Corners,
    /// The numbers of corners, ring after ring, as a rule without the one that closes a ring.
    numbers: Vec<u32>,
    /// Where each ring ends in `numbers`, times two, plus one for a hole.
    rings: Vec<u32>,
    /// Where the rings of each outline end in `rings`.
    ends: Vec<u32>,
}

impl Outlines {
    /// How many rows there are, those without an outline among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether some row has an outline.
    #[must_use]
    pub fn has_any(&self) -> bool {
        !self.rings.is_empty()
    }

    /// All corners, each once, in the order in which rings first pass them.
    #[must_use]
    pub fn corners(&self) -> &[Coord<f64>] {
        &self.corners.places
    }

    /// The corners for somebody who keeps them beside the outlines.
    #[must_use]
    pub fn shared_corners(&self) -> Arc<Vec<Coord<f64>>> {
        Arc::clone(&self.corners.places)
    }

    /// Corners of all rings, counted as often as rings pass them.
    #[must_use]
    pub fn corner_passes(&self) -> usize {
        self.numbers.len()
    }

    /// Adds a row; `None` has no outline.
    ///
    /// # Panics
    /// From 2³¹ corners on.
    pub fn push(&mut self, outline: Option<&MultiPolygon<f64>>) {
        for polygon in outline.into_iter().flatten() {
            self.push_ring(&polygon.exterior().0, false);
            for hole in polygon.interiors() {
                self.push_ring(&hole.0, true);
            }
        }
        self.ends.push(row_end(&self.rings));
    }

    fn push_ring(&mut self, ring: &[Coord<f64>], is_hole: bool) {
        let mut corners = self.corners.adding();
        self.numbers.extend(open(ring).iter().map(|place| corners.number(*place)));
        self.rings.push(ring_end(&self.numbers, is_hole));
    }

    /// Adds all rows of `others`.
    ///
    /// # Panics
    /// As [`Outlines::push`].
    pub fn append(&mut self, others: &Outlines) {
        self.append_rows(others, others.corners(), (0..others.len()).map(Some));
    }

    /// Adds rows of `others` by their positions, with each corner at another place; `None` is a row without an outline.
    ///
    /// # Panics
    /// Where a position is not among `others`, or `places` are not as many as its corners; and as [`Outlines::push`].
    pub fn append_rows(&mut self, others: &Outlines, places: &[Coord<f64>], rows: impl Iterator<Item = Option<usize>>) {
        const UNKNOWN: u32 = u32::MAX;
        let mut known = vec![UNKNOWN; others.corners().len()];
        let mut corners = self.corners.adding();
        for row in rows {
            for (numbers, is_hole) in row.into_iter().flat_map(|row| others.rings_of(row)) {
                for corner in numbers {
                    let number = &mut known[*corner as usize];
                    if *number == UNKNOWN {
                        *number = corners.number(places[*corner as usize]);
                    }
                    self.numbers.push(*number);
                }
                self.rings.push(ring_end(&self.numbers, is_hole));
            }
            self.ends.push(row_end(&self.rings));
        }
    }

    /// The rings of a row as numbers of corners, and whether each is a hole of the ring before it that is none.
    ///
    /// # Panics
    /// Where there is no such row.
    pub fn rings_of(&self, row: usize) -> impl Iterator<Item = (&[u32], bool)> + '_ {
        let first = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        (first..self.ends[row] as usize).map(|ring| {
            let start = if ring == 0 { 0 } else { self.rings[ring - 1] / 2 };
            let end = self.rings[ring];
            (&self.numbers[start as usize..end as usize / 2], end % 2 == 1)
        })
    }

    /// Whether a row has an outline.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn has(&self, row: usize) -> bool {
        self.rings_of(row).next().is_some()
    }

    /// The outline of a row; `None` where it has none.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<MultiPolygon<f64>> {
        self.get_at(row, self.corners())
    }

    /// The outline of a row with each corner at another place; `None` where it has none.
    ///
    /// # Panics
    /// Where there is no such row, or a corner has no place.
    #[must_use]
    pub fn get_at(&self, row: usize, places: &[Coord<f64>]) -> Option<MultiPolygon<f64>> {
        let mut parts: Vec<Polygon<f64>> = Vec::with_capacity(1);
        let mut shell: Option<LineString<f64>> = None;
        let mut holes: Vec<LineString<f64>> = Vec::new();
        for (numbers, is_hole) in self.rings_of(row) {
            // One more, as polygons close their rings.
            let mut ring = Vec::with_capacity(numbers.len() + 1);
            ring.extend(numbers.iter().map(|number| places[*number as usize]));
            if is_hole {
                holes.push(LineString::new(ring));
            } else if let Some(before) = shell.replace(LineString::new(ring)) {
                parts.push(Polygon::new(before, std::mem::take(&mut holes)));
            }
        }
        parts.push(Polygon::new(shell?, holes));
        Some(MultiPolygon::new(parts))
    }

    /// All rows in their order.
    pub fn iter(&self) -> impl Iterator<Item = Option<MultiPolygon<f64>>> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The rectangle around a row; `None` where it has no corner.
    ///
    /// # Panics
    /// Where there is no such row.
    #[must_use]
    pub fn rectangle(&self, row: usize) -> Option<geo::Rect<f64>> {
        let numbers = self.rings_of(row).flat_map(|(numbers, _)| numbers);
        rectangle_around(numbers.map(|number| self.corners()[*number as usize]))
    }

    /// The same outlines with each corner at another place.
    ///
    /// # Panics
    /// Where there are not as many places as corners.
    #[must_use]
    pub fn with_corners(mut self, places: Vec<Coord<f64>>) -> Outlines {
        assert_eq!(places.len(), self.corners.places.len(), "a place for each corner");
        self.corners = Corners { places: Arc::new(places), ..Corners::default() };
        self
    }

    /// Gives back room that was kept for more rows, and what only helps to add them.
    pub fn settle(&mut self) {
        self.corners.numbers = HashTable::new();
        Arc::make_mut(&mut self.corners.places).shrink_to_fit();
        self.numbers.shrink_to_fit();
        self.rings.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

impl<'o> FromIterator<Option<&'o MultiPolygon<f64>>> for Outlines {
    fn from_iter<I: IntoIterator<Item = Option<&'o MultiPolygon<f64>>>>(outlines: I) -> Outlines {
        let mut all = Outlines::default();
        for outline in outlines {
            all.push(outline);
        }
        all
    }
}

/// What stands in `rings` for one that ends with the last of `numbers`.
fn ring_end(numbers: &[u32], is_hole: bool) -> u32 {
    u32::try_from(2 * numbers.len()).expect("a layer has fewer than 2^31 corners") + u32::from(is_hole)
}

/// What stands in `ends` for a row that ends with the last of `rings`.
fn row_end(rings: &[u32]) -> u32 {
    u32::try_from(rings.len()).expect("a layer has fewer rings than corners")
}

/// A ring without the corner that closes it, where a polygon would add that corner again.
fn open(ring: &[Coord<f64>]) -> &[Coord<f64>] {
    let same = |one: &Coord<f64>, other: &Coord<f64>| bits(*one) == bits(*other);
    match ring {
        [first, .., before, last] if same(first, last) && first != before => &ring[..ring.len() - 1],
        _ => ring,
    }
}

/// A place by its bits; adding zero turns −0 into 0.
fn bits(place: Coord<f64>) -> (u64, u64) {
    ((place.x + 0.0).to_bits(), (place.y + 0.0).to_bits())
}

/// Places, each once.
#[derive(Clone, Debug, Default)]
struct Corners {
    places: Arc<Vec<Coord<f64>>>,
    /// The numbers of places, to be found by their bits; none where nobody looks for places.
    numbers: HashTable<u32>,
}

/// Places to which more are added, which nobody shares meanwhile.
struct Adding<'c> {
    places: &'c mut Vec<Coord<f64>>,
    numbers: &'c mut HashTable<u32>,
}

impl Corners {
    fn adding(&mut self) -> Adding<'_> {
        let (places, numbers) = (Arc::make_mut(&mut self.places), &mut self.numbers);
        if numbers.len() < places.len() {
            let of = |number: &u32| hash(bits(places[*number as usize]));
            for number in 0..places.len() as u32 {
                numbers.insert_unique(of(&number), number, of);
            }
        }
        Adding { places, numbers }
    }
}

impl Adding<'_> {
    /// The number of a place, a new one where it is not known.
    fn number(&mut self, place: Coord<f64>) -> u32 {
        let Adding { places, numbers } = self;
        let sought = bits(place);
        let of = |number: &u32| bits(places[*number as usize]);
        match numbers.entry(hash(sought), |known| of(known) == sought, |known| hash(of(known))) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                let number = places.len() as u32;
                free.insert(number);
                places.push(Coord { x: place.x + 0.0, y: place.y + 0.0 });
                number
            }
        }
    }
}

fn hash(bits: (u64, u64)) -> u64 {
    FxBuildHasher.hash_one(bits)
}

#[cfg(test)]
mod tests {
    use geo::{line_string, polygon};

    use super::*;

    #[test]
    fn outlines_come_back_as_they_were() {
        let with_hole = MultiPolygon::new(vec![
            polygon!(exterior: [(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0)],
                     interiors: [[(x: 5.0, y: 1.0), (x: 6.0, y: 1.0), (x: 6.0, y: 2.0)]]),
            polygon![(x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 12.0, y: 4.0)],
        ]);
        let odd = |line: LineString<f64>| MultiPolygon::new(vec![Polygon::new(line, Vec::new())]);
        let all = [
            Some(with_hole),
            None,
            Some(odd(line_string![])),
            Some(odd(line_string![(x: 1.0, y: 1.0)])),
            Some(odd(line_string![(x: 1.0, y: 1.0), (x: 1.0, y: 1.0)])),
            Some(odd(line_string![(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.0, y: 1.0)])),
            Some(odd(line_string![(x: 1.0, y: 1.0), (x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 3.0, y: 3.0)])),
        ];
        let outlines: Outlines = all.iter().map(Option::as_ref).collect();
        assert_eq!(outlines.iter().collect::<Vec<_>>(), all);
        let mut twice = outlines.clone();
        twice.append(&outlines);
        assert_eq!(twice.iter().collect::<Vec<_>>(), [all.clone(), all].concat());
        assert_eq!(twice.corners().len(), outlines.corners().len());
    }
}
