//! The notice of a grouping 公告: on what ground, who works with whom, what the kinds mean, who decides, how to comment.

use super::super::document::Document;
use super::super::notice::{Form, close, dated, or_blank, period, ways};
use super::GroupingBundle;
use crate::language::{Language, Message};
use crate::measure::{Approval, GroupMeasures, Verdict, small_sites_outside};
use crate::model::settings::Preset;
use crate::model::{District, Governance, Mode, Stage};
use crate::publish::grouping::annex;

/// The year the deadlines of Nanchang are of.
const NANCHANG_STARTS: u16 = 2023;

/// The form for comments on districts.
pub(super) const DISTRICTS: Form = Form {
    title: "form-title-groups",
    of: "form-of-groups",
    fields: &[
        "form-group",
        "form-group-school",
        "form-opinion",
        "form-reason",
        "form-name",
        "form-contact",
        "form-date",
    ],
};

/// The notice being written, with how many sections it has.
struct Notice<'a> {
    bundle: &'a GroupingBundle<'a>,
    paper: Document,
    sections: usize,
}

/// The notice.
pub(super) fn write(bundle: &GroupingBundle<'_>, annexes: &[&'static str]) -> Document {
    let (edition, settings) = (&bundle.edition, bundle.publication.settings);
    let language = edition.language;
    let plan =
        settings.policy.preset.map_or_else(|| "proposal-districts".to_owned(), |of| format!("proposal-{}", of.slug()));
    let about = |[draft, adopted]: [&'static str; 2]| {
        let key = if edition.is_draft() { draft } else { adopted };
        Message::new(key).text("county", edition.county(language)).text("plan", language.text(&plan))
    };
    let paper = Document::new(language, &about(["group-notice-title-draft", "group-notice-title"]));
    let mut notice = Notice { bundle, paper, sections: 0 };
    notice.paper.paragraph(about(["group-notice-opening-draft", "group-notice-opening"]).in_language(language));
    notice.basis();
    notice.principles();
    notice.districts();
    notice.kinds();
    notice.procedure();
    notice.comments();
    let mut paper = notice.paper;
    close(edition, &mut paper, annexes);
    paper
}

