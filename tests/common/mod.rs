//! What end-to-end tests share: a folder of their own, the program run in it, and its answers.

#![allow(dead_code, reason = "each file of tests takes its part")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A short article whose every part has a role.
pub(crate) const BRIDGE: &str = "12 March 2024\n\nBridge closed after cracks found\n\nBy Mara Ellison\n\n\
    Engineers closed the Corran bridge on Monday after divers found cracks in two piers. The cracks are up to nine \
    millimetres wide.\n\nTraffic is sent over the old ford until the piers are mended. Shops on the far bank fear for \
    their trade.\n\nThe council said that repairs would take six weeks.\n\nPost a Comment\n";

/// Another one, about something else.
pub(crate) const EELS: &str = "Eels take a detour to spawn\n\n\
    Eels that leave the rivers of Ellander swim a wide loop to the north before they spawn. Nobody knows why.\n\n\
    Researchers tagged 88 eels and followed their signals for a year. The tags were found on beaches in spring.\n";

/// One in another language.
pub(crate) const DEICH: &str = "Deich hält dem Hochwasser stand\n\n\
    Der neue Deich hat dem Hochwasser in der Nacht zum Montag standgehalten. Die Feuerwehr zog ihre Pumpen am Morgen \
    ab.\n\nDer Bürgermeister dankte den Helfern, die seit Freitag Sandsäcke gefüllt hatten.\n";

/// A pipeline that reads the folder `in` and writes JSON lines and text.
pub(crate) const PIPELINE: &str = "version = 1\n[input]\npaths = [\"in\"]\n[budget]\nsentences = 2\n\
    [output.all]\nformat = \"jsonl\"\npath = \"sub/all.jsonl\"\n[output.read]\nformat = \"text\"\npath = \"-\"\n";

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: std::process::Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Standard output of a run that ended with `code`.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}", self.err);
        self.out
    }

    /// Standard error of a run that was refused before anything was written.
    #[track_caller]
    pub(crate) fn refused(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""), "{}", self.err);
        self.err
    }
}

/// A folder for one test.
#[derive(Debug)]
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("in the folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Names of all files in the folder at any depth, those with a dot too, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let files = walkdir::WalkDir::new(self.0.path()).sort_by_file_name().into_iter().flatten();
        let files = files.filter(|entry| !entry.file_type().is_dir());
        let short =
            |path: &Path| path.strip_prefix(self.0.path()).expect("inside").to_string_lossy().into_owned();
        files.map(|entry| short(entry.path())).collect()
    }

    /// Runs the program here.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.feed(args, "")
    }

    /// Runs the program here with `input` on standard input.
    pub(crate) fn feed(&self, args: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_nutgraf"));
        command.current_dir(self.0.path()).args(args).write_stdin(input.as_ref());
        Ran::of(command.timeout(std::time::Duration::from_secs(100)).output().expect("the program starts"))
    }

    /// The program, to be run here in another way.
    pub(crate) fn command(&self, args: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_nutgraf"));
        command.current_dir(self.0.path()).args(args);
        command
    }
}

/// The objects of JSON lines.
#[track_caller]
pub(crate) fn objects(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

/// The strings at `key` of each object.
pub(crate) fn each<'v>(objects: &'v [Value], key: &str) -> Vec<&'v str> {
    objects.iter().map(|object| object[key].as_str().unwrap_or_default()).collect()
}

/// The list at `key`.
#[track_caller]
pub(crate) fn list<'v>(object: &'v Value, key: &str) -> &'v [Value] {
    object[key].as_array().unwrap_or_else(|| panic!("no list at {key}: {object}"))
}

/// The bytes at a `[start, end]` pair.
#[track_caller]
pub(crate) fn slice<'b>(bytes: &'b [u8], span: &Value) -> &'b [u8] {
    let at = |end: usize| usize::try_from(span[end].as_u64().expect("a position")).expect("in memory");
    bytes.get(at(0)..at(1)).unwrap_or_else(|| panic!("{span} of {} bytes", bytes.len()))
}

/// Text with runs of white space as one space.
pub(crate) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}
