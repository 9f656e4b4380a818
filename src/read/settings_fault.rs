//! What is wrong with a settings file: where, in words, and what was probably meant.

use std::ops::Range;

use toml::Value;
use toml::de::{DeTable, DeValue};
use unicode_width::UnicodeWidthChar;

use super::columns::Role;
use super::names::most_similar;
use super::settings_file::KEYS;
use super::{coordinates, encoding};
use crate::language::Message;
use crate::model::Settings;
use crate::model::settings::SenselessSetting;

/// Faults listed of one file.
const LISTED: usize = 20;

/// Characters of a line that are shown.
const SHOWN_CHARACTERS: usize = 100;

/// Marks of Chinese keyboards, and those TOML knows.
const WIDE_MARKS: [(&str, char); 16] = [
    ("“”„＂", '"'),
    ("‘’＇", '\''),
    ("＝", '='),
    ("［【", '['),
    ("］】", ']'),
    ("｛", '{'),
    ("｝", '}'),
    ("，、", ','),
    ("．。", '.'),
    ("＃", '#'),
    ("＿", '_'),
    ("－", '-'),
    ("\u{3000}\u{a0}", ' '),
    ("＼", '\\'),
    ("（", '('),
    ("）", ')'),
];

/// A fault of a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFault {
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub what: Message,
    /// The line itself.
    text: String,
    /// Blanks up to the fault, and a mark below it.
    mark: String,
}

impl SettingsFault {
    /// The fault at a byte of the file.
    fn at(text: &str, offset: usize, what: Message) -> SettingsFault {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let before: Vec<char> = text[start..offset].chars().filter(|character| *character != '\r').collect();
        // Long lines are shown around the fault.
        let skipped = before.len().saturating_sub(SHOWN_CHARACTERS / 2);
        let plain = |character: char| if character.is_control() { ' ' } else { character };
        let shown: String = line.chars().skip(skipped).take(SHOWN_CHARACTERS).map(plain).collect();
        let width = |character: &char| plain(*character).width().unwrap_or(0);
        let blanks: usize = before.iter().skip(skipped).map(width).sum();
        SettingsFault {
            line: text[..start].matches('\n').count() + 1,
            column: before.len() + 1,
            what,
            text: format!("    {shown}"),
            mark: format!("    {}^", " ".repeat(blanks)),
        }
    }

    /// The sentence for people: where, what, the line, and a mark below the fault.
    pub(super) fn message(&self, file: &str) -> Message {
        Message::new("error-settings")
            .text("file", file)
            .text("line", self.line.to_string())
            .text("column", self.column.to_string())
            .sentence("what", self.what.clone())
            .text("text", &self.text)
            .text("mark", &self.mark)
    }
}

/// Everything wrong with the text of a settings file that can be said without the files it names: faults of writing, else
/// keys that are not there and values that cannot be.
pub(super) fn faults(text: &str) -> Vec<SettingsFault> {
    let (document, broken) = DeTable::parse_recoverable(text);
    if !broken.is_empty() {
        // Several may be of one line; more than that many nobody reads.
        let first = broken.iter().take(4 * LISTED);
        let mut found: Vec<SettingsFault> = first.map(|fault| written_wrongly(text, fault)).collect();
        found.sort_by_key(|fault| (fault.line, fault.column));
        found.dedup_by_key(|fault| fault.line);
        found.truncate(LISTED);
        return found;
    }
    let values: toml::Table = text.parse().unwrap_or_default();
    let mut found = Vec::new();
    let mut sections: Vec<_> = document.get_ref().iter().collect();
    sections.sort_by_key(|(name, _)| name.span().start);
    for (name, section) in sections {
        if found.len() >= LISTED {
            break;
        }
        let (at, name) = (name.span(), name.get_ref().as_ref());
        let known = KEYS.iter().any(|(known, _)| *known == name);
        let (DeValue::Table(keys), true) = (section.get_ref(), known) else {
            found.push(SettingsFault::at(text, at.start, unknown_section(name, section.get_ref())));
            continue;
        };
        for (key, value) in keys {
            let Some(told) = values.get(name).and_then(|section| section.get(key.get_ref().as_ref())) else { continue };
            let place = Place { text, section: name, key: key.get_ref().as_ref(), at: key.span(), value: value.span() };
            found.extend(place.fault(told));
        }
    }
    found.sort_by_key(|fault| (fault.line, fault.column));
    found.truncate(LISTED);
    found
}

