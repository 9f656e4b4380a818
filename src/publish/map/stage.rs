//! The sheets of one stage of a scheme: all of it, each district, each catchment.

use std::collections::BTreeMap;

use geo::{Coord, Intersects, Rect};

use super::super::{Audience, Palette, Publication};
use super::label::{Owner, Wanted};
use super::layer::{Base, PALE, rectangle_of};
use super::legend::{Item, Symbol};
use super::sheet::{Layer, Sheet};
use super::svg::number;
use super::symbol::{self, BarrierLook, look_of};
use crate::language::Message;
use crate::measure::{Load, loads};
use crate::model::{BlockIndex, Catchments, Districts, Reference, Role, School, SchoolIndex};
use crate::space::pole;

/// One stage of a scheme, ready to be drawn.
pub(in super::super) struct StageSheets<'a> {
    pub(super) publication: &'a Publication<'a>,
    pub(super) catchments: &'a Catchments,
    pub(super) districts: Option<&'a Districts>,
    pub(super) palette: &'a Palette,
    pub(super) audience: Audience,
    /// The load of each catchment, by holder.
    pub(super) loads: Vec<Load>,
    /// What each block covers; none where it has no ground.
    pub(super) rects: Vec<Option<Rect<f64>>>,
    /// Lines for the foot of every sheet of a release: review number, version.
    release: &'a [String],
}

