//! Strength (办学实力): an index from the four factors of the Pubei plan, per stage. Internal, never published.

use super::percentile;
use crate::model::settings::StrengthSettings;
use crate::model::{County, Finding, FindingCode, Indicator, Level, School, SchoolIndex, Stage};

/// Sites with fewer pupils are not rated: their figures per pupil say nothing (the review leaves out teaching points
/// under 50 as well).
pub(super) const LEAST_PUPILS: u32 = 50;

/// Schools with less of the factors' weight known are not rated.
const LEAST_COMPLETENESS: f64 = 0.6;

/// Where a school stands among those of its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Marked weak, or in the lowest quarter.
    Weak,
    /// Neither.
    Middle,
    /// Marked strong, or in the highest quarter.
    Strong,
}

/// The strength of one school in one stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// The index, 0–100; `None` for schools that cannot be rated.
    pub index: Option<f64>,
    /// Conditions, teachers, management and quality, each 0–1, where known.
    pub factors: [Option<f64>; 4],
    /// Share of the factors' weight that is known.
    pub completeness: f64,
    /// Where it stands.
    pub tier: Tier,
    /// Pupils it counts for in weighted means: enrolment, else seats.
    pub pupils: u32,
}

/// The strengths of the schools of one stage.
#[derive(Clone, Debug, Default)]
pub struct Strengths {
    /// In the county's school order; `None` for schools that do not serve the stage.
    pub of_school: Vec<Option<Strength>>,
    /// Whether any school is rated or marked, so that strong can be told from weak.
    pub is_known: bool,
    /// What is missing.
    pub findings: Vec<Finding>,
}

impl Strengths {
    /// The strength of `school`, where it serves the stage.
    #[must_use]
    pub fn of(&self, school: SchoolIndex) -> Option<&Strength> {
        self.of_school.get(school.get())?.as_ref()
    }

    /// Whether `school` stands in `tier`.
    #[must_use]
    pub fn is(&self, school: SchoolIndex, tier: Tier) -> bool {
        self.of(school).is_some_and(|strength| strength.tier == tier)
    }

    /// Whether `school` needs a strong lead: it is weak or new.
    #[must_use]
    pub fn is_in_need(&self, county: &County, school: SchoolIndex) -> bool {
        self.is(school, Tier::Weak) || county.school(school).marks.new
    }
}

/// Rates the schools of one stage.
///
/// Each indicator per pupil is cut at the 5th and 95th percentile of the rated schools and scaled to 0–1; a factor is the
/// mean of its indicators; of all stages together, primary and junior schools are scaled and ranked each among their own; the level is 100 × the weighted mean of the known factors, and the index is the level, or where growth
/// is known and counts, (1 − γ) × level + γ × 100 × growth, scaled alike. Tiers are quarters of the index,
/// but explicit marks win. A school whose strength is given is rated so, however small it is. Deterministic. Cost: O(schools log schools).
///
/// The factors and their names are those of the Pubei action plan (办学条件、师资配置、管理水平、教育质量); the weights
/// are the settings' own.
#[must_use]
pub fn strengths(county: &County, stage: Stage, settings: &StrengthSettings) -> Strengths {
    let schools: Vec<SchoolIndex> = county.schools_of(stage).collect();
    let mut result = Strengths { of_school: vec![None; county.schools.len()], ..Strengths::default() };
    let can_be_rated = |school: &School| !school.marks.teaching_point && pupils_of(school, stage).0 >= LEAST_PUPILS;
    let rated: Vec<SchoolIndex> =
        schools.iter().copied().filter(|school| can_be_rated(county.school(*school))).collect();
    let scales = Scales::of_bands(county, stage, &rated);
    let (mut without_enrolment, mut with_seats) = (0, 0);
    for index in &schools {
        let school = county.school(*index);
        let (pupils, from_enrolment) = pupils_of(school, stage);
        without_enrolment += usize::from(!from_enrolment);
        with_seats += usize::from(!from_enrolment && pupils > 0);
        let own: Vec<&Scales> = bands_of(stage, school).iter().map(|band| &scales[*band]).collect();
        let share = |of: &dyn Fn(&Scales) -> Option<&Scale>, value: Option<f64>| -> Option<f64> {
            mean(&own.iter().filter_map(|own| Some(of(own)?.share(value?))).collect::<Vec<f64>>())
        };
        let scaled = |indicators: std::ops::Range<usize>| -> Vec<f64> {
            let share = |of: usize| share(&|own: &Scales| own.indicators[of].as_ref(), per_pupil(school, of));
            indicators.filter_map(share).collect()
        };
        let known = |values: &[f64], wanted: usize| (mean(values), values.len() as f64 / wanted as f64);
        let (teachers, conditions) = (scaled(0..3), scaled(3..7));
        let quality = share(&|own: &Scales| own.quality.as_ref(), school.quality);
        let factors = [
            (settings.conditions, known(&conditions, 4)),
            (settings.teachers, known(&teachers, 3)),
            (settings.management, (school.management, f64::from(u8::from(school.management.is_some())))),
            (settings.quality, (quality, f64::from(u8::from(quality.is_some())))),
        ];
        let whole: f64 = factors.iter().map(|(weight, _)| weight).sum();
        let weighed: f64 = factors.iter().filter(|(_, (value, _))| value.is_some()).map(|(weight, _)| weight).sum();
        let completeness = if whole > 0.0 {
            factors.iter().map(|(weight, (_, share))| weight * share).sum::<f64>() / whole
        } else {
            0.0
        };
        let sum: f64 = factors.iter().filter_map(|(weight, (value, _))| Some(weight * (*value)?)).sum();
        let computed = (can_be_rated(school) && weighed > 0.0 && completeness >= LEAST_COMPLETENESS)
            .then(|| 100.0 * sum / weighed);
        // Growth tempers the level of schools that have both.
        let grown = share(&|own: &Scales| own.growth.as_ref(), school.growth).map(|share| 100.0 * share);
        let computed = computed.map(|level| match grown {
            Some(grown) => (1.0 - settings.growth) * level + settings.growth * grown,
            None => level,
        });
        let index_value = school.strength.or(computed);
        let completeness = if school.strength.is_some() { 1.0 } else { completeness };
        if can_be_rated(school) && completeness > 0.0 && completeness < LEAST_COMPLETENESS {
            let finding = Finding::new(FindingCode::StrengthIncomplete).about(school.name.clone());
            let finding = finding.sentence("stage", stage.message()).decimal("share", 100.0 * completeness, 0);
            result.findings.push(match county.files.get(school.origin.file as usize) {
                Some(file) => finding.in_file(file.clone()).at_row(school.origin.row),
                None => finding,
            });
        }
        result.of_school[index.get()] = Some(Strength {
            index: index_value,
            factors: factors.map(|(_, (value, _))| value),
            completeness,
            tier: Tier::Middle,
            pupils,
        });
    }
    set_tiers(county, stage, &schools, &mut result);
    if !result.is_known {
        result.findings = vec![Finding::new(FindingCode::StrengthMissing).sentence("stage", stage.message())];
    } else if without_enrolment > 0 {
        let finding = Finding::new(FindingCode::EnrolmentMissing).sentence("stage", stage.message());
        result.findings.push(finding.count("count", without_enrolment).count("seats", with_seats));
    }
    result
}

