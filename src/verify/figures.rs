//! The figures of the evaluation, computed again from the assignment.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::borders::Borders;
use super::distance::{Ways, number};
use super::frame::Frame;
use super::groups::lead_of;
use super::lines;
use super::links::Links;
use super::output::{DistrictRow, Output};
use super::scheme::{METRES, Table};
use super::shape::{Segment, apart, rings};
use super::sharing::Outward;
use super::terms;
use super::verdicts;
use crate::language::Message;
use crate::model::{Pool, Stage};

/// Sums and shares are written with six decimals.
const SHARE: f64 = 1.1e-6;

/// Two distances nearer than this may come in either order: sums of legs depend on the order of the legs.
const TIE: f64 = 1e-6;

/// Positions of layers are rounded to about a centimetre.
const ROUNDED: f64 = 0.02;

/// Figures that are not those of the assignment.
pub(super) fn faults(
    output: &Output,
    table: &Table<'_>,
    links: &Links,
    borders: &Borders,
    ways: &Ways<'_>,
    frame: Option<&Frame>,
) -> Vec<Message> {
    let mut faults = basis_faults(&output.evaluation["distances"], ways);
    for stage in &table.stages {
        let Some(claimed) = output.evaluated(*stage) else {
            faults.push(Message::new("verify-stage-missing").sentence("stage", stage.message()));
            continue;
        };
        let outward = table.sharing.outward(ways, *stage);
        let mut figures = Figures { output, table, ways, frame, stage: *stage, outward, faults: Vec::new() };
        figures.compare_stage(claimed, links);
        figures.compare_change(claimed);
        figures.compare_objective(claimed, &terms::figures(output, table, links, borders, ways, *stage));
        for (name, found, expected) in lines::price_faults(output, table, links, ways, *stage, claimed) {
            figures.differs(&name, found, expected);
        }
        figures.compare_schools(claimed);
        figures.compare_pools(claimed);
        figures.compare_districts(claimed, links);
        faults.append(&mut figures.faults);
    }
    faults.extend(shared_seats(output, table));
    faults
}

/// Figures of seats shared between stages that are not those of the assignment.
fn shared_seats(output: &Output, table: &Table<'_>) -> Vec<Message> {
    let claimed = output.evaluation["shared_seats"].as_array().map_or(&[][..], Vec::as_slice);
    let loads = [Stage::Primary, Stage::Junior].map(|stage| table.loads(stage));
    let schools = table.county.schools.iter().enumerate();
    let expected: Vec<Value> = schools
        .filter_map(|(position, school)| {
            let seats = u64::from(school.shared_seats?);
            let [primary, junior] = [loads[0][position], loads[1][position]];
            Some(json!({
                "school_id": school.id,
                "name": school.name,
                "seats": seats,
                "pupils_primary": primary,
                "pupils_junior": junior,
                "overload": (primary + junior).saturating_sub(seats),
            }))
        })
        .collect();
    let mut faults = Vec::new();
    for position in 0..claimed.len().max(expected.len()) {
        let (found, expected) = (claimed.get(position), expected.get(position));
        if found != expected {
            let text = |value: Option<&Value>| value.map_or_else(|| "null".to_owned(), Value::to_string);
            let message = Message::new("verify-shared-seats").text("found", text(found));
            faults.push(message.text("expected", text(expected)));
        }
    }
    faults
}

