//! What a grouping of schools is worth by itself, without catchments: near, right-sized, strong paired with weak.

use serde::Serialize;

use super::district::{apart, diameter, mean_strength};
use super::rule::{Breach, RuleReport, Verdict, round, size_breach};
use super::{Strengths, Tier};
use crate::language::{Language, Message};
use crate::model::settings::DistrictSettings;
use crate::model::{County, District, DistrictKind, Districts, SchoolIndex, Stage};

/// The version of the layout of `grouping.json`.
pub const GROUPING_SCHEMA: &str = "xuequ/grouping/1";

/// Measures of one district, of its schools alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupMeasures {
    /// Its id.
    pub district_id: String,
    /// Its name.
    pub name: String,
    /// How its schools work together, `merging` 集团融合型 or `helping` 城乡帮扶型, where kinds are told apart.
    pub kind: Option<&'static str>,
    /// The id of the lead.
    pub lead_id: String,
    /// Schools, the lead included.
    pub schools: usize,
    /// Straight metres from its members to the lead, all together.
    pub to_lead_m: f64,
    /// Their mean.
    pub mean_to_lead_m: f64,
    /// The longest of them.
    pub max_to_lead_m: f64,
    /// The longest straight distance between two of its schools, in metres.
    pub diameter_m: f64,
    /// Strong schools, the lead among them where it is strong.
    pub strong_schools: usize,
    /// Weak schools.
    pub weak_schools: usize,
    /// Schools in towns and in the country, as far as that is known.
    pub urban_schools: usize,
    /// Those in the country.
    pub rural_schools: usize,
    /// Means over its schools of conditions 办学条件, teachers 师资配置, management 管理水平 and quality 教育质量, each 0–1,
    /// where known. Internal.
    pub factors: [Option<f64>; 4],
    /// Mean strength weighted by pupils, 0–100; `None` where no school is rated. Internal.
    pub mean_strength: Option<f64>,
    /// The sum over its rated schools of strength minus the mean of all rated schools, in points. Internal.
    pub points_apart: f64,
}

