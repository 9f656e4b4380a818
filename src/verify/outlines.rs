//! The places of blocks and schools in the layers against the inputs.
//!
//! A layer shows blocks as a partition: vertices nearer than a centimetre are joined, ground that two outlines cover goes
//! to one of them, and slivers that none covers go to a neighbour. So an outline of the layer may differ from that of the
//! input, but only in these ways, and each of the faults found here is none of them.

use std::collections::BTreeMap;

use geo::{BoundingRect, Coord};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::frame::Frame;
use super::output::Output;
use super::scheme::Table;
use super::shape::{Segment, apart, is_beside, is_inside, point, rings, segments};
use crate::language::Message;
use crate::model::Outlines;

/// Places nearer than this many metres count as one: more than rounding and joining come to.
const NEAR: f64 = 0.3;

/// Faults of the geometry of blocks, and gates that are elsewhere.
pub(super) fn faults(output: &Output, table: &Table<'_>, frame: &Frame) -> Vec<Message> {
    let county = table.county;
    let mut faults = Vec::new();
    let fault = |layer: &str, id: &str| Message::new("verify-layer-place").text("layer", layer).text("feature", id);
    let schools = output.features_by_id("schools");
    for school in &county.schools {
        let Some(feature) = schools.get(school.id.as_str()) else { continue };
        if point(&feature["geometry"]).is_none_or(|gate| apart(frame.metres(gate), school.gate) > NEAR) {
            faults.push(fault("schools", &school.id));
        }
    }
    let inputs = Inputs::of(&county.outlines);
    let features = output.features_by_id("blocks");
    for (position, block) in county.blocks.iter().enumerate() {
        let Some(feature) = features.get(block.id.as_str()) else { continue };
        let is_at_point = || {
            let place = point(&feature["geometry"]).map(|place| frame.metres(place));
            place.is_some_and(|place| apart(place, block.point) <= NEAR)
        };
        let is_right = if feature["geometry"]["type"] == "Point" {
            // The outline of a block that has lost all its ground, or never had any.
            is_at_point() && (!county.outlines.has(position) || inputs.others_cover(position, block.point))
        } else {
            let mut shown: Vec<Segment> = Vec::new();
            for ring in rings(&feature["geometry"]) {
                let places: Vec<Coord<f64>> = ring.iter().map(|place| frame.metres(*place)).collect();
                shown.extend(places.windows(2).map(|pair| (pair[0], pair[1])));
            }
            inputs.explain(position, &shown, block.point)
        };
        if !is_right {
            faults.push(fault("blocks", &block.id));
        }
    }
    if !county.outlines.has_any() {
        faults.extend(points_elsewhere(output, table, frame));
    }
    faults
}

/// The outlines of the input, to be looked up by place.
struct Inputs {
    segments: Vec<Vec<Segment>>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl Inputs {
    fn of(outlines: &Outlines) -> Inputs {
        let mut all = Vec::new();
        let mut boxes = Vec::new();
        for (position, outline) in outlines.iter().enumerate() {
            all.push(outline.as_ref().map_or_else(Vec::new, segments));
            if let Some(around) = outline.as_ref().and_then(BoundingRect::bounding_rect) {
                let low = [around.min().x - NEAR, around.min().y - NEAR];
                let high = [around.max().x + NEAR, around.max().y + NEAR];
                boxes.push(GeomWithData::new(Rectangle::from_corners(low, high), position));
            }
        }
        Inputs { segments: all, boxes: RTree::bulk_load(boxes) }
    }

    /// The outlines other than that of `block` near a place.
    fn others(&self, block: usize, place: Coord<f64>) -> impl Iterator<Item = &[Segment]> {
        let here = AABB::from_point([place.x, place.y]);
        let found = self.boxes.locate_in_envelope_intersecting(&here).map(|found| found.data);
        found.filter(move |other| *other != block).map(|other| self.segments[other].as_slice())
    }

    /// Whether another outline covers a place, or comes near it.
    fn others_cover(&self, block: usize, place: Coord<f64>) -> bool {
        self.others(block, place).any(|other| is_inside(place, other) || is_beside(place, other, NEAR))
    }

    /// Whether the outline a layer shows is what a partition may have made of that of the input.
    fn explain(&self, block: usize, shown: &[Segment], inner: Coord<f64>) -> bool {
        let own = &self.segments[block];
        let well_inside = |place, outline: &[Segment]| is_inside(place, outline) && !is_beside(place, outline, NEAR);
        // A place on the ground of the block that nobody else claims is the block's still.
        if well_inside(inner, own) && !self.others_cover(block, inner) && !is_inside(inner, shown) {
            return false;
        }
        let known = Known::of(own);
        shown.iter().filter(|segment| !known.has(**segment)).all(|(start, end)| {
            // All but the very end, which is the start of the next.
            [0.0, 0.25, 0.5, 0.75].into_iter().all(|share| {
                let place = *start + (*end - *start) * share;
                if is_beside(place, own, NEAR) {
                    return true;
                }
                if is_inside(place, own) {
                    // The border has moved inwards: up to another outline, that has been given the ground.
                    return self.others(block, place).any(|other| is_beside(place, other, NEAR));
                }
                // The border has moved outwards: over ground that is nobody's, up to another outline.
                let mut others = self.others(block, place).peekable();
                others.peek().is_some() && !others.any(|other| well_inside(place, other))
            })
        })
    }
}

/// The segments of an outline by where their middle is, so that those that have not changed are found at once.
struct Known<'a> {
    by_middle: BTreeMap<(i64, i64), Vec<&'a Segment>>,
}

