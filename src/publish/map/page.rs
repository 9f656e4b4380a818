//! The page: its size, the frame of the map, and the way from working metres to the page.

use geo::{Coord, Rect};

use super::super::font;
use super::svg::Svg;

/// A page with a map frame and a panel for the legend. Coordinates are pixels of a page 1,600 wide or high, which is A3 at
/// 96 dots an inch.
pub(crate) struct Page {
    /// Width of the page.
    pub(super) width: f64,
    /// Height of the page, without what is added below for an index.
    pub(super) height: f64,
    /// The frame of the map.
    pub(super) frame: Rect<f64>,
    /// The panel of the legend.
    pub(super) panel: Rect<f64>,
    /// Pixels per metre.
    pub(super) scale: f64,
    origin: Coord<f64>,
}

/// The longer side of A3 in pixels and in millimetres.
const LONG: f64 = 1600.0;
const SHORT: f64 = 1131.0;
const LONG_MILLIMETRES: f64 = 420.0;

const MARGIN: f64 = 28.0;
const TITLE: f64 = 84.0;
const FOOTER: f64 = 74.0;
const PANEL: f64 = 340.0;

impl Page {
    /// A page for a county of this extent: landscape for wide ones, portrait for high ones.
    pub(crate) fn new(extent: Rect<f64>) -> Page {
        let landscape = extent.width() >= 0.85 * extent.height();
        let (width, height) = if landscape { (LONG, SHORT) } else { (SHORT, LONG) };
        let corner = |x: f64, y: f64| Coord { x, y };
        let bottom = height - FOOTER;
        let (frame, panel) = if landscape {
            let split = width - MARGIN - PANEL;
            (
                Rect::new(corner(MARGIN, TITLE), corner(split - 16.0, bottom)),
                Rect::new(corner(split, TITLE), corner(width - MARGIN, bottom)),
            )
        } else {
            let split = bottom - PANEL;
            (
                Rect::new(corner(MARGIN, TITLE), corner(width - MARGIN, split - 16.0)),
                Rect::new(corner(MARGIN, split), corner(width - MARGIN, bottom)),
            )
        };
        let room = 26.0;
        let (wide, high) = (extent.width().max(1.0), extent.height().max(1.0));
        let scale = ((frame.width() - 2.0 * room) / wide).min((frame.height() - 2.0 * room) / high);
        let middle = frame.center();
        let origin = Coord { x: middle.x - scale * extent.center().x, y: middle.y + scale * extent.center().y };
        Page { width, height, frame, panel, scale, origin }
    }

    /// Where a place in working metres stands on the page.
    pub(super) fn place(&self, place: Coord<f64>) -> Coord<f64> {
        Coord { x: self.origin.x + self.scale * place.x, y: self.origin.y - self.scale * place.y }
    }

    /// Metres on the ground per metre of paper, on A3.
    pub(super) fn ratio(&self) -> f64 {
        LONG / self.scale / (LONG_MILLIMETRES / 1000.0)
    }

    /// The area in m² below which a bend of a border cannot be seen: a third of a pixel squared.
    pub(super) fn invisible_area(&self) -> f64 {
        0.3 / (self.scale * self.scale)
    }

    /// The whole document around what was drawn; `extra` pixels are added below the page.
    pub(super) fn document(&self, svg: Svg, extra: f64) -> String {
        let (body, texts) = svg.into_parts();
        let height = self.height + extra;
        let millimetres = |pixels: f64| format!("{:.1}mm", pixels * LONG_MILLIMETRES / LONG);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {height}\" role=\"img\" aria-labelledby=\"title\">\n\
             <style>{}{}</style>\n{body}</svg>\n",
            millimetres(self.width),
            millimetres(height),
            self.width,
            font::style_for(&texts),
            style(),
        )
    }
}

/// The style sheet: everything that is the same on all sheets.
fn style() -> String {
    format!(
        "svg{{background:#fff}}text{{font-family:{families};fill:#1b1b1b}}\
         .halo{{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}}\
         .title{{font-size:34px;font-weight:700}}.subtitle{{font-size:17px;fill:#444}}\
         .warning{{font-size:17px;font-weight:700;fill:#a3160f}}\
         .head{{font-size:17px;font-weight:700}}.entry{{font-size:14px}}.small{{font-size:12px;fill:#444}}\
         .name{{font-size:13px;font-weight:600}}.lead{{font-size:15px;font-weight:700}}.figure{{font-size:11px;fill:#333}}\
         .barrier-name{{font-size:13px;font-style:italic;fill:#1d5a86}}\
         .ground{{fill-rule:evenodd;stroke:none}}.block{{fill:none;stroke:#fff;stroke-width:.6;stroke-opacity:.75}}\
         .catchment-border{{fill:none;stroke:#4a4a4a;stroke-width:1.1;stroke-linejoin:round}}\
         .district-border{{fill:none;stroke:#1b1b1b;stroke-width:3;stroke-linejoin:round}}\
         .area-border{{fill:none;stroke:#7a4fa0;stroke-width:1.6;stroke-dasharray:10 4 2 4}}\
         .water{{fill:none;stroke:#4a90c4;stroke-width:6;stroke-linecap:round;stroke-linejoin:round}}\
         .rail{{fill:none;stroke:#333;stroke-width:3.4}}.rail-inner{{fill:none;stroke:#fff;stroke-width:2;stroke-dasharray:9 9}}\
         .road{{fill:none;stroke:#b0561f;stroke-width:3}}\
         .crossing{{fill:#cfe3f5;stroke:#1d4f7c;stroke-width:1.2}}\
         .leader{{fill:none;stroke:#555;stroke-width:.8}}\
         .member{{fill:#fff;stroke:#1b1b1b;stroke-width:1.8}}.led{{fill:#c2261c;stroke:#fff;stroke-width:1.4}}\
         .frame{{fill:none;stroke:#1b1b1b;stroke-width:1.2}}.ink{{fill:#1b1b1b;stroke:none}}.thin{{fill:none;stroke:#1b1b1b;stroke-width:1}}",
        families = font::FAMILIES,
    )
}
