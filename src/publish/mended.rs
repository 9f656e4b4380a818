//! A mended copy of the layers of outlines, and the list of every change in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use geo::{Area, Coord, MapCoords, MultiPolygon};
use geojson::feature::Id;
use geojson::{Feature, Geometry, GeometryValue, JsonObject, JsonValue, Position};
use serde_json::json;

use super::geojson::collection;
use super::table::CsvTable;
use crate::language::{Language, Message};
use crate::read::{Act, OutlineLayer, OutlineRow, Outlines, Places};
use crate::space::mend::{Mended, farthest_moved, has_same_rings, mend};

/// The list of changes.
pub const CHANGES: &str = "changes.csv";

/// Columns of the list.
const HEADER: [&str; 10] = [
    "file",
    "row",
    "id",
    "name",
    "change",
    "what",
    "area_before_m2",
    "area_after_m2",
    "area_changed_m2",
    "moved_m",
];

/// What is written, and what it comes to.
#[derive(Clone, Debug, Default)]
pub struct MendedFiles {
    /// Files by name, the list of changes last.
    pub files: Vec<(String, Vec<u8>)>,
    /// Rows whose shape was changed.
    pub changed: usize,
    /// Rows that could not be mended and stay as they were.
    pub unmended: usize,
    /// Rows that are not in the copy, because they have no outline.
    pub left_out: usize,
    /// Square metres that changed hands, came or went, added up without sign.
    pub area_m2: f64,
}

/// Mends `outlines` and writes the copies. Rows without a fault are written with the places they were read with.
///
/// Deterministic.
#[must_use]
pub fn mended(outlines: &Outlines, language: Language) -> MendedFiles {
    let mut list = List {
        table: CsvTable::new(&HEADER),
        language,
        places: &outlines.places,
        sum: MendedFiles::default(),
    };
    let mut names: BTreeSet<String> = BTreeSet::new();
    let all: Vec<(&OutlineLayer, &OutlineRow)> =
        outlines.blocks.iter().flat_map(|layer| layer.rows.iter().map(move |row| (layer, row))).collect();
    let given: Vec<Option<&MultiPolygon<f64>>> = all.iter().map(|(_, row)| row.outline.as_ref()).collect();
    let places = &outlines.places;
    let whole = mend(&given, &|place| places.to_file(place), &|place| places.from_file(place));
    let changes = between_outlines(&whole, &all);
    let mut first = 0;
    for layer in &outlines.blocks {
        let rows = first..first + layer.rows.len();
        first = rows.end;
        let settled: Vec<Settled<'_>> = rows
            .map(|at| Settled { outline: &whole.outlines[at], lines: changes.get(&at).map_or(&[][..], Vec::as_slice) })
            .collect();
        list.layer(layer, &settled, &mut names);
    }
    for layer in &outlines.areas {
        let alone: Vec<Mended> = layer
            .rows
            .iter()
            .map(|row| {
                mend(&[row.outline.as_ref()], &|place| places.to_file(place), &|place| places.from_file(place))
            })
            .collect();
        let settled: Vec<Settled<'_>> =
            alone.iter().map(|mended| Settled { outline: &mended.outlines[0], lines: &[] }).collect();
        list.layer(layer, &settled, &mut names);
    }
    let List { table, mut sum, .. } = list;
    sum.files.push((CHANGES.to_owned(), table.into_bytes()));
    sum
}

/// Ground that one row gives to another, or takes from a gap.
struct Line {
    key: &'static str,
    with: Option<String>,
    area: f64,
}

/// What mending made of a row.
struct Settled<'a> {
    outline: &'a MultiPolygon<f64>,
    lines: &'a [Line],
}

