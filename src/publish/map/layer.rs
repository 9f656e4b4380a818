//! What is drawn on the sheets of a scheme: grounds with hatches and borders, barriers, streets, pools, schools.

use std::collections::BTreeMap;

use geo::{BoundingRect, Coord, Intersects, Rect};

use super::label::{Owner, Wanted};
use super::page::Page;
use super::stage::StageSheets;
use super::svg::{Svg, ground_path, line_path};
use super::symbol::{self, BarrierLook, look_of};
use crate::language::Message;
use crate::model::{LockKind, Role, SchoolIndex};

/// How a ground is filled.
pub(super) struct Look {
    pub(super) fill: String,
    /// An attribute with what it is, such as a school's id.
    pub(super) data: (&'static str, String),
    /// What is shown where a reader points at it.
    pub(super) tooltip: String,
}

/// The class of the line between two blocks, of which one may be missing.
pub(super) type Border<'a> = Box<dyn Fn(Option<usize>, Option<usize>) -> Option<&'static str> + 'a>;

/// The ground of a sheet.
pub(super) struct Base<'a> {
    /// For each block the ground it belongs to, by position in `looks`.
    pub(super) ground_of: Vec<Option<usize>>,
    pub(super) looks: Vec<Look>,
    /// Ids of hatches, each with the blocks it lies on.
    pub(super) hatches: Vec<(&'static str, Vec<bool>)>,
    /// The class of the border between two blocks, of which one may be missing; none where there is no line.
    pub(super) border: Border<'a>,
}

/// Pieces of road beyond which roads are not drawn: they would only blacken the sheet.
const MOST_STREETS: usize = 30_000;

impl StageSheets<'_> {
    /// Whether each block may be seen on a page.
    fn in_view(&self, page: &Page) -> Vec<bool> {
        let shown = page.ground();
        self.rects.iter().map(|rect| rect.is_some_and(|rect| rect.intersects(&shown))).collect()
    }

    /// Grounds, the lines between blocks, hatches, borders.
    pub(super) fn draw_base(&self, svg: &mut Svg, page: &Page, base: &Base<'_>) {
        let in_view = self.in_view(page);
        let drawing = self.publication.ground.coverage.drawing(page.invisible_area());
        let place = |coordinate: Coord<f64>| page.place(coordinate);
        let used: Vec<&str> = base.hatches.iter().map(|(id, _)| *id).collect();
        symbol::hatches(svg, &used);
        let ground_of = |block: usize| base.ground_of[block].filter(|_| in_view[block]);
        svg.open("g", &[("id", "catchments")]);
        svg.line();
        for (look, ground) in base.looks.iter().zip(drawing.dissolve(base.looks.len(), ground_of)) {
            let data = ground_path(&ground, &place);
            if data.is_empty() {
                continue;
            }
            let (name, value) = &look.data;
            svg.open("path", &[("class", "ground"), ("fill", &look.fill), (name, value), ("d", &data)]);
            svg.text("title", &[], &look.tooltip);
            svg.close("path");
            svg.line();
        }
        for (id, lies_on) in &base.hatches {
            let hatched = drawing.dissolve(1, |block| (in_view[block] && lies_on[block]).then_some(0));
            let data = ground_path(&hatched[0], &place);
            if !data.is_empty() {
                svg.empty("path", &[("class", "ground"), ("fill", &format!("url(#{id})")), ("d", &data)]);
            }
        }
        svg.close("g");
        svg.line();
        let mut inner = String::new();
        let mut borders: BTreeMap<&'static str, String> = BTreeMap::new();
        for (arc, course) in drawing.arcs() {
            let owners = [arc.left(), arc.right()].map(|owner| owner.map(|owner| owner as usize));
            if !owners.iter().flatten().any(|block| in_view[*block]) {
                continue;
            }
            let data = match (base.border)(owners[0], owners[1]) {
                Some(class) => borders.entry(class).or_default(),
                None if owners.iter().all(Option::is_some) => &mut inner,
                None => continue,
            };
            line_path(data, course.into_iter().map(place));
        }
        svg.open("g", &[("id", "blocks")]);
        svg.empty("path", &[("class", "block"), ("d", &inner)]);
        svg.close("g");
        svg.line();
        svg.open("g", &[("id", "borders")]);
        // From thin to thick.
        for class in ["catchment-border", "today-border", "district-border"] {
            if let Some(data) = borders.get(class) {
                svg.empty("path", &[("class", class), ("d", data)]);
            }
        }
        svg.close("g");
        svg.line();
    }

