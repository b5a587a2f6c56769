//! The console, the commands that look into a running stage, and what SDKs list and read of one.

use std::process::{Command, Output};

use serde_json::{Value, json};
use stage::{Journal, Stage, StageOptions};

use crate::support::{eventually, get, options, send, stage};

async fn watched() -> Stage {
    Stage::start(StageOptions { journal: Journal::kept(), ..options() }).await.unwrap()
}

async fn ask(stage: &Stage, path: &str) -> Value {
    get(&format!("{}/_stage{path}", stage.aws_endpoint())).await.json()
}

async fn call(stage: &Stage, target: &str, request: Value) -> Value {
    let (url, headers) = (stage.aws_endpoint(), [("x-amz-target", target)]);
    send("POST", url, &headers, request.to_string()).await.json()
}

/// What a command prints about a stage, and its exit code.
fn command(stage: &Stage, arguments: &[&str]) -> (String, Option<i32>) {
    let endpoint = stage.aws_endpoint().to_owned();
    let mut command = Command::new(env!("CARGO_BIN_EXE_stage"));
    let Output { status, stdout, stderr } =
        command.args(arguments).args(["--endpoint", &endpoint]).output().unwrap();
    let text = String::from_utf8(stdout).unwrap() + &String::from_utf8_lossy(&stderr);
    (text, status.code())
}

#[tokio::test]
async fn the_page_needs_nothing_from_anywhere() {
    let stage = watched().await;
    let answer = get(&format!("{}/_stage", stage.aws_endpoint())).await;
    assert_eq!(answer.status, 200);
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    let page = String::from_utf8(answer.body.to_vec()).unwrap();
    let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
    assert!(
        !elsewhere.contains("http://") && !elsewhere.contains("https://"),
        "it names another host"
    );
    assert!(!page.contains("innerHTML"), "text must never become markup");
    let url = format!("{}/_stage/system", stage.aws_endpoint());
    let foreign = send("GET", &url, &[("origin", "https://evil.example")], "").await;
    assert_eq!(foreign.status, 403);
}

#[tokio::test]
async fn the_system_is_shown_with_its_arrows_and_figures() {
    let stage = watched().await;
    get(&format!("{}/all/who", stage.api_url())).await;
    let system = ask(&stage, "/system").await;
    let part = |id: &str| {
        system["parts"].as_array().unwrap().iter().find(|part| part["id"] == id).cloned()
    };
    assert_eq!(part("function local-echo").unwrap()["figures"]["invocations"], 1);
    assert_eq!(part("queue local-FailureQueue").unwrap()["figures"]["visible"], 0);
    let arrows = system["arrows"].as_array().unwrap();
    let leads = |from: &str, to: &str| {
        arrows.iter().any(|arrow| arrow["from"] == from && arrow["to"] == to)
    };
    let table = format!("table {}", stage.table_name("ItemTable").unwrap());
    assert!(leads("function local-echo", &table), "{arrows:?}");
    assert!(arrows.iter().any(|arrow| arrow["label"] == "polled"), "{arrows:?}");
    for arrow in arrows {
        for end in ["from", "to"] {
            let id = arrow[end].as_str().unwrap();
            assert!(part(id).is_some(), "no part has the id `{id}` of {arrow}");
        }
    }
}

