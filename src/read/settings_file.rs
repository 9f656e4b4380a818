//! `xuequ.toml`: read with faults placed and the nearest name offered, written with a comment for every key.

use std::fmt::Write;
use std::path::Path;

use toml::{Table, Value};

use super::{ReadError, settings_fault, source};
use crate::language::{Language, Message};
use crate::model::Settings;
use crate::model::settings::Preset;

/// Bytes of a settings file: a hundred times what all settings with their comments need.
const MOST_BYTES: u64 = 1 << 20;

/// Reads the settings file at `path`, called `file` in messages.
///
/// # Errors
/// [`ReadError::Open`] where it cannot be opened, [`ReadError::SettingsEncoding`] where it is not
/// UTF-8, [`ReadError::Settings`] with line and column where it has faults.
pub fn read_settings(path: &Path, file: &str) -> Result<Settings, ReadError> {
    let open = |source| ReadError::Open { file: file.to_owned(), source };
    source::require_file(path, file)?;
    if std::fs::metadata(path).map_err(open)?.len() > MOST_BYTES {
        return Err(source::refused(file, Message::new("refused-settings-size").count("most", MOST_BYTES >> 20)));
    }
    let bytes = std::fs::read(path).map_err(open)?;
    let text = String::from_utf8(bytes).map_err(|fault| not_utf_8(file, &fault))?;
    let settings = parse(&text, file)?;
    let faults = settings_fault::senseless(without_mark(&text), &settings.senseless());
    if faults.is_empty() { Ok(settings) } else { Err(ReadError::Settings { file: file.to_owned(), faults }) }
}

/// What bytes that are not UTF-8 most likely are: what editors on Chinese machines write by themselves, or a stray byte.
fn not_utf_8(file: &str, fault: &std::string::FromUtf8Error) -> ReadError {
    let bytes = fault.as_bytes();
    let encoding = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        _ if encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some() => "GBK",
        _ => {
            let before = &bytes[..fault.utf8_error().valid_up_to()];
            let line = before.split(|byte| *byte == b'\n').count();
            let reason = Message::new("settings-fault-bytes").count("line", line);
            return ReadError::Refused { file: file.to_owned(), reason };
        }
    };
    ReadError::SettingsEncoding { file: file.to_owned(), encoding: encoding.to_owned() }
}

/// The text without the byte-order mark that some editors write.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn parse(text: &str, file: &str) -> Result<Settings, ReadError> {
    let text = without_mark(text);
    let faults = settings_fault::faults(text);
    if !faults.is_empty() {
        return Err(ReadError::Settings { file: file.to_owned(), faults });
    }
    let settings: Result<Settings, toml::de::Error> = toml::from_str(text);
    let settings = settings.and_then(|settings| match settings.policy.preset {
        Some(preset) => on_top_of(preset, text),
        None => Ok(settings),
    });
    settings.map_err(|fault| ReadError::Settings {
        file: file.to_owned(),
        faults: vec![settings_fault::of_whole(text, &fault)],
    })
}

/// The settings of a text that names a preset: what it says of districts and policy stands on top of the preset's rules.
fn on_top_of(preset: Preset, text: &str) -> Result<Settings, toml::de::Error> {
    let mut base = Settings::default();
    preset.put_into(&mut base);
    let base = Table::try_from(&base).unwrap_or_default();
    let mut said: Table = text.parse()?;
    for section in ["districts", "policy", "strength"] {
        let Some(Value::Table(mut whole)) = base.get(section).cloned() else { continue };
        if let Some(Value::Table(own)) = said.remove(section) {
            whole.extend(own);
        }
        said.insert(section.to_owned(), Value::Table(whole));
    }
    said.try_into()
}

