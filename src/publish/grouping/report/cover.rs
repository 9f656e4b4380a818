//! The tables of a report by year, county and level: whom groups cover, and how unlike schools are.

use super::Report;
use crate::language::Message;
use crate::measure::{CountyCoverage, GroupingMeasures, Spread};
use crate::model::SchoolIndex;
use crate::model::settings::Phase;
use crate::publish::grouping::spread::{HEADS, mean};
use crate::publish::paper::number;

/// The years after its opening in which a new school is to become a good one.
const GOOD_AFTER: [u16; 2] = [3, 5];

impl Report<'_> {
    pub(super) fn years(&mut self, measures: &GroupingMeasures) {
        if measures.phases.is_empty() {
            return;
        }
        self.title("###", "grouping-years");
        let policy = &self.publication.settings.policy;
        let by_mode = policy.integrated_share.is_some();
        let rows: Vec<Vec<String>> = measures
            .phases
            .iter()
            .map(|phase| {
                let least = phase.coverage.iter().min_by(|first, second| first.share.total_cmp(&second.share));
                let least = least.map(|county| format!("{} {}", county.county, number(county.share, "share")));
                let share = number(phase.integrated_groups as f64 / phase.groups.max(1) as f64, "share");
                let integrated = Message::new("grouping-with-share").count("count", phase.integrated_groups);
                let integrated = self.paper.say(&integrated.text("share", share));
                let wanted = policy.phases.iter().find(|of| of.year == phase.year);
                // What the document asks for stands beside what there is.
                let asked = |there: String, asked: Option<String>| match asked {
                    Some(asked) => {
                        self.paper.say(&Message::new("grouping-with-asked").text("there", there).text("asked", asked))
                    }
                    None => there,
                };
                let of_mode = |cell: String| if by_mode { cell } else { "—".to_owned() };
                let count_asked =
                    |of: fn(&Phase) -> usize| wanted.map(of).filter(|of| *of > 0).map(|of| of.to_string());
                let share_asked =
                    policy.integrated_share.map(|share| number(share, "share")).filter(|_| wanted.is_some());
                let coverage_asked = wanted.map(|of| number(of.coverage, "share"));
                vec![
                    phase.year.to_string(),
                    asked(phase.groups.to_string(), count_asked(|of| of.groups)),
                    of_mode(asked(integrated, share_asked)),
                    of_mode((phase.groups - phase.integrated_groups).to_string()),
                    of_mode(asked(phase.centre_groups.to_string(), count_asked(|of| of.centre_groups))),
                    phase.groups_so_far.to_string(),
                    of_mode(least.map_or_else(|| "—".to_owned(), |least| asked(least, coverage_asked))),
                ]
            })
            .collect();
        let heads = [
            "annex-year",
            "column-groups",
            "column-integrated",
            "column-not-integrated",
            "column-centre-groups",
            "column-groups-so-far",
            "column-least-coverage",
        ];
        self.columns_that_speak(&heads, &rows);
    }

    pub(super) fn counties(&mut self, measures: &GroupingMeasures) {
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
            let shares = phases.iter().map(|(_, counties)| number(counties[position].share, "share"));
            let cells: Vec<String> =
                [county.county.clone(), county.schools.to_string()].into_iter().chain(shares).collect();
            self.paper.line(&format!("| {} |", cells.join(" | ")));
        }
        self.paper.line("");
    }

    pub(super) fn levels(&mut self, measures: &GroupingMeasures) {
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
        self.paper.table(&["column-level", "column-groups", "column-memberships", "column-pupils"], &rows);
        let Some(sum) = measures.levels.last().filter(|sum| sum.groups > 0) else { return };
        let mean = self
            .paper
            .message("grouping-mean-size")
            .decimal("schools", sum.schools as f64 / sum.groups as f64, 2)
            .decimal("pupils", sum.pupils as f64 / sum.groups as f64, 0);
        self.paragraph(&mean);
    }

    /// New schools, and by when they are to be good ones.
    pub(super) fn new_schools(&mut self) {
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
        // Only the document with years says by when they are to be good ones.
        let has_due = !self.publication.settings.policy.phases.is_empty();
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|row| row[..row.len() - usize::from(!has_due)].to_vec()).collect();
        let heads = ["column-school", "column-opened", "column-district", "column-due"];
        self.paper.table(&heads[..heads.len() - usize::from(!has_due)], &rows);
    }

    /// How unlike schools are in a county and within each district.
    pub(super) fn spreads(&mut self, measures: &GroupingMeasures) {
        let of_counties: Vec<&Spread> = measures.spreads.iter().filter(|spread| spread.district_id.is_none()).collect();
        if of_counties.is_empty() {
            return;
        }
        self.title("###", "grouping-spread");
        let note = self.with_noun("grouping-spread-note");
        self.paragraph(&note);
        let number = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| format!("{value:.3}"));
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
                .filter_map(|other| mean(&other.indicators, |of| of.between_schools))
                .collect();
            let mut row = vec![
                spread.county.clone().unwrap_or_else(|| all.clone()),
                self.paper.say(&self.paper.stage(spread.stage)),
            ];
            row.extend(spread.indicators.iter().map(|of| number(of.between_schools)));
            row.push(number(mean(&spread.indicators, |of| of.between_schools)));
            row.push(number(mean(&spread.indicators, |of| of.between_districts)));
            row.push(number((!within.is_empty()).then(|| within.iter().sum::<f64>() / within.len() as f64)));
            rows.push(row);
        }
        let heads = [&["annex-county", "column-stage"], &HEADS[..], &["column-within-districts"]].concat();
        self.paper.table(&heads, &rows);
    }
}
