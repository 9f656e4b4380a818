//! The sum the search makes least: distance, and what the settings count beside it, all in pupil-millimetres.

use serde::Serialize;

use super::Load;
use crate::model::settings::Settings;
use crate::model::{Catchments, County};
use crate::space::{Ground, Link, LinkKind, Nearby};

/// Metres in the settings as the whole millimetres that sums are made of.
fn millimetres(metres: f64) -> i64 {
    (metres * 1000.0).round() as i64
}

/// What the settings count beside distance, as whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    /// Millimetres every pupil moved away from the existing scheme counts as.
    pub change: i64,
    /// Millimetres every pupil parted from its community counts as.
    pub community: i64,
    /// Millimetres every pupil outside the band of seat use counts as.
    pub balance: i64,
    /// Pupil-millimetres every metre of border between catchments counts as.
    pub border: i64,
}

impl Weights {
    /// The weights of the settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Weights {
        let catchments = &settings.catchments;
        Weights {
            change: millimetres(catchments.change),
            community: millimetres(catchments.community),
            balance: millimetres(catchments.balance),
            border: millimetres(catchments.compactness),
        }
    }

    /// What a community costs: `pupils` in all, and at each school so many that the sum of their squares is `squares`.
    ///
    /// P − Σ n²/P is the number of its pupils that have, in expectation, another school than a fellow drawn at random:
    /// none while it is whole, and at most all but one school's share. Rounded down.
    #[must_use]
    pub fn of_community(&self, pupils: i64, squares: i64) -> i64 {
        if pupils == 0 || self.community == 0 {
            return 0;
        }
        let parted = i128::from(pupils) * i128::from(pupils) - i128::from(squares);
        (i128::from(self.community) * parted / i128::from(pupils)) as i64
    }

    /// What a border of so many metres costs between two catchments, rounded to the nearest.
    #[must_use]
    pub fn of_border(&self, metres: f64) -> i64 {
        (self.border as f64 * metres).round() as i64
    }
}

/// The terms of the sum in pupil-millimetres; those the settings give no weight are zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Pupils × distance, each way rounded down to whole millimetres.
    pub distance: i64,
    /// Pupils moved away from the existing scheme × weight.
    pub change: i64,
    /// Pupils parted from their communities × weight.
    pub community: i64,
    /// Metres of border between catchments × weight.
    pub compactness: i64,
    /// Pupils outside the band of seat use × weight.
    pub balance: i64,
}

impl Terms {
    /// All together.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.distance + self.change + self.community + self.compactness + self.balance
    }
}

/// What the scheme is worth by the sum the search makes least, in pupil-kilometres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Objective {
    /// Pupils × distance.
    pub distance_pupil_km: f64,
    /// Pupils moved away from the existing scheme × weight.
    pub change_pupil_km: f64,
    /// Pupils parted from their communities × weight.
    pub community_pupil_km: f64,
    /// Metres of border between catchments × weight.
    pub compactness_pupil_km: f64,
    /// Pupils outside the band of seat use × weight.
    pub balance_pupil_km: f64,
    /// The sum.
    pub total_pupil_km: f64,
}

impl From<Terms> for Objective {
    fn from(terms: Terms) -> Objective {
        let kilometres = |pupil_millimetres: i64| pupil_millimetres as f64 / 1e6;
        Objective {
            distance_pupil_km: kilometres(terms.distance),
            change_pupil_km: kilometres(terms.change),
            community_pupil_km: kilometres(terms.community),
            compactness_pupil_km: kilometres(terms.compactness),
            balance_pupil_km: kilometres(terms.balance),
            total_pupil_km: kilometres(terms.total()),
        }
    }
}

/// Pairs of blocks, smaller first, sorted, with the metres of border between them.
///
/// Neighbours by shared border have its length. Where the adjacency is given, neighbours have the border their outlines
/// share, and none where they share none (a bridge); where blocks are points there are no outlines to tell, and every
/// given pair counts as the median distance between the points of given pairs. Links made to the nearest block have no
/// border.
///
/// Cost: O(links log links), and once through the borders of the coverage where outlines and adjacency are given.
#[must_use]
pub fn borders(county: &County, ground: &Ground) -> Vec<(usize, usize, f64)> {
    let links = ground.adjacency.links();
    let given = links.iter().any(|link| link.kind == LinkKind::Given);
    let usual = if given && ground.cells_around_points {
        let apart = |first: usize, second: usize| {
            let between = county.blocks[first].point - county.blocks[second].point;
            between.x.hypot(between.y)
        };
        let given = links.iter().filter(|link| link.kind == LinkKind::Given);
        let mut distances: Vec<f64> = given.map(Link::pair).map(|(first, second)| apart(first, second)).collect();
        distances.sort_by(f64::total_cmp);
        distances.get(distances.len() / 2).copied().unwrap_or(0.0)
    } else {
        0.0
    };
    let shared = if given && !ground.cells_around_points { ground.coverage.borders() } else { Vec::new() };
    let of_outlines = |pair: (usize, usize)| {
        let found = shared.binary_search_by_key(&pair, |(first, second, _)| (*first as usize, *second as usize));
        found.map_or(0.0, |position| shared[position].2)
    };
    links
        .iter()
        .map(|link| {
            let metres = match link.kind {
                LinkKind::Border(metres) => metres,
                LinkKind::Given if ground.cells_around_points => usual,
                LinkKind::Given => of_outlines(link.pair()),
                LinkKind::Near(_) | LinkKind::Nearest(_) => 0.0,
            };
            let (first, second) = link.pair();
            (first, second, metres)
        })
        .collect()
}

/// The terms of the sum for the catchments of one stage, which make the `loads`.
///
/// Blocks without a school are moved where the existing scheme names one, are parted from everybody of their community,
/// and have no border with each other.
///
/// Cost: O(blocks log blocks), and that of [`borders`] where compactness has a weight.
#[must_use]
pub fn objective(
    county: &County,
    ground: &Ground,
    catchments: &Catchments,
    loads: &[Load],
    settings: &Settings,
) -> Terms {
    let stage = catchments.stage;
    let nearby = Nearby::new(county, &ground.distances, stage);
    let weights = Weights::of(settings);
    let pupils = |block: usize| i64::from(county.blocks[block].pupils[stage]);
    let mut terms = Terms::default();
    for block in county.block_indices() {
        if let Some(school) = catchments.school_of(block) {
            terms.distance += pupils(block.get()) * nearby.millimetres(block, school);
        }
    }
    if let Some(existing) = county.existing.school_of[stage].as_ref().filter(|_| weights.change > 0) {
        let moved = |block: usize| existing[block].is_some() && existing[block] != catchments.school_of[block];
        let moved: i64 = (0..county.blocks.len()).filter(|block| moved(*block)).map(pupils).sum();
        terms.change = weights.change * moved;
    }
    if weights.community > 0 {
        terms.community = super::communities(county, catchments)
            .iter()
            .map(|community| weights.of_community(community.pupils as i64, community.squares() as i64))
            .sum();
    }
    if weights.border > 0 {
        terms.compactness = borders(county, ground)
            .into_iter()
            .filter(|(first, second, _)| catchments.school_of[*first] != catchments.school_of[*second])
            .map(|(.., metres)| weights.of_border(metres))
            .sum();
    }
    if weights.balance > 0 {
        let outside: u64 = loads
            .iter()
            .map(|load| {
                let (low, high) = settings.measure.band_in_pupils(load.seats);
                low.saturating_sub(load.pupils) + load.pupils.saturating_sub(high)
            })
            .sum();
        terms.balance = weights.balance * outside as i64;
    }
    terms
}
