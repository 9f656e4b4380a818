//! Everything that is measured of a scheme, in one value: what `evaluation.json` holds.

use rayon::prelude::*;
use serde::Serialize;

use super::compactness::{polsby_popper, shapes};
use super::distance::radius;
use super::district::{DistrictMeasures, mean_strength};
use super::equity::{IndicatorSpread, Theil, indicator_spread, theil, weighted_variation};
use super::grouping::rules_of_all_stages;
use super::lines::{DistrictLines, PriceOfLines, price_of_lines};
use super::rule::{Judged, RuleReport, Verdict, judge, round};
use super::shortage::{Shortage, shortage};
use super::{
    Change, Envy, HARD_BUREAU_RULES, Load, Objective, SharedSeats, Strengths, Tier, change, communities, detached,
    distances, districts, envy, loads, objective, shared_seats, strengths,
};
use crate::language::Language;
use crate::model::settings::{DistanceMethod, Settings};
use crate::model::{BlockIndex, Catchments, County, Districts, Scheme, SchoolIndex, Stage};
use crate::space::{Ground, Nearby};

/// The rules that are broken where pupils have no seat at a school that is for them.
const SEAT_RULES: [&str; 4] = ["assigned", "seats", "forbidden", "longest-distance"];

/// The version of the layout of `evaluation.json`.
pub const SCHEMA: &str = "xuequ/evaluation/1";

/// A proven lower bound on the pupil-kilometres of any scheme that keeps the hard rules, with what proves it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoundClaim {
    /// The stage.
    pub stage: Stage,
    /// The bound in pupil-kilometres.
    pub pupil_km: f64,
    /// The hard rules a scheme must keep for the bound to hold for it, by their ids.
    pub covers: Vec<&'static str>,
    /// The file that proves it.
    pub file: String,
}

/// Everything that is measured of a scheme.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// The version of this layout: `xuequ/evaluation/1`.
    pub schema: &'static str,
    /// The county's name, where the settings give one.
    pub county: Option<String>,
    /// How distances were measured, in words.
    pub distance_method: String,
    /// The same for programs, with what the distances rest on.
    pub distances: DistanceBasis,
    /// Whether every hard rule is kept.
    pub hard_rules_kept: bool,
    /// One entry per stage.
    pub stages: Vec<StageMeasures>,
    /// One entry per school whose seats serve both stages together.
    pub shared_seats: Vec<SharedSeats>,
    /// Every rule with its verdict, by stage, hard ones first.
    pub rules: Vec<RuleReport>,
    /// What proves the bounds, one entry per stage that has one.
    pub bounds: Vec<BoundClaim>,
}

/// What distances rest on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DistanceBasis {
    /// How they were measured.
    pub method: DistanceMethod,
    /// Pairs of a block and a school without a way, which count as the straight line and 5 km.
    pub pairs_without_way: usize,
    /// Metres a minute by which given minutes became metres.
    pub walking_speed_m_per_min: Option<f64>,
    /// The roads that were walked.
    pub roads: Option<RoadBasis>,
}

/// The roads that were walked, and how far places are from them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoadBasis {
    /// Length of the roads that hang together, in kilometres.
    pub length_km: f64,
    /// Share of the length of all roads that does not hang together with them.
    pub left_out_share: f64,
    /// Mean over blocks of the straight leg to the nearest road, in metres.
    pub mean_block_leg_m: f64,
    /// The longest straight leg from a block, in metres.
    pub max_block_leg_m: f64,
    /// Mean over schools of the straight leg from the nearest road to the gate, in metres.
    pub mean_school_leg_m: f64,
    /// The longest straight leg to a gate, in metres.
    pub max_school_leg_m: f64,
}

