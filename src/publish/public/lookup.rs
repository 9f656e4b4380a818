//! The page that answers “which school is ours?”: one file, nothing fetched, for a telephone as for a desk.

use serde_json::{Value, json};

use super::super::{Palette, map};
use super::words::say;
use super::{Bundle, page, tables};
use crate::language::Language;
use crate::model::{Block, BlockIndex, Catchments, SchoolIndex};
use crate::space::Nearby;

/// The sentences of this page, beside those of every page.
const WORDS: [&str; 32] = [
    "page-search",
    "page-search-hint",
    "page-school",
    "page-district",
    "page-distance",
    "page-metres",
    "page-seats",
    "page-today",
    "page-unchanged",
    "page-changed",
    "page-why",
    "page-near-border",
    "page-decides",
    "page-comment",
    "page-comment-subject",
    "page-proposed",
    "page-existing",
    "page-scheme",
    "page-table",
    "page-block",
    "page-community",
    "page-text-decides",
    "page-kind-block",
    "page-how-far",
    "page-comment-name",
    "page-comment-body",
    "page-changes",
    "page-changes-note",
    "page-only-changed",
    "page-id",
    "page-town",
    "page-near",
];

/// What is said instead once a scheme was adopted.
const ADOPTED: [(&str, &str); 5] = [
    ("page-proposed", "page-proposed-adopted"),
    ("page-comment", "page-comment-adopted"),
    ("page-comment-name", "page-comment-name-adopted"),
    ("page-comment-body", "page-comment-body-adopted"),
    ("page-comment-subject", "page-comment-subject-adopted"),
];

/// The page.
pub(super) fn page(bundle: &Bundle<'_>, palettes: &[Palette]) -> String {
    let edition = &bundle.edition;
    let title = edition.title(edition.language, "page-title", "");
    let data = json!({
        "language": edition.language.tag(),
        "words": words(bundle),
        "stages": stages(bundle),
        "schools": schools(bundle),
        "blocks": blocks(bundle),
        "reasons": reasons(bundle).1,
        "contact": page::contact(edition),
    });
    let map = map::screen_map(&bundle.publication, palettes, &title);
    page::write(
        edition,
        &page::Parts {
            title: &title,
            noscript: "page-noscript",
            tools: include_str!("tools-catchments.html"),
            filter: include_str!("filter-catchments.html"),
            map: &map,
            data: &data,
            script: include_str!("page.js"),
        },
    )
}

/// The sentences of the page in both languages, and what is said of this scheme.
fn words(bundle: &Bundle<'_>) -> Value {
    let edition = &bundle.edition;
    let noun = bundle.publication.settings.policy.noun();
    page::in_both(|language| {
        let mut words = page::words(language, &page::SHARED);
        for key in WORDS {
            let adopted = ADOPTED.iter().find(|(draft, _)| *draft == key && !edition.is_draft());
            words.insert(
                page::short(key),
                language.text(&language.key_with(adopted.map_or(key, |(_, adopted)| adopted), noun)).into(),
            );
        }
        words.insert("title".to_owned(), edition.title(language, "page-title", "").into());
        let note = Bundle::for_families(&bundle.publication.ground.distances.note()).in_language(language);
        words.insert("method".to_owned(), note.into());
        words.insert("legend".to_owned(), legend(bundle, language).into());
        words.insert("version".to_owned(), edition.version(language).into());
        words
    })
}

/// What the colours and lines of the map mean.
fn legend(bundle: &Bundle<'_>, language: Language) -> String {
    let publication = &bundle.publication;
    let said = [
        ("page-legend", true),
        ("page-legend-districts", !publication.scheme.districts.is_empty()),
        ("page-legend-pools", !publication.county.pools.is_empty()),
        ("page-legend-barriers", !publication.county.barriers.is_empty()),
    ];
    let said = said
        .into_iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(key, _)| language.text(&language.key_with(key, publication.settings.policy.noun())));
    said.collect::<Vec<String>>().join(&language.text("words-sentence-next"))
}

fn stages(bundle: &Bundle<'_>) -> Value {
    let county = bundle.publication.county;
    let stage = |catchments: &Catchments| {
        let stage = catchments.stage;
        let names = Language::ALL
            .iter()
            .map(|language| (language.tag().to_owned(), Value::String(stage.message().in_language(*language))));
        json!({
            "id": stage.slug(),
            "name": Value::Object(names.collect()),
            "existing": county.existing.school_of[stage].is_some(),
            "moved": tables::moved(bundle, catchments).count(),
        })
    };
    bundle.publication.scheme.catchments.iter().map(stage).collect()
}

