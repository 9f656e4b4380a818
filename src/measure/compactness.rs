//! How compact grounds are.

use crate::space::Coverage;

/// 4π × area / perimeter²: 1 for a disc, towards 0 for a ragged ground; 0 for an empty one.
///
/// # Reference
/// D. D. Polsby, R. D. Popper: The third criterion. Yale Law & Policy Review 9(2), 1991.
#[must_use]
pub fn polsby_popper(area: f64, perimeter: f64) -> f64 {
    if perimeter > 0.0 { 4.0 * std::f64::consts::PI * area / (perimeter * perimeter) } else { 0.0 }
}

/// Area in m² and perimeter in metres of each of `count` grounds, where `label` says which ground a block belongs to.
///
/// Read off the shared borders. Cost: linear in the vertices of the coverage.
///
/// # Panics
/// Where a label is `count` or more.
#[must_use]
pub fn shapes(coverage: &Coverage, count: usize, label: impl Fn(usize) -> Option<usize>) -> Vec<(f64, f64)> {
    let mut shapes = vec![(0.0, 0.0); count];
    let label_of = |owner: Option<u32>| owner.and_then(|owner| label(owner as usize));
    // Areas are summed from one place of the county, so that coordinates of millions of metres lose no precision.
    let origin = coverage.arcs().first().and_then(|arc| coverage.places(arc).next());
    let Some(origin) = origin else { return shapes };
    for arc in coverage.arcs() {
        let (left, right) = (label_of(arc.left()), label_of(arc.right()));
        if left == right {
            continue;
        }
        let mut under = 0.0;
        let mut previous = None;
        for place in coverage.places(arc) {
            let place = place - origin;
            if let Some(previous) = previous.replace(place) {
                under += (previous.x * place.y - place.x * previous.y) / 2.0;
            }
        }
        if let Some(label) = left {
            shapes[label].0 += under;
            shapes[label].1 += coverage.length(arc);
        }
        if let Some(label) = right {
            shapes[label].0 -= under;
            shapes[label].1 += coverage.length(arc);
        }
    }
    shapes
}
