//! `nutgraf completions` and `nutgraf man`: made from the same structs as the commands.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::base::error::Error;
use crate::cli::Cli;
use crate::cli::exit::Exit;
use crate::cli::terminal;

/// Print shell completions
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Print the manual page, or write one for each command
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Folder for the pages of all commands
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints completions.
pub(super) fn completions(args: CompletionsArgs) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "nutgraf", &mut script);
    terminal::print(&script)?;
    Ok(Exit::Done)
}

/// Prints or writes manual pages.
pub(super) fn man(args: &ManArgs) -> Result<Exit, Error> {
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).map_err(|e| Error::output(folder, e))?;
        clap_mangen::generate_to(Cli::command(), folder).map_err(|e| Error::output(folder, e))?;
    } else {
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(Cli::command()).render(&mut page);
        rendered.map_err(|e| Error::output("standard output", e))?;
        terminal::print(&page)?;
    }
    Ok(Exit::Done)
}
