//! The geometry of a feature, taken apart as the text is read.

use std::fmt;

use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::feature::Text;
use super::places::{Height, Level, Places};
use crate::read::remark::Act;
use crate::read::shapes::Shape;

/// A shape with what had to be done to get it.
#[derive(Default)]
pub(super) struct Geometry {
    pub(super) shape: Option<Shape>,
    pub(super) acts: Vec<Act>,
    /// Whether one of its places has one number only.
    pub(super) has_half: bool,
}

/// Reads a geometry; its places are kept in what is given for them only as long as that takes.
struct Geometric<'p>(&'p mut Places);

/// What a geometry says.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Part {
    Type,
    Coordinates,
    Geometries,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for Geometry {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Geometry, D::Error> {
        source.deserialize_map(Geometric(&mut Places::default()))
    }
}

impl<'de> Visitor<'de> for Geometric<'_> {
    type Value = Geometry;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a geometry")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Geometry, A::Error> {
        let places = self.0;
        places.clear();
        let mut kind: Option<Text<'de>> = None;
        let mut height = None;
        let mut others: Vec<Geometry> = Vec::new();
        while let Some(part) = members.next_key()? {
            match part {
                Part::Type => kind = Some(members.next_value()?),
                Part::Coordinates => height = members.next_value_seed(Level(places))?,
                Part::Geometries => others = members.next_value()?,
                Part::Other => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        let kind = kind.ok_or_else(|| A::Error::missing_field("type"))?;
        geometry(&kind.0, height, places, others).map_err(A::Error::custom)
    }
}

/// As [`Geometric`], and null is no shape.
pub(super) struct MaybeGeometry<'p>(pub(super) &'p mut Places);

impl<'de> DeserializeSeed<'de> for MaybeGeometry<'_> {
    type Value = Geometry;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Geometry, D::Error> {
        source.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for MaybeGeometry<'_> {
    type Value = Geometry;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a geometry")
    }

    fn visit_none<E: Error>(self) -> Result<Geometry, E> {
        Ok(Geometry::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Geometry, D::Error> {
        source.deserialize_map(Geometric(self.0))
    }
}

/// A geometry from its kind and its coordinates.
fn geometry(kind: &str, height: Option<Height>, places: &Places, others: Vec<Geometry>) -> Result<Geometry, String> {
    let wanted = match kind {
        "Point" => 0,
        "MultiPoint" | "LineString" => 1,
        "MultiLineString" | "Polygon" => 2,
        "MultiPolygon" => 3,
        "GeometryCollection" => return Ok(of_collection(others)),
        _ => return Err(format!("{kind} is no kind of geometry")),
    };
    if height.is_some_and(|height| height != wanted) {
        return Err(format!("the coordinates are not those of a {kind}"));
    }
    let mut acts = Vec::new();
    if places.have_heights {
        acts.push(Act::HeightsLeftOut);
    }
    let shape = match kind {
        "Point" => places.all.first().map(|place| Shape::Point(*place)),
        "MultiPoint" => Some(match places.all.as_slice() {
            [only] => Shape::Point(*only),
            _ => Shape::Other("MultiPoint"),
        }),
        "LineString" | "MultiLineString" => {
            Some(Shape::Lines(MultiLineString::new((0..places.lines.len()).map(|line| places.line(line)).collect())))
        }
        _ => Some(Shape::Outline(places.polygons(&mut acts))),
    };
    Ok(Geometry { shape, acts, has_half: places.has_half })
}

/// What of a collection can be used: all its outlines as one, else its only point or its lines.
fn of_collection(members: Vec<Geometry>) -> Geometry {
    let count = members.len();
    let has_half = members.iter().any(|member| member.has_half);
    let mut outline: Vec<Polygon<f64>> = Vec::new();
    let mut lines: Vec<LineString<f64>> = Vec::new();
    let mut points: Vec<Coord<f64>> = Vec::new();
    let mut acts: Vec<Act> = Vec::new();
    for member in members {
        let before = outline.len() as u32;
        acts.extend(member.acts.into_iter().map(|act| match act {
            Act::Closed { part, ring } => Act::Closed { part: part + before, ring },
            other => other,
        }));
        match member.shape {
            Some(Shape::Outline(part)) => outline.extend(part),
            Some(Shape::Lines(part)) => lines.extend(part),
            Some(Shape::Point(place)) => points.push(place),
            Some(Shape::Other(_)) | None => {}
        }
    }
    let shape = match points.as_slice() {
        _ if !outline.is_empty() => Shape::Outline(MultiPolygon::new(outline)),
        [only] if lines.is_empty() => Shape::Point(*only),
        [] if !lines.is_empty() => Shape::Lines(MultiLineString::new(lines)),
        _ => Shape::Other("GeometryCollection"),
    };
    if !matches!(shape, Shape::Other(_)) {
        acts.push(Act::TakenFromCollection { members: count as u32 });
    }
    Geometry { shape: Some(shape), acts, has_half }
}
