//! The coordinate system of each layer, and the working metres of the county.

use geo::{Coord, Distance, Haversine, MapCoords, MultiLineString, MultiPolygon, Point};
use rayon::prelude::*;

use super::columns::{Columns, Role};
use super::shapes::Shape;
use super::table::Table;
use super::{fit, value};
use crate::language::Message;
use crate::model::{Finding, FindingCode, Reference};
use crate::space::{DatumShift, Projection, ProjectionError};

/// What the coordinates of a layer mean.
#[derive(Clone, Debug)]
pub(super) enum System {
    /// Plain planar metres.
    Local,
    /// A system on the earth.
    Earth(Projection),
}

/// A system, and whether its coordinates are written northing or latitude first.
pub(super) type Stated = (System, bool);

/// The coordinate system of a table: what the layer's settings say, else what the file says, else what the names of its
/// columns say, else the project's, else recognised from the ranges of the numbers. Degrees under columns of longitude and
/// latitude, or in a `GeoJSON` file, are not taken for the planar metres of a project: they are WGS84. `None`, with a
/// finding, where it cannot be known, or where the numbers are not of the system that is stated. Axes are put in order.
pub(super) fn system_of(
    table: &mut Table,
    columns: &Columns,
    layer: Option<&str>,
    project: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Option<System> {
    let (system, is_northing_first) = judged(table, columns, layer, project, findings)?;
    if is_northing_first {
        table.exchange_axes();
    }
    Some(system)
}

/// As [`system_of`], for a table that stays as it is: also says whether its coordinates are written northing first.
pub(super) fn judged(
    table: &Table,
    columns: &Columns,
    layer: Option<&str>,
    project: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Option<Stated> {
    let (system, is_northing_first) = stated_or_recognised(table, columns, layer, project, findings)?;
    let mut sample = Sample::of(table, columns);
    if is_northing_first {
        findings.push(table.file_finding(FindingCode::AxesExchanged));
        sample = sample.exchanged();
    }
    if let System::Earth(projection) = &system
        && let Some(misfit) = fit::misfit(projection, &sample)
    {
        findings.push(misfit.finding(table, projection));
        return None;
    }
    Some((system, is_northing_first))
}

fn stated_or_recognised(
    table: &Table,
    columns: &Columns,
    layer: Option<&str>,
    project: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Option<Stated> {
    let named_degrees = columns.has(Role::Longitude) && columns.has(Role::Latitude) && table.shapes.is_empty();
    let sample = Sample::of(table, columns);
    let in_degrees = sample.is_mostly_in_degrees();
    if let Some(text) = layer {
        return named(table, text, findings);
    }
    let is_local = |text: &str| text.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("local"));
    if let Some(text) = &table.crs {
        return named(table, project.filter(|text| is_local(text)).unwrap_or(text), findings);
    }
    if named_degrees && let Some(text) = named_by_columns(table, columns) {
        return named(table, text, findings);
    }
    let stated = match project {
        Some(text) => Some(named(table, text, findings)?),
        None => None,
    };
    if let Some(local @ (System::Local, _)) = stated {
        return Some(local);
    }
    let states_degrees = matches!(&stated, Some((System::Earth(projection), _)) if projection.is_geographic());
    if (named_degrees || table.geographic_by_default) && in_degrees {
        // Columns called longitude and latitude say themselves which is which.
        if let Some((system, is_northing_first)) = stated.clone().filter(|_| states_degrees) {
            return Some((system, is_northing_first && !named_degrees));
        }
        if named_degrees && stated.is_some() {
            findings.push(table.file_finding(FindingCode::CrsGuessed).text("crs", "EPSG:4326"));
        }
        return Some((System::Earth(Projection::wgs84()), false));
    }
    if stated.is_some() {
        return stated;
    }
    let Some(middle) = sample.median() else {
        findings.push(table.file_finding(FindingCode::PlaceMissing));
        return None;
    };
    if in_degrees && !fit::are_exchanged_degrees(&sample) {
        let finding = table.file_finding(FindingCode::CrsGuessed).text("crs", "EPSG:4326");
        findings.push(finding);
        return Some((System::Earth(Projection::wgs84()), false));
    }
    let example = format!("{:.1}, {:.1}", middle.x, middle.y);
    // Swapped degrees are in range for neither reading, and deserve the plainer answer.
    let finding = if fit::are_exchanged_degrees(&sample) {
        table.file_finding(FindingCode::PlaceSwapped).clause("example", "clause-example", &example)
    } else {
        table.file_finding(FindingCode::CrsUnknown).text("example", example).clause(
            "likely",
            "clause-likely-system",
            &fit::likely_system(middle),
        )
    };
    findings.push(finding);
    None
}

/// Reads a named system. Without the parameters of its datum a system is refused: its places would be off by up to some
/// hundred metres, which on a map of catchments is the other side of the street.
fn named(table: &Table, text: &str, findings: &mut Vec<Finding>) -> Option<Stated> {
    if let Some(is_northing_first) = named_local(text) {
        return Some((System::Local, is_northing_first));
    }
    match Projection::from_text(text) {
        Ok(projection) if projection.datum_shift() == DatumShift::Unknown => {
            // What stands in a .prj file cannot be added to; its definition can.
            let said = if text.contains(['[', '{']) { projection.definition() } else { text.trim() };
            let finding = table.file_finding(FindingCode::CrsDatumShift).text("crs", projection.name());
            findings.push(finding.explanation("said", said));
            None
        }
        Ok(projection) => {
            let is_northing_first = projection.is_northing_first();
            Some((System::Earth(projection), is_northing_first))
        }
        Err(fault) => {
            let finding = table.file_finding(FindingCode::CrsUnsupported).text("crs", text);
            findings.push(finding.sentence("detail", why_unsupported(text, &fault)));
            None
        }
    }
}

/// Whether northings stand first in plain planar metres; `None` where a text names something else.
fn named_local(text: &str) -> Option<bool> {
    let mut words = text.split_whitespace();
    words.next().filter(|word| word.eq_ignore_ascii_case("local"))?;
    match words.collect::<Vec<&str>>()[..] {
        [] => Some(false),
        ["+axis=neu"] => Some(true),
        _ => None,
    }
}

/// What is wrong with a text that should name a coordinate system; `None` where it does.
pub(super) fn fault_of_system(text: &str) -> Option<Message> {
    let fault = Projection::from_text(text).err().filter(|_| named_local(text).is_none())?;
    Some(why_unsupported(text, &fault))
}

/// Why a coordinate system cannot be used.
fn why_unsupported(text: &str, fault: &ProjectionError) -> Message {
    let is_local = ["LOCAL_CS", "LOCALCS", "ENGCRS", "ENGINEERINGCRS"].iter().any(|kind| text.trim().starts_with(kind));
    match fault {
        _ if is_local => Message::new("crs-fault-local"),
        _ if text.trim().ends_with("900913") => Message::new("crs-fault-google"),
        ProjectionError::Unknown { .. } => Message::new("crs-fault-unknown"),
        ProjectionError::Unsupported { detail, .. } | ProjectionError::OutOfDomain { detail, .. } => {
            Message::new("crs-fault-engine").text("detail", detail)
        }
    }
}

/// The system that the names of both columns of longitude and latitude speak of.
fn named_by_columns(table: &Table, columns: &Columns) -> Option<&'static str> {
    let named = |role: Role| system_named_by(&table.columns[columns.position(role)?]);
    named(Role::Longitude).filter(|first| named(Role::Latitude) == Some(first))
}

/// The system the name of a column speaks of.
pub(super) fn system_named_by(column: &str) -> Option<&'static str> {
    let name = column.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["gcj", "火星", "高德", "腾讯", "amap"]) {
        Some("GCJ-02")
    } else if has(&["bd09", "bd-09", "百度", "baidu", "bdlon", "bdlng", "bdlat"]) {
        Some("BD-09")
    } else if has(&["wgs84", "wgs-84"]) {
        Some("WGS84")
    } else if has(&["cgcs2000"]) {
        Some("CGCS2000")
    } else {
        None
    }
}

