//! The tables of a grouping that repeat what the table of districts and the inputs say: who hangs up which plaque, who is how far
//! from its lead, levels, coverage, years, pairs, teachers who change schools, schools by superior. Row by row, in the order in
//! which districts stand in `evaluation.json`.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::VerifyError;
use super::grouping::{Grouped, Placed, apart, ways};
use super::grouping_crossing::{crosses, crosses_stages};
use super::output::cells;
use crate::language::{Language, Message};
use crate::model::{School, Stage};

/// Where bands of ways to the lead end, in kilometres.
const BANDS_KM: [f64; 4] = [3.0, 5.0, 10.0, 20.0];

/// Columns no other table or input tells: strengths, who decides, who heads, and units and stages of rules.
const UNCHECKED: [&str; 5] = ["column-points-between", "annex-approval", "annex-head", "column-stage", "column-unit"];

/// Rows as they have to be: cells with the keys of their heads. Columns that are not among them are not checked.
type Rows = Vec<Vec<(&'static str, String)>>;

/// A district as the tables name it.
type District<'a> = (&'a str, &'a [Placed<'a>]);

/// Reads the tables of a folder against its districts.
pub(super) struct Tables<'a> {
    pub(super) folder: &'a Path,
    pub(super) stages: &'a [Grouped<'a>],
    pub(super) language: Language,
    /// Every rule of `evaluation.json`.
    pub(super) rules: &'a [Value],
}

/// A share in per cent with two decimals at most, cut off so that 99.999 % is never said to be all.
fn percent(part: f64, whole: f64) -> String {
    let share = if whole > 0.0 { (1e6 * part / whole).round() / 1e6 } else { 1.0 };
    format!("{}%", (10_000.0 * share + 1e-6).floor() / 100.0)
}

