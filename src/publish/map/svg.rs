//! SVG and other markup, written through quick-xml so that everything is escaped.

use std::fmt::Write as _;

use geo::{Coord, MultiPolygon};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// An SVG document under construction.
pub(in crate::publish) struct Svg {
    writer: Writer<Vec<u8>>,
    /// Every text written, to know which characters the fallback font needs.
    texts: String,
}

/// Attributes of an element.
pub(in crate::publish) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Svg {
    pub(in crate::publish) fn new() -> Svg {
        Svg { writer: Writer::new(Vec::new()), texts: String::new() }
    }

    pub(in crate::publish) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Start(element(name, attributes)));
    }

    pub(in crate::publish) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without content; one a line, so that changes show.
    pub(in crate::publish) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(element(name, attributes)));
        self.line();
    }

    /// An element with text in it.
    pub(in crate::publish) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.texts.push_str(text);
        self.open(name, attributes);
        self.event(Event::Text(BytesText::new(text)));
        self.close(name);
        self.line();
    }

    /// Markup that is written already.
    pub(in crate::publish) fn raw(&mut self, markup: &str) {
        self.event(Event::Text(BytesText::from_escaped(markup)));
    }

    pub(in crate::publish) fn line(&mut self) {
        self.event(Event::Text(BytesText::from_escaped("\n")));
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("a document in memory takes events");
    }

    /// The elements written so far and the texts in them.
    pub(in crate::publish) fn into_parts(self) -> (String, String) {
        let body = String::from_utf8(self.writer.into_inner()).expect("only text was written");
        (body, self.texts)
    }
}

fn element<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}

/// A number with one decimal, and none where it is whole.
pub(in crate::publish) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // No minus sign before zero.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// Path data of closed rings, holes included; points that fall together are written once.
pub(super) fn ground_path(ground: &MultiPolygon<f64>, place: &impl Fn(Coord<f64>) -> Coord<f64>) -> String {
    let mut data = String::new();
    for polygon in &ground.0 {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            let open = ring.0.len().saturating_sub(1);
            chain(&mut data, ring.0[..open].iter().map(|corner| place(*corner)));
            data.push('Z');
        }
    }
    data
}

/// Path data of an open line.
pub(super) fn line_path(data: &mut String, places: impl Iterator<Item = Coord<f64>>) {
    chain(data, places);
}

/// Moves to the first place and draws to the others, relative and in tenths, which is short.
fn chain(data: &mut String, places: impl Iterator<Item = Coord<f64>>) {
    let tenths = |value: f64| (value * 10.0).round() as i64;
    let mut last: Option<(i64, i64)> = None;
    for place in places {
        let here = (tenths(place.x), tenths(place.y));
        match last {
            None => {
                let _ = write!(data, "M{} {}", decimal(here.0), decimal(here.1));
                data.push('l');
            }
            Some(before) if before == here => continue,
            Some(before) => {
                let _ = write!(data, "{} {} ", decimal(here.0 - before.0), decimal(here.1 - before.1));
            }
        }
        last = Some(here);
    }
    let trimmed = data.trim_end_matches([' ', 'l']).len();
    data.truncate(trimmed);
}

fn decimal(tenths: i64) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { number(tenths as f64 / 10.0) }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn paths_are_relative_closed_and_have_holes() {
        let ground = MultiPolygon::new(vec![polygon!(
            exterior: [(x: 0., y: 0.), (x: 10., y: 0.), (x: 10., y: 10.), (x: 0., y: 10.)],
            interiors: [[(x: 2., y: 2.), (x: 2., y: 4.5), (x: 4., y: 4.)]],
        )]);
        assert_eq!(ground_path(&ground, &|place| place), "M0 0l10 0 0 10 -10 0ZM2 2l0 2.5 2 -0.5Z");
    }

    #[test]
    fn text_is_escaped() {
        let mut svg = Svg::new();
        svg.text("text", &[("x", "1"), ("title", "<&\"")], "<b>&");
        let (body, texts) = svg.into_parts();
        assert_eq!(body, "<text x=\"1\" title=\"&lt;&amp;&quot;\">&lt;b&gt;&amp;</text>\n");
        assert_eq!(texts, "<b>&");
    }
}
