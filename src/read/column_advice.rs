//! What is said of columns that are not there: which of those that are there may be meant.

use super::columns::{Columns, Role, plain};
use super::names::most_similar;
use super::table::Table;
use super::value;
use crate::model::{Finding, FindingCode};

/// Rows whose cells are looked at to tell whether a column holds numbers.
const LOOKED_AT: usize = 20;

/// Candidates that are named.
const NAMED: usize = 3;

/// Words in names of columns that speak of a role without being sure of it: places of one year are not all seats, and
/// people are not all pupils.
const HINTS: [(Role, &[&str]); 2] = [
    (Role::Capacity, &["招生", "学位", "规模", "定员", "seat"]),
    (Role::Pupils, &["人数", "人口", "学生", "儿童", "pupil"]),
];

impl Columns {
    /// Whether there are columns for both coordinates of a place.
    pub(super) fn has_coordinates(&self) -> bool {
        self.has(Role::Longitude) && self.has(Role::Latitude) || self.has(Role::X) && self.has(Role::Y)
    }

    /// What is missing for places: the other of two where one is there.
    pub(super) fn missing_coordinates(&self) -> &'static [Role] {
        match [Role::Longitude, Role::Latitude, Role::X, Role::Y].map(|role| self.has(role)) {
            [true, false, ..] => &[Role::Latitude],
            [false, true, ..] => &[Role::Longitude],
            [.., true, false] => &[Role::Y],
            [.., false, true] => &[Role::X],
            _ => &[Role::Longitude, Role::X],
        }
    }

    /// Reports that none of `roles` has a column, with the columns there are and those that may be meant.
    pub(super) fn missing(table: &Table, roles: &[Role]) -> Finding {
        Columns::missing_unless(table, roles, "")
    }

    /// As [`Columns::missing`]; `times` today's pupils could stand in for seats.
    pub(super) fn missing_unless(table: &Table, roles: &[Role], times: &str) -> Finding {
        // One name in each language.
        let telling = |role: &Role| -> Vec<&'static str> {
            let (english, chinese): (Vec<&str>, Vec<&str>) = role.aliases().iter().partition(|alias| alias.is_ascii());
            english.into_iter().take(1).chain(chinese.into_iter().take(1)).collect()
        };
        let wanted: Vec<&str> = roles.iter().flat_map(telling).collect();
        let candidates: Vec<String> = roles
            .iter()
            .flat_map(|role| candidates(table, *role).into_iter().map(|name| option(*role, name)))
            .take(NAMED)
            .collect();
        table
            .file_finding(FindingCode::ColumnMissing)
            .text("role", roles.first().map_or("", |role| role.slug()))
            .list("wanted", wanted, " / ")
            .list("columns", &table.columns, ", ")
            .clause("candidates", "clause-candidates", &candidates.join(" / "))
            .clause("otherwise", "clause-seats-from-existing", times)
    }
}

/// How a column is named for a role.
fn option(role: Role, name: &str) -> String {
    match role {
        Role::Capacity => format!("--column schools.{}={name}", role.slug()),
        Role::Pupils | Role::PupilsPrimary | Role::PupilsJunior => format!("--column blocks.{}={name}", role.slug()),
        // Several layers have it.
        _ => format!("columns = {{ {} = \"{name}\" }}", role.slug()),
    }
}

/// The columns that may be meant for a role: their names say a part of what a name of the role says, or more than that, and
/// no other role is called so.
fn candidates(table: &Table, role: Role) -> Vec<&str> {
    let hints = HINTS.iter().find(|(of, _)| *of == role).map_or(&[][..], |(_, hints)| *hints);
    // Two characters of Chinese are a word.
    let is_word = |text: &str| text.chars().count() >= if text.is_ascii() { 4 } else { 2 };
    let is_like = |name: &str| {
        hints.iter().any(|hint| name.contains(hint))
            || role
                .aliases()
                .iter()
                .any(|alias| is_word(alias) && name.contains(alias) || is_word(name) && alias.contains(name))
    };
    let holds_numbers = |column: usize| {
        let cells = (0..table.row_count().min(LOOKED_AT)).map(|row| table.cell(row, column));
        let mut filled = cells.filter(|cell| !value::is_missing(cell)).peekable();
        filled.peek().is_some() && filled.all(|cell| value::number(cell).or_else(|| value::angle(cell)).is_some())
    };
    let mut found = Vec::new();
    for (column, name) in table.columns.iter().enumerate() {
        let plain = plain(name);
        let is_taken = Role::ALL.iter().any(|other| other.aliases().contains(&plain.as_str()));
        if !is_taken && is_like(&plain) && holds_numbers(column) {
            found.push(name.as_str());
        }
    }
    found
}

/// Reports a column that the settings name in vain.
pub(super) fn unknown_column(table: &Table, name: &str) -> Finding {
    table
        .file_finding(FindingCode::ColumnUnknown)
        .text("column", name)
        .clause("nearest", "clause-did-you-mean", nearest_column(table, name).unwrap_or_default())
        .list("columns", &table.columns, ", ")
}

/// Reports a role that the settings name and that columns of this layer cannot have.
pub(super) fn unknown_role(table: &Table, slug: &str, roles: &[Role]) -> Finding {
    let known = roles.iter().map(|role| role.slug());
    table.file_finding(FindingCode::RoleUnknown).text("role", slug).clause(
        "nearest",
        "clause-did-you-mean",
        most_similar(slug, known).unwrap_or_default(),
    )
}

fn nearest_column<'a>(table: &'a Table, name: &str) -> Option<&'a str> {
    let columns = || table.columns.iter().map(String::as_str);
    // Of two characters one may be wrong.
    let is_off_by_one = |column: &&str| {
        column.chars().count() == name.chars().count()
            && column.chars().zip(name.chars()).filter(|(one, other)| one != other).count() == 1
    };
    most_similar(name, columns()).or_else(|| columns().filter(|name| !name.is_ascii()).find(is_off_by_one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[&str], cells: &[&str]) -> Table {
        let mut table = Table::new("t.csv", columns.iter().map(|name| (*name).to_owned()).collect(), 2);
        table.push_row(cells.iter().copied());
        table
    }

    #[test]
    fn columns_that_may_be_meant_are_named() {
        let found = |columns: &[&str], cells: &[&str], role| {
            let table = table(columns, cells);
            candidates(&table, role).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let columns = ["编号", "规划学位", "招生计划", "学位说明", "在校生"];
        assert_eq!(found(&columns, &["1", "900", "45", "含借用", "800"], Role::Capacity), ["规划学位", "招生计划"]);
        let columns = ["小区", "6-11岁人口", "户籍学生数", "户数"];
        assert_eq!(found(&columns, &["甲", "30", "20", "400"], Role::Pupils), ["6-11岁人口", "户籍学生数"]);
        assert_eq!(found(&["校门经度", "经度说明"], &["109.5", "高德"], Role::Longitude), ["校门经度"]);
    }

    #[test]
    fn one_of_two_characters_may_be_wrong() {
        let table = table(&["编号", "学位"], &["1", "2"]);
        assert_eq!((nearest_column(&table, "学味"), nearest_column(&table, "床位数")), (Some("学位"), None));
    }
}
