//! Rules (规则): what a scheme must keep and what it should keep, each with its verdict and who breaks it.

use rayon::prelude::*;
use serde::Serialize;

use super::evaluation::StageMeasures;
use super::grouping::{mend_of_lock, rules_in_plan};
use super::{DistrictMeasures, Load, TerritoryPart, detached};
use crate::language::{Language, Message};
use crate::model::settings::Settings;
use crate::model::{Block, BlockIndex, Catchments, County, Districts, LockKind, School, SchoolIndex, Stage};
use crate::space::{Ground, Nearby};

/// Whether a rule is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// By everything it speaks of.
    Kept,
    /// By not everything.
    Broken,
    /// Nobody can tell: the tables do not say what it takes.
    Unknown,
}

/// Somebody who breaks a rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breach {
    /// Its id: a block, a school or a district.
    pub id: String,
    /// Its name.
    pub name: String,
    /// By how much, in the unit of the rule.
    pub by: f64,
    /// The smallest change that would mend it.
    pub mend: String,
}

impl Breach {
    /// Who it is: the name, and the id where the name does not begin with it and it is not that of a whole stage.
    #[must_use]
    pub fn who(&self) -> Message {
        let is_told = self.name.starts_with(&self.id) || Stage::from_slug(&self.id).is_some();
        Message::new(if is_told { "who-named" } else { "who-with-id" }).text("name", &self.name).text("id", &self.id)
    }
}

/// A rule with its verdict in one stage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleReport {
    /// Stable id.
    pub id: &'static str,
    /// The stage it was judged in.
    pub stage: Stage,
    /// Whether a scheme must keep it (else it should).
    pub hard: bool,
    /// The rule in words.
    pub text: String,
    /// Where it comes from.
    pub source: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What the tables would have to say for the rule to be judged; none where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untold: Option<String>,
    /// What was measured.
    pub value: f64,
    /// What it is measured against.
    pub limit: f64,
    /// Of which year, county or group value and limit are: the worst, where there is not one number for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst: Option<String>,
    /// The unit of value and limit.
    pub unit: &'static str,
    /// The unit of breaches.
    pub breach_unit: &'static str,
    /// How many break it.
    pub breach_count: usize,
    /// Who breaks it, worst first, at most [`LISTED_BREACHES`].
    pub breaches: Vec<Breach>,
    /// Who would break it and is excused, with the reason in place of what mends it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waived: Vec<Breach>,
}

/// Breaches of a rule that are listed: of a million blocks a third may lie beyond the radius.
pub const LISTED_BREACHES: usize = 1_000;

/// Blocks a part of a territory is called by, where no school stands in it.
const NAMED_BLOCKS: usize = 3;

/// What a rule is judged on.
pub(super) struct Judged<'a> {
    pub(super) county: &'a County,
    pub(super) ground: &'a Ground,
    pub(super) catchments: &'a Catchments,
    pub(super) districts: Option<&'a Districts>,
    pub(super) loads: &'a [Load],
    pub(super) measures: &'a StageMeasures,
    pub(super) settings: &'a Settings,
    /// Whether numbers of districts are judged stage by stage.
    pub(super) counts: bool,
    pub(super) language: Language,
}

/// Judges all rules of one stage, hard ones first.
pub(super) fn judge(judged: &Judged<'_>) -> Vec<RuleReport> {
    let (hard, soft) = judged.judge_bureau();
    let mut reports = vec![judged.assigned(), judged.seats(), judged.contiguous(), judged.locks()];
    reports.extend(hard);
    reports.extend([judged.radius(), judged.seat_band()]);
    reports.extend(soft);
    if !judged.measures.pools.is_empty() {
        reports.push(judged.strong_in_pools());
    }
    if judged.measures.districts.is_some() {
        reports.extend([judged.district_size(), judged.weak_with_strong(), judged.district_in_one_part()]);
        let grouped = judged.districts.into_iter();
        reports.extend(grouped.flat_map(|districts| {
            rules_in_plan(judged.county, districts, judged.settings, judged.counts, judged.language)
        }));
    }
    reports
}

