//! What is wrong with a single outline in the sense of the simple-features standard, each fault with its place.
//!
//! Sides are judged by exact predicates in the coordinates given, so ask in the coordinates of the file: a hole that
//! touches its shell in degrees may miss it by a hair in metres.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo::{BoundingRect, Coord, LineString, MultiPolygon, Polygon, Rect};
use rustc_hash::FxHashSet;

/// A way an outline can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// A coordinate is no finite number.
    NotFinite,
    /// A ring has fewer than three different points.
    TooFewPoints,
    /// A ring runs out and back along the same line.
    Spike,
    /// A ring crosses itself, as bow-ties do.
    SelfCrossing,
    /// A ring runs along a stretch of itself.
    SelfOverlap,
    /// A ring passes a point twice without crossing itself.
    SelfTouch,
    /// The same ring stands twice.
    RepeatedRing,
    /// Two rings of a part cross.
    RingsCross,
    /// Two rings of a part run along the same line.
    RingsOverlap,
    /// A hole lies outside its shell.
    HoleOutside,
    /// A hole lies inside another hole.
    HoleNested,
    /// Rings touch so often that they cut the ground between them apart.
    GroundCut,
    /// Two parts cover the same ground.
    PartsOverlap,
    /// Two parts share a border.
    PartsAdjoin,
    /// A part lies inside another.
    PartsNested,
}

impl FaultKind {
    /// The key of its sentence.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            FaultKind::NotFinite => "fault-not-finite",
            FaultKind::TooFewPoints => "fault-too-few-points",
            FaultKind::Spike => "fault-spike",
            FaultKind::SelfCrossing => "fault-self-crossing",
            FaultKind::SelfOverlap => "fault-self-overlap",
            FaultKind::SelfTouch => "fault-self-touch",
            FaultKind::RepeatedRing => "fault-repeated-ring",
            FaultKind::RingsCross => "fault-rings-cross",
            FaultKind::RingsOverlap => "fault-rings-overlap",
            FaultKind::HoleOutside => "fault-hole-outside",
            FaultKind::HoleNested => "fault-hole-nested",
            FaultKind::GroundCut => "fault-ground-cut",
            FaultKind::PartsOverlap => "fault-parts-overlap",
            FaultKind::PartsAdjoin => "fault-parts-adjoin",
            FaultKind::PartsNested => "fault-parts-nested",
        }
    }
}

/// A fault of one kind: its first place, and how often it was met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where it was met first, in the coordinates of the outline.
    pub place: Coord<f64>,
    /// At how many places.
    pub count: usize,
}

/// All that is wrong with `outline`, by kind; nothing where it is valid. Points repeated one after the other are no
/// fault, and neither is a ring without any point.
///
/// Cost: a sweep over x, O(S log S) for S edges of usual outlines. Deterministic.
///
/// # Reference
/// OGC 06-103r4, Simple feature access, 6.1.11.1 and 6.1.14.
#[must_use]
pub fn faults(outline: &MultiPolygon<f64>) -> Vec<Fault> {
    if let [polygon] = outline.0.as_slice()
        && is_plainly_valid(polygon)
    {
        return Vec::new();
    }
    let mut found = Found::default();
    let mut rings: Vec<Ring> = Vec::new();
    for (part, polygon) in outline.0.iter().enumerate() {
        for (position, line) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            if let Some(bad) = line.0.iter().find(|place| !place.x.is_finite() || !place.y.is_finite()) {
                found.add(FaultKind::NotFinite, *bad);
                return found.faults;
            }
            if line.0.is_empty() {
                continue;
            }
            let ring = Ring::of(line, part, position > 0);
            if ring.places.len() < 3 {
                found.add(FaultKind::TooFewPoints, ring.places[0]);
            } else {
                rings.push(ring);
            }
        }
    }
    let meetings = Meetings::of(&rings, &mut found);
    meetings.judge_connection(&rings, &mut found);
    judge_containment(&rings, &meetings, &mut found);
    found.without_echoes()
}

/// The number of points that only repeat the one before them.
#[must_use]
pub fn repeated_points(outline: &MultiPolygon<f64>) -> usize {
    let of_ring = |line: &LineString<f64>| line.0.windows(2).filter(|pair| pair[0] == pair[1]).count();
    let rings = outline.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings.map(of_ring).sum()
}

