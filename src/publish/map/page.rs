//! The page: its size, the frame of the map, and the way from working metres to the page.

use geo::{Coord, Rect};

use super::super::font;
use super::svg::Svg;
use crate::model::settings::PaperSize;

/// A page with a map frame and columns for legend and index. Coordinates are pixels of [`MILLIMETRES`] on paper, whatever
/// its size, so that text is as large on A4 as on A3.
#[derive(Clone)]
pub(crate) struct Page {
    /// Width of the page.
    pub(super) width: f64,
    /// Height of the page; a screen's is as high as what stands on it.
    pub(super) height: f64,
    /// Pages of paper, one below the other: the first has the map, those after it the rest of the index.
    pub(super) leaves: usize,
    /// Room around everything.
    pub(super) margin: f64,
    /// The frame of the map.
    pub(super) frame: Rect<f64>,
    /// Where legend and index are written, one column after the other.
    pub(super) columns: Vec<Rect<f64>>,
    /// Pixels per metre.
    pub(super) scale: f64,
    /// Whether it is for a screen, where nobody measures with a ruler.
    pub(super) is_screen: bool,
    /// What follows the ids of what is drawn: nothing, but for insets.
    ending: String,
    origin: Coord<f64>,
}

/// Millimetres of a pixel on paper: A3 is 1,600 pixels wide.
pub(super) const MILLIMETRES: f64 = 420.0 / 1600.0;

/// Width of the page on a phone; 1,080 dots of the screen show it.
const PHONE: f64 = 540.0;

/// Dots of a phone's screen.
const PHONE_DOTS: f64 = 1080.0;

/// Gap between the frame and what stands beside it.
const GAP: f64 = 14.0;

/// What a page must have room for.
pub(super) struct Needs {
    /// The ground to be shown.
    pub(super) extent: Rect<f64>,
    /// Height of the title.
    pub(super) title: f64,
    /// Height of the lines at the foot.
    pub(super) foot: f64,
    /// Share of the page's height that is given to the index.
    pub(super) index: f64,
    /// Pages of paper.
    pub(super) leaves: usize,
    /// Share of the second page's height that is given to insets.
    pub(super) insets: f64,
}

/// Width, height and margin of a paper on which ground of some extent is shown.
pub(super) fn size(paper: PaperSize, extent: Rect<f64>) -> (f64, f64, f64) {
    let is_wide = match paper {
        PaperSize::A3Landscape | PaperSize::A4Landscape => true,
        PaperSize::A3Portrait | PaperSize::A4Portrait | PaperSize::Phone => false,
        PaperSize::A3 | PaperSize::A4 => extent.width() >= 0.85 * extent.height(),
    };
    let (long, short, margin) = match paper {
        PaperSize::A3 | PaperSize::A3Landscape | PaperSize::A3Portrait => (1600.0, 1131.4, 28.0),
        PaperSize::A4 | PaperSize::A4Landscape | PaperSize::A4Portrait => (1131.4, 800.0, 24.0),
        PaperSize::Phone => (0.0, PHONE, 12.0),
    };
    if is_wide { (long, short, margin) } else { (short, long, margin) }
}

