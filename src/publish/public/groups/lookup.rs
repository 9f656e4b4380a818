//! The page of a grouping: which district a school belongs to, who leads it, who else is in it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::super::super::map::{self, GroupSheets};
use super::super::page::{self, letters};
use super::GroupingBundle;
use crate::language::Language;
use crate::measure::{Approval, GroupMeasures};
use crate::model::{District, Districts, Governance, Mode, Role, SchoolIndex, Status};
use crate::publish::grouping::annex;

/// The sentences of this page, beside those of every page, with what the script calls them.
const WORDS: [(&str, &str); 21] = [
    ("search", "group-page-search"),
    ("search-hint", "group-page-search-hint"),
    ("table", "group-page-table"),
    ("kind-district", "noun"),
    ("district", "noun"),
    ("role", "plaques-role"),
    ("kind", "annex-kind"),
    ("lead", "annex-lead"),
    ("members", "annex-members"),
    ("schools", "group-page-schools"),
    ("county", "annex-county"),
    ("year", "annex-year"),
    ("governance", "annex-governance"),
    ("approval", "annex-approval"),
    ("status", "annex-status"),
    ("approved", "annex-approved"),
    ("all-counties", "word-all"),
    ("between", "annex-between"),
    ("outside", "word-outside"),
    ("text-decides", "group-page-text-decides"),
    ("method", "group-page-method"),
];

/// How to comment, or to ask once the districts were adopted.
const COMMENT: [(&str, [&str; 2]); 4] = [
    ("comment", ["group-page-comment", "group-page-comment-adopted"]),
    ("comment-name", ["group-page-comment-name", "group-page-comment-name-adopted"]),
    ("comment-body", ["group-page-comment-body", "group-page-comment-body-adopted"]),
    ("comment-subject", ["group-page-comment-subject", "group-page-comment-subject-adopted"]),
];

/// The page.
pub(super) fn page(bundle: &GroupingBundle<'_>, drawings: &[GroupSheets<'_>]) -> String {
    let edition = &bundle.edition;
    let title = edition.title(edition.language, "group-page-title", &bundle.noun(edition.language));
    let data = json!({
        "language": edition.language.tag(),
        "words": words(bundle),
        "stages": stages(bundle),
        "schools": schools(bundle),
        "districts": districts(bundle),
        "contact": page::contact(edition),
    });
    let map = map::screen_groups(&bundle.publication, drawings, &title);
    page::write(
        edition,
        &page::Parts {
            title: &title,
            noscript: "group-page-noscript",
            tools: "",
            filter: include_str!("../filter-groups.html"),
            map: &map,
            data: &data,
            script: include_str!("../groups.js"),
        },
    )
}

/// The sentences of the page in both languages.
fn words(bundle: &GroupingBundle<'_>) -> Value {
    let publication = &bundle.publication;
    let noun = publication.settings.policy.noun();
    let has_outside = publication.grouped.iter().any(|districts| {
        let homes = districts.homes();
        publication.county.schools_of(districts.stage).any(|school| !homes.contains_key(&school))
    });
    page::in_both(|language| {
        let text = |key: &str| Value::String(language.text(&language.key_with(key, noun)));
        let mut words = page::words(language, &page::SHARED);
        words.extend(WORDS.iter().map(|(name, key)| ((*name).to_owned(), text(key))));
        for (name, [draft, adopted]) in COMMENT {
            let key = if bundle.edition.is_draft() { draft } else { adopted };
            words.insert(name.to_owned(), text(key));
        }
        let title = bundle.edition.title(language, "group-page-title", &bundle.noun(language));
        words.insert("title".to_owned(), title.into());
        let mut legend = vec![language.text(&language.key_with("group-page-legend", noun))];
        legend.extend(has_outside.then(|| language.text(&language.key_with("group-page-legend-outside", noun))));
        words.insert("legend".to_owned(), legend.join(&language.text("words-sentence-next")).into());
        words.insert("version".to_owned(), bundle.edition.version(language).into());
        words
    })
}

