//! What SDKs ask of buses and queues besides events and messages: settings, permissions, tags, archives, replays.

use serde_json::{Value, json};
use stage::Stage;

use crate::support::{eventually, send, stage};

/// The answer to an action of the JSON protocol, with the code of an error under `__type`.
async fn ask(stage: &Stage, target: &str, request: Value) -> Value {
    let url = stage.aws_endpoint();
    send("POST", url, &[("x-amz-target", target)], request.to_string()).await.json()
}

async fn events(stage: &Stage, action: &str, request: Value) -> Value {
    ask(stage, &format!("AWSEvents.{action}"), request).await
}

async fn queues(stage: &Stage, action: &str, request: Value) -> Value {
    ask(stage, &format!("AmazonSQS.{action}"), request).await
}

#[tokio::test]
async fn a_bus_keeps_what_it_is_told() {
    let stage = stage().await;
    let told = json!({
        "Name": "own",
        "Description": "orders",
        "KmsKeyIdentifier": "alias/own",
        "DeadLetterConfig": { "Arn": "arn:aws:sqs:us-east-1:000000000000:q" },
        "LogConfig": { "IncludeDetail": "FULL", "Level": "ERROR" },
        "Tags": [{ "Key": "team", "Value": "shop" }],
    });
    let created = events(&stage, "CreateEventBus", told.clone()).await;
    let arn = created["EventBusArn"].as_str().unwrap().to_owned();
    for answer in [created, events(&stage, "DescribeEventBus", json!({ "Name": "own" })).await] {
        for name in ["Description", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"] {
            assert_eq!(answer[name], told[name], "{answer}");
        }
    }
    events(&stage, "UpdateEventBus", json!({ "Name": "own", "Description": "more" })).await;
    let described = events(&stage, "DescribeEventBus", json!({ "Name": "own" })).await;
    assert_eq!(
        (&described["Description"], &described["KmsKeyIdentifier"]),
        (&json!("more"), &json!("alias/own"))
    );

    let of = json!({ "ResourceARN": arn });
    assert_eq!(events(&stage, "ListTagsForResource", of.clone()).await["Tags"], told["Tags"]);
    events(&stage, "UntagResource", json!({ "ResourceARN": arn, "TagKeys": ["team"] })).await;
    assert_eq!(events(&stage, "ListTagsForResource", of).await["Tags"], json!([]));
    let nobody = json!({ "ResourceARN": "arn:aws:events:us-east-1:000000000000:rule/nobody" });
    let answer = events(&stage, "ListTagsForResource", nobody).await;
    assert_eq!(answer["message"], "Rule nobody does not exist on EventBus default.");

    let partner = json!({ "Name": "aws.partner/x", "EventSourceName": "aws.partner/x" });
    assert_eq!(
        events(&stage, "CreateEventBus", partner).await["__type"],
        "ResourceNotFoundException"
    );
}