/// A quick yes for convex rings without holes, which most synthetic and many real blocks are.
fn is_plainly_valid(polygon: &Polygon<f64>) -> bool {
    let ring = &polygon.exterior().0;
    if !polygon.interiors().is_empty() || ring.len() < 4 {
        return false;
    }
    let corners = &ring[..ring.len() - 1];
    let leads_down = |way: Coord<f64>| way.y < 0.0 || (way.y == 0.0 && way.x < 0.0);
    let mut turning = 0.0_f64;
    let mut bends = 0;
    for position in 0..corners.len() {
        let (before, here, after) =
            (corners[position], corners[(position + 1) % corners.len()], corners[(position + 2) % corners.len()]);
        let (into, out) = (here - before, after - here);
        let cross = into.x * out.y - into.y * out.x;
        if cross == 0.0 || turning * cross < 0.0 || !cross.is_finite() {
            return false;
        }
        turning = cross;
        bends += usize::from(leads_down(into) != leads_down(out));
    }
    // A star also turns one way only, but goes around more than once; each time it bends down once and up once.
    bends == 2
}

/// Faults by kind, in the order they are met.
#[derive(Default)]
struct Found {
    faults: Vec<Fault>,
    /// Places already counted.
    seen: FxHashSet<(FaultKind, u64, u64)>,
}

impl Found {
    fn add(&mut self, kind: FaultKind, place: Coord<f64>) {
        if !self.seen.insert((kind, place.x.to_bits(), place.y.to_bits())) {
            return;
        }
        match self.faults.iter_mut().find(|fault| fault.kind == kind) {
            Some(fault) => fault.count += 1,
            None => self.faults.push(Fault { kind, place, count: 1 }),
        }
    }

    /// Leaves out what only follows from another fault, and sorts by kind.
    fn without_echoes(mut self) -> Vec<Fault> {
        let has = |kind: FaultKind| self.seen.iter().any(|(seen, ..)| *seen == kind);
        let spike = has(FaultKind::Spike);
        let (rings, parts) = (has(FaultKind::RingsCross), has(FaultKind::PartsOverlap));
        let (repeated, along) = (has(FaultKind::RepeatedRing), has(FaultKind::RingsOverlap));
        self.faults.retain(|fault| match fault.kind {
            FaultKind::SelfOverlap | FaultKind::SelfTouch => !spike,
            FaultKind::RingsOverlap => !rings && !repeated,
            FaultKind::GroundCut => !rings && !repeated && !along,
            FaultKind::PartsAdjoin => !parts && !repeated,
            _ => true,
        });
        self.faults.sort_by_key(|fault| fault.kind);
        self.faults
    }
}

/// A ring without points that repeat the one before, not closed.
pub(super) struct Ring {
    part: usize,
    is_hole: bool,
    places: Vec<Coord<f64>>,
    around: Rect<f64>,
}

impl Ring {
    pub(super) fn of(line: &LineString<f64>, part: usize, is_hole: bool) -> Ring {
        let mut places = line.0.clone();
        places.dedup();
        while places.len() > 1 && places.first() == places.last() {
            places.pop();
        }
        let around = line.bounding_rect().unwrap_or_else(|| Rect::new(places[0], places[0]));
        Ring { part, is_hole, places, around }
    }

    /// Whether a ring has three points that are not in one line.
    pub(super) fn has_ground(line: &LineString<f64>) -> bool {
        let Some(first) = line.0.first() else { return false };
        let Some(second) = line.0.iter().find(|place| *place != first) else { return false };
        line.0.iter().any(|place| RobustKernel::orient2d(*first, *second, *place) != Orientation::Collinear)
    }

    /// Whether this ring lies inside `other`; rings that touch or cross are judged by a point that does not lie on `other`.
    pub(super) fn is_inside(&self, other: &Ring) -> bool {
        self.may_lie_in(other) && matches!(self.lies_in(other), Some((true, _)))
    }

    fn may_lie_in(&self, other: &Ring) -> bool {
        let (own, around) = (self.around, other.around);
        own.min().x >= around.min().x
            && own.min().y >= around.min().y
            && own.max().x <= around.max().x
            && own.max().y <= around.max().y
    }

    fn at(&self, position: usize) -> Coord<f64> {
        self.places[position % self.places.len()]
    }

