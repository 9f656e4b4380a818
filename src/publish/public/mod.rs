//! The bundle for public comment: a page that answers “which school is ours?”, the notice, its tables, the maps. What must
//! not be public is not in it: strengths, marks, staff, pupils of single blocks, who set a lock and why.

mod checklist;
mod lookup;
mod notice;
mod tables;
mod words;

use super::{FolderError, OutputFolder, Palette, Publication, map, sheet_name};
use crate::model::settings::PublishSettings;
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
}

impl Bundle<'_> {
    /// The first sixteen digits of the scheme's fingerprint: enough to tell versions apart on paper.
    fn number(&self) -> &str {
        &self.scheme[..self.scheme.len().min(16)]
    }

    /// A number of pupils as the public may know it: nobody is to be recognised among fewer than five.
    fn pupils(&self, count: u64) -> String {
        if self.is_public && (1..5).contains(&count) { "<5".to_owned() } else { count.to_string() }
    }
}

/// Writes the bundle; what is still lacking is returned as keys of the language files, and stands in `checklist.md` of a
/// bundle that is not public. Same bundle, same bytes.
///
/// # Errors
/// [`FolderError`] where a file cannot be written.
///
/// # Panics
/// Never: what is written as JSON is plain data.
pub fn write_bundle(bundle: &Bundle<'_>, folder: &mut OutputFolder) -> Result<Vec<&'static str>, FolderError> {
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
    for (position, palette) in palettes.iter().enumerate() {
        let stage = publication.scheme.catchments[position].stage;
        let svg = map::scheme_map(publication, position, palette);
        folder.write(&sheet_name("map", position, stage), svg.as_bytes())?;
    }
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
