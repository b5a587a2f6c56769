//! Our attempts and the SDK's, of the same call against the same server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_types::SdkConfig;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::Repeat;
use crate::Aws;
use crate::aws::{CallError, put_events};

/// What the server does with a request.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// A status, one more header, and a body.
    Is(u16, &'static str, &'static str),
    /// The connection is closed.
    Cut,
    /// The connection is closed in the middle of the body.
    Half,
    /// Nothing, for longer than an attempt may take.
    Late,
}

const FINE: Answer = Answer::Is(200, "", r#"{"Item":{"id":{"S":"a"}}}"#);
const THROTTLED: Answer = refusal("ThrottlingException");

const fn refusal(code: &'static str) -> Answer {
    // `__type` in a header, where the protocol allows it too.
    Answer::Is(400, code, "{}")
}

/// A server that answers in turn, and with the last answer from then on.
struct Server {
    url: String,
    requests: Arc<Mutex<Vec<Received>>>,
}

struct Received {
    connection: u16,
    at: Instant,
    body: String,
}

impl Server {
    async fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<Received>>>::default();
        let received = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, peer)) = listener.accept().await {
                let (answers, received) = (answers.clone(), Arc::clone(&received));
                tokio::spawn(serve(stream, peer.port(), answers, received));
            }
        });
        Self { url, requests }
    }

    /// The number of requests, and of the connections that they came over.
    fn counts(&self) -> (usize, usize) {
        let requests = self.requests.lock().unwrap();
        let mut connections: Vec<u16> = requests.iter().map(|one| one.connection).collect();
        connections.sort_unstable();
        connections.dedup();
        (requests.len(), connections.len())
    }
}

/// Serves one connection until the client or an answer closes it.
async fn serve(
    mut stream: TcpStream,
    connection: u16,
    answers: Vec<Answer>,
    received: Arc<Mutex<Vec<Received>>>,
) -> Option<()> {
    loop {
        let body = read(&mut stream).await?;
        let n = {
            let mut received = received.lock().unwrap();
            received.push(Received { connection, at: Instant::now(), body });
            received.len()
        };
        match *answers.get(n - 1).or(answers.last())? {
            Answer::Is(status, header, body) => {
                let header = match header {
                    "" => String::new(),
                    code if !code.contains(':') => format!("x-amzn-errortype: {code}\r\n"),
                    header => format!("{header}\r\n"),
                };
                let n = body.len();
                let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {n}\r\n{header}\r\n");
                stream.write_all(format!("{head}{body}").as_bytes()).await.ok()?;
            }
            Answer::Cut => return None,
            Answer::Half => {
                let head = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"Item\":";
                return stream.write_all(head).await.ok();
            }
            Answer::Late => tokio::time::sleep(Duration::from_secs(2)).await,
        }
    }
}

/// The body of the next request.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length: usize =
                head.split("content-length: ").nth(1)?.lines().next()?.parse().ok()?;
            if body.len() == length {
                return Some(body.to_owned());
            }
        }
        let n = stream.read(&mut buffer).await.ok().filter(|n| *n > 0)?;
        text.push_str(std::str::from_utf8(&buffer[..n]).ok()?);
    }
}

/// A configuration with short pauses. The SDK keeps one budget for each region.
fn aws(url: &str, region: &str) -> Aws {
    let credentials = Credentials::new("k", "s", None, None, "test");
    let timeout = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(400));
    let retry = RetryConfig::standard().with_max_attempts(4);
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(retry.with_initial_backoff(Duration::from_millis(1)))
        .timeout_config(timeout.build())
        .endpoint_url(url)
        .build();
    Aws::new(config)
}

/// What a caller sees of a result.
fn seen<O, E: ProvideErrorMetadata>(result: Result<O, SdkError<E>>) -> String {
    let kind = match &result {
        Ok(_) => "output",
        Err(SdkError::ConstructionFailure(_)) => "construction",
        Err(SdkError::TimeoutError(_)) => "timeout",
        Err(SdkError::DispatchFailure(failure)) if failure.is_io() => "no connection",
        Err(SdkError::DispatchFailure(_)) => "dispatch",
        Err(SdkError::ResponseError(_)) => "response",
        Err(_) => "service",
    };
    let code = result.err().and_then(|error| error.code().map(str::to_owned));
    format!("{kind} {}", code.unwrap_or_default())
}

