//! The bundle for public comment: a page that answers “which school is ours?”, the notice, its tables, the maps. What must
//! not be public is not in it: strengths, marks, staff, pupils of single blocks, who set a lock and why.

mod checklist;
mod document;
mod edition;
mod groups;
mod internal;
mod lookup;
mod notice;
mod page;
mod sheets;
mod tables;
mod words;
mod workbook;

use thiserror::Error;

use super::press::SheetError;
use super::{FolderError, OutputFolder, Palette, Publication, evaluation, report};
use crate::explain::Reason;
use crate::language::Message;
use crate::model::Stage;
pub use checklist::is_agreed;
use document::Document;
pub use edition::{Edition, decided_by};
pub use groups::{GroupingBundle, unapproved, write_grouping_bundle};
pub use sheets::SheetOptions;
use tables::Sheet;
use words::Places;

/// The workbook with all tables.
const WORKBOOK: &str = "tables.xlsx";

/// What the bundle of catchments is made from.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// The scheme and all about it; its status is that of the edition.
    pub publication: Publication<'a>,
    /// Who publishes it, and for whom.
    pub edition: Edition<'a>,
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
    /// A sentence as families read it: without the planner's words and figures.
    fn for_families(message: &Message) -> Message {
        message.under_key(format!("families-{}", message.key()))
    }

    /// Why a block goes to its school. Who set a lock and why, and how many seats are left, is not for the public.
    fn reason(&self, reason: &Reason, stage: Stage) -> Message {
        let county = self.publication.county;
        match reason {
            Reason::Locked { .. } if self.edition.is_public => {
                Self::for_families(&Reason::Locked { why: String::new() }.message(county, stage))
            }
            reason if self.edition.is_public => Self::for_families(&reason.message(county, stage)),
            reason => reason.message(county, stage),
        }
    }
}

/// Writes the bundle; what is still lacking is returned as keys of the language files, and stands in `checklist.md` of a
/// bundle that is not public. Same bundle, same bytes.
///
/// # Errors
/// [`BundleError`] where a file cannot be written or a map sheet cannot be made.
pub fn write_bundle(bundle: &Bundle<'_>, folder: &mut OutputFolder) -> Result<Vec<&'static str>, BundleError> {
    let (publication, edition) = (&bundle.publication, &bundle.edition);
    let places = Places::of(bundle);
    let palettes: Vec<Palette> =
        publication.scheme.catchments.iter().map(|catchments| Palette::of(publication, catchments)).collect();
    let lacking = checklist::lacking(edition, true);
    let mut sheets = tables::sheets(bundle, &places);
    sheets.extend(internal::sheets(edition, publication.county));
    write_tables(edition, &sheets, folder)?;
    let annexes = annexes(edition, &sheets, ["notice-attached-page", "notice-attached-map"]);
    let mut papers = vec![("notice", notice::write(bundle, &places, &annexes))];
    papers.extend(edition.is_draft().then(|| ("comment-form", notice::form(edition, &notice::CATCHMENTS))));
    if !edition.is_public {
        papers.push(("checklist", checklist::write(&lacking, edition.language)));
        folder.write("evaluation.json", &evaluation::write(publication))?;
        folder.write("report.md", report::write(publication).as_bytes())?;
    }
    write_papers(&papers, folder)?;
    folder.write("index.html", lookup::page(bundle, &palettes).as_bytes())?;
    sheets::of_stages(bundle, &palettes, folder)?;
    write_version(edition, folder)?;
    Ok(lacking)
}

/// Writes each table as CSV, and all of them as one workbook.
fn write_tables(edition: &Edition<'_>, sheets: &[Sheet], folder: &mut OutputFolder) -> Result<(), BundleError> {
    for sheet in sheets {
        folder.write(sheet.file, &sheet.csv(edition))?;
    }
    let refused = |fault| FolderError::Write { path: WORKBOOK.to_owned(), source: std::io::Error::other(fault) };
    folder.write(WORKBOOK, &workbook::write(edition, sheets).map_err(refused)?)?;
    Ok(())
}

/// What the notice lists as attached: the tables, the page and the maps, and the form while comments are asked for.
fn annexes(edition: &Edition<'_>, sheets: &[Sheet], page_and_maps: [&'static str; 2]) -> Vec<&'static str> {
    let mut annexes: Vec<&str> = sheets.iter().filter_map(|sheet| sheet.annex).collect();
    annexes.extend(page_and_maps);
    annexes.extend(edition.is_draft().then_some("notice-attached-form"));
    annexes
}

/// Writes each paper in all its forms.
fn write_papers(papers: &[(&str, Document)], folder: &mut OutputFolder) -> Result<(), FolderError> {
    for (name, paper) in papers {
        folder.write(&format!("{name}.md"), paper.markdown().as_bytes())?;
        folder.write(&format!("{name}.html"), paper.html().as_bytes())?;
        folder.write(&format!("{name}.docx"), &paper.docx())?;
    }
    Ok(())
}

/// Writes what the bundle is a version of, and the fingerprints of all files written before.
fn write_version(edition: &Edition<'_>, folder: &mut OutputFolder) -> Result<(), FolderError> {
    let files: serde_json::Map<String, serde_json::Value> =
        folder.fingerprints().iter().map(|(file, hash)| (file.clone(), hash.clone().into())).collect();
    let version = serde_json::json!({
        "schema": "xuequ/bundle/1",
        "version": edition.details().version,
        "date": edition.details().issued,
        "scheme": edition.scheme,
        "inputs": edition.inputs,
        "public": edition.is_public,
        "files": files,
    });
    folder.write("version.json", format!("{version:#}\n").as_bytes())
}
