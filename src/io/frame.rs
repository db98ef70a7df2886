//! Inputs cut into records, one after the other: cheap, sequential, and never stopped by a bad file.

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec;

use crate::base::error::{DocError, DocErrorKind};
use crate::doc::record::{Format, Record};
use crate::io::load::MAX_RECORD_BYTES;
use crate::io::open::{Opened, Place, open};
use crate::io::stream::{Stream, fault};
use crate::io::unpack::Allowance;
use crate::io::walk::{Found, shown};

/// Cuts what is in one file or member into records; it cuts and does not parse.
pub trait Framer: Debug + Send {
    /// The next thing found, `None` at the end; an error is one item and not the end.
    fn next(&mut self) -> Option<Cut>;

    /// The format that is cut; `None` for archives, which hold any.
    fn format(&self) -> Option<Format> {
        None
    }
}

/// What a framer comes upon.
#[derive(Debug)]
pub enum Cut {
    /// A record.
    Record(Box<Record>),
    /// A record that was given up.
    Failed(DocError),
    /// Something that is no document.
    Skipped(Note),
    /// A member that is cut itself, before anything that follows it.
    Open(Box<dyn Framer>),
}

/// What came of one place in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Framed {
    /// A record to be read.
    Record(Record),
    /// A record that was given up.
    Failed(Lost),
    /// Something that is no document.
    Skipped(Note),
}

/// A record that was given up before it was cut out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Why.
    pub error: DocError,
    /// The format that it counts as, where that is known.
    pub format: Option<Format>,
}

/// What was skipped, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The path as found, and the member of an archive.
    pub path: String,
    /// Why, in words.
    pub reason: String,
}

/// How inputs are cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameOptions {
    /// The format of every input; by name and content when `None`.
    pub input_format: Option<Format>,
    /// The cap on a record, in bytes after unpacking.
    pub max_record_bytes: u64,
    /// How many records are taken, failed ones included; all when `None`.
    pub limit: Option<u64>,
    /// The columns of which a table must have one: those of the text and of the HTML.
    pub text_columns: Vec<String>,
}

impl Default for FrameOptions {
    fn default() -> Self {
        Self {
            input_format: None,
            max_record_bytes: MAX_RECORD_BYTES,
            limit: None,
            text_columns: vec!["text".to_owned(), "html".to_owned()],
        }
    }
}

/// The records of all inputs, in order.
#[derive(Debug)]
pub struct Frames {
    inputs: vec::IntoIter<Found>,
    options: Arc<FrameOptions>,
    /// The containers being cut, each inside the one before.
    open: Vec<Box<dyn Framer>>,
    /// How many records may still be taken.
    left: u64,
    /// Bytes of all inputs, where every one is a file.
    total: Option<u64>,
    /// Bytes of the inputs before the one that is being read.
    before: u64,
    /// Bytes of the input that is being read.
    size: Option<u64>,
    /// Bytes that were read of it, or more where some are read twice.
    read: Arc<AtomicU64>,
}

impl Frames {
    /// The records of `inputs`, as [`walk::find`](crate::io::walk::find) found them.
    pub fn new(inputs: Vec<Found>, options: FrameOptions) -> Self {
        let left = options.limit.unwrap_or(u64::MAX);
        let total = inputs.iter().map(Found::size).sum();
        let (inputs, options) = (inputs.into_iter(), Arc::new(options));
        Self { inputs, options, open: Vec::new(), left, total, before: 0, size: None, read: Arc::default() }
    }

    /// Bytes of all inputs as they lie there; `None` where one has no size, as standard input.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Bytes of them that were taken up so far.
    pub fn at_byte(&self) -> u64 {
        let read = self.read.load(Ordering::Relaxed);
        self.before
            + if self.open.is_empty() {
                self.size.unwrap_or(read)
            } else {
                read.min(self.size.unwrap_or(read))
            }
    }

