//! Topics: fan-out to queues, in envelopes and raw, with filters over bodies, from rules.

use serde_json::{Value, json};
use stage::{Stage, StageOptions};

use crate::languages::{case, stage_of};
use crate::sam::{call, publish};
use crate::support::{Folder, eventually};

/// The bodies of the messages of a queue, as soon as there is one.
async fn bodies(stage: &Stage, queue: &str) -> Vec<Value> {
    let request = json!({ "QueueUrl": stage.queue_url(queue).unwrap(), "MaxNumberOfMessages": 10 });
    eventually(queue, async || {
        let received = call(stage, "AmazonSQS.ReceiveMessage", request.clone()).await;
        let messages = received["Messages"].as_array()?;
        let body =
            |message: &Value| serde_json::from_str(message["Body"].as_str().unwrap()).unwrap();
        Some(messages.iter().map(body).collect())
    })
    .await
}

#[tokio::test]
async fn an_event_fans_out_to_every_queue_that_wants_it() {
    let stage = stage_of(case("topics.yaml")).await;
    for n in [1, 2] {
        let entry =
            json!({ "Source": "shop", "DetailType": "t", "Detail": json!({ "n": n }).to_string() });
        call(&stage, "AWSEvents.PutEvents", json!({ "Entries": [entry] })).await;
        let wrapped = bodies(&stage, "Wrapped").await;
        assert_eq!(wrapped.len(), 1);
        let envelope = &wrapped[0];
        assert_eq!(envelope["Type"], "Notification");
        assert_eq!(envelope["TopicArn"], "arn:aws:sns:us-east-1:000000000000:local-Topic");
        let event: Value = serde_json::from_str(envelope["Message"].as_str().unwrap()).unwrap();
        assert_eq!(event["detail"]["n"], n);
        assert_eq!(bodies(&stage, "RawQueue").await[0]["detail"]["n"], n);
    }
    let filtered = bodies(&stage, "FilteredQueue").await;
    assert_eq!(filtered.len(), 1);
    assert_eq!(filtered[0]["detail"]["n"], 2);
}

const TOPIC: &str = "TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Alocal-Topic";

/// Nothing of a batch is dropped: it is taken whole, or refused whole by the name that SNS has for it.
#[tokio::test]
async fn a_batch_that_sns_refuses_is_refused_as_a_whole() {
    let stage = stage_of(case("topics.yaml")).await;
    let batch = async |ids: &[&str], message: &str| {
        let entry = |(at, id): (usize, &&str)| {
            let entry = format!("&PublishBatchRequestEntries.member.{}", at + 1);
            format!("{entry}.Id={id}{entry}.Message={message}")
        };
        let entries: String = ids.iter().enumerate().map(entry).collect();
        publish(&stage, &format!("Action=PublishBatch&{TOPIC}{entries}")).await
    };
    let eleven: Vec<String> = (0..11).map(|n| n.to_string()).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    let half = "x".repeat(131_073);
    for (ids, message, code) in [
        (&[] as &[&str], "x", "EmptyBatchRequest"),
        (&eleven, "x", "TooManyEntriesInBatchRequest"),
        (&["a", "a"], "x", "BatchEntryIdsNotDistinct"),
        (&["a", "b"], &half, "BatchRequestTooLong"),
        (&["a", "b.c"], "x", "impermissible character: b.c"),
        (&["a", &"b".repeat(81)], "x", "is too long: bb"),
    ] {
        let (status, text) = batch(ids, message).await;
        assert!(status == 400 && text.contains(code), "{status}: {text}");
    }
    // One entry that is wrong refuses the others, too.
    let second = "PublishBatchRequestEntries.member.2";
    let attribute = format!("&{second}.MessageAttributes.entry.1.");
    let typed = |kind: &str| {
        let value = format!("{attribute}Name=a{attribute}Value.StringValue=1");
        if kind.is_empty() { value } else { format!("{value}{attribute}Value.DataType={kind}") }
    };
    for (rest, code) in [
        (typed("String."), "ParameterValueInvalid"),
        (typed(""), "publishBatchRequestEntries.2.member.messageAttributes.a.member.dataType"),
        (format!("&{second}.MessageStructure=json"), "No default entry in JSON message body"),
        (format!("&{second}.MessageDeduplicationId=d"), "not valid for this topic type"),
    ] {
        let first = "PublishBatchRequestEntries.member.1";
        let entries =
            format!("&{first}.Id=1&{first}.Message=1&{second}.Id=2&{second}.Message=%7B%7D{rest}");
        let (status, text) =
            publish(&stage, &format!("Action=PublishBatch&{TOPIC}{entries}")).await;
        assert!(status == 400 && text.contains(code), "{status}: {text}");
    }
    let (status, text) = batch(&eleven[..10], "%7B%22detail%22%3A%7B%22n%22%3A0%7D%7D").await;
    assert_eq!((status, text.matches("<MessageId>").count()), (200, 10), "{text}");
    assert_eq!(bodies(&stage, "RawQueue").await.len(), 10);
}

