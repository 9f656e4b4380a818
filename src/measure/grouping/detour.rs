//! Schools whose lead is not the nearest one they could have, and why they are not with that.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rules::Judged;
use super::{following, round};
use crate::model::{District, SchoolIndex};
use crate::space::index::PlaceIndex;

/// A school with a lead that is not the nearest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Detour {
    /// The school.
    pub school_id: String,
    /// Its district.
    pub district_id: String,
    /// Straight metres to its lead.
    pub to_lead_m: f64,
    /// The nearest lead that the rules let it have.
    pub nearest_lead_id: String,
    /// Straight metres to that.
    pub nearest_m: f64,
    /// What going there would break, or make worse.
    pub reason: DetourReason,
}

/// What moving one school, and nothing else, to the nearest lead would do; the first that is so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DetourReason {
    /// A lock holds it where it is.
    Locked,
    /// The district there has the most schools already.
    Full {
        /// So many.
        most: usize,
    },
    /// Its own district would have too few.
    Fewest {
        /// At least so many there should be.
        fewest: usize,
    },
    /// Its own district would have no town or no country school any more.
    Mixture,
    /// Strength would be spread less evenly over the two districts. Internal.
    Strength {
        /// Points by which they are off the mean, weighted by pupils, as they are.
        before: f64,
        /// The same after.
        after: f64,
    },
    /// The sizes of the two would be less alike.
    Size,
    /// Nothing by itself: it follows from how all schools fit together.
    Whole,
}

/// What moves are weighed by.
struct Means<'a> {
    size: f64,
    strength: BTreeMap<Option<&'a str>, f64>,
}

