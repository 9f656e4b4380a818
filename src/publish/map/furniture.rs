//! What stands around the map: title, scale bar, north arrow, source line, legend entries.

use geo::{Coord, Rect};

use super::page::Page;
use super::svg::{Svg, ground_path, number};
use crate::language::{Language, Message};
use crate::model::settings::Settings;
use crate::model::{County, Reference};
use crate::space::Ground;

/// The title with a line below it and, where there is one, a warning.
pub(super) fn title(svg: &mut Svg, page: &Page, title: &str, subtitle: &str, warning: Option<&str>) {
    svg.open("g", &[("id", "title")]);
    svg.text("text", &[("class", "title"), ("x", "28"), ("y", "46")], title);
    svg.text("text", &[("class", "subtitle"), ("x", "28"), ("y", "72")], subtitle);
    if let Some(warning) = warning {
        let x = number(page.width - 28.0);
        svg.text(
            "text",
            &[("class", "warning"), ("id", "status"), ("x", &x), ("y", "46"), ("text-anchor", "end")],
            warning,
        );
    }
    svg.close("g");
    svg.line();
}

/// Frame of the map.
fn frame(svg: &mut Svg, page: &Page) {
    let frame = page.frame;
    svg.empty(
        "rect",
        &[
            ("class", "frame"),
            ("x", &number(frame.min().x)),
            ("y", &number(frame.min().y)),
            ("width", &number(frame.width())),
            ("height", &number(frame.height())),
        ],
    );
}

/// Frame, scale bar and north arrow: what every sheet has around its map.
pub(super) fn around(
    svg: &mut Svg,
    page: &Page,
    county: &County,
    ground: &Ground,
    middle: Coord<f64>,
    language: Language,
) {
    frame(svg, page);
    scale_bar(svg, page, language);
    north_arrow(svg, page, ground, county.reference == Reference::Local, middle, language);
}

/// The outlines of areas, on sheets of schools alone.
pub(super) fn areas(svg: &mut Svg, page: &Page, county: &County) {
    svg.open("g", &[("id", "areas")]);
    svg.line();
    for area in &county.areas {
        let data = ground_path(&area.outline, &|place| page.place(place));
        svg.empty("path", &[("class", "area-border"), ("d", &data)]);
    }
    svg.close("g");
    svg.line();
}

/// Where the data of a sheet of schools alone are from: what the settings say, else its files.
pub(super) fn source_of(svg: &mut Svg, page: &Page, county: &County, settings: &Settings, language: Language) {
    let told = settings.map.source.clone().unwrap_or_else(|| county.file_names().join(", "));
    source(svg, page, &[Message::new("map-source").text("source", told).in_language(language)]);
}

/// The boxes in the corners of the map that scale bar and north arrow fill, which labels must leave free.
pub(super) fn corner_boxes(page: &Page) -> [Rect<f64>; 2] {
    let frame = page.frame;
    let (low, high) = (frame.min(), frame.max());
    [
        Rect::new(Coord { x: low.x, y: high.y - 64.0 }, Coord { x: low.x + 300.0, y: high.y }),
        Rect::new(Coord { x: high.x - 74.0, y: low.y }, Coord { x: high.x, y: low.y + 92.0 }),
    ]
}

/// A scale bar of a round length, true in the working metres, with the ratio for A3 paper.
fn scale_bar(svg: &mut Svg, page: &Page, language: Language) {
    let metres = round_length(170.0 / page.scale);
    let length = metres * page.scale;
    let [corner, _] = corner_boxes(page);
    let (left, top) = (corner.min().x + 16.0, corner.max().y - 30.0);
    svg.open("g", &[("id", "scale-bar"), ("data-metres", &number(metres)), ("data-pixels", &format!("{length:.3}"))]);
    let back = [
        ("x", number(corner.min().x + 6.0)),
        ("y", number(corner.min().y + 8.0)),
        ("width", number(length.max(150.0) + 90.0)),
        ("height", number(corner.height() - 14.0)),
    ];
    let back: Vec<(&str, &str)> = back.iter().map(|(name, value)| (*name, value.as_str())).collect();
    svg.empty("rect", &[&back[..], &[("fill", "#fff"), ("fill-opacity", ".82")]].concat());
    let half = length / 2.0;
    for (start, class) in [(0.0, "ink"), (half, "thin")] {
        svg.empty(
            "rect",
            &[
                ("class", class),
                ("x", &number(left + start)),
                ("y", &number(top)),
                ("width", &number(half)),
                ("height", "6"),
            ],
        );
    }
    let marks = [(0.0, 0.0), (half, metres / 2.0), (length, metres)];
    for (offset, value) in marks {
        let text = if offset == length { with_unit(value, metres) } else { plain(value, metres) };
        let anchor = if offset == 0.0 { "start" } else { "middle" };
        svg.text(
            "text",
            &[("class", "small"), ("x", &number(left + offset)), ("y", &number(top - 5.0)), ("text-anchor", anchor)],
            &text,
        );
    }
    let ratio = Message::new("map-ratio").text("ratio", grouped(page.ratio())).in_language(language);
    svg.text("text", &[("class", "small"), ("x", &number(left)), ("y", &number(top + 22.0))], &ratio);
    svg.close("g");
    svg.line();
}

