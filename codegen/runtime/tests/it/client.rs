//! Requests that clients make, responses that they refuse, and the transport over a real connection.

use std::time::Duration;

use runtime::client::{Error, Http, HttpRequest, HttpResponse, Transport, TransportError};
use runtime::{Problem, to_json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::shop::{Payment, ProductName, everything};

fn response(status: u16, content_type: &str, body: &str) -> HttpResponse {
    let headers = vec![("content-type".to_owned(), content_type.to_owned())];
    HttpResponse { status, headers, body: body.to_owned().into() }
}

#[test]
fn requests_are_encoded() {
    let name = ProductName::new("a/b é?").unwrap();
    let request = HttpRequest::new("PUT", "/product/{name}/of/{other}")
        .path("name", &name)
        .path("other", &"{name}".to_owned())
        .query("a b", Some(&"c&d".to_owned()))
        .query("absent", None::<&String>)
        .query("list", Some(&vec![1, 2]))
        .query_each("tag", Some(&vec!["x", "y"]))
        .header("X-Payment", Some(&Payment::Card))
        .header("X-Absent", None::<&String>)
        .json("application/json", Some(&everything()));
    assert_eq!(
        request.path_and_query,
        "/product/a%2Fb%20%C3%A9%3F/of/%7Bname%7D?a%20b=c%26d&list=1%2C2&tag=x&tag=y"
    );
    let content_type = ("Content-Type", "application/json".to_owned());
    assert_eq!(request.headers, [("X-Payment", "card".to_owned()), content_type]);
    assert_eq!(request.body, Some(to_json(&everything()).into()));
}

/// What is said of a response that should be a product name with a header.
fn off_contract(response: &HttpResponse) -> String {
    let read = response.read::<_, ()>(|answer| {
        let location = answer.header::<String>("Location");
        let limit = answer.optional_header::<i32>("X-Limit");
        let body = answer.json::<ProductName>(&["application/json"]);
        Some((location?, limit?, body?))
    });
    match read {
        Err(Error::OffContract(off)) => format!("{} {}", off.status, off.violations),
        Ok(_) => "as the contract says".to_owned(),
        Err(other) => other.to_string(),
    }
}

#[test]
fn responses_are_checked() {
    let mut good = response(201, "Application/JSON; charset=utf-8", "\"Phone\"");
    good.headers.push(("LOCATION".to_owned(), "/a".to_owned()));
    assert_eq!(off_contract(&good), "as the contract says");
    good.headers.push(("x-limit".to_owned(), "many".to_owned()));
    assert!(
        off_contract(&good).starts_with("201 /header/X-Limit: found \"many\", expected an integer")
    );
    assert_eq!(
        off_contract(&response(201, "text/html", "\"a name too long\"")),
        "201 /header/Location: found nothing, expected a value: the contract requires it; \
         /header/Content-Type: found \"text/html\", expected application/json; \
         /body: found \"a name too long\", expected at most 8 characters"
    );
}

#[test]
fn failures_are_told_apart() {
    let body = r#"{"type": "about:blank", "title": "Not Found", "status": 404, "detail": "no"}"#;
    let declared = response(404, Problem::MEDIA_TYPE, body).problem(|problem| problem.status);
    assert!(matches!(declared, Error::Declared(404)), "{declared}");
    let other: Error<u16> =
        response(409, Problem::MEDIA_TYPE, body).problem(|problem| problem.status);
    assert!(other.to_string().contains("/body/status: found 404, expected 409"), "{other}");
    let failed: Error<()> =
        response(500, Problem::MEDIA_TYPE, r#"{"title": "Internal Server Error", "status": 500}"#)
            .failed();
    assert!(matches!(&failed, Error::Failed(problem) if problem.status == 500), "{failed}");
    let gateway: Error<()> =
        response(502, "application/json", r#"{"message": "Internal server error"}"#).failed();
    assert!(matches!(gateway, Error::OffContract(_)), "{gateway}");
    let undeclared: Error<()> = response(418, "text/plain", "\u{1F375}").undeclared();
    assert!(undeclared.to_string().contains("/status: found 418"), "{undeclared}");
    let nothing = response(204, "", "x").read::<(), ()>(|answer| answer.nothing()).unwrap_err();
    assert!(nothing.to_string().contains("/body: found 1 bytes, expected no body"), "{nothing}");
}

/// Answers one connection with a text, and tells what it was sent.
async fn serve(answer: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/stage/", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"{}") {
            if connection.read_buf(&mut request).await.unwrap() == 0 {
                break;
            }
        }
        connection.write_all(answer.as_bytes()).await.unwrap();
        if answer.is_empty() {
            // Hold the connection open until the client gives up.
            let _ = connection.read_buf(&mut request).await;
        }
        String::from_utf8(request).unwrap()
    });
    (base, task)
}

fn post() -> HttpRequest {
    HttpRequest::new("POST", "/a").json("application/json", Some(&serde_json::json!({})))
}

#[tokio::test]
async fn requests_travel_over_http() {
    let (base, task) =
        serve("HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nhi").await;
    let http = Http::new(&base).unwrap().with_header("X-Trace", "7").unwrap();
    let response = http.send(post()).await.unwrap();
    assert_eq!((response.status, response.body.as_ref()), (201, &b"hi"[..]));
    assert_eq!(response.header("X-A"), Some("1"));
    let sent = task.await.unwrap();
    assert!(sent.starts_with("POST /stage/a HTTP/1.1\r\n"), "{sent}");
    assert!(sent.contains("x-trace: 7\r\n") && sent.ends_with("\r\n\r\n{}"), "{sent}");
}

#[tokio::test]
async fn no_response_is_an_error() {
    let (base, task) = serve("").await;
    let http = Http::new(&base).unwrap().with_timeout(Duration::from_millis(50));
    let error = http.send(post()).await.unwrap_err();
    assert!(matches!(error, TransportError::Timeout(_)), "{error}");
    drop(http);
    task.await.unwrap();

    let (base, _) = serve("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhi").await;
    let error = Http::new(&base).unwrap().send(post()).await.unwrap_err();
    assert!(matches!(error, TransportError::Body(_)), "{error}");

    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = Http::new(&format!("http://{closed}")).unwrap().send(post()).await.unwrap_err();
    assert!(matches!(error, TransportError::Connection(_)), "{error}");
}

#[tokio::test]
async fn what_http_cannot_carry_is_an_error() {
    assert!(Http::new("not a url").is_err());
    let http = Http::new("http://127.0.0.1:1").unwrap();
    assert!(http.clone().with_header("a b", "c").is_err());
    let request = HttpRequest::new("GET", "/").header("X-A", Some(&"a\r\nb".to_owned()));
    assert!(matches!(http.send(request).await, Err(TransportError::Request(_))));
}