/// Every key with an example for where it is not set, by section. The comments are `settings-<section>-<key>` in the
/// language files.
pub(super) const KEYS: &[(&str, &[(&str, &str)])] = &[
    (
        "project",
        &[
            ("name", "\"\""),
            ("year", "\"2027\""),
            ("seed", "1"),
            ("language", "\"zh-CN\""),
            ("crs", "\"EPSG:4490\""),
            ("author", "\"张三\""),
        ],
    ),
    (
        "schools",
        &[
            ("file", "\"schools.csv\""),
            ("crs", "\"EPSG:4490\""),
            ("encoding", "\"GBK\""),
            ("columns", "{ capacity = \"\" }"),
            ("seats_from_existing", "1.05"),
            ("aliases", "{}"),
        ],
    ),
    (
        "blocks",
        &[
            ("file", "\"blocks.shp\""),
            ("crs", "\"EPSG:4490\""),
            ("encoding", "\"GBK\""),
            ("columns", "{ pupils_primary = \"\" }"),
            ("fractional_pupils", "\"round\""),
        ],
    ),
    ("adjacency", &[("file", "\"adjacency.csv\"")]),
    ("existing", &[("file", "\"existing.csv\"")]),
    ("locks", &[("file", "\"locks.csv\"")]),
    ("barriers", &[("file", "\"barriers.geojson\"")]),
    ("crossings", &[("file", "\"crossings.csv\"")]),
    ("roads", &[("file", "\"roads.osm.pbf\"")]),
    ("distances", &[("file", "\"distances.csv\""), ("unit", "\"metres\""), ("walking_speed_m_per_min", "80.0")]),
    ("areas", &[("file", "\"areas.geojson\"")]),
    ("proposals", &[("file", "\"proposals.geojson\"")]),
    ("groups", &[("file", "\"groups.csv\"")]),
    ("targets", &[("file", "\"targets.csv\"")]),
    (
        "catchments",
        &[
            ("distance", "\"barrier\""),
            ("effort", "\"standard\""),
            ("time_limit", "60.0"),
            ("longest_distance_m", "3000.0"),
            ("least_seat_use", "0.5"),
            ("change", "500.0"),
            ("community", "500.0"),
            ("compactness", "10.0"),
            ("balance", "500.0"),
            ("within_districts", "false"),
        ],
    ),
    (
        "districts",
        &[
            ("near", "0.4"),
            ("size", "0.25"),
            ("pair", "0.35"),
            ("metres_per_point", "300"),
            ("schools", "[3, 8]"),
            ("count", "12"),
            ("helping", "3"),
            ("pupils", "[600, 6000]"),
            ("marked_lead", "false"),
            ("mix", "0"),
            ("far", "4"),
            ("across_stages", "false"),
            ("lead_enrolment", "200"),
            ("contiguous", "true"),
            ("waivers", "{ \"P03\" = \"渡口相连\" }"),
        ],
    ),
    (
        "policy",
        &[
            ("preset", "\"pubei\""),
            ("within_county", "false"),
            ("same_level", "false"),
            ("same_authority", "false"),
            ("stage", "\"junior\""),
            ("everyone", "true"),
            ("unified_admission", "false"),
            ("pairs", "false"),
            ("remote_m", "20000.0"),
            ("lead_optional", "false"),
            ("head_years", "3"),
            ("across_counties", "false"),
            ("governance", "\"committee\""),
            ("modes", "[\"cooperative\", \"integrated\", \"trusteeship\"]"),
            ("pilot_counties", "[\"\"]"),
            ("pilot_districts", "[1, 2]"),
            ("start_year", "2027"),
            ("centre_schools", "[3, 4]"),
            ("with_central_school", "false"),
            ("small_school", "100"),
            ("new_schools", "false"),
            ("new_since", "2022"),
            ("weak_in_centre", "false"),
            ("coverage", "0.98"),
            ("coverage_goal", "1.0"),
            ("groups", "100"),
            ("groups_before", "0"),
            ("count_before", "false"),
            ("phases", "[{ year = 2027, groups = 50, coverage = 0.5, centre_groups = 12 }]"),
            ("integrated_share", "0.6"),
            ("exchange", "{ of_eligible = 0.1, backbone = 0.2, advised_across_levels = false }"),
            (
                "staff_advice",
                "{ managers_sent = 0.5, only_crossing = false, performance = 0.6, first_post_years = [1.0, 2.0] }",
            ),
            ("national_standard", "false"),
        ],
    ),
    (
        "strength",
        &[("conditions", "0.25"), ("teachers", "0.3"), ("management", "0.15"), ("quality", "0.3"), ("growth", "0.3")],
    ),
    (
        "measure",
        &[
            ("radius_primary_m", "500.0"),
            ("radius_junior_m", "1000.0"),
            ("radius_all_m", "1000.0"),
            ("seat_use", "[0.7, 1.0]"),
        ],
    ),
    ("map", &[("title", "\"\""), ("source", "\"\""), ("date", "\"\""), ("maker", "\"\"")]),
    (
        "publish",
        &[
            ("office", "\"\""),
            ("basis", "[\"\"]"),
            ("from", "\"2027-05-01\""),
            ("until", "\"2027-05-30\""),
            ("short_because", "\"\""),
            ("email", "\"\""),
            ("phone", "\"\""),
            ("address", "\"\""),
            ("comment_url", "\"\""),
            ("map_approval", "\"\""),
            ("version", "\"\""),
            ("issued", "\"2027-05-01\""),
            ("agreed", "\"2027-04-20\""),
            ("applies", "\"\""),
            ("transition", "\"\""),
            ("words", "[\"limits\", \"communities\", \"numbers\"]"),
            ("paper", "[\"a3\"]"),
            ("formats", "[\"svg\", \"pdf\"]"),
            ("font", "\"\""),
        ],
    ),
    ("outputs", &[("tables_only", "true")]),
];

