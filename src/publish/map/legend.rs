//! What is written beside and below the map: the legend, and the index of names that found no room.

use geo::{Coord, Rect};

use super::furniture::break_line;
use super::label::text_width;
use super::svg::{Svg, number};

/// Draws a symbol around a place.
pub(super) type Symbol<'a> = Box<dyn Fn(&mut Svg, Coord<f64>) + 'a>;

/// A piece of the legend.
pub(super) enum Item<'a> {
    /// A heading.
    Head(String),
    /// A symbol with a text beside it.
    Entry(String, Symbol<'a>),
    /// A line of smaller text.
    Note(String),
    /// A name that found no room on the map, with the number that stands for it there, if one does.
    Indexed(Option<usize>, String),
}

/// The width of an entry of the index at least.
const INDEX_WIDTH: f64 = 150.0;

/// Writes items into columns, one after the other.
pub(super) struct Flow {
    columns: Vec<Rect<f64>>,
    column: usize,
    y: f64,
    /// Entries of the index that stand in the row already.
    in_row: usize,
}

impl Flow {
    pub(super) fn new(columns: &[Rect<f64>]) -> Flow {
        let y = columns.first().map_or(0.0, |column| column.min().y);
        Flow { columns: columns.to_vec(), column: 0, y, in_row: 0 }
    }

    /// How far it has come below the foot of the last column, or how deep it is in a column without a foot.
    pub(super) fn excess(&self) -> f64 {
        let foot = self.columns.last().map_or(0.0, |column| column.max().y);
        if self.column + 1 < self.columns.len() { 0.0 } else { (self.y - foot).max(0.0) }
    }

    /// How far down it has come.
    pub(super) fn lowest(&self) -> f64 {
        self.y
    }

    fn place(&self) -> Rect<f64> {
        self.columns.get(self.column).copied().unwrap_or_else(|| Rect::new((0.0, 0.0), (1.0, 1.0)))
    }

    /// Goes to the next column where the present one has no room of this height and there is a next one.
    fn make_room(&mut self, height: f64) {
        if self.y + height > self.place().max().y && self.column + 1 < self.columns.len() {
            self.column += 1;
            self.y = self.place().min().y;
            self.in_row = 0;
        }
    }

    /// A text broken for the column it comes to stand in, which is the next where it finds no room in this one.
    fn broken(&mut self, text: &str, less: f64, size: f64, height: impl Fn(f64) -> f64) -> Vec<String> {
        loop {
            let lines = break_line(text, self.place().width() - less, size);
            let column = self.column;
            self.make_room(height(lines.len() as f64));
            if self.column == column {
                return lines;
            }
        }
    }

    pub(super) fn write(&mut self, svg: &mut Svg, items: &[Item<'_>]) {
        let names = items.iter().filter_map(|item| if let Item::Indexed(_, name) = item { Some(name) } else { None });
        let wide = 36.0 + names.map(|name| text_width(name, 12.0)).fold(0.0, f64::max);
        for item in items {
            match item {
                Item::Head(text) => {
                    // A heading does not stand alone at the foot of a column.
                    let lines = self.broken(text, 8.0, 16.0, |_| 60.0);
                    self.lines(svg, &lines, "head", 0.0, 20.0);
                    self.y += 3.0;
                }
                Item::Entry(text, symbol) => {
                    let lines = self.broken(text, 40.0, 14.0, |lines| 18.0 * lines + 3.0);
                    let at = Coord { x: self.place().min().x + 17.0, y: self.y + 9.0 };
                    symbol(svg, at);
                    self.lines(svg, &lines, "entry", 38.0, 18.0);
                    self.y += 3.0;
                }
                Item::Note(text) => {
                    let lines = self.broken(text, 8.0, 12.0, |lines| 16.0 * lines);
                    self.lines(svg, &lines, "small", 0.0, 16.0);
                    self.y += 4.0;
                }
                Item::Indexed(number_on_map, name) => self.indexed(svg, *number_on_map, name, wide),
            }
        }
    }

    fn lines(&mut self, svg: &mut Svg, lines: &[String], class: &str, indent: f64, step: f64) {
        for line in lines {
            let (x, y) = (number(self.place().min().x + indent), number(self.y + step - 4.0));
            svg.text("text", &[("class", class), ("x", &x), ("y", &y)], line);
            self.y += step;
        }
    }

    /// As many entries abreast as the column is wide, and as `wide` lets stand beside each other; none is parted between
    /// columns.
    fn indexed(&mut self, svg: &mut Svg, number_on_map: Option<usize>, name: &str, wide: f64) {
        let mark = number_on_map.map_or_else(|| "·".to_owned(), |number| number.to_string());
        let abreast = |column: Rect<f64>| ((column.width() / wide.max(INDEX_WIDTH)) as usize).max(1);
        let lines_in = |column: Rect<f64>| break_line(name, column.width() / abreast(column) as f64 - 30.0, 12.0);
        if self.in_row == 0 || self.in_row >= abreast(self.place()) {
            self.in_row = 0;
            self.make_room(15.0 * lines_in(self.place()).len() as f64);
        }
        let (column, lines) = (self.place(), lines_in(self.place()));
        let step = column.width() / abreast(column) as f64;
        let left = column.min().x + self.in_row as f64 * step;
        // Those abreast are on one line, unless only one is.
        let top = if self.in_row == 0 { self.y } else { self.y - 15.0 };
        let mut write = |x: f64, row: usize, text: &str| {
            let (x, y) = (number(x), number(top + 15.0 * row as f64 + 12.0));
            svg.text("text", &[("class", "small"), ("x", &x), ("y", &y)], text);
        };
        write(left, 0, &mark);
        lines.iter().enumerate().for_each(|(row, line)| write(left + 26.0, row, line));
        if self.in_row == 0 {
            self.y += 15.0 * lines.len() as f64;
        }
        self.in_row += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<Item<'static>> {
        (1..=count).map(|number| Item::Indexed(Some(number), format!("第{number}居民小区"))).collect()
    }

    #[test]
    fn what_does_not_fit_into_a_column_goes_on_in_the_next_and_nothing_is_lost() {
        let columns = [Rect::new((0.0, 0.0), (160.0, 100.0)), Rect::new((200.0, 0.0), (520.0, 100.0))];
        let mut svg = Svg::new();
        let mut flow = Flow::new(&columns);
        flow.write(&mut svg, &names(16));
        assert_eq!(flow.excess(), 0.0);
        let (_, texts) = svg.into_parts();
        assert!((1..=16).all(|number| texts.contains(&format!("第{number}居民小区"))), "{texts}");
        let mut flow = Flow::new(&columns);
        flow.write(&mut Svg::new(), &names(60));
        assert!(flow.excess() > 0.0);
    }
}
