//! The certificate of a bound, and the number it proves.
//!
//! In whole numbers throughout: distances d in millimetres, rounded down, and what comes of them in pupil-millimetres.
//! Blocks a school stands in, and locked blocks, may go to their own school only; a certificate may use no other tie.
//! Schools here are the holders of catchments: a pool counts as one, with the seats of all its schools.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::Value;

use super::distance::Ways;
use super::links::Links;
use super::sharing::Sharing;
use super::territory::Territory;
use crate::model::settings::CatchmentSettings;
use crate::model::{BlockIndex, County, LockKind, Stage};

/// A certificate with its ids matched to the county.
pub(super) struct Certificate<'a> {
    county: &'a County,
    stage: Stage,
    sharing: Sharing<'a>,
    /// The holders of the stage's catchments by position.
    schools: Vec<usize>,
    homes: Vec<Vec<usize>>,
    /// The school each block is tied to, as a position in `schools`.
    tied: Vec<Option<usize>>,
    /// Millimetres a pupil moved from the existing scheme counts as.
    change: i128,
    /// The longest way of blocks that give none of their own, in metres.
    longest_m: Option<f64>,
    proof: Proof,
}

enum Proof {
    /// A price per school, none below zero.
    Prices(Vec<i128>),
    /// The worth of each block, and what is said of each school.
    Worths(Vec<i128>, Vec<Said>),
}

/// What a certificate says of one school.
#[derive(Clone, Default)]
struct Said {
    cuts: Vec<Cut>,
    /// No catchment that hangs together earns more.
    claim: Option<i128>,
}

/// Whoever takes `block` takes one of `between`; the charge is not below zero.
#[derive(Clone)]
struct Cut {
    block: usize,
    between: Vec<usize>,
    charge: i128,
}

