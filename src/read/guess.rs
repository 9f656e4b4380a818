//! What the files of a folder seem to be: the first half of `init`.

use std::collections::BTreeMap;
use std::path::Path;

use super::columns::{Columns, Role};
use super::source::may_be_a_table;
use super::table::{Shape, Table, open_table};
use super::{ReadError, adjacency, areas, barriers, blocks, distances, existing, locks, roads, schools, value};
use crate::model::Finding;

/// The layers a file can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LayerKind {
    /// Schools.
    Schools,
    /// Blocks.
    Blocks,
    /// Neighbour pairs.
    Adjacency,
    /// Today's assignment.
    Existing,
    /// Locks.
    Locks,
    /// Rivers, railways, trunk roads.
    Barriers,
    /// Bridges and underpasses.
    Crossings,
    /// Roads people walk on.
    Roads,
    /// Given distances.
    Distances,
    /// Administrative areas.
    Areas,
}

impl LayerKind {
    /// The section of the settings.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            LayerKind::Schools => "schools",
            LayerKind::Blocks => "blocks",
            LayerKind::Adjacency => "adjacency",
            LayerKind::Existing => "existing",
            LayerKind::Locks => "locks",
            LayerKind::Barriers => "barriers",
            LayerKind::Crossings => "crossings",
            LayerKind::Roads => "roads",
            LayerKind::Distances => "distances",
            LayerKind::Areas => "areas",
        }
    }

    const fn roles(self) -> &'static [Role] {
        match self {
            LayerKind::Schools => schools::ROLES,
            LayerKind::Blocks => blocks::ROLES,
            LayerKind::Adjacency => adjacency::ROLES,
            LayerKind::Existing => existing::ROLES,
            LayerKind::Locks => locks::ROLES,
            LayerKind::Barriers => barriers::BARRIER_ROLES,
            LayerKind::Crossings => barriers::CROSSING_ROLES,
            LayerKind::Roads => roads::ROLES,
            LayerKind::Distances => distances::ROLES,
            LayerKind::Areas => areas::ROLES,
        }
    }
}

/// What a file seems to be.
#[derive(Clone, Debug)]
pub struct Guess {
    /// The file.
    pub file: String,
    /// The layer, `None` where nothing fits.
    pub layer: Option<LayerKind>,
    /// Its columns by role.
    pub columns: BTreeMap<String, String>,
    /// Its rows.
    pub rows: usize,
    /// What was guessed about its text.
    pub findings: Vec<Finding>,
}

/// Looks at the tables directly in `folder`, in order of their names.
///
/// # Errors
/// [`ReadError`] where the folder or one of its tables cannot be read.
pub fn guess_folder(folder: &Path) -> Result<Vec<Guess>, ReadError> {
    let open = |source| ReadError::Open { file: folder.display().to_string(), source };
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .map_err(open)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| may_be_a_table(name))
        .collect();
    files.sort();
    files.iter().map(|file| guess_file(&folder.join(file), file)).collect()
}

/// Looks at one table.
///
/// # Errors
/// [`ReadError`] where it cannot be read.
pub fn guess_file(path: &Path, file: &str) -> Result<Guess, ReadError> {
    let mut findings = Vec::new();
    let table = open_table(path, file, None, &mut findings)?;
    let layer = classify(&table);
    let columns = layer.map_or_else(BTreeMap::new, |layer| columns_of(&table, layer));
    Ok(Guess { file: file.to_owned(), layer, columns, rows: table.row_count(), findings })
}

/// The columns a table has for the roles of a layer.
#[must_use]
fn columns_of(table: &Table, layer: LayerKind) -> BTreeMap<String, String> {
    let found = Columns::find(table, &BTreeMap::new(), layer.roles(), &mut Vec::new());
    layer
        .roles()
        .iter()
        .filter_map(|role| Some((role.slug().to_owned(), table.columns[found.position(*role)?].clone())))
        .collect()
}

