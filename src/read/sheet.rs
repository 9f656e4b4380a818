//! From the cells of a sheet to a table: where the header is, what stands above and below it, cells over several rows.

use std::collections::{BTreeMap, BTreeSet};

use super::ReadError;
use super::archive::too_large;
use super::source::refused;
use super::table::{CellKind, Table};
use crate::language::Message;
use crate::model::{Finding, FindingCode};

/// Rows among which the header is looked for.
pub(super) const HEADER_WITHIN: usize = 40;

/// Cells a table may have once its rows are filled up.
const MOST_CELLS: usize = 50_000_000;

/// The first words of rows that sum up or remark.
const CLOSING_WORDS: [&str; 12] =
    ["合计", "总计", "小计", "共计", "注:", "注:", "备注:", "备注:", "说明:", "填表人", "制表人", "审核人"];

/// Words that tell columns of one group apart, and say nothing without the name of the group.
const STAGE_WORDS: [&str; 6] = ["小学", "初中", "高中", "primary", "junior", "senior"];

/// A row or a column of a sheet, from nought.
type Position = (u32, u32);

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) text: String,
    kind: CellKind,
    is_error: bool,
    /// Whether it is a number with more digits than a spreadsheet keeps.
    pub(super) cut: bool,
}

impl Value {
    pub(super) const fn new(text: String, kind: CellKind) -> Value {
        Value { text, kind, is_error: false, cut: false }
    }

    /// A whole number; `cut` where it has more digits than a spreadsheet keeps.
    pub(super) const fn whole(text: String, cut: bool) -> Value {
        Value { text, kind: CellKind::Integer, is_error: false, cut }
    }

    /// A formula that failed.
    pub(super) const fn error(text: String) -> Value {
        Value { text, kind: CellKind::Text, is_error: true, cut: false }
    }
}

/// The cells of a sheet that hold something, row by row.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: BTreeMap<u32, BTreeMap<u32, Value>>,
    merged: Vec<(Position, Position)>,
    /// Where formulas without a result stand.
    uncalculated: Vec<Position>,
}

impl Grid {
    pub(super) fn new(merged: Vec<(Position, Position)>) -> Grid {
        Grid { merged, ..Grid::default() }
    }

    pub(super) fn put(&mut self, (row, column): Position, value: Value) {
        if !value.text.trim().is_empty() {
            self.rows.entry(row).or_default().insert(column, value);
        }
    }

    /// Whether some row has fewer cells than there are columns.
    pub(super) fn has_blanks(&self) -> bool {
        let columns: BTreeSet<u32> = self.rows.values().flat_map(|cells| cells.keys().copied()).collect();
        self.rows.values().any(|cells| cells.len() < columns.len())
    }

    /// Takes note of a formula; one whose cell holds nothing was never calculated.
    pub(super) fn note_formula(&mut self, place: Position) {
        if !self.rows.get(&place.0).is_some_and(|cells| cells.contains_key(&place.1)) {
            self.uncalculated.push(place);
        }
    }

    /// Whether there are two rows, one of them with two cells.
    pub(super) fn is_a_table(&self) -> bool {
        self.rows.len() > 1 && self.rows.values().any(|cells| cells.len() > 1)
    }

