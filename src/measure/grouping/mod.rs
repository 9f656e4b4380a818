//! What a grouping of schools is worth by itself, without catchments: near, right-sized, strong paired with weak, and what
//! government documents ask beyond that.

mod bound;
mod cover;
mod crossing;
mod detour;
mod frontier;
mod lead;
mod lock;
mod policy;
mod record;
mod relax;
mod rules;
mod staff;
mod transfer;

use std::collections::BTreeMap;

use serde::Serialize;

pub use bound::{GroupingBoundClaim, SolverClaim};
pub use cover::{CountyCoverage, Coverage, ExchangeMeasures, LevelSummary, Pair, PhaseMeasures, common_level};
pub use crossing::Approval;
pub use detour::{Detour, DetourReason};
pub use frontier::{FrontierPoint, Objectives, frontier, objectives};
pub use lead::{CoreCandidate, core_candidates};
pub(super) use lock::mend_of_lock;
pub use transfer::{Transfer, TransferSpread};

use super::district::{diameter, mean_strength};
use crossing::{approval, authorities, counties, crosses_stages};
use rules::{Judged, Kinds};

use super::rule::{RuleReport, Verdict, round};
use super::{IndicatorSpread, SchoolStandard, Strengths, Tier, indicator_spread, school_standards, strengths};
use crate::language::Language;
use crate::model::settings::{PolicySettings, Preset, Settings};
use crate::model::{County, District, DistrictKind, Districts, Governance, Mode, SchoolIndex, Stage, Status};

/// The version of the layout of the `evaluation.json` of groupings.
pub const GROUPING_SCHEMA: &str = "xuequ/grouping/4";

/// Measures of one district, of its schools alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupMeasures {
    /// Its id.
    pub district_id: String,
    /// Its name.
    pub name: String,
    /// Whether it is a district or a group that lies over districts.
    pub kind: &'static str,
    /// How its schools are run together, where modes are told apart.
    pub mode: Option<&'static str>,
    /// Who steers it, where that is told.
    pub governance: Option<&'static str>,
    /// The year in which it begins, where that is told.
    pub year: Option<u16>,
    /// The id of the lead; none where schools lead by turns.
    pub lead_id: Option<String>,
    /// The ids of members that help the others 帮扶校, beside the lead or where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub helper_ids: Vec<String>,
    /// Its schools that are bases of teaching research 教研基地.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<ResearchBase>,
    /// Schools, the lead included.
    pub schools: usize,
    /// Of these the teaching points that belong to the central school of their town, which bounds of size do not count.
    pub following_schools: usize,
    /// Their pupils.
    pub pupils: u64,
    /// The counties its schools stand in, by name.
    pub counties: Vec<String>,
    /// Whether they are more than one 跨县区.
    pub crosses_counties: bool,
    /// Whether its schools are of more than one stage 跨学段.
    pub crosses_stages: bool,
    /// Whether its schools are under authorities of more than one level 跨层级, as far as that is told.
    pub crosses_levels: bool,
    /// Who decides that it is formed; none where nobody says where its schools stand or whose they are.
    pub approval: Option<Approval>,
    /// How far it has come, where that is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// The decision by which it was approved, where that is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved: Option<String>,
    /// Its head, where that is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The year and month in which the term of the head is over, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_until: Option<String>,
    /// Straight metres to the lead, or where there is none to the school in the middle, all together.
    pub to_lead_m: f64,
    /// Their mean.
    pub mean_to_lead_m: f64,
    /// The longest of them.
    pub max_to_lead_m: f64,
    /// The longest straight distance between two of its schools, in metres.
    pub diameter_m: f64,
    /// Strong schools, the lead among them where it is strong.
    pub strong_schools: usize,
    /// Weak schools.
    pub weak_schools: usize,
    /// Schools in towns and in the country, as far as that is known.
    pub urban_schools: usize,
    /// Those in the country.
    pub rural_schools: usize,
    /// Means over its schools of conditions 办学条件, teachers 师资配置, management 管理水平 and quality 教育质量, each 0–1,
    /// where known. Internal.
    pub factors: [Option<f64>; 4],
    /// Mean strength weighted by pupils, 0–100; `None` where no school is rated. Internal.
    pub mean_strength: Option<f64>,
    /// The sum over its rated schools of strength minus the mean of all rated schools, in points. Internal.
    pub points_apart: f64,
    /// Teachers who have to change schools, and who did, where the tables say so.
    pub exchange: Option<ExchangeMeasures>,
}

