//! The layer of roads: which of them people may walk on, and where they meet.

use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiLineString, Rect};
use rustc_hash::FxHashMap;

use super::columns::{Role, half_width};
use super::coordinates::Working;
use super::layer::Layer;
use super::shapes::Shape;
use super::value;
use crate::model::{Finding, FindingCode, NamedRoad, RoadNetwork};

/// Columns of the layer.
pub(super) const ROLES: &[Role] =
    &[Role::Place, Role::Class, Role::Foot, Role::Access, Role::Motorroad, Role::Road, Role::Name];

/// Roads farther than this from all blocks and schools, in metres, are no part of anybody's way to school.
const MARGIN_METRES: f64 = 5_000.0;

/// Roads that are not there, or not yet, or no more, whatever else is said of them.
const NOT_THERE: &[&str] = &[
    "construction",
    "proposed",
    "planned",
    "abandoned",
    "disused",
    "razed",
    "demolished",
    "no",
    "在建",
    "规划",
    "废弃",
];

/// Roads that people may not walk on unless it is said that they may: the default access restrictions of the
/// `OpenStreetMap` wiki (“OSM tags for routing/Access restrictions”, world), with what it lists as no road for walkers
/// under `Key:highway`. Trunk roads may be walked there; what is built like a motorway has `motorroad`.
const NOT_ON_FOOT: &[&str] = &[
    "motorway",
    "motorway_link",
    "cycleway",
    "bridleway",
    "bus_guideway",
    "busway",
    "raceway",
    "escape",
    "emergency_bay",
    "rest_area",
    "services",
    "via_ferrata",
];

/// The same in the words of Chinese layers, as parts of a class: 高速公路, 城市快速路 …
const NOT_ON_FOOT_PARTS: &[&str] = &["高速", "快速路", "快速通道"];

/// Whether people may walk on a road, as its cells say. Empty cells say nothing.
fn may_be_walked(class: &str, foot: &str, access: &str, motorroad: &str) -> bool {
    if NOT_THERE.contains(&class) {
        return false;
    }
    match foot {
        "no" | "private" | "use_sidepath" => return false,
        "designated" | "permissive" | "destination" | "official" => return true,
        _ if value::is_missing(foot) => {}
        _ => {
            if let Some(allowed) = value::flag(foot) {
                return allowed;
            }
        }
    }
    !NOT_ON_FOOT.contains(&class)
        && !NOT_ON_FOOT_PARTS.iter().any(|part| class.contains(part))
        && !matches!(access, "no" | "private")
        && motorroad != "yes"
}

/// Where a vertex is one with another: by its number in its file, else by the centimetre it lies in.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Vertex {
    Numbered(i64),
    At(i64, i64),
}

/// Roads as they are taken in.
#[derive(Default)]
struct Building {
    network: RoadNetwork,
    node_of: FxHashMap<Vertex, u32>,
}

impl Building {
    fn node(&mut self, vertex: Vertex, place: Coord<f64>) -> u32 {
        *self.node_of.entry(vertex).or_insert_with(|| {
            self.network.nodes.push(place);
            u32::try_from(self.network.nodes.len() - 1).expect("a county has fewer than 2^32 bends of roads")
        })
    }
}

