//! Who stays outside where leads cannot take all schools and documents do not ask for all.

use super::task::Task;
use crate::measure::{Strengths, Tier};
use crate::model::{County, SchoolIndex};

/// The `room` schools that are taken in: leads and schools locked to them, then new public schools, then weak ones, then
/// those nearest to a lead; in input order.
pub(super) fn keep(
    county: &County,
    task: &Task,
    leads: &[usize],
    strengths: &Strengths,
    room: usize,
) -> Vec<SchoolIndex> {
    let mut order: Vec<(usize, f64, usize)> = (0..task.schools.len())
        .map(|school| {
            let index = task.schools[school];
            let is_held = leads.contains(&school) || task.locked_to[school].is_some();
            let is_new = county.school(index).is_new_public();
            let rank = match (is_held, is_new, strengths.is(index, Tier::Weak)) {
                (true, ..) => 0,
                (_, true, _) => 1,
                (.., true) => 2,
                _ => 3,
            };
            let way = leads.iter().map(|lead| task.metres(school, *lead)).fold(f64::INFINITY, f64::min);
            (rank, way, school)
        })
        .collect();
    order.sort_by(|first, second| {
        first.0.cmp(&second.0).then(first.1.total_cmp(&second.1)).then(first.2.cmp(&second.2))
    });
    let mut kept: Vec<SchoolIndex> = order.into_iter().take(room).map(|(.., school)| task.schools[school]).collect();
    kept.sort_unstable();
    kept
}
