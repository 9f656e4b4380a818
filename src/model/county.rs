//! The county: everything a plan is made from, checked and immutable.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;

use geo::{Coord, MultiPolygon};

use super::{
    Barrier, Block, BlockIndex, Crossing, District, GivenDistances, Level, Lock, LockKind, Outlines, PerStage, Pool,
    RoadNetwork, School, SchoolIndex, Stage, Target,
};

/// Where a row was read: a position in [`County::files`] and a row of that file.
///
/// Rows of tables count as a spreadsheet does (the header is row 1); features count from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Position in [`County::files`].
    pub file: u32,
    /// Row or feature number.
    pub row: u32,
}

/// How the working metres of a county relate to the earth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// Plain planar metres that nobody said where they lie; outputs stay planar.
    Local,
    /// A projected coordinate system in metres.
    Projected {
        /// The name shown to people, such as `EPSG:4545` or a central meridian.
        name: String,
        /// The PROJ definition the coordinates follow.
        definition: String,
    },
}

/// An administrative area 行政区划: a town, a street office, the county line.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Its outline in working metres.
    pub outline: MultiPolygon<f64>,
}

/// A catchment, or all of them together, as an authority proposes it.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The authority 提案单位.
    pub authority: String,
    /// The stages it is for.
    pub stages: Vec<Stage>,
    /// Its outline in working metres.
    pub outline: MultiPolygon<f64>,
}

/// Block pairs the user says are neighbours; used as they stand instead of shared borders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenAdjacency {
    /// Pairs, each once, smaller index first, sorted.
    pub pairs: Vec<(BlockIndex, BlockIndex)>,
    /// Whether the pairs stand beside the shared borders, as bridges and ferries do, rather than instead of them.
    pub beside_borders: bool,
}

/// Today's assignment 现行方案: for each stage and block the school, where known.
#[derive(Clone, Debug, Default)]
pub struct ExistingScheme {
    /// `None` for a stage the existing scheme does not speak of.
    pub school_of: PerStage<Option<Vec<Option<SchoolIndex>>>>,
}

/// The whole area planned at once.
///
/// Invariants: ids are unique among schools and among blocks; every index points inside its list; coordinates
/// are finite; [`County::stages`] is either `[All]` or a sorted choice of `Primary` and `Junior`.
#[derive(Clone, Debug)]
pub struct County {
    /// Its name, where the settings give one.
    pub name: Option<String>,
    /// How its metres relate to the earth.
    pub reference: Reference,
    /// The files it was read from, as the settings or the command line name them.
    pub files: Vec<String>,
    /// The stages to plan.
    pub stages: Vec<Stage>,
    /// Schools in input order.
    pub schools: Vec<School>,
    /// Pools of schools that share a catchment, by stage and then in the order of their first schools.
    pub pools: Vec<Pool>,
    /// Blocks in input order.
    pub blocks: Vec<Block>,
    /// The outline of each block as it was read, in working metres; none where the input gives a point.
    pub outlines: Outlines,
    /// Given neighbour pairs, where there is such a table.
    pub adjacency: Option<GivenAdjacency>,
    /// Today's assignment, where there is one.
    pub existing: ExistingScheme,
    /// Locks 锁定.
    pub locks: Vec<Lock>,
    /// Rivers, railways, trunk roads.
    pub barriers: Vec<Barrier>,
    /// Bridges and underpasses.
    pub crossings: Vec<Crossing>,
    /// Roads people walk on, where there is such a layer.
    pub roads: Option<RoadNetwork>,
    /// Given distances, where there is such a table.
    pub given_distances: Option<GivenDistances>,
    /// Administrative areas.
    pub areas: Vec<Area>,
    /// Catchments as several authorities propose them.
    pub proposals: Vec<Proposal>,
    /// Groups of schools as they are, or as somebody proposes them; a school may be in several.
    pub groups: Vec<District>,
    /// Targets of the document, with what has been reached.
    pub targets: Vec<Target>,
}

