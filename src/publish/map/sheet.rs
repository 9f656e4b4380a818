//! A sheet: what ground it shows, what is drawn on it and named there, what the legend says. Every map of a page of paper
//! is one of these, so that all have the same furniture and keep the same promises: no label upon another, no name lost.

use std::collections::BTreeMap;

use geo::{Coord, Rect};

use super::furniture::{self, Title};
use super::inset::{self, lies_in};
use super::label::{self, Owner, Placed, Wanted};
use super::legend::{Flow, Item};
use super::page::{self, Needs, Page};
use super::svg::{Svg, number};
use crate::language::{Language, Message};
use crate::model::County;
use crate::model::settings::PaperSize;
use crate::space::Ground;

/// Draws part of a sheet on a page.
pub(super) type Layer<'a> = Box<dyn Fn(&mut Svg, &Page) + 'a>;

/// What the legend says of some ground, in working metres.
pub(super) type Legend<'a> = Box<dyn Fn(Rect<f64>) -> Vec<Item<'a>> + 'a>;

/// A sheet to be drawn.
pub(super) struct Sheet<'a> {
    pub(super) county: &'a County,
    pub(super) ground: &'a Ground,
    pub(super) language: Language,
    pub(super) title: String,
    pub(super) subtitle: String,
    /// The stage of the procedure, stamped beside the title.
    pub(super) status: Option<String>,
    /// What must not be overlooked.
    pub(super) warning: Option<String>,
    /// The ground to be shown, in working metres.
    pub(super) extent: Rect<f64>,
    /// What is drawn, lowest first.
    pub(super) layers: Vec<Layer<'a>>,
    /// What is named, in working metres; what lies beyond the frame is left out.
    pub(super) labels: Vec<Wanted>,
    /// Whether places where names find no room are drawn larger on a second page.
    pub(super) with_insets: bool,
    /// Under whose name those are listed, by name, for whom there is no room even for a number.
    pub(super) listed_under: BTreeMap<String, String>,
    /// What the legend says of the ground that is shown.
    pub(super) legend: Legend<'a>,
    /// Lines at the foot.
    pub(super) foot: Vec<String>,
}

/// A sheet as it was drawn.
#[derive(Clone, Debug)]
pub(in super::super) struct Drawn {
    /// The drawing.
    pub(in super::super) svg: String,
    /// The characters in it, each once, in order.
    pub(in super::super) characters: Vec<char>,
    /// Names that stand in the index, because there was no room beside their symbols.
    pub(in super::super) indexed: usize,
    /// Metres on the ground per metre of paper; none on a screen.
    pub(in super::super) ratio: Option<f64>,
    /// Pages of paper, one below the other.
    pub(in super::super) leaves: usize,
}

/// Shares of the page's height given to the index, and pages of paper, tried until everything fits. A map that gives way
/// further names fewer places, so that the index grows with what it is given.
const ROOMS: [(f64, usize); 9] =
    [(0.0, 1), (0.05, 1), (0.1, 1), (0.17, 1), (0.25, 1), (0.0, 2), (0.0, 3), (0.0, 4), (0.0, 5)];

/// Shares of the second page's height given to insets, and pages of paper, tried likewise where there are insets.
const INSETS: [(f64, usize); 7] = [(0.97, 2), (0.87, 2), (0.77, 2), (0.65, 2), (0.55, 2), (0.55, 3), (0.55, 4)];

/// The height of the letter above the outline of what an inset shows.
const LETTER: f64 = 20.0;

/// Names beyond this many that find no room are not listed, but counted: they are in the tables.
const LONGEST_INDEX: usize = 900;

