//! A service that keeps its contract has no findings; one fault is found, at its line, and nothing else is.

use verify::callers::Callers;
use verify::coverage::Group;
use verify::http::Http;
use verify::run::{RunOutcome, Settings, run};
use verify::schema::Contracts;

use crate::contract::parcels;
use crate::server::{Fault, start};

const SETTINGS: Settings = Settings { seed: 7, n_drawn: 10, keep: false };

async fn verified(fault: Fault) -> (RunOutcome, Vec<String>) {
    let (sources, system) = parcels();
    let contracts = Contracts::of(&sources);
    let server = start(&system, fault).await;
    let http = Http::new(&server.url, &[]).unwrap();
    let outcome = run(&system, &contracts, &http, &Callers::default(), SETTINGS).await.unwrap();
    let log = server.log.lock().unwrap().clone();
    (outcome, log)
}

/// Verifies a service with a fault: these kinds of findings come up, each at one of these lines.
async fn check(fault: Fault, expected: &[(&str, u32)]) {
    let (sources, _) = parcels();
    let (outcome, _) = verified(fault).await;
    let mut found: Vec<_> = outcome
        .findings
        .iter()
        .map(|one| (one.code, sources.position(one.primary.span).line))
        .collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, expected, "{fault:?}: {:#?}", outcome.findings);
    let curl = |help: &Vec<String>| help.iter().any(|line| line.starts_with("reproduce: curl "));
    assert!(outcome.findings.iter().all(|one| curl(&one.help)));
}

#[tokio::test]
async fn a_service_that_keeps_its_contract_has_no_findings() {
    let (outcome, log) = verified(Fault::None).await;
    assert_eq!(outcome.findings, []);
    let open: Vec<_> = outcome.coverage.open().collect();
    for group in [Group::Operation, Group::Response, Group::Parameter, Group::Link, Group::Protocol]
    {
        let (covered, all) = outcome.coverage.count(group);
        assert!(covered == all && all > 0, "{}: {open:#?}", group.name());
    }
    let (covered, all) = outcome.coverage.count(Group::Constraint);
    assert!(covered + 3 >= all && all > 30, "{covered} of {all}: {open:#?}");
    assert_eq!(outcome.n_requests, log.len());
}

#[tokio::test]
async fn what_was_created_is_removed() {
    let (sources, system) = parcels();
    let contracts = Contracts::of(&sources);
    let server = start(&system, Fault::None).await;
    let http = Http::new(&server.url, &[]).unwrap();
    let outcome = run(&system, &contracts, &http, &Callers::default(), SETTINGS).await.unwrap();
    assert!(outcome.ledger.created["sendParcel"] > 10);
    assert!(outcome.ledger.kept.is_empty() && outcome.n_removed > 0 && outcome.n_left == 0);
    let list = verify::request::Request {
        method: "GET".to_owned(),
        path: "/parcel".to_owned(),
        headers: Vec::new(),
        body: None,
    };
    assert_eq!(http.send(&list).await.unwrap().body, b"[]");
    let kept =
        run(&system, &contracts, &http, &Callers::default(), Settings { keep: true, ..SETTINGS })
            .await
            .unwrap();
    assert_eq!(kept.n_removed, 0);
    assert_ne!(http.send(&list).await.unwrap().body, b"[]");
}

