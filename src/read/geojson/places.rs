//! The coordinates of a geometry, whatever its kind, in lists of lists.

use std::fmt;

use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};

use crate::read::remark::Act;

/// Coordinates in the order they are read; their nesting is the same for all kinds.
#[derive(Default)]
pub(super) struct Places {
    pub(super) all: Vec<Coord<f64>>,
    /// Where each list of places ends.
    pub(super) lines: Vec<usize>,
    /// Where each list of lists ends, among `lines`.
    parts: Vec<usize>,
    /// Whether places have more than two numbers.
    pub(super) have_heights: bool,
    /// Whether a place has one number only.
    pub(super) has_half: bool,
}

/// How deep a list of coordinates is: 0 for one place, 3 for a list of polygons.
pub(super) type Height = u8;

/// The height of a list of polygons.
const HIGHEST: Height = 3;

/// Reads coordinates of any depth; gives `None` for an empty list, whose depth nobody can tell.
pub(super) struct Level<'p>(pub(super) &'p mut Places);

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
    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.lines.clear();
        self.parts.clear();
        self.have_heights = false;
        self.has_half = false;
    }

    /// Adds the place that begins with `x`, the rest of whose numbers follow.
    fn push_from<'de, A: SeqAccess<'de>>(&mut self, x: f64, mut numbers: A) -> Result<(), A::Error> {
        let y = numbers.next_element()?;
        self.has_half |= y.is_none();
        let y = number(y.flatten());
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

    pub(super) fn line(&self, number: usize) -> LineString<f64> {
        let start = if number == 0 { 0 } else { self.lines[number - 1] };
        LineString::new(self.all[start..self.lines[number]].to_vec())
    }

    fn lines_of(&self, part: usize) -> std::ops::Range<usize> {
        let start = if part == 0 { 0 } else { self.parts[part - 1] };
        start..self.parts[part]
    }

    pub(super) fn polygons(&self, acts: &mut Vec<Act>) -> MultiPolygon<f64> {
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
