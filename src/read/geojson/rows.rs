//! Rows of features while these are read, and the table they become.

use rustc_hash::FxHashMap;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use serde_json::Value;

use super::feature::{IntoRows, cell_text};
use super::geometry::Geometry;
use super::places::Places;
use super::split::Batch;
use crate::language::Message;
use crate::read::ReadError;
use crate::read::remark::Remark;
use crate::read::shapes::Shapes;
use crate::read::table::{CellKind, Table};

/// Cells that a table may have whatever the size of its file; beyond it may have two for each byte.
const MOST_CELLS: usize = 1 << 24;

/// Rows of some features: their text in one string, and cells that say which column they are of and where they end.
#[derive(Default)]
pub(super) struct Rows {
    columns: Columns,
    pub(super) text: String,
    pub(super) cells: Vec<(u32, u32)>,
    /// For each row where its cells end, and the end of its id in `ids` where it has one.
    ends: Vec<(u32, Option<u32>)>,
    pub(super) ids: String,
    shapes: Shapes,
    remarks: Vec<Remark>,
    /// The first row with a place of one number, which is no place.
    half: Option<u32>,
    /// Room for the coordinates of one feature.
    pub(super) places: Places,
}

/// How long the texts and cells of some rows are.
pub(super) struct Lengths {
    pub(super) text: usize,
    pub(super) cells: usize,
    pub(super) ids: usize,
}

/// Names of columns in order of first appearance.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    /// What the values of each are so far.
    kinds: Vec<Option<CellKind>>,
    position_of: FxHashMap<String, u32>,
}

impl Columns {
    /// Takes note of a value of this name; the position of its column.
    fn position(&mut self, name: &str, kind: Option<CellKind>) -> u32 {
        if let Some(position) = self.position_of.get(name) {
            let known = &mut self.kinds[*position as usize];
            *known = CellKind::of_both(*known, kind);
            return *position;
        }
        let position = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.kinds.push(kind);
        self.position_of.insert(name.to_owned(), position);
        position
    }
}

impl Rows {
    /// Takes a batch apart; `None` where one of its features has a fault.
    pub(super) fn of(batch: &Batch) -> Option<Rows> {
        let text = std::str::from_utf8(&batch.bytes).ok()?;
        let mut rows = Rows::default();
        for span in &batch.spans {
            let mut source = serde_json::Deserializer::from_str(text.get(span.clone())?);
            rows.read(&mut source).ok()?;
            source.end().ok()?;
        }
        Some(rows)
    }

    /// Adds a feature.
    pub(super) fn read<'de, D: Deserializer<'de>>(&mut self, source: D) -> Result<(), D::Error> {
        IntoRows(self).deserialize(source)
    }

    /// Adds a shape that stands alone.
    pub(super) fn push(&mut self, geometry: Geometry) {
        self.end_row(false, geometry);
    }

    /// How much of everything there is, those of a row that is begun among it.
    pub(super) fn lengths(&self) -> Lengths {
        Lengths { text: self.text.len(), cells: self.cells.len(), ids: self.ids.len() }
    }

    /// Ends a cell whose text stands at the end of all texts.
    pub(super) fn end_cell(&mut self, name: &str, kind: Option<CellKind>) {
        let column = self.columns.position(name, kind);
        self.cells.push((column, self.text.len() as u32));
    }

    /// Ends a row whose cells and id stand at the end of all others.
    pub(super) fn end_row(&mut self, has_id: bool, geometry: Geometry) {
        let row = self.shapes.len() as u32;
        self.ends.push((self.cells.len() as u32, has_id.then_some(self.ids.len() as u32)));
        if geometry.has_half {
            self.half.get_or_insert(row);
        }
        self.remarks.extend(geometry.acts.into_iter().map(|act| Remark { row, act }));
        self.shapes.push(geometry.shape);
    }

    /// Adds the rows of a later batch.
    pub(super) fn append(&mut self, later: Rows) {
        let positions = later.columns.names.iter().zip(&later.columns.kinds);
        let positions: Vec<u32> = positions.map(|(name, kind)| self.columns.position(name, *kind)).collect();
        let (rows, cells) = (self.shapes.len() as u32, self.cells.len() as u32);
        let before = |own: &str, more: &str| {
            let end = u32::try_from(own.len() + more.len()).expect("a table holds less than 4 GiB of text");
            end - more.len() as u32
        };
        let (text, ids) = (before(&self.text, &later.text), before(&self.ids, &later.ids));
        self.cells.extend(later.cells.iter().map(|(column, end)| (positions[*column as usize], text + end)));
        self.ends.extend(later.ends.iter().map(|(end, id)| (cells + end, id.map(|id| ids + id))));
        self.text.push_str(&later.text);
        self.ids.push_str(&later.ids);
        self.remarks.extend(later.remarks.iter().map(|remark| Remark { row: rows + remark.row, ..*remark }));
        self.half = self.half.or(later.half.map(|row| rows + row));
        self.shapes.append(later.shapes);
    }

    /// The table of all rows.
    pub(super) fn into_table(mut self, crs: Option<&Value>, file: &str) -> Result<Table, ReadError> {
        if let Some(row) = self.half {
            let reason = Message::new("reason-half-position").count("feature", row + 1);
            return Err(ReadError::Refused { file: file.to_owned(), reason });
        }
        let mut names = std::mem::take(&mut self.columns.names);
        let mut kinds: Vec<CellKind> = self.columns.kinds.iter().map(|kind| kind.unwrap_or(CellKind::Text)).collect();
        let has_ids = self.ends.iter().any(|(_, id)| id.is_some());
        let feature_id_column = has_ids.then_some(names.len());
        if has_ids {
            names.push("feature id".to_owned());
            kinds.push(CellKind::Text);
        }
        if names.is_empty() {
            names.push("feature".to_owned());
            kinds.push(CellKind::Text);
        }
        // A cell is kept for every column of every feature, whether the feature has it or not.
        let count = self.shapes.len();
        if names.len().saturating_mul(count) > MOST_CELLS.max(2 * self.text.len()) {
            let reason = Message::new("reason-cells").count("rows", count).count("columns", names.len());
            return Err(ReadError::Refused { file: file.to_owned(), reason });
        }
        let mut table = Table::new(file, names, 1);
        table.reserve(self.text.len() + self.ids.len(), count);
        let mut cells: Vec<&str> = Vec::new();
        let (mut cell, mut start, mut id_start) = (0, 0, 0);
        for (last_cell, id_end) in &self.ends {
            cells.clear();
            cells.resize(table.columns.len(), "");
            for (column, end) in &self.cells[cell..*last_cell as usize] {
                cells[*column as usize] = &self.text[start..*end as usize];
                start = *end as usize;
            }
            cell = *last_cell as usize;
            if let (Some(column), Some(end)) = (feature_id_column, id_end) {
                cells[column] = &self.ids[id_start..*end as usize];
                id_start = *end as usize;
            }
            table.push_row(cells.iter().copied());
        }
        self.shapes.settle();
        table.shapes = self.shapes;
        table.remarks = self.remarks;
        table.kinds = kinds;
        table.crs = crs.and_then(crs_name);
        table.geographic_by_default = true;
        table.feature_id_column = feature_id_column;
        Ok(table)
    }
}

/// The name in a `crs` member of the 2008 specification.
fn crs_name(crs: &Value) -> Option<String> {
    let properties = crs.get("properties")?;
    let name = properties.get("name").or_else(|| properties.get("code"))?;
    Some(cell_text(name.clone()))
}
