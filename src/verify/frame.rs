//! From the coordinates of the layers back to the working metres of the county.

use geo::Coord;
use proj4rs::Proj;

use super::shape::Position;
use crate::model::{County, Reference};

/// Longitude and latitude, as layers have them.
const EARTH: &str = "+proj=longlat +datum=WGS84 +no_defs";

/// How the coordinates of layers become metres.
pub(super) enum Frame {
    /// They are metres.
    Local,
    /// They are degrees of the first system, and metres of the second.
    Projected(Box<Proj>, Box<Proj>),
}

impl Frame {
    /// The frame of a county; `None` where its projection is not one that can be computed here. What needs metres is
    /// left out then.
    pub(super) fn of(county: &County) -> Option<Frame> {
        let Reference::Projected { definition, .. } = &county.reference else { return Some(Frame::Local) };
        let earth = Proj::from_proj_string(EARTH).ok()?;
        let own = Proj::from_proj_string(definition).ok()?;
        Some(Frame::Projected(Box::new(earth), Box::new(own)))
    }

    /// The place of a position in working metres; not a number where it has none.
    pub(super) fn metres(&self, (x, y): Position) -> Coord<f64> {
        let Frame::Projected(earth, own) = self else { return Coord { x, y } };
        match proj4rs::adaptors::transform_xy(earth, own, x.to_radians(), y.to_radians()) {
            Ok((x, y)) => Coord { x, y },
            Err(_) => Coord { x: f64::NAN, y: f64::NAN },
        }
    }
}
