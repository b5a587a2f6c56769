//! Does the harness find what a shop does wrong, and count it exactly?

use std::time::Duration;

use harness::report::Outcome;

use crate::command::{Run, orders, run};
use crate::mock::{Faults, Shop};

/// Objectives that only the ledger can miss.
const PROMISES: &str = "
exempt = ['*']
[ledger]
lost = 0
duplicated = 0
unexpected = 0
wrong = 0
";

/// Loads a shop with these faults for a second: 80 checkouts.
fn visit(faults: Faults) -> Run {
    let shop = Shop::open(faults);
    let args =
        ["--rate", "80", "--run-time", "1s", "--mix", "browse=0.5,fill=0.5", "--drain", "1s"];
    run(shop.url(), PROMISES, &args)
}

#[test]
fn a_shop_that_keeps_its_promises_passes() {
    let run = visit(Faults { order_after: Duration::from_millis(30), ..Faults::default() });
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let ledger = orders(&run.report);
    assert_eq!((ledger.sent, ledger.accepted, ledger.once), (80, 80, 80));
    assert_eq!((ledger.checked, ledger.wrong), (80, 0));
    assert!(run.report.errors.is_empty(), "{:?}", run.report.errors);
    assert_eq!(run.report.verdict.outcome, Outcome::Pass);
    assert!(run.stdout.contains("PASS"), "{}", run.stdout);

    // The customers of all three journeys came, and goose counted every request that we counted.
    let ended: Vec<_> = run.report.workflows.iter().map(|j| (j.name.as_str(), j.ok)).collect();
    assert_eq!(ended, [("browse", 40), ("fill", 40), ("checkout", 80)]);
    let requests: u64 = run.report.operations.iter().map(|figures| figures.latency.count).sum();
    assert_eq!(run.report.generator.goose_requests, requests);

    // 30 ms from checkout to order, told from the server's timestamps.
    let hop = &run.report.pipeline.hops[0];
    assert_eq!(hop.name(), "asked → checkout.order");
    assert!((29_900..30_100).contains(&hop.latency.p50_us), "{hop:?}");
}

#[test]
fn lost_orders_are_found() {
    let run = visit(Faults { lose_every: Some(10), ..Faults::default() });
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert_eq!((orders(&run.report).lost, orders(&run.report).once), (8, 72));
    assert!(run.stdout.contains("checkout.order lost missed"), "{}", run.stdout);
}

#[test]
fn doubled_orders_are_found() {
    let run = visit(Faults { double_every: Some(16), ..Faults::default() });
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert_eq!((orders(&run.report).doubled, orders(&run.report).once), (5, 75));
}

#[test]
fn a_refused_checkout_that_keeps_the_basket_is_no_fault() {
    let run = visit(Faults { refuse_every: Some(20), ..Faults::default() });
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let ledger = orders(&run.report);
    assert_eq!((ledger.accepted, ledger.refused, ledger.wrong), (76, 4, 0));
    let cause = &run.report.errors[0];
    assert_eq!((cause.cause.as_str(), cause.count), ("status 503", 24));
}

#[test]
fn a_refused_checkout_that_takes_the_basket_is_found() {
    let faults = Faults { refuse_every: Some(40), refusal_takes_basket: true, ..Faults::default() };
    let run = visit(faults);
    assert_eq!((run.code, orders(&run.report).wrong), (1, 2), "{}", run.stdout);
}

#[test]
fn an_order_after_a_refusal_is_found() {
    let faults = Faults { refuse_every: Some(40), refusal_places_order: true, ..Faults::default() };
    let run = visit(faults);
    assert_eq!((run.code, orders(&run.report).unpromised), (1, 2), "{}", run.stdout);
}

#[test]
fn a_swallowed_answer_is_asked_for_again_and_leads_to_one_order() {
    let run = visit(Faults { swallow_answer_every: Some(8), ..Faults::default() });
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let ledger = orders(&run.report);
    assert_eq!((ledger.accepted, ledger.once, ledger.retries), (80, 80, 10));
    assert_eq!(run.report.errors[0].cause, "status 500");
}

#[test]
fn a_wrong_total_is_found() {
    let run = visit(Faults { wrong_total: true, ..Faults::default() });
    // The order has the total of its receipt; that it is not the sum of the basket, a rule in Rust finds.
    let found = &run.report.errors[0];
    assert_eq!(
        (found.cause.as_str(), found.count),
        ("ended: a total that is not the basket's", 80)
    );
    assert!(run.report.workflows.iter().any(|one| one.name == "checkout" && one.ok == 0));
}

#[test]
fn answers_off_the_contract_are_found_and_make_the_run_invalid_when_none_is_right() {
    let run = visit(Faults { broken_receipts: true, ..Faults::default() });
    assert!(run.report.errors[0].cause.starts_with("contract violation: "), "{}", run.stdout);
    let ledger = orders(&run.report);
    assert_eq!((run.code, ledger.accepted, ledger.unknown), (3, 0, ledger.sent), "{}", run.stdout);
}

#[test]
fn orders_that_still_come_when_the_drain_ends_make_the_run_invalid() {
    let shop = Shop::open(Faults { order_after: Duration::from_secs(5), ..Faults::default() });
    let args = ["--rate", "20", "--run-time", "2s", "--mix", "", "--drain", "2s"];
    let run = run(shop.url(), PROMISES, &args);
    assert_eq!(run.code, 3, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("raise --drain"), "{}", run.stdout);
}

#[test]
fn a_slow_system_misses_its_objectives_however_few_users_there_were_at_first() {
    let stall = Some((Duration::from_millis(500), Duration::from_millis(300)));
    let shop = Shop::open(Faults { stall, ..Faults::default() });
    let slo = format!("{PROMISES}[operations.putBasket]\np50_ms = 0.01\n");
    let args = ["--rate", "40", "--run-time", "2s", "--mix", "", "--drain", "3s"];
    let run = run(shop.url(), &slo, &args);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("workflow runs waited for the system at once"), "{}", run.stdout);
    let generator = &run.report.generator;
    assert!(generator.most_visiting > 5 && generator.refused == 0, "{generator:?}");
}

#[test]
fn users_that_are_too_few_are_said_and_cost_the_system_nothing() {
    let shop = Shop::open(Faults { order_after: Duration::from_millis(400), ..Faults::default() });
    let args = ["--rate", "40", "--run-time", "2s", "--mix", "", "--users", "3", "--drain", "30s"];
    let run = run(shop.url(), PROMISES, &args);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let generator = &run.report.generator;
    assert!(generator.refused > 0 && generator.most_users == 3, "{generator:?}");
    assert_eq!(orders(&run.report).once, 80);
}
