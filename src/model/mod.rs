//! The nouns of the field: what a county is made of and what a scheme says about it.
//!
//! Values only: no files, no algorithms. A [`County`] is checked, immutable input; a [`Scheme`] is a small value
//! over it. Coordinates are [`geo::Coord`] in the working metres of the county (see [`Reference`]) unless a
//! name says `longitude` and `latitude`.

mod address;
mod barrier;
mod block;
mod county;
mod distance;
mod district;
mod finding;
mod index;
mod lock;
mod outlines;
mod policy;
mod pool;
mod publishing;
mod review;
mod road;
mod scheme;
mod school;
pub mod settings;
mod stage;
mod target;

pub use address::{Address, HouseNumbers, RoadSide};
pub use barrier::{Barrier, Crossing};
pub use block::{Block, Particulars};
pub use county::{Area, County, ExistingScheme, GivenAdjacency, Origin, Proposal, Reference};
pub use distance::{DistanceTable, GivenDistances};
pub use district::{District, Record, Role, groups_of_stage};
pub use finding::{Finding, FindingCode, Severity, worst_severity};
pub use index::{BlockIndex, SchoolIndex};
pub use lock::{Lock, LockKind};
pub use outlines::Outlines;
pub use policy::{DistrictKind, Governance, HeadBy, Level, Mode, Ownership, Status};
pub use pool::Pool;
pub use review::{Grade, Publicity, ReviewEntry, ReviewItem, ReviewValue};
pub use road::{NamedRoad, RoadNetwork};
pub use scheme::{Catchments, Districts, Scheme};
pub use school::{Authority, Indicator, Marks, School, Staff, Standing, Told};
pub use settings::Settings;
pub use stage::{PerStage, Stage};
pub use target::{Comparison, Target, YEARS};