    /// The table in the sheet.
    ///
    /// # Errors
    /// [`ReadError`] where there is nothing in it, or more than a table may hold.
    pub(super) fn into_table(
        mut self,
        file: &str,
        sheet: &str,
        findings: &mut Vec<Finding>,
    ) -> Result<Table, ReadError> {
        let header =
            self.header_row().ok_or_else(|| refused(file, Message::new("refused-empty-sheet").text("sheet", sheet)))?;
        self.report_titles(header, file, findings);
        if let Some((row, column)) = self.uncalculated.first() {
            let finding = Finding::new(FindingCode::FormulaUncalculated).in_file(file).at_row(row + 1);
            let place = format!("{} {}", row + 1, letters(*column));
            findings.push(finding.count("count", self.uncalculated.len()).text("place", place));
        }
        let (names, first) = self.names(header);
        let filled = self.fill_down(first, file)?;
        if filled > 0 {
            findings.push(Finding::new(FindingCode::CellsMerged).in_file(file).count("cells", filled));
        }
        let closing = self.take_closing_rows(first);
        if let Some((row, text)) = closing.first() {
            findings.push(rows_below(file, row + 1, closing.len(), text));
        }
        let mut columns: BTreeSet<u32> = names.keys().copied().collect();
        let data = self.rows.split_off(&first);
        columns.extend(data.values().flat_map(|cells| cells.keys().copied()));
        if data.len().saturating_mul(columns.len()) > MOST_CELLS {
            return Err(too_large(file));
        }
        let titles = columns.iter().map(|column| names.get(column).cloned().unwrap_or_else(|| letters(*column)));
        let mut table = Table::new(file, titles.collect(), first + 1);
        table.kinds = columns.iter().map(|column| kind_of(&data, *column)).collect();
        report_faults(&data, &table, &columns, findings);
        for (row, cells) in &data {
            let text =
                |column| cells.get(column).filter(|value| !value.is_error).map_or("", |value| value.text.as_str());
            table.push_numbered_row(row + 1, columns.iter().map(text));
        }
        Ok(table)
    }

    /// The first row that is at least half as wide as the widest and mostly text.
    fn header_row(&self) -> Option<u32> {
        let first: Vec<(u32, &BTreeMap<u32, Value>)> =
            self.rows.iter().take(HEADER_WITHIN).map(|(row, cells)| (*row, cells)).collect();
        let widest = first.iter().map(|(_, cells)| cells.len()).max()?;
        let least = if widest > 1 { widest.div_ceil(2).max(2) } else { 1 };
        let wide = |cells: &BTreeMap<u32, Value>| cells.len() >= least;
        let is_text = |cells: &BTreeMap<u32, Value>| {
            cells.values().filter(|value| value.kind == CellKind::Text && !value.is_error).count() * 2 > cells.len()
        };
        first
            .iter()
            .find(|(_, cells)| wide(cells) && is_text(cells))
            .or_else(|| first.iter().find(|(_, cells)| wide(cells)))
            .map(|(row, _)| *row)
    }

    /// The header of a text, whose cells have no kinds: the first row, unless it is a title, not half as wide as the widest,
    /// and the first row that is wider holds no number.
    pub(super) fn header_of_text(&self) -> u32 {
        let first = || self.rows.iter().take(HEADER_WITHIN);
        let widest = first().map(|(_, cells)| cells.len()).max().unwrap_or_default();
        let mut wide = first().filter(|(_, cells)| cells.len() >= widest.div_ceil(2).max(2));
        let is_named = |cells: &BTreeMap<u32, Value>| cells.values().all(|value| value.kind == CellKind::Text);
        wide.next().filter(|(_, cells)| is_named(cells)).map_or(0, |(row, _)| *row)
    }

    /// Reports what stands above the header.
    pub(super) fn report_titles(&self, header: u32, file: &str, findings: &mut Vec<Finding>) {
        let titles: Vec<&str> =
            self.rows.range(..header).flat_map(|(_, cells)| cells.values().map(|value| value.text.as_str())).collect();
        if !titles.is_empty() {
            let finding = Finding::new(FindingCode::TitleAbove).in_file(file).at_row(header + 1);
            findings.push(finding.list("titles", titles.iter().take(5), "、"));
        }
    }

    /// Columns under one name without merged cells, as text has them: the name stands once with empty cells behind it, and
    /// the row below says something in these columns only, and no number.
    fn groups_by_gaps(&self, header: u32) -> Vec<(u32, u32)> {
        let (Some(names), Some(below)) = (self.rows.get(&header), self.rows.get(&(header + 1))) else {
            return Vec::new();
        };
        let last = names.keys().chain(below.keys()).max().copied().unwrap_or_default();
        let starts: Vec<u32> = names.keys().copied().collect();
        let ends = starts.iter().skip(1).map(|next| next - 1).chain([last]);
        let groups: Vec<(u32, u32)> =
            starts.iter().copied().zip(ends).filter(|(start, _)| below.contains_key(start)).collect();
        let in_groups: usize = groups.iter().map(|(start, end)| (end - start + 1) as usize).sum();
        let fits = groups.iter().all(|(start, end)| end > start && (*start..=*end).all(|at| below.contains_key(&at)))
            && in_groups == below.len()
            && groups.len() < starts.len()
            && below.values().all(|value| value.kind == CellKind::Text);
        if fits { groups } else { Vec::new() }
    }

