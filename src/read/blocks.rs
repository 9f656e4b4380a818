//! The layer of blocks.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use geo::{Area, BoundingRect, Coord, MultiPolygon, Rect};

use super::addresses::addresses;
use super::columns::{Columns, Role};
use super::coordinates::{Way, Working, cell_place};
use super::faults::{self, RepeatedPoints};
use super::layer::{Identity, Layer, identify};
use super::table::Shape;
use super::value;
use crate::model::settings::FractionalPupils;
use crate::model::{Block, Finding, FindingCode, PerStage, Stage};
use crate::space::outline;

/// Columns of the layer.
pub(super) const ROLES: &[Role] = &[
    Role::Id,
    Role::PupilsPrimary,
    Role::PupilsJunior,
    Role::Pupils,
    Role::ExistingPrimary,
    Role::ExistingJunior,
    Role::Existing,
    Role::Name,
    Role::Longitude,
    Role::Latitude,
    Role::X,
    Role::Y,
    Role::Town,
    Role::Community,
    Role::LongestDistance,
    Role::Aliases,
    Role::Road,
    Role::HouseNumbers,
];

/// Blocks and what their rows say beyond themselves.
#[derive(Default)]
pub(super) struct BlockRows {
    /// Pupils hold what the columns of each stage say; `All` holds the column without a stage.
    pub(super) blocks: Vec<Block>,
    /// Which pupil columns there are.
    pub(super) pupil_columns: PerStage<bool>,
    /// For each stage with a column of today's schools, the school each block names.
    pub(super) existing: PerStage<Option<Vec<String>>>,
    /// Ids and names that stand in rows left out.
    pub(super) left_out: Vec<String>,
}

/// Rows read by one thread at a time.
const STRETCH: usize = 8_192;

/// What such rows give, in their order.
#[derive(Default)]
struct Stretch {
    blocks: Vec<Block>,
    existing: PerStage<Option<Vec<String>>>,
    left_out: Vec<String>,
    rounded: usize,
    /// The first address that could not be read, and how many there are.
    unread: (Option<String>, usize),
    repeated: RepeatedPoints,
    findings: Vec<Finding>,
}

/// The columns of pupils and the stage each counts.
const PUPIL_ROLES: [(Stage, Role); 3] =
    [(Stage::All, Role::Pupils), (Stage::Primary, Role::PupilsPrimary), (Stage::Junior, Role::PupilsJunior)];

