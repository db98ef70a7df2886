//! What is remembered of a story that was told.

/// A story as an earlier digest told it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// The id of its thread.
    pub thread: String,
    /// The day of the digest, `2024-03-12`; empty where its documents had none.
    pub day: String,
    /// Its headline.
    pub title: String,
    /// Its language tag.
    pub lang: String,
    /// What later stories are compared with, as JSON.
    pub kept: String,
    /// Its sentences, each with the id of its segment.
    pub sentences: Vec<(String, String)>,
}
