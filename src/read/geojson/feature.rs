//! One feature: its id, its cells and its shape, taken apart as the text is read.

use std::borrow::Cow;
use std::fmt::{self, Write};

use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Number, Value};

use super::rows::Rows;
use crate::read::remark::Act;
use crate::read::shapes::Shape;
use crate::read::table::CellKind;

/// Text that stands in the file as it is, unless something in it is escaped.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Adds a feature to rows.
pub(super) struct IntoRows<'r>(pub(super) &'r mut Rows);

/// What a feature says.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Member {
    Type,
    Id,
    Properties,
    Geometry,
    #[serde(other)]
    Other,
}

impl<'de> DeserializeSeed<'de> for IntoRows<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for IntoRows<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let rows = self.0;
        let mut kind: Option<Text<'de>> = None;
        let mut geometry = Geometry::default();
        let before = rows.lengths();
        let mut has_id = false;
        while let Some(member) = members.next_key()? {
            match member {
                Member::Type => kind = Some(members.next_value()?),
                Member::Id => {
                    rows.ids.truncate(before.ids);
                    has_id = members.next_value_seed(CellText(&mut rows.ids))?.is_some();
                }
                Member::Properties => {
                    rows.cells.truncate(before.cells);
                    rows.text.truncate(before.text);
                    members.next_value_seed(Properties(rows))?;
                }
                Member::Geometry => {
                    geometry = members.next_value_seed(MaybeGeometry(&mut rows.places))?;
                }
                Member::Other => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        match kind.as_ref().map(|kind| &*kind.0) {
            Some("Feature") => {
                rows.end_row(has_id, geometry);
                Ok(())
            }
            Some(other) => Err(A::Error::custom(format!("a {other} where a Feature is due"))),
            None => Err(A::Error::missing_field("type")),
        }
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

/// Appends the text of a value as [`cell_text`] has it, and gives what the value is; `None` for null, which is anything.
struct CellText<'t>(&'t mut String);

impl CellText<'_> {
    fn written<E: Error>(self, value: &impl fmt::Display, kind: CellKind) -> Result<Option<CellKind>, E> {
        write!(self.0, "{value}").map_err(E::custom)?;
        Ok(Some(kind))
    }
}

impl<'de> DeserializeSeed<'de> for CellText<'_> {
    type Value = Option<CellKind>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Option<CellKind>, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellText<'_> {
    type Value = Option<CellKind>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Option<CellKind>, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<CellKind>, E> {
        self.written(&value, CellKind::Boolean)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<CellKind>, E> {
        self.written(&value, CellKind::Integer)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<CellKind>, E> {
        self.written(&value, CellKind::Integer)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<CellKind>, E> {
        match Number::from_f64(value) {
            Some(number) => self.written(&number, CellKind::Real),
            None => Ok(None),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<CellKind>, E> {
        self.0.push_str(value);
        Ok(Some(CellKind::Text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Option<CellKind>, A::Error> {
        self.written(&Value::deserialize(SeqAccessDeserializer::new(list))?, CellKind::Text)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Option<CellKind>, A::Error> {
        self.written(&Value::deserialize(MapAccessDeserializer::new(members))?, CellKind::Text)
    }
}

/// Adds the cells of a feature to rows, in the order of the file; of a name that is repeated the later value counts.
struct Properties<'r>(&'r mut Rows);

impl<'de> DeserializeSeed<'de> for Properties<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Properties<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("properties")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(Text(name)) = members.next_key()? {
            let kind = members.next_value_seed(CellText(&mut self.0.text))?;
            self.0.end_cell(&name, kind);
        }
        Ok(())
    }
}

/// A shape with what had to be done to get it.
#[derive(Default)]
pub(super) struct Geometry {
    pub(super) shape: Option<Shape>,
    pub(super) acts: Vec<Act>,
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
struct MaybeGeometry<'p>(&'p mut Places);

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

    fn visit_unit<E: Error>(self) -> Result<Geometry, E> {
        Ok(Geometry::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Geometry, D::Error> {
        source.deserialize_map(Geometric(self.0))
    }
}

/// Coordinates in the order they are read; their nesting is the same for all kinds.
#[derive(Default)]
pub(super) struct Places {
    all: Vec<Coord<f64>>,
    /// Where each list of places ends.
    lines: Vec<usize>,
    /// Where each list of lists ends, among `lines`.
    parts: Vec<usize>,
    /// Whether places have more than two numbers.
    have_heights: bool,
}

/// How deep a list of coordinates is: 0 for one place, 3 for a list of polygons.
type Height = u8;

/// The height of a list of polygons.
const HIGHEST: Height = 3;

/// Reads coordinates of any depth; gives `None` for an empty list, whose depth nobody can tell.
struct Level<'p>(&'p mut Places);

/// Adds a place where nothing else is due; an empty list is none.
struct PlaceSeed<'p>(&'p mut Places);

impl<'de> DeserializeSeed<'de> for PlaceSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PlaceSeed<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        match list.next_element::<Option<f64>>()? {
            Some(x) => self.0.push_from(number(x), list),
            None => Ok(()),
        }
    }
}

/// A number; null, which some write for one they do not have, is none.
fn number(read: Option<f64>) -> f64 {
    read.unwrap_or(f64::NAN)
}

fn mixed<E: Error>() -> E {
    E::custom("coordinates that are neither places nor lists of them")
}

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

    fn visit_unit<E: Error>(self) -> Result<Item, E> {
        Ok(Item::Number(number(None)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Item, A::Error> {
        let places = self.0;
        match list.next_element_seed(ItemSeed(places))? {
            None => Ok(Item::List(None)),
            Some(Item::Number(x)) => {
                places.push_from(x, list)?;
                Ok(Item::List(Some(0)))
            }
            Some(Item::List(Some(0))) => {
                while list.next_element_seed(PlaceSeed(places))?.is_some() {}
                Ok(Item::List(Some(places.close(0))))
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
    fn clear(&mut self) {
        self.all.clear();
        self.lines.clear();
        self.parts.clear();
        self.have_heights = false;
    }

    /// Adds the place that begins with `x`, the rest of whose numbers follow.
    fn push_from<'de, A: SeqAccess<'de>>(&mut self, x: f64, mut numbers: A) -> Result<(), A::Error> {
        let y = number(numbers.next_element()?.flatten());
        while numbers.next_element::<Option<f64>>()?.is_some() {
            self.have_heights = true;
        }
        self.all.push(Coord { x, y });
        Ok(())
    }

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
    Ok(Geometry { shape, acts })
}

/// What of a collection can be used: all its outlines as one, else its only point or its lines.
fn of_collection(members: Vec<Geometry>) -> Geometry {
    let count = members.len();
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
    Geometry { shape: Some(shape), acts }
}
