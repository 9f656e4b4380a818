//! Where to write the name of a piece of ground: as far from its border as can be.

use std::collections::BinaryHeap;

use geo::{Area, BoundingRect, Coord, MultiPolygon, Polygon};

/// A square still to be looked at.
struct Square {
    middle: Coord<f64>,
    half: f64,
    /// How far its middle is from the border; negative outside.
    inside: f64,
    /// How far any place of it can be at most.
    most: f64,
}

impl PartialEq for Square {
    fn eq(&self, other: &Square) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Square {}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Square) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Square {
    fn cmp(&self, other: &Square) -> std::cmp::Ordering {
        let by_place = || other.middle.x.total_cmp(&self.middle.x).then(other.middle.y.total_cmp(&self.middle.y));
        self.most.total_cmp(&other.most).then_with(by_place)
    }
}

/// How many squares are looked at, at most, before the best so far is good enough.
const MOST_SQUARES: usize = 400;

/// The pole of inaccessibility: the place inside the largest part of a ground that is furthest from its border, to a
/// fortieth of the part's smaller side, with its distance from the border. `None` where there is no ground. Deterministic; some hundred times the ground's
/// corners at worst.
///
/// # Reference
/// D. Garcia-Castellanos, U. Lombardo: Poles of inaccessibility. Scottish Geographical Journal 123(3), 2007.
/// doi:10.1080/14702540801897809; the search by squares is that of Mapbox's polylabel, V. Agafonkin, 2016.
#[must_use]
pub fn pole(ground: &MultiPolygon<f64>) -> Option<(Coord<f64>, f64)> {
    let largest = ground.0.iter().max_by(|first, second| first.unsigned_area().total_cmp(&second.unsigned_area()))?;
    let extent = largest.bounding_rect()?;
    let side = extent.width().min(extent.height());
    if side <= 0.0 {
        return Some((extent.center(), 0.0));
    }
    let square = |middle: Coord<f64>, half: f64| {
        let inside = signed_distance(largest, middle);
        Square { middle, half, inside, most: inside + half * std::f64::consts::SQRT_2 }
    };
    let half = side / 2.0;
    let mut queue = BinaryHeap::new();
    let steps = |length: f64| (length / side).ceil().clamp(1.0, 64.0) as usize;
    for column in 0..steps(extent.width()) {
        for row in 0..steps(extent.height()) {
            let offset = Coord { x: (2 * column + 1) as f64 * half, y: (2 * row + 1) as f64 * half };
            queue.push(square(extent.min() + offset, half));
        }
    }
    let mut best = square(extent.center(), 0.0);
    for _ in 0..MOST_SQUARES {
        let Some(next) = queue.pop() else { break };
        if next.most - best.inside <= side / 40.0 {
            break;
        }
        let (middle, half) = (next.middle, next.half / 2.0);
        if next.inside > best.inside {
            best = next;
        }
        for (x, y) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            queue.push(square(middle + Coord { x, y }, half));
        }
    }
    Some((best.middle, best.inside.max(0.0)))
}

/// How far a place is from the border of a polygon, negative outside.
fn signed_distance(polygon: &Polygon<f64>, at: Coord<f64>) -> f64 {
    let mut is_inside = false;
    let mut nearest = f64::INFINITY;
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        for edge in ring.lines() {
            let (from, to) = (edge.start, edge.end);
            if (from.y > at.y) != (to.y > at.y) && at.x < (to.x - from.x) * (at.y - from.y) / (to.y - from.y) + from.x {
                is_inside = !is_inside;
            }
            let (along, away) = (to - from, at - from);
            let length = along.x * along.x + along.y * along.y;
            let share =
                if length > 0.0 { ((away.x * along.x + away.y * along.y) / length).clamp(0.0, 1.0) } else { 0.0 };
            let gap = away - along * share;
            nearest = nearest.min(gap.x * gap.x + gap.y * gap.y);
        }
    }
    if is_inside { nearest.sqrt() } else { -nearest.sqrt() }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn the_pole_of_a_hook_lies_in_its_thick_end() {
        // The centroid of this hook lies outside it.
        let hook = polygon![
            (x: 0., y: 0.), (x: 100., y: 0.), (x: 100., y: 100.), (x: 60., y: 100.), (x: 60., y: 10.),
            (x: 0., y: 10.), (x: 0., y: 0.)
        ];
        let (pole, away) = pole(&MultiPolygon::new(vec![hook])).expect("there is ground");
        assert!((pole.x - 80.0).abs() < 2.0 && (15.0..=85.0).contains(&pole.y), "{pole:?}");
        assert!((19.0..=20.0).contains(&away), "{away}");
    }

    #[test]
    fn a_hole_is_no_place_for_a_name_and_the_largest_part_counts() {
        let around = polygon!(
            exterior: [(x: 0., y: 0.), (x: 90., y: 0.), (x: 90., y: 60.), (x: 0., y: 60.)],
            interiors: [[(x: 20., y: 5.), (x: 20., y: 55.), (x: 50., y: 55.), (x: 50., y: 5.)]],
        );
        let small = polygon![(x: 200., y: 0.), (x: 210., y: 0.), (x: 210., y: 10.), (x: 200., y: 10.)];
        let (pole, _) = pole(&MultiPolygon::new(vec![small, around])).expect("there is ground");
        assert!((68.0..=72.0).contains(&pole.x), "{pole:?}");
        assert_eq!(super::pole(&MultiPolygon::new(Vec::new())), None);
    }
}
