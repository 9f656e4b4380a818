//! The lines of districts: who crosses them, and what they cost, from the tables alone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::distance::{Ways, number};
use super::links::Links;
use super::output::Output;
use super::scheme::{METRES, Table};
use crate::model::{LockKind, Stage};

/// The district of each block of a stage; none where no line binds it.
pub(super) struct Lines<'a> {
    /// Of each school that serves the stage; those in no district have an empty name, and are one together.
    of_school: BTreeMap<usize, &'a str>,
    of_block: Vec<Option<&'a str>>,
}

impl<'a> Lines<'a> {
    /// The lines of a stage; none where catchments need not keep to any, or no districts were made. Where there is no
    /// existing scheme, the lines are those of the scheme without them.
    pub(super) fn of(output: &Output, table: &Table<'a>, links: &Links, stage: Stage) -> Option<Lines<'a>> {
        if !output.settings.catchments.within_districts || table.groups.of_stage(stage).is_empty() {
            return None;
        }
        let county = table.county;
        let district = |school: usize| {
            let holder = table.sharing.schools(stage, school).first().copied().unwrap_or(school);
            table.groups.of(stage, &county.schools[holder].id).map_or("", |row| row.district_id.as_str())
        };
        let serving = (0..county.schools.len()).filter(|school| county.schools[*school].serves(stage));
        let of_school: BTreeMap<usize, &str> = serving.map(|school| (school, district(school))).collect();
        let mut of_block: Vec<Option<&str>> = match &county.existing.school_of[stage] {
            Some(existing) => existing.iter().map(|school| school.map(|school| district(school.get()))).collect(),
            None => free(output, table, stage).into_iter().map(|school| school.map(district)).collect(),
        };
        for lock in &county.locks {
            if let LockKind::BlockToSchool { block, school, stage: of } = lock.kind
                && of == stage
            {
                of_block[block.get()] = Some(district(school.get()));
            }
        }
        let mut reached = BTreeSet::new();
        for school in of_school.keys() {
            let holder = table.sharing.schools(stage, *school)[0];
            for home in table.homes(stage, *school, holder) {
                of_block[home] = Some(district(*school));
                reached.insert(home);
            }
        }
        let mut queue: Vec<usize> = reached.iter().copied().collect();
        while let Some(block) = queue.pop() {
            for neighbour in &links.neighbours[block] {
                if of_block[*neighbour] == of_block[block] && reached.insert(*neighbour) {
                    queue.push(*neighbour);
                }
            }
        }
        for (block, district) in of_block.iter_mut().enumerate() {
            if !reached.contains(&block) {
                *district = None;
            }
        }
        Some(Lines { of_school, of_block })
    }

    /// The blocks that go to a school beyond the line of their district.
    pub(super) fn crossed(&self, table: &Table<'_>, stage: Stage) -> Vec<usize> {
        let crosses = |block: &usize| {
            let (line, school) = (self.of_block[*block], table.school_of(stage, *block));
            line.is_some_and(|line| school.is_some_and(|school| self.of_school.get(&school) != Some(&line)))
        };
        (0..self.of_block.len()).filter(crosses).collect()
    }
}

/// The school each block of a stage would have without lines, by the table that says so.
fn free(output: &Output, table: &Table<'_>, stage: Stage) -> Vec<Option<usize>> {
    let county = table.county;
    let blocks: BTreeMap<&str, usize> =
        county.blocks.iter().enumerate().map(|(position, block)| (block.id.as_str(), position)).collect();
    let catchments: BTreeMap<String, usize> =
        table.sharing.holders(stage).map(|school| (table.sharing.id(stage, school), school)).collect();
    let mut school_of = vec![None; county.blocks.len()];
    for row in output.free.iter().filter(|row| row.stage == stage.slug()) {
        if let (Some(block), Some(school)) = (blocks.get(row.block_id.as_str()), catchments.get(&row.school_id)) {
            school_of[*block] = Some(*school);
        }
    }
    school_of
}

/// Figures of what the lines cost that are not those of the tables: their name, what is said, and what it comes to.
pub(super) fn price_faults(
    output: &Output,
    table: &Table<'_>,
    links: &Links,
    ways: &Ways<'_>,
    stage: Stage,
    claimed: &Value,
) -> Vec<(String, f64, f64)> {
    let claimed = &claimed["district_lines"];
    let Some(lines) = Lines::of(output, table, links, stage) else {
        let is_said = !claimed.is_null();
        return is_said
            .then(|| ("district_lines".to_owned(), number(claimed, "pupils"), f64::NAN))
            .into_iter()
            .collect();
    };
    let free = free(output, table, stage);
    let (mut pupils, mut within, mut without) = (0, 0.0, 0.0);
    let (mut moved_blocks, mut moved) = (0, 0);
    let metres = |block: usize, school: usize| table.sharing.metres(ways, stage, block, school);
    for (block, free) in free.into_iter().enumerate() {
        let (Some(school), Some(free)) = (table.school_of(stage, block), free) else { continue };
        let of_block = table.pupils(stage, block);
        pupils += of_block;
        within += of_block as f64 * metres(block, school);
        without += of_block as f64 * metres(block, free);
        if school != free {
            moved_blocks += 1;
            moved += of_block;
        }
    }
    let mean = |metres: f64, over: u64| metres / over.max(1) as f64;
    let price = within - without;
    let sums = 1.1e-6 + 1e-9 * without / 1000.0;
    let figures = [
        ("pupils", pupils as f64, 0.0),
        ("moved_blocks", f64::from(moved_blocks), 0.0),
        ("moved_pupils", moved as f64, 0.0),
        ("free_pupil_km", without / 1000.0, sums),
        ("price_pupil_km", price / 1000.0, sums),
        ("free_mean_distance_m", mean(without, pupils), METRES),
        ("price_mean_m", mean(price, pupils), METRES),
        ("price_mean_of_moved_m", mean(price, moved), METRES),
    ];
    let mut faults: Vec<(String, f64, f64)> = figures
        .into_iter()
        .filter_map(|(name, expected, tolerance)| {
            let found = number(claimed, name);
            let differs = (found - expected).abs() > tolerance || found.is_nan();
            differs.then(|| (format!("district_lines.{name}"), found, expected))
        })
        .collect();
    let drawn_from = if table.county.existing.school_of[stage].is_some() { "existing" } else { "scheme" };
    if claimed["drawn_from"] != drawn_from {
        faults.push(("district_lines.drawn_from".to_owned(), f64::NAN, f64::NAN));
    }
    let unbound = claimed["unbound_blocks"].as_array().map_or(&[][..], Vec::as_slice);
    let said: BTreeSet<&str> = unbound.iter().filter_map(Value::as_str).collect();
    let blocks = table.county.blocks.iter().zip(&lines.of_block);
    let expected: BTreeSet<&str> =
        blocks.filter(|(_, line)| line.is_none()).map(|(block, _)| block.id.as_str()).collect();
    if said != expected {
        faults.push(("district_lines.unbound_blocks".to_owned(), said.len() as f64, expected.len() as f64));
    }
    faults
}
