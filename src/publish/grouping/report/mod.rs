//! `report.md`: a grouping for people, in their language. Internal: it names strong and weak.

mod cover;
mod detours;
mod districts;
mod document;
mod watched;

use std::collections::BTreeMap;

use super::chart_name;
use super::frontier::{HEADS, cells};
use crate::language::Message;
use crate::measure::{GroupingMeasures, Verdict};
use crate::model::DistrictKind;
use crate::model::settings::Preset;
use crate::publish::GroupingPublication;
use crate::publish::paper::{Paper, number};

/// Schools named in a list before the rest is only counted.
const LISTED_SCHOOLS: usize = 30;

/// Writes the report.
pub(super) fn write(publication: &GroupingPublication<'_>, tables: &[&str]) -> String {
    let names = publication.county.schools.iter().map(|school| (school.id.as_str(), school.name.as_str()));
    let mut report = Report {
        publication,
        paper: Paper::of_schools(publication.language, publication.settings.policy.noun()),
        names: names.collect(),
    };
    report.head();
    for measures in publication.measured {
        report.stage(measures);
    }
    report.watched();
    report.targets();
    let rules: Vec<_> = publication.measured.iter().flat_map(|measures| measures.rules.clone()).collect();
    report.paper.rules(&rules, "breaches.csv");
    report.milestones();
    report.glossary();
    report.tables(tables);
    report.method();
    report.paper.text
}

struct Report<'a> {
    publication: &'a GroupingPublication<'a>,
    paper: Paper,
    /// The names of schools by id.
    names: BTreeMap<&'a str, &'a str>,
}

