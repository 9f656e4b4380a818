//! Outlines of single blocks: rings sorted into grounds and holes, what is wrong with them, and a point on them.

use geo::{Area, BoundingRect, Contains, Coord, InteriorPoint, LineString, MultiPolygon, Point, Polygon, Validation};

/// Sorts rings into outer rings and holes by containment, whatever their order and direction: a ring inside an odd
/// number of others is a hole of the smallest of them.
///
/// Shapefiles list rings in any order, and readers that trust the order attach holes to the wrong part.
#[must_use]
pub fn from_rings(rings: Vec<LineString<f64>>) -> MultiPolygon<f64> {
    struct Ring {
        polygon: Polygon<f64>,
        area: f64,
    }
    let mut rings: Vec<Ring> = rings
        .into_iter()
        .filter(|ring| ring.0.len() >= 4)
        .map(|ring| {
            let polygon = Polygon::new(ring, Vec::new());
            let area = polygon.unsigned_area();
            Ring { polygon, area }
        })
        .collect();
    // Stable, so that parts of equal size keep the order of the file.
    rings.sort_by(|first, second| second.area.total_cmp(&first.area));
    let mut outers: Vec<(usize, Vec<LineString<f64>>)> = Vec::new();
    for (position, ring) in rings.iter().enumerate() {
        let rim = ring.polygon.exterior();
        let probe = Point::from((rim.0[0] + rim.0[1]) / 2.0);
        let around: Vec<usize> = (0..position).filter(|larger| rings[*larger].polygon.contains(&probe)).collect();
        if around.len().is_multiple_of(2) {
            outers.push((position, Vec::new()));
        } else if let Some(parent) = around.last()
            && let Some((_, holes)) = outers.iter_mut().find(|(outer, _)| outer == parent)
        {
            holes.push(rim.clone());
        }
    }
    outers.sort_by_key(|(position, _)| *position);
    MultiPolygon::new(
        outers
            .into_iter()
            .map(|(position, holes)| Polygon::new(rings[position].polygon.exterior().clone(), holes))
            .collect(),
    )
}

/// What is wrong with an outline in the sense of the simple-features standard, in the words of the geometry library;
/// `None` where it is valid.
#[must_use]
pub fn fault(outline: &MultiPolygon<f64>) -> Option<String> {
    if outline.0.iter().all(is_plainly_valid) && outline.0.len() == 1 {
        return None;
    }
    outline.check_validation().err().map(|fault| fault.to_string())
}

/// A quick yes for convex rings without holes, which most synthetic and many real blocks are.
fn is_plainly_valid(polygon: &Polygon<f64>) -> bool {
    let ring = &polygon.exterior().0;
    if !polygon.interiors().is_empty() || ring.len() < 4 {
        return false;
    }
    let corners = &ring[..ring.len() - 1];
    let mut turning = 0.0_f64;
    let mut winding = 0.0_f64;
    for position in 0..corners.len() {
        let (before, here, after) =
            (corners[position], corners[(position + 1) % corners.len()], corners[(position + 2) % corners.len()]);
        let (into, out) = (here - before, after - here);
        let cross = into.x * out.y - into.y * out.x;
        if cross == 0.0 || turning * cross < 0.0 || !cross.is_finite() {
            return false;
        }
        turning = cross;
        winding += cross.atan2(into.x * out.x + into.y * out.y);
    }
    // A star also turns one way only, but goes around more than once.
    winding.abs() < 1.5 * std::f64::consts::TAU
}

/// A point on the ground of `outline`: its centroid where that lies on it, else a point of its largest part.
#[must_use]
pub fn point_on(outline: &MultiPolygon<f64>) -> Option<Coord<f64>> {
    use geo::Centroid;
    if let Some(centroid) = outline.centroid()
        && outline.contains(&centroid)
    {
        return Some(centroid.0);
    }
    let largest = outline.0.iter().max_by(|first, second| first.unsigned_area().total_cmp(&second.unsigned_area()))?;
    largest.interior_point().map(|point| point.0).or_else(|| {
        let rectangle = largest.bounding_rect()?;
        Some(rectangle.center())
    })
}
