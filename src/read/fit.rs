//! Whether the numbers of a layer are of the coordinate system that is stated, and what they look like if not.

use geo::Coord;

use super::coordinates::Sample;
use super::table::Table;
use crate::model::{Finding, FindingCode};
use crate::space::Projection;

/// Metres a place may lie east or west of the central meridian of a transverse Mercator.
const FARTHEST_FROM_MERIDIAN: f64 = 700_000.0;

/// Metres from the equator to a pole.
const QUADRANT: f64 = 10_010_000.0;

/// Half of the equator in metres, as Web Mercator and its like have it.
const HALF_EQUATOR: f64 = 20_040_000.0;

/// Why numbers are not of a system.
pub(super) enum Misfit {
    /// They are once the two are exchanged.
    Exchanged(Coord<f64>),
    /// They are of another system.
    Foreign(Coord<f64>),
}

impl Misfit {
    pub(super) fn finding(&self, table: &Table, stated: &Projection) -> Finding {
        match self {
            Misfit::Exchanged(middle) if stated.is_geographic() => {
                table.file_finding(FindingCode::PlaceSwapped).clause("example", "clause-example", &example(*middle))
            }
            Misfit::Exchanged(middle) => table
                .file_finding(FindingCode::AxesSwapped)
                .text("crs", stated.name())
                .text("example", example(*middle)),
            Misfit::Foreign(middle) => table
                .file_finding(FindingCode::CrsMisfit)
                .text("crs", stated.name())
                .text("example", example(*middle))
                .clause("likely", "clause-likely-system", &likely_system(*middle)),
        }
    }
}

fn example(middle: Coord<f64>) -> String {
    let places = if is_in_degrees(middle) { 6 } else { 1 };
    format!("{:.places$}, {:.places$}", middle.x, middle.y)
}

/// Why most places of a sample are not of `stated`; `None` where they may be.
pub(super) fn misfit(stated: &Projection, sample: &Sample) -> Option<Misfit> {
    let middle = sample.median()?;
    if stated.is_geographic() {
        return if are_exchanged_degrees(sample) {
            Some(Misfit::Exchanged(middle))
        } else if sample.is_mostly_in_degrees() {
            None
        } else {
            Some(Misfit::Foreign(middle))
        };
    }
    let reach = Reach::of(stated)?;
    if reach.holds(middle) {
        None
    } else if reach.holds(Coord { x: middle.y, y: middle.x }) {
        Some(Misfit::Exchanged(middle))
    } else {
        Some(Misfit::Foreign(middle))
    }
}

/// Whether a sample is latitude and longitude in this order: out of range for the other, or in a place where nobody lives
/// while the exchanged one is in China.
pub(super) fn are_exchanged_degrees(sample: &Sample) -> bool {
    if !sample.is_mostly_in_degrees() {
        return sample.exchanged().is_mostly_in_degrees();
    }
    // Between Novaya Zemlya and the pole there is no school.
    let in_the_arctic = |place: Coord<f64>| (18.0..=54.0).contains(&place.x) && (73.0..=90.0).contains(&place.y);
    sample.median().is_some_and(in_the_arctic)
}

fn is_in_degrees(place: Coord<f64>) -> bool {
    place.x.abs() <= 180.0 && place.y.abs() <= 90.0
}

/// The metres a projection is used for.
struct Reach {
    x: (f64, f64),
    y: (f64, f64),
}

impl Reach {
    /// `None` where nothing is known of the projection's use.
    fn of(projection: &Projection) -> Option<Reach> {
        let words = || projection.definition().split_whitespace();
        let value = |key: &str| {
            words()
                .find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
                .and_then(|value| value.parse::<f64>().ok())
        };
        // False origins stand in metres, whatever the coordinates are in.
        let metres = match words().find_map(|word| word.strip_prefix("+units=")) {
            None | Some("m") => value("+to_meter").unwrap_or(1.0),
            Some("km") => 1_000.0,
            Some(_) => return None,
        };
        let kind = words().find_map(|word| word.strip_prefix("+proj="))?;
        let (x, y) = match kind {
            _ if metres <= 0.0 => return None,
            "tmerc" | "etmerc" => (value("+x_0").unwrap_or(0.0), value("+y_0").unwrap_or(0.0)),
            "utm" => (500_000.0, if words().any(|word| word == "+south") { 10_000_000.0 } else { 0.0 }),
            "merc" | "webmerc" => {
                let range = (-HALF_EQUATOR / metres, HALF_EQUATOR / metres);
                return Some(Reach { x: range, y: range });
            }
            _ => return None,
        };
        let across = (x - FARTHEST_FROM_MERIDIAN, x + FARTHEST_FROM_MERIDIAN);
        let in_units = |(low, high): (f64, f64)| (low / metres, high / metres);
        Some(Reach { x: in_units(across), y: in_units((y - QUADRANT, y + QUADRANT)) })
    }

    /// Whether a place can be meant. Degrees are in the range of many projections, but within 200 m of their origin.
    fn holds(&self, place: Coord<f64>) -> bool {
        let are_degrees = place.x.abs() <= 180.0 && place.y.abs() <= 180.0;
        (self.x.0..=self.x.1).contains(&place.x) && (self.y.0..=self.y.1).contains(&place.y) && !are_degrees
    }
}

/// What numbers of this size usually are in China, as a hint in the finding; empty where they are nothing that is known.
pub(super) fn likely_system(middle: Coord<f64>) -> String {
    if is_in_degrees(middle) {
        return "EPSG:4490 / EPSG:4326".to_owned();
    }
    let exchanged = Coord { x: middle.y, y: middle.x };
    let of_china = planar_system_of_china(middle);
    of_china.or_else(|| Some(planar_system_of_china(exchanged)? + " +axis=neu")).unwrap_or_default()
}

fn planar_system_of_china(place: Coord<f64>) -> Option<String> {
    let zone = (place.x / 1_000_000.0).floor();
    let within_zone = place.x - zone * 1_000_000.0;
    let is_gauss_kruger =
        (1_900_000.0..=6_000_000.0).contains(&place.y) && (150_000.0..=850_000.0).contains(&within_zone);
    match zone as i64 {
        25..=45 if is_gauss_kruger => Some(format!("EPSG:{}", 4488 + zone as i64)),
        13..=23 if is_gauss_kruger => Some(format!("EPSG:{}", 4478 + zone as i64)),
        0 if is_gauss_kruger => Some("EPSG:4534–4554".to_owned()),
        8..=15 if (1_900_000.0..=7_200_000.0).contains(&place.y) => Some("EPSG:3857".to_owned()),
        _ => None,
    }
}
