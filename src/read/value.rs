//! Cells read as numbers, marks and stages, in the ways people write them.

use super::columns::{half_width, simplified};
use crate::model::{Level, Stage, YEARS};

/// Whether a cell says that there is no value.
pub(super) fn is_missing(cell: &str) -> bool {
    const WORDS: [&str; 10] = ["null", "none", "n/a", "na", "nan", "-", "--", "—", "/", "无"];
    cell.is_empty() || WORDS.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Words for what is counted, or for the unit the columns are in, that stand behind numbers. None of them changes the value.
const UNITS: [&str; 16] =
    ["个学位", "学位", "学生", "平方米", "人", "名", "个", "位", "座", "所", "间", "米", "㎡", "m²", "m2", "m"];

/// A number, with full-width digits, thousands separators and the word for what is counted taken as people mean them;
/// `None` where it is none.
pub(super) fn number(cell: &str) -> Option<f64> {
    if cell.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',')
        && let Ok(number) = cell.parse::<f64>()
    {
        return Some(number).filter(|number| number.is_finite());
    }
    if !blanks_part_thousands(cell) {
        return None;
    }
    let mut text: String = cell.chars().map(half_width).filter(|character| !character.is_whitespace()).collect();
    if let Some(bare) = UNITS.iter().find_map(|unit| text.strip_suffix(unit)) {
        text.truncate(bare.len());
    }
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

/// Whether all blanks between digits part them into thousands: `116 23 29` is an angle, or nothing.
fn blanks_part_thousands(cell: &str) -> bool {
    let is_digit = |character: char| half_width(character).is_ascii_digit();
    let mut words = cell.split_whitespace();
    let Some(mut before) = words.next() else { return true };
    for word in words {
        let digits = word.chars().take_while(|character| is_digit(*character)).count();
        let joins = before.ends_with(is_digit) && digits > 0;
        let behind = before.chars().rev().take_while(|character| is_digit(*character)).count();
        if joins && (digits != 3 || behind > 3) {
            return false;
        }
        before = word;
    }
    true
}

/// An angle in degrees with marks behind its numbers (`109°33′12″`, `109度33分12秒`) or the direction beside them
/// (`E109.55`, `东经109°33′`); west and south are below zero. `None` where it is none, or no mark and no direction tells
/// that it is an angle.
pub(super) fn angle(cell: &str) -> Option<f64> {
    const DIRECTIONS: [(&str, f64); 12] = [
        ("东经", 1.0),
        ("北纬", 1.0),
        ("西经", -1.0),
        ("南纬", -1.0),
        ("E", 1.0),
        ("N", 1.0),
        ("W", -1.0),
        ("S", -1.0),
        ("东", 1.0),
        ("北", 1.0),
        ("西", -1.0),
        ("南", -1.0),
    ];
    if !blanks_part_thousands(cell) {
        return None;
    }
    let text: String = cell.chars().map(half_width).filter(|letter| !letter.is_whitespace()).collect();
    let text = text.to_uppercase();
    let mut rest = text.as_str();
    let mut sign = None;
    for (word, of_word) in DIRECTIONS {
        if let Some(bare) = rest.strip_prefix(word).or_else(|| rest.strip_suffix(word)) {
            (rest, sign) = (bare, Some(of_word));
            break;
        }
    }
    let (is_below, mut rest) = match rest.strip_prefix('-') {
        Some(bare) => (true, bare),
        None => (false, rest),
    };
    if rest.is_empty() || is_below && sign.is_some() {
        return None;
    }
    let mut value = 0.0;
    let mut has_mark = false;
    for (marks, part) in [
        (&["°", "º", "˚", "度"][..], 1.0),
        (&["′", "'", "’", "‘", "分"][..], 60.0),
        (&["″", "''", "′′", "’’", "\"", "”", "“", "秒"][..], 3600.0),
    ] {
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        let number: f64 = rest[..end].parse().ok()?;
        rest = &rest[end..];
        match marks.iter().find_map(|mark| rest.strip_prefix(mark)) {
            Some(behind) => (rest, has_mark) = (behind, true),
            None if !rest.is_empty() => return None,
            None => {}
        }
        // Only the last number has a fraction, and sixty of a part are one of the part before.
        if part > 1.0 && number >= 60.0 || number.fract() != 0.0 && !rest.is_empty() {
            return None;
        }
        value += number / part;
    }
    let is_angle = rest.is_empty() && (has_mark || sign.is_some());
    is_angle.then_some(value * if is_below { -1.0 } else { sign.unwrap_or(1.0) })
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

/// Words for vocational schools, which are of the senior level.
const VOCATIONAL: &[&str] = &["职业", "中职", "中专", "技工", "vocational"];

/// Whether a type is that of special schools.
fn is_special(text: &str) -> bool {
    const WORDS: [&str; 11] =
        ["特殊教育", "特教", "特校", "培智", "启智", "聋", "盲", "专门学校", "专门教育", "工读", "special"];
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether a row stands in a town or city: in words, by the urban–rural class code of the statistics bureau (111 to 123 for
/// towns, 210 and 220 for the country), alone or behind the twelve digits of a place, or by these twelve digits alone, whose last
/// three tell a residents' committee 居委会 (001 to 199) from a village 村委会 (200 to 399). `None` where it is none of these.
pub(super) fn urban(cell: &str) -> Option<bool> {
    let text: String = cell.chars().map(half_width).filter(|letter| !letter.is_whitespace()).collect();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let class = |code: &str| match code {
            "111" | "112" | "121" | "122" | "123" => Some(true),
            "210" | "220" => Some(false),
            _ => None,
        };
        return match digits.len() {
            3 => class(&digits),
            15 => class(&digits[12..]),
            12 => match digits[9..].parse::<u16>() {
                Ok(1..=199) => Some(true),
                Ok(200..=399) => Some(false),
                _ => None,
            },
            _ => flag(&digits),
        };
    }
    match text.to_lowercase().as_str() {
        "城镇" | "城市" | "县城" | "镇区" | "城区" | "主城区" | "城乡结合区" | "镇中心区" | "镇乡结合区"
        | "特殊区域" | "镇" | "县镇" | "街道" | "urban" | "town" => Some(true),
        "乡村" | "农村" | "村" | "乡中心区" | "村庄" | "乡" | "rural" | "country" => Some(false),
        other => flag(other),
    }
}

/// The stages a school's type stands for; `None` where it names no stage of compulsory school.
pub(super) fn stages(cell: &str) -> Option<Vec<Stage>> {
    let text: String = cell.chars().map(half_width).map(simplified).collect::<String>().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["九年", "nine", "十二年", "twelve", "k-8", "1-9"]) {
        return Some(vec![Stage::Primary, Stage::Junior]);
    }
    if is_special(&text) || has(VOCATIONAL) {
        return None;
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
        None if is_special(&text) => Some(Level::Special),
        None if has(&["幼儿园", "幼教", "托育", "kindergarten", "preschool"]) => Some(Level::Kindergarten),
        None if has(&["高中", "高级中学", "senior", "high school"]) || has(VOCATIONAL) => Some(Level::Senior),
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
        for cell in ["1,200人", "１，２００", "1200 个学位", "1 200", "1200名", "＋1200", "1.2e3"] {
            assert_eq!(number(cell), Some(1200.0), "{cell}");
        }
        for cell in ["人", "1200万", "1.2km", "12人3", "1,20人", "1e999", "0x10", "116 23 29", "1 20", "1200 300"] {
            assert_eq!(number(cell), None, "{cell}");
        }
        assert_eq!((number("-3.5米"), number("－３")), (Some(-3.5), Some(-3.0)));
    }

    #[test]
    fn angles_have_marks_or_a_direction() {
        let expected = 109.0 + 33.0 / 60.0 + 12.6 / 3600.0;
        for cell in [
            "109°33′12.6″",
            "109°33'12.6\"E",
            "E109°33′12.6″",
            "109度33分12.6秒",
            "东经109°33′12.6″",
            "109° 33’ 12.6”",
            "１０９°３３′１２．６″",
            "109°33'12.6''",
            "109°33′12.6",
        ] {
            assert!((angle(cell).expect(cell) - expected).abs() < 1e-12, "{cell}");
        }
        assert_eq!((angle("109.55°"), angle("109.55E"), angle("22°30′S")), (Some(109.55), Some(109.55), Some(-22.5)));
        for cell in
            ["", "109.55", "E", "109°61′", "109.5°30′", "109°33′12″7", "-109°E", "°", "one°", "109′°", "116 23 29E"]
        {
            assert_eq!(angle(cell), None, "{cell}");
        }
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
        assert_eq!(stages("國民小學"), Some(vec![Stage::Primary]));
        assert_eq!(stages("初級中學"), Some(vec![Stage::Junior]));
        assert_eq!(stages("Primary"), Some(vec![Stage::Primary]));
        assert_eq!(stages("幼儿园"), None);
        assert_eq!(level("公办幼儿园"), Some(Level::Kindergarten));
        assert_eq!(level("高级中学"), Some(Level::Senior));
        assert_eq!(level("九年一贯制学校"), Some(Level::NineYear));
        assert_eq!(level("教学点"), Some(Level::Primary));
        for special in ["特殊教育", "特教学校", "启智学校", "专门学校"] {
            assert_eq!((stages(special), level(special)), (None, Some(Level::Special)), "{special}");
        }
        assert_eq!((stages("职业中学"), level("中等职业学校")), (None, Some(Level::Senior)));
    }
}
