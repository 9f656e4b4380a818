//! Districts (学区/片区): schools that work together.

use super::SchoolIndex;

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

/// How the schools of a district work together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DistrictKind {
    /// As the settings have it, with no kinds told apart.
    #[default]
    Plain,
    /// A group that partly merges, 集团融合型: its lead has a plaque.
    Merging,
    /// Town schools that help country schools, 城乡帮扶型: who helps has no plaque of a lead.
    Helping,
}

impl DistrictKind {
    /// The word used in files; none where kinds are not told apart.
    #[must_use]
    pub const fn slug(self) -> Option<&'static str> {
        match self {
            DistrictKind::Plain => None,
            DistrictKind::Merging => Some("merging"),
            DistrictKind::Helping => Some("helping"),
        }
    }
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
    /// How its schools work together.
    pub kind: DistrictKind,
    /// The lead school.
    pub lead: SchoolIndex,
    /// The other schools, in input order.
    pub members: Vec<SchoolIndex>,
}

impl District {
    /// Lead first, then the members, each with its role.
    pub fn schools(&self) -> impl Iterator<Item = (SchoolIndex, Role)> + '_ {
        std::iter::once((self.lead, Role::Lead)).chain(self.members.iter().map(|school| (*school, Role::Member)))
    }
}
