//! Step 4: each face gets one owner.

use std::collections::BTreeMap;

use geo::{Area, Coord};

use super::arrangement::{Arrangement, OUTSIDE};
use super::edge::{EdgeTable, Run};
use super::vertex::VertexTable;
use super::{Gap, Overlap, Settlement, Tolerance};
use crate::model::Outlines;

/// The owner of some ground, or nobody, in the room of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owner(u32);

impl Owner {
    pub(super) const NOBODY: Owner = Owner(u32::MAX);

    pub(super) fn of(owner: Option<u32>) -> Owner {
        owner.map_or(Owner::NOBODY, Owner)
    }

    pub(super) fn get(self) -> Option<u32> {
        (self != Owner::NOBODY).then_some(self.0)
    }
}

/// For each edge of the table the owner of the ground to the left and to the right of low → high.
pub(super) type Owners = Vec<(Owner, Owner)>;

/// Whether no ground is covered twice or from the wrong side, judged by the sum of turns around each face.
pub(super) fn is_partition(faces: &Arrangement, table: &EdgeTable) -> bool {
    sheets(faces, table).iter().all(|count| (0..=1).contains(count))
}

/// How many outlines cover each face, counted by turns.
fn sheets(faces: &Arrangement, table: &EdgeTable) -> Vec<i32> {
    let mut sheets = vec![0; faces.face_count];
    walk_faces(faces, |known, new, edge, new_is_left| {
        let turns = table.net_turns(&table.edges()[edge]);
        sheets[new] = sheets[known] + if new_is_left { turns } else { -turns };
    });
    sheets
}

/// Visits every face once, from the outside inwards: `visit(known face, new face, edge of the table, whether the new
/// face is on the left of that edge)`.
fn walk_faces(faces: &Arrangement, mut visit: impl FnMut(usize, usize, usize, bool)) {
    let mut first = vec![0_usize; faces.face_count + 1];
    for (left, right) in faces.left.iter().zip(&faces.right) {
        first[*left as usize + 1] += 1;
        first[*right as usize + 1] += 1;
    }
    for face in 0..faces.face_count {
        first[face + 1] += first[face];
    }
    let mut sides = vec![0_usize; faces.edges.len() * 2];
    let mut fill = first.clone();
    for (position, (left, right)) in faces.left.iter().zip(&faces.right).enumerate() {
        for face in [*left, *right] {
            sides[fill[face as usize]] = position;
            fill[face as usize] += 1;
        }
    }
    let mut seen = vec![false; faces.face_count];
    seen[OUTSIDE as usize] = true;
    let mut queue = vec![OUTSIDE as usize];
    while let Some(face) = queue.pop() {
        for position in &sides[first[face]..first[face + 1]] {
            let (left, right) = (faces.left[*position] as usize, faces.right[*position] as usize);
            let (other, other_is_left) = if left == face { (right, false) } else { (left, true) };
            if !seen[other] {
                seen[other] = true;
                visit(face, other, faces.edges[*position], other_is_left);
                queue.push(other);
            }
        }
    }
}

/// The clean case: owners follow from the runs, and only slivers between outlines are left to close.
pub(super) fn settle_gaps(
    faces: &Arrangement,
    table: &EdgeTable,
    vertices: &VertexTable,
    tolerance: Tolerance,
    settlement: &mut Settlement,
) -> Owners {
    let mut owners: Owners = table
        .edges()
        .iter()
        .map(|edge| {
            let along =
                |turns: i32| Owner::of(table.runs(edge).iter().find(|run| run.turns == turns).map(|run| run.owner));
            (along(1), along(-1))
        })
        .collect();
    let covered: Vec<bool> = sheets(faces, table).iter().map(|count| *count == 1).collect();
    for gap in find_gaps(faces, vertices, table, &covered, &owners, tolerance) {
        if let Some(owner) = gap.found.closed_by {
            for (position, is_left) in gap.sides {
                let side = if is_left { &mut owners[position].0 } else { &mut owners[position].1 };
                *side = Owner::of(u32::try_from(owner).ok());
            }
        }
        settlement.gaps.push(gap.found);
    }
    owners
}

