//! Labels of symbols and of ground, none upon another: placed, led to by a line, or numbered and listed.

use geo::{Coord, Intersects, Line, Rect};
use unicode_width::UnicodeWidthStr;

/// What a label belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A symbol, which it stands beside.
    Symbol,
    /// A symbol that has to be found: where there is no room beside it, its number stands upon it.
    Chief,
    /// A piece of ground, which it stands on.
    Ground,
    /// A line or a piece of ground that can do without: it is left out where there is no room.
    Spare,
    /// A piece of ground that is known by its number; the index says what it is.
    Keyed,
}

impl Owner {
    /// Whether it is a symbol, upon which no other label may lie.
    fn is_symbol(self) -> bool {
        matches!(self, Owner::Symbol | Owner::Chief)
    }
}

/// Something to write on the map.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Where it belongs: in working metres on a sheet, in pixels on a page.
    pub(super) at: Coord<f64>,
    /// Other places that do as well, as along a river.
    pub(super) elsewhere: Vec<Coord<f64>>,
    /// What it belongs to.
    pub(super) owner: Owner,
    /// Half the side of the square the symbol fills, in pixels.
    pub(super) radius: f64,
    /// The name.
    pub(super) name: String,
    /// A smaller line below it; may be empty.
    pub(super) figure: String,
    /// Font size of the name in pixels.
    pub(super) size: f64,
    /// The class of the name.
    pub(super) class: &'static str,
    /// Important ones are placed first.
    pub(super) rank: u8,
}

/// What became of a label.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Placed {
    /// Written in this box; with a line from the symbol where it stands further off.
    Beside { left: f64, top: f64, leader: Option<Line<f64>> },
    /// No room: a number stands for it, with a line likewise.
    Numbered { number: usize, left: f64, top: f64, leader: Option<Line<f64>> },
    /// No room even for a number: it is only in the index.
    Listed,
    /// No room, and it can be done without.
    Omitted,
}

/// Font size of the figures below names.
pub(super) const FIGURE_SIZE: f64 = 11.0;

/// How far the white around letters reaches.
const HALO: f64 = 1.5;

/// The width of a text in pixels: Chinese characters are as wide as high, others a little more than half.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.width() as f64 * size * 0.54
}

impl Wanted {
    /// Width and height of the text.
    fn extent(&self) -> (f64, f64) {
        let width = text_width(&self.name, self.size).max(text_width(&self.figure, FIGURE_SIZE));
        let figure = if self.figure.is_empty() { 0.0 } else { FIGURE_SIZE + 2.0 };
        (width, self.size + 2.0 + figure)
    }

    /// The box of what was written for it, the white around the letters included.
    pub(super) fn written(&self, placed: &Placed) -> Option<Rect<f64>> {
        let (left, top, (width, height)) = match placed {
            Placed::Beside { left, top, .. } => (*left, *top, self.extent()),
            Placed::Numbered { number, left, top, .. } => (*left, *top, number_extent(*number)),
            Placed::Listed | Placed::Omitted => return None,
        };
        Some(around(Coord { x: left, y: top }, width, height))
    }
}

fn number_extent(number: usize) -> (f64, f64) {
    (text_width(&number.to_string(), FIGURE_SIZE), FIGURE_SIZE + 2.0)
}

/// A box with the white around its letters.
fn around(corner: Coord<f64>, width: f64, height: f64) -> Rect<f64> {
    let halo = Coord { x: HALO, y: HALO };
    Rect::new(corner - halo, corner + Coord { x: width, y: height } + halo)
}

/// Side of the cells taken boxes are looked up by.
const CELL: f64 = 48.0;

/// What is taken already: boxes, by the cells they lie in, and lines that lead to labels.
struct Taken {
    frame: Rect<f64>,
    columns: usize,
    cells: Vec<Vec<Rect<f64>>>,
    leaders: Vec<Line<f64>>,
    /// Of the boxes, those of texts.
    texts: Vec<Rect<f64>>,
}

impl Taken {
    fn new(frame: Rect<f64>) -> Taken {
        let columns = (frame.width() / CELL) as usize + 1;
        let rows = (frame.height() / CELL) as usize + 1;
        Taken { frame, columns, cells: vec![Vec::new(); columns * rows], leaders: Vec::new(), texts: Vec::new() }
    }

    /// The cells a box lies in; what is beyond the frame counts to the cells at its edge.
    fn cells_of(&self, of: Rect<f64>) -> impl Iterator<Item = usize> + use<> {
        let (columns, rows) = (self.columns, self.cells.len() / self.columns);
        let step = |offset: f64, count: usize| ((offset / CELL).max(0.0) as usize).min(count - 1);
        let (low, high) = (of.min() - self.frame.min(), of.max() - self.frame.min());
        let (left, right) = (step(low.x, columns), step(high.x, columns));
        let (top, bottom) = (step(low.y, rows), step(high.y, rows));
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }

    fn take(&mut self, of: Rect<f64>) {
        for cell in self.cells_of(of) {
            self.cells[cell].push(of);
        }
    }

