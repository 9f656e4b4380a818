//! Rules that are not kept, at the terminal: each with who breaks it and what mends that.

use super::terminal::Terminal;
use crate::language::Message;
use crate::measure::RuleReport;

/// Who is named of a rule that should be kept, and of one that must be; `file` has the others.
const NAMED: [usize; 2] = [3, 5];

pub(super) fn tell(rule: &RuleReport, stage: Message, file: &str, terminal: &Terminal) {
    let key = if rule.hard { "plan-rule-broken" } else { "group-rule-missed" };
    let message = Message::new(key).text("rule", &rule.text).count("count", rule.breach_count);
    terminal.say(&message.sentence("stage", stage));
    let named = rule.breaches.iter().take(NAMED[usize::from(rule.hard)]);
    // Who is mended alike is named together.
    let mut remedies: Vec<(&str, Vec<String>)> = Vec::new();
    for breach in named.clone() {
        let who = breach.who().in_language(terminal.language);
        match remedies.iter_mut().find(|(mend, _)| *mend == breach.mend) {
            Some((_, names)) => names.push(who),
            None => remedies.push((&breach.mend, vec![who])),
        }
    }
    let between = terminal.language.text("annex-between");
    for (mend, names) in remedies {
        terminal.say(&Message::new("group-remedy").text("names", names.join(&between)).text("mend", mend));
    }
    let more = rule.breach_count - named.len();
    if more > 0 {
        terminal.say(&Message::new("group-more").count("count", more).text("file", file));
    }
}
