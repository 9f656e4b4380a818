//! The map sheets: SVG with true holes, drawn from the shared borders so that neighbours meet.
//!
//! A sheet is a page with parts that can be found by id: `title`, `map`, `legend`, `scale-bar`, `north-arrow`,
//! `source`, and inside the map `catchments`, `blocks`, `borders`, `barriers`, `schools`, `labels`.

mod furniture;
mod groups;
mod label;
mod page;
mod scheme;
mod schools;
mod screen;
mod svg;

pub(super) use groups::groups_map;
pub use scheme::scheme_map;
pub use schools::schools_map;
pub(super) use screen::screen_map;

pub(super) use furniture::{round_length, with_unit};
pub(super) use page::Page;
pub(super) use svg::{Svg, number};
