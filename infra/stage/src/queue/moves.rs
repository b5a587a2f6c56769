//! Owns the tasks that bring messages from a dead-letter queue back to where they came from, or
//! elsewhere. It refuses to decide which messages: all that are visible go.

use super::error::QueueError;
use super::service::{Entry, Queue, QueueService, commit, lock};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How many messages a task without a rate moves before it lets others run.
const BATCH: usize = 500;

/// The tasks of a stage, latest last.
#[derive(Debug, Default)]
pub(super) struct Moves(Vec<MoveTask>);

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveStatus {
    /// At work.
    Running,
    /// Everything visible was moved.
    Completed,
    /// Asked to stop; it stops before the next batch.
    Cancelling,
    /// Stopped because it was asked to.
    Cancelled,
    /// Stopped because a destination does not exist.
    Failed,
}

impl MoveStatus {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Completed => "COMPLETED",
            Self::Cancelling => "CANCELLING",
            Self::Cancelled => "CANCELLED",
            Self::Failed => "FAILED",
        }
    }
}

/// A task that moves messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveTask {
    /// What the task is called by while it runs.
    pub handle: String,
    /// How far it is.
    pub status: MoveStatus,
    /// The ARN of the dead-letter queue.
    pub source_arn: String,
    /// The ARN of the queue that everything goes to; absent when each message goes back to where it
    /// came from.
    pub destination_arn: Option<String>,
    /// The most messages a second.
    pub per_second: Option<u32>,
    /// How many messages were moved so far.
    pub n_moved: u64,
    /// How many messages there were to move when the task began.
    pub n_to_move: u64,
    /// Why the task failed.
    pub failure: Option<&'static str>,
    /// When it began, in milliseconds since the Unix epoch.
    pub started_ms: u64,
}

impl QueueService {
    /// Begins to move the visible messages of a dead-letter queue and returns the handle of the
    /// task. Must be called within a tokio runtime, which runs the task.
    ///
    /// **Errors**: a queue that does not exist or is nobody's dead-letter queue, a destination of
    /// the other kind, a rate that cannot be, a task that runs on this queue already.
    pub fn start_move(
        &self,
        source_arn: &str,
        destination_arn: Option<&str>,
        per_second: Option<u32>,
    ) -> Result<String, QueueError> {
        let source = self.queue_by_arn(source_arn).map_err(|_| no_resource())?;
        if self.sources_of(source_arn).is_empty() {
            return Err(QueueError::InvalidParameterValue(
                "Source queue must be configured as a Dead Letter Queue.".to_owned(),
            ));
        }
        if destination_arn == Some(source_arn) {
            return Err(QueueError::InvalidParameterValue(
                "Source queue arn and destination queue arn cannot be the same.".to_owned(),
            ));
        }
        if let Some(arn) = destination_arn {
            let destination = self.queue_by_arn(arn).map_err(|_| no_resource())?;
            if destination.config().fifo.is_some() != source.config().fifo.is_some() {
                return Err(QueueError::UnsupportedOperation(
                    "The destination queue must be of the same type as the source queue."
                        .to_owned(),
                ));
            }
        }
        if per_second.is_some_and(|rate| !(1..=500).contains(&rate)) {
            return Err(QueueError::InvalidParameterValue(
                "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be \
                 between 1 and 500, if provided."
                    .to_owned(),
            ));
        }
        let task = MoveTask {
            handle: crate::ids::uuid().to_string(),
            status: MoveStatus::Running,
            source_arn: source_arn.to_owned(),
            destination_arn: destination_arn.map(str::to_owned),
            per_second,
            n_moved: 0,
            n_to_move: source.depth().visible as u64,
            failure: None,
            started_ms: self.shared.clock.now_ms(),
        };
        let handle = lock(&self.shared.moves).begin(task)?;
        tokio::spawn(self.clone().run_move(source, handle.clone()));
        Ok(handle)
    }

    /// The latest tasks of a dead-letter queue, latest first.
    ///
    /// **Errors**: a queue that does not exist.
    pub fn moves_of(&self, source_arn: &str, limit: usize) -> Result<Vec<MoveTask>, QueueError> {
        self.queue_by_arn(source_arn).map_err(|_| no_resource())?;
        let moves = lock(&self.shared.moves);
        let tasks = moves.0.iter().rev().filter(|task| task.source_arn == source_arn);
        Ok(tasks.take(limit).cloned().collect())
    }