fn distance_basis(ground: &Ground) -> DistanceBasis {
    let mean = |legs: &[f64]| round(legs.iter().sum::<f64>() / legs.len().max(1) as f64, 1);
    let longest = |legs: &[f64]| round(legs.iter().copied().fold(0.0, f64::max), 1);
    DistanceBasis {
        method: ground.distances.method(),
        pairs_without_way: ground.distances.pairs_without_way(),
        walking_speed_m_per_min: ground.distances.walking_speed(),
        roads: ground.distances.roads().map(|roads| RoadBasis {
            length_km: round(roads.length_m / 1000.0, 3),
            left_out_share: round(roads.left_out_share, 6),
            mean_block_leg_m: mean(&roads.block_legs_m),
            max_block_leg_m: longest(&roads.block_legs_m),
            mean_school_leg_m: mean(&roads.school_legs_m),
            max_school_leg_m: longest(&roads.school_legs_m),
        }),
    }
}

/// Measures of one stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageMeasures {
    /// The stage.
    pub stage: Stage,
    /// Blocks of the county.
    pub blocks: usize,
    /// Schools that serve the stage.
    pub school_count: usize,
    /// Pupils of the stage.
    pub pupils: u64,
    /// Seats of the stage; of those a school shares between stages, the ones the other stage leaves.
    pub seats: u64,
    /// Sum over blocks of pupils × distance, in kilometres.
    pub pupil_km: f64,
    /// No scheme that keeps the rules its bound covers has less, in pupil-kilometres; absent where no bound was asked for.
    pub lower_bound_pupil_km: Option<f64>,
    /// How much the sum that is made least is above the bound, in percent; absent without a bound, and where a hard rule of
    /// catchments is broken.
    pub gap_percent: Option<f64>,
    /// The terms of the sum that is made least which the bound is a bound of; the others are never below zero, so that it
    /// holds for the sum as well. Empty without a bound.
    pub bound_covers: Vec<&'static str>,
    /// The sum that is made least, and its terms.
    pub objective: Objective,
    /// Pupils above seats, summed over catchments. Pupils above shared seats count in each of the stages.
    pub overload: u64,
    /// Blocks that cannot reach their school's home block through their own catchment.
    pub detached: usize,
    /// Blocks without a school.
    pub unassigned: usize,
    /// Why pupils have no seat at a school that is for them, where that is so.
    pub shortage: Option<Shortage>,
    /// Mean distance over pupils, in metres.
    pub mean_distance_m: f64,
    /// Half of the pupils go at most this far, in metres.
    pub median_distance_m: f64,
    /// 95 % of the pupils go at most this far, in metres.
    pub p95_distance_m: f64,
    /// The longest way any pupil has, in metres.
    pub max_distance_m: f64,
    /// The service radius compared with, in metres.
    pub radius_m: f64,
    /// Share of pupils within the service radius.
    pub within_radius_share: f64,
    /// Share of pupils whose school is the nearest one.
    pub nearest_share: f64,
    /// 95 % of the pupils go at most this many times as far as to the nearest school.
    pub p95_detour_factor: f64,
    /// Blocks passed over by a nearer school that takes others from further away.
    pub envy: Envy,
    /// Against the existing scheme, where there is one.
    pub change: Option<Change>,
    /// What it costs that catchments keep to the lines of districts, where they were planned so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district_lines: Option<PriceOfLines>,
    /// Communities whose pupils go to several schools, by name; absent where blocks name no communities.
    pub parted_communities: Option<Vec<PartedCommunity>>,
    /// One entry per school of the stage, in input order.
    pub schools: Vec<SchoolMeasures>,
    /// One entry per pool of the stage.
    pub pools: Vec<PoolMeasures>,
    /// One entry per district, where districts were made.
    pub districts: Option<Vec<DistrictMeasures>>,
    /// Likeness of schools and districts, where data of strength are given.
    pub equity: Option<StageEquity>,
}

/// A community whose pupils go to several schools.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartedCommunity {
    /// Its name.
    pub name: String,
    /// Its pupils.
    pub pupils: u64,
    /// The schools they go to, in input order.
    pub schools: Vec<CommunityPart>,
}

/// The pupils of a community at one school.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommunityPart {
    /// The school's id.
    pub school_id: String,
    /// Its name.
    pub name: String,
    /// Pupils of the community that go there.
    pub pupils: u64,
}

