//! `assignment-free.csv`: where blocks would go without the lines of districts, what the price of the lines is measured by.

use super::Publication;
use super::table::CsvTable;
use crate::space::Nearby;

/// Columns of the table, called as in `assignment.csv`.
const HEADER: [&str; 5] = ["stage", "block_id", "school_id", "pupils", "distance_m"];

/// Writes the table.
pub(super) fn write(publication: &Publication<'_>) -> Vec<u8> {
    let Publication { county, ground, scheme, .. } = *publication;
    let mut table = CsvTable::new(&HEADER);
    for catchments in &scheme.free {
        let stage = catchments.stage;
        let to = Nearby::new(county, &ground.distances, stage);
        for index in county.block_indices() {
            let (block, school) = (county.block(index), catchments.school_of(index));
            table.row([
                stage.slug(),
                &block.id,
                &school.map_or_else(String::new, |school| county.catchment_id(stage, school)),
                &block.pupils[stage].to_string(),
                &school.map_or_else(String::new, |school| format!("{:.1}", to.metres(index, school))),
            ]);
        }
    }
    table.into_bytes()
}
