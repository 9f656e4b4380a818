//! The sheets of a grouping: every member with a line to its lead, in the hue of its district; all of them, and those of
//! each county.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use geo::{Coord, Rect};

use super::super::colour::Colour;
use super::super::{Audience, GroupingPublication};
use super::atlas::file_name;
use super::backdrop;
use super::label::{Owner, Wanted};
use super::layer::rectangle_of;
use super::legend::{Item, Symbol};
use super::page::Page;
use super::schools::{area_item, sheet_of_schools};
use super::sheet::{Drawn, Sheet, beside_symbol};
use super::svg::{Svg, line_path, number};
use crate::language::Message;
use crate::measure::{Tier, strengths};
use crate::model::settings::PaperSize;
use crate::model::{District, DistrictKind, Districts, Mode, SchoolIndex};

/// Hues that neighbouring districts may have, in degrees; easy to tell apart, also in print.
const HUES: [f64; 8] = [250.0, 35.0, 150.0, 350.0, 205.0, 95.0, 300.0, 65.0];

/// Dashes of the lines of remote pairs.
const DASHES: &str = "7 4";

/// Metres around the schools of a sheet at least.
const LEAST_EDGE_M: f64 = 200.0;

/// Dots of the lines of groups that lie over districts.
const DOTS: &str = "1.5 4";

/// Districts nearby whose hues a district does not take where it can do without.
const NEIGHBOURS: usize = 6;

/// Draws the districts of one stage as an internal draft on A3.
pub(in super::super) fn groups_map(publication: &GroupingPublication<'_>, districts: &Districts) -> String {
    GroupSheets::new(publication, districts, Audience::Planners, None, &[]).sheet(None).draw(PaperSize::A3).svg
}

/// A hue for each district: the first that none of the nearest districts has which were given one before.
fn hues(publication: &GroupingPublication<'_>, districts: &Districts) -> Vec<f64> {
    let county = publication.county;
    let middle = |position: usize| {
        let school = districts.districts[position].middle(county);
        school.map_or(Coord { x: 0.0, y: 0.0 }, |school| county.school(school).gate)
    };
    let at: Vec<Coord<f64>> = (0..districts.districts.len()).map(middle).collect();
    let mut hues: Vec<usize> = Vec::new();
    for (position, own) in at.iter().enumerate() {
        let away = |other: &usize| {
            let between = at[*other] - *own;
            between.x.hypot(between.y)
        };
        let mut before: Vec<usize> = (0..position).collect();
        before.sort_by(|first, second| away(first).total_cmp(&away(second)).then(first.cmp(second)));
        let near: Vec<usize> = before.iter().take(NEIGHBOURS).map(|other| hues[*other]).collect();
        hues.push((0..HUES.len()).find(|hue| !near.contains(hue)).unwrap_or(position % HUES.len()));
    }
    hues.into_iter().map(|hue| HUES[hue]).collect()
}

/// One stage of a grouping, ready to be drawn.
pub(in super::super) struct GroupSheets<'a> {
    publication: &'a GroupingPublication<'a>,
    districts: &'a Districts,
    hues: Vec<f64>,
    /// Schools in no district.
    outside: Vec<SchoolIndex>,
    audience: Audience,
    /// Strong schools, which nobody but the office is told of.
    strong: BTreeSet<SchoolIndex>,
    /// The stage of the procedure, as a key of the language files.
    status: Option<&'a str>,
    /// Lines for the foot of every sheet of a release: review number, version.
    release: &'a [String],
}

