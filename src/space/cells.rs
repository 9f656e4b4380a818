//! Cells around points: outlines for blocks that the input gives as points only.

use geo::{BooleanOps, Coord, LineString, MultiPolygon, Polygon};
use spade::handles::VoronoiVertex;
use spade::{DelaunayTriangulation, Point2, Triangulation};

/// The Voronoi cells of `points`, clipped to `frame`; each cell is the ground nearer to its point than to any other.
///
/// Points in the same place share no ground: the first gets the cell and the others `None`, as do points outside the
/// frame that no ground in it is nearest to. Cost: O(n log n). Deterministic.
#[must_use]
pub fn voronoi(points: &[Coord<f64>], frame: &MultiPolygon<f64>) -> Vec<Option<MultiPolygon<f64>>> {
    let Some(box_around) = box_around(points, frame) else { return vec![None; points.len()] };
    // Four points far outside make the cell of every real point bounded.
    let (low, high) = (box_around.min(), box_around.max());
    let reach = 10.0 * (box_around.width() + box_around.height() + 1.0);
    let guards = [
        Coord { x: low.x - reach, y: low.y - reach },
        Coord { x: high.x + reach, y: low.y - reach },
        Coord { x: high.x + reach, y: high.y + reach },
        Coord { x: low.x - reach, y: high.y + reach },
    ];
    let mut triangulation: DelaunayTriangulation<Point2<f64>> = DelaunayTriangulation::new();
    let mut cell_of: Vec<Option<spade::handles::FixedVertexHandle>> = Vec::with_capacity(points.len());
    let mut taken = rustc_hash::FxHashSet::default();
    for place in points.iter().chain(&guards) {
        let handle = triangulation.insert(Point2::new(place.x, place.y)).ok();
        cell_of.push(handle.filter(|handle| taken.insert(handle.index())));
    }
    let rectangle = frame_is_box(frame);
    cell_of
        .iter()
        .take(points.len())
        .map(|handle| {
            let vertex = triangulation.vertex((*handle)?);
            let mut ring: Vec<Coord<f64>> = Vec::new();
            for edge in vertex.as_voronoi_face().adjacent_edges() {
                if let VoronoiVertex::Inner(face) = edge.from() {
                    let corner = face.circumcenter();
                    ring.push(Coord { x: corner.x, y: corner.y });
                }
            }
            let clipped = |area| MultiPolygon::new(vec![Polygon::new(clip_to_box(ring, area), Vec::new())]);
            let cell = if let Some(rectangle) = rectangle {
                clipped(rectangle)
            } else {
                frame.intersection(&clipped(box_around))
            };
            let has_ground = cell.0.iter().any(|polygon| polygon.exterior().0.len() >= 4);
            has_ground.then_some(cell)
        })
        .collect()
}

/// A rectangle around `points` with a margin of half the mean spacing, to clip cells to where no boundary is known.
#[must_use]
pub fn frame_around(points: &[Coord<f64>]) -> MultiPolygon<f64> {
    let Some(tight) = box_around(points, &MultiPolygon::new(Vec::new())) else {
        return MultiPolygon::new(Vec::new());
    };
    let spacing = ((tight.width() * tight.height()) / points.len() as f64).sqrt();
    let margin = if spacing > 0.0 { spacing / 2.0 } else { (tight.width() + tight.height()).max(2.0) / 2.0 };
    let (low, high) = (tight.min(), tight.max());
    let grown = geo::Rect::new(
        Coord { x: low.x - margin, y: low.y - margin },
        Coord { x: high.x + margin, y: high.y + margin },
    );
    MultiPolygon::new(vec![grown.to_polygon()])
}

fn box_around(points: &[Coord<f64>], frame: &MultiPolygon<f64>) -> Option<geo::Rect<f64>> {
    use geo::CoordsIter;
    let mut corners = points.iter().copied().chain(frame.coords_iter());
    let first = corners.next()?;
    let (low, high) = corners.fold((first, first), |(low, high), corner| {
        (
            Coord { x: low.x.min(corner.x), y: low.y.min(corner.y) },
            Coord { x: high.x.max(corner.x), y: high.y.max(corner.y) },
        )
    });
    Some(geo::Rect::new(low, high))
}

/// The rectangle `frame` is, where it is one: clipping to it needs no general overlay.
fn frame_is_box(frame: &MultiPolygon<f64>) -> Option<geo::Rect<f64>> {
    use geo::BoundingRect;
    let [polygon] = frame.0.as_slice() else { return None };
    let rectangle = frame.bounding_rect()?;
    let corners = [rectangle.min(), rectangle.max()];
    let only_corners = polygon
        .exterior()
        .0
        .iter()
        .all(|place| corners.iter().any(|c| c.x == place.x) && corners.iter().any(|c| c.y == place.y));
    (polygon.interiors().is_empty() && polygon.exterior().0.len() == 5 && only_corners).then_some(rectangle)
}

/// Clips a convex ring to a rectangle, side by side (Sutherland–Hodgman).
fn clip_to_box(ring: Vec<Coord<f64>>, rectangle: geo::Rect<f64>) -> LineString<f64> {
    let (low, high) = (rectangle.min(), rectangle.max());
    // Each side as (signed distance inside it).
    let sides: [&dyn Fn(Coord<f64>) -> f64; 4] =
        [&|c| c.x - low.x, &|c| high.x - c.x, &|c| c.y - low.y, &|c| high.y - c.y];
    let clipped = sides.into_iter().fold(ring, |ring, inside| {
        let mut kept = Vec::with_capacity(ring.len() + 2);
        for position in 0..ring.len() {
            let (here, next) = (ring[position], ring[(position + 1) % ring.len()]);
            let (here_inside, next_inside) = (inside(here), inside(next));
            if here_inside >= 0.0 {
                kept.push(here);
            }
            if (here_inside > 0.0 && next_inside < 0.0) || (here_inside < 0.0 && next_inside > 0.0) {
                let share = here_inside / (here_inside - next_inside);
                kept.push(here + (next - here) * share);
            }
        }
        kept
    });
    let mut line = LineString::new(clipped);
    line.close();
    line
}
