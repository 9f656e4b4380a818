//! A layer as opened: its table, which column is what, and what its coordinates mean.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::hash::BuildHasher;
use std::path::Path;

use ecow::{EcoString, eco_format};
use geo::Coord;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::ReadError;
use super::columns::{Columns, Role};
use super::coordinates::{Misplaced, System, Way, Working, cell_place, middle_of, system_of};
use super::meter::Meter;
use super::shapes::Shape;
use super::table::{Table, open_table};
use super::value;
use crate::model::settings::{Files, LayerSettings};
use crate::model::{Finding, FindingCode, Origin};
use crate::space::Projection;

/// One file of a layer.
pub(super) struct Layer {
    pub(super) table: Table,
    pub(super) columns: Columns,
    /// `None` for tables without places, and where it cannot be known.
    pub(super) system: Option<System>,
    /// Where most of its rows lie, in its own coordinates.
    middle: Option<Coord<f64>>,
    /// Rows with more or fewer cells than the header, ascending: nobody knows which cell is in which column.
    misshapen: Vec<usize>,
    /// Position among the county's files.
    pub(super) file: u32,
}

/// A file with the encoding somebody asked for.
type FileAsked = (String, Option<String>);

/// A table with what was found while it was read.
type TableRead = (Table, Vec<Finding>);

/// Where files are and what the project says of all of them.
pub(super) struct Opening<'a> {
    pub(super) folder: &'a Path,
    pub(super) project_crs: Option<&'a str>,
    pub(super) files: Vec<String>,
    pub(super) findings: Vec<Finding>,
    pub(super) meter: Meter,
    ahead: BTreeMap<FileAsked, Result<TableRead, ReadError>>,
}

impl<'a> Opening<'a> {
    pub(super) fn new(folder: &'a Path, project_crs: Option<&'a str>) -> Opening<'a> {
        Opening {
            folder,
            project_crs,
            files: Vec::new(),
            findings: Vec::new(),
            meter: Meter::default(),
            ahead: BTreeMap::new(),
        }
    }

    /// Reads the tables of some layers at once, to be opened one after the other.
    pub(super) fn read_ahead<'l>(&mut self, layers: impl Iterator<Item = &'l LayerSettings>) {
        let files =
            layers.flat_map(|layer| layer.file.names().iter().map(|name| (name.clone(), layer.encoding.clone())));
        let files: Vec<FileAsked> = files.collect();
        let (folder, meter) = (self.folder, &self.meter);
        let size = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |file| file.len());
        meter.announce(files.iter().map(|(name, _)| size(name)).sum());
        let read = files.into_par_iter().map(|(name, encoding)| {
            let mut findings = Vec::new();
            let open = || open_table(&folder.join(&name), &name, encoding.as_deref(), &mut findings);
            let table = meter.file(size(&name), open);
            ((name, encoding), table.map(|table| (table, findings)))
        });
        self.ahead = read.collect();
    }
    /// Opens the files of a layer; `placed` says whether its rows have places.
    pub(super) fn open(
        &mut self,
        settings: &LayerSettings,
        roles: &[Role],
        placed: bool,
    ) -> Result<Vec<Layer>, ReadError> {
        let mut layers = Vec::new();
        for name in settings.file.names() {
            let encoding = settings.encoding.as_deref();
            let known = self.findings.len();
            let mut table = match self.ahead.remove(&(name.clone(), settings.encoding.clone())) {
                Some(read) => {
                    let (table, findings) = read?;
                    self.findings.extend(findings);
                    table
                }
                None => open_table(&self.folder.join(name), name, encoding, &mut self.findings)?,
            };
            if table.is_geographic && !roles.contains(&Role::Class) {
                // An extract holds streets, which are no other layer.
                return Err(ReadError::UnknownFormat { file: name.clone() });
            }
            let misshapen = self.findings[known..]
                .iter()
                .filter(|finding| finding.code == FindingCode::RowLength)
                .filter_map(|finding| Some(finding.row?.checked_sub(table.first_row)? as usize))
                .collect();
            let columns = Columns::find(&table, &settings.columns, roles, &mut self.findings);
            let has_places = placed
                && table.row_count() > 0
                && (!table.shapes.is_empty()
                    || (columns.has(Role::Longitude) && columns.has(Role::Latitude))
                    || (columns.has(Role::X) && columns.has(Role::Y)));
            let system = if has_places && table.is_geographic {
                Some(System::Earth(Projection::wgs84()))
            } else if has_places {
                system_of(&mut table, &columns, settings.crs.as_deref(), self.project_crs, &mut self.findings)
            } else {
                None
            };
            if placed && !has_places && table.row_count() > 0 {
                self.findings.push(Columns::missing(&table, &[Role::Longitude, Role::X]));
            }
            let file = u32::try_from(self.files.len()).expect("a county is read from few files");
            self.files.push(name.clone());
            let middle = if has_places { middle_of(&table, &columns) } else { None };
            layers.push(Layer { table, columns, system, middle, misshapen, file });
        }
        Ok(layers)
    }
}

