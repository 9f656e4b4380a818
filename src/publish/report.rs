//! `report.md`: the evaluation for people, in their language. Internal: it names strong and weak.

use std::fmt::Write;

use super::{Publication, sheet_name};
use crate::language::Message;
use crate::measure::{DistrictMeasures, RuleReport, SchoolMeasures, StageMeasures, Verdict};
use crate::model::{Reference, Severity};

/// Breaches listed per rule before the rest is only counted.
const LISTED_BREACHES: usize = 8;

/// Writes the report.
pub(super) fn write(publication: &Publication<'_>) -> String {
    let mut report = Report { publication, text: String::new() };
    report.head();
    for position in 0..publication.evaluation.stages.len() {
        report.stage(position);
    }
    report.shared_seats();
    report.rules();
    report.findings();
    report.method();
    report.text
}

/// A row of the summary: the key of its name, and what it says of a stage.
type Measure = (&'static str, fn(&StageMeasures) -> String);

struct Report<'a> {
    publication: &'a Publication<'a>,
    text: String,
}

impl Report<'_> {
    fn say(&self, message: &Message) -> String {
        message.in_language(self.publication.language)
    }

    fn word(&self, key: &str) -> String {
        self.publication.language.text(key)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn paragraph(&mut self, line: &str) {
        self.line(line);
        self.line("");
    }

    /// A table: keys of the column heads, and rows of cells.
    fn table(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        let heads: Vec<String> = heads.iter().map(|head| self.word(head)).collect();
        self.line(&format!("| {} |", heads.join(" | ")));
        self.line(&format!("|{}", "---|".repeat(heads.len())));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
            self.line(&format!("| {} |", cells.join(" | ")));
        }
        self.line("");
    }

    fn head(&mut self) {
        let publication = self.publication;
        let county = publication.county.name.clone().unwrap_or_else(|| self.word("county-unnamed"));
        let title = self.say(&Message::new("report-title").text("county", county));
        self.paragraph(&format!("# {title}"));
        let internal = self.word("report-internal");
        self.paragraph(&format!("> {internal}"));
        if let Some(reason) = publication.early_end {
            let early = self.say(&Message::new("report-ended-early").text("reason", reason));
            self.paragraph(&format!("> {early}"));
        }
        for stage in &publication.evaluation.stages {
            if stage.overload > 0 {
                let message = Message::new("report-overloaded")
                    .sentence("stage", stage.stage.message())
                    .count("pupils", stage.pupils)
                    .count("seats", stage.seats)
                    .count("overload", stage.overload);
                let sentence = self.say(&message);
                self.paragraph(&format!("> **{sentence}**"));
            }
        }
        self.summary();
    }

    fn summary(&mut self) {
        let heads: Vec<String> = std::iter::once(self.word("report-measure"))
            .chain(self.publication.evaluation.stages.iter().map(|stage| self.say(&stage.stage.message())))
            .collect();
        let measures: [Measure; 20] = [
            ("measure-schools", |stage| stage.school_count.to_string()),
            ("measure-pupils-seats", |stage| format!("{} / {}", stage.pupils, stage.seats)),
            ("measure-pupil-km", |stage| format!("{:.1}", stage.pupil_km)),
            ("measure-objective", |stage| format!("{:.1}", stage.objective.total_pupil_km)),
            ("measure-objective-terms", |stage| {
                let of = &stage.objective;
                let terms = [
                    of.distance_pupil_km,
                    of.change_pupil_km,
                    of.community_pupil_km,
                    of.compactness_pupil_km,
                    of.balance_pupil_km,
                ];
                terms.map(|term| format!("{term:.1}")).join(" + ")
            }),
            ("measure-bound", |stage| {
                stage.lower_bound_pupil_km.map_or("—".to_owned(), |bound| format!("{bound:.1}"))
            }),
            ("measure-gap", |stage| stage.gap_percent.map_or("—".to_owned(), |gap| format!("{gap:.2} %"))),
            ("measure-overload", |stage| stage.overload.to_string()),
            ("measure-detached", |stage| stage.detached.to_string()),
            ("measure-unassigned", |stage| stage.unassigned.to_string()),
            ("measure-mean-distance", |stage| format!("{:.0} m", stage.mean_distance_m)),
            ("measure-median-distance", |stage| format!("{:.0} m", stage.median_distance_m)),
            ("measure-p95-distance", |stage| format!("{:.0} m", stage.p95_distance_m)),
            ("measure-max-distance", |stage| format!("{:.0} m", stage.max_distance_m)),
            ("measure-within-radius", |stage| {
                format!("{:.1} % (≤ {:.0} m)", 100.0 * stage.within_radius_share, stage.radius_m)
            }),
            ("measure-nearest", |stage| format!("{:.1} %", 100.0 * stage.nearest_share)),
            ("measure-envy", |stage| format!("{} ({:.1} %)", stage.envy.pupils, 100.0 * stage.envy.share)),
            ("measure-moved", |stage| {
                stage.change.map_or("—".to_owned(), |change| {
                    format!("{} ({:.1} %)", change.moved_pupils, 100.0 * change.moved_share)
                })
            }),
            ("measure-parted", |stage| {
                stage.parted_communities.as_ref().map_or("—".to_owned(), |parted| parted.len().to_string())
            }),
            ("measure-composite", |stage| {
                let composite = stage.equity.as_ref().and_then(|equity| equity.composite_between_schools);
                composite.map_or("—".to_owned(), |value| format!("{value:.3}"))
            }),
        ];
        self.line(&format!("| {} |", heads.join(" | ")));
        self.line(&format!("|{}", "---|".repeat(heads.len())));
        let evaluation = self.publication.evaluation;
        let has_terms = evaluation.stages.iter().any(|stage| {
            let objective = &stage.objective;
            objective.total_pupil_km > objective.distance_pupil_km
        });
        let has_communities = evaluation.stages.iter().any(|stage| stage.parted_communities.is_some());
        for (key, value) in measures {
            // What the input does not speak of has no row.
            let is_idle = match key {
                "measure-objective" | "measure-objective-terms" => !has_terms,
                "measure-parted" => !has_communities,
                _ => false,
            };
            if is_idle {
                continue;
            }
            let cells: Vec<String> = self.publication.evaluation.stages.iter().map(value).collect();
            let name = self.word(key);
            self.line(&format!("| {name} | {} |", cells.join(" | ")));
        }
        self.line("");
        let method = self.publication.evaluation.distance_method.clone();
        let note = self.say(&Message::new("report-distance-note").text("method", method));
        self.paragraph(&note);
    }

    fn stage(&mut self, position: usize) {
        let stage = &self.publication.evaluation.stages[position];
        let title = self.say(&stage.stage.message());
        self.paragraph(&format!("## {title}"));
        let map = sheet_name("map", position, stage.stage);
        let (map_word, distance, seats) =
            (self.word("report-map"), self.word("report-chart-distance"), self.word("report-chart-seats"));
        self.paragraph(&format!("![{map_word}]({map})"));
        self.paragraph(&format!(
            "![{distance}](chart-distance-{}.svg) ![{seats}](chart-seats-{}.svg)",
            stage.stage, stage.stage
        ));
        self.shortage(stage);
        if let Some(districts) = &stage.districts {
            self.districts(districts);
        } else {
            let note = self.word("report-no-districts");
            self.paragraph(&note);
        }
        self.equity(stage);
        self.communities(stage);
        self.schools(stage);
        self.pools(stage);
    }

    fn shortage(&mut self, stage: &StageMeasures) {
        let Some(shortage) = &stage.shortage else { return };
        let title = self.word("report-shortage");
        self.paragraph(&format!("### {title}"));
        self.paragraph(&shortage.text);
        for cut in &shortage.cuts {
            self.line(&format!("- {}", cut.text));
            if !cut.relaxations.is_empty() {
                let word = self.word("report-relaxations");
                self.line(&format!("  {word}"));
            }
            for relaxation in &cut.relaxations {
                self.line(&format!("  - {}", relaxation.text));
            }
        }
        self.line("");
    }

    fn pools(&mut self, stage: &StageMeasures) {
        if stage.pools.is_empty() {
            return;
        }
        let title = self.word("report-pools");
        self.paragraph(&format!("### {title}"));
        let rows: Vec<Vec<String>> = stage
            .pools
            .iter()
            .map(|pool| {
                vec![
                    pool.pool.clone(),
                    pool.school_ids.len().to_string(),
                    format!("{} / {}", pool.pupils, pool.seats),
                    format!("{:.0} m", pool.mean_distance_m),
                    format!("{:.0} m", pool.mean_nearest_m),
                    pool.strong_schools.to_string(),
                ]
            })
            .collect();
        let heads = [
            "column-pool",
            "column-schools",
            "column-pupils-seats",
            "column-mean-distance",
            "column-mean-nearest",
            "column-strong",
        ];
        self.table(&heads, &rows);
        let note = self.word("report-pools-note");
        self.paragraph(&note);
    }

    fn shared_seats(&mut self) {
        let publication = self.publication;
        if publication.evaluation.shared_seats.is_empty() {
            return;
        }
        let title = self.word("report-shared-seats");
        self.paragraph(&format!("## {title}"));
        let rows: Vec<Vec<String>> = publication
            .evaluation
            .shared_seats
            .iter()
            .map(|school| {
                vec![
                    school.school_id.clone(),
                    school.name.clone(),
                    school.pupils_primary.to_string(),
                    school.pupils_junior.to_string(),
                    school.seats.to_string(),
                    school.overload.to_string(),
                ]
            })
            .collect();
        let heads = [
            "column-id",
            "column-school",
            "column-pupils-primary",
            "column-pupils-junior",
            "column-shared-seats",
            "column-overload",
        ];
        self.table(&heads, &rows);
        let note = self.word("report-shared-seats-note");
        self.paragraph(&note);
    }

    fn communities(&mut self, stage: &StageMeasures) {
        let parted = stage.parted_communities.as_deref().unwrap_or_default();
        if parted.is_empty() {
            return;
        }
        let title = self.word("report-communities");
        self.paragraph(&format!("### {title}"));
        let rows: Vec<Vec<String>> = parted
            .iter()
            .map(|community| {
                let parts = community.schools.iter().map(|part| format!("{} {}", part.name, part.pupils));
                let parts: Vec<String> = parts.collect();
                vec![community.name.clone(), community.pupils.to_string(), parts.join(" · ")]
            })
            .collect();
        self.table(&["column-community", "column-pupils", "column-community-parts"], &rows);
    }

    fn districts(&mut self, districts: &[DistrictMeasures]) {
        let title = self.word("report-districts");
        self.paragraph(&format!("### {title}"));
        let rows: Vec<Vec<String>> = districts
            .iter()
            .map(|district| {
                vec![
                    district.district_id.clone(),
                    district.name.clone(),
                    district.schools.to_string(),
                    format!("{} / {}", district.pupils, district.seats),
                    format!("{:.0} m", district.mean_to_lead_m),
                    format!("{:.0} m", district.max_to_lead_m),
                    format!("{} / {}", district.strong_schools, district.weak_schools),
                    district.mean_strength.map_or("—".to_owned(), |mean| format!("{mean:.1}")),
                    district.parts.to_string(),
                    district.compactness.map_or_else(String::new, |compactness| format!("{compactness:.2}")),
                ]
            })
            .collect();
        let heads = [
            "column-id",
            "column-district",
            "column-schools",
            "column-pupils-seats",
            "column-mean-to-lead",
            "column-max-to-lead",
            "column-strong-weak",
            "column-mean-strength",
            "column-parts",
            "column-compactness",
        ];
        self.table(&heads, &rows);
    }

    fn equity(&mut self, stage: &StageMeasures) {
        let Some(equity) = &stage.equity else { return };
        let title = self.word("report-equity");
        self.paragraph(&format!("### {title}"));
        let show = |value: Option<f64>| value.map_or("—".to_owned(), |value| format!("{value:.4}"));
        let mut rows: Vec<Vec<String>> = equity
            .indicators
            .iter()
            .map(|spread| {
                let name = self.word(&format!("indicator-{}", spread.indicator.replace('_', "-")));
                vec![name, show(spread.between_schools), show(spread.between_districts)]
            })
            .collect();
        rows.push(vec![
            self.word("indicator-composite"),
            show(equity.composite_between_schools),
            show(equity.composite_between_districts),
        ]);
        self.table(&["column-indicator", "column-between-schools", "column-between-districts"], &rows);
        let theil = Message::new("report-theil")
            .text("total", format!("{:.5}", equity.theil.total))
            .text("between", format!("{:.5}", equity.theil.between))
            .text("within", format!("{:.5}", equity.theil.within));
        let sentence = self.say(&theil);
        self.paragraph(&sentence);
    }

    fn schools(&mut self, stage: &StageMeasures) {
        let title = self.word("report-schools");
        self.paragraph(&format!("### {title}"));
        // A pool's schools share one catchment, and one row.
        let is_first = |school: &SchoolMeasures| {
            let first = stage.schools.iter().find(|other| other.pool == school.pool);
            school.pool.is_none() || first.is_some_and(|first| first.school_id == school.school_id)
        };
        let rows: Vec<Vec<String>> = stage
            .schools
            .iter()
            .filter(|school| is_first(school))
            .map(|school| {
                let sharing = |other: &&SchoolMeasures| {
                    other.school_id == school.school_id || (school.pool.is_some() && other.pool == school.pool)
                };
                let joined = |of: fn(&SchoolMeasures) -> &str, by: &str| {
                    stage.schools.iter().filter(sharing).map(of).collect::<Vec<_>>().join(by)
                };
                vec![
                    joined(|school| &school.school_id, ";"),
                    joined(|school| &school.name, " / "),
                    school.blocks.to_string(),
                    format!("{} / {}", school.pupils, school.seats),
                    format!("{:.1} %", 100.0 * school.seat_use),
                    format!("{:.0} m", school.mean_distance_m),
                    format!("{:.0} m", school.max_distance_m),
                    format!("{:.1} %", 100.0 * school.within_radius_share),
                ]
            })
            .collect();
        let heads = [
            "column-id",
            "column-school",
            "column-blocks",
            "column-pupils-seats",
            "column-seat-use",
            "column-mean-distance",
            "column-max-distance",
            "column-within-radius",
        ];
        self.table(&heads, &rows);
    }

    fn rules(&mut self) {
        let title = self.word("report-rules");
        self.paragraph(&format!("## {title}"));
        let rows: Vec<Vec<String>> = self.publication.evaluation.rules.iter().map(|rule| self.rule_row(rule)).collect();
        let heads =
            ["column-rule", "column-stage", "column-kind", "column-verdict", "column-breaches", "column-source"];
        self.table(&heads, &rows);
        for rule in self.publication.evaluation.rules.iter().filter(|rule| rule.verdict == Verdict::Broken) {
            self.breaches(rule);
        }
    }

    fn rule_row(&self, rule: &RuleReport) -> Vec<String> {
        vec![
            rule.text.clone(),
            self.say(&rule.stage.message()),
            self.word(if rule.hard { "rule-hard" } else { "rule-soft" }),
            self.word(if rule.verdict == Verdict::Kept { "verdict-kept" } else { "verdict-broken" }),
            rule.breaches.len().to_string(),
            rule.source.clone(),
        ]
    }

    fn breaches(&mut self, rule: &RuleReport) {
        let head = Message::new("report-breaches").text("rule", &rule.text).sentence("stage", rule.stage.message());
        let head = self.say(&head.count("count", rule.breaches.len()));
        self.paragraph(&format!("**{head}**"));
        for breach in rule.breaches.iter().take(LISTED_BREACHES) {
            let unit = self.word(&format!("unit-{}", rule.unit));
            let line = Message::new("report-breach")
                .text("name", &breach.name)
                .text("id", &breach.id)
                .text("by", trimmed(breach.by))
                .text("unit", unit)
                .text("mend", &breach.mend);
            let line = self.say(&line);
            self.line(&format!("- {line}"));
        }
        if rule.breaches.len() > LISTED_BREACHES {
            let more = Message::new("report-more").count("count", rule.breaches.len() - LISTED_BREACHES);
            let more = self.say(&more);
            self.line(&format!("- {more}"));
        }
        self.line("");
    }

    fn findings(&mut self) {
        let title = self.word("report-findings");
        self.paragraph(&format!("## {title}"));
        let language = self.publication.language;
        if self.publication.findings.is_empty() {
            let none = self.word("check-no-findings");
            self.paragraph(&none);
            return;
        }
        let mut sorted: Vec<_> = self.publication.findings.iter().collect();
        sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
        for finding in sorted {
            let place: Vec<String> =
                [finding.file.clone(), finding.row.map(|row| row.to_string()), finding.name.clone()]
                    .into_iter()
                    .flatten()
                    .collect();
            let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
            let remedy = if finding.severity() == Severity::Note {
                String::new()
            } else {
                format!(" → {}", finding.remedy(language))
            };
            let severity = self.say(&finding.severity().message());
            let what = finding.what(language);
            self.line(&format!("- **{severity}** `{}`{place}: {what}{remedy}", finding.code.slug()));
        }
        self.line("");
    }

    fn method(&mut self) {
        let publication = self.publication;
        let title = self.word("report-method");
        self.paragraph(&format!("## {title}"));
        let reference = match &publication.county.reference {
            Reference::Local => self.word("map-reference-local"),
            Reference::Projected { name, .. } => self.say(&Message::new("map-reference").text("name", name)),
        };
        let seed = publication.settings.project.seed.unwrap_or(1);
        for line in [
            self.word("report-method-catchments"),
            self.word("report-method-bound"),
            self.word("report-method-districts"),
            self.say(&Message::new("report-method-seed").count("seed", seed)),
            reference,
        ] {
            self.line(&format!("- {line}"));
        }
        let _ = writeln!(self.text);
        let advice = self.word("report-not-legal-advice");
        self.line(&advice);
    }
}

/// A number without decimals where it has none.
fn trimmed(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value}") }
}
