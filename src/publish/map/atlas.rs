//! Which sheets a stage has, and what their files are called.

use super::sheet::{Drawn, Sheet};
use super::stage::StageSheets;
use crate::model::SchoolIndex;
use crate::model::settings::PaperSize;

/// What a sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Subject {
    /// Everything.
    Overview,
    /// What changes against today.
    Changes,
    /// The use of seats.
    Pressure,
    /// The way to school.
    Distance,
    /// A district, by position.
    District(usize),
    /// The catchment of a school.
    School(SchoolIndex),
}

/// Letters of a name that file names keep: long ones are cut.
const LONGEST_NAME: usize = 24;

impl StageSheets<'_> {
    /// The sheets of the stage, each with the name of its file below `maps`, without ending; the overview has its own.
    pub(in super::super) fn subjects(&self) -> Vec<(Subject, String)> {
        let county = self.publication.county;
        let stage = self.catchments.stage;
        let mut subjects = vec![(Subject::Overview, format!("{stage}-overview"))];
        if self.changes().is_some() {
            subjects.push((Subject::Changes, format!("{stage}-changes")));
        }
        subjects.push((Subject::Pressure, format!("{stage}-seats")));
        if self.publication.evaluation.stages.iter().any(|measured| measured.stage == stage) {
            subjects.push((Subject::Distance, format!("{stage}-distance")));
        }
        for (position, district) in self.districts.iter().flat_map(|districts| &districts.districts).enumerate() {
            let name = file_name(&district.name);
            subjects.push((Subject::District(position), format!("{stage}-district-{:02}-{name}", position + 1)));
        }
        for (position, school) in county.holders(stage).enumerate() {
            let name = file_name(&county.catchment_name(stage, school));
            subjects.push((Subject::School(school), format!("{stage}-school-{:03}-{name}", position + 1)));
        }
        subjects
    }

    /// What a sheet is called in a list.
    pub(in super::super) fn name(&self, subject: Subject) -> String {
        let county = self.publication.county;
        match subject {
            Subject::Overview => self.text("sheet-overview"),
            Subject::Changes => self.text("sheet-changes"),
            Subject::Pressure => self.text("sheet-pressure"),
            Subject::Distance => self.text("sheet-distance"),
            Subject::District(position) => {
                let district = self.districts.and_then(|districts| districts.districts.get(position));
                district.map(|district| district.name.clone()).unwrap_or_default()
            }
            Subject::School(school) => county.catchment_name(self.catchments.stage, school),
        }
    }

    fn of(&self, subject: Subject) -> Option<Sheet<'_>> {
        match subject {
            Subject::Overview => Some(self.overview()),
            Subject::Changes => self.changes(),
            Subject::Pressure => Some(self.pressure()),
            Subject::Distance => self.reach(),
            Subject::District(position) => self.district(position),
            Subject::School(school) => Some(self.school(school)),
        }
    }

    /// Draws a sheet; none where the stage has none of this subject.
    pub(in super::super) fn draw(&self, subject: Subject, paper: PaperSize) -> Option<Drawn> {
        Some(self.of(subject)?.draw(paper))
    }
}

/// A name as part of a file name: letters, digits and hyphens of any script; nothing that a system could take for a path.
/// Two names may come out the same, so that files are numbered as well.
pub(super) fn file_name(name: &str) -> String {
    let safe = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let joined: String = safe.take(LONGEST_NAME).collect();
    let parts: Vec<&str> = joined.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "x".to_owned() } else { parts.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_lead_nowhere_else() {
        assert_eq!(file_name("东街小学(北校区)"), "东街小学-北校区");
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_name("a\\b:c\u{0}d"), "a-b-c-d");
        assert_eq!(file_name("…"), "x");
        assert_eq!(file_name(&"长".repeat(300)).chars().count(), LONGEST_NAME);
    }
}
