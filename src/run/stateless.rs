//! The state of digests in a program that was built without them: there is none.

use std::path::Path;

use crate::base::error::Error;
use crate::digest::remembered::Remembered;

/// What cannot be.
#[derive(Debug)]
pub(super) enum State {}

impl State {
    /// Refuses.
    ///
    /// # Errors
    /// Always.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let reason = "a state is kept only by a program that was built with the feature `digest`";
        Err(Error::Config(format!("{}: {reason}", path.display())))
    }

    pub(super) fn before(&self, _: &str, _: &str) -> Result<Vec<Remembered>, Error> {
        match *self {}
    }

    pub(super) fn remember(&mut self, _: &[String], _: &[Remembered]) -> Result<(), Error> {
        match *self {}
    }
}
