//! Schemes (方案): who goes where.

use std::collections::BTreeMap;

use super::{BlockIndex, District, DistrictKind, SchoolIndex, Stage};

/// The catchments of one stage: for each block its school, which for a pool is its holder ([`super::County::holder`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catchments {
    /// The stage.
    pub stage: Stage,
    /// For each block of the county its school; `None` where a table leaves a block out.
    pub school_of: Vec<Option<SchoolIndex>>,
}

impl Catchments {
    /// The school of `block`.
    #[must_use]
    pub fn school_of(&self, block: BlockIndex) -> Option<SchoolIndex> {
        self.school_of[block.get()]
    }
}

/// The districts of one stage: a partition of the schools that serve it, and the groups that lie over it where such are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Districts {
    /// The stage.
    pub stage: Stage,
    /// The districts, in the order of their ids.
    pub districts: Vec<District>,
}

impl Districts {
    /// The position of the district `school` belongs to, else of the first group.
    #[must_use]
    pub fn district_of(&self, school: SchoolIndex) -> Option<usize> {
        let is_in = |position: &usize| self.districts[*position].schools().any(|(other, _)| other == school);
        self.districts_first().find(is_in)
    }

    /// Positions of districts, then of groups, which lie over them.
    fn districts_first(&self) -> impl Iterator<Item = usize> + '_ {
        let of_kind = |kind: DistrictKind| {
            (0..self.districts.len()).filter(move |position| self.districts[*position].kind == kind)
        };
        of_kind(DistrictKind::District).chain(of_kind(DistrictKind::Group))
    }

    /// Whether there are both districts and groups that lie over them.
    #[must_use]
    pub fn has_both_kinds(&self) -> bool {
        let has = |kind: DistrictKind| self.districts.iter().any(|district| district.kind == kind);
        has(DistrictKind::District) && has(DistrictKind::Group)
    }

    /// Those of a kind.
    #[must_use]
    pub fn of_kind(&self, kind: DistrictKind) -> Districts {
        let districts = self.districts.iter().filter(|district| district.kind == kind).cloned();
        Districts { stage: self.stage, districts: districts.collect() }
    }

    /// The positions of the districts of all schools that are in one, else of their first group; of several the first. For one
    /// school [`Districts::district_of`] does.
    #[must_use]
    pub fn homes(&self) -> BTreeMap<SchoolIndex, usize> {
        let mut homes = BTreeMap::new();
        for position in self.districts_first() {
            for (school, _) in self.districts[position].schools() {
                homes.entry(school).or_insert(position);
            }
        }
        homes
    }
}

/// A scheme: catchments for each planned stage, and districts where they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scheme {
    /// One entry per stage, in stage order.
    pub catchments: Vec<Catchments>,
    /// One entry per stage that has districts, in stage order.
    pub districts: Vec<Districts>,
    /// Where catchments were planned within the lines of districts, those planned without; one entry per stage, in stage
    /// order, else none.
    pub free: Vec<Catchments>,
}

impl Scheme {
    /// The catchments of `stage`, where the scheme speaks of it.
    #[must_use]
    pub fn catchments_of(&self, stage: Stage) -> Option<&Catchments> {
        self.catchments.iter().find(|catchments| catchments.stage == stage)
    }

    /// The districts of `stage`, where they were made.
    #[must_use]
    pub fn districts_of(&self, stage: Stage) -> Option<&Districts> {
        self.districts.iter().find(|districts| districts.stage == stage)
    }
}