/// A table that stands alone, with no county around it.
#[derive(Clone, Debug, Default)]
pub struct TableSource {
    /// The file, relative to the working directory.
    pub file: String,
    /// Its text encoding, where it is not recognised.
    pub encoding: Option<String>,
    /// Column names by role, where they are not recognised.
    pub columns: BTreeMap<String, String>,
}

impl TableSource {
    /// Opens the table. Columns of `wanted` that are not there are findings, and so is all that opening had to say.
    pub(super) fn open(
        &self,
        roles: &[Role],
        wanted: &[Role],
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<Layer>, ReadError> {
        let settings = LayerSettings {
            file: Files::One(self.file.clone()),
            encoding: self.encoding.clone(),
            columns: self.columns.clone(),
            ..LayerSettings::default()
        };
        let mut opening = Opening::new(Path::new(""), None);
        let layers = opening.open(&settings, roles, false)?;
        findings.append(&mut opening.findings);
        for layer in &layers {
            let missing = wanted.iter().filter(|role| !layer.columns.has(**role));
            findings.extend(missing.map(|role| Columns::missing(&layer.table, &[*role])));
        }
        Ok(layers)
    }
}

impl Layer {
    pub(super) fn origin(&self, row: usize) -> Origin {
        Origin { file: self.file, row: self.table.row_number(row) }
    }

    /// The rows that have as many cells as the header; the others have been reported.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.table.row_count()).filter(|row| self.misshapen.binary_search(row).is_err())
    }

    /// Whether every row has as many cells as the header. Where one has not, a quote may have swallowed others.
    pub(super) fn is_well_formed(&self) -> bool {
        self.misshapen.is_empty()
    }

    /// The way from its coordinates to working metres; `None` where it is not known what they mean.
    pub(super) fn way<'a>(&'a self, working: &'a Working) -> Option<Way<'a>> {
        Some(working.way_from(self.system.as_ref()?, self.middle))
    }

    pub(super) fn cell(&self, row: usize, role: Role) -> &str {
        self.columns.cell(&self.table, row, role)
    }

    /// The cell where it has any text.
    pub(super) fn filled(&self, row: usize, role: Role) -> Option<&str> {
        let cell = self.cell(row, role);
        (!value::is_missing(cell)).then_some(cell)
    }

    /// The cell as text where it has any.
    pub(super) fn text(&self, row: usize, role: Role) -> Option<String> {
        self.filled(row, role).map(str::to_owned)
    }

    /// The cell as one of the words there are; a cell that is none of them is a finding with their list.
    pub(super) fn word<T: Copy>(
        &self,
        row: usize,
        role: Role,
        from_word: fn(&str) -> Option<T>,
        all: &[T],
        name: fn(T) -> &'static str,
        findings: &mut Vec<Finding>,
    ) -> Option<T> {
        let cell = self.text(row, role)?;
        let word = from_word(&cell);
        if word.is_none() {
            let finding = self.table.finding(FindingCode::WordUnknown, row).text("cell", &cell);
            let finding = finding.text("column", self.column_name(role).unwrap_or(role.slug()));
            let known: Vec<&str> = all.iter().map(|one| name(*one)).collect();
            findings.push(self.about_row(finding.list("known", known, "、"), row));
        }
        word
    }

    /// The name of the column for `role`, as the table has it.
    pub(super) fn column_name(&self, role: Role) -> Option<&str> {
        self.columns.position(role).map(|column| self.table.columns[column].as_str())
    }

