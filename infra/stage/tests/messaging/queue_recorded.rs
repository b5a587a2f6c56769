//! What AWS was seen to answer where its reference says less, or something else: through the JSON protocol, as it is
//! written.

use crate::server::Server;
use serde_json::{Value, json};
use stage::clock::Clock;
use stage::fault::Calm;
use std::time::Duration;

struct Queue {
    server: Server,
    clock: Clock,
    url: String,
}

impl Queue {
    async fn start(name: &str, attributes: Value) -> Self {
        let clock = Clock::manual(1_000_000);
        let server = Server::start(clock.clone(), Calm).await;
        let create = json!({ "QueueName": name, "Attributes": attributes }).to_string();
        let (status, _, created) = server.raw("AmazonSQS.CreateQueue", &create).await;
        assert_eq!(status, 200, "{created}");
        let url = created["QueueUrl"].as_str().unwrap().to_owned();
        Self { server, clock, url }
    }

    async fn fifo() -> Self {
        let attributes = json!({ "FifoQueue": "True", "ContentBasedDeduplication": "TRUE" });
        Self::start("q.fifo", attributes).await
    }

    /// The status, the code that batch entries and older SDKs see, and the answer.
    async fn ask(&self, action: &str, mut body: Value) -> (u16, String, Value) {
        body["QueueUrl"] = json!(self.url);
        self.server.raw(&format!("AmazonSQS.{action}"), &body.to_string()).await
    }