/// The general case: who covers each face is found by crossing edges from the outside inwards.
pub(super) fn settle(
    faces: &Arrangement,
    table: &EdgeTable,
    vertices: &VertexTable,
    outlines: &Outlines,
    tolerance: Tolerance,
    settlement: &mut Settlement,
) -> Owners {
    let size: Vec<f64> =
        outlines.iter().map(|outline| outline.map_or(0.0, |outline| outline.unsigned_area())).collect();
    let covers = covering_runs(faces, table);
    // The smaller outline keeps shared ground; the earlier one where both are as large.
    let owner_of_face: Vec<Option<u32>> = covers
        .iter()
        .map(|cover| {
            cover.iter().map(|run| run.owner).min_by(|first, second| {
                size[*first as usize].total_cmp(&size[*second as usize]).then(first.cmp(second))
            })
        })
        .collect();
    list_overlaps(faces, table, vertices, &covers, &owner_of_face, settlement);

    let mut owners: Owners = vec![(Owner::NOBODY, Owner::NOBODY); table.edges().len()];
    for (position, edge) in faces.edges.iter().enumerate() {
        let of_face = |face: u32| Owner::of(owner_of_face[face as usize]);
        owners[*edge] = (of_face(faces.left[position]), of_face(faces.right[position]));
    }
    let covered: Vec<bool> = owner_of_face.iter().map(Option::is_some).collect();
    for gap in find_gaps(faces, vertices, table, &covered, &owners, tolerance) {
        if let Some(owner) = gap.found.closed_by {
            for (position, is_left) in gap.sides {
                let side = if is_left { &mut owners[position].0 } else { &mut owners[position].1 };
                *side = Owner::of(u32::try_from(owner).ok());
            }
        }
        settlement.gaps.push(gap.found);
    }
    owners
}

/// For each face the outlines around it, with how often they run around it.
fn covering_runs(faces: &Arrangement, table: &EdgeTable) -> Vec<Vec<Run>> {
    let mut covers: Vec<Vec<Run>> = vec![Vec::new(); faces.face_count];
    walk_faces(faces, |known, new, edge, new_is_left| {
        let mut cover = covers[known].clone();
        for run in table.runs(&table.edges()[edge]) {
            let turns = if new_is_left { run.turns } else { -run.turns };
            match cover.binary_search_by_key(&run.owner, |run| run.owner) {
                Ok(position) => {
                    cover[position].turns += turns;
                    if cover[position].turns == 0 {
                        cover.remove(position);
                    }
                }
                Err(position) => cover.insert(position, Run { owner: run.owner, turns }),
            }
        }
        covers[new] = cover;
    });
    covers
}

fn list_overlaps(
    faces: &Arrangement,
    table: &EdgeTable,
    vertices: &VertexTable,
    covers: &[Vec<Run>],
    owner_of_face: &[Option<u32>],
    settlement: &mut Settlement,
) {
    if covers.iter().all(|cover| cover.len() < 2) {
        return;
    }
    let shapes = FaceShapes::of(faces, table, vertices);
    let mut pairs: BTreeMap<(u32, u32), (f64, f64, Coord<f64>)> = BTreeMap::new();
    for (face, cover) in covers.iter().enumerate() {
        let Some(kept) = owner_of_face[face] else { continue };
        for run in cover.iter().filter(|run| run.owner != kept) {
            let area = shapes.area[face];
            let entry = pairs.entry((kept, run.owner)).or_insert((0.0, 0.0, shapes.longest[face].1));
            entry.0 += area;
            if area > entry.1 {
                (entry.1, entry.2) = (area, shapes.longest[face].1);
            }
        }
    }
    settlement.overlaps.extend(pairs.into_iter().map(|((kept, ceded), (area, _, place))| Overlap {
        kept: kept as usize,
        ceded: ceded as usize,
        area,
        place,
    }));
}

