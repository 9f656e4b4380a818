//! The tables against the inputs: who goes where, seats, contiguity, locks, sums, districts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::distance::{Ways, number};
use super::links::Links;
use super::output::{AssignmentRow, DistrictRow, Output};
use super::{Check, Kind};
use crate::language::Message;
use crate::model::{County, LockKind, School, Stage};

/// Distances are written with one decimal, sums with six; comparisons allow the last of them to differ.
const METRES: f64 = 0.051;
const SHARE: f64 = 1e-6;

/// Checks the tables.
pub(super) fn check(output: &Output, county: &County, links: &Links, ways: &Ways<'_>) -> Vec<Check> {
    let table = Table::read(output, county);
    vec![
        table.check_rows(ways),
        table.check_complete(),
        table.check_seats(),
        table.check_contiguity(links),
        table.check_locks(),
        table.check_districts(),
        table.check_sums(links, ways),
    ]
}

/// A row of the assignment and the school it names, where there is one.
type MatchedRow<'a> = (&'a AssignmentRow, Option<usize>);

/// The assignment with its rows matched to the county's blocks and schools.
struct Table<'a> {
    output: &'a Output,
    county: &'a County,
    stages: Vec<Stage>,
    /// The rows of each stage and block.
    rows: BTreeMap<(Stage, usize), Vec<MatchedRow<'a>>>,
    /// What a row names and nothing matches.
    unmatched: Vec<Message>,
}

