//! Whom groups cover, year by year, by county and by level; who is paired with whom; how many teachers change schools.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::round;
use crate::measure::Strengths;
use crate::model::settings::{Exchange, PolicySettings};
use crate::model::{County, District, Districts, Level, School, SchoolIndex, Staff, Stage};

/// Compulsory schools that are in a group, with the pupils they have.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Coverage {
    /// Compulsory schools.
    pub schools: usize,
    /// Those in a group.
    pub covered_schools: usize,
    /// Their share, 0–1; 1 where there is no school.
    pub share: f64,
    /// Pupils of all.
    pub pupils: u64,
    /// Pupils of those in a group.
    pub covered_pupils: u64,
    /// Their share, 0–1.
    pub pupil_share: f64,
    /// The same by county, where schools say in which they stand.
    pub counties: Vec<CountyCoverage>,
    /// Ids of the schools that are in none.
    pub uncovered: Vec<String>,
}

/// The same of one county.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CountyCoverage {
    /// Its name.
    pub county: String,
    /// Compulsory schools.
    pub schools: usize,
    /// Those in a group.
    pub covered_schools: usize,
    /// Their share, 0–1.
    pub share: f64,
}

/// Groups of one level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LevelSummary {
    /// `kindergarten`, `primary`, `junior`, `nine-year`, `senior`, `across` for groups of several, `sum` for all.
    pub level: &'static str,
    /// Groups.
    pub groups: usize,
    /// Their schools; one in two groups counts twice.
    pub schools: usize,
    /// The pupils of these.
    pub pupils: u64,
}

/// What begins in a year, and what is covered by its end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseMeasures {
    /// The year.
    pub year: u16,
    /// Groups that begin in it.
    pub groups: usize,
    /// Of these, run as one or in trust 一体型、托管型.
    pub integrated_groups: usize,
    /// Of these, led from the centre 中心城区.
    pub centre_groups: usize,
    /// Of those of the centre, run as one or in trust.
    pub integrated_centre_groups: usize,
    /// Groups there are by its end.
    pub groups_so_far: usize,
    /// Compulsory schools they cover by its end.
    pub covered_schools: usize,
    /// The same by county.
    pub coverage: Vec<CountyCoverage>,
}

/// A lead and a school that is founded with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The lead's id.
    pub lead_id: String,
    /// The partner's id.
    pub member_id: String,
    /// Straight metres between their gates.
    pub metres: f64,
    /// By how many points the lead is stronger, where both are rated. Internal.
    pub points_between: Option<f64>,
    /// Whether both stand in one town, where that is known.
    pub same_town: Option<bool>,
    /// Whether they are far apart 远程结对.
    pub remote: bool,
}

/// How many teachers of a group have to change schools, and did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ExchangeMeasures {
    /// Teachers who could.
    pub eligible: u32,
    /// Those who have to: the share the document asks for, rounded up.
    pub needed: u32,
    /// Backbone teachers there have to be among them, or among those who did where these are more, rounded up.
    pub needed_backbone: u32,
    /// Backbone teachers there have to be among those who did, whether these are enough or not, rounded up: by which it is judged.
    pub due_backbone: u32,
    /// Those who did, as far as schools say so; none where no school does.
    pub exchanged: Option<u32>,
    /// Backbone teachers among them.
    pub exchanged_backbone: Option<u32>,
    /// Whether the document only recommends it, since the group is of several levels.
    pub is_advice: bool,
}

/// The level of all schools of a group; none where they are of several.
#[must_use]
pub fn common_level(county: &County, district: &District) -> Option<Level> {
    let of = |school: SchoolIndex| county.school(school).standing.level.unwrap_or(Level::Primary);
    let levels: BTreeSet<Level> = district.schools().map(|(school, _)| of(school)).collect();
    // Nine-year schools are planned with primary schools, and count as of their level among them.
    let is_primary = levels.iter().all(|level| matches!(level, Level::Primary | Level::NineYear));
    match levels.len() {
        1 => levels.into_iter().next(),
        _ if is_primary => Some(Level::Primary),
        _ => None,
    }
}

