//! Coordinate systems that can be described in the words of every format: WGS84, CGCS2000 and its Gauss–Krüger zones.

use serde_json::{Value, json};

/// A coordinate system by its EPSG code, with all that formats want to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SystemDescription {
    /// The EPSG code.
    pub code: u32,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Wgs84,
    Cgcs2000,
    /// Degrees of a zone, its number where eastings begin with it, its central meridian.
    Zone {
        width: u32,
        number: Option<u32>,
        meridian: u32,
    },
}

/// Ellipsoids and names of a geographic system.
struct Earth {
    name: &'static str,
    esri: &'static str,
    datum: &'static str,
    esri_datum: &'static str,
    ellipsoid: &'static str,
    esri_ellipsoid: &'static str,
    flattening: &'static str,
    code: u32,
    datum_code: u32,
    ellipsoid_code: u32,
}

const WGS84: Earth = Earth {
    name: "WGS 84",
    esri: "GCS_WGS_1984",
    datum: "WGS_1984",
    esri_datum: "D_WGS_1984",
    ellipsoid: "WGS 84",
    esri_ellipsoid: "WGS_1984",
    flattening: "298.257223563",
    code: 4326,
    datum_code: 6326,
    ellipsoid_code: 7030,
};

const CGCS2000: Earth = Earth {
    name: "China Geodetic Coordinate System 2000",
    esri: "GCS_China_Geodetic_Coordinate_System_2000",
    datum: "China_2000",
    esri_datum: "D_China_2000",
    ellipsoid: "CGCS2000",
    esri_ellipsoid: "CGCS2000",
    flattening: "298.257222101",
    code: 4490,
    datum_code: 1043,
    ellipsoid_code: 1024,
};

impl SystemDescription {
    /// Longitude and latitude on WGS84.
    pub const WGS84: SystemDescription = SystemDescription { code: 4326, kind: Kind::Wgs84 };

    /// The description of an EPSG code; `None` for systems other than those.
    #[must_use]
    pub fn of_epsg(code: u32) -> Option<SystemDescription> {
        let zone = |width: u32, first: u32, number: Option<u32>| {
            let meridian = 75 + width * (code - first);
            Kind::Zone { width, number, meridian }
        };
        let kind = match code {
            4326 => Kind::Wgs84,
            4490 => Kind::Cgcs2000,
            4491..=4501 => zone(6, 4491, Some(code - 4491 + 13)),
            4502..=4512 => zone(6, 4502, None),
            4513..=4533 => zone(3, 4513, Some(code - 4513 + 25)),
            4534..=4554 => zone(3, 4534, None),
            _ => return None,
        };
        Some(SystemDescription { code, kind })
    }

    /// The name in the EPSG register.
    #[must_use]
    pub fn name(&self) -> String {
        match self.kind {
            Kind::Wgs84 => WGS84.name.to_owned(),
            Kind::Cgcs2000 => CGCS2000.name.to_owned(),
            Kind::Zone { width, number, meridian } => {
                let degrees = if width == 3 { "3-degree " } else { "" };
                match number {
                    Some(number) => format!("CGCS2000 / {degrees}Gauss-Kruger zone {number}"),
                    None => format!("CGCS2000 / {degrees}Gauss-Kruger CM {meridian}E"),
                }
            }
        }
    }

    /// The text of a `.prj` file, as ESRI writes it: without codes.
    #[must_use]
    pub fn esri_wkt(&self) -> String {
        let geographic = |earth: &Earth| {
            format!(
                "GEOGCS[\"{}\",DATUM[\"{}\",SPHEROID[\"{}\",6378137.0,{}]],PRIMEM[\"Greenwich\",0.0],\
                 UNIT[\"Degree\",0.0174532925199433]]",
                earth.esri, earth.esri_datum, earth.esri_ellipsoid, earth.flattening
            )
        };
        match self.kind {
            Kind::Wgs84 => geographic(&WGS84),
            Kind::Cgcs2000 => geographic(&CGCS2000),
            Kind::Zone { width, number, meridian } => {
                let degrees = if width == 3 { "3_Degree_" } else { "" };
                let place = number.map_or_else(|| format!("CM_{meridian}E"), |number| format!("Zone_{number}"));
                format!(
                    "PROJCS[\"CGCS2000_{degrees}GK_{place}\",{},PROJECTION[\"Gauss_Kruger\"],\
                     PARAMETER[\"False_Easting\",{}.0],PARAMETER[\"False_Northing\",0.0],\
                     PARAMETER[\"Central_Meridian\",{meridian}.0],PARAMETER[\"Scale_Factor\",1.0],\
                     PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]",
                    geographic(&CGCS2000),
                    self.false_easting()
                )
            }
        }
    }

