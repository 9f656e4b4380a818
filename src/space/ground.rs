//! The ground of a county, surveyed once: borders, neighbours, home blocks, distances.

use geo::{Area, Coord};

use super::adjacency::{Adjacency, Bridge, Link, LinkKind, link_islands};
use super::cells;
use super::distance::{Distances, Ways, usual_method};
use super::nearness::{NearPair, near_pairs};
use super::projection::Projection;
use super::roads::{FAR_FROM_ROADS, unjoined};
use super::ties::{Contradiction, ContradictionKind, Ties};
use super::topology::{Coverage, Settlement, Tolerance};
use crate::model::settings::DistanceMethod;
use crate::model::{
    BlockIndex, County, Finding, FindingCode, LockKind, Origin, Outlines, PerStage, Reference, SchoolIndex, Stage,
};

/// How to survey.
#[derive(Clone, Copy, Debug, Default)]
pub struct SurveyOptions {
    /// How distances are measured; see [`usual_method`] for where none is named.
    pub distance: Option<DistanceMethod>,
    /// Whether blocks that are points go without cells around them where their neighbours are given: for those who ask
    /// for no shapes. Home blocks are the same either way, as a gate lies in the cell of the nearest point.
    pub points_stay_points: bool,
}

/// Blocks are neighbours where they share at least this many metres of border; a corner is not enough.
pub const LEAST_BORDER: f64 = 1.0;

/// Overlaps of at least this many square metres are listed one by one; smaller ones are added up.
const NOTABLE_AREA: f64 = 1.0;

/// From this share of blocks on that touch no other, a layer is one of compounds with streets between them.
const ALONE_SHARE: f64 = 0.5;

/// Outlines whose areas differ by no more than this share are the same.
const SAME_SHARE: f64 = 1e-6;

/// From this share on, roads that do not hang together with the others are more than a few loose ends.
const TORN_SHARE: f64 = 0.1;

/// A given distance below this share of the straight line is no rounding, but another unit or another place.
const SHORT_SHARE: f64 = 0.9;

/// Blocks of an island that are named beside the one that was joined.
const NAMED_BLOCKS: usize = 4;

/// What geometry says of a county, computed once and read by everything below.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The blocks as a planar partition.
    pub coverage: Coverage,
    /// Which blocks are neighbours.
    pub adjacency: Adjacency,
    /// Block to gate distances.
    pub distances: Distances,
    /// For each stage and school the block it stands in; `None` for schools that do not serve the stage.
    pub homes: PerStage<Vec<Option<BlockIndex>>>,
    /// Whether outlines were made as cells around points.
    pub cells_around_points: bool,
    /// Whether blocks have outlines, their own or cells; without them nothing has an area or a border of known length.
    pub has_outlines: bool,
    earth: Option<Projection>,
}

impl Ground {
    /// Surveys `county` and lists what it found on the way.
    ///
    /// Deterministic. Cost: O((V + blocks × schools around barriers) log) for V vertices of outlines.
    ///
    /// # Panics
    /// Where the county's projection is not one this build can compute; reading a county rules that out.
    #[must_use]
    pub fn survey(county: &County, options: SurveyOptions) -> (Ground, Vec<Finding>) {
        let earth = match &county.reference {
            Reference::Local => None,
            Reference::Projected { name, definition } => Some(
                Projection::from_definition(name, definition).expect("the county was read through this projection"),
            ),
        };
        let mut survey = Survey { county, earth: earth.as_ref(), findings: Vec::new() };
        survey.check_parts();
        let (cells, cells_around_points) = survey.cells(options);
        let outlines = cells.as_ref().unwrap_or(&county.outlines);
        let has_outlines = county.blocks.is_empty() || outlines.has_any();
        let (coverage, settlement) = Coverage::build(outlines, Tolerance::default());
        if !cells_around_points {
            survey.report_settlement(&settlement);
        }
        let homes = survey.homes(outlines, cells_around_points);
        survey.check_locks(&homes);
        let adjacency = survey.adjacency(&coverage, &homes, cells_around_points);
        let method = options.distance.unwrap_or_else(|| usual_method(county));
        survey.check_barriers(method);
        let distances = Distances::measure(county, method);
        survey.check_roads(&distances);
        survey.check_given(&distances);
        let findings = survey.findings;
        (Ground { coverage, adjacency, distances, homes, cells_around_points, has_outlines, earth }, findings)
    }

    /// Longitude and latitude of a place in working metres; the place itself in a local county.
    #[must_use]
    pub fn to_earth(&self, place: Coord<f64>) -> Coord<f64> {
        to_earth(self.earth.as_ref(), place)
    }

