//! Which stages a county is planned for, and which numbers belong to which.

use super::blocks::BlockRows;
use super::columns::{Columns, Role};
use super::layer::Layer;
use super::schools::{SchoolRow, has_seats};
use crate::model::{Finding, FindingCode, PerStage, Stage};

const BOTH: [Stage; 2] = [Stage::Primary, Stage::Junior];

/// Decides the stages, then moves pupils, seats and enrolment that were given without a stage to the stage they belong
/// to. What is unclear is a finding, never a guess.
pub(super) fn settle(
    schools: &mut [SchoolRow],
    blocks: &mut BlockRows,
    school_layers: &[Layer],
    findings: &mut Vec<Finding>,
) -> Vec<Stage> {
    let told = schools.iter().any(|row| row.stages.is_some());
    let served: Vec<Stage> = BOTH
        .into_iter()
        .filter(|stage| {
            schools.iter().any(|row| {
                row.stages.as_ref().is_some_and(|stages| stages.contains(stage)) || row.school.seats[*stage].is_some()
            })
        })
        .collect();
    let told = told || !served.is_empty();
    let columns: Vec<Stage> = BOTH.into_iter().filter(|stage| blocks.pupil_columns[*stage]).collect();
    let stages = match (told, columns.as_slice()) {
        (false, []) => vec![Stage::All],
        (false, [only]) => vec![*only],
        (false, _) => {
            if let Some(layer) = school_layers.first().filter(|_| !schools.is_empty()) {
                findings.push(Columns::missing(&layer.table, &[Role::Stage]));
            }
            Vec::new()
        }
        (true, []) if blocks.blocks.is_empty() => served.clone(),
        (true, []) => {
            if let [only] = served[..] {
                vec![only]
            } else {
                findings.push(Finding::new(FindingCode::StagePupilsUnclear));
                Vec::new()
            }
        }
        (true, _) => columns.clone(),
    };
    if let [only] = stages[..] {
        give_stage(schools, blocks, only, told);
    }
    let stages: Vec<Stage> = stages
        .into_iter()
        .filter(|stage| {
            let pupils: u64 = blocks.blocks.iter().map(|block| u64::from(block.pupils[*stage])).sum();
            let is_served = schools.iter().any(|row| serves(row, *stage));
            if pupils > 0 && !is_served {
                findings.push(
                    Finding::new(FindingCode::StageWithoutSchool)
                        .sentence("stage", stage.message())
                        .count("pupils", pupils),
                );
            }
            is_served
        })
        .collect();
    for row in schools.iter_mut() {
        settle_school(row, &stages, school_layers, findings);
    }
    stages
}

fn serves(row: &SchoolRow, stage: Stage) -> bool {
    row.stages.as_ref().is_none_or(|stages| stages.contains(&stage))
}

/// Numbers without a stage belong to the only stage there is.
fn give_stage(schools: &mut [SchoolRow], blocks: &mut BlockRows, only: Stage, told: bool) {
    if only == Stage::All {
        return;
    }
    if !blocks.pupil_columns[only] {
        for block in &mut blocks.blocks {
            block.pupils[only] = block.pupils[Stage::All];
        }
    }
    if blocks.existing[only].is_none() {
        blocks.existing[only] = blocks.existing[Stage::All].take();
    }
    if !told {
        for row in schools {
            row.stages = Some(vec![only]);
        }
    }
}

/// Leaves each school the seats of the stages it serves in this county. Seats shared between two stages are seats of
/// each.
fn settle_school(row: &mut SchoolRow, stages: &[Stage], layers: &[Layer], findings: &mut Vec<Finding>) {
    let served: Vec<Stage> = stages.iter().copied().filter(|stage| serves(row, *stage)).collect();
    let told = row.stages.as_ref().map_or(1, Vec::len);
    let given = (row.school.seats, row.school.enrolment, row.school.least_pupils);
    row.school.seats = PerStage::default();
    row.school.enrolment = PerStage::default();
    row.school.least_pupils = PerStage::default();
    let shared = row.school.shared_seats.take();
    let origin = row.school.origin;
    let layer = layers.iter().find(|layer| layer.file == origin.file);
    let mut report = |code: FindingCode, stage: Stage, shared: u32| {
        if let Some(layer) = layer {
            let finding = layer.table.file_finding(code).at_row(origin.row).about(row.school.name.clone());
            findings.push(finding.sentence("stage", stage.message()).count("seats", shared));
        }
    };
    if let Some(shared) = shared {
        for (stage, seats) in given.0.iter().filter(|(_, seats)| seats.is_some_and(|seats| seats != shared)) {
            report(FindingCode::SharedSeatsBeside, stage, seats.unwrap_or_default());
        }
        match served[..] {
            [only] => report(FindingCode::SharedSeatsOneStage, only, shared),
            _ => row.school.shared_seats = Some(shared),
        }
    }
    if told > 1
        && given.2[Stage::All].is_some()
        && let Some(layer) = layer
    {
        let finding = layer.table.file_finding(FindingCode::LeastStageUnclear).at_row(row.school.origin.row);
        findings.push(finding.about(row.school.name.clone()));
    }
    // What cannot be parted by stages, and the pupils of kindergartens and senior schools, is known of the whole school.
    let is_parted = BOTH.iter().any(|stage| given.1[*stage].is_some());
    row.school.enrolment[Stage::All] = given.1[Stage::All].filter(|_| told != 1 && !is_parted);
    for stage in served {
        // A number without a stage is a school's own only where it serves a single stage.
        let without_stage = told == 1;
        row.school.enrolment[stage] = given.1[stage].or(given.1[Stage::All].filter(|_| without_stage));
        row.school.least_pupils[stage] = given.2[stage].or(given.2[Stage::All].filter(|_| without_stage));
        let seats = shared.or(given.0[stage]).or(given.0[Stage::All].filter(|_| without_stage));
        row.school.seats[stage] = Some(seats.unwrap_or(0));
        let code = match seats {
            None => FindingCode::SeatsMissing,
            Some(0) => FindingCode::SeatsZero,
            Some(_) => continue,
        };
        if let Some(layer) = layer {
            if seats.is_none() && !has_seats(layer) {
                // The missing column has been reported, once.
                continue;
            }
            let finding = layer.table.file_finding(code).at_row(origin.row);
            findings.push(finding.about(row.school.name.clone()).sentence("stage", stage.message()));
        }
    }
}