impl County {
    /// The compulsory schools of all stages as those of one, [`Stage::All`]: their seats and pupils are what they have in all stages.
    /// Pools, which share the seats of a stage, are no more.
    #[must_use]
    pub fn across_stages(mut self) -> County {
        for school in &mut self.schools {
            // Where the table does not tell the stage, pupils and seats do.
            let level = match (school.serves(Stage::Primary), school.serves(Stage::Junior)) {
                (true, true) => Some(Level::NineYear),
                (true, false) => Some(Level::Primary),
                (false, true) => Some(Level::Junior),
                (false, false) => None,
            };
            school.standing.level = school.standing.level.or(level);
            for of_stage in [&mut school.seats, &mut school.enrolment, &mut school.least_pupils] {
                let stages = Stage::EACH.into_iter();
                let known: Vec<u32> = stages.filter_map(|stage| std::mem::take(&mut of_stage[stage])).collect();
                of_stage[Stage::All] = (!known.is_empty()).then(|| known.iter().sum());
            }
            school.shared_seats = None;
            school.seats[Stage::All] = school.is_compulsory().then(|| school.seats[Stage::All].unwrap_or(0));
        }
        self.pools.clear();
        self.stages = vec![Stage::All];
        self
    }

    /// The sites of each school as one, the first, with the pupils and resources of all: groups are of schools, and so is who is
    /// covered. The other sites stay in the list and serve no stage.
    #[must_use]
    pub fn of_whole_schools(mut self) -> County {
        let mut first_of: BTreeMap<String, usize> = BTreeMap::new();
        let mut stands_for: Vec<SchoolIndex> = (0..self.schools.len()).map(SchoolIndex::new).collect();
        for (position, stands_for) in stands_for.iter_mut().enumerate() {
            let Some((id, name)) = self.schools[position].standing.site_of.clone() else { continue };
            let first = *first_of.entry(id.clone()).or_insert(position);
            if first == position {
                (self.schools[position].id, self.schools[position].name) = (id, name);
                continue;
            }
            *stands_for = SchoolIndex::new(first);
            let site = &mut self.schools[position];
            let (seats, enrolment) = (std::mem::take(&mut site.seats), std::mem::take(&mut site.enrolment));
            let resources = std::mem::take(&mut site.resources);
            let classes = site.standing.classes.take();
            site.standing.stood_for = true;
            let whole = &mut self.schools[first];
            let add =
                |one: Option<u32>, other: Option<u32>| one.into_iter().chain(other).reduce(|one, other| one + other);
            for stage in [Stage::Primary, Stage::Junior, Stage::All] {
                whole.seats[stage] = add(whole.seats[stage], seats[stage]);
                whole.enrolment[stage] = add(whole.enrolment[stage], enrolment[stage]);
            }
            for (own, other) in whole.resources.iter_mut().zip(resources) {
                *own = [*own, other].into_iter().flatten().reduce(|own, other| own + other);
            }
            whole.standing.classes = add(whole.standing.classes, classes);
        }
        let whole = |school: SchoolIndex| stands_for[school.get()];
        for group in &mut self.groups {
            group.lead = group.lead.map(whole);
            for schools in [&mut group.members, &mut group.helpers] {
                let mut known: BTreeSet<SchoolIndex> = BTreeSet::new();
                *schools = schools.iter().map(|school| whole(*school)).filter(|school| known.insert(*school)).collect();
            }
            group.members.retain(|school| Some(*school) != group.lead);
            group.helpers.retain(|school| group.members.contains(school));
            let mut known = BTreeSet::new();
            group.bases = group.bases.iter().map(|(school, stage)| (whole(*school), *stage)).collect();
            group.bases.retain(|base| known.insert(*base));
        }
        for lock in &mut self.locks {
            lock.kind = match lock.kind {
                LockKind::Lead { school } => LockKind::Lead { school: whole(school) },
                LockKind::MemberOf { member, lead } => LockKind::MemberOf { member: whole(member), lead: whole(lead) },
                other => other,
            };
        }
        self
    }

