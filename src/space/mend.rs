//! Outlines put in order for good: a mended copy, with what it gains and loses.

use geo::{Coord, LineString, MapCoords, MultiPolygon};
use rustc_hash::FxHashSet;

use super::topology::{Coverage, Settlement, Tolerance, ring_in_order};

/// Writing rounds, and rounding may bring a vertex onto an edge once more; real outlines are settled after one pass.
const PASSES: usize = 4;

/// Outlines after mending.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    /// In the coordinates they are written in; empty where an outline keeps no ground.
    pub outlines: Vec<MultiPolygon<f64>>,
    /// What was settled between the outlines as they were given.
    pub settlement: Settlement,
}

/// Mends outlines given in metres of some plane. `to_file` turns them into what is written, rounded; `from_file` turns that
/// back.
///
/// What is written is read again and mended again until nothing is left to settle. Deterministic. Cost: that of
/// [`Coverage::build`], twice as a rule.
#[must_use]
pub fn mend(
    outlines: &[Option<&MultiPolygon<f64>>],
    to_file: &dyn Fn(Coord<f64>) -> Coord<f64>,
    from_file: &dyn Fn(Coord<f64>) -> Coord<f64>,
) -> Mended {
    let (coverage, settlement) = Coverage::build(&outlines.iter().copied().collect(), Tolerance::default());
    let written = |coverage: &Coverage| -> Vec<MultiPolygon<f64>> {
        coverage.outlines().iter().map(|outline| without_repetition(&outline.map_coords(to_file))).collect()
    };
    let mut mended = written(&coverage);
    for _ in 1..PASSES {
        let again: Vec<MultiPolygon<f64>> = mended.iter().map(|outline| outline.map_coords(from_file)).collect();
        let (coverage, left) = Coverage::build(&again.iter().map(Some).collect(), Tolerance::default());
        let is_settled = left.joined_vertices + left.cut_edges == 0
            && left.overlaps.is_empty()
            && left.gaps.iter().all(|gap| gap.closed_by.is_none());
        if is_settled {
            break;
        }
        mended = written(&coverage);
    }
    Mended { outlines: mended, settlement }
}

/// Rings without points that repeat the one before; rings that rounding leaves without area are dropped.
fn without_repetition(outline: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let ring = |line: &LineString<f64>| {
        let mut places = line.0.clone();
        places.dedup();
        (places.len() >= 4).then(|| LineString::new(places))
    };
    outline
        .iter()
        .filter_map(|polygon| {
            Some(geo::Polygon::new(ring(polygon.exterior())?, polygon.interiors().iter().filter_map(ring).collect()))
        })
        .collect()
}

/// Whether two outlines have the same rings, from whichever point and in whichever direction and order.
#[must_use]
pub fn has_same_rings(first: &MultiPolygon<f64>, second: &MultiPolygon<f64>) -> bool {
    rings_in_order(first) == rings_in_order(second)
}

fn rings_in_order(outline: &MultiPolygon<f64>) -> Vec<Vec<(u64, u64)>> {
    let mut rings: Vec<Vec<(u64, u64)>> = rings(outline)
        .map(|line| {
            let bits = |place: &Coord<f64>| ((place.x + 0.0).to_bits(), (place.y + 0.0).to_bits());
            ring_in_order(line.0.iter().map(bits).collect())
        })
        .collect();
    rings.sort_unstable();
    rings
}

fn rings(outline: &MultiPolygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    outline.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

/// The farthest a vertex of the old border lies from the new one, in the unit of the coordinates; 0 where there is no new
/// one.
#[must_use]
pub fn farthest_moved(before: &MultiPolygon<f64>, after: &MultiPolygon<f64>) -> f64 {
    let bits = |place: &Coord<f64>| (place.x.to_bits(), place.y.to_bits());
    let kept: FxHashSet<(u64, u64)> = rings(after).flat_map(|ring| &ring.0).map(bits).collect();
    let edges: Vec<[Coord<f64>; 2]> =
        rings(after).flat_map(|ring| ring.0.windows(2)).map(|edge| [edge[0], edge[1]]).collect();
    if edges.is_empty() {
        return 0.0;
    }
    let to_edges = |place: &Coord<f64>| edges.iter().map(|edge| to_edge(*place, *edge)).fold(f64::INFINITY, f64::min);
    let moved = rings(before).flat_map(|ring| &ring.0).filter(|place| !kept.contains(&bits(place)));
    moved.map(to_edges).fold(0.0, f64::max)
}

fn to_edge(place: Coord<f64>, [start, end]: [Coord<f64>; 2]) -> f64 {
    let (along, to) = (end - start, place - start);
    let length = along.x * along.x + along.y * along.y;
    let share = if length > 0.0 { ((along.x * to.x + along.y * to.y) / length).clamp(0.0, 1.0) } else { 0.0 };
    let foot = start + along * share;
    (place.x - foot.x).hypot(place.y - foot.y)
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn rings_are_the_same_from_any_point_and_in_any_direction() {
        let first = MultiPolygon::from(polygon![(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 3.0)]);
        let turned = MultiPolygon::from(polygon![(x: 4.0, y: 0.0), (x: 0.0, y: 0.0), (x: 4.0, y: 3.0)]);
        let other = MultiPolygon::from(polygon![(x: 4.0, y: 0.0), (x: 0.0, y: 0.0), (x: 4.0, y: 3.5)]);
        assert!(has_same_rings(&first, &turned));
        assert!(!has_same_rings(&first, &other));
        assert_eq!(farthest_moved(&first, &turned), 0.0);
        assert!((farthest_moved(&other, &first) - 0.5).abs() < 1e-12);
    }
}
