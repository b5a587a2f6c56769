//! Event source mappings: takes messages out of queues and invokes functions with them in batches.
//!
//! Stood up: batch size and window, the 6 MB limit of an event, maximum concurrency, partial failures, filters. A
//! mapping waits in the queue itself, so a message is picked up when it is sent and not when somebody looks.
//!
//! Known deviations: a batch is taken only when there is room to process it, so messages do not wait in a poller that
//! nobody sees; without a maximum concurrency there are as many batches at a time as the stage lets environments be.

mod batches;
mod pipe;
pub(crate) mod state;
mod stream;
mod wire;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::access::{Guard, POLLING};
use crate::journal::Journal;
use crate::lambda::{Functions, Invocation, InvocationOutcome, MAX_EVENT_BYTES, Refusal};
use crate::log::Log;
use crate::queue::message::{Attribute, AttributeValue};
use crate::queue::{Queue, QueueError, ReceiveOptions, Received};
use crate::tap::Tap;
use crate::template::Mapping;
pub(crate) use pipe::Pipe;
use state::{Batch, Verdict};
pub(crate) use stream::{RecordFilter, StreamPoller, StreamPosition};
pub(crate) use wire::{message_body, message_record};

/// What an event may hold of messages: the rest of the limit is for what surrounds their text.
const MAX_BATCH_BYTES: usize = MAX_EVENT_BYTES * 9 / 10;

/// The longest that a queue lets anyone wait, in seconds.
const LONG_POLL_S: u32 = 20;

/// Decides whether a message is wanted; what is not is deleted.
pub(crate) type Filter = Arc<dyn Fn(&Received) -> bool + Send + Sync>;

/// A mapping with both of its ends.
pub(crate) struct Poller {
    pub(crate) declared: Mapping,
    pub(crate) queue: Queue,
    /// Where its function is looked up for each batch, as it may have been replaced.
    pub(crate) functions: Arc<Functions>,
    pub(crate) filter: Option<Filter>,
    /// Batches at a time, where the mapping does not say.
    pub(crate) default_concurrency: usize,
    pub(crate) region: String,
    pub(crate) log: Log,
    /// Notes what Lambda does with the function's role, where somebody wants to know.
    pub(crate) guard: Option<Arc<Guard>>,
    /// Who is told of messages.
    pub(crate) tap: Arc<dyn Tap>,
    /// What happened lately.
    pub(crate) journal: Journal,
    /// What is done with messages instead of handing them to the function.
    pub(crate) pipe: Option<Pipe>,
}

impl Poller {
    /// Polls until it is told to stop or the queue is deleted. What it has taken by then is processed all the same, as
    /// the messages were received.
    pub(crate) async fn run(self, mut stopped: watch::Receiver<()>) {
        let [look, receive, _] = POLLING;
        if !self.may(look) || !self.may(receive) {
            return;
        }
        let concurrency = self.declared.max_concurrency.unwrap_or(self.default_concurrency);
        let slots = Arc::new(Semaphore::new(concurrency));
        let poller = Arc::new(self);
        let mut surplus = Vec::new();
        while let Ok(slot) = Arc::clone(&slots).acquire_owned().await {
            let (messages, left) = match poller
                .gather(std::mem::take(&mut surplus), &mut stopped)
                .await
            {
                Ok(gathered) => gathered,
                Err(QueueError::QueueDoesNotExist) => return,
                Err(error) => {
                    poller.log.problem(poller.queue.name(), &format!("cannot be polled: {error}"));
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    continue;
                }
            };
            surplus = left;
            if !messages.is_empty() {
                tokio::spawn(Arc::clone(&poller).process(messages, slot));
            } else if stopped.has_changed().is_err() {
                return;
            }
        }
    }

    /// One batch, and the messages that had no room in it. A batch ends early when it is told to stop, or when the queue
    /// refuses to give more: what was received is never left lying.
    async fn gather(
        &self,
        surplus: Vec<(Received, usize)>,
        stopped: &mut watch::Receiver<()>,
    ) -> Result<(Vec<Received>, Vec<(Received, usize)>), QueueError> {
        let mut batch = Batch::new(self.declared.batch_size, MAX_BATCH_BYTES, self.declared.window);
        for (message, n_bytes) in surplus {
            batch.push(message, n_bytes, Instant::now());
        }
        while let Some((n, until)) = batch.wants(Instant::now()) {
            let wait_s = match until {
                None => LONG_POLL_S,
                // Whole seconds are all that a queue knows; rounded up, so that the wait is not busy.
                Some(until) => {
                    let left = until.saturating_duration_since(Instant::now());
                    u32::try_from(left.as_millis().div_ceil(1_000))
                        .unwrap_or(LONG_POLL_S)
                        .min(LONG_POLL_S)
                }
            };
            let options = ReceiveOptions {
                max_messages: n,
                wait_s: Some(wait_s),
                ..ReceiveOptions::default()
            };
            let received = tokio::select! {
                biased;
                _ = stopped.changed() => break,
                received = self.queue.receive(&options) => received,
            };
            let received = match received {
                Err(error) if batch.is_empty() => return Err(error),
                // The next batch meets the error again, if it lasts.
                Err(_) => break,
                Ok(received) => received,
            };
            let is_empty = received.is_empty();
            for message in received.into_iter().filter(|message| self.is_wanted(message)) {
                let n_bytes = n_bytes(&message);
                batch.push(message, n_bytes, Instant::now());
            }
            if is_empty && until.is_none() {
                break;
            }
        }
        Ok(batch.finish())
    }

