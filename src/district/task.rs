//! The schools of one stage as numbers: how far apart, how strong, whose catchments touch, what is wanted.

use crate::measure::{Strengths, Tier};
use crate::model::settings::Settings;
use crate::model::{Catchments, County, LockKind, SchoolIndex};
use crate::space::Ground;

/// What grouping works on. Schools are numbered by position in [`Task::schools`].
pub(super) struct Task {
    /// The county's position of each school.
    pub(super) schools: Vec<SchoolIndex>,
    /// Straight metres between gates.
    pub(super) metres: Vec<Vec<f64>>,
    /// Pupils × (strength − mean strength), in metres by the weight of pairing; zero for schools that are not rated.
    pub(super) tilt: Vec<f64>,
    /// Which schools' catchments touch, as lists.
    pub(super) beside: Vec<Vec<usize>>,
    /// The schools of each school's pool, itself among them: they share a catchment, so they stay in one district.
    pub(super) pool: Vec<Vec<usize>>,
    /// Schools that may lead.
    pub(super) may_lead: Vec<bool>,
    /// Schools that must lead.
    pub(super) locked_leads: Vec<usize>,
    /// For each school the lead it is locked to.
    pub(super) locked_to: Vec<Option<usize>>,
    /// Fewest and most schools in a district, the lead included.
    pub(super) size: [usize; 2],
    /// The number of districts.
    pub(super) count: usize,
    /// What one school too many or too few costs, in metres.
    pub(super) size_weight: f64,
    /// The factor on metres to the lead.
    pub(super) near_weight: f64,
    /// Whether territories should hang together.
    pub(super) contiguous: bool,
}

impl Task {
    pub(super) fn of(
        county: &County,
        ground: &Ground,
        catchments: &Catchments,
        strengths: &Strengths,
        settings: &Settings,
    ) -> Task {
        let stage = catchments.stage;
        let schools: Vec<SchoolIndex> = county.schools_of(stage).collect();
        let position = |school: SchoolIndex| schools.binary_search(&school).ok();
        let metres: Vec<Vec<f64>> = schools
            .iter()
            .map(|first| {
                schools
                    .iter()
                    .map(|second| {
                        let between = county.school(*first).gate - county.school(*second).gate;
                        (between.x * between.x + between.y * between.y).sqrt()
                    })
                    .collect()
            })
            .collect();
        let wishes = &settings.districts;
        let may_lead: Vec<bool> = schools
            .iter()
            .map(|school| {
                let pupils = strengths.of(*school).map_or(0, |strength| strength.pupils);
                strengths.is(*school, Tier::Strong)
                    && !county.school(*school).marks.teaching_point
                    && pupils >= wishes.lead_enrolment
            })
            .collect();
        let mut locked_leads: Vec<usize> = Vec::new();
        let mut locked_to = vec![None; schools.len()];
        for lock in &county.locks {
            match lock.kind {
                LockKind::Lead { school } => locked_leads.extend(position(school)),
                LockKind::MemberOf { member, lead } => {
                    if let (Some(member), Some(lead)) = (position(member), position(lead)) {
                        locked_leads.push(lead);
                        locked_to[member] = Some(lead);
                    }
                }
                LockKind::BlockToSchool { .. }
                | LockKind::Together { .. }
                | LockKind::Apart { .. }
                | LockKind::Forbidden { .. } => {}
            }
        }
        locked_leads.sort_unstable();
        locked_leads.dedup();
        let qualified = (0..schools.len()).filter(|school| may_lead[*school] || locked_leads.contains(school)).count();
        let count = wishes.count.unwrap_or_else(|| wanted_count(schools.len(), wishes.schools));
        // A typical way: from a school to the nearest of as many evenly spread leads. It turns counts into metres.
        let typical = typical_way(&metres, count.max(1));
        let pool = schools
            .iter()
            .map(|school| county.sharing(stage, *school).into_iter().filter_map(position).collect())
            .collect();
        Task {
            pool,
            tilt: tilts(&schools, strengths, wishes.pair * typical),
            beside: touching(county, ground, catchments, &schools),
            count: count.clamp(locked_leads.len().max(1).min(qualified.max(1)), qualified.max(1)),
            size: wishes.schools,
            size_weight: wishes.size * typical,
            near_weight: wishes.near,
            contiguous: wishes.contiguous,
            schools,
            metres,
            may_lead,
            locked_leads,
            locked_to,
        }
    }

