//! The sheet of a scheme: catchments and districts of one stage.

use geo::{Coord, Rect};

use super::super::{Palette, Publication};
use super::Page;
use super::furniture::{self, Legend};
use super::label::{self, Placed, Wanted};
use super::svg::{Svg, ground_path, line_path, number};
use crate::language::Message;
use crate::measure::{Load, loads};
use crate::model::{Barrier, Catchments, Districts, Reference, Role, School, SchoolIndex};

/// Draws the sheet of the stage at `position` of the scheme.
#[must_use]
pub fn scheme_map(publication: &Publication<'_>, position: usize, palette: &Palette) -> String {
    let extent = publication.county.extent().unwrap_or_else(|| Rect::new((0.0, 0.0), (1.0, 1.0)));
    let catchments = &publication.scheme.catchments[position];
    let sheet = Sheet {
        publication,
        catchments,
        districts: publication.scheme.districts_of(catchments.stage),
        palette,
        loads: loads(publication.county, publication.scheme, catchments.stage),
        page: Page::new(extent),
        middle: extent.center(),
    };
    sheet.draw()
}

struct Sheet<'a> {
    publication: &'a Publication<'a>,
    catchments: &'a Catchments,
    districts: Option<&'a Districts>,
    palette: &'a Palette,
    loads: Vec<Load>,
    page: Page,
    middle: Coord<f64>,
}

/// The look of the lines that join the schools of a pool.
const POOL_LINE: [(&str, &str); 5] = [
    ("fill", "none"),
    ("stroke", "#333"),
    ("stroke-width", "1.6"),
    ("stroke-dasharray", "1 3.5"),
    ("stroke-linecap", "round"),
];

/// How a barrier is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BarrierLook {
    Water,
    Rail,
    Road,
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

