//! Coordinate systems: from whatever the input uses to longitude and latitude, and to the working metres of a county.
//!
//! The default engine is proj4rs. With the feature `proj` the reference library PROJ is asked where proj4rs does not
//! know a system. Points are longitude/latitude in degrees or easting/northing in the system's own unit, always in this
//! order, whatever axis order a standard lists.

use geo::Coord;
use proj4rs::Proj;
use thiserror::Error;

use super::MapShift;
use super::crs_text::{self, Addition, Meaning, wkt_authority, wkt_name};

/// Why a coordinate system cannot be used.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ProjectionError {
    /// The text names no coordinate system.
    #[error("“{text}” names no coordinate system")]
    Unknown {
        /// What was asked for.
        text: String,
    },
    /// The system exists, but this build cannot compute it.
    #[error("“{text}” cannot be computed: {detail}")]
    Unsupported {
        /// What was asked for.
        text: String,
        /// What the engine says.
        detail: String,
    },
    /// A point has no image.
    #[error("({x}, {y}) has no image in {name}: {detail}")]
    OutOfDomain {
        /// First coordinate.
        x: f64,
        /// Second coordinate.
        y: f64,
        /// The coordinate system.
        name: String,
        /// What the engine says.
        detail: String,
    },
}

/// What happens to the datum on the way to WGS84.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatumShift {
    /// WGS84, CGCS2000 and their like agree within decimetres.
    None,
    /// The definition carries parameters, and they are used; good to some metres.
    Applied,
    /// The datum is another one and its parameters are not public (Xian 1980, Beijing 1954): without them positions are
    /// off by up to some 100 m.
    Unknown,
}

/// A coordinate system that relates to the earth.
#[derive(Clone, Debug)]
pub struct Projection {
    name: String,
    definition: String,
    datum_shift: DatumShift,
    is_northing_first: bool,
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    /// The system, and the geographic system it is converted to and from.
    Proj4rs { own: Box<Proj>, earth: Box<Proj> },
    /// Degrees as a map service shifts them.
    Map(MapShift),
    /// PROJ knows the system by the definition, and tells whether it is geographic.
    #[cfg(feature = "proj")]
    Libproj { geographic: bool },
}

const EARTH: &str = "+proj=longlat +datum=WGS84 +no_defs";

/// What the list of codes gives as the way from Beijing 1954 to WGS84: measured for one oil field, and tens of metres
/// off elsewhere, so that it is as good as none.
const BEIJING_1954: &str = "+towgs84=15.8,-154.4,-82.3,0,0,0,0";

/// Half-axis of WGS84, GRS80 and CGCS2000 in metres; systems on it are taken as one datum.
const MODERN_AXIS: f64 = 6_378_137.0;

impl Projection {
    /// WGS84 longitude and latitude, EPSG:4326.
    ///
    /// # Panics
    /// Never: the definition is a constant that a test reads.
    #[must_use]
    pub fn wgs84() -> Projection {
        Projection::from_definition("EPSG:4326", EARTH).expect("WGS84 is always known")
    }

    /// Reads `EPSG:4545`, a bare code, an OGC URN, `WGS84`, `CGCS2000` with or without a zone, `GCJ-02`, `BD-09`, a PROJ
    /// definition, WKT, or PROJJSON with an EPSG code.
    ///
    /// Behind all but WKT and JSON may stand, as in PROJ definitions, `+towgs84=` with three or seven parameters for a
    /// datum whose own are not public, and `+axis=neu` where coordinates are written northing or latitude first.
    ///
    /// # Errors
    /// [`ProjectionError::Unknown`] where the text is none of these; [`ProjectionError::Unsupported`] where it is, but
    /// the engine cannot compute the system.
    pub fn from_text(text: &str) -> Result<Projection, ProjectionError> {
        let trimmed = text.trim().trim_start_matches('\u{feff}').trim();
        if trimmed.starts_with('{') {
            return Projection::from_json(trimmed);
        }
        if trimmed.contains('[') {
            return Projection::from_wkt(trimmed);
        }
        let (plain, addition) = crs_text::without_additions(trimmed)?;
        let known = if plain.starts_with("+proj") || plain.starts_with("proj=") {
            Projection::from_definition(&plain, &plain)?
        } else {
            match crs_text::meaning(&plain) {
                Some(Meaning::Wgs84) => Projection::wgs84(),
                Some(Meaning::Code(code)) => Projection::from_epsg(code)?,
                Some(Meaning::Map(shift)) => Projection::of_map(shift),
                None => return Err(ProjectionError::Unknown { text: trimmed.to_owned() }),
            }
        };
        known.with(&addition, trimmed)
    }

