//! Catchments: every block once, seats kept, hanging together, and never below the bound.

use std::sync::OnceLock;

use xuequ::catchment::{Outcome, Parameters, Proof, plan};
use xuequ::model::Settings;
use xuequ::model::settings::Effort;
use xuequ::model::{BlockIndex, Catchments, County, Lock, LockKind, Origin, SchoolIndex, Stage};

use crate::fixture::{Chance, Grid, detached, grid_county, overload, pupil_metres, survey};

fn quick(seed: u64) -> Parameters {
    Parameters { seed, effort: Some(Effort::Quick), ..Parameters::default() }
}

/// A county of uneven blocks, some without pupils, whose seats are 2 % more than its pupils.
struct Tight {
    grid: Grid,
    homes: Vec<usize>,
    county: County,
    outcome: Outcome,
}

fn uneven_pupils(grid: Grid, chance: &mut Chance) -> Vec<u32> {
    (0..grid.count())
        .map(|_| match chance.below(10) {
            0 | 1 => 0,
            2 => 60 + chance.below(60) as u32,
            _ => 4 + chance.below(40) as u32,
        })
        .collect()
}

fn tight_county(seed: u64) -> (Grid, Vec<usize>, County) {
    uneven_county(Grid { columns: 14, rows: 10, side: 120.0 }, 6, 1.02, seed)
}

/// Schools that stand apart, with so many seats a pupil between them.
fn uneven_county(grid: Grid, count: usize, seats_a_pupil: f64, seed: u64) -> (Grid, Vec<usize>, County) {
    let mut chance = Chance::new(seed);
    let pupils = uneven_pupils(grid, &mut chance);
    let mut homes: Vec<usize> = Vec::new();
    while homes.len() < count {
        let cell = chance.below(grid.count());
        let apart = |other: &usize| {
            let between = grid.middle(cell) - grid.middle(*other);
            between.x.hypot(between.y) > 2.5 * grid.side
        };
        if homes.iter().all(apart) {
            homes.push(cell);
        }
    }
    let sum = f64::from(pupils.iter().sum::<u32>());
    let seats = (sum * seats_a_pupil / homes.len() as f64).ceil() as u32;
    let schools: Vec<(usize, u32)> = homes.iter().map(|home| (*home, seats)).collect();
    let county = grid_county(grid, &pupils, &schools);
    (grid, homes, county)
}

fn tight_counties() -> &'static [Tight] {
    static COUNTIES: OnceLock<Vec<Tight>> = OnceLock::new();
    COUNTIES.get_or_init(|| {
        (1..=3)
            .map(|seed| {
                let (grid, homes, county) = tight_county(seed);
                let outcome = plan(&county, &survey(&county), Stage::All, &Settings::default(), &quick(seed));
                Tight { grid, homes, county, outcome }
            })
            .collect()
    })
}

#[test]
fn every_block_has_a_school_and_every_school_its_own_block() {
    for Tight { homes, outcome, county, .. } in tight_counties() {
        let school_of = &outcome.catchments.school_of;
        assert_eq!(school_of.len(), county.blocks.len());
        assert!(school_of.iter().all(Option::is_some));
        for (school, home) in homes.iter().enumerate() {
            assert_eq!(school_of[*home], Some(SchoolIndex::new(school)), "a school takes the block it stands in");
        }
    }
}

#[test]
fn seats_are_kept_where_they_are_tight() {
    for Tight { county, outcome, .. } in tight_counties() {
        assert_eq!(overload(county, &outcome.catchments), 0);
    }
}

#[test]
fn catchments_hang_together() {
    for Tight { grid, homes, outcome, .. } in tight_counties() {
        assert_eq!(detached(*grid, homes, &outcome.catchments.school_of), [0_usize; 0]);
    }
}

#[test]
fn no_scheme_is_below_the_bound_and_the_gap_is_small() {
    for Tight { county, outcome, .. } in tight_counties() {
        let value = pupil_metres(county, &outcome.catchments.school_of) / 1000.0;
        let bound = outcome.bound.pupil_kilometres();
        assert!(bound <= value, "{bound} is no bound on {value}");
        assert!(value < bound * 1.05, "{value} is far above {bound}");
    }
}