/// For each school of the county its name, the letters its name is found by, and per stage the name of its catchment, its
/// district and seats.
fn schools(bundle: &Bundle<'_>) -> Value {
    let publication = &bundle.publication;
    let county = publication.county;
    let of_stage = |school: SchoolIndex, catchments: &Catchments| -> Value {
        let stage = catchments.stage;
        if !county.school(school).serves(stage) || county.holder(stage, school) != school {
            return Value::Null;
        }
        let districts = publication.scheme.districts_of(stage);
        let district = districts.and_then(|all| Some(&all.districts[all.district_of(school)?].name));
        json!([county.catchment_name(stage, school), district, county.seats_of(stage, school)])
    };
    (0..county.schools.len())
        .map(SchoolIndex::new)
        .map(|school| {
            let stages: Vec<Value> =
                publication.scheme.catchments.iter().map(|catchments| of_stage(school, catchments)).collect();
            let own = county.school(school);
            let aliases = publication.settings.schools.aliases.iter();
            let also: Vec<&String> = aliases.filter(|(_, name)| **name == own.name).map(|(alias, _)| alias).collect();
            let spoken: Vec<String> = also.iter().copied().chain([&own.name]).map(|name| page::letters(name)).collect();
            json!({ "n": own.name, "p": spoken, "a": also, "s": stages })
        })
        .collect()
}

/// Where a block stands, by its roads and the numbers of its houses.
pub(super) fn addresses(block: &Block, language: Language) -> Vec<String> {
    let said = block.addresses().iter().map(|address| match address.numbers {
        Some(numbers) => say(&address.road, numbers, language),
        None => address.road.clone(),
    });
    said.collect()
}

/// What is said for each reason, once; and for each stage and block which of them.
fn reasons(bundle: &Bundle<'_>) -> (Vec<Vec<usize>>, Value) {
    let publication = &bundle.publication;
    let mut known: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let mut said: Vec<Value> = Vec::new();
    let mut of_stage = Vec::new();
    for (catchments, reasons) in publication.scheme.catchments.iter().zip(publication.reasons) {
        let mut of_block = Vec::with_capacity(reasons.len());
        for reason in reasons {
            let message = bundle.reason(reason, catchments.stage);
            let texts: Vec<String> = Language::ALL.iter().map(|language| message.in_language(*language)).collect();
            let next = known.len();
            let place = *known.entry(texts.join("\n")).or_insert(next);
            if place == next {
                let by_tag = Language::ALL.iter().map(|language| language.tag().to_owned());
                said.push(Value::Object(by_tag.zip(texts.into_iter().map(Value::String)).collect()));
            }
            of_block.push(place);
        }
        of_stage.push(of_block);
    }
    (of_stage, Value::Array(said))
}

/// For each block its id, name, community, letters, other names, addresses, and per stage its school, metres, today's school, reason and the other
/// schools across its border.
fn blocks(bundle: &Bundle<'_>) -> Value {
    let publication = &bundle.publication;
    let county = publication.county;
    let (reasons, _) = reasons(bundle);
    let nearby: Vec<Nearby<'_>> = publication
        .scheme
        .catchments
        .iter()
        .map(|catchments| Nearby::new(county, &publication.ground.distances, catchments.stage))
        .collect();
    let across = |block: BlockIndex, catchments: &Catchments| -> Vec<usize> {
        let beside = publication.ground.adjacency.neighbours(block.get()).iter();
        let mut schools: Vec<usize> = beside
            .filter_map(|other| catchments.school_of[*other as usize])
            .filter(|school| Some(*school) != catchments.school_of(block))
            .map(SchoolIndex::get)
            .collect();
        schools.sort_unstable();
        schools.dedup();
        schools
    };
    county
        .block_indices()
        .map(|index| {
            let block = county.block(index);
            let stages: Vec<Value> = publication
                .scheme
                .catchments
                .iter()
                .enumerate()
                .map(|(position, catchments)| {
                    let Some(school) = catchments.school_of(index) else { return Value::Null };
                    let existing = county.existing.school_of[catchments.stage].as_ref();
                    let today = existing.and_then(|existing| existing[index.get()]).map(SchoolIndex::get);
                    let metres = nearby[position].metres(index, school).round() as i64;
                    json!([school.get(), metres, today, reasons[position][index.get()], across(index, catchments)])
                })
                .collect();
            json!({
                "i": block.id,
                "n": block.name,
                "c": block.community(),
                "t": block.town(),
                "p": block.aliases().iter().map(String::as_str).chain([&*block.name]).map(page::letters).collect::<Vec<_>>(),
                "a": block.aliases(),
                "r": addresses(block, publication.language),
                "s": stages,
            })
        })
        .collect()
}
