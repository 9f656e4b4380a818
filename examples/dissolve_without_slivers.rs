//! Builds shared borders from two outlines that do not quite meet, and merges them.
//!
//! `cargo run --example dissolve_without_slivers`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use geo::{Area, MultiPolygon, polygon};
use xuequ::space::Coverage;
use xuequ::space::topology::Tolerance;

fn main() {
    let west: MultiPolygon<f64> = polygon![(x: 0., y: 0.), (x: 100., y: 0.), (x: 100., y: 50.), (x: 0., y: 50.)].into();
    // Four millimetres off, and with a corner in the middle of the common border.
    let east =
        polygon![(x: 100.004, y: 0.), (x: 200., y: 0.), (x: 200., y: 50.), (x: 100.004, y: 50.), (x: 100., y: 20.)];
    let east: MultiPolygon<f64> = east.into();

    let (coverage, _) = Coverage::build(&[Some(&west), Some(&east)].into_iter().collect(), Tolerance::default());
    for arc in coverage.arcs() {
        println!("{:?} | {:?}", arc.left(), arc.right());
    }
    let merged = &coverage.dissolve(1, |_| Some(0))[0];
    println!("{} part, {:.1} m²", merged.0.len(), merged.unsigned_area());
}
