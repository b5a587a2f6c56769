//! Batches of events from a queue, with partial batch failures.
//!
//! Each record succeeds or fails independently. Failed and rejected records are listed in the response and are
//! received again, because only the redrive policy of the queue leads to the dead-letter queue. In a FIFO queue,
//! nothing in a message group is processed after the group's first failure, so the order is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use lambda_runtime::{Diagnostic, LambdaEvent};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::outcome::{self, Done};
use super::{Error, Event, EventHandler, Incoming, duration_ms, function_name, handled, run};
use crate::{Context, EventContext};

/// The maximum number of concurrent records of a batch. They share one thread, and mostly wait for the network.
const MAX_CONCURRENT: usize = 16;

/// The event of an SQS event source mapping.
#[derive(Debug, Deserialize)]
pub(super) struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

impl Incoming for Batch {
    const NAME: &'static str = "a batch of an SQS queue";
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    message_id: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    attributes: Attributes,
    #[serde(rename = "eventSourceARN", default)]
    source_arn: String,
}

/// The system attributes of a message that matter here.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attributes {
    approximate_receive_count: Option<String>,
    sent_timestamp: Option<String>,
    message_group_id: Option<String>,
    #[serde(rename = "AWSTraceHeader")]
    trace_header: Option<String>,
}

/// The response of a function to an event source mapping with `ReportBatchItemFailures`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BatchResponse {
    batch_item_failures: Vec<BatchItemFailure>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct BatchItemFailure {
    item_identifier: String,
}

impl BatchResponse {
    /// The response that names the records that failed.
    pub(super) fn of(failed: impl IntoIterator<Item = String>) -> Self {
        let failed = failed.into_iter();
        let batch_item_failures =
            failed.map(|item_identifier| BatchItemFailure { item_identifier }).collect();
        Self { batch_item_failures }
    }
}

/// Why a record was not processed.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotTried {
    /// The deadline was reached.
    #[error("the batch's time was up before its turn")]
    Late,
    /// Order is kept within a group.
    #[error("an earlier message of its group failed")]
    GroupFailed,
}

/// Processes batches of events until the platform ends the process.
///
/// # Errors
/// The process is not a Lambda function, or the Runtime API fails.
pub async fn serve_queue<C: EventHandler>(consumer: C) -> Result<(), Error> {
    let function = function_name()?;
    let (consumer, function) = (&Arc::new(consumer), &function);
    run(move |event: LambdaEvent<Batch>| answer(consumer, function, event)).await
}

async fn answer<C: EventHandler>(
    consumer: &Arc<C>,
    function: &Arc<str>,
    event: LambdaEvent<Batch>,
) -> Result<BatchResponse, Diagnostic> {
    let started = Instant::now();
    let cx = Context::of_lambda(event.context, function);
    let done = process(consumer, &cx, event.payload.records).await;
    outcome::tell(&cx, (C::SERVICE, C::OPERATION), &done, duration_ms(started));
    let failed = done.into_iter().filter(|done| done.result.is_err());
    Ok(BatchResponse::of(failed.filter_map(|done| done.message_id)))
}

/// Processes all records of a batch: groups of a FIFO queue in order, everything else concurrently.
async fn process<C: EventHandler>(
    consumer: &Arc<C>,
    cx: &Context,
    records: Vec<Record>,
) -> Vec<Done> {
    let permits = Arc::new(Semaphore::new(MAX_CONCURRENT));
    let mut tasks = JoinSet::new();
    for chain in chains(records) {
        let (consumer, cx, permits) = (Arc::clone(consumer), cx.clone(), Arc::clone(&permits));
        tasks.spawn(async move {
            let _permit = permits.acquire().await;
            process_chain(&*consumer, &cx, chain).await
        });
    }
    let mut done: Vec<(usize, Done)> = tasks.join_all().await.into_iter().flatten().collect();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, done)| done).collect()
}

/// The records that must follow each other, with their places in the batch.
fn chains(records: Vec<Record>) -> Vec<Vec<(usize, Record)>> {
    let mut chains: Vec<Vec<(usize, Record)>> = Vec::new();
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for (index, record) in records.into_iter().enumerate() {
        // A standard queue may carry group ids too, for fairness; order is a FIFO queue's affair.
        let group = record.attributes.message_group_id.clone();
        match group.filter(|_| record.source_arn.ends_with(".fifo")) {
            Some(group) => {
                let chain = *groups.entry(group).or_insert(chains.len());
                match chains.get_mut(chain) {
                    Some(chain) => chain.push((index, record)),
                    None => chains.push(vec![(index, record)]),
                }
            }
            None => chains.push(vec![(index, record)]),
        }
    }
    chains
}

async fn process_chain<C: EventHandler>(
    consumer: &C,
    cx: &Context,
    chain: Vec<(usize, Record)>,
) -> Vec<(usize, Done)> {
    let mut all = Vec::with_capacity(chain.len());
    let mut broken = false;
    for (index, record) in chain {
        let mut done = Done {
            message_id: Some(record.message_id.clone()),
            event_id: None,
            trace: record.attributes.trace_header.clone().or_else(|| cx.trace_id.clone()),
            attempt: receive_count(&record),
            ms: None,
            delay_ms: None,
            result: Ok(()),
        };
        if broken {
            done.result = Err(NotTried::GroupFailed.into());
        } else {
            process_record(consumer, cx, record, &mut done).await;
        }
        broken |= done.result.is_err();
        all.push((index, done));
    }
    all
}