/// For each row the ground it ceded and the slivers it took.
fn between_outlines(mended: &Mended, rows: &[(&OutlineLayer, &OutlineRow)]) -> BTreeMap<usize, Vec<Line>> {
    let mut lines: BTreeMap<usize, Vec<Line>> = BTreeMap::new();
    for overlap in &mended.settlement.overlaps {
        let with = Some(label(rows[overlap.kept].1));
        lines.entry(overlap.ceded).or_default().push(Line { key: "change-ceded", with, area: -overlap.area });
    }
    for gap in &mended.settlement.gaps {
        if let Some(owner) = gap.closed_by {
            lines.entry(owner).or_default().push(Line { key: "change-gap-taken", with: None, area: gap.area });
        }
    }
    lines
}

fn label(row: &OutlineRow) -> String {
    if row.name.is_empty() { row.number.to_string() } else { row.name.clone() }
}

/// The list under construction.
struct List<'a> {
    table: CsvTable,
    language: Language,
    places: &'a Places,
    sum: MendedFiles,
}

impl List<'_> {
    fn layer(&mut self, layer: &OutlineLayer, settled: &[Settled<'_>], names: &mut BTreeSet<String>) {
        let numeric = numeric_columns(layer);
        let mut features = Vec::with_capacity(layer.rows.len());
        for (position, (row, settled)) in layer.rows.iter().zip(settled).enumerate() {
            if let Some(written) = self.row(layer, row, settled) {
                features.push(feature(layer, position, &numeric, &written));
            }
        }
        let stem = Path::new(&layer.table.file).file_stem().and_then(|stem| stem.to_str()).unwrap_or("layer");
        let mut name = stem.to_owned();
        let mut number = 2;
        while !names.insert(name.clone()) {
            name = format!("{stem}-{number}");
            number += 1;
        }
        self.sum.files.push((format!("{name}.geojson"), collection(&name, features.into_iter())));
    }

    /// Lists what was done to a row; gives what is written, `None` for a row that is left out.
    fn row(
        &mut self,
        layer: &OutlineLayer,
        row: &OutlineRow,
        settled: &Settled<'_>,
    ) -> Option<MultiPolygon<f64>> {
        let Some(before) = &row.outline else {
            self.sum.left_out += 1;
            let kind = row.kind.unwrap_or("-");
            let what = Message::new("change-left-out").text("kind", kind);
            self.line(layer, row, ("left-out", &what), [None; 3], None);
            return None;
        };
        let as_read = || before.map_coords(|place| self.places.to_file(place));
        let area_before = before.unsigned_area();
        if settled.outline.0.is_empty() {
            let Some(line) = settled.lines.iter().max_by(|first, second| second.area.total_cmp(&first.area)) else {
                self.sum.left_out += 1;
                self.line(layer, row, ("left-out", &Message::new("change-no-ground")), [None; 3], None);
                return None;
            };
            self.sum.unmended += 1;
            let what = Message::new("change-not-mended").text("other", line.with.clone().unwrap_or_default());
            let areas = [Some(area_before), Some(area_before), Some(0.0)];
            let written = as_read();
            self.line(layer, row, ("not-mended", &what), areas, Some(0.0));
            return Some(written);
        }
        let is_closed = !row.acts.iter().any(|act| matches!(act, Act::Closed { .. }));
        let faults: Vec<&'static str> = row.faults.iter().map(|fault| fault.key()).collect();
        let metres = settled.outline.map_coords(|place| self.places.from_file(place));
        let is_same = has_same_rings(before, &metres);
        if is_same && faults.is_empty() && is_closed && !row.was_line && !was_in_collection(row) {
            return Some(as_read());
        }
        self.sum.changed += 1;
        let area_after = metres.unsigned_area();
        let moved = Some(farthest_moved(before, &metres));
        let with_areas = |area: f64| [Some(area_before), Some(area_after), Some(area)];
        if row.was_line {
            self.line(layer, row, ("line-closed", &Message::new("change-line")), with_areas(0.0), moved);
        }
        if was_in_collection(row) {
            self.line(layer, row, ("collection", &Message::new("change-collection")), with_areas(0.0), moved);
        }
        if !is_closed {
            self.line(layer, row, ("closed", &Message::new("change-closed")), with_areas(0.0), moved);
        }
        let others: f64 = settled.lines.iter().map(|line| line.area).sum();
        for line in settled.lines {
            let what = Message::new(line.key).text("other", line.with.clone().unwrap_or_default());
            let code = line.key.trim_start_matches("change-");
            self.sum.area_m2 += line.area.abs();
            self.line(layer, row, (code, &what), with_areas(line.area), moved);
        }
        // What is left is the row's own: ground that was counted twice or against itself, vertices that were joined.
        let own = area_after - area_before - others;
        if !faults.is_empty() {
            let sentences: Vec<String> = faults.iter().map(|key| self.language.text(key)).collect();
            let what = Message::new("change-put-in-order").text("faults", sentences.join("; "));
            self.sum.area_m2 += own.abs();
            self.line(layer, row, ("put-in-order", &what), with_areas(own), moved);
        } else if !is_same {
            self.sum.area_m2 += own.abs();
            self.line(layer, row, ("joined", &Message::new("change-joined")), with_areas(own), moved);
        }
        Some(settled.outline.clone())
    }

    fn line(
        &mut self,
        layer: &OutlineLayer,
        row: &OutlineRow,
        (code, what): (&str, &Message),
        areas: [Option<f64>; 3],
        moved: Option<f64>,
    ) {
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| plain(value));
        let [before, after, changed] = areas;
        self.table.row([
            layer.table.file.clone(),
            row.number.to_string(),
            row.id.clone(),
            row.name.clone(),
            code.to_owned(),
            what.in_language(self.language),
            number(before),
            number(after),
            number(changed),
            number(moved),
        ]);
    }
}

