//! What a bundle says of itself, whatever it publishes: whose it is, which version, for whom.

use super::super::Audience;
use super::SheetOptions;
use crate::language::{Language, Message};
use crate::model::settings::{Preset, PublishSettings, Settings};

/// An issue of a scheme for somebody to read.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// The name of the county.
    pub county: Option<&'a str>,
    /// The settings: who publishes, when, on what ground, and where the data are from.
    pub settings: &'a Settings,
    /// The language of everything people read.
    pub language: Language,
    /// The stage of the procedure that stands beside titles, as a key of the language files; none once it is adopted.
    pub status: Option<&'a str>,
    /// The fingerprint of the manifest of the scheme, which names all inputs and settings.
    pub scheme: &'a str,
    /// The fingerprint of the inputs as that manifest lists them.
    pub inputs: &'a str,
    /// Whether it is for the public; else what is internal and the checklist are in it as well.
    pub is_public: bool,
    /// How the map sheets are made.
    pub sheets: SheetOptions<'a>,
}

impl<'a> Edition<'a> {
    /// Who publishes, when, on what ground.
    pub(super) fn details(&self) -> &'a PublishSettings {
        &self.settings.publish
    }

    /// Whether comments are asked for.
    pub(super) fn is_draft(&self) -> bool {
        self.status.is_some()
    }

    /// The first sixteen digits of the scheme's fingerprint: enough to tell versions apart on paper.
    pub(super) fn number(&self) -> &'a str {
        &self.scheme[..self.scheme.len().min(16)]
    }

    /// A number of pupils as its readers may know it: nobody is to be recognised among fewer than five.
    pub(super) fn pupils(&self, count: u64) -> String {
        self.audience().pupils(count)
    }

    pub(super) fn audience(&self) -> Audience {
        if self.is_public { Audience::Public } else { Audience::Office }
    }

    /// The name of the county.
    pub(super) fn county(&self, language: Language) -> String {
        self.county.map_or_else(|| language.text("county-unnamed"), str::to_owned)
    }

    /// A key as the document calls its districts and their leads.
    pub(super) fn key(&self, language: Language, key: &str) -> String {
        language.key_with(key, self.settings.policy.noun())
    }

    /// A key as the document says it, where it has words of its own for who decides: only one has a joint meeting 联席会议.
    pub(super) fn of_document(&self, key: &str) -> String {
        decided_by(self.settings, key, self.language)
    }

    /// The text of a key in the language of the edition, in which districts and their leads are called as the document calls
    /// them.
    pub(super) fn word(&self, key: &str) -> String {
        self.language.text(&self.key(self.language, key))
    }

    /// A title by its key: the county, the year and the status of the scheme, and `what` the thing is.
    pub(super) fn title(&self, language: Language, key: &'static str, what: &str) -> String {
        let year = self.settings.project.year.clone().unwrap_or_default();
        let title = Message::new(self.key(language, key)).text("county", self.county(language)).clause(
            "year",
            "clause-year",
            &year,
        );
        let status = self.status.map(|key| language.text(key)).unwrap_or_default();
        title.clause("status", "clause-status", &status).text("what", what).in_language(language)
    }

    /// The version as people call it, with the first digits of the fingerprint.
    pub(super) fn version(&self, language: Language) -> String {
        let message = match &self.details().version {
            Some(version) => Message::new("bundle-version").text("version", version),
            None => Message::new("bundle-fingerprint"),
        };
        message.text("number", self.number()).in_language(language)
    }
}

/// A key as the document of the settings says it, where it has words of its own for who decides: `KEY-PRESET`, or `KEY-decided`
/// where it is another than that with a joint meeting 联席会议.
#[must_use]
pub fn decided_by(settings: &Settings, key: &str, language: Language) -> String {
    let Some(preset) = settings.policy.preset else { return key.to_owned() };
    let own = [format!("{key}-{}", preset.slug()), format!("{key}-decided")];
    let is_own = |of: &String| language.has(of) && (preset != Preset::Ankang || !of.ends_with("-decided"));
    own.into_iter().find(is_own).unwrap_or_else(|| key.to_owned())
}