impl<'a> GroupSheets<'a> {
    pub(in super::super) fn new(
        publication: &'a GroupingPublication<'a>,
        districts: &'a Districts,
        audience: Audience,
        status: Option<&'a str>,
        release: &'a [String],
    ) -> GroupSheets<'a> {
        let homes = districts.homes();
        let schools = publication.county.schools_of(districts.stage);
        let outside = schools.filter(|school| !homes.contains_key(school)).collect();
        let hues = hues(publication, districts);
        let strengths = strengths(publication.county, districts.stage, &publication.settings.strength);
        let is_told = |school: &SchoolIndex| audience != Audience::Public && strengths.is(*school, Tier::Strong);
        let strong = publication.county.schools_of(districts.stage).filter(is_told).collect();
        GroupSheets { publication, districts, hues, outside, audience, strong, status, release }
    }

    /// The counties that have a sheet of their own, each with the name of its file without ending: none where there is one.
    pub(in super::super) fn counties(&self) -> Vec<(&'a str, String)> {
        let names = self.publication.county.names_of_counties();
        if names.len() < 2 {
            return Vec::new();
        }
        let named = names.into_iter().enumerate();
        let stage = self.districts.stage;
        named.map(|(at, name)| (name, format!("{stage}-county-{:02}-{}", at + 1, file_name(name)))).collect()
    }

    /// Draws all of it, or what has schools in a county.
    pub(in super::super) fn draw(&self, county: Option<&str>, paper: PaperSize) -> Drawn {
        self.sheet(county).draw(paper)
    }

    fn sheet<'s>(&'s self, only: Option<&str>) -> Sheet<'s> {
        let GroupingPublication { county, ground, settings, language, .. } = *self.publication;
        let part = Part::of(self, only);
        let name = county.name.clone().unwrap_or_else(|| language.text("county-unnamed"));
        let title = Message::new(language.key_with("map-title-groups", settings.policy.noun()))
            .text("county", only.map_or(name, str::to_owned));
        let title = title.sentence("stage", self.districts.stage.of_schools()).in_language(language);
        let grouped: usize = part.districts.iter().map(|position| self.districts.districts[*position].len()).sum();
        let subtitle = Message::new(language.key_with("map-subtitle-groups", settings.policy.noun()));
        let subtitle = subtitle.count("districts", part.districts.len()).count("schools", grouped);
        let subtitle = subtitle.count("outside", part.outside.len()).in_language(language);
        let mut sheet = sheet_of_schools(county, ground, settings, language, title, subtitle);
        // Lines of administration are shown to the public on approved drawings only.
        if self.audience == Audience::Public {
            sheet.layers.clear();
        }
        if only.is_some() || self.audience == Audience::Public {
            sheet.extent = part.extent(self);
        }
        // Room for the scale bar below and the arrow above, so that neither covers a school.
        let room = Coord { x: 0.0, y: 0.07 * sheet.extent.height() };
        sheet.extent = Rect::new(sheet.extent.min() - room, sheet.extent.max() + room);
        sheet.status = match (self.status, self.audience) {
            (Some(key), _) => Some(language.text(key)),
            (None, Audience::Public) => None,
            (None, _) => Some(language.text("map-internal")),
        };
        sheet.foot.extend(self.release.iter().cloned());
        sheet.labels = part.labels(self);
        let is_public = self.audience == Audience::Public;
        let surroundings = if is_public { Vec::new() } else { backdrop::counties(county) };
        let density = if is_public { None } else { backdrop::density(county, sheet.extent) };
        if !is_public {
            sheet.labels.extend(backdrop::names(county, &surroundings));
        }
        let below = Rc::new((surroundings, density));
        let drawn = Rc::clone(&below);
        sheet.layers.insert(
            0,
            Box::new(move |svg, page| {
                if !drawn.0.is_empty() {
                    backdrop::draw_counties(&drawn.0, svg, page);
                }
                if let Some(density) = &drawn.1 {
                    backdrop::draw_density(density, svg, page);
                }
            }),
        );
        sheet.with_insets = true;
        sheet.listed_under = part.listed_under(self);
        let has_outside = !part.outside.is_empty();
        let (lines, schools) = (part.clone(), part);
        sheet.layers.push(Box::new(move |svg, page| lines.lines(self, svg, page)));
        sheet.layers.push(Box::new(move |svg, page| schools.schools(self, svg, page)));
        sheet.legend = Box::new(move |_| {
            let mut items = self.legend(has_outside);
            items.extend(backdrop::legend(&below.0, below.1.as_ref(), language));
            items
        });
        sheet
    }

    /// The colour of a district.
    pub(super) fn colour(&self, district: usize) -> String {
        Colour::oklch(0.58, 0.14, self.hues[district]).to_string()
    }

    /// Whether two schools are a remote pair 远程结对.
    fn is_remote(&self, school: SchoolIndex, lead: SchoolIndex) -> bool {
        let policy = &self.publication.settings.policy;
        policy.pairs && self.publication.county.metres_apart(school, lead) > policy.remote_m
    }

    /// Whether a group lies over districts that are shown as well.
    fn lies_over(&self, district: &District) -> bool {
        district.kind == DistrictKind::Group && self.districts.has_both_kinds()
    }

    /// Every school with its district, if it is in one, and whether it leads.
    pub(super) fn schools(&self) -> Vec<(SchoolIndex, Option<usize>, bool)> {
        Part::of(self, None).shown(self).collect()
    }

    /// The word for a role: the document's own, and both where some districts lead and others help.
    fn role(&self, key: &str, where_some_help: &str) -> String {
        let language = self.publication.language;
        if self.districts.districts.iter().any(|district| district.mode == Some(Mode::Helping)) {
            return language.text(where_some_help);
        }
        language.text(&language.key_with(key, self.publication.settings.policy.noun()))
    }

    fn legend<'s>(&'s self, has_outside: bool) -> Vec<Item<'s>> {
        let language = self.publication.language;
        let sample = |fill: String, is_grouped: bool, leads: bool| -> Symbol<'s> {
            Box::new(move |svg, at| symbol(svg, at, &fill, is_grouped, leads))
        };
        let colour = || Colour::oklch(0.58, 0.14, HUES[0]).to_string();
        let mut items = Vec::new();
        if self.districts.districts.iter().any(|district| district.lead.is_some()) {
            items.push(Item::Entry(self.role("legend-lead", "legend-lead-helping"), sample(colour(), true, true)));
        }
        items.push(Item::Entry(self.role("legend-member", "legend-member-helping"), sample(colour(), true, false)));
        if has_outside {
            items.push(Item::Entry(
                self.role("legend-outside", "legend-outside"),
                sample("#fff".to_owned(), false, false),
            ));
        }
        let line = |dashes: &'static str| -> Symbol<'s> {
            Box::new(move |svg, at| {
                let data = format!("M{} {}h30", number(at.x - 15.0), number(at.y));
                let stroke = [("stroke-width", "2"), ("stroke-dasharray", dashes), ("d", data.as_str())];
                svg.empty("path", &[&[("fill", "none"), ("stroke", colour().as_str())][..], &stroke].concat());
            })
        };
        items.push(Item::Entry(self.role("legend-group-line", "legend-group-line"), line("none")));
        if self.districts.has_both_kinds() {
            items.push(Item::Entry(language.text("legend-group-over"), line(DOTS)));
        }
        let has_remote = self.districts.districts.iter().any(|district| {
            let lead = district.lead.into_iter();
            lead.flat_map(|lead| district.members.iter().map(move |member| (*member, lead)))
                .any(|(member, lead)| self.is_remote(member, lead))
        });
        if has_remote {
            items.push(Item::Entry(language.text("legend-remote-line"), line(DASHES)));
        }
        if !self.strong.is_empty() {
            items.push(Item::Entry(language.text("legend-strong"), Box::new(ring)));
        }
        items.extend(area_item(self.publication.county, language).filter(|_| self.audience != Audience::Public));
        let key = language.key_with("legend-group-hue", self.publication.settings.policy.noun());
        items.push(Item::Note(language.text(&key)));
        items
    }
}

