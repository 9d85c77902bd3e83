//! Work that threads share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

/// Returns the results of `work` on each of `all`, in their order.
///
/// The thread that asks works too, and alone where there are no others. A panic of `work` goes on in it.
pub(in crate::emit) fn map<A: Sync, R: Send>(all: &[A], work: impl Fn(&A) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = all.get(index) else { return results };
            results.push((index, work(item)));
        }
    };
    let others = thread::available_parallelism().map_or(1, usize::from).min(all.len());
    let mut results = thread::scope(|scope| {
        let spawn = |_| Builder::new().spawn_scoped(scope, take_turns).ok();
        let others: Vec<_> = (1..others).filter_map(spawn).collect();
        let mut results = take_turns();
        for other in others {
            match other.join() {
                Ok(more) => results.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_the_work() {
        let all: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&all, |number| number * 2), (0..2000).step_by(2).collect::<Vec<_>>());
        assert!(map(&[], |number: &usize| *number).is_empty());
    }
}
