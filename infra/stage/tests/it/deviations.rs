//! What the README calls a known deviation is shown by a test: those that nothing else shows are here.

use std::path::Path;

use serde_json::{Value, json};
use stage::{Log, Stage, StageOptions};

use crate::languages::{case, stage_of};
use crate::sam::{call, publish};
use crate::support::{Folder, eventually, send};

/// The first words of each deviation, and a test that shows it.
const SHOWN: [(&str, &str); 46] = [
    ("Routes answer both", "the_stage_may_be_left_out_and_static_paths_come_first"),
    ("Header names arrive", "header_names_arrive_as_they_were_sent"),
    ("A request line with headers", "what_is_no_request_is_400"),
    ("Pages of other sites", "the_apis_own_cors_says_which_pages_may_send"),
    (
        "A body that is not declared binary",
        "bytes_that_are_no_text_reach_a_function_as_replacements",
    ),
    (
        "No throttling",
        "a_usage_plan_of_sam_gives_a_key_and_defaults_hold_for_routes_of_the_document",
    ),
    ("A body with a model", "a_body_is_judged_by_draft_4"),
    ("Mapping templates", "what_is_not_supported_is_an_error"),
    (
        "An environment is frozen",
        "an_environment_is_frozen_while_it_waits_and_goes_on_with_the_next_invocation",
    ),
    ("`MemorySize` limits", "a_function_that_holds_more_memory_than_it_may_is_ended"),
    (
        "Beyond the stage's own limit",
        "invocations_beyond_the_machines_limit_wait_and_beyond_the_reserve_are_throttled",
    ),
    ("No extensions", "a_wrapper_starts_the_runtime_and_what_is_not_started_is_reported"),
    (
        "All versions and aliases",
        "versions_and_aliases_are_invoked_by_name_and_others_are_not_there",
    ),
    ("Java: properties", "handlers_in_java_answer_and_fail_as_in_lambda"),
    ("Numbers are compared", "numbers_are_matched_by_ranges"),
    ("In an array of objects", "fields_within_an_array_must_be_found_in_one_element"),
    (
        "A pattern that names one path twice",
        "unsound_patterns_are_refused_with_the_fault_and_its_place",
    ),
    ("A pattern may have any number", "a_pattern_has_as_many_stars_as_it_likes"),
    (
        "A dead letter of a transformed event",
        "what_cannot_be_delivered_is_a_dead_letter_that_says_why",
    ),
    (
        "A scheduled rule fires",
        "scheduled_rules_are_due_once_per_firing_and_missed_ones_are_made_up_for_once",
    ),
    ("Targets are queues", "what_the_stage_does_not_have_is_refused_by_name"),
    ("A replay has ended", "what_an_archive_kept_is_sent_again"),
    ("Policies of buses", "a_bus_keeps_what_it_is_told"),
    ("Order in a standard queue", "a_standard_queue_does_what_the_model_says"),
    ("Names can be used again", "a_name_of_a_queue_and_its_attributes_hold_at_once"),
    (
        "The receipt of an earlier receive",
        "any_receipt_of_a_standard_queue_changes_the_visibility_of_its_message",
    ),
    ("Depths are exact", "a_standard_queue_does_what_the_model_says"),
    (
        "Policies are enforced",
        "a_queue_takes_what_its_policy_lets_in_and_the_rest_is_a_dead_letter",
    ),
    ("Those of its engine", "a_stream_without_both_images_shows_writes_that_change_nothing"),
    ("`EXISTS` in", "a_transaction_of_statements_asks_for_no_existence"),
    ("A value of the wrong JSON type", "tables_are_active_at_once_and_have_no_backups"),
    ("Tables are active", "tables_are_active_at_once_and_have_no_backups"),
    ("Capacity is unlimited", "tables_are_active_at_once_and_have_no_backups"),
    (
        "Topics and subscriptions",
        "a_message_of_a_topic_is_not_signed_and_topics_are_those_of_the_template",
    ),
    (
        "Nothing is signed",
        "a_message_of_a_topic_is_not_signed_and_topics_are_those_of_the_template",
    ),
    ("A function gets a message", "topics_invoke_functions_with_what_their_filters_let_pass"),
    ("A batch is taken only", "a_message_without_room_stays_in_its_queue"),
    ("A stream has one shard", "a_stream_without_both_images_shows_writes_that_change_nothing"),
    ("A body reaches a function in base64", "a_function_is_given_payload_format_2"),
    ("Tokens are those", "tokens_and_functions_say_who_may_call"),
    ("CloudWatch Logs filter", "a_filter_is_words_and_quoted_texts"),
    ("`LogResult` of an invocation", "sdks_list_functions_and_read_their_logs"),
    ("S3 is not emulated", "calls_of_s3_are_refused_in_its_own_xml"),
    ("STS answers", "services_that_speak_xml_are_answered_in_xml"),
    // Measured by hand: what it takes is minutes, or ten thousand connections.
    ("Memory of", ""),
    ("Items expire", ""),
];