    /// The names of the columns, and the first row below them. A name over several columns goes before the names below it.
    pub(super) fn names(&self, header: u32) -> (BTreeMap<u32, String>, u32) {
        let text = |row: u32, column: u32| -> Option<String> {
            let value = self.rows.get(&row)?.get(&column)?;
            Some(value.text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let columns = |row: u32| self.rows.get(&row).into_iter().flat_map(|cells| cells.keys().copied());
        let groups: Vec<(u32, u32)> = self
            .merged
            .iter()
            .filter(|(start, end)| start.0 == header && end.0 == header && end.1 > start.1)
            .filter(|(start, end)| columns(header + 1).any(|column| (start.1..=end.1).contains(&column)))
            .map(|(start, end)| (start.1, end.1))
            .collect();
        let groups = if groups.is_empty() { self.groups_by_gaps(header) } else { groups };
        let mut names: BTreeMap<u32, String> =
            columns(header).filter_map(|column| Some((column, text(header, column)?))).collect();
        if groups.is_empty() {
            return (names, header + 1);
        }
        let below: Vec<(u32, String)> =
            columns(header + 1).filter_map(|column| Some((column, text(header + 1, column)?))).collect();
        for (column, name) in &below {
            let group = groups.iter().find(|(from, to)| (from..=to).contains(&column));
            let group = group.and_then(|(from, _)| text(header, *from)).unwrap_or_default();
            let is_stage = STAGE_WORDS.contains(&name.to_lowercase().as_str());
            let stands_twice = below.iter().filter(|(_, other)| other == name).count() > 1;
            names.insert(
                *column,
                match (is_stage, stands_twice) {
                    (true, _) => format!("{name}{group}"),
                    (false, true) => format!("{group}{name}"),
                    (false, false) => name.clone(),
                },
            );
        }
        (names, header + 2)
    }

    /// Text that stands once for several rows is put into each of them; the number of cells filled. Numbers are not: they
    /// may be sums over the rows.
    fn fill_down(&mut self, first: u32, file: &str) -> Result<usize, ReadError> {
        let (mut filled, mut looked_at) = (0, 0_usize);
        for ((top, left), (bottom, _)) in std::mem::take(&mut self.merged) {
            if top < first || bottom <= top {
                continue;
            }
            let Some(value) = self.rows.get(&top).and_then(|cells| cells.get(&left)).cloned() else { continue };
            if value.kind != CellKind::Text || value.is_error {
                continue;
            }
            for (_, cells) in self.rows.range_mut(top + 1..=bottom) {
                looked_at += 1;
                if let std::collections::btree_map::Entry::Vacant(place) = cells.entry(left) {
                    place.insert(value.clone());
                    filled += 1;
                }
            }
            if looked_at > MOST_CELLS {
                return Err(too_large(file));
            }
        }
        Ok(filled)
    }

    /// Takes away the rows at the end that sum up or remark, in their order.
    fn take_closing_rows(&mut self, first: u32) -> Vec<(u32, String)> {
        let mut closing = Vec::new();
        while let Some((row, cells)) = self.rows.last_key_value()
            && *row > first
        {
            let Some(text) = cells.values().next().and_then(|value| closing_text(&value.text)) else { break };
            closing.push((*row, text));
            self.rows.pop_last();
        }
        closing.reverse();
        closing
    }
}

/// What a row sums up or remarks, by its first cell that is not empty; `None` where it is a row as any other.
pub(super) fn closing_text(cell: &str) -> Option<String> {
    let text: String = cell.split_whitespace().collect();
    CLOSING_WORDS.iter().any(|word| text.starts_with(word)).then_some(text)
}

/// Reports rows at the end that were taken for sums and remarks.
pub(super) fn rows_below(file: &str, row: u32, rows: usize, example: &str) -> Finding {
    let finding = Finding::new(FindingCode::RowsBelow).in_file(file).at_row(row);
    finding.count("rows", rows).text("example", example)
}

/// What all cells of a column are.
fn kind_of(data: &BTreeMap<u32, BTreeMap<u32, Value>>, column: u32) -> CellKind {
    let cells = data.values().filter_map(|cells| cells.get(&column)).filter(|value| !value.is_error);
    cells.fold(None, |kind, value| CellKind::of_both(kind, Some(value.kind))).unwrap_or(CellKind::Text)
}

/// Formulas that failed and numbers that lost digits, one finding a column.
fn report_faults(
    data: &BTreeMap<u32, BTreeMap<u32, Value>>,
    table: &Table,
    columns: &BTreeSet<u32>,
    findings: &mut Vec<Finding>,
) {
    for (position, column) in columns.iter().enumerate() {
        let cells = || data.iter().filter_map(|(row, cells)| Some((row, cells.get(column)?)));
        let mut report = |code: FindingCode, is_it: fn(&Value) -> bool| {
            if let Some((row, value)) = cells().find(|(_, value)| is_it(value)) {
                let finding = Finding::new(code).in_file(table.file.clone()).at_row(row + 1);
                let finding = finding.text("column", &table.columns[position]).text("cell", &value.text);
                findings.push(finding.count("cells", cells().filter(|(_, value)| is_it(value)).count()));
            }
        };
        report(FindingCode::CellError, |value| value.is_error);
        report(FindingCode::DigitsLost, |value| value.cut);
    }
}

/// The letters a spreadsheet shows above a column.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]], merged: Vec<(Position, Position)>) -> Grid {
        let mut grid = Grid::new(merged);
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let kind = if cell.parse::<f64>().is_ok() { CellKind::Integer } else { CellKind::Text };
                grid.put((row as u32, column as u32), Value::new((*cell).to_owned(), kind));
            }
        }
        grid
    }

    #[test]
    fn titles_sums_and_headers_in_two_rows_are_told_apart() {
        let rows: [&[&str]; 6] = [
            &["浦北县学校一览表"],
            &["学校名称", "乡镇", "学位数", ""],
            &["", "", "小学", "初中"],
            &["甲校", "张黄镇", "100", "0"],
            &["乙校", "", "0", "200"],
            &["合计", "", "100", "200"],
        ];
        let merged = vec![((0, 0), (0, 3)), ((1, 0), (2, 0)), ((1, 1), (2, 1)), ((1, 2), (1, 3)), ((3, 1), (4, 1))];
        let mut findings = Vec::new();
        let table = grid(&rows, merged).into_table("t.xlsx", "Sheet1", &mut findings).expect("a table");
        assert_eq!(table.columns, ["学校名称", "乡镇", "小学学位数", "初中学位数"]);
        assert_eq!((table.row_count(), table.cell(1, 1), table.row_number(1)), (2, "张黄镇", 5));
        let codes: Vec<FindingCode> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [FindingCode::TitleAbove, FindingCode::CellsMerged, FindingCode::RowsBelow]);
    }

    #[test]
    fn names_over_gaps_are_told_from_rows() {
        let names = |rows: &[&[&str]]| {
            let (names, first) = grid(rows, Vec::new()).names(0);
            (names.into_values().collect::<Vec<_>>().join(" "), first)
        };
        let two = (["编号 名称 经度 纬度 学段".to_owned(), "id name".to_owned()], 2);
        assert_eq!(
            names(&[&["编号", "名称", "位置", "", "学段"], &["", "", "经度", "纬度", ""]]),
            (two.0[0].clone(), two.1)
        );
        // A row of data below names that are not complete is no part of them.
        assert_eq!(names(&[&["id", "name", "", ""], &["", "", "1", "2"]]), (two.0[1].clone(), 1));
        assert_eq!(names(&[&["id", "name", ""], &["甲", "乙", "丙"]]), (two.0[1].clone(), 1));
        assert_eq!(names(&[&["id", "name", ""], &["", "乙", "丙"]]).1, 2);
    }

    #[test]
    fn columns_without_a_name_have_their_letters() {
        let table = grid(&[&["id", "name"], &["1", "a", "x"]], Vec::new());
        let table = table.into_table("t.xlsx", "Sheet1", &mut Vec::new()).expect("a table");
        assert_eq!(table.columns, ["id", "name", "C"]);
        assert_eq!((letters(25), letters(26), letters(701)), ("Z".to_owned(), "AA".to_owned(), "ZZ".to_owned()));
    }
}
