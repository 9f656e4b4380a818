//! The sheet of distances: how far every block is from its school.

use super::super::Colour;
use super::label::{Owner, Wanted};
use super::layer::{Base, Look};
use super::legend::Item;
use super::sheet::{SPARE_FIGURE, Sheet};
use super::stage::StageSheets;
use super::symbol;
use crate::language::Message;
use crate::model::BlockIndex;
use crate::space::Nearby;

/// Lightness of the classes from near to far.
const LIGHTNESSES: [f64; 5] = [96.0, 87.0, 78.0, 69.0, 60.0];

/// Parts of the service radius at which a class ends.
const STEPS: [f64; 4] = [0.5, 1.0, 2.0, 4.0];

/// Blocks beyond which their metres are not written: nobody could read them.
const MOST_FIGURES: usize = 4_000;

fn fill(class: usize) -> String {
    Colour::of_lightness(LIGHTNESSES[class], 0.075, 250.0).to_string()
}

impl StageSheets<'_> {
    /// The distance of every block to its school; none where the stage was not measured.
    pub(super) fn reach(&self) -> Option<Sheet<'_>> {
        let county = self.publication.county;
        let language = self.publication.language;
        let stage = self.catchments.stage;
        let measured = self.publication.evaluation.stages.iter().find(|measured| measured.stage == stage)?;
        let steps = STEPS.map(|part| part * measured.radius_m);
        let nearby = Nearby::new(county, &self.publication.ground.distances, stage);
        let metres = |block: BlockIndex| Some(nearby.metres(block, self.catchments.school_of(block)?));
        let metres: Vec<Option<f64>> = county.block_indices().map(metres).collect();
        let class_of = |metres: f64| steps.iter().filter(|step| metres > **step).count();
        let classes: Vec<Option<usize>> = metres.iter().map(|metres| metres.map(class_of)).collect();
        let subtitle = Message::new("sheet-subtitle-distance")
            .decimal("mean", measured.mean_distance_m, 0)
            .decimal("far", measured.p95_distance_m, 0)
            .decimal("percent", 100.0 * measured.within_radius_share, 1)
            .decimal("radius", measured.radius_m, 0);
        let mut sheet = self.sheet(Some(&self.text("sheet-distance")), subtitle.in_language(language), self.whole());
        let class_name = move |class: usize| {
            let message = match class {
                0 => Message::new("distance-up-to").decimal("high", steps[0], 0),
                class if class < STEPS.len() => Message::new("distance-between")
                    .decimal("low", steps[class - 1], 0)
                    .decimal("high", steps[class], 0),
                _ => Message::new("distance-beyond").decimal("low", steps[STEPS.len() - 1], 0),
            };
            message.in_language(language)
        };
        let look = |class: usize| Look {
            fill: fill(class),
            data: ("data-class", class.to_string()),
            tooltip: class_name(class),
        };
        let base = Base {
            ground_of: classes.clone(),
            looks: (0..LIGHTNESSES.len()).map(look).collect(),
            hatches: Vec::new(),
            border: Box::new(|left, right| self.usual_border(left, right)),
        };
        sheet.layers = self.layers_over(base, |_| true);
        sheet.labels = self.school_labels(&|_| true);
        sheet.labels.iter_mut().for_each(|label| label.figure.clear());
        sheet.labels.extend(self.barrier_labels());
        if county.blocks.len() <= MOST_FIGURES {
            let figure = |(position, metres): (usize, &Option<f64>)| {
                let (at, elsewhere) = self.middles_of(BlockIndex::new(position));
                Some(Wanted {
                    at,
                    elsewhere,
                    owner: Owner::Spare,
                    radius: 0.0,
                    name: format!("{:.0}", (*metres)?),
                    figure: String::new(),
                    size: 9.0,
                    class: SPARE_FIGURE,
                    rank: 0,
                })
            };
            sheet.labels.extend(metres.iter().enumerate().filter_map(figure));
        }
        sheet.legend = Box::new(move |shown| {
            let mut items = vec![Item::Head(self.text("sheet-distance"))];
            for class in 0..LIGHTNESSES.len() {
                let count = classes.iter().filter(|of_block| **of_block == Some(class)).count();
                let text = Message::new("legend-class-blocks").text("class", class_name(class)).count("blocks", count);
                let swatch = symbol::swatch(vec![fill(class)], Vec::new());
                items.push(Item::Entry(text.in_language(language), swatch));
            }
            if county.blocks.len() <= MOST_FIGURES {
                items.push(Item::Note(self.text("legend-metres")));
            }
            // Pupils and seats are not shown here.
            let symbols = self.school_items(shown, &|_| true);
            let figure = self.text("legend-figure");
            items.extend(symbols.into_iter().filter(|item| !matches!(item, Item::Entry(text, _) if *text == figure)));
            items.extend(self.line_items(shown));
            items
        });
        Some(sheet)
    }
}
