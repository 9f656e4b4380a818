//! What every page that answers has in common: one file, nothing fetched, for a telephone as for a desk.

use pinyin::ToPinyin;
use serde_json::{Map, Value, json};

use super::Edition;
use crate::language::Language;

/// The sentences of every page, under `page-`.
pub(super) const SHARED: [&str; 13] = [
    "page-nothing",
    "page-candidates",
    "page-more",
    "page-comment-mail",
    "page-stage",
    "page-zoom-in",
    "page-zoom-out",
    "page-zoom-all",
    "page-language",
    "page-none",
    "page-kind-school",
    "page-map-keys",
    "page-print",
];

/// A page, but for what all have.
pub(super) struct Parts<'a> {
    pub(super) title: &'a str,
    /// The key of what is said where no script runs.
    pub(super) noscript: &'a str,
    /// What stands above the map beside the choice of the stage.
    pub(super) tools: &'a str,
    /// What stands above the table.
    pub(super) filter: &'a str,
    pub(super) map: &'a str,
    pub(super) data: &'a Value,
    /// What the page does beside searching and moving its map.
    pub(super) script: &'a str,
}

/// The page as one file.
pub(super) fn write(edition: &Edition<'_>, parts: &Parts<'_>) -> String {
    let language = edition.language;
    // Nothing in the data may end the script that holds it.
    let data = parts.data.to_string().replace('<', "\\u003c");
    let data = data.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let page = include_str!("page.html")
        .replace("{{language}}", language.tag())
        .replace("{{title}}", &text(parts.title))
        .replace("{{noscript}}", &text(&language.text(parts.noscript)))
        .replace("{{tools}}", parts.tools.trim_end())
        .replace("{{filter}}", parts.filter.trim_end())
        .replace("{{style}}", include_str!("page.css"));
    // Last what comes from outside, so that nothing in it is taken for a place to fill.
    let pieces: Vec<&str> = page.split("{{map}}").flat_map(|piece| piece.split("{{data}}")).collect();
    let [before, between, after] = pieces[..] else {
        unreachable!("the page has a place for the map and one for data")
    };
    let script = format!("\"use strict\";\n(() => {{\n{}{}}})();\n", include_str!("core.js"), parts.script);
    format!("{before}{}{between}{data}{}", parts.map, after.replace("{{script}}", &script))
}

/// Some sentences by what scripts call them: their keys without `page-`.
pub(super) fn words(language: Language, keys: &[&str]) -> Map<String, Value> {
    keys.iter().map(|key| (short(key), language.text(key).into())).collect()
}

/// What scripts call a sentence.
pub(super) fn short(key: &str) -> String {
    key.trim_start_matches("page-").to_owned()
}

/// Sentences in each language, by its tag.
pub(super) fn in_both(of: impl Fn(Language) -> Map<String, Value>) -> Value {
    Value::Object(
        Language::ALL.iter().map(|language| (language.tag().to_owned(), Value::Object(of(*language)))).collect(),
    )
}

/// Where the office can be reached.
pub(super) fn contact(edition: &Edition<'_>) -> Value {
    let details = edition.details();
    json!({
        "email": details.email,
        "phone": details.phone,
        "address": details.address,
        "url": details.comment_url,
    })
}

/// A name as it is spoken, for the order of lists: Chinese letters by their pinyin, others as they are.
pub(super) fn spoken(name: &str) -> Vec<String> {
    let of = |letter: char| {
        letter.to_pinyin().map_or_else(|| letter.to_lowercase().to_string(), |said| said.plain().to_owned())
    };
    name.chars().map(of).collect()
}

/// The first letters of a name as it is spoken: `阳光花园` is found by `yghy`.
pub(super) fn letters(name: &str) -> String {
    name.chars()
        .filter_map(|character| match character.to_pinyin() {
            Some(spoken) => spoken.plain().chars().next(),
            None => character.is_alphanumeric().then(|| character.to_ascii_lowercase()),
        })
        .collect()
}
