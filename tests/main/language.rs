//! Both languages say everything, and nothing that is never said.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use xuequ::cli;
use xuequ::language::Language;
use xuequ::model::settings::{DistanceSettings, Preset};
use xuequ::model::{FindingCode, Settings};

use super::rooms::sources;

/// A message of a Fluent file, taken apart.
#[derive(Debug, Default)]
struct Sentence {
    /// The text between the values, all variants one after the other.
    words: String,
    variables: BTreeSet<String>,
}

impl Sentence {
    fn take(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push_str(value),
                PatternElement::Placeable { expression } => self.take_expression(expression),
            }
        }
    }

    fn take_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.take_inline(inline),
            Expression::Select { selector, variants } => {
                self.take_inline(selector);
                for variant in variants {
                    self.take(&variant.value);
                }
            }
        }
    }

    fn take_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments: CallArguments { positional, named }, .. } => {
                for argument in positional {
                    self.take_inline(argument);
                }
                for argument in named {
                    self.take_inline(&argument.value);
                }
            }
            InlineExpression::Placeable { expression } => self.take_expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::MessageReference { id, .. } | InlineExpression::TermReference { id, .. } => {
                panic!("{} is reused: the tests do not follow references", id.name)
            }
        }
    }
}

/// Every message of a language by its key, read strictly.
fn sentences(language: Language) -> BTreeMap<String, Sentence> {
    let mut sentences = BTreeMap::new();
    for (file, source) in language.sources() {
        let resource = parser::parse(*source).unwrap_or_else(|(_, faults)| panic!("{file}: {faults:?}"));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    assert!(message.attributes.is_empty(), "{file}: {} has attributes", message.id.name);
                    let mut sentence = Sentence::default();
                    let value = message.value.unwrap_or_else(|| panic!("{file}: {} is empty", message.id.name));
                    sentence.take(&value);
                    let before = sentences.insert(message.id.name.to_owned(), sentence);
                    assert!(before.is_none(), "{file}: {} stands twice", message.id.name);
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                Entry::Term(term) => panic!("{file}: {} is a term, which the tests do not follow", term.id.name),
                Entry::Junk { content } => panic!("{file}: {content}"),
            }
        }
    }
    assert!(sentences.len() > 400, "the sentences were found");
    sentences
}

fn keys(language: Language) -> BTreeSet<String> {
    sentences(language).into_keys().collect()
}