/// Metres and degrees a place may lie from the middle of its layer: no county is as wide, and what is farther off is a
/// mistake in the row.
const FARTHEST_METRES: f64 = 1e6;
const FARTHEST_DEGREES: f64 = 10.0;

/// No planar coordinate is larger: eastings with the number of their zone in front reach 61 million metres.
const LARGEST_METRES: f64 = 1e8;

/// The first coordinates of rows spread over a table, at most some two thousand.
pub(super) struct Sample {
    places: Vec<Coord<f64>>,
}

impl Sample {
    fn of(table: &Table, columns: &Columns) -> Sample {
        let rows = table.row_count();
        let step = (rows / 1000).max(1);
        let places = (0..rows)
            .step_by(step)
            .filter_map(|row| match table.shapes.get(row) {
                Some(shape) => first_place(&shape),
                _ => cell_place(table, columns, row).ok().flatten(),
            })
            .filter(|place| place.x.is_finite() && place.y.is_finite())
            .collect();
        Sample { places }
    }

    /// The corners of the rectangle around all places.
    fn corners(&self) -> Option<(Coord<f64>, Coord<f64>)> {
        let first = *self.places.first()?;
        Some(self.places.iter().fold((first, first), |(low, high), place| {
            (
                Coord { x: low.x.min(place.x), y: low.y.min(place.y) },
                Coord { x: high.x.max(place.x), y: high.y.max(place.y) },
            )
        }))
    }

