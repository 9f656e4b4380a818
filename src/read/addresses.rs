//! Addresses as tables write them: `雁城路1—70号（双号）；中山路5号`.

use super::columns::half_width;
use crate::model::{Address, HouseNumbers, RoadSide};

/// Above this it is no number of a house.
const MOST: u32 = 100_000;

/// Words for the sides of a road, as they stand behind the numbers.
const SIDES: [(&str, RoadSide); 8] = [
    ("单号", RoadSide::Odd),
    ("双号", RoadSide::Even),
    ("单", RoadSide::Odd),
    ("双", RoadSide::Even),
    ("odd", RoadSide::Odd),
    ("even", RoadSide::Even),
    ("全", RoadSide::Both),
    ("单双号", RoadSide::Both),
];

/// The addresses in a cell. A piece without a road stands on the road of the piece before it, the first on `road`.
///
/// # Errors
/// The piece that is no address.
pub(super) fn addresses(road: &str, cell: &str) -> Result<Vec<Address>, String> {
    let tidy =
        |text: &str| -> String { text.chars().map(half_width).filter(|letter| !letter.is_whitespace()).collect() };
    let mut road = tidy(road);
    let mut found = Vec::new();
    let cell: String = cell.chars().map(half_width).collect();
    for piece in cell.split([';', ',', '、', '|']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let (on, numbers) = address(&tidy(piece)).ok_or_else(|| piece.to_owned())?;
        if !on.is_empty() {
            road = on;
        }
        if road.is_empty() {
            return Err(piece.to_owned());
        }
        found.push(Address { road: road.clone(), numbers });
    }
    if found.is_empty() && !road.is_empty() {
        found.push(Address { road, numbers: None });
    }
    Ok(found)
}

/// The road, empty where it says none, and the numbers of a piece.
fn address(piece: &str) -> Option<(String, Option<HouseNumbers>)> {
    let mut text: String = piece
        .chars()
        .map(|letter| if matches!(letter, '—' | '–' | '－' | '~' | '～' | '至' | '到') { '-' } else { letter })
        .filter(|letter| !matches!(letter, '(' | ')' | '[' | ']'))
        .collect();
    let mut side = RoadSide::Both;
    let lower = text.to_ascii_lowercase();
    if let Some((word, of)) = SIDES.iter().filter(|(word, _)| lower.ends_with(word)).max_by_key(|(word, _)| word.len())
    {
        // `1单` and `单号` say a side; a road called 单 something does not end so.
        side = *of;
        text.truncate(text.len() - word.len());
    }
    let digits_at_end = |text: &str| text.len() - text.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let rest = text.trim_end_matches('号');
    let count = digits_at_end(rest);
    if count == 0 {
        // No numbers: a road by itself, and a side says nothing then.
        return (side == RoadSide::Both && !rest.is_empty() && rest == text).then(|| (text.clone(), None));
    }
    let (rest, last) = rest.split_at(rest.len() - count);
    let last: u32 = last.parse().ok().filter(|number| *number <= MOST)?;
    let (road, first) = match rest.strip_suffix('-') {
        None => (rest, last),
        Some(before) => {
            let before = before.trim_end_matches('号');
            let (road, first) = before.split_at(before.len() - digits_at_end(before));
            (road, first.parse().ok()?)
        }
    };
    let is_road = !road.contains('-') && !road.ends_with(|letter: char| letter.is_ascii_digit());
    (first <= last && is_road).then(|| (road.to_owned(), Some(HouseNumbers { first, last, side })))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = (String, Option<(u32, u32, RoadSide)>);

    fn of(cell: &str) -> Vec<Read> {
        let read = addresses("", cell).expect("an address").into_iter();
        read.map(|at| (at.road, at.numbers.map(|numbers| (numbers.first, numbers.last, numbers.side)))).collect()
    }

    #[test]
    fn the_spellings_of_a_range_say_the_same() {
        for cell in ["雁城路1-70号", "雁城路1号-70号", "雁城路1—70号", "雁城路１~70号", "雁城路 1 至 70 号"]
        {
            assert_eq!(of(cell), [("雁城路".to_owned(), Some((1, 70, RoadSide::Both)))], "{cell}");
        }
        for cell in ["雁城路1—70号(双号)", "雁城路1-70（双）", "雁城路1-70号 双号"] {
            assert_eq!(of(cell), [("雁城路".to_owned(), Some((1, 70, RoadSide::Even)))], "{cell}");
        }
        assert_eq!(of("High Street 1-9 odd")[0], ("HighStreet".to_owned(), Some((1, 9, RoadSide::Odd))));
    }

    #[test]
    fn pieces_stand_on_the_road_before_them_and_roads_may_hold_digits() {
        let read = of("8号路12-20号；30号、中山路5号");
        assert_eq!(read[0], ("8号路".to_owned(), Some((12, 20, RoadSide::Both))));
        assert_eq!(read[1], ("8号路".to_owned(), Some((30, 30, RoadSide::Both))));
        assert_eq!(read[2], ("中山路".to_owned(), Some((5, 5, RoadSide::Both))));
        assert_eq!(of("单城路"), [("单城路".to_owned(), None)]);
        let on = addresses("中山路", "1-9").expect("numbers of that road");
        assert_eq!(on[0].road, "中山路");
        assert_eq!(addresses("中山路", "").expect("a road")[0].numbers, None);
    }

    #[test]
    fn what_is_no_address_is_named() {
        for cell in ["9-1号", "雁城路1-2-3号", "12", "雁城路99999999号"] {
            assert!(addresses("", cell).is_err(), "{cell}");
        }
    }
}