/// What a sheet shows: districts by position, and schools in none.
#[derive(Clone)]
struct Part {
    districts: Vec<usize>,
    outside: Vec<SchoolIndex>,
}

impl Part {
    /// All, or what has schools in a county.
    fn of(of: &GroupSheets<'_>, only: Option<&str>) -> Part {
        let county = of.publication.county;
        let stands = |school: SchoolIndex| {
            only.is_none_or(|name| county.school(school).standing.county.as_deref() == Some(name))
        };
        let own = |position: &usize| of.districts.districts[*position].schools().any(|(school, _)| stands(school));
        Part {
            districts: (0..of.districts.districts.len()).filter(own).collect(),
            outside: of.outside.iter().copied().filter(|school| stands(*school)).collect(),
        }
    }

    /// The ground its schools stand on, with room around them.
    fn extent(&self, of: &GroupSheets<'_>) -> Rect<f64> {
        let county = of.publication.county;
        let gates = self.shown(of).map(|(school, ..)| county.school(school).gate);
        let around = rectangle_of(gates.collect::<Vec<_>>().into_iter());
        let around = around.unwrap_or_else(|| Rect::new((0.0, 0.0), (1.0, 1.0)));
        let edge = LEAST_EDGE_M.max(0.03 * around.width().max(around.height()));
        let edge = Coord { x: edge, y: edge };
        Rect::new(around.min() - edge, around.max() + edge)
    }

    /// From every member to the lead, to who helps it, or to the school in the middle.
    fn lines(&self, of: &GroupSheets<'_>, svg: &mut Svg, page: &Page) {
        let county = of.publication.county;
        let place = |school: SchoolIndex| page.place(county.school(school).gate);
        svg.open("g", &[("id", &page.id("lines")), ("fill", "none"), ("stroke-width", "2"), ("stroke-opacity", ".75")]);
        svg.line();
        for position in &self.districts {
            let district = &of.districts.districts[*position];
            let (remote, near): (Vec<_>, Vec<_>) =
                district.ways(county).into_iter().partition(|(member, to)| of.is_remote(*member, *to));
            let near_dashes = if of.lies_over(district) { DOTS } else { "none" };
            for (ways, dashes) in [(near, near_dashes), (remote, DASHES)] {
                if ways.is_empty() {
                    continue;
                }
                let mut data = String::new();
                for (member, to) in ways {
                    line_path(&mut data, [place(member), place(to)].into_iter());
                }
                let colour = of.colour(*position);
                let stroke = [("stroke", colour.as_str()), ("stroke-dasharray", dashes)];
                svg.open("path", &[&[("data-district", district.id.as_str()), ("d", &data)][..], &stroke].concat());
                svg.text("title", &[], &district.name);
                svg.close("path");
                svg.line();
            }
        }
        svg.close("g");
        svg.line();
    }