    /// The working metres of a place as findings give it: longitude and latitude, or planar metres in a local county.
    /// `None` where it cannot be computed.
    #[must_use]
    pub fn from_earth(&self, place: Coord<f64>) -> Option<Coord<f64>> {
        let metres = self.earth.as_ref().map_or(Some(place), |projection| projection.from_earth(place).ok())?;
        (metres.x.is_finite() && metres.y.is_finite()).then_some(metres)
    }

    /// The block `school` stands in for `stage`.
    #[must_use]
    pub fn home(&self, stage: Stage, school: SchoolIndex) -> Option<BlockIndex> {
        self.homes[stage].get(school.get()).copied().flatten()
    }
}

pub(super) fn to_earth(earth: Option<&Projection>, place: Coord<f64>) -> Coord<f64> {
    earth.map_or(place, |projection| projection.to_earth(place).unwrap_or(Coord { x: f64::NAN, y: f64::NAN }))
}

/// Borders that become links at a time.
const BORDERS: usize = 1 << 18;

/// Borders as links in the same order. What has become a link is given back as it goes: a large county has millions.
fn links_of(mut borders: Vec<(u32, u32, f64)>) -> Vec<Link> {
    let mut links = Vec::with_capacity(borders.len());
    while !borders.is_empty() {
        let last = borders.len().saturating_sub(BORDERS);
        let link = |(first, second, metres)| Link { first, second, kind: LinkKind::Border(metres) };
        links.extend(borders.drain(last..).rev().map(link));
        borders.shrink_to_fit();
    }
    links.reverse();
    links
}

pub(super) struct Survey<'a> {
    pub(super) county: &'a County,
    earth: Option<&'a Projection>,
    pub(super) findings: Vec<Finding>,
}

