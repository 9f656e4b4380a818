//! The shifts that map services in China lay over WGS84: GCJ-02 (高德, 腾讯) and BD-09 (百度).
//!
//! Neither is a datum and PROJ knows neither. The formulas are the ones in common use, published in many languages; they
//! are functions of longitude and latitude in degrees. Going back has no formula: it is found by iteration.
//!
//! GCJ-02 shifts what lies within 72.004°–137.8347° E and 0.8293°–55.8271° N, the rectangle in common use for China, and
//! nothing outside it.

use std::f64::consts::PI;

use geo::Coord;

/// A shift that a map service lays over WGS84.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapShift {
    /// GCJ-02, 国测局坐标, 火星坐标.
    Gcj02,
    /// BD-09, GCJ-02 shifted once more.
    Bd09,
}

/// Half-axis of the ellipsoid the formula of GCJ-02 is written on, in metres.
const AXIS: f64 = 6_378_245.0;

/// Its first eccentricity, squared.
const ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;

/// Steps of the iteration back; four give 1e-9 degrees, and ten what floating point can tell apart.
const STEPS: usize = 30;

/// Degrees below which a step no longer matters: less than a micrometre.
const SMALLEST_STEP: f64 = 1e-12;

impl MapShift {
    /// The name of the system.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MapShift::Gcj02 => "GCJ-02",
            MapShift::Bd09 => "BD-09",
        }
    }

    /// Where the map service shows a place of WGS84.
    #[must_use]
    pub fn from_wgs84(self, place: Coord<f64>) -> Coord<f64> {
        match self {
            MapShift::Gcj02 => to_gcj02(place),
            MapShift::Bd09 => gcj02_to_bd09(to_gcj02(place)),
        }
    }

    /// The place in WGS84 of what a map service shows at `place`; within 1e-6 m.
    #[must_use]
    pub fn to_wgs84(self, place: Coord<f64>) -> Coord<f64> {
        let mut guess = place;
        for _ in 0..STEPS {
            let step = place - self.from_wgs84(guess);
            guess = guess + step;
            if step.x.abs() < SMALLEST_STEP && step.y.abs() < SMALLEST_STEP {
                break;
            }
        }
        guess
    }
}

/// Whether GCJ-02 shifts a place.
fn is_shifted(place: Coord<f64>) -> bool {
    (72.004..=137.8347).contains(&place.x) && (0.8293..=55.8271).contains(&place.y)
}

fn to_gcj02(place: Coord<f64>) -> Coord<f64> {
    if !is_shifted(place) {
        return place;
    }
    let (x, y) = (place.x - 105.0, place.y - 35.0);
    let root = 0.2 * x.abs().sqrt();
    let ripple = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let waves = |v: f64, long: [(f64, f64); 2]| {
        let short = 20.0 * (v * PI).sin() + 40.0 * (v / 3.0 * PI).sin();
        let long: f64 = long.iter().map(|(height, length)| height * (v / length * PI).sin()).sum();
        (short + long) * 2.0 / 3.0
    };
    let north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + root + ripple;
    let north = north + waves(y, [(160.0, 12.0), (320.0, 30.0)]);
    let east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + root / 2.0 + ripple;
    let east = east + waves(x, [(150.0, 12.0), (300.0, 30.0)]);
    let latitude = place.y.to_radians();
    let magic = 1.0 - ECCENTRICITY_2 * latitude.sin() * latitude.sin();
    let along_meridian = AXIS * (1.0 - ECCENTRICITY_2) / (magic * magic.sqrt());
    let along_parallel = AXIS / magic.sqrt() * latitude.cos();
    Coord { x: place.x + (east / along_parallel).to_degrees(), y: place.y + (north / along_meridian).to_degrees() }
}

fn gcj02_to_bd09(place: Coord<f64>) -> Coord<f64> {
    const TURNS: f64 = PI * 3000.0 / 180.0;
    let radius = place.x.hypot(place.y) + 0.000_02 * (place.y * TURNS).sin();
    let angle = place.y.atan2(place.x) + 0.000_003 * (place.x * TURNS).cos();
    Coord { x: radius * angle.cos() + 0.0065, y: radius * angle.sin() + 0.006 }
}
