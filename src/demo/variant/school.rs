//! Schools of a table: where they are put, how they are marked, and what they have.

use geo::Coord;

use super::region::{Region, Standing, Town};
use crate::demo::chance::Chance;
use crate::demo::names::ordinal;
use crate::demo::people::{Kind, Means};

/// Who runs a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sponsor {
    County,
    Municipal,
    Provincial,
    Private,
}

impl Sponsor {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Sponsor::County => "县区属公办",
            Sponsor::Municipal => "市局属公办",
            Sponsor::Provincial => "省属事业单位办",
            Sponsor::Private => "民办",
        }
    }
}

/// Where in its town a school stands, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// In the built-up part, as the central primary school.
    Central,
    /// In the built-up part.
    Town,
    Village,
}

/// Teachers who could change schools, who did, and backbone teachers among these.
#[derive(Default)]
pub(super) struct Exchange {
    pub(super) eligible: u32,
    pub(super) exchanged: u32,
    pub(super) backbone: u32,
}

/// A school.
pub(super) struct School {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) town: usize,
    pub(super) site: Site,
    pub(super) gate: Coord<f64>,
    /// Pupils of primary and junior stage.
    pub(super) pupils: [u32; 2],
    pub(super) sponsor: Sponsor,
    pub(super) strong: bool,
    pub(super) weakness: Option<&'static str>,
    pub(super) opened: Option<u32>,
    pub(super) partner: bool,
    pub(super) facilities: Vec<&'static str>,
    pub(super) exchange: Exchange,
    pub(super) means: Means,
}

/// How many schools of each kind some towns have.
#[derive(Clone, Copy)]
pub(super) struct Stock {
    pub(super) primary: usize,
    pub(super) junior: usize,
    pub(super) nine_year: usize,
    pub(super) points: usize,
}

impl Region {
    /// Puts a school at a place of a town.
    pub(super) fn put(&mut self, kind: Kind, town: usize, site: Site, gate: Coord<f64>) {
        self.schools.push(School {
            id: String::new(),
            name: String::new(),
            kind,
            town,
            site,
            gate,
            pupils: [0; 2],
            sponsor: Sponsor::County,
            strong: false,
            weakness: None,
            opened: None,
            partner: false,
            facilities: Vec::new(),
            exchange: Exchange::default(),
            means: Means::default(),
        });
    }

    /// Puts a school where there is room for it in a town.
    fn add(&mut self, kind: Kind, town: usize, site: Site, chance: &mut Chance) {
        let gate = self.room(town, site, chance);
        self.put(kind, town, site, gate);
    }

    /// Gives towns of one standing their schools. Each town but street offices has a central primary school first;
    /// junior and nine-year schools go round; other primary schools of the country, and teaching points, of which a town
    /// has no more than three, stand in villages.
    pub(super) fn stock(&mut self, towns: &[usize], stock: Stock, chance: &mut Chance) {
        let has_villages = towns.iter().all(|town| self.towns[*town].standing == Standing::Country);
        let centred = towns.iter().filter(|town| self.towns[**town].standing != Standing::Street).count();
        for town in towns.iter().take(centred) {
            self.add(Kind::Primary, *town, Site::Central, chance);
        }
        let around = |number: usize| towns[number % towns.len()];
        for number in 0..stock.junior {
            self.add(Kind::Junior, around(number), Site::Town, chance);
        }
        for number in 0..stock.nine_year {
            // From the last town back: the first ones have a junior school more.
            self.add(Kind::NineYear, around(towns.len() - 1 - number % towns.len()), Site::Town, chance);
        }
        for number in 0..stock.primary.saturating_sub(centred) {
            let (town, site) =
                if has_villages { (*chance.pick(towns), Site::Village) } else { (around(number), Site::Town) };
            self.add(Kind::Primary, town, site, chance);
        }
        let mut room: Vec<usize> = towns.iter().flat_map(|town| [*town; 3]).collect();
        for _ in 0..stock.points.min(room.len()) {
            let town = room.swap_remove(chance.below(room.len()));
            self.add(Kind::TeachingPoint, town, Site::Village, chance);
        }
    }

    /// So many of the schools that qualify, evenly along the list, so that every kind and town has its share.
    pub(super) fn spaced(&self, count: usize, qualifies: impl Fn(&School, &Town) -> bool) -> Vec<usize> {
        let all: Vec<usize> = (0..self.schools.len())
            .filter(|school| qualifies(&self.schools[*school], &self.towns[self.schools[*school].town]))
            .collect();
        let count = count.min(all.len());
        (0..count).map(|number| all[number * all.len() / count]).collect()
    }

    /// Marks so many of the schools that qualify as strong.
    pub(super) fn make_strong(&mut self, count: usize, qualifies: impl Fn(&School, &Town) -> bool) {
        for school in self.spaced(count, qualifies) {
            self.schools[school].strong = true;
        }
    }

