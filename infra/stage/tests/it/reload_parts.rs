//! What a reload keeps and what it changes, part by part.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use stage::lambda::Retries;
use stage::queue::{NewMessage, Queue};
use stage::{Stage, StageOptions};

use crate::reload::Copy;
use crate::sam::call;
use crate::support::{eventually, get, recording_log, send};

const QUEUE: &str = "  FailureQueue:\n    Type: AWS::SQS::Queue\n";
const LINES: &str = "  WorkMapping:\n";

fn queue(stage: &Stage, id: &str) -> Queue {
    stage.queues().queue_by_url(stage.queue_url(id).unwrap()).unwrap()
}

async fn put(stage: &Stage, id: &str) {
    let item = json!({ "id": { "S": id }, "kind": { "S": "a" } });
    let table = stage.table_name("ItemTable").unwrap();
    call(stage, "DynamoDB_20120810.PutItem", json!({ "TableName": table, "Item": item })).await;
}

async fn n_items(stage: &Stage) -> u64 {
    let scan = json!({ "TableName": stage.table_name("ItemTable").unwrap() });
    call(stage, "DynamoDB_20120810.Scan", scan).await["Count"].as_u64().unwrap()
}

#[tokio::test]
async fn a_template_that_a_part_refuses_changes_nothing_at_all() {
    let copy = Copy::new("refused");
    let mut stage = Stage::start(copy.options()).await.unwrap();
    put(&stage, "1").await;
    let work = queue(&stage, "WorkQueue");
    // Another key, for which a table is made anew, and an index that no table takes.
    let keys = "- {AttributeName: id, KeyType: HASH}";
    copy.edit(keys, "- {AttributeName: kind, KeyType: HASH}");
    copy.edit("Projection: {ProjectionType: ALL}", "Projection: {ProjectionType: SOME}");
    copy.edit("VisibilityTimeout: 1", "VisibilityTimeout: 7");
    let error = stage.reload().await.unwrap_err();
    assert!(error.to_string().contains("ItemTable"), "{error}");
    assert_eq!(n_items(&stage).await, 1);
    copy.edit("ProjectionType: SOME", "ProjectionType: ALL");
    copy.edit(
        "- {AttributeName: kind, KeyType: HASH}\n      Global",
        &format!("{keys}\n      Global"),
    );
    // An invalid filter, far behind everything else.
    copy.edit("BatchSize: 10", "FilterCriteria: {Filters: [{Pattern: '{\"body\": 1}'}]}");
    let error = stage.reload().await.unwrap_err();
    assert!(error.to_string().contains("Filters[0].Pattern` is not a pattern"), "{error}");
    assert_eq!(work.config().visibility_timeout_s, 1);
    work.send(NewMessage::text("hello")).unwrap();
    eventually("it is done", async || (work.ledger().deleted == 1).then_some(())).await;
    copy.edit("FilterCriteria: {Filters: [{Pattern: '{\"body\": 1}'}]}", "BatchSize: 10");
    stage.reload().await.unwrap();
    assert_eq!(work.config().visibility_timeout_s, 7);
    assert_eq!(n_items(&stage).await, 1);
}

#[tokio::test]
async fn an_index_a_stream_and_an_expiry_change_in_place() {
    let copy = Copy::new("in-place");
    let mut stage = Stage::start(copy.options()).await.unwrap();
    put(&stage, "1").await;
    copy.edit("Projection: {ProjectionType: ALL}", "Projection: {ProjectionType: KEYS_ONLY}");
    copy.edit(
        "      TimeToLiveSpecification:\n        AttributeName: expires\n        Enabled: true\n",
        "      StreamSpecification: {StreamViewType: KEYS_ONLY}\n",
    );
    assert_eq!(stage.reload().await.unwrap().notes, Vec::<String>::new());
    let name = json!({ "TableName": stage.table_name("ItemTable").unwrap() });
    let table = call(&stage, "DynamoDB_20120810.DescribeTable", name.clone()).await["Table"].take();
    assert_eq!(table["StreamSpecification"]["StreamViewType"], "KEYS_ONLY", "{table}");
    let index = &table["GlobalSecondaryIndexes"][0];
    assert_eq!(index["Projection"]["ProjectionType"], "KEYS_ONLY", "{table}");
    let ttl = call(&stage, "DynamoDB_20120810.DescribeTimeToLive", name).await;
    assert_eq!(ttl["TimeToLiveDescription"]["TimeToLiveStatus"], "DISABLED", "{ttl}");
    assert_eq!(n_items(&stage).await, 1);
}

