//! HTTP APIs: routes, events of both payload formats, answers, CORS, authorizers; and function URLs.

use serde_json::{Value, json};

use crate::languages::{case, stage_of};
use crate::support::{get, send};

#[tokio::test]
async fn a_function_is_given_payload_format_2() {
    let stage = stage_of(case("http-api.yaml")).await;
    let url = stage.output("Endpoint").unwrap();
    assert_eq!(url, stage.api_url());
    let headers = [("cookie", "a=1; b=2"), ("x-shop", "one")];
    let answer = send("GET", &format!("{url}/items/a%20b?q=1&q=2&r=x%2By"), &headers, "").await;
    let event = answer.json();
    for (pointer, expected) in [
        ("/version", json!("2.0")),
        ("/routeKey", json!("GET /items/{id}")),
        ("/rawPath", json!("/items/a b")),
        ("/rawQueryString", json!("q=1&q=2&r=x%2By")),
        ("/cookies", json!(["a=1", "b=2"])),
        ("/headers/x-shop", json!("one")),
        ("/queryStringParameters", json!({ "q": "1,2", "r": "x+y" })),
        ("/pathParameters", json!({ "id": "a b" })),
        ("/stageVariables", json!({ "colour": "red" })),
        ("/requestContext/http/method", json!("GET")),
        ("/requestContext/stage", json!("$default")),
        ("/isBase64Encoded", json!(false)),
    ] {
        assert_eq!(event.pointer(pointer), Some(&expected), "{pointer}: {event}");
    }
    assert_eq!(event.get("body"), None);
    assert_eq!(event.pointer("/headers/cookie"), None);
    assert_eq!(event["headers"]["content-length"], "0");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let event = send("POST", &format!("{url}/answers/x"), &form, "a=b").await.json();
    assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!("YT1i"), &json!(true)));
    assert_eq!(event["routeKey"], "ANY /answers/{proxy+}");
    let old = send("POST", &format!("{url}/old"), &[], "{}").await.json();
    assert_eq!(
        (&old["httpMethod"], &old["resource"], &old["body"]),
        (&json!("POST"), &json!("/old"), &json!("{}"))
    );
}

