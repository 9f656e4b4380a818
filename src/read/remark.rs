//! What readers do to shapes as they read them, and how that is reported.

use geo::{Coord, LineString};

use super::coordinates::Way;
use super::layer::Layer;
use super::shapes::Shape;
use crate::model::{Finding, FindingCode};

/// What was done to the shape of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A ring was closed from its last point to its first.
    Closed {
        /// Which part of the outline.
        part: u32,
        /// Which ring of it, the shell first.
        ring: u32,
    },
    /// Heights or measures beside the two coordinates were left out.
    HeightsLeftOut,
    /// The usable part of a collection of shapes was taken.
    TakenFromCollection {
        /// How many shapes were in it.
        members: u32,
    },
    /// Rings whose direction does not say whether they are holes were sorted by what lies in what.
    RingsSorted,
}

/// An act with the position of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Position of the row in the table.
    pub row: u32,
    /// What was done.
    pub act: Act,
}

/// Reports what was done to the shapes of a layer: rings that were closed one by one, the others with their number.
pub(super) fn report(layer: &Layer, way: &Way<'_>, findings: &mut Vec<Finding>) {
    let row_finding = |code: FindingCode, row: u32| {
        let row = row as usize;
        layer.about_row(layer.table.finding(code, row), row)
    };
    for remark in &layer.table.remarks {
        let Act::Closed { part, ring } = remark.act else { continue };
        let finding = row_finding(FindingCode::OutlineUnclosed, remark.row);
        let ends = ring_at(layer, remark.row, part, ring).and_then(|line| {
            let [.., last, _] = line.0.as_slice() else { return None };
            Some((way.place(line.0[0]).ok()?, way.place(*last).ok()?))
        });
        findings.push(match ends {
            Some((first, last)) => {
                let metres = (first.x - last.x).hypot(first.y - last.y);
                finding.at_place(way.to_earth(last)).decimal("metres", metres, 1)
            }
            None => finding.decimal("metres", 0.0, 1),
        });
    }
    let mut counted = |code: FindingCode, counts: &dyn Fn(Act) -> bool| {
        let mut rows: Vec<u32> =
            layer.table.remarks.iter().filter(|remark| counts(remark.act)).map(|remark| remark.row).collect();
        rows.dedup();
        if let Some(first) = rows.first() {
            findings.push(row_finding(code, *first).count("count", rows.len()));
        }
    };
    counted(FindingCode::OutlineRingsSorted, &|act| act == Act::RingsSorted);
    counted(FindingCode::ShapeFromCollection, &|act| matches!(act, Act::TakenFromCollection { .. }));
    counted(FindingCode::ShapeHeights, &|act| act == Act::HeightsLeftOut);
}

fn ring_at(layer: &Layer, row: u32, part: u32, ring: u32) -> Option<LineString<f64>> {
    let Some(Shape::Outline(outline)) = layer.table.shapes.get(row as usize) else { return None };
    let (shell, mut holes) = outline.0.into_iter().nth(part as usize)?.into_inner();
    match ring as usize {
        0 => Some(shell),
        hole => (hole <= holes.len()).then(|| holes.swap_remove(hole - 1)),
    }
}

/// Whether a line of an outline ends where it begins, so that it may stand for one.
pub(super) fn is_closed(line: &LineString<f64>) -> bool {
    let distinct = |places: &[Coord<f64>]| places.windows(2).filter(|pair| pair[0] != pair[1]).count();
    line.0.first() == line.0.last() && distinct(&line.0) >= 3
}
