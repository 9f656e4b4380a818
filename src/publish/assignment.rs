//! `assignment.csv`: the scheme itself, a row for each stage and block.

use std::borrow::Cow;

use rayon::prelude::*;

use super::Publication;
use super::table::CsvTable;
use crate::explain::Reason;
use crate::model::{BlockIndex, LockKind};
use crate::space::Nearby;

/// Columns of the table.
const HEADER: [&str; 10] = [
    "stage",
    "block_id",
    "block_name",
    "school_id",
    "school_name",
    "district_id",
    "pupils",
    "distance_m",
    "locked",
    "reason",
];

/// Rows written by one thread at a time.
const STRETCH: usize = 16_384;

/// What a row takes, more or less.
const ROW_BYTES: usize = 96;

/// Writes the table. Empty school cells are blocks without a school; the schools of a pool stand in one cell, ids joined by
/// `;` and names by ` / `.
pub(super) fn write(publication: &Publication<'_>) -> Vec<u8> {
    let Publication { county, ground, scheme, language, .. } = *publication;
    let mut bytes = CsvTable::new(&HEADER).into_bytes();
    for (catchments, reasons) in scheme.catchments.iter().zip(publication.reasons) {
        let stage = catchments.stage;
        let districts = scheme.districts_of(stage);
        let district_of_school: Vec<&str> = (0..county.schools.len())
            .map(|school| {
                let school = crate::model::SchoolIndex::new(school);
                districts
                    .and_then(|districts| Some(&districts.districts[districts.district_of(school)?]))
                    .map_or("", |district| district.id.as_str())
            })
            .collect();
        let to = Nearby::new(county, &ground.distances, stage);
        let names: Vec<(String, String)> = (0..county.schools.len())
            .map(crate::model::SchoolIndex::new)
            .map(|school| (county.catchment_id(stage, school), county.catchment_name(stage, school)))
            .collect();
        let mut locked = vec![false; county.blocks.len()];
        for lock in &county.locks {
            if let LockKind::BlockToSchool { block, school, stage: locked_in } = lock.kind {
                locked[block.get()] |= locked_in == stage && catchments.school_of(block) == Some(school);
            }
        }
        // Four of five rows have this reason, and sentences take longer to word than all the rest.
        let nearest = Reason::Nearest.message(county, stage).in_language(language);
        let write_row = |table: &mut CsvTable, index: BlockIndex| {
            let block = county.block(index);
            let school = catchments.school_of(index);
            let (id, name) = school.map_or(("", ""), |school| (&*names[school.get()].0, &*names[school.get()].1));
            let reason = match &reasons[index.get()] {
                Reason::Nearest => Cow::Borrowed(&nearest),
                other => Cow::Owned(other.message(county, stage).in_language(language)),
            };
            table.row([
                stage.slug(),
                &block.id,
                &block.name,
                id,
                name,
                school.map_or("", |school| district_of_school[school.get()]),
                &block.pupils[stage].to_string(),
                &school.map_or_else(String::new, |school| format!("{:.1}", to.metres(index, school))),
                if locked[index.get()] { "yes" } else { "no" },
                &reason,
            ]);
        };
        let blocks: Vec<BlockIndex> = county.block_indices().collect();
        let stretches: Vec<Vec<u8>> = blocks
            .par_chunks(STRETCH)
            .map(|stretch| {
                let mut rows = CsvTable::after(Vec::with_capacity(stretch.len() * ROW_BYTES));
                for index in stretch {
                    write_row(&mut rows, *index);
                }
                rows.into_bytes()
            })
            .collect();
        bytes.reserve_exact(stretches.iter().map(Vec::len).sum());
        for stretch in &stretches {
            bytes.extend_from_slice(stretch);
        }
    }
    bytes
}