impl<'a> Certificate<'a> {
    /// Takes a certificate; `None` where something is missing, names nothing of the county, or is not what it must be.
    pub(super) fn read(
        certificate: &Value,
        county: &'a County,
        stage: Stage,
        settings: &CatchmentSettings,
    ) -> Option<Certificate<'a>> {
        if certificate["schema"] != "xuequ/bound/1" || certificate["stage"] != stage.slug() {
            return None;
        }
        let sharing = Sharing::of(county);
        let schools: Vec<usize> = sharing.holders(stage).collect();
        let blocks: BTreeMap<&str, usize> =
            county.blocks.iter().enumerate().map(|(position, block)| (block.id.as_str(), position)).collect();
        let homes = homes(certificate, county, &|school| sharing.schools(stage, school), &schools, &blocks)?;
        let proof = match certificate["form"].as_str()? {
            "prices" => Proof::Prices(prices(certificate, county, &schools)?),
            "worths" => worths(certificate, county, &schools, &blocks)?,
            _ => return None,
        };
        if certificate["covers"] != covers(&proof) {
            return None;
        }
        let tied = ties(county, stage, &sharing, &schools, &homes);
        let change = (settings.change * 1000.0).round() as i128;
        let longest_m = settings.longest_distance_m;
        Some(Certificate { county, stage, sharing, schools, homes, tied, change, longest_m, proof })
    }

    /// The bound the certificate proves, in pupil-millimetres; `None` where it proves none.
    pub(super) fn prove(&self, ways: &Ways<'_>, links: &Links) -> Option<i128> {
        match &self.proof {
            Proof::Prices(prices) => self.prove_by_prices(prices, ways),
            Proof::Worths(worths, said) => self.prove_by_worths(worths, said, ways, links),
        }
    }

    /// With prices v ≥ 0, every scheme that keeps seats and ties has at least Σ pupils · min (d + v) − Σ seats · v.
    fn prove_by_prices(&self, prices: &[i128], ways: &Ways<'_>) -> Option<i128> {
        let outward = self.sharing.outward(ways, self.stage);
        let mut place_of = vec![0; self.county.schools.len()];
        for (place, school) in self.schools.iter().enumerate() {
            place_of[*school] = place;
        }
        let mut total: i128 = 0;
        for (block, tied) in self.tied.iter().enumerate() {
            let pupils = self.pupils(block);
            if pupils == 0 {
                continue;
            }
            let paid = |school: usize| prices[school] + self.millimetres(ways, block, school);
            let mut least = tied.map(paid);
            if tied.is_none() {
                for (nearest, school) in outward.from(self.county.blocks[block].point.x) {
                    // No price is below zero; distances are rounded down.
                    if least.is_some_and(|least| (nearest * 1000.0) as i128 > least + 1) {
                        break;
                    }
                    let paid = paid(place_of[school]);
                    least = Some(least.map_or(paid, |least| least.min(paid)));
                }
            }
            total += pupils * least?;
        }
        Some(total - prices.iter().enumerate().map(|(school, price)| self.seats(school) * price).sum::<i128>())
    }

    /// Every scheme that keeps seats, ties and contiguity takes each free block once, so it has at least the worths of
    /// them all less what each school can earn by worths over cost; what blocks cost that a school has in any case comes
    /// on top.
    fn prove_by_worths(&self, worths: &[i128], said: &[Said], ways: &Ways<'_>, links: &Links) -> Option<i128> {
        let pupils: Vec<i128> = (0..self.tied.len()).map(|block| self.pupils(block)).collect();
        let parts: Option<Vec<i128>> = (0..self.schools.len())
            .into_par_iter()
            .map(|school| self.part_of_school(school, worths, &said[school], &pupils, ways, links))
            .collect();
        let free = self.tied.iter().zip(worths).filter(|(tied, _)| tied.is_none());
        Some(free.map(|(_, worth)| worth).sum::<i128>() + parts?.iter().sum::<i128>())
    }

    /// What a school has to cost, less the most it can earn.
    fn part_of_school(
        &self,
        school: usize,
        worths: &[i128],
        said: &Said,
        pupils: &[i128],
        ways: &Ways<'_>,
        links: &Links,
    ) -> Option<i128> {
        let is_own = |block: usize| self.tied[block] == Some(school);
        let is_free = |block: usize| self.tied[block].is_none();
        let may = |block: usize| is_free(block) && !self.is_barred(ways, block, school);
        let homes = &self.homes[school];
        let territory = Territory::of(homes, self.seats(school), pupils, is_own, may, &links.neighbours);
        let cost: Vec<i128> =
            territory.blocks().iter().map(|block| pupils[*block] * self.millimetres(ways, *block, school)).collect();
        let places = || 0..cost.len();
        let earns: Vec<i128> = places().map(|place| worths[territory.blocks()[place]] - cost[place]).collect();
        let mut relaxed = earns.clone();
        for cut in &said.cuts {
            // One that lies out of reach is never taken, and a block the school has in any case stands between nothing.
            if cut.charge < 0 || cut.between.iter().chain([&cut.block]).any(|block| !is_free(*block)) {
                return None;
            }
            let Some(block) = territory.place(cut.block) else { continue };
            let between: Vec<usize> = cut.between.iter().filter_map(|block| territory.place(*block)).collect();
            if !territory.is_cut_off(block, &between) {
                return None;
            }
            relaxed[block] -= cut.charge;
            for place in between {
                relaxed[place] += cut.charge;
            }
        }
        let most = match said.claim {
            None => territory.most(&relaxed),
            Some(claim) => territory.no_set_beats(claim, &earns, &relaxed).then_some(claim)?,
        };
        let own = places().filter(|place| !territory.is_free(*place)).map(|place| cost[place]);
        Some(own.sum::<i128>() - most)
    }

    fn pupils(&self, block: usize) -> i128 {
        i128::from(self.county.blocks[block].pupils[self.stage])
    }

    fn seats(&self, school: usize) -> i128 {
        i128::from(self.sharing.seats(self.stage, self.schools[school]))
    }

    /// What a pupil counts at a school: the way, and what a move from the existing school counts.
    fn millimetres(&self, ways: &Ways<'_>, block: usize, school: usize) -> i128 {
        let existing = self.county.existing.school_of[self.stage].as_ref().and_then(|existing| existing[block]);
        let moved = existing.is_some_and(|existing| existing.get() != self.schools[school]);
        self.way(ways, block, school) + if moved { self.change } else { 0 }
    }

    /// The distance of a block in whole millimetres, rounded down; to a pool the mean by the draw of lots, rounded down.
    fn way(&self, ways: &Ways<'_>, block: usize, school: usize) -> i128 {
        self.sharing.millimetres(ways, self.stage, block, self.schools[school])
    }

    /// Whether a school is not for a block: by a lock, or because it is too far.
    fn is_barred(&self, ways: &Ways<'_>, block: usize, school: usize) -> bool {
        // Nobody goes the way from a block without pupils.
        let has_pupils = self.county.blocks[block].pupils[self.stage] > 0;
        let longest = self.county.blocks[block].longest_m().or(self.longest_m).filter(|_| has_pupils);
        let is_far = |metres: f64| self.way(ways, block, school) > (metres * 1000.0).floor() as i128;
        longest.is_some_and(is_far)
            || self.county.locks.iter().any(|lock| match lock.kind {
                LockKind::Forbidden { block: barred, school: from, stage } => {
                    stage == self.stage && barred.get() == block && from.get() == self.schools[school]
                }
                _ => false,
            })
    }
}

/// What a form of proof covers.
fn covers(proof: &Proof) -> Value {
    match proof {
        Proof::Prices(_) => serde_json::json!(["assigned", "seats", "locks"]),
        Proof::Worths(..) => serde_json::json!(["assigned", "seats", "contiguous", "locks"]),
    }
}