/// The topic itself tells repetitions, and hands its id on: a queue gets each message once, in an envelope or not.
#[tokio::test]
async fn a_fifo_topic_takes_a_message_once_and_hands_its_ids_on() {
    let stage = stage_of(case("fifo-topics.yaml")).await;
    let topic = "TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3A";
    let sent = async |topic_name: &str, rest: &str| {
        publish(&stage, &format!("Action=Publish&{topic}{topic_name}&Message=%22m%22{rest}")).await
    };
    let (status, first) = sent("content.fifo", "&MessageGroupId=g").await;
    assert!(status == 200 && first.contains("<SequenceNumber>1"), "{first}");
    assert_eq!(sent("content.fifo", "&MessageGroupId=g").await, (200, first));
    let (_, other) = sent("content.fifo", "&MessageGroupId=g&MessageDeduplicationId=d").await;
    for queue in ["Wrapped", "Raw"] {
        let received = bodies(&stage, queue).await;
        assert_eq!(received.len(), 2, "{queue}: {received:?}");
        if queue == "Wrapped" {
            assert!(received[1].get("Signature").is_none(), "{received:?}");
            let number = received[1]["SequenceNumber"].as_str().unwrap();
            assert!(other.contains(number), "{other}");
        }
    }
    for (name, rest, expected) in [
        ("content.fifo", "", "The MessageGroupId parameter is required for FIFO topics"),
        ("local-ById.fifo", "&MessageGroupId=g", "ContentBasedDeduplication enabled"),
        ("local-ById.fifo", "&MessageDeduplicationId=d", "The MessageGroupId parameter"),
    ] {
        let (status, told) = sent(name, rest).await;
        assert!(status == 400 && told.contains(expected), "{name}{rest}: {told}");
    }
    sent("local-ById.fifo", "&MessageGroupId=g&MessageDeduplicationId=d").await;
    let url = stage.queue_url("Standard").unwrap();
    let request = json!({ "QueueUrl": url, "MessageSystemAttributeNames": ["All"] });
    let received = call(&stage, "AmazonSQS.ReceiveMessage", request).await;
    let attributes = &received["Messages"][0]["Attributes"];
    assert!(attributes.is_object() && attributes.get("MessageGroupId").is_none(), "{received}");
    // What a queue does not take keeps its ids in the queue for that.
    let long = format!("%22{}%22", "x".repeat(2_000));
    let rest = "&MessageGroupId=g&MessageDeduplicationId=long";
    publish(&stage, &format!("Action=Publish&{topic}local-ById.fifo&Message={long}{rest}")).await;
    assert_eq!(bodies(&stage, "Dead").await.len(), 1);
}

