//! The land of a table: counties, their towns, and places for schools.

use geo::{Coord, Rect};

use super::school::{School, Site};
use crate::demo::chance::Chance;
use crate::demo::names::Names;

/// No school stands nearer to the line of its county, but for the two on either side of one.
const MARGIN: f64 = 400.0;

/// A county or district.
pub(super) struct County {
    pub(super) name: &'static str,
    /// Its land, in metres from the middle of all.
    pub(super) cell: Rect<f64>,
    /// Whether it begins, ahead of the others.
    pub(super) pilot: bool,
}

/// What a town is to its county.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A street office in the centre of a city.
    Street,
    /// The county seat.
    Seat,
    /// A town in the country.
    Country,
}

impl Standing {
    /// Metres its built-up part reaches.
    const fn reach(self) -> f64 {
        match self {
            Standing::Street => 1_300.0,
            Standing::Seat => 2_200.0,
            Standing::Country => 700.0,
        }
    }
}

/// A town or street office.
pub(super) struct Town {
    pub(super) county: usize,
    /// Its name without the word for town.
    pub(super) stem: String,
    /// That word.
    pub(super) word: &'static str,
    pub(super) standing: Standing,
    pub(super) middle: Coord<f64>,
    /// How its teachers change schools: who could as a share of all, who did as a share of these, and backbone teachers
    /// as a share of those who did.
    pub(super) exchange: [f64; 3],
}

/// All of a table.
pub(super) struct Region {
    pub(super) name: &'static str,
    pub(super) counties: Vec<County>,
    pub(super) towns: Vec<Town>,
    pub(super) schools: Vec<School>,
    pub(super) names: Names,
}

