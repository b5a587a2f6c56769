//! Decisions over requests, with an issuer on this machine.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::Mutex;

use super::token::tests::{jwk, mint};
use super::*;

const JWT: Requirement = Requirement::token("jwt", &["orders.read"]);
const STAFF: Requirement = Requirement::token("staff", &["orders.read"]);
const KEY: Requirement = Requirement::api_key("key", &[]);
const APP: Requirement = Requirement::own("app", &[]);
const PARTNER: Requirement = Requirement::own("partner", &[]);

const GUARDS: Guards = Guards {
    schemes: &[
        Scheme::Token { name: "jwt", variable: "JWT", scopes_claim: None, leeway_seconds: 60 },
        Scheme::ApiKey { name: "key", place: KeyPlace::Header, key: "api_key" },
        Scheme::Http { name: "staff", scheme: "basic" },
        Scheme::OwnKey { name: "app", place: KeyPlace::Query, key: "app" },
        Scheme::Certificate { name: "partner" },
    ],
    routes: &[
        Guarded::new(&["GET"], "/order", &[&[JWT]]),
        Guarded::new(&["GET"], "/either", &[&[JWT], &[KEY]]).with_key(),
        Guarded::new(&["GET"], "/staff", &[&[STAFF]]),
        Guarded::new(&["GET"], "/pair", &[&[KEY, APP]]).with_key(),
        Guarded::new(&["GET"], "/partner", &[&[PARTNER]]),
        Guarded::new(&["GET"], "/maybe", &[&[JWT], &[]]),
    ],
    by_token: false,
};

const NOW: f64 = 1_800_000_000.0;

/// An issuer that answers with a set of keys, and counts how often it is asked.
struct Keyring {
    url: String,
    set: Arc<Mutex<Value>>,
    n_asked: Arc<AtomicUsize>,
}

async fn keyring(set: Value) -> Keyring {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (set, n_asked) = (Arc::new(Mutex::new(set)), Arc::new(AtomicUsize::new(0)));
    let (answers, counter) = (Arc::clone(&set), Arc::clone(&n_asked));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 4_096];
            let _ = stream.read(&mut buffer).await;
            counter.fetch_add(1, Ordering::SeqCst);
            let body = answers.lock().await.to_string();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
        }
    });
    Keyring { url, set, n_asked }
}

fn authorizer(keys_url: &str) -> Authorizer {
    Authorizer::new(&GUARDS, &|name| match name {
        "JWT_ISSUER" => Some("https://issuer".to_owned()),
        "JWT_AUDIENCE" => Some("other, shop".to_owned()),
        "JWT_JWKS" => Some(keys_url.to_owned()),
        "CALLERS_API_KEY" => Some("the-systems-own-key".to_owned()),
        _ => None,
    })
    .unwrap_or_else(|missing| panic!("{missing}"))
}

fn token(kid: &str, scope: &str) -> String {
    let claims = json!({"iss": "https://issuer", "aud": "shop", "sub": "anna", "exp": NOW + 300.0, "scope": scope});
    mint(&json!({"alg": "EdDSA", "kid": kid}), &claims)
}

fn asked(resource: &str, headers: Value) -> Asked {
    let arn = format!("arn:aws:execute-api:us-east-1:1:abc/dev/GET{resource}");
    serde_json::from_value(json!({
        "methodArn": arn, "resource": resource, "httpMethod": "GET", "headers": headers,
    }))
    .unwrap()
}

#[test]
fn a_route_is_found_by_its_path_where_the_gateway_calls_it_otherwise() {
    let authorizer = authorizer("http://127.0.0.1:1/keys");
    let event = |resource: &str, path: &str| -> Asked {
        serde_json::from_value(json!({"httpMethod": "GET", "resource": resource, "path": path}))
            .unwrap()
    };
    let found = |resource, path| authorizer.route(&event(resource, path)).map(|one| one.resource);
    assert_eq!(found("/{segment}", "/order"), Some("/order"));
    assert_eq!(found("/{segment}", "/order/"), Some("/order"));
    assert_eq!(found("/{segment}", "/nowhere"), None);
    // Behind a domain with a base path.
    assert_eq!(found("/{segment}", "/shop/order"), Some("/order"));
    let proxy = json!({
        "httpMethod": "GET", "resource": "/{proxy+}", "path": "/shop/order/",
        "pathParameters": {"proxy": "order/"},
    });
    let route = authorizer.route(&serde_json::from_value(proxy).unwrap());
    assert_eq!(route.map(|one| one.resource), Some("/order"));
}

