//! Findings as a page for people: one file, no network, no framework, for screens of any width and for paper.
//!
//! Everything that comes from the input is escaped, and the page runs no script but its own, which it names by its hash.

use std::collections::BTreeSet;

use base64::Engine;
use geo::Coord;
use sha2::{Digest, Sha256};

use super::super::map::Svg as Markup;
use super::report::FindingsReport;
use super::sketch::Sketches;
use super::{explanation, place_of};
use crate::language::Message;
use crate::model::{Finding, Severity};

/// Findings of one code on the page; the table has all.
const LISTED_OF_CODE: usize = 100;

/// Findings on the page.
const LISTED: usize = 1_000;

/// Maps of neighbourhoods for one code, and on the page.
const DRAWN_OF_CODE: usize = 24;
const DRAWN: usize = 240;

/// Marks on the map of everything.
const MARKED: usize = 20_000;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Findings of one code as far as they stand on the page, each with its number.
struct Group<'a> {
    listed: Vec<(usize, &'a Finding)>,
    count: usize,
}

/// The page.
pub(super) fn write(report: &FindingsReport<'_>) -> String {
    let groups = groups(report);
    let mut page = Markup::new();
    let words = |key: &str| report.language.text(key);
    let title = match &report.county.name {
        Some(name) => Message::new("findings-title-of").text("county", name).in_language(report.language),
        None => words("findings-title"),
    };
    page.open("html", &[("lang", report.language.tag())]);
    head(&mut page, &title);
    page.open("body", &[]);
    page.open("header", &[]);
    page.text("h1", &[], &title);
    page.text("p", &[("class", "summary")], &summary(report));
    overview(&mut page, report, &groups);
    page.close("header");
    page.open("main", &[]);
    controls(&mut page, report, &groups);
    let sketches = Sketches::new(report.county);
    let mut drawn = 0;
    for group in &groups {
        write_group(&mut page, report, group, &sketches, &mut drawn);
    }
    page.close("main");
    page.open("footer", &[]);
    page.text("p", &[], &words("findings-files"));
    page.close("footer");
    if !groups.is_empty() {
        page.open("script", &[]);
        page.raw(SCRIPT);
        page.close("script");
    }
    page.close("body");
    page.close("html");
    format!("<!DOCTYPE html>\n{}\n", page.into_parts().0)
}

/// The groups in the order of the report. Where findings are too many, each code keeps its first.
fn groups<'a>(report: &FindingsReport<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut room = LISTED;
    for (position, finding) in report.findings.iter().copied().enumerate() {
        let is_same = |group: &&mut Group<'a>| group.listed[0].1.code == finding.code;
        let Some(group) = groups.last_mut().filter(is_same) else {
            // The first of a code is always there.
            groups.push(Group { listed: vec![(position + 1, finding)], count: 1 });
            room = room.saturating_sub(1);
            continue;
        };
        group.count += 1;
        if group.listed.len() < LISTED_OF_CODE && room > 0 {
            group.listed.push((position + 1, finding));
            room -= 1;
        }
    }
    groups
}

fn head(page: &mut Markup, title: &str) {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    let policy = format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'");
    page.open("head", &[]);
    page.empty("meta", &[("charset", "utf-8")]);
    page.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
    page.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    page.text("title", &[], title);
    page.open("style", &[]);
    page.raw(STYLE);
    page.close("style");
    page.close("head");
    page.line();
}

fn summary(report: &FindingsReport<'_>) -> String {
    let count = |severity| report.findings.iter().filter(|finding| finding.severity() == severity).count();
    Message::new("check-summary")
        .count("schools", report.county.schools.len())
        .count("blocks", report.county.blocks.len())
        .count("errors", count(Severity::Error))
        .count("warnings", count(Severity::Warning))
        .count("notes", count(Severity::Note))
        .in_language(report.language)
}

/// The map of everything, where any finding has a place.
fn overview(page: &mut Markup, report: &FindingsReport<'_>, groups: &[Group<'_>]) {
    let listed: BTreeSet<usize> =
        groups.iter().flat_map(|group| group.listed.iter().map(|(number, _)| *number)).collect();
    let marks: Vec<(Coord<f64>, Severity, Option<usize>)> = report
        .findings
        .iter()
        .enumerate()
        .filter_map(|(position, finding)| {
            let place = report.ground.from_earth(place_of(finding)?)?;
            let number = Some(position + 1).filter(|number| listed.contains(number));
            Some((place, finding.severity(), number))
        })
        .take(MARKED)
        .collect();
    let label = report.language.text("findings-overview");
    if marks.is_empty() {
        return;
    }
    let Some(map) = Sketches::new(report.county).overview(&marks, &label) else { return };
    page.raw(&map);
    page.line();
    page.open("ul", &[("class", "legend")]);
    let mut entry = |element: &str, class: &str, shape: &[(&str, &str)], key: &str| {
        page.open("li", &[]);
        page.open("svg", &[("viewBox", "0 0 16 16"), ("aria-hidden", "true")]);
        page.empty(element, &[&[("class", class)], shape].concat());
        page.close("svg");
        page.text("span", &[], &format!(" {}", report.language.text(key)));
        page.close("li");
    };
    let dot = [("cx", "8"), ("cy", "8"), ("r", "6")];
    for severity in Severity::ALL {
        if marks.iter().any(|(_, of_mark, _)| *of_mark == severity) {
            entry("circle", &format!("mark {}", severity.slug()), &dot, severity.message().key());
        }
    }
    if marks.iter().any(|(.., number)| number.is_none()) {
        entry("path", "unlisted", &[("d", "M8 8h0")], "findings-unlisted");
    }
    if !report.county.schools.is_empty() {
        entry("circle", "school", &[("cx", "8"), ("cy", "8"), ("r", "4")], "legend-school");
    }
    if !report.county.areas.is_empty() {
        entry("path", "area", &[("d", "M0 8h16")], "legend-area");
    }
    page.close("ul");
}

