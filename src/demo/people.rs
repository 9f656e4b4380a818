//! Who lives there: blocks with pupils, schools with seats and means, and who goes where today.

use geo::Coord;

use super::chance::Chance;
use super::ground::Ground;
use super::names::{Names, ordinal};

/// What kind of school it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Primary,
    Junior,
    NineYear,
    TeachingPoint,
}

impl Kind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Kind::Primary => "小学",
            Kind::Junior => "初中",
            Kind::NineYear => "九年一贯制",
            Kind::TeachingPoint => "教学点",
        }
    }

    /// Whether it serves the stage: 0 primary, 1 junior.
    pub(super) const fn serves(self, stage: usize) -> bool {
        match self {
            Kind::Primary | Kind::TeachingPoint => stage == 0,
            Kind::Junior => stage == 1,
            Kind::NineYear => true,
        }
    }
}

/// A block's people.
pub(super) struct Block {
    pub(super) id: String,
    pub(super) name: String,
    /// Pupils of primary and junior stage.
    pub(super) pupils: [u32; 2],
    pub(super) households: u32,
}

/// What a school has and how well it does.
#[derive(Default)]
pub(super) struct Means {
    /// Totals of the seven indicators.
    pub(super) resources: [f64; 7],
    pub(super) management: &'static str,
    pub(super) quality: f64,
}

impl Means {
    /// The means of a school of that many pupils, at a level around 1.
    pub(super) fn of(pupils: f64, level: f64, chance: &mut Chance) -> Means {
        let pupils = pupils.max(20.0);
        let per_pupil = [0.045, 0.0105, 0.0095, 4.9, 8.2, 2_150.0, 0.0245];
        let resources = per_pupil.map(|typical| {
            let value = typical * level * chance.between(0.82, 1.18) * pupils;
            // People and rooms come in ones.
            if typical < 1.0 { value.round().max(1.0) } else { value.round() }
        });
        let management = match (level * chance.between(0.85, 1.15) * 10.0) as u32 {
            13.. => "优秀",
            9..13 => "良好",
            _ => "合格",
        };
        let quality = (62.0 + 22.0 * (level - 0.7) + 4.0 * chance.bell()).clamp(40.0, 98.0).round();
        Means { resources, management, quality }
    }
}

/// A school.
pub(super) struct School {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) gate: Coord<f64>,
    pub(super) town: usize,
    pub(super) seats: [u32; 2],
    pub(super) enrolment: [u32; 2],
    pub(super) strong: bool,
    pub(super) weak: bool,
    pub(super) new: bool,
    pub(super) means: Means,
    /// The block it stands in.
    pub(super) block: usize,
}

/// Everybody.
pub(super) struct People {
    pub(super) blocks: Vec<Block>,
    pub(super) schools: Vec<School>,
    /// Today's school of each block by stage.
    pub(super) existing: [Vec<usize>; 2],
}

/// Sites by kind: 60 serve the primary stage and 20 the junior stage.
const SITES: [(Kind, usize); 4] =
    [(Kind::NineYear, 4), (Kind::Junior, 16), (Kind::Primary, 49), (Kind::TeachingPoint, 7)];

impl People {
    pub(super) fn make(ground: &Ground, chance: &mut Chance) -> People {
        let blocks = make_blocks(ground, chance);
        let mut schools = place_schools(ground, &blocks, chance);
        give_seats(ground, &blocks, &mut schools, chance);
        let existing = [today(ground, &blocks, &schools, 0), today(ground, &blocks, &schools, 1)];
        for (stage, school_of) in existing.iter().enumerate() {
            for (block, school) in school_of.iter().enumerate() {
                schools[*school].enrolment[stage] += blocks[block].pupils[stage];
            }
        }
        equip(&mut schools, chance);
        People { blocks, schools, existing }
    }
}

fn make_blocks(ground: &Ground, chance: &mut Chance) -> Vec<Block> {
    let mut names = Names::default();
    (0..ground.points.len())
        .map(|position| {
            let town = &ground.towns[ground.town_of[position]];
            let urban = ground.urban[position];
            let name = if urban { names.compound(chance) } else { names.village(chance) };
            let mean = match (urban, position_in_town(ground, position) < 1.0) {
                (true, _) => 40.0,
                (false, true) => 22.0,
                (false, false) => 13.0,
            };
            let spread = (0.35 + 1.3 * chance.share()) * if chance.share() < 0.06 { 2.8 } else { 1.0 };
            // Parks, factories and woods: nobody of school age.
            let primary = if chance.share() < 0.035 { 0.0 } else { mean * spread };
            let junior = primary * chance.between(0.36, 0.56);
            let households = (primary * chance.between(5.0, 8.0)).round() as u32 + chance.below(20) as u32;
            Block {
                id: format!("YC{:02}{:04}", ground.town_of[position] + 1, position + 1),
                name: if urban { name } else { format!("{}{name}", &town.name[..6]) },
                pupils: [primary.round() as u32, junior.round() as u32],
                households,
            }
        })
        .collect()
}

