//! Directions in words.

use geo::Coord;

use crate::language::Message;

/// The eight directions from north, clockwise.
const DIRECTIONS: [&str; 8] =
    ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

/// In which direction `to` lies from `from`, in working metres.
#[must_use]
pub fn direction(from: Coord<f64>, to: Coord<f64>) -> Message {
    let way = to - from;
    let eighths = (way.x.atan2(way.y) / std::f64::consts::FRAC_PI_4).round();
    let name = DIRECTIONS[(eighths as i64).rem_euclid(8) as usize];
    Message::new(format!("compass-{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_go_round() {
        let key = |x: f64, y: f64| direction(Coord { x: 0.0, y: 0.0 }, Coord { x, y }).key().to_owned();
        assert_eq!(key(0.0, 9.0), "compass-north");
        assert_eq!(key(9.0, 8.0), "compass-north-east");
        assert_eq!(key(9.0, -1.0), "compass-east");
        assert_eq!(key(0.1, -9.0), "compass-south");
        assert_eq!(key(-9.0, -9.0), "compass-south-west");
        assert_eq!(key(-9.0, 0.0), "compass-west");
    }
}
