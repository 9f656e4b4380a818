//! Groupings between which an office may choose: by weights of nearness, size and pairing, and with the imbalance of strength
//! held below a most there may be.

use super::{Parameters, group};
use crate::model::settings::Settings;
use crate::model::{County, Districts, Stage};

/// Weights of nearness, size and pairing: nearness alone, with one of the others, with both.
const WEIGHTS: [[f64; 3]; 11] = [
    [1.0, 0.0, 0.0],
    [0.8, 0.0, 0.2],
    [0.6, 0.0, 0.4],
    [0.4, 0.0, 0.6],
    [0.2, 0.0, 0.8],
    [0.1, 0.0, 0.9],
    [0.7, 0.3, 0.0],
    [0.4, 0.6, 0.0],
    [0.6, 0.2, 0.2],
    [0.4, 0.25, 0.35],
    [0.2, 0.4, 0.4],
];

/// The most imbalance there may be, as shares of what there is where every school is with its nearest lead. Weights alone
/// find no grouping that lies in a hollow of the frontier.
const MOST: [f64; 5] = [0.8, 0.6, 0.4, 0.2, 0.1];

/// A grouping with what was asked for.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Weights of nearness, size and pairing.
    pub weights: [f64; 3],
    /// The most imbalance there may be, in place of its weight.
    pub most_imbalance: Option<f64>,
    /// The districts.
    pub districts: Districts,
}

/// Groups the schools of one stage for each of some weights, and for some bounds of imbalance; none where [`group`] gives
/// none. `done` is told after each how many there are and how many will be.
///
/// Deterministic in the seed. Cost: that of [`group`] sixteen times.
///
/// # Reference
/// Bounds in place of weights: Y. Y. Haimes, L. S. Lasdon, D. A. Wismer: On a bicriterion formulation of the problems of
/// integrated system identification and system optimization. IEEE Transactions on Systems, Man, and Cybernetics 1(3), 1971.
pub fn sweep(
    county: &County,
    stage: Stage,
    settings: &Settings,
    parameters: Parameters,
    mut done: impl FnMut(usize, usize),
) -> Vec<Candidate> {
    let weighed = WEIGHTS.into_iter().map(|weights| (weights, None));
    let bounded = MOST.into_iter().map(|most| ([1.0, 0.0, 1.0], Some(most)));
    let asked: Vec<([f64; 3], Option<f64>)> = weighed.chain(bounded).collect();
    let count = asked.len();
    let mut candidates = Vec::new();
    for (position, (weights, most_imbalance)) in asked.into_iter().enumerate() {
        let mut settings = settings.clone();
        let wishes = &mut settings.districts;
        [wishes.near, wishes.size, wishes.pair] = weights;
        wishes.metres_per_point = None;
        let found = group(
            county,
            stage,
            None,
            &settings,
            Parameters { most_imbalance, exact: false, prove: false, ..parameters },
        );
        let candidate = |districts| Candidate { weights, most_imbalance, districts };
        candidates.extend(found.map(|grouping| candidate(grouping.districts)));
        done(position + 1, count);
    }
    candidates
}
