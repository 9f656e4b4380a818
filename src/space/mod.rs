//! Geometry asked of a county: coordinate systems, spatial indexes, shared borders, neighbours, distances.

pub mod adjacency;
pub mod cells;
mod compass;
mod crs_text;
mod description;
pub mod distance;
mod drift;
mod ground;
mod homes;
pub mod index;
mod map_shift;
pub mod mend;
mod nearby;
pub mod nearness;
pub mod outline;
mod parts;
mod places;
mod pole;
pub mod projection;
pub mod roads;
pub mod ties;
pub mod topology;
pub mod validity;

pub use adjacency::{Adjacency, Link, LinkKind};
pub use compass::direction;
pub use description::SystemDescription;
pub use distance::Distances;
pub use drift::{Cause, Drift, drift};
pub use ground::{Ground, LEAST_BORDER, SurveyOptions};
pub use map_shift::MapShift;
pub use nearby::Nearby;
pub use places::give_places;
pub use pole::pole;
pub use projection::{DatumShift, Projection, ProjectionError};
pub use ties::Ties;
pub use topology::Coverage;
