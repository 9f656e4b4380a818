//! What a report has from the document: dates, who begins when, and what its modes mean.

use super::Report;
use crate::language::Message;
use crate::measure::{JudgedTarget, Standing, targets};
use crate::model::settings::{PolicySettings, Preset, Settings};
use crate::model::{SchoolIndex, Status};

impl Report<'_> {
    /// What the document asks for by when.
    pub(super) fn milestones(&mut self) {
        let Some(preset) = self.publication.settings.policy.preset else { return };
        self.title("##", "grouping-milestones");
        let text = self.paper.word(&format!("milestones-{}", preset.slug()));
        for line in text.lines() {
            self.paper.line(&format!("- {line}"));
        }
        self.paper.line("");
        self.first_year(preset);
        if preset == Preset::Nanchang {
            self.begins_by_county();
        }
    }

    /// How the targets of the document stand, where the project has a table of them.
    pub(super) fn targets(&mut self) {
        let judged = targets(&self.publication.county.targets, None);
        if judged.is_empty() {
            return;
        }
        self.title("##", "grouping-targets");
        let count = |standing: Standing| judged.iter().filter(|of| of.standing == standing).count();
        let message = Message::new("targets-summary").count("count", judged.len()).count("met", count(Standing::Met));
        let message = message.count("missed", count(Standing::NotMet)).count("empty", count(Standing::NoValue));
        self.paragraph(&message);
        let number = |number: Option<f64>| number.map_or_else(|| "—".to_owned(), |number| number.to_string());
        let row = |of: &JudgedTarget| {
            vec![
                of.target.indicator.clone(),
                of.target.year.map_or_else(|| "—".to_owned(), |year| year.to_string()),
                format!("{} {}", of.target.comparison.sign(), of.target.target),
                number(of.target.value),
                of.target.unit.clone().unwrap_or_else(|| "—".to_owned()),
                self.paper.say(&of.standing.message()),
                number(of.short_by),
                of.change.map_or_else(|| "—".to_owned(), |change| format!("{change:+}")),
                of.target.owner.clone().unwrap_or_else(|| "—".to_owned()),
            ]
        };
        let rows: Vec<Vec<String>> = judged.iter().map(row).collect();
        let heads = [
            "targets-indicator",
            "targets-year",
            "targets-target",
            "targets-value",
            "targets-unit",
            "targets-standing",
            "targets-short-by",
            "targets-change",
            "targets-owner",
        ];
        self.columns_that_speak(&heads, &rows);
    }

    /// Where the first year is not that of the document, by how much its dates have to be moved.
    fn first_year(&mut self, preset: Preset) {
        let mut document = Settings::default();
        preset.put_into(&mut document);
        let first = |policy: &PolicySettings| policy.phases.first().map(|phase| phase.year).or(policy.start_year);
        let years = (first(&document.policy), first(&self.publication.settings.policy));
        if let (Some(written), Some(asked)) = years
            && written != asked
        {
            let key = if asked > written { "milestones-later" } else { "milestones-earlier" };
            let message = Message::new(key).text("written", written.to_string()).text("asked", asked.to_string());
            self.paragraph(&message.count("years", asked.abs_diff(written)));
        }
    }

    /// Each county with its year, and by when its plan is due.
    fn begins_by_county(&mut self) {
        let policy = &self.publication.settings.policy;
        let Some(start) = policy.start_year else { return };
        let names = self.publication.county.names_of_counties();
        let districts = || self.publication.measured.iter().flat_map(|measures| &measures.districts);
        let rows: Vec<Vec<String>> = names
            .into_iter()
            .map(|name| {
                let begins = policy
                    .pilot_counties
                    .iter()
                    .any(|asked| self.publication.county.county_called(asked) == Some(name));
                let year = if begins { start } else { start + 1 };
                let count = |of_year: u16| {
                    let own = districts().filter(|district| district.counties.iter().any(|county| county == name));
                    own.filter(|district| district.year == Some(of_year)).count().to_string()
                };
                let due = self.paper.word(if begins { "policy-due-pilot" } else { "policy-due-later" });
                // A county has come as far as the last of its districts.
                let own = self.publication.grouped.iter().flat_map(|of| &of.districts);
                let own = own.filter(|district| {
                    let of = |school: SchoolIndex| self.publication.county.school(school).standing.county.as_deref();
                    district.schools().any(|(school, _)| of(school) == Some(name))
                });
                let status = own.map(|district| district.record.status.unwrap_or(Status::Draft)).min();
                let status = self.paper.word(&format!("status-{}", status.unwrap_or(Status::Draft).slug()));
                vec![name.to_owned(), year.to_string(), count(start), count(start + 1), due, status]
            })
            .collect();
        let heads =
            ["annex-county", "annex-year", "column-begins-first", "column-begins-later", "column-due", "column-status"];
        self.paper.table(&heads, &rows);
    }

    pub(super) fn glossary(&mut self) {
        let modes = &self.publication.settings.policy.modes;
        if modes.is_empty() {
            return;
        }
        self.title("##", "grouping-modes");
        for mode in modes {
            let (name, about) = (
                self.paper.word(&format!("mode-{}", mode.slug())),
                self.paper.word(&format!("mode-{}-about", mode.slug())),
            );
            let line = self.paper.say(&Message::new("grouping-mode").text("mode", name).text("about", about));
            self.paper.line(&format!("- {line}"));
        }
        self.paper.line("");
    }
}
