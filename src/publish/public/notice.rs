//! The notice 公告 and the form for comments.

use time::Date;

use super::document::Document;
use super::words::Places;
use super::{Bundle, Edition, checklist, tables};
use crate::language::{Language, Message};
use crate::measure::loads;
use crate::model::{SchoolIndex, Stage};

/// A text the office has given, or a line to be filled in by hand.
pub(super) fn or_blank(edition: &Edition<'_>, text: Option<&String>) -> String {
    let given = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    given.unwrap_or_else(|| edition.language.text("notice-blank"))
}

/// A date as people write it; what is no date stays as it is.
pub(super) fn dated(edition: &Edition<'_>, text: Option<&String>) -> String {
    let language = edition.language;
    let number = |number: u8| if language == Language::English { format!("{number:02}") } else { number.to_string() };
    let say = |date: Date| {
        let message = Message::new("notice-date").text("year", date.year().to_string());
        let message = message.text("month", number(u8::from(date.month()))).text("day", number(date.day()));
        message.in_language(language)
    };
    match text.and_then(|text| checklist::date(text)) {
        Some(date) => say(date),
        None => or_blank(edition, text),
    }
}

/// The notice.
pub(super) fn write(bundle: &Bundle<'_>, places: &Places<'_>, annexes: &[&'static str]) -> Document {
    let (publication, edition) = (&bundle.publication, &bundle.edition);
    let (details, language) = (edition.details(), edition.language);
    let about = |key: &str| {
        let year = or_blank(edition, publication.settings.project.year.as_ref());
        Message::new(key).text("county", edition.county(language)).text("year", year)
    };
    let is_draft = edition.is_draft();
    let mut paper = Document::new(language, &about(if is_draft { "notice-title-draft" } else { "notice-title" }));
    paper.paragraph(about(if is_draft { "notice-opening-draft" } else { "notice-opening" }).in_language(language));
    paper.head("notice-basis");
    if details.basis.is_empty() {
        paper.paragraph(or_blank(edition, None));
    }
    paper.items(details.basis.clone());
    paper.head("notice-principles");
    paper.items(principles(bundle).into_iter().map(|key| language.text(key)).collect());
    paper.head("notice-applies");
    paper.paragraph(or_blank(edition, details.applies.as_ref()));
    if let Some(transition) = &details.transition {
        paper.paragraph(Message::new("notice-transition").text("value", transition).in_language(language));
    }
    paper.head("notice-catchments");
    for (position, catchments) in publication.scheme.catchments.iter().enumerate() {
        let stage = catchments.stage;
        if stage != Stage::All {
            paper.subhead(&Message::new("notice-catchments-of").sentence("stage", stage.message()));
        }
        let loads = loads(publication.county, publication.scheme, stage);
        let rows = publication.county.holders(stage).map(|school| {
            vec![
                publication.county.catchment_name(stage, school),
                loads[school.get()].seats.to_string(),
                places.describe(position, school),
            ]
        });
        let heads = [("column-school", 24), ("column-seats", 10), ("column-catchment", 66)];
        paper.table(&heads, rows.collect());
        pools(bundle, stage, &mut paper);
        if let Some(changes) = tables::sum_of_changes(bundle, catchments) {
            paper.paragraph(changes.in_language(language));
        }
    }
    if let Some(agreed) = details.agreed.as_ref().filter(|_| !is_draft) {
        paper.paragraph(
            Message::new(edition.of_document("notice-agreed"))
                .text("day", dated(edition, Some(agreed)))
                .in_language(language),
        );
    }
    paper.head("notice-rules");
    let distance =
        Message::new("notice-distance").sentence("method", Bundle::for_families(&publication.ground.distances.note()));
    let mut rules = vec![language.text("notice-text-decides"), language.text("notice-full")];
    rules.push(distance.in_language(language));
    paper.items(rules);
    paper.head(if is_draft { "notice-comments" } else { "notice-questions" });
    if is_draft {
        period(edition, &mut paper);
        paper.paragraph(language.text("notice-how"));
    }
    ways(edition, &mut paper);
    close(edition, &mut paper, annexes);
    paper
}

/// The schools that share a catchment 多校划片, and how places are given in it.
fn pools(bundle: &Bundle<'_>, stage: Stage, paper: &mut Document) {
    let county = bundle.publication.county;
    let own: Vec<_> = county.pools.iter().filter(|pool| pool.stage == stage).collect();
    if own.is_empty() {
        return;
    }
    paper.subhead(&Message::new("notice-pools-of").sentence("stage", stage.message()));
    let names = |schools: &[SchoolIndex]| {
        let names: Vec<&str> = schools.iter().map(|school| county.school(*school).name.as_str()).collect();
        names.join(&bundle.edition.word("words-and"))
    };
    let said = own.iter().map(|pool| {
        paper.say(&Message::new("notice-pool").text("pool", &pool.name).text("schools", names(&pool.schools)))
    });
    let said: Vec<String> = said.collect();
    paper.items(said);
    let policy = &bundle.publication.settings.policy;
    if policy.unified_admission {
        let noun = bundle.edition.language.noun(policy.noun());
        paper.paragraph(paper.say(&Message::new("notice-pools-unified").text("noun", noun)));
    }
    paper.paragraph(paper.word("notice-pools-lottery"));
}

/// What stands below every notice: what is attached, who signs and when, the review number, the version.
pub(super) fn close(edition: &Edition<'_>, paper: &mut Document, annexes: &[&'static str]) {
    let (details, language) = (edition.details(), edition.language);
    paper.head("notice-attached");
    paper.items(annexes.iter().map(|key| edition.word(key)).collect());
    paper.signature(vec![or_blank(edition, details.office.as_ref()), dated(edition, details.issued.as_ref())]);
    let approval = or_blank(edition, details.map_approval.as_ref());
    paper.note(Message::new("notice-map-approval").text("value", approval).in_language(language));
    paper.note(edition.version(language));
}

