//! The layer of blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use geo::{Area, Coord, CoordsIter, MultiPolygon, Rect};

use super::addresses::addresses;
use super::columns::{Columns, Role};
use super::coordinates::{Way, Working, cell_place};
use super::faults::{self, RepeatedPoints};
use super::identity::{Identity, identify};
use super::in_order::in_order;
use super::layer::Layer;
use super::shapes::Shape;
use super::value;
use crate::model::settings::FractionalPupils;
use crate::model::{Block, Finding, FindingCode, Outlines, Particulars, PerStage, Stage};
use crate::space::outline;

/// Columns of the layer.
pub(super) const ROLES: &[Role] = &[
    Role::Place,
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
    /// The outline of each block, in working metres.
    pub(super) outlines: Outlines,
    /// Which pupil columns there are.
    pub(super) pupil_columns: PerStage<bool>,
    /// For each stage with a column of today's schools, the school each block names.
    pub(super) existing: PerStage<Option<Vec<String>>>,
    /// Ids and names that stand in rows left out.
    pub(super) left_out: Vec<String>,
}

/// Rows read by one thread at a time.
const STRETCH: usize = 4_096;

/// Where the outline of a block is.
#[derive(Clone, Copy)]
struct Drawn {
    /// The number of its layer.
    layer: u32,
    /// Which of the outlines of the layer it is, or [`NO_OUTLINE`].
    outline: u32,
}

const NO_OUTLINE: u32 = u32::MAX;

/// What such rows give, in their order.
#[derive(Default)]
struct Stretch {
    blocks: Vec<Block>,
    outlines: Vec<Drawn>,
    existing: PerStage<Option<Vec<String>>>,
    left_out: Vec<String>,
    rounded: usize,
    /// The first address that could not be read, and how many there are.
    unread: (Option<String>, usize),
    repeated: RepeatedPoints,
    findings: Vec<Finding>,
    shared: SharedTexts,
}

/// Texts that many rows have in common.
#[derive(Default)]
struct SharedTexts(FxHashSet<Arc<str>>);

impl SharedTexts {
    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.0.insert(Arc::clone(&new));
        new
    }
}

/// The columns of pupils and the stage each counts.
const PUPIL_ROLES: [(Stage, Role); 3] =
    [(Stage::All, Role::Pupils), (Stage::Primary, Role::PupilsPrimary), (Stage::Junior, Role::PupilsJunior)];

