//! Schools to districts: near 位置相近, right-sized 规模适度, strong paired with weak 强弱搭配.
//!
//! In order: which schools are grouped with which at all (`part`), how they stand to each other (`task`), which of them lead
//! (`lead`), who stays outside where documents allow it (`outside`), who belongs to whom (`search`, or `exact` with the feature of that name), how far
//! that is from the best at most (`bound`), and how and when districts begin (`begin`). [`group`] reads like this list.

mod begin;
mod bound;
#[cfg(feature = "exact")]
mod exact;
mod frontier;
mod lead;
mod outside;
mod part;
mod search;
mod task;

pub use bound::{GroupingBound, LeadProof, Objective, PARTS, PartProof};
pub use frontier::{Candidate, sweep};

use crate::language::{Language, Message};
use crate::measure::{Strengths, strengths};
use crate::model::settings::{Preset, Settings};
use crate::model::{Catchments, County, District, Districts, SchoolIndex, Stage};
use crate::space::Ground;
pub use begin::tell_modes;
use part::{Part, Parts};
use task::Task;

/// Groupings with one more group tried at most, where years lack groups.
const TRIES: usize = 12;

/// How to group the schools of one stage.
#[derive(Clone, Copy, Debug)]
pub struct Parameters {
    /// The seed of all random choices.
    pub seed: u64,
    /// The language of the districts' names.
    pub language: Language,
    /// Whether to solve the membership exactly; only with the feature `exact`.
    pub exact: bool,
    /// Instead of weighing the imbalance of strength: the most there may be, as a share of what there is where every school
    /// is with its nearest lead.
    pub most_imbalance: Option<f64>,
    /// Whether to prove what no grouping with the same leads can beat.
    pub prove: bool,
}

/// The catchments whose union is the territory of a district.
#[derive(Clone, Copy, Debug)]
pub struct Territory<'a> {
    /// The ground they lie on.
    pub ground: &'a Ground,
    /// The catchments of the stage.
    pub catchments: &'a Catchments,
}

/// What grouping one stage gives.
#[derive(Clone, Debug)]
pub struct Grouping {
    /// The districts.
    pub districts: Districts,
    /// What no grouping with the same leads can beat, where it was to be proved and could be in all parts.
    pub bound: Option<GroupingBound>,
}

/// Groups the schools of one stage into districts; `None` where nothing tells strong schools from weak ones, where no
/// school may lead, or where the settings ask for another stage.
///
/// Leads are strong schools, locked ones first, spread so that every school has one near. Members are given to leads so
/// that this sum is small: metres to the lead, deviation from the wanted number of schools, and imbalance of strength
/// (the absolute sum over a district of pupils × (strength − mean)), weighted by the settings and expressed in metres.
/// Sizes keep to the settings' bounds and territories hang together where the county allows it; [`crate::measure`] says
/// where it did not. Without a `territory` nothing has to hang together.
///
/// Deterministic in the seed.
#[must_use]
pub fn group(
    county: &County,
    stage: Stage,
    territory: Option<Territory<'_>>,
    settings: &Settings,
    parameters: Parameters,
) -> Option<Grouping> {
    let strengths: Strengths = strengths(county, stage, &settings.strength);
    let is_other = settings.policy.stage.is_some_and(|only| only != stage);
    if !strengths.is_known || is_other {
        return None;
    }
    let planning = Planning { county, stage, territory, strengths: &strengths, settings, parameters };
    let Parts { parts, followers } = part::parts(county, stage, &strengths, settings);
    let mut grouped: Vec<(Part, Grouped)> = parts
        .into_iter()
        .map(|part| {
            let of_part = planning.group(part.clone());
            (part, of_part)
        })
        .collect();
    let mut grouping = planning.join(&grouped, &followers)?;
    planning.add_for_years(&mut grouped, &followers, &mut grouping);
    Some(grouping)
}

/// The districts of one part.
#[derive(Clone, Default)]
struct Grouped {
    districts: Vec<District>,
    bound: Option<GroupingBound>,
    /// Schools that may lead and do not.
    spare: usize,
}

