//! Standard output and error as a person or a pipe sees them.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::base::error::Error;
use crate::base::escape;

/// Says a line on standard error, with control characters shown.
#[expect(clippy::print_stderr, reason = "the one place that writes to standard error")]
pub(super) fn say(line: &str) {
    eprintln!("{}", escape::terminal(line));
}

/// Whether standard output is a terminal that shows colour, by its kind and the common environment variables.
pub(super) fn stdout_has_color() -> bool {
    let stdout = std::io::stdout();
    stdout.is_terminal() && AutoStream::choice(&stdout) != ColorChoice::Never
}

/// Whether a progress bar can be drawn: standard error is a terminal, and standard output is not the same one.
pub(super) fn shows_progress(to_stdout: bool) -> bool {
    std::io::stderr().is_terminal() && !(to_stdout && std::io::stdout().is_terminal())
}

/// Prints a result that is made at once.
///
/// # Errors
/// When it cannot be written to its end.
pub(super) fn print(bytes: &[u8]) -> Result<(), Error> {
    let mut stdout = std::io::stdout();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|e| Error::output("standard output", e))
}

/// Standard output behind a large buffer.
pub(super) fn stdout() -> impl Write {
    std::io::BufWriter::with_capacity(1 << 18, std::io::stdout())
}
