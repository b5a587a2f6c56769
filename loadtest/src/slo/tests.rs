//! Objectives are read strictly and judged exactly.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::latency::Distribution;

fn latency(values_ms: impl IntoIterator<Item = u64>) -> Latency {
    let mut distribution = Distribution::default();
    for value in values_ms {
        distribution.record_us(value * 1000);
    }
    distribution.figures()
}

fn figures(operation: Operation, ok: u64, failed: u64, latency: Latency) -> (Operation, Figures) {
    (operation, Figures { name: operation.id().to_owned(), ok, failed, latency })
}

fn judge(text: &str, operations: &[(Operation, Figures)], tally: Tally) -> Vec<Judged> {
    let pipeline = Pipeline { stored: latency(1..=100), ..Pipeline::default() };
    let measured = Measured {
        operations,
        pipeline: &pipeline,
        tally: &tally,
        checkouts_planned: 1000,
        checkouts_in_time: 985,
    };
    Objectives::parse(text).unwrap().judge(&measured)
}

fn refusal(text: &str) -> String {
    Objectives::parse(text).unwrap_err().to_string()
}

#[test]
fn under_faults_promises_alone_are_judged() {
    let all = Objectives::builtin().unwrap();
    let left = all.under_faults();
    assert_eq!(left.ledger, all.ledger);
    assert_eq!((left.operations.len(), left.requests.error_share), (0, None));
    assert_eq!(left.generator.late_share, 1.0);
}

#[test]
fn the_repositorys_own_objectives_are_sound() {
    let objectives = Objectives::builtin().unwrap();
    assert_eq!(objectives.ledger.lost, Some(0));
    assert_eq!(objectives.ledger.duplicated, Some(0));
    assert_eq!(objectives.pipeline.answered_to_stored.p99_ms, Some(250.0));
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let text = refusal("[ledger]\nlost = 0\nlots = 1\n");
    assert!(text.contains("line 3") && text.contains("lots"), "{text}");
}

#[test]
fn an_unknown_operation_is_refused_with_those_that_are_known() {
    let text = refusal("[operations.checkOut]\np99_ms = 1\n");
    assert!(text.contains("checkOut") && text.contains("checkoutBasket"), "{text}");
}

#[test]
fn limits_that_make_no_sense_are_refused() {
    assert!(
        refusal("[pipeline.asked_to_stored]\np99_ms = -1\n").contains("asked_to_stored.p99_ms")
    );
    assert!(refusal("[pipeline.answered_to_stored]\np99_ms = nan\n").contains("stored.p99_ms"));
    assert!(refusal("[operations.getProduct]\np50_ms = inf\n").contains("getProduct.p50_ms"));
    assert!(refusal("[requests]\nerror_share = 1.5\n").contains("requests.error_share"));
    assert!(refusal("[generator]\nlate_share = -0.1\n").contains("generator.late_share"));
    assert!(refusal("[ledger]\nlost = -1\n").contains("line 2"));
}

#[test]
fn a_limit_that_is_met_exactly_holds() {
    let operations = [figures(Operation::GetProduct, 100, 0, latency([8; 100]))];
    let met = judge("[operations.getProduct]\np99_ms = 8.01\n", &operations, Tally::default());
    let missed = judge("[operations.getProduct]\np99_ms = 7.9\n", &operations, Tally::default());
    assert!(met[0].pass && !missed[0].pass, "{met:?} {missed:?}");
    assert_eq!(met[0].name, "getProduct p99");
}

#[test]
fn an_operation_outside_the_mix_is_not_judged() {
    let judged = judge("[operations.getProduct]\np99_ms = 1\n", &[], Tally::default());
    assert!(judged.is_empty());
}

#[test]
fn a_pipeline_without_orders_misses_its_objective() {
    let pipeline = Pipeline::default();
    let measured = Measured {
        operations: &[],
        pipeline: &pipeline,
        tally: &Tally::default(),
        checkouts_planned: 0,
        checkouts_in_time: 0,
    };
    let judged =
        Objectives::parse("[pipeline.answered_to_stored]\np50_ms = 25\n").unwrap().judge(&measured);
    assert_eq!((judged[0].actual, judged[0].pass), (None, false));
}

#[test]
fn one_lost_order_is_one_too_many() {
    let tally = Tally { lost: 1, ..Tally::default() };
    let judged = judge("[ledger]\nlost = 0\nduplicated = 0\n", &[], tally);
    assert_eq!(judged.iter().map(|one| one.pass).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn errors_are_a_share_of_all_requests() {
    let operations = [
        figures(Operation::GetProduct, 900, 0, latency([1; 900])),
        figures(Operation::PutBasket, 98, 2, latency([1; 100])),
    ];
    let judged = judge("[requests]\nerror_share = 0.001\n", &operations, Tally::default());
    assert_eq!((judged[0].actual, judged[0].pass), (Some(0.002), false));
}

#[test]
fn throughput_is_what_was_accepted_of_what_was_asked() {
    let judged = judge("[throughput]\nreached_share = 0.99\n", &[], Tally::default());
    assert_eq!((judged[0].actual, judged[0].pass, judged[0].at_least), (Some(0.985), false, true));
}