impl Sheet<'_> {
    fn text(&self, key: &str) -> String {
        self.publication.language.text(key)
    }

    fn draw(&self) -> String {
        let Publication { county, ground, language, .. } = *self.publication;
        let mut svg = Svg::new();
        let overload: u64 = self.loads.iter().map(Load::overload).sum();
        let warning =
            (overload > 0).then(|| Message::new("map-overloaded").count("pupils", overload).in_language(language));
        furniture::title(&mut svg, &self.page, &self.title(), &self.subtitle(), warning.as_deref());
        svg.open("g", &[("id", "map")]);
        svg.line();
        self.grounds(&mut svg);
        self.borders(&mut svg);
        self.barriers(&mut svg);
        let numbered = self.schools(&mut svg);
        svg.close("g");
        svg.line();
        furniture::around(&mut svg, &self.page, county, ground, self.middle, language);
        self.legend(&mut svg, numbered.len());
        furniture::source(&mut svg, &self.page, &source_lines(self.publication));
        let extra = furniture::index(&mut svg, &self.page, &numbered, language);
        self.page.document(svg, extra)
    }

    fn title(&self) -> String {
        let status = self.publication.status.map(|key| self.text(key)).unwrap_or_default();
        let status = Message::new("map-status").clause("status", "clause-status", &status);
        self.plain_title() + &status.in_language(self.publication.language)
    }

    fn plain_title(&self) -> String {
        if let Some(title) = &self.publication.settings.map.title {
            return title.clone();
        }
        let county = self.publication.county.name.clone().unwrap_or_else(|| self.text("county-unnamed"));
        let year = self.publication.settings.project.year.clone().unwrap_or_default();
        let key = match (self.districts.is_some(), year.is_empty()) {
            (true, false) => "map-title-districts-year",
            (true, true) => "map-title-districts",
            (false, false) => "map-title-catchments-year",
            (false, true) => "map-title-catchments",
        };
        let title = Message::new(key).text("county", county).text("year", year);
        title.sentence("stage", self.catchments.stage.message()).in_language(self.publication.language)
    }

    fn subtitle(&self) -> String {
        let schools = self.publication.county.schools_of(self.catchments.stage).count();
        let key = if self.districts.is_some() { "map-subtitle-districts" } else { "map-subtitle" };
        Message::new(key)
            .sentence("stage", self.catchments.stage.message())
            .count("schools", schools)
            .count("districts", self.districts.map_or(0, |districts| districts.districts.len()))
            .count("pupils", self.publication.county.pupils(self.catchments.stage))
            .count("seats", self.publication.county.seats(self.catchments.stage))
            .in_language(self.publication.language)
    }

    /// Grounds filled by school, with the borders of blocks.
    fn grounds(&self, svg: &mut Svg) {
        let Publication { county, ground, .. } = *self.publication;
        let drawing = ground.coverage.drawing(self.page.invisible_area());
        let place = |coordinate: Coord<f64>| self.page.place(coordinate);
        let label = |block: usize| self.catchments.school_of[block].map(SchoolIndex::get);
        let grounds = drawing.dissolve(county.schools.len(), label);
        svg.open("g", &[("id", "catchments")]);
        svg.line();
        for school in county.holders(self.catchments.stage) {
            let data = ground_path(&grounds[school.get()], &place);
            if data.is_empty() {
                continue;
            }
            let fill = self.palette.of_school(school).to_string();
            let id = county.catchment_id(self.catchments.stage, school);
            svg.open("path", &[("class", "ground"), ("fill", &fill), ("data-school", &id), ("d", &data)]);
            svg.text("title", &[], &self.tooltip(school));
            svg.close("path");
            svg.line();
        }
        svg.close("g");
        svg.line();
        let mut inner = String::new();
        for (arc, course) in drawing.arcs() {
            let same = |owner: Option<u32>| owner.and_then(|owner| label(owner as usize));
            if arc.left().is_some() && arc.right().is_some() && same(arc.left()) == same(arc.right()) {
                line_path(&mut inner, course.into_iter().map(place));
            }
        }
        svg.open("g", &[("id", "blocks")]);
        svg.empty("path", &[("class", "block"), ("d", &inner)]);
        svg.close("g");
        svg.line();
    }

    fn tooltip(&self, school: SchoolIndex) -> String {
        let load = self.loads[school.get()];
        Message::new("map-tooltip")
            .text("school", self.publication.county.catchment_name(self.catchments.stage, school))
            .count("pupils", load.pupils)
            .count("seats", load.seats)
            .count("blocks", load.blocks)
            .in_language(self.publication.language)
    }

    /// Borders of catchments, and thicker those of districts and of the county.
    fn borders(&self, svg: &mut Svg) {
        let drawing = self.publication.ground.coverage.drawing(self.page.invisible_area());
        let school_of = |owner: Option<u32>| owner.and_then(|owner| self.catchments.school_of[owner as usize]);
        let district_of = |school: Option<SchoolIndex>| match (self.districts, school) {
            (Some(districts), Some(school)) => districts.district_of(school).map(|district| district as isize),
            // Without districts only the outer line is thick.
            (None, Some(_)) => Some(-1),
            (_, None) => None,
        };
        let (mut thin, mut thick) = (String::new(), String::new());
        for (arc, course) in drawing.arcs() {
            let (left, right) = (school_of(arc.left()), school_of(arc.right()));
            if left == right {
                continue;
            }
            let data = if district_of(left) == district_of(right) { &mut thin } else { &mut thick };
            line_path(data, course.into_iter().map(|corner| self.page.place(corner)));
        }
        svg.open("g", &[("id", "borders")]);
        svg.empty("path", &[("class", "catchment-border"), ("d", &thin)]);
        svg.empty("path", &[("class", "district-border"), ("d", &thick)]);
        svg.close("g");
        svg.line();
    }

    fn barriers(&self, svg: &mut Svg) {
        let county = self.publication.county;
        svg.open("g", &[("id", "barriers")]);
        svg.line();
        for barrier in &county.barriers {
            let mut data = String::new();
            for line in &barrier.course.0 {
                line_path(&mut data, line.0.iter().map(|corner| self.page.place(*corner)));
            }
            match look_of(barrier) {
                BarrierLook::Water => svg.empty("path", &[("class", "water"), ("d", &data)]),
                BarrierLook::Rail => {
                    svg.empty("path", &[("class", "rail"), ("d", &data)]);
                    svg.empty("path", &[("class", "rail-inner"), ("d", &data)]);
                }
                BarrierLook::Road => svg.empty("path", &[("class", "road"), ("d", &data)]),
            }
        }
        for crossing in &county.crossings {
            let at = self.page.place(crossing.place);
            svg.open("path", &[("class", "crossing"), ("d", &diamond(at))]);
            svg.text("title", &[], &crossing.name);
            svg.close("path");
            svg.line();
        }
        svg.close("g");
        svg.line();
    }

    fn role(&self, school: SchoolIndex) -> Role {
        let leads = self.districts.is_some_and(|districts| districts.districts.iter().any(|d| d.lead == Some(school)));
        if leads { Role::Lead } else { Role::Member }
    }

    /// Symbols and labels of schools; returns the names that found no room, by number.
    fn schools(&self, svg: &mut Svg) -> Vec<(usize, String)> {
        let county = self.publication.county;
        let schools: Vec<SchoolIndex> = county.schools_of(self.catchments.stage).collect();
        let mut wanted: Vec<Wanted> = schools
            .iter()
            .map(|index| {
                let school = county.school(*index);
                let load = self.loads[county.holder(self.catchments.stage, *index).get()];
                let of_pool = county.pool_of(self.catchments.stage, *index).map(|pool| format!("{} ", pool.name));
                let lead = self.role(*index) == Role::Lead;
                Wanted {
                    at: self.page.place(school.gate),
                    elsewhere: Vec::new(),
                    radius: if lead { 9.0 } else { 5.5 },
                    name: school.name.clone(),
                    figure: format!("{}{}/{}", of_pool.unwrap_or_default(), load.pupils, load.seats),
                    size: if lead { 15.0 } else { 13.0 },
                    rank: if lead { 2 } else { 1 },
                }
            })
            .collect();
        wanted.extend(self.barrier_labels());
        let placed = label::place(&wanted, self.page.frame, &furniture::corner_boxes(&self.page));
        self.pools(svg);
        svg.open("g", &[("id", "schools")]);
        svg.line();
        for (index, label) in schools.iter().zip(&wanted) {
            symbol(svg, label.at, self.role(*index), county.school(*index));
        }
        svg.close("g");
        svg.line();
        svg.open("g", &[("id", "labels")]);
        svg.line();
        let mut numbered = Vec::new();
        for (position, (label, placed)) in wanted.iter().zip(&placed).enumerate() {
            let class = match schools.get(position).map(|school| self.role(*school)) {
                Some(Role::Lead) => "lead halo",
                Some(Role::Member) => "name halo",
                None => "barrier-name halo",
            };
            if let Some(number) = write_label(svg, label, placed, class) {
                numbered.push((number, label.name.clone()));
            }
        }
        svg.close("g");
        svg.line();
        numbered
    }

    /// Lines that join the gates of each pool.
    fn pools(&self, svg: &mut Svg) {
        let county = self.publication.county;
        let pools = || county.pools.iter().filter(|pool| pool.stage == self.catchments.stage);
        if pools().next().is_none() {
            return;
        }
        svg.open("g", &[("id", "pools")]);
        svg.line();
        for pool in pools() {
            let gates: Vec<Coord<f64>> =
                pool.schools.iter().map(|school| self.page.place(county.school(*school).gate)).collect();
            let sum = gates.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, gate| sum + *gate);
            let middle = sum / gates.len() as f64;
            let mut data = String::new();
            for gate in gates {
                line_path(&mut data, [middle, gate].into_iter());
            }
            svg.open("path", &[&POOL_LINE[..], &[("data-pool", &pool.name), ("d", &data)]].concat());
            svg.text("title", &[], &pool.name);
            svg.close("path");
            svg.line();
        }
        svg.close("g");
        svg.line();
    }

    /// The names of barriers, along their longest line, as labels of the lowest rank.
    fn barrier_labels(&self) -> Vec<Wanted> {
        let county = self.publication.county;
        county
            .barriers
            .iter()
            .filter_map(|barrier| {
                let line = barrier.course.0.iter().max_by_key(|line| line.0.len())?;
                let mut places = [8, 4, 12, 2, 14, 6, 10]
                    .into_iter()
                    .filter_map(|sixteenth| line.0.get(line.0.len() * sixteenth / 16))
                    .map(|place| self.page.place(*place));
                Some(Wanted {
                    at: places.next()?,
                    elsewhere: places.collect(),
                    radius: 5.0,
                    name: barrier.name.clone(),
                    figure: String::new(),
                    size: 13.0,
                    rank: 0,
                })
            })
            .collect()
    }

    fn legend(&self, svg: &mut Svg, numbered: usize) {
        let language = self.publication.language;
        let county = self.publication.county;
        let mut legend = Legend::begin(svg, &self.page, language);
        let swatch = |fill: String| {
            move |svg: &mut Svg, at: Coord<f64>| {
                let corner = at - Coord { x: 14.0, y: 8.0 };
                svg.empty(
                    "rect",
                    &[
                        ("x", &number(corner.x)),
                        ("y", &number(corner.y)),
                        ("width", "28"),
                        ("height", "16"),
                        ("fill", &fill),
                        ("stroke", "#4a4a4a"),
                    ],
                );
            }
        };
        let has =
            |check: &dyn Fn(&School) -> bool| county.schools_of(self.catchments.stage).any(|s| check(county.school(s)));
        if self.districts.is_some() {
            legend.entry(svg, &self.text("legend-lead"), |svg, at| symbol_shape(svg, at, Role::Lead, false));
        }
        legend.entry(svg, &self.text("legend-school"), |svg, at| symbol_shape(svg, at, Role::Member, false));
        if has(&School::is_nine_year) {
            legend.entry(svg, &self.text("legend-nine-year"), |svg, at| symbol_shape(svg, at, Role::Member, true));
        }
        if county.pools.iter().any(|pool| pool.stage == self.catchments.stage) {
            legend.entry(svg, &self.text("legend-pool"), |svg, at| {
                let data = format!("M{} {}h20", number(at.x - 10.0), number(at.y));
                svg.empty("path", &[&POOL_LINE[..], &[("d", &data)]].concat());
                for side in [-10.0, 10.0] {
                    symbol_shape(svg, at + Coord { x: side, y: 0.0 }, Role::Member, false);
                }
            });
        }
        legend.entry(svg, &self.text("legend-figure"), |svg, at| {
            let (x, y) = (number(at.x), number(at.y + 4.0));
            svg.text("text", &[("class", "figure"), ("x", &x), ("y", &y), ("text-anchor", "middle")], "98/120");
        });
        let line = |class: &'static str| {
            move |svg: &mut Svg, at: Coord<f64>| {
                let data = format!("M{} {}h30", number(at.x - 15.0), number(at.y));
                svg.empty("path", &[("class", class), ("d", &data)]);
                if class == "rail" {
                    svg.empty("path", &[("class", "rail-inner"), ("d", &data)]);
                }
            }
        };
        if self.districts.is_some() {
            legend.entry(svg, &self.text("legend-district-border"), line("district-border"));
        }
        legend.entry(svg, &self.text("legend-catchment-border"), line("catchment-border"));
        for (look, key, class) in [
            (BarrierLook::Water, "legend-water", "water"),
            (BarrierLook::Rail, "legend-rail", "rail"),
            (BarrierLook::Road, "legend-road", "road"),
        ] {
            if county.barriers.iter().any(|barrier| look_of(barrier) == look) {
                legend.entry(svg, &self.text(key), line(class));
            }
        }
        if !county.crossings.is_empty() {
            legend.entry(svg, &self.text("legend-crossing"), |svg, at| {
                svg.empty("path", &[("class", "crossing"), ("d", &diamond(at))]);
            });
        }
        if let Some(districts) = self.districts {
            legend.gap();
            legend.head(svg, &self.text("legend-districts"));
            for (position, district) in districts.districts.iter().enumerate() {
                let text = Message::new("legend-district")
                    .text("id", &district.id)
                    .text("name", &district.name)
                    .count("schools", district.members.len() + 1);
                let fill = self.palette.of_district(position).to_string();
                legend.entry(svg, &text.in_language(language), swatch(fill));
            }
            legend.note(svg, &self.text("legend-shades"));
        } else {
            legend.note(svg, &self.text("legend-catchments"));
        }
        if numbered > 0 {
            legend.note(svg, &Message::new("legend-numbered").count("count", numbered).in_language(language));
        }
        Legend::end(svg);
    }
}

