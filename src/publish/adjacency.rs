//! `adjacency.csv`: which blocks counted as neighbours, and why.

use super::Publication;
use super::table::CsvTable;
use crate::space::LinkKind;

/// Columns of the table.
const HEADER: [&str; 4] = ["block_a", "block_b", "kind", "metres"];

/// Whether the neighbours are the given pairs and no others, so that the input says it all.
pub(super) fn is_as_given(publication: &Publication<'_>) -> bool {
    publication.ground.adjacency.links().iter().all(|link| link.kind == LinkKind::Given)
}

/// Writes the table: `border` with its length, `near` with the gap between, `given` by the user's table, `nearest` with
/// the gap it bridges.
pub(super) fn write(publication: &Publication<'_>) -> Vec<u8> {
    let mut table = CsvTable::new(&HEADER);
    let id = |block: usize| publication.county.blocks[block].id.to_string();
    for link in publication.ground.adjacency.links() {
        let metres = match link.kind {
            LinkKind::Border(length) => format!("{length:.2}"),
            LinkKind::Near(gap) | LinkKind::Nearest(gap) => format!("{gap:.2}"),
            LinkKind::Given => String::new(),
        };
        table.row([id(link.first as usize), id(link.second as usize), link.kind.slug().to_owned(), metres]);
    }
    table.into_bytes()
}
