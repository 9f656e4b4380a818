//! Labels beside symbols, none upon another: placed, led to by a line, or numbered and listed.

use geo::{Coord, Intersects, Line, Rect};
use unicode_width::UnicodeWidthStr;

/// Something to write beside a symbol.
pub(super) struct Wanted {
    /// Where the symbol stands on the page.
    pub(super) at: Coord<f64>,
    /// Other places that do as well, as along a river; a label that has such and finds no room is left out.
    pub(super) elsewhere: Vec<Coord<f64>>,
    /// Half the side of the square the symbol fills.
    pub(super) radius: f64,
    /// The name.
    pub(super) name: String,
    /// A smaller line below it; may be empty.
    pub(super) figure: String,
    /// Font size of the name in pixels.
    pub(super) size: f64,
    /// Important ones are placed first.
    pub(super) rank: u8,
}

/// What became of a label.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Placed {
    /// Written in this box; with a line from the symbol where it stands further off.
    Beside { left: f64, top: f64, leader: Option<Coord<f64>> },
    /// No room: a number stands for it.
    Numbered { number: usize, left: f64, top: f64 },
    /// No room, and it can be done without.
    Omitted,
}

/// Font size of the figures below names.
pub(super) const FIGURE_SIZE: f64 = 11.0;

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
}

/// Places all labels inside `frame`, clear of each other, of all symbols, of the lines that lead to labels and of the
/// `taken` boxes. Deterministic: by rank, then in order. Cost: O(labels²) at worst.
pub(super) fn place(wanted: &[Wanted], frame: Rect<f64>, taken: &[Rect<f64>]) -> Vec<Placed> {
    let mut boxes: Vec<Rect<f64>> = taken.to_vec();
    boxes.extend(wanted.iter().map(|label| square(label.at, label.radius + 1.0)));
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|position| (std::cmp::Reverse(wanted[*position].rank), *position));
    let mut leaders: Vec<Line<f64>> = Vec::new();
    let mut placed: Vec<Option<Placed>> = vec![None; wanted.len()];
    let mut without: Vec<usize> = Vec::new();
    for position in order {
        let label = &wanted[position];
        let (width, height) = label.extent();
        let places = std::iter::once(label.at).chain(label.elsewhere.iter().copied());
        let mut tries = places.flat_map(|at| candidates(at, label.radius, width, height));
        let free = tries.find(|(corner, end)| {
            let room = Rect::new(*corner, *corner + Coord { x: width, y: height });
            let is_clear = (end.is_none() || label.elsewhere.is_empty())
                && lies_in(room, frame)
                && boxes.iter().all(|other| !overlap(room, *other))
                && leaders.iter().all(|leader| !leader.intersects(&room));
            is_clear
                && end.is_none_or(|end| {
                    let leader = Line::new(label.at, end);
                    let own = square(label.at, label.radius + 1.0);
                    leaders.iter().all(|other| !other.intersects(&leader))
                        && boxes.iter().all(|other| *other == own || !leader.intersects(other))
                })
        });
        match free {
            Some((corner, leader)) => {
                boxes.push(Rect::new(corner, corner + Coord { x: width, y: height }));
                leaders.extend(leader.map(|end| Line::new(label.at, end)));
                placed[position] = Some(Placed::Beside { left: corner.x, top: corner.y, leader });
            }
            None if label.elsewhere.is_empty() => without.push(position),
            None => placed[position] = Some(Placed::Omitted),
        }
    }
    // Numbers follow the order of the list, not the rank, so that the index can be read.
    without.sort_unstable();
    for (number, position) in without.into_iter().enumerate() {
        let label = &wanted[position];
        let width = text_width(&(number + 1).to_string(), FIGURE_SIZE);
        let height = FIGURE_SIZE + 2.0;
        let corner = candidates(label.at, label.radius, width, height)
            .into_iter()
            .take(8)
            .map(|(corner, _)| corner)
            .find(|corner| {
                let room = Rect::new(*corner, *corner + Coord { x: width, y: height });
                lies_in(room, frame)
                    && boxes.iter().all(|other| !overlap(room, *other))
                    && leaders.iter().all(|leader| !leader.intersects(&room))
            })
            // On the symbol itself, which is then hidden by its number, but named.
            .unwrap_or(label.at - Coord { x: width / 2.0, y: height / 2.0 });
        boxes.push(Rect::new(corner, corner + Coord { x: width, y: height }));
        placed[position] = Some(Placed::Numbered { number: number + 1, left: corner.x, top: corner.y });
    }
    placed.into_iter().map(|placed| placed.expect("every label was dealt with")).collect()
}

/// Upper left corners to try, near ones first; further off with the point of the label a line leads to.
fn candidates(at: Coord<f64>, radius: f64, width: f64, height: f64) -> Vec<(Coord<f64>, Option<Coord<f64>>)> {
    let mut corners = Vec::new();
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
            corners.push((Coord { x: left, y: top }, (ring > 0).then_some(nearest)));
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
                radius: 5.0,
                name: format!("第{position}中心小学"),
                figure: "512/540".to_owned(),
                size: 13.0,
                rank: 0,
            })
            .collect()
    }

    fn boxes(wanted: &[Wanted], placed: &[Placed]) -> Vec<Rect<f64>> {
        wanted
            .iter()
            .zip(placed)
            .filter_map(|(label, placed)| {
                let Placed::Beside { left, top, .. } = placed else { return None };
                let (width, height) = label.extent();
                Some(Rect::new(Coord { x: *left, y: *top }, Coord { x: left + width, y: top + height }))
            })
            .collect()
    }

    #[test]
    fn no_label_lies_upon_another_or_upon_a_symbol() {
        let frame = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 900.0, y: 900.0 });
        let wanted = crowd(7, 60.0);
        let placed = place(&wanted, frame, &[]);
        let boxes = boxes(&wanted, &placed);
        for (position, first) in boxes.iter().enumerate() {
            assert!(boxes[position + 1..].iter().all(|second| !overlap(*first, *second)));
            assert!(wanted.iter().all(|label| !overlap(*first, square(label.at, label.radius))));
        }
    }

    #[test]
    fn a_label_without_room_is_numbered_and_not_dropped() {
        let frame = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 400.0, y: 400.0 });
        let wanted = crowd(9, 20.0);
        let placed = place(&wanted, frame, &[]);
        let numbers: Vec<usize> = placed
            .iter()
            .filter_map(|placed| if let Placed::Numbered { number, .. } = placed { Some(*number) } else { None })
            .collect();
        assert!(!numbers.is_empty());
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<usize>>());
        assert_eq!(placed.len(), wanted.len());
    }
}
