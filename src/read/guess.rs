//! What the files of a folder seem to be: the first half of `init`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::columns::{Columns, Role};
use super::coordinates::{System, system_of};
use super::source::may_be_a_table;
use super::table::{Table, open_table};
use super::{
    ReadError, adjacency, areas, barriers, blocks, distances, existing, groups, locks, roads, schools, value,
    written_place,
};
use crate::language::Message;
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
    /// Districts or groups as they are.
    Groups,
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
            LayerKind::Groups => "groups",
        }
    }

    /// Whether several files may hold it together: others are one table each.
    #[must_use]
    pub const fn may_be_several(self) -> bool {
        matches!(self, LayerKind::Schools | LayerKind::Blocks)
    }

    const fn has_places(self) -> bool {
        !matches!(
            self,
            LayerKind::Adjacency | LayerKind::Existing | LayerKind::Locks | LayerKind::Distances | LayerKind::Groups
        )
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
            LayerKind::Groups => groups::ROLES,
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
    /// Why it is taken for that layer.
    pub why: Message,
    /// Another layer it could be as well.
    pub also: Option<LayerKind>,
    /// Its columns by role.
    pub columns: BTreeMap<String, String>,
    /// Columns that could as well have been taken: the role, the name that was taken and the other.
    pub alternatives: Vec<(String, String, String)>,
    /// Columns nothing is read from.
    pub unused: Vec<String>,
    /// Its coordinate system, where it has places and that is known.
    pub system: Option<String>,
    /// Its rows.
    pub rows: usize,
    /// What was guessed about its text and its coordinates.
    pub findings: Vec<Finding>,
    /// What its rows are called, as far as they are looked at.
    names: BTreeSet<String>,
    /// Their ids.
    ids: BTreeSet<String>,
}

/// Columns that may hold places.
const PLACE_ROLES: &[Role] = &[Role::Longitude, Role::Latitude, Role::X, Role::Y, Role::Place, Role::Name];

/// Rows whose names are compared between files.
const COMPARED: usize = 20_000;

impl Guess {
    /// Whether two files of a layer hold the same things for the most part, by their names or their ids: two versions of one
    /// table, not two parts.
    #[must_use]
    pub fn repeats(&self, other: &Guess) -> bool {
        let overlap = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            let fewer = one.len().min(other.len());
            fewer > 0 && 2 * one.intersection(other).count() > fewer
        };
        overlap(&self.names, &other.names) || overlap(&self.ids, &other.ids)
    }
}

/// Looks at the tables directly in `folder`, in order of their names; `crs` is the coordinate system of
/// layers that carry none. One that cannot be read does not keep the others from
/// being looked at.
///
/// # Errors
/// [`ReadError`] where the folder cannot be read.
pub fn guess_folder(folder: &Path, crs: Option<&str>) -> Result<Vec<Result<Guess, ReadError>>, ReadError> {
    let open = |source| ReadError::Open { file: folder.display().to_string(), source };
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .map_err(open)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        // Spreadsheets leave a note of who has a workbook open (~$), and macOS one of its own beside each file (._).
        .filter(|name| may_be_a_table(name) && !name.starts_with("~$") && !name.starts_with("._"))
        .collect();
    files.sort();
    // The attributes of a Shapefile are read with it.
    let shapes: BTreeSet<String> =
        files.iter().filter_map(|name| name.to_lowercase().strip_suffix(".shp").map(str::to_owned)).collect();
    files.retain(|name| name.to_lowercase().strip_suffix(".dbf").is_none_or(|stem| !shapes.contains(stem)));
    Ok(files.iter().map(|file| guess_file(&folder.join(file), file, None, crs)).collect())
}

/// Looks at one table; `told` is the layer somebody says it is, `crs` the coordinate
/// system of layers that carry none.
///
/// # Errors
/// [`ReadError`] where it cannot be read.
pub fn guess_file(path: &Path, file: &str, told: Option<LayerKind>, crs: Option<&str>) -> Result<Guess, ReadError> {
    let mut findings = Vec::new();
    let mut table = open_table(path, file, None, &mut findings)?;
    let places = Columns::find(&table, &BTreeMap::new(), PLACE_ROLES, &mut Vec::new());
    written_place::take(&mut table, &places, &mut findings);
    let fit = match told {
        Some(layer) => Some(Fit::new(layer, Message::new("init-why-told"))),
        None => classify(&table),
    };
    let mut guess = Guess {
        file: file.to_owned(),
        layer: fit.as_ref().map(|fit| fit.layer),
        why: fit.as_ref().map_or_else(|| Message::new("init-why-nothing"), |fit| fit.why.clone()),
        also: fit.as_ref().and_then(|fit| fit.also),
        columns: BTreeMap::new(),
        alternatives: Vec::new(),
        unused: table.columns.clone(),
        system: None,
        rows: table.row_count(),
        findings,
        names: BTreeSet::new(),
        ids: BTreeSet::new(),
    };
    let Some(layer) = guess.layer else { return Ok(guess) };
    let columns = Columns::find(&table, &BTreeMap::new(), layer.roles(), &mut Vec::new());
    for role in layer.roles() {
        if let Some(position) = columns.position(*role) {
            guess.columns.insert(role.slug().to_owned(), table.columns[position].clone());
        }
    }
    let alternatives = columns.alternatives(&table).into_iter();
    let alternatives =
        alternatives.map(|(role, taken, other)| (role.slug().to_owned(), taken.to_owned(), other.to_owned()));
    guess.alternatives = alternatives.collect();
    guess.unused = columns.unused(&table).map(str::to_owned).collect();
    if layer.has_places() && (!table.shapes.is_empty() || columns.has_coordinates()) && table.row_count() > 0 {
        guess.system = match system_of(&mut table, &columns, None, crs, &mut guess.findings) {
            Some(System::Earth(projection)) => Some(projection.name().to_owned()),
            Some(System::Local) => Some("local".to_owned()),
            None => None,
        };
    }
    let said = |role: Role| -> BTreeSet<String> {
        let rows = 0..table.row_count().min(COMPARED);
        let cells = rows.map(|row| columns.cell(&table, row, role)).filter(|cell| !value::is_missing(cell));
        cells.map(str::to_owned).collect()
    };
    (guess.names, guess.ids) = (said(Role::Name), said(Role::Id));
    Ok(guess)
}

