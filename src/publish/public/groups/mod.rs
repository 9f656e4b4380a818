//! The bundle of a grouping: a page that answers “with whom does our school work?”, the notice, its tables, the maps. Strengths,
//! marks, staff, heads of districts and who locked what are not in what is public.

mod lookup;
mod notice;
mod tables;

use super::super::map::GroupSheets;
use super::super::{GroupingPublication, OutputFolder, sheet_name};
use super::{BundleError, Edition, annexes, checklist, internal, sheets, write_papers, write_tables, write_version};
use crate::model::{District, SchoolIndex, Status};

/// What the bundle of a grouping is made from.
#[derive(Clone, Copy, Debug)]
pub struct GroupingBundle<'a> {
    /// The districts and all about them.
    pub publication: GroupingPublication<'a>,
    /// Who publishes them, and for whom.
    pub edition: Edition<'a>,
    /// Files of the folder that a bundle for internal use takes over as they are, by name.
    pub taken_over: &'a [(&'a str, Vec<u8>)],
}

impl GroupingBundle<'_> {
    /// A key as the document calls its districts.
    fn key(&self, key: &str) -> String {
        self.edition.key(self.edition.language, key)
    }

    /// What the districts are called.
    fn noun(&self, language: crate::language::Language) -> String {
        language.noun(self.publication.settings.policy.noun())
    }

    /// The name of a school.
    fn name(&self, school: SchoolIndex) -> &str {
        &self.publication.county.school(school).name
    }
}

/// Names of the districts somebody has to approve each by itself, as the document of years asks 按审批权限, and who have not been:
/// of those that begin by `year`, where one is told. A plan may be adopted before its later groups are approved.
#[must_use]
pub fn unapproved<'a>(publication: &GroupingPublication<'a>, year: Option<u16>) -> Vec<&'a str> {
    if publication.settings.policy.phases.is_empty() {
        return Vec::new();
    }
    let is_approved = |district: &District| {
        let record = &district.record;
        record.approved.is_some() || record.status.is_some_and(|status| status >= Status::Approved)
    };
    let has_begun = |district: &&District| year.zip(district.year).is_none_or(|(year, begins)| begins <= year);
    let all = publication.grouped.iter().flat_map(|of| &of.districts);
    all.filter(has_begun).filter(|of| !is_approved(of)).map(|of| of.name.as_str()).collect()
}

/// Writes the bundle; what is still lacking is returned as keys of the language files, and stands in `checklist.md` of a
/// bundle that is not public. Same bundle, same bytes.
///
/// # Errors
/// [`BundleError`] where a file cannot be written or a map sheet cannot be made.
pub fn write_grouping_bundle(
    bundle: &GroupingBundle<'_>,
    folder: &mut OutputFolder,
) -> Result<Vec<&'static str>, BundleError> {
    let GroupingBundle { publication, edition, taken_over } = bundle;
    let lacking = checklist::lacking(edition, false);
    let mut tables = tables::sheets(bundle);
    tables.extend(internal::sheets(edition, publication.county));
    write_tables(edition, &tables, folder)?;
    let annexes = annexes(edition, &tables, ["notice-attached-group-page", "notice-attached-group-map"]);
    let mut papers = vec![("notice", notice::write(bundle, &annexes))];
    papers.extend(edition.is_draft().then(|| ("comment-form", super::notice::form(edition, &notice::DISTRICTS))));
    if !edition.is_public {
        papers.push(("checklist", checklist::write(&lacking, edition.language)));
        for (name, bytes) in *taken_over {
            folder.write(name, bytes)?;
        }
    }
    write_papers(&papers, folder)?;
    let release = sheets::release(edition);
    let of_stage = |districts| GroupSheets::new(publication, districts, edition.audience(), edition.status, &release);
    let drawings: Vec<GroupSheets<'_>> = publication.grouped.iter().map(of_stage).collect();
    folder.write("index.html", lookup::page(bundle, &drawings).as_bytes())?;
    let mut wanted = Vec::new();
    for (position, (districts, drawing)) in publication.grouped.iter().zip(&drawings).enumerate() {
        let stage = districts.stage.of_schools().in_language(edition.language);
        wanted.push(sheets::Wanted {
            stage: stage.clone(),
            heading: None,
            name: edition.language.text("sheet-overview"),
            stem: sheet_name("map", position, districts.stage).trim_end_matches(".svg").to_owned(),
            draw: Box::new(move |paper| Some(drawing.draw(None, paper))),
        });
        for (county, file) in drawing.counties() {
            wanted.push(sheets::Wanted {
                stage: stage.clone(),
                heading: Some("sheet-counties"),
                name: county.to_owned(),
                stem: format!("maps/{file}"),
                draw: Box::new(move |paper| Some(drawing.draw(Some(county), paper))),
            });
        }
    }
    sheets::write(edition, "atlas-title-groups", &wanted, folder)?;
    write_version(edition, folder)?;
    Ok(lacking)
}
