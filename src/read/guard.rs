//! Libraries that were not written for hostile bytes: where one gives up in the middle, the file is malformed, no more.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use super::ReadError;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Does `work` of a library on the bytes of `file`. A panic in it becomes a fault of the file, and is not printed.
pub(super) fn guarded<T>(file: &str, work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                before(panic);
            }
        }));
    });
    GUARDED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    outcome.unwrap_or_else(|panic| {
        let detail = panic.downcast_ref::<String>().map(String::as_str);
        let detail = detail.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("damaged");
        Err(ReadError::Malformed { file: file.to_owned(), detail: detail.to_owned() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_of_the_file() {
        let numbers: Vec<u8> = Vec::new();
        let outcome = guarded("a.xls", || Ok(numbers[numbers.len() + 7]));
        assert!(matches!(outcome, Err(ReadError::Malformed { detail, .. }) if detail.contains("index")));
    }
}