impl Tables<'_> {
    /// A word as the document says it.
    fn word(&self, key: &str) -> String {
        let noun = self.stages.first().and_then(|of| of.settings.policy.noun());
        self.language.text(&self.language.key_with(key, noun))
    }

    /// The districts of a stage in the order of the claims.
    fn districts<'a>(of: &'a Grouped<'_>) -> Vec<District<'a>> {
        let ids = of.claim.and_then(|claim| claim["districts"].as_array());
        let ids = ids.into_iter().flatten().filter_map(|district| district["district_id"].as_str());
        ids.filter_map(|id| of.districts.get_key_value(id)).map(|(id, schools)| (id.as_str(), &schools[..])).collect()
    }

    /// All districts with the stage they are of.
    fn all(&self) -> impl Iterator<Item = (&Grouped<'_>, District<'_>)> {
        self.stages.iter().flat_map(|of| Self::districts(of).into_iter().map(move |district| (of, district)))
    }

    /// Checks every table there is.
    pub(super) fn check(&self, faults: &mut Vec<Message>) -> Result<(), VerifyError> {
        let tables: [(&str, &dyn Fn() -> Rows); 14] = [
            ("annex.csv", &|| self.annex()),
            ("plaques.csv", &|| self.plaques()),
            ("levels.csv", &|| self.levels()),
            ("coverage.csv", &|| self.coverage()),
            ("years.csv", &|| self.years()),
            ("uncovered.csv", &|| self.uncovered()),
            ("ways.csv", &|| self.ways()),
            ("distances.csv", &|| self.distances()),
            ("pairs.csv", &|| self.pairs()),
            ("arcs.csv", &|| self.arcs()),
            ("exchange.csv", &|| self.exchange()),
            ("superiors.csv", &|| self.superiors()),
            ("rules.csv", &|| self.rules()),
            ("breaches.csv", &|| self.breaches()),
        ];
        for (file, reckon) in tables {
            if !self.folder.join(file).exists() {
                continue;
            }
            let found = cells(self.folder, file)?;
            let Some(((_, header), found)) = found.split_first() else { continue };
            let expected = reckon();
            if found.len() != expected.len() {
                let message = Message::new("verify-table-rows").text("file", file).count("found", found.len());
                faults.push(message.count("expected", expected.len()));
                continue;
            }
            let Some(first) = expected.first() else { continue };
            let keys = || first.iter().map(|(key, _)| *key).chain(UNCHECKED);
            if let Some(head) = header.iter().find(|head| keys().all(|key| self.word(key) != **head)) {
                faults.push(Message::new("verify-table-head").text("file", file).text("found", head));
            }
            for ((line, found), expected) in found.iter().zip(&expected) {
                let differs = |(at, head): (usize, &String)| {
                    let (_, cell) = expected.iter().find(|(key, _)| self.word(key) == *head)?;
                    (found.get(at) != Some(cell)).then_some((at, cell))
                };
                if let Some((at, cell)) = header.iter().enumerate().find_map(differs) {
                    let message = Message::new("verify-table-cell").text("file", file).count("row", *line);
                    let message =
                        message.count("column", at + 1).text("found", found.get(at).cloned().unwrap_or_default());
                    faults.push(message.text("expected", cell));
                }
            }
        }
        Ok(())
    }

    /// What a school is in its district, and whether it is a base of teaching research beside.
    fn role(&self, placed: &Placed<'_>) -> String {
        let word = self.word(match (placed.mode.as_str(), placed.leads) {
            ("helping", true) => "role-helps",
            ("helping", false) if !placed.helps => "role-is-helped",
            ("founding", true) => "role-founds",
            ("founding", false) => "role-is-founded-with",
            (_, true) => "role-leads",
            (_, false) if placed.helps => "role-helps",
            (_, false) => "role-member",
        });
        let base = self.base(&self.word("role-base"), placed);
        if base.is_empty() { word } else { [word, base].join(&self.word("annex-between")) }
    }

    /// A name with the stages a school is a base of in brackets; nothing where it is none.
    fn base(&self, name: &str, placed: &Placed<'_>) -> String {
        if placed.base.is_empty() {
            return String::new();
        }
        let stages = placed.base.split('/').filter_map(Stage::from_slug);
        let stages: Vec<String> = stages.map(|stage| stage.message().in_language(self.language)).collect();
        if stages.is_empty() {
            return name.to_owned();
        }
        let remark = stages.join(&self.word("annex-between"));
        Message::new("annex-remark").text("name", name).text("remark", remark).in_language(self.language)
    }

    fn mode(&self, placed: &Placed<'_>) -> String {
        if placed.mode.is_empty() { String::new() } else { self.word(&format!("mode-{}", placed.mode)) }
    }

    /// What the table of districts and the inputs say of each district.
    fn annex(&self) -> Rows {
        let between = self.word("annex-between");
        let of_district = |(_, (_, schools)): (&Grouped<'_>, District<'_>)| {
            let (first, others): (Vec<&Placed<'_>>, Vec<&Placed<'_>>) =
                schools.iter().partition(|placed| placed.leads || placed.helps);
            let lead = |placed: &&Placed<'_>| {
                let name = &placed.school.name;
                let helps = Message::new("annex-helps").text("school", name).in_language(self.language);
                if placed.mode == "helping" { helps } else { name.clone() }
            };
            let members: Vec<&str> = others.iter().map(|placed| placed.school.name.as_str()).collect();
            let mut counties: Vec<&str> =
                schools.iter().filter_map(|placed| placed.school.standing.county.as_deref()).collect();
            counties.sort_unstable();
            counties.dedup();
            let word = |prefix: &str, slug: &str| {
                if slug.is_empty() { String::new() } else { self.word(&format!("{prefix}-{slug}")) }
            };
            let bases = schools.iter().map(|placed| self.base(&placed.school.name, placed));
            let bases: Vec<String> = bases.filter(|base| !base.is_empty()).collect();
            vec![
                ("annex-name", schools[0].district.clone()),
                ("annex-kind", self.mode(&schools[0])),
                ("annex-lead", first.iter().map(lead).collect::<Vec<String>>().join(&between)),
                ("annex-members", members.join(&between)),
                ("annex-plaques", schools.len().to_string()),
                ("annex-part-or-group", self.kind(&schools[0])),
                ("annex-county", counties.join(&between)),
                ("annex-year", schools[0].year.clone()),
                ("annex-governance", word("governance", &schools[0].governance)),
                ("annex-status", word("status", &schools[0].status)),
                ("annex-approved", schools[0].approved.clone()),
                ("annex-crosses-counties", self.yes_or_no(counties.len() > 1)),
                ("annex-crosses-stages", self.yes_or_no(crosses_stages(schools))),
                ("annex-crosses-levels", self.yes_or_no(crosses(schools, |school| school.standing.authority()))),
                ("role-base", bases.join(&between)),
            ]
        };
        self.all().map(of_district).collect()
    }

    fn yes_or_no(&self, is_so: bool) -> String {
        self.word(if is_so { "word-yes" } else { "word-no" })
    }

    fn kind(&self, placed: &Placed<'_>) -> String {
        self.word(if placed.is_of_district() { "kind-district" } else { "kind-group" })
    }

    fn plaques(&self) -> Rows {
        let of_school = |name: &str, district: &str, role: String, count: &str, kind: String| {
            let cells = [name.to_owned(), district.to_owned(), role, count.to_owned(), kind];
            ["plaques-school", "annex-name", "plaques-role", "plaques-count", "annex-part-or-group"]
                .into_iter()
                .zip(cells)
                .collect::<Vec<(&str, String)>>()
        };
        let of_district = |(_, (_, schools)): (&Grouped<'_>, District<'_>)| {
            let of = |placed: &Placed<'_>| {
                of_school(&placed.school.name, &placed.district, self.role(placed), "1", self.kind(placed))
            };
            schools.iter().map(of).collect::<Rows>()
        };
        let mut rows: Rows = self.all().flat_map(of_district).collect();
        for of in self.stages {
            let outside = of.own().filter(|school| of.district_of(school).is_none());
            rows.extend(outside.map(|school| of_school(&school.name, "", String::new(), "0", String::new())));
        }
        rows
    }

    fn levels(&self) -> Rows {
        let of_level = |(level, counts): (&str, super::grouping_figures::Counts)| {
            vec![
                ("column-level", self.word(&format!("level-{level}"))),
                ("column-groups", counts.groups.to_string()),
                ("column-memberships", counts.schools.to_string()),
                ("column-pupils", counts.pupils.to_string()),
            ]
        };
        self.stages.iter().flat_map(Grouped::levels).map(of_level).collect()
    }

    /// The years a stage has, none where it has none.
    fn years_of(of: &Grouped<'_>) -> Vec<u16> {
        let told = of.subject().filter_map(|(_, schools)| schools[0].year.parse::<u16>().ok());
        let mut years: Vec<u16> = of.settings.policy.phases.iter().map(|phase| phase.year).chain(told).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// The counties with their schools and those covered by the end of a year, or at all; all of them at the end.
    fn covered(&self, of: &Grouped<'_>, until: Option<u16>) -> Vec<(String, usize, usize)> {
        let counts = |name: Option<&str>| {
            let own = || of.due().filter(|school| name.is_none() || school.standing.county.as_deref() == name);
            let is_in = |school: &&School| {
                let is_it = |placed: &Placed<'_>| placed.school.id == school.id;
                let has_begun = |year: &str, until: u16| year.parse::<u16>().is_ok_and(|year| year <= until);
                match until {
                    None => of.covering().flatten().any(is_it),
                    Some(until) => {
                        let mut all = of.subject().flat_map(|(_, schools)| schools);
                        all.any(|placed| is_it(placed) && has_begun(&placed.year, until))
                    }
                }
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
                    vec![
                        ("column-stage", of.stage.of_schools().in_language(self.language)),
                        ("annex-year", said.clone()),
                        ("annex-county", name),
                        ("column-compulsory", schools.to_string()),
                        ("column-covered", covered.to_string()),
                        ("column-share", share),
                    ]
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
                let all = || of.subject().map(|(_, schools)| schools);
                let of_year = || all().filter(|schools| begins(schools) == Some(year));
                let so_far = all().filter(|schools| begins(schools).is_some_and(|of| of <= year));
                let (groups, so_far) = (of_year().count(), so_far.count());
                let mut cells = vec![
                    ("annex-year", year.to_string()),
                    ("column-groups", groups.to_string()),
                    ("column-groups-so-far", so_far.to_string()),
                ];
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
                        ("column-integrated", run.to_string()),
                        ("column-integrated-share", percent(run as f64, groups.max(1) as f64)),
                        ("column-centre-groups", of_year().filter(in_centre).count().to_string()),
                        ("column-least-coverage", least.map_or_else(String::new, |of| of.0.clone())),
                        ("column-share", least.map_or_else(String::new, |of| percent(of.2 as f64, of.1 as f64))),
                    ]);
                }
                rows.push(cells);
            }
        }
        rows
    }

    /// Schools that no stage covers.
    fn uncovered(&self) -> Rows {
        let Some(first) = self.stages.first() else { return Rows::new() };
        let is_out = |school: &School, of: &Grouped<'_>| {
            of.due().any(|due| due.id == school.id) && !of.covering().flatten().any(|own| own.school.id == school.id)
        };
        let out = first.county.schools.iter().filter(|school| self.stages.iter().all(|of| is_out(school, of)));
        out.map(|school| {
            vec![
                ("column-id", school.id.clone()),
                ("plaques-school", school.name.clone()),
                ("annex-county", school.standing.county.clone().unwrap_or_default()),
            ]
        })
        .collect()
    }

    fn ways(&self) -> Rows {
        let mut rows = Rows::new();
        for (_, (_, schools)) in self.all() {
            if schools.iter().all(|placed| !placed.leads) {
                continue;
            }
            for (from, to) in ways(schools) {
                let km = apart(from, to) / 1000.0;
                let band = match BANDS_KM.iter().position(|end| km < *end) {
                    Some(0) => format!("<{}", BANDS_KM[0]),
                    Some(at) => format!("{}–{}", BANDS_KM[at - 1], BANDS_KM[at]),
                    None => format!("≥{}", BANDS_KM[BANDS_KM.len() - 1]),
                };
                rows.push(vec![
                    ("plaques-school", from.name.clone()),
                    ("annex-name", schools[0].district.clone()),
                    ("annex-lead", to.name.clone()),
                    ("column-km", format!("{km:.1}")),
                    ("column-band", band),
                ]);
            }
        }
        rows
    }

    fn distances(&self) -> Rows {
        let mut rows = Rows::new();
        for (_, (_, schools)) in self.all() {
            for (at, from) in schools.iter().enumerate() {
                rows.extend(schools[at + 1..].iter().map(|to| {
                    let metres = format!("{:.0}", apart(from.school, to.school));
                    vec![
                        ("annex-name", from.district.clone()),
                        ("column-school-from", from.school.name.clone()),
                        ("column-school-to", to.school.name.clone()),
                        ("column-straight-metres", metres),
                    ]
                }));
            }
        }
        rows
    }

    /// Leads with their partners.
    fn pairs(&self) -> Rows {
        let mut rows = Rows::new();
        for (of, (_, schools)) in self.all().filter(|(of, (id, _))| of.subject().any(|(subject, _)| subject == id)) {
            let Some(lead) = schools.iter().find(|placed| placed.leads) else { continue };
            let members = schools.iter().filter(|placed| !placed.leads);
            rows.extend(members.map(|member| self.couple(of, ["column-lead", "column-partner"], lead, member)));
        }
        rows
    }

    /// Where town helps country: who is helped, with the nearest who helps.
    fn arcs(&self) -> Rows {
        let mut rows = Rows::new();
        for (of, (_, schools)) in self.all().filter(|(_, (_, schools))| schools[0].is_in_helping_district()) {
            let (helping, helped): (Vec<&Placed<'_>>, Vec<&Placed<'_>>) =
                schools.iter().partition(|placed| placed.helps);
            for member in helped {
                let way = |helper: &&&Placed<'_>| apart(helper.school, member.school);
                let nearest = helping.iter().min_by(|one, other| way(one).total_cmp(&way(other)));
                rows.extend(nearest.map(|helper| self.couple(of, ["role-helps", "role-is-helped"], helper, member)));
            }
        }
        rows
    }

    /// Two schools; how many points are between them is internal to strengths and not checked.
    fn couple(
        &self,
        of: &Grouped<'_>,
        heads: [&'static str; 2],
        first: &Placed<'_>,
        second: &Placed<'_>,
    ) -> Vec<(&'static str, String)> {
        let metres = apart(first.school, second.school);
        let towns = first.school.town.as_ref().zip(second.school.town.as_ref());
        vec![
            (heads[0], first.school.name.clone()),
            (heads[1], second.school.name.clone()),
            ("column-km", format!("{:.1}", metres / 1000.0)),
            ("column-same-town", towns.map_or_else(String::new, |(one, other)| self.yes_or_no(one == other))),
            ("column-remote", self.yes_or_no(metres > of.settings.policy.remote_m)),
        ]
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
            let is_advice = wanted.advised_across_levels && crosses_stages(schools);
            rows.push(vec![
                ("annex-name", schools[0].district.clone()),
                ("column-eligible", eligible.to_string()),
                ("column-needed", needed.to_string()),
                ("column-needed-backbone", backbone.to_string()),
                ("column-exchanged", told(exchanged)),
                ("column-exchanged-backbone", told(sum(|school| school.standing.staff.exchanged_backbone))),
                ("column-advice", self.yes_or_no(is_advice)),
            ]);
        }
        rows
    }

    /// Every rule with its verdict, as `evaluation.json` has it.
    fn rules(&self) -> Rows {
        let of_rule = |rule: &Value| {
            let text = |field: &str| rule[field].as_str().unwrap_or_default().to_owned();
            let number = |field: &str| if rule["untold"].is_null() { plain(&rule[field]) } else { String::new() };
            vec![
                ("column-id", text("id")),
                ("column-rule", text("text")),
                ("column-source", text("source")),
                ("column-kind", self.word(if rule["hard"] == true { "rule-hard" } else { "rule-soft" })),
                ("column-verdict", self.word(&format!("verdict-{}", text("verdict")))),
                ("column-measured", number("value")),
                ("column-limit", number("limit")),
                ("column-measured-of", text("worst")),
                ("column-breaches", plain(&rule["breach_count"])),
                ("column-untold", text("untold")),
            ]
        };
        self.rules.iter().map(of_rule).collect()
    }

    /// Whoever breaks a rule, as `evaluation.json` has it.
    fn breaches(&self) -> Rows {
        let of_rule = |rule: &Value| {
            let of_breach = |breach: &Value| {
                let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
                vec![
                    ("column-rule-id", text(&rule["id"])),
                    ("column-rule", text(&rule["text"])),
                    ("column-id", text(&breach["id"])),
                    ("column-breaker", text(&breach["name"])),
                    ("column-amount", plain(&breach["by"])),
                    ("column-mend", text(&breach["mend"])),
                ]
            };
            rule["breaches"].as_array().into_iter().flatten().map(of_breach).collect::<Rows>()
        };
        self.rules.iter().flat_map(of_rule).collect()
    }

    fn superiors(&self) -> Rows {
        let mut of_superior: BTreeMap<&str, Rows> = BTreeMap::new();
        let mut of_none = Rows::new();
        let untold = self.word("word-superior-untold");
        for of in self.stages {
            for school in of.own() {
                let superior = school.standing.superior.as_deref();
                let mut cells = vec![
                    ("column-superior", superior.unwrap_or(&untold).to_owned()),
                    ("plaques-school", school.name.clone()),
                ];
                // A school in several groups is told of one of them.
                if of.times(school) < 2 {
                    let place = of.district_of(school);
                    let cell = |of: &dyn Fn(&Placed<'_>) -> String| place.map_or_else(String::new, of);
                    cells.extend([
                        ("annex-name", cell(&|placed| placed.district.clone())),
                        ("annex-kind", cell(&|placed| self.mode(placed))),
                        ("plaques-role", cell(&|placed| self.role(placed))),
                    ]);
                }
                match superior {
                    Some(superior) => of_superior.entry(superior).or_default().push(cells),
                    None => of_none.push(cells),
                }
            }
        }
        of_superior.into_values().flatten().chain(of_none).collect()
    }
}