impl RuleReport {
    /// A rule as it was judged, with its words, and who breaks it, worst first.
    #[expect(clippy::too_many_arguments, reason = "each is a field of its own")]
    pub(super) fn judged(
        language: Language,
        stage: Stage,
        id: &'static str,
        hard: bool,
        value: f64,
        limit: f64,
        unit: &'static str,
        mut breaches: Vec<Breach>,
    ) -> RuleReport {
        breaches.sort_by(|first, second| second.by.total_cmp(&first.by));
        let breach_count = breaches.len();
        breaches.truncate(LISTED_BREACHES);
        RuleReport {
            id,
            stage,
            hard,
            text: language.text(&format!("rule-{id}")),
            source: language.text(&format!("rule-{id}-source")),
            verdict: if breaches.is_empty() { Verdict::Kept } else { Verdict::Broken },
            untold: None,
            // The sum over nothing is −0.
            value: value + 0.0,
            limit,
            worst: None,
            unit,
            breach_unit: unit,
            breach_count,
            breaches,
            waived: Vec::new(),
        }
    }
}

/// Which line of the document a rule has, or which setting, where that is not as the document has it.
pub(super) fn source(language: Language, id: &str, settings: &Settings) -> String {
    let preset = settings.policy.preset;
    let of_rule = || language.text(&format!("rule-{id}-source"));
    let of_document =
        preset.map(|preset| format!("rule-{id}-source-{}", preset.slug())).filter(|key| language.has(key));
    let mut document = Settings::default();
    if let Some(preset) = preset {
        preset.put_into(&mut document);
    }
    let (own, plain) = ((&settings.districts, &settings.policy), (&document.districts, &document.policy));
    let changed = match id {
        "district-size" if own.0.schools != plain.0.schools => "districts.schools",
        "district-count" if own.0.count != plain.0.count => "districts.count",
        "district-kinds" if own.0.helping != plain.0.helping => "districts.helping",
        "marked-lead" if own.0.marked_lead != plain.0.marked_lead => "districts.marked_lead",
        "town-with-country" if plain.0.mix == 0.0 => "districts.mix",
        "district-in-one-part" if preset.is_some() && of_document.is_none() => "districts.contiguous",
        "centre-size" if own.1.centre_schools != plain.1.centre_schools => "policy.centre_schools",
        "same-level" if own.1.same_level != plain.1.same_level => "policy.same_level",
        "within-county" if own.1.within_county != plain.1.within_county => "policy.within_county",
        "of-stage" if own.1.stage != plain.1.stage => "policy.stage",
        "mode" if own.1.modes != plain.1.modes => "policy.modes",
        "one-district" if own.1.everyone != plain.1.everyone => "policy.everyone",
        "pilots" | "pilot-counties" if own.1.pilot_counties != plain.1.pilot_counties => "policy.pilot_counties",
        "pilots" if own.1.pilot_districts != plain.1.pilot_districts => "policy.pilot_districts",
        "new-in-group" if own.1.new_schools != plain.1.new_schools => "policy.new_schools",
        "weak-in-centre" if own.1.weak_in_centre != plain.1.weak_in_centre => "policy.weak_in_centre",
        "central-school" if own.1.with_central_school != plain.1.with_central_school => "policy.with_central_school",
        "coverage" if own.1.coverage != plain.1.coverage => "policy.coverage",
        "coverage-goal" if own.1.coverage_goal != plain.1.coverage_goal => "policy.coverage_goal",
        "group-total-new" | "group-total-all" if own.1.groups != plain.1.groups => "policy.groups",
        "group-total-all" if own.1.groups_before != plain.1.groups_before => "policy.groups_before",
        "phase-groups" | "phase-coverage" | "phase-centre" if own.1.phases != plain.1.phases => "policy.phases",
        "phase-integrated" if own.1.integrated_share != plain.1.integrated_share => "policy.integrated_share",
        "exchange" | "exchange-backbone" if own.1.exchange != plain.1.exchange => "policy.exchange",
        "head-in-office" if own.1.head_years != plain.1.head_years => "policy.head_years",
        "managers-sent" | "performance-share" | "first-post" if own.1.staff_advice != plain.1.staff_advice => {
            "policy.staff_advice"
        }
        _ => return of_document.map_or_else(of_rule, |key| language.text(&key)),
    };
    Message::new("rule-source-setting").text("key", changed).in_language(language)
}

