//! One request, followed by its trace from the API through bus and queue to the consumer: in the log of every function
//! that works on it, with the metrics of each.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use stage::Log;
use stage::log::Entry;

use crate::stage::{Shop, basket, checkout, customer, line};

/// How long a line may take to arrive. It takes a moment; a machine that is busy may take longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until something holds.
pub(crate) async fn eventually(holds: impl Fn() -> bool) {
    let wait = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("it did not happen in time");
}

/// What functions write, line by line, each with the function's name.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<(String, Value)>>>);

impl Lines {
    fn log(&self) -> Log {
        let lines = self.clone();
        Log::to(true, move |entry| {
            if let Entry::Output { function, line } = entry {
                let line = serde_json::from_str(line)
                    .unwrap_or_else(|error| panic!("{function} wrote no JSON ({error}): {line}"));
                lines.0.lock().unwrap().push((function.to_owned(), line));
            }
        })
    }

    /// The lines of a function with this message and trace.
    fn of(&self, function: &str, message: &str, trace: &str) -> Vec<Value> {
        let lines = self.0.lock().unwrap();
        let wanted = lines.iter().filter(|(name, line)| {
            name == function && line["message"] == message && line["traceId"] == trace
        });
        wanted.map(|(_, line)| line.clone()).collect()
    }
}

#[tokio::test]
async fn a_trace_leads_from_the_request_to_the_consumer() {
    const TRACE: &str = "1-67891233-abcdef012345678912345678";
    let lines = Lines::default();
    let log = lines.log();
    let shop = Shop::open(move |options| options.log = log);
    let user = customer();
    assert_eq!(shop.post("/basket", &basket(&user, &[line()])).await.status, 200);

    let url = format!("{}/basket/checkout", shop.stage().api_url());
    let request = reqwest::Client::builder().no_proxy().build().unwrap().post(url);
    let header = format!("Root={TRACE};Parent=53995c3f42cd8ad8;Sampled=1");
    let answer = request
        .bearer_auth(shop.token(&user, ""))
        .header("content-type", "application/json")
        .header("x-amzn-trace-id", header)
        .body(checkout(&user).to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 202);
    shop.orders(&user, 1).await;

    let at_basket = || lines.of("local-basket", "request", TRACE);
    let at_consumer = || lines.of("local-ordering-checkout", "event", TRACE);
    eventually(|| at_basket().len() == 1 && at_consumer().len() == 1).await;
    let (request, event) = (&at_basket()[0], &at_consumer()[0]);
    assert_eq!(
        (&request["operation"], &request["status"]),
        (&"checkoutBasket".into(), &202.into())
    );
    assert_eq!((&event["operation"], &event["outcome"]), (&"placeOrder".into(), &"done".into()));
    assert!(event["eventId"].is_string() && event["messageId"].is_string(), "{event}");
    assert!(request["requestId"].is_string() && request["requestId"] != event["requestId"]);

    check_metrics(request, "basket", &["Latency", "ServerErrors"]);
    let invocation = lines.0.lock().unwrap().iter().find_map(|(name, line)| {
        let is_ours = name == "local-ordering-checkout" && line["requestId"] == event["requestId"];
        (is_ours && line["message"] == "invocation").then(|| line.clone())
    });
    let invocation = invocation.expect("a line for the invocation");
    check_metrics(&invocation, "ordering", &["BatchSize", "Latency", "Delay"]);

    // Nothing that a customer said is in any line.
    let all = format!("{:?}", lines.0.lock().unwrap());
    for secret in ["Mehmet", "Ozkaya", "ezozkme", "Main Street", "tok_5555554444", user.as_str()] {
        assert!(!all.contains(secret), "{secret}");
    }
}

/// Asserts that a line is one from which CloudWatch makes these metrics for the service, among others.
#[track_caller]
fn check_metrics(line: &Value, service: &str, expected: &[&str]) {
    let directive = &line["_aws"]["CloudWatchMetrics"][0];
    assert_eq!(directive["Namespace"], "local", "{line}");
    assert_eq!(directive["Dimensions"], serde_json::json!([["service", "operation"], ["service"]]));
    assert_eq!(line["service"], service);
    let metrics = directive["Metrics"].as_array().unwrap();
    let names: Vec<&str> = metrics.iter().map(|metric| metric["Name"].as_str().unwrap()).collect();
    for name in expected {
        assert!(names.contains(name), "{name} is not in {names:?}");
    }
    assert!(names.iter().all(|name| line[*name].is_number() || line[*name].is_array()), "{line}");
}