/// The principles the scheme keeps. What it breaks, or what was not asked of it, is not claimed.
fn principles(bundle: &Bundle<'_>) -> Vec<&'static str> {
    let publication = &bundle.publication;
    let stages = &publication.evaluation.stages;
    let known = |of: &crate::measure::StageMeasures| publication.county.existing.school_of[of.stage].is_some();
    let claims = [
        ("notice-principle-near", true),
        ("notice-principle-seats", stages.iter().all(|of| of.overload == 0)),
        ("notice-principle-whole", stages.iter().all(|of| of.detached == 0)),
        ("notice-principle-stable", publication.settings.catchments.change > 0.0 && stages.iter().any(known)),
    ];
    claims.into_iter().filter(|(_, is_kept)| *is_kept).map(|(key, _)| key).collect()
}

/// The time in which comments are taken, and why it is short where it is.
pub(super) fn period(edition: &Edition<'_>, paper: &mut Document) {
    let details = edition.details();
    let days = checklist::days(details).map_or_else(|| or_blank(edition, None), |days| days.to_string());
    let period = Message::new("notice-period")
        .text("from", dated(edition, details.from.as_ref()))
        .text("until", dated(edition, details.until.as_ref()))
        .text("days", days);
    paper.paragraph(paper.say(&period));
    if let Some(why) = &details.short_because {
        paper.paragraph(paper.say(&Message::new("notice-short-because").text("why", why)));
    }
}

/// Where the office can be reached.
pub(super) fn ways(edition: &Edition<'_>, paper: &mut Document) {
    let details = edition.details();
    let ways = [
        ("notice-email", &details.email),
        ("notice-phone", &details.phone),
        ("notice-address", &details.address),
        ("notice-url", &details.comment_url),
    ];
    let given = ways.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    let lines: Vec<String> = given.map(|(key, value)| paper.say(&Message::new(key).text("value", value))).collect();
    if lines.is_empty() {
        paper.paragraph(or_blank(edition, None));
    }
    paper.items(lines);
}

/// What a form for comments asks for: the keys of its title, of the line that says on what, and of its fields.
pub(super) struct Form {
    pub(super) title: &'static str,
    pub(super) of: &'static str,
    pub(super) fields: &'static [&'static str],
}

/// The form for comments on catchments.
pub(super) const CATCHMENTS: Form = Form {
    title: "form-title",
    of: "form-of",
    fields: &["form-block", "form-school", "form-opinion", "form-reason", "form-name", "form-contact", "form-date"],
};

/// The form on which somebody can comment, with where it goes and until when.
pub(super) fn form(edition: &Edition<'_>, asked: &Form) -> Document {
    let language = edition.language;
    let mut paper = Document::new(language, &Message::new(asked.title));
    paper.paragraph(edition.title(language, asked.of, ""));
    let rows = asked.fields.iter().map(|key| vec![edition.word(key), String::new()]).collect();
    paper.table(&[("form-field", 30), ("form-answer", 70)], rows);
    let until = Message::new("form-until").text("until", dated(edition, edition.details().until.as_ref()));
    paper.paragraph(until.in_language(language));
    ways(edition, &mut paper);
    paper.note(language.text("form-note"));
    paper.note(edition.version(language));
    paper
}
