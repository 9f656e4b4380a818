//! What stands around the map: title, status, scale bar, north arrow, lines at the foot.

use geo::{Coord, Rect};

use super::label::text_width;
use super::page::{self, Page};
use super::svg::{Svg, number};
use crate::language::{Language, Message};
use crate::model::Reference;
use crate::model::settings::PaperSize;
use crate::space::Ground;

/// The words at the head of a sheet, broken to the width of a page.
pub(super) struct Title {
    lines: Vec<String>,
    size: f64,
    subtitle: Vec<String>,
    status: Option<String>,
    warning: Option<String>,
    width: f64,
    margin: f64,
    is_screen: bool,
}

/// Font size of the status.
const STATUS: f64 = 17.0;

impl Title {
    pub(super) fn new(
        paper: PaperSize,
        extent: Rect<f64>,
        [title, subtitle]: [&str; 2],
        [status, warning]: [Option<&str>; 2],
    ) -> Title {
        let (width, _, margin) = page::size(paper, extent);
        let is_screen = paper == PaperSize::Phone;
        let beside = match status {
            Some(status) if !is_screen => text_width(status, STATUS) + 40.0,
            _ => 0.0,
        };
        let room = width - 2.0 * margin - beside;
        // A long title is set smaller before it is broken.
        let (large, small) = if is_screen {
            (21.0, 17.0)
        } else if width > 1000.0 {
            (32.0, 22.0)
        } else {
            (26.0, 20.0)
        };
        let size = (large * room / text_width(title, large).max(1.0)).clamp(small, large);
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Title {
            lines: break_line(title, room, size),
            size,
            subtitle: break_line(subtitle, width - 2.0 * margin, 16.0),
            status: owned(status),
            warning: owned(warning),
            width,
            margin,
            is_screen,
        }
    }

    pub(super) fn height(&self) -> f64 {
        let below = self.subtitle.len() + usize::from(self.warning.is_some());
        let status = if self.is_screen && self.status.is_some() { 34.0 } else { 0.0 };
        16.0 + status + self.lines.len() as f64 * (self.size + 6.0) + below as f64 * 22.0 + 8.0
    }

    pub(super) fn write(&self, svg: &mut Svg) {
        svg.open("g", &[("id", "title")]);
        let left = number(self.margin);
        let mut y = 14.0;
        if let Some(status) = &self.status {
            let wide = text_width(status, STATUS) + 20.0;
            let corner = if self.is_screen { self.margin } else { self.width - self.margin - wide };
            svg.open("g", &[("id", "status")]);
            let (x, top, width) = (number(corner), number(y), number(wide));
            svg.empty("rect", &[("class", "stamp"), ("x", &x), ("y", &top), ("width", &width), ("height", "28")]);
            let (x, base) = (number(corner + wide / 2.0), number(y + 20.0));
            svg.text("text", &[("class", "status"), ("x", &x), ("y", &base), ("text-anchor", "middle")], status);
            svg.close("g");
            if self.is_screen {
                y += 34.0;
            }
        }
        for line in &self.lines {
            y += self.size + 6.0;
            let attributes =
                [("class", "title"), ("font-size", &number(self.size)), ("x", &left), ("y", &number(y - 4.0))];
            svg.text("text", &attributes, line);
        }
        for line in &self.subtitle {
            y += 22.0;
            svg.text("text", &[("class", "subtitle"), ("x", &left), ("y", &number(y - 3.0))], line);
        }
        if let Some(warning) = &self.warning {
            y += 22.0;
            svg.text(
                "text",
                &[("class", "warning"), ("id", "warning"), ("x", &left), ("y", &number(y - 3.0))],
                warning,
            );
        }
        svg.close("g");
        svg.line();
    }
}

/// Where scale bar and north arrow stand, which labels must leave free: in the corners that hide the fewest of the
/// `occupied` places, lower left and upper right if these are as good.
pub(super) fn corner_boxes(page: &Page, occupied: &[Coord<f64>]) -> [Rect<f64>; 2] {
    let (low, high) = (page.frame.min(), page.frame.max());
    let (_, length) = bar_of(page);
    // On paper the ratio stands below the bar.
    let bar = if page.is_screen {
        Coord { x: length + 62.0, y: 46.0 }
    } else {
        Coord { x: length.max(130.0) + 62.0, y: 64.0 }
    };
    let arrow = Coord { x: 74.0, y: 92.0 };
    let boxed = |left: f64, top: f64, size: Coord<f64>| {
        Rect::new(Coord { x: left, y: top }, Coord { x: left + size.x, y: top + size.y })
    };
    let emptier = |boxes: [Rect<f64>; 2]| {
        let hidden = |of: &Rect<f64>| {
            let is_in = |at: &&Coord<f64>| {
                (of.min().x..=of.max().x).contains(&at.x) && (of.min().y..=of.max().y).contains(&at.y)
            };
            occupied.iter().filter(is_in).count()
        };
        if hidden(&boxes[1]) < hidden(&boxes[0]) { boxes[1] } else { boxes[0] }
    };
    [
        emptier([boxed(low.x, high.y - bar.y, bar), boxed(high.x - bar.x, high.y - bar.y, bar)]),
        emptier([boxed(high.x - arrow.x, low.y, arrow), boxed(low.x, low.y, arrow)]),
    ]
}

