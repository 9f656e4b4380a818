//! The page that answers “which school is ours?”: one file, nothing fetched, for a telephone as for a desk.

use pinyin::ToPinyin;
use serde_json::{Map, Value, json};

use super::super::{Palette, map};
use super::words::say;
use super::{Bundle, tables};
use crate::language::Language;
use crate::model::{Block, BlockIndex, Catchments, SchoolIndex};
use crate::space::Nearby;

/// The sentences of the page, under `page-`.
const WORDS: [&str; 45] = [
    "page-search",
    "page-search-hint",
    "page-nothing",
    "page-candidates",
    "page-more",
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
    "page-comment-mail",
    "page-comment-subject",
    "page-proposed",
    "page-existing",
    "page-stage",
    "page-scheme",
    "page-table",
    "page-block",
    "page-community",
    "page-zoom-in",
    "page-zoom-out",
    "page-zoom-all",
    "page-language",
    "page-text-decides",
    "page-none",
    "page-kind-block",
    "page-kind-school",
    "page-how-far",
    "page-comment-name",
    "page-comment-body",
    "page-changes",
    "page-changes-note",
    "page-only-changed",
    "page-map-keys",
    "page-print",
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
    let publication = &bundle.publication;
    let language = publication.language;
    let title = bundle.title(language, "page-title", "");
    let data = json!({
        "language": language.tag(),
        "words": words(bundle),
        "stages": stages(bundle),
        "schools": schools(bundle),
        "blocks": blocks(bundle),
        "reasons": reasons(bundle).1,
        "contact": {
            "email": bundle.details.email,
            "phone": bundle.details.phone,
            "address": bundle.details.address,
            "url": bundle.details.comment_url,
        },
    });
    // Nothing in the data may end the script that holds it.
    let data = data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let page = include_str!("page.html")
        .replace("{{language}}", language.tag())
        .replace("{{title}}", &text(&title))
        .replace("{{noscript}}", &text(&language.text("page-noscript")))
        .replace("{{style}}", include_str!("page.css"));
    // Last what comes from outside, so that nothing in it is taken for a place to fill.
    let parts: Vec<&str> = page.split("{{map}}").flat_map(|part| part.split("{{data}}")).collect();
    let [before, between, after] = parts[..] else { unreachable!("the page has a place for the map and one for data") };
    let map = map::screen_map(publication, palettes, &title);
    let script = include_str!("page.js");
    format!("{before}{map}{between}{data}{}", after.replace("{{script}}", script))
}

/// The sentences of the page in both languages, and what is said of this scheme.
fn words(bundle: &Bundle<'_>) -> Value {
    let of = |language: Language| {
        let text_of = |key: &str| {
            let adopted = ADOPTED.iter().find(|(draft, _)| *draft == key && bundle.publication.status.is_none());
            language.text(adopted.map_or(key, |(_, adopted)| adopted))
        };
        let mut words: Map<String, Value> =
            WORDS.iter().map(|key| (key.trim_start_matches("page-").to_owned(), text_of(key).into())).collect();
        words.insert("title".to_owned(), bundle.title(language, "page-title", "").into());
        let note = Bundle::for_families(&bundle.publication.ground.distances.note()).in_language(language);
        words.insert("method".to_owned(), note.into());
        words.insert("legend".to_owned(), legend(bundle, language).into());
        words.insert("version".to_owned(), bundle.version(language).into());
        Value::Object(words)
    };
    let all = Language::ALL.iter().map(|language| (language.tag().to_owned(), of(*language)));
    Value::Object(all.collect())
}

/// What the colours and lines of the map mean.
fn legend(bundle: &Bundle<'_>, language: Language) -> String {
    let publication = &bundle.publication;
    let said = [
        ("page-legend", true),
        ("page-legend-districts", !publication.scheme.districts.is_empty()),
        ("page-legend-barriers", !publication.county.barriers.is_empty()),
    ];
    let said = said.into_iter().filter(|(_, is_there)| *is_there).map(|(key, _)| language.text(key));
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
            let spoken: Vec<String> = also.iter().copied().chain([&own.name]).map(|name| letters(name)).collect();
            json!({ "n": own.name, "p": spoken, "a": also, "s": stages })
        })
        .collect()
}

/// A name as it is spoken, for the order of lists: Chinese letters by their pinyin, others as they are.
pub(super) fn spoken(name: &str) -> Vec<String> {
    let of = |letter: char| {
        letter.to_pinyin().map_or_else(|| letter.to_lowercase().to_string(), |said| said.plain().to_owned())
    };
    name.chars().map(of).collect()
}

/// The first letters of a name as it is spoken: `阳光花园` is found by `yghy`.
fn letters(name: &str) -> String {
    name.chars()
        .filter_map(|character| match character.to_pinyin() {
            Some(spoken) => spoken.plain().chars().next(),
            None => character.is_alphanumeric().then(|| character.to_ascii_lowercase()),
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
                "p": block.aliases().iter().map(String::as_str).chain([&*block.name]).map(letters).collect::<Vec<_>>(),
                "a": block.aliases(),
                "r": addresses(block, publication.language),
                "s": stages,
            })
        })
        .collect()
}