/// A fault that shows only when all settings stand together.
pub(super) fn of_whole(text: &str, fault: &toml::de::Error) -> SettingsFault {
    let what = Message::new("settings-fault-other").text("detail", fault.message());
    SettingsFault::at(text, fault.span().map_or(0, |span| span.start), what)
}

/// Settings whose values make no sense, where they stand.
pub(super) fn senseless(text: &str, settings: &[SenselessSetting]) -> Vec<SettingsFault> {
    let (document, _) = DeTable::parse_recoverable(text);
    let place = |setting: &SenselessSetting| -> Option<usize> {
        let DeValue::Table(keys) = document.get_ref().get(setting.section)?.get_ref() else { return None };
        Some(keys.get(setting.key)?.span().start)
    };
    let fault = |setting: &SenselessSetting| {
        let what = Message::new("settings-fault-senseless").text("key", format!("{}.{}", setting.section, setting.key));
        SettingsFault::at(text, place(setting).unwrap_or(0), what.sentence("needs", Message::new(setting.needs)))
    };
    let mut found: Vec<SettingsFault> = settings.iter().map(fault).collect();
    found.sort_by_key(|fault| (fault.line, fault.column));
    found
}

/// What stands where a section is due: one that is not known, or a key in front of all sections.
fn unknown_section(name: &str, value: &DeValue<'_>) -> Message {
    let is_section = KEYS.iter().any(|(known, _)| *known == name);
    if !matches!(value, DeValue::Table(_)) {
        let key = if is_section { "settings-fault-no-section" } else { "settings-fault-outside" };
        return Message::new(key).text("key", name).clause("home", "clause-belongs", &homes(name));
    }
    let nearest = most_similar(name, KEYS.iter().map(|(section, _)| *section)).unwrap_or_default();
    let sections: Vec<&str> = KEYS.iter().map(|(section, _)| *section).collect();
    let message = Message::new("settings-fault-section").text("section", name).text("known", sections.join(", "));
    message.clause("nearest", "clause-did-you-mean", nearest)
}

/// The sections that have a key, as they are written.
fn homes(key: &str) -> String {
    let has = |keys: &[(&str, &str)]| keys.iter().any(|(known, _)| *known == key);
    let homes: Vec<String> =
        KEYS.iter().filter(|(_, keys)| has(keys)).map(|(section, _)| format!("[{section}]")).collect();
    if homes.len() > 3 { String::new() } else { homes.join(", ") }
}

/// A key of a section, and where it and its value stand in the text.
struct Place<'a> {
    text: &'a str,
    section: &'a str,
    key: &'a str,
    at: Range<usize>,
    value: Range<usize>,
}

impl Place<'_> {
    /// What is wrong with a value that is well written: a name of a file that cannot be, a use of a column, a coordinate
    /// system or an encoding that does not exist.
    fn unfit(&self, told: &Value) -> Option<SettingsFault> {
        match (self.key, told) {
            ("file", told) if has_control(told) => Some(self.at_value(Message::new("settings-fault-path"))),
            ("columns", Value::Table(columns)) => {
                let slug = columns.keys().find(|slug| Role::from_slug(slug).is_none())?;
                let nearest = most_similar(slug, Role::ALL.iter().map(|role| role.slug())).unwrap_or_default();
                let what = Message::new("settings-fault-role").text("role", slug);
                // In braces behind the key, or in lines below a header that is the key.
                let inside = self.text.get(self.at.start..).and_then(|rest| rest.find(slug.as_str()));
                let what = what.clause("nearest", "clause-did-you-mean", nearest);
                Some(SettingsFault::at(self.text, self.at.start + inside.unwrap_or(0), what))
            }
            ("encoding", Value::String(label)) => {
                encoding::asked(Some(label), "").err()?;
                Some(self.at_value(Message::new("settings-fault-encoding").text("label", label)))
            }
            ("crs", Value::String(text)) => {
                let what = Message::new("settings-fault-crs").text("crs", text);
                Some(self.at_value(what.sentence("why", coordinates::fault_of_system(text)?)))
            }
            _ => None,
        }
    }

    /// What is wrong with the key or its value, which is read alone.
    fn fault(&self, told: &Value) -> Option<SettingsFault> {
        let mut section = toml::Table::new();
        section.insert(self.key.to_owned(), told.clone());
        let mut whole = toml::Table::new();
        whole.insert(self.section.to_owned(), Value::Table(section));
        let Err(fault) = whole.try_into::<Settings>() else { return self.unfit(told) };
        let message = fault.message();
        let mut quoted = message.split('`').skip(1).step_by(2);
        let first = quoted.next().unwrap_or_default();
        let known: Vec<&str> = quoted.collect();
        let nearest = most_similar(first, known.iter().copied()).unwrap_or_default();
        if message.starts_with("unknown field") {
            let what = Message::new("settings-fault-key").text("key", first).text("section", self.section);
            // The nearest key of this section, else the section that has such a key.
            let what = if nearest.is_empty() && first == self.key {
                what.clause("nearest", "clause-belongs", &homes(first))
            } else {
                what.clause("nearest", "clause-did-you-mean", nearest)
            };
            let inside = self.text.get(self.value.clone()).and_then(|value| value.find(first));
            let offset = if first == self.key { self.at.start } else { self.value.start + inside.unwrap_or(0) };
            return Some(SettingsFault::at(self.text, offset, what));
        }
        if message.starts_with("unknown variant") {
            let what = Message::new("settings-fault-choice").text("value", first).text("key", self.key);
            let what = what.text("known", known.join(", "));
            return Some(self.at_value(what.clause("nearest", "clause-did-you-mean", nearest)));
        }
        let what = Message::new("settings-fault-type").text("key", self.key).sentence("found", kind(told));
        Some(self.at_value(match self.example() {
            Some(example) => what.text("example", format!("{} = {example}", self.key)),
            None => Message::new("settings-fault-other").text("detail", message),
        }))
    }

    fn at_value(&self, what: Message) -> SettingsFault {
        SettingsFault::at(self.text, self.value.start, what)
    }

    /// How the key is written, for instance.
    fn example(&self) -> Option<&'static str> {
        let (_, keys) = KEYS.iter().find(|(section, _)| *section == self.section)?;
        // Keys that all layers have are shown with the first.
        let of_layers = KEYS.iter().flat_map(|(_, keys)| keys.iter());
        keys.iter().chain(of_layers).find(|(key, _)| *key == self.key).map(|(_, example)| *example)
    }
}

