//! The rules of a partition of schools: each in one district, right-sized, strong paired with weak.

use std::collections::{BTreeMap, BTreeSet};

use super::following;
use super::lock::mend_of_lock;
use crate::language::{Language, Message};
use crate::measure::rule::{Breach, RuleReport, Verdict, size_breach, source};
use crate::measure::{Strength, Strengths, Tier};
use crate::model::settings::Settings;
use crate::model::{County, District, DistrictKind, Districts, Mode, School, SchoolIndex};

/// Schools that could lead which a remedy names at most.
const NAMED_LEADS: usize = 10;

/// What rules are judged on, by kind: districts part the schools among them, groups lie over them.
pub(super) struct Kinds {
    /// All that there are.
    pub(super) all: Districts,
    /// Those the document is about; without a document districts, where there are any.
    pub(super) subject: Districts,
    /// Those that cover schools: what the document is about; without a document groups, where there are any.
    pub(super) covering: Districts,
}

impl Kinds {
    pub(super) fn of(districts: &Districts, settings: &Settings) -> Kinds {
        let first = |kind: DistrictKind, other: DistrictKind| {
            let of_kind = districts.of_kind(kind);
            if of_kind.districts.is_empty() { districts.of_kind(other) } else { of_kind }
        };
        let of_document = settings.policy.kind().map(|kind| districts.of_kind(kind));
        Kinds {
            subject: of_document.clone().unwrap_or_else(|| first(DistrictKind::District, DistrictKind::Group)),
            covering: of_document.unwrap_or_else(|| first(DistrictKind::Group, DistrictKind::District)),
            all: districts.clone(),
        }
    }

    /// Those of a plan: its own districts, where `all` that are given are not of both kinds.
    pub(super) fn in_plan(all: Districts, planned: Districts, settings: &Settings) -> Kinds {
        if all.has_both_kinds() {
            return Kinds::of(&all, settings);
        }
        Kinds { subject: planned.clone(), covering: planned, all }
    }
}

/// What rules are judged on.
#[derive(Clone, Copy)]
pub(super) struct Judged<'a> {
    pub(super) county: &'a County,
    /// What the document is about.
    pub(super) districts: &'a Districts,
    /// That and what is there beside.
    pub(super) all: &'a Districts,
    /// What covers schools.
    pub(super) covering: &'a Districts,
    pub(super) strengths: &'a Strengths,
    pub(super) settings: &'a Settings,
    pub(super) language: Language,
    /// Whether numbers and shares are judged on them: not where they are about several stages together and these are one of them.
    pub(super) counts: bool,
}

impl<'a> Judged<'a> {
    pub(super) const fn of(
        county: &'a County,
        kinds: &'a Kinds,
        strengths: &'a Strengths,
        settings: &'a Settings,
        language: Language,
    ) -> Judged<'a> {
        let Kinds { all, subject, covering } = kinds;
        Judged { county, districts: subject, all, covering, strengths, settings, language, counts: true }
    }
}

