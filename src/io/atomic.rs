//! Files that are whole or not there: written beside their place and renamed in.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::base::error::Error;

/// How many bytes are gathered before the system is asked to write.
const BUFFER: usize = 256 << 10;

/// A file in the making beside its place. Dropped without [`Beside::commit`], it leaves nothing behind and what stood at
/// its place before still stands.
#[derive(Debug)]
pub struct Beside {
    /// The path as the user knows it, for messages.
    given: PathBuf,
    to: To,
}

#[derive(Debug)]
enum To {
    /// Renamed to the path when whole.
    Place(BufWriter<NamedTempFile>, PathBuf),
    /// A pipe or device: there is nothing to rename into.
    Through(BufWriter<File>),
}

impl Beside {
    /// Begins a file that is to stand at `path`.
    ///
    /// A link at `path` stays a link: the file it leads to is replaced. A pipe or device there (`/dev/null`) is written
    /// through. An older file keeps its permissions; a new one gets those of any new file.
    ///
    /// # Errors
    /// [`Error::Output`] when the folder is missing or not writable, or `path` is a folder.
    pub fn create(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let given = path.into();
        match begin(&given) {
            Ok(to) => Ok(Self { given, to }),
            Err(e) => Err(Error::output(given, e)),
        }
    }

    /// The path as given.
    pub fn path(&self) -> &Path {
        &self.given
    }

    /// Puts the file in its place, on the disk and not only in the system's memory.
    ///
    /// # Errors
    /// [`Error::Output`] when the disk is full or the place is gone; nothing is left behind then, and an older file stays.
    pub fn commit(self) -> Result<(), Error> {
        finish(self.to).map_err(|e| Error::output(self.given, e))
    }
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Place(file, _) => file.write(bytes),
            To::Through(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Place(file, _) => file.flush(),
            To::Through(file) => file.flush(),
        }
    }
}

fn begin(given: &Path) -> io::Result<To> {
    let mut place = given.to_owned();
    let mut keep = None;
    if let Ok(older) = fs::metadata(given) {
        if older.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !older.is_file() {
            let through = File::options().write(true).open(given)?;
            return Ok(To::Through(BufWriter::with_capacity(BUFFER, through)));
        }
        place = fs::canonicalize(given)?;
        keep = Some(older.permissions());
    }
    let name = place.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut builder = tempfile::Builder::new();
    let prefix = hidden(&name.to_string_lossy());
    builder.prefix(&prefix);
    if let Some(new) = new_file() {
        builder.permissions(new);
    }
    let file = builder.tempfile_in(folder(&place))?;
    if let Some(permissions) = keep {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(To::Place(BufWriter::with_capacity(BUFFER, file), place))
}

/// A name that walks pass over, short enough to leave room for the random part.
fn hidden(name: &str) -> OsString {
    let mut hidden = OsString::from(".");
    hidden.push(name.chars().take(50).collect::<String>());
    hidden.push(".");
    hidden
}

/// The folder that `path` stands in.
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// What a new file may be used for, before the system takes away what the user's mask forbids.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no such permissions")]
fn new_file() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn new_file() -> Option<fs::Permissions> {
    None
}

fn finish(to: To) -> io::Result<()> {
    match to {
        To::Through(mut file) => file.flush(),
        To::Place(file, place) => {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(&place).map_err(|e| e.error)?;
            sync_folder(folder(&place))
        }
    }
}

/// Makes a rename in `folder` last through a loss of power, where the system can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some network and user-space file systems cannot; the rename itself was done.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("news.jsonl");
        let mut file = Beside::create(&place).unwrap();
        file.write_all(b"whole").unwrap();
        assert!(!place.exists());
        assert!(listed(folder.path())[0].starts_with(".news.jsonl."), "the file grows beside its place");
        file.commit().unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"whole");
        assert_eq!(listed(folder.path()), ["news.jsonl"]);
    }

    #[test]
    fn what_is_dropped_leaves_nothing_behind_and_the_older_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("news.jsonl");
        fs::write(&place, "older").unwrap();
        let mut file = Beside::create(&place).unwrap();
        file.write_all(&vec![b'x'; 1 << 20]).unwrap();
        drop(file);
        assert_eq!(listed(folder.path()), ["news.jsonl"]);
        assert_eq!(fs::read(&place).unwrap(), b"older");
    }

    #[test]
    fn a_folder_that_is_missing_or_in_the_way_is_told_at_the_beginning() {
        let folder = tempfile::tempdir().unwrap();
        for bad in [folder.path().join("none/news.jsonl"), folder.path().to_owned()] {
            assert!(matches!(Beside::create(bad), Err(Error::Output { .. })));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_permissions_of_any_and_an_older_one_keeps_its_own() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        File::create(folder.path().join("plain")).unwrap();
        Beside::create(folder.path().join("ours")).unwrap().commit().unwrap();
        assert_eq!(mode("ours"), mode("plain"));
        fs::set_permissions(folder.path().join("ours"), fs::Permissions::from_mode(0o640)).unwrap();
        Beside::create(folder.path().join("ours")).unwrap().commit().unwrap();
        assert_eq!(mode("ours"), 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_device_is_written_through() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("real"), "older").unwrap();
        std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
        let mut file = Beside::create(folder.path().join("link")).unwrap();
        file.write_all(b"new").unwrap();
        file.commit().unwrap();
        assert_eq!(fs::read(folder.path().join("real")).unwrap(), b"new");
        assert!(fs::symlink_metadata(folder.path().join("link")).unwrap().is_symlink());
        Beside::create("/dev/null").unwrap().commit().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }

    #[test]
    fn names_at_the_limit_of_the_file_system_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("é".repeat(127));
        Beside::create(&place).unwrap().commit().unwrap();
        assert!(place.exists());
    }
}
