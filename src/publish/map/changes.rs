//! The sheet of what changes: blocks that go elsewhere than today, from which school to which.

use std::collections::BTreeMap;

use geo::Coord;

use super::label::{Owner, Wanted};
use super::layer::{Base, Look};
use super::legend::Item;
use super::sheet::{Layer, Sheet};
use super::stage::StageSheets;
use super::symbol;
use crate::language::Message;
use crate::measure::change;
use crate::model::{BlockIndex, SchoolIndex};
use crate::space::pole;

/// The fill of ground that stays where it is.
const STAYS: &str = "#f1f0ec";

/// Blocks that go from one school to another.
struct Move {
    from: SchoolIndex,
    to: SchoolIndex,
    blocks: Vec<BlockIndex>,
    /// Where to write of it.
    middle: Coord<f64>,
}

impl StageSheets<'_> {
    /// Blocks that go elsewhere, together where they go the same way; in order of the schools they go to.
    fn moves(&self) -> Option<Vec<Move>> {
        let Self { publication, catchments, .. } = self;
        let county = publication.county;
        let existing = county.existing.school_of[catchments.stage].as_ref()?;
        let mut moved: BTreeMap<(SchoolIndex, SchoolIndex), Vec<BlockIndex>> = BTreeMap::new();
        for block in county.block_indices() {
            let (Some(from), Some(to)) = (existing[block.get()], catchments.school_of(block)) else { continue };
            if from != to {
                moved.entry((to, from)).or_default().push(block);
            }
        }
        let mut label: Vec<Option<usize>> = vec![None; county.blocks.len()];
        for (position, blocks) in moved.values().enumerate() {
            for block in blocks {
                label[block.get()] = Some(position);
            }
        }
        let grounds = publication.ground.coverage.dissolve(moved.len(), |block| label[block]);
        let moves = moved.into_iter().zip(&grounds).map(|(((to, from), blocks), ground)| {
            let middle = pole(ground).map_or_else(|| county.block(blocks[0]).point, |(middle, _)| middle);
            Move { from, to, blocks, middle }
        });
        Some(moves.collect())
    }

    /// What changes against today; none where today's scheme is not known or nothing changes.
    pub(super) fn changes(&self) -> Option<Sheet<'_>> {
        let county = self.publication.county;
        let language = self.publication.language;
        let stage = self.catchments.stage;
        let existing = county.existing.school_of[stage].as_ref()?;
        let moves = self.moves().filter(|moves| !moves.is_empty())?;
        let sum = change(county, self.catchments)?;
        let subtitle = Message::new("sheet-subtitle-changes")
            .count("blocks", sum.moved_blocks)
            .text("pupils", self.pupils(sum.moved_pupils))
            .in_language(language);
        let mut sheet = self.sheet(Some(&self.text("sheet-changes")), subtitle, self.whole());
        let mut ground_of: Vec<Option<usize>> =
            self.catchments.school_of.iter().map(|school| school.map(|_| 0)).collect();
        let unchanged = self.text("legend-unchanged");
        let mut looks = vec![Look { fill: STAYS.to_owned(), data: ("data-change", String::new()), tooltip: unchanged }];
        let mut is_meant = vec![false; county.schools.len()];
        for (position, moved) in moves.iter().enumerate() {
            moved.blocks.iter().for_each(|block| ground_of[block.get()] = Some(position + 1));
            for holder in [moved.from, moved.to] {
                county.sharing(stage, holder).into_iter().for_each(|school| is_meant[school.get()] = true);
            }
            looks.push(Look {
                fill: self.palette.of_school(moved.to).to_string(),
                data: ("data-change", format!("{} {}", county.school(moved.from).id, county.school(moved.to).id)),
                tooltip: self.words(moved),
            });
        }
        let border = |left: Option<usize>, right: Option<usize>| {
            let today = |block: Option<usize>| block.and_then(|block| existing[block]);
            let is_today =
                || (left.is_some() && right.is_some() && today(left) != today(right)).then_some("today-border");
            self.usual_border(left, right).or_else(is_today)
        };
        let base = Base { ground_of, looks, hatches: Vec::new(), border: Box::new(border) };
        sheet.labels = self.school_labels(&|school| is_meant[school.get()]);
        // Which school is which matters here, not how full they are.
        sheet.labels.iter_mut().for_each(|label| {
            label.figure.clear();
            label.size = label.size.min(12.0);
        });
        sheet.labels.extend(moves.iter().map(|moved| Wanted {
            at: moved.middle,
            elsewhere: Vec::new(),
            owner: Owner::Keyed,
            radius: 4.0,
            name: self.words(moved),
            figure: Message::new("sheet-blocks").count("blocks", moved.blocks.len()).in_language(language),
            size: 12.0,
            class: "moved-name",
            rank: 2,
        }));
        sheet.labels.extend(self.barrier_labels());
        sheet.layers = self.layers_over(base, move |school| is_meant[school.get()]);
        let arrows: Vec<[Coord<f64>; 2]> =
            moves.iter().map(|moved| [moved.middle, county.school(moved.to).gate]).collect();
        let draw: Layer<'_> = Box::new(move |svg, page| {
            let data: String =
                arrows.iter().map(|[from, to]| symbol::arrow(page.place(*from), page.place(*to))).collect();
            svg.open("g", &[("id", "arrows")]);
            svg.empty("path", &[("class", "arrow"), ("d", &data)]);
            svg.close("g");
            svg.line();
        });
        // Below the schools.
        sheet.layers.insert(4, draw);
        let mut fills: Vec<String> = moves.iter().map(|moved| self.palette.of_school(moved.to).to_string()).collect();
        fills.sort_unstable();
        fills.dedup();
        fills.truncate(4);
        sheet.legend = Box::new(move |shown| {
            let mut items = vec![
                Item::Entry(self.text("legend-changed"), symbol::swatch(fills.clone(), Vec::new())),
                Item::Entry(self.text("legend-unchanged"), symbol::swatch(vec![STAYS.to_owned()], Vec::new())),
                Item::Entry(
                    self.text("legend-arrow"),
                    Box::new(|svg, at| {
                        let side = Coord { x: 14.0, y: 0.0 };
                        svg.empty("path", &[("class", "arrow"), ("d", &symbol::arrow(at - side, at + side))]);
                    }),
                ),
                Item::Entry(self.text("legend-border-today"), symbol::line("today-border")),
                Item::Entry(self.text("legend-border-proposed"), symbol::line("catchment-border")),
            ];
            if self.districts.is_some() {
                items.push(Item::Entry(self.text("legend-district-border"), symbol::line("district-border")));
            }
            items.extend(self.barrier_items(shown));
            items
        });
        Some(sheet)
    }

    /// From which school to which.
    fn words(&self, moved: &Move) -> String {
        let county = self.publication.county;
        let [from, to] = [moved.from, moved.to].map(|school| county.catchment_name(self.catchments.stage, school));
        Message::new("sheet-change").text("from", from).text("to", to).in_language(self.publication.language)
    }
}
