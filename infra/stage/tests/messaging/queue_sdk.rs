//! The protocol of the queues, spoken by the AWS SDK, and by hand where the SDK would not say such
//! things.

use crate::server::Server;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::primitives::Blob;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry,
    MessageAttributeValue, MessageSystemAttributeName, MessageSystemAttributeNameForSends,
    MessageSystemAttributeValue, QueueAttributeName, SendMessageBatchRequestEntry,
};
use stage::clock::Clock;
use stage::fault::{Calm, Chaos, Decision, Failure, Site};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

async fn started() -> (Server, Client, Clock) {
    let clock = Clock::manual(1_700_000_000_000);
    let server = Server::start(clock.clone(), Calm).await;
    let client = server.sqs();
    (server, client, clock)
}

async fn create(client: &Client, name: &str, attributes: &[(QueueAttributeName, &str)]) -> String {
    let mut request = client.create_queue().queue_name(name);
    for (name, value) in attributes {
        request = request.attributes(name.clone(), *value);
    }
    request.send().await.unwrap().queue_url.unwrap()
}

fn text(value: &str) -> MessageAttributeValue {
    MessageAttributeValue::builder().data_type("String").string_value(value).build().unwrap()
}

/// The digest of attributes, written down a second time for this test.
fn digest(attributes: &[(&str, &str, u8, &[u8])]) -> String {
    let mut bytes = Vec::new();
    for (name, kind, transport, value) in attributes {
        for part in [name.as_bytes(), kind.as_bytes()] {
            bytes.extend((part.len() as u32).to_be_bytes());
            bytes.extend(part);
        }
        bytes.push(*transport);
        bytes.extend((value.len() as u32).to_be_bytes());
        bytes.extend(*value);
    }
    format!("{:x}", md5::compute(bytes))
}

#[tokio::test]
async fn a_message_arrives_whole_with_everything_said_about_it() {
    let (_server, client, _) = started().await;
    let url = create(&client, "orders", &[]).await;
    let trace = MessageSystemAttributeValue::builder()
        .data_type("String")
        .string_value("Root=1-2-3")
        .build()
        .unwrap();
    let blob = MessageAttributeValue::builder()
        .data_type("Binary")
        .binary_value(Blob::new([0, 255]))
        .build()
        .unwrap();
    let sent = client
        .send_message()
        .queue_url(&url)
        .message_body("grüße\n✓")
        .message_attributes("colour", text("red"))
        .message_attributes("blob", blob)
        .message_system_attributes(MessageSystemAttributeNameForSends::AwsTraceHeader, trace)
        .send()
        .await
        .unwrap();
    let body_md5 = format!("{:x}", md5::compute("grüße\n✓"));
    assert_eq!(sent.md5_of_message_body(), Some(body_md5.as_str()));
    let both = digest(&[("blob", "Binary", 2, &[0, 255]), ("colour", "String", 1, b"red")]);
    assert_eq!(sent.md5_of_message_attributes(), Some(both.as_str()));
    let traced = digest(&[("AWSTraceHeader", "String", 1, b"Root=1-2-3")]);
    assert_eq!(sent.md5_of_message_system_attributes(), Some(traced.as_str()));

    let received = client
        .receive_message()
        .queue_url(&url)
        .message_attribute_names("col.*")
        .message_attribute_names("colour")
        .message_system_attribute_names(MessageSystemAttributeName::All)
        .send()
        .await
        .unwrap();
    let message = &received.messages()[0];
    assert_eq!(message.body(), Some("grüße\n✓"));
    assert_eq!(message.message_id(), sent.message_id());
    assert_eq!(message.md5_of_body(), Some(body_md5.as_str()));
    let attributes = message.message_attributes().unwrap();
    assert_eq!(attributes.keys().collect::<Vec<_>>(), ["colour"]);
    let one = digest(&[("colour", "String", 1, b"red")]);
    assert_eq!(message.md5_of_message_attributes(), Some(one.as_str()));
    let system = message.attributes().unwrap();
    assert_eq!(system[&MessageSystemAttributeName::AwsTraceHeader], "Root=1-2-3");
    assert_eq!(system[&MessageSystemAttributeName::ApproximateReceiveCount], "1");
    assert_eq!(system[&MessageSystemAttributeName::SentTimestamp], "1700000000000");
    assert_eq!(system[&MessageSystemAttributeName::SenderId], "123456789012");

    client
        .delete_message()
        .queue_url(&url)
        .receipt_handle(message.receipt_handle().unwrap())
        .send()
        .await
        .unwrap();
    let depth = client
        .get_queue_attributes()
        .queue_url(&url)
        .attribute_names(QueueAttributeName::All)
        .send()
        .await
        .unwrap();
    let depth = depth.attributes().unwrap();
    assert_eq!(depth[&QueueAttributeName::ApproximateNumberOfMessages], "0");
    assert_eq!(depth[&QueueAttributeName::ApproximateNumberOfMessagesNotVisible], "0");
    assert_eq!(depth[&QueueAttributeName::QueueArn], "arn:aws:sqs:eu-west-1:123456789012:orders");
    assert_eq!(depth[&QueueAttributeName::MaximumMessageSize], "1048576");
    assert_eq!(depth[&QueueAttributeName::CreatedTimestamp], "1700000000");
}