/// Reads all blocks; rows that cannot be used are left out, with a finding each.
pub(super) fn read(
    layers: &mut [Layer],
    working: &Working,
    fractional: FractionalPupils,
    keep_shapes: bool,
    findings: &mut Vec<Finding>,
) -> BlockRows {
    let mut result = BlockRows::default();
    let existing_roles =
        [(Stage::All, Role::Existing), (Stage::Primary, Role::ExistingPrimary), (Stage::Junior, Role::ExistingJunior)];
    for layer in &*layers {
        for (stage, role) in PUPIL_ROLES {
            result.pupil_columns[stage] |= layer.columns.has(role);
        }
        if !PUPIL_ROLES.iter().any(|(_, role)| layer.columns.has(*role)) && layer.table.row_count() > 0 {
            findings.push(Columns::missing(&layer.table, &[Role::Pupils, Role::PupilsPrimary, Role::PupilsJunior]));
        }
        report_population(layer, findings);
    }
    for (stage, role) in existing_roles {
        if layers.iter().any(|layer| layer.columns.has(role)) {
            result.existing[stage] = Some(Vec::new());
        }
    }
    let identities = identify(layers, findings);
    let points_beside: Vec<bool> = layers.iter().map(|layer| points_stand_beside_outlines(layer, findings)).collect();
    result.left_out = identities.left_out;
    // Outlines are most of a large layer, so each is moved into its block rather than copied.
    let outlines: Vec<Option<MultiPolygon<f64>>> = identities
        .rows
        .iter()
        .map(|(number, row, ..)| {
            let shape = layers[*number].table.shapes.get_mut(*row)?;
            match shape {
                Some(Shape::Outline(outline)) if keep_shapes => Some(outline.clone()),
                Some(Shape::Outline(outline)) => Some(std::mem::replace(outline, MultiPolygon::new(Vec::new()))),
                _ => None,
            }
        })
        .collect();
    let layers = &*layers;
    let ways: Vec<Option<Way>> = layers.iter().map(|layer| layer.way(working)).collect();
    let existing = result.existing.clone();
    let read_row = |(number, row, id, name): Identity, raw: Option<MultiPolygon<f64>>, read: &mut Stretch| {
        let layer = &layers[number];
        let findings = &mut read.findings;
        let ground = ways[number]
            .as_ref()
            .and_then(|way| ground(layer, row, raw, way, points_beside[number], &mut read.repeated, findings));
        let pupils = ground.is_some().then(|| pupils(layer, row, fractional, &mut read.rounded, findings)).flatten();
        let (Some((point, outline)), Some(pupils)) = (ground, pupils) else {
            read.left_out.extend([id, name]);
            return;
        };
        for (stage, role) in existing_roles {
            if let Some(names) = &mut read.existing[stage] {
                names.push(layer.text(row, role).unwrap_or_default());
            }
        }
        let longest_m = longest(layer, row, findings);
        let (town, community) = (layer.text(row, Role::Town), layer.text(row, Role::Community));
        let origin = layer.origin(row);
        let aliases = aliases(layer, row);
        let addresses = match addresses(layer.cell(row, Role::Road), layer.cell(row, Role::HouseNumbers)) {
            Ok(addresses) => addresses,
            Err(piece) => {
                read.unread.0.get_or_insert(piece);
                read.unread.1 += 1;
                Vec::new()
            }
        };
        read.blocks.push(Block {
            id,
            name,
            point,
            outline,
            pupils,
            community,
            longest_m,
            aliases,
            addresses,
            town,
            origin,
        });
    };
    let stretches: Vec<Stretch> = identities
        .rows
        .into_par_iter()
        .zip(outlines)
        .chunks(STRETCH)
        .map(|rows| {
            let mut read = Stretch { existing: existing.clone(), ..Stretch::default() };
            for (row, raw) in rows {
                read_row(row, raw, &mut read);
            }
            read
        })
        .collect();
    let mut rounded = 0;
    let mut unread: (Option<String>, usize) = (None, 0);
    let mut repeated = RepeatedPoints::default();
    for mut stretch in stretches {
        repeated.add(stretch.repeated);
        findings.extend(stretch.findings);
        result.left_out.extend(stretch.left_out);
        result.blocks.extend(stretch.blocks);
        for (stage, _) in existing_roles {
            if let (Some(names), Some(more)) = (&mut result.existing[stage], &mut stretch.existing[stage]) {
                names.append(more);
            }
        }
        rounded += stretch.rounded;
        unread = (unread.0.or(stretch.unread.0), unread.1 + stretch.unread.1);
    }
    if let (Some(layer), (Some(piece), count)) = (layers.first(), unread) {
        findings.push(layer.table.file_finding(FindingCode::AddressUnread).count("count", count).text("value", piece));
    }
    if rounded > 0
        && let Some(layer) = layers.first()
    {
        findings.push(layer.table.file_finding(FindingCode::PupilsRounded).count("count", rounded));
    }
    if let Some(layer) = layers.first() {
        repeated.report(layer, findings);
    }
    part_by_town(layers, &mut result.blocks, findings);
    report_mixed(layers, &result.blocks, findings);
    result
}

/// The other names of a block.
fn aliases(layer: &Layer, row: usize) -> Vec<String> {
    let cell = layer.text(row, Role::Aliases).unwrap_or_default();
    let names = cell.split(['、', ',', ';', '/', '|', '，', '；']).map(value::on_one_line);
    names.filter(|name| !name.trim().is_empty()).collect()
}

