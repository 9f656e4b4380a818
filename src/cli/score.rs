//! `xuequ score`: education groups scored by the rubric.

use serde_json::json;

use super::arguments::ScoreOptions;
use super::exit::{Exit, Outcome};
use super::table;
use super::terminal::Terminal;
use crate::language::{Language, Message};
use crate::measure::{DEADLINES, GroupReview, Points, RubricItem, score};
use crate::model::Grade;
use crate::publish::{findings_json, score_table};
use crate::read::read_review;

pub(super) fn run(options: &ScoreOptions, terminal: &Terminal) -> Outcome {
    let file = &options.table.file;
    let reading = read_review(&table::source(&options.table, "review")?)?;
    let (reviews, unfit) = score(file, &reading.entries);
    let mut findings = reading.findings;
    findings.extend(unfit);
    // As they stand in the table; what is about the table as a whole comes first.
    findings.sort_by_key(|finding| finding.row);
    table::require_sound(&findings, terminal)?;
    if reviews.is_empty() {
        return Err(table::empty(file));
    }
    table::write(&options.table, &score_table(&reviews, terminal.language), terminal)?;
    if terminal.json {
        terminal.data_json(&json!({
            "schema": "xuequ/score/1",
            "file": file,
            "reviews": reviews,
            "deadlines": DEADLINES,
            "findings": findings_json(&findings, None, terminal.language),
        }));
    } else {
        for review in &reviews {
            for line in lines(review, terminal.language) {
                terminal.data(&line);
            }
        }
        for deadline in DEADLINES {
            terminal.data(&deadline.message().in_language(terminal.language));
        }
    }
    let unqualified = reviews.iter().filter(|review| review.grade == Some(Grade::Unqualified)).count();
    let ungraded = reviews.iter().filter(|review| review.grade.is_none()).count();
    let message = Message::new("score-summary").count("count", reviews.len());
    terminal.say(&message.count("unqualified", unqualified).count("ungraded", ungraded));
    Ok(if unqualified + ungraded == 0 { Exit::Done } else { Exit::WithFindings })
}

/// A review on a few lines: grade and total, sections, and what else there is to say.
fn lines(review: &GroupReview, language: Language) -> Vec<String> {
    let shown = |points: Option<Points>| points.map_or_else(|| "–".to_owned(), |points| points.to_string());
    let year = review.year.map(|year| year.to_string()).unwrap_or_default();
    let grade = review.grade.map_or_else(|| Message::new("score-ungraded"), Grade::message);
    let head = Message::new("score-line").text("group", &review.group).clause("year", "clause-of-year", &year);
    let head = head.sentence("grade", grade).text("total", shown(review.total)).text("bonus", review.bonus.to_string());
    let sections = review.sections.iter().map(|section| {
        let name = section.section.message().in_language(language);
        format!("{name} {}/{}", shown(section.points), section.maximum)
    });
    let mut lines = vec![head.in_language(language), format!("    {}", sections.collect::<Vec<String>>().join(" · "))];
    let mut add = |message: Message| lines.push(format!("    {}", message.in_language(language)));
    if review.veto {
        add(Message::new("score-veto-decides"));
    }
    if !review.missing.is_empty() {
        let items = review.missing.iter().filter_map(|number| RubricItem::of(*number));
        let names: Vec<String> = items.map(|item| item.message().in_language(language)).collect();
        add(Message::new("score-items-missing").text("items", names.join(&language.text("annex-between"))));
    }
    if review.reorganise {
        add(Message::new("score-reorganise-why"));
    }
    lines
}