/// Reads all blocks; rows that cannot be used are left out, with a finding each.
pub(super) fn read(
    all_layers: &mut [Layer],
    working: &Working,
    fractional: FractionalPupils,
    keep_shapes: bool,
    findings: &mut Vec<Finding>,
) -> BlockRows {
    let mut result = BlockRows::default();
    let existing_roles =
        [(Stage::All, Role::Existing), (Stage::Primary, Role::ExistingPrimary), (Stage::Junior, Role::ExistingJunior)];
    let layers = &*all_layers;
    for layer in layers {
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
    let ways: Vec<Option<Way>> = layers.iter().map(|layer| layer.way(working)).collect();
    let existing = result.existing.clone();
    // Neighbours share their corners, so each is moved once for all of them.
    let moved: Vec<Vec<Coord<f64>>> = layers
        .iter()
        .zip(&ways)
        .map(|(layer, way)| {
            way.as_ref().map_or_else(Vec::new, |way| way.places(layer.table.shapes.outlines().corners()))
        })
        .collect();
    let read_row = |(number, row, id, name): Identity, read: &mut Stretch| {
        let layer = &layers[number];
        let findings = &mut read.findings;
        let ground = ways[number].as_ref().and_then(|way| {
            ground(layer, row, way, &moved[number], points_beside[number], &mut read.repeated, findings)
        });
        let pupils = ground.is_some().then(|| pupils(layer, row, fractional, &mut read.rounded, findings)).flatten();
        let (Some((point, has_outline)), Some(pupils)) = (ground, pupils) else {
            read.left_out.extend([id, name].map(String::from));
            return;
        };
        for (stage, role) in existing_roles {
            if let Some(names) = &mut read.existing[stage] {
                names.push(layer.text(row, role).unwrap_or_default());
            }
        }
        let longest_m = longest(layer, row, findings);
        let mut shared = |role: Role| layer.filled(row, role).map(|name| read.shared.text(name));
        let (town, community) = (shared(Role::Town), shared(Role::Community));
        let origin = layer.origin(row);
        let outline = layer.table.shapes.outline_at(row).filter(|_| has_outline);
        read.outlines.push(Drawn { layer: number as u32, outline: outline.map_or(NO_OUTLINE, |at| at as u32) });
        let aliases = aliases(layer, row);
        let addresses = match addresses(layer.cell(row, Role::Road), layer.cell(row, Role::HouseNumbers)) {
            Ok(addresses) => addresses,
            Err(piece) => {
                read.unread.0.get_or_insert(piece);
                read.unread.1 += 1;
                Vec::new()
            }
        };
        let particulars = Particulars { community, town, longest_m, aliases, addresses };
        let particulars = (particulars != Particulars::default()).then(|| Box::new(particulars));
        read.blocks.push(Block { id, name, point, pupils, particulars, origin });
    };
    let read_rows = |rows: Vec<Identity>| {
        let mut read = Stretch { existing: existing.clone(), ..Stretch::default() };
        read.blocks.reserve_exact(rows.len());
        read.outlines.reserve_exact(rows.len());
        for row in rows {
            read_row(row, &mut read);
        }
        Some(read)
    };
    let mut rounded = 0;
    let mut unread: (Option<String>, usize) = (None, 0);
    let mut repeated = RepeatedPoints::default();
    let mut drawn: Vec<Drawn> = Vec::with_capacity(identities.rows.len());
    result.blocks.reserve_exact(identities.rows.len());
    let mut waiting = identities.rows.into_iter();
    let stretches = std::iter::from_fn(|| {
        let rows: Vec<Identity> = waiting.by_ref().take(STRETCH).collect();
        (!rows.is_empty()).then_some(rows)
    });
    in_order(stretches, read_rows, |mut stretch| {
        repeated.add(stretch.repeated);
        findings.append(&mut stretch.findings);
        result.left_out.append(&mut stretch.left_out);
        result.blocks.append(&mut stretch.blocks);
        drawn.append(&mut stretch.outlines);
        for (stage, _) in existing_roles {
            if let (Some(names), Some(more)) = (&mut result.existing[stage], &mut stretch.existing[stage]) {
                names.append(more);
            }
        }
        rounded += stretch.rounded;
        unread = (unread.0.take().or(stretch.unread.0), unread.1 + stretch.unread.1);
    });
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
    drop(ways);
    result.outlines = outlines_of(all_layers, moved, &drawn, keep_shapes);
    report_mixed(all_layers, &result, findings);
    result
}

/// The outlines of all blocks with their corners `moved`; unless `keep_shapes`, the layers have none afterwards.
fn outlines_of(layers: &mut [Layer], mut moved: Vec<Vec<Coord<f64>>>, drawn: &[Drawn], keep_shapes: bool) -> Outlines {
    let position = |drawn: &Drawn| (drawn.outline != NO_OUTLINE).then_some(drawn.outline as usize);
    if let ([layer], [places], false) = (&mut *layers, moved.as_mut_slice(), keep_shapes)
        && layer.table.shapes.outlines().len() == drawn.len()
        && drawn.iter().enumerate().all(|(row, drawn)| position(drawn) == Some(row))
    {
        // Every outline is that of a block, in the same order: no copy is needed.
        return layer.table.shapes.take_outlines().with_corners(std::mem::take(places));
    }
    let mut outlines = Outlines::default();
    for drawn in drawn.chunk_by(|first, second| first.layer == second.layer) {
        let number = drawn[0].layer as usize;
        outlines.append_rows(layers[number].table.shapes.outlines(), &moved[number], drawn.iter().map(position));
    }
    outlines.settle();
    if !keep_shapes {
        for layer in layers {
            layer.table.shapes.take_outlines();
        }
    }
    outlines
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

/// The point of a row in working metres, and whether it has an outline; `moved` are the corners of all outlines in these metres.
fn ground(
    layer: &Layer,
    row: usize,
    way: &Way<'_>,
    moved: &[Coord<f64>],
    points_beside: bool,
    repeated: &mut RepeatedPoints,
    findings: &mut Vec<Finding>,
) -> Option<(Coord<f64>, bool)> {
    let shapes = &layer.table.shapes;
    let raw = match shapes.get(row) {
        Some(Shape::Outline(raw)) => raw,
        Some(Shape::Point(_)) => return Some((layer.point(row, way, findings)?, false)),
        Some(other) => {
            let finding = layer.table.finding(FindingCode::ShapeWrongKind, row);
            let finding = finding.text("found", other.kind()).text("wanted", "Polygon / Point");
            findings.push(layer.about_row(finding, row));
            return None;
        }
        None if !shapes.is_empty() && !layer.columns.has(Role::X) => {
            findings.push(layer.about_row(layer.table.finding(FindingCode::OutlineMissing, row), row));
            return None;
        }
        None => return Some((layer.point(row, way, findings)?, false)),
    };
    repeated.count(&raw);
    let faults = faults::of(layer, row, way, &raw);
    let outline = shapes.outlines().get_at(shapes.outline_at(row)?, moved);
    let outline = outline.unwrap_or_else(|| MultiPolygon::new(Vec::new()));
    if outline.coords_iter().any(|place| place.x.is_nan())
        && let Some((place, why)) = raw.coords_iter().find_map(|place| Some((place, way.place(place).err()?)))
    {
        findings.push(layer.misplaced(row, place, &why));
        return None;
    }
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
    Some((point, true))
}

/// Whether the coordinate columns beside outlines hold a point on or near each outline, and so say from where its
/// distances are meant to be measured. Columns in another coordinate system do not pass.
fn points_stand_beside_outlines(layer: &Layer, findings: &mut Vec<Finding>) -> bool {
    let outlines = layer.table.shapes.kinds().outlines;
    if outlines == 0 || !layer.columns.has_coordinates() {
        return false;
    }
    let near = (0..layer.table.row_count())
        .filter(|row| {
            let shapes = &layer.table.shapes;
            let rectangle = shapes.outline_at(*row).and_then(|at| shapes.outlines().rectangle(at));
            let (Some(rectangle), Ok(Some(place))) = (rectangle, cell_place(&layer.table, &layer.columns, *row)) else {
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
    if let Some(finding) = layer.beyond_count(row, role, number) {
        findings.push(finding);
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
        if let Some(community) = block.community() {
            towns.entry(community).or_default().insert(block.town());
        }
    }
    let shared: BTreeSet<String> =
        towns.into_iter().filter(|(_, towns)| towns.len() > 1).map(|(name, _)| name.to_owned()).collect();
    for block in blocks {
        if let Some(particulars) = &mut block.particulars
            && let (Some(community), Some(town)) = (&mut particulars.community, &particulars.town)
            && shared.contains(&**community)
        {
            *community = format!("{town} {community}").into();
        }
    }
    if let Some(layer) = layers.first().filter(|_| !shared.is_empty()) {
        let finding = layer.table.file_finding(FindingCode::CommunityByTown).count("count", shared.len());
        findings.push(finding.list("names", shared.iter().take(5), ", "));
    }
}

fn report_mixed(layers: &[Layer], rows: &BlockRows, findings: &mut Vec<Finding>) {
    let is_without = |block: &usize| !rows.outlines.has(*block);
    let without = (0..rows.blocks.len()).filter(is_without).count();
    if rows.outlines.has_any()
        && let Some(first) = (0..rows.blocks.len()).find(is_without).map(|block| &rows.blocks[block])
        && let Some(layer) = layers.iter().find(|layer| layer.file == first.origin.file)
    {
        let finding = layer.table.file_finding(FindingCode::OutlineMixed).at_row(first.origin.row);
        findings.push(
            finding.about(first.name.clone()).count("with", rows.blocks.len() - without).count("without", without),
        );
    }
}
