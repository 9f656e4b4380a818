//! What is still lacking before a bundle may go out.

use time::Date;
use time::macros::format_description;

use super::super::paper::Paper;
use crate::language::Language;
use crate::model::Settings;
use crate::model::settings::PublishSettings;

/// Days a draft lies open by default: 《重大行政决策程序暂行条例》 article 15 asks for 30, and for a reason where it is less.
const DAYS: i64 = 30;

/// A date as `2027-05-01`.
pub(super) fn date(text: &str) -> Option<Date> {
    Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok()
}

/// Days from the first to the last day of the period, both counted.
pub(super) fn days(details: &PublishSettings) -> Option<i64> {
    let (from, until) = (date(details.from.as_deref()?)?, date(details.until.as_deref()?)?);
    Some((until - from).whole_days() + 1)
}

/// Keys of what lacks, in the order of the notice.
pub(super) fn lacking(details: &PublishSettings, settings: &Settings) -> Vec<&'static str> {
    let is_given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let mut lacking = Vec::new();
    let mut ask = |is_there: bool, key: &'static str| {
        if !is_there {
            lacking.push(key);
        }
    };
    ask(is_given(&details.office), "lacks-office");
    ask(is_given(&settings.project.year), "lacks-year");
    ask(!details.basis.is_empty(), "lacks-basis");
    match days(details) {
        None => ask(false, "lacks-dates"),
        Some(days) if days < 1 => ask(false, "lacks-dates-order"),
        Some(days) => ask(days >= DAYS || is_given(&details.short_because), "lacks-days"),
    }
    let ways = [&details.email, &details.phone, &details.address, &details.comment_url];
    ask(ways.into_iter().any(is_given), "lacks-contact");
    ask(is_given(&details.map_approval), "lacks-map-approval");
    ask(is_given(&settings.map.source), "lacks-source");
    ask(is_given(&settings.map.date), "lacks-date-of-data");
    lacking
}

/// The checklist as a paper.
pub(super) fn write(lacking: &[&'static str], language: Language) -> String {
    let mut paper = Paper::new(language);
    let title = paper.word("checklist-title");
    paper.paragraph(&format!("# {title}"));
    if lacking.is_empty() {
        let nothing = paper.word("checklist-complete");
        paper.paragraph(&nothing);
    }
    for key in lacking {
        let text = paper.word(key);
        paper.line(&format!("- [ ] {text}"));
    }
    paper.text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(from: &str, until: &str) -> PublishSettings {
        PublishSettings { from: Some(from.to_owned()), until: Some(until.to_owned()), ..PublishSettings::default() }
    }

    #[test]
    fn thirty_days_are_enough_and_fewer_need_a_reason() {
        let lacks = |details: &PublishSettings| lacking(details, &Settings::default()).contains(&"lacks-days");
        assert_eq!(days(&details("2027-05-01", "2027-05-30")), Some(30));
        assert!(!lacks(&details("2027-05-01", "2027-05-30")));
        let mut short = details("2027-05-01", "2027-05-29");
        assert!(lacks(&short));
        short.short_because = Some("急需".to_owned());
        assert!(!lacks(&short));
        assert!(lacking(&details("2027-05-02", "2027-05-01"), &Settings::default()).contains(&"lacks-dates-order"));
        assert!(lacking(&details("5月1日", "2027-05-01"), &Settings::default()).contains(&"lacks-dates"));
    }
}
