//! `evaluation.json`: every measure.

use super::Publication;

/// Writes the evaluation, indented, for people to read as well.
pub(super) fn write(publication: &Publication<'_>) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(publication.evaluation).expect("an evaluation is plain data");
    bytes.push(b'\n');
    bytes
}