/// Prices are enough of a proof where there are seats to spare.
#[test]
fn prices_prove_the_bound_they_come_with() {
    let mut by_prices = 0;
    for (seed, spare) in [(1, 12), (1, 14), (2, 14), (3, 20)] {
        let (_, homes, mut county) = tight_county(seed);
        for school in &mut county.schools {
            let seats = &mut school.seats[Stage::All];
            *seats = seats.map(|seats| seats * spare / 10);
        }
        let outcome = plan(&county, &survey(&county), Stage::All, &Settings::default(), &quick(seed));
        let Proof::Prices(prices) = &outcome.bound.proof else { continue };
        by_prices += 1;
        assert_eq!(outcome.bound.schools, (0..homes.len()).map(SchoolIndex::new).collect::<Vec<_>>());
        assert!(prices.iter().all(|price| *price >= 0));
        let paid = |block: usize, school: usize| {
            let between = county.blocks[block].point - county.schools[school].gate;
            (between.x * between.x + between.y * between.y).sqrt() * 1000.0 + prices[school] as f64
        };
        let least: f64 = (0..county.blocks.len())
            .map(|block| {
                let pupils = f64::from(county.blocks[block].pupils[Stage::All]);
                let own = homes.iter().position(|home| *home == block);
                let least = own.map_or_else(
                    || (0..homes.len()).map(|school| paid(block, school)).fold(f64::INFINITY, f64::min),
                    |own| paid(block, own),
                );
                pupils * least
            })
            .sum();
        let charged: f64 = county
            .schools
            .iter()
            .zip(prices)
            .map(|(school, price)| f64::from(school.seats[Stage::All].expect("it has seats")) * *price as f64)
            .sum();
        let claimed = outcome.bound.pupil_millimetres as f64;
        let pupils = county.pupils(Stage::All) as f64;
        assert!(claimed <= least - charged, "{claimed} is more than the prices prove, {}", least - charged);
        assert!(claimed >= least - charged - pupils, "a millimetre a pupil is all that rounding takes");
    }
    assert!(by_prices > 0, "some gap is small enough for prices");
}

#[test]
fn threads_and_repetition_change_nothing() {
    let (_, _, county) = tight_county(1);
    let ground = survey(&county);
    let planned = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        pool.install(|| plan(&county, &ground, Stage::All, &Settings::default(), &quick(1)))
    };
    let (one, two) = (planned(1), planned(2));
    assert_eq!(one.catchments, two.catchments, "one thread and two");
    assert_eq!(one.bound, two.bound);
    assert_eq!(one.catchments, tight_counties()[0].outcome.catchments, "another run");
}

/// Many blocks a school, which a first look works on in zones and along chains.
fn fine_county(seats_a_pupil: f64, seed: u64) -> (Grid, Vec<usize>, County) {
    uneven_county(Grid { columns: 75, rows: 60, side: 100.0 }, 30, seats_a_pupil, seed)
}

#[test]
fn chains_keep_the_seats_where_all_schools_around_are_full() {
    for seed in 1..=3 {
        let (grid, homes, county) = fine_county(1.01, seed);
        let ground = survey(&county);
        let planned = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
            pool.install(|| plan(&county, &ground, Stage::All, &Settings::default(), &quick(1)))
        };
        let outcome = planned(1);
        assert_eq!(overload(&county, &outcome.catchments), 0, "seed {seed}");
        let school_of = &outcome.catchments.school_of;
        assert_eq!(detached(grid, &homes, school_of), [0_usize; 0], "seed {seed}");
        let gap = pupil_metres(&county, school_of) / 1000.0 / outcome.bound.pupil_kilometres() - 1.0;
        assert!((0.0..0.006).contains(&gap), "seed {seed}: {gap}");
        assert_eq!(outcome.catchments, planned(2).catchments, "one thread and two");
    }
}