impl Sheet<'_> {
    /// Draws the sheet for a paper. Where names find no room on the map they are listed below it, for which the map gives
    /// way; where a quarter of the page is not enough for them, on further pages. Same sheet, same bytes.
    ///
    /// # Panics
    /// Never: there are rooms to try.
    pub(super) fn draw(&self, paper: PaperSize) -> Drawn {
        let title = Title::new(
            paper,
            self.extent,
            [&self.title, &self.subtitle],
            [self.status.as_deref(), self.warning.as_deref()],
        );
        let (width, _, margin) = page::size(paper, self.extent);
        let foot = furniture::foot_lines(&self.foot, width, margin);
        let foot_height = furniture::foot_height(foot.len());
        let needs = |index: f64, leaves: usize, insets: f64| Needs {
            extent: self.extent,
            title: title.height(),
            foot: foot_height,
            index,
            leaves,
            insets,
        };
        let plain = |(index, leaves): &(f64, usize)| self.lay(Page::new(paper, &needs(*index, *leaves, 0.0)), &[]);
        let first = plain(&ROOMS[0]);
        let without_room = first.without_room();
        let with_insets = |(share, leaves): &(f64, usize)| {
            let page = Page::new(paper, &needs(0.0, *leaves, *share));
            let insets = inset::insets(&page, &without_room, *share);
            (!insets.is_empty()).then(|| self.lay(page, &insets))
        };
        let may_have_insets = self.with_insets && !first.page.is_screen && !first.fits();
        let larger = INSETS.iter().filter(|_| may_have_insets).filter_map(with_insets);
        let tries = std::iter::once(first.clone()).chain(larger).chain(ROOMS[1..].iter().map(plain));
        let mut last = None;
        for laid in tries {
            let fits = laid.fits();
            last = Some(laid);
            if fits {
                break;
            }
        }
        let mut laid = last.expect("there are rooms to try");
        if laid.page.is_screen {
            laid.page.height = laid.lowest + foot_height;
        } else if laid.page.leaves > 1 {
            self.balance(&mut laid);
        }
        self.write(&title, &foot, &laid, paper)
    }

    /// Places everything on a page; what an inset shows is named there, by the first that does.
    fn lay(&self, page: Page, insets: &[Page]) -> Laid {
        // What can do without a name is named on the map alone.
        let shown_in = |label: &Wanted| {
            let is_shown = |inset: &Page| label.owner != Owner::Spare && lies_in(inset.place(label.at), inset.frame);
            insets.iter().position(is_shown)
        };
        let own = |inset: Option<usize>| {
            let is_own = move |label: &&Wanted| shown_in(label) == inset;
            self.labels.iter().filter(is_own)
        };
        let occupied: Vec<Coord<f64>> = self
            .county
            .blocks
            .iter()
            .map(|block| block.point)
            .chain(self.county.schools.iter().map(|school| school.gate))
            .map(|at| page.place(at))
            .collect();
        let corners = furniture::corner_boxes(&page, &occupied);
        // Symbols stand on the map wherever they are named.
        let named_elsewhere = self.labels.iter().filter(|label| shown_in(label).is_some());
        let symbols =
            named_elsewhere.map(|label| label::symbol_of(&Wanted { at: page.place(label.at), ..label.clone() }));
        // The outline of what an inset shows, with its letter, is not written upon.
        let outlines = insets.iter().map(|inset| {
            let [one, other] = [inset.ground().min(), inset.ground().max()].map(|corner| page.place(corner));
            let outline = Rect::new(one, other);
            Rect::new(outline.min() - Coord { x: 0.0, y: LETTER }, outline.max())
        });
        let taken: Vec<Rect<f64>> = corners.into_iter().chain(symbols).chain(outlines).collect();
        let (labels, placed) = name(own(None), &page, &taken, 0);
        let numbers = |placed: &[Placed]| placed.iter().filter(|of| matches!(of, Placed::Numbered { .. })).count();
        let mut numbered = numbers(&placed);
        let mut drawn = Vec::new();
        for (position, inset) in insets.iter().enumerate() {
            let (labels, placed) = name(own(Some(position)), inset, &[], numbered);
            numbered += numbers(&placed);
            drawn.push(Inset { page: inset.clone(), labels, placed });
        }
        let mut laid = Laid { page, labels, placed, insets: drawn, corners, excess: 0.0, lowest: 0.0 };
        let mut scratch = Svg::new();
        let flow = self.write_columns(&mut scratch, &laid);
        laid.excess = flow.excess();
        laid.lowest = flow.lowest();
        laid
    }

    /// Lets the columns of the last page end at about the same height, instead of the first ones at its foot.
    fn balance(&self, laid: &mut Laid) {
        let top = (laid.page.leaves - 1) as f64 * laid.page.height;
        let whole = laid.page.columns.clone();
        for twentieth in 1..20 {
            let cut = |full: &Rect<f64>| {
                let height = if full.min().y < top { 1.0 } else { f64::from(twentieth) / 20.0 } * full.height();
                Rect::new(full.min(), Coord { x: full.max().x, y: full.min().y + height })
            };
            laid.page.columns = whole.iter().map(cut).collect();
            if self.write_columns(&mut Svg::new(), laid).excess() <= 0.0 {
                return;
            }
        }
        laid.page.columns = whole;
    }

    /// The names that found no room, with their numbers, and what else is to be said of the labels.
    fn index(&self, laid: &Laid) -> (Vec<Item<'static>>, usize) {
        let language = self.language;
        let mut indexed: Vec<(Option<usize>, String)> = Vec::new();
        let mut listed: Vec<(&str, Vec<&str>)> = Vec::new();
        let (mut unnamed, mut left_out): (Vec<&str>, usize) = (Vec::new(), 0);
        for (label, placed) in laid.named() {
            let text =
                if label.figure.is_empty() { label.name.clone() } else { format!("{} {}", label.name, label.figure) };
            match placed {
                Placed::Numbered { number, .. } => indexed.push((Some(*number), text)),
                Placed::Listed => match self.listed_under.get(&label.name) {
                    Some(under) => match listed.iter_mut().find(|(of, _)| *of == under.as_str()) {
                        Some((_, names)) => names.push(&label.name),
                        None => listed.push((under, vec![&label.name])),
                    },
                    None => indexed.push((None, text)),
                },
                Placed::Omitted if label.class == SPARE_FIGURE => left_out += 1,
                Placed::Omitted => unnamed.push(&label.name),
                Placed::Beside { .. } => {}
            }
        }
        let count = indexed.len() + listed.iter().map(|(_, names)| names.len()).sum::<usize>();
        // First the numbered ones, in order.
        indexed.sort_by_key(|(number, _)| number.unwrap_or(usize::MAX));
        let mut items = Vec::new();
        if left_out > 0 {
            items.push(Item::Note(
                Message::new("legend-figures-left-out").count("count", left_out).in_language(language),
            ));
        }
        unnamed.dedup();
        if !unnamed.is_empty() {
            let names = unnamed.join(&language.text("words-and"));
            items.push(Item::Note(Message::new("legend-not-written").text("names", names).in_language(language)));
        }
        if count > LONGEST_INDEX {
            items.push(Item::Note(Message::new("legend-unnamed").count("count", count).in_language(language)));
            return (items, count);
        }
        if !indexed.is_empty() {
            items.push(Item::Head(language.text("map-index")));
            items.extend(indexed.into_iter().map(|(number, name)| Item::Indexed(number, name)));
        }
        if !listed.is_empty() {
            items.push(Item::Head(language.text("map-index-listed")));
        }
        for (under, names) in listed {
            let others: Vec<&str> = names.into_iter().filter(|name| *name != under).collect();
            let line = Message::new("map-listed").text("under", under);
            let line = line.text("names", others.join(&language.text("annex-between"))).in_language(language);
            items.push(Item::Note(if others.is_empty() { under.to_owned() } else { line }));
        }
        (items, count)
    }

    fn write_columns(&self, svg: &mut Svg, laid: &Laid) -> Flow {
        let mut flow = Flow::new(&laid.page.columns);
        svg.open("g", &[("id", "legend")]);
        svg.line();
        svg.open("g", &[]);
        flow.write(svg, &[Item::Head(self.language.text("map-legend"))]);
        flow.write(svg, &(self.legend)(laid.page.ground()));
        svg.close("g");
        svg.line();
        let (items, count) = self.index(laid);
        if !items.is_empty() {
            svg.open("g", &[("id", "index"), ("data-count", &count.to_string())]);
            svg.line();
            flow.write(svg, &items);
            svg.close("g");
            svg.line();
        }
        svg.close("g");
        svg.line();
        flow
    }

    fn write(&self, title: &Title, foot: &[String], laid: &Laid, paper: PaperSize) -> Drawn {
        let page = &laid.page;
        let mut svg = Svg::new();
        let (width, height) = (number(page.width), format!("{:.1}", page.whole_height()));
        svg.empty("rect", &[("width", &width), ("height", &height), ("fill", "#fff")]);
        title.write(&mut svg);
        let frame = page.frame;
        svg.open("clipPath", &[("id", "frame")]);
        let (x, y) = (number(frame.min().x), number(frame.min().y));
        let (wide, high) = (number(frame.width()), number(frame.height()));
        svg.empty("rect", &[("x", &x), ("y", &y), ("width", &wide), ("height", &high)]);
        svg.close("clipPath");
        svg.line();
        svg.open("g", &[("id", "map"), ("clip-path", "url(#frame)")]);
        svg.line();
        for layer in &self.layers {
            layer(&mut svg, page);
        }
        svg.open("g", &[("id", "labels")]);
        svg.line();
        for (label, placed) in laid.labels.iter().zip(&laid.placed) {
            write_label(&mut svg, label, placed);
        }
        svg.close("g");
        svg.line();
        svg.close("g");
        svg.line();
        self.write_insets(&mut svg, laid);
        furniture::around(&mut svg, page, laid.corners, self.ground, &self.county.reference, paper, self.language);
        self.write_columns(&mut svg, laid);
        furniture::foot(&mut svg, page, foot);
        let (_, indexed) = self.index(laid);
        let ratio = (!page.is_screen).then(|| page.ratio());
        let (svg, characters) = page.document(svg);
        Drawn { svg, characters, indexed, ratio, leaves: page.leaves }
    }
}