/// A header of the command line is what every request has of that name, whatever the contract would try.
#[tokio::test]
async fn a_given_header_stands_in_for_those_of_the_contract() {
    let (sources, system) = parcels();
    let contracts = Contracts::of(&sources);
    let server = start(&system, Fault::None).await;
    let given = [("x-reason".to_owned(), "lost".to_owned())];
    let http = Http::new(&server.url, &given).unwrap();
    run(&system, &contracts, &http, &Callers::default(), SETTINGS).await.unwrap();
    let reasons = server.reasons.lock().unwrap();
    assert!(reasons.len() > 100, "{}", reasons.len());
    let others: Vec<_> = reasons.iter().filter(|values| *values != &["lost"]).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// The command beside a finding sends the given headers too, and shows no credentials.
#[test]
fn a_given_header_is_part_of_the_command_that_sends_a_request_again() {
    let http = Http::new("http://a", &[("X-Key".to_owned(), "secret".to_owned())]).unwrap();
    let request = verify::request::Request {
        method: "GET".to_owned(),
        path: "/parcel".to_owned(),
        headers: vec![("x-key".to_owned(), "other".to_owned()), ("b".to_owned(), "c".to_owned())],
        body: None,
    };
    let expected = "curl -i -X GET http://a/parcel -H \"x-key: $X_KEY\" -H 'b: c'";
    assert_eq!(http.curl(&request, &[]), expected);
}

#[tokio::test]
async fn a_seed_decides_every_request() {
    let (_, first) = verified(Fault::None).await;
    let (_, second) = verified(Fault::None).await;
    assert_eq!(first, second);
}

#[tokio::test]
async fn nobody_there_is_an_error() {
    let (sources, system) = parcels();
    let contracts = Contracts::of(&sources);
    // Nothing listens on the port of a listener that is gone.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let http = Http::new(&url, &[]).unwrap();
    let error = run(&system, &contracts, &http, &Callers::default(), SETTINGS).await.unwrap_err();
    assert!(error.to_string().contains("does not respond"), "{error:#}");
    assert!(Http::new("ftp://example.com", &[]).is_err());
    assert!(Http::new("http://example.com", &[("a b".to_owned(), "c".to_owned())]).is_err());
}

#[tokio::test]
async fn a_body_that_nobody_looks_at() {
    let (sources, _) = parcels();
    let (outcome, _) = verified(Fault::NoValidation).await;
    let accepted: Vec<_> =
        outcome.findings.iter().filter(|one| one.code == "invalid-request-accepted").collect();
    let said: Vec<_> = accepted.iter().map(|one| one.message.as_str()).collect();
    for part in [
        "`/code` violates `pattern`",
        "`/code` violates `required`",
        "`/grams` violates `minimum`",
        "`/grams` violates `maximum`",
        "`/grams` violates `type`",
        "`/state` violates `enum`",
        "`/marks` violates `maxItems`",
        "`/marks` violates `uniqueItems`",
        "`/marks/0` violates `maxLength`",
        "`/insured` violates `multipleOf`",
        "`/notInTheContract` violates `additionalProperties`",
    ] {
        assert!(said.iter().any(|said| said.ends_with(part)), "{part}: {said:#?}");
    }
    let line = |ending: &str| {
        let one = accepted.iter().find(|one| one.message.ends_with(ending)).unwrap();
        sources.position(one.primary.span).line
    };
    assert_eq!(line("`/state` violates `enum`"), 126);
    assert_eq!(line("`/grams` violates `required`"), 136);
}

#[tokio::test]
async fn a_parcel_that_the_contract_allows_is_refused() {
    let (outcome, _) = verified(Fault::Stricter).await;
    let codes: Vec<_> = outcome.findings.iter().map(|one| one.code).collect();
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == "valid-request-refused"));
}

#[tokio::test]
async fn a_body_without_what_is_required() {
    let found = [("bad-body", 48), ("bad-body", 85)];
    check(Fault::IncompleteBody, &found).await;
}

#[tokio::test]
async fn another_media_type() {
    let found = [("undeclared-media-type", 48), ("undeclared-media-type", 85)];
    check(Fault::OtherMediaType, &found).await;
}

#[tokio::test]
async fn a_body_that_is_no_json() {
    check(Fault::BrokenJson, &[("unreadable-body", 48), ("unreadable-body", 85)]).await;
}

#[tokio::test]
async fn an_undeclared_status() {
    check(Fault::OtherStatus, &[("undeclared-status", 82)]).await;
}

#[tokio::test]
async fn a_failure() {
    check(Fault::Crash, &[("server-error", 36)]).await;
}

#[tokio::test]
async fn headers() {
    check(Fault::NoLocation, &[("missing-header", 48)]).await;
    check(Fault::BadLocation, &[("bad-header", 48)]).await;
}

#[tokio::test]
async fn a_problem_of_another_status() {
    check(Fault::OtherProblem, &[("bad-problem", 115)]).await;
}

#[tokio::test]
async fn methods() {
    check(Fault::NoMethod, &[("method-not-refused", 7), ("method-not-refused", 82)]).await;
    check(Fault::ShortAllow, &[("missing-allow", 7), ("missing-allow", 82)]).await;
}

#[tokio::test]
async fn a_resource_that_is_not_there_and_one_that_still_is() {
    check(Fault::Forgets, &[("linked-resource-missing", 61)]).await;
    check(Fault::Remembers, &[("use-after-delete", 95)]).await;
}

#[tokio::test]
async fn no_answer() {
    check(Fault::HangsUp, &[("no-answer", 95)]).await;
}