#[test]
fn chains_fill_every_seat_where_there_are_too_few() {
    let (grid, homes, county) = fine_county(0.9, 4);
    let outcome = plan(&county, &survey(&county), Stage::All, &Settings::default(), &quick(1));
    let least = county.pupils(Stage::All) - county.seats(Stage::All);
    assert_eq!(detached(grid, &homes, &outcome.catchments.school_of), [0_usize; 0]);
    // Blocks are whole, but small against a school.
    let overload = overload(&county, &outcome.catchments);
    assert!((least..=least + 5).contains(&overload), "{overload} pupils too many where {least} must be");
}

#[test]
fn locked_blocks_stay_with_their_school() {
    let (grid, homes, mut county) = tight_county(2);
    for school in &mut county.schools {
        school.seats[Stage::All] = school.seats[Stage::All].map(|seats| seats + seats / 3);
    }
    // Three blocks that the scheme without locks gives to others, each beside the ground of the school they are locked to.
    // The same scheme with these three moved keeps every rule, so there is one.
    let free = &tight_counties()[1].outcome.catchments.school_of;
    let mut moved = free.clone();
    let mut locked: Vec<(usize, SchoolIndex)> = Vec::new();
    for cell in (0..grid.count()).filter(|cell| !homes.contains(cell)) {
        let mut beside = grid.beside(cell).into_iter().filter_map(|beside| moved[beside]);
        let other =
            beside.find(|other| moved[cell] != Some(*other) && locked.iter().all(|(_, school)| school != other));
        let Some(other) = other.filter(|_| locked.len() < 3) else { continue };
        let before = moved[cell].replace(other);
        if detached(grid, &homes, &moved).is_empty() {
            locked.push((cell, other));
        } else {
            moved[cell] = before;
        }
    }
    assert_eq!(locked.len(), 3);
    assert_eq!(overload(&county, &Catchments { stage: Stage::All, school_of: moved }), 0);
    for (block, school) in &locked {
        let kind = LockKind::BlockToSchool { block: BlockIndex::new(*block), school: *school, stage: Stage::All };
        county.locks.push(Lock { kind, reason: "agreed".to_owned(), author: String::new(), origin: Origin::default() });
    }
    let outcome = plan(&county, &survey(&county), Stage::All, &Settings::default(), &quick(2));
    for (block, school) in locked {
        assert_eq!(outcome.catchments.school_of[block], Some(school), "block {block}");
        assert_ne!(free[block], Some(school), "the lock had something to do");
    }
    assert_eq!(overload(&county, &outcome.catchments), 0);
}

/// Two schools at the ends of a strip of three rows, and a block beside the second one locked to the first. All of the
/// middle row up to it for the first school, and the rest for the second, is a scheme that keeps every rule.
fn strip_with_a_lock() -> (Grid, [usize; 2], County) {
    let grid = Grid { columns: 7, rows: 3, side: 100.0 };
    let homes = [7, 13];
    let mut county = grid_county(grid, &vec![10; grid.count()], &[(homes[0], 200), (homes[1], 200)]);
    let kind = LockKind::BlockToSchool { block: BlockIndex::new(12), school: SchoolIndex::new(0), stage: Stage::All };
    county.locks.push(Lock { kind, reason: "agreed".to_owned(), author: String::new(), origin: Origin::default() });
    (grid, homes, county)
}

#[test]
fn locked_blocks_are_reached_where_that_can_be() {
    let (grid, homes, county) = strip_with_a_lock();
    let outcome = plan(&county, &survey(&county), Stage::All, &Settings::default(), &quick(1));
    assert_eq!(outcome.catchments.school_of[12], Some(SchoolIndex::new(0)));
    assert_eq!(detached(grid, &homes, &outcome.catchments.school_of), [0_usize; 0]);
}

/// Nine blocks and three schools: few enough to try every assignment.
const TINY: Grid = Grid { columns: 3, rows: 3, side: 200.0 };

struct Tiny {
    homes: [usize; 3],
    county: County,
}

