//! The figures `evaluation.json` gives beside its sums, reckoned anew from who is in each district: coverage, levels, years, the
//! districts one by one, and the values of rules on them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::grouping::{Grouped, Placed, apart, middle, ways};
use crate::language::Message;
use crate::model::settings::PolicySettings;
use crate::model::{Level, Mode, School};

/// Half of the last digit figures are written with: shares to six digits, metres to a tenth.
const SHARE: f64 = 1e-6;
const METRES: f64 = 0.06;

/// Groups of one level, their schools and their pupils.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) groups: u64,
    pub(super) schools: u64,
    pub(super) pupils: u64,
}

/// A share that is one where there is nothing to share.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 1.0 }
}

/// What is wrong with figures, each said of its field.
struct Compared<'a> {
    faults: &'a mut Vec<Message>,
}

impl Compared<'_> {
    fn number(&mut self, field: &str, found: &Value, expected: f64, within: f64) {
        if !found.as_f64().is_some_and(|found| (found - expected).abs() <= within) {
            self.differs(field, found, trimmed(expected));
        }
    }

    fn count(&mut self, field: &str, found: &Value, expected: usize) {
        self.number(field, found, expected as f64, 0.0);
    }

    fn text(&mut self, field: &str, found: &Value, expected: Option<&str>) {
        if found.as_str() != expected {
            self.differs(field, found, expected.unwrap_or("null").to_owned());
        }
    }

    fn differs(&mut self, field: &str, found: &Value, expected: String) {
        let message = Message::new("verify-grouping-figure").text("field", field);
        self.faults.push(message.text("found", found.to_string()).text("expected", expected));
    }
}