    /// The point of a row in working metres: its point shape, else its coordinate columns. Where it has none, or one
    /// that cannot be, a finding says so.
    pub(super) fn point(&self, row: usize, way: &Way<'_>, findings: &mut Vec<Finding>) -> Option<Coord<f64>> {
        let raw = match self.table.shapes.get(row) {
            Some(Shape::Point(place)) => Some(place),
            Some(other) => {
                let finding = self.table.finding(FindingCode::ShapeWrongKind, row);
                findings.push(finding.text("found", other.kind()).text("wanted", "Point"));
                return None;
            }
            None => match cell_place(&self.table, &self.columns, row) {
                Ok(place) => place,
                Err(cell) => {
                    findings.push(self.unreadable(row, &cell, "x / y"));
                    return None;
                }
            },
        };
        let Some(raw) = raw else {
            findings.push(self.about_row(self.table.finding(FindingCode::PlaceMissing, row), row));
            return None;
        };
        way.place(raw).map_err(|why| findings.push(self.misplaced(row, raw, &why))).ok()
    }

    pub(super) fn misplaced(&self, row: usize, raw: Coord<f64>, why: &Misplaced) -> Finding {
        let example = format!("{}, {}", raw.x, raw.y);
        let finding = |code: FindingCode| self.table.finding(code, row);
        let finding = match why {
            Misplaced::Impossible => finding(FindingCode::PlaceImpossible).text("example", example),
            Misplaced::Swapped => finding(FindingCode::PlaceSwapped).clause("example", "clause-example", &example),
            // Who looks addresses up writes noughts where there was none.
            Misplaced::Far(_) if raw.x == 0.0 && raw.y == 0.0 => finding(FindingCode::PlaceZero),
            Misplaced::Far(metres) => {
                finding(FindingCode::PlaceFar).text("example", example).decimal("kilometres", metres / 1000.0, 0)
            }
        };
        self.about_row(finding, row)
    }

    /// Adds the name or id in the row to a finding.
    pub(super) fn about_row(&self, finding: Finding, row: usize) -> Finding {
        match self.text(row, Role::Name).or_else(|| self.text(row, Role::Id)) {
            Some(name) => finding.about(name),
            None => finding,
        }
    }

    /// The cell as a name on one line, where it has any.
    pub(super) fn name_on_one_line(&self, row: usize, role: Role) -> Option<String> {
        self.text(row, role).map(|cell| value::on_one_line(&cell)).filter(|name| !name.is_empty())
    }

    /// The year of a row; `None` where the cell is missing or, with a finding, no year.
    pub(super) fn year(&self, row: usize, findings: &mut Vec<Finding>) -> Option<u16> {
        let cell = self.text(row, Role::Year)?;
        let year = value::year(&cell);
        if year.is_none() {
            findings.push(self.table.finding(FindingCode::YearUnreadable, row).text("cell", cell));
        }
        year
    }

    /// The year and month in a row; September, when school years begin, where it names no month. `None` where the cell is
    /// missing or, with a finding, no month.
    pub(super) fn month(&self, row: usize, role: Role, findings: &mut Vec<Finding>) -> Option<(u16, u8)> {
        let cell = self.text(row, role)?;
        let month = value::month(&cell);
        if month.is_none() {
            findings.push(self.table.finding(FindingCode::YearUnreadable, row).text("cell", cell));
        }
        month
    }

    /// Whether a row says nothing in any of `roles`: spreadsheets leave such rows below a table.
    pub(super) fn is_blank(&self, row: usize, roles: &[Role]) -> bool {
        roles.iter().all(|role| self.cell(row, *role).is_empty())
    }

    pub(super) fn unreadable(&self, row: usize, cell: &str, column: &str) -> Finding {
        let finding = self.table.finding(FindingCode::NumberUnreadable, row).text("cell", cell).text("column", column);
        self.about_row(finding, row)
    }

    /// Why a number cannot be a count of people or seats: it is below nought, or more than there are.
    pub(super) fn beyond_count(&self, row: usize, role: Role, number: f64) -> Option<Finding> {
        let code = match number {
            _ if number < 0.0 => FindingCode::NumberNegative,
            _ if number > f64::from(u32::MAX) => FindingCode::NumberLarge,
            _ => return None,
        };
        let finding = self.table.finding(code, row).text("cell", self.cell(row, role));
        Some(self.about_row(finding.text("column", self.column_name(role).unwrap_or(role.slug())), row))
    }

