//! The search for the best prices: the dual of the transportation problem, made smooth and climbed by Newton's method.
//!
//! What the bound says of prices v is concave in v, and has a kink wherever a block changes its school. With a softened
//! minimum, −ε ln Σ exp(−(d+v)/ε), it is smooth: its gradient is load − seats, and its second derivative is that of a
//! network of springs between neighbouring schools, one for each pupil that hesitates between two of them. So a Newton
//! step moves the prices of a whole county at once, where school by school they would have to creep. The softness ε is
//! lowered step by step; the best prices by the true, unsoftened value are kept.
//!
//! # References
//! The smoothed dual: M. Cuturi, G. Peyré: A smoothed dual approach for variational Wasserstein problems. SIAM Journal on
//! Imaging Sciences 9, 2016. doi:10.1137/15M1032600. Newton's method for distance-plus-price regions: J. Kitagawa,
//! Q. Mérigot, B. Thibert: Convergence of a Newton algorithm for semi-discrete optimal transport. Journal of the European
//! Mathematical Society 21, 2019. doi:10.4171/JEMS/889

use rayon::prelude::*;

/// Schools dearer than the cheapest by more than so many times the softness get no share of a block.
const REACH: f64 = 12.0;

/// Newton steps for each softness at most.
const STEPS: usize = 6;

/// The softness falls by this factor.
const COOLING: f64 = 0.4;

/// A softness is left when a step gains less than this share of the value.
const LEAST_GAIN: f64 = 2e-7;

/// Places are summed up in stretches of at least so many, so that sums do not depend on the number of threads.
const STRETCH: usize = 2_048;

/// Stretches at most: each has loads and springs of all schools.
const MOST_STRETCHES: usize = 16;

/// Places with pupils, each with the schools that are in question for it and how far they are.
pub(super) struct Demand {
    schools: usize,
    pupils: Vec<f64>,
    first: Vec<u32>,
    /// Metres would do as `f32` to a tenth of a millimetre; millimetres are kept for whole numbers.
    options: Vec<(f32, u16)>,
    /// Pupils for whom only one school is in question, and what their ways come to.
    settled: Vec<f64>,
    settled_ways: f64,
    nearest_ways: f64,
}

/// The softened value at some prices, with its derivatives.
struct Slope {
    /// The softened value, and the true one.
    soft: f64,
    value: f64,
    load: Vec<f64>,
    /// For each school its springs to schools of higher number.
    springs: Vec<Vec<(u16, f64)>>,
}

impl Demand {
    pub(super) fn new(schools: usize) -> Demand {
        Demand {
            schools,
            pupils: Vec::new(),
            first: vec![0],
            options: Vec::new(),
            settled: vec![0.0; schools],
            settled_ways: 0.0,
            nearest_ways: 0.0,
        }
    }

    /// Adds a place with `pupils` and its schools in question with their distances in millimetres; none is no demand.
    pub(super) fn add(&mut self, pupils: f64, options: &[(i64, u16)]) {
        let Some(least) = options.iter().map(|(millimetres, _)| *millimetres).min() else { return };
        self.nearest_ways += pupils * least as f64;
        if let [(millimetres, school)] = options {
            self.settled[usize::from(*school)] += pupils;
            self.settled_ways += pupils * *millimetres as f64;
            return;
        }
        self.pupils.push(pupils);
        self.options.extend(options.iter().map(|(millimetres, school)| (*millimetres as f32, *school)));
        self.first.push(self.options.len() as u32);
    }

    /// Adds the places of another demand, after the own.
    pub(super) fn append(&mut self, other: Demand) {
        let before = self.options.len() as u32;
        self.pupils.extend(other.pupils);
        self.first.extend(other.first[1..].iter().map(|first| before + first));
        self.options.extend(other.options);
        for (settled, more) in self.settled.iter_mut().zip(other.settled) {
            *settled += more;
        }
        self.settled_ways += other.settled_ways;
        self.nearest_ways += other.nearest_ways;
    }

    /// The mean distance in millimetres if every pupil went to the nearest school.
    pub(super) fn mean_of_nearest(&self) -> f64 {
        let pupils = self.pupils.iter().sum::<f64>() + self.settled.iter().sum::<f64>();
        if pupils > 0.0 { self.nearest_ways / pupils } else { 0.0 }
    }

