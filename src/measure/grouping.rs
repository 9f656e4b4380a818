//! What a grouping of schools is worth by itself, without catchments: near, right-sized, strong paired with weak.

use serde::Serialize;

use super::district::{apart, diameter, mean_strength};
use super::rule::{Breach, RuleReport, Verdict, round};
use super::{Strengths, Tier};
use crate::language::{Language, Message};
use crate::model::settings::DistrictSettings;
use crate::model::{County, District, Districts, SchoolIndex, Stage};

/// The version of the layout of `grouping.json`.
pub const GROUPING_SCHEMA: &str = "xuequ/grouping/1";

/// Measures of one district, of its schools alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupMeasures {
    /// Its id.
    pub district_id: String,
    /// Its name.
    pub name: String,
    /// The id of the lead.
    pub lead_id: String,
    /// Schools, the lead included.
    pub schools: usize,
    /// Straight metres from its members to the lead, all together.
    pub to_lead_m: f64,
    /// The longest of them.
    pub max_to_lead_m: f64,
    /// The longest straight distance between two of its schools, in metres.
    pub diameter_m: f64,
    /// Strong schools, the lead among them where it is strong.
    pub strong_schools: usize,
    /// Weak schools.
    pub weak_schools: usize,
    /// Mean strength weighted by pupils, 0–100; `None` where no school is rated. Internal.
    pub mean_strength: Option<f64>,
    /// The sum over its rated schools of strength minus the mean of all rated schools, in points. Internal.
    pub points_apart: f64,
}

/// Measures of a grouping of one stage, with its rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupingMeasures {
    /// The version of this layout.
    pub schema: &'static str,
    /// The stage.
    pub stage: Stage,
    /// Schools of the stage.
    pub schools: usize,
    /// Those that are in a district.
    pub grouped_schools: usize,
    /// Straight metres from members to their leads, all together.
    pub to_lead_m: f64,
    /// Their mean over members, in metres.
    pub mean_to_lead_m: f64,
    /// The sum over districts of their points above or below the mean, signs dropped. Internal.
    pub points_apart: f64,
    /// Metres a point counts, where the settings say so.
    pub metres_per_point: Option<f64>,
    /// Metres to the leads and `metres_per_point` × `points_apart`: what was made least, where a point counts.
    pub sum_m: Option<f64>,
    /// The rules with their verdicts.
    pub rules: Vec<RuleReport>,
    /// The districts.
    pub districts: Vec<GroupMeasures>,
}

impl GroupingMeasures {
    /// Whether no hard rule is broken.
    #[must_use]
    pub fn hard_rules_kept(&self) -> bool {
        self.rules.iter().all(|rule| !rule.hard || rule.verdict == Verdict::Kept)
    }
}

/// Measures a grouping.
///
/// Cost: the square of the schools of a district for its diameter, else linear.
#[must_use]
pub fn grouping(
    county: &County,
    districts: &Districts,
    strengths: &Strengths,
    settings: &DistrictSettings,
    language: Language,
) -> GroupingMeasures {
    let stage = districts.stage;
    let schools: Vec<SchoolIndex> = county.schools_of(stage).collect();
    let index = |school: SchoolIndex| strengths.of(school).and_then(|strength| strength.index);
    let rated: Vec<f64> = schools.iter().filter_map(|school| index(*school)).collect();
    let mean = rated.iter().sum::<f64>() / rated.len().max(1) as f64;
    let of_district = |district: &District| {
        let own: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
        let ways: Vec<f64> = district.members.iter().map(|member| apart(county, *member, district.lead)).collect();
        let in_tier = |tier: Tier| own.iter().filter(|school| strengths.is(**school, tier)).count();
        GroupMeasures {
            district_id: district.id.clone(),
            name: district.name.clone(),
            lead_id: county.school(district.lead).id.clone(),
            schools: own.len(),
            to_lead_m: ways.iter().sum(),
            max_to_lead_m: ways.iter().copied().fold(0.0, f64::max),
            diameter_m: diameter(county, &own),
            strong_schools: in_tier(Tier::Strong),
            weak_schools: in_tier(Tier::Weak),
            mean_strength: mean_strength(district, strengths),
            points_apart: own.iter().filter_map(|school| index(*school)).map(|index| index - mean).sum(),
        }
    };
    let mut measures: Vec<GroupMeasures> = districts.districts.iter().map(of_district).collect();
    let members: usize = districts.districts.iter().map(|district| district.members.len()).sum();
    let to_lead_m: f64 = measures.iter().map(|district| district.to_lead_m).sum();
    let points_apart: f64 = measures.iter().map(|district| district.points_apart.abs()).sum();
    let judged = Judged { county, districts, strengths, settings, language };
    let rules = vec![judged.one_district(&schools), judged.size(), judged.weak_with_strong()];
    for district in &mut measures {
        district.to_lead_m = round(district.to_lead_m, 1);
        district.max_to_lead_m = round(district.max_to_lead_m, 1);
        district.diameter_m = round(district.diameter_m, 1);
        district.mean_strength = district.mean_strength.map(|mean| round(mean, 2));
        district.points_apart = round(district.points_apart, 2);
    }
    GroupingMeasures {
        schema: GROUPING_SCHEMA,
        stage,
        schools: schools.len(),
        grouped_schools: members + measures.len(),
        to_lead_m: round(to_lead_m, 1),
        mean_to_lead_m: round(to_lead_m / members.max(1) as f64, 1),
        points_apart: round(points_apart, 2),
        metres_per_point: settings.metres_per_point,
        sum_m: settings.metres_per_point.map(|metres| round(to_lead_m + metres * points_apart, 1)),
        rules,
        districts: measures,
    }
}

