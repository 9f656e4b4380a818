//! `report.md`: a grouping for people, in their language. Internal: it names strong and weak.

use std::collections::BTreeMap;

use super::super::GroupingPublication;
use super::super::paper::Paper;
use super::annex::yes_or_no;
use super::chart_name;
use super::frontier::{HEADS, cells};
use crate::language::Message;
use crate::measure::{CountyCoverage, GroupMeasures, GroupingMeasures, Spread, Verdict};
use crate::model::settings::{PolicySettings, Preset, Settings};
use crate::model::{SchoolIndex, Status};

/// The years after its opening in which a new school is to become a good one.
const GOOD_AFTER: [u16; 2] = [3, 5];

/// Schools named in a list before the rest is only counted.
const LISTED_SCHOOLS: usize = 30;

/// Writes the report.
pub(super) fn write(publication: &GroupingPublication<'_>) -> String {
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
    let rules: Vec<_> = publication.measured.iter().flat_map(|measures| measures.rules.clone()).collect();
    report.paper.rules(&rules, "grouping.json");
    report.milestones();
    report.glossary();
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

    fn name(&self, id: &str) -> String {
        self.names.get(id).copied().unwrap_or_default().to_owned()
    }

    fn head(&mut self) {
        let county = self.publication.county;
        let name = county.name.clone().unwrap_or_else(|| self.paper.word("county-unnamed"));
        let title = self.paper.say(&Message::new("grouping-title").text("county", name));
        self.paper.paragraph(&format!("# {title}"));
        let internal = self.paper.word("report-internal");
        self.paper.paragraph(&format!("> {internal}"));
        if let Some(preset) = self.publication.settings.policy.preset {
            self.paragraph(&Message::new(format!("basis-{}", preset.slug())));
        }
        let hard = |is_hard: bool| {
            let rules = self.publication.measured.iter().flat_map(|measures| &measures.rules);
            rules.filter(|rule| rule.hard == is_hard && rule.verdict == Verdict::Broken).count()
        };
        let (must, should) = (hard(true), hard(false));
        self.paragraph(&Message::new("grouping-verdict").count("must", must).count("should", should));
    }

    fn stage(&mut self, measures: &GroupingMeasures) {
        let title = self.paper.say(&self.paper.stage(measures.stage));
        self.paper.paragraph(&format!("## {title}"));
        let of = &measures.coverage;
        let summary = self
            .paper
            .message("grouping-summary")
            .count("schools", measures.schools)
            .count("grouped", measures.grouped_schools)
            .count("districts", measures.districts.len())
            .count("lead", measures.plaques.lead)
            .count("member", measures.plaques.member)
            .decimal("mean", measures.mean_to_lead_m, 0);
        self.paragraph(&summary);
        let covered = Message::new("grouping-covered")
            .count("schools", of.schools)
            .count("covered", of.covered_schools)
            .decimal("share", 100.0 * of.share, 2)
            .count("pupils", of.pupils)
            .decimal("pupil_share", 100.0 * of.pupil_share, 2);
        // Pairs are not meant to cover all.
        if !self.publication.settings.policy.pairs {
            self.paragraph(&covered);
        }
        self.outside(measures);
        self.frontier(measures);
        self.districts(measures);
        self.factors(measures);
        self.pairs(measures);
        self.years(measures);
        self.counties(measures);
        self.levels(measures);
        self.exchange(measures);
        self.new_schools();
        self.spreads(measures);
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
        let note = self.paper.word("grouping-frontier-note");
        self.paper.paragraph(&note);
        let word = self.paper.word("grouping-frontier");
        self.paper.paragraph(&format!("![{word}]({})", chart_name(measures.stage)));
        let rows: Vec<Vec<String>> = measures.frontier.iter().map(|point| cells(point, "●")).collect();
        self.columns_that_speak(&HEADS, &rows);
    }

    fn districts(&mut self, measures: &GroupingMeasures) {
        self.title("###", "report-districts");
        let language = self.publication.language;
        // Who decides is asked by the document that has years, and where groups have come some way.
        let policy = &self.publication.settings.policy;
        let any = |says: fn(&GroupMeasures) -> bool| measures.districts.iter().any(says);
        let by_approval = !policy.phases.is_empty() || any(|of| of.status.is_some() || of.approved.is_some());
        let word = |prefix: &str, slug: Option<&str>| {
            slug.map_or_else(|| "—".to_owned(), |slug| language.text(&format!("{prefix}-{slug}")))
        };
        let row = |district: &GroupMeasures| {
            vec![
                district.district_id.clone(),
                district.name.clone(),
                word("mode", district.mode),
                district.lead_id.as_deref().map_or_else(|| self.paper.word("governance-rotating"), |id| self.name(id)),
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
                format!("{:.0} / {:.0} m", district.mean_to_lead_m, district.max_to_lead_m),
                format!("{} / {}", district.strong_schools, district.weak_schools),
                format!("{} / {}", district.urban_schools, district.rural_schools),
                yes_or_no(district.counties.len() > 1, language),
                yes_or_no(district.crosses_levels, language),
            ]
        };
        let rows: Vec<Vec<String>> = measures.districts.iter().map(row).collect();
        let heads = [
            "column-id",
            "column-district",
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
            "annex-crosses-levels",
        ];
        self.columns_that_speak(&heads, &rows);
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

    /// The six grounds of the Pubei plan for each district: four of strength, and where its schools stand.
    fn factors(&mut self, measures: &GroupingMeasures) {
        if measures.districts.iter().all(|district| district.factors.iter().all(Option::is_none)) {
            return;
        }
        self.title("###", "grouping-factors");
        let share = |factor: Option<f64>| factor.map_or_else(|| "—".to_owned(), |value| format!("{value:.2}"));
        let row = |district: &GroupMeasures| {
            let mut row = vec![district.district_id.clone(), district.name.clone()];
            row.extend(district.factors.map(share));
            row.push(format!("{:.1} km", district.diameter_m / 1000.0));
            row.push(format!("{:.1} km", district.mean_to_lead_m / 1000.0));
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
        self.columns_that_speak(&heads, &rows);
        let of = &self.publication.settings.strength;
        let weights = Message::new("grouping-weights")
            .decimal("conditions", of.conditions, 2)
            .decimal("teachers", of.teachers, 2)
            .decimal("management", of.management, 2)
            .decimal("quality", of.quality, 2);
        self.paragraph(&weights);
    }

    fn pairs(&mut self, measures: &GroupingMeasures) {
        if measures.pairs.is_empty() {
            return;
        }
        self.title("###", "grouping-pairs");
        let language = self.publication.language;
        let rows: Vec<Vec<String>> = measures
            .pairs
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
        let heads = [
            "column-lead",
            "column-partner",
            "column-km",
            "column-points-between",
            "column-same-town",
            "column-remote",
        ];
        self.paper.table(&heads, &rows);
    }

    fn years(&mut self, measures: &GroupingMeasures) {
        if measures.phases.is_empty() {
            return;
        }
        self.title("###", "grouping-years");
        let by_mode = self.publication.settings.policy.integrated_share.is_some();
        let rows: Vec<Vec<String>> = measures
            .phases
            .iter()
            .map(|phase| {
                let least = phase.coverage.iter().min_by(|first, second| first.share.total_cmp(&second.share));
                let least = least.map(|county| format!("{} {:.1} %", county.county, 100.0 * county.share));
                let share = 100.0 * phase.integrated_groups as f64 / phase.groups.max(1) as f64;
                vec![
                    phase.year.to_string(),
                    phase.groups.to_string(),
                    if by_mode { format!("{} ({share:.0} %)", phase.integrated_groups) } else { "—".to_owned() },
                    if by_mode { phase.centre_groups.to_string() } else { "—".to_owned() },
                    phase.groups_so_far.to_string(),
                    least.filter(|_| by_mode).unwrap_or_else(|| "—".to_owned()),
                ]
            })
            .collect();
        let heads = [
            "annex-year",
            "column-groups",
            "column-integrated",
            "column-centre-groups",
            "column-groups-so-far",
            "column-least-coverage",
        ];
        self.columns_that_speak(&heads, &rows);
    }

    fn counties(&mut self, measures: &GroupingMeasures) {
        if measures.coverage.counties.is_empty() || self.publication.settings.policy.pairs {
            return;
        }
        self.title("###", "grouping-coverage");
        let phases: Vec<(String, &Vec<CountyCoverage>)> = match measures.phases.as_slice() {
            [] => vec![(self.paper.word("column-share"), &measures.coverage.counties)],
            phases => phases.iter().map(|phase| (phase.year.to_string(), &phase.coverage)).collect(),
        };
        let heads: Vec<String> = ["annex-county", "column-compulsory"]
            .map(|head| self.paper.word(head))
            .into_iter()
            .chain(phases.iter().map(|(head, _)| head.clone()))
            .collect();
        self.paper.line(&format!("| {} |", heads.join(" | ")));
        self.paper.line(&format!("|{}", "---|".repeat(heads.len())));
        for (position, county) in measures.coverage.counties.iter().enumerate() {
            let shares = phases.iter().map(|(_, counties)| format!("{:.1} %", 100.0 * counties[position].share));
            let cells: Vec<String> =
                [county.county.clone(), county.schools.to_string()].into_iter().chain(shares).collect();
            self.paper.line(&format!("| {} |", cells.join(" | ")));
        }
        self.paper.line("");
    }

    fn levels(&mut self, measures: &GroupingMeasures) {
        let policy = &self.publication.settings.policy;
        if policy.coverage.is_none() && policy.phases.is_empty() {
            return;
        }
        self.title("###", "grouping-levels");
        let rows: Vec<Vec<String>> = measures
            .levels
            .iter()
            .map(|of| {
                let level = self.paper.word(&format!("level-{}", of.level));
                vec![level, of.groups.to_string(), of.schools.to_string(), of.pupils.to_string()]
            })
            .collect();
        self.paper.table(&["column-level", "column-groups", "column-schools", "column-pupils"], &rows);
        let Some(sum) = measures.levels.last().filter(|sum| sum.groups > 0) else { return };
        let mean = self
            .paper
            .message("grouping-mean-size")
            .decimal("schools", sum.schools as f64 / sum.groups as f64, 2)
            .decimal("pupils", sum.pupils as f64 / sum.groups as f64, 0);
        self.paragraph(&mean);
    }

    fn exchange(&mut self, measures: &GroupingMeasures) {
        let known: Vec<&GroupMeasures> =
            measures.districts.iter().filter(|district| district.exchange.is_some()).collect();
        let Some(wanted) = self.publication.settings.policy.exchange.filter(|_| !known.is_empty()) else { return };
        self.title("###", "grouping-exchange");
        let rule = Message::new("grouping-exchange-rule").decimal("eligible", 100.0 * wanted.of_eligible, 0);
        self.paragraph(&rule.decimal("backbone", 100.0 * wanted.backbone, 0));
        let number = |count: Option<u32>| count.map_or_else(|| "—".to_owned(), |count| count.to_string());
        let rows: Vec<Vec<String>> = known
            .iter()
            .filter_map(|district| {
                let of = district.exchange?;
                let is_short = of.exchanged.is_some_and(|there| there < of.needed)
                    || of.exchanged_backbone.is_some_and(|there| there < of.needed_backbone);
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

    /// New schools, and by when they are to be good ones.
    fn new_schools(&mut self) {
        if !self.publication.settings.policy.new_schools {
            return;
        }
        let county = self.publication.county;
        let new: Vec<SchoolIndex> = (0..county.schools.len())
            .map(SchoolIndex::new)
            .filter(|school| county.school(*school).is_new_public())
            .collect();
        if new.is_empty() {
            return;
        }
        self.title("###", "grouping-new-schools");
        let district = |school: SchoolIndex| {
            let lists = self.publication.grouped.iter();
            let mut own = lists.filter_map(|list| Some(&list.districts[list.district_of(school)?]));
            own.next().map_or_else(|| "—".to_owned(), |district| district.name.clone())
        };
        let rows: Vec<Vec<String>> = new
            .iter()
            .map(|school| {
                let of = county.school(*school);
                let due = of.standing.opened.map(|year| format!("{}–{}", year + GOOD_AFTER[0], year + GOOD_AFTER[1]));
                let opened = of.standing.opened.map_or_else(|| "—".to_owned(), |year| year.to_string());
                vec![of.name.clone(), opened, district(*school), due.unwrap_or_else(|| "—".to_owned())]
            })
            .collect();
        self.paper.table(&["column-school", "column-opened", "column-district", "column-due"], &rows);
    }

    /// How unlike schools are in a county and within each district.
    fn spreads(&mut self, measures: &GroupingMeasures) {
        let of_counties: Vec<&Spread> = measures.spreads.iter().filter(|spread| spread.district_id.is_none()).collect();
        if of_counties.is_empty() {
            return;
        }
        self.title("###", "grouping-spread");
        let note = self.paper.word("grouping-spread-note");
        self.paper.paragraph(&note);
        let number = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| format!("{value:.3}"));
        let mean = |values: Vec<f64>| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
        let all = self.paper.word("word-all");
        let mut rows = Vec::new();
        for spread in of_counties {
            let within: Vec<f64> = measures
                .spreads
                .iter()
                .filter(|other| other.district_id.is_some() && other.stage == spread.stage)
                .filter(|other| {
                    let district =
                        measures.districts.iter().find(|of| Some(&of.district_id) == other.district_id.as_ref());
                    spread.county.is_none() || district.is_some_and(|of| of.counties.first() == spread.county.as_ref())
                })
                .filter_map(|other| mean(other.indicators.iter().filter_map(|of| of.between_schools).collect()))
                .collect();
            let mut row = vec![
                spread.county.clone().unwrap_or_else(|| all.clone()),
                self.paper.say(&self.paper.stage(spread.stage)),
            ];
            row.extend(spread.indicators.iter().map(|of| number(of.between_schools)));
            row.push(number(mean(spread.indicators.iter().filter_map(|of| of.between_schools).collect())));
            row.push(number(mean(spread.indicators.iter().filter_map(|of| of.between_districts).collect())));
            row.push(number(mean(within)));
            rows.push(row);
        }
        let heads = [
            "annex-county",
            "column-stage",
            "indicator-qualified-teachers",
            "indicator-backbone-teachers",
            "indicator-arts-sport-teachers",
            "indicator-teaching-area",
            "indicator-sports-area",
            "indicator-equipment-value",
            "indicator-multimedia-rooms",
            "indicator-composite",
            "column-between-districts",
            "column-within-districts",
        ];
        self.paper.table(&heads, &rows);
    }

    /// What the document asks for by when.
    fn milestones(&mut self) {
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
        let mut names: Vec<&str> =
            self.publication.county.schools.iter().filter_map(|school| school.standing.county.as_deref()).collect();
        names.sort_unstable();
        names.dedup();
        let districts = || self.publication.measured.iter().flat_map(|measures| &measures.districts);
        let rows: Vec<Vec<String>> = names
            .into_iter()
            .map(|name| {
                let begins = policy.pilot_counties.iter().any(|county| county == name);
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

    fn glossary(&mut self) {
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

    fn method(&mut self) {
        self.title("##", "report-method");
        let is_given = self.publication.settings.groups.is_some()
            && self.publication.measured.iter().all(|measures| measures.frontier.is_empty());
        let text = self.paper.word(if is_given { "grouping-method-given" } else { "grouping-method" });
        self.paper.paragraph(&text);
    }
}
