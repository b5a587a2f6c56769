//! What goes wrong on purpose at each site: what it does, what it leaves alone, and that a seed repeats it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use serde_json::json;
use stage::fault::{Chaos, Decision, Failure, Moment, Preset, Seeded, Site};
use stage::queue::NewMessage;
use stage::{Stage, StageOptions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{eventually, get, is_alive, options, recording_log};

/// Hands out what is written for each site, and then nothing but peace.
struct Script(Mutex<BTreeMap<Site, VecDeque<Decision>>>);

impl Script {
    fn new(site: Site, decisions: &[Decision]) -> Arc<Self> {
        let decisions = decisions.iter().copied().collect();
        Arc::new(Self(Mutex::new(BTreeMap::from([(site, decisions)]))))
    }
}

impl Chaos for Script {
    fn decide(&self, site: Site) -> Decision {
        let mut script = self.0.lock().unwrap();
        script.get_mut(&site).and_then(VecDeque::pop_front).unwrap_or(Decision::Proceed)
    }
}

async fn stage_with(site: Site, decisions: &[Decision]) -> Stage {
    Stage::start(StageOptions { chaos: Script::new(site, decisions), ..options() }).await.unwrap()
}

/// Sends a GET request and returns the status, or nothing when the connection was broken without an answer.
async fn status_of(url: &str) -> Option<u16> {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let line = String::from_utf8_lossy(&answer).into_owned();
    line.split(' ').nth(1).map(|status| status.parse().unwrap())
}

#[tokio::test]
async fn an_environment_that_dies_before_the_work_never_sees_the_event() {
    let (log, lines) = recording_log();
    let chaos = Script::new(Site::Invocation, &[Decision::Kill(Moment::Before)]);
    let stage = Stage::start(StageOptions { log, chaos, ..options() }).await.unwrap();
    let url = format!("{}/all/who", stage.api_url());
    let answer = get(&url).await;
    assert_eq!(answer.status, 502);
    assert_eq!(answer.json(), json!({ "message": "Internal server error" }));
    assert_eq!(get(&url).await.json()["invocations"], 1);
    let seen = || lines.lock().unwrap().iter().filter(|line| line.contains("invocation")).count();
    eventually("the line of the second", async || (seen() > 0).then_some(())).await;
    assert_eq!(seen(), 1, "only the second environment got as far as its first line");
    let metrics = &stage.metrics().functions["local-echo"];
    assert_eq!((metrics.invocations, metrics.errors, metrics.cold_starts), (2, 1, 2));
}

#[tokio::test]
async fn an_environment_that_dies_during_the_work_does_not_finish_it() {
    let decisions = [Decision::Proceed, Decision::Kill(Moment::During(Duration::from_millis(30)))];
    let stage = stage_with(Site::Invocation, &decisions).await;
    let before = get(&format!("{}/all/who", stage.api_url())).await.json()["pid"].as_u64().unwrap();
    let began = Instant::now();
    // The work would take until the function's timeout of a second, and be answered with 504 then.
    assert_eq!(get(&format!("{}/all/sleep", stage.api_url())).await.status, 502);
    assert!(began.elapsed() >= Duration::from_millis(30));
    assert!(!is_alive(before));
    assert_eq!(get(&format!("{}/all/who", stage.api_url())).await.status, 200);
}

#[tokio::test]
async fn an_environment_that_dies_after_the_work_has_done_it() {
    let late = Duration::from_secs(60);
    for moment in [Moment::After, Moment::During(late)] {
        let (log, lines) = recording_log();
        let chaos = Script::new(Site::Invocation, &[Decision::Kill(moment)]);
        let stage = Stage::start(StageOptions { log, chaos, ..options() }).await.unwrap();
        assert_eq!(get(&format!("{}/all/who", stage.api_url())).await.status, 502, "{moment:?}");
        eventually("the function's line", async || {
            lines.lock().unwrap().iter().any(|line| line.contains("invocation 1")).then_some(())
        })
        .await;
        let again = get(&format!("{}/all/who", stage.api_url())).await;
        assert_eq!(again.json()["invocations"], 1, "{moment:?}: another environment");
    }
}

#[tokio::test]
async fn a_batch_whose_environment_dies_comes_again() {
    let (log, lines) = recording_log();
    let chaos = Script::new(Site::Invocation, &[Decision::Kill(Moment::After)]);
    let stage = Stage::start(StageOptions { log, chaos, ..options() }).await.unwrap();
    let queues = stage.queues().queues();
    let queue = queues.iter().find(|queue| queue.name().ends_with("WorkQueue")).unwrap();
    queue.send(NewMessage::text("precious".to_owned())).unwrap();
    eventually("the message is done with", async || (queue.ledger().deleted == 1).then_some(()))
        .await;
    let seen = || lines.lock().unwrap().iter().filter(|line| line.contains("precious")).count();
    eventually("it was processed twice", async || (seen() == 2).then_some(())).await;
}

#[tokio::test]
async fn a_request_whose_answer_is_lost_was_processed() {
    let stage = stage_with(Site::Request, &[Decision::LoseResponse]).await;
    let url = format!("{}/all/who", stage.api_url());
    assert_eq!(status_of(&url).await, None);
    assert_eq!(get(&url).await.json()["invocations"], 2, "the first one reached the function");
}

#[tokio::test]
async fn a_request_that_fails_at_the_gateway_reaches_no_function() {
    let decisions = [
        Decision::Fail(Failure::Throttle),
        Decision::Fail(Failure::Internal),
        Decision::Delay(Duration::from_millis(20)),
    ];
    let stage = stage_with(Site::Request, &decisions).await;
    let url = format!("{}/all/who", stage.api_url());
    let throttled = get(&url).await;
    assert_eq!(
        (throttled.status, &throttled.json()["message"]),
        (429, &json!("Too Many Requests"))
    );
    assert_eq!(get(&url).await.status, 500);
    let began = Instant::now();
    assert_eq!(get(&url).await.json()["invocations"], 1);
    assert!(began.elapsed() >= Duration::from_millis(20));
}

/// Through the AWS endpoint; without repetition of calls that fail, unless asked.
fn tables(stage: &Stage, retry: RetryConfig) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .retry_config(retry)
        .endpoint_url(stage.aws_endpoint());
    Client::from_conf(config.build())
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

async fn put(client: &Client, table: &str, id: &str) -> Result<(), Option<String>> {
    let request = client.put_item().table_name(table).item("id", text(id)).item("kind", text("a"));
    match request.condition_expression("attribute_not_exists(id)").send().await {
        Ok(_) => Ok(()),
        Err(error) => Err(error.code().map(str::to_owned)),
    }
}

async fn exists(client: &Client, table: &str, id: &str) -> bool {
    let request = client.get_item().table_name(table).key("id", text(id)).consistent_read(true);
    request.send().await.unwrap().item.is_some()
}

#[tokio::test]
async fn a_throttled_write_is_not_done_and_one_whose_answer_is_lost_is() {
    let decisions = [
        Decision::Fail(Failure::Throttle),
        Decision::Fail(Failure::Unavailable),
        Decision::LoseResponse,
        Decision::Delay(Duration::from_millis(5)),
    ];
    let stage = stage_with(Site::TableWrite, &decisions).await;
    let table = stage.table_name("ItemTable").unwrap();
    let client = tables(&stage, RetryConfig::disabled());
    let code = |code: &str| Err(Some(code.to_owned()));
    let throttled = put(&client, table, "throttled").await;
    assert_eq!(throttled, code("ProvisionedThroughputExceededException"));
    assert_eq!(put(&client, table, "refused").await, code("ServiceUnavailable"));
    assert_eq!(put(&client, table, "lost").await, code("InternalServerError"));
    assert_eq!(put(&client, table, "late").await, Ok(()));
    for (id, is_there) in [("throttled", false), ("refused", false), ("lost", true), ("late", true)]
    {
        assert_eq!(exists(&client, table, id).await, is_there, "{id}");
    }
}

#[tokio::test]
async fn the_sdk_repeats_a_throttled_read_until_it_succeeds() {
    let throttle = Decision::Fail(Failure::Throttle);
    let stage = stage_with(Site::TableRead, &[throttle, throttle]).await;
    let table = stage.table_name("ItemTable").unwrap();
    let quick = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    assert!(!exists(&tables(&stage, quick), table, "nobody").await);
}

#[tokio::test]
async fn a_throttled_transaction_is_cancelled_and_a_repeated_one_is_done_once() {
    let decisions = [Decision::Fail(Failure::Throttle), Decision::LoseResponse];
    let stage = stage_with(Site::TableWrite, &decisions).await;
    let table = stage.table_name("ItemTable").unwrap();
    let quick = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let client = tables(&stage, quick);
    let run = async |id: &str| {
        let write = |suffix: &str| {
            let put = Put::builder().table_name(table).item("id", text(&format!("{id}{suffix}")));
            let put = put.condition_expression("attribute_not_exists(id)").build().unwrap();
            TransactWriteItem::builder().put(put).build()
        };
        let request = client.transact_write_items();
        request.transact_items(write("-1")).transact_items(write("-2")).send().await
    };
    let cancelled = run("throttled").await.unwrap_err().into_service_error();
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = cancelled else {
        panic!("not cancelled: {cancelled}")
    };
    let reasons = cancelled.cancellation_reasons().iter();
    let codes: Vec<_> = reasons.map(|reason| reason.code().unwrap()).collect();
    assert_eq!(codes, ["ThrottlingError", "None"]);
    assert!(!exists(&client, table, "throttled-1").await);
    // The first attempt was done and its answer lost. The second carries the same token, so it finds no conflict
    // with what the first one wrote.
    run("lost").await.unwrap();
    assert!(exists(&client, table, "lost-2").await);
}

/// What 150 requests that follow each other are answered with.
async fn statuses(seed: u64) -> (Vec<Option<u16>>, u64) {
    let faults = Arc::new(Seeded::new(seed, Preset::All.plan()));
    let stage = Stage::start(options().with_faults(&faults)).await.unwrap();
    let mut statuses = Vec::new();
    for _ in 0..150 {
        statuses.push(status_of(&format!("{}/all/who", stage.api_url())).await);
    }
    let tally = faults.tally();
    let hurt = tally.iter().filter(|tally| matches!(tally.site, Site::Request | Site::Invocation));
    (statuses, hurt.map(|tally| tally.hurt).sum())
}

#[tokio::test]
async fn one_seed_brings_the_same_faults_again() {
    let (first, again, other) = tokio::join!(statuses(7), statuses(7), statuses(8));
    assert_eq!(first, again);
    assert_ne!(first.0, other.0);
    assert!(first.1 > 0);
}

#[test]
fn functions_reach_tables_through_the_endpoint_where_those_are_to_be_hurt() {
    for (preset, through_endpoint) in [(Preset::Throttle, true), (Preset::Late, false)] {
        let faults = Arc::new(Seeded::new(1, preset.plan()));
        let options = options().with_faults(&faults);
        assert_eq!(options.tables_through_endpoint, through_endpoint, "{preset}");
    }
}
