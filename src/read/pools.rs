//! Pools of schools, from columns beside the schools.

use super::layer::Layer;
use super::names::most_similar;
use super::schools::SchoolRow;
use crate::model::{County, Finding, FindingCode, LockKind, Pool, SchoolIndex, Stage};

/// Puts the schools that name one pool in a stage into it. A pool of one school is none, and says so; so does a pool named
/// in a stage the school does not serve.
pub(super) fn read(rows: &[SchoolRow], stages: &[Stage], layers: &[Layer], findings: &mut Vec<Finding>) -> Vec<Pool> {
    let finding = |code: FindingCode, row: &SchoolRow, stage: Stage, pool: &str| {
        let origin = row.school.origin;
        let finding = match layers.iter().find(|layer| layer.file == origin.file) {
            Some(layer) => layer.table.file_finding(code).at_row(origin.row),
            None => Finding::new(code),
        };
        finding.about(row.school.name.clone()).text("pool", pool).sentence("stage", stage.message())
    };
    let mut pools: Vec<Pool> = Vec::new();
    for stage in stages.iter().copied() {
        let first_of_stage = pools.len();
        for (position, row) in rows.iter().enumerate() {
            let own = row.pools[stage].as_ref();
            let Some(name) = own.or(row.pools[Stage::All].as_ref()) else { continue };
            if !row.school.serves(stage) {
                if own.is_some() {
                    findings.push(finding(FindingCode::PoolUnserved, row, stage, name));
                }
                continue;
            }
            if row.school.shared_seats.is_some() {
                findings.push(finding(FindingCode::PoolSharedSeats, row, stage, name));
                continue;
            }
            let school = SchoolIndex::new(position);
            if let Some(pool) = pools[first_of_stage..].iter_mut().find(|pool| pool.name == *name) {
                pool.schools.push(school);
            } else {
                pools.push(Pool { name: name.clone(), stage, schools: vec![school], origin: row.school.origin });
            }
        }
    }
    for pool in pools.iter().filter(|pool| pool.schools.len() == 1) {
        let others = pools.iter().filter(|other| other.stage == pool.stage && other.name != pool.name);
        let nearest = most_similar(&pool.name, others.map(|other| other.name.as_str())).unwrap_or_default();
        let row = &rows[pool.schools[0].get()];
        let finding = finding(FindingCode::PoolSingle, row, pool.stage, &pool.name);
        findings.push(finding.clause("nearest", "clause-did-you-mean", nearest));
    }
    pools.retain(|pool| pool.schools.len() > 1);
    pools
}

/// The school a cell names by the ids or names of all the schools of its pool, as assignments write it: the first of them.
pub(super) fn named_together(cell: &str, pools: &[Pool], find: impl Fn(&str) -> Option<usize>) -> Option<SchoolIndex> {
    let mut schools = cell.split([';', '；', '、', '/']).map(|name| find(name.trim()).map(SchoolIndex::new));
    let first = schools.next()??;
    let mut others: Vec<SchoolIndex> = schools.collect::<Option<_>>()?;
    others.push(first);
    let is_pool = |pool: &Pool| others.len() > 1 && others.iter().all(|school| pool.schools.contains(school));
    pools.iter().any(is_pool).then_some(first)
}

/// Lets locks and the existing scheme name the holders of catchments, as assignments do.
pub(super) fn name_holders(county: &mut County) {
    if county.pools.is_empty() {
        return;
    }
    for stage in county.stages.clone() {
        let holder_of: Vec<SchoolIndex> =
            (0..county.schools.len()).map(|school| county.holder(stage, SchoolIndex::new(school))).collect();
        for lock in &mut county.locks {
            match &mut lock.kind {
                LockKind::BlockToSchool { school, stage: locked_in, .. }
                | LockKind::Forbidden { school, stage: locked_in, .. }
                    if *locked_in == stage =>
                {
                    *school = holder_of[school.get()];
                }
                _ => {}
            }
        }
        for school in county.existing.school_of[stage].iter_mut().flatten().flatten() {
            *school = holder_of[school.get()];
        }
    }
}
