//! A county that lines of districts cut into parts which know nothing of each other: each is planned as a problem of its own,
//! small and without lines, instead of the whole with them.

use super::problem::{NONE, Problem};

/// A part of a county: schools between which blocks may go, with their blocks.
pub(super) struct Part {
    /// Positions of the schools in the whole, ascending.
    pub(super) schools: Vec<u16>,
    /// Positions of the blocks, ascending.
    pub(super) blocks: Vec<u32>,
}

/// The parts into which the lines cut a problem, in the order of their first schools; a block that no line binds is of the part
/// of the school it has in `start`. `None` where it is one part or a line runs through one (several stages
/// at once), where a block of `start` has no school or one beyond its line,
/// and where other terms than lines tie parts together or bar schools.
///
/// Cost: linear in blocks and schools.
pub(super) fn parts(problem: &Problem, start: &[u16]) -> Option<Vec<Part>> {
    let has_its_school = |(block, school): (usize, &u16)| *school != NONE && !problem.is_barred(block, *school);
    if !problem.terms.are_lines_alone() || !start.iter().enumerate().all(has_its_school) {
        return None;
    }
    let part_of = problem.parts_of_schools();
    if !problem.are_parts_without_lines(&part_of) {
        return None;
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut number = vec![usize::MAX; part_of.len()];
    for (school, part) in part_of.iter().enumerate() {
        if number[*part] == usize::MAX {
            number[*part] = parts.len();
            parts.push(Part { schools: Vec::new(), blocks: Vec::new() });
        }
        parts[number[*part]].schools.push(school as u16);
    }
    for (block, school) in start.iter().enumerate() {
        parts[number[part_of[usize::from(*school)]]].blocks.push(block as u32);
    }
    (parts.len() > 1).then_some(parts)
}

/// The position of each block in its part.
pub(super) fn places(parts: &[Part], blocks: usize) -> Vec<u32> {
    let mut places = vec![u32::MAX; blocks];
    for part in parts {
        for (place, block) in part.blocks.iter().enumerate() {
            places[*block as usize] = place as u32;
        }
    }
    places
}
