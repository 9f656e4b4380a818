//! Geometry asked of a county: coordinate systems, spatial indexes, shared borders, neighbours, distances.

pub mod adjacency;
pub mod cells;
mod description;
pub mod distance;
mod ground;
pub mod index;
mod nearby;
pub mod outline;
pub mod projection;
pub mod roads;
pub mod ties;
pub mod topology;

pub use adjacency::{Adjacency, Link, LinkKind};
pub use description::SystemDescription;
pub use distance::Distances;
pub use ground::{Ground, LEAST_BORDER, SurveyOptions};
pub use nearby::Nearby;
pub use projection::{DatumShift, Projection, ProjectionError};
pub use ties::Ties;
pub use topology::Coverage;