impl<'a> Known<'a> {
    fn of(segments: &'a [Segment]) -> Known<'a> {
        let mut by_middle: BTreeMap<_, Vec<&Segment>> = BTreeMap::new();
        for segment in segments {
            by_middle.entry(Known::key(segment)).or_default().push(segment);
        }
        Known { by_middle }
    }

    fn key((start, end): &Segment) -> (i64, i64) {
        let middle = (*start + *end) / 2.0;
        (middle.x.floor() as i64, middle.y.floor() as i64)
    }

    fn has(&self, segment: Segment) -> bool {
        let is_same = |first: Coord<f64>, second: Coord<f64>| apart(first, second) <= NEAR;
        let (start, end) = segment;
        self.by_middle.get(&Known::key(&segment)).into_iter().flatten().any(|known| {
            (is_same(known.0, start) && is_same(known.1, end)) || (is_same(known.0, end) && is_same(known.1, start))
        })
    }
}

/// Catchments of cells around points that their own points do not lie in. Points that share their place share no ground,
/// and those outside the areas have none.
fn points_elsewhere(output: &Output, table: &Table<'_>, frame: &Frame) -> Vec<Message> {
    let county = table.county;
    let mut by_place: Vec<(f64, usize)> =
        county.blocks.iter().enumerate().map(|(position, block)| (block.point.x, position)).collect();
    by_place.sort_by(|first, second| first.0.total_cmp(&second.0));
    let mut is_alone = vec![true; county.blocks.len()];
    for (rank, (x, block)) in by_place.iter().enumerate() {
        let beside = by_place[rank + 1..].iter().take_while(|(other, _)| other - x <= NEAR);
        for (_, other) in beside {
            if apart(county.blocks[*block].point, county.blocks[*other].point) <= NEAR {
                is_alone[*block] = false;
                is_alone[*other] = false;
            }
        }
    }
    let areas: Vec<Vec<Segment>> = county.areas.iter().map(|area| segments(&area.outline)).collect();
    let within = |place: Coord<f64>, areas: &[Vec<Segment>]| {
        areas.is_empty() || areas.iter().any(|area| is_inside(place, area) && !is_beside(place, area, NEAR))
    };
    let features = output.features_by_id("catchments");
    let mut faults = Vec::new();
    for stage in &table.stages {
        for position in table.sharing.holders(*stage) {
            let id = format!("{stage}:{}", table.sharing.id(*stage, position));
            let Some(feature) = features.get(id.as_str()) else { continue };
            let mut ground: Vec<Segment> = Vec::new();
            for ring in rings(&feature["geometry"]) {
                let places: Vec<Coord<f64>> = ring.iter().map(|place| frame.metres(*place)).collect();
                ground.extend(places.windows(2).map(|pair| (pair[0], pair[1])));
            }
            let own = table.blocks_of(*stage, position).iter();
            let mut own = own.map(|block| (*block, county.blocks[*block].point));
            if own.any(|(block, place)| is_alone[block] && within(place, &areas) && !is_inside(place, &ground)) {
                faults.push(Message::new("verify-layer-ground").text("layer", "catchments").text("feature", id));
            }
        }
    }
    faults
}
