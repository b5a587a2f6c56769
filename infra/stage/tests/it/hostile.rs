//! Hostile input at the gateway and at the AWS endpoint: every request is refused or the connection ends, soon, and the
//! stage goes on.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{get, send, stage};

/// What comes back for bytes on a connection of their own, until it ends or nothing more comes.
async fn answer(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The other side may refuse to read it all.
    let _ = stream.write_all(bytes).await;
    let mut read = Vec::new();
    let reading = stream.read_to_end(&mut read);
    let ended = tokio::time::timeout(Duration::from_secs(5), reading).await.is_ok();
    let text = String::from_utf8_lossy(&read).into_owned();
    assert!(ended || !text.is_empty(), "neither an answer nor an end");
    text
}

fn host_of(url: &str) -> String {
    url.trim_start_matches("http://").split('/').next().unwrap().to_owned()
}

/// Malformed requests, and those that must not be taken for two.
fn malformed() -> Vec<(&'static str, Vec<u8>)> {
    let with =
        |rest: &str| format!("GET /echo/a HTTP/1.1\r\nHost: localhost\r\n{rest}\r\n").into_bytes();
    let many: String = (0..300).map(|n| format!("X-{n}: y\r\n")).collect();
    vec![
        ("bytes", b"\x00\x01\x02\xff\r\n\r\n".to_vec()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        (
            "two hosts",
            b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\nConnection: close\r\n\r\n"
                .to_vec(),
        ),
        ("no host", b"GET /echo/static HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec()),
        ("two lengths", with("Content-Length: 1\r\nContent-Length: 2\r\n")),
        ("a negative length", with("Content-Length: -1\r\n")),
        ("a huge length", with("Content-Length: 99999999999999999999\r\n")),
        ("a folded header", with("X: a\r\n b\r\n")),
        ("a null byte", with("X: a\0b\r\n")),
        ("many headers", with(&many)),
        ("a large header", with(&format!("X: {}\r\n", "a".repeat(1_000_000)))),
        ("a large target", format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(1_000_000)).into_bytes()),
    ]
}

#[tokio::test]
async fn malformed_requests_are_refused_at_every_port() {
    let stage = stage().await;
    for url in [stage.api_url(), stage.aws_endpoint()] {
        for (what, bytes) in malformed() {
            let text = answer(&host_of(url), &bytes).await;
            assert!(text.is_empty() || text.starts_with("HTTP/1.1 4"), "{what}: {text}");
        }
    }
    assert_eq!(get(&format!("{}/echo/static", stage.api_url())).await.status, 200);
}

#[tokio::test]
async fn bodies_that_are_no_requests_are_errors_of_the_sender_in_every_service() {
    let stage = stage().await;
    let address = host_of(stage.aws_endpoint());
    let deep = format!("{}1{}", "{\"a\":".repeat(50_000), "}".repeat(50_000));
    let list = "[".repeat(100_000);
    let bodies: [&[u8]; 7] =
        [b"null", b"[]", b"\"x\"", b"{", b"\xff\xfe\x00", deep.as_bytes(), list.as_bytes()];
    for target in [
        "AmazonSQS.SendMessage",
        "AWSEvents.PutEvents",
        "AWSEvents.PutRule",
        "DynamoDB_20120810.PutItem",
        "DynamoDBStreams_20120810.GetRecords",
        "Logs_20140328.FilterLogEvents",
        "Nothing.Such",
    ] {
        for body in bodies {
            let head = format!(
                "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {target}\r\nContent-Type: application/x-amz-json-1.0\r\n\
                 Connection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let text = answer(&address, &[head.as_bytes(), body].concat()).await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(10)]).into_owned();
            assert!(text.starts_with("HTTP/1.1 4"), "{target} {shown}: {text}");
        }
    }
}

/// A length beyond every limit is answered at once, without waiting for what is announced.
#[tokio::test]
async fn announced_bodies_that_are_too_large_are_refused_before_they_come() {
    let stage = stage().await;
    for address in [stage.api_url(), stage.aws_endpoint(), &stage.dynamodb_endpoint()].map(host_of)
    {
        let request =
            "POST /echo/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n{";
        let answer = answer(&address, request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{address}: {answer}");
    }
}

/// An image of any page makes a browser send such a request, without `Origin`.
#[tokio::test]
async fn what_an_address_asks_of_queues_is_not_done_without_a_signature() {
    let stage = stage().await;
    let (root, queue) = (stage.aws_endpoint(), stage.queue_url("FailureQueue").unwrap());
    let of_page = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")];
    for (address, headers, status) in [
        (format!("{root}/?Action=CreateQueue&QueueName=page"), &[][..], 404),
        (format!("{queue}?Action=SendMessage&MessageBody=a"), &[], 404),
        (format!("{queue}?Action=SendMessage&MessageBody=a&X-Amz-Signature=0"), &[], 404),
        (format!("{queue}?Action=SendMessage&MessageBody=a"), &of_page, 403),
        (format!("{}/all/event", stage.api_url()), &of_page, 403),
        (format!("{root}/_stage/system"), &of_page, 403),
        (stage.dynamodb_endpoint(), &of_page, 403),
    ] {
        let address = address.replace("?", "?Version=2012-11-05&");
        assert_eq!(send("GET", &address, headers, "").await.status, status, "{address}");
    }
    let ask = async |form: &str| {
        let form = format!("Version=2012-11-05&{form}");
        let answer = send("POST", root, &[], form).await;
        assert_eq!(answer.status, 200);
        String::from_utf8_lossy(&answer.body).into_owned()
    };
    assert!(!ask("Action=ListQueues").await.contains("page"));
    let received = ask(&format!("Action=ReceiveMessage&QueueUrl={queue}")).await;
    assert!(!received.contains("<Body>"), "{received}");
}

#[tokio::test]
async fn clients_that_never_finish_hold_nobody_up() {
    let stage = stage().await;
    let mut slow = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(host_of(stage.api_url())).await.unwrap();
        stream.write_all(b"GET /echo/static HTTP/1.1\r\nHost: loc").await.unwrap();
        slow.push(stream);
    }
    assert_eq!(get(&format!("{}/echo/static", stage.api_url())).await.status, 200);
}
