//! Stands a plan up in memory, where nothing runs and nothing is lost, to find out what of it is refused.
//!
//! Uses what stands a stage up, so both refuse the same. What stands already and is not of the template is there as well:
//! a template may refer to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::RunningParts;
use crate::bus::{Attempt, BusService, Deliver, Delivery};
use crate::clock::Clock;
use crate::fault::Calm;
use crate::queue::QueueService;
use crate::routing;
use crate::stage::StageError;
use crate::startup::put_queue;
use crate::table::Tables;
use crate::template::Plan;

/// Takes every event and does nothing with it.
struct Nowhere;

impl Deliver for Nowhere {
    fn deliver(&self, _: Delivery) -> Attempt<'_> {
        Box::pin(async { Ok(()) })
    }
}

impl RunningParts {
    /// Finds out whether a plan can be stood up. Changes nothing.
    pub(super) fn rehearse(&self, plan: &Plan) -> Result<(), StageError> {
        Tables::rehearse(&plan.tables)?;
        let queues = self.rehearse_queues(plan)?;
        self.rehearse_buses(plan)?;
        for mapping in &plan.mappings {
            queues
                .queue_by_arn(&mapping.queue)
                .map_err(|source| StageError::of_queue(&mapping.queue, source))?;
            self.filter(mapping)?;
            self.pipe(&mapping.id, mapping.pipe.as_ref(), "aws:sqs")?;
        }
        for mapping in &plan.stream_mappings {
            self.record_filter(mapping)?;
            self.pipe(&mapping.id, mapping.pipe.as_ref(), "aws:dynamodb")?;
        }
        Ok(())
    }

    fn rehearse_queues(&self, plan: &Plan) -> Result<QueueService, StageError> {
        let settings = self.queues.settings().clone();
        let queues = QueueService::new(settings, Clock::system(), Arc::new(Calm));
        let declared = |name: &str| plan.queues.iter().any(|queue| queue.name == name);
        for other in self.queues.queues().iter().filter(|queue| !declared(queue.name())) {
            let fifo = other.config().fifo.map(|_| ("FifoQueue".to_owned(), "true".to_owned()));
            queues
                .create(other.name(), &fifo.into_iter().collect(), BTreeMap::new())
                .map_err(|source| StageError::of_queue(other.name(), source))?;
        }
        plan.queues.iter().try_for_each(|declared| put_queue(&queues, declared))?;
        Ok(queues)
    }

    /// What the buses of a plan come to, beside those that are there already.
    pub(super) fn rehearse_buses(&self, plan: &Plan) -> Result<BusService, StageError> {
        let origin = self.buses.state().origin().clone();
        let buses = BusService::new(origin, Clock::system(), Arc::new(Calm), Arc::new(Nowhere));
        let others: Vec<String> = self.buses.state().buses().map(|bus| bus.name.clone()).collect();
        for name in &others {
            routing::put_bus(&buses, name).map_err(|source| StageError::of_bus(name, source))?;
        }
        routing::put_all(&buses, plan).map(|()| buses)
    }
}
