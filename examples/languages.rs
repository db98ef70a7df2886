//! Writes the language of each line of standard input: `cargo run --release --example languages <lines.txt`.

use std::io::{self, BufRead as _, BufWriter, Write as _};

use nutgraf::langid::detect;

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", detect(&line?))?;
    }
    out.flush()
}
