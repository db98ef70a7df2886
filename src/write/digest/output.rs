//! Digests as outputs of a run.

use serde::de;
use toml::{Table, Value};

use crate::base::error::Error;
use crate::base::stage::Kind;
use crate::digest::view::Digest;
use crate::doc::done::Done;
use crate::write::Writer;
use crate::write::digest::{Format, Settings, Template, Templates, render};

/// A format with its settings and its template.
#[derive(Debug)]
struct Output {
    format: Format,
    settings: Settings,
    templates: Templates,
}

impl Output {
    /// The format as `table` has it; `template` there names a file.
    fn make(format: Format, mut table: Table) -> Result<Box<dyn Writer>, toml::de::Error> {
        let own = match table.remove("template") {
            None => None,
            Some(Value::String(path)) => {
                let text = std::fs::read_to_string(&path);
                Some((text.map_err(|e| de::Error::custom(format!("{path}: {e}")))?, path))
            }
            Some(_) => return Err(de::Error::custom("`template` is the name of a file")),
        };
        let own = own.as_ref().map(|(text, name)| Template { name, text });
        let templates = Templates::new(format, own).map_err(de::Error::custom)?;
        Ok(Box::new(Self { format, settings: table.try_into()?, templates }))
    }
}

impl Writer for Output {
    fn render(&self, _: &Done, _: &mut Vec<u8>) {}

    fn render_digest(&self, digest: &Digest, out: &mut Vec<u8>) -> Result<(), Error> {
        out.extend(render(self.format, digest, &self.settings, &self.templates)?);
        Ok(())
    }
}

/// The row of a format.
macro_rules! kind {
    ($format:ident) => {
        Kind::new(Format::$format.name(), Format::$format.about(), |table| {
            Output::make(Format::$format, table)
        })
    };
}

/// Formats of digests: those of `nutgraf digest`.
pub const KINDS: &[Kind<dyn Writer>] = &[
    kind!(Md),
    kind!(Html),
    kind!(Text),
    kind!(Epub),
    kind!(Eml),
    kind!(Atom),
    kind!(JsonFeed),
    kind!(Json),
    kind!(Jsonl),
];
