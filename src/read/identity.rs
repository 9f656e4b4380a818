//! The ids and names of the things in a layer: where ids come from, those that stand twice, those that look alike.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::hash::BuildHasher;
use std::path::Path;

use ecow::{EcoString, eco_format};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::columns::{Role, half_width};
use super::layer::Layer;
use super::value;
use crate::model::{Finding, FindingCode};

/// The layer, row, id and name of a thing.
pub(super) type Identity = (usize, usize, EcoString, EcoString);

/// The ids and names of all rows of some layers.
pub(super) struct Identities {
    /// In reading order.
    pub(super) rows: Vec<Identity>,
    /// Names and ids that stand in rows left out.
    pub(super) left_out: Vec<String>,
    /// The id and the name of the whole school, by the id of each of its sites.
    pub(super) wholes: BTreeMap<EcoString, (String, String)>,
}

/// Gives every row an id and a name: the id column, else feature ids, else names, else row numbers; what stood in for
/// ids is reported, and so are duplicates, whose later rows are left out.
pub(super) fn identify(layers: &[Layer], findings: &mut Vec<Finding>) -> Identities {
    let mut rows: Vec<Identity> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    let by_name = layers.iter().any(|layer| !layer.columns.has(Role::Id)) && names_can_be_ids(layers);
    for (number, layer) in layers.iter().enumerate() {
        let source = id_source(layer, by_name, findings);
        let row_id = |row: usize| {
            let row = layer.table.row_number(row);
            // Rows of several files are told apart by the file.
            let file = Path::new(&layer.table.file).file_stem().and_then(OsStr::to_str).unwrap_or("row");
            if layers.len() > 1 { eco_format!("{file}-{row}") } else { eco_format!("row-{row}") }
        };
        let identity = |row: usize| -> Identity {
            let name = layer.filled(row, Role::Name).map(EcoString::from);
            let id = match source {
                IdSource::Column(column) => {
                    Some(layer.table.cell(row, column)).filter(|cell| !value::is_missing(cell)).map(EcoString::from)
                }
                IdSource::Name => Some(name.clone().unwrap_or_else(|| row_id(row))),
                IdSource::Row => Some(row_id(row)),
            };
            // No id is empty but that of a row without one, which is left out below.
            let id = id.unwrap_or_default();
            let name = name.unwrap_or_else(|| id.clone());
            (number, row, id, name)
        };
        let of_layer: Vec<usize> = layer.rows().collect();
        rows.par_extend(of_layer.into_par_iter().with_min_len(4_096).map(identity));
    }
    rows.retain(|(number, row, id, name)| {
        if id.is_empty() {
            let layer = &layers[*number];
            findings.push(layer.about_row(layer.table.finding(FindingCode::IdMissing, *row), *row));
            left_out.extend((!name.is_empty()).then(|| name.to_string()));
        }
        !id.is_empty()
    });
    let wholes = tell_sites_apart(layers, &mut rows, findings);
    left_out.extend(report_duplicates(layers, &mut rows, findings));
    report_alike(layers, &rows, findings);
    Identities { rows, left_out, wholes }
}

#[derive(Clone, Copy)]
enum IdSource {
    Column(usize),
    Name,
    Row,
}

/// Whether every row of every layer has a name of its own.
fn names_can_be_ids(layers: &[Layer]) -> bool {
    let rows = layers.iter().flat_map(|layer| layer.rows().map(move |row| (layer, row)));
    let mut names: Vec<Option<String>> = rows.map(|(layer, row)| layer.text(row, Role::Name)).collect();
    names.sort_unstable();
    names.first().is_some_and(Option::is_some) && names.windows(2).all(|pair| pair[0] != pair[1])
}

fn id_source(layer: &Layer, by_name: bool, findings: &mut Vec<Finding>) -> IdSource {
    if let Some(column) = layer.columns.position(Role::Id) {
        return IdSource::Column(column);
    }
    let table = &layer.table;
    if let Some(column) = table.feature_id_column {
        let mut ids: Vec<&str> = (0..table.row_count()).map(|row| table.cell(row, column)).collect();
        ids.sort_unstable();
        if ids.windows(2).all(|pair| pair[0] != pair[1]) && ids.first().is_some_and(|id| !id.is_empty()) {
            return IdSource::Column(column);
        }
        findings.push(table.file_finding(FindingCode::FeatureIdRepeated));
    }
    let finding = table.file_finding(FindingCode::IdFromName);
    findings.push(finding.text("source", if by_name { "name" } else { "row" }));
    if by_name { IdSource::Name } else { IdSource::Row }
}

