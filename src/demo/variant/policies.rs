//! What each government's schools are like.

use geo::Coord;

use super::region::{Region, Standing};
use super::school::{School, Site, Sponsor, Stock};
use crate::demo::chance::Chance;
use crate::demo::people::Kind;
use crate::model::settings::Preset;

/// Why schools of a city count as weak.
const WEAKNESSES: [&str; 4] = ["老旧小区配套", "城郊", "城中村", "随迁子女较多"];
/// New schools that have not found their feet.
const WEAK_AS_NEW: &str = "新建";

/// Junior schools of towns that are to be made strong with one of the county seat.
const WEAK_IN_TOWN: &str = "乡镇薄弱初中";

/// The schools of a variant.
pub(super) fn make(variant: Preset, chance: &mut Chance) -> Region {
    let region = match variant {
        Preset::Nanchang => nanchang(chance),
        Preset::Liucheng => liucheng(chance),
        Preset::Suzhou => suzhou(chance),
        Preset::Ankang => ankang(chance),
        Preset::Pubei => pubei(chance),
    };
    region.finish(chance)
}

/// The schools that are founded with a strong one, each with the junior school of the county seat it is founded with:
/// all but the last with the first one.
pub(super) fn pairs(region: &Region) -> Vec<(&School, &School)> {
    let partners: Vec<&School> = region.schools.iter().filter(|school| school.partner).collect();
    let mut leads = region.schools.iter().filter(|school| {
        school.kind == Kind::Junior && school.strong && region.towns[school.town].standing == Standing::Seat
    });
    let (Some(first), Some(second), Some((last, others))) = (leads.next(), leads.next(), partners.split_last()) else {
        return Vec::new();
    };
    others.iter().map(|partner| (*partner, first)).chain([(*last, second)]).collect()
}

/// Whether a school may be strong at all.
fn may_lead(school: &School) -> bool {
    school.kind != Kind::TeachingPoint
        && school.site != Site::Village
        && school.opened.is_none()
        && school.weakness.is_none()
}

/// One county of 404 schools: a seat and 16 towns with small schools in villages.
fn pubei(chance: &mut Chance) -> Region {
    let mut region = Region::of("映泉县", &["映泉县"], &[1], [60_000.0, 44_000.0], chance);
    let seat = region.found_seat(0, chance);
    let towns = region.found_country(0, 16, chance);
    region.stock(&[seat], Stock { primary: 10, junior: 5, nine_year: 1, points: 0 }, chance);
    region.stock(&towns, Stock { primary: 318, junior: 40, nine_year: 4, points: 26 }, chance);
    region.make_strong(12, |_, town| town.standing == Standing::Seat);
    // One good school in each town, and in every other one a second.
    region.make_strong(16, |school, town| school.site == Site::Central && town.standing == Standing::Country);
    for town in towns.iter().step_by(2) {
        region.make_strong(1, |school, _| school.kind == Kind::Junior && school.town == *town);
    }
    region
}

/// Nine counties: five of a city, which begin, in a cross, and four around; two schools stand 200 m apart on either
/// side of a line between two of them.
fn nanchang(chance: &mut Chance) -> Region {
    let names = ["映山县", "翠湖区", "碧水县", "晴川区", "丹霞区", "紫荆区", "云锦县", "观澜区", "梧桐县"];
    let mut region = Region::of("晴湖市", &names, &[3, 3, 3], [66_000.0, 66_000.0], chance);
    let city = [Coord { x: 0.0, y: 0.0 }, Coord { x: 18_000.0, y: 18_000.0 }];
    for county in 0..names.len() {
        let more = chance.below(5);
        if county % 2 == 0 && county != 4 {
            let seat = region.found_seat(county, chance);
            let towns = region.found_country(county, 5, chance);
            region.stock(&[seat], Stock { primary: 8, junior: 4, nine_year: 1, points: 0 }, chance);
            region.stock(&towns, Stock { primary: 15 + more, junior: 5, nine_year: 1, points: 4 }, chance);
            region.make_strong(8, |school, town| town.county == county && may_lead(school));
            continue;
        }
        region.counties[county].pilot = true;
        let streets = region.found_streets(county, 5, city, chance);
        region.stock(&streets, Stock { primary: 24 + more, junior: 9, nine_year: 5, points: 0 }, chance);
        for (sponsor, count) in [(Sponsor::Municipal, 4), (Sponsor::Provincial, 1), (Sponsor::Private, 3)] {
            let free = region.spaced(count, |school, town| town.county == county && school.sponsor == Sponsor::County);
            for school in free {
                region.schools[school].sponsor = sponsor;
            }
        }
        make_weak(&mut region, county, 4);
        region.make_strong(10, |school, town| {
            town.county == county && may_lead(school) && school.sponsor != Sponsor::Private
        });
    }
    // The cross has its west and its middle side by side.
    let sites = region.twin_sites(3, 200.0, chance);
    for (county, gate) in [3, 4].into_iter().zip(sites) {
        if let Some(town) = region.nearest_town(county, gate) {
            region.put(Kind::Primary, town, Site::Town, gate);
        }
    }
    region
}

