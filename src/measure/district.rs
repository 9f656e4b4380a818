//! What districts are worth: near, right-sized, strong paired with weak.

use serde::Serialize;

use super::compactness::{polsby_popper, shapes};
use super::contiguity::parts;
use super::{Load, Strengths, Tier};
use crate::model::settings::DistrictSettings;
use crate::model::{BlockIndex, Catchments, County, District, Districts, Finding, FindingCode, SchoolIndex, Stage};
use crate::space::Ground;

/// Districts that are named where a waiver names none.
const NAMED_DISTRICTS: usize = 8;

/// Measures of one district.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DistrictMeasures {
    /// Its id.
    pub district_id: String,
    /// Its name.
    pub name: String,
    /// The id of the lead; none where schools lead by turns.
    pub lead_id: Option<String>,
    /// Schools, the lead included.
    pub schools: usize,
    /// Pupils of its territory.
    pub pupils: u64,
    /// Seats of its schools.
    pub seats: u64,
    /// Mean straight distance from its members to the lead, in metres; zero for a lead alone.
    pub mean_to_lead_m: f64,
    /// The longest of them, in metres.
    pub max_to_lead_m: f64,
    /// The longest straight distance between two of its schools, in metres.
    pub diameter_m: f64,
    /// Strong schools, the lead among them where it is strong.
    pub strong_schools: usize,
    /// Weak schools.
    pub weak_schools: usize,
    /// Weak and new schools whose lead is not strong.
    pub weak_without_strong_lead: usize,
    /// Mean strength weighted by pupils, 0–100; `None` where no school is rated. Internal.
    pub mean_strength: Option<f64>,
    /// Connected parts of its territory.
    pub parts: usize,
    /// These, where there are several; the one with most pupils first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub territory: Vec<TerritoryPart>,
    /// Why it may fall apart, where the settings or the table of groups say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<String>,
    /// Area of its territory in km²; absent where blocks have no outlines.
    pub area_km2: Option<f64>,
    /// Polsby–Popper compactness of its territory, 0–1; absent where blocks have no outlines.
    pub compactness: Option<f64>,
}

/// A part of a territory that hangs together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TerritoryPart {
    /// The ids of the schools that stand in it.
    pub school_ids: Vec<String>,
    /// The ids of its blocks.
    pub block_ids: Vec<String>,
    /// Its pupils.
    pub pupils: u64,
}

/// Measures the districts of one stage.
///
/// Cost: O(districts × blocks) for the parts of their territories.
#[must_use]
pub fn districts(
    county: &County,
    ground: &Ground,
    catchments: &Catchments,
    districts: &Districts,
    strengths: &Strengths,
    loads: &[Load],
    settings: &DistrictSettings,
) -> Vec<DistrictMeasures> {
    let mut district_of_school = vec![None; county.schools.len()];
    for (position, district) in districts.districts.iter().enumerate() {
        for (school, _) in district.schools() {
            district_of_school[school.get()] = Some(position);
        }
    }
    let district_of_block =
        |block: usize| catchments.school_of[block].and_then(|school| district_of_school[school.get()]);
    let shapes = shapes(&ground.coverage, districts.districts.len(), district_of_block);
    districts
        .districts
        .iter()
        .enumerate()
        .map(|(position, district)| {
            let schools: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
            let ways = district.ways(county).into_iter();
            let to_lead: Vec<f64> = ways.map(|(from, to)| county.metres_apart(from, to)).collect();
            let is_led_well = district.lead.is_some_and(|lead| strengths.is(lead, Tier::Strong));
            let in_tier = |tier: Tier| schools.iter().filter(|school| strengths.is(**school, tier)).count();
            let weak = in_tier(Tier::Weak);
            let in_need = schools.iter().filter(|school| strengths.is_in_need(county, **school)).count();
            let (area, perimeter) = shapes[position];
            let parts = parts(&ground.adjacency, |block| district_of_block(block) == Some(position));
            DistrictMeasures {
                district_id: district.id.clone(),
                name: district.name.clone(),
                lead_id: district.lead.map(|lead| county.school(lead).id.clone()),
                schools: schools.len(),
                pupils: schools.iter().map(|school| loads[school.get()].pupils).sum(),
                seats: schools.iter().map(|school| loads[school.get()].seats).sum(),
                mean_to_lead_m: to_lead.iter().sum::<f64>() / to_lead.len().max(1) as f64,
                max_to_lead_m: to_lead.iter().copied().fold(0.0, f64::max),
                diameter_m: diameter(county, &schools),
                strong_schools: in_tier(Tier::Strong),
                weak_schools: weak,
                weak_without_strong_lead: if is_led_well { 0 } else { in_need },
                mean_strength: mean_strength(district, strengths),
                parts: parts.len(),
                territory: territory(county, ground, catchments.stage, &schools, &parts),
                waiver: waiver(county, settings, district).map(str::to_owned),
                area_km2: ground.has_outlines.then_some(area / 1e6),
                compactness: ground.has_outlines.then(|| polsby_popper(area, perimeter)),
            }
        })
        .collect()
}