/// A number as tables have it: without decimals where it has none.
fn plain(number: &Value) -> String {
    match number.as_f64() {
        Some(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Some(number) => number.to_string(),
        None => String::new(),
    }
}

/// What `evaluation.json` says twice is the same in the tables beside it: spreads, the national standard, moves of teachers and ways
/// round have as many rows as claims.
pub(super) fn counts(folder: &Path, claims: &Value, faults: &mut Vec<Message>) -> Result<(), VerifyError> {
    let list = |value: &Value| value.as_array().map_or(0, Vec::len);
    let of_stages =
        |field: &str| claims["stages"].as_array().into_iter().flatten().map(|claim| list(&claim[field])).sum();
    let counts: [(&str, usize); 4] = [
        ("spreads.csv", of_stages("spreads")),
        ("standard.csv", of_stages("standards")),
        ("transfers.csv", of_stages("transfers")),
        ("detours.csv", of_stages("detours")),
    ];
    for (file, expected) in counts.into_iter().filter(|(file, _)| folder.join(file).exists()) {
        let found = cells(folder, file)?.len().saturating_sub(1);
        if found != expected {
            let message = Message::new("verify-table-rows").text("file", file).count("found", found);
            faults.push(message.count("expected", expected));
        }
    }
    Ok(())
}