#[tokio::test]
async fn answers_without_a_status_are_the_body() {
    let stage = stage_of(case("http-api.yaml")).await;
    let answer = async |path: &str| {
        let answer = get(&format!("{}/answers/{path}", stage.api_url())).await;
        let media_type = answer.headers["content-type"].to_str().unwrap().to_owned();
        (answer.status, media_type, answer.body)
    };
    assert_eq!(answer("text").await, (200, "application/json".to_owned(), "plain text".into()));
    assert_eq!(
        answer("object").await,
        (200, "application/json".to_owned(), r#"{"an":"object"}"#.into())
    );
    let (status, media_type, body) = answer("bytes").await;
    assert_eq!((status, media_type.as_str()), (200, "text/plain; charset=utf-8"));
    assert_eq!(body, [0xff, 0][..]);
    let made = get(&format!("{}/answers/cookies", stage.api_url())).await;
    let cookies: Vec<_> = made.headers.get_all("set-cookie").iter().collect();
    assert_eq!(made.status, 201);
    assert_eq!(cookies, ["a=1", "b=2"]);
}

#[tokio::test]
async fn the_gateway_answers_itself_as_http_apis_do() {
    let stage = stage_of(case("http-api.yaml")).await;
    for (path, status, message) in [
        ("/nowhere", 404, "Not Found"),
        ("/old", 404, "Not Found"),
        ("/answers/fails", 500, "Internal Server Error"),
        ("/slow", 503, "Service Unavailable"),
        ("/token", 401, "Unauthorized"),
    ] {
        let answer = get(&format!("{}{path}", stage.api_url())).await;
        assert_eq!(
            (answer.status, answer.json()),
            (status, json!({ "message": message })),
            "{path}"
        );
    }
}

#[tokio::test]
async fn cors_is_the_apis_own() {
    let stage = stage_of(case("http-api.yaml")).await;
    let url = format!("{}/answers/cookies", stage.api_url());
    let asked = [("origin", "https://shop.example"), ("access-control-request-method", "POST")];
    let preflight = send("OPTIONS", &url, &asked, "").await;
    assert_eq!(preflight.status, 204);
    let header = |name: &str| preflight.headers[name].to_str().unwrap();
    assert_eq!(header("access-control-allow-origin"), "https://shop.example");
    assert_eq!(header("access-control-allow-methods"), "GET,POST");
    assert_eq!(header("access-control-allow-headers"), "content-type");
    assert_eq!(header("access-control-allow-credentials"), "true");
    assert_eq!(header("access-control-max-age"), "60");
    let answer = send("GET", &url, &asked[..1], "").await;
    assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.example");
    assert_eq!(answer.headers["access-control-expose-headers"], "x-own");
    // The function's own header counts for nothing.
    let answer = send("GET", &url, &[("origin", "http://localhost:1")], "").await;
    assert!(!answer.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn tokens_and_functions_say_who_may_call() {
    let stage = stage_of(case("http-api.yaml")).await;
    let call = async |claims: Value| {
        let token = format!("Bearer {}", stage.issuer().mint(&claims).unwrap());
        send("GET", &format!("{}/token", stage.api_url()), &[("authorization", &token)], "").await
    };
    let claims = json!({ "iss": "https://issuer.example", "aud": "shop", "exp": 32_503_680_000_u64, "scope": "read write", "sub": "anna" });
    let answer = call(claims.clone()).await;
    assert_eq!(answer.status, 200);
    let told = &answer.json()["requestContext"]["authorizer"]["jwt"];
    assert_eq!(told["claims"]["sub"], "anna");
    assert_eq!(told["scopes"], json!(["read", "write"]));
    for (name, value, status) in [
        ("iss", json!("https://other.example"), 401),
        ("aud", json!(["other"]), 401),
        ("exp", json!(1), 401),
        ("nbf", json!(32_503_680_000_u64), 401),
        ("scope", json!("write"), 403),
    ] {
        let mut wrong = claims.clone();
        wrong[name] = value;
        assert_eq!(call(wrong).await.status, status, "{name}");
    }
    let asked = format!("{}/asked", stage.api_url());
    assert_eq!(get(&asked).await.status, 401);
    assert_eq!(send("GET", &asked, &[("x-word", "no")], "").await.status, 403);
    let answer = send("GET", &asked, &[("x-word", "let me in")], "").await;
    let expected =
        json!({ "lambda": { "key": "GET /asked", "version": "2.0", "type": "REQUEST" } });
    assert_eq!(answer.json()["requestContext"]["authorizer"], expected);
}

#[tokio::test]
async fn a_function_has_an_url_of_its_own() {
    let stage = stage_of(case("http-api.yaml")).await;
    let url = stage.output("Url").unwrap();
    let cookies = [("cookie", "a=1; b=2")];
    let event = send("PUT", &format!("{url}any/w%20here"), &cookies, "text").await.json();
    assert_eq!(
        (&event["routeKey"], &event["rawPath"]),
        (&json!("$default"), &json!("/any/w%20here"))
    );
    assert_eq!(event["body"], "text");
    assert_eq!(event["headers"]["cookie"], "a=1; b=2");
    let context = &event["requestContext"];
    assert_eq!(context["accountId"], "anonymous");
    assert_eq!(context["http"]["path"], "/any/w here");
}

#[tokio::test]
async fn events_of_format_1_0_are_those_of_an_http_api() {
    let stage = stage_of(case("http-api.yaml")).await;
    let url = |path: &str| format!("{}{path}", stage.api_url());
    let event = send("POST", &url("/old"), &[], "text").await.json();
    assert_eq!((&event["version"], &event["path"]), (&json!("1.0"), &json!("/old")));
    let context = event["requestContext"].as_object().unwrap();
    assert_eq!((&context["path"], &context["resourceId"]), (&json!("/old"), &Value::Null));
    assert!(!context.contains_key("deploymentId"));
    assert!(context["identity"].as_object().unwrap().contains_key("cognitoAmr"));
    let bytes = send("POST", &url("/old"), &[("content-type", "image/png")], "x").await.json();
    assert_eq!((&bytes["body"], &bytes["isBase64Encoded"]), (&json!("eA=="), &json!(true)));

    let asked = send("POST", &url("/old/asked?b=two"), &[("x-word", "one")], "").await.json();
    let told = &asked["requestContext"]["authorizer"];
    assert_eq!((&told["version"], &told["path"]), (&json!("1.0"), &json!("/old/asked")));
    assert_eq!(told["identitySource"], "one,two");
    assert_eq!(told["authorizationToken"], "one,two");
}