/// Places the labels that are shown on a page inside its frame, clear of what is taken.
fn name<'a>(
    labels: impl Iterator<Item = &'a Wanted>,
    page: &Page,
    taken: &[Rect<f64>],
    numbered: usize,
) -> (Vec<Wanted>, Vec<Placed>) {
    let is_shown = |at: Coord<f64>| lies_in(at, page.frame);
    let on_page = |label: &Wanted| {
        let mut on_page = label.clone();
        on_page.at = page.place(label.at);
        on_page.elsewhere = label.elsewhere.iter().map(|at| page.place(*at)).filter(|at| is_shown(*at)).collect();
        if !is_shown(on_page.at) {
            // A river may be named where it comes into view.
            on_page.at = (!on_page.elsewhere.is_empty()).then(|| on_page.elsewhere.remove(0))?;
        }
        Some(on_page)
    };
    let labels: Vec<Wanted> = labels.filter_map(on_page).collect();
    let placed = label::place(&labels, page.frame, taken, numbered);
    (labels, placed)
}

/// The class of figures that may be left out, and are then counted instead of listed.
pub(super) const SPARE_FIGURE: &str = "figure";

/// Everything in its place on a page.
#[derive(Clone)]
struct Laid {
    page: Page,
    labels: Vec<Wanted>,
    placed: Vec<Placed>,
    insets: Vec<Inset>,
    corners: [Rect<f64>; 2],
    excess: f64,
    lowest: f64,
}

