//! The bound of a grouping: what no grouping with the same leads that keeps sizes and locks can beat, and what proves it.
//!
//! Every school that is not a lead gets a worth w. If each lead k were paid w for a school it takes, and could take whatever
//! it liked within its sizes, then for any grouping at all
//!
//! ```text
//! metres, tilt and sizes  ≥  Σ w  −  Σ_k (the most lead k could earn)
//! ```
//!
//! because in a grouping every school is taken once. What a lead earns at most is found out by `site`, to the last set of
//! schools where these are few enough to look at. Worths are found by subgradient ascent. Where the leads happen to take
//! each school once, that grouping is the best there is.
//!
//! Left out, so that the bound holds with them as well: that territories hang together, that pools stay together, that schools
//! in need have a strong one with them, bounds of pupils, and what mixing town and country counts.

mod site;

use rayon::prelude::*;

use super::task::Task;
use crate::model::SchoolIndex;
use site::{Answer, Prices, Site};

/// Turns and charges are in parts of this many, so that all sums are whole numbers.
pub const PARTS: i64 = 1_024;

/// Beyond so many schools nothing is proved: it would take longer than the search.
const MOST_SCHOOLS: usize = 10_000;

/// Pairs of schools and leads up to which every school is offered to every lead while the bound climbs.
const ALL_PAIRS: usize = 100_000;

/// Leads a school is offered to where there are more pairs: its nearest.
const OFFERED: usize = 16;

/// Steps of the ascent at prices alone, and with the best sets looked for; for few schools and for many.
const STEPS: [[usize; 2]; 2] = [[100, 400], [60, 120]];

/// How often schools that turn out to be worth a lead's while are offered to it as well, and the steps after that.
const ROUNDS: usize = 2;
const AFTERWARDS: usize = 60;

/// From so many schools on there are many.
const MANY: usize = 1_000;

/// Sets of schools looked at for one lead in a step at most, and in the end; for few schools and for many.
const LOOKS: [[usize; 2]; 2] = [[30_000, 1_000_000], [3_000, 100_000]];

/// How much of the last direction goes on in the next, and after how many steps without a better value they are halved.
const DEFLECTION: f64 = 0.6;
const PATIENCE: usize = 20;

/// Steps are no longer worth their while from this length on.
const SHORTEST: f64 = 1e-3;

/// What a grouping costs in metres, term by term.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Objective {
    /// Ways to the leads.
    pub near_m: f64,
    /// What long ones count on top.
    pub far_m: f64,
    /// Schools more or less than wanted.
    pub size_m: f64,
    /// Strength above or below the mean.
    pub pair_m: f64,
    /// Districts without town or without country schools.
    pub mix_m: f64,
}

impl Objective {
    /// All terms together.
    #[must_use]
    pub fn total_m(&self) -> f64 {
        self.near_m + self.far_m + self.size_m + self.pair_m + self.mix_m
    }

    fn and(self, more: Objective) -> Objective {
        Objective {
            near_m: self.near_m + more.near_m,
            far_m: self.far_m + more.far_m,
            size_m: self.size_m + more.size_m,
            pair_m: self.pair_m + more.pair_m,
            mix_m: self.mix_m + more.mix_m,
        }
    }
}

/// A lower bound of what a grouping costs, with what proves it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupingBound {
    /// What the grouping costs.
    pub objective: Objective,
    /// Whether it keeps the bounds of size, so that the lower bound is one for it.
    pub keeps_sizes: bool,
    /// No grouping with these leads that keeps sizes and locks costs less, in millimetres.
    pub millimetres: i64,
    /// What the solver of the feature `exact` says no grouping with these leads is below, in metres: where it solved a part, and
    /// what is proved here for the others. Nobody proves it again.
    pub solver_m: Option<f64>,
    /// The proofs of the parts that are grouped each by itself.
    pub parts: Vec<PartProof>,
}

impl GroupingBound {
    /// What no grouping is below, by the solver where it was asked.
    fn known_m(&self) -> f64 {
        self.solver_m.unwrap_or(self.millimetres as f64 / 1000.0)
    }
}

