//! The folder of `xuequ group`, checked against the table of schools: who is where, sizes, and the sums.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::grouping_tables::{self, Tables};
use super::output::{Row, json, sha256, table};
use super::{Check, Kind, Verdict, VerifyError, grouping_bound, grouping_crossing};
use crate::language::{Language, Message};
use crate::model::settings::Settings;
use crate::model::{County, DistrictKind, Governance, Level, Mode, School, Stage, Status};

/// Sums are written to a tenth of a metre and a hundredth of a point; each of so many districts may add half of that.
const ROUNDED: f64 = 0.06;

/// The files every such folder has beside the manifest, which lists them and all others.
const FILES: [&str; 5] = ["annex.csv", "districts.csv", "evaluation.json", "plaques.csv", "report.md"];

/// What the role of a lead is called.
const LEADS: [&str; 5] = ["lead", "牵头校", "核心校", "创建校", "帮扶校"];

/// The word of files for a word of the documents; what is neither stays as it is.
fn slug(cell: &str, slug_of: fn(&str) -> Option<&'static str>) -> String {
    slug_of(cell).unwrap_or(cell).to_owned()
}

/// A school of the table of districts.
pub(super) struct Placed<'a> {
    pub(super) school: &'a School,
    /// The name of the district.
    pub(super) district: String,
    pub(super) leads: bool,
    /// Whether it helps others of its district, as a lead or beside it.
    pub(super) helps: bool,
    /// Of which stages it is a base of teaching research, `yes` where that is not told; empty where it is none.
    pub(super) base: String,
    kind: String,
    pub(super) mode: String,
    pub(super) governance: String,
    pub(super) year: String,
    pub(super) status: String,
    pub(super) approved: String,
}

impl Placed<'_> {
    pub(super) fn is_of_district(&self) -> bool {
        is_of_district(&self.kind)
    }

    /// Whether town helps country in its district.
    pub(super) fn is_in_helping_district(&self) -> bool {
        self.mode == "helping"
    }
}

