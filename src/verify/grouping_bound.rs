//! The bound of a grouping: proved again from its certificate, in whole numbers, by code of its own.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::Value;

use crate::language::Message;
use crate::model::settings::Settings;
use crate::model::{County, Level, School, Stage};

/// Sets of schools looked at for one lead; more than any certificate that was made needs.
const MOST_SETS: usize = 2_000_000;

/// Turns and charges are in parts of this many.
const PARTS: i128 = 1_024;

/// A district of the table: its schools by id.
pub(super) type Members<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// A school of a part.
struct Own<'a> {
    school: &'a School,
    worth: i128,
    tilt: i128,
    /// The lead it is with in any case.
    tied: Option<usize>,
}

/// A lead with what is said of it.
struct Lead<'a> {
    school: &'a School,
    turn: i128,
    charge: i128,
    least: Option<i128>,
}

/// Schools that are grouped with each other only.
struct Part<'a> {
    size: [usize; 2],
    typical: f64,
    schools: Vec<Own<'a>>,
    leads: Vec<Lead<'a>>,
}

/// What is checked, and against what.
pub(super) struct Checked<'a> {
    pub(super) county: &'a County,
    pub(super) settings: &'a Settings,
    pub(super) stage: Stage,
    pub(super) members: Members<'a>,
    /// Whether schools that follow another are no part of any part.
    pub(super) follows: &'a dyn Fn(&str) -> bool,
}

/// Proves the bound a stage claims; what is wrong with it.
pub(super) fn check(checked: &Checked<'_>, claim: &Value, certificate: Option<&Value>) -> Vec<Message> {
    let fault = |key: &str| {
        let message = Message::new(key).sentence("stage", checked.stage.of_schools());
        message.text("bound", claim["lower_bound_m"].to_string()).text("file", claim["file"].to_string())
    };
    let Some(certificate) = certificate else { return vec![fault("verify-bound-without-proof")] };
    let covers = ["one-district", "district-size", "district-locks"];
    if claim["covers"] != serde_json::json!(covers) {
        return vec![fault("verify-bound-entry")];
    }
    let mut faults = Vec::new();
    let Some(found) = checked.read(certificate).and_then(|parts| checked.prove(certificate, &parts)) else {
        return vec![fault("verify-bound-certificate")];
    };
    let bound = claim["lower_bound_m"].as_f64().unwrap_or(f64::NAN);
    let stated = certificate["millimetres"].as_i64().map_or(i128::MAX, i128::from);
    // Written in metres and thousandths.
    // A number that is missing is too high as well.
    // No term is negative, so that nothing is below zero.
    let too_high = bound.is_nan() || bound * 1000.0 > found.proved.max(0) as f64 + 1e-3;
    if stated > found.proved || too_high {
        faults.push(fault("verify-bound-too-high").text("proved", format!("{:.3}", found.proved as f64 / 1000.0)));
    }
    // Tilts that are computed from indicators are known to a millimetre.
    let rounded = 2e-3 + 1e-3 * checked.county.schools.len() as f64;
    let near = |field: &str, expected: f64, faults: &mut Vec<Message>| {
        let value = &claim[field];
        if !value.as_f64().is_some_and(|value| (value - expected).abs() <= rounded) {
            let message = Message::new("verify-grouping-sum").text("field", format!("bound.{field}"));
            faults.push(message.text("found", value.to_string()).decimal("expected", expected, 3));
        }
    };
    for (field, expected) in ["near_m", "far_m", "size_m", "pair_m", "mix_m"].into_iter().zip(found.terms) {
        near(field, expected, &mut faults);
    }
    let total: f64 = found.terms.iter().sum();
    near("total_m", total, &mut faults);
    if found.keeps_sizes && total < bound - rounded {
        faults.push(fault("verify-bound-undercut").text("value", total.to_string()));
    }
    let gap = &claim["gap_percent"];
    let is_right = match gap.as_f64() {
        Some(gap) => found.keeps_sizes && (gap - 100.0 * (total / bound - 1.0)).abs() <= 1e-3 + 100.0 * rounded / bound,
        None => gap.is_null() && (!found.keeps_sizes || bound <= 0.0),
    };
    if !is_right {
        faults.push(fault("verify-bound-gap").text("gap", gap.to_string()));
    }
    // What a solver says is not proved, but what is made of it can be reckoned again.
    if let Some(solver) = claim.get("solver") {
        let (bound, gap) = (solver["lower_bound_m"].as_f64().unwrap_or(f64::NAN), &solver["gap_percent"]);
        let expected = 100.0 * (total / bound - 1.0).max(0.0);
        let is_right = match gap.as_f64() {
            Some(gap) => found.keeps_sizes && (gap - expected).abs() <= 1e-3 + 100.0 * rounded / bound,
            None => gap.is_null() && (!found.keeps_sizes || bound <= 0.0),
        };
        // Its own tolerance is a millionth.
        if !is_right || found.keeps_sizes && total * (1.0 + 1e-6) + rounded < bound {
            faults.push(fault("verify-bound-gap").text("gap", format!("solver: {gap}")));
        }
    }
    faults
}