/// What proves the bound of one part, in whole millimetres, ways rounded down and tilts to the nearest.
///
/// With p = [`PARTS`] × (way − worth) + turn × tilt + charge, and h(n) what n schools cost beside ways and tilt, the bound
/// is Σ worths + Σ over leads of ways of the schools locked to them + ⌊(turn × tilt of these and the lead + Σ p below zero +
/// least over sizes of ([`PARTS`] × h − charge × schools taken)) ÷ [`PARTS`]⌋, where no other least is claimed, less one for
/// each school, since tilts were rounded.
#[derive(Clone, Debug, PartialEq)]
pub struct PartProof {
    /// Fewest and most schools in a district, the lead included.
    pub size: [usize; 2],
    /// The way from a school to the nearest of as many evenly spread leads on average, by which counts become metres.
    pub typical_m: f64,
    /// The schools with what each is worth and how it tilts its district.
    pub schools: Vec<(SchoolIndex, i64, i64)>,
    /// The leads.
    pub leads: Vec<LeadProof>,
}

/// What proves how little a lead can cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeadProof {
    /// The lead.
    pub lead: SchoolIndex,
    /// What a millimetre of tilt counts, in [`PARTS`].
    pub turn: i64,
    /// What each school counts beside, in [`PARTS`] of a millimetre.
    pub charge: i64,
    /// In place of what these prove: no set of schools within the sizes costs less than this.
    pub least: Option<i64>,
}

impl GroupingBound {
    /// That of no schools.
    #[must_use]
    pub(super) fn none() -> GroupingBound {
        GroupingBound { keeps_sizes: true, ..GroupingBound::default() }
    }

    /// With the bound of another part.
    #[must_use]
    pub(super) fn and(self, more: GroupingBound) -> GroupingBound {
        GroupingBound {
            objective: self.objective.and(more.objective),
            keeps_sizes: self.keeps_sizes && more.keeps_sizes,
            millimetres: self.millimetres + more.millimetres,
            solver_m: (self.solver_m.is_some() || more.solver_m.is_some()).then(|| self.known_m() + more.known_m()),
            parts: [self.parts, more.parts].concat(),
        }
    }
}

/// What a task is in whole millimetres.
struct Frame<'a> {
    task: &'a Task,
    leads: &'a [usize],
    tilts: Vec<i64>,
    /// The district of the schools that are in no other: leads, and those locked to one.
    tied: Vec<Option<usize>>,
}

impl Frame<'_> {
    fn way(&self, school: usize, district: usize) -> i64 {
        (1000.0 * self.task.way(school, self.leads[district])).floor() as i64
    }

    /// A lead without schools yet: what its sizes cost.
    fn site(&self, district: usize) -> Site {
        let tied = (0..self.tied.len()).filter(|school| self.tied[*school] == Some(district));
        let (mut tilt, mut schools) = (0, 0);
        for school in tied {
            tilt += self.tilts[school];
            schools += 1;
        }
        let [fewest, most] = self.task.size;
        let cost = |count: usize| {
            let apart = (count as f64 - self.task.wanted_size()).abs();
            (fewest..=most).contains(&count).then(|| (1000.0 * self.task.size_weight * apart).floor() as i64)
        };
        let most = most.min(self.tied.len());
        Site::new(tilt, (schools..=most.max(schools)).map(cost).collect())
    }

    /// What the ways of the schools locked to leads cost.
    fn tied_ways(&self) -> i64 {
        let ways = self.tied.iter().enumerate().filter_map(|(school, tied)| Some(self.way(school, (*tied)?)));
        ways.sum()
    }

    /// Sites with the schools that may be worth their while: the nearest leads of each school, and the nearest schools of each
    /// lead; or all.
    fn sites(&self) -> Vec<Site> {
        let free: Vec<usize> = (0..self.tied.len()).filter(|school| self.tied[*school].is_none()).collect();
        let is_small = free.len() * self.leads.len() <= ALL_PAIRS;
        let mut offered: Vec<(u32, u32)> = Vec::new();
        if !is_small {
            let nearest = |school: &usize| {
                let mut ways: Vec<(i64, u32)> =
                    (0..self.leads.len()).map(|district| (self.way(*school, district), district as u32)).collect();
                let count = OFFERED.min(ways.len());
                ways.select_nth_unstable(count - 1);
                ways.truncate(count);
                ways.into_iter().map(|(_, district)| (district, *school as u32)).collect::<Vec<_>>()
            };
            offered = free.par_iter().flat_map_iter(nearest).collect();
            let wanted = self.task.size[1];
            let around = |district: usize| {
                let mut ways: Vec<(i64, u32)> =
                    free.iter().map(|school| (self.way(*school, district), *school as u32)).collect();
                let count = wanted.min(ways.len());
                if count > 0 {
                    ways.select_nth_unstable(count - 1);
                }
                ways.truncate(count);
                ways.into_iter().map(|(_, school)| (district as u32, school)).collect::<Vec<_>>()
            };
            offered.par_extend((0..self.leads.len()).into_par_iter().flat_map_iter(around));
            offered.par_sort_unstable();
            offered.dedup();
        }
        (0..self.leads.len())
            .into_par_iter()
            .map(|district| {
                let mut site = self.site(district);
                let with_way = |school: u32| (school, self.way(school as usize, district));
                if is_small {
                    site.schools = free.iter().map(|school| with_way(*school as u32)).collect();
                } else {
                    let from = offered.partition_point(|(of, _)| (*of as usize) < district);
                    let own = offered[from..].iter().take_while(|(of, _)| *of as usize == district);
                    site.schools = own.map(|(_, school)| with_way(*school)).collect();
                }
                site
            })
            .collect()
    }
}