    /// Whether at least half of the places can be longitude and latitude: a few rows with a fault, which are named one
    /// by one later, do not put the others in doubt.
    pub(super) fn is_mostly_in_degrees(&self) -> bool {
        self.places.iter().filter(|place| place.x.abs() <= 180.0 && place.y.abs() <= 90.0).count() * 2
            >= self.places.len()
    }

    pub(super) fn exchanged(&self) -> Sample {
        Sample { places: self.places.iter().map(|place| Coord { x: place.y, y: place.x }).collect() }
    }

    /// The middle of the places in each direction, which single faults do not move.
    pub(super) fn median(&self) -> Option<Coord<f64>> {
        let middle = |of: fn(&Coord<f64>) -> f64| {
            let mut values: Vec<f64> = self.places.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied()
        };
        Some(Coord { x: middle(|place| place.x)?, y: middle(|place| place.y)? })
    }
}

/// The place most rows of a table lie around, in its own coordinates.
pub(super) fn middle_of(table: &Table, columns: &Columns) -> Option<Coord<f64>> {
    Sample::of(table, columns).median()
}

/// The centre of the places of a table, in its own coordinates; places with a fault are left out.
pub(super) fn centre_of(table: &Table, columns: &Columns, system: &System) -> Option<Coord<f64>> {
    let mut sample = Sample::of(table, columns);
    let middle = sample.median()?;
    let farthest = match system {
        System::Earth(projection) if projection.is_geographic() => FARTHEST_DEGREES,
        _ => FARTHEST_METRES,
    };
    sample.places.retain(|place| !is_far(*place, middle, farthest));
    sample.corners().map(|(low, high)| (low + high) / 2.0)
}

fn is_far(place: Coord<f64>, middle: Coord<f64>, farthest: f64) -> bool {
    (place.x - middle.x).abs() > farthest || (place.y - middle.y).abs() > farthest
}

/// Whether a place is of another country than the middle of its layer; 180° E and 180° W are the same.
fn are_foreign_degrees(place: Coord<f64>, middle: Coord<f64>) -> bool {
    let across = (place.x - middle.x).abs();
    across.min(360.0 - across) > FARTHEST_DEGREES || (place.y - middle.y).abs() > FARTHEST_DEGREES
}

fn first_place(shape: &Shape) -> Option<Coord<f64>> {
    match shape {
        Shape::Point(place) => Some(*place),
        Shape::Lines(lines) => lines.0.first()?.0.first().copied(),
        Shape::Outline(outline) => outline.0.first()?.exterior().0.first().copied(),
        Shape::Other(_) => None,
    }
}

