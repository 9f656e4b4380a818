//! Work on the parts of something long by all threads, with what comes of it in the order of the parts.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rayon::prelude::*;

/// Makes something of each part, by all threads as they are free, and has it taken in the order of the parts, by one thread at
/// a time. Ends early, with `None`, where nothing can be made of a part.
pub(super) fn in_order<P: Send, M: Send>(
    parts: impl Iterator<Item = P> + Send,
    make: impl Fn(P) -> Option<M> + Sync,
    take: impl FnMut(M) + Send,
) -> Option<()> {
    let queue = Mutex::new(Queue { take, taken: 0, early: BTreeMap::new() });
    parts.enumerate().par_bridge().try_for_each(|(number, part)| {
        let made = make(part)?;
        queue.lock().ok()?.add(number, made);
        Some(())
    })
}

struct Queue<M, T> {
    take: T,
    /// How many have been taken.
    taken: usize,
    /// Later ones, until those before them are made.
    early: BTreeMap<usize, M>,
}

impl<M, T: FnMut(M)> Queue<M, T> {
    fn add(&mut self, number: usize, made: M) {
        self.early.insert(number, made);
        while let Some(next) = self.early.remove(&self.taken) {
            (self.take)(next);
            self.taken += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_comes_in_the_order_of_its_parts() {
        let mut taken = Vec::new();
        let doubled = in_order(0..10_000, |part| Some(2 * part), |made| taken.push(made));
        assert!(doubled.is_some() && taken.iter().copied().eq((0..10_000).map(|part| 2 * part)));
    }

    #[test]
    fn a_part_of_which_nothing_is_made_ends_the_work() {
        assert!(in_order(0..100, |part| (part != 50).then_some(part), |_| {}).is_none());
    }
}
