//! Tables beside the annex: coverage, years, levels, pairs, teachers who change schools, ways to the lead, places to share,
//! and schools by superior.

use std::collections::{BTreeMap, BTreeSet};

use super::super::GroupingPublication;
use super::super::table::CsvTable;
use super::annex::{self, Cells, mode, yes_or_no};
use super::detours::detours;
use super::spread::spreads;
use super::staff::{standards, transfers};
use super::yearly::{staff, yearly};
use crate::measure::{CountyCoverage, Coverage, GroupingMeasures, Pair, Tier, core_candidates, strengths};
use crate::model::{District, Districts, Role, SchoolIndex};
use crate::publish::paper::{number, trimmed, verdict};

/// Where bands of ways to the lead end, in kilometres. The documents pay more for farther schools and leave the bands open.
const BANDS_KM: [f64; 4] = [3.0, 5.0, 10.0, 20.0];

/// What writes a table.
type Write = fn(&GroupingPublication<'_>) -> Vec<u8>;

/// Where a school is, and what it is there.
type Place<'a> = (&'a District, Role);

/// The tables the input has something to say in, with their names without the ending.
pub(super) fn tables(publication: &GroupingPublication<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let GroupingPublication { county, settings, grouped, measured, .. } = *publication;
    let policy = &settings.policy;
    let by_county = measured.iter().any(|measures| !measures.coverage.counties.is_empty());
    let is_group = policy.coverage.is_some() || !policy.phases.is_empty();
    let any_school = |says: fn(&crate::model::School) -> bool| county.schools.iter().any(says);
    let wanted: [(bool, &'static str, Write); 20] = [
        (true, "rules", rules),
        (measured.iter().flat_map(|of| &of.rules).any(|rule| !rule.breaches.is_empty()), "breaches", breaches),
        (grouped.iter().any(|districts| !districts.districts.is_empty()), "ways", ways),
        (grouped.iter().any(|districts| districts.districts.iter().any(|of| of.len() > 1)), "distances", distances),
        (measured.iter().any(|measures| !measures.detours.is_empty()), "detours", detours),
        ((by_county || is_group) && !policy.pairs, "coverage", |publication| {
            coverage(publication).csv(publication.language)
        }),
        (is_group, "uncovered", uncovered),
        (is_group, "levels", levels),
        (measured.iter().any(|measures| !measures.phases.is_empty()), "years", years),
        (policy.pairs, "pairs", pairs),
        (measured.iter().any(|measures| !measures.arcs.is_empty()), "arcs", arcs),
        (!policy.phases.is_empty(), "candidates", candidates),
        (measured.iter().any(has_exchange), "exchange", exchange),
        (measured.iter().any(|measures| !measures.transfers.is_empty()), "transfers", transfers),
        (measured.iter().any(|measures| !measures.standards.is_empty()), "standard", standards),
        (measured.iter().any(|measures| !measures.spreads.is_empty()), "spreads", spreads),
        (any_school(|school| !school.standing.facilities.is_empty()), "facilities", facilities),
        (any_school(|school| school.standing.superior.is_some()), "superiors", superiors),
        (any_school(|school| school.standing.staff.teachers.is_some()), "staff", staff),
        (any_school(|school| school.standing.quality_before.is_some()), "yearly", yearly),
    ];
    wanted.into_iter().filter(|(is_wanted, ..)| *is_wanted).map(|(_, name, write)| (name, write(publication))).collect()
}

pub(super) fn table(publication: &GroupingPublication<'_>, heads: &[&str]) -> CsvTable {
    let (language, noun) = (publication.language, publication.settings.policy.noun());
    let header: Vec<String> = heads.iter().map(|head| language.text(&language.key_with(head, noun))).collect();
    CsvTable::new(&header.iter().map(String::as_str).collect::<Vec<&str>>())
}

fn percent(share: f64) -> String {
    number(share, "share")
}

/// A row for each rule and stage: what was measured and asked for, and what came of it.
fn rules(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let heads = [
        "column-id",
        "column-rule",
        "column-source",
        "column-stage",
        "column-kind",
        "column-verdict",
        "column-measured",
        "column-limit",
        "column-unit",
        "column-measured-of",
        "column-breaches",
        "column-untold",
    ];
    let mut table = table(publication, &heads);
    let language = publication.language;
    for rule in publication.measured.iter().flat_map(|measures| &measures.rules) {
        let [value, limit] = match rule.untold {
            Some(_) => [String::new(), String::new()],
            None => [rule.value, rule.limit].map(trimmed),
        };
        let unit = language.key_with(&format!("unit-{}", rule.unit), publication.settings.policy.noun());
        table.row([
            rule.id.to_owned(),
            rule.text.clone(),
            rule.source.clone(),
            rule.stage.of_schools().in_language(language),
            language.text(if rule.hard { "rule-hard" } else { "rule-soft" }),
            language.text(verdict(rule)),
            value,
            limit,
            language.text(&unit),
            rule.worst.clone().unwrap_or_default(),
            rule.breach_count.to_string(),
            rule.untold.clone().unwrap_or_default(),
        ]);
    }
    table.into_bytes()
}

/// A row for each of those that break a rule, as far as they are listed: who, by how much and what mends it.
fn breaches(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let heads = [
        "column-rule-id",
        "column-rule",
        "column-stage",
        "column-id",
        "column-breaker",
        "column-amount",
        "column-unit",
        "column-mend",
    ];
    let mut table = table(publication, &heads);
    let (language, noun) = (publication.language, publication.settings.policy.noun());
    for rule in publication.measured.iter().flat_map(|measures| &measures.rules) {
        let unit = language.text(&language.key_with(&format!("unit-{}", rule.breach_unit), noun));
        for breach in &rule.breaches {
            table.row([
                rule.id.to_owned(),
                rule.text.clone(),
                rule.stage.of_schools().in_language(language),
                breach.id.clone(),
                breach.name.clone(),
                trimmed(breach.by),
                unit.clone(),
                breach.mend.clone(),
            ]);
        }
    }
    table.into_bytes()
}

/// Every district with its school by school way to the lead.
fn ways(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let county = publication.county;
    let mut table = table(publication, &["plaques-school", "annex-name", "annex-lead", "column-km", "column-band"]);
    for district in publication.grouped.iter().flat_map(|districts| &districts.districts) {
        for (member, lead) in district.lead.map(|_| district.ways(county)).into_iter().flatten() {
            let km = county.metres_apart(member, lead) / 1000.0;
            let band = BANDS_KM.iter().position(|end| km < *end).unwrap_or(BANDS_KM.len());
            let band = match (band.checked_sub(1), BANDS_KM.get(band)) {
                (None, Some(end)) => format!("<{end}"),
                (Some(start), Some(end)) => format!("{}–{end}", BANDS_KM[start]),
                (_, None) => format!("≥{}", BANDS_KM[BANDS_KM.len() - 1]),
            };
            let names = [member, lead].map(|school| county.school(school).name.clone());
            let [own, led_by] = names;
            table.row([own, district.name.clone(), led_by, format!("{km:.1}"), band]);
        }
    }
    table.into_bytes()
}

/// Every two schools of each district with the straight metres between their gates.
fn distances(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let county = publication.county;
    let heads = ["annex-name", "column-school-from", "column-school-to", "column-straight-metres"];
    let mut table = table(publication, &heads);
    for district in publication.grouped.iter().flat_map(|districts| &districts.districts) {
        let schools: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
        for (position, from) in schools.iter().enumerate() {
            for to in &schools[position + 1..] {
                let [from_name, to_name] = [*from, *to].map(|school| county.school(school).name.as_str());
                let metres = format!("{:.0}", county.metres_apart(*from, *to));
                table.row([district.name.as_str(), from_name, to_name, &metres]);
            }
        }
    }
    table.into_bytes()
}

/// Whom groups cover, county by county and year by year.
pub(in crate::publish) fn coverage(publication: &GroupingPublication<'_>) -> Cells {
    let (language, noun) = (publication.language, publication.settings.policy.noun());
    let measured = publication.measured;
    let has = [measured.len() > 1, measured.iter().any(|measures| !measures.phases.is_empty())];
    let first = ["column-stage", "annex-year"].into_iter().zip(has).filter(|(_, is_there)| *is_there);
    let heads: Vec<&str> = first
        .map(|(head, _)| head)
        .chain(["annex-county", "column-compulsory", "column-covered", "column-share"])
        .collect();
    let mut table = Vec::new();
    let mut rows = |stage: &str, year: String, counties: &[CountyCoverage]| {
        for CountyCoverage { county, schools, covered_schools, share } in counties {
            let first = [stage.to_owned(), year.clone()].into_iter().zip(has).filter(|(_, is_there)| *is_there);
            let cells = [county.clone(), schools.to_string(), covered_schools.to_string(), percent(*share)];
            table.push(first.map(|(cell, _)| cell).chain(cells).collect());
        }
    };
    let all = |covered_schools: usize, of: &Coverage| CountyCoverage {
        county: language.text("word-all"),
        schools: of.schools,
        covered_schools,
        share: covered_schools as f64 / of.schools.max(1) as f64,
    };
    for measures in publication.measured {
        let of = &measures.coverage;
        let stage = measures.stage.of_schools().in_language(publication.language);
        for phase in &measures.phases {
            rows(&stage, phase.year.to_string(), &phase.coverage);
            rows(&stage, phase.year.to_string(), &[all(phase.covered_schools, of)]);
        }
        if measures.phases.is_empty() {
            rows(&stage, String::new(), &of.counties);
            rows(&stage, String::new(), &[all(of.covered_schools, of)]);
        }
    }
    Cells { heads: heads.iter().map(|head| language.key_with(head, noun)).collect(), rows: table }
}

fn uncovered(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let mut table = table(publication, &["column-id", "plaques-school", "annex-county"]);
    let outside: BTreeSet<&str> = match publication.measured {
        [] => BTreeSet::new(),
        [first, rest @ ..] => {
            let of = |measures: &'_ GroupingMeasures| -> BTreeSet<String> {
                measures.coverage.uncovered.iter().cloned().collect()
            };
            let rest: Vec<BTreeSet<String>> = rest.iter().map(of).collect();
            let in_all = |id: &&str| rest.iter().all(|ids| ids.contains(*id));
            first.coverage.uncovered.iter().map(String::as_str).filter(in_all).collect()
        }
    };
    for school in publication.county.schools.iter().filter(|school| outside.contains(school.id.as_str())) {
        table.row([school.id.as_str(), &school.name, school.standing.county.as_deref().unwrap_or_default()]);
    }
    table.into_bytes()
}

