//! Two kinds of failure, never confused: [`Error`] ends the run, [`DocError`] ends one document.

use std::path::PathBuf;

/// Why the whole run ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A setting, pipeline file or command line that cannot be used; nothing was written.
    #[error("{0}")]
    Config(String),
    /// An input that does not exist, or a pattern that matches nothing; nothing was written.
    #[error("{path}: {reason}")]
    Input {
        /// The input as given.
        path: String,
        /// Why it cannot be used.
        reason: String,
    },
    /// A corpus model that cannot be used.
    #[error("{path}: {reason}")]
    Model {
        /// The file as given.
        path: String,
        /// Why it cannot be used.
        reason: String,
    },
    /// An output that cannot be written.
    #[error("{path}: {source}")]
    Output {
        /// The file or folder that was to be written.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A document failed and `on_error = "fail"` was asked for.
    #[error("stopped at the first failure: {0}")]
    Stopped(Box<DocError>),
    /// The reader of standard output went away; not a failure of ours.
    #[error("standard output was closed")]
    Closed,
    /// A signal asked the run to stop.
    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// An [`Error::Output`] for `path`, or [`Error::Closed`] when `source` says that a pipe's reader went away.
    pub fn output(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Output { path: path.into(), source },
        }
    }
}

/// Why one document was given up; the run goes on and no other document is touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {kind}", self.place())]
pub struct DocError {
    /// The input's path as given or found; `-` for standard input.
    pub path: String,
    /// The member inside an archive, if any.
    pub member: Option<String>,
    /// The number of the record in its file, from 0; a line number less one in JSON lines.
    pub record: u64,
    /// The document's id, where it was known already.
    pub id: Option<String>,
    /// The stage that failed: `read`, `normalize`, `rank` …
    pub stage: &'static str,
    /// What went wrong.
    pub kind: DocErrorKind,
}

impl DocError {
    /// Where the record stands, as [`place`] writes it.
    pub fn place(&self) -> String {
        place(&self.path, self.member.as_deref(), self.record)
    }
}

/// `path`, `path!member` or `path:line`, as a person looks a record up.
///
/// The line is that of the record in JSON lines, and left out for the first, which may be the only one.
pub fn place(path: &str, member: Option<&str>, record: u64) -> String {
    let mut place = path.to_owned();
    if let Some(member) = member {
        place.push('!');
        place.push_str(member);
    }
    if record > 0 {
        place.push(':');
        place.push_str(&(record + 1).to_string());
    }
    place
}

/// What went wrong in one document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocErrorKind {
    /// The bytes are not in the encoding they claim, or a container requires.
    #[error("not valid {encoding} at byte {at}")]
    Encoding {
        /// The encoding that was expected.
        encoding: &'static str,
        /// Position of the first bad byte in the record.
        at: u64,
    },
    /// Larger than a record may be.
    #[error("more than the {limit} bytes that input.max_record_bytes allows")]
    TooLarge {
        /// The cap, in bytes.
        limit: u64,
    },
    /// Not text: an image, a program, an archive that is not opened.
    #[error("not text ({what})")]
    Binary {
        /// What the bytes look like.
        what: &'static str,
    },
    /// A format that is recognized but not read.
    #[error("{format} is not read")]
    Unsupported {
        /// Its name.
        format: &'static str,
    },
    /// Packed data that ends too early or is damaged.
    #[error("{packing} data is damaged after {at} unpacked bytes: {reason}")]
    Truncated {
        /// `gzip`, `zstd` …
        packing: &'static str,
        /// How many bytes came out whole.
        at: u64,
        /// What the decoder said.
        reason: String,
    },
    /// Packed data that grows without end.
    #[error("unpacks to more than {ratio} times its size")]
    Bomb {
        /// The most that is unpacked, in bytes for each byte of the input.
        ratio: u64,
    },
    /// A record that does not have the shape its format asks for.
    #[error("{reason}")]
    Malformed {
        /// What is wrong with it, in words.
        reason: String,
    },
    /// The system would not give the bytes.
    #[error("{reason}")]
    Unreadable {
        /// What the system said.
        reason: String,
    },
    /// Nothing was left to read or summarize.
    #[error("no body text")]
    NoBody,
    /// Documents are grouped by a field, and this one does not say its group there.
    #[error("field `{field}` is {found}: it names no group")]
    Ungrouped {
        /// The field.
        field: String,
        /// What stands there: `absent`, `empty`, `a list`, `an object`.
        found: &'static str,
    },
    /// A mistake of ours: a stage panicked.
    #[error("a bug in nutgraf: {message}")]
    Bug {
        /// The panic's message.
        message: String,
    },
}

impl DocErrorKind {
    /// The name in `errors.jsonl`; never changes once released.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Encoding { .. } => "encoding",
            Self::TooLarge { .. } => "too-large",
            Self::Binary { .. } => "binary",
            Self::Unsupported { .. } => "unsupported",
            Self::Truncated { .. } => "truncated",
            Self::Bomb { .. } => "bomb",
            Self::Malformed { .. } => "malformed",
            Self::Unreadable { .. } => "unreadable",
            Self::NoBody => "no-body",
            Self::Ungrouped { .. } => "ungrouped",
            Self::Bug { .. } => "bug",
        }
    }
}