    /// Degrees as a map service shifts them.
    #[must_use]
    pub fn of_map(shift: MapShift) -> Projection {
        let name = shift.name().to_owned();
        let definition = name.clone();
        let datum_shift = DatumShift::Applied;
        Projection { name, definition, datum_shift, is_northing_first: false, engine: Engine::Map(shift) }
    }

    /// The system with the datum parameters and the order of axes that stood behind its name.
    fn with(self, addition: &Addition, text: &str) -> Result<Projection, ProjectionError> {
        let is_northing_first = self.is_northing_first || addition.is_northing_first;
        let Some(parameters) = &addition.towgs84 else {
            return Ok(Projection { is_northing_first, ..self });
        };
        if matches!(self.engine, Engine::Map(_)) {
            let detail = "+towgs84 does not go with it".to_owned();
            return Err(ProjectionError::Unsupported { text: text.to_owned(), detail });
        }
        let own = self.definition.split_whitespace().filter(|word| !word.starts_with("+towgs84="));
        let definition = own.chain([format!("+towgs84={parameters}").as_str()]).collect::<Vec<&str>>().join(" ");
        let shifted = Projection::from_definition(&format!("{} +towgs84={parameters}", self.name), &definition)?;
        Ok(Projection { is_northing_first, ..shifted })
    }

    /// The system PROJJSON describes, by its EPSG code.
    fn from_json(text: &str) -> Result<Projection, ProjectionError> {
        let unknown = |text: &str| ProjectionError::Unknown { text: text.to_owned() };
        let json: serde_json::Value = serde_json::from_str(text).map_err(|_| unknown("PROJJSON"))?;
        let name = json["name"].as_str().unwrap_or("PROJJSON");
        let id = &json["id"];
        let code = id["code"].as_u64().or_else(|| id["code"].as_str()?.parse().ok());
        let code = code.and_then(|code| u32::try_from(code).ok());
        match (id["authority"].as_str(), code, id["code"].as_str()) {
            (Some("EPSG"), Some(code), _) => Projection::from_epsg(code),
            (Some("OGC"), _, Some("CRS84")) => Ok(Projection::wgs84()),
            _ => Err(unknown(name)),
        }
    }

    /// The system with an EPSG code.
    ///
    /// # Errors
    /// As [`Projection::from_text`].
    pub fn from_epsg(code: u32) -> Result<Projection, ProjectionError> {
        let name = format!("EPSG:{code}");
        match u16::try_from(code).ok().and_then(crs_definitions::from_code) {
            Some(known) => Projection::from_definition(&name, &known.proj4.replace(BEIJING_1954, "")),
            None => Projection::from_reference_library(&name, ProjectionError::Unknown { text: name.clone() }),
        }
    }

    /// The system a `.prj` file describes. An EPSG code in the text wins over its parameters.
    ///
    /// # Errors
    /// As [`Projection::from_text`].
    pub fn from_wkt(text: &str) -> Result<Projection, ProjectionError> {
        let name = wkt_name(text);
        if let Some(code) = wkt_authority(text)
            && let Ok(known) = Projection::from_epsg(code)
        {
            return Ok(Projection { name: format!("{name} (EPSG:{code})"), ..known });
        }
        let unsupported = |detail: String| ProjectionError::Unsupported { text: name.clone(), detail };
        match proj4wkt::wkt_to_projstring(text) {
            Ok(definition) => Projection::from_definition(&name, &definition),
            Err(fault) => Projection::from_reference_library(text, unsupported(fault.to_string()))
                .map(|known| Projection { name: name.clone(), ..known }),
        }
    }

