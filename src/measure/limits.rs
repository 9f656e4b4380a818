//! Limits of the input that no scheme can keep: ways that are too long, schools that want too many pupils.

use crate::model::settings::Settings;
use crate::model::{Block, County, Finding, FindingCode, LockKind, Origin, SchoolIndex, Stage};
use crate::space::{Ground, Nearby};

/// What there is to say about longest ways and fewest pupils before anything is planned.
///
/// Cost: O(log schools + schools within reach) for each block with a limit.
#[must_use]
pub fn limits(county: &County, ground: &Ground, settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stage in county.stages.iter().copied() {
        too_far(county, ground, stage, settings, &mut findings);
        locked_too_far(county, ground, stage, settings, &mut findings);
        least_pupils(county, stage, settings, &mut findings);
    }
    findings
}

fn finding(county: &County, code: FindingCode, origin: Origin, stage: Stage) -> Finding {
    let finding = Finding::new(code).at_row(origin.row).sentence("stage", stage.message());
    match county.files.get(origin.file as usize) {
        Some(file) => finding.in_file(file.clone()),
        None => finding,
    }
}

fn block_finding(county: &County, ground: &Ground, code: FindingCode, block: &Block, stage: Stage) -> Finding {
    finding(county, code, block.origin, stage).about(block.name.clone()).at_place(ground.to_earth(block.point))
}

/// Blocks with pupils and no school within their longest distance.
fn too_far(county: &County, ground: &Ground, stage: Stage, settings: &Settings, findings: &mut Vec<Finding>) {
    let nearby = Nearby::new(county, &ground.distances, stage);
    for index in county.block_indices() {
        let block = county.block(index);
        let Some(limit) = settings.catchments.longest_m(block).filter(|_| block.pupils[stage] > 0) else { continue };
        let mut is_reached = false;
        nearby.nearer(index, limit.next_up(), |_, _| is_reached = true);
        if is_reached {
            continue;
        }
        let metres = |school: SchoolIndex| nearby.metres(index, school);
        let schools = nearby.schools().iter().copied();
        let nearest = schools.min_by(|first, second| metres(*first).total_cmp(&metres(*second)));
        let Some(nearest) = nearest else { continue };
        findings.push(
            block_finding(county, ground, FindingCode::BlockTooFar, block, stage)
                .text("school", county.catchment_name(stage, nearest))
                .decimal("metres", metres(nearest), 0)
                .decimal("limit", limit, 0),
        );
    }
}

/// Blocks locked to a school that is further than their longest distance.
fn locked_too_far(county: &County, ground: &Ground, stage: Stage, settings: &Settings, findings: &mut Vec<Finding>) {
    let nearby = Nearby::new(county, &ground.distances, stage);
    for lock in &county.locks {
        let LockKind::BlockToSchool { block: index, school, stage: locked_in } = lock.kind else { continue };
        let block = county.block(index);
        let metres = nearby.metres(index, school);
        let limit = settings.catchments.longest_m(block).filter(|limit| metres > *limit);
        let Some(limit) = limit.filter(|_| locked_in == stage && block.pupils[stage] > 0) else { continue };
        findings.push(
            finding(county, FindingCode::LockTooFar, lock.origin, stage)
                .about(block.name.clone())
                .at_place(ground.to_earth(block.point))
                .text("school", county.catchment_name(stage, school))
                .decimal("metres", metres, 0)
                .decimal("limit", limit, 0),
        );
    }
}

/// Schools that must be given more pupils than they have seats, and schools that together want more than there are.
fn least_pupils(county: &County, stage: Stage, settings: &Settings, findings: &mut Vec<Finding>) {
    let mut wanted = 0;
    for holder in county.holders(stage) {
        let least = settings.catchments.least_pupils_of(county, stage, holder);
        let seats = county.seats_of(stage, holder);
        wanted += least;
        if least > seats {
            let finding = finding(county, FindingCode::LeastAboveSeats, county.school(holder).origin, stage);
            let finding = finding.about(county.catchment_name(stage, holder));
            findings.push(finding.count("least", least).count("seats", seats));
        }
    }
    let pupils = county.pupils(stage);
    if wanted > pupils {
        let finding = Finding::new(FindingCode::LeastShort).sentence("stage", stage.message());
        findings.push(finding.count("least", wanted).count("pupils", pupils));
    }
}