impl Judged<'_> {
    /// The rules of any partition, as far as the settings ask for them.
    pub(super) fn of_partition(&self, schools: &[SchoolIndex]) -> Vec<RuleReport> {
        let mut rules = Vec::new();
        rules.extend(self.one_district(schools));
        rules.extend(self.size());
        rules.push(self.weak_with_strong());
        rules.extend(self.locks());
        rules.extend(self.of_kinds(schools));
        rules
    }

    /// The rules of number, kinds and mixture, as far as the settings ask for them.
    pub(super) fn of_kinds(&self, schools: &[SchoolIndex]) -> Vec<RuleReport> {
        let wishes = &self.settings.districts;
        let mut rules = Vec::new();
        if self.counts {
            rules.extend(wishes.count.map(|count| self.count(count)));
            rules.extend(wishes.helping.map(|helping| self.kinds(helping)));
        }
        rules.extend(wishes.pupils.map(|bounds| self.pupils(bounds)));
        rules.extend(wishes.marked_lead.then(|| self.marked_leads()));
        rules.extend((wishes.mix > 0.0).then(|| self.town_with_country(schools)));
        rules
    }

    /// Every school is in one district; in one at most where the document is not about districts, or does not ask for all. Of
    /// groups alone a school may be in several, and is in one where all are to be. Nothing where there is nothing of which
    /// that could be asked.
    pub(super) fn one_district(&self, schools: &[SchoolIndex]) -> Option<RuleReport> {
        let policy = &self.settings.policy;
        let is_about_groups = policy.kind() == Some(DistrictKind::Group);
        let districts = self.all.of_kind(DistrictKind::District);
        let has_districts = !districts.districts.is_empty();
        let all_are = policy.everyone && !(is_about_groups && has_districts);
        let is_given = self.settings.groups.is_some();
        let is_listed = is_given || policy.pairs;
        let is_due = if has_districts || !is_given { all_are || is_listed } else { all_are && is_about_groups };
        if !is_due {
            return None;
        }
        let judged = if has_districts { &districts } else { self.all };
        let mut homes: Vec<Vec<&str>> = vec![Vec::new(); self.county.schools.len()];
        for district in &judged.districts {
            for (school, _) in district.schools() {
                homes[school.get()].push(&district.name);
            }
        }
        let is_right = |school: &SchoolIndex| match homes[school.get()].len() {
            0 => !all_are,
            1 => true,
            _ => !has_districts,
        };
        let mend = |names: &[&str]| match names {
            [] => self.with_noun("mend-one-district"),
            names => {
                let names = names.join(&self.language.text("annex-between"));
                self.with_noun("mend-one-district-only").text("names", names)
            }
        };
        let breach = |school: &SchoolIndex| {
            let names = &homes[school.get()];
            self.of_school(*school, (names.len() as f64 - 1.0).abs(), &mend(names))
        };
        let breaches: Vec<Breach> = schools.iter().filter(|school| !is_right(school)).map(breach).collect();
        let mut report = self.report("one-district", true, breaches.len() as f64, 0.0, "schools", breaches);
        if !all_are {
            report.text = self.language.text(&self.language.key_with("rule-one-district-most", policy.noun()));
        }
        Some(report)
    }

    /// Districts have as many schools as the settings want: those led from the centre by bounds of their own, where there are
    /// such. Teaching points that belong to a central school do not count.
    fn size(&self) -> Vec<RuleReport> {
        let policy = &self.settings.policy;
        let mut breaches = [Vec::new(), Vec::new()];
        // Of groups that are given one school may lead several, which count together.
        let mut counted_of: BTreeMap<SchoolIndex, (usize, usize)> = BTreeMap::new();
        for district in &self.districts.districts {
            let [counted, fewest, most] = self.counted(district);
            let named = [district.id.as_str(), district.name.as_str()];
            let breach = size_breach(named, counted, [fewest, most], self.language);
            breaches[usize::from(self.is_in_centre(district))].extend(breach);
            if let Some(lead) = district.lead {
                let known = counted_of.entry(lead).or_default();
                *known = (known.0 + 1, known.1 + counted - 1);
            }
        }
        for (lead, (_, members)) in counted_of.into_iter().filter(|(_, (groups, _))| *groups > 1) {
            let school = self.county.school(lead);
            let in_centre = policy.centre_schools.is_some() && school.standing.centre;
            let bounds = policy.sizes(&self.settings.districts, in_centre);
            let named = [school.id.as_str(), school.name.as_str()];
            breaches[usize::from(in_centre)].extend(size_breach(named, members + 1, bounds, self.language));
        }
        let [mut elsewhere, in_centre] = breaches;
        if let Some(mend) = self.sizes_cannot_hold() {
            let mend = mend.in_language(self.language);
            for breach in &mut elsewhere {
                breach.mend.clone_from(&mend);
            }
        }
        let judge = |id: &'static str, breaches: Vec<Breach>| {
            let report = self.report(id, true, breaches.len() as f64, 0.0, "districts", breaches);
            RuleReport { breach_unit: "schools", ..report }
        };
        let mut reports = vec![judge("district-size", elsewhere)];
        if policy.centre_schools.is_some() {
            reports.push(judge("centre-size", in_centre));
        }
        reports
    }

    /// Districts have as many pupils as the settings want.
    fn pupils(&self, [fewest, most]: [u32; 2]) -> RuleReport {
        let mut breaches = Vec::new();
        for district in &self.districts.districts {
            let pupils: u32 = district.schools().map(|(school, _)| self.county.school(school).pupils()).sum();
            let by = fewest.saturating_sub(pupils).max(pupils.saturating_sub(most));
            if by > 0 {
                let key = if pupils < fewest { "mend-district-few-pupils" } else { "mend-district-many-pupils" };
                let mend = Message::new(key).count("pupils", pupils).count("fewest", fewest).count("most", most);
                breaches.push(self.of_district(district, f64::from(by), &mend.count("by", by)));
            }
        }
        let report = self.report("district-pupils", true, breaches.len() as f64, 0.0, "districts", breaches);
        RuleReport { breach_unit: "pupils", ..report }
    }

    /// Why no grouping of so many districts could keep the bounds of sizes, with the smallest ways out; nothing where one could.
    fn sizes_cannot_hold(&self) -> Option<Message> {
        let districts = &self.districts.districts;
        if self.settings.policy.centre_schools.is_some() || districts.is_empty() {
            return None;
        }
        let counted: Vec<[usize; 3]> = districts.iter().map(|district| self.counted(district)).collect();
        let schools: usize = counted.iter().map(|[counted, ..]| counted).sum();
        let [_, fewest, most] = *counted.first()?;
        let count = districts.len();
        let (key, takes, relaxed, other) = if schools > count * most {
            ("mend-district-size-room", count * most, schools.div_ceil(count), schools.div_ceil(most.max(1)))
        } else if schools < count * fewest {
            ("mend-district-size-short", count * fewest, schools / count, schools / fewest.max(1))
        } else {
            return None;
        };
        let message = self.with_noun(key).count("districts", count).count("schools", schools).count("takes", takes);
        let message = message.count("fewest", fewest).count("most", most);
        Some(message.count("relaxed", relaxed).count("other", other))
    }

    /// Schools lead, and are led by whom, as the table of locks has it; nothing where it has no such lock.
    fn locks(&self) -> Option<RuleReport> {
        let stage = self.districts.stage;
        let wrong = |school: SchoolIndex, lead: SchoolIndex| {
            let mut own = self.all.districts.iter().filter(|district| district.schools().any(|(of, _)| of == school));
            (!own.any(|district| district.lead == Some(lead))).then(|| {
                self.of_school(
                    school,
                    1.0,
                    &mend_of_lock(self.county, self.settings, self.language, stage, [school, lead]),
                )
            })
        };
        let belongs = |school: SchoolIndex| self.county.school(school).serves(stage);
        // Where only one stage may be grouped, a lock on another can never be kept, which has to be told.
        let is_told = |(school, lead): &(SchoolIndex, SchoolIndex)| {
            self.settings.policy.stage.is_some() || (belongs(*school) && belongs(*lead))
        };
        let held: Vec<(SchoolIndex, SchoolIndex)> = self.county.locked_leads().filter(is_told).collect();
        let breaches: Vec<Breach> = held.iter().filter_map(|(school, lead)| wrong(*school, *lead)).collect();
        (!held.is_empty()).then(|| self.report("district-locks", true, breaches.len() as f64, 0.0, "locks", breaches))
    }

    /// Whether a school may lead, or is marked as a lead.
    fn qualifies(&self, school: SchoolIndex) -> bool {
        self.county.school(school).marks.lead || self.may_lead(school)
    }

    /// There are as many districts as wanted. Where there are not, too few schools may lead.
    pub(super) fn count(&self, wanted: usize) -> RuleReport {
        let made = self.districts.districts.len();
        let mut breaches = Vec::new();
        if made != wanted {
            let schools = self.county.schools_of(self.districts.stage).count();
            let [fewest, most] = self.settings.districts.schools;
            let possible = schools / fewest.max(1);
            // Who only helps leads nothing.
            let leads_it = |district: &&District| match district.mode {
                Some(Mode::Helping) => district.lead.is_some_and(|lead| self.qualifies(lead)),
                _ => district.lead.is_some(),
            };
            let led = self.districts.districts.iter().filter(leads_it).count();
            // Schools that would qualify and are locked to other leads.
            let is_held = |(member, lead): &(SchoolIndex, SchoolIndex)| member != lead && self.qualifies(*member);
            let held = self.county.locked_leads().filter(is_held).count();
            let message = match made < wanted {
                true if made == 0 && possible >= wanted => "mend-district-count-none",
                true if held > 0 && led + held >= wanted => "mend-district-count-locks",
                true if possible < wanted => "mend-district-count-sizes",
                true => "mend-district-count",
                false => "mend-district-count-more",
            };
            // Without any lead districts that help could do without, too.
            let unled = if made == 0 { self.settings.districts.helping.unwrap_or(0).min(wanted) } else { 0 };
            let more = made.abs_diff(wanted) - unled;
            let leads = self.next_leads(more, &|_| true);
            let mend = self
                .with_noun(message)
                .count("made", made)
                .count("wanted", wanted)
                .count("more", more)
                .count("led", led)
                .count("held", held)
                .count("unled", made - led)
                .count("schools", schools)
                .count("fewest", fewest)
                .count("possible", possible)
                .count("relaxed", schools / wanted)
                // With so few districts the most there may be in one has to give as well.
                .count("size", if made * most < schools { schools.div_ceil(made.max(1)) } else { 0 })
                .sentence("leads", leads);
            breaches.push(Breach {
                id: self.districts.stage.slug().to_owned(),
                name: self.districts.stage.of_schools().in_language(self.language),
                by: made.abs_diff(wanted) as f64,
                mend: mend.in_language(self.language),
            });
        }
        self.report("district-count", true, made as f64, wanted as f64, "districts", breaches)
    }

    /// The schools of a zone that could lead and do not, by name, as many as asked for, or as there are: those in no district first, of
    /// these the strongest, or where no strength is known those marked as strong and those with most pupils; never weak schools or
    /// small sites.
    pub(super) fn next_leads(&self, count: usize, is_there: &dyn Fn(&School) -> bool) -> Message {
        let least = self.settings.districts.lead_enrolment;
        let leads: BTreeSet<SchoolIndex> =
            self.districts.districts.iter().filter_map(|district| district.lead).collect();
        let small = self.settings.policy.small_school;
        let grouped: BTreeSet<SchoolIndex> = self.in_districts().collect();
        let could = |school: &SchoolIndex| {
            let is_small = self.county.school(*school).is_small_site(small);
            !leads.contains(school) && !is_small && !self.strengths.is(*school, Tier::Weak)
        };
        let mut candidates: Vec<(SchoolIndex, &Strength)> = self
            .county
            .schools_of(self.districts.stage)
            .filter(|school| is_there(self.county.school(*school)))
            .filter(could)
            .filter_map(|school| Some((school, self.strengths.of(school)?)))
            .filter(|(_, strength)| strength.pupils >= least)
            .collect();
        let is_marked = |school: SchoolIndex| self.county.school(school).marks.strong;
        let index = |strength: &Strength| strength.index.unwrap_or(f64::NEG_INFINITY);
        candidates.sort_by(|(first, weak), (second, strong)| {
            let by_home = grouped.contains(first).cmp(&grouped.contains(second));
            let by_index = index(strong).total_cmp(&index(weak));
            let by_mark = is_marked(*second).cmp(&is_marked(*first));
            by_home.then(by_index).then(by_mark).then(strong.pupils.cmp(&weak.pupils)).then(first.cmp(second))
        });
        candidates.truncate(count.min(NAMED_LEADS));
        let names: Vec<&str> = candidates.iter().map(|(school, _)| self.county.school(*school).name.as_str()).collect();
        let is_rated = candidates.iter().any(|(_, strength)| strength.index.is_some());
        let key = match (names.is_empty(), is_rated) {
            (true, _) => "mend-leads-none",
            (false, true) => "mend-leads-by-strength",
            (false, false) => "mend-leads-by-pupils",
        };
        Message::new(key).text("names", names.join(&self.language.text("annex-between")))
    }

    /// Whether a district has as many schools as it may have.
    pub(super) fn is_full(&self, district: &District) -> bool {
        let [counted, _, most] = self.counted(district);
        counted >= most
    }

    /// How many schools of a district count, and the fewest and most it may have: those of the centre where it is led from there.
    pub(super) fn counted(&self, district: &District) -> [usize; 3] {
        let policy = &self.settings.policy;
        let following = if policy.with_central_school { following(self.county, district, policy).len() } else { 0 };
        let [fewest, most] = policy.sizes(&self.settings.districts, self.is_in_centre(district));
        [district.len() - following, fewest, most]
    }

    /// Whether bounds of the centre hold for a district.
    fn is_in_centre(&self, district: &District) -> bool {
        let middle = district.lead.or_else(|| district.middle(self.county));
        let stands_there = middle.is_some_and(|school| self.county.school(school).standing.centre);
        self.settings.policy.centre_schools.is_some() && stands_there
    }

    /// So many districts are of the helping kind.
    pub(super) fn kinds(&self, wanted: usize) -> RuleReport {
        let helping = |district: &&District| district.mode == Some(Mode::Helping);
        let made = self.districts.districts.iter().filter(helping).count();
        let breach = (made != wanted).then(|| Breach {
            id: self.districts.stage.slug().to_owned(),
            name: self.districts.stage.of_schools().in_language(self.language),
            by: made.abs_diff(wanted) as f64,
            mend: {
                let there = self.districts.districts.len();
                let key = if wanted > there { "mend-district-kinds-few" } else { "mend-district-kinds" };
                self.with_noun(key).count("wanted", wanted).count("there", there).in_language(self.language)
            },
        });
        self.report("district-kinds", true, made as f64, wanted as f64, "districts", breach.into_iter().collect())
    }

    /// Leads are among the schools marked as strong.
    fn marked_leads(&self) -> RuleReport {
        // Who helps where town helps country leads nothing.
        let led = self.districts.districts.iter().filter(|district| district.mode != Some(Mode::Helping));
        let leads = led.filter_map(|district| district.lead);
        let unmarked = leads.filter(|lead| {
            let marks = self.county.school(*lead).marks;
            !marks.strong && !marks.lead
        });
        let breaches: Vec<Breach> =
            unmarked.map(|lead| self.of_school(lead, 1.0, &Message::new("mend-marked-lead"))).collect();
        self.report("marked-lead", true, breaches.len() as f64, 0.0, "schools", breaches)
    }

    /// Districts have town and country schools, where the county has both.
    fn town_with_country(&self, schools: &[SchoolIndex]) -> RuleReport {
        if schools.iter().all(|school| self.county.school(*school).urban.is_none()) {
            return self.untold("town-with-country", false, "districts", &Message::new("untold-urban"));
        }
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
                    mend: self.with_noun(lacks).in_language(self.language),
                });
            }
        }
        self.report("town-with-country", false, breaches.len() as f64, 0.0, "districts", breaches)
    }

    /// Weak and new schools have a strong lead; where schools lead by turns or help without a lead, a strong school beside them.
    fn weak_with_strong(&self) -> RuleReport {
        let is_strong = |district: &&District| match district.lead {
            Some(lead) if self.strengths.is(lead, Tier::Strong) => true,
            Some(_) if district.mode != Some(Mode::Helping) => false,
            _ => district.members.iter().any(|member| self.strengths.is(*member, Tier::Strong)),
        };
        let (with, without): (Vec<&District>, Vec<&District>) = self.all.districts.iter().partition(is_strong);
        let schools = |of: Vec<&District>| -> BTreeSet<SchoolIndex> {
            of.into_iter().flat_map(District::schools).map(|(school, _)| school).collect()
        };
        let (with, without) = (schools(with), schools(without));
        let in_need = |school: &SchoolIndex| self.strengths.is_in_need(self.county, *school);
        // Of a school in several one strong lead is enough.
        let breaches: Vec<Breach> = without
            .difference(&with)
            .copied()
            .filter(in_need)
            .map(|school| self.of_school(school, 1.0, &self.with_noun("mend-weak-with-strong")))
            .collect();
        // Where every district has a strong lead, it does not matter who is weak.
        let is_open = self.districts.districts.iter().any(|district| !is_strong(&district));
        if is_open && breaches.is_empty() && !self.tells_weak() {
            return self.untold("weak-with-strong", true, "schools", &Message::new("untold-weak"));
        }
        self.report("weak-with-strong", true, breaches.len() as f64, 0.0, "schools", breaches)
    }

    /// The schools of all districts; one in two of them comes twice.
    pub(super) fn in_districts(&self) -> impl Iterator<Item = SchoolIndex> {
        self.districts.districts.iter().flat_map(District::schools).map(|(school, _)| school)
    }

    /// Whether the tables tell weak schools from others: by marks, or by what strength is reckoned from.
    pub(super) fn tells_weak(&self) -> bool {
        let tells = |school: SchoolIndex| {
            let is_rated = self.strengths.of(school).is_some_and(|strength| strength.index.is_some());
            is_rated || self.county.school(school).standing.told.weak
        };
        self.county.schools_of(self.districts.stage).any(tells)
    }

    /// A remedy that calls a district as the document does.
    pub(super) fn with_noun(&self, key: &str) -> Message {
        let noun = self.settings.policy.noun();
        Message::new(self.language.key_with(key, noun)).text("noun", self.language.noun(noun))
    }

    pub(super) fn of_school(&self, school: SchoolIndex, by: f64, mend: &Message) -> Breach {
        let school = self.county.school(school);
        Breach { id: school.id.clone(), name: school.name.clone(), by, mend: mend.in_language(self.language) }
    }

    /// A rule that nobody can judge, with what the tables would have to say.
    pub(super) fn untold(&self, id: &'static str, hard: bool, unit: &'static str, missing: &Message) -> RuleReport {
        let untold = Some(missing.in_language(self.language));
        RuleReport { verdict: Verdict::Unknown, untold, ..self.report(id, hard, 0.0, 0.0, unit, Vec::new()) }
    }

    pub(super) fn report(
        &self,
        id: &'static str,
        hard: bool,
        value: f64,
        limit: f64,
        unit: &'static str,
        breaches: Vec<Breach>,
    ) -> RuleReport {
        let mut report =
            RuleReport::judged(self.language, self.districts.stage, id, hard, value, limit, unit, breaches);
        let noun = self.settings.policy.noun();
        report.text = self.language.text(&self.language.key_with(&format!("rule-{id}"), noun));
        report.source = source(self.language, id, self.settings);
        report
    }
}
