//! The layer of schools.

use std::collections::BTreeMap;

use super::columns::Role;
use super::coordinates::Working;
use super::identity::identify;
use super::layer::Layer;
use super::names::Called;
use super::value;
use crate::model::settings::PolicySettings;
use crate::model::{
    Finding, FindingCode, Indicator, Level, Marks, Mode, Ownership, PerStage, School, Settings, Staff, Stage, Standing,
    Told,
};

/// Columns of the layer.
pub(super) const ROLES: &[Role] = &[
    Role::Place,
    Role::Id,
    Role::Name,
    Role::Longitude,
    Role::Latitude,
    Role::X,
    Role::Y,
    Role::Stage,
    Role::Capacity,
    Role::CapacityPrimary,
    Role::CapacityJunior,
    Role::SharedSeats,
    Role::Pool,
    Role::PoolPrimary,
    Role::PoolJunior,
    Role::Enrolment,
    Role::EnrolmentPrimary,
    Role::EnrolmentJunior,
    Role::LeastPupils,
    Role::LeastPupilsPrimary,
    Role::LeastPupilsJunior,
    Role::HomeBlock,
    Role::Town,
    Role::Campus,
    Role::Strong,
    Role::CountyDirect,
    Role::TownStrong,
    Role::Lead,
    Role::Urban,
    Role::Strength,
    Role::Weak,
    Role::New,
    Role::TeachingPoint,
    Role::Management,
    Role::Quality,
    Role::Growth,
    Role::QualifiedTeachers,
    Role::BackboneTeachers,
    Role::ArtsSportTeachers,
    Role::TeachingArea,
    Role::SportsArea,
    Role::EquipmentValue,
    Role::MultimediaRooms,
    Role::County,
    Role::Centre,
    Role::Superior,
    Role::Ownership,
    Role::Central,
    Role::Partner,
    Role::WeakBecause,
    Role::Mode,
    Role::Opened,
    Role::Closed,
    Role::Facilities,
    Role::Classes,
    Role::Managers,
    Role::ManagersSent,
    Role::PerformanceShare,
    Role::FirstPostYears,
    Role::EligibleTeachers,
    Role::ExchangedTeachers,
    Role::ExchangedBackbone,
    Role::Teachers,
    Role::YoungTeachers,
    Role::SeniorTeachers,
    Role::QualityBefore,
];

const INDICATOR_ROLES: [Role; 7] = [
    Role::QualifiedTeachers,
    Role::BackboneTeachers,
    Role::ArtsSportTeachers,
    Role::TeachingArea,
    Role::SportsArea,
    Role::EquipmentValue,
    Role::MultimediaRooms,
];

/// A school as its row has it, before the stages of the county are known.
pub(super) struct SchoolRow {
    /// Seats and enrolment hold what the columns of each stage say; `All` holds the column without a stage.
    pub(super) school: School,
    /// The stages its type names; `None` where there is no such column.
    pub(super) stages: Option<Vec<Stage>>,
    /// The home block as the row names it.
    pub(super) home: Option<String>,
    /// The pools its columns name; `All` holds the column without a stage.
    pub(super) pools: PerStage<Option<String>>,
}

impl Called for SchoolRow {
    fn id(&self) -> &str {
        &self.school.id
    }

    fn name(&self) -> &str {
        &self.school.name
    }
}

/// The schools of all rows that can be used.
pub(super) struct SchoolRows {
    /// The schools in input order.
    pub(super) schools: Vec<SchoolRow>,
    /// Ids and names that stand in rows left out.
    pub(super) left_out: Vec<String>,
}