fn told(decided: &Decided) -> &'static str {
    match decided {
        Decided::Allowed(_) => "allowed",
        Decided::Forbidden(..) => "forbidden",
        Decided::Unauthorized(_) => "unauthorized",
        Decided::Failed(_) => "failed",
    }
}

#[tokio::test]
async fn tokens_and_keys_are_alternatives() {
    let keyring = keyring(json!({"keys": [jwk(Some("a"))]})).await;
    let authorizer = authorizer(&keyring.url);
    let bearer = |scope: &str| json!({"Authorization": format!("Bearer {}", token("a", scope))});
    for (resource, headers, expected) in [
        ("/order", json!({}), "unauthorized"),
        ("/order", bearer("orders.read"), "allowed"),
        ("/order", bearer("orders.write"), "forbidden"),
        ("/order", json!({"Authorization": "Bearer nonsense"}), "unauthorized"),
        ("/order", json!({"api_key": "k"}), "unauthorized"),
        ("/either", json!({"api_key": "k"}), "allowed"),
        ("/either", json!({"api_key": "the-systems-own-key"}), "unauthorized"),
        ("/either", bearer("orders.read"), "allowed"),
        ("/either", json!({}), "unauthorized"),
        ("/maybe", json!({}), "allowed"),
        ("/maybe", bearer("orders.read"), "allowed"),
        ("/maybe", bearer(""), "forbidden"),
        ("/maybe", json!({"Authorization": "Bearer nonsense"}), "unauthorized"),
        ("/nowhere", bearer("orders.read"), "failed"),
    ] {
        let decided = authorizer.decide(&asked(resource, headers.clone()), NOW).await;
        assert_eq!(told(&decided), expected, "{resource} {headers}");
    }
    assert_eq!(keyring.n_asked.load(Ordering::SeqCst), 1, "keys are kept");
}

/// Knows two people, of whom one may read orders.
struct Staff;

impl Verify for Staff {
    fn verify<'a>(&'a self, scheme: &'static str, credentials: &'a Credentials) -> Verdict<'a> {
        Box::pin(async move {
            assert_eq!(scheme, "staff");
            match credentials.basic().as_ref().map(|(user, word)| (user.as_str(), word.as_str())) {
                Some(("anna", "a:b")) => Ok(Some(Identity::new("anna").with_scope("orders.read"))),
                Some(("ben", "c")) => Ok(Some(Identity::new("ben"))),
                Some(("broken", _)) => Err(crate::Failure::message("no list of the staff")),
                _ => Ok(None),
            }
        })
    }
}

#[tokio::test]
async fn code_of_the_systems_own_verifies_what_nothing_else_can() {
    let mut authorizer = authorizer("http://127.0.0.1:1");
    let ask = |text: &str| {
        let sent = format!("Basic {}", crate::value::to_base64(text.as_bytes()));
        asked("/staff", json!({"Authorization": sent}))
    };
    assert_eq!(told(&authorizer.decide(&ask("anna:a:b"), NOW).await), "failed", "nothing verifies");
    authorizer.verify = Some(Box::new(Staff));
    for (text, expected) in [
        ("anna:a:b", "allowed"),
        ("ben:c", "forbidden"),
        ("anna:wrong", "unauthorized"),
        ("anna", "unauthorized"),
        ("broken:", "failed"),
    ] {
        assert_eq!(told(&authorizer.decide(&ask(text), NOW).await), expected, "{text}");
    }
    for headers in
        [json!({}), json!({"Authorization": "Bearer anna"}), json!({"Authorization": "Basic"})]
    {
        assert_eq!(told(&authorizer.decide(&asked("/staff", headers), NOW).await), "unauthorized");
    }
    let sent = asked("/maybe", json!({"Authorization": "basic eDp5"}));
    assert_eq!(
        told(&authorizer.decide(&sent, NOW).await),
        "unauthorized",
        "whoever sends credentials means them"
    );
    let decided =
        authorizer.answer(authorizer.decide(&ask("anna:a:b"), NOW).await, &ask("")).unwrap();
    assert_eq!(decided["principalId"], "anna");
}

