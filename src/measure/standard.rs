//! The national standard of balanced compulsory education (优质均衡): what each school has per pupil, and how far schools of a
//! county may differ.

use serde::Serialize;

use super::IndicatorSpread;
use super::strength::per_pupil;
use crate::language::{Language, Message};
use crate::model::{County, Indicator, Level, SchoolIndex, Stage};

/// The least of each indicator, in primary and in junior schools, in the order of [`Indicator::ALL`]: teachers and rooms per
/// hundred pupils, areas in m² and equipment in yuan per pupil.
///
/// # Reference
/// 教督〔2017〕6号, 县域义务教育优质均衡发展督导评估办法.
const LEAST: [[f64; 7]; 2] = [[4.2, 1.0, 0.9, 4.5, 7.5, 2000.0, 2.3], [5.3, 1.0, 0.9, 5.8, 10.2, 2500.0, 2.4]];

/// Indicators that have to be met in full.
const MET_IN_FULL: usize = 6;

/// What the others have to reach of their least.
const MET_IN_PART: f64 = 0.85;

/// The largest coefficient of variation of any indicator between primary and between junior schools of a county.
const MOST_SPREAD: [f64; 2] = [0.50, 0.45];

/// What rounding errors may take from a number.
const ROUNDING: f64 = 1e-9;

/// An indicator of which a school has less than the standard asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShortIndicator {
    /// The indicator, as in files.
    pub indicator: &'static str,
    /// What the school has, in the unit of the standard.
    pub value: f64,
    /// What the standard asks.
    pub least: f64,
}

/// A school by the standard.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SchoolStandard {
    /// The school's id.
    pub school_id: String,
    /// The stage whose numbers it is judged by.
    pub stage: Stage,
    /// Indicators the table tells, of seven.
    pub known: usize,
    /// Indicators that reach the standard.
    pub met: usize,
    /// Whether the school meets it: six indicators in full and the other by 85 %; none where too little is known to say.
    pub is_met: Option<bool>,
    /// Where it falls short, in the order of the indicators.
    pub short: Vec<ShortIndicator>,
}

impl SchoolStandard {
    /// Where it falls short, in words.
    #[must_use]
    pub fn shortfalls(&self, language: Language) -> String {
        let each = self.short.iter().map(|short| {
            let indicator = language.text(&format!("indicator-{}", short.indicator.replace('_', "-")));
            let is_shown =
                |places: &i32| (10_f64.powi(*places) * short.value).round() / 10_f64.powi(*places) < short.least;
            let places = (2..4).find(is_shown).unwrap_or(4) as usize;
            let message = Message::new("mend-short-of").text("indicator", indicator);
            let message = message.decimal("value", short.value, places);
            message.decimal("least", short.least, 1).in_language(language)
        });
        each.collect::<Vec<String>>().join(&language.text("annex-between"))
    }
}

/// The numbers of the standard that hold for a stage: of a table without stages, those of the school's level.
fn numbers_of(stage: Stage, level: Option<Level>) -> Option<usize> {
    match (stage, level) {
        (Stage::Primary, _) | (Stage::All, Some(Level::Primary)) => Some(0),
        (Stage::Junior, _) | (Stage::All, Some(Level::Junior)) => Some(1),
        (Stage::All, _) => None,
    }
}

/// Every school of `stage` by the standard, in input order: those that tell none of the indicators are left out, and teaching
/// points, of which the standard does not speak. A nine-year school is judged in either stage, with what it has per pupil of
/// both.
///
/// Cost: linear in schools.
#[must_use]
pub fn school_standards(county: &County, stage: Stage) -> Vec<SchoolStandard> {
    let judge = |index: SchoolIndex| {
        let school = county.school(index);
        let least = &LEAST[numbers_of(stage, school.standing.level).filter(|_| !school.marks.teaching_point)?];
        let mut of =
            SchoolStandard { school_id: school.id.clone(), stage, known: 0, met: 0, is_met: None, short: Vec::new() };
        let mut far_short = 0;
        for (position, indicator) in Indicator::ALL.into_iter().enumerate() {
            let Some(value) = per_pupil(school, position) else { continue };
            let value = if is_per_hundred(indicator) { 100.0 * value } else { value };
            of.known += 1;
            if value >= least[position] - ROUNDING {
                of.met += 1;
            } else {
                far_short += usize::from(value < MET_IN_PART * least[position] - ROUNDING);
                // What falls short is never shown as what is asked for.
                let rounded = (1e4 * value).round() / 1e4;
                let value = if rounded < least[position] { rounded } else { (1e4 * value).floor() / 1e4 };
                of.short.push(ShortIndicator { indicator: indicator.slug(), value, least: least[position] });
            }
        }
        let is_short = of.short.len() > Indicator::ALL.len() - MET_IN_FULL || far_short > 0;
        of.is_met = if is_short { Some(false) } else { (of.known == Indicator::ALL.len()).then_some(true) };
        (of.known > 0).then_some(of)
    };
    county.schools_of(stage).filter_map(judge).collect()
}

/// Whether an indicator is counted for a hundred pupils.
const fn is_per_hundred(indicator: Indicator) -> bool {
    !matches!(indicator, Indicator::TeachingArea | Indicator::SportsArea | Indicator::EquipmentValue)
}

/// The largest spread between schools the standard allows in a stage; none for tables without stages.
#[must_use]
pub(super) fn most_spread(stage: Stage) -> Option<f64> {
    numbers_of(stage, None).map(|position| MOST_SPREAD[position])
}

/// The indicators of a stage whose spread between schools is larger than the standard allows, with that spread.
pub(super) fn too_unlike(stage: Stage, spread: &[IndicatorSpread]) -> Vec<(&'static str, f64)> {
    let Some(most) = most_spread(stage) else { return Vec::new() };
    let beyond = spread.iter().filter_map(|of| Some((of.indicator, of.between_schools?)));
    beyond.filter(|(_, value)| *value > most + ROUNDING).collect()
}
