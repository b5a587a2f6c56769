//! Event source mappings: batches, partial failures, redrive.

use std::time::{Duration, Instant};

use stage::queue::{NewMessage, Queue};
use stage::{Stage, StageOptions};

use crate::support::{eventually, options, recording_log, stage};

fn queue(stage: &Stage, id: &str) -> Queue {
    stage.queues().queue_by_url(stage.queue_url(id).unwrap()).unwrap()
}

#[tokio::test]
async fn messages_reach_the_function_and_are_deleted() {
    let (log, lines) = recording_log();
    let stage = Stage::start(StageOptions { log, ..options() }).await.unwrap();
    let work = queue(&stage, "WorkQueue");
    let mut message = NewMessage::text("hello");
    message.trace_header = Some("Root=1-2-3".to_owned());
    message.attributes.insert("colour".to_owned(), stage::queue::Attribute::text("red"));
    let sent = work.send(message).unwrap();
    eventually("the queue is empty", async || (work.ledger().deleted == 1).then_some(())).await;
    let line = eventually("the event in the log", async || {
        let lines = lines.lock().unwrap();
        lines.iter().find_map(|line| line.split_once("message ").map(|(_, json)| json.to_owned()))
    })
    .await;
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(record["messageId"], sent.id.to_string());
    assert_eq!(record["body"], "hello");
    assert_eq!(record["eventSource"], "aws:sqs");
    assert_eq!(record["eventSourceARN"], work.arn());
    assert_eq!(record["awsRegion"], "us-east-1");
    assert_eq!(record["md5OfBody"], "5d41402abc4b2a76b9719d911017c592");
    assert_eq!(record["attributes"]["ApproximateReceiveCount"], "1");
    assert_eq!(record["attributes"]["AWSTraceHeader"], "Root=1-2-3");
    assert_eq!(record["messageAttributes"]["colour"]["stringValue"], "red");
    assert_eq!(record["messageAttributes"]["colour"]["dataType"], "String");
}

#[tokio::test]
async fn only_messages_that_failed_come_back_and_end_in_the_dead_letter_queue() {
    let stage = stage().await;
    let (work, dead) = (queue(&stage, "WorkQueue"), queue(&stage, "DeadQueue"));
    for index in 0..10 {
        let body = if index == 3 { "fail".to_owned() } else { format!("message {index}") };
        work.send(NewMessage::text(body)).unwrap();
    }
    eventually("nine are done", async || (work.ledger().deleted == 9).then_some(())).await;
    eventually("one is dead", async || (dead.ledger().arrived == 1).then_some(())).await;
    assert_eq!(dead.peek(10)[0].body, "fail");
    assert_eq!(work.ledger().deleted, 9, "nothing is deleted twice or in vain");
}

#[tokio::test]
async fn a_function_that_fails_keeps_its_whole_batch_in_the_queue() {
    let stage = stage().await;
    let (work, dead) = (queue(&stage, "WorkQueue"), queue(&stage, "DeadQueue"));
    work.send(NewMessage::text("explode")).unwrap();
    eventually("it is dead", async || (dead.ledger().arrived == 1).then_some(())).await;
    assert_eq!(work.ledger().deleted, 0);
    assert_eq!(work.ledger().received, 2, "maxReceiveCount is 2");
}

#[tokio::test]
async fn a_message_is_picked_up_when_it_is_sent() {
    let stage = stage().await;
    let work = queue(&stage, "WorkQueue");
    // The first one pays for starting the environment.
    work.send(NewMessage::text("warm")).unwrap();
    eventually("the first is done", async || (work.ledger().deleted == 1).then_some(())).await;
    let mut fastest = Duration::MAX;
    for n in 2..12 {
        let began = Instant::now();
        work.send(NewMessage::text("next")).unwrap();
        while work.ledger().deleted < n {
            tokio::task::yield_now().await;
            assert!(began.elapsed() < Duration::from_secs(10));
        }
        fastest = fastest.min(began.elapsed());
    }
    assert!(
        fastest < Duration::from_millis(50),
        "sent, processed and deleted in {fastest:?} at best"
    );
}
