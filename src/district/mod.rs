//! Schools to districts: near 位置相近, right-sized 规模适度, strong paired with weak 强弱搭配.
//!
//! In order: which schools are in question and how they stand to each other (`task`), which of them lead (`lead`), who
//! belongs to whom (`search`, or `exact` with the feature of that name). [`group`] reads like this list.

#[cfg(feature = "exact")]
mod exact;
mod lead;
mod search;
mod task;

use crate::language::{Language, Message};
use crate::measure::{Strengths, strengths};
use crate::model::settings::Settings;
use crate::model::{Catchments, County, District, DistrictKind, Districts, SchoolIndex, Stage};
use crate::space::Ground;
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

/// Groups the schools of one stage into districts; `None` where nothing tells strong schools from weak ones, or where no
/// school may lead.
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
    if !strengths.is_known {
        return None;
    }
    let task = Task::of(county, stage, territory, &strengths, settings);
    let leads = lead::choose(&task);
    if leads.is_empty() {
        return None;
    }
    let found = search::search(&task, &leads, parameters.seed);
    // The exact program knows nothing of town and country.
    let is_exact = parameters.exact && settings.districts.mix == 0.0;
    let (members, gap_percent) = refine(&task, &leads, found, is_exact);
    let mut districts = name_districts(county, stage, &task, &leads, &members, parameters.language);
    if let Some(helping) = settings.districts.helping {
        tell_kinds(county, &mut districts.districts, helping);
    }
    Some(Grouping { districts, gap_percent })
}

#[cfg(feature = "exact")]
fn refine(task: &Task, leads: &[usize], found: Vec<usize>, exact: bool) -> (Vec<usize>, Option<f64>) {
    if exact { exact::solve(task, leads, found) } else { (found, None) }
}

#[cfg(not(feature = "exact"))]
fn refine(_task: &Task, _leads: &[usize], found: Vec<usize>, _exact: bool) -> (Vec<usize>, Option<f64>) {
    (found, None)
}

/// Tells so many districts to be of the helping kind, the others to merge: those in which a town school leads and the
/// largest share of members stands in the country; of equals, those whose members are farthest from the lead.
fn tell_kinds(county: &County, districts: &mut [District], helping: usize) {
    let merit = |district: &District| {
        let in_country = |school: &&SchoolIndex| county.school(**school).urban == Some(false);
        let share = district.members.iter().filter(in_country).count() as f64 / district.members.len().max(1) as f64;
        let gate = county.school(district.lead).gate;
        let way = |school: &SchoolIndex| {
            let between = county.school(*school).gate - gate;
            between.x.hypot(between.y)
        };
        let metres = district.members.iter().map(way).sum::<f64>() / district.members.len().max(1) as f64;
        (county.school(district.lead).urban == Some(true), share, metres)
    };
    let mut order: Vec<usize> = (0..districts.len()).collect();
    order.sort_by(|first, second| {
        let ((town, share, metres), (towns, shares, away)) = (merit(&districts[*first]), merit(&districts[*second]));
        towns.cmp(&town).then(shares.total_cmp(&share)).then(away.total_cmp(&metres)).then(first.cmp(second))
    });
    for (rank, position) in order.into_iter().enumerate() {
        districts[position].kind = if rank < helping { DistrictKind::Helping } else { DistrictKind::Merging };
    }
}

/// Districts in order of their leads, `P01`, `P02` … after the stage's letter, named after the lead.
fn name_districts(
    county: &County,
    stage: Stage,
    task: &Task,
    leads: &[usize],
    district_of: &[usize],
    language: Language,
) -> Districts {
    let letter = match stage {
        Stage::Primary => 'P',
        Stage::Junior => 'J',
        Stage::All => 'A',
    };
    let mut of_district: Vec<Vec<SchoolIndex>> = vec![Vec::new(); leads.len()];
    for (school, district) in task.schools.iter().zip(district_of) {
        of_district[*district].push(*school);
    }
    let mut districts: Vec<District> = leads
        .iter()
        .enumerate()
        .map(|(position, lead)| {
            let lead = task.schools[*lead];
            let members: Vec<SchoolIndex> =
                of_district[position].iter().copied().filter(|school| *school != lead).collect();
            let name = Message::new("district-name").text("lead", &county.school(lead).name).in_language(language);
            District { id: String::new(), name, kind: DistrictKind::Plain, lead, members }
        })
        .collect();
    districts.sort_by_key(|district| district.lead);
    for (position, district) in districts.iter_mut().enumerate() {
        district.id = format!("{letter}{:02}", position + 1);
    }
    Districts { stage, districts }
}