/// Measures of one pool: schools that share a catchment and its seats.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PoolMeasures {
    /// Its name.
    pub pool: String,
    /// The ids of its schools, in input order.
    pub school_ids: Vec<String>,
    /// Blocks of its catchment.
    pub blocks: usize,
    /// Pupils of its catchment.
    pub pupils: u64,
    /// Seats of its schools together.
    pub seats: u64,
    /// Pupils above seats.
    pub overload: u64,
    /// Mean over its pupils of the distance to its schools, weighted by their seats, in metres.
    pub mean_distance_m: f64,
    /// Mean over its pupils of the distance to the nearest of its schools, in metres.
    pub mean_nearest_m: f64,
    /// Strong schools among its schools. Internal.
    pub strong_schools: usize,
}

/// Measures of one school in one stage. Where it is in a pool, all but its own seats and its strength are the pool's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SchoolMeasures {
    /// Its id.
    pub school_id: String,
    /// Its name.
    pub name: String,
    /// The id of the school, where this is one of its sites 校区.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_of: Option<String>,
    /// The pool it is in, where it is in one.
    pub pool: Option<String>,
    /// Blocks of its catchment.
    pub blocks: usize,
    /// Pupils of its catchment.
    pub pupils: u64,
    /// Seats of its catchment; of those it shares between stages, the ones the other stage leaves.
    pub seats: u64,
    /// Its own seats, those it shares between stages among them.
    pub own_seats: u64,
    /// Pupils per seat.
    pub seat_use: f64,
    /// Pupils above seats.
    pub overload: u64,
    /// Sum of pupils × distance, in kilometres.
    pub pupil_km: f64,
    /// Mean distance over its pupils, in metres.
    pub mean_distance_m: f64,
    /// 95 % of its pupils go at most this far, in metres.
    pub p95_distance_m: f64,
    /// The longest way, in metres.
    pub max_distance_m: f64,
    /// Share of its pupils within the service radius.
    pub within_radius_share: f64,
    /// Area of its catchment in km²; absent where blocks have no outlines.
    pub area_km2: Option<f64>,
    /// Polsby–Popper compactness of its catchment, 0–1; absent where blocks have no outlines.
    pub compactness: Option<f64>,
    /// Strength index, 0–100. Internal.
    pub strength: Option<f64>,
}

/// Likeness of schools and districts in one stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageEquity {
    /// The official coefficient of variation of the seven indicators.
    pub indicators: Vec<IndicatorSpread>,
    /// The mean of those between schools (综合差异系数).
    pub composite_between_schools: Option<f64>,
    /// The mean of those between districts.
    pub composite_between_districts: Option<f64>,
    /// The coefficient of variation of strength between districts.
    pub strength_between_districts: Option<f64>,
    /// Theil's measure of strength over the rated schools, within and between districts; without districts all of it is
    /// within.
    pub theil: Theil,
}