#[tokio::test]
async fn a_long_poll_is_answered_by_the_send() {
    let (_server, client, _) = started().await;
    let url = create(&client, "q", &[]).await;
    let poll = client.receive_message().queue_url(&url).wait_time_seconds(20).send();
    let send = async {
        // The poll has the connection first; the manual clock keeps it from ever running out.
        tokio::task::yield_now().await;
        client.send_message().queue_url(&url).message_body("x").send().await.unwrap();
    };
    let (received, ()) = tokio::join!(poll, send);
    assert_eq!(received.unwrap().messages().len(), 1);
}

#[tokio::test]
async fn batches_answer_entry_by_entry() {
    let (_server, client, _) = started().await;
    let url = create(&client, "q", &[]).await;
    let entry = |id: &str, body: &str| {
        SendMessageBatchRequestEntry::builder().id(id).message_body(body).build().unwrap()
    };
    let sent = client
        .send_message_batch()
        .queue_url(&url)
        .entries(entry("a", "one"))
        .entries(entry("b", "\u{1}"))
        .entries(entry("c", "three"))
        .send()
        .await
        .unwrap();
    let ids: Vec<&str> = sent.successful().iter().map(|entry| entry.id()).collect();
    assert_eq!(ids, ["a", "c"]);
    let failed = &sent.failed()[0];
    assert_eq!(
        (failed.id(), failed.code(), failed.sender_fault()),
        ("b", "InvalidMessageContents", true)
    );

    let received =
        client.receive_message().queue_url(&url).max_number_of_messages(10).send().await.unwrap();
    let handles: Vec<&str> =
        received.messages().iter().map(|message| message.receipt_handle().unwrap()).collect();
    assert_eq!(handles.len(), 2);
    let change = |id: &str, handle: &str| {
        ChangeMessageVisibilityBatchRequestEntry::builder()
            .id(id)
            .receipt_handle(handle)
            .visibility_timeout(0)
            .build()
            .unwrap()
    };
    let changed = client
        .change_message_visibility_batch()
        .queue_url(&url)
        .entries(change("0", handles[0]))
        .entries(change("1", "nonsense"))
        .send()
        .await
        .unwrap();
    assert_eq!(changed.successful().len(), 1);
    assert_eq!(changed.failed()[0].code(), "ReceiptHandleIsInvalid");
    let delete = |id: &str, handle: &str| {
        DeleteMessageBatchRequestEntry::builder().id(id).receipt_handle(handle).build().unwrap()
    };
    let deleted = client
        .delete_message_batch()
        .queue_url(&url)
        .entries(delete("0", handles[0]))
        .entries(delete("1", handles[1]))
        .entries(delete("2", "nonsense"))
        .send()
        .await
        .unwrap();
    assert_eq!((deleted.successful().len(), deleted.failed().len()), (2, 1));
}

