//! Spatial look-ups over R-trees and grids: the nearest schools of a place, the block at a place.

use std::borrow::Cow;

use geo::{BoundingRect, Contains, Coord, Intersects, MultiPolygon, Point, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, PointDistance, RTree};

use crate::model::{Area, Outlines};

/// Places that can be asked for the nearest ones to a point.
///
/// Bulk loaded in O(n log n); a query for `k` nearest costs O(k + log n) on evenly spread places.
#[derive(Clone, Debug)]
pub struct PlaceIndex {
    tree: RTree<GeomWithData<[f64; 2], usize>>,
}

impl PlaceIndex {
    /// Indexes `places` by their position.
    #[must_use]
    pub fn new(places: impl IntoIterator<Item = Coord<f64>>) -> PlaceIndex {
        let points = places
            .into_iter()
            .enumerate()
            .map(|(position, place)| GeomWithData::new([place.x, place.y], position))
            .collect();
        PlaceIndex { tree: RTree::bulk_load(points) }
    }

    /// The `count` nearest positions with their distances in metres, nearest first; the lower position first where two
    /// are as near. Fewer where there are fewer places.
    #[must_use]
    pub fn nearest(&self, place: Coord<f64>, count: usize) -> Vec<(usize, f64)> {
        if count == 0 {
            return Vec::new();
        }
        let origin = [place.x, place.y];
        let mut found: Vec<(f64, usize)> = Vec::with_capacity(count + 1);
        // Places as far as the last one are all taken before the cut, so that ties do not depend on the tree's shape.
        for (neighbour, squared) in self.tree.nearest_neighbor_iter_with_distance_2(&origin) {
            if found.len() >= count && found.last().is_some_and(|(last, _)| squared > *last) {
                break;
            }
            found.push((squared, neighbour.data));
        }
        found.sort_by(|first, second| first.0.total_cmp(&second.0).then(first.1.cmp(&second.1)));
        found.truncate(count);
        found.into_iter().map(|(squared, position)| (position, squared.sqrt())).collect()
    }

    /// The positions within `radius` metres of `place`, ascending.
    #[must_use]
    pub fn within(&self, place: Coord<f64>, radius: f64) -> Vec<usize> {
        let origin = [place.x, place.y];
        let mut found: Vec<usize> = self
            .tree
            .locate_within_distance(origin, radius * radius)
            .filter(|neighbour| neighbour.distance_2(&origin) <= radius * radius)
            .map(|neighbour| neighbour.data)
            .collect();
        found.sort_unstable();
        found
    }
}

/// Places in the cells of a square grid, visited from near to far.
///
/// For many searches that each look at a few near places, where a tree would cost more than it saves. Built in O(n); a
/// search costs what lies within its radius, and the cells that are empty there.
#[derive(Clone, Debug)]
pub struct PlaceGrid {
    low: Coord<f64>,
    side: f64,
    columns: i64,
    rows: i64,
    /// For each cell, row by row, where its places begin.
    first: Vec<u32>,
    /// Places cell by cell, each with its position.
    places: Vec<(Coord<f64>, u32)>,
}

/// Places a cell holds on average.
const PLACES_PER_CELL: f64 = 2.0;

impl PlaceGrid {
    /// Lays out `places`, each known by its position.
    ///
    /// # Panics
    /// Where there are 2³² places or more.
    #[must_use]
    pub fn new(places: &[Coord<f64>]) -> PlaceGrid {
        let origin = places.first().copied().unwrap_or(Coord { x: 0.0, y: 0.0 });
        let (low, high) = places.iter().fold((origin, origin), |(low, high), place| {
            (
                Coord { x: low.x.min(place.x), y: low.y.min(place.y) },
                Coord { x: high.x.max(place.x), y: high.y.max(place.y) },
            )
        });
        let (width, height) = (high.x - low.x, high.y - low.y);
        let count = places.len().max(1) as f64;
        // Places on a line have no area to share out, but a length.
        let by_area = (width * height * PLACES_PER_CELL / count).sqrt();
        let side = by_area.max(width.max(height) * PLACES_PER_CELL / count).max(1e-3);
        let (columns, rows) = ((width / side) as i64 + 1, (height / side) as i64 + 1);
        let mut grid = PlaceGrid { low, side, columns, rows, first: Vec::new(), places: Vec::new() };
        let cells: Vec<u32> = places
            .iter()
            .map(|place| {
                let (column, row) = grid.cell(*place);
                u32::try_from(row * columns + column).expect("a grid has no more cells than places")
            })
            .collect();
        let mut fill = vec![0_u32; (columns * rows) as usize + 1];
        for cell in &cells {
            fill[*cell as usize + 1] += 1;
        }
        for cell in 1..fill.len() {
            fill[cell] += fill[cell - 1];
        }
        grid.first.clone_from(&fill);
        grid.places = vec![(origin, 0); places.len()];
        for (position, (cell, place)) in cells.iter().zip(places).enumerate() {
            let slot = &mut fill[*cell as usize];
            grid.places[*slot as usize] = (*place, u32::try_from(position).expect("fewer than 2^32 places"));
            *slot += 1;
        }
        grid
    }

    fn cell(&self, place: Coord<f64>) -> (i64, i64) {
        let step = |offset: f64| (offset / self.side).floor() as i64;
        (step(place.x - self.low.x), step(place.y - self.low.y))
    }

