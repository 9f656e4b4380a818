//! Names of compounds, villages, towns and schools, put together from parts; none twice.

use std::collections::BTreeSet;

use super::chance::Chance;

const FIRST: [&str; 40] = [
    "阳光", "锦绣", "翠湖", "金桂", "江畔", "书香", "玉兰", "盛景", "和顺", "碧水", "丹霞", "紫荆", "芳草", "滨江",
    "朝阳", "天和", "康乐", "福泽", "永安", "华庭", "银杏", "梧桐", "观澜", "望江", "幸福", "同心", "长虹", "建设",
    "东风", "红星", "新苑", "安居", "春晓", "秋月", "云锦", "映山", "龙泉", "凤栖", "桃源", "晴川",
];
const COMPOUND: [&str; 8] = ["花园", "家园", "小区", "雅苑", "名居", "公寓", "新村", "佳苑"];
const VILLAGE_FIRST: [&str; 48] = [
    "上", "下", "大", "小", "东", "西", "南", "北", "前", "后", "新", "老", "高", "长", "石", "白", "黄", "青", "红",
    "龙", "凤", "竹", "松", "柳", "桂", "梅", "桃", "李", "杨", "陈", "王", "张", "刘", "周", "吴", "谢", "罗", "何",
    "唐", "邓", "曾", "彭", "蒋", "田", "向", "覃", "莫", "韦",
];
const VILLAGE_MIDDLE: [&str; 16] =
    ["家", "水", "石", "云", "山", "塘", "木", "花", "泉", "田", "沙", "竹", "岩", "井", "桥", "林"];
const VILLAGE_LAST: [&str; 12] = ["村", "坪", "湾", "寨", "冲", "岭", "坝", "垌", "屯", "坡", "溪", "塘"];

/// A number from 1 to 99 as names of schools have it.
pub(super) fn ordinal(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, DIGITS[number % 10]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens]),
    }
}

/// Gives names and never one twice.
#[derive(Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
}

impl Names {
    fn unique(&mut self, mut make: impl FnMut(usize) -> String) -> String {
        for attempt in 0.. {
            let name = make(attempt);
            if self.given.insert(name.clone()) {
                return name;
            }
        }
        unreachable!("there are more attempts than names")
    }

    pub(super) fn compound(&mut self, chance: &mut Chance) -> String {
        const PHASES: [&str; 6] = ["", "一期", "二期", "三期", "东区", "西区"];
        self.unique(|attempt| {
            let phase = if attempt < 6 { "" } else { *chance.pick(&PHASES) };
            format!("{}{}{phase}", chance.pick(&FIRST), chance.pick(&COMPOUND))
        })
    }

    pub(super) fn village(&mut self, chance: &mut Chance) -> String {
        self.unique(|_| {
            format!("{}{}{}", chance.pick(&VILLAGE_FIRST), chance.pick(&VILLAGE_MIDDLE), chance.pick(&VILLAGE_LAST))
        })
    }

    /// A town, without the word for town.
    pub(super) fn town(&mut self, chance: &mut Chance) -> String {
        self.unique(|_| format!("{}{}", chance.pick(&VILLAGE_FIRST), chance.pick(&VILLAGE_LAST)))
    }

    /// A street office in a city, without the word for it.
    pub(super) fn street(&mut self, chance: &mut Chance) -> String {
        self.unique(|_| (*chance.pick(&FIRST)).to_owned())
    }

    /// The first of the names offered, one an attempt, that no other school has.
    pub(super) fn school(&mut self, offer: &mut dyn FnMut(usize) -> String) -> String {
        self.unique(offer)
    }
}
