//! x
pub mod catchment;
pub mod language;
pub mod model;
pub mod read;
pub mod space;