#[tokio::test]
async fn permissions_are_statements_by_their_ids() {
    let stage = stage().await;
    let permit = |id: &str| json!({ "Action": "events:PutEvents", "Principal": "111111111111", "StatementId": id });
    let none = events(&stage, "RemovePermission", json!({ "StatementId": "a" })).await;
    assert_eq!(none["message"], "EventBus does not have a policy.");
    events(&stage, "PutPermission", permit("a")).await;
    events(&stage, "PutPermission", permit("b")).await;
    events(&stage, "RemovePermission", json!({ "StatementId": "a" })).await;
    let policy =
        events(&stage, "DescribeEventBus", json!({})).await["Policy"].as_str().unwrap().to_owned();
    let policy: Value = serde_json::from_str(&policy).unwrap();
    assert_eq!(policy["Statement"].as_array().unwrap().len(), 1);
    assert_eq!(policy["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::111111111111:root");
    let other = json!({ "Action": "events:PutRule", "Principal": "*", "StatementId": "c" });
    assert_eq!(events(&stage, "PutPermission", other).await["__type"], "ValidationException");
    events(&stage, "RemovePermission", json!({ "RemoveAllPermissions": true })).await;
    assert_eq!(events(&stage, "DescribeEventBus", json!({})).await["Policy"], Value::Null);

    let url = stage.queue_url("FailureQueue").unwrap();
    let add = |label: &str, action: &str| json!({ "QueueUrl": url, "Label": label, "AWSAccountIds": ["111111111111"], "Actions": [action] });
    assert_eq!(queues(&stage, "AddPermission", add("a", "SendMessage")).await, json!({}));
    let twice = queues(&stage, "AddPermission", add("a", "ReceiveMessage")).await;
    assert!(twice["message"].as_str().unwrap().contains("Already exists"), "{twice}");
    let own = queues(&stage, "AddPermission", add("b", "DeleteQueue")).await;
    assert!(own["message"].as_str().unwrap().contains("Only the queue owner"), "{own}");
    let asked = json!({ "QueueUrl": url, "AttributeNames": ["Policy"] });
    let policy =
        queues(&stage, "GetQueueAttributes", asked).await["Attributes"]["Policy"].to_string();
    assert!(policy.contains("SQS:SendMessage"), "{policy}");
    assert_eq!(
        queues(&stage, "RemovePermission", json!({ "QueueUrl": url, "Label": "a" })).await,
        json!({})
    );
    let gone = queues(&stage, "RemovePermission", json!({ "QueueUrl": url, "Label": "a" })).await;
    assert!(gone["message"].as_str().unwrap().contains("can't find label"), "{gone}");
}

#[tokio::test]
async fn tags_of_queues_are_checked() {
    let stage = stage().await;
    let url = stage.queue_url("FailureQueue").unwrap();
    let tag = async |tags: Value| {
        queues(&stage, "TagQueue", json!({ "QueueUrl": url, "Tags": tags })).await
    };
    assert_eq!(tag(json!({ "a": "b" })).await, json!({}));
    for (tags, part) in [
        (json!({}), "must contain the parameter Tags"),
        (json!({ "": "b" }), "between 1 and 128"),
        (json!({ "a": "b".repeat(257) }), "between 0 and 256"),
        (json!({ "aws:a": "b" }), "must not begin with aws:"),
    ] {
        let answer = tag(tags).await;
        assert!(answer["message"].as_str().unwrap().contains(part), "{answer}");
    }
    let none = queues(&stage, "UntagQueue", json!({ "QueueUrl": url, "TagKeys": [] })).await;
    assert!(none["message"].as_str().unwrap().contains("between 1 and 128"), "{none}");
}

#[tokio::test]
async fn what_an_archive_kept_is_sent_again() {
    let stage = stage().await;
    let bus = "arn:aws:events:us-east-1:000000000000:event-bus/default";
    let queue = stage.queues().create("again", &[].into(), [].into()).unwrap();
    let pattern = json!({ "source": ["shop"] }).to_string();
    events(&stage, "PutRule", json!({ "Name": "all", "EventPattern": pattern })).await;
    let target = json!({ "Rule": "all", "Targets": [{ "Id": "q", "Arn": queue.arn() }] });
    events(&stage, "PutTargets", target).await;
    let archive = json!({
        "ArchiveName": "kept", "EventSourceArn": bus,
        "EventPattern": json!({ "detail-type": ["Placed"] }).to_string(),
    });
    let made = events(&stage, "CreateArchive", archive.clone()).await;
    assert_eq!(made["State"], "ENABLED");
    assert_eq!(
        events(&stage, "CreateArchive", archive).await["__type"],
        "ResourceAlreadyExistsException"
    );
    let rule = events(&stage, "DescribeRule", json!({ "Name": "Events-Archive-kept" })).await;
    assert_eq!(rule["ManagedBy"], "prod.vhs.events.aws.internal");

    let entry = |kind: &str, time: u32| json!({ "Source": "shop", "DetailType": kind, "Detail": "{\"n\": 1.10}", "Time": time });
    let entries = json!({ "Entries": [entry("Placed", 1_000), entry("Paid", 1_000), entry("Placed", 5_000)] });
    events(&stage, "PutEvents", entries).await;
    let described = events(&stage, "DescribeArchive", json!({ "ArchiveName": "kept" })).await;
    assert_eq!(described["EventCount"], 2);
    eventually("three messages", async || (queue.depth().visible == 3).then_some(())).await;

    let replay = json!({
        "ReplayName": "once", "EventSourceArn": made["ArchiveArn"], "Destination": { "Arn": bus },
        "EventStartTime": 900, "EventEndTime": 2_000,
    });
    assert_eq!(events(&stage, "StartReplay", replay.clone()).await["State"], "STARTING");
    eventually("one more", async || (queue.depth().visible == 4).then_some(())).await;
    let bodies: Vec<String> = queue.peek(10).iter().map(|message| message.body.clone()).collect();
    let again: Vec<&String> =
        bodies.iter().filter(|body| body.contains("\"replay-name\":\"once\"")).collect();
    assert_eq!(again.len(), 1, "{bodies:?}");
    assert!(again[0].contains("1970-01-01T00:16:40Z") && again[0].contains("1.10"), "{again:?}");
    // What was sent again is not kept again.
    let described = events(&stage, "DescribeArchive", json!({ "ArchiveName": "kept" })).await;
    assert_eq!(described["EventCount"], 2);
    let ended = events(&stage, "DescribeReplay", json!({ "ReplayName": "once" })).await;
    assert_eq!(ended["State"], "COMPLETED");
    assert_eq!(
        events(&stage, "StartReplay", replay).await["__type"],
        "ResourceAlreadyExistsException"
    );
    let cancelled = events(&stage, "CancelReplay", json!({ "ReplayName": "once" })).await;
    assert_eq!(cancelled["__type"], "IllegalStatusException");
    events(&stage, "DeleteArchive", json!({ "ArchiveName": "kept" })).await;
    assert_eq!(events(&stage, "ListArchives", json!({})).await["Archives"], json!([]));
    let rule = events(&stage, "DescribeRule", json!({ "Name": "Events-Archive-kept" })).await;
    assert_eq!(rule["__type"], "ResourceNotFoundException");
}