#[tokio::test]
async fn topics_and_subscriptions_that_aws_refuses_are_refused_at_their_place() {
    let fifo = "FifoTopic: true, TopicName: t.fifo";
    let queue = "Protocol: sqs, Endpoint: !GetAtt Queue.Arn";
    let filter = |policy: &str| format!("{queue}, FilterPolicy: {policy}");
    for (topic, subscribed, fifo_queue, expected) in [
        (fifo, queue, true, ""),
        (fifo, queue, false, ""),
        (
            "DisplayName: a",
            queue,
            true,
            "t.yaml:3: resource `Sub`: `arn:aws:sqs:us-east-1:000000000000:local-Queue.fifo` is a FIFO queue",
        ),
        (
            fifo,
            "Protocol: lambda, Endpoint: !GetAtt Run.Arn",
            true,
            "t.yaml:3: resource `Sub`: AWS does not let a function subscribe to a FIFO topic",
        ),
        (
            "FifoTopic: true, TopicName: t",
            queue,
            false,
            "t.yaml:2: resource `Topic` (AWS::SNS::Topic): property `TopicName` must end in `.fifo`",
        ),
        (
            "TopicName: t.fifo",
            queue,
            false,
            "property `TopicName` must end in `.fifo` for a FIFO topic, and for no other",
        ),
        ("DisplayName: a", &filter("{}"), false, ""),
        ("Subscription: [{Protocol: sqs, Endpoint: !GetAtt Queue.Arn}]", queue, false, ""),
        (
            "Subscription: [{Protocol: sqs, Endpoint: !GetAtt Queue.Arn}]",
            &filter("{a: [1]}"),
            false,
            "t.yaml:3: resource `Sub`: `Topic0` subscribes `arn:aws:sqs:us-east-1:000000000000:local-Queue` to this topic \
             already, with other properties",
        ),
        (
            "DisplayName: a",
            &filter("{a: [{wrong: 1}]}"),
            false,
            "t.yaml:3: resource `Sub` (AWS::SNS::Subscription): property `FilterPolicy` is not valid: Unrecognized match \
             type wrong at `a`",
        ),
        (
            "DisplayName: a",
            &filter("{a: [1], b: [1], c: [1], d: [1], e: [1], f: [1]}"),
            false,
            "property `FilterPolicy` has 6 keys; SNS allows 5",
        ),
        (
            "DisplayName: a",
            &filter("{a: {b: [1]}}"),
            false,
            "property `FilterPolicy` is nested, which only `FilterPolicyScope: MessageBody` supports",
        ),
        (
            fifo,
            "Protocol: sqs, Endpoint: !GetAtt Queue.Arn, RedrivePolicy: {deadLetterTargetArn: !GetAtt Letters.Arn}",
            true,
            "t.yaml:3: resource `Sub`: AWS wants a FIFO queue for the dead letters",
        ),
        (
            "ContentBasedDeduplication: true",
            queue,
            false,
            "property `ContentBasedDeduplication` is for FIFO topics only",
        ),
    ] {
        let folder = Folder::new();
        let of_queue = if fifo_queue { "{FifoQueue: true}" } else { "{}" };
        let text = format!(
            "Resources:\n  Topic: {{Type: AWS::SNS::Topic, Properties: {{{topic}}}}}\n  \
             Sub: {{Type: AWS::SNS::Subscription, Properties: {{TopicArn: !Ref Topic, {subscribed}}}}}\n  \
             Queue: {{Type: AWS::SQS::Queue, Properties: {of_queue}}}\n  Letters: {{Type: AWS::SQS::Queue}}\n  \
             Run:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: nodejs20.x\n      \
             Handler: index.handler\n      Code: {{ZipFile: 'exports.handler = async () => 1'}}\n"
        );
        let told = start(folder.write("t.yaml", &text)).await;
        assert_eq!(told.is_empty(), expected.is_empty(), "{topic} {subscribed}: {told}");
        assert!(told.contains(expected), "{topic} {subscribed}: {told}");
    }
}

/// What is wrong with a template; nothing where a stage starts.
async fn start(template: std::path::PathBuf) -> String {
    let started = Stage::start(StageOptions::new(template)).await;
    started.err().map(|error| format!("{:#}", anyhow::Error::new(error))).unwrap_or_default()
}

