//! Who is grouped with whom at all: parts of the schools that are planned each by itself, and schools that follow another.

use std::collections::{BTreeMap, BTreeSet};

use super::task::wanted_count;
use crate::measure::{Strengths, Tier};
use crate::model::settings::Settings;
use crate::model::{Authority, County, Level, School, SchoolIndex, Stage};

/// Schools that are grouped with each other only.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// The schools, in input order.
    pub(super) schools: Vec<SchoolIndex>,
    /// Fewest and most schools in a district, the lead included.
    pub(super) size: [usize; 2],
    /// The number of districts, where it does not follow from the sizes.
    pub(super) count: Option<usize>,
}

/// By what schools are parted: the county, the centre, junior schools and the level of the authority.
type Key<'a> = (Option<&'a str>, bool, bool, Option<Authority>);

/// The parts of a stage, and who follows whom.
pub(super) struct Parts {
    pub(super) parts: Vec<Part>,
    /// Teaching points and small schools with the central school of their town, in whose district they are.
    pub(super) followers: Vec<(SchoolIndex, SchoolIndex)>,
}

/// Splits the schools of a stage as the settings ask: by county, by centre, by level, by the level of their authority.
///
/// Deterministic. Cost: O(schools log schools).
pub(super) fn parts(county: &County, stage: Stage, strengths: &Strengths, settings: &Settings) -> Parts {
    let policy = &settings.policy;
    let mut schools: Vec<SchoolIndex> = county.schools_of(stage).collect();
    if policy.pairs {
        schools = in_pairs(county, schools, strengths);
    }
    let followers =
        if policy.with_central_school { followers(county, &schools, policy.small_school) } else { Vec::new() };
    let following: BTreeSet<SchoolIndex> = followers.iter().map(|(follower, _)| *follower).collect();
    schools.retain(|school| !following.contains(school));
    let by_county = policy.within_county || (!policy.phases.is_empty() && !policy.across_counties);
    let mut of_key: BTreeMap<Key<'_>, Vec<SchoolIndex>> = BTreeMap::new();
    for school in schools {
        let standing = &county.school(school).standing;
        let of_county = standing.county.as_deref().filter(|_| by_county);
        let is_junior = policy.same_level && is_junior(county.school(school));
        let in_centre = policy.centre_schools.is_some() && standing.centre;
        let authority = standing.authority().filter(|_| policy.same_authority);
        of_key.entry((of_county, in_centre, is_junior, authority)).or_default().push(school);
    }
    let mut parts: Vec<Part> = of_key
        .into_iter()
        .map(|((_, in_centre, ..), schools)| Part {
            schools,
            size: policy.sizes(&settings.districts, in_centre),
            count: None,
        })
        .collect();
    let first_centre = policy.phases.iter().map(|phase| phase.centre_groups).sum::<usize>();
    let centre = |part: &Part| county.school(part.schools[0]).standing.centre && policy.centre_schools.is_some();
    for part in parts.iter_mut().filter(|part| first_centre > 0 && centre(part)) {
        part.count = Some(wanted_count(part.schools.len(), part.size).max(first_centre.min(part.most())));
    }
    let total = settings.districts.count.map(|count| (count, true)).or_else(|| {
        let before = if policy.count_before { policy.groups_before } else { 0 };
        policy.groups.map(|groups| (groups.saturating_sub(before), false))
    });
    match (total, parts.as_mut_slice()) {
        (None, _) => {}
        (Some((count, true)), [only]) => only.count = Some(count),
        (Some((count, exactly)), parts) => share_out(parts, count, exactly),
    }
    Parts { parts, followers }
}

impl Part {
    /// The most districts the sizes allow.
    fn most(&self) -> usize {
        (self.schools.len() / self.size[0].max(1)).max(1)
    }

    /// The number of districts before any number of all districts is looked at.
    fn natural(&self) -> usize {
        self.count.unwrap_or_else(|| wanted_count(self.schools.len(), self.size))
    }
}

/// Gives parts more districts, or fewer, until there are `wanted`, one at a time where districts are largest or smallest;
/// fewer only where `wanted` is meant exactly.
fn share_out(parts: &mut [Part], wanted: usize, exactly: bool) {
    let mut counts: Vec<usize> = parts.iter().map(Part::natural).collect();
    let mean = |part: &Part, count: usize| part.schools.len() as f64 / count as f64;
    while counts.iter().sum::<usize>() < wanted {
        let room = (0..parts.len()).filter(|part| counts[*part] < parts[*part].most());
        let largest = room.max_by(|first, second| {
            mean(&parts[*first], counts[*first])
                .total_cmp(&mean(&parts[*second], counts[*second]))
                .then(second.cmp(first))
        });
        let Some(largest) = largest else { break };
        counts[largest] += 1;
    }
    while exactly && counts.iter().sum::<usize>() > wanted {
        let least = |part: &usize| parts[*part].schools.len().div_ceil(parts[*part].size[1].max(1)).max(1);
        let room = (0..parts.len()).filter(|part| counts[*part] > least(part));
        let smallest = room.min_by(|first, second| {
            mean(&parts[*first], counts[*first])
                .total_cmp(&mean(&parts[*second], counts[*second]))
                .then(first.cmp(second))
        });
        let Some(smallest) = smallest else { break };
        counts[smallest] -= 1;
    }
    for (part, count) in parts.iter_mut().zip(counts) {
        part.count = Some(count);
    }
}

fn is_junior(school: &School) -> bool {
    match school.standing.level {
        Some(level) => level == Level::Junior,
        None => school.serves(Stage::Junior) && !school.serves(Stage::Primary),
    }
}

/// Leads that are marked or locked, and the schools that are locked to one or marked as partners; where there are none of
/// these, the weak schools are the partners.
fn in_pairs(county: &County, schools: Vec<SchoolIndex>, strengths: &Strengths) -> Vec<SchoolIndex> {
    let is_named = |school: &SchoolIndex| {
        let of = county.school(*school);
        let is_locked = county.locked_leads().any(|(member, lead)| member == *school || lead == *school);
        of.marks.lead || of.standing.partner || is_locked
    };
    let leads = |school: &SchoolIndex| {
        county.school(*school).marks.lead || county.locked_leads().any(|(_, lead)| lead == *school)
    };
    let has_partners = schools.iter().any(|school| is_named(school) && !leads(school));
    let is_partner = |school: &SchoolIndex| is_named(school) || (!has_partners && strengths.is(*school, Tier::Weak));
    schools.into_iter().filter(is_partner).collect()
}

/// The teaching points and small schools whose town has a central school, with it.
fn followers(county: &County, schools: &[SchoolIndex], small: Option<u32>) -> Vec<(SchoolIndex, SchoolIndex)> {
    let mut central: BTreeMap<(Option<&str>, &str), SchoolIndex> = BTreeMap::new();
    for school in schools {
        let of = county.school(*school);
        if let Some(town) = of.town.as_deref().filter(|_| of.standing.central) {
            central.entry((of.standing.county.as_deref(), town)).or_insert(*school);
        }
    }
    let follows = |school: &SchoolIndex| {
        let of = county.school(*school);
        let town = of.town.as_deref().filter(|_| of.is_small_site(small))?;
        Some((*school, *central.get(&(of.standing.county.as_deref(), town))?))
    };
    schools.iter().filter_map(follows).collect()
}