#[tokio::test]
async fn an_attribute_that_the_template_drops_gets_its_default() {
    let copy = Copy::new("dropped");
    let mut stage = Stage::start(copy.options()).await.unwrap();
    let work = queue(&stage, "WorkQueue");
    let by_hand = [("MaximumMessageSize".to_owned(), "2048".to_owned())];
    work.set(&BTreeMap::from(by_hand)).unwrap();
    stage.reload().await.unwrap();
    assert_eq!(work.config().max_message_bytes, 2_048, "what was set by hand is left alone");
    copy.edit("      VisibilityTimeout: 1\n      RedrivePolicy:\n        deadLetterTargetArn: !GetAtt DeadQueue.Arn\n        maxReceiveCount: 2\n", "      DelaySeconds: 1\n");
    stage.reload().await.unwrap();
    let config = work.config();
    assert_eq!((config.visibility_timeout_s, config.delay_s), (30, 1));
    assert_eq!(config.redrive, None);
}

#[tokio::test]
async fn a_data_folder_takes_up_what_the_template_says_now() {
    let copy = Copy::new("data");
    let folder = crate::support::Folder::new();
    let options = StageOptions { data_dir: Some(folder.0.clone()), ..copy.options() };
    let stage = Stage::start(options.clone()).await.unwrap();
    put(&stage, "1").await;
    stage.shutdown().await;
    copy.edit("      VisibilityTimeout: 1\n", "");
    copy.edit("Projection: {ProjectionType: ALL}", "Projection: {ProjectionType: KEYS_ONLY}");
    let stage = Stage::start(options).await.unwrap();
    assert_eq!(queue(&stage, "WorkQueue").config().visibility_timeout_s, 30);
    assert_eq!(n_items(&stage).await, 1);
}

/// A mapping with a long window, which has a message of its batch already.
async fn gathering(copy: &Copy) -> (Stage, Queue) {
    copy.edit("BatchSize: 10", "BatchSize: 10\n      MaximumBatchingWindowInSeconds: 60");
    copy.edit("VisibilityTimeout: 1", "VisibilityTimeout: 600");
    let stage = Stage::start(copy.options()).await.unwrap();
    let work = queue(&stage, "WorkQueue");
    work.send(NewMessage::text("hello")).unwrap();
    eventually("it was received", async || (work.ledger().received == 1).then_some(())).await;
    (stage, work)
}

#[tokio::test]
async fn messages_that_a_poller_has_gathered_are_processed_when_its_mapping_changes() {
    let copy = Copy::new("gathered");
    let (mut stage, work) = gathering(&copy).await;
    copy.edit("      MaximumBatchingWindowInSeconds: 60\n", "");
    stage.reload().await.unwrap();
    eventually("it is done", async || (work.ledger().deleted == 1).then_some(())).await;
    work.send(NewMessage::text("next")).unwrap();
    eventually("so is the next", async || (work.ledger().deleted == 2).then_some(())).await;
    assert_eq!(work.ledger().received, 2, "each was received once");
}

#[tokio::test]
async fn messages_that_a_poller_has_gathered_are_processed_when_its_mapping_goes() {
    let copy = Copy::new("unmapped");
    let (mut stage, work) = gathering(&copy).await;
    copy.edit("BatchSize: 10", "Enabled: false");
    stage.reload().await.unwrap();
    eventually("it is done", async || (work.ledger().deleted == 1).then_some(())).await;
    work.send(NewMessage::text("next")).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(work.ledger().received, 1, "nobody polls any more");
}

