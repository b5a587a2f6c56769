//! Where this process spends its processor time: the load generator and the embedded stage live in one process
//! and are told apart by the names of their threads. Linux shows this in `/proc`; elsewhere nothing is told.

use std::collections::BTreeMap;
use std::fs;

/// How the threads of the embedded stage's own runtime are named.
pub const STAGE_THREADS: &str = "stage";

/// What reports call the threads of this process that are not the stage's.
pub const GENERATOR: &str = "load generator";

/// What reports call the stage's threads.
pub const STAGE: &str = "stage";

/// Processor time so far, by consumer, in milliseconds; empty where the system does not tell.
#[must_use]
pub fn own_threads() -> BTreeMap<String, u64> {
    let mut nanoseconds: BTreeMap<_, u64> = BTreeMap::new();
    let Ok(threads) = fs::read_dir("/proc/self/task") else { return BTreeMap::new() };
    for thread in threads.flatten() {
        // A thread may end between the listing and the reading; then it is left out.
        let path = thread.path();
        let Ok(name) = fs::read_to_string(path.join("comm")) else { continue };
        let Ok(statistics) = fs::read_to_string(path.join("schedstat")) else { continue };
        let Some(spent) = parse_schedstat(&statistics) else { continue };
        *nanoseconds.entry(consumer(&name)).or_default() += spent;
    }
    let in_ms = |(consumer, spent): (&str, u64)| (consumer.to_owned(), spent / 1_000_000);
    nanoseconds.into_iter().map(in_ms).collect()
}

/// Whose a thread is, by its name.
fn consumer(thread: &str) -> &'static str {
    let ours = thread.starts_with(STAGE_THREADS) || thread.starts_with("dynoxide");
    if ours { STAGE } else { GENERATOR }
}

/// The first number of `schedstat`: nanoseconds spent on a processor.
fn parse_schedstat(text: &str) -> Option<u64> {
    text.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_is_the_time_on_the_processor() {
        assert_eq!(parse_schedstat("123456789 22 3\n"), Some(123_456_789));
        assert_eq!(parse_schedstat(""), None);
        assert_eq!(parse_schedstat("x 1 2"), None);
    }

    #[test]
    fn threads_belong_to_the_stage_by_name() {
        assert_eq!(consumer("stage-worker\n"), STAGE);
        assert_eq!(consumer("load\n"), GENERATOR);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_has_threads_of_its_own() {
        assert!(own_threads().contains_key(GENERATOR));
    }
}