    /// The same points in the same order, from whichever of them and in whichever direction.
    fn equals(&self, other: &Ring) -> bool {
        let count = self.places.len();
        if count != other.places.len() {
            return false;
        }
        (0..count).filter(|shift| other.places[*shift] == self.places[0]).any(|shift| {
            (0..count).all(|step| self.places[step] == other.at(shift + step))
                || (0..count).all(|step| self.places[step] == other.at(shift + count - step))
        })
    }

    /// Where `place` lies: `Some(true)` inside, `Some(false)` outside, `None` on the ring.
    fn holds(&self, place: Coord<f64>) -> Option<bool> {
        let mut inside = false;
        for position in 0..self.places.len() {
            let (start, end) = (self.at(position), self.at(position + 1));
            if is_on(place, start, end) {
                return None;
            }
            if (start.y > place.y) != (end.y > place.y) {
                let (low, high) = if start.y < end.y { (start, end) } else { (end, start) };
                inside ^= RobustKernel::orient2d(low, high, place) == Orientation::CounterClockwise;
            }
        }
        Some(inside)
    }

    /// Whether this ring lies inside `other`, for rings that do not cross, and the place that tells.
    fn lies_in(&self, other: &Ring) -> Option<(bool, Coord<f64>)> {
        let middles = (0..self.places.len()).map(|position| (self.at(position) + self.at(position + 1)) / 2.0);
        self.places.iter().copied().chain(middles).find_map(|place| Some((other.holds(place)?, place)))
    }
}

/// An edge of a ring.
#[derive(Clone, Copy)]
struct Edge {
    ring: usize,
    position: usize,
    start: Coord<f64>,
    end: Coord<f64>,
}

/// How two edges meet.
enum Meeting {
    /// In one point inside both.
    Cross(Coord<f64>),
    /// In one point that is an end of one of them.
    Touch(Coord<f64>),
    /// Along a stretch with this middle.
    Along(Coord<f64>),
}

fn is_on(place: Coord<f64>, start: Coord<f64>, end: Coord<f64>) -> bool {
    (start.x.min(end.x)..=start.x.max(end.x)).contains(&place.x)
        && (start.y.min(end.y)..=start.y.max(end.y)).contains(&place.y)
        && RobustKernel::orient2d(start, end, place) == Orientation::Collinear
}

fn meet(first: &Edge, second: &Edge) -> Option<Meeting> {
    let side = RobustKernel::orient2d;
    let of_second = (side(first.start, first.end, second.start), side(first.start, first.end, second.end));
    let of_first = (side(second.start, second.end, first.start), side(second.start, second.end, first.end));
    let level = Orientation::Collinear;
    if of_second == (level, level) {
        let along_x = (first.end.x - first.start.x).abs() >= (first.end.y - first.start.y).abs();
        let key = |place: &Coord<f64>| if along_x { place.x } else { place.y };
        let sorted = |edge: &Edge| {
            if key(&edge.start) <= key(&edge.end) { (edge.start, edge.end) } else { (edge.end, edge.start) }
        };
        let ((first_low, first_high), (second_low, second_high)) = (sorted(first), sorted(second));
        let low = if key(&first_low) >= key(&second_low) { first_low } else { second_low };
        let high = if key(&first_high) <= key(&second_high) { first_high } else { second_high };
        return match key(&low).total_cmp(&key(&high)) {
            std::cmp::Ordering::Less => Some(Meeting::Along((low + high) / 2.0)),
            std::cmp::Ordering::Equal => Some(Meeting::Touch(low)),
            std::cmp::Ordering::Greater => None,
        };
    }
    let apart = |sides: (Orientation, Orientation)| sides.0 != level && sides.1 != level && sides.0 != sides.1;
    if apart(of_second) && apart(of_first) {
        let (along, other) = (first.end - first.start, second.end - second.start);
        let between = second.start - first.start;
        let share = (between.x * other.y - between.y * other.x) / (along.x * other.y - along.y * other.x);
        return Some(Meeting::Cross(first.start + along * share.clamp(0.0, 1.0)));
    }
    [second.start, second.end]
        .into_iter()
        .find(|end| is_on(*end, first.start, first.end))
        .or_else(|| [first.start, first.end].into_iter().find(|end| is_on(*end, second.start, second.end)))
        .map(Meeting::Touch)
}

/// What the sweep over all edges leaves to be judged.
struct Meetings {
    /// Pairs of rings that cross or run along each other, so that containment means nothing.
    entangled: FxHashSet<(usize, usize)>,
    /// Rings of one part that touch in a point.
    touches: Vec<(usize, Coord<f64>)>,
}