/// Measures a scheme.
///
/// Pure and deterministic. Cost: linear in blocks, links and vertices, and in the schools nearer to each block than its own.
#[must_use]
pub fn evaluate(
    county: &County,
    ground: &Ground,
    scheme: &Scheme,
    bounds: &[BoundClaim],
    settings: &Settings,
    language: Language,
) -> Evaluation {
    let mut stages = Vec::new();
    let mut rules = Vec::new();
    // What a document says of numbers is about all its districts, whose stages a plan has apart.
    let is_of_all = settings.districts.across_stages && scheme.districts.len() > 1;
    for catchments in &scheme.catchments {
        let loads = loads(county, scheme, catchments.stage);
        let bound = bounds.iter().find(|bound| bound.stage == catchments.stage);
        let grouped = scheme.districts_of(catchments.stage);
        let mut measures = stage_measures(county, ground, catchments, grouped, &loads, bound, settings);
        let free = scheme.free.iter().find(|free| free.stage == catchments.stage);
        if let (Some(free), Some(districts)) = (free, grouped) {
            let lines = DistrictLines::of(county, ground, districts, free);
            let nearby = Nearby::new(county, &ground.distances, catchments.stage);
            measures.district_lines = Some(price_of_lines(county, &nearby, &lines, catchments, free));
        }
        let judged = judge(&Judged {
            county,
            ground,
            catchments,
            districts: scheme.districts_of(catchments.stage),
            loads: &loads,
            measures: &measures,
            settings,
            counts: !is_of_all,
            language,
        });
        let is_broken = |rule: &RuleReport| rule.verdict == Verdict::Broken && HARD_BUREAU_RULES.contains(&rule.id);
        if judged.iter().any(is_broken) {
            measures.gap_percent = None;
        }
        let is_short = |rule: &RuleReport| rule.verdict == Verdict::Broken && SEAT_RULES.contains(&rule.id);
        if judged.iter().any(is_short) {
            measures.shortage = Some(shortage(county, ground, catchments.stage, &loads, settings, language));
        }
        rules.extend(judged);
        stages.push(measures);
    }
    if is_of_all {
        rules.extend(rules_of_all_stages(county, &scheme.districts, settings, language));
    }
    Evaluation {
        schema: SCHEMA,
        county: county.name.clone(),
        distance_method: ground.distances.note().in_language(language),
        distances: distance_basis(ground),
        hard_rules_kept: rules.iter().all(|rule| !rule.hard || rule.verdict != Verdict::Broken),
        stages,
        shared_seats: shared_seats(county, scheme),
        rules,
        bounds: bounds.to_vec(),
    }
}

fn stage_measures(
    county: &County,
    ground: &Ground,
    catchments: &Catchments,
    grouped: Option<&Districts>,
    loads: &[Load],
    bound: Option<&BoundClaim>,
    settings: &Settings,
) -> StageMeasures {
    let stage = catchments.stage;
    let radius_m = radius(stage, &settings.measure);
    let nearby = Nearby::new(county, &ground.distances, stage);
    let all = distances(county, &nearby, catchments, county.block_indices(), radius_m);
    let strengths = strengths(county, stage, &settings.strength);
    let overload: u64 = loads.iter().map(Load::overload).sum();
    let unassigned = catchments.school_of.iter().filter(|school| school.is_none()).count();
    let detached = detached(county, ground, catchments).len();
    let terms = objective(county, ground, catchments, loads, settings);
    let beside_distance = (terms.total() - terms.distance) as f64 / 1e6;
    let gap = bound
        .filter(|bound| overload == 0 && unassigned == 0 && detached == 0 && bound.pupil_km > 0.0)
        .map(|bound| 100.0 * ((all.pupil_km + beside_distance) / bound.pupil_km - 1.0));
    let districts = grouped.map(|grouped| {
        let mut measures = districts(county, ground, catchments, grouped, &strengths, loads, &settings.districts);
        measures.iter_mut().for_each(round_district);
        measures
    });
    StageMeasures {
        stage,
        blocks: county.blocks.len(),
        school_count: county.schools_of(stage).count(),
        pupils: county.pupils(stage),
        seats: loads.iter().map(|load| load.seats).sum(),
        pupil_km: round(all.pupil_km, 6),
        // Rounded down, so that it stays a bound.
        lower_bound_pupil_km: bound.map(|bound| (bound.pupil_km * 1e6).floor() / 1e6),
        gap_percent: gap.map(|gap| round(gap, 4)),
        bound_covers: if bound.is_some() { bound_covers(settings) } else { Vec::new() },
        objective: terms.into(),
        overload,
        detached,
        unassigned,
        shortage: None,
        mean_distance_m: round(all.mean_distance_m, 1),
        median_distance_m: round(all.median_distance_m, 1),
        p95_distance_m: round(all.p95_distance_m, 1),
        max_distance_m: round(all.max_distance_m, 1),
        radius_m,
        within_radius_share: round(all.within_radius_share, 6),
        nearest_share: round(all.nearest_share, 6),
        p95_detour_factor: round(all.p95_detour_factor, 3),
        envy: rounded_envy(envy(county, &nearby, catchments)),
        change: change(county, catchments).map(|change| Change { moved_share: round(change.moved_share, 6), ..change }),
        district_lines: None,
        parted_communities: parted_communities(county, catchments),
        schools: school_measures(county, &nearby, ground, catchments, loads, &strengths, radius_m),
        pools: pool_measures(county, &nearby, catchments, loads, &strengths),
        districts,
        equity: strengths.is_known.then(|| equity(county, stage, grouped, &strengths)),
    }
}