/// A layer a table may be, and why.
struct Fit {
    layer: LayerKind,
    why: Message,
    also: Option<LayerKind>,
}

impl Fit {
    fn new(layer: LayerKind, why: Message) -> Fit {
        Fit { layer, why, also: None }
    }

    /// The same, where the table could be `other` as well.
    fn or(self, other: LayerKind) -> Fit {
        Fit { also: Some(other), ..self }
    }
}

fn classify(table: &Table) -> Option<Fit> {
    let find = |roles: &[Role]| Columns::find(table, &BTreeMap::new(), roles, &mut Vec::new());
    let kinds = table.shapes.kinds();
    let name = table.file.to_lowercase();
    let called = |words: &[&str]| words.iter().any(|word| name.contains(word));
    // Why, by the columns of some roles that are there.
    let by_columns = |layer: LayerKind, found: &Columns, roles: &[Role]| {
        let names: Vec<&str> =
            roles.iter().filter_map(|role| Some(table.columns[found.position(*role)?].as_str())).collect();
        Fit::new(layer, Message::new("init-why-columns").text("columns", names.join(", ")))
    };
    if kinds.lines > 0 && kinds.lines >= kinds.outlines + kinds.points {
        let named = called(&["road", "street", "highway", "道路", "路网"]) || names_roads(table);
        return Some(if table.is_geographic || named {
            Fit::new(LayerKind::Roads, Message::new("init-why-roads"))
        } else {
            Fit::new(LayerKind::Barriers, Message::new("init-why-lines")).or(LayerKind::Roads)
        });
    }
    let pair = find(distances::ROLES);
    let has_number = pair.has(Role::Metres) || pair.has(Role::Minutes);
    if pair.has(Role::Block) && pair.has(Role::School) && has_number {
        let roles = [Role::Block, Role::School, Role::Metres, Role::Minutes];
        return Some(by_columns(LayerKind::Distances, &pair, &roles));
    }
    if table.shapes.is_empty() && is_matrix(table) {
        return Some(Fit::new(LayerKind::Distances, Message::new("init-why-matrix")));
    }
    let pair = find(adjacency::ROLES);
    if pair.has(Role::BlockA) && pair.has(Role::BlockB) {
        return Some(by_columns(LayerKind::Adjacency, &pair, adjacency::ROLES));
    }
    let lock = find(locks::ROLES);
    let of_locks = [Role::Kind, Role::What, Role::Target];
    if of_locks.iter().all(|role| lock.has(*role)) {
        return Some(by_columns(LayerKind::Locks, &lock, &of_locks));
    }
    let school = find(schools::ROLES);
    let of_schools = [Role::Capacity, Role::CapacityPrimary, Role::CapacityJunior, Role::SharedSeats];
    let block = find(blocks::ROLES);
    let of_blocks = [Role::Pupils, Role::PupilsPrimary, Role::PupilsJunior];
    let has_pupils = of_blocks.iter().any(|role| block.has(*role));
    if of_schools.iter().any(|role| school.has(*role)) {
        let fit = by_columns(LayerKind::Schools, &school, &of_schools);
        // Outlines with seats are a strange table of schools.
        return Some(if has_pupils || kinds.outlines > 0 { fit.or(LayerKind::Blocks) } else { fit });
    }
    if has_pupils {
        return Some(by_columns(LayerKind::Blocks, &block, &of_blocks));
    }
    let has_columns = |first: Role, second: Role| school.has(first) && school.has(second);
    let placed = has_columns(Role::Longitude, Role::Latitude) || has_columns(Role::X, Role::Y);
    let group = find(groups::ROLES);
    if !placed && table.shapes.is_empty() && group.has(Role::Group) && group.has(Role::School) {
        return Some(by_columns(LayerKind::Groups, &group, &[Role::Group, Role::School, Role::GroupRole]));
    }
    let row = find(existing::ROLES);
    if !placed && table.shapes.is_empty() && row.has(Role::Block) && row.has(Role::School) {
        return Some(by_columns(LayerKind::Existing, &row, existing::ROLES));
    }
    if kinds.points > 0 || placed {
        if names_stages(table) {
            return Some(by_columns(LayerKind::Schools, &school, &[Role::Stage]));
        }
        if called(&["school", "学校", "小学", "中学"]) {
            return Some(Fit::new(LayerKind::Schools, Message::new("init-why-name")));
        }
    }
    if kinds.outlines > 0 {
        let fit = |layer| Fit::new(layer, Message::new("init-why-name"));
        return Some(if called(&["block", "小区", "单元", "居住"]) {
            fit(LayerKind::Blocks).or(LayerKind::Areas)
        } else {
            Fit::new(LayerKind::Areas, Message::new("init-why-outlines")).or(LayerKind::Blocks)
        });
    }
    (kinds.points > 0 || placed)
        .then(|| Fit::new(LayerKind::Crossings, Message::new("init-why-points")).or(LayerKind::Schools))
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
