//! Spatial look-ups over R-trees: the nearest schools of a place, the block at a place.

use geo::{BoundingRect, Contains, Coord, Intersects, MultiPolygon, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, PointDistance, RTree};

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

/// Outlines that can be asked which of them lies at a point.
#[derive(Clone, Debug)]
pub struct OutlineIndex<'a> {
    outlines: Vec<Option<&'a MultiPolygon<f64>>>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl<'a> OutlineIndex<'a> {
    /// Indexes outlines by their position; `None` lies nowhere.
    #[must_use]
    pub fn new(outlines: impl IntoIterator<Item = Option<&'a MultiPolygon<f64>>>) -> OutlineIndex<'a> {
        let outlines: Vec<Option<&MultiPolygon<f64>>> = outlines.into_iter().collect();
        let envelopes = outlines
            .iter()
            .enumerate()
            .filter_map(|(position, outline)| {
                let rectangle = outline.as_ref()?.bounding_rect()?;
                let (low, high) = (rectangle.min(), rectangle.max());
                let envelope = Rectangle::from_corners([low.x, low.y], [high.x, high.y]);
                Some(GeomWithData::new(envelope, position))
            })
            .collect();
        OutlineIndex { outlines, tree: RTree::bulk_load(envelopes) }
    }

    /// The first outline with `place` in its interior; where the place lies on a border, the first one that borders it.
    #[must_use]
    pub fn at(&self, place: Coord<f64>) -> Option<usize> {
        let point = Point::from(place);
        let envelope = AABB::from_point([place.x, place.y]);
        let mut near: Vec<usize> =
            self.tree.locate_in_envelope_intersecting(&envelope).map(|found| found.data).collect();
        near.sort_unstable();
        let outline = |position: usize| self.outlines[position];
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
