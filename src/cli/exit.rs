//! How a command ends: the exit codes, and failures on the way to them.

use crate::catchment::Stop;
use crate::language::Message;
use crate::publish::{BundleError, ExportError, FolderError};
use crate::read::ReadError;
use crate::verify::VerifyError;

/// How the program ended. The numbers are a contract with scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, with findings or broken rules.
    WithFindings,
    /// Wrong usage.
    Usage,
    /// The input cannot be used.
    InputUnusable,
    /// Hard rules cannot all hold; the least-broken scheme was written.
    RulesBroken,
    /// A file cannot be read or written.
    Io,
    /// The time limit was reached; the best so far was written.
    TimeLimit,
    /// Interrupted; the best so far was written.
    Interrupted,
}

impl Exit {
    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::WithFindings => 1,
            Exit::Usage => 2,
            Exit::InputUnusable => 3,
            Exit::RulesBroken => 4,
            Exit::Io => 5,
            Exit::TimeLimit => 6,
            Exit::Interrupted => 130,
        }
    }

    /// The exit of a search that was stopped.
    pub(super) const fn of_stop(stop: Stop) -> Exit {
        match stop {
            Stop::TimeLimit => Exit::TimeLimit,
            Stop::Interrupted => Exit::Interrupted,
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) message: Message,
    pub(super) exit: Exit,
}

impl From<ReadError> for Failure {
    fn from(fault: ReadError) -> Failure {
        let exit = if fault.is_about_access() { Exit::Io } else { Exit::InputUnusable };
        Failure { message: fault.message(), exit }
    }
}

impl From<FolderError> for Failure {
    fn from(fault: FolderError) -> Failure {
        Failure { message: fault.message(), exit: Exit::Io }
    }
}

impl From<BundleError> for Failure {
    fn from(fault: BundleError) -> Failure {
        let exit = if matches!(fault, BundleError::Folder(_)) { Exit::Io } else { Exit::InputUnusable };
        Failure { message: fault.message(), exit }
    }
}

impl From<ExportError> for Failure {
    fn from(fault: ExportError) -> Failure {
        Failure { message: fault.message(), exit: Exit::InputUnusable }
    }
}

impl From<VerifyError> for Failure {
    fn from(fault: VerifyError) -> Failure {
        let exit = match &fault {
            VerifyError::Read(inner) if !inner.is_about_access() => Exit::InputUnusable,
            _ => Exit::Io,
        };
        Failure { message: fault.message(), exit }
    }
}

/// The result of a command.
pub(super) type Outcome = Result<Exit, Failure>;