    /// A number, `None` where the cell is missing or, with a finding, no number.
    pub(super) fn number(&self, row: usize, role: Role, findings: &mut Vec<Finding>) -> Option<f64> {
        let cell = self.cell(row, role);
        if value::is_missing(cell) {
            return None;
        }
        let number = value::number(cell);
        if number.is_none() {
            let column = self.columns.position(role).map_or("", |column| self.table.columns[column].as_str());
            findings.push(self.unreadable(row, cell, column));
        }
        number
    }
}

/// The layer, row, id and name of a thing.
pub(super) type Identity = (usize, usize, EcoString, EcoString);

/// The ids and names of all rows of some layers.
pub(super) struct Identities {
    /// In reading order.
    pub(super) rows: Vec<Identity>,
    /// Names and ids that stand in rows left out.
    pub(super) left_out: Vec<String>,
}

/// Gives every row an id and a name: the id column, else feature ids, else names, else row numbers; what stood in for
/// ids is reported, and so are duplicates, whose later rows are left out.
pub(super) fn identify(layers: &[Layer], findings: &mut Vec<Finding>) -> Identities {
    let mut rows: Vec<Identity> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    let by_name = layers.iter().any(|layer| !layer.columns.has(Role::Id)) && names_can_be_ids(layers);
    for (number, layer) in layers.iter().enumerate() {
        let source = id_source(layer, by_name, findings);
        let row_id = |row: usize| {
            let row = layer.table.row_number(row);
            // Rows of several files are told apart by the file.
            let file = Path::new(&layer.table.file).file_stem().and_then(OsStr::to_str).unwrap_or("row");
            if layers.len() > 1 { eco_format!("{file}-{row}") } else { eco_format!("row-{row}") }
        };
        let identity = |row: usize| -> Identity {
            let name = layer.filled(row, Role::Name).map(EcoString::from);
            let id = match source {
                IdSource::Column(column) => {
                    Some(layer.table.cell(row, column)).filter(|cell| !value::is_missing(cell)).map(EcoString::from)
                }
                IdSource::Name => Some(name.clone().unwrap_or_else(|| row_id(row))),
                IdSource::Row => Some(row_id(row)),
            };
            // No id is empty but that of a row without one, which is left out below.
            let id = id.unwrap_or_default();
            let name = name.unwrap_or_else(|| id.clone());
            (number, row, id, name)
        };
        let of_layer: Vec<usize> = layer.rows().collect();
        rows.par_extend(of_layer.into_par_iter().with_min_len(4_096).map(identity));
    }
    rows.retain(|(number, row, id, name)| {
        if id.is_empty() {
            let layer = &layers[*number];
            findings.push(layer.about_row(layer.table.finding(FindingCode::IdMissing, *row), *row));
            left_out.extend((!name.is_empty()).then(|| name.to_string()));
        }
        !id.is_empty()
    });
    tell_sites_apart(layers, &mut rows, findings);
    left_out.extend(report_duplicates(layers, &mut rows, findings));
    Identities { rows, left_out }
}

#[derive(Clone, Copy)]
enum IdSource {
    Column(usize),
    Name,
    Row,
}

/// Whether every row of every layer has a name of its own.
fn names_can_be_ids(layers: &[Layer]) -> bool {
    let rows = layers.iter().flat_map(|layer| layer.rows().map(move |row| (layer, row)));
    let mut names: Vec<Option<String>> = rows.map(|(layer, row)| layer.text(row, Role::Name)).collect();
    names.sort_unstable();
    names.first().is_some_and(Option::is_some) && names.windows(2).all(|pair| pair[0] != pair[1])
}

fn id_source(layer: &Layer, by_name: bool, findings: &mut Vec<Finding>) -> IdSource {
    if let Some(column) = layer.columns.position(Role::Id) {
        return IdSource::Column(column);
    }
    let table = &layer.table;
    if let Some(column) = table.feature_id_column {
        let mut ids: Vec<&str> = (0..table.row_count()).map(|row| table.cell(row, column)).collect();
        ids.sort_unstable();
        if ids.windows(2).all(|pair| pair[0] != pair[1]) && ids.first().is_some_and(|id| !id.is_empty()) {
            return IdSource::Column(column);
        }
        findings.push(table.file_finding(FindingCode::FeatureIdRepeated));
    }
    let finding = table.file_finding(FindingCode::IdFromName);
    findings.push(finding.text("source", if by_name { "name" } else { "row" }));
    if by_name { IdSource::Name } else { IdSource::Row }
}