impl Page {
    /// A page of a paper.
    pub(super) fn new(paper: PaperSize, needs: &Needs) -> Page {
        let (width, height, margin) = size(paper, needs.extent);
        let corner = |x: f64, y: f64| Coord { x, y };
        let (top, bottom) = (needs.title, height - needs.foot);
        let abreast = |low: Coord<f64>, high: Coord<f64>, least: f64| -> Vec<Rect<f64>> {
            let count = (((high.x - low.x + GAP) / (least + GAP)).floor() as usize).max(1);
            let step = (high.x - low.x + GAP) / count as f64;
            let column = |position: usize| {
                let left = low.x + position as f64 * step;
                Rect::new(corner(left, low.y), corner(left + step - GAP, high.y))
            };
            if high.y > low.y { (0..count).map(column).collect() } else { Vec::new() }
        };
        let right = width - margin;
        let further = (1..needs.leaves).flat_map(|leaf| {
            let given = if leaf == 1 { needs.insets * height } else { 0.0 };
            let top = leaf as f64 * height + given;
            let height = height - given;
            abreast(corner(margin, top + margin), corner(right, top + height - margin), 170.0)
        });
        let (wide, high) = (needs.extent.width().max(1.0), needs.extent.height().max(1.0));
        let (frame, mut columns) = if paper == PaperSize::Phone {
            let frame_height = ((right - margin) * high / wide).clamp(0.7 * width, 1.5 * width);
            let low = top + frame_height;
            // As long as need be: what is written decides the height.
            let column = Rect::new(corner(margin, low + GAP), corner(right, f64::MAX / 4.0));
            (Rect::new(corner(margin, top), corner(right, low)), vec![column])
        } else if width > height {
            let panel = right - if width > 1200.0 { 320.0 } else { 240.0 };
            let strip = bottom - needs.index * height;
            let mut columns = vec![Rect::new(corner(panel, top), corner(right, strip))];
            columns.extend(abreast(corner(margin, strip + GAP), corner(right, bottom), 170.0));
            (Rect::new(corner(margin, top), corner(panel - GAP, strip)), columns)
        } else {
            let strip = bottom - (0.16 + needs.index) * height;
            let columns = abreast(corner(margin, strip + GAP), corner(right, bottom), 230.0);
            (Rect::new(corner(margin, top), corner(right, strip)), columns)
        };
        columns.extend(further);
        let room = if paper == PaperSize::Phone { 14.0 } else { 24.0 };
        let scale = ((frame.width() - 2.0 * room) / wide).min((frame.height() - 2.0 * room) / high);
        let middle = frame.center();
        let extent = needs.extent.center();
        let origin = Coord { x: middle.x - scale * extent.x, y: middle.y + scale * extent.y };
        let is_screen = paper == PaperSize::Phone;
        Page {
            width,
            height,
            leaves: needs.leaves,
            margin,
            frame,
            columns,
            scale,
            is_screen,
            ending: String::new(),
            origin,
        }
    }

    /// A page for a map that is shown alone, without legend and index.
    pub(super) fn of_map(extent: Rect<f64>) -> Page {
        Page::new(PaperSize::A3, &Needs { extent, title: 84.0, foot: 74.0, index: 0.0, leaves: 1, insets: 0.0 })
    }

    /// A piece of what this page shows, drawn larger in a frame elsewhere on it.
    pub(super) fn larger(&self, frame: Rect<f64>, piece: Rect<f64>) -> Page {
        let times = frame.width() / piece.width().max(1.0);
        let scale = self.scale * times;
        // The middle of the piece stands in the middle of the frame.
        let middle = Coord {
            x: (piece.center().x - self.origin.x) / self.scale,
            y: (self.origin.y - piece.center().y) / self.scale,
        };
        let origin = Coord { x: frame.center().x - scale * middle.x, y: frame.center().y + scale * middle.y };
        Page { frame, scale, origin, columns: Vec::new(), ..self.clone() }
    }

    /// The id of something that is drawn, which stands once in a document.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{name}{}", self.ending)
    }

    /// The same page as the inset of a letter.
    pub(super) fn called(mut self, letter: char) -> Page {
        self.ending = format!("-{}", letter.to_ascii_lowercase());
        self
    }

    /// Where a place in working metres stands on the page.
    pub(super) fn place(&self, place: Coord<f64>) -> Coord<f64> {
        Coord { x: self.origin.x + self.scale * place.x, y: self.origin.y - self.scale * place.y }
    }

    /// The height of all pages of paper together.
    pub(super) fn whole_height(&self) -> f64 {
        self.height * self.leaves as f64
    }

    /// The ground the frame shows, in working metres.
    pub(super) fn ground(&self) -> Rect<f64> {
        let back =
            |at: Coord<f64>| Coord { x: (at.x - self.origin.x) / self.scale, y: (self.origin.y - at.y) / self.scale };
        Rect::new(back(self.frame.min()), back(self.frame.max()))
    }

    /// Metres on the ground per metre of paper.
    pub(super) fn ratio(&self) -> f64 {
        1000.0 / (self.scale * MILLIMETRES)
    }

    /// The area in m² below which a bend of a border cannot be seen: a third of a pixel squared.
    pub(super) fn invisible_area(&self) -> f64 {
        0.3 / (self.scale * self.scale)
    }

    /// The whole document around what was drawn. On paper it is as large as the paper, in millimetres, so that the ratio
    /// is true where it is printed at its size. With the characters in it, each once, in order.
    pub(super) fn document(&self, svg: Svg) -> (String, Vec<char>) {
        let (body, texts) = svg.into_parts();
        let mut characters: Vec<char> = texts.chars().collect();
        characters.sort_unstable();
        characters.dedup();
        let (width, height) = if self.is_screen {
            let dots = |pixels: f64| format!("{:.0}", pixels * PHONE_DOTS / PHONE);
            (dots(self.width), dots(self.height))
        } else {
            let millimetres = |pixels: f64| format!("{:.1}mm", pixels * MILLIMETRES);
            (millimetres(self.width), millimetres(self.whole_height()))
        };
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {:.1} {:.1}\" role=\"img\" aria-labelledby=\"title\">\n\
             <style>{}{}</style>\n{body}</svg>\n",
            self.width,
            self.whole_height(),
            font::style_for(&texts),
            style(),
        );
        (document, characters)
    }
}

