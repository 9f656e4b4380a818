//! What only the bundle for internal use holds: the data of strength, and who locked what and why.

use super::Edition;
use super::tables::{Kind, Sheet};
use crate::language::Language;
use crate::model::{County, LockKind, SchoolIndex, Stage};

/// The tables of what is internal; none for the public.
pub(super) fn sheets(edition: &Edition<'_>, county: &County) -> Vec<Sheet> {
    if edition.is_public {
        return Vec::new();
    }
    let mut sheets = vec![schools(county, edition.language)];
    if !county.locks.is_empty() {
        sheets.push(locks(county, edition.language));
    }
    sheets
}

/// Each school with its marks, its teachers and the totals of its resources, as the input has them.
fn schools(county: &County, language: Language) -> Sheet {
    let columns = [
        ("column-id", Kind::Text),
        ("column-school", Kind::Text),
        ("internal-strong", Kind::Text),
        ("internal-weak", Kind::Text),
        ("internal-weak-because", Kind::Text),
        ("internal-strength", Kind::Number),
        ("internal-enrolment", Kind::Number),
        ("column-teachers", Kind::Number),
        // In the order of `Indicator::ALL`.
        ("internal-qualified-teachers", Kind::Number),
        ("internal-backbone-teachers", Kind::Number),
        ("internal-arts-sport-teachers", Kind::Number),
        ("internal-teaching-area", Kind::Number),
        ("internal-sports-area", Kind::Number),
        ("internal-equipment-value", Kind::Number),
        ("internal-multimedia-rooms", Kind::Number),
    ];
    let mut sheet = Sheet::new("tables-internal", None, "schools-internal.csv", &columns);
    let mark = |is_so: bool| if is_so { language.text("internal-yes") } else { String::new() };
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for school in &county.schools {
        let stages = [Stage::All, Stage::Primary, Stage::Junior];
        let enrolled: Vec<u32> = stages.into_iter().filter_map(|stage| school.enrolment[stage]).collect();
        let mut row = vec![
            school.id.clone(),
            school.name.clone(),
            mark(school.marks.strong),
            mark(school.marks.weak),
            school.standing.weak_because.clone().unwrap_or_default(),
            number(school.strength),
            number((!enrolled.is_empty()).then(|| enrolled.iter().map(|count| f64::from(*count)).sum())),
            number(school.standing.staff.teachers.map(f64::from)),
        ];
        row.extend(school.resources.iter().map(|total| number(*total)));
        sheet.rows.push(row);
    }
    sheet
}

/// Each lock with its reason and who set it.
fn locks(county: &County, language: Language) -> Sheet {
    let columns = [
        ("internal-locked", Kind::Text),
        ("internal-locked-to", Kind::Text),
        ("column-stage", Kind::Text),
        ("column-reason", Kind::Long),
        ("internal-author", Kind::Text),
    ];
    let mut sheet = Sheet::new("tables-locks", None, "locks.csv", &columns);
    let name = |school: SchoolIndex| county.school(school).name.clone();
    let block = |index| format!("{} [{}]", county.block(index).name, county.block(index).id);
    for lock in &county.locks {
        let (what, to, stage) = match lock.kind {
            LockKind::BlockToSchool { block: of, school, stage } => (block(of), name(school), Some(stage)),
            LockKind::Together { first, second, stage } => {
                (block(first), format!("{} {}", language.text("internal-with"), block(second)), Some(stage))
            }
            LockKind::Apart { first, second, stage } => {
                (block(first), format!("{} {}", language.text("internal-not-with"), block(second)), Some(stage))
            }
            LockKind::Forbidden { block: of, school, stage } => {
                (block(of), format!("{} {}", language.text("internal-not-to"), name(school)), Some(stage))
            }
            LockKind::Lead { school } => (name(school), language.text("column-leading"), None),
            LockKind::MemberOf { member, lead } => (name(member), name(lead), None),
        };
        let stage = stage.map(|stage| stage.message().in_language(language)).unwrap_or_default();
        sheet.rows.push(vec![what, to, stage, lock.reason.clone(), lock.author.clone()]);
    }
    sheet
}
