//! The schools of one stage as numbers: how far apart, how strong, whose catchments touch, what is wanted.

use geo::Coord;
use rayon::prelude::*;

use super::Territory;
use super::part::Part;
use crate::measure::{Strengths, Tier};
use crate::model::settings::Settings;
use crate::model::{County, LockKind, SchoolIndex, Stage};
use crate::space::index::PlaceIndex;

/// What grouping works on. Schools are numbered by position in [`Task::schools`].
pub(super) struct Task {
    /// The county's position of each school.
    pub(super) schools: Vec<SchoolIndex>,
    /// Where their gates are.
    pub(super) places: Vec<[f64; 2]>,
    /// Pupils × (strength − mean strength), in metres by the weight of pairing; zero for schools that are not rated.
    pub(super) tilt: Vec<f64>,
    /// The most tilt of all districts together, as a share of what there is where every school is with its nearest lead; what
    /// is below costs nothing then.
    pub(super) tilt_share: Option<f64>,
    /// Which schools' catchments touch, as lists.
    pub(super) beside: Vec<Vec<usize>>,
    /// The schools of each school's pool, itself among them: they share a catchment, so they stay in one district.
    pub(super) pool: Vec<Vec<usize>>,
    /// Schools that may lead.
    pub(super) may_lead: Vec<bool>,
    /// Whether other schools stand in for leads where too few may lead.
    pub(super) may_stand_in: bool,
    /// Whether those are of a town as far as there are any: they help the country schools of their district.
    pub(super) stand_in_from_town: bool,
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
    /// The way from a school to the nearest of as many evenly spread leads, on average, in metres.
    pub(super) typical: f64,
    /// The factor on metres to the lead.
    pub(super) near_weight: f64,
    /// How many metres each metre counts on top by which a way is longer than that to the nearest lead and a typical way.
    pub(super) far: f64,
    /// The metres from each school to the nearest lead, once there are leads.
    pub(super) to_nearest: Vec<f64>,
    /// What it costs in metres that a district has only town or only country schools, where the county has both; zero where
    /// that does not count.
    pub(super) mix_weight: f64,
    /// Whether each school stands in a town.
    pub(super) urban: Vec<Option<bool>>,
    /// Whether each school is weak or new, so that it needs a strong one in its district.
    pub(super) in_need: Vec<bool>,
    /// Whether each school is strong.
    pub(super) strong: Vec<bool>,
    /// Whether territories should hang together.
    pub(super) contiguous: bool,
    /// The pupils of each school, and the fewest and most in a district, where these are bounded.
    pub(super) pupils: Vec<i64>,
    pub(super) pupil_bounds: Option<[i64; 2]>,
}