    /// The wanted number of schools in a district.
    pub(super) fn wanted_size(&self) -> f64 {
        self.schools.len() as f64 / self.count as f64
    }
}

/// The number of districts at which their mean size lies in the middle of the bounds.
fn wanted_count(schools: usize, [fewest, most]: [usize; 2]) -> usize {
    let middle = (fewest + most) as f64 / 2.0;
    let count = (schools as f64 / middle.max(1.0)).round() as usize;
    let (least, largest) = (schools.div_ceil(most.max(1)).max(1), (schools / fewest.max(1)).max(1));
    // Where no number of districts keeps both bounds, the rule of sizes says so.
    count.clamp(least.min(largest), least.max(largest))
}

/// The mean over schools of the distance to the (schools ÷ count)-th nearest other school.
fn typical_way(metres: &[Vec<f64>], count: usize) -> f64 {
    let rank = (metres.len() / count).clamp(1, metres.len().max(1));
    let sum: f64 = metres
        .iter()
        .map(|row| {
            let mut sorted = row.clone();
            sorted.sort_by(f64::total_cmp);
            sorted.get(rank).or(sorted.last()).copied().unwrap_or(0.0)
        })
        .sum();
    (sum / metres.len().max(1) as f64).max(1.0)
}

/// How much each school tilts the balance of its district. `scale` metres stand for a school of mean size that is one
/// standard deviation from the mean strength.
fn tilts(schools: &[SchoolIndex], strengths: &Strengths, scale: f64) -> Vec<f64> {
    let rated: Vec<(f64, f64)> = schools
        .iter()
        .filter_map(|school| {
            let strength = strengths.of(*school)?;
            Some((f64::from(strength.pupils), strength.index?))
        })
        .collect();
    let pupils: f64 = rated.iter().map(|(pupils, _)| pupils).sum();
    if pupils <= 0.0 {
        return vec![0.0; schools.len()];
    }
    let mean = rated.iter().map(|(pupils, index)| pupils * index).sum::<f64>() / pupils;
    let variance = rated.iter().map(|(count, index)| count * (index - mean).powi(2)).sum::<f64>() / pupils;
    let unit = (variance.sqrt() * pupils / rated.len() as f64).max(f64::MIN_POSITIVE);
    schools
        .iter()
        .map(|school| {
            strengths
                .of(*school)
                .and_then(|strength| Some(f64::from(strength.pupils) * (strength.index? - mean)))
                .map_or(0.0, |tilt| scale * tilt / unit)
        })
        .collect()
}

/// Which schools' catchments have neighbouring blocks.
fn touching(county: &County, ground: &Ground, catchments: &Catchments, schools: &[SchoolIndex]) -> Vec<Vec<usize>> {
    let mut position = vec![usize::MAX; county.schools.len()];
    for (number, school) in schools.iter().enumerate() {
        position[school.get()] = number;
    }
    let mut pairs: Vec<(usize, usize)> = ground
        .adjacency
        .links()
        .iter()
        .filter_map(|link| {
            let (first, second) = (catchments.school_of[link.first]?, catchments.school_of[link.second]?);
            (first != second).then(|| (position[first.get()], position[second.get()]))
        })
        // Schools of a pool touch each other, and by the first of them whatever their catchment touches.
        .chain(schools.iter().enumerate().filter_map(|(number, school)| {
            let holder = county.holder(catchments.stage, *school);
            (holder != *school).then(|| (position[holder.get()], number))
        }))
        .flat_map(|(first, second)| [(first, second), (second, first)])
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut beside = vec![Vec::new(); schools.len()];
    for (first, second) in pairs {
        beside[first].push(second);
    }
    beside
}