#[tokio::test]
async fn a_batch_of_the_wrong_form_fails_as_a_whole() {
    let (server, client, _) = started().await;
    let url = create(&client, "q", &[]).await;
    let entries = |ids: &[&str]| {
        let entries: Vec<String> =
            ids.iter().map(|id| format!(r#"{{"Id":"{id}","MessageBody":"x"}}"#)).collect();
        format!(r#"{{"QueueUrl":"{url}","Entries":[{}]}}"#, entries.join(","))
    };
    let many: Vec<String> = (0..11).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let prefix = "AWS.SimpleQueueService.";
    for (body, code) in [
        (entries(&[]), "EmptyBatchRequest"),
        (entries(&many), "TooManyEntriesInBatchRequest"),
        (entries(&["a", "a"]), "BatchEntryIdsNotDistinct"),
        (entries(&["a b"]), "InvalidBatchEntryId"),
        (entries(&[""]), "InvalidBatchEntryId"),
    ] {
        let (status, error, answer) = server.raw("AmazonSQS.SendMessageBatch", &body).await;
        assert_eq!((status, error), (400, format!("{prefix}{code};Sender")));
        assert_eq!(answer["__type"], format!("com.amazonaws.sqs#{code}"));
    }
    let half = "x".repeat(600_000);
    let entry = |id: &str| {
        SendMessageBatchRequestEntry::builder().id(id).message_body(&half).build().unwrap()
    };
    let long = client.send_message_batch().queue_url(&url).entries(entry("a")).entries(entry("b"));
    let error = long.send().await.unwrap_err().into_service_error();
    assert!(error.is_batch_request_too_long(), "{error:?}");
}

#[tokio::test]
async fn errors_are_the_ones_that_the_sdk_knows() {
    let (_server, client, clock) = started().await;
    let nowhere = "http://127.0.0.1:1/123456789012/nowhere";
    let error = client.send_message().queue_url(nowhere).message_body("x").send().await;
    let error = error.unwrap_err().into_service_error();
    assert!(error.is_queue_does_not_exist());
    assert_eq!(error.code(), Some("AWS.SimpleQueueService.NonExistentQueue"));
    let error = client.get_queue_url().queue_name("nowhere").send().await.unwrap_err();
    assert!(error.into_service_error().is_queue_does_not_exist());

    let url = create(&client, "q", &[]).await;
    let error = client.send_message().queue_url(&url).message_body("\u{fffe}").send().await;
    assert!(error.unwrap_err().into_service_error().is_invalid_message_contents());
    let error = client.delete_message().queue_url(&url).receipt_handle("nonsense").send().await;
    assert!(error.unwrap_err().into_service_error().is_receipt_handle_is_invalid());
    let error = client
        .create_queue()
        .queue_name("q")
        .attributes(QueueAttributeName::DelaySeconds, "5")
        .send()
        .await;
    assert!(error.unwrap_err().into_service_error().is_queue_name_exists());
    let error = client
        .create_queue()
        .queue_name("r")
        .attributes(QueueAttributeName::DelaySeconds, "901")
        .send()
        .await;
    assert!(error.unwrap_err().into_service_error().is_invalid_attribute_value());
    let permission = client.add_permission().queue_url(&url).label("l").aws_account_ids("1");
    let mut permission = permission.actions("*");
    for _ in 0..7 {
        permission = permission.actions("SendMessage");
    }
    assert!(permission.send().await.unwrap_err().into_service_error().is_over_limit());

    client.purge_queue().queue_url(&url).send().await.unwrap();
    let error = client.purge_queue().queue_url(&url).send().await.unwrap_err();
    assert!(error.into_service_error().is_purge_queue_in_progress());
    clock.advance(Duration::from_secs(60));
    client.purge_queue().queue_url(&url).send().await.unwrap();

    client.send_message().queue_url(&url).message_body("x").send().await.unwrap();
    let received = client.receive_message().queue_url(&url).send().await.unwrap();
    let handle = received.messages()[0].receipt_handle().unwrap();
    clock.advance(Duration::from_secs(30));
    // A message that is visible again stays so.
    let change = client.change_message_visibility().queue_url(&url).receipt_handle(handle);
    change.visibility_timeout(5).send().await.unwrap();
    let again = client.receive_message().queue_url(&url).send().await.unwrap();
    let newer = again.messages()[0].receipt_handle().unwrap();
    assert_ne!(handle, newer);
    // A receipt of an earlier receive succeeds and does nothing.
    client.delete_message().queue_url(&url).receipt_handle(handle).send().await.unwrap();
    let change = client.change_message_visibility().queue_url(&url).receipt_handle(newer);
    change.visibility_timeout(0).send().await.unwrap();
    assert_eq!(client.receive_message().queue_url(&url).send().await.unwrap().messages().len(), 1);
}

#[tokio::test]
async fn what_no_sdk_would_send_is_refused_by_name() {
    let (server, client, _) = started().await;
    let url = create(&client, "q", &[]).await;
    for (action, body, kind) in [
        ("SendMessage", "{".to_owned(), "SerializationException"),
        ("SendMessage", "[]".to_owned(), "SerializationException"),
        ("SendMessage", String::new(), "MissingRequiredParameterException"),
        ("SendMessage", format!(r#"{{"QueueUrl":"{url}"}}"#), "MissingRequiredParameterException"),
        ("SendMessage", format!(r#"{{"QueueUrl":"{url}","Colour":1}}"#), "SerializationException"),
        ("SendMessage", r#"{"QueueUrl":"h/q","MessageBody":"x"}"#.to_owned(), "InvalidAddress"),
        (
            "SendMessage",
            format!(r#"{{"QueueUrl":"{url}","MessageBody":"x","DelaySeconds":-1}}"#),
            "InvalidParameterValueException",
        ),
        (
            "SendMessage",
            format!(r#"{{"QueueUrl":"{url}","MessageBody":"x","MessageDeduplicationId":"d"}}"#),
            "InvalidParameterValueException",
        ),
        (
            "ReceiveMessage",
            format!(r#"{{"QueueUrl":"{url}","MaxNumberOfMessages":11}}"#),
            "InvalidParameterValueException",
        ),
        (
            "ReceiveMessage",
            format!(r#"{{"QueueUrl":"{url}","WaitTimeSeconds":21}}"#),
            "InvalidParameterValueException",
        ),
        (
            "ReceiveMessage",
            format!(r#"{{"QueueUrl":"{url}","AttributeNames":["Colour"]}}"#),
            "InvalidAttributeName",
        ),
        ("Dance", "{}".to_owned(), "UnknownOperationException"),
    ] {
        let (status, _, answer) = server.raw(&format!("AmazonSQS.{action}"), &body).await;
        let name = answer["__type"].as_str().unwrap().split('#').next_back().unwrap().to_owned();
        assert_eq!(name, kind, "{action} {body}");
        assert!((400..500).contains(&status));
        assert!(!answer["message"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_fifo_queue_keeps_order_and_takes_each_message_once() {
    let (_server, client, _) = started().await;
    let url = create(
        &client,
        "q.fifo",
        &[
            (QueueAttributeName::FifoQueue, "true"),
            (QueueAttributeName::ContentBasedDeduplication, "true"),
        ],
    )
    .await;
    let mut numbers = Vec::new();
    for (group, body) in [("a", "1"), ("b", "2"), ("a", "3"), ("a", "1")] {
        let sent = client.send_message().queue_url(&url).message_group_id(group).message_body(body);
        numbers.push(sent.send().await.unwrap().sequence_number.unwrap());
    }
    assert_eq!(numbers[0], numbers[3], "a repetition is answered as the first was");
    assert!(numbers[..3].is_sorted());
    let receive = || async {
        let received = client
            .receive_message()
            .queue_url(&url)
            .max_number_of_messages(10)
            .message_system_attribute_names(MessageSystemAttributeName::MessageGroupId)
            .send()
            .await
            .unwrap();
        received.messages.unwrap_or_default()
    };
    let messages = receive().await;
    let bodies: Vec<&str> = messages.iter().map(|message| message.body().unwrap()).collect();
    assert_eq!(bodies, ["1", "3", "2"]);
    assert!(receive().await.is_empty());
    let error = client.send_message().queue_url(&url).message_body("x").send().await.unwrap_err();
    assert_eq!(error.code(), Some("MissingParameter"));
}

#[tokio::test]
async fn dead_letters_are_listed_and_moved_back() {
    let (_server, client, _) = started().await;
    let dead = create(&client, "dead", &[]).await;
    let policy = r#"{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":"1"}"#;
    let url = create(&client, "q", &[(QueueAttributeName::RedrivePolicy, policy)]).await;
    let sources = client.list_dead_letter_source_queues().queue_url(&dead).send().await.unwrap();
    assert_eq!(sources.queue_urls(), [url.as_str()]);
    client.send_message().queue_url(&url).message_body("poison").send().await.unwrap();
    for n_messages in [1, 0] {
        let received = client.receive_message().queue_url(&url).visibility_timeout(0).send().await;
        assert_eq!(received.unwrap().messages().len(), n_messages);
    }
    let arn = "arn:aws:sqs:eu-west-1:123456789012:dead";
    let task = client.start_message_move_task().source_arn(arn).send().await.unwrap();
    assert!(task.task_handle().is_some());
    let received = client.receive_message().queue_url(&url).wait_time_seconds(20).send().await;
    assert_eq!(received.unwrap().messages()[0].body(), Some("poison"));
    let tasks = client.list_message_move_tasks().source_arn(arn).send().await.unwrap();
    let task = &tasks.results()[0];
    assert_eq!(task.approximate_number_of_messages_moved(), 1);
    assert!(["COMPLETED", "RUNNING"].contains(&task.status().unwrap()));
    let error = client.cancel_message_move_task().task_handle("none").send().await.unwrap_err();
    assert!(error.into_service_error().is_resource_not_found_exception());
}

#[tokio::test]
async fn queues_are_listed_in_pages_and_tagged() {
    let (_server, client, _) = started().await;
    for n in 0..5 {
        create(&client, &format!("page-{n}"), &[]).await;
    }
    create(&client, "other", &[]).await;
    let mut pages =
        client.list_queues().queue_name_prefix("page-").max_results(2).into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().queue_urls().len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    let url = client.get_queue_url().queue_name("other").send().await.unwrap().queue_url.unwrap();
    client.tag_queue().queue_url(&url).tags("team", "a").tags("cost", "b").send().await.unwrap();
    client.untag_queue().queue_url(&url).tag_keys("cost").send().await.unwrap();
    let tags = client.list_queue_tags().queue_url(&url).send().await.unwrap().tags.unwrap();
    assert_eq!(tags.into_iter().collect::<Vec<_>>(), [("team".to_owned(), "a".to_owned())]);
    let set = client.set_queue_attributes().queue_url(&url);
    set.attributes(QueueAttributeName::VisibilityTimeout, "99").send().await.unwrap();
    let shown = client
        .get_queue_attributes()
        .queue_url(&url)
        .attribute_names(QueueAttributeName::VisibilityTimeout)
        .send()
        .await
        .unwrap();
    assert_eq!(shown.attributes.unwrap()[&QueueAttributeName::VisibilityTimeout], "99");
    client.delete_queue().queue_url(&url).send().await.unwrap();
    let gone = client.receive_message().queue_url(&url).send().await.unwrap_err();
    assert!(gone.into_service_error().is_queue_does_not_exist());
}

/// These decisions for calls of the queue, one after the other.
struct Script(Vec<Decision>, AtomicUsize);

impl Chaos for Script {
    fn decide(&self, site: Site) -> Decision {
        if site != Site::QueueCall {
            return Decision::Proceed;
        }
        let next = self.1.fetch_add(1, Ordering::Relaxed);
        self.0.get(next).copied().unwrap_or(Decision::Proceed)
    }
}

#[tokio::test]
async fn injected_faults_are_errors_that_an_sdk_would_retry() {
    let script = vec![
        Decision::Proceed,
        Decision::Fail(Failure::Throttle),
        Decision::Fail(Failure::Unavailable),
        Decision::LoseResponse,
    ];
    let server = Server::start(Clock::manual(0), Script(script, AtomicUsize::new(0))).await;
    let client = server.sqs();
    let url = create(&client, "q", &[]).await;
    let send = || client.send_message().queue_url(&url).message_body("x").send();
    assert!(send().await.unwrap_err().into_service_error().is_request_throttled());
    assert_eq!(send().await.unwrap_err().raw_response().unwrap().status().as_u16(), 503);
    assert_eq!(server.services.queues.queue("q").unwrap().depth().visible, 0);
    assert_eq!(send().await.unwrap_err().raw_response().unwrap().status().as_u16(), 500);
    assert_eq!(server.services.queues.queue("q").unwrap().depth().visible, 1, "done all the same");
}
