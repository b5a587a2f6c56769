//! Kinds of resources that templates of other people have, each as a request or an event travels through it.

use serde_json::{Value, json};
use stage::{Access, Journal, Stage, StageOptions};

use crate::languages::{case, stage_of};
use crate::sam::call;
use crate::support::{Answer, eventually, get, recording_log, send};

async fn kinds() -> Stage {
    stage_of(case("kinds/template.yaml")).await
}

/// The text and the attributes of the one message of the inbox, which is deleted.
async fn received(stage: &Stage) -> (Value, Value) {
    let url = stage.queue_url("Inbox").unwrap();
    let message = eventually("a message", async || {
        let asked = json!({ "QueueUrl": url, "MessageAttributeNames": ["All"] });
        let answer = call(stage, "AmazonSQS.ReceiveMessage", asked).await;
        answer["Messages"].get(0).cloned()
    })
    .await;
    let handle = json!({ "QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"] });
    call(stage, "AmazonSQS.DeleteMessage", handle).await;
    let body = message["Body"].as_str().unwrap();
    (serde_json::from_str(body).unwrap(), message["MessageAttributes"].clone())
}

async fn post(url: &str, body: &Value) -> Answer {
    send("POST", url, &[("content-type", "application/json")], body.to_string()).await
}

#[tokio::test]
async fn routes_of_functions_under_a_false_condition_do_not_exist() {
    let stage = kinds().await;
    let shop = stage.output("Shop").unwrap();
    assert_eq!(get(&format!("{shop}/open")).await.status, 200);
    assert_eq!(get(&format!("{shop}/gone")).await.status, 403);
    assert_eq!(stage.apis().len(), 3, "no API is implied by a function that does not exist");
    assert_eq!(stage.output("Stage"), Some("live"));
}

#[tokio::test]
async fn a_usage_plan_of_sam_gives_a_key_and_defaults_hold_for_routes_of_the_document() {
    let stage = kinds().await;
    let written = format!("{}/written", stage.output("Shop").unwrap());
    assert_eq!(get(&written).await.status, 403);
    let key = stage.api_key("ShopApiKey").unwrap();
    assert_eq!(send("GET", &written, &[("x-api-key", key)], "").await.status, 200);
    assert_eq!(send("POST", &written, &[], "").await.status, 200, "its event asks for no key");
    let preflight = send("OPTIONS", &written, &[], "").await;
    assert_eq!(preflight.headers["access-control-allow-origin"], "*");
}

#[tokio::test]
async fn required_parameters_are_asked_for_where_a_validator_is() {
    let stage = kinds().await;
    let required = format!("{}/required", stage.output("Shop").unwrap());
    let answer = get(&required).await;
    assert_eq!(answer.status, 400);
    assert!(answer.json()["message"].as_str().unwrap().contains("[page]"), "{:?}", answer.body);
    assert_eq!(get(&format!("{required}?page=2")).await.json(), json!({ "page": "2" }));
}

#[tokio::test]
async fn the_document_of_an_http_api_declares_routes_and_authorizers() {
    let stage = kinds().await;
    let told = format!("{}/told", stage.output("Documented").unwrap());
    assert_eq!(get(&told).await.json(), json!({ "version": "2.0", "key": "GET /told" }));
    let refused = send("POST", &told, &[], "").await;
    assert_eq!(
        (refused.status, &refused.headers["www-authenticate"]),
        (401, &"Bearer".parse().unwrap())
    );
    let foreign = send("POST", &told, &[("authorization", "Bearer a.b.c")], "").await;
    let challenge = foreign.headers["www-authenticate"].to_str().unwrap();
    assert!(
        challenge.contains("error=\"invalid_token\" error_description=\"the token is"),
        "{challenge}"
    );
    let claims =
        json!({ "iss": "https://issuer.example", "aud": "shop", "exp": 32_503_680_000_u64 });
    let bearer = format!("Bearer {}", stage.issuer().mint(&claims).unwrap());
    assert_eq!(send("POST", &told, &[("authorization", &bearer)], "").await.status, 200);
    let asked = [("origin", "https://shop.example"), ("access-control-request-method", "GET")];
    let preflight = send("OPTIONS", &told, &asked, "").await;
    assert_eq!(preflight.headers["access-control-allow-origin"], "https://shop.example");
}