/// A crowded place drawn larger, with its names.
#[derive(Clone)]
struct Inset {
    page: Page,
    labels: Vec<Wanted>,
    placed: Vec<Placed>,
}

impl Laid {
    fn fits(&self) -> bool {
        self.page.is_screen || self.excess <= 0.0
    }

    /// Every label of the map and of the insets.
    fn named(&self) -> impl Iterator<Item = (&Wanted, &Placed)> {
        let insets = self.insets.iter().flat_map(|inset| inset.labels.iter().zip(&inset.placed));
        self.labels.iter().zip(&self.placed).chain(insets)
    }

    /// Where symbols stand whose names found no room.
    fn without_room(&self) -> Vec<Coord<f64>> {
        let has_none = |placed: &Placed| matches!(placed, Placed::Numbered { .. } | Placed::Listed);
        self.named().filter(|(_, placed)| has_none(placed)).map(|(label, _)| label.at).collect()
    }
}

impl Sheet<'_> {
    /// Draws the insets, each with a letter that stands at its place on the map as well.
    fn write_insets(&self, svg: &mut Svg, laid: &Laid) {
        for (letter, inset) in ('A'..).zip(&laid.insets) {
            let page = inset.page.clone().called(letter);
            let frame = page.frame;
            let clip = page.id("frame");
            let rectangle = |of: Rect<f64>| [of.min().x, of.min().y, of.width(), of.height()].map(number);
            let [x, y, wide, high] = rectangle(frame);
            let place = [("x", x.as_str()), ("y", &y), ("width", &wide), ("height", &high)];
            svg.open("clipPath", &[("id", &clip)]);
            svg.empty("rect", &place);
            svg.close("clipPath");
            svg.open("g", &[("id", &page.id("map")), ("clip-path", &format!("url(#{clip})"))]);
            svg.line();
            for layer in &self.layers {
                layer(svg, &page);
            }
            svg.open("g", &[("id", &page.id("labels"))]);
            svg.line();
            for (label, placed) in inset.labels.iter().zip(&inset.placed) {
                write_label(svg, label, placed);
            }
            svg.close("g");
            svg.close("g");
            svg.empty("rect", &[&[("class", "frame")], &place[..]].concat());
            let caption = Message::new("map-inset").text("letter", letter.to_string());
            let caption = caption.text("ratio", furniture::grouped(page.ratio())).in_language(self.language);
            let above = number(frame.min().y - 7.0);
            svg.text("text", &[("class", "head"), ("x", &x), ("y", &above)], &caption);
            // What it shows, on the map.
            let shown = page.ground();
            let corners = [shown.min(), shown.max()].map(|corner| laid.page.place(corner));
            let outline = Rect::new(corners[0], corners[1]);
            let [x, y, wide, high] = rectangle(outline);
            let place = [("x", x.as_str()), ("y", &y), ("width", &wide), ("height", &high)];
            svg.open("g", &[("id", &page.id("inset")), ("clip-path", "url(#frame)")]);
            svg.empty("rect", &[&[("class", "inset")], &place[..]].concat());
            let (x, y) = (number(outline.min().x + 3.0), number(outline.min().y - 4.0));
            svg.text("text", &[("class", "head halo"), ("x", &x), ("y", &y)], &letter.to_string());
            svg.close("g");
            svg.line();
        }
    }
}

