//! What is advised of the staff of groups: managers whom leads send, pay by performance, and where new teachers begin. And the
//! national standard of what schools have.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::Judged;
use super::{GroupMeasures, Spread};
use crate::language::Message;
use crate::measure::rule::{Breach, RuleReport, round};
use crate::measure::standard::{SchoolStandard, most_spread, too_unlike};
use crate::model::settings::{PolicySettings, StaffAdvice};
use crate::model::{District, SchoolIndex};

/// What rounding errors may take from a share.
const ROUNDING: f64 = 1e-9;

impl Judged<'_> {
    /// The rules of advice.
    pub(super) fn of_staff(&self, measures: &[GroupMeasures]) -> Vec<RuleReport> {
        let Some(advice) = self.settings.policy.staff_advice else { return Vec::new() };
        let untold = |id, unit, key: &str| self.untold(id, false, unit, &Message::new(key));
        let sends = |lead: SchoolIndex| self.county.school(lead).standing.staff.managers_sent.is_some();
        let is_told = self.districts.districts.iter().filter_map(|district| district.lead).any(sends);
        let no_managers = if is_told { "untold-managers-crossing" } else { "untold-managers-sent" };
        vec![
            self.managers_sent(advice, measures).unwrap_or_else(|| untold("managers-sent", "share", no_managers)),
            self.performance(advice).unwrap_or_else(|| untold("performance-share", "share", "untold-performance")),
            self.first_posts(advice).unwrap_or_else(|| untold("first-post", "schools", "untold-first-post")),
        ]
    }

    /// Leads send no more of their managers to members than advised.
    fn managers_sent(&self, advice: StaffAdvice, measures: &[GroupMeasures]) -> Option<RuleReport> {
        let is_crossing = |district: &District, of: &GroupMeasures| {
            let is_run = district.mode.is_some_and(PolicySettings::is_integrated);
            is_run && (of.crosses_levels || of.crosses_counties)
        };
        let told = self.districts.districts.iter().zip(measures).filter_map(|(district, of)| {
            let staff = self.county.school(district.lead?).standing.staff;
            let numbers = (f64::from(staff.managers_sent?), f64::from(staff.managers.filter(|count| *count > 0)?));
            (is_crossing(district, of) || !advice.only_crossing).then_some((district, of, numbers))
        });
        let told: Vec<(&District, &GroupMeasures, (f64, f64))> = told.collect();
        let breach = |(district, of, (sent, managers)): &(&District, &GroupMeasures, (f64, f64))| {
            let most = (advice.managers_sent * managers + ROUNDING).floor();
            let key = if is_crossing(district, of) { "mend-managers-sent" } else { "mend-managers-sent-elsewhere" };
            let mend = Message::new(key).decimal("sent", *sent, 0).decimal("managers", *managers, 0);
            let mend = mend.decimal("share", 100.0 * sent / managers, 1).decimal("most", most, 0);
            (*sent > most).then(|| self.of_district(district, sent - most, &mend))
        };
        let breaches: Vec<Breach> = told.iter().filter_map(breach).collect();
        let highest = told.iter().map(|(.., (sent, managers))| sent / managers).reduce(f64::max)?;
        let (value, limit) = (round(highest, 4), advice.managers_sent);
        let report = self.report("managers-sent", false, value, limit, "share", breaches);
        Some(RuleReport { breach_unit: "teachers", ..report })
    }

    /// Pay of grouped schools goes by performance as far as advised.
    fn performance(&self, advice: StaffAdvice) -> Option<RuleReport> {
        let share = |school: SchoolIndex| self.county.school(school).standing.performance_share;
        let told: Vec<(SchoolIndex, f64)> =
            self.grouped().filter_map(|school| Some((school, share(school)?))).collect();
        let least = told.iter().map(|(_, share)| *share).reduce(f64::min)?;
        let short = told.iter().filter(|(_, share)| *share < advice.performance - ROUNDING);
        let breach = |(school, share): &(SchoolIndex, f64)| {
            let mend = Message::new("mend-performance-share").decimal("share", 100.0 * share, 1);
            let mend = mend.decimal("least", 100.0 * advice.performance, 0);
            self.of_school(*school, round(advice.performance - share, 4), &mend)
        };
        let breaches = short.map(breach).collect();
        Some(self.report("performance-share", false, round(least, 4), advice.performance, "share", breaches))
    }

    /// New teachers are at the lead first, for as many years as advised.
    fn first_posts(&self, advice: StaffAdvice) -> Option<RuleReport> {
        let years = |school: SchoolIndex| self.county.school(school).standing.first_post_years;
        let told: Vec<(SchoolIndex, f64)> =
            self.grouped().filter_map(|school| Some((school, years(school)?))).collect();
        let [fewest, most] = advice.first_post_years;
        let off = |years: f64| (fewest - years).max(years - most);
        let breach = |(school, years): &(SchoolIndex, f64)| {
            let mend = Message::new("mend-first-post").decimal("years", *years, 1);
            let mend = mend.decimal("fewest", fewest, 0).decimal("most", most, 0);
            self.of_school(*school, round(off(*years), 2), &mend)
        };
        let breaches: Vec<Breach> = told.iter().filter(|(_, years)| off(*years) > ROUNDING).map(breach).collect();
        let count = breaches.len() as f64;
        let report = || self.report("first-post", false, count, 0.0, "schools", breaches);
        (!told.is_empty()).then(|| RuleReport { breach_unit: "years", ..report() })
    }

    /// The schools of all groups, each once.
    fn grouped(&self) -> impl Iterator<Item = SchoolIndex> {
        self.all.homes().into_keys()
    }

    /// The national standard: each school by its seven indicators, and the spread between the schools of each county. Nothing
    /// where no table tells an indicator.
    pub(super) fn of_standard(&self, standards: &[SchoolStandard], spreads: &[Spread]) -> Vec<RuleReport> {
        if !self.settings.policy.national_standard {
            return Vec::new();
        }
        if standards.is_empty() {
            let untold = |id, unit| self.untold(id, false, unit, &Message::new("untold-indicators"));
            return vec![untold("school-standard", "schools"), untold("school-spread", "indicators")];
        }
        let named = |slug: &str| self.language.text(&format!("indicator-{}", slug.replace('_', "-")));
        let mut failing: Vec<&SchoolStandard> = standards.iter().filter(|of| of.is_met == Some(false)).collect();
        failing.sort_by_key(|of| std::cmp::Reverse(of.short.len()));
        let ids = self.county.schools.iter().enumerate();
        let position_of: BTreeMap<&str, SchoolIndex> =
            ids.map(|(position, school)| (school.id.as_str(), SchoolIndex::new(position))).collect();
        let schools: Vec<Breach> = failing
            .into_iter()
            .filter_map(|of| {
                let mend = Message::new("mend-school-standard").text("short", of.shortfalls(self.language));
                Some(self.of_school(*position_of.get(of.school_id.as_str())?, 1.0, &mend))
            })
            .collect();
        let mut unlike = Vec::new();
        // Of a city with several counties each is judged by itself, as the review does.
        let has_counties = spreads.iter().any(|spread| spread.county.is_some());
        let of_counties = spreads.iter().filter(|spread| spread.district_id.is_none());
        for spread in of_counties.filter(|spread| spread.county.is_some() == has_counties) {
            let name = spread.county.clone().unwrap_or_else(|| self.language.text("word-all"));
            let most = most_spread(spread.stage).unwrap_or_default();
            for (indicator, value) in too_unlike(spread.stage, &spread.indicators) {
                let mend = Message::new("mend-school-spread").sentence("stage", spread.stage.message());
                let mend = mend.text("indicator", named(indicator)).decimal("value", value, 3).decimal("most", most, 2);
                unlike.push(self.of_name(&name, round(value - most, 4), &mend));
            }
        }
        // A spread that is not known may be too large; one that is shows that the rule is broken.
        let is_judged = |spread: &&Spread| spread.district_id.is_none() && spread.county.is_some() == has_counties;
        let of_none: BTreeSet<&'static str> = spreads
            .iter()
            .filter(is_judged)
            .flat_map(|spread| &spread.indicators)
            .filter(|of| of.between_schools.is_none())
            .map(|of| of.indicator)
            .collect();
        let spread = if unlike.is_empty() && !of_none.is_empty() {
            let names: Vec<String> = of_none.into_iter().map(named).collect();
            let missing =
                Message::new("untold-some-indicators").text("names", names.join(&self.language.text("annex-between")));
            self.untold("school-spread", false, "indicators", &missing)
        } else {
            let count = unlike.len() as f64;
            // A coefficient has no unit.
            RuleReport {
                breach_unit: "coefficient",
                ..self.report("school-spread", false, count, 0.0, "indicators", unlike)
            }
        };
        vec![self.standard_of_schools(standards, schools), spread]
    }

    /// How many schools keep the standard of those of which enough is known; where no table tells enough of any, nobody knows.
    fn standard_of_schools(&self, standards: &[SchoolStandard], failing: Vec<Breach>) -> RuleReport {
        let judged = standards.iter().filter(|of| of.is_met.is_some()).count();
        if judged == 0 {
            return self.untold("school-standard", false, "schools", &Message::new("untold-standard"));
        }
        let kept = standards.iter().filter(|of| of.is_met == Some(true)).count();
        self.report("school-standard", false, kept as f64, judged as f64, "schools", failing)
    }
}
