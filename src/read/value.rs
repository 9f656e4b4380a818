//! Cells read as numbers, marks and stages, in the ways people write them.

use super::columns::half_width;
use crate::model::{Level, Stage, YEARS};

/// Whether a cell says that there is no value.
pub(super) fn is_missing(cell: &str) -> bool {
    // None of the words is longer, and most cells are.
    cell.len() <= 4
        && matches!(
            cell.to_ascii_lowercase().as_str(),
            "" | "null" | "none" | "n/a" | "na" | "nan" | "-" | "--" | "—" | "/" | "无"
        )
}

/// A number, with full-width digits and thousands separators taken as people mean them; `None` where it is none.
pub(super) fn number(cell: &str) -> Option<f64> {
    if cell.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',') {
        return cell.parse::<f64>().ok().filter(|number| number.is_finite());
    }
    let mut text: String = cell.chars().map(half_width).filter(|character| !character.is_whitespace()).collect();
    if let Some((whole, rest)) = text.split_once(',') {
        // A comma separates thousands, or the number is not one we can be sure of.
        let groups: Vec<&str> = rest.split(',').collect();
        let is_group = |group: &&str| {
            let digits = group.split('.').next().unwrap_or_default();
            digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let fits = (1..=3).contains(&whole.trim_start_matches('-').len()) && groups.iter().all(is_group);
        if !fits {
            return None;
        }
        text = text.replace(',', "");
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A number with a percent sign behind it; `None` where there is no sign, or no number.
pub(super) fn percent(cell: &str) -> Option<f64> {
    number(cell.strip_suffix(['%', '％'])?.trim_end())
}

/// A year of four digits, with or without the word; `None` where it is none.
pub(super) fn year(cell: &str) -> Option<u16> {
    let text: String = cell.chars().map(half_width).collect();
    let digits = text.strip_suffix("年度").or(text.strip_suffix('年')).unwrap_or(&text).trim();
    let is_plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| is_plain && YEARS.contains(year))
}

/// A year and a month, as 2020-09, 2020年9月, 2020.9.1 or 202009; September, when school years begin, where there is a year
/// alone. `None` where it is neither.
pub(super) fn month(cell: &str) -> Option<(u16, u8)> {
    if let Some(year) = year(cell) {
        return Some((year, 9));
    }
    let text: String = cell.chars().map(half_width).collect();
    let is_compact = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = if is_compact { format!("{}-{}", &text[..4], &text[4..]) } else { text };
    let mut parts = text.split(|character: char| !character.is_ascii_digit()).filter(|part| !part.is_empty());
    let (year, month) = (self::year(parts.next()?)?, parts.next()?.parse().ok()?);
    (1..=12).contains(&month).then_some((year, month))
}

/// A cell as a name: line breaks and runs of blanks become one blank, as a name is shown on one line.
pub(super) fn on_one_line(cell: &str) -> String {
    let breaks = |character: char| character.is_whitespace() || character.is_control();
    cell.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a mark is set; `None` where the cell is neither yes nor no.
pub(super) fn flag(cell: &str) -> Option<bool> {
    match cell.to_ascii_lowercase().as_str() {
        "1" | "y" | "yes" | "true" | "t" | "是" | "√" | "✓" | "有" => Some(true),
        "0" | "n" | "no" | "false" | "f" | "否" | "×" => Some(false),
        _ if is_missing(cell) => Some(false),
        _ => None,
    }
}

/// The stages a school's type stands for; `None` where it names no stage of compulsory school.
pub(super) fn stages(cell: &str) -> Option<Vec<Stage>> {
    let text: String = cell.chars().map(half_width).collect::<String>().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["九年", "nine", "十二年", "twelve", "k-8", "1-9"]) {
        return Some(vec![Stage::Primary, Stage::Junior]);
    }
    let primary = has(&["小学", "primary", "elementary", "教学点"]);
    let junior = has(&["初中", "初级中学", "中学", "junior", "middle", "完中"]) && !has(&["高级中学", "高中"]);
    match (primary, junior) {
        (true, true) => Some(vec![Stage::Primary, Stage::Junior]),
        (true, false) => Some(vec![Stage::Primary]),
        (false, true) => Some(vec![Stage::Junior]),
        (false, false) => (text == "all").then(|| vec![Stage::All]),
    }
}

/// The level a school's type stands for, where it is a level of its own.
pub(super) fn level(cell: &str) -> Option<Level> {
    let text: String = cell.chars().map(half_width).collect::<String>().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match stages(cell).as_deref() {
        Some([Stage::Primary, Stage::Junior]) => Some(Level::NineYear),
        Some([Stage::Primary]) => Some(Level::Primary),
        Some([Stage::Junior]) => Some(Level::Junior),
        None if has(&["幼儿园", "幼教", "kindergarten", "preschool"]) => Some(Level::Kindergarten),
        None if has(&["高中", "高级中学", "senior", "high school"]) => Some(Level::Senior),
        _ => None,
    }
}

/// A management grade as a share of the best: the four words of the seeds, letters, or a number up to 100.
pub(super) fn grade(cell: &str) -> Option<f64> {
    match cell {
        "优秀" | "A" | "a" => Some(1.0),
        "良好" | "B" | "b" => Some(0.8),
        "合格" | "C" | "c" => Some(0.6),
        "不合格" | "D" | "d" => Some(0.3),
        _ => number(cell)
            .filter(|number| (0.0..=100.0).contains(number))
            .map(|number| if number <= 1.0 { number } else { number / 100.0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!(number("１２３"), Some(123.0));
        assert_eq!(number("1,200"), Some(1200.0));
        assert_eq!(number("1,234,567.5"), Some(1_234_567.5));
        assert_eq!(number("12,5"), None, "a decimal comma is not guessed at");
        assert_eq!(number("abc"), None);
        assert_eq!(number("inf"), None);
    }

    #[test]
    fn percentages_have_their_sign() {
        assert_eq!((percent("8%"), percent("87.5 ％")), (Some(8.0), Some(87.5)));
        assert_eq!((percent("8"), percent("%"), percent("about 8%")), (None, None, None));
    }

    #[test]
    fn years_have_four_digits() {
        for cell in ["2025", "２０２５", "2025年", "2025年度", "2025 年"] {
            assert_eq!(year(cell), Some(2025), "{cell}");
        }
        for cell in ["25", "2024-2025", "02025", "+025", "2O25", "9999", "年", ""] {
            assert_eq!(year(cell), None, "{cell}");
        }
    }

    #[test]
    fn names_stay_on_one_line() {
        assert_eq!(on_one_line("骨干\r\n教师  数\u{1b}"), "骨干 教师 数");
    }

    #[test]
    fn stages_by_the_words_of_tables() {
        assert_eq!(stages("小学"), Some(vec![Stage::Primary]));
        assert_eq!(stages("科教文化服务;学校;中学"), Some(vec![Stage::Junior]));
        assert_eq!(stages("九年一贯制学校"), Some(vec![Stage::Primary, Stage::Junior]));
        assert_eq!(stages("高级中学"), None);
        assert_eq!(stages("Primary"), Some(vec![Stage::Primary]));
        assert_eq!(stages("幼儿园"), None);
        assert_eq!(level("公办幼儿园"), Some(Level::Kindergarten));
        assert_eq!(level("高级中学"), Some(Level::Senior));
        assert_eq!(level("九年一贯制学校"), Some(Level::NineYear));
        assert_eq!(level("教学点"), Some(Level::Primary));
        assert_eq!(level("特殊教育"), None);
    }
}
