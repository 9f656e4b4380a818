//! `OpenStreetMap` extracts (`.osm.pbf`): the ways with a `highway`, their tags as cells and their nodes as lines.

use std::path::Path;

use geo::{Coord, LineString, MultiLineString};
use osmpbf::{Element, ElementReader};
use rustc_hash::FxHashMap;

use super::ReadError;
use super::shapes::Shape;
use super::table::Table;
use crate::model::{Finding, FindingCode};

/// The tags that become columns.
const TAGS: [&str; 5] = ["highway", "foot", "access", "motorroad", "name"];

/// Reads the ways with a `highway` in two passes, so that only nodes on such ways are held.
///
/// Extracts are cut at an edge, and ways run over it: nodes that are not in the file are left out, a way is broken there,
/// and a finding counts them. Coordinates are longitude and latitude (WGS84), as the format has no others.
pub(super) fn read(path: &Path, file: &str, findings: &mut Vec<Finding>) -> Result<Table, ReadError> {
    let mut table = Table::new(file, TAGS.map(str::to_owned).to_vec(), 1);
    let mut ways: Vec<Vec<i64>> = Vec::new();
    for_each(path, file, |element| {
        let Element::Way(way) = element else { return };
        let mut cells = [""; TAGS.len()];
        for (key, value) in way.tags() {
            if let Some(column) = TAGS.iter().position(|tag| *tag == key) {
                cells[column] = value;
            }
        }
        if !cells[0].is_empty() {
            table.push_row(cells);
            ways.push(way.refs().collect());
        }
    })?;
    let mut places: FxHashMap<i64, Option<Coord<f64>>> = ways.iter().flatten().map(|number| (*number, None)).collect();
    for_each(path, file, |element| {
        let (number, place) = match element {
            Element::DenseNode(node) => (node.id(), Coord { x: node.lon(), y: node.lat() }),
            Element::Node(node) => (node.id(), Coord { x: node.lon(), y: node.lat() }),
            Element::Way(_) | Element::Relation(_) => return,
        };
        if let Some(wanted) = places.get_mut(&number) {
            *wanted = Some(place);
        }
    })?;
    let place_of = |number: &i64| places.get(number).copied().flatten();
    let (mut cut, mut absent) = (0, 0);
    for way in &ways {
        let missing = way.iter().filter(|number| place_of(number).is_none()).count();
        absent += missing;
        cut += usize::from(missing > 0);
        let stretches = way.split(|number| place_of(number).is_none()).filter(|stretch| !stretch.is_empty());
        let lines: Vec<LineString<f64>> =
            stretches.map(|stretch| stretch.iter().filter_map(place_of).collect()).collect();
        table.shapes.push(Some(Shape::Lines(MultiLineString::new(lines))));
        table.vertex_numbers.push(way.iter().copied().filter(|number| place_of(number).is_some()).collect());
    }
    if cut > 0 {
        findings.push(table.file_finding(FindingCode::RoadsCut).count("nodes", absent).count("ways", cut));
    }
    table.is_geographic = true;
    Ok(table)
}

fn for_each(path: &Path, file: &str, take: impl for<'a> FnMut(Element<'a>)) -> Result<(), ReadError> {
    let malformed = |fault: osmpbf::Error| ReadError::Malformed { file: file.to_owned(), detail: fault.to_string() };
    let stream = std::fs::File::open(path).map_err(|source| ReadError::Open { file: file.to_owned(), source })?;
    ElementReader::new(std::io::BufReader::new(stream)).for_each(take).map_err(malformed)
}