/// The breach of a district that has not as many schools as wanted.
pub(super) fn size_breach(
    [id, name]: [&str; 2],
    schools: usize,
    [fewest, most]: [usize; 2],
    language: Language,
) -> Option<Breach> {
    let by = fewest.saturating_sub(schools).max(schools.saturating_sub(most));
    let key = if schools < fewest { "mend-district-too-small" } else { "mend-district-too-large" };
    let mend = Message::new(key).count("schools", schools).count("fewest", fewest).count("most", most);
    let mend = mend.count("by", by);
    (by > 0).then(|| Breach {
        id: id.to_owned(),
        name: name.to_owned(),
        by: by as f64,
        mend: mend.in_language(language),
    })
}

impl Judged<'_> {
    pub(super) fn report(
        &self,
        id: &'static str,
        hard: bool,
        value: f64,
        limit: f64,
        unit: &'static str,
        breaches: Vec<Breach>,
    ) -> RuleReport {
        let report = RuleReport::judged(self.language, self.catchments.stage, id, hard, value, limit, unit, breaches);
        let noun = self.settings.policy.noun();
        let text = self.language.text(&self.language.key_with(&format!("rule-{id}"), noun));
        RuleReport { text, source: source(self.language, id, self.settings), ..report }
    }

    pub(super) fn mend(&self, message: &Message) -> String {
        message.in_language(self.language)
    }

    /// Every block has a school.
    fn assigned(&self) -> RuleReport {
        let breaches: Vec<Breach> = self
            .county
            .block_indices()
            .filter(|block| self.catchments.school_of(*block).is_none())
            .map(|block| {
                let block = self.county.block(block);
                let by = f64::from(block.pupils[self.catchments.stage]);
                Breach {
                    id: block.id.to_string(),
                    name: block.name.to_string(),
                    by,
                    mend: self.mend(&Message::new("mend-unassigned")),
                }
            })
            .collect();
        self.report("assigned", true, breaches.len() as f64, 0.0, "blocks", breaches)
    }

    /// The load of each catchment, by its holder.
    fn catchment_loads(&self) -> impl Iterator<Item = (SchoolIndex, &Load)> {
        self.county.holders(self.catchments.stage).map(|school| (school, &self.loads[school.get()]))
    }

    /// No school has more pupils than seats.
    fn seats(&self) -> RuleReport {
        let breaches: Vec<Breach> = self
            .catchment_loads()
            .filter(|(_, load)| load.overload() > 0)
            .map(|(school, load)| Breach {
                id: self.county.catchment_id(self.catchments.stage, school),
                name: self.county.catchment_name(self.catchments.stage, school),
                by: load.overload() as f64,
                mend: self.mend(&Message::new("mend-seats").count("pupils", load.overload())),
            })
            .collect();
        let total = breaches.iter().map(|breach| breach.by).sum();
        self.report("seats", true, total, 0.0, "pupils", breaches)
    }

    /// Every catchment hangs together with its school.
    fn contiguous(&self) -> RuleReport {
        let breaches: Vec<Breach> = detached(self.county, self.ground, self.catchments)
            .into_iter()
            .map(|block| {
                let own = self.catchments.school_of(block);
                let beside = self.ground.adjacency.neighbours(block.get()).iter().find_map(|neighbour| {
                    self.catchments.school_of[*neighbour as usize].filter(|school| Some(*school) != own)
                });
                let mend = match beside {
                    Some(school) => {
                        let name = self.county.catchment_name(self.catchments.stage, school);
                        Message::new("mend-contiguous").text("school", name)
                    }
                    None => Message::new("mend-contiguous-link"),
                };
                let block = self.county.block(block);
                let by = f64::from(block.pupils[self.catchments.stage]);
                Breach { id: block.id.to_string(), name: block.name.to_string(), by, mend: self.mend(&mend) }
            })
            .collect();
        self.report("contiguous", true, breaches.len() as f64, 0.0, "blocks", breaches)
    }

    /// Locked blocks are with their schools.
    fn locks(&self) -> RuleReport {
        let stage = self.catchments.stage;
        let breaches: Vec<Breach> = self
            .county
            .locks
            .iter()
            .filter_map(|lock| match lock.kind {
                LockKind::BlockToSchool { block, school, stage: locked_in }
                    if locked_in == stage && self.catchments.school_of(block) != Some(school) =>
                {
                    let mend = Message::new("mend-lock").text("school", self.county.catchment_name(stage, school));
                    let block = self.county.block(block);
                    let by = f64::from(block.pupils[stage]);
                    Some(Breach { id: block.id.to_string(), name: block.name.to_string(), by, mend: self.mend(&mend) })
                }
                LockKind::Lead { school } => self.broken_lead(school, school),
                LockKind::MemberOf { member, lead } => self.broken_lead(member, lead),
                LockKind::BlockToSchool { .. }
                | LockKind::Together { .. }
                | LockKind::Apart { .. }
                | LockKind::Forbidden { .. } => None,
            })
            .collect();
        let mut report = self.report("locks", true, breaches.len() as f64, 0.0, "locks", breaches);
        // Locks on schools are about who leads, and only hold where districts were made.
        let of_schools = self.county.locked_leads().next().is_some() && self.districts.is_some();
        if of_schools {
            let is_about_leads = self.county.locks.iter().all(|lock| lock.kind.with_lead().is_some());
            let key = if is_about_leads { "rule-locks-of-schools" } else { "rule-locks-of-both" };
            report.text = self.language.text(&self.language.key_with(key, self.settings.policy.noun()));
        }
        report
    }

    /// A remedy that calls a district and its lead as the document does.
    pub(super) fn with_noun(&self, key: &str) -> Message {
        let noun = self.settings.policy.noun();
        Message::new(self.language.key_with(key, noun)).text("noun", self.language.noun(noun))
    }

    /// The breach of a school whose district `lead` should lead and does not.
    fn broken_lead(&self, school: SchoolIndex, lead: SchoolIndex) -> Option<Breach> {
        let districts = self.districts?;
        let district = &districts.districts[districts.district_of(school)?];
        if district.lead == Some(lead) {
            return None;
        }
        let stage = self.catchments.stage;
        let mend = mend_of_lock(self.county, self.settings, self.language, stage, [school, lead]);
        let school = self.county.school(school);
        Some(Breach { id: school.id.clone(), name: school.name.clone(), by: 1.0, mend: self.mend(&mend) })
    }

    /// Pupils live within the service radius of their school.
    fn radius(&self) -> RuleReport {
        let stage = self.catchments.stage;
        let limit = self.measures.radius_m;
        let to = Nearby::new(self.county, &self.ground.distances, stage);
        let beyond = |block: BlockIndex| {
            let way = to.metres(block, self.catchments.school_of(block)?);
            (way > limit).then(|| (round(way - limit, 1), block))
        };
        let with_pupils = |block: &BlockIndex| self.county.block(*block).pupils[stage] > 0;
        let blocks: Vec<BlockIndex> = self.county.block_indices().filter(with_pupils).collect();
        // Many blocks break this rule: only those that are listed are worded.
        let mut beyond: Vec<(f64, BlockIndex)> =
            blocks.into_par_iter().with_min_len(1_024).filter_map(beyond).collect();
        beyond.par_sort_by(|first, second| second.0.total_cmp(&first.0));
        let mend = self.mend(&Message::new("mend-radius"));
        let worded = beyond.iter().take(LISTED_BREACHES).map(|(by, block)| {
            let block = self.county.block(*block);
            Breach { id: block.id.to_string(), name: block.name.to_string(), by: *by, mend: mend.clone() }
        });
        let most = self.measures.max_distance_m;
        let report = self.report("radius", false, most, limit, "metres", worded.collect());
        RuleReport { breach_count: beyond.len(), ..report }
    }

    /// Seats are used within the band.
    fn seat_band(&self) -> RuleReport {
        let [low, high] = self.settings.measure.seat_use;
        let breaches: Vec<Breach> = self
            .catchment_loads()
            .filter(|(_, load)| load.seats > 0 && !(low..=high).contains(&load.seat_use()))
            .map(|(school, load)| {
                let apart = (low - load.seat_use()).max(load.seat_use() - high);
                Breach {
                    id: self.county.catchment_id(self.catchments.stage, school),
                    name: self.county.catchment_name(self.catchments.stage, school),
                    by: round(apart, 4),
                    mend: self
                        .mend(&Message::new("mend-band").count("pupils", (apart * load.seats as f64).ceil() as u64)),
                }
            })
            .collect();
        let count = breaches.len() as f64;
        RuleReport { breach_unit: "share", ..self.report("seat-band", false, count, 0.0, "schools", breaches) }
    }

    /// Strong schools are spread over the pools: none has two more than another.
    fn strong_in_pools(&self) -> RuleReport {
        let pools = &self.measures.pools;
        let least = pools.iter().map(|pool| pool.strong_schools).min().unwrap_or(0);
        let breaches: Vec<Breach> = pools
            .iter()
            .filter(|pool| pool.strong_schools > least + 1)
            .map(|pool| Breach {
                id: pool.pool.clone(),
                name: pool.pool.clone(),
                by: (pool.strong_schools - least - 1) as f64,
                mend: self.mend(&Message::new("mend-strong-in-pools")),
            })
            .collect();
        let most = pools.iter().map(|pool| pool.strong_schools).max().unwrap_or(0);
        self.report("strong-in-pools", false, (most - least) as f64, 1.0, "schools", breaches)
    }

    /// Districts have as many schools as the settings want.
    fn district_size(&self) -> RuleReport {
        let bounds = self.settings.districts.schools;
        let districts = self.measures.districts.iter().flatten();
        let breaches: Vec<Breach> = districts
            .filter_map(|district| {
                size_breach([&district.district_id, &district.name], district.schools, bounds, self.language)
            })
            .collect();
        let count = breaches.len() as f64;
        RuleReport { breach_unit: "schools", ..self.report("district-size", true, count, 0.0, "districts", breaches) }
    }

    /// Weak schools have a strong lead.
    fn weak_with_strong(&self) -> RuleReport {
        let breaches: Vec<Breach> = self
            .measures
            .districts
            .iter()
            .flatten()
            .filter(|district| district.weak_without_strong_lead > 0)
            .map(|district| Breach {
                id: district.district_id.clone(),
                name: district.name.clone(),
                by: district.weak_without_strong_lead as f64,
                mend: self.mend(&self.with_noun("mend-weak-with-strong")),
            })
            .collect();
        let total = breaches.iter().map(|breach| breach.by).sum();
        self.report("weak-with-strong", true, total, 0.0, "schools", breaches)
    }

    /// The territory of a district hangs together.
    fn district_in_one_part(&self) -> RuleReport {
        let apart = || self.measures.districts.iter().flatten().filter(|district| district.parts > 1);
        let breach = |district: &DistrictMeasures, mend: String| Breach {
            id: district.district_id.clone(),
            name: district.name.clone(),
            by: (district.parts - 1) as f64,
            mend,
        };
        let mend = |district: &DistrictMeasures| {
            let message = self.with_noun("mend-district-parts").count("count", district.parts);
            self.mend(&message.text("parts", self.parts(district)))
        };
        let bound = apart().filter(|district| district.waiver.is_none());
        let breaches: Vec<Breach> = bound.map(|district| breach(district, mend(district))).collect();
        let waived = apart().filter_map(|district| Some((district, district.waiver.as_ref()?)));
        let waived = waived.map(|(district, why)| {
            let message = Message::new("waived-parts").count("count", district.parts).text("why", why);
            breach(district, self.mend(&message.text("parts", self.parts(district))))
        });
        let waived = waived.collect();
        let count = breaches.len() as f64;
        RuleReport { waived, ..self.report("district-in-one-part", false, count, 0.0, "parts", breaches) }
    }

    /// The parts of a territory in words: the schools of each, or its blocks where no school stands in it.
    fn parts(&self, district: &DistrictMeasures) -> String {
        let name = |id: &String| {
            let of_id = |school: &&School| school.id == *id;
            self.county.schools.iter().find(of_id).map_or("", |school| school.name.as_str())
        };
        let block = |id: &String| {
            let of_id = |block: &&Block| block.id == *id;
            self.county.blocks.iter().find(of_id).map_or("", |block| block.name.as_str())
        };
        let between = self.language.text("annex-between");
        let part = |part: &TerritoryPart| {
            let (key, names): (&str, Vec<&str>) = match part.school_ids.as_slice() {
                [] => ("territory-part-bare", part.block_ids.iter().take(NAMED_BLOCKS).map(block).collect()),
                ids => ("territory-part", ids.iter().map(name).collect()),
            };
            let message = Message::new(key).text("names", names.join(&between)).count("blocks", part.block_ids.len());
            self.mend(&message.count("pupils", part.pupils))
        };
        let parts: Vec<String> = district.territory.iter().map(part).collect();
        parts.join(&self.language.text("territory-between"))
    }
}

/// Rounds to `places` decimals, so that outputs can be read and compared.
pub(super) fn round(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    // Sums over nothing are −0.
    (value * scale).round() / scale + 0.0
}