#[tokio::test]
async fn messages_that_a_poller_has_gathered_are_processed_when_the_queue_gives_no_more() {
    let (log, lines) = recording_log();
    let copy = Copy::new("deleted");
    copy.edit("BatchSize: 10", "BatchSize: 10\n      MaximumBatchingWindowInSeconds: 60");
    let stage = Stage::start(StageOptions { log, ..copy.options() }).await.unwrap();
    let work = queue(&stage, "WorkQueue");
    work.send(NewMessage::text("hello")).unwrap();
    eventually("it was received", async || (work.ledger().received == 1).then_some(())).await;
    work.remove().unwrap();
    eventually("the function has it", async || {
        lines.lock().unwrap().iter().any(|line| line.contains("hello")).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_retry_is_that_of_the_function_as_it_is_then() {
    let copy = Copy::new("retries");
    let (log, lines) = recording_log();
    let retries = Retries {
        first: Duration::from_millis(700),
        second: Duration::from_millis(700),
        throttled: Duration::from_millis(10),
    };
    let mut stage = Stage::start(StageOptions { retries, log, ..copy.options() }).await.unwrap();
    let name = stage.function_name("WorkerFunction").unwrap().to_owned();
    let url = format!("{}/2015-03-31/functions/{name}/invocations", stage.aws_endpoint());
    let failing = async || {
        let headers = [("x-amz-invocation-type", "Event")];
        let before = stage.metrics().functions[&name].errors;
        assert_eq!(send("POST", &url, &headers, r#"{"fail": true}"#).await.status, 202);
        eventually("the first attempt failed", async || {
            (stage.metrics().functions[&name].errors > before).then_some(())
        })
        .await;
    };
    failing().await;
    copy.install();
    stage.reload().await.unwrap();
    eventually("the new one was tried", async || {
        (stage.metrics().functions[&name].errors == 2).then_some(())
    })
    .await;
    let failing = async |stage: &Stage| {
        let headers = [("x-amz-invocation-type", "Event")];
        assert_eq!(send("POST", &url, &headers, r#"{"fail": true}"#).await.status, 202);
        eventually("the first attempt failed", async || {
            (stage.metrics().functions[&name].errors == 3).then_some(())
        })
        .await;
    };
    failing(&stage).await;
    copy.edit("  WorkerFunction:\n", "  OtherFunction:\n");
    copy.edit(
        "FunctionName: !GetAtt WorkerFunction.Arn",
        "FunctionName: !GetAtt OtherFunction.Arn",
    );
    stage.reload().await.unwrap();
    eventually("the event is dropped", async || {
        lines.lock().unwrap().iter().any(|line| line.contains("no such function")).then_some(())
    })
    .await;
}

#[tokio::test]
async fn apis_keep_their_ports_whatever_comes_before_them_and_close_them_when_they_go() {
    let copy = Copy::new("ports");
    let mut stage = Stage::start(copy.options()).await.unwrap();
    let url = stage.api_url().to_owned();
    // A second API before the first.
    let api = "  AddedApi:\n    Type: AWS::ApiGatewayV2::Api\n    Properties:\n      ProtocolType: HTTP\n      Name: added\n      Target: !GetAtt EchoFunction.Arn\n\n";
    copy.edit("  Api:\n", &format!("{api}  Api:\n"));
    let reloaded = stage.reload().await.unwrap();
    let added = reloaded.apis.iter().find(|api| api.id == "AddedApi").unwrap().url.clone();
    assert_eq!(reloaded.apis.iter().find(|api| api.id == "Api").unwrap().url, url);
    assert_eq!(get(&format!("{url}/echo/1")).await.status, 200);
    assert_eq!(get(&format!("{added}/anything")).await.status, 200);
    copy.edit(api, "");
    stage.reload().await.unwrap();
    assert_eq!(get(&format!("{url}/echo/1")).await.status, 200);
    let host = added.strip_prefix("http://").unwrap();
    let host = host.split('/').next().unwrap();
    eventually("its port is closed", async || tokio::net::TcpStream::connect(host).await.err())
        .await;
}

#[tokio::test]
async fn an_archive_changes_with_its_template_and_what_holds_data_is_kept() {
    let copy = Copy::new("archive");
    let archive = |source: &str| {
        format!(
            "  Kept:\n    Type: AWS::Events::Archive\n    Properties:\n      SourceArn: !Sub arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:event-bus/default\n      RetentionDays: 3\n      EventPattern: {{source: [{source}]}}\n\n"
        )
    };
    copy.edit(LINES, &format!("{}{LINES}", archive("one")));
    let mut stage = Stage::start(copy.options()).await.unwrap();
    let n_events = async |stage: &Stage| -> (u64, Value) {
        let all = call(stage, "AWSEvents.ListArchives", json!({})).await;
        let name = all["Archives"][0]["ArchiveName"].clone();
        let found = call(stage, "AWSEvents.DescribeArchive", json!({ "ArchiveName": name })).await;
        (found["EventCount"].as_u64().unwrap(), found["RetentionDays"].clone())
    };
    let publish = async |stage: &Stage, source: &str| {
        let entry = json!({ "Source": source, "DetailType": "t", "Detail": "{}" });
        call(stage, "AWSEvents.PutEvents", json!({ "Entries": [entry] })).await;
    };
    publish(&stage, "one").await;
    assert_eq!(n_events(&stage).await, (1, json!(3)));
    copy.edit(&archive("one"), &archive("two").replace("      RetentionDays: 3\n", ""));
    stage.reload().await.unwrap();
    publish(&stage, "one").await;
    publish(&stage, "two").await;
    assert_eq!(n_events(&stage).await, (2, json!(0)));
    let two = archive("two").replace("      RetentionDays: 3\n", "");
    let other = "  Other:\n    Type: AWS::Events::EventBus\n    Properties: {Name: other}\n\n";
    let moved = format!("{}{other}", two.replace("event-bus/default", "event-bus/other"));
    copy.edit(&two, &moved);
    let notes = stage.reload().await.unwrap().notes;
    assert!(matches!(&*notes, [one] if one.contains("of another bus now")), "{notes:?}");
    assert_eq!(n_events(&stage).await, (0, json!(0)));
    copy.edit(&moved, "");
    copy.edit(QUEUE, "");
    copy.edit("Destination: !GetAtt FailureQueue.Arn", "Destination: !GetAtt DeadQueue.Arn");
    let notes = stage.reload().await.unwrap().notes;
    assert_eq!(notes.len(), 3, "{notes:?}");
    assert!(notes.iter().all(|note| note.contains("is kept")), "{notes:?}");
}

#[tokio::test]
async fn what_calls_made_of_buses_stays_until_the_template_declares_them_otherwise() {
    let folder = crate::support::Folder::new();
    let rule = |id: &str, source: &str| {
        format!(
            "  {id}: {{Type: 'AWS::Events::Rule', Properties: {{Name: {id}, EventBusName: !Ref Own, EventPattern: {{source: [{source}]}}}}}}\n"
        )
    };
    let text = |rules: &str| {
        format!(
            "Resources:\n  Own: {{Type: 'AWS::Events::EventBus', Properties: {{Name: own}}}}\n{rules}{KEPT}"
        )
    };
    let template = folder.write("template.yaml", &text(&(rule("A", "a") + &rule("B", "a"))));
    let mut stage = Stage::start(StageOptions::new(template)).await.unwrap();
    let act = async |stage: &Stage, action: &str, body: Value| {
        call(stage, &format!("AWSEvents.{action}"), body).await
    };
    let of = |name: &str| json!({ "Name": name, "EventBusName": "own" });
    act(&stage, "DisableRule", of("A")).await;
    let update = json!({ "ArchiveName": "kept", "RetentionDays": 7 });
    act(&stage, "UpdateArchive", update).await;
    stage.reload().await.unwrap();
    assert_eq!(act(&stage, "DescribeRule", of("A")).await["State"], "DISABLED");
    let kept = act(&stage, "DescribeArchive", json!({ "ArchiveName": "kept" })).await;
    assert_eq!(kept["RetentionDays"], 7);

    act(&stage, "DeleteRule", of("A")).await;
    act(&stage, "DeleteRule", of("B")).await;
    act(&stage, "DeleteEventBus", json!({ "Name": "own" })).await;
    act(&stage, "DeleteArchive", json!({ "ArchiveName": "kept" })).await;
    let buses = async |stage: &Stage| {
        let all = act(stage, "ListEventBuses", json!({})).await;
        all["EventBuses"].as_array().unwrap().len()
    };
    stage.reload().await.unwrap();
    assert_eq!(buses(&stage).await, 1);
    let archives = act(&stage, "ListArchives", json!({})).await;
    assert_eq!(archives["Archives"], json!([]));

    folder.write("template.yaml", &text(&(rule("A", "b") + &rule("B", "a"))));
    assert_eq!(stage.reload().await.unwrap().notes, [""; 0]);
    let rules = act(&stage, "ListRules", json!({ "EventBusName": "own" })).await;
    assert_eq!(rules["Rules"].as_array().unwrap().len(), 1, "{rules}");
}

const KEPT: &str = "  Kept:\n    Type: AWS::Events::Archive\n    Properties:\n      ArchiveName: kept\n      RetentionDays: 3\n      SourceArn: !Sub arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default\n";

#[tokio::test]
async fn a_bus_that_left_the_template_goes_unless_it_has_rules() {
    let folder = crate::support::Folder::new();
    let template = folder.write(
        "template.yaml",
        &format!(
            "Resources:\n  One: {{Type: 'AWS::Events::EventBus', Properties: {{Name: one}}}}\n  Two: {{Type: 'AWS::Events::EventBus', Properties: {{Name: two}}}}\n{KEPT}"
        ),
    );
    let mut stage = Stage::start(StageOptions::new(template)).await.unwrap();
    let rule = json!({ "Name": "r", "EventBusName": "two", "EventPattern": r#"{"source":["s"]}"# });
    call(&stage, "AWSEvents.PutRule", rule).await;
    folder.write("template.yaml", &format!("Resources:\n{KEPT}"));
    let notes = stage.reload().await.unwrap().notes;
    assert!(matches!(&*notes, [one] if one.contains("the bus `two`")), "{notes:?}");
    let all = call(&stage, "AWSEvents.ListEventBuses", json!({})).await;
    let names: Vec<&Value> =
        all["EventBuses"].as_array().unwrap().iter().map(|bus| &bus["Name"]).collect();
    assert_eq!(names, ["default", "two"]);
}

/// A mapping of a stream that changes goes on where it was: nothing is skipped, nothing is handed over again.
#[tokio::test]
async fn a_stream_goes_on_where_it_was_when_its_mapping_changes() {
    let copy = Copy::new("stream");
    copy.edit(
        "      BillingMode: PAY_PER_REQUEST\n",
        "      StreamSpecification: {StreamViewType: KEYS_ONLY}\n",
    );
    let mapping = |more: &str| {
        format!(
            "  StreamMapping:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      EventSourceArn: !GetAtt ItemTable.StreamArn\n      FunctionName: !GetAtt WorkerFunction.Arn\n      StartingPosition: TRIM_HORIZON\n      BatchSize: {more}\n\n"
        )
    };
    copy.edit(LINES, &format!("{}{LINES}", mapping("1")));
    let mut stage = Stage::start(copy.options()).await.unwrap();
    let name = stage.function_name("WorkerFunction").unwrap().to_owned();
    let n_invoked = |stage: &Stage| stage.metrics().functions[&name].invocations;
    put(&stage, "1").await;
    put(&stage, "2").await;
    eventually("both are there", async || (n_invoked(&stage) == 2).then_some(())).await;
    copy.edit("BatchSize: 1\n", "BatchSize: 2\n");
    stage.reload().await.unwrap();
    put(&stage, "3").await;
    eventually("the third is there", async || (n_invoked(&stage) == 3).then_some(())).await;
    // The table is made anew, with other keys: its stream goes on, and tells nothing of the items that were moved.
    copy.edit(
        "- {AttributeName: id, KeyType: HASH}",
        "- {AttributeName: id, KeyType: HASH}\n        - {AttributeName: kind, KeyType: RANGE}",
    );
    assert_eq!(stage.reload().await.unwrap().notes, Vec::<String>::new());
    assert_eq!(n_items(&stage).await, 3);
    put(&stage, "4").await;
    eventually("the fourth is there", async || (n_invoked(&stage) == 4).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(n_invoked(&stage), 4);
    // A mapping that is disabled for a while goes on where it was.
    copy.edit("BatchSize: 2\n", "BatchSize: 2\n      Enabled: false\n");
    stage.reload().await.unwrap();
    put(&stage, "5").await;
    copy.edit("      Enabled: false\n", "");
    stage.reload().await.unwrap();
    eventually("the fifth is there", async || (n_invoked(&stage) == 5).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(n_invoked(&stage), 5);
}