/// How far out a block lies in its town: below 1 in the built-up part.
fn position_in_town(ground: &Ground, block: usize) -> f64 {
    let town = &ground.towns[ground.town_of[block]];
    let between = ground.points[block] - town.middle;
    (between.x * between.x + between.y * between.y).sqrt() / town.reach
}

/// Puts schools where pupils are: each next one into the block with the most pupils far from schools of its stage.
fn place_schools(ground: &Ground, blocks: &[Block], chance: &mut Chance) -> Vec<School> {
    let around = [pupils_around(ground, blocks, 0), pupils_around(ground, blocks, 1)];
    let mut names = Names::default();
    let mut schools: Vec<School> = Vec::new();
    let mut taken = vec![false; blocks.len()];
    for (kind, count) in SITES {
        let stage = usize::from(kind == Kind::Junior);
        for _ in 0..count {
            let block = best_site(ground, &around[stage], &schools, &taken, kind, chance);
            taken[block] = true;
            let name = names.school(&mut |attempt| school_name(ground, blocks, kind, block, attempt));
            let side = Coord { x: chance.between(-25.0, 25.0), y: chance.between(-25.0, 25.0) };
            schools.push(School {
                id: String::new(),
                name,
                kind,
                gate: ground.points[block] + side,
                town: ground.town_of[block],
                seats: [0; 2],
                enrolment: [0; 2],
                strong: false,
                weak: false,
                new: false,
                means: Means::default(),
                block,
            });
        }
    }
    mark(ground, &mut schools);
    schools.sort_by_key(|school| (school.town, school.kind == Kind::Junior, school.block));
    for (position, school) in schools.iter_mut().enumerate() {
        let class = if school.kind == Kind::Junior { "31" } else { "21" };
        school.id = format!("{class}99{:06}", position + 1);
    }
    schools
}

/// Pupils of a stage within easy reach of each block, the near ones counting more.
fn pupils_around(ground: &Ground, blocks: &[Block], stage: usize) -> Vec<f64> {
    let around = |here: &Coord<f64>| {
        let counted = ground.points.iter().zip(blocks).map(|(there, block)| {
            let between = *there - *here;
            f64::from(block.pupils[stage]) * (-(between.x * between.x + between.y * between.y).sqrt() / 700.0).exp()
        });
        counted.sum()
    };
    ground.points.iter().map(around).collect()
}

fn best_site(
    ground: &Ground,
    around: &[f64],
    schools: &[School],
    taken: &[bool],
    kind: Kind,
    chance: &mut Chance,
) -> usize {
    let stage = usize::from(kind == Kind::Junior);
    let mut best = (f64::NEG_INFINITY, 0);
    for block in 0..around.len() {
        let outlying = position_in_town(ground, block) > 1.6;
        let suits = match kind {
            Kind::TeachingPoint => outlying && !ground.urban[block],
            Kind::NineYear => !ground.urban[block] || chance.share() < 0.3,
            Kind::Primary | Kind::Junior => true,
        };
        if taken[block] || !suits {
            continue;
        }
        let nearest = schools
            .iter()
            .filter(|school| school.kind.serves(stage))
            .map(|school| {
                let between = school.gate - ground.points[block];
                (between.x * between.x + between.y * between.y).sqrt()
            })
            .fold(12_000.0, f64::min);
        // Pupils around count, and distance from the next school counts, more so in the country.
        let weight = if kind == Kind::TeachingPoint { 0.1 } else { 0.62 };
        let score = (nearest / 1_000.0).powf(1.35) * around[block].powf(weight) * chance.between(0.9, 1.1);
        if score > best.0 {
            best = (score, block);
        }
    }
    best.1
}

/// The name a school would get, and the next best ones where that is taken: towns count their schools, villages give
/// theirs their own name.
fn school_name(ground: &Ground, blocks: &[Block], kind: Kind, block: usize, attempt: usize) -> String {
    let place = ground.towns[ground.town_of[block]].name.trim_end_matches(['镇', '乡']);
    match (kind, ground.urban[block], attempt) {
        (Kind::Primary, true, 0) => "云川县实验小学".to_owned(),
        (Kind::Primary, true, number) => format!("{place}第{}小学", ordinal(number)),
        (Kind::Primary, false, 0) => format!("{place}中心小学"),
        (Kind::Primary, false, _) => format!("{}小学", blocks[block].name),
        (Kind::Junior, true, 0) => "云川县第一初级中学".to_owned(),
        (Kind::Junior, true, number) => format!("{place}第{}中学", ordinal(number)),
        (Kind::Junior, false, 0) => format!("{place}初级中学"),
        (Kind::Junior, false, number) => format!("{place}第{}初级中学", ordinal(number + 1)),
        (Kind::NineYear, _, 0) => format!("{place}九年制学校"),
        (Kind::NineYear, _, number) => format!("{place}第{}九年制学校", ordinal(number + 1)),
        (Kind::TeachingPoint, ..) => format!("{}教学点", blocks[block].name),
    }
}