    /// The best prices found from `start` on, none further from it than `farthest`, none below zero; the softness falls
    /// from the first number to the second.
    ///
    /// Deterministic for any number of threads. Cost: a few dozen passes over the options.
    pub(super) fn best_prices(
        &self,
        seats: &[f64],
        start: Vec<f64>,
        [softest, hardest]: [f64; 2],
        farthest: f64,
    ) -> Vec<f64> {
        let lowest: Vec<f64> = start.iter().map(|price| (price - farthest).max(0.0)).collect();
        let highest: Vec<f64> = start.iter().map(|price| price + farthest).collect();
        let mut prices = start.clone();
        let mut best = (f64::NEG_INFINITY, start);
        let mut softness = softest;
        while softness >= hardest {
            let mut slope = self.slope(&prices, seats, softness);
            for _ in 0..STEPS {
                let direction = newton_direction(&slope, seats, &prices, [&lowest, &highest], softness);
                let mut share = 1.0;
                let gain = loop {
                    let next: Vec<f64> = (0..self.schools)
                        .map(|school| {
                            (prices[school] + share * direction[school]).clamp(lowest[school], highest[school])
                        })
                        .collect();
                    let ahead = self.slope(&next, seats, softness);
                    let gain = ahead.soft - slope.soft;
                    if gain >= 0.0 {
                        (prices, slope) = (next, ahead);
                        break gain;
                    }
                    share *= 0.35;
                    if share < 0.02 {
                        break 0.0;
                    }
                };
                if slope.value > best.0 {
                    best = (slope.value, prices.clone());
                }
                if gain <= LEAST_GAIN * slope.value.abs() {
                    break;
                }
            }
            softness *= COOLING;
        }
        best.1
    }

    /// Value, loads and springs at some prices.
    fn slope(&self, prices: &[f64], seats: &[f64], softness: f64) -> Slope {
        let places = self.pupils.len();
        let length = STRETCH.max(places.div_ceil(MOST_STRETCHES));
        let stretches: Vec<Slope> = (0..places.div_ceil(length))
            .into_par_iter()
            .map(|stretch| self.slope_of(stretch * length..((stretch + 1) * length).min(places), prices, softness))
            .collect();
        let paid: f64 = (0..self.schools).map(|school| prices[school] * (self.settled[school] - seats[school])).sum();
        let constant = self.settled_ways + paid;
        let mut sum = Slope {
            soft: constant,
            value: constant,
            load: self.settled.clone(),
            springs: vec![Vec::new(); self.schools],
        };
        for stretch in stretches {
            sum.soft += stretch.soft;
            sum.value += stretch.value;
            for (school, load) in stretch.load.into_iter().enumerate() {
                sum.load[school] += load;
            }
            for (school, springs) in stretch.springs.into_iter().enumerate() {
                for (other, stiffness) in springs {
                    stiffen(&mut sum.springs[school], other, stiffness);
                }
            }
        }
        sum
    }

    fn slope_of(&self, places: std::ops::Range<usize>, prices: &[f64], softness: f64) -> Slope {
        let mut slope =
            Slope { soft: 0.0, value: 0.0, load: vec![0.0; self.schools], springs: vec![Vec::new(); self.schools] };
        let mut shares: Vec<(u16, f64)> = Vec::new();
        for place in places {
            let pupils = self.pupils[place];
            let options = &self.options[self.first[place] as usize..self.first[place + 1] as usize];
            let (mut least, mut second, mut cheapest) = (f64::INFINITY, f64::INFINITY, 0);
            for (millimetres, school) in options {
                let paid = f64::from(*millimetres) + prices[usize::from(*school)];
                if paid < least {
                    (second, least, cheapest) = (least, paid, *school);
                } else if paid < second {
                    second = paid;
                }
            }
            slope.value += pupils * least;
            if second > least + REACH * softness {
                slope.soft += pupils * least;
                slope.load[usize::from(cheapest)] += pupils;
                continue;
            }
            shares.clear();
            let mut sum = 0.0;
            for (millimetres, school) in options {
                let dearer = (f64::from(*millimetres) + prices[usize::from(*school)] - least) / softness;
                if dearer <= REACH {
                    let share = (-dearer).exp();
                    sum += share;
                    shares.push((*school, share));
                }
            }
            slope.soft += pupils * (least - softness * sum.ln());
            for (_, share) in &mut shares {
                *share /= sum;
            }
            for (position, (school, share)) in shares.iter().enumerate() {
                slope.load[usize::from(*school)] += pupils * share;
                for (other, others) in &shares[position + 1..] {
                    let stiffness = pupils * share * others / softness;
                    stiffen(&mut slope.springs[usize::from(*school.min(other))], *school.max(other), stiffness);
                }
            }
        }
        slope
    }
}

