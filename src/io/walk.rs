//! Inputs as given (files, folders, globs, `-`) become a list of places to read, in an order that depends on names alone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};
use tempfile::NamedTempFile;
use walkdir::{DirEntry, WalkDir};

use crate::base::error::{DocErrorKind, Error};

/// One place that was found, in the order of the inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Standard input, given as `-`.
    Stdin,
    /// A regular file.
    File(PathBuf),
    /// A pipe or device that was given by name: it can be read once, from its beginning to its end.
    Stream(PathBuf),
    /// A regular file that holds what could be read only once.
    Spooled {
        /// Where the bytes are.
        at: PathBuf,
        /// The path as given.
        given: PathBuf,
    },
    /// Something that is there and cannot be read: a dangling link, a folder that may not be opened.
    Failed(PathBuf, DocErrorKind),
    /// Something in a folder that is no document.
    Skipped(PathBuf, Why),
}

impl Found {
    /// Copies what can be read only once into a temporary file and stands for that from then on; the file lives as long
    /// as what is returned.
    ///
    /// # Errors
    /// When the bytes cannot be read or the file cannot be written.
    pub fn spool(&mut self) -> io::Result<Option<NamedTempFile>> {
        let (mut bytes, given): (Box<dyn io::Read>, _) = match self {
            Self::Stdin => (Box::new(io::stdin()), PathBuf::from("-")),
            Self::Stream(path) => (Box::new(fs::File::open(&*path)?), path.clone()),
            _ => return Ok(None),
        };
        let mut file = NamedTempFile::new()?;
        io::copy(&mut bytes, &mut file)?;
        *self = Self::Spooled { at: file.path().to_owned(), given };
        Ok(Some(file))
    }

    /// Bytes of the file as it lies there; `None` for what is no file.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) | Self::Spooled { at: path, .. } => {
                fs::metadata(path).ok().map(|known| known.len())
            }
            Self::Failed(..) | Self::Skipped(..) => Some(0),
            Self::Stdin | Self::Stream(_) => None,
        }
    }
}

/// Why something in a folder was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A link: only those given directly are followed, so that no walk can loop.
    Link,
    /// A pipe, socket or device, whose reading might never end; it was not opened.
    Special,
}

impl Why {
    /// In words, for the report.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Link => "a link inside a folder is not followed",
            Self::Special => "not a regular file",
        }
    }
}

/// A wildcard does not cross `/` and does not match a leading dot, as in a shell.
const LIKE_A_SHELL: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// Everything that `inputs` name, input by input in the order given.
///
/// A path that exists is taken literally, even with wildcards in its name; anything else that has wildcards is a glob,
/// whose matches are sorted. Folders are walked in the byte order of their names; dot names are skipped. Paths stay as
/// given, joined with what was walked.
///
/// # Errors
/// [`Error::Input`] for an input that does not exist, a glob that matches nothing or is malformed, and `-` given twice.
pub fn find<P: AsRef<Path>>(inputs: &[P]) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for input in inputs {
        let input = input.as_ref();
        if input == Path::new("-") {
            if found.contains(&Found::Stdin) {
                return Err(refusal(input, &"standard input can be read only once"));
            }
            found.push(Found::Stdin);
        } else if let Err(e) = fs::symlink_metadata(input) {
            match input.to_str().filter(|pattern| has_wildcards(pattern)) {
                Some(pattern) => find_glob(pattern, &mut found)?,
                None if e.kind() == io::ErrorKind::PermissionDenied => {
                    found.push(Found::Failed(input.to_owned(), unreadable(&e)));
                }
                None => return Err(refusal(input, &e)),
            }
        } else {
            find_given(input, &mut found);
        }
    }
    Ok(found)
}

/// A path as it is reported: as given, with `/` between its parts; characters that are not Unicode become U+FFFD.
pub fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { shown.into_owned() } else { shown.replace('\\', "/") }
}

/// A path that was named and exists, perhaps as a link.
fn find_given(path: &Path, found: &mut Vec<Found>) {
    match fs::metadata(path) {
        Err(e) => found.push(Found::Failed(path.to_owned(), unreadable(&e))),
        Ok(known) if known.is_dir() => walk(path, found),
        Ok(known) if known.is_file() => found.push(Found::File(path.to_owned())),
        Ok(_) => found.push(Found::Stream(path.to_owned())),
    }
}

