//! Fictional tables of schools for the documents of five governments: schools alone, with what each document asks of
//! them. The land is a grid of counties; nothing in it is of the place whose document it is for.

mod files;
mod policies;
mod region;
mod school;

use super::chance::Chance;
use crate::model::settings::Preset;

/// The files of a fictional project of schools alone, by name: `xuequ.toml`, which names the preset, `schools.csv`, and
/// for Liucheng `locks.csv` and `targets.csv`.
///
/// Same seed, same bytes. Takes well under a second.
#[must_use]
pub fn variant(preset: Preset, seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let region = policies::make(preset, &mut Chance::new(seed));
    files::write(preset, &region, seed)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    type Row = BTreeMap<String, String>;

    fn rows(preset: Preset, seed: u64, file: &str) -> Vec<Row> {
        let files = variant(preset, seed);
        let (_, bytes) = files.iter().find(|(name, _)| *name == file).expect("the file is written");
        let text = std::str::from_utf8(bytes).expect("tables are UTF-8").strip_prefix('\u{feff}').expect("a mark");
        csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.expect("a row")).collect()
    }

    fn schools(preset: Preset) -> Vec<Row> {
        rows(preset, 1, "schools.csv")
    }

    fn settings(preset: Preset) -> toml::Table {
        let files = variant(preset, 1);
        let (_, bytes) = files.iter().find(|(name, _)| *name == "xuequ.toml").expect("settings are written");
        std::str::from_utf8(bytes).expect("settings are UTF-8").parse().expect("settings are TOML")
    }

    fn count(rows: &[Row], column: &str, value: &str) -> usize {
        rows.iter().filter(|row| row[column] == value).count()
    }

    fn number(row: &Row, column: &str) -> f64 {
        row[column].parse().unwrap_or_default()
    }

    fn by<'a>(rows: &'a [Row], column: &str) -> BTreeMap<&'a str, Vec<&'a Row>> {
        let mut groups: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in rows {
            groups.entry(row[column].as_str()).or_default().push(row);
        }
        groups
    }

    /// Metres between two schools, on a sphere.
    fn metres(first: &Row, second: &Row) -> f64 {
        let north = (number(first, "纬度") - number(second, "纬度")).to_radians();
        let east = (number(first, "经度") - number(second, "经度")).to_radians();
        6_371_000.0 * north.hypot(east * number(first, "纬度").to_radians().cos())
    }

    #[test]
    fn ids_names_and_places_are_distinct() {
        for preset in Preset::ALL {
            for seed in 1..=3 {
                let rows = rows(*preset, seed, "schools.csv");
                let distinct = |columns: &[&str]| {
                    let cells = |row: &Row| columns.iter().map(|column| row[*column].clone()).collect::<Vec<_>>();
                    rows.iter().map(cells).collect::<BTreeSet<_>>().len()
                };
                for columns in [&["学校标识码"][..], &["学校名称"], &["经度", "纬度"]] {
                    assert_eq!(distinct(columns), rows.len(), "{preset:?} {seed} {columns:?}");
                }
                assert!(rows.iter().all(|row| row["学校标识码"].len() == 10), "{preset:?}");
                let towns: BTreeSet<[&str; 2]> =
                    rows.iter().map(|row| [row["乡镇"].as_str(), row["县区"].as_str()]).collect();
                let names: BTreeSet<&str> = towns.iter().map(|[town, _]| *town).collect();
                assert_eq!(names.len(), towns.len(), "{preset:?}: a town has its name for itself");
            }
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_bytes() {
        for preset in Preset::ALL {
            assert!(variant(*preset, 7) == variant(*preset, 7), "{preset:?}");
            assert!(variant(*preset, 7) != variant(*preset, 8), "{preset:?}");
        }
    }

    #[test]
    fn schools_stand_in_the_cell_of_their_county() {
        for preset in Preset::ALL {
            for seed in 1..=5 {
                let region = policies::make(*preset, &mut Chance::new(seed));
                for school in &region.schools {
                    let cell = region.counties[region.towns[school.town].county].cell;
                    let (low, high) = (cell.min(), cell.max());
                    let is_inside =
                        (low.x..high.x).contains(&school.gate.x) && (low.y..high.y).contains(&school.gate.y);
                    assert!(is_inside, "{preset:?} {seed}: {}", school.name);
                }
                for (position, first) in region.counties.iter().enumerate() {
                    for second in &region.counties[position + 1..] {
                        let (first, second) = (first.cell, second.cell);
                        let apart_in_x = first.max().x <= second.min().x || second.max().x <= first.min().x;
                        let apart_in_y = first.max().y <= second.min().y || second.max().y <= first.min().y;
                        assert!(apart_in_x || apart_in_y, "{preset:?} {seed}: cells overlap");
                    }
                }
            }
        }
    }

    #[test]
    fn numbers_are_those_of_schools() {
        for preset in Preset::ALL {
            let rows = schools(*preset);
            for row in &rows {
                let pupils = number(row, "小学在校生") + number(row, "初中在校生");
                let teachers = (pupils / 16.0).ceil();
                assert!(pupils >= 6.0, "{row:?}");
                let chain = ["符合交流条件教师数", "交流教师数", "交流骨干教师数"].map(|column| number(row, column));
                assert!(teachers >= number(row, "高于规定学历教师数"), "{row:?}");
                assert!(teachers >= chain[0] && chain.is_sorted_by(|more, fewer| more >= fewer), "{row:?}");
                assert_eq!(row["建校年份"].is_empty(), row["新建"] == "否", "{row:?}");
                for column in crate::demo::files::MEANS.iter().filter(|column| **column != "管理水平") {
                    assert!(number(row, column) > 0.0, "{column}: {row:?}");
                }
            }
            let sum = |column: &str| rows.iter().map(|row| number(row, column)).sum::<f64>();
            let exchanged = sum("交流教师数") / sum("符合交流条件教师数");
            let backbone = sum("交流骨干教师数") / sum("交流教师数");
            assert!((0.08..0.26).contains(&exchanged), "{preset:?}: {exchanged}");
            assert!((0.10..0.30).contains(&backbone), "{preset:?}: {backbone}");
            let mean = |mark: &str, column: &str| {
                let marked: Vec<&Row> =
                    rows.iter().filter(|row| row["优质"] == mark && row["城乡"] == "城镇").collect();
                marked.iter().map(|row| number(row, column)).sum::<f64>() / marked.len() as f64
            };
            assert!(mean("是", "教育质量") > mean("否", "教育质量") + 3.0, "{preset:?}");
        }
    }

    #[test]
    fn settings_name_the_preset_and_the_files() {
        for preset in Preset::ALL {
            let settings = settings(*preset);
            assert_eq!(settings["policy"]["preset"].as_str(), Some(preset.slug()));
            assert_eq!(settings["project"]["crs"].as_str(), Some("EPSG:4490"));
            assert!(settings["map"]["source"].as_str().is_some_and(|source| source.contains("虚构")));
            assert_eq!(settings.contains_key("locks"), *preset == Preset::Liucheng);
            let files: BTreeSet<&str> = variant(*preset, 1).iter().map(|(name, _)| *name).collect();
            for (file, section) in [("locks.csv", "locks"), ("targets.csv", "targets")] {
                assert_eq!(files.contains(file), settings.contains_key(section));
            }
        }
    }

    #[test]
    fn pubei_has_404_schools_in_a_seat_and_16_towns() {
        let rows = schools(Preset::Pubei);
        assert_eq!(rows.len(), 404);
        let kinds = ["小学", "初中", "九年一贯制", "教学点"].map(|kind| count(&rows, "学段", kind));
        assert_eq!(kinds, [328, 45, 5, 26]);
        assert!((30..=40).contains(&count(&rows, "优质", "是")));
        let towns = by(&rows, "乡镇");
        assert_eq!(towns.len(), 17);
        for (town, schools) in towns {
            assert_eq!(schools.iter().filter(|school| school["中心校"] == "是").count(), 1, "{town}");
            let strong = schools.iter().filter(|school| school["优质"] == "是").count();
            assert!((1..=2).contains(&strong) || strong == 12, "{town}: {strong}");
        }
    }

    #[test]
    fn nanchang_has_nine_counties_and_twin_schools_at_a_line() {
        let rows = schools(Preset::Nanchang);
        let counties = by(&rows, "县区");
        assert_eq!(counties.len(), 9);
        let pilots = settings(Preset::Nanchang)["policy"]["pilot_counties"].clone();
        let pilots: BTreeSet<&str> =
            pilots.as_array().expect("a list").iter().filter_map(toml::Value::as_str).collect();
        assert_eq!(pilots.len(), 5);
        for (county, schools) in &counties {
            assert!((36..=44).contains(&schools.len()), "{county}: {}", schools.len());
            for (sponsor, wanted) in [("市局属公办", 4), ("省属事业单位办", 1), ("民办", 3)] {
                let found = schools.iter().filter(|school| school["办学性质"] == sponsor).count();
                assert_eq!(found, if pilots.contains(county) { wanted } else { 0 }, "{county} {sponsor}");
            }
        }
        for seed in 1..=5 {
            let rows = self::rows(Preset::Nanchang, seed, "schools.csv");
            let across = rows.iter().enumerate().flat_map(|(position, first)| {
                let others = rows[position + 1..].iter().filter(|second| second["县区"] != first["县区"]);
                others.map(|second| metres(first, second))
            });
            let near: Vec<f64> = across.filter(|metres| *metres < 400.0).collect();
            assert!(matches!(near[..], [metres] if (198.0..202.0).contains(&metres)), "{seed}: {near:?}");
        }
    }

    #[test]
    fn liucheng_has_two_leads_with_three_partners_one_of_them_remote() {
        for seed in 1..=5 {
            let schools = rows(Preset::Liucheng, seed, "schools.csv");
            assert_eq!((count(&schools, "学段", "初中"), count(&schools, "学段", "小学")), (14, 40));
            assert_eq!(count(&schools, "共建校", "是"), 3);
            let find = |id: &str| schools.iter().find(|school| school["学校标识码"] == id).expect("a school");
            let locks = rows(Preset::Liucheng, seed, "locks.csv");
            let mut leads: BTreeMap<&str, usize> = BTreeMap::new();
            let mut remote = 0;
            for lock in &locks {
                let (partner, lead) = (find(&lock["what"]), find(&lock["to"]));
                assert_eq!((lock["kind"].as_str(), partner["共建校"].as_str()), ("member", "是"));
                assert_eq!((lead["优质"].as_str(), lead["学段"].as_str()), ("是", "初中"));
                assert!(lead["乡镇"] != partner["乡镇"] && partner["学段"] == "初中");
                *leads.entry(lock["to"].as_str()).or_default() += 1;
                let apart = metres(partner, lead);
                assert!(apart < 20_000.0 || (27_000.0..33_000.0).contains(&apart), "{seed}: {apart}");
                remote += usize::from(apart > 20_000.0);
            }
            assert_eq!(leads.into_values().collect::<Vec<_>>(), [2, 1]);
            assert_eq!(remote, 1);
        }
    }

    #[test]
    fn suzhou_has_six_districts_with_new_public_schools() {
        let rows = schools(Preset::Suzhou);
        assert_eq!(by(&rows, "县区").len(), 6);
        assert!((290..=310).contains(&rows.len()), "{}", rows.len());
        assert!((70..=80).contains(&count(&rows, "优质", "是")));
        assert_eq!((count(&rows, "新建", "是"), count(&rows, "办学性质", "民办")), (12, 6));
        assert!(rows.iter().all(|row| row["新建"] == "否" || row["办学性质"] != "民办"));
        assert!(count(&rows, "城乡", "乡村") > 30);
    }

    #[test]
    fn ankang_has_ten_counties_and_one_centre() {
        let rows = schools(Preset::Ankang);
        let counties = by(&rows, "县区");
        assert_eq!(counties.len(), 10);
        let compulsory = rows.len() - count(&rows, "学段", "教学点");
        assert!((345..=380).contains(&compulsory), "{compulsory}");
        let strong = count(&rows, "优质", "是");
        assert!(strong >= 110 && (0.28..0.34).contains(&(strong as f64 / compulsory as f64)), "{strong} {compulsory}");
        for (county, schools) in &counties {
            assert!(schools.iter().filter(|school| school["优质"] == "是").count() >= 10, "{county}");
        }
        let centre: Vec<Row> = rows.iter().filter(|row| row["中心城区"] == "是").cloned().collect();
        assert_eq!((centre.len(), by(&centre, "县区").len()), (48, 1));
        assert!(count(&centre, "优质", "是") >= 14);
        let reasons = by(&centre, "薄弱类别");
        assert_eq!(reasons.len(), 6, "five reasons, and none");
        assert!(reasons["新建"].iter().all(|school| school["新建"] == "是"));
        for (town, schools) in by(&rows, "乡镇") {
            if schools[0]["中心城区"] == "否" {
                let points = schools.iter().filter(|school| school["学段"] == "教学点").count();
                let central = schools.iter().filter(|school| school["中心校"] == "是").count();
                assert!(central == 1 && points <= 3, "{town}: {central} {points}");
            }
        }
    }

    /// What is written reads back without an error that is about a row.
    #[test]
    fn the_tables_can_be_read() {
        for preset in Preset::ALL {
            let folder = tempfile::tempdir().expect("a folder");
            for (name, bytes) in variant(*preset, 1) {
                std::fs::write(folder.path().join(name), bytes).expect("a file");
            }
            let mut settings = crate::model::Settings::default();
            let layer = |file: &str| crate::model::settings::LayerSettings {
                file: crate::model::settings::Files::One(file.to_owned()),
                ..crate::model::settings::LayerSettings::default()
            };
            settings.project.crs = Some("EPSG:4490".to_owned());
            settings.schools.file = layer("schools.csv").file;
            settings.locks = (*preset == Preset::Liucheng).then(|| layer("locks.csv"));
            let reading = crate::read::read(&settings, folder.path()).expect("the files can be opened");
            assert_eq!(reading.county.schools.len(), schools(*preset).len());
            assert_eq!(reading.county.locks.len(), if *preset == Preset::Liucheng { 3 } else { 0 });
            let about_rows: Vec<_> = reading.findings.iter().filter(|finding| finding.row.is_some()).collect();
            assert!(about_rows.is_empty(), "{preset:?}: {about_rows:?}");
        }
    }
}