/// Reads all schools; rows that cannot be used are left out, with a finding each.
pub(super) fn read(
    layers: &[Layer],
    working: &Working,
    settings: &Settings,
    findings: &mut Vec<Finding>,
) -> SchoolRows {
    let identities = identify(layers, findings);
    let mut left_out = identities.left_out;
    let stage_is_told: Vec<bool> = layers.iter().map(stage_is_told).collect();
    let mut schools: Vec<SchoolRow> = Vec::new();
    let new_from = settings.policy.counts_as_new_from();
    let mut new_by_year = 0_usize;
    for (number, row, id, name) in identities.rows {
        let layer = &layers[number];
        if is_closed(layer, row, settings.project.school_year(), findings) {
            left_out.extend([id, name].map(String::from));
            continue;
        }
        let Some(gate) = layer.way(working).and_then(|way| layer.point(row, &way, findings)) else {
            left_out.extend([id, name].map(String::from));
            continue;
        };
        let level = value::level(layer.cell(row, Role::Stage)).filter(|_| stage_is_told[number]);
        let stages = match (stage_is_told[number], value::stages(layer.cell(row, Role::Stage))) {
            (false, _) => None,
            (true, Some(stages)) => Some(stages),
            (true, None) if level.is_some_and(|level| !level.is_compulsory()) => {
                let code = match level {
                    Some(Level::Special) => FindingCode::SchoolSpecial,
                    _ => FindingCode::SchoolNotCompulsory,
                };
                let finding = layer.table.finding(code, row).about(name.clone());
                findings.push(finding.text("cell", layer.cell(row, Role::Stage)));
                Some(Vec::new())
            }
            (true, None) => {
                let finding = layer
                    .table
                    .finding(FindingCode::StageUnknown, row)
                    .about(name.clone())
                    .text("cell", layer.cell(row, Role::Stage));
                findings.push(finding);
                left_out.extend([id, name].map(String::from));
                continue;
            }
        };
        let mut count = |role: Role| count(layer, row, role, &name, findings);
        let mut seats = PerStage::default();
        let mut enrolment = PerStage::default();
        let mut least_pupils = PerStage::default();
        for (stage, seats_role, enrolment_role, least_role) in [
            (Stage::All, Role::Capacity, Role::Enrolment, Role::LeastPupils),
            (Stage::Primary, Role::CapacityPrimary, Role::EnrolmentPrimary, Role::LeastPupilsPrimary),
            (Stage::Junior, Role::CapacityJunior, Role::EnrolmentJunior, Role::LeastPupilsJunior),
        ] {
            seats[stage] = count(seats_role);
            enrolment[stage] = count(enrolment_role);
            least_pupils[stage] = count(least_role);
        }
        let shared_seats = count(Role::SharedSeats);
        let mut pools = PerStage::default();
        for (stage, role) in
            [(Stage::All, Role::Pool), (Stage::Primary, Role::PoolPrimary), (Stage::Junior, Role::PoolJunior)]
        {
            pools[stage] = layer.text(row, role);
        }
        let mut resources = [None; Indicator::ALL.len()];
        for (slot, role) in resources.iter_mut().zip(INDICATOR_ROLES) {
            *slot = layer.number(row, role, findings).filter(|number| *number >= 0.0);
        }
        let quality = layer.number(row, Role::Quality, findings);
        let growth = layer.number(row, Role::Growth, findings);
        let strength = strength(layer, row, findings);
        let urban = urban(layer, row, findings);
        let management = value::grade(layer.cell(row, Role::Management));
        let standing =
            Standing { site_of: identities.wholes.get(&id).cloned(), ..standing(layer, row, level, &name, findings) };
        // Where the table does not say who is new, the year a school opened does.
        let has_new = layer.columns.has(Role::New);
        let opened_in_time = standing.opened.zip(new_from).filter(|_| !has_new).map(|(opened, from)| opened >= from);
        let is_new_by_year = opened_in_time == Some(true);
        new_by_year += usize::from(is_new_by_year);
        let told = Told {
            new: has_new || opened_in_time.is_some(),
            weak: layer.columns.has(Role::Weak) || layer.columns.has(Role::WeakBecause),
            centre: layer.columns.has(Role::Centre),
        };
        let mut mark = |role: Role| {
            value::flag(layer.cell(row, role)).unwrap_or_else(|| {
                findings.push(layer.unknown_word(row, role, ["是", "否"]));
                false
            })
        };
        let marks = Marks {
            strong: [Role::Strong, Role::CountyDirect, Role::TownStrong].map(&mut mark).contains(&true),
            lead: mark(Role::Lead),
            weak: mark(Role::Weak) || standing.weak_because.is_some(),
            new: mark(Role::New) || is_new_by_year,
            teaching_point: mark(Role::TeachingPoint) || layer.cell(row, Role::Stage).contains("教学点"),
        };
        let standing = Standing {
            told,
            centre: mark(Role::Centre),
            central: mark(Role::Central),
            partner: mark(Role::Partner),
            ..standing
        };
        let school = School {
            id: id.into(),
            name: name.into(),
            gate,
            seats,
            shared_seats,
            least_pupils,
            enrolment,
            home: None,
            resources,
            management,
            quality,
            growth,
            strength,
            marks,
            urban,
            town: layer.text(row, Role::Town),
            standing,
            origin: layer.origin(row),
        };
        schools.push(SchoolRow { school, stages, home: layer.text(row, Role::HomeBlock), pools });
    }
    if let Some(from) = new_from.filter(|_| new_by_year > 0)
        && let Some(layer) = layers.first()
    {
        let finding = layer.table.file_finding(FindingCode::SchoolsNewByYear).count("count", new_by_year);
        findings.push(finding.text("year", from.to_string()));
    }
    report_same_names(layers, &schools, findings);
    report_seniors(layers, &schools, findings);
    SchoolRows { schools, left_out }
}