fn classify(table: &Table) -> Option<LayerKind> {
    let has = |roles: &[Role]| {
        let found = Columns::find(table, &BTreeMap::new(), roles, &mut Vec::new());
        move |role: Role| found.has(role)
    };
    let count = |wanted: fn(&Shape) -> bool| table.shapes.iter().flatten().filter(|shape| wanted(shape)).count();
    let lines = count(|shape| matches!(shape, Shape::Lines(_)));
    let outlines = count(|shape| matches!(shape, Shape::Outline(_)));
    let points = count(|shape| matches!(shape, Shape::Point(_)));
    let name = table.file.to_lowercase();
    let called = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if lines > 0 && lines >= outlines + points {
        let roads = table.is_geographic || called(&["road", "street", "highway", "道路", "路网"]) || names_roads(table);
        return Some(if roads { LayerKind::Roads } else { LayerKind::Barriers });
    }
    let pair = has(distances::ROLES);
    let has_number = pair(Role::Metres) || pair(Role::Minutes);
    if pair(Role::Block) && pair(Role::School) && has_number || table.shapes.is_empty() && is_matrix(table) {
        return Some(LayerKind::Distances);
    }
    let pair = has(adjacency::ROLES);
    if pair(Role::BlockA) && pair(Role::BlockB) {
        return Some(LayerKind::Adjacency);
    }
    let lock = has(locks::ROLES);
    if lock(Role::Kind) && lock(Role::What) && lock(Role::Target) {
        return Some(LayerKind::Locks);
    }
    let school = has(schools::ROLES);
    if [Role::Capacity, Role::CapacityPrimary, Role::CapacityJunior].into_iter().any(&school) {
        return Some(LayerKind::Schools);
    }
    let block = has(blocks::ROLES);
    if [Role::Pupils, Role::PupilsPrimary, Role::PupilsJunior].into_iter().any(block) {
        return Some(LayerKind::Blocks);
    }
    let placed = (school(Role::Longitude) && school(Role::Latitude)) || (school(Role::X) && school(Role::Y));
    let row = has(existing::ROLES);
    if !placed && table.shapes.is_empty() && row(Role::Block) && row(Role::School) {
        return Some(LayerKind::Existing);
    }
    if (points > 0 || placed) && (called(&["school", "学校", "小学", "中学"]) || names_stages(table)) {
        return Some(LayerKind::Schools);
    }
    if outlines > 0 {
        let blocks = called(&["block", "小区", "单元", "居住"]);
        return Some(if blocks { LayerKind::Blocks } else { LayerKind::Areas });
    }
    (points > 0 || placed).then_some(LayerKind::Crossings)
}

/// Whether some column holds stages of schools.
fn names_stages(table: &Table) -> bool {
    let found = Columns::find(table, &BTreeMap::new(), &[Role::Stage], &mut Vec::new());
    found.has(Role::Stage)
        && (0..table.row_count().min(20)).any(|row| value::stages(found.cell(table, row, Role::Stage)).is_some())
}

/// Whether the class of some line is one that only roads have.
fn names_roads(table: &Table) -> bool {
    let found = Columns::find(table, &BTreeMap::new(), &[Role::Class], &mut Vec::new());
    let only_roads = ["residential", "footway", "tertiary", "unclassified", "living_street", "支路", "乡道", "村道"];
    (0..table.row_count()).any(|row| only_roads.contains(&found.cell(table, row, Role::Class)))
}

/// Whether a table is called one of distances, and everything beside its first column is a number.
fn is_matrix(table: &Table) -> bool {
    let name = table.file.to_lowercase();
    let is_number = |cell: &str| value::is_missing(cell) || value::number(cell).is_some();
    ["distance", "matrix", "距离", "里程"].iter().any(|word| name.contains(word))
        && table.columns.len() > 2
        && table.row_count() > 0
        && (0..table.row_count().min(20))
            .all(|row| (1..table.columns.len()).all(|column| is_number(table.cell(row, column))))
}
