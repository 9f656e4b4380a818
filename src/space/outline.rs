//! Outlines of single blocks: rings sorted into grounds and holes, and a point on them.

use geo::{Area, BoundingRect, Contains, Coord, InteriorPoint, LineString, MultiPolygon, Polygon};

use super::topology::{Coverage, Tolerance};
use super::validity::Ring;

/// Sorts rings into outer rings and holes by containment, whatever their order and direction: a ring inside an odd
/// number of others is a hole of the smallest of them.
///
/// Shapefiles list rings in any order, and readers that trust the order attach holes to the wrong part.
#[must_use]
pub fn from_rings(rings: Vec<LineString<f64>>) -> MultiPolygon<f64> {
    // Rings without ground have neither inside nor outside; they stay, so that the fault can be named.
    let (rings, bare): (Vec<LineString<f64>>, Vec<LineString<f64>>) = rings.into_iter().partition(Ring::has_ground);
    let mut rings: Vec<(f64, Ring, LineString<f64>)> = rings
        .into_iter()
        .map(|line| {
            let polygon = Polygon::new(line, Vec::new());
            let area = polygon.unsigned_area();
            let (line, _) = polygon.into_inner();
            (area, Ring::of(&line, 0, false), line)
        })
        .collect();
    // Stable, so that parts of equal size keep the order of the file.
    rings.sort_by(|first, second| second.0.total_cmp(&first.0));
    let mut role: Vec<Option<usize>> = Vec::with_capacity(rings.len());
    for position in 0..rings.len() {
        let around: Vec<usize> =
            (0..position).filter(|larger| rings[position].1.is_inside(&rings[*larger].1)).collect();
        // The hole's shell is the smallest ring around it; that ring may be a hole itself where rings cross.
        let shell = around.last().copied().filter(|parent| around.len() % 2 == 1 && role[*parent].is_none());
        role.push(shell);
    }
    let mut parts: Vec<(LineString<f64>, Vec<LineString<f64>>)> = Vec::new();
    let mut part_of: Vec<usize> = Vec::with_capacity(rings.len());
    for (position, (_, _, line)) in rings.into_iter().enumerate() {
        if let Some(shell) = role[position] {
            part_of.push(part_of[shell]);
            parts[part_of[shell]].1.push(line);
        } else {
            part_of.push(parts.len());
            parts.push((line, Vec::new()));
        }
    }
    parts.extend(bare.into_iter().filter(|line| !line.0.is_empty()).map(|line| (line, Vec::new())));
    MultiPolygon::new(parts.into_iter().map(|(shell, holes)| Polygon::new(shell, holes)).collect())
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

/// An outline put in order by itself: taken apart where it crosses itself, its parts and holes sorted anew.
#[must_use]
pub fn in_order(outline: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let (coverage, _) = Coverage::build(&std::iter::once(Some(outline)).collect(), Tolerance::default());
    coverage.outlines().pop().unwrap_or_else(|| MultiPolygon::new(Vec::new()))
}
