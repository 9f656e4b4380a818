//! x
pub mod language;
pub mod model;
pub mod space;
