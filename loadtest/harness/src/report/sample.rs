//! A report with something in every part, for the tests of the renderings.

use std::collections::BTreeMap;

use super::*;
use crate::heat::Heat;
use crate::latency::Distribution;
use crate::pipeline::{Clocks, Hop, HopKind};
use crate::record::{ErrorSample, Point};
use crate::slo::{Standing, Unit};

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
    let point = |second: u64| Point {
        count: n_values / 20,
        p50_us: middle_us + 40 * second,
        p99_us: middle_us * (2 + second % 3),
    };
    let course = (0..20).map(point).collect();
    let mut heat = Heat { column_seconds: 1, ..Heat::default() };
    heat.columns =
        (0..20).map(|second| (0..16).map(|band| (second * band) % 5).collect()).collect();
    let first_byte = self::latency(middle_us / 2, n_values);
    Figures {
        name: name.to_owned(),
        ok: n_values - 3,
        failed: 3,
        latency,
        first_byte,
        course,
        heat,
    }
}

fn judged(name: &str, actual: f64, limit: f64, unit: Unit) -> Judged {
    let standing = if actual <= limit { Standing::Holds } else { Standing::Missed };
    Judged {
        name: name.to_owned(),
        actual: Some(actual),
        limit,
        at_least: false,
        unit,
        standing,
        count: 1000,
        needed: None,
        of_generator: 3.0,
    }
}

fn hop(kind: HopKind, from: &str, to: &str, middle_us: u64) -> Hop {
    Hop { kind, from: from.to_owned(), to: to.to_owned(), latency: latency(middle_us, 998) }
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
        kept: 50,
        p50_us: 2_000 + 100 * index,
        p99_us: 20_000 + 900 * (index % 5),
        visit_p50_us: 5_000,
        visit_p99_us: 31_000,
        kept_p50_us: 12_000,
        kept_p99_us: 40_000 + 1_000 * (index % 4),
    }
}

/// A run that passed.
pub(crate) fn report() -> Report {
    let tally = Tally {
        promise: "checkout.order".to_owned(),
        summary: "an order for each checkout".to_owned(),
        sent: 1000,
        accepted: 998,
        refused: 2,
        once: 998,
        retries: 2,
        wrong_name: "baskets wrong".to_owned(),
        checked: 1000,
        ..Tally::default()
    };
    let function = |name: &str, invocations| FunctionFigures {
        name: name.to_owned(),
        invocations,
        cold_starts: 3,
        environments: 3,
        cpu_ms: 1_250,
        time_ms: 6_000,
        memory_mib: 512,
        ..FunctionFigures::default()
    };
    let cpu = |consumer: &str, cpu_ms| CpuShare { consumer: consumer.to_owned(), cpu_ms };
    Report {
        schema: SCHEMA,
        run: RunFacts {
            system: "shop".to_owned(),
            id: "0a1b2c3d".to_owned(),
            started_at: "2026-11-01T12:00:00Z".to_owned(),
            target: "local stage".to_owned(),
            load_seconds: 20.0,
            served_seconds: 20.5,
            drain_seconds: 0.8,
            interrupted: false,
            complete: true,
            stays: Vec::new(),
            notes: Vec::new(),
            n_cpus: 2,
            machines: BTreeMap::from([("6f1d".to_owned(), 2)]),
        },
        settings: LoadSettings {
            rate: 50.0,
            workflows: BTreeMap::from([("browse".to_owned(), 25.0), ("checkout".to_owned(), 50.0)]),
            main: "checkout".to_owned(),
            profile: "constant".to_owned(),
            arrivals: Spacing::Poisson,
            run_time_seconds: 20.0,
            seed: 1,
            worker: None,
        },
        verdict: Verdict { outcome: Outcome::Pass, reasons: Vec::new() },
        objectives: vec![
            judged("checkoutBasket p99", 31.0, 500.0, Unit::Ms),
            judged("errors", 0.0004, 0.001, Unit::Share),
            judged("checkout.order lost", 0.0, 0.0, Unit::Count),
        ],
        ledger: vec![tally],
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
        workflows: vec![figures("checkout", 40_000, 1000)],
        pipeline: Pipeline {
            hops: vec![
                hop(HopKind::Asked, "asked", "checkout.order", 16_000),
                hop(HopKind::Asked, "asked", "checkout.placed", 21_000),
                hop(HopKind::Next, "checkout.order", "checkout.placed", 5_000),
                hop(HopKind::Received, "sales", "OrderPlaced", 4_000),
            ],
            clocks: Clocks { least_us: -4_000, most_us: 900, ..Clocks::default() },
        },
        generator: Generator {
            planned: 1500,
            started: 1500,
            late: 2,
            start_delay: latency(700, 1500),
            connections: latency(300, 40),
            lag: latency(900, 2000),
            users: 75,
            most_users: 4_000,
            most_visiting: 31,
            refused: 0,
            goose_requests: 5_600,
        },
        errors: vec![ErrorCount {
            operation: "checkoutBasket".to_owned(),
            cause: "status 503 <&>".to_owned(),
            count: 3,
            samples: vec![ErrorSample {
                at_ms: 7_100,
                status: Some(503),
                request_id: Some("0e5f-<&>".to_owned()),
                trace_id: Some("1-5759e988-bd862e3fe1be46a994272793".to_owned()),
                log: vec!["basket | no table".to_owned()],
            }],
        }],
        seconds: (0..20).map(second).collect(),
        stage: Some(StageFigures {
            functions: vec![function("basket", 2000), function("ordering-checkout", 110)],
            dead_letters_before: 0,
            dead_letters: 0,
            events: 998,
            queues: vec![QueueFigures {
                name: "OrderQueue".to_owned(),
                sent: 998,
                receivers: vec![Receiver {
                    function: "ordering-checkout".to_owned(),
                    batch_size: 10,
                    window_ms: 0,
                    max_concurrency: None,
                }],
            }],
            tables: vec![TableFigures {
                name: "basket".to_owned(),
                reads: 2_000,
                writes: 3_000,
                read_units: 1_500.0,
                write_units: 4_000.0,
                indexes: 1,
            }],
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
