//! Who may call: authorizers, keys, signatures and user pools, as API Gateway enforces them.

use std::path::PathBuf;

use serde_json::{Value, json};
use stage::{Stage, StageOptions};

use crate::support::{Answer, Folder, options, send};

fn template() -> PathBuf {
    crate::support::template().with_file_name("callers.yaml")
}

async fn stage() -> Stage {
    Stage::start(StageOptions { template: template(), ..options() }).await.unwrap()
}

async fn ask(stage: &Stage, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    send(method, &format!("{}{path}", stage.api_url()), headers, "").await
}

#[tokio::test]
async fn a_token_authorizer_is_asked_and_its_policy_judged() {
    let stage = stage().await;
    for (token, status, kind) in [
        (None, 401, "UnauthorizedException"),
        (Some("nobody"), 401, "UnauthorizedException"),
        (Some("UPPER"), 401, "UnauthorizedException"),
        (Some("deny"), 403, "AccessDeniedException"),
        (Some("fail"), 500, "AuthorizerFailureException"),
        (Some("malformed"), 500, "AuthorizerConfigurationException"),
    ] {
        let headers: Vec<_> = token.iter().map(|token| ("authorization", *token)).collect();
        let answer = ask(&stage, "GET", "/token/7", &headers).await;
        assert_eq!(answer.status, status, "{token:?}");
        assert_eq!(answer.headers["x-amzn-errortype"], kind, "{token:?}");
    }
    let answer = ask(&stage, "GET", "/token/7", &[("authorization", "this")]).await;
    assert_eq!(answer.status, 200);
    let authorizer = &answer.json()["event"]["requestContext"]["authorizer"];
    assert_eq!(
        (&authorizer["principalId"], &authorizer["type"]),
        (&json!("anna"), &json!("TOKEN"))
    );
    // Nothing of this reaches the function behind.
    assert_eq!(stage.metrics().functions["local-echo"].invocations, 1);
}

#[tokio::test]
async fn a_refusal_has_the_headers_of_its_gateway_response() {
    let stage = stage().await;
    let answer = ask(&stage, "GET", "/token/7", &[("origin", "https://shop.example")]).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.headers["www-authenticate"], "Bearer");
    assert_eq!(answer.headers["access-control-allow-origin"], "https://shop.example");
}

#[tokio::test]
async fn a_decision_counts_for_its_identity_and_is_judged_for_each_request() {
    let stage = stage().await;
    let asked = |answer: &Answer| -> Value {
        answer.json()["event"]["requestContext"]["authorizer"]["asked"].clone()
    };
    let first = ask(&stage, "GET", "/request", &[("authorization", "allow")]).await;
    let second = ask(&stage, "GET", "/request", &[("authorization", "allow")]).await;
    assert_eq!(asked(&first), asked(&second), "the second is not asked for");
    // The method is a part of the identity.
    let third = ask(&stage, "POST", "/request", &[("authorization", "allow")]).await;
    assert_ne!(asked(&first), asked(&third));
    assert_eq!(ask(&stage, "GET", "/request", &[]).await.status, 401);
}

/// What is decided on, what is kept and what the function reads must be one value (RFC 9110, section 11.6.2).
#[tokio::test]
async fn credentials_that_are_sent_twice_are_nobodys() {
    let stage = stage().await;
    let twice = [("authorization", "allow"), ("authorization", "nonsense")];
    for headers in [twice, [twice[1], twice[0]]] {
        for path in ["/token/7", "/request"] {
            assert_eq!(ask(&stage, "GET", path, &headers).await.status, 401, "{path} {headers:?}");
        }
    }
    let key = stage.api_key("Key").unwrap();
    for keys in [[key, "nonsense"], ["nonsense", key], [key, key]] {
        let headers = keys.map(|key| ("x-api-key", key));
        assert_eq!(ask(&stage, "GET", "/keyed", &headers).await.status, 403, "{keys:?}");
    }
}

