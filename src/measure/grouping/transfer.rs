//! Which backbone teachers would change schools, if as many moved as a document asks for, and what that would make of the spread
//! between schools. Regrouping never changes that spread; moving teachers does.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{GroupMeasures, round};
use crate::measure::equity::counts_in_review;
use crate::measure::equity::weighted_variation;
use crate::model::{County, Districts, Indicator, SchoolIndex, Stage};

/// Backbone teachers who would move between two schools of a district.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transfer {
    /// The district.
    pub district_id: String,
    /// The school they leave.
    pub from_id: String,
    /// The school they go to.
    pub to_id: String,
    /// How many.
    pub backbone_teachers: u32,
}

/// How unlike the schools of a stage are in backbone teachers per pupil, before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TransferSpread {
    /// The county; none for all together.
    pub county: Option<String>,
    /// The stage.
    pub stage: Stage,
    /// The coefficient of variation 差异系数 as it is.
    pub before: f64,
    /// The same after the moves.
    pub after: f64,
}

/// Backbone teachers of a school.
fn backbone(county: &County, school: SchoolIndex) -> Option<f64> {
    county.school(school).resource(Indicator::BackboneTeachers)
}

/// As many moves as each district needs backbone teachers to change schools, one teacher after the other, each the move that
/// lowers the spread most; fewer where no further one would lower it. Districts of several levels, of which a document only
/// advises it, and schools that do not tell their backbone teachers or are teaching points, are left out.
///
/// With teachers r and pupils n of a school, the spread within a district falls with Σ r² ÷ n, whose terms are convex: moving
/// where it falls most is best for any number of moves.
///
/// Cost: moves times schools of a district.
pub(super) fn transfers(county: &County, districts: &Districts, measures: &[GroupMeasures]) -> Vec<Transfer> {
    let mut all = Vec::new();
    for (district, measured) in districts.districts.iter().zip(measures) {
        let Some(exchange) = measured.exchange.filter(|exchange| !exchange.is_advice) else { continue };
        let known = |(school, _)| {
            let pupils = county.school(school).pupils();
            let counts = pupils > 0 && counts_in_review(county.school(school));
            backbone(county, school).filter(|_| counts).map(|teachers| (school, teachers, f64::from(pupils)))
        };
        let mut schools: Vec<(SchoolIndex, f64, f64)> = district.schools().filter_map(known).collect();
        let mut moves: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for _ in 0..exchange.needed_backbone {
            let leaving = |(_, teachers, pupils): &(SchoolIndex, f64, f64)| (1.0 - 2.0 * teachers) / pupils;
            let coming = |(_, teachers, pupils): &(SchoolIndex, f64, f64)| (1.0 + 2.0 * teachers) / pupils;
            let least = |change: &dyn Fn(usize) -> Option<f64>| {
                let changes = (0..schools.len()).filter_map(|school| Some((change(school)?, school)));
                changes.min_by(|first, second| first.0.total_cmp(&second.0).then(first.1.cmp(&second.1)))
            };
            let from = least(&|school| (schools[school].1 >= 1.0).then(|| leaving(&schools[school])));
            let to = least(&|school| Some(coming(&schools[school])));
            let Some(((falls, from), (rises, to))) = from.zip(to) else { break };
            if from == to || falls + rises >= 0.0 {
                break;
            }
            schools[from].1 -= 1.0;
            schools[to].1 += 1.0;
            *moves.entry((from, to)).or_default() += 1;
        }
        let id = |school: usize| county.school(schools[school].0).id.clone();
        all.extend(moves.iter().map(|((from, to), count)| Transfer {
            district_id: district.id.clone(),
            from_id: id(*from),
            to_id: id(*to),
            backbone_teachers: *count,
        }));
    }
    all
}

/// The spread of backbone teachers between schools before and after `transfers`, of all schools and of each county, by stage;
/// empty where nobody moves. A school of two stages counts in each with its pupils of that stage.
pub(super) fn spreads_after(of_stages: &County, transfers: &[Transfer]) -> Vec<TransferSpread> {
    if transfers.is_empty() {
        return Vec::new();
    }
    let mut gained: BTreeMap<&str, f64> = BTreeMap::new();
    for transfer in transfers {
        *gained.entry(&transfer.from_id).or_default() -= f64::from(transfer.backbone_teachers);
        *gained.entry(&transfer.to_id).or_default() += f64::from(transfer.backbone_teachers);
    }
    let standing = |school: SchoolIndex| of_stages.school(school).standing.county.as_deref();
    let names = of_stages.names_of_counties();
    let counties = names.iter().filter(|_| names.len() > 1).map(|name| Some(*name));
    let counties: Vec<Option<&str>> = std::iter::once(None).chain(counties).collect();
    let mut spreads = Vec::new();
    for stage in &of_stages.stages {
        for county in &counties {
            let own = of_stages.schools_of(*stage).filter(|school| county.is_none() || standing(*school) == *county);
            let own: Vec<(f64, f64, f64)> = own
                .filter(|school| counts_in_review(of_stages.school(*school)))
                .filter_map(|school| {
                    let of = of_stages.school(school);
                    let all = f64::from(of.pupils());
                    let pupils = f64::from(of.enrolment[*stage].or(of.seats[*stage]).unwrap_or(0));
                    let (teachers, gain) = (backbone(of_stages, school)?, gained.get(of.id.as_str()).unwrap_or(&0.0));
                    (all > 0.0).then(|| (pupils, teachers * pupils / all, (teachers + gain) * pupils / all))
                })
                .collect();
            let of = |side: fn(&(f64, f64, f64)) -> (f64, f64)| {
                weighted_variation(&own.iter().map(side).collect::<Vec<_>>())
            };
            let before_and_after =
                of(|(pupils, before, _)| (*pupils, *before)).zip(of(|(pupils, _, after)| (*pupils, *after)));
            spreads.extend(before_and_after.map(|(before, after)| TransferSpread {
                county: county.map(str::to_owned),
                stage: *stage,
                before: round(before, 6),
                after: round(after, 6),
            }));
        }
    }
    spreads
}
