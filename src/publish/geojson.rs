//! The four layers, RFC 7946: longitude and latitude with eight decimals, outer rings counter-clockwise, no `crs`.
//!
//! In a local county, whose place on the earth nobody stated, coordinates are its planar metres with three decimals.

use geo::{Coord, LineString, MultiPolygon};
use geojson::feature::Id;
use geojson::{Feature, Geometry, GeometryValue, JsonObject, JsonValue, Position};
use serde_json::json;

use super::{Palette, Publication};
use crate::measure::loads;
use crate::model::{County, Reference, SchoolIndex, Stage};
use crate::space::{Ground, Nearby};

/// Blocks with their pupils, schools and districts.
pub(super) fn blocks(publication: &Publication<'_>) -> Vec<u8> {
    let Publication { county, ground, scheme, .. } = *publication;
    let outlines = ground.coverage.outlines();
    let to: Vec<Nearby<'_>> =
        scheme.catchments.iter().map(|catchments| Nearby::new(county, &ground.distances, catchments.stage)).collect();
    let features = county.block_indices().map(|index| {
        let block = county.block(index);
        let mut properties = JsonObject::new();
        properties.insert("block_id".into(), json!(block.id));
        properties.insert("name".into(), json!(block.name));
        properties.insert("town".into(), json!(block.town()));
        for (catchments, to) in scheme.catchments.iter().zip(&to) {
            let stage = catchments.stage;
            let school = catchments.school_of(index);
            let district = school.and_then(|school| district_of(publication, stage, school));
            let mut set = |name: &str, value: JsonValue| properties.insert(field(name, stage), value);
            set("pupils", json!(block.pupils[stage]));
            set("school_id", json!(school.map(|school| county.catchment_id(stage, school))));
            set("school_name", json!(school.map(|school| county.catchment_name(stage, school))));
            set("district_id", json!(district.map(|(id, _)| id)));
            let metres = school.map(|school| one_decimal(to.metres(index, school)));
            set("distance_m", json!(metres));
        }
        let outline = &outlines[index.get()];
        let geometry = if outline.0.is_empty() || ground.cells_around_points {
            point(county, ground, block.point)
        } else {
            polygons(publication, outline)
        };
        feature(&block.id, geometry, properties)
    });
    collection("blocks", features)
}

/// A number as tables write it with one decimal: distances in whole millimetres may lie halfway between two.
fn one_decimal(number: f64) -> f64 {
    format!("{number:.1}").parse().unwrap_or(number)
}

/// The name of a property that exists once per stage: plain where tables know no stages.
fn field(name: &str, stage: Stage) -> String {
    if stage == Stage::All { name.to_owned() } else { format!("{name}_{stage}") }
}

fn district_of<'a>(publication: &Publication<'a>, stage: Stage, school: SchoolIndex) -> Option<(&'a str, &'a str)> {
    let districts = publication.scheme.districts_of(stage)?;
    let district = &districts.districts[districts.district_of(school)?];
    Some((&district.id, &district.name))
}

