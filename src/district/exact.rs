//! Membership to proven optimality, with `HiGHS`.

use highs::{HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};

use super::bound::objective;
use super::task::Task;

/// How often territories that fall apart are cut off and the program solved again.
const ROUNDS: usize = 12;

/// Nodes one program may branch into; a count and not a time, so that the outcome is the same on every machine.
const NODES: i32 = 2_000;

/// Solves who belongs to which lead as a mixed-integer program: the objective of the search, sizes as hard bounds,
/// contiguity by cuts added where a solution breaks it.
///
/// Returns the better of `found` and the program's solution with what the solver says no grouping can be below, in metres; `found`
/// alone where the sizes cannot be kept with these leads. Deterministic: one thread, fixed seed, a number of nodes and no time.
///
/// # Reference
/// Contiguity cuts: H. Validi, A. Buchanan, E. Lykhovyd: Imposing contiguity constraints in political districting models.
/// Operations Research 70(2), 2022. doi:10.1287/opre.2021.2141
pub(super) fn solve(task: &Task, leads: &[usize], found: Vec<usize>) -> (Vec<usize>, Option<f64>) {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut bound: Option<f64> = None;
    let detached = |members: &[usize]| if task.contiguous { detached_parts(task, leads, members) } else { Vec::new() };
    // That schools in need have a strong one the program leaves out, so that its bound holds with it as well.
    let known = |members: &[usize]| (task.unpaired(leads, members), objective(task, leads, members).total_m());
    for _ in 0..ROUNDS {
        let Some(solved) = solve_once(task, leads, &cuts, &found) else { break };
        bound = Some(bound.map_or(solved.bound, |bound| bound.max(solved.bound)));
        let Some(members) = solved.members else { break };
        let broken = detached(&members);
        if broken.is_empty() {
            let is_better =
                known(&members) < known(&found) || !detached(&found).is_empty() || !keeps_sizes(task, leads, &found);
            return (if is_better { members } else { found }, bound);
        }
        cuts.extend(broken);
    }
    (found, bound)
}

fn keeps_sizes(task: &Task, leads: &[usize], members: &[usize]) -> bool {
    (0..leads.len()).all(|district| {
        let size = members.iter().filter(|own| **own == district).count();
        (task.size[0]..=task.size[1]).contains(&size)
    })
}

/// Schools of a district that do not hang together with its lead, and the schools around them that could join them.
struct Cut {
    district: usize,
    part: Vec<usize>,
    around: Vec<usize>,
}

/// What the solver came to.
struct Solved {
    /// The district of each school, where it has a grouping.
    members: Option<Vec<usize>>,
    /// What no grouping is below, in metres.
    bound: f64,
}