impl Frame<'_> {
    /// Offers to leads what they were not offered and would take at the present worths; how many pairs that are.
    fn offer_more(&self, sites: &mut [Site], ascent: &Ascent) -> usize {
        let worth: Vec<i64> = ascent.worth.iter().map(|worth| worth.round() as i64).collect();
        let more = |(district, site): (usize, &mut Site)| {
            let known: Vec<u32> = site.schools.iter().map(|(school, _)| *school).collect();
            if known.len() == self.tied.len() {
                return 0;
            }
            for school in (0..self.tied.len()).filter(|school| self.tied[*school].is_none()) {
                let way = self.way(school, district);
                let pays = PARTS * (way - worth[school]) + site.turn * self.tilts[school] < 0;
                if pays && known.binary_search(&(school as u32)).is_err() {
                    site.schools.push((school as u32, way));
                }
            }
            site.schools.sort_unstable();
            site.schools.len() - known.len()
        };
        sites.par_iter_mut().enumerate().map(more).sum()
    }
}

/// Proves what no grouping with these leads can beat, aiming at `found`, the district of each school; and gives the best grouping
/// where the proof comes upon it. `None` for very many schools, where a most tilt is asked for instead of a weight, and where no
/// grouping keeps the sizes.
///
/// Deterministic for any number of threads. Cost: steps × pairs of schools and leads that are offered to each other; for a
/// district of many, the sets that are looked at.
///
/// # Reference
/// M. L. Fisher: The Lagrangian relaxation method for solving integer programming problems. Management Science 27, 1981.
/// doi:10.1287/mnsc.27.1.1. For sets with sizes under fixed leads: J. M. Mulvey, M. P. Beck: Solving capacitated clustering
/// problems. European Journal of Operational Research 18(3), 1984. doi:10.1016/0377-2217(84)90155-3
pub(super) fn prove(task: &Task, leads: &[usize], found: &[usize]) -> Option<Proved> {
    let count = task.schools.len();
    if count > MOST_SCHOOLS || task.tilt_share.is_some() || leads.is_empty() {
        return None;
    }
    let tied = |school: usize| {
        let lead = if leads.contains(&school) { Some(school) } else { task.locked_to[school] };
        lead.and_then(|lead| leads.iter().position(|other| *other == lead))
    };
    let frame = Frame {
        task,
        leads,
        tilts: task.tilt.iter().map(|tilt| (1000.0 * tilt).round() as i64).collect(),
        tied: (0..count).map(tied).collect(),
    };
    let mut sites = frame.sites();
    let mut ascent = Ascent::new(&frame, &sites, objective(task, leads, found).total_m());
    let is_many = usize::from(count > MANY);
    let ([relaxed, exact], [looks, last_looks]) = (STEPS[is_many], LOOKS[is_many]);
    ascent.climb(&frame, &mut sites, relaxed, 0, 1.0)?;
    ascent.climb(&frame, &mut sites, exact, looks, 1.0)?;
    for _ in 0..ROUNDS {
        if frame.offer_more(&mut sites, &ascent) == 0 {
            break;
        }
        (ascent.best, ascent.is_best) = (None, false);
        ascent.climb(&frame, &mut sites, AFTERWARDS, looks, 0.25)?;
    }
    let best = ascent.taken_once(&frame, &sites);
    let (millimetres, part) = ascent.certify(&frame, sites, last_looks)?;
    Some(Proved { millimetres, part, best })
}

/// A bound of one part with its proof.
#[derive(Clone, Debug)]
pub(super) struct Proved {
    millimetres: i64,
    part: PartProof,
    /// The district of each school in the best grouping, where it was come upon.
    pub(super) best: Option<Vec<usize>>,
}