#[test]
fn every_known_deviation_is_shown_by_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let (_, deviations) = readme.split_once("## Known deviations").unwrap();
    let mut sources = String::new();
    for part in ["src", "tests"] {
        sources.push_str(&sources_of(&folder.join(part)));
    }
    for deviation in deviations.lines().filter_map(|line| line.strip_prefix("- ")) {
        let shown = SHOWN.iter().find(|(words, _)| deviation.starts_with(words));
        let (_, test) = shown.unwrap_or_else(|| panic!("no test shows it: {deviation}"));
        assert!(test.is_empty() || sources.contains(&format!("fn {test}(")), "there is no {test}");
    }
    for (words, _) in SHOWN {
        assert!(deviations.contains(&format!("- {words}")), "the README does not say it: {words}");
    }
}

/// The text of every Rust file in a folder.
fn sources_of(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = entries.map(|path| match path.is_dir() {
        true => sources_of(&path),
        false if path.extension().is_some_and(|ending| ending == "rs") => {
            std::fs::read_to_string(path).unwrap()
        }
        false => String::new(),
    });
    texts.collect()
}

/// A stage of nothing, for what calls of APIs create.
async fn empty(folder: &Folder) -> Stage {
    stage_of(folder.write("t.yaml", "Resources: {Nothing: {Type: 'AWS::Logs::LogGroup'}}")).await
}

#[tokio::test]
async fn bytes_that_are_no_text_reach_a_function_as_replacements() {
    let folder = Folder::new();
    let template = "
Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs20.x
      Handler: index.handler
      InlineCode: 'exports.handler = async (event) => ({ statusCode: 200, body: event.body + event.isBase64Encoded })'
      Events: {Any: {Type: Api, Properties: {Path: /, Method: POST}}}
";
    let stage = stage_of(folder.write("t.yaml", template)).await;
    let answer = send("POST", stage.api_url(), &[], vec![b'a', 0xff, b'b']).await;
    assert_eq!(std::str::from_utf8(&answer.body).unwrap(), "a\u{fffd}bfalse");
}

#[tokio::test]
async fn a_pattern_has_as_many_stars_as_it_likes() {
    let folder = Folder::new();
    let stage = empty(&folder).await;
    let pattern = json!({ "source": [{ "wildcard": "a*".repeat(30) }] }).to_string();
    let event = json!({
        "id": "1", "account": "1", "source": "ab".repeat(30), "time": "2026-01-01T00:00:00Z", "region": "r",
        "resources": [], "detail-type": "t", "detail": {},
    });
    let request = json!({ "EventPattern": pattern, "Event": event.to_string() });
    assert_eq!(call(&stage, "AWSEvents.TestEventPattern", request).await["Result"], true);
}

#[tokio::test]
async fn a_name_of_a_queue_and_its_attributes_hold_at_once() {
    let folder = Folder::new();
    let stage = empty(&folder).await;
    let create = json!({ "QueueName": "q" });
    for _ in 0..2 {
        let url = call(&stage, "AmazonSQS.CreateQueue", create.clone()).await["QueueUrl"].clone();
        let attributes = json!({ "QueueUrl": url, "Attributes": { "DelaySeconds": "7" } });
        call(&stage, "AmazonSQS.SetQueueAttributes", attributes).await;
        let ask = json!({ "QueueUrl": url, "AttributeNames": ["DelaySeconds"] });
        let told = call(&stage, "AmazonSQS.GetQueueAttributes", ask).await;
        assert_eq!(told["Attributes"]["DelaySeconds"], "7");
        call(&stage, "AmazonSQS.DeleteQueue", json!({ "QueueUrl": url })).await;
    }
}

#[tokio::test]
async fn a_message_without_room_stays_in_its_queue() {
    let folder = Folder::new();
    let template = "
Transform: AWS::Serverless-2016-10-31
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 120}}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs20.x
      Handler: index.handler
      Timeout: 20
      InlineCode: 'exports.handler = () => new Promise(() => setTimeout(() => {}, 15000))'
      Events: {Work: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 1}}}
";
    let template = folder.write("t.yaml", template);
    let options =
        StageOptions { max_concurrency: 1, log: Log::silent(), ..StageOptions::new(template) };
    let stage = Stage::start(options).await.unwrap();
    let url = stage.queue_url("Queue").unwrap();
    for _ in 0..3 {
        call(&stage, "AmazonSQS.SendMessage", json!({ "QueueUrl": url, "MessageBody": "m" })).await;
    }
    let in_flight = async || {
        let ask = json!({ "QueueUrl": url, "AttributeNames": ["All"] });
        let told = call(&stage, "AmazonSQS.GetQueueAttributes", ask).await;
        told["Attributes"]["ApproximateNumberOfMessagesNotVisible"].clone()
    };
    eventually("a batch", async || (in_flight().await == "1").then_some(())).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(in_flight().await, "1");
}