/// The largest of 1, 2, 5 × a power of ten that is at most `metres`.
pub(in crate::publish) fn round_length(metres: f64) -> f64 {
    let power = 10_f64.powf(metres.log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|length| *length <= metres).unwrap_or(power)
}

fn plain(value: f64, whole: f64) -> String {
    if whole >= 2000.0 { number(value / 1000.0) } else { number(value) }
}

pub(in crate::publish) fn with_unit(value: f64, whole: f64) -> String {
    format!("{} {}", plain(value, whole), if whole >= 2000.0 { "km" } else { "m" })
}

/// The ratio rounded to three digits, with thin spaces between thousands.
fn grouped(ratio: f64) -> String {
    let power = 10_f64.powf(ratio.max(1.0).log10().floor() - 2.0).max(1.0);
    let digits = format!("{:.0}", (ratio / power).round() * power);
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// An arrow to the north. On the earth it points to true north at the middle of the map, else along the y axis, and says
/// which.
fn north_arrow(svg: &mut Svg, page: &Page, ground: &Ground, local: bool, middle: Coord<f64>, language: Language) {
    let [_, corner] = corner_boxes(page);
    let (x, y) = (corner.center().x, corner.min().y + 42.0);
    let turn = if local { 0.0 } else { grid_convergence(ground, middle) };
    svg.open("g", &[("id", "north-arrow"), ("transform", &format!("translate({} {})", number(x), number(y)))]);
    svg.empty("circle", &[("r", "34"), ("cy", "4"), ("fill", "#fff"), ("fill-opacity", ".82")]);
    svg.open("g", &[("transform", &format!("rotate({turn:.2})"))]);
    svg.empty("path", &[("class", "ink"), ("d", "M0-26l9 32-9-6Z")]);
    svg.empty("path", &[("class", "thin"), ("d", "M0-26l-9 32 9-6Z")]);
    svg.close("g");
    svg.text("text", &[("class", "head"), ("y", "22"), ("text-anchor", "middle")], &language.text("map-north"));
    let kind = if local { "map-north-grid" } else { "map-north-true" };
    svg.text("text", &[("class", "small"), ("y", "36"), ("text-anchor", "middle")], &language.text(kind));
    svg.close("g");
    svg.line();
}

/// The angle from the grid's north to true north at a place, in degrees clockwise.
fn grid_convergence(ground: &Ground, middle: Coord<f64>) -> f64 {
    // Two places a kilometre apart along the grid: the change of longitude shows how the grid leans.
    let (south, north) = (ground.to_earth(middle), ground.to_earth(middle + Coord { x: 0.0, y: 1000.0 }));
    let east = (north.x - south.x) * south.y.to_radians().cos();
    let lean = east.atan2(north.y - south.y).to_degrees();
    if lean.is_finite() { -lean } else { 0.0 }
}

/// The lines at the foot of the page, in order; long ones are broken between words or after Chinese characters.
pub(super) fn source(svg: &mut Svg, page: &Page, lines: &[String]) {
    let room = page.width - 56.0;
    svg.open("g", &[("id", "source")]);
    let broken: Vec<String> = lines.iter().flat_map(|line| break_line(line, room, 12.0)).collect();
    for (position, line) in broken.iter().enumerate() {
        let y = number(page.height - 54.0 + 16.0 * position as f64);
        svg.text("text", &[("class", "small"), ("x", "28"), ("y", &y)], line);
    }
    svg.close("g");
    svg.line();
}

/// Breaks a line of text into pieces at most `room` pixels wide.
pub(super) fn break_line(line: &str, room: f64, size: f64) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut break_at: Option<usize> = None;
    for character in line.chars() {
        piece.push(character);
        if character == ' ' || !character.is_ascii() {
            break_at = Some(piece.len());
        }
        if super::label::text_width(&piece, size) > room {
            let cut = break_at.filter(|cut| *cut < piece.len()).unwrap_or(piece.len() - character.len_utf8());
            let rest = piece.split_off(cut);
            pieces.push(std::mem::replace(&mut piece, rest).trim_end().to_owned());
            break_at = None;
        }
    }
    if !piece.trim().is_empty() {
        pieces.push(piece);
    }
    pieces
}

/// A legend that is written column by column into the panel of a page.
pub(super) struct Legend {
    panel: Rect<f64>,
    at: Coord<f64>,
    column: f64,
}