/// The pupils of a row by its columns; `None`, with a finding for each, where some cannot be used.
fn pupils(
    layer: &Layer,
    row: usize,
    fractional: FractionalPupils,
    rounded: &mut usize,
    findings: &mut Vec<Finding>,
) -> Option<PerStage<u32>> {
    let mut pupils = PerStage::default();
    let mut are_counted = true;
    for (stage, role) in PUPIL_ROLES.into_iter().filter(|(_, role)| layer.columns.has(*role)) {
        match pupil_count(layer, row, role, fractional, findings) {
            Some((count, was_rounded)) => {
                pupils[stage] = count;
                *rounded += usize::from(was_rounded);
            }
            None => are_counted = false,
        }
    }
    are_counted.then_some(pupils)
}

/// The point and outline of a row in working metres; `raw` is its outline as it stands in the file.
fn ground(
    layer: &Layer,
    row: usize,
    raw: Option<MultiPolygon<f64>>,
    way: &Way<'_>,
    points_beside: bool,
    repeated: &mut RepeatedPoints,
    findings: &mut Vec<Finding>,
) -> Option<(Coord<f64>, Option<MultiPolygon<f64>>)> {
    let raw = match (raw, layer.table.shapes.get(row)) {
        (Some(raw), _) => raw,
        (None, Some(Some(Shape::Point(_)))) => return Some((layer.point(row, way, findings)?, None)),
        (None, Some(Some(other))) => {
            let finding = layer.table.finding(FindingCode::ShapeWrongKind, row);
            let finding = finding.text("found", other.kind()).text("wanted", "Polygon / Point");
            findings.push(layer.about_row(finding, row));
            return None;
        }
        (None, Some(None)) if !layer.columns.has(Role::X) => {
            findings.push(layer.about_row(layer.table.finding(FindingCode::OutlineMissing, row), row));
            return None;
        }
        _ => return Some((layer.point(row, way, findings)?, None)),
    };
    let first = raw.0.first().and_then(|polygon| polygon.exterior().0.first().copied());
    repeated.count(&raw);
    let faults = faults::of(layer, row, way, &raw);
    let outline = match way.move_to_metres(raw) {
        Ok(outline) => outline,
        Err(why) => {
            findings.push(layer.misplaced(row, first.unwrap_or(Coord { x: f64::NAN, y: f64::NAN }), &why));
            return None;
        }
    };
    findings.extend(faults);
    // The lobes of a bow-tie may cancel each other, and yet are ground.
    let on_it = if outline.unsigned_area() > 0.0 {
        outline::point_on(&outline)
    } else {
        outline::point_on(&outline::in_order(&outline))
    };
    let Some(on_it) = on_it else {
        let finding = layer.table.finding(FindingCode::OutlineEmpty, row);
        findings.push(layer.about_row(finding.sentence("reason", faults::why_empty(&outline)), row));
        return None;
    };
    let beside = if points_beside { cell_place(&layer.table, &layer.columns, row).ok().flatten() } else { None };
    let point = beside.and_then(|place| way.place(place).ok()).unwrap_or(on_it);
    Some((point, Some(outline)))
}

/// Whether the coordinate columns beside outlines hold a point on or near each outline, and so say from where its
/// distances are meant to be measured. Columns in another coordinate system do not pass.
fn points_stand_beside_outlines(layer: &Layer, findings: &mut Vec<Finding>) -> bool {
    let outlines = layer.table.shapes.iter().filter(|shape| matches!(shape, Some(Shape::Outline(_)))).count();
    if outlines == 0 {
        return false;
    }
    let near = (0..layer.table.row_count())
        .filter(|row| {
            let Some(Some(Shape::Outline(outline))) = layer.table.shapes.get(*row) else { return false };
            let (Some(rectangle), Ok(Some(place))) =
                (outline.bounding_rect(), cell_place(&layer.table, &layer.columns, *row))
            else {
                return false;
            };
            let grown = Rect::new(
                rectangle.min() - Coord { x: rectangle.width(), y: rectangle.height() },
                rectangle.max() + Coord { x: rectangle.width(), y: rectangle.height() },
            );
            (grown.min().x..=grown.max().x).contains(&place.x) && (grown.min().y..=grown.max().y).contains(&place.y)
        })
        .count();
    let stands = near == outlines;
    if stands {
        let name = |role: Role| layer.columns.position(role).map_or("", |column| layer.table.columns[column].as_str());
        let (first, second) = if layer.columns.has(Role::Longitude) && layer.columns.has(Role::Latitude) {
            (name(Role::Longitude), name(Role::Latitude))
        } else {
            (name(Role::X), name(Role::Y))
        };
        let finding = layer.table.file_finding(FindingCode::PointFromColumns);
        findings.push(finding.list("columns", [first, second], ", "));
    }
    stands
}

