//! Words people read: every sentence exists once per language, in Project Fluent files beside this one.
//!
//! Code never holds a sentence. It makes a [`Message`] (a key with arguments), and whoever shows it picks the
//! [`Language`]. A missing key shows as the key itself, and a test compares the files so that none is missing.

mod message;

pub use message::{Argument, Message};

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

/// The Fluent files of one language, in the order they are read.
const CHINESE: [(&str, &str); 9] = [
    ("zh-CN/terms.ftl", include_str!("zh-CN/terms.ftl")),
    ("zh-CN/command.ftl", include_str!("zh-CN/command.ftl")),
    ("zh-CN/finding.ftl", include_str!("zh-CN/finding.ftl")),
    ("zh-CN/scheme.ftl", include_str!("zh-CN/scheme.ftl")),
    ("zh-CN/paper.ftl", include_str!("zh-CN/paper.ftl")),
    ("zh-CN/policy.ftl", include_str!("zh-CN/policy.ftl")),
    ("zh-CN/public.ftl", include_str!("zh-CN/public.ftl")),
    ("zh-CN/review.ftl", include_str!("zh-CN/review.ftl")),
    ("zh-CN/sheet.ftl", include_str!("zh-CN/sheet.ftl")),
];
const ENGLISH: [(&str, &str); 9] = [
    ("en/terms.ftl", include_str!("en/terms.ftl")),
    ("en/command.ftl", include_str!("en/command.ftl")),
    ("en/finding.ftl", include_str!("en/finding.ftl")),
    ("en/scheme.ftl", include_str!("en/scheme.ftl")),
    ("en/paper.ftl", include_str!("en/paper.ftl")),
    ("en/policy.ftl", include_str!("en/policy.ftl")),
    ("en/public.ftl", include_str!("en/public.ftl")),
    ("en/review.ftl", include_str!("en/review.ftl")),
    ("en/sheet.ftl", include_str!("en/sheet.ftl")),
];

/// A language that everything people read is complete in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Simplified Chinese, 简体中文.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Both languages, Chinese first.
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    /// The BCP 47 tag: `zh-CN` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// Reads a language tag or locale name (`zh`, `zh_CN.UTF-8`, `en-GB`); `None` for any other language.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" | "cmn" => Some(Language::Chinese),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// The language this machine is set to; English where its locale is neither Chinese nor English.
    #[must_use]
    pub fn of_this_machine() -> Language {
        sys_locale::get_locales().find_map(|locale| Language::from_tag(&locale)).unwrap_or(Language::English)
    }

    /// The text of `key` without arguments.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        render(self, key, &FluentArgs::new())
    }

    /// The key of the text that calls districts as `noun` says, where there is one; else as its first part does, else `key` itself.
    #[must_use]
    pub fn key_with(self, key: &str, noun: Option<&str>) -> String {
        let first = noun.and_then(|noun| noun.split_once('-')).map(|(first, _)| first);
        let own = noun.into_iter().chain(first).map(|noun| format!("{key}-{noun}"));
        own.into_iter().find(|own| self.has(own)).unwrap_or_else(|| key.to_owned())
    }

    /// What one district is called, as `noun` says.
    #[must_use]
    pub fn noun(self, noun: Option<&str>) -> String {
        self.text(&self.key_with("noun", noun))
    }

    /// Whether this language has a text for `key`.
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        bundle(self).has_message(key)
    }

    /// The Fluent sources of this language as (file name, text), for tests that compare the languages.
    #[must_use]
    pub const fn sources(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.tag())
    }
}

fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| {
        [
            read_bundle(langid!("zh-CN"), Language::Chinese.sources()),
            read_bundle(langid!("en"), Language::English.sources()),
        ]
    });
    match language {
        Language::Chinese => &BUNDLES[0],
        Language::English => &BUNDLES[1],
    }
}

fn read_bundle(tag: LanguageIdentifier, sources: &[(&str, &str)]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks are invisible characters around each argument; they break searching in our CSV and SVG files.
    bundle.set_use_isolating(false);
    for (_, source) in sources {
        // A malformed entry is left out here and found by the test that reads these files strictly.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Formats `key` with `arguments`; the key itself where there is no such text.
fn render(language: Language, key: &str, arguments: &FluentArgs<'_>) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut faults).into_owned();
    // A value that nobody gave would show as a hole; every test that shows a sentence looks for one.
    debug_assert!(faults.is_empty(), "{key}: {faults:?}");
    text
}

/// Turns the arguments of a message into Fluent's own, rendering nested messages first.
fn fluent_arguments<'a>(language: Language, arguments: &'a [(&'static str, Argument)]) -> FluentArgs<'a> {
    let mut result = FluentArgs::with_capacity(arguments.len());
    for (name, argument) in arguments {
        match argument {
            Argument::Text(text) => result.set(*name, FluentValue::from(text.as_str())),
            Argument::Count(count) => result.set(*name, FluentValue::from(*count)),
            Argument::Sentence(message) => result.set(*name, FluentValue::from(message.in_language(language))),
        }
    }
    result
}