/// Which of them the gateway kept its decision for, and which one the function reads, is nothing to rely on.
#[tokio::test]
async fn credentials_that_are_sent_twice_are_refused() {
    let authorizer = authorizer("http://127.0.0.1:1");
    let sent = |resource: &str, headers: Value, all: Value, query: Value| -> Asked {
        serde_json::from_value(json!({
            "httpMethod": "GET", "resource": resource, "headers": headers, "multiValueHeaders": all,
            "multiValueQueryStringParameters": query,
        }))
        .unwrap()
    };
    let key = json!({"api_key": "k"});
    let none = Value::Null;
    let once = sent("/either", key.clone(), json!({"api_key": ["k"]}), json!({"q": ["1", "2"]}));
    assert_eq!(told(&authorizer.decide(&once, NOW).await), "allowed");
    for asked in [
        sent("/either", key.clone(), json!({"api_key": ["j", "k"]}), none.clone()),
        sent("/either", key.clone(), json!({"api_key": ["j"], "API_KEY": ["k"]}), none.clone()),
        sent("/either", json!({"api_key": "k", "Api_Key": "j"}), none.clone(), none.clone()),
        sent(
            "/either",
            key.clone(),
            json!({"Authorization": ["Bearer a", "Bearer b"]}),
            none.clone(),
        ),
        sent("/either", key.clone(), none.clone(), json!({"app": ["a", "b"]})),
    ] {
        let Decided::Unauthorized(why) = authorizer.decide(&asked, NOW).await else { panic!() };
        assert_eq!(why, REPEATED);
    }
}

/// Knows one second key and one certificate.
struct Shown;

impl Verify for Shown {
    fn verify<'a>(&'a self, scheme: &'static str, credentials: &'a Credentials) -> Verdict<'a> {
        Box::pin(async move {
            let subject = credentials.certificate().map(|shown| shown.subject.as_str());
            Ok(match (scheme, credentials.as_str(), subject) {
                ("app", "right", None) => Some(Identity::new("till")),
                ("partner", "PEM", Some("CN=bank")) => Some(Identity::new("bank")),
                _ => None,
            })
        })
    }
}

#[tokio::test]
async fn a_second_key_and_a_certificate_are_for_code_of_the_systems_own() {
    let mut authorizer = authorizer("http://127.0.0.1:1");
    authorizer.verify = Some(Box::new(Shown));
    let pair = |key: &str, app: &str| -> Asked {
        serde_json::from_value(json!({
            "httpMethod": "GET", "resource": "/pair", "headers": {"Api_Key": key}, "queryStringParameters": {"app": app},
        }))
        .unwrap()
    };
    for (key, app, expected) in [
        ("k", "right", "allowed"),
        ("k", "wrong", "unauthorized"),
        ("k", "", "unauthorized"),
        ("", "right", "unauthorized"),
    ] {
        assert_eq!(told(&authorizer.decide(&pair(key, app), NOW).await), expected, "{key} {app}");
    }
    let asked = pair("k", "right");
    let answer = authorizer.answer(authorizer.decide(&asked, NOW).await, &asked).unwrap();
    assert_eq!(
        (&answer["usageIdentifierKey"], &answer["principalId"]),
        (&"k".into(), &"till".into())
    );
    assert_eq!(answer["context"]["schemes"], "key app");
    let partner = |identity: Value| -> Asked {
        let context = json!({"identity": identity});
        serde_json::from_value(
            json!({"httpMethod": "GET", "resource": "/partner", "requestContext": context}),
        )
        .unwrap()
    };
    let certificate = |subject: &str| json!({"clientCert": {"clientCertPem": "PEM", "subjectDN": subject, "issuerDN": "CN=ca", "serialNumber": "1"}});
    for (identity, expected) in [
        (certificate("CN=bank"), "allowed"),
        (certificate("CN=other"), "unauthorized"),
        (json!({"sourceIp": "127.0.0.1"}), "unauthorized"),
    ] {
        assert_eq!(told(&authorizer.decide(&partner(identity), NOW).await), expected);
    }
}

#[tokio::test]
async fn the_gateway_learns_who_calls_and_which_key_counts() {
    let keyring = keyring(json!({"keys": [jwk(Some("a"))]})).await;
    let authorizer = authorizer(&keyring.url);
    let headers = json!({"authorization": format!("Bearer {}", token("a", "orders.read x"))});
    let asked = asked("/either", headers);
    let answer = authorizer.answer(authorizer.decide(&asked, NOW).await, &asked).unwrap();
    assert_eq!(answer["principalId"], "anna");
    assert_eq!(answer["context"]["schemes"], "jwt");
    assert_eq!(answer["context"]["scopes"], "orders.read x");
    assert_eq!(answer["usageIdentifierKey"], "the-systems-own-key");
    let claims: Value =
        serde_json::from_str(answer["context"]["claims"].as_str().unwrap()).unwrap();
    assert_eq!(claims["aud"], "shop");
}

