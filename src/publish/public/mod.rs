//! The bundle for public comment: a page that answers “which school is ours?”, the notice, its tables, the maps. What must
//! not be public is not in it: strengths, marks, staff, pupils of single blocks, who set a lock and why.

mod checklist;
mod document;
mod internal;
mod lookup;
mod notice;
mod sheets;
mod tables;
mod words;
mod workbook;

use thiserror::Error;

use super::press::SheetError;
use super::{Audience, FolderError, OutputFolder, Palette, Publication, evaluation, report};
use crate::explain::Reason;
use crate::language::{Language, Message};
use crate::model::Stage;
use crate::model::settings::PublishSettings;
pub use checklist::is_agreed;
pub use sheets::SheetOptions;
use words::Places;

/// The workbook with all tables.
const WORKBOOK: &str = "tables.xlsx";

/// What a bundle is made from.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// The scheme and all about it; its status says what stage of the procedure it is in.
    pub publication: Publication<'a>,
    /// Who publishes, when, on what ground.
    pub details: &'a PublishSettings,
    /// The fingerprint of the manifest of the scheme, which names all inputs and settings.
    pub scheme: &'a str,
    /// The fingerprint of the inputs as that manifest lists them.
    pub inputs: &'a str,
    /// Whether it is for the public; else pupils of blocks, loads and the checklist are in it as well.
    pub is_public: bool,
    /// How the map sheets are made.
    pub sheets: SheetOptions<'a>,
}

/// Why a bundle cannot be written.
#[derive(Debug, Error)]
pub enum BundleError {
    /// A file cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A map sheet cannot be made.
    #[error(transparent)]
    Sheet(#[from] SheetError),
}

impl BundleError {
    /// The sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            BundleError::Folder(fault) => fault.message(),
            BundleError::Sheet(fault) => fault.message(),
        }
    }
}

impl Bundle<'_> {
    /// The first sixteen digits of the scheme's fingerprint: enough to tell versions apart on paper.
    fn number(&self) -> &str {
        &self.scheme[..self.scheme.len().min(16)]
    }

    /// A number of pupils as the public may know it: nobody is to be recognised among fewer than five.
    fn pupils(&self, count: u64) -> String {
        self.audience().pupils(count)
    }

    fn audience(&self) -> Audience {
        if self.is_public { Audience::Public } else { Audience::Office }
    }

    /// A sentence as families read it: without the planner's words and figures.
    fn for_families(message: &Message) -> Message {
        message.under_key(format!("families-{}", message.key()))
    }

    /// Why a block goes to its school. Who set a lock and why, and how many seats are left, is not for the public.
    fn reason(&self, reason: &Reason, stage: Stage) -> Message {
        let county = self.publication.county;
        match reason {
            Reason::Locked { .. } if self.is_public => {
                Self::for_families(&Reason::Locked { why: String::new() }.message(county, stage))
            }
            reason if self.is_public => Self::for_families(&reason.message(county, stage)),
            reason => reason.message(county, stage),
        }
    }

    /// The name of the county.
    fn county(&self, language: Language) -> String {
        self.publication.county.name.clone().unwrap_or_else(|| language.text("county-unnamed"))
    }

    /// A title by its key: the county, the year and the status of the scheme, and `what` the thing is.
    fn title(&self, language: Language, key: &'static str, what: &str) -> String {
        let publication = &self.publication;
        let year = publication.settings.project.year.clone().unwrap_or_default();
        let title = Message::new(key).text("county", self.county(language)).clause("year", "clause-year", &year);
        let status = publication.status.map(|key| language.text(key)).unwrap_or_default();
        title.clause("status", "clause-status", &status).text("what", what).in_language(language)
    }

    /// The version as people call it, with the first digits of the fingerprint.
    fn version(&self, language: Language) -> String {
        let message = match &self.details.version {
            Some(version) => Message::new("bundle-version").text("version", version),
            None => Message::new("bundle-fingerprint"),
        };
        message.text("number", self.number()).in_language(language)
    }
}

/// Writes the bundle; what is still lacking is returned as keys of the language files, and stands in `checklist.md` of a
/// bundle that is not public. Same bundle, same bytes.
///
/// # Errors
/// [`BundleError`] where a file cannot be written or a map sheet cannot be made.
///
/// # Panics
/// Never: what is written as JSON is plain data.
pub fn write_bundle(bundle: &Bundle<'_>, folder: &mut OutputFolder) -> Result<Vec<&'static str>, BundleError> {
    let publication = &bundle.publication;
    let places = Places::of(bundle);
    let palettes: Vec<Palette> =
        publication.scheme.catchments.iter().map(|catchments| Palette::of(publication, catchments)).collect();
    let lacking = checklist::lacking(bundle);
    let mut sheets = tables::sheets(bundle, &places);
    sheets.extend(internal::sheets(bundle));
    for sheet in &sheets {
        folder.write(sheet.file, &sheet.csv(publication.language))?;
    }
    let refused = |fault| FolderError::Write { path: WORKBOOK.to_owned(), source: std::io::Error::other(fault) };
    folder.write(WORKBOOK, &workbook::write(bundle, &sheets).map_err(refused)?)?;
    let is_draft = publication.status.is_some();
    let mut annexes: Vec<&str> = sheets.iter().filter_map(|sheet| sheet.annex).collect();
    annexes.extend(["notice-attached-page", "notice-attached-map"]);
    annexes.extend(is_draft.then_some("notice-attached-form"));
    let mut papers = vec![("notice", notice::write(bundle, &places, &annexes))];
    papers.extend(is_draft.then(|| ("comment-form", notice::form(bundle))));
    if !bundle.is_public {
        papers.push(("checklist", checklist::write(&lacking, publication.language)));
        folder.write("evaluation.json", &evaluation::write(publication))?;
        folder.write("report.md", report::write(publication).as_bytes())?;
    }
    for (name, paper) in &papers {
        folder.write(&format!("{name}.md"), paper.markdown().as_bytes())?;
        folder.write(&format!("{name}.html"), paper.html().as_bytes())?;
        folder.write(&format!("{name}.docx"), &paper.docx())?;
    }
    folder.write("index.html", lookup::page(bundle, &palettes).as_bytes())?;
    sheets::write(bundle, &palettes, folder)?;
    let files: serde_json::Map<String, serde_json::Value> =
        folder.fingerprints().iter().map(|(file, hash)| (file.clone(), hash.clone().into())).collect();
    let version = serde_json::json!({
        "schema": "xuequ/bundle/1",
        "version": bundle.details.version,
        "date": bundle.details.issued,
        "scheme": bundle.scheme,
        "inputs": bundle.inputs,
        "public": bundle.is_public,
        "files": files,
    });
    let text = serde_json::to_string_pretty(&version).expect("plain data");
    folder.write("version.json", format!("{text}\n").as_bytes())?;
    Ok(lacking)
}