impl Report<'_> {
    fn title(&mut self, level: &str, key: &str) {
        let title = self.paper.word(key);
        self.paper.paragraph(&format!("{level} {title}"));
    }

    fn paragraph(&mut self, message: &Message) {
        let sentence = self.paper.say(message);
        self.paper.paragraph(&sentence);
    }

    /// A message that calls a district as the document does.
    fn with_noun(&self, key: &str) -> Message {
        self.paper.message(key).text("noun", self.publication.language.noun(self.publication.settings.policy.noun()))
    }

    fn name(&self, id: &str) -> String {
        self.names.get(id).copied().unwrap_or_default().to_owned()
    }

    fn head(&mut self) {
        let county = self.publication.county;
        let name = county.name.clone().unwrap_or_else(|| self.paper.word("county-unnamed"));
        let title = self.paper.say(&self.paper.message("grouping-title").text("county", name));
        self.paper.paragraph(&format!("# {title}"));
        let internal = self.paper.word("report-internal");
        self.paper.paragraph(&format!("> {internal}"));
        if let Some(preset) = self.publication.settings.policy.preset {
            self.paragraph(&Message::new(format!("basis-{}", preset.slug())));
            if preset == Preset::Ankang {
                self.paragraph(&Message::new("grouping-whole-plan-approval"));
            }
        }
        let count = |is_hard: bool, verdict: Verdict| {
            let rules = self.publication.measured.iter().flat_map(|measures| &measures.rules);
            rules.filter(|rule| rule.hard == is_hard && rule.verdict == verdict).count()
        };
        let message = Message::new("grouping-verdict").count("must", count(true, Verdict::Broken));
        let message = message.count("should", count(false, Verdict::Broken));
        let message = message.count("untold", count(true, Verdict::Unknown));
        self.paragraph(&message.count("open", count(false, Verdict::Unknown)));
    }

    fn stage(&mut self, measures: &GroupingMeasures) {
        let title = self.paper.say(&self.paper.stage(measures.stage));
        self.paper.paragraph(&format!("## {title}"));
        let of = &measures.coverage;
        let kind = |kind: DistrictKind| measures.districts.iter().any(|of| of.kind == kind.slug());
        let summary = if kind(DistrictKind::District) && kind(DistrictKind::Group) {
            Message::new("grouping-summary-both")
        } else {
            self.paper.message("grouping-summary")
        };
        let summary = summary
            .count("schools", measures.schools)
            .count("grouped", measures.grouped_schools)
            .count("others", measures.other_schools)
            .count("districts", measures.districts.len())
            .count("lead", measures.plaques.lead)
            .count("member", measures.plaques.member)
            .decimal("mean", measures.mean_to_lead_m, 0);
        self.paragraph(&summary);
        let covered = Message::new("grouping-covered")
            .count("schools", of.schools)
            .count("covered", of.covered_schools)
            .text("share", number(of.share, "share"))
            .count("pupils", of.pupils)
            .text("pupil_share", number(of.pupil_share, "share"));
        // Pairs are not meant to cover all.
        if !self.publication.settings.policy.pairs {
            self.paragraph(&covered);
        }
        self.kinds(measures);
        self.outside(measures);
        self.in_several(measures);
        self.frontier(measures);
        self.districts(measures);
        self.detours(measures);
        self.factors(measures);
        self.pairs(measures);
        self.arcs(measures);
        self.years(measures);
        self.counties(measures);
        self.levels(measures);
        self.exchange(measures);
        self.transfers(measures);
        self.new_schools();
        self.spreads(measures);
        self.standards(measures);
    }

    /// What stands in the tables beside the report.
    fn tables(&mut self, tables: &[&str]) {
        self.title("##", "grouping-tables");
        for table in tables {
            let about = self.paper.word(&format!("attached-{table}"));
            let line = Message::new("grouping-table").text("file", format!("{table}.csv")).text("about", about);
            let line = self.paper.say(&line);
            self.paper.line(&format!("- {line}"));
        }
        self.paper.line("");
    }

    /// How many of the districts are districts and how many are groups, where there are both.
    fn kinds(&mut self, measures: &GroupingMeasures) {
        let count = |kind: DistrictKind| measures.districts.iter().filter(|of| of.kind == kind.slug()).count();
        let counts = [DistrictKind::District, DistrictKind::Group].map(count);
        if !counts.contains(&0) {
            let message = Message::new("grouping-kinds").count("districts", counts[0]);
            self.paragraph(&message.count("groups", counts[1]));
        }
    }

    fn outside(&mut self, measures: &GroupingMeasures) {
        let outside = &measures.coverage.uncovered;
        if outside.is_empty() || self.publication.settings.policy.pairs {
            return;
        }
        let names: Vec<String> = outside.iter().take(LISTED_SCHOOLS).map(|id| self.name(id)).collect();
        let message = Message::new("grouping-outside")
            .count("count", outside.len())
            .text("names", names.join(&self.paper.word("annex-between")));
        self.paragraph(&message.count("more", outside.len().saturating_sub(LISTED_SCHOOLS)));
    }

    /// The groupings there were to choose between.
    fn frontier(&mut self, measures: &GroupingMeasures) {
        if measures.frontier.is_empty() {
            return;
        }
        self.title("###", "grouping-frontier");
        let note = self.with_noun("grouping-frontier-note");
        self.paragraph(&note);
        let word = self.paper.word("grouping-frontier");
        self.paper.paragraph(&format!("![{word}]({})", chart_name(measures.stage)));
        let rows: Vec<Vec<String>> = measures.frontier.iter().map(|point| cells(point, "●")).collect();
        self.columns_that_speak(&HEADS, &rows);
    }

    /// A table without the columns in which no row says anything.
    fn columns_that_speak(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        let speaks = |column: usize| rows.iter().any(|row| !matches!(row[column].as_str(), "" | "—" | "0 / 0"));
        let kept: Vec<usize> = (0..heads.len()).filter(|column| speaks(*column)).collect();
        let heads: Vec<&str> = kept.iter().map(|column| heads[*column]).collect();
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| kept.iter().map(|column| row[*column].clone()).collect()).collect();
        self.paper.table(&heads, &rows);
    }

    fn method(&mut self) {
        self.title("##", "report-method");
        let (settings, policy) = (self.publication.settings, &self.publication.settings.policy);
        let is_given =
            settings.groups.is_some() && self.publication.measured.iter().all(|measures| measures.frontier.is_empty());
        let text =
            if is_given { self.with_noun("grouping-method-given") } else { self.paper.message("grouping-method") };
        self.paragraph(&text);
        let by_years = [
            (!policy.phases.is_empty(), "grouping-method-years"),
            (!policy.pilot_counties.is_empty(), "grouping-method-pilots"),
        ];
        for (_, key) in by_years.into_iter().filter(|(is_so, _)| *is_so && !is_given) {
            self.paragraph(&Message::new(key));
        }
        let is_bound = |of: &GroupingMeasures| of.bound.as_ref().is_some_and(|bound| bound.gap_percent.is_some());
        if self.publication.measured.iter().any(is_bound) {
            self.title("##", "grouping-appendix");
        }
        for measures in self.publication.measured {
            if let Some((bound, gap)) = measures.bound.as_ref().and_then(|bound| Some((bound, bound.gap_percent?))) {
                let km = |metres: f64| metres / 1000.0;
                let weight = if settings.districts.metres_per_point.is_some() { 1.0 } else { settings.districts.near };
                let message = self.paper.message("grouping-bound").decimal("near", km(bound.near_m), 1);
                // Schools that go with the central one are not weighed.
                let ways = if weight > 0.0 { bound.near_m / weight } else { measures.to_lead_m };
                let message = message.decimal("ways", km(ways), 1).decimal("weight", weight, 2);
                let message = message.decimal("size", km(bound.size_m), 1).decimal("pair", km(bound.pair_m), 1);
                let message = message.decimal("far", km(bound.far_m), 1);
                let message = message.decimal("mix", km(bound.mix_m), 1).decimal("total", km(bound.total_m), 1);
                let message = message.decimal("bound", km(bound.lower_bound_m), 1).decimal("gap", gap, 2);
                self.paragraph(&message.text("file", &bound.file));
                if let Some((solver, gap)) =
                    bound.solver.as_ref().and_then(|solver| Some((solver, solver.gap_percent?)))
                {
                    let message = Message::new("grouping-bound-solver").text("solver", solver.name);
                    self.paragraph(&message.decimal("bound", km(solver.lower_bound_m), 1).decimal("gap", gap, 2));
                }
            }
        }
    }
}