/// The lines at the foot of a sheet.
fn source_lines(publication: &Publication<'_>) -> Vec<String> {
    let Publication { county, ground, settings, language, .. } = *publication;
    let source = settings.map.source.clone().unwrap_or_else(|| county.file_names().join(", "));
    let mut first = vec![Message::new("map-source").text("source", source)];
    first.extend(settings.map.maker.as_ref().map(|maker| Message::new("map-maker").text("maker", maker)));
    first.extend(settings.map.date.as_ref().map(|date| Message::new("map-date").text("date", date)));
    let reference = match &county.reference {
        Reference::Local => Message::new("map-reference-local"),
        Reference::Projected { name, .. } => Message::new("map-reference").text("name", name),
    };
    first.push(reference);
    let sentences = |messages: &[Message]| {
        messages.iter().map(|message| message.in_language(language)).collect::<Vec<String>>().join("  ")
    };
    let second =
        [Message::new("map-distance").sentence("method", ground.distances.note()), Message::new("map-words-rule")];
    vec![sentences(&first), sentences(&second)]
}

fn symbol(svg: &mut Svg, at: Coord<f64>, role: Role, school: &School) {
    svg.open("g", &[("data-school", &school.id)]);
    svg.text("title", &[], &school.name);
    symbol_shape(svg, at, role, school.is_nine_year());
    svg.close("g");
    svg.line();
}

