//! The assignment against the inputs: who goes where, seats, contiguity, locks.

use std::collections::{BTreeMap, BTreeSet};

use super::distance::Ways;
use super::groups::Groups;
use super::links::Links;
use super::output::{AssignmentRow, Output};
use super::shape::{is_inside, segments};
use super::sharing::Sharing;
use super::{Check, Kind};
use crate::language::Message;
use crate::model::{County, LockKind, Stage};

/// Distances are written with one decimal; comparisons allow it to differ.
pub(super) const METRES: f64 = 0.051;

/// A row of the assignment and the school it names, where there is one.
type MatchedRow<'a> = (&'a AssignmentRow, Option<usize>);

/// The assignment with its rows matched to the county's blocks and schools.
pub(super) struct Table<'a> {
    pub(super) county: &'a County,
    pub(super) stages: Vec<Stage>,
    /// Who shares a catchment.
    pub(super) sharing: Sharing<'a>,
    /// The districts the table of districts names.
    pub(super) groups: Groups<'a>,
    /// The rows of each stage and block.
    rows: BTreeMap<(Stage, usize), Vec<MatchedRow<'a>>>,
    /// For each stage the school of each block, where its row names one that serves the stage; of a pool, which a row names
    /// by all its schools, the first.
    schools: BTreeMap<Stage, Vec<Option<usize>>>,
    /// For each stage and school the blocks whose rows name it.
    blocks: BTreeMap<Stage, Vec<Vec<usize>>>,
    /// What a row names and nothing matches.
    unmatched: Vec<Message>,
}