#[tokio::test]
async fn a_request_is_followed_with_its_lines() {
    let stage = watched().await;
    let trace = "1-5759e988-bd862e3fe1be46a994272793";
    let header = format!("Root={trace};Parent=53995c3f42cd8ad8;Sampled=1");
    let url = format!("{}/all/who", stage.api_url());
    assert_eq!(send("GET", &url, &[("x-amzn-trace-id", &header)], "").await.status, 200);
    let steps = ask(&stage, &format!("/steps?trace={trace}")).await;
    let kinds: Vec<&Value> =
        steps["steps"].as_array().unwrap().iter().map(|step| &step["kind"]).collect();
    assert_eq!(kinds, ["invocation", "request"], "{steps}");
    let lines = eventually("a line", async || {
        let found = ask(&stage, "/logs?of=local-echo&text=invocation").await;
        (found["lines"] != json!([])).then_some(found)
    });
    assert_eq!(lines.await["lines"][0]["text"], "invocation 1");

    let (text, code) = command(&stage, &["trace", trace]);
    assert!(text.contains("GET /test/all/who") && code == Some(0), "{text}");
    let (text, _) = command(&stage, &["trace", "--json"]);
    let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["trace"], trace);
    let (text, _) = command(&stage, &["logs", "local-echo", "--text", "invocation 1"]);
    assert!(text.trim_end().ends_with("local-echo | invocation 1"), "{text}");
}

