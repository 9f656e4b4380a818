//! A table for the review of education groups 集团考核: a row for each group, year and item.

use std::collections::{BTreeMap, BTreeSet};

use super::ReadError;
use super::columns::{Role, half_width};
use super::layer::{Layer, TableSource};
use super::value;
use crate::model::{Finding, FindingCode, Grade, Publicity, ReviewEntry, ReviewItem, ReviewValue};

/// Columns of the table.
const ROLES: &[Role] = &[Role::Group, Role::Year, Role::Item, Role::Score];

/// Columns without which there is nothing to score.
const WANTED: &[Role] = &[Role::Group, Role::Item, Role::Score];

/// What reading a review gives.
#[derive(Clone, Debug, Default)]
pub struct ReviewReading {
    /// The rows that name a group and an item, in the order of the table.
    pub entries: Vec<ReviewEntry>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Reads the rows of a review. Whether an item exists and a value fits it is for the rubric to say.
///
/// # Errors
/// [`ReadError`] where the file cannot be opened or is not what its name says. Everything else is a finding.
pub fn read_review(source: &TableSource) -> Result<ReviewReading, ReadError> {
    let mut reading = ReviewReading::default();
    for layer in source.open(ROLES, WANTED, &mut reading.findings)? {
        if !WANTED.iter().all(|role| layer.columns.has(*role)) {
            continue;
        }
        for row in layer.rows().filter(|row| !layer.is_blank(*row, ROLES)) {
            reading.entries.extend(entry(&layer, row, &mut reading.findings));
        }
        report_repeated(&layer, &reading.entries, &mut reading.findings);
        report_years(&layer, &reading.entries, &mut reading.findings);
    }
    Ok(reading)
}

/// A row; `None`, with findings for all that is wrong with it, where it belongs nowhere.
fn entry(layer: &Layer, row: usize, findings: &mut Vec<Finding>) -> Option<ReviewEntry> {
    let before = findings.len();
    let group = layer.name_on_one_line(row, Role::Group);
    if group.is_none() {
        findings.push(layer.table.finding(FindingCode::ReviewGroupMissing, row));
    }
    let cell = layer.cell(row, Role::Item);
    let item = item(cell);
    if item.is_none() {
        let finding = layer.table.finding(FindingCode::ReviewItemUnknown, row);
        findings.push(finding.about(group.clone().unwrap_or_default()).text("item", cell));
    }
    let year = layer.year(row, findings);
    if findings.len() > before {
        return None;
    }
    let cell = layer.cell(row, Role::Score);
    Some(ReviewEntry {
        row: layer.table.row_number(row),
        group: group?,
        year,
        item: item?,
        value: (!value::is_missing(cell)).then(|| reviewed(cell)),
        cell: cell.to_owned(),
    })
}

/// The item a cell names: a number, reports at one level, or the event that decides the grade.
fn item(cell: &str) -> Option<ReviewItem> {
    let text: String = cell.chars().map(half_width).collect::<String>().to_lowercase();
    let text = text.trim();
    if matches!(text, "veto" | "重大责任事件" | "一票否决") {
        return Some(ReviewItem::Veto);
    }
    let words = text.replace("加分", "").replace('级', "");
    let words: String = words.chars().filter(|character| !" _-()".contains(*character)).collect();
    match words.as_str() {
        "publicitynational" | "国家宣传" | "宣传国家" => {
            return Some(ReviewItem::Publicity(Publicity::National));
        }
        "publicityprovincial" | "省宣传" | "宣传省" => return Some(ReviewItem::Publicity(Publicity::Provincial)),
        "publicitymunicipal" | "市宣传" | "宣传市" => return Some(ReviewItem::Publicity(Publicity::Municipal)),
        _ => {}
    }
    let text = text.strip_prefix('第').unwrap_or(text);
    let text = text.strip_suffix('项').or(text.strip_suffix(['.', '、'])).unwrap_or(text).trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten().map(ReviewItem::Numbered)
}

/// What a cell says, whatever item it belongs to.
fn reviewed(cell: &str) -> ReviewValue {
    match cell.to_lowercase().as_str() {
        "优秀" | "excellent" => return ReviewValue::Grade(Grade::Excellent),
        "良好" | "good" => return ReviewValue::Grade(Grade::Good),
        "合格" | "qualified" => return ReviewValue::Grade(Grade::Qualified),
        "不合格" | "unqualified" => return ReviewValue::Grade(Grade::Unqualified),
        _ => {}
    }
    if let Some(number) = value::percent(cell) {
        return ReviewValue::Percent(number);
    }
    // 1 and 0 are numbers here; as an answer they are understood later, where one is due.
    if let Some(number) = value::number(cell) {
        return ReviewValue::Number(number);
    }
    value::flag(cell).map_or(ReviewValue::Unreadable, ReviewValue::Flag)
}

/// Reports items that stand twice for one group and year: which row counts would be a guess.
fn report_repeated(layer: &Layer, entries: &[ReviewEntry], findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<(&str, Option<u16>, ReviewItem), u32> = BTreeMap::new();
    for entry in entries {
        let earlier = *first.entry((&entry.group, entry.year, entry.item)).or_insert(entry.row);
        if earlier != entry.row {
            let finding = layer.table.file_finding(FindingCode::ReviewRepeated).at_row(entry.row);
            let item = layer.cell((entry.row - layer.table.first_row) as usize, Role::Item);
            findings.push(finding.about(entry.group.clone()).text("item", item).count("other", earlier));
        }
    }
}

/// Reports rows without a year of groups that have years: they would count as a review of their own.
fn report_years(layer: &Layer, entries: &[ReviewEntry], findings: &mut Vec<Finding>) {
    let dated: BTreeSet<&str> =
        entries.iter().filter(|entry| entry.year.is_some()).map(|entry| entry.group.as_str()).collect();
    for entry in entries.iter().filter(|entry| entry.year.is_none() && dated.contains(entry.group.as_str())) {
        let finding = layer.table.file_finding(FindingCode::ReviewYearMissing).at_row(entry.row);
        findings.push(finding.about(entry.group.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_in_the_ways_people_write_them() {
        for cell in ["4", "４", "第4项", "第 4 项", "4.", "4、"] {
            assert_eq!(item(cell), Some(ReviewItem::Numbered(4)), "{cell}");
        }
        for cell in ["publicity_national", "国家级宣传", "宣传加分(国家级)", "Publicity national"] {
            assert_eq!(item(cell), Some(ReviewItem::Publicity(Publicity::National)), "{cell}");
        }
        assert_eq!(item("省级宣传"), Some(ReviewItem::Publicity(Publicity::Provincial)));
        assert_eq!(item("publicity_municipal"), Some(ReviewItem::Publicity(Publicity::Municipal)));
        assert_eq!((item("veto"), item("重大责任事件")), (Some(ReviewItem::Veto), Some(ReviewItem::Veto)));
        for cell in
            ["", "第项", "宣传", "省市级宣传", "publicity_international", "教学", "4.5", "-4", "+4", "99999999999"]
        {
            assert_eq!(item(cell), None, "{cell}");
        }
    }

    #[test]
    fn values_are_told_apart_by_how_they_are_written() {
        assert_eq!(reviewed("5"), ReviewValue::Number(5.0));
        assert_eq!(reviewed("8%"), ReviewValue::Percent(8.0));
        assert_eq!(reviewed("良好"), ReviewValue::Grade(Grade::Good));
        assert_eq!(reviewed("是"), ReviewValue::Flag(true));
        assert_eq!(reviewed("No"), ReviewValue::Flag(false));
        assert_eq!(reviewed("差不多"), ReviewValue::Unreadable);
    }
}