fn stiffen(springs: &mut Vec<(u16, f64)>, other: u16, stiffness: f64) {
    match springs.iter_mut().find(|(known, _)| *known == other) {
        Some((_, sum)) => *sum += stiffness,
        None => springs.push((other, stiffness)),
    }
}

/// The step to where the slope would be level if the second derivative stayed as it is, by conjugate gradients. Prices at
/// their limits that would have to leave them stay where they are.
fn newton_direction(
    slope: &Slope,
    seats: &[f64],
    prices: &[f64],
    [lowest, highest]: [&[f64]; 2],
    softness: f64,
) -> Vec<f64> {
    let schools = seats.len();
    let excess: Vec<f64> = (0..schools).map(|school| slope.load[school] - seats[school]).collect();
    let is_free: Vec<bool> = (0..schools)
        .map(|school| {
            (excess[school] > 0.0 && prices[school] < highest[school])
                || (excess[school] < 0.0 && prices[school] > lowest[school])
        })
        .collect();
    let mut stiffness = vec![0.0; schools];
    for (school, springs) in slope.springs.iter().enumerate() {
        for (other, spring) in springs {
            stiffness[school] += spring;
            stiffness[usize::from(*other)] += spring;
        }
    }
    // A school nobody hesitates at would move without end; a little stiffness of its own holds it.
    let own = 1e-3 * slope.load.iter().sum::<f64>() / (schools as f64 * softness);
    for held in &mut stiffness {
        *held += own;
    }
    let all = slope.springs.iter().enumerate();
    let springs: Vec<(usize, usize, f64)> = all
        .flat_map(|(school, springs)| springs.iter().map(move |(other, spring)| (school, usize::from(*other), *spring)))
        .filter(|(school, other, _)| is_free[*school] && is_free[*other])
        .collect();
    let pull = |step: &[f64]| -> Vec<f64> {
        let mut force: Vec<f64> =
            (0..schools).map(|school| if is_free[school] { stiffness[school] * step[school] } else { 0.0 }).collect();
        for (school, other, spring) in &springs {
            force[*school] -= spring * step[*other];
            force[*other] -= spring * step[*school];
        }
        force
    };
    let mut step = vec![0.0; schools];
    let mut rest: Vec<f64> = (0..schools).map(|school| if is_free[school] { excess[school] } else { 0.0 }).collect();
    let scaled = |rest: &[f64]| -> Vec<f64> { rest.iter().zip(&stiffness).map(|(rest, held)| rest / held).collect() };
    let product = |first: &[f64], second: &[f64]| -> f64 { first.iter().zip(second).map(|(a, b)| a * b).sum() };
    let mut guess = scaled(&rest);
    let mut along = guess.clone();
    let mut size = product(&rest, &guess);
    let enough = size * 1e-5;
    for _ in 0..400 {
        if size <= enough || size <= 0.0 {
            break;
        }
        let force = pull(&along);
        let length = size / product(&along, &force);
        for school in 0..schools {
            step[school] += length * along[school];
            rest[school] -= length * force[school];
        }
        guess = scaled(&rest);
        let next = product(&rest, &guess);
        for school in 0..schools {
            along[school] = guess[school] + next / size * along[school];
        }
        size = next;
    }
    // Beyond a few times the softness the second derivative says nothing any more.
    step.into_iter().map(|step| step.clamp(-8.0 * softness, 8.0 * softness)).collect()
}
