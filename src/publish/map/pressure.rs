//! The sheet of seat pressure: how far the seats of each school are used.

use super::super::Colour;
use super::layer::{Base, Look};
use super::legend::Item;
use super::sheet::Sheet;
use super::stage::StageSheets;
use super::symbol;
use crate::language::Message;
use crate::model::SchoolIndex;

/// Lightness of the classes from little to full use.
const LIGHTNESSES: [f64; 4] = [95.0, 86.0, 77.0, 68.0];

/// The class of catchments with more pupils than seats.
const OVER: usize = LIGHTNESSES.len();

/// The class of catchments whose pupils are not shown.
const HIDDEN: usize = OVER + 1;

impl StageSheets<'_> {
    /// Shares of seats at which a class ends: from the least use that counts as good to full.
    fn steps(&self) -> [f64; 3] {
        let [low, high] = self.publication.settings.measure.seat_use;
        [0.0, 0.5, 5.0 / 6.0].map(|part| low + part * (high - low))
    }

    fn class_of(&self, school: SchoolIndex) -> usize {
        let load = self.loads[school.get()];
        if self.audience.hides(load.pupils) {
            HIDDEN
        } else if load.overload() > 0 {
            OVER
        } else {
            self.steps().iter().filter(|step| load.seat_use() >= **step).count()
        }
    }

    fn fill(class: usize) -> String {
        match class {
            OVER => Colour::of_lightness(60.0, 0.12, 30.0).to_string(),
            HIDDEN => "#ffffff".to_owned(),
            class => Colour::of_lightness(LIGHTNESSES[class], 0.08, 75.0).to_string(),
        }
    }

    /// The name of a class, such as `70–85 %`.
    fn class_name(&self, class: usize) -> String {
        let [first, second, third] = self.steps().map(|step| (100.0 * step).round() as i64);
        let message = match class {
            0 => Message::new("pressure-below").count("high", first),
            1 => Message::new("pressure-between").count("low", first).count("high", second),
            2 => Message::new("pressure-between").count("low", second).count("high", third),
            3 => Message::new("pressure-between").count("low", third).count("high", 100),
            OVER => Message::new("pressure-over"),
            _ => Message::new("pressure-hidden"),
        };
        message.in_language(self.publication.language)
    }

    /// The use of seats of every school of the stage.
    pub(super) fn pressure(&self) -> Sheet<'_> {
        let county = self.publication.county;
        let language = self.publication.language;
        let stage = self.catchments.stage;
        let (pupils, seats) = (county.pupils(stage), county.seats(stage));
        let percent = if seats > 0 { 100.0 * pupils as f64 / seats as f64 } else { 0.0 };
        let key = if self.hides_some() { "sheet-subtitle-pressure-public" } else { "sheet-subtitle-pressure" };
        let subtitle = Message::new(key).count("pupils", pupils).count("seats", seats).decimal("percent", percent, 1);
        let mut sheet = self.sheet(Some(&self.text("sheet-pressure")), subtitle.in_language(language), self.whole());
        let classes: Vec<usize> =
            (0..county.schools.len()).map(|school| self.class_of(SchoolIndex::new(school))).collect();
        let looks = (0..county.schools.len()).map(|position| {
            let school = SchoolIndex::new(position);
            Look {
                fill: Self::fill(classes[position]),
                data: ("data-school", county.catchment_id(stage, school)),
                tooltip: self.tooltip(school),
            }
        });
        let of_class = |wanted: usize| -> Vec<bool> {
            let school_of = self.catchments.school_of.iter();
            school_of.map(|school| school.is_some_and(|school| classes[school.get()] == wanted)).collect()
        };
        let hatches = [(symbol::OVER, of_class(OVER)), (symbol::HIDDEN, of_class(HIDDEN))];
        let base = Base {
            ground_of: self.catchments.school_of.iter().map(|school| school.map(SchoolIndex::get)).collect(),
            looks: looks.collect(),
            hatches: hatches.into_iter().filter(|(_, lies_on)| lies_on.contains(&true)).collect(),
            border: Box::new(|left, right| self.usual_border(left, right)),
        };
        sheet.layers = self.layers_over(base, |_| true);
        sheet.labels = self.school_labels(&|_| true);
        for (label, school) in sheet.labels.iter_mut().zip(county.schools_of(stage)) {
            let load = self.loads[county.holder(stage, school).get()];
            if !self.audience.hides(load.pupils) && load.seats > 0 {
                let percent = Message::new("pressure-percent").decimal("percent", 100.0 * load.seat_use(), 1);
                label.figure = format!("{} · {}", label.figure, percent.in_language(language));
            }
        }
        sheet.labels.extend(self.barrier_labels());
        sheet.legend = Box::new(move |shown| {
            let mut items = vec![Item::Head(self.text("sheet-pressure"))];
            for class in 0..=HIDDEN {
                let count = county.holders(stage).filter(|school| classes[school.get()] == class).count();
                if count == 0 {
                    continue;
                }
                let text = Message::new("legend-class-schools").text("class", self.class_name(class));
                let hatch = match class {
                    OVER => vec![symbol::OVER],
                    HIDDEN => vec![symbol::HIDDEN],
                    _ => Vec::new(),
                };
                let swatch = symbol::swatch(vec![Self::fill(class)], hatch);
                items.push(Item::Entry(text.count("schools", count).in_language(language), swatch));
            }
            items.extend(self.school_items(shown, &|_| true));
            items.extend(self.line_items(shown));
            items
        });
        sheet
    }
}