impl<'a> Table<'a> {
    pub(super) fn read(output: &'a Output, county: &'a County) -> Table<'a> {
        let blocks: BTreeMap<&str, usize> =
            county.blocks.iter().enumerate().map(|(position, block)| (block.id.as_str(), position)).collect();
        let schools: BTreeMap<&str, usize> =
            county.schools.iter().enumerate().map(|(position, school)| (school.id.as_str(), position)).collect();
        let sharing = Sharing::of(county);
        let catchments: BTreeMap<(Stage, String), usize> = county
            .stages
            .iter()
            .flat_map(|stage| sharing.holders(*stage).map(|school| ((*stage, sharing.id(*stage, school)), school)))
            .collect();
        let mut table = Table {
            sharing,
            county,
            stages: county.stages.clone(),
            groups: Groups::read(output),
            rows: BTreeMap::new(),
            schools: BTreeMap::new(),
            blocks: BTreeMap::new(),
            unmatched: Vec::new(),
        };
        for row in &output.assignment {
            let unmatched = |key: &str, name: &str| Message::new(key).text("name", name).count("row", row.line);
            let stage = Stage::from_slug(&row.stage).filter(|stage| table.stages.contains(stage));
            let Some(stage) = stage else {
                table.unmatched.push(unmatched("verify-row-stage", &row.stage));
                continue;
            };
            let Some(block) = blocks.get(row.block_id.as_str()) else {
                table.unmatched.push(unmatched("verify-row-block", &row.block_id));
                continue;
            };
            // A school that does not serve the stage is known by its own id, to be told of.
            let unserving = || schools.get(row.school_id.as_str()).filter(|of| !county.schools[**of].serves(stage));
            let school = catchments.get(&(stage, row.school_id.clone())).or_else(unserving).copied();
            if school.is_none() && !row.school_id.is_empty() {
                table.unmatched.push(unmatched("verify-row-school", &row.school_id));
            }
            table.rows.entry((stage, *block)).or_default().push((row, school));
        }
        for stage in &table.stages {
            let school_of = |block: usize| {
                let (_, school) = table.rows.get(&(*stage, block))?.first()?;
                school.filter(|school| county.schools[*school].serves(*stage))
            };
            let schools: Vec<Option<usize>> = (0..county.blocks.len()).map(school_of).collect();
            let mut blocks = vec![Vec::new(); county.schools.len()];
            for (block, school) in schools.iter().enumerate() {
                if let Some(school) = school {
                    blocks[*school].push(block);
                }
            }
            table.blocks.insert(*stage, blocks);
            table.schools.insert(*stage, schools);
        }
        table
    }

    /// Checks the table against the inputs.
    pub(super) fn check(&self, links: &Links, ways: &Ways<'_>) -> Vec<Check> {
        vec![
            self.check_rows(ways),
            self.check_complete(),
            self.check_seats(),
            self.check_contiguity(links),
            self.check_locks(),
        ]
    }

    /// The rows of a stage with the position of their block.
    pub(super) fn rows_of(&self, stage: Stage) -> impl Iterator<Item = (usize, &'a AssignmentRow)> + '_ {
        let rows = self.rows.range((stage, 0)..=(stage, usize::MAX));
        rows.flat_map(|((_, block), rows)| rows.iter().map(|(row, _)| (*block, *row)))
    }

    /// The school of a block, where its row names one that serves the stage.
    pub(super) fn school_of(&self, stage: Stage, block: usize) -> Option<usize> {
        self.schools.get(&stage)?.get(block).copied().flatten()
    }

    /// The blocks whose rows name a school, ascending.
    pub(super) fn blocks_of(&self, stage: Stage, school: usize) -> &[usize] {
        self.blocks.get(&stage).and_then(|blocks| blocks.get(school)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn pupils(&self, stage: Stage, block: usize) -> u64 {
        u64::from(self.county.blocks[block].pupils[stage])
    }

    /// Names, pupils and distances are those of the inputs.
    fn check_rows(&self, ways: &Ways<'_>) -> Check {
        let mut faults = self.unmatched.clone();
        for ((stage, block), rows) in &self.rows {
            let known = &self.county.blocks[*block];
            for (row, school) in rows {
                let mut wrong = |column: &str, found: &str, expected: String| {
                    faults.push(cell_fault(row.line, column, found, expected));
                };
                if row.block_name != known.name {
                    wrong("block_name", &row.block_name, known.name.to_string());
                }
                if row.pupils != self.pupils(*stage, *block).to_string() {
                    wrong("pupils", &row.pupils, self.pupils(*stage, *block).to_string());
                }
                let locked = if self.is_locked(*stage, *block) { "yes" } else { "no" };
                if row.locked != locked {
                    wrong("locked", &row.locked, locked.to_owned());
                }
                if row.reason.is_empty() {
                    faults.push(Message::new("verify-cell-empty").count("row", row.line).text("column", "reason"));
                }
                let mut wrong = |column: &str, found: &str, expected: String| {
                    faults.push(cell_fault(row.line, column, found, expected));
                };
                let Some(position) = *school else { continue };
                if !self.county.schools[position].serves(*stage) {
                    wrong("school_id", &row.school_id, stage.slug().to_owned());
                    continue;
                }
                let name = self.sharing.name(*stage, position);
                if row.school_name != name {
                    wrong("school_name", &row.school_name, name);
                }
                let metres = self.sharing.metres(ways, *stage, *block, position);
                if row.distance_m.parse::<f64>().map_or(true, |found| (found - metres).abs() > METRES) {
                    wrong("distance_m", &row.distance_m, format!("{metres:.1}"));
                }
            }
        }
        Check::new("rows", Kind::Claim, faults)
    }

    /// Each block once in each stage, with a school.
    fn check_complete(&self) -> Check {
        let mut faults = Vec::new();
        for stage in &self.stages {
            for block in 0..self.county.blocks.len() {
                let count = self.rows.get(&(*stage, block)).map_or(0, Vec::len);
                let name = &self.county.blocks[block].name;
                if count != 1 {
                    let message = Message::new("verify-block-times").text("block", name);
                    faults.push(message.sentence("stage", stage.message()).count("times", count));
                } else if self.school_of(*stage, block).is_none() {
                    faults.push(
                        Message::new("verify-block-without").text("block", name).sentence("stage", stage.message()),
                    );
                }
            }
        }
        Check::new("complete", Kind::Rule, faults)
    }

    pub(super) fn loads(&self, stage: Stage) -> Vec<u64> {
        let mut loads = vec![0; self.county.schools.len()];
        for block in 0..self.county.blocks.len() {
            if let Some(school) = self.school_of(stage, block) {
                loads[school] += self.pupils(stage, block);
            }
        }
        loads
    }

    /// The seats a catchment has for a stage; of seats shared between stages those the others leave. None for schools
    /// whose catchment goes by another.
    pub(super) fn seats(&self, stage: Stage, school: usize) -> u64 {
        if self.sharing.schools(stage, school).first() != Some(&school) {
            return 0;
        }
        let mut seats = self.sharing.seats(stage, school);
        if self.county.schools[school].shared_seats.is_some() {
            for other in self.stages.iter().filter(|other| **other != stage) {
                seats = seats.saturating_sub(self.loads(*other)[school]);
            }
        }
        seats
    }

    fn check_seats(&self) -> Check {
        let mut faults = Vec::new();
        let fault = |name: &str, load: u64, seats: u64| {
            Message::new("verify-overfull").text("school", name).count("pupils", load).count("seats", seats)
        };
        let mut of_both = vec![0; self.county.schools.len()];
        for stage in &self.stages {
            let loads = self.loads(*stage);
            for school in self.sharing.holders(*stage) {
                let (load, seats) = (loads[school], self.sharing.seats(*stage, school));
                of_both[school] += load;
                if load > seats {
                    let name = self.sharing.name(*stage, school);
                    faults.push(fault(&name, load, seats).sentence("stage", stage.message()));
                }
            }
        }
        for (school, load) in self.county.schools.iter().zip(of_both) {
            if let Some(seats) = school.shared_seats.map(u64::from).filter(|seats| load > *seats) {
                let message = Message::new("verify-overfull-shared").text("school", &school.name);
                faults.push(message.count("pupils", load).count("seats", seats));
            }
        }
        Check::new("seats", Kind::Rule, faults)
    }

    /// The block each school stands in: the stated one, else the one its gate lies in, else the nearest; where two schools
    /// want one, whoever is nearest to the block's point has it. Only blocks that certainly are homes are returned: a
    /// catchment must reach one of the blocks its school may stand in.
    pub(super) fn homes(&self, stage: Stage, school: usize, holder: usize) -> Vec<usize> {
        let known = &self.county.schools[school];
        if let Some(home) = known.home {
            return vec![home.get()];
        }
        let own = self.blocks_of(stage, holder);
        let inside: Vec<usize> = own.iter().copied().filter(|block| lies_in(self.county, known.gate, *block)).collect();
        if !inside.is_empty() {
            return inside;
        }
        let away = |block: usize| {
            let point = self.county.blocks[block].point;
            (point.x - known.gate.x).powi(2) + (point.y - known.gate.y).powi(2)
        };
        own.iter().copied().min_by(|first, second| away(*first).total_cmp(&away(*second))).into_iter().collect()
    }

    /// The blocks that cannot reach their school through their own catchment, and are not locked where they are.
    pub(super) fn detached(&self, stage: Stage, links: &Links) -> Vec<usize> {
        let mut unreached = self.unreached(stage, links);
        unreached.retain(|block| !self.is_locked(stage, *block));
        unreached
    }

    /// The blocks that cannot reach their school through their own catchment.
    pub(super) fn unreached(&self, stage: Stage, links: &Links) -> Vec<usize> {
        let mut reached = BTreeSet::new();
        for school in self.sharing.holders(stage) {
            let of_each = self.sharing.schools(stage, school).iter().map(|of| self.homes(stage, *of, school));
            let mut queue: Vec<usize> = of_each.flatten().collect();
            queue.retain(|home| self.school_of(stage, *home) == Some(school));
            reached.extend(queue.iter().copied());
            while let Some(block) = queue.pop() {
                for neighbour in &links.neighbours[block] {
                    if self.school_of(stage, *neighbour) == Some(school) && reached.insert(*neighbour) {
                        queue.push(*neighbour);
                    }
                }
            }
        }
        (0..self.county.blocks.len())
            .filter(|block| !reached.contains(block))
            .filter(|block| self.school_of(stage, *block).is_some())
            .collect()
    }

    pub(super) fn is_locked(&self, stage: Stage, block: usize) -> bool {
        self.county.locks.iter().any(|lock| match lock.kind {
            LockKind::BlockToSchool { block: locked, school, stage: locked_in } => {
                locked.get() == block && locked_in == stage && self.school_of(stage, block) == Some(school.get())
            }
            _ => false,
        })
    }

    fn check_contiguity(&self, links: &Links) -> Check {
        let mut faults = Vec::new();
        for stage in &self.stages {
            for block in self.detached(*stage, links) {
                let message = Message::new("verify-detached").text("block", &self.county.blocks[block].name);
                faults.push(message.sentence("stage", stage.message()));
            }
        }
        Check::new("contiguity", Kind::Rule, faults)
    }

    fn check_locks(&self) -> Check {
        let mut faults = Vec::new();
        for lock in &self.county.locks {
            if let LockKind::BlockToSchool { block, school, stage } = lock.kind
                && self.school_of(stage, block.get()) != Some(school.get())
            {
                let message = Message::new("verify-lock").text("block", &self.county.block(block).name);
                faults.push(message.text("school", self.sharing.name(stage, school.get())));
            }
            let (school, lead) = match lock.kind {
                LockKind::Lead { school } => (school, school),
                LockKind::MemberOf { member, lead } => (member, lead),
                LockKind::BlockToSchool { .. }
                | LockKind::Together { .. }
                | LockKind::Apart { .. }
                | LockKind::Forbidden { .. } => continue,
            };
            let (school, lead) = (self.county.school(school), self.county.school(lead));
            for district in self.groups.broken_leads(&school.id, &lead.id) {
                let message = Message::new("verify-lock-lead").text("school", &school.name);
                faults.push(message.text("lead", &lead.name).text("district", district));
            }
        }
        Check::new("locks", Kind::Rule, faults)
    }
}

/// A cell that says something wrong.
pub(super) fn cell_fault(row: u64, column: &str, found: &str, expected: impl Into<String>) -> Message {
    let message = Message::new("verify-cell").count("row", row).text("column", column);
    message.text("found", found).text("expected", expected)
}

/// Whether a place lies in the outline of a block.
pub(super) fn lies_in(county: &County, place: geo::Coord<f64>, block: usize) -> bool {
    county.outlines.get(block).is_some_and(|outline| is_inside(place, &segments(&outline)))
}