/// How many plaques there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plaques {
    /// Of leads.
    pub lead: usize,
    /// Of all other schools.
    pub member: usize,
}

/// A school that is a base of teaching research 教研基地, beside what else it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResearchBase {
    /// The school.
    pub school_id: String,
    /// The stage it is one of, where that is told.
    pub stage: Option<Stage>,
}

/// A school that is in several groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InSeveral {
    /// The school.
    pub school_id: String,
    /// The groups, in the order of the table.
    pub district_ids: Vec<String>,
}

/// How unlike the schools of a county, or of all, are in one stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The county; none for all together.
    pub county: Option<String>,
    /// The district; none for a whole county.
    pub district_id: Option<String>,
    /// The stage.
    pub stage: Stage,
    /// The coefficients of variation 差异系数 of the seven indicators.
    pub indicators: Vec<IndicatorSpread>,
}

/// Measures of a grouping of one stage, with its rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupingMeasures {
    /// The stage.
    pub stage: Stage,
    /// Schools of the stage.
    pub schools: usize,
    /// Those that are in a district.
    pub grouped_schools: usize,
    /// Schools in a district that are not of the stage: kindergartens, senior schools.
    pub other_schools: usize,
    /// Plaques 挂牌 of leads and of others: one for each school; who leads a helping district has one as a member.
    pub plaques: Plaques,
    /// Straight metres from members to their leads, all together.
    pub to_lead_m: f64,
    /// Their mean over members, in metres.
    pub mean_to_lead_m: f64,
    /// The sum over districts of their points above or below the mean, signs dropped. Internal.
    pub points_apart: f64,
    /// Metres a point counts, where the settings say so.
    pub metres_per_point: Option<f64>,
    /// Metres to the leads and `metres_per_point` × `points_apart`: what was made least, where a point counts.
    pub sum_m: Option<f64>,
    /// How far that is from the best with the same leads at most, where it was proved.
    pub bound: Option<GroupingBoundClaim>,
    /// Compulsory schools that are in a district.
    pub coverage: Coverage,
    /// Groups by level; the sums add up.
    pub levels: Vec<LevelSummary>,
    /// What is there year by year, where years are told.
    pub phases: Vec<PhaseMeasures>,
    /// Leads and partners, where schools are paired.
    pub pairs: Vec<Pair>,
    /// Schools whose lead is not the nearest, with the reason.
    pub detours: Vec<Detour>,
    /// Where town helps country: who helps whom.
    pub arcs: Vec<Pair>,
    /// Schools that are in several groups, as they may, with the ids of these.
    pub in_several: Vec<InSeveral>,
    /// How unlike schools and districts are, by county, stage and district.
    pub spreads: Vec<Spread>,
    /// Each school by the national standard, stage by stage, where the tables tell an indicator.
    pub standards: Vec<SchoolStandard>,
    /// Backbone teachers who would move, if as many did as the document asks for.
    pub transfers: Vec<Transfer>,
    /// How unlike schools would be then.
    pub transfer_spreads: Vec<TransferSpread>,
    /// The groupings that no other beats, where they were looked for, in the order of nearness.
    pub frontier: Vec<FrontierPoint>,
    /// The rules with their verdicts; written beside the stages, as those of plans are.
    #[serde(skip)]
    pub rules: Vec<RuleReport>,
    /// The districts.
    pub districts: Vec<GroupMeasures>,
}

