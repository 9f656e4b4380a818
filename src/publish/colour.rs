//! Colours of districts and catchments: hue says the district, lightness the school, and neighbours always differ, to
//! colour-blind readers and in grey as well.

use super::Publication;
use super::vision::{self, LUMINANCE};
use crate::model::{Catchments, County, SchoolIndex};
use crate::space::index::PlaceGrid;

/// A colour of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl std::fmt::Display for Colour {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Red, green and blue of a colour in Oklab, linear; outside 0–1 where no screen shows it.
///
/// # Reference
/// B. Ottosson: A perceptual color space for image processing, 2020.
fn linear_of(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
    ]
}

fn luminance_of(linear: [f64; 3]) -> f64 {
    linear.iter().zip(LUMINANCE).map(|(value, weight)| value * weight).sum()
}

impl Colour {
    fn of_linear(linear: [f64; 3]) -> Colour {
        let [red, green, blue] = linear.map(|linear| {
            let linear = linear.clamp(0.0, 1.0);
            let encoded = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
            (encoded * 255.0).round() as u8
        });
        Colour { red, green, blue }
    }

    /// The colour with a lightness (0–1), a chroma and a hue in degrees in the Oklab space, in which equal steps look
    /// equal; clipped to the screen.
    #[must_use]
    pub fn oklch(lightness: f64, chroma: f64, hue: f64) -> Colour {
        Colour::of_linear(linear_of(lightness, chroma, hue))
    }

    /// The colour of a hue in degrees whose lightness in CIELAB (0–100) is `lightness`, so that in grey it is as light as
    /// any other hue of that lightness. Its chroma in Oklab is `chroma`, or as much of it as a screen can show.
    #[must_use]
    pub fn of_lightness(lightness: f64, chroma: f64, hue: f64) -> Colour {
        let wanted = ((lightness + 16.0) / 116.0).powi(3);
        let mut chroma = chroma;
        loop {
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..40 {
                let middle = f64::midpoint(low, high);
                if luminance_of(linear_of(middle, chroma, hue)) < wanted { low = middle } else { high = middle }
            }
            let linear = linear_of(high, chroma, hue);
            if chroma < 1e-3 || linear.iter().all(|value| (-1e-4..=1.0001).contains(value)) {
                return Colour::of_linear(linear);
            }
            chroma *= 0.92;
        }
    }

    /// Red, green and blue, linear, 0–1.
    pub(super) fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Relative luminance, 0–1.
    pub(super) fn luminance(self) -> f64 {
        luminance_of(self.linear())
    }

    /// The colour thinned with white: `share` of it stays.
    #[must_use]
    pub fn pale(self, share: f64) -> Colour {
        let mix = |value: u8| (255.0 - share * (255.0 - f64::from(value))).round() as u8;
        Colour { red: mix(self.red), green: mix(self.green), blue: mix(self.blue) }
    }

    /// The colour written as `#1f6fb2`.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Colour { red: part(0)?, green: part(2)?, blue: part(4)? })
    }
}

/// Hues in degrees, ordered so that the first few are the easiest to tell apart.
const HUES: [f64; 8] = [250.0, 70.0, 150.0, 350.0, 205.0, 105.0, 300.0, 30.0];

/// Lightnesses of catchments in CIELAB: six, as many as colour any map of pieces that hang together in some order of the
/// greedy kind, in steps that look equally wide. The darkest still carries dark text.
const LIGHTNESSES: [f64; 6] = [78.9, 87.1, 71.3, 96.0, 64.4, 58.0];

const CHROMA: f64 = 0.075;

/// Two colours less different than this, as CIEDE2000 in the worst way of seeing, count as alike.
pub const ALIKE: f64 = 4.5;

/// Neighbours need not differ more than this.
const PLENTY: f64 = 9.0;

/// Rounds in which colours of neighbours that look alike are chosen again.
const ROUNDS: usize = 8;

/// The colours of one stage.
#[derive(Clone, Debug)]
pub struct Palette {
    districts: Vec<Colour>,
    schools: Vec<Colour>,
}