fn walk(folder: &Path, found: &mut Vec<Found>) {
    for entry in entries(folder) {
        found.extend(judge(entry, folder));
    }
}

/// What is in `folder` at any depth: names sorted by their bytes, none that starts with a dot, no link followed.
fn entries(folder: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let visible = |e: &DirEntry| e.depth() == 0 || !e.file_name().as_encoded_bytes().starts_with(b".");
    WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(visible)
}

/// What a walked entry is to us; `None` for a folder.
fn judge(entry: walkdir::Result<DirEntry>, folder: &Path) -> Option<Found> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(e) => {
            let path = e.path().unwrap_or(folder).to_owned();
            let reason = e.io_error().map_or_else(|| e.to_string(), ToString::to_string);
            return Some(Found::Failed(path, DocErrorKind::Unreadable { reason }));
        }
    };
    let kind = entry.file_type();
    if kind.is_dir() || entry.depth() == 0 {
        return None;
    }
    let path = entry.into_path();
    Some(if kind.is_file() {
        Found::File(path)
    } else if kind.is_symlink() {
        match fs::metadata(&path) {
            Ok(_) => Found::Skipped(path, Why::Link),
            Err(e) => Found::Failed(path, unreadable(&e)),
        }
    } else {
        Found::Skipped(path, Why::Special)
    })
}

fn has_wildcards(pattern: &str) -> bool {
    pattern.contains(['*', '?', '['])
}

fn find_glob(pattern: &str, found: &mut Vec<Found>) -> Result<(), Error> {
    let before = found.len();
    if pattern.contains("**") {
        find_deep(pattern, found)?;
    } else {
        find_flat(pattern, found)?;
    }
    if found.len() == before {
        return Err(refusal(Path::new(pattern), &"the pattern matches nothing"));
    }
    Ok(())
}

/// Matches of a glob that names its depth. They count as given, as if a shell had listed them: links are followed and
/// folders walked; only pipes and devices are left alone.
fn find_flat(pattern: &str, found: &mut Vec<Found>) -> Result<(), Error> {
    let matches = glob::glob_with(pattern, LIKE_A_SHELL).map_err(|e| refusal(Path::new(pattern), &e))?;
    let mut matches: Vec<_> =
        matches.map(|path| path.map_err(|e| (e.path().to_owned(), unreadable(e.error())))).collect();
    matches.sort_by(|a, b| place(a).cmp(place(b)));
    for one in matches {
        match one {
            Err((path, kind)) => found.push(Found::Failed(path, kind)),
            Ok(path) => {
                let from = found.len();
                find_given(&path, found);
                if let [Found::Stream(_)] = found[from..] {
                    found[from] = Found::Skipped(path, Why::Special);
                }
            }
        }
    }
    Ok(())
}

fn place(one: &Result<PathBuf, (PathBuf, DocErrorKind)>) -> &Path {
    match one {
        Ok(path) | Err((path, _)) => path,
    }
}

/// Matches of a glob with `**`, by our own walk: it never follows a link, so it cannot loop.
fn find_deep(pattern: &str, found: &mut Vec<Found>) -> Result<(), Error> {
    let rule = Pattern::new(pattern).map_err(|e| refusal(Path::new(pattern), &e))?;
    let wild = pattern.find(['*', '?', '[']).unwrap_or(pattern.len());
    let base = &pattern[..pattern[..wild].rfind('/').map_or(0, |slash| slash + 1)];
    let folder = Path::new(if base.is_empty() { "." } else { base });
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in entries(folder) {
        let Some(mut one) = judge(entry, folder) else { continue };
        let (Found::File(path) | Found::Stream(path) | Found::Failed(path, _) | Found::Skipped(path, _)) =
            &mut one
        else {
            continue;
        };
        if base.is_empty()
            && let Ok(bare) = path.strip_prefix(".")
        {
            *path = bare.to_owned();
        }
        if rule.matches_path_with(path, LIKE_A_SHELL) {
            found.push(one);
        }
    }
    Ok(())
}

fn unreadable(e: &io::Error) -> DocErrorKind {
    DocErrorKind::Unreadable { reason: e.to_string() }
}