    fn frame(&mut self, found: Found) -> Option<Framed> {
        let path = match &found {
            Found::Stdin => "-".to_owned(),
            Found::File(path)
            | Found::Stream(path)
            | Found::Spooled { given: path, .. }
            | Found::Failed(path, _)
            | Found::Skipped(path, _) => shown(path),
        };
        self.before = self.at_byte();
        (self.size, self.read) = (Some(0), Arc::default());
        let opened = match found {
            Found::Skipped(_, why) => {
                return Some(Framed::Skipped(Note { path, reason: why.reason().to_owned() }));
            }
            Found::Failed(_, kind) => Err(kind),
            Found::Stdin => self.stream(io::stdin(), None, &path),
            Found::Stream(at) => {
                File::open(&at).map_err(fault).and_then(|file| self.stream(file, Some(&at), &path))
            }
            Found::File(at) => self.file(&at, &at, &path),
            Found::Spooled { at, given } => self.file(&at, &given, &path),
        };
        match opened {
            Ok(Opened::Record(record)) => Some(Framed::Record(*record)),
            Ok(Opened::Framer(framer)) => {
                self.open.push(framer);
                None
            }
            Err(kind) => {
                let error = DocError { path, member: None, record: 0, id: None, stage: "read", kind };
                Some(Framed::Failed(Lost { error, format: None }))
            }
        }
    }

    /// A file that can be opened again: only its beginning is looked at here, unless records must be cut out of it.
    fn file(&mut self, at: &Path, name: &Path, path: &str) -> Result<Opened, DocErrorKind> {
        let file = File::open(at).map_err(fault)?;
        let size = file.metadata().map_or(0, |known| known.len());
        self.size = Some(size);
        let counted = Counted { bytes: file, read: Arc::clone(&self.read) };
        open(Stream::new(counted), self.place(path, Allowance::of(size)), Some(name), Some(at))
    }

    /// A stream that can be read only once: read here, whole unless it is cut.
    fn stream(
        &mut self,
        bytes: impl Read + Send + 'static,
        name: Option<&Path>,
        path: &str,
    ) -> Result<Opened, DocErrorKind> {
        self.size = None;
        let counted = Counted { bytes, read: Arc::clone(&self.read) };
        let allowance = Allowance::counted(Arc::clone(&self.read));
        open(Stream::new(counted), self.place(path, allowance), name, None)
    }

    fn place(&self, path: &str, allowance: Allowance) -> Place {
        let options = Arc::clone(&self.options);
        Place { path: path.to_owned(), member: None, depth: 0, allowance, options }
    }

    /// What the innermost container gives; `None` when it ended or opened another.
    fn cut(&mut self) -> Option<Framed> {
        let framer = self.open.last_mut()?;
        match framer.next() {
            Some(Cut::Record(record)) => Some(Framed::Record(*record)),
            Some(Cut::Failed(error)) => Some(Framed::Failed(Lost { error, format: framer.format() })),
            Some(Cut::Skipped(note)) => Some(Framed::Skipped(note)),
            Some(Cut::Open(inner)) => {
                self.open.push(inner);
                None
            }
            None => {
                self.open.pop();
                None
            }
        }
    }
}