/// A share that is one where there is nothing to share.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { round(part / whole, 6) } else { 1.0 }
}

/// The compulsory schools by county, with those in one of `groups`.
fn of_counties(county: &County, stage: Stage, covered: &BTreeSet<SchoolIndex>) -> Vec<CountyCoverage> {
    let mut of_county: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let names = county.names_of_counties();
    for (position, school) in county.schools.iter().enumerate().filter(|(_, school)| counts(school, stage)) {
        let Some(name) = school.standing.county.as_deref() else { continue };
        let Some(place) = names.iter().position(|of| *of == name) else { continue };
        let counts = of_county.entry(place).or_default();
        counts.0 += 1;
        counts.1 += usize::from(covered.contains(&SchoolIndex::new(position)));
    }
    let of = |(place, (schools, covered)): (usize, (usize, usize))| CountyCoverage {
        county: names[place].to_owned(),
        schools,
        covered_schools: covered,
        share: share(covered as f64, schools as f64),
    };
    of_county.into_iter().map(of).collect()
}

/// Whether a school is to be covered by groups of a stage.
fn counts(school: &School, stage: Stage) -> bool {
    school.is_compulsory() && school.serves(stage)
}

/// Whom the groups cover. The denominator is every compulsory school of the stage.
pub(super) fn coverage(county: &County, districts: &Districts) -> Coverage {
    let covered: BTreeSet<SchoolIndex> =
        districts.districts.iter().flat_map(District::schools).map(|(school, _)| school).collect();
    let schools: Vec<(SchoolIndex, &School)> = county
        .schools
        .iter()
        .enumerate()
        .map(|(position, school)| (SchoolIndex::new(position), school))
        .filter(|(_, school)| counts(school, districts.stage))
        .collect();
    let all_pupils: u64 = schools.iter().map(|(_, school)| u64::from(school.pupils())).sum();
    let within = || schools.iter().filter(|(index, _)| covered.contains(index));
    let covered_pupils: u64 = within().map(|(_, school)| u64::from(school.pupils())).sum();
    Coverage {
        schools: schools.len(),
        covered_schools: within().count(),
        share: share(within().count() as f64, schools.len() as f64),
        pupils: all_pupils,
        covered_pupils,
        pupil_share: share(covered_pupils as f64, all_pupils as f64),
        counties: of_counties(county, districts.stage, &covered),
        uncovered: schools
            .iter()
            .filter(|(index, _)| !covered.contains(index))
            .map(|(_, school)| school.id.clone())
            .collect(),
    }
}

/// Groups by level, those of several, and the sum.
pub(super) fn levels(county: &County, districts: &Districts) -> Vec<LevelSummary> {
    let mut of_level: BTreeMap<Option<Level>, (usize, usize, u64)> = BTreeMap::new();
    for district in &districts.districts {
        let counts = of_level.entry(common_level(county, district)).or_default();
        counts.0 += 1;
        counts.1 += district.len();
        counts.2 += district.schools().map(|(school, _)| u64::from(county.school(school).pupils())).sum::<u64>();
    }
    let summary = |level: &'static str, (groups, schools, pupils): (usize, usize, u64)| LevelSummary {
        level,
        groups,
        schools,
        pupils,
    };
    let sum = of_level.values().fold((0, 0, 0), |sum, more| (sum.0 + more.0, sum.1 + more.1, sum.2 + more.2));
    let across = of_level.remove(&None);
    let each = of_level.into_iter().map(|(level, counts)| summary(level.map_or("across", Level::slug), counts));
    let mut levels: Vec<LevelSummary> = each.collect();
    levels.extend(across.map(|counts| summary("across", counts)));
    levels.push(summary("sum", sum));
    levels
}