fn prices(certificate: &Value, county: &County, schools: &[usize]) -> Option<Vec<i128>> {
    let prices = certificate["prices_mm"].as_object()?;
    let price = |school: &usize| prices.get(&county.schools[*school].id)?.as_i64().filter(|price| *price >= 0);
    schools.iter().map(|school| price(school).map(i128::from)).collect()
}

fn worths(certificate: &Value, county: &County, schools: &[usize], blocks: &BTreeMap<&str, usize>) -> Option<Proof> {
    let mut worths = vec![0; county.blocks.len()];
    for (block, worth) in certificate["worths_pupil_mm"].as_object()? {
        worths[*blocks.get(block.as_str())?] = i128::from(worth.as_i64()?);
    }
    let school_named = |id: &str| schools.iter().position(|school| county.schools[*school].id == id);
    let mut said = vec![Said::default(); schools.len()];
    for cut in certificate["cuts"].as_array()? {
        let block = |id: &Value| blocks.get(id.as_str()?).copied();
        let mut between: Vec<usize> = cut["between"].as_array()?.iter().map(block).collect::<Option<_>>()?;
        between.sort_unstable();
        between.dedup();
        let cut_off =
            Cut { block: block(&cut["block"])?, between, charge: i128::from(cut["charge_pupil_mm"].as_i64()?) };
        said[school_named(cut["school"].as_str()?)?].cuts.push(cut_off);
    }
    for (school, claim) in certificate["connected_pupil_mm"].as_object()? {
        said[school_named(school)?].claim = Some(i128::from(claim.as_i64()?));
    }
    Some(Proof::Worths(worths, said))
}

/// A block a certificate calls a school's home is believed where its point is among so many nearest to the gate, those that are
/// homes of others left out.
const NEAREST_HOMES: usize = 16;

/// The home blocks of each holder: those the certificate names, one for each of its schools. One that the input
/// contradicts, or that is far from the gate, is not believed.
fn homes<'a>(
    certificate: &Value,
    county: &County,
    sharing: &dyn Fn(usize) -> &'a [usize],
    schools: &[usize],
    blocks: &BTreeMap<&str, usize>,
) -> Option<Vec<Vec<usize>>> {
    let claimed = certificate["homes"].as_object()?;
    let named = claimed.values().filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    let taken: BTreeSet<usize> = named.filter_map(|id| blocks.get(id).copied()).collect();
    let may_stand_in = |school: usize, block: usize| match county.schools[school].home.map(BlockIndex::get) {
        Some(stated) => stated == block,
        None => may_be_home(county, school, block, &taken),
    };
    let of_holder = |holder: &usize| -> Option<Vec<usize>> {
        let ids = claimed.get(&county.schools[*holder].id)?.as_array()?;
        let homes: Vec<usize> = ids.iter().map(|id| blocks.get(id.as_str()?).copied()).collect::<Option<_>>()?;
        let together = sharing(*holder);
        let believed = homes.len() <= together.len()
            && homes.iter().all(|home| together.iter().any(|school| may_stand_in(*school, *home)));
        (believed && !homes.is_empty()).then_some(homes)
    };
    let homes: Vec<Vec<usize>> = schools.iter().map(of_holder).collect::<Option<_>>()?;
    let mut all: Vec<usize> = homes.concat();
    all.sort_unstable();
    // A block two schools stand in would be tied to one of them only.
    all.windows(2).all(|pair| pair[0] != pair[1]).then_some(homes)
}

fn may_be_home(county: &County, school: usize, block: usize, taken: &BTreeSet<usize>) -> bool {
    let gate = county.schools[school].gate;
    let square = |block: usize| {
        let point = county.blocks[block].point;
        (point.x - gate.x).powi(2) + (point.y - gate.y).powi(2)
    };
    let own = square(block);
    let is_nearer = |other: &usize| square(*other) < own && !taken.contains(other);
    (0..county.blocks.len()).filter(is_nearer).count() < NEAREST_HOMES || super::scheme::lies_in(county, gate, block)
}

/// The school each block is tied to: because it stands there, or by a lock.
fn ties(
    county: &County,
    stage: Stage,
    sharing: &Sharing<'_>,
    schools: &[usize],
    homes: &[Vec<usize>],
) -> Vec<Option<usize>> {
    let mut tied = vec![None; county.blocks.len()];
    for lock in &county.locks {
        if let LockKind::BlockToSchool { block, school, stage: locked_in } = lock.kind
            && locked_in == stage
        {
            tied[block.get()] = schools.iter().position(|own| sharing.schools(stage, *own).contains(&school.get()));
        }
    }
    for (school, homes) in homes.iter().enumerate() {
        for home in homes {
            tied[*home] = Some(school);
        }
    }
    tied
}