#[tokio::test]
async fn messages_are_seen_without_being_received() {
    let stage = watched().await;
    let url = stage.queue_url("FailureQueue").unwrap();
    let body = "<b>&\"";
    call(&stage, "AmazonSQS.SendMessage", json!({ "QueueUrl": url, "MessageBody": body })).await;
    for _ in 0..2 {
        let seen = ask(&stage, "/queue?name=local-FailureQueue").await;
        assert_eq!(seen["messages"][0]["body"], body);
    }
    let (text, _) = command(&stage, &["queues", "local-FailureQueue", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["body"], body);
    let (text, _) = command(&stage, &["queues"]);
    assert!(
        text.lines()
            .any(|line| line.ends_with("local-FailureQueue") && line.trim_start().starts_with('1')),
        "{text}"
    );
    let (text, code) = command(&stage, &["queues", "nobody"]);
    assert!(text.contains("does not exist; there are local-") && code == Some(1), "{text}");
    let (text, _) = command(&stage, &["queues", "FailureQueue", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["body"], body);
    let (text, code) = command(&stage, &["queues", "local-FailureQueue", "--redrive"]);
    assert!(text.contains("Dead Letter Queue") && code == Some(2), "{text}");
}

#[tokio::test]
async fn items_and_patterns_are_asked_from_the_command_line() {
    let stage = watched().await;
    let table = stage.table_name("ItemTable").unwrap();
    let (text, _) = command(&stage, &["tables"]);
    assert!(text.contains(&format!("{table} (id)")), "{text}");
    for name in [table, "ItemTable"] {
        let (text, code) = command(&stage, &["tables", name]);
        assert_eq!((text.as_str(), code), ("", Some(0)));
    }
    for (kind, name) in [("tables", "Nothing"), ("logs", "Nobody"), ("trace", "1-2-3")] {
        let (text, code) = command(&stage, &[kind, name]);
        assert!(text.contains(&format!("`{name}`")) && code == Some(1), "{text}");
    }
    let event = json!({
        "id": "1", "account": "0", "source": "shop", "time": "2026-01-01T00:00:00Z", "region": "us-east-1",
        "resources": [], "detail-type": "Placed", "detail": {},
    });
    let event = event.to_string();
    let (text, _) =
        command(&stage, &["events", "--pattern", r#"{"source":["shop"]}"#, "--event", &event]);
    assert_eq!(text, "matches\n");
    let put = json!({ "Entries": [{ "Source": "shop", "DetailType": "Placed", "Detail": "{}" }] });
    call(&stage, "AWSEvents.PutEvents", put).await;
    let (text, _) = command(&stage, &["events"]);
    assert!(text.contains("shop Placed"), "{text}");
}

#[tokio::test]
async fn sdks_list_functions_and_read_their_logs() {
    let stage = watched().await;
    let listed = get(&format!("{}/2015-03-31/functions", stage.aws_endpoint())).await.json();
    let names: Vec<&Value> =
        listed["Functions"].as_array().unwrap().iter().map(|one| &one["FunctionName"]).collect();
    assert!(names.contains(&&json!("local-echo")), "{names:?}");
    let one = format!("{}/2015-03-31/functions/local-echo", stage.aws_endpoint());
    let told = get(&one).await.json();
    assert_eq!(told["Configuration"]["State"], "Active", "{told}");
    let told = get(&format!("{one}/configuration")).await.json();
    assert_eq!(told["Runtime"], "provided.al2023", "{told}");
    assert_eq!(get(&format!("{one}s")).await.status, 404);
    let refused = get(&format!("{one}/policy")).await;
    assert_eq!(refused.status, 400);
    assert!(refused.json()["message"].as_str().unwrap().contains("GetFunctionConfiguration"));

    let url = format!("{}/2015-03-31/functions/local-echo/invocations", stage.aws_endpoint());
    let answer = send("POST", &url, &[("x-amz-log-type", "Tail")], "{}").await;
    use base64::Engine as _;
    let log = base64::engine::general_purpose::STANDARD
        .decode(&answer.headers["x-amz-log-result"])
        .unwrap();
    let log = String::from_utf8(log).unwrap();
    assert!(
        log.starts_with("START RequestId: ")
            && log.contains("invocation 1")
            && log.contains("Billed Duration"),
        "{log}"
    );

    let group =
        json!({ "logGroupName": "/aws/lambda/local-echo", "filterPattern": "\"invocation 1\"" });
    let events = call(&stage, "Logs_20140328.FilterLogEvents", group.clone()).await;
    assert_eq!(events["events"][0]["message"], "invocation 1", "{events}");
    let groups = async |name: &str, value: Value| {
        call(&stage, "Logs_20140328.DescribeLogGroups", json!({ name: value })).await
    };
    let found = groups("logGroupNamePattern", json!("Echo")).await;
    assert_eq!(found["logGroups"].as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!(groups("accountIdentifiers", json!(1)).await["__type"], "SerializationException");
    let nobody = call(
        &stage,
        "Logs_20140328.FilterLogEvents",
        json!({ "logGroupName": "/aws/lambda/nobody" }),
    )
    .await;
    assert_eq!(nobody["__type"], "ResourceNotFoundException");
    let live = call(&stage, "Logs_20140328.StartLiveTail", group).await;
    assert!(live["message"].as_str().unwrap().contains("StartLiveTail"), "{live}");
}

#[tokio::test]
async fn faults_are_switched_while_the_stage_runs() {
    use stage::fault::{Calm, Switch};
    let switch = std::sync::Arc::new(Switch::new(None, std::sync::Arc::new(Calm)));
    let options = StageOptions {
        chaos: std::sync::Arc::clone(&switch) as _,
        switch: Some(switch),
        ..options()
    };
    let stage = Stage::start(options).await.unwrap();
    let switched = async |preset: Value| {
        let url = format!("{}/_stage/faults", stage.aws_endpoint());
        send("POST", &url, &[], json!({ "preset": preset }).to_string()).await
    };
    assert_eq!(switched(json!("throttle")).await.json()["on"], "throttle");
    let mut n_throttled = 0;
    for _ in 0..200 {
        let url = json!({ "QueueUrl": stage.queue_url("FailureQueue").unwrap() });
        let answer = call(&stage, "AmazonSQS.ReceiveMessage", url).await;
        n_throttled += u32::from(answer["__type"] == "com.amazonaws.sqs#RequestThrottled");
    }
    assert!(n_throttled > 0);
    assert_eq!(switched(Value::Null).await.json()["on"], Value::Null);
    assert_eq!(switched(json!("storm")).await.status, 400);
}

#[tokio::test]
async fn without_a_journal_nothing_is_kept() {
    let stage = stage().await;
    get(&format!("{}/all/who", stage.api_url())).await;
    assert_eq!(ask(&stage, "/steps").await["steps"], json!([]));
    assert_eq!(ask(&stage, "/faults").await["canSwitch"], false);
}

#[tokio::test]
async fn a_form_has_what_an_operation_takes_and_sends_it() {
    let stage = watched().await;
    let listed = ask(&stage, "/operations").await;
    let api = &listed["apis"][0];
    assert_eq!((&api["id"], &api["url"]), (&json!("Api"), &json!(stage.api_url())));
    let operations = api["operations"].as_array().unwrap();
    let of = |method: &str, path: &str| {
        operations.iter().find(|one| one["method"] == method && one["path"] == path)
    };
    let shown = of("POST", "/shown/{id}").unwrap();
    assert_eq!(shown["summary"], "Answers with the event");
    let places: Vec<_> =
        shown["parameters"].as_array().unwrap().iter().map(|one| &one["in"]).collect();
    assert_eq!(places, ["path", "query", "header"], "{shown}");
    let body: Value = serde_json::from_str(shown["body"]["value"].as_str().unwrap()).unwrap();
    assert_eq!(body, json!({ "name": "a cup" }));
    assert_eq!(of("ANY", "/all/{proxy+}").unwrap()["parameters"][0]["name"], "proxy");
    assert!(of("OPTIONS", "/preflight").is_none(), "browsers call it");

    let call = |body: &str| {
        json!({
            "api": "Api", "method": "POST", "path": "/shown/1?colour=red", "body": body,
            "headers": [["content-type", "application/json"], ["X-Page", "2"]],
        })
    };
    let sent = async |request: Value| {
        let url = format!("{}/_stage/call", stage.aws_endpoint());
        send("POST", &url, &[], request.to_string()).await
    };
    let answer = sent(call(r#"{"name":"b"}"#)).await.json();
    assert_eq!(answer["status"], 200, "{answer}");
    let event: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    let event = &event["event"];
    assert_eq!(event["headers"]["x-page"], "2");
    assert_eq!(
        (&event["queryStringParameters"]["colour"], &event["body"]),
        (&json!("red"), &json!(r#"{"name":"b"}"#))
    );
    let steps = ask(&stage, &format!("/steps?trace={}", answer["trace"].as_str().unwrap())).await;
    assert_eq!(steps["steps"].as_array().unwrap().len(), 2, "{steps}");
    let answer = sent(call("{}")).await.json();
    assert_eq!(
        (&answer["status"], &answer["body"]),
        (&json!(400), &json!(r#"{"message":"Invalid request body"}"#))
    );

    for (name, value) in
        [("api", "Nothing"), ("method", "A B"), ("path", "no path"), ("headers", "x")]
    {
        let mut wrong = call("");
        wrong[name] = value.into();
        let answer = sent(wrong).await;
        assert!(
            answer.status == 400 || answer.json()["status"] == 400,
            "{name}: {:?}",
            answer.body
        );
    }
}

#[tokio::test]
async fn requests_are_an_http_archive_without_credentials() {
    let stage = watched().await;
    let url = format!("{}/all/who?a=1&b=x%20y", stage.api_url());
    let secret = [("authorization", "Bearer secret"), ("content-type", "text/plain")];
    assert_eq!(send("POST", &url, &secret, "hello").await.status, 200);
    get(&format!("{}/nowhere", stage.api_url())).await;
    let archive = ask(&stage, "/requests.har").await;
    let entries = archive["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "what met no route is left out: {archive}");
    let (request, response) = (&entries[0]["request"], &entries[0]["response"]);
    assert!(request["url"].as_str().unwrap().ends_with("/all/who?a=1&b=x%20y"), "{request}");
    assert_eq!(request["queryString"][1], json!({"name": "b", "value": "x y"}));
    assert_eq!(request["postData"], json!({"mimeType": "text/plain", "text": "hello"}));
    assert_eq!(
        (&response["status"], archive["log"]["version"].as_str()),
        (&json!(200), Some("1.2"))
    );
    assert!(!response["content"]["text"].as_str().unwrap().is_empty());
    let head = json!([&request["headers"], &response["headers"]]);
    assert!(!head.to_string().contains("secret"));
}
