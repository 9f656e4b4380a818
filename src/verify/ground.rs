//! Ground against ground: a catchment is the union of its blocks, a district that of its catchments.
//!
//! Neighbours share their borders vertex for vertex. So the border of a union is what remains of the borders of its parts
//! when every edge that two of them share is struck out, and no overlay of polygons is needed.

use std::collections::BTreeMap;

use super::output::Output;
use super::scheme::Table;
use super::shape::{self, Position};
use crate::language::Message;

/// A place in whole units of the last decimal of a layer.
type Place = (i64, i64);

/// An undirected edge, smaller end first.
type Edge = (Place, Place);

/// The places of rings, and the edges between them.
fn edges(rings: &[Vec<Position>]) -> impl Iterator<Item = Edge> + '_ {
    let place = |(x, y): Position| ((x * 1e8).round() as i64, (y * 1e8).round() as i64);
    let pairs = rings.iter().flat_map(|ring| ring.windows(2));
    // Rounding may have made one place of two.
    pairs
        .map(move |pair| (place(pair[0]), place(pair[1])))
        .filter(|(start, end)| start != end)
        .map(|(start, end)| (start.min(end), start.max(end)))
}

/// What remains of edges, sorted, when those that occur twice are struck out.
fn border(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_unstable();
    edges.chunk_by(PartialEq::eq).filter(|same| same.len() % 2 == 1).map(|same| same[0]).collect()
}

/// Catchments that are not the union of their blocks, and districts that are not the union of their catchments. Where the
/// input has points only, blocks have no outlines to compare with, and the points must lie in their own catchment.
pub(super) fn faults(output: &Output, table: &Table<'_>) -> Vec<Message> {
    let county = table.county;
    let mut faults = Vec::new();
    let blocks = output.features_by_id("blocks");
    let catchments: BTreeMap<&str, Vec<Vec<Position>>> = output
        .features_by_id("catchments")
        .into_iter()
        .map(|(id, feature)| (id, shape::rings(&feature["geometry"])))
        .collect();
    let districts = output.features_by_id("districts");
    let has_outlines = county.outlines.has_any();
    let block_edges: Vec<Vec<Edge>> = county
        .blocks
        .iter()
        .map(|block| {
            let rings = blocks.get(block.id.as_str()).map(|feature| shape::rings(&feature["geometry"]));
            rings.map_or_else(Vec::new, |rings| edges(&rings).collect())
        })
        .collect();
    for stage in &table.stages {
        let mut united: Vec<Vec<Edge>> = vec![Vec::new(); county.schools.len()];
        for (block, edges) in block_edges.iter().enumerate() {
            if let Some(school) = table.school_of(*stage, block) {
                united[school].extend(edges);
            }
        }
        let mut of_district: BTreeMap<&str, Vec<Edge>> = BTreeMap::new();
        for position in table.sharing.holders(*stage) {
            let (school, united) = (&county.schools[position], std::mem::take(&mut united[position]));
            let id = format!("{stage}:{}", table.sharing.id(*stage, position));
            // One that is not there is somebody else's fault.
            let Some(rings) = catchments.get(id.as_str()) else { continue };
            let own: Vec<Edge> = edges(rings).collect();
            if let Some(group) = table.groups.of(*stage, &school.id) {
                of_district.entry(group.district_id.as_str()).or_default().extend(&own);
            }
            if has_outlines && border(own) != border(united) {
                faults.push(Message::new("verify-layer-ground").text("layer", "catchments").text("feature", id));
            }
        }
        for (id, united) in of_district {
            let Some(feature) = districts.get(id) else { continue };
            let own = edges(&shape::rings(&feature["geometry"])).collect();
            if border(own) != border(united) {
                faults.push(Message::new("verify-layer-ground").text("layer", "districts").text("feature", id));
            }
        }
    }
    faults
}
