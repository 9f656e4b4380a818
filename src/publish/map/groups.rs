//! The sheet of a grouping: every member with a line to its lead, in the hue of its district. Internal.

use geo::{Coord, Rect};

use super::super::GroupingPublication;
use super::super::colour::Colour;
use super::Page;
use super::furniture::{self, Legend};
use super::label::Wanted;
use super::schools::{LONGEST_INDEX, extent, label_all};
use super::svg::{Svg, line_path, number};
use crate::language::Message;
use crate::model::{Districts, SchoolIndex};

/// Hues that neighbouring districts may have, in degrees; easy to tell apart, also in print.
const HUES: [f64; 8] = [250.0, 35.0, 150.0, 350.0, 205.0, 95.0, 300.0, 65.0];

/// Districts nearby whose hues a district does not take where it can do without.
const NEIGHBOURS: usize = 6;

/// Draws the districts of one stage.
pub(in super::super) fn groups_map(publication: &GroupingPublication<'_>, districts: &Districts) -> String {
    let GroupingPublication { county, ground, settings, language, .. } = *publication;
    // Room for the scale bar below and the arrow above, so that neither covers a school.
    let extent = extent(county);
    let room = Coord { x: 0.0, y: 0.07 * extent.height() };
    let extent = Rect::new(extent.min() - room, extent.max() + room);
    let page = Page::new(extent);
    let mut svg = Svg::new();
    let name = county.name.clone().unwrap_or_else(|| language.text("county-unnamed"));
    let title = Message::new("map-title-groups").text("county", name).sentence("stage", districts.stage.of_schools());
    let title = settings.map.title.clone().unwrap_or_else(|| title.in_language(language));
    let homes = districts.homes();
    let outside: Vec<SchoolIndex> =
        county.schools_of(districts.stage).filter(|school| !homes.contains_key(school)).collect();
    let noun = settings.policy.noun();
    let subtitle =
        Message::new(language.key_with("map-subtitle-groups", noun)).count("districts", districts.districts.len());
    let subtitle = subtitle.count("schools", homes.len()).count("outside", outside.len()).in_language(language);
    furniture::title(&mut svg, &page, &title, &subtitle, Some(&language.text("map-internal")));
    svg.open("g", &[("id", "map")]);
    svg.line();
    furniture::areas(&mut svg, &page, county);
    let drawn = Drawn { publication, districts, page: &page, hues: hues(publication, districts) };
    drawn.lines(&mut svg);
    let numbered = drawn.schools(&mut svg, &outside);
    svg.close("g");
    svg.line();
    furniture::around(&mut svg, &page, county, ground, extent.center(), language);
    let listed = numbered.len() <= LONGEST_INDEX;
    drawn.legend(&mut svg, outside.len(), numbered.len(), listed);
    furniture::source_of(&mut svg, &page, county, settings, language);
    let extra = if listed { furniture::index(&mut svg, &page, &numbered, language) } else { 0.0 };
    page.document(svg, extra)
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
    page: &'a Page,
    hues: Vec<f64>,
}

impl Drawn<'_> {
    fn colour(&self, district: usize) -> String {
        Colour::oklch(0.58, 0.14, self.hues[district]).to_string()
    }

    fn place(&self, school: SchoolIndex) -> Coord<f64> {
        self.page.place(self.publication.county.school(school).gate)
    }

    /// From every member to the lead, or to the school in the middle.
    fn lines(&self, svg: &mut Svg) {
        svg.open("g", &[("id", "lines"), ("fill", "none"), ("stroke-width", "2"), ("stroke-opacity", ".75")]);
        svg.line();
        for (position, district) in self.districts.districts.iter().enumerate() {
            let Some(middle) = district.middle(self.publication.county) else { continue };
            let to = self.place(middle);
            let mut data = String::new();
            for member in district.members.iter().filter(|member| **member != middle) {
                let at = self.place(*member);
                line_path(&mut data, [at, to].into_iter());
            }
            svg.open("path", &[("data-district", &district.id), ("stroke", &self.colour(position)), ("d", &data)]);
            svg.text("title", &[], &district.name);
            svg.close("path");
            svg.line();
        }
        svg.close("g");
        svg.line();
    }

    /// Symbols and names; gives back the names that found no room, with their numbers.
    fn schools(&self, svg: &mut Svg, outside: &[SchoolIndex]) -> Vec<(usize, String)> {
        let county = self.publication.county;
        let mut shown: Vec<(SchoolIndex, Option<usize>, bool)> = Vec::new();
        for (position, district) in self.districts.districts.iter().enumerate() {
            let led = district.schools().map(|(school, _)| (school, Some(position), Some(school) == district.lead));
            shown.extend(led);
        }
        shown.extend(outside.iter().map(|school| (*school, None, false)));
        svg.open("g", &[("id", "schools")]);
        svg.line();
        for (school, district, leads) in &shown {
            svg.open("g", &[("data-school", &county.school(*school).id)]);
            svg.text("title", &[], &county.school(*school).name);
            let colour = district.map_or_else(|| "#fff".to_owned(), |district| self.colour(district));
            symbol(svg, self.place(*school), &colour, district.is_some(), *leads);
            svg.close("g");
            svg.line();
        }
        svg.close("g");
        svg.line();
        let wanted: Vec<Wanted> = shown
            .iter()
            .map(|(school, _, leads)| Wanted {
                elsewhere: Vec::new(),
                at: self.place(*school),
                radius: if *leads { 7.0 } else { 4.0 },
                name: county.school(*school).name.clone(),
                figure: String::new(),
                size: if *leads { 13.0 } else { 11.0 },
                rank: u8::from(*leads),
            })
            .collect();
        label_all(svg, self.page, &wanted, |position| if shown[position].2 { "name halo" } else { "figure halo" })
    }

    fn legend(&self, svg: &mut Svg, outside: usize, numbered: usize, listed: bool) {
        let language = self.publication.language;
        let colour = Colour::oklch(0.58, 0.14, HUES[0]).to_string();
        let mut legend = Legend::begin(svg, self.page, language);
        if self.districts.districts.iter().any(|district| district.lead.is_some()) {
            legend.entry(svg, &language.text("legend-lead"), |svg, at| symbol(svg, at, &colour, true, true));
        }
        legend.entry(svg, &language.text("legend-member"), |svg, at| symbol(svg, at, &colour, true, false));
        if outside > 0 {
            legend.entry(svg, &language.text("legend-outside"), |svg, at| symbol(svg, at, "#fff", false, false));
        }
        legend.entry(svg, &language.text("legend-group-line"), |svg, at| {
            let data = format!("M{} {}h30", number(at.x - 15.0), number(at.y));
            svg.empty("path", &[("fill", "none"), ("stroke", &colour), ("stroke-width", "2"), ("d", &data)]);
        });
        legend.areas(svg, self.publication.county, language);
        let key = language.key_with("legend-group-hue", self.publication.settings.policy.noun());
        legend.note(svg, &language.text(&key));
        if numbered > 0 {
            let key = if listed { "legend-numbered" } else { "legend-unnamed" };
            legend.note(svg, &Message::new(key).count("count", numbered).in_language(language));
        }
        Legend::end(svg);
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