/// Checks the folder, whose manifest is known, against the county of its inputs.
pub(super) fn check(
    folder: &Path,
    manifest: &Value,
    settings: &Settings,
    inputs: Check,
    county: &County,
) -> Result<Verdict, VerifyError> {
    // Groups are of schools, whatever sites these have.
    let county = &county.clone().of_whole_schools();
    let mut faults: Vec<Message> = Vec::new();
    let listed = manifest["outputs"].as_object();
    for file in FILES.into_iter().filter(|file| listed.is_none_or(|listed| !listed.contains_key(*file))) {
        faults.push(Message::new("verify-output-unlisted").text("file", file));
    }
    for (file, expected) in listed.into_iter().flatten() {
        // A name with a path in it is none of this folder's.
        let is_here = Path::new(file).components().count() == 1;
        let found = is_here.then(|| std::fs::read(folder.join(file)).ok()).flatten().map(|bytes| sha256(&bytes));
        if found.as_deref() != expected.as_str() || found.is_none() {
            faults.push(Message::new("verify-output-changed").text("file", file));
        }
    }
    let mut checks = vec![Check::new("files", Kind::Claim, faults), inputs];
    let rows = table(folder, "districts.csv")?;
    let claims = json(folder, "evaluation.json")?;
    let all_rules = claims["rules"].as_array().map_or(&[][..], Vec::as_slice);
    let (mut of_table, mut rules, mut sums, mut bounds) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let stages: Vec<Stage> = match (settings.policy.stage, settings.districts.across_stages) {
        (Some(only), _) => vec![only],
        (None, true) => vec![Stage::All],
        (None, false) => county.stages.clone(),
    };
    let joined = settings.districts.across_stages.then(|| county.clone().across_stages());
    let counted = joined.as_ref().unwrap_or(county);
    let pupils: BTreeMap<&str, u32> =
        counted.schools.iter().map(|school| (school.id.as_str(), school.pupils())).collect();
    let mut grouped = Vec::new();
    for stage in stages {
        let is_of_stage = |of: &&Value| of["stage"] == stage.slug();
        let claim = claims["stages"].as_array().into_iter().flatten().find(is_of_stage);
        let claimed_rules: Vec<&Value> = all_rules.iter().filter(is_of_stage).collect();
        let districts = districts_of(stage, &rows, county, settings, &mut of_table, &mut rules);
        grouped.push(Grouped { stage, districts, claim, claimed_rules, settings, county, pupils: &pupils });
    }
    for of_stage in &grouped {
        of_stage.check_rules(&mut rules);
        of_stage.check_sums(&mut sums);
        if let Some(claim) = of_stage.claim {
            of_stage.check_bound(folder, claim, &mut bounds)?;
            check_frontier(claim, &mut sums);
            of_stage.check_verdicts(claim, &mut sums, &mut rules);
            of_stage.check_figures(claim, &mut sums);
            grouping_crossing::check(of_stage, claim, &mut sums);
        }
    }
    let is_broken = |rule: &Value| rule["hard"] == true && rule["verdict"] == "broken";
    if claims["hard_rules_kept"] != !all_rules.iter().any(is_broken) {
        sums.push(Message::new("verify-rules-summary").text("found", claims["hard_rules_kept"].to_string()));
    }
    let language = manifest["language"].as_str().and_then(Language::from_tag).unwrap_or(Language::English);
    let mut tables = Vec::new();
    Tables { folder, stages: &grouped, language, rules: all_rules }.check(&mut tables)?;
    grouping_tables::counts(folder, &claims, &mut tables)?;
    let is_proved = |of: &Grouped<'_>| of.claim.is_some_and(|claim| !claim["bound"].is_null());
    let has_bound = grouped.iter().any(is_proved);
    checks.push(Check::new("districts", Kind::Claim, of_table));
    checks.push(Check::new("grouping-rules", Kind::Rule, rules));
    checks.push(Check::new("grouping-sums", Kind::Claim, sums));
    checks.push(Check::new("grouping-tables", Kind::Claim, tables));
    // What nobody claims is not said to hold.
    if has_bound {
        checks.push(Check::new("bound", Kind::Claim, bounds));
    }
    Ok(Verdict { checks })
}