    /// Every school once, with its district, if it is in one, else its first group, and whether it leads any.
    fn shown<'s>(&'s self, of: &'s GroupSheets<'_>) -> impl Iterator<Item = (SchoolIndex, Option<usize>, bool)> + 's {
        let own = || self.districts.iter().map(|position| (*position, &of.districts.districts[*position]));
        let leads: BTreeSet<SchoolIndex> = own().filter_map(|(_, district)| district.lead).collect();
        let mut homes: BTreeMap<SchoolIndex, usize> = BTreeMap::new();
        // Districts first: where both are shown, a school has the hue of its district.
        for over in [false, true] {
            for (position, district) in own().filter(|(_, district)| of.lies_over(district) == over) {
                for (school, _) in district.schools() {
                    homes.entry(school).or_insert(position);
                }
            }
        }
        let in_districts =
            own().flat_map(|(position, district)| district.schools().map(move |(school, _)| (school, position)));
        let at_home = in_districts.filter(move |(school, position)| homes.get(school) == Some(position));
        let in_districts = at_home.map(move |(school, position)| (school, Some(position), leads.contains(&school)));
        in_districts.chain(self.outside.iter().map(|school| (*school, None, false)))
    }

    fn schools(&self, of: &GroupSheets<'_>, svg: &mut Svg, page: &Page) {
        let county = of.publication.county;
        svg.open("g", &[("id", &page.id("schools"))]);
        svg.line();
        for (school, district, leads) in self.shown(of) {
            svg.open("g", &[("data-school", &county.school(school).id)]);
            svg.text("title", &[], &county.school(school).name);
            let colour = district.map_or_else(|| "#fff".to_owned(), |district| of.colour(district));
            symbol(svg, page.place(county.school(school).gate), &colour, district.is_some(), leads);
            if of.strong.contains(&school) {
                ring(svg, page.place(county.school(school).gate));
            }
            svg.close("g");
            svg.line();
        }
        svg.close("g");
        svg.line();
    }

    fn labels(&self, of: &GroupSheets<'_>) -> Vec<Wanted> {
        let county = of.publication.county;
        let label = |(school, _, leads): (SchoolIndex, Option<usize>, bool)| {
            let school = county.school(school);
            let (radius, size, class) = if leads { (7.0, 13.0, "name") } else { (4.0, 11.0, "quiet") };
            let owner = if leads { Owner::Chief } else { Owner::Symbol };
            Wanted { rank: 1 + u8::from(leads), owner, ..beside_symbol(school.gate, radius, &school.name, size, class) }
        };
        self.shown(of).map(label).collect()
    }

    /// Every school with the name of its lead, or of its district where schools lead by turns.
    fn listed_under(&self, of: &GroupSheets<'_>) -> BTreeMap<String, String> {
        let county = of.publication.county;
        let name = |school: SchoolIndex| county.school(school).name.clone();
        let of_district = |district: &District| {
            let under = district.lead.map_or_else(|| district.name.clone(), name);
            district.schools().map(|(school, _)| (name(school), under.clone())).collect::<Vec<(String, String)>>()
        };
        self.districts.iter().flat_map(|position| of_district(&of.districts.districts[*position])).collect()
    }
}

/// The mark of a strong school 优质校, around its symbol.
fn ring(svg: &mut Svg, at: Coord<f64>) {
    let (x, y) = (number(at.x), number(at.y));
    let looks = [("fill", "none"), ("stroke", "#c98a00"), ("stroke-width", "1.8"), ("class", "strong")];
    svg.empty("circle", &[&[("cx", x.as_str()), ("cy", &y), ("r", "9.4")][..], &looks].concat());
}

/// A lead is a large square, a member a small circle, a school in no district a ring.
fn symbol(svg: &mut Svg, at: Coord<f64>, colour: &str, is_grouped: bool, leads: bool) {
    if leads {
        let frame = Rect::new(at - Coord { x: 6.0, y: 6.0 }, at + Coord { x: 6.0, y: 6.0 });
        let (left, top) = (number(frame.min().x), number(frame.min().y));
        let size =
            [("width", "12"), ("height", "12"), ("fill", colour), ("stroke", "#1b1b1b"), ("stroke-width", "1.6")];
        svg.empty("rect", &[&[("x", left.as_str()), ("y", top.as_str())][..], &size].concat());
        return;
    }
    let stroke = if is_grouped { "#fff" } else { "#555" };
    let (x, y) = (number(at.x), number(at.y));
    svg.empty("circle", &[("cx", &x), ("cy", &y), ("r", "3.8"), ("fill", colour), ("stroke", stroke)]);
}
