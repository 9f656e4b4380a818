//! The layers of outlines as they stand in their files, for a mended copy of them.

use std::path::Path;

use geo::{Coord, CoordsIter, LineString, MultiPolygon, Polygon};
use rustc_hash::FxHashMap;

use super::columns::Role;
use super::coordinates::{Way, Working};
use super::layer::Layer;
use super::meter::Meter;
use super::project::read_layers;
use super::remark::{Act, is_closed};
use super::shapes::Shape;
use super::table::Table;
use super::{ReadError, Reading};
use crate::model::settings::Settings;
use crate::space::Projection;
use crate::space::validity::{self, FaultKind};

/// Decimals of a degree are written to half a millimetre, planar metres to the millimetre.
const PARTS_OF_A_DEGREE: f64 = 1e8;
const PARTS_OF_A_METRE: f64 = 1e3;

/// The layers of a county that have outlines.
#[derive(Clone, Debug)]
pub struct OutlineLayers {
    /// The files of blocks, whose outlines are to be a partition.
    pub blocks: Vec<OutlineLayer>,
    /// The files of areas, each of whose outlines stands alone.
    pub areas: Vec<OutlineLayer>,
    /// Between metres and what is written.
    pub places: Places,
}

/// One file with outlines.
#[derive(Clone, Debug)]
pub struct OutlineLayer {
    /// Its cells. The shapes are with the rows.
    pub table: Table,
    /// The column that holds ids.
    pub id_column: Option<usize>,
    /// All its rows.
    pub rows: Vec<OutlineRow>,
}

/// One row of such a file.
#[derive(Clone, Debug)]
pub struct OutlineRow {
    /// Its number as people see it.
    pub number: u32,
    /// Its id, empty where the file has none.
    pub id: String,
    /// Its name, its id where it has none.
    pub name: String,
    /// Its outline in working metres; `None` where the shape is none and cannot be made one.
    pub outline: Option<MultiPolygon<f64>>,
    /// What is wrong with it.
    pub faults: Vec<FaultKind>,
    /// What was done to read it.
    pub acts: Vec<Act>,
    /// Whether it is a closed line that was taken for an outline.
    pub was_line: bool,
    /// The kind of its shape, for rows without an outline; `None` where there is no shape.
    pub kind: Option<&'static str>,
}

/// Between working metres and the coordinates of a mended copy: longitude and latitude, or the planar metres of a local
/// county. Places of the files come back as they stand there, to the last digit.
#[derive(Clone, Debug)]
pub struct Places {
    as_read: FxHashMap<(u64, u64), Coord<f64>>,
    earth: Option<Projection>,
}

impl Places {
    fn key(place: Coord<f64>) -> (u64, u64) {
        ((place.x + 0.0).to_bits(), (place.y + 0.0).to_bits())
    }

    /// What is written for a place in working metres.
    #[must_use]
    pub fn to_file(&self, place: Coord<f64>) -> Coord<f64> {
        if let Some(known) = self.as_read.get(&Places::key(place)) {
            return *known;
        }
        let parts = self.parts();
        let image = self.earth.as_ref().map_or(place, |earth| earth.to_earth(place).unwrap_or(place));
        Coord { x: (image.x * parts).round() / parts, y: (image.y * parts).round() / parts }
    }

    /// The working metres of a place that was written.
    #[must_use]
    pub fn from_file(&self, place: Coord<f64>) -> Coord<f64> {
        self.earth.as_ref().map_or(place, |earth| earth.from_earth(place).unwrap_or(place))
    }

    /// Into how many parts a unit of what is written is rounded.
    #[must_use]
    pub fn parts(&self) -> f64 {
        if self.are_on_earth() { PARTS_OF_A_DEGREE } else { PARTS_OF_A_METRE }
    }

    /// Whether places are written as longitude and latitude.
    #[must_use]
    pub fn are_on_earth(&self) -> bool {
        self.earth.is_some()
    }
}