/// The kind of a value in words.
fn kind(value: &Value) -> Message {
    Message::new(match value {
        Value::String(_) => "value-kind-text",
        Value::Integer(_) | Value::Float(_) => "value-kind-number",
        Value::Boolean(_) => "value-kind-boolean",
        Value::Datetime(_) => "value-kind-date",
        Value::Array(_) => "value-kind-list",
        Value::Table(_) => "value-kind-table",
    })
    .text("value", value.to_string().chars().take(40).collect::<String>())
}

/// Whether a name of a file has a line break or the like in it: `\n` and `\t` of a Windows path were taken for these.
fn has_control(value: &Value) -> bool {
    match value {
        Value::String(name) => name.contains(char::is_control),
        Value::Array(names) => names.iter().any(has_control),
        _ => false,
    }
}

/// What is behind a fault of writing: marks of a Chinese keyboard, backslashes, quotes left out.
fn written_wrongly(text: &str, fault: &toml::de::Error) -> SettingsFault {
    let offset = fault.span().map_or(0, |span| span.start).min(text.len());
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    if let Some((place, wide, plain)) = wide_mark(line) {
        let what = Message::new("settings-fault-wide").text("wide", wide.to_string()).text("plain", plain.to_string());
        return SettingsFault::at(text, start + place, what);
    }
    let message = fault.message();
    let is_of_escapes = ["escape", "unicode"].iter().any(|word| message.contains(word));
    let what = if is_of_escapes && line.contains('\\') {
        Message::new("settings-fault-path")
    } else if message.contains("must be quoted") {
        Message::new("settings-fault-quotes")
    } else if message.starts_with("duplicate key") {
        let name: String =
            text[offset..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        Message::new("settings-fault-twice").text("key", name)
    } else if message.contains("string") && line.matches('"').count() % 2 == 1 {
        Message::new("settings-fault-unclosed")
    } else {
        Message::new("settings-fault-other").text("detail", message)
    };
    SettingsFault::at(text, offset, what)
}

/// The first mark of a Chinese keyboard outside quotes and comments: its byte in the line, itself, and what was meant.
fn wide_mark(line: &str) -> Option<(usize, char, char)> {
    let mut quote: Option<char> = None;
    let mut is_escaped = false;
    for (place, character) in line.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some('"') if character == '\\' => is_escaped = true,
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None if character == '#' => return None,
            None => {
                let plain = WIDE_MARKS.iter().find(|(wide, _)| wide.contains(character));
                if let Some((_, plain)) = plain {
                    return Some((place, character, *plain));
                }
                if ('０'..='９').contains(&character) {
                    let digit = char::from_digit(character as u32 - '０' as u32, 10)?;
                    return Some((place, character, digit));
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    /// Line, column and English sentence of each fault.
    fn found(text: &str) -> Vec<(usize, usize, String)> {
        let sentence = |fault: &SettingsFault| fault.what.in_language(Language::English);
        faults(text).iter().map(|fault| (fault.line, fault.column, sentence(fault))).collect()
    }

    #[track_caller]
    fn only(text: &str, line: usize, column: usize, parts: &[&str]) {
        let found = found(text);
        let [(at_line, at_column, what)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((*at_line, *at_column), (line, column), "{what}");
        assert!(parts.iter().all(|part| what.contains(part)), "{parts:?} in {what}");
    }

    #[test]
    fn sound_settings_have_no_fault() {
        assert_eq!(found("# 备注 “x” ＝\n[project]\nname = \"“云川县” ＝ x\" # ，\nseed = 1\n"), []);
        assert_eq!(found("[schools]\nfile = 'C:\\new\\table.csv'\n[schools.columns]\nid = \"编号\"\n"), []);
    }

    #[test]
    fn marks_of_a_chinese_keyboard_are_named() {
        only("[project]\nname = “云川县”\n", 2, 8, &["“", "\""]);
        only("[project]\nname ＝ \"x\"\n", 2, 6, &["＝", "="]);
        only("［project］\nname = \"x\"\n", 1, 1, &["［", "["]);
        only("[project]\nseed = １２\n", 2, 8, &["１"]);
        only("[schools]\nfile = [\"小学.csv\"，\"初中.csv\"]\n", 2, 17, &["，"]);
    }

    #[test]
    fn windows_paths_are_named() {
        only("[schools]\nfile = \"C:\\data\\a.csv\"\n", 2, 12, &["backslash"]);
        only("[schools]\nfile = \"C:\\new\\table.csv\"\n", 2, 8, &["backslash"]);
        assert!(found("[schools]\nfile = \"C:\\Users\\x.csv\"\n")[0].2.contains("backslash"));
    }

    #[test]
    fn every_fault_is_listed_at_once() {
        let text = "[project]\nsede = 1\nname = 7\n[blokcs]\nfile = \"b.csv\"\n[catchments]\neffort = \"fast\"\n\
                    time_limit = \"soon\"\nlongest_distance = 3\n[outputs]\ntables_only = \"yes\"\n";
        let found = found(text);
        let lines: Vec<usize> = found.iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, [2, 3, 4, 7, 8, 9, 11], "{found:#?}");
        for ((.., what), part) in found.iter().zip([
            "“seed”",
            "number 7",
            "“blocks”",
            "quick, standard, thorough",
            "time_limit = 60.0",
            "“longest_distance_m”",
            "tables_only = true",
        ]) {
            assert!(what.contains(part), "{part} in {what}");
        }
    }

    #[test]
    fn faults_of_writing_are_listed_at_once() {
        let found =
            found("[project]\nname = 云川\n[schools]\nfile = \"a.csv\n[blocks]\nfile = \"b.csv\"\nfile = \"c.csv\"\n");
        let lines: Vec<usize> = found.iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, [2, 4, 7], "{found:#?}");
    }

    #[test]
    fn uses_of_columns_and_encodings_that_are_not_there() {
        only("[schools]\ncolumns = { capasity = \"学位\" }\n", 2, 13, &["capasity", "“capacity”"]);
        only("[schools.columns]\nid = \"a\"\ncapasity = \"学位\"\n", 3, 1, &["capasity", "“capacity”"]);
        only("[blocks]\nencoding = \"GBX\"\n", 2, 12, &["GBX", "GBK"]);
        only("[project]\ncrs = \"EPSG:999999\"\n", 2, 7, &["EPSG:999999", "no system"]);
    }

    #[test]
    fn a_key_in_the_wrong_section_is_sent_home() {
        only("[project]\ntime_limit = 60\n", 2, 1, &["time_limit", "[catchments]"]);
        only("effort = \"quick\"\n", 1, 1, &["effort", "[catchments]"]);
        only("[policy]\nphases = [{ yaer = 2027 }]\n", 2, 13, &["yaer", "“year”"]);
    }

    #[test]
    fn the_mark_stands_below_the_fault() {
        let fault = &faults("[project]\n县 = 1\nname = 云川\n")[0];
        assert_eq!((fault.line, fault.mark.as_str()), (2, "    ^"), "{fault:?}");
        let fault = SettingsFault::at("name = \"云川县\" x", "name = \"云川县\" ".len(), Message::new("x"));
        assert_eq!((fault.column, fault.mark.len()), (14, 4 + 16 + 1), "wide characters take two columns");
    }
}