#[tokio::test]
async fn a_decision_that_is_kept_by_token_speaks_of_every_route_that_takes_one() {
    const ALL: Guards = Guards { by_token: true, ..GUARDS };
    let keyring = keyring(json!({"keys": [jwk(Some("a"))]})).await;
    let authorizer = Authorizer { guards: &ALL, ..authorizer(&keyring.url) };
    let answer = async |resource: &str, scope: &str| {
        let asked = asked(
            resource,
            json!({"Authorization": format!("Bearer {}", token("a", scope)), "api_key": "k"}),
        );
        authorizer.answer(authorizer.decide(&asked, NOW).await, &asked).unwrap()
    };
    let statements = |answer: &Value| answer["policyDocument"]["Statement"].clone();
    let api = "arn:aws:execute-api:us-east-1:1:abc/dev";
    let allowed = answer("/order", "orders.read").await;
    assert_eq!(statements(&allowed)[0]["Resource"], json!([format!("{api}/*")]));
    // Refused here, and known to the routes that do not ask for the scope.
    let refused = answer("/order", "x").await;
    assert_eq!(statements(&refused)[0]["Effect"], "Deny");
    assert_eq!(refused["context"]["scopes"], "x");
    // Where a key counts, too, the decision is about the request alone.
    let either = answer("/either", "orders.read").await;
    let paths = json!([format!("{api}/GET/either/"), format!("{api}/GET/either")]);
    assert_eq!(statements(&either)[0]["Resource"], paths);
}

#[tokio::test]
async fn keys_are_read_again_when_one_is_missing_but_not_at_the_will_of_strangers() {
    let keyring = keyring(json!({"keys": [jwk(Some("old"))]})).await;
    let authorizer = authorizer(&keyring.url);
    let ask = |kid: &str| {
        asked("/order", json!({"Authorization": format!("Bearer {}", token(kid, "orders.read"))}))
    };
    assert_eq!(told(&authorizer.decide(&ask("old"), NOW).await), "allowed");
    *keyring.set.lock().await = json!({"keys": [jwk(Some("new"))]});
    // Within the pause nothing is read again.
    assert_eq!(told(&authorizer.decide(&ask("new"), NOW).await), "unauthorized");
    assert_eq!(keyring.n_asked.load(Ordering::SeqCst), 1);
    authorizer.issuers["jwt"].0.let_pass(Duration::from_secs(30)).await;
    assert_eq!(told(&authorizer.decide(&ask("new"), NOW).await), "allowed");
    assert_eq!(told(&authorizer.decide(&ask("old"), NOW).await), "unauthorized");
    assert_eq!(keyring.n_asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_is_a_failure_and_no_refusal() {
    let authorizer = authorizer("http://127.0.0.1:1/keys");
    let asked = asked("/order", json!({"Authorization": format!("Bearer {}", token("a", ""))}));
    let decided = authorizer.decide(&asked, NOW).await;
    assert_eq!(told(&decided), "failed");
    let Err(error) = authorizer.answer(decided, &asked) else { panic!("it was let in") };
    assert_ne!(error.error_message, "Unauthorized");
}

#[tokio::test]
async fn an_issuer_that_never_answered_is_asked_by_one_request_in_a_pause() {
    let keyring = keyring(json!({"keys": []})).await;
    let authorizer = authorizer(&keyring.url);
    let bearer = format!("Bearer {}", token("a", "orders.read"));
    let asked = asked("/order", json!({"Authorization": bearer}));
    let ask = async || told(&authorizer.decide(&asked, NOW).await);
    let let_pass = async |seconds: u64| {
        authorizer.issuers["jwt"].0.let_pass(Duration::from_secs(seconds)).await;
    };
    let n_asked = || keyring.n_asked.load(Ordering::SeqCst);
    for _ in 0..3 {
        assert_eq!(ask().await, "failed");
    }
    assert_eq!(n_asked(), 1);
    let_pass(5).await;
    assert_eq!((ask().await, ask().await, n_asked()), ("failed", "failed", 2));
    // The pause is short: an issuer that is back lets people in soon, and from then on is left alone.
    *keyring.set.lock().await = json!({"keys": [jwk(Some("a"))]});
    assert_eq!((ask().await, n_asked()), ("failed", 2));
    let_pass(5).await;
    assert_eq!((ask().await, ask().await, n_asked()), ("allowed", "allowed", 3));
}

#[test]
fn a_scheme_without_an_issuer_lets_nobody_start() {
    let missing = Authorizer::new(&GUARDS, &|_| None).err();
    assert!(matches!(missing, Some(Error::Setting(name)) if name == "JWT_ISSUER"));
}