/// What is said wrongly of the distances as a whole.
fn basis_faults(claimed: &Value, ways: &Ways<'_>) -> Vec<Message> {
    let mut faults = Vec::new();
    let mut differs = |figure: &str, found: String, expected: String| {
        let message = Message::new("verify-distances").text("figure", figure);
        faults.push(message.text("found", found).text("expected", expected));
    };
    let method = serde_json::to_value(ways.method()).unwrap_or_default();
    if claimed["method"] != method {
        differs("method", claimed["method"].to_string(), method.to_string());
    }
    if claimed["pairs_without_way"].as_u64() != Some(ways.pairs_without_way() as u64) {
        let found = claimed["pairs_without_way"].to_string();
        differs("pairs_without_way", found, ways.pairs_without_way().to_string());
    }
    let speed = ways.walking_speed().map_or(Value::Null, Value::from);
    if claimed["walking_speed_m_per_min"] != speed {
        let found = claimed["walking_speed_m_per_min"].to_string();
        differs("walking_speed_m_per_min", found, speed.to_string());
    }
    let roads = &claimed["roads"];
    let Some(walk) = ways.walk() else {
        if !roads.is_null() {
            differs("roads", roads.to_string(), Value::Null.to_string());
        }
        return faults;
    };
    let mean = |legs: &[f64]| legs.iter().sum::<f64>() / legs.len().max(1) as f64;
    let longest = |legs: &[f64]| legs.iter().copied().fold(0.0, f64::max);
    let figures = [
        ("length_km", walk.length_m / 1000.0, 0.00051),
        ("left_out_share", walk.left_out_share, SHARE),
        ("mean_block_leg_m", mean(&walk.block_legs_m), METRES),
        ("max_block_leg_m", longest(&walk.block_legs_m), METRES),
        ("mean_school_leg_m", mean(&walk.school_legs_m), METRES),
        ("max_school_leg_m", longest(&walk.school_legs_m), METRES),
    ];
    for (figure, expected, tolerance) in figures {
        let found = number(roads, figure);
        if (found - expected).abs() > tolerance || found.is_nan() {
            differs(figure, found.to_string(), expected.to_string());
        }
    }
    faults
}

/// The service radius of a stage.
pub(super) fn radius(output: &Output, stage: Stage) -> f64 {
    let measure = &output.settings.measure;
    match stage {
        Stage::Primary => measure.radius_primary_m,
        Stage::Junior => measure.radius_junior_m,
        Stage::All => measure.radius_all_m,
    }
}

/// The way of the pupils of a block.
struct Way {
    metres: f64,
    pupils: u64,
    /// The way to the nearest school of the stage.
    least: f64,
    /// The way to the nearest school that is not their own.
    least_other: f64,
}

struct Figures<'a> {
    output: &'a Output,
    table: &'a Table<'a>,
    ways: &'a Ways<'a>,
    frame: Option<&'a Frame>,
    stage: Stage,
    outward: Outward,
    faults: Vec<Message>,
}

