//! The way from settings to a county: open every layer, agree on metres, read the rows, look at them together.

use std::path::Path;

use geo::Coord;

use super::columns::{Columns, Role};
use super::coordinates::{System, Working, centre_of};
use super::layer::{Layer, Opening};
use super::meter::Meter;
use super::names::Names;
use super::{
    ReadError, adjacency, areas, barriers, blocks, cause, distances, existing, groups, locks, placement, pools,
    proposals, relations, remark, roads, schools, stages, targets,
};
use crate::model::settings::{LayerSettings, Settings};
use crate::model::{
    BlockIndex, County, District, Finding, FindingCode, Outlines, School, Severity, Stage, groups_of_stage,
    worst_severity,
};

/// What reading gives: the county as far as the rows allow, and everything there is to say about them.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The county; rows that cannot be used are left out.
    pub county: County,
    /// What was found: errors that are not about a single row first, the others in reading order.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// Whether nothing stands against planning.
    #[must_use]
    pub fn can_be_planned(&self) -> bool {
        worst_severity(&self.findings) != Some(Severity::Error)
    }
}

/// All layers as opened.
pub(super) struct Layers {
    pub(super) blocks: Vec<Layer>,
    schools: Vec<Layer>,
    adjacency: Vec<Layer>,
    existing: Vec<Layer>,
    locks: Vec<Layer>,
    barriers: Vec<Layer>,
    crossings: Vec<Layer>,
    roads: Vec<Layer>,
    distances: Vec<Layer>,
    pub(super) areas: Vec<Layer>,
    proposals: Vec<Layer>,
    groups: Vec<Layer>,
    targets: Vec<Layer>,
}

/// Seats for each of today's pupils, as a proposal: room for one more in twenty.
const USUAL_TIMES: &str = "1.05";

/// Reads the county the settings describe. File names are relative to `folder`.
///
/// Deterministic. Memory: the tables and the county at once.
///
/// # Errors
/// [`ReadError`] where a file cannot be opened or is not what its name says. Everything else is a finding.
pub fn read(settings: &Settings, folder: &Path) -> Result<Reading, ReadError> {
    read_metered(settings, folder, &Meter::default())
}

/// As [`read`], and `meter` tells meanwhile how far it has come.
///
/// # Errors
/// As [`read`].
pub fn read_metered(settings: &Settings, folder: &Path, meter: &Meter) -> Result<Reading, ReadError> {
    read_layers(settings, folder, meter, false).map(|(reading, ..)| reading)
}