struct Judged<'a> {
    county: &'a County,
    districts: &'a Districts,
    strengths: &'a Strengths,
    settings: &'a DistrictSettings,
    language: Language,
}

impl Judged<'_> {
    /// Every school is in one district.
    fn one_district(&self, schools: &[SchoolIndex]) -> RuleReport {
        let mut times = vec![0_usize; self.county.schools.len()];
        for (school, _) in self.districts.districts.iter().flat_map(District::schools) {
            times[school.get()] += 1;
        }
        let elsewhere = schools.iter().filter(|school| times[school.get()] != 1);
        let breaches: Vec<Breach> = elsewhere
            .map(|school| {
                let by = (times[school.get()] as f64 - 1.0).abs();
                self.of_school(*school, by, &Message::new("mend-one-district"))
            })
            .collect();
        self.report("one-district", true, breaches.len() as f64, 0.0, "schools", breaches)
    }

    /// Districts have as many schools as the settings want.
    fn size(&self) -> RuleReport {
        let [fewest, most] = self.settings.schools;
        let breaches: Vec<Breach> = self
            .districts
            .districts
            .iter()
            .filter_map(|district| {
                let schools = district.members.len() + 1;
                let by = fewest.saturating_sub(schools).max(schools.saturating_sub(most));
                let mend = Message::new("mend-district-size").count("schools", by);
                (by > 0).then(|| Breach {
                    id: district.id.clone(),
                    name: district.name.clone(),
                    by: by as f64,
                    mend: mend.in_language(self.language),
                })
            })
            .collect();
        self.report("district-size", true, breaches.len() as f64, 0.0, "schools", breaches)
    }

    /// Weak and new schools have a strong lead.
    fn weak_with_strong(&self) -> RuleReport {
        let without =
            self.districts.districts.iter().filter(|district| !self.strengths.is(district.lead, Tier::Strong));
        let in_need =
            |school: &SchoolIndex| self.strengths.is(*school, Tier::Weak) || self.county.school(*school).marks.new;
        let breaches: Vec<Breach> = without
            .flat_map(|district| district.schools().map(|(school, _)| school))
            .filter(in_need)
            .map(|school| self.of_school(school, 1.0, &Message::new("mend-weak-with-strong")))
            .collect();
        self.report("weak-with-strong", false, breaches.len() as f64, 0.0, "schools", breaches)
    }

    fn of_school(&self, school: SchoolIndex, by: f64, mend: &Message) -> Breach {
        let school = self.county.school(school);
        Breach { id: school.id.clone(), name: school.name.clone(), by, mend: mend.in_language(self.language) }
    }

    fn report(
        &self,
        id: &'static str,
        hard: bool,
        value: f64,
        limit: f64,
        unit: &'static str,
        breaches: Vec<Breach>,
    ) -> RuleReport {
        RuleReport {
            id,
            stage: self.districts.stage,
            hard,
            text: self.language.text(&format!("rule-{id}")),
            source: self.language.text(&format!("rule-{id}-source")),
            verdict: if breaches.is_empty() { Verdict::Kept } else { Verdict::Broken },
            value,
            limit,
            unit,
            breaches,
        }
    }
}
