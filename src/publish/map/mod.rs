//! The map sheets: SVG with true holes, drawn from the shared borders so that neighbours meet.
//!
//! A sheet is a page with parts that can be found by id: `title`, `status`, `map`, `legend`, `index`, `scale-bar`,
//! `north-arrow`, `source`, and inside the map `catchments`, `blocks`, `borders`, `barriers`, `schools`, `labels`. Each
//! label says in `data-box` what it covers.

mod atlas;
mod backdrop;
mod changes;
mod furniture;
mod groups;
mod inset;
mod label;
mod layer;
mod legend;
mod page;
mod pressure;
mod reach;
mod schools;
mod screen;
mod sheet;
mod stage;
mod svg;
mod symbol;

pub(super) use atlas::Subject;
pub(super) use groups::{GroupSheets, groups_map};
pub use schools::schools_map;
pub(super) use screen::{screen_groups, screen_map};
pub(super) use sheet::Drawn;
pub(super) use stage::{APART, StageSheets};

pub(super) use furniture::{grouped, round_length, with_unit};
pub(super) use svg::{Svg, number};

use super::{Audience, Palette, Publication};
use crate::model::settings::PaperSize;

/// Draws the overview of the stage at `position` of a scheme, as an internal draft on A3. Same publication, same bytes.
#[must_use]
pub fn scheme_map(publication: &Publication<'_>, position: usize, palette: &Palette) -> String {
    StageSheets::new(publication, position, palette, Audience::Planners, &[]).overview().draw(PaperSize::A3).svg
}
