//! The notice 公告 and the form for comments.

use pulldown_cmark::{Options, Parser, html};

use super::super::paper::Paper;
use super::words::Places;
use super::{Bundle, checklist, tables};
use crate::language::{Language, Message};
use crate::measure::loads;

/// The notice in Markdown.
pub(super) fn write(bundle: &Bundle<'_>, places: &Places<'_>) -> String {
    let publication = &bundle.publication;
    let (county, details, language) = (publication.county, bundle.details, publication.language);
    let mut paper = Paper::new(language);
    let blank = || language.text("notice-blank");
    let or_blank = |text: &Option<String>| text.clone().filter(|text| !text.is_empty()).unwrap_or_else(blank);
    let name = county.name.clone().unwrap_or_else(|| language.text("county-unnamed"));
    let year = or_blank(&publication.settings.project.year);
    let status = publication.status.map(|key| language.text(key)).unwrap_or_default();
    let title = Message::new("notice-title").text("county", &name).text("year", &year);
    let title = title.clause("status", "clause-status", &status).in_language(language);
    paper.paragraph(&format!("# {}", escaped(&title)));
    let opening = Message::new("notice-opening").text("county", &name).text("year", &year).in_language(language);
    paper.paragraph(&escaped(&opening));
    section(&mut paper, "notice-basis");
    if details.basis.is_empty() {
        paper.paragraph(&blank());
    }
    for (position, basis) in details.basis.iter().enumerate() {
        paper.line(&format!("{}. {}", position + 1, escaped(basis)));
    }
    paper.line("");
    section(&mut paper, "notice-principles");
    for key in ["notice-principle-near", "notice-principle-seats", "notice-principle-whole", "notice-principle-stable"]
    {
        let text = paper.word(key);
        paper.line(&format!("- {text}"));
    }
    paper.line("");
    for catchments in &publication.scheme.catchments {
        let stage = catchments.stage;
        let head = Message::new("notice-catchments").sentence("stage", stage.message()).in_language(language);
        paper.paragraph(&format!("## {head}"));
        let loads = loads(county, publication.scheme, stage);
        let rows: Vec<Vec<String>> = county
            .holders(stage)
            .map(|school| {
                let words = places.say(&places.pieces(catchments, school), language);
                vec![
                    escaped(&county.catchment_name(stage, school)),
                    loads[school.get()].seats.to_string(),
                    escaped(&words),
                ]
            })
            .collect();
        paper.table(&["column-school", "column-seats", "column-catchment"], &rows);
        if let Some(changes) = tables::sum_of_changes(bundle, catchments) {
            let changes = paper.say(&changes);
            paper.paragraph(&changes);
        }
    }
    section(&mut paper, "notice-rules");
    for key in ["notice-text-decides", "notice-full", "notice-distance"] {
        let method = publication.ground.distances.note();
        let text = Message::new(key).sentence("method", method).in_language(language);
        paper.line(&format!("- {text}"));
    }
    paper.line("");
    section(&mut paper, "notice-comments");
    let period = Message::new("notice-period")
        .text("from", or_blank(&details.from))
        .text("until", or_blank(&details.until))
        .text("days", checklist::days(details).map_or_else(blank, |days| days.to_string()));
    let period = paper.say(&period);
    paper.paragraph(&escaped(&period));
    if let Some(why) = &details.short_because {
        let why = Message::new("notice-short-because").text("why", why).in_language(language);
        paper.paragraph(&escaped(&why));
    }
    for (key, value) in [
        ("notice-email", &details.email),
        ("notice-phone", &details.phone),
        ("notice-address", &details.address),
        ("notice-url", &details.comment_url),
    ] {
        if let Some(value) = value {
            let line = Message::new(key).text("value", value).in_language(language);
            paper.line(&format!("- {}", escaped(&line)));
        }
    }
    paper.line("");
    section(&mut paper, "notice-attached");
    for key in ["notice-attached-schools", "notice-attached-blocks", "notice-attached-map", "notice-attached-form"] {
        let text = paper.word(key);
        paper.line(&format!("- {text}"));
    }
    paper.line("");
    let map = Message::new("notice-map-approval").text("value", or_blank(&details.map_approval)).in_language(language);
    paper.paragraph(&escaped(&map));
    paper.paragraph(&escaped(&or_blank(&details.office)));
    let version = Message::new("notice-version")
        .text("version", details.version.clone().unwrap_or_else(|| bundle.number().to_owned()))
        .text("number", bundle.number());
    let version = paper.say(&version);
    paper.paragraph(&escaped(&version));
    paper.text
}

fn section(paper: &mut Paper, key: &str) {
    let head = paper.word(key);
    paper.paragraph(&format!("## {head}"));
}

/// Text in which nothing is taken for a mark of Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~') {
            escaped.push('\\');
        }
        escaped.push(if character == '\n' { ' ' } else { character });
    }
    escaped
}

/// A paper as a page of its own that prints well.
pub(super) fn page(markdown: &str, language: Language) -> String {
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    let title = markdown.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']).replace('\\', "");
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        language.tag(),
        include_str!("notice.css"),
    )
}

/// The form on which somebody can comment.
pub(super) fn form(bundle: &Bundle<'_>) -> String {
    let language = bundle.publication.language;
    let mut paper = Paper::new(language);
    let title = paper.word("form-title");
    paper.paragraph(&format!("# {title}"));
    let fields = ["form-block", "form-school", "form-opinion", "form-reason", "form-name", "form-contact"];
    let rows: Vec<Vec<String>> = fields.iter().map(|key| vec![language.text(key), String::new()]).collect();
    paper.table(&["form-field", "form-answer"], &rows);
    let note = paper.word("form-note");
    paper.paragraph(&note);
    paper.text
}