/// The string literals of a line of code. Keys never run over a line's end.
fn literals(line: &str) -> Vec<String> {
    let line = line.replace("'\"'", "' '").replace("\\\"", " ");
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every string literal of the program.
fn all_literals() -> BTreeSet<String> {
    let sources = sources();
    let lines = sources.values().flat_map(|source| source.lines());
    lines.filter(|line| !line.trim_start().starts_with("//")).flat_map(literals).collect()
}

/// What the keys built at run time look like: what stands before and after the part that varies.
fn derived_forms(literals: &BTreeSet<String>, families: &BTreeSet<&str>) -> Vec<(String, String)> {
    literals
        .iter()
        .filter(|literal| literal.chars().all(|character| character.is_ascii_graphic()))
        .filter_map(|literal| Some((literal.split_once('{')?.0, literal.rsplit_once('}')?.1)))
        .filter(|(before, _)| before.strip_suffix('-').is_some_and(|family| families.contains(family)))
        .map(|(before, after)| (before.to_owned(), after.to_owned()))
        .collect()
}

fn families(keys: &BTreeSet<String>) -> BTreeSet<&str> {
    keys.iter().map(|key| key.split('-').next().unwrap_or_default()).collect()
}

fn looks_like_a_key(literal: &str) -> bool {
    literal.contains('-')
        && literal.starts_with(|character: char| character.is_ascii_lowercase())
        && literal.split('-').all(|part| !part.is_empty())
        && literal.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
}

#[test]
fn both_languages_have_the_same_keys() {
    assert_eq!(keys(Language::Chinese), keys(Language::English));
}

#[test]
fn a_sentence_mentions_the_same_things_in_both_languages() {
    let english = sentences(Language::English);
    for (key, chinese) in sentences(Language::Chinese) {
        assert_eq!(chinese.variables, english[&key].variables, "{key}");
    }
}

#[test]
fn every_key_in_the_code_has_its_sentence() {
    let keys = keys(Language::English);
    let families = families(&keys);
    let findings: BTreeSet<&str> = FindingCode::ALL.iter().map(|code| code.slug()).collect();
    // Ids of rules and classes of the map that look like keys; the sentences of rules are looked for below.
    let others = [
        "county-told-to-city",
        "district-border",
        "district-count",
        "district-in-one-part",
        "district-kinds",
        "district-lines",
        "district-locks",
        "district-pupils",
        "district-rules",
        "district-size",
        "group-core",
        "group-lines",
        "group-total-all",
        "grouping-rules",
        "grouping-sums",
        "group-total-new",
        "lead-by-decision",
    ];
    let mut seen = 0;
    for literal in all_literals() {
        let family = literal.split('-').next().unwrap_or_default();
        if looks_like_a_key(&literal) && families.contains(family) {
            let known = keys.contains(&literal);
            assert!(known || findings.contains(&*literal) || others.contains(&&*literal), "{literal}");
            seen += usize::from(known);
        }
    }
    assert!(seen > 200, "keys were found: {seen}");
}

#[test]
fn every_key_that_is_built_has_its_sentence() {
    let keys = keys(Language::English);
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for code in FindingCode::ALL {
        wanted.insert(format!("finding-{}", code.slug()));
        wanted.insert(format!("finding-{}-remedy", code.slug()));
    }
    let settings = serde_json::to_value(Settings::default()).expect("settings are plain data");
    for (section, set) in settings.as_object().expect("settings are an object") {
        wanted.insert(format!("settings-{section}"));
        match set.as_object() {
            Some(set) => wanted.extend(set.keys().map(|key| format!("settings-{section}-{key}"))),
            // A layer that may be left out; its file is what the template shows.
            None => _ = wanted.insert(format!("settings-{section}-file")),
        }
    }
    let verify = &sources()["verify/mod.rs"];
    assert!(verify.contains("format!(\"verify-{}\", self.id)"), "where these keys are made");
    for (file, source) in &sources() {
        let after = |marker: &str| -> Vec<String> {
            let pieces = source.split(marker).skip(1);
            pieces.filter_map(|piece| Some(piece.trim_start().split('"').nth(1)?.to_owned())).collect()
        };
        if file.starts_with("verify/") {
            wanted.extend(after("Check::new(").into_iter().map(|id| format!("verify-{id}")));
        }
        if file == "measure/rule.rs" || file.starts_with("measure/grouping/") {
            let told = source.split("self.report(").skip(1).chain(source.split("self.of_worst(").skip(1));
            let told = told.map(str::trim_start);
            let told = told.filter_map(|piece| piece.strip_prefix('"')?.split('"').next());
            // Rules that are judged alike, so that their ids stand elsewhere.
            let alike =
                ["coverage", "coverage-goal", "exchange", "exchange-backbone", "group-total-all", "group-total-new"];
            for id in told.chain(alike) {
                wanted.insert(format!("rule-{id}"));
                wanted.insert(format!("rule-{id}-source"));
            }
        }
        if file.starts_with("cli/") {
            let steps = after("progress.step(").into_iter().chain(after("progress.follow("));
            wanted.extend(steps.map(|step| format!("step-{step}")));
        }
    }
    for family in ["verify-bound", "rule-seats-source", "step-catchments"] {
        assert!(wanted.contains(family), "{family} was found");
    }
    let missing: Vec<&String> = wanted.difference(&keys).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Help shows a bare key where a text is missing.
#[test]
fn every_command_and_option_has_its_help() {
    fn walk(command: &clap::Command, outer: &str, keys: &BTreeSet<String>) {
        let name = command.get_name();
        // Clap makes the command `help` with copies of all others below it.
        assert!(keys.contains(&format!("command-{outer}{name}")), "command-{outer}{name}");
        for argument in command.get_arguments() {
            assert!(keys.contains(&format!("option-{}", argument.get_id())), "{name} {}", argument.get_id());
        }
        let outer = if ["xuequ", "help"].contains(&name) { String::new() } else { format!("{name}-") };
        command.get_subcommands().for_each(|inner| walk(inner, &outer, keys));
    }
    let keys = keys(Language::English);
    for language in Language::ALL {
        walk(&cli::localised_command(language), "", &keys);
    }
}

#[test]
fn no_sentence_is_never_said() {
    let keys = keys(Language::English);
    let literals = all_literals();
    let families = families(&keys);
    let forms = derived_forms(&literals, &families);
    assert!(forms.contains(&("finding-".to_owned(), "-remedy".to_owned())), "{forms:?}");
    let command = cli::localised_command(Language::English);
    let mut names: BTreeSet<String> = literals.iter().map(|literal| literal.replace('_', "-")).collect();
    names.extend(literals.iter().cloned());
    names.insert(command.get_name().to_owned());
    for inner in std::iter::once(&command).chain(command.get_subcommands()) {
        names.insert(inner.get_name().to_owned());
        names.extend(inner.get_arguments().map(|argument| argument.get_id().to_string()));
        names.extend(inner.get_subcommands().map(|part| format!("{}-{}", inner.get_name(), part.get_name())));
    }
    // Options of features that are not built in, and the argument of clap's own `help`.
    names.extend(["exact", "subcommand", "command"].map(str::to_owned));
    // Of the sections that are absent by default, those that have keys of their own.
    let settings = Settings { distances: Some(DistanceSettings::default()), ..Settings::default() };
    let settings = serde_json::to_value(settings).expect("settings are plain data");
    for (section, set) in settings.as_object().expect("settings are an object") {
        names.insert(section.clone());
        let keys = set.as_object().into_iter().flat_map(|set| set.keys().cloned());
        names.extend(keys.chain(["file".to_owned()]).map(|key| format!("{section}-{key}")));
    }
    for key in &keys {
        // The line of a document in place of the general source of a rule.
        let of_document = Preset::ALL.iter().any(|preset| {
            let rule = key.strip_suffix(preset.slug()).and_then(|rule| rule.strip_suffix("-source-"));
            rule.is_some_and(|rule| keys.contains(rule))
        });
        // What a document says of who decides.
        let mut deciders = Preset::ALL.iter().map(|preset| preset.slug()).chain(["decided"]);
        let of_decider =
            deciders.any(|of| key.strip_suffix(&format!("-{of}")).is_some_and(|base| literals.contains(base)));
        let near = key.strip_suffix("-near").filter(|key| literals.contains(*key));
        // What a document calls its districts.
        let mut nouns = ["-community", "-group", "-group-core", "-pairs"].into_iter();
        let of_noun = nouns.any(|noun| key.strip_suffix(noun).is_some_and(|base| keys.contains(base)));
        let is_built = forms.iter().any(|(before, after)| {
            let varying = key.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            varying.is_some_and(|varying| names.contains(varying))
        });
        assert!(literals.contains(key) || near.is_some() || of_document || of_decider || of_noun || is_built, "{key}");
    }
}

#[test]
fn chinese_sentences_are_chinese() {
    // Nothing but values and marks between them.
    let bare = [
        "annex-between",
        "clause-example",
        "clause-sheet-district",
        "clause-status",
        "error-file-refused",
        "error-settings-more",
        "finding-line",
        "finding-line-at",
        "annex-remark",
        "group-remedy",
        "grouping-mode",
        "grouping-table",
        "grouping-with-share",
        "legend-kind",
        "map-listed",
        "notice-blank",
        "pressure-between",
        "pressure-percent",
        "report-breach",
        "report-waived-one",
        "report-worst",
        "sheet-change",
        "sheet-title",
        "tables-title",
        "territory-between",
        "words-and",
        "words-next",
        "words-sentence-next",
        "words-side-next",
        "who-named",
        "who-with-id",
        "words-whole",
    ];
    for (key, sentence) in sentences(Language::Chinese) {
        if bare.contains(&key.as_str()) {
            assert!(!sentence.words.chars().any(char::is_alphabetic), "{key}: {}", sentence.words);
        } else {
            assert!(sentence.words.chars().any(is_han), "{key}: {}", sentence.words);
        }
    }
}

/// Chinese is punctuated in full width, as the notices of offices are; within code, options and numbers it is not.
#[test]
fn chinese_sentences_are_punctuated_in_full_width() {
    for (key, sentence) in sentences(Language::Chinese) {
        let words: Vec<char> = sentence.words.chars().collect();
        let is_half = |pair: &[char]| match pair {
            [first, second] => (is_han(*first) && ",:;()".contains(*second)) || (*first == '(' && is_han(*second)),
            _ => false,
        };
        assert!(!words.windows(2).any(is_half), "{key}: {}", sentence.words);
    }
}

#[test]
fn english_sentences_hold_no_chinese() {
    for (key, sentence) in sentences(Language::English) {
        assert!(!sentence.words.chars().any(is_han), "{key}: {}", sentence.words);
    }
}

/// A missing variant would leave a hole; a plural form that no count picks would never be seen.
#[test]
fn values_reach_their_sentences() {
    use xuequ::language::Message;
    let message = Message::new("error-input").count("count", 1_u32);
    assert!(message.in_language(Language::English).contains("one error"));
    let message = Message::new("error-input").count("count", 2_u32);
    assert!(message.in_language(Language::English).contains("2 errors"));
    assert!(message.in_language(Language::Chinese).contains('2'));
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}