/// The ground of each school, a feature for each stage it serves; one feature for the schools of a pool.
pub(super) fn catchments(publication: &Publication<'_>, palettes: &[Palette]) -> Vec<u8> {
    let Publication { county, ground, scheme, .. } = *publication;
    let mut features = Vec::new();
    for (catchments, palette) in scheme.catchments.iter().zip(palettes) {
        let stage = catchments.stage;
        let loads = loads(county, scheme, stage);
        let label = |block: usize| catchments.school_of[block].map(SchoolIndex::get);
        let grounds = ground.coverage.dissolve(county.schools.len(), label);
        for index in county.holders(stage) {
            let (load, id) = (loads[index.get()], county.catchment_id(stage, index));
            let district = district_of(publication, stage, index);
            let mut properties = JsonObject::new();
            properties.insert("stage".into(), json!(stage.slug()));
            properties.insert("school_id".into(), json!(id));
            properties.insert("school_name".into(), json!(county.catchment_name(stage, index)));
            if let Some((whole, _)) = &county.school(index).standing.site_of {
                properties.insert("site_of".into(), json!(whole));
            }
            let pool = county.pool_of(stage, index);
            properties.insert("pool".into(), json!(pool.map(|pool| &pool.name)));
            properties.insert("district_id".into(), json!(district.map(|(id, _)| id)));
            properties.insert("district_name".into(), json!(district.map(|(_, name)| name)));
            properties.insert("blocks".into(), json!(load.blocks));
            properties.insert("pupils".into(), json!(load.pupils));
            properties.insert("seats".into(), json!(load.seats));
            properties.insert("overload".into(), json!(load.overload()));
            properties.insert("fill".into(), json!(palette.of_school(index).to_string()));
            let geometry = polygons(publication, &grounds[index.get()]);
            features.push(feature(&format!("{stage}:{id}"), geometry, properties));
        }
    }
    collection("catchments", features.into_iter())
}

/// The territory of each district.
pub(super) fn districts(publication: &Publication<'_>, palettes: &[Palette]) -> Vec<u8> {
    let Publication { county, ground, scheme, .. } = *publication;
    let mut features = Vec::new();
    for (catchments, palette) in scheme.catchments.iter().zip(palettes) {
        let Some(grouped) = scheme.districts_of(catchments.stage) else { continue };
        let loads = loads(county, scheme, catchments.stage);
        let label = |block: usize| catchments.school_of[block].and_then(|school| grouped.district_of(school));
        let labels: Vec<Option<usize>> = (0..county.blocks.len()).map(label).collect();
        let grounds = ground.coverage.dissolve(grouped.districts.len(), |block| labels[block]);
        for (position, district) in grouped.districts.iter().enumerate() {
            let schools: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
            let mut properties = JsonObject::new();
            properties.insert("stage".into(), json!(catchments.stage.slug()));
            properties.insert("district_id".into(), json!(district.id));
            properties.insert("name".into(), json!(district.name));
            properties.insert("lead_id".into(), json!(district.lead.map(|lead| &county.school(lead).id)));
            properties.insert("lead_name".into(), json!(district.lead.map(|lead| &county.school(lead).name)));
            properties.insert("schools".into(), json!(schools.len()));
            let pupils: u64 = schools.iter().map(|school| loads[school.get()].pupils).sum();
            let seats: u64 = schools.iter().map(|school| loads[school.get()].seats).sum();
            properties.insert("pupils".into(), json!(pupils));
            properties.insert("seats".into(), json!(seats));
            properties.insert("fill".into(), json!(palette.of_district(position).to_string()));
            features.push(feature(&district.id, polygons(publication, &grounds[position]), properties));
        }
    }
    collection("districts", features.into_iter())
}

/// The gates of schools.
pub(super) fn schools(publication: &Publication<'_>) -> Vec<u8> {
    let Publication { county, scheme, .. } = *publication;
    let loads: Vec<_> = scheme.catchments.iter().map(|catchments| loads(county, scheme, catchments.stage)).collect();
    let features = county.schools.iter().enumerate().map(|(position, school)| {
        let index = SchoolIndex::new(position);
        let mut properties = JsonObject::new();
        properties.insert("school_id".into(), json!(school.id));
        properties.insert("name".into(), json!(school.name));
        if let Some((whole, _)) = &school.standing.site_of {
            properties.insert("site_of".into(), json!(whole));
        }
        properties.insert("town".into(), json!(school.town));
        let served: Vec<&str> =
            county.stages.iter().filter(|stage| school.serves(**stage)).map(|stage| stage.slug()).collect();
        properties.insert("stages".into(), json!(served.join(" ")));
        properties.insert("shared_seats".into(), json!(school.shared_seats));
        for (catchments, loads) in scheme.catchments.iter().zip(&loads) {
            let stage = catchments.stage;
            let serves = school.serves(stage);
            let district = district_of(publication, stage, index);
            let role = scheme.districts_of(stage).and_then(|districts| {
                let district = &districts.districts[districts.district_of(index)?];
                district.schools().find(|(other, _)| *other == index).map(|(_, role)| role.slug())
            });
            let mut set = |name: &str, value: JsonValue| properties.insert(field(name, stage), value);
            let pool = county.pool_of(stage, index);
            set("seats", json!(school.seats[stage]));
            // Who of a pool's pupils comes to which of its schools is for the draw of lots to say.
            set("pupils", json!((serves && pool.is_none()).then(|| loads[position].pupils)));
            set("pool", json!(pool.map(|pool| &pool.name)));
            set("district_id", json!(district.map(|(id, _)| id)));
            set("role", json!(role));
        }
        feature(&school.id, point(county, publication.ground, school.gate), properties)
    });
    collection("schools", features)
}

