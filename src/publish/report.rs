//! `report.md`: the evaluation for people, in their language. Internal: it names strong and weak.

use super::paper::Paper;
use super::{Publication, sheet_name};
use crate::language::Message;
use crate::measure::{DistrictMeasures, DrawnFrom, PriceOfLines, SchoolMeasures, StageMeasures};
use crate::model::{Reference, Severity};

/// Writes the report.
pub(super) fn write(publication: &Publication<'_>) -> String {
    let mut report =
        Report { publication, paper: Paper::new(publication.language, publication.settings.policy.noun()) };
    report.head();
    for position in 0..publication.evaluation.stages.len() {
        report.stage(position);
    }
    report.shared_seats();
    report.paper.rules(&publication.evaluation.rules, "evaluation.json");
    report.findings();
    report.method();
    report.paper.text
}

/// A row of the summary: the key of its name, and what it says of a stage.
type Measure = (&'static str, fn(&StageMeasures) -> String);

/// What the lines of districts cost, in sentences.
#[must_use]
pub fn price_of_lines(lines: &PriceOfLines) -> Vec<Message> {
    if lines.drawn_from == DrawnFrom::Scheme {
        return vec![Message::new("lines-of-scheme")];
    }
    let price = Message::new("lines-price")
        .count("pupils", lines.pupils)
        .decimal("free", lines.free_mean_distance_m, 0)
        .decimal("mean", lines.free_mean_distance_m + lines.price_mean_m, 0)
        .decimal("price", lines.price_mean_m, 0)
        .decimal("kilometres", lines.price_pupil_km, 1);
    let moved = Message::new("lines-moved")
        .count("pupils", lines.moved_pupils)
        .count("blocks", lines.moved_blocks)
        .decimal("price", lines.price_mean_of_moved_m, 0);
    vec![price, moved]
}

struct Report<'a> {
    publication: &'a Publication<'a>,
    paper: Paper,
}