/// One county whose junior schools are at issue: two strong ones in the seat, and three partners in towns, one of which
/// lies 30 km away.
fn liucheng(chance: &mut Chance) -> Region {
    let mut region = Region::of("芳溪县", &["芳溪县"], &[1], [72_000.0, 48_000.0], chance);
    let seat = region.found_seat(0, chance);
    let middle = region.towns[seat].middle;
    // The far town, and two in other directions.
    let founding: Vec<usize> = [(0.0, 30_000.0), (2.2, 12_000.0), (4.1, 9_000.0)]
        .into_iter()
        .map(|(direction, away)| {
            let angle = chance.between(direction - 0.3, direction + 0.3);
            let place = middle + Coord { x: angle.cos(), y: angle.sin() } * away;
            region.found(0, Standing::Country, place, chance)
        })
        .collect();
    let mut towns = founding.clone();
    towns.extend(region.found_country(0, 8, chance));
    region.stock(&[seat], Stock { primary: 6, junior: 3, nine_year: 1, points: 0 }, chance);
    region.stock(&towns, Stock { primary: 34, junior: 11, nine_year: 1, points: 6 }, chance);
    for (kind, count) in [(Kind::Junior, 2), (Kind::Primary, 4)] {
        region.make_strong(count, |school, town| town.standing == Standing::Seat && school.kind == kind);
    }
    region.make_strong(4, |school, town| town.standing == Standing::Country && school.site == Site::Central);
    for town in founding {
        for school in region.spaced(1, |school, _| school.town == town && school.kind == Kind::Junior) {
            region.schools[school].partner = true;
            region.schools[school].weakness = Some(WEAK_IN_TOWN);
        }
    }
    region
}

/// Six districts, three of them all city, with new schools and a few private ones.
fn suzhou(chance: &mut Chance) -> Region {
    let names = ["玉兰区", "金桂区", "银杏区", "芳草区", "碧水区", "云锦区"];
    let mut region = Region::of("澜溪市", &names, &[3, 3], [72_000.0, 56_000.0], chance);
    let city = [Coord { x: 0.0, y: 0.0 }, Coord { x: 22_000.0, y: 12_000.0 }];
    for county in 0..names.len() {
        let (urban, more) = ([1, 3, 4].contains(&county), chance.below(3));
        if urban {
            let streets = region.found_streets(county, 6, city, chance);
            region.stock(&streets, Stock { primary: 30 + more, junior: 13, nine_year: 6, points: 0 }, chance);
        } else {
            let seat = region.found_seat(county, chance);
            let towns = region.found_country(county, 5, chance);
            region.stock(&[seat], Stock { primary: 10, junior: 5, nine_year: 2, points: 0 }, chance);
            region.stock(&towns, Stock { primary: 18 + more, junior: 8, nine_year: 3, points: 3 }, chance);
        }
        make_new(&mut region, county, 2, chance);
        if urban {
            let public = region.spaced(2, |school, town| town.county == county && may_lead(school));
            for school in public {
                region.schools[school].sponsor = Sponsor::Private;
            }
            make_weak(&mut region, county, 5);
        }
        region.make_strong(if urban { 14 } else { 11 }, |school, town| {
            town.county == county && may_lead(school) && school.sponsor == Sponsor::County
        });
    }
    region
}

/// Ten counties, one of them with the centre of the city; every town has a central school with teaching points.
fn ankang(chance: &mut Chance) -> Region {
    const CENTRE: usize = 4;
    let names = ["映山县", "丹霞县", "云锦县", "秋月县", "晴川区", "春晓县", "梧桐县", "翠湖县", "碧水县", "紫荆县"];
    let mut region = Region::of("映川市", &names, &[3, 4, 3], [120_000.0, 96_000.0], chance);
    for county in 0..names.len() {
        if county == CENTRE {
            let city = [region.counties[county].cell.center(), Coord { x: 5_000.0, y: 5_000.0 }];
            let streets = region.found_streets(county, 6, city, chance);
            region.stock(&streets, Stock { primary: 30, junior: 12, nine_year: 6, points: 0 }, chance);
            make_new(&mut region, county, 3, chance);
            for school in region.spaced(2, |school, _| school.opened.is_some()) {
                region.schools[school].weakness = Some(WEAK_AS_NEW);
            }
            make_weak(&mut region, county, 8);
            region.make_strong(15, |school, town| town.county == county && may_lead(school));
            // Some of the strong ones are the city's own, whose groups the city approves.
            for school in region.spaced(3, |school, town| town.county == county && school.strong) {
                region.schools[school].sponsor = Sponsor::Municipal;
            }
            let towns = region.found_country(county, 5, chance);
            region.stock(&towns, Stock { primary: 11, junior: 5, nine_year: 1, points: 6 }, chance);
            region.make_strong(3, |school, town| {
                town.county == county && town.standing == Standing::Country && may_lead(school)
            });
            continue;
        }
        let more = chance.below(5);
        let seat = region.found_seat(county, chance);
        let towns = region.found_country(county, 5, chance);
        region.stock(&[seat], Stock { primary: 7, junior: 3, nine_year: 1, points: 0 }, chance);
        region.stock(&towns, Stock { primary: 13 + more, junior: 5, nine_year: 2, points: 7 }, chance);
        for (standing, count) in [(Standing::Seat, 6), (Standing::Country, 4 + county % 2)] {
            region.make_strong(count, |school, town| {
                town.county == county && town.standing == standing && may_lead(school)
            });
        }
    }
    region
}

/// Gives so many schools of a city's district a reason to count as weak, each reason in turn.
fn make_weak(region: &mut Region, county: usize, count: usize) {
    let weak = region
        .spaced(count, |school, town| town.county == county && may_lead(school) && school.sponsor == Sponsor::County);
    for (school, weakness) in weak.into_iter().zip(WEAKNESSES.into_iter().cycle()) {
        region.schools[school].weakness = Some(weakness);
    }
}

/// Makes so many of a county's public schools new.
fn make_new(region: &mut Region, county: usize, count: usize, chance: &mut Chance) {
    let new =
        region.spaced(count, |school, town| town.county == county && may_lead(school) && school.site != Site::Central);
    for school in new {
        region.schools[school].opened = Some(2018 + chance.below(4) as u32);
    }
}
