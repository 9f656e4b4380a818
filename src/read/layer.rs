//! A layer as opened: its table, which column is what, and what its coordinates mean.

use std::collections::BTreeMap;
use std::path::Path;

use geo::Coord;
use rayon::prelude::*;

use super::ReadError;
use super::columns::{Columns, Role};
use super::coordinates::{Misplaced, System, Way, Working, cell_place, middle_of, system_of};
use super::meter::Meter;
use super::shapes::Shape;
use super::table::{Table, open_table};
use super::{value, written_place};
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
            if placed {
                written_place::take(&mut table, &columns, &mut self.findings);
            }
            let has_places = placed && table.row_count() > 0 && (!table.shapes.is_empty() || columns.has_coordinates());
            let system = if has_places && table.is_geographic {
                Some(System::Earth(Projection::wgs84()))
            } else if has_places {
                system_of(&mut table, &columns, settings.crs.as_deref(), self.project_crs, &mut self.findings)
            } else {
                None
            };
            if placed && !has_places && table.row_count() > 0 {
                self.findings.push(Columns::missing(&table, columns.missing_coordinates()));
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
            findings.push(self.unknown_word(row, role, all.iter().map(|one| name(*one))));
        }
        word
    }

    /// Says that a cell is none of the words there are.
    pub(super) fn unknown_word<'a>(&self, row: usize, role: Role, known: impl IntoIterator<Item = &'a str>) -> Finding {
        let finding = self.table.finding(FindingCode::WordUnknown, row).text("cell", self.cell(row, role));
        let finding = finding.text("column", self.column_name(role).unwrap_or(role.slug()));
        self.about_row(finding.list("known", known, "、"), row)
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
                Err(role) => {
                    let column = self.column_name(role).unwrap_or(role.slug());
                    findings.push(self.unreadable(row, self.cell(row, role), column));
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
