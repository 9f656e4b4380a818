//! The certificate of a bound, and the number it proves.
//!
//! In whole numbers throughout: distances d in millimetres, rounded down, and what comes of them in pupil-millimetres.
//! Blocks a school stands in, and locked blocks, may go to their own school only; a certificate may use no other tie.

use std::collections::BTreeMap;

use serde_json::Value;

use super::distance::Ways;
use super::sharing::Sharing;
use crate::model::{BlockIndex, County, LockKind, Stage};

/// A certificate with its ids matched to the county.
pub(super) struct Certificate<'a> {
    pub(super) county: &'a County,
    pub(super) stage: Stage,
    sharing: Sharing<'a>,
    /// The schools of the stage by position; of each pool the first.
    pub(super) schools: Vec<usize>,
    /// The school each block is tied to, as a position in `schools`.
    pub(super) tied: Vec<Option<usize>>,
    proof: Proof,
}

enum Proof {
    /// A price per school, none below zero.
    Prices(Vec<i128>),
}

impl<'a> Certificate<'a> {
    /// Takes a certificate; `None` where something is missing, names nothing of the county, or is not what it must be.
    pub(super) fn read(certificate: &Value, county: &'a County, stage: Stage) -> Option<Certificate<'a>> {
        if certificate["schema"] != "xuequ/bound/1" || certificate["stage"] != stage.slug() {
            return None;
        }
        let sharing = Sharing::of(county);
        let schools: Vec<usize> = sharing.holders(stage).collect();
        let homes = homes(certificate, county, &|school| sharing.schools(stage, school), &schools)?;
        let proof = match certificate["form"].as_str()? {
            "prices" => Proof::Prices(prices(certificate, county, &schools)?),
            _ => return None,
        };
        if certificate["covers"] != covers(&proof) {
            return None;
        }
        let tied = ties(county, stage, &schools, &homes);
        Some(Certificate { county, stage, sharing, schools, tied, proof })
    }

    /// The bound the certificate proves, in pupil-millimetres; `None` where it proves none.
    pub(super) fn prove(&self, ways: &Ways<'_>) -> Option<i128> {
        match &self.proof {
            Proof::Prices(prices) => self.prove_by_prices(prices, ways),
        }
    }

    /// With prices v ≥ 0, every scheme that keeps seats and ties has at least Σ pupils · min (d + v) − Σ seats · v.
    fn prove_by_prices(&self, prices: &[i128], ways: &Ways<'_>) -> Option<i128> {
        let mut total: i128 = 0;
        for (block, tied) in self.tied.iter().enumerate() {
            let pupils = self.pupils(block);
            if pupils == 0 {
                continue;
            }
            let paid = |school: usize| prices[school] + self.millimetres(ways, block, school);
            let least = match tied {
                Some(own) => Some(paid(*own)),
                None => (0..prices.len()).map(paid).min(),
            };
            total += pupils * least?;
        }
        Some(total - prices.iter().enumerate().map(|(school, price)| self.seats(school) * price).sum::<i128>())
    }

    pub(super) fn pupils(&self, block: usize) -> i128 {
        i128::from(self.county.blocks[block].pupils[self.stage])
    }

    pub(super) fn seats(&self, school: usize) -> i128 {
        i128::from(self.sharing.seats(self.stage, self.schools[school]))
    }

    pub(super) fn millimetres(&self, ways: &Ways<'_>, block: usize, school: usize) -> i128 {
        self.sharing.millimetres(ways, self.stage, block, self.schools[school])
    }
}

/// What a form of proof covers.
fn covers(proof: &Proof) -> Value {
    match proof {
        Proof::Prices(_) => serde_json::json!(["assigned", "seats", "locks"]),
    }
}

fn prices(certificate: &Value, county: &County, schools: &[usize]) -> Option<Vec<i128>> {
    let prices = certificate["prices_mm"].as_object()?;
    let price = |school: &usize| prices.get(&county.schools[*school].id)?.as_i64().filter(|price| *price >= 0);
    schools.iter().map(|school| price(school).map(i128::from)).collect()
}

/// A block a certificate calls a school's home is believed where its point is among so many nearest to the gate.
const NEAREST_HOMES: usize = 16;

/// The home blocks of each school: those the certificate names. One that the input contradicts, or that is far from the
/// gate, is not believed.
fn homes<'a>(
    certificate: &Value,
    county: &County,
    sharing: &dyn Fn(usize) -> &'a [usize],
    schools: &[usize],
) -> Option<Vec<Vec<usize>>> {
    let claimed = certificate["homes"].as_object()?;
    let blocks: BTreeMap<&str, usize> =
        county.blocks.iter().enumerate().map(|(position, block)| (block.id.as_str(), position)).collect();
    let home = |school: usize, id: &Value| -> Option<usize> {
        let block = *blocks.get(id.as_str()?)?;
        let believed = match county.schools[school].home.map(BlockIndex::get) {
            Some(stated) => stated == block,
            None => may_be_home(county, school, block),
        };
        believed.then_some(block)
    };
    let of_school = |school: &usize| -> Option<Vec<usize>> {
        let ids = claimed.get(&county.schools[*school].id)?.as_array()?;
        let of_any = |id: &Value| sharing(*school).iter().find_map(|own| home(*own, id));
        let homes: Option<Vec<usize>> = ids.iter().map(of_any).collect();
        homes.filter(|homes| !homes.is_empty())
    };
    let homes: Vec<Vec<usize>> = schools.iter().map(of_school).collect::<Option<_>>()?;
    let mut all: Vec<usize> = homes.concat();
    all.sort_unstable();
    // A block two schools stand in would be tied to one of them only.
    all.windows(2).all(|pair| pair[0] != pair[1]).then_some(homes)
}

fn may_be_home(county: &County, school: usize, block: usize) -> bool {
    let gate = county.schools[school].gate;
    let square = |block: usize| {
        let point = county.blocks[block].point;
        (point.x - gate.x).powi(2) + (point.y - gate.y).powi(2)
    };
    let own = square(block);
    (0..county.blocks.len()).filter(|other| square(*other) < own).count() < NEAREST_HOMES
        || super::scheme::lies_in(county, gate, block)
}

/// The school each block is tied to: because it stands there, or by a lock.
fn ties(county: &County, stage: Stage, schools: &[usize], homes: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut tied = vec![None; county.blocks.len()];
    for lock in &county.locks {
        if let LockKind::BlockToSchool { block, school, stage: locked_in } = lock.kind
            && locked_in == stage
        {
            tied[block.get()] = schools.iter().position(|own| *own == school.get());
        }
    }
    for (school, homes) in homes.iter().enumerate() {
        for home in homes {
            tied[*home] = Some(school);
        }
    }
    tied
}