    fn write(&mut self, of: Rect<f64>) {
        self.take(of);
        self.texts.push(of);
    }

    /// Whether a box with a line to it lies in the frame and upon nothing but the symbol the line starts from.
    fn is_free(&self, room: Rect<f64>, symbol: Rect<f64>, leader: Option<Line<f64>>) -> bool {
        let is_clear = lies_in(room, self.frame)
            && self.cells_of(room).all(|cell| self.cells[cell].iter().all(|other| !overlap(room, *other)))
            && self.leaders.iter().all(|leader| !leader.intersects(&room));
        is_clear
            && leader.is_none_or(|line| {
                self.leaders.iter().all(|other| !other.intersects(&line))
                    && self
                        .cells_of(Rect::new(line.start, line.end))
                        .all(|cell| self.cells[cell].iter().all(|other| *other == symbol || !line.intersects(other)))
            })
    }
}

/// Places all labels inside `frame`, clear of each other, of all symbols, of the lines that lead to labels and of the
/// `taken` boxes. Deterministic: by rank, then in order; what is of a rank and finds no room has its number before a lower
/// rank takes the room. Numbers follow that order, so that the index can be read: first what is known by its number, then
/// what found no room. What can be done without comes last. Cost: for each label the labels near it.
///
/// Numbers go on after `numbered`.
pub(super) fn place(wanted: &[Wanted], frame: Rect<f64>, taken: &[Rect<f64>], numbered: usize) -> Vec<Placed> {
    let mut ground = Taken::new(frame);
    for room in taken {
        ground.take(*room);
    }
    for label in wanted.iter().filter(|label| label.owner.is_symbol()) {
        ground.take(symbol_of(label));
    }
    let mut placed: Vec<Placed> = vec![Placed::Omitted; wanted.len()];
    let mut number = numbered;
    let mut give_number = |ground: &mut Taken, label: &Wanted| {
        let extent = number_extent(number + 1);
        let found = ground.find(label, extent).or_else(|| Some((ground.upon(label, extent)?, None)));
        let Some((corner, leader)) = found else { return Placed::Listed };
        number += 1;
        ground.write(around(corner, extent.0, extent.1));
        ground.leaders.extend(leader);
        Placed::Numbered { number, left: corner.x, top: corner.y, leader }
    };
    for (label, placed) in wanted.iter().zip(&mut placed).filter(|(label, _)| label.owner == Owner::Keyed) {
        *placed = give_number(&mut ground, label);
    }
    let write = |ground: &mut Taken, label: &Wanted| {
        let extent = label.extent();
        let (corner, leader) = ground.find(label, extent)?;
        ground.write(around(corner, extent.0, extent.1));
        ground.leaders.extend(leader);
        Some(Placed::Beside { left: corner.x, top: corner.y, leader })
    };
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|position| (std::cmp::Reverse(wanted[*position].rank), *position));
    let of = |owners: &'static [Owner]| move |position: &&usize| owners.contains(&wanted[**position].owner);
    for of_rank in order.chunk_by(|first, second| wanted[*first].rank == wanted[*second].rank) {
        let mut without: Vec<usize> = Vec::new();
        for position in of_rank.iter().filter(of(&[Owner::Symbol, Owner::Chief, Owner::Ground])) {
            match write(&mut ground, &wanted[*position]) {
                Some(written) => placed[*position] = written,
                None => without.push(*position),
            }
        }
        for position in without {
            placed[position] = give_number(&mut ground, &wanted[position]);
        }
    }
    // What can be done without takes what is left.
    for position in order.iter().filter(of(&[Owner::Spare])) {
        placed[*position] = write(&mut ground, &wanted[*position]).unwrap_or(Placed::Omitted);
    }
    placed
}

impl Taken {
    /// The place upon a symbol that has to be found, or at its edges, where no other text is.
    fn upon(&self, label: &Wanted, (width, height): (f64, f64)) -> Option<Coord<f64>> {
        let middle = label.at - Coord { x: width / 2.0, y: height / 2.0 };
        let steps = [0.0, -1.0, 1.0, -2.0, 2.0];
        let mut corners = steps
            .iter()
            .flat_map(|up| steps.iter().map(move |right| (*right, *up)))
            .map(|(right, up)| middle + Coord { x: right * label.radius, y: up * label.radius });
        corners.find(|corner| {
            let room = around(*corner, width, height);
            let is_free = lies_in(room, self.frame) && !self.texts.iter().any(|text| overlap(room, *text));
            label.owner == Owner::Chief && is_free
        })
    }

    /// The first free place for a text of some width and height, with the line that leads to it.
    fn find(&self, label: &Wanted, (width, height): (f64, f64)) -> Option<(Coord<f64>, Option<Line<f64>>)> {
        let places = std::iter::once(label.at).chain(label.elsewhere.iter().copied());
        let tries = |at: Coord<f64>| {
            let ends = candidates(label.owner, at, label.radius, width, height).into_iter();
            ends.map(move |(corner, end)| (corner, end.map(|end| Line::new(at, end))))
        };
        let may_lead = label.owner != Owner::Spare;
        let symbol = symbol_of(label);
        // All places without a line come before those with one.
        let plain = places.clone().flat_map(tries).filter(|(_, leader)| leader.is_none());
        let led = places.flat_map(tries).filter(|(_, leader)| may_lead && leader.is_some());
        let mut all = plain.chain(led);
        all.find(|(corner, leader)| self.is_free(around(*corner, width, height), symbol, *leader))
    }
}

