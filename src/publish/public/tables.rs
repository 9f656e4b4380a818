//! The tables of the notice, each a CSV file and a sheet of one workbook.

use std::borrow::Cow;

use super::super::grouping::annex;
use super::super::table::CsvTable;
use super::words::Places;
use super::{Bundle, Edition, lookup, page};
use crate::language::Message;
use crate::measure::loads;
use crate::model::{BlockIndex, Catchments, Role, SchoolIndex, Stage};
use crate::space::Nearby;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text; ids too, so that no zero before them is lost.
    Text,
    /// Text that runs over many lines.
    Long,
    /// Numbers; what is hidden or not known is text.
    Number,
}

/// A table of the notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The key of its title.
    pub(super) title: Cow<'static, str>,
    /// The key of what the notice says of it; none where it is internal.
    pub(super) annex: Option<&'static str>,
    /// The name of its CSV file.
    pub(super) file: &'static str,
    /// The keys of its heads, and what stands below them.
    pub(super) columns: Vec<(Cow<'static, str>, Kind)>,
    /// The cells, row by row.
    pub(super) rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A table without rows, by the key of its title, that of what the notice says of it, and its file.
    pub(super) fn new(
        title: &'static str,
        annex: Option<&'static str>,
        file: &'static str,
        columns: &[(&'static str, Kind)],
    ) -> Sheet {
        let columns = columns.iter().map(|(key, kind)| (Cow::Borrowed(*key), *kind)).collect();
        Sheet { title: Cow::Borrowed(title), annex, file, columns, rows: Vec::new() }
    }

    /// The heads in words.
    pub(super) fn heads(&self, edition: &Edition<'_>) -> Vec<String> {
        self.columns.iter().map(|(key, _)| edition.word(key)).collect()
    }

    /// The table as CSV.
    pub(super) fn csv(&self, edition: &Edition<'_>) -> Vec<u8> {
        let heads = self.heads(edition);
        let mut table = CsvTable::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
        for row in &self.rows {
            table.row(row);
        }
        table.into_bytes()
    }
}

/// All tables there are, in the order of the notice.
pub(super) fn sheets(bundle: &Bundle<'_>, places: &Places<'_>) -> Vec<Sheet> {
    let has_districts = !bundle.publication.scheme.districts.is_empty();
    let mut sheets = vec![schools(bundle, places), blocks(bundle)];
    sheets.extend(has_districts.then(|| districts(bundle)));
    sheets.extend(changes(bundle));
    sheets
}

fn stage_name(bundle: &Bundle<'_>, stage: Stage) -> String {
    stage.message().in_language(bundle.publication.language)
}

/// 招生范围一览表: each catchment in words.
fn schools(bundle: &Bundle<'_>, places: &Places<'_>) -> Sheet {
    let publication = &bundle.publication;
    let county = publication.county;
    let mut columns = vec![
        ("column-stage", Kind::Text),
        ("column-id", Kind::Text),
        ("column-school", Kind::Text),
        ("column-seats", Kind::Number),
        ("column-catchment", Kind::Long),
    ];
    let junior = bundle.publication.scheme.catchments.iter().find(|catchments| catchments.stage == Stage::Junior);
    let junior = junior.filter(|_| county.stages.contains(&Stage::Primary));
    if junior.is_some() {
        columns.push(("column-feeds", Kind::Text));
    }
    if !bundle.edition.is_public {
        columns.extend([("column-pupils", Kind::Number), ("column-blocks", Kind::Number)]);
    }
    let mut sheet = Sheet::new("tables-schools", Some("notice-attached-schools"), "schools.csv", &columns);
    for (position, catchments) in publication.scheme.catchments.iter().enumerate() {
        let stage = catchments.stage;
        let loads = loads(county, publication.scheme, stage);
        for school in county.holders(stage) {
            let load = loads[school.get()];
            let mut row = vec![
                stage_name(bundle, stage),
                county.catchment_id(stage, school),
                county.catchment_name(stage, school),
                load.seats.to_string(),
                places.describe(position, school),
            ];
            if let Some(junior) = junior {
                row.push(if stage == Stage::Primary {
                    feeds(bundle, catchments, school, junior)
                } else {
                    String::new()
                });
            }
            if !bundle.edition.is_public {
                row.extend([load.pupils.to_string(), load.blocks.to_string()]);
            }
            sheet.rows.push(row);
        }
    }
    sheet
}

/// The junior schools 对口初中 the blocks of a primary school go to, in input order.
fn feeds(bundle: &Bundle<'_>, primary: &Catchments, school: SchoolIndex, junior: &Catchments) -> String {
    let county = bundle.publication.county;
    let own = county.block_indices().filter(|block| primary.school_of(*block) == Some(school));
    let schools: std::collections::BTreeSet<SchoolIndex> = own.filter_map(|block| junior.school_of(block)).collect();
    let names: Vec<String> = schools.into_iter().map(|school| county.catchment_name(Stage::Junior, school)).collect();
    names.join(&bundle.publication.language.text("words-and"))
}

/// 小区查询表: each block with its school, in the order in which names are spoken, so that a family finds its own.
fn blocks(bundle: &Bundle<'_>) -> Sheet {
    let publication = &bundle.publication;
    let county = publication.county;
    let mut columns = vec![
        ("column-block", Kind::Text),
        ("column-id", Kind::Text),
        ("column-town", Kind::Text),
        ("column-community", Kind::Text),
    ];
    let has_aliases = county.blocks.iter().any(|block| !block.aliases().is_empty());
    let has_addresses = county.blocks.iter().any(|block| !block.addresses().is_empty());
    columns.extend(has_aliases.then_some(("column-aliases", Kind::Text)));
    columns.extend(has_addresses.then_some(("column-address", Kind::Text)));
    columns.extend([
        ("column-stage", Kind::Text),
        ("column-school", Kind::Text),
        ("column-district", Kind::Text),
        ("column-metres", Kind::Number),
    ]);
    if !bundle.edition.is_public {
        columns.extend([("column-pupils", Kind::Number), ("column-reason", Kind::Long)]);
    }
    let mut sheet = Sheet::new("tables-blocks", Some("notice-attached-blocks"), "blocks.csv", &columns);
    let mut order: Vec<BlockIndex> = county.block_indices().collect();
    order.sort_by_cached_key(|index| (page::spoken(&county.block(*index).name), *index));
    let nearby: Vec<Nearby<'_>> = publication
        .scheme
        .catchments
        .iter()
        .map(|catchments| Nearby::new(county, &publication.ground.distances, catchments.stage))
        .collect();
    for index in order {
        let block = county.block(index);
        for (position, catchments) in publication.scheme.catchments.iter().enumerate() {
            let stage = catchments.stage;
            let school = catchments.school_of(index);
            let mut row = vec![
                block.name.to_string(),
                block.id.to_string(),
                block.town().unwrap_or_default().to_owned(),
                block.community().unwrap_or_default().to_owned(),
            ];
            let and = publication.language.text("words-and");
            row.extend(has_aliases.then(|| block.aliases().join(&and)));
            row.extend(has_addresses.then(|| lookup::addresses(block, publication.language).join(&and)));
            row.extend([
                stage_name(bundle, stage),
                school.map(|school| county.catchment_name(stage, school)).unwrap_or_default(),
                school.and_then(|school| district_name(bundle, stage, school)).unwrap_or_default(),
                school.map(|school| format!("{:.0}", nearby[position].metres(index, school))).unwrap_or_default(),
            ]);
            if !bundle.edition.is_public {
                let reason = publication.reasons[position][index.get()].message(county, stage);
                row.extend([block.pupils[stage].to_string(), reason.in_language(publication.language)]);
            }
            sheet.rows.push(row);
        }
    }
    sheet
}

fn district_name(bundle: &Bundle<'_>, stage: Stage, school: SchoolIndex) -> Option<String> {
    let districts = bundle.publication.scheme.districts_of(stage)?;
    Some(districts.districts[districts.district_of(school)?].name.clone())
}

/// 学区划分及设置: each district with its lead and members.
fn districts(bundle: &Bundle<'_>) -> Sheet {
    let publication = &bundle.publication;
    let county = publication.county;
    let language = publication.language;
    let all = || publication.scheme.districts.iter().flat_map(|districts| &districts.districts);
    let has_modes = all().any(|district| district.mode.is_some());
    let mut columns = vec![("column-stage", Kind::Text), ("column-district", Kind::Text)];
    columns.extend(has_modes.then_some(("annex-kind", Kind::Text)));
    columns.extend([("column-leading", Kind::Text), ("column-members", Kind::Long)]);
    let mut sheet = Sheet::new("tables-districts", Some("notice-attached-districts"), "districts.csv", &columns);
    for districts in &publication.scheme.districts {
        for district in &districts.districts {
            let members: Vec<&str> = district
                .schools()
                .filter(|(_, role)| *role != Role::Lead)
                .map(|(school, _)| county.school(school).name.as_str())
                .collect();
            let mut row = vec![stage_name(bundle, districts.stage), district.name.clone()];
            row.extend(has_modes.then(|| annex::mode(district.mode, language)));
            row.push(district.lead.map(|lead| county.school(lead).name.clone()).unwrap_or_default());
            row.push(members.join(&language.text("words-and")));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// The blocks of a stage that go elsewhere than today: block, from, to.
pub(super) fn moved<'a>(
    bundle: &'a Bundle<'_>,
    catchments: &'a Catchments,
) -> impl Iterator<Item = (BlockIndex, SchoolIndex, SchoolIndex)> + 'a {
    let county = bundle.publication.county;
    let existing = county.existing.school_of[catchments.stage].as_ref();
    county.block_indices().filter_map(move |block| {
        let (from, to) = (existing?[block.get()]?, catchments.school_of(block)?);
        (from != to).then_some((block, from, to))
    })
}

/// 变动清单: what changes against today; `None` where no existing scheme is known.
fn changes(bundle: &Bundle<'_>) -> Option<Sheet> {
    let publication = &bundle.publication;
    let county = publication.county;
    let known = |stage: Stage| county.existing.school_of[stage].is_some();
    if !publication.scheme.catchments.iter().any(|catchments| known(catchments.stage)) {
        return None;
    }
    let mut columns = vec![
        ("column-stage", Kind::Text),
        ("column-block", Kind::Text),
        ("column-id", Kind::Text),
        ("column-from", Kind::Text),
        (if publication.status.is_some() { "column-to" } else { "column-to-adopted" }, Kind::Text),
        ("column-metres-from", Kind::Number),
        (if publication.status.is_some() { "column-metres-to" } else { "column-metres-to-adopted" }, Kind::Number),
    ];
    if !bundle.edition.is_public {
        columns.push(("column-pupils", Kind::Number));
    }
    let mut sheet = Sheet::new("tables-changes", Some("notice-attached-changes"), "changes.csv", &columns);
    for catchments in &publication.scheme.catchments {
        let stage = catchments.stage;
        let nearby = Nearby::new(county, &publication.ground.distances, stage);
        for (index, from, to) in moved(bundle, catchments) {
            let block = county.block(index);
            let mut row = vec![
                stage_name(bundle, stage),
                block.name.to_string(),
                block.id.to_string(),
                county.catchment_name(stage, from),
                county.catchment_name(stage, to),
                format!("{:.0}", nearby.metres(index, from)),
                format!("{:.0}", nearby.metres(index, to)),
            ];
            if !bundle.edition.is_public {
                row.push(block.pupils[stage].to_string());
            }
            sheet.rows.push(row);
        }
    }
    Some(sheet)
}

/// How many pupils move in a stage, in words; `None` where no existing scheme is known.
pub(super) fn sum_of_changes(bundle: &Bundle<'_>, catchments: &Catchments) -> Option<Message> {
    let county = bundle.publication.county;
    county.existing.school_of[catchments.stage].as_ref()?;
    let (mut blocks, mut pupils) = (0_u64, 0_u64);
    for (block, ..) in moved(bundle, catchments) {
        blocks += 1;
        pupils += u64::from(county.block(block).pupils[catchments.stage]);
    }
    let message = Message::new("notice-changes").sentence("stage", catchments.stage.message());
    Some(message.count("blocks", blocks).text("pupils", bundle.edition.pupils(pupils)))
}