    /// Whether the filter lets a message pass; one that it does not is done with.
    fn is_wanted(&self, message: &Received) -> bool {
        let is_wanted = self.filter.as_ref().is_none_or(|filter| filter(message));
        if !is_wanted {
            self.delete(message);
        }
        is_wanted
    }

    async fn process(self: Arc<Self>, messages: Vec<Received>, slot: OwnedSemaphorePermit) {
        for received in &messages {
            self.tap.received(self.queue.name(), &received.message.body);
        }
        let (arn, region) = (self.queue.arn(), &self.region);
        let began = Instant::now();
        if let Some(pipe) = &self.pipe {
            let records = serde_json::from_slice(&wire::list(&messages, arn, region));
            let verdict = pipe.send(records.unwrap_or_default(), &ids_of(&messages)).await;
            drop(slot);
            return self.settle(&messages, &verdict, began, "");
        }
        let event = wire::event(&messages, arn, region);
        let invocation = self.invocation(event, &messages);
        let id = invocation.request_id.clone().unwrap_or_default();
        let verdict = match self.invoke(invocation).await {
            Ok(InvocationOutcome::Success(payload)) if self.declared.reports_item_failures => {
                state::verdict(&payload, &ids_of(&messages))
            }
            Ok(InvocationOutcome::Success(_)) => Verdict::AllDone,
            Ok(InvocationOutcome::Failure(failure)) => {
                Verdict::AllFailed(format!("the function failed: {}", failure.told()))
            }
            Err(Refusal::ShuttingDown) => return,
            Err(error) => Verdict::AllFailed(error.to_string()),
        };
        drop(slot);
        self.settle(&messages, &verdict, began, &id);
    }

    /// Deletes what is done, and says what stays.
    fn settle(&self, messages: &[Received], verdict: &Verdict, began: Instant, id: &str) {
        self.note(messages, verdict, began, id);
        if let Verdict::AllFailed(reason) = verdict {
            let text = format!("a batch of {} stays in the queue: {reason}", messages.len());
            self.log.problem(self.queue.name(), &text);
        }
        for message in messages {
            if verdict.is_done(&message.message.id.to_string()) {
                self.delete(message);
            }
        }
    }

    /// An invocation with a batch, which goes on in the trace of its messages where it is one and somebody wants to know.
    fn invocation(&self, event: Vec<u8>, messages: &[Received]) -> Invocation {
        let mut invocation = Invocation::new(event);
        if self.journal.is_kept() {
            let first = messages.first().and_then(|one| one.message.trace_header.as_ref());
            let is_one = messages.iter().all(|one| one.message.trace_header.as_ref() == first);
            invocation.trace_id = first.filter(|_| is_one).cloned();
            invocation.request_id = Some(crate::ids::uuid().to_string());
        }
        invocation
    }

    /// Notes the outcome of each message of a batch.
    fn note(&self, messages: &[Received], verdict: &Verdict, began: Instant, id: &str) {
        for received in messages {
            let trace = received.message.trace_header.as_deref();
            self.journal.note("message", trace, began, || {
                let ended = match verdict {
                    Verdict::AllFailed(reason) => Err(reason.clone()),
                    verdict if verdict.is_done(&received.message.id.to_string()) => {
                        Ok("done".to_owned())
                    }
                    _ => Err(format!("failed after {} receives", received.n_received)),
                };
                (self.queue.name().to_owned(), format!("{} {id}", self.declared.function), ended)
            });
        }
    }

    /// Invokes the function; while it is throttled, tries again as long as the messages stay hidden.
    async fn invoke(&self, invocation: Invocation) -> Result<InvocationOutcome, Refusal> {
        let patience = self.queue.visibility_timeout() / 2;
        let began = Instant::now();
        let mut pause = Duration::from_millis(10);
        loop {
            let Some(function) = self.functions.get(&self.declared.function) else {
                return Err(Refusal::NotFound(self.declared.function.clone()));
            };
            match function.invoke(invocation.clone()).await {
                Err(Refusal::Throttled) if began.elapsed() < patience => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(1));
                }
                result => return result,
            }
        }
    }

    /// Whether the function's role lets Lambda do this to the queue; a refusal was told already.
    fn may(&self, action: &str) -> bool {
        // The role of a pipe is not the function's, and is not read.
        let guard = self.guard.as_ref().filter(|_| self.pipe.is_none());
        guard.is_none_or(|guard| guard.lets(&self.declared.function, action, self.queue.arn()))
    }

    fn delete(&self, message: &Received) {
        let [.., delete] = POLLING;
        if !self.may(delete) {
            return;
        }
        if let Err(error) = self.queue.delete(&message.receipt_handle) {
            let text = format!("cannot delete the message {}: {error}", message.message.id);
            self.log.problem(self.queue.name(), &text);
        }
    }
}

fn ids_of(messages: &[Received]) -> Vec<String> {
    messages.iter().map(|received| received.message.id.to_string()).collect()
}

/// What a message takes of an event: its text as JSON writes it, and what surrounds it.
fn n_bytes(received: &Received) -> usize {
    let as_json = |byte: u8| match byte {
        b'"' | b'\\' => 2,
        0..=0x1f => 6,
        _ => 1,
    };
    let text = |text: &str| text.bytes().map(as_json).sum::<usize>();
    let attribute = |(name, attribute): (&String, &Attribute)| {
        let value = match &attribute.value {
            AttributeValue::Text(value) => text(value),
            AttributeValue::Binary(value) => value.len().div_ceil(3) * 4,
        };
        text(name) + attribute.data_type.len() + value + 128
    };
    let attributes = received.message.attributes.iter().map(attribute).sum::<usize>();
    text(&received.message.body) + attributes + 1_024
}