/// Reads an item, as we do and as the SDK does.
async fn read_item(aws: &Aws, is_ours: bool) -> String {
    let request = GetItemInput::builder().table_name("t").key("id", AttributeValue::S("a".into()));
    match is_ours {
        true => seen(aws.tables().send(request).await),
        false => {
            let request = aws.dynamodb().get_item().table_name("t");
            seen(request.key("id", AttributeValue::S("a".into())).send().await)
        }
    }
}

/// Makes a call against these answers in both ways, and returns what happened, which must be the same.
async fn both(region: &str, answers: Vec<Answer>) -> (String, (usize, usize)) {
    let told = format!("{answers:?}");
    let ours = Server::start(answers.clone()).await;
    let theirs = Server::start(answers).await;
    let (our_aws, their_aws) = (aws(&ours.url, region), aws(&theirs.url, region));
    // What a failure leaves behind, such as its connection, shows in the next call.
    let our_results = [read_item(&our_aws, true).await, read_item(&our_aws, true).await];
    let their_results = [read_item(&their_aws, false).await, read_item(&their_aws, false).await];
    assert_eq!(our_results, their_results, "{told}");
    assert_eq!(ours.counts(), theirs.counts(), "{told}");
    let [first, _] = our_results;
    (first, ours.counts())
}

