//! Memory of processes, as the kernel counts it in `/proc`.
//!
//! Counts what a process holds for itself and its children: pages of files, which the kernel can drop, are left out, as
//! they are where Lambda limits memory. Where there is no `/proc` (macOS), every answer is `None`.

use std::fs::read_to_string;

const KIB_PER_MIB: u64 = 1_024;

/// Anonymous memory of a process and of what it started, in MiB; `None` when it is gone.
#[must_use]
pub(crate) fn of_process(pid: u32) -> Option<u64> {
    let own = kib(&read_to_string(format!("/proc/{pid}/status")).ok()?)?;
    Some((own + children(pid).into_iter().map(of_child).sum::<u64>()) / KIB_PER_MIB)
}

/// A child that is gone meanwhile counts for nothing.
fn of_child(pid: u32) -> u64 {
    let status = read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    kib(&status).unwrap_or_default() + children(pid).into_iter().map(of_child).sum::<u64>()
}

/// What any thread of a process started.
fn children(pid: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let lists = threads.filter_map(|thread| read_to_string(thread.path().join("children")).ok());
    let pids = |list: String| -> Vec<u32> {
        list.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).collect()
    };
    lists.flat_map(pids).collect()
}

/// The sum of `RssAnon` and `RssShmem`, in KiB.
fn kib(status: &str) -> Option<u64> {
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_start_matches(':').trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
    };
    Some(field("RssAnon")? + field("RssShmem").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[test]
    fn memory_of_a_process_is_what_it_holds_for_itself() {
        let status =
            "Name:\tx\nRssAnon:\t    2048 kB\nRssFile:\t    9999 kB\nRssShmem:\t      12 kB\n";
        assert_eq!(kib(status), Some(2_060));
        assert_eq!(kib("Name: zombie"), None);
        assert_eq!(of_process(u32::MAX), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_holds_what_it_allocates() {
        let held = vec![1_u8; 32 << 20];
        assert!(of_process(std::process::id()).is_some_and(|mib| mib >= 32));
        assert_eq!(held[held.len() - 1], 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn children_of_every_thread_are_found() {
        let sleep = || std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let (told, ended) = (std::sync::mpsc::channel(), std::sync::mpsc::channel::<()>());
        let thread = std::thread::spawn(move || {
            let mut child = sleep();
            told.0.send(child.id()).unwrap();
            let _ = ended.1.recv();
            child.kill().unwrap();
            child.wait().unwrap();
        });
        let pid = told.1.recv().unwrap();
        assert!(children(std::process::id()).contains(&pid));
        drop(ended.0);
        thread.join().unwrap();
    }
}
