//! Which schools lead.

use super::task::Task;

/// Chooses the leads among the schools that may lead, locked ones first, so that the sum over all schools of metres to
/// the nearest lead is small: greedily, then by exchanging one lead at a time while that helps.
///
/// A school locked as a member elsewhere does not lead. Fewer leads than wanted where fewer may lead, unless others may stand
/// in for them. Positions ascend.
/// Deterministic. Cost: O(candidates × schools) a step, by keeping each school's nearest and second nearest lead.
///
/// # Reference
/// M. B. Teitz, P. Bart: Heuristic methods for estimating the generalized vertex median of a weighted graph. Operations
/// Research 16(5), 1968. doi:10.1287/opre.16.5.955. Evaluation of exchanges: R. A. Whitaker: A fast algorithm for the
/// greedy interchange for large-scale clustering and median location problems. INFOR 21(2), 1983.
/// doi:10.1080/03155986.1983.11731889
pub(super) fn choose(task: &Task) -> Vec<usize> {
    let mut candidates: Vec<usize> = (0..task.schools.len())
        .filter(|school| task.may_lead[*school] && task.locked_to[*school].is_none())
        .filter(|school| !task.locked_leads.contains(school))
        .collect();
    let mut leads = task.locked_leads.clone();
    keep_one_of_each_pool(task, &leads, &mut candidates);
    let locked = leads.len();
    while leads.len() < task.count {
        let Some(position) = best_addition(task, &leads, &candidates) else { break };
        leads.push(candidates.remove(position));
        keep_one_of_each_pool(task, &leads, &mut candidates);
    }
    if leads.len() == locked && !task.may_stand_in {
        return leads;
    }
    // An exchange may bring in any candidate, so that of each pool at most one may be among them.
    let mut known = leads.clone();
    candidates.retain(|candidate| {
        let is_only = !task.pool[*candidate].iter().any(|of| known.contains(of));
        known.extend(is_only.then_some(*candidate));
        is_only
    });
    while let Some((out, candidate)) = best_exchange(task, &leads, locked, &candidates) {
        std::mem::swap(&mut leads[out], &mut candidates[candidate]);
    }
    if task.may_stand_in && leads.len() < task.count {
        let mut others: Vec<usize> = (0..task.schools.len()).filter(|school| !leads.contains(school)).collect();
        others.retain(|school| task.locked_to[*school].is_none());
        // Town schools that need nobody themselves, else any of town, else any.
        let is_of_town = |school: &usize| task.urban[*school] == Some(true);
        let could_help = |school: &usize| is_of_town(school) && !task.in_need[*school];
        let missing = task.count - leads.len();
        let are_enough = |is: &dyn Fn(&usize) -> bool| others.iter().filter(|school| is(school)).count() >= missing;
        if task.stand_in_from_town && are_enough(&could_help) {
            others.retain(could_help);
        } else if task.stand_in_from_town && are_enough(&is_of_town) {
            others.retain(is_of_town);
        }
        while leads.len() < task.count {
            keep_one_of_each_pool(task, &leads, &mut others);
            let Some(position) = best_addition(task, &leads, &others) else { break };
            leads.push(others.remove(position));
        }
    }
    leads.sort_unstable();
    leads
}

/// The candidate that brings schools nearest to leads.
fn best_addition(task: &Task, leads: &[usize], candidates: &[usize]) -> Option<usize> {
    let nearest: Vec<f64> = Nearest::of_all(task, leads).into_iter().map(|nearest| nearest.first).collect();
    let way = |candidate: usize| -> f64 {
        (0..nearest.len()).map(|school| nearest[school].min(task.metres(school, candidate))).sum()
    };
    (0..candidates.len())
        .min_by(|first, second| way(candidates[*first]).total_cmp(&way(candidates[*second])).then(first.cmp(second)))
}

/// Takes schools out of the candidates whose pool has a lead already: its schools stay in one district.
fn keep_one_of_each_pool(task: &Task, leads: &[usize], candidates: &mut Vec<usize>) {
    candidates.retain(|candidate| !task.pool[*candidate].iter().any(|of| leads.contains(of)));
}

/// How far a school is from its nearest lead, which one that is, and how far the second nearest is.
struct Nearest {
    first: f64,
    lead: usize,
    second: f64,
}

impl Nearest {
    fn of_all(task: &Task, leads: &[usize]) -> Vec<Nearest> {
        (0..task.schools.len())
            .map(|school| {
                let mut nearest = Nearest { first: f64::INFINITY, lead: usize::MAX, second: f64::INFINITY };
                for (position, lead) in leads.iter().enumerate() {
                    let metres = task.metres(school, *lead);
                    if metres < nearest.first {
                        nearest = Nearest { first: metres, lead: position, second: nearest.first };
                    } else if metres < nearest.second {
                        nearest.second = metres;
                    }
                }
                nearest
            })
            .collect()
    }
}

/// The exchange of a lead that is not locked for a candidate that shortens the ways most: positions in both lists.
fn best_exchange(task: &Task, leads: &[usize], locked: usize, candidates: &[usize]) -> Option<(usize, usize)> {
    let nearest = Nearest::of_all(task, leads);
    let mut best: Option<(f64, usize, usize)> = None;
    for (position, candidate) in candidates.iter().enumerate() {
        let mut gain = 0.0;
        let mut loss = vec![0.0; leads.len()];
        for (school, nearest) in nearest.iter().enumerate() {
            let metres = task.metres(school, *candidate);
            gain += nearest.first - nearest.first.min(metres);
            loss[nearest.lead] += nearest.second.min(metres) - nearest.first.min(metres);
        }
        for (out, loss) in loss.iter().enumerate().skip(locked) {
            let better = gain - loss;
            if better > 1e-6 && best.is_none_or(|(most, ..)| better > most) {
                best = Some((better, out, position));
            }
        }
    }
    best.map(|(_, out, position)| (out, position))
}
