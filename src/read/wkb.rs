//! Geometry in well-known binary, as `GeoPackage` and `GeoParquet` hold it.

use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use geo_traits::{
    CoordTrait, GeometryTrait, GeometryType, LineStringTrait, MultiLineStringTrait, MultiPointTrait, MultiPolygonTrait,
    PointTrait, PolygonTrait,
};

use super::shapes::Shape;

/// The shape in some bytes, heights and measures left out; `None` where it is empty.
///
/// # Errors
/// What the library says where the bytes are no geometry.
pub(super) fn shape(bytes: &[u8]) -> Result<Option<Shape>, String> {
    let geometry = wkb::reader::read_wkb(bytes).map_err(|fault| fault.to_string())?;
    Ok(shape_of(&geometry))
}

/// The shape of a geometry as libraries hand it over; `None` where it is empty.
pub(super) fn shape_of(geometry: &impl GeometryTrait<T = f64>) -> Option<Shape> {
    match geometry.as_type() {
        GeometryType::Point(point) => point.coord().map(|place| Shape::Point(coordinates(&place))),
        GeometryType::LineString(own) => not_empty(line(own)).map(|own| Shape::Lines(MultiLineString::new(vec![own]))),
        GeometryType::MultiLineString(lines) => {
            let lines: Vec<LineString<f64>> =
                lines.line_strings().map(|own| line(&own)).filter_map(not_empty).collect();
            (!lines.is_empty()).then(|| Shape::Lines(MultiLineString::new(lines)))
        }
        GeometryType::Polygon(own) => polygon(own).map(|own| Shape::Outline(MultiPolygon::new(vec![own]))),
        GeometryType::MultiPolygon(polygons) => {
            let polygons: Vec<Polygon<f64>> = polygons.polygons().filter_map(|own| polygon(&own)).collect();
            (!polygons.is_empty()).then(|| Shape::Outline(MultiPolygon::new(polygons)))
        }
        GeometryType::MultiPoint(points) => match points.num_points() {
            0 => None,
            1 => points.point(0).and_then(|point| point.coord().map(|place| Shape::Point(coordinates(&place)))),
            _ => Some(Shape::Other("MultiPoint")),
        },
        _ => Some(Shape::Other("GeometryCollection")),
    }
}

fn coordinates(place: &impl CoordTrait<T = f64>) -> Coord<f64> {
    Coord { x: place.x(), y: place.y() }
}

fn line(own: &impl LineStringTrait<T = f64>) -> LineString<f64> {
    own.coords().map(|place| coordinates(&place)).collect()
}

fn not_empty(own: LineString<f64>) -> Option<LineString<f64>> {
    (!own.0.is_empty()).then_some(own)
}

fn polygon(own: &impl PolygonTrait<T = f64>) -> Option<Polygon<f64>> {
    let exterior = line(&own.exterior()?);
    Some(Polygon::new(exterior, own.interiors().map(|ring| line(&ring)).collect()))
}