/// How many plaques there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plaques {
    /// Of leads.
    pub lead: usize,
    /// Of all other schools.
    pub member: usize,
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
    /// Plaques 挂牌 of leads and of others: one for each school; who leads a helping district has one as a member.
    pub plaques: Plaques,
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
            kind: district.kind.slug(),
            lead_id: county.school(district.lead).id.clone(),
            schools: own.len(),
            to_lead_m: ways.iter().sum(),
            mean_to_lead_m: ways.iter().sum::<f64>() / ways.len().max(1) as f64,
            max_to_lead_m: ways.iter().copied().fold(0.0, f64::max),
            diameter_m: diameter(county, &own),
            strong_schools: in_tier(Tier::Strong),
            weak_schools: in_tier(Tier::Weak),
            urban_schools: own.iter().filter(|school| county.school(**school).urban == Some(true)).count(),
            rural_schools: own.iter().filter(|school| county.school(**school).urban == Some(false)).count(),
            factors: [0, 1, 2, 3].map(|factor| {
                let known = own.iter().filter_map(|school| strengths.of(*school)?.factors[factor]);
                let known: Vec<f64> = known.collect();
                (!known.is_empty()).then(|| round(known.iter().sum::<f64>() / known.len() as f64, 4))
            }),
            mean_strength: mean_strength(district, strengths),
            points_apart: own.iter().filter_map(|school| index(*school)).map(|index| index - mean).sum(),
        }
    };
    let mut measures: Vec<GroupMeasures> = districts.districts.iter().map(of_district).collect();
    let members: usize = districts.districts.iter().map(|district| district.members.len()).sum();
    let to_lead_m: f64 = measures.iter().map(|district| district.to_lead_m).sum();
    let points_apart: f64 = measures.iter().map(|district| district.points_apart.abs()).sum();
    let judged = Judged { county, districts, strengths, settings, language };
    let mut rules = vec![judged.one_district(&schools), judged.size()];
    rules.extend(settings.count.map(|count| judged.count(count)));
    rules.extend(settings.helping.map(|helping| judged.kinds(helping)));
    rules.extend(settings.marked_lead.then(|| judged.marked_leads()));
    rules.push(judged.weak_with_strong());
    rules.extend((settings.mix > 0.0).then(|| judged.town_with_country(&schools)));
    let leads = districts.districts.iter().filter(|district| district.kind != DistrictKind::Helping).count();
    for district in &mut measures {
        district.to_lead_m = round(district.to_lead_m, 1);
        district.mean_to_lead_m = round(district.mean_to_lead_m, 1);
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
        plaques: Plaques { lead: leads, member: members + measures.len() - leads },
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
        let districts = self.districts.districts.iter();
        let breaches: Vec<Breach> = districts
            .filter_map(|district| {
                let schools = district.members.len() + 1;
                size_breach([&district.id, &district.name], schools, self.settings.schools, self.language)
            })
            .collect();
        self.report("district-size", true, breaches.len() as f64, 0.0, "schools", breaches)
    }

    /// There are as many districts as wanted. Where there are not, too few schools may lead.
    fn count(&self, wanted: usize) -> RuleReport {
        let made = self.districts.districts.len();
        let mut breaches = Vec::new();
        if made != wanted {
            let message = if made < wanted { "mend-district-count" } else { "mend-district-count-more" };
            let mut candidates: Vec<(f64, SchoolIndex)> = self
                .county
                .schools_of(self.districts.stage)
                .filter(|school| !self.districts.districts.iter().any(|district| district.lead == *school))
                .filter_map(|school| Some((self.strengths.of(school)?.index?, school)))
                .filter(|(_, school)| !self.county.school(*school).marks.teaching_point)
                .filter(|(_, school)| {
                    self.strengths.of(*school).is_some_and(|strength| strength.pupils >= self.settings.lead_enrolment)
                })
                .collect();
            candidates.sort_by(|first, second| second.0.total_cmp(&first.0).then(first.1.cmp(&second.1)));
            let names = candidates.iter().take(made.abs_diff(wanted));
            let names: Vec<&str> = names.map(|(_, school)| self.county.school(*school).name.as_str()).collect();
            let helping = self.settings.helping.unwrap_or(0);
            let mend = Message::new(message)
                .count("made", made)
                .count("wanted", wanted)
                .count("more", made.abs_diff(wanted))
                .count("helping", helping)
                .count("without", made.abs_diff(wanted).saturating_sub(helping))
                .text("names", names.join(&self.language.text("annex-between")));
            breaches.push(Breach {
                id: self.districts.stage.slug().to_owned(),
                name: self.districts.stage.message().in_language(self.language),
                by: made.abs_diff(wanted) as f64,
                mend: mend.in_language(self.language),
            });
        }
        self.report("district-count", true, made as f64, wanted as f64, "districts", breaches)
    }

    /// So many districts are of the helping kind.
    fn kinds(&self, wanted: usize) -> RuleReport {
        let helping = |district: &&District| district.kind == DistrictKind::Helping;
        let made = self.districts.districts.iter().filter(helping).count();
        let breach = (made != wanted).then(|| Breach {
            id: self.districts.stage.slug().to_owned(),
            name: self.districts.stage.message().in_language(self.language),
            by: made.abs_diff(wanted) as f64,
            mend: Message::new("mend-district-kinds").count("wanted", wanted).in_language(self.language),
        });
        self.report("district-kinds", true, made as f64, wanted as f64, "districts", breach.into_iter().collect())
    }

    /// Leads are among the schools marked as strong.
    fn marked_leads(&self) -> RuleReport {
        let unmarked = self.districts.districts.iter().filter(|district| {
            let marks = self.county.school(district.lead).marks;
            !marks.strong && !marks.lead
        });
        let breaches: Vec<Breach> =
            unmarked.map(|district| self.of_school(district.lead, 1.0, &Message::new("mend-marked-lead"))).collect();
        self.report("marked-lead", true, breaches.len() as f64, 0.0, "schools", breaches)
    }

    /// Districts have town and country schools, where the county has both.
    fn town_with_country(&self, schools: &[SchoolIndex]) -> RuleReport {
        let has = |schools: &[SchoolIndex], urban: bool| {
            schools.iter().any(|school| self.county.school(*school).urban == Some(urban))
        };
        let is_mixed = |schools: &[SchoolIndex]| has(schools, true) && has(schools, false);
        let mut breaches = Vec::new();
        for district in self.districts.districts.iter().filter(|_| is_mixed(schools)) {
            let own: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
            if !is_mixed(&own) {
                let lacks = if has(&own, true) { "mend-country-schools" } else { "mend-town-schools" };
                breaches.push(Breach {
                    id: district.id.clone(),
                    name: district.name.clone(),
                    by: 1.0,
                    mend: Message::new(lacks).in_language(self.language),
                });
            }
        }
        self.report("town-with-country", false, breaches.len() as f64, 0.0, "districts", breaches)
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
        self.report("weak-with-strong", true, breaches.len() as f64, 0.0, "schools", breaches)
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
        RuleReport::judged(self.language, self.districts.stage, id, hard, value, limit, unit, breaches)
    }
}