fn was_in_collection(row: &OutlineRow) -> bool {
    row.acts.iter().any(|act| matches!(act, Act::TakenFromCollection { .. }))
}

/// Three decimals, and no minus before nothing.
fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    if text.trim_start_matches(['-', '0', '.']).is_empty() { "0.000".to_owned() } else { text }
}

/// Columns all of whose cells are numbers as programs write them, ids left aside: these are written as numbers again.
fn numeric_columns(layer: &OutlineLayer) -> Vec<bool> {
    let table = &layer.table;
    let is_number =
        |cell: &str| serde_json::from_str::<serde_json::Number>(cell).is_ok_and(|number| number.to_string() == cell);
    (0..table.columns.len())
        .map(|column| {
            let mut cells = (0..table.row_count()).map(|row| table.cell(row, column)).filter(|cell| !cell.is_empty());
            Some(column) != layer.id_column && cells.all(is_number)
        })
        .collect()
}

fn feature(layer: &OutlineLayer, row: usize, numeric: &[bool], outline: &MultiPolygon<f64>) -> Feature {
    let table = &layer.table;
    let mut properties = JsonObject::new();
    let mut id = None;
    for (column, name) in table.columns.iter().enumerate() {
        let cell = table.cell(row, column);
        if Some(column) == table.feature_id_column {
            id = (!cell.is_empty()).then(|| Id::String(cell.to_owned()));
            continue;
        }
        let value = match cell {
            "" => JsonValue::Null,
            number if numeric[column] => serde_json::from_str(number).unwrap_or_else(|_| json!(number)),
            text => json!(text),
        };
        properties.insert(name.clone(), value);
    }
    let geometry = Some(Geometry::new(polygons(outline)));
    Feature { id, geometry, properties: Some(properties), ..Feature::default() }
}

fn polygons(outline: &MultiPolygon<f64>) -> GeometryValue {
    let ring = |places: &[Coord<f64>]| -> Vec<Position> {
        places.iter().map(|place| Position::from([place.x, place.y])).collect()
    };
    let mut parts: Vec<Vec<Vec<Position>>> = outline
        .iter()
        .map(|polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|line| ring(&line.0)).collect()
        })
        .collect();
    match parts.len() {
        1 => GeometryValue::Polygon { coordinates: parts.remove(0) },
        _ => GeometryValue::MultiPolygon { coordinates: parts },
    }
}