/// Gives the sites of a school that share its id ids and names of their own, behind the school's: each has a place, seats and a
/// catchment of its own. Rows whose sites are not all told and different are left as they are.
/// Returns the id and name of the school by the ids of its sites.
fn tell_sites_apart(
    layers: &[Layer],
    rows: &mut [Identity],
    findings: &mut Vec<Finding>,
) -> BTreeMap<EcoString, (String, String)> {
    let mut wholes = BTreeMap::new();
    if !layers.iter().any(|layer| layer.columns.has(Role::Campus)) {
        return wholes;
    }
    let mut of_id: BTreeMap<EcoString, Vec<usize>> = BTreeMap::new();
    for (position, (_, _, id, _)) in rows.iter().enumerate() {
        of_id.entry(id.clone()).or_default().push(position);
    }
    for (id, positions) in of_id.into_iter().filter(|(_, positions)| positions.len() > 1) {
        let site = |position: &usize| layers[rows[*position].0].text(rows[*position].1, Role::Campus);
        let Some(sites) = positions.iter().map(site).collect::<Option<Vec<String>>>() else { continue };
        if sites.iter().enumerate().any(|(place, site)| sites[..place].contains(site)) {
            continue;
        }
        let (layer, row, _, name) = &rows[positions[0]];
        let finding = layers[*layer].table.finding(FindingCode::SitesApart, *row).about(name.clone());
        findings.push(finding.text("id", id.clone()).list("sites", &sites, "、"));
        let whole = (id.to_string(), name.to_string());
        for (position, site) in positions.into_iter().zip(sites) {
            let (.., id, name) = &mut rows[position];
            wholes.insert(eco_format!("{id}-{site}"), whole.clone());
            *id = eco_format!("{id}-{site}");
            if !name.contains(site.as_str()) {
                *name = eco_format!("{name}({site})");
            }
        }
    }
    wholes
}

/// Reports ids that look like another one: full-width, or with characters nobody sees.
fn report_alike(layers: &[Layer], rows: &[Identity], findings: &mut Vec<Finding>) {
    let looks =
        |id: &str| -> String { id.chars().map(half_width).filter(|character| !is_invisible(*character)).collect() };
    // Most ids are plain, and cost nothing here.
    let odd: Vec<(&Identity, String)> =
        rows.iter().filter(|(_, _, id, _)| !id.is_ascii()).map(|row| (row, looks(&row.2))).collect();
    if odd.iter().all(|((_, _, id, _), look)| **id == **look) {
        return;
    }
    let known: rustc_hash::FxHashMap<&str, &Identity> = rows.iter().map(|row| (row.2.as_str(), row)).collect();
    for ((layer, row, id, name), look) in odd {
        if let Some((other, at, ..)) = known.get(look.as_str()).filter(|_| **id != *look) {
            let finding = layers[*layer].table.finding(FindingCode::IdAlike, *row).about(name.clone());
            let table = &layers[*other].table;
            findings.push(finding.text("id", id.clone()).text("other", look).count("row", table.row_number(*at)));
        }
    }
}

/// Whether a character has no width: marks of joining and of direction, and the mark of byte order.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// Leaves out the later rows of an id, and gives their names.
fn report_duplicates(layers: &[Layer], rows: &mut Vec<Identity>, findings: &mut Vec<Finding>) -> Vec<String> {
    // Positions only, to be looked up in `rows`: a table of texts would be ten times as large.
    let mut first: HashTable<u32> = HashTable::with_capacity(rows.len());
    let mut later: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let hash = |id: &EcoString| FxBuildHasher.hash_one(id);
    for (position, (_, _, id, _)) in rows.iter().enumerate() {
        let id_at = |position: &u32| &rows[*position as usize].2;
        match first.entry(hash(id), |known| id_at(known) == id, |known| hash(id_at(known))) {
            Entry::Occupied(earlier) => later.entry(*earlier.get() as usize).or_default().push(position),
            Entry::Vacant(free) => {
                free.insert(u32::try_from(position).expect("a county lists fewer than 2^32 rows"));
            }
        }
    }
    for (earlier, positions) in &later {
        let (layer, row, id, name) = &rows[*earlier];
        let numbers: Vec<String> = positions
            .iter()
            .map(|position| {
                let (other, row) = (rows[*position].0, rows[*position].1);
                let table = &layers[other].table;
                let number = table.row_number(row);
                if other == *layer { number.to_string() } else { format!("{number} ({})", table.file) }
            })
            .collect();
        // One id with several names: somebody was renamed, or two share an id by mistake.
        let mut names: Vec<String> = Vec::new();
        for other in positions.iter().map(|position| format!("“{}”", rows[*position].3)) {
            if other != format!("“{name}”") && !names.contains(&other) && names.len() < 3 {
                names.push(other);
            }
        }
        let finding = layers[*layer]
            .table
            .finding(FindingCode::IdDuplicate, *row)
            .about(name.clone())
            .text("id", id.clone())
            .clause("names", "clause-other-names", &names.join(", "))
            .count("count", numbers.len())
            .text("rows", numbers.join(", "));
        findings.push(finding);
    }
    if later.is_empty() {
        return Vec::new();
    }
    let drop: rustc_hash::FxHashSet<usize> = later.into_values().flatten().collect();
    let mut left_out: Vec<String> = Vec::new();
    let mut position = 0;
    rows.retain(|(.., name)| {
        position += 1;
        let keep = !drop.contains(&(position - 1));
        if !keep {
            left_out.push(name.to_string());
        }
        keep
    });
    left_out
}
