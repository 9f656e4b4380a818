//! A mended copy of the layers of outlines, and the list of every change in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use geo::{Area, Coord, CoordsIter, MapCoords, MultiPolygon};
use geojson::feature::Id;
use geojson::{Feature, Geometry, GeometryValue, JsonObject, JsonValue, Position};
use rustc_hash::FxHashMap;
use serde_json::json;

use super::geojson::collection;
use super::table::CsvTable;
use crate::language::{Language, Message};
use crate::read::{Act, OutlineLayer, OutlineLayers, OutlineRow, Places};
use crate::space::mend::{Mended, farthest_moved, has_same_rings, mend};

/// The list of changes.
pub const CHANGES: &str = "changes.csv";

/// Columns of the list.
const HEADER: [&str; 10] =
    ["file", "row", "id", "name", "change", "what", "area_before_m2", "area_after_m2", "area_changed_m2", "moved_m"];

/// Areas are listed with three decimals.
const LEAST_SHOWN: f64 = 0.0005;

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
pub fn mended(outlines: &OutlineLayers, language: Language) -> MendedFiles {
    let mut list =
        List { table: CsvTable::new(&HEADER), language, places: &outlines.places, sum: MendedFiles::default() };
    let mut names: BTreeSet<String> = BTreeSet::new();
    let all: Vec<(&OutlineLayer, &OutlineRow)> =
        outlines.blocks.iter().flat_map(|layer| layer.rows.iter().map(move |row| (layer, row))).collect();
    let places = &outlines.places;
    let mend_rows = |rows: &[&OutlineRow]| -> (Mended, Plane) {
        let in_file =
            |row: &&OutlineRow| row.outline.as_ref().map(|outline| outline.map_coords(|place| places.to_file(place)));
        let given: Vec<Option<MultiPolygon<f64>>> = rows.iter().map(in_file).collect();
        let plane = Plane::of(&given, places);
        let flat: Vec<Option<MultiPolygon<f64>>> =
            given.iter().map(|outline| Some(outline.as_ref()?.map_coords(|place| plane.flat(place)))).collect();
        let flat: Vec<Option<&MultiPolygon<f64>>> = flat.iter().map(Option::as_ref).collect();
        (mend(&flat, &|place| plane.to_file(place), &|place| plane.flat(place)), plane)
    };
    let (whole, plane) = mend_rows(&all.iter().map(|(_, row)| *row).collect::<Vec<_>>());
    let changes = between_outlines(&whole, &all, &|place| plane.area_factor(place, places));
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
            .map(|row| mend(&[row.outline.as_ref()], &|place| places.to_file(place), &|place| places.from_file(place)))
            .collect();
        let settled: Vec<Settled<'_>> =
            alone.iter().map(|mended| Settled { outline: &mended.outlines[0], lines: &[] }).collect();
        list.layer(layer, &settled, &mut names);
    }
    let List { table, mut sum, .. } = list;
    sum.files.push((CHANGES.to_owned(), table.into_bytes()));
    sum
}

/// A plane in which lines that are straight in the file stay straight, with metres near enough for tolerances. In the
/// metres of a projection a vertex on a long edge may lie beside it.
struct Plane {
    origin: Coord<f64>,
    /// Metres of a unit of the file.
    scale: Coord<f64>,
    parts: f64,
    /// Places of the file by where they lie in the plane, so that they come back to the last digit.
    known: FxHashMap<(u64, u64), Coord<f64>>,
}

/// Metres of a degree of a meridian, on the whole.
const METRES_OF_A_DEGREE: f64 = 111_320.0;

impl Plane {
    fn of(outlines: &[Option<MultiPolygon<f64>>], places: &Places) -> Plane {
        let on_earth = places.are_on_earth();
        let all = || outlines.iter().flatten().flat_map(CoordsIter::coords_iter);
        let count = all().count().max(1) as f64;
        let middle = all().map(|place| place / count).fold(Coord { x: 0.0, y: 0.0 }, |sum, place| sum + place);
        let mut plane = Plane {
            origin: if on_earth { middle } else { Coord { x: 0.0, y: 0.0 } },
            scale: if on_earth {
                Coord { x: METRES_OF_A_DEGREE * middle.y.to_radians().cos(), y: METRES_OF_A_DEGREE }
            } else {
                Coord { x: 1.0, y: 1.0 }
            },
            parts: places.parts(),
            known: FxHashMap::default(),
        };
        for place in all() {
            let flat = plane.flat(place);
            plane.known.insert((flat.x.to_bits(), flat.y.to_bits()), place);
        }
        plane
    }

    fn flat(&self, place: Coord<f64>) -> Coord<f64> {
        let from = place - self.origin;
        Coord { x: from.x * self.scale.x + 0.0, y: from.y * self.scale.y + 0.0 }
    }

    fn to_file(&self, flat: Coord<f64>) -> Coord<f64> {
        if let Some(known) = self.known.get(&((flat.x + 0.0).to_bits(), (flat.y + 0.0).to_bits())) {
            return *known;
        }
        let place = self.unrounded(flat);
        let round = |number: f64| (number * self.parts).round() / self.parts;
        Coord { x: round(place.x), y: round(place.y) }
    }

    fn unrounded(&self, flat: Coord<f64>) -> Coord<f64> {
        self.origin + Coord { x: flat.x / self.scale.x, y: flat.y / self.scale.y }
    }

    /// How many true square metres a square metre of the plane is at a place in it.
    fn area_factor(&self, flat: Coord<f64>, places: &Places) -> f64 {
        const SIDE: f64 = 100.0;
        let square = geo::Rect::new(flat, flat + Coord { x: SIDE, y: SIDE }).to_polygon();
        square.map_coords(|corner| places.from_file(self.unrounded(corner))).unsigned_area() / (SIDE * SIDE)
    }
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
fn between_outlines(
    mended: &Mended,
    rows: &[(&OutlineLayer, &OutlineRow)],
    factor: &dyn Fn(Coord<f64>) -> f64,
) -> BTreeMap<usize, Vec<Line>> {
    let mut lines: BTreeMap<usize, Vec<Line>> = BTreeMap::new();
    for overlap in &mended.settlement.overlaps {
        let with = Some(label(rows[overlap.kept].1));
        lines.entry(overlap.ceded).or_default().push(Line {
            key: "change-ceded",
            with,
            area: -overlap.area * factor(overlap.place),
        });
    }
    for gap in &mended.settlement.gaps {
        if let Some(owner) = gap.closed_by {
            lines.entry(owner).or_default().push(Line {
                key: "change-gap-taken",
                with: None,
                area: gap.area * factor(gap.place),
            });
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
    fn row(&mut self, layer: &OutlineLayer, row: &OutlineRow, settled: &Settled<'_>) -> Option<MultiPolygon<f64>> {
        let Some(before) = &row.outline else {
            self.sum.left_out += 1;
            let what = match row.kind {
                Some(kind) => Message::new("change-left-out").text("kind", kind),
                None => Message::new("change-no-shape"),
            };
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
        // As they are written: rounding on the way to degrees and back is no change of an outline.
        let is_same = has_same_rings(&as_read(), settled.outline);
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
        } else if !is_same && (settled.lines.is_empty() || own.abs() >= LEAST_SHOWN) {
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
        let number = |value: Option<f64>| value.map_or_else(String::new, plain);
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
