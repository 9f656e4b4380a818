//! One feature: its id, its cells and its shape, taken apart as the text is read.

use std::borrow::Cow;
use std::fmt;

use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::read::remark::Act;
use crate::read::shapes::Shape;
use crate::read::table::CellKind;

/// A feature, or a shape that stands alone.
#[derive(Default)]
pub(super) struct Feature {
    pub(super) id: Option<String>,
    /// Names of properties, their text and what they are; nothing for null, which is anything.
    pub(super) cells: Vec<(String, String, Option<CellKind>)>,
    pub(super) geometry: Geometry,
}

/// A shape with what had to be done to get it.
#[derive(Default)]
pub(super) struct Geometry {
    pub(super) shape: Option<Shape>,
    pub(super) acts: Vec<Act>,
    /// Whether one of its places has one number only.
    pub(super) has_half: bool,
}

impl<'de> Deserialize<'de> for Feature {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Feature, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Feature;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a feature")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Feature, A::Error> {
                let mut feature = Feature::default();
                let mut kind: Option<String> = None;
                while let Some(name) = members.next_key::<Cow<'de, str>>()? {
                    match &*name {
                        "type" => kind = Some(members.next_value()?),
                        "id" => feature.id = id_text(members.next_value()?),
                        "properties" => feature.cells = members.next_value::<Option<Cells>>()?.unwrap_or_default().0,
                        "geometry" => {
                            feature.geometry = members.next_value::<Option<Geometry>>()?.unwrap_or_default();
                        }
                        _ => {
                            members.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                match kind.as_deref() {
                    Some("Feature") => Ok(feature),
                    Some(other) => Err(A::Error::custom(format!("a {other} where a Feature is due"))),
                    None => Err(A::Error::missing_field("type")),
                }
            }
        }
        source.deserialize_map(Members)
    }
}

fn id_text(id: Value) -> Option<String> {
    match id {
        Value::Null => None,
        other => Some(cell_text(other)),
    }
}

/// The text of a value: plain for text, empty for null, JSON for anything else.
pub(super) fn cell_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// What a value is; `None` for null, which is anything.
fn cell_kind(value: &Value) -> Option<CellKind> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(CellKind::Boolean),
        Value::Number(number) if number.is_f64() => Some(CellKind::Real),
        Value::Number(_) => Some(CellKind::Integer),
        Value::String(_) | Value::Array(_) | Value::Object(_) => Some(CellKind::Text),
    }
}

/// Names and texts of properties, in the order of the file; of a name that is repeated the later value counts.
#[derive(Default)]
struct Cells(Vec<(String, String, Option<CellKind>)>);

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Cells, D::Error> {
        struct Properties;
        impl<'de> Visitor<'de> for Properties {
            type Value = Cells;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("properties")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Cells, A::Error> {
                let mut cells: Vec<(String, String, Option<CellKind>)> = Vec::new();
                while let Some((name, value)) = members.next_entry::<String, Value>()? {
                    let kind = cell_kind(&value);
                    let text = cell_text(value);
                    match cells.iter_mut().find(|(known, ..)| *known == name) {
                        Some(known) => (known.1, known.2) = (text, kind),
                        None => cells.push((name, text, kind)),
                    }
                }
                Ok(Cells(cells))
            }
        }
        source.deserialize_map(Properties)
    }
}

impl<'de> Deserialize<'de> for Geometry {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Geometry, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Geometry;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a geometry")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Geometry, A::Error> {
                let mut kind: Option<Cow<'de, str>> = None;
                let mut places = Places::default();
                let mut height = None;
                let mut others: Vec<Geometry> = Vec::new();
                while let Some(name) = members.next_key::<Cow<'de, str>>()? {
                    match &*name {
                        "type" => kind = Some(members.next_value()?),
                        "coordinates" => height = members.next_value_seed(Level(&mut places))?,
                        "geometries" => others = members.next_value()?,
                        _ => {
                            members.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                let kind = kind.ok_or_else(|| A::Error::missing_field("type"))?;
                geometry(&kind, height, &places, others).map_err(A::Error::custom)
            }
        }
        source.deserialize_map(Members)
    }
}