/// Solves the program from `found` on; none where it has no solution.
fn solve_once(task: &Task, leads: &[usize], cuts: &[Cut], found: &[usize]) -> Option<Solved> {
    let (schools, districts) = (task.schools.len(), leads.len());
    let mut problem = RowProblem::default();
    let membership: Vec<Vec<highs::Col>> = (0..schools)
        .map(|school| {
            (0..districts)
                .map(|district| {
                    let cost = task.way(school, leads[district]);
                    let fixed = fixed_to(task, leads, school);
                    let (low, high) = match fixed {
                        Some(own) if own == district => (1.0, 1.0),
                        Some(_) => (0.0, 0.0),
                        None => (0.0, 1.0),
                    };
                    problem.add_integer_column(cost, low..=high)
                })
                .collect()
        })
        .collect();
    for row in &membership {
        problem.add_row(1.0..=1.0, row.iter().map(|column| (*column, 1.0)));
    }
    for (school, row) in membership.iter().enumerate() {
        let holder = &membership[task.pool[school][0]];
        for (column, other) in row.iter().zip(holder).filter(|_| task.pool[school][0] != school) {
            problem.add_row(0.0..=0.0, [(*column, 1.0), (*other, -1.0)]);
        }
    }
    for district in 0..districts {
        let columns: Vec<highs::Col> = membership.iter().map(|row| row[district]).collect();
        let column = |school: usize| columns[school];
        problem.add_row(task.size[0] as f64..=task.size[1] as f64, (0..schools).map(|school| (column(school), 1.0)));
        // Absolute values: a column at least as large as the sum and its negative.
        let tilt = problem.add_column(1.0, 0.0..);
        let size = problem.add_column(task.size_weight, 0.0..);
        for sign in [1.0, -1.0] {
            let terms = (0..schools).map(|school| (column(school), sign * task.tilt[school]));
            problem.add_row(..=0.0, terms.chain([(tilt, -1.0)]).collect::<Vec<_>>());
            let terms = (0..schools).map(|school| (column(school), sign));
            problem.add_row(..=sign * task.wanted_size(), terms.chain([(size, -1.0)]).collect::<Vec<_>>());
        }
        // Between two whole numbers no district can be.
        let below = task.wanted_size().floor();
        let (short, over) = (task.wanted_size() - below, below + 1.0 - task.wanted_size());
        let terms = (0..schools).map(|school| (column(school), over - short));
        problem.add_row(..=(over - short) * below - short, terms.chain([(size, -1.0)]).collect::<Vec<_>>());
    }
    for district in (0..districts).filter(|_| is_mixture_asked(task)) {
        let unmixed = problem.add_column(task.mix_weight, 0.0..);
        for urban in [true, false] {
            let such = (0..schools).filter(|school| task.urban[*school] == Some(urban));
            let such = such.map(|school| (membership[school][district], 1.0));
            problem.add_row(1.0.., such.chain([(unmixed, 1.0)]).collect::<Vec<_>>());
        }
    }
    for cut in cuts {
        let column = |school: &usize| membership[*school][cut.district];
        let part = cut.part.iter().map(|school| (column(school), 1.0));
        let around = cut.around.iter().map(|school| (column(school), -1.0));
        problem.add_row(..=cut.part.len() as f64 - 1.0, part.chain(around).collect::<Vec<_>>());
    }
    let mut model = problem.optimise(Sense::Minimise);
    model.make_quiet();
    model.set_option("threads", 1);
    model.set_option("random_seed", 1);
    model.set_option("mip_max_nodes", NODES);
    model.set_solution(Some(&start_of(task, leads, found)), None, None, None);
    let solved = model.solve();
    let is_ended = matches!(solved.status(), HighsModelStatus::Optimal | HighsModelStatus::ReachedSolutionLimit);
    let bound = solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite() && is_ended)?;
    if solved.primal_solution_status() != HighsSolutionStatus::Feasible {
        return Some(Solved { members: None, bound });
    }
    let values = solved.get_solution();
    let value = |column: usize| values.columns()[column];
    let own = |school: usize| {
        let by_value = |first: &usize, second: &usize| {
            value(school * districts + first).total_cmp(&value(school * districts + second))
        };
        (0..districts).max_by(by_value).unwrap_or(0)
    };
    Some(Solved { members: Some((0..schools).map(own).collect()), bound })
}

/// The columns of a grouping, in the order of the program: memberships, tilt and size of each district, mixture.
fn start_of(task: &Task, leads: &[usize], found: &[usize]) -> Vec<f64> {
    let districts = 0..leads.len();
    let mut columns: Vec<f64> = Vec::with_capacity((found.len() + 3) * leads.len());
    for own in found {
        columns.extend(districts.clone().map(|district| f64::from(u8::from(*own == district))));
    }
    let of = |district: usize| (0..found.len()).filter(move |school| found[*school] == district);
    for district in districts.clone() {
        columns.push(of(district).map(|school| task.tilt[school]).sum::<f64>().abs());
        columns.push((of(district).count() as f64 - task.wanted_size()).abs());
    }
    if is_mixture_asked(task) {
        let is_unmixed = |district: usize| {
            [true, false].iter().any(|urban| of(district).all(|school| task.urban[school] != Some(*urban)))
        };
        columns.extend(districts.map(|district| f64::from(u8::from(is_unmixed(district)))));
    }
    columns
}

/// Whether districts of only town or only country schools count, and the part has both.
fn is_mixture_asked(task: &Task) -> bool {
    task.mix_weight > 0.0 && [true, false].iter().all(|urban| task.urban.contains(&Some(*urban)))
}

fn fixed_to(task: &Task, leads: &[usize], school: usize) -> Option<usize> {
    let wanted = if leads.contains(&school) { Some(school) } else { task.locked_to[school] };
    wanted.and_then(|lead| leads.iter().position(|other| *other == lead))
}

fn detached_parts(task: &Task, leads: &[usize], members: &[usize]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (district, lead) in leads.iter().enumerate() {
        let mut left: Vec<usize> = (0..members.len()).filter(|school| members[*school] == district).collect();
        let mut next = Some(*lead);
        while let Some(start) = next {
            left.retain(|school| *school != start);
            let mut part = vec![start];
            let mut position = 0;
            while position < part.len() {
                let beside = &task.beside[part[position]];
                position += 1;
                left.retain(|school| {
                    let joins = beside.binary_search(school).is_ok();
                    if joins {
                        part.push(*school);
                    }
                    !joins
                });
            }
            if start != *lead {
                let mut around: Vec<usize> =
                    part.iter().flat_map(|school| task.beside[*school].iter().copied()).collect();
                around.sort_unstable();
                around.dedup();
                around.retain(|school| !part.contains(school));
                cuts.push(Cut { district, part, around });
            }
            next = left.first().copied();
        }
    }
    cuts
}