impl Proved {
    /// Whether nothing is left between a grouping and the bound but what was rounded.
    pub(super) fn is_reached_by(&self, task: &Task, leads: &[usize], district_of: &[usize]) -> bool {
        let rounded = 4.0 * district_of.len() as f64;
        1000.0 * objective(task, leads, district_of).total_m() - self.millimetres as f64 <= rounded
    }

    /// The bound beside what a grouping costs.
    pub(super) fn beside(self, task: &Task, leads: &[usize], district_of: &[usize]) -> GroupingBound {
        let mut sizes = vec![0; leads.len()];
        for district in district_of {
            sizes[*district] += 1;
        }
        GroupingBound {
            objective: objective(task, leads, district_of),
            keeps_sizes: sizes.iter().all(|size| (task.size[0]..=task.size[1]).contains(size)),
            millimetres: self.millimetres,
            solver_m: None,
            parts: vec![self.part],
        }
    }
}

/// What a grouping costs.
pub(super) fn objective(task: &Task, leads: &[usize], district_of: &[usize]) -> Objective {
    let mut of_districts = vec![(0_usize, 0.0, [0_usize; 2]); leads.len()];
    let (mut near_m, mut far_m) = (0.0, 0.0);
    for (school, district) in district_of.iter().enumerate() {
        let [near, far] = task.weighed(school, task.metres(school, leads[*district]));
        near_m += near;
        far_m += far;
        let (schools, tilt, places) = &mut of_districts[*district];
        *schools += 1;
        *tilt += task.tilt[school];
        if let Some(urban) = task.urban[school] {
            places[usize::from(urban)] += 1;
        }
    }
    let has_both = [true, false].iter().all(|urban| task.urban.contains(&Some(*urban)));
    let unmixed = of_districts.iter().filter(|(.., places)| has_both && places.contains(&0)).count();
    let apart = |(schools, ..): &(usize, f64, [usize; 2])| (*schools as f64 - task.wanted_size()).abs();
    Objective {
        near_m,
        far_m,
        size_m: task.size_weight * of_districts.iter().map(apart).sum::<f64>(),
        pair_m: of_districts.iter().map(|(_, tilt, _)| tilt.abs()).sum(),
        mix_m: task.mix_weight * unmixed as f64,
    }
}

/// Worths on their way up.
struct Ascent {
    /// What is worth aiming at, in millimetres.
    target: f64,
    /// No worth lies farther from zero.
    largest: f64,
    worth: Vec<f64>,
    best: Option<(i64, Vec<i64>)>,
    /// What leads took at last, and whether each school was taken once.
    answers: Vec<Answer>,
    is_best: bool,
}

impl Ascent {
    /// Starts with every school worth its shortest way.
    fn new(frame: &Frame<'_>, sites: &[Site], found_m: f64) -> Ascent {
        let mut worth = vec![f64::INFINITY; frame.tied.len()];
        let mut longest: i64 = 1;
        for (school, way) in sites.iter().flat_map(|site| &site.schools) {
            worth[*school as usize] = worth[*school as usize].min(*way as f64);
            longest = longest.max(*way);
        }
        worth.iter_mut().filter(|worth| worth.is_infinite()).for_each(|worth| *worth = 0.0);
        let steepest = frame.tilts.iter().map(|tilt| tilt.abs()).max().unwrap_or(0);
        Ascent {
            target: 1000.0 * found_m,
            largest: (8 * (longest + steepest)) as f64,
            worth,
            best: None,
            answers: Vec::new(),
            is_best: false,
        }
    }

    /// Solves all sites at the present worths; none where some lead cannot keep its sizes.
    fn evaluate(&mut self, frame: &Frame<'_>, sites: &mut [Site], looks: usize) -> Option<(f64, Vec<f64>)> {
        let worth: Vec<i64> = self.worth.iter().map(|worth| worth.round() as i64).collect();
        let solve = |site: &mut Site| {
            let prices = site.best_prices(&worth, &frame.tilts)?;
            site.solve(prices, &worth, &frame.tilts, looks)
        };
        let answers: Option<Vec<Answer>> = sites.par_iter_mut().map(solve).collect();
        let answers = answers?;
        let is_free = |school: usize| frame.tied[school].is_none();
        let mut slope: Vec<f64> = (0..worth.len()).map(|school| f64::from(u8::from(is_free(school)))).collect();
        for (site, answer) in sites.iter().zip(&answers) {
            for place in &answer.taken {
                slope[site.schools[*place as usize].0 as usize] -= 1.0;
            }
        }
        let worths: i64 = (0..worth.len()).filter(|school| is_free(*school)).map(|school| worth[school]).sum();
        let value = frame.tied_ways() + worths + answers.iter().map(|answer| answer.least).sum::<i64>();
        // Nothing can be better than a grouping that costs what the bound says.
        self.is_best = answers.iter().all(|answer| answer.is_exact) && slope.iter().all(|slope| *slope == 0.0);
        self.answers = answers;
        if self.best.as_ref().is_none_or(|(best, _)| value > *best) {
            self.best = Some((value, worth));
        }
        Some((value as f64, slope))
    }

