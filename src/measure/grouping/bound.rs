//! What is said of a grouping beside the best there may be.

use serde::Serialize;

use super::round;

/// A lower bound on what was made least, with what the grouping has of it, in metres.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupingBoundClaim {
    /// What the bound rests on, by ids of rules: it holds for every grouping with the same leads that keeps them.
    pub covers: Vec<&'static str>,
    /// The file that proves it.
    pub file: String,
    /// Ways to the leads, times their weight.
    pub near_m: f64,
    /// What long ways count on top.
    pub far_m: f64,
    /// What schools more or less than wanted count.
    pub size_m: f64,
    /// What strength above or below the mean counts. Internal.
    pub pair_m: f64,
    /// What districts without town or without country schools count.
    pub mix_m: f64,
    /// All of these together.
    pub total_m: f64,
    /// What no such grouping can be below.
    pub lower_bound_m: f64,
    /// By how many percent the grouping is above that; none where it breaks sizes.
    pub gap_percent: Option<f64>,
    /// What a solver of mixed-integer programs says, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solver: Option<SolverClaim>,
}

/// What the solver of the feature `exact` says no grouping with the same leads can be below. It gives no proof that could be
/// gone through again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SolverClaim {
    /// The solver.
    pub name: &'static str,
    /// Its lower bound, in metres.
    pub lower_bound_m: f64,
    /// By how many percent the grouping is above that; none where it breaks sizes.
    pub gap_percent: Option<f64>,
}

impl GroupingBoundClaim {
    /// States a bound of so many millimetres, and that of a solver in metres, beside the terms of the grouping in metres: ways, long ways, sizes, strength, mixture.
    #[must_use]
    pub fn new(
        terms: [f64; 5],
        millimetres: i64,
        solver_m: Option<f64>,
        keeps_sizes: bool,
        file: String,
    ) -> GroupingBoundClaim {
        let [near_m, far_m, size_m, pair_m, mix_m] = terms.map(|metres| round(metres, 3));
        let total = terms.iter().sum::<f64>();
        // No term is negative, whatever rounding took from the proof.
        let bound = millimetres.max(0) as f64 / 1000.0;
        let gap = |bound: f64| (keeps_sizes && bound > 0.0).then(|| round(100.0 * (total / bound - 1.0).max(0.0), 4));
        let solver = solver_m.map(|bound| SolverClaim {
            name: "HiGHS",
            lower_bound_m: round(bound, 3),
            gap_percent: gap(bound),
        });
        GroupingBoundClaim {
            covers: vec!["one-district", "district-size", "district-locks"],
            file,
            near_m,
            far_m,
            size_m,
            pair_m,
            mix_m,
            total_m: round(total, 3),
            lower_bound_m: bound,
            gap_percent: gap(bound),
            solver,
        }
    }
}
