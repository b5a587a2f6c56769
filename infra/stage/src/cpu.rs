//! CPU time of processes and threads, as the kernel counts it in `/proc`.
//!
//! Where there is no `/proc` (macOS), there are no figures: every answer is `None`.

use std::fs::File;
use std::io::Read as _;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

/// Ticks a second in `/proc/*/stat`; the kernel shows 100 to every user, whatever it counts in.
const TICKS_PER_SECOND: u64 = 100;

/// CPU time, user and system, of a process with all its threads; `None` when it is gone.
#[must_use]
pub(crate) fn of_process(pid: u32) -> Option<Duration> {
    read(&format!("/proc/{pid}/stat"))
}

/// Waits until a child of this process has ended, and answers its CPU time. The child must not have been waited for, as
/// the kernel forgets it then. Answers at once where there is no `/proc`, or no signals.
pub(crate) async fn of_ended(pid: u32) -> Duration {
    let Ok(mut of_children) = signal(SignalKind::child()) else { return Duration::ZERO };
    loop {
        let stat = stat(&format!("/proc/{pid}/stat")).unwrap_or_default();
        let state = stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
        if matches!(state, None | Some('Z' | 'X')) || of_children.recv().await.is_none() {
            return parse(&stat).unwrap_or_default();
        }
    }
}

/// CPU time of a thread of this process, by what [`this_thread`] answered.
#[must_use]
pub(crate) fn of_thread(thread: &str) -> Option<Duration> {
    read(&format!("/proc/{thread}/stat"))
}

/// Names the calling thread for [`of_thread`].
#[must_use]
pub(crate) fn this_thread() -> Option<String> {
    let link = std::fs::read_link("/proc/thread-self").ok()?;
    link.to_str().map(str::to_owned)
}

fn read(path: &str) -> Option<Duration> {
    parse(&stat(path)?)
}

/// Reads a `stat` file, which is shorter than the buffer, at once: reading to the end of a file whose size the kernel does
/// not tell takes six calls.
fn stat(path: &str) -> Option<String> {
    let mut buffer = [0; 2_048];
    let n_bytes = File::open(path).ok()?.read(&mut buffer).ok()?;
    Some(String::from_utf8_lossy(&buffer[..n_bytes]).into_owned())
}

/// `utime` and `stime` are fields 14 and 15; the second field is a name in parentheses that may hold anything.
fn parse(stat: &str) -> Option<Duration> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_ascii_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * 1_000 / TICKS_PER_SECOND))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[test]
    fn a_name_with_spaces_and_parentheses_does_not_shift_the_fields() {
        let stat = "42 (a) b) S 1 42 42 0 -1 4194560 1 0 0 0 150 25 0 0 20 0 1 0 100 0 0";
        assert_eq!(parse(stat), Some(Duration::from_millis(1_750)));
        assert_eq!(parse("42 (a"), None);
    }

    #[tokio::test]
    async fn a_child_that_ends_by_itself_has_its_time() {
        let mut child = tokio::process::Command::new("sh")
            .args(["-c", "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done; exit 3"])
            .spawn()
            .unwrap();
        let spent = of_ended(child.id().unwrap()).await;
        assert_eq!(child.wait().await.unwrap().code(), Some(3));
        assert!(!cfg!(target_os = "linux") || spent >= Duration::from_millis(20), "{spent:?}");
        assert_eq!(of_ended(u32::MAX).await, Duration::ZERO);
    }

    #[test]
    fn this_process_has_used_some_time() {
        if cfg!(target_os = "linux") {
            assert!(of_process(std::process::id()).is_some());
            assert!(this_thread().and_then(|thread| of_thread(&thread)).is_some());
        }
    }
}