impl Figures<'_> {
    fn differs(&mut self, name: &str, found: f64, expected: f64) {
        let message = Message::new("verify-figure").sentence("stage", self.stage.message()).text("figure", name);
        self.faults.push(message.text("found", found.to_string()).text("expected", expected.to_string()));
    }

    /// A number that is not there is not a number, and differs from every other.
    fn compare(&mut self, name: &str, found: f64, expected: f64, tolerance: f64) {
        if (found - expected).abs() > tolerance || found.is_nan() {
            self.differs(name, found, expected);
        }
    }

    fn compare_count(&mut self, name: &str, found: f64, expected: usize) {
        self.compare(name, found, expected as f64, 0.0);
    }

    /// Compares a share of which only the least and the most are certain, as some distances are too close to call.
    fn compare_share(&mut self, name: &str, found: f64, [least, most]: [u64; 2], whole: u64) {
        let share = |part: u64| if whole > 0 { part as f64 / whole as f64 } else { 0.0 };
        if found < share(least) - SHARE || found > share(most) + SHARE || found.is_nan() {
            self.differs(name, found, share(least));
        }
    }

    fn metres(&self, block: usize, school: usize) -> f64 {
        self.table.sharing.metres(self.ways, self.stage, block, school)
    }

    /// The ways of the pupils of those blocks that have a school and pupils.
    fn ways_of(&self, blocks: impl Iterator<Item = usize>) -> Vec<Way> {
        let county = self.table.county;
        blocks
            .filter_map(|block| {
                let own = self.table.school_of(self.stage, block)?;
                let pupils = self.table.pupils(self.stage, block);
                let metres = self.metres(block, own);
                let mut least_other = f64::INFINITY;
                for (least, school) in self.outward.from(county.blocks[block].point.x) {
                    if least > least_other {
                        break;
                    }
                    if school != own {
                        least_other = least_other.min(self.metres(block, school));
                    }
                }
                (pupils > 0).then(|| Way { metres, pupils, least: metres.min(least_other), least_other })
            })
            .collect()
    }

    fn compare_stage(&mut self, claimed: &Value, links: &Links) {
        let (table, stage, county) = (self.table, self.stage, self.table.county);
        let serving = || county.schools.iter().filter(|school| school.serves(stage));
        let seats: u64 = table.sharing.holders(stage).map(|school| table.seats(stage, school)).sum();
        let pupils: u64 = (0..county.blocks.len()).map(|block| table.pupils(stage, block)).sum();
        let unassigned = (0..county.blocks.len()).filter(|block| table.school_of(stage, *block).is_none()).count();
        let loads = table.loads(stage).into_iter().enumerate();
        let overload: u64 = loads.map(|(school, load)| load.saturating_sub(table.seats(stage, school))).sum();
        self.compare_count("blocks", number(claimed, "blocks"), county.blocks.len());
        self.compare_count("school_count", number(claimed, "school_count"), serving().count());
        self.compare("pupils", number(claimed, "pupils"), pupils as f64, 0.0);
        self.compare("seats", number(claimed, "seats"), seats as f64, 0.0);
        self.compare("overload", number(claimed, "overload"), overload as f64, 0.0);
        self.compare_count("detached", number(claimed, "detached"), table.detached(stage, links).len());
        self.compare_count("unassigned", number(claimed, "unassigned"), unassigned);
        let radius = radius(self.output, stage);
        self.compare("radius_m", number(claimed, "radius_m"), radius, 0.0);

        let mut ways = self.ways_of(0..county.blocks.len());
        self.compare_ways(claimed, "", &mut ways, radius);
        self.compare("median_distance_m", number(claimed, "median_distance_m"), percentile(&ways, 50), METRES);
        let going: u64 = ways.iter().map(|way| way.pupils).sum();
        let nearest = [-TIE, TIE]
            .map(|slack| ways.iter().filter(|way| way.metres <= way.least_other + slack).map(|way| way.pupils).sum());
        self.compare_share("nearest_share", number(claimed, "nearest_share"), nearest, going);
        for way in &mut ways {
            way.metres = if way.least > 0.0 { way.metres / way.least } else { 1.0 };
        }
        ways.sort_by(|first, second| first.metres.total_cmp(&second.metres));
        let detour = percentile(&ways, 95);
        self.compare("p95_detour_factor", number(claimed, "p95_detour_factor"), detour, 6e-4 + detour * 1e-6);
        self.compare_envy(claimed, pupils);
    }

    /// Compares what is measured of the ways of a stage as well as of a school; sorts them by length.
    fn compare_ways(&mut self, claimed: &Value, of: &str, ways: &mut [Way], radius: f64) {
        ways.sort_by(|first, second| first.metres.total_cmp(&second.metres));
        let pupils: u64 = ways.iter().map(|way| way.pupils).sum();
        let pupil_metres: f64 = ways.iter().map(|way| way.metres * way.pupils as f64).sum();
        let mean = if pupils > 0 { pupil_metres / pupils as f64 } else { 0.0 };
        let pupil_km = pupil_metres / 1000.0;
        let longest = ways.last().map_or(0.0, |way| way.metres);
        let within =
            [-TIE, TIE].map(|slack| ways.iter().filter(|way| way.metres <= radius + slack).map(|way| way.pupils).sum());
        let figures = [
            ("pupil_km", pupil_km, SHARE + pupil_km * 1e-9),
            ("mean_distance_m", mean, METRES),
            ("p95_distance_m", percentile(ways, 95), METRES),
            ("max_distance_m", longest, METRES),
        ];
        for (name, expected, tolerance) in figures {
            self.compare(&format!("{of}{name}"), number(claimed, name), expected, tolerance);
        }
        let name = "within_radius_share";
        self.compare_share(&format!("{of}{name}"), number(claimed, name), within, pupils);
    }

    /// Blocks that a nearer school passes over while it takes others from further away.
    fn compare_envy(&mut self, claimed: &Value, pupils: u64) {
        let (table, stage, county) = (self.table, self.stage, self.table.county);
        let going = || {
            let schools = (0..county.blocks.len()).filter_map(|block| Some((block, table.school_of(stage, block)?)));
            schools.filter(|(block, _)| table.pupils(stage, *block) > 0)
        };
        let mut reach = vec![0.0_f64; county.schools.len()];
        for (block, school) in going() {
            reach[school] = reach[school].max(self.metres(block, school));
        }
        let passed_over = |slack: f64| {
            let mut count = [0, 0];
            for (block, own) in going() {
                let way = self.metres(block, own);
                let by = |school: usize| {
                    let other = self.metres(block, school);
                    other < way + slack && other < reach[school] + slack
                };
                let near =
                    self.outward.from(county.blocks[block].point.x).take_while(|(least, _)| *least < way + slack);
                let mut others = near.map(|(_, school)| school).filter(|school| *school != own);
                if others.any(by) {
                    count = [count[0] + 1, count[1] + table.pupils(stage, block)];
                }
            }
            count
        };
        let (least, most) = (passed_over(-TIE), passed_over(TIE));
        let claimed = &claimed["envy"];
        for (position, name) in ["blocks", "pupils"].into_iter().enumerate() {
            let found = number(claimed, name);
            if found < least[position] as f64 || found > most[position] as f64 || found.is_nan() {
                self.differs(&format!("envy.{name}"), found, least[position] as f64);
            }
        }
        self.compare_share("envy.share", number(claimed, "share"), [least[1], most[1]], pupils);
    }

    /// Who would go elsewhere than today.
    fn compare_change(&mut self, claimed: &Value) {
        let (table, stage) = (self.table, self.stage);
        let claimed = &claimed["change"];
        let Some(existing) = &table.county.existing.school_of[stage] else {
            if !claimed.is_null() {
                self.differs("change", number(claimed, "compared_blocks"), 0.0);
            }
            return;
        };
        let (mut compared, mut moved) = ([0, 0], [0, 0]);
        for (block, before) in existing.iter().enumerate() {
            let Some(before) = before else { continue };
            let pupils = table.pupils(stage, block);
            compared = [compared[0] + 1, compared[1] + pupils];
            if table.school_of(stage, block) != Some(before.get()) {
                moved = [moved[0] + 1, moved[1] + pupils];
            }
        }
        let counts = [
            ("compared_blocks", compared[0]),
            ("compared_pupils", compared[1]),
            ("moved_blocks", moved[0]),
            ("moved_pupils", moved[1]),
        ];
        for (name, expected) in counts {
            self.compare(&format!("change.{name}"), number(claimed, name), expected as f64, 0.0);
        }
        self.compare_share("change.moved_share", number(claimed, "moved_share"), [moved[1]; 2], compared[1]);
    }

    /// The sum that is made least and its terms, each with the least and the most it may come to; the communities that are
    /// parted; and what the bound is said to cover.
    fn compare_objective(&mut self, claimed: &Value, figures: &[(&'static str, [f64; 2])]) {
        let blocks = self.table.county.blocks.len() as f64;
        for (name, [least, most]) in figures {
            let found = number(&claimed["objective"], name);
            // Terms of single blocks, pairs and communities are rounded to whole pupil-millimetres.
            let tolerance = SHARE + (10.0 * blocks) * 1e-6 + most.min(1e12) * 1e-9;
            if found < least - tolerance || found > most + tolerance || found.is_nan() {
                self.differs(&format!("objective.{name}"), found, *least);
            }
        }
        if terms::parted_faults(self.table, self.stage, claimed) {
            let message = Message::new("verify-figure").sentence("stage", self.stage.message());
            let message = message.text("figure", "parted_communities").text("found", "≠");
            self.faults.push(message.text("expected", self.stage.slug()));
        }
        let covers = match (claimed["lower_bound_pupil_km"].is_null(), self.output.settings.catchments.change > 0.0) {
            (true, _) => serde_json::json!([]),
            (false, false) => serde_json::json!(["distance"]),
            (false, true) => serde_json::json!(["distance", "change"]),
        };
        if claimed["bound_covers"] != covers {
            let message = Message::new("verify-figure").sentence("stage", self.stage.message());
            let message = message.text("figure", "bound_covers").text("found", claimed["bound_covers"].to_string());
            self.faults.push(message.text("expected", covers.to_string()));
        }
    }

    fn compare_schools(&mut self, claimed: &Value) {
        let (table, stage, county) = (self.table, self.stage, self.table.county);
        let list = claimed["schools"].as_array().map_or(&[][..], Vec::as_slice);
        let serving = county.schools.iter().filter(|school| school.serves(stage)).count();
        self.compare_count("schools", list.len() as f64, serving);
        let grounds = self.output.features_by_id("catchments");
        let mut blocks = vec![0; county.schools.len()];
        for school in (0..county.blocks.len()).filter_map(|block| table.school_of(stage, block)) {
            blocks[school] += 1;
        }
        let loads = table.loads(stage);
        for (position, school) in county.schools.iter().enumerate().filter(|(_, school)| school.serves(stage)) {
            let of = format!("schools[{}].", school.id);
            let claimed = list.iter().find(|claimed| claimed["school_id"] == school.id.as_str());
            let claimed = claimed.unwrap_or(&Value::Null);
            if claimed["name"] != school.name.as_str() {
                let message = Message::new("verify-figure").sentence("stage", stage.message());
                let message = message.text("figure", format!("{of}name")).text("found", claimed["name"].to_string());
                self.faults.push(message.text("expected", &school.name));
            }
            let holder = table.sharing.schools(stage, position)[0];
            let (load, seats) = (loads[holder], table.seats(stage, holder));
            let pool = county
                .pools
                .iter()
                .find(|pool| pool.stage == stage && pool.schools.iter().any(|school| school.get() == position));
            if claimed["pool"].as_str() != pool.map(|pool| pool.name.as_str()) {
                let message = Message::new("verify-figure").sentence("stage", stage.message());
                let message = message.text("figure", format!("{of}pool")).text("found", claimed["pool"].to_string());
                self.faults.push(message.text("expected", pool.map_or("null", |pool| &pool.name)));
            }
            let own_seats = f64::from(school.seats[stage].unwrap_or(0));
            self.compare(&format!("{of}own_seats"), number(claimed, "own_seats"), own_seats, 0.0);
            self.compare_count(&format!("{of}blocks"), number(claimed, "blocks"), blocks[holder]);
            self.compare(&format!("{of}pupils"), number(claimed, "pupils"), load as f64, 0.0);
            self.compare(&format!("{of}seats"), number(claimed, "seats"), seats as f64, 0.0);
            let overload = load.saturating_sub(seats) as f64;
            self.compare(&format!("{of}overload"), number(claimed, "overload"), overload, 0.0);
            let seat_use = if seats > 0 { load as f64 / seats as f64 } else { 0.0 };
            self.compare(&format!("{of}seat_use"), number(claimed, "seat_use"), seat_use, SHARE);
            let mut ways = self.ways_of(table.blocks_of(stage, holder).iter().copied());
            self.compare_ways(claimed, &of, &mut ways, radius(self.output, stage));
            if let Some(feature) = grounds.get(format!("{stage}:{}", table.sharing.id(stage, holder)).as_str()) {
                self.compare_shape(claimed, &of, &feature["geometry"]);
            }
        }
    }

    fn compare_pools(&mut self, claimed: &Value) {
        let (table, stage, county) = (self.table, self.stage, self.table.county);
        let list = claimed["pools"].as_array().map_or(&[][..], Vec::as_slice);
        let pools: Vec<&Pool> = county.pools.iter().filter(|pool| pool.stage == stage).collect();
        self.compare_count("pools", list.len() as f64, pools.len());
        for pool in pools {
            let of = format!("pools[{}].", pool.name);
            let claimed = list.iter().find(|claimed| claimed["pool"] == pool.name.as_str()).unwrap_or(&Value::Null);
            let schools: Vec<usize> = pool.schools.iter().map(|school| school.get()).collect();
            let ids: Vec<&str> = schools.iter().map(|school| county.schools[*school].id.as_str()).collect();
            if claimed["school_ids"] != json!(ids) {
                let message = Message::new("verify-figure").sentence("stage", stage.message());
                let message = message.text("figure", format!("{of}school_ids"));
                let message = message.text("found", claimed["school_ids"].to_string());
                self.faults.push(message.text("expected", json!(ids).to_string()));
            }
            let own = table.blocks_of(stage, schools[0]);
            let pupils: u64 = own.iter().map(|block| table.pupils(stage, *block)).sum();
            let seats: u64 =
                schools.iter().map(|school| u64::from(county.schools[*school].seats[stage].unwrap_or(0))).sum();
            let mean = |metres: &dyn Fn(usize) -> f64| {
                let sum: f64 = own.iter().map(|block| table.pupils(stage, *block) as f64 * metres(*block)).sum();
                sum / pupils.max(1) as f64
            };
            let mean_distance = mean(&|block| self.metres(block, schools[0]));
            let nearest = mean(&|block| table.sharing.nearest_metres(self.ways, stage, block, schools[0]));
            self.compare_count(&format!("{of}blocks"), number(claimed, "blocks"), own.len());
            self.compare(&format!("{of}pupils"), number(claimed, "pupils"), pupils as f64, 0.0);
            self.compare(&format!("{of}seats"), number(claimed, "seats"), seats as f64, 0.0);
            let overload = pupils.saturating_sub(seats) as f64;
            self.compare(&format!("{of}overload"), number(claimed, "overload"), overload, 0.0);
            self.compare(&format!("{of}mean_distance_m"), number(claimed, "mean_distance_m"), mean_distance, METRES);
            self.compare(&format!("{of}mean_nearest_m"), number(claimed, "mean_nearest_m"), nearest, METRES);
            // Which others are strong is a matter of the strength index; those that are marked are.
            let marked = schools.iter().filter(|school| county.schools[**school].marks.strong).count();
            let strong = number(claimed, "strong_schools");
            if !(marked as f64..=schools.len() as f64).contains(&strong) {
                self.differs(&format!("{of}strong_schools"), strong, marked as f64);
            }
        }
    }

    /// Area and compactness of a ground, as far as the rounded positions of the layer tell.
    fn compare_shape(&mut self, claimed: &Value, of: &str, geometry: &Value) {
        let Some(frame) = self.frame else { return };
        let mut segments: Vec<Segment> = Vec::new();
        for ring in rings(geometry) {
            let places: Vec<_> = ring.iter().map(|position| frame.metres(*position)).collect();
            segments.extend(places.windows(2).map(|pair| (pair[0], pair[1])));
        }
        let origin = segments.first().map_or(geo::Coord { x: 0.0, y: 0.0 }, |(start, _)| *start);
        // Outer rings turn one way and holes the other, so that the sum is the area.
        let turns = segments.iter().map(|(start, end)| (*start - origin, *end - origin));
        let area = turns.map(|(start, end)| (start.x * end.y - end.x * start.y) / 2.0).sum::<f64>();
        let perimeter: f64 = segments.iter().map(|(start, end)| apart(*start, *end)).sum();
        let doubt = perimeter * ROUNDED;
        self.compare(&format!("{of}area_km2"), number(claimed, "area_km2"), area / 1e6, 6e-5 + doubt / 1e6);
        let compactness =
            if perimeter > 0.0 { 4.0 * std::f64::consts::PI * area / (perimeter * perimeter) } else { 0.0 };
        let tolerance = if perimeter > 0.0 && area > 0.0 {
            6e-5 + compactness * (doubt / area + 2.0 * segments.len() as f64 * ROUNDED / perimeter)
        } else {
            1.0
        };
        self.compare(&format!("{of}compactness"), number(claimed, "compactness"), compactness, tolerance);
    }

    fn compare_districts(&mut self, claimed: &Value, links: &Links) {
        let (table, stage, county) = (self.table, self.stage, self.table.county);
        let list = claimed["districts"].as_array().map_or(&[][..], Vec::as_slice);
        let grounds = self.output.features_by_id("districts");
        let loads = table.loads(stage);
        for (id, rows) in table.groups.of_stage(stage) {
            let Some(claimed) = list.iter().find(|claimed| claimed["district_id"] == id) else { continue };
            let of = format!("districts[{id}].");
            let members = positions(table, &rows);
            let sum = |of: &dyn Fn(usize) -> u64| members.iter().map(|school| of(*school)).sum::<u64>() as f64;
            let seats = sum(&|school| table.seats(stage, school));
            let pupils = sum(&|school| loads[school]);
            self.compare_count(&format!("{of}schools"), number(claimed, "schools"), rows.len());
            self.compare(&format!("{of}pupils"), number(claimed, "pupils"), pupils, 0.0);
            self.compare(&format!("{of}seats"), number(claimed, "seats"), seats, 0.0);
            let between = |first: usize, second: usize| apart(county.schools[first].gate, county.schools[second].gate);
            let pairs = members.iter().flat_map(|first| members.iter().map(move |second| (*first, *second)));
            let diameter = pairs.map(|(first, second)| between(first, second)).fold(0.0, f64::max);
            self.compare(&format!("{of}diameter_m"), number(claimed, "diameter_m"), diameter, METRES);
            let lead = lead_of(&rows).map(|lead| positions(table, &[lead]));
            if let Some([lead]) = lead.as_deref() {
                let others = members.iter().filter(|school| *school != lead);
                let to_lead: Vec<f64> = others.map(|school| between(*school, *lead)).collect();
                let mean = to_lead.iter().sum::<f64>() / to_lead.len().max(1) as f64;
                let longest = to_lead.iter().copied().fold(0.0, f64::max);
                self.compare(&format!("{of}mean_to_lead_m"), number(claimed, "mean_to_lead_m"), mean, METRES);
                self.compare(&format!("{of}max_to_lead_m"), number(claimed, "max_to_lead_m"), longest, METRES);
            }
            let parts =
                links.parts(|block| table.school_of(stage, block).is_some_and(|school| members.contains(&school)));
            self.compare_count(&format!("{of}parts"), number(claimed, "parts"), parts);
            self.compare_territory(claimed, &of, &members, links);
            let waiver = verdicts::waiver(self.output, table, &rows).map_or(Value::Null, Value::from);
            if claimed["waiver"] != waiver {
                self.differs(&format!("{of}waiver"), f64::NAN, f64::NAN);
            }
            if let Some(feature) = grounds.get(id) {
                self.compare_shape(claimed, &of, &feature["geometry"]);
            }
        }
    }
}

impl Figures<'_> {
    /// The parts of a territory: every block of it in one of them, each hanging together, no two of them side by side.
    fn compare_territory(&mut self, claimed: &Value, of: &str, members: &[usize], links: &Links) {
        let (table, stage, county) = (self.table, self.stage, self.table.county);
        let parts = claimed["territory"].as_array().map_or(&[][..], Vec::as_slice);
        let position: BTreeMap<&str, usize> =
            county.blocks.iter().enumerate().map(|(position, block)| (block.id.as_str(), position)).collect();
        let own = |block: usize| table.school_of(stage, block).is_some_and(|school| members.contains(&school));
        let is_apart = links.parts(own) > 1;
        self.compare_count(&format!("{of}territory"), parts.len() as f64, if is_apart { links.parts(own) } else { 0 });
        let mut part_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, part) in parts.iter().enumerate() {
            let ids = part["block_ids"].as_array().map_or(&[][..], Vec::as_slice);
            let blocks: Vec<usize> =
                ids.iter().filter_map(|id| position.get(id.as_str()?).copied()).filter(|block| own(*block)).collect();
            let pupils: u64 = blocks.iter().map(|block| table.pupils(stage, *block)).sum();
            self.compare(&format!("{of}territory.pupils"), super::distance::number(part, "pupils"), pupils as f64, 0.0);
            self.compare_count(&format!("{of}territory.parts"), links.parts(|block| blocks.contains(&block)) as f64, 1);
            part_of.extend(blocks.into_iter().map(|block| (block, number)));
        }
        if is_apart {
            let all = (0..county.blocks.len()).filter(|block| own(*block)).count();
            self.compare_count(&format!("{of}territory.blocks"), part_of.len() as f64, all);
        }
    }
}

/// The positions of the schools of some rows.
fn positions(table: &Table<'_>, rows: &[&DistrictRow]) -> Vec<usize> {
    let schools = table.county.schools.iter().enumerate();
    let named = schools.filter(|(_, school)| rows.iter().any(|row| row.school_id == school.id));
    named.map(|(position, _)| position).collect()
}

/// The shortest way, of ways sorted by length, that so many percent of the pupils do not exceed.
fn percentile(ways: &[Way], percent: u64) -> f64 {
    let pupils: u64 = ways.iter().map(|way| way.pupils).sum();
    let mut sum = 0;
    let reached = ways.iter().find(|way| {
        sum += way.pupils;
        sum * 100 >= percent * pupils
    });
    reached.map_or(0.0, |way| way.metres)
}
