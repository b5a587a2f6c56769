//! Several processes load one target: together they are one run, also when one of them is killed.

use std::time::{Duration, Instant};

use harness::report::{Outcome, Report};
use harness::{Tally, Timestamp};

use crate::process::{Folder, end, minimal, report, start, text};
use crate::server::Server;

const RUN: [&str; 6] = ["--rate", "120", "--run-time", "8s", "--seed", "11"];

fn server() -> Server {
    Server::start(Duration::from_secs(1), Duration::from_millis(200), Duration::from_millis(20))
}

/// Four workers whose first slots are due at one time; the server serves them meanwhile.
fn together(folder: &Folder, url: &str, kill: Option<usize>) {
    let start_at = (Timestamp::now() + Duration::from_secs(4)).to_string();
    let began = Instant::now();
    let mut workers: Vec<_> = (0..4)
        .map(|index| {
            let worker = format!("{index}/4");
            let own = ["--stage", url, "--start-at", &start_at, "--worker", &worker];
            start(folder, &format!("worker-{index}"), &[&RUN[..], &own].concat())
        })
        .collect();
    if let Some(index) = kill {
        let midway = Duration::from_secs(9);
        std::thread::sleep(midway.saturating_sub(began.elapsed()));
        let mut gone = workers.remove(index);
        gone.kill().unwrap();
        gone.wait().unwrap();
    }
    for worker in workers {
        let said = end(worker);
        assert!(matches!(said.code, Some(0 | 1)), "{}", said.out);
    }
}

fn merged(folder: &Folder) -> (Option<i32>, String, Report) {
    let reports = [0, 1, 2, 3].map(|index| folder.file(&format!("worker-{index}.json")));
    let (json, html) = (folder.file("merged.json"), folder.file("merged.html"));
    let to = ["--json", text(&json), "--report", text(&html)];
    let args = [&["merge"][..], &reports.each_ref().map(|path| text(path)), &to].concat();
    let said = end(minimal(&args).spawn().unwrap());
    (said.code, said.out, report(folder, "merged"))
}

fn made(report: &Report) -> &Tally {
    report.ledger.iter().find(|tally| tally.promise == "made").unwrap()
}

#[test]
fn four_workers_are_one_run() {
    let (folder, server) = (Folder::new(), server());
    together(&folder, &server.url, None);
    let (code, said, sum) = merged(&folder);
    assert_eq!((code, sum.verdict.outcome), (Some(0), Outcome::Pass), "{said}");
    let single = end(start(&folder, "single", &[&RUN[..], &["--stage", &server.url]].concat()));
    assert_eq!(single.code, Some(0), "{}", single.out);
    let single = report(&folder, "single");
    // The same slots of the same schedule, each served once.
    assert_eq!(sum.throughput.planned, single.throughput.planned);
    assert_eq!((made(&sum).sent, made(&sum).once), (made(&single).sent, made(&single).once));
    assert_eq!(made(&sum).sent, sum.throughput.planned);
    assert_eq!(sum.run.n_cpus, single.run.n_cpus, "they are processes of one machine");
    // The server's second and the schedule's differ from run to run, so latencies are alike and not the same; that
    // merging itself is exact, `merge` and `latency` show by themselves.
    let quantiles = |report: &Report| {
        let latency = &report.operations[0].latency;
        [latency.p50_us, latency.p90_us].map(|us| us as f64 / 1e3)
    };
    let lag = sum.generator.lag.p99_us.max(single.generator.lag.p99_us) as f64 / 1e3;
    for (ours, theirs) in quantiles(&sum).into_iter().zip(quantiles(&single)) {
        assert!((ours - theirs).abs() <= 0.1 * theirs + 3.0 * lag, "{ours} {theirs}, late {lag}");
    }
    // Exactly: the merged histogram holds each worker's latencies, and nothing else.
    let workers = [0, 1, 2, 3].map(|index| report(&folder, &format!("worker-{index}")));
    let of_workers = harness::latency::Distribution::merged(
        workers.iter().map(|worker| &worker.operations[0].latency),
    );
    assert_eq!(sum.operations[0].latency.buckets, of_workers.figures().buckets);
}

#[test]
fn a_killed_worker_is_said_and_what_it_measured_counts() {
    let (folder, server) = (Folder::new(), server());
    together(&folder, &server.url, Some(2));
    let gone = report(&folder, "worker-2");
    assert!(!gone.run.complete && gone.run.load_seconds < 8.0, "{:?}", gone.run);
    assert!(made(&gone).sent > 0 && made(&gone).lost == 0, "{:?}", made(&gone));
    let (code, said, sum) = merged(&folder);
    assert_eq!((code, sum.verdict.outcome), (Some(3), Outcome::Invalid), "{said}");
    assert!(said.contains("worker-2.json is incomplete"), "{said}");
    let tally = made(&sum);
    assert_eq!((tally.lost, tally.doubled, tally.unpromised), (0, 0, 0));
    assert_eq!(tally.open, made(&gone).open);
    assert_eq!(tally.accepted, tally.once + tally.open);
    let others: u64 =
        [0, 1, 3].map(|n| made(&report(&folder, &format!("worker-{n}"))).sent).iter().sum();
    assert_eq!(tally.sent, others + made(&gone).sent);
}

#[test]
fn a_worker_that_is_late_does_not_load() {
    let (folder, server) = (Folder::new(), server());
    let past = (Timestamp::now() - Duration::from_secs(5)).to_string();
    let args = ["--stage", &server.url, "--start-at", &past, "--worker", "0/2"];
    let said = end(start(&folder, "late", &args));
    assert_eq!(said.code, Some(3), "{}", said.out);
    assert!(said.out.contains("ready only at") && server.done().asked == 0, "{}", said.out);
}