/// What parts are grouped by.
struct Planning<'a> {
    county: &'a County,
    stage: Stage,
    territory: Option<Territory<'a>>,
    strengths: &'a Strengths,
    settings: &'a Settings,
    parameters: Parameters,
}

impl Planning<'_> {
    /// The districts of all parts with names, modes and years, followers with their central schools; none where there are none.
    fn join(&self, grouped: &[(Part, Grouped)], followers: &[(SchoolIndex, SchoolIndex)]) -> Option<Grouping> {
        let Planning { county, stage, strengths, settings, parameters, .. } = *self;
        let mut districts: Vec<District> =
            grouped.iter().flat_map(|(_, of_part)| of_part.districts.iter().cloned()).collect();
        let bound = grouped.iter().fold(parameters.prove.then(GroupingBound::none), |known, (_, of_part)| {
            known.zip(of_part.bound.clone()).map(|(known, of_part)| known.and(of_part))
        });
        if districts.is_empty() {
            return None;
        }
        for (follower, central) in followers {
            let has_central = |district: &&mut District| district.schools().any(|(own, _)| own == *central);
            if let Some(district) = districts.iter_mut().find(has_central) {
                district.members.push(*follower);
            }
        }
        for district in &mut districts {
            district.members.sort_unstable();
        }
        districts.sort_by_cached_key(|district| district.middle(county));
        begin::tell(county, stage, strengths, settings, &mut districts);
        name_districts(county, stage, &mut districts, settings.policy.preset, parameters.language);
        Some(Grouping { districts: Districts { stage, districts }, bound })
    }

    /// Where years lack groups, makes one more at a time, in the parts whose groups are largest and that have schools left that
    /// may lead, as long as less is lacking then.
    fn add_for_years(
        &self,
        grouped: &mut [(Part, Grouped)],
        followers: &[(SchoolIndex, SchoolIndex)],
        grouping: &mut Grouping,
    ) {
        let lacking = |grouping: &Grouping| begin::lacking(&self.settings.policy, &grouping.districts.districts);
        let mut tries = TRIES;
        loop {
            let before = lacking(grouping);
            if before == 0 {
                return;
            }
            let mean =
                |(part, of_part): &(Part, Grouped)| part.schools.len() as f64 / of_part.districts.len().max(1) as f64;
            let mut order: Vec<usize> = (0..grouped.len()).filter(|part| grouped[*part].1.spare > 0).collect();
            order.sort_by(|first, second| mean(&grouped[*second]).total_cmp(&mean(&grouped[*first])));
            let better = order.into_iter().take(tries).find_map(|position| {
                tries -= 1;
                let mut with_more = grouped.to_vec();
                let (part, of_part) = &mut with_more[position];
                part.count = Some(of_part.districts.len() + 1);
                *of_part = self.group(part.clone());
                let joined = self.join(&with_more, followers)?;
                (lacking(&joined) < before).then_some((with_more, joined))
            });
            let Some((with_more, joined)) = better else { return };
            grouped.clone_from_slice(&with_more);
            *grouping = joined;
        }
    }

    /// Groups the schools of one part. Where schools may stay outside and the leads cannot take all, the farthest do.
    fn group(&self, mut part: Part) -> Grouped {
        let Planning { county, stage, territory, strengths, settings, parameters } = *self;
        let mut task = Task::of(county, stage, territory, strengths, settings, &part, parameters.most_imbalance);
        let mut leads = lead::choose(&task);
        let room = leads.len() * part.size[1];
        if leads.is_empty() {
            return Grouped { bound: Some(GroupingBound::none()), ..Grouped::default() };
        }
        if !settings.policy.everyone && part.schools.len() > room {
            part.schools = outside::keep(county, &task, &leads, strengths, room);
            part.count = Some(leads.len());
            task = Task::of(county, stage, territory, strengths, settings, &part, parameters.most_imbalance);
            leads = lead::choose(&task);
        }
        if leads.len() != task.count {
            // Sizes are wanted, and ways typical, of the leads there are.
            part.count = Some(leads.len());
            task = Task::of(county, stage, territory, strengths, settings, &part, parameters.most_imbalance);
        }
        let task = task.with_leads(&leads);
        let (district_of, bound) = members(&task, &leads, parameters);
        let mut of_district: Vec<Vec<SchoolIndex>> = vec![Vec::new(); leads.len()];
        for (school, district) in task.schools.iter().zip(district_of) {
            of_district[district].push(*school);
        }
        let led = of_district.into_iter().zip(&leads).map(|(mut members, at)| {
            let lead = task.leads(*at).then_some(task.schools[*at]);
            members.retain(|school| Some(*school) != lead);
            let kind = settings.policy.kind().unwrap_or_default();
            // Who stands in for a lead where town helps country is the first who helps.
            let stands_in = !task.leads(*at) && settings.districts.helping.is_some();
            let helpers = if stands_in { vec![task.schools[*at]] } else { Vec::new() };
            District { kind, lead, members, helpers, ..District::default() }
        });
        let spare = (0..task.schools.len()).filter(|school| task.may_lead[*school] && !leads.contains(school)).count();
        Grouped { districts: led.collect(), bound, spare }
    }
}