impl Survey<'_> {
    fn place(&self, place: Coord<f64>) -> Coord<f64> {
        to_earth(self.earth, place)
    }

    fn finding(&self, code: FindingCode, origin: Origin) -> Finding {
        let finding = Finding::new(code).at_row(origin.row);
        match self.county.files.get(origin.file as usize) {
            Some(file) => finding.in_file(file.clone()),
            None => finding,
        }
    }

    /// A finding about the layer of blocks as a whole.
    fn layer_finding(&self, code: FindingCode) -> Finding {
        let file = self.county.blocks.first().and_then(|block| self.county.files.get(block.origin.file as usize));
        match file {
            Some(file) => Finding::new(code).in_file(file.clone()),
            None => Finding::new(code),
        }
    }

    fn block_finding(&self, code: FindingCode, block: usize) -> Finding {
        let block = &self.county.blocks[block];
        self.finding(code, block.origin).about(block.name.clone()).at_place(self.place(block.point))
    }

    pub(super) fn school_finding(&self, code: FindingCode, school: usize) -> Finding {
        let school = &self.county.schools[school];
        self.finding(code, school.origin).about(school.name.clone()).at_place(self.place(school.gate))
    }

    fn check_parts(&mut self) {
        let county = self.county;
        for position in 0..county.blocks.len() {
            let parts = county.outlines.rings_of(position).filter(|(_, is_hole)| !is_hole).count();
            if parts > 1 {
                let finding = self.block_finding(FindingCode::OutlineMultipart, position).count("parts", parts);
                self.findings.push(finding);
            }
        }
    }

    /// Cells made around points where these stand for outlines, and whether blocks are points.
    fn cells(&mut self, options: SurveyOptions) -> (Option<Outlines>, bool) {
        let blocks = &self.county.blocks;
        if options.points_stay_points
            && self.county.adjacency.as_ref().is_some_and(|given| !given.beside_borders)
            && !self.county.outlines.has_any()
        {
            return (None, true);
        }
        if blocks.is_empty() || self.county.outlines.has_any() {
            return (None, false);
        }
        let points: Vec<Coord<f64>> = blocks.iter().map(|block| block.point).collect();
        let frame = if self.county.areas.is_empty() {
            cells::frame_around(&points)
        } else {
            geo::unary_union(self.county.areas.iter().map(|area| &area.outline))
        };
        let finding = self.layer_finding(FindingCode::OutlineFromPoint).count("count", blocks.len());
        self.findings.push(finding);
        (Some(cells::voronoi(&points, &frame).iter().map(Option::as_ref).collect()), true)
    }

    fn report_settlement(&mut self, settlement: &Settlement) {
        let blocks = &self.county.blocks;
        if settlement.joined_vertices + settlement.cut_edges > 0 {
            let finding = self
                .layer_finding(FindingCode::OutlineSnapped)
                .count("joined", settlement.joined_vertices)
                .count("cut", settlement.cut_edges);
            self.findings.push(finding);
        }
        let (notable, small): (Vec<_>, Vec<_>) =
            settlement.overlaps.iter().partition(|overlap| overlap.area >= NOTABLE_AREA);
        let outlines = &self.county.outlines;
        let area = |block: usize| outlines.get(block).map_or(0.0, |outline| outline.unsigned_area());
        for overlap in notable {
            // Of equal outlines the first keeps all; a smaller one wholly covered lies inside.
            let (kept, ceded) = (area(overlap.kept), area(overlap.ceded));
            let covers = |whole: f64| overlap.area >= whole - NOTABLE_AREA.max(whole * SAME_SHARE);
            if covers(kept) {
                let (code, block, other) = if covers(ceded) {
                    (FindingCode::OutlineDuplicate, overlap.ceded, overlap.kept)
                } else {
                    (FindingCode::OutlineInside, overlap.kept, overlap.ceded)
                };
                let finding = self.block_finding(code, block).text("other", blocks[other].name.clone()).decimal(
                    "area",
                    overlap.area,
                    1,
                );
                self.findings.push(finding);
                continue;
            }
            let finding = self
                .block_finding(FindingCode::OutlineOverlap, overlap.ceded)
                .at_place(self.place(overlap.place))
                .text("kept", blocks[overlap.kept].name.clone())
                .text("ceded", blocks[overlap.ceded].name.clone())
                .decimal("area", overlap.area, 1);
            self.findings.push(finding);
        }
        let (closed, open): (Vec<_>, Vec<_>) = settlement.gaps.iter().partition(|gap| gap.closed_by.is_some());
        if !small.is_empty() || !closed.is_empty() {
            let area =
                small.iter().map(|overlap| overlap.area).sum::<f64>() + closed.iter().map(|gap| gap.area).sum::<f64>();
            let finding = self
                .layer_finding(FindingCode::OutlineSliver)
                .count("overlaps", small.len())
                .count("gaps", closed.len())
                .decimal("area", area, 2);
            self.findings.push(finding);
        }
        for gap in open {
            let finding = self
                .layer_finding(FindingCode::OutlineGap)
                .at_place(self.place(gap.place))
                .decimal("area", gap.area, 1);
            self.findings.push(finding);
        }
    }

    /// Reports locks that cannot hold together, or not with the place of a school.
    fn check_locks(&mut self, homes: &PerStage<Vec<Option<BlockIndex>>>) {
        let county = self.county;
        let name = |block: BlockIndex| county.block(block).name.clone();
        for stage in county.stages.iter().copied() {
            let school_name = |school: SchoolIndex| county.catchment_name(stage, school);
            for Contradiction { lock, kind } in Ties::of(county, &homes[stage], stage).1 {
                let lock = &county.locks[lock];
                let (block, other, school) = match lock.kind {
                    LockKind::BlockToSchool { block, school, .. } | LockKind::Forbidden { block, school, .. } => {
                        (block, None, Some(school))
                    }
                    LockKind::Together { first, second, .. } | LockKind::Apart { first, second, .. } => {
                        (first, Some(second), None)
                    }
                    LockKind::Lead { .. } | LockKind::MemberOf { .. } => continue,
                };
                let code = match kind {
                    ContradictionKind::OtherSchool(_) => FindingCode::LockConflict,
                    ContradictionKind::TwoSchools(..) => FindingCode::LockTogetherConflict,
                    ContradictionKind::Together => FindingCode::LockTogetherApart,
                    ContradictionKind::SameSchool(_) => FindingCode::LockApartConflict,
                    ContradictionKind::Needed => FindingCode::LockForbiddenNeeded,
                    ContradictionKind::NoneLeft => FindingCode::LockForbiddenAll,
                };
                let mut finding = self
                    .finding(code, lock.origin)
                    .about(name(block))
                    .at_place(self.place(county.block(block).point))
                    .sentence("stage", stage.message());
                if let Some(other) = other {
                    finding = finding.text("other", name(other));
                }
                let schools = match kind {
                    ContradictionKind::OtherSchool(second) => [school, Some(second)],
                    ContradictionKind::TwoSchools(first, second) => [Some(first), Some(second)],
                    ContradictionKind::SameSchool(first) => [Some(first), None],
                    _ => [school, None],
                };
                for (key, school) in ["first", "second"].into_iter().zip(schools) {
                    if let Some(school) = school {
                        finding = finding.text(key, school_name(school));
                    }
                }
                self.findings.push(finding);
            }
        }
    }

    fn adjacency(
        &mut self,
        coverage: &Coverage,
        homes: &PerStage<Vec<Option<BlockIndex>>>,
        cells_around_points: bool,
    ) -> Adjacency {
        let county = self.county;
        let mut borders = coverage.borders();
        borders.retain(|(_, _, length)| *length >= LEAST_BORDER);
        let links: Vec<Link> = match &county.adjacency {
            Some(given) if given.beside_borders => {
                let mut links = links_of(borders);
                if !cells_around_points {
                    self.link_near(&mut links);
                }
                let known: Vec<(usize, usize)> = links.iter().map(Link::pair).collect();
                let pairs = given.pairs.iter().map(|(first, second)| (first.get(), second.get()));
                links.extend(
                    pairs
                        .filter(|pair| known.binary_search(pair).is_err())
                        .map(|(first, second)| Link::new(first, second, LinkKind::Given)),
                );
                links
            }
            Some(given) => {
                if !cells_around_points {
                    self.compare_adjacency(&given.pairs, &borders);
                }
                given
                    .pairs
                    .iter()
                    .map(|(first, second)| Link::new(first.get(), second.get(), LinkKind::Given))
                    .collect()
            }
            None => {
                let mut links = links_of(borders);
                if !cells_around_points {
                    self.link_near(&mut links);
                }
                links
            }
        };
        let point = |block: usize| county.blocks[block].point;
        let anchors: Vec<Vec<usize>> = county
            .stages
            .iter()
            .map(|stage| homes[*stage].iter().flatten().map(|block| block.get()).collect())
            .collect();
        let (adjacency, bridges) = link_islands(county.blocks.len(), links, point, &anchors);
        for Bridge { island, mainland, metres, blocks } in &bridges {
            let pupils = |block: &usize| -> u64 {
                county.stages.iter().map(|stage| u64::from(county.blocks[*block].pupils[*stage])).sum()
            };
            let names = blocks.iter().filter(|block| *block != island).take(NAMED_BLOCKS);
            let finding = self
                .block_finding(FindingCode::BlockIsland, *island)
                .text("other", county.blocks[*mainland].name.clone())
                .decimal("metres", *metres, 0)
                .count("count", blocks.len())
                .count("pupils", blocks.iter().map(pupils).sum::<u64>())
                .list("names", names.map(|block| &county.blocks[*block].name), ", ");
            self.findings.push(finding);
        }
        self.findings.extend(super::parts::short_of_seats(county, &adjacency, homes, self.earth));
        adjacency
    }

    /// Where most blocks touch no other, adds the links across the gaps around these; `links` are sorted, and stay so.
    fn link_near(&mut self, links: &mut Vec<Link>) {
        let blocks = &self.county.blocks;
        let mut is_alone = vec![true; blocks.len()];
        for link in links.iter() {
            is_alone[link.first as usize] = false;
            is_alone[link.second as usize] = false;
        }
        let alone = is_alone.iter().filter(|alone| **alone).count();
        if alone < 2 || (alone as f64) < ALONE_SHARE * blocks.len() as f64 {
            return;
        }
        let pairs = near_pairs(&self.county.outlines, |block| is_alone[block]);
        let mut gaps: Vec<f64> = pairs.iter().map(|pair| pair.gap).collect();
        gaps.sort_by(f64::total_cmp);
        let finding = self
            .layer_finding(FindingCode::AdjacencyNearness)
            .count("alone", alone)
            .count("blocks", blocks.len())
            .count("links", pairs.len())
            .decimal("median", gaps.get(gaps.len() / 2).copied().unwrap_or(0.0), 0)
            .decimal("widest", gaps.last().copied().unwrap_or(0.0), 0);
        self.findings.push(finding);
        let near = |pair: NearPair| Link::new(pair.first, pair.second, LinkKind::Near(pair.gap));
        links.extend(pairs.into_iter().map(near));
        links.sort_by_key(|link| (link.first, link.second));
    }

    fn compare_adjacency(&mut self, given: &[(BlockIndex, BlockIndex)], borders: &[(u32, u32, f64)]) {
        let given: Vec<(usize, usize)> = given.iter().map(|(first, second)| (first.get(), second.get())).collect();
        let apart = given
            .iter()
            .filter(|pair| {
                borders.binary_search_by_key(*pair, |(first, second, _)| (*first as usize, *second as usize)).is_err()
            })
            .count();
        let left_out = borders
            .iter()
            .filter(|(first, second, _)| given.binary_search(&(*first as usize, *second as usize)).is_err())
            .count();
        if apart + left_out > 0 {
            self.findings
                .push(Finding::new(FindingCode::AdjacencyDiffers).count("apart", apart).count("left_out", left_out));
        }
    }

    fn check_barriers(&mut self, method: DistanceMethod) {
        if method != DistanceMethod::Barrier {
            return;
        }
        let county = self.county;
        let ways = Ways::new(&county.barriers, &county.crossings);
        for (crossing, across) in county.crossings.iter().zip(ways.leads_across()) {
            if across.is_empty() {
                let finding = Finding::new(FindingCode::CrossingOffBarrier)
                    .about(crossing.name.clone())
                    .at_place(self.place(crossing.place));
                self.findings.push(finding);
            }
        }
        for (number, barrier) in county.barriers.iter().enumerate() {
            if !ways.leads_across().iter().any(|across| across.contains(&number)) {
                self.findings.push(Finding::new(FindingCode::BarrierWithoutCrossing).about(barrier.name.clone()));
            }
        }
    }

    /// Reports what the ways along roads rest on: whether the roads hang together, and how far places are from them.
    fn check_roads(&mut self, distances: &Distances) {
        if distances.method() != DistanceMethod::Road {
            return;
        }
        let county = self.county;
        let (Some(network), Some(figures)) = (&county.roads, distances.roads()) else {
            self.findings.push(Finding::new(FindingCode::RoadsNone));
            return;
        };
        let unjoined = unjoined(network);
        if let Some(place) = unjoined.place {
            let finding = Finding::new(FindingCode::RoadsCrossing).at_place(self.place(place));
            self.findings.push(finding.count("crossings", unjoined.crossings).count("ends", unjoined.ends));
        }
        if figures.parts > 1 {
            let torn = figures.left_out_share >= TORN_SHARE;
            let code = if torn { FindingCode::RoadsTorn } else { FindingCode::RoadsApart };
            let finding = Finding::new(code).count("parts", figures.parts - 1);
            self.findings.push(finding.decimal("percent", 100.0 * figures.left_out_share, 1));
        }
        for (school, metres) in figures.school_legs_m.iter().enumerate().filter(|(_, leg)| **leg > FAR_FROM_ROADS) {
            let finding = self.school_finding(FindingCode::RoadFarSchool, school).decimal("metres", *metres, 0);
            self.findings.push(finding);
        }
        let far = figures.block_legs_m.iter().enumerate().filter(|(_, leg)| **leg > FAR_FROM_ROADS);
        let count = far.clone().count();
        if let Some((farthest, metres)) = far.max_by(|first, second| first.1.total_cmp(second.1)) {
            let finding = self.block_finding(FindingCode::RoadFarBlocks, farthest).count("count", count);
            self.findings.push(finding.decimal("metres", *metres, 0));
        }
    }

    /// Reports what a table of given distances lacks, and distances no way can have.
    fn check_given(&mut self, distances: &Distances) {
        if distances.method() != DistanceMethod::Given {
            return;
        }
        let county = self.county;
        if county.given_distances.is_none() {
            self.findings.push(Finding::new(FindingCode::DistanceNone));
            return;
        }
        let schools: Vec<SchoolIndex> = (0..county.schools.len()).map(SchoolIndex::new).collect();
        let (mut missing, mut bare, mut first) = (0, 0, None);
        let (mut short, mut known, mut example) = (0, 0, None);
        for block in county.block_indices() {
            let mut of_block = 0;
            for school in &schools {
                if !distances.has_way(block, *school) {
                    missing += 1;
                    first = first.or(Some((block, *school)));
                    continue;
                }
                of_block += 1;
                if distances.metres(block, *school) < SHORT_SHARE * distances.straight_metres(block, *school) {
                    short += 1;
                    example = example.or(Some((block, *school)));
                }
            }
            known += of_block;
            bare += usize::from(of_block == 0);
        }
        if let Some((block, school)) = first {
            let finding = self.block_finding(FindingCode::DistanceMissing, block.get());
            let finding = finding.count("count", missing).count("pairs", missing + known).count("blocks", bare);
            self.findings.push(finding.text("school", county.school(school).name.clone()));
        }
        if let Some((block, school)) = example {
            let finding = self.block_finding(FindingCode::DistanceShort, block.get());
            let finding = finding.count("count", short).text("school", county.school(school).name.clone());
            let finding = finding.decimal("given", distances.metres(block, school), 0);
            self.findings.push(finding.decimal("straight", distances.straight_metres(block, school), 0));
        }
    }
}