    /// The border between catchments, thicker between districts and around the county.
    pub(super) fn usual_border(&self, left: Option<usize>, right: Option<usize>) -> Option<&'static str> {
        let school_of = |block: Option<usize>| block.and_then(|block| self.catchments.school_of[block]);
        let (left, right) = (school_of(left), school_of(right));
        if left == right {
            return None;
        }
        let district_of = |school: Option<SchoolIndex>| match (self.districts, school) {
            (Some(districts), Some(school)) => districts.district_of(school).map(|district| district as isize),
            // Without districts only the outer line is thick.
            (None, Some(_)) => Some(-1),
            (_, None) => None,
        };
        let is_same = district_of(left) == district_of(right);
        Some(if is_same { "catchment-border" } else { "district-border" })
    }

    /// The blocks of pools, and those that are locked to their school; hatches without ground are left out.
    pub(super) fn usual_hatches(&self, of: impl Fn(SchoolIndex) -> bool) -> Vec<(&'static str, Vec<bool>)> {
        let county = self.publication.county;
        let stage = self.catchments.stage;
        let school_of = |block: usize| self.catchments.school_of[block].filter(|school| of(*school));
        let count = county.blocks.len();
        let is_shared = |block: usize| school_of(block).is_some_and(|school| county.pool_of(stage, school).is_some());
        let mut locked = vec![false; count];
        for lock in &county.locks {
            if let LockKind::BlockToSchool { block, stage: of_stage, .. } = lock.kind
                && of_stage == stage
                && school_of(block.get()).is_some()
            {
                locked[block.get()] = true;
            }
        }
        let shared: Vec<bool> =
            if county.pools.is_empty() { vec![false; count] } else { (0..count).map(is_shared).collect() };
        let both = [(symbol::SHARED, shared), (symbol::LOCKED, locked)];
        both.into_iter().filter(|(_, lies_on)| lies_on.contains(&true)).collect()
    }

    /// Rivers, railways, trunk roads and crossings.
    pub(super) fn draw_barriers(&self, svg: &mut Svg, page: &Page) {
        let county = self.publication.county;
        let shown = page.ground();
        svg.open("g", &[("id", "barriers")]);
        svg.line();
        for barrier in &county.barriers {
            let mut data = String::new();
            for line in
                barrier.course.0.iter().filter(|line| line.bounding_rect().is_some_and(|r| r.intersects(&shown)))
            {
                line_path(&mut data, line.0.iter().map(|corner| page.place(*corner)));
            }
            if data.is_empty() {
                continue;
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
        for crossing in county.crossings.iter().filter(|crossing| shown.intersects(&crossing.place)) {
            let at = page.place(crossing.place);
            svg.open("path", &[("class", "crossing"), ("d", &symbol::diamond(at))]);
            svg.text("title", &[], &crossing.name);
            svg.close("path");
            svg.line();
        }
        svg.close("g");
        svg.line();
    }

    /// The pieces of road in view, where they are few enough to be seen one by one; else none.
    pub(super) fn streets_in(&self, shown: Rect<f64>) -> impl Iterator<Item = [Coord<f64>; 2]> + '_ {
        let roads = self.publication.county.roads.as_ref();
        let pieces = roads
            .into_iter()
            .flat_map(|roads| roads.pieces.iter().map(|piece| piece.map(|node| roads.nodes[node as usize])));
        let in_view = move |[from, to]: &[Coord<f64>; 2]| Rect::new(*from, *to).intersects(&shown);
        let seen: Vec<[Coord<f64>; 2]> = pieces.filter(in_view).take(MOST_STREETS + 1).collect();
        if seen.len() > MOST_STREETS { Vec::new() } else { seen }.into_iter()
    }

    /// The roads people walk on.
    pub(super) fn draw_streets(&self, svg: &mut Svg, page: &Page) {
        let mut data = String::new();
        for piece in self.streets_in(page.ground()) {
            line_path(&mut data, piece.into_iter().map(|end| page.place(end)));
        }
        if data.is_empty() {
            return;
        }
        svg.open("g", &[("id", "streets")]);
        svg.empty("path", &[("class", "street"), ("d", &data)]);
        svg.close("g");
        svg.line();
    }

    /// Lines that join the gates of each pool.
    pub(super) fn draw_pools(&self, svg: &mut Svg, page: &Page) {
        let county = self.publication.county;
        let mut pools = county.pools.iter().filter(|pool| pool.stage == self.catchments.stage).peekable();
        if pools.peek().is_none() {
            return;
        }
        svg.open("g", &[("id", "pools")]);
        svg.line();
        for pool in pools {
            let gates: Vec<Coord<f64>> =
                pool.schools.iter().map(|school| page.place(county.school(*school).gate)).collect();
            let sum = gates.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, gate| sum + *gate);
            let middle = sum / gates.len() as f64;
            let mut data = String::new();
            for gate in gates {
                line_path(&mut data, [middle, gate].into_iter());
            }
            svg.open("path", &[&symbol::POOL_LINE[..], &[("data-pool", &pool.name), ("d", &data)]].concat());
            svg.text("title", &[], &pool.name);
            svg.close("path");
            svg.line();
        }
        svg.close("g");
        svg.line();
    }

    /// The symbols of the schools of the stage in view; those that are not meant are shown for orientation.
    pub(super) fn draw_schools(&self, svg: &mut Svg, page: &Page, is_meant: &dyn Fn(SchoolIndex) -> bool) {
        let county = self.publication.county;
        let shown = page.ground();
        svg.open("g", &[("id", "schools")]);
        svg.line();
        let in_view = |school: &SchoolIndex| shown.intersects(&county.school(*school).gate);
        for index in county.schools_of(self.catchments.stage).filter(in_view) {
            let school = county.school(index);
            let at = page.place(school.gate);
            if is_meant(index) {
                symbol::school(svg, at, self.role(index), school);
            } else {
                symbol::quiet(svg, at);
            }
        }
        svg.close("g");
        svg.line();
    }

    /// The names of schools, with pupils and seats for those that are meant.
    pub(super) fn school_labels(&self, is_meant: &dyn Fn(SchoolIndex) -> bool) -> Vec<Wanted> {
        let county = self.publication.county;
        let label = |index: SchoolIndex| {
            let school = county.school(index);
            let role = self.role(index);
            let (size, class, rank) = match role {
                Role::Lead => (15.0, "lead", 3),
                Role::Helper | Role::Member => (13.0, "name", 2),
            };
            let is_meant = is_meant(index);
            Wanted {
                at: school.gate,
                elsewhere: Vec::new(),
                owner: Owner::Symbol,
                radius: if is_meant { symbol::radius(role, school.is_nine_year()) } else { 3.5 },
                name: school.name.clone(),
                figure: if is_meant { self.figure(index) } else { String::new() },
                size: if is_meant { size } else { 11.0 },
                class: if is_meant { class } else { "quiet" },
                rank: if is_meant { rank } else { 1 },
            }
        };
        county.schools_of(self.catchments.stage).map(label).collect()
    }

    /// The names of barriers, along their longest line, where there is room.
    pub(super) fn barrier_labels(&self) -> impl Iterator<Item = Wanted> + '_ {
        self.publication.county.barriers.iter().filter_map(|barrier| {
            let line = barrier.course.0.iter().max_by_key(|line| line.0.len())?;
            let sixteenths = [8, 4, 12, 2, 14, 6, 10, 1, 3, 5, 7, 9, 11, 13, 15];
            let mut places = sixteenths.into_iter().filter_map(|part| line.0.get(line.0.len() * part / 16)).copied();
            Some(Wanted {
                at: places.next()?,
                elsewhere: places.collect(),
                owner: Owner::Spare,
                radius: 5.0,
                name: barrier.name.clone(),
                figure: String::new(),
                size: 13.0,
                class: "barrier-name",
                rank: 0,
            })
        })
    }

    /// What a reader sees who points at a catchment.
    pub(super) fn tooltip(&self, school: SchoolIndex) -> String {
        let load = self.loads[school.get()];
        Message::new("map-tooltip")
            .text("school", self.publication.county.catchment_name(self.catchments.stage, school))
            .text("pupils", self.pupils(load.pupils))
            .count("seats", load.seats)
            .count("blocks", load.blocks)
            .in_language(self.publication.language)
    }

    /// The look of each school's ground in its colour, or in a paler one where it is not meant.
    pub(super) fn looks(&self, is_meant: impl Fn(SchoolIndex) -> bool) -> Vec<Look> {
        let county = self.publication.county;
        let look = |position: usize| {
            let school = SchoolIndex::new(position);
            let colour = self.palette.of_school(school);
            Look {
                fill: if is_meant(school) { colour } else { colour.pale(PALE) }.to_string(),
                data: ("data-school", county.catchment_id(self.catchments.stage, school)),
                tooltip: self.tooltip(school),
            }
        };
        (0..county.schools.len()).map(look).collect()
    }
}

/// What is left of a colour that is shown for orientation.
pub(super) const PALE: f64 = 0.3;

/// The smallest rectangle around some places.
pub(super) fn rectangle_of(points: impl Iterator<Item = Coord<f64>>) -> Option<Rect<f64>> {
    points.fold(None, |rect: Option<Rect<f64>>, at| {
        Some(match rect {
            None => Rect::new(at, at),
            Some(rect) => {
                let (low, high) = (rect.min(), rect.max());
                Rect::new(
                    Coord { x: low.x.min(at.x), y: low.y.min(at.y) },
                    Coord { x: high.x.max(at.x), y: high.y.max(at.y) },
                )
            }
        })
    })
}
