//! The bundle for public comment: a page that answers “which school is ours?”, the notice, its tables, the maps. What must
//! not be public is not in it: strengths, marks, staff, pupils of single blocks, who set a lock and why.

mod checklist;
mod lookup;
mod notice;
mod sheets;
mod tables;
mod words;

use thiserror::Error;

use super::press::SheetError;
use super::{Audience, FolderError, OutputFolder, Palette, Publication};
use crate::language::Message;
use crate::model::settings::PublishSettings;
pub use sheets::SheetOptions;
use words::Places;

/// What a bundle is made from.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// The scheme and all about it; its status says what stage of the procedure it is in.
    pub publication: Publication<'a>,
    /// Who publishes, when, on what ground.
    pub details: &'a PublishSettings,
    /// The fingerprint of the manifest of the scheme, which names all inputs and settings.
    pub scheme: &'a str,
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
    let places = Places::of(publication.county);
    let palettes: Vec<Palette> =
        publication.scheme.catchments.iter().map(|catchments| Palette::of(publication, catchments)).collect();
    let lacking = checklist::lacking(bundle.details, publication.settings);
    folder.write("schools.csv", &tables::schools(bundle, &places))?;
    folder.write("blocks.csv", &tables::blocks(bundle))?;
    if !publication.scheme.districts.is_empty() {
        folder.write("districts.csv", &tables::districts(bundle))?;
    }
    if let Some(changes) = tables::changes(bundle) {
        folder.write("changes.csv", &changes)?;
    }
    let notice = notice::write(bundle, &places);
    folder.write("notice.md", notice.as_bytes())?;
    folder.write("notice.html", notice::page(&notice, publication.language).as_bytes())?;
    folder.write("comment-form.md", notice::form(bundle).as_bytes())?;
    folder.write("index.html", lookup::page(bundle, &palettes).as_bytes())?;
    sheets::write(bundle, &palettes, folder)?;
    if !bundle.is_public {
        folder.write("checklist.md", checklist::write(&lacking, publication.language).as_bytes())?;
    }
    let files: serde_json::Map<String, serde_json::Value> =
        folder.fingerprints().iter().map(|(file, hash)| (file.clone(), hash.clone().into())).collect();
    let version = serde_json::json!({
        "schema": "xuequ/bundle/1",
        "version": bundle.details.version,
        "scheme": bundle.scheme,
        "public": bundle.is_public,
        "files": files,
    });
    let text = serde_json::to_string_pretty(&version).expect("plain data");
    folder.write("version.json", format!("{text}\n").as_bytes())?;
    Ok(lacking)
}