impl Region {
    /// Counties in rows of so many, from north-west to south-east, on land of that width and height in metres.
    pub(super) fn of(
        name: &'static str,
        counties: &[&'static str],
        rows: &[usize],
        [width, height]: [f64; 2],
        chance: &mut Chance,
    ) -> Region {
        let lines = borders(rows.len(), height, chance);
        let mut cells = Vec::new();
        for (row, count) in rows.iter().enumerate() {
            let columns = borders(*count, width, chance);
            for column in columns.windows(2) {
                let low = Coord { x: column[0], y: -lines[row + 1] };
                cells.push(Rect::new(low, Coord { x: column[1], y: -lines[row] }));
            }
        }
        let counties =
            counties.iter().zip(cells).map(|(name, cell)| County { name, cell, pilot: false }).collect::<Vec<_>>();
        Region { name, counties, towns: Vec::new(), schools: Vec::new(), names: Names::default() }
    }

    /// Founds a town, and gives its position.
    pub(super) fn found(
        &mut self,
        county: usize,
        standing: Standing,
        middle: Coord<f64>,
        chance: &mut Chance,
    ) -> usize {
        let (stem, word) = match standing {
            Standing::Street => (self.names.street(chance), "街道"),
            // A county seat has the name of its county.
            Standing::Seat => (self.counties[county].stem().to_owned(), "镇"),
            Standing::Country => (self.names.town(chance), if chance.share() < 0.3 { "乡" } else { "镇" }),
        };
        let exchange = [chance.between(0.36, 0.44), chance.between(0.08, 0.26), chance.between(0.10, 0.30)];
        self.towns.push(Town { county, stem, word, standing, middle, exchange });
        self.towns.len() - 1
    }

    /// Founds the seat in the middle of its county.
    pub(super) fn found_seat(&mut self, county: usize, chance: &mut Chance) -> usize {
        let off = Coord { x: chance.between(-800.0, 800.0), y: chance.between(-800.0, 800.0) };
        self.found(county, Standing::Seat, self.counties[county].cell.center() + off, chance)
    }

    /// Founds so many towns in the country, each as far as may be from those there are.
    pub(super) fn found_country(&mut self, county: usize, count: usize, chance: &mut Chance) -> Vec<usize> {
        let land = self.counties[county].cell;
        self.found_within(county, Standing::Country, count, land, 3_000.0, chance)
    }

    /// Founds so many streets in the part of a county within reach of a place.
    pub(super) fn found_streets(
        &mut self,
        county: usize,
        count: usize,
        [middle, reach]: [Coord<f64>; 2],
        chance: &mut Chance,
    ) -> Vec<usize> {
        let cell = self.counties[county].cell;
        let (low, high) = (middle - reach, middle + reach);
        let land = Rect::new(
            Coord { x: low.x.max(cell.min().x), y: low.y.max(cell.min().y) },
            Coord { x: high.x.min(cell.max().x), y: high.y.min(cell.max().y) },
        );
        self.found_within(county, Standing::Street, count, land, 1_000.0, chance)
    }

    fn found_within(
        &mut self,
        county: usize,
        standing: Standing,
        count: usize,
        land: Rect<f64>,
        margin: f64,
        chance: &mut Chance,
    ) -> Vec<usize> {
        let (low, high) = (land.min(), land.max());
        (0..count)
            .map(|_| {
                let places = (0..30).map(|_| Coord {
                    x: chance.between(low.x + margin, high.x - margin),
                    y: chance.between(low.y + margin, high.y - margin),
                });
                let clearance =
                    |place: Coord<f64>| self.towns.iter().map(|town| apart(place, town.middle)).fold(1e6, f64::min);
                let best = farthest(places, clearance).unwrap_or(land.center());
                self.found(county, standing, best, chance)
            })
            .collect()
    }

    /// A place for a school of a town, in its built-up part or in a village around it, with room to other schools and
    /// nearer to no other town of the county.
    pub(super) fn room(&self, town: usize, site: Site, chance: &mut Chance) -> Coord<f64> {
        let Town { county, standing, middle, .. } = self.towns[town];
        let cell = self.counties[county].cell;
        let (low, high) = (cell.min(), cell.max());
        let reach = standing.reach();
        let village = site == Site::Village;
        let wanted = if village { 500.0 } else { 250.0 };
        let is_own = |place: Coord<f64>| {
            let others = self.towns.iter().filter(|other| other.county == county);
            let mut others = others.map(|other| apart(place, other.middle));
            let inside = place.x > low.x + MARGIN && place.x < high.x - MARGIN;
            let inside = inside && place.y > low.y + MARGIN && place.y < high.y - MARGIN;
            inside && (!village || others.all(|away| away >= apart(place, middle)))
        };
        let mut best = (f64::NEG_INFINITY, middle);
        for _ in 0..80 {
            let angle = chance.between(0.0, std::f64::consts::TAU);
            let away = if village { chance.between(1.5 * reach, 8_000.0) } else { reach * chance.share().sqrt() };
            let place = middle + Coord { x: angle.cos(), y: angle.sin() } * away;
            if !is_own(place) {
                continue;
            }
            let clearance = self.clearance(place);
            if clearance > wanted {
                return place;
            }
            if clearance > best.0 {
                best = (clearance, place);
            }
        }
        best.1
    }

    /// Two places so many metres apart, on either side of the line between a county and the one east of it, with room
    /// to other schools.
    pub(super) fn twin_sites(&self, county: usize, metres: f64, chance: &mut Chance) -> [Coord<f64>; 2] {
        let cell = self.counties[county].cell;
        let third = cell.height() / 3.0;
        let x = cell.max().x;
        let places = (0..20).map(|_| Coord { x, y: chance.between(cell.min().y + third, cell.max().y - third) });
        let best = farthest(places, |place| self.clearance(place)).unwrap_or(cell.center());
        let half = Coord { x: metres / 2.0, y: 0.0 };
        [best - half, best + half]
    }

    /// The town of a county that is nearest to a place.
    pub(super) fn nearest_town(&self, county: usize, place: Coord<f64>) -> Option<usize> {
        let away = |town: &usize| apart(place, self.towns[*town].middle);
        (0..self.towns.len())
            .filter(|town| self.towns[*town].county == county)
            .min_by(|first, second| away(first).total_cmp(&away(second)))
    }

    /// Metres to the nearest school.
    fn clearance(&self, place: Coord<f64>) -> f64 {
        self.schools.iter().map(|school| apart(place, school.gate)).fold(1e6, f64::min)
    }
}

impl County {
    /// Its name without the word for county or district.
    pub(super) fn stem(&self) -> &'static str {
        self.name.trim_end_matches(['县', '区'])
    }
}

fn apart(first: Coord<f64>, second: Coord<f64>) -> f64 {
    (first - second).x.hypot((first - second).y)
}

/// The place with the most room.
fn farthest(places: impl Iterator<Item = Coord<f64>>, room: impl Fn(Coord<f64>) -> f64) -> Option<Coord<f64>> {
    places.max_by(|first, second| room(*first).total_cmp(&room(*second)))
}

/// Lines that part a length around zero into so many pieces of about the same size.
fn borders(pieces: usize, length: f64, chance: &mut Chance) -> Vec<f64> {
    let piece = length / pieces as f64;
    let line = |number: usize| {
        let off = if number == 0 || number == pieces { 0.0 } else { chance.between(-0.08, 0.08) };
        (number as f64 + off) * piece - length / 2.0
    };
    (0..=pieces).map(line).collect()
}
