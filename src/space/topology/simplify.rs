//! Simplified drawings: each arc is thinned once, so neighbours still meet.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use geo::{Coord, MultiPolygon};

use super::vertex::signed_area;
use super::{Arc, Coverage};

/// A coverage with thinned arcs, for maps. Exports use the full [`Coverage`].
#[derive(Clone, Debug)]
pub struct Drawing<'a> {
    coverage: &'a Coverage,
    /// For each arc the vertices that are kept.
    courses: Vec<Vec<u32>>,
}

impl Coverage {
    /// Thins every arc by Visvalingam's rule: the vertex whose triangle with its two neighbours is smallest goes first,
    /// until every triangle has at least `area` m². Ends stay, and closed arcs keep a triangle, so no block vanishes.
    ///
    /// Cost: O(V log V). Thinned arcs may come to touch where a border doubles back within a few metres, which at the
    /// scale `area` is chosen for cannot be seen.
    ///
    /// # Reference
    /// M. Visvalingam, J. D. Whyatt: Line generalisation by repeated elimination of points. The Cartographic Journal
    /// 30(1), 1993. doi:10.1179/000870493786962263
    #[must_use]
    pub fn drawing(&self, area: f64) -> Drawing<'_> {
        let courses = self
            .arcs()
            .iter()
            .map(|arc| {
                let vertices = self.vertices_of(arc);
                let places: Vec<Coord<f64>> = self.places(arc).collect();
                thin(&places, area).into_iter().map(|position| vertices[position]).collect()
            })
            .collect();
        Drawing { coverage: self, courses }
    }
}

impl Drawing<'_> {
    /// As [`Coverage::dissolve`], along the thinned arcs.
    ///
    /// # Panics
    /// Where a label is `count` or more.
    #[must_use]
    pub fn dissolve(&self, count: usize, label: impl Fn(usize) -> Option<usize>) -> Vec<MultiPolygon<f64>> {
        self.coverage.dissolve_along(count, label, |arc| self.courses[arc].clone())
    }

    /// Each arc with its thinned course.
    pub fn arcs(&self) -> impl Iterator<Item = (&Arc, Vec<Coord<f64>>)> + '_ {
        self.coverage
            .arcs()
            .iter()
            .zip(&self.courses)
            .map(|(arc, course)| (arc, course.iter().map(|vertex| self.coverage.vertices[*vertex as usize]).collect()))
    }
}

/// The positions of the places that stay, ascending, first and last among them.
fn thin(places: &[Coord<f64>], least_area: f64) -> Vec<usize> {
    let closed = places.first() == places.last();
    let fewest = if closed { 4 } else { 2 };
    let mut before: Vec<usize> = (0..places.len()).map(|position| position.wrapping_sub(1)).collect();
    let mut after: Vec<usize> = (1..=places.len()).collect();
    let mut kept = vec![true; places.len()];
    let mut left = places.len();
    let triangle = |first: usize, second: usize, third: usize| {
        signed_area([places[first], places[second], places[third]].into_iter()).abs()
    };
    // Areas are compared by their bits, which order as the numbers do since none is negative.
    let mut heap: BinaryHeap<Reverse<(u64, usize, usize, usize)>> = (1..places.len().saturating_sub(1))
        .map(|position| {
            Reverse((triangle(position - 1, position, position + 1).to_bits(), position, position - 1, position + 1))
        })
        .collect();
    while let Some(Reverse((area, position, previous, next))) = heap.pop() {
        if left <= fewest || f64::from_bits(area) >= least_area {
            break;
        }
        if !kept[position] || before[position] != previous || after[position] != next {
            continue;
        }
        kept[position] = false;
        left -= 1;
        after[previous] = next;
        before[next] = previous;
        for neighbour in [previous, next] {
            if neighbour > 0 && neighbour + 1 < places.len() {
                let (previous, next) = (before[neighbour], after[neighbour]);
                // A vertex never looks less important than one removed beside it.
                let importance = triangle(previous, neighbour, next).max(f64::from_bits(area));
                heap.push(Reverse((importance.to_bits(), neighbour, previous, next)));
            }
        }
    }
    (0..places.len()).filter(|position| kept[*position]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(coordinates: &[(f64, f64)]) -> Vec<Coord<f64>> {
        coordinates.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    #[test]
    fn small_wiggles_go_and_large_ones_stay() {
        let places = line(&[(0.0, 0.0), (10.0, 0.1), (20.0, 0.0), (30.0, 40.0), (40.0, 0.0)]);
        assert_eq!(thin(&places, 50.0), [0, 2, 3, 4]);
    }

    #[test]
    fn ends_stay_whatever_the_area() {
        let places = line(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)]);
        assert_eq!(thin(&places, f64::INFINITY), [0, 2]);
    }

    #[test]
    fn a_closed_arc_keeps_a_triangle() {
        let places = line(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.1), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]);
        assert_eq!(thin(&places, f64::INFINITY).len(), 4);
    }
}