impl Palette {
    /// Chooses colours such that neighbouring districts differ in hue and neighbouring catchments in lightness: by
    /// [`ALIKE`] or more however they are seen. Where no districts were made, each catchment is coloured as a district
    /// would be.
    ///
    /// Colours hold from version to version: they are first chosen for today's catchments, or, where these are not
    /// known, for the cells of the blocks nearest each school, which no scheme changes; then only those are chosen again
    /// that would look like a neighbour's. A district has the hue of its lead. Deterministic.
    #[must_use]
    pub fn of(publication: &Publication<'_>, catchments: &Catchments) -> Palette {
        let county = publication.county;
        let stage = catchments.stage;
        let schools = county.schools.len();
        let proposed = Neighbours::new(schools, touching(publication, &catchments.school_of));
        let nearest = || nearest_schools(county, catchments);
        let before = county.existing.school_of[stage].clone().unwrap_or_else(nearest);
        let base = Neighbours::new(schools, touching(publication, &before));

        // Schools of no district, or all of them where there are none, stand for themselves.
        let grouped = publication.scheme.districts_of(stage);
        let mut group_of: Vec<usize> = Vec::with_capacity(schools);
        let mut speaker: Vec<usize> = Vec::new();
        for district in grouped.iter().flat_map(|grouped| &grouped.districts) {
            let first = district.lead.or_else(|| district.members.first().copied());
            speaker.push(first.map_or(0, SchoolIndex::get));
        }
        let districts = speaker.len();
        for school in 0..schools {
            let own = grouped.and_then(|grouped| grouped.district_of(SchoolIndex::new(school)));
            group_of.push(own.unwrap_or_else(|| {
                speaker.push(school);
                speaker.len() - 1
            }));
        }
        let hue_gap = |first: usize, second: usize| {
            let turn = (HUES[first] - HUES[second]).abs();
            turn.min(360.0 - turn)
        };
        let of_school = base.colour(HUES.len(), 90.0, |_, first, second| hue_gap(first, second));
        let pairs = proposed.pairs().map(|(first, second)| (group_of[first], group_of[second]));
        let beside = Neighbours::new(speaker.len(), pairs.filter(|(first, second)| first != second).collect());
        let mut hue_of: Vec<usize> = speaker.iter().map(|school| of_school[*school]).collect();
        beside.choose_again(&mut hue_of, HUES.len(), 1.0, 90.0, |_, first, second| hue_gap(first, second));

        let colour = |school: usize, level: usize| {
            Colour::of_lightness(LIGHTNESSES[level], CHROMA, HUES[hue_of[group_of[school]]])
        };
        let colours: Vec<Vec<Colour>> =
            (0..schools).map(|school| (0..LIGHTNESSES.len()).map(|level| colour(school, level)).collect()).collect();
        let by_level = |first: usize, second: usize| (LIGHTNESSES[first] - LIGHTNESSES[second]).abs();
        let mut level_of = base.colour(LIGHTNESSES.len(), 16.0, |_, first, second| by_level(first, second));
        proposed.choose_again(&mut level_of, LIGHTNESSES.len(), ALIKE, PLENTY, |(one, other), first, second| {
            if first == second { 0.0 } else { vision::least_difference(colours[one][first], colours[other][second]) }
        });
        Palette {
            districts: (0..districts)
                .map(|district| Colour::of_lightness(LIGHTNESSES[0], CHROMA, HUES[hue_of[district]]))
                .collect(),
            schools: (0..schools).map(|school| colours[school][level_of[school]]).collect(),
        }
    }

    /// The colour of a district, by position.
    ///
    /// # Panics
    /// Where there is no such district.
    #[must_use]
    pub fn of_district(&self, position: usize) -> Colour {
        self.districts[position]
    }

    /// The colour of a school's catchment.
    #[must_use]
    pub fn of_school(&self, school: SchoolIndex) -> Colour {
        self.schools[school.get()]
    }
}

/// For each block the holder of the school with the nearest gate, on the straight line.
fn nearest_schools(county: &County, catchments: &Catchments) -> Vec<Option<SchoolIndex>> {
    let schools: Vec<SchoolIndex> = county.schools_of(catchments.stage).collect();
    let gates: Vec<_> = schools.iter().map(|school| county.school(*school).gate).collect();
    let grid = PlaceGrid::new(&gates);
    let of_block = county.blocks.iter().map(|block| {
        let mut best = (f64::INFINITY, 0);
        let far = gates.first().map_or(0.0, |gate| (gate.x - block.point.x).hypot(gate.y - block.point.y));
        grid.visit(block.point, far, |position, square| {
            if (square, position) < best {
                best = (square, position);
            }
            best.0.sqrt()
        });
        let nearest = schools.get(best.1).filter(|_| best.0.is_finite());
        nearest.map(|school| county.holder(catchments.stage, *school))
    });
    of_block.collect()
}