/// A sentence in each language, by its tag.
fn each(of: impl Fn(Language) -> String) -> Value {
    let said = Language::ALL.iter().map(|language| (language.tag().to_owned(), Value::String(of(*language))));
    Value::Object(said.collect::<Map<String, Value>>())
}

/// The word for a slug in each language; null where there is none.
fn word(prefix: &str, slug: Option<&str>) -> Value {
    slug.map_or(Value::Null, |slug| each(|language| language.text(&format!("{prefix}-{slug}"))))
}

fn stages(bundle: &GroupingBundle<'_>) -> Value {
    let stage = |districts: &Districts| {
        let stage = districts.stage;
        json!({ "id": stage.to_string(), "name": each(|language| stage.of_schools().in_language(language)) })
    };
    bundle.publication.grouped.iter().map(stage).collect()
}

/// For each school its id, name, other names, the letters these are found by, its county and town, and per stage its
/// district by position among all.
fn schools(bundle: &GroupingBundle<'_>) -> Value {
    let publication = &bundle.publication;
    let homes: Vec<BTreeMap<SchoolIndex, usize>> = publication.grouped.iter().map(Districts::homes).collect();
    let counts: Vec<usize> = publication.grouped.iter().map(|districts| districts.districts.len()).collect();
    let starts: Vec<usize> = (0..counts.len()).map(|stage| counts[..stage].iter().sum()).collect();
    let one = |position: usize| {
        let index = SchoolIndex::new(position);
        let of = publication.county.school(index);
        let aliases = publication.settings.schools.aliases.iter();
        let also: Vec<&String> = aliases.filter(|(_, name)| **name == of.name).map(|(alias, _)| alias).collect();
        let spoken: Vec<String> = also.iter().copied().chain([&of.name]).map(|name| letters(name)).collect();
        let districts: Vec<Option<usize>> =
            homes.iter().zip(&starts).map(|(homes, start)| homes.get(&index).map(|of| start + of)).collect();
        json!({
            "i": of.id, "n": of.name, "a": also, "p": spoken, "c": of.standing.county, "t": of.town, "d": districts,
        })
    };
    (0..publication.county.schools.len()).map(one).collect()
}

/// For each district its id, name and letters, its stage, its schools by position, and what is said of it.
fn districts(bundle: &GroupingBundle<'_>) -> Value {
    let publication = &bundle.publication;
    let one = |stage: usize, district: &District, measures: &GroupMeasures| {
        let members: Vec<usize> = district.members.iter().map(|school| school.get()).collect();
        json!({
            "i": district.id,
            "n": district.name,
            "p": [letters(&district.name)],
            "g": stage,
            "l": district.lead.map(SchoolIndex::get),
            "m": members,
            "lr": each(|language| annex::role_word(district, Role::Lead, language, publication.settings.policy.noun())),
            "mr": each(|language| annex::role_word(district, Role::Member, language, publication.settings.policy.noun())),
            "k": word("mode", district.mode.map(Mode::slug)),
            "c": measures.counties,
            "y": district.year.map(|year| year.to_string()),
            "o": word("governance", district.governance.map(Governance::slug)),
            "w": word("approval", measures.approval.filter(|_| is_asked(bundle)).map(Approval::slug)),
            "s": word("status", district.record.status.map(Status::slug)),
            "a": district.record.approved,
        })
    };
    let of_stage = |(stage, (districts, measures)): (usize, (&Districts, &crate::measure::GroupingMeasures))| {
        let pairs = districts.districts.iter().zip(&measures.districts);
        pairs.map(|(district, measures)| one(stage, district, measures)).collect::<Vec<Value>>()
    };
    publication.grouped.iter().zip(publication.measured).enumerate().flat_map(of_stage).collect()
}

/// Whether the document says who decides on a group.
fn is_asked(bundle: &GroupingBundle<'_>) -> bool {
    !bundle.publication.settings.policy.phases.is_empty()
}