    /// The well-known text of OGC, with codes.
    #[must_use]
    pub fn wkt(&self) -> String {
        let geographic = |earth: &Earth| {
            format!(
                "GEOGCS[\"{}\",DATUM[\"{}\",SPHEROID[\"{}\",6378137,{},AUTHORITY[\"EPSG\",\"{}\"]],\
                 AUTHORITY[\"EPSG\",\"{}\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],\
                 UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"{}\"]]",
                earth.name,
                earth.datum,
                earth.ellipsoid,
                earth.flattening,
                earth.ellipsoid_code,
                earth.datum_code,
                earth.code
            )
        };
        match self.kind {
            Kind::Wgs84 => geographic(&WGS84),
            Kind::Cgcs2000 => geographic(&CGCS2000),
            Kind::Zone { meridian, .. } => format!(
                "PROJCS[\"{}\",{},PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],\
                 PARAMETER[\"central_meridian\",{meridian}],PARAMETER[\"scale_factor\",1],\
                 PARAMETER[\"false_easting\",{}],PARAMETER[\"false_northing\",0],\
                 UNIT[\"metre\",1,AUTHORITY[\"EPSG\",\"9001\"]],AUTHORITY[\"EPSG\",\"{}\"]]",
                self.name(),
                geographic(&CGCS2000),
                self.false_easting(),
                self.code
            ),
        }
    }

    /// The description in PROJ's JSON.
    #[must_use]
    pub fn projjson(&self) -> Value {
        let geographic = |earth: &Earth| {
            json!({
                "type": "GeographicCRS",
                "name": earth.name,
                "datum": {
                    "type": "GeodeticReferenceFrame",
                    "name": earth.datum.replace('_', " "),
                    "ellipsoid": {
                        "name": earth.ellipsoid,
                        "semi_major_axis": 6_378_137,
                        "inverse_flattening": earth.flattening.parse::<f64>().unwrap_or(298.257_222_101),
                    },
                },
                "coordinate_system": {
                    "subtype": "ellipsoidal",
                    "axis": [
                        { "name": "Geodetic latitude", "abbreviation": "Lat", "direction": "north", "unit": "degree" },
                        { "name": "Geodetic longitude", "abbreviation": "Lon", "direction": "east", "unit": "degree" },
                    ],
                },
                "id": { "authority": "EPSG", "code": earth.code },
            })
        };
        match self.kind {
            Kind::Wgs84 => geographic(&WGS84),
            Kind::Cgcs2000 => geographic(&CGCS2000),
            Kind::Zone { meridian, .. } => {
                let parameter = |name: &str, value: u32, unit: &str, code: u32| json!({ "name": name, "value": value, "unit": unit, "id": { "authority": "EPSG", "code": code } });
                json!({
                    "type": "ProjectedCRS",
                    "name": self.name(),
                    "base_crs": geographic(&CGCS2000),
                    "conversion": {
                        "name": format!("Gauss-Kruger {meridian}E"),
                        "method": { "name": "Transverse Mercator", "id": { "authority": "EPSG", "code": 9807 } },
                        "parameters": [
                            parameter("Latitude of natural origin", 0, "degree", 8801),
                            parameter("Longitude of natural origin", meridian, "degree", 8802),
                            parameter("Scale factor at natural origin", 1, "unity", 8805),
                            parameter("False easting", self.false_easting(), "metre", 8806),
                            parameter("False northing", 0, "metre", 8807),
                        ],
                    },
                    "coordinate_system": {
                        "subtype": "Cartesian",
                        "axis": [
                            { "name": "Northing", "abbreviation": "X", "direction": "north", "unit": "metre" },
                            { "name": "Easting", "abbreviation": "Y", "direction": "east", "unit": "metre" },
                        ],
                    },
                    "id": { "authority": "EPSG", "code": self.code },
                })
            }
        }
    }

    const fn false_easting(&self) -> u32 {
        match self.kind {
            Kind::Zone { number: Some(number), .. } => number * 1_000_000 + 500_000,
            _ => 500_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::*;
    use crate::space::Projection;

    #[test]
    fn texts_mean_the_same_as_the_code() {
        let place = Coord { x: 109.55, y: 22.27 };
        for code in [4326, 4490, 4495, 4507, 4524, 4545, 4554] {
            let described = SystemDescription::of_epsg(code).expect("a known code");
            let expected = Projection::from_epsg(code).expect("a known code").from_earth(place).expect("an image");
            for text in [described.esri_wkt(), described.wkt()] {
                let read = Projection::from_wkt(&text).unwrap_or_else(|fault| panic!("{code}: {fault}"));
                let found = read.from_earth(place).expect("an image");
                let apart = (found.x - expected.x).hypot(found.y - expected.y);
                assert!(apart < 1e-3, "{code}: {apart} by {text}");
            }
        }
        assert!(SystemDescription::of_epsg(32_649).is_none());
    }
}
