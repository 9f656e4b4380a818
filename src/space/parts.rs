//! Parts of a county between which no neighbour leads: each must do with its own seats.

use super::Projection;
use super::adjacency::Adjacency;
use super::ground::to_earth;
use crate::model::{BlockIndex, County, Finding, FindingCode, PerStage};

/// Reports parts with more pupils than the schools in them have seats, where the county as a whole has enough.
pub(super) fn short_of_seats(
    county: &County,
    adjacency: &Adjacency,
    homes: &PerStage<Vec<Option<BlockIndex>>>,
    earth: Option<&Projection>,
) -> Vec<Finding> {
    let (part_of, count) = adjacency.components();
    let mut findings = Vec::new();
    if count < 2 {
        return findings;
    }
    for stage in county.stages.iter().copied().filter(|stage| county.pupils(*stage) <= county.seats(*stage)) {
        let mut parts = vec![(0_u64, 0_u64, 0_usize, None); count];
        for (position, block) in county.blocks.iter().enumerate() {
            let (pupils, _, blocks, first) = &mut parts[part_of[position]];
            *pupils += u64::from(block.pupils[stage]);
            *blocks += 1;
            first.get_or_insert(block);
        }
        for (school, home) in county.schools.iter().zip(&homes[stage]) {
            if let (Some(seats), Some(home)) = (school.seats[stage], home) {
                parts[part_of[home.get()]].1 += u64::from(seats);
            }
        }
        for (pupils, seats, blocks, first) in parts {
            let Some(first) = first.filter(|_| pupils > seats) else { continue };
            let finding = Finding::new(FindingCode::SeatsShortApart).about(first.name.clone());
            let finding = finding.at_place(to_earth(earth, first.point)).sentence("stage", stage.message());
            let finding = finding.count("count", blocks).count("pupils", pupils).count("seats", seats);
            findings.push(finding.count("short", pupils - seats));
        }
    }
    findings
}