/// The parts of a territory, where there are several.
fn territory(
    county: &County,
    ground: &Ground,
    stage: Stage,
    schools: &[SchoolIndex],
    parts: &[Vec<BlockIndex>],
) -> Vec<TerritoryPart> {
    let of_part = |blocks: &Vec<BlockIndex>| {
        let stands = |school: &&SchoolIndex| ground.home(stage, **school).is_some_and(|home| blocks.contains(&home));
        TerritoryPart {
            school_ids: schools.iter().filter(stands).map(|school| county.school(*school).id.clone()).collect(),
            block_ids: blocks.iter().map(|block| county.block(*block).id.to_string()).collect(),
            pupils: blocks.iter().map(|block| u64::from(county.block(*block).pupils[stage])).sum(),
        }
    };
    let mut territory: Vec<TerritoryPart> =
        if parts.len() > 1 { parts.iter().map(of_part).collect() } else { Vec::new() };
    territory.sort_by_key(|part| std::cmp::Reverse(part.pupils));
    territory
}

/// The names that waivers of the settings call a district by: its id, its name, and those of its lead.
fn names_of<'a>(county: &'a County, district: &'a District) -> impl Iterator<Item = &'a str> {
    let lead = district.lead.map(|lead| county.school(lead));
    let of_lead = lead.into_iter().flat_map(|lead| [lead.id.as_str(), lead.name.as_str()]);
    [district.id.as_str(), district.name.as_str()].into_iter().chain(of_lead)
}

/// A finding for each waiver of the settings that names none of the districts: a mistyped one excuses nothing.
#[must_use]
pub fn unknown_waivers(county: &County, all: &[Districts], settings: &DistrictSettings) -> Vec<Finding> {
    let districts = || all.iter().flat_map(|of| &of.districts);
    let is_known = |waiver: &str| districts().any(|district| names_of(county, district).any(|name| name == waiver));
    let unknown = settings.waivers.keys().filter(|waiver| !is_known(waiver));
    let finding = |waiver: &String| {
        let mut known: Vec<String> = districts()
            .map(|district| format!("{} {}", district.id, district.name))
            .take(NAMED_DISTRICTS + 1)
            .collect();
        if known.len() > NAMED_DISTRICTS {
            known.truncate(NAMED_DISTRICTS);
            known.push("…".to_owned());
        }
        Finding::new(FindingCode::WaiverUnknown).about(waiver).text("name", waiver).list("known", known, "、")
    };
    unknown.map(finding).collect()
}

/// Why the territory of a district may fall apart: what its table says, else what the settings say of it or of its lead, by id
/// or name.
pub(super) fn waiver<'a>(
    county: &'a County,
    settings: &'a DistrictSettings,
    district: &'a District,
) -> Option<&'a str> {
    let mut names = names_of(county, district);
    let said = || names.find_map(|name| settings.waivers.get(name)).map(String::as_str);
    district.record.waiver.as_deref().or_else(said)
}

pub(super) fn diameter(county: &County, schools: &[SchoolIndex]) -> f64 {
    schools
        .iter()
        .enumerate()
        .flat_map(|(position, first)| schools[position + 1..].iter().map(move |second| (*first, *second)))
        .map(|(first, second)| county.metres_apart(first, second))
        .fold(0.0, f64::max)
}

/// The mean strength of the rated schools of a district, weighted by pupils.
#[must_use]
pub(super) fn mean_strength(district: &District, strengths: &Strengths) -> Option<f64> {
    rated(district, strengths).map(|(_, mean)| mean)
}

/// The pupils of the rated schools of a district, and their mean strength.
#[must_use]
pub(super) fn rated(district: &District, strengths: &Strengths) -> Option<(f64, f64)> {
    let rated: Vec<(f64, f64)> = district
        .schools()
        .filter_map(|(school, _)| {
            let strength = strengths.of(school)?;
            Some((f64::from(strength.pupils), strength.index?))
        })
        .collect();
    let pupils: f64 = rated.iter().map(|(pupils, _)| pupils).sum();
    let mean = || rated.iter().map(|(pupils, index)| pupils * index).sum::<f64>() / pupils;
    (pupils > 0.0).then(|| (pupils, mean()))
}