/// The style sheet: everything that is the same on all sheets.
fn style() -> String {
    format!(
        "svg{{background:#fff}}text{{font-family:{families};fill:#1b1b1b}}\
         .halo{{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}}\
         .title{{font-weight:700}}.subtitle{{font-size:16px;fill:#333}}\
         .status{{font-size:17px;font-weight:700;fill:#a3160f}}.stamp{{fill:#fff;stroke:#a3160f;stroke-width:1.6}}\
         .warning{{font-size:16px;font-weight:700;fill:#a3160f}}\
         .head{{font-size:16px;font-weight:700}}.entry{{font-size:14px}}.small{{font-size:12px;fill:#333}}\
         .name{{font-weight:600}}.lead{{font-weight:700}}.figure{{fill:#222}}.number{{font-weight:600}}\
         .quiet{{fill:#222}}.region{{fill:#5c4a72;font-weight:700}}.block-name{{fill:#222}}.moved-name{{font-weight:600}}\
         .barrier-name{{font-style:italic;fill:#14476b}}\
         .ground{{fill-rule:evenodd;stroke:none}}.block{{fill:none;stroke:#333;stroke-width:.5;stroke-opacity:.3}}\
         .catchment-border{{fill:none;stroke:#333;stroke-width:1.5;stroke-linejoin:round}}\
         .district-border{{fill:none;stroke:#1b1b1b;stroke-width:3;stroke-linejoin:round}}\
         .today-border{{fill:none;stroke:#333;stroke-width:1.4;stroke-dasharray:5 4;stroke-linejoin:round}}\
         .area-border{{fill:none;stroke:#7a4fa0;stroke-width:1.6;stroke-dasharray:10 4 2 4}}\
         .water{{fill:none;stroke:#4a90c4;stroke-width:6;stroke-linecap:round;stroke-linejoin:round}}\
         .rail{{fill:none;stroke:#333;stroke-width:3.4}}.rail-inner{{fill:none;stroke:#fff;stroke-width:2;stroke-dasharray:9 9}}\
         .road{{fill:none;stroke:#b0561f;stroke-width:3}}.street{{fill:none;stroke:#8a8a8a;stroke-width:.7;stroke-opacity:.7}}\
         .crossing{{fill:#cfe3f5;stroke:#1d4f7c;stroke-width:1.2}}\
         .leader{{fill:none;stroke:#555;stroke-width:.8}}.arrow{{fill:none;stroke:#1b1b1b;stroke-width:1.3}}\
         .member{{fill:#fff;stroke:#1b1b1b;stroke-width:1.8}}.led{{fill:#c2261c;stroke:#fff;stroke-width:1.4}}\
         .inset{{fill:none;stroke:#1b1b1b;stroke-width:1.2;stroke-dasharray:6 3}}\
         .frame{{fill:none;stroke:#1b1b1b;stroke-width:1.2}}.ink{{fill:#1b1b1b;stroke:none}}.thin{{fill:none;stroke:#1b1b1b;stroke-width:1}}\
         .swatch{{stroke:#333;stroke-width:1}}",
        families = font::FAMILIES,
    )
}
