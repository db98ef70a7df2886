//! What a person sees while a run goes on, and the closing line.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::base::error::DocError;
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
}

impl Progress {
    /// A bar on terminals, nothing elsewhere or where it is not wanted.
    pub(super) fn new(show: &ShowArgs, to_stdout: bool) -> Self {
        let wanted = !show.no_progress && !show.quiet && shows_progress(to_stdout);
        let bar = if wanted { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar, quiet: show.quiet, verbose: show.verbose, failures: 0 }
    }

    fn say(&self, line: &str) {
        if !self.quiet {
            self.bar.suspend(|| say(line));
        }
    }

    /// Clears the bar and says how it went.
    pub(super) fn finish(&self, report: &Report) {
        self.bar.finish_and_clear();
        if report.failed() > SAID && !self.verbose {
            self.say(&format!("… and {} more failures", report.failed() - SAID));
        }
        if report.failed() == 0 && !self.verbose && !self.bar_was_shown() {
            return;
        }
        let kinds: Vec<_> = report.failures.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let failed = if kinds.is_empty() {
            "none failed".to_owned()
        } else {
            format!("{} failed: {}", report.failed(), kinds.join(", "))
        };
        self.say(&format!(
            "{} records: {} documents written, {failed}",
            report.records(),
            report.documents.written
        ));
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
        if self.verbose || self.failures <= SAID {
            self.say(&format!("nutgraf: {error}"));
        }
    }
}