    /// Stops a task before its next batch, and says how many messages it has moved.
    ///
    /// **Errors**: a task that does not exist or has ended.
    pub fn cancel_move(&self, handle: &str) -> Result<u64, QueueError> {
        let mut moves = lock(&self.shared.moves);
        let task = moves
            .find(handle)
            .ok_or_else(|| QueueError::ResourceNotFound("Task does not exist.".to_owned()))?;
        if task.status != MoveStatus::Running {
            return Err(QueueError::UnsupportedOperation(
                "Only active tasks can be cancelled.".to_owned(),
            ));
        }
        task.status = MoveStatus::Cancelling;
        Ok(task.n_moved)
    }

    async fn run_move(self, source: Queue, handle: String) {
        while self.move_batch(&source, &handle) {
            let paced = lock(&self.shared.moves)
                .find(&handle)
                .is_some_and(|task| task.per_second.is_some());
            if paced {
                self.shared.clock.sleep(Duration::from_secs(1)).await;
            } else {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Moves the next messages; false when the task has ended.
    fn move_batch(&self, source: &Queue, handle: &str) -> bool {
        let mut moves = lock(&self.shared.moves);
        let Some(task) = moves.find(handle) else { return false };
        if task.status == MoveStatus::Cancelling {
            task.status = MoveStatus::Cancelled;
            return false;
        }
        let now_ms = self.shared.clock.now_ms();
        let limit = task.per_second.map_or(BATCH, |rate| rate as usize);
        let mut changes = Vec::new();
        let departed =
            source.entry.change_unwritten(&mut changes, |state| state.emigrate(now_ms, limit));
        if departed.is_empty() {
            task.status = MoveStatus::Completed;
            return false;
        }
        let mut destinations: BTreeMap<String, Option<Arc<Entry>>> = BTreeMap::new();
        for message in departed {
            let arn = match (&task.destination_arn, &message.message.dead_letter_source) {
                (Some(arn), _) => arn.clone(),
                (None, Some(arn)) => arn.to_string(),
                (None, None) => String::new(),
            };
            // What came from this queue would be moved to it again and again.
            let find = || self.shared.find_arn(&arn).filter(|_| arn != task.source_arn);
            let destination = destinations.entry(arn.clone()).or_insert_with(find);
            match destination {
                Some(entry) => {
                    entry.change_unwritten(&mut changes, |state| {
                        state.rejoin(now_ms, message, crate::ids::uuid());
                    });
                    task.n_moved += 1;
                }
                None => {
                    // What has nowhere to go stays where it is, and the task ends as failed.
                    source
                        .entry
                        .change_unwritten(&mut changes, |state| state.come_back(now_ms, message));
                    task.status = MoveStatus::Failed;
                    task.failure = Some("CouldNotDetermineMessageSource");
                }
            }
        }
        // What leaves one queue and what comes into the others is written together.
        if commit(self.shared.store.as_ref(), &changes).is_err() {
            task.status = MoveStatus::Failed;
            task.failure = Some("InternalError");
        }
        task.status == MoveStatus::Running
    }
}

impl Moves {
    fn begin(&mut self, task: MoveTask) -> Result<String, QueueError> {
        let runs = |other: &MoveTask| {
            other.source_arn == task.source_arn
                && matches!(other.status, MoveStatus::Running | MoveStatus::Cancelling)
        };
        if self.0.iter().any(runs) {
            return Err(QueueError::UnsupportedOperation(
                "There is already a task running. Only one active task is allowed for a source \
                 queue arn at a given time."
                    .to_owned(),
            ));
        }
        let handle = task.handle.clone();
        self.0.push(task);
        Ok(handle)
    }

    fn find(&mut self, handle: &str) -> Option<&mut MoveTask> {
        self.0.iter_mut().find(|task| task.handle == handle)
    }
}

fn no_resource() -> QueueError {
    QueueError::ResourceNotFound(
        "The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist."
            .to_owned(),
    )
}
