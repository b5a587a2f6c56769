//! Percentiles are the truth: what the schedule and the server's rhythm come to by arithmetic, beside what was measured.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser as _;
use harness::arrivals::Spacing;
use harness::cli::Cli;
use harness::interrupt::Interrupt;
use harness::options::ColorChoice;
use harness::profile::Profile;
use harness::progress::Progress;
use harness::report::Report;
use harness::run::Runner;
use harness::slo::Objectives;
use harness::{
    BoxFuture, Cause, HttpRequest, Operation, Request, System, Timestamp, Visit, Workflow, expect,
};

use crate::server::{Rhythm, Server};

static FIRST: Operation = Operation { id: "first", statuses: &[200], ..Operation::NEW };
static SECOND: Operation = Operation { id: "second", ..FIRST };
static TWO_CALLS: Workflow =
    Workflow { id: "twoCalls", operations: &[&FIRST, &SECOND], run: two_calls, ..Workflow::NEW };
static SYSTEM: System = System {
    name: "server",
    operations: &[&FIRST, &SECOND],
    workflows: &[&TWO_CALLS],
    ..System::NEW
};

fn two_calls<'a>(visit: &'a mut Visit<'_>) -> BoxFuture<'a, Result<(), Cause>> {
    Box::pin(async move {
        for operation in [&FIRST, &SECOND] {
            let request = Request::raw(HttpRequest::new("GET", "/"));
            visit.send(operation, &request, expect::success).await?;
        }
        Ok(())
    })
}

const RATE: f64 = 60.0;
const SECONDS: u64 = 20;
const SEED: u64 = 7;

fn load(url: &str) -> Report {
    let (rate, time) = (RATE.to_string(), format!("{SECONDS}s"));
    let load = ["--rate", &rate, "--run-time", &time, "--seed", "7", "--json", "-"];
    let args = [&["loadtest", "--stage", url][..], &load].concat();
    let args = Cli::parse_from(args).run;
    let objectives = Objectives::parse("exempt = ['*']").unwrap();
    let (interrupt, progress) =
        (Interrupt::install(3).unwrap(), Progress::new(true, ColorChoice::Never));
    let runner = Runner {
        args: &args,
        system: &SYSTEM,
        workspace: Path::new("."),
        objectives: &objectives,
        feeds: &Arc::default(),
        interrupt: &interrupt,
        progress: &progress,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(runner.run()).unwrap()
}

/// The latencies in milliseconds that the schedule and the server come to, when the load began so long after the
/// server's first period.
fn truth(rhythm: Rhythm, began_after: f64) -> [Vec<f64>; 2] {
    let run_time = Duration::from_secs(SECONDS);
    let rates = [("twoCalls", RATE)];
    let schedules = Profile::Constant.schedules(&rates, run_time, Spacing::Poisson, SEED);
    let mut latencies = [Vec::new(), Vec::new()];
    for arrival in schedules[0].1.arrivals() {
        let due = began_after + arrival.after.as_secs_f64();
        let first = rhythm.answered(due);
        latencies[0].push((first - due) * 1e3);
        latencies[1].push((rhythm.answered(first) - first) * 1e3);
    }
    latencies.each_mut().iter_mut().for_each(|all| all.sort_by(f64::total_cmp));
    latencies
}

fn quantile(sorted: &[f64], quantile: f64) -> f64 {
    sorted[((sorted.len() as f64 * quantile).ceil() as usize).clamp(1, sorted.len()) - 1]
}

/// A server that stands still for 200 ms at each full second. A closed model, which sends nothing while it waits, reports
/// a few such waits; here the share of visits that wait, and for how long, comes out as it is, for first calls and later
/// ones.
#[test]
fn a_stall_shows_in_full_in_first_calls_and_later_ones() {
    let [period, stall, work] = [1_000, 200, 100].map(Duration::from_millis);
    let server = Server::start(period, stall, work);
    // The report tells when the load began by the wall clock, the server by an instant: both at once.
    let (wall, instant) = (Timestamp::now(), Instant::now());
    let report = load(&server.url);
    let began: Timestamp = report.run.started_at.parse().unwrap();
    let since = began.duration_since(wall).as_secs_f64();
    let began_after = (instant - server.rhythm.began).as_secs_f64() + since;

    let late = report.generator.lag.p99_us;
    for (operation, truth) in report.operations.iter().zip(truth(server.rhythm, began_after)) {
        assert_eq!(operation.latency.count, truth.len() as u64);
        let measured = [
            (0.5, operation.latency.p50_us),
            (0.9, operation.latency.p90_us),
            (0.99, operation.latency.p99_us),
        ];
        for (at, measured_us) in measured {
            let (truth_ms, measured_ms) = (quantile(&truth, at), measured_us as f64 / 1e3);
            // Three parts in a hundred, and what the machine that runs the test kept the harness waiting for.
            let allowed = 0.03 * truth_ms + 3.0 * late as f64 / 1e3;
            let told =
                format!("{} p{}: {measured_ms} ms for {truth_ms}", operation.name, at * 100.0);
            assert!((measured_ms - truth_ms).abs() <= allowed, "{told}, own delay {late} µs");
            // A tool that counts only fast answers would be far below.
            assert!(measured_ms >= 0.97 * truth_ms, "{told}");
        }
    }
}