/// A table with a stream of this view.
fn table(name: &str, view: &str) -> Value {
    json!({
        "TableName": name, "ProvisionedThroughput": { "ReadCapacityUnits": 1, "WriteCapacityUnits": 1 },
        "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
        "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
        "StreamSpecification": { "StreamEnabled": true, "StreamViewType": view },
    })
}

#[tokio::test]
async fn tables_are_active_at_once_and_have_no_backups() {
    let folder = Folder::new();
    let stage = empty(&folder).await;
    let ask = async |operation: &str, request: Value| {
        call(&stage, &format!("DynamoDB_20120810.{operation}"), request).await
    };
    ask("CreateTable", table("things", "NEW_IMAGE")).await;
    let described = ask("DescribeTable", json!({ "TableName": "things" })).await;
    assert_eq!(described["Table"]["TableStatus"], "ACTIVE");
    for n in 0..100 {
        let put = json!({ "TableName": "things", "Item": { "id": { "S": n.to_string() } } });
        assert_eq!(ask("PutItem", put).await, json!({}));
    }
    let unknown = "UnknownOperationException";
    for (operation, kind) in [
        ("CreateBackup", unknown),
        ("DescribeLimits", unknown),
        ("DescribeEndpoints", unknown),
        ("CreateTable", "ValidationException"),
    ] {
        let request = json!({ "TableName": "things", "BackupName": "backup", "KeySchema": [1] });
        let target = format!("DynamoDB_20120810.{operation}");
        let key = "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/any/aws4_request";
        let key = format!("{key}, SignedHeaders=host, Signature=0");
        let headers = [
            ("x-amz-target", target.as_str()),
            ("content-type", "application/x-amz-json-1.0"),
            ("x-amz-date", "20261123T000000Z"),
            ("authorization", &key),
        ];
        let refused = send("POST", stage.aws_endpoint(), &headers, request.to_string()).await;
        let body = refused.json();
        assert!(body["__type"].as_str().unwrap().ends_with(kind), "{operation}: {body}");
    }
    ask("DeleteTable", json!({ "TableName": "things" })).await;
    assert_eq!(ask("ListTables", json!({})).await["TableNames"], json!([]));
}

#[tokio::test]
async fn a_stream_without_both_images_shows_writes_that_change_nothing() {
    let folder = Folder::new();
    let stage = empty(&folder).await;
    let ask = async |target: &str, request: Value| call(&stage, target, request).await;
    for (name, view, n_records) in [("one", "NEW_IMAGE", 2), ("both", "NEW_AND_OLD_IMAGES", 1)] {
        ask("DynamoDB_20120810.CreateTable", table(name, view)).await;
        for _ in 0..2 {
            let put = json!({ "TableName": name, "Item": { "id": { "S": "1" } } });
            ask("DynamoDB_20120810.PutItem", put).await;
        }
        let streams =
            ask("DynamoDBStreams_20120810.ListStreams", json!({ "TableName": name })).await;
        let arn = &streams["Streams"][0]["StreamArn"];
        let described =
            ask("DynamoDBStreams_20120810.DescribeStream", json!({ "StreamArn": arn })).await;
        let shards = described["StreamDescription"]["Shards"].as_array().unwrap();
        assert_eq!(shards.len(), 1);
        let request = json!({
            "StreamArn": arn, "ShardId": shards[0]["ShardId"], "ShardIteratorType": "TRIM_HORIZON",
        });
        let iterator = ask("DynamoDBStreams_20120810.GetShardIterator", request).await;
        let request = json!({ "ShardIterator": iterator["ShardIterator"] });
        let records = ask("DynamoDBStreams_20120810.GetRecords", request).await;
        assert_eq!(records["Records"].as_array().unwrap().len(), n_records, "{view}: {records}");
    }
}

#[tokio::test]
async fn a_message_of_a_topic_is_not_signed_and_topics_are_those_of_the_template() {
    let stage = stage_of(case("topics.yaml")).await;
    let topic = "TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Alocal-Topic";
    let (status, told) =
        publish(&stage, &format!("Action=Publish&{topic}&Message=%7B%22n%22%3A1%7D")).await;
    assert_eq!(status, 200, "{told}");
    let request = json!({ "QueueUrl": stage.queue_url("Wrapped").unwrap() });
    let body = eventually("the message", async || {
        let received = call(&stage, "AmazonSQS.ReceiveMessage", request.clone()).await;
        received["Messages"][0]["Body"].as_str().map(str::to_owned)
    })
    .await;
    let envelope: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(envelope["Signature"], "LOCAL");
    let (status, told) = publish(&stage, "Action=CreateTopic&Name=another").await;
    assert_eq!(status, 400, "{told}");
}
