//! The rules of government documents on schools that work together, each judged by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::crossing::authorities;
use super::rules::Judged;
use super::{Coverage, GroupMeasures, PhaseMeasures, common_level, following};
use crate::language::Message;
use crate::measure::Tier;
use crate::measure::rule::{Breach, RuleReport, round};
use crate::model::settings::{Phase, PolicySettings, Preset};
use crate::model::{District, DistrictKind, Governance, Level, Mode, Ownership, School, SchoolIndex};

/// Pupils of a class by the standard, in primary schools and elsewhere (GB 50099—2011).
const STANDARD_CLASS: [f64; 2] = [45.0, 50.0];

/// Pupils from which a class is large 大班额.
const LARGE_CLASS: f64 = 56.0;

/// What rounding errors may take from a share.
const ROUNDING: f64 = 1e-9;

impl Judged<'_> {
    /// The rules the settings ask for.
    pub(super) fn of_policy(
        &self,
        coverage: &Coverage,
        phases: &[PhaseMeasures],
        measures: &[GroupMeasures],
    ) -> Vec<RuleReport> {
        let policy = &self.settings.policy;
        let mut rules = Vec::new();
        rules.extend(policy.stage.map(|_| self.of_stage()));
        rules.extend(policy.within_county.then(|| self.within_county()));
        rules.extend(policy.same_level.then(|| self.same_level()));
        rules.extend(policy.same_authority.then(|| self.same_authority()));
        rules.extend(self.led());
        rules.extend((!policy.modes.is_empty()).then(|| self.modes()));
        rules.extend(policy.preset.and_then(|_| self.leads_by_decision()));
        rules.extend(self.class_size());
        if self.counts {
            rules.extend(self.of_numbers(coverage, phases));
        }
        rules.extend(policy.weak_in_centre.then(|| self.weak_in_centre()));
        rules.extend(policy.with_central_school.then(|| self.with_central_school()));
        if policy.exchange.is_some() {
            rules.extend(self.exchange(measures));
        }
        rules.extend(self.of_staff(measures));
        rules.extend(self.of_records());
        rules
    }

    /// The rules on how many there are, whom they cover, and when.
    pub(super) fn of_numbers(&self, coverage: &Coverage, phases: &[PhaseMeasures]) -> Vec<RuleReport> {
        let policy = &self.settings.policy;
        let mut rules = Vec::new();
        if !policy.pilot_counties.is_empty() {
            rules.extend(self.pilots());
        }
        rules.extend(policy.new_schools.then(|| self.new_in_group()));
        rules.extend(policy.coverage.map(|limit| self.coverage("coverage", true, limit, coverage)));
        rules.extend(policy.coverage_goal.map(|limit| self.coverage("coverage-goal", false, limit, coverage)));
        if let Some(groups) = policy.groups {
            rules.extend(self.group_totals(groups));
        }
        if !policy.phases.is_empty() {
            rules.extend([self.phase_groups(phases), self.phase_coverage(phases), self.phase_centre(phases)]);
            rules.extend(policy.integrated_share.map(|share| self.phase_integrated(share, phases)));
        }
        rules
    }

    /// What covers each school: of groups that are given a school may be in several.
    fn all_homes(&self) -> BTreeMap<SchoolIndex, Vec<&District>> {
        let mut homes: BTreeMap<SchoolIndex, Vec<&District>> = BTreeMap::new();
        for district in &self.covering.districts {
            for (school, _) in district.schools() {
                homes.entry(school).or_default().push(district);
            }
        }
        homes
    }

    pub(super) fn of_district(&self, district: &District, by: f64, mend: &Message) -> Breach {
        Breach { id: district.id.clone(), name: district.name.clone(), by, mend: mend.in_language(self.language) }
    }

    pub(super) fn of_name(&self, name: &str, by: f64, mend: &Message) -> Breach {
        Breach { id: name.to_owned(), name: name.to_owned(), by, mend: mend.in_language(self.language) }
    }

    /// Only schools of the stage are grouped.
    fn of_stage(&self) -> RuleReport {
        let schools = self.all.districts.iter().flat_map(District::schools).map(|(school, _)| school);
        let others = schools.filter(|school| !self.county.school(*school).serves(self.districts.stage));
        let mend = self.with_noun("mend-of-stage");
        let breaches: Vec<Breach> = others.map(|school| self.of_school(school, 1.0, &mend)).collect();
        self.report("of-stage", true, breaches.len() as f64, 0.0, "schools", breaches)
    }

    /// No district has schools of two counties. A school that does not say where it stands breaks the rule as well, since
    /// nobody can tell.
    fn within_county(&self) -> RuleReport {
        let name = |school: SchoolIndex| self.county.school(school).standing.county.as_deref();
        let mut breaches = Vec::new();
        for district in &self.districts.districts {
            let names: BTreeSet<&str> = district.schools().filter_map(|(school, _)| name(school)).collect();
            if names.len() > 1 {
                let names: Vec<&str> = names.into_iter().collect();
                let mend = Message::new("mend-within-county")
                    .text("counties", names.join(&self.language.text("annex-between")));
                breaches.push(self.of_district(district, (names.len() - 1) as f64, &mend));
            }
            let untold = district.schools().filter(|(school, _)| name(*school).is_none());
            breaches.extend(untold.map(|(school, _)| self.of_school(school, 1.0, &Message::new("mend-county-untold"))));
        }
        self.report("within-county", !self.is_about_groups(), breaches.len() as f64, 0.0, "districts", breaches)
    }

    /// Every group has a lead, but where schools may lead by turns those that say that they do.
    fn led(&self) -> Option<RuleReport> {
        let policy = &self.settings.policy;
        let is_due = policy.lead_optional || policy.preset.is_some() || !self.county.groups.is_empty();
        let may_lack = |district: &District| {
            let by_turns = policy.lead_optional && district.governance == Some(Governance::Rotating);
            by_turns || (district.mode == Some(Mode::Helping) && !district.helpers.is_empty())
        };
        let without = self.districts.districts.iter().filter(|district| district.lead.is_none() && !may_lack(district));
        let mend = |district: &District| {
            self.with_noun(match (district.mode, policy.lead_optional) {
                (Some(Mode::Helping), _) => "mend-led-helping",
                (_, true) => "mend-led-or-by-turns",
                (_, false) => "mend-led",
            })
        };
        let breaches: Vec<Breach> = without.map(|district| self.of_district(district, 1.0, &mend(district))).collect();
        is_due.then(|| self.report("led", true, breaches.len() as f64, 0.0, "districts", breaches))
    }

    /// Groups are under authorities of one level 层级, where the settings keep these apart. Of groups that lie over districts it is
    /// asked, of districts it is required.
    fn same_authority(&self) -> RuleReport {
        let mut breaches = Vec::new();
        for district in &self.districts.districts {
            let levels = authorities(self.county, district);
            if levels.len() > 1 {
                let words = levels.iter().map(|level| self.language.text(&format!("authority-{}", level.slug())));
                let words = words.collect::<Vec<String>>().join(&self.language.text("annex-between"));
                let mend = Message::new("mend-same-authority").text("levels", words);
                breaches.push(self.of_district(district, (levels.len() - 1) as f64, &mend));
            }
        }
        self.report("same-authority", !self.is_about_groups(), breaches.len() as f64, 0.0, "districts", breaches)
    }

    /// Whether the document is about groups, which may cross what districts may not.
    fn is_about_groups(&self) -> bool {
        self.settings.policy.kind() == Some(DistrictKind::Group)
    }

    /// Groups are of one level where the settings keep levels apart, but for those that join successive stages 学段衔接型.
    fn same_level(&self) -> RuleReport {
        let crosses = |district: &&District| {
            common_level(self.county, district).is_none() && district.mode != Some(Mode::Successive)
        };
        let has_mode = self.settings.policy.modes.contains(&Mode::Successive);
        let hard = !has_mode && !self.is_about_groups();
        let mend = Message::new(if has_mode { "mend-same-level-or-successive" } else { "mend-same-level" });
        let across = self.districts.districts.iter().filter(crosses);
        let breaches: Vec<Breach> = across.map(|district| self.of_district(district, 1.0, &mend)).collect();
        self.report("same-level", hard, breaches.len() as f64, 0.0, "districts", breaches)
    }

    /// Classes are no larger than the standard: 45 pupils in primary schools, 50 elsewhere; from 56 on they are large 大班额.
    /// Where no school says how many classes it has, nobody can tell, which only the document that speaks of it is told.
    fn class_size(&self) -> Option<RuleReport> {
        let with_classes = self.county.schools_of(self.districts.stage).filter_map(|school| {
            let classes = self.county.school(school).standing.classes.filter(|classes| *classes > 0)?;
            Some((school, f64::from(self.county.school(school).pupils()), f64::from(classes)))
        });
        let sizes: Vec<(SchoolIndex, f64, f64)> = with_classes.collect();
        let standard = |school: SchoolIndex| match self.county.school(school).standing.level {
            Some(Level::Primary) => STANDARD_CLASS[0],
            _ => STANDARD_CLASS[1],
        };
        let breaches: Vec<Breach> = sizes
            .iter()
            .map(|(school, pupils, classes)| (*school, *pupils, *classes, pupils / classes))
            .filter(|(school, _, _, size)| *size > standard(*school) + ROUNDING)
            .map(|(school, pupils, classes, size)| {
                let standard_size = standard(school);
                let key = if size >= LARGE_CLASS { "mend-large-class" } else { "mend-class-size" };
                let mend = Message::new(key).decimal("size", size, 1).decimal("standard", standard_size, 0);
                // To the standard: so many classes more with the same pupils, or so many pupils fewer in the same classes.
                let mend = mend.count("classes", ((pupils / standard_size).ceil() - classes) as u32);
                let mend = mend.count("pupils", (pupils - standard_size * classes).ceil() as u32);
                self.of_school(school, round(size - standard_size, 1), &mend)
            })
            .collect();
        let count = breaches.len() as f64;
        if sizes.is_empty() {
            let is_asked = self.settings.policy.preset == Some(Preset::Pubei);
            return is_asked.then(|| self.untold("class-size", false, "pupils", &Message::new("untold-classes")));
        }
        Some(RuleReport { breach_unit: "pupils", ..self.report("class-size", false, count, 0.0, "schools", breaches) })
    }

    /// Every group is run in one of the modes there are.
    fn modes(&self) -> RuleReport {
        let known = &self.settings.policy.modes;
        let words: Vec<String> =
            known.iter().map(|mode| self.language.text(&format!("mode-{}", mode.slug()))).collect();
        let mend = Message::new("mend-mode").text("modes", words.join(&self.language.text("annex-between")));
        let other = |district: &&District| district.mode.is_none_or(|mode| !known.contains(&mode));
        let breaches: Vec<Breach> = self
            .districts
            .districts
            .iter()
            .filter(other)
            .map(|district| self.of_district(district, 1.0, &mend))
            .collect();
        self.report("mode", true, breaches.len() as f64, 0.0, "districts", breaches)
    }

    /// In the first year, as many districts as wanted begin in each county that begins, and none elsewhere.
    fn pilots(&self) -> Vec<RuleReport> {
        let policy = &self.settings.policy;
        let [fewest, most] = policy.pilot_districts;
        let present: Vec<&str> =
            policy.pilot_counties.iter().filter_map(|name| self.county.county_called(name)).collect();
        let absent = policy.pilot_counties.iter().filter(|name| self.county.county_called(name).is_none());
        let absent: Vec<&String> = absent.collect();
        let names = self.county.names_of_counties();
        let mend = match names.as_slice() {
            [] => Message::new("mend-pilot-county-none"),
            names => Message::new("mend-pilot-county").text("names", names.join(&self.language.text("annex-between"))),
        };
        let unmatched: Vec<Breach> = absent.iter().map(|name| self.of_name(name, 1.0, &mend)).collect();
        // Where only those that begin are grouped, there is nothing without them; of another city nothing can be asked.
        if present.is_empty() {
            let pilots = if policy.everyone {
                self.untold("pilots", true, "districts", &mend)
            } else {
                let breaches = absent.iter().map(|name| self.of_name(name, fewest as f64, &mend)).collect();
                self.report("pilots", true, 0.0, (fewest * absent.len()) as f64, "districts", breaches)
            };
            return vec![pilots, self.report("pilot-counties", false, absent.len() as f64, 0.0, "counties", unmatched)];
        }
        let absent = self.report("pilot-counties", false, absent.len() as f64, 0.0, "counties", unmatched);
        let begins = |district: &&District| policy.start_year.is_none() || district.year == policy.start_year;
        let of_county = |district: &District, name: &str| {
            let stands = |school: SchoolIndex| self.county.school(school).standing.county.as_deref() == Some(name);
            district.schools().any(|(school, _)| stands(school))
        };
        let begun: Vec<&District> = self.districts.districts.iter().filter(begins).collect();
        let mut breaches = Vec::new();
        for name in &present {
            let count = begun.iter().filter(|district| of_county(district, name)).count();
            let by = fewest.saturating_sub(count).max(count.saturating_sub(most));
            if by > 0 {
                let mend =
                    Message::new("mend-pilots").count("count", count).count("fewest", fewest).count("most", most);
                breaches.push(self.of_name(name, by as f64, &mend));
            }
        }
        let elsewhere = begun.iter().filter(|district| !present.iter().any(|name| of_county(district, name)));
        breaches
            .extend(elsewhere.map(|district| self.of_district(district, 1.0, &Message::new("mend-pilot-elsewhere"))));
        vec![self.report("pilots", true, breaches.len() as f64, 0.0, "districts", breaches), absent]
    }

    /// Every new public school is in a group.
    fn new_in_group(&self) -> RuleReport {
        let homes = self.covering.homes();
        let school = |index: SchoolIndex| self.county.school(index);
        let mut all = (0..self.county.schools.len()).map(SchoolIndex::new);
        let could_be = |of: &School| of.is_compulsory() && of.standing.ownership.is_none_or(Ownership::is_public);
        // Where all are grouped, it does not matter which are new.
        let is_open = all.any(|index| could_be(school(index)) && !homes.contains_key(&index));
        let is_told = self.county.schools.iter().any(|of| of.standing.told.new || of.marks.new);
        if is_open && !is_told {
            let missing = match self.settings.policy.counts_as_new_from() {
                Some(year) => Message::new("untold-new-since").text("year", year.to_string()),
                None => Message::new("untold-new"),
            };
            return self.untold("new-in-group", true, "schools", &missing);
        }
        let new = (0..self.county.schools.len()).map(SchoolIndex::new);
        let new: Vec<SchoolIndex> = new.filter(|school| self.county.school(*school).is_new_public()).collect();
        let outside = new.iter().filter(|school| !homes.contains_key(school));
        let districts = &self.covering.districts;
        let mend = if !districts.is_empty() && districts.iter().all(|district| self.is_full(district)) {
            Message::new("mend-new-in-group-full").sentence("leads", self.next_leads(1, &|_| true))
        } else {
            self.with_noun("mend-coverage")
        };
        let breaches: Vec<Breach> = outside.map(|school| self.of_school(*school, 1.0, &mend)).collect();
        self.report("new-in-group", true, (new.len() - breaches.len()) as f64, new.len() as f64, "schools", breaches)
    }

    /// Every weak school of the centre is in a group that a strong school leads, and that begins by the last of the years the
    /// document plans for.
    fn weak_in_centre(&self) -> RuleReport {
        let is_due = |school: &SchoolIndex| {
            self.county.school(*school).standing.centre && self.strengths.is(*school, Tier::Weak)
        };
        let due: Vec<SchoolIndex> = self.county.schools_of(self.districts.stage).filter(is_due).collect();
        let homes = self.all_homes();
        let last = self.settings.policy.phases.iter().map(|phase| phase.year).max();
        let is_late = |district: &District| district.year.zip(last).is_some_and(|(year, last)| year > last);
        let strong_led = |school: SchoolIndex| {
            let own = homes.get(&school).into_iter().flatten().copied();
            own.filter(|district| district.lead.is_some_and(|lead| self.strengths.is(lead, Tier::Strong)))
        };
        // What the tables would have to say, but where whoever may be meant has a strong lead.
        let in_centre = |school: SchoolIndex| self.county.school(school).standing.centre;
        let tells_centre =
            self.county.schools.iter().any(|school| school.standing.told.centre || school.standing.centre);
        let tells_weak = self.tells_weak();
        let could_be = |school: &SchoolIndex| {
            (!tells_centre || in_centre(*school)) && (!tells_weak || self.strengths.is(*school, Tier::Weak))
        };
        let mut open = self.county.schools_of(self.districts.stage).filter(could_be);
        if !(tells_centre && tells_weak) && open.any(|school| strong_led(school).all(is_late)) {
            let key = match (tells_centre, tells_weak) {
                (true, _) => "untold-weak",
                (false, true) => "untold-centre",
                (false, false) => "untold-centre-weak",
            };
            return self.untold("weak-in-centre", true, "schools", &Message::new(key));
        }
        let without = due.iter().filter(|school| strong_led(**school).all(is_late));
        let is_strong = |district: &&District| district.lead.is_some_and(|lead| self.strengths.is(lead, Tier::Strong));
        let strong: Vec<&District> = self.covering.districts.iter().filter(is_strong).collect();
        let mend = match strong.iter().any(|district| !self.is_full(district)) {
            true => Message::new("mend-weak-in-centre"),
            false if strong.is_empty() => Message::new("mend-weak-in-centre-none"),
            false => Message::new("mend-weak-in-centre-full"),
        };
        let in_centre = |school: &School| school.standing.centre;
        let mend = mend.sentence("leads", self.next_leads(1, &in_centre));
        // The leads of the centre have all its weak schools to take, and themselves.
        let capacity = self.capacity(&in_centre, true);
        let weak = due.iter().filter(|school| !strong.iter().any(|district| district.lead == Some(**school))).count();
        let mend = self.or_relax(mend, weak + capacity.leads, &capacity, &in_centre);
        let mend_of = |school: SchoolIndex| match (strong_led(school).next(), last) {
            (Some(late), Some(last)) => Message::new("mend-weak-in-centre-late")
                .text("group", &late.name)
                .text("year", late.year.map_or_else(String::new, |year| year.to_string()))
                .text("last", last.to_string()),
            _ => mend.clone(),
        };
        let breaches: Vec<Breach> = without.map(|school| self.of_school(*school, 1.0, &mend_of(*school))).collect();
        self.report("weak-in-centre", true, (due.len() - breaches.len()) as f64, due.len() as f64, "schools", breaches)
    }

    /// Teaching points and small schools are in the group of the central school of their town.
    fn with_central_school(&self) -> RuleReport {
        let homes = self.all_homes();
        let policy = &self.settings.policy;
        let (mut breaches, mut outside) = (Vec::new(), 0_usize);
        let small = || self.county.schools.iter().enumerate().filter(|(_, of)| of.is_small_site(policy.small_school));
        if small().next().is_some() && !self.county.schools.iter().any(|school| school.standing.central) {
            return self.untold("central-school", true, "schools", &Message::new("untold-central"));
        }
        for (position, school) in small() {
            let is_central = |other: &crate::model::School| {
                other.standing.central && other.town == school.town && other.standing.county == school.standing.county
            };
            let Some(central) = self.county.schools.iter().position(is_central).filter(|_| school.town.is_some())
            else {
                continue;
            };
            let index = SchoolIndex::new(position);
            let own = homes.get(&index).map_or(&[][..], Vec::as_slice);
            outside += usize::from(own.is_empty());
            let central_in = homes.get(&SchoolIndex::new(central)).map_or(&[][..], Vec::as_slice);
            // Neither is in a group, or some group has both.
            let with_it = (own.is_empty() && central_in.is_empty())
                || own.iter().any(|district| following(self.county, district, policy).contains(&index));
            if !with_it {
                let mend = Message::new("mend-central-school").text("school", &self.county.schools[central].name);
                breaches.push(self.of_school(index, 1.0, &mend));
            }
        }
        let mut report = self.report("central-school", true, breaches.len() as f64, 0.0, "schools", breaches);
        // The rule is kept by those that are in no group together with their central school: it says how many they are.
        if outside > 0 {
            let message = Message::new("rule-central-school-outside").text("rule", &report.text);
            report.text = message.count("count", outside).in_language(self.language);
        }
        report
    }

    /// The share of compulsory schools in a group.
    fn coverage(&self, id: &'static str, hard: bool, limit: f64, coverage: &Coverage) -> RuleReport {
        let is_kept = coverage.covered_schools as f64 >= limit * coverage.schools as f64 - ROUNDING;
        // Where the leads cannot take more, that is what has to give.
        let [_, most] = self.settings.districts.schools;
        let districts = self.districts.districts.len();
        let missing = (limit * coverage.schools as f64 - ROUNDING).ceil() as usize;
        let missing = missing.saturating_sub(coverage.covered_schools);
        let more = missing.div_ceil(most.max(1));
        let are_full = districts > 0 && self.districts.districts.iter().all(|district| district.len() >= most);
        let mend = if are_full {
            self.with_noun("mend-coverage-leads")
                .count("districts", districts)
                .count("most", most)
                .count("more", more)
                .sentence("leads", self.next_leads(more, &|_| true))
                .count("size", most + missing.div_ceil(districts))
        } else {
            self.with_noun("mend-coverage")
        };
        let uncovered: BTreeSet<&str> = coverage.uncovered.iter().map(String::as_str).collect();
        let outside = self.county.schools.iter().filter(|school| uncovered.contains(school.id.as_str()));
        let breaches: Vec<Breach> = outside
            .filter(|_| !is_kept)
            .map(|school| Breach {
                id: school.id.clone(),
                name: school.name.clone(),
                by: 1.0,
                mend: mend.in_language(self.language),
            })
            .collect();
        RuleReport { breach_unit: "schools", ..self.report(id, hard, coverage.share, limit, "share", breaches) }
    }

    /// There are as many groups as wanted: by both readings of whether those there were before count, the one of the settings
    /// as a rule and the other to be known.
    fn group_totals(&self, wanted: usize) -> [RuleReport; 2] {
        let policy = &self.settings.policy;
        let new = self.districts.districts.len();
        [("group-total-new", 0, !policy.count_before), ("group-total-all", policy.groups_before, policy.count_before)]
            .map(|(id, before, hard)| {
                let short = wanted.saturating_sub(new + before);
                let mend = Message::new("mend-group-total").count("more", short).count("before", policy.groups_before);
                let mend = mend.sentence("leads", self.next_leads(short, &|_| true));
                let name = self.language.text("policy-all-groups");
                let breach = (short > 0).then(|| self.of_name(&name, short as f64, &mend));
                let breaches = breach.into_iter().collect();
                self.report(id, hard, (new + before) as f64, wanted as f64, "districts", breaches)
            })
    }

    /// The phases wanted, each with what is there.
    fn of_phases<'a>(&'a self, phases: &'a [PhaseMeasures]) -> impl Iterator<Item = (&'a Phase, &'a PhaseMeasures)> {
        let there = |wanted: &Phase| phases.iter().find(|phase| phase.year == wanted.year);
        self.settings.policy.phases.iter().filter_map(move |wanted| Some((wanted, there(wanted)?)))
    }

    /// A rule that is judged of years, counties or groups each by itself: value and limit are those of the one that is
    /// farthest below what is wanted of it, the first of equals.
    fn of_worst(
        &self,
        id: &'static str,
        hard: bool,
        measured: impl Iterator<Item = Measured>,
        unit: &'static str,
        breaches: Vec<Breach>,
    ) -> RuleReport {
        let above = |of: &Measured| of.value - of.limit;
        let worst = measured.min_by(|first, second| above(first).total_cmp(&above(second)));
        let (value, limit) = worst.as_ref().map_or((0.0, 0.0), |worst| (worst.value, worst.limit));
        let worst = worst.map(|worst| worst.of);
        RuleReport { worst, ..self.report(id, hard, value, limit, unit, breaches) }
    }

    /// As many groups begin in each year as wanted.
    fn phase_groups(&self, phases: &[PhaseMeasures]) -> RuleReport {
        let breaches: Vec<Breach> = self
            .of_phases(phases)
            .filter(|(wanted, there)| there.groups < wanted.groups)
            .map(|(wanted, there)| {
                let mend =
                    Message::new("mend-phase-groups").count("there", there.groups).count("wanted", wanted.groups);
                let all: usize = self.settings.policy.phases.iter().map(|phase| phase.groups).sum();
                let mend = self.or_fewer(mend, all, &self.capacity(&|_| true, false), &|_| true);
                self.of_name(&wanted.year.to_string(), (wanted.groups - there.groups) as f64, &mend)
            })
            .collect();
        let years = self.of_phases(phases);
        let years = years
            .map(|(wanted, there)| Measured::of(wanted.year.to_string(), there.groups as f64, wanted.groups as f64));
        self.of_worst("phase-groups", true, years, "districts", breaches)
    }

    /// Each county is covered as far as wanted by the end of each year. A table that says nothing of counties breaks the
    /// rule, since nobody can tell.
    fn phase_coverage(&self, phases: &[PhaseMeasures]) -> RuleReport {
        let mend_untold = Message::new("mend-county-untold");
        let is_due = |school: &School| school.is_compulsory() && school.serves(self.districts.stage);
        let schools = self.county.schools.iter().enumerate();
        let untold = schools.filter(|(_, school)| is_due(school) && school.standing.county.is_none());
        let untold: Vec<SchoolIndex> = untold.map(|(position, _)| SchoolIndex::new(position)).collect();
        let mut breaches = Vec::new();
        for (wanted, there) in self.of_phases(phases) {
            for county in &there.coverage {
                let short = (wanted.coverage * county.schools as f64 - ROUNDING).ceil() as usize;
                let Some(short) = short.checked_sub(county.covered_schools).filter(|short| *short > 0) else {
                    continue;
                };
                let mend = Message::new("mend-phase-coverage")
                    .text("year", wanted.year.to_string())
                    .decimal("share", 100.0 * county.share, 1)
                    .decimal("wanted", 100.0 * wanted.coverage, 0)
                    .count("schools", short);
                let is_there = |school: &School| school.standing.county.as_deref() == Some(county.county.as_str());
                let mend =
                    self.or_relax(mend, county.covered_schools + short, &self.capacity(&is_there, false), &is_there);
                breaches.push(Breach {
                    id: wanted.year.to_string(),
                    name: format!("{} {}", wanted.year, county.county),
                    by: short as f64,
                    mend: mend.in_language(self.language),
                });
            }
            if there.coverage.is_empty() {
                let short = (wanted.coverage * untold.len() as f64).ceil();
                breaches.push(self.of_name(&wanted.year.to_string(), short, &mend_untold));
            }
        }
        if phases.iter().any(|there| !there.coverage.is_empty()) {
            breaches.extend(untold.iter().map(|school| self.of_school(*school, 1.0, &mend_untold)));
        }
        // Of schools that say nothing of their county nobody can tell that any is covered.
        let shares = self.of_phases(phases).flat_map(|(wanted, there)| {
            let counties = there.coverage.iter().map(|county| {
                let name = format!("{} {}", wanted.year, county.county);
                Measured::of(name, round(county.share, 6), wanted.coverage)
            });
            counties.chain((!untold.is_empty()).then(|| Measured::of(wanted.year.to_string(), 0.0, wanted.coverage)))
        });
        let report = self.of_worst("phase-coverage", true, shares, "share", breaches);
        RuleReport { breach_unit: "schools", ..report }
    }

    /// As many groups begin in the centre as wanted, so many of them run as one or in trust.
    fn phase_centre(&self, phases: &[PhaseMeasures]) -> RuleReport {
        let share = self.settings.policy.integrated_share.unwrap_or(0.0);
        let (mut breaches, mut counts) = (Vec::new(), Vec::new());
        for (wanted, there) in self.of_phases(phases).filter(|(wanted, _)| wanted.centre_groups > 0) {
            let short = wanted.centre_groups.saturating_sub(there.centre_groups);
            if short > 0 {
                let is_told = self.county.schools.iter().any(|school| school.standing.centre);
                let key = if is_told { "mend-phase-centre" } else { "mend-centre-untold" };
                let counted = Message::new(key).count("there", there.centre_groups);
                let mend = counted.count("wanted", wanted.centre_groups);
                let in_centre = |school: &School| school.standing.centre && is_told;
                let capacity = self.capacity(&in_centre, true);
                let mend =
                    if is_told { self.or_fewer(mend, wanted.centre_groups, &capacity, &in_centre) } else { mend };
                breaches.push(self.of_name(&wanted.year.to_string(), short as f64, &mend));
            }
            let due = (share * there.centre_groups as f64 - ROUNDING).ceil() as usize;
            let short = due.saturating_sub(there.integrated_centre_groups);
            let integrated = self.language.text("column-integrated");
            counts.extend([
                Measured::of(wanted.year.to_string(), there.centre_groups as f64, wanted.centre_groups as f64),
                Measured::of(
                    format!("{} {integrated}", wanted.year),
                    there.integrated_centre_groups as f64,
                    due as f64,
                ),
            ]);
            if short > 0 {
                let mend = too_few_integrated(there.integrated_centre_groups, there.centre_groups, share, short);
                breaches.push(self.of_name(&wanted.year.to_string(), short as f64, &mend));
            }
        }
        self.of_worst("phase-centre", true, counts.into_iter(), "districts", breaches)
    }

    /// So many of each year's groups, and of all, are run as one or in trust.
    fn phase_integrated(&self, share: f64, phases: &[PhaseMeasures]) -> RuleReport {
        let (mut breaches, mut shares) = (Vec::new(), Vec::new());
        let mut judge = |name: &str, integrated: usize, groups: usize| {
            if groups > 0 {
                shares.push(Measured::of(name, round(integrated as f64 / groups as f64, 6), share));
            }
            let due = (share * groups as f64 - ROUNDING).ceil() as usize;
            let short = due.saturating_sub(integrated);
            if short > 0 {
                let mend = too_few_integrated(integrated, groups, share, short);
                breaches.push(self.of_name(name, short as f64, &mend));
            }
        };
        for (wanted, there) in self.of_phases(phases) {
            judge(&wanted.year.to_string(), there.integrated_groups, there.groups);
        }
        let is_integrated = |district: &&District| district.mode.is_some_and(PolicySettings::is_integrated);
        let (groups, integrated) =
            (self.districts.districts.len(), self.districts.districts.iter().filter(is_integrated).count());
        judge(&self.language.text("policy-all-groups"), integrated, groups);
        let report = self.of_worst("phase-integrated", true, shares.into_iter(), "share", breaches);
        RuleReport { breach_unit: "districts", ..report }
    }

    /// As many teachers change schools as wanted, and as many of them are backbone teachers; of groups of several levels this
    /// is advice and not judged. Where no table says how many did, or all groups are of several levels, nobody can tell.
    fn exchange(&self, measures: &[GroupMeasures]) -> Vec<RuleReport> {
        let told = || measures.iter().filter_map(|group| Some((group, group.exchange.filter(|of| !of.is_advice)?)));
        let judge = |id: &'static str, untold: &str, of: &dyn Fn(&super::ExchangeMeasures) -> Option<(u32, u32)>| {
            let known: Vec<(&GroupMeasures, (u32, u32))> =
                told().filter_map(|(group, exchange)| Some((group, of(&exchange)?))).collect();
            let short = known.iter().filter(|(_, (there, needed))| there < needed);
            let breaches: Vec<Breach> = short
                .map(|(group, (there, needed))| {
                    let key = if id == "exchange" { "mend-exchange" } else { "mend-exchange-backbone" };
                    let mend = Message::new(key).count("there", *there as usize);
                    let mend = mend.count("needed", *needed as usize);
                    Breach {
                        id: group.district_id.clone(),
                        name: group.name.clone(),
                        by: f64::from(needed - there),
                        mend: mend.in_language(self.language),
                    }
                })
                .collect();
            let numbers = known.iter().map(|(group, (there, needed))| {
                Measured::of(group.name.clone(), f64::from(*there), f64::from(*needed))
            });
            if known.is_empty() {
                let advised = measures.iter().filter(|group| group.crosses_stages).count();
                let is_advice = self.settings.policy.exchange.is_some_and(|wanted| wanted.advised_across_levels);
                let all_advised = is_advice && advised == measures.len() && advised > 0;
                let missing = if all_advised { "untold-exchange-advice" } else { untold };
                return self.untold(id, false, "teachers", &Message::new(missing));
            }
            self.of_worst(id, false, numbers, "teachers", breaches)
        };
        let teachers = judge("exchange", "untold-exchange", &|of| Some((of.exchanged?, of.needed)));
        // Of nobody who moved no share can be told.
        let has_moved = |of: &super::ExchangeMeasures| of.exchanged.is_none_or(|exchanged| exchanged > 0);
        let backbone = judge("exchange-backbone", "untold-exchange-backbone", &|of| {
            Some((of.exchanged_backbone.filter(|_| has_moved(of))?, of.due_backbone))
        });
        vec![teachers, backbone]
    }
}

/// What was measured of a year, a county or a group, and what is wanted of it.
struct Measured {
    of: String,
    value: f64,
    limit: f64,
}

impl Measured {
    fn of(of: impl Into<String>, value: f64, limit: f64) -> Measured {
        Measured { of: of.into(), value, limit }
    }
}

/// How many groups are run as one or in trust, and how many more it takes.
fn too_few_integrated(integrated: usize, groups: usize, share: f64, short: usize) -> Message {
    let percent = 100.0 * integrated as f64 / groups.max(1) as f64;
    Message::new("mend-phase-integrated")
        .count("integrated", integrated)
        .count("groups", groups)
        .decimal("share", percent, usize::from((percent - percent.round()).abs() >= 0.05))
        .decimal("wanted", 100.0 * share, 0)
        .count("short", short)
}