    async fn answer(&self, action: &str, body: Value) -> Value {
        let (status, _, answer) = self.ask(action, body).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    async fn send(&self, body: &str, group: &str) {
        self.answer("SendMessage", json!({ "MessageBody": body, "MessageGroupId": group })).await;
    }

    /// The bodies and receipts of what is received.
    async fn receive(&self, max: usize, visibility_s: u32) -> Vec<(String, String)> {
        let body = json!({ "MaxNumberOfMessages": max, "VisibilityTimeout": visibility_s });
        let answer = self.answer("ReceiveMessage", body).await;
        let messages = answer["Messages"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        messages.iter().map(|one| (text(&one["Body"]), text(&one["ReceiptHandle"]))).collect()
    }

    async fn bodies(&self, max: usize, visibility_s: u32) -> Vec<String> {
        self.receive(max, visibility_s).await.into_iter().map(|(body, _)| body).collect()
    }

    async fn hide(&self, receipt: &str, seconds: u32) {
        let body = json!({ "ReceiptHandle": receipt, "VisibilityTimeout": seconds });
        self.answer("ChangeMessageVisibility", body).await;
    }
}

#[tokio::test]
async fn a_message_in_flight_holds_up_what_follows_in_its_group_and_not_what_precedes() {
    let queue = Queue::fifo().await;
    for (body, group) in [("a1", "a"), ("a2", "a"), ("b1", "b")] {
        queue.send(body, group).await;
    }
    let taken = queue.receive(2, 30).await;
    queue.hide(&taken[0].1, 0).await;
    // The group came to be open again after the other.
    assert_eq!(queue.bodies(3, 30).await, ["b1", "a1"]);
    assert_eq!(queue.bodies(3, 30).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_longer_timeout_of_one_message_lets_those_before_it_go() {
    for (position, expected) in [(0, &[][..]), (1, &["a1"]), (2, &["a1", "a2"])] {
        let queue = Queue::fifo().await;
        for body in ["a1", "a2", "a3"] {
            queue.send(body, "a").await;
        }
        let taken = queue.receive(5, 1).await;
        queue.hide(&taken[position].1, 4).await;
        queue.clock.advance(Duration::from_secs(2));
        assert_eq!(queue.bodies(5, 1).await, expected);
    }
}

#[tokio::test]
async fn groups_take_turns() {
    let queue = Queue::fifo().await;
    for (body, group) in [("a1", "a"), ("b1", "b"), ("b2", "b"), ("c1", "c"), ("a2", "a")] {
        queue.send(body, group).await;
    }
    assert_eq!(queue.bodies(3, 0).await, ["a1", "a2", "b1"]);
    assert_eq!(queue.bodies(10, 0).await, ["c1", "a1", "a2", "b1", "b2"]);
}

#[tokio::test]
async fn any_receipt_of_a_standard_queue_changes_the_visibility_of_its_message() {
    let queue = Queue::start("q", json!({})).await;
    queue.answer("SendMessage", json!({ "MessageBody": "x" })).await;
    let first = queue.receive(1, 0).await;
    assert_eq!(queue.receive(1, 30).await.len(), 1);
    assert_eq!(queue.receive(1, 30).await.len(), 0);
    queue.hide(&first[0].1, 0).await;
    let again = queue.receive(1, 1).await;
    assert_eq!(again.len(), 1);
    queue.clock.advance(Duration::from_secs(2));
    queue.hide(&again[0].1, 2).await;
    assert_eq!(queue.receive(1, 30).await.len(), 1, "what is visible again stays so");
}

#[tokio::test]
async fn a_purge_forgets_deduplication_ids() {
    let queue = Queue::fifo().await;
    queue.send("x", "a").await;
    queue.answer("PurgeQueue", json!({})).await;
    queue.send("x", "a").await;
    assert_eq!(queue.bodies(10, 30).await, ["x"]);
}

#[tokio::test]
async fn a_batch_to_a_fifo_queue_fails_as_a_whole_when_an_entry_has_no_group_or_id() {
    let queue = Queue::start("q.fifo", json!({ "FifoQueue": "true" })).await;
    let whole = json!({ "Id": "1", "MessageBody": "x", "MessageGroupId": "g", "MessageDeduplicationId": "d" });
    for (missing, message) in [
        ("MessageGroupId", "The request must contain the parameter MessageGroupId."),
        (
            "MessageDeduplicationId",
            "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided \
             explicitly",
        ),
    ] {
        let mut lacking = whole.clone();
        lacking["Id"] = json!("2");
        lacking.as_object_mut().unwrap().remove(missing);
        let (status, code, answer) =
            queue.ask("SendMessageBatch", json!({ "Entries": [whole, lacking] })).await;
        assert_eq!((status, code.as_str()), (400, "InvalidParameterValue;Sender"));
        assert_eq!(answer["message"], message);
    }
    assert_eq!(queue.bodies(10, 30).await, Vec::<String>::new());
    let sent = queue.answer("SendMessageBatch", json!({ "Entries": [whole] })).await;
    assert!(sent.get("Failed").is_none(), "{sent}");
}

#[tokio::test]
async fn what_there_is_none_of_is_left_out() {
    let queue = Queue::start("q", json!({})).await;
    let (_, _, none) = queue.server.raw("AmazonSQS.ListQueues", r#"{"QueueNamePrefix":"z"}"#).await;
    assert_eq!(none, json!({}));
    queue
        .answer("AddPermission", json!({ "Label": "l", "AWSAccountIds": ["1"], "Actions": ["*"] }))
        .await;
    let policy = json!({ "AttributeNames": ["Policy"] });
    let shown = queue.answer("GetQueueAttributes", policy.clone()).await;
    assert!(shown["Attributes"]["Policy"].as_str().unwrap().contains("2008-10-17"));
    queue.answer("RemovePermission", json!({ "Label": "l" })).await;
    let shown = queue.answer("GetQueueAttributes", policy).await;
    assert!(shown["Attributes"].get("Policy").is_none(), "{shown}");
    let (_, _, refused) = queue.ask("RemovePermission", json!({ "Label": "l" })).await;
    let expected = "Value l for parameter Label is invalid. Reason: can't find label.";
    assert_eq!(refused["message"], expected);
}

#[tokio::test]
async fn a_message_belongs_to_the_trace_of_its_request_unless_it_names_one() {
    let queue = Queue::start("q", json!({})).await;
    let queues = &queue.server.services.queues;
    let own = json!({ "AWSTraceHeader": { "DataType": "String", "StringValue": "Root=own" } });
    for (attributes, expected) in [(json!({}), "Root=1-2-3"), (own, "Root=own")] {
        let send = json!({
            "QueueUrl": queue.url, "MessageBody": "x", "MessageSystemAttributes": attributes,
        });
        let body = send.to_string();
        let sent = queues.handle_traced("SendMessage", body.as_bytes(), Some("Root=1-2-3")).await;
        assert_eq!(sent.status(), 200);
        let receive = json!({ "MessageSystemAttributeNames": ["AWSTraceHeader"] });
        let received = queue.answer("ReceiveMessage", receive).await;
        assert_eq!(received["Messages"][0]["Attributes"]["AWSTraceHeader"], expected);
    }
}

#[tokio::test]
async fn every_attribute_is_received_by_a_star() {
    let queue = Queue::start("q", json!({})).await;
    let attributes = json!({ "a": { "DataType": "String", "StringValue": "1" } });
    queue
        .answer(
            "SendMessage",
            json!({ "MessageBody": "x", "MessageAttributes": attributes.clone() }),
        )
        .await;
    let received = queue.answer("ReceiveMessage", json!({ "MessageAttributeNames": ["*"] })).await;
    assert_eq!(received["Messages"][0]["MessageAttributes"], attributes);
}