/// The coordinates a row gives in its cells: longitude and latitude, else x and y; `Err` with the column whose cell is no
/// number.
pub(super) fn cell_place(table: &Table, columns: &Columns, row: usize) -> Result<Option<Coord<f64>>, Role> {
    let pair = if columns.has(Role::Longitude) && columns.has(Role::Latitude) {
        (Role::Longitude, Role::Latitude)
    } else {
        (Role::X, Role::Y)
    };
    let (first, second) = (columns.cell(table, row, pair.0), columns.cell(table, row, pair.1));
    if value::is_missing(first) || value::is_missing(second) {
        return Ok(None);
    }
    let is_angle = pair.0 == Role::Longitude;
    let number = |cell: &str, role: Role| {
        let plain = value::number(cell);
        plain.or_else(|| value::angle(cell).filter(|_| is_angle)).ok_or(role)
    };
    let (x, y) = (number(first, pair.0)?, number(second, pair.1)?);
    Ok(Some(if table.is_northing_first { Coord { x: y, y: x } } else { Coord { x, y } }))
}

/// From the coordinates of layers to the working metres of the county.
pub(super) struct Working {
    /// `None` in a local county.
    target: Option<Projection>,
}

impl Working {
    /// Chooses the working metres: those of a layer that is true to length, else the Gauss–Krüger zone around the first
    /// place. Reports mixed systems and the conversion. The first system in `layers` that serves is taken, so the layer
    /// of blocks comes first.
    pub(super) fn choose(
        layers: &[(&Table, &System, Option<Coord<f64>>)],
        findings: &mut Vec<Finding>,
    ) -> Option<Working> {
        let local = layers.iter().find(|(_, system, _)| matches!(system, System::Local));
        let earth = layers.iter().find(|(_, system, _)| matches!(system, System::Earth(_)));
        match (local, earth) {
            (Some((first, ..)), Some((second, ..))) => {
                let finding = first.file_finding(FindingCode::CrsMixed).text("other", second.file.clone());
                findings.push(finding);
                return None;
            }
            (_, None) => return Some(Working { target: None }),
            (None, Some(_)) => {}
        }
        let true_to_length = layers.iter().find_map(|(_, system, _)| match system {
            System::Earth(projection) if projection.is_true_to_length() => Some(projection.clone()),
            _ => None,
        });
        let target = true_to_length.unwrap_or_else(|| {
            let centre = layers.iter().find_map(|(_, system, centre)| match system {
                System::Earth(projection) => projection.to_earth((*centre)?).ok(),
                System::Local => None,
            });
            Projection::gauss_kruger(centre.map_or(0.0, |centre| centre.x))
        });
        for (table, system, _) in layers {
            if let System::Earth(projection) = system
                && projection.definition() != target.definition()
            {
                let finding = table
                    .file_finding(FindingCode::CrsConverted)
                    .text("from", projection.name())
                    .text("to", target.name());
                findings.push(finding);
            }
        }
        Some(Working { target: Some(target) })
    }

    /// The projection of the working metres; `None` in a local county.
    pub(super) fn target(&self) -> Option<&Projection> {
        self.target.as_ref()
    }

    /// How the working metres relate to the earth.
    pub(super) fn reference(&self) -> Reference {
        self.target.as_ref().map_or(Reference::Local, |target| Reference::Projected {
            name: target.name().to_owned(),
            definition: target.definition().to_owned(),
        })
    }

    /// The way from a layer's system to the working metres; `middle` is where most rows of the layer lie.
    pub(super) fn way_from<'a>(&'a self, system: &'a System, middle: Option<Coord<f64>>) -> Way<'a> {
        match (system, &self.target) {
            (System::Earth(from), Some(to)) if from.definition() != to.definition() => {
                Way { between: Some((from, to)), to: Some(to), middle }
            }
            (_, to) => Way { between: None, to: to.as_ref(), middle },
        }
    }
}

/// The way from the coordinates of a layer to working metres.
pub(super) struct Way<'a> {
    between: Option<(&'a Projection, &'a Projection)>,
    to: Option<&'a Projection>,
    /// Where most rows of the layer lie, in its own coordinates.
    middle: Option<Coord<f64>>,
}

/// Why a place cannot be used.
pub(super) enum Misplaced {
    /// Not on the earth, or without image.
    Impossible,
    /// So many metres from where most rows lie.
    Far(f64),
    /// Longitude and latitude look swapped.
    Swapped,
}