fn levels(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let mut table = table(publication, &["column-level", "column-groups", "column-memberships", "column-pupils"]);
    for of in publication.measured.iter().flat_map(|measures| &measures.levels) {
        let level = publication.language.text(&format!("level-{}", of.level));
        table.row([level, of.groups.to_string(), of.schools.to_string(), of.pupils.to_string()]);
    }
    table.into_bytes()
}

fn years(publication: &GroupingPublication<'_>) -> Vec<u8> {
    // Modes, the centre and coverage are asked for by one document only.
    let by_mode = publication.settings.policy.integrated_share.is_some();
    let mut heads = vec!["annex-year", "column-groups", "column-groups-so-far"];
    if by_mode {
        heads.extend(["column-integrated", "column-integrated-share", "column-centre-groups"]);
        heads.extend(["column-least-coverage", "column-share"]);
    }
    let mut table = table(publication, &heads);
    for phase in publication.measured.iter().flat_map(|measures| &measures.phases) {
        let mut row = vec![phase.year.to_string(), phase.groups.to_string(), phase.groups_so_far.to_string()];
        if by_mode {
            let least = phase.coverage.iter().min_by(|first, second| first.share.total_cmp(&second.share));
            row.push(phase.integrated_groups.to_string());
            row.push(percent(phase.integrated_groups as f64 / phase.groups.max(1) as f64));
            row.push(phase.centre_groups.to_string());
            row.push(least.map_or_else(String::new, |county| county.county.clone()));
            row.push(least.map_or_else(String::new, |county| percent(county.share)));
        }
        table.row(row);
    }
    table.into_bytes()
}

