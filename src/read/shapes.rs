//! The shapes of the rows of a table.

use geo::{Coord, MapCoordsInPlace, MultiLineString, MultiPolygon};

use crate::model::Outlines;

/// The geometry of a row, in the coordinates of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A point.
    Point(Coord<f64>),
    /// Lines.
    Lines(MultiLineString<f64>),
    /// An outline.
    Outline(MultiPolygon<f64>),
    /// A kind of geometry no layer has a use for, by its name.
    Other(&'static str),
}

impl Shape {
    /// The name of the kind, for findings.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Shape::Point(_) => "Point",
            Shape::Lines(_) => "LineString",
            Shape::Outline(_) => "Polygon",
            Shape::Other(kind) => kind,
        }
    }
}

/// The shapes of the rows of a table; outlines share their corners.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    slots: Vec<Slot>,
    points: Vec<Coord<f64>>,
    lines: Vec<MultiLineString<f64>>,
    outlines: Outlines,
    others: Vec<&'static str>,
}

/// How many shapes there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Points.
    pub points: usize,
    /// Lines.
    pub lines: usize,
    /// Outlines.
    pub outlines: usize,
    /// Those no layer has a use for.
    pub others: usize,
}

impl Kinds {
    /// Whether there is any shape.
    #[must_use]
    pub fn any(self) -> bool {
        self != Kinds::default()
    }
}

/// Where the shape of a row is kept.
#[derive(Clone, Copy, Debug)]
enum Slot {
    Empty,
    Point(u32),
    Lines(u32),
    Outline(u32),
    Other(u32),
}

impl Slot {
    /// The slot with what stands `before` each list.
    fn behind(self, before: &Shapes) -> Slot {
        match self {
            Slot::Empty => Slot::Empty,
            Slot::Point(at) => Slot::Point(at + before.points.len() as u32),
            Slot::Lines(at) => Slot::Lines(at + before.lines.len() as u32),
            Slot::Outline(at) => Slot::Outline(at + before.outlines.len() as u32),
            Slot::Other(at) => Slot::Other(at + before.others.len() as u32),
        }
    }
}

impl Shapes {
    /// How many rows there are, those without a shape among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Adds a row.
    pub fn push(&mut self, shape: Option<Shape>) {
        let slot = match shape {
            None => Slot::Empty,
            Some(Shape::Point(place)) => {
                self.points.push(place);
                Slot::Point(self.points.len() as u32 - 1)
            }
            Some(Shape::Lines(lines)) => {
                self.lines.push(lines);
                Slot::Lines(self.lines.len() as u32 - 1)
            }
            Some(Shape::Outline(outline)) => {
                self.outlines.push(Some(&outline));
                Slot::Outline(self.outlines.len() as u32 - 1)
            }
            Some(Shape::Other(kind)) => {
                self.others.push(kind);
                Slot::Other(self.others.len() as u32 - 1)
            }
        };
        self.slots.push(slot);
    }

    /// Adds the rows of `others`.
    pub(super) fn append(&mut self, others: Shapes) {
        let slots: Vec<Slot> = others.slots.iter().map(|slot| slot.behind(self)).collect();
        self.slots.extend(slots);
        self.points.extend(others.points);
        self.lines.extend(others.lines);
        self.outlines.append(&others.outlines);
        self.others.extend(others.others);
    }

    /// The shape of a row; `None` where it has none, or is none.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<Shape> {
        match *self.slots.get(row)? {
            Slot::Empty => None,
            Slot::Point(at) => Some(Shape::Point(self.points[at as usize])),
            Slot::Lines(at) => Some(Shape::Lines(self.lines[at as usize].clone())),
            // An outline without any part is one all the same.
            Slot::Outline(at) => {
                Some(Shape::Outline(self.outlines.get(at as usize).unwrap_or_else(|| MultiPolygon::new(Vec::new()))))
            }
            Slot::Other(at) => Some(Shape::Other(self.others[at as usize])),
        }
    }

    /// How many rows have a shape of each kind.
    #[must_use]
    pub fn kinds(&self) -> Kinds {
        let mut kinds = Kinds::default();
        for slot in &self.slots {
            match slot {
                Slot::Empty => {}
                Slot::Point(_) => kinds.points += 1,
                Slot::Lines(_) => kinds.lines += 1,
                Slot::Outline(_) => kinds.outlines += 1,
                Slot::Other(_) => kinds.others += 1,
            }
        }
        kinds
    }

    /// All rows in their order.
    pub fn iter(&self) -> impl Iterator<Item = Option<Shape>> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The point of a row that is one.
    pub(super) fn point(&self, row: usize) -> Option<Coord<f64>> {
        match *self.slots.get(row)? {
            Slot::Point(at) => Some(self.points[at as usize]),
            _ => None,
        }
    }

    /// The outlines of those rows that have one.
    pub(super) fn outlines(&self) -> &Outlines {
        &self.outlines
    }

    /// The position of a row among [`Shapes::outlines`]; `None` where it has none.
    pub(super) fn outline_at(&self, row: usize) -> Option<usize> {
        match *self.slots.get(row)? {
            Slot::Outline(at) => Some(at as usize),
            _ => None,
        }
    }

    /// Gives back room that was kept for more.
    pub(super) fn settle(&mut self) {
        self.slots.shrink_to_fit();
        self.outlines.settle();
    }

    /// Hands the outlines over; their rows have no shape afterwards.
    pub(super) fn take_outlines(&mut self) -> Outlines {
        for slot in &mut self.slots {
            if let Slot::Outline(_) = slot {
                *slot = Slot::Empty;
            }
        }
        std::mem::take(&mut self.outlines)
    }

    /// Puts every place where `moved` says.
    pub(super) fn move_places(&mut self, moved: impl Fn(Coord<f64>) -> Coord<f64> + Copy) {
        self.points.iter_mut().for_each(|place| *place = moved(*place));
        self.lines.iter_mut().for_each(|lines| lines.map_coords_in_place(moved));
        let places: Vec<Coord<f64>> = self.outlines.corners().iter().map(|place| moved(*place)).collect();
        let mut outlines = Outlines::default();
        outlines.append_rows(&self.outlines, &places, (0..self.outlines.len()).map(Some));
        self.outlines = outlines;
    }
}