/// What was proved, and what the grouping of the table has.
struct Found {
    proved: i128,
    /// Ways, long ways, sizes, strength, mixture, in metres.
    terms: [f64; 5],
    keeps_sizes: bool,
}

impl<'a> Checked<'a> {
    /// The parts of a certificate; none where it names what is not there, or has not what the table has.
    fn read(&self, certificate: &Value) -> Option<Vec<Part<'a>>> {
        let is_of = certificate["schema"] == "xuequ/grouping-bound/1" && certificate["stage"] == self.stage.slug();
        if !is_of || certificate["parts_of_a_millimetre"] != 1_024 {
            return None;
        }
        let by_id: BTreeMap<&str, &School> =
            self.county.schools.iter().map(|school| (school.id.as_str(), school)).collect();
        let whole = |value: &Value| value.as_i64().map(i128::from);
        let mut parts = Vec::new();
        for part in certificate["parts"].as_array()? {
            let leads: Option<Vec<Lead<'a>>> = part["leads"]
                .as_object()?
                .iter()
                .map(|(id, of)| {
                    let (turn, charge) = (whole(&of["turn"])?, whole(&of["charge"])?);
                    let least = if of["least_mm"].is_null() { None } else { Some(whole(&of["least_mm"])?) };
                    let is_turn = (-PARTS..=PARTS).contains(&turn);
                    is_turn.then_some(Lead { school: by_id.get(id.as_str())?, turn, charge, least })
                })
                .collect();
            let leads = leads?;
            let lead = |id: &str| leads.iter().position(|lead| lead.school.id == id);
            let locked = |id: &str| {
                let mut locks = self.county.locked_leads();
                let lock = locks.find(|(member, lead)| member != lead && self.county.school(*member).id == id);
                lock.and_then(|(_, held)| lead(&self.county.school(held).id))
            };
            let schools: Option<Vec<Own<'a>>> = part["schools"]
                .as_object()?
                .iter()
                .map(|(id, of)| {
                    let school = *by_id.get(id.as_str())?;
                    let tied = lead(id).or_else(|| locked(id));
                    Some(Own { school, worth: whole(&of["worth_mm"])?, tilt: whole(&of["tilt_mm"])?, tied })
                })
                .collect();
            let bounds: Vec<usize> =
                part["size"].as_array()?.iter().filter_map(|bound| usize::try_from(bound.as_u64()?).ok()).collect();
            let size: [usize; 2] = bounds.try_into().ok()?;
            parts.push(Part { size, typical: part["typical_m"].as_f64()?, schools: schools?, leads });
        }
        self.are_parts(&parts).then_some(parts)
    }

    /// Whether the parts are those the settings ask for: each school of the table in one, with the lead of its district; of each
    /// part all schools are alike in what parts are made by, and those of two parts are not.
    fn are_parts(&self, parts: &[Part<'_>]) -> bool {
        let policy = &self.settings.policy;
        let by_county = policy.within_county || (!policy.phases.is_empty() && !policy.across_counties);
        let key = |school: &School| {
            let is_junior = match school.standing.level {
                Some(level) => level == Level::Junior,
                None => school.serves(Stage::Junior) && !school.serves(Stage::Primary),
            };
            let in_centre = policy.centre_schools.is_some() && school.standing.centre;
            (school.standing.county.clone().filter(|_| by_county), in_centre, policy.same_level && is_junior)
        };
        let mut part_of: BTreeMap<&str, usize> = BTreeMap::new();
        let mut keys = BTreeSet::new();
        let mut led = 0;
        for (position, part) in parts.iter().enumerate() {
            for own in &part.schools {
                if part_of.insert(own.school.id.as_str(), position).is_some() {
                    return false;
                }
            }
            let of_part: BTreeSet<_> = part.schools.iter().map(|own| key(own.school)).collect();
            let size = part.schools.first().map(|own| policy.sizes(&self.settings.districts, key(own.school).1));
            if of_part.len() != 1 || size != Some(part.size) || !of_part.into_iter().all(|key| keys.insert(key)) {
                return false;
            }
            led += part.leads.len();
        }
        // Each district has one of the leads, and its schools are of the part of that.
        let leads: BTreeMap<&str, usize> = parts
            .iter()
            .enumerate()
            .flat_map(|(position, part)| part.leads.iter().map(move |lead| (lead.school.id.as_str(), position)))
            .collect();
        let mut placed = 0;
        let one_lead = self.members.values().all(|schools| {
            let own: Vec<usize> = schools.iter().filter_map(|id| leads.get(id).copied()).collect();
            let others = || schools.iter().filter(|id| part_of.contains_key(**id) || !(self.follows)(id));
            placed += others().count();
            matches!(own[..], [part] if others().all(|id| part_of.get(id) == Some(&part)))
        });
        one_lead && led == self.members.len() && placed == part_of.len()
    }

    /// What the parts prove; none where a claim about a lead does not hold, or what counts is not what the settings say.
    fn prove(&self, certificate: &Value, parts: &[Part<'_>]) -> Option<Found> {
        let wishes = &self.settings.districts;
        certificate["millimetres"].as_i64()?;
        let mut found = Found { proved: 0, terms: [0.0; 5], keeps_sizes: true };
        for part in parts {
            let count = part.schools.len();
            let wanted = count as f64 / part.leads.len().max(1) as f64;
            let by_point = wishes.metres_per_point.is_some();
            if !by_point && (part.typical - typical(part)).abs() > 1e-6 * part.typical {
                return None;
            }
            let size_weight = if by_point { 0.0 } else { wishes.size * part.typical };
            let near_weight = if by_point { 1.0 } else { wishes.near };
            // How far the stated tilts are those of the table, and by how much they count.
            let tilts = self.tilts(part);
            let exact: Vec<f64> = match tilts {
                Some(tilts) => tilts,
                None => part.schools.iter().map(|own| own.tilt as f64 / 1000.0).collect(),
            };
            if part.schools.iter().zip(&exact).any(|(own, exact)| (own.tilt as f64 - 1000.0 * exact).abs() > 1.0) {
                return None;
            }
            let times = if by_point { 0.0 } else { wishes.far };
            let apart = |school: &School, lead: &Lead<'_>| {
                let [x, y] = [school.gate.x - lead.school.gate.x, school.gate.y - lead.school.gate.y];
                (x * x + y * y).sqrt()
            };
            let mut nearest: BTreeMap<&str, f64> = BTreeMap::new();
            for own in part.schools.iter().filter(|_| times > 0.0) {
                let all = part.leads.iter().map(|lead| apart(own.school, lead));
                nearest.insert(own.school.id.as_str(), all.fold(f64::INFINITY, f64::min));
            }
            let ways = |school: &School, lead: &Lead<'_>| {
                let metres = apart(school, lead);
                let nearest = nearest.get(school.id.as_str()).copied().unwrap_or(metres);
                let much = (metres - nearest - part.typical).max(0.0);
                [near_weight * metres, near_weight * times * much]
            };
            let way = |school: &School, lead: &Lead<'_>| ways(school, lead).iter().sum::<f64>();
            let millimetres = |metres: f64| (1000.0 * metres).floor() as i128;
            for (position, lead) in part.leads.iter().enumerate() {
                let (mut tilt, mut schools) = (0, 0);
                for own in part.schools.iter().filter(|own| own.tied == Some(position)) {
                    tilt += own.tilt;
                    schools += 1;
                    found.proved += millimetres(way(own.school, lead));
                }
                let size = |more: usize| {
                    let schools = schools + more;
                    let apart = (schools as f64 - wanted).abs();
                    (part.size[0]..=part.size[1]).contains(&schools).then(|| millimetres(size_weight * apart))
                };
                let free = part.schools.iter().filter(|own| own.tied.is_none());
                let free: Vec<(i128, i128)> =
                    free.map(|own| (millimetres(way(own.school, lead)) - own.worth, own.tilt)).collect();
                found.proved += Offer { lead, tilt, free, size: &size }.least()?;
            }
            let free = part.schools.iter().filter(|own| own.tied.is_none());
            found.proved += free.map(|own| own.worth).sum::<i128>() - count as i128;
            self.add_terms(part, &exact, [wanted, size_weight], &ways, &mut found);
        }
        Some(found)
    }

    /// Adds what the districts of a part have, by the table.
    fn add_terms(
        &self,
        part: &Part<'_>,
        exact: &[f64],
        [wanted, size_weight]: [f64; 2],
        ways: &dyn Fn(&School, &Lead<'_>) -> [f64; 2],
        found: &mut Found,
    ) {
        let own_of: BTreeMap<&str, (&School, f64)> =
            part.schools.iter().zip(exact).map(|(own, tilt)| (own.school.id.as_str(), (own.school, *tilt))).collect();
        let is_mixed = |schools: &[&School]| {
            [true, false].iter().all(|urban| schools.iter().any(|school| school.urban == Some(*urban)))
        };
        let all: Vec<&School> = part.schools.iter().map(|own| own.school).collect();
        for lead in &part.leads {
            let Some(members) = self.members.values().find(|ids| ids.contains(&lead.school.id.as_str())) else {
                continue;
            };
            let own: Vec<(&School, f64)> = members.iter().filter_map(|id| own_of.get(id).copied()).collect();
            for (school, _) in &own {
                let [near, far] = ways(school, lead);
                found.terms[0] += near;
                found.terms[1] += far;
            }
            found.terms[2] += size_weight * (own.len() as f64 - wanted).abs();
            found.terms[3] += own.iter().map(|(_, tilt)| tilt).sum::<f64>().abs();
            let of_district: Vec<&School> = own.iter().map(|(school, _)| *school).collect();
            if is_mixed(&all) && !is_mixed(&of_district) {
                found.terms[4] += self.settings.districts.mix * part.typical;
            }
            found.keeps_sizes &= (part.size[0]..=part.size[1]).contains(&own.len());
        }
    }

    /// How schools tilt their districts, in metres, where all strengths are given; those that are computed are internal.
    fn tilts(&self, part: &Part<'_>) -> Option<Vec<f64>> {
        let strengths: Option<Vec<f64>> = part.schools.iter().map(|own| own.school.strength).collect();
        let strengths = strengths?;
        let wishes = &self.settings.districts;
        if let Some(metres) = wishes.metres_per_point {
            let mean = strengths.iter().sum::<f64>() / strengths.len().max(1) as f64;
            return Some(strengths.iter().map(|strength| metres * (strength - mean)).collect());
        }
        let pupils_of = |own: &Own<'_>| own.school.enrolment[self.stage].or(own.school.seats[self.stage]).unwrap_or(0);
        let pupils: Vec<f64> = part.schools.iter().map(|own| f64::from(pupils_of(own))).collect();
        let all: f64 = pupils.iter().sum();
        let both = || pupils.iter().zip(&strengths);
        let mean = both().map(|(pupils, strength)| pupils * strength).sum::<f64>() / all;
        let variance = both().map(|(pupils, strength)| pupils * (strength - mean).powi(2)).sum::<f64>() / all;
        let unit = (variance.sqrt() * all / strengths.len() as f64).max(f64::MIN_POSITIVE);
        let scale = wishes.pair * part.typical;
        Some(
            both()
                .map(|(pupils, strength)| if all > 0.0 { scale * pupils * (strength - mean) / unit } else { 0.0 })
                .collect(),
        )
    }
}

