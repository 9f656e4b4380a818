//! Outlines with every fault there is: what is said of them, and the mended copy.

use std::path::Path;

use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde_json::Value;
use xuequ::space::outline;
use xuequ::space::validity::{Fault, FaultKind, faults};

use crate::fixture::{Folder, argument};
use crate::shared_data::{files_under, shared};

/// Rings in brackets, as well-known text has them, as parts; a part is a list of rings.
fn parts(text: &str) -> Vec<Vec<Vec<Coord<f64>>>> {
    let mut parts: Vec<Vec<Vec<Coord<f64>>>> = Vec::new();
    let depth_of_rings = if text.trim_start().starts_with("(((") || text.contains(")),") { 3 } else { 2 };
    let (mut depth, mut word) = (0, String::new());
    let mut numbers: Vec<f64> = Vec::new();
    for character in text.chars() {
        match character {
            '(' => {
                depth += 1;
                if depth == depth_of_rings - 1 {
                    parts.push(Vec::new());
                }
                if depth == depth_of_rings {
                    parts.last_mut().expect("a part is open").push(Vec::new());
                }
            }
            ')' | ',' | ' ' | '\n' | '\t' | '\r' => {
                if let Ok(number) = word.parse() {
                    numbers.push(number);
                }
                word.clear();
                if (character == ')' || character == ',') && !numbers.is_empty() {
                    let ring = parts.last_mut().and_then(|part| part.last_mut()).expect("a ring is open");
                    ring.push(Coord { x: numbers[0], y: numbers[1] });
                    numbers.clear();
                }
                depth -= usize::from(character == ')');
            }
            other => word.push(other),
        }
    }
    parts
}

/// An outline from well-known text, its rings as they stand there; `None` for other kinds.
fn outline_of(text: &str) -> Option<MultiPolygon<f64>> {
    let text = text.trim();
    let body = text.strip_prefix("MULTIPOLYGON").or_else(|| text.strip_prefix("POLYGON"))?.trim();
    let body = body.strip_prefix('Z').unwrap_or(body).trim();
    if body == "EMPTY" {
        return Some(MultiPolygon::new(Vec::new()));
    }
    let body = if text.starts_with('P') { format!("({body})") } else { body.to_owned() };
    let polygon = |rings: Vec<Vec<Coord<f64>>>| {
        let mut rings = rings.into_iter().map(LineString::new);
        Polygon::new(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), rings.collect())
    };
    Some(MultiPolygon::new(parts(&body).into_iter().map(polygon).collect()))
}

fn kinds(text: &str) -> Vec<FaultKind> {
    faults(&outline_of(text).expect("an outline")).into_iter().map(|fault| fault.kind).collect()
}

#[test]
fn each_fault_of_an_outline_has_its_name() {
    let cases = [
        ("POLYGON((0 0,9 0,9 9,0 9,0 0))", &[][..]),
        ("POLYGON((0 0,9 9,9 0,0 9,0 0))", &[FaultKind::SelfCrossing]),
        ("POLYGON((0 0,5 0,5 -3,5 0,9 0,9 9,0 9,0 0))", &[FaultKind::Spike]),
        ("POLYGON((0 0,9 0,5 5,9 9,0 9,5 5,0 0))", &[FaultKind::SelfTouch]),
        ("POLYGON((0 0,9 9,0 0))", &[FaultKind::TooFewPoints]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(20 20,21 20,21 21,20 20))", &[FaultKind::HoleOutside]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(8 2,12 2,12 4,8 4,8 2))", &[FaultKind::RingsCross]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(2 2,3 2,3 3,2 2))", &[FaultKind::HoleNested]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1),(2 2,1 1,2 1,2 2))", &[FaultKind::RepeatedRing]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,5 0,4 4,0 5))", &[FaultKind::GroundCut]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 2,4 2,4 4,0 4,0 2))", &[FaultKind::RingsOverlap]),
        ("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,4 4,4 6,0 5))", &[]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((8 8,12 8,12 12,8 12,8 8)))", &[FaultKind::PartsOverlap]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((9 0,12 0,12 9,9 9,9 0)))", &[FaultKind::PartsAdjoin]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((2 2,4 2,4 4,2 4,2 2)))", &[FaultKind::PartsNested]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((9 9,12 9,12 12,9 9)))", &[]),
        ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((0 0,9 0,9 9,0 9,0 0)))", &[FaultKind::RepeatedRing]),
    ];
    for (text, expected) in cases {
        assert_eq!(kinds(text), expected, "{text}");
    }
    let [Fault { kind, place, count }] = faults(&outline_of("POLYGON((0 0,8 8,8 0,0 8,0 0))").expect("an outline"))[..]
    else {
        panic!("one fault");
    };
    assert_eq!((kind, place, count), (FaultKind::SelfCrossing, Coord { x: 4.0, y: 4.0 }, 1));
}

/// The text between two marks, for each time they occur.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

#[test]
fn outlines_are_judged_as_the_validity_cases_of_geos_expect() {
    let Some(part) = shared("messy/geos/tests/xmltester/tests") else { return };
    let mut files = Vec::new();
    files_under(&part, &mut files);
    let (mut judged, mut wrong) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a file of cases");
        for case in between(&text, "<case>", "</case>") {
            let Some(answer) = between(case, "name=\"isValid\" arg1=\"A\">", "</op>").next() else { continue };
            let shape = between(case, "<a>", "</a>").next().expect("a case has a shape");
            let Some(outline) = outline_of(shape) else { continue };
            judged += 1;
            let found = faults(&outline);
            if found.is_empty() != (answer.trim() == "true") {
                let about = between(case, "<desc>", "</desc>").next().unwrap_or_default();
                wrong.push(format!("{}: {about}: {found:?}\n{}", file.display(), shape.trim()));
            }
        }
    }
    assert!(judged > 40, "cases were found: {judged}");
    assert!(wrong.is_empty(), "{} of {judged}:\n{}", wrong.len(), wrong.join("\n"));
}
