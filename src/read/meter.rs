//! How much of the files has been read, for whoever waits.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that are to be read and bytes that have been; clones count together.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    due: Arc<AtomicU64>,
    done: Arc<AtomicU64>,
}

thread_local! {
    /// What this thread reads just now.
    static CURRENT: RefCell<Option<FileMeter>> = const { RefCell::new(None) };
}

/// What has been read of one file.
#[derive(Clone)]
pub(super) struct FileMeter {
    whole: Meter,
    counted: Arc<AtomicU64>,
}

impl Meter {
    /// The share that has been read, 0–1; 0 where nothing is known of any file yet.
    #[must_use]
    pub fn share(&self) -> f64 {
        let due = self.due.load(Ordering::Relaxed);
        if due == 0 { 0.0 } else { (self.done.load(Ordering::Relaxed) as f64 / due as f64).min(1.0) }
    }

    /// Announces bytes that are to be read.
    pub(super) fn announce(&self, bytes: u64) {
        self.due.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Reads a file of so many bytes. Readers that go through it in stretches count these; the rest counts at the end.
    pub(super) fn file<T>(&self, bytes: u64, read: impl FnOnce() -> T) -> T {
        let own = FileMeter { whole: self.clone(), counted: Arc::default() };
        let outer = CURRENT.replace(Some(own.clone()));
        let result = read();
        CURRENT.set(outer);
        own.count(bytes.saturating_sub(own.counted.load(Ordering::Relaxed)));
        result
    }
}

impl FileMeter {
    /// The meter of the file this thread reads just now.
    pub(super) fn current() -> Option<FileMeter> {
        CURRENT.with_borrow(Clone::clone)
    }

    pub(super) fn count(&self, bytes: u64) {
        self.counted.fetch_add(bytes, Ordering::Relaxed);
        self.whole.done.fetch_add(bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_does_not_count_counts_at_the_end() {
        let meter = Meter::default();
        assert_eq!(meter.share(), 0.0);
        meter.announce(100);
        meter.file(60, || {
            FileMeter::current().expect("a file is read").count(15);
            assert_eq!(meter.share(), 0.15);
        });
        assert_eq!(meter.share(), 0.6);
        meter.file(40, || {});
        assert_eq!(meter.share(), 1.0);
        assert!(FileMeter::current().is_none());
    }
}