/// The way from a school to the nearest of as many evenly spread leads on average: to the (schools ÷ leads)-th nearest other.
fn typical(part: &Part<'_>) -> f64 {
    let count = part.schools.len();
    let rank = (count / part.leads.len().max(1)).clamp(1, count.max(1)).min(count.saturating_sub(1));
    let way = |own: &Own<'_>| {
        let mut squares: Vec<f64> = part
            .schools
            .iter()
            .map(|other| {
                (other.school.gate.x - own.school.gate.x).powi(2) + (other.school.gate.y - own.school.gate.y).powi(2)
            })
            .collect();
        squares.select_nth_unstable_by(rank, f64::total_cmp).1.sqrt()
    };
    (part.schools.par_iter().map(way).collect::<Vec<f64>>().iter().sum::<f64>() / count.max(1) as f64).max(1.0)
}

/// What a lead is offered.
struct Offer<'a> {
    lead: &'a Lead<'a>,
    /// The tilt of the lead and the schools that are with it in any case.
    tilt: i128,
    /// The way less the worth, and the tilt, of the others.
    free: Vec<(i128, i128)>,
    /// What so many of them count by their number alone.
    size: &'a dyn Fn(usize) -> Option<i128>,
}

impl Offer<'_> {
    /// What no set of the schools undercuts: what is claimed, where it holds, else what turn and charge prove. None where a
    /// claim does not hold, or no number of schools is allowed.
    fn least(&self) -> Option<i128> {
        let Lead { turn, charge, least, .. } = *self.lead;
        let beyond: Vec<Option<i128>> = (0..=self.free.len())
            .map(|count| (self.size)(count).map(|cost| PARTS * cost - charge * count as i128))
            .collect();
        let least_beyond = beyond.iter().flatten().copied().min()?;
        let price = |(cost, tilt): &(i128, i128)| PARTS * cost + turn * tilt + charge;
        let (mut tilt, mut count) = (self.tilt, 0);
        let mut base = turn * self.tilt + least_beyond;
        let mut steps: Vec<(i128, i128, i64)> = Vec::new();
        for school in &self.free {
            let price = price(school);
            if price < 0 {
                base += price;
                tilt += school.1;
                count += 1;
                steps.push((-price, -school.1, -1));
            } else {
                steps.push((price, school.1, 1));
            }
        }
        let Some(claimed) = least else { return Some(base.div_euclid(PARTS)) };
        steps.sort_unstable();
        let beyond: Vec<Option<i128>> = beyond.iter().map(|cost| cost.map(|cost| cost - least_beyond)).collect();
        let mut sets = Sets { steps: &steps, beyond: &beyond, turn, room: PARTS * claimed - base, left: MOST_SETS };
        sets.none_is_below(0, 0, tilt, count).then_some(claimed)
    }
}

/// Sets of schools that differ from what turn and charge would take.
struct Sets<'a> {
    /// What it costs to take or leave a school after all, what that does to tilt and number; the cheapest first.
    steps: &'a [(i128, i128, i64)],
    beyond: &'a [Option<i128>],
    turn: i128,
    /// What no set may be below.
    room: i128,
    left: usize,
}

impl Sets<'_> {
    /// Whether neither a set nor any with more of the steps from `next` on is below what is claimed.
    fn none_is_below(&mut self, next: usize, spent: i128, tilt: i128, count: i64) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let beyond = usize::try_from(count).ok().and_then(|count| self.beyond.get(count).copied().flatten());
        if beyond.is_some_and(|beyond| spent + beyond + PARTS * tilt.abs() - self.turn * tilt < self.room) {
            return false;
        }
        for (position, (cost, more_tilt, more)) in self.steps.iter().enumerate().skip(next) {
            if spent + cost >= self.room {
                break;
            }
            if !self.none_is_below(position + 1, spent + cost, tilt + more_tilt, count + more) {
                return false;
            }
        }
        true
    }
}
