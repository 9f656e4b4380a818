//! House numbers: `云川路1-19号（单号）`.

use std::collections::BTreeMap;

use crate::language::{Language, Message};
use crate::model::{BlockIndex, County, HouseNumbers, RoadSide};

/// The roads of a county with the house numbers of its blocks. The same name in two towns is two roads.
pub(super) struct Roads<'a> {
    county: &'a County,
    /// By town, which is empty where none is known, and road: who has which numbers.
    numbers: BTreeMap<(&'a str, &'a str), Vec<(HouseNumbers, BlockIndex)>>,
    /// In how many towns there is a road of a name.
    towns: BTreeMap<&'a str, usize>,
}

impl<'a> Roads<'a> {
    pub(super) fn of(county: &'a County) -> Roads<'a> {
        let mut roads = Roads { county, numbers: BTreeMap::new(), towns: BTreeMap::new() };
        for index in county.block_indices() {
            let block = county.block(index);
            let town = block.town().unwrap_or_default();
            for address in block.addresses() {
                if let Some(numbers) = address.numbers {
                    roads.numbers.entry((town, &address.road)).or_default().push((numbers, index));
                }
            }
        }
        for (_, road) in roads.numbers.keys() {
            *roads.towns.entry(road).or_default() += 1;
        }
        roads
    }

    /// The house numbers of those of `blocks` they tell apart from all other blocks, in words, and the blocks that need
    /// their names. `blocks` are in input order.
    pub(super) fn tell(&self, blocks: &[BlockIndex], language: Language) -> (Vec<String>, Vec<BlockIndex>) {
        let is_own = |block: BlockIndex| blocks.binary_search(&block).is_ok();
        let (told, named): (Vec<BlockIndex>, Vec<BlockIndex>) =
            blocks.iter().copied().partition(|block| self.is_told(*block, &is_own));
        let mut of_road: BTreeMap<(&str, &str), Vec<HouseNumbers>> = BTreeMap::new();
        for index in told {
            let block = self.county.block(index);
            for address in block.addresses() {
                let town = block.town().unwrap_or_default();
                of_road.entry((town, &address.road)).or_default().extend(address.numbers);
            }
        }
        let mut said = Vec::new();
        for ((town, road), numbers) in of_road {
            for range in joined(numbers) {
                let is_elsewhere = self.towns.get(road).is_some_and(|towns| *towns > 1);
                let road = if is_elsewhere { format!("{town}{road}") } else { road.to_owned() };
                said.push(say(&road, range, language));
            }
        }
        (said, named)
    }

    /// Whether all addresses of a block have numbers, none of which is also a number of a block that is not told with it.
    fn is_told(&self, index: BlockIndex, is_own: &impl Fn(BlockIndex) -> bool) -> bool {
        let block = self.county.block(index);
        let town = block.town().unwrap_or_default();
        !block.addresses().is_empty()
            && block.addresses().iter().all(|address| {
                let Some(numbers) = address.numbers else { return false };
                let there = self.numbers.get(&(town, address.road.as_str()));
                let mut there = there.into_iter().flatten();
                there.all(|(other, of)| !other.meets(&numbers) || is_own(*of))
            })
    }
}

/// Ranges as few as can be that hold the same numbers: those of one side that follow each other are one, and the two sides
/// of the same stretch are both. Numbers nobody has are in none.
fn joined(mut ranges: Vec<HouseNumbers>) -> Vec<HouseNumbers> {
    // By side, then upwards.
    ranges.sort_unstable_by_key(|range| (range.side, range.first, range.last));
    let mut joined: Vec<HouseNumbers> = Vec::new();
    for range in ranges {
        let step = if range.side == RoadSide::Both { 1 } else { 2 };
        match joined.last_mut() {
            Some(last) if last.side == range.side && range.first <= last.last + step => {
                last.last = last.last.max(range.last);
            }
            _ => joined.push(range),
        }
    }
    let evens: Vec<HouseNumbers> = joined.iter().copied().filter(|range| range.side == RoadSide::Even).collect();
    for even in evens {
        let beside = |odd: &HouseNumbers| {
            odd.side == RoadSide::Odd && odd.first.abs_diff(even.first) == 1 && odd.last.abs_diff(even.last) == 1
        };
        if let Some(position) = joined.iter().position(beside) {
            let odd = &mut joined[position];
            *odd =
                HouseNumbers { first: odd.first.min(even.first), last: odd.last.max(even.last), side: RoadSide::Both };
            joined.retain(|range| *range != even);
        }
    }
    joined.sort_unstable_by_key(|range| (range.first, range.last, range.side));
    joined
}

/// Numbers of a road in words.
pub(in super::super) fn say(road: &str, range: HouseNumbers, language: Language) -> String {
    let key = match range.side {
        _ if range.first == range.last => "words-number",
        RoadSide::Both => "words-numbers",
        RoadSide::Odd => "words-numbers-odd",
        RoadSide::Even => "words-numbers-even",
    };
    let message = Message::new(key).text("road", road);
    message.text("first", range.first.to_string()).text("last", range.last.to_string()).in_language(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(first: u32, last: u32, side: RoadSide) -> HouseNumbers {
        HouseNumbers { first, last, side }
    }

    #[test]
    fn ranges_are_joined_where_they_follow_each_other_and_nowhere_else() {
        use RoadSide::{Both, Even, Odd};
        assert_eq!(joined(vec![of(21, 39, Odd), of(1, 19, Odd)]), [of(1, 39, Odd)]);
        assert_eq!(joined(vec![of(1, 19, Odd), of(23, 39, Odd)]), [of(1, 19, Odd), of(23, 39, Odd)]);
        assert_eq!(joined(vec![of(1, 20, Both), of(21, 30, Both)]), [of(1, 30, Both)]);
        assert_eq!(joined(vec![of(1, 39, Odd), of(2, 40, Even)]), [of(1, 40, Both)]);
        assert_eq!(joined(vec![of(1, 39, Odd), of(2, 60, Even)]), [of(1, 39, Odd), of(2, 60, Even)]);
    }
}