/// The terms a bound bounds: those that are sums over blocks.
fn bound_covers(settings: &Settings) -> Vec<&'static str> {
    let change = (settings.catchments.change > 0.0).then_some("change");
    std::iter::once("distance").chain(change).collect()
}

fn parted_communities(county: &County, catchments: &Catchments) -> Option<Vec<PartedCommunity>> {
    let stage = catchments.stage;
    let part = |(school, pupils): &(SchoolIndex, u64)| CommunityPart {
        school_id: county.catchment_id(stage, *school),
        name: county.catchment_name(stage, *school),
        pupils: *pupils,
    };
    let communities = communities(county, catchments);
    let parted = communities.iter().filter(|community| community.is_parted()).map(|community| PartedCommunity {
        name: community.name.to_owned(),
        pupils: community.pupils,
        schools: community.at.iter().map(part).collect(),
    });
    (!communities.is_empty()).then(|| parted.collect())
}

fn rounded_envy(envy: Envy) -> Envy {
    Envy { share: round(envy.share, 6), ..envy }
}

fn round_district(district: &mut DistrictMeasures) {
    district.mean_to_lead_m = round(district.mean_to_lead_m, 1);
    district.max_to_lead_m = round(district.max_to_lead_m, 1);
    district.diameter_m = round(district.diameter_m, 1);
    district.mean_strength = district.mean_strength.map(|mean| round(mean, 2));
    district.area_km2 = district.area_km2.map(|area| round(area, 4));
    district.compactness = district.compactness.map(|compactness| round(compactness, 4));
}

fn school_measures(
    county: &County,
    nearby: &Nearby<'_>,
    ground: &Ground,
    catchments: &Catchments,
    loads: &[Load],
    strengths: &Strengths,
    radius_m: f64,
) -> Vec<SchoolMeasures> {
    let mut blocks_of: Vec<Vec<BlockIndex>> = vec![Vec::new(); county.schools.len()];
    for block in county.block_indices() {
        if let Some(school) = catchments.school_of(block) {
            blocks_of[school.get()].push(block);
        }
    }
    let label = |block: usize| catchments.school_of[block].map(SchoolIndex::get);
    let shapes = shapes(&ground.coverage, county.schools.len(), label);
    let schools: Vec<SchoolIndex> = county.schools_of(catchments.stage).collect();
    schools
        .into_par_iter()
        .with_min_len(16)
        .map(|index| {
            let school = county.school(index);
            let holder = county.holder(catchments.stage, index).get();
            let load = loads[holder];
            let ways = distances(county, nearby, catchments, blocks_of[holder].iter().copied(), radius_m);
            let (area, perimeter) = shapes[holder];
            SchoolMeasures {
                school_id: school.id.clone(),
                name: school.name.clone(),
                site_of: school.standing.site_of.as_ref().map(|(id, _)| id.clone()),
                pool: county.pool_of(catchments.stage, index).map(|pool| pool.name.clone()),
                blocks: load.blocks,
                pupils: load.pupils,
                seats: load.seats,
                own_seats: u64::from(school.seats[catchments.stage].unwrap_or(0)),
                seat_use: round(load.seat_use(), 6),
                overload: load.overload(),
                pupil_km: round(ways.pupil_km, 6),
                mean_distance_m: round(ways.mean_distance_m, 1),
                p95_distance_m: round(ways.p95_distance_m, 1),
                max_distance_m: round(ways.max_distance_m, 1),
                within_radius_share: round(ways.within_radius_share, 6),
                area_km2: ground.has_outlines.then(|| round(area / 1e6, 4)),
                compactness: ground.has_outlines.then(|| round(polsby_popper(area, perimeter), 4)),
                strength: strengths.of(index).and_then(|strength| strength.index).map(|index| round(index, 2)),
            }
        })
        .collect()
}