#[tokio::test]
async fn the_default_authorizer_of_sam_stands_before_the_routes_of_a_document() {
    let stage = kinds().await;
    let url = stage.output("Guarded").unwrap();
    assert_eq!(get(&format!("{url}/told")).await.status, 401);
    assert_eq!(get(&format!("{url}/open")).await.status, 200);
    let claims =
        json!({ "iss": "https://issuer.example", "aud": "shop", "exp": 32_503_680_000_u64 });
    let bearer = format!("Bearer {}", stage.issuer().mint(&claims).unwrap());
    let told = send("GET", &format!("{url}/told"), &[("authorization", &bearer)], "").await;
    assert_eq!(told.status, 200);
}

#[tokio::test]
async fn an_http_api_sends_messages_and_events_itself() {
    let stage = kinds().await;
    let url = stage.output("Documented").unwrap().to_owned();
    let answer = post(&format!("{url}/queue/light%20blue"), &json!({ "n": 1 })).await;
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 200, "{text}");
    assert!(text.contains("<MessageId>"), "{text}");
    let (body, attributes) = received(&stage).await;
    assert_eq!(body, json!({ "n": 1 }));
    assert_eq!(attributes["colour"]["StringValue"], "light blue");

    let event = json!({ "kind": "Asked", "detail": { "n": 2 } });
    let answer = post(&format!("{url}/event"), &event).await;
    assert_eq!((answer.status, &answer.json()["FailedEntryCount"]), (200, &json!(0)));
    let id = answer.json()["Entries"][0]["EventId"].clone();
    let (arrived, _) = received(&stage).await;
    let expected = (&json!("Asked"), &json!({ "n": 2 }), &id);
    assert_eq!((&arrived["detail-type"], &arrived["detail"], &arrived["id"]), expected);

    let answer = post(&format!("{url}/event"), &json!({ "kind": "Asked" })).await;
    assert_eq!(answer.json()["FailedEntryCount"], 1, "an event without a detail is none");

    for (path, body, parameter) in [
        ("queue/blue?delay=soon", json!({}), "DelaySeconds"),
        ("event", json!({ "kind": "Asked", "detail": {}, "resources": "all" }), "Resources"),
    ] {
        let answer = post(&format!("{url}/{path}"), &body).await;
        let message = answer.json()["message"].as_str().unwrap_or_default().to_owned();
        assert_eq!((answer.status, message.contains(parameter)), (400, true), "{message}");
    }
}

#[tokio::test]
async fn a_log_group_gets_the_events_of_its_rule() {
    let (log, lines) = recording_log();
    let options = StageOptions {
        log,
        journal: Journal::kept(),
        ..StageOptions::new(case("kinds/template.yaml"))
    };
    let stage = Stage::start(options).await.unwrap();
    let entry = json!({ "Source": "web", "DetailType": "Logged", "Detail": "{\"n\":3}" });
    call(&stage, "AWSEvents.PutEvents", json!({ "Entries": [entry] })).await;
    let line = eventually("the line", async || {
        let lines = lines.lock().unwrap();
        lines.iter().find(|line| line.starts_with("/aws/events/web | ")).cloned()
    })
    .await;
    assert!(line.contains("\"detail-type\":\"Logged\""), "{line}");
    let group = json!({ "logGroupNamePrefix": "/aws/events/" });
    let groups = call(&stage, "Logs_20140328.DescribeLogGroups", group).await;
    assert_eq!(groups["logGroups"][0]["logGroupName"], "/aws/events/web", "{groups}");
    let asked = json!({ "logGroupName": "/aws/events/web" });
    let found = call(&stage, "Logs_20140328.FilterLogEvents", asked).await;
    assert!(found["events"][0]["message"].as_str().unwrap().contains("Logged"), "{found}");
}

#[tokio::test]
async fn a_topic_reaches_a_function_through_the_queue_that_sam_makes() {
    let stage = kinds().await;
    let form =
        "Action=Publish&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Alocal-News&Message=x";
    let signed = "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0";
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("authorization", signed)];
    assert_eq!(send("POST", stage.aws_endpoint(), &headers, form).await.status, 200);
    let queue = stage.queues().queue_by_url(stage.queue_url("AsksSeesQueue").unwrap()).unwrap();
    eventually("the message was handled", async || (queue.ledger().deleted == 1).then_some(()))
        .await;
}

