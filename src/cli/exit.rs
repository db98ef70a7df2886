//! How the program ends: the one list of exit codes.

use std::process::ExitCode;

use crate::base::error::Error;
use crate::run::report::Report;

/// Ways to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// All well, or the reader of standard output went away.
    Done = 0,
    /// Finished, but some documents failed.
    SomeFailed = 1,
    /// Usage or configuration error, or an input that does not exist; nothing was written.
    Usage = 2,
    /// The run stopped early.
    Stopped = 3,
    /// A signal asked for the end.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<&Error> for Exit {
    fn from(error: &Error) -> Self {
        match error {
            Error::Config(_) | Error::Input { .. } | Error::Model { .. } => Self::Usage,
            Error::Output { .. } | Error::Stopped(_) => Self::Stopped,
            Error::Closed => Self::Done,
            Error::Interrupted => Self::Interrupted,
        }
    }
}

impl From<&Report> for Exit {
    fn from(report: &Report) -> Self {
        if report.failed() == 0 { Self::Done } else { Self::SomeFailed }
    }
}

/// What is said of an error; nothing of a reader that went away.
pub(super) fn message(error: &Error) -> Option<String> {
    (!matches!(error, Error::Closed)).then(|| error.to_string())
}
