//! The findings of a county as files for people and programs: a table, a layer of places, a page.

use geo::Coord;
use geojson::{Geometry, GeometryValue, JsonObject};
use serde_json::json;

use super::super::folder::{FolderError, OutputFolder};
use super::super::geojson::collection;
use super::super::table::CsvTable;
use super::{page, place_of, rounded};
use crate::language::Language;
use crate::model::{County, Finding, FindingCode, Reference};
use crate::space::Ground;

/// What the files are written from.
#[derive(Clone, Debug)]
pub struct FindingsReport<'a> {
    /// The county as far as it could be read.
    pub(super) county: &'a County,
    /// Its ground.
    pub(super) ground: &'a Ground,
    /// Worst first, those of one code together, else in the order in which they were found. Numbers in the files are
    /// positions here, from 1.
    pub(super) findings: Vec<&'a Finding>,
    /// The language of everything people read.
    pub(super) language: Language,
}

impl<'a> FindingsReport<'a> {
    /// The report of `findings` about `county`.
    #[must_use]
    pub fn new(
        county: &'a County,
        ground: &'a Ground,
        findings: &'a [Finding],
        language: Language,
    ) -> FindingsReport<'a> {
        let place_in_documents = |code: FindingCode| FindingCode::ALL.iter().position(|known| *known == code);
        let mut sorted: Vec<&Finding> = findings.iter().collect();
        sorted.sort_by_cached_key(|finding| (std::cmp::Reverse(finding.severity()), place_in_documents(finding.code)));
        FindingsReport { county, ground, findings: sorted, language }
    }

    /// Writes `findings.csv` (all, with a byte-order mark for Excel), `findings.geojson` (those with a place) and
    /// `findings.html` (for people, without what would make it too long). Same findings, same bytes.
    ///
    /// # Errors
    /// [`FolderError`] where a file cannot be written.
    pub fn write(&self, folder: &mut OutputFolder) -> Result<(), FolderError> {
        folder.write("findings.csv", &self.table())?;
        folder.write("findings.geojson", &self.layer())?;
        folder.write("findings.html", page::write(self).as_bytes())
    }

    fn table(&self) -> Vec<u8> {
        let is_local = self.county.reference == Reference::Local;
        let axes = if is_local { ["x", "y"] } else { ["longitude", "latitude"] };
        let header = ["number", "code", "severity", "file", "row", "name", axes[0], axes[1], "what", "remedy"];
        let mut table = CsvTable::new(&header);
        for (position, finding) in self.findings.iter().enumerate() {
            let place = place_of(finding).map(rounded);
            let coordinate = |axis: fn(&Coord<f64>) -> f64| place.as_ref().map(|place| axis(place).to_string());
            table.row([
                (position + 1).to_string(),
                finding.code.slug().to_owned(),
                finding.severity().slug().to_owned(),
                finding.file.clone().unwrap_or_default(),
                finding.row.map(|row| row.to_string()).unwrap_or_default(),
                finding.name.clone().unwrap_or_default(),
                coordinate(|place| place.x).unwrap_or_default(),
                coordinate(|place| place.y).unwrap_or_default(),
                finding.what(self.language),
                finding.remedy(self.language),
            ]);
        }
        table.into_bytes()
    }

    fn layer(&self) -> Vec<u8> {
        let features = self.findings.iter().enumerate().filter_map(|(position, finding)| {
            let place = rounded(place_of(finding)?);
            let mut properties = JsonObject::new();
            let mut set = |name: &str, value: serde_json::Value| properties.insert(name.to_owned(), value);
            set("number", json!(position + 1));
            set("code", json!(finding.code.slug()));
            set("severity", json!(finding.severity().slug()));
            set("file", json!(finding.file));
            set("row", json!(finding.row));
            set("name", json!(finding.name));
            set("what", json!(finding.what(self.language)));
            set("remedy", json!(finding.remedy(self.language)));
            let point = GeometryValue::Point { coordinates: [place.x, place.y].into() };
            Some(geojson::Feature {
                geometry: Some(Geometry::new(point)),
                properties: Some(properties),
                ..geojson::Feature::default()
            })
        });
        collection("findings", features)
    }
}