fn tiny(seed: u64, seats: impl Fn(u32) -> [u32; 3]) -> Tiny {
    let mut chance = Chance::new(seed);
    let pupils: Vec<u32> =
        (0..TINY.count()).map(|_| if chance.below(6) == 0 { 0 } else { 5 + chance.below(60) as u32 }).collect();
    let mut cells: Vec<usize> = (0..TINY.count()).collect();
    let homes = [(); 3].map(|()| cells.remove(chance.below(cells.len())));
    let seats = seats(pupils.iter().sum());
    let schools: Vec<(usize, u32)> = homes.into_iter().zip(seats).collect();
    Tiny { homes, county: grid_county(TINY, &pupils, &schools) }
}

impl Tiny {
    /// The least overload of any contiguous assignment that leaves schools their own blocks, and the least pupil-metres of those that have it.
    fn best(&self) -> (u64, f64) {
        let count = TINY.count();
        let mut best = (u64::MAX, f64::INFINITY);
        for code in 0..3_usize.pow(count as u32) {
            let school_of: Vec<Option<SchoolIndex>> =
                (0..count).map(|cell| Some(SchoolIndex::new(code / 3_usize.pow(cell as u32) % 3))).collect();
            let at_home = |school: usize| school_of[self.homes[school]] == Some(SchoolIndex::new(school));
            if !(0..3).all(at_home) || !detached(TINY, &self.homes, &school_of).is_empty() {
                continue;
            }
            let value = pupil_metres(&self.county, &school_of);
            let catchments = Catchments { stage: Stage::All, school_of };
            let found = (overload(&self.county, &catchments), value);
            if found.0 < best.0 || (found.0 == best.0 && found.1 < best.1) {
                best = found;
            }
        }
        best
    }

    fn plan(&self) -> (u64, f64, f64) {
        let outcome = plan(&self.county, &survey(&self.county), Stage::All, &Settings::default(), &quick(1));
        let school_of = &outcome.catchments.school_of;
        assert_eq!(detached(TINY, &self.homes, school_of), [0_usize; 0]);
        let value = pupil_metres(&self.county, school_of);
        (overload(&self.county, &outcome.catchments), value, outcome.bound.pupil_kilometres() * 1000.0)
    }
}

#[test]
fn tiny_counties_are_planned_as_well_as_trying_everything() {
    for seed in 1..=6 {
        let case = tiny(seed, |pupils| [pupils * 40 / 100, pupils * 38 / 100, pupils * 42 / 100]);
        let (least_overload, least) = case.best();
        let (overload, value, bound) = case.plan();
        assert_eq!(overload, least_overload, "seed {seed}");
        if least_overload == 0 {
            assert!(bound <= least, "seed {seed}: {bound} is no bound on {least}");
        }
        // Distances are rounded down to millimetres, and pupils count far more than blocks without any.
        let tolerance = 0.002 * case.county.pupils(Stage::All) as f64;
        assert!(value <= least + tolerance, "seed {seed}: {value} where {least} can be had, bound {bound}");
        assert!(value >= least - 1e-6, "seed {seed}: {value} is better than the best, {least}");
    }
}

#[test]
fn too_few_seats_give_the_least_overload() {
    for seed in 11..=14 {
        let case = tiny(seed, |pupils| [pupils * 30 / 100, pupils * 24 / 100, pupils * 28 / 100]);
        let least = case.best().0;
        assert!(least > 0, "seed {seed} has too few seats");
        assert_eq!(case.plan().0, least, "seed {seed}");
    }
}

#[test]
fn seats_that_suffice_only_in_sum_give_the_least_overload() {
    // As many seats as pupils, but blocks are whole and do not fill them.
    let case = (21..60)
        .map(|seed| tiny(seed, |pupils| [pupils - 2 * (pupils / 3), pupils / 3, pupils / 3]))
        .find(|case| case.best().0 > 0)
        .expect("some of these do not come out even");
    assert_eq!(case.plan().0, case.best().0);
}
