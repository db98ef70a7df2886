//! Tables of the kinds a pipeline file can name.
//!
//! To add a kind: write its file, then its `mod` line and its row in the table of its stage's `mod.rs`.

use crate::base::error::Error;

/// One row of a stage's table: a name, what it does, and how it is made from its settings.
pub struct Kind<T: ?Sized> {
    /// The name in pipeline files and flags.
    pub name: &'static str,
    /// What it does, in a few words, for `--help` and the docs.
    pub about: &'static str,
    /// Makes it from its `[stage.NAME]` table.
    build: fn(toml::Table) -> Result<Box<T>, toml::de::Error>,
}

impl<T: ?Sized> std::fmt::Debug for Kind<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kind").field("name", &self.name).field("about", &self.about).finish_non_exhaustive()
    }
}

impl<T: ?Sized> Kind<T> {
    /// A row.
    pub const fn new(
        name: &'static str,
        about: &'static str,
        build: fn(toml::Table) -> Result<Box<T>, toml::de::Error>,
    ) -> Self {
        Self { name, about, build }
    }

    /// Makes the stage from its settings.
    ///
    /// # Errors
    /// Names the stage, the key and the keys it knows.
    pub fn make(&self, settings: toml::Table) -> Result<Box<T>, Error> {
        (self.build)(settings).map_err(|e| Error::Config(format!("stage `{}`: {}", self.name, one_line(&e))))
    }
}

/// Finds the kind called `name` among `table`; `what` is the plural for the message, as in "known rankers".
///
/// # Errors
/// Names the place, the unknown kind and the known ones.
pub fn find<'t, T: ?Sized>(table: &'t [Kind<T>], what: &str, name: &str) -> Result<&'t Kind<T>, Error> {
    table.iter().find(|kind| kind.name == name).ok_or_else(|| {
        let known: Vec<_> = table.iter().map(|kind| kind.name).collect();
        Error::Config(format!("unknown kind `{name}`; known {what}: {}", known.join(", ")))
    })
}

/// A deserializer's message without its position lines.
pub fn one_line(error: &toml::de::Error) -> String {
    error.message().replace('\n', " ").trim().to_owned()
}
