//! Where the rows of a table lie that stands alone, with no county around it.

use std::collections::BTreeMap;

use geo::Coord;

use super::columns::{Columns, Role};
use super::coordinates::{System, cell_place, judged};
use super::shapes::Shape;
use super::table::Table;
use crate::model::{Finding, FindingCode, Severity};
use crate::space::Projection;

/// What columns of coordinates are for.
const PLACE_ROLES: [Role; 4] = [Role::Longitude, Role::Latitude, Role::X, Role::Y];

/// The places of a table: its shapes, else the coordinates in its cells; and what they are in, judged as for a layer of a
/// county.
#[derive(Debug)]
pub struct Placed<'a> {
    table: &'a Table,
    columns: Columns,
    /// Whether its places are points in the cells of its rows.
    pub are_in_cells: bool,
    /// The system; `Ok(None)` for plain metres, and why it is not known where it is not.
    pub system: Result<Option<Projection>, Box<Finding>>,
    is_northing_first: bool,
}

impl<'a> Placed<'a> {
    /// `None` where no row has a place. What was guessed is among `findings`.
    pub fn of(table: &'a Table, findings: &mut Vec<Finding>) -> Option<Placed<'a>> {
        let columns = Columns::find(table, &BTreeMap::new(), &PLACE_ROLES, &mut Vec::new());
        let is_pair = |first: Role, second: Role| columns.has(first) && columns.has(second);
        let has_cells = is_pair(Role::Longitude, Role::Latitude) || is_pair(Role::X, Role::Y);
        let has_shapes = table.shapes.kinds().any();
        if !has_shapes && !has_cells {
            return None;
        }
        let mut said = Vec::new();
        let stated = if table.is_geographic {
            Some((System::Earth(Projection::wgs84()), false))
        } else {
            judged(table, &columns, None, None, &mut said)
        };
        let (worst, mild): (Vec<Finding>, Vec<Finding>) =
            said.into_iter().partition(|finding| finding.severity() == Severity::Error);
        if worst.iter().any(|finding| finding.code == FindingCode::PlaceMissing) {
            return None;
        }
        findings.extend(mild);
        let (system, is_northing_first) = match stated {
            Some((System::Earth(projection), is_northing_first)) => (Ok(Some(projection)), is_northing_first),
            Some((System::Local, is_northing_first)) => (Ok(None), is_northing_first),
            None => {
                let why = worst.into_iter().next().unwrap_or_else(|| table.file_finding(FindingCode::CrsUnknown));
                (Err(Box::new(why)), false)
            }
        };
        Some(Placed { table, columns, are_in_cells: !has_shapes, system, is_northing_first })
    }

    /// The shape of a row as it stands in the file; `Ok(None)` where it has none.
    ///
    /// # Errors
    /// A finding where a cell is no number.
    pub fn shape(&self, row: usize) -> Result<Option<Shape>, Box<Finding>> {
        if !self.are_in_cells {
            return Ok(self.table.shapes.get(row));
        }
        let place = cell_place(self.table, &self.columns, row).map_err(|role| {
            let column = self.columns.position(role).map_or("", |column| self.table.columns[column].as_str());
            let finding = self.table.finding(FindingCode::NumberUnreadable, row);
            Box::new(finding.text("cell", self.columns.cell(self.table, row, role)).text("column", column))
        })?;
        Ok(place.map(Shape::Point))
    }

    /// A place of the file with its easting or longitude first.
    #[must_use]
    pub fn in_order(&self, place: Coord<f64>) -> Coord<f64> {
        if self.is_northing_first { Coord { x: place.y, y: place.x } } else { place }
    }
}