    /// The 3° Gauss–Krüger zone around `longitude` on the CGCS2000 ellipsoid, false easting 500 km, no zone prefix.
    ///
    /// Within the zone, lengths are true to 1/4,000 or better. Named by its EPSG code in China (central meridians
    /// 75°–135° E), by its meridian elsewhere.
    ///
    /// # Panics
    /// Never: every central meridian makes a valid definition.
    #[must_use]
    pub fn gauss_kruger(longitude: f64) -> Projection {
        let meridian = (longitude / 3.0).round() * 3.0;
        let definition =
            format!("+proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs");
        let name = if (75.0..=135.0).contains(&meridian) {
            format!("EPSG:{}", 4534 + ((meridian - 75.0) / 3.0) as u32)
        } else {
            format!("Gauss-Kruger {meridian}°")
        };
        Projection::from_definition(&name, &definition).expect("a transverse Mercator definition is always known")
    }

    /// The system of a PROJ definition, under a name for people.
    ///
    /// # Errors
    /// [`ProjectionError::Unsupported`] where the engine cannot read it.
    pub fn from_definition(name: &str, definition: &str) -> Result<Projection, ProjectionError> {
        let unsupported = |detail: String| ProjectionError::Unsupported { text: name.to_owned(), detail };
        match Proj::from_proj_string(definition) {
            Ok(own) => {
                let (axis, _) = own.ellipse_parameters();
                let datum_shift = if definition.contains("towgs84") && (axis - MODERN_AXIS).abs() > 0.5 {
                    DatumShift::Applied
                } else if (axis - MODERN_AXIS).abs() <= 0.5 {
                    DatumShift::None
                } else {
                    DatumShift::Unknown
                };
                let earth = Proj::from_proj_string(EARTH).map_err(|fault| unsupported(fault.to_string()))?;
                let engine = Engine::Proj4rs { own: Box::new(own), earth: Box::new(earth) };
                Ok(Projection {
                    name: name.to_owned(),
                    definition: definition.to_owned(),
                    datum_shift,
                    is_northing_first: false,
                    engine,
                })
            }
            Err(fault) => Projection::from_reference_library(definition, unsupported(fault.to_string()))
                .map(|known| Projection { name: name.to_owned(), ..known }),
        }
    }

    #[cfg(feature = "proj")]
    fn from_reference_library(text: &str, otherwise: ProjectionError) -> Result<Projection, ProjectionError> {
        let probe = Coord { x: 0.5, y: 0.5 };
        let image = libproj::convert(text, EARTH, probe).map_err(|_| otherwise)?;
        // Half a unit off the origin is half a degree in degrees, and next to nothing in metres.
        let geographic = (image.x - probe.x).abs() < 0.1 && (image.y - probe.y).abs() < 0.1;
        Ok(Projection {
            name: text.to_owned(),
            definition: text.to_owned(),
            datum_shift: DatumShift::Applied,
            is_northing_first: false,
            engine: Engine::Libproj { geographic },
        })
    }

    #[cfg(not(feature = "proj"))]
    fn from_reference_library(_text: &str, otherwise: ProjectionError) -> Result<Projection, ProjectionError> {
        Err(otherwise)
    }

    /// The name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The PROJ definition.
    #[must_use]
    pub fn definition(&self) -> &str {
        &self.definition
    }

    /// What happens to the datum on the way to WGS84.
    #[must_use]
    pub const fn datum_shift(&self) -> DatumShift {
        self.datum_shift
    }

    /// Whether its text said that coordinates are written northing or latitude first. Whoever reads such coordinates
    /// exchanges them: the conversions here take the easting first.
    #[must_use]
    pub const fn is_northing_first(&self) -> bool {
        self.is_northing_first
    }

    /// Whether coordinates are degrees.
    #[must_use]
    pub fn is_geographic(&self) -> bool {
        match &self.engine {
            Engine::Proj4rs { own, .. } => own.is_latlong(),
            Engine::Map(_) => true,
            #[cfg(feature = "proj")]
            Engine::Libproj { geographic } => *geographic,
        }
    }