impl<'a> StageSheets<'a> {
    /// The sheets of the stage at `position` of the scheme.
    pub(in super::super) fn new(
        publication: &'a Publication<'a>,
        position: usize,
        palette: &'a Palette,
        audience: Audience,
        release: &'a [String],
    ) -> StageSheets<'a> {
        let catchments = &publication.scheme.catchments[position];
        let coverage = &publication.ground.coverage;
        let mut rects: Vec<Option<Rect<f64>>> = vec![None; publication.county.blocks.len()];
        for arc in coverage.arcs() {
            let Some(own) = rectangle_of(coverage.places(arc)) else { continue };
            for owner in [arc.left(), arc.right()].into_iter().flatten() {
                let rect = &mut rects[owner as usize];
                let corners = rect.iter().flat_map(|rect| [rect.min(), rect.max()]).chain([own.min(), own.max()]);
                *rect = rectangle_of(corners.collect::<Vec<_>>().into_iter());
            }
        }
        StageSheets {
            publication,
            catchments,
            districts: publication.scheme.districts_of(catchments.stage),
            palette,
            audience,
            loads: loads(publication.county, publication.scheme, catchments.stage),
            rects,
            release,
        }
    }

    pub(super) fn text(&self, key: &str) -> String {
        self.publication.language.text(&self.key(key))
    }

    /// A key as the document calls its districts and their leads.
    fn key(&self, key: &str) -> String {
        self.publication.language.key_with(key, self.publication.settings.policy.noun())
    }

    pub(super) fn pupils(&self, count: u64) -> String {
        self.audience.pupils(count)
    }

    /// Whether pupils of some catchment are hidden, so that sums must be as well: else they could be worked out.
    pub(super) fn hides_some(&self) -> bool {
        self.publication
            .county
            .holders(self.catchments.stage)
            .any(|school| self.audience.hides(self.loads[school.get()].pupils))
    }

    pub(super) fn role(&self, school: SchoolIndex) -> Role {
        let leads = self.districts.is_some_and(|districts| districts.districts.iter().any(|d| d.lead == Some(school)));
        if leads { Role::Lead } else { Role::Member }
    }

    /// Pupils and seats of a school's catchment, with the name of its pool.
    pub(super) fn figure(&self, school: SchoolIndex) -> String {
        let county = self.publication.county;
        let load = self.loads[county.holder(self.catchments.stage, school).get()];
        let pool = county.pool_of(self.catchments.stage, school).map(|pool| format!("{} ", pool.name));
        format!("{}{}/{}", pool.unwrap_or_default(), self.pupils(load.pupils), load.seats)
    }

    fn title(&self) -> String {
        let settings = self.publication.settings;
        if let Some(title) = &settings.map.title {
            return title.clone();
        }
        let county = self.publication.county.name.clone().unwrap_or_else(|| self.text("county-unnamed"));
        let year = settings.project.year.clone().unwrap_or_default();
        let key = match (self.districts.is_some(), year.is_empty()) {
            (true, false) => "map-title-districts-year",
            (true, true) => "map-title-districts",
            (false, false) => "map-title-catchments-year",
            (false, true) => "map-title-catchments",
        };
        let title = Message::new(self.key(key)).text("county", county).text("year", year);
        title.sentence("stage", self.catchments.stage.message()).in_language(self.publication.language)
    }

    /// A sheet with what all sheets of the stage have; `part` is what it shows, where that is not everything.
    pub(super) fn sheet<'s>(&'s self, part: Option<&str>, subtitle: String, extent: Rect<f64>) -> Sheet<'s> {
        let Publication { county, ground, language, .. } = *self.publication;
        let title = match part {
            None => self.title(),
            Some(part) => {
                Message::new("sheet-title").text("title", self.title()).text("part", part).in_language(language)
            }
        };
        let status = match (self.publication.status, self.audience) {
            (Some(key), _) => Some(self.text(key)),
            (None, Audience::Planners) => Some(self.text("map-draft")),
            (None, Audience::Office) => Some(self.text("map-internal")),
            (None, Audience::Public) => None,
        };
        let mut foot = source_lines(self.publication);
        foot.extend(self.release.iter().cloned());
        Sheet {
            county,
            ground,
            language,
            title,
            subtitle,
            status,
            warning: None,
            extent,
            layers: Vec::new(),
            labels: Vec::new(),
            with_insets: false,
            listed_under: BTreeMap::new(),
            legend: Box::new(|_| Vec::new()),
            foot,
        }
    }

    /// The extent of the whole county.
    pub(super) fn whole(&self) -> Rect<f64> {
        self.publication.county.extent().unwrap_or_else(|| Rect::new((0.0, 0.0), (1.0, 1.0)))
    }

    /// The extent of some blocks and gates with a margin, and at least a few streets wide.
    fn around(&self, blocks: impl Fn(SchoolIndex) -> bool) -> Rect<f64> {
        let county = self.publication.county;
        let of_blocks = self.catchments.school_of.iter().zip(&self.rects).filter_map(|(school, rect)| {
            let rect = (*rect)?;
            school.filter(|school| blocks(*school)).map(|_| [rect.min(), rect.max()])
        });
        let meant = |school: &SchoolIndex| blocks(county.holder(self.catchments.stage, *school));
        let gates = county.schools_of(self.catchments.stage).filter(meant).map(|school| county.school(school).gate);
        let Some(rect) = rectangle_of(of_blocks.flatten().chain(gates)) else { return self.whole() };
        let margin = (0.09 * rect.width().max(rect.height())).max(LEAST_MARGIN);
        let margin = Coord { x: margin, y: margin };
        Rect::new(rect.min() - margin, rect.max() + margin)
    }

    /// The grounds of catchments in their colours, with everything around them; paler where they are not meant.
    fn catchment_layers<'s>(&'s self, is_meant: impl Fn(SchoolIndex) -> bool + Copy + 's) -> Vec<Layer<'s>> {
        let stage = self.catchments.stage;
        let county = self.publication.county;
        let base = Base {
            ground_of: self.catchments.school_of.iter().map(|school| school.map(SchoolIndex::get)).collect(),
            looks: self.looks(is_meant),
            hatches: self.usual_hatches(is_meant),
            border: Box::new(|left, right| self.usual_border(left, right)),
        };
        self.layers_over(base, move |school| is_meant(county.holder(stage, school)))
    }

    /// A base with barriers, pools and schools over it.
    pub(super) fn layers_over<'s>(
        &'s self,
        base: Base<'s>,
        is_meant: impl Fn(SchoolIndex) -> bool + 's,
    ) -> Vec<Layer<'s>> {
        vec![
            Box::new(move |svg, page| self.draw_base(svg, page, &base)),
            Box::new(|svg, page| self.draw_streets(svg, page)),
            Box::new(|svg, page| self.draw_barriers(svg, page)),
            Box::new(|svg, page| self.draw_pools(svg, page)),
            Box::new(move |svg, page| self.draw_schools(svg, page, &is_meant)),
        ]
    }

    /// All catchments and districts of the stage.
    pub(super) fn overview(&self) -> Sheet<'_> {
        let county = self.publication.county;
        let mut sheet = self.sheet(None, self.subtitle(), self.whole());
        let overload: u64 = self.loads.iter().map(Load::overload).sum();
        sheet.warning = (overload > 0)
            .then(|| Message::new("map-overloaded").count("pupils", overload).in_language(self.publication.language));
        sheet.layers = self.catchment_layers(|_| true);
        sheet.labels = self.school_labels(&|_| true);
        sheet.labels.extend(self.barrier_labels());
        sheet.legend = Box::new(move |shown| {
            let mut items = self.school_items(shown, &|_| true);
            items.extend(self.line_items(shown));
            items.extend(self.hatch_items(shown, |_| true));
            let Some(districts) = self.districts else {
                items.push(Item::Note(self.text("legend-catchments")));
                return items;
            };
            items.push(Item::Head(self.text("legend-districts")));
            for district in &districts.districts {
                let text = Message::new("legend-district")
                    .text("id", &district.id)
                    .text("name", &district.name)
                    .count("schools", district.len());
                let fills =
                    self.fills_of(district.schools().map(|(school, _)| county.holder(self.catchments.stage, school)));
                let swatch = symbol::swatch(fills, Vec::new());
                items.push(Item::Entry(text.in_language(self.publication.language), swatch));
            }
            items.push(Item::Note(self.text("legend-shades")));
            items
        });
        sheet
    }

    /// The colours of some schools, each once, from light to dark.
    fn fills_of(&self, schools: impl Iterator<Item = SchoolIndex>) -> Vec<String> {
        let mut colours: Vec<_> = schools.map(|school| self.palette.of_school(school)).collect();
        colours.sort_by(|first, second| second.luminance().total_cmp(&first.luminance()));
        let mut fills: Vec<String> = colours.into_iter().map(|colour| colour.to_string()).collect();
        fills.dedup();
        fills
    }

    fn subtitle(&self) -> String {
        let county = self.publication.county;
        let stage = self.catchments.stage;
        let key = match (self.districts.is_some(), self.hides_some()) {
            (true, false) => "map-subtitle-districts",
            (false, false) => "map-subtitle",
            (true, true) => "map-subtitle-districts-public",
            (false, true) => "map-subtitle-public",
        };
        Message::new(self.key(key))
            .count("schools", county.schools_of(stage).count())
            .count("districts", self.districts.map_or(0, |districts| districts.districts.len()))
            .count("pupils", county.pupils(stage))
            .count("seats", county.seats(stage))
            .in_language(self.publication.language)
    }

    /// A district with its catchments large, and what lies around it paler; none where there is no such district.
    pub(super) fn district(&self, position: usize) -> Option<Sheet<'_>> {
        let Publication { county, language, .. } = *self.publication;
        let stage = self.catchments.stage;
        let districts = self.districts?;
        let district = districts.districts.get(position)?;
        let is_own = move |school: SchoolIndex| districts.district_of(school) == Some(position);
        let mut holders: Vec<SchoolIndex> =
            district.schools().map(|(school, _)| county.holder(stage, school)).collect();
        holders.sort_unstable();
        holders.dedup();
        let sum = |of: fn(&Load) -> u64| holders.iter().map(|school| of(&self.loads[school.get()])).sum::<u64>();
        let is_hidden = holders.iter().any(|school| self.audience.hides(self.loads[school.get()].pupils));
        let key = if is_hidden { "sheet-subtitle-district-public" } else { "sheet-subtitle-district" };
        let subtitle = Message::new(key)
            .count("schools", district.len())
            .count("pupils", sum(|load| load.pupils))
            .count("seats", sum(|load| load.seats))
            .in_language(language);
        let mut sheet = self.sheet(Some(&district.name), subtitle, self.around(is_own));
        sheet.layers = self.catchment_layers(is_own);
        sheet.labels = self.school_labels(&is_own);
        sheet.labels.extend(self.barrier_labels());
        sheet.legend = Box::new(move |shown| {
            let mut items = self.school_items(shown, &is_own);
            items.extend(self.line_items(shown));
            items.extend(self.hatch_items(shown, is_own));
            items.push(Item::Head(self.text("legend-catchments-head")));
            for school in &holders {
                let name = county.catchment_name(stage, *school);
                let fill = self.palette.of_school(*school).to_string();
                items.push(Item::Entry(name, symbol::swatch(vec![fill], Vec::new())));
            }
            items.push(self.pale_item());
            items
        });
        Some(sheet)
    }

    /// A catchment large, with the names of its blocks, and what lies around it paler.
    pub(super) fn school(&self, holder: SchoolIndex) -> Sheet<'_> {
        let Publication { county, language, .. } = *self.publication;
        let stage = self.catchments.stage;
        let is_own = move |school: SchoolIndex| school == holder;
        let name = county.catchment_name(stage, holder);
        let load = self.loads[holder.get()];
        let district = self.districts.and_then(|districts| {
            districts.district_of(holder).map(|position| districts.districts[position].name.as_str())
        });
        let subtitle = Message::new("sheet-subtitle-school")
            .clause("district", "clause-sheet-district", district.unwrap_or_default())
            .text("pupils", self.pupils(load.pupils))
            .count("seats", load.seats)
            .count("blocks", load.blocks)
            .in_language(language);
        let mut sheet = self.sheet(Some(&name), subtitle, self.around(is_own));
        sheet.layers = self.catchment_layers(is_own);
        sheet.labels = self.school_labels(&move |school| county.holder(stage, school) == holder);
        sheet.labels.extend(self.block_labels(holder));
        sheet.labels.extend(self.barrier_labels());
        sheet.legend = Box::new(move |shown| {
            let own = symbol::swatch(vec![self.palette.of_school(holder).to_string()], Vec::new());
            let mut items = vec![Item::Entry(self.text("legend-own-catchment"), own), self.pale_item()];
            items.extend(self.school_items(shown, &move |school| county.holder(stage, school) == holder));
            items.extend(self.line_items(shown));
            items.extend(self.hatch_items(shown, is_own));
            items
        });
        sheet
    }

    /// The names of the blocks of a catchment, where they are widest.
    fn block_labels(&self, holder: SchoolIndex) -> impl Iterator<Item = Wanted> + '_ {
        let county = self.publication.county;
        let own = county.block_indices().filter(move |block| self.catchments.school_of(*block) == Some(holder));
        own.map(|index| {
            let block = county.block(index);
            let (at, elsewhere) = self.middles_of(index);
            Wanted {
                at,
                elsewhere,
                owner: Owner::Ground,
                radius: 0.0,
                name: if block.name.is_empty() { block.id.to_string() } else { block.name.to_string() },
                figure: String::new(),
                size: 12.0,
                class: "block-name",
                rank: 0,
            }
        })
    }

    /// Where to write what is said of a block, and where else: around the middle of its widest part.
    pub(super) fn middles_of(&self, index: BlockIndex) -> (Coord<f64>, Vec<Coord<f64>>) {
        let county = self.publication.county;
        let Some((at, away)) = county.outlines.get(index.get()).as_ref().and_then(pole) else {
            return (county.block(index).point, Vec::new());
        };
        let around =
            [(0.0, 1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)];
        (at, around.map(|(x, y)| at + Coord { x, y } * (0.7 * away)).to_vec())
    }

    fn pale_item<'s>(&self) -> Item<'s> {
        let first = self.publication.county.holders(self.catchments.stage).next();
        let colour = self.palette.of_school(first.unwrap_or_else(|| SchoolIndex::new(0)));
        let swatch = symbol::swatch(vec![colour.pale(PALE).to_string()], Vec::new());
        Item::Entry(self.text("legend-other-catchments"), swatch)
    }

    /// The symbols of the schools in view.
    pub(super) fn school_items<'s>(
        &'s self,
        shown: Rect<f64>,
        is_meant: &dyn Fn(SchoolIndex) -> bool,
    ) -> Vec<Item<'s>> {
        let county = self.publication.county;
        let stage = self.catchments.stage;
        let in_view = |school: &SchoolIndex| shown.intersects(&county.school(*school).gate);
        let (meant, others): (Vec<SchoolIndex>, Vec<SchoolIndex>) =
            county.schools_of(stage).filter(in_view).partition(|school| is_meant(*school));
        let mut items = Vec::new();
        let mut add = |is_there: bool, key: &str, symbol: Symbol<'s>| {
            if is_there {
                items.push(Item::Entry(self.text(key), symbol));
            }
        };
        let any = |check: &dyn Fn(SchoolIndex, &School) -> bool| meant.iter().any(|s| check(*s, county.school(*s)));
        let shape = |role: Role, nine_year: bool| -> Symbol<'s> {
            Box::new(move |svg, at| symbol::shape(svg, at, role, nine_year))
        };
        add(any(&|school, _| self.role(school) == Role::Lead), "legend-lead", shape(Role::Lead, false));
        add(any(&|school, _| self.role(school) == Role::Member), "legend-school", shape(Role::Member, false));
        add(any(&|_, school| school.is_nine_year()), "legend-nine-year", shape(Role::Member, true));
        add(!others.is_empty(), "legend-other-school", Box::new(symbol::quiet));
        add(
            any(&|school, _| county.pool_of(stage, school).is_some()),
            "legend-pool",
            Box::new(|svg, at| {
                let data = format!("M{} {}h20", number(at.x - 10.0), number(at.y));
                svg.empty("path", &[&symbol::POOL_LINE[..], &[("d", &data)]].concat());
                for side in [-10.0, 10.0] {
                    symbol::shape(svg, at + Coord { x: side, y: 0.0 }, Role::Member, false);
                }
            }),
        );
        add(
            !meant.is_empty(),
            "legend-figure",
            Box::new(|svg, at| {
                let (x, y) = (number(at.x), number(at.y + 4.0));
                let place = [("x", x.as_str()), ("y", y.as_str()), ("text-anchor", "middle"), ("font-size", "11")];
                svg.text("text", &[&[("class", "figure")], &place[..]].concat(), "98/120");
            }),
        );
        items
    }

    /// Borders, barriers and crossings in view.
    pub(super) fn line_items(&self, shown: Rect<f64>) -> Vec<Item<'_>> {
        let mut items = Vec::new();
        if self.districts.is_some() {
            items.push(Item::Entry(self.text("legend-district-border"), symbol::line("district-border")));
        }
        items.push(Item::Entry(self.text("legend-catchment-border"), symbol::line("catchment-border")));
        items.extend(self.barrier_items(shown));
        items
    }

    /// Barriers, crossings and streets in view.
    pub(super) fn barrier_items<'s>(&'s self, shown: Rect<f64>) -> Vec<Item<'s>> {
        let county = self.publication.county;
        let mut items: Vec<Item<'s>> = Vec::new();
        for (look, key, class) in BarrierLook::EACH {
            let mut barriers = county.barriers.iter().filter(|barrier| look_of(barrier) == look);
            if barriers.any(|barrier| barrier.course.intersects(&shown)) {
                items.push(Item::Entry(self.text(key), symbol::line(class)));
            }
        }
        if county.crossings.iter().any(|crossing| shown.intersects(&crossing.place)) {
            let diamond: Symbol<'s> = Box::new(|svg, at| {
                svg.empty("path", &[("class", "crossing"), ("d", &symbol::diamond(at))]);
            });
            items.push(Item::Entry(self.text("legend-crossing"), diamond));
        }
        if self.streets_in(shown).next().is_some() {
            items.push(Item::Entry(self.text("legend-street"), symbol::line("street")));
        }
        items
    }

    /// The hatches that lie on ground in view.
    fn hatch_items<'s>(&self, shown: Rect<f64>, of: impl Fn(SchoolIndex) -> bool) -> Vec<Item<'s>> {
        let in_view = |block: usize| self.rects[block].is_some_and(|rect| rect.intersects(&shown));
        let hatches = self.usual_hatches(of).into_iter();
        let seen =
            hatches.filter(|(_, lies_on)| lies_on.iter().enumerate().any(|(block, lies)| *lies && in_view(block)));
        let item = |(id, _): (&'static str, Vec<bool>)| {
            let key = if id == symbol::SHARED { "legend-shared" } else { "legend-locked" };
            Item::Entry(self.text(key), symbol::swatch(vec!["#fff".to_owned()], vec![id]))
        };
        seen.map(item).collect()
    }
}

/// What stands between the sentences of a line at the foot.
pub(in super::super) const APART: &str = "\u{3000}";

/// The least margin around what a sheet shows, in metres.
const LEAST_MARGIN: f64 = 120.0;

/// The lines at the foot of a sheet: where it comes from, how distances were measured, what decides.
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
        messages.iter().map(|message| message.in_language(language)).collect::<Vec<String>>().join(APART)
    };
    let second =
        [Message::new("map-distance").sentence("method", ground.distances.note()), Message::new("map-words-rule")];
    vec![sentences(&first), sentences(&second)]
}