/// What `evaluation.json` says of a grouping.
#[derive(Clone, Debug, Serialize)]
pub struct GroupingEvaluation<'a> {
    /// The version of this layout: `xuequ/grouping/4`.
    pub schema: &'static str,
    /// The document whose rules were asked for.
    pub preset: Option<&'static str>,
    /// The county's name, where the settings give one.
    pub county: Option<&'a str>,
    /// Whether every hard rule is kept.
    pub hard_rules_kept: bool,
    /// One entry per stage.
    pub stages: &'a [GroupingMeasures],
    /// Every rule with its verdict, stage by stage.
    pub rules: Vec<&'a RuleReport>,
}

impl<'a> GroupingEvaluation<'a> {
    /// All that was measured of a grouping of `county`.
    #[must_use]
    pub fn new(county: &'a County, settings: &Settings, stages: &'a [GroupingMeasures]) -> GroupingEvaluation<'a> {
        GroupingEvaluation {
            schema: GROUPING_SCHEMA,
            preset: settings.policy.preset.map(Preset::slug),
            county: county.name.as_deref(),
            hard_rules_kept: stages.iter().all(GroupingMeasures::hard_rules_kept),
            stages,
            rules: stages.iter().flat_map(|measures| &measures.rules).collect(),
        }
    }
}

impl GroupingMeasures {
    /// Whether no hard rule is broken.
    #[must_use]
    pub fn hard_rules_kept(&self) -> bool {
        self.rules.iter().all(|rule| !rule.hard || rule.verdict != Verdict::Broken)
    }
}

/// Measures a grouping of `county`, whose stages may have been joined; `of_stages` is the county with its stages apart, of
/// which the spread of the seven indicators is measured.
///
/// Cost: the square of the schools of a district for its diameter, else linear in schools and districts times counties.
#[must_use]
pub fn grouping(
    county: &County,
    of_stages: &County,
    districts: &Districts,
    strengths: &Strengths,
    settings: &Settings,
    language: Language,
) -> GroupingMeasures {
    let stage = districts.stage;
    let schools: Vec<SchoolIndex> = county.schools_of(stage).collect();
    let index = |school: SchoolIndex| strengths.of(school).and_then(|strength| strength.index);
    let rated: Vec<f64> = schools.iter().filter_map(|school| index(*school)).collect();
    let mean = rated.iter().sum::<f64>() / rated.len().max(1) as f64;
    let of_district = |district: &District| of_district(county, district, strengths, settings, mean);
    let mut measures: Vec<GroupMeasures> = districts.districts.iter().map(of_district).collect();
    let homes = districts.homes();
    let in_district = |school: &SchoolIndex| homes.contains_key(school);
    let ways: usize = districts.districts.iter().map(|district| ways(county, district).len()).sum();
    let to_lead_m: f64 = measures.iter().map(|district| district.to_lead_m).sum();
    let points_apart: f64 = measures.iter().map(|district| district.points_apart.abs()).sum();
    let counts_as_lead = |district: &&District| district.lead.is_some() && district.mode != Some(Mode::Helping);
    let kinds = Kinds::of(districts, settings);
    // Those of what the document is about: a county has the plaques of its districts, whatever lies over them.
    let with_plaques = if districts.has_both_kinds() { &kinds.subject } else { districts };
    let leads = with_plaques.districts.iter().filter(counts_as_lead).count();
    let plaques: usize = with_plaques.districts.iter().map(District::len).sum();
    let of_kind = |of: &Districts| -> Vec<GroupMeasures> {
        let is_of = |kind: &str| of.districts.first().is_some_and(|first| first.kind.slug() == kind);
        measures.iter().filter(|district| is_of(district.kind)).cloned().collect()
    };
    let coverage = cover::coverage(county, &kinds.covering);
    let phases = cover::phases(county, &kinds.subject, &settings.policy);
    let pairs = if settings.policy.pairs {
        cover::pairs(county, &kinds.subject, strengths, &settings.policy)
    } else {
        Vec::new()
    };
    let judged = Judged::of(county, &kinds, strengths, settings, language);
    let mut rules = judged.of_partition(&schools);
    rules.extend(judged.of_policy(&coverage, &phases, &of_kind(&kinds.subject)));
    // Where stages are grouped each for itself, the others have measures of their own.
    let only = settings.policy.stage.or((stage != Stage::All).then_some(stage));
    let is_wanted = |of: &&Stage| only.is_none_or(|only| only == **of);
    let standards: Vec<SchoolStandard> =
        of_stages.stages.iter().filter(is_wanted).flat_map(|of| school_standards(of_stages, *of)).collect();
    let spreads = spreads(of_stages, &kinds.subject, only);
    rules.extend(judged.of_standard(&standards, &spreads));
    let transfers = transfer::transfers(county, &kinds.subject, &of_kind(&kinds.subject));
    for district in &mut measures {
        district.to_lead_m = round(district.to_lead_m, 1);
        district.mean_to_lead_m = round(district.mean_to_lead_m, 1);
        district.max_to_lead_m = round(district.max_to_lead_m, 1);
        district.diameter_m = round(district.diameter_m, 1);
        district.mean_strength = district.mean_strength.map(|mean| round(mean, 2));
        district.points_apart = round(district.points_apart, 2);
    }
    let metres_per_point = settings.districts.metres_per_point;
    GroupingMeasures {
        stage,
        schools: schools.len(),
        grouped_schools: schools.iter().filter(|school| in_district(school)).count(),
        other_schools: homes.keys().filter(|school| !county.school(**school).serves(stage)).count(),
        plaques: Plaques { lead: leads, member: plaques - leads },
        to_lead_m: round(to_lead_m, 1),
        mean_to_lead_m: round(to_lead_m / ways.max(1) as f64, 1),
        points_apart: round(points_apart, 2),
        metres_per_point,
        sum_m: metres_per_point.map(|metres| round(to_lead_m + metres * points_apart, 1)),
        bound: None,
        coverage,
        levels: cover::levels(county, &kinds.covering),
        phases,
        pairs,
        detours: judged.detours(),
        arcs: cover::arcs(county, districts, strengths, &settings.policy),
        in_several: in_several(county, districts),
        frontier: Vec::new(),
        spreads,
        standards,
        transfer_spreads: transfer::spreads_after(of_stages, &transfers),
        transfers,
        rules,
        districts: measures,
    }
}