/// The text of a settings file that reads back as `settings`, each key explained in `language`. Keys that are not set
/// stand in it as comments with an example.
#[must_use]
pub fn settings_template(settings: &Settings, language: Language) -> String {
    let values = Table::try_from(settings).unwrap_or_default();
    let mut text = String::new();
    comment(&mut text, &language.text("settings-head"));
    for (section, keys) in KEYS {
        let set = values.get(*section).and_then(Value::as_table);
        text.push('\n');
        comment(&mut text, &language.text(&format!("settings-{section}")));
        // A section without which reading goes on as well stays a comment until it is wanted.
        let dormant = set.is_none();
        let _ = writeln!(text, "{}[{section}]", if dormant { "# " } else { "" });
        for (key, example) in *keys {
            comment(&mut text, &Message::new(format!("settings-{section}-{key}")).in_language(language));
            match set.and_then(|set| set.get(*key)).filter(|value| !is_empty(value)) {
                Some(value) => {
                    let _ = writeln!(text, "{key} = {}", inline(value));
                }
                None => {
                    let _ = writeln!(text, "# {key} = {example}");
                }
            }
        }
    }
    text
}

fn comment(text: &mut String, sentence: &str) {
    for line in sentence.lines() {
        let _ = writeln!(text, "# {line}");
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Table(table) => table.is_empty(),
        Value::Array(array) => array.is_empty(),
        _ => false,
    }
}

/// A value on one line, tables included.
fn inline(value: &Value) -> String {
    match value {
        Value::Table(table) => {
            let pairs: Vec<String> = table
                .iter()
                .map(|(key, value)| format!("{} = {}", Value::String(key.clone()), inline(value)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Array(array) => {
            format!("[{}]", array.iter().map(inline).collect::<Vec<String>>().join(", "))
        }
        plain => plain.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::{DistanceSettings, DistanceUnit, Files, LayerSettings};

    #[test]
    fn a_written_file_reads_back_the_same() {
        let mut settings = Settings::default();
        settings.project.name = Some("云川县".to_owned());
        settings.schools.file = Files::One("学校.csv".to_owned());
        settings.schools.columns.insert("capacity".to_owned(), "学位 \"数\"".to_owned());
        settings.existing =
            Some(LayerSettings { file: Files::One("existing.csv".to_owned()), ..LayerSettings::default() });
        for language in Language::ALL {
            let text = settings_template(&settings, language);
            let back = parse(&text, "xuequ.toml").unwrap_or_else(|fault| panic!("{fault}\n{text}"));
            assert_eq!(back, settings, "{text}");
        }
    }

    #[test]
    fn the_template_knows_every_key() {
        // Everything set, so that serialising lists every key there is.
        let layer = || Some(LayerSettings::default());
        let mut settings = Settings {
            adjacency: layer(),
            existing: layer(),
            locks: layer(),
            barriers: layer(),
            crossings: layer(),
            roads: layer(),
            distances: Some(DistanceSettings { unit: Some(DistanceUnit::Metres), ..DistanceSettings::default() }),
            areas: layer(),
            proposals: layer(),
            groups: layer(),
            targets: layer(),
            ..Settings::default()
        };
        settings.districts.count = Some(1);
        Preset::Ankang.put_into(&mut settings);
        settings.catchments.longest_distance_m = Some(1.0);
        settings.catchments.least_seat_use = Some(1.0);
        let values = Table::try_from(&settings).expect("settings are a table");
        for (section, set) in &values {
            let (_, keys) = KEYS.iter().find(|(name, _)| name == section).expect("every section is in the template");
            let optional = ["crs", "encoding", "columns"];
            for key in set.as_table().expect("sections are tables").keys() {
                let known = keys.iter().any(|(name, _)| name == key);
                assert!(known || optional.contains(&key.as_str()), "{section}.{key}");
            }
        }
    }
}