fn refusal(input: &Path, reason: &impl ToString) -> Error {
    Error::Input { path: shown(input), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    fn names(folder: &tempfile::TempDir, found: &[Found]) -> Vec<String> {
        let name = |path: &Path| shown(path.strip_prefix(folder.path()).unwrap());
        let line = |one: &Found| match one {
            Found::Stdin => "-".to_owned(),
            Found::File(path) => name(path),
            Found::Stream(path) => format!("stream {}", name(path)),
            Found::Spooled { .. } => "spooled".to_owned(),
            Found::Failed(path, kind) => format!("{} {}", kind.name(), name(path)),
            Found::Skipped(path, why) => format!("{why:?} {}", name(path)),
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn a_folder_is_walked_in_the_byte_order_of_its_names_without_dot_names() {
        let folder =
            folder(&["b.txt", "a/z.txt", "B.txt", "a/é.txt", "a.txt", ".git/x", "a/.hidden", "10", "9"]);
        let found = find(&[folder.path()]).unwrap();
        assert_eq!(names(&folder, &found), ["10", "9", "B.txt", "a/z.txt", "a/é.txt", "a.txt", "b.txt"]);
    }

    #[test]
    fn inputs_keep_the_order_in_which_they_were_given() {
        let folder = folder(&["a.txt", "b.txt"]);
        let found = find(&[folder.path().join("b.txt"), "-".into(), folder.path().join("a.txt")]).unwrap();
        assert_eq!(names(&folder, &found), ["b.txt", "-", "a.txt"]);
    }

    #[test]
    fn what_does_not_exist_or_match_is_refused_before_anything_is_read() {
        let folder = folder(&["a.txt"]);
        for bad in ["none.txt", "*.md", "**/*.md", "none/**/*.txt", "a.txt/below", "[a"] {
            let refused = find(&[folder.path().join(bad)]);
            assert!(matches!(refused, Err(Error::Input { .. })), "{bad}: {refused:?}");
        }
        assert!(find(&["-", "-"]).is_err());
    }

    #[test]
    fn globs_are_sorted_and_do_not_match_a_leading_dot() {
        let folder = folder(&["b.txt", "a.txt", ".c.txt", "d/e.txt", "d/.f/g.txt", "d/h.md"]);
        let flat = find(&[folder.path().join("*.txt")]).unwrap();
        assert_eq!(names(&folder, &flat), ["a.txt", "b.txt"]);
        let deep = find(&[folder.path().join("**/*.txt")]).unwrap();
        assert_eq!(names(&folder, &deep), ["a.txt", "b.txt", "d/e.txt"]);
        let all = find(&[folder.path().join("**")]).unwrap();
        assert_eq!(names(&folder, &all), ["a.txt", "b.txt", "d/e.txt", "d/h.md"]);
        let folders = find(&[folder.path().join("*")]).unwrap();
        assert_eq!(names(&folder, &folders), ["a.txt", "b.txt", "d/e.txt", "d/h.md"]);
    }

    #[test]
    fn a_file_whose_name_looks_like_a_glob_is_taken_literally() {
        let folder = folder(&["a[1].txt", "a1.txt"]);
        let found = find(&[folder.path().join("a[1].txt")]).unwrap();
        assert_eq!(names(&folder, &found), ["a[1].txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_folder_are_skipped_dangling_ones_fail_and_pipes_are_never_opened() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["a.txt", "sub/b.txt"]);
        symlink(folder.path(), folder.path().join("sub/loop")).unwrap();
        symlink("a.txt", folder.path().join("link.txt")).unwrap();
        symlink("nowhere", folder.path().join("lost.txt")).unwrap();
        symlink("self", folder.path().join("self")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap();
        assert!(made.success());
        let expected = [
            "a.txt",
            "Link link.txt",
            "unreadable lost.txt",
            "Special pipe",
            "unreadable self",
            "sub/b.txt",
            "Link sub/loop",
        ];
        assert_eq!(names(&folder, &find(&[folder.path()]).unwrap()), expected);
        assert_eq!(names(&folder, &find(&[folder.path().join("**")]).unwrap()), expected);
        let pipe = find(&[folder.path().join("pi*")]).unwrap();
        assert_eq!(names(&folder, &pipe), ["Special pipe"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_given_directly_are_followed() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["a.txt", "sub/b.txt"]);
        symlink("a.txt", folder.path().join("file")).unwrap();
        symlink("sub", folder.path().join("folder")).unwrap();
        symlink("nowhere", folder.path().join("lost")).unwrap();
        let given = ["file", "folder", "lost"].map(|name| folder.path().join(name));
        assert_eq!(names(&folder, &find(&given).unwrap()), ["file", "folder/b.txt", "unreadable lost"]);
    }
}
