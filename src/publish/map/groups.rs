//! The sheet of a grouping: every member with a line to its lead, in the hue of its district. Internal.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, Rect};

use super::super::GroupingPublication;
use super::super::colour::Colour;
use super::label::{Owner, Wanted};
use super::legend::{Item, Symbol};
use super::page::Page;
use super::schools::{area_item, sheet_of_schools};
use super::sheet::beside_symbol;
use super::svg::{Svg, line_path, number};
use crate::language::Message;
use crate::model::settings::PaperSize;
use crate::model::{District, DistrictKind, Districts, Mode, SchoolIndex};

/// Hues that neighbouring districts may have, in degrees; easy to tell apart, also in print.
const HUES: [f64; 8] = [250.0, 35.0, 150.0, 350.0, 205.0, 95.0, 300.0, 65.0];

/// Dashes of the lines of remote pairs.
const DASHES: &str = "7 4";

/// Dots of the lines of groups that lie over districts.
const DOTS: &str = "1.5 4";

/// Districts nearby whose hues a district does not take where it can do without.
const NEIGHBOURS: usize = 6;

/// Draws the districts of one stage.
pub(in super::super) fn groups_map(publication: &GroupingPublication<'_>, districts: &Districts) -> String {
    let GroupingPublication { county, ground, settings, language, .. } = *publication;
    let name = county.name.clone().unwrap_or_else(|| language.text("county-unnamed"));
    let title = Message::new("map-title-groups").text("county", name).sentence("stage", districts.stage.of_schools());
    let homes = districts.homes();
    let outside: Vec<SchoolIndex> =
        county.schools_of(districts.stage).filter(|school| !homes.contains_key(school)).collect();
    let noun = settings.policy.noun();
    let subtitle =
        Message::new(language.key_with("map-subtitle-groups", noun)).count("districts", districts.districts.len());
    let subtitle = subtitle.count("schools", homes.len()).count("outside", outside.len()).in_language(language);
    let drawn = Drawn { publication, districts, hues: hues(publication, districts), outside };
    let mut sheet = sheet_of_schools(county, ground, settings, language, title.in_language(language), subtitle);
    // Room for the scale bar below and the arrow above, so that neither covers a school.
    let room = Coord { x: 0.0, y: 0.07 * sheet.extent.height() };
    sheet.extent = Rect::new(sheet.extent.min() - room, sheet.extent.max() + room);
    sheet.status = Some(language.text("map-internal"));
    sheet.layers.push(Box::new(|svg, page| drawn.lines(svg, page)));
    sheet.layers.push(Box::new(|svg, page| drawn.schools(svg, page)));
    sheet.labels = drawn.labels();
    sheet.listed_under = drawn.listed_under();
    sheet.legend = Box::new(|_| drawn.legend());
    sheet.draw(PaperSize::A3).svg
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

struct Drawn<'a> {
    publication: &'a GroupingPublication<'a>,
    districts: &'a Districts,
    hues: Vec<f64>,
    /// Schools in no district.
    outside: Vec<SchoolIndex>,
}

impl Drawn<'_> {
    fn colour(&self, district: usize) -> String {
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

    /// From every member to the lead, or to the school in the middle.
    fn lines(&self, svg: &mut Svg, page: &Page) {
        let county = self.publication.county;
        let place = |school: SchoolIndex| page.place(county.school(school).gate);
        svg.open("g", &[("id", "lines"), ("fill", "none"), ("stroke-width", "2"), ("stroke-opacity", ".75")]);
        svg.line();
        for (position, district) in self.districts.districts.iter().enumerate() {
            let Some(middle) = district.middle(county) else { continue };
            let to = place(middle);
            let others = district.members.iter().filter(|member| **member != middle);
            let (remote, near): (Vec<SchoolIndex>, Vec<SchoolIndex>) =
                others.partition(|member| self.is_remote(**member, middle));
            let near_dashes = if self.lies_over(district) { DOTS } else { "none" };
            for (members, dashes) in [(near, near_dashes), (remote, DASHES)] {
                if members.is_empty() {
                    continue;
                }
                let mut data = String::new();
                for member in members {
                    line_path(&mut data, [place(member), to].into_iter());
                }
                let colour = self.colour(position);
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
    fn shown(&self) -> impl Iterator<Item = (SchoolIndex, Option<usize>, bool)> + '_ {
        let homes = self.districts.homes();
        let leads: BTreeSet<SchoolIndex> =
            self.districts.districts.iter().filter_map(|district| district.lead).collect();
        let in_districts = self
            .districts
            .districts
            .iter()
            .enumerate()
            .flat_map(|(position, district)| district.schools().map(move |(school, _)| (school, position)));
        let at_home = in_districts.filter(move |(school, position)| homes.get(school) == Some(position));
        let in_districts = at_home.map(move |(school, position)| (school, Some(position), leads.contains(&school)));
        in_districts.chain(self.outside.iter().map(|school| (*school, None, false)))
    }

    fn schools(&self, svg: &mut Svg, page: &Page) {
        let county = self.publication.county;
        svg.open("g", &[("id", "schools")]);
        svg.line();
        for (school, district, leads) in self.shown() {
            svg.open("g", &[("data-school", &county.school(school).id)]);
            svg.text("title", &[], &county.school(school).name);
            let colour = district.map_or_else(|| "#fff".to_owned(), |district| self.colour(district));
            symbol(svg, page.place(county.school(school).gate), &colour, district.is_some(), leads);
            svg.close("g");
            svg.line();
        }
        svg.close("g");
        svg.line();
    }

    fn labels(&self) -> Vec<Wanted> {
        let county = self.publication.county;
        let label = |(school, _, leads): (SchoolIndex, Option<usize>, bool)| {
            let school = county.school(school);
            let (radius, size, class) = if leads { (7.0, 13.0, "name") } else { (4.0, 11.0, "quiet") };
            let owner = if leads { Owner::Chief } else { Owner::Symbol };
            Wanted { rank: 1 + u8::from(leads), owner, ..beside_symbol(school.gate, radius, &school.name, size, class) }
        };
        self.shown().map(label).collect()
    }

    /// Every school with the name of its lead, or of its district where schools lead by turns.
    fn listed_under(&self) -> BTreeMap<String, String> {
        let county = self.publication.county;
        let name = |school: SchoolIndex| county.school(school).name.clone();
        let of_district = |district: &District| {
            let under = district.lead.map_or_else(|| district.name.clone(), name);
            district.schools().map(|(school, _)| (name(school), under.clone())).collect::<Vec<(String, String)>>()
        };
        self.districts.districts.iter().flat_map(of_district).collect()
    }

    /// The word for a role: the document's own, and both where some districts lead and others help.
    fn role(&self, key: &str, where_some_help: &str) -> String {
        let language = self.publication.language;
        if self.districts.districts.iter().any(|district| district.mode == Some(Mode::Helping)) {
            return language.text(where_some_help);
        }
        language.text(&language.key_with(key, self.publication.settings.policy.noun()))
    }

    fn legend<'s>(&'s self) -> Vec<Item<'s>> {
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
        if !self.outside.is_empty() {
            items.push(Item::Entry(language.text("legend-outside"), sample("#fff".to_owned(), false, false)));
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
        items.extend(area_item(self.publication.county, language));
        let key = language.key_with("legend-group-hue", self.publication.settings.policy.noun());
        items.push(Item::Note(language.text(&key)));
        items
    }
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
