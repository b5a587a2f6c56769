//! Events that a rule of one bus sends on to another bus, and the handle that such a rule's way has of the buses.

use std::sync::Weak;
use std::time::Duration;

use super::error::BusError;
use super::event::Event;
use super::service::{BusService, Shared};

/// The buses, as long as somebody else keeps them.
#[derive(Clone)]
pub(crate) struct WeakBuses(Weak<Shared>);

impl WeakBuses {
    /// The buses, unless they are gone.
    pub(crate) fn upgrade(&self) -> Option<BusService> {
        self.0.upgrade().map(|shared| BusService { shared })
    }
}

impl BusService {
    /// A handle that does not keep the buses.
    pub(crate) fn downgrade(&self) -> WeakBuses {
        WeakBuses(std::sync::Arc::downgrade(&self.shared))
    }

    /// Sends an event of one bus to the rules of another, with its id, time and account. Must be called within a tokio
    /// runtime, which runs the deliveries.
    ///
    /// **Errors**: a bus that does not exist, a text that is no event, a store that cannot be written.
    pub(crate) fn forward(
        &self,
        bus: &str,
        event: &str,
        trace: Option<String>,
    ) -> Result<(), BusError> {
        self.state().bus(Some(bus))?;
        let event = Event::read(event, trace, self.shared.clock.now_ms());
        let event = event.ok_or_else(|| BusError::Validation("it is not an event".to_owned()))?;
        let rules = self.route(Some(bus), &event);
        self.send_off(&event, &rules, Duration::ZERO).map_err(|_| BusError::Internal)
    }
}