/// Marks strong, weak and new schools by where they stand.
fn mark(ground: &Ground, schools: &mut [School]) {
    let from_seat = |school: &School| {
        let between = school.gate - ground.towns[0].middle;
        (between.x * between.x + between.y * between.y).sqrt()
    };
    for stage in 0..2 {
        let mut order: Vec<usize> = (0..schools.len())
            .filter(|school| schools[*school].kind.serves(stage) && schools[*school].kind != Kind::TeachingPoint)
            .collect();
        order.sort_by(|first, second| from_seat(&schools[*first]).total_cmp(&from_seat(&schools[*second])));
        let count = order.len();
        for (rank, school) in order.into_iter().enumerate() {
            let school = &mut schools[school];
            // The old schools of the centre are strong, with one in every stretch of the country as well; the rim of the
            // town is new, and every fifth of the rest is weak.
            school.strong |= rank < count / 9 || (rank > count / 6 && rank % 7 == 3);
            school.new |=
                !school.strong && (rank == count / 5 || rank == count / 4 || (stage == 0 && rank == count / 3));
            school.weak |= !school.strong && !school.new && rank % 5 == 1;
        }
    }
}

/// Seats: half by the pupils who live nearest, half by the size such schools have, 10 % more than pupils in all.
fn give_seats(ground: &Ground, blocks: &[Block], schools: &mut [School], chance: &mut Chance) {
    for stage in 0..2 {
        let serving: Vec<usize> = (0..schools.len()).filter(|school| schools[*school].kind.serves(stage)).collect();
        let mut local = vec![0.0; schools.len()];
        for (block, known) in blocks.iter().enumerate() {
            let away = |school: &usize| {
                let between = schools[*school].gate - ground.points[block];
                between.x * between.x + between.y * between.y
            };
            let nearest = serving.iter().min_by(|first, second| away(first).total_cmp(&away(second)));
            if let Some(nearest) = nearest {
                local[*nearest] += f64::from(known.pupils[stage]);
            }
        }
        let pupils: f64 = blocks.iter().map(|block| f64::from(block.pupils[stage])).sum();
        let mean = pupils / serving.len() as f64;
        let weights: Vec<f64> = serving
            .iter()
            .map(|school| match schools[*school].kind {
                Kind::TeachingPoint => (0.5 * local[*school]).clamp(30.0, 90.0),
                _ => (0.72 * local[*school] + 0.28 * mean) * chance.between(0.85, 1.15),
            })
            .collect();
        let whole: f64 = weights.iter().sum();
        for (school, weight) in serving.iter().zip(weights) {
            // Classes are of 45 in primary and 50 in junior schools; seats come by the class.
            let class = if stage == 0 { 45.0 } else { 50.0 };
            let seats = weight / whole * pupils * 1.10;
            let rounded = if schools[*school].kind == Kind::TeachingPoint {
                seats.round().max(30.0)
            } else {
                (seats / class).ceil().max(2.0) * class
            };
            schools[*school].seats[stage] = rounded as u32;
        }
    }
}

/// Today every block goes to the nearest school that is not new, whatever its seats.
fn today(ground: &Ground, blocks: &[Block], schools: &[School], stage: usize) -> Vec<usize> {
    (0..blocks.len())
        .map(|block| {
            let away = |school: &usize| {
                let between = schools[*school].gate - ground.points[block];
                between.x * between.x + between.y * between.y
            };
            (0..schools.len())
                .filter(|school| schools[*school].kind.serves(stage) && !schools[*school].new)
                .min_by(|first, second| away(first).total_cmp(&away(second)))
                .unwrap_or(0)
        })
        .collect()
}

/// What each school has, by how strong it is.
fn equip(schools: &mut [School], chance: &mut Chance) {
    for school in schools {
        let level = match (school.strong, school.weak, school.new) {
            (true, ..) => 1.35,
            (_, true, _) => 0.72,
            (_, _, true) => 1.15,
            _ => 1.0,
        };
        school.means = Means::of(f64::from(school.enrolment[0] + school.enrolment[1]), level, chance);
    }
}
