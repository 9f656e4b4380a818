//! What one lead would take, if all that counted were what schools are worth to it.

use super::PARTS;

/// Halvings of the range of turns in which the best one is sought.
const HALVINGS: usize = 12;

/// How near an end of the range of turns the end itself is tried.
const NEAR: i64 = 8;

/// How often the cost up to which sets are looked at doubles.
const DOUBLINGS: u32 = 10;

/// A lead with the schools it may take. All lengths are in whole millimetres.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// Schools it may take, by position in the task, with what their ways to it cost.
    pub(super) schools: Vec<(u32, i64)>,
    /// The tilt of the lead and the schools that are locked to it.
    pub(super) tilt: i64,
    /// What the sizes cost with so many more schools beside those, `None` where that many may not be.
    pub(super) sizes: Vec<Option<i64>>,
    /// The best turn so far, from which the next is sought.
    pub(super) turn: i64,
    /// What may be flipped, kept for its memory.
    flips: Vec<Flip>,
    order: Vec<(i64, u32)>,
}

/// A school that is taken against its price, or left in spite of it.
#[derive(Clone, Copy, Debug)]
struct Flip {
    /// What that costs, never below zero.
    cost: i64,
    tilt: i64,
    count: i32,
    /// Its place in the list of the site.
    place: u32,
}

/// What proves how little a lead can cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prices {
    /// What a millimetre of tilt counts, from −[`PARTS`] to [`PARTS`].
    pub(super) turn: i64,
    /// What a school counts beside that, in parts of a millimetre.
    pub(super) charge: i64,
}

/// The least a lead can cost.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// No set of schools costs less, in millimetres.
    pub(super) least: i64,
    pub(super) prices: Prices,
    /// Whether some set costs just that.
    pub(super) is_exact: bool,
    /// Whether more than the prices proves it: that no set was found to cost less.
    pub(super) is_looked_for: bool,
    /// The places of the schools taken.
    pub(super) taken: Vec<u32>,
}

impl Site {
    pub(super) fn new(tilt: i64, sizes: Vec<Option<i64>>) -> Site {
        Site { schools: Vec::new(), tilt, sizes, turn: 0, flips: Vec::new(), order: Vec::new() }
    }

    /// What a school counts by worth and tilt alone, in parts.
    fn price(&self, place: usize, turn: i64, worth: &[i64], tilts: &[i64]) -> i64 {
        let (school, way) = self.schools[place];
        PARTS * (way - worth[school as usize]) + turn * tilts[school as usize]
    }

    /// The least the lead costs at a turn, in parts; with the tilt of the schools taken, their number, and the charge at which
    /// just these are worth taking.
    fn relaxed(&mut self, turn: i64, worth: &[i64], tilts: &[i64]) -> Option<(i64, i64, usize, i64)> {
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        order.extend((0..self.schools.len()).map(|place| (self.price(place, turn, worth, tilts), place as u32)));
        // One more than may be taken tells the charge.
        let most = self.sizes.len().min(order.len());
        if most < order.len() {
            order.select_nth_unstable(most);
        }
        let end = (most + 1).min(order.len());
        order[..end].sort_unstable();
        let cost = |taken: usize| self.sizes.get(taken).copied().flatten().map(|cost| PARTS * cost);
        let mut best: Option<(i64, usize)> = None;
        let mut sum = 0;
        for taken in 0..=most {
            if let Some(cost) = cost(taken)
                && best.is_none_or(|(least, _)| sum + cost < least)
            {
                best = Some((sum + cost, taken));
            }
            sum += order.get(taken).map_or(0, |(price, _)| *price);
        }
        let answer = best.map(|(least, taken)| {
            let tilt: i64 =
                order[..taken].iter().map(|(_, place)| tilts[self.schools[*place as usize].0 as usize]).sum();
            let own = cost(taken).unwrap_or(0);
            let before = taken.checked_sub(1);
            let low =
                [order[..end].get(taken).map(|(price, _)| -price), before.and_then(cost).map(|before| own - before)];
            let high = [before.map(|before| -order[before].0), cost(taken + 1).map(|after| after - own)];
            let (low, high) = (low.into_iter().flatten().max(), high.into_iter().flatten().min());
            let charge = match (low, high) {
                (Some(low), Some(high)) if low > 0 || high < 0 => low.midpoint(high),
                (Some(low), None) => low.max(0),
                (None, Some(high)) => high.min(0),
                _ => 0,
            };
            (least + turn * self.tilt, self.tilt + tilt, taken, charge)
        });
        self.order = order;
        answer
    }

    /// The turn at which the relaxed cost is greatest, as near as halvings come to it, with the charge there; none where the
    /// sizes cannot be kept.
    pub(super) fn best_prices(&mut self, worth: &[i64], tilts: &[i64]) -> Option<Prices> {
        let (mut low, mut high) = (-PARTS, PARTS);
        let mut turn = self.turn;
        let mut best: Option<(i64, Prices)> = None;
        for _ in 0..HALVINGS {
            let (least, tilt, _, charge) = self.relaxed(turn, worth, tilts)?;
            if best.is_none_or(|(most, _)| least > most) {
                best = Some((least, Prices { turn, charge }));
            }
            // More tilt than there should be is made dearer. Where nothing balances a lead, an end is best.
            let end = if tilt > 0 { PARTS } else { -PARTS };
            if tilt > 0 {
                low = turn;
            } else {
                high = turn;
            }
            let next = if (turn - end).abs() <= NEAR { end } else { low.midpoint(high) };
            if next == turn {
                break;
            }
            turn = next;
        }
        let (_, prices) = best?;
        self.turn = prices.turn;
        Some(prices)
    }

