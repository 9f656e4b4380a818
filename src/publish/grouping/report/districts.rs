//! The tables of a report with a row for each district or pair.

use super::{LISTED_SCHOOLS, Report};
use crate::language::Message;
use crate::measure::{GroupMeasures, GroupingMeasures, InSeveral, Pair, ResearchBase};
use crate::model::settings::Preset;
use crate::model::{Governance, Mode};
use crate::publish::grouping::annex::{lead, yes_or_no};

impl Report<'_> {
    pub(super) fn districts(&mut self, measures: &GroupingMeasures) {
        self.title("###", "report-districts");
        let language = self.publication.language;
        // Who decides is asked by the document that has years, and where groups have come some way.
        let policy = &self.publication.settings.policy;
        let any = |says: fn(&GroupMeasures) -> bool| measures.districts.iter().any(says);
        let by_approval = !policy.phases.is_empty() || any(|of| of.status.is_some() || of.approved.is_some());
        let word = |prefix: &str, slug: Option<&str>| {
            slug.map_or_else(|| "—".to_owned(), |slug| language.text(&format!("{prefix}-{slug}")))
        };
        let has_both = super::super::annex::has_both_kinds(self.publication.grouped);
        let has_ids = any(|of| of.district_id != of.name);
        let row = |district: &GroupMeasures| {
            vec![
                if has_ids { district.district_id.clone() } else { String::new() },
                district.name.clone(),
                if has_both { word("kind", Some(district.kind)) } else { String::new() },
                word("mode", district.mode),
                self.leads(district),
                district.counties.join(&self.paper.word("annex-between")),
                district.year.map_or_else(|| "—".to_owned(), |year| year.to_string()),
                word("governance", district.governance),
                word("approval", district.approval.filter(|_| by_approval).map(crate::measure::Approval::slug)),
                word("status", district.status),
                district.approved.clone().unwrap_or_else(|| "—".to_owned()),
                district.head.clone().unwrap_or_else(|| "—".to_owned()),
                district.head_until.clone().unwrap_or_else(|| "—".to_owned()),
                match district.following_schools {
                    0 => district.schools.to_string(),
                    following => format!("{} + {following}", district.schools - following),
                },
                district.pupils.to_string(),
                format!("{:.0} / {:.0}", district.mean_to_lead_m, district.max_to_lead_m),
                format!("{} / {}", district.strong_schools, district.weak_schools),
                format!("{} / {}", district.urban_schools, district.rural_schools),
                yes_or_no(district.crosses_counties, language),
                yes_or_no(district.crosses_stages, language),
                yes_or_no(district.crosses_levels, language),
                self.bases(district),
            ]
        };
        let rows: Vec<Vec<String>> = measures.districts.iter().map(row).collect();
        let heads = [
            "column-id",
            "column-district",
            "annex-part-or-group",
            "annex-kind",
            "annex-lead",
            "annex-county",
            "annex-year",
            "annex-governance",
            "annex-approval",
            "annex-status",
            "annex-approved",
            "annex-head",
            "annex-head-until",
            "column-schools",
            "column-pupils",
            "column-ways",
            "column-strong-weak",
            "column-urban-rural",
            "annex-crosses-counties",
            "annex-crosses-stages",
            "annex-crosses-levels",
            "role-base",
        ];
        self.columns_that_speak(&heads, &rows);
        if any(|of| of.following_schools > 0) {
            self.paragraph(&Message::new("grouping-following"));
        }
    }

    /// Who leads a district, or helps in it; else why nobody does.
    fn leads(&self, district: &GroupMeasures) -> String {
        let mode = district.mode.and_then(Mode::from_word);
        let first = district.lead_id.iter().chain(&district.helper_ids);
        let names: Vec<String> = first.map(|id| lead(&self.name(id), mode, self.publication.language)).collect();
        match (names.is_empty(), mode) {
            (false, _) => names.join(&self.paper.word("annex-between")),
            (true, Some(Mode::Helping)) => self.paper.word("word-without-lead"),
            _ if district.governance == Some(Governance::Rotating.slug()) => self.paper.word("governance-rotating"),
            _ => self.paper.word("word-lead-untold"),
        }
    }

    /// Its bases of teaching research, each with its stage where that is told.
    fn bases(&self, district: &GroupMeasures) -> String {
        if district.bases.is_empty() {
            return "—".to_owned();
        }
        let named = |base: &ResearchBase| match base.stage {
            Some(stage) => {
                let remark = self.paper.say(&stage.message());
                self.paper
                    .say(&Message::new("annex-remark").text("name", self.name(&base.school_id)).text("remark", remark))
            }
            None => self.name(&base.school_id),
        };
        let names: Vec<String> = district.bases.iter().map(named).collect();
        names.join(&self.paper.word("annex-between"))
    }

    /// Which schools are in several groups, as they may: said so that nobody takes it for a mistake.
    pub(super) fn in_several(&mut self, measures: &GroupingMeasures) {
        if measures.in_several.is_empty() {
            return;
        }
        let between = self.paper.word("annex-between");
        let name_of = |id: &String| {
            let own = measures.districts.iter().find(|district| &district.district_id == id);
            own.map_or_else(|| id.clone(), |district| district.name.clone())
        };
        let one = |of: &InSeveral| {
            let groups: Vec<String> = of.district_ids.iter().map(name_of).collect();
            let message = Message::new("annex-remark").text("name", self.name(&of.school_id));
            self.paper.say(&message.text("remark", groups.join(&between)))
        };
        let listed: Vec<String> = measures.in_several.iter().take(LISTED_SCHOOLS).map(one).collect();
        let message = Message::new("grouping-in-several").count("count", measures.in_several.len());
        let message = message.text("schools", listed.join(&between));
        self.paragraph(&message.count("more", measures.in_several.len().saturating_sub(LISTED_SCHOOLS)));
    }

    /// Who helps whom where town helps country.
    pub(super) fn arcs(&mut self, measures: &GroupingMeasures) {
        if measures.arcs.is_empty() {
            return;
        }
        self.title("###", "grouping-arcs");
        self.paragraph(&Message::new("grouping-arcs-note"));
        self.couples(["role-helps", "role-is-helped"], &measures.arcs);
    }

    /// The six grounds of the Pubei plan for each district: four of strength, and where its schools stand.
    pub(super) fn factors(&mut self, measures: &GroupingMeasures) {
        // Only the Pubei plan names these grounds; without a document they are told as well.
        let is_asked = self.publication.settings.policy.preset.is_none_or(|preset| preset == Preset::Pubei);
        if !is_asked || measures.districts.iter().all(|district| district.factors.iter().all(Option::is_none)) {
            return;
        }
        self.title("###", "grouping-factors");
        let share = |factor: Option<f64>| factor.map_or_else(|| "—".to_owned(), |value| format!("{value:.2}"));
        let row = |district: &GroupMeasures| {
            let mut row = vec![district.district_id.clone(), district.name.clone()];
            row.extend(district.factors.map(share));
            row.push(format!("{:.1}", district.diameter_m / 1000.0));
            row.push(format!("{:.1}", district.mean_to_lead_m / 1000.0));
            row
        };
        let rows: Vec<Vec<String>> = measures.districts.iter().map(row).collect();
        let heads = [
            "column-id",
            "column-district",
            "factor-conditions",
            "factor-teachers",
            "factor-management",
            "factor-quality",
            "factor-spread",
            "factor-distance",
        ];
        self.paper.table(&heads, &rows);
        let of = &self.publication.settings.strength;
        // Only their proportions matter, so that they are shown as shares of one.
        let all = (of.conditions + of.teachers + of.management + of.quality).max(f64::MIN_POSITIVE);
        let unknown = |factor: usize| measures.districts.iter().all(|district| district.factors[factor].is_none());
        let weights = self
            .with_noun("grouping-weights")
            .count("missing", (0..4).filter(|factor| unknown(*factor)).count())
            .decimal("conditions", of.conditions / all, 2)
            .decimal("teachers", of.teachers / all, 2)
            .decimal("management", of.management / all, 2)
            .decimal("quality", of.quality / all, 2);
        self.paragraph(&weights);
    }

    pub(super) fn pairs(&mut self, measures: &GroupingMeasures) {
        if measures.pairs.is_empty() {
            return;
        }
        self.title("###", "grouping-pairs");
        self.couples(["column-lead", "column-partner"], &measures.pairs);
    }

    fn couples(&mut self, [first, second]: [&'static str; 2], pairs: &[Pair]) {
        let language = self.publication.language;
        let rows: Vec<Vec<String>> = pairs
            .iter()
            .map(|pair| {
                vec![
                    self.name(&pair.lead_id),
                    self.name(&pair.member_id),
                    format!("{:.1}", pair.metres / 1000.0),
                    pair.points_between.map_or_else(|| "—".to_owned(), |points| format!("{points:.1}")),
                    pair.same_town.map_or_else(|| "—".to_owned(), |same| yes_or_no(same, language)),
                    if pair.remote { self.paper.word("word-remote-pair") } else { "—".to_owned() },
                ]
            })
            .collect();
        let heads = [first, second, "column-km", "column-points-between", "column-same-town", "column-remote"];
        self.paper.table(&heads, &rows);
    }

    pub(super) fn exchange(&mut self, measures: &GroupingMeasures) {
        let known: Vec<&GroupMeasures> =
            measures.districts.iter().filter(|district| district.exchange.is_some()).collect();
        let Some(wanted) = self.publication.settings.policy.exchange.filter(|_| !known.is_empty()) else { return };
        self.title("###", "grouping-exchange");
        let rule = Message::new("grouping-exchange-rule").decimal("eligible", 100.0 * wanted.of_eligible, 0);
        let rule = rule.count("advice", usize::from(wanted.advised_across_levels));
        self.paragraph(&rule.decimal("backbone", 100.0 * wanted.backbone, 0));
        let number = |count: Option<u32>| count.map_or_else(|| "—".to_owned(), |count| count.to_string());
        let rows: Vec<Vec<String>> = known
            .iter()
            .filter_map(|district| {
                let of = district.exchange?;
                let is_short = of.exchanged.is_some_and(|there| there < of.needed)
                    || of.exchanged_backbone.is_some_and(|there| there < of.due_backbone);
                let verdict = match (of.is_advice, of.exchanged.is_none(), is_short) {
                    (true, ..) => "word-advice",
                    (_, true, _) => "word-untold",
                    (.., true) => "verdict-broken",
                    _ => "verdict-kept",
                };
                Some(vec![
                    district.name.clone(),
                    of.eligible.to_string(),
                    format!("{} / {}", of.needed, of.needed_backbone),
                    format!("{} / {}", number(of.exchanged), number(of.exchanged_backbone)),
                    self.paper.word(verdict),
                ])
            })
            .collect();
        let heads =
            ["column-district", "column-eligible", "column-needed-both", "column-exchanged-both", "column-verdict"];
        self.paper.table(&heads, &rows);
    }

    /// Who would move, and what that would make of the spread.
    pub(super) fn transfers(&mut self, measures: &GroupingMeasures) {
        if measures.transfers.is_empty() {
            return;
        }
        self.title("###", "grouping-transfers");
        let note = self.paper.word("grouping-transfers-note");
        self.paper.paragraph(&note);
        let district = |id: &str| measures.districts.iter().find(|district| district.district_id == id);
        let rows: Vec<Vec<String>> = measures
            .transfers
            .iter()
            .map(|of| {
                let group = district(&of.district_id).map_or_else(String::new, |district| district.name.clone());
                vec![group, self.name(&of.from_id), self.name(&of.to_id), of.backbone_teachers.to_string()]
            })
            .collect();
        let heads = ["column-district", "column-transfer-from", "column-transfer-to", "column-transfer-count"];
        self.paper.table(&heads, &rows);
        let all = self.paper.word("word-all");
        let rows: Vec<Vec<String>> = measures
            .transfer_spreads
            .iter()
            .map(|of| {
                let stage = self.paper.say(&self.paper.stage(of.stage));
                let county = of.county.clone().unwrap_or_else(|| all.clone());
                vec![county, stage, format!("{:.3}", of.before), format!("{:.3}", of.after)]
            })
            .collect();
        self.paper.table(&["annex-county", "column-stage", "column-spread-before", "column-spread-after"], &rows);
    }

    /// How many schools meet the national standard.
    pub(super) fn standards(&mut self, measures: &GroupingMeasures) {
        if measures.standards.is_empty() {
            return;
        }
        self.title("###", "grouping-standard");
        let is = |verdict: Option<bool>| measures.standards.iter().filter(|of| of.is_met == verdict).count();
        let (met, failing, unknown) = (is(Some(true)), is(Some(false)), is(None));
        let note = Message::new("grouping-standard-note").count("judged", met + failing).count("met", met);
        self.paragraph(&note.count("unknown", unknown));
    }
}
