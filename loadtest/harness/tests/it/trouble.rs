//! What may go wrong around a run: the target, its credentials, the disk, the collector, and whoever presses Ctrl-C.
//! What was measured is told, and the exit code says what it is worth.

use std::net::TcpListener;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::any;
use harness::Timestamp;
use harness::report::Outcome;

use crate::process::{Folder, end, minimal, report, start, text};
use crate::server::{Faults, Server};

const SHORT: [&str; 4] = ["--rate", "20", "--run-time", "2s"];

/// A server that takes this long for everything.
fn server(work: Duration) -> Server {
    Server::start_with(Duration::from_secs(3_600), Duration::ZERO, work, Faults::default())
}

/// A server that answers everything with one status, and what it needs to go on.
fn always(status: StatusCode) -> (String, tokio::runtime::Runtime) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(any(async move || {
        (status, [("x-amzn-requestid", "r-1"), ("x-amzn-trace-id", "Root=1-2-3;Sampled=0")])
    }));
    runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, runtime)
}

fn interrupt(child: &Child) {
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
}

#[test]
fn a_slow_target_is_measured_and_not_called_the_generators_fault() {
    let (folder, server) = (Folder::new(), server(Duration::from_millis(1_500)));
    let said = end(start(&folder, "slow", &[&SHORT[..], &["--stage", &server.url]].concat()));
    let report = report(&folder, "slow");
    assert_ne!(report.verdict.outcome, Outcome::Invalid, "{}", said.out);
    let latency = &report.operations[0].latency;
    assert_eq!(latency.count, report.throughput.planned);
    assert!(latency.p50_us >= 1_500_000, "{latency:?}");
    assert!(report.operations[0].first_byte.p50_us >= 1_500_000);
    assert_eq!(report.ledger[0].once, report.ledger[0].sent);
}

#[test]
fn a_wrong_token_is_an_error_of_every_request_with_samples() {
    let (url, _runtime) = always(StatusCode::UNAUTHORIZED);
    let folder = Folder::new();
    let said = end(start(
        &folder,
        "token",
        &[&SHORT[..], &["--stage", &url, "--token", "wrong"]].concat(),
    ));
    assert!(matches!(said.code, Some(1 | 3)), "{:?} {}", said.code, said.out);
    assert!(said.out.contains("status 401") && !said.out.contains("wrong-"), "{}", said.out);
    let report = report(&folder, "token");
    let error = &report.errors[0];
    assert_eq!(error.count, report.throughput.planned, "{error:?}");
    assert_eq!(error.samples.len(), 3);
    let first = &error.samples[0];
    assert_eq!((first.status, first.request_id.as_deref()), (Some(401), Some("r-1")));
    assert_eq!(first.trace_id.as_deref(), Some("1-2-3"));
    let page = std::fs::read_to_string(folder.file("token.html")).unwrap();
    assert!(page.contains("<code>r-1</code>") && !page.contains("Bearer"), "no sample in the page");
}

#[test]
fn what_another_run_left_is_nobodys_promise() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    for name in ["first", "second"] {
        let said = end(start(
            &folder,
            name,
            &[&SHORT[..], &["--stage", &server.url, "--seed", "5"]].concat(),
        ));
        assert_eq!(said.code, Some(0), "{}", said.out);
    }
    let tally = &report(&folder, "second").ledger[0];
    assert_eq!((tally.once, tally.lost, tally.doubled, tally.unpromised), (tally.sent, 0, 0, 0));
}

#[test]
fn a_full_disk_is_told_and_what_fits_elsewhere_is_there() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    for option in ["--report", "--json", "--junit", "--hdr", "--summary"] {
        let others: Vec<(&str, std::path::PathBuf)> = ["--report", "--json"]
            .into_iter()
            .filter(|other| *other != option)
            .map(|other| (other, folder.file(&format!("full{option}{other}"))))
            .collect();
        let mut args =
            vec!["--stage", &server.url, "--rate", "20", "--run-time", "1s", option, "/dev/full"];
        for (other, path) in &others {
            args.extend([*other, text(path)]);
        }
        let said = end(minimal(&args).spawn().unwrap());
        assert_eq!(said.code, Some(3), "{option}: {}", said.out);
        assert!(said.out.contains("/dev/full"), "{option}: {}", said.out);
        assert!(said.out.contains("Ledger"), "{option}: the verdict is not said: {}", said.out);
        for (other, path) in others {
            assert!(path.metadata().is_ok_and(|file| file.len() > 0), "{option}: no {other}");
        }
    }
}

#[test]
fn a_collector_that_is_late_or_gone_changes_no_verdict() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    // One that takes connections and never answers, and one that nobody listens for.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (name, address) in [("silent", silent.local_addr().unwrap()), ("gone", gone)] {
        let (url, began) = (format!("http://{address}"), Instant::now());
        let args = ["--stage", &server.url, "--otlp", &url];
        let said = end(start(&folder, name, &[&SHORT[..], &args].concat()));
        assert_eq!(said.code, Some(0), "{name}: {}", said.out);
        assert!(said.out.contains("otlp"), "{name}: nothing is said of it: {}", said.out);
        assert!(began.elapsed() < Duration::from_secs(30), "{name} held the run up");
    }
}

#[test]
fn ctrl_c_before_the_start_and_while_draining_still_brings_a_report() {
    let (folder, server) = (Folder::new(), server(Duration::ZERO));
    let start_at = (Timestamp::now() + Duration::from_secs(60)).to_string();
    let args = ["--stage", &server.url, "--start-at", &start_at];
    let waiting = start(&folder, "early", &[&SHORT[..], &args].concat());
    std::thread::sleep(Duration::from_secs(2));
    interrupt(&waiting);
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
    interrupt(&draining);
    std::thread::sleep(Duration::from_secs(2));
    interrupt(&draining);
    let said = end(draining);
    let late = report(&folder, "late");
    assert!(late.run.interrupted && late.ledger[0].sent >= 20, "{}", said.out);
    assert_eq!((said.code, late.verdict.outcome), (Some(3), Outcome::Invalid), "{}", said.out);
}

#[test]
fn ctrl_c_thrice_ends_the_program_at_once() {
    let (folder, server) = (Folder::new(), server(Duration::from_secs(20)));
    let args = ["--stage", &server.url, "--rate", "5", "--run-time", "10m"];
    let stuck = start(&folder, "stuck", &args);
    std::thread::sleep(Duration::from_secs(3));
    let began = Instant::now();
    for _ in 0..3 {
        interrupt(&stuck);
        std::thread::sleep(Duration::from_millis(300));
    }
    let said = end(stuck);
    assert_eq!(said.code, Some(3), "{}", said.out);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(said.out.contains("left behind"), "{}", said.out);
    let partial = report(&folder, "stuck");
    assert!(!partial.run.complete, "what was measured so far says that it is not complete");
}