/// Reads the county as [`read_metered`](super::read_metered) does, and the layers of outlines as they stand in their files. Without
/// outlines, or where it is not known what their coordinates mean, there is none of the latter.
///
/// # Errors
/// As [`read`](super::read).
pub fn read_outlines(
    settings: &Settings,
    folder: &Path,
    meter: &Meter,
) -> Result<(Reading, Option<OutlineLayers>), ReadError> {
    let (reading, layers, working) = read_layers(settings, folder, meter, true)?;
    let Some(working) = working else { return Ok((reading, None)) };
    let mut places = Places { as_read: FxHashMap::default(), earth: working.target().cloned() };
    let mut taken = |layers: Vec<Layer>| -> Vec<OutlineLayer> {
        let has_outlines = |layer: &Layer| layer.table.shapes.kinds().outlines > 0;
        layers
            .into_iter()
            .filter(has_outlines)
            .filter_map(|layer| outline_layer(layer, &working, &mut places))
            .collect()
    };
    let (blocks, areas) = (taken(layers.blocks), taken(layers.areas));
    let has_any = !blocks.is_empty() || !areas.is_empty();
    Ok((reading, has_any.then_some(OutlineLayers { blocks, areas, places })))
}

fn outline_layer(mut layer: Layer, working: &Working, places: &mut Places) -> Option<OutlineLayer> {
    let shapes = std::mem::take(&mut layer.table.shapes);
    let rows = {
        let way = layer.way(working)?;
        let mut acts: FxHashMap<u32, Vec<Act>> = FxHashMap::default();
        for remark in &layer.table.remarks {
            acts.entry(remark.row).or_default().push(remark.act);
        }
        let row = |(position, shape): (usize, Option<Shape>)| {
            let kind = shape.as_ref().map(Shape::kind);
            let was_line = matches!(shape, Some(Shape::Lines(_)));
            let raw = shape.and_then(raw_outline);
            if let Some(raw) = &raw {
                keep(raw, &way, places);
            }
            let id = layer.text(position, Role::Id).or_else(|| {
                let column = layer.table.feature_id_column?;
                Some(layer.table.cell(position, column).to_owned())
            });
            let id = id.unwrap_or_default();
            OutlineRow {
                number: layer.table.row_number(position),
                name: layer.text(position, Role::Name).unwrap_or_else(|| id.clone()),
                id,
                faults: raw.as_ref().map_or_else(Vec::new, kinds),
                outline: raw.as_ref().and_then(|raw| way.outline(raw).ok()),
                acts: acts.remove(&(position as u32)).unwrap_or_default(),
                was_line,
                kind,
            }
        };
        shapes.iter().enumerate().map(row).collect()
    };
    let id_column = layer.columns.position(Role::Id);
    Some(OutlineLayer { table: layer.table, id_column, rows })
}

fn kinds(raw: &MultiPolygon<f64>) -> Vec<FaultKind> {
    validity::faults(raw).into_iter().map(|fault| fault.kind).collect()
}

/// The outline a shape is, or can be taken for: closed lines are.
fn raw_outline(shape: Shape) -> Option<MultiPolygon<f64>> {
    match shape {
        Shape::Outline(raw) => Some(raw),
        Shape::Lines(lines) if !lines.0.is_empty() && lines.iter().all(is_closed) => {
            let rings: Vec<LineString<f64>> = lines.0;
            Some(rings.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect())
        }
        _ => None,
    }
}

/// Remembers the places that are written as they stand: those whose coordinates mean the same in the file as in the copy.
fn keep(raw: &MultiPolygon<f64>, way: &Way<'_>, places: &mut Places) {
    // Metres mean nothing as degrees, and what cannot be moved would seem to stay where it is.
    if places.are_on_earth() != way.is_from_degrees() {
        return;
    }
    for place in raw.coords_iter() {
        if let Ok(metres) = way.place(place)
            && places.from_file(place) == metres
        {
            places.as_read.entry(Places::key(metres)).or_insert(place);
        }
    }
}
