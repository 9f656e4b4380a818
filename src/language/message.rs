//! A sentence before it has a language.

use super::{Language, fluent_arguments, render};

/// A value a sentence mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Text shown as it is: a name, a file, a number already rounded for people.
    Text(String),
    /// A whole number, which also picks the plural form.
    Count(i64),
    /// A sentence inside the sentence, rendered in the same language.
    Sentence(Message),
}

/// A sentence for people, not yet in a language: a key of the Fluent files, with its arguments.
///
/// `Display` shows it in English, which is what a log or a Rust error chain wants; everything else
/// asks [`Message::in_language`].
///
/// # Example
/// ```
/// use xuequ::language::{Language, Message};
/// let message = Message::new("plan-written").text("folder", "out");
/// assert!(message.in_language(Language::English).contains("out"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    key: String,
    arguments: Vec<(&'static str, Argument)>,
}

impl Message {
    /// A message without arguments yet.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Message {
        Message { key: key.into(), arguments: Vec::new() }
    }

    /// Adds a text argument.
    #[must_use]
    pub fn text(self, name: &'static str, value: impl Into<String>) -> Message {
        self.argument(name, Argument::Text(value.into()))
    }

    /// Adds a whole number; counts beyond `i64` (none exist in a county) are shown as `i64::MAX`.
    #[must_use]
    pub fn count(self, name: &'static str, value: impl TryInto<i64>) -> Message {
        self.argument(name, Argument::Count(value.try_into().unwrap_or(i64::MAX)))
    }

    /// Adds a decimal number with a fixed number of places.
    #[must_use]
    pub fn decimal(self, name: &'static str, value: f64, places: usize) -> Message {
        self.argument(name, Argument::Text(format!("{value:.places$}")))
    }

    /// Adds a sentence as argument.
    #[must_use]
    pub fn sentence(self, name: &'static str, value: Message) -> Message {
        self.argument(name, Argument::Sentence(value))
    }

    /// Adds the sentence `key` about `value` as argument, or nothing where `value` is empty: what to add to a sentence
    /// when there is something to add.
    #[must_use]
    pub fn clause(self, name: &'static str, key: &str, value: &str) -> Message {
        if value.is_empty() { self.text(name, "") } else { self.sentence(name, Message::new(key).text("value", value)) }
    }

    /// The same arguments under another key: a finding and its remedy share them.
    #[must_use]
    pub fn under_key(&self, key: impl Into<String>) -> Message {
        Message { key: key.into(), arguments: self.arguments.clone() }
    }

    /// The key in the Fluent files.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The sentence in `language`; the bare key where that language has no text for it.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        render(language, &self.key, &fluent_arguments(language, &self.arguments))
    }

    fn argument(mut self, name: &'static str, value: Argument) -> Message {
        self.arguments.push((name, value));
        self
    }
}

impl std::fmt::Display for Message {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.in_language(Language::English))
    }
}
