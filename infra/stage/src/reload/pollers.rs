//! Pollers of queues and streams: the one of a mapping that stays goes on, the one of a mapping that is gone or changed
//! ends when it has handed over what it took.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::RunningParts;
use crate::account::REGION;
use crate::bus::BusError;
use crate::mapping::{Filter, Pipe, Poller, RecordFilter, StreamPoller};
use crate::routing;
use crate::stage::StageError;
use crate::template::{Mapping, StreamMapping};

/// A poller that runs. It ends in its own time once this is dropped, so none goes on without a mapping.
pub(crate) struct Polling<M, T> {
    declared: M,
    task: JoinHandle<T>,
    _stop: watch::Sender<()>,
}

impl RunningParts {
    /// Starts the poller of each mapping that is new or changed, and ends those of the others. When one cannot be
    /// started, all stay as they are.
    pub(crate) fn start_pollers(&mut self) -> Result<(), StageError> {
        let mut new = Vec::new();
        for mapping in self.plan.mappings.iter().filter(|mapping| mapping.enabled) {
            let goes_on =
                |one: &Polling<Mapping, ()>| one.declared == *mapping && !one.task.is_finished();
            if !self.pollers.iter().any(goes_on) {
                new.push(self.poller(mapping)?);
            }
        }
        let mut new_of_streams = Vec::new();
        for mapping in self.plan.stream_mappings.iter().filter(|mapping| mapping.enabled) {
            if !self.stream_pollers.iter().any(|one| one.declared == *mapping) {
                new_of_streams.push(self.stream_poller(mapping)?);
            }
        }
        let plan = &self.plan;
        self.pollers.retain(|one| {
            !one.task.is_finished()
                && plan.mappings.iter().any(|mapping| *mapping == one.declared && mapping.enabled)
        });
        self.pollers.extend(new.into_iter().map(|poller| {
            let (stop, stopped) = watch::channel(());
            let declared = poller.declared.clone();
            Polling { declared, task: tokio::spawn(poller.run(stopped)), _stop: stop }
        }));
        let (kept, before): (Vec<_>, Vec<_>) = std::mem::take(&mut self.stream_pollers)
            .into_iter()
            .partition(|one| plan.stream_mappings.contains(&one.declared));
        self.stream_pollers = kept;
        // Each is told to stop by that.
        self.stream_places.extend(before.into_iter().map(|one| (one.declared, one.task)));
        for poller in new_of_streams {
            // A mapping that changed goes on where it was.
            let known = self.stream_places.iter().position(|(one, _)| {
                one.id == poller.declared.id && one.table == poller.declared.table
            });
            let before = known.map(|at| self.stream_places.swap_remove(at).1);
            let (stop, stopped) = watch::channel(());
            let declared = poller.declared.clone();
            let task = tokio::spawn(poller.run(stopped, before));
            self.stream_pollers.push(Polling { declared, task, _stop: stop });
        }
        // A mapping that is disabled goes on where it was when it is enabled again, and one that is gone does not.
        self.stream_places.retain(|(one, _)| {
            plan.stream_mappings.iter().any(|now| now.id == one.id && now.table == one.table)
        });
        Ok(())
    }

    fn poller(&self, mapping: &Mapping) -> Result<Poller, StageError> {
        let queue = self
            .queues
            .queue_by_arn(&mapping.queue)
            .map_err(|source| StageError::of_queue(&mapping.queue, source))?;
        // The plan holds only mappings whose function exists.
        Ok(Poller {
            declared: mapping.clone(),
            queue,
            functions: Arc::clone(&self.functions),
            filter: self.filter(mapping)?,
            default_concurrency: self.options.max_concurrency,
            region: REGION.to_owned(),
            log: self.options.log.clone(),
            guard: self.settings.guard.clone(),
            tap: Arc::clone(&self.options.tap),
            journal: self.options.journal.clone(),
            pipe: self.pipe(&mapping.id, mapping.pipe.as_ref(), "aws:sqs")?,
        })
    }

    fn stream_poller(&self, mapping: &StreamMapping) -> Result<StreamPoller, StageError> {
        Ok(StreamPoller {
            declared: mapping.clone(),
            tables: Arc::clone(&self.tables),
            functions: Arc::clone(&self.functions),
            filter: self.record_filter(mapping)?,
            destinations: self.destinations.clone(),
            region: REGION.to_owned(),
            log: self.options.log.clone(),
            guard: self.settings.guard.clone(),
            pipe: self.pipe(&mapping.id, mapping.pipe.as_ref(), "aws:dynamodb")?,
        })
    }

    pub(super) fn filter(&self, mapping: &Mapping) -> Result<Option<Filter>, StageError> {
        routing::filter(mapping).map_err(|source| StageError::of_bus(&mapping.id, source))
    }

    pub(super) fn record_filter(
        &self,
        mapping: &StreamMapping,
    ) -> Result<Option<RecordFilter>, StageError> {
        routing::record_filter(&mapping.filters)
            .map_err(|source| StageError::of_bus(&mapping.id, source))
    }

    /// The pipe of a mapping that is one.
    pub(super) fn pipe(
        &self,
        id: &str,
        declared: Option<&crate::template::Pipe>,
        source: &'static str,
    ) -> Result<Option<Pipe>, StageError> {
        let pipe = declared.map(|pipe| Pipe::new(pipe, source, &self.functions, &self.way));
        pipe.transpose().map_err(|reason| StageError::of_bus(id, BusError::Validation(reason)))
    }
}
