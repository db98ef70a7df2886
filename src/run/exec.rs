//! Tasks in parallel, results in order, both bounded.
//!
//! The calling thread admits tasks and takes results in order; pool threads only compute. Two limits hold: tasks that
//! run, and bytes of results that wait for an earlier one. With one limit for both, a single large document would leave
//! all other workers idle.

use std::collections::BTreeMap;
use std::sync::mpsc;

use crate::base::error::Error;

/// How much may be under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Tasks running or about to.
    tasks: usize,
    /// Bytes of results that wait for their turn.
    waiting: u64,
}

impl Limits {
    /// Two tasks a worker, so that none is idle while results are taken.
    pub(super) fn new(workers: usize, waiting: u64) -> Self {
        Self { tasks: 2 * workers.max(1), waiting }
    }
}

/// Runs `work` on everything `next` gives, and hands the results to `take` in the order of `next`, which like `take` is
/// called on this thread. `bytes` weighs a result. `work` must not panic.
///
/// # Errors
/// The first of `take`; nothing is admitted after it.
pub(super) fn ordered<T: Send, R: Send>(
    pool: &rayon::ThreadPool,
    limits: Limits,
    mut next: impl FnMut() -> Option<T>,
    work: impl Fn(T) -> R + Sync,
    bytes: impl Fn(&R) -> u64,
    mut take: impl FnMut(R) -> Result<(), Error>,
) -> Result<(), Error> {
    pool.in_place_scope(|scope| {
        let work = &work;
        let (sender, results) = mpsc::channel();
        let mut waiting = BTreeMap::new();
        let (mut admitted, mut taken, mut running, mut held) = (0_u64, 0_u64, 0_usize, 0_u64);
        let mut open = true;
        loop {
            while open && running < limits.tasks && (held < limits.waiting || running == 0) {
                let Some(task) = next() else {
                    open = false;
                    break;
                };
                let (sender, number) = (sender.clone(), admitted);
                scope.spawn(move |_| {
                    // The receiver is gone only when the run has failed; the result is of no use then.
                    let _ = sender.send((number, work(task)));
                });
                admitted += 1;
                running += 1;
            }
            if running == 0 {
                return Ok(());
            }
            let Ok((number, result)) = results.recv() else { return Ok(()) };
            running -= 1;
            held += bytes(&result);
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&taken) {
                held -= bytes(&result);
                taken += 1;
                take(result)?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn doubled(threads: usize, waiting: u64, count: u64) -> Vec<u64> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let mut numbers = 0..count;
        let mut out = Vec::new();
        let slow = |n: u64| {
            if n.is_multiple_of(7) {
                std::thread::sleep(std::time::Duration::from_micros(300));
            }
            n * 2
        };
        let limits = Limits::new(threads, waiting);
        ordered(
            &pool,
            limits,
            || numbers.next(),
            slow,
            |_| 10,
            |r| {
                out.push(r);
                Ok(())
            },
        )
        .expect("nothing fails");
        out
    }

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        let expected: Vec<u64> = (0..500).map(|n| n * 2).collect();
        for (threads, waiting) in [(1, 1), (2, 1), (4, 25), (8, 1 << 20)] {
            assert_eq!(doubled(threads, waiting, 500), expected, "{threads} threads, {waiting} bytes");
        }
    }

    #[test]
    fn no_more_results_wait_than_the_limit_and_the_tasks_allow() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(4).build().expect("a pool");
        let (under_way, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut numbers = 0..400;
        let admit = || {
            let next = numbers.next()?;
            most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            Some(next)
        };
        let slow_first = |n: u64| {
            if n == 0 {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        };
        ordered(
            &pool,
            Limits::new(4, 100),
            admit,
            slow_first,
            |()| 10,
            |()| {
                under_way.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            },
        )
        .expect("nothing fails");
        assert!(most.load(Ordering::SeqCst) <= 10 + 8 + 1, "{most:?}");
    }

    #[test]
    fn a_failure_to_take_ends_the_run() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("a pool");
        let mut numbers = 0..1_000_000_u64;
        let failed = ordered(
            &pool,
            Limits::new(2, 100),
            || numbers.next(),
            |n| n,
            |_| 1,
            |n| {
                if n == 20 { Err(Error::Closed) } else { Ok(()) }
            },
        );
        assert!(matches!(failed, Err(Error::Closed)));
        assert!(numbers.start < 100, "{numbers:?}");
    }
}