impl Notice<'_> {
    fn language(&self) -> Language {
        self.bundle.edition.language
    }

    /// A sentence that calls districts as the document does.
    fn with_noun(&self, key: &str) -> Message {
        Message::new(self.bundle.key(key)).text("noun", self.bundle.noun(self.language()))
    }

    /// The head of the next section, with its number.
    fn head(&mut self, head: &Message) {
        self.sections += 1;
        let head = Message::new("group-notice-head").count("number", self.sections).text("head", self.paper.say(head));
        self.paper.head_of(&head);
    }

    fn basis(&mut self) {
        self.head(&Message::new("group-notice-basis"));
        let details = self.bundle.edition.details();
        if details.basis.is_empty() {
            self.paper.paragraph(or_blank(&self.bundle.edition, None));
        }
        self.paper.items(details.basis.clone());
    }

    /// The principles the districts keep. What they break, what was not asked of them, or what is nobody's business is not
    /// said.
    fn principles(&mut self) {
        let publication = &self.bundle.publication;
        let (settings, policy) = (publication.settings, &publication.settings.policy);
        let keeps = |id: &str| {
            let mut own = publication.measured.iter().flat_map(|of| &of.rules).filter(|rule| rule.id == id).peekable();
            own.peek().is_some() && own.all(|rule| rule.verdict == Verdict::Kept)
        };
        let [fewest, most] = settings.districts.schools;
        let size_key =
            if policy.with_central_school { "group-principle-size-following" } else { "group-principle-size" };
        let size = self.with_noun(size_key).count("fewest", fewest).count("most", most);
        // The document has principles of its own, which hold whether or not the districts were made by them.
        let own = |key: &str| (policy.preset == Some(Preset::Pubei), self.with_noun(key));
        let near =
            if policy.preset == Some(Preset::Pubei) { "group-principle-fairly-near" } else { "group-principle-near" };
        let mixed = if keeps("town-with-country") { "group-principle-mixed" } else { "group-principle-mixed-mostly" };
        let claims = [
            own(mixed),
            own("group-principle-strong-with-weak"),
            (settings.groups.is_none() && !policy.pairs, self.with_noun(near)),
            (keeps("district-size") && !policy.pairs, size),
            (keeps("within-county"), self.with_noun("group-principle-county")),
            (keeps("same-level"), self.with_noun("group-principle-level")),
            (keeps("new-in-group"), self.with_noun("group-principle-new")),
            (keeps("central-school"), self.central()),
        ];
        let said: Vec<String> =
            claims.iter().filter(|(holds, _)| *holds).map(|(_, claim)| self.paper.say(claim)).collect();
        if said.is_empty() {
            return;
        }
        self.head(&Message::new("group-notice-principles"));
        self.paper.items(said);
    }

    /// That teaching points are with their central school, and how many are in no group.
    fn central(&self) -> Message {
        let publication = &self.bundle.publication;
        let outside: usize = publication
            .grouped
            .iter()
            .map(|of| small_sites_outside(publication.county, of, &publication.settings.policy))
            .sum();
        let key = if outside > 0 { "group-principle-central-outside" } else { "group-principle-central" };
        self.with_noun(key).count("count", outside)
    }

    /// Each district with its lead and its members, county by county.
    fn districts(&mut self) {
        let publication = &self.bundle.publication;
        self.head(&self.with_noun("group-notice-districts"));
        for (districts, measures) in publication.grouped.iter().zip(publication.measured) {
            let summary = self.with_noun("group-notice-summary").count("districts", districts.districts.len());
            let schools: usize = districts.districts.iter().map(District::len).sum();
            let stage = districts.stage.of_schools();
            self.paper.paragraph(
                summary.count("schools", schools).sentence("stage", stage.clone()).in_language(self.language()),
            );
            let pairs: Vec<(&District, &GroupMeasures)> = districts.districts.iter().zip(&measures.districts).collect();
            let first = |of: &GroupMeasures| of.counties.first().cloned();
            let named = publication.county.names_of_counties().into_iter().map(|name| Some(name.to_owned()));
            let has_some = |county: &Option<String>| pairs.iter().any(|(_, of)| first(of) == *county);
            let counties: Vec<Option<String>> = named.chain([None]).filter(has_some).collect();
            for county in &counties {
                let own = pairs.iter().filter(|(_, of)| first(of) == *county);
                let own: Vec<(&District, &GroupMeasures)> = own.copied().collect();
                let head = match (county, districts.stage) {
                    (Some(county), _) if counties.len() > 1 => {
                        let head = self.with_noun("group-notice-county").text("county", county);
                        Some(head.count("districts", own.len()))
                    }
                    (_, Stage::All) => None,
                    _ => Some(stage.clone()),
                };
                if let Some(head) = head {
                    self.paper.subhead(&head);
                }
                self.table(&own);
            }
        }
    }

    fn table(&mut self, districts: &[(&District, &GroupMeasures)]) {
        let bundle = self.bundle;
        let language = self.language();
        let all = || bundle.publication.grouped.iter().flat_map(|of| &of.districts);
        let has_kinds = all().any(|of| of.mode.is_some());
        let has_years = all().any(|of| of.year.is_some());
        let has_governance = all().any(|of| of.governance.is_some());
        let columns = [
            (true, "annex-name", 20),
            (has_kinds, "annex-kind", 14),
            (true, "annex-lead", 20),
            (true, "annex-members", 50),
            (has_governance, "annex-governance", 12),
            (has_years, "annex-year", 8),
        ];
        let row = |(district, _): &(&District, &GroupMeasures)| {
            let members: Vec<&str> = district.members.iter().map(|school| bundle.name(*school)).collect();
            let governance = |of: Governance| language.text(&format!("governance-{}", of.slug()));
            let cells = [
                district.name.clone(),
                annex::mode(district.mode, language),
                district.lead.map_or_else(
                    || language.text(&bundle.key("word-without-lead")),
                    |lead| annex::lead(bundle.name(lead), district.mode, language),
                ),
                members.join(&language.text("annex-between")),
                district.governance.map_or_else(String::new, governance),
                district.year.map_or_else(String::new, |year| year.to_string()),
            ];
            let told = cells.into_iter().zip(&columns).filter(|(_, (is_told, ..))| *is_told);
            told.map(|(cell, _)| cell).collect()
        };
        let rows = districts.iter().map(row).collect();
        let heads: Vec<(String, u32)> =
            columns.iter().filter(|(is_told, ..)| *is_told).map(|(_, key, width)| (bundle.key(key), *width)).collect();
        let heads: Vec<(&str, u32)> = heads.iter().map(|(key, width)| (key.as_str(), *width)).collect();
        self.paper.table(&heads, rows);
    }

    /// What the kinds and the ways of steering that are used mean, with how many districts are of each.
    fn kinds(&mut self) {
        let all = || self.bundle.publication.grouped.iter().flat_map(|of| &of.districts);
        let language = self.language();
        let row = |[name, about]: [String; 2], count: usize| {
            (count > 0).then(|| vec![language.text(&name), language.text(&about), count.to_string()])
        };
        let modes = Mode::ALL.iter().filter_map(|mode| {
            let slug = mode.slug();
            let count = all().filter(|of| of.mode == Some(*mode)).count();
            row([format!("mode-{slug}"), format!("mode-{slug}-about")], count)
        });
        let steered = Governance::ALL.iter().filter_map(|by| {
            let slug = by.slug();
            let count = all().filter(|of| of.governance == Some(*by)).count();
            row([format!("governance-{slug}"), format!("governance-{slug}-about")], count)
        });
        let (modes, steered): (Vec<_>, Vec<_>) = (modes.collect(), steered.collect());
        for (head, first, rows) in
            [("group-notice-modes", "annex-kind", modes), ("group-notice-governance", "annex-governance", steered)]
        {
            if rows.is_empty() {
                continue;
            }
            self.head(&Message::new(head));
            let count = self.bundle.key("column-groups");
            self.paper.table(&[(first, 20), ("group-notice-about", 64), (&count, 16)], rows);
        }
    }

    /// Who decides on how many districts, and what comes before they begin.
    fn procedure(&mut self) {
        let bundle = self.bundle;
        let edition = &bundle.edition;
        self.head(&Message::new("group-notice-procedure"));
        let mut said = Vec::new();
        if !bundle.publication.settings.policy.phases.is_empty() {
            let all = || bundle.publication.measured.iter().flat_map(|of| &of.districts);
            for approval in [Approval::City, Approval::CountyToldToCity, Approval::County] {
                let count = all().filter(|of| of.approval == Some(approval)).count();
                let route = self.paper.word(&format!("approval-{}", approval.slug()));
                let message = self.with_noun("group-notice-route").text("route", route).count("count", count);
                said.extend((count > 0).then(|| self.paper.say(&message)));
            }
        }
        let then = match &edition.details().agreed {
            Some(agreed) if !edition.is_draft() => self
                .paper
                .say(&Message::new(edition.of_document("notice-agreed")).text("day", dated(edition, Some(agreed)))),
            _ => {
                said.extend(self.deadlines());
                self.paper.word(&edition.of_document("group-notice-then"))
            }
        };
        said.push(then);
        self.paper.items(said);
    }

    /// By when plans are due, where the document says so and its years are not moved.
    fn deadlines(&self) -> Option<String> {
        let policy = &self.bundle.publication.settings.policy;
        let is_as_written = policy.preset == Some(Preset::Nanchang) && policy.start_year == Some(NANCHANG_STARTS);
        let message = Message::new("group-notice-deadlines");
        let counties = policy.pilot_counties.join(&self.paper.word("annex-between"));
        (is_as_written && !counties.is_empty()).then(|| self.paper.say(&message.text("counties", counties)))
    }

    fn comments(&mut self) {
        let edition = &self.bundle.edition;
        let is_draft = edition.is_draft();
        self.head(&Message::new(if is_draft { "group-notice-comments" } else { "group-notice-questions" }));
        if is_draft {
            period(edition, &mut self.paper);
            self.paper.paragraph(self.paper.say(&self.with_noun("group-notice-how")));
        }
        ways(edition, &mut self.paper);
        if is_draft {
            self.paper.paragraph(self.paper.word("group-notice-handling"));
        }
    }
}