/// The schools that are in several groups; in several districts none may be.
fn in_several(county: &County, districts: &Districts) -> Vec<InSeveral> {
    let mut of_school: BTreeMap<SchoolIndex, Vec<String>> = BTreeMap::new();
    for district in districts.districts.iter().filter(|district| district.kind == DistrictKind::Group) {
        for (school, _) in district.schools() {
            of_school.entry(school).or_default().push(district.id.clone());
        }
    }
    let several = of_school.into_iter().filter(|(_, ids)| ids.len() > 1);
    let told = |(school, district_ids): (SchoolIndex, _)| InSeveral {
        school_id: county.school(school).id.clone(),
        district_ids,
    };
    several.map(told).collect()
}

/// The rules on numbers and shares of a document that means the districts of all stages together, of a plan whose stages have
/// districts of their own.
pub(super) fn rules_of_all_stages(
    county: &County,
    grouped: &[Districts],
    settings: &Settings,
    language: Language,
) -> Vec<RuleReport> {
    let county = county.clone().across_stages();
    let districts = match settings.groups {
        Some(_) => county.groups.clone(),
        None => grouped.iter().flat_map(|of_stage| &of_stage.districts).cloned().collect(),
    };
    let all = Districts { stage: Stage::All, districts };
    let kinds = Kinds::in_plan(all.clone(), all, settings);
    let strengths = strengths(&county, Stage::All, &settings.strength);
    let judged = Judged::of(&county, &kinds, &strengths, settings, language);
    let phases = cover::phases(&county, &kinds.subject, &settings.policy);
    let wishes = &settings.districts;
    let mut rules: Vec<RuleReport> = wishes.count.map(|count| judged.count(count)).into_iter().collect();
    rules.extend(wishes.helping.map(|helping| judged.kinds(helping)));
    rules.extend(judged.of_numbers(&cover::coverage(&county, &kinds.covering), &phases));
    rules
}