/// Who is in each district of a stage; every school must be in one, under the name it has, and every district have one lead.
fn districts_of<'a>(
    stage: Stage,
    rows: &[Row],
    county: &'a County,
    settings: &Settings,
    faults: &mut Vec<Message>,
    rules: &mut Vec<Message>,
) -> BTreeMap<String, Vec<Placed<'a>>> {
    let by_id: BTreeMap<&str, &School> = county.schools.iter().map(|school| (school.id.as_str(), school)).collect();
    let mut districts: BTreeMap<String, Vec<Placed<'a>>> = BTreeMap::new();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let kinds = rows.iter().filter_map(|(_, row)| row.get("kind")).filter(|kind| kind.starts_with(stage.slug()));
    // Groups lie over districts: where there are both, a school is in several.
    let has_districts = kinds.clone().any(|kind| is_of_district(kind));
    let is_about_groups = settings.policy.kind() == Some(DistrictKind::Group);
    let all_are = settings.policy.everyone && (has_districts != is_about_groups || settings.groups.is_none());
    for (line, row) in rows {
        // A column that is missing is one of empty cells.
        let cell = |column: &str| row.get(column).map_or("", String::as_str);
        if !cell("kind").starts_with(stage.slug()) {
            continue;
        }
        let Some(school) = by_id.get(cell("school_id")) else {
            faults.push(Message::new("verify-row-school").count("row", *line).text("name", cell("school_id")));
            continue;
        };
        if school.name != cell("school_name") {
            let message = Message::new("verify-cell").count("row", *line).text("column", "school_name");
            faults.push(message.text("found", cell("school_name")).text("expected", &school.name));
        }
        let phase = settings.project.year.as_deref().unwrap_or_default();
        if cell("phase") != phase {
            let message = Message::new("verify-cell").count("row", *line).text("column", "phase");
            faults.push(message.text("found", cell("phase")).text("expected", phase));
        }
        if !has_districts || is_of_district(cell("kind")) {
            *times.entry(school.id.as_str()).or_default() += 1;
        }
        // Of several schools that help, the first stands for all where none leads.
        let has_lead = |schools: &Vec<Placed<'_>>| schools.iter().any(|placed| placed.leads);
        let is_beside = cell("role") == "帮扶校" && districts.get(cell("district_id")).is_some_and(has_lead);
        let placed = Placed {
            school,
            district: cell("name").to_owned(),
            leads: LEADS.contains(&cell("role")) && !is_beside,
            helps: is_beside || cell("role") == "helper" || LEADS.contains(&cell("role")),
            base: cell("research_base").to_owned(),
            kind: cell("kind").to_owned(),
            mode: slug(cell("mode"), |word| Mode::from_word(word).map(Mode::slug)),
            governance: slug(cell("governance"), |word| Governance::from_word(word).map(Governance::slug)),
            year: cell("year").to_owned(),
            status: slug(cell("status"), |word| Status::from_word(word).map(Status::slug)),
            approved: cell("approved").to_owned(),
        };
        districts.entry(cell("district_id").to_owned()).or_default().push(placed);
    }
    for school in county.schools.iter().filter(|school| belongs(school, stage, settings)) {
        let times = times.get(school.id.as_str()).copied().unwrap_or(0);
        // Given groups may leave schools out or have them twice; made ones only as far as the settings let them.
        let is_given = settings.groups.is_some();
        let is_right = times == 1 || (times == 0 && !all_are) || (times > 1 && is_given && !has_districts);
        if !is_right {
            let message = Message::new("verify-school-districts").text("school", &school.name).count("times", times);
            // Where nobody may lead, there are none, and the rules say so.
            if is_given || districts.is_empty() { rules.push(message) } else { faults.push(message) }
        }
    }
    for (district, schools) in &districts {
        let leads = schools.iter().filter(|placed| placed.leads).count();
        let may_lack = schools.iter().any(|placed| {
            (settings.policy.lead_optional && placed.governance == "rotating")
                || (placed.mode == "helping" && placed.helps)
        });
        let is_judged = leads > 1 || is_subject(&schools[0].kind, settings, has_districts);
        if is_judged && leads != 1 && !(leads == 0 && may_lack) {
            let message = Message::new("verify-district-leads").text("district", district).count("count", leads);
            if settings.groups.is_none() || leads > 1 { faults.push(message) } else { rules.push(message) }
        }
    }
    districts
}

/// Whether a school is among those a stage's districts are made of.
fn belongs(school: &School, stage: Stage, settings: &Settings) -> bool {
    if settings.districts.across_stages { school.is_compulsory() } else { school.serves(stage) }
}

/// Whether a word of the column `kind` is that of a district, and not of a group that lies over districts.
fn is_of_district(kind: &str) -> bool {
    kind.ends_with("-district")
}

/// Whether it is what the document is about: its kind; without a document districts, where there are any.
fn is_subject(kind: &str, settings: &Settings, has_districts: bool) -> bool {
    match settings.policy.kind() {
        Some(of_document) => is_of_district(kind) == (of_document == DistrictKind::District),
        None => is_of_district(kind) == has_districts,
    }
}

/// The districts of a stage, with what they are checked against.
pub(super) struct Grouped<'a> {
    pub(super) stage: Stage,
    pub(super) districts: BTreeMap<String, Vec<Placed<'a>>>,
    /// What `evaluation.json` says of the stage.
    pub(super) claim: Option<&'a Value>,
    /// The rules of the stage there.
    pub(super) claimed_rules: Vec<&'a Value>,
    pub(super) settings: &'a Settings,
    pub(super) county: &'a County,
    /// The pupils of each school by its id, its stages joined where the settings join them.
    pub(super) pupils: &'a BTreeMap<&'a str, u32>,
}

impl<'a> Grouped<'a> {
    fn has(&self, is_district: bool) -> bool {
        self.districts.values().any(|schools| is_of_district(&schools[0].kind) == is_district)
    }