/// Reads the county; with `keep_shapes` the layers of blocks keep the shapes they were read with. The layers it was read from, and the working metres where they are known, come with it.
pub(super) fn read_layers(
    settings: &Settings,
    folder: &Path,
    meter: &Meter,
    keep_shapes: bool,
) -> Result<(Reading, Layers, Option<Working>), ReadError> {
    let mut opening = Opening::new(folder, settings.project.crs.as_deref());
    opening.meter = meter.clone();
    let (schools, blocks) = (settings.schools.layer(), settings.blocks.layer());
    opening.read_ahead([&schools, &blocks].into_iter().chain(&settings.adjacency));
    let mut layers = open(&mut opening, settings)?;
    let Opening { files, mut findings, .. } = opening;

    let placed = layers.placed();
    let Some(working) = Working::choose(&placed, &mut findings) else {
        cause::keep_causes(&mut findings, &layers.blocks, &layers.schools);
        return Ok((Reading { county: empty_county(settings, files), findings }, layers, None));
    };
    for layer in layers.with_places() {
        if let Some(way) = layer.way(&working) {
            remark::report(layer, &way, &mut findings);
        }
    }
    let mut block_rows =
        blocks::read(&mut layers.blocks, &working, settings.blocks.fractional_pupils, keep_shapes, &mut findings);
    let schools::SchoolRows { schools: mut school_rows, left_out: schools_left_out } =
        schools::read(&layers.schools, &working, settings, &mut findings);
    schools::report_standing(&layers.schools, &school_rows, &settings.policy, &mut findings);
    let county_stages = stages::settle(&mut school_rows, &mut block_rows, &layers.schools, &mut findings);

    let may_lack_rows = |layers: &[Layer]| layers.iter().any(|layer| !layer.is_well_formed());
    let block_names = Names::new(&block_rows.blocks, &std::collections::BTreeMap::new())
        .beside(std::mem::take(&mut block_rows.left_out), may_lack_rows(&layers.blocks));
    let groups = {
        let names = Names::new(&school_rows, &settings.schools.aliases)
            .beside(schools_left_out.clone(), may_lack_rows(&layers.schools));
        let sites = groups::sites(&school_rows);
        groups::read(&layers.groups, &names, &sites, &settings.policy, &mut findings)
    };
    if settings.policy.unified_admission {
        share_catchments(&mut school_rows, &groups, &county_stages);
    }
    let pools = pools::read(&school_rows, &county_stages, &layers.schools, &mut findings);
    give_homes(&mut school_rows, &block_names, &layers, &county_stages, &mut findings);
    let school_list: Vec<School> = school_rows.into_iter().map(|row| row.school).collect();
    let school_names =
        Names::new(&school_list, &settings.schools.aliases).beside(schools_left_out, may_lack_rows(&layers.schools));
    let known = existing::Known {
        stages: &county_stages,
        schools: &school_list,
        pools: &pools,
        school_names: &school_names,
        block_names: &block_names,
        block_count: block_rows.blocks.len(),
    };
    let block_file = layers.blocks.first().map(|layer| layer.table.file.as_str());
    let existing = existing::read(&layers.existing, &block_rows.existing, block_file, &known, &mut findings);
    let mut county = County {
        pools,
        name: settings.project.name.clone(),
        reference: working.reference(),
        files,
        adjacency: (!layers.adjacency.is_empty())
            .then(|| adjacency::read(&layers.adjacency, &block_names, &mut findings)),
        locks: locks::read(
            &layers.locks,
            &locks::Known {
                stages: &county_stages,
                schools: &school_list,
                school_names: &school_names,
                block_names: &block_names,
            },
            &mut findings,
        ),
        barriers: barriers::read_barriers(&layers.barriers, &working, &mut findings),
        crossings: barriers::read_crossings(&layers.crossings, &working, &mut findings),
        roads: None,
        given_distances: settings.distances.as_ref().map(|said| {
            let known = distances::Known { schools: &school_names, blocks: &block_names };
            distances::read(&layers.distances, said, &known, &mut findings)
        }),
        areas: areas::read(&layers.areas, &working, &mut findings),
        proposals: proposals::read(&layers.proposals, &working, &county_stages, &mut findings),
        groups,
        targets: targets::read(&layers.targets, &mut findings),
        stages: county_stages,
        schools: school_list,
        blocks: block_rows.blocks,
        outlines: block_rows.outlines,
        existing,
    };
    if !layers.roads.is_empty() {
        county.roads = Some(roads::read(&layers.roads, &working, county.extent(), &mut findings));
    }
    if let Some(times) = settings.schools.seats_from_existing {
        county = with_seats_from_existing(county, times, &layers.schools, &mut findings);
    } else {
        report_missing_seats(&county, &layers.schools, &mut findings);
    }
    pools::name_holders(&mut county);
    let to_earth = |place: Coord<f64>| {
        let local = System::Local;
        working.way_from(&local, None).to_earth(place)
    };
    let placed: Vec<&Layer> = layers.schools.iter().chain(&layers.blocks).collect();
    let facts = relations::Facts {
        county: &county,
        layers: &placed,
        schools: &layers.schools,
        blocks: &layers.blocks,
        to_earth: &to_earth,
    };
    relations::check(&facts, &mut findings);
    placement::check(&county, &layers.schools, &layers.blocks, &mut findings);
    cause::keep_causes(&mut findings, &layers.blocks, &layers.schools);
    Ok((Reading { county, findings }, layers, Some(working)))
}

fn open(opening: &mut Opening<'_>, settings: &Settings) -> Result<Layers, ReadError> {
    let optional = |opening: &mut Opening<'_>, layer: &Option<LayerSettings>, roles: &[Role], placed: bool| {
        layer.as_ref().map_or(Ok(Vec::new()), |layer| opening.open(layer, roles, placed))
    };
    Ok(Layers {
        schools: opening.open(&settings.schools.layer(), schools::ROLES, true)?,
        blocks: opening.open(&settings.blocks.layer(), blocks::ROLES, true)?,
        adjacency: optional(opening, &settings.adjacency, adjacency::ROLES, false)?,
        existing: optional(opening, &settings.existing, existing::ROLES, false)?,
        locks: optional(opening, &settings.locks, locks::ROLES, false)?,
        barriers: optional(opening, &settings.barriers, barriers::BARRIER_ROLES, true)?,
        crossings: optional(opening, &settings.crossings, barriers::CROSSING_ROLES, true)?,
        roads: optional(opening, &settings.roads, roads::ROLES, true)?,
        distances: match &settings.distances {
            Some(distances) => opening.open(&distances.layer(), distances::ROLES, false)?,
            None => Vec::new(),
        },
        areas: optional(opening, &settings.areas, areas::ROLES, true)?,
        proposals: optional(opening, &settings.proposals, proposals::ROLES, true)?,
        groups: optional(opening, &settings.groups, groups::ROLES, false)?,
        targets: optional(opening, &settings.targets, targets::ROLES, false)?,
    })
}

impl Layers {
    fn with_places(&self) -> impl Iterator<Item = &Layer> {
        [&self.blocks, &self.schools, &self.barriers, &self.crossings, &self.areas, &self.proposals, &self.roads]
            .into_iter()
            .flatten()
    }

    /// The layers with places, blocks first, each with the middle of its places.
    fn placed(&self) -> Vec<(&super::Table, &System, Option<Coord<f64>>)> {
        self.with_places()
            .filter_map(|layer| {
                let system = layer.system.as_ref()?;
                Some((&layer.table, system, centre_of(&layer.table, &layer.columns, system)))
            })
            .collect()
    }
}