/// Reads the network of the roads people may walk on. One-way rules do not bind them.
///
/// Roads meet where they have a vertex in common: the same numbered one in `OpenStreetMap` extracts, else one in the same
/// centimetre. Where lines only cross, one may be a bridge over the other, so they do not meet. Pieces with both ends
/// farther than 5 km from the rectangle around `around` are left out. A finding says what was taken and what not.
pub(super) fn read(
    layers: &[Layer],
    working: &Working,
    around: Option<Rect<f64>>,
    findings: &mut Vec<Finding>,
) -> RoadNetwork {
    let mut building = Building::default();
    let mut named: BTreeMap<String, Vec<LineString<f64>>> = BTreeMap::new();
    let near = |place: Coord<f64>| {
        around.is_none_or(|around| {
            let (low, high) = (around.min(), around.max());
            (low.x - MARGIN_METRES..=high.x + MARGIN_METRES).contains(&place.x)
                && (low.y - MARGIN_METRES..=high.y + MARGIN_METRES).contains(&place.y)
        })
    };
    for layer in layers {
        let Some(way) = layer.way(working) else { continue };
        let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
        let (mut taken, mut kilometres, mut far) = (0, 0.0, 0);
        for row in layer.rows() {
            let shape = layer.table.shapes.get(row);
            let Some(Shape::Lines(raw)) = &shape else {
                let found = shape.as_ref().map_or("-", Shape::kind);
                let finding = layer.table.finding(FindingCode::ShapeWrongKind, row);
                findings.push(layer.about_row(finding.text("found", found).text("wanted", "LineString"), row));
                continue;
            };
            let cell = |role: Role| -> String {
                layer.cell(row, role).chars().map(half_width).collect::<String>().to_lowercase()
            };
            let class = cell(Role::Class);
            let name = layer.text(row, Role::Road).or_else(|| layer.text(row, Role::Name));
            if let (Some(name), false) = (name, NOT_THERE.contains(&class.as_str()))
                && let Ok(lines) = way.lines(raw)
            {
                let near = lines.into_iter().filter(|line| line.0.iter().any(|place| near(*place)));
                named.entry(value::on_one_line(&name)).or_default().extend(near);
            }
            if !may_be_walked(&class, &cell(Role::Foot), &cell(Role::Access), &cell(Role::Motorroad)) {
                *left_out.entry(class).or_default() += 1;
                continue;
            }
            let lines = match way.lines(raw) {
                Ok(lines) => lines,
                Err(why) => {
                    let first = raw.0.first().and_then(|line| line.0.first().copied()).unwrap_or_default();
                    findings.push(layer.misplaced(row, first, &why));
                    continue;
                }
            };
            let mut numbers = layer.table.vertex_numbers.get(row).into_iter().flatten();
            let (mut is_near, mut has_pieces) = (false, false);
            for line in &lines {
                let vertices: Vec<(Vertex, Coord<f64>)> = line
                    .0
                    .iter()
                    .map(|place| {
                        let centimetre = |metres: f64| (metres * 100.0).round() as i64;
                        let at = Vertex::At(centimetre(place.x), centimetre(place.y));
                        (numbers.next().map_or(at, |number| Vertex::Numbered(*number)), *place)
                    })
                    .collect();
                has_pieces |= vertices.len() > 1;
                for ends in vertices.windows(2).filter(|ends| near(ends[0].1) || near(ends[1].1)) {
                    is_near = true;
                    let [first, second] = [ends[0], ends[1]].map(|(vertex, place)| building.node(vertex, place));
                    if first != second {
                        building.network.pieces.push([first.min(second), first.max(second)]);
                        let (x, y) = (ends[0].1.x - ends[1].1.x, ends[0].1.y - ends[1].1.y);
                        kilometres += (x * x + y * y).sqrt() / 1000.0;
                    }
                }
            }
            taken += usize::from(is_near);
            // A road of which an extract holds one node or none is neither.
            far += usize::from(has_pieces && !is_near);
        }
        let classes = left_out
            .iter()
            .map(|(class, count)| format!("{} × {count}", if class.is_empty() { "–" } else { class.as_str() }));
        let finding = layer.table.file_finding(FindingCode::RoadsTaken).count("count", taken);
        let finding = finding.decimal("kilometres", kilometres, 1).count("far", far);
        findings.push(finding.count("left_out", left_out.values().sum::<usize>()).list("classes", classes, ", "));
    }
    let mut network = building.network;
    // Two roads may share a piece; it is there once.
    network.pieces.sort_unstable();
    network.pieces.dedup();
    named.retain(|_, lines| !lines.is_empty());
    let roads = named.into_iter().map(|(name, lines)| NamedRoad { name, course: MultiLineString::new(lines) });
    network.named = roads.collect();
    network
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_walkers_outweighs_the_class_of_a_road() {
        assert!(may_be_walked("residential", "", "", ""));
        assert!(may_be_walked("乡道", "", "", ""), "classes nobody listed may be walked");
        assert!(may_be_walked("trunk", "", "", ""));
        assert!(!may_be_walked("trunk", "", "", "yes"));
        assert!(!may_be_walked("motorway", "", "", ""));
        assert!(may_be_walked("cycleway", "designated", "", ""));
        assert!(!may_be_walked("cycleway", "", "", ""));
        assert!(!may_be_walked("service", "", "private", ""));
        assert!(may_be_walked("service", "yes", "private", ""));
        assert!(!may_be_walked("primary", "use_sidepath", "", ""));
        assert!(!may_be_walked("primary", "否", "", ""));
        assert!(!may_be_walked("construction", "yes", "", ""));
        assert!(!may_be_walked("城市快速路", "", "", ""));
    }
}
