//! Why a scheme is as it is, in sentences.

mod reason;

pub use reason::{Reason, reasons};
