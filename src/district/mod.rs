//! Schools to districts: near 位置相近, right-sized 规模适度, strong paired with weak 强弱搭配.
//!
//! In order: which schools are grouped with which at all (`part`), how they stand to each other (`task`), which of them lead
//! (`lead`), who stays outside where documents allow it (`outside`), who belongs to whom (`search`, or `exact` with the feature of that name), and how
//! and when districts begin (`begin`). [`group`] reads like this list.

mod begin;
#[cfg(feature = "exact")]
mod exact;
mod frontier;
mod lead;
mod outside;
mod part;
mod search;
mod task;

pub use frontier::{Candidate, sweep};

use crate::language::{Language, Message};
use crate::measure::{Strengths, strengths};
use crate::model::settings::{Preset, Settings};
use crate::model::{Catchments, County, District, Districts, Record, SchoolIndex, Stage};
use crate::space::Ground;
use part::{Part, Parts};
use task::Task;

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
    /// With `exact`: by how many percent at most the grouping is above the best one with the same leads; `None` else.
    pub gap_percent: Option<f64>,
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
    let Parts { parts, followers } = part::parts(county, stage, &strengths, settings);
    let mut districts: Vec<District> = Vec::new();
    let mut gap_percent: Option<f64> = None;
    for part in parts {
        let (of_part, gap) = group_part(county, stage, territory, &strengths, settings, parameters, part);
        districts.extend(of_part);
        gap_percent = gap.map(|gap| gap_percent.map_or(gap, |known| known.max(gap)));
    }
    if districts.is_empty() {
        return None;
    }
    for (follower, central) in followers {
        if let Some(district) = districts.iter_mut().find(|district| district.schools().any(|(own, _)| own == central))
        {
            district.members.push(follower);
        }
    }
    for district in &mut districts {
        district.members.sort_unstable();
    }
    name_districts(county, stage, &mut districts, settings.policy.preset, parameters.language);
    begin::tell(county, stage, &strengths, settings, &mut districts);
    Some(Grouping { districts: Districts { stage, districts }, gap_percent })
}

/// Groups the schools of one part. Where schools may stay outside and the leads cannot take all, the farthest do.
fn group_part(
    county: &County,
    stage: Stage,
    territory: Option<Territory<'_>>,
    strengths: &Strengths,
    settings: &Settings,
    parameters: Parameters,
    mut part: Part,
) -> (Vec<District>, Option<f64>) {
    let mut task = Task::of(county, stage, territory, strengths, settings, &part, parameters.most_imbalance);
    let mut leads = lead::choose(&task);
    let room = leads.len() * part.size[1];
    if leads.is_empty() {
        return (Vec::new(), None);
    }
    if !settings.policy.everyone && part.schools.len() > room {
        part.schools = outside::keep(county, &task, &leads, strengths, room);
        part.count = Some(leads.len());
        task = Task::of(county, stage, territory, strengths, settings, &part, parameters.most_imbalance);
        leads = lead::choose(&task);
    }
    let found = search::search(&task, &leads, parameters.seed);
    // The exact program knows nothing of town and country, nor of a most there may be.
    let is_exact = parameters.exact && settings.districts.mix == 0.0 && parameters.most_imbalance.is_none();
    let (district_of, gap_percent) = refine(&task, &leads, found, is_exact);
    let mut of_district: Vec<Vec<SchoolIndex>> = vec![Vec::new(); leads.len()];
    for (school, district) in task.schools.iter().zip(district_of) {
        of_district[district].push(*school);
    }
    let led = of_district.into_iter().zip(&leads).map(|(mut members, lead)| {
        let may_lead = task.may_lead[*lead] || task.locked_leads.contains(lead);
        let lead = may_lead.then_some(task.schools[*lead]);
        members.retain(|school| Some(*school) != lead);
        let (id, name) = (String::new(), String::new());
        District { id, name, mode: None, governance: None, year: None, record: Record::default(), lead, members }
    });
    (led.collect(), gap_percent)
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