/// A star for leads, a circle for other schools, with a square around nine-year ones.
fn symbol_shape(svg: &mut Svg, at: Coord<f64>, role: Role, nine_year: bool) {
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
        Role::Member => svg.empty("circle", &[("class", "member"), ("cx", &x), ("cy", &y), ("r", "4.5")]),
    }
}

/// The symbol of a crossing, which must not be taken for a school.
fn diamond(at: Coord<f64>) -> String {
    format!("M{} {}l4.5 4.5l-4.5 4.5l-4.5 -4.5z", number(at.x), number(at.y - 4.5))
}

/// Writes a label; returns its number where one stands for it.
pub(super) fn write_label(svg: &mut Svg, label: &Wanted, placed: &Placed, class: &str) -> Option<usize> {
    match placed {
        Placed::Beside { left, top, leader } => {
            if let Some(to) = leader {
                let data = format!("M{} {}L{} {}", number(label.at.x), number(label.at.y), number(to.x), number(to.y));
                svg.empty("path", &[("class", "leader"), ("d", &data)]);
            }
            let y = number(top + label.size);
            svg.text("text", &[("class", class), ("x", &number(*left)), ("y", &y)], &label.name);
            if !label.figure.is_empty() {
                let y = number(top + label.size + label::FIGURE_SIZE + 2.0);
                svg.text("text", &[("class", "figure halo"), ("x", &number(*left)), ("y", &y)], &label.figure);
            }
            None
        }
        Placed::Numbered { number: shown, left, top } => {
            let (x, y) = (number(*left), number(top + label::FIGURE_SIZE));
            svg.text("text", &[("class", "figure halo"), ("x", &x), ("y", &y)], &shown.to_string());
            Some(*shown)
        }
        Placed::Omitted => None,
    }
}