/// A number without digits that say nothing.
fn trimmed(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The level of all schools of a group, nine-year schools among primary schools as of theirs; none where they are of several.
pub(super) fn level_of(schools: &[Placed<'_>]) -> Option<Level> {
    let levels: BTreeSet<Level> =
        schools.iter().map(|placed| placed.school.standing.level.unwrap_or(Level::Primary)).collect();
    let is_primary = levels.iter().all(|level| [Level::Primary, Level::NineYear].contains(level));
    match (levels.len(), is_primary) {
        (1, _) => levels.first().copied(),
        (_, true) => Some(Level::Primary),
        _ => None,
    }
}

impl Grouped<'_> {
    /// The pupils of a school, as the stages are joined or not.
    fn pupils(&self, school: &School) -> u64 {
        u64::from(self.pupils.get(school.id.as_str()).copied().unwrap_or_else(|| school.pupils()))
    }

    /// Groups by level, those of several as `across`, and the `sum`, each with its word.
    pub(super) fn levels(&self) -> Vec<(&'static str, Counts)> {
        let mut of_level: BTreeMap<Option<Level>, Counts> = BTreeMap::new();
        let mut sum = Counts::default();
        for schools in self.covering() {
            let pupils: u64 = schools.iter().map(|placed| self.pupils(placed.school)).sum();
            for counts in [of_level.entry(level_of(schools)).or_default(), &mut sum] {
                counts.groups += 1;
                counts.schools += schools.len() as u64;
                counts.pupils += pupils;
            }
        }
        let across = of_level.remove(&None).map(|counts| ("across", counts));
        let each = of_level.into_iter().filter_map(|(level, counts)| Some((level?.slug(), counts)));
        each.chain(across).chain([("sum", sum)]).collect()
    }

    /// Checks all these figures.
    pub(super) fn check_figures(&self, claim: &Value, faults: &mut Vec<Message>) {
        let mut compared = Compared { faults };
        self.check_levels(claim, &mut compared);
        self.check_coverage(&claim["coverage"], &mut compared);
        self.check_years(claim, &mut compared);
        self.check_districts(claim, &mut compared);
        self.check_values(&mut compared);
    }

    fn check_levels(&self, claim: &Value, compared: &mut Compared<'_>) {
        let expected = self.levels();
        let found = claim["levels"].as_array().map_or(&[][..], Vec::as_slice);
        compared.count("levels", &Value::from(found.len()), expected.len());
        for (level, counts) in expected {
            let own = found.iter().find(|of| of["level"] == level).unwrap_or(&Value::Null);
            for (name, number) in [("groups", counts.groups), ("schools", counts.schools), ("pupils", counts.pupils)] {
                compared.number(&format!("levels.{level}.{name}"), &own[name], number as f64, 0.0);
            }
        }
    }

    fn check_coverage(&self, claim: &Value, compared: &mut Compared<'_>) {
        let covered: BTreeSet<&str> = self.covering().flatten().map(|placed| placed.school.id.as_str()).collect();
        let due: Vec<&School> = self.due().collect();
        let is_in = |school: &&&School| covered.contains(school.id.as_str());
        let sum = |schools: &mut dyn Iterator<Item = &&School>| schools.map(|school| self.pupils(school)).sum::<u64>();
        let (all, within) = (sum(&mut due.iter()), sum(&mut due.iter().filter(is_in)));
        let count = due.iter().filter(is_in).count();
        compared.number("coverage.share", &claim["share"], share(count as f64, due.len() as f64), SHARE);
        compared.number("coverage.pupils", &claim["pupils"], all as f64, 0.0);
        compared.number("coverage.covered_pupils", &claim["covered_pupils"], within as f64, 0.0);
        compared.number("coverage.pupil_share", &claim["pupil_share"], share(within as f64, all as f64), SHARE);
        let left_out: BTreeSet<&str> = due
            .iter()
            .filter(|school| !covered.contains(school.id.as_str()))
            .map(|school| school.id.as_str())
            .collect();
        let listed = claim["uncovered"].as_array().map_or(&[][..], Vec::as_slice);
        let listed_ids: BTreeSet<&str> = listed.iter().filter_map(Value::as_str).collect();
        if listed_ids != left_out || listed.len() != left_out.len() {
            compared.count("coverage.uncovered", &Value::from(listed.len()), left_out.len());
            for id in listed_ids.symmetric_difference(&left_out) {
                compared.differs("coverage.uncovered", &Value::from(*id), "—".to_owned());
            }
        }
        self.check_counties(&claim["counties"], &covered, "coverage", compared);
    }

    /// The counties of a list, whose schools are `covered`.
    fn check_counties(&self, claim: &Value, covered: &BTreeSet<&str>, of: &str, compared: &mut Compared<'_>) {
        let mut counties: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for school in self.due() {
            let Some(name) = school.standing.county.as_deref() else { continue };
            let counts = counties.entry(name).or_default();
            counts[0] += 1;
            counts[1] += usize::from(covered.contains(school.id.as_str()));
        }
        let found = claim.as_array().map_or(&[][..], Vec::as_slice);
        compared.count(&format!("{of}.counties"), &Value::from(found.len()), counties.len());
        for (name, [schools, within]) in counties {
            let own = found.iter().find(|of| of["county"] == name).unwrap_or(&Value::Null);
            compared.count(&format!("{of} {name} schools"), &own["schools"], schools);
            compared.count(&format!("{of} {name} covered_schools"), &own["covered_schools"], within);
            let expected = share(within as f64, schools as f64);
            compared.number(&format!("{of} {name} share"), &own["share"], expected, SHARE);
        }
    }

    fn check_years(&self, claim: &Value, compared: &mut Compared<'_>) {
        let told = self.subject().filter_map(|(_, schools)| schools[0].year.parse::<u16>().ok());
        let years: BTreeSet<u16> = self.settings.policy.phases.iter().map(|phase| phase.year).chain(told).collect();
        let found = claim["phases"].as_array().map_or(&[][..], Vec::as_slice);
        compared.count("phases", &Value::from(found.len()), years.len());
        for year in years {
            let own = found.iter().find(|of| of["year"] == year).unwrap_or(&Value::Null);
            let begins = |schools: &Vec<Placed<'_>>| schools[0].year.parse::<u16>().ok();
            let of_year = || self.subject().map(|(_, schools)| schools).filter(|schools| begins(schools) == Some(year));
            let so_far = || {
                self.subject()
                    .map(|(_, schools)| schools)
                    .filter(|schools| begins(schools).is_some_and(|of| of <= year))
            };
            let in_centre = |schools: &&Vec<Placed<'_>>| middle(schools).is_some_and(|school| school.standing.centre);
            let is_run = |schools: &&Vec<Placed<'_>>| is_integrated(&schools[0]);
            let covered: BTreeSet<&str> = so_far().flatten().map(|placed| placed.school.id.as_str()).collect();
            let due = self.due().filter(|school| covered.contains(school.id.as_str()));
            for (field, expected) in [
                ("groups", of_year().count()),
                ("integrated_groups", of_year().filter(is_run).count()),
                ("centre_groups", of_year().filter(in_centre).count()),
                ("integrated_centre_groups", of_year().filter(in_centre).filter(is_run).count()),
                ("groups_so_far", so_far().count()),
                ("covered_schools", due.count()),
            ] {
                compared.count(&format!("{year} {field}"), &own[field], expected);
            }
            self.check_counties(&own["coverage"], &covered, &year.to_string(), compared);
        }
    }

    fn check_districts(&self, claim: &Value, compared: &mut Compared<'_>) {
        let found = claim["districts"].as_array().map_or(&[][..], Vec::as_slice);
        compared.count("districts", &Value::from(found.len()), self.districts.len());
        for (id, schools) in &self.districts {
            let own = found.iter().find(|of| of["district_id"] == id.as_str()).unwrap_or(&Value::Null);
            let field = |name: &str| format!("{id} {name}");
            let named = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
            let lead = schools.iter().find(|placed| placed.leads).map(|placed| placed.school.id.as_str());
            compared.text(&field("name"), &own["name"], Some(&schools[0].district));
            compared.text(&field("lead_id"), &own["lead_id"], lead);
            compared.text(&field("mode"), &own["mode"], named(&schools[0].mode).as_deref());
            compared.text(&field("governance"), &own["governance"], named(&schools[0].governance).as_deref());
            let year = schools[0].year.parse::<u16>().ok();
            if own["year"].as_u64() != year.map(u64::from) {
                compared.differs(&field("year"), &own["year"], schools[0].year.clone());
            }
            compared.count(&field("schools"), &own["schools"], schools.len());
            let pupils: u64 = schools.iter().map(|placed| self.pupils(placed.school)).sum();
            compared.number(&field("pupils"), &own["pupils"], pupils as f64, 0.0);
            let counties: BTreeSet<&str> =
                schools.iter().filter_map(|placed| placed.school.standing.county.as_deref()).collect();
            let listed = own["counties"].as_array().map_or(&[][..], Vec::as_slice);
            if listed.iter().filter_map(Value::as_str).collect::<BTreeSet<&str>>() != counties {
                let expected = counties.into_iter().collect::<Vec<&str>>().join("、");
                compared.differs(&field("counties"), &own["counties"], expected);
            }
            let ways: Vec<f64> = ways(schools).into_iter().map(|(from, to)| apart(from, to)).collect();
            let sum: f64 = ways.iter().sum();
            compared.number(&field("to_lead_m"), &own["to_lead_m"], sum, METRES);
            compared.number(&field("mean_to_lead_m"), &own["mean_to_lead_m"], sum / ways.len().max(1) as f64, METRES);
            let longest = ways.iter().copied().fold(0.0, f64::max);
            compared.number(&field("max_to_lead_m"), &own["max_to_lead_m"], longest, METRES);
            let all = schools.iter().enumerate();
            let pairs = all.flat_map(|(at, one)| schools[at + 1..].iter().map(|other| apart(one.school, other.school)));
            compared.number(&field("diameter_m"), &own["diameter_m"], pairs.fold(0.0, f64::max), METRES);
        }
    }

    /// Values and limits of rules that are shares and counts of groups: of years the one that is farthest below its limit.
    fn check_values(&self, compared: &mut Compared<'_>) {
        let policy = &self.settings.policy;
        let rules = &self.claimed_rules;
        let due: Vec<&School> = self.due().collect();
        let covered: BTreeSet<&str> = self.covering().flatten().map(|placed| placed.school.id.as_str()).collect();
        let within = due.iter().filter(|school| covered.contains(school.id.as_str())).count();
        let mut expected: Vec<(&str, f64, f64)> = Vec::new();
        for (id, limit) in [("coverage", policy.coverage), ("coverage-goal", policy.coverage_goal)] {
            expected.extend(limit.map(|limit| (id, share(within as f64, due.len() as f64), limit)));
        }
        if let Some(wanted) = policy.groups {
            let new = self.subject().count() as f64;
            expected.push(("group-total-new", new, wanted as f64));
            expected.push(("group-total-all", new + policy.groups_before as f64, wanted as f64));
        }
        let of_year = |year: u16| {
            self.subject().map(|(_, schools)| schools).filter(move |schools| schools[0].year.parse() == Ok(year))
        };
        let is_run = |schools: &&Vec<Placed<'_>>| is_integrated(&schools[0]);
        let mut worst = |id: &'static str, of: Vec<(f64, f64)>| {
            let above = |of: &(f64, f64)| of.0 - of.1;
            let lowest = of.into_iter().min_by(|first, second| above(first).total_cmp(&above(second)));
            expected.extend(lowest.map(|(value, limit)| (id, value, limit)));
        };
        let years = policy.phases.iter().map(|of| (of_year(of.year).count() as f64, of.groups as f64));
        worst("phase-groups", years.collect());
        if let Some(limit) = policy.integrated_share.filter(|_| !policy.phases.is_empty()) {
            let of = |schools: Vec<&Vec<Placed<'_>>>| {
                let run = schools.iter().copied().filter(is_run).count();
                (!schools.is_empty()).then(|| (share(run as f64, schools.len() as f64), limit))
            };
            let years = policy.phases.iter().filter_map(|phase| of(of_year(phase.year).collect()));
            worst("phase-integrated", years.chain(of(self.subject().map(|(_, schools)| schools).collect())).collect());
        }
        for (id, value, limit) in expected {
            let Some(own) = rules.iter().find(|rule| rule["id"] == id) else { continue };
            compared.number(&format!("{id} value"), &own["value"], value, SHARE);
            compared.number(&format!("{id} limit"), &own["limit"], limit, SHARE);
        }
    }
}

/// Whether a group is run as one or in trust.
fn is_integrated(placed: &Placed<'_>) -> bool {
    Mode::from_word(&placed.mode).is_some_and(PolicySettings::is_integrated)
}
