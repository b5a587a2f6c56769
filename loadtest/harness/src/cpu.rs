//! How much processor time this process has used. Linux tells it in `/proc`; elsewhere nothing is told.

use std::fs;

/// What reports call this process without the stage that may live in it.
pub const GENERATOR: &str = "load generator";

/// Processor time of all threads of this process so far, in milliseconds; `None` where the system does not
/// tell. Threads that ended are left out, of which the load generator has few.
#[must_use]
pub fn of_this_process_ms() -> Option<u64> {
    let mut nanoseconds = 0;
    for thread in fs::read_dir("/proc/self/task").ok()?.flatten() {
        // A thread may end between the listing and the reading.
        if let Ok(statistics) = fs::read_to_string(thread.path().join("schedstat")) {
            nanoseconds += parse_schedstat(&statistics).unwrap_or_default();
        }
    }
    Some(nanoseconds / 1_000_000)
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

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_is_told() {
        assert!(of_this_process_ms().is_some());
    }
}