/// Gives the sites of a school that share its id ids and names of their own, behind the school's: each has a place, seats and a
/// catchment of its own. Rows whose sites are not all told and different are left as they are.
fn tell_sites_apart(layers: &[Layer], rows: &mut [Identity], findings: &mut Vec<Finding>) {
    if !layers.iter().any(|layer| layer.columns.has(Role::Campus)) {
        return;
    }
    let mut of_id: BTreeMap<EcoString, Vec<usize>> = BTreeMap::new();
    for (position, (_, _, id, _)) in rows.iter().enumerate() {
        of_id.entry(id.clone()).or_default().push(position);
    }
    for (id, positions) in of_id.into_iter().filter(|(_, positions)| positions.len() > 1) {
        let site = |position: &usize| layers[rows[*position].0].text(rows[*position].1, Role::Campus);
        let Some(sites) = positions.iter().map(site).collect::<Option<Vec<String>>>() else { continue };
        if sites.iter().enumerate().any(|(place, site)| sites[..place].contains(site)) {
            continue;
        }
        let (layer, row, _, name) = &rows[positions[0]];
        let finding = layers[*layer].table.finding(FindingCode::SitesApart, *row).about(name.clone());
        findings.push(finding.text("id", id.clone()).list("sites", &sites, "、"));
        for (position, site) in positions.into_iter().zip(sites) {
            let (.., id, name) = &mut rows[position];
            *id = eco_format!("{id}-{site}");
            if !name.contains(site.as_str()) {
                *name = eco_format!("{name}({site})");
            }
        }
    }
}

/// Leaves out the later rows of an id, and gives their names.
fn report_duplicates(layers: &[Layer], rows: &mut Vec<Identity>, findings: &mut Vec<Finding>) -> Vec<String> {
    // Positions only, to be looked up in `rows`: a table of texts would be ten times as large.
    let mut first: HashTable<u32> = HashTable::with_capacity(rows.len());
    let mut later: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let hash = |id: &EcoString| FxBuildHasher.hash_one(id);
    for (position, (_, _, id, _)) in rows.iter().enumerate() {
        let id_at = |position: &u32| &rows[*position as usize].2;
        match first.entry(hash(id), |known| id_at(known) == id, |known| hash(id_at(known))) {
            Entry::Occupied(earlier) => later.entry(*earlier.get() as usize).or_default().push(position),
            Entry::Vacant(free) => {
                free.insert(u32::try_from(position).expect("a county lists fewer than 2^32 rows"));
            }
        }
    }
    for (earlier, positions) in &later {
        let (layer, row, id, name) = &rows[*earlier];
        let numbers: Vec<String> = positions
            .iter()
            .map(|position| {
                let (other, row) = (rows[*position].0, rows[*position].1);
                let table = &layers[other].table;
                let number = table.row_number(row);
                if other == *layer { number.to_string() } else { format!("{number} ({})", table.file) }
            })
            .collect();
        // One id with several names: somebody was renamed, or two share an id by mistake.
        let mut names: Vec<String> = Vec::new();
        for other in positions.iter().map(|position| format!("“{}”", rows[*position].3)) {
            if other != format!("“{name}”") && !names.contains(&other) && names.len() < 3 {
                names.push(other);
            }
        }
        let finding = layers[*layer]
            .table
            .finding(FindingCode::IdDuplicate, *row)
            .about(name.clone())
            .text("id", id.clone())
            .clause("names", "clause-other-names", &names.join(", "))
            .text("rows", numbers.join(", "));
        findings.push(finding);
    }
    if later.is_empty() {
        return Vec::new();
    }
    let drop: rustc_hash::FxHashSet<usize> = later.into_values().flatten().collect();
    let mut left_out: Vec<String> = Vec::new();
    let mut position = 0;
    rows.retain(|(.., name)| {
        position += 1;
        let keep = !drop.contains(&(position - 1));
        if !keep {
            left_out.push(name.to_string());
        }
        keep
    });
    left_out
}
