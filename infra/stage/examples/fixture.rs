//! A function for the tests of the stage: plain hyper against the Lambda Runtime API, and no SDK.
//!
//! What it does depends on its event: the last segment of an API event's path, or the text of queue messages. It
//! answers everything it can with who it is, so that tests see which process answered.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const BASE: &str = "/2018-06-01/runtime";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let mut api = connect().await?;
    match std::env::var("FIXTURE_INIT").as_deref() {
        Ok("error") => {
            let body = json!({ "errorType": "Fixture.Init", "errorMessage": "as told" });
            send(&mut api, Method::POST, "/init/error", body.to_string()).await?;
            std::process::exit(1);
        }
        Ok("exit") => {
            eprintln!("leaving at once");
            std::process::exit(7);
        }
        _ => {}
    }
    let mut n_invocations = 0;
    loop {
        let response = send(&mut api, Method::GET, "/invocation/next", String::new()).await?;
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let request_id = header("lambda-runtime-aws-request-id");
        let context = json!({
            "requestId": request_id,
            "deadlineMs": header("lambda-runtime-deadline-ms"),
            "arn": header("lambda-runtime-invoked-function-arn"),
            "traceId": header("lambda-runtime-trace-id"),
        });
        let event: Value =
            serde_json::from_slice(&response.into_body().collect().await?.to_bytes())?;
        n_invocations += 1;
        eprintln!("invocation {n_invocations}");
        let (route, body) = match answer(&event, &context, n_invocations).await {
            Ok(body) => ("response", body),
            Err(message) => (
                "error",
                json!({ "errorType": "Fixture.Error", "errorMessage": message }).to_string(),
            ),
        };
        send(&mut api, Method::POST, &format!("/invocation/{request_id}/{route}"), body).await?;
    }
}

async fn connect() -> Result<SendRequest<Full<Bytes>>, Failure> {
    let stream = TcpStream::connect(std::env::var("AWS_LAMBDA_RUNTIME_API")?).await?;
    let (api, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(api)
}

async fn send(
    api: &mut SendRequest<Full<Bytes>>,
    method: Method,
    path: &str,
    body: String,
) -> Result<Response<hyper::body::Incoming>, Failure> {
    api.ready().await?;
    let request = Request::builder()
        .method(method)
        .uri(format!("{BASE}{path}"))
        .header("host", "localhost")
        .body(Full::new(Bytes::from(body)))?;
    Ok(api.send_request(request).await?)
}

async fn answer(event: &Value, context: &Value, n_invocations: u32) -> Result<String, String> {
    if let Some(records) = event["Records"].as_array() {
        return batch(records);
    }
    if event["methodArn"].is_string() {
        return authorization(event, n_invocations);
    }
    let Some(path) = event["path"].as_str() else {
        if event["fail"] == true {
            return Err("as told".to_owned());
        }
        return Ok(
            json!({ "pid": std::process::id(), "context": context, "event": event }).to_string()
        );
    };
    let query = &event["queryStringParameters"];
    match path.rsplit('/').next().unwrap_or_default() {
        "crash" => std::process::exit(3),
        "error" => Err("as told".to_owned()),
        "sleep" => {
            let ms = query["ms"].as_str().and_then(|text| text.parse().ok()).unwrap_or(60_000);
            tokio::time::sleep(Duration::from_millis(ms)).await;
            Ok(reply(200, &who(n_invocations)))
        }
        "hold" => {
            let mib: usize = query["mib"].as_str().and_then(|text| text.parse().ok()).unwrap_or(1);
            let held = vec![1_u8; mib << 20];
            tokio::time::sleep(Duration::from_millis(500)).await;
            Ok(reply(200, &json!({ "held": held.len(), "last": held.last() })))
        }
        "pages" => {
            let origin = header(event, "origin");
            let granted =
                if origin == "https://shop.example" { origin } else { "https://other.example" };
            let headers = json!({ "Access-Control-Allow-Origin": granted });
            Ok(json!({ "statusCode": 200, "headers": headers, "body": who(n_invocations).to_string() })
                .to_string())
        }
        "malformed" => Ok("\"no proxy answer\"".to_owned()),
        "binary" => {
            Ok(json!({ "statusCode": 200, "body": "/wD/", "isBase64Encoded": true }).to_string())
        }
        "many" => {
            let headers = json!({ "Set-Cookie": ["a=1", "b=2"] });
            Ok(json!({ "statusCode": 201, "multiValueHeaders": headers }).to_string())
        }
        "huge" => Ok(reply(200, &Value::from("x".repeat(7_000_000)))),
        "environment" => {
            let variables: serde_json::Map<String, Value> =
                std::env::vars().map(|(name, value)| (name, value.into())).collect();
            Ok(reply(200, &variables.into()))
        }
        "who" => Ok(reply(200, &who(n_invocations))),
        _ => Ok(reply(200, &json!({ "event": event, "context": context }))),
    }
}

/// A header of an API event, whatever the case of its name.
fn header<'e>(event: &'e Value, name: &str) -> &'e str {
    let mut headers = event["headers"].as_object().into_iter().flatten();
    let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.and_then(|(_, value)| value.as_str()).unwrap_or_default()
}

/// What an authorizer answers: as the token tells it to.
fn authorization(event: &Value, n_invocations: u32) -> Result<String, String> {
    let token = event["authorizationToken"].as_str().or(event["headers"]["Authorization"].as_str());
    let policy = |effect: &str, resource: &str| {
        let statement =
            json!({ "Action": "execute-api:Invoke", "Effect": effect, "Resource": resource });
        json!({
            "principalId": "anna",
            "policyDocument": { "Version": "2012-10-17", "Statement": [statement] },
            "context": { "asked": n_invocations, "type": event["type"] },
        })
    };
    let this = event["methodArn"].as_str().unwrap_or_default();
    let mut answer = match token.unwrap_or_default() {
        "fail" => return Err("as told".to_owned()),
        "malformed" => json!({}),
        "deny" => policy("Deny", "*"),
        "this" => policy("Allow", this),
        token if token.starts_with("key ") => policy("Allow", "*"),
        "allow" => policy("Allow", "*"),
        _ => return Err("Unauthorized".to_owned()),
    };
    if let Some(key) = token.and_then(|token| token.strip_prefix("key ")) {
        answer["usageIdentifierKey"] = key.into();
    }
    Ok(answer.to_string())
}

fn who(n_invocations: u32) -> Value {
    json!({ "pid": std::process::id(), "invocations": n_invocations })
}

fn reply(status: u16, body: &Value) -> String {
    json!({ "statusCode": status, "body": body.to_string() }).to_string()
}

/// Messages that hold `fail` fail, and one that holds `explode` fails the invocation.
fn batch(records: &[Value]) -> Result<String, String> {
    let holds = |record: &&Value, text: &str| {
        record["body"].as_str().is_some_and(|body| body.contains(text))
    };
    if records.iter().any(|record| holds(&record, "explode")) {
        return Err("exploded as told".to_owned());
    }
    for record in records {
        eprintln!("message {record}");
    }
    let failed = records.iter().filter(|record| holds(record, "fail"));
    let failures: Vec<Value> =
        failed.map(|record| json!({ "itemIdentifier": record["messageId"] })).collect();
    Ok(json!({ "batchItemFailures": failures }).to_string())
}