/// Processes a record unless the batch's time is up, and notes the outcome.
async fn process_record<C: EventHandler>(
    consumer: &C,
    cx: &Context,
    record: Record,
    done: &mut Done,
) {
    if Instant::now() >= cx.last_moment() {
        done.result = Err(NotTried::Late.into());
        return;
    }
    let started = Instant::now();
    let sent_ms = record.attributes.sent_timestamp.as_deref().and_then(|ms| ms.parse().ok());
    done.result = match Event::parse(&record.body) {
        Ok(event) => {
            done.event_id = Some(event.id().to_owned());
            let cx = EventContext {
                invocation: Context { trace_id: done.trace.clone(), ..cx.clone() },
                event_id: event.id().to_owned(),
                time: event.time(),
                attempt: done.attempt,
                queue: record.source_arn.rsplit(':').next().map(ToOwned::to_owned),
                message_id: Some(record.message_id),
            };
            handled(&cx.invocation, Box::pin(consumer.handle(&cx, &event))).await
        }
        Err(error) => Err(error),
    };
    done.ms = Some(duration_ms(started));
    done.delay_ms = sent_ms.map(outcome::delay_ms);
}

fn receive_count(record: &Record) -> u32 {
    record.attributes.approximate_receive_count.as_deref().and_then(|n| n.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

    use std::sync::Mutex;
    use std::time::Duration;

    use serde_json::json;

    use super::super::EventError;
    use super::*;
    use crate::Failure;

    /// Does what the payload says, and remembers what came in which order.
    #[derive(Default)]
    struct Obedient(Mutex<Vec<String>>);

    impl EventHandler for Obedient {
        const SERVICE: &'static str = "test";
        const OPERATION: &'static str = "obey";

        async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
            assert_eq!(cx.queue.as_deref().map(|queue| queue.trim_end_matches(".fifo")), Some("Q"));
            let order: String = event.decode()?;
            self.0.lock().unwrap().push(cx.message_id.clone().unwrap());
            match order.as_str() {
                "retry" => Err(Failure::message("not now").into()),
                "reject" => Err(EventError::Reject("never".to_owned())),
                "panic" => panic!("at the consumer"),
                "hang" => std::future::pending().await,
                _ => Ok(()),
            }
        }
    }

    fn batch(queue: &str, records: &[(&str, &str)]) -> Vec<Record> {
        let record = |(index, (group, order)): (usize, &(&str, &str))| {
            let envelope = json!({"id": "e", "source": "s", "detail-type": "T", "detail": order});
            let body = if *order == "garbage" { "}".to_owned() } else { envelope.to_string() };
            json!({
                "messageId": index.to_string(), "body": body,
                "attributes": {"ApproximateReceiveCount": "3", "MessageGroupId": group},
                "eventSourceARN": format!("arn:aws:sqs:r:1:{queue}"),
            })
        };
        let records: Vec<_> = records.iter().enumerate().map(record).collect();
        serde_json::from_value::<Batch>(json!({"Records": records})).unwrap().records
    }

    async fn failed(queue: &str, records: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let consumer = Arc::new(Obedient::default());
        let cx = Context::new("r", Duration::from_secs(60));
        let done = process(&consumer, &cx, batch(queue, records)).await;
        assert_eq!(done.len(), records.len());
        assert!(done.iter().all(|done| done.attempt == 3));
        let failed = done.into_iter().filter(|done| done.result.is_err());
        let seen = consumer.0.lock().unwrap().clone();
        (failed.filter_map(|done| done.message_id).collect(), seen)
    }

    #[tokio::test]
    async fn a_poisoned_neighbour_harms_nobody() {
        let orders = ["ok", "garbage", "retry", "ok", "reject", "panic", "ok"];
        let records = orders.map(|order| ("g", order));
        let (failed, _) = failed("Q", &records).await;
        assert_eq!(failed, ["1", "2", "4", "5"]);
    }

    #[tokio::test]
    async fn a_group_stops_at_its_first_failure() {
        let records = [("a", "ok"), ("b", "ok"), ("a", "retry"), ("a", "ok"), ("b", "ok")];
        let (failed, seen) = failed("Q.fifo", &records).await;
        assert_eq!(failed, ["2", "3"]);
        assert!(!seen.contains(&"3".to_owned()));
    }

    #[tokio::test]
    async fn a_record_that_hangs_fails_alone() {
        let consumer = Arc::new(Obedient::default());
        let cx = Context::new("r", Context::MARGIN + Duration::from_millis(100));
        let done = process(&consumer, &cx, batch("Q", &[("g", "hang"), ("g", "ok")])).await;
        assert!(done[0].result.is_err() && done[1].result.is_ok());
    }

    #[tokio::test]
    async fn nothing_is_begun_after_the_deadline() {
        let consumer = Arc::new(Obedient::default());
        let done =
            process(&consumer, &Context::new("r", Duration::ZERO), batch("Q", &[("g", "ok")]))
                .await;
        assert!(done[0].result.is_err());
        assert!(consumer.0.lock().unwrap().is_empty());
    }

    #[test]
    fn answers_in_the_form_that_the_mapping_reads() {
        let response = BatchResponse::of(["1".to_owned()]);
        assert_eq!(
            serde_json::to_value(&response).unwrap(),
            json!({"batchItemFailures": [{"itemIdentifier": "1"}]})
        );
    }
}
