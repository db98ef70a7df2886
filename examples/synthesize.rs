//! Writes N megabytes of made-up articles as JSON lines to standard output, the same bytes each time:
//! `cargo run --release --example synthesize 100 > articles.jsonl`.

use std::error::Error;
use std::io::{BufWriter, Write, stdout};

#[path = "../benches/common/mod.rs"]
#[expect(dead_code, reason = "the benches use the rest")]
mod common;

fn main() -> Result<(), Box<dyn Error>> {
    let megabytes: usize = std::env::args().nth(1).ok_or("how many megabytes?")?.parse()?;
    let mut out = BufWriter::new(stdout().lock());
    let mut written = 0;
    for article in common::Articles::new(1) {
        if written >= megabytes * 1_000_000 {
            break;
        }
        let line = article.to_json_line();
        written += line.len();
        out.write_all(line.as_bytes())?;
    }
    Ok(out.flush()?)
}