impl Meetings {
    fn of(rings: &[Ring], found: &mut Found) -> Meetings {
        let mut meetings = Meetings { entangled: FxHashSet::default(), touches: Vec::new() };
        let mut edges: Vec<Edge> = Vec::with_capacity(rings.iter().map(|ring| ring.places.len()).sum());
        for (number, ring) in rings.iter().enumerate() {
            edges.extend((0..ring.places.len()).map(|position| Edge {
                ring: number,
                position,
                start: ring.at(position),
                end: ring.at(position + 1),
            }));
        }
        let west = |edge: &Edge| edge.start.x.min(edge.end.x);
        edges.sort_by(|first, second| west(first).total_cmp(&west(second)));
        for (position, first) in edges.iter().enumerate() {
            let east = first.start.x.max(first.end.x);
            let (south, north) = (first.start.y.min(first.end.y), first.start.y.max(first.end.y));
            for second in edges[position + 1..].iter().take_while(|second| west(second) <= east) {
                if second.start.y.min(second.end.y) > north || second.start.y.max(second.end.y) < south {
                    continue;
                }
                if let Some(meeting) = meet(first, second) {
                    meetings.judge(rings, (first, second), &meeting, found);
                }
            }
        }
        meetings
    }

    fn judge(&mut self, rings: &[Ring], (first, second): (&Edge, &Edge), meeting: &Meeting, found: &mut Found) {
        let (ring, other) = (&rings[first.ring], &rings[second.ring]);
        let is_same_ring = first.ring == second.ring;
        let is_same_part = ring.part == other.part;
        let count = ring.places.len();
        let follows = is_same_ring
            && ((first.position + 1) % count == second.position || (second.position + 1) % count == first.position);
        let pair = (first.ring.min(second.ring), first.ring.max(second.ring));
        match meeting {
            Meeting::Along(place) => {
                let kind = match (is_same_ring, is_same_part) {
                    (true, _) if follows => FaultKind::Spike,
                    (true, _) => FaultKind::SelfOverlap,
                    (false, _) if ring.equals(other) => FaultKind::RepeatedRing,
                    (false, true) => FaultKind::RingsOverlap,
                    (false, false) => FaultKind::PartsAdjoin,
                };
                let tip = if first.end == second.start || first.end == second.end { first.end } else { first.start };
                let place = match kind {
                    FaultKind::Spike => tip,
                    // Once, not for every edge of the ring.
                    FaultKind::RepeatedRing => ring.places[0],
                    _ => *place,
                };
                if kind == FaultKind::RepeatedRing {
                    self.entangled.insert(pair);
                }
                found.add(kind, place);
            }
            Meeting::Cross(place) => self.cross(is_same_ring, is_same_part, pair, *place, found),
            Meeting::Touch(_) if follows => {}
            Meeting::Touch(place) => {
                match crosses_at(*place, passage(ring, first, *place), passage(other, second, *place)) {
                    Some(true) => self.cross(is_same_ring, is_same_part, pair, *place, found),
                    _ if is_same_ring => found.add(FaultKind::SelfTouch, *place),
                    _ if is_same_part => self.touches.extend([(first.ring, *place), (second.ring, *place)]),
                    _ => {}
                }
            }
        }
    }

    fn cross(
        &mut self,
        is_same_ring: bool,
        is_same_part: bool,
        pair: (usize, usize),
        place: Coord<f64>,
        found: &mut Found,
    ) {
        let kind = match (is_same_ring, is_same_part) {
            (true, _) => FaultKind::SelfCrossing,
            (false, true) => FaultKind::RingsCross,
            (false, false) => FaultKind::PartsOverlap,
        };
        self.entangled.insert(pair);
        found.add(kind, place);
    }

