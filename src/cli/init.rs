//! `nutgraf init`.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use crate::base::error::Error;
use crate::cli::exit::Exit;
use crate::cli::terminal::say;

/// The starter: every table with its defaults, explained.
pub(super) const STARTER: &str = include_str!("starter.toml");

/// Write a commented starter pipeline
#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The file to write; one that exists is left alone
    #[arg(value_name = "FILE", default_value = "pipeline.toml")]
    file: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &InitArgs) -> Result<Exit, Error> {
    let name = args.file.display();
    let opened = OpenOptions::new().write(true).create_new(true).open(&args.file);
    let mut file = opened.map_err(|e| Error::Config(format!("{name}: {e}")))?;
    file.write_all(STARTER.as_bytes()).map_err(|e| Error::output(&args.file, e))?;
    say(&format!("wrote {name}; run it with: nutgraf run {name}"));
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::file::{Loaded, PipelineFile};

    #[test]
    fn the_starter_says_the_defaults() {
        let starter = Loaded::parse("starter", STARTER, &[]).expect("a pipeline").file;
        let defaults = Loaded::from_flags(PipelineFile::default()).file;
        assert_eq!(
            (starter.pipeline, starter.model, starter.run),
            (defaults.pipeline, defaults.model, defaults.run)
        );
        assert_eq!(starter.budget.sentences, Some(3));
    }
}
