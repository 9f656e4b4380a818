//! The project's files.

use geo::{Coord, MultiLineString, MultiPolygon};
use geojson::{Feature, Geometry, GeometryValue, JsonObject, Position};
use serde_json::json;

use super::ground::Ground;
use super::people::{Means, People};
use crate::language::Language;
use crate::model::Settings;
use crate::model::settings::{Files, LayerSettings};
use crate::publish::collection;
use crate::read::settings_template;
use crate::space::Projection;

/// Where the county is drawn: an arbitrary place, in the zone of the meridian 111° E.
const LONGITUDE: f64 = 110.72;
const LATITUDE: f64 = 28.36;

/// What maps say of where their data are from.
pub(super) const SOURCE: &str = "虚构数据（xuequ demo）";

/// The columns of [`Means`].
pub(super) const MEANS: [&str; 9] = [
    "高于规定学历教师数",
    "县级以上骨干教师数",
    "体育艺术专任教师数",
    "教学及辅助用房面积",
    "体育运动场馆面积",
    "教学仪器设备值",
    "网络多媒体教室数",
    "管理水平",
    "教育质量",
];

/// Writes all files.
pub(super) fn write(ground: &Ground, people: &People, seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let earth = Earth::new();
    vec![
        ("README.md", readme().into_bytes()),
        ("xuequ.toml", settings(seed).into_bytes()),
        ("schools.csv", schools(ground, people, &earth)),
        ("blocks.geojson", blocks(ground, people, &earth)),
        ("existing.csv", existing(people)),
        ("locks.csv", locks(ground, people)),
        ("barriers.geojson", barriers(ground, &earth)),
        ("crossings.csv", crossings(ground, &earth)),
        ("areas.geojson", areas(ground, &earth)),
    ]
}

/// From metres around the middle of the county to longitude and latitude.
pub(super) struct Earth {
    projection: Projection,
    middle: Coord<f64>,
}

impl Earth {
    pub(super) fn new() -> Earth {
        let projection = Projection::gauss_kruger(LONGITUDE);
        let middle = projection.from_earth(Coord { x: LONGITUDE, y: LATITUDE }).unwrap_or_default();
        Earth { projection, middle }
    }

    pub(super) fn position(&self, place: Coord<f64>) -> [f64; 2] {
        let earth = self.projection.to_earth(self.middle + place).unwrap_or_default();
        [(earth.x * 1e7).round() / 1e7, (earth.y * 1e7).round() / 1e7]
    }

    fn line(&self, places: &[Coord<f64>]) -> Vec<Position> {
        places.iter().map(|place| Position::from(self.position(*place))).collect()
    }

    fn outline(&self, outline: &MultiPolygon<f64>) -> GeometryValue {
        let mut polygons: Vec<Vec<Vec<Position>>> = outline
            .0
            .iter()
            .map(|polygon| {
                std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| self.line(&ring.0)).collect()
            })
            .collect();
        match polygons.len() {
            1 => GeometryValue::Polygon { coordinates: polygons.remove(0) },
            _ => GeometryValue::MultiPolygon { coordinates: polygons },
        }
    }

    fn lines(&self, lines: &MultiLineString<f64>) -> GeometryValue {
        GeometryValue::MultiLineString { coordinates: lines.0.iter().map(|line| self.line(&line.0)).collect() }
    }
}

fn readme() -> String {
    "# 云川县(虚构)· Yunchuan, a fictional county\n\n\
     本文件夹由 `xuequ demo` 按种子生成。县名、地名、校名、人数均为虚构,坐标任取,与任何真实地方无关。\n\n\
     Made by `xuequ demo` from a seed. No place, school or person in it exists; its coordinates are arbitrary.\n\n\
     | 文件 File | 内容 Content |\n|---|---|\n\
     | `xuequ.toml` | 设置 settings |\n\
     | `schools.csv` | 学校:位置、学段、学位、七项资源指标 schools with seats and the seven indicators |\n\
     | `blocks.geojson` | 居住单元边界与学生数 outlines and pupils of blocks |\n\
     | `existing.csv` | 现行方案 today's assignment |\n\
     | `locks.csv` | 锁定 locks |\n\
     | `barriers.geojson`, `crossings.csv` | 河流、铁路;桥、地道 river, railway; bridges, underpasses |\n\
     | `areas.geojson` | 乡镇 towns |\n"
        .to_owned()
}

fn settings(seed: u64) -> String {
    let layer = |file: &str| Some(LayerSettings { file: Files::One(file.to_owned()), ..LayerSettings::default() });
    let mut settings = Settings::default();
    settings.project.name = Some("云川县".to_owned());
    settings.project.year = Some("2027".to_owned());
    settings.project.seed = Some(seed);
    settings.project.crs = Some("EPSG:4490".to_owned());
    settings.schools.file = Files::One("schools.csv".to_owned());
    settings.blocks.file = Files::One("blocks.geojson".to_owned());
    settings.existing = layer("existing.csv");
    settings.locks = layer("locks.csv");
    settings.barriers = layer("barriers.geojson");
    settings.crossings = layer("crossings.csv");
    settings.areas = layer("areas.geojson");
    settings.map.source = Some(SOURCE.to_owned());
    settings_template(&settings, Language::Chinese)
}

/// A table as spreadsheets take it for Unicode.
pub(super) fn table(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row).expect("a table in memory takes rows of equal length");
    }
    writer.into_inner().expect("a table in memory can be flushed")
}

/// A mark as a cell.
pub(super) fn yes(flag: bool) -> String {
    if flag { "是" } else { "否" }.to_owned()
}

