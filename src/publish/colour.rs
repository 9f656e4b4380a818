//! Colours of districts and catchments: hue says the district, lightness the school, and neighbours always differ.

use rustc_hash::FxHashMap;

use super::Publication;
use crate::model::{Catchments, SchoolIndex};

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

impl Colour {
    /// The colour with a lightness (0–1), a chroma and a hue in degrees in the Oklab space, in which equal steps look
    /// equal; clipped to the screen.
    ///
    /// # Reference
    /// B. Ottosson: A perceptual color space for image processing, 2020.
    #[must_use]
    pub fn oklch(lightness: f64, chroma: f64, hue: f64) -> Colour {
        let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
        let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        let encode = |linear: f64| {
            let linear = linear.clamp(0.0, 1.0);
            let encoded = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
            (encoded * 255.0).round() as u8
        };
        Colour {
            red: encode(4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short),
            green: encode(-1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short),
            blue: encode(-0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short),
        }
    }
}

/// Hues in degrees, ordered so that the first few are the easiest to tell apart.
const HUES: [f64; 8] = [250.0, 70.0, 150.0, 350.0, 205.0, 105.0, 300.0, 30.0];

/// Lightnesses of the schools of a district, the middle one first.
const LIGHTNESSES: [f64; 5] = [0.82, 0.90, 0.74, 0.86, 0.78];

const CHROMA: f64 = 0.085;

/// The colours of one stage.
#[derive(Clone, Debug)]
pub struct Palette {
    districts: Vec<Colour>,
    schools: Vec<Colour>,
}

impl Palette {
    /// Chooses colours such that neighbouring districts differ in hue and neighbouring catchments in colour. Where no
    /// districts were made, each catchment is coloured as a district would be. Deterministic.
    #[must_use]
    pub fn of(publication: &Publication<'_>, catchments: &Catchments) -> Palette {
        let county = publication.county;
        let grouped = publication.scheme.districts_of(catchments.stage);
        let schools = county.schools.len();
        // Schools of no district, or all of them where there are none, stand for themselves.
        let mut group_of: Vec<usize> = Vec::with_capacity(schools);
        let mut groups = grouped.map_or(0, |grouped| grouped.districts.len());
        for school in 0..schools {
            let own = grouped.and_then(|grouped| grouped.district_of(SchoolIndex::new(school)));
            group_of.push(own.unwrap_or_else(|| {
                groups += 1;
                groups - 1
            }));
        }
        let neighbours = touching_schools(publication, catchments);
        let group_pairs = neighbours.iter().map(|(first, second)| (group_of[*first], group_of[*second]));
        let hue_of = colour_graph(groups, group_pairs.filter(|(first, second)| first != second), HUES.len());
        let same_group = neighbours.iter().copied().filter(|(first, second)| {
            // Lightness tells apart schools of a district, and districts where the hues did not suffice.
            hue_of[group_of[*first]] % HUES.len() == hue_of[group_of[*second]] % HUES.len()
        });
        let lightness_of = colour_graph(schools, same_group, LIGHTNESSES.len());
        let hue = |group: usize| HUES[hue_of[group] % HUES.len()];
        Palette {
            districts: (0..grouped.map_or(0, |grouped| grouped.districts.len()))
                .map(|district| Colour::oklch(LIGHTNESSES[0], CHROMA, hue(district)))
                .collect(),
            schools: (0..schools)
                .map(|school| {
                    let lightness = LIGHTNESSES[lightness_of[school] % LIGHTNESSES.len()];
                    Colour::oklch(lightness, CHROMA, hue(group_of[school]))
                })
                .collect(),
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

/// Pairs of schools whose catchments touch: by a border on the map, or by neighbouring blocks where the adjacency is a
/// table. Smaller first, sorted, each once.
fn touching_schools(publication: &Publication<'_>, catchments: &Catchments) -> Vec<(usize, usize)> {
    let ground = publication.ground;
    let borders = ground.coverage.borders().into_iter().map(|(first, second, _)| (first as usize, second as usize));
    let links = ground.adjacency.links().iter().map(crate::space::Link::pair);
    let mut pairs: Vec<(usize, usize)> = borders
        .chain(links)
        .filter_map(|(first, second)| {
            let (first, second) = (catchments.school_of[first]?.get(), catchments.school_of[second]?.get());
            (first != second).then_some((first.min(second), first.max(second)))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Gives each vertex a colour different from its neighbours': the vertex with the most colours around it first, and for
/// each the colour used least so far among those free. Colours beyond `wanted` are only used where a vertex has
/// neighbours of all `wanted` colours.
///
/// # Reference
/// D. Brélaz: New methods to color the vertices of a graph. Communications of the ACM 22(4), 1979.
/// doi:10.1145/359094.359101
fn colour_graph(count: usize, pairs: impl Iterator<Item = (usize, usize)>, wanted: usize) -> Vec<usize> {
    let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (first, second) in pairs {
        neighbours[first].push(second);
        neighbours[second].push(first);
    }
    for list in &mut neighbours {
        list.sort_unstable();
        list.dedup();
    }
    let mut colour: Vec<Option<usize>> = vec![None; count];
    let mut used: FxHashMap<usize, usize> = FxHashMap::default();
    for _ in 0..count {
        let around = |vertex: usize| {
            let mut around: Vec<usize> = neighbours[vertex].iter().filter_map(|other| colour[*other]).collect();
            around.sort_unstable();
            around.dedup();
            around
        };
        let next = (0..count)
            .filter(|vertex| colour[*vertex].is_none())
            .max_by_key(|vertex| (around(*vertex).len(), neighbours[*vertex].len(), std::cmp::Reverse(*vertex)));
        let Some(vertex) = next else { break };
        let taken = around(vertex);
        let free = (0..wanted).filter(|candidate| !taken.contains(candidate));
        let chosen = free
            .min_by_key(|candidate| (used.get(candidate).copied().unwrap_or(0), *candidate))
            // With all the wanted ones taken, one of those up to the number of the taken is free.
            .unwrap_or_else(|| (wanted..taken.len()).find(|next| !taken.contains(next)).unwrap_or(taken.len()));
        colour[vertex] = Some(chosen);
        *used.entry(chosen).or_default() += 1;
    }
    colour.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_and_black_are_what_they_should_be() {
        assert_eq!(Colour::oklch(1.0, 0.0, 0.0).to_string(), "#ffffff");
        assert_eq!(Colour::oklch(0.0, 0.0, 0.0).to_string(), "#000000");
    }

    #[test]
    fn neighbours_get_different_colours_and_all_colours_are_used() {
        // A wheel: one hub and six around it.
        let pairs = (1..=6).map(|rim| (0, rim)).chain((1..=6).map(|rim| (rim, rim % 6 + 1)));
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let colours = colour_graph(7, pairs.iter().copied(), 8);
        assert!(pairs.iter().all(|(first, second)| colours[*first] != colours[*second]), "{colours:?}");
        let mut distinct = colours.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), 7, "with hues to spare none is used twice: {colours:?}");
    }

    #[test]
    fn the_colours_of_a_palette_can_be_told_apart() {
        let all: Vec<Colour> = HUES
            .into_iter()
            .flat_map(|hue| LIGHTNESSES.map(|lightness| Colour::oklch(lightness, CHROMA, hue)))
            .collect();
        let distinct: rustc_hash::FxHashSet<Colour> = all.iter().copied().collect();
        assert_eq!(distinct.len(), HUES.len() * LIGHTNESSES.len());
    }
}
