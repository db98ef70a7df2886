//! What a person sees while a run goes on, and the closing line.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::base::error::{DocError, place};
use crate::cli::common::ShowArgs;
use crate::cli::terminal::{say, shows_progress};
use crate::run::Observer;
use crate::run::report::Report;

/// Failures that are said at once; the rest stand in the report.
const SAID: u64 = 10;

/// Shows a run on standard error.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    quiet: bool,
    verbose: bool,
    failures: u64,
    /// Kind, place and reason of failures that are said at the end.
    failed: Vec<[String; 3]>,
}

impl Progress {
    /// A bar on terminals, nothing elsewhere or where it is not wanted.
    pub(super) fn new(show: &ShowArgs, to_stdout: bool) -> Self {
        let wanted = !show.no_progress && !show.quiet && shows_progress(to_stdout);
        let bar = if wanted { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar, quiet: show.quiet, verbose: show.verbose, failures: 0, failed: Vec::new() }
    }

    fn say(&self, line: &str) {
        if !self.quiet {
            self.bar.suspend(|| say(line));
        }
    }

    /// Clears the bar and says how it went: on terminals the formats and a table of what failed, elsewhere a line.
    pub(super) fn finish(&self, report: &Report) {
        self.bar.finish_and_clear();
        if self.bar_was_shown() {
            self.say(&formats(report));
            for row in table(&self.failed).lines() {
                self.say(row);
            }
        }
        if report.failed() > SAID && !self.verbose {
            self.say(&format!("… and {} more failures", report.failed() - SAID));
        }
        if report.cuts_for_length > 0 && self.verbose {
            self.say(&format!("segments were cut at {} places for length alone", report.cuts_for_length));
        }
        if report.failed() > 0 || self.verbose || self.bar_was_shown() {
            self.say(&outcome(report));
        }
    }

    fn bar_was_shown(&self) -> bool {
        !self.bar.is_hidden()
    }
}

impl Observer for Progress {
    fn progress(&mut self, records: u64, failed: u64, done: u64, total: Option<u64>) {
        if self.bar.is_hidden() {
            return;
        }
        if let (Some(total), None) = (total, self.bar.length()) {
            self.bar.set_length(total);
            let style =
                "{spinner} {bar:32} {percent:>3} % of {total_bytes}  {bytes_per_sec}  {eta} left  {msg}";
            if let Ok(style) = ProgressStyle::with_template(style) {
                self.bar.set_style(style);
            }
        }
        self.bar.set_position(done);
        let failed = if failed > 0 { format!(", {failed} failed") } else { String::new() };
        self.bar.set_message(format!("{records} records{failed}"));
    }

    fn warning(&mut self, text: &str) {
        self.say(&format!("nutgraf: {text}"));
    }

    fn failure(&mut self, error: &DocError) {
        self.failures += 1;
        if !self.verbose && self.failures > SAID {
            return;
        }
        if self.bar_was_shown() {
            let place = place(&error.path, error.member.as_deref(), error.record);
            self.failed.push([error.kind.name().to_owned(), place, error.kind.to_string()]);
        } else {
            self.say(&format!("nutgraf: {error}"));
        }
    }
}

/// How many records came in each format, and together.
fn formats(report: &Report) -> String {
    let formats = &report.input.formats;
    let each: Vec<_> = formats.iter().map(|(format, count)| format!("{format} {count}")).collect();
    match each.len() {
        0 | 1 => each.concat(),
        _ => format!("{} = {} records", each.join(" + "), report.records()),
    }
}

/// What became of the records; the numbers add up.
fn outcome(report: &Report) -> String {
    let documents = &report.documents;
    let kinds: Vec<_> = report.failures.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    let failed = if kinds.is_empty() {
        "none failed".to_owned()
    } else {
        format!("{} failed: {}", report.failed(), kinds.join(", "))
    };
    let left_out = [(documents.short, "too short"), (documents.duplicates, "near-duplicates")];
    let left_out = left_out.iter().filter(|(count, _)| *count > 0);
    let left_out = left_out.map(|(count, why)| format!("{count} {why}, ")).collect::<Vec<_>>().concat();
    format!("{} records: {} documents written, {left_out}{failed}", report.records(), documents.written)
}

/// Widest a column is made, in characters; what is longer stands out of it.
const WIDEST: usize = 48;

/// Kind, place and reason of each failure, in columns.
fn table(rows: &[[String; 3]]) -> String {
    let wide = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default().min(WIDEST)
    };
    let (kind, place) = (wide(0), wide(1));
    let line = |row: &[String; 3]| format!("  {:kind$}  {:place$}  {}", row[0], row[1], row[2]);
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_stands_in_columns() {
        let row = |kind: &str, place: &str, why: &str| [kind, place, why].map(str::to_owned);
        let rows = [
            row("truncated", "in/a.gz", "gzip data ends early"),
            row("no-body", "in/b.zip!c.html", "no body text"),
        ];
        insta::assert_snapshot!(table(&rows), @r"
          truncated  in/a.gz          gzip data ends early
          no-body    in/b.zip!c.html  no body text
        ");
    }
}
