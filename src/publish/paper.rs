//! Papers in Markdown: paragraphs and tables in the reader's language.

use crate::language::{Language, Message};
use crate::measure::{RuleReport, Verdict};
use crate::model::Stage;

/// Breaches listed per rule before the rest is only counted.
const LISTED_BREACHES: usize = 8;

/// A paper under construction.
pub(super) struct Paper {
    language: Language,
    /// What districts are called in it, and whether it speaks of schools rather than pupils.
    noun: Option<&'static str>,
    is_of_schools: bool,
    pub(super) text: String,
}

impl Paper {
    pub(super) const fn new(language: Language, noun: Option<&'static str>) -> Paper {
        Paper { language, noun, is_of_schools: false, text: String::new() }
    }

    /// A paper on schools that are grouped, in which districts are called as the document calls them.
    pub(super) const fn of_schools(language: Language, noun: Option<&'static str>) -> Paper {
        Paper { language, noun, is_of_schools: true, text: String::new() }
    }

    /// The name of a stage.
    pub(super) fn stage(&self, stage: Stage) -> Message {
        if self.is_of_schools { stage.of_schools() } else { stage.message() }
    }

    /// A message whose text calls districts as the document does.
    pub(super) fn message(&self, key: &str) -> Message {
        Message::new(self.language.key_with(key, self.noun))
    }

    pub(super) fn say(&self, message: &Message) -> String {
        message.in_language(self.language)
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.language.text(&self.language.key_with(key, self.noun))
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn paragraph(&mut self, line: &str) {
        self.line(line);
        self.line("");
    }

    /// A table: keys of the column heads, and rows of cells.
    pub(super) fn table(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        let heads: Vec<String> = heads.iter().map(|head| self.word(head)).collect();
        self.line(&format!("| {} |", heads.join(" | ")));
        self.line(&format!("|{}", "---|".repeat(heads.len())));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
            self.line(&format!("| {} |", cells.join(" | ")));
        }
        self.line("");
    }

    /// All rules with what was measured and asked for, then who breaks which and how that is mended; `file` has all of them.
    pub(super) fn rules(&mut self, rules: &[RuleReport], file: &str) {
        let title = self.word("report-rules");
        self.paragraph(&format!("## {title}"));
        let rows: Vec<Vec<String>> = rules.iter().map(|rule| self.rule_row(rule)).collect();
        let heads = [
            "column-id",
            "column-rule",
            "column-stage",
            "column-kind",
            "column-verdict",
            "column-value",
            "column-breaches",
            "column-source",
        ];
        self.table(&heads, &rows);
        for rule in rules {
            let Some(why) = rule.untold.as_deref() else { continue };
            let line = Message::new("rule-untold").text("rule", &rule.text).text("why", why);
            let line = self.say(&line.sentence("stage", self.stage(rule.stage)));
            self.paragraph(&line);
        }
        for rule in rules.iter().filter(|rule| rule.verdict == Verdict::Broken) {
            self.breaches(rule, file);
        }
        for rule in rules.iter().filter(|rule| !rule.waived.is_empty()) {
            let head = Message::new("report-waived").text("rule", &rule.text).sentence("stage", self.stage(rule.stage));
            let head = self.say(&head.count("count", rule.waived.len()));
            self.paragraph(&format!("**{head}**"));
            for waived in &rule.waived {
                let line = Message::new("report-waived-one").sentence("who", waived.who());
                let line = self.say(&line.text("why", &waived.mend));
                self.line(&format!("- {line}"));
            }
            self.line("");
        }
    }

    fn rule_row(&self, rule: &RuleReport) -> Vec<String> {
        vec![
            rule.id.to_owned(),
            rule.text.clone(),
            self.say(&self.stage(rule.stage)),
            self.word(if rule.hard { "rule-hard" } else { "rule-soft" }),
            self.word(verdict(rule)),
            if rule.untold.is_some() {
                "—".to_owned()
            } else if rule.limit == 0.0 && rule.worst.is_none() {
                // Where nothing may be wrong, it is the number of what is.
                let unit = self.word(&format!("unit-{}", rule.unit));
                self.say(&Message::new("report-none-wrong").text("value", trimmed(rule.value)).text("unit", unit))
            } else {
                let numbers = format!("{} / {}", number(rule.value, rule.unit), number(rule.limit, rule.unit));
                match &rule.worst {
                    Some(of) => self.say(&Message::new("report-worst").text("of", of).text("numbers", numbers)),
                    None => numbers,
                }
            },
            rule.breach_count.to_string(),
            rule.source.clone(),
        ]
    }

    fn breaches(&mut self, rule: &RuleReport, file: &str) {
        let head = Message::new("report-breaches").text("rule", &rule.text).sentence("stage", self.stage(rule.stage));
        let head = self.say(&head.count("count", rule.breach_count));
        self.paragraph(&format!("**{head}**"));
        for breach in rule.breaches.iter().take(LISTED_BREACHES) {
            let amount = match rule.breach_unit {
                "share" => format!("{} {}", trimmed(percent(breach.by)), self.word("unit-percentage-points")),
                "coefficient" => trimmed(breach.by),
                unit => format!("{} {}", trimmed(breach.by), self.word(&format!("unit-{unit}"))),
            };
            let line = Message::new("report-breach").sentence("who", breach.who()).text("amount", amount);
            let line = line.text("mend", &breach.mend);
            let line = self.say(&line);
            self.line(&format!("- {line}"));
        }
        if rule.breach_count > LISTED_BREACHES {
            let more =
                Message::new("report-more").count("count", rule.breach_count - LISTED_BREACHES).text("file", file);
            let more = self.say(&more);
            self.line(&format!("- {more}"));
        }
        self.line("");
    }
}

/// The key of the word for a verdict.
pub(super) const fn verdict(rule: &RuleReport) -> &'static str {
    match rule.verdict {
        Verdict::Kept => "verdict-kept",
        Verdict::Broken => "verdict-broken",
        Verdict::Unknown => "verdict-unknown",
    }
}

/// A number with its unit, as far as that is a sign. Shares are cut off and not rounded, so that what falls short is never
/// shown as what was asked for.
pub(super) fn number(value: f64, unit: &str) -> String {
    match unit {
        "share" => format!("{}%", trimmed(percent(value))),
        _ => trimmed(value),
    }
}

/// A share as a percentage with two decimals at most, cut off.
fn percent(share: f64) -> f64 {
    (10_000.0 * share + 1e-6).floor() / 100.0
}

/// A number without decimals where it has none.
pub(super) fn trimmed(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value}") }
}
