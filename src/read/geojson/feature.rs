//! One feature: its id and its cells, taken apart as the text is read.

use std::borrow::Cow;
use std::fmt::{self, Write};

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Number, Value};

use super::geometry::{Geometry, MaybeGeometry};
use super::rows::Rows;
use crate::read::table::CellKind;

/// Text that stands in the file as it is, unless something in it is escaped.
#[derive(Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

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

    fn visit_none<E: Error>(self) -> Result<(), E> {
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