/// What narrows the list down. Without scripts it stays hidden, and everything is shown.
fn controls(page: &mut Markup, report: &FindingsReport<'_>, groups: &[Group<'_>]) {
    let words = |key: &str| report.language.text(key);
    if groups.is_empty() {
        page.text("p", &[], &words("check-no-findings"));
        return;
    }
    page.open("nav", &[]);
    page.open("form", &[("hidden", "")]);
    for severity in Severity::ALL {
        if groups.iter().any(|group| group.listed[0].1.severity() == severity) {
            page.open("label", &[]);
            let of_severity = [("name", "severity"), ("value", severity.slug()), ("checked", "")];
            page.empty("input", &[&[("type", "checkbox")][..], &of_severity].concat());
            page.text("span", &[], &severity.message().in_language(report.language));
            page.close("label");
        }
    }
    page.open("select", &[("name", "code"), ("aria-label", &words("findings-codes"))]);
    page.text("option", &[("value", "")], &words("findings-codes"));
    for group in groups {
        let code = group.listed[0].1.code.slug();
        page.text("option", &[("value", code)], &format!("{code} × {}", group.count));
    }
    page.close("select");
    let search = words("findings-search");
    let labels = [("placeholder", search.as_str()), ("aria-label", search.as_str())];
    page.empty("input", &[&[("type", "search"), ("name", "search")][..], &labels].concat());
    page.text("output", &[], "");
    page.close("form");
    page.close("nav");
}

fn write_group(
    page: &mut Markup,
    report: &FindingsReport<'_>,
    group: &Group<'_>,
    sketches: &Sketches<'_>,
    drawn: &mut usize,
) {
    let code = group.listed[0].1.code;
    let severity = code.severity();
    page.open("section", &[("class", "group"), ("id", code.slug())]);
    page.open("h2", &[]);
    let badge = format!("badge {}", severity.slug());
    page.text("span", &[("class", &badge)], &severity.message().in_language(report.language));
    page.text("code", &[], code.slug());
    page.text("span", &[], &format!("× {}", group.count));
    page.close("h2");
    if let Some(told) = explanation(code, report.language) {
        page.text("p", &[("class", "meaning")], &told.meaning.replace('`', ""));
    }
    let remedies: BTreeSet<String> = group.listed.iter().map(|(_, finding)| finding.remedy(report.language)).collect();
    let common = remedies.first().filter(|_| remedies.len() == 1);
    if let Some(remedy) = common {
        page.text("p", &[("class", "remedy")], &format!("→ {remedy}"));
    }
    if group.listed.len() < group.count {
        let capped = Message::new("findings-capped").count("shown", group.listed.len()).count("count", group.count);
        page.text("p", &[("class", "capped")], &capped.in_language(report.language));
    }
    page.open("div", &[("class", "cards")]);
    for (position, (number, finding)) in group.listed.iter().enumerate() {
        let may_be_drawn = position < DRAWN_OF_CODE && *drawn < DRAWN;
        let spot = place_of(finding).and_then(|place| report.ground.from_earth(place)).filter(|_| may_be_drawn);
        *drawn += usize::from(spot.is_some());
        let id = format!("f{number}");
        let class = format!("card {}", severity.slug());
        let data = [("data-severity", severity.slug()), ("data-code", code.slug())];
        page.open("article", &[&[("class", class.as_str()), ("id", id.as_str())][..], &data].concat());
        write_where(page, report, *number, finding);
        page.text("p", &[("class", "what")], &finding.what(report.language));
        if common.is_none() {
            page.text("p", &[("class", "remedy")], &format!("→ {}", finding.remedy(report.language)));
        }
        if let Some(spot) = spot {
            let label = finding.name.clone().unwrap_or_else(|| finding.what(report.language));
            page.raw(&sketches.neighbourhood(spot, severity, &label));
        }
        page.close("article");
        page.line();
    }
    page.close("div");
    page.close("section");
}

/// Which finding it is, and where: its number, name, file and row, and coordinates.
fn write_where(page: &mut Markup, report: &FindingsReport<'_>, number: usize, finding: &Finding) {
    page.open("p", &[("class", "where")]);
    page.text("span", &[], &number.to_string());
    if let Some(name) = &finding.name {
        page.text("b", &[], name);
    }
    let row = finding.row.map(|row| Message::new("findings-row").text("row", row.to_string()));
    let row = row.map(|row| row.in_language(report.language));
    let place: Vec<String> = finding.file.iter().cloned().chain(row).collect();
    if !place.is_empty() {
        page.text("span", &[], &place.join(" · "));
    }
    if let Some(place) = place_of(finding) {
        let decimals = if report.county.reference == crate::model::Reference::Local { 1 } else { 6 };
        page.text("span", &[], &format!("{:.decimals$}, {:.decimals$}", place.x, place.y));
    }
    page.close("p");
}
