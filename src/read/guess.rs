//! What the files of a folder seem to be: the first half of `init`.

use std::collections::BTreeMap;
use std::path::Path;

use super::columns::{Columns, Role};
use super::table::{Shape, Table, open_table};
use super::{ReadError, adjacency, areas, barriers, blocks, existing, locks, schools, value};
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
        .filter(|name| {
            let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            ["csv", "tsv", "txt", "geojson", "json", "shp"].contains(&ending.to_ascii_lowercase().as_str())
        })
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
        return Some(LayerKind::Barriers);
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