/// Whether a school has closed by the school year of the project, or where that has none, whether any year is told in which it did.
fn is_closed(layer: &Layer, row: usize, of_project: Option<u16>, findings: &mut Vec<Finding>) -> bool {
    let Some(cell) = layer.text(row, Role::Closed) else { return false };
    let Some((year, _)) = value::month(&cell) else {
        findings.push(layer.about_row(layer.table.finding(FindingCode::YearUnreadable, row).text("cell", cell), row));
        return false;
    };
    let is_over = of_project.is_none_or(|now| year <= now);
    if is_over {
        let finding = layer.about_row(layer.table.finding(FindingCode::SchoolClosed, row), row);
        findings.push(finding.text("year", year.to_string()));
    }
    is_over
}

/// What documents ask of a row, its yes/no columns aside.
fn standing(layer: &Layer, row: usize, level: Option<Level>, name: &str, findings: &mut Vec<Finding>) -> Standing {
    let facilities = layer.text(row, Role::Facilities).unwrap_or_default();
    // As offices write lists: with any of these marks, or with blanks alone.
    let is_mark = |letter: char| matches!(letter, ';' | '\u{ff1b}' | '、' | ',' | '\u{ff0c}' | '/' | '|');
    let parted = facilities.split(|letter: char| is_mark(letter) || letter.is_whitespace());
    let facilities = parted.map(str::trim).filter(|place| !place.is_empty());
    Standing {
        level,
        county: layer.text(row, Role::County),
        superior: layer.text(row, Role::Superior),
        ownership: layer.word(row, Role::Ownership, Ownership::from_word, Ownership::ALL, Ownership::chinese, findings),
        weak_because: layer.text(row, Role::WeakBecause).filter(|cell| value::flag(cell) != Some(false)),
        mode: layer.word(row, Role::Mode, Mode::from_word, Mode::ALL, Mode::chinese, findings),
        opened: count(layer, row, Role::Opened, name, findings).and_then(|year| u16::try_from(year).ok()),
        classes: count(layer, row, Role::Classes, name, findings),
        facilities: facilities.map(str::to_owned).collect(),
        staff: Staff {
            eligible: count(layer, row, Role::EligibleTeachers, name, findings),
            exchanged: count(layer, row, Role::ExchangedTeachers, name, findings),
            exchanged_backbone: count(layer, row, Role::ExchangedBackbone, name, findings),
            teachers: count(layer, row, Role::Teachers, name, findings),
            young: count(layer, row, Role::YoungTeachers, name, findings),
            senior: count(layer, row, Role::SeniorTeachers, name, findings),
            managers: count(layer, row, Role::Managers, name, findings),
            managers_sent: count(layer, row, Role::ManagersSent, name, findings),
        },
        performance_share: share(layer, row, Role::PerformanceShare, findings),
        first_post_years: layer.number(row, Role::FirstPostYears, findings),
        quality_before: layer.number(row, Role::QualityBefore, findings),
        ..Standing::default()
    }
}

/// Whether a layer has any column of seats.
pub(super) fn has_seats(layer: &Layer) -> bool {
    [Role::Capacity, Role::CapacityPrimary, Role::CapacityJunior, Role::SharedSeats]
        .iter()
        .any(|role| layer.columns.has(*role))
}

/// Whether the stage column says anything: a column called `type` may hold something else entirely.
fn stage_is_told(layer: &Layer) -> bool {
    layer.columns.has(Role::Stage)
        && (0..layer.table.row_count()).any(|row| value::stages(layer.cell(row, Role::Stage)).is_some())
}

/// Whether a row stands in a town, in one of the ways tables say it.
fn urban(layer: &Layer, row: usize, findings: &mut Vec<Finding>) -> Option<bool> {
    let cell = layer.cell(row, Role::Urban);
    if value::is_missing(cell) {
        return None;
    }
    let is_urban = value::urban(cell);
    if is_urban.is_none() {
        let known = [
            "城镇",
            "乡村",
            "主城区",
            "城乡结合区",
            "镇中心区",
            "镇乡结合区",
            "特殊区域",
            "乡中心区",
            "村庄",
            "111–220",
        ];
        findings.push(layer.unknown_word(row, Role::Urban, known));
    }
    is_urban
}

/// The strength of a row, 0–100.
fn strength(layer: &Layer, row: usize, findings: &mut Vec<Finding>) -> Option<f64> {
    let number = layer.number(row, Role::Strength, findings)?;
    if !(0.0..=100.0).contains(&number) {
        findings.push(layer.unreadable(row, layer.cell(row, Role::Strength), Role::Strength.slug()));
        return None;
    }
    Some(number)
}

/// A whole number of seats or pupils.
fn count(layer: &Layer, row: usize, role: Role, name: &str, findings: &mut Vec<Finding>) -> Option<u32> {
    let number = layer.number(row, role, findings)?;
    if let Some(finding) = layer.beyond_count(row, role, number) {
        findings.push(finding.about(name));
        return None;
    }
    if number.fract() != 0.0 {
        let column = layer.column_name(role).unwrap_or(role.slug());
        let finding = layer.unreadable(row, layer.cell(row, role), column).about(name);
        findings.push(finding);
        return None;
    }
    Some(number as u32)
}

