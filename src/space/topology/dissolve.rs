//! Blocks dissolved into larger grounds: the borders inside each are left out, the rest is chained into rings.

use std::cmp::Ordering;

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::Coverage;
use super::arrangement::by_angle;
use super::vertex::signed_area;

/// An arc in one of its directions.
#[derive(Clone, Copy)]
struct Pass {
    arc: usize,
    forward: bool,
}

/// An outer ring with the holes in it.
struct Outer {
    area: f64,
    places: Vec<Coord<f64>>,
    holes: Vec<LineString<f64>>,
}

impl Coverage {
    /// The ground of each label as polygons, `count` of them: label `k` covers the blocks whose `label` is `Some(k)`.
    ///
    /// Outer rings run counter-clockwise and holes clockwise, as RFC 7946 wants; rings touch themselves nowhere.
    /// Neighbouring grounds share their border vertex for vertex. Cost: linear in the arcs that separate labels.
    ///
    /// # Panics
    /// Where a label is `count` or more.
    #[must_use]
    pub fn dissolve(&self, count: usize, label: impl Fn(usize) -> Option<usize>) -> Vec<MultiPolygon<f64>> {
        self.dissolve_along(count, label, |arc| self.vertices_of(&self.arcs[arc]).to_vec())
    }

    /// The outlines of all blocks as the partition has them: as read, but for what the settlement lists.
    #[must_use]
    pub fn outlines(&self) -> Vec<MultiPolygon<f64>> {
        self.dissolve(self.owner_count(), Some)
    }

    /// As [`Coverage::dissolve`], with the vertices of the arc at each position given by `course`.
    pub(super) fn dissolve_along(
        &self,
        count: usize,
        label: impl Fn(usize) -> Option<usize>,
        course: impl Fn(usize) -> Vec<u32>,
    ) -> Vec<MultiPolygon<f64>> {
        let label_of = |owner: Option<u32>| owner.and_then(|owner| label(owner as usize));
        let mut passes: Vec<Vec<Pass>> = vec![Vec::new(); count];
        for (position, arc) in self.arcs.iter().enumerate() {
            let (left, right) = (label_of(arc.left()), label_of(arc.right()));
            if left == right {
                continue;
            }
            if let Some(label) = left {
                passes[label].push(Pass { arc: position, forward: true });
            }
            if let Some(label) = right {
                passes[label].push(Pass { arc: position, forward: false });
            }
        }
        passes.iter().map(|passes| self.polygons(passes, &course)).collect()
    }

    fn polygons(&self, passes: &[Pass], course: &impl Fn(usize) -> Vec<u32>) -> MultiPolygon<f64> {
        let ends = |pass: &Pass| {
            let vertices = self.vertices_of(&self.arcs[pass.arc]);
            let (first, last) = (vertices[0], vertices[vertices.len() - 1]);
            if pass.forward { (first, last) } else { (last, first) }
        };
        let mut by_start: Vec<(u32, usize)> =
            passes.iter().enumerate().map(|(position, pass)| (ends(pass).0, position)).collect();
        by_start.sort_unstable();
        let mut used = vec![false; passes.len()];
        let mut rings: Vec<Vec<u32>> = Vec::new();
        for first in 0..passes.len() {
            if used[first] {
                continue;
            }
            let mut walk: Vec<u32> = Vec::new();
            let mut position = first;
            loop {
                used[position] = true;
                let pass = &passes[position];
                let mut vertices = course(pass.arc);
                if !pass.forward {
                    vertices.reverse();
                }
                vertices.pop();
                walk.extend(vertices);
                let end = ends(pass).1;
                // Where several start here, the first one clockwise goes on around the same ground, so that grounds which meet
                // in a point stay apart.
                let from = by_start.partition_point(|(start, _)| *start < end);
                let mut unused = by_start[from..]
                    .iter()
                    .take_while(|(start, _)| *start == end)
                    .filter(|(_, candidate)| !used[*candidate]);
                let next = match (unused.next(), unused.next()) {
                    (Some(first), Some(second)) => {
                        let back = self.leaves_toward(pass, true);
                        [first, second].into_iter().chain(unused).min_by(|one, other| {
                            let way = |candidate: usize| self.leaves_toward(&passes[candidate], false);
                            clockwise_from(back, way(one.1), way(other.1)).then(one.1.cmp(&other.1))
                        })
                    }
                    (only, _) => only,
                };
                match next {
                    Some((_, candidate)) => position = *candidate,
                    None => break,
                }
            }
            cut_apart(&walk, &mut rings);
        }
        self.assemble(&rings)
    }

