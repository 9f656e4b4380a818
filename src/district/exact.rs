//! Membership to proven optimality, with `HiGHS`.

use highs::{HighsModelStatus, RowProblem, Sense};

use super::task::Task;

/// How often territories that fall apart are cut off and the program solved again.
const ROUNDS: usize = 12;

/// Nodes one program may branch into; a count and not a time, so that the outcome is the same on every machine.
const NODES: i32 = 2_000;

/// Solves who belongs to which lead as a mixed-integer program: the objective of the search, sizes as hard bounds,
/// contiguity by cuts added where a solution breaks it.
///
/// Returns the better of `found` and the program's solution with the gap to the program's bound in percent; `found` with
/// no gap where the sizes cannot be kept with these leads or the program is not solved within its nodes. Deterministic: one thread, fixed seed.
///
/// # Reference
/// Contiguity cuts: H. Validi, A. Buchanan, E. Lykhovyd: Imposing contiguity constraints in political districting models.
/// Operations Research 70(2), 2022. doi:10.1287/opre.2021.2141
pub(super) fn solve(task: &Task, leads: &[usize], found: Vec<usize>) -> (Vec<usize>, Option<f64>) {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut bound = f64::NEG_INFINITY;
    for _ in 0..ROUNDS {
        let Some((members, value)) = solve_once(task, leads, &cuts) else { return (found, None) };
        bound = bound.max(value);
        let broken = if task.contiguous { detached_parts(task, leads, &members) } else { Vec::new() };
        if broken.is_empty() {
            return (members, Some(0.0));
        }
        cuts.extend(broken);
    }
    let cost = cost(task, leads, &found);
    let gap = if bound > 0.0 { 100.0 * (cost / bound - 1.0) } else { f64::INFINITY };
    (found, Some(gap.max(0.0)))
}

/// Schools of a district that do not hang together with its lead, and the schools around them that could join them.
struct Cut {
    district: usize,
    part: Vec<usize>,
    around: Vec<usize>,
}

fn solve_once(task: &Task, leads: &[usize], cuts: &[Cut]) -> Option<(Vec<usize>, f64)> {
    let (schools, districts) = (task.schools.len(), leads.len());
    let mut problem = RowProblem::default();
    let membership: Vec<Vec<highs::Col>> = (0..schools)
        .map(|school| {
            (0..districts)
                .map(|district| {
                    let cost = task.near_weight * task.metres(school, leads[district]);
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
    let solved = model.solve();
    if solved.status() != HighsModelStatus::Optimal {
        return None;
    }
    let values = solved.get_solution();
    let value = |column: usize| values.columns()[column];
    let members: Vec<usize> = (0..schools)
        .map(|school| {
            (0..districts)
                .max_by(|first, second| {
                    value(school * districts + first).total_cmp(&value(school * districts + second))
                })
                .unwrap_or(0)
        })
        .collect();
    let objective = cost(task, leads, &members);
    Some((members, objective))
}

fn fixed_to(task: &Task, leads: &[usize], school: usize) -> Option<usize> {
    let wanted = if leads.contains(&school) { Some(school) } else { task.locked_to[school] };
    wanted.and_then(|lead| leads.iter().position(|other| *other == lead))
}

/// The objective of the search without its penalties.
fn cost(task: &Task, leads: &[usize], members: &[usize]) -> f64 {
    (0..leads.len())
        .map(|district| {
            let own: Vec<usize> = (0..members.len()).filter(|school| members[*school] == district).collect();
            let near: f64 = own.iter().map(|school| task.metres(*school, leads[district])).sum();
            let tilt: f64 = own.iter().map(|school| task.tilt[*school]).sum();
            task.near_weight * near + tilt.abs() + task.size_weight * (own.len() as f64 - task.wanted_size()).abs()
        })
        .sum()
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