#[tokio::test]
async fn records_of_invocations_go_to_buses_and_topics() {
    let stage = kinds().await;
    let name = stage.function_name("Told").unwrap();
    let url = format!("{}/2015-03-31/functions/{name}/invocations", stage.aws_endpoint());
    let later = [("x-amz-invocation-type", "Event")];
    assert_eq!(send("POST", &url, &later, r#"{"n":4}"#).await.status, 202);
    let (event, _) = received(&stage).await;
    assert_eq!(event["source"], "lambda");
    assert_eq!(event["detail-type"], "Lambda Function Invocation Result - Success");
    assert_eq!(event["detail"]["responsePayload"], json!({ "n": 4 }));
    assert_eq!(send("POST", &url, &later, r#"{"fail":true}"#).await.status, 202);
    let (record, _) = received(&stage).await;
    assert_eq!(record["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(record["responsePayload"]["errorMessage"], "as told");
}

/// The template of functions behind every kind of door, with or without the permissions.
fn policies(has_permissions: bool) -> String {
    let permission = |id: &str, principal: &str, source: &str| {
        format!(
            "  {id}:\n    Type: AWS::Lambda::Permission\n    Properties: {{ Action: lambda:InvokeFunction, FunctionName: !Ref Work, Principal: {principal}, SourceArn: {source} }}\n"
        )
    };
    let mut text = include_str!("../cases/kinds/policies.yaml").to_owned();
    if has_permissions {
        let api =
            "!Sub \"arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/jobs/*\"";
        text += &permission("ForApi", "apigateway.amazonaws.com", api);
        text += &permission("ForRule", "events.amazonaws.com", "!GetAtt Rule.Arn");
        text += &permission("ForTopic", "sns.amazonaws.com", "!Ref Topic");
    }
    text
}

/// What becomes of a request, an event and a message: the status, and how often the function ran.
async fn through_policies(has_permissions: bool, access: Access) -> (u16, u64, Vec<String>) {
    let folder = crate::support::Folder::new();
    let template = folder.write("template.yaml", &policies(has_permissions));
    let (log, lines) = recording_log();
    let options = StageOptions { access, log, ..StageOptions::new(template) };
    let stage = Stage::start(options).await.unwrap_or_else(|error| panic!("{error}"));
    let status = get(&format!("{}/jobs/1", stage.api_url())).await.status;
    let entry = json!({ "Source": "web", "DetailType": "T", "Detail": "{}" });
    stage.buses().put_events(&[serde_json::from_value::<Entry>(entry).unwrap().into()]).unwrap();
    eventually("the event ended", async || {
        let stats = stage.buses().stats();
        (stats.delivered + stats.dropped == 1).then_some(())
    })
    .await;
    let name = stage.function_name("Work").unwrap();
    let expected = u64::from(status == 200) + stage.buses().stats().delivered;
    eventually("the invocations", async || {
        (stage.metrics().functions[name].invocations == expected).then_some(())
    })
    .await;
    let lines = lines.lock().unwrap().clone();
    (status, expected, lines)
}

/// An event as the API spells it.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    source: String,
    detail_type: String,
    detail: String,
}

impl From<Entry> for stage::bus::NewEvent {
    fn from(entry: Entry) -> Self {
        Self {
            source: Some(entry.source),
            detail_type: Some(entry.detail_type),
            detail: Some(entry.detail),
            ..Self::default()
        }
    }
}

#[tokio::test]
async fn functions_are_invoked_by_whom_their_permissions_let_in() {
    let (status, n, lines) = through_policies(true, Access::Enforce).await;
    assert_eq!((status, n), (200, 2), "{lines:?}");
    let (status, n, lines) = through_policies(false, Access::Enforce).await;
    assert_eq!((status, n), (500, 0), "{lines:?}");
    let (status, n, lines) = through_policies(false, Access::Off).await;
    assert_eq!((status, n), (200, 2));
    for id in ["Api", "Rule", "Subscription"] {
        let told = lines.iter().find(|line| line.starts_with(&format!("{id}: ")));
        assert!(told.is_some_and(|line| line.contains("AWS::Lambda::Permission")), "{lines:?}");
    }
}

#[tokio::test]
async fn a_pipe_filters_enriches_transforms_and_sends() {
    let stage = stage_of(case("kinds/pipes.yaml")).await;
    let queue = |id: &str| stage.queues().queue_by_url(stage.queue_url(id).unwrap()).unwrap();
    for text in [
        r#"{"kind":"other","id":1}"#,
        r#"{"kind":"order","id":2,"customer":"anna"}"#,
        "no JSON at all",
    ] {
        queue("Orders").send(stage::queue::NewMessage::text(text)).unwrap();
    }
    let sorted = queue("Sorted");
    eventually("the message", async || (sorted.ledger().sent == 1).then_some(())).await;
    let message = sorted.peek(1).remove(0);
    let body: Value = serde_json::from_str(&message.body).unwrap();
    assert_eq!(
        body,
        json!({ "id": 2, "via": "local-Priced", "text": "order by local-Priced", "price": 12 })
    );
    assert_eq!(message.group_id.as_deref(), Some("anna"));
    eventually("all messages are done", async || {
        (queue("Orders").ledger().deleted == 3).then_some(())
    })
    .await;
}

#[tokio::test]
async fn filters_of_a_pipe_see_the_whole_record() {
    let stage = stage_of(case("kinds/pipes.yaml")).await;
    let queue = |id: &str| stage.queues().queue_by_url(stage.queue_url(id).unwrap()).unwrap();
    for by in ["bert", "anna"] {
        let label = stage::queue::Attribute {
            data_type: "String".to_owned(),
            value: stage::queue::AttributeValue::Text(by.to_owned()),
        };
        let mut message = stage::queue::NewMessage::text(by);
        message.attributes.insert("by".to_owned(), label);
        queue("Marked").send(message).unwrap();
    }
    let letters = queue("Letters");
    eventually("the message", async || (letters.ledger().sent == 1).then_some(())).await;
    let record: Value = serde_json::from_str(&letters.peek(1)[0].body).unwrap();
    assert_eq!(record["body"], "anna");
    eventually("all are done", async || (queue("Marked").ledger().deleted == 2).then_some(()))
        .await;
}

#[tokio::test]
async fn a_pipe_leads_from_a_table_to_a_bus() {
    let stage = stage_of(case("kinds/pipes.yaml")).await;
    let item = json!({ "TableName": stage.table_name("Things").unwrap(), "Item": { "id": { "S": "one" } } });
    call(&stage, "DynamoDB_20120810.PutItem", item).await;
    let letters = stage.queues().queue_by_url(stage.queue_url("Letters").unwrap()).unwrap();
    eventually("the event", async || (letters.ledger().sent == 1).then_some(())).await;
    let event: Value = serde_json::from_str(&letters.peek(1)[0].body).unwrap();
    let told = (&event["source"], &event["detail-type"], &event["detail"]);
    assert_eq!(told, (&json!("Pipe told"), &json!("INSERT"), &json!({ "id": "one" })));
}

#[tokio::test]
async fn mapping_templates_stand_before_and_after_a_call() {
    let stage = stage_of(case("kinds/mapped.yaml")).await;
    let url = stage.api_url().to_owned();
    let answer = post(&format!("{url}/queue"), &json!({ "text": "a & b" })).await;
    assert_eq!(answer.status, 202, "{:?}", answer.body);
    assert_eq!(answer.json()["id"].as_str().unwrap().len(), 36);
    let (body, attributes) = received(&stage).await;
    assert_eq!(body, json!({ "text": "a & b" }));
    assert_eq!(attributes["by"]["StringValue"], "gateway");
    let other = send("POST", &format!("{url}/queue"), &[("content-type", "text/plain")], "x").await;
    assert_eq!(other.status, 415);

    let detail = json!({ "detail": { "who": "o'neil", "quote": "\"" } });
    let answer = post(&format!("{url}/event/Asked"), &detail).await;
    assert_eq!(answer.json()["FailedEntryCount"], 0, "{:?}", answer.body);
    let (event, _) = received(&stage).await;
    assert_eq!((&event["detail-type"], &event["detail"]), (&json!("Asked"), &detail["detail"]));

    let item = json!({
        "TableName": stage.table_name("Things").unwrap(),
        "Item": { "id": { "S": "one" }, "colours": { "L": [{ "S": "red" }, { "S": "blue" }] } },
    });
    call(&stage, "DynamoDB_20120810.PutItem", item).await;
    let found = get(&format!("{url}/things/one")).await;
    assert_eq!(found.json(), json!({ "id": "one", "colours": ["red", "blue"] }));
    assert_eq!(get(&format!("{url}/things/two")).await.json(), json!({ "none": true }));

    let checked = post(&format!("{url}/check"), &json!({ "n": 3 })).await;
    assert_eq!(checked.json(), json!({ "seen": { "n": 3, "by": "POST" } }));
    let refused = post(&format!("{url}/check"), &json!({ "n": 30 })).await;
    assert_eq!((refused.status, refused.json()), (400, json!({ "why": "TooLarge: 30" })));
}

#[tokio::test]
async fn a_function_is_invoked_as_the_invocation_type_says() {
    let stage = stage_of(case("kinds/mapped.yaml")).await;
    let url = stage.api_url().to_owned();
    let answer = post(&format!("{url}/later"), &json!({ "n": 30 })).await;
    assert_eq!((answer.status, answer.body.len()), (202, 0));
    assert_eq!(received(&stage).await.0["requestPayload"], json!({ "n": 30 }));
    let asked = async |kind: &str| {
        let headers = [("content-type", "application/json"), ("invocation", kind)];
        send("POST", &format!("{url}/asked"), &headers, r#"{"n": 31}"#.to_owned()).await
    };
    assert_eq!(asked("Event").await.body.len(), 0);
    assert_eq!(received(&stage).await.0["requestPayload"], json!({ "n": 31 }));
    assert_eq!(asked("RequestResponse").await.json()["errorMessage"], "TooLarge: 31");
}

#[tokio::test]
async fn templates_say_what_they_know_and_a_function_is_given_json_only() {
    let stage = stage_of(case("kinds/mapped.yaml")).await;
    let url = stage.api_url().to_owned();
    let json = [("content-type", "application/json")];
    let seen = send("POST", &format!("{url}/context"), &json, String::new()).await.json();
    assert_eq!(seen, json!({ "seen": { "body-json": {}, "caller": "", "sub": "" } }));

    let answer = post(&format!("{url}/loose"), &json!({ "name": "Jo" })).await;
    let told = answer.json();
    let told = told["message"].as_str().unwrap();
    assert!(told.starts_with("Could not parse request body into json: "), "{told}");
    assert_eq!(answer.status, 400);
    assert_eq!(post(&format!("{url}/loose"), &json!({ "name": 1 })).await.status, 200);
    let plain = send("POST", &format!("{url}/later"), &[], "no JSON".to_owned()).await;
    assert_eq!(plain.status, 400);
}

#[tokio::test]
async fn a_response_template_overrides_status_and_headers() {
    let stage = stage_of(case("kinds/mapped.yaml")).await;
    let url = format!("{}/taken", stage.api_url());
    let answer = post(&url, &json!({})).await;
    assert_eq!((answer.status, answer.json()), (409, json!({ "error": "taken" })));
    assert_eq!(answer.headers["x-why"], "seen by POST");
    let answer = get(&url).await;
    assert_eq!((answer.status, answer.json()), (418, json!({ "tea": true })));
}

#[tokio::test]
async fn bodies_are_judged_by_models_where_a_validator_is() {
    let stage = stage_of(case("kinds/bodies.yaml")).await;
    let asked = async |method: &str, api: &str, media_type: &str, body: &str| {
        let url = format!("{}/items", stage.output(api).unwrap());
        let answer = send(method, &url, &[("content-type", media_type)], body.to_owned()).await;
        (answer.status, String::from_utf8_lossy(&answer.body).into_owned())
    };
    let json = "application/json";
    let good = r#"{"name":"ab","n":1}"#;
    assert_eq!(
        asked("POST", "Made", "application/json; charset=utf-8", good).await,
        (200, good.to_owned())
    );
    for (body, why) in [
        ("{}", r#"object has missing required properties (["name"])"#),
        (r#"{"name":"a"}"#, "string is too short (length: 1, required minimum: 2)"),
        (r#"{"name":"ab","n":"1"}"#, r#"(allowed: ["integer"])"#),
        ("no JSON", "body is not JSON"),
    ] {
        let (status, told) = asked("POST", "Made", json, body).await;
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(status, 422, "{body}");
        assert!(told["why"].as_str().unwrap().contains(why), "{body}: {told}");
    }
    assert_eq!(asked("POST", "Made", json, r#"{"name":"ab","n":0}"#).await.0, 422, "0 is excluded");
    assert_eq!(asked("POST", "Made", "text/csv", "no,model").await.0, 200, "no model, no check");
    assert_eq!(asked("POST", "Made", "text/plain", "1").await.0, 422, "`Empty` is an object");
    assert_eq!(asked("PUT", "Made", "text/csv", "no,model").await.0, 422, "the default one counts");
    let refused = r#"{"message":"Invalid request body"}"#.to_owned();
    assert_eq!(asked("POST", "Shop", json, "{}").await, (400, refused));
    assert_eq!(asked("POST", "Shop", json, good).await.0, 200);
    assert_eq!(asked("PUT", "Shop", json, "{}").await.0, 200, "nobody asks for a check");
}
