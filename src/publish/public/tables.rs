//! The tables of the notice.

use super::super::table::CsvTable;
use super::Bundle;
use super::words::Places;
use crate::language::Message;
use crate::measure::loads;
use crate::model::{BlockIndex, Catchments, Role, SchoolIndex, Stage};
use crate::space::Nearby;

fn header(bundle: &Bundle<'_>, keys: &[&str]) -> CsvTable {
    let language = bundle.publication.language;
    let names: Vec<String> = keys.iter().map(|key| language.text(key)).collect();
    CsvTable::new(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn stage_name(bundle: &Bundle<'_>, stage: Stage) -> String {
    stage.message().in_language(bundle.publication.language)
}

/// 招生范围一览表: each catchment in words.
pub(super) fn schools(bundle: &Bundle<'_>, places: &Places<'_>) -> Vec<u8> {
    let publication = &bundle.publication;
    let county = publication.county;
    let mut keys = vec!["column-stage", "column-id", "column-school", "column-seats", "column-catchment"];
    if !bundle.is_public {
        keys.extend(["column-pupils", "column-blocks"]);
    }
    let mut table = header(bundle, &keys);
    for catchments in &publication.scheme.catchments {
        let stage = catchments.stage;
        let loads = loads(county, publication.scheme, stage);
        for school in county.holders(stage) {
            let load = loads[school.get()];
            let mut row = vec![
                stage_name(bundle, stage),
                county.catchment_id(stage, school),
                county.catchment_name(stage, school),
                load.seats.to_string(),
                places.say(&places.pieces(catchments, school), publication.language),
            ];
            if !bundle.is_public {
                row.extend([load.pupils.to_string(), load.blocks.to_string()]);
            }
            table.row(&row);
        }
    }
    table.into_bytes()
}

/// 小区查询表: each block with its school, by name, so that a family finds its own.
pub(super) fn blocks(bundle: &Bundle<'_>) -> Vec<u8> {
    let publication = &bundle.publication;
    let county = publication.county;
    let mut keys = vec![
        "column-block",
        "column-id",
        "column-town",
        "column-community",
        "column-stage",
        "column-school",
        "column-district",
        "column-metres",
    ];
    if !bundle.is_public {
        keys.extend(["column-pupils", "column-reason"]);
    }
    let mut table = header(bundle, &keys);
    let mut order: Vec<BlockIndex> = county.block_indices().collect();
    order.sort_by(|first, second| county.block(*first).name.cmp(&county.block(*second).name).then(first.cmp(second)));
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
                stage_name(bundle, stage),
                school.map(|school| county.catchment_name(stage, school)).unwrap_or_default(),
                school.and_then(|school| district_name(bundle, stage, school)).unwrap_or_default(),
                school.map(|school| format!("{:.0}", nearby[position].metres(index, school))).unwrap_or_default(),
            ];
            if !bundle.is_public {
                let reason = publication.reasons[position][index.get()].message(county, stage);
                row.extend([block.pupils[stage].to_string(), reason.in_language(publication.language)]);
            }
            table.row(&row);
        }
    }
    table.into_bytes()
}

fn district_name(bundle: &Bundle<'_>, stage: Stage, school: SchoolIndex) -> Option<String> {
    let districts = bundle.publication.scheme.districts_of(stage)?;
    Some(districts.districts[districts.district_of(school)?].name.clone())
}

/// 学区划分及设置: each district with its lead and members.
pub(super) fn districts(bundle: &Bundle<'_>) -> Vec<u8> {
    let publication = &bundle.publication;
    let county = publication.county;
    let language = publication.language;
    let keys = ["column-stage", "column-district", "column-leading", "column-members"];
    let mut table = header(bundle, &keys);
    for districts in &publication.scheme.districts {
        for district in &districts.districts {
            let members: Vec<&str> = district
                .schools()
                .filter(|(_, role)| *role != Role::Lead)
                .map(|(school, _)| county.school(school).name.as_str())
                .collect();
            table.row(&[
                stage_name(bundle, districts.stage),
                district.name.clone(),
                district.lead.map(|lead| county.school(lead).name.clone()).unwrap_or_default(),
                members.join(&language.text("words-and")),
            ]);
        }
    }
    table.into_bytes()
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
pub(super) fn changes(bundle: &Bundle<'_>) -> Option<Vec<u8>> {
    let publication = &bundle.publication;
    let county = publication.county;
    let known = |stage: Stage| county.existing.school_of[stage].is_some();
    if !publication.scheme.catchments.iter().any(|catchments| known(catchments.stage)) {
        return None;
    }
    let mut keys = vec![
        "column-stage",
        "column-block",
        "column-id",
        "column-from",
        "column-to",
        "column-metres-from",
        "column-metres-to",
    ];
    if !bundle.is_public {
        keys.push("column-pupils");
    }
    let mut table = header(bundle, &keys);
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
            if !bundle.is_public {
                row.push(block.pupils[stage].to_string());
            }
            table.row(&row);
        }
    }
    Some(table.into_bytes())
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
    Some(message.count("blocks", blocks).text("pupils", bundle.pupils(pupils)))
}