    /// Whether distances may be measured in its coordinates: a transverse Mercator in metres without scale factor.
    #[must_use]
    pub fn is_true_to_length(&self) -> bool {
        let word = |wanted: &str| self.definition.split_whitespace().any(|word| word == wanted);
        let unit_scale = !self.definition.contains("+k") || word("+k=1") || word("+k_0=1") || word("+k=1.0");
        word("+proj=tmerc") && word("+units=m") && unit_scale
    }

    /// Longitude and latitude (WGS84, degrees) of a point of this system.
    ///
    /// # Errors
    /// [`ProjectionError::OutOfDomain`] where the point has no image.
    pub fn to_earth(&self, point: Coord<f64>) -> Result<Coord<f64>, ProjectionError> {
        match &self.engine {
            Engine::Proj4rs { own, earth } => {
                let (x, y) =
                    if own.is_latlong() { (point.x.to_radians(), point.y.to_radians()) } else { (point.x, point.y) };
                let (longitude, latitude) = proj4rs::adaptors::transform_xy(own, earth, x, y)
                    .map_err(|fault| self.out_of_domain(point, fault.to_string()))?;
                Ok(Coord { x: longitude.to_degrees(), y: latitude.to_degrees() })
            }
            Engine::Map(shift) => Ok(shift.to_wgs84(point)),
            #[cfg(feature = "proj")]
            Engine::Libproj { .. } => {
                libproj::convert(&self.definition, EARTH, point).map_err(|detail| self.out_of_domain(point, detail))
            }
        }
    }

    /// The point of this system at a longitude and latitude (WGS84, degrees).
    ///
    /// # Errors
    /// [`ProjectionError::OutOfDomain`] where the place has no image.
    pub fn from_earth(&self, place: Coord<f64>) -> Result<Coord<f64>, ProjectionError> {
        match &self.engine {
            Engine::Proj4rs { own, earth } => {
                let (x, y) = proj4rs::adaptors::transform_xy(earth, own, place.x.to_radians(), place.y.to_radians())
                    .map_err(|fault| self.out_of_domain(place, fault.to_string()))?;
                Ok(if own.is_latlong() { Coord { x: x.to_degrees(), y: y.to_degrees() } } else { Coord { x, y } })
            }
            Engine::Map(shift) => Ok(shift.from_wgs84(place)),
            #[cfg(feature = "proj")]
            Engine::Libproj { .. } => {
                libproj::convert(EARTH, &self.definition, place).map_err(|detail| self.out_of_domain(place, detail))
            }
        }
    }

    fn out_of_domain(&self, point: Coord<f64>, detail: String) -> ProjectionError {
        ProjectionError::OutOfDomain { x: point.x, y: point.y, name: self.name.clone(), detail }
    }
}

#[cfg(feature = "proj")]
mod libproj {
    //! PROJ, one set of transformations per thread: its contexts must not move between threads.

    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::rc::Rc;

    use geo::Coord;
    use proj::Proj;

    thread_local! {
        static TRANSFORMATIONS: RefCell<BTreeMap<(String, String), Rc<Proj>>> = const { RefCell::new(BTreeMap::new()) };
    }

    /// Converts `point` between two systems PROJ knows, both in longitude/latitude or easting/northing order.
    pub(super) fn convert(from: &str, to: &str, point: Coord<f64>) -> Result<Coord<f64>, String> {
        let key = (from.to_owned(), to.to_owned());
        let known = TRANSFORMATIONS.with_borrow(|known| known.get(&key).cloned());
        let transformation = if let Some(transformation) = known {
            transformation
        } else {
            let made = Rc::new(Proj::new_known_crs(from, to, None).map_err(|fault| fault.to_string())?);
            TRANSFORMATIONS.with_borrow_mut(|known| known.insert(key, Rc::clone(&made)));
            made
        };
        let (x, y) = transformation.convert((point.x, point.y)).map_err(|fault| fault.to_string())?;
        Ok(Coord { x, y })
    }
}