fn set_tiers(county: &County, stage: Stage, schools: &[SchoolIndex], result: &mut Strengths) {
    let quarters: [[Option<f64>; 2]; BANDS] = std::array::from_fn(|band| {
        let own = schools.iter().filter(|school| bands_of(stage, county.school(**school)).contains(&band));
        let indices: Vec<f64> = own.filter_map(|school| result.of(*school)?.index).collect();
        [percentile(&indices, 0.25), percentile(&indices, 0.75)]
    });
    for school in schools {
        let marks = county.school(*school).marks;
        let bands = bands_of(stage, county.school(*school));
        let quarter = |end: usize| mean(&bands.iter().filter_map(|band| quarters[*band][end]).collect::<Vec<f64>>());
        let (low, high) = (quarter(0), quarter(1));
        let Some(strength) = &mut result.of_school[school.get()] else { continue };
        let by_index = match (strength.index, low, high) {
            // Where many are rated alike, a quarter is no quarter: who is no better than the lowest is not strong.
            (Some(index), Some(low), Some(high)) if index >= high && index > low => Tier::Strong,
            (Some(index), Some(low), Some(high)) if index <= low && index < high => Tier::Weak,
            _ => Tier::Middle,
        };
        strength.tier = match (marks.strong || marks.lead, marks.weak) {
            (true, _) => Tier::Strong,
            (false, true) => Tier::Weak,
            (false, false) => by_index,
        };
        result.is_known |= strength.index.is_some() || marks.strong || marks.lead || marks.weak;
    }
}

/// Pupils a school counts for, and whether they come from enrolment.
fn pupils_of(school: &School, stage: Stage) -> (u32, bool) {
    match school.enrolment[stage] {
        Some(enrolment) => (enrolment, true),
        None => (school.seats[stage].unwrap_or(0), false),
    }
}

/// An indicator per pupil: totals are over all pupils of a school, of whatever stage.
pub(super) fn per_pupil(school: &School, indicator: usize) -> Option<f64> {
    let pupils = school.pupils();
    if pupils == 0 { None } else { Some(school.resources[indicator]? / f64::from(pupils)) }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Schools that are rated beside each other: where stages are grouped together, those for primary pupils and those for juniors.
const BANDS: usize = 2;

/// The bands a school is rated in. What primary schools have for a pupil says nothing of a junior school; one with both
/// stages is rated in both, and is what it is on average.
fn bands_of(stage: Stage, school: &School) -> &'static [usize] {
    match (stage, school.standing.level) {
        (Stage::All, Some(Level::Junior)) => &[1],
        (Stage::All, Some(level)) if level != Level::Primary => &[0, 1],
        _ => &[0],
    }
}

/// The scales of one band.
struct Scales {
    indicators: Vec<Option<Scale>>,
    quality: Option<Scale>,
    growth: Option<Scale>,
}

impl Scales {
    fn of_bands(county: &County, stage: Stage, rated: &[SchoolIndex]) -> [Scales; BANDS] {
        std::array::from_fn(|band| {
            let own = rated.iter().map(|school| county.school(*school));
            let own: Vec<&School> = own.filter(|school| bands_of(stage, school).contains(&band)).collect();
            let of_indicator = |indicator| Scale::of(own.iter().filter_map(|school| per_pupil(school, indicator)));
            Scales {
                indicators: (0..Indicator::ALL.len()).map(of_indicator).collect(),
                quality: Scale::of(own.iter().filter_map(|school| school.quality)),
                growth: Scale::of(own.iter().filter_map(|school| school.growth)),
            }
        })
    }
}

/// The 5th and 95th percentile of an indicator.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(values: impl Iterator<Item = f64>) -> Option<Scale> {
        let values: Vec<f64> = values.collect();
        Some(Scale { low: percentile(&values, 0.05)?, high: percentile(&values, 0.95)? })
    }

    /// Where `value` lies between the two, 0–1; the middle where all are equal.
    fn share(&self, value: f64) -> f64 {
        if self.high > self.low { ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) } else { 0.5 }
    }
}