/// So few places are moved by one thread.
const FEW_PLACES: usize = 4_096;

impl Way<'_> {
    pub(super) fn place(&self, place: Coord<f64>) -> Result<Coord<f64>, Misplaced> {
        if !place.x.is_finite() || !place.y.is_finite() {
            return Err(Misplaced::Impossible);
        }
        let Some((from, to)) = self.between else {
            self.require_measure(place)?;
            return Ok(place);
        };
        let earth = if from.is_geographic() {
            if place.y.abs() > 90.0 && place.x.abs() <= 90.0 && place.y.abs() <= 180.0 || self.is_exchanged(place) {
                return Err(Misplaced::Swapped);
            }
            if place.x.abs() > 180.0 || place.y.abs() > 90.0 {
                return Err(Misplaced::Impossible);
            }
            if let Some(middle) = self.middle.filter(|middle| are_foreign_degrees(place, *middle)) {
                return Err(Misplaced::Far(Haversine.distance(Point::from(place), Point::from(middle))));
            }
            place
        } else {
            self.require_measure(place)?;
            from.to_earth(place).map_err(|_| Misplaced::Impossible)?
        };
        // CGCS2000 and its like agree with WGS84 within decimetres, so geographic systems on the same axis need no step
        // in between; others are shifted by the engine.
        let earth = if from.is_geographic() && from.datum_shift() == DatumShift::Applied {
            from.to_earth(earth).map_err(|_| Misplaced::Impossible)?
        } else {
            earth
        };
        to.from_earth(earth)
            .ok()
            .filter(|image| image.x.abs() <= LARGEST_METRES && image.y.abs() <= LARGEST_METRES)
            .ok_or(Misplaced::Impossible)
    }

    /// Refuses a place in metres that cannot be meant: one far beyond all others would stretch the county over half the
    /// earth.
    fn require_measure(&self, place: Coord<f64>) -> Result<(), Misplaced> {
        if place.x.abs() > LARGEST_METRES || place.y.abs() > LARGEST_METRES {
            return Err(Misplaced::Impossible);
        }
        match self.middle.filter(|middle| is_far(place, *middle, FARTHEST_METRES)) {
            Some(middle) => Err(Misplaced::Far((place.x - middle.x).hypot(place.y - middle.y))),
            None => Ok(()),
        }
    }

    /// Whether a place in degrees lies far from the other rows, and among them once its two numbers are exchanged. West
    /// of 90° E both are possible latitudes, so that their range does not tell.
    fn is_exchanged(&self, place: Coord<f64>) -> bool {
        let exchanged = Coord { x: place.y, y: place.x };
        self.middle.is_some_and(|middle| {
            is_far(place, middle, FARTHEST_DEGREES) && !is_far(exchanged, middle, FARTHEST_DEGREES)
        })
    }

    /// Many places at once, by all threads; those that cannot be used are no numbers.
    pub(super) fn places(&self, places: &[Coord<f64>]) -> Vec<Coord<f64>> {
        let nowhere = Coord { x: f64::NAN, y: f64::NAN };
        places.par_iter().with_min_len(FEW_PLACES).map(|place| self.place(*place).unwrap_or(nowhere)).collect()
    }

    pub(super) fn outline(&self, outline: &MultiPolygon<f64>) -> Result<MultiPolygon<f64>, Misplaced> {
        outline.try_map_coords(|place| self.place(place))
    }

    pub(super) fn lines(&self, lines: &MultiLineString<f64>) -> Result<MultiLineString<f64>, Misplaced> {
        lines.try_map_coords(|place| self.place(place))
    }

    /// Whether the coordinates of the layer are longitude and latitude.
    pub(super) fn is_from_degrees(&self) -> bool {
        self.between.is_some_and(|(from, _)| from.is_geographic())
    }

    /// Longitude and latitude of a place in working metres, for findings.
    pub(super) fn to_earth(&self, place: Coord<f64>) -> Coord<f64> {
        self.to.and_then(|to| to.to_earth(place).ok()).unwrap_or(place)
    }
}