/// Writes a label with the line that leads to it. `data-box` is what it covers: left, top, width, height.
fn write_label(svg: &mut Svg, label: &Wanted, placed: &Placed) {
    let Some(covered) = label.written(placed) else { return };
    let (low, high) = (covered.min(), covered.max());
    let covers = [low.x, low.y, high.x - low.x, high.y - low.y].map(number).join(" ");
    svg.open("g", &[("data-box", &covers)]);
    let (Placed::Beside { left, top, leader } | Placed::Numbered { left, top, leader, .. }) = placed else { return };
    if let Some(line) = leader {
        let [x, y, to_x, to_y] = [line.start.x, line.start.y, line.end.x, line.end.y].map(number);
        let data = format!("M{x} {y}L{to_x} {to_y}");
        svg.empty("path", &[("class", "leader"), ("d", &data)]);
    }
    let mut write = |class: &str, size: f64, y: f64, text: &str| {
        let class = format!("{class} halo");
        let (left, y) = (number(*left), number(y));
        svg.text("text", &[("class", &class), ("font-size", &number(size)), ("x", &left), ("y", &y)], text);
    };
    if let Placed::Numbered { number, .. } = placed {
        write("number", label::FIGURE_SIZE, top + label::FIGURE_SIZE, &number.to_string());
    } else {
        write(label.class, label.size, top + label.size, &label.name);
        if !label.figure.is_empty() {
            let y = top + label.size + label::FIGURE_SIZE + 2.0;
            write("figure", label::FIGURE_SIZE, y, &label.figure);
        }
    }
    svg.close("g");
    svg.line();
}

/// A label beside a symbol.
pub(super) fn beside_symbol(at: Coord<f64>, radius: f64, name: &str, size: f64, class: &'static str) -> Wanted {
    Wanted {
        at,
        elsewhere: Vec::new(),
        owner: Owner::Symbol,
        radius,
        name: name.to_owned(),
        figure: String::new(),
        size,
        class,
        rank: 1,
    }
}