/// Counts the bytes that are read.
struct Counted<R> {
    bytes: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Iterator for Frames {
    type Item = Framed;

    fn next(&mut self) -> Option<Framed> {
        while self.left > 0 {
            let framed = if self.open.is_empty() {
                let found = self.inputs.next()?;
                self.frame(found)
            } else {
                self.cut()
            };
            if let Some(framed) = framed {
                self.left -= u64::from(!matches!(framed, Framed::Skipped(_)));
                return Some(framed);
            }
        }
        None
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::doc::record::Payload;
    use crate::io::walk::find;

    /// A place whose records may hold `cap` bytes.
    pub(crate) fn place(cap: usize) -> Place {
        let options = FrameOptions { max_record_bytes: cap as u64, ..FrameOptions::default() };
        let (path, options) = ("a".to_owned(), Arc::new(options));
        Place { path, member: None, depth: 0, allowance: Allowance::of(u64::MAX), options }
    }

    fn framed(folder: &Path, options: FrameOptions) -> Vec<String> {
        let tell = |framed| match framed {
            Framed::Record(r) => {
                format!("{} {}:{}", r.format.name(), short(folder, &r.source.path), r.source.record)
            }
            Framed::Failed(Lost { error: e, .. }) => {
                format!("{} {}:{}", e.kind, short(folder, &e.path), e.record)
            }
            Framed::Skipped(note) => format!("skipped {}", short(folder, &note.path)),
        };
        Frames::new(find(&[folder]).unwrap(), options).map(tell).collect()
    }

    fn short(folder: &Path, path: &str) -> String {
        shown(Path::new(path).strip_prefix(folder).unwrap())
    }

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        folder
    }

    #[test]
    fn a_bad_file_is_one_failure_and_the_rest_goes_on() {
        let folder = folder(&[
            ("a.txt", b"text"),
            ("b.png", b"\x89PNG\r\n\x1a\n"),
            ("c.jsonl", b"{}\n\n{\n"),
            ("d.html", b"<p>"),
            ("e.md", b"# Title"),
        ]);
        fs::create_dir(folder.path().join("f")).unwrap();
        let expected = [
            "text a.txt:0",
            "not text (PNG image) b.png:0",
            "jsonl c.jsonl:0",
            "jsonl c.jsonl:2",
            "html d.html:0",
            "markdown e.md:0",
        ];
        assert_eq!(framed(folder.path(), FrameOptions::default()), expected);
    }

    #[test]
    fn the_limit_counts_failed_records_too() {
        let folder = folder(&[("a.png", b"\x89PNG\r\n\x1a\n"), ("b.jsonl", b"{}\n{}\n{}\n")]);
        let options = FrameOptions { limit: Some(3), ..FrameOptions::default() };
        assert_eq!(
            framed(folder.path(), options),
            ["not text (PNG image) a.png:0", "jsonl b.jsonl:0", "jsonl b.jsonl:1"]
        );
    }

    #[test]
    fn the_format_asked_for_is_that_of_every_file() {
        let folder = folder(&[("a.csv", b"a,b"), ("b.md", b"# T"), ("c.jsonl", b"{}\n{}\n")]);
        let options = FrameOptions { input_format: Some(Format::Lines), ..FrameOptions::default() };
        assert_eq!(framed(folder.path(), options), ["lines a.csv:0", "lines b.md:0", "lines c.jsonl:0"]);
    }

    #[test]
    fn a_stream_of_text_is_read_whole_and_one_of_json_lines_is_cut() {
        let mut frames =
            Frames::new(Vec::new(), FrameOptions { max_record_bytes: 20, ..FrameOptions::default() });
        let text = frames.stream(&b"plain words"[..], None, "-").unwrap();
        assert!(
            matches!(&text, Opened::Record(r) if r.format == Format::Text && r.payload == Payload::Bytes(b"plain words".to_vec())),
            "{text:?}"
        );
        let long = frames.stream(&b"more than twenty bytes of words"[..], None, "-");
        assert!(matches!(long, Err(DocErrorKind::TooLarge { limit: 20 })), "{long:?}");
        let lines = frames.stream(&b"{\"text\":\"a\"}\n{\"text\":\"b\"}"[..], None, "-");
        let Ok(Opened::Framer(lines)) = lines else { panic!("{lines:?}") };
        frames.open.push(lines);
        assert_eq!(frames.count(), 2);
    }

    #[test]
    fn a_file_that_goes_away_after_the_walk_fails_by_name() {
        let gone = Frames::new(vec![Found::File(PathBuf::from("/nowhere/a.txt"))], FrameOptions::default());
        let failed: Vec<_> = gone.collect();
        assert!(
            matches!(&failed[..], [Framed::Failed(lost)] if lost.error.kind.name() == "unreadable"),
            "{failed:?}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_given_directly_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let found = find(&[&pipe]).unwrap();
        let writer = std::thread::spawn(move || fs::write(pipe, "piped words").unwrap());
        let framed: Vec<_> = Frames::new(found, FrameOptions::default()).collect();
        writer.join().unwrap();
        assert!(
            matches!(&framed[..], [Framed::Record(Record { payload: Payload::Bytes(bytes), .. })] if bytes == b"piped words"),
            "{framed:?}"
        );
    }

    #[cfg(feature = "unpack")]
    #[test]
    fn packed_files_are_known_by_what_is_in_them() {
        use crate::doc::record::Packing;

        use crate::io::unpack::tests::{gzip, zstd};
        let folder = folder(&[
            ("a.txt.gz", &gzip(b"words")),
            ("b.jsonl.zst", &zstd(b"{}\n")),
            ("c.gz", &gzip(b"{}\n{}\n")),
            ("d.gz", &gzip(b"\x89PNG\r\n\x1a\n")),
            ("e.gz", &gzip(b"words")[..12]),
        ]);
        let expected = [
            "text a.txt.gz:0",
            "jsonl b.jsonl.zst:0",
            "jsonl c.gz:0",
            "jsonl c.gz:1",
            "not text (PNG image) d.gz:0",
            "text e.gz:0",
        ];
        assert_eq!(framed(folder.path(), FrameOptions::default()), expected);
        let first = Frames::new(find(&[folder.path()]).unwrap(), FrameOptions::default()).next();
        assert!(
            matches!(
                &first,
                Some(Framed::Record(Record { payload: Payload::File { packing: Packing::Gzip, .. }, .. }))
            ),
            "{first:?}"
        );
    }
}