/// A gap with the sides of edges (edge of the table, whether its left side) that look into it.
struct GapSides {
    found: Gap,
    sides: Vec<(usize, bool)>,
}

fn find_gaps(
    faces: &Arrangement,
    vertices: &VertexTable,
    table: &EdgeTable,
    covered: &[bool],
    owners: &Owners,
    tolerance: Tolerance,
) -> Vec<GapSides> {
    let open = |face: u32| face != OUTSIDE && !covered[face as usize];
    let mut sides: BTreeMap<u32, Vec<(usize, bool)>> = BTreeMap::new();
    for (position, edge) in faces.edges.iter().enumerate() {
        for (face, is_left) in [(faces.left[position], true), (faces.right[position], false)] {
            if open(face) {
                sides.entry(face).or_default().push((*edge, is_left));
            }
        }
    }
    if sides.is_empty() {
        return Vec::new();
    }
    let shapes = FaceShapes::of(faces, table, vertices);
    sides
        .into_iter()
        .map(|(face, sides)| {
            let (area, perimeter) = (shapes.area[face as usize], shapes.perimeter[face as usize]);
            let closed_by = (2.0 * area <= tolerance.sliver_width * perimeter)
                .then(|| longest_neighbour(&sides, table, vertices, owners));
            let found = Gap { area, place: shapes.longest[face as usize].1, closed_by: closed_by.flatten() };
            GapSides { found, sides }
        })
        .collect()
}

/// The owner across the sides of a gap that shares the longest border with it; the earlier one where two are as long.
fn longest_neighbour(
    sides: &[(usize, bool)],
    table: &EdgeTable,
    vertices: &VertexTable,
    owners: &Owners,
) -> Option<usize> {
    let mut lengths: BTreeMap<u32, f64> = BTreeMap::new();
    for (position, is_left) in sides {
        let across = if *is_left { owners[*position].1 } else { owners[*position].0 };
        if let Some(owner) = across.get() {
            let edge = table.edges()[*position];
            let along = vertices.place(edge.high) - vertices.place(edge.low);
            *lengths.entry(owner).or_default() += along.x.hypot(along.y);
        }
    }
    lengths
        .into_iter()
        .max_by(|first, second| first.1.total_cmp(&second.1).then(second.0.cmp(&first.0)))
        .map(|(owner, _)| owner as usize)
}

/// Area, perimeter and the middle of the longest edge of each face.
struct FaceShapes {
    area: Vec<f64>,
    perimeter: Vec<f64>,
    longest: Vec<(f64, Coord<f64>)>,
}

impl FaceShapes {
    fn of(faces: &Arrangement, table: &EdgeTable, vertices: &VertexTable) -> FaceShapes {
        let nowhere = (-1.0, Coord { x: 0.0, y: 0.0 });
        let mut shapes = FaceShapes {
            area: vec![0.0; faces.face_count],
            perimeter: vec![0.0; faces.face_count],
            longest: vec![nowhere; faces.face_count],
        };
        let origin = faces.edges.first().map_or(nowhere.1, |edge| vertices.place(table.edges()[*edge].low));
        for (position, edge) in faces.edges.iter().enumerate() {
            let edge = table.edges()[*edge];
            let (start, end) = (vertices.place(edge.low) - origin, vertices.place(edge.high) - origin);
            let under = (start.x * end.y - end.x * start.y) / 2.0;
            let length = (end.x - start.x).hypot(end.y - start.y);
            let (left, right) = (faces.left[position] as usize, faces.right[position] as usize);
            shapes.area[left] += under;
            shapes.area[right] -= under;
            for face in [left, right] {
                shapes.perimeter[face] += length;
                if length > shapes.longest[face].0 {
                    shapes.longest[face] = (length, origin + (start + end) / 2.0);
                }
            }
        }
        shapes
    }
}