    /// The schools that serve `stage`, in input order.
    pub fn schools_of(&self, stage: Stage) -> impl Iterator<Item = SchoolIndex> + '_ {
        self.schools
            .iter()
            .enumerate()
            .filter(move |(_, school)| school.serves(stage))
            .map(|(index, _)| SchoolIndex::new(index))
    }

    /// The counties schools stand in, each once, in the order of the table.
    #[must_use]
    pub fn names_of_counties(&self) -> Vec<&str> {
        let mut known = BTreeSet::new();
        let told = self.schools.iter().filter_map(|school| school.standing.county.as_deref());
        told.filter(|name| known.insert(*name)).collect()
    }

    /// The county that is called `wanted`, as the table calls it: by its whole name, else the only one that is called so but for
    /// what kind of place it is (湾里管理局、湾里区、湾里).
    #[must_use]
    pub fn county_called(&self, wanted: &str) -> Option<&str> {
        let names = self.names_of_counties();
        if let Some(exactly) = names.iter().find(|name| **name == wanted) {
            return Some(exactly);
        }
        let mut alike = names.into_iter().filter(|name| bare_name(name) == bare_name(wanted));
        alike.next().filter(|_| alike.next().is_none())
    }

    /// Pupils of `stage` in all blocks.
    #[must_use]
    pub fn pupils(&self, stage: Stage) -> u64 {
        self.blocks.iter().map(|block| u64::from(block.pupils[stage])).sum()
    }

    /// Seats of `stage` in all schools.
    #[must_use]
    pub fn seats(&self, stage: Stage) -> u64 {
        self.schools.iter().filter_map(|school| school.seats[stage]).map(u64::from).sum()
    }

    /// The files it was read from, without the folders they lay in: those are nobody else's business.
    #[must_use]
    pub fn file_names(&self) -> Vec<&str> {
        let name = |file| Path::new(file).file_name().and_then(OsStr::to_str).unwrap_or(file);
        self.files.iter().map(|file| name(file.as_str())).collect()
    }

    /// The school at `index`.
    #[must_use]
    pub fn school(&self, index: SchoolIndex) -> &School {
        &self.schools[index.get()]
    }

    /// The straight metres between the gates of two schools.
    #[must_use]
    pub fn metres_apart(&self, first: SchoolIndex, second: SchoolIndex) -> f64 {
        let between = self.school(first).gate - self.school(second).gate;
        between.x.hypot(between.y)
    }

    /// The locks that say who leads: a school with the lead of its district, a lead with itself.
    pub fn locked_leads(&self) -> impl Iterator<Item = (SchoolIndex, SchoolIndex)> + '_ {
        self.locks.iter().filter_map(|lock| lock.kind.with_lead())
    }

    /// The block at `index`.
    #[must_use]
    pub fn block(&self, index: BlockIndex) -> &Block {
        &self.blocks[index.get()]
    }

    /// The block positions in input order.
    pub fn block_indices(&self) -> impl Iterator<Item = BlockIndex> + use<> {
        (0..self.blocks.len()).map(BlockIndex::new)
    }

    /// The smallest rectangle around all gates, block points and outlines; `None` where there are none.
    #[must_use]
    pub fn extent(&self) -> Option<geo::Rect<f64>> {
        let gates = self.schools.iter().map(|school| school.gate);
        let points = self.blocks.iter().map(|block| block.point);
        rectangle_around(gates.chain(points).chain(self.outlines.corners().iter().copied()))
    }
}

/// The name of a county without what kind of place it is, as long as two letters are left.
fn bare_name(name: &str) -> &str {
    const KINDS: [&str; 9] = ["管理局", "管理区", "自治县", "开发区", "经开区", "新区", "区", "县", "市"];
    let name = name.trim();
    let bare = KINDS.iter().find_map(|kind| name.strip_suffix(kind).filter(|bare| bare.chars().count() >= 2));
    bare.unwrap_or(name)
}

/// The smallest rectangle around some places; `None` where there are none.
pub(super) fn rectangle_around(places: impl IntoIterator<Item = Coord<f64>>) -> Option<geo::Rect<f64>> {
    let mut places = places.into_iter();
    let first = places.next()?;
    let (low, high) = places.fold((first, first), |(low, high), place| {
        (
            Coord { x: low.x.min(place.x), y: low.y.min(place.y) },
            Coord { x: high.x.max(place.x), y: high.y.max(place.y) },
        )
    });
    Some(geo::Rect::new(low, high))
}