/// The rules of a document on the districts of a plan: those a plan does not judge by itself; `counts` where numbers are judged
/// stage by stage. Groups that are given and lie over its districts are judged by them where the document is about groups.
pub(super) fn rules_in_plan(
    county: &County,
    districts: &Districts,
    settings: &Settings,
    counts: bool,
    language: Language,
) -> Vec<RuleReport> {
    let stage = districts.stage;
    let strengths = strengths(county, stage, &settings.strength);
    let schools: Vec<SchoolIndex> = county.schools_of(stage).collect();
    let is_given = settings.groups.is_some();
    let given = || {
        let own = county.groups.iter().map(|of| of.with_only(|school| county.school(school).serves(stage)));
        Districts { stage, districts: own.filter(|district| !district.is_empty()).collect() }
    };
    let all = if is_given { given() } else { districts.clone() };
    let kinds = Kinds::in_plan(all, districts.clone(), settings);
    let judged = Judged { counts, ..Judged::of(county, &kinds, &strengths, settings, language) };
    let of_district = |district: &District| of_district(county, district, &strengths, settings, 0.0);
    let measures: Vec<GroupMeasures> = kinds.subject.districts.iter().map(of_district).collect();
    let coverage = cover::coverage(county, &kinds.covering);
    let phases = cover::phases(county, &kinds.subject, &settings.policy);
    let mut rules = judged.of_kinds(&schools);
    // Groups that are given may leave schools out, or have them twice.
    rules.extend(if is_given { judged.one_district(&schools) } else { None });
    rules.extend(judged.of_policy(&coverage, &phases, &measures));
    rules
}

/// Straight metres of the ways of a district: see [`District::ways`].
fn ways(county: &County, district: &District) -> Vec<f64> {
    district.ways(county).into_iter().map(|(from, to)| county.metres_apart(from, to)).collect()
}

fn of_district(
    county: &County,
    district: &District,
    strengths: &Strengths,
    settings: &Settings,
    mean: f64,
) -> GroupMeasures {
    let own: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
    let index = |school: SchoolIndex| strengths.of(school).and_then(|strength| strength.index);
    let ways = ways(county, district);
    let in_tier = |tier: Tier| own.iter().filter(|school| strengths.is(**school, tier)).count();
    let following =
        if settings.policy.with_central_school { following(county, district, &settings.policy).len() } else { 0 };
    GroupMeasures {
        district_id: district.id.clone(),
        name: district.name.clone(),
        kind: district.kind.slug(),
        mode: district.mode.map(Mode::slug),
        governance: district.governance.map(Governance::slug),
        year: district.year,
        lead_id: district.lead.map(|lead| county.school(lead).id.clone()),
        helper_ids: district.helpers.iter().map(|school| county.school(*school).id.clone()).collect(),
        bases: district
            .bases
            .iter()
            .map(|(school, stage)| ResearchBase { school_id: county.school(*school).id.clone(), stage: *stage })
            .collect(),
        schools: own.len(),
        following_schools: following,
        pupils: own.iter().map(|school| u64::from(county.school(*school).pupils())).sum(),
        counties: counties(county, district).into_iter().map(str::to_owned).collect(),
        crosses_counties: counties(county, district).len() > 1,
        crosses_stages: crosses_stages(county, district),
        crosses_levels: authorities(county, district).len() > 1,
        approval: approval(county, district),
        status: district.record.status.map(Status::slug),
        approved: district.record.approved.clone(),
        head: district.record.head.clone(),
        head_until: head_until(district, &settings.policy).map(|(year, month)| format!("{year}-{month:02}")),
        to_lead_m: ways.iter().sum(),
        mean_to_lead_m: ways.iter().sum::<f64>() / ways.len().max(1) as f64,
        max_to_lead_m: ways.iter().copied().fold(0.0, f64::max),
        diameter_m: diameter(county, &own),
        strong_schools: in_tier(Tier::Strong),
        weak_schools: in_tier(Tier::Weak),
        urban_schools: own.iter().filter(|school| county.school(**school).urban == Some(true)).count(),
        rural_schools: own.iter().filter(|school| county.school(**school).urban == Some(false)).count(),
        factors: [0, 1, 2, 3].map(|factor| {
            let known = own.iter().filter_map(|school| strengths.of(*school)?.factors[factor]);
            let known: Vec<f64> = known.collect();
            (!known.is_empty()).then(|| round(known.iter().sum::<f64>() / known.len() as f64, 4))
        }),
        mean_strength: mean_strength(district, strengths),
        points_apart: own.iter().filter_map(|school| index(*school)).map(|index| index - mean).sum(),
        exchange: settings.policy.exchange.and_then(|wanted| cover::exchange(county, district, wanted)),
    }
}