/// The longest scale bar of a round length there is room for, in metres and in pixels.
fn bar_of(page: &Page) -> (f64, f64) {
    let room = (page.frame.width() * 0.28).min(170.0);
    let metres = round_length(room / page.scale);
    (metres, metres * page.scale)
}

/// Frame, scale bar and north arrow: what every sheet has around its map.
pub(super) fn around(
    svg: &mut Svg,
    page: &Page,
    [bar, arrow]: [Rect<f64>; 2],
    ground: &Ground,
    reference: &Reference,
    paper: PaperSize,
    language: Language,
) {
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
    scale_bar(svg, page, bar, paper, language);
    let shown = page.ground();
    north_arrow(svg, arrow, ground, *reference == Reference::Local, shown.center(), language);
}

/// A scale bar of a round length, true in the working metres, with the ratio on paper.
fn scale_bar(svg: &mut Svg, page: &Page, corner: Rect<f64>, paper: PaperSize, language: Language) {
    let (metres, length) = bar_of(page);
    let (left, top) = (corner.min().x + 16.0, corner.min().y + 30.0);
    svg.open("g", &[("id", "scale-bar"), ("data-metres", &number(metres)), ("data-pixels", &format!("{length:.3}"))]);
    let back = [
        ("x", number(corner.min().x + 6.0)),
        ("y", number(corner.min().y + 6.0)),
        ("width", number(corner.width() - 12.0)),
        ("height", number(corner.height() - 12.0)),
    ];
    let back: Vec<(&str, &str)> = back.iter().map(|(name, value)| (*name, value.as_str())).collect();
    svg.empty("rect", &[&back[..], &[("fill", "#fff"), ("fill-opacity", ".86")]].concat());
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
    if let Some(paper) = paper.size_name() {
        let ratio = Message::new("map-ratio").text("ratio", grouped(page.ratio())).text("paper", paper);
        let ratio = ratio.in_language(language);
        svg.text("text", &[("class", "small"), ("x", &number(left)), ("y", &number(top + 22.0))], &ratio);
    }
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

/// The ratio rounded to three digits, with spaces between thousands that do not break.
pub(in crate::publish) fn grouped(ratio: f64) -> String {
    let power = 10_f64.powf(ratio.max(1.0).log10().floor() - 2.0).max(1.0);
    let digits = format!("{:.0}", (ratio / power).round() * power);
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// An arrow to the north. On the earth it points to true north at the middle of the map, else along the y axis, and says
/// which.
fn north_arrow(svg: &mut Svg, corner: Rect<f64>, ground: &Ground, local: bool, middle: Coord<f64>, language: Language) {
    let (x, y) = (corner.center().x, corner.min().y + 42.0);
    let turn = if local { 0.0 } else { grid_convergence(ground, middle) };
    svg.open("g", &[("id", "north-arrow"), ("transform", &format!("translate({} {})", number(x), number(y)))]);
    svg.empty("circle", &[("r", "34"), ("cy", "4"), ("fill", "#fff"), ("fill-opacity", ".86")]);
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

/// The lines at the foot of a page, broken to its width.
pub(super) fn foot_lines(lines: &[String], width: f64, margin: f64) -> Vec<String> {
    lines.iter().flat_map(|line| break_line(line, width - 2.0 * margin, 12.0)).collect()
}

/// The height of so many lines at the foot.
pub(super) fn foot_height(lines: usize) -> f64 {
    16.0 * lines as f64 + 24.0
}

/// Writes the lines at the foot of the page.
pub(super) fn foot(svg: &mut Svg, page: &Page, lines: &[String]) {
    svg.open("g", &[("id", "source")]);
    let top = page.height - foot_height(lines.len()) + 24.0;
    for (position, line) in lines.iter().enumerate() {
        let y = number(top + 16.0 * position as f64);
        svg.text("text", &[("class", "small"), ("x", &number(page.margin)), ("y", &y)], line);
    }
    svg.close("g");
    svg.line();
}

/// Breaks a line of text into pieces at most `room` pixels wide; a mark that closes a sentence may stand beyond it.
pub(super) fn break_line(line: &str, room: f64, size: f64) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut break_at: Option<usize> = None;
    for character in line.chars() {
        piece.push(character);
        // What opens a bracket does not end a line.
        if (character == ' ' || !character.is_ascii()) && !"（《“〔".contains(character) {
            break_at = Some(piece.len());
        }
        // What closes a sentence does not begin a line.
        if text_width(&piece, size) > room && !"。，、；：）,;:)”》".contains(character) {
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
        assert_eq!(grouped(25_432.0), "25\u{a0}400");
        assert_eq!(grouped(1_234_567.0), "1\u{a0}230\u{a0}000");
    }

    #[test]
    fn long_lines_are_broken_and_nothing_is_lost() {
        let line = "数据来源:学校.csv、居住单元.geojson;制图:某某县教育局 and some words in English";
        let pieces = break_line(line, 200.0, 12.0);
        assert!(pieces.len() > 2);
        assert!(pieces.iter().all(|piece| text_width(piece, 12.0) <= 213.0));
        let squeezed = |text: &str| text.replace(' ', "");
        assert_eq!(squeezed(&pieces.concat()), squeezed(line));
    }
}
