//! What a scheme is worth: pure functions of a county, its ground and a scheme.
//!
//! Nothing here knows how a scheme was made, so one drawn by hand is judged by the same code as a computed one. Every
//! value says its unit in its name or its documentation; shares lie between 0 and 1. What an office reviews once a year
//! stands here as well: targets, and the rubric groups are scored by.

mod authorities;
mod bureau_rule;
mod change;
mod community;
mod compactness;
mod contiguity;
mod distance;
mod district;
mod envy;
mod equity;
mod evaluation;
mod flow;
mod grouping;
mod limits;
mod lines;
mod objective;
mod rubric;
mod rule;
mod score;
mod seats;
mod shortage;
mod standard;
mod statistics;
mod strength;
mod target;

pub use authorities::authorities;
pub use bureau_rule::HARD_BUREAU_RULES;
pub use change::{Change, change};
pub use community::{Community, communities};
pub use compactness::{polsby_popper, shapes};
pub use contiguity::{detached, parts, unreached};
pub use distance::{DistanceMeasures, distances};
pub use district::{DistrictMeasures, TerritoryPart, districts, unknown_waivers};
pub use envy::{Envy, envy};
pub use equity::{IndicatorSpread, Theil, indicator_spread, theil, weighted_variation};
pub use evaluation::{
    BoundClaim, CommunityPart, Evaluation, PartedCommunity, PoolMeasures, SCHEMA, SchoolMeasures, StageEquity,
    StageMeasures, evaluate,
};
pub use grouping::{
    Approval, CoreCandidate, CountyCoverage, Coverage, Detour, DetourReason, ExchangeMeasures, FrontierPoint,
    GROUPING_SCHEMA, GroupMeasures, GroupingBoundClaim, GroupingEvaluation, GroupingMeasures, InSeveral, LevelSummary,
    Objectives, Pair, PhaseMeasures, Plaques, ResearchBase, SolverClaim, Spread, Transfer, TransferSpread,
    common_level, core_candidates, frontier, grouping, objectives, small_sites_outside,
};
pub use limits::limits;
pub use lines::{DistrictLines, DrawnFrom, PriceOfLines};
pub use objective::{Objective, Terms, Weights, borders, objective};
pub use rubric::{Calculation, DEADLINES, Deadline, ITEMS, Points, Reviewer, RubricItem, Section};
pub use rule::{Breach, LISTED_BREACHES, RuleReport, Verdict};
pub use score::{GroupReview, ItemScore, SectionScore, score};
pub use seats::{Load, SharedSeats, loads, shared_seats};
pub use shortage::{Relaxation, Shortage, TightCut};
pub use standard::{SchoolStandard, ShortIndicator, school_standards};
pub use statistics::{percentile, weighted_percentile};
pub use strength::{Strength, Strengths, Tier, strengths};
pub use target::{JudgedTarget, Standing, targets};
