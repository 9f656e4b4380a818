//! Addresses (门牌) of blocks: the numbers of their houses along roads.

/// Which side of a road, by its house numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoadSide {
    /// Odd and even numbers.
    Both,
    /// Odd numbers 单号.
    Odd,
    /// Even numbers 双号.
    Even,
}

/// House numbers from the first to the last, of one side or both. The first is never above the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HouseNumbers {
    /// The lowest.
    pub first: u32,
    /// The highest.
    pub last: u32,
    /// The side.
    pub side: RoadSide,
}

impl HouseNumbers {
    /// Whether some number is in both.
    #[must_use]
    pub fn meets(&self, other: &HouseNumbers) -> bool {
        let (low, high) = (self.first.max(other.first), self.last.min(other.last));
        let has = |number: u32| self.has_parity(number) && other.has_parity(number);
        // Two numbers in a row are of either parity.
        low <= high && (has(low) || (low < high && has(low + 1)))
    }

    fn has_parity(&self, number: u32) -> bool {
        match self.side {
            RoadSide::Both => true,
            RoadSide::Odd => number % 2 == 1,
            RoadSide::Even => number.is_multiple_of(2),
        }
    }
}

/// Where a block stands: a road, and the numbers of its houses there where they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The name of the road.
    pub road: String,
    /// The numbers.
    pub numbers: Option<HouseNumbers>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_a_road_do_not_meet() {
        let of = |first, last, side| HouseNumbers { first, last, side };
        assert!(!of(1, 99, RoadSide::Odd).meets(&of(2, 100, RoadSide::Even)));
        assert!(of(1, 99, RoadSide::Odd).meets(&of(50, 60, RoadSide::Both)));
        assert!(of(1, 20, RoadSide::Odd).meets(&of(19, 31, RoadSide::Odd)));
        assert!(!of(1, 20, RoadSide::Odd).meets(&of(20, 31, RoadSide::Odd)));
        assert!(!of(1, 20, RoadSide::Both).meets(&of(21, 31, RoadSide::Both)));
    }
}