    /// What the document is about.
    pub(super) fn subject(&self) -> impl Iterator<Item = (&String, &Vec<Placed<'a>>)> {
        let has_districts = self.has(true);
        self.districts.iter().filter(move |(_, schools)| is_subject(&schools[0].kind, self.settings, has_districts))
    }

    /// What covers schools: what the document is about, without one groups, where there are any.
    pub(super) fn covering(&self) -> impl Iterator<Item = &Vec<Placed<'a>>> {
        let (has_groups, has_document) = (self.has(false), self.settings.policy.kind().is_some());
        let has_districts = self.has(true);
        let covers = move |kind: &str| {
            if has_document {
                is_subject(kind, self.settings, has_districts)
            } else {
                is_of_district(kind) != has_groups
            }
        };
        self.districts.values().filter(move |schools| covers(&schools[0].kind))
    }
}

impl Grouped<'_> {
    fn belongs(&self, school: &School) -> bool {
        belongs(school, self.stage, self.settings)
    }

    /// The schools the districts of the stage are made of.
    pub(super) fn own(&self) -> impl Iterator<Item = &School> {
        self.county.schools.iter().filter(|school| self.belongs(school))
    }

    /// Those of them that have to be in a group: of compulsory education.
    pub(super) fn due(&self) -> impl Iterator<Item = &School> {
        self.own().filter(|school| school.is_compulsory())
    }

    /// Where a school is.
    pub(super) fn district_of(&self, school: &School) -> Option<&Placed<'_>> {
        self.districts.values().flatten().find(|placed| placed.school.id == school.id)
    }

    /// In how many districts it is.
    pub(super) fn times(&self, school: &School) -> usize {
        self.districts.values().flatten().filter(|placed| placed.school.id == school.id).count()
    }

    /// Sizes, county lines and new schools: the rules that need nothing but the tables.
    fn check_rules(&self, faults: &mut Vec<Message>) {
        let Grouped { settings, county, .. } = self;
        let policy = &settings.policy;
        let is_small = |school: &School| is_small(school, policy.small_school);
        // Groups should keep within a county where that is asked; districts must.
        let within_county = policy.within_county && policy.kind() != Some(DistrictKind::Group);
        for (district, schools) in self.subject() {
            let home = |school: &School| (school.standing.county.clone(), school.town.clone());
            let follows = |placed: &&Placed<'_>| {
                let own = home(placed.school);
                let central = schools.iter().any(|other| other.school.standing.central && home(other.school) == own);
                is_small(placed.school) && own.1.is_some() && central
            };
            let following = if policy.with_central_school { schools.iter().filter(follows).count() } else { 0 };
            let in_centre = middle(schools).is_some_and(|school| school.standing.centre);
            let [fewest, most] = match policy.centre_schools {
                Some(bounds) if in_centre => bounds,
                _ => settings.districts.schools,
            };
            let counted = schools.len() - following;
            if !(fewest..=most).contains(&counted) {
                let message = Message::new("verify-district-size").text("district", district);
                faults.push(message.count("schools", counted).count("fewest", fewest).count("most", most));
            }
            let of_school = |placed: &Placed<'_>| self.pupils.get(placed.school.id.as_str()).copied().unwrap_or(0);
            let pupils: u32 = schools.iter().map(of_school).sum();
            if settings.districts.pupils.is_some_and(|[least, most]| !(least..=most).contains(&pupils)) {
                let message = Message::new("verify-district-pupils").text("district", district);
                faults.push(message.count("pupils", pupils));
            }
            let counties: BTreeSet<&str> =
                schools.iter().filter_map(|placed| placed.school.standing.county.as_deref()).collect();
            if within_county && counties.len() > 1 {
                let names: Vec<&str> = counties.into_iter().collect();
                let message = Message::new("verify-district-counties").text("district", district);
                faults.push(message.text("counties", names.join("、")));
            }
        }
        let in_district = |school: &School| self.covering().flatten().any(|placed| placed.school.id == school.id);
        for school in county.schools.iter().filter(|school| policy.new_schools && school.is_new_public()) {
            if !in_district(school) {
                let message = Message::new("verify-school-districts").text("school", &school.name);
                faults.push(message.count("times", 0_usize));
            }
        }
    }

    /// Judges locks, coverage and years again, by numbers that are themselves reckoned anew; what hard rules are said to be broken
    /// is told, whoever judged them.
    fn check_verdicts(&self, claim: &Value, faults: &mut Vec<Message>, broken: &mut Vec<Message>) {
        let Grouped { districts, settings, county, .. } = self;
        let policy = &settings.policy;
        let rules = &self.claimed_rules;
        let mut judged: Vec<(&str, bool)> = Vec::new();
        let number = |value: &Value| value.as_f64().unwrap_or(0.0);
        // Shares of whole schools and groups, less what rounding may take.
        let reaches = |part: f64, share: f64, whole: f64| part >= share * whole - 1e-9;
        let coverage = &claim["coverage"];
        for (id, limit) in [("coverage", policy.coverage), ("coverage-goal", policy.coverage_goal)] {
            let is_kept = |limit| reaches(number(&coverage["covered_schools"]), limit, number(&coverage["schools"]));
            judged.extend(limit.map(|limit| (id, is_kept(limit))));
        }
        let of_year = |year: u16| claim["phases"].as_array().into_iter().flatten().find(move |of| of["year"] == year);
        let years = || policy.phases.iter().filter_map(|wanted| Some((wanted, of_year(wanted.year)?)));
        if !policy.phases.is_empty() {
            let enough = years().all(|(wanted, there)| number(&there["groups"]) >= wanted.groups as f64);
            judged.push(("phase-groups", enough));
            if let Some(share) = policy.integrated_share {
                let is_run = |placed: &Placed<'_>| matches!(placed.mode.as_str(), "integrated" | "trusteeship");
                let subject: Vec<_> = self.subject().map(|(_, schools)| &schools[0]).collect();
                let of_all = subject.iter().filter(|first| is_run(first)).count();
                let each = years()
                    .all(|(_, there)| reaches(number(&there["integrated_groups"]), share, number(&there["groups"])));
                judged.push(("phase-integrated", each && reaches(of_all as f64, share, subject.len() as f64)));
            }
        }
        let of_groups = || districts.values().map(|schools| &schools[0]);
        if of_groups().any(|group| !group.status.is_empty() || !group.approved.is_empty()) {
            let is_due = |group: &&Placed<'_>| group.status == "carried-out";
            judged.push(("approved-first", of_groups().filter(is_due).all(|group| !group.approved.is_empty())));
        }
        let leads_of = |school: &School| -> Vec<&str> {
            let own = districts.values().filter(|schools| schools.iter().any(|placed| placed.school.id == school.id));
            own.flatten().filter(|placed| placed.leads).map(|placed| placed.school.id.as_str()).collect()
        };
        let held = county.locked_leads().map(|(school, lead)| (county.school(school), county.school(lead)));
        let held: Vec<(&School, &School)> = held.collect();
        // Where stages are grouped each for itself, a district says nothing of the locks of another stage.
        let only = policy.stage.or(match county.stages[..] {
            [only] => Some(only),
            _ => None,
        });
        let is_told = rules.iter().any(|rule| rule["id"] == "district-locks");
        if is_told && (only.is_some() || settings.districts.across_stages) {
            let belongs = |of: &School| only.map_or(of.is_compulsory(), |stage| of.serves(stage));
            let mut due = held.iter().filter(|(school, lead)| belongs(school) && belongs(lead));
            judged.push(("district-locks", due.all(|(school, lead)| leads_of(school).contains(&lead.id.as_str()))));
        }
        // A verdict says whether anybody breaks the rule.
        for rule in rules {
            let is_broken = rule["breach_count"] != 0;
            if (rule["verdict"] == "broken") != is_broken {
                faults.push(Message::new("verify-grouping-rule").text("rule", rule["id"].as_str().unwrap_or_default()));
            }
        }
        for (id, is_kept) in judged {
            let found = rules.iter().find(|rule| rule["id"] == id).map(|rule| rule["verdict"] == "kept");
            if found != Some(is_kept) {
                faults.push(Message::new("verify-grouping-rule").text("rule", id));
            }
        }
        for rule in rules.iter().filter(|rule| rule["hard"] == true && rule["verdict"] == "broken") {
            let named = rule["breach_count"].as_u64().unwrap_or(0);
            let text = rule["text"].as_str().unwrap_or_default();
            broken.push(Message::new("verify-rule-broken").text("rule", text).count("count", named));
        }
    }

    /// Proves the bound again, where one is claimed.
    fn check_bound(&self, folder: &Path, claim: &Value, faults: &mut Vec<Message>) -> Result<(), VerifyError> {
        if claim["bound"].is_null() {
            return Ok(());
        }
        let joined = self.settings.districts.across_stages.then(|| self.county.clone().across_stages());
        let members = self.districts.iter().map(|(district, schools)| {
            (district.as_str(), schools.iter().map(|placed| placed.school.id.as_str()).collect())
        });
        let home = |school: &School| (school.standing.county.clone(), school.town.clone());
        let is_small = |school: &School| is_small(school, self.settings.policy.small_school);
        let follows = |id: &str| {
            let own = self.county.schools.iter().find(|school| school.id == id);
            let is_central = |of: &&School| self.belongs(of) && of.standing.central;
            self.settings.policy.with_central_school
                && own.is_some_and(|own| {
                    let mut central = self.county.schools.iter().filter(is_central);
                    is_small(own) && own.town.is_some() && central.any(|of| home(of) == home(own))
                })
        };
        let checked = grouping_bound::Checked {
            county: joined.as_ref().unwrap_or(self.county),
            settings: self.settings,
            stage: self.stage,
            members: members.collect(),
            follows: &follows,
        };
        let file = format!("grouping-bound-{}.json", self.stage);
        let certificate = if folder.join(&file).exists() { Some(json(folder, &file)?) } else { None };
        faults.extend(grouping_bound::check(&checked, &claim["bound"], certificate.as_ref()));
        Ok(())
    }

    /// Reckons metres, plaques and, where strengths are given, points anew.
    fn check_sums(&self, faults: &mut Vec<Message>) {
        let Grouped { districts, claim, settings, county, .. } = self;
        let own = || county.schools.iter().filter(|school| self.belongs(school));
        let given: Vec<f64> = own().filter_map(|school| school.strength).collect();
        let all_given = given.len() == own().count();
        let mean = given.iter().sum::<f64>() / given.len().max(1) as f64;
        let (mut metres, mut points, mut plaques) = (0.0, 0.0, [0_usize; 2]);
        let has_both = self.has(true) && self.has(false);
        let with_plaques: BTreeSet<&String> = self.subject().map(|(id, _)| id).collect();
        for (id, schools) in districts {
            metres += ways(schools).into_iter().map(|(from, to)| apart(from, to)).sum::<f64>();
            for placed in schools.iter().filter(|_| !has_both || with_plaques.contains(id)) {
                plaques[usize::from(!placed.leads || placed.kind.contains("helping"))] += 1;
            }
            let own = schools.iter().filter(|placed| self.belongs(placed.school));
            let apart = own.filter_map(|placed| placed.school.strength).map(|strength| strength - mean);
            points += apart.sum::<f64>().abs();
        }
        let mut compare = |field: &str, found: &Value, expected: f64, within: f64| {
            if !found.as_f64().is_some_and(|found| (found - expected).abs() <= within) {
                let message = Message::new("verify-grouping-sum").text("field", field).text("found", found.to_string());
                faults.push(message.decimal("expected", expected, 2));
            }
        };
        let none = Value::Null;
        let claimed = |field: &str| claim.map_or(&none, |claim| &claim[field]);
        compare("to_lead_m", claimed("to_lead_m"), metres, ROUNDED);
        compare("plaques.lead", &claimed("plaques")["lead"], plaques[0] as f64, 0.0);
        compare("plaques.member", &claimed("plaques")["member"], plaques[1] as f64, 0.0);
        // Strengths that are computed from indicators are internal, and no table holds them.
        if all_given {
            compare("points_apart", claimed("points_apart"), points, ROUNDED);
            if let Some(weight) = settings.districts.metres_per_point {
                compare("sum_m", claimed("sum_m"), metres + weight * points, ROUNDED * (1.0 + weight));
            }
        }
    }
}