/// Pairs of schools whose catchments touch: by a border on the map, or by neighbouring blocks where the adjacency is a
/// table. Smaller first, sorted, each once.
fn touching(publication: &Publication<'_>, school_of: &[Option<SchoolIndex>]) -> Vec<(usize, usize)> {
    let ground = publication.ground;
    let borders = ground.coverage.borders().into_iter().map(|(first, second, _)| (first as usize, second as usize));
    let links = ground.adjacency.links().iter().map(crate::space::Link::pair);
    let mut pairs: Vec<(usize, usize)> = borders
        .chain(links)
        .filter_map(|(first, second)| {
            let (first, second) = (school_of[first]?.get(), school_of[second]?.get());
            (first != second).then_some((first.min(second), first.max(second)))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Who lies beside whom.
struct Neighbours {
    of: Vec<Vec<usize>>,
}

impl Neighbours {
    fn new(count: usize, pairs: Vec<(usize, usize)>) -> Neighbours {
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (first, second) in pairs {
            of[first].push(second);
            of[second].push(first);
        }
        for list in &mut of {
            list.sort_unstable();
            list.dedup();
        }
        Neighbours { of }
    }

    /// Each pair once, smaller first.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let pairs = |(one, list): (usize, &'_ Vec<usize>)| -> Vec<(usize, usize)> {
            list.iter().filter(|other| **other > one).map(|other| (one, *other)).collect()
        };
        self.of.iter().enumerate().flat_map(pairs)
    }

    /// Every vertex after the neighbours it still has when those with the fewest left are taken away first. In this order
    /// each has at most five coloured neighbours on a map whose pieces hang together, so that six colours are enough.
    ///
    /// # Reference
    /// D. W. Matula, L. L. Beck: Smallest-last ordering and clustering and graph coloring algorithms. Journal of the ACM
    /// 30(3), 1983. doi:10.1145/2402.322385
    fn smallest_last(&self) -> Vec<usize> {
        let mut left: Vec<usize> = self.of.iter().map(Vec::len).collect();
        let mut queue: std::collections::BTreeSet<(usize, usize)> =
            left.iter().enumerate().map(|(vertex, count)| (*count, vertex)).collect();
        let mut order = Vec::with_capacity(left.len());
        let mut is_out = vec![false; left.len()];
        while let Some((_, vertex)) = queue.pop_first() {
            is_out[vertex] = true;
            order.push(vertex);
            for other in self.of[vertex].iter().filter(|other| !is_out[**other]) {
                queue.remove(&(left[*other], *other));
                left[*other] -= 1;
                queue.insert((left[*other], *other));
            }
        }
        order.reverse();
        order
    }

    /// The best of `colours` for a vertex beside neighbours that have theirs: the one whose smallest `gap` to them is
    /// largest, gaps beyond `plenty` being as good as it; among equals the one used least, then the first.
    fn best(
        &self,
        vertex: usize,
        chosen: &[Option<usize>],
        used: &[usize],
        plenty: f64,
        gap: &impl Fn((usize, usize), usize, usize) -> f64,
    ) -> usize {
        let worth = |colour: usize| {
            let around =
                self.of[vertex].iter().filter_map(|other| Some(gap((vertex, *other), colour, chosen[*other]?)));
            around.fold(plenty, f64::min)
        };
        let worths: Vec<f64> = (0..used.len()).map(worth).collect();
        let best = (0..used.len()).min_by(|first, second| {
            worths[*second].total_cmp(&worths[*first]).then(used[*first].cmp(&used[*second])).then(first.cmp(second))
        });
        best.unwrap_or(0)
    }

    fn colour(&self, colours: usize, plenty: f64, gap: impl Fn((usize, usize), usize, usize) -> f64) -> Vec<usize> {
        let mut chosen: Vec<Option<usize>> = vec![None; self.of.len()];
        let mut used = vec![0; colours];
        for vertex in self.smallest_last() {
            let colour = self.best(vertex, &chosen, &used, plenty, &gap);
            chosen[vertex] = Some(colour);
            used[colour] += 1;
        }
        chosen.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Colours anew, in place, the vertices whose gap to a neighbour is below `least`; where that does not settle it, all
    /// are coloured anew.
    fn choose_again(
        &self,
        chosen: &mut Vec<usize>,
        colours: usize,
        least: f64,
        plenty: f64,
        gap: impl Fn((usize, usize), usize, usize) -> f64,
    ) {
        let is_alike = |chosen: &[usize], vertex: usize| {
            self.of[vertex].iter().any(|other| gap((vertex, *other), chosen[vertex], chosen[*other]) < least)
        };
        let clashes = |chosen: &[usize]| {
            self.pairs().filter(|(one, other)| gap((*one, *other), chosen[*one], chosen[*other]) < least).count()
        };
        let started = chosen.clone();
        for _ in 0..ROUNDS {
            for vertex in 0..chosen.len() {
                if is_alike(chosen, vertex) {
                    let mut used = vec![0; colours];
                    for colour in chosen.iter() {
                        used[*colour] += 1;
                    }
                    let others: Vec<Option<usize>> = chosen.iter().copied().map(Some).collect();
                    chosen[vertex] = self.best(vertex, &others, &used, plenty, &gap);
                }
            }
            if clashes(chosen) == 0 {
                return;
            }
        }
        let anew = self.colour(colours, plenty, &gap);
        let settled = [anew, std::mem::take(chosen), started];
        *chosen = settled.into_iter().min_by_key(|colours| clashes(colours)).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::vision::{Vision, contrast};

    #[test]
    fn white_and_black_are_what_they_should_be() {
        assert_eq!(Colour::oklch(1.0, 0.0, 0.0).to_string(), "#ffffff");
        assert_eq!(Colour::oklch(0.0, 0.0, 0.0).to_string(), "#000000");
        assert_eq!(Colour::from_text("#1f6fb2").map(|colour| colour.to_string()).as_deref(), Some("#1f6fb2"));
        assert_eq!(Colour::from_text("#1f6fé"), None);
    }

    #[test]
    fn six_colours_are_enough_for_a_map() {
        // Triangles within triangles: every piece has many neighbours, and all of them hang together.
        let mut pairs = Vec::new();
        for ring in 0..40_usize {
            for corner in 0..3 {
                let own = 3 * ring + corner;
                pairs.push((own, 3 * ring + (corner + 1) % 3));
                if ring > 0 {
                    pairs.push((own - 3, own));
                    pairs.push((3 * (ring - 1) + (corner + 1) % 3, own));
                }
            }
        }
        let neighbours = Neighbours::new(120, pairs);
        let colours = neighbours.colour(6, 3.0, |_, first, second| first.abs_diff(second) as f64);
        assert!(neighbours.pairs().all(|(first, second)| colours[first] != colours[second]), "{colours:?}");
    }

    #[test]
    fn only_those_who_look_alike_change_their_colour() {
        let neighbours = Neighbours::new(5, vec![(0, 1), (1, 2), (2, 3), (3, 4)]);
        let mut colours = vec![3, 3, 0, 5, 1];
        neighbours.choose_again(&mut colours, 6, 1.0, 2.0, |_, first, second| first.abs_diff(second) as f64);
        assert_eq!(colours[1..], [3, 0, 5, 1]);
        assert_ne!(colours[0], 3);
    }

    /// Levels of one hue are told apart by everyone, and of any two hues in grey or where they are not next to each other.
    /// For the rest, such as purple beside a darker cyan in protan eyes, neighbours are chosen by what is seen.
    #[test]
    fn colours_of_different_lightness_are_told_apart_by_everyone() {
        let mut levels = LIGHTNESSES;
        levels.sort_by(f64::total_cmp);
        let all: Vec<(f64, usize, Colour)> = HUES
            .into_iter()
            .flat_map(|hue| {
                levels
                    .into_iter()
                    .enumerate()
                    .map(move |(step, level)| (hue, step, Colour::of_lightness(level, CHROMA, hue)))
            })
            .collect();
        for (position, (hue, step, colour)) in all.iter().enumerate() {
            for (other_hue, other_step, other) in &all[position + 1..] {
                let steps = step.abs_diff(*other_step);
                for vision in Vision::EACH {
                    if steps > 1 || steps == 1 && (hue == other_hue || vision == Vision::Grey) {
                        let difference = vision.difference(*colour, *other);
                        assert!(difference >= ALIKE, "{colour} and {other} as {vision:?} sees them: {difference:.1}");
                    }
                }
            }
        }
    }

    #[test]
    fn text_can_be_read_on_every_colour() {
        for hue in HUES {
            for level in LIGHTNESSES {
                let colour = Colour::of_lightness(level, CHROMA, hue);
                for ink in ["#1b1b1b", "#222222"] {
                    let ink = Colour::from_text(ink).expect("a colour");
                    assert!(contrast(ink, colour) >= 4.5, "{ink} on {colour}: {:.2}", contrast(ink, colour));
                }
            }
        }
    }
}
