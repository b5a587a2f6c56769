//! How much processor time this process has used, and on which machine. Linux tells it in `/proc`; elsewhere nothing is told.

use std::fs;

use uuid::Uuid;

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

/// The same for all processes of a machine, or of a container, which has processors of its own; `None` where the system
/// does not tell. It is a hash, and changes when the machine starts again.
#[must_use]
pub fn machine() -> Option<String> {
    let read = |name| fs::read_to_string(format!("/proc/sys/kernel/{name}")).ok();
    let name = format!("{} {}", read("random/boot_id")?, read("hostname")?);
    Some(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).simple().to_string())
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
        let machine = machine().unwrap_or_default();
        assert_eq!(machine.len(), 32, "{machine}");
        let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        assert!(!machine.contains(name.trim()), "{machine}");
    }
}