/// The school ways are measured to: the lead, else the one to which the ways of all are shortest together, the first of equals.
/// Straight metres between two gates.
pub(super) fn apart(one: &School, other: &School) -> f64 {
    let way = one.gate - other.gate;
    way.x.hypot(way.y)
}

/// Whose ways there are, and to whom: to the lead or the middle; where town helps country to the nearest that helps.
pub(super) fn ways<'a>(schools: &[Placed<'a>]) -> Vec<(&'a School, &'a School)> {
    let helpers: Vec<&'a School> = schools.iter().filter(|placed| placed.helps).map(|placed| placed.school).collect();
    if schools.iter().any(Placed::is_in_helping_district) && !helpers.is_empty() {
        let helped = schools.iter().filter(|placed| !placed.helps).map(|placed| placed.school);
        let nearest = |school: &School| {
            let all = helpers.iter().copied();
            all.min_by(|one, other| apart(one, school).total_cmp(&apart(other, school)))
        };
        return helped.filter_map(|school| Some((school, nearest(school)?))).collect();
    }
    let Some(to) = middle(schools) else { return Vec::new() };
    let others = schools.iter().map(|placed| placed.school).filter(|school| school.id != to.id);
    others.map(|school| (school, to)).collect()
}

pub(super) fn middle<'a>(schools: &[Placed<'a>]) -> Option<&'a School> {
    if let Some(lead) = schools.iter().find(|placed| placed.leads) {
        return Some(lead.school);
    }
    let ways = |to: &School| -> f64 {
        let ways = schools.iter().map(|placed| placed.school.gate - to.gate);
        ways.map(|way| way.x.hypot(way.y)).sum()
    };
    let all = schools.iter().map(|placed| placed.school);
    all.min_by(|first, second| ways(first).total_cmp(&ways(second)))
}

