//! A report with something in every part, for the tests of the renderings.

use std::collections::BTreeMap;

use super::*;
use crate::latency::Distribution;
use crate::pipeline::Clocks;
use crate::slo::Unit;

/// Latencies around `middle_us`, with a tail.
fn latency(middle_us: u64, n_values: u64) -> Latency {
    let mut distribution = Distribution::default();
    for step in 0..n_values {
        let tail = if step % 97 == 0 { 6 } else { 1 };
        distribution.record_us((middle_us / 2 + middle_us * step / n_values) * tail);
    }
    distribution.figures()
}

fn figures(name: &str, middle_us: u64, n_values: u64) -> Figures {
    let latency = latency(middle_us, n_values);
    Figures { name: name.to_owned(), ok: n_values - 3, failed: 3, latency }
}

fn judged(name: &str, actual: f64, limit: f64, unit: Unit) -> Judged {
    let (actual, pass) = (Some(actual), actual <= limit);
    Judged { name: name.to_owned(), actual, limit, at_least: false, unit, pass }
}

fn sample(step: u64) -> Sample {
    let at_ms = step * 250;
    Sample {
        at_ms,
        queues: BTreeMap::from([("OrderQueue".to_owned(), step % 7)]),
        environments: 3 + step / 8,
        cold_starts: 3 + step / 8,
        cpu_ms: BTreeMap::from([
            ("load generator".to_owned(), at_ms * 3 / 10),
            ("stage".to_owned(), at_ms / 2),
            ("function basket".to_owned(), at_ms / 5),
        ]),
    }
}

fn second(index: u64) -> Second {
    Second {
        requests: 200 + index % 9,
        errors: u64::from(index == 7),
        accepted: 50,
        orders: 50,
        p50_us: 2_000 + 100 * index,
        p99_us: 20_000 + 900 * (index % 5),
        checkout_p50_us: 5_000,
        checkout_p99_us: 31_000,
        placed_p50_us: 12_000,
        placed_p99_us: 40_000 + 1_000 * (index % 4),
    }
}

/// A run that passed.
pub(crate) fn report() -> Report {
    let tally = Tally {
        sent: 1000,
        accepted: 998,
        refused: 2,
        once: 998,
        retries: 2,
        baskets_checked: 1000,
        ..Tally::default()
    };
    let function = |name: &str, invocations| FunctionFigures {
        name: name.to_owned(),
        invocations,
        cold_starts: 3,
        environments: 3,
        cpu_ms: 1_250,
        ..FunctionFigures::default()
    };
    let cpu = |consumer: &str, cpu_ms| CpuShare { consumer: consumer.to_owned(), cpu_ms };
    Report {
        schema: SCHEMA,
        run: RunFacts {
            id: "0a1b2c3d".to_owned(),
            started_at: "2026-11-01T12:00:00Z".to_owned(),
            target: "local stage".to_owned(),
            load_seconds: 20.0,
            drain_seconds: 0.8,
            interrupted: false,
            stays: Vec::new(),
            n_cpus: 2,
        },
        settings: LoadSettings {
            rate: 50.0,
            journeys: BTreeMap::from([(Journey::Browse, 25.0), (Journey::Checkout, 50.0)]),
            users: 75,
            run_time_seconds: 20.0,
            seed: 1,
        },
        verdict: Verdict { outcome: Outcome::Pass, reasons: Vec::new() },
        objectives: vec![
            judged("checkoutBasket p99", 31.0, 500.0, Unit::Ms),
            judged("errors", 0.0004, 0.001, Unit::Share),
            judged("orders lost", 0.0, 0.0, Unit::Count),
        ],
        ledger: tally,
        throughput: Throughput {
            planned: 1000,
            in_time: 998,
            accepted_per_second: 49.9,
            requests_per_second: 204.0,
        },
        operations: vec![
            figures("getProduct", 1_500, 1000),
            figures("checkoutBasket", 6_000, 1000),
        ],
        journeys: vec![figures("checkout", 40_000, 1000)],
        pipeline: Pipeline {
            stored: latency(12_000, 998),
            placed: latency(16_000, 998),
            seen: latency(28_000, 998),
            clocks: Clocks { least_us: -4_000, most_us: 900, ..Clocks::default() },
        },
        generator: Generator {
            planned: 1500,
            started: 1500,
            late: 2,
            start_delay: latency(700, 1500),
            goose_requests: 5_600,
        },
        errors: vec![ErrorCount {
            operation: "checkoutBasket".to_owned(),
            cause: "status 503 <&>".to_owned(),
            count: 3,
        }],
        seconds: (0..20).map(second).collect(),
        stage: Some(StageFigures {
            functions: vec![function("basket", 2000), function("ordering-checkout", 110)],
            dead_letters_before: 0,
            dead_letters: 0,
            samples: (0..80).map(sample).collect(),
        }),
        cpu: vec![
            cpu("stage", 10_000),
            cpu("load generator", 6_000),
            cpu("function basket", 4_000),
        ],
        faults: Some(FaultFigures {
            preset: "kill".to_owned(),
            seed: 5,
            sites: vec![FaultSite { site: "invocations".to_owned(), asked: 2_110, hurt: 63 }],
        }),
    }
}