    /// Names all schools in the order they are listed in, and gives them pupils, teachers and means.
    pub(super) fn finish(mut self, chance: &mut Chance) -> Region {
        let mut schools = std::mem::take(&mut self.schools);
        schools.sort_by_key(|school| {
            let county = self.towns[school.town].county;
            (county, school.town, school.kind == Kind::Junior, school.site != Site::Central, !school.strong)
        });
        for (position, school) in schools.iter_mut().enumerate() {
            let class = if school.kind == Kind::Junior { "31" } else { "21" };
            school.id = format!("{class}99{:06}", position + 1);
            school.name = self.name_of(school, chance);
            let town = &self.towns[school.town];
            school.pupils = pupils(school, town.standing, chance);
            let whole = school.pupils[0] + school.pupils[1];
            school.exchange = exchange(whole, town.exchange, chance);
            school.facilities = facilities(school, chance);
            school.means = Means::of(f64::from(whole), school.level(), chance);
            // The first indicator counts teachers, and there are no more than there are.
            let qualified = &mut school.means.resources[0];
            *qualified = qualified.min(f64::from(teachers(whole)));
        }
        self.schools = schools;
        self
    }

    fn name_of(&mut self, school: &School, chance: &mut Chance) -> String {
        let place = self.towns[school.town].stem.clone();
        let city = self.name.trim_end_matches(['市', '县']);
        let word = match school.kind {
            Kind::Primary => "小学",
            Kind::Junior => "初级中学",
            Kind::NineYear => "九年制学校",
            Kind::TeachingPoint => "教学点",
        };
        let village = if school.site == Site::Village { self.names.village(chance) } else { String::new() };
        self.names.school(&mut |attempt| {
            let counted = match attempt {
                0 => String::new(),
                _ => format!("第{}", ordinal(attempt + 1)),
            };
            match (school.sponsor, school.kind, attempt) {
                (Sponsor::Municipal, ..) => format!("{city}市第{}{word}", ordinal(attempt + 1)),
                (Sponsor::Provincial, ..) => format!("{city}学院{counted}附属{word}"),
                (Sponsor::Private, ..) => format!("{place}{counted}外国语{word}"),
                _ if school.site == Site::Central => format!("{place}{counted}中心小学"),
                _ if school.site == Site::Village => format!("{place}{village}{word}"),
                (_, Kind::Primary, 0) => format!("{place}实验小学"),
                (_, Kind::Primary, _) => format!("{place}第{}小学", ordinal(attempt)),
                _ => format!("{place}{counted}{word}"),
            }
        })
    }
}

impl School {
    /// How well it is off, around 1.
    fn level(&self) -> f64 {
        match (self.strong, self.weakness.is_some(), self.opened.is_some(), self.kind, self.site) {
            (true, ..) => 1.35,
            (_, true, ..) => 0.72,
            (_, _, true, ..) => 1.15,
            (.., Kind::TeachingPoint, _) => 0.70,
            (.., Site::Village) => 0.88,
            _ => 1.0,
        }
    }
}

/// Pupils by stage: most in cities and county seats and in strong schools, few in villages, and fewer while a school
/// is new.
fn pupils(school: &School, standing: Standing, chance: &mut Chance) -> [u32; 2] {
    let [primary, junior] = match (school.kind, standing == Standing::Country, school.site) {
        (Kind::TeachingPoint, ..) => [[6.0, 45.0], [0.0; 2]],
        (Kind::Primary, _, Site::Village) => [[45.0, 220.0], [0.0; 2]],
        (Kind::Primary, true, _) => [[220.0, 650.0], [0.0; 2]],
        (Kind::Primary, false, _) => [[500.0, 1_500.0], [0.0; 2]],
        (Kind::Junior, true, _) => [[0.0; 2], [220.0, 700.0]],
        (Kind::Junior, false, _) => [[0.0; 2], [600.0, 1_700.0]],
        (Kind::NineYear, true, _) => [[150.0, 400.0], [90.0, 260.0]],
        (Kind::NineYear, false, _) => [[500.0, 1_100.0], [250.0, 600.0]],
    };
    let size = if school.strong { 1.25 } else { 1.0 } * if school.opened.is_some() { 0.7 } else { 1.0 };
    [primary, junior].map(|[fewest, most]| (size * chance.between(fewest, most)).round() as u32)
}

/// Teachers of so many pupils.
const fn teachers(pupils: u32) -> u32 {
    pupils.div_ceil(16)
}

/// Teachers who change schools, by the habits of the town.
fn exchange(pupils: u32, [eligible, exchanged, backbone]: [f64; 3], chance: &mut Chance) -> Exchange {
    // Rounded by chance: always to the nearest, small schools together would have none.
    let mut share = |of: u32, share: f64| (f64::from(of) * share + chance.share()).floor() as u32;
    let eligible = share(teachers(pupils), eligible);
    let exchanged = share(eligible, exchanged);
    Exchange { eligible, exchanged, backbone: share(exchanged, backbone) }
}

fn facilities(school: &School, chance: &mut Chance) -> Vec<&'static str> {
    let likely = match (school.strong, school.kind, school.site) {
        (true, ..) => [0.95, 0.95, 0.75, 0.60],
        (_, Kind::TeachingPoint, _) => [0.05, 0.20, 0.0, 0.15],
        (.., Site::Village) => [0.25, 0.40, 0.03, 0.30],
        _ => [0.75, 0.80, 0.30, 0.30],
    };
    let all = ["实验室", "图书馆", "体育馆", "劳动基地"].into_iter().zip(likely);
    all.filter(|(_, likely)| chance.share() < *likely).map(|(facility, _)| facility).collect()
}
