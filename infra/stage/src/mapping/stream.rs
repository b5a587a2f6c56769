//! Event source mappings from streams of tables: one shard, one batch at a time, in the order of the stream.
//!
//! A batch that fails is tried again until it succeeds or its attempts are used up; until then, nothing behind it is
//! read. Known deviation: a stream is looked at ten times a second.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::batches::{Batch, Batches, Next, sequence};
use super::state::{self, Verdict};
use super::{MAX_BATCH_BYTES, Pipe};
use crate::access::Guard;
use crate::lambda::{Destinations, Functions, Invocation, InvocationOutcome, Refusal};
use crate::log::Log;
use crate::table::Tables;
use crate::template::StreamMapping;

/// How often a stream is looked at that had nothing new.
const PAUSE: Duration = Duration::from_millis(100);

/// The longest pause between attempts.
const LONGEST: Duration = Duration::from_secs(10);

/// What Lambda does with a stream on behalf of a function.
const READING: [&str; 3] =
    ["dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:GetRecords"];

/// Why records that are too old are given up.
const AGED: &str = "its records are older than `MaximumRecordAgeInSeconds`";

/// Decides whether a record is wanted.
pub(crate) type RecordFilter = Arc<dyn Fn(&Value) -> bool + Send + Sync>;

/// A mapping with both of its ends.
pub(crate) struct StreamPoller {
    pub(crate) declared: StreamMapping,
    pub(crate) tables: Arc<Tables>,
    pub(crate) functions: Arc<Functions>,
    pub(crate) filter: Option<RecordFilter>,
    pub(crate) destinations: Destinations,
    pub(crate) region: String,
    pub(crate) log: Log,
    pub(crate) guard: Option<Arc<Guard>>,
    /// What is done with records instead of handing them to the function.
    pub(crate) pipe: Option<Pipe>,
}

/// Where a poller was in its stream when it ended; `None` before it has begun.
pub(crate) type StreamPosition = Option<String>;

impl StreamPoller {
    /// Polls until it is told to stop; then returns where it was. Begins where the poller before it ended, if there is
    /// one. A batch in progress is finished, or left to the next poller.
    pub(crate) async fn run(
        self,
        mut stopped: watch::Receiver<()>,
        before: Option<JoinHandle<StreamPosition>>,
    ) -> StreamPosition {
        let mut place = match before {
            Some(before) => before.await.ok().flatten(),
            None => None,
        };
        if !self.may_read() {
            return place;
        }
        let mut has_waited = false;
        let mut told = None;
        while stopped.has_changed().is_ok() {
            let (records, next) = match self.read(&mut place) {
                Ok(read) => read,
                Err(error) => {
                    let text = format!("its stream cannot be read: {error}");
                    if told.as_ref() != Some(&text) {
                        self.log.problem(&self.declared.table, &text);
                    }
                    told = Some(text);
                    pause(LONGEST, &mut stopped).await;
                    continue;
                }
            };
            told = None;
            if records.is_empty() {
                pause(PAUSE, &mut stopped).await;
            } else if records.len() < self.declared.batch_size
                && !self.declared.window.is_zero()
                && !has_waited
            {
                pause(self.declared.window, &mut stopped).await;
                has_waited = true;
                continue;
            }
            has_waited = false;
            let records = records.into_iter().map(|record| self.finished(record));
            let wanted: Vec<Value> = records
                .filter(|record| self.filter.as_ref().is_none_or(|filter| filter(record)))
                .collect();
            for event in state::split(wanted, MAX_BATCH_BYTES) {
                if !self.process(event, &mut stopped).await {
                    return place;
                }
            }
            place = next.or(place);
        }
        place
    }

    /// The records behind a place, which is found where it is not known yet.
    fn read(&self, place: &mut StreamPosition) -> Result<(Vec<Value>, Option<String>), String> {
        let declared = &self.declared;
        let at = match place {
            Some(at) => at,
            None => place.insert(self.tables.iterator(&declared.table, declared.from_start)?),
        };
        self.tables.records(at, declared.batch_size)
    }

    /// Whether the function's role lets Lambda read the stream; a refusal was told already.
    fn may_read(&self) -> bool {
        let declared = &self.declared;
        // The role of a pipe is not a function's, and is not read.
        let guard = self.guard.as_ref().filter(|_| self.pipe.is_none());
        guard.is_none_or(|guard| {
            READING.iter().all(|action| guard.lets(&declared.function, action, &declared.stream))
        })
    }

    /// A record as AWS hands it over.
    fn finished(&self, mut record: Value) -> Value {
        record["awsRegion"] = self.region.as_str().into();
        record["eventSourceARN"] = self.declared.stream.as_str().into();
        record
    }