impl<'a> Table<'a> {
    fn read(output: &'a Output, county: &'a County) -> Table<'a> {
        let blocks: BTreeMap<&str, usize> =
            county.blocks.iter().enumerate().map(|(position, block)| (block.id.as_str(), position)).collect();
        let schools: BTreeMap<&str, usize> =
            county.schools.iter().enumerate().map(|(position, school)| (school.id.as_str(), position)).collect();
        let mut table =
            Table { output, county, stages: county.stages.clone(), rows: BTreeMap::new(), unmatched: Vec::new() };
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
            let school = schools.get(row.school_id.as_str()).copied();
            if school.is_none() && !row.school_id.is_empty() {
                table.unmatched.push(unmatched("verify-row-school", &row.school_id));
            }
            table.rows.entry((stage, *block)).or_default().push((row, school));
        }
        table
    }

    /// The school of a block, where its row names one that serves the stage.
    fn school_of(&self, stage: Stage, block: usize) -> Option<usize> {
        let (_, school) = self.rows.get(&(stage, block))?.first()?;
        school.filter(|school| self.county.schools[*school].serves(stage))
    }

    fn pupils(&self, stage: Stage, block: usize) -> u64 {
        u64::from(self.county.blocks[block].pupils[stage])
    }

    /// Names, pupils and distances are those of the inputs.
    fn check_rows(&self, ways: &Ways<'_>) -> Check {
        let mut faults = self.unmatched.clone();
        for ((stage, block), rows) in &self.rows {
            let known = &self.county.blocks[*block];
            for (row, school) in rows {
                let mut wrong = |column: &str, found: &str, expected: String| {
                    faults.push(
                        Message::new("verify-cell")
                            .count("row", row.line)
                            .text("column", column)
                            .text("found", found)
                            .text("expected", expected),
                    );
                };
                if row.block_name != known.name {
                    wrong("block_name", &row.block_name, known.name.clone());
                }
                if row.pupils != self.pupils(*stage, *block).to_string() {
                    wrong("pupils", &row.pupils, self.pupils(*stage, *block).to_string());
                }
                let Some(position) = *school else { continue };
                let school: &School = &self.county.schools[position];
                if row.school_name != school.name {
                    wrong("school_name", &row.school_name, school.name.clone());
                }
                if !school.serves(*stage) {
                    wrong("school_id", &row.school_id, stage.slug().to_owned());
                }
                let metres = ways.metres(*block, position);
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

    fn loads(&self, stage: Stage) -> Vec<u64> {
        let mut loads = vec![0; self.county.schools.len()];
        for block in 0..self.county.blocks.len() {
            if let Some(school) = self.school_of(stage, block) {
                loads[school] += self.pupils(stage, block);
            }
        }
        loads
    }

    fn overload(&self, stage: Stage) -> u64 {
        let seats = self.county.schools.iter().map(|school| u64::from(school.seats[stage].unwrap_or(0)));
        self.loads(stage).into_iter().zip(seats).map(|(load, seats)| load.saturating_sub(seats)).sum()
    }

    fn check_seats(&self) -> Check {
        let mut faults = Vec::new();
        for stage in &self.stages {
            for (school, load) in self.county.schools.iter().zip(self.loads(*stage)) {
                let seats = u64::from(school.seats[*stage].unwrap_or(0));
                if load > seats {
                    let message = Message::new("verify-overfull").text("school", &school.name);
                    faults.push(message.sentence("stage", stage.message()).count("pupils", load).count("seats", seats));
                }
            }
        }
        Check::new("seats", Kind::Rule, faults)
    }

    /// The block each school stands in: the stated one, else the one its gate lies in, else the nearest; where two schools
    /// want one, whoever is nearest to the block's point has it. Only blocks that certainly are homes are returned: a
    /// catchment must reach one of the blocks its school may stand in.
    fn homes(&self, stage: Stage, school: usize) -> Vec<usize> {
        let known = &self.county.schools[school];
        if let Some(home) = known.home {
            return vec![home.get()];
        }
        let own: Vec<usize> =
            (0..self.county.blocks.len()).filter(|block| self.school_of(stage, *block) == Some(school)).collect();
        let inside: Vec<usize> = own.iter().copied().filter(|block| lies_in(self.county, known.gate, *block)).collect();
        if !inside.is_empty() {
            return inside;
        }
        let away = |block: usize| {
            let point = self.county.blocks[block].point;
            (point.x - known.gate.x).powi(2) + (point.y - known.gate.y).powi(2)
        };
        own.into_iter().min_by(|first, second| away(*first).total_cmp(&away(*second))).into_iter().collect()
    }

    /// The blocks that cannot reach their school through their own catchment, and are not locked where they are.
    fn detached(&self, stage: Stage, links: &Links) -> Vec<usize> {
        let mut reached = BTreeSet::new();
        for school in 0..self.county.schools.len() {
            let mut queue = self.homes(stage, school);
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
            .filter(|block| !reached.contains(block) && !self.is_locked(stage, *block))
            .filter(|block| self.school_of(stage, *block).is_some())
            .collect()
    }

    fn is_locked(&self, stage: Stage, block: usize) -> bool {
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
                faults.push(message.text("school", &self.county.school(school).name));
            }
            let (school, lead) = match lock.kind {
                LockKind::Lead { school } => (school, school),
                LockKind::MemberOf { member, lead } => (member, lead),
                LockKind::BlockToSchool { .. } => continue,
            };
            let (school, lead) = (self.county.school(school), self.county.school(lead));
            for row in self.output.districts.iter().filter(|row| row.school_id == school.id) {
                let leads = |other: &&DistrictRow| {
                    (&other.kind, &other.district_id, other.role.as_str()) == (&row.kind, &row.district_id, "lead")
                };
                if !self.output.districts.iter().filter(leads).any(|other| other.school_id == lead.id) {
                    let message = Message::new("verify-lock-lead").text("school", &school.name);
                    faults.push(message.text("lead", &lead.name).text("district", &row.district_id));
                }
            }
        }
        Check::new("locks", Kind::Rule, faults)
    }

    /// Each school of a grouped stage in one district, each district with one lead, and the assignment agrees.
    fn check_districts(&self) -> Check {
        let mut faults = Vec::new();
        for stage in &self.stages {
            let kind = format!("{stage}-district");
            let rows: Vec<_> = self.output.districts.iter().filter(|row| row.kind == kind).collect();
            if rows.is_empty() {
                continue;
            }
            let mut district_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            let mut leads: BTreeMap<&str, usize> = BTreeMap::new();
            for row in rows {
                district_of.entry(&row.school_id).or_default().push(&row.district_id);
                *leads.entry(&row.district_id).or_default() += usize::from(row.role == "lead");
            }
            for school in self.county.schools.iter().filter(|school| school.serves(*stage)) {
                let times = district_of.get(school.id.as_str()).map_or(0, Vec::len);
                if times != 1 {
                    faults.push(
                        Message::new("verify-school-districts").text("school", &school.name).count("times", times),
                    );
                }
            }
            for (district, count) in leads.into_iter().filter(|(_, count)| *count != 1) {
                faults.push(Message::new("verify-district-leads").text("district", district).count("count", count));
            }
            for ((row_stage, _), rows) in &self.rows {
                for (row, _) in rows.iter().filter(|_| row_stage == stage) {
                    let expected = district_of.get(row.school_id.as_str()).and_then(|ids| ids.first()).copied();
                    if expected.unwrap_or_default() != row.district_id {
                        faults.push(
                            Message::new("verify-cell")
                                .count("row", row.line)
                                .text("column", "district_id")
                                .text("found", &row.district_id)
                                .text("expected", expected.unwrap_or_default()),
                        );
                    }
                }
            }
        }
        Check::new("districts", Kind::Claim, faults)
    }

    /// The figures of `evaluation.json` are those of the table.
    fn check_sums(&self, links: &Links, ways: &Ways<'_>) -> Check {
        let mut faults = Vec::new();
        for stage in &self.stages {
            let claimed = self.output.evaluated_stages().iter().find(|claimed| claimed["stage"] == stage.slug());
            let Some(claimed) = claimed else {
                faults.push(Message::new("verify-stage-missing").sentence("stage", stage.message()));
                continue;
            };
            let mut compare = |name: &str, found: f64, expected: f64, tolerance: f64| {
                if (found - expected).abs() > tolerance || found.is_nan() {
                    let message = Message::new("verify-figure").sentence("stage", stage.message()).text("figure", name);
                    faults.push(message.text("found", found.to_string()).text("expected", expected.to_string()));
                }
            };
            let (mut pupil_metres, mut pupils) = (0.0, 0);
            for block in 0..self.county.blocks.len() {
                if let Some(school) = self.school_of(*stage, block) {
                    let count = self.pupils(*stage, block);
                    pupil_metres += ways.metres(block, school) * count as f64;
                    pupils += count;
                }
            }
            let pupil_km = pupil_metres / 1000.0;
            let unassigned =
                (0..self.county.blocks.len()).filter(|block| self.school_of(*stage, *block).is_none()).count();
            compare("pupil_km", number(claimed, "pupil_km"), pupil_km, pupil_km * SHARE + 1e-6);
            compare("overload", number(claimed, "overload"), self.overload(*stage) as f64, 0.0);
            compare("detached", number(claimed, "detached"), self.detached(*stage, links).len() as f64, 0.0);
            compare("unassigned", number(claimed, "unassigned"), unassigned as f64, 0.0);
            let mean = if pupils > 0 { pupil_metres / pupils as f64 } else { 0.0 };
            compare("mean_distance_m", number(claimed, "mean_distance_m"), mean, METRES);
            let loads = self.loads(*stage);
            let schools = claimed.get("schools").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            for (school, load) in self.county.schools.iter().zip(loads).filter(|(school, _)| school.serves(*stage)) {
                let claimed = schools.iter().find(|claimed| claimed["school_id"] == school.id.as_str());
                let found = claimed.map_or(f64::NAN, |claimed| number(claimed, "pupils"));
                compare(&format!("schools[{}].pupils", school.id), found, load as f64, 0.0);
            }
        }
        Check::new("sums", Kind::Claim, faults)
    }
}

/// Whether a place lies in the outline of a block (even–odd rule).
pub(super) fn lies_in(county: &County, place: geo::Coord<f64>, block: usize) -> bool {
    let Some(outline) = &county.blocks[block].outline else { return false };
    let crossings = outline
        .0
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .flat_map(|ring| ring.0.windows(2))
        .filter(|pair| {
            (pair[0].y > place.y) != (pair[1].y > place.y)
                && place.x < pair[0].x + (place.y - pair[0].y) / (pair[1].y - pair[0].y) * (pair[1].x - pair[0].x)
        })
        .count();
    crossings % 2 == 1
}