impl Task {
    pub(super) fn of(
        county: &County,
        stage: Stage,
        territory: Option<Territory<'_>>,
        strengths: &Strengths,
        settings: &Settings,
        part: &Part,
        tilt_share: Option<f64>,
    ) -> Task {
        let schools: Vec<SchoolIndex> = part.schools.clone();
        let position = |school: SchoolIndex| schools.binary_search(&school).ok();
        let gates = schools.iter().map(|school| county.school(*school).gate);
        let places: Vec<[f64; 2]> = gates.map(|gate| [gate.x, gate.y]).collect();
        let wishes = &settings.districts;
        let may_lead: Vec<bool> = schools
            .iter()
            .map(|school| {
                let pupils = strengths.of(*school).map_or(0, |strength| strength.pupils);
                let is_strong = strengths.is(*school, Tier::Strong);
                (if wishes.marked_lead { county.school(*school).marks.strong } else { is_strong })
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
        let marked = |school: &usize| county.school(schools[*school]).marks.lead && locked_to[*school].is_none();
        locked_leads.extend((0..schools.len()).filter(marked));
        locked_leads.sort_unstable();
        locked_leads.dedup();
        let qualified = (0..schools.len()).filter(|school| may_lead[*school] || locked_leads.contains(school)).count();
        // Helping districts need no lead: where too few may lead, others stand in for them.
        let standing_in = if settings.policy.lead_optional { schools.len() } else { wishes.helping.unwrap_or(0) };
        let leading = (qualified + standing_in).min(schools.len()).max(1);
        // Where leads are marked, they are all the leads.
        let marked = schools.iter().filter(|school| county.school(**school).marks.lead).count();
        let by_size = || if marked > 0 { locked_leads.len() } else { wanted_count(schools.len(), part.size) };
        let count = part.count.unwrap_or_else(by_size);
        let count = count.clamp(locked_leads.len().max(1).min(leading), leading);
        // A typical way: from a school to the nearest of as many evenly spread leads. It turns counts into metres.
        let typical = typical_way(&places, count);
        let by_point = wishes.metres_per_point.is_some();
        let pool = schools
            .iter()
            .map(|school| county.sharing(stage, *school).into_iter().filter_map(position).collect())
            .collect();
        Task {
            pool,
            tilt_share,
            tilt: match wishes.metres_per_point {
                Some(metres) => tilts_by_point(&schools, strengths, metres),
                None => tilts(&schools, strengths, wishes.pair * typical),
            },
            beside: territory.map_or_else(Vec::new, |territory| touching(county, territory, &schools)),
            count,
            stand_in_from_town: !settings.policy.lead_optional,
            may_stand_in: standing_in > 0 && qualified > 0 || settings.policy.lead_optional,
            size: part.size,
            size_weight: if by_point { 0.0 } else { wishes.size * typical },
            near_weight: if by_point { 1.0 } else { wishes.near },
            far: if by_point { 0.0 } else { wishes.far },
            to_nearest: Vec::new(),
            mix_weight: wishes.mix * typical,
            urban: schools.iter().map(|school| county.school(*school).urban).collect(),
            in_need: schools.iter().map(|school| strengths.is_in_need(county, *school)).collect(),
            strong: schools.iter().map(|school| strengths.is(*school, Tier::Strong)).collect(),
            contiguous: wishes.contiguous && territory.is_some(),
            pupils: schools.iter().map(|school| i64::from(county.school(*school).pupils())).collect(),
            pupil_bounds: wishes.pupils.map(|bounds| bounds.map(i64::from)),
            typical,
            schools,
            places,
            may_lead,
            locked_leads,
            locked_to,
        }
    }

    /// The straight metres between the gates of two schools.
    pub(super) fn metres(&self, first: usize, second: usize) -> f64 {
        let ([x, y], [u, v]) = (self.places[first], self.places[second]);
        ((x - u) * (x - u) + (y - v) * (y - v)).sqrt()
    }

    /// Whether a school leads its district, and does not only stand in for a lead.
    pub(super) fn leads(&self, lead: usize) -> bool {
        self.may_lead[lead] || self.locked_leads.contains(&lead)
    }

    /// Whether every district has as many pupils as it may have.
    pub(super) fn keeps_pupils(&self, leads: &[usize], district_of: &[usize]) -> bool {
        let Some([fewest, most]) = self.pupil_bounds else { return true };
        let mut pupils = vec![0; leads.len()];
        for (school, district) in district_of.iter().enumerate() {
            pupils[*district] += self.pupils[school];
        }
        pupils.into_iter().all(|pupils| (fewest..=most).contains(&pupils))
    }

    /// How many schools in need have no strong school with them: the lead of their district, or where it has none, any.
    pub(super) fn unpaired(&self, leads: &[usize], district_of: &[usize]) -> usize {
        let mut has_strong: Vec<bool> = leads.iter().map(|lead| self.leads(*lead) && self.strong[*lead]).collect();
        for (school, district) in district_of.iter().enumerate() {
            has_strong[*district] |= self.strong[school] && !self.leads(leads[*district]);
        }
        let is_unpaired = |(school, district): &(usize, &usize)| self.in_need[*school] && !has_strong[**district];
        district_of.iter().enumerate().filter(is_unpaired).count()
    }

    /// Notes how far each school has it to the nearest of these leads.
    pub(super) fn with_leads(mut self, leads: &[usize]) -> Task {
        if self.far > 0.0 {
            let place = |[x, y]: [f64; 2]| Coord { x, y };
            let index = PlaceIndex::new(leads.iter().map(|lead| place(self.places[*lead])));
            let nearest = |school: usize| {
                let found = index.nearest(place(self.places[school]), 1);
                found.first().map_or(f64::INFINITY, |(lead, _)| self.metres(school, leads[*lead]))
            };
            self.to_nearest = (0..self.schools.len()).map(nearest).collect();
        }
        self
    }

    /// What a way of a school of so many metres costs: weighed, and on top for being much longer than the nearest.
    pub(super) fn weighed(&self, school: usize, metres: f64) -> [f64; 2] {
        let much = self.to_nearest.get(school).map_or(0.0, |nearest| (metres - nearest - self.typical).max(0.0));
        [self.near_weight * metres, self.near_weight * self.far * much]
    }

    /// What the way from a school to a lead costs, in metres.
    pub(super) fn way(&self, school: usize, lead: usize) -> f64 {
        let [near, far] = self.weighed(school, self.metres(school, lead));
        near + far
    }

    /// The wanted number of schools in a district.
    pub(super) fn wanted_size(&self) -> f64 {
        self.schools.len() as f64 / self.count as f64
    }
}

/// The number of districts at which their mean size lies in the middle of the bounds.
pub(super) fn wanted_count(schools: usize, [fewest, most]: [usize; 2]) -> usize {
    let middle = (fewest + most) as f64 / 2.0;
    let count = (schools as f64 / middle.max(1.0)).round() as usize;
    let (least, largest) = (schools.div_ceil(most.max(1)).max(1), (schools / fewest.max(1)).max(1));
    // Where no number of districts keeps both bounds, the rule of sizes says so.
    count.clamp(least.min(largest), least.max(largest))
}

/// The mean over schools of the distance to the (schools ÷ count)-th nearest other school.
fn typical_way(places: &[[f64; 2]], count: usize) -> f64 {
    let rank = (places.len() / count).clamp(1, places.len().max(1));
    let place = |[x, y]: &[f64; 2]| Coord { x: *x, y: *y };
    let index = PlaceIndex::new(places.iter().map(place));
    // The nearest place is its own.
    let way = |at: &[f64; 2]| index.nearest(place(at), rank + 1).last().map_or(0.0, |(_, metres)| *metres);
    let ways: Vec<f64> = places.par_iter().map(way).collect();
    (ways.iter().sum::<f64>() / places.len().max(1) as f64).max(1.0)
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

/// The same in `metres` a point above or below the mean of the rated schools, each school counting once.
fn tilts_by_point(schools: &[SchoolIndex], strengths: &Strengths, metres: f64) -> Vec<f64> {
    let index = |school: &SchoolIndex| strengths.of(*school).and_then(|strength| strength.index);
    let rated: Vec<f64> = schools.iter().filter_map(index).collect();
    let mean = rated.iter().sum::<f64>() / rated.len().max(1) as f64;
    schools.iter().map(|school| index(school).map_or(0.0, |index| metres * (index - mean))).collect()
}

/// Which schools' catchments have neighbouring blocks.
fn touching(county: &County, territory: Territory<'_>, schools: &[SchoolIndex]) -> Vec<Vec<usize>> {
    let Territory { ground, catchments } = territory;
    // Schools of other parts, and those that follow a central school, are in none of these lists.
    let mut position = vec![None; county.schools.len()];
    for (number, school) in schools.iter().enumerate() {
        position[school.get()] = Some(number);
    }
    let mut pairs: Vec<(usize, usize)> = ground
        .adjacency
        .links()
        .iter()
        .filter_map(|link| {
            let (first, second) =
                (catchments.school_of[link.first as usize]?, catchments.school_of[link.second as usize]?);
            if first == second { None } else { position[first.get()].zip(position[second.get()]) }
        })
        // Schools of a pool touch each other, and by the first of them whatever their catchment touches.
        .chain(schools.iter().enumerate().filter_map(|(number, school)| {
            let holder = county.holder(catchments.stage, *school);
            position[holder.get()].filter(|_| holder != *school).map(|holder| (holder, number))
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
