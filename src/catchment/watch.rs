//! When to stop early, and whom to tell how far the search is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Why a search stopped before its work was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The time limit was reached.
    TimeLimit,
    /// The user interrupted.
    Interrupted,
}

/// A time limit and an interruption flag that long computations look at.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    deadline: Option<Instant>,
    interrupted: Arc<AtomicBool>,
}

impl Watch {
    /// A watch that stops after `limit` from now, or when `interrupted` is set.
    #[must_use]
    pub fn new(limit: Option<Duration>, interrupted: Arc<AtomicBool>) -> Watch {
        Watch { deadline: limit.and_then(|limit| Instant::now().checked_add(limit)), interrupted }
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
