//! Lists of feeds (OPML): those that are local files are read as feeds, the others are left alone.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::error::DocErrorKind;
use crate::doc::record::Format;
use crate::io::frame::{Cut, FrameOptions, Framer, Note};
use crate::io::open::{Opened, Place, open};
use crate::io::stream::{Stream, fault};
use crate::io::unpack::Allowance;
use crate::io::walk::shown;
use crate::io::xml::{elements, percent_decoded};

/// Opens the feeds of a list, one after the other.
#[derive(Debug)]
pub struct Opml {
    feeds: std::vec::IntoIter<PathBuf>,
    place: Place,
    /// Addresses that were not fetched: how many, and the first.
    remote: Option<(usize, String)>,
}

impl Opml {
    /// The feeds that `bytes` list; relative ones stand in `folder`. A list that lies in an archive has no folder.
    ///
    /// # Errors
    /// `Malformed` for what is not well-formed.
    pub fn open(bytes: Vec<u8>, place: Place, folder: Option<&Path>) -> Result<Self, DocErrorKind> {
        let (mut feeds, mut remote) = (Vec::new(), None);
        for element in elements(bytes)? {
            let Some(address) = element.attribute("xmlUrl").map(str::trim).filter(|a| !a.is_empty()) else {
                continue;
            };
            match local(address, folder) {
                Some(path) => feeds.push(path),
                None => {
                    remote.get_or_insert_with(|| (0, address.chars().take(200).collect::<String>())).0 += 1;
                }
            }
        }
        // What is read as a feed is no list, so that no list leads to itself.
        let options = FrameOptions { input_format: Some(Format::Feed), ..(*place.options).clone() };
        let place = Place { options: Arc::new(options), ..place };
        Ok(Self { feeds: feeds.into_iter(), place, remote })
    }

    fn feed(&self, path: &Path) -> Cut {
        let size = fs::metadata(path).map(|known| (known.is_file(), known.len()));
        let allowance = Allowance::of(size.as_ref().map_or(0, |known| known.1));
        let place = Place {
            path: shown(path),
            member: None,
            depth: 0,
            allowance,
            options: Arc::clone(&self.place.options),
        };
        let opened = match size {
            Ok((true, _)) => File::open(path)
                .map_err(fault)
                .and_then(|file| open(Stream::new(file), place.clone(), Some(path), Some(path))),
            Ok((false, _)) => Err(DocErrorKind::Unreadable { reason: "not a regular file".to_owned() }),
            Err(e) => Err(fault(e)),
        };
        match opened {
            Ok(Opened::Framer(framer)) => Cut::Open(framer),
            Ok(Opened::Record(record)) => Cut::Record(record),
            Err(kind) => Cut::Failed(place.failed(0, kind)),
        }
    }
}

impl Framer for Opml {
    fn next(&mut self) -> Option<Cut> {
        if let Some(path) = self.feeds.next() {
            return Some(self.feed(&path));
        }
        let (count, first) = self.remote.take()?;
        let reason = match count {
            1 => format!("1 feed not fetched: {first}"),
            _ => format!("{count} feeds not fetched, the first {first}"),
        };
        Some(Cut::Skipped(Note { path: self.place.shown(), reason }))
    }
}

/// The local file that an address names.
fn local(address: &str, folder: Option<&Path>) -> Option<PathBuf> {
    if let Some(rest) = address.strip_prefix("file:") {
        let rest = rest.strip_prefix("//localhost").or(rest.strip_prefix("//")).unwrap_or(rest);
        return folder.map(|_| PathBuf::from(percent_decoded(rest)));
    }
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    if scheme
        .is_some_and(|s| s.len() > 1 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)))
    {
        return None;
    }
    folder.map(|folder| folder.join(percent_decoded(address)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_files_are_told_from_addresses() {
        let folder = Some(Path::new("lists"));
        assert_eq!(local("a%20b.xml", folder), Some(PathBuf::from("lists/a b.xml")));
        assert_eq!(local("../c.xml", folder), Some(PathBuf::from("lists/../c.xml")));
        assert_eq!(local("file:///tmp/d.xml", folder), Some(PathBuf::from("/tmp/d.xml")));
        for remote in ["http://x/feed", "https://x", "feed:x", "gopher://x"] {
            assert_eq!(local(remote, folder), None);
        }
        assert_eq!(local("a.xml", None), None);
    }
}
