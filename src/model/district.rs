//! Districts (学区/片区): schools that work together.

use std::collections::BTreeMap;

use super::{County, DistrictKind, Governance, HeadBy, Mode, SchoolIndex, Stage, Status};

/// What a school is in its district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The strong school that leads, 牵头校.
    Lead,
    /// One of several schools that help the others of a district where town helps country, 帮扶校.
    Helper,
    /// The others, 成员校.
    Member,
}

impl Role {
    /// The word used in files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Role::Lead => "lead",
            Role::Helper => "helper",
            Role::Member => "member",
        }
    }
}

/// What an office keeps of a group beside who is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// How far it has come.
    pub status: Option<Status>,
    /// The decision by which it was approved 审批文号: its date or number, in the table's words.
    pub approved: Option<String>,
    /// Why its territory may fall apart 飞地说明, in the table's words.
    pub waiver: Option<String>,
    /// Its head 学区长.
    pub head: Option<String>,
    /// The year and month in which the head took office.
    pub head_since: Option<(u16, u8)>,
    /// How the head came by the office.
    pub head_by: Option<HeadBy>,
    /// Why its lead was chosen 理由, where somebody decided on it.
    pub reason: Option<String>,
    /// Who decided it 决定人; internal.
    pub author: Option<String>,
}

/// Schools of one stage that work together, led by a strong one; their catchments are its territory. Groups 教育集团 are such
/// as well, and lie over districts.
///
/// This is the school sense of the word: a cluster of schools, not a school authority and not an electoral district.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct District {
    /// Stable id, such as `P03`: the stage's letter and a number in order of the lead's position.
    pub id: String,
    /// Its name, after the lead.
    pub name: String,
    /// Whether it is a district, of which every school has one, or a group, of which it may have several.
    pub kind: DistrictKind,
    /// How its schools are run together, where modes are told apart.
    pub mode: Option<Mode>,
    /// Who steers it, where that is told.
    pub governance: Option<Governance>,
    /// The year in which it begins, where that is told.
    pub year: Option<u16>,
    /// What an office keeps of it.
    pub record: Record,
    /// The lead school; none where schools lead by turns.
    pub lead: Option<SchoolIndex>,
    /// The other schools, in input order.
    pub members: Vec<SchoolIndex>,
    /// Those of the members that help the others 帮扶校, beside the lead or where there is none.
    pub helpers: Vec<SchoolIndex>,
    /// Its schools that are bases of teaching research 教研基地, each with the stage it is one of where that is told.
    pub bases: Vec<(SchoolIndex, Option<Stage>)>,
}

impl District {
    /// Lead first, where there is one, then the members, each with its role.
    pub fn schools(&self) -> impl Iterator<Item = (SchoolIndex, Role)> + '_ {
        let lead = self.lead.map(|lead| (lead, Role::Lead));
        let role = |school: &SchoolIndex| if self.helpers.contains(school) { Role::Helper } else { Role::Member };
        lead.into_iter().chain(self.members.iter().map(move |school| (*school, role(school))))
    }

    /// Whose ways there are, and to whom: to the lead, or to the school in the middle; where town helps country to the nearest of
    /// those that help, who go nowhere.
    #[must_use]
    pub fn ways(&self, county: &County) -> Vec<(SchoolIndex, SchoolIndex)> {
        if self.mode == Some(Mode::Helping) && (self.lead.is_some() || !self.helpers.is_empty()) {
            return self.arcs(county).into_iter().map(|(helper, helped)| (helped, helper)).collect();
        }
        let Some(middle) = self.middle(county) else { return Vec::new() };
        let others = self.members.iter().filter(|member| **member != middle);
        others.map(|member| (*member, middle)).collect()
    }

    /// Where town helps country: each school that is helped with the nearest of those that help, the first of equals.
    #[must_use]
    pub fn arcs(&self, county: &County) -> Vec<(SchoolIndex, SchoolIndex)> {
        if self.mode != Some(Mode::Helping) {
            return Vec::new();
        }
        let (helping, helped): (Vec<_>, Vec<_>) = self.schools().partition(|(_, role)| *role != Role::Member);
        let nearest = |school: SchoolIndex| {
            let way = |helper: SchoolIndex| county.metres_apart(helper, school);
            let helpers = helping.iter().map(|(helper, _)| *helper);
            helpers.min_by(|first, second| way(*first).total_cmp(&way(*second)))
        };
        helped.into_iter().filter_map(|(school, _)| Some((nearest(school)?, school))).collect()
    }

    /// The same district with those schools only that `keep` wants.
    #[must_use]
    pub fn with_only(&self, keep: impl Fn(SchoolIndex) -> bool) -> District {
        District {
            lead: self.lead.filter(|lead| keep(*lead)),
            members: self.members.iter().copied().filter(|school| keep(*school)).collect(),
            helpers: self.helpers.iter().copied().filter(|school| keep(*school)).collect(),
            bases: self.bases.iter().copied().filter(|(school, _)| keep(*school)).collect(),
            ..self.clone()
        }
    }

    /// How many schools there are.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::from(self.lead.is_some()) + self.members.len()
    }

    /// Whether it has no school, which a table that is read may say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The school ways are measured to: the lead, else the school to which the ways of all are shortest together.
    #[must_use]
    pub fn middle(&self, county: &County) -> Option<SchoolIndex> {
        let ways =
            |to: SchoolIndex| -> f64 { self.members.iter().map(|school| county.metres_apart(*school, to)).sum() };
        let by_ways = |first: &SchoolIndex, second: &SchoolIndex| ways(*first).total_cmp(&ways(*second));
        self.lead.or_else(|| self.members.iter().copied().min_by(by_ways))
    }
}

/// Groups as districts of one stage: of the schools that `serve` it each in one group only, the one with most of them, the
/// first of equals. Groups without any are left out; a lead that does not serve the stage leads no more. Where there are both
/// districts and groups, only districts count: they part the schools, and groups lie over them.
///
/// Cost: O(groups × schools of a group).
#[must_use]
pub fn groups_of_stage(groups: &[District], serve: impl Fn(SchoolIndex) -> bool) -> Vec<District> {
    let has_districts = groups.iter().any(|group| group.kind == DistrictKind::District);
    let counts_here = |group: &&District| !has_districts || group.kind == DistrictKind::District;
    let groups: Vec<&District> = groups.iter().filter(counts_here).collect();
    let serving = |group: &&District| group.schools().filter(|(school, _)| serve(*school)).count();
    let counts: Vec<usize> = groups.iter().map(serving).collect();
    let mut home: BTreeMap<SchoolIndex, usize> = BTreeMap::new();
    for (position, group) in groups.iter().enumerate() {
        for (school, _) in group.schools().filter(|(school, _)| serve(*school)) {
            let known = home.entry(school).or_insert(position);
            if counts[position] > counts[*known] {
                *known = position;
            }
        }
    }
    let of_stage = groups.iter().enumerate();
    let of_stage = of_stage.map(|(position, group)| group.with_only(|school| home.get(&school) == Some(&position)));
    of_stage.filter(|group| !group.is_empty()).collect()
}
