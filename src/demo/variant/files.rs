//! The files of a table.

use std::fmt::Write as _;

use super::policies::pairs;
use super::region::{Region, Standing};
use super::school::{School, Site, Sponsor};
use crate::demo::files::{Earth, MEANS, SOURCE, means, table, yes};
use crate::model::settings::Preset;

/// The columns before those of [`MEANS`].
const COLUMNS: [&str; 22] = [
    "学校标识码",
    "学校名称",
    "学段",
    "县区",
    "乡镇",
    "中心城区",
    "经度",
    "纬度",
    "小学在校生",
    "初中在校生",
    "城乡",
    "主管部门",
    "办学性质",
    "中心校",
    "优质",
    "薄弱类别",
    "新建",
    "建校年份",
    "场馆设施",
    "符合交流条件教师数",
    "交流教师数",
    "交流骨干教师数",
];

/// Writes all files.
pub(super) fn write(variant: Preset, region: &Region, seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let pairs = pairs(region);
    let mut files = vec![
        ("xuequ.toml", settings(variant, region, !pairs.is_empty(), seed).into_bytes()),
        ("schools.csv", schools(variant, region, !pairs.is_empty(), variant == Preset::Pubei)),
    ];
    if !pairs.is_empty() {
        files.push(("locks.csv", locks(&pairs)));
        files.push(("targets.csv", targets(region)));
    }
    files
}

/// What the preset leaves open and nothing more: a template with all keys would say what the preset is to say.
fn settings(variant: Preset, region: &Region, has_locks: bool, seed: u64) -> String {
    // The first year of the document.
    let year = match variant {
        Preset::Nanchang => 2023,
        Preset::Liucheng | Preset::Suzhou => 2024,
        Preset::Ankang => 2022,
        Preset::Pubei => 2020,
    };
    let mut text = format!(
        "[project]\nname = \"{}\"\nyear = \"{year}\"\nseed = {seed}\ncrs = \"EPSG:4490\"\n\n\
         [schools]\nfile = \"schools.csv\"\n",
        region.name
    );
    if has_locks {
        text.push_str("\n[locks]\nfile = \"locks.csv\"\n\n[targets]\nfile = \"targets.csv\"\n");
    }
    let _ = write!(text, "\n[policy]\npreset = \"{}\"\n", variant.slug());
    let pilots: Vec<String> =
        region.counties.iter().filter(|county| county.pilot).map(|county| format!("\"{}\"", county.name)).collect();
    if !pilots.is_empty() {
        let _ = writeln!(text, "pilot_counties = [{}]", pilots.join(", "));
    }
    if variant == Preset::Ankang {
        // So that some groups cross a county line, and all ways of approval are seen.
        text.push_str("across_counties = true\n");
    }
    let _ = write!(text, "\n[map]\nsource = \"{SOURCE}\"\n");
    text
}

fn schools(variant: Preset, region: &Region, has_partners: bool, has_classes: bool) -> Vec<u8> {
    let earth = Earth::new();
    let classes = classes(&region.schools);
    let mut header: Vec<String> = COLUMNS.iter().chain(&MEANS).map(|name| (*name).to_owned()).collect();
    if has_partners {
        header.push("共建校".to_owned());
    }
    if has_classes {
        header.push("班数".to_owned());
    }
    header.extend(own_columns(variant).iter().map(|name| (*name).to_owned()));
    let rows = region.schools.iter().zip(classes).enumerate().map(|(position, (school, classes))| {
        let mut row = row(region, school, &earth);
        row.extend(means(&school.means));
        if has_partners {
            row.push(yes(school.partner));
        }
        if has_classes {
            row.push(classes.to_string());
        }
        row.extend(own_cells(variant, position, school));
        row
    });
    table(std::iter::once(header).chain(rows))
}

/// The columns that only one document speaks of: who its teachers are and how good its schools were a year ago (Nanchang), and
/// by how much they got better (Liucheng).
const fn own_columns(variant: Preset) -> &'static [&'static str] {
    match variant {
        Preset::Nanchang => &["专任教师数", "35岁及以下教师数", "50岁及以上教师数", "上年教育质量"],
        Preset::Liucheng => &["增值"],
        Preset::Suzhou | Preset::Ankang | Preset::Pubei => &[],
    }
}

/// The cells of [`own_columns`]. They vary by the place of the school in the table: draws of chance would change all that follows.
fn own_cells(variant: Preset, position: usize, school: &School) -> Vec<String> {
    let teachers = (school.pupils[0] + school.pupils[1]).div_ceil(16);
    let varied = |steps: usize| (position * 7 % steps) as u32;
    match variant {
        Preset::Nanchang => {
            let young = teachers * (25 + varied(21)) / 100;
            let senior = teachers * (12 + varied(17)) / 100;
            let before = school.means.quality + 1.0 - f64::from(varied(5));
            vec![teachers.to_string(), young.to_string(), senior.to_string(), format!("{before:.0}")]
        }
        Preset::Liucheng => vec![(if school.partner { 6 } else { 1 } + varied(6)).to_string()],
        Preset::Suzhou | Preset::Ankang | Preset::Pubei => Vec::new(),
    }
}