    /// Calls `visit` with the position and the squared distance of each place within `radius` of `from`, and of some
    /// beyond it, nearer cells first. What `visit` returns is the radius from then on, so that a search that has found
    /// something good enough need not look further.
    pub fn visit(&self, from: Coord<f64>, mut radius: f64, mut visit: impl FnMut(usize, f64) -> f64) {
        let (column, row) = self.cell(from);
        let inside = |offset: f64, cell: i64| {
            let start = offset - cell as f64 * self.side;
            start.min(self.side - start)
        };
        let margin = inside(from.x - self.low.x, column).min(inside(from.y - self.low.y, row)).max(0.0);
        // Cells farther than the farthest corner of the grid do not exist; those nearer than its edge neither.
        let reach = |cell: i64, count: i64| (cell.abs()).max((count - 1 - cell).abs());
        let before = |cell: i64, count: i64| (-cell).max(cell - count + 1).max(0);
        let last = reach(column, self.columns).max(reach(row, self.rows));
        for ring in before(column, self.columns).max(before(row, self.rows))..=last {
            if ring > 0 && margin + (ring - 1) as f64 * self.side > radius {
                return;
            }
            for line in (row - ring).max(0)..=(row + ring).min(self.rows - 1) {
                let is_edge = (line - row).abs() == ring;
                let step = if is_edge || ring == 0 { 1 } else { 2 * ring };
                let mut cell = column - ring;
                if is_edge {
                    cell = cell.max(0);
                }
                while cell <= (column + ring).min(self.columns - 1) {
                    if cell >= 0 {
                        let index = (line * self.columns + cell) as usize;
                        for (place, position) in
                            &self.places[self.first[index] as usize..self.first[index + 1] as usize]
                        {
                            let (x, y) = (place.x - from.x, place.y - from.y);
                            radius = visit(*position as usize, x * x + y * y);
                        }
                    }
                    cell += step;
                }
            }
        }
    }
}

/// Where outlines are kept.
pub trait OutlineSource {
    /// How many rows there are, those without an outline among them.
    fn count(&self) -> usize;
    /// The rectangle around a row; `None` for one that lies nowhere.
    fn rectangle(&self, position: usize) -> Option<Rect<f64>>;
    /// The outline of a row.
    fn outline(&self, position: usize) -> Option<Cow<'_, MultiPolygon<f64>>>;
}

impl OutlineSource for Outlines {
    fn count(&self) -> usize {
        self.len()
    }

    fn rectangle(&self, position: usize) -> Option<Rect<f64>> {
        Outlines::rectangle(self, position)
    }

    fn outline(&self, position: usize) -> Option<Cow<'_, MultiPolygon<f64>>> {
        self.get(position).map(Cow::Owned)
    }
}

impl OutlineSource for [Area] {
    fn count(&self) -> usize {
        self.len()
    }

    fn rectangle(&self, position: usize) -> Option<Rect<f64>> {
        self[position].outline.bounding_rect()
    }

    fn outline(&self, position: usize) -> Option<Cow<'_, MultiPolygon<f64>>> {
        Some(Cow::Borrowed(&self[position].outline))
    }
}

/// Outlines that can be asked which of them lies at a point.
#[derive(Clone, Debug)]
pub struct OutlineIndex<'a, S: OutlineSource + ?Sized> {
    outlines: &'a S,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl<'a, S: OutlineSource + ?Sized> OutlineIndex<'a, S> {
    /// Indexes outlines by their position.
    #[must_use]
    pub fn new(outlines: &'a S) -> OutlineIndex<'a, S> {
        let envelopes = (0..outlines.count())
            .filter_map(|position| {
                let rectangle = outlines.rectangle(position)?;
                let (low, high) = (rectangle.min(), rectangle.max());
                let envelope = Rectangle::from_corners([low.x, low.y], [high.x, high.y]);
                Some(GeomWithData::new(envelope, position))
            })
            .collect();
        OutlineIndex { outlines, tree: RTree::bulk_load(envelopes) }
    }

    /// The outlines whose bounding box meets this one, ascending.
    #[must_use]
    pub fn meeting(&self, rectangle: Rect<f64>) -> Vec<usize> {
        let (low, high) = (rectangle.min(), rectangle.max());
        let envelope = AABB::from_corners([low.x, low.y], [high.x, high.y]);
        let mut found: Vec<usize> =
            self.tree.locate_in_envelope_intersecting(&envelope).map(|near| near.data).collect();
        found.sort_unstable();
        found
    }

    /// The first outline with `place` in its interior; where the place lies on a border, the first one that borders it.
    #[must_use]
    pub fn at(&self, place: Coord<f64>) -> Option<usize> {
        let point = Point::from(place);
        let envelope = AABB::from_point([place.x, place.y]);
        let mut near: Vec<usize> =
            self.tree.locate_in_envelope_intersecting(&envelope).map(|found| found.data).collect();
        near.sort_unstable();
        let outline = |position: usize| self.outlines.outline(position);
        near.iter()
            .copied()
            .find(|position| outline(*position).is_some_and(|outline| outline.contains(&point)))
            .or_else(|| {
                near.iter()
                    .copied()
                    .find(|position| outline(*position).is_some_and(|outline| outline.intersects(&point)))
            })
    }
}
