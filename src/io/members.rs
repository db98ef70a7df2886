//! What all archives share: names of members, which are data and never paths, and what is passed over.

use std::fmt::Write as _;
use std::path::Path;

use crate::base::error::DocErrorKind;
use crate::io::frame::{Cut, Note};
use crate::io::open::{Opened, Place, open};
use crate::io::stream::Stream;

/// The longest name of a member that is read, in bytes.
pub const LONGEST_NAME: usize = 4096;

/// A member's name as it is shown: control characters, backslashes and what is not UTF-8 are escaped, so that two names
/// that differ do not look alike and none speaks to a terminal.
///
/// # Errors
/// `Malformed` for a name over [`LONGEST_NAME`]; it costs that member alone.
pub(crate) fn name_of(raw: &[u8]) -> Result<String, DocErrorKind> {
    if raw.len() > LONGEST_NAME {
        let reason = format!("the name of a member is {} bytes long, over {LONGEST_NAME}", raw.len());
        return Err(DocErrorKind::Malformed { reason });
    }
    let mut name = String::with_capacity(raw.len());
    for chunk in raw.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() || c == '\\' || is_steering(c) {
                name.extend(c.escape_default());
            } else {
                name.push(c);
            }
        }
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(name, "\\x{byte:02x}");
        }
    }
    Ok(name)
}

/// Characters that turn the direction of what follows, or that cannot be seen.
fn is_steering(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a member is what folders hide, or what one system adds to its archives.
pub(crate) fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || part.starts_with('.') && !matches!(part, "." | ".."))
}

/// Opens the member called `name` of the archive at `place`; `file` is the name whose extension counts.
pub(crate) fn open_member(stream: Stream, place: &Place, name: &str, file: &Path) -> Cut {
    let inner = place.inside(name, place.depth);
    match open(stream, inner.clone(), Some(file), None) {
        Ok(Opened::Record(record)) => Cut::Record(record),
        Ok(Opened::Framer(framer)) => Cut::Open(framer),
        Err(kind) => Cut::Failed(inner.failed(0, kind)),
    }
}

/// Members that were passed over: how many, and the first by name.
#[derive(Debug, Default)]
pub(crate) struct Passed {
    hidden: Option<(u64, String)>,
    special: Option<(u64, String)>,
}

impl Passed {
    /// Counts a member that folders hide.
    pub(crate) fn hidden(&mut self, name: &str) {
        count(&mut self.hidden, name);
    }

    /// Counts a link or device.
    pub(crate) fn special(&mut self, name: &str) {
        count(&mut self.special, name);
    }

    /// What was passed over in the archive at `place`; `None` when nothing was.
    pub(crate) fn note(&mut self, place: &Place) -> Option<Note> {
        let kinds = [(self.hidden.take(), "hidden"), (self.special.take(), "not regular files")];
        let told = |(counted, what): (Option<(u64, String)>, &str)| {
            let (count, first) = counted?;
            Some(match count {
                1 => format!("1 member ({what}): {first}"),
                _ => format!("{count} members ({what}), the first {first}"),
            })
        };
        let told: Vec<_> = kinds.into_iter().filter_map(told).collect();
        (!told.is_empty()).then(|| Note { path: place.shown(), reason: told.join("; ") })
    }
}

fn count(counted: &mut Option<(u64, String)>, name: &str) {
    match counted {
        Some((count, _)) => *count += 1,
        None => *counted = Some((1, name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_they_are_but_for_what_steers_a_terminal() {
        let name = |raw: &[u8]| name_of(raw).unwrap();
        assert_eq!(name(b"../../etc/passwd"), "../../etc/passwd");
        assert_eq!(name(b"/abs/a.txt"), "/abs/a.txt");
        assert_eq!(name(b"a\0b\x1b[2J\n.txt"), "a\\u{0}b\\u{1b}[2J\\n.txt");
        assert_eq!(name(b"dir\\a.txt"), "dir\\\\a.txt");
        assert_eq!(name("é\u{202e}txt".as_bytes()), "é\\u{202e}txt");
        assert_eq!(name(b"caf\xe9.txt"), "caf\\xe9.txt");
        assert!(name_of(&[b'a'; LONGEST_NAME + 1]).is_err());
    }

    #[test]
    fn hidden_members_are_those_with_a_part_that_begins_with_a_dot() {
        assert!(is_hidden(".DS_Store") && is_hidden("a/.git/config") && is_hidden("__MACOSX/a.txt"));
        assert!(!is_hidden("./a.txt") && !is_hidden("../a.txt") && !is_hidden("a.b/c"));
    }
}
