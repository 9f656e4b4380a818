//! Where findings about a school or a block are, when only their file and row are said.

use std::collections::BTreeMap;

use geo::Coord;

use super::Ground;
use crate::model::{County, Finding};

/// Gives findings about a row of schools or blocks the place of what was read there.
///
/// Cost: O((schools + blocks + findings) log).
pub fn give_places(county: &County, ground: &Ground, findings: &mut [Finding]) {
    if findings.iter().all(|finding| finding.place.is_some() || finding.row.is_none()) {
        return;
    }
    let gates = county.schools.iter().map(|school| (school.origin, school.gate));
    let points = county.blocks.iter().map(|block| (block.origin, block.point));
    let known: BTreeMap<(&str, u32), Coord<f64>> = gates
        .chain(points)
        .filter_map(|(origin, place)| Some(((county.files.get(origin.file as usize)?.as_str(), origin.row), place)))
        .collect();
    for finding in findings.iter_mut().filter(|finding| finding.place.is_none()) {
        let (Some(file), Some(row)) = (&finding.file, finding.row) else { continue };
        finding.place = known.get(&(file.as_str(), row)).map(|place| ground.to_earth(*place));
    }
}