#[tokio::test]
async fn what_passes_is_repeated_as_the_sdk_does() {
    let mut answers = vec![
        vec![FINE],
        vec![Answer::Cut, FINE],
        vec![Answer::Half, FINE],
        vec![Answer::Late, FINE],
        vec![Answer::Is(500, "", "{}"), Answer::Is(500, "InternalServerError", ""), FINE],
        vec![Answer::Is(200, "", "{"), FINE],
        vec![Answer::Is(400, "", r#"{"__type":"x#ThrottlingException","message":"m"}"#), FINE],
        vec![Answer::Is(500, "ThrottlingException", ""), FINE],
    ];
    for status in [429, 501, 502, 503, 504] {
        answers.push(vec![Answer::Is(status, "", ""), FINE]);
    }
    for code in [
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "TransactionInProgressException",
        "LimitExceededException",
        "SlowDown",
        "RequestTimeout",
        "RequestTimeoutException",
        "Throttling",
        "ThrottlingError",
        "InternalServerError",
        "ValidationException",
        "ResourceNotFoundException",
        "UnrecognizedClientException",
    ] {
        answers.push(vec![refusal(code), FINE]);
    }
    for (n, answers) in answers.into_iter().enumerate() {
        both(&format!("passing-{n}"), answers).await;
    }
}

#[tokio::test]
async fn attempts_are_bounded_as_the_sdk_does() {
    for (n, answer) in [THROTTLED, Answer::Cut, Answer::Half, Answer::Late].into_iter().enumerate()
    {
        let (result, (n_requests, _)) = both(&format!("bounded-{n}"), vec![answer]).await;
        assert_ne!(result, "output ", "{answer:?}");
        assert_eq!(n_requests, 8, "{answer:?}");
    }
    let nobody = aws("http://127.0.0.1:1", "nobody");
    assert_eq!(read_item(&nobody, true).await, "no connection ");
    assert_eq!(read_item(&nobody, false).await, "no connection ");
}

#[tokio::test]
async fn a_budget_ends_attempts_as_the_sdk_does() {
    let (ours, theirs) =
        (Server::start(vec![THROTTLED]).await, Server::start(vec![THROTTLED]).await);
    let (our_aws, their_aws) = (aws(&ours.url, "budget"), aws(&theirs.url, "budget"));
    for _ in 0..40 {
        assert_eq!(read_item(&our_aws, true).await, read_item(&their_aws, false).await);
    }
    // Forty first attempts, and as many others as 500 tokens pay for.
    assert_eq!((ours.counts().0, theirs.counts().0), (140, 140));
}

#[tokio::test]
async fn the_service_says_how_long_to_wait() {
    let asks = Answer::Is(503, "x-amz-retry-after: 120", "");
    let server = Server::start(vec![asks, FINE]).await;
    assert_eq!(read_item(&aws(&server.url, "after"), true).await, "output ");
    let requests = server.requests.lock().unwrap();
    let pause = requests[1].at.duration_since(requests[0].at);
    assert!(pause >= Duration::from_millis(120), "{pause:?}");
}

#[tokio::test]
async fn a_transaction_keeps_its_token_over_attempts() {
    let server = Server::start(vec![THROTTLED, Answer::Cut, Answer::Is(200, "", "{}")]).await;
    let aws = Aws::local(&server.url, &[("RECEIPT_TABLE", "t")]);
    let request = super::operation::transact_write_items::TransactWriteItemsInput::builder()
        .set_transact_items(Some(vec![]))
        .client_request_token("one");
    assert_eq!(seen(aws.tables().send(request).await), "output ");
    let requests = server.requests.lock().unwrap();
    assert_eq!(requests.len(), 3);
    for request in requests.iter() {
        assert!(request.body.contains(r#""ClientRequestToken":"one""#), "{}", request.body);
    }
}

#[tokio::test]
async fn an_error_has_the_type_of_the_sdk() {
    let body = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"m","Item":{"id":{"S":"a"}}}"#;
    let server = Server::start(vec![Answer::Is(400, "", body)]).await;
    let aws = aws(&server.url, "typed");
    let request = super::operation::put_item::PutItemInput::builder().table_name("t");
    let request = request.item("id", AttributeValue::S("a".into()));
    let error = aws.tables().send(request).await.unwrap_err();
    let super::operation::put_item::PutItemError::ConditionalCheckFailedException(refused) =
        error.as_service_error().unwrap()
    else {
        panic!("{error:?}");
    };
    assert_eq!(refused.item.as_ref().unwrap()["id"], AttributeValue::S("a".into()));
    assert_eq!(server.counts(), (1, 1));
}

/// What counts twice when it is done twice is repeated only if it was certainly not done.
#[tokio::test]
async fn what_would_count_twice_is_not_repeated_blindly() {
    for (n, (answer, is_known, expected)) in [
        (THROTTLED, true, 2),
        (refusal("ProvisionedThroughputExceededException"), true, 2),
        (Answer::Cut, false, 1),
        (Answer::Half, false, 1),
        (Answer::Late, false, 1),
        (Answer::Is(500, "InternalServerError", ""), false, 1),
        (Answer::Is(503, "", ""), false, 1),
    ]
    .into_iter()
    .enumerate()
    {
        let server = Server::start(vec![answer, Answer::Is(200, "", "{}")]).await;
        let aws = aws(&server.url, &format!("twice-{n}"));
        let update = super::operation::update_item::UpdateItemInput::builder().table_name("t");
        let unsure = AtomicBool::new(false);
        let sent = aws.tables().send_noting(update, Repeat::UnlessDone, &unsure).await;
        assert_eq!((sent.is_ok(), unsure.into_inner()), (is_known, !is_known), "{answer:?}");
        assert_eq!(server.counts().0, expected, "{answer:?}");
    }
}

/// Without a connection nothing was sent, so nothing is in doubt.
#[tokio::test]
async fn what_was_not_sent_was_not_done() {
    let (aws, unsure) = (aws("http://127.0.0.1:1", "unsent"), AtomicBool::new(false));
    let update = super::operation::update_item::UpdateItemInput::builder().table_name("t");
    let sent = aws.tables().send_noting(update, Repeat::UnlessDone, &unsure).await;
    assert_eq!(seen(sent), "no connection ");
    assert!(!unsure.into_inner());
    let sent = put_events(aws.eventbridge(), &[], None).await.unwrap_err();
    assert!(matches!(sent, CallError::NotSent { .. }) && sent.is_passing(), "{sent}");
}
