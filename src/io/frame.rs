//! Inputs cut into records, one after the other: cheap, sequential, and never stopped by a bad file.
//!
//! To add a container: write its [`Framer`] in `src/io/<name>.rs`, then its arm in `Frames::open`.

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::vec;

use crate::base::error::{DocError, DocErrorKind};
use crate::doc::record::{Format, Payload, Record, Source};
use crate::io::json_lines::JsonLines;
use crate::io::load::{MAX_RECORD_BYTES, cap};
use crate::io::sniff;
use crate::io::stream::{HEAD, Stream, fault};
use crate::io::unpack;
use crate::io::walk::{Found, shown};

/// Cuts what is in one file into records; it cuts and does not parse.
pub trait Framer: Debug + Send {
    /// The next record, or why it was given up; an error is one item and not the end.
    fn next(&mut self) -> Option<Result<Record, DocError>>;
}

/// What came of one place in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Framed {
    /// A record to be read.
    Record(Record),
    /// A record that was given up.
    Failed(DocError),
    /// Something in a folder that is no document.
    Skipped(Note),
}

/// What was skipped, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The path as found.
    pub path: String,
    /// Why, in words.
    pub reason: &'static str,
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
}

impl Default for FrameOptions {
    fn default() -> Self {
        Self { input_format: None, max_record_bytes: MAX_RECORD_BYTES, limit: None }
    }
}

/// The records of all inputs, in order.
#[derive(Debug)]
pub struct Frames {
    inputs: vec::IntoIter<Found>,
    options: FrameOptions,
    /// The container being cut, if any.
    open: Option<Box<dyn Framer>>,
    /// How many records may still be taken.
    left: u64,
    /// Bytes of all inputs, where every one is a file.
    total: Option<u64>,
    /// Bytes of the inputs that were taken up, those of the one being cut as far as they were read.
    position: Arc<AtomicU64>,
}

impl Frames {
    /// The records of `inputs`, as [`walk::find`](crate::io::walk::find) found them.
    pub fn new(inputs: Vec<Found>, options: FrameOptions) -> Self {
        let left = options.limit.unwrap_or(u64::MAX);
        let total = inputs.iter().map(Found::size).sum();
        Self { inputs: inputs.into_iter(), options, open: None, left, total, position: Arc::default() }
    }

    /// Bytes of all inputs as they lie there; `None` where one has no size, as standard input.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Bytes of them that were taken up so far.
    pub fn at_byte(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
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
        let framed = match found {
            Found::Skipped(_, why) => return Some(Framed::Skipped(Note { path, reason: why.reason() })),
            Found::Failed(_, kind) => Err(kind),
            Found::Stdin => self.frame_stream(io::stdin(), None, &path),
            Found::Spooled { at, given } => {
                File::open(&at).map_err(fault).and_then(|file| self.frame_stream(file, Some(&given), &path))
            }
            Found::Stream(at) => {
                File::open(&at).map_err(fault).and_then(|file| self.frame_stream(file, Some(&at), &path))
            }
            Found::File(at) => self.frame_file(&at, &path),
        };
        match framed {
            Ok(record) => record.map(Framed::Record),
            Err(kind) => Some(Framed::Failed(DocError {
                path,
                member: None,
                record: 0,
                id: None,
                stage: "read",
                kind,
            })),
        }
    }

    /// A file that can be opened again: only its beginning is looked at here, unless records must be cut out of it.
    fn frame_file(&mut self, at: &Path, path: &str) -> Result<Option<Record>, DocErrorKind> {
        let file = File::open(at).map_err(fault)?;
        let size = file.metadata().map_or(0, |known| known.len());
        let before = self.at_byte();
        let counted = Counted { bytes: file, position: Arc::clone(&self.position) };
        let (mut stream, packing) = unpack::open(Stream::new(counted))?;
        let format = sniff::format(stream.peek(HEAD), Some(at), self.options.input_format)?;
        if format == Format::Jsonl {
            self.cut(stream, path);
            return Ok(None);
        }
        self.position.store(before + size, Ordering::Relaxed);
        Ok(Some(record(Payload::File { path: at.to_owned(), packing }, format, path)))
    }

    /// A stream that can be read only once: read here, whole unless it is cut.
    fn frame_stream(
        &mut self,
        bytes: impl Read + Send + 'static,
        name: Option<&Path>,
        path: &str,
    ) -> Result<Option<Record>, DocErrorKind> {
        let counted = Counted { bytes, position: Arc::clone(&self.position) };
        let (mut stream, _) = unpack::open(Stream::new(counted))?;
        let format = sniff::format(stream.peek(HEAD), name, self.options.input_format)?;
        if format == Format::Jsonl {
            self.cut(stream, path);
            return Ok(None);
        }
        let bytes = stream.whole(cap(self.options.max_record_bytes), 0)?;
        Ok(Some(record(Payload::Bytes(bytes), format, path)))
    }

    fn cut(&mut self, stream: Stream, path: &str) {
        let lines = JsonLines::new(stream, path.to_owned(), cap(self.options.max_record_bytes));
        self.open = Some(Box::new(lines));
    }
}

/// Counts the bytes that are read.
struct Counted<R> {
    bytes: R,
    position: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.position.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Iterator for Frames {
    type Item = Framed;

    fn next(&mut self) -> Option<Framed> {
        while self.left > 0 {
            let cut = self.open.as_mut().map(|framer| framer.next());
            let framed = match cut {
                Some(Some(Ok(record))) => Some(Framed::Record(record)),
                Some(Some(Err(e))) => Some(Framed::Failed(e)),
                Some(None) => {
                    self.open = None;
                    None
                }
                None => {
                    let found = self.inputs.next()?;
                    self.frame(found)
                }
            };
            if let Some(framed) = framed {
                self.left -= u64::from(!matches!(framed, Framed::Skipped(_)));
                return Some(framed);
            }
        }
        None
    }
}

fn record(payload: Payload, format: Format, path: &str) -> Record {
    let source = Source { path: path.to_owned(), member: None, record: 0, encoding: "UTF-8" };
    Record { payload, format, source }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::doc::record::Packing;
    use crate::io::walk::find;

    fn framed(folder: &Path, options: FrameOptions) -> Vec<String> {
        let tell = |framed| match framed {
            Framed::Record(r) => {
                format!("{} {}:{}", r.format.name(), short(folder, &r.source.path), r.source.record)
            }
            Framed::Failed(e) => format!("{} {}:{}", e.kind, short(folder, &e.path), e.record),
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
        let text = frames.frame_stream(&b"plain words"[..], None, "-").unwrap().unwrap();
        assert_eq!((text.format, text.payload), (Format::Text, Payload::Bytes(b"plain words".to_vec())));
        let long = frames.frame_stream(&b"more than twenty bytes of words"[..], None, "-");
        assert_eq!(long, Err(DocErrorKind::TooLarge { limit: 20 }));
        assert_eq!(frames.frame_stream(&b"{\"text\":\"a\"}\n{\"text\":\"b\"}"[..], None, "-"), Ok(None));
        assert_eq!(frames.count(), 2);
    }

    #[test]
    fn a_file_that_goes_away_after_the_walk_fails_by_name() {
        let gone = Frames::new(vec![Found::File(PathBuf::from("/nowhere/a.txt"))], FrameOptions::default());
        let failed: Vec<_> = gone.collect();
        assert!(matches!(&failed[..], [Framed::Failed(e)] if e.kind.name() == "unreadable"), "{failed:?}");
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