/// What the symbol of a label covers.
pub(super) fn symbol_of(label: &Wanted) -> Rect<f64> {
    square(label.at, if label.owner.is_symbol() { label.radius + 1.0 } else { 0.0 })
}

/// Upper left corners to try, near ones first; further off with the point of the label a line leads to. Labels of ground
/// stand in its middle if they can.
fn candidates(
    owner: Owner,
    at: Coord<f64>,
    radius: f64,
    width: f64,
    height: f64,
) -> Vec<(Coord<f64>, Option<Coord<f64>>)> {
    let mut corners = Vec::new();
    if !owner.is_symbol() {
        corners.push((at - Coord { x: width / 2.0, y: height / 2.0 }, None));
    }
    for (ring, gap) in [4.0, 16.0, 30.0, 46.0, 64.0].into_iter().enumerate() {
        let reach = radius + gap;
        let Coord { x, y } = at;
        let (middle_x, middle_y) = (x - width / 2.0, y - height / 2.0);
        let slant = reach * 0.75;
        let around = [
            (x + reach, middle_y),
            (x - reach - width, middle_y),
            (middle_x, y - reach - height),
            (middle_x, y + reach),
            (x + slant, y - slant - height),
            (x + slant, y + slant),
            (x - slant - width, y - slant - height),
            (x - slant - width, y + slant),
        ];
        for (left, top) in around {
            let nearest = Coord { x: x.clamp(left, left + width), y: y.clamp(top, top + height) };
            // Beside a symbol it is plain what a label belongs to; off its ground it is not.
            let is_plain = ring == 0 && (owner.is_symbol() || owner == Owner::Spare);
            corners.push((Coord { x: left, y: top }, (!is_plain).then_some(nearest)));
        }
    }
    corners
}

fn square(middle: Coord<f64>, radius: f64) -> Rect<f64> {
    let reach = Coord { x: radius, y: radius };
    Rect::new(middle - reach, middle + reach)
}

fn lies_in(inner: Rect<f64>, outer: Rect<f64>) -> bool {
    inner.min().x >= outer.min().x
        && inner.min().y >= outer.min().y
        && inner.max().x <= outer.max().x
        && inner.max().y <= outer.max().y
}

fn overlap(first: Rect<f64>, second: Rect<f64>) -> bool {
    first.min().x < second.max().x
        && second.min().x < first.max().x
        && first.min().y < second.max().y
        && second.min().y < first.max().y
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(side: usize, spacing: f64) -> Vec<Wanted> {
        (0..side * side)
            .map(|position| Wanted {
                at: Coord {
                    x: 100.0 + (position % side) as f64 * spacing,
                    y: 100.0 + (position / side) as f64 * spacing,
                },
                elsewhere: Vec::new(),
                owner: Owner::Symbol,
                radius: 5.0,
                name: format!("第{position}中心小学"),
                figure: "512/540".to_owned(),
                size: 13.0,
                class: "name",
                rank: 0,
            })
            .collect()
    }

    fn boxes(wanted: &[Wanted], placed: &[Placed]) -> Vec<Rect<f64>> {
        wanted.iter().zip(placed).filter_map(|(label, placed)| label.written(placed)).collect()
    }

    #[test]
    fn no_label_lies_upon_another_or_upon_a_symbol() {
        let frame = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 900.0, y: 900.0 });
        let wanted = crowd(7, 60.0);
        let placed = place(&wanted, frame, &[], 0);
        let boxes = boxes(&wanted, &placed);
        for (position, first) in boxes.iter().enumerate() {
            assert!(boxes[position + 1..].iter().all(|second| !overlap(*first, *second)));
            assert!(wanted.iter().all(|label| !overlap(*first, square(label.at, label.radius))));
        }
    }

    #[test]
    fn a_label_without_room_is_numbered_and_not_dropped() {
        let frame = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 400.0, y: 400.0 });
        let wanted = crowd(9, 34.0);
        let placed = place(&wanted, frame, &[], 0);
        let numbers: Vec<usize> = placed
            .iter()
            .filter_map(|placed| if let Placed::Numbered { number, .. } = placed { Some(*number) } else { None })
            .collect();
        assert!(!numbers.is_empty());
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<usize>>());
        assert!(!placed.contains(&Placed::Omitted), "what has a symbol is named somewhere");
        let boxes = boxes(&wanted, &placed);
        for (position, first) in boxes.iter().enumerate() {
            assert!(
                boxes[position + 1..].iter().all(|second| !overlap(*first, *second)),
                "numbers do not overlap either"
            );
        }
    }
}
