//! Nearness (位置相近): how far pupils go.

use rayon::prelude::*;
use serde::Serialize;

use super::weighted_percentile;
use crate::model::{BlockIndex, Catchments, County, Stage};
use crate::space::Nearby;

/// How far the pupils of some blocks go. All zero where there are no pupils.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct DistanceMeasures {
    /// Sum over blocks of pupils × distance, in kilometres.
    pub pupil_km: f64,
    /// Mean over pupils, in metres.
    pub mean_distance_m: f64,
    /// Half of the pupils go at most this far, in metres.
    pub median_distance_m: f64,
    /// 95 % of the pupils go at most this far, in metres.
    pub p95_distance_m: f64,
    /// The longest way any pupil has, in metres.
    pub max_distance_m: f64,
    /// Share of pupils within the service radius.
    pub within_radius_share: f64,
    /// Share of pupils whose school is the nearest one of the stage.
    pub nearest_share: f64,
    /// 95 % of the pupils go at most this many times as far as to the nearest school.
    pub p95_detour_factor: f64,
}

/// Measures the ways of the pupils of `blocks` in one stage; blocks without a school are left out. Schools of a pool are
/// as far as [`Nearby::metres`] has them.
///
/// `nearby` are the schools of that stage. Cost: linear in blocks and in the schools that are nearer than their own.
pub fn distances(
    county: &County,
    nearby: &Nearby<'_>,
    catchments: &Catchments,
    blocks: impl Iterator<Item = BlockIndex>,
    radius_m: f64,
) -> DistanceMeasures {
    let stage = catchments.stage;
    let way = |block: &BlockIndex| {
        let count = u64::from(county.block(*block).pupils[stage]);
        let school = catchments.school_of(*block).filter(|_| count > 0)?;
        let way = nearby.metres(*block, school);
        let mut least = way;
        nearby.nearer(*block, way, |_, metres| least = least.min(metres));
        Some((way, least, count))
    };
    let blocks: Vec<BlockIndex> = blocks.collect();
    // Found by all threads, and summed in the order of the blocks.
    let found: Vec<(f64, f64, u64)> = blocks.par_iter().with_min_len(1_024).filter_map(way).collect();
    let mut ways: Vec<(f64, u64)> = Vec::with_capacity(found.len());
    let mut detours: Vec<(f64, u64)> = Vec::with_capacity(found.len());
    let (mut metres, mut pupils, mut within, mut nearest) = (0.0, 0, 0, 0);
    for (way, least, count) in found {
        metres += way * count as f64;
        pupils += count;
        within += if way <= radius_m { count } else { 0 };
        nearest += if way <= least { count } else { 0 };
        ways.push((way, count));
        detours.push((if least > 0.0 { way / least } else { 1.0 }, count));
    }
    if pupils == 0 {
        return DistanceMeasures::default();
    }
    let share = |part: u64| part as f64 / pupils as f64;
    DistanceMeasures {
        pupil_km: metres / 1000.0,
        mean_distance_m: metres / pupils as f64,
        median_distance_m: weighted_percentile(&mut ways, 0.5),
        p95_distance_m: weighted_percentile(&mut ways, 0.95),
        max_distance_m: ways.last().map_or(0.0, |(way, _)| *way),
        within_radius_share: share(within),
        nearest_share: share(nearest),
        p95_detour_factor: weighted_percentile(&mut detours, 0.95),
    }
}

/// The service radius of a stage in metres, as the settings have it.
pub(super) fn radius(stage: Stage, settings: &crate::model::settings::MeasureSettings) -> f64 {
    match stage {
        Stage::Primary => settings.radius_primary_m,
        Stage::Junior => settings.radius_junior_m,
        Stage::All => settings.radius_all_m,
    }
}