    /// The direction in which a pass leaves its first vertex; with `reversed`, in which its last vertex sees where it came
    /// from.
    fn leaves_toward(&self, pass: &Pass, reversed: bool) -> Coord<f64> {
        let vertices = self.vertices_of(&self.arcs[pass.arc]);
        let (here, there) = if pass.forward == reversed {
            (vertices[vertices.len() - 1], vertices[vertices.len() - 2])
        } else {
            (vertices[0], vertices[1])
        };
        self.vertices[there as usize] - self.vertices[here as usize]
    }

    /// Sorts rings into outer ones and holes, and puts each hole into the smallest outer ring around it.
    fn assemble(&self, rings: &[Vec<u32>]) -> MultiPolygon<f64> {
        let places =
            |ring: &[u32]| -> Vec<Coord<f64>> { ring.iter().map(|vertex| self.vertices[*vertex as usize]).collect() };
        let mut outers: Vec<Outer> = Vec::new();
        let mut holes: Vec<Vec<Coord<f64>>> = Vec::new();
        for ring in rings.iter().filter(|ring| ring.len() >= 3) {
            let places = places(ring);
            let area = signed_area(places.iter().copied());
            if area > 0.0 {
                outers.push(Outer { area, places, holes: Vec::new() });
            } else if area < 0.0 {
                holes.push(places);
            }
        }
        outers.sort_by(|first, second| second.area.total_cmp(&first.area));
        for hole in holes {
            let around = outers
                .iter()
                .rposition(|outer| {
                    outer.area > -signed_area(hole.iter().copied()) && ring_lies_in(&hole, &outer.places)
                })
                .unwrap_or(0);
            if let Some(outer) = outers.get_mut(around) {
                outer.holes.push(closed(hole));
            }
        }
        MultiPolygon::new(outers.into_iter().map(|outer| Polygon::new(closed(outer.places), outer.holes)).collect())
    }
}

/// Orders directions by how far they are clockwise from `back`, which comes last.
fn clockwise_from(back: Coord<f64>, first: Coord<f64>, second: Coord<f64>) -> Ordering {
    let is_before = |way: Coord<f64>| by_angle(way, back) == Ordering::Less;
    is_before(second).cmp(&is_before(first)).then_with(|| by_angle(second, first))
}

/// Cuts a closed walk at vertices it passes more than once, so that each ring passes its vertices once.
fn cut_apart(walk: &[u32], rings: &mut Vec<Vec<u32>>) {
    let mut seen: rustc_hash::FxHashMap<u32, usize> = rustc_hash::FxHashMap::default();
    let mut open: Vec<u32> = Vec::new();
    for vertex in walk {
        if let Some(position) = seen.get(vertex).copied() {
            let ring = open.split_off(position);
            for passed in &ring {
                seen.remove(passed);
            }
            rings.push(ring);
        }
        seen.insert(*vertex, open.len());
        open.push(*vertex);
    }
    if !open.is_empty() {
        rings.push(open);
    }
}

/// Whether `inner` lies inside `outer`, for rings that do not cross but may touch at vertices: judged by the middle of
/// an edge of `inner`, which touches nothing.
fn ring_lies_in(inner: &[Coord<f64>], outer: &[Coord<f64>]) -> bool {
    let middle = (inner[0] + inner[1]) / 2.0;
    contains(outer, middle)
}

/// Whether `place` lies inside `ring` (even–odd rule).
pub(super) fn contains(ring: &[Coord<f64>], place: Coord<f64>) -> bool {
    let mut inside = false;
    let mut previous = ring[ring.len() - 1];
    for current in ring {
        if (current.y > place.y) != (previous.y > place.y) {
            let x = previous.x + (place.y - previous.y) / (current.y - previous.y) * (current.x - previous.x);
            inside ^= place.x < x;
        }
        previous = *current;
    }
    inside
}

fn closed(mut ring: Vec<Coord<f64>>) -> LineString<f64> {
    if let Some(first) = ring.first().copied() {
        ring.push(first);
    }
    LineString::new(ring)
}
