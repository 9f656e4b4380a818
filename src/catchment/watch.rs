//! When to stop early, and whom to tell how far the search is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Why a search stopped before its work was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The time limit was reached.
    TimeLimit,
    /// The user interrupted.
    Interrupted,
}

/// A time limit and an interruption flag that long computations look at, and a count of what they have done.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    deadline: Option<Instant>,
    interrupted: Arc<AtomicBool>,
    work_done: Arc<AtomicU64>,
    work_planned: Arc<AtomicU64>,
    value: Arc<AtomicI64>,
    breach: Arc<AtomicI64>,
    bound: Arc<AtomicI64>,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// The objective of the best scheme so far in pupil-kilometres.
    pub pupil_km: Option<f64>,
    /// Pupils by which it breaks hard rules.
    pub breach: i64,
    /// The bound proven so far in pupil-kilometres.
    pub lower_bound_pupil_km: Option<f64>,
}

impl Standing {
    /// How much the best scheme is above the bound, in percent, where it keeps the hard rules.
    #[must_use]
    pub fn gap_percent(&self) -> Option<f64> {
        let (value, bound) = (self.pupil_km?, self.lower_bound_pupil_km?);
        (self.breach == 0).then(|| 100.0 * (value / bound - 1.0))
    }
}

impl Watch {
    /// A watch that stops after `limit` from now, or when `interrupted` is set.
    #[must_use]
    pub fn new(limit: Option<Duration>, interrupted: Arc<AtomicBool>) -> Watch {
        Watch { deadline: limit.and_then(|limit| Instant::now().checked_add(limit)), interrupted, ..Watch::default() }
    }

    /// The same watch for the first of `parts` parts of the work that are still to do: it stops after its share of the
    /// time that is left, so that the last parts get theirs.
    #[must_use]
    pub fn for_first_of(&self, parts: usize) -> Watch {
        let now = Instant::now();
        let deadline =
            self.deadline.map(|deadline| now + deadline.saturating_duration_since(now) / parts.max(1) as u32);
        // Each part has a value and a bound of its own.
        let apart = || Arc::new(AtomicI64::new(0));
        Watch { deadline, value: apart(), breach: apart(), bound: apart(), ..self.clone() }
    }

    /// The same, with a count of work of its own, for a part too small to be told of by itself.
    #[must_use]
    pub(super) fn for_part(&self, parts: usize) -> Watch {
        let apart = || Arc::new(AtomicU64::new(0));
        Watch { work_done: apart(), work_planned: apart(), ..self.for_first_of(parts) }
    }

    /// The same watch for the first part of the work: it stops after a `share` of the time that is left.
    #[must_use]
    pub(super) fn for_share(&self, share: f64) -> Watch {
        let now = Instant::now();
        let deadline = self.deadline.map(|deadline| now + deadline.saturating_duration_since(now).mul_f64(share));
        Watch { deadline, ..self.clone() }
    }

    /// Whether there is a time limit.
    pub(super) fn has_deadline(&self) -> bool {
        self.deadline.is_some()
    }

    /// The share of the planned work that is done, 0–1; zero before any was planned.
    #[must_use]
    pub fn progress(&self) -> f64 {
        let planned = self.work_planned.load(Ordering::Relaxed);
        if planned == 0 { 0.0 } else { (self.work_done.load(Ordering::Relaxed) as f64 / planned as f64).min(1.0) }
    }

    /// Seconds until the time limit, where there is one.
    pub(super) fn seconds_left(&self) -> Option<f64> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()).as_secs_f64())
    }

    /// Tells the value of the best scheme so far: by how many pupils it breaks hard rules, and its pupil-millimetres.
    pub(super) fn report(&self, breach: i64, pupil_millimetres: i64) {
        self.breach.store(breach, Ordering::Relaxed);
        self.value.store(pupil_millimetres, Ordering::Relaxed);
    }

    /// Tells the bound that is proven so far, in pupil-millimetres.
    pub(super) fn report_bound(&self, pupil_millimetres: i64) {
        self.bound.store(pupil_millimetres, Ordering::Relaxed);
    }

    /// How far the search has come.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let known = |value: i64| (value > 0).then_some(value as f64 / 1e6);
        Standing {
            pupil_km: known(self.value.load(Ordering::Relaxed)),
            breach: self.breach.load(Ordering::Relaxed),
            lower_bound_pupil_km: known(self.bound.load(Ordering::Relaxed)),
        }
    }

    pub(super) fn plan_work(&self, amount: u64) {
        self.work_planned.fetch_add(amount, Ordering::Relaxed);
    }

    pub(super) fn count_work(&self, amount: u64) {
        self.work_done.fetch_add(amount, Ordering::Relaxed);
    }

    /// Whether to stop.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stop().is_some()
    }

    /// Why to stop, if so.
    #[must_use]
    pub fn stop(&self) -> Option<Stop> {
        if self.interrupted.load(Ordering::Relaxed) {
            Some(Stop::Interrupted)
        } else if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            Some(Stop::TimeLimit)
        } else {
            None
        }
    }
}
