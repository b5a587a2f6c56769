//! Requests that a page of another site could send, and malformed requests.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use stage::{Stage, StageOptions};

use crate::support::{options, send, stage};

/// Everything that a page could find: both APIs, the AWS endpoint, the tables.
fn endpoints(stage: &Stage) -> [String; 4] {
    let root = stage.aws_endpoint();
    [
        format!("{}/all/event", stage.api_url()),
        root.to_owned(),
        format!("{root}/2015-03-31/functions/local-echo/invocations"),
        stage.dynamodb_endpoint(),
    ]
}

#[tokio::test]
async fn a_name_that_is_not_this_machines_is_refused_everywhere() {
    let stage = stage().await;
    for url in endpoints(&stage) {
        for host in ["evil.example", "127.0.0.1.evil.example:3000"] {
            let (status, text) =
                raw(&url, &format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"));
            assert_eq!(status, 403, "{url} {host}");
            assert!(text.contains(host) && text.contains("--allow-host"), "{text}");
        }
    }
    assert_eq!(stage.metrics().functions["local-echo"].invocations, 0);
}

#[tokio::test]
async fn a_page_of_another_site_is_refused_everywhere() {
    let stage = stage().await;
    for url in endpoints(&stage) {
        for origin in ["https://evil.example", "null"] {
            for content in ["text/plain", "application/json"] {
                let headers = [("origin", origin), ("content-type", content)];
                let answer = send("POST", &url, &headers, "{}").await;
                assert_eq!(answer.status, 403, "{url} {origin}");
                assert!(answer.json()["message"].as_str().unwrap().contains("--allow-origin"));
                assert!(!answer.headers.contains_key("access-control-allow-origin"));
            }
        }
    }
    // The API's CORS is asked for, and has none; nothing else reaches the function.
    let preflight = [("origin", "https://evil.example"), ("access-control-request-method", "POST")];
    let answer = send("OPTIONS", &stage.dynamodb_endpoint(), &preflight, "").await;
    assert!(!answer.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn pages_of_this_machine_and_those_that_the_user_allows_are_served() {
    let options = StageOptions {
        allow_hosts: vec!["stage.example".to_owned()],
        allow_origins: vec!["https://desk.example".to_owned()],
        ..options()
    };
    let stage = Stage::start(options).await.unwrap();
    for origin in ["https://desk.example", "http://localhost:5173"] {
        for url in endpoints(&stage) {
            let answer = send("POST", &url, &[("origin", origin)], "{}").await;
            assert_ne!(answer.status, 403, "{url} {origin}");
        }
    }
    let (status, _) =
        raw(stage.api_url(), "GET /test/all/who HTTP/1.1\r\nHost: stage.example:3000\r\n\r\n");
    assert_eq!(status, 200);
}

#[tokio::test]
async fn the_apis_own_cors_says_which_pages_may_send() {
    let stage = stage().await;
    let pages = format!("{}/all/pages", stage.api_url());
    for _ in 0..2 {
        let answer = send("POST", &pages, &[("origin", "https://shop.example")], "").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.example");
    }
    // The function was asked once for the preflight, and answered two requests.
    assert_eq!(stage.metrics().functions["local-echo"].invocations, 3);
    let answer = send("DELETE", &pages, &[("origin", "https://evil.example")], "").await;
    assert_eq!(answer.status, 403);
    let headers = [("origin", "https://evil.example"), ("access-control-request-method", "POST")];
    let preflight = send("OPTIONS", &pages, &headers, "").await;
    assert_eq!(preflight.headers["access-control-allow-origin"], "https://other.example");
    // A mock that grants every origin.
    let mock = format!("{}/preflight", stage.api_url());
    assert_eq!(
        send("POST", &mock, &[("origin", "https://a.example")], "").await.status,
        403,
        "it has no POST"
    );
    assert_eq!(send("OPTIONS", &mock, &[("origin", "https://a.example")], "").await.status, 204);
}

#[tokio::test]
async fn what_is_no_request_is_400() {
    let stage = stage().await;
    let [api, aws, _, tables] = endpoints(&stage);
    for url in [&api, &aws, &tables] {
        let two = "POST /test/all/event HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(raw(url, two).0, 400, "{url}");
        let chunks = "POST /test/all/event HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno";
        assert_eq!(raw(url, chunks).0, 400, "{url}");
    }
    let long = format!(
        "GET /test/all/event HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n",
        "x".repeat(10_240)
    );
    assert_eq!(raw(&api, &long).0, 431);
    assert_eq!(stage.metrics().functions["local-echo"].invocations, 0);
}

#[tokio::test]
async fn header_names_arrive_as_they_were_sent() {
    let stage = stage().await;
    let mut connection = TcpStream::connect(host(stage.api_url())).unwrap();
    for name in ["X-OWN-Name", "x-own-name"] {
        let request = format!(
            "POST /test/all/event HTTP/1.1\r\nHost: localhost\r\n{name}: v\r\nContent-Length: 30\r\n\r\nx-own-NAME: no header of it\r\n\r\n"
        );
        let (status, text) = exchange(&mut connection, &request);
        assert_eq!(status, 200);
        assert!(text.contains(&format!("\"{name}\":\"v\"")), "{text}");
    }
}

fn host(url: &str) -> &str {
    url.strip_prefix("http://").unwrap().split('/').next().unwrap()
}

/// Status and body of the answer to a text sent as it is, on a connection of its own.
fn raw(url: &str, request: &str) -> (u16, String) {
    exchange(&mut TcpStream::connect(host(url)).unwrap(), request)
}

fn exchange(connection: &mut TcpStream, request: &str) -> (u16, String) {
    connection.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    let mut chunk = [0; 65_536];
    loop {
        let n = connection.read(&mut chunk).unwrap();
        text.push_str(&String::from_utf8_lossy(&chunk[..n]));
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if n == 0 || length.is_none_or(|length| body.len() >= length.parse().unwrap()) {
            let status = head.split(' ').nth(1).unwrap().parse().unwrap();
            return (status, body.to_owned());
        }
    }
}