impl Legend {
    pub(super) fn begin(svg: &mut Svg, page: &Page, language: Language) -> Legend {
        svg.open("g", &[("id", "legend")]);
        svg.line();
        let panel = page.panel;
        let landscape = panel.height() > panel.width();
        let column = if landscape { panel.width() } else { (panel.width() - 24.0) / 3.0 };
        let at = Coord { x: panel.min().x + 6.0, y: panel.min().y + 18.0 };
        let mut legend = Legend { panel, at, column };
        legend.head(svg, &language.text("map-legend"));
        legend
    }

    pub(super) fn head(&mut self, svg: &mut Svg, text: &str) {
        self.at.y += 6.0;
        svg.text("text", &[("class", "head"), ("x", &number(self.at.x)), ("y", &number(self.at.y))], text);
        self.advance(24.0);
    }

    /// An entry: a symbol drawn around the given place, and a text beside it.
    pub(super) fn entry(&mut self, svg: &mut Svg, text: &str, symbol: impl FnOnce(&mut Svg, Coord<f64>)) {
        symbol(svg, Coord { x: self.at.x + 15.0, y: self.at.y - 5.0 });
        let room = self.column - 48.0;
        for piece in break_line(text, room, 14.0) {
            svg.text(
                "text",
                &[("class", "entry"), ("x", &number(self.at.x + 38.0)), ("y", &number(self.at.y))],
                &piece,
            );
            self.advance(18.0);
        }
        self.advance(3.0);
    }

    /// The entry of areas, where there are any.
    pub(super) fn areas(&mut self, svg: &mut Svg, county: &County, language: Language) {
        if county.areas.is_empty() {
            return;
        }
        self.entry(svg, &language.text("legend-area"), |svg, at| {
            let data = format!("M{} {}h30", number(at.x - 15.0), number(at.y));
            svg.empty("path", &[("class", "area-border"), ("d", &data)]);
        });
    }

    /// A line of smaller text.
    pub(super) fn note(&mut self, svg: &mut Svg, text: &str) {
        for piece in break_line(text, self.column - 14.0, 12.0) {
            svg.text("text", &[("class", "small"), ("x", &number(self.at.x)), ("y", &number(self.at.y))], &piece);
            self.advance(16.0);
        }
    }

    pub(super) fn gap(&mut self) {
        self.advance(10.0);
    }

    pub(super) fn end(svg: &mut Svg) {
        svg.close("g");
        svg.line();
    }

    /// Moves down, and to the next column at the foot of the panel where there is one.
    fn advance(&mut self, by: f64) {
        self.at.y += by;
        let next = self.at.x + self.column + 12.0;
        if self.at.y > self.panel.max().y && next + self.column <= self.panel.max().x + 14.0 {
            self.at = Coord { x: next, y: self.panel.min().y + 18.0 };
        }
    }
}

/// Names that found no room on the map, by number, in columns below the page; returns how much height they take.
pub(super) fn index(svg: &mut Svg, page: &Page, names: &[(usize, String)], language: Language) -> f64 {
    if names.is_empty() {
        return 0.0;
    }
    let columns = if page.width > page.height { 6 } else { 4 };
    let rows = names.len().div_ceil(columns);
    let width = (page.width - 56.0) / columns as f64;
    svg.open("g", &[("id", "index")]);
    let top = page.height + 6.0;
    svg.text("text", &[("class", "head"), ("x", "28"), ("y", &number(top))], &language.text("map-index"));
    for (position, (number_on_map, name)) in names.iter().enumerate() {
        let x = 28.0 + (position / rows) as f64 * width;
        let y = top + 20.0 + (position % rows) as f64 * 16.0;
        let fitting = break_line(&format!("{number_on_map}  {name}"), width - 8.0, 12.0);
        svg.text(
            "text",
            &[("class", "small"), ("x", &number(x)), ("y", &number(y))],
            fitting.first().map_or("", String::as_str),
        );
    }
    svg.close("g");
    svg.line();
    36.0 + rows as f64 * 16.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bar_lengths_are_round() {
        assert_eq!(round_length(1730.0), 1000.0);
        assert_eq!(round_length(480.0), 200.0);
        assert_eq!(round_length(5000.0), 5000.0);
    }

    #[test]
    fn ratios_are_rounded_and_grouped() {
        assert_eq!(grouped(25_432.0), "25\u{202f}400");
        assert_eq!(grouped(1_234_567.0), "1\u{202f}230\u{202f}000");
    }

    #[test]
    fn long_lines_are_broken_and_nothing_is_lost() {
        let line = "数据来源:学校.csv、居住单元.geojson;制图:某某县教育局 and some words in English";
        let pieces = break_line(line, 200.0, 12.0);
        assert!(pieces.len() > 2);
        assert!(pieces.iter().all(|piece| super::super::label::text_width(piece, 12.0) <= 200.0));
        let squeezed = |text: &str| text.replace(' ', "");
        assert_eq!(squeezed(&pieces.concat()), squeezed(line));
    }
}