    /// Rings that touch are a graph of rings and touching points; a circle in it cuts ground off.
    fn judge_connection(&self, rings: &[Ring], found: &mut Found) {
        let mut links: Vec<(u64, u64, usize, Coord<f64>)> = self
            .touches
            .iter()
            .map(|(ring, place)| ((place.x + 0.0).to_bits(), (place.y + 0.0).to_bits(), *ring, *place))
            .collect();
        links.sort_unstable_by_key(|(x, y, ring, _)| (*x, *y, *ring));
        links.dedup_by_key(|(x, y, ring, _)| (*x, *y, *ring));
        let mut root: Vec<usize> = (0..rings.len() + links.len()).collect();
        let find = |root: &mut Vec<usize>, mut node: usize| {
            while root[node] != node {
                root[node] = root[root[node]];
                node = root[node];
            }
            node
        };
        let mut point = rings.len();
        for at_point in links.chunk_by(|first, second| (first.0, first.1) == (second.0, second.1)) {
            // Parts that meet in a point do not cut each other: each part has a point of its own.
            let mut parts: Vec<usize> = at_point.iter().map(|(_, _, ring, _)| rings[*ring].part).collect();
            parts.dedup();
            for (_, _, ring, place) in at_point {
                let own = point + parts.iter().position(|part| *part == rings[*ring].part).unwrap_or(0);
                let (first, second) = (find(&mut root, *ring), find(&mut root, own));
                if first == second {
                    found.add(FaultKind::GroundCut, *place);
                } else {
                    root[first] = second;
                }
            }
            point += parts.len();
        }
    }
}

/// Where a ring comes from and goes to as it passes `place`, which lies on `edge`.
fn passage(ring: &Ring, edge: &Edge, place: Coord<f64>) -> (Coord<f64>, Coord<f64>) {
    if place == edge.start {
        (ring.at(edge.position + ring.places.len() - 1), edge.end)
    } else if place == edge.end {
        (edge.start, ring.at(edge.position + 2))
    } else {
        (edge.start, edge.end)
    }
}

/// Whether two ways through `place` cross there; `None` where they share a direction, which is another fault.
fn crosses_at(place: Coord<f64>, first: (Coord<f64>, Coord<f64>), second: (Coord<f64>, Coord<f64>)) -> Option<bool> {
    let side = RobustKernel::orient2d;
    let same_way = |one: Coord<f64>, other: Coord<f64>| {
        let (one_way, other_way) = (one - place, other - place);
        side(place, one, other) == Orientation::Collinear && one_way.x * other_way.x + one_way.y * other_way.y > 0.0
    };
    let shared = [(first.0, second.0), (first.0, second.1), (first.1, second.0), (first.1, second.1), first, second]
        .into_iter()
        .any(|(one, other)| same_way(one, other));
    if shared {
        return None;
    }
    let is_left = |to: Coord<f64>| {
        let (before, after) = (
            side(first.0, place, to) == Orientation::CounterClockwise,
            side(place, first.1, to) == Orientation::CounterClockwise,
        );
        match side(first.0, place, first.1) {
            Orientation::CounterClockwise => before && after,
            _ => before || after,
        }
    };
    Some(is_left(second.0) != is_left(second.1))
}

/// Holes must lie in their shells and in no other hole, shells in no other part.
fn judge_containment(rings: &[Ring], meetings: &Meetings, found: &mut Found) {
    let lies_in = |inner: usize, outer: usize| -> Option<(bool, Coord<f64>)> {
        if meetings.entangled.contains(&(inner.min(outer), inner.max(outer))) {
            return None;
        }
        if !rings[inner].may_lie_in(&rings[outer]) {
            return Some((false, rings[inner].places[0]));
        }
        rings[inner].lies_in(&rings[outer])
    };
    let by_part: Vec<&[Ring]> = rings.chunk_by(|first, second| first.part == second.part).collect();
    let mut first = 0;
    let mut spans: Vec<std::ops::Range<usize>> = Vec::new();
    for part in &by_part {
        spans.push(first..first + part.len());
        first += part.len();
    }
    for span in &spans {
        let shell = span.start;
        if rings[shell].is_hole {
            continue;
        }
        for hole in span.clone().skip(1) {
            if let Some((false, place)) = lies_in(hole, shell) {
                found.add(FaultKind::HoleOutside, place);
            }
            for other in span.clone().skip(1).filter(|other| *other != hole) {
                if let Some((true, place)) = lies_in(hole, other) {
                    found.add(FaultKind::HoleNested, place);
                }
            }
        }
        for other in spans.iter().filter(|other| other.start != shell && !rings[other.start].is_hole) {
            let Some((true, place)) = lies_in(shell, other.start) else { continue };
            let in_hole = other.clone().skip(1).any(|hole| matches!(lies_in(shell, hole), Some((true, _))));
            if !in_hole {
                found.add(FaultKind::PartsNested, place);
            }
        }
    }
}
