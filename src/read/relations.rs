//! What only shows when the layers are seen together.

use std::collections::BTreeMap;

use super::layer::Layer;
use super::{plausible, whereabouts};
use crate::model::{County, Finding, FindingCode, LockKind, Origin, SchoolIndex, Stage};

/// Two gates nearer than this are one place.
const SAME_PLACE_METRES: f64 = 1.0;

/// A county with the layers of its schools and blocks.
pub(super) struct Facts<'a> {
    pub(super) county: &'a County,
    pub(super) layers: &'a [&'a Layer],
    /// Those of them that hold schools.
    pub(super) schools: &'a [Layer],
    /// Those of them that hold blocks.
    pub(super) blocks: &'a [Layer],
    /// From working metres to longitude and latitude, or to the planar metres of a local county.
    pub(super) to_earth: &'a dyn Fn(geo::Coord<f64>) -> geo::Coord<f64>,
}

impl Facts<'_> {
    /// A finding about a row of schools or blocks.
    pub(super) fn about(&self, code: FindingCode, origin: Origin) -> Finding {
        match self.layers.iter().find(|layer| layer.file == origin.file) {
            Some(layer) => layer.table.file_finding(code).at_row(origin.row),
            None => Finding::new(code),
        }
    }
}

/// Checks a county as a whole.
pub(super) fn check(facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let Facts { county, to_earth, .. } = *facts;
    let about = |code: FindingCode, origin: Origin| facts.about(code, origin);
    if county.schools.is_empty() {
        findings.push(none(FindingCode::SchoolsNone, facts.schools));
    }
    if county.blocks.is_empty() {
        findings.push(none(FindingCode::BlocksNone, facts.blocks));
    }
    for stage in county.stages.iter().copied().filter(|_| !county.blocks.is_empty()) {
        check_stage(county, stage, &about, findings);
    }
    for stages in county.stages_together().iter().filter(|stages| stages.len() > 1) {
        check_shared_seats(county, stages, findings);
    }
    if !county.blocks.is_empty() && !county.stages.is_empty() {
        let empty = |position: usize| county.stages.iter().all(|stage| county.blocks[position].pupils[*stage] == 0);
        let without = (0..county.blocks.len()).filter(|position| empty(*position)).count();
        if without == county.blocks.len() {
            findings.push(Finding::new(FindingCode::PupilsNone));
        } else if without > 0 {
            findings.push(Finding::new(FindingCode::PupilsZero).count("count", without));
        }
    }
    check_same_place(county, &about, to_earth, findings);
    whereabouts::check(facts, findings);
    plausible::check(facts, findings);
}

/// That there is nothing of a layer: no file was given, or one without rows.
fn none(code: FindingCode, layers: &[Layer]) -> Finding {
    let Some(empty) = layers.iter().find(|layer| layer.table.row_count() == 0) else {
        return Finding::new(code).text("why", "missing").text("header", "");
    };
    let table = &empty.table;
    // Where rows count from 1 there is no header to be shown.
    let header = if table.first_row > 1 { table.columns.join(", ") } else { String::new() };
    table.file_finding(code).text("why", "empty").clause("header", "clause-header", &header)
}

fn check_stage(
    county: &County,
    stage: Stage,
    about: &dyn Fn(FindingCode, Origin) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let (pupils, seats) = (county.pupils(stage), county.seats(stage));
    if pupils > seats {
        let finding = Finding::new(FindingCode::SeatsShort).sentence("stage", stage.message());
        findings.push(finding.count("pupils", pupils).count("seats", seats).count("short", pupils - seats));
    }
    let largest = county.holders(stage).map(|school| county.seats_of(stage, school)).max().unwrap_or(0);
    for block in county.blocks.iter().filter(|block| u64::from(block.pupils[stage]) > largest && largest > 0) {
        let finding = about(FindingCode::BlockTooLarge, block.origin).about(block.name.clone());
        findings.push(
            finding.sentence("stage", stage.message()).count("pupils", block.pupils[stage]).count("seats", largest),
        );
    }
    let mut locked: BTreeMap<SchoolIndex, u64> = BTreeMap::new();
    for lock in &county.locks {
        if let LockKind::BlockToSchool { block, school, stage: locked_in } = lock.kind
            && locked_in == stage
        {
            *locked.entry(school).or_default() += u64::from(county.block(block).pupils[stage]);
        }
    }
    for (school, pupils) in locked {
        let seats = county.seats_of(stage, school);
        if pupils > seats {
            let finding = about(FindingCode::LockOverfull, county.school(school).origin);
            let finding = finding.about(county.catchment_name(stage, school));
            findings.push(finding.sentence("stage", stage.message()).count("pupils", pupils).count("seats", seats));
        }
    }
}

/// Whether stages that share seats have enough of them for their pupils together, where each alone has.
fn check_shared_seats(county: &County, stages: &[Stage], findings: &mut Vec<Finding>) {
    let pupils: u64 = stages.iter().map(|stage| county.pupils(*stage)).sum();
    let seats = county.seats_together(stages);
    if pupils > seats && stages.iter().all(|stage| county.pupils(*stage) <= county.seats(*stage)) {
        let finding = Finding::new(FindingCode::SeatsShortTogether).count("pupils", pupils).count("seats", seats);
        findings.push(finding.count("short", pupils - seats));
    }
}

fn check_same_place(
    county: &County,
    about: &dyn Fn(FindingCode, Origin) -> Finding,
    to_earth: &dyn Fn(geo::Coord<f64>) -> geo::Coord<f64>,
    findings: &mut Vec<Finding>,
) {
    let index = crate::space::index::PlaceIndex::new(county.schools.iter().map(|school| school.gate));
    for (position, school) in county.schools.iter().enumerate() {
        if whereabouts::is_repeated(&index, school.gate) {
            continue;
        }
        let same =
            index.within(school.gate, SAME_PLACE_METRES).into_iter().filter(|other| *other > position).find(|other| {
                county.stages.iter().any(|stage| school.serves(*stage) && county.schools[*other].serves(*stage))
            });
        if let Some(other) = same {
            let finding = about(FindingCode::SchoolsSamePlace, school.origin).about(school.name.clone());
            findings.push(finding.at_place(to_earth(school.gate)).text("other", county.schools[other].name.clone()));
        }
    }
}
