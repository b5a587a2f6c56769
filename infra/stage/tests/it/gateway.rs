//! The gateway: events, answers, and what it answers itself.

use serde_json::{Value, json};

use crate::support::{get, send, stage};

#[tokio::test]
async fn a_request_becomes_a_proxy_event() {
    let stage = stage().await;
    let url = format!("{}/echo/a%20b+c?x=1&x=2&y=%C3%A4", stage.api_url());
    let answer = send("POST", &url, &[("x-own", "one"), ("x-own", "two")], r#"{"a":"ü"}"#).await;
    assert_eq!(answer.status, 200);
    let event = &answer.json()["event"];
    assert_eq!(event["resource"], "/echo/{id}");
    assert_eq!(event["path"], "/echo/a%20b+c");
    assert_eq!(event["httpMethod"], "POST");
    assert_eq!(event["pathParameters"], json!({ "id": "a%20b+c" }));
    assert_eq!(event["queryStringParameters"], json!({ "x": "2", "y": "ä" }));
    assert_eq!(event["multiValueQueryStringParameters"], json!({ "x": ["1", "2"], "y": ["ä"] }));
    assert_eq!(event["headers"]["x-own"], "two");
    assert_eq!(event["multiValueHeaders"]["x-own"], json!(["one", "two"]));
    assert_eq!(event["body"], r#"{"a":"ü"}"#);
    assert_eq!(event["isBase64Encoded"], false);
    assert_eq!(event["stageVariables"], Value::Null);
    assert_eq!(event["requestContext"]["stage"], "test");
    assert_eq!(event["requestContext"]["path"], "/test/echo/a%20b+c");
    assert_eq!(event["requestContext"]["identity"]["sourceIp"], "127.0.0.1");
    assert_eq!(
        answer.headers["x-amzn-requestid"],
        event["requestContext"]["requestId"].as_str().unwrap()
    );
    let context = &answer.json()["context"];
    assert_eq!(context["traceId"], event["headers"]["X-Amzn-Trace-Id"]);
    assert_eq!(context["arn"], "arn:aws:lambda:us-east-1:000000000000:function:local-echo");
}

#[tokio::test]
async fn the_stage_may_be_left_out_and_static_paths_come_first() {
    let stage = stage().await;
    let root = stage.api_url().strip_suffix("/test").unwrap().to_owned();
    for (url, resource) in [
        (format!("{root}/echo/static"), "/echo/static"),
        (format!("{root}/test/echo/static/"), "/echo/static"),
        (format!("{root}/test/echo/other"), "/echo/{id}"),
        (format!("{root}/all/a/b"), "/all/{proxy+}"),
    ] {
        assert_eq!(get(&url).await.json()["event"]["resource"], resource, "{url}");
    }
    let event = send("PATCH", &format!("{root}/all/a/b"), &[], "").await.json();
    assert_eq!(event["event"]["pathParameters"], json!({ "proxy": "a/b" }));
    assert_eq!(event["event"]["body"], Value::Null);
}

#[tokio::test]
async fn bodies_that_are_declared_binary_travel_in_base64_both_ways() {
    let stage = stage().await;
    let url = format!("{}/all/event", stage.api_url());
    let png = [("content-type", "image/png")];
    let event = send("POST", &url, &png, vec![0xff, 0x00]).await.json();
    assert_eq!(event["event"]["body"], "/wA=");
    assert_eq!(event["event"]["isBase64Encoded"], true);
    let event = send("POST", &url, &[("content-type", "application/pdf")], vec![0xff]).await.json();
    assert_eq!(event["event"]["body"], "\u{fffd}");
    assert_eq!(event["event"]["isBase64Encoded"], false);
    let url = format!("{}/all/binary", stage.api_url());
    let answer = send("GET", &url, &[("accept", "image/png, */*")], "").await;
    assert_eq!(answer.body.as_ref(), [0xff, 0x00, 0xff]);
    // The first type counts, and `*/*` is not declared binary.
    for accept in ["*/*, image/png", "text/html"] {
        let answer = send("GET", &url, &[("accept", accept)], "").await;
        assert_eq!(answer.body.as_ref(), b"/wD/");
    }
}

#[tokio::test]
async fn several_values_of_a_header_are_sent_each() {
    let stage = stage().await;
    let answer = get(&format!("{}/all/many", stage.api_url())).await;
    assert_eq!(answer.status, 201);
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
}

#[tokio::test]
async fn an_unknown_route_or_method_is_403() {
    let stage = stage().await;
    let root = stage.api_url();
    for (method, path) in
        [("GET", "/nothing"), ("DELETE", "/echo/a"), ("GET", "/echo"), ("GET", "/echo/a/b")]
    {
        let answer = send(method, &format!("{root}{path}"), &[], "").await;
        assert_eq!(answer.status, 403, "{method} {path}");
        assert_eq!(answer.json(), json!({ "message": "Missing Authentication Token" }));
    }
}

#[tokio::test]
async fn bodies_beyond_the_limits_are_413_and_never_reach_the_function() {
    let stage = stage().await;
    let url = format!("{}/all/event", stage.api_url());
    for n_bytes in [7_000_000, 11_000_000] {
        let answer = send("POST", &url, &[], vec![b'x'; n_bytes]).await;
        assert_eq!(answer.status, 413, "{n_bytes} bytes");
    }
    assert_eq!(stage.metrics().functions["local-echo"].invocations, 0);
}

#[tokio::test]
async fn a_mock_answers_without_a_function() {
    let stage = stage().await;
    let answer = send("OPTIONS", &format!("{}/preflight", stage.api_url()), &[], "").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
}

#[tokio::test]
async fn the_output_of_the_url_is_the_local_one() {
    let stage = stage().await;
    assert_eq!(stage.output("ApiUrl"), Some(stage.api_url()));
}
