//! Locks (锁定): what a scheme must leave as it is.

use super::{BlockIndex, Origin, SchoolIndex, Stage};

/// What is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockKind {
    /// The block goes to the school, in a stage the school serves; a lock for several stages is one for each.
    BlockToSchool {
        /// The block.
        block: BlockIndex,
        /// Its school.
        school: SchoolIndex,
        /// The stage.
        stage: Stage,
    },
    /// Two blocks go to the same school in a stage, whichever it is.
    Together {
        /// One block.
        first: BlockIndex,
        /// The other.
        second: BlockIndex,
        /// The stage.
        stage: Stage,
    },
    /// Two blocks never go to the same school in a stage.
    Apart {
        /// One block.
        first: BlockIndex,
        /// The other.
        second: BlockIndex,
        /// The stage.
        stage: Stage,
    },
    /// The block never goes to the school in a stage.
    Forbidden {
        /// The block.
        block: BlockIndex,
        /// The school that is not for it.
        school: SchoolIndex,
        /// The stage.
        stage: Stage,
    },
    /// The school leads a district.
    Lead {
        /// The lead.
        school: SchoolIndex,
    },
    /// The school is a member of the district another school leads.
    MemberOf {
        /// The member.
        member: SchoolIndex,
        /// The lead of its district.
        lead: SchoolIndex,
    },
}

impl LockKind {
    /// The school a lock says the lead of, with that lead, which may be the school itself; none for locks of blocks.
    #[must_use]
    pub const fn with_lead(self) -> Option<(SchoolIndex, SchoolIndex)> {
        match self {
            LockKind::Lead { school } => Some((school, school)),
            LockKind::MemberOf { member, lead } => Some((member, lead)),
            LockKind::BlockToSchool { .. }
            | LockKind::Together { .. }
            | LockKind::Apart { .. }
            | LockKind::Forbidden { .. } => None,
        }
    }
}

/// A lock with who set it and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// What is locked.
    pub kind: LockKind,
    /// Why.
    pub reason: String,
    /// Who set it; internal, never published.
    pub author: String,
    /// Where it was read.
    pub origin: Origin,
}