/// A share, as one (0.6), as a percentage (60 %) or as the number of one (60).
fn share(layer: &Layer, row: usize, role: Role, findings: &mut Vec<Finding>) -> Option<f64> {
    let percent = match value::percent(layer.cell(row, role)) {
        Some(percent) => percent,
        None => layer.number(row, role, findings).map(|number| if number > 1.0 { number } else { 100.0 * number })?,
    };
    if !(0.0..=100.0).contains(&percent) {
        findings.push(layer.unreadable(row, layer.cell(row, role), role.slug()));
        return None;
    }
    Some(percent / 100.0)
}

/// Reports schools that are junior by a type that says no more than 中学, and senior by their names.
fn report_seniors(layers: &[Layer], schools: &[SchoolRow], findings: &mut Vec<Finding>) {
    for layer in layers {
        let is_doubtful = |row: &&SchoolRow| {
            let name = &row.school.name;
            row.school.origin.file == layer.file
                && row.stages.as_deref() == Some(&[Stage::Junior])
                && ["高级中学", "高中"].iter().any(|word| name.contains(word))
                && !["初中", "初级中学", "初级"].iter().any(|word| name.contains(word))
        };
        let mut doubtful = schools.iter().filter(is_doubtful).filter(|row| {
            let rows = layer.rows().find(|at| layer.table.row_number(*at) == row.school.origin.row);
            rows.is_some_and(|at| layer.cell(at, Role::Stage).ends_with("中学"))
        });
        if let Some(first) = doubtful.next() {
            let finding = layer.table.file_finding(FindingCode::StageDoubtful).at_row(first.school.origin.row);
            findings.push(finding.about(first.school.name.clone()).count("count", 1 + doubtful.count()));
        }
    }
}

/// Reports what the rules of a document cannot use of how schools stand: modes of other documents, and schools that belong to
/// one authority and are under another.
pub(super) fn report_standing(
    layers: &[Layer],
    schools: &[SchoolRow],
    policy: &PolicySettings,
    findings: &mut Vec<Finding>,
) {
    let layer_of = |school: &School| layers.iter().find(|layer| layer.file == school.origin.file);
    let known: Vec<&str> = policy.modes.iter().map(|mode| mode.chinese()).collect();
    for SchoolRow { school, .. } in schools.iter().filter(|_| !policy.modes.is_empty()) {
        let other = school.standing.mode.filter(|mode| !policy.modes.contains(mode));
        if let Some((mode, layer)) = other.zip(layer_of(school)) {
            let finding = layer.table.file_finding(FindingCode::ModeOfOtherDocument).at_row(school.origin.row);
            let finding = finding.about(school.name.clone()).text("mode", mode.chinese());
            findings.push(finding.list("known", known.clone(), "、"));
        }
    }
    let contradict = |row: &&SchoolRow| row.school.standing.contradiction().is_some();
    let doubtful: Vec<&School> = schools.iter().filter(contradict).map(|row| &row.school).collect();
    if let Some((first, layer)) = doubtful.first().and_then(|first| Some((first, layer_of(first)?))) {
        let finding = layer.table.file_finding(FindingCode::SuperiorContradicts).at_row(first.origin.row);
        let finding = finding.about(first.name.clone()).count("count", doubtful.len());
        let finding = finding.text("superior", first.standing.superior.clone().unwrap_or_default());
        findings.push(finding.text("ownership", first.standing.ownership.map_or("", Ownership::chinese)));
    }
}

fn report_same_names(layers: &[Layer], schools: &[SchoolRow], findings: &mut Vec<Finding>) {
    let mut by_name: BTreeMap<&str, Vec<&School>> = BTreeMap::new();
    for row in schools {
        by_name.entry(&row.school.name).or_default().push(&row.school);
    }
    for (name, same) in by_name.into_iter().filter(|(_, same)| same.len() > 1) {
        let first = same[0].origin;
        let file_of = |number: u32| layers.iter().find(|layer| layer.file == number);
        let Some(layer) = file_of(first.file) else { continue };
        let rows: Vec<String> = same
            .iter()
            .skip(1)
            .map(|school| match file_of(school.origin.file) {
                Some(other) if school.origin.file != first.file => {
                    format!("{} ({})", school.origin.row, other.table.file)
                }
                _ => school.origin.row.to_string(),
            })
            .collect();
        let finding = layer.table.file_finding(FindingCode::NameDuplicate).at_row(first.row);
        findings.push(finding.about(name).count("count", rows.len()).text("rows", rows.join(", ")));
    }
}