    /// Climbs along deflected subgradients so many steps, of lengths from `theta` times what would reach the target if the
    /// ground were straight; ends where it was highest. None where no grouping keeps the sizes.
    fn climb(
        &mut self,
        frame: &Frame<'_>,
        sites: &mut [Site],
        steps: usize,
        looks: usize,
        mut theta: f64,
    ) -> Option<()> {
        let mut since_better = 0;
        let mut round_best = f64::NEG_INFINITY;
        let mut kept = self.worth.clone();
        let mut direction = vec![0.0; self.worth.len()];
        for _ in 0..steps {
            if self.is_best {
                return Some(());
            }
            let (value, slope) = self.evaluate(frame, sites, looks)?;
            if value > round_best {
                (round_best, since_better) = (value, 0);
                kept.clone_from(&self.worth);
            } else {
                since_better += 1;
                if since_better >= PATIENCE {
                    since_better = 0;
                    theta *= 0.5;
                    if theta < SHORTEST {
                        break;
                    }
                    self.worth.clone_from(&kept);
                    direction.fill(0.0);
                    continue;
                }
            }
            let mut square = 0.0;
            for (direction, slope) in direction.iter_mut().zip(&slope) {
                *direction = slope + DEFLECTION * *direction;
                square += *direction * *direction;
            }
            if square == 0.0 {
                break;
            }
            let length = theta * (self.target - value).max(1.0) / square;
            for (worth, direction) in self.worth.iter_mut().zip(&direction) {
                *worth = (*worth + length * direction).clamp(-self.largest, self.largest);
            }
        }
        if !self.is_best {
            self.worth = kept;
        }
        Some(())
    }

    /// The grouping in which every lead has what it took, where each school was taken once.
    fn taken_once(&self, frame: &Frame<'_>, sites: &[Site]) -> Option<Vec<usize>> {
        // Territories the ascent knows nothing of.
        if !self.is_best || frame.task.contiguous {
            return None;
        }
        let mut district_of: Vec<usize> = frame.tied.iter().map(|tied| tied.unwrap_or(0)).collect();
        for (district, (site, answer)) in sites.iter().zip(&self.answers).enumerate() {
            for place in &answer.taken {
                district_of[site.schools[*place as usize].0 as usize] = district;
            }
        }
        // Schools of a pool stay together.
        let together = |school: usize| frame.task.pool[school].iter().all(|of| district_of[*of] == district_of[school]);
        (0..district_of.len()).all(together).then_some(district_of)
    }

    /// The bound at the best worths, every school offered to every lead, with its proof.
    fn certify(&self, frame: &Frame<'_>, sites: Vec<Site>, looks: usize) -> Option<(i64, PartProof)> {
        let (_, worth) = self.best.as_ref()?;
        let free: Vec<u32> =
            (0..frame.tied.len()).filter(|school| frame.tied[*school].is_none()).map(|school| school as u32).collect();
        let answers: Option<Vec<Answer>> = sites
            .into_par_iter()
            .enumerate()
            .map(|(district, mut site)| {
                site.schools = free.iter().map(|school| (*school, frame.way(*school as usize, district))).collect();
                let prices: Prices = site.best_prices(worth, &frame.tilts)?;
                site.solve(prices, worth, &frame.tilts, looks)
            })
            .collect();
        let answers = answers?;
        let worths: i64 = free.iter().map(|school| worth[*school as usize]).sum();
        let leasts: i64 = answers.iter().map(|answer| answer.least).sum();
        let lead = |(lead, answer): (&usize, &Answer)| LeadProof {
            lead: frame.task.schools[*lead],
            turn: answer.prices.turn,
            charge: answer.prices.charge,
            least: answer.is_looked_for.then_some(answer.least),
        };
        let proof = PartProof {
            size: frame.task.size,
            typical_m: frame.task.typical,
            schools: (0..frame.tied.len())
                .map(|school| (frame.task.schools[school], worth[school], frame.tilts[school]))
                .collect(),
            leads: frame.leads.iter().zip(&answers).map(lead).collect(),
        };
        Some((frame.tied_ways() + worths + leasts - frame.tied.len() as i64, proof))
    }
}
