//! The geometry of layers, read plainly.

use geo::{Coord, MultiPolygon};
use serde_json::Value;

/// A pair of coordinates as a layer has it.
pub(super) type Position = (f64, f64);

/// A stretch between two places in metres.
pub(super) type Segment = (Coord<f64>, Coord<f64>);

/// The rings of a polygon or of several; none for other geometries.
pub(super) fn rings(geometry: &Value) -> Vec<Vec<Position>> {
    ring_lists(geometry).into_iter().map(|ring| ring.iter().filter_map(position).collect()).collect()
}

/// The position of a point; `None` for other geometries.
pub(super) fn point(geometry: &Value) -> Option<Position> {
    if geometry["type"] == "Point" { position(&geometry["coordinates"]) } else { None }
}

/// Whether a geometry is a polygon or several, and every ring of it ends where it starts and has at least four positions.
pub(super) fn is_well_formed(geometry: &Value) -> bool {
    matches!(geometry["type"].as_str(), Some("Polygon" | "MultiPolygon"))
        && ring_lists(geometry).iter().all(|ring| {
            ring.len() >= 4 && ring.first() == ring.last() && ring.iter().all(|place| position(place).is_some())
        })
}

fn ring_lists(geometry: &Value) -> Vec<&[Value]> {
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        Some("Polygon") => vec![&geometry["coordinates"]],
        Some("MultiPolygon") => geometry["coordinates"].as_array().into_iter().flatten().collect(),
        _ => Vec::new(),
    };
    let rings = polygons.into_iter().flat_map(|polygon| polygon.as_array().into_iter().flatten());
    rings.map(|ring| ring.as_array().map_or(&[][..], Vec::as_slice)).collect()
}

fn position(value: &Value) -> Option<Position> {
    Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?))
}

/// The segments of an outline in metres.
pub(super) fn segments(outline: &MultiPolygon<f64>) -> Vec<Segment> {
    outline
        .0
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .flat_map(|ring| ring.0.windows(2).map(|pair| (pair[0], pair[1])))
        .collect()
}

/// Whether a place lies within segments that close (even–odd rule).
pub(super) fn is_inside(place: Coord<f64>, segments: &[Segment]) -> bool {
    let crossings = segments
        .iter()
        .filter(|(start, end)| {
            (start.y > place.y) != (end.y > place.y)
                && place.x < start.x + (place.y - start.y) / (end.y - start.y) * (end.x - start.x)
        })
        .count();
    crossings % 2 == 1
}

/// Whether a place is within so many metres of some segment.
pub(super) fn is_beside(place: Coord<f64>, segments: &[Segment], metres: f64) -> bool {
    segments.iter().any(|(start, end)| {
        let (along, to) = (*end - *start, place - *start);
        let length = along.x * along.x + along.y * along.y;
        let share = if length > 0.0 { ((along.x * to.x + along.y * to.y) / length).clamp(0.0, 1.0) } else { 0.0 };
        let gap = to - along * share;
        gap.x * gap.x + gap.y * gap.y <= metres * metres
    })
}

/// Metres from one place to another.
pub(super) fn apart(first: Coord<f64>, second: Coord<f64>) -> f64 {
    let between = first - second;
    (between.x * between.x + between.y * between.y).sqrt()
}
