//! What is still lacking before a bundle may go out.

use time::Date;
use time::macros::format_description;

use super::Edition;
use super::document::Document;
use crate::language::{Language, Message};
use crate::model::settings::PublishSettings;

/// Days a draft lies open by default: 《重大行政决策程序暂行条例》 article 15 asks for 30, and for a reason where it is less.
const DAYS: i64 = 30;

/// Fewer days than these are no time for comments, whatever the reason: the shortest seen in practice.
const FEWEST_DAYS: i64 = 7;

/// A date as `2027-05-01`.
pub(super) fn date(text: &str) -> Option<Date> {
    Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok()
}

/// Days from the first to the last day of the period, both counted.
pub(super) fn days(details: &PublishSettings) -> Option<i64> {
    let (from, until) = (date(details.from.as_deref()?)?, date(details.until.as_deref()?)?);
    Some((until - from).whole_days() + 1)
}

/// Whether a scheme was agreed to before it is published as adopted: the day is told, and is not after the day of issue.
#[must_use]
pub fn is_agreed(details: &PublishSettings) -> bool {
    let day = |text: &Option<String>| text.as_deref().and_then(date);
    day(&details.agreed).is_some_and(|agreed| day(&details.issued).is_none_or(|issued| agreed <= issued))
}

/// Keys of what lacks, in the order of the notice. A scheme that was adopted asks for no comments; only catchments are for
/// a school year and for children who enter.
pub(super) fn lacking(edition: &Edition<'_>, of_catchments: bool) -> Vec<&'static str> {
    let (details, settings) = (edition.details(), edition.settings);
    let is_given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let mut lacking = Vec::new();
    let mut ask = |is_there: bool, key: &'static str| {
        if !is_there {
            lacking.push(key);
        }
    };
    ask(is_given(&details.office), "lacks-office");
    ask(!of_catchments || is_given(&settings.project.year), "lacks-year");
    ask(!details.basis.is_empty(), "lacks-basis");
    ask(!of_catchments || is_given(&details.applies), "lacks-applies");
    ask(details.issued.as_deref().is_some_and(|day| date(day).is_some()), "lacks-issued");
    if edition.is_draft()
        && let Some(key) = lacks_of_period(details)
    {
        ask(false, key);
    }
    let ways = [&details.email, &details.phone, &details.address, &details.comment_url];
    ask(ways.into_iter().any(is_given), "lacks-contact");
    ask(is_given(&details.map_approval), "lacks-map-approval");
    ask(is_given(&settings.map.source), "lacks-source");
    ask(is_given(&settings.map.date), "lacks-date-of-data");
    lacking
}

/// What lacks in the time for comments.
fn lacks_of_period(details: &PublishSettings) -> Option<&'static str> {
    let has_reason = details.short_because.as_ref().is_some_and(|why| !why.trim().is_empty());
    match days(details) {
        None => Some("lacks-dates"),
        Some(days) if days < 1 => Some("lacks-dates-order"),
        Some(days) if days < FEWEST_DAYS => Some("lacks-days-at-all"),
        Some(days) => (days < DAYS && !has_reason).then_some("lacks-days"),
    }
}

/// The checklist as a paper.
pub(super) fn write(lacking: &[&'static str], language: Language) -> Document {
    let mut paper = Document::new(language, &Message::new("checklist-title"));
    if lacking.is_empty() {
        paper.paragraph(language.text("checklist-complete"));
    }
    paper.items(lacking.iter().map(|key| format!("□ {}", language.text(key))).collect());
    paper.note(language.text("checklist-clearance"));
    paper
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(from: &str, until: &str) -> PublishSettings {
        PublishSettings { from: Some(from.to_owned()), until: Some(until.to_owned()), ..PublishSettings::default() }
    }

    #[test]
    fn thirty_days_are_enough_and_fewer_need_a_reason() {
        assert_eq!(days(&details("2027-05-01", "2027-05-30")), Some(30));
        assert_eq!(lacks_of_period(&details("2027-05-01", "2027-05-30")), None);
        let mut short = details("2027-05-01", "2027-05-29");
        assert_eq!(lacks_of_period(&short), Some("lacks-days"));
        short.short_because = Some("急需".to_owned());
        assert_eq!(lacks_of_period(&short), None);
        short.until = Some("2027-05-06".to_owned());
        assert_eq!(lacks_of_period(&short), Some("lacks-days-at-all"), "six days are too few whatever the reason");
        assert_eq!(lacks_of_period(&details("2027-05-02", "2027-05-01")), Some("lacks-dates-order"));
        assert_eq!(lacks_of_period(&details("5月1日", "2027-05-01")), Some("lacks-dates"));
    }
}