fn empty_county(settings: &Settings, files: Vec<String>) -> County {
    County {
        name: settings.project.name.clone(),
        reference: crate::model::Reference::Local,
        files,
        stages: Vec::new(),
        schools: Vec::new(),
        pools: Vec::new(),
        blocks: Vec::new(),
        outlines: Outlines::default(),
        adjacency: None,
        existing: crate::model::ExistingScheme::default(),
        locks: Vec::new(),
        barriers: Vec::new(),
        crossings: Vec::new(),
        roads: None,
        given_distances: None,
        areas: Vec::new(),
        proposals: Vec::new(),
        groups: Vec::new(),
        targets: Vec::new(),
    }
}

/// Puts the schools of each group that serve a stage into a pool, but for those that name one themselves or whose seats serve
/// two stages.
fn share_catchments(rows: &mut [schools::SchoolRow], groups: &[District], stages: &[Stage]) {
    for stage in stages {
        let can_share = |row: &schools::SchoolRow| {
            let is_free = row.pools[*stage].is_none() && row.pools[Stage::All].is_none();
            row.school.serves(*stage) && row.school.shared_seats.is_none() && is_free
        };
        let of_stage = groups_of_stage(groups, |school| can_share(&rows[school.get()]));
        for group in of_stage.iter().filter(|group| group.len() > 1) {
            let is_shared = of_stage.iter().filter(|other| other.name == group.name).count() > 1;
            let name = if is_shared { format!("{} {}", group.name, group.id) } else { group.name.clone() };
            for (school, _) in group.schools() {
                rows[school.get()].pools[*stage] = Some(name.clone());
            }
        }
    }
}

/// Looks up the home block each school names.
fn give_homes(
    rows: &mut [schools::SchoolRow],
    blocks: &Names<'_>,
    layers: &Layers,
    stages: &[Stage],
    findings: &mut Vec<Finding>,
) {
    let mut claimed: std::collections::BTreeMap<(usize, Stage), String> = std::collections::BTreeMap::new();
    for row in rows {
        let Some(name) = &row.home else { continue };
        let origin = row.school.origin;
        let finding = |code: FindingCode| match layers.schools.iter().find(|layer| layer.file == origin.file) {
            Some(layer) => layer.table.file_finding(code).at_row(origin.row).about(row.school.name.clone()),
            None => Finding::new(code),
        };
        let Some(block) = blocks.find(name) else {
            if !blocks.excuses(name) {
                let finding = finding(FindingCode::HomeUnknown).text("block", name.clone());
                findings.push(blocks.hint(finding, name));
            }
            continue;
        };
        for stage in stages.iter().filter(|stage| row.school.serves(**stage)) {
            if let Some(other) = claimed.insert((block, *stage), row.school.name.clone()) {
                findings.push(finding(FindingCode::HomeTwice).text("block", name.clone()).text("other", other));
            }
        }
        row.school.home = Some(BlockIndex::new(block));
    }
}

/// Reports tables of schools without a column of seats. Where there is an existing scheme, it could give them.
fn report_missing_seats(county: &County, layers: &[Layer], findings: &mut Vec<Finding>) {
    let is_told = |stage: &Stage| county.existing.school_of[*stage].iter().flatten().any(Option::is_some);
    let times = if county.stages.iter().any(is_told) { USUAL_TIMES } else { "" };
    for layer in layers.iter().filter(|layer| !schools::has_seats(layer) && layer.table.row_count() > 0) {
        findings.push(Columns::missing_unless(&layer.table, &[Role::Capacity], times));
    }
}

/// Gives schools without seats `times` today's pupils as seats, rounded up.
fn with_seats_from_existing(mut county: County, times: f64, layers: &[Layer], findings: &mut Vec<Finding>) -> County {
    // What the rule below provides is no longer missing.
    findings.retain(|finding| finding.code != FindingCode::SeatsMissing);
    for stage in county.stages.clone() {
        let mut load = vec![0_u64; county.schools.len()];
        for (block, school) in county.existing.school_of[stage].iter().flatten().enumerate() {
            if let Some(school) = school {
                load[school.get()] += u64::from(county.blocks[block].pupils[stage]);
            }
        }
        let mut filled = 0;
        for (school, load) in county.schools.iter_mut().zip(load) {
            if school.seats[stage] != Some(0) {
                continue;
            }
            let seats = (load as f64 * times).ceil() as u32;
            if seats == 0 {
                school.seats[stage] = None;
                let finding = match layers.iter().find(|layer| layer.file == school.origin.file) {
                    Some(layer) => {
                        layer.table.file_finding(FindingCode::SeatsFromExistingNone).at_row(school.origin.row)
                    }
                    None => Finding::new(FindingCode::SeatsFromExistingNone),
                };
                findings.push(finding.about(school.name.clone()).sentence("stage", stage.message()));
            } else {
                school.seats[stage] = Some(seats);
                filled += 1;
            }
        }
        if filled > 0 {
            let finding = Finding::new(FindingCode::SeatsFromExisting).sentence("stage", stage.message());
            findings.push(finding.count("count", filled).decimal("times", times, 2));
        }
    }
    county
}
