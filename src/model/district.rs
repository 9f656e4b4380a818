//! Districts (学区/片区): schools that work together.

use std::collections::BTreeMap;

use super::{County, Governance, HeadBy, Mode, SchoolIndex, Status};

/// What a school is in its district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The strong school that leads, 牵头校.
    Lead,
    /// The others, 成员校.
    Member,
}

impl Role {
    /// The word used in files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Role::Lead => "lead",
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
}

/// Schools of one stage that work together, led by a strong one; their catchments are its territory.
///
/// This is the school sense of the word: a cluster of schools, not a school authority and not an electoral district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Stable id, such as `P03`: the stage's letter and a number in order of the lead's position.
    pub id: String,
    /// Its name, after the lead.
    pub name: String,
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
}

impl District {
    /// Lead first, where there is one, then the members, each with its role.
    pub fn schools(&self) -> impl Iterator<Item = (SchoolIndex, Role)> + '_ {
        let lead = self.lead.map(|lead| (lead, Role::Lead));
        lead.into_iter().chain(self.members.iter().map(|school| (*school, Role::Member)))
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
/// first of equals. Groups without any are left out; a lead that does not serve the stage leads no more.
///
/// Cost: O(groups × schools of a group).
#[must_use]
pub fn groups_of_stage(groups: &[District], serve: impl Fn(SchoolIndex) -> bool) -> Vec<District> {
    let serving = |group: &District| group.schools().filter(|(school, _)| serve(*school)).count();
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
    let own = |position: usize, school: &SchoolIndex| home.get(school) == Some(&position);
    let of_stage = groups.iter().enumerate().map(|(position, group)| District {
        lead: group.lead.filter(|lead| own(position, lead)),
        members: group.members.iter().copied().filter(|school| own(position, school)).collect(),
        ..group.clone()
    });
    of_stage.filter(|group| !group.is_empty()).collect()
}