/// Coordinates in the order they are read; their nesting is the same for all kinds.
#[derive(Default)]
struct Places {
    all: Vec<Coord<f64>>,
    /// Where each list of places ends.
    lines: Vec<usize>,
    /// Where each list of lists ends, among `lines`.
    parts: Vec<usize>,
    /// Whether places have more than two numbers.
    have_heights: bool,
    /// Whether a place has one number only.
    has_half: bool,
}

/// How deep a list of coordinates is: 0 for one place, 3 for a list of polygons.
type Height = u8;

/// The height of a list of polygons.
const HIGHEST: Height = 3;

/// Reads coordinates of any depth; gives `None` for an empty list, whose depth nobody can tell.
struct Level<'p>(&'p mut Places);

/// A number or a list, as the first thing in a list of coordinates tells which.
enum Item {
    Number(f64),
    List(Option<Height>),
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Option<Height>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Option<Height>, D::Error> {
        match ItemSeed(self.0).deserialize(source)? {
            Item::Number(_) => Err(D::Error::custom("a number where a list of coordinates is due")),
            Item::List(height) => Ok(height),
        }
    }
}

struct ItemSeed<'p>(&'p mut Places);

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = Item;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Item, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ItemSeed<'_> {
    type Value = Item;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("coordinates")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Item, E> {
        Ok(Item::Number(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Item, E> {
        Ok(Item::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Item, E> {
        Ok(Item::Number(number as f64))
    }

    /// `null`, which some write for a number they do not have.
    fn visit_unit<E: Error>(self) -> Result<Item, E> {
        Ok(Item::Number(f64::NAN))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Item, A::Error> {
        let places = self.0;
        let mixed = || A::Error::custom("coordinates that are neither places nor lists of them");
        match list.next_element_seed(ItemSeed(places))? {
            None => Ok(Item::List(None)),
            Some(Item::Number(x)) => {
                let y = list.next_element_seed(ItemSeed(places))?;
                let y = match y {
                    Some(Item::Number(y)) => y,
                    Some(Item::List(_)) => return Err(mixed()),
                    None => {
                        places.has_half = true;
                        f64::NAN
                    }
                };
                while let Some(item) = list.next_element_seed(ItemSeed(places))? {
                    let Item::Number(_) = item else { return Err(mixed()) };
                    places.have_heights = true;
                }
                places.all.push(Coord { x, y });
                Ok(Item::List(Some(0)))
            }
            Some(Item::List(first)) => {
                let mut height = first;
                while let Some(item) = list.next_element_seed(ItemSeed(places))? {
                    let Item::List(next) = item else { return Err(mixed()) };
                    match (height, next) {
                        (Some(height), Some(next)) if height != next => return Err(mixed()),
                        (None, Some(next)) => height = Some(next),
                        _ => {}
                    }
                }
                if height.is_some_and(|height| height >= HIGHEST) {
                    return Err(mixed());
                }
                Ok(Item::List(height.map(|items| places.close(items))))
            }
        }
    }
}

impl Places {
    /// Ends a list of items of a height, and gives its own.
    fn close(&mut self, items: Height) -> Height {
        match items {
            0 => self.lines.push(self.all.len()),
            1 => self.parts.push(self.lines.len()),
            _ => {}
        }
        items + 1
    }

    fn line(&self, number: usize) -> LineString<f64> {
        let start = if number == 0 { 0 } else { self.lines[number - 1] };
        LineString::new(self.all[start..self.lines[number]].to_vec())
    }

    fn lines_of(&self, part: usize) -> std::ops::Range<usize> {
        let start = if part == 0 { 0 } else { self.parts[part - 1] };
        start..self.parts[part]
    }

    fn polygons(&self, acts: &mut Vec<Act>) -> MultiPolygon<f64> {
        let polygon = |part: usize| {
            let mut rings: Vec<LineString<f64>> = self.lines_of(part).map(|line| self.line(line)).collect();
            for (ring, line) in rings.iter().enumerate() {
                if line.0.len() > 2 && line.0.first() != line.0.last() {
                    acts.push(Act::Closed { part: part as u32, ring: ring as u32 });
                }
            }
            let shell = rings.remove(0);
            Polygon::new(shell, rings)
        };
        MultiPolygon::new((0..self.parts.len()).map(polygon).collect())
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
