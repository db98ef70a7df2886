//! A panic in a worker is a failed document, not noise on the terminal.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, catch_unwind};

use crate::base::error::DocErrorKind;

/// What names of worker threads begin with.
pub const WORKER: &str = "nutgraf-worker-";

/// Keeps panics of workers off standard error: the run reports them as failures of their documents. Panics elsewhere
/// are shown as before. A program that embeds the library may leave it out.
pub fn keep_workers_quiet() {
    let shown = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let in_worker = std::thread::current().name().is_some_and(|name| name.starts_with(WORKER));
        if !in_worker {
            shown(info);
        }
    }));
}

/// What `work` makes, or a panic in it as a failure.
pub(super) fn caught<R>(work: impl FnOnce() -> R) -> Result<R, DocErrorKind> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|payload| DocErrorKind::Bug { message: message(payload.as_ref()) })
}

/// The message of a caught panic.
fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}
