//! Step 2: edges are cut where a foreign vertex lies on them or a foreign edge crosses them.

use geo::Coord;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree, RTreeObject};
use rustc_hash::FxHashSet;

use super::edge::{Edge, EdgeTable};
use super::vertex::{VertexTable, signed_area};

/// Cutting bends an edge by up to the tolerance, which may bring it onto another vertex; real outlines settle in
/// two or three passes, and the limit only guards against input made to defeat the tolerance.
const PASSES: usize = 12;

type Envelope = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// Cuts the edges `chosen` picks against each other until none crosses another or passes a vertex within
/// `tolerance`; returns how many cuts were made.
pub(super) fn cut(
    vertices: &mut VertexTable,
    table: &mut EdgeTable,
    chosen: impl Fn(&EdgeTable, &Edge) -> bool,
    tolerance: f64,
) -> usize {
    let mut total = 0;
    // From the second pass on only edges at a vertex that was just cut in can have changed.
    let mut fresh: Option<FxHashSet<u32>> = None;
    for _ in 0..PASSES {
        let picked: Vec<usize> =
            (0..table.edges().len()).filter(|position| chosen(table, &table.edges()[*position])).collect();
        let tree = RTree::bulk_load(
            picked.iter().map(|position| envelope(&table.edges()[*position], *position, vertices, tolerance)).collect(),
        );
        let mut cuts: Vec<(usize, u32)> = Vec::new();
        for position in &picked {
            let edge = table.edges()[*position];
            let own = fresh.as_ref().is_none_or(|fresh| fresh.contains(&edge.low) || fresh.contains(&edge.high));
            let around = envelope(&edge, *position, vertices, tolerance).envelope();
            let mut near: Vec<usize> = tree.locate_in_envelope_intersecting(&around).map(|found| found.data).collect();
            near.sort_unstable();
            for other_position in near {
                let other = table.edges()[other_position];
                let changed =
                    own || fresh.as_ref().is_none_or(|fresh| fresh.contains(&other.low) || fresh.contains(&other.high));
                if other_position == *position || !changed {
                    continue;
                }
                for vertex in [other.low, other.high] {
                    if lies_on(vertex, &edge, vertices, tolerance) {
                        cuts.push((*position, vertex));
                    }
                }
                if *position < other_position
                    && let Some(place) = crossing(&edge, &other, vertices, tolerance)
                {
                    let vertex = vertices.at(place, tolerance);
                    cuts.extend([(*position, vertex), (other_position, vertex)]);
                }
            }
        }
        let cuts = in_order(cuts, table, vertices);
        if cuts.is_empty() {
            break;
        }
        total += cuts.iter().map(|(_, between)| between.len()).sum::<usize>();
        fresh = Some(cuts.iter().flat_map(|(_, between)| between.iter().copied()).collect());
        table.cut(&cuts, vertices.len());
    }
    total
}

fn envelope(edge: &Edge, position: usize, vertices: &VertexTable, tolerance: f64) -> Envelope {
    let (start, end) = (vertices.place(edge.low), vertices.place(edge.high));
    let low = [start.x.min(end.x) - tolerance, start.y.min(end.y) - tolerance];
    let high = [start.x.max(end.x) + tolerance, start.y.max(end.y) + tolerance];
    GeomWithData::new(Rectangle::from_aabb(AABB::from_corners(low, high)), position)
}

/// Where along `edge`, as a share of its length, the foot of `place` lies.
fn share_along(edge: &Edge, place: Coord<f64>, vertices: &VertexTable) -> f64 {
    let (start, end) = (vertices.place(edge.low), vertices.place(edge.high));
    let (along, to) = (end - start, place - start);
    (along.x * to.x + along.y * to.y) / (along.x * along.x + along.y * along.y)
}

fn lies_on(vertex: u32, edge: &Edge, vertices: &VertexTable, tolerance: f64) -> bool {
    if vertex == edge.low || vertex == edge.high {
        return false;
    }
    let place = vertices.place(vertex);
    let share = share_along(edge, place, vertices);
    if share <= 0.0 || share >= 1.0 {
        return false;
    }
    let (start, end) = (vertices.place(edge.low), vertices.place(edge.high));
    let foot = start + (end - start) * share;
    (place.x - foot.x).hypot(place.y - foot.y) <= tolerance
}

/// Where two edges cross in their interiors, away from all four ends.
fn crossing(first: &Edge, second: &Edge, vertices: &VertexTable, tolerance: f64) -> Option<Coord<f64>> {
    let ends = [first.low, first.high];
    if ends.contains(&second.low) || ends.contains(&second.high) {
        return None;
    }
    let touches = lies_on(first.low, second, vertices, tolerance)
        || lies_on(first.high, second, vertices, tolerance)
        || lies_on(second.low, first, vertices, tolerance)
        || lies_on(second.high, first, vertices, tolerance);
    if touches {
        return None;
    }
    let side = |first: u32, second: u32, third: u32| {
        signed_area([first, second, third].into_iter().map(|vertex| vertices.place(vertex)))
    };
    let (low, high) = (side(first.low, first.high, second.low), side(first.low, first.high, second.high));
    let straddles =
        low * high < 0.0 && side(second.low, second.high, first.low) * side(second.low, second.high, first.high) < 0.0;
    straddles.then(|| {
        let share = low / (low - high);
        let (start, end) = (vertices.place(second.low), vertices.place(second.high));
        start + (end - start) * share
    })
}

/// Gathers loose cuts by edge, in order along it, without the edge's own ends and without repetition.
fn in_order(mut cuts: Vec<(usize, u32)>, table: &EdgeTable, vertices: &VertexTable) -> Vec<(usize, Vec<u32>)> {
    cuts.retain(|(position, vertex)| {
        let edge = table.edges()[*position];
        *vertex != edge.low && *vertex != edge.high
    });
    cuts.sort_unstable();
    cuts.dedup();
    cuts.chunk_by(|first, second| first.0 == second.0)
        .map(|chunk| {
            let position = chunk[0].0;
            let edge = table.edges()[position];
            let mut between: Vec<(f64, u32)> = chunk
                .iter()
                .map(|(_, vertex)| (share_along(&edge, vertices.place(*vertex), vertices), *vertex))
                .collect();
            between.sort_unstable_by(|first, second| first.0.total_cmp(&second.0).then(first.1.cmp(&second.1)));
            (position, between.into_iter().map(|(_, vertex)| vertex).collect())
        })
        .collect()
}
