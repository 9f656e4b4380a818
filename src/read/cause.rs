//! Which findings are causes and which only follow from them.

use super::layer::Layer;
use crate::model::{Finding, FindingCode, Severity};

/// Leaves out what only follows from another finding, and puts first the errors that are not about a single row: they
/// are the causes most often. Otherwise the order stays.
///
/// A file of schools or blocks with an error lacks rows or numbers, so sums over it say nothing: to report them would
/// send people to mend what is whole.
pub(super) fn keep_causes(findings: &mut Vec<Finding>, blocks: &[Layer], schools: &[Layer]) {
    let has_errors = |layers: &[Layer]| {
        findings.iter().any(|finding| {
            // That a file holds no rows is what is asked here, and no cause of it.
            finding.severity() == Severity::Error
                && !matches!(finding.code, FindingCode::BlocksNone | FindingCode::SchoolsNone)
                && layers.iter().any(|layer| finding.file.as_deref() == Some(layer.table.file.as_str()))
        })
    };
    let (blocks, schools) = (has_errors(blocks), has_errors(schools));
    let none = |code: FindingCode| findings.iter().any(|finding| finding.code == code);
    let (blocks_lack, schools_lack) =
        (blocks || none(FindingCode::BlocksNone), schools || none(FindingCode::SchoolsNone));
    let unreadable: Vec<(Option<String>, Option<u32>)> = findings
        .iter()
        .filter(|finding| finding.code == FindingCode::NumberUnreadable)
        .map(|finding| (finding.file.clone(), finding.row))
        .collect();
    let no_places: Vec<(Option<String>, Option<u32>)> = findings
        .iter()
        .filter(|finding| finding.code == FindingCode::PlaceUnreadable)
        .map(|finding| (finding.file.clone(), finding.row))
        .collect();
    findings.retain(|finding| match finding.code {
        FindingCode::PlaceMissing | FindingCode::OutlineMissing => {
            !no_places.iter().any(|(file, row)| *file == finding.file && *row == finding.row)
        }
        FindingCode::BlocksNone => !blocks,
        FindingCode::SchoolsNone => !schools,
        FindingCode::PupilsNone => !blocks_lack,
        FindingCode::StagePupilsUnclear => !blocks_lack && !schools_lack,
        FindingCode::StageWithoutSchool
        | FindingCode::SeatsShort
        | FindingCode::BlockTooLarge
        | FindingCode::ExistingIncomplete => !schools_lack,
        FindingCode::SeatsMissing => !unreadable.iter().any(|(file, row)| *file == finding.file && *row == finding.row),
        _ => true,
    });
    findings.sort_by_key(|finding| finding.severity() != Severity::Error || finding.row.is_some());
}