/// What only the services themselves refuse has its place as well.
#[tokio::test]
async fn a_table_and_a_queue_that_cannot_be_created_are_refused_at_their_place() {
    let table = "Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}], \
                 AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: more, AttributeType: S}]}";
    let queue = "Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2}}";
    for (resource, expected) in [
        (
            table,
            "t.yaml:3: resource `Own` (AWS::DynamoDB::Table): cannot create the table `local-Own`: ",
        ),
        (
            queue,
            "t.yaml:3: resource `Own` (AWS::SQS::Queue): cannot create the queue `local-Own`: ",
        ),
        (
            "Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: alias/own, SqsManagedSseEnabled: true}",
            "t.yaml:3: resource `Own` (AWS::SQS::Queue): property `SqsManagedSseEnabled` cannot be true where",
        ),
    ] {
        let folder = Folder::new();
        let dead = "Type: AWS::SQS::Queue, Properties: {FifoQueue: true}";
        let text = format!("Resources:\n  Dead: {{{dead}}}\n  Own: {{{resource}}}\n");
        let told = start(folder.write("t.yaml", &text)).await;
        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn sns_refuses_what_aws_refuses_of_a_message() {
    let stage = stage_of(case("topics.yaml")).await;
    let attribute = |kind: &str, value: &str| {
        let entry = "&MessageAttributes.entry.1";
        format!("{entry}.Name=a{entry}.Value.DataType={kind}{entry}.Value.StringValue={value}")
    };
    for (rest, expected, code) in [
        (attribute("Number", "abc"), 400, "ParameterValueInvalid"),
        (attribute("Date", "abc"), 400, "ParameterValueInvalid"),
        (attribute("Number", "1.5"), 200, "MessageId"),
        ("&Subject=a%0Ab".to_owned(), 400, "InvalidParameter"),
        (format!("&Subject={}", "%C3%A4".repeat(100)), 200, "MessageId"),
        ("&MessageDeduplicationId=d".to_owned(), 400, "InvalidParameter"),
        ("&MessageStructure=json".to_owned(), 400, "InvalidParameter"),
        (attribute("String.", "a"), 400, "ParameterValueInvalid"),
        (attribute("String", ""), 400, "must contain non-empty message attribute value"),
        (
            attribute("", "a").replace("&MessageAttributes.entry.1.Value.DataType=", ""),
            400,
            "ValidationError",
        ),
    ] {
        let (status, told) =
            publish(&stage, &format!("Action=Publish&{TOPIC}&Message=%22x%22{rest}")).await;
        assert!(status == expected && told.contains(code), "{rest}: {status} {told}");
    }
    for (topic, expected, code) in [
        ("TopicArn=arn:aws:sns:us-east-1:000000000000:no", 404, "NotFound"),
        ("TopicArn=a:b", 400, "TopicArn Reason: An ARN must have at least 6 elements, not 2"),
        ("TopicArn=", 400, "An ARN must have at least 6 elements, not 1"),
        ("TopicArn=arn:aws:sns:eu-west-1:000000000000:no", 400, "Invalid parameter: TopicArn<"),
        (
            "TargetArn=arn:aws:sns:us-east-1:000000000000:endpoint/APNS/a/b",
            400,
            "TargetArn Reason: No endpoint found for the target arn specified",
        ),
    ] {
        for action in ["Publish", "PublishBatch"] {
            if action == "PublishBatch" && topic.starts_with("Target") {
                continue;
            }
            let (status, told) =
                publish(&stage, &format!("Action={action}&{topic}&Message=x")).await;
            assert!(status == expected && told.contains(code), "{topic}: {status} {told}");
        }
    }
}

#[tokio::test]
async fn a_message_may_have_a_text_for_each_protocol() {
    let stage = stage_of(case("topics.yaml")).await;
    for (structure, expected) in [
        ("%7B%22default%22%3A%221%22%2C%22sqs%22%3A%222%22%7D", 2),
        ("%7B%22default%22%3A%221%22%2C%22lambda%22%3A%222%22%7D", 1),
    ] {
        let form = format!("Action=Publish&{TOPIC}&MessageStructure=json&Message={structure}");
        let (status, told) = publish(&stage, &form).await;
        assert_eq!(status, 200, "{told}");
        let received = bodies(&stage, "RawQueue").await;
        assert_eq!(received, [json!(expected)]);
    }
}

/// What cannot be delivered is in the queue for that as it would have been delivered.
#[tokio::test]
async fn a_dead_letter_is_what_the_queue_would_have_got() {
    let folder = Folder::new();
    let subscription = |name: &str, rest: &str| {
        format!(
            "  {name}: {{Type: AWS::SNS::Subscription, Properties: {{TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt \
             {name}Small.Arn, RedrivePolicy: {{deadLetterTargetArn: !GetAtt {name}Dead.Arn}}{rest}}}}}\n  {name}Small: \
             {{Type: AWS::SQS::Queue, Properties: {{MaximumMessageSize: 1024}}}}\n  {name}Dead: {{Type: AWS::SQS::Queue}}\n"
        )
    };
    let template = format!(
        "Resources:\n  Topic: {{Type: AWS::SNS::Topic}}\n{}{}",
        subscription("Raw", ", RawMessageDelivery: true"),
        subscription("Wrapped", ""),
    );
    let stage = stage_of(folder.write("template.yaml", &template)).await;
    let text = "x".repeat(2_000);
    let entry = "&MessageAttributes.entry.1";
    let attribute =
        format!("{entry}.Name=a{entry}.Value.DataType=Number{entry}.Value.StringValue=1");
    publish(&stage, &format!("Action=Publish&{TOPIC}&Message={text}{attribute}")).await;
    for (queue, is_raw) in [("RawDead", true), ("WrappedDead", false)] {
        let url = stage.queue_url(queue).unwrap();
        let request = json!({ "QueueUrl": url, "MessageAttributeNames": ["All"] });
        let letter = eventually(queue, async || {
            let received = call(&stage, "AmazonSQS.ReceiveMessage", request.clone()).await;
            received["Messages"].get(0).cloned()
        })
        .await;
        let body = letter["Body"].as_str().unwrap();
        if is_raw {
            assert_eq!(body, text);
            let expected = json!({ "a": { "DataType": "Number", "StringValue": "1" } });
            assert_eq!(letter["MessageAttributes"], expected);
        } else {
            let envelope: Value = serde_json::from_str(body).unwrap();
            assert_eq!(
                envelope["MessageAttributes"]["a"],
                json!({ "Type": "Number", "Value": "1" })
            );
            assert!(letter.get("MessageAttributes").is_none(), "{letter}");
        }
    }
}

/// A topic says how large its messages may be.
#[tokio::test]
async fn messages_are_as_large_as_their_topic_allows() {
    let template = std::fs::read_to_string(case("topics.yaml")).unwrap();
    let template = template.replace(
        "    Properties:\n      Subscription:",
        "    Properties:\n      MaximumMessageSize: 1048576\n      Subscription:",
    );
    let folder = Folder::new();
    let stage = stage_of(folder.write("template.yaml", &template)).await;
    // Name, type and value of an attribute count.
    let entry = "&MessageAttributes.entry.1";
    let attribute =
        format!("{entry}.Name=a{entry}.Value.DataType=Number{entry}.Value.StringValue=1");
    for (bytes, attribute, expected) in [
        (1_048_576, "", 200),
        (1_048_577, "", 400),
        (1_048_568, attribute.as_str(), 200),
        (1_048_569, attribute.as_str(), 400),
    ] {
        let form = format!("Action=Publish&{TOPIC}&Message={}{attribute}", "x".repeat(bytes));
        let (status, text) = publish(&stage, &form).await;
        assert_eq!(status, expected, "{text}");
    }
}

/// Programs ask for the ARN of a topic by creating it, and look at what is subscribed.
#[tokio::test]
async fn topics_and_subscriptions_are_told_and_a_topic_that_is_there_is_created_again() {
    let text = "
Resources:
  Plain: {Type: AWS::SNS::Topic, Properties: {TopicName: plain}}
  Ordered: {Type: AWS::SNS::Topic, Properties: {TopicName: a.fifo, FifoTopic: true, ContentBasedDeduplication: true}}
  Queue: {Type: AWS::SQS::Queue}
  Sub: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Plain, Protocol: sqs, Endpoint: !GetAtt Queue.Arn}}
";
    let folder = Folder::new();
    let stage = stage_of(folder.write("template.yaml", text)).await;
    let arn = |name: &str| format!("arn:aws:sns:us-east-1:000000000000:{name}");
    let encoded = |name: &str| arn(name).replace(':', "%3A");
    let ask = async |form: String| publish(&stage, &form).await;

    let fifo = "Attributes.entry.1.key=FifoTopic&Attributes.entry.1.value=true";
    for (form, name) in [("Name=plain", "plain"), (&format!("Name=a.fifo&{fifo}"), "a.fifo")] {
        let (status, told) = ask(format!("Action=CreateTopic&{form}")).await;
        assert_eq!(status, 200, "{told}");
        assert!(told.contains(&format!("<TopicArn>{}</TopicArn>", arn(name))), "{told}");
    }
    let other = fifo.replace("FifoTopic", "ContentBasedDeduplication").replace("true", "false");
    let (status, told) = ask(format!("Action=CreateTopic&Name=a.fifo&{other}")).await;
    assert_eq!(status, 400, "{told}");
    assert!(told.contains("already exists with different attributes"), "{told}");

    let (_, told) = ask(format!("Action=GetTopicAttributes&TopicArn={}", encoded("plain"))).await;
    assert!(told.contains("<key>SubscriptionsConfirmed</key><value>1</value>"), "{told}");
    assert!(!told.contains("FifoTopic"), "{told}");
    let (_, told) = ask(format!("Action=GetTopicAttributes&TopicArn={}", encoded("a.fifo"))).await;
    assert!(told.contains("<key>ContentBasedDeduplication</key><value>true</value>"), "{told}");
    let (status, _) = ask(format!("Action=GetTopicAttributes&TopicArn={}", encoded("no"))).await;
    assert_eq!(status, 404);

    for form in [
        "Action=ListSubscriptions".to_owned(),
        format!("Action=ListSubscriptionsByTopic&TopicArn={}", encoded("plain")),
    ] {
        let (_, told) = ask(form).await;
        assert_eq!(told.matches("<member>").count(), 1, "{told}");
        assert!(told.contains("<Protocol>sqs</Protocol>"), "{told}");
        assert!(
            told.contains("<Endpoint>arn:aws:sqs:us-east-1:000000000000:local-Queue"),
            "{told}"
        );
    }
}