fn pairs(publication: &GroupingPublication<'_>) -> Vec<u8> {
    couples(publication, ["column-lead", "column-partner"], |measures| &measures.pairs)
}

/// Where town helps country: a row for each school that is helped, with who helps it.
fn arcs(publication: &GroupingPublication<'_>) -> Vec<u8> {
    couples(publication, ["role-helps", "role-is-helped"], |measures| &measures.arcs)
}

fn couples(
    publication: &GroupingPublication<'_>,
    [first, second]: [&'static str; 2],
    of: fn(&GroupingMeasures) -> &Vec<Pair>,
) -> Vec<u8> {
    let heads = [first, second, "column-km", "column-points-between", "column-same-town", "column-remote"];
    let mut table = table(publication, &heads);
    let county = publication.county;
    let schools = county.schools.iter().enumerate();
    let schools: BTreeMap<&str, SchoolIndex> =
        schools.map(|(position, school)| (school.id.as_str(), SchoolIndex::new(position))).collect();
    for pair in publication.measured.iter().flat_map(of) {
        let both = [&pair.lead_id, &pair.member_id].map(|id| schools.get(id.as_str()).copied());
        let [Some(lead), Some(member)] = both else { continue };
        table.row([
            county.school(lead).name.clone(),
            county.school(member).name.clone(),
            // What was rounded to metres once is not rounded again.
            format!("{:.1}", county.metres_apart(lead, member) / 1000.0),
            pair.points_between.map_or_else(String::new, |points| format!("{points:.1}")),
            pair.same_town.map_or_else(String::new, |same| yes_or_no(same, publication.language)),
            yes_or_no(pair.remote, publication.language),
        ]);
    }
    table.into_bytes()
}

/// The schools by strength, with who leads and why the others do not 核心校遴选.
fn candidates(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let GroupingPublication { county, settings, grouped, language, .. } = *publication;
    let heads = [
        "column-rank",
        "column-id",
        "plaques-school",
        "annex-county",
        "column-strength",
        "column-tier",
        "factor-conditions",
        "factor-teachers",
        "factor-management",
        "factor-quality",
        "column-pupils",
        "column-is-core",
        "column-why-not",
    ];
    let mut table = table(publication, &heads);
    let number =
        |value: Option<f64>, places: usize| value.map_or_else(String::new, |value| format!("{value:.places$}"));
    for districts in grouped {
        let strengths = strengths(county, districts.stage, &settings.strength);
        for candidate in core_candidates(county, districts, &strengths, settings) {
            let school = county.school(candidate.school);
            let tier = match candidate.tier {
                Tier::Strong => "tier-strong",
                Tier::Middle => "tier-middle",
                Tier::Weak => "tier-weak",
            };
            let mut row = vec![
                candidate.rank.map_or_else(String::new, |rank| rank.to_string()),
                school.id.clone(),
                school.name.clone(),
                school.standing.county.clone().unwrap_or_default(),
                number(candidate.index, 1),
                language.text(tier),
            ];
            row.extend(candidate.factors.map(|factor| number(factor, 2)));
            row.extend([candidate.pupils.to_string(), yes_or_no(candidate.leads, language)]);
            row.push(candidate.why_not.map_or_else(String::new, |why| why.in_language(language)));
            table.row(row);
        }
    }
    table.into_bytes()
}

fn has_exchange(measures: &GroupingMeasures) -> bool {
    measures.districts.iter().any(|district| district.exchange.is_some())
}

fn exchange(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let heads = [
        "annex-name",
        "column-eligible",
        "column-needed",
        "column-needed-backbone",
        "column-exchanged",
        "column-exchanged-backbone",
        "column-advice",
    ];
    // Only one document tells what is advised from what is asked.
    let is_advised = publication.settings.policy.exchange.is_some_and(|wanted| wanted.advised_across_levels);
    let columns = heads.len() - usize::from(!is_advised);
    let mut table = table(publication, &heads[..columns]);
    let number = |count: Option<u32>| count.map_or_else(String::new, |count| count.to_string());
    for district in publication.measured.iter().flat_map(|measures| &measures.districts) {
        let Some(of) = district.exchange else { continue };
        let cells = [
            district.name.clone(),
            of.eligible.to_string(),
            of.needed.to_string(),
            of.needed_backbone.to_string(),
            number(of.exchanged),
            number(of.exchanged_backbone),
            yes_or_no(of.is_advice, publication.language),
        ];
        table.row(&cells[..columns]);
    }
    table.into_bytes()
}

/// For each district and kind of place: which schools have it, and how far it is from the school that is farthest from one.
fn facilities(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let county = publication.county;
    let mut table = table(publication, &["annex-name", "column-facility", "column-owners", "column-farthest-km"]);
    let all: BTreeSet<&str> =
        county.schools.iter().flat_map(|school| &school.standing.facilities).map(String::as_str).collect();
    for district in publication.grouped.iter().flat_map(|districts| &districts.districts) {
        let schools: Vec<SchoolIndex> = district.schools().map(|(school, _)| school).collect();
        for place in &all {
            let has =
                |school: &&SchoolIndex| county.school(**school).standing.facilities.iter().any(|own| own == place);
            let owners: Vec<SchoolIndex> = schools.iter().filter(has).copied().collect();
            let nearest = |school: &SchoolIndex| {
                owners.iter().map(|owner| county.metres_apart(*school, *owner)).fold(f64::INFINITY, f64::min)
            };
            let farthest = schools.iter().map(nearest).fold(0.0, f64::max);
            let names: Vec<&str> = owners.iter().map(|school| county.school(*school).name.as_str()).collect();
            table.row([
                district.name.clone(),
                (*place).to_owned(),
                names.join(&publication.language.text("annex-between")),
                if owners.is_empty() {
                    publication.language.text("word-none")
                } else {
                    format!("{:.1}", farthest / 1000.0)
                },
            ]);
        }
    }
    table.into_bytes()
}

/// The schools of each superior with their districts, so that each can be told of its own.
fn superiors(publication: &GroupingPublication<'_>) -> Vec<u8> {
    let GroupingPublication { county, settings, .. } = *publication;
    let has_kinds = !settings.policy.modes.is_empty();
    let heads = ["column-superior", "plaques-school", "annex-name", "annex-kind", "plaques-role"];
    let heads: Vec<&str> = heads.into_iter().filter(|head| has_kinds || *head != "annex-kind").collect();
    let mut table = table(publication, &heads);
    let mut of_superior: BTreeMap<Option<&str>, Vec<(SchoolIndex, Option<Place<'_>>)>> = BTreeMap::new();
    for districts in publication.grouped {
        let homes = districts.homes();
        for school in county.schools_of(districts.stage) {
            let superior = county.school(school).standing.superior.as_deref();
            of_superior.entry(superior).or_default().push((school, placed(districts, &homes, school)));
        }
    }
    // Those that name none come last.
    let untold = publication.language.text("word-superior-untold");
    let named = of_superior.iter().filter(|(superior, _)| superior.is_some());
    for (superior, schools) in named.chain(of_superior.iter().filter(|(superior, _)| superior.is_none())) {
        let superior = superior.unwrap_or(&untold);
        for (school, place) in schools {
            let (school, place) = (*school, *place);
            let name = county.school(school).name.as_str();
            let language = publication.language;
            let (district, kind, role) = place.map_or_else(Default::default, |(district, role)| {
                (
                    district.name.clone(),
                    mode(district.mode, language),
                    annex::role(district, school, role, language, settings.policy.noun()),
                )
            });
            let cells = [superior, name, &district, &kind, &role];
            table.row(
                cells.into_iter().enumerate().filter(|(column, _)| has_kinds || *column != 3).map(|(_, cell)| cell),
            );
        }
    }
    table.into_bytes()
}

fn placed<'a>(
    districts: &'a Districts,
    homes: &BTreeMap<SchoolIndex, usize>,
    school: SchoolIndex,
) -> Option<Place<'a>> {
    let district = &districts.districts[*homes.get(&school)?];
    let role = district.schools().find(|(own, _)| *own == school)?.1;
    Some((district, role))
}
