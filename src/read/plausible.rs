//! Numbers that can be, but hardly are: they most often come from the wrong column.

use super::relations::Facts;
use crate::model::{Finding, FindingCode, Level, School, Stage};

/// Seats of a class, from few to more than any: classes of 66 and more count as far too large (超大班额).
const SEATS_OF_CLASS: std::ops::RangeInclusive<f64> = 8.0..=66.0;

/// The pupils of all blocks as a share of those enrolled today, where both count the same.
const OF_ENROLMENT: std::ops::RangeInclusive<f64> = 0.6..=1.67;

/// Checks the numbers of a county.
pub(super) fn check(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    for school in &facts.county.schools {
        findings.extend(seats_of_classes(facts, school));
    }
    for stage in facts.county.stages.iter().copied() {
        findings.extend(pupils_of_enrolment(facts, stage));
    }
}

/// A school whose seats do not fit its classes.
fn seats_of_classes(facts: &Facts<'_>, school: &School) -> Option<Finding> {
    let stages = &facts.county.stages;
    let classes = school.standing.classes.filter(|classes| *classes > 0)?;
    let of_stages = || stages.iter().filter_map(|stage| school.seats[*stage]).map(u64::from).sum();
    let seats: u64 = school.shared_seats.map_or_else(of_stages, u64::from);
    if seats == 0 {
        return None;
    }
    let of_class = seats as f64 / f64::from(classes);
    // Classes of stages that are not planned have seats that are not known.
    let is_partly_planned = school.standing.level == Some(Level::NineYear) && stages.len() == 1;
    let fits = SEATS_OF_CLASS.contains(&of_class) || (is_partly_planned && of_class < *SEATS_OF_CLASS.start());
    let finding = facts.about(FindingCode::SeatsClasses, school.origin).about(school.name.clone());
    (!fits).then(|| finding.count("seats", seats).count("classes", classes).decimal("each", of_class, 0))
}

/// A stage whose blocks have far more or far fewer pupils than its schools today.
fn pupils_of_enrolment(facts: &Facts<'_>, stage: Stage) -> Option<Finding> {
    let county = facts.county;
    let enrolled: Option<Vec<u32>> =
        county.schools_of(stage).map(|school| county.school(school).enrolment[stage]).collect();
    let enrolled: u64 = enrolled?.into_iter().map(u64::from).sum();
    let pupils = county.pupils(stage);
    if enrolled == 0 || pupils == 0 {
        return None;
    }
    let share = pupils as f64 / enrolled as f64;
    let finding = Finding::new(FindingCode::PupilsEnrolment).sentence("stage", stage.message());
    let finding = finding.count("pupils", pupils).count("enrolled", enrolled);
    (!OF_ENROLMENT.contains(&share)).then(|| finding.decimal("percent", 100.0 * share, 0))
}