impl Judged<'_> {
    /// The schools with a lead that is not the nearest they could have by county, level and centre, the longest ways round first;
    /// none of pairs. Cost: schools × log leads.
    pub(super) fn detours(&self) -> Vec<Detour> {
        let Judged { county, districts, settings, .. } = *self;
        let policy = &settings.policy;
        if policy.pairs {
            return Vec::new();
        }
        let led: Vec<(&District, SchoolIndex)> =
            districts.districts.iter().filter_map(|district| Some((district, district.lead?))).collect();
        let by_county = policy.keeps_counties();
        let may_have = |school: SchoolIndex, lead: SchoolIndex| {
            let [own, of_lead] = [school, lead].map(|of| &county.school(of).standing);
            (!by_county || own.county == of_lead.county)
                && (!policy.same_level || own.level == of_lead.level)
                && (!policy.same_authority || own.authority() == of_lead.authority())
                && (policy.centre_schools.is_none() || own.centre == of_lead.centre)
        };
        let index = PlaceIndex::new(led.iter().map(|(_, lead)| county.school(*lead).gate));
        let nearest_of = |school: SchoolIndex| {
            let mut reach = 8;
            loop {
                let near = index.nearest(county.school(school).gate, reach);
                if let Some((at, _)) = near.iter().find(|(at, _)| may_have(school, led[*at].1)) {
                    let (district, lead) = led[*at];
                    return Some((county.metres_apart(school, lead), district, lead));
                }
                if near.len() < reach {
                    return None;
                }
                reach *= 4;
            }
        };
        let means = self.means();
        let mut detours = Vec::new();
        for (district, _) in &led {
            let follow = if policy.with_central_school { following(county, district, policy) } else { Vec::new() };
            for (school, to) in district.ways(county).into_iter().filter(|(school, _)| !follow.contains(school)) {
                let metres = county.metres_apart(school, to);
                let Some((nearest_m, there, nearest)) =
                    nearest_of(school).filter(|(nearest_m, ..)| *nearest_m < metres)
                else {
                    continue;
                };
                detours.push(Detour {
                    school_id: county.school(school).id.clone(),
                    district_id: district.id.clone(),
                    to_lead_m: round(metres, 1),
                    nearest_lead_id: county.school(nearest).id.clone(),
                    nearest_m: round(nearest_m, 1),
                    reason: self.why_not(school, district, there, &means),
                });
            }
        }
        let more = |detour: &Detour| detour.to_lead_m - detour.nearest_m;
        detours.sort_by(|first, second| {
            more(second).total_cmp(&more(first)).then_with(|| first.school_id.cmp(&second.school_id))
        });
        detours
    }

    /// The mean size of districts, and the mean strength of all rated pupils, by county where districts keep within one.
    fn means(&self) -> Means<'_> {
        let districts = &self.districts.districts;
        let sizes: usize = districts.iter().map(|district| self.counted(district)[0]).sum();
        let mut sums: BTreeMap<Option<&str>, (f64, f64)> = BTreeMap::new();
        for school in self.county.schools_of(self.districts.stage) {
            let Some((pupils, index)) = self.rated(school) else { continue };
            let (all, sum) = sums.entry(self.county_that_counts(school)).or_default();
            (*all, *sum) = (*all + pupils, *sum + pupils * index);
        }
        let strength = sums.into_iter().map(|(county, (all, sum))| (county, sum / f64::max(all, 1.0)));
        Means { size: sizes as f64 / districts.len().max(1) as f64, strength: strength.collect() }
    }

    /// The county whose mean a school is compared with; none where it is that of all.
    fn county_that_counts(&self, school: SchoolIndex) -> Option<&str> {
        let own = self.county.school(school).standing.county.as_deref();
        own.filter(|_| self.settings.policy.keeps_counties())
    }

    /// Its pupils and its strength, where it is rated.
    fn rated(&self, school: SchoolIndex) -> Option<(f64, f64)> {
        let strength = self.strengths.of(school)?;
        Some((f64::from(strength.pupils), strength.index?))
    }

    fn why_not(&self, school: SchoolIndex, here: &District, there: &District, means: &Means<'_>) -> DetourReason {
        let Judged { county, settings, .. } = *self;
        if county.locked_leads().any(|(of, lead)| of == school && Some(lead) == here.lead) {
            return DetourReason::Locked;
        }
        let ([count, fewest, _], [count_there, _, most]) = (self.counted(here), self.counted(there));
        if count_there + 1 > most {
            return DetourReason::Full { most };
        }
        if count <= fewest {
            return DetourReason::Fewest { fewest };
        }
        let urban = county.school(school).urban;
        let others = || here.schools().map(|(of, _)| of).filter(|of| *of != school);
        let is_last = urban.is_some() && others().all(|of| county.school(of).urban != urban);
        if settings.districts.mix > 0.0 && is_last {
            return DetourReason::Mixture;
        }
        let mean = means.strength.get(&self.county_that_counts(school)).copied().unwrap_or_default();
        let [before, after] = self.points_off(school, here, there, mean);
        if settings.districts.pair > 0.0 && after > before + 1e-9 {
            return DetourReason::Strength { before: round(before, 2), after: round(after, 2) };
        }
        let off = |first: usize, second: usize| (first as f64 - means.size).abs() + (second as f64 - means.size).abs();
        if off(count - 1, count_there + 1) > off(count, count_there) + 1e-9 {
            return DetourReason::Size;
        }
        DetourReason::Whole
    }

    /// Points by which two districts are off the mean of all rated pupils, of the county where districts keep within one,
    /// weighted by pupils, with a school in the first and in the second of them.
    fn points_off(&self, school: SchoolIndex, here: &District, there: &District, mean: f64) -> [f64; 2] {
        let sums = |schools: &mut dyn Iterator<Item = SchoolIndex>| {
            schools
                .filter_map(|of| self.rated(of))
                .fold((0.0, 0.0), |(pupils, sum), (more, index)| (pupils + more, sum + more * index))
        };
        let tilt = |(pupils, sum): (f64, f64)| sum - mean * pupils;
        let of = |district: &District| sums(&mut district.schools().map(|(of, _)| of));
        let (own, own_there) = (of(here), of(there));
        let moved = tilt(sums(&mut std::iter::once(school)));
        let pupils = f64::max(own.0 + own_there.0, 1.0);
        let off = |first: f64, second: f64| (first.abs() + second.abs()) / pupils;
        [off(tilt(own), tilt(own_there)), off(tilt(own) - moved, tilt(own_there) + moved)]
    }
}