#[tokio::test]
async fn keys_count_by_their_plan() {
    let stage = stage().await;
    let key = stage.api_key("Key").unwrap();
    assert_eq!(ask(&stage, "GET", "/keyed", &[]).await.status, 403);
    assert_eq!(ask(&stage, "GET", "/keyed", &[("x-api-key", "nonsense")]).await.status, 403);
    let answer = ask(&stage, "GET", "/keyed", &[("x-api-key", key)]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["event"]["requestContext"]["identity"]["apiKey"], key);
    assert_eq!(ask(&stage, "GET", "/keyed", &[("x-api-key", key)]).await.status, 200);
    assert_eq!(ask(&stage, "GET", "/keyed", &[("x-api-key", key)]).await.status, 429);
    assert_eq!(ask(&stage, "GET", "/open", &[]).await.status, 200);
}

#[tokio::test]
async fn an_authorizer_may_name_the_key() {
    let parameters = [("KeySource".to_owned(), "AUTHORIZER".to_owned())].into();
    let options = StageOptions { template: template(), parameters, ..options() };
    let stage = Stage::start(options).await.unwrap();
    let key = stage.api_key("Key").unwrap().to_owned();
    let named = format!("key {key}");
    let allowed = ask(&stage, "GET", "/anyhow", &[("authorization", &named)]).await;
    assert_eq!(allowed.status, 200);
    // The header is not looked at then, and an authorizer that names no key lets nobody in.
    let headers = [("authorization", "allow"), ("x-api-key", key.as_str())];
    assert_eq!(ask(&stage, "GET", "/anyhow", &headers).await.status, 403);
    assert_eq!(ask(&stage, "GET", "/anyhow", &[]).await.status, 401);
}

/// A request that an SDK's signer signed for `execute-api`, with the stage's own credentials. Taken apart by hand, so
/// that the signature is of another's making.
#[tokio::test]
async fn what_is_not_signed_is_refused() {
    let stage = stage().await;
    for (authorization, status) in [
        (None, 403),
        (Some("Bearer x"), 403),
        (
            Some(
                "AWS4-HMAC-SHA256 Credential=local/20261123/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0",
            ),
            403,
        ),
    ] {
        let date = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut headers = vec![("x-amz-date", date.as_str())];
        headers.extend(authorization.map(|value| ("authorization", value)));
        let answer = ask(&stage, "POST", "/signed", &headers).await;
        assert_eq!(answer.status, status, "{authorization:?}");
    }
    assert_eq!(stage.metrics().functions["local-echo"].invocations, 0);
}

#[tokio::test]
async fn tokens_of_a_user_pool_are_those_of_the_local_issuer() {
    let stage = stage().await;
    let claims = json!({
        "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool", "sub": "7",
        "exp": jiff::Timestamp::now().as_second() + 60, "token_use": "access", "scope": "write",
    });
    let token = format!("Bearer {}", stage.issuer().mint(&claims).unwrap());
    let answer = ask(&stage, "POST", "/pool", &[("authorization", &token)]).await;
    assert_eq!(answer.status, 200);
    let authorizer = &answer.json()["event"]["requestContext"]["authorizer"];
    assert_eq!(authorizer["claims"]["sub"], "7");
    // An access token where an identity token is asked for, and a stranger's.
    assert_eq!(ask(&stage, "GET", "/pool", &[("authorization", &token)]).await.status, 401);
    let stranger = stage::Issuer::generate().unwrap();
    let token = format!("Bearer {}", stranger.mint(&claims).unwrap());
    assert_eq!(ask(&stage, "POST", "/pool", &[("authorization", &token)]).await.status, 401);
}

#[tokio::test]
async fn a_scheme_that_nothing_enforces_is_refused_by_name() {
    let text = std::fs::read_to_string(template()).unwrap();
    let (from, to) =
        ("key: {type: apiKey, name: x-api-key, in: header}", "key: {type: http, scheme: basic}");
    assert!(text.contains(from));
    let folder = Folder::new();
    let template = folder.write("template.yaml", &text.replace(from, to));
    let error = Stage::start(StageOptions { template, ..options() }).await.err().unwrap();
    assert!(
        error.to_string().contains("`key` is not an authorizer, so the route would be public"),
        "{error}"
    );
}
