//! The tables of a grouping that repeat what the table of districts and the inputs say: who hangs up which plaque, who is how far
//! from its lead, levels, coverage, years, pairs, teachers who change schools, schools by superior. Row by row, in the order in
//! which districts stand in `grouping.json`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::VerifyError;
use super::grouping::{Grouped, Placed};
use super::grouping_figures::level_of;
use super::output::cells;
use crate::language::{Language, Message};
use crate::model::School;

/// Where bands of ways to the lead end, in kilometres.
const BANDS_KM: [f64; 4] = [3.0, 5.0, 10.0, 20.0];

/// Rows as they have to be: cells that are not checked are none.
type Rows = Vec<Vec<Option<String>>>;

/// A district as the tables name it.
type District<'a> = (&'a str, &'a [Placed<'a>]);

/// Reads the tables of a folder against its districts.
pub(super) struct Tables<'a> {
    pub(super) folder: &'a Path,
    pub(super) stages: &'a [Grouped<'a>],
    pub(super) language: Language,
}

/// Reckons the rows of a table, whose header is given.
type Reckon = fn(&Tables<'_>, &[String]) -> Rows;

fn row(cells: impl IntoIterator<Item = String>) -> Vec<Option<String>> {
    cells.into_iter().map(Some).collect()
}

fn percent(part: f64, whole: f64) -> String {
    let share = if whole > 0.0 { (1e6 * part / whole).round() / 1e6 } else { 1.0 };
    format!("{:.2}%", 100.0 * share)
}

impl Tables<'_> {
    fn word(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// The districts of a stage in the order of the claims.
    fn districts<'a>(&self, of: &'a Grouped<'_>) -> Vec<District<'a>> {
        let ids = of.claim.and_then(|claim| claim["districts"].as_array());
        let ids = ids.into_iter().flatten().filter_map(|district| district["district_id"].as_str());
        ids.filter_map(|id| of.districts.get_key_value(id)).map(|(id, schools)| (id.as_str(), &schools[..])).collect()
    }

    /// All districts with the stage they are of.
    fn all(&self) -> impl Iterator<Item = (&Grouped<'_>, District<'_>)> {
        self.stages.iter().flat_map(|of| self.districts(of).into_iter().map(move |district| (of, district)))
    }

    /// Checks every table there is.
    pub(super) fn check(&self, faults: &mut Vec<Message>) -> Result<(), VerifyError> {
        let tables: [(&str, Reckon); 11] = [
            ("annex.csv", |of, header| of.annex(header)),
            ("plaques.csv", |of, _| of.plaques()),
            ("levels.csv", |of, _| of.levels()),
            ("coverage.csv", |of, _| of.coverage()),
            ("years.csv", |of, _| of.years()),
            ("uncovered.csv", |of, _| of.uncovered()),
            ("ways.csv", |of, _| of.ways()),
            ("distances.csv", |of, _| of.distances()),
            ("pairs.csv", |of, _| of.pairs()),
            ("exchange.csv", |of, _| of.exchange()),
            ("superiors.csv", |of, _| of.superiors()),
        ];
        for (file, expected) in tables {
            if !self.folder.join(file).exists() {
                continue;
            }
            let found = cells(self.folder, file)?;
            let Some(((_, header), found)) = found.split_first() else { continue };
            let expected = expected(self, header);
            if found.len() != expected.len() {
                let message = Message::new("verify-table-rows").text("file", file).count("found", found.len());
                faults.push(message.count("expected", expected.len()));
                continue;
            }
            for ((line, found), expected) in found.iter().zip(&expected) {
                let differs = |at: &usize| expected[*at].as_ref().is_some_and(|cell| found.get(*at) != Some(cell));
                if let Some(at) = (0..expected.len()).find(differs) {
                    let message = Message::new("verify-table-cell").text("file", file).count("row", *line);
                    let message =
                        message.count("column", at + 1).text("found", found.get(at).cloned().unwrap_or_default());
                    faults.push(message.text("expected", expected[at].clone().unwrap_or_default()));
                }
            }
        }
        Ok(())
    }

    /// What a school is in its district.
    fn role(&self, placed: &Placed<'_>) -> String {
        self.word(match (placed.mode.as_str(), placed.leads) {
            ("helping", true) => "role-helps",
            ("helping", false) => "role-is-helped",
            ("founding", true) => "role-founds",
            ("founding", false) => "role-is-founded-with",
            (_, true) => "role-leads",
            (_, false) => "role-member",
        })
    }

    fn mode(&self, placed: &Placed<'_>) -> String {
        if placed.mode.is_empty() { String::new() } else { self.word(&format!("mode-{}", placed.mode)) }
    }

    /// Name, kind, lead, members and plaques, and of the other columns by their heads what the table of districts and the inputs
    /// say.
    fn annex(&self, header: &[String]) -> Rows {
        let between = self.word("annex-between");
        let of_district = |(_, (_, schools)): (&Grouped<'_>, District<'_>)| {
            let lead = schools.iter().find(|placed| placed.leads).map_or_else(String::new, |lead| {
                let name = &lead.school.name;
                let helps = Message::new("annex-helps").text("school", name).in_language(self.language);
                if lead.mode == "helping" { helps } else { name.clone() }
            });
            let members = schools.iter().filter(|placed| !placed.leads).map(|placed| placed.school.name.as_str());
            let members = members.collect::<Vec<&str>>().join(&between);
            let kind = self.mode(&schools[0]);
            let mut cells = row([schools[0].district.clone(), kind, lead, members, schools.len().to_string()]);
            let mut counties: Vec<&str> =
                schools.iter().filter_map(|placed| placed.school.standing.county.as_deref()).collect();
            counties.sort_unstable();
            counties.dedup();
            let word = |prefix: &str, slug: &str| {
                if slug.is_empty() { String::new() } else { self.word(&format!("{prefix}-{slug}")) }
            };
            let yes_or_no = |is_so: bool| self.word(if is_so { "word-yes" } else { "word-no" });
            let told = [
                ("annex-county", counties.join(&between)),
                ("annex-year", schools[0].year.clone()),
                ("annex-governance", word("governance", &schools[0].governance)),
                ("annex-status", word("status", &schools[0].status)),
                ("annex-approved", schools[0].approved.clone()),
                ("annex-crosses-counties", yes_or_no(counties.len() > 1)),
                ("annex-crosses-levels", yes_or_no(level_of(schools).is_none())),
            ];
            cells.extend(header.iter().skip(cells.len()).map(|head| {
                let own = told.iter().find(|(key, _)| self.word(key) == *head);
                own.map(|(_, cell)| cell.clone())
            }));
            cells
        };
        self.all().map(of_district).collect()
    }

    fn plaques(&self) -> Rows {
        let of_district = |(_, (_, schools)): (&Grouped<'_>, District<'_>)| {
            let of = |placed: &Placed<'_>| {
                row([placed.school.name.clone(), placed.district.clone(), self.role(placed), "1".to_owned()])
            };
            schools.iter().map(of).collect::<Rows>()
        };
        let mut rows: Rows = self.all().flat_map(of_district).collect();
        for of in self.stages {
            let outside = of.own().filter(|school| of.district_of(school).is_none());
            rows.extend(outside.map(|school| row([school.name.clone(), String::new(), String::new(), "0".to_owned()])));
        }
        rows
    }

    fn levels(&self) -> Rows {
        let of_level = |(level, counts): (&str, super::grouping_figures::Counts)| {
            let numbers = [counts.groups, counts.schools, counts.pupils].map(|count| count.to_string());
            row(std::iter::once(self.word(&format!("level-{level}"))).chain(numbers))
        };
        self.stages.iter().flat_map(Grouped::levels).map(of_level).collect()
    }

    /// The years a stage has, none where it has none.
    fn years_of(of: &Grouped<'_>) -> Vec<u16> {
        let told = of.districts.values().filter_map(|schools| schools[0].year.parse::<u16>().ok());
        let mut years: Vec<u16> = of.settings.policy.phases.iter().map(|phase| phase.year).chain(told).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// The counties with their schools and those covered by the end of a year, or at all; all of them at the end.
    fn covered(&self, of: &Grouped<'_>, until: Option<u16>) -> Vec<(String, usize, usize)> {
        let counts = |name: Option<&str>| {
            let own = || of.due().filter(|school| name.is_none() || school.standing.county.as_deref() == name);
            let has_begun = |year: &str| until.is_none_or(|until| year.parse::<u16>().is_ok_and(|year| year <= until));
            let is_in = |school: &&School| {
                let mut all = of.districts.values().flatten();
                all.any(|placed| placed.school.id == school.id && has_begun(&placed.year))
            };
            (own().count(), own().filter(is_in).count())
        };
        let names = of.county.names_of_counties().into_iter();
        let each = names.map(|name| (name.to_owned(), counts(Some(name)))).filter(|(_, (schools, _))| *schools > 0);
        let all = std::iter::once((self.word("word-all"), counts(None)));
        each.chain(all).map(|(name, (schools, covered))| (name, schools, covered)).collect()
    }

    fn coverage(&self) -> Rows {
        let mut rows = Rows::new();
        for of in self.stages {
            let years: Vec<Option<u16>> = match Self::years_of(of) {
                years if years.is_empty() => vec![None],
                years => years.into_iter().map(Some).collect(),
            };
            for year in years {
                let said = year.map_or_else(String::new, |year| year.to_string());
                rows.extend(self.covered(of, year).into_iter().map(|(name, schools, covered)| {
                    let share = percent(covered as f64, schools as f64);
                    row([said.clone(), name, schools.to_string(), covered.to_string(), share])
                }));
            }
        }
        rows
    }

    fn years(&self) -> Rows {
        let mut rows = Rows::new();
        for of in self.stages {
            for year in Self::years_of(of) {
                let begins = |schools: &Vec<Placed<'_>>| schools[0].year.parse::<u16>().ok();
                let of_year = || of.districts.values().filter(|schools| begins(schools) == Some(year));
                let so_far = of.districts.values().filter(|schools| begins(schools).is_some_and(|of| of <= year));
                let (groups, so_far) = (of_year().count(), so_far.count());
                let mut cells = vec![year.to_string(), groups.to_string(), so_far.to_string()];
                if of.settings.policy.integrated_share.is_some() {
                    let is_run =
                        |schools: &&Vec<Placed<'_>>| ["integrated", "trusteeship"].contains(&schools[0].mode.as_str());
                    let run = of_year().filter(is_run).count();
                    let in_centre = |schools: &&Vec<Placed<'_>>| {
                        super::grouping::middle(schools).is_some_and(|school| school.standing.centre)
                    };
                    let mut counties = self.covered(of, Some(year));
                    counties.pop();
                    let share = |of: &(String, usize, usize)| of.2 as f64 / of.1 as f64;
                    let least = counties.iter().min_by(|one, other| share(one).total_cmp(&share(other)));
                    cells.extend([
                        run.to_string(),
                        format!("{:.2}%", 100.0 * run as f64 / groups.max(1) as f64),
                        of_year().filter(in_centre).count().to_string(),
                        least.map_or_else(String::new, |of| of.0.clone()),
                        least.map_or_else(String::new, |of| percent(of.2 as f64, of.1 as f64)),
                    ]);
                }
                rows.push(row(cells));
            }
        }
        rows
    }

    /// Schools that no stage covers.
    fn uncovered(&self) -> Rows {
        let Some(first) = self.stages.first() else { return Rows::new() };
        let is_out = |school: &School, of: &Grouped<'_>| {
            of.due().any(|due| due.id == school.id) && of.district_of(school).is_none()
        };
        let out = first.county.schools.iter().filter(|school| self.stages.iter().all(|of| is_out(school, of)));
        out.map(|school| {
            row([school.id.clone(), school.name.clone(), school.standing.county.clone().unwrap_or_default()])
        })
        .collect()
    }

    fn ways(&self) -> Rows {
        let mut rows = Rows::new();
        for (_, (_, schools)) in self.all() {
            let Some(lead) = schools.iter().find(|placed| placed.leads) else { continue };
            for placed in schools.iter().filter(|placed| !placed.leads) {
                let km = metres(placed.school, lead.school) / 1000.0;
                let band = match BANDS_KM.iter().position(|end| km < *end) {
                    Some(0) => format!("<{}", BANDS_KM[0]),
                    Some(at) => format!("{}–{}", BANDS_KM[at - 1], BANDS_KM[at]),
                    None => format!("≥{}", BANDS_KM[BANDS_KM.len() - 1]),
                };
                let names = [&placed.school.name, &placed.district, &lead.school.name].map(String::clone);
                rows.push(row(names.into_iter().chain([format!("{km:.1}"), band])));
            }
        }
        rows
    }

    fn distances(&self) -> Rows {
        let mut rows = Rows::new();
        for (_, (_, schools)) in self.all() {
            for (at, from) in schools.iter().enumerate() {
                rows.extend(schools[at + 1..].iter().map(|to| {
                    let metres = format!("{:.0}", metres(from.school, to.school));
                    row([from.district.clone(), from.school.name.clone(), to.school.name.clone(), metres])
                }));
            }
        }
        rows
    }

    /// Leads with their partners; how many points are between them is internal to strengths and not checked.
    fn pairs(&self) -> Rows {
        let mut rows = Rows::new();
        for (of, (_, schools)) in self.all() {
            let Some(lead) = schools.iter().find(|placed| placed.leads) else { continue };
            for placed in schools.iter().filter(|placed| !placed.leads) {
                let metres = metres(placed.school, lead.school);
                let towns = lead.school.town.as_ref().zip(placed.school.town.as_ref());
                let yes_or_no = |is_so: bool| self.word(if is_so { "word-yes" } else { "word-no" });
                rows.push(vec![
                    Some(lead.school.name.clone()),
                    Some(placed.school.name.clone()),
                    Some(format!("{:.1}", metres / 1000.0)),
                    None,
                    Some(towns.map_or_else(String::new, |(one, other)| yes_or_no(one == other))),
                    Some(yes_or_no(metres > of.settings.policy.remote_m)),
                ]);
            }
        }
        rows
    }

    fn exchange(&self) -> Rows {
        let mut rows = Rows::new();
        for (of, (_, schools)) in self.all() {
            let Some(wanted) = of.settings.policy.exchange else { continue };
            let sum = |known: fn(&School) -> Option<u32>| {
                schools.iter().filter_map(|placed| known(placed.school)).reduce(|sum, more| sum + more)
            };
            let Some(eligible) = sum(|school| school.standing.staff.eligible) else { continue };
            let part = |count: u32, share: f64| (f64::from(count) * share - 1e-9).ceil() as u32;
            let needed = part(eligible, wanted.of_eligible);
            let exchanged = sum(|school| school.standing.staff.exchanged);
            let backbone = part(exchanged.unwrap_or(needed).max(needed), wanted.backbone);
            let told = |count: Option<u32>| count.map_or_else(String::new, |count| count.to_string());
            let is_advice = wanted.advised_across_levels && level_of(schools).is_none();
            rows.push(row([
                schools[0].district.clone(),
                eligible.to_string(),
                needed.to_string(),
                backbone.to_string(),
                told(exchanged),
                told(sum(|school| school.standing.staff.exchanged_backbone)),
                self.word(if is_advice { "word-yes" } else { "word-no" }),
            ]));
        }
        rows
    }

    fn superiors(&self) -> Rows {
        let mut of_superior: BTreeMap<&str, Rows> = BTreeMap::new();
        for of in self.stages {
            for school in of.own() {
                let Some(superior) = school.standing.superior.as_deref() else { continue };
                let place = of.district_of(school);
                let told = place.map_or_else(Default::default, |placed| {
                    [placed.district.clone(), self.mode(placed), self.role(placed)]
                });
                let cells = [superior.to_owned(), school.name.clone()].into_iter().chain(told);
                // A school in several groups is told of one of them.
                let is_one = of.times(school) < 2;
                let cells = cells.enumerate().map(|(at, cell)| (at < 2 || is_one).then_some(cell));
                of_superior.entry(superior).or_default().push(cells.collect());
            }
        }
        of_superior.into_values().flatten().collect()
    }
}

/// Straight metres between two gates.
fn metres(one: &School, other: &School) -> f64 {
    let way = one.gate - other.gate;
    way.x.hypot(way.y)
}

/// What `grouping.json` says twice is the same in the tables beside it: spreads, the national standard and moves of teachers have
/// as many rows as claims.
pub(super) fn counts(folder: &Path, claims: &Value, faults: &mut Vec<Message>) -> Result<(), VerifyError> {
    for (file, field) in [("spreads.csv", "spreads"), ("standard.csv", "standards"), ("transfers.csv", "transfers")] {
        if !folder.join(file).exists() {
            continue;
        }
        let of_stage = |claim: &Value| claim[field].as_array().map_or(0, Vec::len);
        let expected: usize = claims.as_array().into_iter().flatten().map(of_stage).sum();
        let found = cells(folder, file)?.len().saturating_sub(1);
        if found != expected {
            let message = Message::new("verify-table-rows").text("file", file).count("found", found);
            faults.push(message.count("expected", expected));
        }
    }
    Ok(())
}