/// The cells of the columns [`MEANS`].
pub(super) fn means(means: &Means) -> impl Iterator<Item = String> {
    let resources = means.resources.iter().map(|value| format!("{value:.0}"));
    resources.chain([means.management.to_owned(), format!("{:.0}", means.quality)])
}

fn schools(ground: &Ground, people: &People, earth: &Earth) -> Vec<u8> {
    let header = [
        "学校标识码",
        "学校名称",
        "学段",
        "乡镇",
        "经度",
        "纬度",
        "小学学位",
        "初中学位",
        "小学在校生",
        "初中在校生",
        "优质",
        "薄弱",
        "新建",
    ];
    let rows = people.schools.iter().map(|school| {
        let [longitude, latitude] = earth.position(school.gate);
        let of_stage = |values: [u32; 2], stage: usize| {
            if school.kind.serves(stage) { values[stage].to_string() } else { String::new() }
        };
        let mut row = vec![
            school.id.clone(),
            school.name.clone(),
            school.kind.word().to_owned(),
            ground.towns[school.town].name.to_owned(),
            longitude.to_string(),
            latitude.to_string(),
            of_stage(school.seats, 0),
            of_stage(school.seats, 1),
            of_stage(school.enrolment, 0),
            of_stage(school.enrolment, 1),
            yes(school.strong),
            yes(school.weak),
            yes(school.new),
        ];
        row.extend(means(&school.means));
        row
    });
    table(std::iter::once(header.iter().chain(&MEANS).map(|name| (*name).to_owned()).collect()).chain(rows))
}

fn existing(people: &People) -> Vec<u8> {
    let header = ["居住单元编号", "学段", "学校标识码"].map(str::to_owned).to_vec();
    let rows = [(0, "小学"), (1, "初中")].into_iter().flat_map(|(stage, word)| {
        people.existing[stage].iter().enumerate().map(move |(block, school)| {
            vec![people.blocks[block].id.clone(), word.to_owned(), people.schools[*school].id.clone()]
        })
    });
    table(std::iter::once(header).chain(rows))
}

/// A lead that is settled, and two compounds that stay where they are: the largest ones beside two strong schools.
fn locks(ground: &Ground, people: &People) -> Vec<u8> {
    let mut rows = vec![["种类", "对象", "去向", "学段", "理由", "经办人"].map(str::to_owned).to_vec()];
    let strong: Vec<usize> = (0..people.schools.len())
        .filter(|school| people.schools[*school].strong && people.schools[*school].kind.serves(0))
        .take(2)
        .collect();
    if let Some(first) = strong.first() {
        let school = &people.schools[*first];
        rows.push(
            ["牵头校", &school.id, "", "小学", "县直学校,已确定为牵头校", "局办公室"].map(str::to_owned).to_vec(),
        );
    }
    for school in strong {
        let near = |block: &usize| {
            let between = ground.points[*block] - people.schools[school].gate;
            between.x * between.x + between.y * between.y
        };
        let mut around: Vec<usize> =
            (0..people.blocks.len()).filter(|block| people.existing[0][*block] == school).collect();
        around.sort_by(|first, second| near(first).total_cmp(&near(second)));
        let homes: Vec<usize> = people.schools.iter().map(|school| school.block).collect();
        let kept = around
            .into_iter()
            .filter(|block| !homes.contains(block))
            .take(6)
            .max_by_key(|block| people.blocks[*block].pupils[0]);
        if let Some(block) = kept {
            rows.push(vec![
                "小区".to_owned(),
                people.blocks[block].id.clone(),
                people.schools[school].id.clone(),
                "小学".to_owned(),
                "配建协议约定对口".to_owned(),
                "规划科".to_owned(),
            ]);
        }
    }
    table(rows)
}

fn feature(geometry: GeometryValue, properties: &[(&str, serde_json::Value)]) -> Feature {
    let mut object = JsonObject::new();
    for (name, value) in properties {
        object.insert((*name).to_owned(), value.clone());
    }
    Feature { geometry: Some(Geometry::new(geometry)), properties: Some(object), ..Feature::default() }
}

fn blocks(ground: &Ground, people: &People, earth: &Earth) -> Vec<u8> {
    let features = people.blocks.iter().enumerate().map(|(position, block)| {
        let properties = [
            ("编号", json!(block.id)),
            ("小区名称", json!(block.name)),
            ("乡镇", json!(ground.towns[ground.town_of[position]].name)),
            ("小学生数", json!(block.pupils[0])),
            ("初中生数", json!(block.pupils[1])),
            ("户数", json!(block.households)),
        ];
        feature(earth.outline(&ground.outlines[position]), &properties)
    });
    collection("blocks", features)
}

fn barriers(ground: &Ground, earth: &Earth) -> Vec<u8> {
    let features = [
        feature(earth.lines(&ground.river), &[("名称", json!("云川河")), ("种类", json!("河流"))]),
        feature(earth.lines(&ground.railway), &[("名称", json!("云白铁路")), ("种类", json!("铁路"))]),
    ];
    collection("barriers", features.into_iter())
}

fn crossings(ground: &Ground, earth: &Earth) -> Vec<u8> {
    let rows = ground.bridges.iter().chain(&ground.underpasses).map(|passage| {
        let [longitude, latitude] = earth.position(passage.place);
        vec![passage.name.clone(), longitude.to_string(), latitude.to_string()]
    });
    table(std::iter::once(["名称", "经度", "纬度"].map(str::to_owned).to_vec()).chain(rows))
}

fn areas(ground: &Ground, earth: &Earth) -> Vec<u8> {
    let features = ground
        .towns
        .iter()
        .zip(&ground.areas)
        .filter(|(_, outline)| !outline.0.is_empty())
        .map(|(town, outline)| feature(earth.outline(outline), &[("乡镇名称", json!(town.name))]));
    collection("areas", features)
}