    /// Hands records over until each is done or given up. `false` when it was told to stop before that.
    async fn process(&self, records: Vec<Value>, stopped: &mut watch::Receiver<()>) -> bool {
        let declared = &self.declared;
        let mut batches = Batches::new(records, declared.max_retries, declared.bisects);
        let mut wait = PAUSE;
        while let Some(Batch { records, n_attempts }) = batches.take() {
            let now = jiff::Timestamp::now().as_second() as f64;
            let (old, records): (Vec<_>, Vec<_>) = records
                .into_iter()
                .partition(|record| state::is_old(record, declared.max_age, now));
            if !old.is_empty() {
                self.give_up(&old, n_attempts, AGED);
            }
            if records.is_empty() {
                continue;
            }
            let Some(verdict) = self.attempt(&records).await else { return false };
            match batches.settle(Batch { records, n_attempts }, verdict) {
                Next::Done => wait = PAUSE,
                Next::GiveUp(batch, reason) => {
                    self.give_up(&batch.records, batch.n_attempts, &reason);
                }
                Next::Retry(n_records, reason) => {
                    let text = format!("a batch of {n_records} is retried: {reason}");
                    self.log.problem(&declared.table, &text);
                    if !pause(wait, stopped).await {
                        return false;
                    }
                    wait = (wait * 2).min(LONGEST);
                }
            }
        }
        true
    }

    /// What comes of a batch; `None` when the stage ends.
    async fn attempt(&self, records: &[Value]) -> Option<Verdict> {
        if let Some(pipe) = &self.pipe {
            let ids: Vec<String> = records.iter().map(sequence).collect();
            return Some(pipe.send(records.to_vec(), &ids).await);
        }
        let event = json!({ "Records": records }).to_string();
        let Some(function) = self.functions.get(&self.declared.function) else {
            return Some(Verdict::AllFailed("the function does not exist".to_owned()));
        };
        match function.invoke(Invocation::new(event)).await {
            Ok(InvocationOutcome::Success(payload)) if self.declared.reports_item_failures => {
                let ids: Vec<String> = records.iter().map(sequence).collect();
                Some(state::verdict(&payload, &ids))
            }
            Ok(InvocationOutcome::Success(_)) => Some(Verdict::AllDone),
            Ok(InvocationOutcome::Failure(failure)) => {
                let told = failure.told();
                Some(Verdict::AllFailed(format!("the function failed: {told}")))
            }
            Err(Refusal::ShuttingDown) => None,
            Err(error) => Some(Verdict::AllFailed(error.to_string())),
        }
    }

    /// Leaves a batch out, and says which where somebody wants to know.
    fn give_up(&self, records: &[Value], n_attempts: u32, reason: &str) {
        let text = format!("a batch of {} is discarded: {reason}", records.len());
        self.log.problem(&self.declared.table, &text);
        let Some(arn) = &self.declared.on_failure else { return };
        let condition = if reason == AGED { "RecordAgeExceeded" } else { "RetryAttemptsExhausted" };
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        let function = self.functions.get(&self.declared.function);
        let function_arn = function.map(|function| function.arn().to_owned());
        let record = json!({
            "requestContext": {
                "requestId": crate::ids::uuid().to_string(),
                "functionArn": function_arn,
                "condition": condition,
                "approximateInvokeCount": n_attempts,
            },
            "responseContext": { "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled" },
            "version": "1.0",
            "timestamp": now,
            "DDBStreamBatchInfo": {
                "shardId": self.tables.shard(&self.declared.table).ok(),
                "startSequenceNumber": records.first().map(sequence),
                "endSequenceNumber": records.last().map(sequence),
                "approximateArrivalOfFirstRecord": records.first().and_then(arrival),
                "approximateArrivalOfLastRecord": records.last().and_then(arrival),
                "batchSize": records.len(),
                "streamArn": self.declared.stream,
            },
        });
        self.destinations.send(&self.declared.function, arn, record.to_string());
    }
}

/// Waits; `false` when it was told to stop meanwhile.
async fn pause(wait: Duration, stopped: &mut watch::Receiver<()>) -> bool {
    tokio::select! {
        _ = stopped.changed() => false,
        () = tokio::time::sleep(wait) => true,
    }
}

/// When the change of a record was made, to the second.
fn arrival(record: &Value) -> Option<String> {
    let seconds = record["dynamodb"]["ApproximateCreationDateTime"].as_f64()?;
    jiff::Timestamp::from_second(seconds as i64).ok().map(|time| time.to_string())
}
