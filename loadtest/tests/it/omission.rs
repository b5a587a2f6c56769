//! Coordinated omission: a shop that stands still a quarter of the time must look like one.

use std::time::Duration;

use crate::command::run;
use crate::mock::{Faults, Shop};

/// Each two seconds the shop stands still for half a second. A customer who falls due `t` into a stall waits
/// `0.5 s - t`, and customers fall due evenly, so the share that waits longer than `x` is
/// `0.25 * (1 - x / 0.5 s)`: the 90th percentile is 300 ms and the 99th is 480 ms. A closed model, which sends
/// nothing while it waits, would see a few stalls per user and report some milliseconds.
#[test]
fn a_stall_shows_in_full() {
    let stall = Some((Duration::from_secs(2), Duration::from_millis(500)));
    let shop = Shop::open(Faults { stall, ..Faults::default() });
    let args = ["--rate", "100", "--run-time", "8s", "--mix", ""];
    let run = run(shop.url(), "exempt = ['*']\n[ledger]\nlost = 0\n", &args);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let first_call = run.report.operations.iter().find(|figures| figures.name == "putBasket");
    let latency = &first_call.unwrap().latency;
    let within = |actual_us: u64, truth_us: f64| (actual_us as f64 / truth_us - 1.0).abs() <= 0.1;
    assert!(within(latency.p90_us, 300_000.0), "p90 {} µs", latency.p90_us);
    assert!(within(latency.p99_us, 480_000.0), "p99 {} µs", latency.p99_us);
    assert!(latency.p50_us < 30_000, "p50 {} µs", latency.p50_us);
}
