//! Symbols of schools and lines, as they stand on the map and in the legend.

use geo::Coord;

use super::legend::Symbol;
use super::svg::{Svg, number};
use crate::model::{Barrier, Role, School};

/// How a barrier is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BarrierLook {
    Water,
    Rail,
    Road,
}

impl BarrierLook {
    /// Each with the key of its name and its class.
    pub(super) const EACH: [(BarrierLook, &'static str, &'static str); 3] = [
        (BarrierLook::Water, "legend-water", "water"),
        (BarrierLook::Rail, "legend-rail", "rail"),
        (BarrierLook::Road, "legend-road", "road"),
    ];
}

pub(super) fn look_of(barrier: &Barrier) -> BarrierLook {
    let kind = barrier.kind.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word) || barrier.name.contains(word));
    if has(&["河", "江", "水", "湖", "river", "water", "canal", "stream"]) {
        BarrierLook::Water
    } else if has(&["铁", "rail"]) {
        BarrierLook::Rail
    } else {
        BarrierLook::Road
    }
}

/// Half the side of the square a school's symbol fills.
pub(super) const fn radius(role: Role, is_nine_year: bool) -> f64 {
    match (role, is_nine_year) {
        (Role::Lead, _) => 10.0,
        (Role::Helper | Role::Member, true) => 7.5,
        (Role::Helper | Role::Member, false) => 5.5,
    }
}

/// The symbol of a school with its name to be pointed at.
pub(super) fn school(svg: &mut Svg, at: Coord<f64>, role: Role, school: &School) {
    svg.open("g", &[("data-school", &school.id)]);
    svg.text("title", &[], &school.name);
    shape(svg, at, role, school.is_nine_year());
    svg.close("g");
    svg.line();
}

/// A star for leads, a circle for other schools, with a square around nine-year ones.
pub(super) fn shape(svg: &mut Svg, at: Coord<f64>, role: Role, nine_year: bool) {
    let (x, y) = (number(at.x), number(at.y));
    if nine_year {
        let (left, top) = (number(at.x - 7.0), number(at.y - 7.0));
        svg.empty("rect", &[("class", "member"), ("x", &left), ("y", &top), ("width", "14"), ("height", "14")]);
    }
    match role {
        Role::Lead => {
            let corners: Vec<String> = (0..10)
                .map(|corner| {
                    let radius = if corner % 2 == 0 { 10.0 } else { 4.4 };
                    let angle = std::f64::consts::PI * (f64::from(corner) / 5.0 - 0.5);
                    format!("{:.1} {:.1}", at.x + radius * angle.cos(), at.y + radius * angle.sin())
                })
                .collect();
            svg.empty("path", &[("class", "led"), ("d", &format!("M{}Z", corners.join("L")))]);
        }
        Role::Helper | Role::Member => {
            svg.empty("circle", &[("class", "member"), ("cx", &x), ("cy", &y), ("r", "4.5")]);
        }
    }
}

/// The symbol of a school that is shown for orientation only.
pub(super) fn quiet(svg: &mut Svg, at: Coord<f64>) {
    let (x, y) = (number(at.x), number(at.y));
    svg.empty("circle", &[("cx", &x), ("cy", &y), ("r", "3"), ("fill", "#fff"), ("stroke", "#333")]);
}

/// The symbol of a crossing, which must not be taken for a school.
pub(super) fn diamond(at: Coord<f64>) -> String {
    format!("M{} {}l4.5 4.5l-4.5 4.5l-4.5 -4.5z", number(at.x), number(at.y - 4.5))
}

/// The look of the lines that join the schools of a pool.
pub(super) const POOL_LINE: [(&str, &str); 5] = [
    ("fill", "none"),
    ("stroke", "#333"),
    ("stroke-width", "1.6"),
    ("stroke-dasharray", "1 3.5"),
    ("stroke-linecap", "round"),
];

/// A swatch for the legend: a colour, or several side by side, below the hatches of these ids.
pub(super) fn swatch<'a>(fills: Vec<String>, hatches: Vec<&'static str>) -> Symbol<'a> {
    Box::new(move |svg, at| {
        let (left, top) = (at.x - 15.0, number(at.y - 8.0));
        let wide = 30.0 / fills.len().max(1) as f64;
        let mut part = |start: f64, wide: f64, fill: &str, class: &str| {
            let (x, width) = (number(left + start), number(wide));
            let place = [("x", x.as_str()), ("y", &top), ("width", &width), ("height", "16"), ("fill", fill)];
            svg.empty("rect", &[&[("class", class)], &place[..]].concat());
        };
        for (position, fill) in fills.iter().enumerate() {
            part(position as f64 * wide, wide, fill, "fill");
        }
        for hatch in &hatches {
            part(0.0, 30.0, &format!("url(#{hatch})"), "fill");
        }
        part(0.0, 30.0, "none", "swatch");
    })
}

/// A sample of a line for the legend.
pub(super) fn line<'a>(class: &'static str) -> Symbol<'a> {
    Box::new(move |svg, at| {
        let data = format!("M{} {}h30", number(at.x - 15.0), number(at.y));
        svg.empty("path", &[("class", class), ("d", &data)]);
        if class == "rail" {
            svg.empty("path", &[("class", "rail-inner"), ("d", &data)]);
        }
    })
}

/// A line from one place to another with a head at its end, as path data.
pub(super) fn arrow(from: Coord<f64>, to: Coord<f64>) -> String {
    let along = to - from;
    let length = along.x.hypot(along.y);
    if length < 1.0 {
        return String::new();
    }
    let unit = along / length;
    let aside = Coord { x: -unit.y, y: unit.x };
    let [left, right] = [1.0, -1.0].map(|side| to - unit * 7.0 + aside * (side * 3.5));
    let [from, to, left, right] = [from, to, left, right].map(|at| format!("{} {}", number(at.x), number(at.y)));
    format!("M{from}L{to}M{left}L{to}L{right}")
}

/// The hatch of ground several schools share.
pub(super) const SHARED: &str = "hatch-shared";

/// The hatch of ground that is locked to its school.
pub(super) const LOCKED: &str = "hatch-locked";

/// The hatch of what is above a limit.
pub(super) const OVER: &str = "hatch-over";

/// The hatch of what is not shown.
pub(super) const HIDDEN: &str = "hatch-hidden";

/// The patterns of the hatches that are used.
pub(super) fn hatches(svg: &mut Svg, used: &[&str]) {
    if used.is_empty() {
        return;
    }
    svg.open("defs", &[]);
    for id in used {
        let (side, turn, data, width) = match *id {
            SHARED => ("9", "rotate(45)", "M4.5 0V9", "1.3"),
            LOCKED => ("7", "rotate(0)", "M3.5 3.5h.01", "2.4"),
            OVER => ("8", "rotate(-45)", "M4 0V8M0 4H8", "1.1"),
            _ => ("6", "rotate(0)", "M0 3H6", ".7"),
        };
        let size = [("width", side), ("height", side), ("patternUnits", "userSpaceOnUse"), ("patternTransform", turn)];
        svg.open("pattern", &[&[("id", *id)], &size[..]].concat());
        let stroke = [("stroke", "#222"), ("stroke-opacity", ".55"), ("stroke-linecap", "round")];
        svg.empty("path", &[&[("d", data), ("fill", "none"), ("stroke-width", width)], &stroke[..]].concat());
        svg.close("pattern");
    }
    svg.close("defs");
    svg.line();
}