/// Classes of each school: no larger than the standard, but for one large school in nine and two with large classes 大班额.
fn classes(schools: &[School]) -> Vec<u32> {
    let mut large = 0;
    let of_school = |school: &School| {
        let pupils = school.pupils[0] + school.pupils[1];
        let standard = if school.pupils[1] == 0 { 45 } else { 50 };
        let is_large = pupils >= 600;
        large += u32::from(is_large);
        match large {
            8 | 21 if is_large => pupils / 56,
            _ if is_large && large % 9 == 4 => pupils / (standard + 1),
            _ => pupils.div_ceil(standard - 3),
        }
    };
    schools.iter().map(of_school).collect()
}

/// The cells of the columns [`COLUMNS`].
fn row(region: &Region, school: &School, earth: &Earth) -> Vec<String> {
    let town = &region.towns[school.town];
    let county = &region.counties[town.county];
    let [longitude, latitude] = earth.position(school.gate);
    let of_stage =
        |stage: usize| if school.kind.serves(stage) { school.pupils[stage].to_string() } else { String::new() };
    let department = match school.sponsor {
        // The county's bureau sees to private schools as well.
        Sponsor::County | Sponsor::Private => format!("{}教体局", county.name),
        Sponsor::Municipal => "市教体局".to_owned(),
        Sponsor::Provincial => "省属事业单位".to_owned(),
    };
    vec![
        school.id.clone(),
        school.name.clone(),
        school.kind.word().to_owned(),
        county.name.to_owned(),
        format!("{}{}", town.stem, town.word),
        yes(town.standing == Standing::Street),
        longitude.to_string(),
        latitude.to_string(),
        of_stage(0),
        of_stage(1),
        if school.site == Site::Village || school.partner { "乡村" } else { "城镇" }.to_owned(),
        department,
        school.sponsor.word().to_owned(),
        yes(school.site == Site::Central),
        yes(school.strong),
        school.weakness.unwrap_or_default().to_owned(),
        yes(school.opened.is_some()),
        school.opened.map(|year| year.to_string()).unwrap_or_default(),
        school.facilities.join(";"),
        school.exchange.eligible.to_string(),
        school.exchange.exchanged.to_string(),
        school.exchange.backbone.to_string(),
    ]
}

/// The targets of the Liucheng plan, indicator, unit and year with what is asked for; and what the fictional county has reached
/// by the end of that year, where the plan has come so far.
const TARGETS: [(&str, &str, u16, u32, Option<u32>); 17] = [
    ("县级核心骨干教师", "名", 2024, 110, Some(118)),
    ("县级核心骨干教师", "名", 2025, 135, Some(131)),
    ("县级核心骨干教师", "名", 2026, 160, None),
    ("名校长", "名", 2026, 4, Some(3)),
    ("名师", "名", 2026, 20, Some(21)),
    ("名班主任", "名", 2026, 20, Some(16)),
    ("补充教师", "名", 2024, 30, Some(32)),
    ("补充教师", "名", 2025, 50, Some(46)),
    ("补充教师", "名", 2026, 45, None),
    ("优秀团队、课程、案例", "个", 2026, 10, Some(11)),
    ("教研骨干", "名", 2026, 20, Some(14)),
    ("校本研修示范校", "所", 2026, 2, Some(2)),
    ("教学资源库", "个", 2026, 2, Some(1)),
    ("优秀课例", "节", 2026, 30, Some(27)),
    ("教学成果", "项", 2026, 5, Some(5)),
    ("创建校一的专家", "名", 2026, 3, Some(3)),
    ("创建校二的专家", "名", 2026, 3, Some(2)),
];

fn targets(region: &Region) -> Vec<u8> {
    let header = ["指标", "比较", "目标", "现值", "年度", "责任单位", "单位"].map(str::to_owned).to_vec();
    let owner = format!("{}教育局（虚构）", region.name);
    let rows = TARGETS.iter().map(|(indicator, unit, year, target, value)| {
        let value = value.map(|value| value.to_string()).unwrap_or_default();
        let [target, year] = [target.to_string(), year.to_string()];
        vec![(*indicator).to_owned(), "≥".to_owned(), target, value, year, owner.clone(), (*unit).to_owned()]
    });
    table(std::iter::once(header).chain(rows))
}

fn locks(pairs: &[(&School, &School)]) -> Vec<u8> {
    let header = ["kind", "what", "to", "reason"].map(str::to_owned).to_vec();
    let rows = pairs.iter().map(|(partner, lead)| {
        vec!["member".to_owned(), partner.id.clone(), lead.id.clone(), "城乡共建协议".to_owned()]
    });
    table(std::iter::once(header).chain(rows))
}