    /// The least any set of schools costs: proved by the prices alone where finding it takes more than `limit` looks, or where
    /// `limit` is zero. None where the sizes cannot be kept.
    ///
    /// With p = parts × (way − worth) + turn × tilt + charge, a set costs what is taken at p < 0, and on top what every
    /// school taken at p > 0 or left at p < 0 costs, what tilt counts beyond its turn, and what the size counts beyond the
    /// charge; none of which is below zero. So few sets have to be looked at.
    pub(super) fn solve(&mut self, prices: Prices, worth: &[i64], tilts: &[i64], limit: usize) -> Option<Answer> {
        let Prices { turn, charge } = prices;
        let beyond = |(count, cost): (usize, &Option<i64>)| cost.map(|cost| PARTS * cost - charge * count as i64);
        let beyond: Vec<Option<i64>> = self.sizes.iter().enumerate().map(beyond).collect();
        let least_beyond = beyond.iter().flatten().copied().min()?;
        let sizes: Vec<Option<i64>> = beyond.iter().map(|cost| cost.map(|cost| cost - least_beyond)).collect();
        let mut flips = std::mem::take(&mut self.flips);
        flips.clear();
        let (mut base, mut tilt, mut count) = (turn * self.tilt + least_beyond, self.tilt, 0);
        let mut taken = Vec::new();
        for place in 0..self.schools.len() {
            let price = self.price(place, turn, worth, tilts) + charge;
            let own = tilts[self.schools[place].0 as usize];
            let sign = if price < 0 { -1 } else { 1 };
            if price < 0 {
                base += price;
                tilt += own;
                count += 1;
                taken.push(place as u32);
            }
            flips.push(Flip { cost: price.abs(), tilt: sign * own, count: sign as i32, place: place as u32 });
        }
        let mut look =
            Look { sizes: &sizes, turn, left: limit, most: 0, best: None, path: Vec::new(), kept: Vec::new() };
        let beyond = look.beyond(tilt, count);
        if let Some(beyond) = beyond {
            flips.retain(|flip| flip.cost < beyond);
        }
        flips.sort_unstable_by_key(|flip| (flip.cost, flip.place));
        // Sets that are hardly dearer than the prices say come first: what is found among them spares most of the others.
        let all: i64 = flips.iter().map(|flip| flip.cost).sum();
        let dearest = beyond.unwrap_or(all) + 1;
        let mut none_below = 0;
        look.most = (dearest >> DOUBLINGS).max(1);
        while look.left > 0 {
            look.at(&flips, 0, tilt, count);
            if look.left == 0 {
                break;
            }
            none_below = look.best.map_or(look.most, |best| best.min(look.most));
            if look.best == Some(none_below) || look.most == dearest {
                break;
            }
            look.most = (2 * look.most).min(dearest);
        }
        let is_exact = look.left > 0 && look.best == Some(none_below);
        if look.best.is_some() {
            for place in &look.kept {
                match taken.iter().position(|of| of == place) {
                    Some(at) => drop(taken.swap_remove(at)),
                    None => taken.push(*place),
                }
            }
        }
        base += none_below;
        self.flips = flips;
        Some(Answer { least: base.div_euclid(PARTS), prices, is_exact, is_looked_for: none_below > 0, taken })
    }
}

/// A search through sets of flips, the cheapest first.
struct Look<'a> {
    /// What sizes count beyond the charge.
    sizes: &'a [Option<i64>],
    turn: i64,
    /// How many sets may still be looked at.
    left: usize,
    /// Sets whose flips cost as much are not looked at.
    most: i64,
    /// The least found, beyond what the prices say, and the flips on the way to it.
    best: Option<i64>,
    kept: Vec<u32>,
    path: Vec<u32>,
}

impl Look<'_> {
    /// What tilt and size count beyond the prices; none where that many schools may not be.
    fn beyond(&self, tilt: i64, count: i32) -> Option<i64> {
        let size = usize::try_from(count).ok().and_then(|count| self.sizes.get(count).copied().flatten())?;
        Some(size + PARTS * tilt.abs() - self.turn * tilt)
    }

    /// Looks at a set and at all that have more of the flips.
    fn at(&mut self, flips: &[Flip], spent: i64, tilt: i64, count: i32) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let cost = self.beyond(tilt, count).map(|beyond| spent + beyond);
        if let Some(cost) = cost.filter(|cost| self.best.is_none_or(|best| *cost < best)) {
            self.best = Some(cost);
            self.kept.clone_from(&self.path);
        }
        for (position, flip) in flips.iter().enumerate() {
            let spent = spent + flip.cost;
            if spent >= self.most || self.best.is_some_and(|best| spent >= best) {
                break;
            }
            self.path.push(flip.place);
            self.at(&flips[position + 1..], spent, tilt + flip.tilt, count + flip.count);
            self.path.pop();
        }
    }
}