/// The pupils of a row, and whether they were rounded; `None` with a finding where they cannot be used.
fn pupil_count(
    layer: &Layer,
    row: usize,
    role: Role,
    fractional: FractionalPupils,
    findings: &mut Vec<Finding>,
) -> Option<(u32, bool)> {
    let cell = layer.cell(row, role);
    if value::is_missing(cell) {
        let column = layer.columns.position(role).map_or("", |column| layer.table.columns[column].as_str());
        let finding = layer.table.finding(FindingCode::PupilsMissing, row).text("column", column);
        findings.push(layer.about_row(finding, row));
        return None;
    }
    let number = layer.number(row, role, findings)?;
    if number < 0.0 || number > f64::from(u32::MAX) {
        findings.push(layer.unreadable(row, cell, role.slug()));
        return None;
    }
    if number.fract() == 0.0 {
        return Some((number as u32, false));
    }
    match fractional {
        FractionalPupils::Round => Some((number.round() as u32, true)),
        FractionalPupils::Refuse => {
            let finding = layer.table.finding(FindingCode::PupilsFractional, row).text("cell", cell);
            findings.push(layer.about_row(finding, row));
            None
        }
    }
}

/// The longest way of a row in metres; `None`, with a finding where the cell says something else than a length.
fn longest(layer: &Layer, row: usize, findings: &mut Vec<Finding>) -> Option<f64> {
    let metres = layer.number(row, Role::LongestDistance, findings)?;
    if metres > 0.0 {
        return Some(metres);
    }
    let cell = layer.cell(row, Role::LongestDistance);
    let finding = layer.unreadable(row, cell, Role::LongestDistance.slug());
    findings.push(layer.about_row(finding, row));
    None
}

/// A column that by its name counts all residents serves as pupils only with a warning.
fn report_population(layer: &Layer, findings: &mut Vec<Finding>) {
    let Some(column) = layer.columns.position(Role::Pupils) else { return };
    let name = &layer.table.columns[column];
    if matches!(super::columns::plain(name).as_str(), "pop" | "population" | "人口" | "总人口" | "常住人口") {
        findings.push(layer.table.file_finding(FindingCode::PupilsFromPopulation).text("column", name.clone()));
    }
}

/// Communities of one name in different towns are different ones: the town goes before their name.
fn part_by_town(layers: &[Layer], blocks: &mut [Block], findings: &mut Vec<Finding>) {
    let mut towns: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
    for block in &*blocks {
        if let Some(community) = &block.community {
            towns.entry(community).or_default().insert(block.town.as_deref());
        }
    }
    let shared: BTreeSet<String> =
        towns.into_iter().filter(|(_, towns)| towns.len() > 1).map(|(name, _)| name.to_owned()).collect();
    for block in blocks {
        if let (Some(community), Some(town)) = (&mut block.community, &block.town)
            && shared.contains(community)
        {
            *community = format!("{town} {community}");
        }
    }
    if let Some(layer) = layers.first().filter(|_| !shared.is_empty()) {
        let finding = layer.table.file_finding(FindingCode::CommunityByTown).count("count", shared.len());
        findings.push(finding.list("names", shared.iter().take(5), ", "));
    }
}

fn report_mixed(layers: &[Layer], blocks: &[Block], findings: &mut Vec<Finding>) {
    let (with, without): (Vec<&Block>, Vec<&Block>) = blocks.iter().partition(|block| block.outline.is_some());
    if let (Some(_), Some(first)) = (with.first(), without.first())
        && let Some(layer) = layers.iter().find(|layer| layer.file == first.origin.file)
    {
        let finding = layer.table.file_finding(FindingCode::OutlineMixed).at_row(first.origin.row);
        findings.push(finding.about(first.name.clone()).count("with", with.len()).count("without", without.len()));
    }
}