/// What begins year by year: the years of the settings, and those of groups where they are others.
pub(super) fn phases(county: &County, districts: &Districts, policy: &PolicySettings) -> Vec<PhaseMeasures> {
    let told = districts.districts.iter().filter_map(|district| district.year);
    let years: BTreeSet<u16> = policy.phases.iter().map(|phase| phase.year).chain(told).collect();
    let in_centre =
        |district: &&District| district.middle(county).is_some_and(|school| county.school(school).standing.centre);
    let is_integrated = |district: &&District| district.mode.is_some_and(PolicySettings::is_integrated);
    let measures = years.into_iter().map(|year| {
        let of_year = || districts.districts.iter().filter(move |district| district.year == Some(year));
        let so_far = || districts.districts.iter().filter(move |district| district.year.is_some_and(|of| of <= year));
        let covered: BTreeSet<SchoolIndex> = so_far().flat_map(District::schools).map(|(school, _)| school).collect();
        PhaseMeasures {
            year,
            groups: of_year().count(),
            integrated_groups: of_year().filter(is_integrated).count(),
            centre_groups: of_year().filter(in_centre).count(),
            integrated_centre_groups: of_year().filter(in_centre).filter(is_integrated).count(),
            groups_so_far: so_far().count(),
            covered_schools: covered.iter().filter(|school| counts(county.school(**school), districts.stage)).count(),
            coverage: of_counties(county, districts.stage, &covered),
        }
    });
    measures.collect()
}

/// Schools that help with those they help, in districts where town helps country.
pub(super) fn arcs(
    county: &County,
    districts: &Districts,
    strengths: &Strengths,
    policy: &PolicySettings,
) -> Vec<Pair> {
    let arcs = districts.districts.iter().flat_map(|district| district.arcs(county));
    arcs.map(|(helper, helped)| pair(county, strengths, policy, helper, helped)).collect()
}

/// Leads with each of their partners.
pub(super) fn pairs(
    county: &County,
    districts: &Districts,
    strengths: &Strengths,
    policy: &PolicySettings,
) -> Vec<Pair> {
    let led = districts.districts.iter().filter_map(|district| Some((district.lead?, &district.members)));
    let pairs = led.flat_map(|(lead, members)| members.iter().map(move |member| (lead, *member)));
    pairs.map(|(lead, member)| pair(county, strengths, policy, lead, member)).collect()
}

fn pair(
    county: &County,
    strengths: &Strengths,
    policy: &PolicySettings,
    lead: SchoolIndex,
    member: SchoolIndex,
) -> Pair {
    let index = |school: SchoolIndex| strengths.of(school).and_then(|strength| strength.index);
    let (first, second) = (county.school(lead), county.school(member));
    let metres = county.metres_apart(lead, member);
    Pair {
        lead_id: first.id.clone(),
        member_id: second.id.clone(),
        metres: round(metres, 1),
        points_between: index(lead).zip(index(member)).map(|(lead, member)| round(lead - member, 2)),
        same_town: first.town.as_ref().zip(second.town.as_ref()).map(|(first, second)| first == second),
        remote: metres > policy.remote_m,
    }
}

/// How many teachers have to change schools: none where no school says who could.
pub(super) fn exchange(county: &County, district: &District, wanted: Exchange) -> Option<ExchangeMeasures> {
    let staff: Vec<Staff> = district.schools().map(|(school, _)| county.school(school).standing.staff).collect();
    let eligible: Vec<u32> = staff.iter().filter_map(|staff| staff.eligible).collect();
    if eligible.is_empty() {
        return None;
    }
    let eligible: u32 = eligible.iter().sum();
    let needed = share_of(eligible, wanted.of_eligible);
    // What is known counts; a school that says nothing adds nothing.
    let known = |of: fn(&Staff) -> Option<u32>| staff.iter().filter_map(of).reduce(|sum, more| sum + more);
    let exchanged = known(|staff| staff.exchanged);
    Some(ExchangeMeasures {
        eligible,
        needed,
        // Of those who do change, where that is known; else of those who have to.
        needed_backbone: share_of(exchanged.unwrap_or(needed).max(needed), wanted.backbone),
        due_backbone: share_of(exchanged.unwrap_or(needed), wanted.backbone),
        exchanged,
        exchanged_backbone: known(|staff| staff.exchanged_backbone),
        is_advice: wanted.advised_across_levels && common_level(county, district).is_none(),
    })
}

/// A share of a count, rounded up; what rounding errors add does not count.
fn share_of(count: u32, share: f64) -> u32 {
    (f64::from(count) * share - 1e-9).ceil() as u32
}
