//! A run that somebody ends, at each of its phases: what was measured is reported, and the exit code says what it is worth.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use harness::Timestamp;
use harness::report::Outcome;

use crate::process::{Folder, end, report, signal, start};
use crate::server::{Faults, Server};

const SHORT: [&str; 4] = ["--rate", "20", "--run-time", "2s"];

/// A server that takes this long for everything.
fn server(work: Duration) -> Server {
    Server::start_with(Duration::from_secs(3_600), Duration::ZERO, work, Faults::default())
}

#[test]
fn ctrl_c_before_the_start_and_while_draining_still_brings_a_report() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    let start_at = (Timestamp::now() + Duration::from_secs(60)).to_string();
    let args = ["--stage", &server.url, "--start-at", &start_at];
    let waiting = start(&folder, "early", &[&SHORT[..], &args].concat());
    std::thread::sleep(Duration::from_secs(2));
    signal(&waiting, "-INT");
    let said = end(waiting);
    let early = report(&folder, "early");
    assert!(early.run.interrupted && early.throughput.planned == 0, "{}", said.out);
    assert_eq!(said.code, Some(3), "nothing was measured: {}", said.out);

    // What it makes is lost, so that the drain waits.
    let faults = Faults { lose: 2, ..Faults::default() };
    let losing =
        Server::start_with(Duration::from_secs(3_600), Duration::ZERO, Duration::ZERO, faults);
    let args = ["--stage", &losing.url, "--rate", "20", "--run-time", "10m", "--drain", "10m"];
    let draining = start(&folder, "late", &args);
    let patience = Instant::now() + Duration::from_secs(30);
    while losing.done().asked < 20 {
        assert!(Instant::now() < patience, "nobody comes");
        std::thread::sleep(Duration::from_millis(20));
    }
    signal(&draining, "-INT");
    std::thread::sleep(Duration::from_secs(2));
    signal(&draining, "-INT");
    let said = end(draining);
    let late = report(&folder, "late");
    assert!(late.run.interrupted && late.ledger[0].sent >= 20, "{}", said.out);
    assert_eq!((said.code, late.verdict.outcome), (Some(3), Outcome::Invalid), "{}", said.out);
}

#[test]
fn a_run_that_was_ended_early_is_invalid_and_says_what_it_measured() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    let child =
        start(&folder, "cut", &["--stage", &server.url, "--rate", "20", "--run-time", "10m"]);
    server.wait_for(20);
    signal(&child, "-INT");
    let said = end(child);
    let cut = report(&folder, "cut");
    assert_eq!((said.code, cut.verdict.outcome), (Some(3), Outcome::Invalid), "{}", said.out);
    assert!(cut.run.interrupted && cut.run.load_seconds < 600.0, "{}", said.out);
    assert!(cut.verdict.reasons[0].contains("interrupted after"), "{}", said.out);
    // What was measured is told all the same.
    assert!(said.out.contains("pass") && cut.ledger[0].once >= 20, "{}", said.out);
}

#[test]
fn ctrl_c_thrice_ends_the_program_at_once() {
    let (folder, server) = (Folder::new(), server(Duration::from_secs(20)));
    // One that takes connections and never answers holds the run up once it was interrupted twice.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let collector = format!("http://{}", silent.local_addr().unwrap());
    let load = ["--stage", &server.url, "--rate", "5", "--run-time", "10m"];
    let args = [&load[..], &["--otlp", &collector]].concat();
    let stuck = start(&folder, "stuck", &args);
    std::thread::sleep(Duration::from_secs(3));
    let began = Instant::now();
    for _ in 0..3 {
        signal(&stuck, "-INT");
        std::thread::sleep(Duration::from_millis(300));
    }
    let said = end(stuck);
    assert_eq!(said.code, Some(3), "{}", said.out);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(said.out.contains("left behind"), "{}", said.out);
    let partial = report(&folder, "stuck");
    assert!(!partial.run.complete, "what was measured so far says that it is not complete");
}

#[test]
fn ctrl_c_twice_breaks_off_who_waits_for_an_answer_and_reports() {
    let (folder, server) = (Folder::new(), server(Duration::from_secs(20)));
    let stuck =
        start(&folder, "twice", &["--stage", &server.url, "--rate", "5", "--run-time", "10m"]);
    std::thread::sleep(Duration::from_secs(3));
    let began = Instant::now();
    for _ in 0..2 {
        signal(&stuck, "-INT");
        std::thread::sleep(Duration::from_millis(300));
    }
    let said = end(stuck);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let twice = report(&folder, "twice");
    assert_eq!((said.code, twice.verdict.outcome), (Some(3), Outcome::Invalid), "{}", said.out);
    assert!(twice.run.interrupted && twice.run.complete, "{}", said.out);
    let tally = &twice.ledger[0];
    assert!(tally.unknown >= 5 && tally.unknown == tally.sent, "{tally:?}");
}

#[test]
fn a_target_that_hangs_is_left_alone_after_two_presses() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    let load = ["--stage", &server.url, "--rate", "20", "--run-time", "10m"];
    let child = start(&folder, "hangs", &load);
    server.wait_for(20);
    server.hang();
    std::thread::sleep(Duration::from_secs(1));
    let began = Instant::now();
    signal(&child, "-INT");
    std::thread::sleep(Duration::from_millis(500));
    signal(&child, "-INT");
    let said = end(child);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let tally = &report(&folder, "hangs").ledger[0];
    assert!(tally.accepted >= 20 && tally.lost == 0 && tally.open == tally.accepted, "{tally:?}");
    assert!(said.out.contains("not seen before the run ended"), "{}", said.out);
}

fn hang_up_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).is_ok_and(|mask| mask & 1 == 1))
}

/// Whoever sends SIGTERM, such as an orchestrator, sends SIGKILL some seconds later.
#[test]
fn sigterm_ends_load_and_wait_and_still_brings_a_report() {
    // What `nohup` started ignores the second, and so do the processes that it starts.
    let names = if hang_up_is_ignored() { &["-TERM"][..] } else { &["-TERM", "-HUP"] };
    for name in names {
        let (folder, server) = (Folder::new(), server(Duration::from_secs(20)));
        let load = ["--stage", &server.url, "--rate", "5", "--run-time", "1m"];
        let child = start(&folder, "ended", &load);
        std::thread::sleep(Duration::from_secs(3));
        let began = Instant::now();
        signal(&child, name);
        let said = end(child);
        assert!(began.elapsed() < Duration::from_secs(8), "{name}: {:?}", began.elapsed());
        let ended = report(&folder, "ended");
        assert_eq!(said.code, Some(3), "{name}: {}", said.out);
        assert!(ended.run.interrupted && ended.run.complete, "{name}: {}", said.out);
    }
}