/// No grouping of the frontier is beaten by another, and the one picked is the one that stands in the folder.
fn check_frontier(claim: &Value, faults: &mut Vec<Message>) {
    let points = claim["frontier"].as_array().map_or(&[][..], Vec::as_slice);
    let number = |point: &Value, field: &str| point["objectives"][field].as_f64().unwrap_or(0.0);
    let fields = ["near_m", "size", "equity", "weak_without_lead", "change"];
    for own in points {
        let beaten = points.iter().any(|other| {
            let pairs = || fields.iter().map(|field| (number(other, field), number(own, field)));
            pairs().all(|(other, own)| other <= own) && pairs().any(|(other, own)| other < own)
        });
        let mean = claim["mean_to_lead_m"].as_f64();
        let is_elsewhere = own["is_picked"] == true && Some(number(own, "near_m")) != mean;
        if beaten || is_elsewhere {
            faults.push(Message::new("verify-frontier").text("point", own["point"].to_string()));
        }
    }
    let picked = points.iter().filter(|point| point["is_picked"] == true).count();
    if !points.is_empty() && picked != 1 {
        faults.push(Message::new("verify-frontier").text("point", picked.to_string()));
    }
}

/// Whether a school goes with the central one of its town: as a teaching point, or by its few pupils.
fn is_small(school: &School, small: Option<u32>) -> bool {
    if school.marks.teaching_point {
        return true;
    }
    let told: Vec<u32> = Stage::EACH.iter().filter_map(|stage| school.enrolment[*stage]).collect();
    let is_its_own = school.standing.central || school.marks.lead || school.marks.strong;
    let is_below = small.is_some_and(|small| !told.is_empty() && told.iter().sum::<u32>() < small);
    is_below && !is_its_own && matches!(school.standing.level, None | Some(Level::Primary))
}