/// The teaching points and small schools of a district whose town's central school is in it as well.
fn following(county: &County, district: &District, policy: &PolicySettings) -> Vec<SchoolIndex> {
    let home = |school: SchoolIndex| {
        let of = county.school(school);
        (of.standing.county.as_deref(), of.town.as_deref())
    };
    let schools = || district.schools().map(|(school, _)| school);
    let central: Vec<_> = schools().filter(|school| county.school(*school).standing.central).map(home).collect();
    let follows = |school: &SchoolIndex| {
        let of = county.school(*school);
        of.is_small_site(policy.small_school) && of.town.is_some() && central.contains(&home(*school))
    };
    schools().filter(follows).collect()
}

/// How many teaching points and small schools of the stage are in no district.
#[must_use]
pub fn small_sites_outside(county: &County, districts: &Districts, policy: &PolicySettings) -> usize {
    let homes = districts.homes();
    let is_small = |school: &SchoolIndex| county.school(*school).is_small_site(policy.small_school);
    county.schools_of(districts.stage).filter(|school| is_small(school) && !homes.contains_key(school)).count()
}

/// The year and month in which the term of a head is over; the first in which there has to be another.
fn head_until(district: &District, policy: &PolicySettings) -> Option<(u16, u8)> {
    let ((year, month), years) = district.record.head_since.zip(policy.head_years)?;
    Some((year.saturating_add(years), month))
}

/// The spread between schools and between districts, of all, of each county, and within each district of two schools or more.
fn spreads(county: &County, districts: &Districts, only: Option<Stage>) -> Vec<Spread> {
    let has_resources = county.schools.iter().any(|school| school.resources.iter().any(Option::is_some));
    if !has_resources {
        return Vec::new();
    }
    let names = county.names_of_counties();
    let count = districts.districts.len();
    let homes = districts.homes();
    let mut spreads = Vec::new();
    for stage in county.stages.iter().filter(|stage| only.is_none_or(|only| only == **stage)) {
        let mut add = |schools: &[SchoolIndex], of_county: Option<&str>, of_district: Option<usize>| {
            let groups = if of_district.is_some() { 0 } else { count };
            let indicators = indicator_spread(county, *stage, schools, groups, |school| {
                homes.get(&school).copied().filter(|_| of_district.is_none())
            });
            if indicators.iter().any(|indicator| indicator.between_schools.is_some()) {
                spreads.push(Spread {
                    county: of_county.map(str::to_owned),
                    district_id: of_district.map(|district| districts.districts[district].id.clone()),
                    stage: *stage,
                    indicators,
                });
            }
        };
        let all: Vec<SchoolIndex> = county.schools_of(*stage).collect();
        add(&all, None, None);
        for name in names.iter().filter(|_| names.len() > 1) {
            let stands = |school: &SchoolIndex| county.school(*school).standing.county.as_deref() == Some(*name);
            let own: Vec<SchoolIndex> = all.iter().copied().filter(stands).collect();
            add(&own, Some(name), None);
        }
        for (position, district) in districts.districts.iter().enumerate().filter(|(_, district)| district.len() > 1) {
            let own = district.schools().map(|(school, _)| school);
            let own: Vec<SchoolIndex> = own.filter(|school| county.school(*school).serves(*stage)).collect();
            add(&own, None, Some(position));
        }
    }
    spreads
}