fn pool_measures(
    county: &County,
    nearby: &Nearby<'_>,
    catchments: &Catchments,
    loads: &[Load],
    strengths: &Strengths,
) -> Vec<PoolMeasures> {
    let stage = catchments.stage;
    county
        .pools
        .iter()
        .filter(|pool| pool.stage == stage)
        .map(|pool| {
            let holder = pool.schools[0];
            let load = loads[holder.get()];
            let (mut mean, mut nearest) = (0.0, 0.0);
            for block in county.block_indices().filter(|block| catchments.school_of(*block) == Some(holder)) {
                let pupils = f64::from(county.block(block).pupils[stage]);
                mean += pupils * nearby.metres(block, holder);
                nearest += pupils * nearby.nearest_metres(block, holder);
            }
            let pupils = load.pupils.max(1) as f64;
            PoolMeasures {
                pool: pool.name.clone(),
                school_ids: pool.schools.iter().map(|school| county.school(*school).id.clone()).collect(),
                blocks: load.blocks,
                pupils: load.pupils,
                seats: load.seats,
                overload: load.overload(),
                mean_distance_m: round(mean / pupils, 1),
                mean_nearest_m: round(nearest / pupils, 1),
                strong_schools: pool.schools.iter().filter(|school| strengths.is(**school, Tier::Strong)).count(),
            }
        })
        .collect()
}

fn equity(county: &County, stage: Stage, grouped: Option<&Districts>, strengths: &Strengths) -> StageEquity {
    let groups = grouped.map_or(0, |grouped| grouped.districts.len());
    let group_of = |school| grouped.and_then(|grouped| grouped.district_of(school));
    let indicators: Vec<IndicatorSpread> =
        indicator_spread(county, stage, &county.schools_of(stage).collect::<Vec<_>>(), groups, group_of)
            .into_iter()
            .map(|spread| IndicatorSpread {
                between_schools: spread.between_schools.map(|value| round(value, 6)),
                between_districts: spread.between_districts.map(|value| round(value, 6)),
                ..spread
            })
            .collect();
    let composite = |values: Vec<Option<f64>>| -> Option<f64> {
        let values: Option<Vec<f64>> = values.into_iter().collect();
        values.map(|values| round(values.iter().sum::<f64>() / values.len() as f64, 6))
    };
    let members: Vec<(f64, f64, usize)> = county
        .schools_of(stage)
        .filter_map(|school| {
            let strength = strengths.of(school)?;
            Some((f64::from(strength.pupils), strength.index?, group_of(school).unwrap_or(0)))
        })
        .collect();
    let theil = theil(&members, groups.max(1));
    let means: Option<Vec<(f64, f64)>> = grouped.map(|grouped| {
        grouped
            .districts
            .iter()
            .filter_map(|district| {
                let pupils: f64 = district
                    .schools()
                    .filter_map(|(school, _)| strengths.of(school))
                    .filter(|strength| strength.index.is_some())
                    .map(|strength| f64::from(strength.pupils))
                    .sum();
                Some((pupils, mean_strength(district, strengths)? * pupils))
            })
            .collect()
    });
    StageEquity {
        composite_between_schools: composite(indicators.iter().map(|spread| spread.between_schools).collect()),
        composite_between_districts: composite(indicators.iter().map(|spread| spread.between_districts).collect()),
        indicators,
        strength_between_districts: means.and_then(|means| weighted_variation(&means)).map(|value| round(value, 6)),
        theil: Theil { total: round(theil.total, 9), between: round(theil.between, 9), within: round(theil.within, 9) },
    }
}