impl Report<'_> {
    fn head(&mut self) {
        let publication = self.publication;
        let county = publication.county.name.clone().unwrap_or_else(|| self.paper.word("county-unnamed"));
        let title = self.paper.say(&self.paper.message("report-title").text("county", county));
        self.paper.paragraph(&format!("# {title}"));
        let internal = self.paper.word("report-internal");
        self.paper.paragraph(&format!("> {internal}"));
        if let Some(reason) = publication.early_end {
            let early = self.paper.say(&Message::new("report-ended-early").text("reason", reason));
            self.paper.paragraph(&format!("> {early}"));
        }
        for stage in &publication.evaluation.stages {
            if stage.overload > 0 {
                let message = Message::new("report-overloaded")
                    .sentence("stage", stage.stage.message())
                    .count("pupils", stage.pupils)
                    .count("seats", stage.seats)
                    .count("overload", stage.overload);
                let sentence = self.paper.say(&message);
                self.paper.paragraph(&format!("> **{sentence}**"));
            }
        }
        self.summary();
    }

    fn summary(&mut self) {
        let heads: Vec<String> = std::iter::once(self.paper.word("report-measure"))
            .chain(self.publication.evaluation.stages.iter().map(|stage| self.paper.say(&stage.stage.message())))
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
        self.paper.line(&format!("| {} |", heads.join(" | ")));
        self.paper.line(&format!("|{}", "---|".repeat(heads.len())));
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
            let name = self.paper.word(key);
            self.paper.line(&format!("| {name} | {} |", cells.join(" | ")));
        }
        self.paper.line("");
        let method = self.publication.evaluation.distance_method.clone();
        let note = self.paper.say(&Message::new("report-distance-note").text("method", method));
        self.paper.paragraph(&note);
    }

    fn stage(&mut self, position: usize) {
        let stage = &self.publication.evaluation.stages[position];
        let title = self.paper.say(&stage.stage.message());
        self.paper.paragraph(&format!("## {title}"));
        let map = sheet_name("map", position, stage.stage);
        let (map_word, distance, seats) = (
            self.paper.word("report-map"),
            self.paper.word("report-chart-distance"),
            self.paper.word("report-chart-seats"),
        );
        self.paper.paragraph(&format!("![{map_word}]({map})"));
        self.paper.paragraph(&format!(
            "![{distance}](chart-distance-{}.svg) ![{seats}](chart-seats-{}.svg)",
            stage.stage, stage.stage
        ));
        self.shortage(stage);
        self.district_lines(stage);
        if let Some(districts) = &stage.districts {
            self.districts(districts);
        } else {
            let note = self.paper.word("report-no-districts");
            self.paper.paragraph(&note);
        }
        self.equity(stage);
        self.communities(stage);
        self.schools(stage);
        self.pools(stage);
    }

    fn shortage(&mut self, stage: &StageMeasures) {
        let Some(shortage) = &stage.shortage else { return };
        let title = self.paper.word("report-shortage");
        self.paper.paragraph(&format!("### {title}"));
        self.paper.paragraph(&shortage.text);
        for cut in &shortage.cuts {
            self.paper.line(&format!("- {}", cut.text));
            if !cut.relaxations.is_empty() {
                let word = self.paper.word("report-relaxations");
                self.paper.line(&format!("  {word}"));
            }
            for relaxation in &cut.relaxations {
                self.paper.line(&format!("  - {}", relaxation.text));
            }
        }
        self.paper.line("");
    }

    fn district_lines(&mut self, stage: &StageMeasures) {
        let Some(lines) = &stage.district_lines else { return };
        let title = self.paper.word("report-district-lines");
        self.paper.paragraph(&format!("### {title}"));
        for message in price_of_lines(lines) {
            let sentence = self.paper.say(&message);
            self.paper.paragraph(&sentence);
        }
        let names = |ids: &[String]| {
            let of_id = |id: &String| self.publication.county.blocks.iter().find(|block| block.id == *id);
            ids.iter().filter_map(of_id).map(|block| block.name.to_string()).collect::<Vec<String>>()
        };
        if !lines.unbound_blocks.is_empty() {
            let unbound = names(&lines.unbound_blocks);
            let message = self.paper.message("report-unbound-blocks").count("count", unbound.len());
            let message = message.text("blocks", unbound.join(&self.paper.word("annex-between")));
            let sentence = self.paper.say(&message);
            self.paper.paragraph(&sentence);
        }
    }

    fn pools(&mut self, stage: &StageMeasures) {
        if stage.pools.is_empty() {
            return;
        }
        let title = self.paper.word("report-pools");
        self.paper.paragraph(&format!("### {title}"));
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
        self.paper.table(&heads, &rows);
        let note = self.paper.word("report-pools-note");
        self.paper.paragraph(&note);
    }

    fn shared_seats(&mut self) {
        let publication = self.publication;
        if publication.evaluation.shared_seats.is_empty() {
            return;
        }
        let title = self.paper.word("report-shared-seats");
        self.paper.paragraph(&format!("## {title}"));
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
        self.paper.table(&heads, &rows);
        let note = self.paper.word("report-shared-seats-note");
        self.paper.paragraph(&note);
    }

    fn communities(&mut self, stage: &StageMeasures) {
        let parted = stage.parted_communities.as_deref().unwrap_or_default();
        if parted.is_empty() {
            return;
        }
        let title = self.paper.word("report-communities");
        self.paper.paragraph(&format!("### {title}"));
        let rows: Vec<Vec<String>> = parted
            .iter()
            .map(|community| {
                let parts = community.schools.iter().map(|part| format!("{} {}", part.name, part.pupils));
                let parts: Vec<String> = parts.collect();
                vec![community.name.clone(), community.pupils.to_string(), parts.join(" · ")]
            })
            .collect();
        self.paper.table(&["column-community", "column-pupils", "column-community-parts"], &rows);
    }

    fn districts(&mut self, districts: &[DistrictMeasures]) {
        let title = self.paper.word("report-districts");
        self.paper.paragraph(&format!("### {title}"));
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
        self.paper.table(&heads, &rows);
    }

    fn equity(&mut self, stage: &StageMeasures) {
        let Some(equity) = &stage.equity else { return };
        let title = self.paper.word("report-equity");
        self.paper.paragraph(&format!("### {title}"));
        let show = |value: Option<f64>| value.map_or("—".to_owned(), |value| format!("{value:.4}"));
        let mut rows: Vec<Vec<String>> = equity
            .indicators
            .iter()
            .map(|spread| {
                let name = self.paper.word(&format!("indicator-{}", spread.indicator.replace('_', "-")));
                vec![name, show(spread.between_schools), show(spread.between_districts)]
            })
            .collect();
        rows.push(vec![
            self.paper.word("indicator-composite"),
            show(equity.composite_between_schools),
            show(equity.composite_between_districts),
        ]);
        self.paper.table(&["column-indicator", "column-between-schools", "column-between-districts"], &rows);
        let theil = self
            .paper
            .message("report-theil")
            .text("total", format!("{:.5}", equity.theil.total))
            .text("between", format!("{:.5}", equity.theil.between))
            .text("within", format!("{:.5}", equity.theil.within));
        let sentence = self.paper.say(&theil);
        self.paper.paragraph(&sentence);
    }

    fn schools(&mut self, stage: &StageMeasures) {
        let title = self.paper.word("report-schools");
        self.paper.paragraph(&format!("### {title}"));
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
        self.paper.table(&heads, &rows);
    }

    fn findings(&mut self) {
        let title = self.paper.word("report-findings");
        self.paper.paragraph(&format!("## {title}"));
        let language = self.publication.language;
        if self.publication.findings.is_empty() {
            let none = self.paper.word("check-no-findings");
            self.paper.paragraph(&none);
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
            let severity = self.paper.say(&finding.severity().message());
            let what = finding.what(language);
            self.paper.line(&format!("- **{severity}** `{}`{place}: {what}{remedy}", finding.code.slug()));
        }
        self.paper.line("");
    }

    fn method(&mut self) {
        let publication = self.publication;
        let title = self.paper.word("report-method");
        self.paper.paragraph(&format!("## {title}"));
        let reference = match &publication.county.reference {
            Reference::Local => self.paper.word("map-reference-local"),
            Reference::Projected { name, .. } => self.paper.say(&Message::new("map-reference").text("name", name)),
        };
        let seed = publication.settings.project.seed.unwrap_or(1);
        for line in [
            self.paper.word("report-method-catchments"),
            self.paper.word("report-method-bound"),
            self.paper.word("report-method-districts"),
            self.paper.say(&Message::new("report-method-seed").count("seed", seed)),
            reference,
        ] {
            self.paper.line(&format!("- {line}"));
        }
        let settings = publication.settings;
        if settings.policy.unified_admission && settings.groups.is_none() && !publication.scheme.districts.is_empty() {
            self.paper.line(&format!("- {}", self.paper.word("plan-pools-need-groups")));
        }
        self.paper.line("");
        let advice = self.paper.word("report-not-legal-advice");
        self.paper.line(&advice);
    }
}