/// The district of each school, with the bound. Where schools are few, a short search and a
/// bound that it reaches save the long one.
fn members(task: &Task, leads: &[usize], parameters: Parameters) -> (Vec<usize>, Option<GroupingBound>) {
    let prove = |found: &[usize]| if parameters.prove { bound::prove(task, leads, found) } else { None };
    let mut proved = None;
    if parameters.prove && search::is_handful(task) {
        let short = search::short(task, leads, parameters.seed);
        proved = prove(&short);
        if let Some(proved) = proved.clone() {
            let candidates = proved.best.clone().into_iter().chain([short]);
            let mut reached = candidates.filter(|found| {
                let is_whole = task.unpaired(leads, found) == 0 && task.keeps_pupils(leads, found);
                is_whole && proved.is_reached_by(task, leads, found)
            });
            if let Some(best) = reached.next() {
                let bound = proved.beside(task, leads, &best);
                return (best, Some(bound));
            }
        }
    }
    let found = search::search(task, leads, parameters.seed);
    // The exact program knows nothing of a most there may be, nor of pupils.
    let exact = parameters.exact && parameters.most_imbalance.is_none() && task.pupil_bounds.is_none();
    let (found, solver_m) = refine(task, leads, found, exact);
    let proved = proved.or_else(|| prove(&found));
    let bound = proved.map(|proved| GroupingBound { solver_m, ..proved.beside(task, leads, &found) });
    (found, bound)
}

#[cfg(feature = "exact")]
fn refine(task: &Task, leads: &[usize], found: Vec<usize>, exact: bool) -> (Vec<usize>, Option<f64>) {
    if exact { exact::solve(task, leads, found) } else { (found, None) }
}

#[cfg(not(feature = "exact"))]
fn refine(_task: &Task, _leads: &[usize], found: Vec<usize>, _exact: bool) -> (Vec<usize>, Option<f64>) {
    (found, None)
}

/// Districts in order of their leads, `P01`, `P02` … after the stage's letter, named after the lead, or where they have none
/// after the school in their middle.
fn name_districts(
    county: &County,
    stage: Stage,
    districts: &mut [District],
    preset: Option<Preset>,
    language: Language,
) {
    let letter = match stage {
        Stage::Primary => 'P',
        Stage::Junior => 'J',
        Stage::All => 'A',
    };
    districts.sort_by_cached_key(|district| district.middle(county));
    for (position, district) in districts.iter_mut().enumerate() {
        let middle = district.middle(county).map(|school| county.school(school).name.as_str()).unwrap_or_default();
        let key = match preset {
            Some(Preset::Nanchang) => "district-name-community",
            Some(Preset::Suzhou | Preset::Ankang) => "district-name-group",
            Some(Preset::Liucheng) => "district-name-pairs",
            Some(Preset::Pubei) | None => "district-name",
        };
        district.name = Message::new(key).text("lead", middle).in_language(language);
        district.id = format!("{letter}{:02}", position + 1);
    }
}