pub(super) fn feature(id: &str, geometry: GeometryValue, properties: JsonObject) -> Feature {
    Feature {
        id: Some(Id::String(id.to_owned())),
        geometry: Some(Geometry::new(geometry)),
        properties: Some(properties),
        ..Feature::default()
    }
}

/// A feature collection as text, with a feature a line, so that a changed one shows as a changed line. `name` is what
/// GIS programs call the layer.
#[must_use]
pub fn collection(name: &str, features: impl Iterator<Item = Feature>) -> Vec<u8> {
    let mut text = format!("{{\"type\":\"FeatureCollection\",\"name\":{},\"features\":[", json!(name));
    let mut separator = "\n";
    for feature in features {
        text.push_str(separator);
        text.push_str(&feature.to_string());
        separator = ",\n";
    }
    text.push_str("\n]}\n");
    text.into_bytes()
}

/// A place as the layers write it. What the coverage keeps apart by a centimetre stays apart: eight decimals of a degree
/// move a vertex by half a millimetre at most, seven would let the sides of a narrow block cross.
fn position(county: &County, ground: &Ground, place: Coord<f64>) -> Position {
    let scale = if county.reference == Reference::Local { 1e3 } else { 1e8 };
    let place = ground.to_earth(place);
    let round = |coordinate: f64| (coordinate * scale).round() / scale;
    Position::from([round(place.x), round(place.y)])
}

pub(super) fn point(county: &County, ground: &Ground, place: Coord<f64>) -> GeometryValue {
    GeometryValue::Point { coordinates: position(county, ground, place) }
}

/// A straight line between two places.
pub(super) fn line(county: &County, ground: &Ground, ends: [Coord<f64>; 2]) -> GeometryValue {
    GeometryValue::LineString { coordinates: ends.map(|end| position(county, ground, end)).to_vec() }
}

fn ring(publication: &Publication<'_>, line: &LineString<f64>) -> Vec<Position> {
    let mut positions: Vec<Position> =
        line.0.iter().map(|place| position(publication.county, publication.ground, *place)).collect();
    positions.dedup();
    positions
}

/// A polygon for a ground in one part, else several; rings that rounding leaves without area are dropped.
fn polygons(publication: &Publication<'_>, ground: &MultiPolygon<f64>) -> GeometryValue {
    let mut parts: Vec<Vec<Vec<Position>>> = ground
        .0
        .iter()
        .filter_map(|polygon| {
            let exterior = ring(publication, polygon.exterior());
            let holes = polygon.interiors().iter().map(|line| ring(publication, line)).filter(|ring| ring.len() >= 4);
            (exterior.len() >= 4).then(|| std::iter::once(exterior).chain(holes).collect())
        })
        .collect();
    match parts.len() {
        1 => GeometryValue::Polygon { coordinates: parts.remove(0) },
        _ => GeometryValue::MultiPolygon { coordinates: parts },
    }
}
