//! Policies of queues and topics: what they let in, what is refused, and what is reported where nothing is enforced.

use std::path::PathBuf;

use serde_json::json;
use stage::queue::Attribute;
use stage::{Access, Stage, StageError, StageOptions};

use crate::support::{Folder, eventually, options, recording_log, send, template};

/// A stage of rules and queues, with what it reports.
async fn started(access: Access, template: PathBuf) -> (Result<Stage, StageError>, String) {
    let (log, said) = recording_log();
    let stage = Stage::start(StageOptions { template, access, log, ..options() }).await;
    let said = said.lock().unwrap().join("\n");
    (stage, said)
}

/// How many messages each queue got of one event.
async fn delivered(stage: &Stage) -> Vec<(&'static str, u64)> {
    let entries = json!({ "Entries": [{ "Source": "a", "DetailType": "A", "Detail": "{}" }] });
    let headers =
        [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AWSEvents.PutEvents")];
    let answer = send("POST", stage.aws_endpoint(), &headers, entries.to_string()).await;
    assert_eq!(answer.status, 200);
    let names = ["OpenQueue", "ClosedQueue", "LettersQueue", "TopicQueue"];
    let sent = |name: &'static str| {
        let queue = stage.queues().queue_by_url(stage.queue_url(name).unwrap()).unwrap();
        (name, queue.ledger().sent)
    };
    eventually("three are delivered", async || {
        let all: Vec<_> = names.into_iter().map(sent).collect();
        (all.iter().map(|(_, n)| n).sum::<u64>() >= 3).then_some(all)
    })
    .await
}

fn policies() -> PathBuf {
    template().with_file_name("policies.yaml")
}

#[tokio::test]
async fn a_queue_takes_what_its_policy_lets_in_and_the_rest_is_a_dead_letter() {
    let (stage, said) = started(Access::Enforce, policies()).await;
    let stage = stage.unwrap();
    let expected = [("OpenQueue", 1), ("ClosedQueue", 0), ("LettersQueue", 1), ("TopicQueue", 1)];
    assert_eq!(delivered(&stage).await, expected);
    let letters = stage.queues().queue_by_url(stage.queue_url("LettersQueue").unwrap()).unwrap();
    let letter = &letters.peek(1)[0];
    assert_eq!(letter.attributes["ERROR_CODE"], Attribute::text("NO_PERMISSIONS"), "{said}");
}

#[tokio::test]
async fn what_a_policy_would_refuse_is_reported_where_nothing_is_enforced() {
    let (stage, said) = started(Access::Off, policies()).await;
    let stage = stage.unwrap();
    let expected = [("OpenQueue", 1), ("ClosedQueue", 1), ("LettersQueue", 0), ("TopicQueue", 1)];
    assert_eq!(delivered(&stage).await, expected);
    let closed = "no policy of arn:aws:sqs:us-east-1:000000000000:local-ClosedQueue allows events.amazonaws.com";
    assert_eq!(said.matches("no policy of").count(), 1, "{said}");
    assert!(said.contains(closed), "{said}");
}

#[tokio::test]
async fn a_policy_that_cannot_be_judged_is_refused_where_it_is_enforced() {
    let text = std::fs::read_to_string(policies()).unwrap();
    let known = "ArnLike: {'aws:SourceArn': !Ref Topic}";
    assert!(text.contains(known));
    let folder = Folder::new();
    let text = text.replace(known, "StringEquals: {'aws:SourceVpc': v}");
    let template = folder.write("template.yaml", &text);
    let (stage, _) = started(Access::Enforce, template.clone()).await;
    let error = stage.err().unwrap().to_string();
    assert!(error.contains("`Subscription`") && error.contains("aws:sourcevpc"), "{error}");
    let (stage, said) = started(Access::Off, template).await;
    stage.unwrap();
    assert!(said.contains("aws:sourcevpc"), "{said}");
}

/// Asks a queue with the key of a function whose role may not.
async fn purge(stage: &Stage) -> u16 {
    let signature = "AWS4-HMAC-SHA256 Credential=local_WorkerFunction/20261123/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0";
    let headers = [
        ("content-type", "application/x-amz-json-1.0"),
        ("authorization", signature),
        ("x-amz-target", "AmazonSQS.PurgeQueue"),
    ];
    let body = json!({ "QueueUrl": stage.queue_url("WorkQueue").unwrap() });
    send("POST", stage.aws_endpoint(), &headers, body.to_string()).await.status
}

#[tokio::test]
async fn a_function_may_what_the_policy_of_a_queue_says_unless_something_denies_it() {
    let text = std::fs::read_to_string(template().with_file_name("access.yaml")).unwrap();
    let with = |effect: &str| {
        format!(
            "{text}\n  WorkPolicy:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      Queues: [!Ref WorkQueue]\n      \
             PolicyDocument:\n        Statement:\n          - {{Effect: {effect}, Principal: {{AWS: !GetAtt \
             WorkerRole.Arn}}, Action: 'sqs:PurgeQueue', Resource: '*'}}\n"
        )
    };
    for (text, expected) in [(text.clone(), 403), (with("Allow"), 200), (with("Deny"), 403)] {
        let folder = Folder::new();
        let template = folder.write("template.yaml", &text);
        let (stage, said) = started(Access::Enforce, template).await;
        assert_eq!(purge(&stage.unwrap()).await, expected, "{said}");
    }
}

/// An SDK reads XML of SNS, also where it is refused.
#[tokio::test]
async fn a_function_that_may_not_publish_is_told_so_in_xml() {
    let text = std::fs::read_to_string(template().with_file_name("access.yaml")).unwrap();
    let folder = Folder::new();
    let text = format!("{text}\n  News: {{Type: AWS::SNS::Topic}}\n");
    let (stage, said) = started(Access::Enforce, folder.write("template.yaml", &text)).await;
    let stage = stage.unwrap();
    let signature = "AWS4-HMAC-SHA256 Credential=local_WorkerFunction/20261123/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0";
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("authorization", signature)];
    for (form, action) in [
        (
            "Action=Publish&TopicArn=arn:aws:sns:us-east-1:000000000000:local-News&Message=x",
            "Publish",
        ),
        ("Action=ListTopics", "ListTopics"),
    ] {
        let answer = send("POST", stage.aws_endpoint(), &headers, form).await;
        let told = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status, 403, "{told} {said}");
        assert!(told.contains("<Code>AuthorizationError</Code>"), "{told}");
        assert!(told.contains(&format!("not authorized to perform: sns:{action}")), "{told}");
    }
}
