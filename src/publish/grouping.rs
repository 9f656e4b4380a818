//! `grouping.json`: what districts are worth by their schools alone.

use crate::measure::GroupingMeasures;

/// Writes the measures of all stages as a list.
pub(super) fn write(measured: &[GroupingMeasures]) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(measured).expect("measures are plain data");
    bytes.push(b'\n');
    bytes
}
